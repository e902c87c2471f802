"""Bounds on a search within a budget, from prices that all offers in hand share.

What takes long is to solve the processes at a price of the hour. So where there are
many of them, prices are those of a lattice (``price_lattice``), and the search at each
serves every offer that may be in hand. A toss of two plans is a plan and any price
bounds all plans, so both bounds hold; how far they are apart is said.

Reference: R. T. Rockafellar, "Convex Analysis" (1970), section 28, for the bound that a
price is.
"""

from collections.abc import Callable

from attrs import evolve

from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.value_bounds import (
    EXACT_SHARE,
    BoundsByPrice,
    SearchWorth,
    ValueBounds,
    tolerance,
)
from interviewfit._model.units import Hours, Worth
from interviewfit._numeric.price_lattice import (
    least_of_lattice,
    nearest_prices,
    price_where_tangents_meet,
)
from interviewfit._numeric.price_search import BUDGET_TOLERANCE

# What few prices may lose: this share of what a plan may be off and is still exact, or
# of what the bounds are apart anyway.
_LOST, _LOST_OF_GAP = 0.5, 0.01
FEW_PRICES = "Hours are priced at few prices where there is much to work out."
"""Why a plan within a budget may be off."""


def bounds_at_few_prices(
    budget: Hours,
    guess: Worth | None,
    by_price: BoundsByPrice,
    priced_at: Callable[[Worth], BudgetedSearch],
) -> ValueBounds:
    """Bounds within a budget that is not enough for the search by index.

    Args:
        budget: Hours there are.
        guess: A price that may be near, if one is known.
        by_price: The bounds at prices of the hour.
        priced_at: The search by index at a price.
    """

    def lost(plan: BudgetedSearch) -> Worth:
        """What a toss may lose, hours, from a plan that fits."""
        return _LOST * tolerance(plan.priced_value + plan.price * budget)

    search = low = high = priced_at(0.0).best_feasible
    if low.hours > budget + BUDGET_TOLERANCE:
        low, high = nearest_prices(
            low, budget, guess, lambda price: priced_at(price).best_feasible, lost
        )
        search, left = high, budget - high.hours
        if left > 2.0 * BUDGET_TOLERANCE:
            share = left / (low.hours - high.hours)
            search = evolve(high, longer=low, share=share)
    around = low.price, high.price
    both = [by_price.bounds_at(price, True) for price in dict.fromkeys(around)]
    for bounds in both:
        by_price.keep(bounds.search.price, bounds)
    reasons = dict.fromkeys(reason for bounds in both for reason in bounds.reasons)
    lower, price = search.value, price_where_tangents_meet(low, high)
    if reasons:
        uppers, lowers = by_price.uppers, by_price.lowers
        least_of_lattice(by_price.upper, budget, *around, evaluated=uppers)
        apart = max(0.0, by_price.least_upper(budget) - lower) / (1.0 + abs(lower))
        gain = max(_LOST * EXACT_SHARE, _LOST_OF_GAP * apart)
        lower, price = least_of_lattice(
            by_price.lower, budget, *around, gain, evaluated=lowers
        )
        # Whoever has fewer hours can have no more than whoever has enough.
        lower = min(lower, by_price.lower(0.0))
    worth = SearchWorth(lower, max(lower, by_price.least_upper(budget)), price)
    return evolve(
        both[-1],
        search=search,
        reasons=(*reasons, FEW_PRICES),
        worth_of=lambda: worth,
    )
