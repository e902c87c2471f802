"""The posterior of a pass rate when answers are late, missing or without a day.

A process passes a stage with probability p. If it passes, the news comes after a time
with mean m_P; if it fails, the refusal is ever sent with probability q, after a time
with mean m_R. Times are exponential, with S(t) = exp(-t / mean). Then

    passed after l to u days        p (S_P(l) - S_P(u + 1))
    refused after l to u days       (1 - p) q (S_R(l) - S_R(u + 1))
    no news for d days              p S_P(d + 1) + (1 - p) (1 - q (1 - S_R(d + 1)))

with u infinite where a day is not known, and d in place of d + 1 where the process
ended otherwise on day d. The prior of p is a Beta; those of the means are log-normal
around 20 days, with 1.2 as the standard deviation of the logarithm, and q is uniform.
All are integrated out: were the share of silence taken as known, the interval of p
would be too narrow where waits are long.

For each pair of means and each q the posterior of p is close to a Beta, and is replaced
by the Beta of its mean and variance; the result is the mixture of these.

Reference: V. Farewell, Biometrics 38 (1982) 1041-1046, for mixtures with long-term
survivors.
"""

from collections import Counter
from collections.abc import Iterable
from math import log
from typing import TypeAlias

import numpy as np

from interviewfit._model.vocabulary import Answer
from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.beta_mixture import BetaMixture, beta_posterior
from interviewfit.history._waits import NEWS, Wait

_MEANS = np.exp(np.linspace(log(1.0), log(400.0), 12))
_LOG_PRIOR = -0.5 * ((np.log(_MEANS) - log(20.0)) / 1.2) ** 2
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(5)
_SENT, _LOG_SENT_PRIOR = (_NODES + 1.0) / 2.0, np.log(_WEIGHTS / 2.0)
_POINTS = 61
_REFINEMENTS = 5
_MOST_LENGTHS = 24
_PATIENCE = 45
"""Days without news after which a process is marked as silent, if no day is known."""

_SMALLEST_SHAPE = 1e-3
_NEGLIGIBLE_WEIGHT = 1e-5
_TINY = 1e-300


WaitCounts: TypeAlias = Counter[tuple[Answer, int, int | None]]
"""How many waits there are of each answer and of each shortest and longest length."""


def wait_key(wait: Wait) -> tuple[Answer, int, int | None]:
    """Return what the posterior knows of a wait: its answer and bounds in days."""
    least = wait.least_days
    if wait.answer is Answer.SILENT and wait.days is None:
        least = max(least, _PATIENCE)
    return wait.answer, least, wait.most_days


def rate_posterior(
    alpha: float, beta: float, waits: Iterable[Wait] | WaitCounts
) -> BetaMixture:
    """Return the posterior of a pass rate with the prior Beta(*alpha*, *beta*).

    Args:
        alpha: First shape of the prior, at least 0.
        beta: Second shape of the prior, at least 0.
        waits: All waits at the stage, or how many there are of each kind; each news
            counts as one observation.
    """
    kinds = waits if isinstance(waits, Counter) else Counter(map(wait_key, waits))
    news = {answer: _bounds_of(kinds, answer) for answer in NEWS}
    passes, refusals = (
        int(news[answer][1].sum()) for answer in (Answer.PASSED, Answer.REFUSED)
    )
    lengths, counts = _silences(kinds)
    if not len(lengths):
        return beta_posterior(alpha, beta, passes, refusals, [])
    a = max(alpha, _SMALLEST_SHAPE) + passes
    b = max(beta, _SMALLEST_SHAPE) + refusals
    survival = np.exp(-(lengths + 1.0) / _MEANS[:, None])
    log_pass = _LOG_PRIOR + _log_news(*news[Answer.PASSED])
    log_fail = (_LOG_PRIOR + _log_news(*news[Answer.REFUSED]))[:, None] + (
        refusals * np.log(_SENT) + _LOG_SENT_PRIOR
    )
    silent_fail = 1.0 - _SENT[None, :, None] * (1.0 - survival[:, None, :])
    silent_fail = silent_fail.reshape(-1, len(lengths))
    # One row for each pair of a mean time to a pass and a node of the failures.
    weights = (log_pass[:, None] + log_fail.ravel()).ravel()
    if_passing = np.repeat(survival, len(silent_fail), axis=0)
    if_failing = np.tile(silent_fail, (len(survival), 1))
    low = log(a / (b + counts.sum())) - 9.0 * np.sqrt(1.0 / a + 1.0 / b)
    high = log((a + counts.sum()) / b) + 9.0 * np.sqrt(1.0 / a + 1.0 / b)
    rate = density = np.empty(0)
    for step in range(_REFINEMENTS):
        logit = np.linspace(low, high, _POINTS if step else _POINTS // 2)
        rate = 1.0 / (1.0 + np.exp(-logit))
        density = weights[:, None] + a * np.log(rate) - b * np.logaddexp(0.0, logit)
        for x, y, count in zip(if_passing.T, if_failing.T, counts, strict=True):
            chance = x[:, None] * rate + y[:, None] * (1.0 - rate)
            density += count * np.log(np.maximum(chance, _TINY))
        density = np.exp(density - density.max())
        marginal = density.sum(axis=0)
        mean = float(np.average(logit, weights=marginal))
        sd = float(np.sqrt(np.average((logit - mean) ** 2, weights=marginal)))
        reach = 9.0 * max(sd, 1.5 * (logit[1] - logit[0]))
        narrow = max(low, mean - reach), min(high, mean + reach)
        if step and narrow[1] - narrow[0] > 0.7 * (high - low):
            break
        low, high = narrow
        kept = density.max(axis=1) > _NEGLIGIBLE_WEIGHT
        weights, if_passing, if_failing = (
            weights[kept],
            if_passing[kept],
            if_failing[kept],
        )
    return _mixture(rate, density)


def _silences(waits: WaitCounts) -> tuple[FloatArray, FloatArray]:
    """Return the days without news of waits without an answer, and how many had each.

    Where there are more than 24 different lengths, neighbours are taken together at
    their mean.

    Args:
        waits: How many waits there are of each kind.
    """
    days = Counter[int]()
    for (answer, least, _), count in waits.items():
        if answer not in NEWS:
            # Who withdraws on a day has not waited for the news of that day.
            days[least - (answer in (Answer.WITHDREW, Answer.CLOSED))] += count
    lengths = np.array(sorted(days), dtype=np.float64)
    counts = np.array([days[int(length)] for length in lengths], dtype=np.int64)
    # A wait of no day says nothing.
    lengths, counts = lengths[lengths >= 0.0], counts[lengths >= 0.0]
    if len(lengths) > _MOST_LENGTHS:
        ranks = np.cumsum(counts) - counts / 2.0
        groups = (ranks / counts.sum() * _MOST_LENGTHS).astype(np.int64)
        total = np.bincount(groups, counts)
        means = np.bincount(groups, counts * lengths)
        lengths, counts = means[total > 0] / total[total > 0], total[total > 0]
    return lengths, counts.astype(np.float64)


def _bounds_of(waits: WaitCounts, answer: Answer) -> tuple[FloatArray, FloatArray]:
    """Return the bounds of the waits that ended in an answer, and how many had each.

    Args:
        waits: How many waits there are of each kind.
        answer: The answer.

    Returns:
        The shortest length and one day more than the longest, ``(kinds, 2)``, and
        counts, ``(kinds,)``.
    """
    bounds = sorted(
        ((least, np.inf if most is None else most + 1.0), count)
        for (given, least, most), count in waits.items()
        if given is answer
    )
    pairs = np.array([pair for pair, _ in bounds], dtype=np.float64).reshape(-1, 2)
    return pairs, np.array([count for _, count in bounds], dtype=np.float64)


def _log_news(unique: FloatArray, counts: FloatArray) -> FloatArray:
    """Return the log-likelihood of the days of some news, for each mean time.

    Args:
        unique: Bounds of their waits, days, ``(kinds, 2)``.
        counts: How many had each, ``(kinds,)``.
    """
    low, high = (np.exp(-unique[:, side] / _MEANS[:, None]) for side in (0, 1))
    result: FloatArray = np.log(np.maximum(low - high, _TINY)) @ counts
    return result


def _mixture(rate: FloatArray, density: FloatArray) -> BetaMixture:
    """Return a mixture of the Betas with the means and variances of some densities.

    Args:
        rate: Points of the pass rate, ``(points,)``.
        density: Densities in the logit of the rate, ``(nodes, points)``.
    """
    mass = density.sum(axis=-1)
    weights = mass / mass.sum()
    kept = weights > _NEGLIGIBLE_WEIGHT
    shares = density[kept] / mass[kept][:, None]
    means = shares @ rate
    variances = np.maximum(((rate - means[:, None]) ** 2 * shares).sum(axis=1), 1e-12)
    total = np.maximum(means * (1.0 - means) / variances - 1.0, 1e-6)
    weights = weights[kept] / weights[kept].sum()
    return BetaMixture(
        tuple(weights.tolist()),
        tuple((means * total).tolist()),
        tuple(((1.0 - means) * total).tolist()),
    )
