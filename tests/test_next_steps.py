"""Every command says what to do next, as it fits what it has found."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Position,
    assess,
    corporate,
    plan,
)
from interviewfit.__main__ import main
from interviewfit._text.first_screen import worth
from screens import LINES, on_terminal
from searches import REAL_FILE

EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
HEAD = "company,role,status,date\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is typed, with a log."""
    (tmp_path / "log.csv").write_bytes(REAL_FILE.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def searched(folder: Path, *jobs: dict[str, Any]) -> None:
    """Write ``my.json``, with the example's jobs if none is given."""
    text = EXAMPLE
    if jobs:
        stages = [{"kind": "hr_screen"}, {"kind": "panel"}]
        named = [{"stages": stages, **job} for job in jobs]
        tree = {"schema": "interviewfit/2", "candidate": {}, "opportunities": named}
        text = json.dumps(tree)
    (folder / "my.json").write_text(text, "utf-8")


def last_lines(capsys: Capture, *words: str) -> list[str]:
    """The last two lines that a command prints."""
    assert main(words) == 0
    return capsys.readouterr().out.splitlines()[-2:]


class TestLog:
    def test_its_rates_are_used_by_the_review_of_a_search(
        self, folder: Path, capsys: Capture
    ) -> None:
        searched(folder)

        assert last_lines(capsys, "log", "log.csv", "--word", "Vibing=interview") == [
            "To use these rates for your search, type:",
            "  interviewfit review my.json --log log.csv --word Vibing=interview",
        ]

    def test_without_a_search_one_is_made_first(self, capsys: Capture) -> None:
        main(["log", "log.csv"])

        assert capsys.readouterr().out.splitlines()[-3:] == [
            "To use these rates for your search, say what you are in, and review it:",
            "  interviewfit new",
            "  interviewfit review my.json --log log.csv",
        ]

    def test_a_preview_is_followed_by_the_log_or_by_a_column(
        self, folder: Path, capsys: Capture
    ) -> None:
        assert last_lines(capsys, "log", "log.csv", "--preview", "--day-first") == [
            "If all of this is right, type:",
            "  interviewfit log log.csv --day-first",
        ]
        (folder / "odd.csv").write_text("Foo,Bar\nx,y\n", "utf-8")
        assert last_lines(capsys, "log", "odd.csv", "--preview") == [
            "Say which column is what, such as:",
            "  interviewfit log odd.csv --preview --column status=Progress",
        ]


class TestReplay:
    def test_a_log_that_forecasts_as_well_is_used(
        self, folder: Path, capsys: Capture
    ) -> None:
        searched(folder)

        assert last_lines(capsys, "replay", "log.csv") == [
            "Your log forecasts as well as the defaults. To use it, type:",
            "  interviewfit review my.json --log log.csv",
        ]

    def test_worse_forecasts_and_none_at_all(
        self, folder: Path, capsys: Capture
    ) -> None:
        # What the refusals of the spring teach is wrong in the summer.
        rows = []
        for end, count, month in (("rejected", 28, 1), ("screen", 8, 4)):
            for day in range(1, count + 1):
                rows.append(f"{end} {day},applied,2025-{month:02}-{day:02}\n")
                rows.append(f"{end} {day},{end},2025-{month:02}-{day + 1:02}\n")
        changing = f"company,status,date\n{''.join(rows)}"
        (folder / "changing.csv").write_text(changing, "utf-8")
        single = "company,status,date\nA,applied,2025-05-01\n"
        (folder / "single.csv").write_text(single, "utf-8")

        assert last_lines(capsys, "replay", "single.csv")[-1] == (
            "Keep the log, and type this again once more answers have come."
        )
        assert last_lines(capsys, "replay", "changing.csv") == [
            "Your log has forecast worse than the defaults, so plan without it:",
            "  interviewfit plan my.json",
        ]


class TestReview:
    def test_a_file_that_is_behind_the_log_is_edited_first(
        self, folder: Path, capsys: Capture
    ) -> None:
        searched(folder, {"name": "Acme, clerk", "company": "Acme"}, {"name": "Bolt"})
        log = f"{HEAD}Acme,clerk,applied,2026-05-01\nAcme,clerk,rejected,2026-05-09\n"
        (folder / "own.csv").write_text(log, "utf-8")

        words = ("review", "my.json", "--log", "own.csv", "--today", "2026-05-20")
        assert last_lines(capsys, *words) == [
            "Your log knows more of Acme, clerk. To put that into my.json, type:",
            "  interviewfit edit my.json Acme",
        ]

    def test_who_leaves_or_asks_writes_and_all_others_plan(
        self, folder: Path, capsys: Capture
    ) -> None:
        poor = {"role": {"mean": -60, "sd": 2}}
        searched(folder, {"name": "Acme"}, {"name": "Bolt & Co", "beliefs": poor})
        assert last_lines(capsys, "review", "my.json") == [
            "For a letter about Bolt & Co, type:",
            "  interviewfit letter my.json Bolt",
        ]
        searched(folder, {"name": "Acme"}, {"name": "Bolt"})
        assert last_lines(capsys, "review", "my.json") == [
            "For the order to work in, type:",
            "  interviewfit plan my.json",
        ]
        searched(folder, {"name": "Acme, clerk"})
        assert last_lines(capsys, "review", "my.json") == [
            "To see why, type:",
            "  interviewfit why my.json Acme",
        ]
        searched(folder, {"name": "Acme", "position": {"phase": "rejected"}})
        assert last_lines(capsys, "review", "my.json") == [
            "For another search, type:",
            "  interviewfit new next.json",
        ]


@pytest.mark.parametrize("command", ["log", "log --preview", "replay"])
def test_it_stands_below_what_is_left_out_and_warnings_take_room(
    command: str, folder: Path
) -> None:
    searched(folder)
    lines = REAL_FILE.read_text("utf-8").replace("withdrew", "vibing")
    (folder / "log.csv").write_text(lines, "utf-8")

    screen = on_terminal(*command.split(), "log.csv", folder=folder, shared=True)

    assert len(screen.lines) < LINES
    assert "type" in "".join(screen.lines[-4:])


class TestPlanAndAssessAgree:
    def test_on_dates_and_on_the_words_for_an_offer(
        self, folder: Path, capsys: Capture
    ) -> None:
        offered = {"phase": "offered"}
        pay = {"pay": {"mean": 4, "sd": 1}}
        poor = {"pay": {"mean": -40, "sd": 1}}
        searched(
            folder,
            {"name": "Held", "position": offered, "beliefs": pay}
            | {"answer_by": "2026-12-04"},
            {"name": "Poor", "position": offered, "beliefs": poor},
            {"name": "Open", "next_on": "2026-12-02"},
        )
        shown = []
        for command in ("plan", "assess"):
            main([command, "my.json", "--today", "2026-11-30"])
            rows = capsys.readouterr().out.splitlines()
            shown.append(
                {
                    name: (re.split(" {2,}", row)[1], row.split()[-1])
                    for name in ("Held", "Poor", "Open")
                    for row in rows
                    if row.startswith(f"{name}  ")
                }
            )

        assert [row["Held"] for row in shown] == [
            ("ask, then answer", "2026-12-04")
        ] * 2
        assert [row["Open"][1] for row in shown] == ["2026-12-02"] * 2
        assert {row["Poor"][0] for row in shown} == {"decline the offer"}

    def test_a_search_worth_more_than_its_rows_says_why(self) -> None:
        offered, good = Position(phase="offered"), {"pay": Belief(mean=9, sd=2)}
        jobs = [
            Opportunity(name="A", stages=corporate(), position=offered, beliefs=good),
            Opportunity(name="B", stages=corporate(), beliefs=good),
        ]

        (both,) = worth(plan(Candidate(), jobs))
        (single,) = worth(plan(Candidate(), jobs[1:]))

        words = "The values add up to less, because each is what the opportunity adds"
        assert words in getattr(both, "text", "")
        assert words not in getattr(single, "text", "")

    def test_of_hours_and_values_that_add_up_to_others_hours_are_told(self) -> None:
        """Of two reasons why rows do not add up the one about hours is enough."""
        offered, good = Position(phase="offered"), {"pay": Belief(mean=9, sd=2)}
        jobs = [
            Opportunity(name="A", stages=corporate(), position=offered, beliefs=good),
            Opportunity(name="B", stages=corporate(), beliefs=good),
        ]
        found = plan(Candidate(), jobs)

        (told,) = worth(evolve(found, hours=0.5))

        text = getattr(told, "text", "")
        assert "less than the opportunities add up to, because each states" in text
        assert "The values add up to less" not in text


def test_nobody_has_said_what_dates_make_of_an_offer() -> None:
    """How long it stands is no reason, whatever the search decides about it."""
    jobs = [
        Opportunity(
            name=name,
            stages=corporate(),
            position=Position(phase="offered") if name == "Held" else Position(),
            answer_by="2026-12-09" if name == "Held" else None,
        )
        for name in ("Held", "Open")
    ]

    for job in jobs:
        answer = assess(Candidate(), job, beside=jobs, today="2026-11-30")
        names = {reason.name for reason in answer.reasons.items}
        assert not names & {"stays_open", "questions_asked", "numbers.asking"}


def test_what_shows_all_rows_has_the_options_that_were_typed(folder: Path) -> None:
    names = [f"Firm {number}, a role of some length" for number in range(30)]
    searched(folder, *({"name": name} for name in names))

    words = ("plan", "my.json", "--budget", "9")
    screen = on_terminal(*words, folder=folder, shared=True)

    text = " ".join(screen.text.split())
    assert "All of them: " in text
    assert " plan my.json --budget 9 --explain " in text
