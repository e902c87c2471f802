"""What every command prints is what it printed, word for word, and so are its options.

``data/transcripts.txt`` holds what was typed and what came back, on both streams, with
the exit status. Whether that is right, other tests say; this one shows what a change of
a sentence, an option or a default does to all that people see.

``python tests/test_transcripts.py`` writes the file anew, for a change that is meant.
"""

import argparse
import io
import json
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import attrs
import pytest

from interviewfit import Search, assess, loads, plan, read_log, read_postings
from interviewfit.__main__ import main
from interviewfit._command.parsing import command_parser, whole_parser
from interviewfit._command.table import COMMANDS
from interviewfit._reading import dates
from interviewfit.extra.pages import read_page
from interviewfit.history import _review, estimate_pass_rates, replay, review
from interviewfit.logs import _reader
from interviewfit.postings import _conversion
from recorded import write_anew

DATA = Path(__file__).parent / "data"
KEPT = DATA / "transcripts.txt"
EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
DAY = "--today 2026-11-30"
CLOCKS = (dates, _review, _reader, _conversion)
"""Modules that look at the calendar."""

TYPED = (
    "--help",
    "--version now",
    "asses my.json",
    "my.json",
    "nothing.json",
    *(f"{name} --hepl" for name in COMMANDS),
    "plan",
    f"plan my.json {DAY}",
    f"plan my.json --explain {DAY}",
    f"plan my.json --budget 8 --slots 1 --explain {DAY}",
    "plan my.json --budget none",
    "plan my.json --slots 0",
    "plan my.json --today tomorrow",
    "plan no.json",
    "plan wrong.json",
    f"assess my.json {DAY}",
    f"assess my.json --alone {DAY}",
    f"assess one.json --deep {DAY}",
    *(f"why my.json {name} {DAY}" for name in ("Tessel", "North", "City")),
    f"why my.json {DAY}",
    "why my.json nobody",
    "why one.json",
    f"why one.json --explain {DAY}",
    *(
        f"letter my.json Tessel --channel {channel} --language {code} {DAY}"
        for channel in ("email", "message", "call")
        for code in ("en", "de", "fr", "es")
    ),
    f"letter my.json City --form full --to 'Ms Lee' --reason {DAY}",
    f"letter my.json City --recommend 'Mr Ray' --reason 'I moved.' {DAY}",
    "letter my.json City --channel pigeon",
    "letter my.json City --purpose nothing",
    "letter my.json City --language tlh",
    *(f"{command} dated.json {DAY}" for command in ("plan", "assess", "review")),
    *(f"{command} many.json {DAY}" for command in ("plan", "assess", "review")),
    f"plan dated.json --explain {DAY}",
    f"plan many.json --explain {DAY}",
    f"why dated.json Kestrel {DAY}",
    *(f"why many.json {name} {DAY}" for name in ("Heron", "Plover", "Wren", "Oil")),
    f"why signs.json {DAY}",
    f"assess signs.json --explain {DAY}",
    f"letter dated.json Kestrel --form full {DAY}",
    f"letter many.json Plover {DAY}",
    f"review my.json {DAY}",
    "review my.json --log log.csv --today 2025-06-24",
    "review my.json --log log.csv --explain --today 2025-06-24",
    "review my.json --log my.json",
    "log log.csv",
    "log log.csv --preview",
    "log log.csv --explain",
    "log log.csv --column status=Nothing",
    "log log.csv --column status",
    "log log.csv --word Vibing=dancing",
    "log log.csv --day-first --month-first",
    "log my.json",
    "replay log.csv",
    "replay log.csv --explain",
    "read posting.json --pay 85000 EUR",
    "read posting.json --pay 85000",
    "read posting.json --per fortnight",
    "read my.json",
    "read page.html --pay 25 GBP/hour --company Acme --currency GBP --per hour",
    "score log.csv --candidate my.json -o log.csv",
    "schema Nothing",
    "edit my.json nobody",
    "edit nowhere.json",
    "new my.json",
    "new nowhere/first.json",
    "new -",
    "plan empty.json",
    "plan wide.json",
    "plan latin.json",
    "read empty.json",
    "read posting.json --pay 85000 EURO",
    "read posting.json --pay -5 EUR",
    "read posting.json --pay lots EUR",
    "log posting.json",
    "log page.html",
    "log log.csv --word =interview",
    "log log.csv --today tomorrow",
    "log log.csv --min-answers few",
    "score log.csv --candidate my.json -o out.csv --set pay",
    "score log.csv --candidate no.json -o out.csv",
    "schema Scores",
    "score jobs.csv --candidate my.json -o out.csv",
    "score odd.csv --candidate my.json -o out.csv",
    "score jobs.csv --candidate my.json -o jobs.csv",
    "score jobs.csv",
    "score --columns",
    "plan my.json --json --explain",
    "review my.json --column status=Progress",
    "--explain plan my.json",
    "plan my.json --budget 8 --budget 9",
)
"""What follows the name of the program, on standard input nothing."""

DIALOGUES = {
    "new first.json": (
        *("65000 EUR a year", "7, growth", "Acme, analyst", "1", "2", "n"),
        *("2027-03-05", "70000 to 75000", "5, they like me", "n"),
    ),
    "new second.json": (
        *("lots", "-5 EUR", "65000", "50000 to 60000 EUR", "65000 EUR a year"),
        *("10", "a nice desk", "role", "", "Acme", "4", "hr screen, lunch"),
        *("panel, panel", "0", "4", "nobody", "1", "perhaps", "yes"),
        *("80000 USD", "much", "70k eur", "99", "a purple elephant", "more"),
        *("more", "more", "they like you", "y", "acme", "Bolt", "hr_screen"),
        *("none", "tomorrow", "", "", "", "n"),
    ),
    "edit mine.json": (
        *("2", "1", "2026-12-09", "2", "3", "-12", "manager", "8", "7", "11"),
        *("what", "3", "5", "80000 EUR", "6", "bad reviews", "4", "", "11"),
    ),
    "edit mine.json Nor": ("1", "2", "4", "2026-12-20", "5", "none", "11"),
    "edit mine.json City": ("3", "role", "+10 %", "5", "11"),
    "edit mine.json Harbour": (
        *("8", "2026-12-09", "2026-12-08", "8", "2026-12-07", "", "9"),
        *("hr screen, meet the team, a chat", "hr screen, meet the team, CEO"),
        *("10", "2", "six", "6", "5", "2", "2026-12-16", "2", "", "2", "panel"),
        *("2026-12-30", "8", "none", "", "11"),
    ),
    "edit mine.json --add": (
        *("Harbour Insurance, analyst", "Nordlicht, analyst", "2", "1", "n"),
        *("2026-12-18", "remote", "7"),
    ),
    "edit dated.json Kestrel": (
        *("8", "2026-12-08", "2026-12-07", "8", "", "none", "9", "11"),
    ),
}
"""What is typed, and the answers to what is then asked."""

FIRM = [{"kind": "hr_screen", "days": 3}, {"kind": "panel", "days": 3}]
SIGNALS: list[object] = [
    "bad_reviews",
    {"type": "sign", "sign": "they_like_you", "strength": "strong", "source": "Jo"},
    {"type": "sign", "sign": "merger_talks", "strength": 0.5, "note": "in the press"},
    {"type": "reading", "aspect": "manager", "value": 12, "noise": 6, "note": "kind"},
    {"type": "reading", "aspect": "culture", "value": -15, "noise": 8, "when": "now"},
    {
        "type": "either",
        "aspect": "commute",
        "chance": 0.4,
        "if_so": 5,
        "if_not": -20,
        "told_by": "hr_screen",
        "note": "whether they allow remote work",
    },
]
SEARCHES: dict[str, dict[str, object]] = {
    "one.json": {
        "opportunities": [
            {
                "name": "Acme",
                "stages": [{"kind": "hr_screen"}, {"kind": "panel", "hours": 3}],
            }
        ]
    },
    "wrong.json": {
        "opportunities": [
            {
                "name": "Acme",
                "stages": [
                    {"kind": "hr_sreen"},
                    {"hours": -3, "kind": "panel", "minutes": 2},
                ],
                "signals": [*SIGNALS, {"type": "event"}],
                "position": {"phase": "over"},
                "answer_by": "soon",
            }
        ]
    },
    "signs.json": {
        "opportunities": [{"name": "Signs", "stages": FIRM, "signals": SIGNALS}]
    },
    "dated.json": {
        "candidate": {"salary": {"amount": 80000, "currency": "EUR", "per": "year"}},
        "opportunities": [
            {
                "name": "Kestrel",
                "stages": [{"kind": "hiring_manager"}],
                "position": {"phase": "offered"},
                "beliefs": {"pay": {"mean": 5, "sd": 1}},
                "answer_by": "2026-12-04",
                "more_time_until": "2026-12-14",
            },
            {
                "name": "Orchard",
                "stages": FIRM,
                "beliefs": {"pay": {"mean": 12, "sd": 8}},
                "next_on": "2026-12-02",
            },
        ],
    },
    "many.json": {
        "candidate": {"dealbreakers": ["oil"], "priorities": {"role": 2}},
        "opportunities": [
            {
                "name": "Heron",
                "stages": FIRM,
                "position": {"phase": "offered"},
                "beliefs": {"pay": {"mean": 4, "sd": 2}},
            },
            {"name": "Signs", "stages": FIRM, "signals": SIGNALS},
            {
                "name": "Plover",
                "stages": FIRM,
                "position": {"phase": "midway", "stage": 1},
                "beliefs": {"pay": {"mean": 9, "sd": 6}},
            },
            {"name": "Wren", "stages": FIRM, "position": {"phase": "rejected"}},
            {"name": "Oil", "stages": FIRM, "tags": ["oil"]},
            {
                "name": "Poor",
                "stages": FIRM,
                "beliefs": {"pay": {"mean": -50, "sd": 2}},
            },
        ],
    },
}
"""Files of searches beside the example."""

LOGS = sorted(
    path.name
    for path in (DATA / "realworld").iterdir()
    if path.suffix in (".csv", ".tsv", ".txt", ".md")
)
POSTINGS = sorted(path.name for path in (DATA / "postings").iterdir())


def today() -> date:
    """The day on which all of it is typed."""
    return date(2026, 12, 24)


def typed(words: str, folder: Path, answers: Sequence[str] = ()) -> str:
    """What a line prints, with its exit status.

    Args:
        words: What follows the name of the program.
        folder: Where it is typed.
        answers: What is answered to its questions, a line each.
    """
    out, err = io.StringIO(), io.StringIO()
    lines = "".join(f"{answer}\n" for answer in answers)
    stdin, sys.stdin = sys.stdin, io.StringIO(lines)
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        try:
            status: object = main(shlex.split(words))
        except SystemExit as ended:
            status = ended.code
        finally:
            sys.stdin = stdin
    parts = [f"$ interviewfit {words}".rstrip(), out.getvalue().rstrip("\n")]
    if said := err.getvalue().rstrip("\n"):
        parts.append("! " + said.replace("\n", "\n! "))
    text = "\n".join(part for part in parts if part)
    text = "\n".join(line.rstrip() for line in text.splitlines())
    return f"{text}\n= {status or 0}\n"


def fill(folder: Path) -> None:
    """Write what the lines read."""
    for name in ("my.json", "mine.json"):
        (folder / name).write_text(EXAMPLE, encoding="utf-8")
    for name, search in SEARCHES.items():
        whole = {"schema": "interviewfit/2", "candidate": {}, **search}
        (folder / name).write_text(json.dumps(whole), encoding="utf-8")
    (folder / "empty.json").write_bytes(b" \n")
    (folder / "jobs.csv").write_text("name,process\nAcme,corporate\n", "utf-8")
    (folder / "odd.csv").write_text("name,process\nAcme,circus\n", "utf-8")
    (folder / "wide.json").write_bytes(EXAMPLE.encode("utf-16"))
    (folder / "latin.json").write_bytes(b'{"schema": "interviewfit/2", "B\xfcro": 1}')
    for name, source in (
        ("log.csv", "job-search-2025.csv"),
        ("posting.json", "postings/job_posting.json"),
        ("page.html", "postings/page.html"),
    ):
        (folder / name).write_bytes((DATA / source).read_bytes())


def pages() -> Iterator[str]:
    """Answers as notebooks show them, a tag a line."""
    jobs = SEARCHES["many.json"] | {"schema": "interviewfit/2"}
    search = loads(json.dumps(jobs), Search)
    log = read_log((DATA / "job-search-2025.csv").read_text("utf-8")).history
    first, second = search.opportunities[1], search.opportunities[2]
    answers = (
        plan(search.candidate, search.opportunities),
        assess(search.candidate, first),
        assess(search.candidate, second, beside=[first]),
        review(search, log, today="2026-12-24"),
        replay(log),
        estimate_pass_rates(log),
    )
    for answer in answers:
        yield type(answer).__name__
        yield from re.sub(r"(?<=.)<", "\n<", answer._repr_html_()).splitlines()


def fields() -> Iterator[str]:
    """All that is read of each posting."""
    for name in POSTINGS:
        if name != "resume.json":
            raw = (DATA / "postings" / name).read_bytes()
            read = read_page if name.endswith(".html") else read_postings
            for posting in read(raw):
                yield f"{name}: {posting.fields!s}"
                for key, value in attrs.asdict(posting.fields, recurse=False).items():
                    yield f"  {key} {value!r}"
                yield f"  {posting.unknown} {posting.assumed} {posting.warnings}"
                yield f"  {posting.opportunity.signals}"


def of_options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Each option of a parser, whatever Python prints its help."""
    for action in parser._actions:
        names = ", ".join(action.option_strings) or action.dest
        kind = re.sub(r"^_|Action$", "", type(action).__name__)
        read = getattr(action.type, "__name__", action.type)
        yield (
            f"{names}: {kind} {action.dest} {action.metavar!r} x{action.nargs} "
            f"{read} {action.default!r} {action.const!r} {action.required} "
            f"{action.help!r}"
        )


def options() -> Iterator[str]:
    """The options of every command, and those that a shell completes."""
    for name in COMMANDS:
        parser = command_parser(name)
        about = (parser.prog, parser.usage, parser.description, parser.epilog)
        for line in (*map(repr, about), *of_options(parser)):
            yield f"{name}: {line}"
    whole = whole_parser()
    for action in whole._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, parser in action.choices.items():
                yield from (f"shell {name}: {line}" for line in of_options(parser))
        else:
            yield f"shell: {action.option_strings} {action.nargs} {action.default!r}"


@cache
def kept() -> dict[str, str]:
    """What came back, by what was typed."""
    parts = re.split(
        r"(?m)^(?=\$ interviewfit|# (?:options|pages|fields)$)",
        KEPT.read_text(encoding="utf-8"),
    )[1:]
    return {part.partition("\n")[0]: part for part in parts}


def key(words: str) -> str:
    """What was typed, as the file has it."""
    return f"$ interviewfit {words}".rstrip()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a search, a log and postings."""
    here = tmp_path_factory.mktemp("typed")
    fill(here)
    return here


def _settle(patch: pytest.MonkeyPatch) -> None:
    """Make the width, the colours and the day those of the file."""
    patch.setenv("COLUMNS", "80")
    patch.setenv("NO_COLOR", "1")
    for module in CLOCKS:
        patch.setattr(module, "local_today", today)


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    _settle(monkeypatch)


@pytest.mark.parametrize("words", TYPED)
def test_a_command_prints_what_it_printed(words: str, folder: Path) -> None:
    assert typed(words, folder) == kept()[key(words)]


@pytest.mark.parametrize("name", LOGS)
def test_a_log_is_taken_as_it_was(name: str) -> None:
    words = f"log {name} --preview"

    assert typed(words, DATA / "realworld") == kept()[key(words)]


@pytest.mark.parametrize("name", POSTINGS)
def test_a_posting_is_taken_as_it_was(name: str) -> None:
    words = f"read {name} --pay 85000 EUR"

    assert typed(words, DATA / "postings") == kept()[key(words)]


@pytest.mark.parametrize("words", DIALOGUES)
def test_a_dialogue_is_what_it_was(words: str, tmp_path: Path) -> None:
    fill(tmp_path)

    assert typed(words, tmp_path, DIALOGUES[words]) == kept()[key(words)]


@pytest.mark.parametrize("part", [options, pages, fields])
def test_all_else_is_what_it_was(part: Callable[[], Iterator[str]]) -> None:
    text = "\n".join(part())

    assert text.splitlines() == kept()[f"# {part.__name__}"].splitlines()[1:]


def test_where_a_list_ends_with_how_many_more_it_says_how_to_see_them() -> None:
    text = KEPT.read_text("utf-8") + (DATA / "words.txt").read_text("utf-8")
    ends = re.findall(r"and [\d,]+ (?:rows? )?more\b(.*)", text)

    assert len(ends) > 20
    seen = re.compile(r" \((all in `|--json|--explain|`assess --json)|\. (Add|All|To) ")
    assert [end for end in ends if not seen.match(end)] == []


PYTHON_WORDS = re.compile(
    r"\b[a-z]\w*\(\w*\)|\b[a-z]\w*=(?=[\s,.){])|\b[a-z]\w*=[{\[(]"
    r"|\bread_[a-z]+|\binterviewfit\.[a-z]"
    r"|\b[A-Z]\w*(?:Kind|Options)\b|\b(?:Candidate|Opportunity|Stage|Money|Search)\.\w"
    r"|\bin the field\b|\ba Reading\b|\bgot None\b|<U\d|\(char \d|\bargument -"
    r"|following arguments|unrecognized|@ \$$"
)
"""What Python says, and nobody who types commands can use."""


def test_no_screen_speaks_of_python() -> None:
    """Of functions, arguments, classes, fields and what Python's own readers say."""
    screens = [text for words, text in kept().items() if words.startswith("$ ")]
    lines = [line for text in screens for line in text.splitlines()]
    # The names of columns and cells are those of whoever wrote the file.
    own = re.compile(
        r"^(Its headings|Taken for the heading|Cells that were)|^  ?\w+ {2}"
    )

    assert len(screens) > 150
    assert [
        line for line in lines if PYTHON_WORDS.search(line) and not own.match(line)
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "letter(channel) must be email.",
        "Say which column it is (columns=).",
        "Say it, such as columns={'status': 'Progress'}.",
        "StageKind must be one of call.",
        "1 more in the field notes.",
        "It is not JSON: Expecting value: line 1 column 1 (char 0).",
    ],
)
def test_what_python_says_would_be_found(text: str) -> None:
    assert PYTHON_WORDS.search(text)


def write() -> None:
    """Write the file anew."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        _settle(patch)
        fill(Path(name))
        texts = [typed(words, Path(name)) for words in TYPED]
        logs, postings = DATA / "realworld", DATA / "postings"
        texts += [typed(f"log {one} --preview", logs) for one in LOGS]
        texts += [typed(f"read {one} --pay 85000 EUR", postings) for one in POSTINGS]
        for words, answers in DIALOGUES.items():
            with tempfile.TemporaryDirectory() as own:
                fill(Path(own))
                texts.append(typed(words, Path(own), answers))
        for part in (options, pages, fields):
            texts.append("\n".join([f"# {part.__name__}", *part(), ""]))
    KEPT.write_text("".join(texts), encoding="utf-8")


if __name__ == "__main__":
    write_anew(KEPT, write)
