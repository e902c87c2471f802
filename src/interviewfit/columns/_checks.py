"""Columns as arrays, and the first row for which a condition holds."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from interviewfit._numeric.arrays import AnyArray, BoolArray
from interviewfit.columns._columns import Coded
from interviewfit.columns._threads import row_blocks


def find_row(bad: Callable[[slice], BoolArray], rows: int) -> int | None:
    """The number of the first row for which a condition holds; None if there is none.

    Args:
        bad: The condition for a slice of rows, shape ``(rows,)``.
        rows: How many rows there are; they are looked at in blocks, in order.
    """
    for block in row_blocks(rows):
        flags = bad(block)
        if flags.any():
            return int(block.start + flags.argmax())
    return None


def is_outside(numbers: AnyArray, low: float, high: float) -> BoolArray:
    """Where numbers lie outside of a range, or are NaN, shape ``(rows,)``.

    Args:
        numbers: In the unit of the range, shape ``(rows,)``.
        low, high: Least and most that is allowed.
    """
    return np.asarray(~((numbers >= low) & (numbers <= high)))


def listed(names: Iterable[str]) -> str:
    """Names with commas between them; one that has a comma itself is in quotes.

    Args:
        names: What there is to choose from, such as the processes of a search.

    >>> listed(["corporate", "Acme, analyst"])
    "corporate, 'Acme, analyst'"
    """
    return ", ".join(f"'{name}'" if "," in name else name for name in names)


def as_array(entries: Any) -> AnyArray | Coded:
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


def shown(column: AnyArray) -> str:
    """The type of a column, and its first entry if it has any."""
    first = column.reshape(-1)[:1].tolist()
    return f"{column.dtype}: {first[0]!r:.40}" if first else str(column.dtype)
