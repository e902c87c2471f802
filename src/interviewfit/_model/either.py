"""A fact that holds or does not, and that one of the stages will tell."""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import cast

from attrs import field, frozen

from interviewfit._model.fields import (
    canonical,
    check_aspect,
    short_repr,
    to_float,
    to_one_line,
)
from interviewfit._model.parameters import bounds
from interviewfit._model.stages import Stage
from interviewfit._model.units import (
    Attribute,
    Between,
    PercentOfPay,
    Probability,
    check_text,
    refusal,
)
from interviewfit._model.vocabulary import Action, Scope
from interviewfit.errors import InvalidFieldError

VARIED: ContextVar[bool] = ContextVar("varied", default=False)
"""Whether numbers are being varied, so that both outcomes may meet on the way."""

MOST_FACTS = 5
"""Facts that one opportunity may state: the solver goes through all combinations."""


def _bounds(name: str) -> Between:
    return bounds(f"signals[<number>].{name}")


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
    behind, or nothing is left to look up, nobody has told it, and it stays open.

    Attributes:
        aspect: What it bears on, such as ``"commute"``.
        chance: That it holds, 0 to 1.
        if_so: What it is worth if it holds, percent of pay.
        if_not: What it is worth if not, likewise; another number.
        told_by: The stage that tells it: its name, its kind or its number from 0; of
            several the first. ``"investigate"``: looking it up does.
        note: The fact in a few words, as it should read, such as ``"remote"``.

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
    note: str = field(default="", converter=to_one_line, validator=check_text)

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        """Refuse a fact that makes no difference."""
        if self.if_so == self.if_not and not VARIED.get():
            remedy = "Write Belief(mean=..., sd=...) if it makes no difference."
            expected = "other than if_so"
            raise InvalidFieldError("Either.if_not", expected, self.if_not, remedy)

    @property
    def scope(self) -> Scope:
        """It is a fact of the job alone."""
        return Scope.OPPORTUNITY

    @property
    def about(self) -> str:
        """Nothing else."""
        return ""

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
