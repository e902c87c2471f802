"""What going on is worth at the first stops of a solved chain, and what changes it.

Nothing is solved again. Let some rewards r_k and exits e_k change by dr_k and de_k. Of
whoever comes to a stop the value changes by no less than if the policy stays, and by no
more than all gains on the way of somebody who never leaves. Where D is known, both need
hold from the next stop but one on only: with D of the next stop changed by as much,

    C' between C + what the steps until then bring + survive E[(D + change)+ - D+]

*At least.* Whoever goes on as before collects every dr_k on the way, and loses at most
what leaving brings less.

*At most.* A policy is worth no more before the change than the best one. What is lost
counts where it is lost for sure: at the first step, and at those that nobody would
leave before with the change either. To leave before any other gains at most its
*excess*: what is saved, and no more than by how much leaving would then beat going on
at its very worst.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._solver.convolutions import at_points, from_mean
from interviewfit._solver.mutual_blocks import Block, decisions_of
from interviewfit._solver.mutual_grid import GridRows, arrival_at
from interviewfit._solver.mutual_half_lines import half_line_of_one
from interviewfit._solver.mutual_induction import SolvedRows
from interviewfit._solver.mutual_outcome import value_of_rows

# The belief after a step is found by secants, to so much of the scale.
_MOST_SECANTS, _NEAR = 12, 1e-9


@frozen(eq=False)
class Changes:
    """By how much more the steps of a chain bring, hours, each ``(steps,)``.

    Attributes:
        reward: Going through each of them.
        exit: Leaving before each of them.
        excess: The most that leaving before each could gain, at least 0.
        offer: By how much more an offer is worth, hours.
    """

    reward: FloatColumn
    exit: FloatColumn
    excess: FloatColumn
    offer: float = 0.0


@frozen(eq=False, repr=False)
class KnownStop:
    """The first stop of what is left of a chain, for somebody who stands there.

    Attributes:
        state: What is left, a single row, solved.
        steps: Reward, survive and exit of each step of the whole chain, ``(steps,)``.
        value: Of going on, hours.
        lead: The same beyond what leaving brings.
        reach: Probability to come to each step if one never leaves, up to the next
            stop, and beyond it up to the offer where that is asked for.
    """

    state: SolvedRows | GridRows
    steps: tuple[FloatColumn, FloatColumn, FloatColumn]
    value: float
    lead: float
    reach: tuple[float, ...]

    @classmethod
    def of(
        cls,
        state: SolvedRows | GridRows,
        mean: FloatArray,
        steps: tuple[FloatColumn, FloatColumn, FloatColumn],
        *,
        to_offer: bool,
    ) -> "KnownStop | None":
        """The first stop; None where nobody could believe so much.

        Args:
            state, steps: As the attributes.
            to_offer: Whether it is asked who comes how far beyond the next stop.
            mean: Of the normal part of the belief there, units of the scale, ``(1,
                1)``.
        """
        first, number = state.blocks[0], state.blocks[0].passes[0]
        blocks = state.blocks if to_offer else state.blocks[:1]
        passes = [it for block in blocks for it in block.passes[:-1]]
        passes.append(blocks[-1].passes[-1])
        factors = first.moments.factors(mean, range(number, passes[-1] + 1))[0, 0]
        if not factors[0] > 0.0:
            return None
        stated = np.append(1.0, np.cumprod(steps[1][first.first : blocks[-1].stop]))
        reach = stated * factors[np.array(passes) - number] / factors[0]
        if isinstance(state, GridRows):
            value = state.going_on.item()
        else:
            value = value_of_rows(state, mean)[1].item()
        lead = value - first.exits[0, number].item()
        return cls(state, steps, value, lead, tuple(reach.tolist()))

    def changes_of_value(self, changes: Changes) -> tuple[float, float] | None:
        """Between what the value of going on changes, hours.

        Args:
            changes: Of the steps of the whole chain.

        Returns:
            None where D is not kept on a grid, or nothing is told before the next stop.
        """
        state, (block, *later) = self.state, self.state.blocks
        if not isinstance(state, GridRows) or block.is_silent:
            return None
        bounds, vectors, passes = [], [], block.moments.passes
        behind = [it for part in later for it in part.passes[:-1]]
        stop, length = block.stop, block.stop - block.first
        stated = np.append(1.0, np.cumprod(self.steps[1][stop:]))
        reach = np.array(self.reach)
        for counted in (self._at_least(changes), self._at_most(changes)):
            rewards, leaving, offer = counted
            total = float(rewards[block.first : stop] @ reach[:length])
            if later:
                total += leaving * float(reach[length])
                vector = np.zeros(passes + 1)
                np.add.at(vector, behind, stated[:-1] * rewards[stop:])
                vector[passes] += stated[-1] * offer
                vector[block.passes[-1]] -= leaving
                vectors.append(vector[None])
            else:
                total += offer * float(reach[-1])
            bounds.append(total)
        if later:
            gains = self._expectations(state, vectors)
            if gains is None:
                return None
            bounds = [bound + gain for bound, gain in zip(bounds, gains, strict=True)]
        return bounds[0], bounds[1]

    def _at_least(self, changes: Changes) -> tuple[FloatColumn, float, float]:
        """What each step, leaving at the next stop and an offer lose at most, hours.

        Args:
            changes: Of the steps of the whole chain.
        """
        rewards, exits = changes.reward.copy(), np.append(changes.exit, 0.0)
        stop = self.state.blocks[0].stop
        # Whoever goes on at the next stop comes through all its steps.
        beyond = slice(self.state.blocks[:2][-1].stop, None)
        rewards[beyond] = np.minimum(0.0, rewards[beyond])
        rewards[stop + 1 :] += np.minimum(0.0, changes.exit[stop + 1 :])
        return rewards, float(exits[stop]), min(0.0, changes.offer)

    def _at_most(self, changes: Changes) -> tuple[FloatColumn, float, float]:
        """What each step, leaving at the next stop and an offer gain at most, hours.

        Args:
            changes: Of the steps of the whole chain.
        """
        rewards, exits = changes.reward, np.append(changes.exit, 0.0)
        most = np.maximum(0.0, rewards) + changes.excess
        leaving, is_sure = max(0.0, float(exits[self.state.blocks[0].stop])), True
        for block in self.state.blocks[:2]:
            # Leaving before the first step is counted by itself.
            most[block.first] = max(0.0, float(rewards[block.first]))
            if is_sure:
                most[block.first] = rewards[block.first]
                is_sure = self._nobody_leaves_in(block, changes)
            if is_sure:
                most[block.first : block.stop] = rewards[block.first : block.stop]
            if is_sure and block is self.state.blocks[0]:
                leaving = float(exits[block.stop])
        return most, leaving, max(0.0, changes.offer)

    def _nobody_leaves_in(self, block: Block, changes: Changes) -> bool:
        """Whether leaving between the steps of a block is worth nothing then either.

        Args:
            block: Of which nobody leaves between the steps without the changes.
            changes: Of the steps of the whole chain.
        """
        if block.stop == block.first + 1:
            return True
        reward, survive, leaving = self.steps
        passes = [part.passes for part in self.state.blocks]
        decides = [False] * self.state.blocks[0].first
        decides += [bool(step) for it in passes for step in np.diff(it).tolist()]
        reward, leaving = reward + changes.reward, leaving + changes.exit
        lines = reward[None], survive[None], leaving[None]
        decisions = decisions_of(*lines, decides)[0]
        return not decisions[block.first + 1 : block.stop].any()

    def _expectations(
        self, state: GridRows, vectors: Sequence[FloatArray]
    ) -> list[float] | None:
        """By how much E[D+] of the next stop grows if D changes, hours.

        Args:
            state: What is left.
            vectors: By how much, in factors, each ``(1, passes + 1)``.

        Returns:
            None where D then changes its sign more than once.
        """
        grid, block, after = state.grid, *state.blocks[:2]
        worth, density = state.worth[0], from_mean(grid, block, state.ahead.mean)
        known, found = float((density * state.weights[0] * worth).sum()), []
        arrival = partial(arrival_at, state.ahead, 1)
        for change in at_points(grid, [after.moments] * len(vectors), vectors):
            moved = worth + change
            weights, *_, missed = half_line_of_one(grid, moved, arrival)
            if missed.any():
                return None
            found.append(float((density * weights * moved).sum()) - known)
        factor = block.moments.factor(state.ahead.mean, block.passes[0]).item()
        return [block.survive.item() / factor * more for more in found]


def second_stop(
    state: SolvedRows | GridRows,
    believed: float,
    steps: tuple[FloatColumn, FloatColumn, FloatColumn],
) -> KnownStop | None:
    """The second stop, for somebody who comes to it and then believes so much.

    Args:
        state: A single row.
        believed: Mean of the surplus after the step with all that passes told, hours.
        steps: As the attribute of the stop.

    Returns:
        None where there is no decision before the second step, or nobody could believe
        so much.
    """
    if len(state.blocks) < 2 or state.blocks[1].first != 1:
        return None
    blocks = tuple(state.blocks[1:])
    offer = state.ahead.offer if isinstance(state, GridRows) else state.offer
    first, number = blocks[0], blocks[0].passes[0]
    half = first.moments.passes + 1
    target = (believed - offer.centre.item()) / offer.scale.item()
    point, before, error_before = target, 0.0, 0.0
    for count in range(_MOST_SECANTS):
        factors = first.moments.at(np.array([[point]]))[0, 0]
        error = float(factors[half + number] / factors[number]) - target
        if not abs(error) > _NEAR:
            break
        slope = (error - error_before) / (point - before) if count else 1.0
        before, error_before = point, error
        point -= error / slope
        if not abs(point) < first.moments.reach:
            return None
    else:
        return None
    mean = np.array([[point]])
    remaining: SolvedRows | GridRows
    if isinstance(state, GridRows):
        worth, weights = state.worth[1:], state.weights[1:]
        ahead = evolve(state.ahead, mean=mean, blocks=blocks)
        remaining = evolve(state, ahead=ahead, worth=worth, weights=weights)
    else:
        remaining = evolve(state, mean=mean, blocks=blocks, stops=state.stops[1:])
    return KnownStop.of(remaining, mean, steps, to_offer=True)
