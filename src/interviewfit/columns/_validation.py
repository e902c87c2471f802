"""Columns checked and sorted by what they hold, before anything is computed from them.

A column has an entry for each row, or is one value for all rows. NaN, or a masked
entry, says that a number is not known; it is refused where a number must be known. All
columns at fault are named at once, each with its first bad row.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain, islice
from math import inf, isnan
from typing import Any

import numpy as np
from attrs import frozen

from interviewfit._model.beliefs import Either
from interviewfit._model.domain import Candidate
from interviewfit._model.money import LARGEST_AMOUNT, LEAST_AMOUNT
from interviewfit._model.parameters import PARAMETERS
from interviewfit._model.stages import Stage
from interviewfit._model.units import number_of
from interviewfit._numeric.arrays import AnyArray, BoolArray
from interviewfit.columns._between import (
    missing_columns,
    research_ahead,
    stages_with,
)
from interviewfit.columns._checks import (
    as_array,
    find_row,
    is_outside,
    listed,
    shown,
)
from interviewfit.columns._columns import Coded, Codes, Columns, Rows, factorize
from interviewfit.columns._specs import (
    CATEGORIES,
    PAY_NUMBERS,
    PAY_WORDS,
    ColumnSpec,
    column_spec,
    is_known_column,
    suggest_column,
)
from interviewfit.errors import DecodeError, InvalidFieldError

# No process has as many stages; codes of stages fit their type.
_STAGE_LIMIT = 100
_MOST_FAULTS = 100
_NAMES = (
    "An aspect of your own is named in Candidate.priorities first; "
    "print(interviewfit.columns.column_table()) lists all others."
)


def validate(
    columns: Mapping[str, Any],
    candidate: Candidate,
    processes: Mapping[str, Sequence[Stage]],
    first_row: int = 0,
    *,
    look_up: bool = False,
    facts: tuple[Either, ...] = (),
) -> Columns:
    """Check columns, and sort them by what they hold.

    Args:
        columns: By name: one entry for each row, or one value for all rows.
        candidate: Whose aspects, and what they have learned elsewhere, may be named.
        processes: Stages of the templates that may be named.
        first_row: Number of the first row in messages.
        look_up: Whether to look up the process and phase of every row, which is slow.
        facts: That every row has, whose numbers columns may state.

    Raises:
        DecodeError: With one line for every column that is at fault, a hundred at
            most.
        InvalidFieldError: If *columns* is not a mapping.
    """
    if not isinstance(columns, Mapping):
        expected = "a mapping from names of columns to values"
        raise InvalidFieldError("score(columns)", expected, columns)
    arrays: dict[str, AnyArray | Coded] = {}
    faults = []
    for name, entries in columns.items():
        try:
            arrays[str(name)] = as_array(entries)
        except ValueError:
            where = f"column {name!r}"
            faults.append(str(InvalidFieldError(where, "one-dimensional", entries)))
    if not faults:
        shapes = Counter(array.shape for array in arrays.values())
        # The length of most columns, so that the odd one out is blamed.
        rows = next(
            (shape[0] for shape, _ in shapes.most_common() if len(shape) == 1), 0
        )
        table = Columns(candidate, processes, rows, facts=facts)
        validators = [
            _Validator(table, name, array, first_row, look_up)
            for name, array in arrays.items()
        ]
        most = _MOST_FAULTS if look_up else 1
        found = chain.from_iterable(validator.sort() for validator in validators)
        faults = list(islice(found, most))
        if look_up and next(found, None) is not None:
            faults.append("And more: the columns behind were not looked at.")
        else:
            faults += missing_columns(table, arrays)
        if not faults:
            faults = [fault for validator in validators for fault in validator.absent()]
        if not faults:
            return table
        if not look_up:
            numbers = candidate, processes, first_row
            return validate(columns, *numbers, look_up=True, facts=facts)
    raise DecodeError("table of columns", faults)


@frozen(eq=False)
class _Validator:
    """Puts one column where it belongs in a table, or says what is wrong with it.

    Attributes:
        table: Columns sorted so far; changed.
        name: Of the column, as the caller wrote it.
        column: Its entries, shape ``(rows,)``, or ``()`` for one value for all rows.
        first_row: Number of the first row in messages.
        look_up: Whether to look up the process and phase of every row.
    """

    table: Columns
    name: str
    column: AnyArray | Coded
    first_row: int
    look_up: bool

    def sort(self) -> Iterator[str]:
        """Put the column into the table, or yield what is wrong with it."""
        name, column, table = self.name, self.column, self.table
        spec = column_spec(name, table.candidate)
        if spec is None and not is_known_column(name, table.candidate):
            suggestion = suggest_column(name, table.candidate)
            remedy = f"Did you mean {suggestion!r}?" if suggestion else _NAMES
            yield self._fault("a known column", name, remedy)
        elif len(column.shape) > 1:
            yield self._fault("one-dimensional", column.shape)
        elif column.shape and column.shape[0] != table.rows:
            expected = f"{number_of(table.rows, 'row')} long, like the other columns"
            yield self._fault(expected, column.shape[0])
        elif name in PAY_WORDS or (name in CATEGORIES and name != "stage"):
            yield from self._sort_words(column)
        elif isinstance(column, Coded):
            remedy = "Only process, phase, company, field and pay's words are text."
            yield self._fault("numbers or flags", column, remedy)
        elif name in ("stage", "researched"):
            yield from self._sort_stages(column)
        elif name in PAY_NUMBERS:
            yield from self._sort_amounts(column)
        elif spec is not None:
            yield from self._sort_numbers(column, spec)
        else:
            yield from self._sort_flags(column)

    def _sort_flags(self, column: AnyArray) -> Iterator[str]:
        name = self.name
        if column.dtype.kind == "b":
            self.table.flags[name] = column if column.ndim else bool(column)
        elif name.startswith("signs.") and column.dtype.kind in "fiu":
            yield from self._sort_strengths(column)
        elif name != "name":
            remedy = "Write column.astype(bool)."
            yield self._fault("true or false", shown(column), remedy)

    def _sort_strengths(self, column: AnyArray) -> Iterator[str]:
        strengths, spec = (
            np.atleast_1d(column),
            PARAMETERS["signals[<number>].strength"],
        )

        def bad(rows: slice) -> BoolArray:
            block = strengths[rows]
            return np.asarray(is_outside(block, spec.low, spec.high) & ~np.isnan(block))

        row = find_row(bad, strengths.size)
        if row is not None:
            expected = f"a strength between {spec.low:g} and {spec.high:g}"
            remedy = "1 is a plain sign; 0 or NaN says that it was not seen."
            value = float(strengths[row])
            yield self._fault(expected, value, remedy, row if column.ndim else None)
        elif column.ndim:
            self.table.strengths[self.name] = strengths
        elif strengths[0] > 0.0:
            self.table.strengths[self.name] = float(strengths[0])

    def _sort_stages(self, column: AnyArray) -> Iterator[str]:
        if column.dtype.kind not in "fiu":
            yield self._fault("whole numbers", shown(column))
            return
        stages, may_be_open = np.atleast_1d(column), self.name == "researched"

        def bad(rows: slice) -> BoolArray:
            block = stages[rows]
            outside = is_outside(block, 0, _STAGE_LIMIT - 1)
            bad = np.asarray(outside | (np.floor(block) != block))
            return bad & ~np.isnan(block) if may_be_open else bad

        def level(rows: Rows) -> Codes:
            return np.nan_to_num(stages[rows] + 1.0).astype(np.int16)

        row = find_row(bad, stages.size)
        if row is not None:
            yield self._entry_fault(row, "a whole number of at least 0")
        elif may_be_open:
            every = slice(0, 1)
            self.table.researched = level if column.ndim else int(level(every)[0])
        elif column.ndim:
            self.table.categories["stage"] = lambda rows: stages[rows].astype(np.int16)
        else:
            self.table.categories["stage"] = int(stages[0])

    def _sort_amounts(self, column: AnyArray) -> Iterator[str]:
        if column.dtype.kind not in "fiu":
            remedy = "Convert it to float, with NaN for what is not known."
            yield self._fault("numbers", shown(column), remedy)
            return
        amounts = np.atleast_1d(column)

        def bad(rows: slice) -> BoolArray:
            block = amounts[rows]
            outside = is_outside(block, LEAST_AMOUNT, LARGEST_AMOUNT)
            return np.asarray(outside & ~np.isnan(block))

        row = find_row(bad, amounts.size)
        if row is not None:
            expected = "an amount of money above 0"
            yield self._entry_fault(row, expected, "NaN says that none is stated.")
        else:
            self.table.pay_numbers[self.name] = column

    def _sort_words(self, column: AnyArray | Coded) -> Iterator[str]:
        name, table = self.name, self.table
        if isinstance(column, Coded):
            codes, most = column.codes, len(column.words) - 1
            row = find_row(lambda rows: is_outside(codes[rows], -1, most), codes.size)
            if row is not None:
                expected = f"a code below {most + 1}, or -1 where it is not known"
                yield self._fault(expected, int(codes[row]), row=row)
                return
        elif column.dtype.kind not in "UTO":
            yield self._fault("text", shown(column))
            return
        if name in PAY_WORDS:
            table.pay_words[name] = column
            return
        # All companies and fields of which nothing was learned are alike.
        exact, names = name in ("process", "phase"), table.names(name)
        own = name == "field" and table.candidate.fields
        default = -1 if exact else len(names) - 1 if own else 0
        words = column if isinstance(column, Coded) else np.atleast_1d(column)
        read = factorize(words, names, default, exact=exact, missing=0 if own else None)
        table.categories[name] = read if column.shape else int(read(slice(0, 1))[0])
        # A word that stands for all rows is looked up at once.
        rows = table.rows if self.look_up else 0
        if not column.shape:
            rows = min(1, table.rows)
        row = find_row(lambda rows: read(rows) < 0, rows)
        if row is not None:
            remedy = ""
            if name == "phase":
                similar = get_close_matches(str(words[row])[:50], names, n=1)
                remedy = f"Did you mean '{similar[0]}'?" if similar else ""
            yield self._entry_fault(row, f"one of {listed(names)}", remedy)

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
            yield self._fault("numbers", shown(column), remedy)
            return

        def bad(rows: slice) -> BoolArray:
            outside = is_outside(numbers[rows], spec.low, spec.high)
            return outside & ~np.isnan(numbers[rows]) if spec.optional else outside

        row = find_row(bad, numbers.size)
        if row is not None:
            remedy = "NaN says that it is not known." if spec.optional else ""
            if isnan(numbers[row]):
                remedy = "Leave the column out to use the usual number."
            elif spec.high == 1.0 and 1.0 < numbers[row] <= 100.0:
                percent = float(numbers[row])
                remedy = f"For {percent:g} %, write {percent / 100:g}."
            elif spec.high < abs(numbers[row]) < inf:
                remedy = spec.remedy(table.candidate.salary) or remedy
            expected = f"a number between {spec.low:,.10g} and {spec.high:,.10g}"
            named_row = row if column.ndim else None
            yield self._fault(expected, float(numbers[row]), remedy, named_row)
        elif column.ndim:
            table.numbers[spec.name] = column
        elif not isnan(column):
            table.constants[spec.name] = float(column)

    def absent(self) -> Iterator[str]:
        """The first row whose process has not the stage that this column speaks of."""
        table, spec = self.table, column_spec(self.name, self.table.candidate)
        if self.name == "researched":
            yield from research_ahead(table, np.asarray(self.column), self.first_row)
        if self.name != "stage" and (spec is None or spec.path[1] != "stages"):
            return
        counts = np.array([stages_with(spec, it) for it in table.processes.values()])
        process, entries = table.categories["process"], np.asarray(self.column)

        def stage_count(rows: slice) -> AnyArray:
            codes = process if isinstance(process, int) else process(rows)
            return np.asarray(counts[codes])

        def bad(rows: slice) -> BoolArray:
            block = entries[rows] if entries.ndim else entries
            if spec is None:
                return np.asarray(block >= stage_count(rows))
            stated = ~np.isnan(block)
            return np.asarray(stated & (stage_count(rows) <= int(spec.path[2])))

        row = find_row(bad, table.rows)
        if row is not None and spec is not None:
            with_whom = " to meet anybody in" if spec.path[-1] == "influence" else ""
            expected = f"NaN where the process has no such stage{with_whom}"
            yield self._fault(expected, "a number", row=row)
        elif row is not None:
            stage = int(entries[row] if entries.ndim else entries)
            count = stage_count(slice(row, row + 1)).item()
            expected = f"one of the {number_of(count, 'stage')} of its process"
            yield self._fault(expected, stage, "The first stage is 0.", row)

    def _entry_fault(self, row: int, expected: str, remedy: str = "") -> str:
        """A line that says what is wrong with the entry of a row.

        Args:
            row: Number of the row, from 0.
            expected: What must stand there.
            remedy: What to do about it, unless the entry is missing.
        """
        has_rows = bool(self.column.shape)
        entry: Any = self.column[row] if has_rows else np.asarray(self.column)[()]
        if isinstance(entry, np.generic):
            entry = entry.item()
        if entry != entry or entry is None or entry == "":  # noqa: PLR0124  # NaN
            remedy = "It must be known."
        return self._fault(expected, entry, remedy, row if has_rows else None)

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
            where += f", row {self.first_row + row}"
        return str(InvalidFieldError(where, expected, value, remedy))
