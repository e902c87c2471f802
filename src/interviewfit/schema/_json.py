"""JSON text of every public record, and back.

The outermost object carries ``"schema": "interviewfit/2"``; text of ``interviewfit/1``
is read as well. Fields at their default are left out; unknown keys are refused; a
reading or clue says which it is under ``"type"``, a named sign is its name. Infinite
numbers are written ``"inf"`` and ``"-inf"``, because JSON has no word for them. The
same record always gives the same bytes.
"""

import json
from collections.abc import Iterator, Mapping
from contextvars import copy_context
from itertools import islice
from math import isfinite
from typing import Any, TypeVar

import attrs

from interviewfit._reading.text import MAX_DEPTH, check_nesting, too_deep, too_long
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

MAX_ENTRIES = 1_000_000
"""Keys and items of lists that an object may hold in all, nested ones included."""

_MAX_DIGITS = 400
# What word processors write for a double quote, and what Python allows in its place.
_WRONG_QUOTES = frozenset("\u201c\u201d\u201e\u2019'")


def dumps(record: object) -> str:
    """The JSON text of a record, with a line end at its end.

    The work grows with the records in it.

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


def loads(text: str | bytes | Mapping[str, Any], kind: type[T]) -> T:
    """The record that a JSON text states.

    The work grows with the length of the text.

    Args:
        text: JSON of at most five million characters, as text or as bytes, written by
            this version or by any before it; or the object that it stands for, as
            ``json.loads`` gives it. That object is not changed.
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
    if not isinstance(kind, type):
        message = f"loads(kind) must be a class of records such as Search, got {kind!r}"
        raise TypeError(message)
    name = kind.__name__
    try:
        tree = read_tree(text, name)
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
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        fault = f"It is not JSON: {error}.{_remedy(error)} @ $"
        raise DecodeError(name, [fault]) from None


def read_tree(source: object, name: str) -> Any:
    """What a JSON text holds, by the rules of ``loads``, before it is any record.

    Args:
        source: Text, bytes or an object.
        name: The name of the class that it should be, for an error.

    Raises:
        DecodeError: If it is none of these, too long, or nested too deeply.
        FaultError: If a key stands twice, or a number is none.
        JSONDecodeError: If it is not JSON.
        UnicodeDecodeError: If its bytes are no text.
    """
    text = _as_text(source, name)
    check_nesting(text, name)
    return json.loads(
        text,
        object_pairs_hook=_unique_keys,
        parse_constant=_refuse_constant,
        parse_int=_integer,
    )


def _as_text(source: object, name: str) -> str:
    """The JSON text that somebody passed in any of its forms.

    Args:
        source: Text, bytes or an object.
        name: The name of the class that it should be, for an error.

    Raises:
        DecodeError: If it is none of these, or too long.
        UnicodeDecodeError: If its bytes are no text.
    """
    if isinstance(source, Mapping):
        source = _text_of(source, name)
    elif not isinstance(source, str | bytes | bytearray):
        fault = f"It must be text or an object, got {type(source).__name__}. @ $"
        raise DecodeError(name, [fault])
    if len(source) > MAX_CHARACTERS:
        raise too_long(len(source), name, MAX_CHARACTERS)
    if not isinstance(source, str):
        source = source.decode(json.detect_encoding(source), "surrogatepass")
    return source.removeprefix("\ufeff")


def _text_of(tree: Mapping[str, Any], name: str) -> str:
    """The JSON text of an object, so that text and object are read by the same rules.

    Args:
        tree, name: The object, and the name of the class that it should be.

    Raises:
        DecodeError: If it holds what JSON has no form for, or is nested too deeply.
    """
    level: list[tuple[str, Any]] = [("$", tree)]
    left = MAX_ENTRIES
    for _ in range(MAX_DEPTH):
        below = (entry for path, node in level for entry in _entries(node, path, name))
        level = list(islice(below, left + 1))
        left -= len(level)
        if left < 0:
            fault = f"It has more than {MAX_ENTRIES:,} entries. @ $"
            raise DecodeError(name, [fault])
        if not level:
            return json.dumps(tree, ensure_ascii=False, default=dict)
    raise too_deep(name)


def _entries(node: Any, path: str, name: str) -> Iterator[tuple[str, Any]]:
    """Yield what an object or a list holds, each with its path.

    Args:
        node, path: What stands in the tree, and the way to it.
        name: The name of the class that the tree should be, for an error.

    Raises:
        DecodeError: If JSON has no form for it.
    """
    if isinstance(node, Mapping):
        for key, value in node.items():
            if not isinstance(key, str):
                fault = f"Its keys must be text, got {key!r:.40}. @ {path}"
                raise DecodeError(name, [fault])
            yield f"{path}.{key}", value
    elif isinstance(node, list | tuple):
        yield from ((f"{path}[{index}]", value) for index, value in enumerate(node))
    elif isinstance(node, float) and not isfinite(node):
        fault = f"{node} is not a number here. Leave out what is not known. @ {path}"
        raise DecodeError(name, [fault])
    elif isinstance(node, int) and abs(node) >= 10**_MAX_DIGITS:
        fault = f"A number of more than {_MAX_DIGITS} digits is too long. @ {path}"
        raise DecodeError(name, [fault])
    elif not (node is None or isinstance(node, str | bool | int | float)):
        fault = f"JSON has no form for {node!r:.60}. @ {path}"
        raise DecodeError(name, [fault])


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
