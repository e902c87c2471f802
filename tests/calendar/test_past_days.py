"""A day that has passed is refused wherever the present day is known, in equal words.

It makes no difference whether an offer has a date, so that all is counted by days.
"""

from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from interviewfit import (
    Assumptions,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Search,
    assess,
    corporate,
    dumps,
    plan,
)
from interviewfit.__main__ import main
from interviewfit._portfolio.assessing_all import assess_all
from interviewfit.history import review

TODAY, ME = "2026-11-30", Candidate()
OFFERED = Position(phase="offered")


def job(name: str, **fields: Any) -> Opportunity:
    return Opportunity(name=name, stages=corporate(), **fields)


OTHERS = {
    "nothing has to be answered": job("Bolt"),
    "an offer has a date": job("Bolt", position=OFFERED, answer_by="2026-12-04"),
}
ASKED: dict[str, Callable[[list[Opportunity]], object]] = {
    "plan": lambda jobs: plan(ME, jobs, today=TODAY),
    "assess": lambda jobs: assess(ME, jobs[0], beside=jobs[1:], today=TODAY),
    "assess beside it": lambda jobs: assess(ME, jobs[1], beside=jobs[:1], today=TODAY),
    "assess all": lambda jobs: assess_all(ME, jobs, Assumptions(), TODAY),
    "review": lambda jobs: review(
        Search(candidate=ME, opportunities=jobs), today=TODAY
    ),
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("other", OTHERS)
class TestDays:
    def test_one_that_has_passed_is_refused(self, asked: str, other: str) -> None:
        past = job("Acme", next_on="2026-11-29")

        with pytest.raises(InvalidFieldError) as caught:
            ASKED[asked]([past, OTHERS[other]])

        assert str(caught.value) == (
            "Opportunity.next_on must be 2026-11-30 (today) or later for Acme, got "
            "'2026-11-29'. If that stage is over, move `position` on; if you wait for "
            "news, leave it out."
        )

    def test_one_to_answer_likewise(self, asked: str, other: str) -> None:
        past = job("Acme", position=OFFERED, answer_by="2026-11-29")

        with pytest.raises(InvalidFieldError, match="say until when"):
            ASKED[asked]([past, OTHERS[other]])

    def test_one_after_the_last_is_refused(self, asked: str, other: str) -> None:
        late = job("Acme", next_on="2026-12-10", answer_by="2026-12-04")

        with pytest.raises(InvalidFieldError, match="on or before answer_by"):
            ASKED[asked]([late, OTHERS[other]])

    def test_what_is_over_may_have_passed(self, asked: str, other: str) -> None:
        over = Position(phase="rejected")
        past = job("Acme", position=over, answer_by="2026-11-29")

        ASKED[asked]([OTHERS[other], past])


def test_today_and_later_are_right_where_nothing_has_to_be_answered() -> None:
    for day in (TODAY, "2026-12-01"):
        assert plan(ME, [job("Acme", next_on=day)], today=TODAY).ranked

    # Nobody has said which day it is.
    assert plan(ME, [job("Acme", next_on="2020-01-01")]).ranked


@pytest.mark.parametrize("command", ["plan", "assess", "why", "letter", "review"])
@pytest.mark.parametrize("more", ["", " --today 2026-11-30"])
def test_a_command_says_what_to_type(
    command: str, more: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    search = Search(candidate=ME, opportunities=[job("Acme", next_on="2020-01-02")])
    (tmp_path / "my.json").write_text(dumps(search), encoding="utf-8")

    with chdir(tmp_path):
        status = main(f"{command} my.json{more}".split())

    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "next_on must be " in err
    assert "say so by `interviewfit edit`; if not, set another day there" in err
