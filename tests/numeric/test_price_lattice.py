"""Prices of a lattice lose what is said at most, and are few."""

from collections.abc import Callable
from math import exp, log2

import pytest
from hypothesis import given, strategies as st, target

from interviewfit._numeric.price_lattice import (
    least_of_lattice,
    lost_at_most,
    nearest_prices,
    price_between,
    price_near,
)
from interviewfit._numeric.price_search import BUDGET_TOLERANCE
from priced_plans import PricedPlan

MOST_LOST, MOST_TRIED = 0.05, 40
EVERY_PRICE = [0.1 * step for step in range(400)]


def best_at(levels: list[float], slopes: list[float]) -> Callable[[float], PricedPlan]:
    """The best plan by price; the hours of each fall smoothly as well.

    Args:
        levels, slopes: The worth of each plan without a price, and its hours.
    """

    def found(price: float) -> PricedPlan:
        lines = zip([*levels, 0.0], [*slopes, 0.0], strict=False)
        value, hours = max((level - slope * price, slope) for level, slope in lines)
        smooth = 20.0 * exp(-price / 7.0)
        return PricedPlan(price, hours + smooth / 7.0, value + smooth)

    return found


LEVELS = st.lists(st.floats(1.0, 200.0), min_size=4, max_size=4)
SLOPES = st.lists(st.floats(0.5, 30.0), min_size=4, max_size=4)


@given(LEVELS, SLOPES, st.floats(0.01, 0.99), st.none() | st.floats(0.01, 30.0))
def test_a_toss_loses_what_is_said_at_most(
    levels: list[float], slopes: list[float], share: float, guess: float | None
) -> None:
    plan_at, tried = best_at(levels, slopes), list[float]()
    free = plan_at(0.0)
    budget = share * free.hours

    def counted(price: float) -> PricedPlan:
        tried.append(price)
        return plan_at(price)

    low, high = nearest_prices(free, budget, guess, counted, lambda _: MOST_LOST)

    target(len(tried))
    assert len(tried) <= MOST_TRIED
    # All prices have few binary places in their exponents.
    places = [2.0**24 * log2(price) for price in tried]
    assert places == pytest.approx([round(place) for place in places], abs=1e-6)
    assert low.hours > budget >= high.hours - BUDGET_TOLERANCE
    left = budget - high.hours
    weight = left / (low.hours - high.hours)
    worth = [plan.priced_value + plan.price * plan.hours for plan in (low, high)]
    tossed = weight * worth[0] + (1.0 - weight) * worth[1]
    # No plan is worth more than at any price.
    best = min(plan_at(price).priced_value + price * budget for price in EVERY_PRICE)
    assert tossed <= best + 1e-9 * (1.0 + abs(best))
    if left > BUDGET_TOLERANCE:
        assert lost_at_most(low, high, budget) <= MOST_LOST


@given(LEVELS, SLOPES, st.floats(0.01, 0.99), st.floats(0.1, 30.0))
def test_the_least_is_understated_by_what_is_said(
    levels: list[float], slopes: list[float], share: float, near: float
) -> None:
    plan_at, tried = best_at(levels, slopes), list[float]()
    budget, gain = share * plan_at(0.0).hours, 1e-3
    start = price_near(near)

    def counted(price: float) -> float:
        tried.append(price)
        return plan_at(price).priced_value

    least, price = least_of_lattice(counted, budget, start, 2.0 * start, gain)

    target(len(tried))
    assert len(tried) == len(set(tried)) <= MOST_TRIED
    reached = plan_at(price).priced_value + price * budget
    assert least <= reached <= least + gain * (1.0 + abs(least)) + 1e-9
    best = min(plan_at(price).priced_value + price * budget for price in EVERY_PRICE)
    assert least <= best + 1e-9 * (1.0 + abs(best))


def test_prices_are_between_those_around_them() -> None:
    assert price_near(1.05) == 1.0
    assert price_between(1.0, 2.0) == pytest.approx(2.0**0.5)
    assert price_between(1.0, 2.0, 1.01) == pytest.approx(2.0**0.25)
    assert price_between(1.0, 2.0, 7.0) == pytest.approx(2.0**0.5)
