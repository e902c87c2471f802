"""Intercepts of probit passes: which leave the stated share of a belief.

With the chance cdf(a + b z) to pass at a point z, the share of a belief that passes
grows with a, so there is one a for each share.

All passes of a single row are found at once by Newton's method for the equations E[H_j]
= 1 (``probit_factors``): d E[H_j] / d a_k = E[H_j pdf / cdf] for k < j, and 0 for the
others. It begins where the belief stands if a normal one with the same mean and
variance takes its place after each pass, which is near where slopes are small.

References: J. F. Traub, "Iterative Methods for the Solution of Equations" (1964), for
Halley's and Newton's methods; C. E. Rasmussen and C. K. I. Williams, "Gaussian
Processes for Machine Learning" (2006), section 3.9, for the moments of a normal belief
after a pass.
"""

from math import exp, sqrt

import numpy as np

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.normal import ROOT_TWO_PI
from interviewfit._numeric.statistics import normal_quantile

_MOST_STEPS = 100
_TOLERANCE, _LAST_STEP, _LEAST_BRACKET = 1e-14, 1e-5, 1e-13
# The error after a step of Newton's method is about its square. Where so many steps do
# not do, passes are found one after another.
_LAST_NEWTON, _MOST_NEWTON = 1e-8, 12
# Beyond every point: whoever has this intercept always passes.
_ALWAYS, _BEYOND = 1e3, 40.0


def intercept_of(
    slope: FloatArray, rate: FloatArray, points: FloatArray, weights: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The intercept that passes a share of a belief, and who passes with it.

    By Halley's method in a bracket; the share grows with the intercept, so there is
    one. The last step is so short that the chances of a pass follow it to the last
    digit by the first terms of their series.

    Args:
        slope, rate: Shape ``(rows, 1)``.
        points, weights: The belief, ``(rows, points)``; weights add up to 1.

    Returns:
        The intercept, ``(rows, 1)``; the chances at the points, ``(rows, points)``.
    """
    mean = (weights * points).sum(axis=1, keepdims=True)
    spread = (weights * (points - mean) ** 2).sum(axis=1, keepdims=True)
    certain = rate >= 1.0
    guess = normal_quantile(np.where(certain, 0.5, rate))
    # Exact for a normal belief.
    value = guess * np.sqrt(1.0 + slope * slope * spread) - slope * mean
    reach = np.abs(slope) * np.abs(points).max(axis=1, keepdims=True) + _BEYOND
    low, high = -reach, reach
    moving = ~certain
    passed = np.ones(points.shape)
    shifts = slope * points
    for _ in range(_MOST_STEPS):
        if not moving.any():
            break
        score = value + shifts
        density, below = normal.pdf_cdf(score)
        weighted = weights * density
        excess = (weights * below).sum(axis=1, keepdims=True) - rate
        rise = weighted.sum(axis=1, keepdims=True)
        bend = -(weighted * score).sum(axis=1, keepdims=True)
        low = np.where(excess < 0.0, value, low)
        high = np.where(excess > 0.0, value, high)
        with np.errstate(all="ignore"):
            step = excess / rise
            halley = value - step / (1.0 - 0.5 * step * bend / rise)
        inside = (halley > low) & (halley < high)
        # A step from an end of the bracket may be lost in rounding: that end is it.
        arrived = (np.abs(excess) <= _TOLERANCE * rate) | (halley == value)
        middle = np.where(arrived, value, 0.5 * (low + high))
        following = np.where(inside, halley, middle)
        # The error after a step is about its cube. Rows that have arrived stay put, so
        # that no row depends on another.
        ends = ((np.abs(step) <= _LAST_STEP) & inside) | arrived
        ends |= high - low <= _LEAST_BRACKET * reach
        ends &= moving
        if ends.any():
            np.copyto(
                passed, _moved(following - value, score, density, below), where=ends
            )
        value = np.where(moving, following, value)
        moving &= ~ends
    return np.where(certain, _ALWAYS + reach, value), passed


def intercepts_of_one(
    slope: FloatArray, rate: FloatArray, points: FloatArray, weights: FloatArray
) -> FloatArray | None:
    """The intercepts of all passes of a single row, at once.

    Args:
        slope, rate: Shape ``(1, passes)``.
        points, weights: The belief before all passes, ``(1, points)``; weights add up
            to 1.

    Returns:
        Shape ``(1, passes)``; None where Newton's method does not arrive, as with steep
        slopes.
    """
    z, chances, result = points[0], weights[0], np.empty_like(rate)
    certain = rate[0] >= 1.0
    if certain.any():
        result[0, certain] = _ALWAYS + np.abs(slope).max() * np.abs(z).max() + _BEYOND
    is_open = ~certain
    steepness, stated = slope[0, is_open], rate[0, is_open, None]
    value = _guesses(steepness, stated, z, chances)
    shifts = steepness[:, None] * z
    before = np.tri(value.size)
    for _ in range(_MOST_NEWTON):
        density, below = normal.pdf_cdf(value[:, None] + shifts)
        factors = np.multiply.accumulate(below / stated, axis=0) * chances
        with np.errstate(all="ignore"):
            rises = (factors @ (density / below).T) * before
        try:
            step = np.linalg.solve(rises, factors.sum(axis=1) - 1.0)
        except np.linalg.LinAlgError:
            return None
        value = value - step
        longest = float(np.abs(step).max(initial=0.0))
        if longest <= _LAST_NEWTON:
            result[0, is_open] = value
            return result
        if not longest < _BEYOND:
            return None
    return None


def _guesses(
    slope: FloatColumn, rate: FloatArray, points: FloatColumn, weights: FloatColumn
) -> FloatColumn:
    """Intercepts if what is believed were normal after each pass, ``(passes,)``.

    Args:
        slope: Shape ``(passes,)``.
        rate: Below 1, ``(passes, 1)``.
        points, weights: The belief before all passes, ``(points,)``.
    """
    mean = float(weights @ points)
    variance = max(0.0, float(weights @ (points * points)) - mean * mean)
    guesses = []
    scores = normal_quantile(rate[:, 0]).tolist()
    for steepness, share, score in zip(
        slope.tolist(), rate[:, 0].tolist(), scores, strict=True
    ):
        width = sqrt(1.0 + steepness**2 * variance)
        guesses.append(score * width - steepness * mean)
        # What a pass tells on average, and by how much the variance falls.
        ratio = exp(-0.5 * score * score) / (ROOT_TWO_PI * share)
        lean = steepness * variance / width
        mean += lean * ratio
        variance = max(0.0, variance - lean * lean * ratio * (ratio + score))
    return np.array(guesses)


def _moved(
    move: FloatArray, score: FloatArray, density: FloatArray, below: FloatArray
) -> FloatArray:
    """The distribution function a little further, by the first terms of its series.

    The next term is of the fourth order. Where all but next to nobody passes the last
    step may be longer: it is worked out anew there.

    Args:
        move: By how much.
        score: The points, any shape.
        density, below: Density and distribution function there, likewise.
    """
    bent = score - move * (score * score - 1.0) / 3.0
    moved = below + density * (move * (1.0 - 0.5 * move * bent))
    far = np.abs(move) > _LAST_STEP
    if np.any(far):
        moved = np.where(far, normal.pdf_cdf(score + move)[1], moved)
    return np.asarray(moved)
