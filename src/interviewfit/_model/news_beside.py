"""What other opportunities of a search have shown of a company or field.

News of a firm bears on every opening there. So a decision without its rivals keeps what
they have shown: it becomes something that the candidate has learned.
"""

from collections.abc import Iterator, Sequence

from attrs import evolve

from interviewfit._model.beliefs import Either, NamedSign, Signal
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import canonical
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import Scope, Sign


def carried_signals(
    job: Opportunity, others: Sequence[Opportunity]
) -> Iterator[tuple[int, int]]:
    """Yield which signals of other opportunities bear on one of them.

    Args:
        job: The one; it may be among the others.
        others: All that may have shown something.

    Yields:
        The number of the other opportunity, and that of its signal.
    """
    subjects = _subjects(job)
    # By name, so that no sum of what they have shown depends on the order of the file.
    for index, other in sorted(enumerate(others), key=lambda pair: pair[1].name):
        theirs = _subjects(other)
        for number, signal in enumerate(
            other.signals if other.name != job.name else ()
        ):
            scope = SIGNS[signal].scope if isinstance(signal, Sign) else signal.scope
            subject = subjects.get(scope)
            if subject and canonical(subject) == canonical(theirs[scope]):
                yield index, number


def informed(
    candidate: Candidate, job: Opportunity, others: Sequence[Opportunity]
) -> Candidate:
    """The candidate who has learned what other opportunities have shown.

    Args:
        candidate: Who decides.
        job, others: As ``carried_signals``.
    """
    lessons = [
        _lesson(others[index], number) for index, number in carried_signals(job, others)
    ]
    if not lessons:
        return candidate
    return evolve(candidate, learned=(*candidate.learned, *lessons))


def without_rivals(decision: Decision) -> Decision:
    """The decision alone, with what the opportunities beside it have shown."""
    job, others = decision.opportunity, decision.beside
    candidate = informed(decision.candidate, job, others)
    return evolve(decision, candidate=candidate, beside=())


def _subjects(job: Opportunity) -> dict[Scope, str]:
    """What signals of an opportunity may be about, beside itself."""
    return {Scope.COMPANY: job.company, Scope.FIELD: job.field}


def _lesson(job: Opportunity, number: int) -> Signal:
    """A signal of an opportunity as something learned of its company or field.

    Args:
        job, number: The opportunity, and which of its signals.
    """
    signal = job.signals[number]
    if isinstance(signal, Sign):
        signal = NamedSign(sign=signal)
    about = _subjects(job)[signal.scope]
    if isinstance(signal, Either):
        stage = signal.stage_among(job.stages)
        # A number counts the stages of that process alone.
        if stage is not None and stage >= 0:
            return evolve(signal, about=about, told_by=job.stages[stage].title)
    return evolve(signal, about=about)
