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
from interviewfit._competition.mutual_panels import (
    COARSE_ORDER,
    ORDER,
    Panel,
    Unsolved,
    series_at,
)
from interviewfit._competition.mutual_steps import solve_side_by_side
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.effort import spend
from interviewfit._process.mutual_fit import MutualFit
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.mutual_solution import MutualSolution
from interviewfit._solver.solution import Solution

# A panel is halved while its error is above this share of what is at stake, and never
# for less than so many hours.
_RESOLVED, _LEAST_HOURS = 1e-6, 1e-5
# Once so many steps of all rows were solved for a search, no panel is halved any more;
# by how much one is off then is part of the error of its table. Tables that must not
# depend on each other are halved as they need it.
_MOST_WORK = 40_000
# How wide a panel is at first, in shares of how far out it begins; and the normal tail
# beyond so many standard deviations is below a rounding error.
_FURTHER, _REACH = 0.7, 8.5
# The same where very many steps are solved, the tail being below a ten thousandth of a
# millionth of a standard deviation.
_COARSE_HOURS, _COARSE_FURTHER, _COARSE_REACH = 1e-4, 1.2, 6.5
# Where a table jumps each halving costs as much and makes the error half as large. So
# that of one of many rows or very many tables is then halved for no less, as a share of
# the standard deviation.
_AT_JUMP = 1e-5
# Operations (``effort``) that it takes to set up a panel.
_PANEL_WORK = 15_000
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
        is_coarse: Whether it is one of so many that fewer alternatives are solved; the
            error says how far off that is.
        index: The alternative at which going on is worth no more than leaving, hours.
        index_error: By how much it is off at most, where no more work was worth it.
        thresholds: The first such that the index is the mean less it; the others of the
            exact chain alone, on the fit as it is believed then; ``(1, steps)``.
        alone: Thresholds of the exact chain alone, likewise.
        shortfall: What one threshold a step may cost at an alternative, hours.
        anchor: Mean of the surplus as believed now, hours.
        spread: Standard deviation of it without what passes tell, hours.
        nadir: An alternative up to which everybody accepts, hours.
        reach: An alternative from which nobody accepts, likewise.
        panels: From left to right; they do not overlap.
        floor: ``floor_value``, where it is known.
    """

    chain: ChainParameters[float]
    usual: Solution
    exact_rows: bool = False
    is_coarse: bool = False
    index: Worth = inf
    index_error: Worth = 0.0
    thresholds: FloatArray = field(init=False)
    alone: FloatArray = field(init=False)
    shortfall: Worth = 0.0
    anchor: Worth = field(init=False)
    spread: Worth = field(init=False)
    nadir: Worth = field(init=False)
    reach: Worth = field(init=False)
    panels: list[Panel] = field(factory=list)
    floor: FloatColumn | None = None

    def __attrs_post_init__(self) -> None:
        self.anchor = float(self.mutual.mean[0] + self.mutual.news[0])
        self.spread = self._spread()
        self.nadir, self.reach = self._ends()
        self.thresholds = self.usual.thresholds.copy()
        self.alone = self.usual.thresholds

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

    def _ends(self) -> tuple[Worth, Worth]:
        """Alternatives up to which everybody accepts, and from which nobody, hours."""
        mutual, facts = self.mutual, [it for step in self.chain.facts for it in step]
        jumps = [((1.0 - chance) * size, -chance * size) for chance, size in facts]
        low, high = sum(map(min, jumps)), sum(map(max, jumps))
        # The rarer the passes so far, the further out is who has passed.
        behind = mutual.factors.passes - sum(mutual.decides)
        rare = -np.log(np.maximum(mutual.factors.rate[0, :behind], 1e-300)).sum()
        reach = _COARSE_REACH if self.is_coarse else _REACH
        beyond = sqrt(reach**2 + 2.0 * float(rare)) * sqrt(float(mutual.variance[0]))
        later, mean = float(sum(mutual.drift)), float(mutual.mean[0])
        least, most = min(self.anchor, mean), max(self.anchor, mean)
        return least + later + low - beyond, most + later + high + beyond

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
        """Whether what is interpolated is near enough to what was solved."""
        panels, leaving = self.panels, self.chain.exit[0]
        values = [panel.value_and_slope(panel.left)[0] for panel in panels]
        stake = max(abs(value - leaving) for value in values)
        return self.error <= _UNRESOLVED * stake + _LEAST_HOURS

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
        if points.size:
            self.cover(float(points.min()), float(points.max()))
        series, value = series_at(self.panels, points, is_met, weights)
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
        if self.index < inf:
            return self.first_exit
        return np.maximum(self.first_exit, self.floor_value)

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

    def parts(self, left: Worth, right: Worth) -> list[tuple[Worth, Worth]]:
        """What begins as a panel each: the value is a line up to the nadir.

        Beyond what is believed panels are wider the further out they begin.

        Args:
            left, right: Between which alternatives there shall be panels, hours.
        """
        end, beyond = self.nadir, left - self.anchor
        if not left < end < right:
            further = _COARSE_FURTHER if self.is_coarse else _FURTHER
            end = left + further * beyond
            if beyond <= self.spread or right - left <= 2.0 * (end - left):
                return [(left, right)]
        return [(left, end), *self.parts(end, right)]

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
    pending = [
        (table, Unsolved(*pair, COARSE_ORDER if table.is_coarse else ORDER))
        for table, left, right in wanted
        for pair in table.parts(left, right)
    ]
    alone = [(table, np.array(alternatives)) for table, alternatives in points]
    solutions, work = list[MutualSolution](), 0
    while pending or alone:
        requests = [*alone, *((table, span.nodes) for table, span in pending)]
        work += sum(table.work * nodes.size for table, nodes in requests)
        spend(_PANEL_WORK * len(requests))
        solved = solve_side_by_side(
            [(table.chain, table.mutual.moved(-nodes)) for table, nodes in requests]
        )
        for (table, _), solution in zip(requests, solved, strict=True):
            table.shortfall = max(table.shortfall, float(solution.shortfall.max()))
        if alone:
            solutions = solved[: len(alone)]
            _add_points(points, solutions)
        answers, halved = solved[len(alone) :], list[tuple[TabulatedChain, Unsolved]]()
        for (table, span), solution in zip(pending, answers, strict=True):
            has_time = table.exact_rows or work < _MOST_WORK
            panel = span.panel(solution.outcomes)
            stake = solution.outcomes.continuation_value - table.chain.exit[0]
            least = _COARSE_HOURS if table.is_coarse else _LEAST_HOURS
            most = _RESOLVED * float(np.abs(stake).max()) + least
            if (table.exact_rows or table.is_coarse) and span.jumps(panel.error):
                most = max(most, _AT_JUMP * table.spread)
            if panel.error > most and span.helps(panel.error) and has_time:
                halved += [(table, half) for half in span.halves(panel.error)]
            else:
                table.add([panel])
        pending, alone = halved, []
    return solutions


def _add_points(
    points: Sequence[tuple[TabulatedChain, tuple[Worth, ...]]],
    solutions: Sequence[MutualSolution],
) -> None:
    """Keep alternatives that were solved by themselves.

    Args:
        points, solutions: Tables and alternatives, and what was found at these.
    """
    for (table, alternatives), solution in zip(points, solutions, strict=True):
        table.add(
            Panel.of_point(alternative, solution.outcomes.row(row))
            for row, alternative in enumerate(alternatives)
        )
