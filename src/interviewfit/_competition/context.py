"""One decision beside the other processes of a search.

The rivals count in two ways. What a candidate accepts here is worth its surplus beyond
the best of the rivals, which are played out by index (``rivals``). And what an
interview here teaches is worth what it adds to the rivals, instead of a guess at what
lies ahead: with V(s) the value of the rivals if each of their rounds is passed with s
more log-odds, practice is worth

    V'(0) = (V(h) - V(0)) / h    hours per unit of log-odds, for a small h.
"""

from typing import cast

import numpy as np

from interviewfit._competition.chains import ChainParameters, better
from interviewfit._competition.entries import enter
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate
from interviewfit._model.fields import LARGEST, unchecked
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import divided, larger, smaller, vanishes
from interviewfit._process.side_values import given

__all__ = ["rivals_of"]

# By how much skill is moved to see what it is worth, log-odds.
_SKILL_STEP = 1e-3


def rivals_of(
    decision: Decision, rows: int | None = None
) -> tuple[Candidate, RivalDistribution]:
    """The candidate, who knows what the rivals have shown, and the rivals.

    Offers among the rivals are taken to wait. Rows in which the rivals have the same
    numbers share what is worked out of them.

    Args:
        decision: With other processes beside it.
        rows: How many rows its columns have; None if it holds no columns.

    Raises:
        InvalidFieldError: If two of the processes share a name.
    """
    opportunity, assumptions = decision.opportunity, decision.assumptions
    beside = [job for job in decision.beside if job.name != opportunity.name]
    subject, *entries = enter(
        decision.candidate, [opportunity, *beside], assumptions, "assess(beside)"
    )
    base = 0.0
    for entry in entries:
        offered = entry.opportunity.position.phase is Phase.OFFERED
        if offered and not entry.dealbreakers:
            base = larger(base, entry.process.percent * entry.process.mean)
    running = [entry for entry in entries if entry.runs]
    chains = [ChainParameters.of(entry.process) for entry in running]
    rivals = RivalDistribution.of(chains, base, rows or 1)
    gained = np.zeros(1)
    if running and not vanishes(decision.candidate.weights.practice):
        skilled = [
            better(chain, _SKILL_STEP, entry.process.steps)
            for chain, entry in zip(chains, running, strict=True)
        ]
        value = RivalDistribution.of(skilled, base, rows or 1).value
        gained = np.maximum(0.0, (value - rivals.value) / _SKILL_STEP)
    price = cast(Worth, gained) if rows else float(gained[0])
    return _price_practice(subject.candidate, price, assumptions), rivals


def _price_practice(
    candidate: Candidate, price: Worth, assumptions: Assumptions
) -> Candidate:
    """The candidate for whom the rivals are what lies ahead.

    Practice is worth sensitivity * interviews ahead * value ahead (``side_values``).
    One interview ahead of the right value makes that *price* for the rivals, besides
    the guess for whatever else lies ahead.

    Args:
        candidate: Who decides.
        price: What one unit of log-odds is worth to the rivals, hours.
        assumptions: Numbers for what the candidate leaves open.
    """
    elsewhere = given(candidate.interviews_ahead, 0.0) * given(
        candidate.worth_ahead, assumptions["worth_ahead"]
    )
    ahead = elsewhere + divided(price, assumptions["practice_sensitivity"])
    return unchecked(
        candidate, interviews_ahead=1.0, worth_ahead=smaller(LARGEST, ahead)
    )
