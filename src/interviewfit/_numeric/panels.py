"""Panels of Gauss-Legendre nodes, on which curves are kept.

A curve is its values at the nodes of a few panels, one row of panels for each row
of a batch. Between features (kinks that later reveals have blurred) a curve is
smooth on the scale of the smallest blur near by, and a panel is a fixed multiple of
that scale, or of the blur it will be read through, whichever is smaller; where the
blur is much the smaller, ``lens`` integrates the panel's own polynomial instead.

Reference: P. J. Davis and P. Rabinowitz, "Methods of Numerical Integration" (1984),
for the rule and its errors.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar, cast

import numpy as np
from attrs import evolve, fields, frozen, has

from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray

__all__ = [
    "ORDER",
    "REACH_LEFT",
    "REACH_RIGHT",
    "Panels",
    "TwoPanelLayout",
    "lay_alike",
    "pairs",
    "gauss_legendre",
    "some_rows",
]

Record = TypeVar("Record")

ORDER = 24
"""Nodes of a panel that is none of a pair."""

# Half a panel, in units of the scale on which the integrand varies: twenty-four
# nodes then integrate it, or carry it as a polynomial, to 1e-11 of its size.
_INTEGRATES = 4.5
_CARRIES = 2.2
# Of pairs of panels. Time goes with the square of what a row takes, but few rows of a
# kind take almost as long as many.
_ORDERS = ((8, 16), (12, 24), (16, 44), (20, 72), (24, 96), (32, 128))
# A feature ends this many blurs from its kink; the left keeps relative accuracy.
REACH_LEFT, REACH_RIGHT = 8.0, 6.5


def some_rows(record: Record, rows: IndexArray, count: int) -> Record:
    """The same rows of every array that a record holds, or that its records hold.

    All *count* in their order are not copied.
    """
    if rows.size == count and (count == 1 or (rows == np.arange(count)).all()):
        return record
    return _each(record, lambda part: part[rows])


def repeated(record: Record, rows: int) -> Record:
    """The first row of every array so many times; nothing is copied."""
    return _each(
        record, lambda part: np.broadcast_to(part[:1], (rows, *part.shape[1:]))
    )


def _each(record: Record, change: Callable[[Any], Any]) -> Record:
    parts: dict[str, Any] = {}
    for one in fields(cast(Any, type(record))):
        part = getattr(record, one.name)
        if isinstance(part, np.ndarray):
            parts[one.name] = change(part)
        elif has(type(part)):
            parts[one.name] = _each(part, change)
    return cast(Record, evolve(cast(Any, record), **parts))


@cache
def gauss_legendre(order: int = ORDER) -> tuple[FloatArray, FloatArray]:
    """Gauss-Legendre nodes and weights on -1 to 1; worked out when first asked for."""
    nodes, weights = np.polynomial.legendre.leggauss(order)
    return nodes, weights


@frozen(eq=False, repr=False)
class Panels:
    """Panels of every row: centres and half-lengths ``(rows, panels)``.

    ``narrow`` marks those too long for the blur they will be read through; None
    if there is none. ``short`` says that all are short against it.
    """

    centre: FloatArray
    half: FloatArray
    narrow: BoolArray | None
    nodes: FloatArray
    weights: FloatArray
    short: bool = False

    @property
    def layout(self) -> tuple[int, int, bool]:
        """What rows must have in common to be seen together."""
        return self.half.shape[1], self.nodes.shape[1], self.short

    @classmethod
    def joined(cls, several: Sequence["Panels"]) -> "Panels":
        """Panels of some rows and of others of the same layout, one below another."""
        if len(several) == 1:
            return several[0]
        narrow = None
        if any(one.narrow is not None for one in several):
            narrow = np.concatenate(
                [
                    np.zeros(one.half.shape, dtype=np.bool_)
                    if one.narrow is None
                    else one.narrow
                    for one in several
                ]
            )
        centre, half, nodes, weights = (
            np.concatenate([getattr(one, name) for one in several])
            for name in ("centre", "half", "nodes", "weights")
        )
        return cls(centre, half, narrow, nodes, weights, short=several[0].short)


def _panels(edges: FloatArray, narrow: BoolArray | None) -> Panels:
    half = 0.5 * (edges[:, 1:] - edges[:, :-1])
    centre = edges[:, :-1] + half
    rows = edges.shape[0]
    at, mass = gauss_legendre()
    nodes = (centre[:, :, None] + half[:, :, None] * at).reshape(rows, -1)
    weights = (half[:, :, None] * mass).reshape(rows, -1)
    return Panels(centre, half, narrow, nodes, weights)


@frozen(eq=False, repr=False)
class TwoPanelLayout:
    """A layout of two panels, one on each side of the strike.

    As a rule two do. The right one is longer, and may be longer still: what it
    carries has died away at its far end.

    Attributes:
        orders: Nodes on each panel.
        reach: Half the length each may have, in units of the smallest scale on
            which the integrand varies.
        nodes: Of both, on -1 to 1; weights likewise.
    """

    orders: tuple[int, int]
    reach: FloatArray
    nodes: FloatArray
    weights: FloatArray

    @classmethod
    def of(cls, *orders: int) -> "TwoPanelLayout":
        """Gauss-Legendre nodes of these orders, as far as they reach.

        Found by trial: against fine panels, worths are off by about 1e-11 of the total
        scale at these limits, and thresholds by some 1e-10.
        """
        left, right = orders
        nodes, weights = np.hstack(
            [np.array(gauss_legendre(order)) for order in orders]
        )
        reach = np.array([(left - 4) / 3.0, 0.36 * (right - 2)])
        return cls((left, right), reach, nodes, weights)

    def lay(self, left: FloatArray, strike: FloatArray, right: FloatArray) -> Panels:
        """The panels of every row; that they are short enough is seen to elsewhere."""
        edges = np.concatenate((left, strike, right), axis=1)
        half = 0.5 * (edges[:, 1:] - edges[:, :-1])
        centre = edges[:, :-1] + half
        nodes = np.repeat(centre, self.orders, axis=1)
        weights = np.repeat(half, self.orders, axis=1)
        nodes += weights * self.nodes
        weights *= self.weights
        return Panels(centre, half, None, nodes, weights, short=True)


@cache
def pairs() -> tuple[TwoPanelLayout, ...]:
    """The first that is enough is taken; else as many panels as it takes."""
    return tuple(TwoPanelLayout.of(*orders) for orders in _ORDERS)


@cache
def _reaches(several: tuple[TwoPanelLayout, ...]) -> FloatArray:
    """Of pairs, shape ``(pairs, 2)``."""
    return np.array([one.reach for one in several]).reshape(-1, 2)


def lay_alike(
    left: FloatArray,
    strike: FloatArray,
    right: FloatArray,
    features: FloatArray,
    blurs: FloatArray,
    blur: FloatArray,
) -> list[tuple[IndexArray, Panels]]:
    """Panels for every row, and with them the rows that have equally many.

    What a row gets depends on itself alone, down to how its sums are rounded.

    Args:
        left, strike, right: Where the panels begin, must break, and end, shape
            ``(rows, 1)``.
        features: Where earlier kinks lie, shape ``(rows, features)``.
        blurs: By how much each has been smoothed since, same shape.
        blur: Through which blur the curve will be read, shape ``(rows, 1)``.
    """
    sharpest = blurs.min(axis=1, keepdims=True)
    scale = 1.0 / np.sqrt(1.0 / sharpest**2 + 1.0 / blur**2)
    half = 0.5 * np.concatenate((strike - left, right - strike), axis=1) / scale
    several = pairs()
    fits = (half[:, None, :] <= _reaches(several)).all(axis=2)
    # The last column stands for as many panels as it takes.
    which = np.concatenate((fits, np.ones_like(left, dtype=np.bool_)), axis=1)
    found = []
    for number, rows in _alike(which.argmax(axis=1)):
        if number < len(several):
            own = (left[rows], strike[rows], right[rows])
            found.append((rows, several[number].lay(*own)))
        else:
            some = (one[rows] for one in (left, strike, right, features, blurs, blur))
            found.extend((rows[own], laid) for own, laid in _lay_many(*some))
    return found


def _alike(which: IndexArray) -> Iterator[tuple[int, IndexArray]]:
    """Rows by which they are of, in ascending order."""
    if which.size == 1 or (which == which[0]).all():
        yield int(which[0]), np.arange(which.size)
        return
    for number in np.unique(which).tolist():
        yield number, np.flatnonzero(which == number)


def _lay_many(
    left: FloatArray,
    strike: FloatArray,
    right: FloatArray,
    features: FloatArray,
    blurs: FloatArray,
    blur: FloatArray,
) -> Iterator[tuple[IndexArray, Panels]]:
    """As many panels as the features ask for, laid from left to right."""
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
        yield np.arange(left.shape[0]), _panels(np.hstack((left, right)), None)
        return
    every, marked = np.hstack(edges), np.hstack(narrow)
    counts = np.maximum((every[:, 1:] > every[:, :-1]).sum(axis=1), 1)
    for count in np.unique(counts).tolist():
        rows = np.flatnonzero(counts == count)
        own = marked[rows, :count]
        laid = _panels(every[rows, : count + 1], own if own.any() else None)
        yield rows, laid
