"""The JSON Schema of every record.

Schemas are made from the types of the fields, their checks and their docstrings, so
that they agree with what ``loads`` reads and ``dumps`` writes. ``loads`` checks some
things besides that no schema can say, such as a position beyond the last stage. The
dialect is JSON Schema 2020-12.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

import attrs
from attrs import define, field

from interviewfit._model.aspect_names import SYNONYMS
from interviewfit._model.fields import MOST_ENTRIES, Entries
from interviewfit._model.signs import SIGNS
from interviewfit._model.units import Between, check_name
from interviewfit._model.vocabulary import ASPECTS, Sign
from interviewfit.schema._converter import SIGNALS
from interviewfit.schema._json import is_record
from interviewfit.schema._versions import SCHEMA

JsonSchema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""Which JSON Schema this is; a name, not an address that anything is read from."""

_PLAIN: Mapping[Any, JsonSchema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"anyOf": [{"type": "number"}, {"enum": ["inf", "-inf"]}]},
    date: {"type": "string", "format": "date"},
    NoneType: {"type": "null"},
}
_TAGS = {kind: tag for tag, kind in SIGNALS.items()}
# Other words for known aspects, as people write them; the reader refuses every form.
_MISTAKEN = sorted(
    {
        form
        for word in SYNONYMS
        for form in (word, word.capitalize(), word.replace(" ", "_"))
    }
)


def schema_of(kind: type) -> JsonSchema:
    """The JSON Schema of a kind of record, as plain Python values.

    The work grows with the fields of the kind, which are some hundreds.

    Raises:
        TypeError: If *kind* is not a class of records of this package, or holds columns
            of numbers, which are not written as JSON.

    >>> from interviewfit import Belief
    >>> schema = schema_of(Belief)
    >>> schema["$id"], schema["required"], schema["properties"]["sd"]["minimum"]
    ('urn:interviewfit:2:Belief', ['schema', 'mean', 'sd'], 0.0)
    """
    if not is_record(kind):
        message = f"only records of interviewfit have a schema, got {kind!r:.80}"
        raise TypeError(message)
    writer = _SchemaWriter()
    record = writer.record(kind)
    return {
        "$schema": DIALECT,
        "$id": f"urn:{SCHEMA.replace('/', ':')}:{kind.__name__}",
        "title": kind.__name__,
        **record,
        "properties": {"schema": {"const": SCHEMA}, **record["properties"]},
        "required": ["schema", *record["required"]],
        "$defs": writer.definitions,
    }


@define
class _SchemaWriter:
    """Writes schemas of types; *definitions* has those of records so far, by name."""

    definitions: dict[str, JsonSchema] = field(factory=dict)

    def record(self, kind: type, tag: str = "") -> JsonSchema:
        """An object with the fields of a record, and what each means.

        Args:
            kind: The class of the record.
            tag: What the object says of itself under "type"; empty if it says nothing.
        """
        # A record that adds to another one describes only what it adds.
        descriptions = {
            name: words
            for base in reversed(kind.__mro__)
            for name, words in _descriptions(base.__doc__ or "")
        }
        properties: dict[str, JsonSchema] = {"type": {"const": tag}} if tag else {}
        required = list(properties)
        for item in attrs.fields(attrs.resolve_types(kind, include_extras=False)):
            if not item.init:
                continue
            name = item.alias
            properties[name] = self.value(item.type, item.validator)
            if name in descriptions:
                properties[name]["description"] = descriptions[name]
            if item.default is attrs.NOTHING:
                required.append(name)
        return {
            "type": "object",
            "description": _plain((kind.__doc__ or "").strip().partition("\n\n")[0]),
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def value(self, kind: Any, check: Any) -> JsonSchema:
        """What a field may hold.

        Args:
            kind: The type of the field.
            check: Its validator, or None; it must pass as well.

        Raises:
            TypeError: If the type has no form in JSON.
        """
        origin = get_origin(kind)
        if kind in _PLAIN:
            bounds = {} if kind is NoneType else dict(_bounds(check))
            # JSON has no word for infinity. A number with bounds is never infinite.
            form = {"type": "number"} if kind is float and bounds else _PLAIN[kind]
            return {**form, **bounds}
        if origin in (Union, UnionType):
            return {"anyOf": [self.value(item, check) for item in get_args(kind)]}
        if origin is Mapping:
            return self.mapping(kind, check)
        if origin in (tuple, frozenset):
            return self.sequence(kind)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self.word(kind)
        return self.reference(kind)

    def word(self, kind: type[StrEnum]) -> JsonSchema:
        """The words of a closed list; of signs a reference, each with its meaning."""
        if kind is not Sign:
            return {"enum": [word.value for word in kind]}
        words = [
            {"const": sign.value, "description": SIGNS[sign].meaning} for sign in Sign
        ]
        self.definitions["Sign"] = {"oneOf": words}
        return {"$ref": "#/$defs/Sign"}

    def mapping(self, kind: Any, check: Any) -> JsonSchema:
        """An object whose keys are not fixed.

        Args:
            kind: Such as ``Mapping[str, Belief]``.
            check: The validator of the field, or None.
        """
        key_kind, item_kind = get_args(kind)
        if not isinstance(check, Entries):
            return {
                "type": "object",
                "propertyNames": self.value(key_kind, None),
                "additionalProperties": self.value(item_kind, None),
            }
        # Aspects that every job has stand by name, so that nobody has to guess them.
        self.definitions["Aspect"] = {
            "anyOf": [
                {"enum": list(ASPECTS), "description": "An aspect that every job has."},
                {
                    **self.value(key_kind, check_name),
                    "not": {"enum": _MISTAKEN},
                    "description": "An aspect of one's own; no other word for these.",
                },
            ]
        }
        return {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/Aspect"},
            "additionalProperties": self.value(item_kind, check.check),
            "maxProperties": MOST_ENTRIES,
        }

    def sequence(self, kind: Any) -> JsonSchema:
        """A list of any length, or a pair."""
        kinds = get_args(kind)
        if get_origin(kind) is not tuple or kinds[-1] is Ellipsis:
            return {"type": "array", "items": self.value(kinds[0], None)}
        return {
            "type": "array",
            "prefixItems": [self.value(item, None) for item in kinds],
            "minItems": len(kinds),
            "maxItems": len(kinds),
        }

    def reference(self, kind: type) -> JsonSchema:
        """A reference to the schema of a record, which is written if it is new."""
        if not is_record(kind):
            message = f"what holds {kind!r:.80} has no form in JSON and no schema"
            raise TypeError(message)
        # A reading and a clue say which they are, because they stand side by side.
        tag = _TAGS.get(kind, "")
        name = f"{kind.__name__}Signal" if tag else kind.__name__
        if name not in self.definitions:
            # There before it is written, because a record may hold its own kind.
            self.definitions[name] = {}
            self.definitions[name] |= self.record(kind, tag)
        return {"$ref": f"#/$defs/{name}"}


def _bounds(check: Any) -> Iterator[tuple[str, Any]]:
    """What a validator demands that a schema can say as well."""
    if isinstance(check, Between):
        yield from (("minimum", check.low), ("maximum", check.high))
    elif check is check_name:
        # No other length: a text is measured after its spaces are brought together.
        yield "minLength", 1
    # As attrs keeps several validators, and one that lets None pass.
    for inner in getattr(check, "_validators", ()):
        yield from _bounds(inner)
    yield from _bounds(check.validator) if hasattr(check, "validator") else ()


def _descriptions(docstring: str) -> Iterator[tuple[str, str]]:
    """The fields that a docstring describes, each with its words."""
    # From Python 3.13 on docstrings come without their indentation.
    section = re.search(
        r"^Attributes:\n((?:(?:    .*)?(?:\n|\Z))*)", cleandoc(docstring), re.MULTILINE
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
