"""Units, and the checks that keep numbers inside them.

Worth is priced in hours of the candidate's own ordinary time, so cost and gain
subtract with no conversion. Aspects of a job are measured in percent of pay
against what the candidate would otherwise have.
"""

from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from typing import Any, TypeAlias, TypeVar

import attrs
from attrs import frozen

from interviewfit.errors import InvalidFieldError

__all__ = [
    "LARGEST",
    "LEAST_FACTOR",
    "LEAST_NOISE",
    "Between",
    "Days",
    "Factor",
    "Hours",
    "PercentOfPay",
    "Probability",
    "Worth",
    "check_name",
    "check_text",
    "member",
]

Probability: TypeAlias = float
"""A chance, 0 to 1."""

Hours: TypeAlias = float
"""Candidate time, in hours, at least 0."""

Days: TypeAlias = float
"""Calendar time, in days, at least 0."""

Worth: TypeAlias = float
"""Worth to the candidate; one unit is one ordinary hour of their time."""

PercentOfPay: TypeAlias = float
"""Worth of an aspect a year, in percent of pay; below 0: would pay to avoid it."""

Factor: TypeAlias = float
"""A multiplier, at least 0."""

Attribute: TypeAlias = "attrs.Attribute[Any]"

Kind = TypeVar("Kind", bound=StrEnum)

LARGEST = 1e6
"""The largest number of hours, percent or anything else that is taken.

Beyond it a number is a slip of the pen, and loses digits against the others.
"""

LEAST_FACTOR = 1e-6
"""A clue that says more than this against an event is a slip of the pen."""

LEAST_NOISE = 1e-6
"""No reading is sharper than this, percent of pay."""

LONGEST_TEXT = 1_000
"""Characters in a name or a note; more is a file in the wrong place."""


def _fail(
    owner: object, attribute: Attribute, expected: str, value: object, remedy: str = ""
) -> InvalidFieldError:
    """The error that a field holds a wrong value.

    Args:
        owner: The record that has it.
        attribute: The field.
        expected: What would have been right.
        value: What came.
        remedy: What to do, a sentence; may be empty.
    """
    where = f"{type(owner).__name__}.{attribute.name}"
    return InvalidFieldError(where, expected, value, remedy)


def _is_number(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and (isinstance(value, int) or isfinite(value))
    )


@frozen(eq=False)
class Between:
    """A validator for a finite number in a range.

    Attributes:
        low: The smallest number that passes.
        high: The largest.
    """

    low: float
    high: float

    def __call__(self, owner: object, attribute: Attribute, value: float) -> None:
        """Pass a number in the range, and refuse any other value.

        Args:
            owner: The record that the number belongs to.
            attribute: Its field there.
            value: The number.

        Raises:
            InvalidFieldError: If it is no number in the range. A probability of 60 is
                answered with a hint to write 0.6.
        """
        if _is_number(value) and self.low <= value <= self.high:
            return
        remedy = _hint(value)
        expected = f"a number between {self.low:,.10g} and {self.high:,.10g}"
        if (self.low, self.high) == (0.0, 1.0):
            expected = "a probability between 0 and 1"
            if _is_number(value) and 1 < value <= 100:
                remedy = f"For {value:g} %, write {value / 100:g}."
        elif self.low > 0.0 and not (_is_number(value) and value > 0.0):
            expected = "a number above 0"
        raise _fail(owner, attribute, expected, value, remedy)


def check_text(owner: object, attribute: Attribute, value: object) -> None:
    """Pass text of reasonable length, possibly empty.

    Args:
        owner: The record that has it.
        attribute: The field.
        value: What came.

    Raises:
        InvalidFieldError: If it is not text, or longer than 1,000 characters.
    """
    if not isinstance(value, str):
        raise _fail(owner, attribute, "text", value, "Put it in quotes.")
    if len(value) > LONGEST_TEXT:
        expected = f"at most {LONGEST_TEXT:,} characters"
        raise _fail(owner, attribute, expected, value, f"It has {len(value):,}.")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _fail(owner, attribute, "text that can be written down", value)


def check_name(owner: object, attribute: Attribute, value: object) -> None:
    """Pass text that is not empty.

    Args:
        owner: The record that has it.
        attribute: The field.
        value: What came.

    Raises:
        InvalidFieldError: If it is empty, not text, or too long.
    """
    check_text(owner, attribute, value)
    if not value:
        raise _fail(owner, attribute, "a name", value, "Say what it is.")


def member(kind: type[Kind], value: Kind | str, where: str = "") -> Kind:
    """The member of an enum by its value.

    Args:
        kind: The enum.
        value: A member, or the text of its value.
        where: The field or argument, for an error.

    Raises:
        InvalidFieldError: If there is none; the nearest name is suggested.
    """
    try:
        return kind(value)
    except ValueError:
        names = [item.value for item in kind]
        similar = get_close_matches(str(value)[:50], names, n=1)
        remedy = f"Did you mean {similar[0]!r}?" if similar else ""
        raise InvalidFieldError(
            where or kind.__name__, f"one of {', '.join(names)}", value, remedy
        ) from None


def _hint(value: object) -> str:
    if isinstance(value, str):
        return "Write the number without quotes."
    if value is None:
        return "Leave the field out to use its default."
    if isinstance(value, float) and not isfinite(value):
        return "Leave out what is not known; unknown is never guessed."
    return ""
