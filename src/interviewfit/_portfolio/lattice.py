"""A step of a process on a lattice of means, so that its worth is bounded from both sides.

The worth of a plan is convex and increasing in the mean of each process, with a slope
of 1 at most. On a lattice of spacing h the Gaussian change of a step becomes masses on
the nodes, the integrals of their hat functions:

* of that Gaussian itself, it gives no less than the step: chords lie above a curve;
* of one of less variance w, it gives no more, if what the chords add never exceeds what
  is missing: if the chords of C[w](k) = E[(X - k)+] lie below C[v] at the true variance
  v. They do for

      (v - w) * w / v  >=  h**2 / 4    or    v - w  >=  pi * h**2 / 8

The first: at k, with y = k / w and phi the density at variance w, a chord lies above
C[w] by at most

    phi(k) * (exp(y**2 * h**2 / 8) - 1) / y**2

as the density beside k is at most phi(k) * exp(-y * (t - k)), a chord of an exponential
is the mean of a variable of two values h apart, and Hoeffding's lemma bounds it. And

    C[v](k) - C[w](k)  =  integral of phi[u](k) / 2 over u from w to v
                      >=  phi(k) * (exp(y**2 * s / 2) - 1) / y**2

with s = (v - w) * w / v, as with s(u) = w - w**2 / u the integrand phi[u](k) * du/ds is
at least phi(k) * exp(y**2 * s(u) / 2). The second: two masses on the ends of a cell are
below a Gaussian of that variance in convex order, as a tangent of its E[(X - k)+] is
never above it. It asks for less where the cell is wide against the blur.

What lies right of the nodes is worth at least as the last of them and at most by the
distance more; left of them at most as the first, and not much less where no offer is
likely. So both stay bounds. Their distance falls with the square of h.

References: A. Müller, D. Stoyan, "Comparison Methods for Stochastic Models and Risks"
(2002), section 1.5, for the convex order; W. Hoeffding, "Probability Inequalities for
Sums of Bounded Random Variables", JASA 58 (1963) 13-30, for the lemma.
"""

from math import pi, sqrt
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._model.units import Hours
from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.normal import unit_normal_loss

__all__ = ["Kernel", "Sides", "kernels", "narrowed"]

Sides: TypeAlias = tuple[int, int]
"""Nodes to the left and to the right of the middle one."""


@frozen(eq=False, repr=False)
class Kernel:
    """Where one step leads, from the nodes before it to those behind it.

    Attributes:
        masses: On the nodes behind it, ``(before, behind)``.
        beyond: What lies beyond them adds to the worth, hours, ``(before,)``.
    """

    masses: FloatArray
    beyond: FloatArray

    def expect(self, worth: FloatArray) -> FloatArray:
        """The worth before a step of the worth behind it, ``(behind, others)``."""
        return self.masses @ worth + self.beyond[:, None]


def kernels(
    blur: Hours, spacing: Hours, before: Sides, behind: Sides, slope: float
) -> tuple[Kernel, Kernel]:
    """One that gives no less than a step, and one that gives no more.

    Args:
        blur: Standard deviation of the change.
        spacing: Of the nodes.
        before, behind: How many nodes to the left and the right of the middle.
        slope: Of the worth behind, at most, left of the nodes.
    """
    less = narrowed(blur, spacing)
    upper, right, left = _hats(blur, spacing, before, behind)
    above = Kernel(upper, right)
    if less != blur:
        upper, _, left = _hats(less, spacing, before, behind)
    return above, Kernel(upper, -slope * left)


def narrowed(blur: Hours, spacing: Hours) -> Hours:
    """The blur that the hats of a lattice widen to no more than *blur*, hours.

    >>> round(narrowed(10.0, 1.0) ** 2, 4)
    99.7494
    """
    variance, square = blur * blur, spacing * spacing
    left = max(0.0, variance - 0.125 * pi * square)
    if variance >= square:
        left = max(left, 0.5 * (variance + sqrt(variance * (variance - square))))
    return min(blur, sqrt(left))


def _hats(
    blur: Hours, spacing: Hours, before: Sides, behind: Sides
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Masses, and the expected distances right of the last node and left of the first."""
    rows = np.arange(-before[0], before[1] + 1)
    low, high = -behind[0], behind[1]
    columns = np.arange(low, high + 1)
    if blur == 0.0:
        masses = np.equal.outer(np.clip(rows, low, high), columns).astype(np.float64)
        right, left = np.maximum(0.0, (rows - high, low - rows)) * spacing
        return masses, right, left
    # Expected excess of the change over so many nodes.
    most = max(before) + max(behind) + 1
    over: FloatArray = np.arange(-most, most + 1.0) * (spacing / blur)
    above = blur * unit_normal_loss(over)
    right, left = above[high - rows + most], above[rows - low + most]
    if columns.size == 1:
        return np.ones((rows.size, 1)), right, left
    bends = np.zeros_like(above)
    bends[1:-1] = np.maximum(0.0, above[:-2] - 2.0 * above[1:-1] + above[2:]) / spacing
    masses = bends[columns - rows[:, None] + most]
    # The last hats stay at 1 beyond the nodes: chances to be past them.
    past = above[high - rows + most - 1] - right, above[rows - low + most - 1] - left
    masses[:, -1], masses[:, 0] = np.maximum(0.0, past) / spacing
    return masses, right, left
