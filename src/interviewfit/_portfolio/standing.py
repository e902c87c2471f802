"""The running processes of a search against a sure alternative, and where that leads.

What breaks the exactness of a plan is judged here too. An index policy may ask to leave
an interview lying in its middle, which nobody can do; where finishing it always beats
walking out the question never comes up. Where it might, and wherever offers or slots do
not wait, two plans anybody can keep bound what is lost from below: one process after
another, and never walking out.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from math import fsum, inf

from attrs import frozen

from interviewfit._assessment.alternatives import name_of_continuing, name_of_leaving
from interviewfit._assessment.evaluation import terms_from_visits
from interviewfit._competition.chains import ChainParameters, dropped, never_left
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.index_value import IndexPolicyValue, RivalMixture
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Hours, PercentOfPay, Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray
from interviewfit._portfolio.practice import PracticeValue
from interviewfit._results.plan import RankedProcess
from interviewfit._solver.forward_pass import OutcomeMoments

__all__ = ["EXACTLY", "TIE", "BudgetedSearch", "in_percent", "tolerance"]

# A plan is exact if none is better by more than so many hours, or this share of it.
_HOURS, _SHARE = 0.1, 1e-3

# Prices that are looked at, and how near two of them are the same.
_MOST_LOOKS, _APART = 100, 1e-12
# Interviews under way that are tried to be left at once; more than one is odd.
_MOST_LEFT = 4
EXACTLY: Hours = 5e-7
"""Hours by which a budget may be missed."""

TIE: float = 1e-9
"""Share of the worth at stake that is a tie, but for rounding."""


def tolerance(worth: Worth) -> Worth:
    """By how much a plan of some worth may be off and is still called exact, hours."""
    return max(_HOURS, _SHARE * abs(worth))


@frozen(eq=False)
class BudgetedSearch:
    """The running processes against a sure alternative, with what each leads to.

    Attributes:
        running: The processes.
        pipeline: Of them, in the same order.
        contest: Between them.
        price: What an hour costs beyond its own price.
    """

    running: Sequence[CompiledProcess[float]]
    pipeline: SolvedProcesses
    contest: IndexPolicyValue
    price: Worth

    @classmethod
    def of(
        cls,
        running: Sequence[CompiledProcess[float]],
        base: Worth,
        price: Worth,
        plain: SolvedProcesses | None = None,
    ) -> "BudgetedSearch":
        """Solve them, with every hour costing *price* more.

        Args:
            running: Processes under way.
            base: The best offer in hand, hours.
            price: What every hour costs more, hours.
            plain: Solved already, where hours cost no more.
        """
        pipeline = plain
        if pipeline is None or price:
            pipeline = SolvedProcesses.of(
                [ChainParameters.of(one.process, price) for one in running]
            )
        return cls(running, pipeline, pipeline.index_policy(base), price)

    @classmethod
    def within(
        cls,
        running: Sequence[CompiledProcess[float]],
        base: Worth,
        budget: Hours | None,
        plain: SolvedProcesses | None = None,
    ) -> "BudgetedSearch":
        """The same within a budget: an hour costs more, until the expected hours fit.

        The worth falls with the price, by the hours at each price, and less and less:
        it is convex. So where two of its tangents meet, one to each side, is the next
        price to look at; where the hours jump, it has a kink, which they find at once.
        """
        found = cls.of(running, base, 0.0, plain)
        # An instant that is worth something has no finite price, and needs none.
        most = inf if budget is None else budget + EXACTLY
        if found.hours <= most:
            return found
        low, high = found, cls.of(running, base, 1.0)
        while high.hours > most:
            low, high = high, cls.of(running, base, 4.0 * high.price)
        for number in range(_MOST_LOOKS):
            least = _APART * high.price
            if (
                high.hours > most - 2.0 * EXACTLY
                or high.price - low.price <= 2.0 * least
            ):
                break
            if number % 3 == 2:
                price = 0.5 * (low.price + high.price)
            else:
                fall = low.contest.value - high.contest.value
                over = fall - high.hours * (high.price - low.price)
                price = low.price + over / (low.hours - high.hours)
            price = min(max(price, low.price + least), high.price - least)
            middle = cls.of(running, base, price)
            low, high = (middle, high) if middle.hours > most else (low, middle)
        return high

    @cached_property
    def _mixtures(self) -> list[RivalMixture]:
        return [self.contest.mixture(row) for row in range(len(self.running))]

    @cached_property
    def outcomes(self) -> Sequence[OutcomeMoments]:
        """What each leads to beside the others."""
        return self.pipeline.evaluate_mixtures(self._mixtures)

    @cached_property
    def hours(self) -> Hours:
        """Expected hours of one's own time, in all."""
        return fsum(
            float(taken) * step.hours
            for entry, outcome in zip(self.running, self.outcomes, strict=True)
            for taken, step in zip(
                outcome.take_probability, entry.process.steps, strict=True
            )
        )

    @property
    def value(self) -> Worth:
        """What the search is worth, hours at their own price."""
        return self.contest.value + (self.price * self.hours if self.price else 0.0)

    @property
    def bar(self) -> Worth:
        """The highest index of those that are not gone on with anyway, hours."""
        indices = self.contest.indices
        return float(indices[indices < inf].max(initial=self.contest.outside_option))

    @property
    def walks_out(self) -> bool:
        """Whether walking out in mid-interview may ever be better than finishing."""
        return len(self.running) > 1 and any(
            self.contest.indices[row] > self.contest.outside_option
            and self._leaves(row)
            for row in range(len(self.running))
        )

    def _leaves(self, row: int) -> bool:
        steps = self.running[row].process.steps
        return any(
            step.phase is Phase.MIDWAY and threshold > -inf
            for step, threshold in zip(
                steps, self.pipeline.thresholds[row], strict=True
            )
        )

    @cached_property
    def kept(self) -> tuple["BudgetedSearch", ...]:
        """The same for somebody who never walks out, if that ever made a difference.

        Or only now, of what is under way and might be left; of several such, though
        nobody can be in two interviews at once, of those of lowest index.
        """
        if not self.walks_out:
            return (self,)
        lanes, running = list(self.pipeline.chains), list(self.running)
        open_ = [row for row in range(len(lanes)) if self._leaves(row)]
        for row in open_:
            lanes[row] = never_left(lanes[row], running[row].process.steps)
        found = [self._of_lanes(lanes, running)]
        under_way = [
            row for row in open_ if running[row].process.steps[0].phase is Phase.MIDWAY
        ]
        under_way.sort(key=lambda row: self.contest.indices[row])
        for row in under_way[:_MOST_LEFT]:
            lanes[row] = dropped(self.pipeline.chains[row])
            running[row] = running[row].taught_nothing()
            found.append(self._of_lanes(lanes, running))
        return tuple(found)

    def _of_lanes(
        self,
        lanes: Sequence[ChainParameters[float]],
        running: Sequence[CompiledProcess[float]],
    ) -> "BudgetedSearch":
        pipeline = SolvedProcesses.of(lanes, self.pipeline)
        contest = pipeline.index_policy(self.contest.outside_option)
        return BudgetedSearch(tuple(running), pipeline, contest, self.price)

    @property
    def finished(self) -> "BudgetedSearch":
        """The one of these that is worth more."""
        return max(self.kept, key=lambda one: one.value)

    def sure(self, *, waits: bool) -> Worth:
        """Hours that can be had for sure, whether or not processes and offers wait.

        No interview can be left lying in its middle, as the index policy might ask.
        Never walking out is a plan that never does; if it takes more hours, a toss
        decides between it and leaving all now.
        """
        base, finished = self.contest.outside_option, self.finished
        if not waits:
            # At the price of hours, of which none is given back.
            return self.pipeline.sequential_value(base)[0]
        if finished is self:
            return self.value
        if self.price:
            leaving_all = base + fsum(lane.exit[0] for lane in self.pipeline.chains)
            share = min(1.0, self.hours / finished.hours) if finished.hours else 1.0
            return leaving_all + share * (finished.value - leaving_all)
        return max(finished.value, self.pipeline.sequential_value(base)[0])

    def prospects(
        self,
        going: Collection[int],
        lessons: PracticeValue,
        alone: FloatArray,
        percent: Worth,
    ) -> list[RankedProcess]:
        """Every running process, as a plan shows it.

        Args:
            going: Rows that are gone on with.
            lessons: What they teach each other.
            alone: What each would be worth alone, hours, shape ``(processes,)``.
            percent: What one percent of pay is worth, hours.
        """
        found = []
        for row, entry in enumerate(self.running):
            steps, outcome = entry.process.steps, self.outcomes[row]
            begun = min(1.0, max(0.0, self._mixtures[row].start_probability))
            take = outcome.take_probability.tolist()
            leave = outcome.leave_probability.tolist()
            leave[0] += 1.0 - begun
            terms = terms_from_visits(steps, take, leave, float(outcome.offer_value))
            found.append(
                RankedProcess(
                    name=entry.opportunity.name,
                    action=name_of_continuing(
                        entry.process, self.pipeline.thresholds[row]
                    )
                    if row in going
                    else name_of_leaving(steps[0]),
                    phase=entry.opportunity.position.phase,
                    stage=steps[0].title,
                    index=in_percent(float(self.contest.indices[row]), percent),
                    worth=fsum(terms.values()),
                    alone=float(alone[row]),
                    terms={term: worth for term, worth in terms.items() if worth},
                    share=min(1.0, max(0.0, float(outcome.accept_probability))),
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
    """Hours of surplus in percent of pay; with no weight on the offer only the sign."""
    if percent:
        return hours / percent
    return inf if hours > 0.0 else -inf
