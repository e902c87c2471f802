"""Factors on a grid, and the polynomials that carry their moments.

The moments of factors (``factor_moments``) under normal beliefs are sums over one grid,
for the variances of all stops of a chain at once.

Reference: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013).
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import BoolArray, FloatArray, N, minimum, products
from interviewfit._numeric.chebyshev import (
    chebyshev_basis,
    chebyshev_nodes,
    mirrored_analysis,
)
from interviewfit._numeric.effort import spend
from interviewfit._numeric.normal import ROOT_HALF, ROOT_TWO_PI
from interviewfit._numeric.probit_factors import (
    SPACING,
    ProbitFactors,
    product_class,
)

# How many polynomials stand for the moments: a smooth step of slope b over a range of
# means asks for so many, and each further step of a product for some more of them, the
# fewer the flatter the steps are.
_LEAST_ORDER, _ORDER_PER_SLOPE, MOST_ORDER = 20, 8.0, 160
_ORDER_PER_PASS, _MOST_FOR_PASSES, _PER_SLOPE = 4, 40, 2.0
_FARTHEST = 26.0


@frozen(eq=False, repr=False)
class FactorTable:
    """Factors on a grid of equidistant points, for a sum over them.

    Attributes:
        grid: Units of the scale, ``(rows, points)``.
        values: H_j and z H_j there, times the spacing, ``(rows, points, 2 * (passes +
            1))``.
    """

    grid: FloatArray
    values: FloatArray

    @classmethod
    def of(cls, view: ProbitFactors, sd: float, limit: float) -> "FactorTable":
        """Factors on a grid that is fine enough.

        One grid serves all beliefs of a chain.

        Args:
            view: The factors, not sharp.
            sd: At most the standard deviation of any belief, units of the scale.
            limit: How far the grid goes.
        """
        # Of n passes that turn together the integrand has the precision 1 / v + n b^2.
        steep = 2.0 ** product_class(view.classes[:1], view.passes) - 1.0
        step = SPACING / (sd**-2.0 + steep) ** 0.5
        count = int(limit / step) + 1
        points = step * np.arange(-count, count + 1)
        grid = np.broadcast_to(points, (len(view.hint), points.size))
        factors = view.factors(grid) * step
        table = np.concatenate((factors, factors * grid)).transpose(1, 2, 0)
        return cls(grid, np.ascontiguousarray(table))

    def series(
        self,
        view: ProbitFactors,
        variances: FloatArray,
        reach: float,
        numbers: Sequence[Sequence[int]],
    ) -> "list[FloatArray | None]":
        """Chebyshev coefficients of the moments under some variances, at once.

        Args:
            view: The factors of the table.
            variances: Of the belief, ``(variances, rows, 1)``.
            reach: Half the range of means, units of the scale.
            numbers: Of the moments that are asked for, of each variance.

        Returns:
            As ``FactorMoments.series``; None where polynomials do not do.
        """
        order = order_of(view, reach)
        if order > MOST_ORDER:
            return [None] * len(variances)
        sd = np.sqrt(variances)
        unit = ROOT_HALF / sd
        # The grid and the means are symmetric: those above 0 stand for those below.
        even, odd = mirrored_analysis(order)
        mean = reach * chebyshev_nodes(order)[: even.shape[1]]
        score = (unit * self.grid)[:, :, None, :] - (unit * mean)[:, :, :, None]
        # The exponential of what is next to no number is slow.
        np.clip(score, -_FARTHEST, _FARTHEST, out=score)
        np.multiply(score, score, out=score)
        np.negative(score, out=score)
        spend(4 * score.size)
        kernels = np.exp(score, out=score)
        columns = sorted({it for wanted in numbers for it in wanted})
        values = self.values[:, :, columns]
        mirrored = values[:, ::-1]
        halves = np.stack((values + mirrored, values - mirrored), axis=2)
        result: list[FloatArray | None] = [None] * len(variances)
        kinds: dict[int, list[int]] = {}
        for index, wanted in enumerate(numbers):
            kinds.setdefault(len(wanted), []).append(index)
        for count, members in kinds.items():
            # Of a single variance nothing is left out, and nothing need be copied.
            chosen: slice | list[int] = slice(None)
            folded = halves[None]
            if len(numbers) > 1:
                chosen = members
                places = [[columns.index(it) for it in numbers[n]] for n in members]
                folded = halves[..., places].transpose(3, 0, 1, 2, 4)
            folded = folded.reshape(*folded.shape[:3], 2 * count)
            moments = products(kernels[chosen], folded)
            moments /= sd[chosen, :, :, None] * ROOT_TWO_PI
            series = np.empty((*moments.shape[:2], order, count))
            series[:, :, 0::2] = products(even, moments[..., :count])
            series[:, :, 1::2] = products(odd, moments[..., count:])
            for index, coefficients in zip(members, series, strict=True):
                result[index] = coefficients
        return result


def order_of(view: ProbitFactors, reach: float) -> int:
    """How many polynomials carry the moments of factors over a range.

    With so many they are right to some 1e-13 of their largest value: the steeper the
    factors are, the more passes there are, and the wider the range, the more it takes.

    Args:
        view: The factors.
        reach: Half the range, units of the scale.
    """
    steepest = float(np.sqrt(np.exp2(view.classes[0, 0].item()) - 1.0))
    least = _least_order(view.passes, steepest)
    return int(np.ceil(least + _ORDER_PER_SLOPE * steepest * reach))


def are_carried(slope: FloatArray, reach: FloatArray, passes: int) -> BoolArray:
    """Where polynomials carry the moments of factors, in the shape of both.

    Args:
        slope: The steepest of each row, of its class.
        reach: Half the range, units of the scale.
        passes: How many factors there are.
    """
    order = np.ceil(_least_order(passes, slope) + _ORDER_PER_SLOPE * slope * reach)
    return np.asarray(order <= MOST_ORDER)


def _least_order(passes: int, slope: N) -> N:
    """Of polynomials for a product of so many factors, over any range.

    Args:
        passes: How many factors there are.
        slope: The steepest, of its class.
    """
    more = min(_ORDER_PER_PASS * max(0, passes - 1), _MOST_FOR_PASSES)
    return _LEAST_ORDER + more * minimum(1.0, _PER_SLOPE * slope)


def carries(view: ProbitFactors, reach: float) -> bool:
    """Whether polynomials carry the moments of factors over a range.

    Args:
        view, reach: As ``_order`` takes them.
    """
    return not view.is_sharp and order_of(view, reach) <= MOST_ORDER


def averages_over(
    view: ProbitFactors,
    jumps: tuple[FloatArray, FloatArray],
    reach: float,
    widest: float,
) -> FloatArray:
    """Averages of Chebyshev polynomials over jumps to come.

    Args:
        view: The factors that polynomials of this order carry.
        jumps: Shifts and their probabilities, ``(rows, shifts)``.
        reach: Half the range of means, units of the scale.
        widest: No jump is larger, likewise.

    Returns:
        At the points at which the moments are averaged, ``(rows, points, order)``.
    """
    mean = reach * chebyshev_nodes(order_of(view, reach))
    order, total = order_of(view, reach + widest), np.zeros(1)
    for shift, probability in zip(jumps[0].T, jumps[1].T, strict=True):
        share = (mean + shift[:, None]) * (1.0 / (reach + widest))
        total = total + probability[:, None] * chebyshev_basis(share, order)
    return np.ascontiguousarray(total.transpose(1, 2, 0))


def averages_of_few(
    view: ProbitFactors,
    jumps: Sequence[tuple[FloatArray, FloatArray]],
    reach: float,
    widest: float,
) -> list[FloatArray]:
    """As ``averages_over``, of few rows: for some sets of jumps at once.

    Args:
        view, reach, widest: As ``averages_over`` takes them.
        jumps: Of each set, shifts and their probabilities, ``(rows, shifts)``.
    """
    mean = reach * chebyshev_nodes(order_of(view, reach))
    order = order_of(view, reach + widest)
    shifts = np.hstack([shift for shift, _ in jumps])
    share = (mean + shifts[:, :, None]) * (1.0 / (reach + widest))
    basis, stop, averages = chebyshev_basis(share, order), 0, []
    for shift, probability in jumps:
        start, stop = stop, stop + shift.shape[1]
        total = (probability[:, None] @ basis[:, :, start:stop])[:, :, 0]
        averages.append(np.ascontiguousarray(total.transpose(1, 2, 0)))
    return averages
