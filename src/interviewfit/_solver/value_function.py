"""The value of a process as a function of the posterior mean of its surplus.

Just before a step at which one may leave, with m the posterior mean (hours),

    W(m) = floor + slope * max(0, m - strike) + T(m),    T >= 0, T -> 0 on both sides

a call payoff and its time value T. Over a random change of the mean with standard
deviation s, the expectation of the call payoff has the closed form

    slope * (s * pdf(z) + (m - strike) * cdf(z)),    z = (m - strike) / s

averaged over the jumps of m if there are any (``jumps``), so only T is carried on
quadrature nodes, right of the threshold, where it is smooth. Every term is positive:
nothing cancels. W' obeys the same recursion, and T' is carried beside T.
"""

import numpy as np
from attrs import frozen

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import REACH_LEFT, REACH_RIGHT, Panels
from interviewfit._solver.chains import MergedSteps
from interviewfit._solver.gaussian_expectation import GaussianExpectation

# Up to so many points, plain Python floats are quicker for a single chain.
_FEW_POINTS = 64
# Up to so many points the kernel of a single chain is kept: a few megabytes.
_KEPT_POINTS = 4096
_SMALLEST_SD = 1e-290


@frozen(eq=False, repr=False)
class ValueFunction:
    """W above its floor, just before a decision or at the end; a function in each row.

    Attributes:
        slope: Slope of the call payoff, shape ``(rows, 1)``.
        strike: Strike of the call payoff, hours, shape ``(rows, 1)``.
        panels: Quadrature nodes of T; None if T is 0.
        time_value: T and T' at the nodes, shape ``(rows, nodes, 2)``; None if T is 0.
        has_exit: Whether one may leave here, or the process ends. If not, its nodes
            stand between steps that are not merged.
    """

    slope: FloatArray
    strike: FloatArray
    panels: Panels | None = None
    time_value: FloatArray | None = None
    has_exit: bool = True


@frozen(eq=False, repr=False)
class ContinuationSample:
    """A continuation value at some points; arrays are ``(rows, points)`` but *kernel*.

    With jumps *density* and *tail_probability* are ``(rows, shifts, points)``.

    Attributes:
        mean: Expected surplus at the end of the merged steps, hours.
        density: Standard normal density at the standardised strike, for each shift.
        tail_probability: Probability to end above the strike, likewise.
        kernel: As ``GaussianExpectation.kernel_matrix``, kept for few points of a
            single chain; else None.
        value: Expected W above its floor, hours.
        slope: Derivative of *value* by the mean.
    """

    mean: FloatArray
    density: FloatArray
    tail_probability: FloatArray
    kernel: FloatArray | None
    value: FloatArray
    slope: FloatArray


@frozen(eq=False, repr=False)
class ContinuationValue:
    """Expectation of a value function over the merged steps that lead to it.

    Attributes:
        steps: The merged steps.
        target: The value function at their end.
        expectation: Operator that integrates over the nodes of *target*; None if its
            time value is 0.
        node_values: T and T' times node weight and survival, shape
            ``(rows, nodes, 2)``; None likewise.
        values_by_shift: The same as *expectation* applies to them.
        slope: Slope of the call payoff times survival, shape ``(rows, 1)``.
        positive_sd: Standard deviation, kept above 0, hours, shape ``(rows, 1)``.
        single: Whether this is a chain solved by itself, on a quicker numerical path.
    """

    steps: MergedSteps
    target: ValueFunction
    expectation: GaussianExpectation | None
    node_values: FloatArray | None
    values_by_shift: FloatArray | None
    slope: FloatArray
    positive_sd: FloatArray
    single: bool

    @classmethod
    def of(
        cls, steps: MergedSteps, target: ValueFunction, *, single: bool
    ) -> "ContinuationValue":
        """Everything that does not depend on the points, worked out once.

        Args:
            steps: Merged steps, as many rows as *target*.
            target: The value function they lead to.
            single: Whether to take the numerical path of a chain solved by itself.
        """
        expectation = node_values = by_shift = None
        if target.panels is not None and target.time_value is not None:
            expectation = GaussianExpectation.of(target.panels, steps.sd, steps.jumps)
            weights = (expectation.weights * steps.survive)[:, :, None]
            node_values = by_shift = target.time_value * weights
            if not single:
                by_shift = expectation.spread_over_jumps(node_values)
        slope, sd = target.slope * steps.survive, np.maximum(steps.sd, _SMALLEST_SD)
        values = node_values, by_shift
        return cls(steps, target, expectation, *values, slope, sd, single)

    def at(
        self, points: FloatArray, rows: IndexArray | None = None
    ) -> ContinuationSample:
        """Value and slope at some means before the merged steps.

        Args:
            points: Posterior means, hours, shape ``(rows, points)``.
            rows: Row of each line of *points*; all rows by default.

        Returns:
            Values above the floor, in hours, and what the forward pass needs again.
        """
        count = self.slope.shape[0]
        if rows is not None and rows.size == count:
            rows = None if count == 1 or (rows == np.arange(count)).all() else rows
        strike, slope, positive_sd = self.target.strike, self.slope, self.positive_sd
        drift, sd, jumps = self.steps.drift, self.steps.sd, self.steps.jumps
        if rows is not None:
            drift, sd, strike = drift[rows], sd[rows], strike[rows]
            slope, positive_sd = slope[rows], positive_sd[rows]
        mean = points + drift
        if jumps is None:
            over = mean - strike
        else:
            over = jumps.moved(mean - strike, rows)
            slope, positive_sd, sd = (
                column[:, :, None] for column in (slope, positive_sd, sd)
            )
        few = self.single and points.size <= _FEW_POINTS
        pdf_cdf = normal.small_pdf_cdf if few else normal.pdf_cdf
        density, tail_probability = pdf_cdf(over / positive_sd)
        value = over * tail_probability
        value += sd * density
        value *= slope
        derivative = slope * tail_probability
        if jumps is not None:
            value = jumps.average(value, rows)
            derivative = jumps.average(derivative, rows)
        kernel = None
        if self.expectation is not None and self.node_values is not None:
            if self.single and rows is None and points.size <= _KEPT_POINTS:
                kernel = self.expectation.kernel_matrix(mean)
                carried = kernel @ self.node_values
            else:
                values = self.values_by_shift
                if values is None or self.single:
                    values = self.expectation.spread_over_jumps(self.node_values)
                carried = self.expectation.apply(mean, values, rows)
            value += carried[:, :, 0]
            derivative += carried[:, :, 1]
        return ContinuationSample(
            mean, density, tail_probability, kernel, value, derivative
        )

    def curved_range(self) -> tuple[float, float]:
        """Means, in hours, between which the first row is not a straight line."""
        low = high = float(self.target.strike[0, 0])
        panels = self.target.panels
        if panels is not None:
            low = float(panels.centre[0, 0] - panels.half[0, 0])
            high = float(panels.centre[0, -1] + panels.half[0, -1])
        sd, drift = float(self.steps.sd[0, 0]), float(self.steps.drift[0, 0])
        low, high = low - REACH_LEFT * sd - drift, high + REACH_RIGHT * sd - drift
        if self.steps.jumps is not None:
            low -= float(self.steps.jumps.high[0, 0])
            high -= float(self.steps.jumps.low[0, 0])
        return low, high
