"""Where what is best gives way to something else, for many questions at once.

Each question is a line of points with one action best at its near end and another at
its far end. The far end is drawn in to the change by the ITP method: a secant on the
difference between the two actions' worths, kept so close to the middle that it never
takes more than one step above bisection. Where that difference says nothing, because
the actions part by a rule and not by worth, it is bisection.

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
"""Actions by number."""


class ActionValues(Protocol):
    """What is seen of some questions at a point each."""

    @property
    def worths(self) -> FloatArray:
        """Of each action, shape ``(actions, points)``."""

    @property
    def codes(self) -> ActionCodes:
        """The best action at each point."""

    def rows_of(self, codes: ActionCodes) -> IndexArray:
        """IndexArray row of *worths* is that of each action."""


Values = TypeVar("Values", bound=ActionValues)

# Of the method: how far a secant is drawn to the middle, and spare steps.
_PULL = 0.2
_SPARE = 1
_MOST_STEPS = 200


def bracket_root(
    look: Callable[[IndexArray, FloatColumn], Values],
    left: Callable[[Values, ActionCodes], BoolArray],
    which: IndexArray,
    base: ActionCodes,
    near: FloatColumn,
    far: FloatColumn,
    width: FloatColumn,
) -> tuple[FloatColumn, FloatColumn, ActionCodes]:
    """Ends of each line drawn together to less than *width* around a change.

    Args:
        look: What is seen at a point of a line.
        left: Whether the action *base* is no longer best there.
        which: The lines.
        base: The action best at each near end.
        near, far: Their ends.
        width: To draw them to, above 0.

    Returns:
        The ends, and the action that is best at the far one.
    """
    near, far = near.copy(), far.copy()
    count = which.size
    start = np.abs(far - near)
    most = np.ceil(np.log2(np.maximum(start / width, 1.0))) + _SPARE
    ends = look(np.concatenate([which, which]), np.concatenate([near, far]))
    seen_near, seen_far = ends.worths[:, :count].copy(), ends.worths[:, count:].copy()
    codes = ends.codes[count:].copy()
    for step in range(_MOST_STEPS):
        open_ = np.flatnonzero(np.abs(far - near) > width)
        if not open_.size:
            break
        a, b = near[open_], far[open_]
        own = ends.rows_of(base[open_])
        other = ends.rows_of(codes[open_])
        lead = _lead(seen_near[:, open_], own, other)
        lag = _lead(seen_far[:, open_], own, other)
        point = _next(a, b, lead, lag, step, (start, width, most), open_)
        seen = look(which[open_], point)
        gone = left(seen, base[open_])
        stay = ~gone
        near[open_[stay]] = point[stay]
        seen_near[:, open_[stay]] = seen.worths[:, stay]
        far[open_[gone]] = point[gone]
        seen_far[:, open_[gone]] = seen.worths[:, gone]
        codes[open_[gone]] = seen.codes[gone]
    return near, far, codes


def _lead(worths: FloatArray, own: IndexArray, other: IndexArray) -> FloatColumn:
    columns = np.arange(own.size)
    with np.errstate(invalid="ignore"):
        return np.asarray(worths[own, columns] - worths[other, columns])


def _next(
    near: FloatColumn,
    far: FloatColumn,
    lead: FloatColumn,
    lag: FloatColumn,
    step: int,
    bounds: tuple[FloatColumn, FloatColumn, FloatColumn],
    open_: IndexArray,
) -> FloatColumn:
    """The point to look at next."""
    start, width, most = (one[open_] for one in bounds)
    middle = 0.5 * (near + far)
    size = np.abs(far - near)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        secant = (lag * near - lead * far) / (lag - lead)
        sound = (lead >= 0.0) & (lag <= 0.0) & (lead > lag) & np.isfinite(secant)
        secant = np.where(sound, secant, middle)
        toward = np.sign(middle - secant)
        pull = np.minimum(
            _PULL / start * size * size + 0.25 * width, abs(middle - secant)
        )
        drawn = secant + toward * pull
        reach = np.maximum(0.5 * width * 2.0 ** (most - step) - 0.5 * size, 0.0)
    return np.asarray(
        np.where(np.abs(drawn - middle) <= reach, drawn, middle - toward * reach)
    )
