"""Steps and beliefs in units of what is unknown now, cut into blocks.

Facts that may turn out either way are jumps, at most ``_MOST_FACTS`` of them: of more,
those of the smallest variance count as normal news. Steps between which nobody would
leave are merged: leaving later is always possible, and whoever is refused gets 0, so
going on is worth at least its reward and the less of 0 and the worst that may follow.
"""

from collections.abc import Iterator

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray
from interviewfit._numeric.factor_moments import NARROW as WIDE, FactorMoments
from interviewfit._numeric.factor_series import FactorTable, averages_over, carries
from interviewfit._numeric.panels import take_rows
from interviewfit._numeric.probit_factors import (
    REACH,
    ProbitFactors,
)
from interviewfit._solver.jumps import Jumps
from interviewfit._solver.mutual_blocks import Block, Offer
from interviewfit._solver.stop_values import NARROW

_MOST_FACTS = 4
_INTEGRATED = 6.5
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
        return cls(
            np.stack((reward, survive, reveal / scale, exit_), axis=1),
            scale,
            (belief.centre + later)[:, None],
            (belief.mean - belief.centre)[:, None] / scale,
            variance[:, None] / scale**2,
            belief.factors.rescaled(scale),
            belief.decides,
            np.where(is_open, chance, 0.0),
            np.where(is_open, size, 0.0) / scale[:, :, None],
        )

    def take(self, rows: IndexArray) -> "MutualChains":
        """Some of the rows, in any order and number."""
        return take_rows(self, rows, len(self.scale))

    @property
    def decisions(self) -> BoolArray:
        """The steps before which leaving may be better, ``(rows, steps)``."""
        reward, survive, _, exit_ = np.moveaxis(self.steps, 1, 0)
        varies = np.broadcast_to(self.decides, reward.shape)
        result = np.empty(reward.shape, dtype=np.bool_)
        following = np.zeros(len(reward))
        for step in range(reward.shape[1] - 1, -1, -1):
            worst = np.minimum(0.0, following)
            worst = np.where(varies[:, step], worst, survive[:, step] * following)
            floor = reward[:, step] + worst
            result[:, step] = exit_[:, step] > floor
            following = np.maximum(floor, exit_[:, step])
        return result

    def _kinds(self) -> FloatArray:
        """What rows must have in common to be solved together, ``(rows, columns)``."""
        reveal = self.steps[:, 2]
        decisions = self.decisions
        is_sharp = np.isinf(self.factors.slope[:, :1].sum(axis=1, keepdims=True))
        classes = np.where(is_sharp, -1.0, self.factors.classes)
        left = np.empty(reveal.shape)
        left[:, 0] = self.variance[:, 0]
        shown = np.cumsum(reveal**2, axis=1)
        rest = np.maximum(0.0, self.variance - shown)
        left[:, 1:] = rest[:, :-1]
        widest = np.abs(self.size).sum(axis=(1, 2))[:, None]
        # As far as the mean may come, and as thresholds are looked for.
        far = np.sqrt(np.minimum(self.variance, shown[:, -1:]))
        reach = np.maximum(_INTEGRATED * np.sqrt(self.variance), REACH * far)
        reach = np.abs(self.mean) + reach + widest
        news = np.empty(reveal.shape)
        square = np.zeros(len(reveal))
        for step in range(reveal.shape[1] - 1, -1, -1):
            square = reveal[:, step] ** 2 + square
            sd = np.sqrt(square)
            news[:, step] = np.where(sd == 0.0, -1.0, sd < NARROW)
            square = np.where(decisions[:, step], 0.0, square)
        sizes = _quantised(np.sqrt(np.hstack((left, rest[:, -1:]))))
        # Before other steps nothing is worked out.
        sizes[:, 1:-1] = np.where(decisions[:, 1:], sizes[:, 1:-1], 0.0)
        is_wide = sizes >= WIDE
        least = np.where(is_wide, sizes, np.inf).min(axis=1, keepdims=True)
        jump = _rounded_up(np.maximum(widest, 1e-6), 2.0)
        return np.hstack(
            (
                decisions,
                (self.size != 0.0).reshape(len(reveal), -1),
                classes,
                is_wide,
                least,
                _rounded_up(np.maximum(reach, 1e-6), 8.0),
                np.where(widest > 0.0, jump, 0.0),
                news,
            )
        )

    def groups(self, *, together: bool) -> Iterator[tuple[IndexArray, float, float]]:
        """Rows that are solved together, half their range, and the widest jump.

        Args:
            together: Whether ranges, variances and slopes need not be alike.
        """
        kinds = self._kinds()
        steps = self.steps.shape[2]
        columns = slice(-2 - steps, -steps)
        if together:
            sizes = kinds[:, -steps - 3 : -steps]
            sizes[:] = sizes.max(axis=0)
            slopes = kinds[:, -2 * steps - 5]
            slopes[:] = np.where(slopes >= 0.0, slopes.max(), slopes)
        if (kinds == kinds[0]).all():
            yield np.arange(len(kinds)), *kinds[0, columns].tolist()
            return
        distinct, codes = np.unique(kinds, axis=0, return_inverse=True)
        for code, kind in enumerate(distinct):
            yield np.flatnonzero(codes.ravel() == code), *kind[columns].tolist()

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

    def blocks(self, reach: float, widest: float) -> tuple[list[Block], Offer]:
        """The blocks of rows of one kind, and the offer.

        A block begins at the first step, and at each step before which leaving may be
        better.

        Args:
            reach: Half the range that is integrated over, units of the scale.
            widest: No jump is larger, likewise.
        """
        reward, survive, reveal, exit_ = np.moveaxis(self.steps, 1, 0)
        rows, count = reward.shape
        view, decides = self._view_of_steepest(), np.array(self.decides)
        behind = view.passes - int(decides.sum())
        passes = [behind + int(number) for number in np.cumsum(decides)]
        before = [behind, *passes[:-1]]
        decisions = self.decisions[0].tolist()
        firsts = [step for step in range(count) if step == 0 or decisions[step]]
        stops = [*firsts[1:], count]
        news = [
            np.sqrt((reveal[:, first:stop] ** 2).sum(axis=1, keepdims=True))
            for first, stop in zip(firsts, stops, strict=True)
        ]
        variances = [self.variance]
        for sd in news:
            rest = np.maximum(0.0, variances[-1] - sd * sd)
            # Rounding leaves next to nothing where all is shown.
            variances.append(np.where(rest < _LEAST_VARIANCE, 0.0, rest))
        sds = [float(_quantised(np.sqrt(variance)).min()) for variance in variances]
        table = None
        wide = [sd for sd in sds if sd >= WIDE]
        if wide and not view.is_sharp:
            table = FactorTable.of(view, min(wide), reach + widest + REACH)
        known: list[FloatArray | None] = [None] * len(sds)
        if table is not None:
            numbers_wide = [number for number, sd in enumerate(sds) if sd >= WIDE]
            # Of many rows one variance after another, so that all stays in the cache.
            size = len(numbers_wide) if rows <= _FEW else 1
            for start in range(0, len(numbers_wide), size):
                part = numbers_wide[start : start + size]
                found = table.series(
                    view, [variances[number] for number in part], reach + widest
                )
                for number, series in zip(part, found, strict=True):
                    known[number] = series
        blocks, averages = list[Block](), dict[int, FloatArray]()
        for number, (first, stop) in enumerate(zip(firsts, stops, strict=True)):
            ahead, rule = (
                self._jumps(first, count),
                table if sds[number] >= WIDE else None,
            )
            numbers = (*before[first:stop], passes[stop - 1])
            factors = numbers[0], numbers[-1]
            # Facts are told one after another, so as many jumps are the same ones.
            told = ahead[0].shape[1]
            if told > 1 and told not in averages and carries(view, reach + widest):
                averages[told] = averages_over(view, ahead, reach, widest)
            moments = FactorMoments.of(
                view,
                variances[number],
                ahead,
                reach,
                widest,
                rule,
                factors,
                (known[number], averages.get(told)),
            )
            reach_probability = np.cumprod(
                np.hstack((np.ones((rows, 1)), survive[:, first : stop - 1])), axis=1
            )
            left = reach_probability[:, -1:] * survive[:, stop - 1 : stop]
            rewards, exits = np.zeros((2, rows, view.rate.shape[1] + 1))
            for step in range(first, stop):
                weight = reach_probability[:, step - first]
                rewards[:, before[step]] += weight * reward[:, step]
            if stop < count:
                rewards[:, before[stop]] += left[:, 0] * exit_[:, stop]
            exits[:, before[first]] = exit_[:, first]
            blocks.append(
                Block(
                    first,
                    stop,
                    moments,
                    news[number],
                    *self._jumps(first, stop),
                    left,
                    rewards,
                    exits,
                    reach_probability,
                    numbers,
                )
            )
        none = np.zeros((rows, 1)), np.ones((rows, 1))
        rule = table if sds[-1] >= WIDE else None
        moments = FactorMoments.of(
            view,
            variances[-1],
            none,
            reach,
            widest,
            rule,
            (passes[-1], passes[-1]),
            (known[-1], None),
        )
        return blocks, Offer(moments, self.centre, self.scale)

    def _jumps(self, first: int, stop: int) -> tuple[FloatArray, FloatArray]:
        """All that the facts told from a step up to another may add.

        Each combination of facts that hold and that do not is a shift; they are 0 on
        average.

        Args:
            first, stop: The steps.

        Returns:
            Shifts in units of the scale and probabilities, ``(rows, shifts)``.
        """
        chance, size = self.chance[:, first:stop], self.size[:, first:stop]
        matters = size[0] != 0.0
        if not matters.any():
            rows = len(self.scale)
            return np.zeros((rows, 1)), np.ones((rows, 1))
        jumps = Jumps.of(chance[:, matters], size[:, matters])
        return jumps.shift, jumps.probability


def _quantised(sd: FloatArray) -> FloatArray:
    """A standard deviation rounded down to one of a few.

    Args:
        sd: Any shape.
    """
    with np.errstate(divide="ignore"):
        power = np.floor(4.0 * np.log2(sd)) * 0.25
    return np.where(sd > 0.0, np.exp2(power), 0.0)


def _rounded_up(size: FloatArray, steps: float) -> FloatArray:
    """A size above 0 rounded up to one of a few.

    Args:
        size: Any shape.
        steps: From one to its double.
    """
    return np.exp2(np.ceil(steps * np.log2(size)) / steps)
