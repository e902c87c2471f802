"""A reference for any chain: adaptive Chebyshev panels of log(C - floor).

A panel is bisected until the last terms of its series vanish, so that nothing has to be
known about where the function is difficult.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.polynomial import chebyshev, legendre
from scipy.optimize import brentq

from oracles import (
    ROOT_TWO_PI,
    Chain,
    FloatArray,
    Programme,
)


@dataclass(frozen=True)
class _Above:
    """
    G(y) = factor * max(0, B(u) - gap), with u = y + shift so that drifts never round.

    B is positive. Its logarithm is a Chebyshev series on every panel, and past
    *right* B is a straight line. Left of *start* G is 0, or too small to matter.
    """

    mids: FloatArray
    halves: FloatArray
    terms: FloatArray
    right: float = 0.0
    top: float = 0.0
    slope: float = 1.0
    shift: float = 0.0
    factor: float = 1.0
    gap: float = 0.0
    start: float = 0.0
    everywhere: bool = False
    bends: tuple[tuple[float, float], ...] = ()

    def log_base(
        self, u: FloatArray, middle: FloatArray, anchor: FloatArray, offset: FloatArray
    ) -> FloatArray:
        """Logarithm of B at anchor + offset + u; all u about *middle* in a panel."""
        last = len(self.mids) - 1
        panel = np.searchsorted(self.mids - self.halves, middle, side="right") - 1
        far = (middle > self.right) | (last < 0)
        result = np.empty_like(u)
        if last >= 0:
            own = np.clip(panel, 0, last)
            at = (self.mids[own] - anchor) - offset
            twice = (u - at) * (2 / self.halves[own])
            terms = self.terms[:, own]
            now, before = np.zeros_like(u) + terms[-1], np.zeros_like(u)
            for term in terms[-2:0:-1]:
                before *= -1
                before += twice * now
                before += term
                now, before = before, now
            result = terms[0] + twice * now / 2 - before
        ahead = u[:, far] - ((self.right - anchor[far]) - offset[far])
        result[:, far] = np.log(np.maximum(self.top + self.slope * ahead, 1e-300))
        return result

    def log_at(self, u: FloatArray) -> FloatArray:
        """Log B at *u*."""
        return self.log_base(np.zeros((1, len(u))), u, u, 0 * u).ravel()

    def slope_at(self, u: float) -> float:
        """The slope of factor * B at *u*, on the right of the kink if there is one."""
        if u >= self.right or not len(self.mids):
            return self.factor * self.slope
        panel = max(0, int(np.searchsorted(self.mids - self.halves, u)) - 1)
        t = (u - self.mids[panel]) / self.halves[panel]
        rate = chebyshev.chebval(t, chebyshev.chebder(self.terms[:, panel]))
        base = math.exp(self.log_at(np.array([u]))[0])
        return float(self.factor * base * rate / self.halves[panel])

    def cut(self, extra: float) -> "_Above":
        """The same function with *extra* subtracted from G, and 0 where G was less."""
        gap = self.gap + extra / self.factor
        if gap >= self.top:
            start = self.right + (gap - self.top) / self.slope
        else:
            ends = self.terms.sum(axis=0)
            panel = min(int(np.searchsorted(ends, math.log(gap))), len(ends) - 1)
            terms = self.terms[:, panel].copy()
            terms[0] -= math.log(gap)
            low, high = (chebyshev.chebval(t, terms) for t in (-1.0, 1.0))
            t = -1.0 if low >= 0 else 1.0
            if low < 0 < high:
                t = brentq(lambda t: chebyshev.chebval(t, terms), -1, 1, xtol=1e-15)
            start = float(self.mids[panel] + self.halves[panel] * t)
        return replace(self, gap=gap, start=start, everywhere=False)


_END = _Above(np.empty(0), np.empty(0), np.empty((2, 0)))
_AIM, _DEGREE = 1e-10, 16
_NODES = -np.cos(np.pi * np.arange(_DEGREE + 1) / _DEGREE)
_TO_TERMS = np.linalg.inv(chebyshev.chebvander(_NODES, _DEGREE)).T
_SUMS = {order: legendre.leggauss(order) for order in (12, 15)}
_ARMS = np.array([2.5, 6, 14, 30, 60])[:, None]


class _Mean:
    """E[G(y + reveal * Z)] as a logarithm, by Gauss-Legendre sums about each peak.

    G is log-concave, so the integrand has one peak and falls from it at least as
    fast as the normal curve. Peak and width are read off a table; the pieces grow
    away from the peak and end at the edges of panels. Distances are taken from
    anchor + offset, so that very small reveals lose nothing to rounding.
    """

    def __init__(self, above: _Above, reveal: float) -> None:
        self.above, self.reveal = above, reveal
        spots = above.mids + above.halves * np.linspace(-0.9, 0.9, 10)[:, None]
        near = reveal * np.geomspace(1e-2, 40, 40)
        far = max(above.right, above.start) + near
        u = np.unique(np.concatenate([above.start + near, far, spots.ravel()]))
        self.spots = u = u[u > above.start]
        height = above.log_at(u)
        if above.gap > 0:
            share = np.minimum(math.log(above.gap) - height, -1e-15)
            height += np.log(-np.expm1(share))
        self.centre = np.maximum.accumulate(u - reveal**2 * np.gradient(height, u))
        bend = np.gradient(self.centre, u)
        self.width = reveal / np.sqrt(np.maximum(bend, 1))

    def log(
        self, anchor: FloatArray, offset: FloatArray, order: int = 12
    ) -> FloatArray:
        above, s, x = self.above, self.reveal, anchor + offset
        points, weights = _SUMS[order]
        peak = np.maximum(np.interp(x, self.centre, self.spots) - x, 0)
        arms = _ARMS * np.interp(x, self.centre, self.width, right=s)
        start = (above.start - anchor) - offset
        low = np.maximum(start, peak - 8 * s)
        high = np.maximum(start, peak) + 8 * s
        edges = np.append(above.mids - above.halves, above.right)
        edges = (edges[:, None] - anchor) - offset
        cuts = np.concatenate([[low, high, peak], peak - arms, peak + arms, edges])
        cuts = np.sort(np.clip(cuts, low, high), axis=0).T
        who, piece = np.nonzero(np.diff(cuts, axis=1))
        half = (cuts[who, piece + 1] - cuts[who, piece]) / 2
        middle = cuts[who, piece] + half
        u = middle + half * points[:, None]
        base = above.log_base(u, middle + x[who], anchor[who], offset[who])
        power = base - (u / s) ** 2 / 2
        first = np.searchsorted(who, np.arange(len(x)))
        top = np.maximum.reduceat(power.max(axis=0), first)
        value = np.exp(power - top[who])
        if above.gap > 0:
            value *= -np.expm1(np.minimum(math.log(above.gap) - base, 0))
        total = np.add.reduceat((weights @ value) * half, first)
        return top + np.log(np.maximum(total, 1e-300) / (s * ROOT_TWO_PI))


def _back(
    above: _Above, step: tuple[float, float, float], level: float
) -> tuple[_Above, float, float]:
    """The rise before *step* on panels down to *level*, relative and absolute error.

    A panel is bisected until its last terms are below the tolerance. Then each panel is
    compared with a finer sum at two points of its own.
    """
    p, d, s = step
    mean, factor = _Mean(above, s), p * above.factor
    slope = factor * above.slope
    right = max(above.right, above.start) + 9.5 * s
    top = slope * (right - above.right) + factor * (above.top - above.gap)
    # B - gap is rounded at every point; to the left of the kink all of it is near.
    noise, bend = 1e-14 * factor * above.gap, 0.4 * p * above.slope_at(above.start) * s
    far = math.sqrt(2 * max(0.0, math.log(slope) + math.log(s) - math.log(level))) + 2
    left = above.start - far * s
    # Old bends are rounded off by this step; those much finer than it are gone.
    bends = [(x, math.hypot(w, s)) for x, w in above.bends if 3 * w > s]
    bends.append((above.start, s))
    fine = [(x, w) for x, w in bends if w < 0.02 * (right - left)]
    seeds = {min(max(x + w * n, left), right) for x, w in fine for n in (-6, -2, 2, 6)}
    ends = np.array(sorted(seeds | {left, right}))
    mids, halves = (ends[1:] + ends[:-1]) / 2, (ends[1:] - ends[:-1]) / 2
    done = []
    while len(mids):
        spots = halves[:, None] * _NODES
        logs = mean.log(np.repeat(mids, len(_NODES)), spots.ravel()) + math.log(factor)
        logs = logs.reshape(spots.shape)
        terms = logs @ _TO_TERMS
        blur = noise / np.maximum(np.exp(logs[:, 0]), bend)
        rough = np.abs(terms[:, -3:]).max(axis=1) > np.maximum(_AIM, blur)
        rough |= logs[:, -1] - logs[:, 0] > 12
        rough &= halves > 0.05 * s
        used = logs[:, -1] >= math.log(level)
        done.append([x[used & ~rough] for x in (mids, halves, terms)])
        if rough.sum() > 5_000:
            raise ArithmeticError(f"the panels do not settle before {step}")
        halves = np.repeat(halves[used & rough] / 2, 2)
        mids = np.repeat(mids[used & rough], 2)
        mids[::2] -= halves[::2]
        mids[1::2] += halves[1::2]
    mids, halves, terms = (np.concatenate(x) for x in zip(*done, strict=True))
    order = np.argsort(mids)
    mids, halves, terms = mids[order], halves[order], terms[order].T
    share = fixed = 0.0
    for t in (-0.45, 0.73):
        logs = mean.log(mids, t * halves, order=15) + math.log(factor)
        off = np.abs(chebyshev.chebval(t, terms) - logs)
        # Twice, because two points can miss the worst one.
        share = max(share, 2 * off[off <= _AIM].max(initial=0))
        fixed = max(fixed, 2 * (off * np.exp(logs))[off > _AIM].max(initial=0))
    start = float(mids[0] - halves[0]) if len(mids) else right
    shape = (mids, halves, terms, right, top, slope, above.shift + d)
    rise = _Above(*shape, start=start, everywhere=True, bends=tuple(bends))
    return rise, float(share), float(fixed)


def _expected(above: _Above, m: float, d: float, s: float) -> float:
    """E[G(m + d + s * Z)]."""
    at, move = np.array([m]), np.array([d + above.shift])
    if m + move[0] <= above.start - 60 * s:
        return 0.0
    if s > 0:
        return float(above.factor * np.exp(_Mean(above, s).log(at, move)[0]))
    base = above.log_base(np.zeros((1, 1)), at + move, at, move)[0, 0]
    return above.factor * max(0.0, math.exp(base) - above.gap)


class _Sweep(NamedTuple):
    """What no starting mean changes. The first rise errs by share * rise + fixed."""

    second: _Above | None
    thresholds: tuple[float, ...]
    threshold_errors: tuple[float, ...]
    slopes: tuple[float, ...]
    share: float
    fixed: float


def grid_programme(chain: Chain, m: float) -> Programme:
    """Value and thresholds of any chain, by panels of the logarithm of the rise.

    The place of no panel is assumed: the last terms of its own series decide. The
    relative error is below 1e-11 in each step; it is measured on the way and added up
    in the result. Further means of the same chain cost little.
    """
    sweep = _sweep(chain)
    lift = 0.0
    if sweep.second is not None:
        after = _expected(sweep.second, m, chain.drift[0], chain.reveal[0])
        lift = chain.survive[0] * after
    stay = chain.floors_and_gaps()[2][0]
    error = sweep.share * lift + sweep.fixed + 1e-15 * (abs(stay) + lift)
    return Programme(
        max(chain.exit[0], stay + lift),
        sweep.thresholds,
        error,
        sweep.threshold_errors,
        sweep.slopes,
    )


@lru_cache(maxsize=64)
def _sweep(chain: Chain) -> _Sweep:
    """Backwards from the last step to the first."""
    _, gaps, _ = chain.floors_and_gaps()
    gaps.append(0.0)
    # How low the rise before each step still matters to the value or a threshold.
    levels, level = [], 1e-17 * (chain.scale or 1.0)
    for gap, p in zip(gaps, (*chain.survive, 1.0), strict=True):
        level = max(min(level, 1e-16 * gap) if gap > 0 else level, 1e-290)
        levels.append(gap if gap > 0 else level)
        level = level / p if p > 0 else 1e-17 * (chain.scale or 1.0)
    above: _Above | None = _END
    second: _Above | None = None
    rows = []
    share = fixed = 0.0
    for k in reversed(range(chain.steps)):
        p, d, s, gap = chain.survive[k], chain.drift[k], chain.reveal[k], gaps[k]
        fixed = p * (fixed + share * max(gaps[k + 1], 0))
        if above is None or p == 0:
            above = second = None
            rows.append((math.inf if gap >= 0 else -math.inf, 0.0, math.nan))
            continue
        second = above
        if s > 0:
            above, relative, absolute = _back(above, (p, d, s), levels[k])
            share, fixed = share + relative, fixed + absolute
        else:
            above = replace(above, shift=above.shift + d, factor=p * above.factor)
        above = above.cut(gap) if gap > 0 else above
        if above.everywhere or gap < 0:
            rows.append((-math.inf, 0.0, math.nan))
            continue
        kink, slope = above.start - above.shift, above.slope_at(above.start)
        # A later threshold that is off by so much moves this one by no more.
        moved = fixed / slope
        moved = min(moved, max((row[1] for row in rows), default=moved))
        error = share * max(gap, 0) / slope + moved + 1e-15 * abs(kink)
        rows.append((kink, error, slope))
    kinks, errors, slopes = zip(*rows[::-1], strict=True)
    return _Sweep(second, kinks, errors, slopes, share, fixed)
