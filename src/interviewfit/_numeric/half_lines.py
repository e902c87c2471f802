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

STENCIL = 16
"""Points by which a function is interpolated: 2 q."""

_HALF = STENCIL // 2
# Grids are so fine that a cell holds an almost straight line: each step of Newton's
# method squares the error, of which the first is below a hundredth.
_STEPS = 4


@cache
def _polynomials() -> tuple[FloatArray, FloatArray]:
    """Coefficients of l_j, ``(points, powers)``, and of w_j, ``(powers, points)``.

    Powers of u - 1/2 rise. Points are numbered from the left, and the cell is that in
    the middle.
    """
    places = np.arange(1 - _HALF, _HALF + 1) - 0.5
    basis = np.empty((STENCIL, STENCIL))
    for number, place in enumerate(places):
        others = np.delete(places, number)
        basis[number] = np.poly(others)[::-1] / np.prod(place - others)
    powers = np.arange(1, STENCIL + 1)
    primitive = np.hstack((np.zeros((STENCIL, 1)), basis / powers))
    left, right = (-0.5) ** np.arange(STENCIL + 1), 0.5 ** np.arange(STENCIL + 1)
    over_cell = primitive @ (right - left)
    start = 1.0 - (np.cumsum(over_cell[::-1])[::-1] - over_cell)
    weights = -primitive
    weights[:, 0] += start + primitive @ left
    return basis, np.ascontiguousarray(weights.T)


def roots_in_cells(
    values: FloatArray, cells: IndexArray, *, is_few: bool
) -> tuple[IndexArray, FloatColumn]:
    """Where functions change their sign: the first point used, and u of its cell.

    Args:
        values: At equidistant points, ``(rows, points)``, with as many as a stencil.
        cells: The point before the root, ``(rows,)``.
        is_few: Whether rows are worked out one by one, which is quicker for a few.
    """
    first = np.minimum(np.maximum(cells - _HALF + 1, 0), values.shape[1] - STENCIL)
    lines = np.arange(cells.size)[:, None]
    near = values[lines, first[:, None] + np.arange(STENCIL)]
    terms = (near[:, None, :] @ _polynomials()[0])[:, 0]
    here = np.arange(cells.size)
    low, high = values[here, cells], values[here, cells + 1]
    # Near an end of the grid the cell is not in the middle.
    before = (cells - first - _HALF + 1).astype(np.float64)
    start = before + low / (low - high)
    if is_few:
        found = [
            _root(coefficients, guess, least)
            for coefficients, guess, least in zip(
                terms.tolist(), start.tolist(), before.tolist(), strict=True
            )
        ]
        return first, np.array(found)
    return first, np.asarray(_root(list(terms.T), start, before))


def root_in_cell(values: FloatColumn, cell: int) -> tuple[int, float]:
    """As ``roots_in_cells``, of one function.

    Args:
        values: At equidistant points, ``(points,)``, with as many as a stencil.
        cell: The point before the root.
    """
    first = min(max(cell - _HALF + 1, 0), values.size - STENCIL)
    terms = (values[first : first + STENCIL] @ _polynomials()[0]).tolist()
    low, high = float(values[cell]), float(values[cell + 1])
    before = float(cell - first - _HALF + 1)
    least, most = before - 0.5, before + 0.5
    root = least + low / (low - high)
    # As ``_root``; a step that leads nowhere would be the last one again.
    for _ in range(_STEPS):
        value, slope, last = terms[-1], 0.0, root
        for term in terms[-2::-1]:
            slope = slope * root + value
            value = value * root + term
        root -= value / (slope or 1e300)
        root = min(max(root, least), most)
        if root == last:
            break
    return first, root + 0.5


def _root(terms: Sequence[N], start: N, least: N) -> N:
    """The root of a polynomial between two numbers of distance 1.

    By Newton's method, a fixed number of steps, so that no row depends on others; no
    step leads out of the cell.

    Args:
        terms: Its coefficients, of powers of u - 1/2.
        start: A first guess.
        least: The number below the root.
    """
    root = start - 0.5
    for _ in range(_STEPS):
        value, slope = terms[-1], 0.0 * root
        for term in terms[-2::-1]:
            slope = slope * root + value
            value = value * root + term
        # Where it is level the guess stands.
        root = root - value / (slope + (slope == 0.0) * 1e300)
        root = minimum(maximum(root, least - 0.5), least + 0.5)
    return root + 0.5


def half_line_weights(
    points: int, first: IndexArray, share: FloatColumn, *, whole: FloatColumn
) -> FloatArray:
    """The weights of a sum over equidistant points, in units of h, ``(rows, points)``.

    Args:
        points: How many.
        first, share: What ``roots_in_cells`` gives, ``(rows,)``.
        whole: Where there is no root: 1 for all points, 0 for none; NaN where there is
            one.
    """
    numbers = np.arange(points)
    weights = (numbers >= first[:, None] + STENCIL).astype(np.float64)
    powers = np.empty((first.size, STENCIL + 1))
    powers[:, 0] = 1.0
    powers[:, 1:] = (share - 0.5)[:, None]
    np.cumprod(powers, axis=1, out=powers)
    near = (powers[:, None, :] @ _polynomials()[1])[:, 0]
    lines = np.arange(first.size)[:, None]
    weights[lines, first[:, None] + np.arange(STENCIL)] = near
    is_whole = np.isfinite(whole)
    if is_whole.any():
        weights[is_whole] = whole[is_whole, None]
    return weights


def weights_from(points: int, first: int, share: float) -> FloatColumn:
    """As ``half_line_weights``, of one function with a root.

    Args:
        points: How many.
        first, share: What ``root_in_cell`` gives.
    """
    weights = np.zeros(points)
    weights[first + STENCIL :] = 1.0
    powers = (share - 0.5) ** np.arange(STENCIL + 1)
    np.matmul(powers, _polynomials()[1], out=weights[first : first + STENCIL])
    return weights
