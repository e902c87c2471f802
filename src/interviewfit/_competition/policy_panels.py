"""Panels on which the acceptances of several processes are polynomials.

Reference: M. L. Weitzman, "Optimal search for the best alternative", Econometrica 47
(1979) 641-654, for the integral that they serve (``index_value``).
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    bisect,
    interpolation_matrix,
    legendre_matrix,
    nodes_of,
    rounding_bound,
)
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.panels import gauss_legendre

# A function is a polynomial on a panel when its last coefficients are below this.
_RESOLVED = 1e-12
_NARROWEST = 1e-13
# Chances this near 1 are 1; a product this small decides nothing.
_CERTAIN = 2.0**-53
_NEGLIGIBLE_LOG = -41.0
# A process more likely than this to be accepted at its index ends a panel there.
_STRONG = 0.5
_MOST_ROUNDS = 80

ResolvedPanels: TypeAlias = tuple[FloatColumn, FloatColumn, FloatArray]
"""Start and end of panels, hours, and acceptances, ``(processes, panels, NODES)``."""


def resolved_panels(
    edges: FloatColumn,
    indices: FloatColumn,
    acceptance: Callable[[FloatArray], FloatArray],
) -> ResolvedPanels:
    """Panels on which every acceptance is a polynomial, from left to right.

    Args:
        edges: Between which panels lie at first, hours.
        indices: Index of each process, hours, ``(processes,)``.
        acceptance: Of every process if it is begun, whatever its index.
    """

    def accepted(_search: IndexArray, nodes: FloatArray) -> FloatArray:
        """The acceptances at the nodes of all panels.

        They are asked for in a single line of alternatives, as a search by itself has
        them, and come back by panel.

        Args:
            _search: The only one, to which all panels belong.
            nodes: Of the panels, hours, ``(panels, NODES)``.
        """
        return acceptance(nodes.ravel()).reshape(indices.size, *nodes.shape)

    return panels_side_by_side([edges], indices[None], accepted)[0]


def panels_side_by_side(
    edges: Sequence[FloatColumn],
    indices: FloatArray,
    acceptance: Callable[[IndexArray, FloatArray], FloatArray],
) -> list[ResolvedPanels]:
    """The same of searches of equally many processes, examined in the same calls.

    Args:
        edges: Of each search, hours.
        indices: Index of each process of each search, hours, ``(searches,
            processes)``.
        acceptance: Of every process of the search that each panel belongs to, at its
            nodes, ``(processes, panels, NODES)``.
    """
    finished: list[tuple[IndexArray, FloatColumn, FloatColumn, FloatArray]] = []

    def examine(
        owner: IndexArray, start: FloatArray, end: FloatArray, final: bool
    ) -> FloatArray:
        """Keep the panels that are finished, and say where the others are cut.

        Args:
            owner: The search that each panel belongs to, ``(panels,)``.
            start, end: Where each begins and ends, hours, likewise.
            final: Whether this is the last round, in which all are finished.
        """
        nodes = nodes_of(start, end)[0]
        accepted = acceptance(owner, nodes).clip(0.0, 1.0 - _CERTAIN)
        ends_at = indices[owner].T
        reached, through = ends_at > start, ends_at >= end
        passing = np.where(through[:, :, None], np.log1p(-accepted), 0.0)
        whole = passing.sum(axis=0)
        strongest = passing.min(axis=0, initial=0.0)
        decided = (whole - strongest).max(axis=1) < _NEGLIGIBLE_LOG
        curves = np.where(reached[:, :, None], accepted, 0.0)
        curves = np.concatenate((curves, np.exp(whole)[None]))
        tails = np.abs(curves @ legendre_matrix()[-2:].T).max(axis=2)
        rough = tails.max(axis=0)
        split = rough > _RESOLVED
        if split.any():
            bounds = rounding_bound(curves[:, split], start[split], end[split])
            split[split] = rough[split] > bounds.max(axis=0)
        strong = (reached & ~through) & (accepted.max(axis=2) > _STRONG)
        cuts = np.where(split, 0.5 * (start + end), np.nan)
        for number in np.flatnonzero(strong.any(axis=0)).tolist():
            jumps = np.sort(ends_at[strong[:, number], number])
            cuts[number] = jumps[jumps.size // 2]
        narrow = end - start <= _NARROWEST * (1.0 + np.abs(start))
        cuts[narrow | decided | final] = np.nan
        kept = np.isnan(cuts) & ~decided
        finished.append((owner[kept], start[kept], end[kept], accepted[:, kept]))
        return cuts

    searches = np.repeat(np.arange(len(edges)), [bounds.size - 1 for bounds in edges])
    start = np.concatenate([bounds[:-1] for bounds in edges])
    end = np.concatenate([bounds[1:] for bounds in edges])
    bisect(examine, searches, start, end, _MOST_ROUNDS)
    owners, *numbers = zip(*finished, strict=True)
    owner, left, right = map(np.concatenate, (owners, *numbers[:2]))
    accepted = np.concatenate(numbers[2], axis=1)
    orders = [np.flatnonzero(owner == search) for search in range(len(edges))]
    orders = [order[np.argsort(left[order])] for order in orders]
    return [(left[order], right[order], accepted[:, order]) for order in orders]


def panels_from(start: float, panels: ResolvedPanels) -> ResolvedPanels:
    """The part of some panels that begins at an alternative.

    A panel that is cut has its acceptances interpolated, which are polynomials on it.

    Args:
        start: The alternative, hours.
        panels: From left to right.
    """
    left, right, accepted = panels
    kept = right > start
    left, right, accepted = left[kept], right[kept], accepted[:, kept]
    if left.size and left[0] < start:
        width = right[0] - left[0]
        nodes = nodes_of(np.array([start]), right[:1])[0][0]
        matrix = interpolation_matrix(2.0 * (nodes - left[0]) / width - 1.0)
        inner = np.clip(accepted[:, 0] @ matrix.T, 0.0, 1.0 - _CERTAIN)
        left = np.append(start, left[1:])
        accepted = np.concatenate((inner[:, None], accepted[:, 1:]), axis=1)
    return left, right, accepted


def broken_panel(
    edges: FloatColumn, logs: FloatArray, whole: FloatColumn
) -> tuple[FloatArray, FloatColumn]:
    """The masses of a panel that is broken at the indices inside it.

    Args:
        edges: Its ends and the indices inside, hours, ``(jumps + 2,)``.
        logs: log(1 - acceptance) where it jumps, ``(jumps, NODES)``.
        whole: Sum of the other logs, ``(NODES,)``.

    Returns:
        Weights up to each jump and the end, times P over the jumping ones that go on,
        ``(jumps + 1, NODES)``; and P over all above at each jump, ``(jumps,)``.
    """
    unit, weights = gauss_legendre(NODES)
    half = 0.5 * (edges[-1] - edges[0])
    # Left of each jump go on: the process that jumps there, and all above it.
    above = np.zeros((edges.size - 1, NODES))
    above[:-1] = np.cumsum(logs[::-1], axis=0)[::-1]
    widths = 0.5 * np.diff(edges)
    middles = (edges[:-1] + widths - edges[0])[:, None]
    shares = (middles + widths[:, None] * unit) / half - 1.0
    jumps = (edges[1:-1] - edges[0]) / half - 1.0
    matrix = interpolation_matrix(np.append(shares, jumps))
    values, at_jumps = matrix[: shares.size], matrix[shares.size :]
    values = values.reshape(*shares.shape, NODES)
    product = np.exp((values @ above[:, :, None])[:, :, 0])
    masses = ((product * widths[:, None] * weights)[:, None, :] @ values)[:, 0]
    tops = np.exp((at_jumps * above[1:]).sum(axis=1)) * (at_jumps @ np.exp(whole))
    return np.cumsum(masses, axis=0), tops
