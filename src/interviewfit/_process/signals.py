"""Beliefs updated by what was seen, and the catalogue of named signs.

A reading combines with the belief by adding precisions (a normal belief and a
normal error stay normal):

    precision = 1 / sd**2 + sum of 1 / noise**2
    mean      = (mean / sd**2 + sum of value / noise**2) / precision

A clue multiplies the odds of its event. News still to come (``unsettled``) is
change in the world, not error: it widens the belief after all readings are in,
and only waiting resolves it. Sums do not care for order, so neither does this.

Reference: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory"
(1961), for the normal update; I. J. Good, "Probability and the Weighing of
Evidence" (1950), for the odds.
"""

from collections.abc import Iterator, Mapping

from attrs import frozen

from interviewfit._model.beliefs import Clue, Estimate, Reading, Signal
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import unchecked
from interviewfit._model.priors import ASPECTS, Assumptions
from interviewfit._model.units import Factor, PercentOfPay, Probability
from interviewfit._model.vocabulary import Event, Scope, Sign
from interviewfit._numeric.arrays import (
    exponential,
    larger,
    logarithm,
    root,
    smaller,
    spread,
    total,
    vanishes,
)

__all__ = [
    "CATALOGUE",
    "Posterior",
    "SignDefinition",
    "shift_odds",
    "signals_of",
    "update",
]


_CERTAIN = 200.0
"""Logarithm of odds beyond which nothing changes any more."""


@frozen
class SignDefinition:
    """One named sign: what it is, and what it says.

    Attributes:
        meaning: In a few words, as it reads in an explanation.
        source: The article that names it, or where its strength comes from.
        signals: The readings and clues it stands for. All strengths are
            judgement; ``sign_strength`` moves them together.
    """

    meaning: str
    source: str
    signals: tuple[Signal, ...]


def _reading(
    aspect: str, value: float, noise: float, unsettled: float = 0.0
) -> Reading:
    return Reading(aspect=aspect, value=value, noise=noise, unsettled=unsettled)


def _clue(event: Event, factor: float) -> Clue:
    return Clue(event=event, factor=factor)


CATALOGUE: Mapping[Sign, SignDefinition] = {
    Sign.MERGER_TALKS: SignDefinition(
        "talk of a merger or takeover",
        "interviews-you-dont-want",
        (_reading("stability", -12, 5, unsettled=12),),
    ),
    Sign.EXECUTIVE_DEPARTURE: SignDefinition(
        "an executive left abruptly",
        "interviews-you-dont-want",
        (
            _reading("stability", -9, 6, unsettled=10),
            _reading("manager", -3, 10, unsettled=6),
        ),
    ),
    Sign.LAYOFF_NEWS: SignDefinition(
        "news of layoffs",
        "as a merger, somewhat milder",
        (_reading("stability", -10, 6, unsettled=8),),
    ),
    Sign.CULTURE_HEARSAY: SignDefinition(
        "hearsay on the culture",
        "turn-down-a-job-interview",
        (_reading("culture", -10, 15),),
    ),
    Sign.BAD_REVIEWS: SignDefinition(
        "bad reviews by employees",
        "as hearsay, from more people with a grudge",
        (_reading("culture", -8, 12), _reading("manager", -4, 15)),
    ),
    Sign.LONG_COMMUTE_REMOTE_UNKNOWN: SignDefinition(
        "a long commute, remote work not yet asked about",
        "turn-down-a-job-interview; a commute of 45 against 15 minutes is worth 13 % "
        "(Mas and Pallais 2017), about one time in three it need not be made",
        (_reading("commute", -9, 6),),
    ),
    Sign.REMOTE_ALLOWED: SignDefinition(
        "remote work allowed",
        "worth 8 % of pay (Mas and Pallais 2017)",
        (_reading("commute", 8, 4),),
    ),
    Sign.PAY_GUESSED_LOW: SignDefinition(
        "pay guessed too low, no range stated",
        "turn-down-a-job-interview; pay is known at first contact one time in three "
        "and bargained one time in three (Hall and Krueger 2012)",
        (_reading("pay", -8, 10),),
    ),
    Sign.BENEFITS_WEAKER: SignDefinition(
        "weaker benefits than now",
        "match-dances",
        (_reading("benefits", -8, 4),),
    ),
    Sign.THIN_JOB_DESCRIPTION: SignDefinition(
        "a job description that leaves one cold",
        "interview-as-networking-opportunity; descriptions foretell liking poorly",
        (_reading("role", -5, 20),),
    ),
    Sign.SPECIFICATION_MISMATCH: SignDefinition(
        "a specification that does not match",
        "meet-the-most-senior-person; specifications move while firms interview",
        (_reading("role", -8, 12), _clue(Event.PASSED_ON, 0.7)),
    ),
    Sign.NO_CHEMISTRY: SignDefinition(
        "no chemistry with the team",
        "interview-as-networking-opportunity",
        (_reading("culture", -30, 6), _reading("manager", -20, 6)),
    ),
    Sign.LIKED_EVERYONE: SignDefinition(
        "liked everyone there",
        "interview-as-networking-opportunity",
        (_reading("culture", 12, 8), _reading("manager", 8, 8)),
    ),
    Sign.WRONG_KIND_OF_WORK: SignDefinition(
        "the work itself is not what one wants",
        "match-dances",
        (_reading("role", -35, 6), _reading("growth", -15, 6)),
    ),
    Sign.PASSED_ON_BY_HR: SignDefinition(
        "passed on by HR",
        "meet-the-most-senior-person",
        (_clue(Event.PASSED_ON, 1.2),),
    ),
    Sign.THEY_LIKE_YOU: SignDefinition(
        "they say they like the candidate",
        "meet-the-most-senior-person",
        (
            _clue(Event.PASSED_ON, 1.5),
            _clue(Event.RESHAPED, 3.0),
            _clue(Event.HIDDEN_ROLE, 2.0),
        ),
    ),
    Sign.OTHER_OPENINGS: SignDefinition(
        "the firm has other openings",
        "turn-down-a-job-interview",
        (_clue(Event.HIDDEN_ROLE, 6.0),),
    ),
    Sign.MET_VICE_PRESIDENT: SignDefinition(
        "met a vice president",
        "interview-as-networking-opportunity",
        (_clue(Event.CONTACT_HELPS, 2.0), _clue(Event.HIDDEN_ROLE, 1.5)),
    ),
    Sign.WORKED_THERE_BEFORE: SignDefinition(
        "worked there before",
        "people a firm knows fill 15 % of positions at one firm (benefitspro.com 2018)",
        (_clue(Event.PASSED_ON, 1.5), _clue(Event.CONTACT_HELPS, 1.5)),
    ),
}
"""What each named sign says, before ``sign_strength``."""


@frozen
class Posterior:
    """What is believed once everything seen is in.

    Attributes:
        beliefs: Per aspect with a priority above 0.
        unsettled: Per aspect, sd of news that only waiting brings, percent of pay.
        odds: Per event, by how much its odds have been multiplied.
        unknown: Aspects nobody has said anything of, in the usual order.
    """

    beliefs: Mapping[str, Estimate]
    unsettled: Mapping[str, PercentOfPay]
    odds: Mapping[Event, Factor]
    unknown: tuple[str, ...]


def shift_odds(chance: Probability, factor: Factor) -> Probability:
    """A chance whose odds are multiplied; 0 and 1 stay.

    >>> round(shift_odds(0.2, 2.0), 6)
    0.333333
    """
    return chance * factor / (chance * factor + (1.0 - chance))


def signals_of(
    candidate: Candidate, opportunity: Opportunity, assumptions: Assumptions
) -> Iterator[Signal]:
    """Everything seen that bears on an opportunity, named signs spelled out."""
    strength = assumptions["sign_strength"]
    for seen in opportunity.signals:
        if not isinstance(seen, Sign):
            yield seen
            continue
        for signal in CATALOGUE[seen].signals:
            if isinstance(signal, Reading):
                yield unchecked(
                    signal,
                    value=signal.value * strength,
                    unsettled=signal.unsettled * strength,
                )
            else:
                yield unchecked(signal, factor=signal.factor**strength)
    for signal in candidate.learned:
        own = (
            opportunity.company if signal.scope is Scope.COMPANY else opportunity.field
        )
        if signal.about == own:
            yield signal


def update(
    candidate: Candidate, opportunity: Opportunity, assumptions: Assumptions
) -> Posterior:
    """Beliefs and odds once all signals are in.

    A stated belief is widened (people's intervals are too narrow); an aspect
    with neither belief nor reading keeps its wide default and is listed.
    """
    readings: dict[str, list[Reading]] = {}
    factors: dict[Event, list[Factor]] = {}
    for signal in signals_of(candidate, opportunity, assumptions):
        if isinstance(signal, Reading):
            readings.setdefault(signal.aspect, []).append(signal)
        else:
            factors.setdefault(signal.event, []).append(signal.factor)
    names = dict.fromkeys(
        (*ASPECTS, *sorted({*candidate.priorities, *opportunity.beliefs, *readings}))
    )
    beliefs, unsettled, unknown = {}, {}, []
    for name in names:
        if vanishes(candidate.priorities.get(name, 1.0)):
            continue
        stated = opportunity.beliefs.get(name)
        seen = readings.get(name, [])
        if stated is None:
            prior = assumptions.unknown(name)
            if not seen:
                unknown.append(name)
        else:
            prior = Estimate(stated.mean, stated.sd * assumptions["overconfidence"])
        beliefs[name] = _combine(prior, seen)
        unsettled[name] = spread(one.unsettled for one in seen)
    odds = {
        # However many clues agree, odds stay numbers.
        event: exponential(
            larger(-_CERTAIN, smaller(_CERTAIN, total(map(logarithm, several))))
        )
        for event, several in factors.items()
    }
    return Posterior(beliefs, unsettled, odds, tuple(unknown))


def _combine(prior: Estimate, readings: list[Reading]) -> Estimate:
    """One belief from a prior and readings; a certain prior is not moved."""
    # In units of the prior's variance, so that a tiny sd does not overflow.
    ratios = [(prior.sd / one.noise) ** 2 for one in readings]
    precision = total((1.0, *ratios))
    moved = total(
        (
            prior.mean,
            *(ratio * one.value for ratio, one in zip(ratios, readings, strict=True)),
        )
    )
    return Estimate(moved / precision, prior.sd / root(precision))
