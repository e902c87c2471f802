"""What to do next when several processes run at once.

Advance the process of the highest index; stop once an offer in hand beats every index:
the best for independent processes with recall (``index_value``; M. L. Weitzman 1979; I.
Dumitriu, P. Tetali, P. Winkler 2003). Practice (``practice``), a budget, few slots
and interviews that nobody can leave midway (``bounds``) couple processes.

An offer can be accepted now, asked about first, kept while the others go on, or turned
down. Waiting is worth the search with it, times the probability that they wait, plus
the search without it, times the probability that they do not, minus the asking; or,
where only waiting brings news of it, what waiting for that and then answering is worth,
if that is more. Asking is worth the search without the offer plus E[max(0, X)], times
the probability that the offer still stands, minus the hours it takes: X is what the
job, once the answers are in, adds to that search. The *value* of a plan can be had; the
guarantee says how much more there might be.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from math import fsum, inf, isfinite

import numpy as np
from attrs import evolve, frozen

from interviewfit._assessment.alternatives import (
    accept_gain,
    ask_gain,
    forced_action,
    name_of_continuing,
    name_of_leaving,
    news_gain,
)
from interviewfit._assessment.assessing import assess
from interviewfit._assessment.evaluation import to_percent
from interviewfit._assessment.outcome import outcome_beside, terms_from_visits
from interviewfit._calendar.settling import settle
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.decision import Search, pay_as_reading
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.pay_conversion import hour_price
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Hours, Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import FloatArray
from interviewfit._portfolio.bounds import SearchConstraints, ValueBounds
from interviewfit._portfolio.by_date import plan_by_date
from interviewfit._portfolio.practice import PracticeModel
from interviewfit._process.compilation import corporate
from interviewfit._process.notes import notes_on_all
from interviewfit._results.plan import (
    MOST_ASSESSED,
    HeldOffer,
    PlanRecord,
    RankedProcess,
)
from interviewfit._text.html import show_plan
from interviewfit._text.plan_text import plan_text
from interviewfit.errors import InvalidFieldError


@frozen(kw_only=True)
class Plan(PlanRecord):
    """An order of several processes that explains itself when printed.

    Made by ``plan``; its fields are those of ``PlanRecord``.
    """

    def __repr__(self) -> str:
        return f"<Plan of {len(self.opportunities)} processes: {self.value:.1f} h>"

    def __str__(self) -> str:
        return plan_text(self)

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
    today: date | str | None = None,
) -> Plan:
    """In which order to go on with several processes, and when to stop.

    Args:
        candidate: Who decides.
        opportunities: Their processes, with different names.
        assumptions: Numbers for all that is left open.
        budget: Hours there are for all of it; None for as many as are worth it.
        slots: How many processes can be under way at once; None for any number.
        recall: Whether offers to come will wait until the search ends.
        today: The present day; needed if an offer or invitation must be answered by a
            date, or the outside option changes on one.

    Returns:
        Processes by reservation value (index), with the value of the search in hours
        and a guarantee of how much better the best possible plan could be.

    Raises:
        InvalidFieldError: If an argument cannot be meant, or two names are the same.

    >>> from interviewfit import Candidate, Opportunity, corporate, small_firm
    >>> jobs = [
    ...     Opportunity(name="Acme", stages=corporate()),
    ...     Opportunity(name="Bolt", stages=small_firm()),
    ... ]
    >>> [process.name for process in plan(Candidate(), jobs).ranked]
    ['Bolt', 'Acme']
    """
    _check(candidate, opportunities, budget, slots)
    numbers = assumptions or Assumptions()
    where = "plan(today)"
    if settled := settle(candidate, opportunities, today, numbers, where):
        return plan_by_date(
            settled,
            Search(
                candidate=candidate, opportunities=opportunities, assumptions=numbers
            ),
            lambda search: plan(
                search.candidate,
                search.opportunities,
                assumptions=search.assumptions,
                budget=budget,
                slots=slots,
                recall=recall,
            ),
        )
    opportunities = [pay_as_reading(candidate, job, numbers) for job in opportunities]
    entries = compile_search(candidate, opportunities, numbers)
    unit = hour_price(candidate.salary, numbers)
    running = [entry for entry in entries if entry.is_running]
    # An invitation to a job of which nothing is known is solved with the others.
    unknown = Opportunity(name="an opening", stages=corporate())
    (invitation,) = compile_search(candidate, [unknown], numbers)
    solved = SolvedProcesses.of(
        [ChainParameters.of(entry.process) for entry in (*running, invitation)]
    )
    unpriced = solved.take(np.arange(len(running)))
    decay, done = numbers["practice_decay"], candidate.interviews_done
    if done is None:
        done = numbers["interviews_done"]
    taught = numbers["practice_gain"] * decay**done
    constraints = SearchConstraints(
        running,
        unpriced,
        budget=budget,
        slots=slots if slots is not None and slots < len(running) else None,
        recall=recall,
        model=PracticeModel(candidate.weights.practice, unit=taught, decay=decay),
    )
    bounds_at = cache(constraints.bounds)
    offered = [entry for entry in entries if entry.structure.phase is Phase.OFFERED]
    exits = fsum(_to_leave(entry).marginal_value for entry in running)
    offers, kept, value = decide_offers(
        offered, exits, lambda held: bounds_at(held).lower, numbers
    )
    upper = decide_offers(offered, exits, lambda held: bounds_at(held).upper, numbers)
    # The order shown beside questions is that of the search if the offer is let go.
    is_held = kept is not None and kept.action is not Action.ASK_FIRST
    outside_option = kept.surplus_hours if kept and is_held else 0.0
    if kept is not None and kept.action is Action.POSTPONE:
        outside_option = max(0.0, outside_option)
    bounds = bounds_at(outside_option)
    search, order, price = bounds.search, bounds.order, bounds.search.price
    hours_per_percent = numbers.hours_per_percent * candidate.weights.offer
    accepting = kept is not None and kept.action is Action.ACCEPT_OFFER
    if accepting:
        # The search ends here: all that runs is left.
        order, price, invitation_value = [], 0.0, 0.0
        processes = [_to_leave(entry) for entry in running]
    else:
        alone = unpriced.standalone_values(outside_option)
        processes = _ranked(bounds, alone, hours_per_percent)
        if price:
            priced = ChainParameters.of(invitation.process, price)
            solved = search.solved.concatenate(SolvedProcesses.of([priced]))
        invited = solved.index_policy(outside_option)
        invitation_value = float(invited.marginal_values()[-1])
    for row in order if len(running) <= MOST_ASSESSED else ():
        if processes[row].has_side_option:
            job = running[row].opportunity
            verdict = assess(candidate, job, assumptions=numbers, beside=opportunities)
            if verdict.action in {Action.POSTPONE, Action.INVESTIGATE}:
                processes[row] = evolve(processes[row], action=verdict.action)
    stopped = [
        _to_leave(entry)
        for entry in entries
        if not entry.is_running and entry.structure.phase is not Phase.OFFERED
    ]
    idle = set(range(len(processes))).difference(order)
    early = bounds.first if bounds.first in order else None
    return Plan(
        ranked=tuple(processes[row] for row in order),
        to_leave=(*(processes[row] for row in sorted(idle)), *stopped),
        offers=offers,
        value=value,
        hours_per_percent=hours_per_percent,
        # Where the offer has no weight, any offer is worth as much as 0 hours are.
        reservation_value=-to_percent(-search.stopping_value, hours_per_percent).item(),
        invitation_value=invitation_value,
        hours=fsum(process.hours for process in processes),
        days=fsum(process.days for process in processes),
        practice_first=() if early is None else (processes[early].name,),
        budget=budget,
        hour_value=price,
        guarantee=constraints.guarantee(bounds, value, upper[2]),
        search=Search(
            candidate=candidate, opportunities=opportunities, assumptions=numbers
        ),
        slots=constraints.slots,
        recall=recall,
        hour_price=unit,
        value_in_money=None if unit is None else unit.amount * value,
        notes=notes_on_all(candidate, opportunities, numbers),
    )


def _ranked(
    bounds: ValueBounds, alone: FloatArray, hours_per_percent: Worth
) -> list[RankedProcess]:
    """Every running process, as a plan shows it.

    Args:
        bounds: On the value of the search.
        alone: What each would be worth alone, hours, ``(processes,)``.
        hours_per_percent: Value of one percent of pay, hours.
    """
    search, going_on = bounds.search, set(bounds.order)
    indices = -to_percent(-search.policy.indices, hours_per_percent)
    processes = []
    for row, entry in enumerate(search.running):
        steps = entry.process.steps
        start = min(1.0, max(0.0, search.mixtures[row].start_probability))
        outcome = outcome_beside(steps, search.outcomes[row], start)
        processes.append(
            RankedProcess(
                name=entry.opportunity.name,
                action=name_of_continuing(entry.process, search.solved.thresholds(row))
                if row in going_on
                else name_of_leaving(steps[0]),
                phase=entry.opportunity.position.phase,
                stage=steps[0].title,
                index=float(indices[row]),
                marginal_value=outcome.value,
                standalone_value=float(alone[row]),
                terms=outcome.terms,
                accept_probability=outcome.accept_probability,
                start_probability=start,
                hours=outcome.hours,
                days=outcome.days,
                practice_value=float(bounds.practice.gains[row]),
                has_side_option=steps[0].phase is Phase.BEFORE
                and (entry.opportunity.unresearched or entry.process.unsettled > 0),
            )
        )
    return processes


def _to_leave(entry: CompiledProcess[float]) -> RankedProcess:
    """A process that is over, or is left now; an interview may be finished before."""
    position, steps = entry.opportunity.position, entry.process.steps
    action = forced_action(position.phase, entry.process)
    take, leave = np.zeros((2, len(steps)))
    if action is Action.FINISH_POLITELY:
        take[0], leave[1:2] = 1.0, steps[0].survive
    else:
        leave[:1] = 1.0
    terms = terms_from_visits(steps, take.tolist(), leave.tolist(), 0.0)
    terms.update(entry.process.end_terms)
    value = fsum(terms.values())
    return RankedProcess(
        name=entry.opportunity.name,
        action=action,
        phase=position.phase,
        stage=steps[0].title if steps else "",
        index=-inf,
        marginal_value=value,
        standalone_value=value,
        terms={term: hours for term, hours in terms.items() if hours},
        hours=steps[0].hours if action is Action.FINISH_POLITELY else 0.0,
        dealbreakers=entry.dealbreakers,
    )


def decide_offers(
    offered: Sequence[CompiledProcess[float]],
    exits: Worth,
    search_value: Callable[[Worth], Worth],
    assumptions: Assumptions,
) -> tuple[tuple[HeldOffer, ...], HeldOffer | None, Worth]:
    """What to do about each offer.

    Only the best is kept: accepted now, asked about first or asked to wait. Another one
    that is at least as good in what somebody has told of it is not turned down for what
    nobody has told: it is asked about first while the best waits or is asked about too,
    or accepted if there is nothing to ask. What naming somebody better suited would
    earn at an offer is the same whatever is done, and left out.

    Args:
        offered: The offers.
        exits: What leaving all running processes brings, hours.
        search_value: Of these beside a sure alternative, hours.
        assumptions: Numbers left open.

    Returns:
        The offers, the one kept if any, and the value of all, hours.
    """
    without = search_value(0.0)
    settings = exits, search_value, without, assumptions
    offers = [_decide_alone(entry, *settings) for entry in offered]
    keepable = [
        row
        for row, offer in enumerate(offers)
        if offer.action is not Action.DECLINE_OFFER
    ]
    if not keepable:
        return tuple(offers), None, without
    best = max(keepable, key=lambda row: offers[row].kept_value)
    value = offers[best].kept_value
    told = max(keepable, key=lambda row: offered[row].process.spoken)
    process = offered[told].process
    actions = dict.fromkeys(range(len(offers)), Action.DECLINE_OFFER)
    actions[best] = offers[best].action
    if told != best and process.spoken * process.hours_per_percent + exits >= value:
        if process.call is None:
            best, actions = told, {**actions, best: Action.DECLINE_OFFER}
            actions[told] = Action.ACCEPT_OFFER
        else:
            actions[told] = Action.ASK_FIRST
            if offers[best].action is not Action.ASK_FIRST:
                actions[best] = Action.POSTPONE
    results = tuple(
        evolve(
            offer,
            action=actions[row],
            decline_value=without if row == best else value,
        )
        for row, offer in enumerate(offers)
    )
    return results, results[best], value


def _decide_alone(
    entry: CompiledProcess[float],
    exits: Worth,
    search_value: Callable[[Worth], Worth],
    without: Worth,
    assumptions: Assumptions,
) -> HeldOffer:
    """What to do about an offer that is the only one.

    Args:
        entry: The offer.
        exits, search_value, assumptions: As ``decide_offers``.
        without: Value of all running processes without an offer, hours.
    """
    process = entry.process
    surplus, forgone = process.mean_hours, without - exits
    waits = entry.numbers["stays_open"]
    held = search_value(surplus) if surplus > 0.0 else without
    asking = assumptions["asking"] * entry.numbers.weight(Term.TIME)
    # It may wait for the others, or for news that only waiting brings.
    news_value = without + news_gain(process, waits, asking, forgone)
    ask_value = None
    if process.call is not None:
        ask_value = without + ask_gain(process, process.call, forgone)
    options = {
        Action.ACCEPT_OFFER: without + accept_gain(process, forgone),
        Action.DECLINE_OFFER: without,
        Action.POSTPONE: max(
            waits * held + (1.0 - waits) * without - asking, news_value
        ),
        Action.ASK_FIRST: -inf if ask_value is None else ask_value,
    }
    # Of equal ones the first: an offer is not turned down for nothing.
    action = max(options, key=lambda option: options[option])
    return HeldOffer(
        name=entry.opportunity.name,
        action=Action.DECLINE_OFFER if entry.dealbreakers else action,
        surplus_hours=surplus,
        accept_value=options[Action.ACCEPT_OFFER],
        wait_value=options[Action.POSTPONE],
        decline_value=without,
        dealbreakers=entry.dealbreakers,
        ask_value=ask_value,
    )


def _check(
    candidate: object, opportunities: object, budget: object, slots: object
) -> None:
    """Check the arguments of ``plan``.

    Args:
        candidate, opportunities, budget, slots: As ``plan``, but of any kind.

    Raises:
        InvalidFieldError: If an argument cannot be meant.
    """
    check_kind("plan(candidate)", candidate, Candidate)
    where, expected = "plan(opportunities)", "a list of at least one Opportunity"
    jobs = opportunities if isinstance(opportunities, Sequence) else ()
    if isinstance(opportunities, str) or not jobs:
        raise InvalidFieldError(where, expected, opportunities)
    for job in jobs:
        if not isinstance(job, Opportunity):
            raise InvalidFieldError(where, "of opportunities", job)
    if budget is not None and not (
        isinstance(budget, int | float) and isfinite(budget) and budget >= 0.0
    ):
        raise InvalidFieldError("plan(budget)", "a number of hours, 0 or more", budget)
    if slots is not None and not (isinstance(slots, int) and slots >= 1):
        raise InvalidFieldError("plan(slots)", "a whole number, 1 or more", slots)
