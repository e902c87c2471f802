"""Ends that are nobody's doing, and lines that say the same twice."""

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
