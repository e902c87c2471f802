"""Answers as plain values and as columns: what ``to_dict`` and ``to_columns`` return.

Both walk over the fields of a record and over those of its properties that are numbers
or words, so that a record says only what its rows are. The unit of a number stands in
the annotation of its field, and from there comes into the heading of its column.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache, cached_property
from types import MappingProxyType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
import numpy as np

from interviewfit._model.decision import Decision, Search
from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit.errors import InvalidFieldError

Columns: TypeAlias = dict[str, Any]
"""Columns by heading, all of one length."""

Cell: TypeAlias = tuple[str, Any, Any]
"""A heading, what stands under it in a row, and in rows that leave it out."""

_SUMMARY, _NAME = "summary", "opportunity"
_STATED = (Decision, Search, Candidate, Assumptions)
_SCALARS = (str, bool, int, float, date, Enum)
_UNIT_WORDS = {"% of pay": "percent", "h": "hours", "chance": "probability"}
# What a name says by itself; its heading repeats no unit.
_SAID = {
    "hours": {"hours"},
    "days": {"days", "day"},
    "percent": {"percent"},
    "factor": {"factor"},
    "probability": {"probability", "share", "shares", "rate", "chance", "confidence"},
}


class Convertible:
    """A record whose fields and properties convert to plain values."""

    __slots__ = ()
    _kept: ClassVar[Mapping[str, Callable[[Any], Any]]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # attrs makes the class again with slots in place of the properties that are
        # kept once they were asked for, and from Python 3.14 on without their types.
        kept = {
            name: member.func
            for name, member in vars(cls).items()
            if isinstance(member, cached_property)
        }
        if kept:
            cls._kept = MappingProxyType({**cls._kept, **kept})


class Tabular(Convertible):
    """An answer that converts to plain values and to the columns of data frames.

    Both are copies: whoever changes them leaves the answer as it is.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> answer = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> answer.to_dict()["action"]
    'take'
    >>> columns = answer.to_columns("thresholds")
    >>> columns["stage"][0], round(columns["fit_percent"][0])
    ('hr screen', -26)
    """

    __slots__ = ()
    _row_name: ClassVar[str] = _SUMMARY

    def to_dict(self) -> dict[str, Any]:
        """The answer as numbers, texts, flags, None, lists and dictionaries.

        Keys are the names of fields, and of properties that are a number or a word.
        Dates are text such as ``"2026-05-14"``. What you stated reads as in your file.
        """
        return _plain_record(self)

    def to_columns(self, table: str = "") -> Columns:
        """One table of the answer, as ``pandas.DataFrame`` and ``polars`` take it.

        A heading ends in the unit of its column, such as ``value_hours`` or
        ``fit_percent``, unless the name says it already.

        Args:
            table: Which one: a field or property that holds rows, such as
                ``"thresholds"``, or ``"summary"`` for one row with the numbers and
                words of the answer itself. Empty for the rows that the answer is about.

        Returns:
            Lists of numbers, texts, flags and None by heading, one entry for each row.

        Raises:
            InvalidFieldError: If the answer has no such table; those it has are named.
        """
        return _to_columns(self, table or self._row_name)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of fields, then of further public properties, with their units."""
    hints = get_type_hints(kind, include_extras=True)
    properties: dict[str, Any] = dict(getattr(kind, "_kept", {}))
    for name in dir(kind):
        member = getattr(kind, name, None)
        if isinstance(member, property):
            properties[name] = member.fget
    further = {
        name: get_type_hints(function, include_extras=True).get("return", Any)
        for name, function in properties.items()
    }
    ordered = {item.name: hints[item.name] for item in attrs.fields(kind)}
    return {
        name: hint
        for name, hint in (ordered | further).items()
        if not name.startswith("_")
    }


def _stripped(hint: Any) -> tuple[Any, str]:
    """A type without its unit and without None, and the unit; empty if it has none."""
    if get_origin(hint) is Annotated:
        kind, unit = get_args(hint)[:2]
        return kind, str(unit)
    if get_origin(hint) in (Union, UnionType):
        kinds = [item for item in get_args(hint) if item is not type(None)]
        if len(kinds) == 1:
            return _stripped(kinds[0])
    return hint, ""


def _is_scalar(hint: Any) -> bool:
    """Whether values of a type are a number, a text, a flag or a date."""
    kind, _ = _stripped(hint)
    return isinstance(kind, type) and issubclass(kind, _SCALARS)


def heading(name: str, unit: str) -> str:
    """A name and its unit, unless the last word of the name says it already.

    Args:
        name: Of a field or a number, such as ``"value"`` or ``"pay.mean"``.
        unit: In one word, such as ``"hours"``; empty for none.

    >>> heading("value", "hours"), heading("sd_hours", "hours")
    ('value_hours', 'sd_hours')
    """
    words = name.rpartition(".")[2].split("_")
    is_said = not unit or not _SAID.get(unit, {unit}).isdisjoint(words)
    return name if is_said else f"{name}_{unit}"


def unit_word(unit: str) -> str:
    """A unit of ``list_inputs`` as it stands in a heading.

    >>> unit_word("% of pay"), unit_word("h per hour")
    ('percent', 'hours_per_hour')
    """
    return _UNIT_WORDS.get(unit, unit.replace("h ", "hours ").replace(" ", "_"))


def _scalar(value: Any) -> Any:
    """A number, a text, a flag or None, as Python and JSON know them."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value


def _plain_record(record: Any) -> dict[str, Any]:
    """A record by field, with its properties that are scalars."""
    kind: Any = type(record)
    if kind.__module__.startswith("interviewfit._model."):
        # Imported when it is asked for: no answer needs it.
        from interviewfit.schema._converter import CONVERTER

        stated: dict[str, Any] = CONVERTER.unstructure(record)
        return stated
    fields = attrs.fields(kind)
    hints = _hints(kind)
    names = [(item.alias, item.name) for item in fields]
    known = {item.name for item in fields}
    names += [
        (name, name) for name in hints if name not in known and _is_scalar(hints[name])
    ]
    return {alias: _plain(getattr(record, name)) for alias, name in names}


def _plain(value: Any) -> Any:
    """A value of any field as plain values."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if attrs.has(type(value)):
        return _plain_record(value)
    if isinstance(value, Mapping):
        return {str(_scalar(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _scalar(value)


def _is_table(hint: Any) -> bool:
    """Whether values of a type are rows, or have them."""
    kind, _ = _stripped(hint)
    if isinstance(kind, type):
        return issubclass(kind, Tabular)
    if get_origin(kind) is tuple:
        first, *more = get_args(kind)
        return more == [...] and not _is_scalar(first)
    return get_origin(kind) is Mapping


def _to_columns(record: Any, table: str) -> Columns:
    """The columns of one table of a record.

    Args:
        record: The answer.
        table: Its name; ``"summary"`` for the record itself, as one row.

    Raises:
        InvalidFieldError: If there is no such table.
    """
    record_kind: Any = type(record)
    hints = _hints(record_kind)
    if table == _SUMMARY:
        return _joined([list(_record_cells("", record, ""))], ())
    names = [name for name in hints if _is_table(hints[name])]
    if table not in names:
        expected = f"one of {', '.join([_SUMMARY, *names])}"
        raise InvalidFieldError("to_columns(table)", expected, table)
    value, (kind, _) = getattr(record, table), _stripped(hints[table])
    if isinstance(value, Tabular):
        return value.to_columns()
    start = [("opportunity", record.opportunity, None)] if _NAME in hints else []
    is_mapping = get_origin(kind) is Mapping
    entry_hint = get_args(kind)[1 if is_mapping else 0] if get_args(kind) else Any
    heads = [_NAME] if start else []
    if is_mapping:
        key_kind = get_args(kind)[0]
        head = "name" if key_kind is str else key_kind.__name__.lower()
        heads.append(head)
        rows = []
        for key, entry in value.items():
            cells, word = list(_row(entry, entry_hint)), _scalar(key)
            # A record that begins with its key needs no column of keys.
            is_said = bool(cells) and cells[0][1] == word
            rows.append([*start, *([] if is_said else [(head, word, None)]), *cells])
    else:
        rows = [[*start, *_row(entry, entry_hint)] for entry in value or ()]
    return _joined(rows, [*heads, *_headings(entry_hint)])


def _row(entry: Any, hint: Any) -> Iterator[Cell]:
    """Yield the cells of an entry of a table.

    Args:
        entry: A record, a number or word, or a list of them.
        hint: Its type.
    """
    kind, unit = _stripped(hint)
    if attrs.has(type(entry)):
        yield from _record_cells("", entry, unit)
    elif isinstance(entry, tuple):
        yield from _list_cells("", entry, kind, unit)
    else:
        yield unit or "value", _scalar(entry), None


def _headings(hint: Any) -> Iterator[str]:
    """The headings that a table has even if it has no rows."""
    kind, unit = _stripped(hint)
    if isinstance(kind, type) and attrs.has(kind):
        fields: Any = kind
        for name, field_hint in _hints(fields).items():
            if _is_scalar(field_hint):
                yield heading(name, _stripped(field_hint)[1])
    elif _is_scalar(hint):
        yield unit or "value"


def _record_cells(prefix: str, record: Any, unit: str) -> Iterator[Cell]:
    """Yield the cells of a record as one row.

    Args:
        prefix: Put before each heading.
        record: The record; other answers in it have their own tables.
        unit: Of its numbers, where the record does not say it.
    """
    kind: Any = type(record)
    fields = {item.name for item in attrs.fields(kind)}
    for name, hint in _hints(kind).items():
        inner, _ = _stripped(hint)
        if isinstance(inner, type) and attrs.has(inner):
            if name not in fields or issubclass(inner, (Tabular, *_STATED)):
                continue
        elif name == getattr(kind, "_row_name", ""):
            continue
        yield from _cells(prefix + name, getattr(record, name), hint, unit)


def _cells(name: str, value: Any, hint: Any, unit: str) -> Iterator[Cell]:
    """Yield the cells of one field; none for rows of their own.

    Args:
        name: Of the field, with all that stands before it.
        value: Its value.
        hint: Its type.
        unit: Of the number, where its type does not say it.
    """
    kind, stated = _stripped(hint)
    unit = stated or unit
    if attrs.has(type(value)):
        yield from _record_cells(f"{name}.", value, unit)
    elif isinstance(value, Mapping):
        entry_hint = (get_args(kind) or (Any, Any))[1]
        entry_kind, entry_unit = _stripped(entry_hint)
        for key, entry in value.items():
            word = _scalar(key)
            if isinstance(entry, int | float):
                # What is left out of a sum or a count is 0; a factor is not.
                missing = None if entry_unit == "factor" else type(entry)(0)
                yield f"{heading(name, entry_unit)}.{word}", _scalar(entry), missing
            else:
                yield from _cells(f"{name}.{word}", entry, entry_kind, entry_unit)
    elif isinstance(value, tuple | frozenset):
        yield from _list_cells(name, value, kind, unit)
    elif _is_scalar(hint) or isinstance(value, _SCALARS):
        yield heading(name, unit), _scalar(value), None


def _list_cells(name: str, values: Any, kind: Any, unit: str) -> Iterator[Cell]:
    """Yield the cells of a list: words in one, a range in two, pairs by name.

    Args:
        name: Of the field; empty for a row of its own.
        values: The list.
        kind: Its type, without None.
        unit: Of its numbers.
    """
    kinds = get_args(kind)
    inner = _stripped(kinds[0])[0] if kinds else Any
    if get_origin(kind) is tuple and kinds[-1] is not ...:
        is_range = [_stripped(item)[0] for item in kinds] == [float, float]
        for number, value in enumerate(values):
            word = ("low", "high")[number] if is_range else f"{number + 1}"
            label = f"{name}_{word}" if name else word
            yield heading(label, _stripped(kinds[number])[1] or unit), value, None
    elif get_origin(inner) is tuple:
        seen = Counter[str]()
        start = heading(name, _stripped(get_args(inner)[-1])[1])
        for key, value in values:
            seen[key] += 1
            again = f" ({seen[key]})" if seen[key] > 1 else ""
            yield f"{start}.{key}{again}", _scalar(value), None
    elif isinstance(inner, type) and issubclass(inner, str):
        words = sorted(values) if isinstance(values, frozenset) else values
        yield name, ", ".join(_scalar(word) for word in words), None


def _joined(rows: Sequence[Sequence[Cell]], heads: Sequence[str]) -> Columns:
    """Rows as columns.

    Args:
        rows: The cells of each.
        heads: Headings of a table without rows.
    """
    missing = {name: absent for row in rows for name, _, absent in row}
    by_name = [{name: cell for name, cell, _ in row} for row in rows]
    return {
        name: [row.get(name, missing.get(name)) for row in by_name]
        for name in (missing if rows else dict.fromkeys(heads))
    }
