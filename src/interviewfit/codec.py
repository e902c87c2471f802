"""
JSON and back, for every public record.

The outermost object carries ``"schema": "interviewfit/1"``. Fields at their
default are left out; unknown keys are refused; a reading or clue says which it
is under ``"type"``, a named sign is its name. Infinite thresholds are written
``"inf"`` and ``"-inf"``, since JSON has no word for them. Same record, same bytes.

The converter is private: importing us changes nobody's serialisation.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_origin

import attrs
import cattrs
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
    transform_error,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.evidence import Clue, Reading
from interviewfit.units import member
from interviewfit.vocabulary import Sign

__all__ = ["LONGEST", "SCHEMA", "dumps", "loads"]

T = TypeVar("T")

SCHEMA = "interviewfit/1"
"""What the outermost object must name itself."""

LONGEST = 5_000_000
"""Characters of JSON read at most; more is not somebody's job search."""

_SIGNALS: dict[str, type[Reading] | type[Clue]] = {"reading": Reading, "clue": Clue}
_INFINITE = {"inf": float("inf"), "-inf": float("-inf")}


def dumps(record: object) -> str:
    """
    One record as JSON text, ending in a line end.

    Raises:
        TypeError: If it is not a record of this package.

    >>> from interviewfit.evidence import Belief
    >>> print(dumps(Belief(mean=5, sd=8)), end="")
    {
      "schema": "interviewfit/1",
      "mean": 5.0,
      "sd": 8.0
    }
    """
    if not attrs.has(type(record)):
        message = f"only records of interviewfit can be written, got {record!r:.80}"
        raise TypeError(message)
    tree = {"schema": SCHEMA, **_CONVERTER.unstructure(record)}
    return json.dumps(tree, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def loads(text: str | bytes, kind: type[T]) -> T:
    """
    One record of a *kind* from JSON text.

    Raises:
        DecodeError: With one line for every fault, each ending in its JSON path.

    >>> from interviewfit.stages import Stage
    >>> loads('{"schema": "interviewfit/1", "kind": "panel", "hours": -1}', Stage)
    Traceback (most recent call last):
    interviewfit.errors.DecodeError: This is not a valid Stage:
    Stage.hours must be a number between 0 and 1e+06, got -1.0. @ $.hours
    """
    tree = _parse(text, kind.__name__)
    if not isinstance(tree, dict):
        raise DecodeError(kind.__name__, ["It must be an object in braces. @ $"])
    schema = tree.pop("schema", None)
    if schema != SCHEMA:
        fault = f'It must say "schema": "{SCHEMA}", got {schema!r:.40}. @ $.schema'
        raise DecodeError(kind.__name__, [fault])
    try:
        return _CONVERTER.structure(tree, kind)
    except (BaseValidationError, _FaultError, InvalidFieldError) as error:
        raise DecodeError(
            kind.__name__, transform_error(error, format_exception=_describe)
        ) from error
    except RecursionError:
        raise DecodeError(kind.__name__, ["It is nested too deeply. @ $"]) from None


class _FaultError(ValueError):
    """
    One fault, in words.
    """


def _parse(text: str | bytes, kind: str) -> Any:
    if len(text) > LONGEST:
        fault = f"It has {len(text):,} characters, at most {LONGEST:,} are read. @ $"
        raise DecodeError(kind, [fault])
    try:
        return json.loads(
            text, object_pairs_hook=_without_doubles, parse_constant=_refuse
        )
    except _FaultError as error:
        raise DecodeError(kind, [f"{error} @ $"]) from None
    except RecursionError:
        raise DecodeError(kind, ["It is nested too deeply. @ $"]) from None
    except ValueError as error:
        raise DecodeError(kind, [f"It is not JSON: {error}. @ $"]) from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in found if names.count(name) > 1)
        message = f"The key {double!r:.60} stands twice in one object."
        raise _FaultError(message)
    return found


def _refuse(constant: str) -> float:
    message = f"{constant} is not a number here. Leave out what is not known."
    raise _FaultError(message)


def _describe(error: BaseException, _: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(one.name for one in attrs.fields(error.cl))
        unknown = ", ".join(f"{name!r:.60}" for name in sorted(error.extra_fields))
        return f"Unknown key {unknown}; known are {known}."
    if isinstance(error, KeyError):
        return f"The key {error} is missing."
    return str(error)


def _number(value: Any, _: Any) -> float:
    if isinstance(value, str) and value in _INFINITE:
        return _INFINITE[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        remedy = " Write the number without quotes." if isinstance(value, str) else ""
        message = f"It must be a number, got {value!r:.60}.{remedy}"
        raise _FaultError(message)
    try:
        return float(value)
    except OverflowError:
        message = f"It must be a number below 1e308, got {str(value)[:20]}..."
        raise _FaultError(message) from None


def _whole(value: Any, _: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        message = f"It must be a whole number, got {value!r:.60}."
        raise _FaultError(message)
    return value


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        message = f"It must be text in quotes, got {value!r:.60}."
        raise _FaultError(message)
    return value


def _flag(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        message = f"It must be true or false, got {value!r:.60}."
        raise _FaultError(message)
    return value


def _signal(value: Any, _: Any) -> Reading | Clue | Sign:
    if isinstance(value, str):
        return member(Sign, value)
    if not isinstance(value, dict) or value.get("type") not in _SIGNALS:
        message = (
            "A signal is the name of a sign, or an object with "
            f'"type": "reading" or "clue", got {value!r:.60}.'
        )
        raise _FaultError(message)
    rest = {name: one for name, one in value.items() if name != "type"}
    found: Reading | Clue = _CONVERTER.structure(rest, _SIGNALS[value["type"]])
    return found


def _evidence(value: Any, kind: Any) -> Reading | Clue:
    found = _signal(value, kind)
    if isinstance(found, Sign):
        message = f"A sign says nothing of a company or field, got {value!r:.60}."
        raise _FaultError(message)
    return found


def _signal_tree(signal: Reading | Clue | Sign) -> Any:
    if isinstance(signal, Sign):
        return signal.value
    name = "reading" if isinstance(signal, Reading) else "clue"
    return {"type": name, **_CONVERTER.unstructure(signal)}


def _gather(kind: Any, items: Iterable[tuple[Any, Any, Any]], what: str) -> list[Any]:
    """
    Every item structured, or every fault with its place.
    """
    found, faults = [], []
    for place, value, item_kind in items:
        try:
            found.append(_CONVERTER.structure(value, item_kind))
        except (BaseValidationError, _FaultError, InvalidFieldError) as error:
            note = f"Structuring {what} @ {place!r}"
            error.add_note(IterableValidationNote(note, place, item_kind))
            faults.append(error)
    if faults:
        message = f"While structuring {what}"
        raise IterableValidationError(message, faults, kind)
    return found


def _sequence(value: Any, kind: Any) -> Any:
    kinds = get_args(kind)
    if not isinstance(value, list):
        message = f"It must be a list in brackets, got {value!r:.60}."
        raise _FaultError(message)
    if get_origin(kind) is tuple and kinds[-1] is not Ellipsis:
        if len(value) != len(kinds):
            message = f"It must be a list of {len(kinds)}, got {len(value)}."
            raise _FaultError(message)
    else:
        kinds = (kinds[0],) * len(value)
    numbered = zip(range(len(value)), value, kinds, strict=True)
    return get_origin(kind)(_gather(kind, numbered, "list"))


def _mapping(value: Any, kind: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        message = f"It must be an object in braces, got {value!r:.60}."
        raise _FaultError(message)
    key_kind, item_kind = get_args(kind)
    items = [(key, one, item_kind) for key, one in value.items()]
    found = _gather(kind, items, "object")
    keys = _gather(kind, [(key, key, key_kind) for key in value], "object")
    return dict(zip(keys, found, strict=True))


def _check_fields(kind: type, value: Mapping[str, Any]) -> list[Exception]:
    """
    What is wrong with each field by itself, every fault with its name.

    An attrs class stops at its first; somebody mending a file wants them all.
    """
    faults: list[Exception] = []
    blank: Any = object.__new__(kind)
    for one in attrs.fields(kind):
        if one.name not in value or one.type is None:
            continue
        try:
            found = _CONVERTER.structure(value[one.name], one.type)
            found = one.converter(found) if callable(one.converter) else found
            if one.validator is not None:
                one.validator(blank, one, found)
        except AttributeError:
            # It is checked against other fields, and they are not there.
            continue
        except (BaseValidationError, _FaultError, InvalidFieldError) as error:
            note = f"Structuring class {kind.__qualname__} @ attribute {one.name}"
            error.add_note(AttributeValidationNote(note, one.name, one.type))
            faults.append(error)
    return faults


def _structure_hook(kind: type) -> Callable[[Any, Any], Any]:
    build: Callable[[Any, Any], Any] = make_dict_structure_fn(
        kind,
        _CONVERTER,
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=True,
    )

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            message = f"It must be an object in braces, got {value!r:.60}."
            raise _FaultError(message)
        try:
            return build(value, kind)
        except ClassValidationError as error:
            others = [
                one
                for one in error.exceptions
                if isinstance(one, KeyError | ForbiddenExtraKeysError)
            ]
            faults = _check_fields(kind, value)
            if not (others or faults):
                raise
            message = f"While structuring {kind.__name__}"
            raise ClassValidationError(message, [*others, *faults], kind) from None

    return structure


def _unstructure_hook(kind: type) -> Callable[[Any], dict[str, Any]]:
    return make_dict_unstructure_fn(kind, _CONVERTER, _cattrs_omit_if_default=True)


def _tree_of_number(value: float) -> float | str:
    if value in (_INFINITE["inf"], _INFINITE["-inf"]):
        return "inf" if value > 0 else "-inf"
    return value


def _tree_of_names(value: frozenset[str]) -> list[str]:
    return sorted(value)


def _origin(kind: Any) -> object:
    return get_origin(kind)


def _make_converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
    for plain, read in ((float, _number), (int, _whole), (str, _text), (bool, _flag)):
        converter.register_structure_hook(plain, read)
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
    converter.register_unstructure_hook(float, _tree_of_number)
    converter.register_unstructure_hook_func(
        lambda kind: _origin(kind) is frozenset, sorted
    )
    return converter


_CONVERTER = _make_converter()
