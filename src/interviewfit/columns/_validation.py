"""Columns checked and sorted by what they hold, before anything is computed from them.

A column has an entry for each row, or is one value for all rows. NaN, or a masked
entry, says that a number is not known; it is refused where a number must be known. All
columns at fault are named at once, each with its first bad row.

Words are looked up while the rows are scored, because that takes longer than any other
check. Only if a row turns out to have an unknown word does ``check_rows`` look for the
first one in every column.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isnan
from typing import Any

import numpy as np
from attrs import frozen

from interviewfit._model.domain import Candidate
from interviewfit._model.stages import Stage
from interviewfit._model.units import member
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import AnyArray, BoolArray
from interviewfit.columns._columns import Columns
from interviewfit.columns._factorize import Coded, factorize
from interviewfit.columns._specs import (
    CATEGORIES,
    FLAGS,
    ColumnSpec,
    column_spec,
    is_known_column,
    suggest_column,
)
from interviewfit.columns._threads import row_blocks
from interviewfit.errors import DecodeError, InvalidFieldError

__all__ = ["check_rows", "validate"]

# No process has as many stages; codes of stages fit their type.
_STAGE_LIMIT = 100
_NAMES = (
    "An aspect of your own is named in Candidate.priorities first; "
    "print(interviewfit.columns.column_table()) lists all others."
)


def validate(
    columns: Mapping[str, Any],
    candidate: Candidate,
    processes: Mapping[str, Sequence[Stage]],
    first_row: int = 0,
) -> Columns:
    """Check columns, and sort them by what they hold.

    Args:
        columns: By name: one entry for each row, or one value for all rows.
        candidate: Whose aspects and lessons the columns may name.
        processes: Stages of the templates that may be named.
        first_row: Number of the first row in messages.

    Returns:
        The columns by type. Words by row have not been looked up yet.

    Raises:
        DecodeError: With one line for every column that is at fault.
        InvalidFieldError: If *columns* is not a mapping.
    """
    if not isinstance(columns, Mapping):
        raise InvalidFieldError("score(columns)", "a mapping by name", columns)
    table = Columns(candidate, processes, first_row)
    ragged = []
    for name, entries in columns.items():
        try:
            table.entries[str(name)] = _as_array(entries)
        except ValueError:
            error = InvalidFieldError(f"column {name!r}", "one-dimensional", entries)
            ragged.append(str(error))
    if ragged:
        raise DecodeError("table of columns", ragged)
    shapes = (column.shape for column in table.entries.values())
    sizes = [shape[0] for shape in shapes if len(shape) == 1]
    # The length of most columns, so that the odd one out is blamed.
    table.rows = max(sizes, key=sizes.count, default=0)
    for name in table.entries:
        table.faults[name] = list(_Validator(table, name).sort())
    if any(table.faults.values()) or any(_missing_columns(table)):
        check_rows(table)
    return table


def check_rows(table: Columns) -> None:
    """Look in every row for unknown words, and for words that do not fit together.

    Raises:
        DecodeError: With one line for every column that is at fault, also of the faults
            that were found before.
    """
    faults: list[str] = []
    for name, found_before in table.faults.items():
        faults.extend(found_before or _Validator(table, name).unknown_words())
    faults.extend(_missing_columns(table))
    if not faults and table.rows:
        for name in table.entries:
            faults.extend(_Validator(table, name).absent_stages())
    if faults:
        raise DecodeError("table of columns", faults)


@frozen(eq=False)
class _Validator:
    """Puts one column where it belongs in a table, or says what is wrong with it.

    Attributes:
        table: Columns sorted so far; changed.
        name: Of the column, as the caller wrote it.
    """

    table: Columns
    name: str

    def sort(self) -> Iterator[str]:
        """Put the column into the table, or yield what is wrong with it."""
        name, candidate = self.name, self.table.candidate
        column, spec = self.table.entries[name], column_spec(name, candidate)
        if spec is None and not is_known_column(name, candidate):
            suggestion = suggest_column(name, candidate)
            remedy = f"Did you mean {suggestion!r}?" if suggestion else _NAMES
            yield self._fault("one that is read", name, remedy)
        elif len(column.shape) > 1:
            yield self._fault("one-dimensional", column.shape)
        elif column.shape and column.shape[0] != self.table.rows:
            expected = f"{self.table.rows:,} rows long, as others are"
            yield self._fault(expected, column.shape[0])
        elif name in CATEGORIES and name != "stage":
            yield from self._sort_words(column)
        elif isinstance(column, Coded):
            remedy = "Only process, phase, company and field are words."
            yield self._fault("numbers or flags", column, remedy)
        elif name in FLAGS or name.startswith(("signs.", "tags.")):
            if column.dtype.kind == "b":
                self.table.flags[name] = column if column.ndim else bool(column)
            else:
                remedy = "Write column.astype(bool)."
                yield self._fault("true or false", _shown(column), remedy)
        elif name == "stage":
            yield from self._sort_stages(column)
        elif spec is not None:
            yield from self._sort_numbers(column, spec)

    def _sort_stages(self, column: AnyArray) -> Iterator[str]:
        if column.dtype.kind not in "fiu":
            yield self._fault("whole numbers", _shown(column))
            return
        stages = np.atleast_1d(column)

        def bad(rows: slice) -> BoolArray:
            part = stages[rows]
            outside = _outside(part, 0, _STAGE_LIMIT - 1)
            return np.asarray(outside | (np.floor(part) != part))

        row = _first_row(bad, stages.size)
        if row is not None:
            yield self._fault_in(row, "a whole number of at least 0")
        elif column.ndim:
            self.table.categories["stage"] = lambda rows: stages[rows].astype(np.int16)
        else:
            self.table.categories["stage"] = int(stages[0])

    def _sort_words(self, column: AnyArray | Coded) -> Iterator[str]:
        if isinstance(column, Coded):
            codes, most = column.codes, len(column.words) - 1
            row = _first_row(lambda rows: _outside(codes[rows], -1, most), codes.size)
            if row is not None:
                expected = f"a code below {most + 1}, or -1 where it is not known"
                yield self._fault(expected, int(codes[row]), row=row)
                return
        elif column.dtype.kind not in "UTO":
            yield self._fault("text", _shown(column))
            return
        names = self.table.names(self.name)
        # All companies and fields from which no lesson was learned are alike.
        default = -1 if self.name in ("process", "phase") else 0
        if column.shape:
            self.table.categories[self.name] = factorize(column, names, default)
            return
        word = np.asarray(column).item()
        code = names.index(word) if word in names else default
        self.table.categories[self.name] = code
        yield from self.unknown_words()

    def _sort_numbers(self, column: AnyArray, spec: ColumnSpec) -> Iterator[str]:
        """Put a column of numbers into the table, or yield what is wrong with it.

        Args:
            column: Its entries, shape ``(rows,)``, or ``()`` for one number.
            spec: Where they go, and what range they must lie in.
        """
        table, numbers = self.table, np.atleast_1d(column)
        if spec.name in table.specs:
            yield self._fault("given once", spec.name, "Drop one of the two.")
            return
        table.specs[spec.name] = spec
        if column.dtype.kind not in "fiu":
            remedy = "Convert it to float, with NaN for what is not known."
            yield self._fault("numbers", _shown(column), remedy)
            return

        def bad(rows: slice) -> BoolArray:
            outside = _outside(numbers[rows], spec.low, spec.high)
            return outside & ~np.isnan(numbers[rows]) if spec.optional else outside

        # The ends of the column are found without making an array. A NaN is an end only
        # where it may not stand.
        lower, upper = (np.fmin, np.fmax) if spec.optional else (np.minimum, np.maximum)
        inside = not numbers.size or (
            lower.reduce(numbers) >= spec.low and upper.reduce(numbers) <= spec.high
        )
        row = None if inside else _first_row(bad, numbers.size)
        if row is not None:
            remedy = "NaN says that it is not known." if spec.optional else ""
            if isnan(numbers[row]):
                remedy = "Leave the column out to use the usual number."
            elif spec.high == 1.0 and 1.0 < numbers[row] <= 100.0:
                percent = float(numbers[row])
                remedy = f"For {percent:g} %, write {percent / 100:g}."
            expected = f"a number between {spec.low:,.10g} and {spec.high:,.10g}"
            at = row if column.ndim else None
            yield self._fault(expected, float(numbers[row]), remedy, at)
        elif column.ndim:
            table.numbers[spec.name] = column
        elif not isnan(column):
            table.constants[spec.name] = float(column)

    def unknown_words(self) -> Iterator[str]:
        """The first unknown word, if this is the column of the process or the phase."""
        table, name = self.table, self.name
        if name not in ("process", "phase") or name not in table.categories:
            return
        row = _first_row(lambda rows: table.codes(name, rows) < 0, table.rows)
        if row is None:
            return
        remedy = ""
        if name == "phase":
            try:
                member(Phase, str(self._entry(row)))
            except InvalidFieldError as error:
                remedy = error.remedy
        yield self._fault_in(row, f"one of {', '.join(table.names(name))}", remedy)

    def absent_stages(self) -> Iterator[str]:
        """The first row whose process has not the stage that this column speaks of."""
        table, spec = self.table, column_spec(self.name, self.table.candidate)
        if self.name == "stage":
            row = _first_row(
                lambda rows: table.codes("stage", rows) >= table.lengths(rows),
                table.rows,
            )
            if row is not None:
                stages = table.lengths(slice(row, row + 1)).item()
                expected = f"one of the {stages} stages of its process"
                remedy = "The first stage is 0."
                yield self._fault(expected, int(self._entry(row)), remedy, row=row)
        elif spec is not None and spec.path[1] == "stages":
            stage, numbers = int(spec.path[2]), np.asarray(table.entries[self.name])

            def bad(rows: slice) -> BoolArray:
                stated = ~np.isnan(numbers[rows] if numbers.ndim else numbers)
                return np.asarray(stated & (table.lengths(rows) <= stage))

            row = _first_row(bad, table.rows)
            if row is not None:
                expected = "NaN where the process has no such stage"
                yield self._fault(expected, "a number", row=row)

    def _entry(self, row: int) -> Any:
        column = self.table.entries[self.name]
        entry: Any = column[row] if column.shape else np.asarray(column)[()]
        return entry.item() if isinstance(entry, np.generic) else entry

    def _fault_in(self, row: int, expected: str, remedy: str = "") -> str:
        """A line that says what is wrong with the entry of a row.

        Args:
            row: Number of the row, from 0.
            expected: What must stand there.
            remedy: What to do about it, unless the entry is missing.
        """
        entry = self._entry(row)
        if entry != entry or entry is None or entry == "":  # noqa: PLR0124  # NaN
            remedy = "It must be known."
        at = row if self.table.entries[self.name].shape else None
        return self._fault(expected, entry, remedy, at)

    def _fault(
        self, expected: str, value: object, remedy: str = "", row: int | None = None
    ) -> str:
        """A line that says what is wrong with the column.

        Args:
            expected: What must stand there.
            value: What stands there.
            remedy: What to do about it.
            row: Number of the row to blame, from 0; None for the whole column.
        """
        where = f"column {self.name!r}"
        if row is not None:
            where += f", row {self.table.first_row + row}"
        return str(InvalidFieldError(where, expected, value, remedy))


def _missing_columns(table: Columns) -> Iterator[str]:
    """What is wrong where columns need another one that is missing."""
    if table.entries and not any(column.shape for column in table.entries.values()):
        yield "no column has an entry for each row; one is needed."
    if "process" not in table.entries:
        yield (
            f"column 'process' is missing: it names one of "
            f"{', '.join(table.processes)}, by row or once for all."
        )
    for name, spec in table.specs.items():
        mean = f"{name.rpartition('.')[0]}.mean"
        if spec.path[1] == "beliefs" and mean not in table.specs:
            yield f"column {name!r} needs {mean!r} beside it."


def _first_row(bad: Callable[[slice], BoolArray], rows: int) -> int | None:
    """The first row for which a condition holds, looked for in blocks.

    Args:
        bad: The condition for a slice of rows, shape ``(rows,)``.
        rows: How many rows there are.

    Returns:
        Number of the row from 0; None if there is none.
    """
    for block in row_blocks(rows):
        flags = bad(block)
        if flags.any():
            return int(block.start + flags.argmax())
    return None


def _outside(numbers: AnyArray, low: float, high: float) -> BoolArray:
    """Where numbers lie outside of a range, or are NaN.

    Args:
        numbers: In the unit of the range, shape ``(rows,)``.
        low: Least that is allowed.
        high: Most that is allowed.
    """
    return np.asarray(~((numbers >= low) & (numbers <= high)))


def _as_array(entries: Any) -> AnyArray | Coded:
    """Entries as an array; masked numbers become NaN, masked flags false.

    Raises:
        ValueError: If a list is ragged.
    """
    if isinstance(entries, Coded):
        return entries
    if isinstance(entries, np.ma.MaskedArray):
        masked: Any = entries
        if masked.dtype.kind in "fiu":
            return np.asarray(masked.astype(np.float64).filled(np.nan))
        return np.asarray(masked.filled(False if masked.dtype.kind == "b" else ""))
    array = np.asarray(entries)
    # Bounds of columns are beyond the largest half-precision number.
    return array.astype(np.float64) if array.dtype == np.float16 else array


def _shown(column: AnyArray) -> str:
    """The type of a column, and its first entry if it has any."""
    first = column.reshape(-1)[:1].tolist()
    return f"{column.dtype}: {first[0]!r:.40}" if first else str(column.dtype)
