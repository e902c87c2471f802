"""The file formats of trackers, each parsed into raw events.

Statuses and dates stay as written; ``_reader`` turns raw events into stage events.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from interviewfit._reading.dates import local_date
from interviewfit._reading.lenient_json import read_json
from interviewfit.errors import DecodeError
from interviewfit.logs._synonyms import COLUMN_NAMES, find_meaning, normalise


@frozen
class RawEvent:
    """An event as a file states it.

    Attributes:
        status: What happened, in the tracker's word.
        date: Its date, as written: text, or seconds or milliseconds since 1970.
        process, company, role, source: As written, on one line; empty if missing.
        hours: The time it took, hours as written; empty if missing.
        number: Which interview it was, as written.
    """

    status: str
    date: object
    process: str = ""
    company: str = ""
    role: str = ""
    source: str = ""
    hours: object = ""
    number: object = ""


def parse_rows(text: str) -> tuple[str, list[RawEvent]]:
    """Return the name of a file's format, and all its raw events in their order.

    Raises:
        DecodeError: If *text* is neither JSON nor a table.
    """
    is_table = text.lstrip()[:1] not in ("[", "{")
    if is_table:
        lines = [line for line in text.splitlines() if line.strip()]
        if any(_is_transition(line) for line in lines[:20]):
            return "career-ops", _transitions(lines)
        rows = _table_rows(text)
        log_format = "simplify" if {*map(normalise, rows[0])} >= _SIMPLIFY else "table"
    else:
        rows = _json_rows(text)
        log_format = "json"
        if any("statusLog" in row for row in rows):
            log_format = "status log"
        elif any("toStage" in row for row in rows):
            log_format = "job-ops"
    return log_format, [event for row in rows for event in _row_events(row, is_table)]


_SIMPLIFY = {"jobtitle", "companyname", "joburl", "applieddate", "status"}
# A process may be named after two cells, company and role; both have to fit its name.
_MAX_CELL = 400
_LISTS = ("applications", "events", "stageevents", "jobs", "items", "rows", "data")
_FIELD_OF_COLUMN = {
    column: field for field, columns in COLUMN_NAMES.items() for column in columns
}


def _json_rows(text: str) -> list[Mapping[str, Any]]:
    """Return the objects of a JSON file: its list, or the first list named for them.

    Raises:
        DecodeError: If it is not JSON, or holds no objects.
    """
    tree = read_json(text, "log")
    if isinstance(tree, dict):
        members = {normalise(name): value for name, value in tree.items()}
        lists = [members[name] for name in _LISTS if name in members]
        tree = next((value for value in lists if isinstance(value, list)), [tree])
    rows: list[Mapping[str, Any]] = [row for row in tree if isinstance(row, dict)]
    if not rows:
        fault = "It has no objects; write one for each process or event."
        raise DecodeError("log", [fault])
    return rows


def _table_rows(text: str) -> list[Mapping[str, Any]]:
    """Return the rows of a table, by the separator that its header has most of.

    Raises:
        DecodeError: If it is not a table with a header and at least one row.
    """
    text = text.lstrip()
    separator = max(",;\t", key=text.partition("\n")[0].count)
    lines = io.StringIO(text, newline="")
    try:
        rows = list(csv.DictReader(lines, delimiter=separator))
    except csv.Error as error:
        raise DecodeError("log", [f"It is not a table: {error}."]) from None
    if not rows:
        raise DecodeError("log", ["It has no rows below its header."])
    # Cells beyond the header stand under None.
    return [
        {name: cell for name, cell in row.items() if isinstance(name, str)}
        for row in rows
    ]


def _row_events(row: Mapping[str, Any], is_table: bool) -> Iterator[RawEvent]:
    """Yield the events of a row: its list of steps if it has one, else its state.

    Args:
        row: Cells by the tracker's names of the columns.
        is_table: Whether it is of a table, in which a column may be named after a stage
            and hold its date.
    """
    cells = _fields(row)
    template = RawEvent(
        "",
        "",
        process=_cell_text(cells.get("process")),
        company=_cell_text(cells.get("company")),
        # The title that job-ops keeps is the event's, not the job's.
        role="" if "toStage" in row else _cell_text(cells.get("role")),
        source=_cell_text(cells.get("source")),
    )
    steps = cells.get("steps")
    if isinstance(steps, list) and steps:
        for step in steps:
            fields = _fields(step) if isinstance(step, dict) else {}
            yield from _step_events(fields, template)
        return
    # A step of job-ops that leads back to its own stage is a note, not an event.
    if "toStage" in row and row["toStage"] == row.get("fromStage"):
        return
    for name, cell in row.items() if is_table else ():
        column = normalise(name)
        stage = column.removesuffix("date").removeprefix("date")
        if column in _FIELD_OF_COLUMN or not stage or not find_meaning(stage):
            continue
        if _cell_text(cell) and local_date(cell, day_first=True):
            yield evolve(template, status=stage, date=cell)
    yield from _state_events(cells, template)


def _state_events(cells: dict[str, Any], template: RawEvent) -> Iterator[RawEvent]:
    """Yield the state a process is in, after its application if that has a date.

    Args:
        cells: Cells of the row by our names of the fields; dates are as written.
        template: An event that holds the process, company, role and source.
    """
    status = _cell_text(cells.get("status"))
    day, applied = cells.get("date") or "", cells.get("applied_date") or ""
    if not (day or applied):
        # The status log keeps only these dates of a process without steps.
        applied, day = cells.get("first_contact") or "", cells.get("last_contact") or ""
    if applied:
        yield evolve(template, status="applied", date=applied)
        if normalise(status) == "applied":
            status = ""
    if status or _cell_text(cells.get("outcome")) or not applied:
        yield from _step_events({**cells, "date": day, "status": status}, template)


def _step_events(cells: Mapping[str, Any], template: RawEvent) -> Iterator[RawEvent]:
    """Yield the event of a step, then its outcome, without hours, if it has one.

    Args:
        cells: Cells of the step by our names of the fields; hours as written.
        template: An event that holds the process, company, role and source.
    """
    status = _cell_text(cells.get("status"))
    outcome = _cell_text(cells.get("outcome"))
    hours, minutes = cells.get("hours"), cells.get("minutes")
    if hours in (None, "") and minutes not in (None, ""):
        hours = _to_hours(minutes)
    event = evolve(
        template,
        date=cells.get("date", ""),
        source=_cell_text(cells.get("source")) or template.source,
        hours="" if hours is None else hours,
        number=cells.get("number") or "",
    )
    # "closed" says less than the outcome beside it.
    if not outcome or (status and normalise(status) != "closed"):
        yield evolve(event, status=status)
    if outcome:
        yield evolve(event, status=outcome, hours="")


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's cells by our names of the fields, the first that is not empty."""
    cells = {normalise(name): cell for name, cell in row.items()}
    fields: dict[str, Any] = {}
    for column, field in _FIELD_OF_COLUMN.items():
        if column in cells and fields.get(field) in (None, ""):
            fields[field] = cells[column]
    return fields


def _cell_text(value: object) -> str:
    """Return a cell as text on one line, at most 400 characters; empty if no text."""
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not is_text or (isinstance(value, int) and abs(value) > 10**18):
        return ""
    text = " ".join(str(value).split())[:_MAX_CELL]
    # Half a surrogate pair cannot be written to a file.
    return text.encode("utf-8", "replace").decode("utf-8")


def _to_hours(minutes: object) -> object:
    """Return minutes as hours; what is no number is left for the reader to report."""
    try:
        return float(minutes) / 60.0 if isinstance(minutes, str | int | float) else ""
    except (OverflowError, ValueError):
        return minutes


def _is_transition(line: str) -> bool:
    """Whether a line is a transition of career-ops: a number, a date, from, to."""
    number, *cells = line.split("\t")
    is_numbered = len(cells) >= 3 and number.strip().isdecimal()
    return is_numbered and local_date(cells[0]) is not None


def _transitions(lines: Iterable[str]) -> list[RawEvent]:
    """Return the events of career-ops' log: number, date, from, to, source, note.

    A later "correction" moves the last event with the same status to its own date, and
    a transition to "-" takes back the latest event of its number.
    """
    processes: dict[str, list[RawEvent]] = {}
    for line in lines:
        if line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        number, day, _, status, source = [*cells, "", "", "", "", ""][:5]
        events = processes.setdefault(number, [])
        event = RawEvent(_cell_text(status), day, process=f"#{_cell_text(number)}")
        if status == "-":
            del events[-1:]
            continue
        same = [i for i, past in enumerate(events) if past.status == event.status]
        if source == "correction" and same:
            events[same[-1]] = event
        else:
            events.append(event)
    return [event for events in processes.values() for event in events]
