"""Integrals over half lines by sums over equidistant points.

Let f be smooth and next to nothing far out, with values f_j at points of distance h.
Its integral from a point t on, which lies in the cell of the points i and i + 1 at the
share u of it, is

    h * sum over j of w_j f_j,    w_j = 0 left of the cell, 1 right of it

but for 2 q points around the cell, whose weights are polynomials of u: since the
integral falls by f(t) dt, they fall by the polynomials l_j of the interpolation on
these points, w_j(u) = w_j(0) - integral from 0 to u of l_j; and w_j(1) is the weight
w_(j-1)(0) of the cell that follows. So w_q(0) = 1, and the others follow. Where t is a
root of f, the same interpolation finds it.

Reference: P. J. Davis and P. Rabinowitz, "Methods of Numerical Integration" (1984), for
end corrections of the trapezoidal rule.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from interviewfit._numeric.arrays import (
    FloatArray,
    FloatColumn,
    IndexArray,
    N,
    maximum,
    minimum,
)

STENCIL = 32
"""Points by which a function is interpolated: 2 q."""

_HALF = STENCIL // 2
# Near an end the cell is not in the middle of the points, which makes polynomials of a
# high degree useless: fewer points do better.
_AT_AN_END = 16
# Grids are so fine that a cell holds an almost straight line: each step of Newton's
# method squares the error, of which the first is below a hundredth, so that a step as
# short as this is the last; and in the middle of the points higher powers are below a
# rounding error.
_STEPS, _LAST_STEP, _POWERS = 4, 1e-8, 14


@cache
def _polynomials(size: int) -> tuple[FloatArray, FloatArray]:
    """Coefficients of l_j, ``(points, powers)``, and of w_j, ``(powers, points)``.

    Powers of u - 1/2 rise. Points are numbered from the left, and the cell is that in
    the middle.

    Args:
        size: How many points.
    """
    places = np.arange(1 - size // 2, size // 2 + 1) - 0.5
    basis = np.empty((size, size))
    for number, place in enumerate(places):
        others = np.delete(places, number)
        basis[number] = np.poly(others)[::-1] / np.prod(place - others)
    powers = np.arange(1, size + 1)
    primitive = np.hstack((np.zeros((size, 1)), basis / powers))
    left, right = (-0.5) ** np.arange(size + 1), 0.5 ** np.arange(size + 1)
    over_cell = primitive @ (right - left)
    start = 1.0 - (np.cumsum(over_cell[::-1])[::-1] - over_cell)
    weights = -primitive
    weights[:, 0] += start + primitive @ left
    return basis, np.ascontiguousarray(weights.T)


def _stencil(cell: int, points: int) -> tuple[int, int]:
    """The first of the points around a cell, and how many there are.

    Args:
        cell: The point before it.
        points: Of the grid.
    """
    if _HALF - 1 <= cell < points - _HALF:
        return cell - _HALF + 1, STENCIL
    return min(max(cell - _AT_AN_END // 2 + 1, 0), points - _AT_AN_END), _AT_AN_END


def roots_in_cells(
    values: FloatArray, cells: IndexArray, *, is_few: bool
) -> FloatColumn:
    """Where functions change their sign: u of each cell, ``(rows,)``.

    Args:
        values: At equidistant points, ``(rows, points)``, with as many as a stencil.
        cells: The point before the root, ``(rows,)``.
        is_few: Whether rows are worked out one by one, which is quicker for a few.
    """
    points, shares = values.shape[1], np.empty(cells.size)
    inside = (cells >= _HALF - 1) & (cells < points - _HALF)
    aside = np.arange(cells.size) if is_few else np.flatnonzero(~inside)
    for row in aside.tolist():
        shares[row] = root_in_cell(values[row], int(cells[row]))
    rows = np.flatnonzero(inside)
    if rows.size and not is_few:
        chosen = cells[rows]
        columns = (chosen - _HALF + 1)[:, None] + np.arange(STENCIL)
        near = values[rows[:, None], columns]
        terms = (near[:, None, :] @ _polynomials(STENCIL)[0])[:, 0, :_POWERS]
        low, high = values[rows, chosen], values[rows, chosen + 1]
        shares[rows] = _root(list(terms.T), low / (low - high))
    return shares


def root_in_cell(values: FloatColumn, cell: int) -> float:
    """As ``roots_in_cells``, of one function.

    Args:
        values: At equidistant points, ``(points,)``, with as many as a stencil.
        cell: The point before the root.
    """
    first, size = _stencil(cell, values.size)
    terms = (values[first : first + size] @ _polynomials(size)[0]).tolist()
    if size == STENCIL:
        del terms[_POWERS:]
    low, high = float(values[cell]), float(values[cell + 1])
    before = float(cell - first - size // 2 + 1)
    least, most = before - 0.5, before + 0.5
    root = least + low / ((low - high) or 1e300)
    # As ``_root``.
    for _ in range(_STEPS):
        value, slope, last = terms[-1], 0.0, root
        for term in terms[-2::-1]:
            slope = slope * root + value
            value = value * root + term
        root -= value / (slope or 1e300)
        root = min(max(root, least), most)
        if abs(root - last) <= _LAST_STEP:
            break
    return root - least


def _root(terms: Sequence[N], start: N) -> N:
    """The root of a polynomial between 0 and 1.

    By Newton's method, a fixed number of steps, so that no row depends on others; no
    step leads out of the cell.

    Args:
        terms: Its coefficients, of powers of u - 1/2.
        start: A first guess.
    """
    root = start - 0.5
    for _ in range(_STEPS):
        value, slope = terms[-1], 0.0 * root
        for term in terms[-2::-1]:
            slope = slope * root + value
            value = value * root + term
        # Where it is level the guess stands.
        root = root - value / (slope + (slope == 0.0) * 1e300)
        root = minimum(maximum(root, -0.5), 0.5)
    return root + 0.5


def half_line_weights(
    points: int, cells: IndexArray, shares: FloatColumn, *, whole: FloatColumn
) -> FloatArray:
    """The weights of a sum over equidistant points, in units of h, ``(rows, points)``.

    Args:
        points: How many.
        cells, shares: As ``roots_in_cells`` takes and gives them, ``(rows,)``.
        whole: Where there is no root: 1 for all points, 0 for none; NaN where there is
            one.
    """
    weights = np.empty((cells.size, points))
    is_whole, numbers = np.isfinite(whole), np.arange(points)
    weights[is_whole] = whole[is_whole, None]
    inside = (cells >= _HALF - 1) & (cells < points - _HALF)
    for row in np.flatnonzero(~inside & ~is_whole).tolist():
        weights[row] = weights_from(points, int(cells[row]), float(shares[row]))
    rows = np.flatnonzero(inside & ~is_whole)
    first = (cells[rows] - _HALF + 1)[:, None]
    weights[rows] = numbers >= first + STENCIL
    powers = np.empty((rows.size, STENCIL + 1))
    powers[:, 0] = 1.0
    powers[:, 1:] = (shares[rows] - 0.5)[:, None]
    np.cumprod(powers, axis=1, out=powers)
    near = (powers[:, None, :] @ _polynomials(STENCIL)[1])[:, 0]
    weights[rows[:, None], first + np.arange(STENCIL)] = near
    return weights


def weights_from(points: int, cell: int, share: float) -> FloatColumn:
    """As ``half_line_weights``, of one function with a root.

    Args:
        points: How many.
        cell, share: As ``root_in_cell`` takes and gives them.
    """
    weights, (first, size) = np.zeros(points), _stencil(cell, points)
    weights[first + size :] = 1.0
    place = cell + share - first - (size // 2 - 0.5)
    powers = place ** np.arange(size + 1)
    np.matmul(powers, _polynomials(size)[1], out=weights[first : first + size])
    return weights
