"""Files that people have: each yields the counts that it proves, and says the rest."""

import json
import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from interviewfit import DecodeError, read_log
from interviewfit._reading.dates import local_today
from interviewfit.extra.workbooks import is_workbook, workbook_text
from interviewfit.history import estimate_pass_rates
from interviewfit.logs import ImportedLog

FOLDER = Path(__file__).parents[1] / "data" / "realworld"
TODAY = date(2027, 1, 1)
CASES: list[dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text("utf-8"))
FURTHER: list[dict[str, Any]] = json.loads((FOLDER / "further.json").read_text("utf-8"))


def counts(log: ImportedLog) -> dict[str, Any]:
    rates = estimate_pass_rates(log.history)
    return {
        "processes": rates.processes,
        "offers": rates.offers,
        "stages": {
            stage: {answer.value: n for answer, n in rate.counts.items() if n}
            for stage, rate in rates.by_stage.items()
        },
    }


def expected(case: dict[str, Any]) -> dict[str, Any]:
    return {key: case[key] for key in ("processes", "offers", "stages")}


def unsaid(case: dict[str, Any], log: ImportedLog) -> Iterator[str]:
    for text in case["said"]:
        if not any(text in warning for warning in log.warnings):
            yield text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_a_public_file_proves_what_it_proves(case: dict[str, Any]) -> None:
    raw = (FOLDER / case["file"]).read_bytes()
    log = read_log(workbook_text(raw) if is_workbook(raw) else raw, today=TODAY)

    assert counts(log) == expected(case)
    assert list(unsaid(case, log)) == []


@pytest.mark.parametrize(
    "case", FURTHER, ids=lambda case: f"{case['kind']}-{case['name']}"
)
def test_so_does_another_of_its_kind(case: dict[str, Any]) -> None:
    log = read_log(case["text"], today=TODAY)

    assert counts(log) == expected(case)
    assert list(unsaid(case, log)) == []
    if case["days"]:
        days = [str(event.on) for event in log.history.events if event.on]
        assert days == case["days"]


def test_every_kind_has_three_further_files() -> None:
    kinds = [case["kind"] for case in FURTHER]

    assert {kind for kind in kinds if kinds.count(kind) >= 3} == {*"ABCDEGHI"}


def test_latin_1_is_told_to_be_saved_as_utf_8() -> None:
    with pytest.raises(DecodeError, match="Save it as UTF-8"):
        read_log((FOLDER / "063.csv").read_bytes())


def test_a_workbook_as_bytes_is_named() -> None:
    with pytest.raises(DecodeError, match="Excel workbook"):
        read_log((FOLDER / "059.xlsx").read_bytes())


@pytest.mark.parametrize(
    ("text", "app"),
    [
        ('{"profile": {"name": "A"}, "workExperiences": []}', "OpenResume"),
        ('{"basics": {"name": "A"}, "sections": {}}', "Reactive Resume"),
    ],
)
def test_a_resume_is_named(text: str, app: str) -> None:
    with pytest.raises(DecodeError, match=app):
        read_log(text)


def test_today_is_the_local_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is tomorrow already, what happened there today is no plan."""
    monkeypatch.setitem(os.environ, "TZ", "FAR-24")
    set_zone = getattr(time, "tzset", lambda: None)
    set_zone()
    try:
        here = local_today()
        log = read_log(f"company,status,date\nA,Applied,{here}\n")
        assert str(log.history.events[0].on) == str(here)
    finally:
        monkeypatch.undo()
        set_zone()
