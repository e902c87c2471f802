"""What one value of a posting says, however it was written.

The same fact comes as text, a number, a list, an object or JSON inside text; what is
missing comes as null, "", "n/a" or NaN. Nothing here knows which field it is for.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from math import inf, nan
from numbers import Real
from typing import Any

import numpy as np

from interviewfit._reading.lenient_json import parse_json
from interviewfit.errors import DecodeError

__all__ = ["flag_of", "flatten", "plain"]

_MISSING = frozenset(
    ("", "-", "--", "<na>", "n/a", "na", "nan", "nat", "none", "null", "undefined")
)
_WORDS = {
    "true": True, "yes": True, "y": True, "1": True, "1.0": True,
    "false": False, "no": False, "n": False, "0": False, "0.0": False,
}  # fmt: skip
_LARGEST = 1e300


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
            return parse_json(bare, "cell")
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
