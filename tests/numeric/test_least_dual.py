"""The least of a convex function of a price is found in few evaluations, from below."""

from collections.abc import Callable
from math import exp

import pytest
from hypothesis import given, strategies as st, target

from interviewfit._numeric.least_dual import least_dual

MOST_TRIED = 40
"""Evaluations that are enough for any of these functions."""

SLOPES = st.lists(st.floats(0.0, 30.0), min_size=1, max_size=5)
LEVELS = st.lists(st.floats(-20.0, 200.0), min_size=5, max_size=5)
STARTS = st.floats(0.01, 50.0)


def counted(
    tried: list[float], levels: list[float], slopes: list[float]
) -> Callable[[float], float]:
    """The best of some plans, each with its hours, and one whose hours fall smoothly.

    Args:
        tried: Prices; those that are asked for are added.
        levels, slopes: The worth of each plan without a price, and its hours.
    """

    def value_at(price: float) -> float:
        tried.append(price)
        lines = zip(levels, slopes, strict=False)
        best = max(0.0, *(level - slope * price for level, slope in lines), -1.0)
        return best + 20.0 * exp(-price / 7.0)

    return value_at


class TestLeast:
    @given(levels=LEVELS, slopes=SLOPES, start=STARTS, budget=st.floats(0.05, 40.0))
    def test_is_never_overstated_and_close(
        self, levels: list[float], slopes: list[float], start: float, budget: float
    ) -> None:
        """Against a fine grid around what is found, and one over all prices."""
        tried: list[float] = []
        value_at = counted(tried, levels, slopes)

        least, price = least_dual(value_at, budget, start)

        target(float(len(tried)))
        assert len(tried) <= MOST_TRIED
        grid = [number / 50.0 for number in range(5_000)]
        grid += [price * (1.0 + number * 1e-5) for number in range(-200, 200)]
        reached = min(value_at(p) + p * budget for p in grid)
        assert least <= reached + 1e-9 * (1.0 + abs(reached))
        found = value_at(price) + price * budget
        assert found - least <= 1e-6 * (1.0 + abs(least))

    @pytest.mark.parametrize("start", [0.5, 4.0, 60.0])
    def test_takes_no_evaluation_that_is_known(self, start: float) -> None:
        tried: list[float] = []
        value_at = counted(tried, [80.0], [9.0])
        least, price = least_dual(value_at, 2.0, start)
        known = {p: value_at(p) for p in tuple(tried)}
        before = len(tried)

        again = least_dual(
            value_at,
            2.0,
            start,
            evaluated=known,
        )

        assert len(tried) == before
        assert again == (least, price)

    def test_of_enough_hours_is_without_a_price(self) -> None:
        least, price = least_dual(lambda p: 30.0 * exp(-p / 5.0), 90.0, 3.0)

        assert least == pytest.approx(30.0, rel=1e-6)
        assert price == 0.0
