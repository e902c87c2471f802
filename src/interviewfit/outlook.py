"""
What the running processes hold in store, and whose turn it is.

The worth of a plan anybody can keep, what no plan can be worth more than, and what
stands between the two. The order is that of the indices, unless another process is
better put first for what it teaches. Two processes are solved together (``joint``).

*A budget of hours* is met by pricing the hour until the expected hours fit.
"""

from collections.abc import Sequence
from math import inf

import numpy as np
from attrs import frozen

from interviewfit.joint import Duo, Joint, Progress
from interviewfit.learner import Learner
from interviewfit.lineup import Entry, shared_tastes
from interviewfit.pipeline import Pipeline
from interviewfit.plans import Guarantee
from interviewfit.practice import Lessons, learn
from interviewfit.standing import EXACTLY, TIE, Standing, tolerance
from interviewfit.units import Hours, Worth
from interviewfit.vocabulary import Certainty

__all__ = ["Outlook", "Terms"]

# Share of the error of a joint solution by which two turns may be off each other.
_ALIKE = 0.1


@frozen(eq=False)
class Outlook:
    """
    The running processes beside a sure alternative, looked at from all sides.

    Attributes:
        search: Where they stand.
        lessons: What they teach each other.
        value: What a plan anybody can keep is worth, hours.
        most: What no plan can be worth more than, hours.
        order: Rows worth going on with, the next one first.
        first: The row put before one of higher index, for practice; None if none is.
        reasons: What keeps the two apart, a sentence each.
    """

    search: Standing
    lessons: Lessons
    value: Worth
    most: Worth
    order: Sequence[int]
    first: int | None
    reasons: tuple[str, ...]


@frozen(eq=False)
class Terms:
    """
    The conditions of a search.

    Attributes:
        running: Its processes.
        plain: The same, solved with hours at their own price.
        budget: Hours there are; None for as many as are worth it.
        slots: How many can be under way at once; None for any number.
        recall: Whether offers to come will wait.
        jointly: Whether two processes are solved together.
        weight: How much practice counts.
        unit: What one full interview would teach now, log-odds.
        decay: What every interview done leaves of that.
        progress: Told of long work.
    """

    running: Sequence[Entry]
    plain: Pipeline
    budget: Hours | None
    slots: int | None
    recall: bool
    jointly: bool
    weight: float
    unit: float
    decay: float
    progress: Progress | None

    def outlook(self, base: Worth) -> Outlook:
        """
        With *base* in hand, within the budget.
        """
        search = Standing.within(self.running, base, self.budget, self.plain)
        contest, price = search.contest, search.price
        kept = search.finished
        lessons = learn(
            kept.pipeline.lanes,
            [one.process.steps for one in self.running],
            kept.contest,
            search.pipeline.lanes,
            self.weight,
            self.unit,
            self.decay,
        )
        waits = self.recall and (self.slots is None or self.slots >= len(self.running))
        left_over = (self.budget or 0.0) - search.hours
        unused = price * left_over if left_over > 2.0 * EXACTLY else 0.0
        lower = search.sure(waits=waits)
        upper = search.value + max(0.0, lessons.most - contest.value) + unused
        if waits and not price:
            lower = max([lower, *lessons.first.values()])
        joint = None
        if upper - lower > tolerance(lower) and waits and not price:
            joint = self._joint(search)
        if joint is not None:
            lower, upper = max(lower, joint.lower), min(upper, joint.upper)
        order, first = _in_order(search, lessons, joint)
        return Outlook(
            search,
            lessons,
            value=lower,
            most=max(lower, upper),
            order=order,
            first=first,
            reasons=self._reasons(search, lessons, unused),
        )

    def guarantee(self, outlook: Outlook, value: Worth, most: Worth) -> Guarantee:
        """
        How sure a plan of this value is, if none can be worth more than *most*.
        """
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

    def _joint(self, search: Standing) -> Joint | None:
        """
        Two processes solved together, where that can be.
        """
        if not self.jointly or len(self.running) != 2 or shared_tastes(self.running):
            return None
        one, two = (
            Learner.of(
                lane,
                entry.process.steps,
                search.contest.base,
                self.weight,
                self.unit,
                self.decay,
            )
            for lane, entry in zip(search.pipeline.lanes, self.running, strict=True)
        )
        if one.held[0] and two.held[0]:
            return None
        duo = Duo((one, two), self.decay)
        return duo.solve(tolerance, self.progress)

    def _reasons(
        self, search: Standing, lessons: Lessons, unused: Worth
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
    search: Standing, lessons: Lessons, joint: Joint | None
) -> tuple[list[int], int | None]:
    """
    Rows worth going on with, the next one first, and the one put first for practice.
    """
    contest = search.contest
    ranked = np.argsort(-contest.indices, kind="stable").tolist()
    order = [row for row in ranked if contest.indices[row] > contest.base]
    if joint is not None:
        best = joint.first
        if best is None:
            return [], None
        # Errors of both turns are alike: of what is between them, hardly any.
        near = _ALIKE * (joint.upper - joint.lower)
        if order and joint.middle(best) <= joint.middle(order[0]) + near:
            best = order[0]
    elif lessons.first:
        usual = search.finished.contest.value
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
