"""What an assessment is made of: choices, their value, the thresholds ahead."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import field, frozen

from interviewfit._model.frozen_dict import freeze
from interviewfit._model.money import Money
from interviewfit._model.units import Hours, PercentOfPay, Probability, Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._results.calendar import DeadlineRule
from interviewfit._results.reasons import Reasons
from interviewfit._results.tables import Tabular

GOING = frozenset(
    {Action.TAKE, Action.CONTINUE, Action.FINISH_POLITELY, Action.ACCEPT_OFFER}
)
"""Actions that stay in, in one word or another."""

LEAVING = frozenset(
    {
        Action.DECLINE,
        Action.WITHDRAW_POLITELY,
        Action.LEAVE,
        Action.DECLINE_OFFER,
        Action.MOVE_ON,
    }
)
"""Actions that end a process."""


# Hours that round to nothing.
_SMALL = 0.05


@frozen(kw_only=True)
class Choice:
    """One open action and what it leads to under the best policy from there.

    Attributes:
        action: What to do.
        value: Expected value, hours; the sum of *terms*.
        terms: What it is made of, hours, by term; those at 0 are left out.
        sd_hours: Standard deviation of the outcome, hours; side values count as their
            mean.
        accept_probability: Chance that it ends in an offer that is accepted.
        hours: Expected hours of one's own time.
        days: Expected calendar days, as far as the stages state them.
        reach: Chance to come to each stage ahead, by its title, in order.
    """

    action: Action
    value: Worth
    terms: Mapping[Term, Worth] = field(converter=freeze)
    sd_hours: Worth = 0.0
    accept_probability: Probability = 0.0
    hours: Hours = 0.0
    days: float = 0.0
    reach: tuple[tuple[str, Probability], ...] = ()

    def __repr__(self) -> str:
        return f"<Choice {self.action}: {self.value:.1f} h>"


@frozen(kw_only=True)
class Threshold:
    """Where one decision turns.

    Attributes:
        stage: Title of the stage.
        phase: Before it, or midway through.
        fit: Go on if the believed surplus is above this, percent of pay; -inf always,
            inf never.
    """

    stage: str
    phase: Phase
    fit: PercentOfPay


@frozen(kw_only=True)
class StageHours:
    """The hours for one stage ahead.

    Attributes:
        stage: Its title.
        hours: To prepare for it; of a task that is done alone, to do it.
        usual: What is usual or was stated, and the least that is advised, likewise.
        pass_rate: Chance to be passed on after so many hours.
        usual_pass_rate: The same after the usual hours.
        is_stated: Whether somebody stated the hours, so that they stay.
    """

    stage: str
    hours: Hours
    usual: Hours
    pass_rate: Probability
    usual_pass_rate: Probability
    is_stated: bool = False

    def __repr__(self) -> str:
        return f"<StageHours {self.stage}: {self.hours:.1f} h>"


@frozen(kw_only=True)
class Preparation:
    """The hours for every stage ahead that together are worth most, if one goes on.

    Attributes:
        stages: Those ahead for which one can still prepare, in order.
        value: Of going on with these hours, hours.
        gain: Against the usual hours, hours, at least 0.
        action: The best action with these hours.
        turns: Whether that is another one than with the usual hours.
    """

    stages: tuple[StageHours, ...]
    value: Worth
    gain: Worth
    action: Action
    turns: bool = False

    def __repr__(self) -> str:
        return f"<Preparation: {self.gain:+.1f} h>"

    @property
    def is_more(self) -> bool:
        """Whether it is worth more than nothing to prepare more than usual."""
        return self.gain > _SMALL


@frozen(kw_only=True)
class EmployerNews:
    """What the employer's decisions tell of the fit, where a mutual fit is stated.

    Attributes:
        so_far: What being passed on so far, and signs that they like you, add to the
            fit as it is believed now, percent of pay; after a refusal what that adds.
        passes: How many stages are passed.
        is_liked: Whether there is a sign that they like you.
        if_passed: What being passed on after the next stage will add on average,
            percent of pay; None if none is ahead.
        if_refused: What being refused there would add, likewise.
        refused_share: After a refusal, the chance that it had to come, as it was seen
            before; else None.
        similar: After a refusal, what it adds to the fit of a similar opening, percent
            of pay; else None.
        rates_fall: After a refusal, the share by which it lowers the chance to pass
            such a stage elsewhere; else None.
    """

    so_far: PercentOfPay = 0.0
    passes: int = 0
    is_liked: bool = False
    if_passed: PercentOfPay | None = None
    if_refused: PercentOfPay | None = None
    refused_share: Probability | None = None
    similar: PercentOfPay | None = None
    rates_fall: Probability | None = None


@frozen(kw_only=True)
class Verdict(Tabular):
    """The answer for one opportunity, with all an explanation needs.

    Attributes:
        opportunity: Its name.
        phase: Where it stands.
        stage: Title of the stage it stands at; empty with an offer or rejected.
        action: What to do.
        choices: Every open action, the best first.
        mean: Of the surplus over the fallback, percent of pay.
        sd: Its standard deviation, likewise.
        thresholds: One for each step ahead.
        information_value: What seeing more is worth here, hours, at least 0: the value
            minus the value if nothing ahead revealed anything.
        hard_stops: Dealbreakers met. They force the action, outside the sum.
        unknown: Aspects nobody has said anything of.
        unspoken: What the mean holds for what nobody has said: the default mean of what
            is unknown, as far as nothing has replaced it, percent of pay.
        unspoken_hours: The same in hours, as the offer is weighed.
        action_without_unspoken: What to do if that counted for nothing; None if it is
            the same.
        expected_hours: What accepting an offer is expected to bring, hours, where it
            counts for more because what nobody has said is no reason to turn an offer
            down; else None.
        ask_about: With an offer, the aspects of which a call before the answer shows
            most, the most first.
        ask_whether: With an offer, the either/or facts that a question tells, in words.
        action_without_side_values: What to do if all side gains were worth nothing.
        decisive_priors: Guessed defaults without which the action would change.
        knows_someone: Whether a referral can be offered on leaving.
        rival_count: How many other processes it was judged beside.
        rivals_value: What these are worth without it, hours.
        standalone_value: What it would be worth alone, hours; None if it was judged so.
        unsettled: Aspects of which only waiting brings news.
        horizon_years: Over how many years the hours of a job are added up.
        hour_price: What an hour of value is worth in money: the salary for an hour of
            work, before tax; None without a salary.
        value_in_money: *value* in the currency of the salary; None without one.
        notes: What to check, because a number looks like another unit or scale.
        open_facts: Either/or facts not known yet: chance, fact and who tells it.
        reasons: What each thing said does to the answer; None if it is not kept.
        rule: What to do up to a date that bears on it; None without one.
        employer_news: What the employer's decisions tell of the fit; None where they
            tell nothing.
    """

    _row_name: ClassVar[str] = "choices"

    opportunity: str
    phase: Phase
    stage: str
    action: Action
    choices: tuple[Choice, ...]
    mean: PercentOfPay
    sd: PercentOfPay
    thresholds: tuple[Threshold, ...]
    information_value: Worth
    hard_stops: tuple[str, ...]
    unknown: tuple[str, ...]
    action_without_side_values: Action
    decisive_priors: tuple[str, ...]
    knows_someone: bool = False
    rival_count: int = 0
    rivals_value: Worth = 0.0
    standalone_value: Worth | None = None
    unsettled: tuple[str, ...] = ()
    horizon_years: float = 2.0
    unspoken: PercentOfPay = 0.0
    unspoken_hours: Worth = 0.0
    action_without_unspoken: Action | None = None
    expected_hours: Worth | None = None
    ask_about: tuple[str, ...] = ()
    ask_whether: tuple[str, ...] = ()
    hour_price: Money | None = None
    value_in_money: float | None = None
    notes: tuple[str, ...] = field(default=(), eq=False)
    open_facts: tuple[str, ...] = ()
    _reasons: Reasons | None = field(default=None, eq=False, repr=False)
    rule: DeadlineRule | None = None
    employer_news: EmployerNews | None = None

    @property
    def reasons(self) -> Reasons | None:
        """What each thing said does to the answer; None if it is not kept."""
        return self._reasons

    @property
    def preparation(self) -> Preparation | None:
        """The best hours for every stage ahead; None if they are not kept."""
        return None

    @property
    def value(self) -> Worth:
        """Worth of the best action, dealbreakers aside, hours."""
        return self.choices[0].value

    @property
    def terms(self) -> Mapping[Term, Worth]:
        """What *value* is made of, hours, by term."""
        return self.choices[0].terms

    @property
    def runner_up(self) -> Choice | None:
        """The second best action; None if there is only one."""
        return self.choices[1] if len(self.choices) > 1 else None

    @property
    def displayed_choice(self) -> Choice:
        """The choice worth talking about, the best one or, where that leaves, going on.

        Leaving has next to no parts; what going on would bring is the reason for it.
        """
        best = self.choices[0]
        if best.reach or best.action in GOING:
            return best
        return next((going for going in self.choices if going.action in GOING), best)

    @property
    def margin(self) -> Worth:
        """By how much the best action beats the second, hours."""
        second = self.runner_up
        return self.value - second.value if second else 0.0

    def choice(self, action: Action) -> Choice:
        """One of the open actions.

        Raises:
            KeyError: If it is not open here.
        """
        for option in self.choices:
            if option.action is action:
                return option
        raise KeyError(action)
