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
"""

from collections.abc import Iterator
from datetime import date

from attrs import evolve, frozen

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
    Milestone.REJECTED: Answer.REFUSED,
}


@frozen
class Wait:
    """One stage of one process, and how it ended as far as the log goes.

    Attributes:
        process: Name of the process.
        stage: The stage reached, one of ``STAGES``.
        start: The day the stage was reached.
        end: The day of the answer; without an answer, the last day of the log.
        answer: How the wait ended.
        hours: The time the stage took the candidate, hours; None if not recorded.
    """

    process: str
    stage: str
    start: date
    end: date
    answer: Answer
    hours: Hours | None = None

    @property
    def days(self) -> int:
        """Length of the wait up to *end*, days."""
        return (self.end - self.start).days


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
    if (end := history.end) is None:
        return ()
    return tuple(
        wait
        for name, events in history.events_by_process().items()
        for wait in _process_waits(name, events, end)
    )


def _process_waits(
    process: str, events: tuple[StageEvent, ...], last_day: date
) -> Iterator[Wait]:
    """Yield the waits of one process in the order in which they were opened.

    Args:
        process, events: Its name, and its events by date, as
            ``History.events_by_process`` sorts them.
        last_day: Last day of the log, at which waits without an answer are cut off.
    """
    wait: Wait | None = None
    interviews, entered = 0, False
    for event in events:
        kind, stage = event.kind, ""
        if kind is Milestone.INTERVIEW:
            interviews = event.number or interviews + 1
            usual = StageKind.EXECUTIVE if interviews > 1 else StageKind.HIRING_MANAGER
            stage = (event.stage or usual).value
        elif kind in _ROUNDS:
            stage = (event.stage or _ROUNDS[kind]).value
        elif not entered:
            stage = _ENTRIES.get(kind, "")
        if stage or kind in _ENDS:
            if wait:
                answer = _ENDS.get(kind, Answer.PASSED)
                yield evolve(wait, end=event.on, answer=answer)
            wait, entered = None, True
        elif wait and kind is Milestone.SILENT:
            wait = evolve(wait, answer=Answer.SILENT)
        if stage:
            wait = Wait(process, stage, event.on, last_day, Answer.OPEN, event.hours)
    if wait:
        yield wait
