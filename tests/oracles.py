"""
Slow and independent answers, to judge the solver by.

Nothing here imports the package, and no two methods share their mathematics:

    one_step            closed form, 50 digits                  exact
    nested_quadrature   tanh-sinh sums inside tanh-sinh sums    1 to 3 steps, 1e-13
    grid_programme      Chebyshev panels that split themselves  any chain, 1e-10
    convex_bracket      chords above, tangents below            a proof, 1e-4
    belief_tree         equal shares of the normal curve        a proof from below
    monte_carlo         literal play                            1 / sqrt(n)

All write W[k] = floor[k] + G[k], with floor[k] the limit of W[k] on the far left. So
G is positive, convex, increasing and never the difference of two large numbers:

    rise[k](m) = survive[k] * E[G[k+1](m + drift[k] + reveal[k] * Z)]
    gap[k]     = exit[k] - reward[k] - survive[k] * floor[k+1]
    G[k]       = max(0, rise[k] - max(0, gap[k])),    G[K](m) = max(0, m)

and a threshold is where the rise reaches the gap.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import mpmath
import numpy as np
import numpy.typing as npt
from numpy.polynomial import chebyshev, legendre
from scipy.optimize import brentq
from scipy.special import erfcx, ndtr, ndtri

FloatArray: TypeAlias = npt.NDArray[np.float64]

ROOT_TWO_PI = math.sqrt(2 * math.pi)


@dataclass(frozen=True)
class Chain:
    """
    The steps of one process, first step first.
    """

    reward: tuple[float, ...]
    survive: tuple[float, ...]
    drift: tuple[float, ...]
    reveal: tuple[float, ...]
    exit: tuple[float, ...]

    @property
    def steps(self) -> int:
        return len(self.reward)

    @property
    def scale(self) -> float:
        """
        Standard deviation of all that the chain can reveal.
        """
        return math.hypot(*self.reveal)

    def floors_and_gaps(self) -> tuple[list[float], list[float], list[float]]:
        """
        Floors (steps + 1 of them), gaps, and the floors of going on: rounded once.
        """
        floors, gaps, stays = [Fraction(0)], list[Fraction](), list[Fraction]()
        for r, p, e in reversed(
            [*zip(self.reward, self.survive, self.exit, strict=True)]
        ):
            stays.insert(0, Fraction(r) + Fraction(p) * floors[0])
            gaps.insert(0, Fraction(e) - stays[0])
            floors.insert(0, max(Fraction(e), stays[0]))
        return [*map(float, floors)], [*map(float, gaps)], [*map(float, stays)]


class Solution(NamedTuple):
    """
    The value at one mean, and the threshold of every step.
    """

    value: float
    thresholds: tuple[float, ...]


class Programme(NamedTuple):
    """
    A solution and its estimated errors.

    *slopes* are those of going on at the thresholds, nan where there is none: a
    threshold moves by 1 / slope when its exit moves by 1.
    """

    value: float
    thresholds: tuple[float, ...]
    error: float
    threshold_errors: tuple[float, ...]
    slopes: tuple[float, ...]


class Outcomes(NamedTuple):
    """
    What becomes of a candidate; *take* and *leave* have one entry a step.
    """

    value: float
    take: FloatArray
    leave: FloatArray
    accept: float
    offer: float


def one_step(chain: Chain, m: float) -> tuple[float, float, float]:
    """
    Value, threshold and acceptance of a chain of one step, from 50 digits.
    """
    with mpmath.workdps(50):
        rows = (chain.reward, chain.survive, chain.drift, chain.reveal, chain.exit)
        r, p, d, s, e = (mpmath.mpf(row[0]) for row in rows)

        def rise(y: float) -> mpmath.mpf:
            z = (y + d) / s if s else mpmath.mpf(0)
            smooth = s * (mpmath.npdf(z) + z * mpmath.ncdf(z))
            return p * (smooth if s else max(mpmath.mpf(0), y + d))

        gap = e - r
        if p == 0:
            threshold = mpmath.inf if gap >= 0 else -mpmath.inf
        elif gap < 0 or (gap == 0 and s > 0):
            threshold = -mpmath.inf
        elif s == 0:
            threshold = gap / p - d
        else:
            low, high = -d - s, gap / p - d + s
            while rise(low) >= gap:
                low -= s
            threshold = mpmath.findroot(
                lambda y: mpmath.log(rise(y) / gap), (low, high), solver="anderson"
            )
        if m <= threshold:
            return float(e), float(threshold), 0.0
        accept = mpmath.ncdf((m + d) / s) if s else mpmath.mpf(m + d > 0)
        return float(r + rise(mpmath.mpf(m))), float(threshold), float(p * accept)


def psi(z: FloatArray) -> FloatArray:
    """
    E[max(0, z + Z)], with small relative error on the far left too.
    """
    far = np.abs(z)
    mills = math.sqrt(math.pi / 2) * erfcx(far / math.sqrt(2))
    left: FloatArray = np.exp(-z * z / 2) / ROOT_TWO_PI * (1 - far * mills)
    return left + np.maximum(z, 0)


def nested_quadrature(chain: Chain, m: float) -> Solution:
    """
    One to three steps by tanh-sinh sums, cut at every kink and its images.

    The innermost step is in closed form. With step h the error falls as
    exp(-c / h); at h = 1/12 it is near 1e-15 of the scale.
    """
    _, gaps, stays = chain.floors_and_gaps()
    t = np.arange(-38, 39) / 12
    # Distances from the nearer end: the points crowd there without rounding.
    near = 1 / (1 + np.exp(np.pi * np.abs(np.sinh(t))))
    weight = np.pi / 48 * np.cosh(t) / np.cosh(np.pi / 2 * np.sinh(t)) ** 2
    kinks = [math.nan] * chain.steps + [0.0]

    def above(k: int, y: FloatArray) -> FloatArray:
        if k == chain.steps:
            return np.maximum(y, 0)
        return np.where(y > kinks[k], np.maximum(rise(k, y) - max(gaps[k], 0), 0), 0)

    def rise(k: int, x: FloatArray) -> FloatArray:
        p, s, centre = chain.survive[k], chain.reveal[k], x + chain.drift[k]
        if p == 0 or kinks[k + 1] == math.inf:
            return np.zeros_like(x)
        if s == 0:
            return p * above(k + 1, centre)
        if k + 1 == chain.steps:
            return p * s * psi(centre / s)
        later = range(k + 1, chain.steps + 1)
        marks = [
            (
                kinks[j] - sum(chain.drift[k + 1 : j]),
                math.hypot(*chain.reveal[k + 1 : j]),
            )
            for j in later
            if math.isfinite(kinks[j])
        ]
        images, rest = [at for at, _ in marks], marks[-1][1] ** 2
        low = np.maximum(kinks[k + 1], centre - 9 * s)
        high = np.maximum(centre, low + 9 * s) + 9 * s
        high = np.maximum(high, np.minimum(max(images) + 9 * s, centre + 40 * s))
        fine = [at + n * w for at, w in marks if 3 * w < s for n in (-5, 5)]
        cuts = [low, high, centre, centre - 3 * s, centre + 3 * s]
        cuts += [np.full_like(x, at) for at in (*images, *fine)]
        cuts += [(centre * rest + at * s * s) / (rest + s * s) for at in images]
        ends = np.sort(np.clip(np.array(cuts), low, high), axis=0)
        piece, who = np.nonzero(np.diff(ends, axis=0))
        # Distances from the centre, so that small reveals lose nothing to rounding.
        ends -= centre
        left, right = ends[piece, who][:, None], ends[piece + 1, who][:, None]
        y = np.where(t < 0, left + (right - left) * near, right - (right - left) * near)
        bell = np.exp(-((y / s) ** 2) / 2) / (s * ROOT_TWO_PI)
        y += centre[who][:, None]
        after = above(k + 1, y.ravel()).reshape(y.shape)
        sums = ((right - left) * weight * bell * after).sum(axis=1)
        return p * np.bincount(who, sums, len(x)).astype(np.float64)

    for k in reversed(range(chain.steps)):
        kinks[k] = _threshold(chain, k, gaps[k], kinks[k + 1], rise)
    lift = float(rise(0, np.array([m]))[0])
    return Solution(max(chain.exit[0], stays[0] + lift), tuple(kinks[:-1]))


def _threshold(
    chain: Chain,
    k: int,
    gap: float,
    later: float,
    rise: Callable[[int, FloatArray], FloatArray],
) -> float:
    """
    The threshold of step *k*, given the one after it.
    """
    if 0 in chain.survive[k:]:
        return math.inf if gap >= 0 else -math.inf
    if gap < 0 or (gap == 0 and chain.reveal[k] > 0):
        return -math.inf
    if gap == 0:
        return later - chain.drift[k]
    return _crossing(
        lambda x: float(rise(k, np.array([x]))[0]) / gap, chain.scale or 1.0
    )


def _crossing(ratio: Callable[[float], float], scale: float) -> float:
    """
    Where an increasing *ratio* passes 1: a doubling search, then Brent's.
    """
    low, high = -scale, scale
    while ratio(low) >= 1:
        low *= 2
    while ratio(high) <= 1:
        high *= 2
    return float(
        brentq(lambda x: math.log(max(ratio(x), 1e-320)), low, high, xtol=1e-14 * scale)
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
        """
        Log B at anchor + offset + u. The column of u about *middle* is in one panel.
        """
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
        """
        Log B at *u*.
        """
        return self.log_base(np.zeros((1, len(u))), u, u, 0 * u).ravel()

    def slope_at(self, u: float) -> float:
        """
        The slope of factor * B at *u*, on the right of the kink if there is one.
        """
        if u >= self.right or not len(self.mids):
            return self.factor * self.slope
        panel = max(0, int(np.searchsorted(self.mids - self.halves, u)) - 1)
        t = (u - self.mids[panel]) / self.halves[panel]
        rate = chebyshev.chebval(t, chebyshev.chebder(self.terms[:, panel]))
        base = math.exp(self.log_at(np.array([u]))[0])
        return float(self.factor * base * rate / self.halves[panel])

    def cut(self, extra: float) -> "_Above":
        """
        The same with *extra* taken off G, which is 0 where G was less.
        """
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
    """
    E[G(y + reveal * Z)] as a logarithm, by Gauss-Legendre sums about each peak.

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
    """
    The rise before *step* in panels down to *level*; its relative and absolute error.

    A panel is halved until its last terms are below the aim. Then each is compared
    with a finer sum at two points of its own.
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
    """
    E[G(m + d + s * Z)].
    """
    at, move = np.array([m]), np.array([d + above.shift])
    if m + move[0] <= above.start - 60 * s:
        return 0.0
    if s > 0:
        return float(above.factor * np.exp(_Mean(above, s).log(at, move)[0]))
    base = above.log_base(np.zeros((1, 1)), at + move, at, move)[0, 0]
    return above.factor * max(0.0, math.exp(base) - above.gap)


class _Sweep(NamedTuple):
    """
    What no starting mean enters. The first rise errs by share * rise + fixed.
    """

    second: _Above | None
    thresholds: tuple[float, ...]
    threshold_errors: tuple[float, ...]
    slopes: tuple[float, ...]
    share: float
    fixed: float


def grid_programme(chain: Chain, m: float) -> Programme:
    """
    Any chain, by panels that split until they fit the logarithm of the rise.

    No panel's place is assumed: the last terms of its own series decide. Relative
    error below 1e-11 a step, measured as it goes and added up in the result. More
    means of the same chain cost little.
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
    """
    Backwards from the last step to the first.
    """
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


@dataclass(frozen=True)
class _Hull:
    """
    G as a sum of kinks: base + sum of weights * max(0, y - knots), all positive.
    """

    knots: FloatArray
    weights: FloatArray
    base: float

    def rise(self, step: tuple[float, float, float], x: FloatArray) -> FloatArray:
        """
        The rise before *step*, and its slope, in two rows.
        """
        p, d, s = step
        ahead = (x + d)[:, None] - self.knots
        if s > 0:
            lifts, slopes = s * psi(ahead / s), ndtr(ahead / s)
        else:
            lifts, slopes = np.maximum(ahead, 0), (ahead > 0).astype(float)
        return p * np.array([self.base + lifts @ self.weights, slopes @ self.weights])

    def kink(self, step: tuple[float, float, float], gap: float, scale: float) -> float:
        """
        Where the rise before *step* reaches *gap*.
        """
        p, _, s = step
        if p == 0 or not self.weights.sum() > 0:
            return math.inf if gap >= 0 else -math.inf
        if gap < 0 or p * self.base > gap or (gap == 0 and s > 0):
            return -math.inf
        if gap == 0:
            return float(self.knots[self.weights > 0][0] - step[1])
        return _crossing(lambda x: self.rise(step, np.array([x]))[0, 0] / gap, scale)

    def back(
        self,
        step: tuple[float, float, float],
        gap: float,
        x: FloatArray,
        *,
        tangents: bool,
    ) -> "_Hull":
        """
        G before *step*, from its tangents or its chords at *x*.
        """
        rise, slope = self.rise(step, x)
        lift = np.maximum(rise - gap, 0)
        if tangents:
            x, lift, slope = (v[(lift > 0) & (slope > 0)] for v in (x, lift, slope))
            turn = np.diff(lift) - slope[1:] * np.diff(x)
            with np.errstate(divide="ignore", invalid="ignore"):
                turn = np.nan_to_num(turn / -np.diff(slope))
            knots = x[:-1] + np.clip(turn, 0, np.diff(x))
            knots = np.append(x[:1] - lift[:1] / slope[:1], knots)
            base = 0.0
        else:
            total = step[0] * self.weights.sum()
            knots, base = x, lift[0]
            slope = np.append(np.diff(lift) / np.diff(x), total)
        rising = np.maximum.accumulate(np.append(0, slope))
        return _Hull(knots, np.diff(rising), float(base))


def convex_bracket(
    chain: Chain, m: float, nodes: int = 80
) -> tuple[Solution, Solution]:
    """
    Solutions below and above the true one, whatever the nodes, up to rounding.

    A convex G lies under its chords and over its tangents. Either is a sum of kinks,
    whose mean under the normal curve is exact with every term positive. The values
    enclose the true one; so do the thresholds, the other way round. The width falls
    as 1 / nodes**2.
    """
    _, gaps, stays = chain.floors_and_gaps()
    found = []
    for tangents in (True, False):
        hull = _Hull(np.zeros(1), np.ones(1), 0.0)
        kinks, lift = [math.inf] * chain.steps + [0.0], 0.0
        for k in reversed(range(chain.steps)):
            step = (chain.survive[k], chain.drift[k], chain.reveal[k])
            lift = float(hull.rise(step, np.array([m]))[0, 0])
            kinks[k] = hull.kink(step, gaps[k], chain.scale or 1.0)
            spots = []
            if step[2] == 0:
                # Kinks stay where they are: look at them, between and beyond them.
                kink = kinks[k] if math.isfinite(kinks[k]) else 0.0
                stay = np.append(hull.knots - step[1], kink)
                knots = np.unique(np.append(stay, stay.max() + (chain.scale or 1.0)))
                spots = [knots, (knots[1:] + knots[:-1]) / 2]
            seen: list[tuple[float, float]] = []
            for j in range(k, chain.steps + 1):
                width = math.hypot(*chain.reveal[k:j])
                place = kinks[j] - sum(chain.drift[k:j])
                alike = (abs(place - x) < w < 3 * width < 9 * w for x, w in seen)
                if math.isfinite(place) and not any(alike):
                    seen.append((place, width))
                    spots.append(place + width * np.linspace(-8, 8, nodes))
            x = np.unique(np.concatenate(spots))
            hull = hull.back(step, max(gaps[k], 0.0), x, tangents=tangents)
        value = max(chain.exit[0], stays[0] + lift)
        found.append(Solution(value, tuple(kinks[:-1])))
    return found[0], found[1]


def monte_carlo(
    chain: Chain,
    m: float,
    thresholds: tuple[float, ...],
    n: int,
    rng: np.random.Generator,
) -> tuple[Outcomes, Outcomes]:
    """
    Mean and standard error of *n* candidates who follow *thresholds*.

    Every pass and every surprise is drawn; the error falls as 1 / sqrt(n).
    """
    mean, here, value = np.full(n, float(m)), np.ones(n, bool), np.zeros(n)
    events: list[FloatArray] = []
    for k in range(chain.steps):
        go = here & (mean > thresholds[k])
        leave = here & ~go
        value += chain.reward[k] * go + chain.exit[k] * leave
        events += [go.astype(float), leave.astype(float)]
        here = go & (rng.random(n) < chain.survive[k])
        mean = mean + chain.drift[k] + chain.reveal[k] * rng.standard_normal(n)
    offer = np.where(here, np.maximum(mean, 0), 0)
    events += [(here & (mean > 0)).astype(float), offer, value + offer]
    means = np.array([event.mean() for event in events])
    errors = np.array([event.std() for event in events]) / math.sqrt(n)
    first, second = (
        Outcomes(x[-1], x[:-3:2], x[1:-3:2], x[-3], x[-2]) for x in (means, errors)
    )
    return first, second


def belief_tree(chain: Chain, m: float, branches: int) -> float:
    """
    The value when every surprise is one of *branches* equally likely ones.

    Each is the mean of its share of the normal curve, so by Jensen the value is never
    above the true one, and doubling the branches never lowers it. Error about
    1 / branches; the work is branches**steps.
    """
    edge = ndtri(np.arange(branches + 1) / branches)
    z = branches * -np.diff(np.exp(-edge * edge / 2)) / ROOT_TWO_PI

    def worth(k: int, mean: FloatArray) -> FloatArray:
        if k == chain.steps:
            return np.maximum(mean, 0)
        ahead = (mean + chain.drift[k])[..., None] + chain.reveal[k] * z
        if chain.reveal[k] == 0:
            ahead = ahead[..., :1]
        on: FloatArray = worth(k + 1, ahead).mean(axis=-1)
        return np.maximum(chain.exit[k], chain.reward[k] + chain.survive[k] * on)

    return float(worth(0, np.array(float(m))))


def random_chain(rng: np.random.Generator, steps: int, regime: str) -> Chain:
    """
    A chain of the ``"ordinary"`` regime, or of the ``"wild"`` one.

    Ordinary: comparable reveals, a cost of a modest share of them. Wild: reveals from
    1e-6 to 1e3 or 0 in any order, survival of 0 and 1, drifts and exits of either
    sign, and steps that cost nothing or pay.
    """

    def some(share: float, then: FloatArray | float, other: FloatArray) -> FloatArray:
        return np.where(rng.random(steps) < share, then, other)

    zero = np.zeros(steps)
    if regime == "ordinary":
        unit = 10 ** rng.uniform(-1, 2)
        reveal = unit * rng.uniform(0.4, 2, steps)
        survive = rng.uniform(0.3, 1, steps)
        drift = some(0.5, 0, unit * rng.normal(0, 0.2, steps))
        reward = -unit * rng.uniform(0.01, 0.25, steps)
        leave = some(0.5, 0, -unit * rng.uniform(0, 0.4, steps))
    elif regime == "wild":
        even = 10 ** rng.uniform(-1, 1, steps)
        reveal = some(rng.random(), 10 ** rng.uniform(-6, 3, steps), even)
        reveal = some(0.15, 0, reveal)
        local = some(0.5, np.hypot.reduce(reveal), reveal)
        survive = some(0.2, 1, some(0.03, 0, rng.uniform(0.05, 1, steps)))
        drift = some(0.4, 0, local * rng.normal(0, 0.5, steps))
        reward = -local * rng.exponential(0.1, steps) * 10 ** rng.uniform(-4, 0, steps)
        reward = some(0.1, 0, some(0.1, -reward, reward))
        leave = some(0.1, 1, -np.ones(steps)) * local * rng.exponential(0.3, steps)
        leave = some(0.4, 0, leave)
    else:
        raise ValueError(f"no such regime: {regime!r}")
    rows = (reward, survive, drift, reveal, leave)
    return Chain(*(tuple(float(x) for x in row + zero) for row in rows))


def starting_means(chain: Chain, thresholds: tuple[float, ...]) -> tuple[float, ...]:
    """
    Means worth trying: about each threshold's image at the start, centre, far away.
    """
    unit = chain.scale or 1.0
    places = [*thresholds, 0.0]
    images = [x - sum(chain.drift[:k]) for k, x in enumerate(places)]
    near = [
        x + unit * shift
        for x in images
        if math.isfinite(x)
        for shift in (-1, -1e-6, 0, 1e-6, 1)
    ]
    far = [sign * unit * size for size in (30, 1e4, 1e8) for sign in (-1, 1)]
    return (0.0, *near, *far)
