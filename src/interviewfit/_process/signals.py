"""Beliefs updated by what was seen.

A default is no evidence, so what is stated takes its place: a reading with the error n
moves a default with the sd s by min(1, s**2 / n**2) of the way. To a belief as of now,
and among each other, readings add by their precisions, because a normal belief and a
normal error give a normal belief again:

    precision = 1 / sd**2 + sum of 1 / noise**2
    mean      = (mean / sd**2 + sum of value / noise**2) / precision

Stated sds and errors are widened by ``overconfidence``, up to what is unknown if
nobody says anything. The rounds behind (``uncertainty``) move no mean and narrow what
was known before them. What is told as of now leaves the smaller of that and of what
all that was told leaves.

A clue multiplies the odds of its event. News still to come, which only waiting brings,
is normal where a reading states its standard deviation (``unsettled``), and either so
or not where a named sign speaks of it.

A named sign moves a belief in one direction, whatever it is (``signs``). All sums are
independent of the order of their terms.

References: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961),
for the normal update; I. J. Good, "Probability and the Weighing of Evidence" (1950),
for the odds.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple

from attrs import frozen

from interviewfit._model.numbers import Estimate, Numbers
from interviewfit._model.parameters import quoted
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import ASPECTS, Event, Phase, Sign, StageKind, When
from interviewfit._numeric.arrays import (
    N,
    N_co,
    exp,
    fsum,
    hypot,
    is_zero,
    known_or,
    log,
    maximum,
    minimum,
    root_sum_square,
    safe_divide,
    sqrt,
)
from interviewfit._numeric.effort import COMPILED_STAGE, spend
from interviewfit._process.evidence import (
    ClueEvidence,
    Evidence,
    ReadingEvidence,
    evidence_of,
)
from interviewfit._process.signs import (
    SignNews,
    SignShift,
    narrow_belief,
    shift_belief,
    sign_news,
    sign_strengths,
)
from interviewfit._process.structure import Structure
from interviewfit._process.uncertainty import share_left, stages_over

_LARGEST_LOG_ODDS = 200.0
"""Logarithm of odds beyond which no probability changes any more."""


@frozen
class Posterior(Generic[N_co]):
    """What is believed once everything seen is in.

    Attributes:
        beliefs: By aspect, for those with a priority above 0.
        unnarrowed: The same as if no round were behind, which is how wide another role
            at the firm was promised to be.
        unsettled: By aspect, the sd of normal news that only waiting brings, percent of
            pay.
        odds: By event, the factor by which its odds have been multiplied.
        unknown: Aspects that nobody has told anything of, in the usual order.
        spoken: By aspect, the mean by what somebody has told alone: without the prior
            mean of what nobody has told (``unknown_mean``), percent of pay.
        pending: Of named signs, what happens or not, which only waiting tells.
        liking: The part of the odds of being passed on that signs of the employer's own
            view make up; None without any.
    """

    beliefs: Mapping[str, Estimate[N_co]]
    unnarrowed: Mapping[str, Estimate[N_co]]
    unsettled: Mapping[str, N_co]
    odds: Mapping[Event, N_co]
    unknown: tuple[str, ...]
    spoken: Mapping[str, N_co]
    pending: tuple[SignNews[N_co], ...] = ()
    liking: N_co | None = None


def shift_odds(probability: N, factor: N) -> N:
    """A probability whose odds are multiplied by a factor; 0 and 1 stay as they are.

    Args:
        probability: 0 to 1.
        factor: Above 0.

    >>> round(shift_odds(0.2, 2.0), 6)
    0.333333
    """
    return probability * factor / (probability * factor + (1.0 - probability))


class _BeliefNames(NamedTuple):
    """What the numbers of the belief on an aspect are called.

    Attributes:
        mean, sd: Those that somebody states.
        now: 1 where the belief is as of now.
        promised: How wide another role there was promised beyond it.
    """

    mean: str
    sd: str
    now: str
    promised: str


@lru_cache(maxsize=1000)
def _names_of(aspect: str) -> _BeliefNames:
    """What the numbers of the belief on an aspect are called."""
    name = quoted(aspect)
    return _BeliefNames(*(f"{name}.{field}" for field in _BeliefNames._fields))


@frozen(eq=False, repr=False)
class _Findings(Generic[N_co]):
    """Everything that was seen, by what it is about.

    Attributes:
        readings: By aspect.
        shifts: What signs say of each aspect, with their strength.
        familiar: How strongly a sign says that one knows an aspect, by aspect.
        factors: Of odds, by event.
        strengths: Of every sign, all its sources together.
        liking: Those of being passed on that tell of the employer's own view.
    """

    readings: Mapping[str, list[ReadingEvidence[N_co]]]
    shifts: Mapping[str, list[SignShift[N_co]]]
    familiar: Mapping[str, N_co]
    factors: Mapping[Event, list[N_co]]
    strengths: Mapping[Sign, N_co]
    liking: list[N_co]


def _by_subject(
    structure: Structure, evidence: Sequence[Evidence[N]], numbers: Numbers[N]
) -> _Findings[N]:
    """Evidence sorted by what it is about, signs spelled out.

    Args:
        structure: Says which rounds are behind.
        evidence: Of any kind, in any order.
        numbers: Of the decision; ``sign_strength`` multiplies every strength.
    """
    readings: dict[str, list[ReadingEvidence[N]]] = {}
    shifts: dict[str, list[SignShift[N]]] = {}
    familiar: dict[str, N] = {}
    factors: dict[Event, list[N]] = {}
    totals: dict[Sign, N] = {}
    liking: list[N] = []
    views = _signs_of_liking(structure)
    for signal in evidence:
        if isinstance(signal, ReadingEvidence):
            readings.setdefault(signal.aspect, []).append(signal)
        elif isinstance(signal, ClueEvidence):
            factors.setdefault(signal.event, []).append(signal.factor)
    for sign, strengths in sign_strengths(evidence).items():
        powers: list[N] = []
        for strength, when in strengths:
            power = strength * numbers["sign_strength"]
            powers.append(power)
            for reading in SIGNS[sign].readings:
                shift = SignShift(reading, power, when)
                shifts.setdefault(reading.aspect, []).append(shift)
            for event, factor in SIGNS[sign].clues:
                factors.setdefault(event, []).append(factor**power)
                if sign in views and event is Event.PASSED_ON:
                    liking.append(factor**power)
            for aspect in SIGNS[sign].familiar:
                # Whoever says it, it is the same past.
                familiar[aspect] = maximum(familiar.get(aspect, strength), strength)
        totals[sign] = fsum(powers)
    return _Findings(readings, shifts, familiar, factors, totals, liking)


def _signs_of_liking(structure: Structure) -> set[Sign]:
    """Signs of the employer's view of the candidate; a pass behind is told once."""
    if any(stage.kind is StageKind.HR_SCREEN for stage in structure.behind):
        return {Sign.THEY_LIKE_YOU}
    return {Sign.THEY_LIKE_YOU, Sign.PASSED_ON_BY_HR}


def update(
    structure: Structure, numbers: Numbers[N], further: Sequence[Evidence[N]] = ()
) -> Posterior[N]:
    """Beliefs and odds once all signals are in.

    A stated belief is widened by ``overconfidence``. An aspect of which there is
    neither belief nor reading nor sign keeps its wide default, which the rounds behind
    have narrowed, and is listed as unknown. A stated belief is as of now, so they have
    not narrowed it.

    Args:
        structure, numbers: Of the decision; beliefs and readings in percent of pay.
        further: Evidence from elsewhere, such as other processes of the search.
    """
    # Whoever compiles a decision begins here.
    spend(COMPILED_STAGE * (2 + len(structure.ahead)))
    evidence = list(evidence_of(structure.signals, numbers))
    evidence.extend(further)
    findings: _Findings[N] = _by_subject(structure, evidence, numbers)
    aspects: tuple[str, ...] = structure.aspects
    if not findings.readings.keys() <= set(aspects):
        named: set[str] = {*aspects, *findings.readings}.difference(ASPECTS)
        aspects = (*ASPECTS, *sorted(named))
    beliefs: dict[str, Estimate[N]] = {}
    unnarrowed: dict[str, Estimate[N]] = {}
    unsettled: dict[str, N] = {}
    spoken: dict[str, N] = {}
    looked: dict[str, tuple[Estimate[N], N]] = {}
    silent: Numbers[N] | None = None
    narrowed = structure.phase is Phase.MIDWAY or bool(stages_over(structure))
    unknown = []
    for aspect in aspects:
        if is_zero(numbers.priority(aspect)):
            continue
        readings = findings.readings.get(aspect)
        shifts = findings.shifts.get(aspect)
        left: N = 1.0
        if narrowed:
            left = share_left(structure, numbers, aspect)
        beliefs[aspect], unnarrowed[aspect], told = _belief_on(
            aspect, findings, numbers, left
        )
        unsettled[aspect] = spoken[aspect] = 0.0
        if readings:
            unsettled[aspect] = root_sum_square(item.unsettled for item in readings)
        if shifts:
            looked[aspect] = told, numbers.unknown(aspect).mean
        if not readings and not shifts and _names_of(aspect).mean not in numbers:
            unknown.append(aspect)
            continue
        if silent is None:
            silent = numbers.replaced({"unknown_mean": 0.0})
        spoken[aspect] = _belief_on(aspect, findings, silent, left)[0].mean
    pending = [
        sign_news(sign, strength, looked)
        for sign, strength in findings.strengths.items()
    ]
    liking: N | None = None
    if findings.liking:
        liking = _odds({Event.PASSED_ON: findings.liking})[Event.PASSED_ON]
    return Posterior(
        beliefs,
        unnarrowed,
        unsettled,
        _odds(findings.factors),
        tuple(unknown),
        spoken,
        tuple(news for news in pending if news is not None),
        liking,
    )


def _odds(factors: Mapping[Event, Sequence[N]]) -> dict[Event, N]:
    """The product of the factors of each event; however many agree, it is a number."""
    odds = {}
    for event, of_event in factors.items():
        log_odds = fsum([log(factor) for factor in of_event])
        bounded = maximum(-_LARGEST_LOG_ODDS, minimum(_LARGEST_LOG_ODDS, log_odds))
        odds[event] = exp(bounded)
    return odds


def _before_signs(
    aspect: str, findings: _Findings[N], numbers: Numbers[N], left: N
) -> tuple[Estimate[N], Estimate[N]]:
    """The belief on one aspect once all readings are in, and the one before them.

    Args:
        aspect, findings, numbers, left: As ``_belief_on``.
    """
    names, excess = _names_of(aspect), numbers["overconfidence"]
    usual = narrow_belief(numbers, aspect, findings.familiar.get(aspect))
    stated, sd = numbers.get(names.mean), numbers.get(names.sd)
    is_now = numbers.get(names.now, 0.0)
    prior = usual
    if stated is not None:
        # To say something is never to be less certain than to say nothing.
        silent = widened = usual.sd * sqrt(1.0 - is_now * (1.0 - left))
        if sd is not None:
            widened = minimum(known_or(sd * excess, silent), silent)
        prior = Estimate(known_or(stated, usual.mean), widened)
    readings = findings.readings.get(aspect, [])
    told = _combine(prior, readings, excess, is_now) if readings else prior
    return told, prior


def _belief_on(
    aspect: str, findings: _Findings[N], numbers: Numbers[N], left: N
) -> tuple[Estimate[N], Estimate[N], Estimate[N]]:
    """The belief on one aspect now, as if no round were behind, and before all signs.

    Args:
        aspect: That counts.
        findings: Everything that was seen.
        numbers: Of the decision, with the belief that was stated, if any.
        left: The share of the variance that the rounds behind have left.
    """
    names, excess = _names_of(aspect), numbers["overconfidence"]
    readings = findings.readings.get(aspect, [])
    shifts = findings.shifts.get(aspect, [])
    silent = not readings and not shifts and numbers.keys().isdisjoint(names)
    if silent and is_zero(left - 1.0):
        usual = narrow_belief(numbers, aspect, findings.familiar.get(aspect))
        return usual, usual, usual
    is_now = numbers.get(names.now, 0.0)
    told, prior = _before_signs(aspect, findings, numbers, left)
    before_signs = unnarrowed = told
    if not (is_zero(is_now) or is_zero(left - 1.0)):
        # A belief as of now is capped by what the rounds behind have left unknown.
        whole: N = 1.0
        unnarrowed = _before_signs(aspect, findings, numbers, whole)[0]
    reference: N = numbers.unknown(aspect).mean if shifts else 0.0
    if shifts:
        told = shift_belief(told, reference, shifts)
        unnarrowed = (
            told
            if unnarrowed is before_signs
            else shift_belief(unnarrowed, reference, shifts)
        )
    left = left + is_now * (1.0 - left)
    if names.promised in numbers:
        # What another role there was promised beyond what is found out now.
        promised = numbers[names.promised]
        unnarrowed = Estimate(told.mean, hypot(unnarrowed.sd, promised))
    if is_zero(left - 1.0):
        return told, unnarrowed, before_signs
    earlier = [reading for reading in readings if reading.when is When.BEFORE]
    noticed = [shift for shift in shifts if shift.when is When.BEFORE]
    before = told
    if len(earlier) < len(readings) or len(noticed) < len(shifts):
        before = _combine(prior, earlier, excess, is_now) if earlier else prior
        before = shift_belief(before, reference, noticed) if noticed else before
    now = Estimate(told.mean, minimum(before.sd * sqrt(left), told.sd))
    return now, unnarrowed, before_signs


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
