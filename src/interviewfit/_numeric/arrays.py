"""Numbers that are single floats or columns of them, and the functions both share.

Given floats a formula computes one decision; given columns, all rows at once. The
functions here do that where Python and NumPy differ. Floats stay Python's own, which
are ten times as fast for a single one.
"""

import math
from collections.abc import Iterable, Mapping
from operator import is_not
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
import numpy.typing as npt
from attrs import evolve, fields, has

# Arrays of any shape; an index is a position along an axis, such as a row number.
AnyArray: TypeAlias = npt.NDArray[Any]
FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
IndexArray: TypeAlias = npt.NDArray[np.intp]
RowSelection: TypeAlias = slice | IndexArray

FloatColumn: TypeAlias = npt.NDArray[np.float64]
"""One float for each row, shape ``(rows,)``."""

Number: TypeAlias = float | FloatColumn
"""A float for a single decision, or one for each of many."""

N = TypeVar("N", float, Number)
"""``float`` where every number is a float; ``Number`` where any may be a column."""

N_co = TypeVar("N_co", float, Number, covariant=True)
"""The same for frozen records: one of floats is one of numbers."""


def read_only(array: AnyArray) -> AnyArray:
    """A view of an array that cannot be written to, so that a record stays as it is.

    >>> read_only(np.zeros(2)).flags.writeable
    False
    """
    view = array.view()
    view.setflags(write=False)
    return view


def read_only_each(arrays: Iterable[AnyArray]) -> tuple[AnyArray, ...]:
    """Several arrays, none of which can be written to."""
    return tuple(map(read_only, arrays))


# A product of at most this many steps runs on one thread, with a vector of fewer.
_MOST_STEPS, _MOST_OF_VECTOR = 2**18, 9_000


def matrix_product(left: FloatArray, right: FloatArray) -> FloatArray:
    """``left @ right``, in pieces so small that each is done by a single thread.

    BLAS spreads a product of a hundred rows over all cores. On a busy machine its
    threads then wait for each other: ten times as long as one thread takes.

    Args:
        left, right: Matrices.

    >>> matrix_product(np.ones((2, 3)), np.ones((3, 1)))
    array([[3.],
           [3.]])
    """
    count, columns = left.shape[0], right.shape[1]
    rows = max(1, _MOST_STEPS // max(1, right.size))
    if count <= rows:
        return np.asarray(left @ right)
    result, whole = np.empty((count, columns)), count - count % rows
    stacked = left[:whole].reshape(-1, rows, left.shape[1])
    np.matmul(stacked, right, out=result[:whole].reshape(-1, rows, columns))
    result[whole:] = left[whole:] @ right
    return result


def products(
    left: FloatArray, right: FloatArray, out: FloatArray | None = None
) -> FloatArray:
    """``left @ right`` of stacks of matrices, each product done by a single thread.

    The longer of rows and columns is cut into pieces as those of ``matrix_product``,
    however many matrices there are, so that no bit of a matrix depends on the others.

    Args:
        left, right: Of shapes ``(..., rows, inner)`` and ``(..., inner, columns)``.
        out: Where to write, ``(..., rows, columns)``.

    >>> products(np.ones((1, 2, 3)), np.ones((3, 1))).tolist()
    [[[3.0], [3.0]]]
    """
    rows, inner, columns = *left.shape[-2:], right.shape[-1]
    most = _MOST_STEPS if min(rows, columns) > 1 else _MOST_OF_VECTOR
    if rows * inner * columns <= most:
        return np.matmul(left, right, out=out)
    if out is None:
        stacks = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
        out = np.empty((*stacks, rows, columns))
    size = max(1, most // (inner * min(rows, columns)))
    for start in range(0, max(rows, columns), size):
        piece = slice(start, start + size)
        if rows > columns:
            np.matmul(left[..., piece, :], right, out=out[..., piece, :])
        else:
            np.matmul(left, right[..., piece], out=out[..., piece])
    return out


def fsum(terms: Iterable[N]) -> N:
    """The sum; of floats it is rounded once, so that their order does not matter.

    >>> fsum([0.1] * 10)
    1.0
    """
    parts = list(terms)
    for part in parts:
        if type(part) is np.ndarray:
            return sum(parts[1:], start=parts[0])
    return math.fsum(parts)


def sum_in_order(values: FloatArray, axis: int = 0) -> FloatArray:
    """The sum along an axis, one after the other, so that no row depends on the others.

    NumPy's own sum adds eight at a time where there is a single row, and so rounds in
    another way than in many.

    Args:
        values: Of any shape, with the rows along the last axis.
        axis: Along which they are added up; not the last.

    >>> sum_in_order(np.full((10, 1), 0.1)).item(), np.full((10, 1), 0.1).sum().item()
    (0.9999999999999999, 1.0)
    """
    parts = np.moveaxis(values, axis, 0) if axis else values
    total = np.zeros(parts.shape[1:])
    for part in parts:
        total += part
    return total


def columns_of(table: AnyArray) -> list[Any]:
    """The columns of a table; of a single row Python's own numbers, which are quicker.

    Args:
        table: Shape ``(rows, columns)``.

    >>> columns_of(np.array([[1.0, 2.0]]))
    [1.0, 2.0]
    """
    numbers: list[Any] = table[0].tolist() if len(table) == 1 else list(table.T)
    return numbers


def maximum(first: N, second: N) -> N:
    """The larger of two numbers, in every row.

    Args:
        first, second: Floats or columns.
    """
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        return np.maximum(first, second)
    return max(first, second)


def minimum(first: N, second: N) -> N:
    """The smaller of two numbers, in every row.

    Args:
        first, second: Floats or columns.
    """
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        return np.minimum(first, second)
    return min(first, second)


def sqrt(square: N) -> N:
    """The square root."""
    return np.sqrt(square) if isinstance(square, np.ndarray) else math.sqrt(square)


def hypot(first: N, second: N) -> N:
    """The root of the sum of two squares, which do not overflow.

    Args:
        first, second: Floats or columns.
    """
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        return np.hypot(first, second)
    return math.hypot(first, second)


def root_sum_square(sds: Iterable[N]) -> N:
    """The standard deviation of a sum of independent parts, from theirs.

    >>> root_sum_square([3.0, 4.0])
    5.0
    """
    squares: list[N] = [sd * sd for sd in sds]
    return sqrt(fsum(squares)) if squares else 0.0


def exp(power: N) -> N:
    """The exponential function."""
    return np.exp(power) if isinstance(power, np.ndarray) else math.exp(power)


def log(number: N) -> N:
    """The natural logarithm."""
    return np.log(number) if isinstance(number, np.ndarray) else math.log(number)


def safe_divide(numerator: N, denominator: N) -> N:
    """A ratio that is 0 in rows where the denominator is 0.

    Args:
        numerator, denominator: Floats or columns.

    >>> safe_divide(1.0, 0.0)
    0.0
    """
    if isinstance(numerator, np.ndarray) or isinstance(denominator, np.ndarray):
        zero = np.equal(denominator, 0.0)
        return np.where(zero, 0.0, numerator / np.where(zero, 1.0, denominator))
    return numerator / denominator if denominator else 0.0


def positive_or(number: N, fallback: N) -> N:
    """In every row the number if it is above 0, else the fallback.

    Args:
        number, fallback: Floats, or columns of shape ``(rows,)``.
    """
    return if_positive(number, number, fallback)


def if_positive(number: N, value: N, fallback: N) -> N:
    """In every row a value if a number is above 0, else the fallback.

    Args:
        number, value, fallback: Floats, or columns of shape ``(rows,)``.
    """
    if (
        isinstance(number, np.ndarray)
        or isinstance(value, np.ndarray)
        or isinstance(fallback, np.ndarray)
    ):
        return np.where(np.greater(number, 0.0), value, fallback)
    return value if number > 0.0 else fallback


def known_or(number: N, fallback: N) -> N:
    """In every row the number if it is known, else the fallback.

    Args:
        number: A float, which is always known, or a column, NaN where it is not.
        fallback: A float or a column of shape ``(rows,)``.
    """
    if not isinstance(number, np.ndarray):
        return number
    return np.where(np.isnan(number), fallback, number)


def is_zero(number: N) -> bool:
    """Whether a number is the float 0.

    A column never is, so that the result of a row does not depend on the other rows.
    """
    return not isinstance(number, np.ndarray) and number == 0.0


def select_rows(value: Any, rows: IndexArray) -> Any:
    """Some rows of every column in a value; the value itself if there is none in it.

    Args:
        value: A column, or a record of attrs, tuple or mapping that may have some.
        rows: Which rows, in any order and number.

    >>> select_rows((1.0, {"pay": np.array([2.0, 3.0])}), np.array([1]))
    (1.0, {'pay': array([3.])})
    """
    if isinstance(value, np.ndarray):
        return value[rows] if value.size > 1 else value
    if isinstance(value, tuple):
        items = tuple([select_rows(item, rows) for item in value])
        return items if any(map(is_not, items, value)) else value
    if isinstance(value, Mapping):
        changed = {key: select_rows(item, rows) for key, item in value.items()}
        is_same = not any(map(is_not, changed.values(), value.values()))
        return value if is_same else cast(Any, type(value))(changed)
    if not has(type(value)):
        return value
    changed = {}
    for field in fields(type(value)):
        before = getattr(value, field.name)
        after = select_rows(before, rows) if field.init else before
        if after is not before:
            changed[field.alias] = after
    return evolve(value, **changed) if changed else value
