"""How fields take what they are given: converters and checks shared by the records.

Whole numbers become floats, text loses its line ends, mappings are copied. A value of
the wrong type is left for the check to refuse, with the field's name.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import lru_cache
from numbers import Real
from typing import Any, TypeAlias, TypeVar
from unicodedata import normalize

import attrs
from attrs import frozen

from interviewfit._model.aspect_names import meant_name
from interviewfit._model.frozen_dict import FrozenDict
from interviewfit._model.units import (
    LARGEST,
    Attribute,
    Between,
    Probability,
    check_name,
    refusal,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.errors import InvalidFieldError, visible

T = TypeVar("T")

Check: TypeAlias = Callable[[object, Attribute, Any], None]
"""What attrs calls to check a field."""

check_hours: Check = Between(0.0, LARGEST)
"""Refuses what is no finite number of at least 0."""
MOST_ENTRIES = 1_000
"""The most names, signals or beliefs that one field takes."""


# Columns of a screen that the repr of a record fills at most.
_REPR_WIDTH = 88


def short_repr(record: Any) -> str:
    """The call that makes a record, on one line, without what has its default.

    Where it would be too long, the longest arguments are shown as ``...``.
    """
    texts: dict[str, str] = {}
    for attribute in attrs.fields(type(record)):
        value, default = getattr(record, attribute.name), attribute.default
        if factory := getattr(default, "factory", None):
            default = factory(record) if default.takes_self else factory()
        if value != default:
            texts[attribute.name] = _repr_of_value(value)
    call = _call(record, texts)
    for name in sorted(texts, key=lambda name: -len(texts[name])):
        if len(call) > _REPR_WIDTH:
            texts[name] = "..."
            call = _call(record, texts)
    return call


def _call(record: object, texts: Mapping[str, str]) -> str:
    """The call that makes a record.

    Args:
        record, texts: The record, and its arguments as text by name.
    """
    arguments = ", ".join(f"{name}={text}" for name, text in texts.items())
    return f"{type(record).__name__}({arguments})"


def _repr_of_value(value: object) -> str:
    """A field's value as one would write it: words for members, lists for tuples."""
    match value:
        case Enum():
            return repr(value.value)
        case tuple() | frozenset():
            entries = [_repr_of_value(entry) for entry in value]
            entries = entries if isinstance(value, tuple) else sorted(entries)
            return f"[{', '.join(entries)}]"
    return repr(value)


def to_one_line(text: str) -> str:
    """Text on one line, with single spaces, and with escapes for what is invisible.

    Halves of surrogate pairs stay, so that the check of the field refuses them.
    """
    if not isinstance(text, str):
        return text
    line = " ".join(text.split())
    return line if line.isprintable() else visible(line, keep=_surrogates(line))


def to_visible(text: str) -> str:
    """Text with its lines, and with escapes for what is invisible in them.

    Raises:
        InvalidFieldError: If it holds half of a surrogate pair.
    """
    if text.isprintable():
        return text
    if _surrogates(text):
        raise InvalidFieldError("It", "text that can be written down", text)
    lines = "\n".join(re.split("\r\n?|[\v\f\x1c-\x1f\x85]", text))
    return visible(lines, keep="\n\t")


def _surrogates(text: str) -> str:
    """The halves of surrogate pairs in a text, which no file can hold."""
    return "".join(sign for sign in text if "\ud800" <= sign <= "\udfff")


@lru_cache(maxsize=10_000)
def canonical(text: str) -> str:
    """Text by which words are compared: case, spaces and forms of letters aside.

    >>> canonical("  Straße  AG") == canonical("STRASSE ag")
    True
    """
    return to_one_line(normalize("NFKC", normalize("NFKC", text).casefold()))


def to_float(value: float) -> float:
    """Any real number as a float, so that 2 and 2.0 are the same record."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return value
    try:
        converted = float(value)
    except OverflowError:
        # Too large for a float: the check will refuse it by its field's name.
        return value
    return converted if converted == value or isinstance(value, float) else value


def to_optional_float(value: float | None) -> float | None:
    """Any real number as a float; None stays None."""
    return None if value is None else to_float(value)


def to_float_mapping(value: Mapping[str, Probability]) -> Mapping[str, Probability]:
    """A mapping from names to numbers, copied; nobody can change the copy."""
    if not isinstance(value, Mapping):
        return value
    numbers = to_mapping(value).items()
    return FrozenDict({name: to_float(number) for name, number in numbers})


def to_mapping(value: Mapping[str, T]) -> Mapping[str, T]:
    """A mapping with its names on one line, copied; nobody can change the copy.

    Raises:
        InvalidFieldError: If two names differ only in their spaces.
    """
    if not isinstance(value, Mapping):
        return value
    renamed = FrozenDict({to_one_line(name): entry for name, entry in value.items()})
    if len(renamed) < len(value):
        expected = "names that differ in more than spaces"
        raise InvalidFieldError("A mapping", expected, list(value))
    return renamed


def to_tuple(value: Iterable[T], where: str, example: str) -> tuple[T, ...]:
    """A list as a tuple.

    Args:
        value: Any iterable but text, which would fall apart into its letters.
        where, example: The field, and an entry as code, for the error to show.

    Raises:
        InvalidFieldError: If it is a single thing or None.
    """
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidFieldError(where, "a list", value, f"Write [{example}].")
    return tuple(value)


def to_name_set(value: Iterable[str], where: str) -> frozenset[str]:
    """A set of names; a single name may come without brackets.

    Args:
        value: Names, each of which is set on one line.
        where: The argument or field, for an error.

    Raises:
        InvalidFieldError: If it is no list, or its entries cannot be in a set.
    """
    if isinstance(value, str):
        return frozenset((to_one_line(value),))
    expected = "a list of names"
    if not isinstance(value, Iterable):
        raise InvalidFieldError(where, expected, value, "Put them in [].")
    names = [to_one_line(name) for name in value]
    try:
        return frozenset(names)
    except TypeError:
        # A list within the list, say.
        raise InvalidFieldError(where, expected, names, "Put each in quotes.") from None


def check_kind(
    where: str, value: object, kind: type, remedy: str = "", expected: str = ""
) -> None:
    """Refuse a value of another type.

    Args:
        where, value, kind: The field, what came, and the class that it must be of.
        remedy: What to do instead, a sentence; may be empty.
        expected: What is expected, where the name of the class tells it badly.

    Raises:
        InvalidFieldError: If it is of another type.
    """
    if not isinstance(value, kind):
        name = kind.__name__
        article = "" if name.endswith("s") else "an " if name[0] in "AEIO" else "a "
        raise InvalidFieldError(where, expected or f"{article}{name}", value, remedy)


def instance_check(kind: type, remedy: str = "") -> Check:
    """A validator for a field that holds a value of a class.

    Args:
        kind: The class, whose name the error mentions.
        remedy: What to do with a value of another type, a sentence; may be empty. The
            error ends with it.
    """

    def check(owner: object, attribute: Attribute, value: object) -> None:
        """Pass a value of the class.

        Args:
            owner, attribute, value: The record, its field and what came for it, as
                attrs passes them to every validator.
        """
        check_kind(f"{type(owner).__name__}.{attribute.name}", value, kind, remedy)

    return check


def check_flag(owner: object, attribute: Attribute, value: object) -> None:
    """Pass true or false, and nothing that merely looks like it.

    Args:
        owner, attribute, value: The record, its field and what came for it, as attrs
            passes them to every validator.

    Raises:
        InvalidFieldError: If it is anything else, such as 1 or ``"yes"``.
    """
    if not isinstance(value, bool):
        raise refusal(owner, attribute, "true or false", value)


def check_names(owner: object, attribute: Attribute, value: frozenset[str]) -> None:
    """Pass a reasonable number of names, none empty.

    Args:
        owner, attribute, value: The record, field and the names, as attrs has it.

    Raises:
        InvalidFieldError: If there are more than 1,000, or a name is empty, too long or
            no text.
    """
    if len(value) > MOST_ENTRIES:
        raise refusal(owner, attribute, f"at most {MOST_ENTRIES:,} names", value)
    for name in value:
        check_name(owner, attribute, name)


def check_aspect(owner: object, attribute: Attribute, value: str) -> None:
    """Pass the name of an aspect: one that every job has, or one of the user's own.

    Args:
        owner, attribute, value: The record, field and what came, as attrs has it.

    Raises:
        InvalidFieldError: If it is empty, or a known one misspelt or by another word.
            It would be taken for another aspect, and the known one stay unknown.
    """
    check_name(owner, attribute, value)
    if value not in ASPECTS and (meant := meant_name(value)):
        expected = "of known aspects or your own"
        remedy = (
            f"Did you mean {meant!r}? If it is another aspect of your own, add a word "
            f"to it, such as 'own {value}'."
        )
        raise refusal(owner, attribute, expected, value, remedy)


@frozen(eq=False)
class Entries:
    """A validator for a mapping from aspects.

    Attributes:
        check: What each value must pass.
    """

    check: Check

    def __call__(self, owner: object, attribute: Attribute, value: object) -> None:
        """Pass a mapping of which every name is an aspect and every value passes.

        Args:
            owner, attribute, value: The record, field and what came, as attrs has it.

        Raises:
            InvalidFieldError: If it is no mapping or has more than 1,000 names, or if a
                name or a value does not pass.
        """
        if not isinstance(value, Mapping) or len(value) > MOST_ENTRIES:
            expected = f"a mapping of at most {MOST_ENTRIES:,} names"
            raise refusal(owner, attribute, expected, value)
        for name, entry in value.items():
            check_aspect(owner, attribute, name)
            named = attribute.evolve(name=f"{attribute.name}[{name!r}]")
            self.check(owner, named, entry)
