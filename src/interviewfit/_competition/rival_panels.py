"""The rivals of a process solved in many rows, and the panels on which Q is kept.

Q(y) is the probability that the best of the rivals, each capped at its index, is below
y (``rivals``). It is kept on panels that break at every index, where it jumps, and are
halved until it is a polynomial on them; where an acceptance falls too sharply for the
nodes to see it, around a threshold reached with next to no news, they break as well.
What a row gets depends on its own numbers alone.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    bisect,
    nodes_of,
    rounding_bound,
    tail_coefficients,
)
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._solver.solution import Solution, solve

__all__ = ["MOST_ROUNDS", "NARROWEST", "RESOLVED", "SolvedRivals", "polynomial_panels"]

RESOLVED = 1e-12
"""A function is a polynomial on a panel when its last coefficients are below this."""

NARROWEST = 1e-13
"""Half a panel, relative to its place, that is not cut again."""

MOST_ROUNDS = 60
"""How often a panel is cut at most."""

# Probabilities this near 1 are 1.
_CERTAIN = 2.0**-53


@frozen(eq=False, repr=False)
class SolvedRivals:
    """The rivals solved, those of equally many steps together.

    Attributes:
        groups: Processes of equally many steps, and one solution of them all. Its row
            ``position * rows + row`` is the process at that position of the group in
            that row.
        means: Mean surplus of each process, hours, shape ``(processes, rows)``.
        indices: Index of each, hours, likewise.
        levels: Worth of each however good the alternative, hours, likewise.
        reaches: Alternatives from which the acceptance of each is 0, hours, likewise.
        base: The best offer in hand, hours, ``(rows,)``.
    """

    groups: Sequence[tuple[IndexArray, Solution]]
    means: FloatArray
    indices: FloatArray
    levels: FloatArray
    reaches: FloatArray
    base: FloatColumn

    @classmethod
    def of(
        cls, tables: Sequence[FloatArray], means: FloatArray, base: FloatColumn
    ) -> "SolvedRivals":
        """Solve all rivals in all rows.

        Args:
            tables: What ``solve`` takes, of each process, ``(5, rows, steps)``.
            means: Mean surplus, hours, ``(processes, rows)``.
            base: The best offer in hand, hours, ``(rows,)``.
        """
        thresholds, levels, reaches = np.empty((3, *means.shape))
        lengths = np.array([table.shape[2] for table in tables], dtype=np.intp)
        groups = []
        for length in np.unique(lengths):
            members = np.flatnonzero(lengths == length)
            chains = np.concatenate(
                [tables[member] for member in members.tolist()], axis=1
            )
            solution = solve(*chains, exact_rows=True)
            shape = (members.size, base.size)
            thresholds[members] = solution.thresholds[:, 0].reshape(shape)
            levels[members] = solution.value_at_minus_infinity.reshape(shape)
            reaches[members] = solution.upper_support.reshape(shape)
            groups.append((members, solution))
        return cls(groups, means, means - thresholds, levels, means + reaches, base)

    def edges(self) -> FloatArray:
        """Where Q jumps or turns sharply, up to where it is 1, ``(rows, edges)``."""
        ends = np.minimum(self.indices, self.reaches)
        top = np.maximum(self.base, ends.max(axis=0, initial=-np.inf))
        breaks = [self.indices]
        for members, solution in self.groups:
            rows = np.arange(members.size * top.size)
            width = np.tile(top - self.base, members.size)
            kinks = solution.breakpoints(rows, self.means[members].ravel(), width)
            kinks = kinks.reshape(members.size, top.size, -1)
            breaks.append(np.moveaxis(kinks, 2, 1).reshape(-1, top.size))
        inner = np.vstack(breaks)
        inner = np.where(np.isnan(inner), self.base, inner)
        inner = np.clip(inner, self.base, top)
        return np.sort(np.vstack((self.base, inner, top)), axis=0).T

    def below(self, rows: IndexArray, nodes: FloatArray) -> FloatArray:
        """Q at the nodes of panels on which nobody jumps.

        Args:
            rows: The row of each panel, ``(panels,)``.
            nodes: Alternatives, hours, ``(panels, NODES)``.

        Returns:
            Chances, in the shape of the nodes.
        """
        product, middle = np.ones(nodes.shape), nodes[:, NODES // 2]
        for members, solution in self.groups:
            position, panel = np.nonzero(self.indices[members][:, rows] > middle)
            if not position.size:
                continue
            row = rows[panel]
            means = self.means[members[position], row][:, None] - nodes[panel]
            chances = solution.acceptance_probability(
                means, position * self.base.size + row
            )
            factors = 1.0 - np.clip(chances, 0.0, 1.0 - _CERTAIN)
            for number in range(members.size):
                running = position == number
                product[panel[running]] *= factors[running]
        return product


def polynomial_panels(
    solved: SolvedRivals, edges: FloatArray
) -> tuple[IndexArray, FloatColumn, FloatColumn, FloatArray]:
    """Panels of all rows on which Q is a polynomial.

    Args:
        solved: The rivals.
        edges: Where panels break, hours, ``(rows, edges)``.

    Returns:
        Of each panel its row, its two ends, and Q at its nodes ``(panels, NODES)``.
    """
    start, end = edges[:, :-1].ravel(), edges[:, 1:].ravel()
    owner = np.repeat(np.arange(edges.shape[0]), edges.shape[1] - 1)
    wide = end > start
    finished: list[tuple[IndexArray, FloatColumn, FloatColumn, FloatArray]] = []

    def examine(
        owner: IndexArray, start: FloatColumn, end: FloatColumn, final: bool
    ) -> FloatArray:
        """Keep the panels that are resolved, and halve the others.

        Args:
            owner: The interval that each panel belongs to, ``(panels,)``.
            start: Where each begins, hours, likewise.
            end: Where each ends, hours, likewise.
            final: Whether this is the last round, in which all are finished.
        """
        nodes, half = nodes_of(start, end)
        chances = solved.below(owner, nodes)
        narrow = half <= NARROWEST * (1.0 + np.abs(start))
        rough = tail_coefficients(chances) > np.maximum(
            RESOLVED, rounding_bound(chances, start, end)
        )
        done = ~rough | narrow | final
        finished.append((owner[done], start[done], end[done], chances[done]))
        return np.where(done, np.nan, 0.5 * (start + end))

    bisect(examine, owner[wide], start[wide], end[wide], MOST_ROUNDS)
    owner, start, end, chances = map(np.concatenate, zip(*finished, strict=True))
    order = np.lexsort((start, owner))
    return owner[order], start[order], end[order], chances[order]
