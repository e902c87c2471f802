"""What a plan is made of: processes in order, offers, and how sure the order is.

Values only. ``portfolio`` works them out, ``briefing`` puts them in words.
"""

from collections.abc import Mapping

from attrs import frozen

from interviewfit._model.domain import Opportunity
from interviewfit._model.search import Search
from interviewfit._model.units import Hours, PercentOfPay, Probability, Worth
from interviewfit._model.vocabulary import Action, Certainty, Phase, Term

__all__ = ["Guarantee", "HeldOffer", "PlanRecord", "RankedProcess"]


@frozen(kw_only=True)
class RankedProcess:
    """One process beside all the others.

    Attributes:
        name: Of its opportunity.
        action: What to do about it.
        phase: Where it stands.
        stage: Title of the stage it stands at.
        index: The alternative at which going on and leaving are worth the same, percent
            of pay against the fallback; the highest goes first. inf: go on anyway.
        worth: What it adds to all the others, hours; the sum of *terms*.
        alone: What it would be worth if there were no others, hours.
        terms: What *worth* is made of, hours; the offer counts beyond the next best.
        share: Chance that the final job is this one.
        begun: Chance that its turn comes before the search ends.
        hours: Expected hours of one's own time.
        days: Expected calendar days, as far as the stages state them.
        practice: What its next interview teaches is worth to the others, hours.
        dealbreakers: Those it meets; they force the action.
        detour: Whether one could wait for news or look things up before the next step;
            ``assess(..., beside=...)`` says whether that pays.
    """

    name: str
    action: Action
    phase: Phase
    stage: str
    index: PercentOfPay
    worth: Worth
    alone: Worth
    terms: Mapping[Term, Worth]
    share: Probability = 0.0
    begun: Probability = 0.0
    hours: Hours = 0.0
    days: float = 0.0
    practice: Worth = 0.0
    dealbreakers: tuple[str, ...] = ()
    detour: bool = False


@frozen(kw_only=True)
class HeldOffer:
    """An offer on the table, beside what is still running.

    Attributes:
        name: Of its opportunity.
        action: Accept it, ask them to wait, or decline it.
        surplus: The job itself against the fallback, hours.
        accept: Accepting it now and leaving all else, hours.
        wait: Asking them to wait while the others go on, hours.
        let_go: Declining it and going on with the others, hours.
        dealbreakers: Those it meets; they force the action.
    """

    name: str
    action: Action
    surplus: Worth
    accept: Worth
    wait: Worth
    let_go: Worth
    dealbreakers: tuple[str, ...] = ()


@frozen(kw_only=True)
class Guarantee:
    """How far the plan can be from the best there is, for the numbers given.

    Attributes:
        certainty: exact, to a thousandth of its worth or a tenth of an hour;
            bounded, by *gap*; or heuristic, with no bound.
        gap: What the best conceivable plan could be worth more, hours.
        reasons: What breaks exactness, a sentence each.
    """

    certainty: Certainty
    gap: Worth = 0.0
    reasons: tuple[str, ...] = ()


@frozen(kw_only=True)
class PlanRecord:
    """A plan for several processes, as plain values.

    Attributes:
        prospects: Processes worth going on with, the next one first.
        left: Those to leave or to decline, in the order given.
        offers: Offers on the table.
        value: What the search is worth from here, hours: of a plan anybody can keep.
        percent: What one percent of pay is worth, hours.
        stop_at: Stop and accept once an offer is worth at least this, percent of pay;
            it falls as processes end.
        invitation: What one more invitation to an unknown opening would add, hours.
        hours: Expected hours of one's own time, in all.
        days: Expected calendar days, one step after the other.
        schedule_first: Processes put before one of higher index, for practice.
        budget: Hours there are, if they were said to be limited.
        hour: What one more hour would add beyond its own price, hours.
        guarantee: How sure all this is.
        search: What was planned.
        slots: How many can be under way at once, if there are more.
        recall: Whether offers to come wait until the search ends.
    """

    prospects: tuple[RankedProcess, ...]
    left: tuple[RankedProcess, ...]
    offers: tuple[HeldOffer, ...]
    value: Worth
    percent: Worth
    stop_at: PercentOfPay
    invitation: Worth
    hours: Hours
    days: float
    schedule_first: tuple[str, ...]
    budget: Hours | None
    hour: Worth
    guarantee: Guarantee
    search: Search
    slots: int | None = None
    recall: bool = True

    @property
    def opportunities(self) -> tuple[Opportunity, ...]:
        """What was planned, for ``assess(..., beside=...)``."""
        return self.search.opportunities

    @property
    def weeks(self) -> float:
        """Expected calendar weeks, one step after the other, as far as stages state days."""
        return self.days / 7.0

    @property
    def hour_a_week(self) -> Worth:
        """What one more hour in each of these weeks would add beyond its own price, hours."""
        return self.hour * self.weeks

    def prospect(self, name: str) -> RankedProcess:
        """One process, by the name of its opportunity.

        Raises:
            KeyError: If there is none of this name.
        """
        for one in (*self.prospects, *self.left):
            if one.name == name:
                return one
        raise KeyError(name)
