"""An option that cannot have an effect is an error; every other one has an effect."""

import io
import json
import shlex
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest

from interviewfit.__main__ import main
from interviewfit._command.options import given
from interviewfit._command.parsing import command_parser
from interviewfit._command.table import COMMANDS
from test_transcripts import fill

DAY = "--today 2026-11-30"


class Terminal(io.StringIO):
    """A screen of 80 columns and 24 lines, as long as a test reads the environment."""

    def isatty(self) -> bool:
        """Whether somebody reads it."""
        return True


def shown(line: str, folder: Path) -> tuple[int, str, str]:
    """The exit status, what a line prints on a terminal, and what it complains of."""
    out, err = Terminal(), Terminal()
    size = {"COLUMNS": "80", "LINES": "24", "TERM": "dumb"}
    with (
        chdir(folder),
        patch.dict("os.environ", size),
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "stdin", io.StringIO()),
    ):
        try:
            status = main(shlex.split(line))
        except SystemExit as ended:
            status = int(str(ended.code))
    return status, out.getvalue(), err.getvalue()


first_shown = cache(shown)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with searches, a log and postings."""
    here = tmp_path_factory.mktemp("options")
    fill(here)
    screen = [{"kind": "hr_screen"}]
    searches = {
        "one": [{"name": "Acme", "stages": screen, "tags": ["oil"]}],
        "two": [
            {"name": "City", "stages": screen, "signals": ["wrong_kind_of_work"]},
            {"name": "Bolt", "stages": screen},
        ],
        "near": [
            {"name": name, "stages": [*screen, {"kind": "panel"}]}
            for name in ("Ahr", "Bode", "Chiem")
        ],
        "held": [
            {
                "name": "Kestrel",
                "stages": screen,
                "position": {"phase": "offered"},
                "answer_by": "2026-12-04",
            }
        ],
    }
    for name, jobs in searches.items():
        search = {"candidate": {"dealbreakers": ["oil"]}, "opportunities": jobs}
        text = json.dumps({"schema": "interviewfit/2", **search})
        (here / f"{name}.json").write_text(text, encoding="utf-8")
    posting = {
        "@type": "JobPosting",
        "title": "Clerk",
        "hiringOrganization": "Acme",
        "baseSalary": {"value": 40},
    }
    (here / "bare.json").write_text(json.dumps(posting), encoding="utf-8")
    (here / "slash.csv").write_text(
        "company,status,date\nAcme,Vibing,4/5/2025\nBolt,rejected,6/5/2025\n",
        encoding="utf-8",
    )
    return here


class TestIdle:
    @pytest.mark.parametrize(
        ("line", "fault"),
        [
            *(
                (f"review my.json {option}", f"{option.split()[0]} has no effect ")
                for option in (
                    "--column status=Progress",
                    "--word Vibing=interview",
                    "--day-first",
                    "--month-first",
                )
            ),
            *(
                (f"{line} --json --explain", "--explain has no effect beside --json")
                for line in (
                    *("plan my.json", "assess my.json", "review my.json"),
                    *("log log.csv", "replay log.csv"),
                )
            ),
            ("assess my.json --deep --explain", "--deep prints all of that as well"),
            ("plan my.json --budget 8 --budget 9", "--budget is there twice"),
            ("letter my.json City --to A --to=B", "--to is there twice"),
            ("log log.csv --json --json", "--json is there twice"),
            ("--explain plan my.json", "first. Type: interviewfit plan --explain my."),
            ("--explain plan 'my own.json'", 'plan --explain "my own.json"'),
        ],
    )
    def test_it_is_refused_in_a_line_with_a_remedy(
        self, line: str, fault: str, folder: Path
    ) -> None:
        status, out, err = shown(line, folder)

        words = " ".join(err.split())
        # A line that is wrapped is indented.
        assert (status, out, len(err.splitlines()) - err.count("\n  ")) == (2, "", 1)
        assert " ".join(fault.split()) in words
        remedies = ("Leave it out", "Leave one out", "add --log FILE", "Type: ")
        assert any(remedy in words for remedy in remedies)

    def test_beside_the_other_it_has_one(self, folder: Path) -> None:
        line = f"review my.json --log slash.csv --day-first {DAY}"

        assert shown(line, folder)[0] == 0

    def test_what_may_be_repeated_may_be(self, folder: Path) -> None:
        words = "log slash.csv --word Vibing=interview --word Odd=rejected --day-first"

        assert shown(words, folder)[0] == 0

    def test_a_value_is_no_option(self) -> None:
        assert given("--to", ["--reason=--to", "--", "--to"]) == 0


EFFECTS: dict[str, tuple[tuple[str, str], ...]] = {
    "plan": (
        ("two.json", "--json"),
        ("two.json", "--budget 8"),
        ("near.json --explain", "--slots 1"),
        ("two.json", "--explain"),
        ("held.json", DAY),
    ),
    "assess": (
        ("two.json", "--json"),
        ("two.json", "--explain"),
        ("one.json", "--deep"),
        ("held.json", DAY),
        ("near.json", "--alone"),
    ),
    "edit": (("two.json", "--add"),),
    "why": (("one.json", "--explain"), ("held.json", DAY)),
    "letter": (
        ("two.json City", "--channel call"),
        ("two.json City", "--language de"),
        ("two.json City", "--form full"),
        ("two.json City", "--to 'Ms Lee'"),
        ("two.json City", "--recommend 'Ms Ray'"),
        ("one.json", "--when '3 March'"),
        ("one.json", "--purpose follow_up"),
        ("held.json", DAY),
        ("two.json City", "--reason 'I moved.'"),
    ),
    "review": (
        ("two.json", "--json"),
        (f"two.json {DAY}", "--log log.csv"),
        ("held.json", DAY),
        ("two.json --log log.csv --today 2025-06-24", "--explain"),
        (f"two.json --log slash.csv {DAY}", "--column status=date"),
        (f"two.json --log slash.csv {DAY}", "--word Vibing=interview"),
        (f"two.json --log slash.csv {DAY}", "--day-first"),
        (f"two.json --log slash.csv {DAY}", "--month-first"),
    ),
    "read": (
        ("bare.json", "--pay 85000 EUR"),
        ("bare.json", "--company Bolt"),
        ("bare.json --pay 25 GBP/hour", "--currency GBP"),
        ("bare.json --pay 25 GBP/hour", "--per hour"),
    ),
    "log": (
        ("log.csv", "--json"),
        ("log.csv", "--preview"),
        ("log.csv", "--explain"),
        ("slash.csv", "--column status=date"),
        ("slash.csv", "--word Vibing=interview"),
        ("slash.csv", "--day-first"),
        ("slash.csv", "--month-first"),
    ),
    "replay": (
        ("log.csv", "--json"),
        ("log.csv", "--explain"),
        ("slash.csv", "--column status=date"),
        ("slash.csv", "--word Vibing=interview"),
        ("slash.csv", "--day-first"),
        ("slash.csv", "--month-first"),
    ),
}
"""Lines, and what is added to them: every option of a command that prints an answer."""

LINES = [
    (f"{command} {line}", option)
    for command, rows in EFFECTS.items()
    for line, option in rows
]


@pytest.mark.parametrize(("line", "option"), LINES)
def test_every_option_changes_what_is_printed(
    line: str, option: str, folder: Path
) -> None:
    assert first_shown(line, folder) != shown(f"{line} {option}", folder)


def test_no_option_is_left_out() -> None:
    for command in COMMANDS:
        options = {
            name
            for action in command_parser(command)._actions
            for name in action.option_strings
            if action.dest not in ("help", "columns") and name.startswith("--")
        }
        tried = {option.split()[0] for _, option in EFFECTS.get(command, ())}
        # Those of score are tried where tables are.
        assert command == "score" or options == tried, command
