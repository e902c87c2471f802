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
    *,
    affordable: Callable[[int], int] | None = None,
    latest: Values | None = None,
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
        affordable: How many of so many points can be evaluated in the next step; the
            searches that come first go on, and with none the intervals stay as wide as
            they are then. Without it all can.
        latest: Values at all starts and then all ends, if they are known.

    Returns:
        Starts and ends of the narrowed intervals, and the action best at each end.
    """
    bounds, length, count = np.array([start, end]), np.abs(end - start), searches.size
    most = np.ceil(np.log2(np.maximum(length / width, 1.0))) + _SPARE_STEPS
    if latest is None:
        latest = evaluate(np.tile(searches, 2), bounds.ravel())
    values = latest.values.reshape(-1, 2, count).copy()
    codes = latest.codes[count:].copy()
    for _ in range(_MOST_STEPS):
        open_ = np.flatnonzero(np.abs(bounds[1] - bounds[0]) > width)
        if affordable is not None:
            open_ = open_[: affordable(open_.size)]
        if not open_.size:
            break
        at_start = latest.alternatives_of(base[open_])
        at_end = latest.alternatives_of(codes[open_])
        with np.errstate(invalid="ignore"):
            lead = (values[at_start, :, open_] - values[at_end, :, open_]).T
        sizes = length[open_], width[open_]
        point = _itp_point(bounds[:, open_], lead, *sizes, most[open_])
        most[open_] -= 1.0
        latest = evaluate(searches[open_], point)
        changed = has_changed(latest, base[open_])
        side = changed.astype(np.intp)
        bounds[side, open_] = point
        values[:, side, open_] = latest.values
        codes[open_[changed]] = latest.codes[changed]
    return bounds[0], bounds[1], codes


def _itp_point(
    bounds: FloatArray,
    lead: FloatArray,
    length: FloatColumn,
    width: FloatColumn,
    remaining: FloatColumn,
) -> FloatColumn:
    """The next point to look at in each interval, shape ``(searches,)``.

    Args:
        bounds: Start and end of each interval, shape ``(2, searches)``.
        lead: Lead of the action at the start over that at the end, at either end, same
            shape; of opposite signs, or the method bisects.
        length: Length of each interval at first, shape ``(searches,)``.
        width: Width to reach, same shape.
        remaining: Steps until the guaranteed number is used up, same shape.
    """
    (start, end), (start_lead, end_lead) = bounds, lead
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
