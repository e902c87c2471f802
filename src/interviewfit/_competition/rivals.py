"""The rivals of a process: the other processes of a search, solved once.

As ``index_value``, for a single decision or many rows side by side. With S_i(y) the
probability that rival i ends in an accepted offer against the alternative y, c_i its
index, L_i its value however good y is, and y0 the best offer in hand,

    Q(y) = product over c_i > y of (1 - S_i(y))
    value of the rivals = y0 + sum L_i + integral from y0 of (1 - Q(y)) dy

Q is the probability that the best of them, Y, each capped at its index, is below y. A
process beside them at the mean m, with the continuation value C, C' = S, the threshold
k and the exit e of its next step, is gone on with while its index m - k is above Y:

    value of the next step = E[max(e, C(m - Y))]
                           = e + integral from y0 to m - k of S(m - y) Q(y) dy

by parts, since C(k) = e. Where its turn would never come, m - k <= y0, the step is
taken nevertheless; and where it is always taken, there is no k. Then it is

    E[C(m - Y)] = C(far below) + integral from y0 of S(m - y) Q(y) dy

So only Q is needed, the same for every mean and for every row in which the rivals have
the same numbers. It is kept on panels that break at every index and where an acceptance
falls sharply, halved until it is a polynomial. Any other f of the process has
E[f(m - Y), Y < c] as a sum over the nodes (``rival_mixture``); rivals go before the
process. What a row gets depends on its own numbers alone.

References: as ``index_value``.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from attrs import evolve, frozen

from interviewfit._competition.any_solution import AnySolution
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.known_chains import KnownChains
from interviewfit._competition.polynomial_panels import polynomial_panels
from interviewfit._competition.rival_mixture import JumpPoints, equal_width
from interviewfit._competition.row_solutions import prepare_tables, solve_rivals
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Probability, Worth
from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    derivative_matrix,
    integrate,
    interpolation_matrix,
    nodes_of,
    polynomial_pieces,
)
from interviewfit._numeric.arrays import (
    FloatArray,
    FloatColumn,
    IndexArray,
    N,
    sum_in_order,
)
from interviewfit._numeric.effort import spend
from interviewfit._numeric.panels import distinct_rows, gauss_legendre
from interviewfit._process.mutual_rows import numbers_of
from interviewfit._solver.forward_pass import OutcomeMoments

# Of an integral, in shares of the hours it runs over.
_TOLERANCE = 1e-11
# Operations (``effort``) that it takes to put a process among the others.
_PROCESS_WORK = 5_000


@frozen(eq=False, repr=False)
class RivalDistribution:
    """The other processes of a search, in many rows or in a single decision.

    Attributes:
        processes: The rivals of the first row, one by one.
        value: What they are worth without the process beside them, hours, ``(rows,)``.
        leaving: What leaving all of them would be worth, hours, likewise.
        row: Which of the distinct rows each row is. All below is of distinct rows.
        base: The best offer in hand, hours, ``(distinct,)``.
        tops: Alternatives from which nobody goes on, hours, likewise.
        first: Where the panels of each begin, ``(distinct + 1,)``.
        start, end: Where each panel begins and ends, hours, ``(panels,)``.
        chances: Q at the nodes of each panel, ``(panels, NODES)``.
    """

    processes: tuple[ChainParameters[float], ...]
    value: FloatColumn
    leaving: FloatColumn
    row: IndexArray
    base: FloatColumn
    tops: FloatColumn
    first: IndexArray
    start: FloatColumn
    end: FloatColumn
    chances: FloatArray

    @classmethod
    def of(
        cls,
        processes: Sequence[ChainParameters[N]],
        base: N,
        rows: int = 1,
        known: KnownChains | None = None,
        tables: Sequence[FloatArray] = (),
    ) -> "RivalDistribution":
        """Solve the rivals, and work out Q.

        Args:
            processes: The rivals; any of their numbers may be a column.
            base: The best offer in hand, or 0, hours; may be a column.
            rows: How many rows there are.
            known: Chains that are not solved again.
            tables: That of each process, ``(rows, numbers, steps)``, if it is there.
        """
        tables = tables or [process.table(rows) for process in processes]
        means, bases = np.empty((len(processes), rows)), np.full(rows, base)
        for mean, process in zip(means, processes, strict=True):
            mean[:] = process.mean
        numbers = [bases, means.T, *(table.reshape(rows, -1) for table in tables)]
        mutuals = [it.mutual for it in processes if it.mutual is not None]
        numbers.extend(numbers_of(mutual, rows) for mutual in mutuals)
        stacked = np.column_stack(numbers)
        spend(stacked.size + _PROCESS_WORK * len(processes))
        kept, row = distinct_rows(stacked)
        shapes: list[tuple[int, ...]] = [table.shape[1:] for table in tables]
        key = (*shapes, stacked[0].tobytes()) if kept.size == 1 else None
        if known is not None and key in known.rivals:
            same: RivalDistribution = known.rivals[key]
            return same.in_rows(rows)
        means, bases, count = means[:, kept], bases[kept], kept.size
        solved = solve_rivals(processes, tables, means, kept, np.bincount(row), known)
        ends = solved.ends.reshape(means.shape)
        tops = np.maximum(bases, ends.max(axis=0, initial=-np.inf))
        breaks = solved.breakpoints(np.tile(tops - bases, len(tables))).T
        indices = solved.indices.reshape(means.shape)
        edges = np.vstack((bases, indices, breaks.reshape(-1, count), tops))
        edges = np.sort(np.fmax(np.fmin(edges, tops), bases).T.copy("C"), axis=1)
        owner, start, end, chances = polynomial_panels(solved, indices, edges)
        value = bases + sum_in_order(solved.levels.reshape(means.shape))
        sums = ((1.0 - chances) * gauss_legendre(NODES)[1]).sum(axis=1)
        np.add.at(value, owner, 0.5 * (end - start) * sums)
        leaving = sum_in_order(solved.exits.reshape(means.shape))
        first = np.searchsorted(owner, np.arange(count + 1))
        chains = tuple(
            process.row(0)
            if process.mutual is not None
            else ChainParameters.from_table(mean, table[0])
            for process, mean, table in zip(
                processes, means[:, row[0]].tolist(), tables, strict=True
            )
        )
        panels = first, start, end, chances
        found = cls(chains, value[row], leaving[row], row, bases, tops, *panels)
        if known is not None and key is not None:
            known.keep_rivals(key, found)
        return found

    def in_rows(self, rows: int) -> "RivalDistribution":
        """The same rivals in so many rows; they must be alike in all of these."""
        return evolve(
            self,
            value=np.repeat(self.value[:1], rows),
            leaving=np.repeat(self.leaving[:1], rows),
            row=np.zeros(rows, np.intp),
        )

    def take(self, row: int) -> "RivalDistribution":
        """A single row."""
        number = int(self.row[row])
        panels = slice(int(self.first[number]), int(self.first[number + 1]))
        return RivalDistribution(
            self.processes,
            self.value[[row]],
            self.leaving[[row]],
            np.zeros(1, np.intp),
            self.base[[number]],
            self.tops[[number]],
            self.first[number : number + 2] - self.first[number],
            self.start[panels],
            self.end[panels],
            self.chances[panels],
        )

    @classmethod
    def stack(cls, parts: Sequence["RivalDistribution"]) -> "RivalDistribution":
        """The rivals of single decisions, each a row.

        Args:
            parts: Of each decision.
        """
        names = ("value", "leaving", "base", "tops", "start", "end", "chances")
        value, leaving, base, tops, *panels = (
            np.concatenate([getattr(part, name) for part in parts]) for name in names
        )
        first = np.cumsum([0, *(part.start.size for part in parts)])
        rows = np.arange(len(parts))
        return cls((), value, leaving, rows, base, tops, first, *panels)

    def outcomes(
        self, solved: SolvedProcesses
    ) -> list[tuple[OutcomeMoments, Probability]]:
        """What processes lead to beside the rivals, and how likely their turn comes.

        The next step is taken even if the turn of a process would never come.

        Args:
            solved: A process for each distinct row, beside the rivals of that row.

        Returns:
            Outcomes (``take`` and ``leave`` by step); the chance that Y lies below the
            index of the process.
        """
        rows = np.arange(solved.means.size)
        indices = np.where(solved.indices <= self.base, np.inf, solved.indices)
        is_capped, cuts = indices <= self.tops, np.minimum(indices, self.tops)
        prepare_tables(solved, self.base, cuts)
        kinks, jumps = solved.breakpoints(cuts - self.base), solved.breakpoints(0.0)
        owner, panel, start, end = self._pieces(rows, cuts, kinks)

        piece, start, end, _ = polynomial_pieces(
            lambda piece, nodes: solved.acceptance_at(owner[piece], nodes),
            *(np.arange(panel.size), start, end),
        )
        nodes = nodes_of(start, end)[0]
        below = self._below(panel[piece], start, end, nodes)
        masses = (gauss_legendre(NODES)[1] * below)[:, None, :]
        # Element by element, because a matrix product rounds otherwise beside others.
        weights = -(masses * derivative_matrix().T).sum(axis=2)
        order = np.argsort(owner[piece], kind="stable")
        stops = np.searchsorted(owner[piece][order], rows, side="right").tolist()
        lines = [order[slice(*ends)] for ends in pairwise([0, *stops])]
        ends = self.base.tolist(), cuts.tolist(), is_capped.tolist()
        points = [*map(JumpPoints.of, jumps, *ends)]
        falls = self._left_of([at.alternatives for at in points])
        mixtures = [
            at.mixture(nodes[own].ravel(), weights[own].ravel(), fall)
            for at, own, fall in zip(points, lines, falls, strict=True)
        ]
        turns = [mixture.start_probability for mixture in mixtures]
        return [*zip(solved.evaluate_mixtures(mixtures), turns, strict=True)]

    def outcome(
        self, mean: Worth, solution: AnySolution
    ) -> tuple[OutcomeMoments, Probability]:
        """As ``outcomes``, for a single decision.

        Args:
            mean: Of the surplus of the process, hours.
            solution: Of its steps, in one row.
        """
        return self.outcomes(SolvedProcesses.of_solution(mean, solution))[0]

    def value_of_job(self, surplus: Worth) -> Worth:
        """What a job that is sure to be had adds to the rivals, hours.

        For a single decision: the integral of Q from the best offer in hand to the
        *surplus* of the job against the fallback, hours.
        """
        upper = np.maximum(self.base[:1], surplus)
        _, panel, start, end = self._pieces(np.zeros(1, np.intp), upper)
        nodes, half = nodes_of(start, end)
        below = self._below(panel, start, end, nodes)
        return float(half @ (below @ gauss_legendre(NODES)[1]))

    def value_beside(
        self,
        solution: AnySolution,
        rows: IndexArray,
        mean: FloatColumn,
        exits: FloatColumn,
    ) -> FloatColumn:
        """What taking the first step of a process beside the rivals is worth, hours.

        Args:
            solution: Of its steps, with exact rows.
            rows: The row of each point, in the solution and here, ``(points,)``, as
                are the values.
            mean, exits: Mean surplus at each point, and the value of leaving instead,
                hours, likewise.
        """
        row = np.zeros_like(rows) if self.row.size == 1 else self.row[rows]
        base, threshold = self.base[row], solution.thresholds[rows, 0]
        turns = (mean - threshold > base) & (threshold > -np.inf)
        reach = mean + solution.upper_support[rows]
        upper = np.minimum(np.where(turns, mean - threshold, np.inf), reach)
        upper = np.maximum(upper, base)
        kinks = solution.breakpoints(rows, mean, upper - base)
        point, panel, starts, ends = self._pieces(row, upper, kinks)

        def integrand(
            piece: IndexArray, start: FloatColumn, end: FloatColumn, nodes: FloatArray
        ) -> FloatArray:
            """S(m - y) Q(y) at the nodes of pieces, ``(pieces, NODES)``.

            Args:
                piece: Which of the pieces each is a part of, ``(pieces,)``.
                start, end: Where each begins and ends, hours, likewise.
                nodes: Its nodes, hours, ``(pieces, NODES)``.
            """
            points = point[piece]
            accepted = solution.acceptance_probability(
                mean[points][:, None] - nodes, rows[points]
            )
            return accepted * self._below(panel[piece], start, end, nodes)

        tolerances = _TOLERANCE * (upper - base)[point]
        values = exits
        if not turns.all():
            values = np.where(turns, exits, solution.floor_value[rows])
        values = np.array(values)
        np.add.at(values, point, integrate(integrand, starts, ends, tolerances))
        return values

    def _pieces(
        self, rows: IndexArray, upper: FloatColumn, kinks: FloatArray | None = None
    ) -> tuple[IndexArray, IndexArray, FloatColumn, FloatColumn]:
        """The panels below an alternative, and what lies beyond all panels.

        Args:
            rows: The distinct row of each point, ``(points,)``.
            upper: Where each integral ends, hours, likewise.
            kinks: Where panels are cut, hours or NaN, ``(points, kinks)``.

        Returns:
            Each piece's point, panel (-1 beyond all), start and end, hours.
        """
        counts = self.first[rows + 1] - self.first[rows]
        point = np.repeat(np.arange(rows.size), counts)
        begin = np.cumsum(counts) - counts
        panel = np.arange(point.size) - np.repeat(begin - self.first[rows], counts)
        reached = self.start[panel] < upper[point]
        point, panel = point[reached], panel[reached]
        start, end = self.start[panel], np.minimum(self.end[panel], upper[point])
        beyond = np.flatnonzero(upper > self.tops[rows])
        point = np.concatenate((point, beyond))
        panel = np.concatenate((panel, np.full(beyond.size, -1)))
        start = np.concatenate((start, self.tops[rows[beyond]]))
        end = np.concatenate((end, upper[beyond]))
        for kink in () if kinks is None else kinks.T:
            cuts = kink[point]
            inside = np.flatnonzero((cuts > start) & (cuts < end))
            point = np.concatenate((point, point[inside]))
            panel = np.concatenate((panel, panel[inside]))
            start = np.concatenate((start, cuts[inside]))
            end = np.concatenate((end, end[inside]))
            end[inside] = cuts[inside]
        return point, panel, start, end

    def _below(
        self, panel: IndexArray, start: FloatColumn, end: FloatColumn, nodes: FloatArray
    ) -> FloatArray:
        """Q at the nodes of parts of panels; 1 beyond all panels.

        Args:
            panel: The panel of each part, -1 beyond all, ``(parts,)``.
            start, end: Where each part begins and ends, hours, likewise.
            nodes: The nodes of each part, hours, ``(parts, NODES)``.
        """
        chances = np.ones(nodes.shape)
        covered = np.flatnonzero(panel >= 0)
        within = panel[covered]
        whole = start[covered] == self.start[within]
        whole &= end[covered] == self.end[within]
        chances[covered[whole]] = self.chances[within[whole]]
        parts = covered[~whole]
        if parts.size:
            chances[parts] = self._interpolate(panel[parts], nodes[parts])
        return chances

    def _left_of(self, alternatives: Sequence[FloatColumn]) -> list[FloatColumn]:
        """Q just below alternatives in every distinct row: equal rivals go first.

        Args:
            alternatives: Of each row, hours from the best offer in hand on.
        """
        at = np.concatenate(alternatives)
        below, chances = at - equal_width(at), np.ones(at.size)
        panel, beyond = np.empty((2, at.size), np.intp)
        stops = np.cumsum([0, *(own.size for own in alternatives)]).tolist()
        parts = [slice(*ends) for ends in pairwise(stops)]
        for part, first, last in zip(parts, self.first, self.first[1:], strict=False):
            panel[part] = first + self.end[first:last].searchsorted(below[part])
            beyond[part] = last
        covered = np.flatnonzero(panel < beyond)
        points = np.minimum(at[covered], self.end[panel[covered]])[:, None]
        chances[covered] = self._interpolate(panel[covered], points)[:, 0]
        return [chances[part] for part in parts]

    def _interpolate(self, panel: IndexArray, points: FloatArray) -> FloatArray:
        """Q at points of panels.

        Args:
            panel: The panel of each line of points, ``(lines,)``.
            points: Alternatives in it, hours, ``(lines, points)``.
        """
        first, last = self.start[panel][:, None], self.end[panel][:, None]
        shares = (2.0 * points - first - last) / (last - first)
        matrices = interpolation_matrix(shares.ravel()).reshape(*shares.shape, NODES)
        return np.asarray((matrices * self.chances[panel][:, None, :]).sum(axis=2))
