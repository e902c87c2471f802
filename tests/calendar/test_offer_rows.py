"""What a plan says of an offer is what ``assess`` says of it, by its dates."""

from typing import Any

import pytest

from effort import as_many
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    assess,
    corporate,
    plan,
)
from whole_searches import whole_search


@pytest.mark.parametrize("seed", range(as_many(4, 40)))
def test_time_and_chance_of_an_offer_are_those_of_its_own_answer(seed: int) -> None:
    candidate, jobs, settings = whole_search(seed, dated=True)
    numbers: dict[str, Any] = {
        name: settings[name] for name in ("assumptions", "today") if name in settings
    }

    offers = plan(candidate, jobs, **numbers).offers

    for row in offers:
        (job,) = (job for job in jobs if job.name == row.name)
        others = [other for other in jobs if other is not job]
        answer = assess(candidate, job, beside=others, **numbers)
        choice = answer.choices[0]
        assert row.action is answer.action
        assert row.hours == pytest.approx(choice.hours, abs=1e-9)
        assert row.accept_probability == pytest.approx(choice.accept_probability)
        if row.action is Action.ACCEPT_OFFER:
            assert row.accept_probability == 1.0
        if row.action in (Action.DECLINE_OFFER, Action.LET_IT_LAPSE):
            assert row.accept_probability == 0.0


@pytest.mark.parametrize("advised", [Action.ASK_FOR_TIME, Action.ASK_FIRST])
def test_each_choice_has_the_chance_of_what_follows_from_it(advised: Action) -> None:
    """Also what is not advised, which is followed in a search of its own."""
    asks = advised is Action.ASK_FIRST
    pay = Belief(mean=10 if asks else 20, sd=5 if asks else 10)
    running = Opportunity(
        name="Acme",
        stages=corporate(),
        position=Position(phase="midway", stage=1),
        beliefs={"pay": Belief(mean=5 if asks else 25, sd=8)},
    )
    longer: dict[str, Any] = {"more_time": 1.0, "more_time_until": "2027-01-09"}

    def choices(numbers: Assumptions | None = None, **dates: Any) -> dict[Action, Any]:
        held = Opportunity(
            name="Bolt",
            stages=corporate(),
            position=Position(phase="offered"),
            beliefs={"pay": pay},
            **dates,
        )
        answer = assess(
            Candidate(),
            held,
            beside=[running],
            assumptions=numbers,
            today="2026-11-30" if "answer_by" in dates else None,
        )
        return {item.action: item for item in answer.choices}

    dated = choices(answer_by="2026-12-09", **longer)
    kept = choices(Assumptions(numbers={"asking": 0.0}), stays_open=1.0)
    gone = choices(stays_open=0.0)

    assert next(iter(dated)) is advised
    for mine, theirs in (
        (Action.ASK_FIRST, gone[Action.ASK_FIRST]),
        (Action.POSTPONE, kept[Action.POSTPONE]),
        (Action.ASK_FOR_TIME, kept[Action.POSTPONE]),
        (Action.ACCEPT_OFFER, gone[Action.ACCEPT_OFFER]),
        (Action.LET_IT_LAPSE, gone[Action.DECLINE_OFFER]),
    ):
        assert dated[mine].accept_probability == theirs.accept_probability
        assert dated[mine].sd_hours == theirs.sd_hours
    assert 0.0 < dated[Action.ASK_FIRST].accept_probability < 1.0
    assert 0.0 < dated[Action.POSTPONE].accept_probability < 1.0
