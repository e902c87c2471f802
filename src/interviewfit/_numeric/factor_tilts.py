"""Factors of rare passes, tilted to where those are who passed.

Whoever has passed what next to nobody passes is far out in the normal belief, where it
is a small difference of large numbers. A belief of z with the factor H is that with the
factor H(z) exp(-t z) if the normal part is tilted the other way:

    normal(z; m, v) H(z)  ~  normal(z; m + t v, v) H(z) exp(-t z)

and a fact that adds a with the chance c then adds it with the chance c exp(t a) / (1 -
c + c exp(t a)). News act on both alike, so that nothing else changes. With t the slope
of log H where the belief is densest, what is left of the factor is largest there, and
nothing is lost.

References: F. Esscher, "On the Probability Function in the Collective Theory of Risk",
Skandinavisk Aktuarietidskrift 15 (1932) 175-195, for the tilt; S. Asmussen and P. W.
Glynn, "Stochastic Simulation" (2007), for its use where events are rare.
"""

import numpy as np
from attrs import evolve

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import BoolArray, FloatArray
from interviewfit._numeric.probit_factors import ProbitFactors, spacing_class

# Where the factor now is known to so much, there is nothing to gain.
_EXACT = 1e-8
# Nobody is further out, in standard deviations, whom a number can count.
_MOST = 45.0
_STEPS = 10
# Further out the distribution function is below all numbers.
_FARTHEST = 30.0


def tilt_of(factors: ProbitFactors, behind: int, mean: FloatArray) -> FloatArray:
    """The slope t of log H where a belief is densest, ``(rows, 1)``.

    It is 0 where passes are not so rare that rounding would matter; with a correlation
    of 1 or -1, where the mean passes.

    Args:
        factors: Of which the first *behind* have come.
        behind: How many passes there were.
        mean: Of z without them, in units of its standard deviation, ``(rows, 1)``.
    """
    nothing = np.zeros(mean.shape)
    if not behind:
        return nothing
    if factors.is_sharp:
        peak = _sharp_peak(factors, behind, mean)
        return np.clip(peak - mean, -_MOST, _MOST)
    slope, bar = factors.slope[:, :behind], factors.intercept[:, :behind]
    passed = normal.cdf(bar + slope * mean)
    # Half of a normal belief lies where its factor is above that of its mean, and no
    # factor is above the odds of a hint over the rates.
    most = np.maximum(1.0, factors.hint)
    now = np.maximum(passed.prod(axis=1, keepdims=True), 1e-300)
    rare = 2.0**-51 * most > _EXACT * now
    if not rare.any():
        return nothing
    way = np.clip(_peak(factors, behind, mean) - mean, -_MOST, _MOST)
    return np.where(rare, way, 0.0)


def _sharp_peak(factors: ProbitFactors, behind: int, mean: FloatArray) -> FloatArray:
    """Where a belief is densest with a correlation of 1 or -1: at a bar, or its mean.

    Args:
        factors, behind, mean: As ``tilt_of`` takes them.
    """
    side = np.sign(factors.slope[:, :1])
    bars = side * factors.intercept[:, :behind]
    return np.asarray(side * np.maximum(side * mean, bars.max(axis=1, keepdims=True)))


def _peak(factors: ProbitFactors, behind: int, mean: FloatArray) -> FloatArray:
    """Where a belief is densest, nearly, by Newton's method.

    The logarithm of each pass is concave, and its slope is convex, so that no step from
    the mean leads too far.

    Args:
        factors, behind, mean: As ``tilt_of`` takes them; a point for each row comes
            back.
    """
    slope, bar = factors.slope[:, :behind], factors.intercept[:, :behind]
    point = mean
    for _ in range(_STEPS):
        score = bar + slope * point
        density, below = normal.pdf_cdf(np.maximum(score, -_FARTHEST))
        # Far out the ratio is about the distance.
        further = np.minimum(score, -_FARTHEST)
        ratio = np.where(score < -_FARTHEST, -further - 1.0 / further, density / below)
        pull = (slope * ratio).sum(axis=1, keepdims=True)
        bend = (slope * slope * ratio * (ratio + score)).sum(axis=1, keepdims=True)
        point = point + (pull + mean - point) / (1.0 + bend)
    return np.asarray(point)


def tilted_factors(
    factors: ProbitFactors, behind: int, tilt: FloatArray, shift: FloatArray
) -> ProbitFactors:
    """Factors times exp(-t z), with z counted from another point.

    They vary on as little as the product of all passes behind does.

    Args:
        factors, behind: As ``tilt_of`` takes them.
        tilt: t, ``(rows, 1)``.
        shift: The point from which z is counted, likewise.
    """
    is_sharp, is_tilted = factors.is_sharp, tilt != 0.0
    bar = factors.intercept + (0.0 if is_sharp else factors.slope) * shift
    if is_sharp:
        bar = bar - shift
    steepest = np.abs(factors.slope).max(axis=1, keepdims=True)
    classes = np.where(
        is_tilted & ~np.isinf(steepest),
        spacing_class(steepest * np.sqrt(1.0 + behind)),
        factors.classes,
    )
    return evolve(
        factors,
        intercept=np.where(is_tilted, bar, factors.intercept),
        classes=classes,
        tilt=tilt,
    )


def tilted_chance(chance: FloatArray, size: FloatArray, tilt: FloatArray) -> FloatArray:
    """The chance of a fact that a tilt moves, of any shape.

    Args:
        chance: That it holds.
        size: What it adds to z.
        tilt: t, of a shape that fits.
    """
    power = tilt * size
    holds = chance * np.exp(np.minimum(0.0, power))
    fails = (1.0 - chance) * np.exp(np.minimum(0.0, -power))
    is_open: BoolArray = holds + fails > 0.0
    moved = holds / np.where(is_open, holds + fails, 1.0)
    return np.where(is_open & (power != 0.0), moved, chance)


def tilted_shares(
    probability: FloatArray, shift: FloatArray, tilt: FloatArray
) -> FloatArray:
    """The probabilities of shifts that a tilt moves, ``(rows, shifts)``.

    Args:
        probability, shift: Of all that facts may add to z, likewise.
        tilt: t, ``(rows, 1)``.
    """
    power = tilt * shift
    share = probability * np.exp(power - power.max(axis=1, keepdims=True))
    share = share / share.sum(axis=1, keepdims=True)
    return np.where(tilt != 0.0, share, probability)
