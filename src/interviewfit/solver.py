"""
When to go on with a process, and when to leave.

With m the posterior mean of the surplus (hours), k the step, Z standard normal,

    W[K](m) = max(0, m)                                      accept, or decline
    C[k](m) = reward[k] + survive[k] * E[W[k+1](m + drift[k] + reveal[k] * Z)]
    W[k](m) = max(exit[k], C[k](m))                          go on, or leave

C is convex and increasing, so each step has one threshold: go on iff m is above
it. Solved backwards, all rows of a batch at once, O(steps * nodes**2) a row.

Steps at which nobody leaves are merged first (``chains``). Each remaining one
turns the curve behind it (``curves``) into the next: its threshold by Newton's
method, then the curve's values on two panels right of it, or on as many as the
kinks ask for (``quadrature``). Chances and terms follow by one pass forwards
through the same matrices (``outcome``).

A positive measure of strikes would keep the same guarantees. It was tried on
paper and left: it has to be resampled whenever a reveal is small against the
spacing of its atoms, which is what the panels' product integration avoids.

References: M. L. Weitzman, "Optimal Search for the Best Alternative",
Econometrica 47 (1979) 641-654, for the threshold; R. Bellman, "Dynamic
Programming" (1957), for the recursion.
"""

import numpy as np
import numpy.typing as npt
from attrs import define, field, frozen

from interviewfit import normal
from interviewfit.chains import BINDING, WALL, Chains, Rows, alike, settle_ties
from interviewfit.curves import Curve, Sight, View
from interviewfit.outcome import Outcome, follow
from interviewfit.quadrature import (
    REACH_LEFT,
    REACH_RIGHT,
    BoolArray,
    FloatArray,
    lay_panels,
    lay_two,
)

__all__ = ["Solution", "solve"]

# Where Newton's method starts: the excess and its inverse, by table.
_TABLE_Z = np.linspace(-38.0, 8.0, 2001)
_TABLE_LOG = np.log(normal.excess(_TABLE_Z))
# Newton's error is squared at each step, in units of the blur.
_SETTLED = 1e-7
_MOST_STEPS = 200
# Folding divided the node weights by blur * sqrt(2 pi); the stick blurred by s
# holds slope * s**2 / 2 of time value.
_ROOT_EIGHT_PI = 5.0132565492620005


@frozen
class _Group:
    """
    Rows that decide at the same steps, solved together.
    """

    rows: Rows
    first: View
    later: tuple[tuple[View, Sight], ...]


@define
class Solution:
    """
    Solved chains, one a row. Made by ``solve``.

    Attributes:
        thresholds: Go on at a step iff the mean is above its threshold, hours,
            shape ``(rows, steps)``; -inf: always, +inf: never.
    """

    thresholds: FloatArray
    _chains: Chains = field(repr=False)
    _groups: list[_Group] = field(repr=False)

    def evaluate(self, mean: npt.ArrayLike) -> Outcome:
        """
        The outcome from given means of the surplus.

        Args:
            mean: Hours, shape ``(rows,)`` or ``(rows, points)``; for a single
                chain any one-dimensional array is its points.

        Raises:
            ValueError: If a mean is not finite, or the shape does not fit.

        >>> one = solve([-4.0], [1.0], [0.0], [10.0], [0.0])
        >>> round(one.evaluate([5.0]).value.item(), 9)
        2.977965574
        """
        means = np.asarray(mean, dtype=np.float64)
        rows, steps = self.thresholds.shape
        points = means
        if means.ndim == 1:
            points = means[None, :] if rows == 1 else means[:, None]
        if points.ndim != 2 or points.shape[0] != rows:
            message = f"means of shape {means.shape} do not fit {rows} rows"
            raise ValueError(message)
        if not np.isfinite(points).all():
            message = "every mean must be a finite number of hours"
            raise ValueError(message)
        accept, offer, square, go = np.empty((4, *points.shape))
        take, leave = np.empty((2, *points.shape, steps))
        with np.errstate(all="ignore"):
            for group in self._groups:
                found = follow(group.first, group.later, points[group.rows], steps)
                for whole, part in zip(
                    (accept, offer, square, go, take, leave), found, strict=True
                ):
                    whole[group.rows] = part
        go += self._chains.under[:, :1]
        value = np.maximum(self._chains.exit[:, :1], go)
        shape = means.shape
        return Outcome(
            *(one.reshape(shape) for one in (value, go, accept, offer, square)),
            *(one.reshape(*shape, steps) for one in (take, leave)),
        )


def solve(
    reward: npt.ArrayLike,
    survive: npt.ArrayLike,
    drift: npt.ArrayLike,
    reveal: npt.ArrayLike,
    exit_: npt.ArrayLike,
) -> Solution:
    """
    Solve one chain of steps, or many at once.

    Args:
        reward: Collected when a step is taken, hours; costs are negative.
        survive: Chance to be still in after it, 0 to 1.
        drift: Known change of the mean in it, hours.
        reveal: Standard deviation of the change it brings, hours, at least 0.
        exit_: Worth of leaving instead, hours.

    All five have shape ``(steps,)`` or ``(rows, steps)``.

    Raises:
        ValueError: If shapes differ, there is no step, a number is not finite,
            a survival is outside 0 to 1 or a reveal below 0.

    >>> solve([-4.0], [1.0], [0.0], [10.0], [0.0]).thresholds.round(6)
    array([[0.021137]])
    """
    steps = tuple(
        np.atleast_2d(np.asarray(part, dtype=np.float64))
        for part in (reward, survive, drift, reveal, exit_)
    )
    _check(steps)
    # Infinities come and go on purpose: far strikes, blurs of 0.
    with np.errstate(all="ignore"):
        chains = Chains.of(*steps)
        thresholds = np.where(chains.kinds == WALL, np.inf, -np.inf)
        groups = []
        for rows in alike(chains.kinds):
            group, enough = _backward(chains, rows, thresholds, fine=False)
            groups.append(group)
            if not enough.all():
                # These overwrite what two panels have made of the same rows.
                again = rows[~enough]
                groups.append(_backward(chains, again, thresholds, fine=True)[0])
        settle_ties(chains, thresholds)
    return Solution(thresholds, chains, groups)


def _check(steps: tuple[FloatArray, ...]) -> None:
    shape = steps[0].shape
    if len(shape) != 2 or shape[1] == 0:
        message = f"a chain needs at least one step, got shape {shape}"
        raise ValueError(message)
    names = ("reward", "survive", "drift", "reveal", "exit")
    for name, part in zip(names, steps, strict=True):
        if part.shape != shape:
            message = f"{name} has shape {part.shape}, reward has {shape}"
            raise ValueError(message)
        if not np.isfinite(part).all():
            message = f"{name} must be finite in every step"
            raise ValueError(message)
    if steps[1].min(initial=0.0) < 0.0 or steps[1].max(initial=0.0) > 1.0:
        message = "survive must lie between 0 and 1 in every step"
        raise ValueError(message)
    if steps[3].min(initial=0.0) < 0.0:
        message = "reveal must be at least 0 in every step"
        raise ValueError(message)


def _backward(
    chains: Chains, rows: Rows, thresholds: FloatArray, *, fine: bool
) -> tuple[_Group, BoolArray]:
    """
    Thresholds and curves of rows of one kind, last step first.
    """
    own = chains.take(rows)
    kinds, steps = own.kinds[0], own.kinds.shape[1]
    origins = [0, *(int(k) for k in np.flatnonzero(kinds) if k), steps]
    curve = Curve.end(rows.size)
    features = blurs = np.zeros((rows.size, 1))
    enough = np.ones(rows.size, dtype=np.bool_)
    later: list[tuple[View, Sight]] = []
    view = View.of(own.run(origins[-2], steps), curve)
    for place in range(len(origins) - 2, -1, -1):
        k = origins[place]
        at = np.empty((rows.size, 0))
        if kinds[k] == BINDING:
            column = slice(k, k + 1)
            at = _threshold(
                view, own.gap[:, column], own.start[:, column], own.strike[:, column]
            )
            thresholds[rows, k] = at[:, 0]
        if place == 0:
            break
        run = own.run(origins[place - 1], k)
        if kinds[k] == BINDING:
            features = features - view.run.drift
            blurs = np.hypot(blurs, view.run.blur)
            curve, sight, fits = _bend(
                own, k, view, run.blur, at, features, blurs, fine=fine
            )
            enough &= fits
            features = np.concatenate((at, features), axis=1)
            blurs = np.concatenate((np.zeros_like(at), blurs), axis=1)
        else:
            floor, strike = own.floor[:, k : k + 1], own.strike[:, k : k + 1]
            curve = Curve(floor, np.zeros_like(floor), strike, None, curve.carried)
            sight = view.see(at)
        later.append((view, sight))
        view = View.of(run, curve)
    return _Group(rows, view, tuple(later[::-1])), enough


def _threshold(
    view: View, gap: FloatArray, start: FloatArray, strike: FloatArray
) -> FloatArray:
    """
    Where the worth above the floor just pays for the gap to the exit, (rows, 1).

    Newton's method on the logarithm, safeguarded: from any point, the plain
    Newton step of a convex function ends right of its root.
    """
    blur = spread = view.run.blur
    if view.folded is not None:
        # The stick that has been blurred enough to hold that much time value.
        mass = view.folded[:, :, 0].sum(axis=1, keepdims=True) * view.wide
        spread = np.hypot(spread, np.sqrt(_ROOT_EIGHT_PI * mass / view.slope))
    asked = np.log(gap / (view.slope * spread))
    guess = start + spread * np.interp(asked, _TABLE_LOG, _TABLE_Z)
    high, low = strike, np.full_like(strike, -np.inf)
    at = np.where((guess < high) & (asked < _TABLE_LOG[-1]), guess, high)
    moving = np.ones(at.shape, dtype=np.bool_)
    for _ in range(_MOST_STEPS):
        sight = view.see(at)
        worth, steep = sight.worth, sight.steep
        short = worth < gap
        low, high = np.where(short, at, low), np.where(short, high, at)
        plain = at - (worth - gap) / steep
        high = np.fmin(high, np.fmax(plain, low))
        quick = at - np.log(worth / gap) * worth / steep
        best = np.where((quick > low) & (quick < high), quick, high)
        moved = np.abs(best - at)
        at = np.where(moving, best, at)
        moving &= moved > _SETTLED * blur
        if not moving.any():
            break
    return at


def _bend(
    own: Chains,
    k: int,
    view: View,
    blur: FloatArray,
    threshold: FloatArray,
    features: FloatArray,
    blurs: FloatArray,
    *,
    fine: bool,
) -> tuple[Curve, Sight, BoolArray]:
    """
    The curve just before a binding step, as it will be read through *blur*.
    """
    column = slice(k, k + 1)
    gap, slope, strike = own.gap[:, column], own.slope[:, column], own.strike[:, column]
    left = (features - REACH_LEFT * blurs).min(axis=1, keepdims=True)
    left = np.minimum(np.maximum(left, threshold), strike)
    right = (features + REACH_RIGHT * blurs).max(axis=1, keepdims=True)
    right = np.where(left < strike, np.maximum(right, strike), strike)
    if fine:
        panels = lay_panels(left, strike, right, features, blurs, blur)
        fits = np.ones(left.shape[0], dtype=np.bool_)
    else:
        scale = 1.0 / np.sqrt(1.0 / blurs.min(axis=1) ** 2 + 1.0 / blur[:, 0] ** 2)
        panels, fits = lay_two(left, strike, right, scale)
    sight = view.see(panels.nodes)
    over = panels.nodes - strike
    beyond = over > 0.0
    carried = np.empty((*over.shape, 2))
    carried[:, :, 0] = sight.worth - gap - np.where(beyond, slope * over, 0.0)
    carried[:, :, 1] = sight.steep - np.where(beyond, slope, 0.0)
    return Curve(own.floor[:, column], slope, strike, panels, carried), sight, fits
