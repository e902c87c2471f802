"""Prices of a lattice lose what is said at most, and are few."""

from collections.abc import Callable
from math import exp, inf, log2, sqrt

import pytest
from hypothesis import assume, given, strategies as st, target

from interviewfit._numeric.price_lattice import (
    least_of_lattice,
    lost_at_most,
    nearest_prices,
    price_between,
    price_near,
    price_where_tangents_meet,
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
    # The function may be rougher than it seems: so the steeper side is looked at.
    known = {p: plan_at(p).priced_value + p * budget for p in sorted(tried)}
    place = sorted(known).index(price)
    beside = [p for p in sorted(known)[max(0, place - 1) : place + 2] if p != price]
    low, high = sorted((price, max(beside, key=known.__getitem__)))
    assert len(tried) > 8 or high <= low * 2.0 ** (1.0 / 32.0) * (1.0 + 1e-9)


LATTICE = {0.25 * step: 2.0 ** (0.25 * step) for step in range(-119, 200)}
"""Prices of the coarse lattice by exponent. Below them all is next to nothing."""

TURNS = st.floats(-30.0, 12.0)


def two_plans(turn: float, most: float = 9.0) -> Callable[[float], PricedPlan]:
    """Nine hours, or others, up to a price, and three from there on."""

    def found(price: float) -> PricedPlan:
        if price < turn:
            return PricedPlan(price, most, (5.0 + most) * turn - most * price)
        return PricedPlan(price, 3.0, 8.0 * turn - 3.0 * price)

    return found


def counted(
    plan_at: Callable[[float], PricedPlan], tried: list[float]
) -> Callable[[float], PricedPlan]:
    """The same, and the prices asked for."""

    def found(price: float) -> PricedPlan:
        tried.append(price)
        return plan_at(price)

    return found


@given(st.floats(-40.0, 30.0))
def test_the_price_near_a_guess_is_the_nearest_of_all(exponent: float) -> None:
    near = min(LATTICE, key=lambda mark: abs(mark - exponent))

    found = price_near(2.0**exponent)

    if abs(abs(near - exponent) - 0.125) > 1e-9:
        assert found == LATTICE[near]


@given(st.integers(-119, 40), st.integers(1, 40), st.floats(-0.5, 1.5))
def test_a_price_between_two_is_a_quarter_of_the_way_from_its_target(
    start: int, width: int, share: float
) -> None:
    """The nearest of three; without a target between the two, the one in the middle."""
    assume(min(abs(share), abs(share - 1.0)) > 1e-6)
    low, high = LATTICE[0.25 * start], LATTICE[0.25 * start] * 2.0 ** (0.25 * width)
    target_at = 0.25 * (start + share * width)

    found = price_between(low, high, 2.0**target_at)

    exponents = [0.25 * start + 0.0625 * width * quarter for quarter in (1, 2, 3)]
    away = [abs(exponent - target_at) for exponent in exponents]
    if not 0.0 < share < 1.0:
        away = [1.0, 0.0, 1.0]
    if sorted(away)[1] - min(away) > 1e-6:
        expected = 2.0 ** exponents[away.index(min(away))]
        assert found == pytest.approx(expected, rel=1e-11)
    half = 0.5 * high if high > 2.0**-28.9 else 0.0
    assert price_between(0.0, high, low) == pytest.approx(half)


@given(TURNS, st.floats(-30.0, 12.0))
def test_prices_double_their_steps_until_two_lie_around_the_best(
    exponent: float, guess: float
) -> None:
    assume(abs(4.0 * exponent - round(4.0 * exponent)) > 1e-6)
    plan_at, tried = two_plans(2.0**exponent), list[float]()
    free = plan_at(0.0)

    low, high = nearest_prices(
        free, 5.0, 2.0**guess, counted(plan_at, tried), lambda _: inf
    )

    marks = [log2(price_near(2.0**guess))]
    rises = 2.0 ** marks[0] < 2.0**exponent
    while marks[-1] > -30.0 and (2.0 ** marks[-1] < 2.0**exponent) is rises:
        way = 0.25 * 2.0 ** (len(marks) - 1)
        marks.append(marks[-1] + (way if rises else -way))
    expected = [2.0**mark for mark in marks if mark > -30.0]
    assert tried == pytest.approx(expected, rel=1e-9)
    # The last two are around it, or the lowest price of the lattice is above it.
    assert (low.hours, high.hours) == (9.0, 3.0)
    is_lowest = not rises and marks[-1] <= -30.0
    ends = (0.0, expected[-1]) if is_lowest else tuple(sorted(expected[-2:]))
    assert (low.price, high.price) == pytest.approx(ends, rel=1e-9)


def test_prices_between_two_are_no_more_than_by_halving() -> None:
    """Where two tangents meet is known, so that a few of these prices are enough."""
    by_tangents, by_halves = 0, 0
    for number in range(60):
        turn = 2.0 ** (0.37 * number - 11.0)
        plan_at, tried = two_plans(turn), list[float]()
        low, high = nearest_prices(
            plan_at(0.0), 5.0, 64.0, counted(plan_at, tried), lambda _: 1e-3
        )
        assert 9.0 == low.hours > 5.0 > high.hours == 3.0
        assert lost_at_most(low, high, 5.0) <= 1e-3
        assert low.price < turn <= high.price
        assert len(tried) == len(set(tried))
        by_tangents += len(tried)
        tried.clear()
        around = nearest_prices(
            plan_at(0.0), 5.0, 64.0, counted(plan_at, tried), lambda _: inf
        )
        low, high = around
        by_halves += len(tried)
        while lost_at_most(low, high, 5.0) > 1e-3:
            middle = plan_at(price_between(low.price, high.price))
            low, high = (middle, high) if middle.hours > 5.0 else (low, middle)
            by_halves += 1
    assert by_tangents < 0.9 * by_halves


@given(
    TURNS,
    st.floats(0.0, 3.0),
    st.floats(0.0, 3.0),
    st.floats(0.0, 1.0),
    st.sampled_from([3.25, 9.0]),
)
def test_what_a_toss_loses_is_what_both_prices_leave_open(
    exponent: float, below: float, above: float, share: float, most: float
) -> None:
    """The best toss of two plans is known: all of the budget, at the price of a tie."""
    turn, budget = 2.0**exponent, most + share * (3.0 - most)
    plan_at = two_plans(turn, most)
    low, high = plan_at(turn * 2.0 ** -(below + 1e-6)), plan_at(turn * 2.0**above)

    lost, price = lost_at_most(low, high, budget), price_where_tangents_meet(low, high)

    # At a price off the tie one plan is worth more than the other.
    over = [(plan.price - turn) * (budget - plan.hours) for plan in (low, high)]
    assert lost == pytest.approx(min(over), abs=1e-9 * turn)
    assert price == pytest.approx(turn, rel=1e-9)
    assert price_where_tangents_meet(high, high) == high.price
    # Where rounding leads out of the two, the nearer one.
    worse = PricedPlan(high.price, 3.0, high.priced_value - 100.0 * turn)
    assert price_where_tangents_meet(low, worse) == high.price
    better = PricedPlan(high.price, 3.0, high.priced_value + 100.0 * turn)
    assert price_where_tangents_meet(low, better) == low.price


@pytest.mark.parametrize("lowest", [-7.3, 0.6, 9.4])
@pytest.mark.parametrize(("gain", "growth"), [(None, sqrt(2.0)), (0.5, 2.0)])
def test_prices_further_out_are_tried_until_the_least_lies_between_two(
    lowest: float, gain: float | None, growth: float
) -> None:
    """Further and further away by steps of the coarse lattice; no price again."""
    tried: list[float] = []

    def value_at(price: float) -> float:
        tried.append(log2(price))
        return abs(log2(price) - lowest)

    _, price = least_of_lattice(value_at, 0.0, 1.0, 2.0, gain, {1.0: abs(lowest)})

    marks = [1.0]
    way, side = 0.25, 1.0 if lowest > 0.0 else -1.0
    before, last = (0.0, 1.0) if side > 0.0 else (1.0, 0.0)
    while abs(last - lowest) < abs(before - lowest):
        before, last = last, round((last + side * way) / 0.25) * 0.25
        marks.append(last)
        way *= growth
    assert tried[: len(marks)] == pytest.approx(marks, rel=1e-9)
    assert len(tried) == len(set(tried))
    best = min([0.0, *tried], key=lambda mark: abs(mark - lowest))
    assert log2(price) == pytest.approx(best, rel=1e-9)
    assert gain or len(tried) == len(marks)


@pytest.mark.parametrize(("half", "count"), [(0.5, 7), (10.0, 8)])
def test_where_all_prices_are_alike_the_steps_end(half: float, count: int) -> None:
    """At a 32nd of a power of two, or after nine prices; of equal sides first above."""
    tried: list[float] = []

    def value_at(price: float) -> float:
        tried.append(price)
        return 4.0 if 1.0 < price < 4.0**half else 5.0

    middle = {2.0**half: 4.0}
    least, _ = least_of_lattice(value_at, 0.0, 1.0, 4.0**half, 0.5, middle)

    assert least <= 4.0
    assert len(tried) == count
    assert tried[3] < 2.0**half < tried[2]


def test_the_least_is_known_to_a_share_of_itself_and_one() -> None:
    """So a constant that is large leaves less to be worked out."""

    def tried_at(gain: float, constant: float) -> list[float]:
        tried: list[float] = []

        def value_at(price: float) -> float:
            tried.append(price)
            return constant + 30.0 * (price - 1.37) ** 2

        least_of_lattice(value_at, 0.0, 1.0, 2.0, gain)
        return tried

    enough = tried_at(100.0, 0.0)
    assert tried_at(1e-4, 1e6) == tried_at(1e-4, -1e6) == enough
    assert len(tried_at(1e-4, 0.0)) > len(enough)


def test_prices_are_between_those_around_them() -> None:
    assert price_near(1.05) == 1.0
    assert price_between(1.0, 2.0) == pytest.approx(2.0**0.5)
    assert price_between(1.0, 2.0, 1.01) == pytest.approx(2.0**0.25)
    assert price_between(1.0, 2.0, 7.0) == pytest.approx(2.0**0.5)
