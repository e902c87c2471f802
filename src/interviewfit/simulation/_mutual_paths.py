"""Simulated paths of a process in which passes tell of the fit.

The surplus S of each path is drawn from what is believed now: by rejection with the
chances of the passes so far, or, where hardly any draw would be kept, by inverting its
distribution function on a fine grid. Then news come: given S, the mean of its normal
part moves towards it, as that of somebody who looks with an error of their own. The
employer decides by S alone. What is believed on the way has the factors of all passes
so far.

Reference: L. Devroye, "Non-Uniform Random Variate Generation" (1986), for rejection and
inversion.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Protocol

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters, solve_steps
from interviewfit._competition.mutual_steps import solve_mutual_steps
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.chebyshev import interpolated
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._numeric.probit_factors import REACH
from interviewfit._process.compilation import Step
from interviewfit._process.mutual_fit import MutualFit
from interviewfit._solver.mutual_solution import MutualSolution
from interviewfit._solver.solution import Solution
from interviewfit.simulation._paths import BLOCK, ProcessPaths, simulate_process

_MOST_TRIALS = 1_000
"""Draws for each that rejection keeps; where it takes more, the grid is quicker."""
_POINTS, _GRID = 8_193, 1 << 20
"""Points of the grid at most, for each world of the facts and over all of them."""


def later_thresholds(
    steps: Sequence[Step[float]], mutual: MutualFit | None
) -> list[float]:
    """Thresholds of all steps but the first, hours.

    Args:
        steps, mutual: Of an alternative.
    """
    solution: Solution | MutualSolution = solve_steps(steps)
    if mutual is not None:
        solution = solve_mutual_steps(steps, mutual)
    later: list[float] = solution.thresholds[0, 1:].tolist()
    return later


class DrawnStep(Protocol):
    """What is drawn of a step."""

    @property
    def survive(self) -> float:
        """Probability of passing it."""

    @property
    def facts(self) -> tuple[tuple[float, float], ...]:
        """That become known in it, as in ``Step``."""


@frozen
class _ChainStep:
    """A step of a chain, as ``DrawnStep``."""

    survive: float
    facts: tuple[tuple[float, float], ...]


def path_source(
    chain: ChainParameters[float],
) -> Callable[["np.random.Generator"], ProcessPaths]:
    """What simulates a block of paths of a process with a generator.

    Where passes tell nothing of the fit, the chances of the chain decide.

    Args:
        chain: Of the process.
    """
    if chain.mutual is None:
        return partial(simulate_process, chain)
    facts = chain.facts or ((),) * len(chain.exit)
    steps = [*map(_ChainStep, chain.survive, facts)]
    return partial(simulate_mutual, steps, chain.mutual)


def simulate_mutual(
    steps: Sequence[DrawnStep], mutual: MutualFit, rng: "np.random.Generator"
) -> ProcessPaths:
    """Simulate a process to its end on a block of paths, as if nobody ever left.

    Means are as believed with the passes so far, as thresholds are.

    Args:
        steps: Of a single decision.
        mutual: How passes go with the fit.
        rng: Draws fits, news and decisions.
    """
    count, variance = len(steps), float(mutual.variance[0])
    behind = mutual.factors.passes - sum(mutual.decides)
    normal, jumps = _draw(steps, mutual, behind, rng)
    fit = normal + np.sum(jumps, axis=0)
    later = float(sum(mutual.drift))
    position = np.zeros(BLOCK)
    means, rejected_after = np.empty((count, BLOCK)), np.full(BLOCK, count)
    passes = behind
    for number, step in enumerate(steps):
        ahead = _believed(mutual, steps[number:], variance, position, passes)
        # Known changes of the mean still come on top.
        means[number] = ahead + later - sum(mutual.drift[number:])
        square = min(float(mutual.reveal[number]) ** 2, variance)
        if square > 0.0:
            towards = square / variance * (normal - position)
            error = np.sqrt(square * (1.0 - square / variance))
            position = position + towards + error * rng.standard_normal(BLOCK)
        variance -= square
        position, normal = position + jumps[number], normal + jumps[number]
        if mutual.decides[number]:
            offset = mutual.mean[0] - mutual.centre[0]
            chance = mutual.factors.passing((fit + offset)[None], passes)[0]
            if passes == mutual.factors.hinted:
                odds = mutual.factors.hint[0, 0]
                chance = odds * chance / (1.0 + (odds - 1.0) * chance)
            passes += 1
        else:
            chance = np.full(BLOCK, step.survive)
        fails = rng.random(BLOCK) >= chance
        rejected_after[fails & (rejected_after == count)] = number
    surplus = _believed(mutual, (), variance, position, passes) + later
    return ProcessPaths(means, rejected_after, surplus)


def _draw(
    steps: Sequence[DrawnStep],
    mutual: MutualFit,
    behind: int,
    rng: "np.random.Generator",
) -> tuple[FloatColumn, list[FloatColumn]]:
    """The normal part of the surplus beyond its mean, and jumps, given the passes.

    Draws from what was believed before the passes are kept with the chance that all of
    these would have come.

    Args:
        steps, mutual, rng: As ``simulate_mutual`` takes them.
        behind: How many passes there were.
    """
    sd = float(np.sqrt(mutual.variance[0]))
    offset = mutual.mean[0] - mutual.centre[0]
    # No factor is above the odds of a hint over the rates of the passes so far.
    most = float(mutual.factors.hint.max(initial=1.0))
    most /= float(np.prod(mutual.factors.rate[0, :behind]))
    if most > _MOST_TRIALS:
        return _draw_rare(steps, mutual, behind, rng)
    kept: list[FloatArray] = []
    found = 0
    while found < BLOCK:
        draws = np.zeros((1 + len(steps), BLOCK))
        draws[0] = sd * rng.standard_normal(BLOCK)
        for number, step in enumerate(steps):
            for chance, size in step.facts:
                draws[1 + number] += size * ((rng.random(BLOCK) < chance) - chance)
        fit = (draws.sum(axis=0) + offset)[None]
        likely = mutual.factors.factors(fit)[behind, 0]
        chosen = draws[:, rng.random(BLOCK) * most < likely]
        kept.append(chosen)
        found += chosen.shape[1]
    drawn = np.hstack(kept)[:, :BLOCK]
    return drawn[0], list(drawn[1:])


def _draw_rare(
    steps: Sequence[DrawnStep],
    mutual: MutualFit,
    behind: int,
    rng: "np.random.Generator",
) -> tuple[FloatColumn, list[FloatColumn]]:
    """The same where hardly anybody would have passed, in work that does not grow.

    Args:
        steps, mutual, behind, rng: As ``_draw`` takes them.
    """
    facts = [
        (number, *fact) for number, step in enumerate(steps) for fact in step.facts
    ]
    worlds = list(product((True, False), repeat=len(facts)))
    jumps, probability = np.zeros((len(steps), len(worlds))), np.ones(len(worlds))
    for column, world in enumerate(worlds):
        for (number, chance, size), holds in zip(facts, world, strict=True):
            jumps[number, column] += size * (holds - chance)
            probability[column] *= chance if holds else 1.0 - chance
    sd = float(np.sqrt(mutual.variance[0]))
    shift = jumps.sum(axis=0) + mutual.mean[0] - mutual.centre[0]
    points = min(_POINTS, max(257, _GRID // len(worlds)))
    unit = np.linspace(-REACH, REACH, points) if sd > 0.0 else np.zeros(2)
    likely = mutual.factors.factors(shift[:, None] + sd * unit)[behind]
    density = probability[:, None] * np.exp(-0.5 * unit * unit) * likely
    mass = (density[:, 1:] + density[:, :-1]).ravel()
    if not mass.sum() > 0.0:  # Beyond the grid: whoever is the likeliest to pass.
        fits = np.sign(mutual.factors.slope[0, 0]) * (shift[:, None] + sd * unit[:-1])
        mass = (fits == fits.max()).ravel() * 1.0
    total = np.cumsum(mass)
    cell = np.searchsorted(total, total[-1] * rng.random(BLOCK), side="right")
    world, left = np.divmod(np.minimum(cell, mass.size - 1), unit.size - 1)
    step = unit[1] - unit[0]
    return sd * (unit[left] + step * rng.random(BLOCK)), list(jumps[:, world])


def _believed(
    mutual: MutualFit,
    ahead: Sequence[DrawnStep],
    variance: float,
    position: FloatColumn,
    passes: int,
) -> FloatColumn:
    """The mean of the surplus with the passes so far, without known changes, hours.

    Args:
        mutual: How passes go with the fit.
        ahead: The steps still to come, whose facts are not told yet.
        variance: Of the normal part, hours squared.
        position: Mean of the normal part beyond that at the start, hours, ``(paths,)``.
        passes: How many passes there were.
    """
    shift, probability = np.zeros((1, 1)), np.ones((1, 1))
    for step in ahead:
        for chance, size in step.facts:
            shift = np.hstack((shift - chance * size, shift + (1.0 - chance) * size))
            rest = probability * (1.0 - chance)
            probability = np.hstack((rest, probability * chance))
    square = variance + float((probability * shift**2).sum())
    scale = np.array([[np.sqrt(square) if square > 0.0 else 1.0]])
    offset = mutual.mean[0] - mutual.centre[0]
    jumps, spread = (shift / scale, probability), np.array([[variance]]) / scale**2
    factors = mutual.factors.rescaled(scale)
    moments = FactorMoments(factors, spread, *jumps, None, None, 1.0)
    half = factors.passes + 1

    def believed(points: FloatColumn) -> FloatColumn:
        """The same in units of the scale, beyond the centre.

        Args:
            points: Means of the normal part, likewise.
        """
        pairs = moments.at(points[None])[0]
        return np.asarray(pairs[:, half + passes] / pairs[:, passes])

    width = float(np.sqrt(spread[0, 0] + factors.scale[0, 0] ** 2))
    points = (position + offset) / scale[0, 0]
    smooth = None if factors.is_sharp else interpolated(believed, points, width)
    z = believed(points) if smooth is None else smooth
    return np.asarray(mutual.centre[0] + scale[0, 0] * z)
