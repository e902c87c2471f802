"""
The running processes of a search against a sure alternative, and where that leads.

What breaks the exactness of a plan is judged here too. An index policy may ask to leave
an interview lying in its middle, which nobody can do; where finishing it always beats
walking out the question never comes up. Where it might, and wherever offers or slots do
not wait, two plans anybody can keep bound what is lost from below: one process after
another, and never walking out.
"""

from collections.abc import Sequence
from math import fsum, inf

import numpy as np
from attrs import frozen

from interviewfit.choices import made_of
from interviewfit.contest import Contest
from interviewfit.courses import leaving, staying
from interviewfit.lineup import Entry
from interviewfit.outcome import Outcome
from interviewfit.panels import FloatArray
from interviewfit.pipeline import Lane, Pipeline, never_left
from interviewfit.plans import Guarantee, Prospect
from interviewfit.practice import Lessons
from interviewfit.units import Hours, PercentOfPay, Worth
from interviewfit.vocabulary import Certainty, Phase

__all__ = ["TIE", "Standing", "guarantee_of", "in_percent", "reasons_against"]

_BISECTIONS = 40
# So few hours are none: no price is high enough for them to matter.
_NOTHING = 1e-9

TIE: float = 1e-9
"""Share of the worth at stake that is a tie, but for rounding."""


@frozen(eq=False)
class Standing:
    """
    The running processes against a sure alternative, with what each leads to.

    Attributes:
        running: The processes.
        pipeline: Of them, in the same order.
        contest: Between them.
        outcomes: What each leads to beside the others.
        begun: Chance that the turn of each comes.
        price: What an hour costs beyond its own price.
    """

    running: Sequence[Entry]
    pipeline: Pipeline
    contest: Contest
    outcomes: Sequence[Outcome]
    begun: FloatArray
    price: Worth

    @classmethod
    def of(
        cls,
        running: Sequence[Entry],
        base: Worth,
        price: Worth,
        plain: Pipeline | None = None,
    ) -> "Standing":
        """
        Solve them, with every hour costing *price* more.

        Args:
            plain: Solved already, where hours cost no more.
        """
        pipeline = plain
        if pipeline is None or price:
            pipeline = Pipeline.of([Lane.of(one.process, price) for one in running])
        return cls._solved(running, pipeline, base, price)

    @classmethod
    def _solved(
        cls, running: Sequence[Entry], pipeline: Pipeline, base: Worth, price: Worth
    ) -> "Standing":
        contest = pipeline.contest(base)
        mixtures = [contest.mixture(row) for row in range(len(running))]
        begun = np.array([one.chance for one in mixtures])
        outcomes = pipeline.blend(mixtures)
        return cls(running, pipeline, contest, outcomes, begun, price)

    @classmethod
    def within(
        cls,
        running: Sequence[Entry],
        base: Worth,
        budget: Hours | None,
        plain: Pipeline | None = None,
    ) -> "Standing":
        """
        The same within a budget: an hour costs more, until the expected hours fit.
        """
        found = cls.of(running, base, 0.0, plain)
        if budget is None or found.hours <= budget + _NOTHING:
            return found
        low, high = 0.0, 1.0
        while cls.of(running, base, high).hours > budget + _NOTHING:
            low, high = high, 4.0 * high
        for _ in range(_BISECTIONS):
            middle = 0.5 * (low + high)
            if cls.of(running, base, middle).hours > budget + _NOTHING:
                low = middle
            else:
                high = middle
        return cls.of(running, base, high)

    @property
    def hours(self) -> Hours:
        """
        Expected hours of one's own time, in all.
        """
        return fsum(
            float(taken) * step.hours
            for entry, outcome in zip(self.running, self.outcomes, strict=True)
            for taken, step in zip(outcome.take, entry.process.steps, strict=True)
        )

    @property
    def value(self) -> Worth:
        """
        What the search is worth, hours at their own price.
        """
        return self.contest.value + self.price * self.hours

    @property
    def bar(self) -> Worth:
        """
        The highest index of those that are not gone on with anyway, hours.
        """
        indices = self.contest.indices
        return float(indices[indices < inf].max(initial=self.contest.base))

    @property
    def walks_out(self) -> bool:
        """
        Whether walking out in mid-interview may ever be better than finishing.
        """
        return len(self.running) > 1 and any(
            step.phase is Phase.MIDWAY and threshold > -inf
            for row, entry in enumerate(self.running)
            if self.contest.indices[row] > self.contest.base
            for step, threshold in zip(
                entry.process.steps, self.pipeline.thresholds[row], strict=True
            )
        )

    def sure(self, *, waits: bool) -> Worth:
        """
        What can be had for sure, whether or not processes and offers wait.

        No interview can be left lying in its middle, as the index policy might ask.
        Never walking out is a plan that never does.
        """
        if waits and not self.walks_out:
            return self.contest.value
        base = self.contest.base
        lower = self.pipeline.in_turn(base)[0]
        return max(lower, self._never_left().contest(base).value) if waits else lower

    def finished(self) -> "Standing":
        """
        The same if nobody ever walks out in mid-interview.
        """
        return Standing._solved(
            self.running, self._never_left(), self.contest.base, self.price
        )

    def _never_left(self) -> Pipeline:
        return Pipeline.of(
            [
                never_left(lane, entry.process.steps)
                for lane, entry in zip(self.pipeline.lanes, self.running, strict=True)
            ]
        )

    def prospects(
        self, lessons: Lessons, alone: FloatArray, percent: Worth
    ) -> list[Prospect]:
        """
        Every running process, as a plan shows it.
        """
        found = []
        for row, entry in enumerate(self.running):
            steps, outcome = entry.process.steps, self.outcomes[row]
            begun = min(1.0, max(0.0, float(self.begun[row])))
            take = outcome.take.tolist()
            leave = outcome.leave.tolist()
            leave[0] += 1.0 - begun
            terms = made_of(steps, take, leave, float(outcome.offer))
            goes_on = self.contest.indices[row] > self.contest.base
            found.append(
                Prospect(
                    name=entry.opportunity.name,
                    action=staying(entry.process, self.pipeline.thresholds[row])
                    if goes_on
                    else leaving(steps[0]),
                    phase=entry.opportunity.position.phase,
                    stage=steps[0].title,
                    index=in_percent(float(self.contest.indices[row]), percent),
                    worth=fsum(terms.values()),
                    alone=float(alone[row]),
                    terms={term: worth for term, worth in terms.items() if worth},
                    share=min(1.0, max(0.0, float(outcome.accept))),
                    begun=begun,
                    hours=fsum(
                        taken * step.hours
                        for taken, step in zip(take, steps, strict=True)
                    ),
                    days=fsum(
                        taken * step.days
                        for taken, step in zip(take, steps, strict=True)
                    ),
                    practice=float(lessons.gains[row]),
                    detour=steps[0].phase is Phase.BEFORE
                    and (entry.opportunity.unresearched or entry.process.unsettled > 0),
                )
            )
        return found


def in_percent(hours: Worth, percent: Worth) -> PercentOfPay:
    """
    Hours of surplus in percent of pay; with no weight on the offer only the sign.
    """
    if percent:
        return hours / percent
    return inf if hours > 0.0 else -inf


def reasons_against(
    search: Standing,
    lessons: Lessons,
    *,
    recall: bool,
    slots: int | None,
    unused: Worth,
) -> tuple[str, ...]:
    """
    What breaks exactness here, a sentence each.
    """
    reasons = []
    if not recall:
        reasons.append("Offers to come may not wait for the other processes.")
    if slots is not None and slots < len(search.running):
        reasons.append(f"Only {slots} can be under way at once.")
    if search.walks_out:
        reasons.append("Walking out of an interview may pay, and none can be paused.")
    if lessons.most > search.contest.value:
        reasons.append("What one interview teaches helps in the next.")
    if unused > 0.0:
        reasons.append("The hours cannot be used up exactly.")
    return tuple(reasons)


def guarantee_of(
    value: Worth,
    upper: Worth,
    lower: Worth,
    reasons: tuple[str, ...],
    shared: tuple[str, ...],
) -> Guarantee:
    """
    How sure a plan of this value is, between two bounds.
    """
    if shared:
        apart = f"Not independent, they share what is known of {', '.join(shared[:3])}."
        return Guarantee(
            certainty=Certainty.HEURISTIC, gap=inf, reasons=(apart, *reasons)
        )
    gap = upper - lower
    if not reasons or gap <= TIE * (abs(upper) + abs(value)):
        return Guarantee(certainty=Certainty.EXACT)
    return Guarantee(certainty=Certainty.BOUNDED, gap=gap, reasons=reasons)
