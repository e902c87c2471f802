"""A plan for a search with dates.

The search is settled first (``_calendar.settling``); the plan is that of the settled
search. Its value, and what each answer to an offer is worth, differ from those of that
plan by what the dates take away.
"""

from collections.abc import Callable
from math import inf
from typing import TypeVar

from attrs import evolve

from interviewfit._assessment.assessing import assess
from interviewfit._assessment.by_date import alike
from interviewfit._calendar.dated_offers import LETTING_GO
from interviewfit._calendar.settling import SettledSearch
from interviewfit._calendar.weekly import weekly_limits
from interviewfit._model.decision import Search
from interviewfit._model.units import Probability, Worth
from interviewfit._model.vocabulary import Action, Certainty, Term
from interviewfit._results.plan import Guarantee, HeldOffer, PlanRecord, RankedProcess

AnyPlan = TypeVar("AnyPlan", bound=PlanRecord)

_ERRORS = 4.0


def plan_by_date(
    settled: SettledSearch,
    original: Search,
    plan: Callable[[SettledSearch], AnyPlan],
) -> AnyPlan:
    """The plan of a search with dates.

    Where no date changes anything it is the plan of the settled search, with the day
    and the search as they were stated.

    Args:
        settled: The search as one without dates.
        original: The search as stated.
        plan: Makes the plan of a settled search.
    """
    undated, answer = plan(settled), settled.answer
    if answer is None:
        return evolve(undated, search=original, today=settled.today)
    shift = undated.value - settled.value_in_undated
    value = answer.value + shift
    offers = tuple(
        _offer(offer, settled, shift) if offer.name in answer.actions else offer
        for offer in undated.offers
    )
    ranked = tuple(_hurried(row, settled) for row in undated.ranked)
    price = undated.hour_price
    return evolve(
        undated,
        search=original,
        today=settled.today,
        rule=answer.rule if answer.follows_rule else None,
        weekly=() if answer.is_accepted else weekly_limits(settled.search),
        offers=offers,
        ranked=ranked,
        value=value,
        hours=undated.hours + settled.hours_of_message,
        value_in_money=None if price is None else price.amount * value,
        guarantee=_guarantee(undated.guarantee, settled),
        notes=(*undated.notes, *settled.notes),
    )


def _offer(offer: HeldOffer, settled: SettledSearch, shift: Worth) -> HeldOffer:
    """An offer, with what can be done about it by its date, and what each is worth.

    Args:
        offer: By the plan of the settled search.
        settled: The search.
        shift: What that plan adds beyond the index policy, hours.

    Without an answer by its date the offer is as it was.
    """
    answer = settled.answer
    if answer is None:
        return offer
    values, action = answer.values[offer.name], answer.actions[offer.name]
    gone = next(values[item] for item in values if item in LETTING_GO) + shift
    jobs = {item.name: item.job for item in settled.search.offers}
    asking = values.get(Action.ASK_FOR_TIME)
    asked = values.get(Action.ASK_FIRST)
    # Whatever it is called, to let it go adds nothing.
    adds = 0.0 if action in LETTING_GO else values[action] + shift - gone
    if action is Action.POSTPONE:
        # It waits for what is done first.
        adds = max(adds, answer.value + shift - gone)
    ends: dict[Term, Worth] = {
        term: hours
        for term, hours in offer.terms.items()
        if term not in (Term.OFFER, Term.TIME)
    }
    terms = {**ends, **settled.split(action, adds, offer.name)}
    return evolve(
        offer,
        action=action,
        marginal_value=sum(terms.values()),
        terms=terms,
        hours=settled.hours_of(action, offer.name),
        accept_probability=_accepted(offer, action, settled),
        after=(),
        accept_value=values[Action.ACCEPT_OFFER] + shift,
        wait_value=values[Action.POSTPONE] + shift,
        decline_value=gone,
        ask_value=None if asked is None else asked + shift,
        answer_by=jobs[offer.name].answer_by,
        ask_time_value=None if asking is None else asking + shift,
    )


def _accepted(offer: HeldOffer, action: Action, settled: SettledSearch) -> Probability:
    """The probability that somebody ends up in the job of an offer.

    It is that of ``assess``: of what is done about the offer in the settled search.

    Args:
        offer: By the plan of the settled search.
        action: What is done about it.
        settled: The search.
    """
    if action in LETTING_GO:
        return 0.0
    if offer.action is alike(action):
        return offer.accept_probability
    # That plan does something else about it.
    (job,) = (job for job in settled.opportunities if job.name == offer.name)
    answer = assess(
        settled.candidate,
        job,
        assumptions=settled.assumptions,
        beside=[other for other in settled.opportunities if other is not job],
    )
    chances = {item.action: item.accept_probability for item in answer.choices}
    return chances.get(alike(action), 0.0)


def _hurried(row: RankedProcess, settled: SettledSearch) -> RankedProcess:
    """A process, asked for an earlier date if that is best.

    What the earlier date adds to the search, beside the time of the message, counts as
    part of the offer that the process may lead to.

    Args:
        row: By the plan of the settled search.
        settled: The search.
    """
    answer = settled.answer
    if answer is None or answer.hurried != row.name:
        return row
    gain = answer.gain_of_hurrying
    terms = dict(row.terms)
    for term, worth in settled.split(Action.HURRY, gain).items():
        terms[term] = terms.get(term, 0.0) + worth
    return evolve(
        row,
        action=Action.HURRY,
        marginal_value=row.marginal_value + gain,
        terms=terms,
        hours=row.hours + settled.hours_of(Action.HURRY),
    )


def _guarantee(undated: Guarantee, settled: SettledSearch) -> Guarantee:
    """How sure a plan with dates is.

    Args:
        undated: That of the plan of the settled search.
        settled: The search.
    """
    answer = settled.answer
    if answer is None or (answer.is_accepted and not settled.search.agenda.processes):
        return undated
    found, reasons = answer.found, list(undated.reasons)
    certainty, gap = undated.certainty, undated.gap
    if found.paused:
        reasons.append("An interview cannot be paused for another process.")
    is_exact = found.upper <= found.value and not found.standard_error
    if not is_exact:
        reasons.append(
            "More than two processes run until the date, or one may be at very many "
            "places by then, so that what they may show was drawn or looked at for two "
            "of them at most."
        )
    if found.standard_error:
        reasons.append(
            f"Its value was drawn, with a standard error of {found.standard_error:.2g} "
            "h."
        )
    if found.upper == inf:
        certainty = Certainty.HEURISTIC
    elif not is_exact or found.paused:
        gap += max(0.0, found.upper - found.value) + _ERRORS * found.standard_error
        if certainty is not Certainty.HEURISTIC:
            certainty = Certainty.BOUNDED
    return Guarantee(
        certainty=certainty, gap=gap, reasons=tuple(dict.fromkeys(reasons))
    )
