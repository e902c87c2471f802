"""Gaussian expectations of functions carried on quadrature panels.

``GaussianExpectation`` is the linear operator K with

    E[f(x + sd * Z)]  =  sum over nodes u of K[x, u] * f(u),    Z standard normal

for f that vanishes outside the panels. Jumps (``jumps``) are averaged over inside K: it
is the mixture of the kernels from each shifted point. On short panels these differ by
a factor: with u, x and the shift a in units of sqrt(2) * sd

    exp(-(u - x - a)**2)  =  exp(-(u - x)**2) * exp(-2 * a * x) * exp(2 * a * u - a**2)

so that one exponential of each pair serves all shifts. If sd is wide against a panel, K
is the node's quadrature weight times the normal density. If it is narrow, K integrates
the polynomial that interpolates f on the panel (product integration): exact down to sd
0, where K is plain interpolation.

Reference: A. Young, "Approximate Product-Integration", Proceedings of the Royal
Society A 224 (1954) 552-561.
"""

from collections.abc import Callable, Iterator
from functools import cache
from math import exp

import numpy as np
from attrs import define

from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    IndexArray,
    RowSelection,
    products,
)
from interviewfit._numeric.effort import spend
from interviewfit._numeric.normal import ROOT_HALF, ROOT_TWO_PI
from interviewfit._numeric.panels import ORDER, Panels, gauss_legendre
from interviewfit._solver.jumps import LARGEST_POWER, JumpFactors, Jumps

# Nodes on the stretch of the density that falls on a long panel.
_INNER_ORDER = 32
# A standard deviation below this share of the panels, or of an hour, counts as 0.
_SMALLEST_SHARE, _SMALLEST_SD = 1e-30, 1e-100
# The density is cut off at so many standard deviations.
_CUT = 8.0
# No double is above 0 where the density is so many standard deviations away.
_FARTHEST = 38.0
_PAIRS_AT_ONCE = 8192
# Numbers in a buffer of the kernel: a megabyte, so that it stays in cache.
_BUFFER_SIZE = 131072


@define(eq=False, repr=False)
class GaussianExpectation:
    """The operator K of the module's docstring, for panels in each row.

    ``K[x, u] = kernel_matrix(x)[:, :, u] * weights[:, u]``. Made by ``of``.

    Attributes:
        panels: Where f is carried.
        sd: Standard deviation, hours, shape ``(rows, 1)``.
        positive_sd: The same, kept above 0.
        scale: ``1 / (sqrt(2) * positive_sd)``, so that squared distances are exponents.
        origin: Point from which scaled distances are measured, hours, ``(rows, 1)``.
        nodes: Nodes from *origin*, scaled, shape ``(rows, nodes)``.
        weights: Quadrature weight over ``positive_sd * sqrt(2 * pi)``, same shape.
        powers: 1, u and -u**2 of the nodes, ``(rows, 3, nodes)``; None if not all
            panels are short.
        jumps: What is added to the change, 0 on average; None for nothing.
        jump_factors: By which one kernel serves all shifts; None without *powers*.
    """

    panels: Panels
    sd: FloatArray
    positive_sd: FloatArray
    scale: FloatArray
    origin: FloatArray
    nodes: FloatArray
    weights: FloatArray
    powers: FloatArray | None
    jumps: Jumps | None = None
    jump_factors: JumpFactors | None = None

    @classmethod
    def of(
        cls, panels: Panels, sd: FloatArray, jumps: Jumps | None = None
    ) -> "GaussianExpectation":
        """The expectation over a random change, of functions carried on panels.

        Args:
            panels: Where the functions are carried.
            sd: Standard deviation of the normal change, hours, 0 or more, ``(rows,
                1)``.
            jumps: What is added to it, in as many rows.
        """
        # A standard deviation of 0 becomes too small to matter on these panels, so that
        # nothing overflows on the way to the kernel.
        length = np.add.reduce(panels.half, axis=1, keepdims=True)
        positive_sd = np.maximum(np.maximum(sd, _SMALLEST_SHARE * length), _SMALLEST_SD)
        scale = ROOT_HALF / positive_sd
        origin = panels.centre[:, :1] + panels.half[:, :1]
        nodes = (panels.nodes - origin) * scale
        powers = jump_factors = None
        if panels.all_short:
            powers = np.empty((nodes.shape[0], 3, nodes.shape[1]))
            powers[:, 0], powers[:, 1] = 1.0, nodes
            np.multiply(nodes, -nodes, out=powers[:, 2])
            if jumps is not None:
                jump_factors = JumpFactors.of(jumps, nodes, scale)
        weights = panels.weights / (positive_sd * ROOT_TWO_PI)
        numbers = sd, positive_sd, scale, origin, nodes, weights, powers
        return cls(panels, *numbers, jumps, jump_factors)

    def kernel_matrix(self, points: FloatArray) -> FloatArray:
        """Kernel between points and nodes, without the weights of the nodes.

        Args:
            points: Means, hours, shape ``(rows, points)``.

        Returns:
            Shape ``(rows, points, nodes)``; exp(-(u - x)**2 / (2 * sd**2)) if short.
        """
        kernel = np.empty((*points.shape, self.nodes.shape[1]))
        for block in row_blocks(*kernel.shape):
            scaled = self._write_kernel(kernel[block], points[block], block)
            if self.jump_factors is not None:
                factors = self.jump_factors.of_points(scaled, block).transpose(0, 2, 1)
                kernel[block] *= products(factors, self.jump_factors.of_nodes[block])
        return kernel

    def spread_over_jumps(self, values: FloatArray) -> FloatArray:
        """Functions at the nodes as ``apply`` takes them: one for each shift.

        Args:
            values: Functions times ``weights``, shape ``(rows, functions, nodes)``.

        Returns:
            Shape ``(rows, shifts * functions, nodes)``; the same without factors.
        """
        if self.jump_factors is None:
            return values
        spread = values[:, None, :, :] * self.jump_factors.of_nodes[:, :, None, :]
        return spread.reshape(len(values), -1, values.shape[2])

    def apply(
        self, points: FloatArray, values: FloatArray, rows: RowSelection
    ) -> FloatArray:
        """``values @ kernel_matrix(points).T``, without keeping the kernel.

        Args:
            points: Means, hours, shape ``(rows, points)``.
            values: Functions at the nodes times ``weights``, of all rows, shape
                ``(all rows, functions, nodes)``, from ``spread_over_jumps``.
            rows: Row of each line of *points*.

        Returns:
            Expectations, shape ``(rows, functions, points)``.
        """
        kernel = np.empty((*points.shape, self.nodes.shape[1]))
        scaled = self._write_kernel(kernel, points, rows)
        result = products(values[rows], kernel.transpose(0, 2, 1))
        if self.jump_factors is None:
            return np.asarray(result)
        factors = self.jump_factors.of_points(scaled, rows)
        shape = factors.shape[1], values.shape[1] // factors.shape[1], points.shape[1]
        by_shift = result.reshape(len(points), *shape)
        by_shift *= factors[:, :, None, :]
        return np.asarray(by_shift.sum(axis=1))

    def of_one_point(
        self, values: FloatArray, row: int
    ) -> Callable[[float], tuple[float, float]]:
        """``apply`` to two functions for a point of a row, hours, as a float.

        Args:
            values: As ``apply`` takes them.
            row: Number of the row; its panels are short.
        """
        origin, scale = self.origin.item(row), self.scale.item(row)
        nodes, table, exponents = self.nodes[row], values[row], [0.0]
        if self.jump_factors is not None:
            exponents = self.jump_factors.slopes[row, :, 0].tolist()

        def apply(point: float) -> tuple[float, float]:
            scaled = (point - origin) * scale
            kernel = nodes - scaled
            np.multiply(kernel, kernel, kernel)
            np.negative(kernel, kernel)
            by_shift = iter(table.dot(np.exp(kernel, kernel)).tolist())
            first = second = 0.0
            for exponent in exponents:
                factor = exp(min(scaled * exponent, LARGEST_POWER))
                first += factor * next(by_shift)
                second += factor * next(by_shift)
            return first, second

        return apply

    def _scaled(self, points: FloatArray, rows: RowSelection) -> FloatArray:
        """Distances of points from the origin, scaled, shape ``(rows, points)``.

        Args:
            points: Means, hours, shape ``(rows, points)``.
            rows: Row of the operator of each line.
        """
        return np.asarray((points - self.origin[rows]) * self.scale[rows])

    def apply_transpose(self, points: FloatArray, masses: FloatArray) -> FloatArray:
        """``masses @ kernel_matrix(points)``, without keeping the kernel.

        Args:
            points: Means, hours, shape ``(rows, points)``.
            masses: Probability mass at the points, shape ``(rows, starts, points)``.

        Returns:
            Mass that reaches each node, before ``weights``, ``(rows, starts, nodes)``.
        """
        if self.jump_factors is None:
            result = np.empty((*masses.shape[:2], self.nodes.shape[1]))
            for block, kernel in self._kernel_blocks(points):
                products(masses[block], kernel, out=result[block])
            return result
        every = slice(None)
        factors = self.jump_factors.of_points(self._scaled(points, every), every)
        parts = masses[:, :, None, :] * factors[:, None, :, :]
        by_shift = np.empty((*parts.shape[:3], self.nodes.shape[1]))
        for block, kernel in self._kernel_blocks(points):
            products(parts[block], kernel[:, None], out=by_shift[block])
        return np.asarray((by_shift * self.jump_factors.of_nodes[:, None]).sum(axis=2))

    def _kernel_blocks(self, points: FloatArray) -> Iterator[tuple[slice, FloatArray]]:
        """The kernel a few rows at a time, always in the same buffer.

        Args:
            points: Means, hours, shape ``(rows, points)``.

        Yields:
            Rows, and the kernel between their points and nodes.
        """
        count, nodes = points.shape[1], self.nodes.shape[1]
        blocks = row_blocks(points.shape[0], count, nodes)
        buffer = np.empty((blocks[0].stop if blocks else 0, count, nodes))
        for block in blocks:
            kernel = buffer[: block.stop - block.start]
            self._write_kernel(kernel, points[block], block)
            yield block, kernel

    def _write_kernel(
        self, kernel: FloatArray, points: FloatArray, rows: RowSelection
    ) -> FloatArray:
        """Write the kernel between points and nodes of their rows; give ``_scaled``.

        Args:
            kernel: Where to write, shape ``(rows, points, nodes)``; without the factors
                of jumps, if there are any.
            points: Means, hours, shape ``(rows, points)``.
            rows: Row of the operator of each line.
        """
        if self.jumps is None or self.jump_factors is not None:
            return self._write_normal_kernel(kernel, points, rows)
        shifts, chances = self.jumps.shift[rows], self.jumps.probability[rows]
        kernel[:] = 0.0
        shifted = np.empty_like(kernel)
        for number in range(shifts.shape[1]):
            moved = points + shifts[:, number, None]
            self._write_normal_kernel(shifted, moved, rows)
            shifted *= chances[:, number, None, None]
            kernel += shifted
        return self._scaled(points, rows)

    def _write_normal_kernel(
        self, kernel: FloatArray, points: FloatArray, rows: RowSelection
    ) -> FloatArray:
        """Write the kernel without jumps; the result is ``_scaled``.

        Args:
            kernel: Where to write, shape ``(rows, points, nodes)``.
            points: Means, hours, shape ``(rows, points)``.
            rows: Row of the operator of each line.
        """
        scaled, powers = self._scaled(points, rows), self.powers
        if powers is None and self.panels.too_long[rows].all():
            self._integrate_long_panels(kernel, points, rows)
            return scaled
        if powers is None or points.shape[1] == 1:
            np.subtract(self.nodes[rows, None, :], scaled[:, :, None], out=kernel)
            np.multiply(kernel, kernel, out=kernel)
            np.negative(kernel, out=kernel)
        else:
            # -(u - x)**2 = -x**2 + 2 x u - u**2 in a single product of matrices. Panels
            # are short against sd, so cancellation costs 1e-13 at most.
            factors = np.empty((*scaled.shape, 3))
            factors[:, :, 2] = 1.0
            np.multiply(scaled, -scaled, out=factors[:, :, 0])
            np.multiply(scaled, 2.0, out=factors[:, :, 1])
            products(factors, powers[rows], out=kernel)
        np.exp(kernel, out=kernel)
        spend(kernel.size)
        if powers is None and self.panels.too_long.any():
            self._integrate_long_panels(kernel, points, rows)
        return scaled

    def _integrate_long_panels(
        self, kernel: FloatArray, points: FloatArray, rows: RowSelection
    ) -> None:
        """Replace the kernel on panels too long for sd by product integration.

        On each, the density is integrated by moments of the Legendre polynomials.

        Args:
            kernel: Changed in place, shape ``(rows, points, nodes)``.
            points: Means, hours, shape ``(rows, points)``.
            rows: Row of the operator of each line.
        """
        sd, too_long = self.sd[rows], self.panels.too_long[rows]
        positive_sd = self.positive_sd[rows, :, None]
        centre, half = self.panels.centre[rows], self.panels.half[rows]
        first = (centre - half)[:, None, :] - points[:, :, None]
        last = (centre + half)[:, None, :] - points[:, :, None]
        # Far left of a panel only the very end of the density counts; it is kept, so
        # that tiny values keep their relative accuracy.
        low = np.maximum(first / positive_sd, -_CUT)
        span = _CUT / (1.0 + 0.25 * np.maximum(low, 0.0))
        high = np.minimum(last / positive_sd, np.maximum(low, 0.0) + span)
        panels = kernel.reshape(*low.shape, ORDER)
        np.copyto(panels, 0.0, where=too_long[:, None, :, None])
        weights = self.weights[rows].reshape(points.shape[0], -1, ORDER)
        pair_row, pair_point, pair_panel = np.nonzero(
            (high > low) & (low < _FARTHEST) & too_long[:, None, :]
        )
        # If sd is 0 only a single point counts, half for each panel if at an edge.
        degenerate = sd[pair_row, 0] == 0.0
        node_weights, to_nodes = gauss_legendre()[1], moments_to_nodes()
        for batch in _batches(degenerate):
            r, q, p = pair_row[batch], pair_point[batch], pair_panel[batch]
            start, stop = low[r, q, p][:, None], high[r, q, p][:, None]
            if degenerate[batch[0]]:
                z = np.zeros_like(start)
                mass = 0.5 * ((start < 0.0) + (stop > 0.0) * 1.0)
            else:
                inner, inner_weights = gauss_legendre(_INNER_ORDER)
                z = 0.5 * (start + stop) + 0.5 * (stop - start) * inner
                mass = np.exp(-0.5 * z * z) * (0.5 * (stop - start) / ROOT_TWO_PI)
                mass *= inner_weights
            position = points[r, q][:, None] + sd[r] * z
            v = (position - centre[r, p][:, None]) / half[r, p][:, None]
            moments = _legendre_moments(np.clip(v, -1.0, 1.0), mass)
            # Pair by pair: a product over all pairs at once would round differently.
            shares = (moments[:, None, :] @ to_nodes)[:, 0, :]
            panels[r, q, p] = shares * node_weights / weights[r, p]


def _batches(degenerate: BoolArray) -> Iterator[IndexArray]:
    """Indices of pairs, the degenerate apart from the others, in batches."""
    for chosen in (degenerate, ~degenerate):
        pairs = np.flatnonzero(chosen)
        for start in range(0, pairs.size, _PAIRS_AT_ONCE):
            yield pairs[start : start + _PAIRS_AT_ONCE]


@cache
def moments_to_nodes() -> FloatArray:
    """Matrix from moments of the Legendre polynomials to shares of a panel's nodes."""
    table = np.polynomial.legendre.legvander(gauss_legendre()[0], ORDER - 1)
    return np.ascontiguousarray((table * (np.arange(ORDER) + 0.5)).T)


def row_blocks(rows: int, points: int, nodes: int) -> list[slice]:
    """Consecutive rows in blocks whose kernel fits the cache.

    Args:
        rows, points, nodes: Numbers of rows, and of points and nodes in each row.
    """
    size = max(1, _BUFFER_SIZE // max(1, points * nodes))
    if 0 < rows <= size:
        return [slice(0, rows)]
    return [slice(start, min(start + size, rows)) for start in range(0, rows, size)]


def _legendre_moments(v: FloatArray, mass: FloatArray) -> FloatArray:
    """Sums of mass times each Legendre polynomial, by the three-term recurrence.

    Args:
        v: Positions on a panel, -1 to 1, shape ``(pairs, positions)``.
        mass: Mass at each position, same shape.

    Returns:
        Moments of degree 0 to ``ORDER - 1``, shape ``(pairs, ORDER)``.
    """
    spend(4 * ORDER * v.size)
    terms, scaled = np.empty((ORDER, *v.shape)), np.empty(v.shape)
    terms[0], terms[1] = mass, mass * v
    for degree in range(2, ORDER):
        np.multiply(terms[degree - 1], v, out=scaled)
        scaled *= (2 * degree - 1) / degree
        np.multiply(terms[degree - 2], (1 - degree) / degree, out=terms[degree])
        terms[degree] += scaled
    return np.ascontiguousarray(terms.sum(axis=2).T)
