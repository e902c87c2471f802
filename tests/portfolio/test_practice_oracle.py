"""What practice does to the plans that do not foresee it, and to the bounds."""

import math
from itertools import permutations

import numpy as np
import pytest
from attrs import evolve

from effort import as_many
from portfolio_oracle import FiniteProcess, FiniteStep, optimum, random_instance
from practice_oracle import (
    Practice,
    Regret,
    gifted_value,
    index_policy_value,
    lookahead_value,
    most_skill,
    optimum_with_practice,
    random_lesson,
    regret,
    relaxed_value,
    relieved,
)

SURE = ((1.0, 0.0),)
TREBLE = Practice(gain=math.log(3))
"""One interview trebles the odds: 0.5 becomes 0.75."""

PRIZE = FiniteProcess(4, (FiniteStep(-1, 0.5, SURE),))
LESSON = FiniteProcess(0, (FiniteStep(-0.125, 0, SURE),))
LESSON_IN_HALVES = FiniteProcess(
    0, (FiniteStep(-0.0625, 1, SURE), FiniteStep(-0.0625, 0, SURE))
)


def regrets(practised: Practice, count: int, *, halves: bool) -> list[Regret]:
    """What the plans lose where there is something to win."""
    rng = np.random.default_rng(5)
    found: list[Regret] = []
    while len(found) < count:
        instance, sizes = random_lesson(rng, halves=halves)
        one = regret(instance, float(rng.choice([0, 0, 1, 2.5])), practised, sizes)
        if one.gain > 0.1:
            found.append(one)
    return found


class TestByHand:
    def test_a_lesson_first(self) -> None:
        """-0.125 - 1 + 0.75 x 4 = 1.875, against -1 + 0.5 x 4 = 1 without practice."""
        case = ((LESSON, PRIZE), 0.0, TREBLE, ((1.0,), (1.0,)))

        assert optimum_with_practice(*case) == pytest.approx(1.875)
        assert lookahead_value(*case) == pytest.approx(1.875)
        assert index_policy_value(*case) == pytest.approx(1)

    def test_a_lesson_in_halves_is_seen_only_through_the_first(self) -> None:
        """The first half costs and teaches nothing, so one step ahead it is a loss."""
        case = ((LESSON_IN_HALVES, PRIZE), 0.0, TREBLE, ((0.0, 1.0), (1.0,)))

        assert optimum_with_practice(*case) == pytest.approx(1.875)
        assert lookahead_value(*case) == pytest.approx(1)
        assert lookahead_value(*case, through=True) == pytest.approx(1.875)

    def test_a_step_is_not_helped_by_itself(self) -> None:
        """Nor a process: alone, the prize is worth 1, before a second step or after."""
        twice = evolve(PRIZE, steps=(FiniteStep(-0.0, 1, SURE), *PRIZE.steps))
        for process, sizes in ((PRIZE, (1.0,)), (twice, (1.0, 1.0))):
            case = ((process,), 0.0, TREBLE, (sizes,))
            assert optimum_with_practice(*case) == gifted_value(*case) == 1

    def test_interviews_done_before_leave_less_to_learn(self) -> None:
        """After one interview a gain of log 9 is one of log 3, at a decay of a half."""
        practised = Practice(gain=math.log(9), decay=0.5, done=1)
        case = ((LESSON, PRIZE), 0.0, practised, ((1.0,), (1.0,)))

        assert optimum_with_practice(*case) == pytest.approx(1.875)

    def test_most_is_learnt_by_the_longest_first(self) -> None:
        practised = Practice(gain=0.4, done=0.5)
        sizes = (0.3, 1.0, 0.0, 0.6)

        def learnt(order: tuple[float, ...]) -> float:
            return sum(
                practised.learnt(size, 0.5 + sum(order[:at]))
                for at, size in enumerate(order)
            )

        best = max(learnt(order) for order in permutations(sizes))
        assert most_skill(practised, sizes) == pytest.approx(best)

    def test_skill_can_hurt_where_passing_on_does(self) -> None:
        """Begun to escape an exit of -8, this one leads half the time to one of -10.

        With all skill from the start it is three times in four: no bound from above.
        """
        trap = FiniteProcess(
            0, (FiniteStep(1, 0.5, SURE, -8), FiniteStep(-10, 0, SURE, -10))
        )
        free = FiniteProcess(0, (FiniteStep(0, 0, SURE),))
        case = ((trap, free), 0.0, TREBLE, ((0.0, 0.0), (1.0,)))

        assert optimum_with_practice(*case) == -4
        assert gifted_value(*case) == pytest.approx(-6.5)
        assert gifted_value(relieved(case[0]), *case[1:]) >= -4


@pytest.mark.parametrize("halves", [False, True])
def test_without_gain_all_plans_are_the_optimum(halves: bool) -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        instance, sizes = random_lesson(rng, halves=halves)
        case = (instance, 1.0, Practice(gain=0), sizes)
        for plan in (optimum_with_practice, index_policy_value, lookahead_value):
            assert plan(*case) == pytest.approx(optimum(instance, 1), abs=1e-9)


@pytest.mark.parametrize("halves", [False, True])
def test_between_bounds(halves: bool) -> None:
    """Practice ignored <= either plan <= optimum <= closer bound <= all skill given."""
    rng = np.random.default_rng(2)
    for _ in range(as_many(12, 25)):
        instance, sizes = random_lesson(rng, halves=halves)
        case = (instance, 0.5, Practice(gain=0.4), sizes)
        best = optimum_with_practice(*case)
        plans = [
            index_policy_value(*case),
            lookahead_value(*case),
            lookahead_value(*case, through=True),
        ]

        assert optimum(instance, 0.5) <= min(plans) + 1e-9
        assert max(plans) <= best + 1e-9
        assert best <= relaxed_value(*case) + 1e-9
        assert relaxed_value(*case) <= gifted_value(*case) + 1e-9


def test_relieved_of_bad_exits_the_bounds_hold_for_all() -> None:
    rng = np.random.default_rng(4)
    practised = Practice(gain=0.8)
    for _ in range(50):
        instance = random_instance(rng, processes=(2, 3), most=200)
        sizes = tuple(
            tuple(float(p) for p in rng.choice([0.0, 0.5, 1.0], len(process.steps)))
            for process in instance
        )
        best = optimum_with_practice(instance, 0, practised, sizes)
        easy = relieved(instance)
        assert best <= relaxed_value(easy, 0, practised, sizes) + 1e-9
        assert best <= gifted_value(easy, 0, practised, sizes) + 1e-9


def test_lookahead_must_see_to_the_next_lesson() -> None:
    """In whole stages one step ahead is enough; in halves it is worth next to nothing.

    Of these, at 0.4: 7.0, 0.7 and 0.7 % of the gain lost in whole stages, by the
    indices and by looking one step and through; in halves 1.6, 1.6 and 0.1 %.
    """
    practised = Practice(gain=0.4)
    stages = regrets(practised, 20, halves=False)
    halves = regrets(practised, 20, halves=True)

    def lost(found: list[Regret], plan: str) -> float:
        return math.fsum(getattr(one, plan) for one in found)

    assert lost(stages, "lookahead") < 0.4 * lost(stages, "index")
    assert lost(halves, "lookahead") > 0.8 * lost(halves, "index")
    assert lost(halves, "through") < 0.4 * lost(halves, "index")
