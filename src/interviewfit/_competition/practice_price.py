"""What practice in one process is worth to the others, and that process at this price.

With V(s) the value of the others if each round is passed with s more log-odds,
practice is worth

    V'(0) = (V(h) - V(0)) / h    hours per unit of log-odds, for a small h.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.known_chains import KnownChains
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.numbers import Numbers
from interviewfit._model.units import LARGEST
from interviewfit._model.vocabulary import Term
from interviewfit._numeric.arrays import FloatColumn, N, is_zero, minimum, safe_divide
from interviewfit._process.compilation import Process, Step, compile_process

# A term is multiplied by no more; from less it is worked out again.
_MOST_SCALED = 1e6
SKILL_STEP = 1e-3
"""By how much skill is moved to see what it is worth, log-odds."""


def with_more_skill(
    chains: Sequence[ChainParameters[N]], running: Sequence[CompiledProcess[N]]
) -> list[ChainParameters[N]]:
    """Some processes with ``SKILL_STEP`` more log-odds to pass in every round.

    Args:
        chains: The processes in numbers, hours and chances, at any price of the hour.
        running: The same as they are compiled, in the same order; their steps say where
            a round ends.
    """
    return [
        chain.with_skill(entry.process.steps, SKILL_STEP)
        for chain, entry in zip(chains, running, strict=True)
    ]


def value_of_skill(value: FloatColumn, improved: FloatColumn) -> FloatColumn:
    """What a unit of log-odds more in every round of some processes is worth, hours.

    Args:
        value: What they are worth as they are, hours, ``(rows,)``.
        improved: What they are worth with a little more skill (``with_more_skill``),
            hours, of the same shape; less than before only by rounding, which is 0.
    """
    return np.maximum(0.0, (improved - value) / SKILL_STEP)


def price_practice(numbers: Numbers[N], price: N) -> Numbers[N]:
    """The numbers of a decision for whose candidate the rivals are what lies ahead.

    Practice is worth sensitivity * interviews ahead * value ahead (``unit_values``).
    One interview ahead of the right value makes that *price* for the rivals.

    Args:
        numbers: Of the decision, as of one process of a search.
        price: What one unit of log-odds is worth to the rivals, hours.
    """
    elsewhere = numbers["interviews_ahead"] * numbers["worth_ahead"]
    ahead = elsewhere + safe_divide(price, numbers["practice_sensitivity"])
    worth: N = minimum(LARGEST, ahead)
    return numbers.replaced({"interviews_ahead": 1.0, "worth_ahead": worth})


def process_at(entry: CompiledProcess[N], numbers: Numbers[N]) -> Process[N]:
    """A process of a search with another price of practice, before any detour.

    All that practice brings is worth in proportion to its price, so that a process is
    compiled again only where it had none, or where it takes a detour.

    Args:
        entry: The process, with the steps that it takes in the search.
        numbers: Its numbers, of which only the price may differ (``price_practice``).
    """
    if entry.way is None:
        if numbers is entry.numbers:
            return entry.process
        before = entry.numbers["interviews_ahead"] * entry.numbers["worth_ahead"]
        after = numbers["interviews_ahead"] * numbers["worth_ahead"]
        is_single = isinstance(before, float) and isinstance(after, float)
        # From next to nothing it could not be multiplied without overflow.
        if is_single and 0.0 < after <= _MOST_SCALED * before:
            return _scaled(entry.process, Term.PRACTICE, float(after / before))
    return compile_process(entry.structure, numbers, entry.posterior)


def _scaled(process: Process[N], term: Term, factor: float) -> Process[N]:
    """A process in which a term of every step is worth a multiple of what it was.

    Args:
        process: From where it stands; beliefs and chances stay.
        term: What is worth more or less, in going on as in leaving.
        factor: By how much it is multiplied, at least 0.
    """
    steps: list[Step[N]] = []
    for step in process.steps:
        rewards: dict[Term, N] = dict(step.reward_terms)
        exits: dict[Term, N] = dict(step.exit_terms)
        changed = [terms for terms in (rewards, exits) if term in terms]
        for terms in changed:
            terms[term] = terms[term] * factor
        steps.append(
            evolve(step, reward_terms=rewards, exit_terms=exits) if changed else step
        )
    return evolve(process, steps=tuple(steps))


def rivals_at(
    entry: CompiledProcess[N],
    rivals: Sequence[CompiledProcess[N]],
    base: N,
    rows: int,
    known: KnownChains | None = None,
) -> tuple[RivalDistribution, FloatColumn]:
    """The rivals of a process, and what a unit of log-odds is worth to them, hours.

    Args:
        entry, rivals: The process, which may be an offer, and the others that run.
        base: The best offer in hand, hours.
        rows: How many rows there are.
        known: Chains that are not solved again.
    """
    chains = [rival.chain for rival in rivals]
    if known is not None and known.on_average:
        chains = [chain.on_average for chain in chains]
    solved = RivalDistribution.of(chains, base, rows, known)
    if not rivals or is_zero(entry.numbers.weight(Term.PRACTICE)):
        return solved, np.zeros_like(solved.value)
    skilled = with_more_skill(chains, rivals)
    improved = RivalDistribution.of(skilled, base, rows, known)
    usual = solved
    if any(chain.mutual is not None for chain in chains):
        # What skill brings is that of constant rates.
        average = [chain.on_average for chain in chains]
        usual = RivalDistribution.of(average, base, rows, known)
    return solved, value_of_skill(usual.value, improved.value)
