"""The event log of a search: one line per event, in the order of writing.

A log is only extended; to correct an event, make a new log without the wrong line.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import ClassVar, TypeAlias

from attrs import Attribute, evolve, field, frozen
from attrs.validators import optional

from interviewfit._model.dates import FIRST_DAY, to_date
from interviewfit._model.fields import (
    check_hours,
    check_kind,
    to_one_line,
    to_optional_float,
    to_tuple,
)
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.units import Hours, check_name, check_text, member, number_of
from interviewfit._model.vocabulary import Milestone, StageKind
from interviewfit._results.tables import Tabular
from interviewfit.errors import InvalidFieldError

MAX_EVENTS = 400_000
"""A longer log is refused: no person's search has so many events."""

MAX_INTERVIEWS = 50
"""The highest number an interview of one process may have."""

_SortKey: TypeAlias = tuple[date, int, int, int, str]
_ORDER = {kind: rank for rank, kind in enumerate(Milestone)}


def _kind(value: Milestone | str) -> Milestone:
    # A log has hundreds of thousands of events, and nearly all come as members.
    if type(value) is Milestone:
        return value
    return member(Milestone, value, "StageEvent.kind")


def _stage(value: StageKind | str | None) -> StageKind | None:
    return None if value is None else member(StageKind, value, "StageEvent.stage")


def _on(value: date | str | None) -> date | None:
    return None if value is None else to_date(value, "StageEvent.on")


def _until(value: date | str | None) -> date | None:
    return None if value is None else to_date(value, "History.until")


@frozen(kw_only=True)
class StageEvent:
    """One line of a log: an event in one process on one day.

    Attributes:
        process: Name of the process, the same on all its lines.
        kind: What happened.
        on: The day, a date or text such as ``"2025-05-14"``; None if it is not known.
            Such an event took place after those of its process that stand before it.
        number: Which interview of the process it was, 1 for the first; 0 if unknown.
        stage: The kind of interview, if the log records it.
        company: The company that offers the job.
        role: The job.
        source: Where you heard of the job, such as ``"referral"``.
        hours: The time it took you, hours; None if not recorded.

    Raises:
        InvalidFieldError: If a field is out of its range, or *process* is empty.

    >>> StageEvent(process="acme", kind="screen", on="2025-05-14").on.day
    14
    """

    process: str = field(converter=to_one_line, validator=check_name)
    kind: Milestone = field(converter=_kind)
    on: date | None = field(converter=_on)
    number: int = field(default=0)
    stage: StageKind | None = field(default=None, converter=_stage)
    company: str = field(default="", converter=to_one_line, validator=check_text)
    role: str = field(default="", converter=to_one_line, validator=check_text)
    source: str = field(default="", converter=to_one_line, validator=check_text)
    hours: Hours | None = field(
        default=None, converter=to_optional_float, validator=optional(check_hours)
    )

    @number.validator
    def _check_number(self, _: "Attribute[int]", value: int) -> None:
        """Refuse an interview number that is no whole number in range.

        Args:
            _, value: The field and what came for it, as attrs passes them; a number
                from 0 (unknown) to ``MAX_INTERVIEWS`` passes.

        Raises:
            InvalidFieldError: If *value* is anything else, such as true.
        """
        if type(value) is not int or not 0 <= value <= MAX_INTERVIEWS:
            raise InvalidFieldError(
                "StageEvent.number",
                f"a whole number between 0 and {MAX_INTERVIEWS}",
                value,
                "The first interview is 1; leave it out if unknown.",
            )


def _events(value: Iterable[StageEvent]) -> tuple[StageEvent, ...]:
    return to_tuple(value, "History.events", "StageEvent(...)")


@frozen(kw_only=True)
class History(Tabular):
    """An event log: stage events in the order in which they were written down.

    Attributes:
        events: The lines of the log. Their dates need not be in order.
        until: The last day that the log covers; a process without an end was still open
            on that day. If None, the log ends on the day of its last event.

    Raises:
        InvalidFieldError: If there are more than 400,000 events, or one after *until*.

    >>> log = History()
    >>> log = log.with_events(StageEvent(process="a", kind="applied", on="2025-05-01"))
    >>> log = log.with_events(StageEvent(process="a", kind="screen", on="2025-05-09"))
    >>> len(log.events), str(log.end)
    (2, '2025-05-09')
    """

    _row_name: ClassVar[str] = "events"

    events: tuple[StageEvent, ...] = field(default=(), converter=_events)
    until: date | None = field(default=None, converter=_until)

    @events.validator
    def _check_events(
        self, _: "Attribute[tuple[StageEvent, ...]]", value: tuple[StageEvent, ...]
    ) -> None:
        """Refuse anything but stage events, or too many of them.

        Args:
            _, value: The field and its events, as attrs passes them.

        Raises:
            InvalidFieldError: If there are over 100,000, or one is no ``StageEvent``.
        """
        if len(value) > MAX_EVENTS:
            expected = f"at most {MAX_EVENTS:,} events"
            raise InvalidFieldError("History.events", expected, len(value))
        for event in value:
            if not isinstance(event, StageEvent):
                raise InvalidFieldError("History.events", "a list of StageEvent", event)

    @until.validator
    def _check_until(self, _: "Attribute[date | None]", value: date | None) -> None:
        """Refuse an end of the log before its last event.

        Args:
            _, value: The field and its day, as attrs passes them; None passes.

        Raises:
            InvalidFieldError: If an event is dated after *value*.
        """
        last = max((event.on for event in self.events if event.on), default=None)
        if value is not None and last is not None and last > value:
            raise InvalidFieldError(
                "History.until",
                f"no earlier than its last event, {last}",
                str(value),
                "Use as_of(...) to look at an earlier day.",
            )

    def __repr__(self) -> str:
        return f"<History of {number_of(len(self.events), 'event')} until {self.end}>"

    @property
    def end(self) -> date | None:
        """The last day that the log covers; None if it holds no day."""
        days = (event.on for event in self.events if event.on)
        return self.until or max(days, default=None)

    def with_events(self, *events: StageEvent) -> "History":
        """Return a log with more events at its end; this log does not change.

        Raises:
            InvalidFieldError: If one of *events* is no stage event.
        """
        longer = History(events=(*self.events, *events))
        if self.until is None:
            return longer
        return evolve(longer, until=max(self.until, longer.end or self.until))

    def as_of(self, day: date | str) -> "History":
        """Return the log as it was on the morning of *day*: the events before it.

        Nobody knows whether an event without a day came before it; all are left out.

        Raises:
            InvalidFieldError: If *day* is no date.
        """
        day = to_date(day, "History.as_of(day)")
        return History(
            events=[event for event in self.events if event.on and event.on < day],
            until=max(FIRST_DAY, day - timedelta(days=1)),
        )

    def events_by_process(self) -> Mapping[str, tuple[StageEvent, ...]]:
        """Return the events of each process by date, processes by their first line.

        Events of one day stand in the order in which they usually happen; an event
        without a day stands after those that are written before it.
        """
        return self._by_process

    @cached_property
    def _by_process(self) -> Mapping[str, tuple[StageEvent, ...]]:
        """What ``events_by_process`` returns, sorted once for all who ask."""
        events: dict[str, list[StageEvent]] = {}
        for event in self.events:
            events.setdefault(event.process, []).append(event)
        return freeze({name: _by_date(lines) for name, lines in events.items()})


def _by_date(events: Sequence[StageEvent]) -> tuple[StageEvent, ...]:
    """Return the events of one process by date, as ``events_by_process`` says.

    Args:
        events: As they were written down.
    """
    days = [event.on for event in events]
    # Nearly every process is written down day by day.
    if all(a and b and a < b for a, b in pairwise(days)):
        return tuple(events)
    latest: date | None = None
    lines: list[tuple[_SortKey, StageEvent]] = []
    for number, event in enumerate(events):
        if event.on is None:
            key: _SortKey = (latest or date.min, 1, 0, number, "")
        else:
            latest = max(event.on, latest or event.on)
            key = (event.on, 0, _ORDER[event.kind], event.number, event.stage or "")
        lines.append((key, event))
    lines.sort(key=itemgetter(0))
    return tuple(event for _, event in lines)


def check_history(value: object, where: str) -> None:
    """Refuse an argument that is no event log, and say how to make one.

    Args:
        value, where: The argument, and its name, such as ``"replay(history)"``.

    Raises:
        InvalidFieldError: If *value* is no ``History``.
    """
    remedy = "Make it with History(...) or read_log(...).history."
    check_kind(where, value, History, remedy)
