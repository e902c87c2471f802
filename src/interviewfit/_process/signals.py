"""Beliefs updated by what was seen.

A default is no evidence, so what is stated takes its place: a reading with the error n
moves a default with the sd s by min(1, s**2 / n**2) of the way. To a belief as of now,
and among each other, readings and signs add by their precisions, because a normal
belief and a normal error give a normal belief again:

    precision = 1 / sd**2 + sum of 1 / noise**2
    mean      = (mean / sd**2 + sum of value / noise**2) / precision

Stated sds and errors are widened by ``overconfidence``, up to what is unknown if
nobody says anything. The rounds behind (``uncertainty``) move no mean and narrow what
was known before them. What is told as of now leaves the smaller of that and of what
all that was told leaves.

A clue multiplies the odds of its event. A named sign stands for readings and clues, and
``sign_strength`` moves the strengths of all signs together. News still to come
(``unsettled``) widens the belief after all readings are in; only waiting resolves it.
Sums do not depend on the order of their terms.

References: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961),
for the normal update; I. J. Good, "Probability and the Weighing of Evidence" (1950),
for the odds.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Generic

from attrs import frozen

from interviewfit._model.beliefs import Clue, Reading, Signal
from interviewfit._model.numbers import Estimate, Numbers
from interviewfit._model.parameters import quoted
from interviewfit._model.vocabulary import ASPECTS, Event, Scope, Sign, When
from interviewfit._numeric.arrays import (
    N,
    N_co,
    exp,
    fsum,
    is_zero,
    log,
    maximum,
    minimum,
    root_sum_square,
    safe_divide,
    sqrt,
)
from interviewfit._process.structure import SignalStructure, Structure
from interviewfit._process.uncertainty import share_left

_LARGEST_LOG_ODDS = 200.0
"""Logarithm of odds beyond which no probability changes any more."""


def _read_signs() -> dict[Sign, tuple[Signal, ...]]:
    signals: dict[Sign, tuple[Signal, ...]] = {}
    path = Path(__file__).parents[1] / "data" / "signs.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            sign = Sign(row["sign"])
            signal: Signal
            if row["factor"]:
                signal = Clue(event=Event(row["subject"]), factor=float(row["factor"]))
            else:
                signal = Reading(
                    aspect=row["subject"],
                    value=float(row["value"]),
                    noise=float(row["noise"]),
                    unsettled=float(row["unsettled"]),
                )
            signals[sign] = (*signals.get(sign, ()), signal)
    return signals


SIGNS: Mapping[Sign, tuple[Signal, ...]] = _read_signs()
"""The readings and clues that each named sign stands for, at a ``sign_strength`` of 1.

They are the rows of ``data/signs.csv``, which also say what a sign means and who names
it. All strengths are judgement.
"""


@frozen
class ReadingEvidence(Generic[N_co]):
    """A reading as numbers.

    Attributes:
        aspect: That was looked at.
        value: What it says, percent of pay.
        noise: Standard deviation of its error, percent of pay; infinite in rows in
            which nothing was seen.
        unsettled: Standard deviation of news still to come, percent of pay.
        scope: How far it carries.
        when: Whether the rounds behind have come after it.
        stated: Whether somebody stated it, so that its error is too small; the errors
            of named signs are widened already.
    """

    aspect: str
    value: N_co
    noise: N_co
    unsettled: N_co
    scope: Scope = Scope.OPPORTUNITY
    when: When = When.BEFORE
    stated: bool = False


@frozen
class ClueEvidence(Generic[N_co]):
    """A clue as numbers.

    Attributes:
        event: That it is evidence of.
        factor: The Bayes factor that multiplies its odds; 1 where nothing was seen.
        scope: How far it carries.
    """

    event: Event
    factor: N_co
    scope: Scope = Scope.OPPORTUNITY


@frozen
class Posterior(Generic[N_co]):
    """What is believed once everything seen is in.

    Attributes:
        beliefs: By aspect, for those with a priority above 0.
        unnarrowed: The same as if no round were behind, which is how wide another role
            at the firm was promised to be.
        unsettled: By aspect, the sd of news that only waiting brings, percent of pay.
        odds: By event, the factor by which its odds have been multiplied.
        unknown: Aspects that nobody has told anything of, in the usual order.
    """

    beliefs: Mapping[str, Estimate[N_co]]
    unnarrowed: Mapping[str, Estimate[N_co]]
    unsettled: Mapping[str, N_co]
    odds: Mapping[Event, N_co]
    unknown: tuple[str, ...]


def shift_odds(probability: N, factor: N) -> N:
    """A probability whose odds are multiplied by a factor; 0 and 1 stay as they are.

    Args:
        probability: 0 to 1.
        factor: Above 0.

    >>> round(shift_odds(0.2, 2.0), 6)
    0.333333
    """
    return probability * factor / (probability * factor + (1.0 - probability))


def sign_evidence(
    sign: Sign, strength: N
) -> Iterator[ReadingEvidence[N] | ClueEvidence[N]]:
    """The readings and clues that a named sign stands for.

    Args:
        sign: As the candidate noticed it.
        strength: The assumption ``sign_strength``: values are multiplied by it, factors
            raised to its power.
    """
    for signal in SIGNS[sign]:
        if isinstance(signal, Reading):
            yield ReadingEvidence(
                signal.aspect,
                signal.value * strength,
                signal.noise,
                signal.unsettled * strength,
            )
        else:
            yield ClueEvidence(signal.event, signal.factor**strength)


def evidence_of(
    signals: Iterable[SignalStructure | Sign], numbers: Numbers[N]
) -> Iterator[ReadingEvidence[N] | ClueEvidence[N]]:
    """Signals as numbers, named signs spelled out.

    Args:
        signals: Of a structure; each says what it is about.
        numbers: Of the decision; hold the values, errors and factors.
    """
    for signal in signals:
        if isinstance(signal, Sign):
            yield from sign_evidence(signal, numbers["sign_strength"])
        elif isinstance(signal.subject, Event):
            factor = numbers[f"{signal.name}.factor"]
            yield ClueEvidence(signal.subject, factor, signal.scope)
        else:
            yield ReadingEvidence(
                signal.subject,
                numbers[f"{signal.name}.value"],
                numbers[f"{signal.name}.noise"],
                numbers[f"{signal.name}.unsettled"],
                signal.scope,
                signal.when,
                stated=True,
            )


def update(
    structure: Structure,
    numbers: Numbers[N],
    further: Sequence[ReadingEvidence[N] | ClueEvidence[N]] = (),
) -> Posterior[N]:
    """Beliefs and odds once all signals are in.

    A stated belief is widened by ``overconfidence``. An aspect with neither belief
    nor reading keeps its wide default, which the rounds behind have narrowed, and is
    listed as unknown. A stated belief is as of now, so they have not narrowed it.

    Args:
        structure, numbers: Of the decision; beliefs and readings in percent of pay.
        further: Evidence from elsewhere, such as other processes of the search.
    """
    readings: dict[str, list[ReadingEvidence[N]]] = {}
    factors: dict[Event, list[N]] = {}
    for signal in chain(evidence_of(structure.signals, numbers), further):
        if isinstance(signal, ReadingEvidence):
            readings.setdefault(signal.aspect, []).append(signal)
        else:
            factors.setdefault(signal.event, []).append(signal.factor)
    aspects: tuple[str, ...] = structure.aspects
    if not readings.keys() <= set(aspects):
        aspects = (*ASPECTS, *sorted({*aspects, *readings}.difference(ASPECTS)))
    beliefs: dict[str, Estimate[N]] = {}
    unnarrowed: dict[str, Estimate[N]] = {}
    unsettled: dict[str, N] = {}
    unknown = []
    for aspect in aspects:
        if is_zero(numbers.priority(aspect)):
            continue
        evidence = readings.get(aspect, [])
        if not evidence and f"{quoted(aspect)}.mean" not in numbers:
            unknown.append(aspect)
        left = share_left(structure, numbers, aspect)
        beliefs[aspect], unnarrowed[aspect] = _belief_on(
            aspect, evidence, numbers, left
        )
        unsettled[aspect] = 0.0
        if evidence:
            unsettled[aspect] = root_sum_square([item.unsettled for item in evidence])
    odds = {}
    for event, event_factors in factors.items():
        # However many clues agree, odds stay numbers.
        log_odds = fsum([log(factor) for factor in event_factors])
        bounded = maximum(-_LARGEST_LOG_ODDS, minimum(_LARGEST_LOG_ODDS, log_odds))
        odds[event] = exp(bounded)
    return Posterior(beliefs, unnarrowed, unsettled, odds, tuple(unknown))


def _belief_on(
    aspect: str,
    readings: Sequence[ReadingEvidence[N]],
    numbers: Numbers[N],
    left: N,
) -> tuple[Estimate[N], Estimate[N]]:
    """The belief on one aspect now, and the same as if no round were behind.

    Args:
        aspect: That counts.
        readings: Of it.
        numbers: Of the decision, with the belief that was stated, if any.
        left: The share of the variance that the rounds behind have left.
    """
    name, usual, excess = (
        quoted(aspect),
        numbers.unknown(aspect),
        numbers["overconfidence"],
    )
    stated, sd = numbers.get(f"{name}.mean"), numbers.get(f"{name}.sd")
    is_now = numbers.get(f"{name}.now", 0.0)
    prior = usual
    if stated is not None:
        # To say something is never to be less certain than to say nothing.
        silent = usual.sd * sqrt(1.0 - is_now * (1.0 - left))
        prior = Estimate(stated, silent if sd is None else minimum(sd * excess, silent))
    told = _combine(prior, readings, excess, is_now) if readings else prior
    left = left + is_now * (1.0 - left)
    if is_zero(left - 1.0):
        return told, told
    earlier = [reading for reading in readings if reading.when is When.BEFORE]
    before = told
    if len(earlier) < len(readings):
        before = _combine(prior, earlier, excess, is_now) if earlier else prior
    return Estimate(told.mean, minimum(before.sd * sqrt(left), told.sd)), told


def _combine(
    prior: Estimate[N],
    readings: Sequence[ReadingEvidence[N]],
    overconfidence: N,
    is_now: N,
) -> Estimate[N]:
    """The belief after some readings; a certain prior is not moved.

    Args:
        prior: Percent of pay, its sd as it is used.
        readings: Of the same aspect, in the same unit.
        overconfidence: By how much stated errors are too small.
        is_now: 1 where the prior is a belief as of now, which readings add to; 0 where
            it is what one expected before, which stated readings take the place of.
    """
    # In units of the prior's variance, so that a tiny sd does not overflow.
    ratios: list[N] = [(prior.sd / reading.noise) ** 2 for reading in readings]
    pairs = list(zip(ratios, readings, strict=True))
    stated: N = fsum([ratio for ratio, reading in pairs if reading.stated])
    displaced = (1.0 - is_now) * minimum(1.0, stated)
    weight = safe_divide(maximum(displaced, stated / overconfidence**2), stated)
    weights: list[N] = [
        ratio * weight if reading.stated else ratio for ratio, reading in pairs
    ]
    kept: N = 1.0 - displaced
    parts: list[N] = [kept]
    parts.extend(weights)
    precision: N = fsum(parts)
    terms: list[N] = [kept * prior.mean]
    for ratio, reading in zip(weights, readings, strict=True):
        terms.append(ratio * reading.value)
    return Estimate(fsum(terms) / precision, prior.sd / sqrt(precision))
