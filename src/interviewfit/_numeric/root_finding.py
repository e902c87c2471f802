"""Where the best action gives way to another, for many one-way searches at once.

Each search is an interval with one action best at its start and another at its end. The
interval is narrowed to the change by the ITP method (interpolate, truncate, project): a
secant on the difference between the two actions' values, truncated towards the middle
and projected into a range around it that guarantees at most one step more than
bisection. Where that difference says nothing, because a rule rather than a value
separates the actions, the method is plain bisection.

Reference: I. F. D. Oliveira and R. H. C. Takahashi, "An Enhancement of the Bisection
Method Average Performance Preserving Minmax Optimality", ACM Transactions on
Mathematical Software 47 (2021) 5.
"""

from collections.abc import Callable
from typing import Protocol, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, IndexArray

__all__ = ["ActionCodes", "ActionValues", "bracket_root"]

ActionCodes: TypeAlias = npt.NDArray[np.int8]
"""Actions by number, shape ``(points,)``."""


class ActionValues(Protocol):
    """The value of every action at some points."""

    @property
    def values(self) -> FloatArray:
        """Value of each action, shape ``(actions, points)``."""

    @property
    def codes(self) -> ActionCodes:
        """The best action at each point."""

    def alternatives_of(self, codes: ActionCodes) -> IndexArray:
        """The row of *values* that belongs to each action."""


Values = TypeVar("Values", bound=ActionValues)

# The method's kappa_1 (its kappa_2 is 2) and n_0: how far a secant is truncated, and
# steps beyond those of bisection.
_TRUNCATION = 0.2
_SPARE_STEPS = 1
_MOST_STEPS = 200


def bracket_root(
    evaluate: Callable[[IndexArray, FloatColumn], Values],
    has_changed: Callable[[Values, ActionCodes], BoolArray],
    searches: IndexArray,
    base: ActionCodes,
    start: FloatColumn,
    end: FloatColumn,
    width: FloatColumn,
) -> tuple[FloatColumn, FloatColumn, ActionCodes]:
    """Narrow each interval to less than *width* around a change of the best action.

    Args:
        evaluate: Values at a point of a search each, from numbers of searches and
            points, both of the same length.
        has_changed: Whether the action *base* is no longer best at each point.
        searches: Numbers of the searches, shape ``(searches,)``, as are the others.
        base: The action that is best at each start.
        start: Where each interval begins; may lie on either side of its end.
        end: Where it ends, beyond a change.
        width: Width to reach, above 0, in the unit of the points.

    Returns:
        Starts and ends of the narrowed intervals, and the action best at each end.
    """
    start, end = start.copy(), end.copy()
    count = searches.size
    length = np.abs(end - start)
    most = np.ceil(np.log2(np.maximum(length / width, 1.0))) + _SPARE_STEPS
    ends = evaluate(np.concatenate([searches, searches]), np.concatenate([start, end]))
    start_values = ends.values[:, :count].copy()
    end_values = ends.values[:, count:].copy()
    codes = ends.codes[count:].copy()
    for step in range(_MOST_STEPS):
        open_ = np.flatnonzero(np.abs(end - start) > width)
        if not open_.size:
            break
        rows = ends.alternatives_of(base[open_]), ends.alternatives_of(codes[open_])
        point = _itp_point(
            start[open_],
            end[open_],
            _lead(start_values[:, open_], *rows),
            _lead(end_values[:, open_], *rows),
            length[open_],
            width[open_],
            most[open_] - step,
        )
        values = evaluate(searches[open_], point)
        changed = has_changed(values, base[open_])
        same = ~changed
        start[open_[same]] = point[same]
        start_values[:, open_[same]] = values.values[:, same]
        end[open_[changed]] = point[changed]
        end_values[:, open_[changed]] = values.values[:, changed]
        codes[open_[changed]] = values.codes[changed]
    return start, end, codes


def _lead(worths: FloatArray, first: IndexArray, second: IndexArray) -> FloatColumn:
    """By how much an action is worth more than another, at each point.

    Args:
        worths: Values, shape ``(actions, points)``; -inf where an action is not open.
        first, second: Rows of the two actions, shape ``(points,)``.
    """
    points = np.arange(first.size)
    with np.errstate(invalid="ignore"):
        return np.asarray(worths[first, points] - worths[second, points])


def _itp_point(
    start: FloatColumn,
    end: FloatColumn,
    start_lead: FloatColumn,
    end_lead: FloatColumn,
    length: FloatColumn,
    width: FloatColumn,
    remaining: FloatColumn,
) -> FloatColumn:
    """The next point to look at in each interval; all shapes are ``(searches,)``.

    Args:
        start, end: The interval.
        start_lead, end_lead: Lead of the action at the start over that at the end, at
            either end; of opposite signs, or the method bisects.
        length: Length of the interval at first.
        width: Width to reach.
        remaining: Steps until the guaranteed number is used up.
    """
    middle = 0.5 * (start + end)
    size = np.abs(end - start)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        secant = (end_lead * start - start_lead * end) / (end_lead - start_lead)
        sound = (start_lead >= 0.0) & (end_lead <= 0.0) & (start_lead > end_lead)
        secant = np.where(sound & np.isfinite(secant), secant, middle)
        direction = np.sign(middle - secant)
        truncation = np.minimum(
            _TRUNCATION / length * size * size + 0.25 * width, abs(middle - secant)
        )
        truncated = secant + direction * truncation
        radius = np.maximum(0.5 * width * 2.0**remaining - 0.5 * size, 0.0)
    inside = np.abs(truncated - middle) <= radius
    return np.asarray(np.where(inside, truncated, middle - direction * radius))
