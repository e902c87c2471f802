"""Where going on and leaving are worth the same, for many rows at once.

Reference: J. F. Traub, "Iterative Methods for the Solution of Equations" (1964), for
secants and for regula falsi with halved weights (Illinois).
"""

from collections.abc import Callable
from functools import cache
from math import inf

import numpy as np

from interviewfit._numeric.arrays import FloatArray, IndexArray

_ROOT_TOLERANCE, _LEAST_BRACKET = 1e-11, 1e-15
# The error after a secant is about that step times the one before it, so that after
# steps no longer than these it is below the tolerance.
_SECANT_STEP, _STEP_BEFORE = 1e-8, 1e-4
_MOST_STEPS, _SECANTS, _POLYNOMIAL_STEPS = 100, 6, 3
# An interpolation is right to less than what its last point moves, and after a step of
# Newton's method to its square, or nearly.
_INTERPOLATED, _CORRECTED = 1e-9, 1e-7
_INNER = np.arange(1.0, 16.0) / 16.0


def refined(
    excess: Callable[[FloatArray], FloatArray],
    grid: FloatArray,
    values: FloatArray,
    where: IndexArray,
) -> tuple[FloatArray, FloatArray, IndexArray]:
    """A finer grid between two points of one, as ``find_roots`` takes it.

    Args:
        excess, grid, values, where: As ``find_roots`` takes them.
    """
    lines = np.arange(where.size)
    low, high = grid[lines, where][:, None], grid[lines, where + 1][:, None]
    below = np.minimum(values[lines, where][:, None], 0.0)
    within = low + (high - low) * _INNER
    points = np.concatenate((low, within, high), axis=1)
    above = values[lines, where + 1][:, None]
    finer = np.concatenate((below, excess(within), above), axis=1)
    return points, finer, (finer[:, 1:] > 0.0).argmax(axis=1)


def interpolated_roots(
    excess: Callable[[FloatArray], FloatArray],
    grid: FloatArray,
    values: FloatArray,
    where: IndexArray,
) -> FloatArray | None:
    """As ``find_roots``, for a few rows, from polynomials through eight points.

    Where the last of these moved a root, a step of Newton's method corrects it.

    Args:
        excess, grid, values, where: As ``find_roots`` takes them; with eight points or
            more, equidistant.

    Returns:
        None if that does not do.
    """
    found = [
        _eight_point_root(line.tolist(), place)
        for line, place in zip(values, where.tolist(), strict=True)
    ]
    roots, slopes, moved = np.array(found).T
    width = grid[:, 1] - grid[:, 0]
    points: FloatArray = grid[:, 0] + width * roots
    size = np.maximum(1.0, np.abs(points))
    inside = (roots >= where) & (roots <= where + 1)
    if not inside.all():
        return None
    if (moved * width <= _INTERPOLATED * size).all():
        return points
    step = excess(points[:, None])[:, 0] / slopes * width
    return points - step if (np.abs(step) <= _CORRECTED * size).all() else None


def _eight_point_root(values: list[float], place: int) -> tuple[float, float, float]:
    """The root of a polynomial through eight values, its slope, and how far it moved.

    In Newton's form, the nearest points first. The unit is the distance of points.

    Args:
        values: At 0, 1, 2, ..., at least eight.
        place: The point below the root.
    """
    first = min(max(place - 3, 0), len(values) - 8)
    nodes = sorted(range(first, first + 8), key=lambda it: abs(it - place - 0.4))
    terms = [values[it] for it in nodes]
    for step in range(1, 8):
        for it in range(7, step - 1, -1):
            terms[it] = (terms[it] - terms[it - 1]) / (nodes[it] - nodes[it - step])
    low, high = values[place], values[place + 1]
    root, slope, move = place + low / (low - high), 1.0, 1.0
    for _ in range(_POLYNOMIAL_STEPS + 1):
        value, slope = terms[7], 0.0
        for it in range(6, -1, -1):
            slope = slope * (root - nodes[it]) + value
            value = value * (root - nodes[it]) + terms[it]
        if not slope:
            return inf, 1.0, inf
        move = value / slope
        root -= move
    last = terms[7]
    for node in nodes[:7]:
        last *= root - node
    return root, slope, abs(last / slope) + abs(move)


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
