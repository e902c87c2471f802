"""Dates, as ISO 8601 has them, as the epoch of a computer, and as people write them.

* ISO 8601: four digits, a hyphen, two digits, a hyphen, two digits, and nothing else.
  Where a *timestamp* is read, a time may follow after "T" or a space.
* Epoch: seconds since 1970 in UTC, or milliseconds where the number is too large.
* Locally: "14.05.2025", "5/14/2025", "May 14, 2025". Whether 4/5/2025 is in April or in
  May is settled by the other dates of the same file, or by the caller, or not at all.

A day stands as it was written: its time and zone are dropped and not converted.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from interviewfit.errors import InvalidFieldError

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)
"""A date in a job search that is outside these is a slip of the pen."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EPOCH = re.compile(r"[0-9]{9,14}(?:\.[0-9]*)?")
_FIRST_SECOND, _FIRST_MILLISECOND, _END_OF_EPOCH = 1e8, 1e11, 1e14
"""From 1e11 on an epoch counts milliseconds, because as seconds 1e11 is the year 5138.
Below 1e8 (the year 1973) a number is no date at all.
"""

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_MONTH_NAMED = re.compile(
    r"(?:[a-z]+,? +)?(?:(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3,9})\.?"
    r"|([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?),?[ -]+(\d{4})(?!\d)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun",
           "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
_LONGEST_DATE = 40


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


def timestamp_date(value: object) -> date | None:
    """The date of a timestamp: a date, ISO text with or without a time, or an epoch.

    It is taken as the source writes it, in its own time zone; an epoch in UTC.

    >>> timestamp_date("2026-03-01T23:30:00-08:00").isoformat()
    '2026-03-01'
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = value.strip() if isinstance(value, str) else ""
    day = parse_iso_date(text[:10]) if text[10:11] in ("", "T", " ") else None
    return day or _epoch_date(value)


def _epoch_date(value: object) -> date | None:
    """The day of an epoch in seconds or milliseconds, in UTC, or None."""
    if isinstance(value, str):
        text = value.strip()
        value = float(text) if _EPOCH.fullmatch(text) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not _FIRST_SECOND <= value < _END_OF_EPOCH:
        return None
    seconds = value / 1000 if value >= _FIRST_MILLISECOND else value
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()


def is_day_first(values: Iterable[object]) -> bool | None:
    """Whether a file writes 31/12 and not 12/31; None if its dates do not tell.

    >>> is_day_first(["4/5/2025", "14/5/2025"])
    True
    """
    orders = set()
    for value in values:
        match = _YEAR_LAST.match(_date_text(value))
        if match and match[2] == "/" and max(int(match[1]), int(match[3])) > 12:
            orders.add(int(match[1]) > 12)
    return orders.pop() if len(orders) == 1 else None


def local_date(value: object, day_first: bool | None = None) -> date | None:
    """The date, ``FIRST_DAY`` to ``LAST_DAY``, that a cell states; None if none or two.

    Args:
        value: Text in any usual order, or an epoch.
        day_first: Whether 4/5/2025 is in May; if None, such a date is None.

    >>> local_date("2025-03-19:00:00Z"), local_date("May 14, 2025")
    (datetime.date(2025, 3, 19), datetime.date(2025, 5, 14))
    >>> local_date("4/5/2025") is None, local_date("4/5/2025", day_first=True)
    (True, datetime.date(2025, 5, 4))
    """
    try:
        parts = _date_parts(_date_text(value), day_first)
        day = _epoch_date(value) or date(*map(int, parts))
    except (TypeError, ValueError):
        # There are no parts, or the calendar has no such day.
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _date_text(value: object) -> str:
    """A cell in small letters, as far as it may hold a date; empty if it is no text."""
    if not isinstance(value, str) or len(value) > 10 * _LONGEST_DATE:
        return ""
    return value.strip().casefold()[:_LONGEST_DATE]


def _date_parts(text: str, day_first: bool | None) -> tuple[str | int, ...]:
    """Year, month and day that a text begins with; nothing if it could be two dates.

    Args:
        text: In small letters.
        day_first: Whether the day stands before the month, where numbers do not tell.
    """
    if match := _YEAR_FIRST.match(text):
        return match.groups()
    if match := _MONTH_NAMED.match(text):
        month = (match[2] or match[3])[:3]
        if month not in _MONTHS:
            return ()
        return match[5], _MONTHS.index(month) + 1, match[1] or match[4]
    if not (match := _YEAR_LAST.match(text)):
        return ()
    first, separator, second, year = match.groups()
    if separator == "." or int(first) > 12:
        day_first = True
    elif int(second) > 12 or first == second:
        day_first = False
    if day_first is None:
        return ()
    year = year if len(year) == 4 else f"20{year}"
    return (year, second, first) if day_first else (year, first, second)
