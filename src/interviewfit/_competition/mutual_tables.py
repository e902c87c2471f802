"""Processes in which passes tell of the fit, tabulated over their alternatives.

Such a process is solved for one belief and one alternative y at a time, because the
employer's view does not move with y. Beside other processes it is needed at very many.
So the exact chain is solved at the zeros of a Chebyshev polynomial between two
alternatives, and what it leads to is interpolated. With S(y) the probability of an
accepted offer the value of going on is

    C(y) = c - integral of S up to y

with c such that it agrees with the values that were solved, on average. By how much it
differs from each of them is the error of the table, because C and S come from different
sums of the solver. A panel whose error is too large is halved. So terms add up to the
value, S is the slope of C, and the index is where C is worth as much as leaving.

Panels are solved when they are asked for, those of all processes of a search at once,
since a call of the solver costs more than its arithmetic.

References: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013),
for interpolation; P. Whittle, "Multi-armed bandits and the Gittins index", Journal of
the Royal Statistical Society B 42 (1980) 143-149, for C and its slope.
"""

from collections.abc import Sequence
from functools import cache
from math import fsum, inf, isfinite, sqrt

import numpy as np
import numpy.typing as npt
from attrs import define, field, frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.mutual_steps import solve_side_by_side
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import (
    FloatArray,
    FloatColumn,
    IndexArray,
    sum_in_order,
)
from interviewfit._numeric.chebyshev import (
    chebyshev_analysis,
    chebyshev_basis,
    chebyshev_nodes,
)
from interviewfit._process.mutual_fit import MutualFit
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.mutual_solution import MutualSolution
from interviewfit._solver.solution import Solution

_ORDER = 10
# A panel is halved while its error is above this share of what is at stake, at most so
# many times; and never for less than so many hours.
_RESOLVED, _MOST_HALVINGS, _LEAST_HOURS, _HELPS = 1e-6, 7, 1e-7, 0.7
# How far beyond its index as it would be on average a process is solved, and what is
# worth a panel, as shares of its standard deviation.
_MARGIN, _NARROWEST = 0.05, 0.25
# How far beyond what is believed one that is never left is solved at first, likewise.
_FAR = 1.25
# The normal tail beyond so many standard deviations is below a rounding error.
_REACH = 8.5
_MOST_ROUNDS, _NEWTON_STEPS = 12, 40
# Beyond this share of what is at stake an error leaves nothing to tabulate.
_UNRESOLVED = 0.05
# A process that ends in a job less often than this has no index by its slope.
_NEXT_TO_NEVER = 1e-13


@frozen(eq=False, repr=False)
class Panel:
    """What a process leads to against alternatives between two.

    Attributes:
        left, right: Between which alternatives, hours.
        series: Coefficients of the acceptance, the square of the surplus, and the
            probabilities to take and to leave each step, ``(_ORDER, 2 + 2 * steps)``.
        value: Coefficients of C, hours, ``(_ORDER + 1,)``.
        error: By how much C differs from what was solved at most, hours.
    """

    left: Worth
    right: Worth
    series: FloatArray
    value: FloatColumn
    error: Worth

    @classmethod
    def of(cls, left: Worth, right: Worth, outcomes: OutcomeMoments) -> "Panel":
        """A panel from what was solved at its nodes, from left to right.

        Args:
            left, right: Its ends, hours.
            outcomes: At the nodes.
        """
        numbers = np.column_stack(
            (
                outcomes.accept_probability,
                outcomes.offer_square,
                outcomes.take_probability,
                outcomes.leave_probability,
            )
        )
        series = chebyshev_analysis(_ORDER) @ numbers[::-1]
        fall = 0.5 * (right - left) * (_integration() @ series[:, 0])
        value = -fall
        missing = outcomes.continuation_value[::-1] - value @ _at_nodes()
        value[0] += missing.mean()
        error = float(np.abs(missing - missing.mean()).max())
        return cls(left, right, series, value, error)

    def share(self, alternatives: FloatColumn) -> FloatColumn:
        """Where alternatives lie in it, -1 to 1."""
        middle, half = 0.5 * (self.left + self.right), 0.5 * (self.right - self.left)
        return np.clip((alternatives - middle) / half, -1.0, 1.0)

    def value_and_slope(self, alternative: Worth) -> tuple[Worth, float]:
        """C and S at one alternative.

        Args:
            alternative: In the panel, hours.
        """
        basis = chebyshev_basis(self.share(np.array([alternative])), _ORDER + 1)
        chance = float(basis[:_ORDER, 0] @ self.series[:, 0])
        return float(basis[:, 0] @ self.value), chance


@define(eq=False, repr=False)
class MutualTable:
    """A process over its alternatives, as a ``Solution`` in one row would have it.

    The mean that its methods take is that of the surplus as believed now, less the
    alternative. ``tabulate`` makes it.

    Attributes:
        chain: The process, with what passes tell.
        usual: Its chain of constant rates, solved, in one row.
        exact_rows: Whether no bit of it depends on what it is solved with.
        index: The alternative at which going on is worth no more than leaving, hours.
        thresholds: The first such that the index is the mean less it; the others of the
            exact chain alone, on the fit as it is believed then; ``(1, steps)``.
        alone: Thresholds of the exact chain alone, likewise.
        single: Whether each step was seen to have one threshold, ``(1,)``.
        panels: From left to right; they do not overlap.
        floor: ``floor_value``, where it is known.
    """

    chain: ChainParameters[float]
    usual: Solution
    exact_rows: bool = False
    index: Worth = inf
    thresholds: FloatArray = field(init=False)
    alone: FloatArray = field(init=False)
    single: npt.NDArray[np.bool_] = field(init=False)
    panels: list[Panel] = field(factory=list)
    floor: FloatColumn | None = None

    def __attrs_post_init__(self) -> None:
        self.thresholds = self.usual.thresholds.copy()
        self.alone = self.usual.thresholds
        self.single = np.ones(1, np.bool_)

    @property
    def mutual(self) -> MutualFit:
        """How passes go with the fit."""
        mutual = self.chain.mutual
        if mutual is None:
            message = "only a process in which passes tell of the fit is tabulated"
            raise ValueError(message)
        return mutual

    @property
    def anchor(self) -> Worth:
        """Mean of the surplus as believed now, hours."""
        return float(self.mutual.mean[0] + self.mutual.news[0])

    @property
    def spread(self) -> Worth:
        """Standard deviation of the surplus without what passes tell, hours."""
        square = float(self.mutual.variance[0])
        for step in self.chain.facts:
            square += sum(chance * (1.0 - chance) * size**2 for chance, size in step)
        return sqrt(square) if square > 0.0 else 1.0

    @property
    def reach(self) -> Worth:
        """An alternative from which nobody accepts, hours."""
        mutual, jump = self.mutual, 0.0
        for step in self.chain.facts:
            jump += sum(
                max((1 - chance) * size, -chance * size) for chance, size in step
            )
        # The rarer the passes so far, the further out is who has passed.
        behind = mutual.factors.passes - sum(mutual.decides)
        rare = -np.log(np.maximum(mutual.factors.rate[0, :behind], 1e-300)).sum()
        far = sqrt(_REACH**2 + 2.0 * float(rare)) * sqrt(float(mutual.variance[0]))
        later = float(sum(mutual.drift))
        return max(self.anchor, float(mutual.mean[0])) + later + jump + far

    @property
    def error(self) -> Worth:
        """By how much the table, or a sum over it, is off at most, hours."""
        return fsum(panel.error for panel in self.panels)

    @property
    def is_resolved(self) -> bool:
        """Whether the solver was exact enough for a table.

        It is not where those who passed are next to nobody: then what is known of them
        is below its rounding error.
        """
        panels, leaving = self.panels, self.chain.exit[0]
        values = [panel.value_and_slope(panel.left)[0] for panel in panels]
        stake = max(abs(value - leaving) for value in values)
        return self.error <= _UNRESOLVED * stake + _LEAST_HOURS

    def take(self, rows: IndexArray) -> "MutualTable":
        """Its only row."""
        del rows
        return self

    def acceptance_probability(
        self, mean: FloatArray, rows: IndexArray | None = None
    ) -> FloatArray:
        """Probability to end in an accepted offer if the first step is taken.

        Args:
            mean: Of the surplus as believed now, less the alternative, hours, of any
                shape, which is that of the result.
            rows: Row of each line; there is a single one.
        """
        del rows
        alternatives = self.anchor - mean
        series, _ = self._interpolated(alternatives.ravel(), 1)
        chances = np.where(alternatives.ravel() >= self.reach, 0.0, series[:, 0])
        return np.asarray(np.clip(chances, 0.0, 1.0)).reshape(mean.shape)

    def continuation_value(
        self, mean: npt.ArrayLike, rows: IndexArray | None = None
    ) -> FloatArray:
        """What taking the first step is worth, hours, in the shape of *mean*.

        Args:
            mean: Of the surplus as believed now, less the alternative, hours.
            rows: Row of each line; there is a single one.
        """
        del rows
        means = np.asarray(mean, dtype=np.float64)
        values = self._interpolated(self.anchor - means.ravel(), 1)[1]
        return values.reshape(means.shape)

    def evaluate(self, mean: npt.ArrayLike) -> OutcomeMoments:
        """What going on leads to, as is best against each alternative.

        Args:
            mean: Of the surplus as believed now, less the alternative, hours,
                ``(points,)``.
        """
        means = np.asarray(mean, dtype=np.float64)
        return self._outcomes(means.reshape(-1), None)

    def evaluate_mixture(
        self, mean: FloatArray, weights: FloatArray, rows: IndexArray | None = None
    ) -> OutcomeMoments:
        """What going on leads to on average over several alternatives.

        Args:
            mean: Of the surplus as believed now, less each, hours, ``(lines, points)``.
            weights: With which each counts, likewise, of either sign.
            rows: Row of each line; there is a single one.
        """
        del rows
        parts = [
            self._outcomes(points, shares)
            for points, shares in zip(mean, weights, strict=True)
        ]
        return OutcomeMoments.stack(parts)

    def _outcomes(
        self, means: FloatColumn, weights: FloatColumn | None
    ) -> OutcomeMoments:
        """What it leads to, at each mean or added up with weights.

        Args:
            means: Hours, ``(points,)``.
            weights: Of each, or none.
        """
        alternatives, count = self.anchor - means, len(self.chain.exit)
        series, value = self._interpolated(alternatives, 2 + 2 * count)
        series[alternatives >= self.reach, :2] = 0.0
        if weights is not None:
            series, value = weights @ series, np.asarray(weights @ value)
        take, leave = series[..., 2 : 2 + count], series[..., 2 + count :]
        offer = value - take @ np.array(self.chain.reward)
        offer = offer - leave @ np.array(self.chain.exit)
        best = value
        if weights is None:
            best = np.maximum(self.chain.exit[0], value)
        return OutcomeMoments(
            best, value, series[..., 0], offer, series[..., 1], take, leave
        )

    @property
    def value_at_minus_infinity(self) -> FloatArray:
        """W where no offer is good enough, hours, ``(1,)``."""
        exit_ = self.first_exit
        if self.index < inf:
            return exit_
        return np.maximum(exit_, self.floor_value)

    @property
    def floor_value(self) -> FloatArray:
        """C where no offer is good enough, hours, ``(1,)``."""
        if self.floor is None:
            _add_floors([self])
        return self.usual.floor_value if self.floor is None else self.floor

    @property
    def first_exit(self) -> FloatArray:
        """Value of leaving instead of the first step, hours, ``(1,)``."""
        return np.array([self.chain.exit[0]])

    @property
    def upper_support(self) -> FloatArray:
        """How far above the mean now an alternative is that nobody exceeds, hours."""
        return np.array([self.reach - self.anchor])

    def breakpoints(
        self, rows: IndexArray, mean: FloatArray, width: FloatArray
    ) -> FloatArray:
        """Where its panels meet, as alternatives to jobs of some means, hours.

        Args:
            rows: The row of each line, ``(lines,)``; there is a single one.
            mean: Of the surplus in each, hours, likewise.
            width: Of all that competes; with 0 jumps are asked for, of which there are
                none.

        Returns:
            Shape ``(rows, breakpoints)``; NaN where there is none.
        """
        edges = np.array([edge for it in self.panels for edge in (it.left, it.right)])
        shift = mean - self.anchor
        shift[np.abs(shift) <= 1e-12 * (1.0 + np.abs(mean))] = 0.0
        points = np.unique(edges) + shift[:, None]
        points[width == 0.0] = np.nan
        return points[: rows.size]

    def _interpolated(
        self, alternatives: FloatColumn, columns: int
    ) -> tuple[FloatArray, FloatColumn]:
        """The first columns of the series, and C, at alternatives.

        Args:
            alternatives: Hours, ``(points,)``; beyond the reach all is as there.
            columns: One, or all.
        """
        points = np.minimum(alternatives, self.reach)
        series, value = np.zeros((points.size, columns)), np.zeros(points.size)
        if not points.size:
            return series, value
        self.cover(float(points.min()), float(points.max()))
        lefts = np.array([panel.left for panel in self.panels])
        places = np.maximum(0, np.searchsorted(lefts, points, side="right") - 1)
        for place in np.unique(places).tolist():
            chosen, panel = places == place, self.panels[place]
            basis = chebyshev_basis(panel.share(points[chosen]), _ORDER + 1)
            # Term by term, so that no bit depends on how many points there are.
            value[chosen] = sum_in_order(basis * panel.value[:, None])
            if columns > 1:
                series[chosen] = basis[:_ORDER].T @ panel.series
                continue
            weighted = basis[:_ORDER] * panel.series[:, :1]
            series[chosen, 0] = sum_in_order(weighted)
        return series, value

    def cover(self, low: Worth, high: Worth) -> None:
        """Have panels for all alternatives between two.

        Args:
            low, high: Hours.
        """
        if missing := self.missing(low, high):
            _fill([(self, *ends) for ends in missing])

    def missing(self, low: Worth, high: Worth) -> list[tuple[Worth, Worth]]:
        """Between which alternatives there is no panel yet.

        At either side they are no narrower than is worth a call.

        Args:
            low, high: As ``cover`` takes them.
        """
        width, near = 0.5 * self.spread, 1e-12 * self.spread
        gaps, end = list[tuple[Worth, Worth]](), -inf
        for panel in self.panels:
            start = max(low, end)
            if high < start:
                break
            if panel.left > start + near:
                left = min(start, panel.left - width) if end == -inf else start
                gaps.append((left, panel.left))
            end = panel.right
        if high > end + near:
            start = max(low, end)
            gaps.append((start, max(high, start + width)))
        return gaps


def is_open(chain: ChainParameters[float], usual: Solution) -> bool:
    """Whether passes can tell of the fit, and the process may go on at all.

    Args:
        chain, usual: The process, and its chain of constant rates, solved.
    """
    mutual = chain.mutual
    if mutual is None or float(usual.thresholds[0, 0]) == inf:
        return False
    return bool(mutual.variance[0] > 0.0) or any(chain.facts)


def tabulate(
    chains: Sequence[ChainParameters[float]],
    usual: Sequence[Solution],
    *,
    exact_rows: bool = False,
) -> list[MutualTable]:
    """Processes in which passes tell of the fit, from the best offer in hand or 0 on.

    Args:
        chains: Each with what passes tell.
        usual: The chain of constant rates of each, solved, in one row.
        exact_rows: Whether no bit of a table depends on the others.
    """
    tables = [
        MutualTable(chain, solution, exact_rows)
        for chain, solution in zip(chains, usual, strict=True)
    ]
    wanted, alone = list[tuple[MutualTable, Worth, Worth]](), []
    for table, chain in zip(tables, chains, strict=True):
        guess = table.anchor - float(table.usual.thresholds[0, 0])
        low, high = 0.0, max(0.0, table.anchor) + _FAR * table.spread
        if isfinite(guess):
            margin = _MARGIN * table.spread
            low, high = 0.0 if guess > 0.0 else guess - margin, guess + margin
        wanted.append((table, low, max(high, low + _NARROWEST * table.spread)))
        alone.append((chain, table.mutual.moved(np.zeros(1))))
    solutions = _fill(wanted, alone)
    for table, solution in zip(tables, solutions, strict=True):
        table.alone = np.where(
            solution.beyond, table.usual.thresholds, solution.thresholds
        )
        table.single &= solution.single.all()
    unsettled = list(tables)
    for _ in range(_MOST_ROUNDS):
        wanted = []
        for table in unsettled:
            ends = _further(table)
            if ends is not None:
                wanted.append((table, *ends))
        # Where next to nobody has passed, C may rise for the rounding of the solver.
        wanted = [entry for entry in wanted if entry[0].is_resolved]
        if not wanted:
            break
        _fill(wanted)
        unsettled = [table for table, _, _ in wanted]
    for table in tables:
        table.index = _index(table)
        table.thresholds = table.alone.copy()
        table.thresholds[0, 0] = table.anchor - table.index
    _add_floors([table for table in tables if table.index == inf])
    return tables


def _add_floors(tables: Sequence[MutualTable]) -> None:
    """Solve what processes are worth that are gone on with whatever the alternative.

    Args:
        tables: Of the processes, whose ``floor_value`` is known then.
    """
    if tables:
        parts = [
            (table.chain, table.mutual.moved(-np.array([table.reach])))
            for table in tables
        ]
        how = {"exact_rows": tables[0].exact_rows}
        solutions = solve_side_by_side(parts, **how)
        for table, solution in zip(tables, solutions, strict=True):
            table.floor = solution.values


def _further(table: MutualTable) -> tuple[Worth, Worth] | None:
    """Between which alternatives the index is to be looked for yet, if so.

    C is convex and falls, so that its tangent falls below it.

    Args:
        table: With some panels.
    """
    if not isfinite(float(table.usual.thresholds[0, 0])):
        return None
    leaving, last, first = table.chain.exit[0], table.panels[-1], table.panels[0]
    value, slope = last.value_and_slope(last.right)
    if value > leaving:
        if slope <= _NEXT_TO_NEVER or last.right >= table.reach:
            # It ends in no job: worth what it is, however good the alternative.
            return None
        ahead = max(1.25 * (value - leaving) / slope, 1e-3 * table.spread)
        return last.right, min(last.right + ahead, table.reach)
    value, slope = first.value_and_slope(first.left)
    if value > leaving or slope <= _NEXT_TO_NEVER:
        return None
    behind = max(1.01 * (leaving - value) / slope, 0.05 * table.spread)
    return first.left - behind, first.left


def _index(table: MutualTable) -> Worth:
    """Where going on is worth as much as leaving, hours.

    Newton's method from the left, as C is convex and falls.

    Args:
        table: With panels around the index.
    """
    guess = table.anchor - float(table.usual.thresholds[0, 0])
    if not isfinite(guess):
        return guess
    leaving = table.chain.exit[0]
    for panel in reversed(table.panels):
        if panel.value_and_slope(panel.left)[0] <= leaving:
            continue
        if (
            panel is table.panels[-1]
            and panel.value_and_slope(panel.right)[0] > leaving
        ):
            return inf
        low, high = panel.left, panel.right
        point = low
        for _ in range(_NEWTON_STEPS):
            value, slope = panel.value_and_slope(point)
            low, high = (point, high) if value > leaving else (low, point)
            following = point + (value - leaving) / slope if slope > 0.0 else inf
            if not low <= following <= high:
                following = 0.5 * (low + high)
            length = abs(following - point)
            point = following
            if length <= 1e-12 * (1.0 + abs(point)):
                break
        return point
    return guess


def _fill(
    wanted: Sequence[tuple[MutualTable, Worth, Worth]],
    alone: Sequence[tuple[ChainParameters[float], MutualFit]] = (),
) -> list[MutualSolution]:
    """Add panels to tables, each halved until it is right.

    Args:
        wanted: The table, and between which alternatives, hours.
        alone: Chains that are solved with them as they are.

    Returns:
        The solutions of *alone*.
    """
    nothing: tuple[float, ...] = ()
    pending, first = [(*it, nothing) for it in wanted], list[MutualSolution]()
    nodes = -chebyshev_nodes(_ORDER)
    while pending:
        parts = list(alone)
        for table, left, right, _ in pending:
            points = 0.5 * (left + right) + 0.5 * (right - left) * nodes
            parts.append((table.chain, table.mutual.moved(-points)))
        how = {"exact_rows": pending[0][0].exact_rows}
        solutions = solve_side_by_side(parts, **how)
        first = first or solutions[: len(alone)]
        halved = []
        for (table, left, right, errors), solution in zip(
            pending, solutions[len(alone) :], strict=True
        ):
            panel = Panel.of(left, right, solution.outcomes)
            table.single &= solution.single.all()
            at_stake = np.abs(
                solution.outcomes.continuation_value - table.chain.exit[0]
            )
            most = _RESOLVED * float(at_stake.max()) + _LEAST_HOURS
            # What two halvings do not make smaller is the rounding of the solver.
            helps = len(errors) < 2 or panel.error < _HELPS * errors[-2]
            if panel.error > most and helps and len(errors) < _MOST_HALVINGS:
                middle, more = 0.5 * (left + right), (*errors, panel.error)
                halved.append((table, left, middle, more))
                halved.append((table, middle, right, more))
                continue
            table.panels.append(panel)
            table.panels.sort(key=lambda it: it.left)
        pending, alone = halved, ()
    return first


@cache
def _at_nodes() -> FloatArray:
    """Chebyshev polynomials at the nodes, ``(_ORDER + 1, _ORDER)``."""
    return chebyshev_basis(chebyshev_nodes(_ORDER), _ORDER + 1)


@cache
def _integration() -> FloatArray:
    """From coefficients to those of an integral, ``(_ORDER + 1, _ORDER)``."""
    matrix = np.zeros((_ORDER + 1, _ORDER))
    for degree in range(_ORDER):
        if degree == 0:
            matrix[1, 0] = 1.0
            continue
        matrix[degree + 1, degree] += 0.5 / (degree + 1)
        if degree > 1:
            matrix[degree - 1, degree] -= 0.5 / (degree - 1)
    return matrix
