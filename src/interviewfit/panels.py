"""
Panels of Gauss-Legendre nodes, on which curves are kept.

A curve is its values at the nodes of a few panels, one row of panels for each row
of a batch. Between features (kinks that later reveals have blurred) a curve is
smooth on the scale of the smallest blur near by, and a panel is a fixed multiple of
that scale, or of the blur it will be read through, whichever is smaller; where the
blur is much the smaller, ``lens`` integrates the panel's own polynomial instead.
"""

from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import frozen

__all__ = [
    "ORDER",
    "REACH_LEFT",
    "REACH_RIGHT",
    "BoolArray",
    "FloatArray",
    "Pair",
    "Panels",
    "lay_panels",
    "pairs",
    "rule",
]

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]

ORDER = 24
"""Nodes of a panel laid by ``lay_panels``."""

# Half a panel, in units of the scale on which the integrand varies: twenty-four
# nodes then integrate it, or carry it as a polynomial, to 1e-11 of its size.
_INTEGRATES = 4.5
_CARRIES = 2.2
# A feature ends this many blurs from its kink; the left keeps relative accuracy.
REACH_LEFT, REACH_RIGHT = 8.0, 6.5


@cache
def rule(order: int = ORDER) -> tuple[FloatArray, FloatArray]:
    """
    Gauss-Legendre nodes and weights on -1 to 1; worked out when first asked for.
    """
    nodes, weights = np.polynomial.legendre.leggauss(order)
    return nodes, weights


@frozen(eq=False, repr=False)
class Panels:
    """
    Panels of every row: centres and half-lengths ``(rows, panels)``.

    ``narrow`` marks those too long for the blur they will be read through; None
    if there is none. ``short`` says that all are short against it.
    """

    centre: FloatArray
    half: FloatArray
    narrow: BoolArray | None
    nodes: FloatArray
    weights: FloatArray
    short: bool = False


def _panels(edges: FloatArray, narrow: BoolArray | None) -> Panels:
    half = 0.5 * (edges[:, 1:] - edges[:, :-1])
    centre = edges[:, :-1] + half
    rows = edges.shape[0]
    at, mass = rule()
    nodes = (centre[:, :, None] + half[:, :, None] * at).reshape(rows, -1)
    weights = (half[:, :, None] * mass).reshape(rows, -1)
    return Panels(centre, half, narrow, nodes, weights)


@frozen(eq=False, repr=False)
class Pair:
    """
    A layout of two panels, one on each side of the strike.

    As a rule two do. The right one is longer, and may be longer still: what it
    carries has died away at its far end.

    Attributes:
        orders: Nodes on each panel.
        reach: Half the length each may have, in units of the smallest scale on
            which the integrand varies. Errors against fine panels, at these
            limits, are about 1e-11 of the total scale.
        nodes: Of both, on -1 to 1; weights likewise.
    """

    orders: tuple[int, int]
    reach: FloatArray
    nodes: FloatArray
    weights: FloatArray

    @classmethod
    def of(cls, orders: tuple[int, int], reach: tuple[float, float]) -> "Pair":
        """
        Gauss-Legendre nodes of these orders.
        """
        nodes, weights = np.hstack([np.array(rule(order)) for order in orders])
        return cls(orders, np.array(reach), nodes, weights)

    def lay(
        self,
        left: FloatArray,
        strike: FloatArray,
        right: FloatArray,
        scale: FloatArray,
    ) -> tuple[Panels, BoolArray]:
        """
        The panels, and for which rows they are short enough.

        Args:
            left: Where they begin, shape ``(rows, 1)``; strike and right likewise.
            strike: Where they meet.
            right: Where they end.
            scale: Smallest scale of the integrand, shape ``(rows,)``.
        """
        edges = np.concatenate((left, strike, right), axis=1)
        half = 0.5 * (edges[:, 1:] - edges[:, :-1])
        enough = np.all(half <= self.reach * scale[:, None], axis=1)
        centre = edges[:, :-1] + half
        nodes = np.repeat(centre, self.orders, axis=1)
        weights = np.repeat(half, self.orders, axis=1)
        nodes += weights * self.nodes
        weights *= self.weights
        return Panels(centre, half, None, nodes, weights, short=True), enough


@cache
def pairs() -> tuple[Pair, ...]:
    """
    Tried in this order; rows for which none is enough get as many as it takes.
    """
    return (
        Pair.of((12, 24), (2.3, 8.5)),
        Pair.of((16, 32), (3.5, 11.0)),
        Pair.of((24, 64), (6.0, 24.0)),
        # Many more nodes, but all such rows at once; one by one they take ten times as
        # long.
        Pair.of((40, 128), (9.5, 45.0)),
    )


def lay_panels(
    left: FloatArray,
    strike: FloatArray,
    right: FloatArray,
    features: FloatArray,
    blurs: FloatArray,
    blur: FloatArray,
) -> Panels:
    """
    As many panels as the features ask for, laid from left to right.

    Args:
        left, strike, right: Where the panels begin, must break, and end, shape
            ``(rows, 1)``.
        features: Where earlier kinks lie, shape ``(rows, features)``.
        blurs: By how much each has been smoothed since, same shape.
        blur: Through which blur the curve will be read, shape ``(rows, 1)``.
    """
    start, stop = features - REACH_LEFT * blurs, features + REACH_RIGHT * blurs
    at = left
    edges, narrow = [left], []
    while np.any(at < right):
        inside = (start <= at) & (at < stop)
        scale = np.where(inside, blurs, np.inf).min(axis=1, keepdims=True)
        sharper = np.where(start > at, start, np.inf).min(axis=1, keepdims=True)
        integrates = _INTEGRATES / np.sqrt(1.0 / scale**2 + 1.0 / blur**2)
        carries = _CARRIES * scale
        # Many short panels the bell can be summed over, or few it is carried on.
        reach = np.where(integrates > 0.35 * carries, integrates, carries)
        end = np.where(at < strike, strike, right)
        following = np.minimum(np.minimum(at + 2.0 * reach, sharper), end)
        # A panel shorter than the spacing of doubles still has to move on.
        following = np.where(following > at, following, np.nextafter(at, np.inf))
        following = np.where(at < right, following, at)
        narrow.append(0.5 * (following - at) > integrates * (1.0 + 1e-9))
        edges.append(following)
        at = following
    if not narrow:
        return _panels(np.concatenate((left, right), axis=1), None)
    marked = np.concatenate(narrow, axis=1)
    return _panels(np.concatenate(edges, axis=1), marked if marked.any() else None)
