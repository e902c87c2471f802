"""JSON text of every public record, and back.

The outermost object carries ``"schema": "interviewfit/2"``; text of ``interviewfit/1``
is read as well. Fields at their default are left out; unknown keys are refused; a
reading or clue says which it is under ``"type"``, a named sign is its name. Infinite
numbers are written ``"inf"`` and ``"-inf"``, because JSON has no word for them. The
same record always gives the same bytes.
"""

import json
from contextvars import copy_context
from typing import Any, TypeVar

import attrs

from interviewfit._reading.text import too_long
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.schema._converter import CONVERTER, MAX_FAULTS, FaultError, faults_at
from interviewfit.schema._versions import (
    READABLE_SCHEMAS,
    RENAMINGS,
    SCHEMA,
    renamings,
)

T = TypeVar("T")

MAX_CHARACTERS = 5_000_000
"""Characters of JSON read at most; more is not somebody's job search."""

_MAX_DIGITS = 400
# What word processors write for a double quote, and what Python allows in its place.
_WRONG_QUOTES = frozenset("\u201c\u201d\u201e\u2019'")


def dumps(record: object) -> str:
    """The JSON text of a record, with a line end at its end.

    Raises:
        TypeError: If *record* is not a record of this package, or if it holds columns.

    >>> from interviewfit import Belief
    >>> print(dumps(Belief(mean=5, sd=8)), end="")
    {
      "schema": "interviewfit/2",
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
    """The record that a JSON text states.

    Args:
        text: JSON of at most five million characters, as text or as bytes, written by
            this version or by any before it.
        kind: The class of the record, such as ``Search`` or ``Assessment``.

    Raises:
        DecodeError: With one line for every fault, each ending in its JSON path. Of
            more than 100, the first 100 and how many are left.

    >>> from interviewfit import Stage
    >>> loads('{"schema": "interviewfit/2", "kind": "panel", "hours": -1}', Stage)
    Traceback (most recent call last):
    interviewfit.errors.DecodeError: This is not a valid Stage:
    Stage.hours must be a number between 0 and 1,000, got -1.0. @ $.hours
    """
    name = kind.__name__
    if isinstance(text, str):
        text = text.removeprefix("\ufeff")
    if len(text) > MAX_CHARACTERS:
        raise too_long(len(text), name, MAX_CHARACTERS)
    try:
        tree = json.loads(
            text,
            object_pairs_hook=_unique_keys,
            parse_constant=_refuse_constant,
            parse_int=_integer,
        )
        if not isinstance(tree, dict):
            raise DecodeError(name, ["It must be an object in braces. @ $"])
        version = tree.pop("schema", None)
        if version not in READABLE_SCHEMAS:
            fault = f'It must say "schema": "{SCHEMA}", got {version!r:.40}. @ $.schema'
            if version is None:
                fault = f'The key "schema" is missing. Add "schema": "{SCHEMA}". @ $'
            raise DecodeError(name, [fault])
        context = copy_context()
        context.run(RENAMINGS.set, renamings(version))
        return context.run(CONVERTER.structure, tree, kind)
    except (FaultError, InvalidFieldError) as error:
        faults = [f"{sentence} @ {path}" for path, sentence in faults_at(error, "$")]
        if len(faults) > MAX_FAULTS:
            left = len(faults) - MAX_FAULTS
            faults = [*faults[:MAX_FAULTS], f"And {left:,} more. @ $"]
        raise DecodeError(name, faults) from error
    except RecursionError:
        raise DecodeError(name, ["It is nested too deeply. @ $"]) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        fault = f"It is not JSON: {error}.{_remedy(error)} @ $"
        raise DecodeError(name, [fault]) from None


def _remedy(error: ValueError) -> str:
    """What to do about the slips people make most when they write JSON by hand."""
    if not isinstance(error, json.JSONDecodeError):
        return ""
    # Pythons differ in which side of the comma they point at.
    sign, after = error.doc[error.pos : error.pos + 1], error.doc[error.pos :]
    before, after = error.doc[: error.pos].rstrip(), after.lstrip(", \t\r\n")
    if after[:1] in ("]", "}") and "," in (before[-1:], sign):
        return f" Take away the comma before {after[0]}."
    if sign in _WRONG_QUOTES:
        return ' Write straight double quotes, ".'
    if sign and error.msg.startswith("Expecting ',' delimiter"):
        return " Put a comma, or close what is open, before it."
    return ""


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key, value in pairs:
        if key in tree:
            raise FaultError(f"The key {key!r:.60} stands twice in one object.")
        tree[key] = value
    return tree


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise FaultError(f"A number of {len(digits):,} digits is too long.")
    return int(digits)


def _refuse_constant(constant: str) -> float:
    raise FaultError(f"{constant} is not a number here. Leave out what is not known.")
