"""The mean of the best of several curves, over a normal number.

    mean = integral of max over actions of worth[a](z) * exp(-z * z / 2) / sqrt(2 pi)

Each curve is smooth, or nearly so; their maximum has a corner wherever another action
becomes best. So the line is cut there (``crossings``), and each piece is integrated
(``halving``), which also finds the corners within a curve. Many means are worked out
side by side.

Reference: P. J. Davis and P. Rabinowitz, "Methods of Numerical Integration" (1984),
chapter 6, for integrals of what has corners.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._numeric import normal
from interviewfit._numeric.adaptive_quadrature import NODES, integrate
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.root_finding import ActionCodes, bracket_root

__all__ = ["Curves", "expected_maximum"]

Curves: TypeAlias = Callable[[IndexArray, FloatColumn], FloatArray]
"""Worths of each action ``(actions, points)``, at a point of some line each."""

# Beyond the last the normal density is below a rounding error.
_CUTS = np.array([0.0, 0.5, 1.25, 2.0, 2.75, 3.5, 4.5, 6.0, 8.6])
_CORNER = 1e-13
# Of a piece, in shares of the largest value of the integrand.
_ENOUGH = 1e-10


@frozen(eq=False)
class _Seen:
    """Worths at some points, and which action is best at each."""

    worths: FloatArray
    codes: ActionCodes

    def rows_of(self, codes: ActionCodes) -> IndexArray:
        return codes.astype(np.intp)


def expected_maximum(curves: Curves, count: int, slack: float = 0.0) -> FloatColumn:
    """Mean of the best of several curves over a standard normal number, of each line.

    Args:
        curves: Of all lines; finite, or -inf where an action is not open.
        count: How many lines.
        slack: Differences of worth that do not matter, such as rounding.

    >>> free = lambda which, z: np.array([0.0 * z, 1.0 + 2.0 * z])
    >>> (
    ...     round(expected_maximum(free, 1).item(), 12),
    ...     round(normal.expected_positive_part(1.0, 2.0), 12),
    ... )
    (1.395593115, 1.395593115)
    """

    def look(which: IndexArray, at: FloatColumn) -> _Seen:
        worths = curves(which, at)
        return _Seen(worths, worths.argmax(axis=0).astype(np.int8))

    grid = np.concatenate([-_CUTS[:0:-1], _CUTS])
    which = np.repeat(np.arange(count), grid.size)
    seen = look(which, np.tile(grid, count))
    codes = seen.codes.reshape(count, grid.size)
    best = seen.worths.max(axis=0).reshape(count, grid.size)
    size = np.abs(best * normal.pdf(grid)).max(axis=1)
    lines, start, end = _pieces(look, codes, grid)
    enough = np.maximum(_ENOUGH * size, slack)

    def weighted(
        which: IndexArray, _: FloatColumn, __: FloatColumn, at: FloatArray
    ) -> FloatArray:
        worths = curves(np.repeat(lines[which], NODES), at.ravel()).max(axis=0)
        return np.asarray((worths * normal.pdf(at.ravel())).reshape(at.shape))

    found = np.zeros(count)
    np.add.at(found, lines, integrate(weighted, start, end, enough[lines]))
    return found


def _pieces(
    look: Callable[[IndexArray, FloatColumn], _Seen],
    codes: ActionCodes,
    grid: FloatColumn,
) -> tuple[IndexArray, FloatColumn, FloatColumn]:
    """The pieces of all lines between points of the grid and corners between them."""
    count = codes.shape[0]
    lines = np.repeat(np.arange(count), grid.size - 1)
    start, end = np.tile(grid[:-1], count), np.tile(grid[1:], count)
    first = codes[:, :-1].ravel()
    cut = np.flatnonzero(first != codes[:, 1:].ravel())
    if not cut.size:
        return lines, start, end

    def left(seen: _Seen, base: ActionCodes) -> BoolArray:
        other: BoolArray = seen.codes != base
        return other

    near, far, _ = bracket_root(
        look,
        left,
        lines[cut],
        first[cut],
        start[cut],
        end[cut],
        np.full(cut.size, _CORNER),
    )
    corner, last = 0.5 * (near + far), end[cut].copy()
    end[cut] = corner
    return (
        np.concatenate([lines, lines[cut]]),
        np.concatenate([start, corner]),
        np.concatenate([end, last]),
    )
