"""On a terminal of 80 columns and 24 lines every first screen fits, and no word is cut.

In a pipe the same words are the same bytes, whatever the terminal.
"""

import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterable
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from child import python
from effort import as_many
from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Position,
    Search,
    assess,
    corporate,
    plan,
)
from interviewfit.__main__ import main
from interviewfit._command.table import COMMANDS, PROGRAM
from interviewfit._text.first_screen import (
    Hints,
    assessments_screen,
    plan_screen,
)
from interviewfit._text.fitting import fitted
from interviewfit._text.layout import (
    Block,
    Paragraph,
    Setter,
    Table,
    column_widths,
    columns_of,
    render,
    table_lines,
    wrap,
)
from interviewfit._text.notes_text import checks
from interviewfit._text.side_by_side import offers_beside
from interviewfit._text.why_text import why_screen
from interviewfit.extra._terminal import colour_setter
from posting_trees import DATA
from random_files import random_file
from screens import COLUMNS, LINES, on_terminal
from searches import REAL_FILE
from strategies import searches

EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
JOBS = ("Harbour", "Tessel", "Northwind", "City")
SCREENS = [
    "",
    "plan my.json",
    "plan my.json --budget 8",
    "assess my.json",
    *(f"why my.json {job}" for job in JOBS),
    *(f"letter my.json {job} --to 'Ms Lee' --form full" for job in JOBS),
    "review my.json",
    "log log.csv",
    "replay log.csv",
    "example",
    "read page.html --pay 60000 EUR",
    "schema Search",
    "why my.json",
    "letter my.json",
    *(f"{command} --help" for command in ("", *COMMANDS)),
    "score --columns",
    "score jobs.csv",
    "score jobs.csv --candidate my.json -o jobs.csv",
    "review my.json --column status=Progress",
    "plan my.json --json --explain",
    "--explain plan my.json",
    "asses my.json",
    "plan",
    "why my.json nobody",
    "plan nowhere.json",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a search and a log."""
    (tmp_path / "my.json").write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "log.csv").write_bytes(REAL_FILE.read_bytes())
    (tmp_path / "page.html").write_bytes((DATA / "page.html").read_bytes())
    (tmp_path / "jobs.csv").write_text("name,process\nAcme,corporate\n", "utf-8")
    return tmp_path


def words(text: str) -> set[str]:
    """The words of a text, without the frames of tables."""
    text = re.sub(r"\.\.\. and [\d,]+ more lines\. To [^,]+, type:(?s:.*)", "", text)
    left_out = r"\.\.\. and \d+ more.*|\.\.\. \(--explain\)"
    return set(re.sub(f"[╭╮╰╯├┤┬┴┼─│]|{left_out}", " ", text).split())


@pytest.mark.parametrize(
    ("line", "terminal"),
    [
        *((line, "xterm") for line in SCREENS),
        # Without colours and boxes, as where rich is not installed.
        *((line, "dumb") for line in SCREENS if line.startswith(("plan ", "why "))),
    ],
)
def test_a_screen_fits_and_cuts_no_word(
    line: str,
    terminal: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "80")
    screen = on_terminal(*shlex.split(line), folder=folder, shared=True, TERM=terminal)
    try:
        status = main(shlex.split(line))
    except SystemExit as ended:
        status = int(str(ended.code))

    assert screen.status == status
    assert len(screen.lines) < LINES
    assert screen.widest() <= COLUMNS
    whole = words("".join(capsys.readouterr()))
    # The program is named as it was started.
    program = rf"{re.escape(sys.executable)}\s+-m\s+interviewfit"
    assert words(re.sub(program, PROGRAM, screen.text)) <= whole


def test_colours_are_left_out_where_nobody_wants_them(folder: Path) -> None:
    """Not in a pipe, on a dumb terminal, nor with ``NO_COLOR``; the boxes stay."""
    painted = on_terminal("plan", "my.json", folder=folder)
    plain = on_terminal("plan", "my.json", folder=folder, NO_COLOR="1")
    dumb = on_terminal("plan", "my.json", folder=folder, TERM="dumb")

    assert "\x1b[31m" in painted.raw
    assert "\x1b[3" not in plain.raw
    assert plain.text == painted.text
    assert "╭" in plain.text
    assert "\x1b" not in dumb.raw
    assert "╭" not in dumb.raw


def test_who_starts_the_server_by_hand_is_told_what_it_waits_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("interviewfit.extra.agent.serve", lambda: None)
    monkeypatch.setattr("interviewfit._command.mcp.find_spec", lambda _: True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    assert main(["mcp"]) == 0
    assert "Waiting for an agent" in capsys.readouterr().err


def test_a_console_that_knows_no_boxes_gets_none(folder: Path) -> None:
    screen = on_terminal("plan", "my.json", folder=folder, PYTHONIOENCODING="ascii")

    assert screen.status == 0
    assert screen.text.isascii()


def test_the_width_of_a_terminal_changes_no_byte_in_a_pipe(folder: Path) -> None:
    runs = [
        python("-m", "interviewfit", "why", str(folder / "my.json"), "Harbour", **more)
        for more in ({"COLUMNS": "40"}, {"COLUMNS": "200", "TERM": "dumb"})
    ]

    assert runs[0] == runs[1]
    assert b"\x1b" not in runs[0].out


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "en_US.ISO-8859-1"])
def test_any_locale_prints_any_name(locale: str, folder: Path) -> None:
    path = folder / "my.json"
    path.write_text(EXAMPLE.replace("Tessel, first", "Zürich 日本 ☃"), "utf-8")

    run = python(
        *("-m", "interviewfit", "plan", str(path)),
        LC_ALL=locale,
        PYTHONIOENCODING="",
    )

    assert (run.status, run.err) == (0, b"")
    assert b"rich" in run.out


PLAIN, BOXES = partial(render, width=COLUMNS), colour_setter(COLUMNS)
HINTS = Hints(why="interviewfit why my.json NAME", letter="", more="--explain")
MORE = "Add --explain to see all."


class TestAnySearch:
    @settings(max_examples=as_many(20, 600))
    @given(searches(), st.sampled_from([None, 6.0]))
    def test_its_first_screens_fit(self, search: Search, budget: float | None) -> None:
        who, jobs, numbers = search.candidate, search.opportunities, search.assumptions
        setter = partial(render, width=COLUMNS)
        answers = [assess(who, job, assumptions=numbers) for job in jobs]
        screens = [
            plan_screen(plan(who, jobs, assumptions=numbers, budget=budget), HINTS),
            assessments_screen(answers, HINTS, jobs),
            *(why_screen(answer, HINTS.why, MORE) for answer in answers),
        ]

        for blocks in screens:
            text = fitted(blocks, setter, LINES - 1)

            assert text.count("\n") < LINES
            assert max(map(columns_of, text.split("\n"))) <= COLUMNS

    @pytest.mark.parametrize("seed", [3, 7, 20])
    def test_much_to_check_and_many_offers_fit_in_boxes_too(self, seed: int) -> None:
        who, jobs = random_file(seed, 5)
        setter = colour_setter(COLUMNS)
        planned = plan(who, jobs)
        beside = offers_beside(planned.offers)
        answers = [
            assess(who, job, beside=[other for other in jobs if other is not job])
            for job in jobs
        ]
        screens = [
            plan_screen(planned, HINTS),
            *([*why_screen(answer, HINTS.why, MORE), *beside] for answer in answers),
        ]

        for blocks in screens:
            assert fitted(blocks, setter, LINES - 1).count("\n") < LINES

    def test_a_screen_of_many_rows_is_set_few_times(self) -> None:
        """Each time takes a tenth of a second in boxes; it was set for every row."""
        row = Table(("name",), tuple((f"Acme {number}",) for number in range(400)))
        times: list[int] = []

        def setter(blocks: Iterable[Block]) -> str:
            times.append(1)
            return render(blocks)

        notes = [f"Look at {number}." for number in range(9)]
        text = fitted([*checks(notes), row], setter, 20)

        assert text.count("\n") == 20
        assert len(times) < 25

    def test_what_is_not_shown_of_what_to_check_is_counted(self) -> None:
        notes = [f"Number {number} looks like another unit." for number in range(3)]
        row = Table(("name",), (("Acme",), ("Bolt",), ("Cary",)))

        text = fitted([*checks(notes), row], render, 5)

        assert text.startswith(
            f"Check: {notes[0]} ... and 2 more (--explain).\nname\nAcme"
        )
        assert text.count("\n") == 5

    def test_what_to_check_is_cut_to_a_line_before_rows_are(self) -> None:
        note = "It takes " + "very " * 40 + "long."
        rows = tuple((f"Firm {number}",) for number in range(9))
        blocks = [*checks([note, "Another."]), Table(("name",), rows)]

        text = fitted(blocks, partial(render, width=COLUMNS), 11)

        first, *others = text.splitlines()
        assert first.startswith("Check: It takes very very")
        assert first.endswith("very ... (--explain)")
        assert others == ["name", *(row[0] for row in rows)]

    @pytest.mark.parametrize("setter", [PLAIN, BOXES], ids=["plain", "boxes"])
    @pytest.mark.parametrize("count", [1, 5, 12, 14, 40])
    def test_many_opportunities_fit_and_the_rest_is_named(
        self, count: int, setter: Setter
    ) -> None:
        jobs = [
            Opportunity(
                name=f"Firm {number}, a role of some length that takes two lines",
                stages=corporate(),
            )
            for number in range(count)
        ]

        text = fitted(plan_screen(plan(Candidate(), jobs), HINTS), setter, LINES - 1)

        assert text.count("\n") < LINES
        rows = sum("take it" in line and " h " in line for line in text.splitlines())
        assert rows >= min(count, 14)
        assert rows == count or f"and {count - rows} more. All of them:" in text

    @pytest.mark.parametrize("setter", [PLAIN, BOXES], ids=["plain", "boxes"])
    def test_rows_of_the_table_come_before_all_else(self, setter: Setter) -> None:
        """What to do about each is worth more than why some are left."""
        dull = {"role": Belief(mean=-40, sd=4)}
        jobs = [
            Opportunity(
                name=f"Firm {number}, a role of some length that takes two lines",
                stages=corporate(),
                beliefs=dull if number % 2 else {},
            )
            for number in range(12)
        ]
        # Who has practised enough leaves what is not worth it.
        practised = Candidate(interviews_done=30)

        planned = plan(practised, jobs, budget=8.0)
        text = fitted(plan_screen(planned, HINTS), setter, LINES - 1)

        rows = [line for line in text.splitlines() if "Firm" in line and " h" in line]
        assert len(rows) >= 12
        assert "more. All of them" not in text
        assert "Start at the top with Firm" in text
        assert "Your 8.0 h are" in text

    @pytest.mark.parametrize("setter", [PLAIN, BOXES], ids=["plain", "boxes"])
    def test_a_budget_and_dates_leave_room_for_four_rows(self, setter: Setter) -> None:
        """In boxes one of four was shown."""
        jobs = [
            Opportunity(
                name=f"{name} Insurance, analyst of claims",
                stages=corporate(),
                next_on="2026-12-07",
                answer_by=f"2026-12-{day:02d}",
            )
            for name, day in (("Ahr", 9), ("Bode", 10), ("Chiem", 11), ("Dahme", 12))
        ]
        planned = plan(Candidate(), jobs, budget=8.0, today="2026-11-30")

        text = fitted(plan_screen(planned, HINTS), setter, LINES - 1)

        table = text.partition("Start at")[0]
        assert table.count("2026-12-07") == 4
        assert "... and" not in table

    def test_what_goes_first_is_what_the_reader_misses_least(self) -> None:
        """Reasons but one, frames, reasons, long sentences, long names; rows last."""
        rows = tuple((f"Firm {n}, {'a role that takes time ' * 5}",) for n in range(6))
        blocks: list[Block] = [
            Table(("name",), rows, brief=tuple(row[0][:6] for row in rows)),
            Paragraph("It is worth 6 h. " * 12, short="It is worth 6 h."),
            Table(("",), (("Leave it.",), *[("Leave both.",)] * 3), minor=True),
        ]
        heights: list[int] = []

        seen = {}
        for height in range(28, 5, -1):
            text = fitted(blocks, BOXES, height)
            heights.append(text.count("\n"))
            seen[height] = tuple(
                part in text
                for part in ("Leave both", "╭", "Leave it", "6 h. It", ", a role")
            )

        assert all(count <= height for height, count in zip(seen, heights, strict=True))
        # Each goes once the ones before it have gone.
        states = sorted(set(seen.values()), reverse=True)
        assert states == [
            tuple(number >= gone for number in range(5)) for gone in range(6)
        ]
        assert all("Firm 5" in fitted(blocks, BOXES, height) for height in (9, 12, 30))
        assert "... and 2 more" in fitted(blocks, BOXES, 7)

    def test_offers_to_turn_down_come_before_what_is_gone_on_with(self) -> None:
        """They stand at the top, so nobody is told to start there with another."""
        poor = {"pay": Belief(mean=-30, sd=1)}
        offered = Position(phase="offered")
        jobs = [
            Opportunity(
                name="Held", stages=corporate(), beliefs=poor, position=offered
            ),
            Opportunity(name="Open", stages=corporate()),
        ]

        text = render(plan_screen(plan(Candidate(), jobs), HINTS))

        assert "Turn down the offer of Held, and go on with Open: take it." in text
        assert "Start at the top" not in text

    def test_a_date_stands_in_the_last_column(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), next_on="2026-03-05")
        answer = assess(Candidate(), job)

        (table,) = (
            block
            for block in assessments_screen([answer], HINTS, [job])
            if isinstance(block, Table)
        )

        assert table.rows[0][-1] == "2026-03-05"


class TestLayout:
    @given(st.text(max_size=60), st.integers(6, 30), st.integers(0, 9))
    def test_no_word_is_lost_and_no_line_is_too_wide(
        self, text: str, width: int, indent: int
    ) -> None:
        lines = wrap(text, width, indent)

        assert "".join("".join(lines).split()) == "".join(text.split())
        start = len(text) - len(text.lstrip())
        widest = max(columns_of(line) for line in lines)
        assert widest <= max(width, start + 2)

    @given(
        st.lists(
            st.lists(st.sampled_from(("a", "week", "of", "processor")), max_size=5).map(
                " ".join
            ),
            min_size=1,
            max_size=4,
        ),
        st.integers(30, 60),
    )
    def test_room_for_headings_is_what_is_left_of_the_screen(
        self, heads: list[str], width: int
    ) -> None:
        table = Table(tuple(heads), (("1.0",) * len(heads),))

        widths = column_widths(table, width)

        room = width - 2 * (len(heads) - 1) - sum(widths)
        lines = [
            len(wrap(head, wide)) for head, wide in zip(heads, widths, strict=True)
        ]
        assert room >= 0
        # No room is left with which the highest heading would be lower.
        most = lines.index(max(lines))
        assert len(wrap(heads[most], widths[most] + room)) == max(lines)

    @given(
        st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=5),
        st.integers(30, 90),
    )
    def test_a_table_is_never_wider_than_its_screen(
        self, rows: list[tuple[str, str]], width: int
    ) -> None:
        table = Table(("name", "what"), tuple(rows), indent=2)

        lines = table_lines(table, width)

        assert max(map(columns_of, lines)) <= width
        shown = "".join("".join(lines).split())
        assert Counter(shown) == Counter(
            "".join("".join(("namewhat", *map("".join, rows))).split())
        )
