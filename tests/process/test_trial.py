"""Offers that can be left again within a trial."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    assess,
    corporate,
    plan,
    small_firm,
)
from interviewfit._competition.entries import compile_search
from interviewfit._model.vocabulary import ASPECTS

TODAY = "2026-11-30"
OTHER = Opportunity(name="Bolt", stages=small_firm())
FEWER = settings(max_examples=max(5, settings().max_examples // 10))


def offer(mean: float = 0.0, sd: float = 5.0, **fields: Any) -> Opportunity:
    """An offer whose aspects are all believed to be alike."""
    return Opportunity(
        name="Kestrel",
        stages=corporate(),
        position=Position(phase="offered"),
        beliefs={aspect: Belief(mean=mean, sd=sd) for aspect in ASPECTS},
        **{"questions_asked": True, **fields},
    )


def surplus(job: Opportunity) -> float:
    (entry,) = compile_search(Candidate(), [job], Assumptions())
    return entry.process.mean_hours


class TestValue:
    @pytest.mark.parametrize("mean", [-2.0, 0.0, 1.0])
    def test_it_is_the_better_of_staying_and_leaving_again(self, mean: float) -> None:
        job = offer(mean, trial_weeks=16, leaving_again=80)
        (entry,) = compile_search(Candidate(), [job], Assumptions())
        process, draws = (
            entry.process,
            np.random.default_rng(0).standard_normal(400_000),
        )
        # Half of what is unknown shows in 8 weeks, so three quarters do in 16.
        sd = process.hours_per_percent * process.sd * np.sqrt(0.75)
        known = process.hours_per_percent * process.mean + sd * draws
        values = np.maximum(known, -80.0)

        error = values.std() / np.sqrt(values.size)
        assert abs(process.mean_hours - values.mean()) <= 4.0 * error

    def test_without_a_trial_it_is_what_it_was(self) -> None:
        for weeks in (None, 0):
            tried = assess(Candidate(), offer(1.0, trial_weeks=weeks))

            assert tried == assess(Candidate(), offer(1.0))

    def test_nothing_unknown_leaves_nothing_to_try(self) -> None:
        sure = offer(2.0, sd=0.0, trial_weeks=12)

        assert surplus(sure) == pytest.approx(surplus(evolve(sure, trial_weeks=None)))

    def test_a_doubtful_offer_can_be_tried(self) -> None:
        tried = assess(Candidate(), offer(-0.2, trial_weeks=12, leaving_again=20))

        assert assess(Candidate(), offer(-0.2)).action is Action.DECLINE_OFFER
        assert tried.action is Action.ACCEPT_OFFER
        assert sum(tried.choices[0].terms.values()) == pytest.approx(tried.value)

    def test_questions_are_no_better_for_it(self) -> None:
        asked, usual = (
            {choice.action: choice.value for choice in assess(Candidate(), job).choices}
            for job in (
                offer(1.0, questions_asked=False, trial_weeks=8),
                offer(1.0, questions_asked=False),
            )
        )

        assert asked[Action.ASK_FIRST] == pytest.approx(usual[Action.ASK_FIRST])
        assert asked[Action.ACCEPT_OFFER] > usual[Action.ACCEPT_OFFER]


class TestLaws:
    @given(
        mean=st.floats(-10.0, 10.0),
        weeks=st.tuples(*[st.floats(0.0, 104.0)] * 2),
        costs=st.tuples(*[st.floats(0.0, 500.0)] * 2),
    )
    @FEWER
    def test_a_longer_and_a_cheaper_trial_are_never_worse(
        self, mean: float, weeks: tuple[float, float], costs: tuple[float, float]
    ) -> None:
        (short, long), (cheap, dear) = sorted(weeks), sorted(costs)
        values = [
            surplus(offer(mean, trial_weeks=length, leaving_again=cost))
            for length, cost in (
                (0.0, dear),
                (short, dear),
                (long, dear),
                (long, cheap),
            )
        ]

        assert all(b >= a - 1e-6 for a, b in pairwise(values))

    @pytest.mark.parametrize("day", [None, "2026-12-04"])
    def test_plan_and_assess_agree(self, day: str | None) -> None:
        job = offer(0.5, trial_weeks=12, answer_by=day)
        found = plan(Candidate(), [job, OTHER], today=TODAY).offers[0]
        answer = assess(Candidate(), job, beside=[OTHER], today=TODAY)

        assert answer.action is found.action
        assert answer.value == pytest.approx(found.marginal_value, abs=1e-6)
        usual = plan(Candidate(), [offer(0.5, answer_by=day), OTHER], today=TODAY)
        assert found.accept_value > usual.offers[0].accept_value


@pytest.mark.parametrize("weeks", [-1, 500])
def test_a_length_that_cannot_be_meant_is_refused(weeks: float) -> None:
    with pytest.raises(InvalidFieldError, match="trial_weeks"):
        offer(trial_weeks=weeks)
