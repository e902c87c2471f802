"""Between records and the plain trees that JSON knows.

Stricter than cattrs by itself: numbers are not read from text, nothing is read from
what merely looks like a list, and every field of a record that is at fault is named,
not only the first. The converter is private to us: nobody else's changes.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin

import attrs
import cattrs
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_unstructure_fn

from interviewfit._model.beliefs import Clue, Reading
from interviewfit._model.units import member
from interviewfit._model.vocabulary import Sign
from interviewfit._reading.dates import parse_iso_date
from interviewfit.errors import InvalidFieldError

__all__ = ["CONVERTER", "MOST_FAULTS", "SIGNALS", "FaultError"]

MOST_FAULTS = 100
"""Faults looked for in one list; whoever made more has made one of them everywhere."""

SIGNALS: Mapping[str, type[Reading] | type[Clue]] = {"reading": Reading, "clue": Clue}
"""What a signal calls itself under "type"."""

_INFINITE = {"inf": float("inf"), "-inf": float("-inf")}


class FaultError(ValueError):
    """One fault, in words."""


def _number(value: Any, _: Any) -> float:
    if isinstance(value, str) and value in _INFINITE:
        return _INFINITE[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        remedy = " Write the number without quotes." if isinstance(value, str) else ""
        message = f"It must be a number, got {value!r:.60}.{remedy}"
        raise FaultError(message)
    try:
        return float(value)
    except OverflowError:
        message = f"It must be a number below 1e308, got {str(value)[:20]}..."
        raise FaultError(message) from None


def _whole(value: Any, _: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        message = f"It must be a whole number, got {value!r:.60}."
        raise FaultError(message)
    return value


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        message = f"It must be text in quotes, got {value!r:.60}."
        raise FaultError(message)
    return value


def _flag(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        message = f"It must be true or false, got {value!r:.60}."
        raise FaultError(message)
    return value


def _day(value: Any, _: Any) -> date:
    day = parse_iso_date(_text(value, str))
    if day is None:
        message = f"It must be a date such as 2025-05-14, got {value!r:.60}."
        raise FaultError(message)
    return day


def _signal(value: Any, _: Any) -> Reading | Clue | Sign:
    if isinstance(value, str):
        return member(Sign, value)
    known = isinstance(value, dict) and isinstance(value.get("type"), str)
    if not known or value["type"] not in SIGNALS:
        message = (
            "A signal is the name of a sign, or an object with "
            f'"type": "reading" or "clue", got {value!r:.60}.'
        )
        raise FaultError(message)
    rest = {name: one for name, one in value.items() if name != "type"}
    found: Reading | Clue = CONVERTER.structure(rest, SIGNALS[value["type"]])
    return found


def _evidence(value: Any, kind: Any) -> Reading | Clue:
    found = _signal(value, kind)
    if isinstance(found, Sign):
        message = f"A sign says nothing of a company or field, got {value!r:.60}."
        raise FaultError(message)
    return found


def _signal_tree(signal: Reading | Clue | Sign) -> Any:
    if isinstance(signal, Sign):
        return signal.value
    name = "reading" if isinstance(signal, Reading) else "clue"
    return {"type": name, **CONVERTER.unstructure(signal)}


def _gather(kind: Any, items: Collection[tuple[Any, Any, Any]], what: str) -> list[Any]:
    """Every item structured, or its faults with their places, ``MOST_FAULTS`` at most."""
    found, faults, count = [], [], 0
    for number, (place, value, item_kind) in enumerate(items, start=1):
        try:
            found.append(CONVERTER.structure(value, item_kind))
        except (BaseValidationError, FaultError, InvalidFieldError) as error:
            note = f"Structuring {what} @ {place!r:.60}"
            error.add_note(IterableValidationNote(note, place, item_kind))
            faults.append(error)
            count += _leaves(error)
        rest = len(items) - number
        # The last of them says how many were left, unless that is just one.
        if count >= MOST_FAULTS - 1 and rest > 1:
            message = f"After so many faults, {rest:,} more were not looked at."
            faults.append(FaultError(message))
            break
    if faults:
        message = f"While structuring {what}"
        raise IterableValidationError(message, faults, kind)
    return found


def _leaves(error: Exception) -> int:
    """How many faults an error tells of."""
    if isinstance(error, BaseValidationError):
        return sum(map(_leaves, error.exceptions))
    return 1


def _sequence(value: Any, kind: Any) -> Any:
    kinds = get_args(kind)
    if not isinstance(value, list):
        message = f"It must be a list in brackets, got {value!r:.60}."
        raise FaultError(message)
    if get_origin(kind) is tuple and kinds[-1] is not Ellipsis:
        if len(value) != len(kinds):
            message = f"It must be a list of {len(kinds)}, got {len(value)}."
            raise FaultError(message)
    else:
        kinds = (kinds[0],) * len(value)
    numbered = list(zip(range(len(value)), value, kinds, strict=True))
    return get_origin(kind)(_gather(kind, numbered, "list"))


def _mapping(value: Any, kind: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        message = f"It must be an object in braces, got {value!r:.60}."
        raise FaultError(message)
    key_kind, item_kind = get_args(kind)
    items = [(key, one, item_kind) for key, one in value.items()]
    found = _gather(kind, items, "object")
    keys = _gather(kind, [(key, key, key_kind) for key in value], "object")
    return dict(zip(keys, found, strict=True))


def _at(kind: type, one: "attrs.Attribute[Any]", error: Exception) -> Exception:
    """The error, with the field where it happened."""
    note = f"Structuring class {kind.__qualname__} @ attribute {one.name}"
    error.add_note(AttributeValidationNote(note, one.name, one.type))
    return error


def _refusals(kind: type, found: Mapping[str, Any]) -> Iterator[Exception]:
    """What is wrong with each field by itself, every fault with its name.

    An attrs class stops at its first; somebody mending a file wants them all.
    """
    blank: Any = object.__new__(kind)
    for name, value in found.items():
        one = getattr(attrs.fields(kind), name)
        try:
            kept = one.converter(value) if callable(one.converter) else value
            if one.validator is not None:
                one.validator(blank, one, kept)
        except AttributeError:
            # It is checked against other fields, and they are not there.
            continue
        except InvalidFieldError as error:
            yield _at(kind, one, error)


def _build(kind: type, known: Mapping[str, Any], value: Mapping[str, Any]) -> Any:
    """A record from its fields, or all their faults."""
    found, faults = {}, list[Exception]()
    unknown = set(value) - known.keys()
    if unknown:
        faults.append(ForbiddenExtraKeysError("", kind, unknown))
    for name, one in known.items():
        if name not in value:
            if one.default is attrs.NOTHING:
                faults.append(_at(kind, one, KeyError(name)))
            continue
        try:
            found[name] = CONVERTER.structure(value[name], one.type)
        except (BaseValidationError, FaultError, InvalidFieldError) as error:
            faults.append(_at(kind, one, error))
    if not faults:
        try:
            return kind(**found)
        except InvalidFieldError as error:
            faults.extend(list(_refusals(kind, found)) or [error])
    else:
        faults.extend(_refusals(kind, found))
    message = f"While structuring {kind.__name__}"
    raise ClassValidationError(message, faults, kind)


def _structure_hook(kind: type) -> Callable[[Any, Any], Any]:
    fields = attrs.fields(attrs.resolve_types(kind))
    known = {one.name: one for one in fields if one.init}

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            message = f"It must be an object in braces, got {value!r:.60}."
            raise FaultError(message)
        return _build(kind, known, value)

    return structure


def _unstructure_hook(kind: type) -> Callable[[Any], dict[str, Any]]:
    return make_dict_unstructure_fn(kind, CONVERTER, _cattrs_omit_if_default=True)


def _tree_of_mapping(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        str(name): CONVERTER.unstructure(one) for name, one in sorted(value.items())
    }


def _tree_of_number(value: float) -> float | str:
    if value in (_INFINITE["inf"], _INFINITE["-inf"]):
        return "inf" if value > 0 else "-inf"
    return value


def _origin(kind: Any) -> object:
    return get_origin(kind)


def _make_converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
    for plain, read in ((float, _number), (int, _whole), (str, _text), (bool, _flag)):
        converter.register_structure_hook(plain, read)
    converter.register_structure_hook(date, _day)
    converter.register_unstructure_hook(date, date.isoformat)
    # Enums and records before the general hooks: the last registered is asked first.
    converter.register_structure_hook_factory(attrs.has, _structure_hook)
    converter.register_unstructure_hook_factory(attrs.has, _unstructure_hook)
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, StrEnum),
        lambda value, kind: member(kind, _text(value, str)),
    )
    converter.register_structure_hook_func(
        lambda kind: _origin(kind) in (tuple, frozenset), _sequence
    )
    converter.register_structure_hook_func(
        lambda kind: _origin(kind) is Mapping, _mapping
    )
    converter.register_structure_hook_func(
        lambda kind: kind == Reading | Clue | Sign, _signal
    )
    converter.register_structure_hook_func(
        lambda kind: kind == Reading | Clue, _evidence
    )
    converter.register_unstructure_hook_func(
        lambda kind: kind in (Reading | Clue, Reading | Clue | Sign), _signal_tree
    )
    converter.register_unstructure_hook_func(
        lambda kind: _origin(kind) is Mapping, _tree_of_mapping
    )
    converter.register_unstructure_hook(float, _tree_of_number)
    converter.register_unstructure_hook_func(
        lambda kind: _origin(kind) is frozenset, sorted
    )
    return converter


CONVERTER = _make_converter()
