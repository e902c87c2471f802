"""A reference that proves bounds: chords from above, tangents from below."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from oracles import (
    Chain,
    FloatArray,
    Solution,
    _crossing,
    psi,
)


@dataclass(frozen=True)
class _Hull:
    """G as a sum of kinks: base + sum of weights * max(0, y - knots), all positive."""

    knots: FloatArray
    weights: FloatArray
    base: float

    def rise(self, step: tuple[float, float, float], x: FloatArray) -> FloatArray:
        """The rise before *step*, and its slope, in two rows."""
        p, d, s = step
        ahead = (x + d)[:, None] - self.knots
        if s > 0:
            lifts, slopes = s * psi(ahead / s), ndtr(ahead / s)
        else:
            lifts, slopes = np.maximum(ahead, 0), (ahead > 0).astype(float)
        return p * np.array([self.base + lifts @ self.weights, slopes @ self.weights])

    def kink(self, step: tuple[float, float, float], gap: float, scale: float) -> float:
        """Where the rise before *step* reaches *gap*."""
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
        """G before *step*, from its tangents or its chords at *x*."""
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
    """Solutions below and above the true one, whatever the nodes are, up to rounding.

    A convex G lies below its chords and above its tangents. Both are sums of kinks,
    whose mean under the normal distribution is exact with every term positive. So the
    values enclose the true value, and the thresholds enclose the true ones in reverse.
    The width falls as 1 / nodes**2.
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
