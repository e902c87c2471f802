"""A sign is a direction: what is bad never makes an opportunity worth more.

Waiting included: a merger that may come is no better than none. There is one exception.
Through a recruiter it costs something to drop out later, so whoever would do so loses
by being invited on, and gains by signs that make it less likely.
"""

from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import strategies as fit
from compiled import process_of
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    NamedSign,
    Opportunity,
    Position,
    Search,
    Sign,
    assess,
    corporate,
    plan,
    score,
)
from interviewfit._model.signs import SIGNS
from interviewfit.records import Event, Strength

strengths = st.sampled_from(Strength) | st.floats(0.0, 5.0)


def speaks(sign: Sign, side: float) -> bool:
    """Whether a sign says something bad (-1) or good (1)."""
    entry = SIGNS[sign]
    values = [reading.value for reading in entry.readings]
    values += [factor - 1.0 for _, factor in entry.clues]
    return not entry.familiar and any(side * value > 0.0 for value in values)


BAD = [sign for sign in Sign if speaks(sign, -1.0)]
GOOD = [sign for sign in Sign if speaks(sign, 1.0)]
PENDING = [
    sign
    for sign, entry in SIGNS.items()
    if any(reading.chance for reading in entry.readings)
]


def seeing(case: fit.Case, sign: Sign, strength: Any, when: Any) -> fit.Case:
    """The same where somebody who has said nothing yet tells a sign as well."""
    seen = NamedSign(sign=sign, strength=strength, source="somebody new", when=when)
    job = case.opportunity
    return evolve(case, opportunity=evolve(job, signals=(*job.signals, seen)))


def apart(case: fit.Case, sign: Sign) -> fit.Case:
    """The same without a recruiter, if the sign says whether one is invited on."""
    if any(event is Event.PASSED_ON for event, _ in SIGNS[sign].clues):
        direct = evolve(case.opportunity, via_recruiter=False)
        return evolve(case, opportunity=direct)
    return case


def assert_no_better(worse: fit.Case, better: fit.Case) -> None:
    low, high = worse.assess(), better.assess()
    stakes = max(worse.stakes(low), better.stakes(high))

    assert low.value <= high.value + 1e-9 * stakes


class TestDirection:
    @given(
        case=fit.cases(),
        sign=st.sampled_from(BAD),
        strength=strengths,
        when=fit.TIMES,
    )
    def test_a_bad_sign_never_raises_the_value(
        self, case: fit.Case, sign: Sign, strength: Any, when: Any
    ) -> None:
        case = apart(case, sign)

        assert_no_better(seeing(case, sign, strength, when), case)

    @given(
        case=fit.cases(),
        sign=st.sampled_from(GOOD),
        strength=strengths,
        when=fit.TIMES,
    )
    def test_a_good_sign_never_lowers_the_value(
        self, case: fit.Case, sign: Sign, strength: Any, when: Any
    ) -> None:
        case = apart(case, sign)

        assert_no_better(case, seeing(case, sign, strength, when))

    @given(
        case=fit.cases(),
        sign=st.sampled_from(PENDING),
        factors=st.lists(st.floats(0.0, 5.0), min_size=2, max_size=2).map(sorted),
        when=fit.TIMES,
    )
    def test_the_stronger_the_news_to_come_the_worse(
        self, case: fit.Case, sign: Sign, factors: list[float], when: Any
    ) -> None:
        mild, strong = (seeing(case, sign, factor, when) for factor in factors)

        assert_no_better(strong, mild)

    @given(search=fit.searches(), sign=st.sampled_from(PENDING), strength=strengths)
    def test_nor_does_a_search_gain_by_it(
        self, search: Search, sign: Sign, strength: Any
    ) -> None:
        first, *others = search.opportunities
        news = NamedSign(sign=sign, strength=strength, source="somebody new")
        told = evolve(first, signals=(*first.signals, news))
        before = plan(search.candidate, [first, *others])
        after = plan(search.candidate, [told, *others])
        slack = before.guarantee.gap or 0.0

        assert after.value <= before.value + slack + 1e-7 * (1.0 + abs(before.value))

    def test_whom_a_recruiter_sends_may_be_glad_not_to_be_invited(self) -> None:
        """The exception: whoever would drop out later pays for being invited on."""
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            via_recruiter=True,
            beliefs={"role": Belief(mean=-80, sd=0)},
        )
        late = evolve(job, signals=["posting_expired"])

        assert assess(Candidate(), late).value > assess(Candidate(), job).value


class TestWaiting:
    """News of a bad sign: it happens, or all is as if nobody had spoken of it."""

    @pytest.mark.parametrize("stage", [0, 1, 2])
    @pytest.mark.parametrize("sign", ["merger_talks", "layoff_news"])
    def test_what_waiting_is_worth_by_both_worlds(self, sign: str, stage: int) -> None:
        """0.8 of what the process is worth in each world, less a message of 0.1 h."""
        bare = Assumptions(numbers={"hidden_role": 0.0})
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            signals=[sign],
            position=Position(stage=stage),
        )
        found = assess(Candidate(), job, assumptions=bare)
        waiting = next(it for it in found.choices if it.action is Action.POSTPONE)
        process = process_of(Candidate(), job, bare)
        ((chance, size),) = process.news.events
        worlds = [(chance, size * (1.0 - chance)), (1.0 - chance, -chance * size)]
        worth = 0.0
        for share, shift in worlds:
            moved = Candidate(fallback=-shift)
            silent = [
                it
                for it in assess(moved, job, assumptions=bare).choices
                if it.action is not Action.POSTPONE
            ]
            worth += share * max(it.value for it in silent)

        assert found.unsettled == ("stability",)
        assert waiting.value == pytest.approx(0.8 * worth - 0.1, abs=1e-9)

    @pytest.mark.parametrize("stage", [0, 1, 2])
    def test_a_hopeless_job_is_not_waited_for(self, stage: int) -> None:
        """Talk of a merger turned a decline into a wait, worth up to 1.6 h."""
        hopeless = {"stability": Belief(mean=-25, sd=4), "role": Belief(mean=-12, sd=2)}
        for strength in Strength:
            job = Opportunity(
                name="Acme",
                stages=corporate(),
                beliefs=hopeless,
                signals=[NamedSign(sign="merger_talks", strength=strength)],
                position=Position(stage=stage),
            )
            answer = assess(Candidate(), job)
            leaving = (Action.DECLINE, Action.WITHDRAW_POLITELY)

            assert answer.action in leaving
            assert answer.value == 0.0

    def test_rows_wait_as_single_decisions_do(self) -> None:
        """Rows where nothing is to come among them, and rows of both signs."""
        merger, layoffs = np.array([0, 1, 1, 2.5, 0]), np.array([0, 0, 1, 0.5, 2])
        columns = {
            "process": "corporate",
            "stage": 1,
            "signs.merger_talks": merger,
            "signs.layoff_news": layoffs,
        }
        found = score(Candidate(), columns)
        for row, pair in enumerate(zip(merger, layoffs, strict=True)):
            signs = ("merger_talks", "layoff_news")
            job = Opportunity(
                name="Acme",
                stages=corporate(),
                position=Position(stage=1),
                signals=[
                    NamedSign(sign=sign, strength=strength)
                    for sign, strength in zip(signs, pair, strict=True)
                ],
            )
            answer = assess(Candidate(), job)

            assert found.action[row] == answer.action
            assert found.value[row] == pytest.approx(answer.value, abs=1e-9)

    @pytest.mark.parametrize("sign", PENDING)
    @pytest.mark.parametrize("mean", [-20.0, -2.0, 4.0, 12.0, 30.0])
    def test_an_offer_is_answered_alike_alone_and_in_a_plan(
        self, sign: Sign, mean: float
    ) -> None:
        offer = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs={"pay": Belief(mean=mean, sd=3)},
            signals=[sign],
            position=Position(phase="offered", stage=2),
        )
        answer = assess(Candidate(), offer)
        search = plan(Candidate(), [offer])

        assert search.offers[0].action is answer.action
        assert search.value == pytest.approx(answer.value, abs=1e-9)
