"""What changes the value of going on is bounded by what a second solution says.

Chains are solved once more with other rewards, exits and offers, and the change of the
value at the first and the second stop must lie between the bounds.
"""

import numpy as np
import pytest
from attrs import evolve

from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.mutual_chains import Belief
from interviewfit._solver.mutual_solution import solve_mutual
from interviewfit._solver.mutual_stops import Changes, KnownStop
from mutual_chains import belief_of, steps_of
from mutual_oracle import random_case


def changes_for(rng: np.random.Generator, kind: str, count: int) -> Changes:
    """Random changes of one kind, with what leaving then saves as the excess."""
    zero = np.zeros(count)
    amount = rng.uniform(0.0, 6.0, count) * (rng.random(count) < 0.7)
    if kind == "gains dropped":
        return Changes(-amount, zero, zero)
    if kind == "costs dropped":
        return Changes(amount, zero, zero)
    if kind == "exits":
        leaving = np.where(rng.random(count) < 0.5, amount, -amount)
        return Changes(zero, leaving, np.maximum(0.0, leaving))
    if kind == "offer":
        return Changes(zero, zero, zero, float(rng.uniform(-80.0, 80.0)))
    leaving = rng.permutation(amount)
    return Changes(rng.permutation(amount) - amount, leaving, leaving)


def stops_of(
    steps: tuple[FloatArray, ...], belief: Belief, better: float
) -> list[KnownStop | None]:
    """The first and the second stop of a chain, somewhat better than believed."""
    solution = solve_mutual(steps, belief)
    believed = solution.believed.item() + better
    return [solution.first_stop(), solution.second_stop(believed)]


@pytest.mark.parametrize(
    "kind", ["gains dropped", "costs dropped", "exits", "offer", "all of them"]
)
def test_a_second_solution_lies_between_the_bounds(kind: str) -> None:
    rng, closer = np.random.default_rng(len(kind)), 0
    for _ in range(6):
        case = random_case(rng, 4)
        steps, belief = steps_of(case), belief_of(case)
        better = 0.2 * float(np.sqrt(case.total))
        changes = changes_for(rng, kind, 4)
        moved = list(steps)
        moved[0], moved[4] = steps[0] + changes.reward, steps[4] + changes.exit
        other = evolve(
            belief,
            centre=belief.centre + changes.offer,
            mean=belief.mean + changes.offer,
        )

        pairs = zip(
            stops_of(steps, belief, better),
            stops_of(tuple(moved), other, better),
            strict=True,
        )

        for stop, again in pairs:
            bounds = None if stop is None else stop.changes_of_value(changes)
            if stop is None or again is None or bounds is None:
                continue
            change, slack = again.value - stop.value, 1e-9 * np.sqrt(case.total)
            assert bounds[0] - slack <= change <= bounds[1] + slack
            closer += 1
    assert closer >= 4


@pytest.mark.parametrize("stages", [1, 2])
def test_up_to_the_next_stop_nothing_is_left_open(stages: int) -> None:
    """In a chain of two steps all is counted where it comes, so the bounds meet."""
    rng, met = np.random.default_rng(5), 0
    for _ in range(8):
        case = evolve(random_case(rng, stages), facts=(None,) * stages, correlation=0.3)
        steps, belief = steps_of(case), belief_of(case)
        changes = changes_for(rng, "gains dropped", stages)
        moved = (steps[0] + changes.reward, *steps[1:])

        stop, again = stops_of(steps, belief, 0.0)[0], stops_of(moved, belief, 0.0)[0]

        bounds = None if stop is None else stop.changes_of_value(changes)
        if stop is None or again is None or bounds is None:
            continue
        if len(stop.state.blocks) < stages:
            # Leaving between the steps may pay with the change alone.
            continue
        assert bounds[1] - bounds[0] <= 1e-9
        assert again.value - stop.value == pytest.approx(
            bounds[0], abs=1e-9 * np.sqrt(case.total)
        )
        met += 1
    assert met
