"""Intercepts of probit passes: which leave the stated share of a belief.

With the chance cdf(a + b z) to pass at a point z, the share of a belief that passes
grows with a, so there is one a for each share.

Reference: J. F. Traub, "Iterative Methods for the Solution of Equations" (1964), for
Halley's method.
"""

from math import inf, sqrt
from statistics import NormalDist

import numpy as np

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray

_MOST_STEPS = 100
_TOLERANCE, _LAST_STEP, _LEAST_BRACKET = 1e-14, 1e-5, 1e-13
# Of so few points, the distribution function is quicker one by one.
_FEW_POINTS = 128
# Beyond every point: whoever has this intercept always passes.
_ALWAYS, _BEYOND = 1e3, 40.0
_STANDARD = NormalDist()


def quantile(probability: FloatArray) -> FloatArray:
    """The standard normal quantile of probabilities above 0 and below 1, any shape."""
    inverse = _STANDARD.inv_cdf
    flat = [inverse(p) for p in probability.ravel().tolist()]
    return np.array(flat).reshape(probability.shape)


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
    if len(rate) == 1:
        return _intercept_of_one(slope, rate, points, weights)
    mean = (weights * points).sum(axis=1, keepdims=True)
    spread = (weights * (points - mean) ** 2).sum(axis=1, keepdims=True)
    certain = rate >= 1.0
    guess = quantile(np.where(certain, 0.5, rate))
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
        density, below = _distribution(score)
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


def _intercept_of_one(
    slope: FloatArray, rate: FloatArray, points: FloatArray, weights: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """As ``intercept_of``, of a single row, which is quicker.

    Args:
        slope, rate, points, weights: As ``intercept_of`` takes them.
    """
    steepness, stated = slope.item(), rate.item()
    shifts, chances = steepness * points[0], weights[0]
    reach = float(np.abs(shifts).max()) + _BEYOND
    if stated >= 1.0:
        return np.array([[_ALWAYS + reach]]), np.ones(points.shape)
    middle = float(chances @ shifts)
    spread = float(chances @ (shifts * shifts)) - middle * middle
    value = _STANDARD.inv_cdf(stated) * sqrt(1.0 + max(0.0, spread)) - middle
    low, high = -reach, reach
    while True:
        score = value + shifts
        density, below = (part[0] for part in _distribution(score[None]))
        weighted = chances * density
        excess, rise = float(chances @ below) - stated, float(weighted.sum())
        bend = -float(weighted @ score)
        low, high = (value, high) if excess < 0.0 else (low, value)
        step = excess / rise if rise > 0.0 else inf
        slowing = 1.0 - 0.5 * step * bend / rise if rise > 0.0 else 1.0
        halley = value - step / slowing if slowing else inf
        is_near = abs(excess) <= _TOLERANCE * stated or halley == value
        inside = low < halley < high
        following = halley if inside else value if is_near else 0.5 * (low + high)
        is_near |= inside and abs(step) <= _LAST_STEP
        if is_near or high - low <= _LEAST_BRACKET * reach:
            passed = _moved(following - value, score, density, below)
            return np.array([[following]]), passed[None]
        value = following


def _moved(
    move: FloatArray | float, score: FloatArray, density: FloatArray, below: FloatArray
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
        moved = np.where(far, _distribution(score + move)[1], moved)
    return np.asarray(moved)


def _distribution(score: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The standard normal density and distribution function at some points.

    A batch takes the same path for any number of rows, so that no bit of a row depends
    on the others; a single row of few points goes one by one, which is quicker there.

    Args:
        score: ``(rows, points)``.
    """
    if len(score) == 1 and score.size <= _FEW_POINTS:
        return normal.small_pdf_cdf(score)
    return normal.pdf_cdf(score)
