"""What is odd about choices, in words: contradictions, slips, and answers at random.

A choice is surprising if the others foretell it with a small probability,

    P(choice i | the others) = 1 / E[1 / P(choice i | priorities)],

with the expectation over the posterior of all. The choices tell something if their
logarithms add up to clearly more than those of a coin.

Reference: A. E. Gelfand, D. K. Dey and H. Chang, "Model determination using predictive
distributions", Bayesian Statistics 4 (1992) 147-167.
"""

from collections.abc import Iterator, Sequence
from math import log, sqrt

import numpy as np

from interviewfit._model.domain import Candidate
from interviewfit._model.units import number_of
from interviewfit._numeric.statistics import weighted_quantiles
from interviewfit.weightings._choices import Choice, JobChoice, TradeOff
from interviewfit.weightings._judgements import Judgements
from interviewfit.weightings._sampling import NormalPrior, WeightedDraws

# Draws by which choices are foretold.
_FORETOLD = 1021
# No choice is held to be less likely than exp of minus so much.
_LEAST = 700.0
# A choice that the others foretell less often is surprising; so many are named.
_SURPRISING, _NAMED = 0.05, 5
# From so many choices on it is said whether they tell anything: with how many standard
# errors they must, or with an error below how many times the usual one.
_MANY, _CLEARLY, _TWICE = 8, 2.0, 2.0


def contradictions(entries: Sequence[Choice]) -> Iterator[str]:
    """Choices that no priorities at all explain, each in a sentence."""
    seen: dict[tuple[tuple[str, float], ...], int] = {}
    both: list[tuple[int, int]] = []
    worse: list[int] = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, JobChoice):
            continue
        differences = sorted(entry.differences.items())
        opposite = tuple((name, -size) for name, size in differences)
        if opposite in seen:
            both.append((seen[opposite], number))
        seen.setdefault(tuple(differences), number)
        if max(size for _, size in differences) < 0.0:
            worse.append(number)
    for first, second in both[:_NAMED]:
        yield (
            f"Choices {first} and {second} contradict each other: of the same two jobs "
            "each is chosen once. Drop the one that you no longer mean."
        )
    if len(both) > _NAMED:
        more = number_of(len(both) - _NAMED, "more choice")
        contradict = "contradicts" if more.startswith("1 ") else "contradict"
        yield f"{more} {contradict} an earlier one."
    if worse:
        yield (
            f"{_listed(worse)} for a job that is better in nothing. Check whether the "
            "jobs were swapped."
        )


def foretold(
    judgements: Judgements,
    entries: Sequence[Choice],
    prior: NormalPrior,
    draws: WeightedDraws,
) -> Iterator[str]:
    """Choices that the others do not foretell, and whether they tell anything.

    The latter only where the error is large: pairs that are close, as those that
    ``next_choice`` proposes, call for a guess even from somebody who looks.

    Args:
        judgements, entries: The choices as numbers, and as they came.
        prior, draws: The prior and the posterior.
    """
    cumulated = np.cumsum(draws.weights)
    points = (np.arange(_FORETOLD) + 0.5) / _FORETOLD
    picked = np.minimum(np.searchsorted(cumulated, points), cumulated.size - 1)
    log_priorities, log_errors = draws.log_priorities[picked], draws.log_errors[picked]
    # The logarithm of the harmonic mean over the draws.
    alone = np.empty(judgements.counts.size)
    for kinds, gains in judgements.choice_gains(log_priorities, log_errors):
        inverse = np.exp(np.minimum(-gains, _LEAST)).mean(axis=1)
        alone[kinds] = -np.log1p(inverse)
    places = [n for n, entry in enumerate(entries, 1) if isinstance(entry, JobChoice)]
    scores = alone[judgements.kinds]
    unlikely = [
        place
        for place, score in zip(places, scores.tolist(), strict=True)
        if score < log(_SURPRISING)
    ]
    if unlikely:
        yield (
            f"{_listed(unlikely)} against what your other choices say. Look again; "
            "until you drop a choice, it counts."
        )
    if len(places) >= _MANY:
        gain = scores + log(2.0)
        error = sqrt(float(gain.var(ddof=1)) * len(places))
        middle = weighted_quantiles(draws.log_errors, draws.weights, [0.5])[0]
        is_random = middle > prior.error_mean + log(_TWICE)
        if is_random and float(gain.sum()) <= _CLEARLY * error:
            yield (
                "Your choices can hardly be told from the toss of a coin, so they "
                "narrow little. If you answered at random, start again; if the jobs "
                "were too much alike, choose between jobs that differ more."
            )


def _listed(places: Sequence[int]) -> str:
    """Which choices are meant, with the verb."""
    names = ", ".join(str(place) for place in places[:_NAMED])
    more = len(places) - _NAMED
    names += f" and {more:,} more" if more > 0 else ""
    return f"Choice {names} goes" if len(places) == 1 else f"Choices {names} go"


def silent(
    aspects: Sequence[str], entries: Sequence[Choice], who: Candidate
) -> Iterator[str]:
    """Stated priorities that no choice speaks of, and aspects that count for nothing.

    Neither is lost: the candidate keeps both, and is told how to learn them.

    Args:
        aspects, entries, who: That are learned, by which choices, of whom. A sentence
            for each kind.
    """
    unspoken = [
        f"{aspect} ({number:g})"
        for aspect, number in who.priorities.items()
        if number and aspect not in aspects and aspect != "pay"
    ]
    if unspoken and entries:
        yield (
            f"No choice speaks of {', '.join(unspoken)}, so the priority stays as you "
            "state it. Compare jobs that differ in it."
        )
    idle = {aspect for aspect, number in who.priorities.items() if not number}
    named = {
        aspect
        for entry in entries
        for aspect in (
            entry.differences
            if isinstance(entry, JobChoice)
            else [entry.aspect]
            if isinstance(entry, TradeOff)
            else []
        )
    }
    for aspect in sorted(idle & named):
        yield (
            f"You say that {aspect} counts for nothing, so it is not learned. Leave "
            "that priority out to learn it."
        )
