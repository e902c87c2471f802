"""The same from a shell: what is printed where, and the exit status."""

import argparse
import csv
import errno
import io
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from textwrap import indent
from typing import Any

import numpy as np
import pytest
from attrs import asdict, evolve

import interviewfit
from child import python
from interviewfit import (
    Assessment,
    Candidate,
    Money,
    Search,
    assess,
    dumps,
    explain,
    loads,
    score,
)
from interviewfit.__main__ import main
from interviewfit._command.files import example_text
from interviewfit._command.parsing import whole_parser
from interviewfit._command.shell_words import in_shell_words
from interviewfit._command.table import COMMANDS
from interviewfit._portfolio.assessing_all import assess_all
from interviewfit._text.preparation_text import advised_words
from interviewfit.history import estimate_pass_rates, replay, review
from interviewfit.records import Either
from interviewfit.schema import SCHEMA
from interviewfit.sensitivity import advise
from interviewfit.sensitivity._summary import DeepAssessment, deepen
from posting_trees import DATA
from searches import REAL, REAL_FILE

JOB: dict[str, Any] = {"name": "Acme", "stages": [{"kind": "panel"}]}
GOOD: dict[str, Any] = {
    "schema": "interviewfit/2",
    "candidate": {},
    "opportunities": [JOB],
}
Capture = pytest.CaptureFixture[str]


def advice(text: str) -> list[str]:
    """What the library says of each opportunity in a file."""
    return [explain(answer) for answer in all_answers(loads(text, Search))]


def all_answers(search: Search) -> list[Assessment]:
    """The assessment of each opportunity beside the others."""
    return assess_all(search.candidate, search.opportunities, search.assumptions)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A file with one process."""
    path = tmp_path / "good.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    return path


@pytest.fixture
def example(tmp_path: Path, capsys: Capture) -> Path:
    """The example, as a user saves it to start from."""
    assert main(["example"]) == 0
    path = tmp_path / "my.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


@pytest.fixture
def pair(example: Path) -> Path:
    """Two of the example: for questions that take long beside many."""
    search = loads(example.read_text(encoding="utf-8"), Search)
    two = evolve(search, opportunities=search.opportunities[::3])
    example.write_text(dumps(two), encoding="utf-8")
    return example


class TestDealbreakers:
    @pytest.mark.parametrize("command", ["assess", "plan"])
    def test_one_that_is_no_tag_is_said(
        self, command: str, good: Path, capsys: Capture
    ) -> None:
        tree = json.loads(good.read_text("utf-8"))
        tree["candidate"]["dealbreakers"] = ["Gambling"]
        good.write_text(json.dumps(tree), "utf-8")

        assert main([command, str(good)]) == 0

        out, err = capsys.readouterr()
        said = out if command == "plan" else err
        assert "Your dealbreaker 'Gambling' is a tag of no opportunity" in said
        assert not (command == "plan" and err)


class TestWithoutArguments:
    def test_it_advises_on_four_processes_at_different_points(
        self, example: Path, capsys: Capture
    ) -> None:
        text = example.read_text(encoding="utf-8")
        positions = {str(one.position) for one in loads(text, Search).opportunities}

        assert main(["--explain"]) == 0

        out, err = capsys.readouterr()
        assert err == ""
        assert len(advice(text)) == 4
        assert len(positions) >= 3
        assert [one for one in advice(text) if one not in out] == []

    def test_it_is_a_row_for_each_and_how_to_start_ones_own(
        self, example: Path, capsys: Capture
    ) -> None:
        jobs = loads(example.read_text("utf-8"), Search).opportunities

        assert main([]) == 0

        out = capsys.readouterr().out
        assert all(job.name.split()[0] in out for job in jobs)
        assert "For your own search, type:\n  interviewfit new\n" in out

    def test_so_it_is_from_a_shell(self, capsys: Capture) -> None:
        """Once in a process of its own, where ``main`` reads the shell's arguments."""
        assert main([]) == 0
        expected = capsys.readouterr().out

        run = python("-m", "interviewfit")

        typed = f"{sys.executable} -m interviewfit"
        assert run.status == 0
        printed = run.out.decode().replace("\r\n", "\n")
        assert typed in printed
        assert printed.replace(typed, "interviewfit") == expected
        assert run.err == b""


class TestExample:
    def test_it_is_a_file_that_can_be_assessed(
        self, example: Path, capsys: Capture
    ) -> None:
        assert main(["assess", "--explain", str(example)]) == 0

        out, _ = capsys.readouterr()
        assert out == "".join(
            f"{one}\n\n" for one in advice(example.read_text(encoding="utf-8"))
        )

    def test_any_console_can_print_it(self, example: Path) -> None:
        """Redirected on an old console it would otherwise not come back as UTF-8."""
        assert example.read_bytes().isascii()


class TestAssess:
    def test_several_files_in_their_order(
        self, good: Path, example: Path, capsys: Capture
    ) -> None:
        assert main(["assess", "--explain", str(good), str(example), str(good)]) == 0

        first = advice(json.dumps(GOOD))
        others = advice(example.read_text(encoding="utf-8"))
        assert capsys.readouterr().out == "".join(
            f"{one}\n\n" for one in (*first, *others, *first)
        )

    def test_standard_input(
        self, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given = io.TextIOWrapper(io.BytesIO(json.dumps(GOOD).encode()), "utf-8")
        monkeypatch.setattr(sys, "stdin", given)

        assert main(["assess", "--explain", "-"]) == 0

        assert capsys.readouterr().out == f"{advice(json.dumps(GOOD))[0]}\n\n"

    def test_as_json_every_answer_comes_back_whole(
        self, example: Path, capsys: Capture
    ) -> None:
        search = loads(example.read_text(encoding="utf-8"), Search)

        assert main(["assess", "--json", str(example)]) == 0

        printed = json.loads(capsys.readouterr().out)
        found = [loads(json.dumps(one), Assessment) for one in printed]
        answers = all_answers(search)
        assert found == answers
        assert all(one["reasons"]["items"] for one in printed)
        assert [one.reasons for one in found] == [one.reasons for one in answers]

    def test_deep_adds_what_would_change_each_answer(
        self, pair: Path, capsys: Capture
    ) -> None:
        text = pair.read_text(encoding="utf-8")
        search = loads(text, Search)

        assert main(["assess", "--deep", str(pair)]) == 0

        answers = all_answers(search)
        further = [
            indent(
                f"{advised_words(found)}\n{found.reasons}\n{advise(found)}".lstrip(),
                "  ",
            )
            for found in answers
        ]
        assert capsys.readouterr().out == "".join(
            f"{one}\n{lines}\n\n"
            for one, lines in zip(advice(text), further, strict=True)
        )

    def test_deep_advice_as_json_is_each_answer_with_all_that_is_asked_of_it(
        self, pair: Path, capsys: Capture
    ) -> None:
        search = loads(pair.read_text(encoding="utf-8"), Search)

        assert main(["assess", "--alone", "--deep", "--json", str(pair)]) == 0

        printed = json.loads(capsys.readouterr().out)
        answers = [assess(search.candidate, job) for job in search.opportunities]
        assert [loads(json.dumps(one), DeepAssessment) for one in printed] == [
            deepen(answer) for answer in answers
        ]
        assert all(one["assessment"]["reasons"]["items"] for one in printed)

    def test_reasons_that_would_take_long_are_left_out_and_that_is_said(
        self, pair: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 0)

        assert main(["assess", "--explain", str(pair)]) == 0
        whole, brief = capsys.readouterr().out.strip().split("\n\n")
        assert main(["assess", "--json", str(pair)]) == 0
        first, second = json.loads(capsys.readouterr().out)

        assert "was left out" not in whole
        assert ", because" not in brief.splitlines()[0]
        assert brief.splitlines()[-2].endswith("it takes long for all. Type:")
        assert f"why {pair} " in brief
        assert brief.endswith(" --explain")
        assert first["reasons"]["items"]
        assert "reasons" not in second
        assert any("left out" in note for note in second["notes"])

    def test_the_assumptions_of_the_file_count(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        assumed = {**GOOD, "assumptions": {"numbers": {"horizon_years": 4}}}
        path = tmp_path / "a.json"
        path.write_text(json.dumps(assumed), encoding="utf-8")

        assert main(["assess", "--explain", str(path)]) == 0

        out = capsys.readouterr().out
        assert out == f"{advice(json.dumps(assumed))[0]}\n\n"
        assert out != f"{advice(json.dumps(GOOD))[0]}\n\n"

    def test_names_in_any_script_reach_any_console(self, tmp_path: Path) -> None:
        """Better a question mark than a crash, in what was asked for or in a fault."""
        path = tmp_path / "Zürich.json"
        for name, status in (("Zürich ☃", 0), ("", 2)):
            job = {**GOOD, "opportunities": [{**JOB, "name": name}]}
            path.write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")

            run = python(
                "-m", "interviewfit", "assess", str(path), PYTHONIOENCODING="ascii"
            )

            assert run.status == status
            assert b"rich" in run.out + run.err
            assert b"Traceback" not in run.err


class TestRead:
    """From a posting to an answer."""

    def test_what_it_prints_can_be_assessed(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        posting, search = DATA / "job_posting.json", tmp_path / "my.json"

        assert main(["read", str(posting), "--pay", "60,000", "EUR"]) == 0

        out, err = capsys.readouterr()
        search.write_text(out, encoding="utf-8")
        expired, stages = err.splitlines()
        assert expired.endswith("It closed on 2026-04-30: it is expired.")
        assert stages.startswith("The stages are assumed. Change them in the file to ")
        assert stages.endswith("then type `interviewfit plan` and its name.")
        assert main(["assess", str(search)]) == 0
        assert "Harbour Insurance, Data analyst" in capsys.readouterr().out

    def test_several_files_become_one_search_and_say_what_is_missing(
        self, capsys: Capture
    ) -> None:
        names = ("lever.json", "page.html", "jobspy.csv", "missing.json")
        files = [str(DATA / one) for one in names]

        status = main(["read", *files, "--pay", "25", "EUR/hour", "--company", "Atlas"])

        out, err = capsys.readouterr()
        assert status == 2
        assert [one.name for one in loads(out, Search).opportunities][:3] == [
            "Atlas, Cartographer",
            "Atlas, Surveyor",
            "Atlas",
        ]
        assert len(loads(out, Search).opportunities) == 9
        for name in names[1:]:
            assert f"{DATA / name}: " in err
        assert "no rate of exchange is assumed" in err

    def test_what_a_posting_leaves_out_can_be_said(self, capsys: Capture) -> None:
        command = ["read", str(DATA / "greenhouse.json"), "--pay", "100000", "USD"]

        readings = []
        for more in ([], ["--currency", "usd", "--per", "year"]):
            main([*command, *more])
            found = loads(capsys.readouterr().out, Search).opportunities
            readings.append(sum("posted:" in str(asdict(one)) for one in found))

        assert readings == [1, 3]

    def test_pay_becomes_the_salary_of_the_search(self, capsys: Capture) -> None:
        main(["read", str(DATA / "greenhouse.json"), "--pay", "50", "USD/hour"])

        found = loads(capsys.readouterr().out, Search).candidate.salary
        assert found == Money(amount=50, currency="USD", per="hour")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--pay", "x", "EUR"], "--pay must be a number, got 'x'"),
            (["--pay", "nan", "EUR"], "--pay: its amount must be"),
            (["--pay", "1", "€"], "--pay: its currency must be"),
            (["--pay", "1", "EUR/fortnight"], "one of hour, day, week, month, year"),
            (["--currency", "$"], "--currency must be"),
            (["--per", "fortnight"], "--per must be"),
        ],
    )
    def test_a_wrong_argument_is_named(
        self, arguments: list[str], said: str, capsys: Capture
    ) -> None:
        assert main(["read", str(DATA / "job_posting.json"), *arguments]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert said in err

    def test_a_page_without_lxml_says_what_to_install(
        self, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "lxml", None)

        assert main(["read", str(DATA / "page.html")]) == 2

        err = capsys.readouterr().err
        assert "page.html: This needs lxml. Type: " in err
        assert err.endswith(" -m pip install lxml\n")


class TestFaults:
    @pytest.mark.parametrize(
        "words",
        ["log", "log --preview", "replay", "read", "review --log"],
    )
    def test_a_search_where_a_log_or_posting_is_read_is_told_its_command(
        self, tmp_path: Path, capsys: Capture, words: str
    ) -> None:
        path = tmp_path / "my.json"
        path.write_text(example_text(), encoding="utf-8")
        files = [str(path)] * (2 if "--log" in words else 1)

        assert main([*words.split(), *files]) == 2

        assert f"Type `interviewfit plan {path}`." in capsys.readouterr().err

    def test_of_two_names_alike_but_for_capitals_each_is_found(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        stages = [{"kind": "hr_screen"}]
        jobs = [{"name": name, "stages": stages} for name in ("Acme", "acme")]
        tree = {"schema": SCHEMA, "candidate": {}, "opportunities": jobs}
        path = tmp_path / "my.json"
        path.write_text(json.dumps(tree), encoding="utf-8")

        for name in ("Acme", "acme"):
            assert main(["why", str(path), name]) == 0
            assert capsys.readouterr().out.startswith(f"{name}: ")

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "it is empty"),
            (b"nonsense", "it is no search. Type `interviewfit new`"),
            (
                b"Company,Status\nAcme,applied\n",
                "`interviewfit log` for a tracker's log",
            ),
            (bytes(range(256)), "not UTF-8"),
            (b"\x00\x01\x02", "it is no search"),
            (b"[]", "it is no search"),
            (b'{"candidate": {}', "It is not JSON: a comma or a closing bracket"),
            (b"{}", "`interviewfit read` to make one of job postings"),
            (b'{"candidate": {}}', "interviewfit/2"),
            (b"[" * 200_000, "nested more than 64 levels deep"),
            (b" " * 6_000_000, "at most 5,000,000"),
        ],
    )
    def test_a_bad_file_is_named_with_what_is_wrong(
        self, tmp_path: Path, capsys: Capture, content: bytes, said: str
    ) -> None:
        path = tmp_path / "bad.json"
        path.write_bytes(content)

        assert main(["assess", str(path)]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        (line,) = [one for one in err.splitlines() if "bad.json" in one]
        assert said in line

    @pytest.mark.parametrize("name", ["missing.json", "", "."])
    def test_what_is_no_file_is_named(
        self, tmp_path: Path, capsys: Capture, name: str
    ) -> None:
        path = str(tmp_path / name)

        assert main(["assess", path]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert path in err
        assert "Errno" not in err

    def test_a_fault_has_the_line_and_the_opportunity(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        path = tmp_path / "my.json"
        text = json.dumps(GOOD, indent=1).replace('"panel"', '"lunch"')
        path.write_text(text, "utf-8")

        assert main(["plan", str(path)]) == 2

        assert capsys.readouterr().err.startswith(f"{path}: line 9 (Acme): kind ")

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_what_a_shell_wrote_with_a_mark_is_read(
        self, encoding: str, tmp_path: Path, capsys: Capture
    ) -> None:
        """As PowerShell writes ``interviewfit example > my.json``."""
        path = tmp_path / "my.json"
        path.write_text(json.dumps(GOOD), encoding)

        assert main(["plan", str(path)]) == 0

        assert "Acme" in capsys.readouterr().out

    def test_every_fault_has_a_line_with_file_and_path(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        path = tmp_path / "bad.json"
        jobs = [{"name": "", "stages": [{"kind": "panel", "hours": -1}]}]
        path.write_text(
            json.dumps({**GOOD, "opportunities": jobs, "extra": 1}), encoding="utf-8"
        )

        assert main(["assess", str(path)]) == 2

        lines = capsys.readouterr().err.splitlines()
        assert all(str(path) in line for line in lines)
        # The path of the whole file would say nothing.
        assert sum("Unknown key 'extra'" in line for line in lines) == 1
        paths = sorted(line.rpartition(" @ ")[2] for line in lines if "@" in line)
        assert paths == [
            "$.opportunities[0].name",
            "$.opportunities[0].stages[0].hours",
        ]

    def test_what_was_good_before_is_printed(self, good: Path, tmp_path: Path) -> None:
        """Nothing on standard output is lost, whichever way it is buffered."""
        run = python(
            *("-m", "interviewfit", "assess", "--explain"),
            *(str(good), str(tmp_path / "missing.json")),
        )

        assert run.status == 2
        assert run.out.decode().strip() == advice(json.dumps(GOOD))[0]
        assert b"missing.json" in run.err

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["assess"], "FILE is missing. Type, for example: interviewfit"),
            (["asses", "a.json"], "no command 'asses'. Did you mean assess?"),
            (["xyzzy"], "no command 'xyzzy'. Type: interviewfit --help"),
            (["README.md"], "To plan this file, type: interviewfit plan README.md"),
            (["--xyz"], "there is no option --xyz. Type: interviewfit --help"),
            (["plan", "--buget=5", "a"], "option --buget. Did you mean --budget?"),
            (["plan", "--bud", "5", "a"], "option --bud. Did you mean --budget?"),
            (["example", "more"], "nothing to do with 'more'. Type: interviewfit"),
            (["a\0b"], "there is no command 'a\\x00b'"),
        ],
    )
    def test_a_wrong_command_is_a_line_with_the_right_one(
        self, arguments: list[str], said: str, capsys: Capture
    ) -> None:
        with pytest.raises(SystemExit) as caught:
            main(arguments)

        assert caught.value.code == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("interviewfit")
        assert len(err.splitlines()) == 1
        assert said in err

    def test_the_version_is_said(self, capsys: Capture) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["--version"])

        assert caught.value.code == 0
        assert capsys.readouterr().out == f"interviewfit {interviewfit.__version__}\n"

    @pytest.mark.parametrize("command", ["", *COMMANDS])
    def test_help_fits_a_screen_and_imports_next_to_nothing(self, command: str) -> None:
        words = [command] if command else []
        program = (
            "import sys; from interviewfit.__main__ import main\n"
            "try: main(sys.argv[1:])\n"
            "finally: print(*sys.modules, file=sys.stderr)"
        )

        run = python("-c", program, *words, "--help", COLUMNS="80")

        lines = run.out.decode().splitlines()
        assert run.status == 0
        assert len(lines) <= 23
        assert max(map(len, lines)) <= 80
        assert f"  interviewfit {command}".rstrip() in run.out.decode()
        modules = set(run.err.decode().split())
        assert "interviewfit._command.running" in modules
        assert not modules & {"numpy", "cattrs", "interviewfit._model.domain"}

    def test_whoever_stops_it_hears_one_line(
        self, example: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("interviewfit._portfolio.planning.plan", stop)

        assert main(["plan", str(example)]) == 130

        assert capsys.readouterr() == ("", "stopped; nothing was written\n")

    @pytest.mark.parametrize("closing", ["<&-", ">&-", "2>&-", ">&- 2>&-"])
    def test_closed_streams_are_no_crash(self, closing: str, example: Path) -> None:
        file = "-" if "<" in closing else str(example)
        command = f"{sys.executable} -m interviewfit plan {file} {closing}"

        run = subprocess.run(
            ["/bin/sh", "-c", command], capture_output=True, text=True, check=False
        )

        assert run.returncode == (0 if closing == "2>&-" else 2)
        assert len(run.stderr.splitlines()) == (0 if "2>&-" in closing else 1)

    @pytest.mark.parametrize("name", ["a\0b", "a\ud800"])
    def test_a_name_that_no_file_can_have_is_a_sentence(
        self, name: str, capsys: Capture
    ) -> None:
        assert main(["assess", name]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert err.endswith(". Check the name.\n")

    def test_a_reader_who_has_seen_enough_hears_no_complaint(self) -> None:
        """As with ``| head -1``: the pipe is closed before all is written."""
        environment = {**os.environ, "PYTHONUNBUFFERED": ""}
        with subprocess.Popen(
            [sys.executable, "-m", "interviewfit"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        ) as run:
            assert run.stdout is not None
            assert run.stderr is not None
            run.stdout.close()

            assert run.stderr.read() == b""

    def test_a_full_disk_is_a_sentence(
        self, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Full(io.StringIO):
            def write(self, _: str) -> int:
                raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(sys, "stdout", Full())

        assert main(["example"]) == 2

        assert capsys.readouterr().err == "cannot write: no space left on device\n"


class TestReplay:
    def test_it_prints_the_scores_of_a_log(self, capsys: Capture) -> None:
        assert main(["replay", str(REAL_FILE)]) == 0

        out, err = capsys.readouterr()
        assert out.startswith(f"{replay(REAL)}\nYour log forecasts as well as ")
        assert f"  interviewfit review my.json --log {REAL_FILE}\n" in out
        assert err == ""

    def test_what_was_left_out_is_said_aside(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        path = tmp_path / "log.csv"
        path.write_text(
            "company,status,date\nA,applied,2025-05-01\nA,vibing,2025-05-02\n",
            encoding="utf-8",
        )

        assert main(["replay", "--json", str(path)]) == 0

        out, err = capsys.readouterr()
        assert json.loads(out)[0]["forecasts"][0]["stage"] == "application"
        assert err.splitlines()[0] == (
            f"{path}: 1 row has the unknown status 'vibing'; left out."
        )

    def test_what_is_no_log_is_refused(self, good: Path, capsys: Capture) -> None:
        assert main(["replay", str(good), str(REAL_FILE)]) == 2

        out, err = capsys.readouterr()
        assert out.startswith(f"{replay(REAL)}\n")
        # Nobody is told to use the file that is no log.
        assert f"--log {REAL_FILE}\n" in out
        assert err.startswith(f"{good}: ")


class TestReview:
    def test_a_line_for_each_live_process(self, example: Path, capsys: Capture) -> None:
        text = example.read_text(encoding="utf-8")

        assert main(["review", str(example)]) == 0

        said = in_shell_words(str(review(loads(text, Search))))
        assert capsys.readouterr().out == (
            f"{said}\nFor a letter about Tessel, first analyst, "
            f"type:\n  interviewfit letter {example} Tessel\n"
        )

    def test_with_ones_own_log(self, example: Path, capsys: Capture) -> None:
        search = loads(example.read_text(encoding="utf-8"), Search)

        words = ["--log", str(REAL_FILE), "--today", "2025-06-24"]
        assert main(["review", str(example), *words]) == 0

        expected = in_shell_words(str(review(search, REAL, date(2025, 6, 24))))
        assert capsys.readouterr().out.startswith(f"{expected}\nFor a letter about ")

    def test_what_to_check_is_said_once(self, tmp_path: Path, capsys: Capture) -> None:
        stages = [{"kind": "panel"}]
        jobs: list[dict[str, Any]] = [
            {"name": name, "stages": stages} for name in ("Acme", "Bolt", "Crane")
        ]
        jobs[0] |= {"position": {"phase": "offered"}, "answer_by": "2026-12-04"}
        tree = {"schema": "interviewfit/2", "candidate": {}, "opportunities": jobs}
        path = tmp_path / "my.json"
        path.write_text(json.dumps(tree), encoding="utf-8")

        assert main(["review", str(path), "--today", "2026-11-30"]) == 0

        out, _ = capsys.readouterr()
        assert out.count("7 days are assumed for a stage") == 1
        assert "Check: nobody has said how long" in out

    def test_a_log_that_is_not_there_is_named(
        self, good: Path, capsys: Capture
    ) -> None:
        assert main(["review", str(good), "--log", "nowhere.csv"]) == 2

        assert "nowhere.csv" in capsys.readouterr().err

    def test_a_wrong_day_is_refused(self, good: Path, capsys: Capture) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["review", str(good), "--today", "24.6.2025"])

        assert caught.value.code == 2
        said = capsys.readouterr().err
        assert "--today" in said
        assert "must be a date such as 2025-06-24, got '24.6.2025'" in said

    def test_hours_with_a_unit_are_told_how_to_write_them(
        self, good: Path, capsys: Capture
    ) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["plan", str(good), "--budget", "8h"])

        assert caught.value.code == 2
        assert "must be a number such as 8, got '8h'" in capsys.readouterr().err


class TestOptions:
    def test_each_says_in_words_what_it_is(self) -> None:
        """In small letters and without a full stop, as the list of options reads."""
        (commands,) = (
            action
            for action in whole_parser()._actions
            if isinstance(action, argparse._SubParsersAction)
        )

        for name, parser in commands.choices.items():
            for option in parser._actions:
                said, named = option.help, option.metavar
                assert said, (name, option.dest)
                assert re.match(r"[a-z0-9]|JSON|CSV", said), said
                assert not said.endswith("."), said
                for word in named if isinstance(named, tuple) else (named or "X",):
                    assert re.fullmatch(r"[A-Z]+(=[A-Z]+)?", word), word


class TestLog:
    SHEET = (
        "Employer,Where am I,Sent\nA,Rejected,3/4/2026\nB,Vibing,5/4/2026\n"
        "C,Ghosted,6/4/2026\n"
    )

    @pytest.fixture
    def sheet(self, tmp_path: Path) -> Path:
        path = tmp_path / "sheet.csv"
        path.write_text(self.SHEET, encoding="utf-8")
        return path

    def test_it_prints_the_rates(self, capsys: Capture) -> None:
        assert main(["log", str(REAL_FILE)]) == 0

        out = capsys.readouterr().out
        assert out.startswith(f"{estimate_pass_rates(REAL)}\nTo use these rates ")

    def test_a_preview_believes_nothing(self, sheet: Path, capsys: Capture) -> None:
        assert main(["log", "--preview", str(sheet)]) == 0

        out, err = capsys.readouterr()
        assert err == ""
        words = [line.split() for line in out.splitlines()]
        assert [
            "Where",
            "am",
            "I",
            *["status,", "by", "its", "cells", "3", "Rejected"],
        ] in words
        assert ["Vibing", "not", "known", "1"] in words

    def test_the_user_says_what_it_is(self, sheet: Path, capsys: Capture) -> None:
        words = ["--column", "status=Where am I", "--word", "Vibing=interview"]
        assert main(["log", *words, "--day-first", str(sheet)]) == 0

        out, err = capsys.readouterr()
        assert "application: 1 passed on, 1 refused, 1 given up as silent" in out
        assert "unknown" not in err
        assert "two ways" not in err

    @pytest.mark.parametrize(
        ("flag", "day"),
        [("--day-first", "2026-04-05"), ("--month-first", "2026-05-04")],
    )
    def test_the_order_of_day_and_month(
        self, sheet: Path, flag: str, day: str, capsys: Capture
    ) -> None:
        assert main(["replay", "--json", flag, str(sheet)]) == 0

        forecasts = json.loads(capsys.readouterr().out)[0]["forecasts"]
        assert forecasts[0]["day"] == day

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--column", "status"], "NAME=VALUE"),
            (["--column", "status=Nowhere"], "a heading among Employer"),
            (["--column", "vibes=Sent"], "or a stage such as screen"),
            (["--word", "Vibing=dancing"], "one of contacted"),
        ],
    )
    def test_a_wrong_mapping_is_refused(
        self, sheet: Path, words: list[str], said: str, capsys: Capture
    ) -> None:
        assert main(["log", *words, str(sheet)]) == 2

        assert said in capsys.readouterr().err

    def test_what_cannot_be_read_lists_its_headings(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        path = tmp_path / "odd.csv"
        path.write_text("Foo,Bar\nx,y\n", encoding="utf-8")

        assert main(["log", str(path)]) == 2

        err = capsys.readouterr().err
        assert "Its headings: 'Foo' (not used), 'Bar' (not used)." in err
        assert "Missing: a company, a status, a date." in err
        assert err.rstrip().endswith(
            "Say which column it is, such as --column status=Progress."
        )

    def test_a_workbook_is_read(self, capsys: Capture) -> None:
        assert main(["log", "tests/data/realworld/059.xlsx"]) == 0

        assert "application: 1 still open" in capsys.readouterr().out


class TestScore:
    """With nothing installed but the library; ``tests/frames`` has the rest."""

    @pytest.fixture(autouse=True)
    def _plain(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for package in ("pyarrow", "narwhals"):
            monkeypatch.setitem(sys.modules, package, None)

    def test_csv_needs_no_extra(
        self, good: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        source, target = tmp_path / "jobs.csv", tmp_path / "scored.csv"
        rows = ["id,pay,process,signs.bad_reviews", "007,5,Acme,true", "008,,Acme,2.5"]
        source.write_text("\n".join(rows) + "\n", "utf-8")

        words = ["score", str(source), "--candidate", str(good), "-o", str(target)]
        assert main(words) == 0

        assert capsys.readouterr().err == f"2 rows scored into {target}\n"
        with target.open(newline="", encoding="utf-8") as file:
            first, second = csv.DictReader(file)
        assert (first["id"], second["id"]) == ("007", "008")
        assert float(first["value"]) > float(second["value"])

    def test_money_and_either_or_facts_are_read(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        me = Candidate(salary=Money(amount=65_000, currency="EUR"))
        fact = Either(
            aspect="commute", chance=0.6, if_so=8, if_not=-40, told_by="hr_screen"
        )
        for name, record in (("me", me), ("remote", fact)):
            (tmp_path / f"{name}.json").write_text(dumps(record), "utf-8")
        source, target = tmp_path / "jobs.csv", tmp_path / "scored.csv"
        heads = "pay.amount,pay.currency,pay.per,signals[0].chance,researched"
        rows = [heads, "72000,EUR,year,0.2,", "5000,EUR,month,0.9,0", ",,,0.5,"]
        source.write_text("\n".join(rows) + "\n", "utf-8")
        words = [
            *("score", str(source), "--candidate", str(tmp_path / "me.json")),
            *("--fact", str(tmp_path / "remote.json"), "-o", str(target)),
            *("--set", "process=corporate"),
        ]

        assert main(words) == 0

        columns = {
            "process": "corporate",
            "pay.amount": [72_000, 5_000, np.nan],
            "pay.currency": ["EUR", "EUR", ""],
            "pay.per": ["year", "month", ""],
            "signals[0].chance": [0.2, 0.9, 0.5],
            "researched": [np.nan, 0, np.nan],
        }
        expected = score(me, columns, facts=[fact])
        with target.open(newline="", encoding="utf-8") as file:
            values = [float(row["value"]) for row in csv.DictReader(file)]
        assert values == expected.value.tolist()
        capsys.readouterr()
        (tmp_path / "remote.json").write_text("{}", "utf-8")
        assert main(words) == 2
        assert "remote.json: " in capsys.readouterr().err

    def test_what_is_missing_is_named_with_what_to_type(
        self, good: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        words = ["score", str(tmp_path), "--candidate", str(good), "-o", "out"]
        assert main(words) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("This needs pyarrow. Type: ")
        assert err.endswith(" -m pip install narwhals pyarrow\n")
