"""Words told apart: from a column of text to the place of each entry in a short list.

A column of a million names holds only a few different ones. Text of a fixed width is
told apart by the few characters in which the known words differ, and then compared
with the word it must be, whole and exactly, as the bytes they are: one pass over the
text, however many words there are. Entries that are Python objects are looked up one
by one. Who has codes already, as every data frame does, hands them in as ``Coded``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import Attribute, field, frozen

from interviewfit._numeric.scratch import AnyColumn, Desk
from interviewfit.errors import InvalidFieldError

__all__ = ["Coded", "Codes", "Counts", "Words", "words_of"]

Codes: TypeAlias = npt.NDArray[np.int16]
"""Places in a list, one for each row."""

# Rows told apart at once: what is compared stays in cache.
_BLOCK = 1 << 13
# Objects looked up at once: a list of them is short.
_FEW = 1 << 10
# Hashes of the characters looked at, a power of 2.
_HASHES = 1 << 10
_FACTOR = 31
# Bytes to a character, and in the largest piece compared at once.
_LETTER, _WIDE = 4, 8

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
    """A column of words as data frames keep it: each word once, and a code for each row.

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
        """How many rows there are, as arrays say it."""
        return (self.codes.size,)

    def __getitem__(self, row: int) -> str:
        code = int(self.codes[row])
        return self.words[code] if code >= 0 else ""


class Words(ABC):
    """A column of words, read as places among those that are known. Made by ``words_of``."""

    @abstractmethod
    def read(self, part: slice, out: Codes, desk: Desk) -> None:
        """The places of some entries."""


def words_of(column: AnyColumn | Coded, known: Sequence[str], other: int) -> Words:
    """What finds the place of every entry among the known words.

    Args:
        column: Text, objects or codes, one-dimensional; no code is beyond the words.
        known: Words, each once.
        other: What stands for all others.

    >>> found = np.empty(3, dtype=np.int16)
    >>> words_of(np.array(["b", "a", "c"]), ["a", "b"], -1).read(
    ...     slice(0, 3), found, Desk()
    ... )
    >>> found.tolist()
    [1, 0, -1]
    """
    places: dict[Any, int] = {word: place for place, word in enumerate(known)}
    if isinstance(column, Coded):
        # What is not known, -1, is the last of the table.
        meant = [*(places.get(one, other) for one in column.words), other]
        return _Listed(column.codes, np.array(meant, dtype=np.int16))
    if column.dtype.kind == "O":
        return _Objects(column, places, other)
    if column.dtype.kind == "U":
        kind = column.dtype.newbyteorder("=")
        return _Text(column, (_Spelling.of(known, kind),), other)
    # Wide enough that what is cut off is none of the known words.
    width = _WIDE * (1 + max(map(len, known), default=0) // _WIDE)
    # A byte to a letter is quicker, where that is enough.
    kinds = "SU" if all(map(str.isascii, known)) else "U"
    spellings = tuple(_Spelling.of(known, np.dtype(f"{one}{width}")) for one in kinds)
    return _Text(column, spellings, other)


@frozen(eq=False)
class Counts(Words):
    """Whole numbers that are codes themselves.

    Attributes:
        column: Of such numbers.
    """

    column: AnyColumn

    def read(self, part: slice, out: Codes, desk: Desk) -> None:  # noqa: ARG002  # needs none
        """The numbers of some entries."""
        np.copyto(out, self.column[part], casting="unsafe")


@frozen(eq=False)
class _Listed(Words):
    """Codes that somebody else has given, and what each means here."""

    codes: AnyColumn
    meant: Codes

    def read(self, part: slice, out: Codes, desk: Desk) -> None:
        place = desk.places("place", out.size)
        np.copyto(place, self.codes[part])
        np.take(self.meant, place, out=out, mode="wrap")


@frozen(eq=False)
class _Objects(Words):
    """Python objects, looked up one by one."""

    column: AnyColumn
    places: Mapping[Any, int]
    other: int

    def read(self, part: slice, out: Codes, desk: Desk) -> None:  # noqa: ARG002  # needs none
        for some, codes in _blocks(self.column[part], out, _FEW):
            words: list[Any] = some.tolist()
            try:
                # The quickest way through so many objects, if all are known.
                meant = bytes(itemgetter(*words, *words[:1])(self.places)[:-1])
                codes[:] = np.frombuffer(meant, np.uint8)
            except (KeyError, TypeError, ValueError):
                # What cannot be looked up is no word.
                texts = [one if isinstance(one, str) else None for one in words]
                codes[:] = [self.places.get(one, self.other) for one in texts]


@frozen(eq=False)
class _Spelling:
    """Known words as text of one width, and the characters that tell them apart.

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
        """Look where the words differ most, and further until all differ."""
        width = kind.itemsize // (_LETTER if kind.kind == "U" else 1)
        places = [place for place, one in enumerate(known) if len(one) <= width]
        words = np.array([known[place] for place in places], dtype=kind)
        letters = _letters(words)
        spots: list[int] = []
        seen = np.zeros(words.size, dtype=np.uint32)
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

    def tell(self, text: AnyColumn, out: Codes, other: int, desk: Desk) -> None:
        """The places of some entries; *other* for what is none of the words."""
        if self.spots is None:
            out[:] = other
            for one, place in zip(self.words, self.places, strict=True):
                out[text == one] = place
            return
        rows, letters, whole = text.size, _letters(text), _units(text)
        letter, seen = (desk.lay(name, rows, np.uint32) for name in ("letter", "seen"))
        hashed, word = desk.places("hashed", rows), desk.places("place", rows)
        meant = desk.lay(f"meant {text.dtype}", rows, text.dtype)
        same = desk.flags("same", whole.size).reshape(whole.shape)
        seen[:] = 0
        for spot in self.spots:
            np.copyto(letter, letters[:, spot])
            _mix(seen, letter, out=seen)
        np.copyto(hashed, seen)
        np.take(self.table, hashed, out=word, mode="clip")
        np.take(self.words, word, out=meant, mode="clip")
        np.take(self.places, word, out=out, mode="clip")
        np.equal(_units(meant), whole, out=same)
        if not same.all():
            out[~same.all(axis=1)] = other


@frozen(eq=False)
class _Text(Words):
    """Text, told apart by how it is spelled.

    Attributes:
        column: Of text.
        spellings: Of the known words, the narrowest first, as a byte to a letter.
        other: What stands for all other words.
    """

    column: AnyColumn
    spellings: tuple[_Spelling, ...]
    other: int

    def read(self, part: slice, out: Codes, desk: Desk) -> None:
        for given, codes in _blocks(self.column[part], out, _BLOCK):
            for spelling in self.spellings:
                try:
                    text = _as_kind(given, spelling.words.dtype, desk)
                except UnicodeEncodeError:
                    # Some letter has no byte; the next spelling is wider.
                    continue
                spelling.tell(text, codes, self.other, desk)
                break


def _blocks(
    column: AnyColumn, out: Codes, size: int
) -> Iterator[tuple[AnyColumn, Codes]]:
    """Some entries at a time, and where their places go."""
    for start in range(0, out.size, size):
        some = slice(start, start + size)
        yield column[some], out[some]


def _as_kind(text: AnyColumn, kind: "np.dtype[Any]", desk: Desk) -> AnyColumn:
    """Text as one kind of it, side by side.

    Raises:
        UnicodeEncodeError: If it has letters for which there is no byte, and needs one.
    """
    if text.dtype == kind and text.flags.c_contiguous:
        return text
    found = desk.lay(f"text {kind}", text.size, kind)
    np.copyto(found, text, casting="unsafe")
    return found


def _letters(text: AnyColumn) -> AnyColumn:
    """The characters of text, as numbers, shape ``(rows, width)``."""
    unit, size = (np.uint32, _LETTER) if text.dtype.kind == "U" else (np.uint8, 1)
    return text.view(unit).reshape(text.size, text.dtype.itemsize // size)


def _units(text: AnyColumn) -> AnyColumn:
    """The bytes of text in the largest pieces it divides into, ``(rows, pieces)``."""
    size = text.dtype.itemsize
    unit, wide = (np.uint32, _LETTER) if size % _WIDE else (np.uint64, _WIDE)
    return text.view(unit).reshape(text.size, size // wide)


def _mix(
    seen: npt.NDArray[np.uint32],
    letters: AnyColumn,
    out: npt.NDArray[np.uint32] | None = None,
) -> npt.NDArray[np.uint32]:
    """A hash of the characters seen so far and of one more, below ``_HASHES``."""
    found = np.multiply(seen, _FACTOR, out=out)
    found += letters
    found &= _HASHES - 1
    return found
