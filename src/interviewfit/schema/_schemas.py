"""What the JSON of each record looks like, as a JSON Schema.

Made from the types of the fields, their checks and their docstrings, so it cannot part
from what ``loads`` reads and ``dumps`` writes. Whatever a schema refuses ``loads``
refuses too; ``loads`` also checks what no schema can say, such as a position beyond the
last stage.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

import attrs
import numpy as np

from interviewfit._model.fields import MOST_ENTRIES, Entries
from interviewfit._model.units import (
    Between,
    check_name,
    check_positive,
    check_probability,
)
from interviewfit.schema._converter import SIGNALS
from interviewfit.schema._json import SCHEMA, is_record

__all__ = ["DIALECT", "schema_of"]

Tree: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""Which JSON Schema this is; a name, not an address that anything is read from."""

_PLAIN: Mapping[Any, Tree] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    date: {"type": "string", "format": "date"},
    NoneType: {"type": "null"},
}
# JSON has no word for infinity; a number that is checked is never infinite.
_FLOAT: Tree = {"anyOf": [{"type": "number"}, {"enum": ["inf", "-inf"]}]}
# Lengths are not among them: spaces are counted only after they are brought together.
_CHECKS: Mapping[Any, Tree] = {
    check_name: {"minLength": 1},
    check_positive: {"type": "number", "exclusiveMinimum": 0},
    check_probability: {"type": "number", "minimum": 0, "maximum": 1},
}


def schema_of(kind: type) -> Tree:
    """The JSON Schema of a kind of record, as plain Python values.

    Args:
        kind: Such as ``Opportunity`` for what goes in, or ``Assessment`` for what comes
            out.

    Raises:
        TypeError: If it is not a class of records of this package, or holds columns
            of numbers, which are not written as JSON.

    >>> from interviewfit import Belief
    >>> found = schema_of(Belief)
    >>> found["required"], found["properties"]["sd"]["minimum"]
    (['schema', 'mean', 'sd'], 0.0)
    """
    if not is_record(kind):
        message = f"only records of interviewfit have a schema, got {kind!r:.80}"
        raise TypeError(message)
    definitions: dict[str, Tree] = {}
    top = _record(kind, definitions)
    return {
        "$schema": DIALECT,
        "title": kind.__name__,
        **top,
        "properties": {"schema": {"const": SCHEMA}, **top["properties"]},
        "required": ["schema", *top["required"]],
        "$defs": definitions,
    }


def _record(kind: type, definitions: dict[str, Tree], tag: str = "") -> Tree:
    """An object with the fields of a record, and what each means.

    Args:
        kind: Of record.
        definitions: Where the records it is made of are put.
        tag: What it says of itself under "type", if anything.
    """
    text = kind.__doc__ or ""
    # A record that adds to another one describes only what it adds.
    told = {
        name: words
        for one in reversed(kind.__mro__)
        for name, words in _told(one.__doc__ or "")
    }
    fields = [one for one in attrs.fields(attrs.resolve_types(kind)) if one.init]
    tagged = {"type": {"const": tag}} if tag else {}
    return {
        "type": "object",
        "description": _plain(text.strip().partition("\n\n")[0]),
        "properties": {
            **tagged,
            **{
                one.name: _value(one.type, one.validator, definitions)
                | ({"description": told[one.name]} if one.name in told else {})
                for one in fields
            },
        },
        "required": [
            *tagged,
            *(one.name for one in fields if one.default is attrs.NOTHING),
        ],
        "additionalProperties": False,
    }


def _value(kind: Any, check: Any, definitions: dict[str, Tree]) -> Tree:
    """What a field of this type may hold, if it passes the check."""
    whole = get_origin(kind)
    if kind is float:
        bounds = dict(_bounds(check))
        return {"type": "number", **bounds} if bounds else dict(_FLOAT)
    if kind in _PLAIN:
        return {**_PLAIN[kind], **dict(_bounds(check))}
    if whole in (Union, UnionType):
        return {"anyOf": [_option(one, check, definitions) for one in get_args(kind)]}
    if whole is not None and whole is not np.ndarray:
        several = _mapping if whole is Mapping else _sequence
        return several(kind, check, definitions)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [one.value for one in kind]}
    return _reference(kind, definitions)


def _option(kind: Any, check: Any, definitions: dict[str, Tree]) -> Tree:
    """One type of several; a reading and a clue say which they are."""
    tags = {one: tag for tag, one in SIGNALS.items()}
    if kind in tags:
        return _reference(kind, definitions, tags[kind])
    return _value(kind, None if kind is NoneType else check, definitions)


def _mapping(kind: Any, check: Any, definitions: dict[str, Tree]) -> Tree:
    names, held = get_args(kind)
    inner = check.check if isinstance(check, Entries) else None
    found = {
        "type": "object",
        "propertyNames": _value(names, None if inner is None else check_name, {}),
        "additionalProperties": _value(held, inner, definitions),
    }
    return found if inner is None else {**found, "maxProperties": MOST_ENTRIES}


def _sequence(kind: Any, _: Any, definitions: dict[str, Tree]) -> Tree:
    parts = get_args(kind)
    if get_origin(kind) is tuple and parts[-1] is not Ellipsis:
        return {
            "type": "array",
            "prefixItems": [_value(one, None, definitions) for one in parts],
            "minItems": len(parts),
            "maxItems": len(parts),
        }
    return {"type": "array", "items": _option(parts[0], None, definitions)}


def _reference(kind: type, definitions: dict[str, Tree], tag: str = "") -> Tree:
    """A record that stands in another one.

    Raises:
        TypeError: If it is none; columns of numbers have no place in JSON.
    """
    if not is_record(kind):
        message = f"what holds {kind!r:.80} has no form in JSON, so it has no schema"
        raise TypeError(message)
    name = f"{kind.__name__}Signal" if tag else kind.__name__
    if name not in definitions:
        # There before it is made: a record may hold its own kind.
        definitions[name] = {}
        definitions[name] |= _record(kind, definitions, tag)
    return {"$ref": f"#/$defs/{name}"}


def _bounds(check: Any) -> Iterator[tuple[str, Any]]:
    """What a check says that a schema can say as well."""
    if isinstance(check, Between):
        yield from (("minimum", check.low), ("maximum", check.high))
    elif check in _CHECKS:
        yield from _CHECKS[check].items()
    # As attrs keeps several checks, and one that lets None pass.
    for one in getattr(check, "_validators", ()):
        yield from _bounds(one)
    yield from _bounds(check.validator) if hasattr(check, "validator") else ()


def _told(text: str) -> Iterator[tuple[str, str]]:
    """What a docstring says of each field."""
    # From Python 3.13 on docstrings come without their indentation.
    section = re.search(
        r"^Attributes:\n((?:(?:    .*)?(?:\n|\Z))*)", cleandoc(text), re.MULTILINE
    )
    entries = re.split(
        r"^ {4}(?=\S)", section[1] if section else "", flags=re.MULTILINE
    )
    for entry in entries:
        names, _, words = entry.partition(":")
        for name in names.split(","):
            yield name.strip(), _plain(words)


def _plain(words: str) -> str:
    """Words on one line, without the marks of a docstring."""
    return re.sub(r"``|\*(?=\w)|(?<=\w)\*", "", " ".join(words.split()))
