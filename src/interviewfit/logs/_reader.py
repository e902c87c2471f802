"""Logs of other trackers, read as an event log.

``read_log`` recognises the format by itself. What is not used is counted in a warning
with the reason; if no row can be read, that is an error which lists the headings and
what they were taken for. Files above twenty million characters are refused.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, overload

from attrs import field, frozen

from interviewfit._model.dates import to_date
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.units import number_of
from interviewfit._model.vocabulary import Milestone
from interviewfit._reading.collection import paused_collection
from interviewfit._reading.dates import local_today
from interviewfit._reading.lenient_json import MAX_CHARACTERS
from interviewfit._reading.lexicon import compact
from interviewfit._reading.text import decode
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.history._log import MAX_EVENTS, History
from interviewfit.logs._cells import Findings
from interviewfit.logs._columns import Column, assign_columns
from interviewfit.logs._formats import Table, parse_table
from interviewfit.logs._preview import LogPreview, headings_found, preview_log
from interviewfit.logs._processes import group_rows, process_events
from interviewfit.logs._rows import RowReader
from interviewfit.logs._words import CONCEPTS, Meaning, Statement, read_status
from interviewfit.logs._years import with_years
from interviewfit.schema._json import loads
from interviewfit.schema._versions import READABLE_SCHEMAS

_MAX_LISTED = 10
_BIASING_SHARE = 0.1
_ROUNDS = {Milestone.SCREEN, Milestone.TASK, Milestone.INTERVIEW}
_LATEST_ONLY = (
    "No process shows two rounds, as if the file had only the latest state of each. "
    "Whoever passed a stage may not show it, so of later stages than the application "
    "no pass rate is learned."
)


@frozen(kw_only=True)
class ImportedLog:
    """An event log read from a tracker's file. Made by ``read_log``.

    Attributes:
        history: The event log.
        log_format: The format of the file: ``"interviewfit"``, ``"status log"``,
            ``"career-ops"``, ``"job-ops"``, ``"simplify"``, ``"trello"``, ``"sankey"``,
            ``"json"`` or ``"table"``.
        warnings: What was not used and why, and what the file lacks.
        unused: How many cells were not used, by their heading.
    """

    history: History
    log_format: str
    warnings: tuple[str, ...]
    unused: Mapping[str, int] = field(factory=dict, converter=freeze)


@overload
def read_log(
    text: str | bytes,
    *,
    day_first: bool | None = None,
    today: date | None = None,
    columns: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
    preview: Literal[False] = False,
) -> ImportedLog: ...
@overload
def read_log(
    text: str | bytes,
    *,
    day_first: bool | None = None,
    today: date | None = None,
    columns: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
    preview: Literal[True],
) -> LogPreview: ...
def read_log(
    text: str | bytes,
    *,
    day_first: bool | None = None,
    today: date | None = None,
    columns: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
    preview: bool = False,
) -> ImportedLog | LogPreview:
    r"""Read a tracker's log, in any of the known formats, as an event log.

    A status proves the stages before it. If its day is not in the file, it counts
    without one: for pass rates, and not for waiting times.

    The work grows with the length of the text.

    Args:
        text: The content of the file, text or bytes of UTF-8 or UTF-16.
        day_first: Whether 4/5/2025 is in May, for a file whose other dates do not tell.
            If None, such dates count as unknown.
        today: Events after this day are plans and left out; the present day if None.
        columns: Headings of the file by what they are to be taken for, such as
            ``{"status": "Progress"}``: a field (``"company"``, ``"role"``, ``"date"``,
            ``"applied_date"`` ...) or a stage (``"screen"``).
        words: What statuses of the file mean, such as ``{"Vibing": "interview"}``.
        preview: Return what every column and status is taken for, and no log.

    Returns:
        The log, the name of its format, and a warning for everything left out.

    Raises:
        DecodeError: If the format is unknown, the text is too long, or no row of it can
            be read; it lists the headings.
        InvalidFieldError: If an argument is of the wrong type, or names no heading.

    >>> log = read_log(
    ...     "Company,Title,Status,Date\n"
    ...     "Acme,Analyst,Applied,2025-05-01\n"
    ...     "Acme,Analyst,Vibing,2025-05-03\n"
    ... )
    >>> len(log.history.events), log.warnings[0]
    (1, "1 row has the unknown status 'Vibing'; left out.")
    """
    if not isinstance(text, str | bytes):
        raise InvalidFieldError("read_log(text)", "text", text, "Read the file first.")
    with paused_collection():
        return _read(text, day_first, today, columns, words, preview=preview)


def _read(
    text: str | bytes,
    day_first: bool | None,
    today: date | None,
    columns: Mapping[str, str] | None,
    words: Mapping[str, str] | None,
    *,
    preview: bool,
) -> ImportedLog | LogPreview:
    """Return what ``read_log`` returns.

    Args:
        text: The content of the file.
        day_first: Whether 4/5/2025 is in May, if other dates do not tell.
        today: Events after this day are left out; the present day if None.
        columns: Headings by what they are to be taken for.
        words: What statuses mean.
        preview: Whether to return the preview and no log.
    """
    text = decode(text, "log", MAX_CHARACTERS)
    if not text.strip():
        raise DecodeError("log", ["It is empty."])
    today = to_date(today or local_today(), "read_log(today)")
    if any(schema in text[:200] for schema in READABLE_SCHEMAS):
        history = loads(text, History)
        if preview:
            return preview_log(history, [], Table("interviewfit", (), ()), {}, ())
        return ImportedLog(history=history, log_format="interviewfit", warnings=())
    table = parse_table(text)
    used_as = assign_columns(table, _mapping(columns, "columns"))
    meanings = _meanings(_mapping(words, "words"))
    table, lacking = with_years(table, used_as, day_first, today)
    reader = RowReader(table, used_as, meanings, day_first, today)
    findings = reader.findings
    for text in lacking:
        reader.leave_out(
            f"a date without a year; taken as the latest up to {today}, or as the "
            "first after the application",
            text,
        )
    processes = group_rows((reader.read(cells) for cells in table.rows), findings)
    taken = Counter(process.name for process in processes)
    events = [
        event
        for process in processes
        for event in process_events(process, findings, taken)
    ]
    warnings = tuple(_warnings(findings, table, used_as, len(events)))
    if len(events) > MAX_EVENTS:
        fault = f"It has {len(events):,} events, at most {MAX_EVENTS:,} are read."
        raise DecodeError("log", [fault])
    if not events and not preview:
        raise DecodeError("log", [*warnings, *headings_found(table, used_as)])
    history = History(events=events)
    if _latest_only(history):
        warnings = (*warnings, _LATEST_ONLY)
    if preview:
        return preview_log(history, used_as, table, meanings, warnings)
    return ImportedLog(
        history=history,
        log_format=table.log_format,
        warnings=warnings,
        unused=dict(findings.unused),
    )


def _latest_only(history: History) -> bool:
    """Whether no process shows two rounds, and some went further without the first."""
    rounds = Counter(event.process for event in history.events if event.kind in _ROUNDS)
    kinds = {
        (event.kind, event.stage) for event in history.events if event.kind in _ROUNDS
    }
    offered = {
        event.process for event in history.events if event.kind is Milestone.OFFER
    }
    return max(rounds.values(), default=0) == 1 and (
        len(kinds) > 1 or bool(offered - rounds.keys())
    )


def _mapping(value: object, name: str) -> Mapping[str, str]:
    """Return an argument that maps text to text.

    Args:
        value: The argument; None for nothing.
        name: Its name, for the error.

    Raises:
        InvalidFieldError: If it is no such mapping.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(
        isinstance(text, str) for pair in value.items() for text in pair
    ):
        remedy = "Such as {'status': 'Progress'}."
        raise InvalidFieldError(f"read_log({name})", "text by text", value, remedy)
    return value


def _meanings(words: Mapping[str, str]) -> dict[str, Statement]:
    """Return what the user says that statuses mean, by the statuses, compact.

    Raises:
        InvalidFieldError: If a meaning is not known.
    """
    meanings: dict[str, Statement] = {}
    for status, word in words.items():
        concept = word.strip().lower().replace(" ", "_")
        statement = read_status(word)
        if concept in CONCEPTS:
            statement = Statement((Meaning(concept, 0, CONCEPTS[concept][1]),))
        elif concept == "early":
            statement = Statement(early=True)
        if statement is None:
            expected = f"one of {', '.join(CONCEPTS)}, or early"
            raise InvalidFieldError("read_log(words)", expected, word)
        meanings[compact(status) or status.casefold()] = statement
    return meanings


def _warnings(
    findings: Findings, table: Table, columns: list[Column], events: int
) -> Iterator[str]:
    """Yield what was not used and why, and what the file lacks.

    Args:
        findings: What was not read.
        table: The file as a table.
        columns: What its columns are taken for.
        events: How many events were read.
    """
    ranked = findings.unknown.most_common()
    for status, count in ranked[:_MAX_LISTED]:
        have = "has" if count == 1 else "have"
        yield f"{_rows(count)} {have} the unknown status {status!r}; left out."
    if unlisted := ranked[_MAX_LISTED:]:
        count = sum(count for _, count in unlisted)
        yield f"{_rows(count)} with {number_of(len(unlisted), 'more unknown status')}."
    if findings.unknown.total() > _BIASING_SHARE * findings.statuses and events:
        statuses = number_of(findings.statuses, "status")
        are = "is" if findings.unknown.total() == 1 else "are"
        yield (
            f"{findings.unknown.total():,} of {statuses} {are} not known, so rates "
            "from this file would be biased. Say what they mean (words=)."
        )
    for reason, count in findings.reasons.items():
        quoted = list(findings.quoted.get(reason, ()))
        texts = ", ".join(map(repr, quoted[:3]))
        yield f"{_rows(count)}: {reason}{f' ({texts})' if texts else ''}."
    if findings.unordered:
        count = findings.unordered
        are = "is" if count == 1 else "are"
        yield (
            f"{number_of(count, 'process')} {are} out of order in the file; events are "
            "sorted by date."
        )
    for heading, count in findings.undated.items():
        yield (
            f"{number_of(count, 'status')} of {heading!r} without a date beside it: "
            "counted for pass rates and not for waiting times."
        )
    yield from _lacks(findings, table, columns, events)


def _lacks(
    findings: Findings, table: Table, columns: list[Column], events: int
) -> Iterator[str]:
    """Yield what the file lacks, how it was taken, and which cells were not used.

    Args:
        findings: What was not read.
        table: The file as a table.
        columns: What its columns are taken for.
        events: How many events were read.
    """
    if table.undated and events:
        yield "The file holds counts without days: it has pass rates, and no waits."
    if any(column.guessed for column in columns):
        listed = ", ".join(
            f"{column.heading!r} as {column.field}"
            for column in columns
            if column.guessed
        )
        yield f"Taken by its cells, not by its heading: {listed}."
    if not any(column.field in ("company", "process") for column in columns):
        yield "No column names the company, so every row is a process of its own."
    fields = {column.field for column in columns}
    if events and not fields & {"status", "outcome", "origin", "stage", "steps"}:
        yield (
            "No column says what became of the applications, so all count as open. If "
            "one does, name it (columns=)."
        )
    if findings.unused:
        cells = [
            f"{count:,} of {heading!r}"
            for heading, count in findings.unused.most_common(_MAX_LISTED)
        ]
        more = len(findings.unused) - len(cells)
        rest = f" and those of {number_of(more, 'more column')}" if more else ""
        yield f"Cells that were not used: {', '.join(cells)}{rest}."


def _rows(count: int) -> str:
    return number_of(count, "row")
