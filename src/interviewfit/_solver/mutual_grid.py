"""Backward induction on one grid for all stops, where all news is wide enough for it.

The recursion is that of ``mutual_induction``. D of every stop is kept at the same
equidistant points, whatever the thresholds are, so that the factors of all stops are
worked out at once. With the weights of the half line right of the threshold
(``interviewfit._numeric.half_lines``), E[D+] is a convolution
(``interviewfit._solver.convolutions``).

Without news between two stops D of the first is reward and exit, weighted, plus survive
times the larger of 0 and D of the second. If it never pays to go on only to leave at
the second, it has no kink right of its threshold; otherwise the row is solved on panels
(``mutual_induction``).

With ``convolutions.POINTS`` to a standard deviation of the narrowest news, or of what
smooths the factors, sums are off by less than 1e-10 of the slope of D times that
standard deviation, even where D begins to rise within it (tried for kinks smoothed by
as much, and for bends of ``sinh``, 2e-12).

The forward pass goes through the transposes of the same sums, so that the terms add up
to the value.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
from attrs import astuple, evolve, frozen

from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn
from interviewfit._solver.convolutions import (
    Grid,
    Kernel,
    at_points,
    from_mean,
    kernels,
    spread,
    sums,
)
from interviewfit._solver.mutual_blocks import Block, SharedBlocks
from interviewfit._solver.mutual_half_lines import (
    Arrival,
    half_line_of_one,
    half_lines_of,
)

# Beliefs that differ by so much from the present one, in units of the scale, are looked
# at as well.
_BESIDE = 0.5


@frozen(eq=False, repr=False)
class GridRows:
    """Rows that were solved on one grid.

    Attributes:
        grid: The points.
        ahead: What is ahead, chain by chain.
        worth: D of each stop after now at the points, hours, ``(rows, points)``.
        weights: Of the half line right of its threshold, likewise.
        thresholds: As ``mutual_induction.SolvedRows``; that of now is NaN where only
            values were asked for.
        limits: Infinite where a threshold lies so far out, on that side, that D is a
            rounding error there: nobody comes near it. Else NaN, likewise.
        short: What single thresholds at the stops after now could cost, hours, times
            the factor of the passes so far, ``(rows,)``; 0 where there are no others.
        bent: Whether D of a row has a kink right of a threshold, which sums over points
            miss, likewise.
        factor: Of all passes at the points, for each chain, ``(chains, points)``.
        kernels: Of the news in each block, where rows are few; else none.
    """

    grid: Grid
    ahead: SharedBlocks
    worth: tuple[FloatArray, ...]
    weights: tuple[FloatArray, ...]
    thresholds: FloatArray
    limits: FloatArray
    short: FloatColumn
    bent: BoolArray
    factor: FloatArray
    kernels: tuple[Kernel, ...] = ()

    @property
    def blocks(self) -> Sequence[Block]:
        """What is ahead of each chain, block by block."""
        return self.ahead.blocks

    @property
    def values(self) -> tuple[FloatColumn, ...]:
        """As ``mutual_outcome.value_of_rows`` gives them."""
        ahead, mean = self.ahead, self.ahead.mean
        first, in_rows = ahead.blocks[0], ahead.in_rows
        here = first.moments.at(mean)[:, 0]
        half, number = here.shape[1] // 2, first.passes[0]
        surplus = ahead.offer.scale[:, 0] * here[:, half + number] / here[:, number]
        value = self.going_on
        best = np.maximum(in_rows(first.exits[:, number]), value)
        believed = ahead.centre[:, 0] + in_rows(surplus)
        return believed, value, best

    @property
    def going_on(self) -> FloatColumn:
        """The value of going on now, hours, ``(rows,)``."""
        ahead, mean = self.ahead, self.ahead.mean
        first, in_rows = ahead.blocks[0], ahead.in_rows
        factor = first.moments.factors(mean, (first.passes[0],))[:, 0, 0]
        value = in_rows(first.moments.combined(mean, first.rewards)[:, 0])
        value = value + in_rows(first.survive[:, 0]) * self._expected(0)
        return np.asarray(value * in_rows(1.0 / factor))

    def _expected(self, number: int) -> FloatColumn:
        """E[D+] after a block, from the mean now, hours, ``(rows,)``.

        Args:
            number: Of the block, before which there is no news.
        """
        ahead, mean = self.ahead, self.ahead.mean
        block, in_rows = ahead.blocks[number], ahead.in_rows
        if not block.is_silent:
            density = in_rows(from_mean(self.grid, block, mean))
            weighted = self.worth[number] * self.weights[number]
            return np.asarray((density * weighted).sum(axis=1))
        if number + 1 == len(ahead.blocks):
            return np.maximum(0.0, ahead.excess_at_mean()[:, 0])
        after = ahead.blocks[number + 1]
        value = in_rows(after.moments.combined(mean, after.rewards - after.exits)[:, 0])
        value = value + in_rows(after.survive[:, 0]) * self._expected(number + 1)
        return np.maximum(0.0, value)

    def outcome(self, steps: int) -> tuple[FloatArray, ...]:
        """As ``mutual_outcome.outcome_of_rows`` gives it.

        Before any news all mass is at the mean now, which is no point of the grid.

        Args:
            steps: Length of the chain.
        """
        ahead, grid, rows = self.ahead, self.grid, len(self.ahead.centre)
        first, in_rows, mean = ahead.blocks[0], ahead.in_rows, ahead.mean
        now = in_rows(mean)
        at_mean: FloatArray | None
        at_mean = in_rows(1.0 / first.moments.factor(mean, first.passes[0]))
        mass, masses, factors = np.empty((0, 0)), {}, list[FloatArray]()
        numbers = [sorted(set(block.passes)) for block in ahead.blocks]
        for number, block in enumerate(ahead.blocks):
            if at_mean is not None:
                passed = block.moments.factors(mean, numbers[number])[:, 0]
                factors.append(in_rows(passed) * at_mean)
            else:
                masses[number] = mass
            threshold, survive = (
                self.thresholds[:, number + 1, None],
                in_rows(block.survive),
            )
            if block.is_silent and at_mean is not None:
                at_mean = at_mean * survive * (now > threshold)
            elif block.is_silent:
                # Whoever went on goes on, unless nobody does.
                mass = mass * survive * (threshold < np.inf)
            else:
                if at_mean is not None:
                    mass = in_rows(from_mean(grid, block, mean)) * at_mean
                else:
                    kernel = self._kernel(number)
                    mass = spread(grid, kernel, mass, ahead.alike, forwards=True)
                mass *= survive
                mass *= self.weights[number]
                at_mean = None
        moments = [ahead.blocks[number].moments for number in masses]
        wanted = numbers[len(factors) :]
        factors += sums(grid, moments, list(masses.values()), wanted, ahead.alike)
        # At each step, and after each block, those who have its passes are still in.
        starts = np.cumsum([0, *map(len, numbers)]).tolist()
        places = [
            [start + columns.index(it) for it in block.passes]
            for start, columns, block in zip(
                starts, numbers, ahead.blocks, strict=False
            )
        ]
        arriving = np.hstack(factors)
        reach = in_rows(np.hstack([block.reach for block in ahead.blocks]))
        take = reach * arriving[:, [it for block in places for it in block[:-1]]]
        survive = in_rows(np.hstack([block.survive for block in ahead.blocks]))
        alive = survive * arriving[:, [block[-1] for block in places]]
        leave, firsts = np.zeros((rows, steps)), [block.first for block in ahead.blocks]
        begun = arriving[:, [block[0] for block in places]]
        leave[:, firsts[1:]] = alive[:, :-1] - begun[:, 1:]
        return *self._accepted(mass, at_mean), take, leave

    def _kernel(self, number: int) -> Kernel:
        """Of the news in a block.

        Args:
            number: Of the block.
        """
        if self.kernels:
            return self.kernels[number]
        return kernels(self.grid, self.blocks[number : number + 1])[0]

    def _accepted(
        self, mass: FloatArray, at_mean: FloatArray | None
    ) -> tuple[FloatColumn, FloatColumn, FloatColumn]:
        """Probability, mean and second moment of an accepted offer, ``(rows,)``.

        It is worth the surplus as it is believed then, with all that the passes told.

        Args:
            mass: At the points where an offer is accepted, ``(rows, points)``.
            at_mean: All of it, if nothing was ever told, ``(rows, 1)``.
        """
        ahead, worth, accepted = self.ahead, self.worth[-1], self.factor
        if at_mean is not None:
            mass, worth = at_mean, ahead.excess_at_mean()
            offer = ahead.offer
            accepted = offer.moments.combined(ahead.mean, offer.vectors[0])
        accepted = ahead.in_rows(accepted)
        squares = np.where(accepted > 0.0, worth * worth / accepted, 0.0)
        chance, surplus, square = (
            (values * mass).sum(axis=1) for values in (accepted, worth, squares)
        )
        return chance, surplus, square


def solve_on_grid(
    ahead: SharedBlocks, grid: Grid, *, is_few: bool, known: Sequence[Kernel] = ()
) -> GridRows:
    """Backward induction for rows of one kind.

    What does not depend on the centre is worked out once for all rows of a chain: the
    moments at the points, the density of news and the factors in the sums.

    Args:
        ahead: What is ahead; polynomials carry all moments.
        grid: The points.
        is_few: Whether rows are few, and need not be worked out as in a batch.
        known: Of the news of the blocks, if they were worked out.
    """
    blocks, offer, in_rows = ahead.blocks, ahead.offer, ahead.in_rows
    rows, count = len(ahead.centre), len(blocks)
    thresholds, limits = np.full((2, rows, count + 1), np.nan)
    short, bent = np.zeros(rows), np.zeros(rows, dtype=np.bool_)
    moments = [*(block.moments for block in blocks), offer.moments, offer.moments]
    vectors = [*(block.rewards - block.exits for block in blocks), *offer.vectors]
    stops, expected = list[tuple[FloatArray, FloatArray]](), np.empty((0, 0))
    *base, factor, match = at_points(grid, moments, vectors)
    # Of many rows one block after another, so that all stays in the cache.
    passed = tuple(known or kernels(grid, blocks)) if is_few else ()
    batched = partial(half_lines_of, is_few=is_few)
    half_lines = half_line_of_one if is_few and rows == 1 else batched
    for number in range(count, -1, -1):
        if number == count:
            worth = ahead.centre * in_rows(factor) + in_rows(match)
        else:
            block = blocks[number]
            if block.is_silent:
                after = thresholds[:, number + 1, None]
                bent |= _bends(grid, in_rows(base[number]), after)
                expected = np.where(after < np.inf, stops[0][0], 0.0)
            worth = in_rows(base[number]) + in_rows(block.survive) * expected
        arrival = partial(arrival_at, ahead, number)
        weights, threshold, limit, missed = half_lines(grid, worth, arrival)
        thresholds[:, number], limits[:, number] = threshold, limit
        if number:
            short += missed
            stops.insert(0, (worth, weights))
            block = blocks[number - 1]
            if not block.is_silent:
                weighted = weights * worth
                kernel = passed[number - 1] if passed else kernels(grid, [block])[0]
                expected = spread(grid, kernel, weighted, ahead.alike, forwards=False)
    worths, weighings = zip(*stops, strict=True)
    seen = thresholds, limits, short, bent, factor
    return GridRows(grid, ahead, worths, weighings, *seen, passed)


def _bends(grid: Grid, leaving: FloatArray, after: FloatArray) -> BoolArray:
    """Whether it may pay to go on without any news, and to leave at the next stop.

    If not, whoever goes on goes on at the next stop as well, so that D has no kink.

    Args:
        grid: The points.
        leaving: What that is worth beyond leaving now, hours, ``(rows, points)``.
        after: Threshold of the next stop, ``(rows, 1)``.
    """
    pays = (leaving > 0.0) & (grid.points <= after) & (after < np.inf)
    return np.asarray(pays.any(axis=1))


def arrival_at(ahead: SharedBlocks, number: int) -> Arrival:
    """Where the mean may be at a stop, of each row, and a little around.

    Args:
        ahead: What is ahead.
        number: Of the block that begins there; their number for the offer.
    """
    arrival = Arrival.of(ahead.blocks[:number], ahead.mean)
    arrival = evolve(arrival, reached=arrival.reached + _BESIDE)
    return Arrival(*map(ahead.in_rows, astuple(arrival, recurse=False)))
