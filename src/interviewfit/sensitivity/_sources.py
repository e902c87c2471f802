"""Whom to ask about an aspect, and what that costs.

A stage shows a share of what is still unknown then; here it is a share of what is
unknown now, so that the shares of all stages ahead add up to what one will know in the
end.
"""

from collections.abc import Iterator

from attrs import frozen

from interviewfit._model.decision import Decision
from interviewfit._model.stages import Stage
from interviewfit._model.units import Hours, Probability
from interviewfit._model.vocabulary import Phase, StageKind
from interviewfit._process.compilation import compile_process
from interviewfit._process.side_values import given
from interviewfit._process.signals import update

__all__ = ["DESK", "Source", "sources_of"]

DESK = "desk research"
"""Where public facts are looked up; no stage of the process."""


@frozen(kw_only=True)
class Source:
    """A stage ahead, or desk research, that shows something of an aspect.

    Attributes:
        aspect: What it shows.
        where: Title of the stage, or "desk research".
        share: Of all that is unknown of it now, as variance, 0 to 1.
        hours: Own time until then, that stage with its preparation included, hours.
    """

    aspect: str
    where: str
    share: Probability
    hours: Hours


def sources_of(decision: Decision, aspect: str) -> tuple[Source, ...]:
    """All that show something of an aspect, in the order in which they come.

    Desk research stands first if it has not been done yet; stages are as if it were
    left out.

    >>> from interviewfit import Candidate, Opportunity, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> decision = Decision(candidate=Candidate(), opportunity=job)
    >>> [(one.where, one.share) for one in sources_of(decision, "pay")]
    [('hr screen', 0.5), ('hiring manager', 0.175), ('executive', 0.065)]
    """
    return tuple(one for one in _sources(decision, aspect) if one.share > 0.0)


def _sources(decision: Decision, aspect: str) -> Iterator[Source]:
    who, job, numbers = decision.candidate, decision.opportunity, decision.assumptions
    position = job.position
    if position.phase not in (Phase.BEFORE, Phase.MIDWAY):
        return
    if job.unresearched and position.phase is Phase.BEFORE:
        desk = Stage(kind=StageKind.RESEARCH)
        yield Source(
            aspect=aspect,
            where=DESK,
            share=_share(decision, desk, aspect),
            hours=numbers.of_stage(desk.kind, "hours")
            + numbers.of_stage(desk.kind, "preparation"),
        )
    steps = compile_process(who, job, update(who, job, numbers), numbers).steps
    left = 1.0
    for number, stage in list(enumerate(job.stages))[position.stage :]:
        share = _share(decision, stage, aspect)
        if position.phase is Phase.MIDWAY and number == position.stage:
            early = numbers["first_half"]
            share = (1.0 - early) * share / (1.0 - early * share) if share else 0.0
        yield Source(
            aspect=aspect,
            where=stage.title,
            share=left * share,
            hours=sum(one.hours for one in steps if one.stage <= number),
        )
        left *= 1.0 - share


def _share(decision: Decision, stage: Stage, aspect: str) -> Probability:
    usual = decision.assumptions.reveals(stage.kind, aspect)
    return given(stage.reveals.get(aspect), usual)
