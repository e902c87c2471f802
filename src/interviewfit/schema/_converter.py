"""Records from the plain trees that JSON knows, and back.

The converter is stricter than cattrs is by itself: it reads no number from text and no
list from what merely looks like one, and it reports every field at fault and not only
the first. It is private to this package, so nobody else's cattrs changes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_unstructure_fn

from interviewfit._model.beliefs import Clue, Either, NamedSign, Reading, Signal
from interviewfit._model.dates import parse_iso_date
from interviewfit._model.fields import Entries, check_aspect, to_one_line, to_visible
from interviewfit._model.money import Interval, Money, Pay, read_interval
from interviewfit._model.signs import similar_sign
from interviewfit._model.units import member, number_remedy
from interviewfit._model.vocabulary import Sign, Strength
from interviewfit.errors import InvalidFieldError
from interviewfit.schema._remedies import (
    list_remedy,
    missing_remedy,
    unknown_keys,
)
from interviewfit.schema._versions import RENAMINGS, fields_in_text, keys_in_text

MAX_FAULTS = 100
"""Faults reported of one list; whoever made more has made the same one everywhere."""

SIGNALS: Mapping[str, type[Signal]] = {
    "reading": Reading,
    "clue": Clue,
    "sign": NamedSign,
    "either": Either,
}
"""What a signal calls itself under "type"."""

Word = TypeVar("Word", bound=StrEnum)

_INFINITE = {"inf": float("inf"), "-inf": float("-inf")}


class FaultError(ValueError):
    """One fault as a sentence, or all of a record: paths below it, with sentences."""

    def __init__(self, faults: str | list[tuple[str, str]]) -> None:
        super().__init__(faults)
        self.faults = [("", faults)] if isinstance(faults, str) else faults


def faults_at(error: Exception, step: str) -> list[tuple[str, str]]:
    """The faults that an error reports, each with its path and its sentence.

    Args:
        error: Raised while a value was structured.
        step: The way to that value, such as ``".stages"`` or ``"[0]"``, which is put
            before each path.
    """
    faults = error.faults if isinstance(error, FaultError) else [("", str(error))]
    return [(step + path, sentence) for path, sentence in faults]


def _fault(expected: str, value: object, remedy: str = "") -> FaultError:
    """The fault of a value of the wrong form.

    Args:
        expected: What it should be, such as ``"a number"``.
        value: What stands there; its repr is cut to 60 characters.
        remedy: A sentence on what to do, or nothing; it stands last.
    """
    return FaultError(f"It must be {expected}, got {value!r:.60}. {remedy}".rstrip())


def _number(value: Any) -> float:
    if isinstance(value, str) and value in _INFINITE:
        return _INFINITE[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        remedy = number_remedy(value) if isinstance(value, str) else ""
        raise _fault("a number", value, remedy)
    try:
        return float(value)
    except OverflowError:
        message = f"It must be a number below 1e308, got {str(value)[:20]}..."
        raise FaultError(message) from None


def _exactly(kind: type, expected: str, value: Any) -> Any:
    """A value of one type of JSON as it is; all others are refused.

    Args:
        kind: ``str``, ``int`` or ``bool``; a flag is no whole number.
        expected: What to call it in the fault, such as ``"text in quotes"``.
        value: What stands in the text.
    """
    if type(value) is not kind:
        raise _fault(expected, value)
    return value


_text = partial(_exactly, str, "text in quotes")


def _date(value: Any) -> date:
    day = parse_iso_date(_text(value))
    if day is None:
        raise _fault("a date such as 2025-05-14", value)
    return day


def _word(value: Any, kind: type[Word]) -> Word:
    """The word of a closed list that stands in a text.

    Args:
        value: Text, as the version being read spells it.
        kind: The closed list.

    Raises:
        ValueError: If it is no text, or no word of the list; the nearest is suggested.
    """
    word = _text(value)
    words = RENAMINGS.get()["words"].get(kind.__name__, {})
    similar = similar_sign if issubclass(kind, Sign) else None
    return member(kind, words.get(word, word), similar=similar)


def _signal(value: Any) -> Signal | Sign:
    return _word(value, Sign) if isinstance(value, str) else _evidence(value)


def _evidence(value: Any) -> Signal:
    if isinstance(value, str):
        sign = _word(value, Sign).value
        remedy = f'Write {{"type": "sign", "sign": "{sign}", "about": "Acme"}}.'
        raise _fault("a signal that says what it is about", value, remedy)
    tag = value.get("type") if isinstance(value, dict) else None
    if not isinstance(tag, str) or tag not in SIGNALS:
        raise FaultError(
            "A signal is the name of a sign, or an object with "
            f'"type": "reading", "clue", "sign" or "either", got {value!r:.60}.'
        )
    fields = {key: item for key, item in value.items() if key != "type"}
    record: Signal = CONVERTER.structure(fields, SIGNALS[tag])
    return record


def _strength(value: Any) -> Strength | float:
    return _word(value, Strength) if isinstance(value, str) else _number(value)


def _signal_tree(signal: Signal | Sign) -> Any:
    if isinstance(signal, Sign):
        return signal.value
    (tag,) = (tag for tag, kind in SIGNALS.items() if isinstance(signal, kind))
    return {"type": tag, **CONVERTER.unstructure(signal)}


def _structure_all(items: Sequence[tuple[str, Any, Any]]) -> list[Any]:
    """Every item of a list or object, structured.

    Args:
        items: For each the way to it, its value, and the type that it should be.

    Raises:
        FaultError: With the faults of every item; of very many the first
            ``MAX_FAULTS``, and how many items were not looked at.
    """
    values, faults = [], list[tuple[str, str]]()
    for done, (step, value, kind) in enumerate(items, start=1):
        try:
            values.append(CONVERTER.structure(value, kind))
        except (FaultError, InvalidFieldError) as error:
            faults += faults_at(error, step)
        left = len(items) - done
        # The last fault says how many items are left, unless that is just one.
        if len(faults) >= MAX_FAULTS - 1 and left > 1:
            sentence = f"After so many faults, {left:,} more were not looked at."
            faults.append(("", sentence))
            break
    if faults:
        raise FaultError(faults)
    return values


def _sequence(value: Any, kind: Any) -> Any:
    """A tuple or frozenset from a list of JSON.

    Args:
        value: What stands in the text.
        kind: Such as ``tuple[Stage, ...]`` or ``tuple[str, float]``.

    Raises:
        ValueError: With the faults; it may also be no list, or of another length.
    """
    kinds = get_args(kind)
    if not isinstance(value, list):
        raise _fault("a list in brackets", value, list_remedy(value))
    if get_origin(kind) is not tuple or kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    elif len(value) != len(kinds):
        raise FaultError(f"It must be a list of {len(kinds)}, got {len(value)}.")
    items = enumerate(zip(value, kinds, strict=True))
    return get_origin(kind)(
        _structure_all([(f"[{index}]", *item) for index, item in items])
    )


def _mapping(value: Any, kind: Any) -> dict[Any, Any]:
    """A dictionary from an object of JSON.

    Args:
        value: What stands in the text.
        kind: Such as ``Mapping[str, Belief]``.

    Raises:
        ValueError: With the faults of keys or values; it may also be no object.
    """
    if not isinstance(value, dict):
        raise _fault("an object in braces", value)
    key_kind, item_kind = get_args(kind)
    values = _structure_all([(f"[{key!r}]", value[key], item_kind) for key in value])
    keys = _structure_all([(f"[{key!r}]", key, key_kind) for key in value])
    return dict(zip(keys, values, strict=True))


def _refusals(kind: Any, values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each field that refuses its value by itself, with the way on and its reason.

    An attrs class stops at its first fault, and so does the check of a mapping; whoever
    mends a file wants them all.

    Args:
        kind: The class of the record.
        values: Values by field, not yet converted.
    """
    blank = kind.__new__(kind)

    def reason_against(field: Any, value: Any) -> str:
        """Why a field refuses a value; empty if it does not.

        Args:
            field, value: The field of attrs, and what came for it.
        """
        # A field may be checked against others, which are not there yet.
        with suppress(AttributeError):
            try:
                converted = field.converter(value) if field.converter else value
                if field.validator is not None:
                    field.validator(blank, field, converted)
            except InvalidFieldError as error:
                return str(error)
        return ""

    fields = {field.alias: field for field in attrs.fields(kind)}
    for name, value in values.items():
        field = fields[name]
        if not (whole := reason_against(field, value)):
            continue
        keys = value if isinstance(value, Mapping) else ()
        reasons = {key: reason_against(field, {key: value[key]}) for key in keys}
        faults = [
            (name, f"[{key!r}]", reason) for key, reason in reasons.items() if reason
        ]
        yield from faults or [(name, "", whole)]


def _name_faults(
    kind: Any, field: Any, value: Any, step: str
) -> Iterator[tuple[str, str]]:
    """The names of aspects that a mapping refuses, where its values are at fault too.

    Args:
        kind, field: The class of the record, and its field of attrs.
        value, step: What stands in the text, and the way to it.
    """
    is_checked = isinstance(field.validator, Entries) and isinstance(value, dict)
    for name in value if is_checked else ():
        try:
            check_aspect(kind.__new__(kind), field, to_one_line(name))
        except InvalidFieldError as error:
            yield f"{step}[{name!r}]", str(error)


def _record(tree: Any, kind: type) -> Any:
    """A record from an object of JSON.

    Args:
        tree: What stands in the text.
        kind: The class of the record.

    Raises:
        ValueError: With every fault of every field; it may also be no object.
    """
    fields = fields_in_text(kind)
    renamed = RENAMINGS.get()
    key_of, ignored = keys_in_text(kind, fields, renamed)
    single = renamed["single"].get(kind.__name__, ())
    if not isinstance(tree, Mapping):
        needed = [name for name in fields if fields[name].default is attrs.NOTHING]
        example = ", ".join(
            f'"{key_of[name]}": ...' for name in needed or list(fields)[:1]
        )
        remedy = f"Write {{{example}}}." if example else ""
        raise _fault("an object in braces", tree, remedy)
    values, faults = dict[str, Any](), list[tuple[str, str]]()
    for name, key in key_of.items():
        if key not in tree:
            if fields[name].default is attrs.NOTHING:
                remedy = f"The key {key!r} is missing. {missing_remedy(key)}"
                faults.append((f".{key}", remedy))
            continue
        value = tree[key]
        if key in single and isinstance(value, list) and len(value) == 1:
            value = value[0]
        try:
            values[name] = CONVERTER.structure(value, fields[name].type)
        except (FaultError, InvalidFieldError) as error:
            faults += faults_at(error, f".{key}")
            faults += _name_faults(kind, fields[name], value, f".{key}")
    if unknown := sorted(tree.keys() - {*key_of.values(), *ignored}):
        keys = tuple(key_of.values())
        faults.append(("", unknown_keys(unknown, keys, kind)))
    whole: list[tuple[str, str]] = []
    if not faults:
        try:
            return kind(**values)
        except InvalidFieldError as error:
            whole.append(("", str(error)))
    faults += [
        (f".{key_of[name]}{step}", reason)
        for name, step, reason in _refusals(kind, values)
    ]
    # The record as a whole is at fault unless a field is by itself.
    raise FaultError(faults or whole)


def _mapping_tree(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        str(key): CONVERTER.unstructure(item) for key, item in sorted(value.items())
    }


def _has_origin(*origins: type) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) in origins


def _money(value: Any) -> Money | Pay | None:
    if value is None:
        return None
    is_range = isinstance(value, dict) and not value.keys().isdisjoint({"low", "high"})
    kind: type[Money | Pay] = Pay if is_range else Money
    record: Money | Pay = CONVERTER.structure(value, kind)
    return record


_EVIDENCE, _SIGNALS, _STRENGTH = Signal, Signal | Sign, Strength | float
_MONEY = Money | Pay | None
_READERS: Mapping[Any, Callable[[Any], Any]] = {
    float: _number,
    int: partial(_exactly, int, "a whole number"),
    str: lambda value: to_visible(_text(value)),
    bool: partial(_exactly, bool, "true or false"),
    date: _date,
    _EVIDENCE: _evidence,
    _SIGNALS: _signal,
    _STRENGTH: _strength,
    _MONEY: _money,
    Interval: lambda value: read_interval(_text(value), "Interval"),
}

CONVERTER = cattrs.Converter(detailed_validation=False)
for _kind in _READERS:
    CONVERTER.register_structure_hook(_kind, lambda value, kind: _READERS[kind](value))
# Enums of text are text as well, but cattrs prefers the hook of the nearer class.
CONVERTER.register_structure_hook(StrEnum, _word)
CONVERTER.register_structure_hook_func(attrs.has, _record)
CONVERTER.register_structure_hook_func(_has_origin(tuple, frozenset), _sequence)
CONVERTER.register_structure_hook_func(_has_origin(Mapping), _mapping)
CONVERTER.register_unstructure_hook(date, date.isoformat)
CONVERTER.register_unstructure_hook(
    float, lambda value: str(value) if value in _INFINITE.values() else value
)
CONVERTER.register_unstructure_hook_factory(
    attrs.has,
    lambda kind: make_dict_unstructure_fn(
        kind, CONVERTER, _cattrs_omit_if_default=True, _cattrs_use_alias=True
    ),
)
CONVERTER.register_unstructure_hook_func(
    lambda kind: kind in (_EVIDENCE, _SIGNALS), _signal_tree
)
CONVERTER.register_unstructure_hook_func(_has_origin(Mapping), _mapping_tree)
CONVERTER.register_unstructure_hook_func(_has_origin(frozenset), sorted)
