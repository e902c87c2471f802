"""Between which bounds the value of a search lies, and whose turn it is.

What breaks the index policy (``index_value``) is judged here, between the value of a
plan that anybody can keep and a value that no plan exceeds:

* *Walking out.* It may ask to leave an interview lying in its middle, which nobody can
  do. Where finishing does not always beat that, two plans bound the value from below:
  never walking out, and one process after another; so too where offers do not wait.
* *Practice* (``practice``): a process may go first for what it teaches.
* *A budget of hours* is met by pricing the hour until the expected hours fit.
"""

from collections.abc import Sequence
from math import inf

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._competition.budgeted_search import (
    BudgetedSearch,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, shared_signals
from interviewfit._competition.few_prices import bounds_at_few_prices
from interviewfit._competition.foreseen_chains import (
    NOTHING_FORESEEN,
    ForeseenChains,
)
from interviewfit._competition.lookahead import LookaheadProblem, look_ahead
from interviewfit._competition.practice import (
    MOST_TRIED,
    PracticeModel,
    PracticeValue,
)
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._competition.tried_prices import TriedPrices, price_on_average
from interviewfit._competition.value_bounds import (
    BoundsByPrice,
    SearchWorth,
    ValueBounds,
    tolerance,
)
from interviewfit._model.units import Hours, Worth, number_of
from interviewfit._model.vocabulary import Certainty
from interviewfit._numeric.least_dual import least_dual
from interviewfit._numeric.price_search import BUDGET_TOLERANCE
from interviewfit._results.plan import Guarantee

# By which share of it the upper bound within a budget may be above its least.
_UPPER_GAIN = 0.01
# Share of the value at stake that is a tie, but for rounding.
_TIE_SHARE = 1e-9
# Work beyond which hours are priced at few prices, in steps for each offer that may be
# in hand, and by how much more a step takes whose passes tell of the fit.
_MOST_PRICED, _MUTUAL_WORK = 150, 10
_WALKING_OUT = "An interview cannot be paused for another process."


@frozen(eq=False)
class SearchConstraints:
    """The conditions of a search.

    Attributes:
        running: Its processes.
        unpriced: The same, solved with hours at their own price.
        budget: Hours there are; None for as many as are worth it.
        slots: How many can be under way at once; None if all can.
        recall: Whether offers to come will wait.
        model: What interviews teach.
        foreseen: Chains that were solved with *unpriced*.
        offers: How many offers are on the table, each of which may be in hand.
        tried: What was worked out at prices of the hour.
        bounded: Whether the upper bound is worked out; else it may be infinite.
    """

    running: Sequence[CompiledProcess[float]]
    unpriced: SolvedProcesses
    budget: Hours | None
    slots: int | None
    recall: bool
    model: PracticeModel
    foreseen: ForeseenChains = NOTHING_FORESEEN
    offers: int = 0
    tried: TriedPrices = field(factory=TriedPrices)
    bounded: bool = True

    @property
    def waits(self) -> bool:
        """Whether processes, and offers to come, wait for each other."""
        return self.recall and self.slots is None

    def bounds(self, outside_option: Worth) -> ValueBounds:
        """Bounds on the value with an offer of *outside_option* hours in hand.

        Within a budget of B hours a plan is worth the least of M(p) + p B over the
        prices p of an hour, M(p) being its value at that price: a toss between two
        plans of the best price uses the hours up on average (R. T. Rockafellar, "Convex
        Analysis" (1970), section 28). Any price bounds all plans from above.
        """
        if self.shares_prices:
            return self._at_few_prices(outside_option)
        return self._at_any_price(outside_option)

    def _at_any_price(self, outside_option: Worth) -> ValueBounds:
        """Bounds from the very price at which the hours fit.

        Args:
            outside_option: An offer in hand, hours.
        """
        search = self._within(outside_option)
        bounds = self._at_price(search, bounded=self.bounded)
        if not search.price:
            return bounds
        both = (search, search.longer or search)
        walks_out = any(item.may_walk_out for item in both)
        if not (bounds.reasons or walks_out):
            whole = SearchWorth(search.value, search.value, search.price)
            return evolve(bounds, worth_of=lambda: whole)
        if walks_out:
            kept = self._within(outside_option, guess=search.price, kept=True)
            reasons = tuple(dict.fromkeys((*bounds.reasons, _WALKING_OUT)))
            bounds = evolve(bounds, search=kept, reasons=reasons)
        self._by_price(outside_option).keep(search.price, bounds)
        return evolve(
            bounds, worth_of=lambda: self._at_best_price(outside_option, search.price)
        )

    def _at_best_price(self, outside_option: Worth, start: Worth) -> SearchWorth:
        """Bounds on the value from the best price of the hour for each.

        Args:
            outside_option: An offer in hand, hours.
            start: A price that may be near, hours.
        """
        budget, by_price = self.budget or 0.0, self._by_price(outside_option)
        lowers = by_price.lowers
        lower, price = least_dual(by_price.lower, budget, start, evaluated=lowers)
        # Whoever has fewer hours can have no more than whoever has enough.
        free = by_price.lower(0.0)
        if free <= lower:
            lower, price = free, 0.0
        upper = inf
        if self.bounded:
            # Any price bounds all plans: the upper bound needs no exact one.
            gain, uppers = _UPPER_GAIN, by_price.uppers
            least_dual(by_price.upper, budget, start, evaluated=uppers, gain=gain)
            upper = by_price.least_upper(budget)
        return SearchWorth(lower, max(lower, upper), price)

    @property
    def shares_prices(self) -> bool:
        """Whether hours are priced at few prices, which serve every offer in hand."""
        if self.budget is None:
            return False
        steps = [
            len(entry.process.steps)
            * (1 if entry.process.mutual is None else _MUTUAL_WORK)
            for entry in self.running
        ]
        return sum(steps) * (1 + self.offers) > _MOST_PRICED

    @property
    def _shares_variants(self) -> bool:
        """Whether what is solved for no offer in hand serves every offer in hand."""
        return self.shares_prices or len(self.running) > MOST_TRIED

    def _at_few_prices(self, outside_option: Worth) -> ValueBounds:
        """Bounds within the budget, from prices that all offers in hand share.

        Args:
            outside_option: An offer in hand, hours.
        """
        budget, tried = self.budget or 0.0, self.tried
        free = self._priced(outside_option, 0.0)
        if free.hours <= budget + BUDGET_TOLERANCE:
            return self._at_price(free)
        guess = tried.prices.get(outside_option, tried.last_price)
        guess = guess or price_on_average(self.running, outside_option, budget)
        bounds = bounds_at_few_prices(
            *(budget, guess, self._by_price(outside_option)),
            lambda price: self._priced(outside_option, price),
        )
        if bounds.search.price:
            tried.last_price = tried.prices[outside_option] = bounds.search.price
        return bounds

    def _by_price(self, outside_option: Worth) -> BoundsByPrice:
        """Bounds at any price of the hour, each worked out once.

        Args:
            outside_option: An offer in hand, hours.
        """

        def bounds_at(price: Worth, bounded: bool) -> ValueBounds:
            """Bounds at a price of the hour.

            Args:
                price: Hours.
                bounded: Whether the upper bound is wanted.
            """
            priced = self._priced(outside_option, price, bounded=bounded)
            return self._at_price(priced, bounded=bounded)

        known = self.tried.bounds.setdefault(outside_option, ({}, {}))
        return BoundsByPrice(bounds_at, *known)

    def _within(
        self,
        outside_option: Worth,
        *,
        guess: Worth | None = None,
        kept: bool = False,
    ) -> BudgetedSearch:
        """The search by index within the budget, from the prices tried before.

        Args:
            outside_option: An offer in hand, hours.
            guess: A price of the hour that may be near; by default the last one.
            kept: Whether no interview is walked out of.
        """
        tried = self.tried
        guess = guess or tried.last_price
        if guess is None and self.budget is not None:
            guess = price_on_average(self.running, outside_option, self.budget)
        search = BudgetedSearch.with_budget(
            self.running,
            outside_option,
            self.budget,
            self.unpriced,
            kept=kept,
            guess=guess,
            tried=tried.searches.setdefault((outside_option, kept), []),
            priced=lambda price: self._priced(outside_option, price),
        )
        tried.settle(outside_option, search, kept=kept)
        return search

    def _priced(
        self, outside_option: Worth, price: Worth, *, bounded: bool | None = None
    ) -> BudgetedSearch:
        """The search at a price of the hour, solved once.

        Args:
            outside_option: An offer in hand, hours.
            price: Of the hour, beyond its own, hours.
            bounded: Whether its upper bound will be asked for, or only the lower one;
                None for neither.
        """

        def foreseen(
            chains: Sequence[ChainParameters[float]],
        ) -> Sequence[ChainParameters[float]]:
            """The chains from which the bounds will be worked out."""
            if bounded is None:
                return ()
            # What is not begun without a price is begun at none.
            begun = (self.unpriced.indices > outside_option).tolist()
            self.tried.foreseen[price] = ForeseenChains.of(
                *(chains, self.running, self.model), begun=begun, bounded=bounded
            )
            return self.tried.foreseen[price].all_chains

        key, priced = (outside_option, price), self.tried.priced
        if self._shares_variants:
            if price not in self.tried.shared:
                lowest = BudgetedSearch.of(self.running, 0.0, price, self.unpriced)
                self.tried.keep_shared(price, lowest, lowest.solved)
            if key not in priced:
                priced[key] = self.tried.shared[price][0].at(outside_option)
            return priced[key]
        if key not in priced:
            priced[key] = BudgetedSearch.of(
                self.running, outside_option, price, self.unpriced, foreseen
            )
        return priced[key]

    def _at_price(self, search: BudgetedSearch, *, bounded: bool = True) -> ValueBounds:
        """Bounds on the value at the price of the hour of a search.

        Args:
            search: The processes that run, solved.
            bounded: Whether the upper bound is worked out; else it may be infinite.
        """
        feasible, practice = self._practice(search, bounded=bounded)
        lower = practice.best
        # Whoever learns nothing has no more than the index policy.
        if not self.waits or lower < search.policy.value:
            kept = search.kept_value(waits=self.waits)
            lower = max(lower, kept) if self.waits else kept
        gain = max(0.0, practice.upper_bound - search.policy.value)
        order, first = _in_order(feasible, practice)
        at_once = number_of(self.slots or 0, "process")
        reasons = {
            "Offers to come may not wait for the other processes.": not self.recall,
            f"Only {at_once} can be under way at once.": bool(self.slots),
            _WALKING_OUT: search.may_walk_out,
            "Practice carries over between interviews.": gain > 0.0,
        }
        holding = tuple(reason for reason, holds in reasons.items() if holds)
        upper = max(lower, search.policy.value + gain)
        worth = SearchWorth(lower, upper)
        return ValueBounds(search, practice, order, first, holding, lambda: worth)

    def guarantee(
        self,
        bounds: ValueBounds,
        value: Worth,
        upper: Worth,
        offers: Sequence[CompiledProcess[float]] = (),
    ) -> Guarantee:
        """How sure a plan is.

        Args:
            bounds: On the value of the search.
            value, upper: Of the plan and of any plan with these offers at most, hours.
            offers: On the table, which a process of their company tells more of.
        """
        if shared := shared_signals(self.running, offers):
            names = ", ".join(shared[:3])
            reasons = f"The processes share what is known of {names}.", *bounds.reasons
            return Guarantee(certainty=Certainty.HEURISTIC, gap=inf, reasons=reasons)
        gap = max(0.0, upper - value)
        if not bounds.reasons or gap <= _TIE_SHARE * (abs(upper) + abs(value)):
            return Guarantee(certainty=Certainty.EXACT)
        if gap <= tolerance(value):
            return Guarantee(certainty=Certainty.EXACT, gap=gap)
        return Guarantee(certainty=Certainty.BOUNDED, gap=gap, reasons=bounds.reasons)

    def _practice(
        self, search: BudgetedSearch, *, bounded: bool
    ) -> tuple[BudgetedSearch, PracticeValue]:
        """The feasible variant of the highest value, with practice.

        Args:
            search, bounded: As ``_at_price`` takes them.
        """
        solved, shared = search.solved, None
        if self._shares_variants:
            shared = self.tried.shared.get(search.price)
        if shared is not None:
            solved = shared[1]
        variants = search.feasible_variants
        if self.shares_prices:
            # That of the highest value by index will do, besides the first for a bound.
            best = max(variants, key=lambda variant: variant.policy.value)
            first = [variants[0]] if bounded and best is not variants[0] else []
            variants = [*first, best]
        foreseen = self.foreseen
        if search.price:
            foreseen = self.tried.foreseen.get(search.price, NOTHING_FORESEEN)
        problems = [
            LookaheadProblem(
                variant.chains,
                [entry.process.steps for entry in variant.running],
                variant.policy,
                search.chains,
                self.model,
                foreseen.lessons_of(variant, self.running, bounded=bounded),
                # The bound is of all plans, so also of those that leave nothing now.
                bounded=bounded and variant is variants[0],
            )
            for variant in variants
        ]
        practices = look_ahead(problems, solved)
        if shared is not None:
            solved = practices[-1].solved or solved
            self.tried.keep_shared(search.price, shared[0], solved)
        practised = zip(variants, practices, strict=True)
        feasible, practice = max(practised, key=lambda pair: pair[1].best)
        return feasible, evolve(practice, upper_bound=practices[0].upper_bound)


def _in_order(
    search: BudgetedSearch, practice: PracticeValue
) -> tuple[list[int], int | None]:
    """Rows worth going on with, the next one first, and the one put first for practice.

    Args:
        search: The plan that is kept to.
        practice: What its processes teach each other.
    """
    policy, first = search.policy, practice.values_if_first
    ranked = np.argsort(-policy.indices, kind="stable").tolist()
    order = [row for row in ranked if policy.indices[row] > policy.outside_option]
    if not first:
        return order, None
    usual = first.get(order[0] if order else -1, practice.index_value)
    best = max(first, key=lambda row: first[row])
    slack = _TIE_SHARE * (abs(policy.value) + abs(usual))
    if first[best] <= usual + slack or (order and best == order[0]):
        return order, None
    return [best, *(row for row in order if row != best)], best
