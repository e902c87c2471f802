"""Postings and resumes that people have come out as their kind should."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewfit import DecodeError, Reading
from interviewfit._command.read import _read_any
from interviewfit.postings import Posting, ReadingOptions, Salary, read_resume
from interviewfit.postings._money_text import parse_pay

FOLDER = Path(__file__).parents[1] / "data" / "realworld"
TODAY = "2026-11-29"
PUBLIC: dict[str, Any] = json.loads((FOLDER / "postings.json").read_text("utf-8"))
FURTHER: dict[str, Any] = json.loads(
    (FOLDER / "postings-further.json").read_text("utf-8")
)
JOBS = PUBLIC["postings"] + FURTHER["postings"]
RESUMES = PUBLIC["resumes"] + FURTHER["resumes"]


def label(case: dict[str, Any]) -> str:
    return case.get("file") or f"{case.get('kind', 'O')}-{case['name']}"


def content(case: dict[str, Any]) -> bytes:
    if "file" in case:
        path: Path = FOLDER / case["file"]
        return path.read_bytes()
    text: str = case["text"]
    return text.encode(case.get("encoding", "utf-8"))


def options(case: dict[str, Any]) -> ReadingOptions:
    amount, currency, per = case["salary"]
    salary = Salary(amount=amount, currency=currency, per=per)
    return ReadingOptions(salary=salary, per=case.get("per"), today=TODAY)


def shown(posting: Posting) -> dict[str, Any]:
    """What a posting comes out as, with nothing where it says nothing."""
    fields, signals = posting.fields, posting.opportunity.signals
    pay = [signal for signal in signals if isinstance(signal, Reading)]
    every = {
        "name": posting.opportunity.name,
        "location": fields.location,
        "workplace": fields.workplace and fields.workplace.value,
        "pays": [str(pay) for pay in fields.pays],
        "signs": [str(sign) for sign in signals if not isinstance(sign, Reading)],
    }
    numbers = {}
    if pay:
        numbers = {key: round(getattr(pay[0], key), 1) for key in ("value", "noise")}
    return {key: value for key, value in every.items() if value} | numbers


def unsaid(said: list[str], warnings: tuple[str, ...]) -> Iterator[str]:
    """What one side says and the other does not."""
    yield from (text for text in said if not any(text in line for line in warnings))
    yield from (line for line in warnings if not any(text in line for text in said))


@pytest.mark.parametrize("case", JOBS, ids=label)
def test_a_posting_comes_out_right(case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(DecodeError) as caught:
            _read_any(content(case), options(case))
        (fault,) = caught.value.faults
        assert case["error"] in fault
        return
    postings = list(_read_any(content(case), options(case)))

    wanted = [
        {key: job[key] for key in job if key != "said"} for job in case["postings"]
    ]
    assert [shown(posting) for posting in postings] == wanted
    for posting, job in zip(postings, case["postings"], strict=True):
        assert list(unsaid(job.get("said", []), posting.warnings)) == []


@pytest.mark.parametrize(("text", "read"), PUBLIC["pay"] + FURTHER["pay"])
def test_pay_in_words_is_read_or_left_whole(text: str, read: str) -> None:
    pay, complaint = parse_pay(text)

    assert str(pay) == read if pay else read in complaint


@pytest.mark.parametrize("case", RESUMES, ids=label)
def test_a_job_is_former_only_if_it_ended(case: dict[str, Any]) -> None:
    resume = read_resume(content(case), TODAY)

    assert list(resume.current) == case["current"]
    assert list(resume.former) == case["former"]
    assert list(unsaid(case["said"], resume.warnings)) == []


def test_every_kind_has_three_further_files() -> None:
    kinds = [case["kind"] for case in FURTHER["postings"]]

    assert {kind for kind in kinds if kinds.count(kind) >= 3} == {*"KLMN"}
    assert len(FURTHER["pay"]) >= 3 <= len(FURTHER["resumes"])
