"""A ledger read as waits: from the day a stage was reached to the day of the next news.

Every stage reached opens one wait, and the next stage, an offer or an end closes it.
Its stage is the name under which ``priors`` keeps its pass rate:

    applied                  application
    contacted, if first      contact
    screen                   hr_screen
    task                     take_home
    interview 1              hiring_manager
    interview 2 and later    executive        that is, senior or final

unless the log itself says what kind of round it was. An interview without a number is
one more than those before it. A log does not say who sat there, so the last two lines
are a convention, the one for which the evidence has figures: screen, manager, senior or
final.

Applying again, being written to and another opening are no stage and close nothing. A
mark of silence says that somebody stopped waiting, not that the firm stopped: the wait
goes on, for had news come later the ledger would hold it, and then the mark counts for
nothing. After a refusal or a withdrawal a later stage opens a new wait, and the old one
stays as it ended.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from attrs import evolve, frozen

from interviewfit._model.units import Hours
from interviewfit._model.vocabulary import Answer, Milestone, StageKind
from interviewfit.history._log import History, StageEvent

__all__ = ["NEWS", "STAGES", "Wait", "waits_of"]

STAGES = ("application", "contact", *(one.value for one in StageKind))
"""All that can be waited at."""

NEWS = frozenset({Answer.PASSED, Answer.REFUSED})
"""Answers that came from the firm."""

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
    """One stage of one process, and what came of it as far as the ledger goes.

    Attributes:
        process: Which process.
        stage: Where it stood, one of ``STAGES``.
        start: The day the stage was reached.
        end: The day of the answer; while there is none, the last day of the ledger.
        answer: What came of it.
        hours: Own time the stage took, hours, if it was kept.
    """

    process: str
    stage: str
    start: date
    end: date
    answer: Answer
    hours: Hours | None = None

    @property
    def days(self) -> int:
        """How long it took, or has taken so far, days."""
        return (self.end - self.start).days


def waits_of(history: History) -> tuple[Wait, ...]:
    """All waits of a ledger, process by process.

    >>> from interviewfit.history._log import StageEvent
    >>> log = History(
    ...     events=[
    ...         StageEvent(process="a", kind="applied", on="2025-05-01"),
    ...         StageEvent(process="a", kind="screen", on="2025-05-09"),
    ...     ],
    ...     until="2025-05-20",
    ... )
    >>> [(one.stage, one.days, one.answer.value) for one in waits_of(log)]
    [('application', 8, 'passed'), ('hr_screen', 11, 'open')]
    """
    end = history.end
    if end is None:
        return ()
    trails = history.trails().items()
    return tuple(chain.from_iterable(_trail(name, own, end) for name, own in trails))


def _trail(process: str, trail: tuple[StageEvent, ...], last: date) -> Iterator[Wait]:
    here: Wait | None = None
    interviews, entered = 0, False
    for event in trail:
        kind = event.kind
        if kind is Milestone.INTERVIEW:
            interviews = event.number or interviews + 1
        stage = _opens(event, interviews, entered=entered)
        if stage or kind in _ENDS:
            if here:
                answer = _ENDS.get(kind, Answer.PASSED)
                yield evolve(here, end=event.on, answer=answer)
            here, entered = None, True
        elif here and kind is Milestone.SILENT:
            here = evolve(here, answer=Answer.SILENT)
        if stage:
            here = Wait(process, stage, event.on, last, Answer.OPEN, event.hours)
    if here:
        yield here


def _opens(event: StageEvent, interviews: int, *, entered: bool) -> str:
    """Which stage an event opens; empty if none."""
    if event.kind in _ENTRIES:
        return "" if entered else _ENTRIES[event.kind]
    if event.kind is Milestone.INTERVIEW:
        usual = StageKind.EXECUTIVE if interviews > 1 else StageKind.HIRING_MANAGER
        return (event.stage or usual).value
    if event.kind in _ROUNDS:
        return (event.stage or _ROUNDS[event.kind]).value
    return ""
