"""The expected maximum of several curves over a standard normal number.

    E[max over a of f_a(Z)] = integral of max over a of f_a(z) * pdf(z) dz

The line is cut at the corners where another curve becomes the largest
(``root_finding``), and each piece integrated by adaptive quadrature, for many such
expectations side by side. Where that would take too many operations, each curve is a
cubic between the points of a grid, and the difference to a grid of half as many points
is said.

Reference: P. J. Davis and P. Rabinowitz, "Methods of Numerical Integration" (1984),
chapter 6, for integrals of functions with corners.
"""

from collections.abc import Callable
from math import inf
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._numeric import normal
from interviewfit._numeric.adaptive_quadrature import NODES, integrate
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.effort import counted
from interviewfit._numeric.root_finding import ActionCodes, bracket_root

Curves: TypeAlias = Callable[[IndexArray, FloatColumn], FloatArray]
"""Values ``(curves, points)``, from the expectation of each point and the points."""

# Beyond the last the normal density is below a rounding error.
_CUTS = np.array([0.0, 0.5, 1.25, 2.0, 2.75, 3.5, 4.5, 6.0, 8.6])
_CORNER_WIDTH = 1e-13
# Of each piece, in shares of the largest value of the integrand.
_TOLERANCE = 1e-10
# To integrate takes about so many times the operations of the first grid.
_GRIDS = 20.0
_FINE_POINTS = 4001


@frozen(eq=False)
class _CurveValues:
    """Values at some points, and which curve is the largest at each."""

    values: FloatArray
    codes: ActionCodes

    def alternatives_of(self, codes: ActionCodes) -> IndexArray:
        return codes.astype(np.intp)


def expected_maximum(curves: Curves, count: int, slack: float = 0.0) -> FloatColumn:
    """Expectation of the largest of several curves of a standard normal number.

    Args:
        curves: The curves of all expectations; finite, or -inf where one is left out.
        count: How many expectations there are.
        slack: Differences that do not matter, such as rounding, in the unit of the
            values.

    Returns:
        Shape ``(count,)``, to about 1e-10 of the largest value.

    >>> call = lambda owners, z: np.array([0.0 * z, 1.0 + 2.0 * z])
    >>> expected = normal.expected_positive_part(1.0, 2.0)
    >>> round(expected_maximum(call, 1).item(), 12), round(expected, 12)
    (1.395593115, 1.395593115)
    """
    return bounded_maximum(curves, count, slack)[0]


def bounded_maximum(
    curves: Curves,
    count: int,
    slack: float = 0.0,
    largest_work: float = inf,
    *,
    is_long: bool = False,
) -> tuple[FloatColumn, FloatColumn]:
    """As ``expected_maximum``, by a bounded number of operations.

    Args:
        curves, count, slack: As ``expected_maximum``.
        largest_work: Operations that it may take (``effort``).
        is_long: Whether even a grid may take too many.

    Returns:
        The expectations, and about how far off each may be, 0 if they are integrated;
        ``(count,)``.
    """

    def evaluate(owners: IndexArray, points: FloatColumn) -> _CurveValues:
        """The curves at some points, and which of them is the largest.

        Args:
            owners, points: Of which row each point is, and the points, ``(points,)``.
        """
        values = curves(owners, points)
        return _CurveValues(values, values.argmax(axis=0).astype(np.int8))

    grid = np.concatenate([-_CUTS[:0:-1], _CUTS])
    if is_long:
        # What half of the points take says whether all of them can be afforded as well.
        coarse = grid[::2]
        with counted() as effort:
            few = evaluate(
                np.repeat(np.arange(count), coarse.size), np.tile(coarse, count)
            )
        if 3.0 * effort.operations > largest_work:
            return _on_grids(few.values.reshape(-1, count, coarse.size), coarse)
    with counted() as effort:
        on_grid = evaluate(np.repeat(np.arange(count), grid.size), np.tile(grid, count))
    if _GRIDS * effort.operations > largest_work:
        return _on_grids(on_grid.values.reshape(-1, count, grid.size), grid)
    codes = on_grid.codes.reshape(count, grid.size)
    largest = on_grid.values.max(axis=0).reshape(count, grid.size)
    size = np.abs(largest * normal.pdf(grid)).max(axis=1)
    owners = np.repeat(np.arange(count), grid.size - 1)
    start, end = np.tile(grid[:-1], count), np.tile(grid[1:], count)
    # Pieces at whose ends different curves are the largest are cut at the corner.
    base = codes[:, :-1].ravel()
    cut = np.flatnonzero(base != codes[:, 1:].ravel())
    if cut.size:
        before, after, _ = bracket_root(
            evaluate,
            lambda curve_values, base: np.asarray(curve_values.codes != base),
            owners[cut],
            base[cut],
            start[cut],
            end[cut],
            np.full(cut.size, _CORNER_WIDTH),
        )
        corner = 0.5 * (before + after)
        owners = np.concatenate([owners, owners[cut]])
        start, end = np.concatenate([start, corner]), np.concatenate([end, end[cut]])
        end[cut] = corner

    def integrand(
        pieces: IndexArray, _: FloatColumn, __: FloatColumn, nodes: FloatArray
    ) -> FloatArray:
        """The largest curve times the normal density at the nodes of some pieces.

        Args:
            pieces, _, __, nodes: Which pieces, their ends, and ``(pieces, NODES)``.
        """
        points = nodes.ravel()
        values = curves(np.repeat(owners[pieces], NODES), points).max(axis=0)
        return np.asarray((values * normal.pdf(points)).reshape(nodes.shape))

    tolerance = np.maximum(_TOLERANCE * size, slack)
    integrals = integrate(integrand, start, end, tolerance[owners])
    result = np.zeros(count)
    np.add.at(result, owners, integrals)
    return result, np.zeros(count)


def _on_grids(values: FloatArray, grid: FloatColumn) -> tuple[FloatColumn, FloatColumn]:
    """The expectations on a grid, and about how far off each is.

    That is the difference to half of its points or to straight lines between them,
    whichever is more: lines lie above a convex curve, and by more than cubics do.

    Args:
        values, grid: As ``_on_grid``.
    """
    half, whole = _on_grid(values[:, :, ::2], grid[::2]), _on_grid(values, grid)
    nodes = np.linspace(grid[0], grid[-1], _FINE_POINTS)
    density = normal.pdf(nodes) * (nodes[1] - nodes[0])
    lines = [np.interp(nodes, grid, row) @ density for row in values.max(axis=0)]
    return whole, np.maximum(np.abs(whole - half), np.abs(whole - np.array(lines)))


def _on_grid(values: FloatArray, grid: FloatColumn) -> FloatColumn:
    """Expectations of the largest curve by cubics through four points of a grid each.

    Args:
        values: Of each curve, ``(curves, count, points)``; -inf where one is left out.
        grid: The points, rising, ``(points,)``.
    """
    nodes = np.linspace(grid[0], grid[-1], _FINE_POINTS)
    cell = np.clip(np.searchsorted(grid, nodes) - 2, 0, grid.size - 4)
    largest = np.full((values.shape[1], nodes.size), -np.inf)
    shares = np.ones((4, nodes.size))
    for this in range(4):
        for other in range(4):
            if other != this:
                away = grid[cell + other]
                shares[this] *= (nodes - away) / (grid[cell + this] - away)
    for curve in values:
        with np.errstate(invalid="ignore"):
            total = sum(shares[part] * curve[:, cell + part] for part in range(4))
            total = np.where(np.isfinite(total), total, -np.inf)
        largest = np.maximum(largest, total)
    # The density is 0 at both ends, so that a sum at equal distances is exact.
    return np.asarray((largest @ normal.pdf(nodes)) * (nodes[1] - nodes[0]))
