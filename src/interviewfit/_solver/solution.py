"""When to go on with a process, and when to leave.

With m the posterior mean of the surplus (hours), k the step, Z standard normal,

    W[K](m) = max(0, m)                                      accept, or decline
    C[k](m) = reward[k] + survive[k] * E[W[k+1](m + drift[k] + A[k] + reveal[k] * Z)]
    W[k](m) = max(exit[k], C[k](m))                          go on, or leave

A[k] is 0, or what the facts that become known in the step are worth beyond what was
expected of them: a finite mixture of jumps (``jumps``). C is convex and increasing, so
each step has one threshold: go on if and only if m is above it. Steps without a
decision are merged (``chains``). For each decision, last first, the threshold is found
(``thresholds``) and the time value kept on nodes right of it (``backward_induction``):
O(steps * nodes**2) a row. Probabilities and terms follow from a pass forwards
(``forward_pass``).

References: M. L. Weitzman, "Optimal Search for the Best Alternative",
Econometrica 47 (1979) 641-654, for the threshold; R. Bellman, "Dynamic
Programming" (1957), for the recursion.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from attrs import define, field

from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import repeat_first_row, take_rows
from interviewfit._solver.backward_induction import NodeGroup, backward_induction
from interviewfit._solver.chains import ABSORBING, Chains, check_steps, resolve_ties
from interviewfit._solver.forward_pass import OutcomeMoments, forward_pass
from interviewfit._solver.value_function import Path, points_in_rows

if TYPE_CHECKING:
    from interviewfit._solver.interpolation import PiecewisePolynomial

# The normal tail beyond so many standard deviations is below a rounding error.
_REACH = 8.5
# Of more jumps than this only some are told: the others are found by bisection.
_MOST_JUMPS = 32
# A smaller share than this of all that competes counts as a sharp standard deviation.
_SHARP = 0.02


@define(eq=False)
class Solution:
    """Solved chains, one in each row. Made by ``solve``.

    Attributes:
        thresholds: Go on at a step if and only if the mean of the surplus is above its
            threshold, hours, shape ``(rows, steps)``; -inf: always, +inf: never.
    """

    thresholds: FloatArray
    _every: Chains = field(repr=False)
    _groups: list[NodeGroup] = field(repr=False)
    _lines: IndexArray | None = field(default=None, repr=False)
    _whole: "Solution | None" = field(default=None, repr=False)

    def take(self, rows: IndexArray) -> "Solution":
        """Some of the rows, in any order and number; nothing is solved again."""
        lines = rows if self._lines is None else self._lines[rows]
        of_all = self._every, self._groups, lines, self._whole or self
        return Solution(self.thresholds[rows], *of_all)

    @cached_property
    def _chains(self) -> Chains:
        """The chains of these rows, among all that were solved with them."""
        every, lines = self._every, self._lines
        return every if lines is None else take_rows(every, lines, len(every.kinds))

    @cached_property
    def places(self) -> tuple[IndexArray, IndexArray]:
        """The group of every row that was solved, and its position there."""
        owner, position = np.empty((2, len(self._every.kinds)), dtype=np.intp)
        for number, group in enumerate(self._groups):
            owner[group.rows] = number
            position[group.rows] = np.arange(group.rows.size)
        return owner, position

    def broadcast_rows(self, rows: int) -> "Solution":
        """The same solution for so many rows, if all of its own rows are alike.

        No bit differs from the rows solved side by side.
        """
        return Solution(
            np.broadcast_to(self.thresholds[:1], (rows, self.thresholds.shape[1])),
            repeat_first_row(self._chains, rows),
            [group.broadcast_rows(rows) for group in self._groups],
        )

    def evaluate(self, mean: npt.ArrayLike) -> OutcomeMoments:
        """The outcome of the best policy from some means of the surplus.

        Args:
            mean: Hours, shape ``(rows,)`` or ``(rows, points)``; for a single
                chain any one-dimensional array is its points.

        Returns:
            Values (hours) and probabilities in the shape of *mean*.

        Raises:
            ValueError: If a mean is not finite or beyond 1e150, or the shape does not
                fit.

        >>> solution = solve([-4.0], [1.0], [0.0], [10.0], [0.0])
        >>> round(solution.evaluate([5.0]).value.item(), 9)
        2.977965574
        """
        points, shape = points_in_rows(mean, self.thresholds.shape[0]), np.shape(mean)
        moments = self._moments(points)
        arrays = (np.maximum(self._chains.exit[:, :1], moments[0]), *moments)
        return OutcomeMoments(*[a.reshape(shape + a.shape[2:]) for a in arrays])

    def evaluate_mixture(
        self, mean: FloatArray, weights: FloatArray, rows: IndexArray | None = None
    ) -> OutcomeMoments:
        """Weighted sum of the outcomes from several means of each row.

        Args:
            mean: Hours, shape ``(lines, points)``.
            weights: Weight of each mean, of either sign, same shape.
            rows: Row of each line; all rows by default.

        Returns:
            Shape ``(lines,)``; *value* is the continuation value, as if the first step
            were taken everywhere.
        """
        moments = self._moments(mean, weights, rows)
        return OutcomeMoments(*(array[:, 0] for array in (moments[0], *moments)))

    def _moments(
        self,
        points: FloatArray,
        weights: FloatArray | None = None,
        rows: IndexArray | None = None,
    ) -> tuple[FloatArray, ...]:
        """Arrays of ``OutcomeMoments`` from the continuation value on, in its order.

        Args:
            points: Means, hours, shape ``(lines, points)``.
            weights: As ``forward_pass``: all points of a line are added up if given.
            rows: Row of each line, in any order and number; all rows if None.
        """
        steps = self.thresholds.shape[1]
        count = points.shape[1] if weights is None else 1
        results: tuple[FloatArray, ...] = (
            *np.empty((4, len(points), count)),
            *np.empty((2, len(points), count, steps)),
        )
        with np.errstate(all="ignore"):
            for members, group, chosen in self._members(rows):
                for subset, first, later in group.trajectories(chosen):
                    if len(points) == 1:
                        # There is no other line.
                        results = forward_pass(first, later, points, steps, weights)
                        continue
                    lines = members[subset]
                    factors = None if weights is None else weights[lines]
                    moments = forward_pass(first, later, points[lines], steps, factors)
                    for result, moment in zip(results, moments, strict=True):
                        result[lines] = moment
        accept, offer, square, value, take, leave = results
        floor = self._chains.continuation_floor[:, :1]
        floor = floor if rows is None else floor[rows]
        value += floor if weights is None else floor * weights.sum(axis=1)[:, None]
        return value, accept, offer, square, take, leave

    def _members(
        self, rows: IndexArray | None
    ) -> Iterator[tuple[IndexArray, NodeGroup, IndexArray]]:
        """The groups that some rows are in.

        Args:
            rows: Row of each line, in any order and number; all rows if None.

        Yields:
            Numbers of lines, the group of their rows, and their positions in it.
        """
        if self._lines is not None:
            rows = self._lines if rows is None else self._lines[rows]
        if rows is None:
            for group in self._groups:
                yield group.rows, group, np.arange(group.rows.size)
            return
        owner, position = (table[rows] for table in (self._whole or self).places)
        for number, group in enumerate(self._groups):
            lines = np.flatnonzero(owner == number)
            if lines.size:
                yield lines, group, position[lines]

    def acceptance_probability(
        self, mean: FloatArray, rows: IndexArray | None = None
    ) -> FloatArray:
        """Probability to end in an accepted offer if the first step is taken.

        Args:
            mean: Hours, shape ``(rows, points)``; the result has the same shape.
            rows: Row of each line of *mean*, in any order and number; all rows in their
                order by default.
        """
        probability = np.empty(mean.shape)
        with np.errstate(all="ignore"):
            for lines, group, chosen in self._members(rows):
                probability[lines] = group.continuation.slope_at(mean[lines], chosen)
        return probability

    @property
    def value_at_minus_infinity(self) -> FloatArray:
        """Limit of W far below, where no offer is good enough, hours, ``(rows,)``."""
        return self._chains.value_floor[:, 0]

    @property
    def floor_value(self) -> FloatArray:
        """Limit of C far below, where no offer is accepted, hours, ``(rows,)``."""
        return self._chains.continuation_floor[:, 0]

    @property
    def first_exit(self) -> FloatArray:
        """Value of leaving instead of the first step, hours, ``(rows,)``."""
        return self._chains.exit[:, 0]

    @cached_property
    def upper_support(self) -> FloatArray:
        """How far above the first mean the last can end, hours, shape ``(rows,)``.

        Larger changes have a probability below rounding error.
        """
        chains = self._chains
        sd = np.hypot.reduce(chains.reveal, axis=1)
        jump = chains.highest_jump.sum(axis=1)
        return np.asarray(chains.drift.sum(axis=1) + jump + _REACH * sd)

    def breakpoints(
        self, rows: IndexArray, mean: FloatArray, width: FloatArray
    ) -> FloatArray:
        """Alternatives at which the acceptance probability turns too sharply to bisect.

        They lower the mean to a threshold ahead reached with a small standard
        deviation.

        Args:
            rows: Numbers of rows.
            mean, width: Mean of the surplus, and range of all that competes, hours,
                shape of *rows*. A width of 0 gives where it jumps.

        Returns:
            Hours, shape ``(rows, breakpoints)``; NaN where there is none.
        """
        chains = self._chains
        if (chains.reveal[rows, 0] > _SHARP * width).all():
            # Standard deviations only grow from there.
            return np.empty((rows.size, 0))
        turns = np.column_stack((self.thresholds[:, 1:], np.zeros(len(chains.drift))))
        offsets = np.cumsum(chains.drift, axis=1) - turns
        sds = np.hypot.accumulate(chains.reveal, axis=1)[rows]
        points = mean[:, None] + offsets[rows]
        points[sds > _SHARP * width[:, None]] = np.nan
        parts = []
        for lines, step, shift in chains.jumps_up_to(rows, _MOST_JUMPS):
            told, spread = points[lines][:, step] + shift, sds[lines][:, step]
            sides = [told + side * spread for side in (-_REACH, 0.0, _REACH)]
            parts.append((lines, np.hstack(sides)))
        if len(parts) == 1:
            return parts[0][1]
        found = np.full((rows.size, max(part.shape[1] for _, part in parts)), np.nan)
        for lines, part in parts:
            found[lines, : part.shape[1]] = part
        return found

    def continuation_value(
        self, mean: npt.ArrayLike, rows: IndexArray | None = None
    ) -> FloatArray:
        """The continuation value of ``evaluate`` alone, which is quicker.

        Args:
            mean: Hours, as ``evaluate`` takes it.
            rows: Row of each line of *mean*, in any order and number; all rows in their
                order by default.

        Returns:
            Hours, in the shape of *mean*.

        Raises:
            ValueError: As ``evaluate``.
        """
        count = self.thresholds.shape[0] if rows is None else rows.size
        points = points_in_rows(mean, count)
        value = np.empty(points.shape)
        with np.errstate(all="ignore"):
            for lines, group, chosen in self._members(rows):
                value[lines] = group.continuation.at(points[lines], chosen).value
        floor = self._chains.continuation_floor[:, :1]
        value += floor if rows is None else floor[rows]
        return value.reshape(np.shape(mean))

    def tabulate(self) -> "PiecewisePolynomial":
        """The continuation value of a single chain, tabulated over the mean.

        Returns:
            A piecewise polynomial, quick to evaluate at very many means.

        Raises:
            ValueError: If there are several chains, or the first reveal is 0 or so
                small against the others that the table would not fit memory;
                ``continuation_value`` has no such bounds.

        >>> solution = solve([-4.0], [1.0], [0.0], [10.0], [0.0])
        >>> solution.tabulate().evaluate(np.array([5.0, 1e9])).round(6).tolist()
        [2.977966, 999999996.0]
        """
        if self.thresholds.shape[0] != 1:
            rows = len(self.thresholds)
            message = f"only a single chain can be tabulated, not {rows}"
            raise ValueError(message)
        from interviewfit._solver.interpolation import PiecewisePolynomial

        floor = float(self._chains.continuation_floor[0, 0])
        slope = float(self._chains.slope[0, 0])
        strike = float(self._chains.continuation_strike[0, 0])
        chain = self._groups[-1].continuation
        return PiecewisePolynomial.of(chain, floor, slope, strike)


def _as_rows(column: npt.ArrayLike) -> FloatArray:
    """Numbers of steps as an array of shape ``(rows, steps)``."""
    numbers = np.asarray(column, dtype=np.float64)
    return numbers if numbers.ndim > 1 else np.atleast_2d(numbers)


def solve(
    reward: npt.ArrayLike,
    survive: npt.ArrayLike,
    drift: npt.ArrayLike,
    reveal: npt.ArrayLike,
    exit_: npt.ArrayLike,
    *facts: npt.ArrayLike,
    exact_rows: bool = False,
    singly: bool = False,
) -> Solution:
    """Solve a chain of steps, or many chains at once.

    All arrays have shape ``(steps,)`` or ``(rows, steps)``.

    Args:
        reward: Collected when a step is taken, hours; costs are negative.
        survive: Probability of still being in after the step, 0 to 1.
        drift: Expected change of the mean of the surplus in the step, hours.
        reveal: Standard deviation of the normal change it brings, hours, at least 0.
        exit_: Value of leaving instead of taking the step, hours.
        *facts: Of each fact that may become known in a step, two arrays in turn: the
            chance that it holds, 0 to 1, and what it is then worth, hours, beyond what
            it is worth if not. The mean holds its expectation until then.
        exact_rows: Whether every row has the bits that it has in any other batch. If
            not, up to a dozen chains alike in kind take a quicker path, and may differ
            from that in the last bits.
        singly: The same for some dozens of chains, in less time and in bits of its own.

    Returns:
        Thresholds and all that is needed to evaluate the chains at any mean.

    Raises:
        ValueError: If shapes differ, there is no step, a number is not finite,
            a chance is outside 0 to 1 or a reveal below 0.

    >>> solve([-4.0], [1.0], [0.0], [10.0], [0.0]).thresholds.round(6)
    array([[0.021137]])
    """
    columns = (reward, survive, drift, reveal, exit_, *facts)
    steps = tuple([_as_rows(column) for column in columns])
    # Infinities come and go on purpose: unreachable strikes, standard deviations of 0.
    with np.errstate(all="ignore"):
        check_steps(steps)
        chains = Chains.of(*steps)
        thresholds = np.where(chains.kinds == ABSORBING, np.inf, -np.inf)
        groups: list[NodeGroup] = []
        for rows in chains.groups():
            path = Path.of(rows.size, exact_rows=exact_rows, singly=singly)
            groups += backward_induction(chains, rows, thresholds, path)
        resolve_ties(chains, thresholds)
    return Solution(thresholds, chains, groups)
