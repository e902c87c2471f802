"""Steps and beliefs in units of what is unknown now, cut into blocks.

Facts that may turn out either way are jumps, at most ``_MOST_FACTS`` of them: of more,
those of the smallest variance count as normal news. Steps between which nobody would
leave are merged: leaving later is always possible, and whoever is refused gets 0, so
going on is worth at least its reward and the less of 0 and the worst that may follow.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray
from interviewfit._numeric.factor_moments import NARROW as WIDE, FactorMoments
from interviewfit._numeric.factor_series import (
    FactorTable,
    averages_of_few,
    averages_over,
    carries,
)
from interviewfit._numeric.factor_tilts import tilt_of, tilted_chance, tilted_factors
from interviewfit._numeric.panels import take_rows
from interviewfit._numeric.probit_factors import REACH, ProbitFactors
from interviewfit._solver.jumps import Jumps
from interviewfit._solver.mutual_blocks import (
    Block,
    Offer,
    decisions_of,
    moments_asked_for,
    quantised,
)

_MOST_FACTS = 4
# News of fewer standard deviations than this counts as none.
_LEAST_NEWS = 1e-9
_LEAST_VARIANCE = 1e-14
# Of so few rows the moments before all stops are worked out at once.
_FEW = 4


@frozen(eq=False, repr=False)
class Belief:
    """What is believed of the surplus, and how the employer's view goes with it.

    Attributes:
        centre: The surplus at which the rates were stated, hours, ``(rows,)``.
        mean: Mean now, as if no pass had told anything, likewise.
        variance: Variance of its normal part now, hours squared, likewise; facts that
            stages tell come on top.
        factors: How the employer decides, by hours beyond the centre: first the passes
            so far, then those of the steps ahead.
        decides: Whether the employer decides at the end of each step.
    """

    centre: FloatArray
    mean: FloatArray
    variance: FloatArray
    factors: ProbitFactors
    decides: tuple[bool, ...]


@frozen(eq=False, repr=False)
class MutualChains:
    """Chains of equal length and what is believed, in units of the *scale*.

    Attributes:
        steps: Reward, survive, reveal and exit of each step, hours but for survive,
            ``(rows, 4, steps)``.
        scale: Standard deviation of the surplus now, hours, ``(rows, 1)``.
        centre: Mean of the surplus before any interview, hours, likewise.
        mean: Mean now, as if no pass had told anything, less the centre, likewise in
            units of the scale, as are the others.
        variance: Of the normal part of the surplus now.
        factors: How the employer decides.
        decides: Whether so at the end of each step.
        chance, size: That each fact holds, and what it is worth then, ``(rows, steps,
            facts)``; 0 where it does not matter or counts as normal.
        decisions: The steps before which leaving may be better, ``(rows, steps)``.
    """

    steps: FloatArray
    scale: FloatArray
    centre: FloatArray
    mean: FloatArray
    variance: FloatArray
    factors: ProbitFactors
    decides: tuple[bool, ...]
    chance: FloatArray
    size: FloatArray
    decisions: BoolArray

    @classmethod
    def of(cls, steps: tuple[FloatArray, ...], belief: Belief) -> "MutualChains":
        """Chains from the numbers of the steps, which are checked.

        The known changes of the mean (*drift*) are part of the surplus from the start,
        so that no step moves the mean but by its news.

        Args:
            steps: As ``solve`` takes them, each ``(rows, steps)``.
            belief: Of each row.
        """
        reward, survive, drift, reveal, exit_ = steps[:5]
        rows, count = reward.shape
        facts = (len(steps) - 5) // 2
        chance, size = np.zeros((2, rows, count, facts))
        for number in range(facts):
            chance[:, :, number], size[:, :, number] = steps[5 + 2 * number :][:2]
        square = chance * (1.0 - chance) * size * size
        is_open = square > 0.0
        if is_open.any() and is_open.reshape(rows, -1).sum(axis=1).max() > _MOST_FACTS:
            flat = square.reshape(rows, -1)
            order = np.argsort(-flat, axis=1, kind="stable")
            ranks = np.argsort(order, axis=1, kind="stable").reshape(square.shape)
            lumped = is_open & (ranks >= _MOST_FACTS)
            reveal = np.sqrt(reveal**2 + (square * lumped).sum(axis=2))
            is_open &= ~lumped
        later = drift.sum(axis=1)
        # The belief has counted them already.
        variance = belief.variance
        told = np.where(is_open, square, 0.0).sum(axis=(1, 2))
        scale = np.sqrt(variance + told)
        scale = np.where(scale > 0.0, scale, 1.0)[:, None]
        # What is revealed is never more than is open.
        shown = np.sqrt((reveal**2).sum(axis=1))
        excess = np.maximum(1.0, shown / np.maximum(np.sqrt(variance), 1e-300))
        reveal = reveal / np.where(shown > 0.0, excess, 1.0)[:, None]
        reveal = np.where(reveal > _LEAST_NEWS * scale, reveal, 0.0)
        chains = cls(
            np.stack((reward, survive, reveal / scale, exit_), axis=1),
            scale,
            (belief.centre + later)[:, None],
            (belief.mean - belief.centre)[:, None] / scale,
            variance[:, None] / scale**2,
            belief.factors.rescaled(scale),
            belief.decides,
            np.where(is_open, chance, 0.0),
            np.where(is_open, size, 0.0) / scale[:, :, None],
            decisions_of(reward, survive, exit_, belief.decides),
        )
        return chains._tilted()

    def _tilted(self) -> "MutualChains":
        """The same, tilted to where those are who passed, if these are next to nobody.

        The mean is counted from as far, so that it stays what it is.
        """
        behind = self.factors.passes - sum(self.decides)
        tilt = tilt_of(self.factors, behind, self.mean)
        if not tilt.any():
            return self
        chance = tilted_chance(self.chance, self.size, tilt[:, :, None])
        moved = ((chance - self.chance) * self.size).sum(axis=(1, 2))
        shift = tilt * self.variance + moved[:, None]
        return evolve(
            self,
            centre=self.centre + shift * self.scale,
            factors=tilted_factors(self.factors, behind, tilt, shift),
            chance=chance,
        )

    def take(self, rows: IndexArray) -> "MutualChains":
        """Some of the rows, in any order and number."""
        return take_rows(self, rows, len(self.scale))

    def _view_of_steepest(self) -> ProbitFactors:
        """The factors with the spacing of the steepest row.

        Points that are close enough for it are so for all others, which are solved
        together with it and might do with fewer. Rows that must not depend on each
        other have the same spacing anyway.
        """
        view, steepest = self.factors, self.factors.classes.max()
        if (view.classes == steepest).all():
            return view
        return evolve(view, classes=np.full_like(view.classes, steepest))

    @property
    def numbers_but_centre(self) -> FloatArray:
        """All numbers that tell rows apart but the centre, ``(rows, numbers)``."""
        view, rows = self.factors, len(self.scale)
        parts = (
            *(self.steps, self.scale, self.mean, self.variance, self.chance, self.size),
            *(view.slope, view.intercept, view.rate, view.hint, view.classes),
            *(() if view.tilt is None else (view.tilt,)),
        )
        return np.hstack([part.reshape(rows, -1) for part in parts])

    @property
    def numbers_of_moments(self) -> FloatArray:
        """All numbers that decide the moments before stops, ``(rows, numbers)``.

        What steps bring, and the means, are not among them.
        """
        view, rows = self.factors, len(self.scale)
        parts = (
            *(self.steps[:, 2], self.variance, self.chance, self.size, self.decisions),
            *(view.slope, view.intercept, view.rate, view.hint, view.classes),
            *(() if view.tilt is None else (view.tilt,)),
        )
        return np.hstack([part.reshape(rows, -1) for part in parts])

    @cached_property
    def _layout(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Where blocks begin and stop, and how many passes come before and after steps.

        A block begins at the first step, and at each step before which leaving may be
        better.
        """
        decides, decisions = np.array(self.decides), self.decisions[0].tolist()
        behind = self.factors.passes - int(decides.sum())
        passes = [behind + number for number in np.cumsum(decides).tolist()]
        steps = range(decides.size)
        firsts = [step for step in steps if step == 0 or decisions[step]]
        return firsts, [*firsts[1:], decides.size], [behind, *passes[:-1]], passes

    def moments(
        self, reach: float, widest: float, *, is_few: bool
    ) -> list[FactorMoments]:
        """The moments of the factors before each block, and at the offer.

        Args:
            reach: Half the range that is integrated over, units of the scale.
            widest: No jump is larger, likewise.
            is_few: Whether rows are few, and need not be worked out as in a batch.
        """
        firsts, stops, before, passes = self._layout
        view, count = self._view_of_steepest(), stops[-1]
        _, variances = self._variances
        sds = quantised(np.sqrt(variances)).min(axis=(1, 2)).tolist()
        is_midway = is_few and self.decides[0]
        layout = before, passes, firsts, stops
        wanted = moments_asked_for(*layout, is_midway=is_midway)
        # Of many rows one variance after another, so that all stays in the cache.
        size = len(sds) if is_few else 1
        table, series = self._tables(view, variances, sds, reach + widest, wanted, size)
        carried = carries(view, reach + widest)
        # Facts are told one after another, so as many that are left are the same ones.
        open_facts = np.count_nonzero(self.size[0], axis=1)
        left = [*np.cumsum(open_facts[::-1])[::-1][firsts].tolist(), 0]
        none = np.zeros((len(self.scale), 1)), np.ones((len(self.scale), 1))
        sets = {0: none}
        for first, facts in zip(firsts, left, strict=False):
            if facts not in sets:
                sets[facts] = self._jumps(first, count)
        averages = dict[int, FloatArray]()
        counts = [facts for facts in sets if facts]
        if carried and is_few and counts:
            jumps = [sets[facts] for facts in counts]
            every = averages_of_few(view, jumps, reach, widest)
            averages = dict(zip(counts, every, strict=True))
        elif carried:
            for facts in counts:
                averages[facts] = averages_over(view, sets[facts], reach, widest)
        return [
            FactorMoments.of(
                view,
                variances[number],
                sets[facts],
                reach,
                widest,
                table if sds[number] >= WIDE else None,
                (wanted[number][0], wanted[number][-2]),
                (series[number], averages.get(facts), wanted[number]),
            )
            for number, facts in enumerate(left)
        ]

    def blocks(self, moments: Sequence[FactorMoments]) -> tuple[list[Block], Offer]:
        """The blocks of rows of one kind, and the offer.

        Args:
            moments: As ``moments`` gives them.
        """
        firsts, stops, before, passes = self._layout
        reward, survive, _, exit_ = np.moveaxis(self.steps, 1, 0)
        rows, count = reward.shape
        news, _ = self._variances
        reached = np.ones((rows, count))
        for step in sorted(set(range(1, count)).difference(firsts)):
            np.multiply(reached[:, step - 1], survive[:, step - 1], reached[:, step])
        lasts = np.array(stops) - 1
        left = (reached[:, lasts] * survive[:, lasts]).T
        numbers, behind = np.arange(len(firsts)), np.array(before)
        # What comes in a block with as many passes behind it counts together.
        rewards, exits = np.zeros((2, len(firsts), rows, self.factors.passes + 1))
        block_of = np.repeat(numbers, np.diff((*firsts, count)))
        changes = np.diff(block_of, prepend=-1) + np.diff(behind, prepend=0) > 0
        starts = np.flatnonzero(changes)
        sums = np.add.reduceat(reached * reward, starts, axis=1)
        rewards[block_of[starts], :, behind[starts]] = sums.T
        later = exit_[:, firsts].T
        rewards[numbers[:-1], :, behind[stops[:-1]]] += left[:-1] * later[1:]
        exits[numbers, :, behind[firsts]] = later
        blocks = list[Block]()
        none = np.zeros((rows, 1)), np.ones((rows, 1))
        has_facts = np.logical_or.reduceat(self.size[0].any(axis=1), firsts).tolist()
        for number, (first, stop) in enumerate(zip(firsts, stops, strict=True)):
            shift, probability = none
            if has_facts[number]:
                shift, probability = self._jumps(first, stop)
            blocks.append(
                Block(
                    first,
                    stop,
                    moments[number],
                    news[number],
                    shift,
                    probability,
                    left[number, :, None],
                    rewards[number],
                    exits[number],
                    reached[:, first:stop],
                    (*before[first:stop], passes[stop - 1]),
                )
            )
        return blocks, Offer(moments[-1], self.centre, self.scale)

    @cached_property
    def _variances(self) -> tuple[FloatArray, FloatArray]:
        """Standard deviation of the news in blocks, and what is open before each stop.

        Returns:
            Of shapes ``(blocks, rows, 1)`` and ``(stops, rows, 1)``; stops are one
            more.
        """
        sums = np.add.reduceat(self.steps[:, 2] ** 2, self._layout[0], axis=1)
        rest = np.maximum(0.0, self.variance - np.cumsum(sums, axis=1))
        # Rounding leaves next to nothing where all is shown.
        rest = np.where(rest < _LEAST_VARIANCE, 0.0, rest)
        news, variances = np.sqrt(sums), np.hstack((self.variance, rest))
        return news.T[:, :, None].copy(), variances.T[:, :, None].copy()

    def _tables(
        self,
        view: ProbitFactors,
        variances: FloatArray,
        sds: Sequence[float],
        reach: float,
        wanted: Sequence[tuple[int, ...]],
        size: int,
    ) -> tuple[FactorTable | None, list[FloatArray | None]]:
        """Factors on a grid for all wide beliefs, and the polynomials of their moments.

        Args:
            view: The factors.
            variances: Before each stop, ``(stops, rows, 1)``.
            sds: At most the standard deviation of any row.
            reach: Half the range of means, units of the scale.
            wanted: The moments of each stop.
            size: How many variances are worked out at once.
        """
        result: list[FloatArray | None] = [None] * len(sds)
        wide = [number for number, sd in enumerate(sds) if sd >= WIDE]
        if not wide or view.is_sharp:
            return None, result
        table = FactorTable.of(view, min(sds[it] for it in wide), reach + REACH)
        for start in range(0, len(wide), size):
            members = wide[start : start + size]
            numbers = [wanted[it] for it in members]
            carried = table.series(view, variances[members], reach, numbers)
            for number, series in zip(members, carried, strict=True):
                result[number] = series
        return table, result

    def _jumps(self, first: int, stop: int) -> tuple[FloatArray, FloatArray]:
        """All that the facts told from a step up to another may add.

        Each combination of facts that hold and that do not is a shift; they are 0 on
        average.

        Args:
            first, stop: The steps, in which some fact is told.

        Returns:
            Shifts in units of the scale and probabilities, ``(rows, shifts)``.
        """
        chance, size = self.chance[:, first:stop], self.size[:, first:stop]
        matters = size[0] != 0.0
        jumps = Jumps.of(chance[:, matters], size[:, matters])
        return jumps.shift, jumps.probability
