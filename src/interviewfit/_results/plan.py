"""What a plan is made of: processes in order, offers, and how sure the order is."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from attrs import field, frozen

from interviewfit._model.decision import Search
from interviewfit._model.domain import Opportunity
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.money import Money
from interviewfit._model.units import Hours, PercentOfPay, Probability, Worth
from interviewfit._model.vocabulary import Action, Certainty, Phase, Term
from interviewfit._results.calendar import DeadlineRule, WeeklyLimit
from interviewfit._results.tables import Tabular


@frozen(kw_only=True)
class RankedProcess:
    """One process beside all the others.

    Attributes:
        name: Name of its opportunity.
        action: What to do, as ``assess(..., beside=...)`` says.
        phase: Where it stands.
        stage: Title of the stage it stands at.
        index: Stop it once you hold an offer worth more than this, percent of pay above
            the fallback. The highest goes first; inf: go on anyway.
        marginal_value: What it adds to all the others, hours; the sum of *terms*. It is
            the value of ``assess(..., beside=...)``.
        standalone_value: Its value if there were no others, hours, as ``assess`` says.
        terms: What *marginal_value* is made of, hours; the offer counts beyond the next
            best.
        accept_probability: Probability that the candidate ends up in this job.
        start_probability: Probability that its turn comes before the search ends.
        hours: Expected hours of the candidate's time that *marginal_value* is made of,
            as ``assess(..., beside=...)`` says; those of the order if hours are short.
        days: Expected calendar days, as far as the stages state them.
        practice_value: The part of its value that is practice for other interviews,
            hours.
        dealbreakers: The candidate's dealbreakers that it meets; they force the action.
        has_side_option: Whether one could wait for news or look things up before the
            next step; *action* says whether that is worth it.
    """

    name: str
    action: Action
    phase: Phase
    stage: str
    index: PercentOfPay
    marginal_value: Worth
    standalone_value: Worth
    terms: Mapping[Term, Worth] = field(converter=freeze)
    accept_probability: Probability = 0.0
    start_probability: Probability = 0.0
    hours: Hours = 0.0
    days: float = 0.0
    practice_value: Worth = 0.0
    dealbreakers: tuple[str, ...] = ()
    has_side_option: bool = False

    def __repr__(self) -> str:
        return f"<{self.name:.30}: {self.action}, adds {self.marginal_value:.1f} h>"


@frozen(kw_only=True)
class HeldOffer:
    """An offer on the table, beside the processes that still run.

    Attributes:
        name: Name of its opportunity.
        action: Accept it, ask questions first, ask them to wait, or decline it.
        surplus_hours: The job itself against the fallback, hours.
        accept_value: Value of accepting it now and leaving all else, hours.
        wait_value: Value of asking them to wait while the others go on, hours.
        decline_value: Value of the search if the offer is turned down, hours.
        dealbreakers: The candidate's dealbreakers that it meets; they force the action.
        ask_value: Value of asking first, and then accepting it or turning it down,
            hours; None if there is nothing to ask.
        answer_by: The last day to answer it; None if nobody has said. *wait_value* is
            then that of keeping it until that day.
        ask_time_value: Value of asking for more time, hours; None without a last day.
        marginal_value: What the offer adds to all else, hours; the sum of *terms*. It
            is the value of ``assess(..., beside=...)``.
        terms: What *marginal_value* is made of, hours.
        hours: Expected hours that the answer takes, such as those of a message.
        accept_probability: Probability that the candidate ends up in this job.
        after: Names of the offers that are answered before it.
        fit: The fit as believed now, percent of pay.
        sd: Its standard deviation, likewise.
        unknown: Aspects nobody has said anything of.
        best_chance: Probability that it is the best of the offers on the table, by what
            is believed now, each apart from the others; 1 for a single one.
        ask_about: Aspects of which asking first would show something, the most first.
        asking_sd: By how much the answers would move the fit, percent of pay, as a
            standard deviation.
    """

    name: str
    action: Action
    surplus_hours: Worth
    accept_value: Worth
    wait_value: Worth
    decline_value: Worth
    dealbreakers: tuple[str, ...] = ()
    ask_value: Worth | None = None
    answer_by: date | None = None
    ask_time_value: Worth | None = None
    marginal_value: Worth = 0.0
    terms: Mapping[Term, Worth] = field(factory=dict, converter=freeze)
    hours: Hours = 0.0
    accept_probability: Probability = 0.0
    after: tuple[str, ...] = ()
    fit: PercentOfPay = 0.0
    sd: PercentOfPay = 0.0
    unknown: tuple[str, ...] = ()
    best_chance: Probability = 1.0
    ask_about: tuple[str, ...] = ()
    asking_sd: PercentOfPay = 0.0

    @property
    def asking_value(self) -> Worth:
        """What asking first adds to the best that can be done without it, hours."""
        if self.ask_value is None:
            return 0.0
        without = max(self.accept_value, self.wait_value, self.decline_value)
        return max(0.0, self.ask_value - without)

    @property
    def kept_value(self) -> Worth:
        """Value of the best that can be done but to turn it down, hours."""
        values = (
            *(self.accept_value, self.wait_value),
            *(self.ask_value, self.ask_time_value),
        )
        return max(value for value in values if value is not None)


@frozen(kw_only=True)
class Guarantee:
    """How much better than the plan the best possible one can be, for these numbers.

    Attributes:
        certainty: exact, to a thousandth of its value or a tenth of an hour;
            bounded, by *gap*; or heuristic, with no bound.
        gap: How much higher the value of the best possible plan could be, hours.
        reasons: Why the plan is not exact, a sentence each.
    """

    certainty: Certainty
    gap: Worth = 0.0
    reasons: tuple[str, ...] = ()


@frozen(kw_only=True)
class PlanRecord(Tabular):
    """A plan for several processes, as plain values.

    Attributes:
        ranked: Processes worth going on with, the next one first.
        to_leave: Processes to leave or to decline, in the order in which they came.
        offers: Offers on the table.
        value: Value of the search from here, hours, of a plan that anybody can keep.
        hours_per_percent: Value of one percent of pay, hours.
        reservation_value: Stop and accept once an offer is worth at least this, percent
            of pay above the fallback; it falls as processes end.
        invitation_value: What one more invitation, to a job of which nothing is known,
            would add, hours.
        hours: Expected hours of the candidate's time, in all, by the order. Rows may
            add up to more, since each is judged as if all others were still to come.
        days: Expected calendar days, one step after another.
        practice_first: Names of processes put before one of higher index, for practice.
        budget: Hours there are, if they are limited.
        hour_value: What one more hour would add at most beyond its own price, hours;
            exactly that, while the same processes take it. Where an offer is accepted
            because the hours are few: on average, up to as many as are worth it.
        guarantee: How sure all this is.
        search: What was planned.
        slots: How many processes can be under way at once, if there are more.
        recall: Whether offers to come wait until the search ends.
        hour_price: What an hour of value is worth in money: the salary for an hour of
            work, before tax; None without a salary.
        value_in_money: *value* in the currency of the salary; None without one.
        notes: What to check, because a number looks like another unit or scale.
        today: The day of the plan; None if no date matters.
        rule: What to do up to the first date, and what decides on it; None without one.
        weekly: From which fit on an offer is accepted, and above which each stage is
            worth it, week by week, as things stand; none unless the outside option
            changes on a date.
    """

    _row_name: ClassVar[str] = "processes"

    ranked: tuple[RankedProcess, ...]
    to_leave: tuple[RankedProcess, ...]
    offers: tuple[HeldOffer, ...]
    value: Worth
    hours_per_percent: Worth
    reservation_value: PercentOfPay
    invitation_value: Worth
    hours: Hours
    days: float
    practice_first: tuple[str, ...]
    budget: Hours | None
    hour_value: Worth
    guarantee: Guarantee
    search: Search
    slots: int | None = None
    recall: bool = True
    hour_price: Money | None = None
    value_in_money: float | None = None
    notes: tuple[str, ...] = field(default=(), eq=False)
    today: date | None = None
    rule: DeadlineRule | None = None
    weekly: tuple[WeeklyLimit, ...] = ()

    @property
    def opportunities(self) -> tuple[Opportunity, ...]:
        """The opportunities that were planned, for ``assess(..., beside=...)``."""
        return self.search.opportunities

    @property
    def processes(self) -> tuple[RankedProcess, ...]:
        """Those to go on with, and after them those to leave or to decline."""
        return (*self.ranked, *self.to_leave)

    @property
    def weeks(self) -> float:
        """Expected calendar weeks, one step after another, if stages state days."""
        return self.days / 7.0

    @property
    def weekly_hour_value(self) -> Worth:
        """What one more hour in every week would add beyond its own price, hours."""
        return self.hour_value * self.weeks

    def why_left(self, name: str) -> str:
        """Why an opportunity is left, as a clause; empty where nobody works it out.

        Args:
            name: Of the opportunity.
        """
        process = next((item for item in self.to_leave if item.name == name), None)
        met = ", ".join(process.dealbreakers) if process else ""
        return f"because it meets your dealbreaker ({met})" if met else ""

    def process(self, name: str) -> RankedProcess:
        """One process, by the name of its opportunity.

        Raises:
            KeyError: If there is none of this name.
        """
        for process in self.processes:
            if process.name == name:
                return process
        raise KeyError(name)
