"""Functions on panels after a change that only facts bring, at one point, in floats.

Without a standard deviation the operator of ``gaussian_expectation`` is interpolation:
the function is looked up where each shift leads. On a panel it is a sum of Legendre
polynomials, whose coefficients are worked out once.

Reference: C. W. Clenshaw, "A note on the summation of Chebyshev series", Mathematical
Tables and Other Aids to Computation 9 (1955) 118-120, for the sum of a series.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache

import numpy as np

from interviewfit._numeric.arrays import BoolArray, FloatArray
from interviewfit._numeric.panels import ORDER, gauss_legendre
from interviewfit._solver.gaussian_expectation import (
    GaussianExpectation,
    moments_to_nodes,
)


def only_moves(expectation: GaussianExpectation) -> BoolArray:
    """Rows in which nothing but facts changes the mean, and all panels are long.

    Only these are looked up by ``of_moved_point``: beside the least normal change the
    function is averaged over a part of a panel, which takes a quadrature.

    Args:
        expectation: Over the change, in all rows.
    """
    panels = expectation.panels
    are_long = (panels.too_long & (panels.half > 0.0)).all(axis=1)
    return np.asarray((expectation.sd[:, 0] == 0.0) & are_long)


def of_moved_point(
    expectation: GaussianExpectation, values: FloatArray, row: int
) -> Callable[[float], tuple[float, float]]:
    """Expectations of two functions, as ``GaussianExpectation.apply`` has them.

    A search for a threshold takes ten of them, at a point each, and in arrays each
    would take far longer than its arithmetic.

    Args:
        expectation: Over the change, in all rows.
        values: The functions at the nodes times ``weights``, ``(rows, 2, nodes)``.
        row: One of ``only_moves``.
    """
    panels, jumps = expectation.panels, expectation.jumps
    shares = gauss_legendre()[1] / expectation.weights[row].reshape(-1, ORDER)
    at_nodes = values[row].reshape(2, -1, ORDER) * shares
    series = (at_nodes @ moments_to_nodes().T).transpose(1, 2, 0)[:, ::-1].tolist()
    centre, half = panels.centre[row], panels.half[row]
    starts, ends = (centre - half).tolist(), (centre + half).tolist()
    middles, halves = centre.tolist(), half.tolist()
    moves = [(0.0, 1.0)]
    if jumps is not None:
        chances = jumps.probability[row].tolist()
        moves = list(zip(jumps.shift[row].tolist(), chances, strict=True))
    steps = _recurrence()

    def apply(point: float) -> tuple[float, float]:
        first = second = 0.0
        for shift, chance in moves:
            place = point + shift
            # Of two panels that meet there, each has half.
            begin, stop = bisect_left(ends, place), bisect_right(starts, place)
            for panel in range(begin, stop):
                at_edge = place in (starts[panel], ends[panel])
                share = 0.5 * chance if at_edge else chance
                v = (place - middles[panel]) / halves[panel]
                low = high = low_after = high_after = 0.0
                for (of_first, of_second), (ahead, beyond) in zip(
                    series[panel], steps, strict=True
                ):
                    slope = ahead * v
                    low, low_after = of_first + slope * low - beyond * low_after, low
                    high, high_after = (
                        of_second + slope * high - beyond * high_after,
                        high,
                    )
                first += share * low
                second += share * high
        return first, second

    return apply


@cache
def _recurrence() -> list[tuple[float, float]]:
    """Factors of Clenshaw's recurrence for Legendre polynomials, highest degree first.

    With P[k + 1] = a[k] v P[k] - c[k] P[k - 1], the coefficient of degree k meets a[k]
    and c[k + 1].
    """
    return [
        ((2 * degree + 1) / (degree + 1), (degree + 1) / (degree + 2))
        for degree in reversed(range(ORDER))
    ]
