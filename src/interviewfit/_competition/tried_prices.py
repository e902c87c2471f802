"""What is kept of the prices of the hour that were tried for a search.

The value of a search at a price does not depend on the budget, and the price that meets
one is near that which meets another, or which does with another offer in hand. So each
answer starts from the prices of those before it. Only a few searches are kept, because
each of them takes memory for all of its chains.
"""

from collections.abc import Sequence

from attrs import define, evolve, field

from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.foreseen_chains import ForeseenChains
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Hours, Worth

# Searches that are kept, of which each takes some kilobytes for each of its steps.
_MOST_KEPT, _MOST_SHARED = 6, 24


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
        prices: The same by the offer in hand.
        foreseen: What was solved with the search at a price, by the price, hours.
        shared: The search with no offer in hand by the price, hours, and what was
            solved with it; it serves every offer in hand.
    """

    priced: dict[tuple[Worth, Worth], BudgetedSearch] = field(factory=dict)
    searches: dict[tuple[Worth, bool], list[BudgetedSearch]] = field(factory=dict)
    bounds: dict[Worth, tuple[dict[Worth, Worth], dict[Worth, Worth]]] = field(
        factory=dict
    )
    last_price: Worth | None = None
    prices: dict[Worth, Worth] = field(factory=dict)
    foreseen: dict[Worth, ForeseenChains] = field(factory=dict)
    shared: dict[Worth, tuple[BudgetedSearch, SolvedProcesses]] = field(factory=dict)

    def keep_shared(
        self, price: Worth, search: BudgetedSearch, solved: SolvedProcesses
    ) -> None:
        """Keep a search for every offer in hand; of many prices the last ones.

        Args:
            price: Of the hour, beyond its own, hours.
            search, solved: With no offer in hand, and what was solved with it.
        """
        self.shared.pop(price, None)
        self.shared[price] = search, solved
        while len(self.shared) > _MOST_SHARED:
            oldest = next(iter(self.shared))
            del self.shared[oldest]
            for key in [key for key in self.priced if key[1] == oldest]:
                del self.priced[key]

    def settle(
        self, outside_option: Worth, search: BudgetedSearch, *, kept: bool
    ) -> None:
        """Keep the price that met a budget, and only what was solved near it.

        The next budget starts between two of these prices; the search without a price
        is always kept, because it says whether the hours are enough.

        Args:
            outside_option: The offer in hand, hours.
            search: The search at this price.
            kept: Whether no interview is walked out of.
        """
        price = search.price
        self.last_price = price or self.last_price
        tried = self.searches[outside_option, kept]
        tried.sort(key=lambda item: (item.price > 0.0, abs(item.price - price)))
        del tried[_MOST_KEPT:]
        while len(self.priced) > _MOST_KEPT:
            del self.priced[next(iter(self.priced))]
        self.foreseen.clear()


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
