"""Backward induction: from the curve behind a step to the one before it.

For every step at which one may leave, last first: find the threshold, where C just
pays for the exit; lay panels right of it; carry what the stick does not (``curves``)
on their nodes. The value changes only with the square of an error in a threshold, the
best policy being flat there, so both can be had to the last digits.

Reference: J. F. Traub, "Iterative Methods for the Solution of Equations" (1964), for
Newton's method and inverse interpolation with derivatives.
"""

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias, TypeVar

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray
from interviewfit._numeric.panels import (
    REACH_LEFT,
    REACH_RIGHT,
    Panels,
    lay_alike,
    repeated,
    some_rows,
)
from interviewfit._solver.chains import BINDING, Chains, MergedSteps
from interviewfit._solver.value_function import (
    ContinuationSample,
    ContinuationValue,
    ValueFunction,
)

Array = TypeVar("Array", FloatArray, IndexArray)

__all__ = ["Later", "NodeGroup", "backward"]

Later: TypeAlias = tuple[tuple[ContinuationValue, ContinuationSample], ...]
"""Runs, each with what the nodes before it see."""

# Newton's error is squared at each step, in units of the blur.
_SETTLED, _TRUSTED = 1e-7, 1e-9
_SPACINGS = 4.0
_MOST_STEPS = 200
_PATIENCE = 8
# How far from its gap a worth may be where a step is short.
_NEAR = 1e-3
# Folding divided the node weights by blur * sqrt(2 pi); the stick blurred by s
# holds slope * s**2 / 2 of time value.
_ROOT_EIGHT_PI = 5.0132565492620005


@frozen(eq=False, repr=False)
class NodeGroup:
    """Rows that see a curve on equally many nodes over the first run ahead.

    Attributes:
        rows: Their numbers.
        first: What is seen over that run.
        features: Where kinks behind it lie, hours, shape ``(rows, kinks)``.
        blurs: By how much each is smoothed there.
        sources: Where its rows come from, one after another.
    """

    rows: IndexArray
    first: ContinuationValue
    features: FloatArray
    blurs: FloatArray
    sources: "tuple[_Source, ...]" = ()

    def paths(self) -> Iterator[tuple[IndexArray, ContinuationValue, Later]]:
        """Its rows by the way they came: their numbers, and what they see.

        That is, over the first run, and over each later one with what the nodes before
        it see.
        """
        straight: list[tuple[ContinuationValue, ContinuationSample]] = []
        group = self
        while len(group.sources) == 1 and group.sources[0].whole:
            source = group.sources[0]
            straight.append((source.group.first, source.sight))
            group = source.group
        if not group.sources:
            yield self.rows, self.first, tuple(straight)
            return
        for rows, later in self.later(np.arange(self.rows.size)):
            yield self.rows[rows], some_rows(self.first, rows, self.rows.size), later

    def spread(self, rows: int) -> "NodeGroup":
        """So many rows like its own, which are all alike."""
        same = np.arange(rows)
        sources = tuple(
            _Source(one.group.spread(rows), same, repeated(one.sight, rows))
            for one in self.sources
        )
        return evolve(repeated(self, rows), rows=same, sources=sources)

    def later(self, rows: IndexArray) -> Iterator[tuple[IndexArray, Later]]:
        """Of some of its rows those that came the same way, and what they see later."""
        if not self.sources:
            yield np.arange(rows.size), ()
        start = 0
        for one in self.sources:
            stop = start + one.rows.size
            here = np.flatnonzero((rows >= start) & (rows < stop))
            own = rows[here] - start
            start = stop
            if not own.size:
                continue
            for some, later in one.group.later(one.rows[own]):
                group = one.group
                view = some_rows(group.first, one.rows[own[some]], group.rows.size)
                sight = some_rows(one.sight, own[some], one.rows.size)
                yield here[some], ((view, sight), *later)


@frozen(eq=False, repr=False)
class _Source:
    """Rows of a group that went on to the run before it together.

    Attributes:
        group: That one.
        rows: Which of its rows, in ascending order.
        sight: What their nodes see over its first run.
    """

    group: NodeGroup
    rows: IndexArray
    sight: ContinuationSample

    @property
    def whole(self) -> bool:
        """Whether these are all of that group."""
        return self.rows.size == self.group.rows.size


def backward(
    chains: Chains, rows: IndexArray, thresholds: FloatArray
) -> list[NodeGroup]:
    """Thresholds and curves of rows of one kind, last step first.

    IndexArray part where they take other panels, and meet again where they take the same. All
    that is found of a row depends on itself alone, down to its last bit.

    Args:
        chains: All rows.
        rows: Those to solve, whose steps are of the same kinds.
        thresholds: Of all rows; those found are written here.
    """
    own, found = chains.take(rows), thresholds[rows]
    kinds, steps = own.kinds[0], own.kinds.shape[1]
    origins = [0, *(int(k) for k in np.flatnonzero(kinds) if k), steps]
    view = ContinuationValue.of(
        own.run(origins[-2], steps),
        ValueFunction.end(rows.size),
        alone=chains.kinds.shape[0] == 1,
    )
    none = np.zeros((rows.size, 1))
    groups = [NodeGroup(np.arange(rows.size), view, none, none)]
    for before, k in zip(origins[-3::-1], origins[-2:0:-1], strict=True):
        run = own.run(before, k)
        if kinds[k] == BINDING:
            groups = _bend(own, k, groups, run, found)
        else:
            groups = [_stop(own, k, one, run) for one in groups]
    if kinds[0] == BINDING:
        for one in groups:
            _decide(own, 0, one, found)
    thresholds[rows] = found
    return [evolve(one, rows=rows[one.rows]) for one in groups]


def _decide(own: Chains, k: int, group: NodeGroup, found: FloatArray) -> FloatArray:
    """The threshold of step *k*, where the first run of a group begins, ``(rows, 1)``."""
    gap, start, strike = (
        one[group.rows, k][:, None] for one in (own.gap, own.start, own.strike)
    )
    at = _threshold(group.first, gap, start, strike)
    found[group.rows, k] = at[:, 0]
    return at


def _stop(own: Chains, k: int, group: NodeGroup, run: MergedSteps) -> NodeGroup:
    """On to the run before a wall at *k*: nothing lies beyond, so nothing is seen there."""
    rows, alone = group.rows, group.first.alone
    strike = own.strike[rows, k][:, None]
    curve = ValueFunction(np.zeros_like(strike), strike)
    ahead = ContinuationValue.of(
        some_rows(run, rows, own.gap.shape[0]), curve, alone=alone
    )
    return NodeGroup(rows, ahead, group.features, group.blurs)


def _bend(
    own: Chains, k: int, groups: list[NodeGroup], run: MergedSteps, found: FloatArray
) -> list[NodeGroup]:
    """On to the run before *k*, where one may leave."""
    parts: dict[tuple[int, ...], list[_Part]] = {}
    for group in groups:
        at, view = _decide(own, k, group, found), group.first
        strike = own.strike[group.rows, k][:, None]
        features = group.features - view.run.drift
        blurs = np.hypot(group.blurs, view.run.blur)
        left = (features - REACH_LEFT * blurs).min(axis=1, keepdims=True)
        left = np.minimum(np.maximum(left, at), strike)
        right = (features + REACH_RIGHT * blurs).max(axis=1, keepdims=True)
        right = np.where(left < strike, np.maximum(right, strike), strike)
        blur = run.blur[group.rows]
        laid = lay_alike(left, strike, right, features, blurs, blur)
        features = np.concatenate((at, features), axis=1)
        blurs = np.concatenate((np.zeros_like(at), blurs), axis=1)
        for rows, panels in laid:
            sight = view.at(panels.nodes, rows)
            source = _Source(group, rows, sight)
            part = _Part(source, panels, features[rows], blurs[rows])
            parts.setdefault(panels.layout, []).append(part)
    return [_meet(own, k, several, run) for several in parts.values()]


@frozen(eq=False, repr=False)
class _Part:
    """Rows of one group that take panels alike."""

    source: _Source
    panels: Panels
    features: FloatArray
    blurs: FloatArray


def _meet(own: Chains, k: int, parts: list[_Part], run: MergedSteps) -> NodeGroup:
    """Rows of several groups that take panels alike, and their curve just before *k*."""
    sources = [one.source for one in parts]
    rows = _below([one.group.rows[one.rows] for one in sources])
    worth = _below([one.sight.value for one in sources])
    steep = _below([one.sight.slope for one in sources])
    panels = Panels.joined([one.panels for one in parts])
    gap, slope, strike = (
        one[rows, k][:, None] for one in (own.gap, own.slope, own.strike)
    )
    over = panels.nodes - strike
    beyond = over > 0.0
    carried = np.empty((*over.shape, 2))
    carried[:, :, 0] = worth - gap - np.where(beyond, slope * over, 0.0)
    carried[:, :, 1] = steep - np.where(beyond, slope, 0.0)
    curve = ValueFunction(slope, strike, panels, carried)
    alone = sources[0].group.first.alone
    return NodeGroup(
        rows,
        ContinuationValue.of(
            some_rows(run, rows, own.gap.shape[0]), curve, alone=alone
        ),
        _below([one.features for one in parts]),
        _below([one.blurs for one in parts]),
        tuple(sources),
    )


def _below(several: list[Array]) -> Array:
    """One below another; a single one is not copied."""
    return several[0] if len(several) == 1 else np.concatenate(several)


@cache
def _excesses() -> tuple[FloatArray, FloatArray]:
    """Where the search starts: logarithms of the excess over a strike, and its inverse."""
    z = np.linspace(-38.0, 8.0, 2001)
    return np.log(normal.unit_normal_loss(-z)), z


def _threshold(
    view: ContinuationValue, gap: FloatArray, start: FloatArray, strike: FloatArray
) -> FloatArray:
    """Where the worth above the floor just pays for the gap to the exit, (rows, 1).

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
    moving = np.ones(at.shape, dtype=np.bool_)
    lost = np.zeros_like(moving)
    near = _near_enough(blur, at)
    earlier: tuple[FloatArray, FloatArray, FloatArray] | None = None
    for _ in range(_PATIENCE):
        sight = view.at(at)
        off, pace = np.log(gap / sight.value), sight.value / sight.slope
        best = at + off * pace
        arrived = np.abs(best - at) <= near
        # A short step is an arrival only where the worth is right.
        lost |= moving & arrived & ~(np.abs(off) < _NEAR)
        if earlier is not None:
            both, trusted = _between(earlier, (at, off, pace), best, blur)
            best = np.where(trusted, both, best)
            arrived |= trusted
            lost &= ~(moving & trusted)
        earlier = at, off, pace
        # Rows that have arrived stay, so that none depends on the others.
        at = np.where(moving, best, at)
        moving = moving & ~arrived
        if not moving.any():
            break
    rows = np.flatnonzero(lost | moving | ~(at <= strike))
    if rows.size:
        at[rows] = _enclose(view, rows, gap[rows], at[rows], strike[rows])
    return at


def _near_enough(blur: FloatArray, at: FloatArray) -> FloatArray:
    """How far a threshold may be off; through next to no blur it is as near as it gets."""
    return np.maximum(_SETTLED * blur, _SPACINGS * np.spacing(np.abs(at)))


def _between(
    earlier: tuple[FloatArray, FloatArray, FloatArray],
    now: tuple[FloatArray, FloatArray, FloatArray],
    plain: FloatArray,
    blur: FloatArray,
) -> tuple[FloatArray, BoolArray]:
    """The threshold by inverse interpolation of two looks, and where to trust it.

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
    view: ContinuationValue,
    rows: IndexArray,
    gap: FloatArray,
    at: FloatArray,
    strike: FloatArray,
) -> FloatArray:
    """The same between two bounds, for rows that plain steps have not brought home.

    From any point the plain Newton step of a convex function ends right of its
    root, so it bounds the other; every second time the bounds are halved.
    """
    found = at = np.where(at < strike, at, strike)
    high, low, blur = strike, np.full_like(strike, -np.inf), view.run.blur[rows]
    here = np.arange(rows.size)
    for step in range(_MOST_STEPS):
        sight = view.at(at, rows[here])
        worth, steep = sight.value, sight.slope
        short = worth < gap
        low, high = np.where(short, at, low), np.where(short, high, at)
        high = np.fmin(high, np.fmax(at - (worth - gap) / steep, low))
        quick = at - np.log(worth / gap) * worth / steep
        best = np.where((quick > low) & (quick < high), quick, high)
        if step % 2:
            half = 0.5 * (low + high)
            best = np.where(np.isfinite(half), half, best)
        enough = _near_enough(blur, at)
        open_ = ((np.abs(best - at) > enough) & (high - low > enough))[:, 0]
        found[here] = best
        here = here[open_]
        if not here.size:
            break
        at, gap, low, high, blur = (one[open_] for one in (best, gap, low, high, blur))
    return found
