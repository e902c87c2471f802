"""What is believed on simulated paths of a process in which passes tell of the fit.

The mean with the passes so far is E[z H(z)] / E[H(z)] over what is open still, with H
the factor of these passes (``factor_moments``). Both are sums over equidistant points,
so at all means of a grid of the same points they are convolutions with one normal
density. Between the means their ratio is a polynomial through the nearest six.

References: L. N. Trefethen and J. A. C. Weideman, "The Exponentially Convergent
Trapezoidal Rule", SIAM Review 56 (2014) 385-458; M. Abramowitz and I. A. Stegun,
"Handbook of Mathematical Functions" (1964), 25.2 for the polynomial and 25.4.46 for the
rule of few points.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.effort import spend
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._numeric.factor_tilts import tilt_of
from interviewfit._numeric.probit_factors import REACH, SPACING, ProbitFactors
from interviewfit._process.mutual_fit import MutualFit

# Means of the grid for the width on which what is believed varies.
_FINENESS = 10.0
# Points of a sum for all shifts; what would take more is so narrow that few do.
_MOST_POINTS = 1 << 17
# More shifts than these are put together.
_MOST_SHIFTS = 16
# What a point of a sum costs for each pass, in operations.
_COST = 5
# Of the rule for what is narrow: exact for polynomials of degree 9.
_HERMITE = np.polynomial.hermite_e.hermegauss(5)


class DrawnStep(Protocol):
    """What is drawn of a step."""

    @property
    def survive(self) -> float:
        """Probability of passing it."""

    @property
    def facts(self) -> tuple[tuple[float, float], ...]:
        """That become known in it, as in ``Step``."""


@frozen(eq=False)
class OpenBelief:
    """What is open of the surplus before a step, beside what passes tell.

    Attributes:
        variance: Of what is normal, hours squared.
        shift, probability: What the facts ahead may add, hours, ``(shifts,)``.
    """

    variance: float
    shift: FloatColumn
    probability: FloatColumn

    def with_fact(self, chance: float, size: float) -> "OpenBelief":
        """The same with one more fact ahead.

        Of too many shifts those are put together that are the nearest. Their variance
        counts as normal then, so that mean and variance stay what they are.

        Args:
            chance: That it holds.
            size: What it is worth then, hours.
        """
        shift = np.concatenate(
            (self.shift - chance * size, self.shift + (1.0 - chance) * size)
        )
        probability = np.concatenate(
            ((1.0 - chance) * self.probability, chance * self.probability)
        )
        low, width = float(shift.min()), float(np.ptp(shift))
        if shift.size <= _MOST_SHIFTS or not width > 0.0:
            return OpenBelief(self.variance, shift, probability)
        cells = np.minimum(
            (_MOST_SHIFTS * (shift - low) / width).astype(np.intp), _MOST_SHIFTS - 1
        )
        mass, mean = np.zeros((2, _MOST_SHIFTS))
        np.add.at(mass, cells, probability)
        np.add.at(mean, cells, probability * shift)
        mean /= np.where(mass > 0.0, mass, 1.0)
        variance = float((probability * (shift - mean[cells]) ** 2).sum())
        held = mass > 0.0
        return OpenBelief(self.variance + variance, mean[held], mass[held])


def open_beliefs(steps: Sequence[DrawnStep], mutual: MutualFit) -> list[OpenBelief]:
    """What is open before each step and at the end.

    Args:
        steps: Of a single decision.
        mutual: How passes go with the fit.
    """
    variances = [float(mutual.variance[0])]
    for reveal in mutual.reveal:
        variances.append(max(0.0, variances[-1] - float(reveal) ** 2))
    ahead = OpenBelief(0.0, np.zeros(1), np.ones(1))
    result = [evolve(ahead, variance=variances[-1])]
    for step, variance in zip(steps[::-1], variances[-2::-1], strict=True):
        for chance, size in step.facts:
            ahead = ahead.with_fact(chance, size)
        result.append(evolve(ahead, variance=variance + ahead.variance))
    return result[::-1]


def believed(
    mutual: MutualFit, left: OpenBelief, position: FloatColumn, passes: int
) -> FloatColumn:
    """The mean of the surplus with the passes so far, without known changes, hours.

    Args:
        mutual: How passes go with the fit.
        left: What is open.
        position: Mean without what passes tell beyond that at the start, hours,
            ``(paths,)``.
        passes: How many passes there were.
    """
    factors, usual = mutual.factors, mutual.mean[0] + position
    is_hinted = passes == factors.hinted and bool(factors.hint[0, 0] != 1.0)
    is_open = left.variance > 0.0 or left.shift.size > 1
    if not position.size or not is_open or not (passes or is_hinted):
        return np.asarray(usual)
    points = usual - mutual.centre[0]
    if factors.is_sharp:
        mean = _sharp(factors, left, points, passes)
    else:
        mean = _on_grid(factors, left, points, passes)
    return np.asarray(mutual.centre[0] + mean)


def _sharp(
    factors: ProbitFactors, left: OpenBelief, points: FloatColumn, passes: int
) -> FloatColumn:
    """The mean beyond the centre where the fit alone decides, hours.

    Args:
        factors, left, points, passes: As ``_on_grid`` takes them.
    """
    square = left.variance + float((left.probability * left.shift**2).sum())
    scale = np.array([[np.sqrt(square)]])
    jumps = left.shift[None] / scale, left.probability[None]
    variance = np.array([[left.variance]]) / scale**2
    moments = FactorMoments(
        factors.rescaled(scale), variance, *jumps, None, None, 1.0
    ).at(points[None] / scale)[0]
    half = factors.passes + 1
    return np.asarray(scale[0] * moments[:, half + passes] / moments[:, passes])


def _on_grid(
    factors: ProbitFactors, left: OpenBelief, points: FloatColumn, passes: int
) -> FloatColumn:
    """The mean beyond the centre where there is an error in what is seen, hours.

    Args:
        factors: How the employer decides.
        left: What is open.
        points: Mean without what passes tell beyond the centre, hours, ``(paths,)``.
        passes: How many passes there were.
    """
    low, high = float(points.min()), float(points.max())
    sd, flat = float(np.sqrt(left.variance)), float(factors.scale[0, 0])
    width = float(np.hypot(sd, flat))
    rule = SPACING * sd * flat / width
    step = rule / np.ceil(_FINENESS * rule / width) if rule > 0.0 else 0.0
    most = _MOST_POINTS / left.shift.size
    # Who has passed what next to nobody passes is as far from the mean.
    reach_hours, scale = REACH * sd, np.array([[sd if sd > 0.0 else 1.0]])
    ends = np.array([[low], [high]]) / scale
    tilts = tilt_of(factors.rescaled(scale), passes, ends)
    reach_hours += sd * float(np.abs(tilts).max())
    if not high - low + 2.0 * reach_hours < step * (most - 10.0):
        return _narrow(factors, left, points, passes)
    count, reach = int((high - low) / step) + 7, int(np.ceil(reach_hours / step))
    first = low - 3.0 * step
    line = np.asarray(first + step * np.arange(-reach, count + reach), dtype=float)
    factor, tilted = _averaged(factors, left, line, passes)
    score = step / sd * np.arange(-reach, reach + 1)
    density = np.exp(-0.5 * score * score)
    total = np.convolve(factor, density, "valid")
    moment = np.convolve(tilted, density, "valid")
    spend(2 * density.size * count)
    mean = np.where(total > 0.0, moment / np.where(total > 0.0, total, 1.0), 0.0)
    return _between(mean, (points - first) / step)


def _narrow(
    factors: ProbitFactors, left: OpenBelief, points: FloatColumn, passes: int
) -> FloatColumn:
    """The same where next to nothing of what is normal is open.

    Args:
        factors, left, points, passes: As ``_on_grid`` takes them.
    """
    sd, (nodes, weights) = float(np.sqrt(left.variance)), _HERMITE
    total, moment = np.zeros((2, points.size))
    for node, weight in zip(nodes, weights, strict=True):
        parts = _averaged(factors, left, points + sd * node, passes)
        total, moment = total + weight * parts[0], moment + weight * parts[1]
    return np.where(total > 0.0, moment / np.where(total > 0.0, total, 1.0), points)


def _averaged(
    factors: ProbitFactors, left: OpenBelief, points: FloatColumn, passes: int
) -> tuple[FloatColumn, FloatColumn]:
    """H and z H at some points, on average over the shifts to come, ``(points,)``.

    Args:
        factors, left, points, passes: As ``_on_grid`` takes them.
    """
    z = points + left.shift[:, None]
    factor = factors.factor(z.reshape(1, -1), passes).reshape(z.shape)
    spend(_COST * (passes + 1) * z.size)
    return left.probability @ factor, left.probability @ (factor * z)


def _between(values: FloatColumn, places: FloatColumn) -> FloatColumn:
    """Values between equidistant ones, by the polynomial through the nearest six.

    Args:
        values: At the places 0, 1, ...
        places: Any, with three values at either side.
    """
    start = np.minimum(np.maximum(places.astype(np.intp) - 2, 0), values.size - 6)
    share: FloatArray = places - start
    result = np.zeros(places.shape)
    for number in range(6):
        weight = np.ones(places.shape)
        for zero in range(6):
            if zero != number:
                weight *= (share - zero) * (1.0 / (number - zero))
        result += weight * values[start + number]
    return result
