"""Runs of answers with dates, and of offers that are asked about first."""

from typing import Any

import pytest

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    Weights,
    assess,
)
from interviewfit.simulation import simulate

ME = Candidate(weights=Weights(practice=0.0))
TODAY = "2026-03-05"


def offer(name: str, mean: float, **more: Any) -> Opportunity:
    return Opportunity(
        name=name,
        stages=[Stage(kind="hr_screen")],
        position=Position(phase="offered"),
        beliefs={"pay": Belief(mean=mean, sd=6)},
        **more,
    )


def running(mean: float, **more: Any) -> Opportunity:
    stages = [Stage(kind="panel", days=10), Stage(kind="executive", days=10)]
    beliefs = {"role": Belief(mean=mean, sd=9)}
    return Opportunity(name="Acme", stages=stages, beliefs=beliefs, **more)


class TestAskedFirst:
    @pytest.mark.parametrize("correlation", [None, 0.5])
    def test_beside_others_runs_bring_what_is_said(
        self, correlation: float | None
    ) -> None:
        held = offer("Bolt", 3.0, mutual_fit=correlation)
        answer = assess(ME, held, beside=[running(4.0, mutual_fit=correlation)])

        outcomes = simulate(answer, 20_000)

        assert answer.action is Action.ASK_FIRST
        assert outcomes.expected == pytest.approx(answer.value)
        off = abs(outcomes.value.mean - answer.value)
        assert off <= 4.0 * outcomes.value.error
        assert not outcomes.notes

    def test_with_a_date_its_passes_are_counted_as_without(self) -> None:
        dated = offer("Bolt", 3.0, mutual_fit=0.5, answer_by="2026-03-20")
        undated = offer("Bolt", 3.0, mutual_fit=0.5)

        answer = assess(ME, dated, today=TODAY)

        assert answer.action is Action.ASK_FIRST
        assert answer.value == pytest.approx(assess(ME, undated).value, abs=1e-6)
        outcomes = simulate(answer, 20_000)
        assert outcomes.expected == pytest.approx(answer.value)
        off = abs(outcomes.value.mean - answer.value)
        assert off <= 4.0 * outcomes.value.error


class TestDates:
    def test_what_is_stated_is_the_dated_answer(self) -> None:
        told: dict[str, Any] = {"mutual_fit": 0.7}
        first = offer("Bolt", 6.9, answer_by="2026-03-13", stays_open=0.5, **told)
        longer = {"more_time": 0.6, "more_time_until": "2026-04-20"}
        second = offer("Core", 5.9, answer_by="2026-03-27", **longer, **told)

        answer = assess(ME, first, beside=[second], today=TODAY)
        outcomes = simulate(answer, 20_000)

        assert outcomes.expected == pytest.approx(answer.value)
        (note,) = outcomes.notes
        assert note.startswith("Nothing has to be answered by a date in these runs")
        worth = float(note.rpartition("worth ")[2].removesuffix(" h."))
        off = abs(outcomes.value.mean - worth)
        assert off <= 4.0 * outcomes.value.error + 0.05
        assert abs(worth - answer.value) > 1.0
