"""Offers on the table, beside the processes that still run.

An offer can be accepted now, kept while the others go on, or turned down. Waiting is
worth the search with the offer in hand, times the probability that they wait, plus the
search without it, times the probability that they do not, minus the asking.
"""

from collections.abc import Callable, Sequence

from attrs import evolve

from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Term
from interviewfit._results.plan import HeldOffer


def decide_offers(
    offered: Sequence[CompiledProcess[float]],
    exits: Worth,
    search_value: Callable[[Worth], Worth],
    assumptions: Assumptions,
) -> tuple[tuple[HeldOffer, ...], HeldOffer | None, Worth]:
    """What to do about each offer.

    Only one offer is kept, the best, whether it is accepted now or asked to wait. All
    others are turned down for it.

    Args:
        offered: The offers.
        exits: What leaving all running processes brings, hours.
        search_value: Value of all running processes beside a sure alternative, hours.
        assumptions: Numbers for what is left open.

    Returns:
        The offers, the one that is kept if any, and the value of all of it, hours.
    """
    without = search_value(0.0)
    alone = [
        _decide_alone(entry, exits, search_value, without, assumptions)
        for entry in offered
    ]
    best = max(
        (offer for offer in alone if offer.action is not Action.DECLINE_OFFER),
        key=_kept_value,
        default=None,
    )
    if best is None:
        return tuple(alone), None, without
    kept = _kept_value(best)
    offers = tuple(
        offer
        if offer is best
        else evolve(offer, action=Action.DECLINE_OFFER, decline_value=kept)
        for offer in alone
    )
    return offers, best, kept


def _kept_value(offer: HeldOffer) -> Worth:
    """Value of an offer that is accepted or asked to wait, the larger one, hours."""
    return max(offer.accept_value, offer.wait_value)


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
        exits: What leaving all running processes brings, hours.
        search_value: Value of all running processes beside a sure alternative, hours.
        without: The same without an offer, hours.
        assumptions: Numbers for what is left open.
    """
    surplus = entry.process.mean_hours
    waits = entry.numbers["stays_open"]
    held = search_value(surplus) if surplus > 0.0 else without
    asking = assumptions["asking"] * entry.numbers.weight(Term.TIME)
    options = {
        Action.DECLINE_OFFER: without,
        Action.ACCEPT_OFFER: surplus + exits,
        Action.POSTPONE: waits * held + (1.0 - waits) * without - asking,
    }
    # Of equal ones the first: an offer must be worth something.
    action = max(options, key=lambda option: options[option])
    return HeldOffer(
        name=entry.opportunity.name,
        action=Action.DECLINE_OFFER if entry.dealbreakers else action,
        surplus_hours=surplus,
        accept_value=options[Action.ACCEPT_OFFER],
        wait_value=options[Action.POSTPONE],
        decline_value=without,
        dealbreakers=entry.dealbreakers,
    )
