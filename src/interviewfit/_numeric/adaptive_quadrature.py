"""Adaptive quadrature of many intervals at once, by bisection.

Each piece is integrated by the Gauss-Legendre rule and cut in two while the last
coefficients of its Legendre series have not vanished, which also finds corners. With n
nodes the rule is exact up to degree 2n - 1, so the error is far below these.

Reference: P. J. Davis and P. Rabinowitz, "Methods of Numerical Integration" (1984),
chapter 6.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import numpy as np

from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import gauss_legendre

NODES = 16
"""Nodes on a piece."""

Integrand: TypeAlias = Callable[
    [IndexArray, FloatArray, FloatArray, FloatArray], FloatArray
]
"""
Values ``(pieces, NODES)``, from the interval each piece belongs to, where it starts and
ends, and its nodes.
"""

Examination: TypeAlias = Callable[
    [IndexArray, FloatArray, FloatArray, bool], FloatArray
]
"""
Where to cut pieces in two, NaN where a piece is finished, from the owner of each piece,
where it starts and ends, and whether this is the last round, in which all are finished.
"""

_TAIL = 3
# A function is a polynomial on a piece when its last coefficients are below this.
_RESOLVED = 1e-12
# Half a piece, relative to its place, that is not cut again.
_NARROWEST = 1e-13
# How often a piece is cut at most until a function is a polynomial on it.
_MOST_CUTS = 60
# A coefficient adds up the rounding errors of all nodes.
_ACCUMULATED = 8.0
# A corner that was cut so often is narrower than the spacing of doubles there.
_MOST_BISECTIONS = 40


def integrate(
    integrand: Integrand, start: FloatArray, end: FloatArray, tolerance: FloatArray
) -> FloatArray:
    """Integral over each interval.

    Args:
        integrand: Function to integrate.
        start, end: Where each interval begins and ends, shape ``(intervals,)``.
        tolerance: Last coefficients, times half the length, that do not matter, in the
            unit of the integral, same shape.

    Returns:
        Shape ``(intervals,)``. No bit depends on the other intervals.
    """
    totals = np.zeros(start.size)

    def examine(
        owner: IndexArray, start: FloatArray, end: FloatArray, final: bool
    ) -> FloatArray:
        """Add up the finished pieces and cut the others; arguments of Examination.

        Args:
            owner: Interval of each piece, shape ``(pieces,)``.
            start, end: The pieces.
            final: Whether all pieces count as finished.
        """
        nodes, half = nodes_of(start, end)
        values = integrand(owner, start, end, nodes)
        # Element by element, because a matrix product rounds otherwise beside others.
        integrals = half * (values * gauss_legendre(NODES)[1]).sum(axis=1)
        done = (half * tail_coefficients(values) <= tolerance[owner]) | final
        np.add.at(totals, owner[done], integrals[done])
        return np.where(done, np.nan, 0.5 * (end + start))

    bisect(examine, np.arange(start.size), start, end, _MOST_BISECTIONS - 1)
    return totals


def polynomial_pieces(
    function: Callable[[IndexArray, FloatArray], FloatArray],
    owner: IndexArray,
    start: FloatArray,
    end: FloatArray,
) -> tuple[IndexArray, FloatArray, FloatArray, FloatArray]:
    """Pieces of intervals on which a function is a polynomial.

    Args:
        function: Values ``(pieces, NODES)`` of size 1, by owner and nodes.
        owner: Whose each interval is, shape ``(intervals,)``.
        start, end: The intervals, same shape.

    Returns:
        Owner, start, end and values of each piece, ``(pieces, NODES)``, from left to
        right.
    """
    finished: list[tuple[IndexArray, FloatArray, FloatArray, FloatArray]] = []

    def examine(
        owner: IndexArray, start: FloatArray, end: FloatArray, final: bool
    ) -> FloatArray:
        """Keep the pieces that are resolved and halve the others, as an Examination.

        Args:
            owner: Whose each piece is, shape ``(pieces,)``.
            start, end: The pieces.
            final: Whether all pieces count as finished.
        """
        nodes, half = nodes_of(start, end)
        values = function(owner, nodes)
        rounding = rounding_bound(values, start, end)
        done = tail_coefficients(values) <= np.maximum(_RESOLVED, rounding)
        done |= (half <= _NARROWEST * (1.0 + np.abs(start))) | final
        finished.append((owner[done], start[done], end[done], values[done]))
        return np.where(done, np.nan, 0.5 * (start + end))

    bisect(examine, owner, start, end, _MOST_CUTS)
    owners, starts, ends, values = map(np.concatenate, zip(*finished, strict=True))
    order = np.lexsort((starts, owners))
    return owners[order], starts[order], ends[order], values[order]


def bisect(
    examine: Examination,
    owner: IndexArray,
    start: FloatArray,
    end: FloatArray,
    rounds: int,
) -> None:
    """Cut pieces of intervals in two until ``examine`` is content with every piece.

    Args:
        examine: Keeps what it needs of the finished pieces, and says where to cut.
        owner: Interval of each piece, shape ``(pieces,)``.
        start, end: Where each piece begins and ends, same shape.
        rounds: How often a piece is cut at most.
    """
    for remaining in range(rounds, -1, -1):
        cuts = examine(owner, start, end, remaining == 0)
        split = ~np.isnan(cuts)
        if not split.any():
            return
        owner, cuts = np.concatenate((owner[split], owner[split])), cuts[split]
        start = np.concatenate((start[split], cuts))
        end = np.concatenate((cuts, end[split]))


def nodes_of(start: FloatArray, end: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Gauss-Legendre nodes of each piece, ``(pieces, NODES)``, and half its length.

    Args:
        start, end: The pieces, shape ``(pieces,)``.
    """
    half, middle = 0.5 * (end - start), 0.5 * (end + start)
    return middle[:, None] + half[:, None] * gauss_legendre(NODES)[0], half


def tail_coefficients(values: FloatArray) -> FloatArray:
    """Largest of the last Legendre coefficients of functions, shape ``(pieces,)``.

    Args:
        values: Values at the nodes of each piece, shape ``(pieces, NODES)``.
    """
    coefficients = (values[:, None, :] * legendre_matrix()[-_TAIL:]).sum(axis=2)
    return np.asarray(np.abs(coefficients).max(axis=1))


def rounding_bound(
    values: FloatArray, start: FloatArray, end: FloatArray
) -> FloatArray:
    """How large the last coefficients can be from rounding errors alone.

    A node is known to the spacing of doubles, a value to that times the slope.

    Args:
        values: Values at the nodes, shape ``(..., pieces, NODES)``.
        start, end: The pieces, shape ``(pieces,)``.

    Returns:
        Shape ``(..., pieces)``, in the unit of the values.
    """
    slopes = np.abs(np.diff(values) / np.diff(gauss_legendre(NODES)[0])).max(axis=-1)
    slopes = 2.0 * slopes / (end - start)
    spacing = np.spacing(np.maximum(np.abs(start), np.abs(end)))
    return np.asarray(_ACCUMULATED * slopes * spacing)


@cache
def legendre_matrix() -> FloatArray:
    """From values at the nodes to Legendre coefficients, shape ``(NODES, NODES)``."""
    nodes, weights = gauss_legendre(NODES)
    powers = np.polynomial.legendre.legvander(nodes, NODES - 1)
    return np.asarray((np.arange(NODES) + 0.5)[:, None] * powers.T * weights)


@cache
def derivative_matrix() -> FloatArray:
    """From values at the nodes on -1 to 1 to derivatives there, ``(NODES, NODES)``."""
    derivatives = np.polynomial.legendre.legder(np.eye(NODES))
    slopes = np.polynomial.legendre.legval(gauss_legendre(NODES)[0], derivatives).T
    return np.asarray(slopes @ legendre_matrix())


def interpolation_matrix(points: FloatArray) -> FloatArray:
    """From values at the nodes to values at points on -1 to 1, ``(points, NODES)``.

    Lagrange's polynomials: for each node the product of the distances to all others.
    """
    below = np.ones((NODES + 1, points.size))
    above = np.ones((NODES + 1, points.size))
    distances = points - gauss_legendre(NODES)[0][:, None]
    np.multiply.accumulate(distances, axis=0, out=below[1:])
    np.multiply.accumulate(distances[::-1], axis=0, out=above[1:])
    return np.asarray((below[:-1] * above[-2::-1]).T * _lagrange_scales())


@cache
def _lagrange_scales() -> FloatArray:
    """One over the product of the distances of each node from the others."""
    nodes = gauss_legendre(NODES)[0]
    distances = nodes[:, None] - nodes
    np.fill_diagonal(distances, 1.0)
    return np.asarray(1.0 / distances.prod(axis=1))
