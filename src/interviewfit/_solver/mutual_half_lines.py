"""Thresholds on a grid, and the weights of the half lines right of them.

Where going on is worth it in more than one range of the fit, the best half line counts,
and what it falls short of the best ranges is bounded.

References: ``interviewfit._numeric.half_lines`` has the formulas of weights; S. Kakade
and J. Langford, "Approximately Optimal Approximate Reinforcement Learning", Proceedings
of the 19th International Conference on Machine Learning (2002) 267-274, for what one
policy falls short of another.
"""

from collections.abc import Callable, Sequence

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    IndexArray,
)
from interviewfit._numeric.half_lines import (
    half_line_weights,
    root_in_cell,
    roots_in_cells,
    weights_from,
)
from interviewfit._numeric.normal import ROOT_TWO_PI
from interviewfit._numeric.panels import take_rows
from interviewfit._solver.convolutions import Grid
from interviewfit._solver.mutual_blocks import Block

# D is right to so much of its largest value. A threshold is not known if that moves it
# by more than so much, in units of the scale.
_ROUNDING, _UNKNOWN = 1e-11, 1e-3
# Further out the normal density is below a rounding error; nobody comes further than so
# many standard deviations.
_FARTHEST, _SEARCHED = 9.0, 6.0


@frozen(eq=False)
class Arrival:
    """Where the mean of the normal part may be at a stop, units of the scale.

    Attributes:
        mean: On average, ``(rows, 1)``.
        sd: Its standard deviation by then, likewise.
        reached: How far from 0 it may be, likewise.
        news: Standard deviation of what is normal in it, likewise.
        shift, probability: Jumps by then, ``(rows, shifts)``.
        chance: To be in still, as stated, ``(rows, 1)``.
    """

    mean: FloatArray
    sd: FloatArray
    reached: FloatArray
    news: FloatArray
    shift: FloatArray
    probability: FloatArray
    chance: FloatArray

    @classmethod
    def of(cls, blocks: Sequence[Block], mean: FloatArray) -> "Arrival":
        """Where it may be after some blocks.

        Args:
            blocks: Those that come before the stop.
            mean: Where it is now, ``(rows, 1)``.
        """
        square, jumps, reach = 0.0 * mean, 0.0 * mean, np.abs(mean)
        shift, probability, chance = 0.0 * mean, 0.0 * mean + 1.0, 0.0 * mean + 1.0
        for block in blocks:
            square, chance = square + block.sd**2, chance * block.survive
            if block.shift.shape[1] > 1:
                shift = shift[:, :, None] + block.shift[:, None]
                probability = probability[:, :, None] * block.probability[:, None]
                shift = shift.reshape(len(mean), -1)
                probability = probability.reshape(len(mean), -1)
                reach = reach + np.abs(block.shift).max(axis=1, keepdims=True)
                told = block.probability * block.shift**2
                jumps = jumps + told.sum(axis=1, keepdims=True)
        news = np.sqrt(square)
        normal = mean, np.sqrt(square + jumps), reach + _SEARCHED * news, news
        return cls(*normal, shift, probability, chance)

    def best_start(
        self, points: FloatColumn, worth: FloatArray, positive: BoolArray
    ) -> IndexArray:
        """From which point on going on is worth most, if it is up to the end.

        Those are looked at from which on D is positive for a while. They are weighed by
        how likely the mean comes to each point, if one never leaves.

        Args:
            points: Equidistant, ``(points,)``.
            worth: D there, hours, ``(rows, points)``.
            positive: Whether D is above 0, likewise.

        Returns:
            Shape ``(rows,)``; as many as there are points where one had better leave.
        """
        width = np.maximum(self.sd, points[1] - points[0])
        score = np.minimum(_FARTHEST, np.abs(points - self.mean) / width)
        weighed = worth * np.exp(-0.5 * score * score)
        total = np.cumsum(weighed[:, ::-1], axis=1)[:, ::-1]
        rises = positive.copy()
        rises[:, 1:] &= ~positive[:, :-1]
        total = np.where(rises, total, -np.inf)
        best = total.argmax(axis=1)
        pays = total.max(axis=1) > 0.0
        return np.where(pays, best, points.size)

    def shortfall(
        self, points: FloatColumn, worth: FloatArray, threshold: FloatColumn
    ) -> FloatColumn:
        """What keeping to a single threshold at the stop could cost, hours.

        The value of a policy falls short of the best by what each of its choices falls
        short of the better one, wherever the best policy comes to; it comes nowhere
        more often than whoever never leaves.

        Args:
            points: Equidistant, ``(points,)``.
            worth: D there if later thresholds are kept to, hours, ``(rows, points)``.
            threshold: Above which one goes on, ``(rows,)``.

        Returns:
            Weighted by the factor of the passes so far, as D is, ``(rows,)``.
        """
        step = points[1] - points[0]
        side = np.where(points > threshold[:, None], -1.0, 1.0)
        missed, width = np.maximum(0.0, side * worth), np.maximum(self.news, step)
        density = np.zeros_like(missed)
        for shift, probability in zip(self.shift.T, self.probability.T, strict=True):
            score = (points - self.mean - shift[:, None]) / width
            density += probability[:, None] * np.exp(-0.5 * score * score)
        total = (density * missed).sum(axis=1) * (step / ROOT_TWO_PI)
        return np.asarray(self.chance[:, 0] * total / width[:, 0])


def half_lines_of(
    grid: Grid, worth: FloatArray, arrival: Callable[[], Arrival], *, is_few: bool
) -> tuple[FloatArray, FloatColumn, FloatColumn, FloatColumn]:
    """Weights right of the best threshold of D, it, and what others could add to it.

    That is 0 where it is the only one (``Arrival.shortfall``). The limit comes third,
    as ``GridRows`` has it.

    Where nobody comes D is next to nothing, and its sign is that of rounding errors:
    there it is that of the nearest point to the right, or to the left of none.

    Args:
        grid: The points.
        worth: D there, hours, ``(rows, points)``.
        arrival: Says where the mean may be, where that matters.
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
    rows, part = np.empty(0, dtype=np.intp), None
    if not is_single.all():
        # Further out nobody comes, and D is cut off there: no threshold is looked for.
        around = arrival()
        falls = positive[:, :-1] & ~positive[:, 1:]
        is_left = falls & (grid.points[1:] < -around.reached)
        last = np.where(is_left, np.arange(1, grid.count), 0).max(axis=1)
        positive &= np.arange(grid.count) >= last[:, None]
        first, above = positive.argmax(axis=1), np.count_nonzero(positive, axis=1)
        falls &= np.abs(grid.points[1:]) <= around.reached
        is_single = ~falls.any(axis=1)
        rows = np.flatnonzero(~is_single)
        if rows.size:
            part = take_rows(around, rows, len(worth))
            start = part.best_start(grid.points, worth[rows], positive[rows])
            leaves = start == grid.count
            first[rows] = np.where(leaves, 0, start)
            above[rows] = np.where(leaves, 0, 1)
    has_root = (first > 0) & (above > 0)
    # Of the others nothing is asked, so that any cell will do.
    cells = np.where(has_root, first - 1, grid.count // 2)
    share = roots_in_cells(worth, cells, is_few=is_few)
    threshold = grid.step * (cells + share + 0.5) - grid.reach
    limit = np.where(above == 0, np.inf, -np.inf)
    threshold, short = np.where(has_root, threshold, limit), np.zeros(len(worth))
    if part is not None:
        short[rows] = part.shortfall(grid.points, worth[rows], threshold[rows])
    lines, error = np.arange(cells.size), noise[:, 0] / _UNKNOWN
    rise = (worth[lines, cells + 1] - worth[lines, cells]) / grid.step
    is_unknown = is_vague[lines, np.where(above == 0, -1, 0)]
    is_unknown = np.where(has_root, rise < error, is_unknown)
    side = np.where(size[:, 0] < size[:, -1], -np.inf, np.inf)
    limit = np.where(is_unknown, np.where(has_root, side, limit), np.nan)
    whole = np.where(has_root, np.nan, np.where(above == 0, 0.0, 1.0))
    weights = half_line_weights(grid.count, cells, share, whole=whole)
    return weights, threshold, limit, short


def half_line_of_one(
    grid: Grid, worth: FloatArray, arrival: Callable[[], Arrival]
) -> tuple[FloatArray, FloatColumn, FloatColumn, FloatColumn]:
    """As ``half_lines_of``, of a single row, which is quicker.

    Args:
        grid, worth, arrival: As ``half_lines_of`` takes them.
    """
    line = worth[0]
    positive, size = line > 0.0, np.abs(line)
    noise = _ROUNDING * float(size.max())
    is_sure = size > noise
    sure = int(np.count_nonzero(is_sure))
    if 0 < sure < line.size:
        low, end = int(is_sure.argmax()), line.size - int(is_sure[::-1].argmax())
        if end - low == sure:
            # All that is not sure lies at the ends.
            positive[:low], positive[end:] = positive[low], positive[end - 1]
        else:
            places = np.flatnonzero(is_sure)
            nearest = places.searchsorted(np.arange(line.size))
            positive = positive[places[np.minimum(nearest, sure - 1)]]
    first, above = int(positive.argmax()), int(np.count_nonzero(positive))
    if above and first + above != grid.count:
        return half_lines_of(grid, worth, arrival, is_few=True)
    limit = np.nan
    if first and above:
        share = root_in_cell(line, first - 1)
        weights = weights_from(grid.count, first - 1, share)
        threshold = grid.step * (first + share - 0.5) - grid.reach
        if (line[first] - line[first - 1]) / grid.step < noise / _UNKNOWN:
            limit = -np.inf if size[0] < size[-1] else np.inf
    else:
        weights = np.full(grid.count, 1.0 if above else 0.0)
        threshold = -np.inf if above else np.inf
        if not is_sure[0 if above else -1]:
            limit = threshold
    return weights[None], np.array([threshold]), np.array([limit]), np.zeros(1)


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
