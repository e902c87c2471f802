"""Between which bounds the value of a search lies, and whose turn it is.

What breaks the index policy (``index_value``) is judged here, between the value of a
plan that anybody can keep and a value that no plan exceeds:

* *Walking out.* It may ask to leave an interview lying in its middle, which nobody can
  do. Where finishing does not always beat that, two plans bound the value from below:
  never walking out, and one process after another; so too where offers do not wait.
* *Practice* (``practice``): a process may go first for what it teaches.
* *A budget of hours* is met by pricing the hour until the expected hours fit.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import fsum, inf

import numpy as np
from attrs import evolve, frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, shared_signals
from interviewfit._competition.index_value import IndexPolicyValue, RivalMixture
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Hours, Worth
from interviewfit._model.vocabulary import Certainty, Phase
from interviewfit._portfolio.practice import (
    PracticeModel,
    PracticeValue,
    one_step_lookahead,
)
from interviewfit._results.plan import Guarantee
from interviewfit._solver.forward_pass import OutcomeMoments

# A plan is exact if none is better by more than so many hours, or this share of it.
_EXACT_HOURS, _EXACT_SHARE = 0.1, 1e-3
# Hours by which a budget may be missed.
_BUDGET_TOLERANCE: Hours = 5e-7
# Share of the value at stake that is a tie, but for rounding.
_TIE_SHARE = 1e-9
# Prices that are tried, and the relative difference of two that are the same.
_MOST_PRICES, _SAME_PRICE = 100, 1e-12
# Interviews under way that are tried to be left at once; more than one is odd.
_MOST_LEFT = 4


def tolerance(value: Worth) -> Worth:
    """By how much a plan of some value may be off and is still called exact, hours."""
    return max(_EXACT_HOURS, _EXACT_SHARE * abs(value))


@frozen(eq=False)
class BudgetedSearch:
    """The running processes against a sure alternative, at some price of the hour.

    Attributes:
        running: The processes.
        chains, solved: The same in numbers, in the same order, and solved.
        policy: Their index policy.
        price: What an hour costs beyond its own price, hours.
    """

    running: Sequence[CompiledProcess[float]]
    chains: Sequence[ChainParameters[float]]
    solved: SolvedProcesses
    policy: IndexPolicyValue
    price: Worth

    @classmethod
    def of(
        cls,
        running: Sequence[CompiledProcess[float]],
        outside_option: Worth,
        price: Worth,
        unpriced: SolvedProcesses | None = None,
    ) -> "BudgetedSearch":
        """Solve the processes, with every hour costing more.

        Args:
            running: Processes under way.
            outside_option: The best offer in hand, hours.
            price: What every hour costs beyond its own price, hours.
            unpriced: The processes solved with hours at their own price, if they are.
        """
        chains = [ChainParameters.of(entry.process, price) for entry in running]
        solved = unpriced
        if solved is None or price:
            solved = SolvedProcesses.of(chains)
        return cls(running, chains, solved, solved.index_policy(outside_option), price)

    @classmethod
    def with_budget(
        cls,
        running: Sequence[CompiledProcess[float]],
        outside_option: Worth,
        budget: Hours | None,
        unpriced: SolvedProcesses | None = None,
    ) -> "BudgetedSearch":
        """The same within a budget: an hour costs more, until the expected hours fit.

        The value is convex in the price: where two tangents meet is the next to try.

        Args:
            running, outside_option, unpriced: As ``of``.
            budget: Hours there are; None for as many as are worth it.
        """
        free = cls.of(running, outside_option, 0.0, unpriced)
        # An instant that is worth something has no finite price, and needs none.
        most = inf if budget is None else budget + _BUDGET_TOLERANCE
        if free.hours <= most:
            return free
        low, high = free, cls.of(running, outside_option, 1.0)
        while high.hours > most:
            low, high = high, cls.of(running, outside_option, 4.0 * high.price)
        for number in range(_MOST_PRICES):
            step = _SAME_PRICE * high.price
            enough = high.hours > most - 2.0 * _BUDGET_TOLERANCE
            if enough or high.price - low.price <= 2.0 * step:
                break
            if number % 3 == 2:
                price = 0.5 * (low.price + high.price)
            else:
                fall = low.policy.value - high.policy.value
                over = fall - high.hours * (high.price - low.price)
                price = low.price + over / (low.hours - high.hours)
            price = min(max(price, low.price + step), high.price - step)
            middle = cls.of(running, outside_option, price)
            low, high = (middle, high) if middle.hours > most else (low, middle)
        return high

    @cached_property
    def mixtures(self) -> list[RivalMixture]:
        """What each process competes with."""
        return [self.policy.mixture(row) for row in range(len(self.running))]

    @cached_property
    def outcomes(self) -> Sequence[OutcomeMoments]:
        """What each process leads to beside the others."""
        return self.solved.evaluate_mixtures(self.mixtures)

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
        return self.policy.value + (self.price * self.hours if self.price else 0.0)

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
        forced, under_way = {}, []
        for row in self._leavable:
            steps = self.running[row].process.steps
            midway = [k for k, step in enumerate(steps) if step.phase is Phase.MIDWAY]
            forced[row] = self.chains[row].committed_to(midway)
            if 0 in midway:
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
        return max(self.feasible_variants, key=lambda variant: variant.value)

    def lower_bound(self, *, waits: bool) -> Worth:
        """Hours that can be had for sure.

        No interview can be left lying in its middle, as the index policy might ask.
        Never walking out is a plan that never does; if it takes more hours, a toss
        decides between it and leaving all now.

        Args:
            waits: Whether processes and offers wait for each other.
        """
        outside_option, feasible = self.policy.outside_option, self.best_feasible
        if not waits:
            # At the price of hours, of which none is given back.
            return self.solved.sequential_value(outside_option)[0]
        if feasible is self:
            return self.value
        if self.price:
            leaving = outside_option + fsum(self.solved.exits)
            share = min(1.0, self.hours / feasible.hours) if feasible.hours else 1.0
            return leaving + share * (feasible.value - leaving)
        return max(feasible.value, self.solved.sequential_value(outside_option)[0])


@frozen(eq=False)
class ValueBounds:
    """Bounds on the value of a search, and the order that attains the lower one.

    Attributes:
        search: The search by index.
        practice: What its processes teach each other.
        lower, upper: Value of a plan that anybody can keep, and of any at most, hours.
        order: Rows worth going on with, the next one first.
        first: The row put before one of higher index, for practice; None if none is.
        reasons: What keeps the two apart, a sentence each.
    """

    search: BudgetedSearch
    practice: PracticeValue
    lower: Worth
    upper: Worth
    order: Sequence[int]
    first: int | None
    reasons: tuple[str, ...]


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
    """

    running: Sequence[CompiledProcess[float]]
    unpriced: SolvedProcesses
    budget: Hours | None
    slots: int | None
    recall: bool
    model: PracticeModel

    def bounds(self, outside_option: Worth) -> ValueBounds:
        """Bounds on the value with an offer of *outside_option* hours in hand."""
        search = BudgetedSearch.with_budget(
            self.running, outside_option, self.budget, self.unpriced
        )
        feasible, practice = self._practice(search)
        waits = self.recall and self.slots is None
        left_over = (self.budget or 0.0) - search.hours
        unused = search.price * left_over if left_over > 2.0 * _BUDGET_TOLERANCE else 0
        lower = search.lower_bound(waits=waits)
        if waits and not search.price:
            lower = max(lower, practice.best)
        gain = max(0.0, practice.upper_bound - search.policy.value)
        upper = search.value + gain + unused
        if search.price:
            # No plan is worth more for having less time.
            unlimited = evolve(self, budget=None).bounds(outside_option)
            upper = min(upper, unlimited.upper)
        order, first = _in_order(feasible, practice)
        reasons = {
            "Offers to come may not wait for the other processes.": not self.recall,
            f"Only {self.slots} processes can be under way at once.": bool(self.slots),
            "An interview cannot be paused for another process.": search.may_walk_out,
            "Practice carries over between interviews.": gain > 0.0,
            "The hours cannot be used up exactly.": unused > 0.0,
        }
        holding = tuple(reason for reason, holds in reasons.items() if holds)
        upper = max(lower, upper)
        return ValueBounds(search, practice, lower, upper, order, first, holding)

    def guarantee(self, bounds: ValueBounds, value: Worth, upper: Worth) -> Guarantee:
        """How sure a plan is.

        Args:
            bounds: On the value of the search.
            value, upper: Of the plan and of any plan with these offers at most, hours.
        """
        if shared := shared_signals(self.running):
            names = ", ".join(shared[:3])
            reasons = f"The processes share what is known of {names}.", *bounds.reasons
            return Guarantee(certainty=Certainty.HEURISTIC, gap=inf, reasons=reasons)
        gap = max(0.0, upper - value)
        if not bounds.reasons or gap <= _TIE_SHARE * (abs(upper) + abs(value)):
            return Guarantee(certainty=Certainty.EXACT)
        if gap <= tolerance(value):
            return Guarantee(certainty=Certainty.EXACT, gap=gap)
        return Guarantee(certainty=Certainty.BOUNDED, gap=gap, reasons=bounds.reasons)

    def _practice(self, search: BudgetedSearch) -> tuple[BudgetedSearch, PracticeValue]:
        """The feasible variant of the highest value, with practice."""
        practised = []
        for variant in search.feasible_variants:
            steps = [entry.process.steps for entry in variant.running]
            chains, policy, free = variant.chains, variant.policy, search.chains
            practice = one_step_lookahead(chains, steps, policy, free, self.model)
            practised.append((variant, practice))
        feasible, practice = max(practised, key=lambda pair: pair[1].best)
        # The bound is of all plans, so also of those that leave nothing now.
        return feasible, evolve(practice, upper_bound=practised[0][1].upper_bound)


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
