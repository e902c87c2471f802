"""Ends that are nobody's doing, and lines that say the same twice."""

from datetime import date

import pytest

from interviewfit import read_log
from interviewfit.history import estimate_pass_rates
from interviewfit.records import Answer, Milestone

ENDS = ("Closed", "On hold", "Cancelled", "Expired", "Position filled", "Hiring freeze")


def events(*rows: str) -> list[tuple[Milestone, str | None, str]]:
    log = read_log("\n".join(["company,status,date", *rows]))
    return [(event.kind, event.stage, str(event.on)) for event in log.history.events]


@pytest.mark.parametrize("end", [*ENDS, *map(str.upper, ENDS)])
def test_an_end_that_is_nobodys_doing_says_nothing_of_anybody(end: str) -> None:
    """It is neither a refusal nor the candidate's own leaving, nor an offer."""
    rows = ["Acme,Applied,2026-03-02", "Acme,Phone screen,2026-03-09"]
    text = "\n".join(["company,status,date", *rows, f"Acme,{end},2026-03-20"])
    log = read_log(text)

    kinds = [event.kind for event in log.history.events]
    assert kinds[-1] is Milestone.CLOSED
    assert not {Milestone.WITHDREW, Milestone.REJECTED, Milestone.OFFER} & {*kinds}
    counts = estimate_pass_rates(log.history).by_stage["hr_screen"].counts
    assert {answer: n for answer, n in counts.items() if n} == {Answer.CLOSED: 1}


def test_a_line_that_stands_twice_counts_once() -> None:
    rows = ["Acme,Applied,2026-03-02", "Acme,Phone screen,2026-03-09"]
    log = read_log("\n".join(["company,status,date", *rows, rows[1]]))

    assert events(*rows, rows[1]) == events(*rows)
    assert any("duplicates" in reason for reason in log.warnings)


def test_two_rounds_of_one_day_are_two() -> None:
    found = events(
        "Acme,Applied,2026-03-02",
        "Acme,Hiring manager interview,2026-03-09",
        "Acme,Onsite,2026-03-09",
    )

    stages = [stage for kind, stage, _ in found if kind is Milestone.INTERVIEW]
    assert stages == ["hiring_manager", "executive"]


@pytest.mark.parametrize("mark", ["no", "FALSE", "\N{BALLOT X}"])
def test_an_outcome_that_is_marked_as_not_there_is_no_event(mark: str) -> None:
    log = read_log(f"company,applied,outcome\nAcme,2026-03-02,{mark}")

    assert [event.kind for event in log.history.events] == [Milestone.APPLIED]


@pytest.mark.parametrize("mark", ["yes", "TRUE", "\N{CHECK MARK}"])
def test_and_one_that_is_marked_as_there_is_a_reply(mark: str) -> None:
    log = read_log(f"company,applied,outcome\nAcme,2026-03-02,{mark}")

    kinds = [event.kind for event in log.history.events]
    assert kinds == [Milestone.APPLIED, Milestone.CONTACTED]


@pytest.mark.parametrize("number", [2, 3, 4])
def test_before_a_later_interview_there_was_a_first(number: int) -> None:
    text = f"company,status,date\nAcme,Interview {number},2026-03-12"
    log = read_log(text)

    rounds = [
        (event.number, event.on)
        for event in log.history.events
        if event.kind is Milestone.INTERVIEW
    ]
    assert rounds == [(1, None), (number, date(2026, 3, 12))]


@pytest.mark.parametrize(
    "words", ["Offer - declined", "Declined the offer", "offer and declined"]
)
def test_an_offer_that_is_declined_is_one_event_in_any_words(words: str) -> None:
    found = events(f"Acme,{words},2026-03-12")

    assert found == events("Acme,Offer declined,2026-03-12")
    assert [kind for kind, _, _ in found] == [Milestone.APPLIED, Milestone.DECLINED]
