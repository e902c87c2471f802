"""The least of a convex function of a price, plus the price of what there is.

Where resources are limited, the best value is the least of M(p) + p B over the prices p
of what is short, M(p) being the best value at that price and B what there is.

Reference: R. T. Rockafellar, "Convex Analysis" (1970), section 28.
"""

from collections.abc import Callable

# Of the search for the best price: the step of a slope, and how often it goes on.
_SLOPE_STEP, _LEAST_PRICE = 1e-5, 1e-3
_MOST_DOUBLINGS, _MOST_TANGENTS, _LEAST_GAIN = 40, 16, 1e-7


def least_dual(
    value_at: Callable[[float], float], budget: float, price: float
) -> tuple[float, float]:
    """The least of M(p) + p B over prices p from 0, and the best price.

    M is convex, so that two tangents bound it from below where they meet: the least is
    not overstated by how far the search for it has come.

    Args:
        value_at: M, in any unit, from the price of a unit of what is short.
        budget: B, how much there is of it.
        price: A price near the best.

    >>> least, price = least_dual(lambda p: (2.0 - p) ** 2 / 2.0, 0.5, 1.0)
    >>> round(least, 4), round(price, 2)
    (0.875, 1.5)
    """

    def tangent(point: float) -> tuple[float, float, float]:
        """A price, M(p) + p B there, and its slope."""
        step = max(_SLOPE_STEP * point, _SLOPE_STEP)
        here, beyond = value_at(point), value_at(point + step)
        return point, here + point * budget, (beyond - here) / step + budget

    low = high = tangent(price)
    for _ in range(_MOST_DOUBLINGS):
        if low[2] < 0.0:
            break
        if not low[0]:
            return low[1], 0.0
        high, low = low, tangent(low[0] / 4.0 if low[0] > _LEAST_PRICE else 0.0)
    for _ in range(_MOST_DOUBLINGS):
        if high[2] >= 0.0:
            break
        low, high = high, tangent(2.0 * high[0] + _LEAST_PRICE)
    least, best = min(low[1], high[1]), low[0]
    for _ in range(_MOST_TANGENTS):
        width, bend = high[0] - low[0], high[2] - low[2]
        if not bend > 0.0:
            break
        best = low[0] + (low[1] - high[1] + high[2] * width) / bend
        best = min(max(best, low[0]), high[0])
        least = low[1] + low[2] * (best - low[0])
        middle = tangent(best)
        if middle[1] - least <= _LEAST_GAIN * (1.0 + abs(least)):
            break
        low, high = (middle, high) if middle[2] < 0.0 else (low, middle)
    return least, best
