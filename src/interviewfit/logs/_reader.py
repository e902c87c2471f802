"""Logs of other trackers, read as an event log.

The format is recognised. Every row that is left out is counted in a warning with the
reason; if none can be read, or the file exceeds five million characters, it is refused.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from math import isfinite

from attrs import frozen

from interviewfit._model.units import LARGEST, Hours
from interviewfit._model.vocabulary import Milestone
from interviewfit._reading.dates import is_day_first, local_date, to_date
from interviewfit._reading.text import decode
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.history._log import MAX_EVENTS, MAX_INTERVIEWS, History, StageEvent
from interviewfit.logs._formats import RawEvent, parse_rows
from interviewfit.logs._synonyms import (
    PRE_APPLICATION,
    Meaning,
    find_meaning,
    normalise,
)
from interviewfit.schema._json import MAX_CHARACTERS, loads
from interviewfit.schema._versions import READABLE_SCHEMAS

_MAX_LISTED = 10


@frozen(kw_only=True)
class ImportedLog:
    """An event log read from a tracker's file. Made by ``read_log``.

    Attributes:
        history: The event log.
        log_format: The format of the file: ``"interviewfit"``, ``"status log"``,
            ``"career-ops"``, ``"job-ops"``, ``"simplify"``, ``"json"`` or ``"table"``.
        warnings: How many rows were left out and why, and what the file lacks.
    """

    history: History
    log_format: str
    warnings: tuple[str, ...]

    def __repr__(self) -> str:
        events, warnings = len(self.history.events), len(self.warnings)
        return f"<ImportedLog of {events:,} events, {warnings} warnings>"


def read_log(
    text: str | bytes, *, day_first: bool | None = None, today: date | None = None
) -> ImportedLog:
    r"""Read a tracker's log, in any of the known formats, as an event log.

    Args:
        text: The content of the file, text or UTF-8 bytes.
        day_first: Whether 4/5/2025 is in May if no other date tells; None skips rows.
        today: Events after this day are plans and left out; the present day if None.

    Raises:
        DecodeError: If the format is unknown, the text too long, or no row is readable.
        InvalidFieldError: If an argument is of the wrong type.

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
    text = decode(text, "log", MAX_CHARACTERS)
    if not text.strip():
        raise DecodeError("log", ["It is empty."])
    if any(schema in text[:200] for schema in READABLE_SCHEMAS):
        history = loads(text, History)
        return ImportedLog(history=history, log_format="interviewfit", warnings=())
    today = to_date(today or datetime.now(UTC), "read_log(today)")
    log_format, rows = parse_rows(text)
    converter = _Converter(rows, day_first, today)
    events = converter.events()
    warnings = tuple(converter.warnings(log_format))
    if not events:
        raise DecodeError("log", warnings or ("No row says what happened.",))
    if len(events) > MAX_EVENTS:
        fault = f"It has {len(events):,} events, at most {MAX_EVENTS:,} are read."
        raise DecodeError("log", [fault])
    history = History(events=events)
    return ImportedLog(history=history, log_format=log_format, warnings=warnings)


class _Converter:
    """Converts raw events to stage events, and counts those it has to leave out.

    Args:
        rows: The raw events, in the order of the file.
        day_first: How to read 4/5/2025 if the dates in *rows* do not tell.
        today: Events after this day are left out.
    """

    def __init__(
        self, rows: Sequence[RawEvent], day_first: bool | None, today: date
    ) -> None:
        self.rows = rows
        self.today = today
        inferred = is_day_first(row.date for row in rows)
        self.day_first = day_first if inferred is None else inferred
        self.unknown_statuses: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.unordered: set[str] = set()
        self.names: dict[str, str] = {}

    def events(self) -> list[StageEvent]:
        """Return the stage events in the order of the file, duplicates removed."""
        events: dict[tuple[object, ...], StageEvent] = {}
        last: dict[str, date] = {}
        for row in self.rows:
            event = self._convert(row)
            if event is None:
                continue
            key = (event.process, event.kind, event.number, event.stage, event.on)
            if key in events:
                self.reasons["duplicates; each event counts once"] += 1
                continue
            events[key] = event
            if event.on < last.get(event.process, event.on):
                self.unordered.add(event.process)
            last[event.process] = event.on
        return list(events.values())

    def warnings(self, log_format: str) -> Iterator[str]:
        """Yield what ``events`` left out and why, and what the format lacks."""
        ranked = self.unknown_statuses.most_common()
        for status, count in ranked[:_MAX_LISTED]:
            have = "has" if count == 1 else "have"
            yield f"{_rows(count)} {have} the unknown status {status!r}; left out."
        if unlisted := ranked[_MAX_LISTED:]:
            count = sum(count for _, count in unlisted)
            yield f"{_rows(count)} with {len(unlisted):,} more unknown statuses."
        for reason, count in self.reasons.items():
            yield f"{_rows(count)}: {reason}."
        if self.unordered:
            count = len(self.unordered)
            processes = "1 process is" if count == 1 else f"{count:,} processes are"
            yield f"{processes} out of order in the file; events are sorted by date."
        if log_format in ("simplify", "table", "json"):
            statuses = Counter(
                (row.process, row.company, row.role)
                for row in self.rows
                if normalise(row.status) != "applied"
            )
            if max(statuses.values(), default=0) == 1:
                yield (
                    "The file has only the latest state of each process. The stages "
                    "before it are missing, so pass rates cannot be learned from it."
                )

    def _convert(self, row: RawEvent) -> StageEvent | None:
        """Return the stage event of a row; None if left out, and count the reason."""
        process = row.process
        if not process:
            # Names that differ only in capitals are the same process.
            process = ", ".join(filter(None, (row.company, row.role)))
            process = self.names.setdefault(process.casefold(), process)
        day = local_date(row.date, self.day_first)
        meaning = find_meaning(row.status)
        reason = self._reason(row, process, day)
        if reason:
            self.reasons[reason] += 1
        elif meaning is None:
            self.unknown_statuses[row.status[:60]] += 1
        if reason or meaning is None or day is None:
            return None
        hours = _parse_hours(row.hours)
        if hours is None and row.hours != "":
            self.reasons["hours that are no number of at least 0; left out"] += 1
        return StageEvent(
            process=process,
            kind=meaning.kind,
            on=day,
            number=_interview_number(row.number, meaning),
            stage=meaning.stage,
            company=row.company,
            role=row.role,
            source=row.source,
            hours=hours,
        )

    def _reason(self, row: RawEvent, process: str, day: date | None) -> str:
        """Return why a row is left out; empty if it is not, or its status is unknown.

        Args:
            row, process: The raw event and the name of its process, which may be empty.
            day: Its date; None if that could not be read.
        """
        if not find_meaning(row.status):
            if normalise(row.status) in PRE_APPLICATION:
                return "a state before any application; no event"
            return "" if row.status else "no status; left out"
        if not process:
            return "neither company nor process is named; left out"
        if day is None:
            if local_date(row.date, day_first=True) is None:
                return "no date that can be read; left out"
            return (
                "a date that can be read two ways; left out. Pass day_first, or write "
                "2025-05-14"
            )
        return f"later than {self.today}; left out as plans" if day > self.today else ""


def _parse_hours(value: object) -> Hours | None:
    """Return a cell as hours; None if it is no number from 0 to the largest allowed."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        hours = float(value)
    except (OverflowError, ValueError):
        return None
    return hours if isfinite(hours) and 0.0 <= hours <= LARGEST else None


def _interview_number(value: object, meaning: Meaning) -> int:
    """Return which interview it was, from its status or else its column; 0 if unknown.

    Args:
        value: The cell of the column, as written; a number above 50 counts as unknown.
        meaning: The meaning of the status, which may hold a number ("interview 2").
    """
    text = str(value) if isinstance(value, str | int) else ""
    if meaning.number or meaning.kind is not Milestone.INTERVIEW or len(text) > 2:
        return meaning.number
    number = int(text) if text.isdecimal() else 0
    return number if number <= MAX_INTERVIEWS else 0


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
