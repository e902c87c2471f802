"""The nouns of the library: a candidate and an opportunity.

Only values live here: frozen, checked, with their units; no arithmetic. A field
left at None takes its number from ``priors`` when a decision is worked out, so
that a default can be moved in one place and drawn from its range.
"""

from collections.abc import Mapping
from datetime import date

import attrs
from attrs import field, frozen
from attrs.validators import optional

from interviewfit._model.beliefs import (
    Belief,
    Clue,
    Either,
    NamedSign,
    Reading,
    Signal,
    check_facts,
)
from interviewfit._model.dates import EachNumber
from interviewfit._model.domain_fields import (
    check_signals,
    check_stages,
    to_answer_by,
    to_beliefs,
    to_contacts,
    to_dealbreakers,
    to_fallback_from,
    to_fields,
    to_learned,
    to_more_time_until,
    to_next_on,
    to_signals,
    to_stages,
    to_tags,
    within,
)
from interviewfit._model.fields import (
    Entries,
    canonical,
    check_flag,
    check_kind,
    check_names,
    instance_check,
    short_repr,
    to_float,
    to_float_mapping,
    to_one_line,
    to_optional_float,
)
from interviewfit._model.money import Money, Pay
from interviewfit._model.parameters import bounds
from interviewfit._model.pay_conversion import check_pay, check_salary
from interviewfit._model.stages import Position, Stage
from interviewfit._model.units import (
    Factor,
    PercentOfPay,
    Probability,
    Worth,
    check_name,
    check_text,
    number_of,
)
from interviewfit._model.vocabulary import Phase, Scope, Sign
from interviewfit._model.weights import Weights
from interviewfit.errors import InvalidFieldError

_BELIEF = instance_check(
    Belief, "Write Belief(mean=..., sd=...); money goes into Opportunity(pay=...)."
)


@frozen(kw_only=True)
class Opportunity:
    """One process: what is known of the job, what lies ahead, where it stands.

    Attributes:
        name: What to call it.
        stages: Its rounds in order, at least one.
        beliefs: Of each aspect now; one not named is unknown and keeps a wide belief.
        pay: Pay in money, as ``Money`` or as a range, ``Pay``. It needs the candidate's
            salary, in the same currency, and takes the place of a belief on pay.
        company: Whose job it is, for signals that carry to a whole company.
        field: Which line of work, for signals that carry to a whole field.
        tags: What it stands for, such as ``"meat"``, against dealbreakers.
        relevance: How much one wants to meet the people there, 0 to 1.
        reach: How far their word carries in one's field, 0 to 1; as *relevance* if
            None. Harm from walking out counts by it, a contact by the smaller of both.
        via_recruiter: Whether it comes through a recruiter one depends on.
        knows_someone: Whether one could name somebody better suited at the end.
        unresearched: Whether cheap public facts have not been looked up yet.
        researched: Before which stage, from 0, they were looked up; None if they were
            not. What was looked up need not be prepared again for that stage.
        questions_asked: Whether the candidate has put questions about the offer to them
            already, so that asking first is no longer open.
        hidden_role: Chance that another opening there would suit.
        stays_open: Chance that it waits if one asks to postpone.
        next_on: The day of its next stage, which may be put off to a later one.
        answer_by: The last day on which an offer can be accepted, or the next stage be
            had.
        gone_weekly: Chance that its next stage can no longer be had after a week in
            which it was put off, while an offer with a date is kept; None: it waits.
        more_time: Chance that they give more time to answer an offer if one asks; if
            not, the offer stands until *answer_by*.
        more_time_until: The last day to answer it then.
        lost_by_asking: Chance that asking for time ends the offer.
        moves_up: Chance that they have the next stage earlier if one asks.
        trial_weeks: In the first so many weeks of the job one could leave again; None:
            accepting is for good.
        leaving_again: What leaving again costs, hours.
        mutual_fit: Correlation of their view of the match with the candidate's.
        signals: What has been seen: readings, clues, or signs, by name or with their
            strength; and either/or facts that a stage will tell.
        position: Where it stands.

    Raises:
        InvalidFieldError: If a number is out of its range, there is no stage,
            two stages share a name, the position lies beyond the last stage, a signal
            is about another company or field, *researched* fits neither the position
            nor *unresearched*, or pay is stated twice.
    """

    name: str = attrs.field(converter=to_one_line, validator=check_name)
    stages: tuple[Stage, ...] = attrs.field(converter=to_stages, validator=check_stages)
    beliefs: Mapping[str, Belief] = attrs.field(
        factory=dict, converter=to_beliefs, validator=Entries(_BELIEF)
    )
    pay: Money | Pay | None = attrs.field(default=None, validator=optional(check_pay))
    company: str = attrs.field(default="", converter=to_one_line, validator=check_text)
    field: str = attrs.field(default="", converter=to_one_line, validator=check_text)
    tags: frozenset[str] = attrs.field(
        default=frozenset(), converter=to_tags, validator=check_names
    )
    relevance: Probability | None = attrs.field(
        default=None,
        converter=to_optional_float,
        validator=within("relevance"),
    )
    reach: Probability | None = attrs.field(
        default=None, converter=to_optional_float, validator=within("reach")
    )
    via_recruiter: bool = attrs.field(default=False, validator=check_flag)
    knows_someone: bool = attrs.field(default=False, validator=check_flag)
    unresearched: bool = attrs.field(default=False, validator=check_flag)
    researched: int | None = attrs.field(default=None)
    questions_asked: bool = attrs.field(default=False, validator=check_flag)
    hidden_role: Probability | None = attrs.field(
        default=None,
        converter=to_optional_float,
        validator=within("hidden_role"),
    )
    stays_open: Probability | None = attrs.field(
        default=None,
        converter=to_optional_float,
        validator=within("stays_open"),
    )
    mutual_fit: float | None = attrs.field(
        default=None, converter=to_optional_float, validator=within("mutual_fit")
    )
    next_on: date | None = attrs.field(default=None, converter=to_next_on)
    answer_by: date | None = attrs.field(default=None, converter=to_answer_by)
    gone_weekly: Probability | None = attrs.field(
        default=None, converter=to_optional_float, validator=within("gone_weekly")
    )
    more_time: Probability | None = attrs.field(
        default=None,
        converter=to_optional_float,
        validator=within("more_time"),
    )
    more_time_until: date | None = attrs.field(
        default=None, converter=to_more_time_until
    )
    lost_by_asking: Probability | None = attrs.field(
        default=None,
        converter=to_optional_float,
        validator=within("lost_by_asking"),
    )
    moves_up: Probability | None = attrs.field(
        default=None, converter=to_optional_float, validator=within("moves_up")
    )
    trial_weeks: float | None = attrs.field(
        default=None, converter=to_optional_float, validator=within("trial_weeks")
    )
    leaving_again: Worth | None = attrs.field(
        default=None, converter=to_optional_float, validator=within("leaving_again")
    )
    signals: tuple[Signal | Sign, ...] = attrs.field(default=(), converter=to_signals)
    position: Position = attrs.field(factory=Position)

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        """Refuse signals and a position that do not fit the rest."""
        where = "Opportunity.signals"
        words = "readings, clues, either/or facts or signs"
        kinds = (Reading, Clue, NamedSign, Either, Sign)
        check_signals(where, self.signals, kinds, words)
        facts = [signal for signal in self.signals if isinstance(signal, Either)]
        check_facts(facts, self.stages)
        scopes = Scope.OPPORTUNITY, Scope.COMPANY, Scope.FIELD
        names = dict(zip(scopes, (self.name, self.company, self.field), strict=True))
        for signal in self.signals:
            if isinstance(signal, Sign):
                continue
            name = names[signal.scope]
            if signal.about and canonical(signal.about) != canonical(name):
                expected = f"about the {signal.scope.value} {name!r}"
                remedy = "Put what you learned of others in Candidate.learned."
                raise InvalidFieldError(where, expected, signal.about, remedy)
        if self.pay is not None and "pay" in self.beliefs:
            remedy = "Drop it, or drop beliefs['pay']."
            expected = "the only word on pay"
            raise InvalidFieldError("Opportunity.pay", expected, str(self.pay), remedy)
        check_kind("Opportunity.position", self.position, Position)
        if self.position.stage >= len(self.stages):
            expected, number = (
                f"at one of the {number_of(len(self.stages), 'stage')}",
                self.position.stage,
            )
            remedy = "The first stage is 0."
            raise InvalidFieldError("Opportunity.position", expected, number, remedy)
        if self.researched is not None:
            self._check_researched(self.researched)
        self._check_dates()

    def _check_dates(self) -> None:
        """Refuse dates that do not fit each other or where the process stands.

        Raises:
            InvalidFieldError: If an offer or a process that is over has a next stage,
                or more time would end no later than the offer does.
        """
        phase, until = self.position.phase, self.more_time_until
        if self.next_on and phase in (Phase.OFFERED, Phase.REJECTED):
            expected = f"left out of a process that is {phase.value}"
            remedy = "An offer has answer_by instead."
            where = "Opportunity.next_on"
            raise InvalidFieldError(where, expected, str(self.next_on), remedy)
        if until and not (self.answer_by and self.answer_by < until):
            expected = f"a date after answer_by ({self.answer_by})"
            remedy = "It is the last day to answer if they give you more time."
            where = "Opportunity.more_time_until"
            raise InvalidFieldError(where, expected, str(until), remedy)

    def _check_researched(self, stage: object) -> None:
        """Refuse research that lies ahead, or that nobody is said to have done.

        Raises:
            InvalidFieldError: If it is no number of a stage that has come by now, or
                *unresearched* says the opposite.
        """
        where, latest = "Opportunity.researched", len(self.stages) - 1
        if self.position.phase in (Phase.BEFORE, Phase.MIDWAY):
            latest = self.position.stage
        if type(stage) is not int or not 0 <= stage <= latest:
            expected = f"the stage before which you looked things up, 0 to {latest}"
            raise InvalidFieldError(where, expected, stage, "The first stage is 0.")
        if self.unresearched:
            expected, remedy = (
                "left out while unresearched is true",
                "Drop one of them.",
            )
            raise InvalidFieldError(where, expected, stage, remedy)


@frozen(kw_only=True)
class Candidate:
    """Who decides: what they care for, and what else they have.

    Attributes:
        name: What to call them.
        priorities: How much each aspect counts; 1 if not named, 0 not at all.
        fallback: What they would otherwise have, percent of pay against the
            present job: 0 in a job they can keep, below 0 when out of work.
        fallback_from: From a date on, another one, percent of pay: when benefits end, a
            visa runs out or a notice period begins.
        day_cost: What every day of search costs, hours; 0 in a job they can keep.
        arrivals: Chance that a week of search brings an invitation to a new opening, of
            which nothing is known yet; 0: nothing more comes.
        search_weeks: For how many weeks they would go on searching.
        salary: What they earn now, before tax. Pay in money is compared with it, and
            values are shown in money beside hours.
        dealbreakers: Tags that rule a job out, whatever else it offers. Words are
            matched whatever their case and spaces.
        fields: Their own lines of work. A recruiter hardly minds the refusal of a job
            whose *field* is stated and is none of these; none named: all are theirs.
        contacts: Names of people they know already; to meet them is not new.
        weights: How much each term counts.
        activity: How actively they look, 0 to 1; scales networking.
        interviews_done: Interviews behind them, at least 0; practice wears off. The
            rounds passed in a process that still runs come on top by its position.
        interviews_ahead: Other processes still to come, at least 0.
        worth_ahead: What each of those is worth, hours.
        learned: Signals on companies and fields, from other processes: each says
            what it is *about*.

    Raises:
        InvalidFieldError: If a number is out of its range, or something in
            *learned* does not name the company or field it is about.

    >>> Candidate(priorities={"commute": 2}).weights.time
    1.0
    """

    name: str = field(default="", converter=to_one_line, validator=check_text)
    priorities: Mapping[str, Factor] = field(
        factory=dict,
        converter=to_float_mapping,
        validator=Entries(bounds("priorities.<aspect>")),
    )
    fallback: PercentOfPay = field(
        default=0.0, converter=to_float, validator=bounds("fallback")
    )
    fallback_from: Mapping[date, PercentOfPay] = field(
        factory=dict,
        converter=to_fallback_from,
        validator=EachNumber(bounds("fallback")),
    )
    day_cost: Worth = field(
        default=0.0, converter=to_float, validator=bounds("day_cost")
    )
    arrivals: Probability = field(
        default=0.0, converter=to_float, validator=bounds("arrivals")
    )
    search_weeks: float | None = field(
        default=None, converter=to_optional_float, validator=within("search_weeks")
    )
    salary: Money | None = field(default=None, validator=optional(check_salary))
    dealbreakers: frozenset[str] = field(
        default=frozenset(), converter=to_dealbreakers, validator=check_names
    )
    fields: frozenset[str] = field(
        default=frozenset(), converter=to_fields, validator=check_names
    )
    contacts: frozenset[str] = field(
        default=frozenset(), converter=to_contacts, validator=check_names
    )
    weights: Weights = field(factory=Weights, validator=instance_check(Weights))
    activity: Probability | None = field(
        default=None, converter=to_optional_float, validator=within("activity")
    )
    interviews_done: Factor | None = field(
        default=None,
        converter=to_optional_float,
        validator=within("interviews_done"),
    )
    interviews_ahead: Factor | None = field(
        default=None,
        converter=to_optional_float,
        validator=within("interviews_ahead"),
    )
    worth_ahead: Worth | None = field(
        default=None,
        converter=to_optional_float,
        validator=within("worth_ahead"),
    )
    learned: tuple[Signal, ...] = field(default=(), converter=to_learned)

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        """Refuse lessons that do not say which company or field they are about."""
        where = "Candidate.learned"
        words = "readings, clues, either/or facts or NamedSign(sign=..., about=...)"
        check_signals(where, self.learned, (Reading, Clue, NamedSign, Either), words)
        for signal in self.learned:
            if signal.scope is Scope.OPPORTUNITY or not signal.about:
                expected = "signals that name a company or field"
                remedy = "Set scope and about, or put it in Opportunity.signals."
                raise InvalidFieldError(where, expected, signal, remedy)
