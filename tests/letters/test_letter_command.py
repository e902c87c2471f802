"""The command ``letter`` writes what the library writes, or a line on the fault."""

import json
from pathlib import Path
from typing import Any

import pytest

from interviewfit import Search, assess, loads
from interviewfit.__main__ import main
from interviewfit.letters import letter

FILE: dict[str, Any] = {
    "schema": "interviewfit/2",
    "candidate": {},
    "opportunities": [
        {
            "name": "Acme, analyst",
            "stages": [{"kind": "panel"}],
            "signals": ["wrong_kind_of_work"],
        },
        {
            "name": "Bolt",
            "stages": [{"kind": "panel"}],
            "position": {"phase": "offered"},
        },
    ],
}
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "my.json"
    path.write_text(json.dumps(FILE), encoding="utf-8")
    return str(path)


def written(number: int, **options: Any) -> str:
    """What the library writes of an opportunity."""
    search = loads(json.dumps(FILE), Search)
    return letter(assess(search.candidate, search.opportunities[number]), **options)


@pytest.mark.parametrize(
    ("number", "words", "options"),
    [
        (0, ["acme,  ANALYST"], {}),
        (
            0,
            ["Acme, analyst", "--channel", "call", "--to", "Ms Lee", "--form", "full"],
            {"channel": "call", "to": "Ms Lee", "form": "full"},
        ),
        (0, ["Acme, analyst", "--reason"], {"reason": True}),
        (0, ["Acme, analyst", "--reason", "I moved"], {"reason": "I moved"}),
        (
            0,
            ["Acme, analyst", "--language", "de", "--recommend", "Sam"],
            {"language": "de", "recommend": "Sam"},
        ),
        (
            1,
            ["Bolt", "--purpose", "ask_time", "--when", "3 March"],
            {"purpose": "ask_time", "when": "3 March"},
        ),
    ],
)
def test_it_is_the_letter_of_the_library(
    file: str, capsys: Capture, number: int, words: list[str], options: Any
) -> None:
    assert main(["letter", file, *words]) == 0

    assert capsys.readouterr().out == f"{written(number, **options)}\n"


def test_the_only_opportunity_needs_no_name(
    tmp_path: Path, file: str, capsys: Capture
) -> None:
    tree = json.loads(Path(file).read_text("utf-8"))
    path = tmp_path / "only.json"
    path.write_text(
        json.dumps({**tree, "opportunities": tree["opportunities"][1:]}), "utf-8"
    )

    assert main(["letter", str(path)]) == 0

    assert "Bolt" in capsys.readouterr().out
    assert main(["letter", file]) == 2
    assert capsys.readouterr().err == (
        f"{file}: it has 2 opportunities: Acme, analyst; Bolt. Name one, as in "
        f"`interviewfit letter {file} Acme`.\n"
    )


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["Blot"], "{}: no opportunity is called 'Blot'. Did you mean Bolt?"),
        (["Zzz"], "{}: no opportunity is called 'Zzz'. There is: Acme, analyst; Bolt."),
        (["L"], "{}: several opportunities fit 'L', so write more: Acme, analyst; "),
        (["Bolt", "--purpose", "leave"], "--purpose must be one of accept_offer"),
        (["Bolt", "--reason"], "--reason must be left out"),
        (["Acme, analyst", "--when", "now"], "--when must be left out"),
    ],
)
def test_a_bad_word_is_one_line(
    file: str, capsys: Capture, words: list[str], fault: str
) -> None:
    assert main(["letter", file, *words]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(fault.format(file))
    assert printed.err.count("\n") == 1


def test_a_language_that_is_not_there_is_refused_with_the_list(
    file: str, capsys: Capture
) -> None:
    assert main(["letter", file, "Bolt", "--language", "it"]) == 2

    error = capsys.readouterr().err
    assert all(language in error for language in ("en", "de", "fr", "es"))


def test_a_file_that_is_not_there_is_one_line(capsys: Capture) -> None:
    assert main(["letter", "nowhere.json", "Bolt"]) == 2

    assert "no such file" in capsys.readouterr().err
