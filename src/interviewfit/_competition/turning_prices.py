"""Prices of the hour at which the best plan becomes another one, where hours jump.

With the best offer in hand, going on with a process is worth less beside leaving it the
dearer an hour is. From the price at which both are worth the same it is begun no more,
and there the hours of the search jump. That price is found from the process alone,
which takes a fraction of the time of the search: what going on is worth is convex in
the price, and its slope is minus the hours that the process takes.

Reference: M. L. Weitzman, "Optimal search for the best alternative", Econometrica 47
(1979) 641-654, for the index.
"""

from collections.abc import Callable, Mapping, Sequence

from attrs import evolve, frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._numeric.price_search import Priced, price_between

# How often a price is tried, and the lead at which it is right, hours.
_MOST_TRIED, _RIGHT = 24, 1e-12


@frozen(eq=False)
class _Lead:
    """By how much going on with a process is better than leaving it.

    Attributes:
        price: Of the hour beyond its own price, hours.
        hours: The lead, hours of value.
    """

    price: Worth
    hours: Worth


def turning_prices(
    running: Sequence[CompiledProcess[float]],
    outside_option: Worth,
    low: Worth,
    chains: Sequence[ChainParameters[float]],
    high: Worth,
) -> list[Worth]:
    """Prices between two at which some processes are begun for the last time.

    Where passes tell of the fit a process takes long, so that none is looked for.

    Args:
        running: The processes as they are compiled.
        outside_option: The best offer in hand, hours.
        low: The lower price, hours.
        chains: The processes in numbers at that price.
        high: The higher price, hours.
    """
    rows = {
        (chain.mean, chain.key): row
        for row, chain in enumerate(chains)
        if chain.mutual is None
    }.values()

    def leads_at(prices: Mapping[int, Worth]) -> dict[int, _Lead]:
        """By how much going on with some processes is better than leaving them.

        Args:
            prices: The price for each row that is asked for.
        """
        repriced = []
        for row, price in prices.items():
            steps, more = running[row].process.steps, price - low
            rewards = [
                reward - more * step.hours
                for reward, step in zip(chains[row].reward, steps, strict=True)
            ]
            repriced.append(evolve(chains[row], reward=tuple(rewards)))
        values = SolvedProcesses.of(repriced).continuation_values(outside_option)
        return {
            row: _Lead(prices[row], value - chain.exit[0])
            for row, value, chain in zip(prices, values, repriced, strict=True)
        }

    at_ends = [leads_at(dict.fromkeys(rows, price)) for price in (low, high)]
    pending = {
        row: [leads[row] for leads in at_ends]
        for row in rows
        if at_ends[0][row].hours > 0.0 >= at_ends[1][row].hours
    }
    turns = list[Worth]()
    for _ in range(_MOST_TRIED):
        if not pending:
            break
        leads = leads_at({row: _next_price(tried) for row, tried in pending.items()})
        for row, lead in leads.items():
            pending[row].append(lead)
            if abs(lead.hours) <= _RIGHT:
                turns.append(lead.price)
                del pending[row]
    return sorted(turns)


def switching_prices(
    plans_at: Callable[[Worth], Sequence[Priced]], low: Worth, high: Worth
) -> list[Worth]:
    """The price at which two plans are worth the same, each the best at one end.

    Newton's method, as the slope of what a plan is worth is minus its hours.

    Args:
        plans_at: Plans at a price, in an order that says which is which; the last of
            them may be missing where they are not better than others.
        low, high: Prices between which it is looked for.

    Returns:
        That price alone; nothing where the same plan is best at both ends, or none is
        found.
    """
    plans = {price: plans_at(price) for price in (low, high)}
    first, second = (
        max(range(len(row)), key=lambda number: row[number].priced_value)
        for row in plans.values()
    )
    known = [price for price, row in plans.items() if len(row) > max(first, second)]
    if first == second or not known:
        return []
    price = known[-1]
    for _ in range(_MOST_TRIED):
        row = plans[price] if price in plans else plans_at(price)
        if len(row) <= max(first, second):
            break
        before, after = row[first], row[second]
        lead = before.priced_value - after.priced_value
        if abs(lead) <= _RIGHT * (1.0 + abs(after.priced_value)):
            return [price]
        fewer = before.hours - after.hours
        price += lead / fewer if fewer > 0.0 else high - low
        if not low < price < high:
            break
    return []


def _next_price(leads: Sequence[_Lead]) -> Worth:
    """The price at which the lead would be none, between those that were tried.

    Args:
        leads: Of a process, at two prices at least.
    """
    low = max((lead for lead in leads if lead.hours > 0.0), key=lambda it: it.price)
    high = min((lead for lead in leads if lead.hours <= 0.0), key=lambda it: it.price)
    return price_between(0.0, low, high, leads)
