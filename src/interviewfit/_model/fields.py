"""How fields take what they are given: converters and checks shared by the records.

Whole numbers become floats, text loses its line ends, mappings are copied. What
is of the wrong type is left for the check to refuse, with the field's name.
"""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from numbers import Real
from typing import Any, TypeAlias, TypeVar

from attrs import Attribute, frozen

from interviewfit._model.units import LARGEST, Between, Probability, check_name
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.errors import InvalidFieldError

__all__ = [
    "MOST_ENTRIES",
    "Entries",
    "check_aspect",
    "check_flag",
    "check_hours",
    "check_kind",
    "check_names",
    "entries",
    "listed",
    "maybe_number",
    "named",
    "names",
    "number",
    "of_kind",
    "one_line",
    "shares",
]

T = TypeVar("T")

Check: TypeAlias = Callable[[object, "Attribute[Any]", float], None]
"""What attrs calls to check a field."""

check_hours: Check = Between(0.0, LARGEST)
"""Refuses what is no finite number of at least 0."""
MOST_ENTRIES = 1_000
"""The most names, signals or beliefs that one field takes."""


def one_line(text: str) -> str:
    """Text on one line, with single spaces."""
    return " ".join(text.split()) if isinstance(text, str) else text


def number(value: float) -> float:
    """Any real number as a float, so that 2 and 2.0 are the same record."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return value
    try:
        converted = float(value)
    except OverflowError:
        # Too large for a float: the check will refuse it by its field's name.
        return value
    return converted if converted == value or isinstance(value, float) else value


def maybe_number(value: float | None) -> float | None:
    """The same where nothing is a value."""
    return None if value is None else number(value)


def shares(value: Mapping[str, Probability]) -> Mapping[str, Probability]:
    """A mapping from names to numbers, copied."""
    if not isinstance(value, Mapping):
        return value
    return {name: number(share) for name, share in named(value).items()}


def named(value: Mapping[str, T]) -> dict[str, T]:
    """A mapping with its names on one line, copied.

    Raises:
        InvalidFieldError: If two names differ only in their spaces.
    """
    renamed = {one_line(name): entry for name, entry in value.items()}
    if len(renamed) < len(value):
        expected = "names that differ in more than spaces"
        raise InvalidFieldError("A mapping", expected, list(value))
    return renamed


def listed(value: Iterable[T], where: str, example: str) -> tuple[T, ...]:
    """A list as a tuple.

    Args:
        value: Any iterable but text.
        where: The argument or field, for an error.
        example: Of an entry, for an error.

    Raises:
        InvalidFieldError: If it is one thing, or none.
    """
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidFieldError(where, "a list", value, f"Write [{example}].")
    return tuple(value)


def check_kind(where: str, value: object, kind: type, remedy: str = "") -> None:
    """Refuse a value of another type.

    Args:
        where: The argument or field, for an error.
        value: What came.
        kind: The class that it must be of.
        remedy: What to do instead, a sentence.

    Raises:
        InvalidFieldError: If it is of another.
    """
    if not isinstance(value, kind):
        name = kind.__name__
        article = "" if name.endswith("s") else "an " if name[0] in "AEIO" else "a "
        raise InvalidFieldError(where, f"{article}{name}", value, remedy)


def names(value: Iterable[str], where: str) -> frozenset[str]:
    """A set of names; a single name may come without brackets.

    Args:
        value: Names.
        where: The argument or field, for an error.

    Raises:
        InvalidFieldError: If it is no list, or what is in it cannot be in a set.
    """
    if isinstance(value, str):
        return frozenset((one_line(value),))
    if not isinstance(value, Iterable):
        raise InvalidFieldError(where, "a list of names", value, "Put them in [].")
    plain = [one_line(name) for name in value]
    try:
        return frozenset(plain)
    except TypeError:
        # A list within the list, say.
        expected = "a list of names"
        raise InvalidFieldError(where, expected, plain, "Put each in quotes.") from None


# A letter left out, doubled or wrong in "commute" is nearer than this; "roles" is not.
_SLIP = 0.9


def check_aspect(owner: object, attribute: "Attribute[Any]", value: str) -> None:
    """Pass the name of an aspect: one that every job has, or one of the user's own.

    Args:
        owner: The record that has it.
        attribute: The field.
        value: What came.

    Raises:
        InvalidFieldError: If it is empty, or a known one misspelt. It would be
            taken for an aspect of its own, and the known one stay unknown.
    """
    check_name(owner, attribute, value)
    if value in ASPECTS:
        return
    similar = get_close_matches(value[:50].casefold(), ASPECTS, n=1, cutoff=_SLIP)
    if similar:
        where = f"{type(owner).__name__}.{attribute.name}"
        remedy = f"Did you mean {similar[0]!r}? If not, use a word that differs more."
        raise InvalidFieldError(where, "of known aspects or your own", value, remedy)


@frozen(eq=False)
class Entries:
    """A validator for a mapping from aspects. Made by ``entries``.

    Attributes:
        check: What each value must pass.
    """

    check: Callable[[object, "Attribute[Any]", Any], None]

    def __call__(self, owner: object, attribute: "Attribute[Any]", value: Any) -> None:
        """Pass a mapping of which every name is an aspect and every value passes.

        Args:
            owner: The record that has it.
            attribute: The field.
            value: What came.

        Raises:
            InvalidFieldError: If it is not.
        """
        where = f"{type(owner).__name__}.{attribute.name}"
        if not isinstance(value, Mapping) or len(value) > MOST_ENTRIES:
            expected = f"a mapping of at most {MOST_ENTRIES:,} names"
            raise InvalidFieldError(where, expected, value)
        for name, entry in value.items():
            check_aspect(owner, attribute, name)
            self.check(
                owner, attribute.evolve(name=f"{attribute.name}[{name!r}]"), entry
            )


def entries(check: Callable[[object, "Attribute[Any]", Any], None]) -> Entries:
    """A validator for a mapping from aspects, each value checked by *check*."""
    return Entries(check)


def check_names(
    owner: object, attribute: "Attribute[Any]", value: frozenset[str]
) -> None:
    """Pass a reasonable number of names, none empty.

    Args:
        owner: The record that has it.
        attribute: The field.
        value: What came.

    Raises:
        InvalidFieldError: If not.
    """
    if len(value) > MOST_ENTRIES:
        where = f"{type(owner).__name__}.{attribute.name}"
        raise InvalidFieldError(where, f"at most {MOST_ENTRIES:,} names", value)
    for name in value:
        check_name(owner, attribute, name)


def of_kind(kind: type) -> Callable[[object, "Attribute[Any]", object], None]:
    """A validator for a field that holds a value of one *kind*."""

    def check(owner: object, attribute: "Attribute[Any]", value: object) -> None:
        """Pass a value of that kind.

        Args:
            owner: The record that has it.
            attribute: The field.
            value: What came.
        """
        check_kind(f"{type(owner).__name__}.{attribute.name}", value, kind)

    return check


def check_flag(owner: object, attribute: "Attribute[Any]", value: object) -> None:
    """Pass true or false, and nothing that merely looks like it.

    Args:
        owner: The record that has it.
        attribute: The field.
        value: What came.

    Raises:
        InvalidFieldError: If not.
    """
    if not isinstance(value, bool):
        where = f"{type(owner).__name__}.{attribute.name}"
        raise InvalidFieldError(where, "true or false", value)
