"""What is written down can be read again, and what is explained can be read at all."""

import re
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from hypothesis.strategies import SearchStrategy

import strategies as fit
from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Clue,
    Opportunity,
    Phase,
    Position,
    Reading,
    Search,
    Stage,
    Weights,
    assess,
    dumps,
    explain,
    loads,
    small_firm,
)
from interviewfit.history import History

FEWER = settings(max_examples=settings().max_examples // 3)
NOT_A_NUMBER = re.compile(r"\b(nan|inf|none)\b", re.IGNORECASE)
RECORDS: dict[type, SearchStrategy[Any]] = {
    Search: fit.searches(),
    Candidate: fit.candidates(),
    Opportunity: fit.opportunities(stages=fit.NAMED_STAGES),
    Stage: fit.stages(names=fit.NAMES),
    Belief: fit.beliefs(),
    Reading: fit.readings(about=fit.NOTHING | fit.NAMES),
    Clue: fit.clues(about=fit.NOTHING | fit.NAMES),
    Weights: fit.weights(),
    Position: fit.positions(last=49),
    Assumptions: fit.assumptions(),
    Assessment: fit.assessments(),
    History: fit.histories(),
}
SAID = {
    Action.TAKE: "take it",
    Action.CONTINUE: "go on",
    Action.FINISH_POLITELY: "finish this one politely",
    Action.WITHDRAW_POLITELY: "withdraw politely",
    Action.LEAVE: "leave now",
    Action.DECLINE: "decline",
    Action.POSTPONE: "ask to postpone",
    Action.INVESTIGATE: "look it up",
    Action.ASK_FIRST: "ask first",
    Action.ACCEPT_OFFER: "accept the offer",
    Action.DECLINE_OFFER: "decline the offer",
    Action.MOVE_ON: "move on",
}


class TestJson:
    @pytest.mark.parametrize("kind", RECORDS)
    def test_brings_back_every_record_to_the_last_bit(self, kind: type) -> None:
        @FEWER
        @given(record=RECORDS[kind])
        def check(record: object) -> None:
            text = dumps(record)
            found: object = loads(text, kind)

            assert found == record
            assert dumps(found) == text

        check()

    @FEWER
    @given(belief=fit.beliefs(st.floats(-1e3, 1e3), st.floats(0.0, 1e3)))
    def test_keeps_every_number_a_belief_may_hold(self, belief: Belief) -> None:
        assert loads(dumps(belief), Belief) == belief

    @FEWER
    @given(who=fit.candidates())
    def test_of_equal_records_is_equal(self, who: Candidate) -> None:
        """In whichever order their entries were put in."""
        other = evolve(
            who,
            priorities=dict(reversed(list(who.priorities.items()))),
            dealbreakers=sorted(who.dealbreakers, reverse=True),
        )

        assert other == who
        assert dumps(other) == dumps(who)

    def test_of_a_belief_is_what_one_would_write(self) -> None:
        text = '{\n  "schema": "interviewfit/2",\n  "mean": 5.0,\n  "sd": 8.0\n}\n'

        assert dumps(Belief(mean=5, sd=8)) == text


class TestAnExplanation:
    @given(
        case=fit.cases(names=st.just("Acme")),
        bound=st.booleans(),
    )
    def test_is_short_and_says_what_to_do_first(
        self, case: fit.Case, bound: bool
    ) -> None:
        """And holds nothing that only a programmer could read."""
        if bound:
            tags = {"whaling"}
            case = evolve(
                case,
                candidate=evolve(case.candidate, dealbreakers=tags),
                opportunity=evolve(case.opportunity, tags=tags),
            )
        found = case.assess()
        text = explain(found)
        lines = text.splitlines()

        assert 1 <= len(lines) <= 15
        assert lines[0].startswith(f"Acme: {SAID[found.action]}")
        assert not NOT_A_NUMBER.search(text)
        assert str(found) == text

    @FEWER
    @given(job=fit.opportunities(stages=fit.NAMED_STAGES), who=fit.candidates())
    def test_stays_as_short_by_whatever_names(
        self, job: Opportunity, who: Candidate
    ) -> None:
        assert len(explain(assess(who, job)).splitlines()) <= 15

    @FEWER
    @given(case=fit.cases())
    def test_is_the_same_every_time(self, case: fit.Case) -> None:
        assert explain(case.assess()) == explain(case.assess())

    def test_of_a_rejection_is_to_move_on(self) -> None:
        gone = Opportunity(
            name="Acme",
            stages=small_firm(),
            position=Position(phase=Phase.REJECTED),
        )
        first = explain(assess(Candidate(), gone)).splitlines()[0]

        assert first.startswith("Acme: move on.")
