"""Jumps: news of a step that is one of a few things, beside its normal change.

A fact that holds with probability c, and is worth *size* more if it does, moves the
mean by (1 - c) * size or by -c * size once it is known: by 0 on average. Independent
facts make a finite mixture of shifts a[j] with probabilities q[j], so that

    C(m) = reward + survive * sum of q[j] * E[W(m + drift + a[j] + reveal * Z)]

C is convex and increasing as before, and the state enters as m - y still: one threshold
a step, one index, whatever the jumps. Far above all thresholds W is a line, whose mean
over the jumps is that line, so floors, asymptotes and strikes stay what they are.

Reference: R. C. Merton, "Option Pricing when Underlying Stock Returns are
Discontinuous", Journal of Financial Economics 3 (1976) 125-144, for the mixture.
"""

import numpy as np
from attrs import define

from interviewfit._numeric.arrays import BoolArray, FloatArray, RowSelection
from interviewfit._numeric.normal import ROOT_HALF
from interviewfit._numeric.panels import largest, smallest

# No double is above 0 where a scaled distance is so large: its square is an exponent.
_VANISHING = 27.3
# Exponents up to this leave room for products of two exponentials.
LARGEST_POWER = 300.0

MOST_MERGED = 4
"""Steps are not merged if more facts than this would become known in them together."""


@define(eq=False, repr=False)
class Jumps:
    """The mixture of shifts that the facts of some merged steps make, in each row.

    Attributes:
        shift: By how much the mean moves, hours, shape ``(rows, shifts)``; 0 on
            average.
        probability: Of each shift, same shape.
    """

    shift: FloatArray
    probability: FloatArray

    @classmethod
    def of(cls, chance: FloatArray, size: FloatArray) -> "Jumps":
        """All combinations of some facts, none of them certain.

        Args:
            chance: That each fact holds, above 0 and below 1, shape ``(rows, facts)``.
            size: What it is worth if it holds, beyond what it is worth if not, hours,
                same shape.
        """
        fails, rows = 1.0 - chance, len(chance)
        low, high = -chance * size, fails * size
        first = slice(0, 1)
        total = np.concatenate((low[:, first], high[:, first]), axis=1)
        product = np.concatenate((fails[:, first], chance[:, first]), axis=1)
        for fact in range(1, chance.shape[1]):
            one = slice(fact, fact + 1)
            shift = np.concatenate((low[:, one], high[:, one]), axis=1)
            probability = np.concatenate((fails[:, one], chance[:, one]), axis=1)
            total = (total[:, :, None] + shift[:, None, :]).reshape(rows, -1)
            product = (product[:, :, None] * probability[:, None, :]).reshape(rows, -1)
        return cls(total, product)

    @property
    def variance(self) -> FloatArray:
        """Variance of the shifts, hours squared, shape ``(rows, 1)``."""
        return self.average((self.shift * self.shift)[:, :, None])

    @property
    def low(self) -> FloatArray:
        """The lowest shift, hours, shape ``(rows, 1)``."""
        return smallest(self.shift)

    @property
    def high(self) -> FloatArray:
        """The highest shift, hours, shape ``(rows, 1)``."""
        return largest(self.shift)

    def moved(self, mean: FloatArray) -> FloatArray:
        """Means after each shift, ``(rows, shifts, points)``; *mean* without shifts."""
        return mean[:, None, :] + self.shift[:, :, None]

    def average(self, values: FloatArray) -> FloatArray:
        """The mean of some values over the shifts, their last axis but one."""
        return np.asarray(np.matmul(self.probability[:, None, :], values)[..., 0, :])


@define(eq=False, repr=False)
class JumpFactors:
    """What one kernel is multiplied by to serve all shifts, on short panels.

    Attributes:
        of_nodes: Those of nodes, times the probability of the shift, shape ``(rows,
            shifts, nodes)``.
        slopes: Exponents of those of points, by scaled distance, ``(rows, shifts, 1)``.
    """

    of_nodes: FloatArray
    slopes: FloatArray

    @classmethod
    def of(cls, jumps: Jumps, nodes: FloatArray, scale: FloatArray) -> "JumpFactors":
        """The factors of some nodes.

        Args:
            jumps: The shifts.
            nodes: Scaled distances of the nodes from the origin, ``(rows, nodes)``.
            scale: Scaled distance of one hour, shape ``(rows, 1)``.
        """
        shift = (jumps.shift * scale)[:, :, None]
        of_nodes = np.exp((2.0 * nodes[:, None, :] - shift) * shift)
        of_nodes *= jumps.probability[:, :, None]
        return cls(of_nodes, -2.0 * shift)

    def of_points(self, scaled: FloatArray, rows: RowSelection) -> FloatArray:
        """The factors of some points for each shift, ``(rows, shifts, points)``.

        They are bounded where the kernel is 0, so that it stays 0.

        Args:
            scaled: Scaled distances of the points, shape ``(rows, points)``.
            rows: Row of the operator of each line.
        """
        factors = scaled[:, None, :] * self.slopes[rows]
        np.minimum(factors, LARGEST_POWER, out=factors)
        return np.asarray(np.exp(factors, out=factors))


def factors_fit(half: FloatArray, sd: FloatArray, jumps: Jumps) -> BoolArray:
    """Rows of short panels in which the factors of all shifts stay numbers.

    Args:
        half: Half the length of each panel, hours, shape ``(rows, panels)``.
        sd: Standard deviation of the normal change, hours, shape ``(rows, 1)``.
        jumps: In as many rows.

    Returns:
        Shape ``(rows,)``; in the others each shift needs a kernel of its own.
    """
    scale = ROOT_HALF / sd
    shift = largest(np.abs(jumps.shift)) * scale
    length = 2.0 * np.add.reduce(half, axis=1, keepdims=True) * scale
    power = (2.0 * (length + _VANISHING) + shift) * shift
    return np.asarray(power[:, 0] < LARGEST_POWER)


def uncertain_facts(
    chance: FloatArray, size: FloatArray, alive: BoolArray
) -> BoolArray:
    """Which facts make a jump: those that may turn out either way, and then matter.

    Args:
        chance: That a fact holds, 0 to 1, shape ``(rows, steps, facts)``.
        size: What it is worth if it holds, beyond what it is worth if not, same shape.
        alive: Whether an offer can still be had after a step, ``(rows, steps)``.
    """
    if not size.size:
        return np.zeros(size.shape, dtype=np.bool_)
    open_ = (chance > 0.0) & (chance < 1.0) & (size != 0.0)
    return np.asarray(open_ & alive[:, :, None])
