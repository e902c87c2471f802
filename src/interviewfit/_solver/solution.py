"""When to go on with a process, and when to leave.

With m the posterior mean of the surplus (hours), k the step, Z standard normal,

    W[K](m) = max(0, m)                                      accept, or decline
    C[k](m) = reward[k] + survive[k] * E[W[k+1](m + drift[k] + reveal[k] * Z)]
    W[k](m) = max(exit[k], C[k](m))                          go on, or leave

C is convex and increasing, so each step has one threshold: go on iff m is above
it. Solved backwards, all rows of a batch at once, O(steps * nodes**2) a row.

Steps at which nobody leaves are merged first (``chains``). Each remaining one
turns the curve behind it (``curves``) into the next (``induction``): its threshold
by Newton's method, then the curve's values on two panels right of it, or on as many
as the kinks ask for (``panels``, ``lens``). Chances and terms follow by one pass
forwards through the same matrices (``outcome``).

A positive measure of strikes would keep the same guarantees. It was measured beside
the panels (``benchmarks/strikes.py``) and left: on a finite number of strikes its error
falls only with the square of their spacing, so that it is still off by a thousandth of
an hour where it takes hundreds of times as long.

References: M. L. Weitzman, "Optimal Search for the Best Alternative",
Econometrica 47 (1979) 641-654, for the threshold; R. Bellman, "Dynamic
Programming" (1957), for the recursion.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from math import ceil

import numpy as np
import numpy.typing as npt
from attrs import define, field

from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import repeated
from interviewfit._solver.backward_induction import Later, NodeGroup, backward
from interviewfit._solver.chains import WALL, Chains, alike, settle_ties
from interviewfit._solver.forward_pass import OutcomeMoments, follow
from interviewfit._solver.interpolation import PiecewisePolynomial
from interviewfit._solver.value_function import ContinuationValue

__all__ = ["Solution", "solve", "value_rows"]

# Means whose squares are still numbers.
_FARTHEST = 1e150
# The normal tail beyond is below a rounding error.
_REACH = 8.5
# A blur below this share of all that competes is told of.
_SHARP = 0.02
# Of a chart: width in blurs, and how many.
_CELL = 0.25
_MOST_CELLS = 1_000_000
_ROWS_AT_ONCE = 4096


@define(eq=False)
class Solution:
    """Solved chains, one a row. Made by ``solve``.

    Attributes:
        thresholds: Go on at a step iff the mean is above its threshold, hours,
            shape ``(rows, steps)``; -inf: always, +inf: never.
    """

    thresholds: FloatArray
    _chains: Chains = field(repr=False)
    _groups: list[NodeGroup] = field(repr=False)

    def broadcast_rows(self, rows: int) -> "Solution":
        """The same for so many rows, where all of its own are alike.

        No bit differs from what they would be, solved side by side.
        """
        return Solution(
            np.broadcast_to(self.thresholds[:1], (rows, self.thresholds.shape[1])),
            repeated(self._chains, rows),
            [one.spread(rows) for one in self._groups],
        )

    def evaluate(self, mean: npt.ArrayLike) -> OutcomeMoments:
        """The outcome from given means of the surplus.

        Args:
            mean: Hours, shape ``(rows,)`` or ``(rows, points)``; for a single
                chain any one-dimensional array is its points.

        Raises:
            ValueError: If a mean is not finite or beyond 1e150, or the shape does not
                fit.

        >>> one = solve([-4.0], [1.0], [0.0], [10.0], [0.0])
        >>> round(one.evaluate([5.0]).value.item(), 9)
        2.977965574
        """
        points = _points(mean, self.thresholds.shape[0])
        shape, steps = np.shape(mean), self.thresholds.shape[1]
        accept, offer, square, go = np.empty((4, *points.shape))
        take, leave = np.empty((2, *points.shape, steps))
        with np.errstate(all="ignore"):
            for rows, first, later in self._paths():
                found = follow(first, later, points[rows], steps)
                for whole, part in zip(
                    (accept, offer, square, go, take, leave), found, strict=True
                ):
                    whole[rows] = part
        go += self._chains.under[:, :1]
        value = np.maximum(self._chains.exit[:, :1], go)
        return OutcomeMoments(
            *(one.reshape(shape) for one in (value, go, accept, offer, square)),
            *(one.reshape(*shape, steps) for one in (take, leave)),
        )

    def evaluate_mixture(self, mean: FloatArray, weights: FloatArray) -> OutcomeMoments:
        """The sum of outcomes from several means of each row, each times its weight.

        Args:
            mean, weights: Shape ``(rows, points)``; weights may have either sign.

        Returns:
            Outcomes of shape ``(rows,)``; *value* is that of *go*, as if the first step
            were taken everywhere.
        """
        rows, steps = self.thresholds.shape
        accept, offer, square, go = np.empty((4, rows))
        take, leave = np.empty((2, rows, steps))
        with np.errstate(all="ignore"):
            for rows, first, later in self._paths():
                found = follow(first, later, mean[rows], steps, weights[rows])
                for whole, part in zip(
                    (accept, offer, square, go, take, leave), found, strict=True
                ):
                    whole[rows] = part[:, 0]
        go += self._chains.under[:, 0] * weights.sum(axis=1)
        return OutcomeMoments(go, go, accept, offer, square, take, leave)

    def _paths(self) -> Iterator[tuple[IndexArray, ContinuationValue, Later]]:
        return chain.from_iterable(group.paths() for group in self._groups)

    def acceptance_probability(
        self, mean: FloatArray, among: IndexArray | None = None
    ) -> FloatArray:
        """Only the chance to end in an accepted offer, the first step taken.

        Args:
            mean: Of each row, hours, shape ``(rows, points)``; so is the result.
            among: Of which rows, each as often as one likes; all by default.
        """
        chance = np.empty(mean.shape)
        with np.errstate(all="ignore"):
            owners, places = self._whereabouts
            if among is None:
                among = np.arange(owners.size)
            owners = owners[among]
            for number, group in enumerate(self._groups):
                at = np.flatnonzero(owners == number)
                if at.size:
                    own = places[among[at]]
                    chance[at] = group.first.at(mean[at], own).slope
        return chance

    @cached_property
    def _whereabouts(self) -> tuple[IndexArray, IndexArray]:
        """Of each row its group, and its place there."""
        owners, places = np.empty((2, self.thresholds.shape[0]), dtype=np.intp)
        for number, group in enumerate(self._groups):
            owners[group.rows] = number
            places[group.rows] = np.arange(group.rows.size)
        return owners, places

    @property
    def value_at_minus_infinity(self) -> FloatArray:
        """W far below, where no offer is good enough, hours, shape ``(rows,)``."""
        return self._chains.floor[:, 0]

    @property
    def floor_value(self) -> FloatArray:
        """Worth of going on far below, where nothing is accepted, hours, ``(rows,)``."""
        return self._chains.under[:, 0]

    @property
    def upper_support(self) -> FloatArray:
        """How far above a mean the surplus may end, but for rounding, ``(rows,)``, hours."""
        blur = np.hypot.reduce(self._chains.reveal, axis=1)
        return np.asarray(self._chains.drift.sum(axis=1) + _REACH * blur)

    def breakpoints(
        self, among: IndexArray, mean: FloatArray, width: FloatArray
    ) -> FloatArray:
        """Alternatives at which ``steep`` turns too sharply to be found by halving.

        That is around each threshold ahead that is seen through next to no blur.

        Args:
            among: Numbers of rows, each as often as one likes.
            mean: Of each, hours; the alternative is taken off it.
            width: Of all that competes, hours, likewise.

        Returns:
            Shape ``(rows, kinks)``; not finite where there is none.
        """
        chains = self._chains
        turns = np.column_stack((self.thresholds[:, 1:], np.zeros(len(chains.drift))))
        places = np.cumsum(chains.drift, axis=1) - turns
        blurs = np.hypot.accumulate(chains.reveal, axis=1)[among]
        at = mean[:, None] + places[among]
        at[blurs >= _SHARP * width[:, None]] = np.nan
        return np.hstack([at + side * blurs for side in (-_REACH, 0.0, _REACH)])

    def continuation_value(self, mean: npt.ArrayLike) -> FloatArray:
        """Only the worth of going on of ``evaluate``, hours, in the shape of the means.

        Args:
            mean: As ``evaluate`` takes it.

        Raises:
            ValueError: As ``evaluate``.
        """
        points = _points(mean, self.thresholds.shape[0])
        go = np.empty(points.shape)
        with np.errstate(all="ignore"):
            for group in self._groups:
                go[group.rows] = group.first.at(points[group.rows]).value
        go += self._chains.under[:, :1]
        return go.reshape(np.shape(mean))

    def tabulate(self) -> PiecewisePolynomial:
        """The value of taking the first step of a single chain, tabulated over the mean.

        Raises:
            ValueError: If there are several chains, or the first reveal is 0 or so
                small against the others that the table would not fit memory;
                ``continuation_value`` has no such bounds.

        >>> one = solve([-4.0], [1.0], [0.0], [10.0], [0.0])
        >>> one.tabulate().evaluate(np.array([5.0, 1e9])).round(6).tolist()
        [2.977966, 999999996.0]
        """
        if self.thresholds.shape[0] != 1:
            message = f"a chart is of one chain, not of {self.thresholds.shape[0]}"
            raise ValueError(message)
        view = self._groups[-1].first
        blur, (low, high) = float(view.run.blur[0, 0]), view.reach()
        cells = ceil(min((high - low) / (_CELL * blur), 1e15)) if blur else 0
        if not 0 < cells <= _MOST_CELLS:
            message = (
                f"the first reveal, {blur:g}, is too small to tabulate from {low:g} "
                f"to {high:g}; use continuation_value"
            )
            raise ValueError(message)
        width = (high - low) / cells
        points = PiecewisePolynomial.points(low, width, cells)
        chains = self._chains
        floor, slope, start = (
            float(part[0, 0]) for part in (chains.under, chains.slope, chains.start)
        )
        with np.errstate(all="ignore"):
            worth = view.at(points.reshape(1, -1)).value.reshape(points.shape)
        return PiecewisePolynomial(
            low=low,
            width=width,
            table=PiecewisePolynomial.coefficients(floor + worth),
            floor=floor,
            line=(floor - slope * start, slope),
        )


def _points(mean: npt.ArrayLike, rows: int) -> FloatArray:
    """Means as ``(rows, points)``."""
    means = np.asarray(mean, dtype=np.float64)
    points = means
    if means.ndim == 1:
        points = means[None, :] if rows == 1 else means[:, None]
    if points.ndim != 2 or points.shape[0] != rows:
        message = f"means of shape {means.shape} do not fit {rows} rows"
        raise ValueError(message)
    if not (np.abs(points) <= _FARTHEST).all():
        message = "every mean must be a finite number of hours, up to 1e150"
        raise ValueError(message)
    return points


def value_rows(
    steps: tuple[FloatArray, ...], mean: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Values and thresholds of very many chains, a block of rows at a time.

    Args:
        steps: Reward, survive, drift, reveal and exit, each ``(rows, steps)``.
        mean: Of the surplus, hours, ``(rows,)``.

    Returns:
        W at the first step ``(rows,)`` and the thresholds ``(rows, steps)``. Beside
        them and the inputs, memory does not grow with the rows.

    Raises:
        ValueError: As ``solve`` and ``Solution.evaluate``.

    >>> one = tuple(np.full((2, 1), x) for x in (-4.0, 1.0, 0.0, 10.0, 0.0))
    >>> value_rows(one, np.array([0.0, 5.0]))[0].round(6).tolist()
    [0.0, 2.977966]
    """
    value, thresholds = np.empty(mean.shape), np.empty(steps[0].shape)
    for start in range(0, mean.size, _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        solved = solve(*(one[part] for one in steps))
        thresholds[part] = solved.thresholds
        value[part] = np.maximum(
            steps[4][part, 0], solved.continuation_value(mean[part])
        )
    return value, thresholds


def solve(
    reward: npt.ArrayLike,
    survive: npt.ArrayLike,
    drift: npt.ArrayLike,
    reveal: npt.ArrayLike,
    exit_: npt.ArrayLike,
) -> Solution:
    """Solve one chain of steps, or many at once.

    Args:
        reward: Collected when a step is taken, hours; costs are negative.
        survive: Chance to be still in after it, 0 to 1.
        drift: Known change of the mean in it, hours.
        reveal: Standard deviation of the change it brings, hours, at least 0.
        exit_: Worth of leaving instead, hours.

    All five have shape ``(steps,)`` or ``(rows, steps)``.

    Raises:
        ValueError: If shapes differ, there is no step, a number is not finite,
            a survival is outside 0 to 1 or a reveal below 0.

    >>> solve([-4.0], [1.0], [0.0], [10.0], [0.0]).thresholds.round(6)
    array([[0.021137]])
    """
    steps = tuple(
        np.atleast_2d(np.asarray(part, dtype=np.float64))
        for part in (reward, survive, drift, reveal, exit_)
    )
    _check(steps)
    # Infinities come and go on purpose: far strikes, blurs of 0.
    with np.errstate(all="ignore"):
        chains = Chains.of(*steps)
        thresholds = np.where(chains.kinds == WALL, np.inf, -np.inf)
        groups = [
            group
            for rows in alike(chains.kinds)
            for group in backward(chains, rows, thresholds)
        ]
        settle_ties(chains, thresholds)
    return Solution(thresholds, chains, groups)


def _check(steps: tuple[FloatArray, ...]) -> None:
    shape = steps[0].shape
    if len(shape) != 2 or shape[1] == 0:
        message = f"a chain needs at least one step, got shape {shape}"
        raise ValueError(message)
    names = ("reward", "survive", "drift", "reveal", "exit")
    for name, part in zip(names, steps, strict=True):
        if part.shape != shape:
            message = f"{name} has shape {part.shape}, reward has {shape}"
            raise ValueError(message)
    with np.errstate(all="ignore"):
        sound = np.isfinite(steps[0] + steps[1] + steps[2] + steps[3] + steps[4]).all()
    for name, part in zip(names, steps, strict=True):
        if not sound and not np.isfinite(part).all():
            message = f"{name} must be finite in every step"
            raise ValueError(message)
    if steps[1].min(initial=0.0) < 0.0 or steps[1].max(initial=0.0) > 1.0:
        message = "survive must lie between 0 and 1 in every step"
        raise ValueError(message)
    if steps[3].min(initial=0.0) < 0.0:
        message = "reveal must be at least 0 in every step"
        raise ValueError(message)
