"""Gaussian expectations of curves kept on panels.

A ``GaussianExpectation`` gives the matrix K with

    E[f(x + blur * Z)]  =  sum over nodes u of K[x, u] * f(u)

for f that vanishes outside the panels. Where the blur is wide against a panel,
K is the node's weight times the normal density. Where it is narrow, the nodes
would miss the bell, so K integrates the panel's own polynomial instead (product
integration): exact for any blur down to 0, where K becomes interpolation and nothing
is left to integrate.

Reference: A. Young, "Approximate Product-Integration", Proceedings of the Royal
Society A 224 (1954) 552-561.
"""

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray
from interviewfit._numeric.panels import ORDER, Panels, gauss_legendre

__all__ = ["GaussianExpectation"]

Which: TypeAlias = slice | IndexArray
"""Some of the rows."""

# Nodes on the part of a bell that falls on a panel.
_INNER = 32
_ROOT_TWO_PI = 2.5066282746310002
_ROOT_HALF = 0.7071067811865476
# A blur below this share of the panels, or of an hour, is no blur.
_TINY, _LEAST = 1e-30, 1e-100
# The bell is cut at eight blurs.
_CUT = 8.0
_FARTHEST = 38.0
_PAIRS_AT_ONCE = 8192
# Numbers in a buffer of bells: half a megabyte.
_CACHED = 65536


@frozen(eq=False, repr=False)
class GaussianExpectation:
    """Panels seen through a blur: E[f(x + blur * Z)] for any x, by ``bells``.

    ``bells(x)[:, :, u] * weights[:, u]`` is the weight of node u around x.
    """

    panels: Panels
    blur: FloatArray
    wide: FloatArray
    scale: FloatArray
    origin: FloatArray
    nodes: FloatArray
    weights: FloatArray
    squares: FloatArray | None

    @classmethod
    def of(cls, panels: Panels, blur: FloatArray) -> "GaussianExpectation":
        """Look at *panels* through *blur*, shape ``(rows, 1)``."""
        # A blur of 0 is one too small to matter on these panels, so that nothing
        # overflows on the way to the bells.
        length = panels.half.sum(axis=1, keepdims=True)
        wide = np.maximum(np.maximum(blur, _TINY * length), _LEAST)
        scale = _ROOT_HALF / wide
        origin = panels.centre[:, :1] + panels.half[:, :1]
        nodes = (panels.nodes - origin) * scale
        squares = None
        if panels.short:
            squares = np.empty((nodes.shape[0], 3, nodes.shape[1]))
            squares[:, 0], squares[:, 1] = 1.0, nodes
            np.multiply(nodes, -nodes, out=squares[:, 2])
        weights = panels.weights / (wide * _ROOT_TWO_PI)
        return cls(panels, blur, wide, scale, origin, nodes, weights, squares)

    def bells(self, at: FloatArray) -> FloatArray:
        """Shape ``(rows, points, nodes)``, for points of shape ``(rows, points)``."""
        rows, points = at.shape
        z = np.empty((rows, points, self.nodes.shape[1]))
        if z.size <= _CACHED:
            self._fill(z, at, slice(None))
            return z
        for part in _chunks(*z.shape):
            self._fill(z[part], at[part], part)
        return z

    def expect(
        self, at: FloatArray, values: FloatArray, among: IndexArray | None = None
    ) -> FloatArray:
        """``bells(at) @ values``, without keeping the bells.

        Args:
            at: Points of each row, or only of those *among* all.
            values: Of all rows.
            among: Numbers of rows.
        """
        rows, points = at.shape
        nodes = self.nodes.shape[1]
        found = np.empty((rows, points, values.shape[2]))
        for part, which, z in self._pieces(at, nodes, among):
            np.matmul(z, values[which], out=found[part])
        return found

    def scatter(self, at: FloatArray, masses: FloatArray) -> FloatArray:
        """``masses @ bells(at)``, without keeping the bells."""
        nodes = self.nodes.shape[1]
        found = np.empty((*masses.shape[:2], nodes))
        for part, _, z in self._pieces(at, nodes, None):
            np.matmul(masses[part], z, out=found[part])
        return found

    def _pieces(
        self, at: FloatArray, nodes: int, among: IndexArray | None
    ) -> Iterator[tuple[slice, Which, FloatArray]]:
        """The bells a few rows at a time, all in one buffer that stays in cache.

        With each, where its rows are in *at*, and which of all rows they are.
        """
        rows, points = at.shape
        parts = _chunks(rows, points, nodes)
        buffer = np.empty((parts[0].stop, points, nodes)) if parts else None
        for part in parts:
            if buffer is not None:
                z = buffer[: part.stop - part.start]
                which = part if among is None else among[part]
                self._fill(z, at[part], which)
                yield part, which, z

    def _fill(self, z: FloatArray, at: FloatArray, which: Which) -> None:
        points = (at - self.origin[which]) * self.scale[which]
        if self.squares is None:
            np.subtract(self.nodes[which, None, :], points[:, :, None], out=z)
            np.multiply(z, z, out=z)
            np.negative(z, out=z)
        else:
            # -(u - x)**2 = -x**2 + 2 x u - u**2, in one pass. Panels are short
            # against the blur, so what cancels leaves 1e-13 of error at most.
            left = np.ones((*points.shape, 3))
            np.multiply(points, -points, out=left[:, :, 0])
            np.multiply(points, 2.0, out=left[:, :, 1])
            np.matmul(left, self.squares[which], out=z)
        np.exp(z, out=z)
        self._mend_narrow(z, at, which)

    def _mend_narrow(self, bells: FloatArray, at: FloatArray, which: Which) -> None:
        """Product integration on the panels too long for the blur.

        Each pair of a point and such a panel is integrated over the part of the
        bell that falls on the panel, by moments of the Legendre polynomials.
        """
        if self.panels.narrow is None:
            return
        blur, narrow = self.blur[which], self.panels.narrow[which]
        wide = self.wide[which, :, None]
        centre, half = self.panels.centre[which], self.panels.half[which]
        first = (centre - half)[:, None, :] - at[:, :, None]
        last = (centre + half)[:, None, :] - at[:, :, None]
        # Far left of a panel only its first few bits of bell count; they are kept,
        # so that tiny worths keep their digits.
        low = np.maximum(first / wide, -_CUT)
        span = _CUT / (1.0 + 0.25 * np.maximum(low, 0.0))
        high = np.minimum(last / wide, np.maximum(low, 0.0) + span)
        blocks = bells.reshape(*low.shape, ORDER)
        np.copyto(blocks, 0.0, where=narrow[:, None, :, None])
        weights = self.weights[which].reshape(at.shape[0], -1, ORDER)
        rows, points, places = np.nonzero(
            (high > low) & (low < _FARTHEST) & narrow[:, None, :]
        )
        # Through no blur at all one point is seen: half of it by each panel at an edge.
        blind = blur[rows, 0] == 0.0
        own_weights, to_nodes = gauss_legendre()[1], _to_nodes()
        for own in _lots(blind):
            r, g, p = rows[own], points[own], places[own]
            a, b = low[r, g, p][:, None], high[r, g, p][:, None]
            if blind[own[0]]:
                z, mass = np.zeros_like(a), 0.5 * ((a < 0.0) + (b > 0.0) * 1.0)
            else:
                inner, inner_weights = gauss_legendre(_INNER)
                z = 0.5 * (a + b) + 0.5 * (b - a) * inner
                mass = np.exp(-0.5 * z * z) * (0.5 * (b - a) / _ROOT_TWO_PI)
                mass *= inner_weights
            seen = at[r, g][:, None] + blur[r] * z
            v = (seen - centre[r, p][:, None]) / half[r, p][:, None]
            moments = _moments(np.clip(v, -1.0, 1.0), mass)
            # Each by itself: what is summed side by side rounds otherwise.
            shares = (moments[:, None, :] @ to_nodes)[:, 0, :]
            blocks[r, g, p] = shares * own_weights / weights[r, p]


def _lots(blind: BoolArray) -> Iterator[IndexArray]:
    """Numbers of pairs, those that see one point apart from the others, some at a time."""
    for which in (blind, ~blind):
        pairs = np.flatnonzero(which)
        for begin in range(0, pairs.size, _PAIRS_AT_ONCE):
            yield pairs[begin : begin + _PAIRS_AT_ONCE]


@cache
def _to_nodes() -> FloatArray:
    """From moments of the Legendre polynomials to weights on a panel's nodes."""
    table = np.polynomial.legendre.legvander(gauss_legendre()[0], ORDER - 1)
    return np.ascontiguousarray((table * (np.arange(ORDER) + 0.5)).T)


def _chunks(rows: int, points: int, nodes: int) -> list[slice]:
    """Rows in lots whose bells fit the cache."""
    many = max(1, _CACHED // max(1, points * nodes))
    return [slice(i, min(i + many, rows)) for i in range(0, rows, many)]


def _moments(v: FloatArray, mass: FloatArray) -> FloatArray:
    """Sums of mass times each Legendre polynomial at *v*, by their recurrence."""
    moments = np.empty((v.shape[0], ORDER))
    before, now = np.ones_like(v), v
    moments[:, 0] = mass.sum(axis=1)
    moments[:, 1] = (mass * v).sum(axis=1)
    for degree in range(2, ORDER):
        following = ((2 * degree - 1) * v * now - (degree - 1) * before) / degree
        before, now = now, following
        moments[:, degree] = (mass * now).sum(axis=1)
    return moments
