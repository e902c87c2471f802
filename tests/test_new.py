"""Files from questions: what is asked, what is written, and what never is."""

import io
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, strategies as st

from child import python
from interviewfit import Reading, Search, Sign, loads
from interviewfit.__main__ import main
from interviewfit._command.asking import read_pay
from interviewfit.errors import InvalidFieldError
from screens import COLUMNS, LINES, on_terminal

NEW = [
    "65000 EUR a year",
    "7, growth",
    "Acme, analyst",
    "1",
    "2",
    "n",
    "2027-03-05",
    "70000 to 75000",
    "5, they like me",
    "n",
]
"""Answers to ``new``: second interview next, to be answered by a day, bad reviews."""


def run(command: str, answers: list[str], folder: Path) -> tuple[int, str, str]:
    """Run a command with answers, each on a line of standard input."""
    out, err = io.StringIO(), io.StringIO()
    lines = io.StringIO("".join(f"{answer}\n" for answer in answers))
    with (
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "stdin", lines),
    ):
        status = main(shlex.split(command))
    return status, out.getvalue(), err.getvalue()


def written(path: Path) -> Search:
    return loads(path.read_text("utf-8"), Search)


class TestNew:
    def test_the_answers_are_in_the_file_and_it_can_be_planned(
        self, tmp_path: Path
    ) -> None:
        status, out, err = run("new", NEW, tmp_path)

        assert (status, err) == (0, "")
        search = written(tmp_path / "my.json")
        (job,) = search.opportunities
        assert str(search.candidate.salary) == "65,000 EUR per year"
        assert search.candidate.priorities == {"commute": 2.0, "growth": 2.0}
        assert job.answer_by == date(2027, 3, 5)
        assert (job.name, str(job.pay)) == (
            "Acme, analyst",
            "70,000 to 75,000 EUR per year",
        )
        assert [stage.title for stage in job.stages] == [
            "hr screen",
            "hiring manager",
            "executive",
        ]
        assert (job.position.phase, job.position.stage) == ("before", 1)
        assert job.signals == (Sign.BAD_REVIEWS, Sign.THEY_LIKE_YOU)
        program, _, words = out.splitlines()[-1].strip().partition(" ")
        assert program == "interviewfit"
        assert words == "plan my.json"
        assert run("plan my.json --today 2027-02-01", [], tmp_path)[0] == 0

    def test_all_that_may_be_skipped_stays_unknown(self, tmp_path: Path) -> None:
        status, out, _ = run("new own.json", ["", "", "Acme", *[""] * 6], tmp_path)

        assert status == 0
        assert out.endswith("interviewfit plan own.json\n")
        tree = json.loads((tmp_path / "own.json").read_text("utf-8"))
        assert tree["opportunities"][0].keys() == {"name", "stages"}

    def test_other_words_are_understood_and_what_is_taken_is_said(
        self, tmp_path: Path
    ) -> None:
        answers = [
            *("about 65k euros", "salary, the growth", "money; growth", "career"),
            *("Acme", "phone screen, then coding test; the boss, CEO", "offer"),
            *("3/5/2027", "5 March 2027", "", "", "Yes, one more"),
            *("Bolt", "a chat, HR director", "meet the team, final round"),
            *("second", "executive", "no, not yet", "05.03.2027", "", "", "nope"),
        ]

        status, out, err = run("new", answers, tmp_path)

        assert (status, err) == (0, "")
        search = written(tmp_path / "my.json")
        assert search.candidate.priorities == {"growth": 2.0}
        acme, bolt = search.opportunities
        kinds = ["hr_screen", "take_home", "hiring_manager", "executive"]
        assert [stage.kind for stage in acme.stages] == kinds
        assert acme.position.phase == "offered"
        assert [stage.kind for stage in bolt.stages] == ["panel", "executive"]
        assert (bolt.position.phase, bolt.position.stage) == ("before", 1)
        assert acme.answer_by == bolt.answer_by == date(2027, 3, 5)
        for said in (
            "Taken as: growth.",
            "Taken as: hr screen, take home, hiring manager, executive.",
            "Taken as: panel, executive.",
            "Taken as: 2027-03-05.",
            # These may mean one or the other, or nothing that is known.
            "got 'salary, the growth'",
            "got 'money; growth'",
            "got '3/5/2027'",
            "got 'a chat, HR director'",
        ):
            assert said in out, said

    def test_a_wrong_answer_is_asked_again(self, tmp_path: Path) -> None:
        answers = [
            *("lots", "-5 EUR", "65000", "50000 to 60000 EUR", "65000 EUR a year"),
            *("10", "a nice desk", "role"),
            *("", "Acme"),
            *("4", "hr screen, lunch", "panel, panel"),
            *("0", "4", "nobody", "1"),
            *("perhaps", "yes"),
            *("80000 USD", "much", "8000000000 EUR", "70k eur"),
            *("99", "a purple elephant", "more", "more", "more", "they like you"),
            *("y", "acme", "Bolt", "hr_screen", "none", "tomorrow", "", "", "", "n"),
        ]

        status, out, err = run("new", answers, tmp_path)

        assert (status, err) == (0, "")
        acme, bolt = written(tmp_path / "my.json").opportunities
        assert [stage.title for stage in acme.stages] == ["panel", "panel 2"]
        assert acme.position.phase == "midway"
        assert str(acme.pay) == "70,000 EUR per year"
        assert acme.signals == (Sign.THEY_LIKE_YOU,)
        assert bolt.position.phase == "offered"
        for said in (
            "Write it like 65000 EUR a year",
            "one amount, not a range",
            "a name, got ''",
            "Kinds of interviews are: research, hr screen",
            "a number from 1 to 3",
            "yes or no",
            "numbers from 1 to 9 with commas",
            "a date such as 2026-03-05",
            "USD",
            "numbers from 1 to 3",
            "Add the role or the team",
        ):
            assert said in out, said

    @pytest.mark.parametrize("count", range(len(NEW)))
    def test_who_stops_early_has_written_nothing(
        self, count: int, tmp_path: Path
    ) -> None:
        status, _, err = run("new", NEW[:count], tmp_path)

        assert status == 2
        assert err == "no more answers; nothing was written\n"
        assert list(tmp_path.iterdir()) == []

    def test_a_program_that_answers_on_and_on_is_stopped(self, tmp_path: Path) -> None:
        for command in ("new", "new own.json"):
            status, _, err = run(command, ["y"] * 1000, tmp_path)

            assert status == 2
            assert "wrong answers in a row; nothing was written" in err
            assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("name", ["my.json", "link.json", "nowhere/a.json", "-"])
    def test_no_file_is_overwritten(self, name: str, tmp_path: Path) -> None:
        mine = tmp_path / "my.json"
        mine.write_text("mine", "utf-8")
        (tmp_path / "link.json").symlink_to(tmp_path / "not-yet.json")

        status, out, err = run(f"new {name}", NEW, tmp_path)

        assert (status, out) == (2, "")
        assert len(err.splitlines()) == 1
        assert mine.read_text("utf-8") == "mine"
        assert sorted(path.name for path in tmp_path.iterdir()) == [
            "link.json",
            "my.json",
        ]

    def test_one_made_in_the_meantime_is_not_overwritten(self, tmp_path: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "interviewfit", "new"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            encoding="utf-8",
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            (tmp_path / "my.json").write_text("mine", "utf-8")
            _, err = process.communicate("".join(f"{answer}\n" for answer in NEW))

        assert process.returncode == 2
        assert "It is not overwritten" in err
        assert (tmp_path / "my.json").read_text("utf-8") == "mine"

    def test_ctrl_c_is_one_line_and_writes_nothing(self, tmp_path: Path) -> None:
        # Where the tests run in the background, the shell has signals ignored.
        listening = (
            "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
            "from interviewfit.__main__ import main; raise SystemExit(main())"
        )
        with subprocess.Popen(
            [sys.executable, "-c", listening, "new"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            encoding="utf-8",
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.3)
            os.kill(process.pid, signal.SIGINT)
            _, err = process.communicate()

        assert process.returncode == 130
        assert err == "stopped; nothing was written\n"
        assert list(tmp_path.iterdir()) == []

    def test_answers_that_are_no_text_are_refused(self, tmp_path: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "interviewfit", "new"],
            input=b"\n\n\xff\xfe\nAcme\n\n\n\n\n\n\n",
            cwd=tmp_path,
            capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            check=False,
        )

        assert done.returncode == 0
        assert b"text that can be written down" in done.stdout
        assert written(tmp_path / "my.json").opportunities[0].name == "Acme"

    def test_wrong_answers_and_the_end_of_them_fit_a_terminal(
        self, tmp_path: Path
    ) -> None:
        answers = ["lots", "65000", "65k euros net", "65k euros", "desk, role", "role"]
        typed = [*(f"{answer}\n" for answer in answers), "\x04"]

        screen = on_terminal("new", typed=typed, folder=tmp_path)

        assert screen.status == 2
        assert screen.widest() <= COLUMNS
        assert screen.text.endswith("no more answers; nothing was written\n")
        assert len(screen.text.split("\n> ")) == len(typed) + 1
        assert list(tmp_path.iterdir()) == []

    def test_every_question_fits_a_terminal(self, tmp_path: Path) -> None:
        typed = [f"{answer}\n" for answer in NEW]

        screen = on_terminal("new", typed=typed, folder=tmp_path)

        assert screen.status == 0
        assert screen.widest() <= COLUMNS
        questions = screen.text.split("\n> ")
        assert len(questions) == len(NEW) + 1
        assert max(question.count("\n") for question in questions) < LINES
        assert written(tmp_path / "my.json").opportunities[0].name == "Acme, analyst"


class TestEdit:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A folder with a search of one opportunity, at its second stage."""
        assert run("new", NEW, tmp_path)[0] == 0
        return tmp_path

    def edited(self, answers: list[str], folder: Path) -> Search:
        """The search after some answers."""
        status, _, err = run("edit my.json", [*answers, "11"], folder)
        assert (status, err) == (0, "")
        return written(folder / "my.json")

    def test_another_opportunity_is_added_by_the_questions_of_new(
        self, folder: Path
    ) -> None:
        before = written(folder / "my.json")
        answers = ["Acme, analyst", "Nordlicht", "2", "1", "n", "2027-03-09", "", ""]

        status, out, err = run("edit my.json --add", answers, folder)

        after = written(folder / "my.json")
        assert (status, err) == (0, "")
        assert out.count("a name that is not taken") == 1
        assert out.endswith("interviewfit plan my.json\n")
        assert after.candidate == before.candidate
        assert after.opportunities[:-1] == before.opportunities
        assert after.opportunities[-1].name == "Nordlicht"

    def test_where_there_are_several_another_can_be_chosen(self, folder: Path) -> None:
        answers = ["Nordlicht", "2", "1", "n", "", "", ""]
        assert run("edit my.json --add", answers, folder)[0] == 0

        status, out, _ = run("edit my.json", ["3", "Bolt", *answers[1:]], folder)

        assert status == 0
        assert "3 another one, which is not in the file yet" in out
        names = [job.name for job in written(folder / "my.json").opportunities]
        assert names == ["Acme, analyst", "Nordlicht", "Bolt"]

    def test_a_name_beside_it_has_no_effect_and_is_refused(self, folder: Path) -> None:
        status, _, err = run("edit my.json Acme --add", [], folder)

        assert status == 2
        assert "NAME must be left out beside --add, got 'Acme'." in err

    @pytest.mark.parametrize(
        ("answers", "position"),
        [
            (["2", ""], ("before", 2)),
            (["2", "", "2", "panel", "2027-03-01"], ("before", 3)),
            (["2", "", "2", "none", ""], ("offered", 0)),
            (["3"], ("midway", 1)),
            (["3", "2", ""], ("before", 2)),
            (["4", ""], ("offered", 0)),
            (["5"], ("rejected", 0)),
        ],
    )
    def test_an_event_moves_it(
        self, answers: list[str], position: tuple[str, int], folder: Path
    ) -> None:
        (job,) = self.edited(answers, folder).opportunities

        assert (job.position.phase, job.position.stage) == position

    def test_a_sign_and_a_view_are_added_once(self, folder: Path) -> None:
        view = ["7", "culture", "bad", "-15", "0", "8", "a friend"]
        # A noise of 0 is refused by the library, and the event asked for anew.
        again = ["7", "culture", "-15", "8", "a friend"]
        answers = ["1", "bad_reviews, liked everyone", *view[:5], *view[6:], *again]

        (job,) = self.edited(answers, folder).opportunities

        signs = [Sign.BAD_REVIEWS, Sign.THEY_LIKE_YOU, Sign.LIKED_EVERYONE]
        assert list(job.signals[:3]) == signs
        assert list(job.signals[3:]) == [
            Reading(aspect="culture", value=-15, noise=8, note="a friend")
        ]

    def test_pay_takes_the_place_of_pay(self, folder: Path) -> None:
        (job,) = self.edited(["6", "40 EUR an hour"], folder).opportunities

        assert str(job.pay) == "40 EUR per hour"

    def test_what_is_over_does_not_go_on(self, folder: Path) -> None:
        _, out, _ = run("edit my.json", ["5", "2", "8", "9", "10", "11"], folder)

        assert out.count("The event must be of a process that still runs") == 3

    def test_days_are_those_of_what_lies_ahead(self, folder: Path) -> None:
        (job,) = self.edited(["8", "5/3/2026", "2026-03-05", ""], folder).opportunities
        assert (str(job.next_on), str(job.answer_by)) == ("2026-03-05", "2027-03-05")

        # Enter leaves what was said as it is.
        answers = ["8", "2026-03-06", "none", "8", "", ""]
        (job,) = self.edited(answers, folder).opportunities
        assert (str(job.next_on), job.answer_by) == ("2026-03-06", None)

        (job,) = self.edited(["2", ""], folder).opportunities
        assert job.next_on is None

        answers = ["8", "2026-03-09", "", "4", "2026-03-20"]
        (job,) = self.edited(answers, folder).opportunities
        assert (job.next_on, str(job.answer_by)) == (None, "2026-03-20")

        answers = ["8", "2026-03-21", "2026-04-01"]
        (job,) = self.edited(answers, folder).opportunities
        days = job.answer_by, job.more_time_until
        assert [*map(str, days)] == ["2026-03-21", "2026-04-01"]

        (job,) = self.edited(["8", "2026-04-03", ""], folder).opportunities
        assert (str(job.answer_by), job.more_time_until) == ("2026-04-03", None)

        (job,) = self.edited(["5"], folder).opportunities
        assert job.answer_by is None

    def test_days_that_do_not_fit_are_asked_for_anew(self, folder: Path) -> None:
        midway = ["3", "8"]
        wrong = ["8", "2027-03-09", "2027-03-05", "8", "2027-03-04", ""]
        late = ["4", "2027-03-05", "8", "", "2027-03-05", "11"]

        _, out, _ = run("edit my.json", [*wrong, *midway, *late], folder)

        assert "The day must be on or before 2027-03-05" in out
        assert "The day must be after 2027-03-05" in out
        assert out.count("Choose the same again") == 2
        assert "Say first that the interview is over" in out
        (job,) = written(folder / "my.json").opportunities
        assert (str(job.answer_by), job.more_time_until) == ("2027-03-05", None)

    def test_interviews_ahead_are_others(self, folder: Path) -> None:
        """Those that are named as before keep what was said of them."""
        hours = ["10", "2", "1.5", "9"]
        answers = [*hours, "9", "boss, take home, executive, executive", ""]

        (job,) = self.edited(answers, folder).opportunities

        titles = ["hr screen", "hiring manager", "take home", "executive"]
        assert [stage.title for stage in job.stages] == [*titles, "executive 2"]
        assert job.stages[3].hours == 1.5
        assert job.stages[3].days == 9.0
        assert job.position.stage == 1

        (job,) = self.edited(["9", ""], folder).opportunities
        assert len(job.stages) == 5

        # Which one is next has changed, so its day is asked for.
        answers = ["8", "2027-03-01", "", "9", "executive", "2027-03-02"]
        (job,) = self.edited(answers, folder).opportunities
        assert [stage.title for stage in job.stages] == ["hr screen", "executive"]
        assert str(job.next_on) == "2027-03-02"
        assert job.stages[1].hours == 1.5

    def test_what_follows_one_that_goes_on_may_be_nothing(self, folder: Path) -> None:
        (job,) = self.edited(["3", "9", "none", "10", "2", ""], folder).opportunities

        assert [stage.title for stage in job.stages] == ["hr screen", "hiring manager"]
        assert (job.position.phase, job.position.stage) == ("midway", 1)
        assert job.stages[1].hours == 2.0

    @pytest.mark.parametrize(
        ("answers", "said"),
        [
            (["9", "a chat", ""], "Kinds of interviews are: research, hr screen"),
            (["9", "none", ""], "Kinds of interviews are"),
            (["9", ", ".join(["panel"] * 12), ""], "at most 11 kinds"),
            (["9", ",", ""], "Kinds of interviews are"),
            (["10", "1", "-2", "", ""], "Hours must be a number between 0 and"),
            (["10", "1", "many", "", ""], "Enter leaves it as it is"),
            (["10", "1", "", "-2", ""], "Days must be a number between 0 and"),
        ],
    )
    def test_what_cannot_be_meant_is_asked_again(
        self, answers: list[str], said: str, folder: Path
    ) -> None:
        before = (folder / "my.json").read_bytes()

        status, out, _ = run("edit my.json", [*answers, "11"], folder)

        assert status == 0
        assert said in out
        assert (folder / "my.json").read_bytes() == before

    def test_nothing_new_leaves_the_bytes_alone(self, folder: Path) -> None:
        path = folder / "my.json"
        path.write_text(path.read_text("utf-8").replace("\n", ""), "utf-8")
        before = path.read_bytes()

        assert run("edit my.json", ["11"], folder)[0] == 0

        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        "answers", [[], ["2"], ["1"], ["x"] * 50, ["2", "", "1", "5"]]
    )
    def test_who_stops_early_has_changed_nothing(
        self, answers: list[str], folder: Path
    ) -> None:
        before = (folder / "my.json").read_bytes()

        status, _, err = run("edit my.json", answers, folder)

        assert status == 2
        assert err.endswith("nothing was written\n")
        assert (folder / "my.json").read_bytes() == before
        assert [path.name for path in folder.iterdir()] == ["my.json"]

    def test_a_link_stays_one_and_what_it_points_to_changes(self, folder: Path) -> None:
        link = folder / "link.json"
        link.symlink_to("my.json")
        (folder / "my.json").chmod(0o600)

        assert run("edit link.json", ["4", "", "11"], folder)[0] == 0

        assert link.is_symlink()
        assert written(link).opportunities[0].position.phase == "offered"
        assert (folder / "my.json").stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("words", ["nowhere.json", "-", "my.json Bolt"])
    def test_what_is_not_there_is_one_line(self, words: str, folder: Path) -> None:
        status, out, err = run(f"edit {words}", ["11"], folder)

        assert (status, out) == (2, "")
        assert len(err.splitlines()) == 1

    def test_every_question_fits_a_terminal(self, folder: Path) -> None:
        typed = [
            "1",
            "more",
            "1",
            "7",
            "2",
            "-10",
            "8",
            "",
            "9",
            "",
            "10",
            "",
            "",
            "",
            "11",
        ]

        lines = [f"{answer}\n" for answer in [*typed, "11"]]
        screen = on_terminal("edit", "my.json", typed=lines, folder=folder)

        assert screen.status == 0
        assert screen.widest() <= COLUMNS
        questions = screen.text.split("\n> ")
        assert max(question.count("\n") for question in questions) < LINES


class TestPay:
    @pytest.mark.parametrize(
        ("answer", "read"),
        [
            ("65000 EUR", "65,000 EUR per year"),
            ("65,000 eur a year", "65,000 EUR per year"),
            ("€65k", "65,000 EUR per year"),
            ("35 gbp an hour", "35 GBP per hour"),
            ("4.500 € im Monat", "4,500 EUR per month"),
            ("50000-60000 chf", "50,000 to 60,000 CHF per year"),
        ],
    )
    def test_it_is_read_as_people_write_it(self, answer: str, read: str) -> None:
        assert str(read_pay(answer)) == read

    @given(st.text(max_size=40))
    def test_any_text_is_pay_or_refused(self, text: str) -> None:
        with suppress(InvalidFieldError):
            assert read_pay(" ".join(text.split()), "EUR").currency


def test_a_shell_completes_commands_and_options(tmp_path: Path) -> None:
    """As argcomplete asks: the line, where the cursor is, and where to answer."""
    for line, word in (
        ("interviewfit pl", "plan"),
        ("interviewfit plan --bu", "--budget"),
    ):
        answer = tmp_path / "answer"

        run = python(
            *("-m", "interviewfit"),
            _ARGCOMPLETE="1",
            _ARGCOMPLETE_STDOUT_FILENAME=str(answer),
            COMP_LINE=line,
            COMP_POINT=str(len(line)),
        )

        assert run.status == 0
        assert answer.read_text("utf-8").split("\v")[0].strip() == word
