"""An event log as waits: from the day a stage is reached to the day of the next answer.

Every stage reached opens one wait; the next stage, an offer or an end closes it. A wait
is named after the stage, by the name under which ``priors`` keeps its pass rate:

    applied                  application
    contacted, if first      contact
    screen                   hr_screen
    task                     take_home
    interview 1              hiring_manager
    interview 2 and later    executive        that is, senior or final

unless the log records the kind of interview. An interview without a number follows the
previous one. The last two lines are a convention of published figures.

A second application, a message from the company and a hidden role close no wait, nor
does a mark of silence. After a rejection or withdrawal a later stage opens a new wait.

An event without a day lies between the dated events of its process around it, and not
after the last day of the log. A wait beside it has bounds and no length.
"""

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from attrs import Factory, define, field, frozen

from interviewfit._model.units import Hours
from interviewfit._model.vocabulary import Answer, Milestone, StageKind
from interviewfit.history._log import History, StageEvent

STAGES = ("application", "contact", *(kind.value for kind in StageKind))
"""All stages that a wait may be at, in their usual order."""

NEWS = frozenset({Answer.PASSED, Answer.REFUSED})
"""Answers from the company; any other wait is censored."""

_ROUNDS = {
    Milestone.SCREEN: StageKind.HR_SCREEN,
    Milestone.TASK: StageKind.TAKE_HOME,
}
_ENTRIES = {Milestone.APPLIED: "application", Milestone.CONTACTED: "contact"}
_ENDS = {
    Milestone.OFFER: Answer.PASSED,
    # Whoever accepts or declines a job was offered it.
    Milestone.ACCEPTED: Answer.PASSED,
    Milestone.DECLINED: Answer.PASSED,
    Milestone.WITHDREW: Answer.WITHDREW,
    Milestone.CLOSED: Answer.CLOSED,
    Milestone.REJECTED: Answer.REFUSED,
}


@frozen
class Wait:
    """One stage of one process, and how it ended as far as the log goes.

    Attributes:
        process: Name of the process.
        stage: The stage reached, one of ``STAGES``.
        start: The day the stage was reached; None if it is not known.
        end: The day of the answer; without an answer, the last day of the log; None if
            it is not known.
        answer: How the wait ended.
        hours: The time the stage took the candidate, hours; None if not recorded.
        least_days: The shortest that the wait may have been, days.
        most_days: The longest that it may have been, days; None if there is no bound.
    """

    process: str
    stage: str
    start: date | None
    end: date | None
    answer: Answer
    hours: Hours | None = None
    least_days: int = field(
        default=Factory(
            lambda wait: (wait.end - wait.start).days if wait.start and wait.end else 0,
            takes_self=True,
        )
    )
    most_days: int | None = field(
        default=Factory(
            lambda wait: wait.least_days if wait.start and wait.end else None,
            takes_self=True,
        )
    )

    @property
    def days(self) -> int | None:
        """Length of the wait up to *end*, days; None if a day is not known."""
        return self.least_days if self.start and self.end else None


_Bounds: TypeAlias = tuple[date | None, date | None]
"""The first and the last day that an event may have been on; None without a bound."""


def find_waits(history: History) -> tuple[Wait, ...]:
    """Return all waits of a log, process by process.

    >>> from interviewfit.history import StageEvent
    >>> log = History(
    ...     events=[
    ...         StageEvent(process="a", kind="applied", on="2025-05-01"),
    ...         StageEvent(process="a", kind="screen", on="2025-05-09"),
    ...     ],
    ...     until="2025-05-20",
    ... )
    >>> [(wait.stage, wait.days, wait.answer.value) for wait in find_waits(log)]
    [('application', 8, 'passed'), ('hr_screen', 11, 'open')]
    """
    end = history.end
    return tuple(
        wait
        for name, events in history.events_by_process().items()
        for wait in _process_waits(name, events, end)
    )


def _process_waits(
    process: str, events: tuple[StageEvent, ...], last_day: date | None
) -> Iterator[Wait]:
    """Yield the waits of one process in the order in which they were opened.

    Args:
        process, events: Its name, and its events by date, as
            ``History.events_by_process`` sorts them.
        last_day: Last day of the log, at which waits without an answer are cut off;
            None if the log holds no day.
    """
    tracker = WaitTracker(process)
    for event, bounds in zip(events, _bounds(events, last_day), strict=True):
        if wait := tracker.add(event, bounds):
            yield wait
    if wait := tracker.open_wait(last_day):
        yield wait


@define
class WaitTracker:
    """The waits of one process, while its events come one after another.

    Attributes:
        process: Its name.
        opened: The stage that waits for an answer, the event that opened it, and when
            that was; None if no stage does.
        silence: The mark of silence since then, if any.
        interviews: The number of the latest interview.
        entered: Whether any stage or end is known so far.
    """

    process: str
    opened: tuple[str, StageEvent, _Bounds] | None = None
    silence: StageEvent | None = None
    interviews: int = 0
    entered: bool = False

    def add(self, event: StageEvent, bounds: _Bounds) -> Wait | None:
        """Take the next event, and return the wait that it ends, if any.

        Args:
            event: The event.
            bounds: The first and the last day on which it may have been.
        """
        kind, stage = event.kind, ""
        if kind is Milestone.INTERVIEW:
            self.interviews = event.number or self.interviews + 1
            is_later = self.interviews > 1
            usual = StageKind.EXECUTIVE if is_later else StageKind.HIRING_MANAGER
            stage = (event.stage or usual).value
        elif kind in _ROUNDS:
            stage = (event.stage or _ROUNDS[kind]).value
        elif not self.entered:
            stage = _ENTRIES.get(kind, "")
        ended = None
        if stage or kind in _ENDS:
            if self.opened:
                answer = _ENDS.get(kind, Answer.PASSED)
                ended = _wait(self.process, self.opened, event.on, bounds, answer)
            self.opened, self.silence, self.entered = None, None, True
        elif self.opened and kind is Milestone.SILENT:
            self.silence = event
        if stage:
            self.opened = (stage, event, bounds)
        return ended

    def open_wait(self, last_day: date | None) -> Wait | None:
        """Return the wait without an answer up to the last day of the log, if any."""
        if self.opened is None:
            return None
        answer = Answer.SILENT if self.silence else Answer.OPEN
        # A mark of silence without a day may have been made after the log's last day.
        end = None if self.silence and self.silence.on is None else last_day
        return _wait(self.process, self.opened, end, (last_day, end), answer)


def _wait(
    process: str,
    opened: tuple[str, StageEvent, _Bounds],
    end: date | None,
    bounds: _Bounds,
    answer: Answer,
) -> Wait:
    """Return a wait with its bounds.

    Args:
        process: Name of the process.
        opened: The stage, the event that opened it, and when that was.
        end: The day on which it ended; None if that is not known.
        bounds: The first and the last day on which it may have ended.
        answer: How it ended.
    """
    stage, event, (earliest, latest) = opened
    first, last = bounds
    least = max(0, (first - latest).days) if first and latest else 0
    most = (last - earliest).days if last and earliest else None
    return Wait(process, stage, event.on, end, answer, event.hours, least, most)


def _bounds(events: tuple[StageEvent, ...], last_day: date | None) -> list[_Bounds]:
    """Return the first and the last day on which each event may have been.

    Args:
        events: The events of a process in order.
        last_day: Last day of the log.
    """
    before: list[date | None] = []
    for event in events:
        before.append(event.on or (before[-1] if before else None))
    after: list[date | None] = []
    for event in reversed(events):
        after.append(event.on or (after[-1] if after else last_day))
    return list(zip(before, reversed(after), strict=True))
