"""Every opportunity of a search, judged beside the others."""

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import evolve, fields

from interviewfit._assessment.assessing import (
    Assessment,
    assess,
    assessment_of,
    on_dates,
)
from interviewfit._assessment.evaluating_all import evaluate_all
from interviewfit._assessment.reasons_beside import ReasonsBeside
from interviewfit._assessment.search_problems import SearchProblems
from interviewfit._assessment.ways import on_their_ways, ways_and_values
from interviewfit._calendar.settling import settle
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._model.decision import Decision, pay_as_reading
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._process.arrivals import is_arrival, with_arrivals
from interviewfit._results.assessment import Verdict

LEFT_OUT = (
    "The reasons of this answer were left out, because those of all take long; ask "
    "about this opportunity by itself."
)
"""What a note says of an answer whose reasons were not worked out."""


def assess_all(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    assumptions: Assumptions,
    today: date | str | None = None,
    *,
    brief: bool = False,
) -> list[Assessment]:
    """What ``assess(..., beside=...)`` says of every opportunity of a search.

    All of it is solved once, so that many take little longer than one.

    Args:
        candidate, opportunities, assumptions: Who decides, on what, by which numbers.
        today: The present day, where a date matters.
        brief: As ``assessment_of`` takes it.

    Raises:
        InvalidFieldError: If two opportunities share a name, or the day is missing.
    """
    where = "assess(today)"
    opportunities = with_arrivals(candidate, opportunities, assumptions)
    if settled := settle(candidate, opportunities, today, assumptions, where):
        answers = assess_all(
            settled.candidate, settled.opportunities, settled.assumptions, brief=brief
        )
        return [on_dates(answer, settled) for answer in answers]
    if len(opportunities) == 1:
        return [assess(candidate, opportunities[0], assumptions=assumptions)]
    jobs = [pay_as_reading(candidate, job, assumptions) for job in opportunities]
    compiled = compile_search(candidate, jobs, assumptions)
    ways, detoured = ways_and_values(compiled)
    entries = on_their_ways(compiled, ways)
    problems = SearchProblems.of(candidate, entries, assumptions)
    worths = {id(compiled[number]): value for number, value in detoured.items()}
    judged = [number for number, job in enumerate(jobs) if not is_arrival(job)]
    evaluations = evaluate_all(
        [problems.problem(entries[number]) for number in judged],
        problems.solved,
        [_chain_of(entries[number]) for number in judged],
        [ways[number] for number in judged],
    )
    return [
        assessment_of(
            Decision(
                candidate=candidate,
                opportunity=jobs[number],
                assumptions=assumptions,
                beside=[other for other in jobs if other is not jobs[number]],
            ),
            evaluation,
            problems.value_alone(compiled[number], entries[number], worths),
            brief=brief,
        )
        for number, evaluation in zip(judged, evaluations, strict=True)
    ]


def _chain_of(entry: CompiledProcess[float]) -> ChainParameters[float] | None:
    """The chain of a process as its search has it; None where it does not run.

    Args:
        entry: The process, on its way.
    """
    return entry.chain if entry.is_running else None


def with_reasons(
    answers: Sequence[Assessment], *, of_all: bool = False
) -> Iterator[tuple[Assessment, bool]]:
    """Yield the answers in their order, and whether each keeps its reasons.

    Those of a search are worked out together, and those of the first answers alone
    where all would take too long (``ReasonsBeside.in_order``).

    Args:
        answers: About the opportunities of one search, or of more of them.
        of_all: Whether every answer keeps them, however long that takes.
    """
    advised = [(answer.decision, answer.action) for answer in answers]
    reasons = ReasonsBeside().in_order(advised, of_all=of_all)
    for answer, worked_out in zip(answers, reasons, strict=True):
        if worked_out is None:
            yield answer, False
        else:
            yield evolve(answer, reasons=worked_out), True


def without_reasons(answer: Assessment) -> Verdict:
    """An answer that has not worked out its reasons, and does not when it is printed.

    Args:
        answer: The answer.
    """
    kept = {str(it.alias): getattr(answer, it.name) for it in fields(Verdict)}
    return Verdict(**kept)


def noted(answer: Assessment) -> Assessment:
    """An answer with a note that its reasons were left out.

    Args:
        answer: The answer.
    """
    return evolve(answer, notes=(*answer.notes, LEFT_OUT))
