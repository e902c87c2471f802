"""The best hours for every stage ahead, where pass rates answer to hours."""

from math import asinh, exp, log, sqrt
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    assess,
    corporate,
    technical,
)
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._results.assessment import Preparation
from interviewfit._text.preparation_text import preparation_words

ME = Candidate()


def job(role: float = 5.0, **more: Any) -> Opportunity:
    """An opportunity with a belief on the role."""
    more = {"stages": corporate(), **more}
    return Opportunity(name="Acme", beliefs={"role": Belief(mean=role, sd=12)}, **more)


def prepared(job: Opportunity, **numbers: float) -> Preparation:
    """The best hours for an opportunity."""
    found = assess(ME, job, assumptions=Assumptions(numbers=numbers)).preparation
    assert found is not None
    return found


def rate_after(rate: float, hours: FloatColumn, usual: float) -> FloatColumn:
    """The pass rate after some hours, from the formula of the page."""

    def doublings(hours: FloatColumn) -> FloatColumn:
        return np.asarray(2.0 * np.arcsinh(np.sqrt(hours)) / np.log(2.0))

    more = doublings(hours) - doublings(np.array([usual]))
    odds = rate / (1.0 - rate) * np.exp(0.15 * more)
    return np.asarray(odds / (1.0 + odds))


class TestBest:
    @pytest.mark.parametrize("role", [-8.0, 4.0, 25.0])
    @pytest.mark.parametrize("mutual_fit", [None, 0.3])
    def test_one_stage_is_that_of_a_fine_grid(
        self, role: float, mutual_fit: float | None
    ) -> None:
        stage = Stage(kind="hiring_manager", reshape_chance=0.0)
        one = job(role, stages=[stage], mutual_fit=mutual_fit)
        decision = assess(ME, one).decision
        hours = 4.0 + 60.0 * np.linspace(0.0, 1.0, 400) ** 2
        columns = {
            "stages[0].preparation": hours,
            "stages[0].pass_rate": rate_after(0.4, hours, 4.0),
        }
        values = evaluate_rows(decision, columns).values[1]

        best = prepared(one)

        assert best.value >= values.max() - 1e-6
        assert best.value == pytest.approx(values.max(), abs=2e-3)

    def test_two_stages_are_those_of_a_fine_grid(self) -> None:
        stages = [Stage(kind="hr_screen"), Stage(kind="executive")]
        one = job(3.0, stages=stages)
        first, second = np.meshgrid(np.linspace(1.0, 6.0, 60), np.linspace(5, 30, 60))
        columns = {
            "stages[0].preparation": first.ravel(),
            "stages[0].pass_rate": rate_after(0.5, first.ravel(), 1.0),
            "stages[1].preparation": second.ravel(),
            "stages[1].pass_rate": rate_after(0.55, second.ravel(), 4.5),
        }
        values = evaluate_rows(assess(ME, one).decision, columns).values[1]

        best = prepared(one)

        assert best.value >= values.max() - 1e-6
        assert best.value == pytest.approx(values.max(), abs=2e-2)

    @pytest.mark.parametrize("mutual_fit", [None, 0.2])
    def test_the_value_is_that_of_who_states_these_hours(
        self, mutual_fit: float | None
    ) -> None:
        one = job(10.0, mutual_fit=mutual_fit)
        best = prepared(one)

        stages = [
            evolve(stage, preparation=advice.hours, pass_rate=advice.pass_rate)
            for stage, advice in zip(one.stages, best.stages, strict=True)
        ]

        assert assess(ME, evolve(one, stages=stages)).value == pytest.approx(best.value)
        assert best.gain == pytest.approx(best.value - assess(ME, one).value)


class TestLaws:
    def test_with_no_effect_it_is_the_answer_of_today(self) -> None:
        best = prepared(job(20.0), preparation_effect=0.0)

        assert best.value == pytest.approx(assess(ME, job(20.0)).value)
        assert [it.hours for it in best.stages] == [1.0, 4.0, 4.5]
        assert best.gain == 0.0
        assert not best.turns

    @settings(max_examples=5)
    @given(
        st.floats(-20.0, 40.0),
        st.floats(0.0, 0.6),
        st.floats(0.0, 0.6),
        st.sampled_from([corporate(), technical()]),
    )
    def test_more_effect_never_lowers_the_value(
        self,
        role: float,
        first: float,
        second: float,
        stages: tuple[Stage, ...],
    ) -> None:
        low, high = sorted((first, second))
        one = job(role, stages=stages)

        less = prepared(one, preparation_effect=low)
        more = prepared(one, preparation_effect=high)

        assert more.value >= less.value - 1e-7
        for stage in (*less.stages, *more.stages):
            assert stage.hours >= stage.usual
            assert stage.pass_rate >= stage.usual_pass_rate

    @pytest.mark.parametrize("effect", [0.001, 0.05, 0.4])
    def test_nobody_is_advised_no_hours_where_a_pass_is_worth_something(
        self, effect: float
    ) -> None:
        numbers = {"hr_screen.preparation": 0.0, "preparation_effect": effect}

        best = prepared(job(), **numbers)

        assert best.stages[0].usual == 0.0
        assert best.stages[0].hours > 0.0

    def test_the_odds_grow_by_the_effect_with_each_doubling(self) -> None:
        advice = prepared(job(30.0)).stages[2]

        more = 2.0 * (asinh(sqrt(advice.hours)) - asinh(sqrt(advice.usual))) / log(2.0)
        odds = advice.pass_rate / (1.0 - advice.pass_rate)
        assert odds == pytest.approx(0.55 / 0.45 * exp(0.15 * more))


class TestStages:
    def test_stated_hours_stay_as_stated(self) -> None:
        stages = [Stage(kind="hr_screen", preparation=0.5), *corporate()[1:]]

        best = prepared(job(30.0, stages=stages))

        assert best.stages[0].is_stated
        assert best.stages[0].hours == 0.5
        assert best.stages[0].pass_rate == 0.5
        assert best.stages[1].hours > 4.0

    def test_of_a_task_at_home_its_own_hours_are_chosen(self) -> None:
        best = prepared(job(40.0, stages=technical()))

        assert best.stages[1].stage == "take home"
        assert best.stages[1].usual == 6.0
        assert best.stages[1].hours > 6.0
        stated = [Stage(kind="take_home", hours=8.0), Stage(kind="panel")]
        assert prepared(job(40.0, stages=stated)).stages[0].hours == 8.0

    def test_inside_an_interview_it_is_of_the_next(self) -> None:
        position = Position(phase="midway", stage=1)

        best = prepared(job(30.0, position=position))

        assert [it.stage for it in best.stages] == ["executive"]

    def test_with_an_offer_nothing_is_left_to_prepare(self) -> None:
        offered = job(position=Position(phase="offered"))

        assert assess(ME, offered).preparation is None
        assert preparation_words(None) == ""

    def test_good_hours_may_turn_a_no_into_a_yes(self) -> None:
        doubtful = job(-8.0, stages=technical())

        best = prepared(doubtful, preparation_effect=0.4)

        assert assess(ME, doubtful).action.value == "decline"
        assert best.action.value == "take"
        assert best.turns

    def test_others_beside_it_are_counted(self) -> None:
        rival = evolve(job(30.0), name="Bolt")
        beside = assess(ME, job(5.0), beside=[rival]).preparation

        assert beside is not None
        assert beside.gain < prepared(job(5.0)).gain


class TestWords:
    def test_they_say_how_long_for_each_and_what_it_brings(self) -> None:
        words = preparation_words(prepared(job(8.0)))

        assert words == (
            "Prepare 2.9 h for the hr screen, 8.5 h for the hiring manager and 20 h "
            "for the executive. That makes your chance 55 % instead of 50 % to pass "
            "the hr screen, 44 % instead of 40 % to pass the hiring manager and 62 % "
            "instead of 55 % to pass the executive, and is worth 3.6 h more than the "
            "usual hours."
        )

    def test_a_digit_stands_where_it_says_something(self) -> None:
        best = prepared(job(8.0))
        for hours, told in ((9.44, "9.4 h"), (10.4, "10 h"), (1234.0, "1,234 h")):
            stages = (evolve(best.stages[0], hours=hours),)

            assert f"Prepare {told} for" in preparation_words(
                evolve(best, stages=stages)
            )

    def test_where_more_pays_nothing_the_usual_hours_are_named(self) -> None:
        words = preparation_words(prepared(job(), preparation_effect=0.0))

        assert words == (
            "Prepare 1 h for the hr screen, 4 h for the hiring manager and 4.5 h for "
            "the executive; more would not pay for its time."
        )


def test_printed_it_is_a_sentence() -> None:
    found = prepared(job())

    assert str(found) == preparation_words(found)
    assert str(found).startswith("Prepare ")
    assert repr(found).startswith("<Preparation: +")
