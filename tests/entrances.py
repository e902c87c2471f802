"""Every way in for input that is not trusted, for ``fuzz.py`` to try.

A new one is one line in ``ENTRANCES``. What goes in is bytes; it ends in an answer or
in one of the errors that are promised, and nothing else. No text that comes out, of an
answer or of an error, has a character that a terminal obeys or that nobody sees, and no
call takes more work than is stated.
"""

import contextlib
import cProfile
import csv
import io
import json
import math
import re
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import attrs

import interviewfit
from interviewfit import (
    Assumptions,
    Candidate,
    DecodeError,
    InterviewFitError,
    InvalidFieldError,
    Search,
    assess,
    dumps,
    loads,
    plan,
    read_log,
    read_postings,
    score,
)
from interviewfit.__main__ import main
from interviewfit._command.read import _read_any
from interviewfit._numeric.effort import counted
from interviewfit.extra._plain_csv import score_csv
from interviewfit.extra.agent import TOOLS, call_tool
from interviewfit.extra.frames import Scoring
from interviewfit.extra.pages import read_page
from interviewfit.history import (
    calibrate,
    estimate_pass_rates,
    past_decisions,
    replay,
    to_sankey,
)
from interviewfit.postings import Postings, ReadingOptions, read_resume
from trackers import FORMS

EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
DATA = Path(__file__).parent / "data"
RECORDS: tuple[type, ...] = tuple(
    kind
    for name in interviewfit.__all__
    if attrs.has(kind := getattr(interviewfit, name))
)
"""Every public kind of record, whatever there will be."""


SECONDS = 2.0
"""Of a processor, which no call may take for an input of some 20,000 bytes."""

OPERATIONS = 400_000_000
"""Of the solver, which no call may take: about two seconds on a slow machine."""

FIRST_CALLS = 20_000
"""Of functions, which any input may take."""

JOINERS = "\u200c\u200d"
"""Characters that shape letters; ``test_visible.py`` says where they may stay."""


def _class_of_invisible() -> str:
    """All of Unicode's control, format and surrogate characters, as for ``re``."""
    hidden = {"Cc", "Cf", "Cs"}
    codes = [
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in hidden and chr(code) not in "\n" + JOINERS
    ]
    runs = groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0])
    spans = [[code for _, code in run] for _, run in runs]
    return "".join(f"\\U{span[0]:08x}-\\U{span[-1]:08x}" for span in spans)


INVISIBLE = re.compile(f"[{_class_of_invisible()}]")


def check_visible(text: str) -> None:
    """Raise if a text has a character that nobody sees, or cannot be written down."""
    text.encode()
    if shown := INVISIBLE.search(text):
        around = text[max(shown.start() - 40, 0) : shown.end() + 40]
        message = f"U+{ord(shown[0]):04X} in an output: {around!r}"
        raise AssertionError(message)


@attrs.frozen
class Entrance:
    """One way in.

    Attributes:
        feed: Takes what comes in, and returns the texts that come out.
        promised: The errors it may end in.
        seeds: Right input to start from.
        calls: Functions that may be called for a byte, where the work is proportional.
    """

    feed: Callable[[bytes], Iterable[str] | None]
    promised: tuple[type[BaseException], ...]
    seeds: tuple[bytes, ...]
    calls: int = 0

    def try_(self, data: bytes) -> bool:
        """Whether it was taken; anything but a promised error comes out."""
        began = time.process_time()
        taken = True
        with counted() as effort:
            try:
                for text in self.feed(data) or ():
                    check_visible(text)
            except self.promised as error:
                check_visible(str(error))
                taken = False
        took = time.process_time() - began
        if took > SECONDS or effort.operations > OPERATIONS:
            message = f"{took:.1f} s and {effort.operations:,} operations"
            raise AssertionError(message)
        return taken

    def work(self, data: bytes) -> tuple[bool, float]:
        """The same, and the functions called, as a share of those that may be."""
        profile = cProfile.Profile(subcalls=False, builtins=False)
        profile.enable()
        try:
            taken = self.try_(data)
        finally:
            profile.disable()
        count = sum(entry.callcount for entry in profile.getstats())
        share = count / (FIRST_CALLS + self.calls * len(data))
        if share > 1 and self.calls:
            message = f"{count:,} calls for {len(data):,} bytes"
            raise AssertionError(message)
        return taken, share


def read(data: bytes) -> Iterator[str]:
    """A record of the kind the first byte says; read back, it is the same."""
    kind: type[Any] = RECORDS[data[0] % len(RECORDS)] if data else Search
    record = loads(data[1:], kind)
    text = dumps(record)
    again = loads(text, kind)
    if again != record or dumps(again) != text:
        message = f"{kind.__name__} does not come back as it was"
        raise AssertionError(message)
    yield text
    yield str(record)
    yield repr(record)


def advise(data: bytes) -> Iterator[str]:
    """Advice on a search, as short as to be tried often."""
    search = loads(data, Search)
    short = [one for one in search.opportunities[:3] if len(one.stages) <= 4]
    for one in short:
        found = assess(search.candidate, one, assumptions=search.assumptions)
        if not math.isfinite(found.value) or "nan" in str(found).lower().split():
            message = f"no number: {found!r}"
            raise AssertionError(message)
        yield str(found)
        yield found._repr_html_()
    if short:
        yield str(plan(search.candidate, short, assumptions=search.assumptions))


COMMANDS = frozenset(
    {"assess", "example", "letter", "log", "plan", "read", "replay", "review", "why"}
)
"""Commands that write no file, and ask nothing."""


def command(data: bytes) -> Iterator[str]:
    """The command line: its arguments on the first line, then standard input.

    Names of files all mean standard input, so that nothing else is opened.
    """
    line, _, rest = data.partition(b"\n")
    words = line.decode("utf-8", "replace").split(" ")
    arguments = [
        one if one in COMMANDS or one[0] in "-0123456789" else "-"
        for one in words
        if one
    ]
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(rest), "utf-8")
    try:
        with contextlib.ExitStack() as stack:
            out, err = io.StringIO(), io.StringIO()
            stack.enter_context(contextlib.redirect_stdout(out))
            stack.enter_context(contextlib.redirect_stderr(err))
            try:
                status = main(arguments)
            except SystemExit as leaving:
                # argparse: 2 for what it does not understand, 0 for --help.
                status = leaving.code if isinstance(leaving.code, int) else -1
    finally:
        sys.stdin = before
    if status not in (0, 2):
        message = f"exit status {status}"
        raise AssertionError(message)
    if status == 2 and not err.getvalue():
        message = "refused without a word"
        raise AssertionError(message)
    yield out.getvalue()
    yield err.getvalue()


def _of_postings(found: Postings) -> Iterator[str]:
    """All that is said of some postings."""
    for job in found:
        yield str(job)
        yield dumps(job.opportunity)
        yield from job.warnings
    yield from found.faults


def board(data: bytes) -> Iterator[str]:
    """Postings as a board gives them."""
    return _of_postings(read_postings(data))


def saved(data: bytes) -> Iterator[str]:
    """A file of any form for the command ``read``."""
    return _of_postings(_read_any(data, ReadingOptions()))


def page(data: bytes) -> Iterator[str]:
    """A web page."""
    return _of_postings(read_page(data))


def resume(data: bytes) -> Iterator[str]:
    """A resume."""
    found = read_resume(data)
    yield str(found)
    yield repr(found)


def log(data: bytes) -> Iterator[str]:
    """A log, as it was understood."""
    found = read_log(data)
    yield repr(found.history)
    yield from found.warnings


def past(data: bytes) -> Iterator[str]:
    """All that can be learned from a log."""
    history = read_log(data).history
    yield str(read_log(data, preview=True))
    yield str(estimate_pass_rates(history))
    yield str(calibrate(Assumptions(), history))
    yield str(replay(history))
    yield repr(to_sankey(history))
    yield repr(past_decisions(history, ()))


def columns(data: bytes) -> Iterator[str]:
    """A table as JSON, a list of values to each name: every row an answer."""
    try:
        table = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(table, dict):
        return
    found = score(Candidate(), table)
    if not all(map(math.isfinite, found.value.tolist())):
        message = f"no number: {found.value}"
        raise AssertionError(message)
    yield repr(found)


def table(data: bytes) -> Iterator[str]:
    """A CSV file for the command ``score``: what is written, and what is said."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "jobs.csv", Path(folder) / "scored.csv"
        source.write_bytes(data)
        candidate = Path(folder) / "my.json"
        candidate.write_text(dumps(Candidate()), "utf-8")
        words = ["score", str(source), "--candidate", str(candidate), "-o", str(target)]
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main([*words, "--escape-formulas"])
        if (status, target.exists()) not in {(0, True), (2, False)}:
            message = f"exit status {status}, written: {target.exists()}"
            raise AssertionError(message)
        if source.read_bytes() != data:
            message = "the input was changed"
            raise AssertionError(message)
        kept = {path.name for path in Path(folder).iterdir()}
        parts = {".scored.csv.parts"} if status else set()
        if kept - {"jobs.csv", "my.json", "scored.csv"} - parts:
            message = f"left behind: {kept}"
            raise AssertionError(message)
        yield out.getvalue()
        yield err.getvalue()
    if status:
        raise DecodeError("table", [err.getvalue()])


def plain_table(data: bytes) -> None:
    """The same without pandas and pyarrow: every row is written, or none."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "jobs.csv", Path(folder) / "scored.csv"
        source.write_bytes(data)
        try:
            count = score_csv(source, target, Scoring(candidate=Candidate()))
        except BaseException:
            assert not target.exists(), "written in spite of a fault"
            raise
        with target.open(encoding="utf-8", newline="") as file:
            written = sum(1 for _ in csv.reader(file)) - 1
        assert written == count, f"{written} rows written, {count} scored"


def tool(data: bytes) -> Iterator[str]:
    """A tool for agents, which the first byte says, and its arguments."""
    names = list(TOOLS)
    answer = call_tool(names[data[0] % len(names)] if data else "", data[1:])
    yield str(answer)
    yield dumps(answer)


def construct(data: bytes) -> Iterator[str]:
    """A record made in Python from whatever fields: values of any type JSON has."""
    try:
        tree = json.loads(data[1:])
    except (ValueError, RecursionError):
        return
    if not data or not isinstance(tree, dict):
        return
    kind: Any = RECORDS[data[0] % len(RECORDS)]
    if all(one.validator is None for one in attrs.fields(kind)):
        # Made by us, and so not checked.
        return
    fields = {one.name: one for one in attrs.fields(kind)}
    given = {name: value for name, value in tree.items() if name in fields}
    needed = {name for name, one in fields.items() if one.default is attrs.NOTHING}
    if needed <= given.keys():
        yield repr(kind(**given))


def _records() -> Iterator[tuple[int, str]]:
    """The parts of the example, each with the number of its kind."""
    search = loads(EXAMPLE, Search)
    parts: list[Any] = [search, search.candidate, *search.opportunities]
    parts += [stage for job in search.opportunities for stage in job.stages]
    for job in search.opportunities:
        parts.append(assess(search.candidate, job))
        parts += job.beliefs.values()
        parts += [one for one in job.signals if attrs.has(type(one))]
    for part in parts:
        yield RECORDS.index(type(part)), dumps(part)


_TEXTS = tuple(_records())
_SEARCH = EXAMPLE.encode()
_SHORT = dumps(
    attrs.evolve(
        loads(EXAMPLE, Search), opportunities=loads(EXAMPLE, Search).opportunities[:1]
    )
).encode()
_POSTINGS = tuple(
    json.dumps(json.loads(path.read_bytes())).encode()
    if path.suffix == ".json"
    else path.read_bytes()
    for path in sorted((DATA / "postings").iterdir())
    if path.stem != "resume" and path.suffix != ".html"
)
_PAGES = tuple(path.read_bytes() for path in sorted(DATA.glob("postings/*.html")))
_LOGS = (
    (DATA / "job-search-2025.csv").read_bytes()[:2_000].rpartition(b"\n")[0],
    *(text.encode() for text in FORMS.values()),
)
_TABLES = (
    b'title,process,pay.mean\nAcme,corporate,5\n"a, b",small_firm,007\n',
    b"process,pay,stage,note\r\ntechnical,1.5,0,=1+1\r\ntechnical,,1,NA\r\n",
)


def _asked(name: str, **more: Any) -> bytes:
    """The arguments of a tool for agents, behind its number."""
    arguments = json.loads(_SHORT) | more
    return bytes([list(TOOLS).index(name)]) + json.dumps(arguments).encode()


ENTRANCES: dict[str, Entrance] = {
    "loads": Entrance(
        read,
        (DecodeError,),
        tuple(bytes([number]) + text.encode() for number, text in _TEXTS),
        calls=150,
    ),
    "advice": Entrance(advise, (DecodeError,), (_SHORT, _SEARCH)),
    "command line": Entrance(
        command,
        (),
        (
            b"assess -\n" + _SHORT,
            b"assess - --json\n" + _SHORT,
            b"plan - --budget 10 --slots 2\n" + _SEARCH,
            b"why - --explain\n" + _SHORT,
            b"letter - --to 1 --channel call\n" + _SHORT,
            b"review -\n" + _SEARCH,
            b"read -\n" + _POSTINGS[0],
            b"log -\n" + _LOGS[1],
            b"replay -\n" + _LOGS[1],
            b"example\n",
            b"plan --help\n",
        ),
    ),
    "postings": Entrance(board, (DecodeError, InvalidFieldError), _POSTINGS, 150),
    "pages": Entrance(page, (DecodeError,), _PAGES, 150),
    "files of postings": Entrance(
        saved, (DecodeError, InvalidFieldError), _POSTINGS + _PAGES, 150
    ),
    "resumes": Entrance(
        resume,
        (DecodeError,),
        ((DATA / "postings" / "resume.json").read_bytes(),),
        calls=150,
    ),
    "logs": Entrance(log, (DecodeError,), _LOGS, 150),
    "what logs teach": Entrance(past, (DecodeError,), _LOGS),
    "columns": Entrance(
        columns,
        (DecodeError, InvalidFieldError),
        (
            b'{"process": ["corporate", "small_firm"], "pay.mean": [5, 0.5]}',
            (
                b'{"process": "technical", "pay": [1.5, -2], "stage": [0, 1], '
                b'"signs.bad_reviews": [true, false], "hidden_role": 0.2}'
            ),
        ),
    ),
    "tables": Entrance(table, (DecodeError,), _TABLES),
    "tables, without packages": Entrance(
        plain_table, (DecodeError, InvalidFieldError), _TABLES
    ),
    "tools for agents": Entrance(
        tool,
        (DecodeError, InvalidFieldError),
        (
            _asked("assess"),
            _asked("plan", budget=5, slots=1),
            _asked("why"),
            _asked("questions"),
            _asked("letter", to="Ms Lee", when="Friday", channel="call", language="de"),
            _asked("review", log=_LOGS[1].decode(), today="2025-06-01"),
            bytes([list(TOOLS).index("score")])
            + b'{"schema": "interviewfit/2", "candidate": {}, '
            b'"columns": {"process": {"words": ["corporate"]}}}',
        ),
    ),
    "records": Entrance(
        construct,
        (InvalidFieldError,),
        tuple(bytes([number]) + text.encode() for number, text in _TEXTS),
    ),
}
"""By name. ``InterviewFitError`` is what any of ours may end in."""

assert all(
    issubclass(error, InterviewFitError)
    for one in ENTRANCES.values()
    for error in one.promised
)
