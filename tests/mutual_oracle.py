"""Oracles of chains in which passes depend on the fit: a belief grid, and plays.

Neither shares anything with ``interviewfit._solver.mutual_solution``: intercepts come
from sums over a fine grid of fits, expectations from a fine grid of belief means with
linear interpolation, and plays draw a fit, readings and decisions.
"""

from collections.abc import Callable, Sequence
from math import erf
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

_ERF = np.vectorize(erf, otypes=[float])


def normal_cdf(x: Floats) -> Floats:
    """The normal distribution function, by the error function of Python."""
    return np.asarray(0.5 * (1.0 + _ERF(np.asarray(x) / np.sqrt(2.0))))


@frozen
class MutualCase:
    """A process of random numbers, hours, with no known changes of the mean.

    Attributes:
        reward, exit, rate, reveal: Of each step.
        facts: Of each step, chance and size, or None.
        mean, residual: Mean of the surplus, and the variance that is never shown.
        correlation: Of the employer's view with the candidate's.
        behind: Rates of the stages that were passed before.
    """

    reward: tuple[float, ...]
    exit: tuple[float, ...]
    rate: tuple[float, ...]
    reveal: tuple[float, ...]
    facts: tuple[tuple[float, float] | None, ...]
    mean: float
    residual: float
    correlation: float
    behind: tuple[float, ...] = ()

    @property
    def variance(self) -> float:
        """Of the normal part of the surplus now."""
        return self.residual + sum(s * s for s in self.reveal)

    @property
    def total(self) -> float:
        """Of the whole surplus."""
        told = [c * (1 - c) * a * a for c, a in filter(None, self.facts)]
        return self.variance + sum(told)

    @property
    def slope(self) -> float:
        """Of the employer's view, per hour."""
        r = self.correlation
        return float(r / np.sqrt(1.0 - r * r) / np.sqrt(self.total))


def random_case(rng: np.random.Generator, stages: int) -> MutualCase:
    """A random process of some stages."""
    sd = float(rng.uniform(150.0, 1200.0))
    shares = rng.dirichlet(np.ones(stages + 1) * 1.5)
    facts: list[tuple[float, float] | None] = [None] * stages
    if rng.random() < 0.4:
        where = int(rng.integers(stages))
        facts[where] = (float(rng.uniform(0.1, 0.9)), float(rng.uniform(-1, 1) * sd))
    exits = rng.uniform(-8.0, 4.0, stages) * (rng.random(stages) < 0.5)
    return MutualCase(
        tuple((-rng.uniform(0.5, 12.0, stages)).tolist()),
        tuple(exits.tolist()),
        tuple(rng.uniform(0.2, 0.95, stages).tolist()),
        tuple((sd * np.sqrt(shares[:-1])).tolist()),
        tuple(facts),
        float(rng.uniform(-1.2, 0.4) * sd),
        float(sd * sd * shares[-1]),
        float(rng.uniform(-0.3, 0.8)),
        tuple(rng.uniform(0.3, 0.9, int(rng.integers(3))).tolist()),
    )


def _belief(
    case: MutualCase, first: int, variance: float, count: int
) -> tuple[Floats, Floats]:
    """Deviations of the surplus from the mean before a step, with their weights."""
    z = np.linspace(-8.5, 8.5, count)
    weight = np.exp(-0.5 * z * z)
    points, weights = np.sqrt(variance) * z, weight / weight.sum()
    for fact in case.facts[first:]:
        if fact is not None:
            chance, size = fact
            points = np.concatenate(
                (points - chance * size, points + (1 - chance) * size)
            )
            weights = np.concatenate(((1 - chance) * weights, chance * weights))
    return points, weights


def intercepts(case: MutualCase) -> list[float]:
    """Intercepts that pass whoever is still in with the stated rates, by bisection."""
    points, weights = _belief(case, 0, case.variance, 801)
    result = []
    for rate in (*case.behind, *case.rate):
        low, high = -60.0, 60.0
        for _ in range(70):
            middle = 0.5 * (low + high)
            share = float(weights @ normal_cdf(middle + case.slope * points))
            low, high = (middle, high) if share < rate else (low, middle)
        result.append(0.5 * (low + high))
        weights = weights * normal_cdf(result[-1] + case.slope * points)
        weights = weights / weights.sum()
    return result


def _smoothed(grid: Floats, values: Floats, sd: float, jump: float) -> Floats:
    """The mean of a piecewise linear function over a jump and normal news, exactly.

    The function is a sum of calls at the points of the grid.
    """
    step = grid[1] - grid[0]
    slopes = np.diff(values) / step
    turns = np.diff(np.concatenate(([0.0], slopes, [slopes[-1]])))
    distance = step * np.arange(-(grid.size - 1), grid.size) + jump
    z = distance / sd
    calls = distance * normal_cdf(z) + sd * np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    spectrum = np.fft.rfft(turns, 4 * grid.size) * np.fft.rfft(calls, 4 * grid.size)
    total = np.fft.irfft(spectrum, 4 * grid.size)[grid.size - 1 : 2 * grid.size - 1]
    return np.asarray(values[0] + total)


def _crossing(grid: Floats, values: Floats) -> float:
    """Where values on a grid last rise above 0; infinite where they end below.

    Far to the left all is next to nothing, and so is its sign.
    """
    below = np.flatnonzero(values <= 0.0)
    if below.size and below[-1] == grid.size - 1:
        return float(np.inf)
    if not below.size:
        return float(grid[0])
    last = int(below[-1])
    low, high = values[last], values[last + 1]
    share = low / (low - high)
    return float(grid[last] + share * (grid[last + 1] - grid[last]))


@frozen
class GridSolution:
    """Value now, hours, with thresholds on the mean of the normal part, at the end too.

    Attributes:
        value: Of going on.
        thresholds: Relative to the mean at the start, hours.
        single: Whether the value crossed that of leaving once at each step.
    """

    value: float
    thresholds: tuple[float, ...]
    single: bool


def solve_on_grid(case: MutualCase, points: int = 6001) -> GridSolution:
    """Backward induction on a fine grid of belief means."""
    bars, behind = intercepts(case), len(case.behind)
    span = 8.0 * np.sqrt(case.total) + sum(abs(f[1]) for f in case.facts if f)
    grid = np.linspace(-span, span, points)
    fine = np.linspace(-2.2 * span, 2.2 * span, 4001)
    tables = {}

    def moments(first: int, variance: float, passes: int) -> tuple[Floats, Floats]:
        """F and E[S H] at the grid."""
        if passes not in tables:
            product = np.ones_like(fine)
            for bar in bars[:passes]:
                product = product * normal_cdf(bar + case.slope * fine)
            tables[passes] = product
        deviations, weights = _belief(case, first, variance, 161)
        at = grid[:, None] + deviations
        factor = np.interp(at, fine, tables[passes])
        return factor @ weights, (factor * (case.mean + at)) @ weights

    steps = len(case.reward)
    left = [case.variance]
    for sd in case.reveal:
        left.append(left[-1] - sd * sd)
    left[-1] = case.residual
    _, offered = moments(steps, left[-1], behind + steps)
    ahead = np.maximum(0.0, offered)
    near = np.abs(grid) < 6.0 * np.sqrt(case.total)
    thresholds = [_crossing(grid[near], offered[near])]
    single = True
    going = ahead
    for step in range(steps - 1, -1, -1):
        here, _ = moments(step, left[step], behind + step)
        fact = case.facts[step]
        jumps = [(1.0, 0.0)]
        if fact is not None:
            chance, size = fact
            jumps = [(1 - chance, -chance * size), (chance, (1 - chance) * size)]
        expected = np.zeros_like(grid)
        for probability, jump in jumps:
            expected += probability * _smoothed(grid, ahead, case.reveal[step], jump)
        going = case.reward[step] * here + expected
        excess = going - case.exit[step] * here
        inner = np.abs(grid) < 6.0 * np.sqrt(case.total)
        signs = (excess > 0.0)[inner]
        single &= bool((np.diff(signs.astype(int)) >= 0).all())
        # Further out all is next to nothing, and so is its sign.
        thresholds.insert(0, _crossing(grid[inner], excess[inner]))
        ahead = np.maximum(case.exit[step] * here, going)
    now, _ = moments(0, left[0], behind)
    value = np.interp(0.0, grid, going) / np.interp(0.0, grid, now)
    return GridSolution(float(value), tuple(thresholds), single)


@frozen
class Plays:
    """What was counted in plays.

    Attributes:
        value, value_error: Mean, hours, and its standard error.
        reached, reached_error: Shares that took each step.
        accepted, accepted_error: Share that accepted.
        fit, fit_error: Mean surplus of the accepted job, hours.
    """

    value: float
    value_error: float
    reached: tuple[float, ...]
    reached_error: tuple[float, ...]
    accepted: float
    accepted_error: float
    fit: float
    fit_error: float


def play(case: MutualCase, thresholds: Sequence[float], count: int, seed: int) -> Plays:
    """Draw fits, news and the employer's decisions, and go on above thresholds.

    Args:
        case: What is played.
        thresholds: On the mean of the normal part, relative to the start, hours; the
            first is ignored, the last is for the offer.
        count, seed: How many, and of which random numbers.
    """
    rng = np.random.default_rng(seed)
    bars, behind = intercepts(case), len(case.behind)
    news = [sd * rng.standard_normal(count) for sd in case.reveal]
    jumps = [np.zeros_like(shown) for shown in news]
    for jump, fact in zip(jumps, case.facts, strict=True):
        if fact is not None:
            chance, size = fact
            np.add(jump, size * ((rng.random(count) < chance) - chance), out=jump)
    fit: Floats = np.asarray(rng.standard_normal(count))
    fit *= np.sqrt(case.residual)
    for shown in (*news, *jumps):
        fit += shown
    cdf = _fast_cdf()
    weight: Floats = np.ones_like(fit)
    for bar in bars[:behind]:
        weight = weight * (rng.random(count) < cdf(bar + case.slope * fit))
    live = weight > 0.0
    total = int(live.sum())
    mean: Floats = np.zeros_like(fit)
    value: Floats = np.zeros_like(fit)
    reached = []
    for step, reward in enumerate(case.reward):
        going = live if step == 0 else live & (mean > thresholds[step])
        value[live & ~going] += case.exit[step]
        live = going
        reached.append(live.sum() / total)
        value[live] += reward
        mean = mean + news[step] + jumps[step]
        live = live & (rng.random(count) < cdf(bars[behind + step] + case.slope * fit))
    takes = live & (mean > thresholds[-1])
    value[takes] += case.mean + fit[takes]
    counted = value[weight > 0.0]
    chances = np.array([*reached, takes.sum() / total])
    errors = np.sqrt(np.maximum(chances * (1 - chances), 1e-12) / total)
    fits = case.mean + fit[takes]
    enough = fits.size > 1
    return Plays(
        float(counted.mean()),
        float(counted.std() / np.sqrt(total)),
        tuple(chances[:-1].tolist()),
        tuple(errors[:-1].tolist()),
        float(chances[-1]),
        float(errors[-1]),
        float(fits.mean()) if enough else 0.0,
        float(fits.std() / np.sqrt(fits.size)) if enough else np.inf,
    )


def _fast_cdf() -> Callable[[Floats], Floats]:
    """The normal distribution function by a fine table, for millions of draws."""
    table = np.linspace(-9.0, 9.0, 200_001)
    values = normal_cdf(table)
    return lambda x: np.interp(x, table, values)
