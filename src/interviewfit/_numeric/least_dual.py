"""The least of a convex function of a price, plus the price of what there is.

Where resources are limited, the best value is the least of M(p) + p B over the prices p
of what is short, M(p) being the best value at that price and B what there is.

A convex function lies above each of its chords beyond the ends of that chord. So four
neighbouring values bound it from below between the two in the middle, without a slope.
Prices are tried in turn where that bound is least, which finds a kink in a few steps,
and where a parabola through three values has its vertex, which finds a smooth minimum.

Reference: R. T. Rockafellar, "Convex Analysis" (1970), section 28.
"""

from collections.abc import Callable, Mapping
from math import inf

# How far the second price is from the first, as a share of it, at least so much; and by
# how much more each further one until the least is between two.
_FIRST_STEP, _LEAST_PRICE, _GROWTH = 0.01, 1e-3, 4.0
# How often the search goes on, by which share the least may be understated, and the
# least distance of two prices as a share of them.
_MOST_OUTSIDE, _MOST_INSIDE, _LEAST_GAIN, _SAME_PRICE = 24, 32, 1e-7, 1e-6
# By how much further from the best price one of its neighbours may be than the other.
_LOPSIDED = 8.0


def least_dual(
    value_at: Callable[[float], float],
    budget: float,
    price: float,
    *,
    evaluated: Mapping[float, float] | None = None,
    gain: float = _LEAST_GAIN,
) -> tuple[float, float]:
    """The least of M(p) + p B over prices p from 0, and the best price.

    Args:
        value_at: M, in any unit, from the price of a unit of what is short.
        budget: B, how much there is of it.
        price: A price near the best.
        evaluated: M at prices that were tried before.
        gain: By which share of itself and 1 the least may be understated.

    >>> least, price = least_dual(lambda p: (2.0 - p) ** 2 / 2.0, 0.5, 1.0)
    >>> round(least, 4), round(price, 2)
    (0.875, 1.5)
    """
    values = {p: value + p * budget for p, value in (evaluated or {}).items()}

    def add(point: float) -> None:
        """Work out the function at a price, if it is not yet."""
        if point not in values:
            values[point] = value_at(point) + point * budget

    add(price)
    width = max(_FIRST_STEP * price, _LEAST_PRICE)
    for _ in range(_MOST_OUTSIDE):
        prices = sorted(values)
        best = min(prices, key=values.__getitem__)
        if best < prices[-1] and (best > prices[0] or not best):
            break
        add(best + width if best == prices[-1] else max(0.0, best - width))
        width *= _GROWTH
    for number in range(_MOST_INSIDE):
        prices = sorted(values)
        best = min(prices, key=values.__getitem__)
        least, lowest = least_between(values, prices, best)
        if values[best] - least <= gain * (1.0 + abs(least)):
            break
        if best == prices[-1]:
            break
        position = prices.index(best)
        around = prices[max(0, position - 1) : position + 2]
        point = (_vertex, _closer, _lowest)[number % 3](values, around, lowest)
        if not position:
            # Below it there is no price: only the slope is to be bounded.
            slope = _slope(values, *around)
            enough = 0.5 * gain * (1.0 + abs(least)) / slope if slope > 0.0 else inf
            point = min(enough, lowest)
        add(_apart(point, best, around))
    prices = sorted(values)
    best = min(prices, key=values.__getitem__)
    least, _ = least_between(values, prices, best)
    return least, best


def least_between(
    values: Mapping[float, float], prices: list[float], best: float
) -> tuple[float, float]:
    """What the function is at least, and the price where it may be that.

    Args:
        values: At each price.
        prices: All of them, ascending.
        best: The one of the least value.
    """
    position = prices.index(best)
    candidate = values[best], best
    for left in (position - 1, position):
        if not 0 <= left < len(prices) - 1:
            continue
        low, high = prices[left], prices[left + 1]
        slopes = [-inf, inf]
        if left:
            slopes[0] = _slope(values, prices[left - 1], low)
        if left + 2 < len(prices):
            slopes[1] = _slope(values, high, prices[left + 2])
        rising, falling = slopes[1] < inf, slopes[0] > -inf
        if rising and falling and slopes[1] > slopes[0]:
            fall = values[high] - values[low] - slopes[1] * (high - low)
            share = fall / (slopes[0] - slopes[1])
            point = min(max(low + share, low), high)
            candidate = min(candidate, (values[low] + slopes[0] * (point - low), point))
        elif rising and slopes[1] > 0.0:
            value = values[high] - slopes[1] * (high - low)
            candidate = min(candidate, (value, low + 0.5 * (high - low)))
        elif falling and slopes[0] < 0.0:
            value = values[low] + slopes[0] * (high - low)
            candidate = min(candidate, (value, low + 0.5 * (high - low)))
    return candidate


def _slope(values: Mapping[float, float], low: float, high: float) -> float:
    """The slope of the chord between two prices.

    Args:
        values: At each price.
        low, high: The prices.
    """
    return (values[high] - values[low]) / (high - low)


def _vertex(values: Mapping[float, float], around: list[float], lowest: float) -> float:
    """Where the parabola through three values has its least.

    Args:
        values: At each price.
        around: Three prices, ascending, the one in the middle of the least value; or
            two, of which the first is 0.
        lowest: Where the function may be least.
    """
    if len(around) == 2:
        return lowest
    low, middle, high = around
    before = _slope(values, low, middle)
    bend = (_slope(values, middle, high) - before) / (high - low)
    if not bend > 0.0:
        return middle
    return 0.5 * (low + middle) - 0.5 * before / bend


def _closer(
    _values: Mapping[float, float], around: list[float], lowest: float
) -> float:
    """The price to try so that the least is between two that are close.

    Args:
        _values, around, lowest: As ``_vertex`` takes them.
    """
    if len(around) == 2:
        return lowest
    low, middle, high = around
    below, above = middle - low, high - middle
    if below > _LOPSIDED * above:
        return middle - 2.0 * above
    return middle + 2.0 * below if above > _LOPSIDED * below else lowest


def _lowest(
    _values: Mapping[float, float], _around: list[float], lowest: float
) -> float:
    """Where the function may be least, by its chords.

    Args:
        _values, _around, lowest: As ``_vertex`` takes them.
    """
    return lowest


def _apart(point: float, best: float, around: list[float]) -> float:
    """A price that is not the same as those that were tried.

    Closer than that, the rounding of two values would decide the slope between them.

    Args:
        point: The price that would be tried.
        best: The best of those that were.
        around: It and its neighbours.
    """
    low, high = around[0], around[-1]
    step = min(_SAME_PRICE * (best + _LEAST_PRICE), 0.25 * (high - low))
    if abs(point - best) < step:
        point = best + step if high - best > best - low else best - step
    if point - low < step and low < best:
        point = low + step
    if high - point < step and high > best:
        point = high - step
    return min(max(point, low), high)
