"""Chebyshev polynomials: at points, at their zeros, and back to coefficients.

Reference: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013).
"""

from collections.abc import Callable
from functools import cache

import numpy as np

from interviewfit._numeric.arrays import FloatArray, FloatColumn

# Of a smooth function so many values are worked out, and more the wider the range is
# against what it varies on; and some more, where it is looked at how near it is.
_LEAST_NODES, _NODES, _LOOKED, _NEAR = 24, 14, 12, 1e-10
# A value costs at least so many times what it takes to interpolate at a point.
_WORTHWHILE = 4


def chebyshev_basis(share: FloatArray, order: int) -> FloatArray:
    """Chebyshev polynomials at some points, ``(order, *points)``.

    From those up to a degree n follow those up to 2 n, T[n + k] = 2 T[n] T[k] - T[n -
    k], so that few steps are needed.

    Args:
        share: Points, -1 to 1, any shape.
        order: How many polynomials, at least 2.
    """
    basis = np.empty((order, *share.shape))
    basis[0], basis[1] = 1.0, share
    degree = 1
    while degree + 1 < order:
        more = min(degree, order - 1 - degree)
        ahead = basis[degree + 1 : degree + 1 + more]
        np.multiply(basis[1 : more + 1], 2.0 * basis[degree], out=ahead)
        ahead -= basis[degree - more : degree][::-1]
        degree += more
    return basis


@cache
def chebyshev_nodes(order: int) -> FloatArray:
    """The zeros of the Chebyshev polynomial of a degree, ``(order,)``."""
    return np.cos(np.pi * (np.arange(order) + 0.5) / order)


@cache
def chebyshev_analysis(order: int) -> FloatArray:
    """From values at these zeros to coefficients, ``(order, order)``."""
    angles = np.pi * (np.arange(order) + 0.5) / order
    matrix = 2.0 / order * np.cos(np.arange(order)[:, None] * angles)
    matrix[0] *= 0.5
    return np.asarray(matrix)


@cache
def mirrored_analysis(order: int) -> tuple[FloatArray, FloatArray]:
    """From sums and differences of values at z and -z to coefficients.

    Args:
        order: How many polynomials.

    Returns:
        Of even and of odd degree, each by the zeros from 0 up, the largest first.
    """
    half = (order + 1) // 2
    matrix = chebyshev_analysis(order)[:, :half].copy()
    if order % 2:
        # The zero in the middle is its own mirror image.
        matrix[:, -1] *= 0.5
    return np.ascontiguousarray(matrix[0::2]), np.ascontiguousarray(matrix[1::2])


def interpolated(
    function: Callable[[FloatColumn], FloatColumn], points: FloatColumn, width: float
) -> FloatColumn | None:
    """A smooth function at many points, from few of its values.

    Args:
        function: To be worked out, ``(points,)`` in and out.
        points: Where.
        width: What it varies on.

    Returns:
        None where it would take as many values, or is not as smooth as it should be.

    >>> points = np.linspace(-1.0, 3.0, 500)
    >>> bool(np.abs(interpolated(np.tanh, points, 1.0) - np.tanh(points)).max() < 1e-10)
    True
    """
    low, high = float(points.min()), float(points.max())
    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    order = _LEAST_NODES + int(_NODES * half / width)
    if not half > 0.0 or _WORTHWHILE * order > points.size:
        return None
    looked = points[:: points.size // _LOOKED]
    nodes = middle + half * chebyshev_nodes(order)
    values = function(np.concatenate((nodes, looked)))
    terms = chebyshev_analysis(order) @ values[:order]
    share = np.clip((points - middle) / half, -1.0, 1.0)
    result = np.polynomial.chebyshev.chebval(share, terms)
    error = np.abs(result[:: points.size // _LOOKED] - values[order:]).max()
    is_near = error <= _NEAR * max(1.0, float(np.abs(values).max()))
    return np.asarray(result) if is_near else None
