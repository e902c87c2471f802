"""Of things that weigh the same, none is named for standing first in a file."""

from itertools import permutations

import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Assessment,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Reading,
    assess,
    corporate,
    plan,
)
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.side_by_side import best_offer

FRIENDS = ("Ann", "Bo", "Cy")


def heard(*values: float, named: bool = True) -> Assessment:
    """The answer after friends have said the same or other things of a role."""
    signals = [
        Reading(aspect="role", value=value, noise=8, note=name if named else "")
        for name, value in zip(FRIENDS, values, strict=False)
    ]
    job = Opportunity(name="Acme", stages=corporate(), signals=signals)
    return assess(Candidate(), job)


class TestReasons:
    @pytest.mark.parametrize("count", [2, 3])
    @pytest.mark.parametrize("value", [-60.0, -40.0, -25.0, -14.0, -8.0, 8.0, 30.0])
    def test_of_equal_sources_all_are_named_or_none(
        self, value: float, count: int
    ) -> None:
        text = str(heard(*[value] * count))
        said, *_ = text.partition("What each thing you said")
        named = {name for name in FRIENDS if f"({name})" in said}

        assert named in (set(), set(FRIENDS[:count]))

    @pytest.mark.parametrize("value", [-60.0, -40.0, -25.0, -14.0])
    @pytest.mark.parametrize("count", [2, 3])
    def test_the_same_words_stand_once_with_how_often(
        self, value: float, count: int
    ) -> None:
        answer = heard(*[value] * count, named=False)
        text = str(answer)

        often = "said twice" if count == 2 else "said 3 times"
        assert often in text
        # Without a thing that decides the advice is another.
        assert (
            f"Without that, the advice would be: {HEADLINES[answer.action]}" not in text
        )

    def test_one_that_weighs_more_is_named_alone(self) -> None:
        _, _, text = str(heard(8.0, 30.0)).partition("Most for it: ")
        speaking, _, against = text.partition("Most against it: ")

        assert "(Bo)" in speaking
        assert "(Ann)" not in speaking
        assert "(Bo)" not in against


class TestOffers:
    def test_of_equal_offers_all_are_named_in_any_order(self) -> None:
        jobs = [
            Opportunity(
                name=name,
                stages=corporate(),
                position=Position(phase="offered"),
                beliefs={"pay": Belief(mean=mean, sd=4)},
                questions_asked=True,
            )
            for name, mean in (("A", 9.0), ("B", 9.0), ("C", 2.0))
        ]
        for order in permutations(jobs):
            said = best_offer(plan(Candidate(), list(order)).offers)
            assert "A and B" in said or "B and A" in said
            assert "equally likely to be the best" in said
            assert "C" not in said.replace("chance", "")

        better = [evolve(jobs[0], beliefs={"pay": Belief(mean=14, sd=4)}), jobs[1]]
        assert "A is the best with" in best_offer(plan(Candidate(), better).offers)


class TestSureToBeRefused:
    """In an interview after which nobody is passed on, staying has one sense only."""

    @pytest.mark.parametrize("stage", [0, 1, 2])
    @pytest.mark.parametrize("role", [-60.0, -25.0, 0.0, 25.0])
    def test_nothing_said_of_the_job_turns_the_advice(
        self, role: float, stage: int
    ) -> None:
        stages = list(corporate())
        stages[stage] = evolve(stages[stage], pass_rate=0.0)
        job = Opportunity(
            name="Acme",
            stages=stages,
            position=Position(stage=stage, phase="midway"),
            beliefs={"role": Belief(mean=role, sd=5)},
            signals=["bad_reviews"],
        )
        reasons = assess(Candidate(), job).reasons
        assert reasons is not None

        for reason in reasons:
            if reason.name.startswith(("beliefs", "signals")):
                assert not reason.turns
                assert reason.action_without in (
                    Action.CONTINUE,
                    Action.FINISH_POLITELY,
                )
