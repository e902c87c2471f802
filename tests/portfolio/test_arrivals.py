"""New openings that may come while one searches."""

from collections.abc import Sequence
from math import comb

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
    Search,
    Weights,
    assess,
    corporate,
    plan,
    simulate,
    small_firm,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import compile_search
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.arrivals import with_arrivals
from interviewfit.history import review

TODAY = "2026-11-30"
JOBS = (
    Opportunity(name="Acme", stages=corporate()),
    Opportunity(name="Bolt", stages=small_firm()),
)
OFFER = Opportunity(
    name="Kestrel",
    stages=corporate(),
    position=Position(phase="offered"),
    beliefs={"pay": Belief(mean=8.8, sd=1)},
    questions_asked=True,
)
DATED = evolve(OFFER, answer_by="2026-12-04", more_time=0)
FEWER = settings(max_examples=max(3, settings().max_examples // 20))


def solved(who: Candidate, jobs: Sequence[Opportunity]) -> SolvedProcesses:
    entries = compile_search(
        who, with_arrivals(who, jobs, Assumptions()), Assumptions()
    )
    return SolvedProcesses.of([ChainParameters.of(entry.process) for entry in entries])


class TestValue:
    @pytest.mark.parametrize("chance", [0.1, 0.5, 1.0])
    def test_it_is_the_mean_over_how_many_come(self, chance: float) -> None:
        who, weeks = Candidate(arrivals=chance, search_weeks=4), 4
        known = [
            Opportunity(name=f"new {number}", stages=corporate())
            for number in range(weeks)
        ]

        value = solved(who, JOBS).index_policy(5.0).value

        values = [
            solved(Candidate(), [*JOBS, *known[:count]]).index_policy(5.0).value
            for count in range(weeks + 1)
        ]
        shares = [
            comb(weeks, count) * chance**count * (1.0 - chance) ** (weeks - count)
            for count in range(weeks + 1)
        ]
        expected = sum(a * b for a, b in zip(shares, values, strict=True))
        assert value == pytest.approx(expected, rel=1e-9)

    def test_the_limit_is_the_reservation_value_of_mccall(self) -> None:
        who = Candidate(arrivals=0.5, day_cost=0.2, search_weeks=1)

        index = float(solved(who, JOBS[:1]).indices[-1])

        invited = solved(evolve(who, arrivals=0.0), JOBS[:1])
        adds = float(invited.standalone_values(index)[0])
        assert 0.5 * adds == pytest.approx(7 * 0.2, rel=1e-6)

    def test_played_out_it_is_worth_what_the_plan_says(self) -> None:
        plain = Candidate(arrivals=0.4, weights=Weights(practice=0))
        found = plan(plain, JOBS)

        played = simulate(found, 40_000, rng=1).value

        assert abs(played.mean - found.value) <= 4.0 * played.error


class TestOneAnswer:
    @pytest.mark.parametrize("jobs", [(OFFER, *JOBS), (DATED, *JOBS)])
    def test_plan_assess_and_review_say_the_same(
        self, jobs: tuple[Opportunity, ...]
    ) -> None:
        who = Candidate(arrivals=0.4)
        found = plan(who, jobs, today=TODAY)
        lines = review(Search(candidate=who, opportunities=jobs), today=TODAY).lines

        values = {
            **{held.name: (held.action, held.marginal_value) for held in found.offers},
            **{
                row.name: (row.action, row.marginal_value)
                for row in (*found.ranked, *found.to_leave)
            },
        }
        assert set(values) == {job.name for job in jobs}
        for job, line in zip(jobs, lines, strict=True):
            answer = assess(who, job, beside=jobs, today=TODAY)
            action, value = values[job.name]
            assert answer.action is line.action is action
            assert answer.value == pytest.approx(value, abs=1e-6)
            assert line.value == pytest.approx(value, abs=1e-6)
            assert answer.rival_count == 2

    def test_they_are_said_and_have_no_row(self) -> None:
        found = plan(Candidate(arrivals=0.4, search_weeks=3), JOBS)

        assert [row.name for row in found.ranked] == ["Bolt", "Acme"]
        assert found.opportunities == JOBS
        assert "each of the next 3 weeks, with a chance of 40 %" in str(found)

    def test_the_rule_up_to_a_date_does_not_name_them(self) -> None:
        found = plan(Candidate(arrivals=0.4), [DATED, *JOBS], today=TODAY)

        assert found.rule is not None
        assert {limit.opportunity for limit in found.rule.limits} <= {"Acme", "Bolt"}


class TestLaws:
    @given(
        chances=st.tuples(*[st.floats(0.0, 1.0)] * 2),
        weeks=st.tuples(*[st.integers(0, 10)] * 2),
        offer=st.sampled_from((None, OFFER, DATED)),
    )
    @FEWER
    def test_more_of_them_are_never_worse(
        self,
        chances: tuple[float, float],
        weeks: tuple[int, int],
        offer: Opportunity | None,
    ) -> None:
        jobs = [*JOBS, *((offer,) if offer else ())]
        few, more = (
            plan(Candidate(arrivals=chance, search_weeks=count), jobs, today=TODAY)
            for chance, count in zip(sorted(chances), sorted(weeks), strict=True)
        )

        assert more.value >= few.value - 0.25
        for low, high in zip(few.offers, more.offers, strict=True):
            assert high.decline_value >= low.decline_value - 0.25

    def test_without_them_nothing_changes(self) -> None:
        none = Candidate(arrivals=0, search_weeks=20)
        for jobs in ([OFFER, *JOBS], [DATED, *JOBS]):
            usual = plan(Candidate(), jobs, today=TODAY)
            search = evolve(usual.search, candidate=none)

            assert plan(none, jobs, today=TODAY) == evolve(usual, search=search)

    def test_an_offer_is_held_to_more(self) -> None:
        fair = {aspect: Belief(mean=float(aspect == "pay"), sd=1) for aspect in ASPECTS}
        job = evolve(OFFER, beliefs=fair, stays_open=0)

        usual, many = (
            plan(Candidate(arrivals=chance), [job]).offers[0] for chance in (0, 1)
        )

        assert usual.action is Action.ACCEPT_OFFER
        assert many.action is Action.DECLINE_OFFER


@pytest.mark.parametrize("arrivals", [-0.1, 1.5])
def test_a_chance_that_is_none_is_refused(arrivals: float) -> None:
    with pytest.raises(InvalidFieldError, match="arrivals"):
        Candidate(arrivals=arrivals)
