"""What is believed of a job, and what was seen of it.

A *belief* is a normal distribution over one aspect. A *reading* is a noisy look
at an aspect; a *clue* is evidence on an event; a *named sign* is a sign of the
catalogue with its strength; a fact that is *either* so or not will be told.
``signals`` does the arithmetic.
"""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import TypeAlias, cast

from attrs import Factory, field, frozen

from interviewfit._model.fields import (
    canonical,
    check_aspect,
    short_repr,
    to_float,
    to_one_line,
)
from interviewfit._model.parameters import bounds
from interviewfit._model.signs import SIGNS, similar_sign
from interviewfit._model.stages import Stage
from interviewfit._model.units import (
    Attribute,
    Between,
    Factor,
    PercentOfPay,
    Probability,
    check_text,
    member,
    refusal,
)
from interviewfit._model.vocabulary import Action, Event, Scope, Sign, Strength, When
from interviewfit.errors import InvalidFieldError

VARIED: ContextVar[bool] = ContextVar("varied", default=False)
"""Whether numbers are being varied, so that both outcomes may meet on the way."""

MOST_FACTS = 5
"""Facts that one opportunity may state: the solver goes through all combinations."""


def _scope(value: Scope | str) -> Scope:
    return member(Scope, value, "Signal.scope")


def _event(value: Event | str) -> Event:
    return member(Event, value, "Clue.event")


def _when(value: When | str) -> When:
    return member(When, value, "when")


def _sign(value: Sign | str) -> Sign:
    return member(Sign, value, "NamedSign.sign", similar_sign)


def _strength(value: Strength | Factor | str) -> Strength | Factor:
    if isinstance(value, str):
        return member(Strength, value, "NamedSign.strength")
    return to_float(value)


@frozen(eq=False)
class _WordOr:
    """A validator for a strength: a word, or a factor that passes *validator*."""

    validator: Between

    def __call__(
        self, owner: object, attribute: Attribute, value: Strength | Factor
    ) -> None:
        """Pass a word, or a factor within its bounds.

        Args:
            owner, attribute, value: The record, field and what came, as attrs has it.

        Raises:
            InvalidFieldError: If it is a number out of bounds, or no number.
        """
        if not isinstance(value, Strength):
            self.validator(owner, attribute, value)


def _bounds(name: str) -> Between:
    return bounds(f"signals[<number>].{name}")


@frozen(kw_only=True)
class Belief:
    """What is believed of one aspect: a normal distribution.

    Attributes:
        mean: Most likely worth, percent of pay against the present job.
        sd: Standard deviation in the same unit, at least 0, as one would state
            it. People's intervals are too narrow, so it is widened in use, but never
            beyond what would be unknown if nobody said anything.
        when: ``now``, or ``before`` if the rounds behind have come since and narrowed
            it, as they narrow what nobody speaks of.

    Raises:
        InvalidFieldError: If a number is not finite, *sd* is below 0, or *when* is no
            word of ``When``.

    >>> Belief(mean=5, sd=8)
    Belief(mean=5.0, sd=8.0)
    """

    mean: PercentOfPay = field(converter=to_float, validator=bounds("<aspect>.mean"))
    sd: PercentOfPay = field(converter=to_float, validator=bounds("<aspect>.sd"))
    when: When = field(default=When.NOW, converter=_when)

    __repr__ = short_repr


@frozen(kw_only=True)
class Reading:
    """A noisy look at one aspect of a job, first or second hand.

    Attributes:
        aspect: What was seen, such as ``"culture"``; any name but a known one misspelt.
        value: What it says, percent of pay against the present job.
        noise: Standard deviation of its error, percent of pay, above 0.
        unsettled: Likewise of news that only waiting will tell, percent of pay.
        scope: How far it carries.
        about: The company or field meant; empty for the opportunity's own.
        note: Where it came from, as it should read in an explanation.
        when: ``before`` if the rounds behind have narrowed since what it leaves open;
            ``now`` if it tells what those rounds have shown.

    Raises:
        InvalidFieldError: If a number is out of its range, or *aspect* is empty or a
            known one misspelt.

    >>> Reading(aspect="culture", value=-10, noise=20, note="heard").noise
    20.0
    """

    aspect: str = field(converter=to_one_line, validator=check_aspect)
    value: PercentOfPay = field(converter=to_float, validator=_bounds("value"))
    noise: PercentOfPay = field(converter=to_float, validator=_bounds("noise"))
    unsettled: PercentOfPay = field(
        default=0.0, converter=to_float, validator=_bounds("unsettled")
    )
    scope: Scope = field(default=Scope.OPPORTUNITY, converter=_scope)
    about: str = field(default="", converter=to_one_line, validator=check_text)
    note: str = field(default="", converter=to_one_line, validator=check_text)
    when: When = field(default=When.BEFORE, converter=_when)

    __repr__ = short_repr


@frozen(kw_only=True)
class Clue:
    """Evidence on an event: a Bayes factor that multiplies its odds.

    Attributes:
        event: What it is evidence of.
        factor: How many times likelier the clue is if the event holds, above 0.
        scope: How far it carries.
        about: The company or field meant; empty for the opportunity's own.
        note: Where it came from, as it should read in an explanation.

    Raises:
        InvalidFieldError: If *factor* is not a number above 0.

    >>> Clue(event=Event.PASSED_ON, factor=2).factor
    2.0
    """

    event: Event = field(converter=_event)
    factor: Factor = field(converter=to_float, validator=_bounds("factor"))
    scope: Scope = field(default=Scope.OPPORTUNITY, converter=_scope)
    about: str = field(default="", converter=to_one_line, validator=check_text)
    note: str = field(default="", converter=to_one_line, validator=check_text)

    __repr__ = short_repr


@frozen(kw_only=True)
class NamedSign:
    """A sign of the catalogue, with how strong it is and who says so.

    The same sign from the same source counts once, at the greater strength; from
    another source it counts again.

    Attributes:
        sign: What was noticed, such as ``"bad_reviews"``.
        strength: ``"mild"``, ``"plain"`` or ``"strong"``, or a factor: 2 moves beliefs
            twice as far and squares the factor of odds, 0 says nothing.
        source: Who says it or where it was seen; empty for the usual one.
        scope: How far it carries; that of the catalogue if left out.
        about: The company or field meant; empty for the opportunity's own.
        note: Where it came from, as it should read in an explanation.
        when: ``before`` if the rounds behind have narrowed since what it leaves open;
            ``now`` if it tells what those rounds have shown.

    Raises:
        InvalidFieldError: If there is no such sign, or *strength* is neither a word
            nor a number from 0 to 5.

    >>> NamedSign(sign="bad_reviews", strength="strong").scope.value
    'company'
    """

    sign: Sign = field(converter=_sign)
    strength: Strength | Factor = field(
        default=Strength.PLAIN,
        converter=_strength,
        validator=_WordOr(_bounds("strength")),
    )
    source: str = field(default="", converter=to_one_line, validator=check_text)
    scope: Scope = field(
        default=Factory(lambda named: SIGNS[named.sign].scope, takes_self=True),
        converter=_scope,
    )
    about: str = field(default="", converter=to_one_line, validator=check_text)
    note: str = field(default="", converter=to_one_line, validator=check_text)
    when: When = field(default=When.BEFORE, converter=_when)

    __repr__ = short_repr


def _stage(value: str | int) -> str:
    return str(value) if type(value) is int else to_one_line(cast(str, value))


def _check_stage(owner: object, attribute: Attribute, value: str) -> None:
    """Pass the name of a stage, or its number.

    Args:
        owner, attribute, value: The record, field and what came, as attrs has it.

    Raises:
        InvalidFieldError: If it is empty, or no text.
    """
    check_text(owner, attribute, value)
    if not value:
        expected = "a stage by its name, kind or number"
        remedy = "Write told_by='hiring_manager', or 0 for the first stage."
        raise refusal(owner, attribute, expected, value, remedy)


@frozen(kw_only=True)
class Either:
    """A fact that holds or does not: remote or not, a visa sponsored or not.

    It comes on top of the belief on its aspect. Until its stage tells it, its
    expectation counts; the stage tells it for sure, by its end. If that stage lies
    behind, or nothing is left to look up, nobody has told it, and it stays open until
    questions about an offer tell it for sure (``ask_first``).

    Attributes:
        aspect: What it bears on, such as ``"commute"``.
        chance: That it holds, 0 to 1.
        if_so: What it is worth if it holds, percent of pay.
        if_not: What it is worth if not, likewise; another number.
        told_by: The stage that tells it: its name, its kind or its number from 0; of
            several the first. ``"investigate"``: looking it up does.
        scope: How far it carries. Of a company or field it bears on every opportunity
            there; the stage of the same name or kind tells it there as well.
        about: The company or field meant; empty for the opportunity's own.
        note: The fact in a few words, as it should read, such as ``"remote"``. Facts of
            one company on the same aspect with the same note are one fact.

    Raises:
        InvalidFieldError: If a number is out of its range, both outcomes are worth the
            same, or *told_by* is no name and no number.

    >>> Either(aspect="commute", chance=0.6, if_so=8, if_not=0, told_by="hr_screen")
    Either(aspect='commute', chance=0.6, if_so=8.0, if_not=0.0, told_by='hr_screen')
    """

    aspect: str = field(converter=to_one_line, validator=check_aspect)
    chance: Probability = field(converter=to_float, validator=_bounds("chance"))
    if_so: PercentOfPay = field(converter=to_float, validator=_bounds("if_so"))
    if_not: PercentOfPay = field(converter=to_float, validator=_bounds("if_not"))
    told_by: str = field(converter=_stage, validator=_check_stage)
    scope: Scope = field(default=Scope.OPPORTUNITY, converter=_scope)
    about: str = field(default="", converter=to_one_line, validator=check_text)
    note: str = field(default="", converter=to_one_line, validator=check_text)

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        """Refuse a fact that makes no difference."""
        if self.if_so == self.if_not and not VARIED.get():
            remedy = "Write Belief(mean=..., sd=...) if it makes no difference."
            expected = "other than if_so"
            raise InvalidFieldError("Either.if_not", expected, self.if_not, remedy)

    def stage_among(self, stages: Sequence[Stage]) -> int | None:
        """The number of the stage that tells it: -1 for looking it up, None for none.

        A name goes before a kind, and a kind before a number.
        """
        words = canonical(self.told_by).replace("_", " ")
        names = [canonical(stage.title).replace("_", " ") for stage in stages]
        kinds = [stage.kind.value.replace("_", " ") for stage in stages]
        numbers = [str(number) for number in range(len(stages))]
        for candidates in (names, kinds, numbers):
            if words in candidates:
                return candidates.index(words)
        return -1 if words == Action.INVESTIGATE else None


def check_facts(facts: Sequence[Either], stages: Sequence[Stage]) -> None:
    """Refuse facts that nobody tells, and too many.

    Args:
        facts: Of one opportunity.
        stages: Its stages.

    Raises:
        InvalidFieldError: If a fact is told by no stage, or there are more than five.
    """
    if len(facts) > MOST_FACTS:
        expected = f"at most {MOST_FACTS} either/or facts"
        remedy = "Put those that matter least into beliefs."
        raise InvalidFieldError("Opportunity.signals", expected, len(facts), remedy)
    names = ", ".join(repr(stage.title) for stage in stages)
    for fact in facts:
        if fact.stage_among(stages) is None:
            expected = f"one of the stages of this process, {names}"
            remedy = "Name the stage that will tell it, or state a belief instead."
            raise InvalidFieldError("Either.told_by", expected, fact.told_by, remedy)


Signal: TypeAlias = Reading | Clue | NamedSign | Either
"""One observed thing, or one that will be told."""
