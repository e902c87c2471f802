"""Openings that may still come while a candidate searches.

Each of the weeks ahead brings one invitation with a chance p, to a job of which nothing
is known. With v(y) what such an invitation adds to the alternative y, hours, and c the
price of a week of search, a week that is waited for is worth

    -c + p v(y)

That is a chain with one step in front: it costs c, is survived with probability p, and
shows nothing. So a week is a process like any other, ``index_value`` holds as it
stands, and the index of a week is McCall's reservation value R: c = p v(R). What may
still come raises the value of a search without an offer in hand, and so what an offer
must be worth. Weeks do not lapse: an invitation waits until it is answered.

With dates, a new opening begins after the last of them, which understates it.

Reference: J. J. McCall, "Economics of Information and Job Search", Quarterly Journal of
Economics 84 (1970) 113-126.
"""

from collections.abc import Sequence

from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage, corporate
from interviewfit._model.vocabulary import ASPECTS, Phase, StageKind

WAITING_STAGE = "a week of waiting"
"""Title of the stage in front of an opening that may still come."""
_DAYS = 7.0


def with_arrivals(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    assumptions: Assumptions,
) -> tuple[Opportunity, ...]:
    """Some opportunities, and one for each week that may bring a new opening.

    Those that are there already are not added again; without arrivals nothing is.

    Args:
        candidate: Says how likely a week brings a new opening, and for how many weeks.
        opportunities: Of the search.
        assumptions: How long a search goes on, where nobody said.
    """
    jobs = tuple(opportunities)
    is_over = all(job.position.phase is Phase.REJECTED for job in jobs)
    if not candidate.arrivals or is_over:
        return jobs
    weeks = candidate.search_weeks
    weeks = assumptions["search_weeks"] if weeks is None else weeks
    names = {job.name for job in jobs}
    new = (_opening(candidate, week) for week in range(1, round(weeks) + 1))
    return (*jobs, *(job for job in new if job.name not in names))


def is_arrival(job: Opportunity) -> bool:
    """Whether an opportunity stands for an opening that may still come."""
    return job.stages[0].name == WAITING_STAGE


def stated(opportunities: Sequence[Opportunity]) -> tuple[Opportunity, ...]:
    """The opportunities that somebody stated, without those that may still come."""
    return tuple(job for job in opportunities if not is_arrival(job))


def arrivals_note(candidate: Candidate, opportunities: Sequence[Opportunity]) -> str:
    """That new openings count, in a sentence; empty if none may come.

    Args:
        candidate: Says how likely a week brings a new opening.
        opportunities: Everything in the search, those that may still come included.
    """
    weeks = len(opportunities) - len(stated(opportunities))
    if not weeks:
        return ""
    ahead = "the next week" if weeks == 1 else f"each of the next {weeks} weeks"
    return (
        f"a new opening counts for {ahead}, with a chance of "
        f"{100 * candidate.arrivals:.3g} % (arrivals, search_weeks), and nothing is "
        "known of it yet."
    )


def _opening(candidate: Candidate, week: int) -> Opportunity:
    """The opening that a week may bring.

    Args:
        candidate: Says how likely.
        week: Its number, from 1.
    """
    aspects = {*ASPECTS, *candidate.priorities}
    waiting = Stage(
        kind=StageKind.RESEARCH,
        name=WAITING_STAGE,
        hours=0.0,
        preparation=0.0,
        pass_rate=candidate.arrivals,
        reveals=dict.fromkeys(aspects, 0.0),
        practice=0.0,
        days=_DAYS,
    )
    return Opportunity(
        name=f"new opening of week {week}",
        stages=(waiting, *corporate()),
        mutual_fit=0.0,
    )
