"""Dates as every field and argument takes them: ISO 8601, and nothing local.

A day stands as it was written: its time and zone are dropped and not converted.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

from interviewfit._model.fields import MOST_ENTRIES, Check, to_float
from interviewfit._model.frozen_dict import FrozenDict
from interviewfit._model.units import Attribute, PercentOfPay
from interviewfit.errors import InvalidFieldError

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)
"""A date in a job search that is outside these is a slip of the pen."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_iso_date(text: str) -> date | None:
    """The date that a text such as "2025-05-14" states; None if it states none.

    >>> parse_iso_date("2025-05-14"), parse_iso_date("20250514")
    (datetime.date(2025, 5, 14), None)
    """
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def to_date(value: date | str, where: str) -> date:
    """A date between 1990 and 2100, from a date, a datetime or text of ISO 8601.

    Args:
        value: Such as ``date(2025, 5, 14)`` or ``"2025-05-14"``.
        where: The field or argument that it is for, for the error.

    Raises:
        InvalidFieldError: If *value* is no date, or one before 1990 or after 2100.
    """
    day: object = parse_iso_date(value) if isinstance(value, str) else value
    if isinstance(day, datetime):
        day = day.date()
    if not isinstance(day, date) or not FIRST_DAY <= day <= LAST_DAY:
        expected = f"a date between {FIRST_DAY} and {LAST_DAY}"
        raise InvalidFieldError(where, expected, value, "Write it as 2025-05-14.")
    return day


def to_optional_date(value: date | str | None, where: str) -> date | None:
    """A date as ``to_date`` takes it; None stays None.

    Args:
        value, where: What came, and the field or argument that it is for.

    Raises:
        InvalidFieldError: As ``to_date``.
    """
    return None if value is None else to_date(value, where)


def to_date_mapping(
    value: Mapping[date, PercentOfPay] | Mapping[str, PercentOfPay], where: str
) -> Mapping[date, PercentOfPay]:
    """A mapping from dates to numbers, by date; nobody can change it.

    Args:
        value, where: What came, and the field that it is for.

    Raises:
        InvalidFieldError: If it is no mapping, has more than 1,000 dates, or a key is
            no date.
    """
    if not isinstance(value, Mapping) or len(value) > MOST_ENTRIES:
        expected = f"a mapping of at most {MOST_ENTRIES:,} dates"
        remedy = "Write {'2027-03-01': -20}."
        raise InvalidFieldError(where, expected, value, remedy)
    days = {to_date(day, where): to_float(number) for day, number in value.items()}
    return FrozenDict(dict(sorted(days.items())))


class EachNumber:
    """A validator for the numbers of a mapping from dates.

    Attributes:
        check: What each number must pass.
    """

    def __init__(self, check: Check) -> None:
        self.check = check

    def __call__(
        self, owner: object, attribute: Attribute, value: Mapping[date, PercentOfPay]
    ) -> None:
        """Pass a mapping of which every number passes.

        Args:
            owner, attribute, value: The record, field and what came, as attrs has it.

        Raises:
            InvalidFieldError: If a number does not pass.
        """
        for day, number in value.items():
            named = attribute.evolve(name=f"{attribute.name}[{day}]")
            self.check(owner, named, number)
