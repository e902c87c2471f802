"""The largest value of a smooth function of a few numbers, each at least 0.

A scan of all numbers together finds where to begin. Newton's method in each coordinate,
from central differences, goes up from there; a step that does not go up is halved. Then
every coordinate is scanned over its whole range, and the ascent begins again wherever
that finds more, so that a second top of one coordinate is not missed. All points of a
step are one call.

Reference: J. Nocedal and S. J. Wright, "Numerical Optimization" (2006), chapters 4
(trust regions) and 9 (coordinate search).
"""

from collections.abc import Callable

import numpy as np

from interviewfit._numeric.arrays import FloatArray, FloatColumn

_SCAN, _MOST_STEPS, _MOST_ROUNDS = 13, 60, 6
_DIFFERENCE, _ARRIVED, _FIRST_STEP, _LARGEST_STEP = 4e-3, 1e-4, 0.5, 2.0
# A scan that finds no more than this share of the value finds nothing.
_GAIN = 1e-9


def maximise(
    function: Callable[[FloatArray], FloatColumn], count: int, most: float
) -> tuple[FloatColumn, float]:
    """Where a function is largest, and how large it is there.

    Args:
        function: From points, ``(points, numbers)``, to values, ``(points,)``.
        count: How many numbers there are.
        most: That any number may be.

    >>> best, value = maximise(lambda x: -((x - [2.0, -1.0]) ** 2).sum(axis=1), 2, 9.0)
    >>> best.round(6), round(value, 9)
    (array([2., 0.]), -1.0)
    """
    marks = np.linspace(0.0, most, _SCAN)
    scan = np.repeat(marks[:, None], count, axis=1)
    point = scan[function(scan).argmax()]
    value = -np.inf
    for _ in range(_MOST_ROUNDS):
        point, value = climb(function, point, most)
        lines = np.repeat(point[None], _SCAN * count, axis=0)
        for number in range(count):
            lines[number * _SCAN : (number + 1) * _SCAN, number] = marks
        values = function(lines)
        if values.max() <= value + _GAIN * max(1.0, abs(value)):
            break
        point = lines[values.argmax()]
    return point, value


def climb(
    function: Callable[[FloatArray], FloatColumn], point: FloatColumn, most: float
) -> tuple[FloatColumn, float]:
    """The top that Newton's method reaches from a point, and its value.

    Args:
        function, most: As ``maximise`` takes them.
        point: Where it begins, ``(numbers,)``.
    """
    size = point.size
    radius, shift = np.full(size, _FIRST_STEP), _DIFFERENCE * np.eye(size)
    best, value, step = point, -np.inf, np.zeros(size)
    for _ in range(_MOST_STEPS):
        # Near 0 both differences lie ahead.
        middle = np.maximum(point, _DIFFERENCE)
        around = np.vstack((point[None], middle[None], middle + shift, middle - shift))
        values = function(around)
        if values[0] < value:
            # Back to the best point, from where half the step is tried.
            step = 0.5 * step
            radius = np.abs(step)
            following = np.clip(best + step, 0.0, most)
        else:
            best, value = point, float(values[0])
            centre, up, down = values[1], values[2 : size + 2], values[size + 2 :]
            curve = (up - 2.0 * centre + down) / _DIFFERENCE**2
            slope = (up - down) / (2.0 * _DIFFERENCE) + curve * (point - middle)
            with np.errstate(divide="ignore", invalid="ignore"):
                full = np.where(curve < 0.0, -slope / curve, np.sign(slope) * np.inf)
            full = np.where(slope == 0.0, 0.0, full)
            step = np.clip(full, -radius, radius)
            following = np.clip(best + step, 0.0, most)
            is_short = np.abs(full) > radius
            radius = np.minimum(np.where(is_short, 2.0, 1.0) * radius, _LARGEST_STEP)
        if np.abs(following - best).max(initial=0.0) < _ARRIVED:
            break
        point, step = following, following - best
    return best, value
