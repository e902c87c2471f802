"""What follows from a chain of steps without any integral.

Notation. A chain has steps k = 0 ... K-1. With m the posterior mean of the surplus
(hours), W[k](m) is the value just before step k, and C[k](m) the continuation value:
what taking step k is worth.

Floors. C[k] never falls below ``reward[k] + survive[k] * floor of W[k+1]``, because
leaving later is always possible. If that covers the exit, nobody leaves at step k:
there is no decision, W[k] = C[k]. Changes with standard deviations s1 and s2 and no
decision between them act as one with sqrt(s1**2 + s2**2), so such steps are merged. A
step after which nothing worth more than leaving can be reached is absorbing: everybody
leaves.

Asymptotes. Far above all thresholds nobody leaves: W is a line whose slope is the
probability of surviving every step. The line meets the floor at the *strike*.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import define

from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray
from interviewfit._numeric.panels import distinct_rows
from interviewfit._solver.jumps import MOST_MERGED, Jumps, uncertain_facts

NO_DECISION, DECISION, ABSORBING = 0, 1, 2
"""Kinds of steps; whether a decision is taken counts as a number."""

_LARGEST_SURPLUS = 1e150
"""No surplus is larger, since its square would overflow."""

_UNREACHABLE_STRIKE = 1e300
"""Strike of an absorbing step: larger than any surplus, yet safe to subtract."""


_Asymptotes: TypeAlias = tuple[
    FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, BoolArray
]


@define(eq=False, repr=False)
class MergedSteps:
    """Consecutive steps without a decision between them, treated as a single step.

    Attributes:
        first: Index of the first of them.
        stop: Index after the last of them.
        reach_probability: Probability of still being in before each step, 1 for the
            first, shape ``(rows, stop - first)``.
        survive: Probability of still being in after all of them, shape ``(rows, 1)``.
        drift: Sum of their drifts, hours, shape ``(rows, 1)``.
        sd: Standard deviation of the normal change of the mean over all of them, hours,
            shape ``(rows, 1)``.
        jumps: What the facts that become known in them do beside; None without any.
    """

    first: int
    stop: int
    reach_probability: FloatArray
    survive: FloatArray
    drift: FloatArray
    sd: FloatArray
    jumps: Jumps | None = None

    @cached_property
    def variance(self) -> FloatArray:
        """Variance of the whole change of the mean, hours squared, ``(rows, 1)``."""
        variance = self.sd * self.sd
        return variance if self.jumps is None else variance + self.jumps.variance

    @property
    def spread(self) -> FloatArray:
        """Standard deviation of the whole change of the mean, hours, ``(rows, 1)``."""
        return self.sd if self.jumps is None else np.sqrt(self.variance)


@define(eq=False, repr=False)
class Chains:
    """Chains of equal length, one in each row.

    Arrays have shape ``(rows, steps)``, those of facts ``(rows, steps, facts)``.

    Attributes:
        survive: Probability of still being in after the step.
        drift: Expected change of the mean in the step, hours.
        reveal: Standard deviation of the normal change of the mean, hours.
        exit: Value of leaving instead of taking the step, hours.
        continuation_floor: Limit of C far below, hours.
        gap: Exit minus that limit: what going on must bring above it, hours.
        value_floor: Limit of W far below, hours.
        slope: Slope of W far above; 0 at absorbing steps.
        continuation_strike: Where the upper asymptote of C meets the floor of C, hours.
        strike: Where the upper asymptote of W meets the floor of W, hours.
        kinds: ``NO_DECISION``, ``DECISION`` or ``ABSORBING``.
        chance: That each fact that becomes known in the step holds.
        size: What it is worth if it does, beyond what it is worth if not, hours.
        uncertain: Which facts may turn out either way, and then matter.
    """

    survive: FloatArray
    drift: FloatArray
    reveal: FloatArray
    exit: FloatArray
    continuation_floor: FloatArray
    gap: FloatArray
    value_floor: FloatArray
    slope: FloatArray
    continuation_strike: FloatArray
    strike: FloatArray
    kinds: npt.NDArray[np.int8]
    chance: FloatArray
    size: FloatArray
    uncertain: BoolArray

    @classmethod
    def of(
        cls,
        reward: FloatArray,
        survive: FloatArray,
        drift: FloatArray,
        reveal: FloatArray,
        exit_: FloatArray,
        *facts: FloatArray,
    ) -> "Chains":
        """Floors, asymptotes and kinds of all steps, from the numbers of the steps.

        Args:
            reward, survive, drift, reveal, exit_: As ``solve`` takes them, checked,
                each of shape ``(rows, steps)``.
            *facts: Chance and size of each fact in turn, likewise; none if all is sure.
        """
        asymptotes = _asymptotes_of_one if len(reward) == 1 else _asymptotes
        shape = asymptotes(reward, survive, drift, exit_)
        continuation_floor, value_floor, gap, slope, raised, strike, alive = shape
        kinds = np.where(alive, gap > 0.0, (gap >= 0.0) * ABSORBING)
        chance, size = np.empty((2, *reward.shape, len(facts) // 2))
        for number in range(len(facts) // 2):
            chance[:, :, number], size[:, :, number] = facts[2 * number :][:2]
        return cls(
            survive=survive,
            drift=drift,
            reveal=reveal,
            exit=exit_,
            continuation_floor=continuation_floor,
            gap=gap,
            value_floor=value_floor,
            slope=np.where(alive, slope, 0.0),
            continuation_strike=strike - raised,
            strike=np.where(alive, strike, _UNREACHABLE_STRIKE),
            kinds=kinds.astype(np.int8),
            chance=chance,
            size=size,
            uncertain=uncertain_facts(chance, size, alive),
        )

    @property
    def highest_jump(self) -> FloatArray:
        """The most by which the facts of each step can move the mean up, hours."""
        shift = np.where(self.size > 0.0, 1.0 - self.chance, -self.chance) * self.size
        return np.asarray(np.where(self.uncertain, shift, 0.0).sum(axis=2))

    def jumps_up_to(
        self, rows: IndexArray, most: int
    ) -> Iterator[tuple[IndexArray, IndexArray, FloatArray]]:
        """How far the facts told by the end of each step have moved the mean.

        Rows in which the same facts are uncertain come together, so that none depends
        on the facts of another.

        Args:
            rows: Numbers of rows.
            most: How many combinations of facts are told apart at most.

        Yields:
            Positions in *rows*; the step of each combination there; and its shift,
            hours, ``(positions, combinations)``.
        """
        uncertain = self.uncertain[rows]
        flags = uncertain.reshape(rows.size, -1)
        kept, kinds = np.zeros(1, np.intp), np.zeros(rows.size, np.intp)
        if flags.size and (flags != flags[0]).any():
            kept, kinds = distinct_rows(flags)
        for kind, first in enumerate(kept.tolist()):
            lines = np.flatnonzero(kinds == kind)
            members, matters = rows[lines], uncertain[first]
            shift, steps, shifts = np.zeros((lines.size, 1)), list[int](), []
            for step in range(matters.shape[0]):
                for fact in np.flatnonzero(matters[step]).tolist():
                    if 2 * shift.shape[1] <= most:
                        gain = self.size[members, step, fact, None]
                        low = shift - self.chance[members, step, fact, None] * gain
                        shift = np.hstack((low, low + gain))
                steps += [step] * shift.shape[1]
                shifts.append(shift)
            yield lines, np.array(steps), np.hstack(shifts)

    def groups(self) -> Iterator[IndexArray]:
        """Rows whose steps are of the same kinds and make jumps by the same facts.

        The first step may be of any kind, because nothing is worked out before it.
        """
        keys, rows = self.kinds[:, 1:], len(self.kinds)
        if rows == 1:
            yield np.arange(1)
            return
        if self.uncertain.any():
            flags = self.uncertain.reshape(rows, -1)
            varying = (flags != flags[0]).any(axis=0)
            keys = np.hstack((keys, flags[:, varying])) if varying.any() else keys
        if rows and (keys == keys[:1]).all():
            yield np.arange(rows)
            return
        distinct, codes = distinct_rows(keys)
        for code in range(distinct.size):
            yield np.flatnonzero(codes == code)

    def bounds(self) -> list[int]:
        """Where merged steps begin and the last ends, if all rows are of one group.

        That is before each step with a decision or an absorbing one, and where more
        facts would come together than are merged.
        """
        bounds, together = [0], 0
        counts = np.add.reduce(self.uncertain[0], axis=1, dtype=np.intp).tolist()
        kinds = self.kinds[0].tolist()
        for step, (kind, facts) in enumerate(zip(kinds, counts, strict=True)):
            crowded = together > 0 and facts > 0 and together + facts > MOST_MERGED
            if step and (kind != NO_DECISION or crowded):
                bounds.append(step)
                together = 0
            together += facts
        return [*bounds, self.kinds.shape[1]]

    def merge(self, first: int, stop: int) -> MergedSteps:
        """The steps from *first* up to but not including *stop*, as a single step.

        Args:
            first: Index of the first step to merge, 0 to steps - 1.
            stop: Index after the last, above *first*. No decision may lie between, and
                all rows must be of one group.
        """
        merged = slice(first, stop)
        survive, drift = self.survive[:, merged], self.drift[:, merged]
        sd = self.reveal[:, merged]
        reach_probability = np.empty(survive.shape)
        reach_probability[:, 0] = 1.0
        if stop - first > 1:
            np.multiply.accumulate(
                survive[:, :-1], axis=1, out=reach_probability[:, 1:]
            )
            survive = reach_probability[:, -1:] * survive[:, -1:]
            drift = np.add.reduce(drift, axis=1, keepdims=True)
            sd = np.hypot.reduce(sd, axis=1, keepdims=True)
        jumps = None
        uncertain = self.uncertain[0, merged]
        if np.count_nonzero(uncertain):
            chance, size = self.chance[:, merged], self.size[:, merged]
            jumps = Jumps.of(chance[:, uncertain], size[:, uncertain])
        return MergedSteps(first, stop, reach_probability, survive, drift, sd, jumps)


def _asymptotes(
    reward: FloatArray, survive: FloatArray, drift: FloatArray, exit_: FloatArray
) -> "_Asymptotes":
    """Limits, asymptotes and where they meet, of many chains, by step.

    Args:
        reward, survive, drift, exit_: As ``solve`` takes them.

    Returns:
        Limits of C and W and the exit minus the first, hours; slope of W far above; by
        how much the exit raises the strike, and the strike, hours; and whether an offer
        can be had. All ``(rows, steps)``.
    """
    continuation_floor, value_floor = _floors(reward, survive, exit_)
    gap = exit_ - continuation_floor
    slope = np.multiply.accumulate(survive[:, ::-1], axis=1)[:, ::-1]
    raised = np.where(gap > 0.0, gap / slope, 0.0)
    strike = np.add.accumulate((raised - drift)[:, ::-1], axis=1)[:, ::-1]
    reachable = (slope > 0.0) & (np.abs(strike) <= _LARGEST_SURPLUS)
    alive = np.logical_and.accumulate(reachable[:, ::-1], axis=1)[:, ::-1]
    return continuation_floor, value_floor, gap, slope, raised, strike, alive


def _asymptotes_of_one(
    reward: FloatArray, survive: FloatArray, drift: FloatArray, exit_: FloatArray
) -> "_Asymptotes":
    """As ``_asymptotes`` to the last bit, of one chain in Python's own, quicker floats.

    Args:
        reward, survive, drift, exit_: As ``solve`` takes them, ``(1, steps)``.
    """
    columns = [column[0].tolist() for column in (reward, survive, drift, exit_)]
    following, slope, strike, alive = 0.0, 1.0, -0.0, True
    steps = []
    for collected, chance, moved, leaving in reversed(list(zip(*columns, strict=True))):
        going = collected + chance * following
        following = max(leaving, going)
        gap, slope, raised = leaving - going, slope * chance, 0.0
        if gap > 0.0:
            raised = gap / slope if slope else np.inf
        strike += raised - moved
        alive = alive and slope > 0.0 and abs(strike) <= _LARGEST_SURPLUS
        steps.append((going, following, gap, slope, raised, strike, alive))
    table = np.ascontiguousarray(np.array(steps[::-1]).T)[:, None]
    return (*table[:6], table[6] > 0.0)


def _floors(
    reward: FloatArray, survive: FloatArray, exit_: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Limits of C and W far below at every step, hours, ``(rows, steps)``.

    Whoever is so far below takes no offer, so only rewards and exits are left:

        floor of C[k] = reward[k] + survive[k] * floor of W[k+1]
        floor of W[k] = max(exit[k], floor of C[k])

    Args:
        reward, survive, exit_: As ``solve`` takes them.
    """
    floors, following = [], np.zeros(len(reward))
    by_step = zip(reward.T, survive.T, exit_.T, strict=True)
    for collected, chance, leaving in reversed(list(by_step)):
        going = collected + chance * following
        following = np.maximum(leaving, going)
        floors.append((going, following))
    both = np.array(floors[::-1])
    # Along the steps as the numbers of all chains are.
    of_going, of_value = np.ascontiguousarray(both.transpose(1, 2, 0))
    return of_going, of_value


def check_steps(steps: tuple[FloatArray, ...]) -> None:
    """Check that the arrays that ``solve`` takes describe chains of steps.

    Raises:
        ValueError: If they do not, and why.
    """
    shape = steps[0].shape
    if len(shape) != 2 or shape[1] == 0:
        message = f"a chain needs at least one step, got shape {shape}"
        raise ValueError(message)
    names = ["reward", "survive", "drift", "reveal", "exit"]
    names += ["chance of a fact", "size of a fact"] * (len(steps) // 2 - 2)
    for name, column in zip(names, steps, strict=True):
        if column.shape != shape:
            message = f"{name} has shape {column.shape}, reward has {shape}"
            raise ValueError(message)
    # Only if the sum is not finite need each array be looked at by itself.
    finite = _all_of(np.isfinite(sum(steps[1:], start=steps[0])))
    for name, column in () if finite else zip(names, steps, strict=True):
        if not _all_of(np.isfinite(column)):
            message = f"{name} must be finite in every step"
            raise ValueError(message)
    if not _all_of((steps[1] >= 0.0) & (steps[1] <= 1.0)):
        message = "survive must lie between 0 and 1 in every step"
        raise ValueError(message)
    if not _all_of(steps[3] >= 0.0):
        message = "reveal must be at least 0 in every step"
        raise ValueError(message)
    for chance in steps[5::2]:
        if not _all_of((chance >= 0.0) & (chance <= 1.0)):
            message = "the chance of a fact must lie between 0 and 1 in every step"
            raise ValueError(message)


def _all_of(flags: BoolArray) -> bool:
    """Whether all flags are set; counted, which is quicker for a few of them."""
    return bool(np.count_nonzero(flags) == flags.size)


def resolve_ties(chains: Chains, thresholds: FloatArray) -> None:
    """Set the thresholds of steps whose floor equals the exit exactly.

    Going on is then better everywhere if a random change lies ahead, else right of the
    next threshold.

    Args:
        chains: All rows.
        thresholds: Thresholds in hours, shape ``(rows, steps)``; changed in place.
    """
    tied = (chains.kinds == NO_DECISION) & (chains.gap == 0.0)
    if not np.count_nonzero(tied):
        return
    support, highest = np.zeros(tied.shape[0]), chains.highest_jump
    for step in range(tied.shape[1] - 1, -1, -1):
        moved = support - chains.drift[:, step] - highest[:, step]
        passed = np.where(chains.reveal[:, step] > 0.0, -np.inf, moved)
        thresholds[:, step] = np.where(tied[:, step], passed, thresholds[:, step])
        undecided = chains.kinds[:, step] == NO_DECISION
        support = np.where(undecided, passed, thresholds[:, step])
