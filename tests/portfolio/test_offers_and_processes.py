"""What a process is worth beside two offers, of which one is kept."""

from datetime import date

import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    assess,
    corporate,
    plan,
    small_firm,
)

ME = Candidate()
TODAY = date(2026, 11, 29)


def offer(name: str, pay: float, role: float, stays: float) -> Opportunity:
    return Opportunity(
        name=name,
        stages=corporate(),
        position=Position(phase="offered"),
        beliefs={"pay": Belief(mean=pay, sd=4), "role": Belief(mean=role, sd=4)},
        questions_asked=True,
        stays_open=stays,
    )


RUNNING = Opportunity(
    name="Chiem",
    stages=small_firm(),
    position=Position(stage=1),
    beliefs={"role": Belief(mean=14, sd=4)},
)


class TestProcessBesideTwoOffers:
    @pytest.mark.parametrize("stays", [0.0, 0.3, 0.8, 1.0])
    def test_a_worse_offer_changes_nothing_beside_one_that_waits_for_sure(
        self, stays: float
    ) -> None:
        worse, better = offer("Ahr", 4, 5, stays), offer("Bode", 12, -2, 1.0)

        both = plan(ME, [worse, better, RUNNING])
        only = plan(ME, [better, RUNNING])

        assert both.value == pytest.approx(only.value, rel=1e-9)
        (row,), (alone,) = both.ranked, only.ranked
        assert row.action is Action.CONTINUE
        assert row.marginal_value == pytest.approx(alone.marginal_value, rel=1e-6)
        assert row.accept_probability == pytest.approx(alone.accept_probability)
        assert row.hours == pytest.approx(alone.hours)
        beside = assess(ME, RUNNING, beside=[worse, better])
        assert beside.action is Action.CONTINUE
        assert beside.value == pytest.approx(row.marginal_value, rel=1e-9)

    @pytest.mark.parametrize("stays", [0.0, 0.3, 0.8])
    def test_what_a_process_adds_changes_little_with_a_worse_offer(
        self, stays: float
    ) -> None:
        better = offer("Bode", 12, -2, 0.8)
        alone = plan(ME, [better, RUNNING]).process("Chiem").marginal_value

        both = plan(ME, [offer("Ahr", 4, 5, stays), better, RUNNING])

        assert both.process("Chiem").action is Action.CONTINUE
        # Where Bode does not wait, Ahr is accepted: silence alone turns nothing down.
        assert both.process("Chiem").marginal_value >= 0.7 * alone

    def test_with_dates_a_process_is_not_left_while_time_is_asked_for(self) -> None:
        first = evolve(offer("Ahr", 4, 5, 0.8), answer_by="2026-12-02", stays_open=None)
        second = evolve(
            offer("Bode", 12, -2, 0.8), answer_by="2026-12-10", stays_open=None
        )
        running = evolve(RUNNING, next_on="2026-12-05")

        found = plan(ME, [first, second, running], today=TODAY)

        assert found.offers[1].action is Action.ASK_FOR_TIME
        assert [row.name for row in found.ranked] == ["Chiem"]
        beside = assess(ME, running, beside=[first, second], today=TODAY)
        assert beside.action is Action.CONTINUE

    def test_without_an_offer_that_waits_silence_alone_turns_none_down(self) -> None:
        told = offer("Ahr", 4, 5, 0.0)

        found = plan(ME, [told, evolve(told, name="Bode")])

        assert Action.ACCEPT_OFFER in [item.action for item in found.offers]
