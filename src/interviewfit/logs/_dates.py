"""Dates as trackers write them.

Days stand as written: a time and its zone are dropped, not converted. Whether 4/5/2025
is April or May is settled by the other dates of the same file or not at all.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from interviewfit.history._log import FIRST_DAY, LAST_DAY

__all__ = ["day_first_of", "read_day"]

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(
    r"(?:[a-z]+,? +)?(?:(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3,9})\.?"
    r"|([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?),?[ -]+(\d{4})(?!\d)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun",
           "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
# The same moment in seconds and in milliseconds; nothing written here is a date twice.
_SECONDS = (600_000_000, 4_200_000_000)
_LONGEST = 40


def day_first_of(values: Iterable[object]) -> bool | None:
    """Whether a file writes 31/12 or 12/31; None if no date of it tells, or two disagree.

    >>> day_first_of(["4/5/2025", "14/5/2025"])
    True
    """
    seen = set()
    for value in values:
        found = _SLASHED.match(_text(value))
        if found and found[2] == "/" and int(found[1]) > 12:
            seen.add(True)
        elif found and found[2] == "/" and int(found[3]) > 12:
            seen.add(False)
    return seen.pop() if len(seen) == 1 else None


def read_day(value: object, day_first: bool | None = None) -> date | None:
    """The day that a cell names; None if it names none, or could name two.

    Args:
        value: Text, or seconds or milliseconds since 1970.
        day_first: How to read 4/5/2025.

    >>> read_day("2025-03-19:00:00Z"), read_day("May 14, 2025")
    (datetime.date(2025, 3, 19), datetime.date(2025, 5, 14))
    >>> read_day("4/5/2025") is None, read_day("4/5/2025", day_first=True)
    (True, datetime.date(2025, 5, 4))
    """
    found = _moment(value) or _written(_text(value), day_first)
    return found if found and FIRST_DAY <= found <= LAST_DAY else None


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 10 * _LONGEST:
        return ""
    return value.strip().casefold()[:_LONGEST]


def _moment(value: object) -> date | None:
    """Seconds or milliseconds since 1970."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 20:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    for unit in (1, 1000):
        if _SECONDS[0] <= value / unit <= _SECONDS[1]:
            start = datetime(1970, 1, 1, tzinfo=UTC)
            return (start + timedelta(seconds=value / unit)).date()
    return None


def _written(text: str, day_first: bool | None) -> date | None:
    if found := _ISO.match(text):
        return _date(found[1], found[2], found[3])
    if found := _NAMED.match(text):
        month = (found[2] or found[3])[:3]
        if month in _MONTHS:
            day = found[1] or found[4]
            return _date(found[5], str(_MONTHS.index(month) + 1), day)
        return None
    if found := _SLASHED.match(text):
        return _slashed(found, day_first)
    return None


def _slashed(found: re.Match[str], day_first: bool | None) -> date | None:
    one, other = found[1], found[3]
    year = found[4] if len(found[4]) == 4 else f"20{found[4]}"
    if found[2] == "." or int(one) > 12:
        day_first = True
    elif int(other) > 12 or one == other:
        day_first = False
    if day_first is None:
        return None
    return _date(year, other, one) if day_first else _date(year, one, other)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
