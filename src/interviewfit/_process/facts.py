"""Facts that hold or do not, as numbers: until one is told its expectation counts.

A fact of chance c is worth *size* more if it holds. The mean of the surplus has its
expectation; the stage that tells it moves the mean by (1 - c) * size or by -c * size
(``interviewfit._solver.jumps``). A fact is always told by the end of its stage, so no
second chain runs beside the first. One whose stage lies behind is told by nobody and
keeps its expectation; with an offer, questions before the answer tell it for sure.

Another role at the same firm shares the facts on the company's aspects, so what it is
worth is averaged over their worlds:

    sum over worlds of q * E[max(0, X + a)],    a the shift of the world, q its chance

Facts of one opportunity are independent, and those of two opportunities as well.

Reference: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961), for
the value of information that comes before a decision.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic

from attrs import frozen

from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import COMPANY_ASPECTS
from interviewfit._model.vocabulary import Event
from interviewfit._numeric import normal
from interviewfit._numeric.arrays import N, N_co, fsum, is_zero, sqrt
from interviewfit._process.signals import Posterior, shift_odds
from interviewfit._process.structure import StageStructure, Structure


@frozen(repr=False)
class Fact(Generic[N_co]):
    """A fact as numbers, weighed by the priority of its aspect.

    Attributes:
        aspect: What it bears on.
        stage: The stage that tells it, from 0; -1 for looking it up.
        chance: That it holds.
        if_so, if_not: What it is worth if it holds, and if not, percent of pay.
    """

    aspect: str
    stage: int
    chance: N_co
    if_so: N_co
    if_not: N_co

    @property
    def expectation(self) -> N_co:
        """What it is worth on average, percent of pay."""
        return self.chance * self.if_so + (1.0 - self.chance) * self.if_not

    @property
    def size(self) -> N_co:
        """What it is worth if it holds, beyond what if not, percent of pay."""
        return self.if_so - self.if_not

    @property
    def sd(self) -> N_co:
        """Standard deviation of what it is worth, percent of pay."""
        spread: N_co = sqrt(self.chance * (1.0 - self.chance))
        return self.size * spread


def facts_of(structure: Structure, numbers: Numbers[N]) -> list[Fact[N]]:
    """The facts of an opportunity that count, in the order in which they are stated.

    Args:
        structure: Of the decision, with the stages that tell them.
        numbers: Of the decision; an aspect of priority 0 counts for nothing.

    Returns:
        Sizes in percent of pay, times the priority of the aspect.
    """
    facts = []
    for fact in structure.facts:
        weight = numbers.priority(fact.aspect)
        if is_zero(weight):
            continue
        chance, if_so, if_not = (
            numbers[f"{fact.name}.{number}"] for number in ("chance", "if_so", "if_not")
        )
        outcomes = weight * if_so, weight * if_not
        facts.append(Fact(fact.aspect, fact.stage, chance, *outcomes))
    return facts


def uncertain(facts: Iterable[tuple[N, N]]) -> tuple[tuple[N, N], ...]:
    """The facts that are not certain for sure, each a chance and a size in hours."""
    return tuple(
        (chance, size)
        for chance, size in facts
        if not (is_zero(chance) or is_zero(1.0 - chance) or is_zero(size))
    )


def expected_positive_part(facts: Iterable[Fact[N]], means: Sequence[N], sd: N) -> N:
    """``E[max(0, X)]`` of a surplus that shares the facts on the company, averaged.

    Args:
        facts: Of the opportunity; those on the company's aspects are shared.
        means: What the mean of the surplus without them is the sum of, percent of pay.
        sd: Its standard deviation, percent of pay.
    """
    shared = [fact for fact in facts if fact.aspect in COMPANY_ASPECTS]
    start: N = 1.0
    parts: list[N] = []
    for share, terms in _worlds(shared, start, list(means)):
        parts.append(share * normal.expected_positive_part(fsum(terms), sd))
    return fsum(parts)


def _worlds(
    facts: Sequence[Fact[N]], share: N, terms: list[N]
) -> Iterator[tuple[N, list[N]]]:
    """Every world of some facts that may be, with its probability.

    Args:
        facts: Each of which holds or does not.
        share: Probability of what is settled so far.
        terms: What the mean is the sum of so far, percent of pay.

    Yields:
        The probability, and what the mean is the sum of, percent of pay.
    """
    if not facts:
        yield share, terms
        return
    fact = facts[0]
    holds: N = share * fact.chance
    fails: N = share * (1.0 - fact.chance)
    so: list[N] = list(terms)
    otherwise: list[N] = list(terms)
    so.append(fact.if_so)
    otherwise.append(fact.if_not)
    if not is_zero(holds):
        yield from _worlds(facts[1:], holds, so)
    if not is_zero(fails):
        yield from _worlds(facts[1:], fails, otherwise)


def reshaping(
    stage: StageStructure, numbers: Numbers[N], posterior: Posterior[N], percent: N
) -> tuple[N, N]:
    """The chance that a stage changes the job to suit one, and the gain, hours.

    Args:
        stage, numbers: Which stage of the decision.
        posterior: Whose clues move the odds of it.
        percent: The value of one percent of pay, hours.
    """
    chance = numbers.stage(stage.number, stage.kind, "reshape_chance")
    chance = shift_odds(chance, posterior.odds.get(Event.RESHAPED, 1.0))
    gain = numbers.get(f"stages[{stage.number}].reshape_gain")
    return chance, percent * (numbers["reshape_gain"] if gain is None else gain)
