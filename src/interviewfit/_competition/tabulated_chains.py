"""Processes in which passes tell of the fit, solved at many alternatives.

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

from collections.abc import Iterable, Sequence
from math import fsum, inf, sqrt

import numpy as np
from attrs import define, field

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.mutual_panels import ORDER, Panel
from interviewfit._competition.mutual_steps import solve_side_by_side
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    sum_in_order,
)
from interviewfit._numeric.chebyshev import chebyshev_basis, chebyshev_nodes
from interviewfit._process.mutual_fit import MutualFit
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.mutual_solution import MOST_ROUNDING, MutualSolution
from interviewfit._solver.solution import Solution

# A panel is halved while its error is above this share of what is at stake, at most so
# many times; and never for less than so many hours.
_RESOLVED, _MOST_HALVINGS, _LEAST_HOURS, _HELPS = 1e-6, 7, 1e-7, 0.7
# Once so many steps of all rows were solved for a search, no panel is halved any more;
# by how much one is off then is part of the error of its table. Tables that must not
# depend on each other are halved as they need it.
_MOST_WORK = 40_000
# The normal tail beyond so many standard deviations is below a rounding error.
_REACH = 8.5
# Beyond this share of what is at stake an error leaves nothing to tabulate.
_UNRESOLVED = 0.05


@define(eq=False, repr=False)
class TabulatedChain:
    """A process over its alternatives. ``tabulate`` makes it.

    Attributes:
        chain: The process, with what passes tell.
        usual: Its chain of constant rates, solved, in one row.
        exact_rows: Whether it is halved as it needs, however many others there are, so
            that no bit of it depends on what it is solved with.
        index: The alternative at which going on is worth no more than leaving, hours.
        thresholds: The first such that the index is the mean less it; the others of the
            exact chain alone, on the fit as it is believed then; ``(1, steps)``.
        alone: Thresholds of the exact chain alone, likewise.
        rounding: Of the factor of the passes so far, as a share of it.
        single: Whether each step was seen to have one threshold, ``(1,)``.
        anchor: Mean of the surplus as believed now, hours.
        spread: Standard deviation of it without what passes tell, hours.
        reach: An alternative from which nobody accepts, hours.
        panels: From left to right; they do not overlap.
        floor: ``floor_value``, where it is known.
    """

    chain: ChainParameters[float]
    usual: Solution
    exact_rows: bool = False
    index: Worth = inf
    thresholds: FloatArray = field(init=False)
    alone: FloatArray = field(init=False)
    single: BoolArray = field(init=False)
    rounding: float = field(default=0.0, init=False)
    anchor: Worth = field(init=False)
    spread: Worth = field(init=False)
    reach: Worth = field(init=False)
    panels: list[Panel] = field(factory=list)
    floor: FloatColumn | None = None

    def __attrs_post_init__(self) -> None:
        self.anchor = float(self.mutual.mean[0] + self.mutual.news[0])
        self.spread, self.reach = self._spread(), self._reach()
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

    def _spread(self) -> Worth:
        """Standard deviation of the surplus without what passes tell, hours."""
        square = float(self.mutual.variance[0])
        for step in self.chain.facts:
            square += sum(chance * (1.0 - chance) * size**2 for chance, size in step)
        return sqrt(square) if square > 0.0 else 1.0

    def _reach(self) -> Worth:
        """An alternative from which nobody accepts, hours."""
        mutual, jump = self.mutual, 0.0
        for step in self.chain.facts:
            jump += sum(
                max((1 - chance) * size, -chance * size) for chance, size in step
            )
        # The rarer the passes so far, the further out is who has passed.
        behind = mutual.factors.passes - sum(mutual.decides)
        rare = -np.log(np.maximum(mutual.factors.rate[0, :behind], 1e-300)).sum()
        beyond = sqrt(_REACH**2 + 2.0 * float(rare)) * sqrt(float(mutual.variance[0]))
        later = float(sum(mutual.drift))
        return max(self.anchor, float(mutual.mean[0])) + later + jump + beyond

    @property
    def guess(self) -> Worth:
        """The index of the chain of constant rates, hours."""
        return self.anchor - float(self.usual.thresholds[0, 0])

    @property
    def edges(self) -> FloatColumn:
        """Where its panels begin and end, hours."""
        return np.unique([(panel.left, panel.right) for panel in self.panels])

    def shift_of(self, mean: Worth) -> Worth:
        """By how much the mean of the surplus is above that as believed now, hours.

        Args:
            mean: Hours.
        """
        shift = mean - self.anchor
        return 0.0 if abs(shift) <= 1e-12 * (1.0 + abs(mean)) else shift

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
        is_told = self.rounding <= MOST_ROUNDING
        return is_told and self.error <= _UNRESOLVED * stake + _LEAST_HOURS

    def outcomes(
        self, alternatives: FloatColumn, weights: FloatColumn | None = None
    ) -> OutcomeMoments:
        """What going on leads to, at each alternative or added up with weights.

        Args:
            alternatives: Hours, ``(points,)``.
            weights: With which each counts, of either sign; what counts for nothing may
                lie beyond all panels.
        """
        if weights is not None:
            matters = weights != 0.0
            alternatives, weights = alternatives[matters], weights[matters]
        count, reach = len(self.chain.exit), self.reach
        points, is_met = np.minimum(alternatives, reach), alternatives < reach
        size = points.size if weights is None else 1
        series, value = np.zeros((size, 2 + 2 * count)), np.zeros(size)
        if points.size:
            self.cover(float(points.min()), float(points.max()))
        lefts = np.array([panel.left for panel in self.panels])
        places = np.maximum(0, np.searchsorted(lefts, points, side="right") - 1)
        for number in np.unique(places).tolist():
            chosen, panel = places == number, self.panels[number]
            basis = chebyshev_basis(panel.share(points[chosen]), ORDER + 1)
            if weights is not None:
                # The sum of polynomials first, as it is the same for all numbers.
                sums, met = (
                    basis @ it
                    for it in (weights[chosen], weights[chosen] * is_met[chosen])
                )
                value += sums @ panel.value
                series[0, :2] += met[:ORDER] @ panel.series[:, :2]
                series[0, 2:] += sums[:ORDER] @ panel.series[:, 2:]
                continue
            # Term by term, so that no bit depends on how many points there are.
            value[chosen] = sum_in_order(basis * panel.value[:, None])
            series[chosen] = basis[:ORDER].T @ panel.series
            series[chosen, :2] *= is_met[chosen, None]
        if weights is not None:
            series, value = series[0], value[0]
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
    def value_at_minus_infinity(self) -> FloatColumn:
        """W where no offer is good enough, hours, ``(1,)``."""
        exit_ = self.first_exit
        if self.index < inf:
            return exit_
        return np.maximum(exit_, self.floor_value)

    @property
    def floor_value(self) -> FloatColumn:
        """C where no offer is good enough, hours, ``(1,)``."""
        if self.floor is None:
            add_floors([self])
        return self.usual.floor_value if self.floor is None else self.floor

    @property
    def first_exit(self) -> FloatColumn:
        """Value of leaving instead of the first step, hours, ``(1,)``."""
        return np.array([self.chain.exit[0]])

    @property
    def upper_support(self) -> FloatColumn:
        """How far above the mean now an alternative is that nobody exceeds, hours."""
        return np.array([self.reach - self.anchor])

    def cover(self, low: Worth, high: Worth) -> None:
        """Have panels for all alternatives between two.

        Args:
            low, high: Hours.
        """
        cover_all([(self, low, high)])

    def add(self, panels: Iterable[Panel]) -> None:
        """Keep some more panels, from left to right; of two at a place the wider last.

        Args:
            panels: Of other alternatives than those that are there.
        """
        self.panels.extend(panels)
        self.panels.sort(key=lambda it: (it.left, it.right))

    @property
    def work(self) -> int:
        """Steps of the chain, which a row of it takes time in proportion to."""
        return len(self.chain.exit)

    def missing(self, low: Worth, high: Worth) -> list[tuple[Worth, Worth]]:
        """Between which alternatives there is no panel yet.

        At either side they are no narrower than is worth a call.

        Args:
            low, high: As ``cover`` takes them.
        """
        width, tiny = 0.5 * self.spread, 1e-12 * self.spread
        gaps, end = list[tuple[Worth, Worth]](), -inf
        for panel in self.panels:
            start = max(low, end)
            if high <= end + tiny:
                break
            if panel.left > start + tiny:
                left = start
                if end == -inf and panel.left <= high:
                    left = min(start, panel.left - width)
                gaps.append((left, min(panel.left, max(high, left + width))))
            end = panel.right
        if high > end + tiny:
            start = max(low, end)
            gaps.append((start, max(high, start + width)))
        return gaps


def cover_all(wanted: Sequence[tuple[TabulatedChain, Worth, Worth]]) -> None:
    """Have panels of tables for all alternatives between two, solved at once.

    Where a single alternative is asked for, it alone is solved.

    Args:
        wanted: Each table, and the alternatives, hours.
    """
    ranges: dict[int, tuple[TabulatedChain, Worth, Worth]] = {}
    for table, low, high in wanted:
        _, least, most = ranges.get(id(table), (table, low, high))
        ranges[id(table)] = table, min(least, low), max(most, high)
    gaps, points = list[tuple[TabulatedChain, Worth, Worth]](), []
    for table, least, most in ranges.values():
        low, high = min(least, table.reach), min(most, table.reach)
        missing = table.missing(low, high)
        if missing and high == low:
            points.append((table, (low,)))
        else:
            gaps += [(table, *ends) for ends in missing]
    if gaps or points:
        fill(gaps, points)


def add_floors(tables: Sequence[TabulatedChain]) -> None:
    """Solve what processes are worth that are gone on with whatever the alternative.

    Args:
        tables: Of the processes, whose ``floor_value`` is known then.
    """
    if tables:
        parts = [
            (table.chain, table.mutual.moved(-np.array([table.reach])))
            for table in tables
        ]
        solutions = solve_side_by_side(parts)
        for table, solution in zip(tables, solutions, strict=True):
            table.floor = solution.values


def fill(
    wanted: Sequence[tuple[TabulatedChain, Worth, Worth]],
    points: Sequence[tuple[TabulatedChain, tuple[Worth, ...]]] = (),
) -> list[MutualSolution]:
    """Add panels to tables, each halved until it is right, and single alternatives.

    Args:
        wanted: The table, and between which alternatives, hours.
        points: Tables, and alternatives that are solved by themselves, hours.

    Returns:
        The solutions of *points*.
    """
    nothing: tuple[float, ...] = ()
    pending, alone = [(*it, nothing) for it in wanted], list[MutualSolution]()
    nodes, work = -chebyshev_nodes(ORDER), 0
    parts = [(table, np.array(alternatives)) for table, alternatives in points]
    while pending or parts:
        for table, left, right, _ in pending:
            middle, half = 0.5 * (left + right), 0.5 * (right - left)
            parts.append((table, middle + half * nodes))
        work += sum(table.work * points.size for table, points in parts)
        solutions = solve_side_by_side(
            [(table.chain, table.mutual.moved(-points)) for table, points in parts]
        )
        for (table, _), solution in zip(parts, solutions, strict=True):
            table.single &= solution.single.all()
            table.rounding = max(table.rounding, float(solution.rounding.max()))
        if points and not alone:
            alone = solutions[: len(points)]
            for (table, alternatives), solution in zip(points, alone, strict=True):
                table.add(
                    Panel.of_point(alternative, solution.outcomes.row(row))
                    for row, alternative in enumerate(alternatives)
                )
        solved = solutions[len(parts) - len(pending) :]
        halved, parts = [], []
        for (table, left, right, errors), solution in zip(pending, solved, strict=True):
            panel = Panel.of(left, right, solution.outcomes)
            at_stake = np.abs(
                solution.outcomes.continuation_value - table.chain.exit[0]
            )
            most = _RESOLVED * float(at_stake.max()) + _LEAST_HOURS
            # What two halvings do not make smaller is the rounding of the solver.
            helps = len(errors) < 2 or panel.error < _HELPS * errors[-2]
            helps = helps and len(errors) < _MOST_HALVINGS
            helps = helps and (table.exact_rows or work < _MOST_WORK)
            if panel.error > most and helps:
                middle, more = 0.5 * (left + right), (*errors, panel.error)
                halved.append((table, left, middle, more))
                halved.append((table, middle, right, more))
                continue
            table.add([panel])
        pending = halved
    return alone
