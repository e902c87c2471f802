"""The forms in which trackers keep a log, each taken apart into plain lines.

Nothing is understood here: a line is a word and a date as they stand in the file, and
whose they are. ``logs`` makes events of them.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from interviewfit._reading.dates import local_date
from interviewfit._reading.lenient_json import parse_json
from interviewfit.errors import DecodeError
from interviewfit.logs._synonyms import COLUMNS, meaning_of, plain

__all__ = ["RawEvent", "take_apart"]


@frozen
class RawEvent:
    """One thing a file says.

    Attributes:
        word: What happened, in the tracker's word.
        when: Its date, as written.
        process, company, role, source: Whose it is, as written; may be empty.
        hours: Own time it took, as written, in hours; empty if not kept.
        number: Which interview, as written.
    """

    word: str
    when: object
    process: str = ""
    company: str = ""
    role: str = ""
    source: str = ""
    hours: object = ""
    number: object = ""


def take_apart(text: str) -> tuple[str, list[RawEvent]]:
    """The name of the form, and all lines of a file.

    Raises:
        DecodeError: If it is neither JSON nor a table.
    """
    if text.lstrip()[:1] in ("[", "{"):
        rows = _rows(parse_json(text, "log"))
        form = "json"
        if any("statusLog" in row for row in rows):
            form = "status log"
        elif any("toStage" in row for row in rows):
            form = "job-ops"
        return form, [line for row in rows for line in _of_row(row, wide=False)]
    filled = [one for one in text.splitlines() if one.strip()]
    if any(_is_transition(one.split("\t")) for one in filled[:20]):
        return "career-ops", _transitions(filled)
    table = _table(text)
    header = {plain(name) for row in table[:1] for name in row}
    form = "simplify" if header >= _SIMPLIFY else "table"
    return form, [line for row in table for line in _of_row(row, wide=True)]


_SIMPLIFY = {"jobtitle", "companyname", "joburl", "applieddate", "status"}
# A process may be called by two of them.
_LONGEST_CELL = 400
_LISTS = ("applications", "events", "stageevents", "jobs", "items", "rows", "data")


def _rows(tree: Any) -> list[Mapping[str, Any]]:
    """The objects of a file: its list, or the one list in it that is named for them."""
    if isinstance(tree, dict):
        named = {plain(name): value for name, value in tree.items()}
        several = [named[name] for name in _LISTS if isinstance(named.get(name), list)]
        tree = several[0] if several else [tree]
    rows: list[Mapping[str, Any]] = [one for one in tree if isinstance(one, dict)]
    if not rows:
        raise DecodeError("log", ["It holds no objects, one a process or an event."])
    return rows


def _table(text: str) -> list[Mapping[str, Any]]:
    """The rows of a table with a header, by the separator the header has most of."""
    first = text.lstrip().partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        reader = csv.DictReader(io.StringIO(text.lstrip(), newline=""), delimiter=mark)
        rows: list[Mapping[str, Any]] = list(reader)
    except csv.Error as error:
        raise DecodeError("log", [f"It is not a table: {error}."]) from None
    if not rows:
        raise DecodeError("log", ["It has no rows below its header."])
    return [
        {name: cell for name, cell in row.items() if isinstance(name, str)}
        for row in rows
    ]


def _of_row(row: Mapping[str, Any], *, wide: bool) -> Iterator[RawEvent]:
    """All that one row says: its own log if it holds one, else its state and its dates."""
    cells = _fields(row)
    blank = RawEvent(
        "",
        "",
        process=_cell(cells.get("process")),
        company=_cell(cells.get("company")),
        # job-ops titles the event, not the job.
        role="" if "toStage" in row else _cell(cells.get("role")),
        source=_cell(cells.get("source")),
    )
    steps = cells.get("steps")
    if isinstance(steps, list) and steps:
        for step in steps:
            own = _fields(step) if isinstance(step, dict) else {}
            yield from _of_step(own, blank)
    elif not _repeats(row):
        if wide:
            yield from _of_columns(row, blank)
        yield from _of_state(cells, blank)


def _of_state(cells: dict[str, Any], blank: RawEvent) -> Iterator[RawEvent]:
    """The state a process is in, and the day of the application beside it."""
    word = _cell(cells.get("word"))
    when, applied = cells.get("when") or "", cells.get("applied") or ""
    if not (when or applied):
        # All that a process without a log of its own has in that form.
        applied, when = cells.get("first") or "", cells.get("last") or ""
    if applied:
        yield evolve(blank, word="applied", when=applied)
        if plain(word) == "applied":
            word = ""
    if word or _cell(cells.get("outcome")) or not applied:
        yield from _of_step({**cells, "when": when, "word": word}, blank)


def _of_step(cells: Mapping[str, Any], blank: RawEvent) -> Iterator[RawEvent]:
    """One step: what it says happened, and the outcome beside it."""
    word, outcome = _cell(cells.get("word")), _cell(cells.get("outcome"))
    hours, minutes = cells.get("hours"), cells.get("minutes")
    if hours in (None, "") and minutes not in (None, ""):
        hours = _sixtieth(minutes)
    own = evolve(
        blank,
        when=cells.get("when", ""),
        source=_cell(cells.get("source")) or blank.source,
        hours="" if hours is None else hours,
        number=cells.get("number") or "",
    )
    # How a closed process ended says more than that it is closed.
    if not outcome or (word and plain(word) != "closed"):
        yield evolve(own, word=word)
    if outcome:
        yield evolve(own, word=outcome, hours="")


def _of_columns(row: Mapping[str, Any], blank: RawEvent) -> Iterator[RawEvent]:
    """Columns named for a stage, with its date below."""
    for name, cell in row.items():
        text = plain(name)
        bare = text.removesuffix("date").removeprefix("date")
        if text in _KNOWN or not bare or not meaning_of(bare):
            continue
        if _cell(cell) and local_date(cell, day_first=True):
            yield evolve(blank, word=bare, when=cell)


def _repeats(row: Mapping[str, Any]) -> bool:
    """Whether a step of job-ops leads to where it came from: a note, no event."""
    return "toStage" in row and row["toStage"] == row.get("fromStage")


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row by our names for its columns; of two for one field, the first with a value."""
    cells = {plain(name): cell for name, cell in row.items()}
    found: dict[str, Any] = {}
    for name, field in _KNOWN.items():
        if name in cells and found.get(field) in (None, ""):
            found[field] = cells[name]
    return found


_KNOWN = {name: field for field, several in COLUMNS.items() for name in several}


def _cell(value: object) -> str:
    """A cell as text on one line that can be written down; empty if it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, int) and abs(value) > 10**18:
        return ""
    text = " ".join(str(value).split())[:_LONGEST_CELL]
    return text.encode("utf-8", "replace").decode("utf-8")


def _sixtieth(minutes: object) -> object:
    try:
        return float(minutes) / 60.0 if isinstance(minutes, str | int | float) else ""
    except (OverflowError, ValueError):
        return minutes


def _is_transition(cells: Sequence[str]) -> bool:
    return (
        len(cells) >= 4
        and cells[0].strip().isdecimal()
        and local_date(cells[1]) is not None
    )


def _transitions(rows: Iterable[str]) -> list[RawEvent]:
    """career-ops' ledger: number, date, from, to, source, note.

    A later "correction" moves the last line with the same state to its own date, and a
    line to "-" takes the latest of its number back.
    """
    found: dict[str, list[RawEvent]] = {}
    for row in rows:
        if row.lstrip().startswith("#"):
            continue
        cells = [one.strip() for one in row.split("\t")]
        cells += [""] * (5 - len(cells))
        number, when, _, word, source = cells[:5]
        own = found.setdefault(number, [])
        line = RawEvent(_cell(word), when, process=f"#{_cell(number)}")
        if word == "-":
            del own[-1:]
            continue
        same = [place for place, one in enumerate(own) if one.word == line.word]
        if source == "correction" and same:
            own[same[-1]] = line
        else:
            own.append(line)
    return [line for own in found.values() for line in own]
