"""Versions of the JSON of records: which is written, and how an older one is read.

``interviewfit/2`` is written. ``interviewfit/1`` is read for ever: keys and words that
have another name today stand in ``data/version-1.json``. Whoever renames a field of a
record adds one line there; ``tests/test_contract.py`` fails until it is there.
"""

import json
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

SCHEMA = "interviewfit/2"
"""What the outermost object names itself when it is written."""

READABLE_SCHEMAS = ("interviewfit/1", SCHEMA)
"""What the outermost object may name itself when it is read."""

Renamings = Mapping[str, Mapping[str, Any]]

RENAMINGS: ContextVar[Renamings] = ContextVar("what the version being read renames")


@cache
def renamings(version: str) -> Renamings:
    """What a version calls by another name, three tables by today's name of the class.

    "Keys" say which field a key is today, None if its value is no longer kept; what a
    record takes over from its base class stands at the base class. "Single" are keys
    whose list of one value is that value today. "Words" are those of closed lists.
    """
    if version == SCHEMA:
        return {"keys": {}, "single": {}, "words": {}}
    text = files("interviewfit").joinpath("data/version-1.json").read_text("utf-8")
    tables: Renamings = json.loads(text)
    return tables


@cache
def fields_in_text(kind: type) -> Mapping[str, Any]:
    """The fields of a record that a text may state, with their types, by alias."""
    resolved: Any = attrs.fields(attrs.resolve_types(kind, include_extras=False))
    return {field.alias: field for field in resolved if field.init}


def keys_in_text(
    kind: type, names: Iterable[str], renamed: Renamings
) -> tuple[dict[str, str], frozenset[str]]:
    """The key of each field of a record in the text, and the keys that are ignored.

    Args:
        kind: The class of the record.
        names: Its fields as they are called today.
        renamed: The renamings of the version that the text has.
    """
    if not renamed["keys"]:
        return {name: name for name in names}, frozenset()
    field_of: dict[str, str | None] = {}
    for base in reversed(kind.__mro__):
        field_of |= renamed["keys"].get(base.__name__, {})
    key_of = {name: key for key, name in field_of.items()}
    ignored = frozenset(key for key, name in field_of.items() if name is None)
    return {name: key_of.get(name, name) for name in names}, ignored
