"""JSON and back, for every public record.

The outermost object carries ``"schema": "interviewfit/1"``. Fields at their
default are left out; unknown keys are refused; a reading or clue says which it
is under ``"type"``, a named sign is its name. Infinite thresholds are written
``"inf"`` and ``"-inf"``, since JSON has no word for them. Same record, same bytes.

The converter is private: importing us changes nobody's serialisation.
"""

import json
from typing import Any, TypeVar

import attrs
from cattrs import BaseValidationError, ForbiddenExtraKeysError, transform_error

from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.schema._converter import CONVERTER, MOST_FAULTS, FaultError

__all__ = ["LONGEST", "SCHEMA", "dumps", "is_record", "loads"]

T = TypeVar("T")

SCHEMA = "interviewfit/1"
"""What the outermost object must name itself."""

_MOST_DIGITS = 400
_MOST_KEYS = 5
# What word processors put for a double quote, and what Python allows.
_QUOTES = frozenset("\u201c\u201d\u201e\u2019'")

LONGEST = 5_000_000
"""Characters of JSON read at most; more is not somebody's job search."""


def dumps(record: object) -> str:
    """One record as JSON text, ending in a line end.

    Raises:
        TypeError: If it is not a record of this package, or one that holds columns.

    >>> from interviewfit._model.beliefs import Belief
    >>> print(dumps(Belief(mean=5, sd=8)), end="")
    {
      "schema": "interviewfit/1",
      "mean": 5.0,
      "sd": 8.0
    }
    """
    if not is_record(type(record)):
        message = f"only records of interviewfit can be written, got {record!r:.80}"
        raise TypeError(message)
    tree = {"schema": SCHEMA, **CONVERTER.unstructure(record)}
    try:
        return json.dumps(tree, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    except TypeError:
        message = (
            f"{type(record).__name__} holds columns, and JSON here has none. "
            "Write them to a table, or column.tolist()."
        )
        raise TypeError(message) from None


def is_record(kind: object) -> bool:
    """Whether it is a class of records of this package, whose text can be read back."""
    if not isinstance(kind, type) or not attrs.has(kind):
        return False
    return kind.__module__.partition(".")[0] == __name__.partition(".")[0]


def loads(text: str | bytes, kind: type[T]) -> T:
    """One record of a *kind* from JSON text.

    Raises:
        DecodeError: With one line for every fault, each ending in its JSON path. Of
            more than 100, the first 100 and how much was left.

    >>> from interviewfit._model.stages import Stage
    >>> loads('{"schema": "interviewfit/1", "kind": "panel", "hours": -1}', Stage)
    Traceback (most recent call last):
    interviewfit.errors.DecodeError: This is not a valid Stage:
    Stage.hours must be a number between 0 and 1,000,000, got -1.0. @ $.hours
    """
    tree = _parse(text, kind.__name__)
    if not isinstance(tree, dict):
        raise DecodeError(kind.__name__, ["It must be an object in braces. @ $"])
    schema = tree.pop("schema", None)
    if schema != SCHEMA:
        fault = f'It must say "schema": "{SCHEMA}", got {schema!r:.40}. @ $.schema'
        raise DecodeError(kind.__name__, [fault])
    try:
        return CONVERTER.structure(tree, kind)
    except (BaseValidationError, FaultError, InvalidFieldError) as error:
        raise DecodeError(kind.__name__, _in_words(error)) from error
    except RecursionError:
        raise DecodeError(kind.__name__, ["It is nested too deeply. @ $"]) from None


def _parse(text: str | bytes, kind: str) -> Any:
    if isinstance(text, str):
        text = text.removeprefix("\ufeff")
    if len(text) > LONGEST:
        fault = f"It has {len(text):,} characters, at most {LONGEST:,} are read. @ $"
        raise DecodeError(kind, [fault])
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_constant=_refuse,
            parse_int=_whole,
        )
    except FaultError as error:
        raise DecodeError(kind, [f"{error} @ $"]) from None
    except RecursionError:
        raise DecodeError(kind, ["It is nested too deeply. @ $"]) from None
    except ValueError as error:
        remedy = _slip(error)
        raise DecodeError(kind, [f"It is not JSON: {error}.{remedy} @ $"]) from None


def _slip(error: ValueError) -> str:
    """What to do about the slips people make most when they write JSON by hand."""
    if not isinstance(error, json.JSONDecodeError):
        return ""
    # Pythons differ in which side of the comma they point at.
    found, rest = error.doc[error.pos : error.pos + 1], error.doc[error.pos :]
    before, rest = error.doc[: error.pos].rstrip(), rest.lstrip(", \t\r\n")
    if rest[:1] in ("]", "}") and "," in (before[-1:], found):
        return f" Take away the comma before {rest[0]}."
    if found in _QUOTES:
        return ' Write straight double quotes, ".'
    if found and error.msg.startswith("Expecting ',' delimiter"):
        return " Put a comma, or close what is open, before it."
    return ""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            message = f"The key {name!r:.60} stands twice in one object."
            raise FaultError(message)
        found[name] = value
    return found


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        message = f"A number of {len(digits):,} digits is not one of ours."
        raise FaultError(message)
    return int(digits)


def _refuse(constant: str) -> float:
    message = f"{constant} is not a number here. Leave out what is not known."
    raise FaultError(message)


def _in_words(error: Exception) -> list[str]:
    """A line for each fault; of very many the first, and how many are left."""
    faults = transform_error(error, format_exception=_describe)
    if len(faults) <= MOST_FAULTS:
        return faults
    left = len(faults) - MOST_FAULTS
    return [*faults[:MOST_FAULTS], f"And {left:,} more. @ $"]


def _describe(error: BaseException, _: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(one.name for one in attrs.fields(error.cl))
        unknown = _named(sorted(error.extra_fields))
        return f"Unknown key {unknown}; known are {known}."
    if isinstance(error, KeyError):
        return f"The key {error} is missing."
    return str(error)


def _named(keys: list[str]) -> str:
    """Keys as they stand in the file; of very many the first."""
    left = len(keys) - _MOST_KEYS
    shown = ", ".join(f"{key!r:.60}" for key in keys[:_MOST_KEYS])
    return f"{shown} and {left:,} more" if left > 0 else shown
