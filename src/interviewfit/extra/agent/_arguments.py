"""The arguments of a tool, read so that an agent learns of all their faults at once.

Agents often leave the schema out, or put a whole search into a key of its own. Either
would hide what else is wrong, so the rest is read as if it had been mended.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import attrs

from interviewfit.errors import DecodeError, InterviewFitError
from interviewfit.schema._json import loads, read_tree
from interviewfit.schema._versions import READABLE_SCHEMAS, SCHEMA

T = TypeVar("T")

_IN_SEARCH = frozenset({"candidate", "opportunities"})


def read_request(arguments: str | bytes | Mapping[str, Any], kind: type[T]) -> T:
    """The record that the arguments of a tool state.

    Args:
        arguments: JSON as text or as an object.
        kind: The class of the record.

    Raises:
        DecodeError: With every fault, as ``loads`` words it, at its place in them.
    """
    try:
        return loads(arguments, kind)
    except DecodeError as error:
        tree = _object_of(arguments, kind)
        more = [] if tree is None else list(_more_faults(tree, kind))
        if not more:
            raise
        raise DecodeError(error.kind, more) from None


def _more_faults(tree: Mapping[str, Any], kind: type) -> Iterator[str]:
    """Yield the faults of arguments; nothing if ``loads`` has told all of them.

    Args:
        tree: The arguments.
        kind: The class of the record that they should be.
    """
    fields = {"schema", *(field.name for field in attrs.fields(kind))}
    holders = [
        key
        for key, value in tree.items()
        if key not in fields and isinstance(value, Mapping) and _IN_SEARCH & set(value)
    ]
    mended, holder = dict(tree), ""
    if len(holders) == 1:
        (holder,) = holders
        mended = {**mended.pop(holder), **mended}
        yield (
            f'Put what is inside "{holder}" beside the other keys, not into a key of '
            f"its own. @ $.{holder}"
        )
    inside = frozenset(tree[holder]) - frozenset(tree) if holder else frozenset()
    if mended.get("schema") not in READABLE_SCHEMAS:
        yield from _faults(mended, kind)
        mended["schema"] = SCHEMA
    elif not holder:
        return
    for fault in _faults(mended, kind):
        yield re.sub(
            r" @ \$\.(\w+)",
            lambda path: f" @ $.{holder}.{path[1]}" if path[1] in inside else path[0],
            fault,
        )


def _faults(tree: Mapping[str, Any], kind: type) -> tuple[str, ...]:
    """What is wrong with an object.

    Args:
        tree, kind: The object, and the class of the record that it should be.
    """
    try:
        loads(tree, kind)
    except DecodeError as error:
        return tuple(error.faults)
    return ()


def _object_of(
    arguments: str | bytes | Mapping[str, Any], kind: type
) -> Mapping[str, Any] | None:
    """The object that arguments are; None if they are none that can be read.

    Args:
        arguments, kind: As ``read_request``.
    """
    if isinstance(arguments, Mapping):
        return arguments
    try:
        tree = read_tree(arguments, kind.__name__)
    except (InterviewFitError, ValueError):
        return None
    return tree if isinstance(tree, dict) else None
