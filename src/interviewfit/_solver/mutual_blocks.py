"""What a chain is made of: blocks of steps, and the offer at the end.

The formulas stand in ``interviewfit._solver.mutual_induction``.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    IndexArray,
    columns_of,
    maximum,
    minimum,
)
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._numeric.panels import take_rows
from interviewfit._solver.stop_values import StopValues

# Blocks at whose beginning it may be told who comes how far.
_KNOWN_STOPS = (1, 2)


@frozen(eq=False, repr=False)
class Block:
    """Consecutive steps without a decision between them, in units of the scale.

    Attributes:
        first, stop: The steps from *first* up to but not including *stop*.
        moments: Of the factors before them.
        sd: Of the news in them, ``(rows, 1)``.
        shift, probability: Jumps of the facts told in them, ``(rows, shifts)``.
        survive: Probability to be still in after them, ``(rows, 1)``.
        rewards: What they bring, hours, by the factor that it is weighted by,
            ``(rows, passes + 1)``; leaving at the next stop is a part of it.
        exits: What leaving before them brings, likewise.
        reach: Probability to reach each of them, ``(rows, steps)``, by the factors with
            the numbers *passes*.
        passes: How many passes there are before each step, and after the last.
    """

    first: int
    stop: int
    moments: FactorMoments
    sd: FloatArray
    shift: FloatArray
    probability: FloatArray
    survive: FloatArray
    rewards: FloatArray
    exits: FloatArray
    reach: FloatArray
    passes: tuple[int, ...]

    @cached_property
    def is_silent(self) -> bool:
        """Whether no row has any news in them."""
        return self.shift.shape[1] == 1 and not self.sd.any()

    def take(self, rows: IndexArray) -> "Block":
        """Some of the rows, in any order and number."""
        return take_rows(self, rows, len(self.sd))

    def going_on(self, mean: FloatArray, after: StopValues) -> FloatArray:
        """C at some means, hours.

        Args:
            mean: ``(rows, means)``.
            after: The stop after these steps.
        """
        value = self.moments.combined(mean, self.rewards)
        return np.asarray(value + self.survive * after.expectation(mean))

    def excess(self, mean: FloatArray, after: StopValues) -> FloatArray:
        """D at some means, hours: what going on is worth beyond leaving.

        Args:
            mean, after: As ``going_on`` takes them.
        """
        value = self.moments.combined(mean, self.rewards - self.exits)
        return np.asarray(value + self.survive * after.expectation(mean))


@frozen(eq=False, repr=False)
class Offer:
    """The offer at the end: accepted if it is believed to be worth more than 0.

    Attributes:
        moments: Of the factors once all is shown that the stages show.
        centre, scale: c and t, hours, ``(rows, 1)``.
    """

    moments: FactorMoments
    centre: FloatArray
    scale: FloatArray

    def take(self, rows: IndexArray) -> "Offer":
        """Some of the rows, in any order and number."""
        return take_rows(self, rows, len(self.scale))

    def excess(self, mean: FloatArray) -> FloatArray:
        """E[S H] at some means, hours.

        Args:
            mean: ``(rows, means)``.
        """
        return self.moments.combined(mean, self.weights)

    @property
    def weights(self) -> FloatArray:
        """Of the moments in E[S H], as ``FactorMoments.combined`` takes them."""
        passes = self.moments.passes
        weights = np.zeros((len(self.scale), 2 * (passes + 1)))
        weights[:, passes], weights[:, -1] = self.centre[:, 0], self.scale[:, 0]
        return weights

    @property
    def vectors(self) -> tuple[FloatArray, FloatArray]:
        """Those of E[H], and of E[S H] with a centre of 0, likewise."""
        passes = self.moments.passes
        factor = np.zeros((len(self.scale), passes + 1))
        factor[:, passes] = 1.0
        match = np.zeros((len(self.scale), 2 * (passes + 1)))
        match[:, -1] = self.scale[:, 0]
        return factor, match


@frozen(eq=False, repr=False)
class SharedBlocks:
    """Blocks and offers of some chains, each of which several rows may have.

    Rows that differ in nothing but the centre share all moments, as those of a process
    against several alternatives do.

    Attributes:
        blocks, offer: Of the distinct chains.
        mean: Where the normal part of their belief stands now, units of the scale,
            ``(chains, 1)``.
        centre: c of each row, hours, ``(rows, 1)``.
        alike: The chain of each row, ``(rows,)``; None if each row has its own.
    """

    blocks: Sequence[Block]
    offer: Offer
    mean: FloatArray
    centre: FloatArray
    alike: IndexArray | None

    def in_rows(self, values: FloatArray) -> FloatArray:
        """Values of the chains, for each row.

        Args:
            values: With the chains as first axis.
        """
        return values if self.alike is None else values[self.alike]

    def blocks_of(self, rows: IndexArray) -> tuple[list[Block], Offer]:
        """The blocks of some rows, and the offer, each row with its own.

        Args:
            rows: In any order and number.
        """
        chains = rows if self.alike is None else self.alike[rows]
        offer = evolve(self.offer.take(chains), centre=self.centre[rows])
        return [block.take(chains) for block in self.blocks], offer

    def excess_at_mean(self) -> FloatArray:
        """E[S H] of an offer now, hours, ``(rows, 1)``."""
        factor, match = (
            self.in_rows(self.offer.moments.combined(self.mean, vector))
            for vector in self.offer.vectors
        )
        return self.centre * factor + match


def moments_asked_for(
    before: Sequence[int],
    passes: Sequence[int],
    firsts: Sequence[int],
    stops: Sequence[int],
    *,
    is_midway: bool,
) -> list[tuple[int, ...]]:
    """The moments that each stop and the offer ask for, as ``FactorMoments.numbers``.

    They are the factors that rewards are weighted by, and what is believed there. In
    mid-interview they are all factors that follow at the second and the third stop, so
    that who comes how far from there can be told (``mutual_stops``).

    Args:
        before, passes: How many passes there are before and after each step.
        firsts, stops: The blocks.
        is_midway: Whether the employer decides at the end of the first step.
    """
    half, wanted = passes[-1] + 1, list[tuple[int, ...]]()
    for number, (first, stop) in enumerate(zip(firsts, stops, strict=True)):
        last = passes[-1 if is_midway and number in _KNOWN_STOPS else stop - 1]
        wanted.append((*range(before[first], last + 1), half + before[first]))
    return [*wanted, (half - 1, 2 * half - 1)]


def decisions_of(
    reward: FloatArray, survive: FloatArray, exit_: FloatArray, varies: Sequence[bool]
) -> BoolArray:
    """The steps before which leaving may be better, ``(rows, steps)``.

    Args:
        reward, survive, exit_: Of each step, likewise.
        varies: Whether the employer decides at the end of each step.
    """
    result = np.empty(reward.shape, dtype=np.bool_)
    rewards, rates, exits = map(columns_of, (reward, survive, exit_))
    following = 0.0
    for step in range(reward.shape[1] - 1, -1, -1):
        # A step that the employer does not decide after leads on with a known chance.
        worst = rates[step] * following
        if varies[step]:
            worst = minimum(0.0, following)
        floor = rewards[step] + worst
        result[:, step] = exits[step] > floor
        following = maximum(floor, exits[step])
    return result


def quantised(sd: FloatArray) -> FloatArray:
    """A standard deviation rounded down to one of a few.

    Args:
        sd: Any shape.
    """
    with np.errstate(divide="ignore"):
        power = np.floor(4.0 * np.log2(sd)) * 0.25
    return np.where(sd > 0.0, np.exp2(power), 0.0)
