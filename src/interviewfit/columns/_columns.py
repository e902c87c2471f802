"""The columns of a table, sorted by what they hold."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from attrs import define, field

from interviewfit._model.domain import Candidate
from interviewfit._model.stages import Stage
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import AnyArray, BoolArray, FloatColumn, IndexArray
from interviewfit.columns._factorize import Coded, CodeReader, Codes
from interviewfit.columns._specs import ColumnSpec

__all__ = ["Columns", "Rows", "UnknownCategoryError", "row_count"]

Rows: TypeAlias = slice | IndexArray
"""Some rows of a table."""


class UnknownCategoryError(Exception):
    """Some row has an unknown word, or a stage that its process has not.

    It is caught by ``score``, which then calls ``check_rows`` to say which row.
    """


def row_count(rows: Rows) -> int:
    """How many rows these are."""
    return rows.stop - rows.start if isinstance(rows, slice) else rows.size


@define(eq=False)
class Columns:
    """Validated columns by type. Made by ``validate``; nothing is copied.

    Attributes:
        candidate: Whose aspects and lessons the columns may name.
        processes: Stages of the templates that may be named.
        first_row: Number of the first row in messages.
        rows: Number of rows.
        entries: All columns as they came.
        faults: What is wrong with each column, unknown words aside.
        specs: Of every column of numbers, by the name of its number.
        numbers: Those with an entry for each row, as they came.
        constants: Those that are one known number for all rows.
        categories: For process, phase, stage, company and field the reader of its
            codes, or the code of all rows. Codes are positions in ``names``.
        flags: True or false, by row or for all rows.
    """

    candidate: Candidate
    processes: Mapping[str, Sequence[Stage]]
    first_row: int = 0
    rows: int = 0
    entries: dict[str, AnyArray | Coded] = field(factory=dict)
    faults: dict[str, list[str]] = field(factory=dict)
    specs: dict[str, ColumnSpec] = field(factory=dict)
    numbers: dict[str, AnyArray] = field(factory=dict)
    constants: dict[str, float] = field(factory=dict)
    categories: dict[str, CodeReader | int] = field(factory=dict)
    flags: dict[str, BoolArray | bool] = field(factory=dict)

    def floats(self, name: str, rows: Rows) -> FloatColumn:
        """Some rows of a column of numbers.

        Args:
            name: Of the number, one of ``numbers``.
            rows: Which rows.

        Returns:
            Floats in the unit of the column, shape ``(rows,)``; NaN: not known.
        """
        return np.asarray(self.numbers[name][rows], dtype=np.float64)

    def names(self, category: str) -> tuple[str, ...]:
        """The words that a column of categories may hold, in the order of their codes.

        Code 0 of company and field stands for those from which no lesson was learned.
        """
        if category == "process":
            return tuple(self.processes)
        if category == "phase":
            return tuple(Phase)
        if category == "stage":
            return tuple(map(str, range(max(map(len, self.processes.values())))))
        lessons = self.candidate.learned
        about = (lesson.about for lesson in lessons if lesson.scope == category)
        return ("", *dict.fromkeys(about))

    def codes(self, category: str, rows: slice) -> Codes:
        """Codes of a category in consecutive rows.

        Args:
            category: Such as ``"process"``; one that has no column has code 0.
            rows: Which rows.

        Returns:
            Positions in ``names(category)``, shape ``(rows,)``; -1: not a known word.
        """
        code = self.categories.get(category, 0)
        if isinstance(code, int):
            return np.full(row_count(rows), code, dtype=np.int16)
        return code(rows)

    def lengths(self, rows: slice) -> Codes:
        """How many stages the processes of consecutive rows have, shape ``(rows,)``."""
        lengths = [len(stages) for stages in self.processes.values()]
        return np.array(lengths, np.int16)[self.codes("process", rows)]
