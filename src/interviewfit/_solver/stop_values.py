"""What going on is worth at one stop, and its expectation from before the news.

A *stop* is a step before which one may leave, or the offer at the end. D(m) is what
going on from there is worth beyond leaving, weighted by the factors of the passes so
far (``mutual_induction``). It is kept on panels of Gauss-Legendre nodes right of the
threshold. Its expectation from a mean m before the news is

    E[D+(m + jump + s Z)] = integral of D(x) phi((x - m - jump) / s) / s

from the threshold on,

a sum over the nodes where s is wide enough for them. Where it is narrow, D is
interpolated by the polynomials of its panels and integrated near the mean alone.

Reference: P. J. Davis and P. Rabinowitz, "Methods of Numerical Integration" (1984).
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray, products
from interviewfit._numeric.chebyshev import chebyshev_basis
from interviewfit._numeric.effort import spend
from interviewfit._numeric.normal import ROOT_TWO_PI
from interviewfit._numeric.panels import gauss_legendre, take_rows
from interviewfit._numeric.probit_factors import REACH

NARROW = 0.05
"""Standard deviations of news, in units of the scale, below which D is interpolated."""

_ORDER = 24
# Half the length of a panel of that order, on the scale of the integrand: what is
# integrated against the news, and what is carried as a polynomial.
_INTEGRATED_HALF, _CARRIED_HALF = 4.0, 2.0
# A single panel takes so many nodes for each unit of the scale, and some more: one of a
# few numbers.
_NODES_PER_SCALE, _SPARE_NODES = 1.2, 8
_FEW, _COARSE = 4, np.array([48, 96, 208, 512])
_NODES = np.array([16, 32, 48, 64, 80, 96, 128, 160, 208, 256, 320, 416, 512])
_FARTHEST = 26.0
# Numbers of a kernel that are worked out at once.
_BUFFER = 1 << 18
_LOCAL_ORDER = 32


@frozen(eq=False, repr=False)
class StopValues:
    """D at one stop, in rows of one layout. Means are in units of the scale.

    Attributes:
        nodes: Right of the threshold, ``(rows, nodes)``.
        weights: Of the quadrature, likewise.
        edges: Where panels begin, and where the last ends, ``(rows, panels + 1)``.
        worth: D at the nodes, hours, ``(rows, nodes)``.
        coefficients: Of the Chebyshev series of D on each panel, hours, ``(rows,
            panels, order)``; of order 0 where D need not be interpolated.
        sd: Of the news before the stop, ``(rows, 1)``.
        shift, probability: Jumps of the facts told with it, ``(rows, shifts)``.
    """

    nodes: FloatArray
    weights: FloatArray
    edges: FloatArray
    worth: FloatArray
    coefficients: FloatArray
    sd: FloatArray
    shift: FloatArray
    probability: FloatArray

    def with_worth(self, worth: FloatArray, *, is_narrow: bool) -> "StopValues":
        """The same with D at the nodes.

        Args:
            worth: Hours, ``(rows, nodes)``.
            is_narrow: Whether D is interpolated.
        """
        coefficients = self.coefficients
        if is_narrow:
            rows, panels = worth.shape[0], self.edges.shape[1] - 1
            coefficients = worth.reshape(rows, panels, _ORDER) @ _chebyshev_analysis()
        return evolve(self, worth=worth, coefficients=coefficients)

    def take(self, rows: IndexArray) -> "StopValues":
        """Some of the rows, in any order and number."""
        return take_rows(self, rows, len(self.nodes))

    def expectation(self, mean: FloatArray) -> FloatArray:
        """E[D+] from means before the news, hours, ``(rows, means)``.

        Args:
            mean: ``(rows, means)``, or one line of them for all rows.
        """
        total = np.zeros((len(self.nodes), mean.shape[1]))
        for number in range(self.shift.shape[1]):
            moved = mean + self.shift[:, number, None]
            if not self.coefficients.size:
                weighted = (self.weights * self.worth) / (self.sd * ROOT_TWO_PI)
                value = np.empty(moved.shape)
                for rows in self._row_blocks(mean.shape[1]):
                    kernel = self._kernel(moved, rows)
                    value[rows] = products(kernel, weighted[rows, :, None])[:, :, 0]
            else:
                value = self._local_expectation(moved)
            total += self.probability[:, number, None] * value
        return total

    def arriving_mass(self, mean: FloatArray, mass: FloatArray) -> FloatArray:
        """Mass on the nodes that comes from mass on some means, ``(rows, nodes)``.

        A sum of a function over the nodes with it is an expectation over the news.

        Args:
            mean, mass: Where it is before the news, and how much, ``(rows, means)``.
        """
        total = np.zeros(self.nodes.shape)
        for number in range(self.shift.shape[1]):
            moved = mean + self.shift[:, number, None]
            weighted = self.probability[:, number, None] * mass
            if not self.coefficients.size:
                arrived = np.empty(self.nodes.shape)
                for rows in self._row_blocks(mean.shape[1]):
                    kernel = self._kernel(moved, rows)
                    arrived[rows] = products(weighted[rows, None, :], kernel)[:, 0, :]
                total += arrived * (self.weights / (self.sd * ROOT_TWO_PI))
            else:
                total += self._local_mass(moved, weighted)
        return total

    def _row_blocks(self, means: int) -> list[slice]:
        """Consecutive rows, so few at once that their kernel stays in the cache.

        Whatever their number, what is worked out for a row is the same to its last bit,
        so that blocks may begin anywhere and be of any size.

        Args:
            means: How many there are in a row.
        """
        rows = len(self.nodes)
        size = max(2, _BUFFER // (means * self.nodes.shape[1]))
        return [slice(start, start + size) for start in range(0, rows, size)]

    def _kernel(self, mean: FloatArray, rows: slice) -> FloatArray:
        """The density of the news at each node, times sd * sqrt(2 pi).

        Args:
            mean: After the jump, ``(rows, means)``.
            rows: Which of them.

        Returns:
            Shape ``(rows, means, nodes)``.
        """
        # (x - m)^2 / 2 s^2, without more large arrays than needed. The exponential of
        # what is next to no number is slow.
        unit = 0.7071067811865476 / self.sd[rows]
        nodes, mean = unit * self.nodes[rows], unit * mean[rows]
        score = nodes[:, None, :] - mean[:, :, None]
        np.clip(score, -_FARTHEST, _FARTHEST, out=score)
        np.multiply(score, score, out=score)
        np.negative(score, out=score)
        spend(score.size)
        return np.asarray(np.exp(score, out=score))

    def _pieces(self, mean: FloatArray) -> tuple[IndexArray, ...]:
        """Where the news from each mean meets a panel: row, mean and panel of each.

        Args:
            mean: After the jump, ``(rows, means)``.
        """
        reach = REACH * self.sd
        low, high = (mean - reach)[:, :, None], (mean + reach)[:, :, None]
        first, last = self.edges[:, None, :-1], self.edges[:, None, 1:]
        meets = (first < high) & (last > low)
        if (self.sd == 0.0).all():
            # Without news a mean is in one panel; the last has its right end too.
            meets = (first <= high) & (last > high)
            meets[:, :, -1] |= (last == high)[:, :, -1]
        return np.nonzero(meets)

    def _piece_series(
        self, mean: FloatArray, pieces: tuple[IndexArray, ...]
    ) -> FloatArray:
        """The integral of each Chebyshev polynomial over each piece.

        Args:
            mean: After the jump, ``(rows, means)``.
            pieces: Of ``_pieces``.

        Returns:
            Shape ``(pieces, order)``.
        """
        row, number, panel = pieces
        centre = mean[row, number][:, None]
        first = self.edges[row, panel][:, None]
        last = self.edges[row, panel + 1][:, None]
        sd = self.sd[row]
        points, weights = centre, np.ones_like(centre)
        if not (self.sd == 0.0).all():
            unit, weight = gauss_legendre(_LOCAL_ORDER)
            start = np.maximum(first, centre - REACH * sd)
            half = 0.5 * (np.minimum(last, centre + REACH * sd) - start)
            points = start + half * (1.0 + unit)
            score = (points - centre) / sd
            weights = half * weight * np.exp(-0.5 * score * score)
            weights /= sd * ROOT_TWO_PI
        spend(_ORDER * points.size)
        length = np.where(last > first, last - first, 1.0)
        share = np.clip((2.0 * points - first - last) / length, -1.0, 1.0)
        basis = chebyshev_basis(share, _ORDER).transpose(1, 0, 2)
        return np.asarray((basis @ weights[:, :, None])[:, :, 0])

    def _local_expectation(self, mean: FloatArray) -> FloatArray:
        """E[D+] of narrow news, hours.

        Args:
            mean: After the jump, ``(rows, means)``.
        """
        pieces = self._pieces(mean)
        row, number, panel = pieces
        series = self._piece_series(mean, pieces)
        values = (series * self.coefficients[row, panel]).sum(axis=1)
        total = np.zeros((len(self.nodes), mean.shape[1]))
        np.add.at(total, (row, number), values)
        return total

    def _local_mass(self, mean: FloatArray, mass: FloatArray) -> FloatArray:
        """As ``arriving_mass``, of narrow news and one jump.

        Args:
            mean, mass: After the jump, and how much there is, ``(rows, means)``.
        """
        pieces = self._pieces(mean)
        row, number, panel = pieces
        series = self._piece_series(mean, pieces) * mass[row, number][:, None]
        total = np.zeros((len(mean), self.edges.shape[1] - 1, _ORDER))
        np.add.at(total, (row, panel), series @ _chebyshev_analysis().T)
        return total.reshape(len(mean), -1)


@cache
def _chebyshev_analysis() -> FloatArray:
    """From values at the nodes of a panel to coefficients, ``(nodes, order)``."""
    basis = chebyshev_basis(gauss_legendre(_ORDER)[0], _ORDER)
    return np.ascontiguousarray(np.linalg.inv(basis))


def lay_out(
    left: FloatArray,
    right: FloatArray,
    kinks: tuple[FloatArray, FloatArray],
    sd: FloatArray,
    smooth: FloatArray,
    *,
    is_narrow: bool,
    together: bool,
) -> Iterator[tuple[IndexArray, FloatArray, FloatArray, FloatArray]]:
    """Panels on which D is resolved, for rows of one layout at a time.

    Args:
        left, right: Where they begin and end, ``(rows, 1)``.
        kinks: Smoothed kinks of D: position and standard deviation, ``(rows, kinks)``.
        sd: Of the news before the stop, ``(rows, 1)``.
        smooth: The scale on which D varies elsewhere, likewise.
        is_narrow: Whether D is interpolated, so that the news does not matter.
        together: Whether rows take one of a few layouts, few rows the same one.

    Yields:
        Numbers of rows; nodes and weights, ``(rows, nodes)``; edges.
    """
    positions, widths = kinks
    seen = (positions + REACH * widths > left) & (positions - REACH * widths < right)
    smallest = np.where(seen, widths, np.inf).min(axis=1, keepdims=True, initial=np.inf)
    smallest = np.minimum(smallest, smooth)
    with np.errstate(divide="ignore"):
        precision = 1.0 / smallest**2
        if not is_narrow:
            precision = precision + 1.0 / sd**2
    ratio = (right - left) * np.sqrt(precision)
    if together and len(ratio) <= _FEW:
        ratio = np.full_like(ratio, ratio.max())
    wanted = _NODES_PER_SCALE * np.maximum(ratio[:, 0], 0.0) + _SPARE_NODES
    sizes = _COARSE if together and len(ratio) > _FEW else _NODES
    count = np.append(sizes, 0)[np.searchsorted(sizes, wanted)]
    if is_narrow:
        count[:] = 0
    for number in np.unique(count).tolist():
        rows = np.flatnonzero(count == number)
        if number:
            unit, weight = gauss_legendre(number)
            half = 0.5 * (right[rows] - left[rows])
            nodes = left[rows] + half * (1.0 + unit)
            yield rows, nodes, half * weight, np.hstack((left[rows], right[rows]))
            continue
        news = None if is_narrow else sd[rows]
        bounds = left[rows], right[rows], smooth[rows], news
        near = positions[rows], widths[rows]
        yield from _graded(rows, *bounds, near, together=together)


def _graded(
    rows: IndexArray,
    left: FloatArray,
    right: FloatArray,
    smooth: FloatArray,
    sd: FloatArray | None,
    kinks: tuple[FloatArray, FloatArray],
    *,
    together: bool,
) -> Iterator[tuple[IndexArray, FloatArray, FloatArray, FloatArray]]:
    """Panels that are shorter near narrow kinks, placed from the left.

    Args:
        rows: Their numbers.
        left, right, smooth: As ``lay_out`` takes them.
        sd: Of the news, or None if D is interpolated.
        kinks, together: As ``lay_out`` takes them.

    Yields:
        As ``lay_out``.
    """
    positions, widths = kinks
    start, stop = positions - REACH * widths, positions + REACH * widths
    edge, columns = left, [left]
    while len(columns) == 1 or bool((edge < right).any()):
        inside: BoolArray = (start <= edge) & (edge < stop)
        scale = np.where(inside, widths, np.inf).min(1, keepdims=True, initial=np.inf)
        scale = np.minimum(scale, smooth)
        narrower = (start > edge) & (widths < scale)
        ahead = np.where(narrower, start, np.inf).min(1, keepdims=True, initial=np.inf)
        half = _CARRIED_HALF * scale
        if sd is not None:
            half = _INTEGRATED_HALF / np.sqrt(1.0 / scale**2 + 1.0 / sd**2)
        following = np.minimum(np.minimum(edge + 2.0 * half, ahead), right)
        following = np.where(following > edge, following, np.nextafter(edge, np.inf))
        edge = np.where(edge < right, following, edge)
        columns.append(edge)
    edges = np.hstack(columns)
    counts = np.maximum((edges[:, 1:] > edges[:, :-1]).sum(axis=1), 1)
    if together:
        # Panels without any length add nothing.
        counts[:] = counts.max()
    unit, weight = gauss_legendre(_ORDER)
    for count in np.unique(counts).tolist():
        members = np.flatnonzero(counts == count)
        ends = edges[members, : count + 1]
        half = 0.5 * (ends[:, 1:] - ends[:, :-1])
        nodes = (ends[:, :-1] + half)[:, :, None] + half[:, :, None] * unit
        weights = half[:, :, None] * weight
        flat = nodes.reshape(members.size, -1), weights.reshape(members.size, -1)
        yield rows[members], *flat, ends
