"""What to do next when several processes run at once.

Advance the process of the highest index, stop once an offer in hand beats every index:
that is the best there is for independent processes with recall (``contest`` has the
value; M. L. Weitzman 1979; I. Dumitriu, P. Tetali, P. Winkler 2003).

*Practice* couples them. An interview raises the log-odds of later rounds elsewhere by
what it teaches; for the others that is worth ``teaches * dV/d(skill)``. Who goes first
is judged one interview ahead: for each process, go through its next interview, then
plan on with the skill it gave (``practice``, which also bounds what is lost).

What is shown as *value* can be had; the guarantee says how much more there might be.
"""

from collections.abc import Sequence
from functools import cache
from math import fsum, inf, isfinite

import numpy as np
from attrs import frozen

from interviewfit._assessment.alternatives import forced_action
from interviewfit._assessment.evaluation import terms_from_visits
from interviewfit._competition.chains import ChainParameters, PracticeModel
from interviewfit._competition.entries import CompiledProcess, enter
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.numbers import default_if_none
from interviewfit._model.priors import Assumptions
from interviewfit._model.search import Search
from interviewfit._model.units import Hours, Worth
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._portfolio.bounds import SearchConstraints
from interviewfit._portfolio.offers import weigh
from interviewfit._portfolio.standing import BudgetedSearch, in_percent
from interviewfit._process.compilation import corporate
from interviewfit._results.plan import PlanRecord, RankedProcess
from interviewfit._text.html import show_plan
from interviewfit._text.plan_text import brief
from interviewfit.errors import InvalidFieldError

__all__ = ["Plan", "plan"]


@frozen(kw_only=True)
class Plan(PlanRecord):
    """An itinerary that explains itself when printed. Made by ``plan``."""

    def __str__(self) -> str:
        return brief(self)

    def _repr_html_(self) -> str:
        return show_plan(self)


def plan(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    *,
    assumptions: Assumptions | None = None,
    budget: Hours | None = None,
    slots: int | None = None,
    recall: bool = True,
) -> Plan:
    """In which order to go on with several processes, and when to stop.

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
    plain = SolvedProcesses.of([ChainParameters.of(one.process) for one in running])
    decay = numbers["practice_decay"]
    done = default_if_none(candidate.interviews_done, numbers["interviews_done"])
    terms = SearchConstraints(
        running,
        plain,
        budget=budget,
        slots=slots,
        recall=recall,
        teaching=PracticeModel(
            weight=candidate.weights.practice,
            unit=numbers["practice_gain"] * decay**done,
            decay=decay,
        ),
    )
    look = cache(terms.outlook)
    offered = [
        one for one in entries if one.opportunity.position.phase is Phase.OFFERED
    ]
    exits = fsum(_left(one).worth for one in running)
    offers, best, value = weigh(offered, exits, lambda y: look(y).value, numbers)
    _, _, most = weigh(offered, exits, lambda y: look(y).most, numbers)
    base = best.surplus if best else 0.0
    outlook = look(base)
    search, order, price = outlook.search, outlook.order, outlook.search.price
    percent = numbers.percent_hours * candidate.weights.offer
    alone = plain.standalone_values(base)
    prospects = search.prospects(set(order), outlook.lessons, alone, percent)
    accepting = best is not None and best.action is Action.ACCEPT_OFFER
    if accepting:
        # The search ends here: all that runs is left.
        order, price = [], 0.0
        prospects = [_left(entry) for entry in running]
    going = set(order)
    first = outlook.first if outlook.first in going else None
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
        schedule_first=() if first is None else (prospects[first].name,),
        budget=budget,
        hour=price,
        guarantee=terms.guarantee(outlook, value, most),
        search=Search(
            candidate=candidate, opportunities=opportunities, assumptions=numbers
        ),
        slots=slots if slots is not None and slots < len(running) else None,
        recall=recall,
    )


def _stopped(entries: Sequence[CompiledProcess[float]]) -> list[RankedProcess]:
    """Processes that are over, or meet a dealbreaker."""
    return [
        _left(entry)
        for entry in entries
        if not entry.runs and entry.opportunity.position.phase is not Phase.OFFERED
    ]


def _left(entry: CompiledProcess[float]) -> RankedProcess:
    """A process that is over, or is left now; an interview may be finished before."""
    position, steps = entry.opportunity.position, entry.process.steps
    action = forced_action(position.phase, entry.process)
    take, leave = np.zeros((2, len(steps)))
    if action is Action.FINISH_POLITELY:
        take[0], leave[1:2] = 1.0, steps[0].survive
    else:
        leave[:1] = 1.0
    terms = terms_from_visits(steps, take.tolist(), leave.tolist(), 0.0)
    worth = fsum(terms.values())
    return RankedProcess(
        name=entry.opportunity.name,
        action=action,
        phase=position.phase,
        stage=steps[0].title if steps else "",
        index=-inf,
        worth=worth,
        alone=worth,
        terms={term: own for term, own in terms.items() if own},
        hours=steps[0].hours if action is Action.FINISH_POLITELY else 0.0,
        dealbreakers=entry.dealbreakers,
    )


def _invitation(
    candidate: Candidate, search: BudgetedSearch, numbers: Assumptions
) -> Worth:
    """What an invitation to an opening nobody knows anything of would add."""
    (entry,) = enter(
        candidate, [Opportunity(name="an opening", stages=corporate())], numbers
    )
    newcomer = SolvedProcesses.of([ChainParameters.of(entry.process, search.price)])
    whole = search.pipeline.concatenate(newcomer)
    return float(
        whole.index_policy(search.contest.outside_option).marginal_values()[-1]
    )


def _check(
    candidate: object, opportunities: object, budget: object, slots: object
) -> None:
    check_kind("plan(candidate)", candidate, Candidate)
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
