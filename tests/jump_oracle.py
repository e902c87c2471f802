"""A chain whose steps may tell facts, by an independent and slow quadrature.

Nothing here imports the package. Continuation values are carried as Chebyshev series on
panels as wide as the smallest reveal, and each is a sum over all combinations of
facts of integrals by Gauss's rule, cut at the threshold ahead. Where nothing but facts
is revealed, ``by_tree`` plays out every combination.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.polynomial import chebyshev, legendre
from scipy.optimize import brentq
from scipy.stats import norm

from oracles import FloatArray

Value = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class Step:
    """One step; each fact is its chance and what it is worth beyond its absence."""

    reward: float
    survive: float
    drift: float
    reveal: float
    exit: float
    facts: tuple[tuple[float, float], ...] = ()

    @property
    def worlds(self) -> list[tuple[float, float]]:
        """Probability and shift of every combination of the facts."""
        sides = [
            [(chance, (1 - chance) * size), (1 - chance, -chance * size)]
            for chance, size in self.facts
        ]
        return [
            (math.prod(q for q, _ in world), math.fsum(a for _, a in world))
            for world in product(*sides)
        ]


def columns(steps: Sequence[Step]) -> list[list[float]]:
    """The arrays that ``solve`` takes."""
    names = ("reward", "survive", "drift", "reveal", "exit")
    rows = [[getattr(step, name) for step in steps] for name in names]
    most = max(len(step.facts) for step in steps)
    padded = [[*step.facts, *[(0.0, 0.0)] * (most - len(step.facts))] for step in steps]
    for number in range(most):
        rows += [[facts[number][side] for facts in padded] for side in (0, 1)]
    return rows


@dataclass(frozen=True)
class Answer:
    """Thresholds, and what going on is worth at some means."""

    thresholds: list[float]
    continuation: FloatArray


def by_quadrature(steps: Sequence[Step], means: FloatArray) -> Answer:
    """Backward induction on panels; every reveal must be above 0."""
    width = min(step.reveal for step in steps)
    reach = 9.5 * math.hypot(*(step.reveal for step in steps))
    for step in steps:
        shifts = [abs(shift) for _, shift in step.worlds]
        reach += max(shifts) + abs(step.drift)
    gains = sum(abs(step.reward) + abs(step.exit) for step in steps)
    passing = math.prod(step.survive for step in steps)
    low, high = -reach - gains, reach + gains / passing
    low, high = min(low, means.min() - width), max(high, means.max() + width)
    nodes, weights = legendre.leggauss(24)
    thresholds: list[float] = []

    def accept(u: FloatArray) -> FloatArray:
        return np.maximum(u, 0.0)

    value, kink = accept, 0.0
    first: Value = accept
    for step in reversed(steps):

        def going_on(
            m: FloatArray, step: Step = step, value: Value = value, kink: float = kink
        ) -> FloatArray:
            total = np.zeros_like(m)
            edges = np.arange(-9.0, 9.01, 2.0) * step.reveal
            for chance, shift in step.worlds:
                centre = m + step.drift + shift
                cut = np.clip(kink - centre, edges[0], edges[-1])[:, None]
                ends = np.sort(np.hstack([np.tile(edges, (m.size, 1)), cut]), axis=1)
                half = 0.5 * np.diff(ends, axis=1)[:, :, None]
                x = 0.5 * (ends[:, 1:] + ends[:, :-1])[:, :, None] + half * nodes
                mass = half * weights * norm.pdf(x, scale=step.reveal)
                after = value((centre[:, None, None] + x).ravel()).reshape(x.shape)
                total += chance * (mass * after).sum(axis=(1, 2))
            return step.reward + step.survive * total

        curve = _panels(going_on, low, high, width)
        left, right = curve(np.array([low]))[0], curve(np.array([high]))[0]
        if left >= step.exit:
            threshold = -math.inf
        elif right <= step.exit:
            threshold = math.inf
        else:
            threshold = brentq(
                lambda m, c=curve, e=step.exit: c(np.array([m]))[0] - e,
                low,
                high,
                xtol=1e-13,
            )
        thresholds.insert(0, threshold)
        kink = threshold if math.isfinite(threshold) else 2 * low

        def best(u: FloatArray, curve: Value = curve, step: Step = step) -> FloatArray:
            return np.maximum(curve(u), step.exit)

        value, first = best, going_on
    return Answer(thresholds, first(means))


def _panels(function: Value, low: float, high: float, width: float) -> Value:
    """A smooth function as Chebyshev series on panels, a straight line beyond them."""
    count = math.ceil((high - low) / width)
    edges = np.linspace(low, high, count + 1)
    half, t = 0.5 * (edges[1] - edges[0]), chebyshev.chebpts1(16)
    points = (edges[:-1] + half)[:, None] + half * t
    table = function(points.ravel()).reshape(points.shape).T
    series = np.linalg.solve(chebyshev.chebvander(t, 15), table)
    slope = chebyshev.chebval(1.0, chebyshev.chebder(series[:, -1])) / half
    top = chebyshev.chebval(1.0, series[:, -1])

    def evaluate(u: FloatArray) -> FloatArray:
        clipped = np.clip(u, low, high)
        panel = np.clip(((clipped - low) / (2 * half)).astype(int), 0, count - 1)
        x = (clipped - edges[panel]) / half - 1.0
        inside = chebyshev.chebval(x, series[:, panel], tensor=False)
        return np.asarray(np.where(u > high, top + slope * (u - high), inside))

    return evaluate


def by_tree(steps: Sequence[Step], mean: float) -> float:
    """What the first step is worth where only facts are revealed."""

    def value(number: int, m: float) -> float:
        if number == len(steps):
            return max(0.0, m)
        return max(steps[number].exit, going_on(number, m))

    def going_on(number: int, m: float) -> float:
        step = steps[number]
        after = [
            chance * value(number + 1, m + step.drift + shift)
            for chance, shift in step.worlds
        ]
        return step.reward + step.survive * math.fsum(after)

    return going_on(0, mean)
