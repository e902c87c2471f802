"""Every way in for input that is not trusted, for ``fuzz.py`` to try.

A new one is one line in ``ENTRANCES``. What goes in is bytes; it ends in an answer or
in one of the errors that are promised, and nothing else.
"""

import contextlib
import io
import json
import math
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

import interviewfit
from interviewfit import (
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
from interviewfit.extra.pages import read_page
from interviewfit.postings import read_resume
from trackers import FORMS

EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
DATA = Path(__file__).parent / "data"
RECORDS: tuple[type, ...] = tuple(
    kind
    for name in interviewfit.__all__
    if attrs.has(kind := getattr(interviewfit, name))
)
"""Every public kind of record, whatever there will be."""


@attrs.frozen
class Entrance:
    """One way in.

    Attributes:
        feed: Takes what comes in.
        promised: The errors it may end in.
        seeds: Right input to start from.
    """

    feed: Callable[[bytes], object]
    promised: tuple[type[BaseException], ...]
    seeds: tuple[bytes, ...]

    def try_(self, data: bytes) -> bool:
        """Whether it was taken; anything but a promised error comes out."""
        try:
            self.feed(data)
        except self.promised as error:
            text = str(error)
            # A message that cannot be written down is a fault of its own.
            text.encode()
            return False
        return True


def read(data: bytes) -> None:
    """A record of the kind the first byte says; read back, it is the same."""
    kind: type[Any] = RECORDS[data[0] % len(RECORDS)] if data else Search
    record = loads(data[1:], kind)
    text = dumps(record)
    again = loads(text, kind)
    if again != record or dumps(again) != text:
        message = f"{kind.__name__} does not come back as it was"
        raise AssertionError(message)


def advise(data: bytes) -> None:
    """Advice on a search, as short as to be tried often."""
    search = loads(data, Search)
    short = [one for one in search.opportunities[:3] if len(one.stages) <= 4]
    for one in short:
        found = assess(search.candidate, one, assumptions=search.assumptions)
        if not math.isfinite(found.value) or "nan" in str(found).lower().split():
            message = f"no number: {found!r}"
            raise AssertionError(message)
    if short:
        str(plan(search.candidate, short, assumptions=search.assumptions))


def command(data: bytes) -> None:
    """The command line: its arguments on the first line, then standard input.

    Names of files all mean standard input, so that nothing else is opened.
    """
    line, _, rest = data.partition(b"\n")
    words = line.decode("utf-8", "replace").split(" ")
    known = {"assess", "plan", "example"}
    arguments = [
        one if one in known or one[0] in "-0123456789" else "-" for one in words if one
    ]
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(rest), "utf-8")
    try:
        with contextlib.ExitStack() as stack:
            for redirect in (contextlib.redirect_stdout, contextlib.redirect_stderr):
                stack.enter_context(redirect(io.StringIO()))
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


def columns(data: bytes) -> None:
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


def construct(data: bytes) -> None:
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
        kind(**given)


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

ENTRANCES: dict[str, Entrance] = {
    "loads": Entrance(
        read,
        (DecodeError,),
        tuple(bytes([number]) + text.encode() for number, text in _TEXTS),
    ),
    "advice": Entrance(advise, (DecodeError,), (_SEARCH,)),
    "command line": Entrance(
        command,
        (),
        (
            b"assess -\n" + _SEARCH,
            b"assess - --json\n" + _SEARCH,
            b"plan - --budget 10 --slots 2\n" + _SEARCH,
            b"example\n",
            b"plan --help\n",
        ),
    ),
    "postings": Entrance(
        read_postings,
        (DecodeError, InvalidFieldError),
        tuple(
            json.dumps(
                json.loads((DATA / "postings" / f"{name}.json").read_bytes())
            ).encode()
            for name in (
                "ashby",
                "greenhouse",
                "job_posting",
                "job_posting_dirty",
                "job_posting_graph",
                "lever",
            )
        ),
    ),
    "pages": Entrance(
        read_page, (DecodeError,), ((DATA / "postings" / "page.html").read_bytes(),)
    ),
    "resumes": Entrance(
        read_resume, (DecodeError,), ((DATA / "postings" / "resume.json").read_bytes(),)
    ),
    "logs": Entrance(
        read_log,
        (DecodeError,),
        (
            (DATA / "job-search-2025.csv").read_bytes(),
            *(text.encode() for text in FORMS.values()),
        ),
    ),
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
