"""The price at which hours fit a budget is found, whether they fall or jump."""

from collections.abc import Callable
from math import exp

import pytest
from hypothesis import assume, given, strategies as st, target

from interviewfit._numeric.price_search import (
    BUDGET_TOLERANCE,
    narrowed,
    prices_around,
)
from priced_plans import PricedPlan

MOST_TRIED = 60


def at_price(levels: list[float], slopes: list[float]) -> Callable[[float], PricedPlan]:
    """The best plan by price; the hours of each fall smoothly as well.

    Args:
        levels, slopes: The worth of each plan without a price, and its hours.
    """

    def found(price: float) -> PricedPlan:
        lines = list(zip(levels, slopes, strict=False))
        value, hours = max((level - slope * price, slope) for level, slope in lines)
        smooth = 20.0 * exp(-price / 7.0)
        return PricedPlan(price, hours + smooth / 7.0, value + smooth)

    return found


class TestPrice:
    @given(
        levels=st.lists(st.floats(1.0, 200.0), min_size=5, max_size=5),
        slopes=st.lists(st.floats(0.5, 30.0), min_size=1, max_size=5),
        share=st.floats(0.01, 0.99),
        near=st.none() | st.floats(0.01, 30.0),
    )
    def test_meets_the_budget_or_brackets_a_jump(
        self,
        levels: list[float],
        slopes: list[float],
        share: float,
        near: float | None,
    ) -> None:
        tried = list[PricedPlan]()
        plans = at_price([*levels[: len(slopes)], 0.0], [*slopes, 0.0])

        def counted(price: float) -> PricedPlan:
            tried.append(plans(price))
            return tried[-1]

        budget = share * counted(0.0).hours
        low, high = prices_around(tried, budget, near, counted)
        low, high = narrowed(low, high, budget, counted)

        target(float(len(tried)))
        assert len(tried) <= MOST_TRIED
        assert low.price < high.price
        assert low.hours > budget
        assert high.hours <= budget + BUDGET_TOLERANCE
        if high.hours < budget - BUDGET_TOLERANCE:
            # A toss between the two loses next to nothing.
            assert (high.price - low.price) * (low.hours - high.hours) <= 1e-9


def jumping(turn: float) -> Callable[[float], PricedPlan]:
    """Nine hours up to a price, and three from there on."""

    def found(price: float) -> PricedPlan:
        if price < turn:
            return PricedPlan(price, 9.0, 14.0 * turn - 9.0 * price)
        return PricedPlan(price, 3.0, 8.0 * turn - 3.0 * price)

    return found


def smooth(price: float) -> PricedPlan:
    """Hours that fall as the price rises, less and less."""
    hours = 20.0 / 7.0 * exp(-price / 7.0) + 3.0 / (1.0 + price) ** 2
    return PricedPlan(price, hours, 20.0 * exp(-price / 7.0) + 3.0 / (1.0 + price))


def noting(
    tried: list[PricedPlan], plan_at: Callable[[float], PricedPlan]
) -> Callable[[float], PricedPlan]:
    """The same, and every plan that was asked for."""

    def found(price: float) -> PricedPlan:
        tried.append(plan_at(price))
        return tried[-1]

    return found


class TestAround:
    @given(turn=st.floats(0.01, 50.0), guess=st.floats(0.01, 50.0) | st.none())
    def test_each_price_is_four_times_as_far_as_the_one_before(
        self, turn: float, guess: float | None
    ) -> None:
        """From the guess, until the jump lies between two, or it is near 0."""
        tried = [jumping(turn)(0.0)]

        low, high = prices_around(tried, 5.0, guess, noting(tried, jumping(turn)))

        first, step = guess or 1.0, 3.0 if guess is None else 0.02 * guess
        marks, side = [first], 1.0 if first < turn else -1.0
        while (marks[-1] < turn) == (side > 0.0) and (
            side > 0.0 or marks[-1] > 2.0 * step
        ):
            marks.append(marks[-1] + side * step)
            step *= 4.0
        assume(min(abs(mark - turn) for mark in marks) > 1e-9)
        assert [plan.price for plan in tried[1:]] == pytest.approx(marks)
        fitting = [plan for plan in tried if plan.hours == 3.0]
        assert high == min(fitting, key=lambda plan: plan.price)
        too_long = [plan for plan in tried if plan.hours == 9.0]
        assert low == max(too_long, key=lambda plan: plan.price)

    def test_plans_that_are_known_are_not_asked_for(self) -> None:
        plan_at = jumping(1.5)
        known = [plan_at(price) for price in (5.0, 0.0, 3.0, 1.0, 0.5)]
        tried = list[PricedPlan]()

        found = prices_around(known, 5.0, 0.1, noting(tried, plan_at))

        assert [plan.price for plan in found] == [1.0, 3.0]
        assert not tried

    def test_hours_that_just_fit_are_enough(self) -> None:
        """Within what a budget may be missed by."""
        plan_at = jumping(1.5)
        low, high = plan_at(0.0), plan_at(2.0)
        tried = list[PricedPlan]()
        just = 3.0 - 0.5 * BUDGET_TOLERANCE

        ask = noting(tried, plan_at)
        assert prices_around([low, high], just, None, ask)[1] == high
        assert narrowed(low, high, just, ask) == (low, high)


class TestNarrowed:
    @pytest.mark.parametrize("turn", [0.01, 1.3, 17.0, 60.0])
    @pytest.mark.parametrize("width", [1e-3, 0.4, 40.0])
    def test_a_jump_is_where_two_tangents_meet(self, turn: float, width: float) -> None:
        tried, plan_at = list[PricedPlan](), jumping(turn)
        ends = plan_at(0.9 * turn), plan_at(turn + width)

        low, high = narrowed(*ends, 5.0, noting(tried, plan_at))

        assert low.price < turn <= high.price
        assert (high.price - low.price) * 6.0 <= 1e-9
        assert len(tried) <= 6

    @pytest.mark.parametrize("budget", [5.5, 4.0, 2.0, 1.0, 0.3, 0.02])
    @pytest.mark.parametrize("start", [0.0, 0.03])
    def test_hours_that_fall_smoothly_fit_after_a_few_prices(
        self, budget: float, start: float
    ) -> None:
        tried = list[PricedPlan]()
        ends = smooth(start), smooth(100.0)

        low, high = narrowed(*ends, budget, noting(tried, smooth))

        assert high.hours == pytest.approx(budget, abs=BUDGET_TOLERANCE)
        assert low.price < high.price
        assert low.hours > budget
        assert len(tried) <= 16
