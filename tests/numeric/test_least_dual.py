"""The least of a convex function of a price is found in few evaluations, from below."""

from collections.abc import Callable
from itertools import pairwise
from math import exp

import pytest
from hypothesis import given, strategies as st, target

from interviewfit._numeric.least_dual import least_between, least_dual

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


VALUES = st.lists(st.floats(0.0, 9.0), min_size=5, max_size=5)


@given(VALUES, st.integers(1, 5), st.data())
def test_a_convex_function_lies_above_its_chords_beyond_their_ends(
    widths: list[float], count: int, data: st.DataObject
) -> None:
    """Between the best price and its neighbours: the least that all of them allow."""
    prices = [0.5 + number + 0.1 * sum(widths[:number]) for number in range(count)]
    centre = data.draw(st.floats(0.0, 10.0))
    bend = data.draw(st.floats(0.01, 3.0))
    values = {p: bend * (p - centre) ** 2 + abs(p - 3.0) for p in prices}
    best = min(prices, key=values.__getitem__)

    least, point = least_between(values, prices, best)

    place = prices.index(best)
    low, high = prices[max(0, place - 1)], prices[min(count - 1, place + 1)]
    assert low <= point <= high
    chords = list(pairwise(prices))

    def bound(at: float) -> float:
        """The most of all chords that end before it or begin after it."""
        return max(
            values[a] + (values[b] - values[a]) / (b - a) * (at - a)
            for a, b in chords
            if b <= at or a >= at
        )

    inside = [low + share * (high - low) / 400.0 for share in range(401)]
    open_ended = not (1 <= place < count - 1) or count < 4
    if not open_ended and place - 2 >= 0 and place + 2 < count:
        allowed = min(bound(at) for at in inside)
        assert least <= allowed + 1e-9
        assert least == pytest.approx(bound(point), abs=1e-9)
    assert least <= values[best]


def test_where_one_side_has_no_chord_the_other_bounds_it_half_way() -> None:
    """A slope alone: at most that far down, anywhere; so half way is looked at."""
    rising = {1.0: 3.0, 3.0: 4.0, 4.0: 9.0}
    assert least_between(rising, [1.0, 3.0, 4.0], 1.0) == (4.0 - 5.0 * 2.0, 2.0)
    falling = {1.0: 9.0, 2.0: 4.0, 5.0: 3.0}
    assert least_between(falling, [1.0, 2.0, 5.0], 5.0) == (4.0 - 5.0 * 3.0, 3.5)
    assert least_between({2.0: 1.0}, [2.0], 2.0) == (1.0, 2.0)
