"""Prices of what is short, each one of few, so that many searches share them.

What is worked out at a price serves all that is asked at it, and takes far longer than
what is done with it. So where there is much to work out, prices are powers of two with
few binary places in their exponents: first steps of a quarter, then halves of these
between two prices until a toss between their two plans loses next to nothing.

The best value at a price is convex in it, and its slope is minus what is used. So a
toss of the plans at two prices, by which all there is is used on average, is a plan;
and the least of M(p) + p B over the prices tried bounds all plans from above.

Reference: R. T. Rockafellar, "Convex Analysis" (1970), section 28.
"""

from collections.abc import Callable, Mapping, Sequence
from math import log2, sqrt

from interviewfit._numeric.least_dual import least_between
from interviewfit._numeric.price_search import BUDGET_TOLERANCE, P

# The distance of two exponents at first, and the least of them.
_STEP, _LEAST_EXPONENT = 0.25, -30.0
# Exponents that are so close need not be tried again, and of so many prices none.
_NARROW, _ENOUGH = 1.0 / 32.0, 8
# How many prices are tried at most to find two around the best, to find them close
# enough, and in all for a least value.
_MOST_OUTSIDE, _MOST_INSIDE, _MOST_TRIED = 60, 16, 60


def price_near(guess: float | None) -> float:
    """The price of the lattice that is next to a guess, above 0.

    Args:
        guess: A price above 0; None if nothing is known.

    >>> price_near(2.1), price_near(None)
    (2.0, 1.0)
    """
    if not guess:
        return 1.0
    exponent = round(log2(guess) / _STEP) * _STEP
    return _price(max(exponent, _LEAST_EXPONENT + _STEP))


def _price(exponent: float) -> float:
    """The price of an exponent, which is 0 where that is next to nothing."""
    return float(2.0**exponent) if exponent > _LEAST_EXPONENT else 0.0


def price_between(low: float, high: float, target: float | None = None) -> float:
    """A price of the lattice between two, of which the lower one may be 0.

    Args:
        low, high: The prices, of the lattice as well.
        target: A price which it is near, with the exponents of the two a few quarters
            of their distance away; by default half.

    >>> price_between(1.0, 4.0), price_between(0.0, 4.0)
    (2.0, 2.0)
    >>> round(price_between(1.0, 4.0, 3.9), 3)
    2.828
    """
    end = _exponent(high)
    if not low:
        return _price(end - 1.0)
    start = _exponent(low)
    quarters = 2
    if target is not None and low < target < high:
        quarters = round(4.0 * (log2(target) - start) / (end - start))
    return _price(start + 0.25 * min(max(quarters, 1), 3) * (end - start))


def _exponent(price: float) -> float:
    """The exponent of a price of the lattice, without its rounding error."""
    return round(log2(price) * 2.0**40) / 2.0**40


def nearest_prices(
    free: P,
    budget: float,
    guess: float | None,
    at_price: Callable[[float], P],
    most_lost: Callable[[P], float],
) -> tuple[P, P]:
    """Two plans whose toss uses all there is, and loses little for the lattice.

    Args:
        free: The plan without a price, which takes more than there is.
        budget: How much there is.
        guess: A price that may be near, if one is known.
        at_price: The plan at some price.
        most_lost: By how much a toss may be below the best plan, from one that fits.

    Returns:
        The plan that takes too much, and the one of a higher price that fits.
    """
    most, low, step = budget + BUDGET_TOLERANCE, free, _STEP
    high = at_price(price_near(guess))
    for _ in range(_MOST_OUTSIDE):
        exponent = _exponent(high.price)
        if high.hours > most:
            low, high = high, at_price(_price(exponent + step))
        elif low.price or not _price(exponent - step):
            break
        else:
            below = at_price(_price(exponent - step))
            low, high = (below, high) if below.hours > most else (free, below)
        step *= 2.0
    for _ in range(_MOST_INSIDE):
        enough = high.hours >= budget - BUDGET_TOLERANCE
        if enough or lost_at_most(low, high, budget) <= most_lost(high):
            break
        target = price_where_tangents_meet(low, high)
        middle = at_price(price_between(low.price, high.price, target))
        low, high = (middle, high) if middle.hours > most else (low, middle)
    return low, high


def lost_at_most(low: P, high: P, budget: float) -> float:
    """By how much a toss between two plans may be below the best plan.

    Args:
        low, high, budget: As ``nearest_prices`` takes and returns them.
    """
    share = (budget - high.hours) / (low.hours - high.hours)
    values = [plan.priced_value + plan.price * plan.hours for plan in (low, high)]
    tossed = share * values[0] + (1.0 - share) * values[1]
    bounds = [plan.priced_value + plan.price * budget for plan in (low, high)]
    return min(bounds) - tossed


def price_where_tangents_meet(low: P, high: P) -> float:
    """The price at which two plans are worth the same: about the best price.

    Args:
        low, high: The plan that takes too much, and the one that fits.
    """
    width, excess = high.price - low.price, low.hours - high.hours
    fall = low.priced_value - high.priced_value
    if not (width > 0.0 and excess > 0.0):
        return high.price
    price = low.price + (fall - high.hours * width) / excess
    return min(max(price, low.price), high.price)


def least_of_lattice(
    value_at: Callable[[float], float],
    budget: float,
    low: float,
    high: float,
    gain: float | None = None,
    evaluated: Mapping[float, float] | None = None,
) -> tuple[float, float]:
    """The least of M(p) + p B over prices p from 0, and the best price that was tried.

    Args:
        value_at: M, in any unit, from a price of the lattice.
        budget: B, how much there is.
        low, high: Prices of the lattice around the best one, of which the lower may
            be 0.
        gain: By which share of itself and 1 the least of a convex function may be
            understated; None where the least of some prices a first step apart will do.
        evaluated: M at prices that were tried before.

    >>> least, price = least_of_lattice(
    ...     lambda p: (2.0 - p) ** 2 / 2.0, 0.5, 1.0, 2.0, 0.01
    ... )
    >>> round(least, 2), round(price, 2)
    (0.87, 1.48)
    """
    values = {p: value + p * budget for p, value in (evaluated or {}).items()}

    def add(price: float) -> None:
        """Work out the function at a price, if it is not yet."""
        if price not in values:
            values[price] = value_at(price) + price * budget

    def beyond(price: float, step: float) -> float:
        """The first price of the coarse lattice so many steps away, or 0.

        Args:
            price, step: Where from, and by how much the exponent grows at least half.
        """
        return _price(round((_exponent(price) + step) / _STEP) * _STEP)

    add(low)
    add(high)
    steps, growth = [-_STEP, _STEP], 2.0 if gain else sqrt(2.0)
    for _ in range(_MOST_TRIED):
        prices = sorted(values)
        best = min(prices, key=values.__getitem__)
        if best == prices[-1] or (best and best == prices[0]):
            side = int(best == prices[-1])
            add(beyond(best, steps[side]))
            steps[side] *= growth
            continue
        if gain is None:
            break
        least, lowest = least_between(values, prices, best)
        left = max(price for price in prices[:-1] if price <= lowest)
        right = prices[prices.index(left) + 1]
        middle = price_between(left, right, lowest)
        if values[best] - least <= gain * (1.0 + abs(least)):
            # The function may be rougher than its chords, so that these are tried.
            left, right = _steeper(values, prices, best)
            middle = price_between(left, right)
            if len(values) > _ENOUGH or right <= left * 2.0**_NARROW:
                break
        if not left < middle < right:
            break
        add(middle)
    prices = sorted(values)
    best = min(prices, key=values.__getitem__)
    return least_between(values, prices, best)[0], best


def _steeper(
    values: Mapping[float, float], prices: Sequence[float], best: float
) -> tuple[float, float]:
    """The price that is best and its neighbour of the higher value, ascending.

    Args:
        values: At each price.
        prices: All that were tried, ascending; the best is not the last.
        best: The one of the least value.
    """
    position = list(prices).index(best)
    after = prices[position + 1]
    before = prices[position - 1] if position else best
    return (before, best) if values[before] > values[after] else (best, after)
