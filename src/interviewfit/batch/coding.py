"""
Words told apart: from a column of text to the place of each entry in a short list.

A column of a million names holds only a few different ones. Text of a fixed width is
told apart by the few characters in which the known words differ, and then compared
with the word it must be, whole and exactly, as the bytes they are: one pass over the
text, however many words there are. Entries that are Python objects are looked up one
by one. Who has codes already, as every data frame does, hands them in as ``Coded``.
"""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import Attribute, field, frozen

from interviewfit.batch.crew import Crew
from interviewfit.errors import InvalidFieldError

__all__ = ["AnyColumn", "Coded", "Codes", "code_words"]

AnyColumn: TypeAlias = np.ndarray[Any, np.dtype[Any]]
"""A column as it came."""

Codes: TypeAlias = npt.NDArray[np.int16]
"""Places in a list, one for each row."""

# Rows told apart at once: what is compared stays in cache.
_BLOCK = 1 << 13
# Hashes of the characters looked at, a power of 2.
_HASHES = 1 << 10
_FACTOR = 31
# Bytes to a character.
_LETTER = 4

_CODES = "one whole number for each row"


def _words(words: Iterable[str]) -> tuple[str, ...]:
    if isinstance(words, str):
        remedy = "Put it into a list."
        raise InvalidFieldError("Coded.words", "several words", words, remedy)
    return tuple(map(str, words))


def _codes(codes: Any) -> AnyColumn:
    try:
        found = np.asarray(codes)
    except ValueError:
        raise InvalidFieldError("Coded.codes", _CODES, codes) from None
    if found.dtype == np.uint64:
        # NumPy takes no such places; what is too large for others is beyond all words.
        return np.asarray(np.minimum(found, np.iinfo(np.int64).max), dtype=np.int64)
    return found


def _whole(_: object, __: "Attribute[AnyColumn]", value: AnyColumn) -> None:
    if value.ndim != 1 or value.dtype.kind not in "iu":
        shown = f"{value.dtype}, shape {value.shape}"
        raise InvalidFieldError("Coded.codes", _CODES, shown)


@frozen(eq=False, kw_only=True)
class Coded:
    """
    A column of words as data frames keep it: each word once, and a code for each row.

    Attributes:
        words: Each of them once.
        codes: Place of each row's word among them, from 0; -1: not known. Never
            written to.

    Raises:
        InvalidFieldError: If *codes* are no whole numbers.

    >>> Coded(words=["corporate", "technical"], codes=[0, 1, 0])[1]
    'technical'
    """

    words: tuple[str, ...] = field(converter=_words)
    codes: AnyColumn = field(converter=_codes, validator=_whole)

    @property
    def shape(self) -> tuple[int, ...]:
        """
        How many rows there are, as arrays say it.
        """
        return (self.codes.size,)

    def __getitem__(self, row: int) -> str:
        code = int(self.codes[row])
        return self.words[code] if code >= 0 else ""


def code_words(
    column: AnyColumn | Coded, known: Sequence[str], other: int, crew: Crew
) -> Codes:
    """
    The place of every entry among the known words; *other* if it is none of them.

    Args:
        column: Text, objects or codes, one-dimensional; no code is beyond the words.
        known: Words, each once.
        other: What stands for all others.
        crew: Who shares the rows.

    >>> code_words(np.array(["b", "a", "c"]), ["a", "b"], -1, Crew()).tolist()
    [1, 0, -1]
    """
    found = np.empty(column.shape[0], dtype=np.int16)
    places: dict[Any, int] = {word: place for place, word in enumerate(known)}
    if isinstance(column, Coded):
        codes = column.codes
        # What is not known, -1, is the last of the table.
        meant = [*(places.get(one, other) for one in column.words), other]
        table = np.array(meant, dtype=np.int16)

        def fill(part: slice) -> None:
            # Any mode but "raise" writes where it is told to without a copy.
            np.take(table, codes[part], out=found[part], mode="wrap")

    elif column.dtype.kind == "O":

        def fill(part: slice) -> None:
            some: list[Any] = column[part].tolist()
            try:
                meant = map(places.get, some, repeat(other))
                found[part] = np.fromiter(meant, np.int16, len(some))
            except TypeError:
                # What cannot be looked up is no word.
                words = [one if isinstance(one, str) else None for one in some]
                found[part] = [places.get(one, other) for one in words]

    else:
        # Wide enough that what is cut off is none of the known words.
        width = 1 + max(map(len, known), default=0)
        fixed = column.dtype.kind == "U"
        kind = column.dtype.newbyteorder("=") if fixed else np.dtype(f"U{width}")
        spelling = _Spelling.of(known, kind)

        def fill(part: slice) -> None:
            spelling.read(column[part].astype(kind, copy=False), found[part], other)

    crew.each(fill, found.size)
    return found


@frozen(eq=False)
class _Spelling:
    """
    Known words as text of one width, and the characters that tell them apart.

    Attributes:
        words: Those that fit the width.
        places: Of each, among all known ones.
        spots: Where to look; None if looking there does not tell them apart.
        table: From what is seen there to one of the words.
    """

    words: AnyColumn
    places: Codes
    spots: tuple[int, ...] | None
    table: npt.NDArray[np.intp]

    @classmethod
    def of(cls, known: Sequence[str], kind: "np.dtype[Any]") -> "_Spelling":
        """
        Look where the words differ most, and further until all differ.
        """
        width = kind.itemsize // _LETTER
        places = [place for place, one in enumerate(known) if len(one) <= width]
        words = np.array([known[place] for place in places], dtype=kind)
        letters = _letters(words)
        spots: list[int] = []
        seen = np.zeros(words.size, dtype=np.intp)
        while np.unique(seen).size < words.size and len(spots) < width:
            looks = [_mix(seen, letters[:, spot]) for spot in range(width)]
            spots.append(
                max(range(width), key=lambda spot: np.unique(looks[spot]).size)
            )
            seen = looks[spots[-1]]
        table = np.zeros(_HASHES, dtype=np.intp)
        table[seen] = np.arange(words.size)
        apart = words.size > 0 and np.unique(seen).size == words.size
        return cls(
            words, np.array(places, "i2"), tuple(spots) if apart else None, table
        )

    def read(self, text: AnyColumn, out: Codes, other: int) -> None:
        """
        The places of some entries.
        """
        if self.spots is None:
            out[:] = other
            for word, place in zip(self.words, self.places, strict=True):
                out[text == word] = place
            return
        size = min(_BLOCK, text.size)
        room, hashes = np.empty(size, text.dtype), np.empty((2, size), np.intp)
        for start in range(0, text.size, _BLOCK):
            some, codes = text[start : start + _BLOCK], out[start : start + _BLOCK]
            letters = _letters(some)
            (seen, word), meant = hashes[:, : some.size], room[: some.size]
            seen[:] = 0
            for spot in self.spots:
                _mix(seen, letters[:, spot], out=seen)
            np.take(self.table, seen, out=word, mode="clip")
            np.take(self.words, word, out=meant, mode="clip")
            np.take(self.places, word, out=codes, mode="clip")
            same = _letters(meant) == letters
            if not same.all():
                codes[~same.all(axis=1)] = other


def _letters(text: AnyColumn) -> npt.NDArray[np.uint32]:
    """
    The characters of text, shape ``(rows, width)``.
    """
    plain = np.ascontiguousarray(text)
    return plain.view(np.uint32).reshape(text.size, text.dtype.itemsize // _LETTER)


def _mix(
    seen: npt.NDArray[np.intp],
    letters: npt.NDArray[np.uint32],
    out: npt.NDArray[np.intp] | None = None,
) -> npt.NDArray[np.intp]:
    """
    A hash of the characters seen so far and of one more, below ``_HASHES``.
    """
    found = np.multiply(seen, _FACTOR, out=out)
    found += letters
    found &= _HASHES - 1
    return found
