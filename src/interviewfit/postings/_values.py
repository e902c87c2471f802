"""What one value of a posting says, however it was written.

The same fact comes as text, a number, a list, an object or JSON inside text; what is
missing comes as null, "", "n/a" or NaN. Nothing here knows which field it is for.
"""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from math import inf, nan
from numbers import Real
from typing import Any

import numpy as np

from interviewfit._model.fields import one_line
from interviewfit._model.units import LONGEST_TEXT
from interviewfit.errors import DecodeError
from interviewfit.postings._documents import parse

__all__ = ["clean", "day_of", "flag_of", "flatten", "plain", "shorten", "shown"]

_MISSING = frozenset(
    ("", "-", "--", "<na>", "n/a", "na", "nan", "nat", "none", "null", "undefined")
)
_WORDS = {
    "true": True, "yes": True, "y": True, "1": True, "1.0": True,
    "false": False, "no": False, "n": False, "0": False, "0.0": False,
}  # fmt: skip
_LARGEST = 1e300
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=\Z|[T ])", re.ASCII)
# Between 1973 and the year 5138, so that it is a date on every platform.
_EPOCH = re.compile(r"[0-9]{9,14}(?:\.[0-9]*)?\Z")
_SECONDS = 1e11
"""Below this an epoch is in seconds: as milliseconds it would lie before 1974."""


def clean(text: str) -> str:
    r"""Text on one line, its entities resolved, with nothing a console would obey.

    >>> clean("R&amp;D \x1b[31m\n engineer")
    'R&D [31m engineer'
    """
    text = _UNPRINTABLE.sub(" ", html.unescape(text))
    return one_line(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))


def shorten(text: str, most: int = LONGEST_TEXT) -> str:
    """At most so many characters.

    >>> shorten("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shown(value: object) -> str:
    """A value as a message shows it, never more than a glance.

    >>> shown("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
    """
    try:
        return shorten(repr(value), 40)
    except ValueError:
        # Python refuses to print an integer of thousands of digits.
        return "a number of very many digits"


def plain(value: object, opened: bool = False) -> Any:
    """A value as JSON would have it, None for all that means "not there".

    JSON inside text is opened once: what is *opened* holds plain text.

    >>> [plain(one) for one in ("n/a", float("nan"), '["a", "b"]', 3)]
    [None, None, ['a', 'b'], 3]
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    match value:
        case str():
            return _plain_text(value, opened)
        case int() if abs(value) > _LARGEST:
            return inf if value > 0 else None
        case bool() | int() | Mapping() | list():
            return value
        case tuple() | set() | frozenset():
            return list(value)
        case Real() | Decimal():
            value = _float(value)
        case date():
            pass
        case _:
            return None
    # Not-a-number and not-a-time differ from themselves.
    return value if value == value else None  # noqa: PLR0124  # NaN


def _float(value: Real | Decimal) -> float:
    try:
        return float(value)
    except OverflowError:
        return inf
    except ValueError:
        # A signalling not-a-number.
        return nan


def _plain_text(text: str, opened: bool) -> Any:
    bare = text.strip()
    if bare.lower() in _MISSING:
        return None
    if not opened and (bare[0], bare[-1]) in (("{", "}"), ("[", "]")):
        try:
            return parse(bare, "cell")
        except DecodeError:
            return text
    return text


def flatten(value: object, opened: bool = False) -> Iterator[Any]:
    """Plain values, lists opened up.

    >>> list(flatten(["a", None, ["b", "n/a"]]))
    ['a', 'b']
    """
    found = plain(value, opened)
    opened = opened or (isinstance(value, str) and found is not value)
    if isinstance(found, list):
        for one in found:
            yield from flatten(one, opened)
    elif found is not None:
        yield found


def flag_of(value: object) -> bool | None:
    """Yes or no, in whatever words; None if it is neither.

    >>> flag_of("True"), flag_of(0.0), flag_of("maybe")
    (True, False, None)
    """
    return _WORDS.get(str(value)[:10].strip().lower())


def day_of(value: object) -> date | None:
    """The date in ISO 8601 or an epoch, None if it is neither.

    It is taken as the source writes it, in its own time zone; an epoch, in seconds
    or milliseconds, as UTC.

    >>> day_of("2026-03-01T23:30:00-08:00").isoformat()
    '2026-03-01'
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        text = value.strip()
        try:
            return date.fromisoformat(text[:10]) if _DAY.match(text) else _epoch(text)
        except ValueError:
            return None
    return None if isinstance(value, bool) else _epoch(str(value))


def _epoch(text: str) -> date | None:
    """The day of so many seconds or milliseconds since 1970."""
    if not _EPOCH.match(text):
        return None
    value = float(text)
    return datetime.fromtimestamp(
        value / 1000 if value >= _SECONDS else value, UTC
    ).date()
