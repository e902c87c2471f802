"""The nouns of the library: a candidate, their weights, an opportunity.

Only values live here: frozen, checked, with their units; no arithmetic. A field
left at None takes its number from ``priors`` when a decision is worked out, so
that a default can be moved in one place and drawn from its range.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

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
from interviewfit._model.fields import (
    MOST_ENTRIES,
    Check,
    Entries,
    canonical,
    check_flag,
    check_kind,
    check_names,
    instance_check,
    short_repr,
    to_float,
    to_float_mapping,
    to_mapping,
    to_name_set,
    to_one_line,
    to_optional_float,
    to_tuple,
)
from interviewfit._model.money import Money, Pay
from interviewfit._model.parameters import bounds
from interviewfit._model.pay_conversion import check_pay, check_salary
from interviewfit._model.signs import similar_sign
from interviewfit._model.stages import MOST_STAGES, Position, Stage
from interviewfit._model.units import (
    Attribute,
    Factor,
    PercentOfPay,
    Probability,
    Worth,
    check_name,
    check_text,
    member,
)
from interviewfit._model.vocabulary import Phase, Scope, Sign
from interviewfit.errors import InvalidFieldError


def _tags(value: Iterable[str]) -> frozenset[str]:
    return to_name_set(value, "Opportunity.tags")


def _dealbreakers(value: Iterable[str]) -> frozenset[str]:
    return to_name_set(value, "Candidate.dealbreakers")


def _fields(value: Iterable[str]) -> frozenset[str]:
    return to_name_set(value, "Candidate.fields")


def _contacts(value: Iterable[str]) -> frozenset[str]:
    return to_name_set(value, "Candidate.contacts")


def _stages(value: Iterable[Stage]) -> tuple[Stage, ...]:
    return to_tuple(value, "Opportunity.stages", "Stage(kind='hr_screen')")


def _signals(value: Iterable[Signal | Sign | str]) -> tuple[Signal | Sign, ...]:
    if isinstance(value, str):
        value = [value]
    return tuple(
        member(Sign, item, "Opportunity.signals", similar_sign)
        if isinstance(item, str)
        else item
        for item in to_tuple(value, "Opportunity.signals", "'bad_reviews'")
    )


def _learned(value: Iterable[Signal]) -> tuple[Signal, ...]:
    return to_tuple(value, "Candidate.learned", "Reading(...)")


def _beliefs(value: Mapping[str, Belief]) -> Mapping[str, Belief]:
    return to_mapping(value)


def _bounds(name: str) -> Check:
    return optional(bounds(name))


def _check_stages(
    _owner: object, _attribute: Attribute, value: tuple[Stage, ...]
) -> None:
    """Refuse too few or too many stages, and two of one name.

    Args:
        _owner, _attribute, value: The opportunity, its field and the stages that came
            for it, as attrs passes them to every validator.

    Raises:
        InvalidFieldError: If there is no stage or more than 50, an entry is no stage,
            or two stages share a name.
    """
    where = "Opportunity.stages"
    if not 1 <= len(value) <= MOST_STAGES:
        raise InvalidFieldError(
            where,
            f"between 1 and {MOST_STAGES} stages",
            value,
            "Name all up to the offer, as far as you know, such as "
            "Stage(kind='hr_screen') and Stage(kind='hiring_manager').",
        )
    for stage in value:
        if not isinstance(stage, Stage):
            raise InvalidFieldError(where, "of Stage values", stage)
    names = sorted(stage.name for stage in value if stage.name)
    for name, following in pairwise(names):
        if name == following:
            remedy = "Number them, or leave the names out."
            raise InvalidFieldError(where, "stages with different names", name, remedy)


def _check_signals(
    where: str, signals: tuple[object, ...], kinds: tuple[type, ...], words: str
) -> None:
    """Refuse too many signals, and what is no signal.

    Args:
        where, signals: The field, such as ``"Opportunity.signals"``, and what it holds.
        kinds: The classes that its entries may be of.
        words: What these are called, such as ``"readings and clues"``.

    Raises:
        InvalidFieldError: If there are more than 1,000, or an entry is no signal.
    """
    if len(signals) > MOST_ENTRIES:
        expected = f"at most {MOST_ENTRIES:,} signals"
        raise InvalidFieldError(where, expected, len(signals))
    for signal in signals:
        if not isinstance(signal, kinds):
            raise InvalidFieldError(where, f"of {words}", signal)


_WEIGHT = bounds("weights.<term>")
_BELIEF = instance_check(
    Belief, "Write Belief(mean=..., sd=...); money goes into Opportunity(pay=...)."
)


@frozen(kw_only=True)
class Weights:
    """How much each term counts, 1 as priced, 0 not at all; never negative.

    Attributes:
        offer: The job itself.
        networking: People met.
        practice: Getting better at interviews.
        hidden_role: Another opening at the same firm.
        referral: Goodwill from naming somebody better suited when leaving.
        time: One's hours. 2.3: an hour is worth 2.3 ordinary ones.
        bail: Harm from walking out in mid-interview.
        declining: Cost of turning down a recruiter one depends on.
        courtesy: Hours that interviewers spend.

    Raises:
        InvalidFieldError: If a weight is negative or not finite.
    """

    offer: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    networking: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    practice: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    hidden_role: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    referral: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    time: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    bail: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    declining: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    courtesy: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)

    __repr__ = short_repr


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
    stages: tuple[Stage, ...] = attrs.field(converter=_stages, validator=_check_stages)
    beliefs: Mapping[str, Belief] = attrs.field(
        factory=dict, converter=_beliefs, validator=Entries(_BELIEF)
    )
    pay: Money | Pay | None = attrs.field(default=None, validator=optional(check_pay))
    company: str = attrs.field(default="", converter=to_one_line, validator=check_text)
    field: str = attrs.field(default="", converter=to_one_line, validator=check_text)
    tags: frozenset[str] = attrs.field(
        default=frozenset(), converter=_tags, validator=check_names
    )
    relevance: Probability | None = attrs.field(
        default=None, converter=to_optional_float, validator=_bounds("relevance")
    )
    reach: Probability | None = attrs.field(
        default=None, converter=to_optional_float, validator=_bounds("reach")
    )
    via_recruiter: bool = attrs.field(default=False, validator=check_flag)
    knows_someone: bool = attrs.field(default=False, validator=check_flag)
    unresearched: bool = attrs.field(default=False, validator=check_flag)
    researched: int | None = attrs.field(default=None)
    questions_asked: bool = attrs.field(default=False, validator=check_flag)
    hidden_role: Probability | None = attrs.field(
        default=None, converter=to_optional_float, validator=_bounds("hidden_role")
    )
    stays_open: Probability | None = attrs.field(
        default=None, converter=to_optional_float, validator=_bounds("stays_open")
    )
    signals: tuple[Signal | Sign, ...] = attrs.field(default=(), converter=_signals)
    position: Position = attrs.field(factory=Position)

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        """Refuse signals and a position that do not fit the rest."""
        where = "Opportunity.signals"
        words = "readings, clues, either/or facts or signs"
        kinds = (Reading, Clue, NamedSign, Either, Sign)
        _check_signals(where, self.signals, kinds, words)
        facts = [signal for signal in self.signals if isinstance(signal, Either)]
        check_facts(facts, self.stages)
        names = {
            Scope.OPPORTUNITY: self.name,
            Scope.COMPANY: self.company,
            Scope.FIELD: self.field,
        }
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
                f"at one of the {len(self.stages)} stages",
                self.position.stage,
            )
            remedy = "The first stage is 0."
            raise InvalidFieldError("Opportunity.position", expected, number, remedy)
        if self.researched is not None:
            self._check_researched(self.researched)

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
    salary: Money | None = field(default=None, validator=optional(check_salary))
    dealbreakers: frozenset[str] = field(
        default=frozenset(), converter=_dealbreakers, validator=check_names
    )
    fields: frozenset[str] = field(
        default=frozenset(), converter=_fields, validator=check_names
    )
    contacts: frozenset[str] = field(
        default=frozenset(), converter=_contacts, validator=check_names
    )
    weights: Weights = field(factory=Weights, validator=instance_check(Weights))
    activity: Probability | None = field(
        default=None, converter=to_optional_float, validator=_bounds("activity")
    )
    interviews_done: Factor | None = field(
        default=None, converter=to_optional_float, validator=_bounds("interviews_done")
    )
    interviews_ahead: Factor | None = field(
        default=None, converter=to_optional_float, validator=_bounds("interviews_ahead")
    )
    worth_ahead: Worth | None = field(
        default=None, converter=to_optional_float, validator=_bounds("worth_ahead")
    )
    learned: tuple[Signal, ...] = field(default=(), converter=_learned)

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        """Refuse lessons that do not say which company or field they are about."""
        where = "Candidate.learned"
        words = "readings, clues or NamedSign(sign=..., about=...)"
        _check_signals(where, self.learned, (Reading, Clue, NamedSign), words)
        for signal in self.learned:
            if signal.scope is Scope.OPPORTUNITY or not signal.about:
                expected = "signals that name a company or field"
                remedy = "Set scope and about, or put it in Opportunity.signals."
                raise InvalidFieldError(where, expected, signal, remedy)
