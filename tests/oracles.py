"""Slow and independent answers, to judge the solver by.

Nothing here imports the package, and no two methods share their mathematics:

    one_step            closed form, 50 digits                  exact
    nested_quadrature   tanh-sinh sums inside tanh-sinh sums    1 to 3 steps, 1e-13
    belief_tree         equal shares of the normal curve        a proof from below
    monte_carlo         literal play                            1 / sqrt(n)
    grid_oracle         Chebyshev panels that split themselves  any chain, 1e-10
    bracket_oracle      chords above, tangents below            a proof, 1e-4

All write W[k] = floor[k] + G[k], with floor[k] the limit of W[k] on the far left. So
G is positive, convex, increasing and never the difference of two large numbers:

    rise[k](m) = survive[k] * E[G[k+1](m + drift[k] + reveal[k] * Z)]
    gap[k]     = exit[k] - reward[k] - survive[k] * floor[k+1]
    G[k]       = max(0, rise[k] - max(0, gap[k])),    G[K](m) = max(0, m)

and a threshold is where the rise reaches the gap.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import mpmath
import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import erfcx, ndtri

FloatArray: TypeAlias = npt.NDArray[np.float64]

ROOT_TWO_PI = math.sqrt(2 * math.pi)


@dataclass(frozen=True)
class Chain:
    """The steps of a process, first step first."""

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
        """Standard deviation of all that the chain can reveal."""
        return math.hypot(*self.reveal)

    def floors_and_gaps(self) -> tuple[list[float], list[float], list[float]]:
        """Floors (steps + 1), gaps, and floors of going on, each rounded only once."""
        floors, gaps, stays = [Fraction(0)], list[Fraction](), list[Fraction]()
        for r, p, e in reversed(
            [*zip(self.reward, self.survive, self.exit, strict=True)]
        ):
            stays.insert(0, Fraction(r) + Fraction(p) * floors[0])
            gaps.insert(0, Fraction(e) - stays[0])
            floors.insert(0, max(Fraction(e), stays[0]))
        return [*map(float, floors)], [*map(float, gaps)], [*map(float, stays)]


class Solution(NamedTuple):
    """The value at one mean, and the threshold of every step."""

    value: float
    thresholds: tuple[float, ...]


class Programme(NamedTuple):
    """A solution and its estimated errors.

    *slopes* are those of going on at the thresholds, nan where there is none: a
    threshold moves by 1 / slope when its exit moves by 1.
    """

    value: float
    thresholds: tuple[float, ...]
    error: float
    threshold_errors: tuple[float, ...]
    slopes: tuple[float, ...]


class Outcomes(NamedTuple):
    """What becomes of a candidate; *take* and *leave* have an entry for each step."""

    value: float
    take: FloatArray
    leave: FloatArray
    accept: float
    offer: float


def one_step(chain: Chain, m: float) -> tuple[float, float, float]:
    """Value, threshold and acceptance of a single step, from 50 digits."""
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
    """E[max(0, z + Z)], with small relative error on the far left too."""
    far = np.abs(z)
    mills = math.sqrt(math.pi / 2) * erfcx(far / math.sqrt(2))
    left: FloatArray = np.exp(-z * z / 2) / ROOT_TWO_PI * (1 - far * mills)
    return left + np.maximum(z, 0)


def nested_quadrature(chain: Chain, m: float) -> Solution:
    """One to three steps by tanh-sinh sums, cut at every kink and its images.

    The innermost step is in closed form. With step h the error falls as exp(-c / h); at
    h = 1/12 it is near 1e-15 of the scale.
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
    """The threshold of step *k*, given the one after it."""
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
    """Where an increasing *ratio* passes 1: a doubling search, then Brent's method."""
    low, high = -scale, scale
    while ratio(low) >= 1:
        low *= 2
    while ratio(high) <= 1:
        high *= 2
    return float(
        brentq(lambda x: math.log(max(ratio(x), 1e-320)), low, high, xtol=1e-14 * scale)
    )


def monte_carlo(
    chain: Chain,
    m: float,
    thresholds: tuple[float, ...],
    n: int,
    rng: np.random.Generator,
) -> tuple[Outcomes, Outcomes]:
    """Mean and standard error over *n* candidates who follow *thresholds*.

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
    """The value if every surprise is one of *branches* equally likely ones.

    Each is the mean of its share of the normal distribution. By Jensen's inequality the
    value is never above the true one, and doubling the branches never lowers it. The
    error is about 1 / branches; the work is branches**steps.
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
    """A chain of the ``"ordinary"`` regime, or of the ``"wild"`` one.

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
    """Means worth testing: around each threshold's image at the start, and far away."""
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
