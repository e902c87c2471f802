"""Chebyshev polynomials: at points, at their zeros, and back to coefficients.

Reference: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013).
"""

from functools import cache

import numpy as np

from interviewfit._numeric.arrays import FloatArray


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
