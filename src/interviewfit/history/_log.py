"""What happened in a search, as a ledger: one event a line, never changed, only added to.

A correction is a new ledger made without the wrong line. What is learned from it is
worked out elsewhere (``waits``, ``funnel``), each time anew.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from attrs import Attribute, evolve, field, frozen
from attrs.validators import optional

from interviewfit._model.fields import (
    check_hours,
    check_kind,
    listed,
    maybe_number,
    one_line,
)
from interviewfit._model.units import Hours, check_name, check_text, member
from interviewfit._model.vocabulary import Milestone, StageKind
from interviewfit._reading.dates import FIRST_DAY, to_date
from interviewfit.errors import InvalidFieldError

__all__ = [
    "MOST_EVENTS",
    "MOST_ROUNDS",
    "History",
    "StageEvent",
    "check_history",
]

MOST_EVENTS = 100_000
"""More lines than this are not one person's search."""

MOST_ROUNDS = 50
"""So many interviews in one process, and no more."""

_ORDER = {kind: place for place, kind in enumerate(Milestone)}


def _kind(value: Milestone | str) -> Milestone:
    return member(Milestone, value, "StageEvent.kind")


def _stage(value: StageKind | str | None) -> StageKind | None:
    return None if value is None else member(StageKind, value, "StageEvent.stage")


def _on(value: date | str) -> date:
    return to_date(value, "StageEvent.on")


def _until(value: date | str | None) -> date | None:
    return None if value is None else to_date(value, "History.until")


@frozen(kw_only=True)
class StageEvent:
    """One line of a log: something happened in one process on one day.

    Attributes:
        process: Which process; any name, the same on all its lines.
        kind: What happened.
        on: The day, a date or text such as ``"2025-05-14"``.
        number: Which interview it was, 1 the first; 0 if the log does not say.
        stage: What kind of round it was, where the log says so.
        company: Whose job it is.
        role: Which job.
        source: How one came by it, such as ``"referral"``.
        hours: Own time it took, hours, if it was kept.

    Raises:
        InvalidFieldError: If a field is out of its range, or *process* is empty.

    >>> StageEvent(process="acme", kind="screen", on="2025-05-14").on.day
    14
    """

    process: str = field(converter=one_line, validator=check_name)
    kind: Milestone = field(converter=_kind)
    on: date = field(converter=_on)
    number: int = field(default=0)
    stage: StageKind | None = field(default=None, converter=_stage)
    company: str = field(default="", converter=one_line, validator=check_text)
    role: str = field(default="", converter=one_line, validator=check_text)
    source: str = field(default="", converter=one_line, validator=check_text)
    hours: Hours | None = field(
        default=None, converter=maybe_number, validator=optional(check_hours)
    )

    @number.validator
    def _check_number(self, _: "Attribute[int]", value: int) -> None:
        if type(value) is not int or not 0 <= value <= MOST_ROUNDS:
            raise InvalidFieldError(
                "StageEvent.number",
                f"a whole number between 0 and {MOST_ROUNDS}",
                value,
                "The first interview is 1; leave it out if unknown.",
            )


def _events(value: Iterable[StageEvent]) -> tuple[StageEvent, ...]:
    return listed(value, "History.events", "StageEvent(...)")


@frozen(kw_only=True)
class History:
    """A ledger of stage events, in the order in which they were written down.

    Attributes:
        events: Its lines. Their dates need not be in order.
        until: The day up to which it is complete; processes without an end were still
            open then. Left at None, the day of the last event.

    Raises:
        InvalidFieldError: If it has more than 100,000 lines, or one after *until*.

    >>> log = History().added(StageEvent(process="a", kind="applied", on="2025-05-01"))
    >>> log = log.added(StageEvent(process="a", kind="screen", on="2025-05-09"))
    >>> len(log.events), str(log.end)
    (2, '2025-05-09')
    """

    events: tuple[StageEvent, ...] = field(default=(), converter=_events)
    until: date | None = field(default=None, converter=_until)

    @events.validator
    def _check_events(
        self, _: "Attribute[tuple[StageEvent, ...]]", value: tuple[StageEvent, ...]
    ) -> None:
        if len(value) > MOST_EVENTS:
            expected = f"at most {MOST_EVENTS:,} events"
            raise InvalidFieldError("History.events", expected, len(value))
        for one in value:
            if not isinstance(one, StageEvent):
                raise InvalidFieldError("History.events", "of stage events", one)

    @until.validator
    def _check_until(self, _: "Attribute[date | None]", value: date | None) -> None:
        last = max((one.on for one in self.events), default=None)
        if value is not None and last is not None and last > value:
            raise InvalidFieldError(
                "History.until",
                f"no earlier than its last event, {last}",
                str(value),
                "Use before(...) to look at an earlier day.",
            )

    @property
    def end(self) -> date | None:
        """The day up to which it is complete; None if nothing is known."""
        return self.until or max((one.on for one in self.events), default=None)

    def added(self, *events: StageEvent) -> "History":
        """The ledger with more lines at its end; this one stays as it is.

        Raises:
            InvalidFieldError: If one is no stage event.
        """
        longer = History(events=(*self.events, *events))
        if self.until is None:
            return longer
        last = longer.end
        return evolve(longer, until=max(self.until, last) if last else self.until)

    def before(self, day: date | str) -> "History":
        """What the ledger held on the morning of a day: nothing of that day or later.

        Raises:
            InvalidFieldError: If it is no date.
        """
        day = to_date(day, "History.before(day)")
        return History(
            events=[one for one in self.events if one.on < day],
            until=max(FIRST_DAY, day - timedelta(days=1)),
        )

    def trails(self) -> Mapping[str, tuple[StageEvent, ...]]:
        """The events of each process by date, in the order of their first lines.

        Within a day they stand in the order in which such things happen, so that the
        order of the lines does not matter.
        """
        found: dict[str, list[StageEvent]] = {}
        for one in self.events:
            found.setdefault(one.process, []).append(one)
        return {
            name: tuple(sorted(several, key=_moment)) for name, several in found.items()
        }


def check_history(value: object, where: str) -> None:
    """A history, for the argument *where*.

    Raises:
        InvalidFieldError: If it is none.
    """
    remedy = "Make it with History(...) or read_log(...).history."
    check_kind(where, value, History, remedy)


def _moment(event: StageEvent) -> tuple[date, int, int, str]:
    return event.on, _ORDER[event.kind], event.number, event.stage or ""
