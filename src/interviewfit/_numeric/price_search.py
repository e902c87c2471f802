"""The price of the hour at which what is planned fits a budget.

The best value at a price is convex in the price, and its slope is minus the hours. So
hours fall as the price rises; where two plans tie they jump. A price is looked for at
which the hours fit; where they jump past the budget, two prices on the two sides of the
jump, so close that a toss between their plans loses next to nothing.

Reference: R. T. Rockafellar, "Convex Analysis" (1970), section 28.
"""

from collections.abc import Callable, Sequence
from math import prod, sqrt
from typing import Protocol, TypeVar

BUDGET_TOLERANCE = 5e-10
"""Hours by which a budget may be missed."""
# Prices that are tried, and the relative difference of two that are the same.
_MOST_PRICES, _SAME_PRICE = 100, 1e-12
# How far the second price is from one that may be near, as a share, and by how much
# more each further one until the hours fit between two.
_NEAR, _FURTHER = 0.02, 4.0
# Prices that are closer than this share say nothing of the area between them.
_FAR = 1e-4
# Hours that jump by so much between two prices, at which a toss between these loses no
# more than that, hours.
_JUMP = 0.01
_NOTHING_LOST = 1e-9
# How far the two prices beside a jump are from it, as a share of what may be lost: so
# that no rounding decides what is best at them.
_ASIDE = 0.2
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


class Used(Protocol):
    """What is used at some price."""

    @property
    def price(self) -> float:
        """Of the hour beyond its own price, hours."""

    @property
    def hours(self) -> float:
        """How many are used."""


def prices_around(
    tried: Sequence[P],
    budget: float,
    guess: float | None,
    at_price: Callable[[float], P],
    far: float = 1.0,
) -> tuple[P, P]:
    """A search whose hours are too many, and one at a higher price whose hours fit.

    Args:
        tried: At some prices; without one the hours are too many.
        budget: Hours there are.
        guess: A price that may be near, if one is known.
        at_price: The search at some price of the hour.
        far: The price that is tried first without a guess.
    """
    most, step = budget + BUDGET_TOLERANCE, 0.0
    by_price = sorted(tried, key=lambda search: search.price)
    fitting = [search for search in by_price if search.hours <= most]
    high = fitting[0] if fitting else None
    low = [search for search in by_price if search.hours > most][-1]
    if high is None or not low.price:
        middle = high or at_price(low.price + (guess or far))
        step = middle.price * (_FURTHER - 1.0 if guess is None else _NEAR)
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
    turns_between: Callable[[P, P], Sequence[float]] | None = None,
) -> tuple[P, P]:
    """The two of ``prices_around`` so close that the hours fit, or jump between them.

    The value is convex in the price, and its slope is minus the hours. Where hours fall
    smoothly the next price is that of the budget on a curve through three that were
    tried; where they jump it is where two tangents meet.

    Args:
        low, high, budget, at_price: As ``prices_around`` takes and returns them.
        turns_between: Prices between two at which hours may jump, as far as it is
            known.
    """
    most, tried, slow = budget + BUDGET_TOLERANCE, [low, high], 0
    turns, is_known = list[float](), turns_between is None
    for _ in range(_MOST_PRICES):
        # Hours may be the same from some price on, and the lowest of these is wanted.
        if _is_done(low, high, budget, may_be_enough=len(tried) > 2 or is_known):
            break
        meet = _meeting_price(low, high)
        turns = [turn for turn in turns if low.price < turn < high.price]
        if turns_between and not (turns or is_known):
            turns = [*turns_between(low, high)]
            is_known = not turns
        if turns:
            # On both sides of the jump that is likeliest to be that of the budget.
            turn = min(turns, key=lambda price: abs(price - meet))
            turns.remove(turn)
            aside = _ASIDE * _NOTHING_LOST / max(low.hours - high.hours, _JUMP)
            aside = max(aside, 2.0 * _SAME_PRICE * high.price)
            prices = [turn + aside, turn - aside]
        else:
            price = _price_by(slow, low, high, budget, tried)
            step = _SAME_PRICE * high.price
            prices = [min(max(price, low.price + step), high.price - step)]
        for price in prices:
            if low.price < price < high.price:
                tried.append(at_price(price))
                is_long = tried[-1].hours > most
                low, high = (tried[-1], high) if is_long else (low, tried[-1])
        if len(prices) == 1:
            slow = _slower(slow, tried, budget)
    return low, high


def _slower(slow: int, tried: Sequence[Priced], budget: float) -> int:
    """For how many prices none has brought the hours closer; from too many on anew.

    Args:
        slow: The same before the last price.
        tried: All that were tried, the last one last.
        budget: Hours there are.
    """
    *before, last = [abs(search.hours - budget) for search in tried]
    is_close = last <= _CLOSER * min(before)
    return 0 if is_close or slow == _MOST_SLOW else slow + 1


def _is_done(low: Priced, high: Priced, budget: float, *, may_be_enough: bool) -> bool:
    """Whether the hours fit, or jump between two prices that are close enough.

    Args:
        low, high, budget: As ``narrowed`` takes them.
        may_be_enough: Whether hours that fit are enough.
    """
    width, excess = high.price - low.price, low.hours - high.hours
    enough = may_be_enough and high.hours >= budget - BUDGET_TOLERANCE
    jumps = excess >= _JUMP and width * excess <= _NOTHING_LOST
    return enough or jumps or width <= 2.0 * _SAME_PRICE * high.price


def _meeting_price(low: Priced, high: Priced) -> float:
    """Where two tangents meet, which is where the hours jump, if they do.

    Args:
        low, high: As ``narrowed`` takes them.
    """
    width, excess = high.price - low.price, low.hours - high.hours
    fall = low.priced_value - high.priced_value
    return low.price + (fall - high.hours * width) / excess


def _price_by(slow: int, low: P, high: P, budget: float, tried: Sequence[P]) -> float:
    """The next price, found in other ways the longer no price brings the hours closer.

    Args:
        slow: For how many prices none did.
        low, high, budget: As ``narrowed`` takes them.
        tried: All that were tried, the last one last.
    """
    width = high.price - low.price
    if slow in (0, 2) and width > _FAR * high.price:
        smooth = _smooth_price(budget, low, high)
        if smooth is not None:
            return smooth
    if slow < 2:
        return price_between(budget, low, high, tried)
    if slow == _MOST_SLOW:
        return low.price + 0.5 * width
    meet = _meeting_price(low, high)
    # Beyond it, so that it lies between two that are close.
    return meet if slow % 2 else 2.0 * meet - tried[-1].price


def likely_price(free: Priced, least_value: float, budget: float) -> float:
    """About the price at which what there is would be used, from none tried.

    As if hours fell like a parabola with its vertex at a price of 0, faster the dearer
    they are: the area under them is what they bring in all.

    Args:
        free: Without a price.
        least_value: What is left where no hour is used, hours.
        budget: Hours there are, fewer than without a price.
    """
    brought = max(free.priced_value - least_value, BUDGET_TOLERANCE)
    return 1.5 * brought / free.hours * sqrt(1.0 - budget / free.hours)


def _smooth_price(budget: float, low: Priced, high: Priced) -> float | None:
    """The price at which the hours would fit if they fell like a parabola.

    It has the hours at both prices, and the area between these by which the value
    falls. None where no parabola falls so.

    Args:
        budget: Hours there are.
        low, high: Searches whose hours are too many, and fit.
    """
    width = high.price - low.price
    fall, excess = low.hours - high.hours, low.hours - budget
    mean = (low.priced_value - high.priced_value) / width
    bend = 6.0 * (mean - 0.5 * (low.hours + high.hours))
    if abs(bend) >= fall:
        return None
    # The root between 0 and 1 of bend t (1 - t) - fall t + excess, without loss.
    half = 0.5 * (fall - bend)
    share = excess / (half + sqrt(half * half + bend * excess))
    return low.price + share * width


def price_between(
    budget: float,
    low: Used,
    high: Used,
    tried: Sequence[Used],
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
