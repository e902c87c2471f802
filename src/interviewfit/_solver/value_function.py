"""The value of a process as a curve over the believed surplus.

Just before a step at which one may leave,

    W(m) = floor + slope * max(0, m - strike) + T(m),     T >= 0, gone far away

a hockey stick and its time value. Through a blur s the stick is
``slope * (s * pdf(z) + (m - strike) * cdf(z))``, z = (m - strike) / s, in closed
form; only T is carried on nodes, right of the threshold, where it is smooth.
Every part is positive: nothing cancels, however small the stakes. The derivative
W' obeys the same recursion and is carried beside T.
"""

import numpy as np
from attrs import frozen

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import REACH_LEFT, REACH_RIGHT, Panels
from interviewfit._solver.chains import MergedSteps
from interviewfit._solver.gaussian_expectation import GaussianExpectation

__all__ = ["ContinuationSample", "ContinuationValue", "ValueFunction"]

# Points up to which a chain alone takes the quick way.
_FEW = 64
# Points up to which the bells of a chain alone are kept; a few megabytes.
_MOST_KEPT = 4096
_TINY = 1e-290


@frozen(eq=False, repr=False)
class ValueFunction:
    """W where one may leave, or at the end; one row each.

    Attributes:
        slope: Of the stick, shape ``(rows, 1)``; strike likewise.
        panels: Where T is carried; None if there is nothing to carry.
        carried: T and T' at the nodes, shape ``(rows, nodes, 2)``; None likewise.
    """

    slope: FloatArray
    strike: FloatArray
    panels: Panels | None = None
    carried: FloatArray | None = None

    @classmethod
    def end(cls, rows: int) -> "ValueFunction":
        """W at the end: max(0, m)."""
        return cls(np.ones((rows, 1)), np.zeros((rows, 1)))


@frozen(eq=False, repr=False)
class ContinuationSample:
    """What is seen from some points; all but *bells* ``(rows, points)``.

    Attributes:
        mean: Expected surplus at the end of the run.
        density: Normal density at the strike.
        tail_probability: Chance to end above the strike.
        bells: As ``GaussianExpectation.bells``, kept for few points of a chain alone; else None.
        value: Expected W above its floor.
        slope: Its derivative.
    """

    mean: FloatArray
    density: FloatArray
    tail_probability: FloatArray
    bells: FloatArray | None
    value: FloatArray
    slope: FloatArray


@frozen(eq=False, repr=False)
class ContinuationValue:
    """A curve seen over a run of steps.

    ``alone`` marks a chain solved by itself, where calls cost more than arithmetic.
    Rows of a batch are never that, so no answer depends on how many there are.
    """

    run: MergedSteps
    curve: ValueFunction
    lens: GaussianExpectation | None
    folded: FloatArray | None
    slope: FloatArray
    wide: FloatArray
    alone: bool

    @classmethod
    def of(
        cls, run: MergedSteps, curve: ValueFunction, *, alone: bool
    ) -> "ContinuationValue":
        """Prepare what does not depend on the points."""
        lens = folded = None
        if curve.panels is not None and curve.carried is not None:
            lens = GaussianExpectation.of(curve.panels, run.blur)
            folded = curve.carried * (lens.weights * run.survive)[:, :, None]
        return cls(
            run,
            curve,
            lens,
            folded,
            curve.slope * run.survive,
            np.maximum(run.blur, _TINY),
            alone,
        )

    def at(
        self, points: FloatArray, rows: IndexArray | None = None
    ) -> ContinuationSample:
        """Look from the start of the run.

        Args:
            points: Where from, shape ``(rows, points)``.
            rows: Which rows look, each as often as one likes; all by default.
        """
        count = self.slope.shape[0]
        if rows is not None and rows.size == count and (rows == np.arange(count)).all():
            rows = None
        run, strike, slope, wide = self.run, self.curve.strike, self.slope, self.wide
        drift, blur = run.drift, run.blur
        if rows is not None:
            drift, blur, strike = drift[rows], blur[rows], strike[rows]
            slope, wide = slope[rows], wide[rows]
        mean = points + drift
        over = mean - strike
        few = self.alone and points.size <= _FEW
        density, above = (normal.small_pdf_cdf if few else normal.pdf_cdf)(over / wide)
        worth = over * above
        worth += blur * density
        worth *= slope
        steep = slope * above
        bells = None
        if self.lens is not None and self.folded is not None:
            if self.alone and rows is None and points.size <= _MOST_KEPT:
                bells = self.lens.bells(mean)
                seen = bells @ self.folded
            else:
                seen = self.lens.expect(mean, self.folded, rows)
            worth += seen[:, :, 0]
            steep += seen[:, :, 1]
        return ContinuationSample(mean, density, above, bells, worth, steep)

    def reach(self) -> tuple[float, float]:
        """From where to where the first row's curve bends, seen through the blur."""
        low = high = float(self.curve.strike[0, 0])
        panels = self.curve.panels
        if panels is not None:
            low = float(panels.centre[0, 0] - panels.half[0, 0])
            high = float(panels.centre[0, -1] + panels.half[0, -1])
        blur, drift = float(self.run.blur[0, 0]), float(self.run.drift[0, 0])
        return low - REACH_LEFT * blur - drift, high + REACH_RIGHT * blur - drift
