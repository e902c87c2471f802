"""What one value of a posting says, however it is written.

The same fact comes as text, a number, a list, an object or JSON inside text; a missing
value comes as null, "", "n/a" or NaN. Nothing in this module knows which field a value
is for.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from math import inf, nan
from numbers import Real
from typing import Any

import numpy as np

from interviewfit._reading.lenient_json import read_json
from interviewfit.errors import DecodeError

__all__ = ["flatten", "normalise", "to_flag"]

_MISSING = frozenset(
    ("", "-", "--", "<na>", "n/a", "na", "nan", "nat", "none", "null", "undefined")
)
_FLAGS = {
    "true": True, "yes": True, "y": True, "1": True, "1.0": True,
    "false": False, "no": False, "n": False, "0": False, "0.0": False,
}  # fmt: skip
_MAX_INTEGER = 1e300


def normalise(value: object, opened: bool = False) -> Any:
    """A value as JSON would have it; None for all that means "missing".

    Args:
        value: A cell of a frame, or a value of JSON.
        opened: Whether it comes out of JSON inside text. Such JSON is parsed once, so
            that text inside it stays text.

    >>> [normalise(cell) for cell in ("n/a", float("nan"), '["a", "b"]', 3)]
    [None, None, ['a', 'b'], 3]
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    match value:
        case str():
            return _normalise_text(value, opened)
        case int() if abs(value) > _MAX_INTEGER:
            return inf if value > 0 else None
        case bool() | int() | Mapping() | list():
            return value
        case tuple() | set() | frozenset():
            return list(value)
        case Real() | Decimal():
            value = _to_float(value)
        case date():
            pass
        case _:
            return None
    # Not-a-number and not-a-time differ from themselves.
    return value if value == value else None  # noqa: PLR0124  # NaN


def _to_float(value: Real | Decimal) -> float:
    try:
        return float(value)
    except OverflowError:
        return inf
    except ValueError:
        # A signalling not-a-number.
        return nan


def _normalise_text(text: str, opened: bool) -> Any:
    """Text, or the tree of the JSON that it contains; None if it means "missing".

    Args:
        text: The text.
        opened: Whether it comes out of JSON inside text, so that it stays text.
    """
    bare = text.strip()
    if bare.lower() in _MISSING:
        return None
    if not opened and (bare[0], bare[-1]) in (("{", "}"), ("[", "]")):
        try:
            return read_json(bare, "cell")
        except DecodeError:
            return text
    return text


def flatten(value: object, opened: bool = False) -> Iterator[Any]:
    """The normalised values in a value, lists inside lists opened up.

    Args:
        value: A cell, or a list of any depth.
        opened: Whether it comes out of JSON inside text, as in ``normalise``.

    >>> list(flatten(["a", None, ["b", "n/a"]]))
    ['a', 'b']
    """
    normal = normalise(value, opened)
    opened = opened or (isinstance(value, str) and normal is not value)
    if isinstance(normal, list):
        for item in normal:
            yield from flatten(item, opened)
    elif normal is not None:
        yield normal


def to_flag(value: object) -> bool | None:
    """Yes or no, in whatever words; None if it is neither.

    >>> to_flag("True"), to_flag(0.0), to_flag("maybe")
    (True, False, None)
    """
    return _FLAGS.get(str(value)[:10].strip().lower())
