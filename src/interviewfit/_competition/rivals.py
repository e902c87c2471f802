"""The other processes of a search, as many decisions meet them side by side.

What ``contest`` works out for one search is asked here for many rows at once, and only
what a worth needs. With S_i(y) the chance that the i-th of the others ends in an
accepted offer against the alternative y, c_i its index, L_i its worth however good y
is, and y0 the best offer in hand,

    Q(y) = product over c_i > y of (1 - S_i(y))
    what they are worth = y0 + sum L_i + integral from y0 of (1 - Q(y)) dy

Q is the chance that the best of them, Y, each capped at its index, is below y. A
process beside them at the mean m, with the worth C of going on, C' = S, the threshold k
and the exit e of its next step, is gone on with while its index m - k is above Y:

    worth of the next step = E[max(e, C(m - Y))]
                           = e + integral from y0 to m - k of S(m - y) Q(y) dy

by parts, since C(k) = e. Where its turn would never come, m - k <= y0, the step is
taken nevertheless; and where it is always taken, there is no k. Then it is

    E[C(m - Y)] = C(far below) + integral from y0 of S(m - y) Q(y) dy

So all that is needed of the others is Q: it is the same for every course of action, for
every mean, and for every row in which their own numbers are the same. It is kept on
panels that break at every index, where it jumps, and are halved until it is a
polynomial on them; where a chance falls too sharply for their points to see it, around
a threshold seen through next to no blur, they break as well. What a row gets depends on
its own numbers alone.

References: as ``contest``.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters, tabulate
from interviewfit._competition.index_value import between_nodes
from interviewfit._model.units import Worth
from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    integrate,
    nodes_of,
    rounding_bound,
    tail_coefficients,
)
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.panels import gauss_legendre
from interviewfit._solver.solution import Solution, solve

__all__ = ["RivalDistribution"]

# Q is a polynomial on a panel when its last coefficients are below this.
_RESOLVED = 1e-12
_NARROWEST = 1e-13
_MOST_ROUNDS = 60
# Of an integral, in shares of the hours it runs over.
_ENOUGH = 1e-11
# Chances this near 1 are 1.
_SURE = 2.0**-53


@frozen(eq=False, repr=False)
class _Field:
    """The others solved: one solution each, with a row for each row.

    Attributes:
        solutions: Of each.
        means: Of each, hours, shape ``(others, rows)``; likewise
        indices: their indices.
        base: The best offer in hand, hours, ``(rows,)``.
    """

    solutions: Sequence[Solution]
    means: FloatArray
    indices: FloatArray
    base: FloatColumn

    @classmethod
    def of(
        cls, tables: Sequence[FloatArray], means: FloatArray, base: FloatColumn
    ) -> "_Field":
        """Solve them, from what ``solve`` takes."""
        # A chain alone would be solved another way, and differ in its last bits.
        places = np.arange(max(2, base.size)) % base.size
        solutions = [solve(*table[:, places]) for table in tables]
        thresholds = [one.thresholds[: base.size, 0] for one in solutions]
        indices = means - np.array(thresholds).reshape(means.shape)
        return cls(solutions, means, indices, base)

    @property
    def left(self) -> FloatColumn:
        """What they are worth however good the alternative, hours, in every row."""
        found = np.zeros(self.base.size)
        for solution in self.solutions:
            found += solution.value_at_minus_infinity[: found.size]
        return found

    def edges(self) -> FloatArray:
        """Where Q jumps or turns sharply, up to where it is 1, ``(rows, edges)``."""
        top = self.base
        for mean, index, solution in zip(
            self.means, self.indices, self.solutions, strict=True
        ):
            top = np.maximum(
                top, np.minimum(index, mean + solution.upper_support[: top.size])
            )
        rows = np.arange(top.size)
        inner = [self.indices]
        for mean, solution in zip(self.means, self.solutions, strict=True):
            kinks = solution.breakpoints(rows, mean, top - self.base).T
            inner.append(np.where(np.isfinite(kinks), kinks, self.base))
        within = np.clip(np.vstack(inner), self.base, top)
        return np.sort(np.vstack((self.base, within, top)), axis=0).T

    def below(self, rows: IndexArray, at: FloatArray) -> FloatArray:
        """Q at points of a panel each, on which nobody jumps."""
        found, middle = np.ones(at.shape), at[:, NODES // 2]
        for mean, index, solution in zip(
            self.means, self.indices, self.solutions, strict=True
        ):
            in_ = np.flatnonzero(index[rows] > middle)
            if in_.size:
                own = rows[in_]
                chance = solution.acceptance_probability(
                    mean[own][:, None] - at[in_], own
                )
                found[in_] *= 1.0 - np.clip(chance, 0.0, 1.0 - _SURE)
        return found


@frozen(eq=False, repr=False)
class RivalDistribution:
    """The other processes of a search, in many rows, or the same in all of them.

    Attributes:
        value: What they are worth without the process beside them, hours, ``(rows,)``.
        leaving: What leaving all of them would be worth, hours, likewise.
        row: Which of the distinct rows each is. All below is of these.
        base: The best offer in hand, hours, ``(distinct,)``.
        tops: Alternatives from which nobody goes on, hours, likewise.
        first: Where the panels of each begin, ``(distinct + 1,)``.
        start: Where each panel begins, hours, left to right.
        end: Where it ends, likewise.
        chances: Q at the points of each panel, ``(panels, NODES)``.
    """

    value: Worth
    leaving: Worth
    row: IndexArray
    base: FloatColumn
    tops: FloatColumn
    first: IndexArray
    start: FloatColumn
    end: FloatColumn
    chances: FloatArray

    @classmethod
    def of(
        cls, lanes: Sequence[ChainParameters], base: Worth, rows: int
    ) -> "RivalDistribution":
        """Solve them, and work out Q.

        Args:
            lanes: Their numbers, of which any may be a column.
            base: The best offer in hand, or 0, hours; may be a column.
            rows: How many.
        """
        tables = [tabulate(lane, rows) for lane in lanes]
        means = np.empty((len(lanes), rows))
        for mean, lane in zip(means, lanes, strict=True):
            mean[:] = lane.mean
        bases = np.full(rows, base)
        several = [np.moveaxis(table, 1, 0).reshape(rows, -1) for table in tables]
        kept, row = _distinct(np.column_stack([bases, means.T, *several]))
        tables = [one[:, kept] for one in tables]
        field = _Field.of(tables, means[:, kept], bases[kept])
        edges = field.edges()
        own, start, end, chances = _resolved(field, edges)
        value = field.base + field.left
        sums = ((1.0 - chances) * gauss_legendre(NODES)[1]).sum(axis=1)
        np.add.at(value, own, 0.5 * (end - start) * sums)
        leaving = np.zeros(kept.size)
        for table in tables:
            leaving += table[4, :, 0]
        first = np.searchsorted(own, np.arange(kept.size + 1))
        return cls(
            cast(Worth, value[row]),
            cast(Worth, leaving[row]),
            row,
            field.base,
            edges[:, -1],
            first,
            start,
            end,
            chances,
        )

    def going(
        self,
        solution: Solution,
        which: IndexArray,
        mean: FloatColumn,
        exits: FloatColumn,
    ) -> FloatColumn:
        """What taking the first step of a process beside them is worth, hours.

        Args:
            solution: Of its steps, in two rows at least.
            which: The row of each point, in the solution and here.
            mean: Of the surplus at each point, hours.
            exits: What leaving instead is worth there, hours.
        """
        own = np.zeros_like(which) if self.row.size == 1 else self.row[which]
        base, threshold = self.base[own], solution.thresholds[which, 0]
        turns = (mean - threshold > base) & (threshold > -np.inf)
        reach = mean + solution.upper_support[which]
        upper = np.minimum(np.where(turns, mean - threshold, np.inf), reach)
        upper = np.maximum(upper, base)
        kinks = solution.breakpoints(which, mean, upper - base)
        parts = self._parts(own, base, upper).cut(kinks)
        start, end = parts.start, parts.end

        def integrand(
            part: IndexArray, start: FloatColumn, end: FloatColumn, at: FloatArray
        ) -> FloatArray:
            points = parts.point[part]
            seen = mean[points][:, None] - at
            found = solution.acceptance_probability(seen, which[points])
            found *= self._below(parts.panel[part], start, end, at)
            return found

        enough = _ENOUGH * (upper - base)[parts.point]
        found = np.where(turns, exits, solution.floor_value[which])
        np.add.at(found, parts.point, integrate(integrand, start, end, enough))
        return found

    def _parts(
        self, own: IndexArray, base: FloatColumn, upper: FloatColumn
    ) -> "_Parts":
        """The panels of each point up to where its integral ends, and what is beyond all."""
        counts = self.first[own + 1] - self.first[own]
        point = np.repeat(np.arange(own.size), counts)
        begin = np.cumsum(counts) - counts
        panel = np.arange(point.size) - np.repeat(begin - self.first[own], counts)
        in_ = self.start[panel] < upper[point]
        point, panel = point[in_], panel[in_]
        top = np.maximum(self.tops[own], base)
        over = np.flatnonzero(upper > top)
        return _Parts(
            np.concatenate((point, over)),
            np.concatenate((panel, np.full(over.size, -1))),
            np.concatenate((self.start[panel], top[over])),
            np.concatenate((np.minimum(self.end[panel], upper[point]), upper[over])),
        )

    def _below(
        self, panel: IndexArray, start: FloatColumn, end: FloatColumn, at: FloatArray
    ) -> FloatArray:
        """Q at points of a part of a panel each; 1 beyond all panels."""
        found = np.ones(at.shape)
        on = np.flatnonzero(panel >= 0)
        own = panel[on]
        whole = (start[on] == self.start[own]) & (end[on] == self.end[own])
        found[on[whole]] = self.chances[own[whole]]
        some, own = on[~whole], own[~whole]
        if some.size:
            first, last = self.start[own][:, None], self.end[own][:, None]
            seen = (2.0 * at[some] - first - last) / (last - first)
            shares = between_nodes(seen.ravel()).reshape(*seen.shape, NODES)
            found[some] = (shares * self.chances[own][:, None, :]).sum(axis=2)
        return found


@frozen(eq=False, repr=False)
class _Parts:
    """Parts of panels: of which point, of which panel (-1: beyond all), and their ends."""

    point: IndexArray
    panel: IndexArray
    start: FloatColumn
    end: FloatColumn

    def cut(self, kinks: FloatArray) -> "_Parts":
        """The same, cut at the kinks of each point, ``(points, kinks)``."""
        point, panel, start, end = self.point, self.panel, self.start, self.end
        for kink in kinks.T:
            at = kink[point]
            cut = np.flatnonzero((at > start) & (at < end))
            if cut.size:
                point = np.concatenate((point, point[cut]))
                panel = np.concatenate((panel, panel[cut]))
                start = np.concatenate((start, at[cut]))
                end = np.concatenate((end, end[cut]))
                end[cut] = at[cut]
        return _Parts(point, panel, start, end)


def _distinct(numbers: FloatArray) -> tuple[IndexArray, IndexArray]:
    """One row of each kind that has the same numbers, and of which kind each row is."""
    whole = np.dtype((np.void, numbers.shape[1] * numbers.itemsize))
    keys = np.ascontiguousarray(numbers).view(whole).ravel()
    _, kept, row = np.unique(keys, return_index=True, return_inverse=True)
    return kept, row


def _resolved(
    field: _Field, edges: FloatArray
) -> tuple[IndexArray, FloatColumn, FloatColumn, FloatArray]:
    """Panels of all rows on which Q is a polynomial: row, ends, and Q at their points."""
    start, end = edges[:, :-1].ravel(), edges[:, 1:].ravel()
    own = np.repeat(np.arange(edges.shape[0]), edges.shape[1] - 1)
    open_ = end > start
    own, start, end = own[open_], start[open_], end[open_]
    done = []
    for last in range(_MOST_ROUNDS, -1, -1):
        at, half = nodes_of(start, end)
        chances = field.below(own, at)
        narrow = half <= _NARROWEST * (1.0 + np.abs(start))
        rough = tail_coefficients(chances) > np.maximum(
            _RESOLVED, rounding_bound(chances, start, end)
        )
        split = rough & ~narrow & (last > 0)
        done.append((own[~split], start[~split], end[~split], chances[~split]))
        own, start, end = own[split], start[split], end[split]
        if not own.size:
            break
        middle = 0.5 * (start + end)
        own = np.concatenate((own, own))
        start, end = np.concatenate((start, middle)), np.concatenate((middle, end))
    own, start, end, chances = (
        np.concatenate([one[place] for one in done]) for place in range(4)
    )
    order = np.lexsort((start, own))
    return own[order], start[order], end[order], chances[order]
