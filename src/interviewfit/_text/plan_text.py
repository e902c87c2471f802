"""Plans in sentences, on one screen; nothing is computed again."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import fsum, isfinite

from interviewfit._model.money import Money
from interviewfit._model.units import rounded
from interviewfit._model.vocabulary import Action, Certainty, Phase
from interviewfit._results.plan import (
    Guarantee,
    HeldOffer,
    PlanRecord,
    RankedProcess,
)
from interviewfit._text.amounts import (
    hours_of,
    left_out,
    money_line,
    percent_of,
    share_of,
    shortened,
    value_of,
    years_of,
)
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.calendar_text import day_name, rule_text, weekly_lines
from interviewfit._text.reasons_text import stop_words
from interviewfit._text.side_by_side import in_short

OFFER_ACTIONS: Mapping[Action, str] = {
    Action.ACCEPT_OFFER: "accept it now",
    Action.POSTPONE: "ask them to wait",
    Action.ASK_FIRST: "ask your questions first, then answer",
    Action.DECLINE_OFFER: "turn it down",
    Action.ASK_FOR_TIME: "ask for more time",
    Action.LET_IT_LAPSE: "let it lapse",
}
"""What to do about an offer beside other processes, in words."""

_MOST_SHOWN = 10
_MOST_LEFT = 6
# Hours that round to nothing.
_SMALL = 0.05


def plan_text(plan: PlanRecord) -> str:
    """A plan, the next step first; at most one screen for ten processes.

    >>> from interviewfit import Candidate, Opportunity, corporate, plan
    >>> jobs = [Opportunity(name="Acme", stages=corporate())]
    >>> print(plan_text(plan(Candidate(), jobs)).splitlines()[0])
    Plan: go on with 1 of 1; the search is worth 12.3 h to you over two years.
    """
    return "\n".join(_lines(plan))


def _lines(plan: PlanRecord) -> Iterator[str]:
    count, years = len(plan.ranked), plan.search.assumptions["horizon_years"]
    total = count + len(plan.to_leave)
    first = f"go on with {count or 'none'} of {total}"
    if not total:
        first = f"answer the offer{'s' if len(plan.offers) > 1 else ''}"
    yield (
        f"Plan: {first}; the search is worth "
        f"{value_of(plan.value, plan.hour_price)} to you over {years_of(years)}."
    )
    yield from (f"  Check: {note}" for note in shortened(plan.notes))
    yield from _offers(plan)
    yield from (f"  {rule_text(rule)}" for rule in (plan.rule,) if rule)
    yield from (f"  {line}" for line in weekly_lines(plan.weekly))
    for number, process in enumerate(plan.ranked[:_MOST_SHOWN], start=1):
        yield f"  {number}. {' '.join(_process(process, plan))}"
    if count > _MOST_SHOWN:
        yield f"  ...{left_out(count - _MOST_SHOWN, 'ranked')}, further down the order."
    yield from _to_leave(plan)
    if count:
        limit = "Accept any offer"
        if isfinite(plan.reservation_value):
            fit = percent_of(plan.reservation_value)
            limit = f"Stop and accept once an offer has a fit of at least {fit}"
        yield (
            f"  Work from the top. {limit}: the fit is in percent of pay, against what "
            "you would have otherwise. This limit falls as processes end."
        )
        weeks = ""
        if plan.days:
            weeks = (
                f" in {rounded(plan.weeks, 1):,.1f} weeks, if one step follows another"
            )
        hours = f"{hours_of(plan.hours)}{weeks}{less_than_rows(plan)}"
        yield f"  Expect to spend about {hours}."
    if plan.budget is not None:
        yield f"  {budget_line(plan)}"
    if plan.invitation_value > _SMALL:
        yield (
            "  An extra invitation, to a job you know nothing about, would raise the "
            "value of your search by "
            f"{value_of(plan.invitation_value, plan.hour_price)}."
        )
    yield f"  {_guarantee(plan.guarantee)}"
    if plan.hour_price is not None:
        yield f"  {money_line(plan.hour_price)}"


def less_than_rows(plan: PlanRecord) -> str:
    """Why a search takes fewer hours than its rows add up to, as a clause.

    It is empty where they add up, as within a budget that is short.
    """
    rows = fsum(process.hours for process in (*plan.ranked, *plan.to_leave))
    if rows - plan.hours < _SMALL:
        return ""
    return (
        ", less than the opportunities add up to, because each states its time as if "
        "it came first"
    )


def time_of(plan: PlanRecord) -> str:
    """How much time a search takes, in words."""
    if plan.hours < _SMALL:
        return "none of your time"
    return f"about {hours_of(plan.hours)} of your time{less_than_rows(plan)}"


def _process(process: RankedProcess, plan: PlanRecord) -> Iterator[str]:
    """Sentences on one process of a plan.

    Args:
        process: The process, which the plan goes on with.
        plan: The plan.
    """
    value, practice = process.marginal_value, hours_of(process.practice_value)
    yield f"{process.name}: {HEADLINES[process.action]}."
    if process.name in plan.practice_first:
        yield "Do this one first, for practice."
    elif not isfinite(process.index):
        yield f"Do this one {'first' if process is plan.ranked[0] else 'in any case'}."
    if value < -_SMALL:
        cost = value_of(-value, plan.hour_price)
        yield f"It costs you {cost}, and to leave it now would cost more."
    else:
        adds = f"adds {value_of(value, plan.hour_price)}"
        if value < 0.0:
            adds = f"costs {hours_of(-value)}"
        alone = hours_of(process.standalone_value)
        yield f"It {adds} beside the others ({alone} alone)."
    if practice_decides(process, plan):
        yield f"Only the practice for other interviews, {practice}, makes it worth it."
    elif process.practice_value > _SMALL:
        yield f"That counts {practice} of practice for other interviews."
    chance = share_of(process.accept_probability).capitalize()
    hours = hours_of(process.hours)
    yield f"{chance} chance that you end up in this job; about {hours}."
    if isfinite(process.index):
        index = percent_of(process.index)
        yield f"Stop it once you hold an offer with a fit above {index}."


def practice_decides(process: RankedProcess, plan: PlanRecord) -> bool:
    """Whether one goes on only for what the interview teaches for the others.

    It does not decide where leaving costs something, as walking out does, or refusing a
    recruiter: then one stays because that is the lesser cost.

    Args:
        process, plan: A process that the plan goes on with, and the plan.
    """
    via = {job.name for job in plan.opportunities if job.via_recruiter}
    costs = process.phase is Phase.MIDWAY or process.name in via
    value = process.marginal_value
    without = value - process.practice_value
    teaches = process.practice_value > _SMALL
    return teaches and without < -_SMALL <= value and not costs


def _offer(offer: HeldOffer, plan: PlanRecord) -> str:
    """What to do about an offer on the table.

    Args:
        offer: The offer.
        plan: The plan.
    """
    price = plan.hour_price
    if offer.dealbreakers:
        return (
            f"  Offer of {offer.name}: turn it down, because "
            f"{stop_words(offer.dealbreakers)}."
        )
    if offer.answer_by is not None:
        return f"  {_dated_offer(offer, offer.answer_by, price)}"
    asking = ""
    if offer.ask_value is not None:
        asking = f"asking first {value_of(offer.ask_value, price)}, "
    action = OFFER_ACTIONS[offer.action]
    if offer.action is Action.DECLINE_OFFER:
        action += f", {plan.why_left(offer.name)}".rstrip(", ")
    if offer.after:
        action = f"keep it open until the offer of {offer.after[0]} is answered"
    return (
        f"  Offer of {offer.name}: {action}. Accepting it now is "
        f"worth {value_of(offer.accept_value, price)}, {asking}asking them to wait "
        f"{value_of(offer.wait_value, price)}, and turning it down "
        f"{value_of(offer.decline_value, price)}."
    )


def silent_offers(plan: PlanRecord) -> Iterator[str]:
    """Yield what accepting an offer is expected to bring if only silence is against it.

    Such an offer counts as much as turning it down, and no less: what nobody has told
    is a guess of the library. So the plan accepts it, and must say what it expects.
    """
    price = plan.hour_price
    for offer in plan.offers:
        is_accepted = offer.action is Action.ACCEPT_OFFER and not offer.dealbreakers
        if is_accepted and offer.surplus_hours < offer.decline_value - _SMALL:
            yield (
                "Careful: with a guess of what nobody has told you of "
                f"{offer.name}, accepting is expected to bring "
                f"{value_of(offer.surplus_hours, price)}, and turning it down "
                f"{value_of(offer.decline_value, price)}. That guess alone does not "
                "refuse an offer. If you believe it, say so of each unknown aspect; if "
                "not, find out before you accept."
            )


def _dated_offer(offer: HeldOffer, by: date, price: Money | None) -> str:
    """What to do about an offer that has to be answered by a date.

    Args:
        offer, by: The offer, and the date.
        price: What an hour of value is worth; None without a salary.
    """
    values = {
        "Accepting it now is worth": offer.accept_value,
        "asking your questions first": offer.ask_value,
        "keeping it until then": offer.wait_value,
        "asking for more time": offer.ask_time_value,
    }
    listed = ", ".join(
        f"{words} {value_of(value, price)}"
        for words, value in values.items()
        if value is not None
    )
    day = day_name(by)
    return (
        f"Offer of {offer.name}, to be answered by {day}: {offer_words(offer)}. "
        f"{listed}, and letting it go {value_of(offer.decline_value, price)}."
    )


def offer_words(offer: HeldOffer) -> str:
    """What to do about an offer, in words."""
    if offer.answer_by is not None and offer.action is Action.POSTPONE:
        return f"keep it open until {day_name(offer.answer_by)}"
    return OFFER_ACTIONS[offer.action]


def _offers(plan: PlanRecord) -> Iterator[str]:
    """What to do about each offer, and how several compare."""
    yield from (_offer(offer, plan) for offer in plan.offers)
    yield from (f"  {text}" for text in silent_offers(plan))
    if len(plan.offers) > 1:
        yield f"  {in_short(plan.offers)}"


def _to_leave(plan: PlanRecord) -> Iterator[str]:
    """What to do about each process that is not worth more time, and why."""
    parts = []
    for process in plan.to_leave[:_MOST_LEFT]:
        why = plan.why_left(process.name)
        reason = f", {why}" if why else ""
        parts.append(f"{process.name} ({HEADLINES[process.action]}{reason})")
    if parts:
        more = len(plan.to_leave) - len(parts)
        further = left_out(more, "to_leave")
        yield f"  Not worth more of your time: {'; '.join(parts)}{further}."


def budget_line(plan: PlanRecord) -> str:
    """Whether the hours of a plan with a budget are enough, in a sentence."""
    budget = 0.0 if plan.budget is None else plan.budget
    if plan.hour_value <= 0.0:
        return f"Your {budget:,.1f} h are enough; more would add nothing."
    if any(offer.action is Action.ACCEPT_OFFER for offer in plan.offers):
        return (
            f"Your {budget:,.1f} h are too few, which is why you accept an offer now. "
            f"With as many as are worth it, each would add {hours_of(plan.hour_value)} "
            "beyond its own price."
        )
    weekly = f", one more every week {hours_of(plan.weekly_hour_value)}"
    return (
        f"Your {budget:,.1f} h are too few: one more hour would add up to "
        f"{hours_of(plan.hour_value)} beyond its own price"
        f"{weekly if plan.days else ''}."
    )


def _guarantee(guarantee: Guarantee) -> str:
    clauses = [reason[0].lower() + reason[1:-1] for reason in guarantee.reasons]
    because = f", because {' and '.join(clauses)}" if clauses else ""
    if guarantee.certainty is Certainty.EXACT:
        within = f" by more than {guarantee.gap:.2g} h" if guarantee.gap else ""
        return f"No other order is better{within}, for these numbers."
    if guarantee.certainty is Certainty.BOUNDED:
        return (
            "This order is approximate: the best possible one could be worth up to "
            f"{hours_of(guarantee.gap)} more{because}."
        )
    return f"This order is a rule of thumb, and nobody knows how good it is{because}."
