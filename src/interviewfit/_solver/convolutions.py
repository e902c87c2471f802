"""Sums over equidistant points with the density of normal news and jumps.

What is kept at equidistant points is brought over news by a convolution, since the
density depends on the distance alone; two Fourier transforms do that for news of any
width. The points are followed by so many zeros that nothing comes round from the other
end.

References: P. Carr and D. Madan, "Option Valuation Using the Fast Fourier Transform",
Journal of Computational Finance 2 (1999) 61-73; R. Lord, F. Fang, F. Bervoets and C. W.
Oosterlee, "A Fast and Accurate FFT-Based Method for Pricing Early-Exercise Options
under Levy Processes", SIAM Journal on Scientific Computing 30 (2008) 1678-1705.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray, products
from interviewfit._numeric.chebyshev import chebyshev_basis
from interviewfit._numeric.effort import spend
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._numeric.normal import ROOT_TWO_PI
from interviewfit._solver.mutual_blocks import Block

POINTS = 3.25
"""To a standard deviation of the narrowest news."""

# Numbers of points for which the transforms are quick.
_LENGTHS = np.array(
    [
        *(96, 128, 160, 192, 216, 240, 288, 320, 360, 400, 432, 480, 540, 576, 640),
        *(720, 800, 864, 960, 1080, 1200, 1296, 1440, 1600, 1800, 1944, 2160, 2400),
        *(2700, 2916, 3240, 3600, 4096, 4320, 4800, 5400, 6000, 6480, 7200, 8100, 9000),
        *(9720, 10800, 12000, 12960, 14400, 16200),
    ]
)
_FARTHEST = 26.0


def lengths_of(reach: FloatArray, margin: FloatArray, width: FloatArray) -> FloatArray:
    """How many points rows take, zeros included; 0 where they are too many.

    Args:
        reach: Half the range of means, units of the scale, any shape.
        margin: How far news may go, likewise.
        width: The narrowest standard deviation that matters, likewise.
    """
    wanted = (2.0 * reach + margin) * POINTS / width
    places = np.searchsorted(_LENGTHS, wanted)
    return np.append(_LENGTHS, 0)[places].astype(np.float64)


@frozen(eq=False, repr=False)
class Grid:
    """Equidistant points, symmetric about 0.

    Attributes:
        reach: Half their range, units of the scale.
        count: Of the points.
        length: Of the points and the zeros that follow.
    """

    reach: float
    count: int
    length: int

    @classmethod
    def of(cls, reach: float, margin: float, length: int) -> "Grid":
        """The grid of a number of points with zeros.

        So many of the points are zeros that news of the widest margin does not come
        round from one end to the other; the rest divide the range equally.

        Args:
            reach, margin, length: As ``lengths_of`` takes and gives them.
        """
        return cls(reach, int(length * 2.0 * reach / (2.0 * reach + margin)), length)

    @property
    def step(self) -> float:
        """The distance of points, units of the scale."""
        return 2.0 * self.reach / self.count

    @cached_property
    def points(self) -> FloatColumn:
        """The points, units of the scale."""
        return np.asarray(self.step * (np.arange(self.count) + 0.5) - self.reach)


Kernel: TypeAlias = "FloatArray | npt.NDArray[np.complex128]"
"""What news does to each frequency from after it to before it, ``(rows, numbers)``."""


def kernels(grid: Grid, blocks: Sequence[Block]) -> list[Kernel]:
    """What the news of each block does to each frequency.

    Args:
        grid: The points.
        blocks: Of any number.
    """
    count = grid.length // 2 + 1
    frequency = (2.0 * np.pi / (grid.length * grid.step)) * np.arange(count)
    sds = np.stack([block.sd for block in blocks])
    score = np.minimum(0.7071067811865476 * sds * frequency, _FARTHEST)
    smoothed: list[Kernel] = list(np.exp(-score * score))
    jumping = [it for it, block in enumerate(blocks) if block.shift.shape[1] > 1]
    if jumping:
        shifts = np.hstack([blocks[it].shift for it in jumping])
        turns = _turns(frequency[1] * shifts, count)
        stop = 0
        for it in jumping:
            chance = blocks[it].probability
            start, stop = stop, stop + chance.shape[1]
            jumps = (chance[:, :, None] * turns[:, start:stop]).sum(axis=1)
            smoothed[it] = smoothed[it] * jumps
    return smoothed


def _turns(angles: FloatArray, count: int) -> "npt.NDArray[np.complex128]":
    """exp(i k angle) for k = 0, 1, ..., by products of a few.

    Args:
        angles: ``(rows, angles)``.
        count: How many.

    Returns:
        Shape ``(rows, angles, count)``.
    """
    size = int(count**0.5) + 1
    steps = 1j * np.arange(size) * angles[:, :, None]
    near, far = np.exp(steps), np.exp(size * steps)
    whole = far[..., None] * near[:, :, None]
    return np.asarray(whole.reshape(*angles.shape, -1)[:, :, :count])


def spread(
    grid: Grid,
    kernel: Kernel,
    values: FloatArray,
    alike: IndexArray | None = None,
    *,
    forwards: bool,
) -> FloatArray:
    """Sums over the points with the density of the news of a block, ``(rows, points)``.

    Args:
        grid: The points.
        kernel: Of the block whose news it is, for each chain.
        values: At the points, ``(rows, points)``.
        alike: The chain of each row, ``(rows,)``; None if each row has its own.
        forwards: Whether from before the news to after it, else the other way.
    """
    spectrum = np.fft.rfft(values, grid.length, axis=1)
    factor = kernel if alike is None else kernel[alike]
    if np.iscomplexobj(factor):
        spectrum *= np.conj(factor) if forwards else factor
    else:
        spectrum.real *= factor
        spectrum.imag *= factor
    spend(4 * len(values) * grid.length)
    return np.fft.irfft(spectrum, grid.length, axis=1)[:, : grid.count]


def from_mean(grid: Grid, block: Block, mean: FloatArray) -> FloatArray:
    """The density of the mean after a block at the points, times their distance.

    The mean before it need not be a point. So a sum over the points with it is an
    expectation over the news of the block and the facts that are told in it.

    Args:
        grid, block: The points, and the block whose news it is.
        mean: Before it, ``(rows, 1)``.
    """
    total, unit = np.zeros((len(mean), grid.count)), 0.7071067811865476 / block.sd
    for number in range(block.shift.shape[1]):
        score = unit * (grid.points - (mean + block.shift[:, number, None]))
        np.clip(score, -_FARTHEST, _FARTHEST, out=score)
        total += block.probability[:, number, None] * np.exp(-score * score)
    return np.asarray(total * (grid.step / (block.sd * ROOT_TWO_PI)))


@lru_cache(maxsize=24)
def _basis(count: int, order: int, ratio: float) -> tuple[FloatArray, FloatArray]:
    """Chebyshev polynomials at the points of a grid from 0 up.

    The points are symmetric, and so are the polynomials, so that half of both do.

    Args:
        count: Of the points.
        order: How many polynomials.
        ratio: Half the range of the grid over half that of the polynomials.

    Returns:
        Those of even and of odd degree, each ``(polynomials, points)``.
    """
    points = (2.0 * np.arange(count // 2, count) + 1.0 - count) / count
    basis = chebyshev_basis(points * ratio, order)
    return np.ascontiguousarray(basis[0::2]), np.ascontiguousarray(basis[1::2])


def at_points(
    grid: Grid, moments: Sequence[FactorMoments], vectors: Sequence[FloatArray]
) -> list[FloatArray]:
    """Weighted sums of moments at the points, for each stop, ``(rows, points)``.

    Stops whose polynomials have the same order and range are worked out at once, since
    the points are those of all rows.

    Args:
        grid: The points.
        moments: Of each stop.
        vectors: The weights, as ``FactorMoments.combined`` takes them.
    """
    kinds: dict[tuple[int, float], list[int]] = {}
    result: list[FloatArray] = [np.empty((0, 0))] * len(moments)
    for number, (it, vector) in enumerate(zip(moments, vectors, strict=True)):
        if it.series is None:
            result[number] = it.combined(grid.points[None], vector)
        else:
            kind = it.series.shape[1], grid.reach / it.reach
            kinds.setdefault(kind, []).append(number)
    for (order, ratio), members in kinds.items():
        series = [moments[it].weighted(vectors[it]) for it in members]
        stacked, half = np.stack(series, axis=1), grid.count // 2
        even, odd = (
            products(np.ascontiguousarray(stacked[:, :, first::2]), basis)
            for first, basis in enumerate(_basis(grid.count, order, ratio))
        )
        values = np.empty((*stacked.shape[:2], grid.count))
        np.add(even, odd, out=values[:, :, half:])
        below = values[:, :, : grid.count - half]
        np.subtract(even, odd, out=below[:, :, ::-1])
        for place, number in enumerate(members):
            result[number] = values[:, place]
    return result


def sums(
    grid: Grid,
    moments: Sequence[FactorMoments],
    masses: Sequence[FloatArray],
    numbers: Sequence[Sequence[int]],
    alike: IndexArray | None,
) -> list[FloatArray]:
    """Sums over the points of masses times some factors, each ``(rows, numbers)``.

    Each mass is summed with each polynomial first, so that the factors need not be
    worked out at every point; those of all stops at once, as in ``at_points``.

    Args:
        grid: The points.
        moments: Of the factors of each stop, for each chain.
        masses: Of each stop, at the points, ``(rows, points)``.
        numbers: Of the factors of each stop.
        alike: The chain of each row, ``(rows,)``; None if each row has its own.
    """
    kinds: dict[tuple[int, float], list[int]] = {}
    result: list[FloatArray] = [np.empty((0, 0))] * len(moments)
    for stop, (it, wanted) in enumerate(zip(moments, numbers, strict=True)):
        if it.series is None:
            chains = len(it.variance), grid.count
            factors = it.factors(np.broadcast_to(grid.points, chains), wanted)
            whole = factors if alike is None else factors[alike]
            result[stop] = products(masses[stop][:, None, :], whole)[:, 0]
        else:
            kind = it.series.shape[1], grid.reach / it.reach
            kinds.setdefault(kind, []).append(stop)
    for (order, ratio), members in kinds.items():
        half = grid.count // 2
        stacked = np.stack([masses[stop] for stop in members], axis=1)
        below = stacked[:, :, : grid.count - half][:, :, ::-1].copy()
        if grid.count % 2:
            # The point in the middle is its own mirror image.
            below[:, :, 0] = 0.0
        carried = np.empty((*stacked.shape[:2], order))
        above, (even, odd) = stacked[:, :, half:], _basis(grid.count, order, ratio)
        carried[:, :, 0::2] = products(above + below, even.T)
        carried[:, :, 1::2] = products(above - below, odd.T)
        for place, stop in enumerate(members):
            series = moments[stop].columns(numbers[stop])
            series = series if alike is None else series[alike]
            result[stop] = products(carried[:, place, None], series)[:, 0]
    return result
