"""The public names of the package, whichever module they are imported from."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, get_args

import attrs

SUBMODULES = (
    "records",
    "sensitivity",
    "simulation",
    "weightings",
    "letters",
    "columns",
    "history",
    "logs",
    "postings",
    "schema",
)
COLUMNS = {
    "Candour",
    "Coded",
    "Details",
    "PriorityPosterior",
    "Scores",
    "SimulatedSearches",
    "Sweep",
}
"""Records that hold columns of numbers: not for JSON."""


@cache
def public_names() -> dict[str, Any]:
    """Everything that is public, by its name."""
    names = ("", *(f".{name}" for name in SUBMODULES))
    modules = [import_module(f"interviewfit{name}") for name in names]
    return {
        name: getattr(module, name) for module in modules for name in module.__all__
    }


@cache
def record_classes() -> dict[str, type]:
    """Public records and all that they are made of, as far as they are for JSON."""
    waiting: list[Any] = [
        value for name, value in public_names().items() if name not in COLUMNS
    ]
    classes: dict[str, type] = {}
    while waiting:
        kind = waiting.pop()
        if not isinstance(kind, type) or not attrs.has(kind):
            waiting += get_args(kind)
        elif kind.__name__ not in classes:
            classes[kind.__name__] = kind
            fields = attrs.fields(attrs.resolve_types(kind, include_extras=False))
            waiting += (field.type for field in fields if field.init)
    return dict(sorted(classes.items()))


def fields_of(kind: type) -> Iterator["attrs.Attribute[Any]"]:
    """The fields that stand in the JSON of a record."""
    return (field for field in attrs.fields(kind) if field.init)
