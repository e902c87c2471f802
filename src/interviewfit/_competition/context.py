"""One decision beside the other processes of a search.

The rivals count in two ways. What a candidate accepts here is worth its surplus beyond
the best of the rivals, which are played out by index (``rivals``). And what an
interview here teaches is worth what it adds to the rivals, instead of a guess at what
lies ahead: with V(s) the value of the rivals if each of their rounds is passed with s
more log-odds, practice is worth

    V'(0) = (V(h) - V(0)) / h    hours per unit of log-odds, for a small h.
"""

from collections.abc import Mapping

import numpy as np

from interviewfit._competition.chains import ChainParameters, with_skill
from interviewfit._competition.entries import CompiledProcess, compile_from_numbers
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Opportunity
from interviewfit._model.numbers import Numbers
from interviewfit._model.units import LARGEST
from interviewfit._model.vocabulary import Phase, Term
from interviewfit._numeric.arrays import (
    FloatColumn,
    N,
    is_zero,
    maximum,
    minimum,
    safe_divide,
)
from interviewfit._process.structure import bears_on_rival, numbers_of

# By how much skill is moved to see what it is worth, log-odds.
_SKILL_STEP = 1e-3


def rivals_of(
    decision: Decision, numbers: Numbers[N], values: Mapping[str, N], rows: int
) -> tuple[CompiledProcess[N], RivalDistribution, FloatColumn]:
    """The process of a decision, as one of a search, and the others as its rivals.

    The process is told what the rivals have shown. Offers among the rivals are taken to
    wait. Rows in which the rivals have the same numbers share what is computed of them.

    Args:
        decision: With other processes beside it.
        numbers: Of the decision, *values* in their places.
        values: Numbers that take the place of stated ones, by name; those of the
            candidate and of the assumptions bear on the rivals as well.
        rows: How many rows the columns have; 1 for a single decision.

    Returns:
        The process, its rivals, and what one unit of log-odds more in every round is
        worth to them, hours, ``(rows,)``.

    Raises:
        InvalidFieldError: If two of the processes share a name.
    """
    opportunity = decision.opportunity
    beside: list[Opportunity] = [
        job for job in decision.beside if job.name != opportunity.name
    ]
    searched: list[Numbers[N]] = [numbers]
    for job in beside:
        stated = numbers_of(decision.candidate, job, decision.assumptions)
        replaced: dict[str, N] = {
            name: value
            for name, value in values.items()
            if bears_on_rival(name, opportunity, job)
        }
        searched.append(Numbers({**stated, **replaced}))
    compiled = compile_from_numbers(
        decision.candidate, [opportunity, *beside], searched, "assess(beside)"
    )
    entries = compiled[1:]
    base: N = 0.0
    for entry in entries:
        if entry.structure.phase is Phase.OFFERED and not entry.dealbreakers:
            base = maximum(base, entry.process.mean_hours)
    running = [entry for entry in entries if entry.is_running]
    chains = [ChainParameters.of(entry.process) for entry in running]
    rivals = RivalDistribution.of(chains, base, rows)
    gained: FloatColumn = np.zeros(1)
    if running and not is_zero(numbers.weight(Term.PRACTICE)):
        skilled = [
            with_skill(chain, entry.process.steps, _SKILL_STEP)
            for chain, entry in zip(chains, running, strict=True)
        ]
        improved = RivalDistribution.of(skilled, base, rows)
        gained = np.maximum(0.0, (improved.value - rivals.value) / _SKILL_STEP)
    return compiled[0], rivals, gained


def price_practice(numbers: Numbers[N], price: N) -> Numbers[N]:
    """The numbers of a decision for whose candidate the rivals are what lies ahead.

    Practice is worth sensitivity * interviews ahead * value ahead (``side_values``).
    One interview ahead of the right value makes that *price* for the rivals, besides
    the guess for whatever else lies ahead.

    Args:
        numbers: Of the decision, as of one process of a search.
        price: What one unit of log-odds is worth to the rivals, hours.
    """
    elsewhere = numbers["interviews_ahead"] * numbers["worth_ahead"]
    ahead = elsewhere + safe_divide(price, numbers["practice_sensitivity"])
    worth: N = minimum(LARGEST, ahead)
    return numbers.replaced({"interviews_ahead": 1.0, "worth_ahead": worth})
