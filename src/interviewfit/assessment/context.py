"""
One decision beside the other processes of a search.

The others count in two ways. What one accepts here is worth its surplus beyond the best
of the others, which are played out by index (``contest``). And what an interview here
teaches is worth what it adds to them, instead of a guess at what lies ahead.
"""

from collections.abc import Hashable
from typing import TypeAlias

import attrs

from interviewfit.decision import Decision
from interviewfit.domain import Candidate
from interviewfit.fields import LARGEST
from interviewfit.pipelines.lanes import Lane, better
from interviewfit.pipelines.lineup import enter
from interviewfit.pipelines.pipeline import Pipeline, Rivals
from interviewfit.prices import given
from interviewfit.priors import Assumptions
from interviewfit.units import Worth
from interviewfit.vocabulary import Phase

__all__ = ["Met", "beside_others"]

Met: TypeAlias = dict[Hashable, tuple[Rivals, Worth]]
"""The others met last, and what a little skill adds to them, by their numbers."""

# By how much skill is moved to see what it is worth, log-odds.
_NUDGE = 1e-3


def beside_others(
    decision: Decision, met: Met | None = None
) -> tuple[Candidate, Rivals]:
    """
    The candidate told what the others have shown, and the others as rivals.

    Offers among the others are taken to wait.

    Args:
        decision: With others beside.
        met: The others met last; if their numbers are the same, so are they. Those met
            now are noted in it.

    Raises:
        InvalidFieldError: If two of the others share a name.
    """
    opportunity, assumptions = decision.opportunity, decision.assumptions
    others = [one for one in decision.beside if one.name != opportunity.name]
    own, *entries = enter(
        decision.candidate, [opportunity, *others], assumptions, "assess(beside)"
    )
    running = [one for one in entries if one.runs]
    lanes = [Lane.of(one.process) for one in running]
    offers = [
        one.process.percent * one.process.mean
        for one in entries
        if one.opportunity.position.phase is Phase.OFFERED and not one.dealbreakers
    ]
    skilled = [
        better(lane, _NUDGE, one.process.steps)
        for lane, one in zip(lanes, running, strict=True)
    ]
    base = max([0.0, *offers])
    key = (base, *(attrs.astuple(lane) for lane in (*lanes, *skilled)))
    if met is None or key not in met:
        rivals = Rivals.of(lanes, base)
        gained = (Pipeline.of(skilled).contest(base).value - rivals.value) / _NUDGE
        met = {} if met is None else met
        met.clear()
        met[key] = rivals, gained
    rivals, gained = met[key]
    return _taught(own.candidate, max(0.0, gained), assumptions), rivals


def _taught(candidate: Candidate, gained: float, assumptions: Assumptions) -> Candidate:
    """
    The candidate for whom the others are what lies ahead.

    Practice is priced at sensitivity * interviews ahead * their worth (``prices``); the
    others make that *gained*, beside whatever else lies ahead.
    """
    sensitivity = assumptions["practice_sensitivity"]
    more = given(candidate.interviews_ahead, 0.0) * given(
        candidate.worth_ahead, assumptions["worth_ahead"]
    )
    worth = more + (gained / sensitivity if sensitivity else 0.0)
    return attrs.evolve(
        candidate, interviews_ahead=1.0, worth_ahead=min(LARGEST, worth)
    )
