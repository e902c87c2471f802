"""Where an aspect of a job may be learned: desk research, the stages ahead, a call."""

from attrs import evolve, frozen

from interviewfit._assessment.problems import compile_problem
from interviewfit._model.decision import Decision
from interviewfit._model.units import Hours, Probability
from interviewfit._model.vocabulary import Phase
from interviewfit._process.structure import CALL, DESK_RESEARCH

DESK_TITLE = "desk research"
"""Where public facts are looked up; no stage of the process."""

CALL_TITLE = "a call before you answer"
"""Where one asks before an offer is answered; no stage of the process either."""


@frozen(kw_only=True)
class Source:
    """A stage ahead, or desk research, that shows something of an aspect.

    Attributes:
        aspect: What it shows.
        where: Title of the stage, "desk research", or "a call before you answer".
        share: Share of what is unknown of the aspect now, as variance, 0 to 1.
        hours: The candidate's time until then, hours, that stage included.
    """

    aspect: str
    where: str
    share: Probability
    hours: Hours


def sources_of(decision: Decision, aspect: str) -> tuple[Source, ...]:
    """Everything that shows something of an aspect, in the order in which it comes.

    Desk research comes first if not yet done; the shares of stages are without it.

    Args:
        decision: The decision; only its process from where it stands now counts.
        aspect: Name of the aspect.
    """
    problem = compile_problem(evolve(decision, beside=()))
    structure, numbers = problem.structure, problem.numbers
    sources = []
    for is_open, title, stage in (
        (
            structure.unresearched and structure.phase is Phase.BEFORE,
            DESK_TITLE,
            DESK_RESEARCH,
        ),
        (problem.process.call is not None, CALL_TITLE, CALL),
    ):
        if is_open:
            share = numbers.reveals(stage.number, stage.kind, aspect)
            hours = numbers.stage(stage.number, stage.kind, "hours")
            hours += numbers.stage(stage.number, stage.kind, "preparation")
            sources.append(Source(aspect=aspect, where=title, share=share, hours=hours))
    unknown, hours = 1.0, 0.0
    for stage in structure.ahead:
        share = numbers.reveals(stage.number, stage.kind, aspect)
        if structure.phase is Phase.MIDWAY and stage.number == structure.stage:
            early = numbers["first_half"]
            share = (1.0 - early) * share / (1.0 - early * share) if share else 0.0
        steps = problem.process.steps
        hours += sum(step.hours for step in steps if step.stage == stage.number)
        sources.append(
            Source(aspect=aspect, where=stage.title, share=unknown * share, hours=hours)
        )
        unknown *= 1.0 - share
    return tuple(source for source in sources if source.share > 0.0)
