"""Simulated paths of a process in which passes tell of the fit.

The surplus S of each path is drawn from what is believed now (``_mutual_draws``). Then
news come: given S, the mean of its normal part moves towards it, as that of somebody
who looks with an error of their own. The employer decides by S alone. What is believed
on the way has the factors of all passes so far (``_mutual_beliefs``).
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters, solve_steps
from interviewfit._competition.mutual_steps import solve_mutual_steps
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.compilation import Step
from interviewfit._process.mutual_fit import MutualFit
from interviewfit._solver.mutual_solution import MutualSolution
from interviewfit._solver.solution import Solution
from interviewfit.simulation._mutual_beliefs import (
    DrawnStep,
    OpenBelief,
    believed,
    open_beliefs,
)
from interviewfit.simulation._mutual_draws import FitDraws
from interviewfit.simulation._paths import BLOCK, ProcessPaths, simulate_process

# A step in which passes tell of the fit takes as long as so many others.
_MUTUAL_STEP = 8


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


@frozen
class _ChainStep:
    """A step of a chain, as ``DrawnStep``."""

    survive: float
    facts: tuple[tuple[float, float], ...]


def path_source(
    chain: ChainParameters[float], *, begun: bool = True
) -> Callable[["np.random.Generator"], ProcessPaths]:
    """What simulates a block of paths of a process with a generator.

    Where passes tell nothing of the fit, the chances of the chain decide.

    Args:
        chain: Of the process.
        begun: Whether it may be begun; else nothing is believed on its paths.
    """
    if chain.mutual is None:
        return partial(simulate_process, chain)
    facts = chain.facts or ((),) * len(chain.exit)
    steps = [*map(_ChainStep, chain.survive, facts)]
    return MutualPaths.of(steps, chain.mutual, begun=begun).simulate


def more_work(chains: Sequence[ChainParameters[float]]) -> int:
    """What processes take beyond their steps because passes tell of the fit, in steps.

    Args:
        chains: Of the processes.
    """
    steps = (len(chain.exit) for chain in chains if chain.mutual is not None)
    return (_MUTUAL_STEP - 1) * sum(steps)


@frozen(eq=False)
class MutualPaths:
    """What simulates a process in which passes tell of the fit.

    Attributes:
        steps: Of a single decision.
        mutual: How passes go with the fit.
        fits: Draws them.
        beliefs: What is open before each step, and at the end.
        begun: Whether the process may be begun; else means are 0.
    """

    steps: Sequence[DrawnStep]
    mutual: MutualFit
    fits: FitDraws
    beliefs: Sequence[OpenBelief]
    begun: bool = True

    @classmethod
    def of(
        cls, steps: Sequence[DrawnStep], mutual: MutualFit, *, begun: bool = True
    ) -> "MutualPaths":
        """What simulates a process.

        Args:
            steps, mutual, begun: As the attributes.
        """
        fits = FitDraws.of(steps, mutual)
        return cls(steps, mutual, fits, open_beliefs(steps, mutual), begun)

    def simulate(self, rng: "np.random.Generator") -> ProcessPaths:
        """Simulate the process to its end on a block of paths, as if nobody ever left.

        Means are as believed with the passes so far, as thresholds are; they are 0 on
        paths that are over.

        Args:
            rng: Draws fits, news and decisions.
        """
        mutual, count = self.mutual, len(self.steps)
        variance, passes = float(mutual.variance[0]), self.fits.behind
        draws = self.fits.draw(rng)
        normal, fit = draws[0], draws.sum(axis=0)
        offset = mutual.mean[0] - mutual.centre[0]
        later = float(sum(mutual.drift))
        position = np.zeros(BLOCK)
        means, rejected_after = np.zeros((count, BLOCK)), np.full(BLOCK, count)
        runs = np.arange(BLOCK)
        for number, (step, left) in enumerate(
            zip(self.steps, self.beliefs[:-1], strict=True)
        ):
            if self.begun:
                ahead = believed(mutual, left, position[runs], passes)
                # Known changes of the mean still come on top.
                means[number, runs] = ahead + later - sum(mutual.drift[number:])
            square = min(float(mutual.reveal[number]) ** 2, variance)
            if square > 0.0:
                towards = square / variance * (normal - position)
                error = np.sqrt(square * (1.0 - square / variance))
                position = position + towards + error * rng.standard_normal(BLOCK)
            variance -= square
            jump = draws[1 + number]
            position, normal = position + jump, normal + jump
            chance = np.full(runs.size, step.survive)
            if mutual.decides[number]:
                chance = self._passing(fit[runs] + offset, passes)
                passes += 1
            fails = rng.random(BLOCK)[runs] >= chance
            rejected_after[runs[fails]] = number
            runs = runs[~fails]
        surplus = np.zeros(BLOCK)
        if self.begun:
            end = believed(mutual, self.beliefs[-1], position[runs], passes)
            surplus[runs] = end + later
        return ProcessPaths(means, rejected_after, surplus)

    def _passing(self, fit: FloatColumn, passes: int) -> FloatColumn:
        """The chances of the next pass, ``(paths,)``.

        Args:
            fit: Of some paths, hours beyond the centre, likewise.
            passes: How many passes there were.
        """
        factors = self.mutual.factors
        chance = factors.passing(fit[None], passes)[0]
        if passes == factors.hinted:
            odds = factors.hint[0, 0]
            chance = odds * chance / (1.0 + (odds - 1.0) * chance)
        return np.asarray(chance)
