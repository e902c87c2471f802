"""The rivals of a process: the other processes of a search, solved once.

What ``index_value`` computes for one search is computed here for a single decision and
for many rows side by side. With S_i(y) the probability that rival i ends in an accepted
offer against the alternative y, c_i its index, L_i its value however good y is, and y0
the best offer in hand,

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

So all that is needed of the rivals is Q (``rival_panels``): it is the same for every
alternative, for every mean, and for every row in which the rivals have the same
numbers. Any other f of the process has E[f(m - Y), Y < c] as a sum over the nodes on
which f is a polynomial, too, as in ``index_value``.

References: as ``index_value``.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import (
    ChainParameters,
    committed_to,
    solve_chains,
    step_table,
)
from interviewfit._competition.rival_panels import (
    MOST_ROUNDS,
    NARROWEST,
    RESOLVED,
    SolvedRivals,
    polynomial_panels,
)
from interviewfit._model.units import Probability, Worth
from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    bisect,
    derivative_matrix,
    integrate,
    interpolation_matrix,
    nodes_of,
    rounding_bound,
    tail_coefficients,
)
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray, N
from interviewfit._numeric.panels import gauss_legendre
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution

__all__ = ["RivalDistribution"]

# Of an integral, in shares of the hours it runs over.
_TOLERANCE = 1e-11


@frozen(eq=False, repr=False)
class RivalDistribution:
    """The other processes of a search, in many rows or in a single decision.

    Attributes:
        means: Mean surplus of each rival, hours, ``(rivals, distinct)``.
        tables: What ``solve`` takes, of each rival, ``(5, distinct, steps)``.
        value: What they are worth without the process beside them, hours, ``(rows,)``.
        leaving: What leaving all of them would be worth, hours, likewise.
        row: Which of the distinct rows each row is. All below is of distinct rows.
        base: The best offer in hand, hours, ``(distinct,)``.
        tops: Alternatives from which nobody goes on, hours, likewise.
        first: Where the panels of each begin, ``(distinct + 1,)``.
        start: Where each panel begins, hours, left to right, ``(panels,)``.
        end: Where it ends, likewise.
        chances: Q at the nodes of each panel, ``(panels, NODES)``.
    """

    means: FloatArray
    tables: tuple[FloatArray, ...]
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
        cls, processes: Sequence[ChainParameters[N]], base: N, rows: int = 1
    ) -> "RivalDistribution":
        """Solve the rivals, and work out Q.

        Args:
            processes: The rivals; any of their numbers may be a column.
            base: The best offer in hand, or 0, hours; may be a column.
            rows: How many rows there are.
        """
        tables = [step_table(process, rows) for process in processes]
        means = np.empty((len(processes), rows))
        for mean, process in zip(means, processes, strict=True):
            mean[:] = process.mean
        bases = np.full(rows, base)
        columns = [bases, means.T]
        columns.extend(np.moveaxis(table, 1, 0).reshape(rows, -1) for table in tables)
        kept, row = _distinct(np.column_stack(columns))
        tables = [table[:, kept] for table in tables]
        solved = SolvedRivals.of(tables, means[:, kept], bases[kept])
        edges = solved.edges()
        owner, start, end, chances = polynomial_panels(solved, edges)
        value = solved.base + solved.levels.sum(axis=0)
        sums = ((1.0 - chances) * gauss_legendre(NODES)[1]).sum(axis=1)
        np.add.at(value, owner, 0.5 * (end - start) * sums)
        leaving = np.zeros(kept.size)
        for table in tables:
            leaving += table[4, :, 0]
        return cls(
            means[:, kept],
            tuple(tables),
            value[row],
            leaving[row],
            row,
            solved.base,
            edges[:, -1],
            np.searchsorted(owner, np.arange(kept.size + 1)),
            start,
            end,
            chances,
        )

    @property
    def processes(self) -> tuple[ChainParameters[float], ...]:
        """The rivals of the first row, one by one."""
        return tuple(
            ChainParameters(mean, *map(tuple, table[:, 0].tolist()))
            for mean, table in zip(self.means[:, 0].tolist(), self.tables, strict=True)
        )

    def outcome(
        self, chain: ChainParameters[float], solution: Solution
    ) -> tuple[OutcomeMoments, Probability]:
        """What a process leads to beside the rivals, and how likely its turn comes.

        For a single decision, without columns. If its turn would never come, its next
        step is taken nevertheless. The expectation over Y is a sum over nodes, as
        ``index_value`` has it.

        Args:
            chain: The process.
            solution: Of its steps, in one row.

        Returns:
            Outcomes, each a single number for the process (``take`` and ``leave`` by
            step); and the chance that Y lies below its index.
        """
        base, top = float(self.base[0]), float(self.tops[0])
        if chain.mean - solution.thresholds[0, 0] <= base:
            chain = committed_to(chain, 1)
            solution = solve_chains([chain])
        index = chain.mean - float(solution.thresholds[0, 0])
        cut, chance = min(index, top), 1.0
        if index <= top:
            # Of equal indices the rivals go first: Q just below the cut.
            panel = int(np.searchsorted(self.end, cut))
            first, last = self.start[panel], self.end[panel]
            share = np.array([(2.0 * cut - first - last) / (last - first)])
            chance = float(interpolation_matrix(share)[0] @ self.chances[panel])
        points, weights = [np.array([cut])], [np.array([chance])]
        ends = np.array([[base], [cut]])
        kinks = solution.breakpoints(
            np.zeros(1, np.intp), np.array([chain.mean]), *ends[1:] - base
        )
        parts = self._parts(np.zeros(1, np.intp), *ends).cut(kinks)

        def examine(
            piece: IndexArray, start: FloatColumn, end: FloatColumn, final: bool
        ) -> FloatArray:
            """Keep the weights of pieces on which the acceptance is a polynomial.

            Args:
                piece: The interval that each piece belongs to, ``(pieces,)``.
                start: Where each begins, hours, likewise.
                end: Where each ends, hours, likewise.
                final: Whether this is the last round, in which all are finished.
            """
            nodes, half = nodes_of(start, end)
            means = chain.mean - nodes.reshape(1, -1)
            accepted = solution.acceptance_probability(means).reshape(nodes.shape)
            rough = tail_coefficients(accepted) > np.maximum(
                RESOLVED, rounding_bound(accepted, start, end)
            )
            split = rough & (half > NARROWEST * (1.0 + np.abs(start))) & (not final)
            done = ~split
            below = self._below(
                parts.panel[piece[done]], start[done], end[done], nodes[done]
            )
            points.append(nodes[done].ravel())
            weights.append(
                -((gauss_legendre(NODES)[1] * below) @ derivative_matrix()).ravel()
            )
            return np.where(split, 0.5 * (start + end), np.nan)

        bisect(
            examine, np.arange(parts.panel.size), parts.start, parts.end, MOST_ROUNDS
        )
        moments = solution.evaluate_mixture(
            chain.mean - np.concatenate(points)[None, :],
            np.concatenate(weights)[None, :],
        )
        return moments.row(0), min(1.0, max(0.0, chance))

    def value_of_job(self, surplus: Worth) -> Worth:
        """What a job that is sure to be had adds to the rivals, hours.

        For a single decision: the integral of Q from the best offer in hand to the
        surplus of the job.

        Args:
            surplus: Of the job against the fallback, hours.
        """
        upper = np.maximum(self.base[:1], surplus)
        parts = self._parts(np.zeros(1, np.intp), self.base[:1], upper)
        nodes, half = nodes_of(parts.start, parts.end)
        below = self._below(parts.panel, parts.start, parts.end, nodes)
        return float(half @ (below @ gauss_legendre(NODES)[1]))

    def value_beside(
        self,
        solution: Solution,
        rows: IndexArray,
        mean: FloatColumn,
        exits: FloatColumn,
    ) -> FloatColumn:
        """What taking the first step of a process beside the rivals is worth, hours.

        Args:
            solution: Of its steps, in two rows at least.
            rows: The row of each point, in the solution and here, ``(points,)``.
            mean: Mean surplus at each point, hours, likewise.
            exits: What leaving instead is worth there, hours, likewise.

        Returns:
            One value for each point, ``(points,)``.
        """
        row = np.zeros_like(rows) if self.row.size == 1 else self.row[rows]
        base, threshold = self.base[row], solution.thresholds[rows, 0]
        turns = (mean - threshold > base) & (threshold > -np.inf)
        reach = mean + solution.upper_support[rows]
        upper = np.minimum(np.where(turns, mean - threshold, np.inf), reach)
        upper = np.maximum(upper, base)
        kinks = solution.breakpoints(rows, mean, upper - base)
        parts = self._parts(row, base, upper).cut(kinks)

        def integrand(
            piece: IndexArray, start: FloatColumn, end: FloatColumn, nodes: FloatArray
        ) -> FloatArray:
            """S(m - y) Q(y) at the nodes of pieces, ``(pieces, NODES)``.

            Args:
                piece: The part that each piece belongs to, ``(pieces,)``.
                start: Where each begins, hours, likewise.
                end: Where each ends, hours, likewise.
                nodes: Its nodes, hours, ``(pieces, NODES)``.
            """
            points = parts.point[piece]
            accepted = solution.acceptance_probability(
                mean[points][:, None] - nodes, rows[points]
            )
            return accepted * self._below(parts.panel[piece], start, end, nodes)

        tolerances = _TOLERANCE * (upper - base)[parts.point]
        values = np.where(turns, exits, solution.floor_value[rows])
        integrals = integrate(integrand, parts.start, parts.end, tolerances)
        np.add.at(values, parts.point, integrals)
        return values

    def _parts(
        self, rows: IndexArray, base: FloatColumn, upper: FloatColumn
    ) -> "_Parts":
        """The panels between two alternatives, and what lies beyond all panels.

        Args:
            rows: The distinct row of each point, ``(points,)``.
            base: Where the integral of each point begins, hours, likewise.
            upper: Where it ends, hours, likewise.
        """
        counts = self.first[rows + 1] - self.first[rows]
        point = np.repeat(np.arange(rows.size), counts)
        begin = np.cumsum(counts) - counts
        panel = np.arange(point.size) - np.repeat(begin - self.first[rows], counts)
        reached = self.start[panel] < upper[point]
        point, panel = point[reached], panel[reached]
        top = np.maximum(self.tops[rows], base)
        beyond = np.flatnonzero(upper > top)
        return _Parts(
            np.concatenate((point, beyond)),
            np.concatenate((panel, np.full(beyond.size, -1))),
            np.concatenate((self.start[panel], top[beyond])),
            np.concatenate((np.minimum(self.end[panel], upper[point]), upper[beyond])),
        )

    def _below(
        self, panel: IndexArray, start: FloatColumn, end: FloatColumn, nodes: FloatArray
    ) -> FloatArray:
        """Q at the nodes of parts of panels; 1 beyond all panels.

        Args:
            panel: The panel of each piece, -1 beyond all, ``(parts,)``.
            start: Where each part begins, hours, likewise.
            end: Where it ends, hours, likewise.
            nodes: The nodes of each piece, hours, ``(parts, NODES)``.
        """
        chances = np.ones(nodes.shape)
        covered = np.flatnonzero(panel >= 0)
        within = panel[covered]
        whole = (start[covered] == self.start[within]) & (
            end[covered] == self.end[within]
        )
        chances[covered[whole]] = self.chances[within[whole]]
        covered, within = covered[~whole], within[~whole]
        if covered.size:
            first, last = self.start[within][:, None], self.end[within][:, None]
            shares = (2.0 * nodes[covered] - first - last) / (last - first)
            matrices = interpolation_matrix(shares.ravel()).reshape(
                *shares.shape, NODES
            )
            chances[covered] = (matrices * self.chances[within][:, None, :]).sum(axis=2)
        return chances


@frozen(eq=False, repr=False)
class _Parts:
    """Parts of panels, ``(parts,)`` each.

    Attributes:
        point: The point whose integral it belongs to.
        panel: The panel it lies in; -1 beyond all panels.
        start: Where it begins, hours.
        end: Where it ends, hours.
    """

    point: IndexArray
    panel: IndexArray
    start: FloatColumn
    end: FloatColumn

    def cut(self, kinks: FloatArray) -> "_Parts":
        """The same parts, cut at the kinks of each point, ``(points, kinks)``."""
        point, panel, start, end = self.point, self.panel, self.start, self.end
        for kink in kinks.T:
            cuts = kink[point]
            inside = np.flatnonzero((cuts > start) & (cuts < end))
            if inside.size:
                point = np.concatenate((point, point[inside]))
                panel = np.concatenate((panel, panel[inside]))
                start = np.concatenate((start, cuts[inside]))
                end = np.concatenate((end, end[inside]))
                end[inside] = cuts[inside]
        return _Parts(point, panel, start, end)


def _distinct(numbers: FloatArray) -> tuple[IndexArray, IndexArray]:
    """One row of each kind that has the same numbers, and of which kind each row is."""
    whole = np.dtype((np.void, numbers.shape[1] * numbers.itemsize))
    keys = np.ascontiguousarray(numbers).view(whole).ravel()
    _, kept, row = np.unique(keys, return_index=True, return_inverse=True)
    return kept, row
