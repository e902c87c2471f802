"""Where going on and leaving are worth the same, for many rows at once.

Reference: J. F. Traub, "Iterative Methods for the Solution of Equations" (1964), for
secants and for regula falsi with halved weights (Illinois).
"""

from collections.abc import Callable
from functools import cache

import numpy as np

from interviewfit._numeric.arrays import FloatArray, IndexArray

_ROOT_TOLERANCE, _LEAST_BRACKET = 1e-11, 1e-15
# The error after a secant is about that step times the one before it, so that after
# steps no longer than these it is below the tolerance.
_SECANT_STEP, _STEP_BEFORE = 1e-8, 1e-4
_MOST_STEPS, _SECANTS, _POLYNOMIAL_STEPS = 100, 6, 3


def find_roots(
    excess: Callable[[FloatArray], FloatArray],
    grid: FloatArray,
    values: FloatArray,
    where: IndexArray,
) -> FloatArray:
    """Where D changes its sign.

    The root of a polynomial through the grid is the first guess, its slope gives the
    second; then secants; and if these do not arrive, regula falsi (Illinois). All lie
    within a bracket.

    Args:
        excess: D at some means of each row, ``(rows, means)``, hours.
        grid: Means, units of the scale, ``(rows, points)``.
        values: D there, hours.
        where: The point of the grid below the root, ``(rows,)``.
    """
    lines = np.arange(where.size)
    low, high = grid[lines, where][:, None], grid[lines, where + 1][:, None]
    below = np.minimum(values[lines, where][:, None], 0.0)
    above = values[lines, where + 1][:, None]
    guess, slope = _polynomial_root(grid, values, where)
    side = np.zeros(low.shape)
    point, value, moving = high, above, np.ones(low.shape, dtype=np.bool_)
    before, earlier = point, value
    for step in range(_MOST_STEPS):
        falsi = high - above * (high - low) / (above - below)
        following, is_secant = guess, step > 1 and step < _SECANTS
        if 0 < step < _SECANTS:
            if step > 1:
                slope = (value - earlier) / (point - before)
            following = point - value / slope
        elif step:
            following = falsi
        inside = (following > low) & (following < high)
        following = np.where(inside, following, falsi)
        sound = (following > low) & (following < high)
        following = np.where(sound, following, 0.5 * (low + high))
        size = np.maximum(1.0, np.abs(following))
        length = np.abs(following - point)
        arrived = length <= _ROOT_TOLERANCE * size
        if step == 1:
            arrived |= inside & (length <= _SECANT_STEP * size)
        elif is_secant:
            is_near = np.abs(point - before) <= _STEP_BEFORE * size
            arrived |= inside & is_near & (length <= _SECANT_STEP * size)
        arrived |= high - low <= _LEAST_BRACKET * size
        # Rows that have arrived stay put, so that no row depends on another.
        before, earlier = point, value
        point = np.where(moving, following, point)
        moving &= ~arrived
        if not moving.any():
            break
        value = excess(point)
        is_high = value > 0.0
        again = np.where(is_high, side > 0.0, side < 0.0)
        # The end that stays twice counts half, so that it moves as well.
        below = np.where(is_high, np.where(again, 0.5 * below, below), value)
        above = np.where(is_high, value, np.where(again, 0.5 * above, above))
        low, high = np.where(is_high, low, point), np.where(is_high, point, high)
        side = np.where(is_high, 1.0, -1.0)
        exact = value == 0.0
        low, high = np.where(exact, point, low), np.where(exact, point, high)
    return point[:, 0]


def _polynomial_root(
    grid: FloatArray, values: FloatArray, where: IndexArray
) -> tuple[FloatArray, FloatArray]:
    """The root of the polynomial through six points of a grid, and its slope there.

    Found by Newton's method from a straight line, kept between the two points.

    Args:
        grid, values, where: As ``find_roots`` takes them.

    Returns:
        Units of the scale, and hours per unit, ``(rows, 1)``.
    """
    first = np.clip(where - 2, 0, grid.shape[1] - 6)
    columns = first[:, None] + np.arange(6)
    chosen = np.take_along_axis(values, columns, axis=1)
    coefficients = chosen @ _six_points().T
    start = (where - first)[:, None].astype(np.float64)
    lines = np.arange(where.size)
    low, high = values[lines, where], values[lines, where + 1]
    point, slope = start + (low / (low - high))[:, None], np.ones_like(start)
    for _ in range(_POLYNOMIAL_STEPS):
        value, slope = coefficients[:, 5:], np.zeros_like(start)
        for degree in range(4, -1, -1):
            slope = slope * point + value
            value = value * point + coefficients[:, degree, None]
        point = np.minimum(start + 1.0, np.maximum(start, point - value / slope))
    width = grid[:, 1:2] - grid[:, :1]
    return grid[:, :1] + (first[:, None] + point) * width, slope / width


@cache
def _six_points() -> FloatArray:
    """From values at 0 to 5 to the coefficients of a polynomial, ``(6, 6)``."""
    return np.asarray(np.linalg.inv(np.vander(np.arange(6.0), 6, increasing=True)))
