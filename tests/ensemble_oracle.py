"""Posterior moments by a long Markov chain, from the definition of the model.

Nothing here is shared with the library but the records of choices: the density is
written out choice by choice, and the sampler is the stretch move of J. Goodman and
J. Weare, Communications in Applied Mathematics and Computational Science 5 (2010)
65-80, in which half of the walkers move along lines through the other half.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit.weightings import JobChoice, TradeOff

Gap = Callable[[FloatArray], FloatColumn]
"""Percent of pay by which the fit beat the threshold, from ``(points, aspects)``."""


def log_density(
    aspects: Sequence[str],
    stated: Mapping[str, float],
    choices: Sequence[JobChoice | TradeOff],
    past: Sequence[tuple[Gap, bool]] = (),
) -> Callable[[FloatArray], FloatColumn]:
    """The density of log priorities and, last, of the log error, ``(points,)``."""
    means = np.array([stated.get(aspect, 1.0) for aspect in aspects])
    sds = np.array([np.log(5.0 if m <= 1 else max(5.0, 2 * m) / m) for m in means])
    sds /= 1.959963984540054
    centres = np.log(means) - sds**2 / 2.0

    def density(points: FloatArray) -> FloatColumn:
        error = np.exp(points[:, -1])
        priorities = {
            aspect: np.exp(points[:, number]) for number, aspect in enumerate(aspects)
        }
        priorities["pay"] = np.full(len(points), stated.get("pay", 1.0))
        total = -0.5 * (((points[:, :-1] - centres) / sds) ** 2).sum(axis=1)
        width = np.log(20.0 / 1.25) / (2.0 * 1.959963984540054)
        total -= 0.5 * ((points[:, -1] - np.log(5.0)) / width) ** 2
        for choice in choices:
            if isinstance(choice, TradeOff):
                worth = priorities[choice.aspect] * choice.change
                sd = error * np.pi / np.sqrt(3.0)
                off = (priorities["pay"] * choice.pay - worth) / sd
                total += -np.log(sd) - 0.5 * off**2
                continue
            first = sum(priorities[name] * size for name, size in choice.chosen.items())
            other = sum(
                priorities[name] * size for name, size in choice.rejected.items()
            )
            total -= np.log1p(np.exp(np.clip((other - first) / error, -700, 700)))
        for gap, stayed in past:
            lead = gap(np.exp(points[:, :-1])) / error * (1.0 if stayed else -1.0)
            total -= np.log1p(np.exp(np.clip(-lead, -700, 700)))
        return np.asarray(total)

    return density


def moments(
    density: Callable[[FloatArray], FloatColumn],
    dimensions: int,
    *,
    walkers: int = 600,
    steps: int = 8_000,
    seed: int = 0,
) -> tuple[FloatColumn, FloatColumn]:
    """Mean and standard deviation of each coordinate, ``(dimensions,)`` both."""
    rng = np.random.default_rng(seed)
    points = 0.3 * rng.normal(size=(2, walkers // 2, dimensions))
    values = np.array([density(half) for half in points])
    count, total, squares = 0, np.zeros(dimensions), np.zeros(dimensions)
    for step in range(steps):
        for side in (0, 1):
            half = walkers // 2
            stretch = (1.0 + rng.random(half)) ** 2 / 2.0
            partners = points[1 - side][rng.integers(half, size=half)]
            trial = partners + stretch[:, None] * (points[side] - partners)
            value = density(trial)
            accept = (dimensions - 1) * np.log(stretch) + value - values[side]
            moved = np.log(rng.random(half)) < accept
            points[side][moved], values[side][moved] = trial[moved], value[moved]
        if step >= steps // 5:
            flat = points.reshape(-1, dimensions)
            count += len(flat)
            total += flat.sum(axis=0)
            squares += (flat**2).sum(axis=0)
    mean = total / count
    return mean, np.sqrt(squares / count - mean**2)
