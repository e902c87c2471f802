"""Thresholds: where the continuation value just pays for the exit.

With V(m) the continuation value above its floor, convex and increasing, and g > 0 the
gap between the floor and the exit, the threshold t solves V(t) = g.

Newton's method is applied to log(V(m) / g), nearly straight because V falls off like a
normal tail, then inverse cubic Hermite interpolation to the last two iterates. Rows on
which that does not converge in a few steps are bracketed: a plain Newton step of a
convex function ends right of its root, and bisection bounds the root from the left. The
value of the chain changes only with the square of an error in a threshold.

Reference: J. F. Traub, "Iterative Methods for the Solution of Equations" (1964), for
Newton's method and inverse interpolation with derivatives.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from math import inf, log, ulp
from typing import TypeVar

import numpy as np
from attrs import evolve

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import take_rows
from interviewfit._solver.value_function import ContinuationValue, Path

T = TypeVar("T", float, FloatArray)

# Both in standard deviations; Newton's error is squared in each step.
_STEP_TOLERANCE, _HERMITE_TOLERANCE = 1e-7, 1e-9
_SPACINGS = 4.0
_MOST_NEWTON_STEPS = 8
_MOST_BRACKET_STEPS = 200
# How far log(V / g) may be from 0 where a step is short.
_RESIDUAL_TOLERANCE = 1e-3
# To which share of what it was a fast step brings log(V / g), and from where on
# tangents are fast in any case, because each brings it down by about 1.
_FAST, _FEW_TANGENTS = 0.75, 6.0


def find_threshold(
    continuation: ContinuationValue,
    gap: FloatArray,
    continuation_strike: FloatArray,
    strike: FloatArray,
    rows: IndexArray | None = None,
) -> FloatArray:
    """The mean at which the continuation value equals the exit, in every row.

    Args:
        continuation: Continuation value of the step.
        gap: Exit minus the floor, hours, above 0, shape ``(rows, 1)``.
        continuation_strike, strike: Where the asymptote of the value meets its floor
            and the exit, hours, same shape; the latter never left of the threshold.
        rows: The row of *continuation* of each; all in their order by default.
    """
    sd, spread, slope = continuation.steps.sd, continuation.spread, continuation.slope
    count = len(sd)
    if rows is None or rows.size == count:
        rows = np.arange(count)
    else:
        sd, spread, slope = sd[rows], spread[rows], slope[rows]
    if continuation.path is not Path.ROWS and continuation.has_points[rows].any():
        columns = (sd, gap, strike, slope, spread, continuation_strike)
        numbers = [column[:, 0].tolist() for column in columns]
        has_points = continuation.has_points[rows].tolist()
        alone = [
            _threshold_alone(continuation.of_one_point(row), of_row) if easy else None
            for row, easy, *of_row in zip(
                rows.tolist(), has_points, *numbers, strict=True
            )
        ]
        if None not in alone:
            return np.array(alone)[:, None]
        found = np.array(alone, dtype=np.float64)[:, None]
        left = np.flatnonzero(np.isnan(found))
        by_rows, ahead = evolve(continuation, path=Path.ROWS), continuation_strike[left]
        found[left] = find_threshold(
            by_rows, gap[left], ahead, strike[left], rows[left]
        )
        return found
    continuation = take_rows(continuation, rows, count)
    target = np.log(gap / (slope * spread))
    log_gains, scores = _call_payoff_table()
    guess = continuation_strike + spread * np.interp(target, log_gains, scores)
    point = np.where((guess < strike) & (target < log_gains[-1]), guess, strike)
    tolerance = _tolerance(sd, point)
    moving = np.ones(point.shape, dtype=np.bool_)
    unconverged = np.zeros_like(moving)
    previous: tuple[FloatArray, FloatArray, FloatArray] | None = None
    for _ in range(_MOST_NEWTON_STEPS):
        sample = continuation.at(point)
        residual = np.log(gap / sample.value)
        inverse_slope = sample.value / sample.slope
        following = point + residual * inverse_slope
        arrived = np.abs(following - point) <= tolerance
        # A short step is an arrival only if the value is right as well.
        off = ~(np.abs(residual) < _RESIDUAL_TOLERANCE)
        unconverged |= moving & arrived & off
        if previous is not None:
            iterate = (point, residual, inverse_slope)
            cubic, error = _hermite_inverse(previous, iterate, following)
            trusted = (error <= _HERMITE_TOLERANCE * sd) & (np.abs(previous[1]) < 1.0)
            following = np.where(trusted, cubic, following)
            arrived |= trusted
            unconverged &= ~(moving & trusted)
        previous = point, residual, inverse_slope
        # Rows that have arrived stay put, so that no row depends on another.
        point = np.where(moving, following, point)
        moving = moving & ~arrived
        if not np.isfinite(point[moving]).any():
            break
    rows = np.flatnonzero(unconverged | moving | ~(point <= strike))
    if rows.size:
        point[rows] = _bracketed_newton(
            continuation, rows, gap[rows], point[rows], strike[rows]
        )
    return point


def _threshold_alone(
    value_and_slope: Callable[[float], tuple[float, float]], numbers: Sequence[float]
) -> float | None:
    """A threshold in floats, as ``find_threshold`` has it; None if not so easily.

    Newton's steps on the logarithm are tried first, and where they do not converge
    soon, as before news that is a fact or not, the threshold is bracketed.

    Args:
        value_and_slope, numbers: As ``_newton_alone`` takes them.
    """
    threshold = _newton_alone(value_and_slope, numbers)
    if threshold is None:
        sd, gap, strike, *_ = numbers
        threshold = _bracketed_alone(value_and_slope, sd, gap, strike)
    return threshold


def _newton_alone(
    value_and_slope: Callable[[float], tuple[float, float]], numbers: Sequence[float]
) -> float | None:
    """A threshold by Newton's steps in floats; None if these do not converge soon.

    Args:
        value_and_slope: Continuation value of a row.
        numbers: Standard deviation of its normal change, exit minus floor, the most
            that the threshold can be, hours; slope and spread of the asymptote, and
            where that meets the floor, hours.
    """
    sd, gap, strike, slope, spread, continuation_strike = numbers
    try:
        target = log(gap / (slope * spread))
    except (ArithmeticError, ValueError):
        return None
    point = strike
    if target < _call_payoff_lists()[0][-1]:
        point = min(strike, continuation_strike + spread * _score_of(target))
    tolerance = max(_STEP_TOLERANCE * sd, _SPACINGS * ulp(point))
    previous: tuple[float, float, float] | None = None
    for _ in range(_MOST_NEWTON_STEPS):
        value, steepness = value_and_slope(point)
        # A gap may be next to nothing against the value.
        if not (value > 0.0 and steepness > 0.0 and gap / value > 0.0):
            return None
        residual, inverse_slope = log(gap / value), value / steepness
        following = point + residual * inverse_slope
        iterate = point, residual, inverse_slope
        if previous is not None and previous[1] != residual:
            cubic, error = _hermite_inverse(previous, iterate, following)
            if error <= _HERMITE_TOLERANCE * sd and abs(previous[1]) < 1.0:
                return cubic if cubic <= strike else None
        if abs(following - point) <= tolerance:
            arrived = abs(residual) < _RESIDUAL_TOLERANCE and following <= strike
            return following if arrived else None
        previous, point = iterate, following
    return None


def _bracketed_alone(
    value_and_slope: Callable[[float], tuple[float, float]],
    sd: float,
    gap: float,
    strike: float,
) -> float | None:
    """A threshold by the steps of ``_bracketed_newton`` in floats, for a single row.

    In arrays each of these steps takes far longer than its arithmetic, and most rows
    before news that is a fact or not need some of them.

    Args:
        value_and_slope: Continuation value of a row.
        sd: Standard deviation of its normal change, hours.
        gap, strike: Exit minus floor, and where to start, hours.

    Returns:
        Hours; None where a value is no number, or says nothing of the threshold.
    """
    point, low, high, last = strike, -inf, strike, inf
    by_tangent = trusts = False
    for _ in range(_MOST_BRACKET_STEPS):
        value, slope = value_and_slope(point)
        below, positive = value < gap, value > 0.0
        if not (slope > 0.0 or (slope == 0.0 and below)):
            return None
        low, high = (point, high) if below else (low, point)
        newton, distance = high, inf
        if slope:
            high = min(high, max(point - (value - gap) / slope, low))
        if slope and positive and gap / value > 0.0:
            residual = log(gap / value)
            newton, distance = point + residual * value / slope, abs(residual)
        tolerance = max(_STEP_TOLERANCE * sd, _SPACINGS * ulp(point))
        is_near = distance < _RESIDUAL_TOLERANCE and newton <= strike
        if is_near and abs(newton - point) <= tolerance:
            return newton
        trusts = positive and (trusts or not by_tangent)
        is_fast = distance <= max(_FAST * last, _FEW_TANGENTS)
        goes_on = trusts and is_fast and low < newton < high
        halves = positive and not is_fast and low > -inf
        following = 0.5 * (low + high) if halves else newton if goes_on else high
        by_tangent, last = not (halves or goes_on), distance if positive else last
        stays = not halves and abs(following - point) <= tolerance
        if stays or high - low <= tolerance:
            return following
        point = following
    return None


@cache
def _call_payoff_table() -> tuple[FloatArray, FloatArray]:
    """Logarithm of ``E[max(0, z + Z)]``, increasing, and the scores z it belongs to."""
    scores = np.linspace(-38.0, 8.0, 2001)
    return np.log(normal.unit_normal_loss(-scores)), scores


@cache
def _call_payoff_lists() -> tuple[list[float], list[float]]:
    """The same table in Python's own floats."""
    log_gains, scores = _call_payoff_table()
    return log_gains.tolist(), scores.tolist()


def _score_of(log_gain: float) -> float:
    """What ``np.interp`` finds in the table, for one number within it."""
    log_gains, scores = _call_payoff_lists()
    after = max(1, bisect_right(log_gains, log_gain))
    low, high = log_gains[after - 1], log_gains[after]
    slope = (scores[after] - scores[after - 1]) / (high - low)
    return scores[after - 1] + slope * max(0.0, log_gain - low)


def _tolerance(sd: FloatArray, point: FloatArray) -> FloatArray:
    """How far a threshold may be off, hours.

    Args:
        sd, point: Standard deviation and threshold, hours, of one shape.
    """
    return np.maximum(_STEP_TOLERANCE * sd, _SPACINGS * np.spacing(np.abs(point)))


def _hermite_inverse(
    earlier: tuple[T, T, T], later: tuple[T, T, T], newton: T
) -> tuple[T, T]:
    """Root by inverse cubic Hermite interpolation, and its error.

    Args:
        earlier, later: Two iterates: point (hours), residual ``log(g / V)``, derivative
            of the point by the residual (hours), each ``(rows, 1)`` or a float.
        newton: Newton's step from *later*, hours.

    Returns:
        Both in hours; the error is to be trusted if the earlier residual is below 1.
    """
    first_point, first_residual, first_slope = earlier
    second_point, second_residual, second_slope = later
    rise = first_residual - second_residual
    u = -second_residual / rise
    t = 1.0 - u
    step = (first_point - second_point) * (1.0 + 2.0 * t) * u
    step += rise * t * (first_slope * u - second_slope * t)
    cubic = second_point + u * step
    return cubic, abs(cubic - newton) * first_residual * first_residual


def _bracketed_newton(
    continuation: ContinuationValue,
    rows: IndexArray,
    gap: FloatArray,
    start: FloatArray,
    strike: FloatArray,
) -> FloatArray:
    """Thresholds between two bounds, for rows on which plain steps did not converge.

    A value below the gap bounds the root of a convex function from the left, and any
    tangent bounds it from the right. Newton's steps on the logarithm are tried within
    the bounds. Where one leads to a value of 0, as left of the worst news of a signal,
    the bound of the tangent follows; where the steps are slow, the middle.

    Args:
        continuation: Continuation value of all rows.
        rows: Rows to solve.
        gap: Exit minus floor, hours, shape ``(rows, 1)``, as the next.
        start, strike: Where to start, and upper bound, hours.
    """
    result = point = np.where(start < strike, start, strike)
    high, low = strike, np.full_like(strike, -np.inf)
    sd, last = continuation.steps.sd[rows], np.full_like(strike, np.inf)
    by_tangent, trusts = np.zeros((2, *strike.shape), dtype=np.bool_)
    remaining = np.arange(rows.size)
    for _ in range(_MOST_BRACKET_STEPS):
        sample = continuation.at(point, rows[remaining])
        value, slope = sample.value, sample.slope
        below, some = value < gap, value > 0.0
        low, high = np.where(below, point, low), np.where(below, high, point)
        high = np.fmin(high, np.fmax(point - (value - gap) / slope, low))
        residual = np.log(gap / value)
        newton, distance = point + residual * value / slope, np.abs(residual)
        tolerance = _tolerance(sd, point)
        is_near = (distance < _RESIDUAL_TOLERANCE) & (newton <= strike)
        arrived = is_near & (np.abs(newton - point) <= tolerance)
        # A tangent that leads to a value above 0 does not say that logarithms do.
        trusts = some & (trusts | ~by_tangent)
        is_fast = distance <= np.maximum(_FAST * last, _FEW_TANGENTS)
        goes_on = trusts & is_fast & (newton > low) & (newton < high)
        middle = 0.5 * (low + high)
        halves = some & ~is_fast & np.isfinite(middle)
        following = np.where(halves, middle, np.where(goes_on, newton, high))
        by_tangent, last = ~(halves | goes_on), np.where(some, distance, last)
        stays = ~halves & (np.abs(following - point) <= tolerance)
        result[remaining] = np.where(arrived, newton, following)
        still = ~(arrived | stays | (high - low <= tolerance))[:, 0]
        remaining = remaining[still]
        if not remaining.size:
            break
        point, gap, low, high, sd, last, by_tangent, trusts, strike = (
            column[still]
            for column in (
                *(following, gap, low, high, sd, last),
                *(by_tangent, trusts, strike),
            )
        )
    return result
