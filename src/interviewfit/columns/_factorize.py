"""Columns of categories: from text to the position of each entry in a short list.

A column of a million process names holds only a few different ones. Whatever the column
is made of (text of fixed width, NumPy strings, Python objects, codes of a data frame),
``factorize`` returns a function that gives the codes of any rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import Attribute, field, frozen

from interviewfit._numeric.arrays import AnyArray
from interviewfit.errors import InvalidFieldError

__all__ = ["CodeReader", "Coded", "Codes", "factorize"]

Codes: TypeAlias = npt.NDArray[np.int16]
"""Positions in a list of categories, one for each row."""

CodeReader: TypeAlias = Callable[[slice], Codes]
"""Gives the codes of consecutive rows."""

_CODES = "one whole number for each row"


def _to_words(words: Iterable[str]) -> tuple[str, ...]:
    if isinstance(words, str):
        remedy = "Put it into a list."
        raise InvalidFieldError("Coded.words", "several words", words, remedy)
    return tuple(map(str, words))


def _to_codes(codes: Any) -> AnyArray:
    try:
        array = np.asarray(codes)
    except ValueError:
        raise InvalidFieldError("Coded.codes", _CODES, codes) from None
    if array.dtype == np.uint64:
        # NumPy cannot index by this type. A code that does not fit the signed type is
        # beyond all words, and so is the largest that does.
        return np.asarray(np.minimum(array, np.iinfo(np.int64).max), dtype=np.int64)
    return array


def _check_codes(_: object, __: "Attribute[AnyArray]", value: AnyArray) -> None:
    """Check that codes are one-dimensional and whole numbers.

    Args:
        _: The record, which is not used.
        __: The attribute, which is not used.
        value: The codes after conversion, any shape.

    Raises:
        InvalidFieldError: If they are not.
    """
    if value.ndim != 1 or value.dtype.kind not in "iu":
        shown = f"{value.dtype}, shape {value.shape}"
        raise InvalidFieldError("Coded.codes", _CODES, shown)


@frozen(eq=False, kw_only=True)
class Coded:
    """A column of words as data frames keep it: each word once, a code for each row.

    Attributes:
        words: Each of them once.
        codes: Position of each row's word among them, from 0; -1: not known. Never
            written to.

    Raises:
        InvalidFieldError: If *codes* are not whole numbers in one dimension.

    >>> Coded(words=["corporate", "technical"], codes=[0, 1, 0])[1]
    'technical'
    """

    words: tuple[str, ...] = field(converter=_to_words)
    codes: AnyArray = field(converter=_to_codes, validator=_check_codes)

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of rows, as the shape of an array."""
        return (self.codes.size,)

    def __getitem__(self, row: int) -> str:
        code = int(self.codes[row])
        return self.words[code] if code >= 0 else ""


def factorize(
    column: AnyArray | Coded, categories: Sequence[str], default: int
) -> CodeReader:
    """A function that gives the code of each entry of any slice of a column of words.

    Only the rows of the slice are read, so the working memory does not grow with the
    column. Text of fixed width is looked up by binary search in the sorted categories,
    Python objects in a dictionary.

    Args:
        column: Text, Python objects or codes, shape ``(rows,)``; codes must lie within
            the words.
        categories: Words that get a code, each once; their code is their position.
        default: Code of every other entry, which may also be no text at all.

    Returns:
        A function from a slice of rows to their codes, ``int16``, shape ``(rows,)``.

    >>> read = factorize(np.array(["b", "a", "c"]), ["a", "b"], -1)
    >>> read(slice(0, 3)).tolist()
    [1, 0, -1]
    """
    positions: dict[Any, int] = {word: code for code, word in enumerate(categories)}
    if isinstance(column, Coded):
        # The code -1, for what is not known, reads the last entry of the table.
        words = [positions.get(word, default) for word in column.words]
        return _coded_reader(column.codes, np.array([*words, default], np.int16))
    if column.dtype.kind == "O":
        return _object_reader(column, positions, default)
    return _text_reader(column, categories, default)


def _coded_reader(codes: AnyArray, table: Codes) -> CodeReader:
    """A reader of codes that a data frame has assigned already.

    Args:
        codes: Position of each row's word among the words of the data frame, -1 where
            it is not known; whole numbers, shape ``(rows,)``.
        table: Code of each of these words, and of what is not known in the last place,
            shape ``(words + 1,)``.
    """
    return lambda rows: table[codes[rows]]


def _object_reader(
    column: AnyArray, positions: Mapping[Any, int], default: int
) -> CodeReader:
    """A reader of Python objects, each looked up in a dictionary.

    Args:
        column: Objects, shape ``(rows,)``; any that is not a known word, or cannot be
            hashed, gets the default.
        positions: Code of each category.
        default: Code of all other objects.
    """

    def read(rows: slice) -> Codes:
        entries = column[rows].tolist()
        try:
            codes = map(positions.get, entries, repeat(default))
            return np.fromiter(codes, np.int16, len(entries))
        except TypeError:
            # Something here cannot be hashed, so it is no word.
            words = (entry if isinstance(entry, str) else None for entry in entries)
            return np.array([positions.get(word, default) for word in words], np.int16)

    return read


def _text_reader(
    column: AnyArray, categories: Sequence[str], default: int
) -> CodeReader:
    """A reader of text, looked up by binary search.

    Args:
        column: Text of fixed width or NumPy strings, shape ``(rows,)``.
        categories: Words that get a code, at least one.
        default: Code of all other words.
    """
    # One character more than the longest category, so that no longer word is cut off
    # to become one.
    text = np.dtype(f"U{1 + max(map(len, categories))}")
    words = np.array(categories, dtype=text)
    order = np.argsort(words)
    words = words[order]

    def read(rows: slice) -> Codes:
        entries = column[rows].astype(text, copy=False)
        place = np.searchsorted(words, entries).clip(max=words.size - 1)
        return np.where(words[place] == entries, order[place], default).astype(np.int16)

    return read
