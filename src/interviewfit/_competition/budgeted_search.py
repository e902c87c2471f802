"""Everything that runs against a sure alternative, at some price of the hour.

A budget of hours is met by pricing the hour until the expected hours fit. Interviews
that nobody can leave in their middle are judged by what anybody can keep to.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from math import fsum, inf
from typing import TypeAlias

import numpy as np
from attrs import astuple, evolve, frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.rival_mixture import RivalMixture
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._competition.turning_prices import switching_prices, turning_prices
from interviewfit._model.units import Hours, Probability, Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.price_search import (
    BUDGET_TOLERANCE,
    likely_price,
    narrowed,
    prices_around,
)
from interviewfit._solver.forward_pass import OutcomeMoments

Chain: TypeAlias = ChainParameters[float]

# By this share of it a policy may be worth less than another and is followed as well.
_NEARLY = 1e-5
# An alternative beside which no job is accepted, hours.
_NO_JOB: Worth = 1e12
# Interviews under way that are tried to be left at once; more than one is odd.
_MOST_LEFT = 4


@frozen(eq=False)
class BudgetedSearch:
    """The running processes against a sure alternative, at some price of the hour.

    Attributes:
        running: The processes.
        chains, solved: The same in numbers, in the same order, and solved.
        policy: Their index policy.
        price: What an hour costs beyond its own price, hours.
        longer: The same at a price that is lower by next to nothing, if its hours are
            too many for the budget.
        share: How likely that is followed, so that the hours fit on average.
        lowest: The same with a lower alternative, whose variants serve this one.
    """

    running: Sequence[CompiledProcess[float]]
    chains: Sequence[ChainParameters[float]]
    solved: SolvedProcesses
    policy: IndexPolicyValue
    price: Worth
    longer: "BudgetedSearch | None" = None
    share: Probability = 0.0
    lowest: "BudgetedSearch | None" = None

    @classmethod
    def of(
        cls,
        running: Sequence[CompiledProcess[float]],
        outside_option: Worth,
        price: Worth,
        unpriced: SolvedProcesses | None = None,
        foreseen: Callable[[Sequence[Chain]], Sequence[Chain]] | None = None,
    ) -> "BudgetedSearch":
        """Solve the processes, with every hour costing more.

        Args:
            running: Processes under way.
            outside_option: The best offer in hand, hours.
            price: What every hour costs beyond its own price, hours.
            unpriced: The processes solved with hours at their own price, if they are.
            foreseen: What will be asked for of some chains, which is solved with them
                (``SolvedProcesses.known``).
        """
        chains, solved = [entry.chain for entry in running], unpriced
        if price:
            chains = [ChainParameters.of(entry.process, price) for entry in running]
        if solved is None or price:
            further = foreseen(chains) if foreseen else ()
            solved = SolvedProcesses.of([*chains, *further])
            solved = solved.take(np.arange(len(chains)))
        return cls(running, chains, solved, solved.index_policy(outside_option), price)

    @classmethod
    def with_budget(
        cls,
        running: Sequence[CompiledProcess[float]],
        outside_option: Worth,
        budget: Hours | None,
        unpriced: SolvedProcesses | None = None,
        *,
        kept: bool = False,
        guess: Worth | None = None,
        tried: "list[BudgetedSearch] | None" = None,
        priced: 'Callable[[Worth], "BudgetedSearch"] | None' = None,
    ) -> "BudgetedSearch":
        """The same within a budget: an hour costs more, until the expected hours fit.

        Args:
            running, outside_option, unpriced: As ``of``.
            budget: Hours there are; None for as many as are worth it.
            kept: Whether no interview is walked out of.
            guess: A price that may be near, if one is known.
            tried: The same at prices that were tried before, for any budget; those that
                are tried now are added.
            priced: What ``of`` would return at a price, if that is kept.
        """
        tried = [] if tried is None else tried
        searches: dict[Worth, BudgetedSearch] = {}

        def search_at(price: Worth) -> "BudgetedSearch":
            """The search at some price of the hour, if interviews are walked out of."""
            if price not in searches:
                searches[price] = (
                    cls.of(running, outside_option, price, unpriced)
                    if priced is None
                    else priced(price)
                )
            return searches[price]

        def at_price(price: Worth) -> "BudgetedSearch":
            """The search at some price of the hour."""
            search = search_at(price)
            tried.append(search.best_feasible if kept else search)
            return tried[-1]

        free = next((search for search in tried if not search.price), None)
        free = free or at_price(0.0)
        # An instant that is worth something has no finite price, and needs none.
        if budget is None or free.hours <= budget + BUDGET_TOLERANCE:
            return free
        left = outside_option + fsum(free.solved.exits)
        far = likely_price(free, left, budget)
        low, high = prices_around(tried, budget, guess, at_price, far)

        def turns_between(
            low: "BudgetedSearch", high: "BudgetedSearch"
        ) -> Sequence[Worth]:
            """Prices between two at which hours may jump.

            Args:
                low, high: The search at both prices.
            """
            turns = turning_prices(
                running, outside_option, low.price, low.chains, high.price
            )
            if turns or not kept:
                return turns
            return switching_prices(
                lambda price: search_at(price).variants, low.price, high.price
            )

        low, high = narrowed(low, high, budget, at_price, turns_between)
        left_over = budget - high.hours
        if left_over <= 2.0 * BUDGET_TOLERANCE:
            return high
        # Hours jump at this price: a toss decides between the plans on its two sides.
        share = left_over / (low.hours - high.hours)
        return evolve(high, longer=low, share=share)

    def at(self, outside_option: Worth) -> "BudgetedSearch":
        """The same with a better offer in hand, from what is solved.

        Args:
            outside_option: The offer, hours, no less than the present one.
        """
        policy = self.policy.at(outside_option)
        return evolve(self, policy=policy, lowest=self.lowest or self)

    @cached_property
    def mixtures(self) -> list[RivalMixture]:
        """What each process competes with."""
        return self.policy.mixtures(range(len(self.running)))

    @cached_property
    def outcomes(self) -> Sequence[OutcomeMoments]:
        """What each process leads to beside the others."""
        return self.solved.evaluate_mixtures(self.mixtures)

    @property
    def priced_value(self) -> Worth:
        """The value of the search by index, hours at their price."""
        return self.policy.value

    @cached_property
    def hours(self) -> Hours:
        """Expected hours of the candidate's time, in all."""
        hours: list[Hours] = []
        for entry, outcome in zip(self.running, self.outcomes, strict=True):
            take, steps = outcome.take_probability.tolist(), entry.process.steps
            hours += [p * step.hours for p, step in zip(take, steps, strict=True)]
        return fsum(hours)

    @property
    def value(self) -> Worth:
        """The value of the search by index, hours at their own price."""
        value = self.policy.value + (self.price * self.hours if self.price else 0.0)
        if self.longer is None:
            return value
        return value + self.share * (self.longer.value - value)

    @property
    def stopping_value(self) -> Worth:
        """The highest index of those that are not gone on with anyway, hours."""
        indices = self.policy.indices
        return float(indices[indices < inf].max(initial=self.policy.outside_option))

    @property
    def may_walk_out(self) -> bool:
        """Whether walking out in mid-interview may ever be better than finishing."""
        leavable = self.policy.indices[self._leavable] > self.policy.outside_option
        return len(self.running) > 1 and bool(leavable.any())

    @cached_property
    def _leavable(self) -> list[int]:
        """Rows of the processes in which walking out of an interview may ever pay."""
        rows = []
        for row, entry in enumerate(self.running):
            midway = [step.phase is Phase.MIDWAY for step in entry.process.steps]
            if (self.solved.thresholds(row)[midway] > -inf).any():
                rows.append(row)
        return rows

    @cached_property
    def feasible_variants(self) -> Sequence["BudgetedSearch"]:
        """The same for somebody who never walks out, if that ever made a difference.

        Or only now, of what is under way and might be left; of several such, though
        nobody can be in two interviews at once, of those of lowest index.
        """
        if not self.may_walk_out:
            return [self]
        if self.lowest is None:
            return self.variants
        base = self.policy.outside_option
        return [variant.at(base) for variant in self.lowest.variants]

    @cached_property
    def variants(self) -> Sequence["BudgetedSearch"]:
        """Those of ``feasible_variants``, whether or not they make a difference."""
        forced, under_way = {}, []
        for row in self._leavable:
            entry = self.running[row]
            forced[row] = kept_to(self.chains[row], entry)
            if entry.process.steps[0].phase is Phase.MIDWAY:
                under_way.append(row)
        variants = [self._replace(forced)]
        under_way.sort(key=lambda row: self.policy.indices[row])
        for row in under_way[:_MOST_LEFT]:
            running = list(variants[-1].running)
            running[row] = running[row].without_practice()
            before = evolve(variants[-1], running=running)
            variants.append(before._replace({row: self.chains[row].exit_now()}))
        return variants

    def _replace(
        self, replacements: Mapping[int, ChainParameters[float]]
    ) -> "BudgetedSearch":
        """The same search with other numbers for the processes in some rows."""
        chains = [replacements.get(row, old) for row, old in enumerate(self.chains)]
        solved = self.solved.replace(replacements)
        policy = solved.index_policy(self.policy.outside_option)
        return BudgetedSearch(self.running, chains, solved, policy, self.price)

    @property
    def best_feasible(self) -> "BudgetedSearch":
        """The variant without walking out that has the highest value."""
        return max(self.feasible_variants, key=lambda variant: variant.policy.value)

    @property
    def kept(self) -> "BudgetedSearch":
        """The search by a policy that anybody can keep."""
        return self.best_feasible if self.may_walk_out else self

    def runs_in_turn(self, *, waits: bool) -> bool:
        """Whether one process after another is the best policy that anybody can keep.

        Args:
            waits: Whether processes and offers wait for each other.
        """
        if waits and not self.may_walk_out:
            return False
        feasible, index = self.best_feasible.policy.value, self.policy.value
        # In turn no more can be had than by index.
        if waits and index - feasible <= _NEARLY * abs(index):
            return False
        return not waits or feasible < self.in_turn[0]

    def kept_outcomes(
        self, *, waits: bool
    ) -> Sequence[tuple[Probability, OutcomeMoments]]:
        """What each process leads to by the best policy that anybody can keep.

        Args:
            waits: Whether processes and offers wait for each other.

        Returns:
            The probability that each is begun, and what it then leads to, both times
            that probability.
        """
        if self.runs_in_turn(waits=waits):
            return self._in_turn_outcomes
        search = self.kept
        begun = [mixture.start_probability for mixture in search.mixtures]
        return list(zip(begun, search.outcomes, strict=True))

    @cached_property
    def in_turn(self) -> tuple[Worth, Mapping[int, Worth]]:
        """The value of one after another, and what each competes with, hours."""
        return self.solved.sequential_value(self.policy.outside_option)

    @cached_property
    def _in_turn_outcomes(self) -> Sequence[tuple[Probability, OutcomeMoments]]:
        """What each leads to, one after another until an offer is accepted.

        A process is begun if no earlier one was accepted; it is worth that where its
        index is above what it competes with.
        """
        alternatives, indices = self.in_turn[1], self.policy.indices.tolist()
        points = [alternatives.get(row, _NO_JOB) for row in range(len(self.chains))]
        outcomes = self.solved.evaluate_mixtures(
            [RivalMixture(np.array([point]), np.ones(1), 1.0) for point in points]
        )
        begun = [
            float(index > point) for index, point in zip(indices, points, strict=True)
        ]
        free = 1.0
        for row in alternatives:
            begun[row] *= free
            free -= begun[row] * float(outcomes[row].accept_probability)
        return [
            (share, OutcomeMoments(*(share * part for part in astuple(outcome))))
            for share, outcome in zip(begun, outcomes, strict=True)
        ]

    def kept_value(self, *, waits: bool) -> Worth:
        """Hours, at this price, of a plan that anybody can keep.

        No interview can be left lying in its middle, as the index policy might ask.

        Args:
            waits: Whether processes and offers wait for each other.
        """
        feasible = self.best_feasible
        if waits and feasible is self:
            return self.policy.value
        in_turn = self.in_turn[0]
        return max(feasible.policy.value, in_turn) if waits else in_turn


def kept_to(
    chain: ChainParameters[float], entry: CompiledProcess[float]
) -> ChainParameters[float]:
    """The chain of somebody who walks out of no interview.

    Before an interview one may still leave, and after it as well; in its middle one
    goes on whatever comes.

    Args:
        chain, entry: A process in numbers, hours, and the same as it is compiled, whose
            steps say where the middle of an interview is.
    """
    steps = entry.process.steps
    midway = [k for k, step in enumerate(steps) if step.phase is Phase.MIDWAY]
    return chain.committed_to(midway)


def may_be_left(chain: ChainParameters[float], entry: CompiledProcess[float]) -> bool:
    """Whether walking out of an interview may ever be better than finishing.

    It never is where finishing, and leaving at some later step, is worth as much: then
    the value of going on, which only news can raise, covers the exit.

    Args:
        chain, entry: A process in numbers, hours, and the same as it is compiled, whose
            steps say where the middle of an interview is.
    """
    floor, pays = 0.0, False
    for number in reversed(range(len(chain.exit))):
        floor = chain.reward[number] + chain.survive[number] * floor
        if entry.process.steps[number].phase is Phase.MIDWAY:
            pays = pays or chain.exit[number] > floor
        floor = max(floor, chain.exit[number])
    return pays
