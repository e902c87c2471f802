"""What is kept of the prices of the hour that were tried for a search.

The value of a search at a price does not depend on the budget, and the price that meets
one is near that which meets another, or which does with another offer in hand.
"""

from collections.abc import Sequence

from attrs import define, evolve, field

from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.units import Hours, Worth


@define(eq=False)
class TriedPrices:
    """What was worked out at prices of the hour, for any budget.

    Attributes:
        priced: The search by the offer in hand and the price, hours.
        searches: The same by the offer in hand, and whether no interview is walked out
            of, in the order in which prices were tried.
        bounds: What a plan is worth at each price, and what any is at most, hours, by
            the offer in hand.
        last_price: At which a budget was met last, hours.
    """

    priced: dict[tuple[Worth, Worth], BudgetedSearch] = field(factory=dict)
    searches: dict[tuple[Worth, bool], list[BudgetedSearch]] = field(factory=dict)
    bounds: dict[Worth, tuple[dict[Worth, Worth], dict[Worth, Worth]]] = field(
        factory=dict
    )
    last_price: Worth | None = None


def price_on_average(
    running: Sequence[CompiledProcess[float]], outside_option: Worth, budget: Hours
) -> Worth | None:
    """The price of the hour if passes told nothing; None if they do not anyway.

    It is near that of what passes tell, and takes a fraction of the time.

    Args:
        running: Processes under way.
        outside_option: The best offer in hand, hours.
        budget: Hours there are.
    """
    if all(entry.process.mutual is None for entry in running):
        return None
    usual = [
        evolve(entry, process=evolve(entry.process, mutual=None)) for entry in running
    ]
    return BudgetedSearch.with_budget(usual, outside_option, budget).price or None
