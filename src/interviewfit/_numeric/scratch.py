"""Where one thread works: room made once, and used for one part of the rows after another.

Very many rows go through the same few formulas, a part at a time. What a formula needs
beside its answer is laid out on a desk and stays there, in a cache nearby: after the
first part no array is made any more.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt
from attrs import define, field, frozen

from interviewfit._numeric.arrays import FloatColumn

__all__ = ["AnyColumn", "Desk", "Flags", "Places", "Trait", "Which"]

AnyColumn: TypeAlias = np.ndarray[Any, np.dtype[Any]]
"""A column of any kind."""

Flags: TypeAlias = npt.NDArray[np.bool_]
"""Yes or no, for each row."""

Places: TypeAlias = npt.NDArray[np.intp]
"""A place in a list, for each row."""

Which: TypeAlias = int | Places
"""A place in a list, for all rows or for each."""


@define(eq=False)
class Desk:
    """Columns to work in, by name. One thread at a time may use it.

    What lies in a column is what was left there; who asks for it writes it first.

    >>> desk = Desk()
    >>> desk.floats("cost", 3).size, desk.flags("done", 2).dtype.name
    (3, 'bool')
    """

    _room: dict[str, AnyColumn] = field(factory=dict, init=False)

    def floats(self, name: str, rows: int) -> FloatColumn:
        """Room for a float in each of so many rows."""
        return self.lay(name, rows, np.float64)

    def places(self, name: str, rows: int) -> Places:
        """Room for a place in a list."""
        return self.lay(name, rows, np.intp)

    def flags(self, name: str, rows: int) -> Flags:
        """Room for yes or no."""
        return self.lay(name, rows, np.bool_)

    def codes(self, name: str, rows: int) -> npt.NDArray[np.int16]:
        """Room for a code of a word."""
        return self.lay(name, rows, np.int16)

    def lay(self, name: str, rows: int, kind: npt.DTypeLike) -> AnyColumn:
        """Room for anything; the same as last time, if it is long enough."""
        room = self._room.get(name)
        if room is None or room.size < rows or room.dtype != kind:
            room = self._room[name] = np.empty(rows, dtype=kind)
        return room[:rows]


@frozen(eq=False)
class Trait:
    """One number of each of several, to be looked up for rows.

    Attributes:
        first: Of the first of them.
        values: Of each; None if all are the same.
    """

    first: float
    values: AnyColumn | None

    @classmethod
    def of(cls, values: Sequence[float], kind: npt.DTypeLike = np.float64) -> "Trait":
        """From a number for each."""
        if values.count(values[0]) == len(values):
            return cls(values[0], None)
        return cls(values[0], np.array(values, dtype=kind))

    @property
    def alike(self) -> bool:
        """Whether all are the same."""
        return self.values is None

    def at(self, which: Which, name: str, desk: Desk) -> float:
        """The number of the one that a row belongs to; a column where rows differ.

        Args:
            which: Of them.
            name: Of the column on the desk.
            desk: To work at.

        >>> Trait.of([1.0, 2.0]).at(np.array([1, 0, 1]), "cost", Desk())
        array([2., 1., 2.])
        """
        if self.values is None:
            return self.first
        if isinstance(which, int):
            return cast(float, self.values[which].item())
        column = desk.lay(name, which.size, self.values.dtype)
        return cast(float, self.put(which, column))

    def put(self, which: Which, out: AnyColumn) -> AnyColumn:
        """The same, written into a column."""
        if self.values is None:
            out[:] = self.first
            return out
        if isinstance(which, int):
            out[:] = self.values[which]
            return out
        # Any mode but "raise" writes where it is told to without a copy.
        return np.take(self.values, which, out=out, mode="clip")
