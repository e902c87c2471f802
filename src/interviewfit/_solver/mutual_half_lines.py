"""Thresholds on a grid, and the weights of the half lines right of them.

Reference: ``interviewfit._numeric.half_lines`` has the formulas and their source.
"""

import numpy as np

from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn
from interviewfit._numeric.half_lines import (
    STENCIL,
    half_line_weights,
    root_in_cell,
    roots_in_cells,
    weights_from,
)
from interviewfit._solver.convolutions import Grid

# D is right to so much of its largest value. A threshold is not known if that moves it
# by more than so much, in units of the scale.
_ROUNDING, _UNKNOWN = 1e-11, 1e-3


def half_lines_of(
    grid: Grid, worth: FloatArray, reached: FloatArray, *, is_few: bool
) -> tuple[FloatArray, FloatColumn, FloatColumn, BoolArray]:
    """Weights right of the first threshold of D, it, and whether it is the only one.

    The limit comes third, as ``GridRows`` has it.

    Where nobody comes D is next to nothing, and its sign is that of rounding errors:
    there it is that of the nearest point to the right, or to the left of none.

    Args:
        grid: The points.
        worth: D there, hours, ``(rows, points)``.
        reached: How far from 0 the mean may be, units of the scale, ``(rows, 1)``.
        is_few: As ``solve_on_grid``.
    """
    positive, size = worth > 0.0, np.abs(worth)
    noise = _ROUNDING * size.max(axis=1, keepdims=True)
    is_vague = size <= noise
    if is_vague.any():
        vague = np.flatnonzero(is_vague.any(axis=1))
        positive[vague] = _signs(positive[vague], ~is_vague[vague])
    first, above = positive.argmax(axis=1), np.count_nonzero(positive, axis=1)
    is_single = (first + above == grid.count) | (above == 0)
    if not is_single.all():
        # Further out nobody comes, and D is cut off there: no threshold is looked for.
        falls = positive[:, :-1] & ~positive[:, 1:]
        is_left = falls & (grid.points[1:] < -reached)
        last = np.where(is_left, np.arange(1, grid.count), 0).max(axis=1)
        positive &= np.arange(grid.count) >= last[:, None]
        first, above = positive.argmax(axis=1), np.count_nonzero(positive, axis=1)
        falls &= np.abs(grid.points[1:]) <= reached
        is_single = ~falls.any(axis=1)
    has_root = (first > 0) & (above > 0)
    cells = np.where(has_root, first - 1, 0)
    start, share = roots_in_cells(worth, cells, is_few=is_few)
    middle = start + (STENCIL // 2 - 0.5)
    threshold = grid.step * (middle + share) - grid.reach
    limit = np.where(above == 0, np.inf, -np.inf)
    threshold = np.where(has_root, threshold, limit)
    lines, error = np.arange(cells.size), noise[:, 0] / _UNKNOWN
    rise = (worth[lines, cells + 1] - worth[lines, cells]) / grid.step
    is_unknown = is_vague[lines, np.where(above == 0, -1, 0)]
    is_unknown = np.where(has_root, rise < error, is_unknown)
    side = np.where(size[:, 0] < size[:, -1], -np.inf, np.inf)
    limit = np.where(is_unknown, np.where(has_root, side, limit), np.nan)
    whole = np.where(has_root, np.nan, np.where(above == 0, 0.0, 1.0))
    share = np.where(has_root, share, 0.0)
    weights = half_line_weights(grid.count, start, share, whole=whole)
    return weights, threshold, limit, is_single


def half_line_of_one(
    grid: Grid, worth: FloatArray, reached: FloatArray
) -> tuple[FloatArray, FloatColumn, FloatColumn, BoolArray]:
    """As ``half_lines_of``, of a single row, which is quicker.

    Args:
        grid, worth, reached: As ``half_lines_of`` takes them.
    """
    line = worth[0]
    positive, size = line > 0.0, np.abs(line)
    noise = _ROUNDING * float(size.max())
    is_vague = size <= noise
    sure = np.flatnonzero(~is_vague)
    if 0 < sure.size < line.size:
        low, high = int(sure[0]), int(sure[-1])
        if high - low + 1 == sure.size:
            # All that is not sure lies at the ends.
            positive[:low], positive[high + 1 :] = positive[low], positive[high]
        else:
            positive = _signs(positive[None], ~is_vague[None])[0]
    first, above = int(positive.argmax()), int(np.count_nonzero(positive))
    if above and first + above != grid.count:
        return half_lines_of(grid, worth, reached, is_few=True)
    limit = np.nan
    if first and above:
        start, share = root_in_cell(line, first - 1)
        weights = weights_from(grid.count, start, share)
        threshold = grid.step * (start + (STENCIL // 2 - 0.5) + share) - grid.reach
        if (line[first] - line[first - 1]) / grid.step < noise / _UNKNOWN:
            limit = -np.inf if size[0] < size[-1] else np.inf
    else:
        weights = np.full(grid.count, 1.0 if above else 0.0)
        threshold = -np.inf if above else np.inf
        if is_vague[0 if above else -1]:
            limit = threshold
    single = np.ones(1, dtype=np.bool_)
    return weights[None], np.array([threshold]), np.array([limit]), single


def _signs(positive: BoolArray, is_known: BoolArray) -> BoolArray:
    """Signs that are sure to the right of each point, or to its left.

    Args:
        positive: Whether D is above 0, ``(rows, points)``.
        is_known: Whether it is no rounding error, likewise.
    """
    last = positive.shape[1] - 1
    first, sure = is_known.argmax(axis=1), np.count_nonzero(is_known, axis=1)
    final = last - is_known[:, ::-1].argmax(axis=1)
    if (sure == final - first + 1).all():
        # All that is not sure lies at the ends.
        lines, places = np.arange(first.size), np.arange(last + 1)
        left, right = positive[lines, first, None], positive[lines, final, None]
        signs = np.where(places < first[:, None], left, positive)
        return np.where(places > final[:, None], right, signs)
    numbers = np.where(is_known, np.arange(last + 1), last)
    nearest = np.minimum.accumulate(numbers[:, ::-1], axis=1)[:, ::-1]
    to_left = np.maximum.accumulate(np.where(is_known, np.arange(last + 1), 0), axis=1)
    nearest = np.where(np.take_along_axis(is_known, nearest, axis=1), nearest, to_left)
    return np.take_along_axis(positive, nearest, axis=1)
