"""A plan says why it leaves what it leaves, in the words of what was said."""

import re
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Action,
    Belief,
    Candidate,
    NamedSign,
    Opportunity,
    Position,
    Search,
    assess,
    corporate,
    dumps,
    loads,
    plan,
)
from interviewfit._results.assessment import LEAVING
from interviewfit._results.plan import PlanRecord
from interviewfit._text.first_screen import Hints, plan_screen
from interviewfit._text.layout import Table, render
from interviewfit.records import Either

HINTS = Hints(why="why NAME", letter="letter NAME", more="all")


def job(name: str, **changes: Any) -> Opportunity:
    return Opportunity(**{"name": name, "stages": corporate(), **changes})


DULL = job("Dull", beliefs={"role": Belief(mean=-45, sd=4)})
FINE = job("Fine", beliefs={"role": Belief(mean=10, sd=4)})


class TestWords:
    def test_what_was_said_of_it(self) -> None:
        found = plan(Candidate(), [DULL, FINE])

        assert found.why_left("Dull") == "because you value the role at -45 % of pay"
        words = "Dull (decline, because you value the role at -45 % of pay)."
        assert f"  Not worth more of your time: {words}" in str(found).splitlines()

    def test_a_dealbreaker_and_a_refusal(self) -> None:
        over = job("Over", position=Position(phase="rejected"))
        found = plan(
            Candidate(dealbreakers=["oil"]), [job("Rig", tags=["Oil"]), over, FINE]
        )

        assert found.why_left("Rig") == "because it meets your dealbreaker (oil)"
        assert found.why_left("Over") == "because they turned you down"
        # A plan that is kept knows its dealbreakers, and works out no more.
        record = loads(dumps(found), PlanRecord)
        assert record.why_left("Rig") == "because it meets your dealbreaker (oil)"
        assert record.why_left("Over") == record.why_left("Nobody") == ""

    def test_what_was_seen_of_its_company_in_another_opening(self) -> None:
        signs = [
            NamedSign(sign="bad_reviews", strength="strong"),
            NamedSign(sign="layoff_news", strength="strong"),
        ]
        shown = job("First", company="Acme", signals=signs)
        found = plan(Candidate(), [shown, job("Second", company="ACME")])

        assert "bad reviews" in found.why_left("Second")
        assert found.why_left("Second") == found.why_left("First")

    def test_a_fact_about_its_company(self) -> None:
        moves = Either(
            aspect="commute",
            chance=0.97,
            if_so=-70,
            if_not=0,
            told_by="executive",
            scope="company",
            note="they move",
        )
        shown = job("First", company="Acme", signals=[moves])
        found = plan(Candidate(), [shown, job("Second", company="Acme")])

        assert [item.name for item in found.to_leave] == ["First", "Second"]
        assert "they move" in found.why_left("Second")

    def test_the_others_where_it_is_worth_it_alone(self) -> None:
        sure = job(
            "Sure",
            position=Position(phase="offered"),
            beliefs={"pay": Belief(mean=60, sd=0)},
            questions_asked=True,
        )
        found = plan(Candidate(), [FINE, sure])

        assert [item.name for item in found.to_leave] == ["Fine"]
        assert re.fullmatch(
            r"because you accept the offer of Sure \(alone it is worth [\d.]+ h\)",
            found.why_left("Fine"),
        )

    def test_an_offer_that_is_turned_down(self) -> None:
        poor = job(
            "Poor",
            position=Position(phase="offered"),
            beliefs={"pay": Belief(mean=-60, sd=0)},
        )
        found = plan(Candidate(), [FINE, poor])

        assert "-60 % of pay" in found.why_left("Poor")
        assert "turn it down, because" in str(found)
        asked = attrs.evolve(poor, questions_asked=True)
        why = plan(Candidate(), [FINE, asked]).why_left("Poor")
        assert why == "because you value the pay at -60 % of pay"

    def test_where_nothing_said_decides(self) -> None:
        slow = [attrs.evolve(stage, hours=30) for stage in corporate()]
        found = plan(Candidate(), [job("Slow", stages=slow)])

        assert found.why_left("Slow").startswith("because ")

    def test_a_plan_from_text_says_it_as_well(self) -> None:
        found = plan(Candidate(), [DULL, FINE])
        read = loads(dumps(found), type(found))

        assert read.why_left("Dull") == found.why_left("Dull")
        assert PlanRecord.why_left(read, "Dull") == ""


class TestFirstScreen:
    @pytest.mark.parametrize("count", [1, 3, 12])
    def test_it_says_so_of_the_first_three(self, count: int) -> None:
        dull = [attrs.evolve(DULL, name=f"Dull {number}") for number in range(count)]
        blocks = plan_screen(plan(Candidate(), [*dull, FINE]), HINTS)
        rows = [
            text
            for block in blocks
            if isinstance(block, Table) and not any(block.heads)
            for (text,) in block.rows
        ]

        assert len(rows) == min(count, 3)
        for text in rows:
            assert re.match(r"Leave Dull( \d+)?, because you value the role", text)
        assert "because" in render(blocks)


@given(
    role=st.floats(-60.0, 20.0),
    pay=st.floats(-40.0, 20.0),
    other=st.floats(-60.0, 30.0),
    reviews=st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_without_what_is_named_it_would_not_be_left(
    role: float, pay: float, other: float, reviews: bool
) -> None:
    """Whatever decides alone turns the advice of the plan when it is not said."""
    subject = job(
        "Subject",
        beliefs={"role": Belief(mean=role, sd=5), "pay": Belief(mean=pay, sd=5)},
        signals=["bad_reviews"] if reviews else [],
    )
    rival = job("Rival", beliefs={"role": Belief(mean=other, sd=5)})
    search = Search(candidate=Candidate(), opportunities=[subject, rival])
    found = plan(search.candidate, search.opportunities)
    if found.process("Subject").action not in LEAVING:
        return
    alone = assess(search.candidate, subject)
    deciding = [reason for reason in alone.reasons.deciding if reason.turns]
    for reason in deciding[:2]:
        assert reason.what in found.why_left("Subject")
        without = attrs.evolve(
            subject,
            beliefs={
                name: belief
                for name, belief in subject.beliefs.items()
                if reason.name != f"beliefs.{name}"
            },
            signals=[] if reason.name.startswith("signals") else subject.signals,
        )
        again = plan(search.candidate, [without, rival])
        assert again.process("Subject").action not in LEAVING | {Action.FINISH_POLITELY}
