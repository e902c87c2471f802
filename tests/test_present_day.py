"""The day from which a command counts: what ``--today`` says, or that of the clock."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from interviewfit.__main__ import main
from interviewfit._command import present_day
from interviewfit._reading import dates

TODAY = date(2026, 11, 30)
SAID = "Counted from today, 30 November 2026; for another day, add --today DATE.\n"
COMMANDS = [
    "plan FILE",
    "plan FILE --explain",
    "plan FILE --json",
    "assess FILE",
    "assess FILE --alone",
    "assess FILE --json",
    "why FILE Held",
    "letter FILE Held",
    "review FILE",
]
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """What the clock says; every reading of it is written down."""
    read = list[date]()

    def local_today() -> date:
        read.append(TODAY)
        return TODAY

    monkeypatch.setattr(dates, "local_today", local_today)
    return read


def file(folder: Path, days: int | None, name: str = "my.json") -> str:
    """A file with an offer, to answer within some days or whenever one likes."""
    job = {
        "name": "Held",
        "stages": [{"kind": "panel"}],
        "position": {"phase": "offered"},
        "beliefs": {"pay": {"mean": 9, "sd": 1}},
    }
    if days is not None:
        job["answer_by"] = (TODAY + timedelta(days=days)).isoformat()
    other = {"name": "Orchard", "stages": [{"kind": "panel"}]}
    tree = {"schema": "interviewfit/2", "candidate": {}, "opportunities": [job, other]}
    path = folder / name
    path.write_text(json.dumps(tree), "utf-8")
    return str(path)


@pytest.mark.parametrize("command", COMMANDS)
def test_where_a_date_matters_it_is_that_of_the_clock_and_is_said(
    command: str, tmp_path: Path, capsys: Capture
) -> None:
    words = command.replace("FILE", file(tmp_path, 4)).split()

    assert main(words) == 0
    counted = capsys.readouterr()
    assert main([*words, "--today", TODAY.isoformat()]) == 0
    stated = capsys.readouterr()

    assert counted.err == SAID
    assert stated.err == ""
    assert counted.out == stated.out


@pytest.mark.parametrize("command", COMMANDS)
def test_where_none_does_the_clock_is_not_read(
    command: str, tmp_path: Path, capsys: Capture, clock: list[date]
) -> None:
    assert main(command.replace("FILE", file(tmp_path, None)).split()) == 0

    assert capsys.readouterr().err == ""
    assert command.startswith("review") or not clock


def test_it_is_said_once_for_several_files(tmp_path: Path, capsys: Capture) -> None:
    files = [file(tmp_path, days, f"{days}.json") for days in (3, 5)]

    assert main(["plan", *files]) == 0

    assert capsys.readouterr().err == SAID


def test_a_date_that_has_passed_is_refused(tmp_path: Path, capsys: Capture) -> None:
    assert main(["plan", file(tmp_path, -1)]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert "2026-11-29" in said.err


def test_the_line_fits_a_terminal_of_80_columns() -> None:
    longest = present_day.line(date(2026, 9, 30))

    assert len(longest) < 80
