"""Where there is much to work out, prices of the hour serve every offer in hand."""

from unittest.mock import patch

import pytest

from costs import SEARCHES
from interviewfit import Plan, Search, plan
from interviewfit._competition import bounds
from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.few_prices import FEW_PRICES


def planned(search: Search, budget: float, most: float) -> Plan:
    """A plan whose hours are priced at few prices beyond so much work.

    Args:
        search, budget: What is planned, and the hours for it.
        most: The work.
    """
    with patch.object(bounds, "_MOST_PRICED", most):
        return plan(
            search.candidate,
            search.opportunities,
            assumptions=search.assumptions,
            budget=budget,
        )


@pytest.mark.parametrize(
    ("kind", "count", "budget"), [("offers", 3, 4.0), ("mutual", 2, 3.0)]
)
def test_a_plan_is_off_by_no_more_than_it_says(
    kind: str, count: int, budget: float
) -> None:
    search = SEARCHES[kind](count, 2)

    few, closely = (planned(search, budget, most) for most in (0.0, 1e9))

    assert FEW_PRICES in few.guarantee.reasons or not few.guarantee.gap
    slack = 1e-6 * (1.0 + abs(closely.value))
    assert few.value <= closely.value + closely.guarantee.gap + slack
    assert closely.value <= few.value + few.guarantee.gap + slack
    most = max(0.01 * closely.guarantee.gap, 1e-3 * abs(closely.value))
    assert few.value == pytest.approx(closely.value, abs=most)
    assert few.hours <= budget + 1e-6


def test_hours_that_are_enough_need_no_price() -> None:
    search = SEARCHES["offers"](4, 2)

    few, closely = (planned(search, 500.0, most) for most in (0.0, 1e9))

    assert few.value == pytest.approx(closely.value, rel=1e-12)
    assert few.guarantee.reasons == closely.guarantee.reasons


def test_offers_share_prices() -> None:
    """Each may be in hand, alone or beside those that wait."""
    search = SEARCHES["offers"](7, 2)

    with patch.object(BudgetedSearch, "of", wraps=BudgetedSearch.of) as priced:
        found = planned(search, 4.0, 0.0)

    solved = [call.args[2] for call in priced.call_args_list]
    assert len(found.offers) == 2
    assert len(solved) == len(set(solved)) <= 30
