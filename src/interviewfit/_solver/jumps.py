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
from attrs import frozen

from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray

MOST_MERGED = 4
"""Steps are not merged if more facts than this would become known in them together."""


@frozen(eq=False, repr=False)
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
        shift = np.zeros((chance.shape[0], 1))
        probability = np.ones_like(shift)
        for fact in range(chance.shape[1]):
            holds, gain = chance[:, fact, None], size[:, fact, None]
            fails = 1.0 - holds
            shift = np.hstack((shift - holds * gain, shift + fails * gain))
            probability = np.hstack((probability * fails, probability * holds))
        return cls(shift, probability)

    @property
    def variance(self) -> FloatArray:
        """Variance of the shifts, hours squared, shape ``(rows, 1)``."""
        return self.average((self.shift * self.shift)[:, :, None])

    @property
    def low(self) -> FloatArray:
        """The lowest shift, hours, shape ``(rows, 1)``."""
        return np.asarray(self.shift.min(axis=1, keepdims=True))

    @property
    def high(self) -> FloatArray:
        """The highest shift, hours, shape ``(rows, 1)``."""
        return np.asarray(self.shift.max(axis=1, keepdims=True))

    def moved(self, mean: FloatArray, rows: IndexArray | None = None) -> FloatArray:
        """Means after each shift.

        Args:
            mean: Hours, shape ``(rows, points)``.
            rows: Row of each line of *mean*; all rows by default.

        Returns:
            Hours, shape ``(rows, shifts, points)``.
        """
        shift = self.shift if rows is None else self.shift[rows]
        return mean[:, None, :] + shift[:, :, None]

    def average(self, values: FloatArray, rows: IndexArray | None = None) -> FloatArray:
        """The mean of some values over the shifts.

        Args:
            values: After each shift, shape ``(rows, shifts, points)``.
            rows: Row of each line of *values*; all rows by default.

        Returns:
            Shape ``(rows, points)``.
        """
        weight = self.probability if rows is None else self.probability[rows]
        total = weight[:, :1] * values[:, 0]
        for number in range(1, weight.shape[1]):
            total += weight[:, number, None] * values[:, number]
        return np.asarray(total)


def uncertain_facts(
    chance: FloatArray, size: FloatArray, alive: BoolArray
) -> BoolArray:
    """Which facts make a jump: those that may turn out either way, and then matter.

    Args:
        chance: That a fact holds, 0 to 1, shape ``(rows, steps, facts)``.
        size: What it is worth if it holds, beyond what it is worth if not, same shape.
        alive: Whether an offer can still be had after a step, ``(rows, steps)``.
    """
    open_ = (chance > 0.0) & (chance < 1.0) & (size != 0.0)
    return np.asarray(open_ & alive[:, :, None])
