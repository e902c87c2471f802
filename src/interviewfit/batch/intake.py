"""
Columns checked and sorted before anything is worked out from them.

A column has an entry for each row, or is one value for all rows. NaN, or a masked
entry, says that a number is not known; where something must be known it is refused.
Every column at fault is named at once, with its first bad row.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import partial
from math import isnan
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import define, field

from interviewfit.arithmetic import FloatColumn
from interviewfit.batch.coding import AnyColumn, Coded, Codes, code_words
from interviewfit.batch.columns import FLAGS, WORDS, Place, is_ours, nearest, place_of
from interviewfit.batch.crew import Crew
from interviewfit.domain import Candidate
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.stages import Stage
from interviewfit.units import member
from interviewfit.vocabulary import Phase

__all__ = ["Flags", "Rows", "Table", "read"]

Flags: TypeAlias = npt.NDArray[np.bool_]
"""Yes or no, for each row."""

Rows: TypeAlias = slice | npt.NDArray[np.intp]
"""Some rows of a table."""

_PHASES = tuple(Phase)
_FAR = 100
_OTHERS = (
    "An aspect of your own is named in Candidate.priorities first; "
    "print(interviewfit.batch.columns.column_table()) lists all others."
)
_NOT_KNOWN = "Leave the column out to use the usual number."


@define(eq=False)
class Table:
    """
    Columns by what they are. Made by ``read``.

    Attributes:
        candidate: Whose aspects and lessons may be named.
        processes: The templates that may be named.
        first_row: Number of the first row, as messages count.
        crew: Who shares the work of checking.
        rows: How many.
        places: Of every number named.
        numbers: Those with an entry for each row, as they came; nothing is copied.
        constants: Those that are one number for all rows.
        words: Codes of process, phase, stage, company and field, or one for all rows;
            companies and fields count from 1, 0 is one nothing was learned of.
        flags: Yes or no.
    """

    candidate: Candidate
    processes: Mapping[str, Sequence[Stage]]
    first_row: int
    crew: Crew
    rows: int = 0
    places: dict[str, Place] = field(factory=dict)
    numbers: dict[str, AnyColumn] = field(factory=dict)
    constants: dict[str, float] = field(factory=dict)
    words: dict[str, Codes | int] = field(factory=dict)
    flags: dict[str, Flags | bool] = field(factory=dict)

    def floats(self, name: str, rows: Rows) -> FloatColumn:
        """
        Some rows of a column of numbers, as floats; NaN: not known.
        """
        return np.asarray(self.numbers[name][rows], dtype=np.float64)

    def known(self, word: str) -> tuple[str, ...]:
        """
        The words that a column of words may hold, by code.
        """
        if word == "process":
            return tuple(self.processes)
        if word == "phase":
            return tuple(_PHASES)
        learned = (one.about for one in self.candidate.learned if one.scope == word)
        return ("", *dict.fromkeys(learned))

    def place(self, name: str, column: AnyColumn | Coded) -> Iterator[str]:
        """
        Put one column where it belongs, and say what is wrong with it.
        """
        if not is_ours(name, self.candidate):
            near = nearest(name, self.candidate)
            remedy = f"Did you mean {near!r}?" if near else _OTHERS
            yield _fault(f"column {name!r}", "one that is read", name, remedy)
        elif len(column.shape) > 1:
            yield _fault(f"column {name!r}", "one-dimensional", column.shape)
        elif column.shape and column.shape[0] != self.rows:
            expected = f"{self.rows:,} rows long, as others are"
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
        else:
            place = place_of(name, self.candidate)
            if place is not None:
                yield from self._number(name, column, place)

    def _flag(self, name: str, column: AnyColumn) -> Iterator[str]:
        if column.dtype.kind != "b":
            remedy = "Write column.astype(bool)."
            yield _fault(f"column {name!r}", "true or false", _shown(column), remedy)
            return
        self.flags[name] = column if column.ndim else bool(column)

    def _stage(self, column: AnyColumn) -> Iterator[str]:
        if column.dtype.kind not in "fiu":
            yield _fault("column 'stage'", "whole numbers", _shown(column))
            return
        entries = np.atleast_1d(column)
        codes = np.empty(entries.shape, dtype=np.int16)

        def bad(part: slice) -> Flags:
            some = entries[part]
            with np.errstate(invalid="ignore"):
                np.copyto(codes[part], some, casting="unsafe")
                # Whatever a number far off has become, it is no longer itself.
                same = np.equal(codes[part], some)
                return np.asarray(~same | (some < 0) | (some >= _FAR))

        row = self._first(bad)
        if row is not None:
            yield self._bad("stage", column, row, "a whole number of at least 0")
            return
        self.words["stage"] = codes if column.ndim else int(codes[0])

    def _word(self, name: str, column: AnyColumn | Coded) -> Iterator[str]:
        if isinstance(column, Coded):
            codes, most = column.codes, len(column.words)
            row = self._first(lambda part: (codes[part] < -1) | (codes[part] >= most))
            if row is not None:
                expected = f"a code below {most}, or -1 where it is not known"
                where = self._where(name, column, row)
                yield _fault(where, expected, int(codes[row]))
                return
        elif column.dtype.kind not in "UTO":
            yield _fault(f"column {name!r}", "text", _shown(column))
            return
        known = self.known(name)
        entries = column
        if not isinstance(column, Coded) and not column.ndim:
            # A single word is found quickest as it is.
            entries = np.atleast_1d(column.astype(object))
        # What nothing was learned of is all the same.
        needed = name in ("process", "phase")
        found = code_words(entries, known, -1 if needed else 0, self.crew)
        row = self._first(lambda part: found[part] < 0) if needed else None
        if row is not None:
            try:
                member(Phase, str(entries[row]))
                remedy = ""
            except InvalidFieldError as error:
                remedy = error.remedy if name == "phase" else ""
            expected = f"one of {', '.join(known)}"
            yield self._bad(name, column, row, expected, remedy)
            return
        self.words[name] = found if column.shape else int(found[0])

    def _number(self, name: str, column: AnyColumn, place: Place) -> Iterator[str]:
        if place.name in self.places:
            remedy = "Drop one of the two."
            yield _fault(f"column {name!r}", "given once", place.name, remedy)
            return
        self.places[place.name] = place
        if column.dtype.kind not in "fiu":
            remedy = "Convert it to float, with NaN for what is not known."
            yield _fault(f"column {name!r}", "numbers", _shown(column), remedy)
            return
        entries = np.atleast_1d(column)
        checked = self.crew.each(
            lambda part: _outside(entries, place, part), entries.size
        )
        for row in checked:
            if row is not None:
                yield self._out_of_range(name, column, row, place)
                return
        if column.ndim:
            self.numbers[place.name] = column
        elif not isnan(column):
            self.constants[place.name] = float(column)

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
        at = f", row {self.first_row + row}" if column.shape else ""
        return f"column {name!r}{at}"

    def missing(self, given: Container[str]) -> Iterator[str]:
        """
        What the columns need beside each other.
        """
        if "process" not in given:
            yield (
                f"column 'process' is missing: it names one of "
                f"{', '.join(self.processes)}, by row or once for all."
            )
        for name in self.places:
            aspect, _, what = name.rpartition(".")
            lonely = what == "sd" and f"{aspect}.mean" not in self.places
            if lonely and self.places[name].path[1] == "beliefs":
                yield f"column {name!r} needs '{aspect}.mean' beside it."

    def fits(self) -> Iterator[str]:
        """
        Whether each row has the stages that are spoken of.
        """
        row = self._first(self._beyond)
        if row is not None:
            one = slice(row, row + 1)
            yield _fault(
                f"column 'stage', row {self.first_row + row}",
                f"one of the {self._lengths(one).item()} stages of its process",
                np.atleast_1d(self._code("stage", one)).item(),
                "The first stage is 0.",
            )
        for name, place in self.places.items():
            given = name in self.numbers or name in self.constants
            if place.path[1] != "stages" or not given:
                continue
            row = self._first(partial(self._absent, name, int(place.path[2])))
            if row is not None:
                yield _fault(
                    f"column {name!r}, row {self.first_row + row}",
                    "NaN where the process has no such stage",
                    "a number",
                )

    def _beyond(self, part: slice) -> Flags:
        return np.atleast_1d(self._code("stage", part) >= self._lengths(part))

    def _absent(self, name: str, stage: int, part: slice) -> Flags:
        short = self._lengths(part) <= stage
        if name in self.numbers and short.any():
            short = short & ~np.isnan(self.numbers[name][part])
        return short

    def _lengths(self, part: slice) -> npt.NDArray[np.int16]:
        """
        How many stages the processes of some rows have; one number if all are alike.
        """
        lengths = [len(stages) for stages in self.processes.values()]
        found = np.array(lengths, np.int16)[self._code("process", part)]
        return np.atleast_1d(found)

    def _code(self, word: str, part: slice) -> Codes | int:
        codes = self.words.get(word, 0)
        return codes if isinstance(codes, int) else codes[part]

    def _first(self, bad: Callable[[slice], Flags]) -> int | None:
        """
        The first row at fault, looked for in parts that take little room.
        """

        def look(part: slice) -> int | None:
            found = bad(part)
            return int(part.start) + int(found.argmax()) if found.any() else None

        found = self.crew.each(look, self.rows)
        return next((row for row in found if row is not None), None)


def read(
    columns: Mapping[str, Any],
    candidate: Candidate,
    processes: Mapping[str, Sequence[Stage]],
    first_row: int = 0,
    crew: Crew | None = None,
) -> Table:
    """
    Check columns, and sort them by what they are.

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
    arrays: dict[str, AnyColumn | Coded] = {}
    faults = []
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
    elif arrays:
        faults.append("no column has an entry for each row; one is needed.")
    for name, column in arrays.items():
        faults.extend(table.place(name, column))
    faults.extend(table.missing(arrays))
    if not faults and table.rows:
        faults.extend(table.fits())
    if faults:
        raise DecodeError("table of columns", faults)
    return table


def _outside(entries: AnyColumn, place: Place, part: slice) -> int | None:
    """
    The first of some rows that holds what its place may not.
    """
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
    """
    As an array; masked numbers become NaN, masked flags no.
    """
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
    """
    What kind of thing came, and one of them.
    """
    first = column.reshape(-1)[:1].tolist()
    return f"{column.dtype}: {first[0]!r:.40}" if first else str(column.dtype)
