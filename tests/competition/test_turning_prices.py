"""Prices at which hours jump are found from the processes, and from plans, alone."""

import numpy as np
import pytest

from interviewfit import Assumptions, Candidate, Weights
from interviewfit._command.files import example_text
from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.entries import compile_search
from interviewfit._competition.turning_prices import switching_prices, turning_prices
from interviewfit._model.decision import Search
from interviewfit.schema import loads
from priced_plans import PricedPlan

MOST_SOLVED = 8
"""Prices at which a search is solved for a budget; before 15 were not rare."""

RUNNING = compile_search(
    Candidate(weights=Weights(practice=0)),
    loads(example_text(), Search).opportunities,
    Assumptions(),
)


def at_price(price: float) -> BudgetedSearch:
    return BudgetedSearch.of(RUNNING, 0.0, price)


class TestTurning:
    def test_at_each_price_a_process_is_begun_for_the_last_time(self) -> None:
        low, high = at_price(0.0), at_price(8.0)

        turns = turning_prices(RUNNING, 0.0, low.price, low.chains, high.price)

        ended = (low.policy.indices > 0.0) & (high.policy.indices <= 0.0)
        assert len(turns) == ended.sum() >= 2
        for turn in turns:
            before, after = (at_price(turn * (1.0 + it)) for it in (-1e-9, 1e-9))
            begun = before.policy.indices > 0.0, after.policy.indices > 0.0
            assert np.count_nonzero(begun[0] & ~begun[1]) == 1
            assert before.hours > after.hours + 0.1

    def test_where_the_same_are_begun_there_is_none(self) -> None:
        low = at_price(0.1)

        assert turning_prices(RUNNING, 0.0, 0.1, low.chains, 0.11) == []

    @pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
    def test_few_prices_meet_a_budget(self, share: float) -> None:
        tried = [at_price(0.0)]

        search = BudgetedSearch.with_budget(
            RUNNING, 0.0, share * tried[0].hours, tried=tried
        )

        assert len(tried) <= MOST_SOLVED
        longer = search.longer or search
        spent = search.hours + search.share * (longer.hours - search.hours)
        assert spent == pytest.approx(share * tried[0].hours, abs=1e-9)


def plans_at(price: float) -> list[PricedPlan]:
    """Two plans, of which the second takes less and is missing where it is cheap."""
    plans = [PricedPlan(price, 9.0 - price, 40.0 - 9.0 * price + price**2 / 2.0)]
    if price > 1.0:
        plans.append(PricedPlan(price, 2.0, 20.0 - 2.0 * price))
    return plans


class TestSwitching:
    def test_both_plans_are_worth_the_same_there(self) -> None:
        """20 - 7 p + p^2 / 2 = 0, at 7 less the root of 9."""
        assert switching_prices(plans_at, 0.5, 6.0) == pytest.approx([4.0])

    def test_the_same_plan_at_both_ends_switches_nowhere(self) -> None:
        assert switching_prices(plans_at, 0.5, 1.5) == []
