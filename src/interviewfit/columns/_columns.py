"""The columns of a table, sorted by what they hold, and words as codes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import define, field, frozen

from interviewfit._model.beliefs import Either
from interviewfit._model.domain import Candidate
from interviewfit._model.fields import canonical
from interviewfit._model.stages import Stage
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import AnyArray, BoolArray, IndexArray, read_only
from interviewfit.columns._specs import ColumnSpec
from interviewfit.errors import InvalidFieldError

Rows: TypeAlias = slice | IndexArray
"""Some rows of a table."""

Codes: TypeAlias = npt.NDArray[np.int16]
"""Positions in a list of categories, one for each row."""

CodeReader: TypeAlias = Callable[[Rows], Codes]
"""Gives the codes of some rows."""


def _to_words(words: Iterable[str]) -> tuple[str, ...]:
    if isinstance(words, str):
        remedy = "Put it into a list."
        raise InvalidFieldError("Coded.words", "several words", words, remedy)
    return tuple(map(str, words))


def _to_codes(codes: Any) -> AnyArray:
    expected = "one whole number for each row"
    try:
        array = np.asarray(codes)
    except ValueError:
        raise InvalidFieldError("Coded.codes", expected, codes) from None
    if array.ndim != 1 or array.dtype.kind not in "iu":
        shown = f"{array.dtype}, shape {array.shape}"
        raise InvalidFieldError("Coded.codes", expected, shown)
    if array.dtype == np.uint64:
        # NumPy cannot index by this type. A code that does not fit the signed type is
        # beyond all words, and so is the largest that does.
        array = np.asarray(np.minimum(array, np.iinfo(np.int64).max), dtype=np.int64)
    # A view, so that the array of the caller may still be changed by the caller.
    return read_only(array)


@frozen(eq=False, kw_only=True)
class Coded:
    """A column of words as data frames keep it: each word once, a code for each row.

    Attributes:
        words: Each of them once.
        codes: Position of each row's word among them, from 0; -1: not known. A
            read-only view of what was given, which is not copied.

    Raises:
        InvalidFieldError: If *codes* are not whole numbers in one dimension.

    >>> Coded(words=["corporate", "technical"], codes=[0, 1, 0])[1]
    'technical'
    """

    words: tuple[str, ...] = field(converter=_to_words)
    codes: AnyArray = field(converter=_to_codes)

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of rows, as the shape of an array."""
        return (self.codes.size,)

    def __getitem__(self, row: int) -> str:
        code = int(self.codes[row])
        return self.words[code] if code >= 0 else ""


# A line of work that is none of the candidate's.
_ANOTHER_FIELD = "another line of work"


def factorize(
    column: AnyArray | Coded,
    categories: Sequence[str],
    default: int,
    *,
    exact: bool = True,
    missing: int | None = None,
) -> CodeReader:
    """A function that gives the code of each entry of any slice of a column of words.

    Only the rows of the slice are read.

    Args:
        column: Text, Python objects or codes within the words, shape ``(rows,)``.
        categories: At least one word, each once; its position is its code.
        default: Code of every other entry, which may also be no text at all.
        missing: Code of what is no text where words need not be spelt exactly; None
            for the default.
        exact: Whether words must be spelt as the categories; else these are canonical,
            and case and spaces do not matter.
    """
    absent = default if missing is None else missing
    positions: dict[Any, int] = {word: code for code, word in enumerate(categories)}
    if isinstance(column, Coded):
        spelt = column.words if exact else map(canonical, column.words)
        words = [positions.get(word, default) for word in spelt]
        # The code -1, for what is not known, reads the last entry of the table.
        codes, table = column.codes, np.array([*words, absent], np.int16)
        return lambda rows: table[codes[rows]]

    def read_canonical(rows: Rows) -> Codes:
        entries = column[rows].tolist()
        # Each word is looked at once in a block, and words that are alike are few.
        words = {entry for entry in entries if isinstance(entry, str)}
        codes = {word: positions.get(canonical(word), default) for word in words}
        by_row = (
            codes[entry] if isinstance(entry, str) else absent for entry in entries
        )
        return np.fromiter(by_row, np.int16, len(entries))

    if not exact and len(categories) > 1:
        return read_canonical

    def read_objects(rows: Rows) -> Codes:
        entries = column[rows].tolist()
        try:
            codes = map(positions.get, entries, repeat(default))
            return np.fromiter(codes, np.int16, len(entries))
        except TypeError:
            # Something here cannot be hashed, so it is no word.
            texts = (entry if isinstance(entry, str) else None for entry in entries)
            return np.array([positions.get(text, default) for text in texts], np.int16)

    # One character more than the longest category, so that no longer word is cut off
    # to become one.
    text = np.dtype(f"U{1 + max(map(len, categories))}")
    order = np.argsort(np.array(categories, dtype=text))
    ordered = np.array(categories, dtype=text)[order]

    def read_text(rows: Rows) -> Codes:
        entries = column[rows].astype(text, copy=False)
        position = np.searchsorted(ordered, entries).clip(max=ordered.size - 1)
        equal = ordered[position] == entries
        return np.where(equal, order[position], default).astype(np.int16)

    return read_objects if column.dtype.kind == "O" else read_text


@define(eq=False)
class Columns:
    """Validated columns by type. Made by ``validate``; nothing is copied.

    Attributes:
        candidate: Whose aspects, and what they have learned elsewhere, may be named.
        processes: Stages of the templates that may be named.
        rows: Number of rows.
        specs: Of every column of numbers, by the name of its number.
        numbers: Those with an entry for each row, as they came.
        constants: Those that are one known number for all rows.
        categories: For process, phase, stage, company and field the reader of its
            codes, or the code of all rows. Codes are positions in ``names``.
        flags: True or false, by row or for all rows.
        strengths: Of signs, likewise, as numbers; NaN and 0 where they were not seen.
        facts: That hold or not in every row, as a stage of its process will tell.
        pay_numbers: Amounts of pay in money, shape ``(rows,)``, or ``()`` for all rows.
        pay_words: Their currency and the time they are for, likewise.
        researched: The stage before which public facts were looked up, from 1; 0 where
            they were not. By row, or for all.
    """

    candidate: Candidate
    processes: Mapping[str, Sequence[Stage]]
    rows: int
    specs: dict[str, ColumnSpec] = field(factory=dict)
    numbers: dict[str, AnyArray] = field(factory=dict)
    constants: dict[str, float] = field(factory=dict)
    categories: dict[str, CodeReader | int] = field(factory=dict)
    flags: dict[str, BoolArray | bool] = field(factory=dict)
    strengths: dict[str, AnyArray | float] = field(factory=dict)
    facts: tuple[Either, ...] = ()
    pay_numbers: dict[str, AnyArray] = field(factory=dict)
    pay_words: dict[str, AnyArray | Coded] = field(factory=dict)
    researched: CodeReader | int = 0

    def names(self, category: str) -> tuple[str, ...]:
        """The words that a column of categories may hold, in the order of their codes.

        Code 0 of company and field stands for those of which nothing was learned; their
        words are canonical. Where the candidate has lines of work, the last code of
        field stands for every line that is none of them.
        """
        if category == "process":
            return tuple(self.processes)
        if category == "phase":
            return tuple(Phase)
        if category == "stage":
            return tuple(map(str, range(max(map(len, self.processes.values())))))
        learned = self.candidate.learned
        about = (
            canonical(signal.about) for signal in learned if signal.scope == category
        )
        if category != "field" or not self.candidate.fields:
            return ("", *dict.fromkeys(about))
        own = map(canonical, self.candidate.fields)
        return ("", *dict.fromkeys([*about, *own]), _ANOTHER_FIELD)

    def may_be(self, flag: str) -> bool:
        """Whether a flag is true in some row, as far as the columns' names tell."""
        return self.flags.get(flag, False) is not False or flag in self.strengths
