"""The value of a process as a function of the posterior mean of its surplus.

Just before a step at which one may leave, with m the posterior mean (hours),

    W(m) = floor + slope * max(0, m - strike) + T(m),    T >= 0, T -> 0 on both sides

a call payoff and its time value T. Over a random change of the mean with standard
deviation s, the expectation of the call payoff has the closed form

    slope * (s * pdf(z) + (m - strike) * cdf(z)),    z = (m - strike) / s

averaged over the jumps of m if there are any (``jumps``). Where s is 0 and m is the
strike, going on and stopping are worth the same, and the call is exercised: a sure job
that is worth no less than what one has otherwise is accepted. Only T is carried on
quadrature nodes, right of the threshold, where it is smooth. Every term is positive:
nothing cancels. W' obeys the same recursion, and T' is carried beside T.
"""

from collections.abc import Callable
from enum import Enum

import numpy as np
import numpy.typing as npt
from attrs import define

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    IndexArray,
    RowSelection,
    products,
)
from interviewfit._numeric.panels import REACH_LEFT, REACH_RIGHT, Panels
from interviewfit._solver.chains import MergedSteps
from interviewfit._solver.gaussian_expectation import GaussianExpectation, row_blocks

# Up to so many chains a path without overhead is quicker than one for many rows.
_FEW_CHAINS = 12
# Up to so many points, plain Python floats are quicker.
_FEW_POINTS = 96
# Up to so many points the kernel of a few chains is kept: a few megabytes.
_KEPT_POINTS = 4096
# The same of any chains, in pairs of points and nodes: a megabyte.
_KEPT_PAIRS = 131072
# So many standard deviations are certainty; an error of rounding is more of them where
# the standard deviation is 0.
_SURE = 40.0
# A normal tail is worked out in as many numbers as a node of the kernel has for each of
# these.
_TAIL_NODES = 8
_SMALLEST_SD = 1e-290
# Means beyond have no finite square.
_LARGEST_MEAN = 1e150
# Node values were divided by sd * sqrt(2 * pi); a call payoff over a standard deviation
# of s holds slope * s**2 / 2 of time value.
_ROOT_EIGHT_PI = 5.0132565492620005


class Path(Enum):
    """How some chains are worked out, which is a matter of how many there are.

    By the first two every row has the bits that it has in any other batch.
    """

    ROWS = 0
    """All rows at once, each step of the arithmetic in arrays."""

    THRESHOLDS_SINGLY = 1
    """The threshold of each row in Python's own floats: quicker for some dozens."""

    FEW = 2
    """As quickly as it goes for a dozen of them, whatever their last bits are."""

    @classmethod
    def of(cls, rows: int, *, exact_rows: bool, singly: bool) -> "Path":
        """How so many chains alike in kind are worked out.

        Args:
            rows: How many there are.
            exact_rows, singly: As ``solve``.
        """
        if singly:
            return cls.THRESHOLDS_SINGLY
        is_few = rows <= _FEW_CHAINS and not exact_rows
        return cls.FEW if is_few else cls.ROWS


@define(eq=False, repr=False)
class ValueFunction:
    """W above its floor, just before a decision or at the end; a function in each row.

    Attributes:
        slope: Slope of the call payoff, shape ``(rows, 1)``.
        strike: Strike of the call payoff, hours, shape ``(rows, 1)``.
        panels: Quadrature nodes of T; None if T is 0.
        time_value: T and T' at the nodes, shape ``(rows, 2, nodes)``; None if T is 0.
        has_exit: Whether one may leave here, or the process ends. If not, its nodes
            stand between steps that are not merged.
    """

    slope: FloatArray
    strike: FloatArray
    panels: Panels | None = None
    time_value: FloatArray | None = None
    has_exit: bool = True


@define(eq=False, repr=False)
class ContinuationSample:
    """A continuation value at some points.

    Attributes:
        mean: Expected surplus at the end of the merged steps, hours, shape ``(rows,
            points)``.
        density: Standard normal density at the standardised strike after each shift of
            the mean by jumps, shape ``(rows, shifts, points)``.
        tail_probability: Probability to end above the strike, likewise.
        both: *value* and *slope*, shape ``(rows, 2, points)``.
        kernel: As ``GaussianExpectation.kernel_matrix``, kept for few points of a few
            chains; else None.
    """

    mean: FloatArray
    density: FloatArray
    tail_probability: FloatArray
    both: FloatArray
    kernel: FloatArray | None = None

    @property
    def value(self) -> FloatArray:
        """Expected W above its floor, hours, shape ``(rows, points)``."""
        return self.both[:, 0]

    @property
    def slope(self) -> FloatArray:
        """Derivative of *value* by the mean, same shape."""
        return self.both[:, 1]


@define(eq=False, repr=False)
class ContinuationValue:
    """Expectation of a value function over the merged steps that lead to it.

    Attributes:
        steps: The merged steps.
        target: The value function at their end.
        expectation: Operator that integrates over the nodes of *target*; None if its
            time value is 0.
        node_values: T and T' times node weight and survival, shape
            ``(rows, 2, nodes)``; None likewise.
        values_by_shift: The same as *expectation* applies to them.
        slope: Slope of the call payoff times survival, shape ``(rows, 1)``.
        slopes: The same times the probability of each shift, ``(rows, 1, shifts)``.
        offsets: What is added to a point to be above the strike, hours, ``(rows,
            shifts, 1)``.
        positive_sd: Standard deviation, kept above 0, hours, shape ``(rows, 1)``.
        sure: What is added to the standardised distance from the strike, so that the
            call is exercised at the strike where the standard deviation is 0,
            ``(rows, 1, 1)``; None where it is 0 in no row.
        path: How they are worked out.
    """

    steps: MergedSteps
    target: ValueFunction
    expectation: GaussianExpectation | None
    node_values: FloatArray | None
    values_by_shift: FloatArray | None
    slope: FloatArray
    slopes: FloatArray
    offsets: FloatArray
    positive_sd: FloatArray
    sure: FloatArray | None
    path: Path

    @classmethod
    def of(
        cls, steps: MergedSteps, target: ValueFunction, path: Path
    ) -> "ContinuationValue":
        """Everything that does not depend on the points, worked out once.

        Args:
            steps: Merged steps, as many rows as *target*.
            target: The value function they lead to.
            path: How they are worked out.
        """
        expectation = node_values = by_shift = None
        if target.panels is not None and target.time_value is not None:
            expectation = GaussianExpectation.of(target.panels, steps.sd, steps.jumps)
            weights = (expectation.weights * steps.survive)[:, None, :]
            node_values = target.time_value * weights
            by_shift = expectation.spread_over_jumps(node_values)
        slope, offsets = target.slope * steps.survive, steps.drift - target.strike
        slopes = slope
        if steps.jumps is not None:
            offsets = offsets + steps.jumps.shift
            slopes = slope * steps.jumps.probability
        sd, certain = np.maximum(steps.sd, _SMALLEST_SD), steps.sd == 0.0
        numbers = node_values, by_shift, slope, slopes[:, None], offsets[:, :, None]
        sure = None
        if np.count_nonzero(certain):
            sure = np.where(certain, _SURE, 0.0)[:, :, None]
        return cls(steps, target, expectation, *numbers, sd, sure, path)

    @property
    def spread(self) -> FloatArray:
        """Standard deviation of a call payoff with as much time value, hours.

        Shape ``(rows, 1)``.
        """
        spread = self.steps.spread
        if self.node_values is None:
            return spread
        mass = np.add.reduce(self.node_values[:, 0], axis=1, keepdims=True)
        mass *= self.positive_sd
        return np.hypot(spread, np.sqrt(_ROOT_EIGHT_PI * mass / self.slope))

    def at(
        self,
        points: FloatArray,
        rows: IndexArray | None = None,
        *,
        again: bool = False,
    ) -> ContinuationSample:
        """Value and slope at some means before the merged steps.

        Args:
            points: Posterior means, hours, shape ``(rows, points)``.
            rows: Row of each line of *points*; all rows by default.
            again: Whether the kernel is needed again, and kept if it is small.

        Returns:
            Values above the floor, in hours, and what the forward pass needs again.
        """
        count, (lines, width) = self.slope.shape[0], points.shape
        if rows is not None and rows.size == count:
            rows = None if count == 1 or (rows == np.arange(count)).all() else rows
        shifts, nodes, kernel = self.offsets.shape[1], 0, None
        density, tail = np.empty((2, lines, shifts, width))
        mean, both = np.empty((lines, width)), np.empty((lines, 2, width))
        if self.expectation is not None:
            nodes = self.expectation.nodes.shape[1]
            few = self.path is Path.FEW and points.size <= _KEPT_POINTS
            # Without jumps the kernel has the same bits wherever it is worked out.
            small = points.size * nodes <= _KEPT_PAIRS and self.steps.jumps is None
            if rows is None and (few or (again and small)):
                kernel = self.expectation.kernel_matrix(points + self.steps.drift)
        sample = ContinuationSample(mean, density, tail, both, kernel)
        # A few rows at a time, so that all that is worked out for them stays in cache.
        for block in row_blocks(lines, width, max(nodes, _TAIL_NODES * shifts)):
            self._write(sample, points, block, block if rows is None else rows[block])
        return sample

    def _write(
        self,
        sample: ContinuationSample,
        points: FloatArray,
        lines: slice,
        rows: RowSelection,
    ) -> None:
        """Work out some lines of a sample of many rows.

        Args:
            sample: Where to write.
            points: Means of all lines, hours, shape ``(lines, points)``.
            lines: Which to work out.
            rows: The row of each of these.
        """
        steps, mean, both = self.steps, sample.mean[lines], sample.both[lines]
        np.add(points[lines], steps.drift[rows], out=mean)
        over = points[lines, None, :] + self.offsets[rows]
        scaled = over / self.positive_sd[rows, :, None]
        if self.sure is not None:
            scaled += self.sure[rows]
        density, tail = sample.density[lines], sample.tail_probability[lines]
        if self.path is Path.FEW and over.size <= _FEW_POINTS:
            density[:], tail[:] = normal.small_pdf_cdf(scaled)
        else:
            normal.pdf_cdf(scaled, (density, tail))
        over *= tail
        over += np.multiply(density, steps.sd[rows, :, None], out=scaled)
        slopes = self.slopes[rows]
        np.matmul(slopes, over, out=both[:, :1])
        np.matmul(slopes, tail, out=both[:, 1:])
        if sample.kernel is not None and self.node_values is not None:
            both += products(
                self.node_values[rows], sample.kernel[lines].transpose(0, 2, 1)
            )
        elif self.expectation is not None and self.values_by_shift is not None:
            both += self.expectation.apply(mean, self.values_by_shift, rows)

    def slope_at(self, points: FloatArray, rows: IndexArray) -> FloatArray:
        """The slope of ``at`` alone, which is quicker.

        Args:
            points: Posterior means, hours, shape ``(lines, points)``.
            rows: Row of each line.
        """
        lines, width = points.shape
        shifts, nodes, carried = self.offsets.shape[1], 0, None
        if self.expectation is not None and self.values_by_shift is not None:
            nodes = self.expectation.nodes.shape[1]
            carried = self.values_by_shift[:, 1::2]
        slope = np.empty((lines, 1, width))
        for block in row_blocks(lines, width, max(nodes, _TAIL_NODES * shifts)):
            own, means = rows[block], points[block]
            scaled = means[:, None, :] + self.offsets[own]
            scaled /= self.positive_sd[own, :, None]
            if self.sure is not None:
                scaled += self.sure[own]
            tail = normal.pdf_cdf(scaled)[1]
            np.matmul(self.slopes[own], tail, out=slope[block])
            if self.expectation is not None and carried is not None:
                moved = means + self.steps.drift[own]
                slope[block] += self.expectation.apply(moved, carried, own)
        return slope[:, 0]

    @property
    def has_points(self) -> BoolArray:
        """Rows that ``of_one_point`` takes, ``(rows,)``."""
        expectation = self.expectation
        if expectation is None or expectation.powers is not None:
            return np.ones(len(self.slope), np.bool_)
        # Imported where facts are not blurred.
        from interviewfit._solver.moved_points import only_moves

        return only_moves(expectation)

    def of_one_point(self, row: int) -> Callable[[float], tuple[float, float]]:
        """Value and slope of a row at a mean, in Python's own floats.

        Args:
            row: Its number, of those that ``has_points`` has.
        """
        sd, positive_sd, drift = (
            column.item(row)
            for column in (self.steps.sd, self.positive_sd, self.steps.drift)
        )
        weights, offsets = self.slopes[row, 0], self.offsets[row, :, 0]
        shifts = list(zip(weights.tolist(), offsets.tolist(), strict=True))
        carried = None
        if self.expectation is not None and self.values_by_shift is not None:
            values = self.values_by_shift
            if self.expectation.powers is None:
                from interviewfit._solver.moved_points import of_moved_point

                carried = of_moved_point(self.expectation, values, row)
            else:
                carried = self.expectation.of_one_point(values, row)

        def value_and_slope(point: float) -> tuple[float, float]:
            value, slope = (0.0, 0.0) if carried is None else carried(point + drift)
            for weight, offset in shifts:
                over = point + offset
                density, tail = normal.pdf_cdf_of(over / positive_sd)
                value += weight * (over * tail + sd * density)
                slope += weight * tail
            return value, slope

        return value_and_slope

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


def points_in_rows(mean: npt.ArrayLike, rows: int) -> FloatArray:
    """Means as an array of shape ``(rows, points)``.

    Args:
        mean: Hours, shape ``(rows,)``, ``(rows, points)``, or ``(points,)`` if there is
            a single row.
        rows: Number of rows.

    Raises:
        ValueError: If the shape does not fit or a mean is not finite or beyond 1e150.
    """
    means = np.asarray(mean, dtype=np.float64)
    points = means
    if means.ndim == 1:
        points = means[None, :] if rows == 1 else means[:, None]
    if points.ndim != 2 or points.shape[0] != rows:
        message = f"means of shape {means.shape} do not fit {rows} rows"
        raise ValueError(message)
    if np.count_nonzero(np.abs(points) <= _LARGEST_MEAN) < points.size:
        message = "every mean must be a finite number of hours, up to 1e150"
        raise ValueError(message)
    return points
