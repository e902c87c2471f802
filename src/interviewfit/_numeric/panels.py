"""Panels of Gauss-Legendre nodes, on which smooth functions are carried.

Functions are sums of kinks smoothed by normal changes, to be integrated against a
normal density of standard deviation sd. Between kinks they are smooth on the scale of
the smallest standard deviation near by; a panel is a fixed multiple of the smaller of
that and sd. Where sd is much the smaller, panels keep the scale of the function, and
the polynomial that interpolates it is integrated
(``interviewfit._solver.gaussian_expectation``).

Reference: P. J. Davis and P. Rabinowitz, "Methods of Numerical Integration" (1984).
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, reduce
from typing import Any, TypeVar, cast

import numpy as np
from attrs import define, evolve, fields, frozen, has

from interviewfit._numeric.arrays import AnyArray, BoolArray, FloatArray, IndexArray

Record = TypeVar("Record")

ORDER = 24
"""Nodes of a panel, unless two panels of other orders are enough."""

# Half the length of a panel, in units of the scale on which the integrand varies, up to
# which 24 nodes integrate it, or carry it as a polynomial, to 1e-11 of its size.
_INTEGRATED_HALF = 4.5
_CARRIED_HALF = 2.2
# NumPy is slow along so short an axis; column by column it is not.
_FEW_COLUMNS, _FEW_ROWS = 8, 16
# Sorting so few rows as arrays takes longer than as texts.
_FEW_ROWS_TO_COMPARE = 64
# Rules of more nodes than this are found by so many steps of Newton's method.
_MOST_BY_EIGENVALUES, _NEWTON_STEPS = 128, 5
# Orders of two panels. Time grows with the square of the nodes of a row, but a few rows
# of the same layout take almost as long as many, so there are only six.
_ORDERS = ((8, 16), (12, 24), (16, 44), (20, 72), (24, 96), (32, 128))
# A smoothed kink ends so many standard deviations from its position. The left side goes
# further, because small values must keep their relative accuracy.
REACH_LEFT, REACH_RIGHT = 8.0, 6.5


def take_rows(record: Record, rows: IndexArray, count: int) -> Record:
    """A copy of a record with only some rows of every array in it.

    Args:
        record: An attrs record of arrays with rows as first axis, and of such records.
        rows: Rows to take, in any order and number.
        count: Rows of the record, itself returned if *rows* are all in order.
    """
    if rows.size == count and (count == 1 or (rows == np.arange(count)).all()):
        return record
    return _map_arrays(record, lambda array: array[rows])


def repeat_first_row(record: Record, rows: int) -> Record:
    """A record whose arrays repeat their first row; nothing is copied.

    Args:
        record: As ``take_rows`` takes it.
        rows: How many rows the result has.
    """
    return _map_arrays(
        record, lambda array: np.broadcast_to(array[:1], (rows, *array.shape[1:]))
    )


def stack_rows(records: Sequence[Record]) -> Record:
    """The rows of some records one after another; what is no array is the first's.

    Args:
        records: As ``take_rows`` takes each, with arrays of equal further axes.
    """
    first: Any = records[0]
    values: dict[str, Any] = {}
    for field in fields(type(first)):
        parts: list[Any] = [getattr(record, field.name) for record in records]
        if isinstance(parts[0], np.ndarray):
            values[field.alias] = np.concatenate(parts)
        elif has(type(parts[0])):
            values[field.alias] = stack_rows(parts)
    stacked: Record = evolve(first, **values)
    return stacked


def numbers_of_record(record: Record) -> tuple[object, ...]:
    """All numbers of a record as a key: equal for the same bits of equal shapes.

    Args:
        record: As ``take_rows`` takes it; what is no array is left out.
    """
    numbers = list[object]()

    def note(array: AnyArray) -> AnyArray:
        """Note an array, and leave it as it is."""
        numbers.extend((array.shape, array.tobytes()))
        return array

    _map_arrays(record, note)
    return tuple(numbers)


def _map_arrays(record: Record, change: Callable[[Any], Any]) -> Record:
    """The record with a change made to every array in it and in its records.

    Args:
        record: As ``take_rows`` takes it.
        change: From an array to the array that takes its place.
    """
    kind, values = cast(Any, type(record)), []
    for name in _names_of(kind):
        value = getattr(record, name)
        if isinstance(value, np.ndarray):
            value = change(value)
        elif _names_of(cast(Any, type(value))):
            value = _map_arrays(value, change)
        values.append(value)
    return cast(Record, kind(*values))


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of record, in the order of its arguments; else none."""
    return tuple([field.name for field in fields(kind)]) if has(kind) else ()


def smallest(table: FloatArray, ufunc: np.ufunc = np.minimum) -> FloatArray:
    """The smallest number of each row of a table, shape ``(rows, 1)``.

    Args:
        table: With at least a column.
        ufunc: ``np.maximum`` for the largest instead.
    """
    if table.shape[1] == 1:
        return table
    if table.shape[0] <= _FEW_ROWS or table.shape[1] > _FEW_COLUMNS:
        return np.asarray(ufunc.reduce(table, axis=1, keepdims=True))
    return np.asarray(reduce(ufunc, table.T)[:, None])


def largest(table: FloatArray) -> FloatArray:
    """The largest number of each row of a table, shape ``(rows, 1)``."""
    return smallest(table, np.maximum)


def distinct_rows(numbers: AnyArray) -> tuple[IndexArray, IndexArray]:
    """One row of each kind with the same numbers, and of which kind each row is."""
    if len(numbers) <= _FEW_ROWS_TO_COMPARE:
        texts = [row.tobytes() for row in numbers]
        numbered = {text: place for place, text in enumerate(sorted(set(texts)))}
        kinds = np.array([numbered[text] for text in texts], np.intp)
        first = [texts.index(text) for text in numbered]
        return np.array(first, np.intp), kinds
    whole = np.dtype((np.void, numbers.shape[1] * numbers.itemsize))
    keys = np.ascontiguousarray(numbers).view(whole).ravel()
    _, kept, row = np.unique(keys, return_index=True, return_inverse=True)
    return kept, row


@cache
def gauss_legendre(order: int = ORDER) -> tuple[FloatArray, FloatArray]:
    """Nodes on -1 to 1 and weights of the Gauss-Legendre rule, each ``(order,)``."""
    if order <= _MOST_BY_EIGENVALUES:
        nodes, weights = np.polynomial.legendre.leggauss(order)
        return nodes, weights
    # Newton's method from nearly the zeros: eigenvalues would take half a second.
    points: FloatArray = -np.cos(np.pi * (np.arange(order) + 0.75) / (order + 0.5))
    slope = points
    for _ in range(_NEWTON_STEPS):
        before, value = np.ones(order), points
        for degree in range(1, order):
            ahead = (2 * degree + 1) * points * value - degree * before
            before, value = value, ahead / (degree + 1)
        slope = order * (points * value - before) / (points * points - 1.0)
        points = points - value / slope
    return points, 2.0 / ((1.0 - points * points) * slope * slope)


@define(eq=False, repr=False)
class Panels:
    """Panels in each row, from left to right.

    Attributes:
        centre: Middle of each panel, hours, shape ``(rows, panels)``.
        half: Half its length, hours, same shape.
        too_long: Which panels are too long for the density they will be integrated
            against, same shape.
        nodes: Nodes of all panels, hours, shape ``(rows, nodes)``.
        weights: Quadrature weights, hours, same shape.
        all_short: Whether the layout is one in which all panels are short against that
            density.
    """

    centre: FloatArray
    half: FloatArray
    too_long: BoolArray
    nodes: FloatArray
    weights: FloatArray
    all_short: bool = False

    @property
    def layout(self) -> tuple[int, int, bool]:
        """What rows must have in common to share arrays: panels, nodes, all short."""
        return self.half.shape[1], self.nodes.shape[1], self.all_short

    @classmethod
    def stack(cls, blocks: Sequence["Panels"]) -> "Panels":
        """Panels of blocks of rows, all of the same layout, as a single block."""
        if len(blocks) == 1:
            return blocks[0]
        too_long = np.concatenate([block.too_long for block in blocks])
        centre, half, nodes, weights = (
            np.concatenate([getattr(block, name) for block in blocks])
            for name in ("centre", "half", "nodes", "weights")
        )
        return cls(centre, half, too_long, nodes, weights, blocks[0].all_short)


@frozen(eq=False, repr=False)
class TwoPanelLayout:
    """Two panels, one on each side of the strike, which usually are enough.

    Attributes:
        orders: Nodes on the left and on the right panel.
        longest: Half the length each may have, in units of the smallest scale on which
            the integrand varies, shape ``(2,)``.
        panels: Of each node, 0 for the left one and 1, shape ``(nodes,)``.
        nodes: Nodes of both on -1 to 1, same shape.
        weights: Their weights, same shape.
    """

    orders: tuple[int, int]
    longest: FloatArray
    panels: IndexArray
    nodes: FloatArray
    weights: FloatArray

    def place_nodes(self, left: FloatArray, half: FloatArray) -> Panels:
        """The panels of every row; the caller sees to it that they are short enough.

        Args:
            left: Where each panel begins, hours, shape ``(rows, 2)``.
            half: Half its length, hours, same shape.
        """
        centre = left + half
        nodes, weights = self._at_nodes(centre), self._at_nodes(half)
        nodes += weights * self.nodes
        weights *= self.weights
        too_long = np.zeros(half.shape, dtype=np.bool_)
        return Panels(centre, half, too_long, nodes, weights, all_short=True)

    def _at_nodes(self, of_panels: FloatArray) -> FloatArray:
        """Numbers of the two panels at every node, shape ``(rows, nodes)``."""
        if len(of_panels) <= _FEW_ROWS:
            return np.asarray(of_panels.take(self.panels, axis=1))
        # Quicker for many rows.
        return np.repeat(of_panels, self.orders, axis=1)


@cache
def two_panel_layouts() -> tuple[TwoPanelLayout, ...]:
    """Layouts from the fewest nodes up; the first that is enough is taken.

    Their limits were found by experiment: at these lengths values are off by about
    1e-11 of the total scale against fine panels, thresholds by some 1e-10.
    """
    layouts = []
    for left, right in _ORDERS:
        rules = np.hstack([gauss_legendre(left), gauss_legendre(right)])
        longest = np.array([(left - 4) / 3.0, 0.36 * (right - 2)])
        panels = np.repeat([0, 1], (left, right))
        layouts.append(TwoPanelLayout((left, right), longest, panels, *rules))
    return tuple(layouts)


@cache
def _longest_halves(layouts: tuple[TwoPanelLayout, ...]) -> FloatArray:
    """The limits of some layouts, ascending, shape ``(2, layouts)``."""
    limits = [layout.longest for layout in layouts]
    return np.array(limits).reshape(-1, 2).T.copy()


def layout_rows(
    left: FloatArray,
    strike: FloatArray,
    right: FloatArray,
    kinks: tuple[FloatArray, FloatArray, FloatArray],
    sd: FloatArray,
) -> list[tuple[IndexArray, Panels]]:
    """Panels for every row, grouped by rows with the same layout.

    Args:
        left, right: Where the panels begin and end, hours, shape ``(rows, 1)``.
        strike: Where a panel must end, hours, same shape.
        kinks: Smoothed kinks: first and last position of each, and its standard
            deviation, hours, each ``(rows, kinks)``.
        sd: Of the density, hours, shape ``(rows, 1)``.

    Returns:
        Row numbers with their panels; every row occurs once.
    """
    sharpest = smallest(kinks[2])
    scale = 1.0 / np.sqrt(1.0 / (sharpest * sharpest) + 1.0 / (sd * sd))
    layouts = two_panel_layouts()
    longest = _longest_halves(layouts)
    edges = np.concatenate((left, strike, right), axis=1)
    begin, half = edges[:, :-1], 0.5 * (edges[:, 1:] - edges[:, :-1])
    share = half / scale
    # A number beyond all layouts stands for as many panels as it takes.
    fits = [row.searchsorted(share[:, side]) for side, row in enumerate(longest)]
    choices, result = np.maximum(*fits), []
    numbers = sorted(set(choices.tolist()))
    for number in numbers:
        rows, bounds = np.arange(choices.size), (begin, half)
        if len(numbers) > 1:
            rows = np.flatnonzero(choices == number)
            bounds = begin[rows], half[rows]
        if number < len(layouts):
            result.append((rows, layouts[number].place_nodes(*bounds)))
        else:
            columns = tuple(it[rows] for it in (left, strike, right, *kinks, sd))
            for subset, panels in _many_panels(*columns):
                result.append((rows[subset], panels))
    return result


def _many_panels(
    left: FloatArray,
    strike: FloatArray,
    right: FloatArray,
    kinks: FloatArray,
    kink_ends: FloatArray,
    kink_sds: FloatArray,
    sd: FloatArray,
) -> Iterator[tuple[IndexArray, Panels]]:
    """As many panels of ``ORDER`` nodes as the kinks ask for, placed from the left.

    Args:
        left, strike, right, sd: As ``layout_rows`` takes them, hours.
        kinks, kink_ends, kink_sds: First and last position of each kink, and its
            deviation, hours.

    Yields:
        Rows that take equally many panels, and their panels.
    """
    start, stop = kinks - REACH_LEFT * kink_sds, kink_ends + REACH_RIGHT * kink_sds
    edge, edge_columns, too_long_columns = left, [left], []
    # A row without any length has a single panel.
    while len(edge_columns) == 1 or np.any(edge < right):
        inside = (start <= edge) & (edge < stop)
        scale = np.where(inside, kink_sds, np.inf).min(axis=1, keepdims=True)
        next_kink = np.where(start > edge, start, np.inf).min(axis=1, keepdims=True)
        integrated = _INTEGRATED_HALF / np.sqrt(1.0 / scale**2 + 1.0 / sd**2)
        carried = _CARRIED_HALF * scale
        # Either many short panels that the density is summed over, or few long ones
        # whose polynomial is integrated.
        half = np.where(integrated > 0.35 * carried, integrated, carried)
        end = np.where(edge < strike, strike, right)
        following = np.minimum(np.minimum(edge + 2.0 * half, next_kink), end)
        # A panel shorter than the spacing of doubles still has to move on.
        following = np.where(following > edge, following, np.nextafter(edge, np.inf))
        following = np.where(edge < right, following, edge)
        too_long_columns.append(0.5 * (following - edge) > integrated * (1.0 + 1e-9))
        edge_columns.append(following)
        edge = following
    all_edges, too_long = np.hstack(edge_columns), np.hstack(too_long_columns)
    counts = np.maximum((all_edges[:, 1:] > all_edges[:, :-1]).sum(axis=1), 1)
    unit_nodes, unit_weights = gauss_legendre()
    for count in np.unique(counts).tolist():
        rows = np.flatnonzero(counts == count)
        edges = all_edges[rows, : count + 1]
        half = 0.5 * (edges[:, 1:] - edges[:, :-1])
        centre = edges[:, :-1] + half
        nodes = centre[:, :, None] + half[:, :, None] * unit_nodes
        weights = half[:, :, None] * unit_weights
        flat = nodes.reshape(rows.size, -1), weights.reshape(rows.size, -1)
        yield rows, Panels(centre, half, too_long[rows, :count], *flat)
