"""
What to do next when several processes run at once.

Advance the process of the highest index, stop once an offer in hand beats every index:
that is the best there is for independent processes with recall (``contest`` has the
value; M. L. Weitzman 1979; I. Dumitriu, P. Tetali, P. Winkler 2003).

*Practice* couples them. An interview raises the log-odds of later rounds by what it
teaches; for the others that is worth ``teaches * dV/d(skill)``. Who goes first is then
judged one interview ahead, exactly: for each process, go through its next interview,
then plan on with the skill it gave (``practice``, which also bounds what is lost).

*A budget of hours* is met by pricing the hour until the expected hours fit.
"""

from collections.abc import Callable, Sequence
from math import fsum, inf, isfinite

import numpy as np
from attrs import evolve, frozen

from interviewfit.briefing import brief
from interviewfit.contest import Contest
from interviewfit.courses import forced
from interviewfit.domain import Candidate, Opportunity
from interviewfit.errors import InvalidFieldError
from interviewfit.lineup import Entry, enter, shared_tastes
from interviewfit.pipeline import Lane, Pipeline
from interviewfit.plans import HeldOffer, Itinerary, Prospect
from interviewfit.practice import Lessons, learn
from interviewfit.prices import given
from interviewfit.priors import Assumptions
from interviewfit.process import corporate
from interviewfit.search import Search
from interviewfit.standing import (
    TIE,
    Standing,
    guarantee_of,
    in_percent,
    reasons_against,
)
from interviewfit.units import Hours, Worth
from interviewfit.vocabulary import Action, Phase

__all__ = ["Plan", "plan"]

# Hours by which a budget may be missed.
_EXACTLY = 1e-6


@frozen(kw_only=True)
class Plan(Itinerary):
    """
    An itinerary that explains itself when printed. Made by ``plan``.
    """

    def __str__(self) -> str:
        return brief(self)


def plan(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    *,
    assumptions: Assumptions | None = None,
    budget: Hours | None = None,
    slots: int | None = None,
    recall: bool = True,
) -> Plan:
    """
    In which order to go on with several processes, and when to stop.

    Args:
        candidate: Who decides.
        opportunities: Their processes, with different names.
        assumptions: Numbers for all that is left open.
        budget: Hours there are for all of it; None for as many as are worth it.
        slots: How many processes can be under way at once; None for any number.
        recall: Whether offers to come will wait until the search ends.

    Raises:
        InvalidFieldError: If an argument cannot be meant, or two names are the same.

    >>> from interviewfit import Candidate, Opportunity, corporate, small_firm
    >>> jobs = [
    ...     Opportunity(name="Acme", stages=corporate()),
    ...     Opportunity(name="Bolt", stages=small_firm()),
    ... ]
    >>> [one.name for one in plan(Candidate(), jobs).prospects]
    ['Bolt', 'Acme']
    """
    _check(candidate, opportunities, budget, slots)
    numbers = assumptions or Assumptions()
    entries = enter(candidate, opportunities, numbers)
    running = [one for one in entries if one.runs]
    plain = Pipeline.of([Lane.of(one.process) for one in running])

    def search_with(base: Worth) -> Standing:
        """
        The search with *base* in hand, within the budget.
        """
        return Standing.within(running, base, budget, plain)

    offers, best = _weigh(
        [one for one in entries if one.opportunity.position.phase is Phase.OFFERED],
        fsum(one.process.steps[0].exit for one in running),
        lambda base: search_with(base).value,
        numbers,
    )
    base = best.surplus if best else 0.0
    search = search_with(base)
    percent = numbers.percent_hours * candidate.weights.offer
    lessons = learn(
        search.pipeline.lanes,
        [one.process.steps for one in running],
        search.contest,
        candidate.weights.practice,
        numbers["practice_gain"]
        * numbers["practice_decay"]
        ** given(candidate.interviews_done, numbers["interviews_done"]),
        numbers["practice_decay"],
    )
    order, first = _in_order(search.contest, lessons)
    prospects = search.prospects(lessons, plain.alone(base), percent)
    value = search.value if best is None else max(best.wait, best.accept)
    price = search.price
    accepting = best is not None and best.action is Action.ACCEPT_OFFER
    if accepting:
        # The search ends here: all that runs is left.
        order, first, price = [], [], 0.0
        prospects = [_left(entry) for entry in running]
    going = set(order)
    left_over = (budget or 0.0) - search.hours
    unused = price * left_over if left_over > _EXACTLY else 0.0
    return Plan(
        prospects=tuple(prospects[row] for row in order),
        left=(
            *(one for row, one in enumerate(prospects) if row not in going),
            *_stopped(entries),
        ),
        offers=offers,
        value=value,
        percent=percent,
        stop_at=in_percent(search.bar, percent),
        invitation=0.0 if accepting else _invitation(candidate, search, numbers),
        hours=fsum(one.hours for one in prospects),
        days=fsum(one.days for one in prospects),
        schedule_first=tuple(prospects[row].name for row in first),
        budget=budget,
        hour=price,
        guarantee=guarantee_of(
            search.contest.value,
            max(search.contest.value, lessons.most) + unused,
            search.sure(waits=recall and (slots is None or slots >= len(running))),
            reasons_against(search, lessons, recall=recall, slots=slots, unused=unused),
            shared_tastes(entries),
        ),
        search=Search(
            candidate=candidate, opportunities=opportunities, assumptions=numbers
        ),
        slots=slots if slots is not None and slots < len(running) else None,
        recall=recall,
    )


def _in_order(contest: Contest, lessons: Lessons) -> tuple[list[int], list[int]]:
    """
    Rows worth going on with, the next one first, and those put first for practice.
    """
    ranked = np.argsort(-contest.indices, kind="stable").tolist()
    order = [row for row in ranked if contest.indices[row] > contest.base]
    if not lessons.first:
        return order, []
    usual = lessons.first[ranked[0]] if order else contest.value
    best = max(lessons.first, key=lambda row: lessons.first[row])
    slack = TIE * (abs(contest.value) + abs(usual))
    if best == ranked[0] or lessons.first[best] <= usual + slack:
        return order, []
    return [best, *(row for row in order if row != best)], [best]


def _weigh(
    offered: Sequence[Entry],
    exits: Worth,
    worth: Callable[[Worth], Worth],
    numbers: Assumptions,
) -> tuple[tuple[HeldOffer, ...], HeldOffer | None]:
    """
    Offers: accept, ask them to wait, or let go; and the one that is kept, if any.

    Only one is kept: the best, whatever is done about it. All others are let go for it.
    """
    if not offered:
        return (), None
    without = worth(0.0)
    alone = [_weigh_alone(one, exits, worth, without, numbers) for one in offered]
    best = max(
        (one for one in alone if one.action is not Action.DECLINE_OFFER),
        key=lambda one: max(one.accept, one.wait),
        default=None,
    )
    if best is None:
        return tuple(alone), None
    kept = max(best.accept, best.wait)
    return tuple(
        one if one is best else evolve(one, action=Action.DECLINE_OFFER, let_go=kept)
        for one in alone
    ), best


def _weigh_alone(
    entry: Entry,
    exits: Worth,
    worth: Callable[[Worth], Worth],
    without: Worth,
    numbers: Assumptions,
) -> HeldOffer:
    """
    One offer, were it the only one.
    """
    opportunity, process = entry.opportunity, entry.process
    surplus = process.percent * process.mean
    waits = given(opportunity.stays_open, numbers["stays_open"])
    held = worth(surplus) if surplus > 0.0 else without
    asking = numbers["asking"] * entry.candidate.weights.time
    options = {
        Action.DECLINE_OFFER: without,
        Action.ACCEPT_OFFER: surplus + exits,
        Action.POSTPONE: waits * held + (1.0 - waits) * without - asking,
    }
    # Of equal ones the first: an offer must be worth something.
    action = max(options, key=lambda one: options[one])
    return HeldOffer(
        name=opportunity.name,
        action=Action.DECLINE_OFFER if entry.dealbreakers else action,
        surplus=surplus,
        accept=options[Action.ACCEPT_OFFER],
        wait=options[Action.POSTPONE],
        let_go=without,
        dealbreakers=entry.dealbreakers,
    )


def _stopped(entries: Sequence[Entry]) -> list[Prospect]:
    """
    Processes that are over, or meet a dealbreaker.
    """
    return [
        _left(entry)
        for entry in entries
        if not entry.runs and entry.opportunity.position.phase is not Phase.OFFERED
    ]


def _left(entry: Entry) -> Prospect:
    """
    A process that is over, or is left now.
    """
    position, steps = entry.opportunity.position, entry.process.steps
    worth = steps[0].exit if steps else 0.0
    return Prospect(
        name=entry.opportunity.name,
        action=forced(position.phase, entry.process),
        phase=position.phase,
        stage=steps[0].title if steps else "",
        index=-inf,
        worth=worth,
        alone=worth,
        terms=steps[0].leaving if steps else {},
        dealbreakers=entry.dealbreakers,
    )


def _invitation(candidate: Candidate, search: Standing, numbers: Assumptions) -> Worth:
    """
    What an invitation to an opening nobody knows anything of would add.
    """
    (entry,) = enter(
        candidate, [Opportunity(name="an opening", stages=corporate())], numbers
    )
    newcomer = Pipeline.of([Lane.of(entry.process, search.price)])
    whole = search.pipeline.joined(newcomer)
    return float(whole.contest(search.contest.base).marginals()[-1])


def _check(
    candidate: object, opportunities: object, budget: object, slots: object
) -> None:
    if not isinstance(candidate, Candidate):
        raise InvalidFieldError("plan(candidate)", "a Candidate", candidate)
    several = opportunities if isinstance(opportunities, Sequence) else None
    if several is None or isinstance(opportunities, str) or not several:
        raise InvalidFieldError(
            "plan(opportunities)", "a list of at least one Opportunity", opportunities
        )
    for one in several:
        if not isinstance(one, Opportunity):
            raise InvalidFieldError("plan(opportunities)", "of opportunities", one)
    if budget is not None and not (
        isinstance(budget, int | float) and isfinite(budget) and budget >= 0.0
    ):
        raise InvalidFieldError("plan(budget)", "a number of hours, 0 or more", budget)
    if slots is not None and not (isinstance(slots, int) and slots >= 1):
        raise InvalidFieldError("plan(slots)", "a whole number, 1 or more", slots)
