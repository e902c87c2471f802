"""Plans in sentences, on one screen.

Formats what it is given and works nothing out again.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import isfinite

from interviewfit._model.vocabulary import Action, Certainty
from interviewfit._results.plan import Guarantee, HeldOffer, PlanRecord, RankedProcess
from interviewfit._text.assessment_text import HEADLINES, hours_of, percent_of, share_of

__all__ = ["brief"]

_OFFERS: Mapping[Action, str] = {
    Action.ACCEPT_OFFER: "accept it now",
    Action.POSTPONE: "ask them to wait",
    Action.DECLINE_OFFER: "let it go",
}
_MOST_SHOWN = 10
_SMALL = 0.05


def brief(plan: PlanRecord) -> str:
    """A plan, the next step first; at most one screen for ten processes.

    >>> from interviewfit import Candidate, Opportunity, corporate, plan
    >>> jobs = [Opportunity(name="Acme", stages=corporate())]
    >>> print(brief(plan(Candidate(), jobs)).splitlines()[0])
    Plan: go on with 1 of 1; the search is worth 11.7 h to you.
    """
    return "\n".join(_lines(plan))


def _lines(plan: PlanRecord) -> Iterator[str]:
    count = len(plan.prospects)
    of = count + len(plan.left)
    yield (
        f"Plan: go on with {count or 'none'} of {of}; the search is worth "
        f"{hours_of(plan.value)} to you."
    )
    yield from map(_offer, plan.offers)
    for place, one in enumerate(plan.prospects[:_MOST_SHOWN], start=1):
        yield f"  {place}. {_prospect(one, plan)}"
    if count > _MOST_SHOWN:
        yield f"  ... and {count - _MOST_SHOWN} more, of a lower index."
    yield from _leave(plan.left)
    if count:
        yield (
            f"  Work from the top. Stop and accept once an offer is worth at least "
            f"{_fit(plan.stop_at)} of pay; that bar falls as processes end."
        )
        weeks = f" in {plan.weeks:,.1f} weeks, one step after the other"
        yield (
            f"  Expect about {hours_of(plan.hours)} of your time"
            f"{weeks if plan.days else ''}."
        )
    if plan.budget is not None:
        yield _budget(plan)
    if plan.invitation > _SMALL:
        yield (
            "  One more invitation to an unknown opening would add "
            f"{hours_of(plan.invitation)}."
        )
    yield f"  {_sure(plan.guarantee)}"


def _prospect(one: RankedProcess, plan: PlanRecord) -> str:
    text = (
        f"{one.name}: {HEADLINES[one.action]}. {_index(one.index)}; adds "
        f"{hours_of(one.worth)} beside the others ({hours_of(one.alone)} alone); "
        f"{share_of(one.share)} to be your job; about {hours_of(one.hours)}."
    )
    if one.practice > _SMALL and one.name not in plan.schedule_first:
        text += f" It teaches the others {hours_of(one.practice)}."
    if one.detour:
        text += " See first whether to wait or to look it up (assess it)."
    if one.name in plan.schedule_first:
        text += (
            f" First for practice: what it teaches is worth {hours_of(one.practice)} "
            "to the others."
        )
    return text


def _offer(one: HeldOffer) -> str:
    if one.dealbreakers:
        return (
            f"  Offer of {one.name}: let it go, it meets your dealbreaker "
            f"({', '.join(one.dealbreakers)})."
        )
    return (
        f"  Offer of {one.name}: {_OFFERS[one.action]}. Accepting now is worth "
        f"{hours_of(one.accept)}, asking them to wait {hours_of(one.wait)}, going on "
        f"without it {hours_of(one.let_go)}."
    )


def _leave(left: Iterable[RankedProcess]) -> Iterator[str]:
    parts = []
    for one in left:
        why = (
            f", dealbreaker: {', '.join(one.dealbreakers)}" if one.dealbreakers else ""
        )
        parts.append(f"{one.name} ({HEADLINES[one.action]}{why})")
    if parts:
        more = f" and {len(parts) - 6} more" if len(parts) > 6 else ""
        yield f"  Not worth more of your time: {'; '.join(parts[:6])}{more}."


def _budget(plan: PlanRecord) -> str:
    if plan.hour <= 0.0:
        return f"  Your {plan.budget:,.1f} h are enough; more would add nothing."
    weekly = f", one more every week {hours_of(plan.hour_a_week)}" if plan.days else ""
    return (
        f"  Your {plan.budget:,.1f} h are short: one more would add "
        f"{hours_of(plan.hour)} beyond its own price{weekly}."
    )


def _sure(guarantee: Guarantee) -> str:
    why = " ".join(guarantee.reasons)
    if guarantee.certainty is Certainty.EXACT:
        within = f" by more than {guarantee.gap:.2g} h" if guarantee.gap else ""
        return f"For these numbers no other order is better{within}."
    if guarantee.certainty is Certainty.BOUNDED:
        return (
            f"No plan is better by more than {hours_of(guarantee.gap)}, for these "
            f"numbers. {why}"
        )
    return f"A rule of thumb here, with no bound. {why}"


def _index(fit: float) -> str:
    return f"Index {percent_of(fit)}" if isfinite(fit) else "First in any case"


def _fit(fit: float) -> str:
    return percent_of(fit) if isfinite(fit) else "anything"
