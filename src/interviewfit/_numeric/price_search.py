"""The price of the hour at which what is planned fits a budget.

The best value at a price is convex in the price, and its slope is minus the hours. So
hours fall as the price rises; where two plans tie they jump. A price is looked for at
which the hours fit; where they jump past the budget, two prices on the two sides of the
jump, so close that a toss between their plans loses next to nothing.

Reference: R. T. Rockafellar, "Convex Analysis" (1970), section 28.
"""

from collections.abc import Callable, Sequence
from math import prod
from typing import Protocol, TypeVar

BUDGET_TOLERANCE = 5e-10
"""Hours by which a budget may be missed."""
# Prices that are tried, and the relative difference of two that are the same.
_MOST_PRICES, _SAME_PRICE = 100, 1e-12
# How far the second price is from one that may be near, as a share, and by how much
# more each further one until the hours fit between two.
_NEAR, _FURTHER = 0.02, 4.0
# Hours that jump by so much between two prices, at which a toss between these loses no
# more than that, hours.
_JUMP = 0.01
_NOTHING_LOST = 1e-9
# By which share a price must bring the hours closer, or else other ways follow.
_CLOSER, _MOST_SLOW = 0.25, 5


class Priced(Protocol):
    """The best plan at some price of the hour."""

    @property
    def price(self) -> float:
        """What an hour costs beyond its own price, hours."""

    @property
    def hours(self) -> float:
        """How many it takes on average."""

    @property
    def priced_value(self) -> float:
        """What it is worth at this price, hours."""


P = TypeVar("P", bound=Priced)


def prices_around(
    tried: Sequence[P],
    budget: float,
    guess: float | None,
    at_price: Callable[[float], P],
) -> tuple[P, P]:
    """A search whose hours are too many, and one at a higher price whose hours fit.

    Args:
        tried: At some prices; without one the hours are too many.
        budget: Hours there are.
        guess: A price that may be near, if one is known.
        at_price: The search at some price of the hour.
    """
    most, step = budget + BUDGET_TOLERANCE, 0.0
    by_price = sorted(tried, key=lambda search: search.price)
    fitting = [search for search in by_price if search.hours <= most]
    high = fitting[0] if fitting else None
    low = [search for search in by_price if search.hours > most][-1]
    if high is None or not low.price:
        middle = high or at_price(low.price + (guess or 1.0))
        step = middle.price * (3.0 if guess is None else _NEAR)
        low, high = (middle, high) if middle.hours > most else (low, middle)
    while high is None:
        middle, step = at_price(low.price + step), _FURTHER * step
        low, high = (middle, None) if middle.hours > most else (low, middle)
    while not low.price and high.price > 2.0 * step:
        middle, step = at_price(high.price - step), _FURTHER * step
        low, high = (middle, high) if middle.hours > most else (low, middle)
    return low, high


def narrowed(
    low: P,
    high: P,
    budget: float,
    at_price: Callable[[float], P],
) -> tuple[P, P]:
    """The two of ``prices_around`` so close that the hours fit, or jump between them.

    The value is convex in the price, and its slope is minus the hours. Where hours fall
    smoothly the next price is that of the budget on a curve through three that were
    tried; where they jump it is where two tangents meet.

    Args:
        low, high, budget, at_price: As ``prices_around`` takes and returns them.
    """
    most, tried, slow = budget + BUDGET_TOLERANCE, [low, high], 0
    for _ in range(_MOST_PRICES):
        step = _SAME_PRICE * high.price
        width, excess = high.price - low.price, low.hours - high.hours
        enough = high.hours >= budget - BUDGET_TOLERANCE
        jumps = excess >= _JUMP and width * excess <= _NOTHING_LOST
        if enough or jumps or width <= 2.0 * step:
            break
        # Where two tangents meet, which is where the hours jump, if they do.
        fall = low.priced_value - high.priced_value
        meet = low.price + (fall - high.hours * width) / excess
        if not slow:
            price = _price_of(budget, low, high, tried)
        elif slow == _MOST_SLOW:
            price = low.price + 0.5 * width
        elif slow % 2:
            price = meet
        else:
            # Beyond it, so that it lies between two that are close.
            price = 2.0 * meet - tried[-1].price
        price = min(max(price, low.price + step), high.price - step)
        middle = at_price(price)
        nearest = min(abs(search.hours - budget) for search in tried)
        close = abs(middle.hours - budget) <= _CLOSER * nearest
        slow = 0 if close or slow == _MOST_SLOW else slow + 1
        low, high = (middle, high) if middle.hours > most else (low, middle)
        tried.append(middle)
    return low, high


def _price_of(
    budget: float,
    low: P,
    high: P,
    tried: Sequence[P],
) -> float:
    """The price at which the hours would fit, from the nearest of those tried.

    The price is interpolated as a polynomial of the hours through three of them.

    Args:
        budget: Hours there are.
        low, high: Searches whose hours are too many, and fit.
        tried: All that were tried.
    """
    by_hours = {search.hours: search.price for search in tried}
    hours = sorted(by_hours, key=lambda hour_count: abs(hour_count - budget))[:3]
    for count in (3, 2):
        price = 0.0
        for hour_count in hours[:count]:
            remaining = [further for further in hours[:count] if further != hour_count]
            shares = [
                (budget - further) / (hour_count - further) for further in remaining
            ]
            price += by_hours[hour_count] * prod(shares)
        if low.price < price < high.price:
            return price
    share = (low.hours - budget) / (low.hours - high.hours)
    return low.price + share * (high.price - low.price)
