"""Dates, as ISO 8601 has them, as the epoch of a computer, and as people write them.

* ISO 8601: four digits, a hyphen, two digits, a hyphen, two digits, and nothing else.
  Where a *timestamp* is read, a time may follow after "T" or a space.
* Epoch: seconds since 1970 in UTC, or milliseconds where the number is too large.
* Locally: "14.05.2025", "5/14/2025", "May 14, 2025", "3 mai 2025", "2025年5月3日", with
  the months of the languages in ``lexicon``. Whether 4/5/2025 is in April or in
  May is settled by the other dates of the same file, or by the caller, or not at all.

A day stands as it was written: its time and zone are dropped and not converted.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from interviewfit._model.dates import FIRST_DAY, LAST_DAY, parse_iso_date
from interviewfit._reading.lexicon import month_number

_EPOCH = re.compile(r"[0-9]{9,14}(?:\.[0-9]*)?")
_FIRST_SECOND, _FIRST_MILLISECOND, _END_OF_EPOCH = 1e8, 1e11, 1e14
"""From 1e11 on an epoch counts milliseconds, because as seconds 1e11 is the year 5138.
Below 1e8 (the year 1973) a number is no date at all.
"""

# A telephone number goes on after what looks like a date in it.
_END = r"(?![-/.]?\d)"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})(?:(?P<mark>[-/.])(\d{{1,2}})(?P=mark)(\d{{1,2}})|年(\d{{1,2}})月(\d{{1,2}})日?){_END}"
)
_YEAR_LAST = re.compile(
    rf"(\d{{1,2}})(?P<sign>[-/.])(\d{{1,2}})(?P=sign)(\d{{4}}|\d{{2}}){_END}"
)
_LETTERS = r"[^\W\d_]"
_MONTH_NAMED = re.compile(
    rf"(?:{_LETTERS}{{2,}}[.,]* +)?(?:"
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|\.|º|ª)?[ -]+(?:de +|of +)?({_LETTERS}{{3,12}})\.?"
    rf"|({_LETTERS}{{3,12}})\.? +(\d{{1,2}})(?:st|nd|rd|th)?),?[ -]+(?:de +|del +)?"
    rf"(\d{{4}}|(?<=[-'’ ])\d\d){_END}"
)
NAMED_WITHOUT_YEAR = re.compile(
    rf"(?:{_LETTERS}{{2,12}}[.,]* +)??"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.|º|ª)?[ -](?:de +|of +)?"
    rf"{_LETTERS}{{3,12}}\.?"
    rf"|{_LETTERS}{{3,12}}\.? +\d{{1,2}}(?:st|nd|rd|th)?)(?![\w/])",
    re.IGNORECASE,
)
"""Such as "5-Jan", "Jan 5th" or "Mon, 5. März"; whether the word is a month is not
looked at.
"""
NUMBERS_WITHOUT_YEAR = re.compile(
    r"\d{1,2}(?:/\d{1,2}(?![\w./-])|\.\d{1,2}\.(?!\d))", re.ASCII
)
"""Such as "1/5" or "05.01."."""
_HALF_DAY = re.compile(r"\d\s*[ap]\.?m\b")
_ANY_DATE = re.compile(
    rf"(?<!\d)(?:{_YEAR_FIRST.pattern}|{_YEAR_LAST.pattern}|{_MONTH_NAMED.pattern})"
)
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]{1,12})?")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 58_804
"""Days that Excel counts for the years 2000 to 2060."""

_LONGEST_DATE = 40
_LONGEST_TEXT = 2_000


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
    orders, halves = set(), False
    for value in values:
        text = _date_text(value)
        if (match := _YEAR_LAST.match(text)) is None or match[2] == ".":
            continue
        halves = halves or _HALF_DAY.search(text) is not None
        if int(match[1]) > 12 or int(match[3]) > 12:
            orders.add(int(match[1]) > 12)
    # Who writes AM and PM writes the month first, if nothing else tells.
    if not orders and halves:
        return False
    return orders.pop() if len(orders) == 1 else None


def local_today() -> date:
    """The present day where the computer stands."""
    return date.today()  # noqa: DTZ011  # an aware datetime has no zone a day away


def excel_date(value: object) -> date | None:
    """The date that a spreadsheet keeps as days since 1899; None if it is none.

    >>> excel_date("46143"), excel_date(46151.75), excel_date("2026")
    (datetime.date(2026, 5, 1), datetime.date(2026, 5, 9), None)
    """
    if isinstance(value, str):
        value = float(value) if _SERIAL.fullmatch(value.strip()) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return None
    return date(1899, 12, 30) + timedelta(days=int(value))


def dates_in(text: str, day_first: bool | None = None) -> Iterator[tuple[date, int]]:
    """Yield every date in a text, and the index after it.

    Args:
        text: Such as "2026-03-08|1|phone; 2026-03-15|2|panel".
        day_first: Whether 4/5/2025 is the fourth of May; None if nobody knows.
    """
    text = text[:_LONGEST_TEXT].casefold()
    start = 0
    while match := _ANY_DATE.search(text, start):
        start = match.end()
        if day := local_date(match[0], day_first):
            yield day, start


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


def with_year(text: str, year: int) -> str:
    """A date that is written without its year, with it.

    Args:
        text, year: The date, and the year.

    >>> with_year("5-Jan", 2026), with_year("1/5", 2026), with_year("05.01.", 2026)
    ('5-Jan 2026', '1/5/2026', '05.01.2026')
    """
    if NUMBERS_WITHOUT_YEAR.fullmatch(text):
        return f"{text}{'/' if '/' in text else ''}{year}"
    return f"{text} {year}"


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
        return match[1], match[3] or match[5], match[4] or match[6]
    if match := _MONTH_NAMED.match(text):
        year = match[5] if len(match[5]) == 4 else f"20{match[5]}"
        return year, month_number(match[2] or match[3]), match[1] or match[4]
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
