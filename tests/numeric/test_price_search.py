"""The price at which hours fit a budget is found, whether they fall or jump."""

from collections.abc import Callable
from math import exp

from hypothesis import given, strategies as st, target

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
