"""Every opportunity of a search, judged beside the others."""

from collections.abc import Sequence
from datetime import date

from attrs import evolve

from interviewfit._assessment.assessing import (
    Assessment,
    assess,
    assessment_of,
    on_dates,
)
from interviewfit._assessment.reasons import reasons_of, solve_beside
from interviewfit._assessment.search_problems import SearchProblems, SolvedSearch
from interviewfit._assessment.ways import on_their_ways, ways_of
from interviewfit._calendar.settling import settle
from interviewfit._competition.entries import compile_search
from interviewfit._model.decision import Decision, pay_as_reading
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._process.arrivals import is_arrival, with_arrivals


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
    entries = compile_search(candidate, jobs, assumptions)
    entries = on_their_ways(entries, ways_of(entries))
    problems = SearchProblems.of(candidate, entries, assumptions)
    return [
        assessment_of(
            Decision(
                candidate=candidate,
                opportunity=job,
                assumptions=assumptions,
                beside=[other for other in jobs if other is not job],
            ),
            problems.problem(entry),
            brief=brief,
        )
        for job, entry in zip(jobs, entries, strict=True)
        if not is_arrival(job)
    ]


class SharedReasons:
    """The reasons of many answers about one search, which is solved once for all."""

    def __init__(self) -> None:
        self._solved: SolvedSearch | None = None

    def keep(self, answer: Assessment) -> Assessment:
        """An answer that keeps its reasons."""
        self._solved = solve_beside(answer.decision, self._solved)
        reasons = reasons_of(answer.decision, answer.action, self._solved)
        return evolve(answer, reasons=reasons)
