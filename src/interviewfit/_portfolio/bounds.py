"""What the running processes hold in store, and whose turn it is.

The worth of a plan anybody can keep, what no plan can be worth more than, and what
stands between the two. The order is that of the indices, unless another process is
better put first for what it teaches.

*A budget of hours* is met by pricing the hour until the expected hours fit.
"""

from collections.abc import Sequence
from math import inf

import numpy as np
from attrs import evolve, frozen

from interviewfit._competition.chains import PracticeModel
from interviewfit._competition.entries import CompiledProcess, shared_tastes
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Hours, Worth
from interviewfit._model.vocabulary import Certainty
from interviewfit._portfolio.practice import PracticeValue, learn
from interviewfit._portfolio.standing import EXACTLY, TIE, BudgetedSearch, tolerance
from interviewfit._results.plan import Guarantee

__all__ = ["SearchConstraints", "ValueBounds"]


@frozen(eq=False)
class ValueBounds:
    """The running processes beside a sure alternative, looked at from all sides.

    Attributes:
        search: Where they stand.
        lessons: What they teach each other.
        value: What a plan anybody can keep is worth, hours.
        most: What no plan can be worth more than, hours.
        order: Rows worth going on with, the next one first.
        first: The row put before one of higher index, for practice; None if none is.
        reasons: What keeps the two apart, a sentence each.
    """

    search: BudgetedSearch
    lessons: PracticeValue
    value: Worth
    most: Worth
    order: Sequence[int]
    first: int | None
    reasons: tuple[str, ...]


@frozen(eq=False)
class SearchConstraints:
    """The conditions of a search.

    Attributes:
        running: Its processes.
        plain: The same, solved with hours at their own price.
        budget: Hours there are; None for as many as are worth it.
        slots: How many can be under way at once; None for any number.
        recall: Whether offers to come will wait.
        teaching: What interviews teach.
    """

    running: Sequence[CompiledProcess[float]]
    plain: SolvedProcesses
    budget: Hours | None
    slots: int | None
    recall: bool
    teaching: PracticeModel

    def outlook(self, base: Worth) -> ValueBounds:
        """With *base* in hand, within the budget."""
        search = BudgetedSearch.within(self.running, base, self.budget, self.plain)
        kept, lessons = self._learn(search)
        waits = self.recall and (self.slots is None or self.slots >= len(self.running))
        left_over = (self.budget or 0.0) - search.hours
        unused = search.price * left_over if left_over > 2.0 * EXACTLY else 0.0
        lower = search.sure(waits=waits)
        if waits and not search.price:
            lower = max(lower, lessons.best)
        upper = search.value + max(0.0, lessons.most - search.contest.value) + unused
        if search.price:
            # No plan is worth more for having less time.
            upper = min(upper, evolve(self, budget=None).outlook(base).most)
        order, ahead = _in_order(kept, lessons)
        return ValueBounds(
            search,
            lessons,
            value=lower,
            most=max(lower, upper),
            order=order,
            first=ahead,
            reasons=self._reasons(search, lessons, unused),
        )

    def guarantee(self, outlook: ValueBounds, value: Worth, most: Worth) -> Guarantee:
        """How sure a plan of this value is, if none can be worth more than *most*."""
        shared = shared_tastes(self.running)
        if shared:
            names = ", ".join(shared[:3])
            apart = f"Not independent, they share what is known of {names}."
            return Guarantee(
                certainty=Certainty.HEURISTIC,
                gap=inf,
                reasons=(apart, *outlook.reasons),
            )
        gap = max(0.0, most - value)
        if not outlook.reasons or gap <= TIE * (abs(most) + abs(value)):
            return Guarantee(certainty=Certainty.EXACT)
        if gap <= tolerance(value):
            return Guarantee(certainty=Certainty.EXACT, gap=gap)
        return Guarantee(certainty=Certainty.BOUNDED, gap=gap, reasons=outlook.reasons)

    def _learn(self, search: BudgetedSearch) -> tuple[BudgetedSearch, PracticeValue]:
        """The plan that keeps to its interviews and is worth the most, with practice."""
        found = [
            (
                kept,
                learn(
                    kept.pipeline.chains,
                    [one.process.steps for one in kept.running],
                    kept.contest,
                    search.pipeline.chains,
                    self.teaching,
                ),
            )
            for kept in search.kept
        ]
        best, lessons = max(found, key=lambda pair: pair[1].best)
        # Bounds are of all plans, so also of those that leave nothing now.
        every = found[0][1]
        return best, evolve(lessons, most=every.most)

    def _reasons(
        self, search: BudgetedSearch, lessons: PracticeValue, unused: Worth
    ) -> tuple[str, ...]:
        reasons = []
        if not self.recall:
            reasons.append("Offers to come may not wait for the other processes.")
        if self.slots is not None and self.slots < len(self.running):
            reasons.append(f"Only {self.slots} can be under way at once.")
        if search.walks_out:
            reasons.append(
                "Walking out of an interview may pay, and none can be paused."
            )
        if lessons.most > search.contest.value:
            reasons.append("What one interview teaches helps in the next.")
        if unused > 0.0:
            reasons.append("The hours cannot be used up exactly.")
        return tuple(reasons)


def _in_order(
    kept: BudgetedSearch, lessons: PracticeValue
) -> tuple[list[int], int | None]:
    """Rows worth going on with, the next one first, and the one put first for practice."""
    contest = kept.contest
    ranked = np.argsort(-contest.indices, kind="stable").tolist()
    order = [row for row in ranked if contest.indices[row] > contest.outside_option]
    if lessons.first:
        usual = lessons.usual
        if order:
            usual = lessons.first.get(order[0], usual)
        best = max(lessons.first, key=lambda row: lessons.first[row])
        if lessons.first[best] <= usual + TIE * (abs(contest.value) + abs(usual)):
            return order, None
    else:
        return order, None
    if order and best == order[0]:
        return order, None
    return [best, *(row for row in order if row != best)], best
