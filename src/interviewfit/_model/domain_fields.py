"""What the fields of an opportunity and a candidate take, and what they refuse."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from attrs.validators import optional

from interviewfit._model.beliefs import (
    Belief,
    Signal,
)
from interviewfit._model.dates import to_date_mapping, to_optional_date
from interviewfit._model.fields import (
    MOST_ENTRIES,
    Check,
    to_mapping,
    to_name_set,
    to_tuple,
)
from interviewfit._model.parameters import bounds
from interviewfit._model.signs import similar_sign
from interviewfit._model.stages import MOST_STAGES, Stage
from interviewfit._model.units import (
    Attribute,
    PercentOfPay,
    member,
)
from interviewfit._model.vocabulary import Sign
from interviewfit.errors import InvalidFieldError


def to_tags(value: Iterable[str]) -> frozenset[str]:
    return to_name_set(value, "Opportunity.tags")


def to_dealbreakers(value: Iterable[str]) -> frozenset[str]:
    return to_name_set(value, "Candidate.dealbreakers")


def to_fields(value: Iterable[str]) -> frozenset[str]:
    return to_name_set(value, "Candidate.fields")


def to_contacts(value: Iterable[str]) -> frozenset[str]:
    return to_name_set(value, "Candidate.contacts")


def to_stages(value: Iterable[Stage]) -> tuple[Stage, ...]:
    return to_tuple(value, "Opportunity.stages", "Stage(kind='hr_screen')")


def to_signals(value: Iterable[Signal | Sign | str]) -> tuple[Signal | Sign, ...]:
    if isinstance(value, str):
        value = [value]
    return tuple(
        member(Sign, item, "Opportunity.signals", similar_sign)
        if isinstance(item, str)
        else item
        for item in to_tuple(value, "Opportunity.signals", "'bad_reviews'")
    )


def to_learned(value: Iterable[Signal]) -> tuple[Signal, ...]:
    return to_tuple(value, "Candidate.learned", "Reading(...)")


def to_beliefs(value: Mapping[str, Belief]) -> Mapping[str, Belief]:
    return to_mapping(value)


def to_next_on(value: date | str | None) -> date | None:
    return to_optional_date(value, "Opportunity.next_on")


def to_answer_by(value: date | str | None) -> date | None:
    return to_optional_date(value, "Opportunity.answer_by")


def to_more_time_until(value: date | str | None) -> date | None:
    return to_optional_date(value, "Opportunity.more_time_until")


def to_fallback_from(
    value: Mapping[date, PercentOfPay] | Mapping[str, PercentOfPay],
) -> Mapping[date, PercentOfPay]:
    return to_date_mapping(value, "Candidate.fallback_from")


def within(name: str) -> Check:
    return optional(bounds(name))


def check_stages(
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


def check_signals(
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
