"""Columns checked and sorted before anything is worked out from them.

A column has an entry for each row, or is one value for all rows. NaN, or a masked
entry, says that a number is not known; where something must be known it is refused.
Every column at fault is named at once, with its first bad row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import isnan
from typing import Any

import numpy as np
from attrs import frozen

from interviewfit._model.domain import Candidate
from interviewfit._model.stages import Stage
from interviewfit._model.units import member
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.scratch import AnyColumn, Desk, Flags
from interviewfit.columns._factorize import Coded, Counts, words_of
from interviewfit.columns._specs import FLAGS, WORDS, Place, is_ours, nearest, place_of
from interviewfit.columns._table import Table
from interviewfit.columns._threads import Crew
from interviewfit.errors import DecodeError, InvalidFieldError

__all__ = ["check", "read"]

_FAR = 100
_OTHERS = (
    "An aspect of your own is named in Candidate.priorities first; "
    "print(interviewfit.columns._specs.column_table()) lists all others."
)
_NOT_KNOWN = "Leave the column out to use the usual number."


@frozen(eq=False)
class _Inspection:
    """What columns are put into a table, and what is wrong with them."""

    table: Table

    def place(self, name: str, column: AnyColumn | Coded) -> Iterator[str]:
        """Put one column where it belongs, and say what is wrong with it."""
        place = place_of(name, self.table.candidate)
        if place is None and not is_ours(name, self.table.candidate):
            near = nearest(name, self.table.candidate)
            remedy = f"Did you mean {near!r}?" if near else _OTHERS
            yield _fault(f"column {name!r}", "one that is read", name, remedy)
        elif len(column.shape) > 1:
            yield _fault(f"column {name!r}", "one-dimensional", column.shape)
        elif column.shape and column.shape[0] != self.table.rows:
            expected = f"{self.table.rows:,} rows long, as others are"
            yield _fault(f"column {name!r}", expected, column.shape[0])
        elif name in WORDS and name != "stage":
            yield from self._word(name, column)
        elif isinstance(column, Coded):
            remedy = "Only process, phase, company and field are words."
            yield _fault(f"column {name!r}", "numbers or flags", column, remedy)
        elif name in FLAGS or name.startswith(("signs.", "tags.")):
            yield from self._flag(name, column)
        elif name == "stage":
            yield from self._stage(column)
        elif place is not None:
            yield from self._number(name, column, place)

    def _flag(self, name: str, column: AnyColumn) -> Iterator[str]:
        if column.dtype.kind != "b":
            remedy = "Write column.astype(bool)."
            yield _fault(f"column {name!r}", "true or false", _shown(column), remedy)
            return
        self.table.flags[name] = column if column.ndim else bool(column)

    def _stage(self, column: AnyColumn) -> Iterator[str]:
        if column.dtype.kind not in "fiu":
            yield _fault("column 'stage'", "whole numbers", _shown(column))
            return
        entries = np.atleast_1d(column)

        def bad(part: slice, desk: Desk) -> Flags:
            some = desk.floats("some", part.stop - part.start)
            np.copyto(some, entries[part], casting="same_kind")
            floor = np.floor(some, out=desk.floats("floor", some.size))
            # A NaN is not what it would be rounded to either.
            found = np.not_equal(floor, some, out=desk.flags("bad", some.size))
            if some.min() < 0.0 or some.max() >= _FAR:
                found |= (some < 0.0) | (some >= _FAR)
            return found

        row = self._first(bad, entries.size)
        if row is not None:
            yield self._bad("stage", column, row, "a whole number of at least 0")
            return
        self.table.words["stage"] = Counts(column) if column.ndim else int(entries[0])

    def _word(self, name: str, column: AnyColumn | Coded) -> Iterator[str]:
        if isinstance(column, Coded):
            codes, most = column.codes, len(column.words)
            row = self.table.crew.each(
                lambda part, _: _beyond(codes, most, part), self.table.rows
            )
            if row is not None:
                expected = f"a code below {most}, or -1 where it is not known"
                where = self._where(name, column, row)
                yield _fault(where, expected, int(codes[row]))
                return
        elif column.dtype.kind not in "UTO":
            yield _fault(f"column {name!r}", "text", _shown(column))
            return
        # What nothing was learned of is all the same.
        needed = name in ("process", "phase")
        other = -1 if needed else 0
        if column.shape:
            self.table.words[name] = words_of(column, self.table.known(name), other)
            return
        known, word = self.table.known(name), np.asarray(column).item()
        self.table.words[name] = known.index(word) if word in known else other
        yield from self._unknown(name, column)

    def _unknown(self, name: str, column: AnyColumn | Coded) -> Iterator[str]:
        """What is said of the first word of a column that is not known and must be."""
        if name not in ("process", "phase") or name not in self.table.words:
            return
        row = self._first(lambda part, desk: self.table.codes(name, part, desk) < 0)
        if row is None:
            return
        entries: Any = column if column.shape else np.atleast_1d(np.asarray(column))
        try:
            member(Phase, str(entries[row]))
            remedy = ""
        except InvalidFieldError as error:
            remedy = error.remedy if name == "phase" else ""
        expected = f"one of {', '.join(self.table.known(name))}"
        yield self._bad(name, column, row, expected, remedy)

    def _number(self, name: str, column: AnyColumn, place: Place) -> Iterator[str]:
        if place.name in self.table.places:
            remedy = "Drop one of the two."
            yield _fault(f"column {name!r}", "given once", place.name, remedy)
            return
        self.table.places[place.name] = place
        if column.dtype.kind not in "fiu":
            remedy = "Convert it to float, with NaN for what is not known."
            yield _fault(f"column {name!r}", "numbers", _shown(column), remedy)
            return
        entries = np.atleast_1d(column)
        row = self.table.crew.each(
            lambda part, _: _outside(entries, place, part), entries.size
        )
        if row is not None:
            yield self._out_of_range(name, column, row, place)
            return
        if column.ndim:
            self.table.numbers[place.name] = column
        elif not isnan(column):
            self.table.constants[place.name] = float(column)

    def _out_of_range(
        self, name: str, column: AnyColumn, row: int, place: Place
    ) -> str:
        value = float(np.atleast_1d(column)[row])
        expected = f"a number between {place.low:,.10g} and {place.high:,.10g}"
        remedy = ""
        if isnan(value):
            remedy = _NOT_KNOWN
        elif place.high == 1.0 and 1.0 < value <= 100.0:
            remedy = f"For {value:g} %, write {value / 100:g}."
        elif place.open:
            remedy = "NaN says that it is not known."
        return _fault(self._where(name, column, row), expected, value, remedy)

    def _bad(
        self,
        name: str,
        column: AnyColumn | Coded,
        row: int,
        expected: str,
        remedy: str = "",
    ) -> str:
        entries = column if isinstance(column, Coded) else np.atleast_1d(column)
        value: Any = entries[row]
        if value != value or value is None or value == "":  # noqa: PLR0124  # NaN
            remedy = "It must be known."
        value = value.item() if isinstance(value, np.generic) else value
        return _fault(self._where(name, column, row), expected, value, remedy)

    def _where(self, name: str, column: AnyColumn | Coded, row: int) -> str:
        at = f", row {self.table.first_row + row}" if column.shape else ""
        return f"column {name!r}{at}"

    def missing(self) -> Iterator[str]:
        """What the columns need beside each other."""
        given = self.table.columns
        if given and not any(one.shape for one in given.values()):
            yield "no column has an entry for each row; one is needed."
        if "process" not in given:
            yield (
                f"column 'process' is missing: it names one of "
                f"{', '.join(self.table.processes)}, by row or once for all."
            )
        for name in self.table.places:
            aspect, _, what = name.rpartition(".")
            lonely = what == "sd" and f"{aspect}.mean" not in self.table.places
            if lonely and self.table.places[name].path[1] == "beliefs":
                yield f"column {name!r} needs '{aspect}.mean' beside it."

    def fits(self) -> Iterator[str]:
        """Whether each row has the stages that are spoken of."""
        row = self._first(self._beyond)
        if row is not None:
            one, desk = slice(row, row + 1), Desk()
            many = self.table.lengths(one, desk).item()
            yield _fault(
                f"column 'stage', row {self.table.first_row + row}",
                f"one of the {many} stages of its process",
                self.table.codes("stage", one, desk).item(),
                "The first stage is 0.",
            )
        for name, place in self.table.places.items():
            given = name in self.table.numbers or name in self.table.constants
            if place.path[1] != "stages" or not given:
                continue
            row = self._first(partial(self._absent, name, int(place.path[2])))
            if row is not None:
                yield _fault(
                    f"column {name!r}, row {self.table.first_row + row}",
                    "NaN where the process has no such stage",
                    "a number",
                )

    def _beyond(self, part: slice, desk: Desk) -> Flags:
        stages = self.table.codes("stage", part, desk).copy()
        return np.asarray(stages >= self.table.lengths(part, desk))

    def _absent(self, name: str, stage: int, part: slice, desk: Desk) -> Flags:
        short = self.table.lengths(part, desk) <= stage
        if name in self.table.numbers and short.any():
            short = short & ~np.isnan(self.table.numbers[name][part])
        return short

    def _first(
        self, bad: Callable[[slice, Desk], Flags], rows: int | None = None
    ) -> int | None:
        """The first row at fault, looked for in parts that take little room."""

        def look(part: slice, desk: Desk) -> int | None:
            found = bad(part, desk)
            return int(part.start) + int(found.argmax()) if found.any() else None

        return self.table.crew.each(look, self.table.rows if rows is None else rows)

    def all(self) -> Iterator[str]:
        """All that is wrong, words looked at row by row."""
        sound = True
        for name, column in self.table.columns.items():
            for fault in self.table.faults[name] or self._unknown(name, column):
                sound = False
                yield fault
        for fault in self.missing():
            sound = False
            yield fault
        if sound and self.table.rows:
            yield from self.fits()


def read(
    columns: Mapping[str, Any],
    candidate: Candidate,
    processes: Mapping[str, Sequence[Stage]],
    first_row: int = 0,
    crew: Crew | None = None,
) -> Table:
    """Check columns, and sort them by what they are.

    Args:
        columns: By name: one entry for each row, or one value for all.
        candidate: Whose aspects and lessons may be named.
        processes: The templates that may be named.
        first_row: Number of the first row, as messages count.
        crew: Who shares the work of checking.

    Raises:
        DecodeError: With one line for every column that is at fault.
    """
    if not isinstance(columns, Mapping):
        raise InvalidFieldError("score(columns)", "a mapping by name", columns)
    table = Table(candidate, processes, first_row, crew or Crew())
    arrays, faults = table.columns, []
    for name, entries in columns.items():
        try:
            arrays[str(name)] = _plain(entries)
        except ValueError:
            faults.append(_fault(f"column {str(name)!r}", "one-dimensional", entries))
    if faults:
        raise DecodeError("table of columns", faults)
    sizes = [one.shape[0] for one in arrays.values() if len(one.shape) == 1]
    if sizes:
        # What most have, so that the odd one out is blamed.
        table.rows = max(sizes, key=sizes.count)
    inspection = _Inspection(table)
    for name, column in arrays.items():
        table.faults[name] = list(inspection.place(name, column))
    if any(table.faults.values()) or any(inspection.missing()):
        check(table)
    return table


def check(table: Table) -> None:
    """Look at every row for words that are not known, or do not fit together.

    Raises:
        DecodeError: With one line for every column that is at fault.
    """
    faults = list(_Inspection(table).all())
    if faults:
        raise DecodeError("table of columns", faults)


def _beyond(codes: AnyColumn, most: int, part: slice) -> int | None:
    """The first of some rows whose code stands for no word."""
    some = codes[part]
    if some.min() >= -1 and some.max() < most:
        return None
    return int(part.start) + int(((some < -1) | (some >= most)).argmax())


def _outside(entries: AnyColumn, place: Place, part: slice) -> int | None:
    """The first of some rows that holds what its place may not."""
    some = entries[part]
    lower, upper = (np.fmin, np.fmax) if place.open else (np.minimum, np.maximum)
    low, high = lower.reduce(some), upper.reduce(some)
    # Written so that a NaN is outside, unless none of the rows is known.
    if (place.low <= low and high <= place.high) or (place.open and isnan(low)):
        return None
    bad = ~((some >= place.low) & (some <= place.high))
    if place.open:
        bad &= ~np.isnan(some)
    return int(part.start) + int(bad.argmax())


def _plain(entries: Any) -> AnyColumn | Coded:
    """As an array; masked numbers become NaN, masked flags no."""
    if isinstance(entries, Coded):
        return entries
    if isinstance(entries, np.ma.MaskedArray):
        masked: Any = entries
        if masked.dtype.kind in "fiu":
            return np.asarray(masked.astype(np.float64).filled(np.nan))
        return np.asarray(masked.filled(False if masked.dtype.kind == "b" else ""))
    plain = np.asarray(entries)
    # What may be entered goes beyond the largest half-precision number.
    return plain.astype(np.float64) if plain.dtype == np.float16 else plain


def _fault(where: str, expected: str, value: object, remedy: str = "") -> str:
    return str(InvalidFieldError(where, expected, value, remedy))


def _shown(column: AnyColumn) -> str:
    """What kind of thing came, and one of them."""
    first = column.reshape(-1)[:1].tolist()
    return f"{column.dtype}: {first[0]!r:.40}" if first else str(column.dtype)
