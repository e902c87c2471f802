"""When something should be done about a process, and what silence has come to mean."""

from datetime import date, timedelta
from typing import Any

import pytest

from interviewfit import (
    Candidate,
    Opportunity,
    Position,
    Search,
    corporate,
    dumps,
    loads,
)
from interviewfit.history import (
    History,
    NextDate,
    Review,
    StageEvent,
    WaitStatus,
    estimate_pass_rates,
    review,
)
from interviewfit.history._next_dates import next_date

TODAY = date(2026, 11, 30)


def job(**fields: Any) -> Opportunity:
    return Opportunity(name="Acme", stages=corporate(), **fields)


def silent(days: int, ask: int | None = 9, off: int | None = 24) -> WaitStatus:
    return WaitStatus(
        stage="hr_screen",
        days=days,
        dead_probability=0.5,
        ask_day=ask,
        write_off_day=off,
    )


def log(passes: int, refusals: int, silences: int = 0) -> History:
    """Screens a day apart, whose answers took one to ten days or never came."""
    start = date(2026, 1, 1)
    events = [
        StageEvent(process=f"silent {number}", kind="screen", on=start)
        for number in range(silences)
    ]
    for number in range(passes + refusals):
        name, on = str(number), start + timedelta(days=number)
        kind = "interview" if number < passes else "rejected"
        days = 1 + number % 10
        events += [
            StageEvent(process=name, kind="screen", on=on),
            StageEvent(process=name, kind=kind, on=on + timedelta(days=days)),
        ]
    return History(events=events, until=TODAY)


class TestNextDate:
    def test_the_earliest_of_stage_and_answer_counts(self) -> None:
        dated = job(next_on="2026-12-03", answer_by="2026-12-02")

        assert next_date(dated, None, TODAY) == NextDate(
            on=date(2026, 12, 2), what="the last day for the next stage"
        )
        assert str(next_date(job(next_on="2026-12-03"), None, TODAY)) == (
            "Next: Thu 3 Dec, hr screen"
        )

    def test_an_offer_is_to_be_answered(self) -> None:
        offer = job(answer_by="2026-12-04", position=Position(phase="offered"))

        found = next_date(offer, None, TODAY)

        assert found is not None
        assert found.what == "answer the offer"

    @pytest.mark.parametrize(
        ("days", "on", "what"),
        [
            (3, date(2026, 12, 7), "ask for news"),
            (9, date(2026, 12, 1), "ask for news"),
            (23, TODAY, "ask for news"),
            (12, TODAY, "ask for news"),
            (24, TODAY, "write it off"),
        ],
    )
    def test_silence_has_its_days(self, days: int, on: date, what: str) -> None:
        assert next_date(job(), silent(days), TODAY) == NextDate(on=on, what=what)

    def test_whoever_has_an_appointment_is_not_silent(self) -> None:
        found = next_date(job(next_on="2026-12-20"), silent(30), TODAY)

        assert found == NextDate(on=date(2026, 12, 20), what="hr screen")

    def test_nobody_knows_of_any(self) -> None:
        assert next_date(job(), None, TODAY) is None
        assert next_date(job(), silent(5, None, None), TODAY) is None


class TestSilence:
    @pytest.mark.parametrize(
        ("chance", "words"),
        [
            (0.0, ": 0 % chance that it is dead"),
            (0.004, ": under 1 % chance that it is dead"),
            (0.01, ": 1 % chance that it is dead"),
            (1.0, ": 100 % chance that it is dead"),
            (None, "; your log has too few answers to tell what that means"),
        ],
    )
    def test_its_chance_is_told_as_it_is(
        self, chance: float | None, words: str
    ) -> None:
        one, many = (
            WaitStatus(stage="hr_screen", days=days, dead_probability=chance)
            for days in (1, 1_200)
        )

        assert str(one) == f"No news for 1 day since the hr screen{words}"
        assert str(many) == f"No news for 1,200 days since the hr screen{words}"

    @pytest.mark.parametrize(
        ("status", "end"),
        [
            (silent(3), "; ask after day 9, write it off from day 24 on"),
            (silent(9), "; ask after day 9, write it off from day 24 on"),
            (silent(10), "; ask for news now, write it off from day 24 on"),
            (silent(24), "; write it off, as from day 24 on"),
            (silent(3, 9, None), "; ask after day 9"),
            (silent(3, None, 24), "; write it off from day 24 on"),
            (silent(12), "; ask for news now, write it off from day 24 on"),
            (silent(30), "; write it off, as from day 24 on"),
            (silent(3, None, None), "50 % chance that it is dead"),
        ],
    )
    def test_it_says_when_to_ask_and_when_to_stop(
        self, status: WaitStatus, end: str
    ) -> None:
        assert str(status).endswith(end)

    def test_the_days_are_those_of_the_log(self) -> None:
        rate = estimate_pass_rates(log(30, 10, 60)).by_stage["hr_screen"]

        assert rate.ask_day == 8
        assert rate.write_off_day is not None
        before = rate.dead_probability(rate.write_off_day - 1)
        then = rate.dead_probability(rate.write_off_day)
        assert before is not None
        assert then is not None
        assert before < 0.9 <= then

    def test_a_short_log_knows_of_none(self) -> None:
        rate = estimate_pass_rates(log(1, 1)).by_stage["hr_screen"]

        assert rate.ask_day is None
        assert rate.write_off_day is None


class TestReview:
    def test_every_line_names_its_next_date(self) -> None:
        jobs = [
            job(next_on="2026-12-03"),
            Opportunity(name="Bolt", stages=corporate()),
        ]

        found = review(Search(candidate=Candidate(), opportunities=jobs), today=TODAY)

        assert "Next: Thu 3 Dec, hr screen." in str(found.lines[0])
        assert "Next:" not in str(found.lines[1])
        assert loads(dumps(found), Review) == found

    def test_nothing_reads_the_clock_for_a_stated_date(self) -> None:
        search = Search(
            candidate=Candidate(), opportunities=[job(next_on="2024-12-03")]
        )

        (line,) = review(search).lines

        assert line.next_date == NextDate(on=date(2024, 12, 3), what="hr screen")
