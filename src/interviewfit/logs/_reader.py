"""Logs of other trackers, read into a ledger.

``read_log`` finds out by itself which form it has. Every row that is left out is
counted in a warning that says why; if nothing is left, that is an error. Files above
five million characters are refused.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from math import isfinite

from attrs import frozen

from interviewfit._model.fields import LARGEST
from interviewfit._model.units import Hours
from interviewfit._model.vocabulary import Milestone
from interviewfit._reading.dates import is_day_first, local_date, to_date
from interviewfit._reading.text import decode
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.history._log import (
    MAX_EVENTS,
    MAX_INTERVIEWS,
    History,
    StageEvent,
)
from interviewfit.logs._formats import RawEvent, take_apart
from interviewfit.logs._synonyms import BEFORE, Meaning, meaning_of, plain
from interviewfit.schema._json import LONGEST, SCHEMA, loads

__all__ = ["ImportedLog", "read_log"]

_MOST_NAMED = 10
_TWO_WAYS = (
    "a date that can be read two ways; left out. Pass day_first, or write 2025-05-14"
)


@frozen(kw_only=True)
class ImportedLog:
    """A ledger read from somebody's tracker. Made by ``read_log``.

    Attributes:
        history: The ledger.
        form: Which form it came in: ``"interviewfit"``, ``"status log"``,
            ``"career-ops"``, ``"job-ops"``, ``"simplify"``, ``"json"`` or ``"table"``.
        warnings: What was left out, or read in a way one should know of.
    """

    history: History
    form: str
    warnings: tuple[str, ...]


def read_log(
    text: str | bytes, *, day_first: bool | None = None, today: date | None = None
) -> ImportedLog:
    r"""Read a log in any of the known forms.

    Args:
        text: The file's content.
        day_first: How to read 4/5/2025, where no other date of the file tells.
        today: Events after this day are plans and left out; by default the day it is.

    Raises:
        DecodeError: If it is in no known form, too long, or no row of it can be read.
        InvalidFieldError: If an argument is of the wrong type.

    >>> log = read_log(
    ...     "Company,Title,Status,Date\n"
    ...     "Acme,Analyst,Applied,2025-05-01\n"
    ...     "Acme,Analyst,Vibing,2025-05-03\n"
    ... )
    >>> len(log.history.events), log.warnings[0]
    (1, "1 row says 'Vibing', which is no word known here; it is left out.")
    """
    if not isinstance(text, str | bytes):
        raise InvalidFieldError("read_log(text)", "text", text, "Read the file first.")
    text = decode(text, "log", LONGEST)
    if not text.strip():
        raise DecodeError("log", ["It is empty."])
    if SCHEMA in text[:200]:
        return ImportedLog(
            history=loads(text, History), form="interviewfit", warnings=()
        )
    today = to_date(today or datetime.now(UTC), "read_log(today)")
    form, lines = take_apart(text)
    reader = _Reader(lines, day_first, today)
    events = reader.events()
    warnings = tuple(reader.warnings(form))
    if not events:
        faults = warnings or ("No row of it says what happened.",)
        raise DecodeError("log", faults)
    if len(events) > MAX_EVENTS:
        fault = f"It has {len(events):,} events, at most {MAX_EVENTS:,} are read."
        raise DecodeError("log", [fault])
    return ImportedLog(history=History(events=events), form=form, warnings=warnings)


class _Reader:
    """Lines become events; what does not is counted."""

    def __init__(
        self, lines: Iterable[RawEvent], day_first: bool | None, today: date
    ) -> None:
        self.lines = list(lines)
        self.today = today
        settled = is_day_first(one.when for one in self.lines)
        self.day_first = settled if settled is not None else day_first
        self.unknown: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.unordered: set[str] = set()
        self.names: dict[str, str] = {}

    def events(self) -> list[StageEvent]:
        """All that could be read, each once, in the order of the file."""
        found: dict[tuple[object, ...], StageEvent] = {}
        last: dict[str, date] = {}
        for line in self.lines:
            event = self._event(line)
            if event is None:
                continue
            key = (event.process, event.kind, event.number, event.stage, event.on)
            if key in found:
                self.left["doubled; each counts once"] += 1
                continue
            found[key] = event
            if event.on < last.get(event.process, event.on):
                self.unordered.add(event.process)
            last[event.process] = event.on
        return list(found.values())

    def warnings(self, form: str) -> Iterator[str]:
        """What was left out, and what one should know of this form."""
        ranked = self.unknown.most_common()
        for word, count in ranked[:_MOST_NAMED]:
            yield (
                f"{_rows(count)} {_says(count)} {word!r}, which is no word known here; "
                f"{_is(count)} left out."
            )
        more = [count for _, count in ranked[_MOST_NAMED:]]
        if more:
            yield f"{_rows(sum(more))} more with {len(more):,} other unknown words."
        for why, count in self.left.items():
            yield f"{_rows(count)}: {why}."
        if self.unordered:
            count = len(self.unordered)
            those = "1 process is" if count == 1 else f"{count:,} processes are"
            yield f"{those} out of order in the file; events are taken by date."
        if form in ("simplify", "table", "json") and self._latest_only():
            yield (
                "Every process has one state only: the rounds before it are not in the "
                "file, and pass rates of stages cannot be learned from it."
            )

    def _latest_only(self) -> bool:
        states = Counter(
            (one.process, one.company, one.role)
            for one in self.lines
            if plain(one.word) != "applied"
        )
        return max(states.values(), default=0) == 1

    def _event(self, line: RawEvent) -> StageEvent | None:
        process = line.process
        if not process:
            # The same name in capitals is the same process.
            process = ", ".join(filter(None, (line.company, line.role)))
            process = self.names.setdefault(process.casefold(), process)
        day = local_date(line.when, self.day_first)
        meaning = meaning_of(line.word)
        why = self._why_not(line, process, day)
        if why:
            self.left[why] += 1
        elif meaning is None:
            self.unknown[line.word[:60]] += 1
        if why or meaning is None or day is None:
            return None
        return StageEvent(
            process=process,
            kind=meaning.kind,
            on=day,
            number=_number(line.number, meaning),
            stage=meaning.stage,
            company=line.company,
            role=line.role,
            source=line.source,
            hours=self._hours(line.hours),
        )

    def _why_not(self, line: RawEvent, process: str, day: date | None) -> str:
        """Why a line is no event, unless its word is unknown; empty if it is one."""
        if not meaning_of(line.word):
            if plain(line.word) in BEFORE:
                return "a time before any application; no event"
            return "" if line.word else "nothing on what happened; left out"
        if not process:
            return "neither company nor process is named; left out"
        if day is None:
            two_ways = local_date(line.when, day_first=True) is not None
            return _TWO_WAYS if two_ways else "no date that can be read; left out"
        return f"later than {self.today}; left out as plans" if day > self.today else ""

    def _hours(self, value: object) -> Hours | None:
        hours = _hours_of(value)
        if hours is None and value != "":
            self.left["hours that are no number of at least 0; left out"] += 1
        return hours


def _hours_of(value: object) -> Hours | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        hours = float(value)
    except (OverflowError, ValueError):
        return None
    return hours if isfinite(hours) and 0.0 <= hours <= LARGEST else None


def _number(value: object, meaning: Meaning) -> int:
    """Which interview, by its word or else by its column."""
    if meaning.number or meaning.kind is not Milestone.INTERVIEW:
        return meaning.number
    text = str(value) if isinstance(value, str | int) else ""
    number = int(text) if text.isdecimal() and len(text) < 3 else 0
    return number if number <= MAX_INTERVIEWS else 0


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _says(count: int) -> str:
    return "says" if count == 1 else "say"


def _is(count: int) -> str:
    return "it is" if count == 1 else "they are"
