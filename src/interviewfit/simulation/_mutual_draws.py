"""The fit on simulated paths, drawn from what is believed with the passes so far.

Draws from what was believed before are kept with the chance that all passes would have
come. Where few would be kept, the normal part is drawn by inverting its distribution
function on a fine grid, and then whether each fact holds, one after another: with L(x)
the chance of the passes at x with the facts that are left, a fact that adds a with the
chance c holds with the chance c L(x + a) over the mean of L.

Reference: L. Devroye, "Non-Uniform Random Variate Generation" (1986), for rejection and
inversion.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.factor_tilts import tilt_of
from interviewfit._numeric.probit_factors import REACH
from interviewfit._process.mutual_fit import MutualFit
from interviewfit.simulation._mutual_beliefs import DrawnStep
from interviewfit.simulation._paths import BLOCK

_MOST_TRIALS = 16
"""Draws for each that rejection keeps; where it takes more, the grid is quicker."""
_POINTS, _MOST_POINTS = 8_192, 1 << 16
"""Points of the grid for the normal part; with facts it goes on, up to so many."""


@frozen(eq=False)
class FitDraws:
    """What draws the fit on blocks of paths.

    Attributes:
        facts: The number of the step that tells each, its chance and its size, hours.
        steps: How many steps there are.
        mutual: How passes go with the fit.
        behind: How many passes there were.
        most: What the factor of these is at most.
        beyond: How far from the mean those are who passed, hours; 0 unless these are
            next to nobody.
        grid: Equidistant sums of the normal part and the facts so far, hours, beyond
            the mean; empty where draws are kept or not.
        likely: L on the grid, with all facts and with fewer and fewer, ``(facts + 1,
            points)``.
    """

    facts: tuple[tuple[int, float, float], ...]
    steps: int
    mutual: MutualFit
    behind: int
    most: float
    beyond: float
    grid: FloatColumn
    likely: FloatArray

    @classmethod
    def of(cls, steps: Sequence[DrawnStep], mutual: MutualFit) -> "FitDraws":
        """What draws the fit of a process.

        Args:
            steps: Of a single decision.
            mutual: How passes go with the fit.
        """
        behind = mutual.factors.passes - sum(mutual.decides)
        facts = tuple(
            (number, *fact) for number, step in enumerate(steps) for fact in step.facts
        )
        # No factor is above the odds of a hint over the rates of the passes so far.
        most = float(mutual.factors.hint.max(initial=1.0))
        with np.errstate(divide="ignore", over="ignore"):
            most = float(most / np.prod(mutual.factors.rate[0, :behind]))
        grid, likely, beyond = np.empty(0), np.empty((0, 0)), 0.0
        if not most <= _MOST_TRIALS:
            sd = float(np.sqrt(mutual.variance[0]))
            low = -sum(
                max(chance * size, (chance - 1) * size) for _, chance, size in facts
            )
            high = sum(
                max((1 - chance) * size, -chance * size) for _, chance, size in facts
            )
            reach = REACH * sd
            offset = mutual.mean[0] - mutual.centre[0]
            beyond = _beyond(mutual, behind, offset, facts)
            whole = high - low + 2.0 * reach
            points = _POINTS
            if reach > 0.0:
                points = int(min(_MOST_POINTS, _POINTS * whole / (2.0 * reach)))
            grid = beyond + np.linspace(low - reach, high + reach, points + 1)
            lines = [mutual.factors.factor((grid + offset)[None], behind)[0]]
            for _, chance, size in reversed(facts):
                holds, fails = (
                    np.interp(grid + moved, grid, lines[-1])
                    for moved in ((1.0 - chance) * size, -chance * size)
                )
                lines.append(chance * holds + (1.0 - chance) * fails)
            likely = np.array(lines[::-1])
        return cls(facts, len(steps), mutual, behind, most, beyond, grid, likely)

    def draw(self, rng: "np.random.Generator") -> FloatArray:
        """The normal part of the surplus beyond its mean, and the jumps of each step.

        Args:
            rng: Draws them.

        Returns:
            Hours, ``(1 + steps, paths)``.
        """
        return self._kept(rng) if not self.grid.size else self._inverted(rng)

    def _kept(self, rng: "np.random.Generator") -> FloatArray:
        """As ``draw``, by keeping some of what was believed before the passes.

        Args:
            rng: As ``draw``.
        """
        sd = float(np.sqrt(self.mutual.variance[0]))
        offset = self.mutual.mean[0] - self.mutual.centre[0]
        kept: list[FloatArray] = []
        count = 0
        while count < BLOCK:
            draws = np.zeros((1 + self.steps, BLOCK))
            draws[0] = sd * rng.standard_normal(BLOCK)
            for number, chance, size in self.facts:
                draws[1 + number] += size * ((rng.random(BLOCK) < chance) - chance)
            fit = (draws.sum(axis=0) + offset)[None]
            likely = self.mutual.factors.factor(fit, self.behind)[0]
            chosen = draws[:, rng.random(BLOCK) * self.most < likely]
            kept.append(chosen)
            count += chosen.shape[1]
        return np.hstack(kept)[:, :BLOCK]

    def _inverted(self, rng: "np.random.Generator") -> FloatArray:
        """As ``draw``, where hardly anybody would have passed.

        Args:
            rng: As ``draw``.
        """
        sd, grid = float(np.sqrt(self.mutual.variance[0])), self.grid
        draws = np.zeros((1 + self.steps, BLOCK))
        # Beyond the grid there is whoever is the likeliest to pass.
        side = 1.0 if self.mutual.factors.slope[0, 0] >= 0.0 else -1.0
        if sd > 0.0:
            line = self.beyond + sd * np.linspace(-REACH, REACH, _POINTS + 1)
            density = np.interp(line, grid, self.likely[0])
            density = density * np.exp(-0.5 * (line / sd) ** 2)
            mass = density[1:] + density[:-1]
            if not mass.sum() > 0.0:
                mass = np.zeros(_POINTS)
                mass[-1 if side > 0.0 else 0] = 1.0
            total = np.cumsum(mass)
            cell = np.searchsorted(total, total[-1] * rng.random(BLOCK), side="right")
            left = np.minimum(cell, _POINTS - 1)
            draws[0] = line[left] + (line[1] - line[0]) * rng.random(BLOCK)
        position = draws[0].copy()
        for (number, chance, size), likely in zip(
            self.facts, self.likely[1:], strict=True
        ):
            up, down = (1.0 - chance) * size, -chance * size
            holds = chance * np.interp(position + up, grid, likely)
            fails = (1.0 - chance) * np.interp(position + down, grid, likely)
            total = holds + fails
            share = holds / np.where(total > 0.0, total, 1.0)
            share = np.where(total > 0.0, share, 1.0 * (size * side > 0.0))
            jump = np.where(rng.random(BLOCK) < share, up, down)
            draws[1 + number] += jump
            position += jump
        return draws


def _beyond(
    mutual: MutualFit,
    behind: int,
    offset: float,
    facts: Sequence[tuple[int, float, float]],
) -> float:
    """How far from the mean the normal part of those is who passed, hours.

    Args:
        mutual: How passes go with the fit.
        behind: How many passes there were.
        offset: Of the mean from the centre, hours.
        facts: The number of the step that tells each, its chance and its size, hours.
    """
    variance = float(mutual.variance[0])
    square = variance + sum(
        chance * (1.0 - chance) * size**2 for _, chance, size in facts
    )
    scale = np.array([[np.sqrt(square) if square > 0.0 else 1.0]])
    tilt = tilt_of(mutual.factors.rescaled(scale), behind, offset / scale)
    return float(tilt[0, 0] * variance / scale[0, 0])
