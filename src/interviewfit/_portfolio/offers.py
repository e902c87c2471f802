"""Offers on the table, beside what is still running: accept, ask them to wait, or let go."""

from collections.abc import Callable, Sequence

from attrs import evolve

from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Term
from interviewfit._results.plan import HeldOffer

__all__ = ["weigh"]


def weigh(
    offered: Sequence[CompiledProcess[float]],
    exits: Worth,
    worth: Callable[[Worth], Worth],
    numbers: Assumptions,
) -> tuple[tuple[HeldOffer, ...], HeldOffer | None, Worth]:
    """What to do about each, the one that is kept if any, and what it all is worth.

    Only one is kept: the best, whatever is done about it. All others are let go for it.

    Args:
        offered: The offers.
        exits: What leaving all that runs brings, hours.
        worth: Of all that runs, beside a sure alternative, hours.
        numbers: For what is left open.
    """
    without = worth(0.0)
    alone = [_weigh_alone(one, exits, worth, without, numbers) for one in offered]
    best = max(
        (one for one in alone if one.action is not Action.DECLINE_OFFER),
        key=lambda one: max(one.accept, one.wait),
        default=None,
    )
    if best is None:
        return tuple(alone), None, without
    kept = max(best.accept, best.wait)
    others = (
        one if one is best else evolve(one, action=Action.DECLINE_OFFER, let_go=kept)
        for one in alone
    )
    return tuple(others), best, kept


def _weigh_alone(
    entry: CompiledProcess[float],
    exits: Worth,
    worth: Callable[[Worth], Worth],
    without: Worth,
    numbers: Assumptions,
) -> HeldOffer:
    """One offer, were it the only one."""
    opportunity, process = entry.opportunity, entry.process
    surplus = process.percent * process.mean
    waits = entry.numbers["stays_open"]
    held = worth(surplus) if surplus > 0.0 else without
    asking = numbers["asking"] * entry.numbers.weight(Term.TIME)
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
