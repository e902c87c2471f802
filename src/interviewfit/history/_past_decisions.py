"""What a log says somebody decided, as evidence of what they care about.

The last decision of each process counts, because earlier ones of the same process rest
on the same beliefs. A stage that the log has is one that was reached: somebody who
withdrew then did so before it, and somebody who was refused then took it.
"""

from collections.abc import Iterable

from attrs import evolve

from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import to_tuple
from interviewfit._model.stages import Position
from interviewfit._model.vocabulary import Milestone, Phase
from interviewfit.errors import InvalidFieldError
from interviewfit.history._log import History, check_history
from interviewfit.history._matching import (
    LoggedProcess,
    logged_processes,
    match_processes,
)
from interviewfit.weightings import PastDecision


def past_decisions(
    history: History, opportunities: Iterable[Opportunity]
) -> tuple[PastDecision, ...]:
    """Whether somebody stayed in each process of a log, for ``learn_priorities``.

    The work grows with the events, and with the decisions, times their stages.

    Args:
        history: The event log. Only what the candidate decided counts: an offer
            accepted or declined, a withdrawal, or an interview taken.
        opportunities: The jobs as they looked at the time; their position is taken from
            the log. One that the log does not have, or of which it has no decision
            yet, is left out.

    Raises:
        InvalidFieldError: If an argument is of another type.

    >>> from interviewfit import corporate
    >>> from interviewfit.history import StageEvent
    >>> log = History(
    ...     events=[
    ...         StageEvent(process="Acme", kind="screen", on="2025-05-09"),
    ...         StageEvent(process="Acme", kind="withdrew", on="2025-05-12"),
    ...     ]
    ... )
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> [decision.stayed for decision in past_decisions(log, [job])]
    [False]
    """
    check_history(history, "past_decisions(history)")
    where = "past_decisions(opportunities)"
    jobs = to_tuple(opportunities, where, "Opportunity(...)")
    for job in jobs:
        if not isinstance(job, Opportunity):
            raise InvalidFieldError(where, "of opportunities", job)
    matches = match_processes(jobs, logged_processes(history))
    decided = (
        _last_decision(job, matches[job.name]) for job in jobs if job.name in matches
    )
    return tuple(decision for decision in decided if decision is not None)


def _last_decision(job: Opportunity, process: LoggedProcess) -> PastDecision | None:
    """The last decision in a process; None if the log has none.

    Args:
        job, process: As it looked, and as the log has it.
    """
    end = process.last.kind
    if end in (Milestone.ACCEPTED, Milestone.DECLINED):
        return _decided(job, None, stayed=end is Milestone.ACCEPTED)
    if process.offered:
        if end in (Milestone.WITHDREW, Milestone.REJECTED):
            return _decided(job, None, stayed=end is Milestone.REJECTED)
        return _decided(job, len(job.stages) - 1, stayed=True)
    stage = _reached(job, process)
    if end is Milestone.WITHDREW:
        return _decided(job, max(stage, 0), stayed=False)
    # Of a stage that is still open it is not known yet whether they go on with it.
    taken = stage if end is Milestone.REJECTED else stage - 1
    return _decided(job, taken, stayed=True) if taken >= 0 else None


def _reached(job: Opportunity, process: LoggedProcess) -> int:
    """Number of the stage that was reached, from 0; -1 before the first.

    Args:
        job, process: As it looked, and as the log has it.
    """
    if not process.rounds:
        return -1
    kinds = [stage.kind.value for stage in job.stages]
    if process.rounds[-1] in kinds:
        return kinds.index(process.rounds[-1])
    return min(len(process.rounds), len(kinds)) - 1


def _decided(job: Opportunity, stage: int | None, *, stayed: bool) -> PastDecision:
    """A decision before a stage, or on an offer.

    Args:
        job: As it looked.
        stage: Before which it was decided, from 0; None with an offer.
        stayed: What was decided.
    """
    position = Position(phase=Phase.OFFERED)
    researched = job.researched
    if stage is not None:
        position = Position(stage=stage)
        if researched is not None and researched > stage:
            researched = None
    then = evolve(job, position=position, researched=researched)
    return PastDecision(opportunity=then, stayed=stayed)
