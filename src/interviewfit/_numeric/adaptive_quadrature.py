"""Integrals over pieces of many lines, cut in half until nothing is left out.

Each piece is integrated by Gauss's rule. Where its last Legendre coefficients have not
vanished it is cut in half, and so on: that also finds corners nobody told of. The rule
is exact for polynomials of twice the degree that those coefficients stand for, so that
what is left out is far smaller than they are.

Reference: P. J. Davis and P. Rabinowitz, "Methods of Numerical Integration" (1984),
chapter 6.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import numpy as np

from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import gauss_legendre

__all__ = [
    "NODES",
    "Examination",
    "Integrand",
    "bisect",
    "integrate",
    "nodes_of",
    "rounding_bound",
    "tail_coefficients",
]

NODES = 16
"""Points on a piece."""

Integrand: TypeAlias = Callable[
    [IndexArray, FloatArray, FloatArray, FloatArray], FloatArray
]
"""
Values ``(pieces, NODES)`` from which piece each part is of, where it starts and ends,
and its points.
"""

Examination: TypeAlias = Callable[
    [IndexArray, FloatArray, FloatArray, bool], FloatArray
]
"""
Where to cut pieces in two, NaN where a piece is finished, from the owner of each piece,
where it starts and ends, and whether this is the last round, in which all are finished.
"""

_LAST = 3
# A coefficient gathers the roundings of all points.
_GATHERED = 8.0
# A corner cut so often is narrower than a rounding error of its place.
_MOST_HALVINGS = 40


def integrate(
    integrand: Integrand, start: FloatArray, end: FloatArray, enough: FloatArray
) -> FloatArray:
    """The integral over each piece.

    Args:
        integrand: What is integrated.
        start, end: Of each piece.
        enough: Last coefficients, times half the length, that no longer matter.
    """
    totals = np.zeros(start.size)

    def examine(
        owner: IndexArray, start: FloatArray, end: FloatArray, final: bool
    ) -> FloatArray:
        nodes, half = nodes_of(start, end)
        values = integrand(owner, start, end, nodes)
        # Element by element, so that no bit of a piece depends on the others.
        sums = half * (values * gauss_legendre(NODES)[1]).sum(axis=1)
        done = (half * tail_coefficients(values) <= enough[owner]) | final
        np.add.at(totals, owner[done], sums[done])
        return np.where(done, np.nan, 0.5 * (end + start))

    bisect(examine, np.arange(start.size), start, end, _MOST_HALVINGS - 1)
    return totals


def bisect(
    examine: Examination,
    owner: IndexArray,
    start: FloatArray,
    end: FloatArray,
    rounds: int,
) -> None:
    """Cut pieces of intervals in two until ``examine`` is content with every piece.

    Args:
        examine: Looks at all open pieces at once, keeps what it needs of the finished
            ones, and says where the others are cut.
        owner: Which interval each piece belongs to, int array ``(pieces,)``.
        start: Where each piece begins, likewise.
        end: Where each piece ends, likewise.
        rounds: How often a piece is cut at most.
    """
    for remaining in range(rounds, -1, -1):
        cuts = examine(owner, start, end, remaining == 0)
        split = ~np.isnan(cuts)
        if not split.any():
            return
        owner, cuts = np.tile(owner[split], 2), cuts[split]
        start = np.concatenate((start[split], cuts))
        end = np.concatenate((cuts, end[split]))


def nodes_of(start: FloatArray, end: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The points of each piece, ``(pieces, NODES)``, and half its length."""
    half, middle = 0.5 * (end - start), 0.5 * (end + start)
    return middle[:, None] + half[:, None] * gauss_legendre(NODES)[0], half


def tail_coefficients(values: FloatArray) -> FloatArray:
    """The largest of the last Legendre coefficients of what has these values at points.

    Values have the shape ``(pieces, NODES)``, the result ``(pieces,)``.
    """
    return np.asarray(np.abs((values[:, None, :] * _last()).sum(axis=2)).max(axis=1))


def rounding_bound(
    values: FloatArray, start: FloatArray, end: FloatArray
) -> FloatArray:
    """How large the last coefficients may be and yet be no more than rounding.

    A point is known to a spacing of doubles, so a value to that times the slope there:
    a piece that far from 0 is not seen better however often it is cut. Values have the
    shape ``(..., pieces, NODES)``, the result ``(..., pieces)``.
    """
    steps = np.abs(np.diff(values) / np.diff(gauss_legendre(NODES)[0])).max(axis=-1)
    slopes = 2.0 * steps / (end - start)
    return np.asarray(
        _GATHERED * slopes * np.spacing(np.maximum(np.abs(start), np.abs(end)))
    )


@cache
def _last() -> FloatArray:
    """From values at the points to the last coefficients."""
    nodes, weights = gauss_legendre(NODES)
    orders = np.arange(NODES - _LAST, NODES)
    table = np.polynomial.legendre.legvander(nodes, NODES - 1)[:, orders]
    return np.asarray((weights[:, None] * table * (orders + 0.5)).T)
