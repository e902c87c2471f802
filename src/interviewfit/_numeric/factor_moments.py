"""Moments of probit factors under normal beliefs.

What is needed of a factor H_j (``probit_factors``) are its moments under a normal
belief of mean m and variance v, to which facts that hold or not may add jumps,

    F_j(m) = E[H_j(m + jump + sqrt(v) Z)],    A_j(m) = E[z H_j] at the same points z.

They are sums over equidistant points z of H_j(z) times the normal density, which for
an analytic integrand are accurate to an exponential of their number: points are closer
than ``SPACING`` times 1 / sqrt(1 / v + n b^2) for a product of n passes. Where v is
small, they go with the mean. Where b is small, few Chebyshev polynomials carry all
moments over the whole range of means. With a correlation of 1 there is a closed form.

References: L. N. Trefethen and J. A. C. Weideman, "The Exponentially Convergent
Trapezoidal Rule", SIAM Review 56 (2014) 385-458; L. N. Trefethen, "Approximation Theory
and Approximation Practice" (2013).
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.chebyshev import (
    chebyshev_analysis,
    chebyshev_basis,
    chebyshev_nodes,
)
from interviewfit._numeric.effort import spend
from interviewfit._numeric.factor_series import (
    MOST_ORDER,
    FactorTable,
    averages_over,
    order_of,
)
from interviewfit._numeric.normal import ROOT_HALF, ROOT_TWO_PI
from interviewfit._numeric.panels import take_rows
from interviewfit._numeric.probit_factors import ProbitFactors, unit_rule

KnownSeries: TypeAlias = tuple[
    FloatArray | None, FloatArray | None, tuple[int, ...] | None
]
"""What is known of polynomials before: of moments, of averages, and which moments."""

NARROW = 0.12
"""Where a standard deviation is below this, points go with the mean."""

# Points further from a mean than so many standard deviations are left out of a sum: the
# density is below 1e-42 there, and no factor is above the reciprocal of the rates.
_CUT = 14.0
# Up to so many means of a row cosines are quicker than products of polynomials.
_FEW_MEANS = 32


@frozen(eq=False, repr=False)
class FactorMoments:
    """Moments of the factors under beliefs of one variance in each row.

    Attributes:
        view: The factors.
        variance: Of the normal part of the belief, in units of the scale squared,
            ``(rows, 1)``.
        shift, probability: Jumps to come, units of the scale, ``(rows, shifts)``.
        grid: The points of the rule, ``(rows, points)``; None where they go with the
            mean or there is a closed form.
        values: H_j and z H_j on the grid, times the spacing, ``(rows, points, 2 *
            (passes + 1))``.
        reach: Half the range of means, units of the scale.
        series: Chebyshev coefficients of the moments over that range, ``(rows, order,
            moments)``; None where they are not interpolated.
        numbers: Of the moments in *series*, F_j as j and A_j as passes + 1 + j; None if
            all are there. With jumps to come no A_j is.
        apart: With jumps to come, the moments without them, over a wider range.
    """

    view: ProbitFactors
    variance: FloatArray
    shift: FloatArray
    probability: FloatArray
    grid: FloatArray | None
    values: FloatArray | None
    reach: float
    series: FloatArray | None = None
    numbers: tuple[int, ...] | None = None
    apart: "FactorMoments | None" = None

    @classmethod
    def of(
        cls,
        view: ProbitFactors,
        variance: FloatArray,
        jumps: tuple[FloatArray, FloatArray],
        reach: float,
        widest: float,
        rule: "FactorTable | None",
        factors: tuple[int, int],
        known: KnownSeries = (None, None, None),
    ) -> "FactorMoments":
        """The moments at means that lie within *reach* of 0.

        Args:
            view, variance, reach: As the attributes.
            jumps: Shifts to come and their probabilities, as the attributes.
            widest: No jump is larger; 0 without jumps.
            rule: Factors on a grid that is fine enough; None where points go with the
                mean.
            factors: The first and the last factor that are asked for.
            known: What ``FactorTable.series`` and ``averages_over`` give; None if it is
                not known. Then the moments in that series, as *numbers*.
        """
        has_jumps = jumps[0].shape[1] > 1 or bool(jumps[0].any())
        series, averages, numbers = known
        rows, far, none = len(variance), reach + widest, jumps
        if has_jumps:
            none = np.zeros((rows, 1)), np.ones((rows, 1))
        if series is not None:
            plain = cls(view, variance, *none, None, None, far, series, numbers)
        else:
            grid = values = None
            if rule is not None and not view.is_sharp:
                grid, values = rule.grid, rule.values
            if view.is_sharp or order_of(view, far) > MOST_ORDER:
                return cls(view, variance, *jumps, grid, values, reach)
            plain = cls(view, variance, *none, grid, values, far)
            plain = _with_series(plain, order_of(view, far))
        if not has_jumps:
            return plain
        # The average over jumps to come is a polynomial as well.
        if averages is None:
            averages = averages_over(view, jumps, reach, widest)
        carried = tuple(range(factors[0], factors[1] + 1))
        moments = averages @ np.ascontiguousarray(plain.columns(carried))
        averaged = chebyshev_analysis(averages.shape[1]) @ moments
        shift, probability = jumps
        ways = None, None, reach, averaged, carried, plain
        return cls(view, variance, shift, probability, *ways)

    @property
    def passes(self) -> int:
        """How many factors there are."""
        return self.view.passes

    def take(self, rows: IndexArray) -> "FactorMoments":
        """Some of the rows, in any order and number."""
        return take_rows(self, rows, len(self.variance))

    def at(self, mean: FloatArray) -> FloatArray:
        """F_j and A_j at some means, ``(rows, means, 2 * (passes + 1))``.

        Those that are not carried are not numbers.

        Args:
            mean: Units of the scale, ``(rows, means)``.
        """
        plain = self.apart
        if plain is None and self.series is not None:
            moments = self._basis(mean, self.series.shape[1]) @ self.series
            if self.numbers is None:
                return np.asarray(moments)
            whole = np.full((*mean.shape, 2 * (self.passes + 1)), np.nan)
            whole[:, :, self.numbers] = moments
            return whole
        if plain is not None:
            return plain.averaged_at(mean, self.shift, self.probability)
        total = np.zeros((*mean.shape, 2 * (self.passes + 1)))
        for number in range(self.shift.shape[1]):
            moments = self._plain(mean + self.shift[:, number, None])
            total += self.probability[:, number, None, None] * moments
        return total

    def averaged_at(
        self, mean: FloatArray, shift: FloatArray, probability: FloatArray
    ) -> FloatArray:
        """As ``at``, on average over jumps to come.

        Args:
            mean: Units of the scale, ``(rows, means)``.
            shift, probability: As the attributes.
        """
        moved = (mean[:, :, None] + shift[:, None]).reshape(len(mean), -1)
        moments = self.at(moved).reshape(*mean.shape, shift.shape[1], -1)
        return np.asarray((probability[:, None, None] @ moments)[:, :, 0])

    def combined(self, mean: FloatArray, weights: FloatArray) -> FloatArray:
        """A weighted sum of all moments at some means, ``(rows, means)``.

        Args:
            mean: Units of the scale, ``(rows, means)``, or one line for all rows.
            weights: Of F_0, F_1, ... and then A_0, A_1, ..., of which the last may be
                left out, ``(rows, weights)``. With jumps to come, 0 for what was not
                asked for.
        """
        if self.series is None:
            whole = np.broadcast_to(mean, (len(self.variance), mean.shape[1]))
            return self._direct(whole, weights)
        coefficients = self.weighted(weights)
        basis = self._basis(mean, self.series.shape[1])
        return np.asarray((basis @ coefficients[:, :, None])[:, :, 0])

    def weighted(self, weights: FloatArray) -> FloatArray:
        """The coefficients of a weighted sum of all moments, ``(rows, order)``.

        Args:
            weights: As ``combined`` takes them; polynomials carry the moments.
        """
        series, count = self._carried, weights.shape[1]
        if self.numbers is not None:
            # They rise, so those that have no weight are the last.
            inside = [number for number in self.numbers if number < count]
            weights, count = weights[:, inside], len(inside)
        return np.asarray((series[:, :, :count] @ weights[:, :, None])[:, :, 0])

    def columns(self, numbers: Sequence[int]) -> FloatArray:
        """The coefficients of some factors, ``(rows, order, numbers)``.

        Args:
            numbers: Each j; polynomials carry the moments.
        """
        places, series = list(numbers), self._carried
        if self.numbers is not None:
            places = [self.numbers.index(it) for it in numbers]
        # Equally spaced ones need not be copied.
        step = places[1] - places[0] if len(places) > 1 else 1
        if places == list(range(places[0], places[-1] + 1, step)):
            return series[:, :, places[0] : places[-1] + 1 : step]
        return series[:, :, places]

    @property
    def _carried(self) -> FloatArray:
        if self.series is None:
            raise ValueError("no polynomials carry these moments")
        return self.series

    def factor(self, mean: FloatArray, number: int) -> FloatArray:
        """F_j at some means, in the shape of *mean*.

        Args:
            mean: Units of the scale, ``(rows, means)``.
            number: j.
        """
        weights = np.zeros((len(mean), number + 1))
        weights[:, number] = 1.0
        return self.combined(mean, weights)

    def factors(self, mean: FloatArray, numbers: Sequence[int]) -> FloatArray:
        """Some F_j at some means, ``(rows, means, numbers)``.

        Args:
            mean: Units of the scale, ``(rows, means)``.
            numbers: Each j.
        """
        if self.series is None:
            return np.stack([self.factor(mean, it) for it in numbers], axis=2)
        columns = self.columns(numbers)
        return np.asarray(self._basis(mean, self.series.shape[1]) @ columns)

    def _basis(self, mean: FloatArray, order: int) -> FloatArray:
        """Chebyshev polynomials at some means, ``(rows, means, order)``.

        Args:
            mean: Units of the scale, ``(rows, means)``; beyond the range, its end.
            order: How many polynomials.
        """
        share = np.minimum(1.0, np.maximum(-1.0, mean * (1.0 / self.reach)))
        if mean.shape[1] <= _FEW_MEANS:
            return np.cos(np.arccos(share)[:, :, None] * np.arange(order))
        return chebyshev_basis(share, order).transpose(1, 2, 0)

    def _direct(self, mean: FloatArray, weights: FloatArray) -> FloatArray:
        """As ``combined``, where no polynomials stand for the moments.

        On a grid the factors are weighted first, and only the points near each mean
        are summed over.

        Args:
            mean, weights: As ``combined`` takes them.
        """
        if self.grid is None or self.values is None or self.apart is not None:
            moments = self.at(mean)[:, :, : weights.shape[1]]
            return np.asarray((moments @ weights[:, :, None])[:, :, 0])
        table = (self.values[:, :, : weights.shape[1]] @ weights[:, :, None])[:, :, 0]
        sd, first = np.sqrt(self.variance), self.grid[:, :1]
        step = self.grid[:, 1:2] - first
        widest = 2 * int(np.ceil(_CUT * (sd / step).max())) + 1
        whole = self.grid.shape[1]
        points = min(whole, widest)
        unit, offsets = ROOT_HALF / sd[:, :, None], np.arange(points)
        lines = np.arange(len(mean))[:, None, None]
        total = np.zeros(mean.shape)
        for number in range(self.shift.shape[1]):
            moved = mean + self.shift[:, number, None]
            start = np.rint((moved - first) / step).astype(np.intp) - points // 2
            start = np.minimum(np.maximum(start, 0), whole - points)
            near = start[:, :, None] + offsets
            score = unit * (self.grid[lines, near] - moved[:, :, None])
            np.multiply(score, score, out=score)
            np.negative(score, out=score)
            np.exp(score, out=score)
            spend(3 * score.size)
            score *= table[lines, near]
            total += self.probability[:, number, None] * score.sum(axis=2)
        return np.asarray(total / (sd * ROOT_TWO_PI))

    def _plain(self, mean: FloatArray) -> FloatArray:
        """The moments without any jump, as ``at``.

        Args:
            mean: Units of the scale, ``(rows, means)``.
        """
        if self.view.is_sharp:
            return self._steps(mean)
        sd = np.sqrt(self.variance)
        if self.grid is None or self.values is None:
            unit, weight = unit_rule(self.view.classes[0, 0].item())
            points = (mean[:, :, None] + sd[:, :, None] * unit).reshape(len(mean), -1)
            factors = self.view.factors(points)
            moments = np.concatenate((factors, factors * points))
            moments = moments.reshape(-1, *mean.shape, unit.size)
            return np.asarray(np.moveaxis(moments @ weight, 0, -1))
        unit = ROOT_HALF / sd
        score = (unit * self.grid)[:, None, :] - (unit * mean)[:, :, None]
        np.multiply(score, score, out=score)
        np.negative(score, out=score)
        spend(4 * score.size)
        moments = np.exp(score, out=score) @ self.values
        return np.asarray(moments / (sd[:, :, None] * ROOT_TWO_PI))

    def _steps(self, mean: FloatArray) -> FloatArray:
        """The closed form of a correlation of 1 or -1.

        Args:
            mean: Units of the scale, ``(rows, means)``.
        """
        side = np.sign(self.view.slope[:, :1])
        sd, tilt = np.sqrt(self.variance), self.view.tilt
        scale: FloatArray | float = 1.0
        if tilt is not None:
            # A tilt moves the mean, and counts it as exp(-t mean).
            scale = np.exp(0.5 * tilt * tilt * self.variance - tilt * mean)[:, :, None]
            mean = mean - tilt * self.variance
        result = np.empty((*mean.shape, 2 * (self.passes + 1)))
        result[:, :, 0], result[:, :, self.passes + 1] = 1.0, mean
        rate = np.cumprod(self.view.rate, axis=1)
        # The strictest of the bars so far decides.
        bars = side * np.maximum.accumulate(side * self.view.intercept, axis=1)
        for number in range(self.passes):
            bar = bars[:, number, None]
            with np.errstate(all="ignore"):
                score = side * (mean - bar) / sd
            score = np.where(np.isnan(score), 0.0, np.clip(score, -38.0, 38.0))
            density, below = normal.pdf_cdf(score)
            first = mean * below + side * sd * density
            result[:, :, number + 1] = below / rate[:, number, None]
            result[:, :, self.passes + 2 + number] = first / rate[:, number, None]
        if self.view.hinted < self.passes:
            # The factor of a hint is linear in that of its pass.
            rate = self.view.rate[:, self.view.hinted, None]
            excess = (self.view.hint - 1.0) * rate
            for column in (self.view.hinted, self.view.hinted + self.passes + 1):
                hinted = result[:, :, column] + excess * result[:, :, column + 1]
                result[:, :, column] = hinted / (1.0 + excess)
        result *= scale
        return result


def _with_series(moments: FactorMoments, order: int) -> FactorMoments:
    """Moments without jumps as polynomials.

    Args:
        moments: Over their whole range.
        order: How many polynomials.
    """
    mean = moments.reach * chebyshev_nodes(order)
    values = moments.at(np.broadcast_to(mean, (len(moments.variance), order)))
    return evolve(moments, series=chebyshev_analysis(order) @ values)
