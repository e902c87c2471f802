"""Units, and the checks that keep numbers inside them.

Worth is priced in hours of the candidate's own ordinary time; aspects of a job are
measured in percent of pay against what the candidate would otherwise have. An
annotation carries its unit, so that tables of answers can state it in their headings.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from math import isfinite
from typing import Annotated, Any, TypeAlias, TypeVar

import attrs
from attrs import frozen

from interviewfit.errors import InvalidFieldError

Probability: TypeAlias = Annotated[float, "probability"]
"""A chance, 0 to 1."""

Hours: TypeAlias = Annotated[float, "hours"]
"""Candidate time, in hours, at least 0."""

Days: TypeAlias = Annotated[float, "days"]
"""Calendar time, in days, at least 0."""

Worth: TypeAlias = Annotated[float, "hours"]
"""Worth to the candidate; one unit is one ordinary hour of their time."""

PercentOfPay: TypeAlias = Annotated[float, "percent"]
"""Worth of an aspect a year, in percent of pay; below 0: would pay to avoid it."""

Factor: TypeAlias = Annotated[float, "factor"]
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
_CERTAIN_DIGITS = 7
"""Beyond those that are shown; the ones after them may be rounding errors."""


def rounded(value: float, digits: int = 0) -> float:
    """A number as it is shown, the same on every machine.

    What lies in the middle between two numbers that can be shown would otherwise
    become one or the other by its last bits, which differ between versions of NumPy
    and between processors. It is never -0.

    Args:
        value: In any unit.
        digits: How many are kept after the point; below 0, so many zeros before it.

    >>> rounded(0.25 + 1e-15, 1), rounded(0.25 - 1e-15, 1), rounded(-0.01, 1)
    (0.2, 0.2, 0.0)
    """
    return round(round(value, digits + _CERTAIN_DIGITS), digits) + 0.0


def refusal(
    owner: object, attribute: Attribute, expected: str, value: object, remedy: str = ""
) -> InvalidFieldError:
    """The error that a field holds a wrong value, for the caller to raise.

    Args:
        owner, attribute: The record, whose class is named, and the field of attrs.
        expected: What would have been right, such as ``"a number above 0"``.
        value: What came.
        remedy: What to do, a sentence; may be empty.
    """
    where = f"{type(owner).__name__}.{attribute.name}"
    return InvalidFieldError(where, expected, value, remedy)


_LONGEST_NUMBER = 40
_WRITTEN_NUMBER = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:[.,]\d+)?")


@frozen(eq=False)
class Between:
    """A validator for a finite number in a range.

    Attributes:
        low: The smallest number that passes.
        high: The largest.
        remedy: What to do with what cannot be meant, a sentence; may be empty.
    """

    low: float
    high: float
    remedy: str = ""

    def __call__(self, owner: object, attribute: Attribute, value: float) -> None:
        """Pass a number in the range, and refuse any other value.

        Args:
            owner, attribute, value: The record, field and what came, as attrs has it.

        Raises:
            InvalidFieldError: If it is no number in the range. A probability of 60 is
                answered with a hint to write 0.6.
        """
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        is_number = is_number and (isinstance(value, int) or isfinite(value))
        if is_number and self.low <= value <= self.high:
            return
        # Of a small number in a range around 0 there is nothing to say.
        is_small = is_number and abs(value) <= self.high and self.low <= 0.0
        remedy = "" if is_small or isinstance(value, bool) else self.remedy
        if isinstance(value, str) and (_is_number_text(value) or not remedy):
            remedy = number_remedy(value)
        elif value is None:
            remedy = "Leave the field out to use its default."
        elif isinstance(value, float) and not is_number:
            remedy = "Leave out what is not known; unknown is never guessed."
        expected = f"a number between {self.low:,.10g} and {self.high:,.10g}"
        if (self.low, self.high) == (0.0, 1.0):
            expected = "a probability between 0 and 1"
            if is_number and 1 < value <= 100:
                remedy = f"For {value:g} %, write {value / 100:g}."
        elif self.low > 0.0 and not (is_number and value > 0.0):
            expected = "a number above 0"
        raise refusal(owner, attribute, expected, value, remedy)


def number_remedy(text: str) -> str:
    """What number to write for a text, as a sentence; empty for what is no text.

    >>> number_remedy("12"), number_remedy("60 %"), number_remedy("high")
    ('Write 12, without quotes.', 'Write the number alone, such as 60 or 0.6.', \
'Write a number, such as 1.5, without quotes.')
    """
    bare = text.strip()
    if match := _WRITTEN_NUMBER.fullmatch(bare):
        has_group = re.search(r",\d{3}(?!\d)", bare)
        plain = match[0].replace(",", "" if has_group else ".").lstrip("+")
        return f"Write {plain}, without quotes."
    if len(bare) < _LONGEST_NUMBER and re.fullmatch(r"-?\d+(?:\.\d+)?\s*%", bare):
        percent = bare.rstrip("% ")
        return f"Write the number alone, such as {percent} or {float(percent) / 100:g}."
    if (match := _WRITTEN_NUMBER.match(bare)) and len(bare) < _LONGEST_NUMBER:
        return f"Write the number alone, such as {match[0]}, without quotes."
    return "Write a number, such as 1.5, without quotes."


def _is_number_text(text: str) -> bool:
    """Whether a text is a number and nothing else."""
    try:
        float(text[:50])
    except ValueError:
        return False
    return True


def check_text(owner: object, attribute: Attribute, value: object) -> None:
    """Pass text of reasonable length, possibly empty.

    Args:
        owner, attribute, value: The record, field and what came, as attrs has it.

    Raises:
        InvalidFieldError: If it is not text, longer than 1,000 characters, or holds
            half of a pair of surrogates, which no file can hold.
    """
    if not isinstance(value, str):
        raise refusal(owner, attribute, "text", value, "Put it in quotes.")
    if len(value) > LONGEST_TEXT:
        expected = f"at most {LONGEST_TEXT:,} characters"
        raise refusal(owner, attribute, expected, value, f"It has {len(value):,}.")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise refusal(owner, attribute, "text that can be written down", value)


def check_name(owner: object, attribute: Attribute, value: object) -> None:
    """Pass text that is not empty.

    Args:
        owner, attribute, value: The record, its field and what came for it, as attrs
            passes them to every validator.

    Raises:
        InvalidFieldError: If it is empty, or is no text that ``check_text`` passes;
            it names the field.
    """
    check_text(owner, attribute, value)
    if not value:
        raise refusal(owner, attribute, "a name", value, "Say what it is.")


_MOST_LISTED = 15
"""Words of a closed list that an error names."""


def member(
    kind: type[Kind],
    value: Kind | str,
    where: str = "",
    similar: Callable[[str], str] | None = None,
) -> Kind:
    """The member of an enum by its value.

    Args:
        kind: The enum, whose members all have text for their value.
        value: A member, or the text of its value.
        where: The field or argument, for an error; the enum's name by default.
        similar: The text that another one is likely to be meant for, empty if unclear;
            None for the nearest spelling.

    Raises:
        InvalidFieldError: If there is none; the nearest name is suggested.
    """
    try:
        return kind(value)
    except ValueError:
        from difflib import get_close_matches

        names = [item.value for item in kind]
        nearest = get_close_matches(str(value)[:50], names, n=1)
        meant = "".join(nearest) if similar is None else similar(str(value))
        remedy = f"Did you mean {meant!r}?" if meant else ""
        listed = names if len(names) <= _MOST_LISTED else [*names[:_MOST_LISTED], "..."]
        raise InvalidFieldError(
            where or kind.__name__, f"one of {', '.join(listed)}", value, remedy
        ) from None


def number_of(count: int | str, noun: str) -> str:
    """A number with its noun in the right form.

    Args:
        count: How many; a text is a number as it is shown.
        noun: Of what, in the singular.

    >>> number_of(1, "process"), number_of(1200, "row"), number_of("0.5", "day")
    ('1 process', '1,200 rows', '0.5 days')
    """
    shown = count if isinstance(count, str) else f"{count:,}"
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{shown} {noun if shown == '1' else plural}"
