"""
Backward induction: from the curve behind a step to the one before it.

For every step at which one may leave, last first: find the threshold, where C just
pays for the exit; lay panels right of it; carry what the stick does not (``curves``)
on their nodes. The value changes only with the square of an error in a threshold, the
best policy being flat there, so both can be had to the last digits.
"""

from functools import cache

import numpy as np
from attrs import frozen

from interviewfit import normal
from interviewfit.chains import BINDING, Chains, Rows
from interviewfit.curves import Curve, Sight, View
from interviewfit.panels import (
    REACH_LEFT,
    REACH_RIGHT,
    BoolArray,
    FloatArray,
    Pair,
    lay_panels,
    pairs,
)

__all__ = ["Group", "backward"]

# Newton's error is squared at each step, in units of the blur.
_SETTLED, _TRUSTED = 1e-7, 1e-9
_MOST_STEPS = 200
_PATIENCE = 8
# How far from its gap a worth may be where a step is short.
_NEAR = 1e-3
# Folding divided the node weights by blur * sqrt(2 pi); the stick blurred by s
# holds slope * s**2 / 2 of time value.
_ROOT_EIGHT_PI = 5.0132565492620005


@frozen(eq=False, repr=False)
class Group:
    """
    Rows that decide at the same steps, solved together.

    Attributes:
        rows: Their numbers.
        first: What is seen over the first run.
        later: The runs after it, each with what the nodes before it see.
    """

    rows: Rows
    first: View
    later: tuple[tuple[View, Sight], ...]


def backward(
    chains: Chains, rows: Rows, thresholds: FloatArray, pair: Pair | None
) -> tuple[Group | None, BoolArray]:
    """
    Thresholds and curves of rows of one kind, last step first.

    Args:
        chains: All rows.
        rows: Those to solve, whose steps are of the same kinds.
        thresholds: Of all rows; those found are written here.
        pair: Which two panels to lay for every curve; None for what each curve takes,
            one row at a time.

    Returns:
        The group, and for which of its rows the panels were enough; None where
        they were for none.
    """
    own = chains.take(rows)
    kinds, steps = own.kinds[0], own.kinds.shape[1]
    origins = [0, *(int(k) for k in np.flatnonzero(kinds) if k), steps]
    curve = Curve.end(rows.size)
    features = blurs = np.zeros((rows.size, 1))
    enough = np.ones(rows.size, dtype=np.bool_)
    later: list[tuple[View, Sight]] = []
    alone = pair is None or chains.kinds.shape[0] == 1
    view = View.of(own.run(origins[-2], steps), curve, alone=alone)
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
                own, k, view, run.blur, at, features, blurs, pair
            )
            enough &= fits
            if not enough.any():
                return None, enough
            features = np.concatenate((at, features), axis=1)
            blurs = np.concatenate((np.zeros_like(at), blurs), axis=1)
        else:
            floor, strike = own.floor[:, k : k + 1], own.strike[:, k : k + 1]
            curve = Curve(floor, np.zeros_like(floor), strike, None, curve.carried)
            sight = view.see(at)
        later.append((view, sight))
        view = View.of(run, curve, alone=alone)
    return Group(rows, view, tuple(later[::-1])), enough


@cache
def _excesses() -> tuple[FloatArray, FloatArray]:
    """
    Where the search starts: logarithms of the excess over a strike, and its inverse.
    """
    z = np.linspace(-38.0, 8.0, 2001)
    return np.log(normal.excess(z)), z


def _threshold(
    view: View, gap: FloatArray, start: FloatArray, strike: FloatArray
) -> FloatArray:
    """
    Where the worth above the floor just pays for the gap to the exit, (rows, 1).

    Newton's method on the logarithm, which is all but straight, and a cubic through
    the last two looks; ``_enclose`` sees to what they leave over.
    """
    blur = spread = view.run.blur
    if view.folded is not None:
        # The stick that has been blurred enough to hold that much time value.
        mass = view.folded[:, :, 0].sum(axis=1, keepdims=True) * view.wide
        spread = np.hypot(spread, np.sqrt(_ROOT_EIGHT_PI * mass / view.slope))
    asked = np.log(gap / (view.slope * spread))
    table, inverse = _excesses()
    guess = start + spread * np.interp(asked, table, inverse)
    at = np.where((guess < strike) & (asked < table[-1]), guess, strike)
    moving, off = np.ones(at.shape, dtype=np.bool_), at
    earlier: tuple[FloatArray, FloatArray, FloatArray] | None = None
    for _ in range(_PATIENCE):
        sight = view.see(at)
        off, pace = np.log(gap / sight.worth), sight.worth / sight.steep
        best = at + off * pace
        arrived = np.abs(best - at) <= _SETTLED * blur
        if earlier is not None:
            both, trusted = _between(earlier, (at, off, pace), best, blur)
            best = np.where(trusted, both, best)
            arrived |= trusted
        earlier = at, off, pace
        # Rows that have arrived stay, so that none depends on the others.
        at = np.where(moving, best, at)
        moving = moving & ~arrived
        if not moving.any():
            break
    # A short step is an arrival only where the worth is right.
    lost = moving | ~(np.abs(off) < _NEAR) | ~(at <= strike)
    return _enclose(view, gap, at, strike, lost) if lost.any() else at


def _between(
    earlier: tuple[FloatArray, FloatArray, FloatArray],
    now: tuple[FloatArray, FloatArray, FloatArray],
    plain: FloatArray,
    blur: FloatArray,
) -> tuple[FloatArray, BoolArray]:
    """
    The threshold by inverse interpolation of two looks, and where to trust it.

    A look is the place, by how much the logarithm of the worth is off there, and the
    place's derivative by that logarithm. A cubic through both misses by about what the
    plain step does times the square of how far off the earlier look was.
    """
    (first, first_off, first_pace), (second, second_off, second_pace) = earlier, now
    rise = first_off - second_off
    u = -second_off / rise
    t = 1.0 - u
    moved = (first - second) * (1.0 + 2.0 * t) * u
    moved += rise * t * (first_pace * u - second_pace * t)
    both = second + u * moved
    missed = np.abs(both - plain) * first_off * first_off
    return both, (missed <= _TRUSTED * blur) & (np.abs(first_off) < 1.0)


def _enclose(
    view: View, gap: FloatArray, at: FloatArray, strike: FloatArray, moving: BoolArray
) -> FloatArray:
    """
    The same between two bounds, for rows that plain steps have not brought home.

    From any point the plain Newton step of a convex function ends right of its
    root, so it bounds the other; every second time the bounds are halved.
    """
    high, low = strike, np.full_like(strike, -np.inf)
    at = np.where(moving, np.where(at < strike, at, strike), at)
    for step in range(_MOST_STEPS):
        sight = view.see(at)
        worth, steep = sight.worth, sight.steep
        short = worth < gap
        low, high = np.where(short, at, low), np.where(short, high, at)
        high = np.fmin(high, np.fmax(at - (worth - gap) / steep, low))
        quick = at - np.log(worth / gap) * worth / steep
        best = np.where((quick > low) & (quick < high), quick, high)
        if step % 2:
            half = 0.5 * (low + high)
            best = np.where(np.isfinite(half), half, best)
        best = np.where(moving, best, at)
        closed = high - low <= _SETTLED * view.run.blur
        moving = moving & (np.abs(best - at) > _SETTLED * view.run.blur) & ~closed
        at = best
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
    pair: Pair | None,
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
    scale = 1.0 / np.sqrt(1.0 / blurs.min(axis=1) ** 2 + 1.0 / blur[:, 0] ** 2)
    for one in pairs() if pair is None else (pair,):
        panels, fits = one.lay(left, strike, right, scale)
        if pair is not None or fits.all():
            break
    else:
        panels = lay_panels(left, strike, right, features, blurs, blur)
        fits = np.ones(left.shape[0], dtype=np.bool_)
    sight = view.see(panels.nodes)
    over = panels.nodes - strike
    beyond = over > 0.0
    carried = np.empty((*over.shape, 2))
    carried[:, :, 0] = sight.worth - gap - np.where(beyond, slope * over, 0.0)
    carried[:, :, 1] = sight.steep - np.where(beyond, slope, 0.0)
    return Curve(own.floor[:, column], slope, strike, panels, carried), sight, fits
