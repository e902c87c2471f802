"""A table of columns, sorted by what they are."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import define, field

from interviewfit._model.domain import Candidate
from interviewfit._model.stages import Stage
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._numeric.scratch import AnyColumn, Desk, Flags, Places
from interviewfit.columns._factorize import Coded, Codes, Words
from interviewfit.columns._specs import Place
from interviewfit.columns._threads import Crew

__all__ = ["Rows", "Table", "UnfitError"]

Rows: TypeAlias = slice | Places
"""Some rows of a table."""

_PHASES = tuple(Phase)


class UnfitError(Exception):
    """Some row has a word that is not known, or does not fit: ``Table.check`` says which."""


@define(eq=False)
class Table:
    """Columns by what they are. Made by ``read``.

    Words are not looked at before they are needed, as that takes longer than anything
    else; *check* does so on purpose.

    Attributes:
        candidate: Whose aspects and lessons may be named.
        processes: The templates that may be named.
        first_row: Number of the first row, as messages count.
        crew: Who shares the work of checking.
        rows: How many.
        columns: All, as they came; nothing is copied.
        faults: What is wrong with each, words aside.
        places: Of every number named.
        numbers: Those with an entry for each row, as they came.
        constants: Those that are one number for all rows.
        words: What reads the codes of process, phase, stage, company and field, or one
            for all rows; companies and fields count from 1, 0: nothing was learned of
            it.
        flags: Yes or no.
    """

    candidate: Candidate
    processes: Mapping[str, Sequence[Stage]]
    first_row: int
    crew: Crew
    rows: int = 0
    columns: dict[str, AnyColumn | Coded] = field(factory=dict)
    faults: dict[str, list[str]] = field(factory=dict)
    places: dict[str, Place] = field(factory=dict)
    numbers: dict[str, AnyColumn] = field(factory=dict)
    constants: dict[str, float] = field(factory=dict)
    words: dict[str, Words | int] = field(factory=dict)
    flags: dict[str, Flags | bool] = field(factory=dict)

    def floats(self, name: str, rows: Rows) -> FloatColumn:
        """Some rows of a column of numbers, as floats; NaN: not known."""
        return np.asarray(self.numbers[name][rows], dtype=np.float64)

    def column(self, name: str, part: slice, desk: Desk) -> FloatColumn:
        """The same of consecutive rows, on the desk if they are not floats as they came."""
        column = self.numbers[name][part]
        if column.dtype == np.float64:
            return column
        found = desk.floats(f"column {name}", column.size)
        np.copyto(found, column, casting="same_kind")
        return found

    def known(self, word: str) -> tuple[str, ...]:
        """The words that a column of words may hold, by code."""
        if word == "process":
            return tuple(self.processes)
        if word == "phase":
            return tuple(_PHASES)
        if word == "stage":
            return tuple(map(str, range(max(map(len, self.processes.values())))))
        learned = (one.about for one in self.candidate.learned if one.scope == word)
        return ("", *dict.fromkeys(learned))

    def codes(self, name: str, part: slice, desk: Desk) -> Codes:
        """Of a word in some rows."""
        word = self.words.get(name, 0)
        codes = desk.codes("word", part.stop - part.start)
        if isinstance(word, int):
            codes[:] = word
        else:
            word.read(part, codes, desk)
        return codes

    def lengths(self, part: slice, desk: Desk) -> npt.NDArray[np.int16]:
        """How many stages the processes of some rows have."""
        lengths = [len(stages) for stages in self.processes.values()]
        return np.array(lengths, np.int16)[self.codes("process", part, desk)]

    def fit(self, process: int, stage: int) -> bool:
        """Whether a process has the stage it stands at, and all that all rows speak of."""
        many = len(tuple(self.processes.values())[process])
        spoken = [
            int(self.places[name].path[2])
            for name in self.constants
            if self.places[name].path[1] == "stages"
        ]
        return max(stage, *spoken, 0) < many
