"""Slopes of a convex function, and how far it may fall within a box.

A convex function lies above each of its tangents. The slope of a tangent lies, in each
number, between the differences to the left and to the right.
"""

from collections.abc import Callable

import numpy as np

from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray

# A difference in a number from which a slope is taken, as a share of its limits.
_NUDGE = 1e-4


def least_change(
    slopes: FloatArray,
    point: FloatColumn,
    low: FloatColumn,
    high: FloatColumn,
    free: IndexArray,
) -> float:
    """The most by which a convex function may fall within a box; at most 0.

    Args:
        slopes: To both sides of each number that may move, ``(2, free)``.
        point, low, high: Where they were taken, and the limits, ``(numbers,)``.
        free: Numbers that may move, by position.
    """
    rises = slopes[0] * (high[free] - point[free])
    falls = slopes[1] * (low[free] - point[free])
    return float(np.minimum(0.0, np.minimum(rises, falls)).sum())


def slopes_of(
    function: Callable[[FloatArray], FloatColumn],
    point: FloatColumn,
    value: float,
    low: FloatColumn,
    high: FloatColumn,
    free: IndexArray,
) -> FloatArray:
    """Slopes of a convex function to the left and to the right, ``(2, free)``.

    Every tangent at the point has slopes between them. At a limit the slope beyond it
    is that on the inner side.

    Args:
        function, point, value: The function, a point of the box, and its value there.
        low, high: The limits.
        free: Numbers that may move, by position.
    """
    nudges = _NUDGE * (high[free] - low[free])
    downs = np.minimum(nudges, point[free] - low[free])
    ups = np.minimum(nudges, high[free] - point[free])
    count = free.size
    points = np.tile(point, (2 * count, 1))
    points[np.arange(count), free] -= downs
    points[count + np.arange(count), free] += ups
    moved = function(points)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = (value - moved[:count]) / downs
        right = (moved[count:] - value) / ups
    left = np.where(downs > 0.0, left, right)
    right = np.where(ups > 0.0, right, left)
    return np.array([np.minimum(left, right), np.maximum(left, right)])
