"""Regions of weightings by action: a plane of two numbers, or a simplex of three.

The picture is a bundle of columns. On each the borders between actions are roots, found
as in ``_rays``. Where two neighbouring columns cross the regions in different orders, a
column between them is halved until they are as good as one, so that corners and upright
borders are as exact as all others. Between columns borders are straight.

Of a simplex the columns are the rays from one corner to the other side, so that a point
at the share s of the ray stands for an area in proportion to s.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from attrs import frozen

from interviewfit._assessment.evaluation import Ranking
from interviewfit._model.vocabulary import ACTIONS, Action
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.root_finding import bracket_root
from interviewfit.weightings._box import Box

# Columns at first, points looked up on each, and how closely a border is bracketed.
_COLUMNS, _NODES, _WIDTH = 41, 25, 1e-5
# Halvings of the gap between two columns, and gaps that are halved at most.
_HALVINGS, _MOST_GAPS = 14, 20


@frozen(eq=False)
class Column:
    """The actions along one column, from its start to its end.

    Attributes:
        place: Of the column, 0 to 1.
        actions: In their order.
        ends: Where each ends, 0 to 1, ``(actions,)``; the last is 1.
    """

    place: float
    actions: tuple[Action, ...]
    ends: tuple[float, ...]

    def action_at(self, height: float) -> Action:
        """The action at a point of the column, 0 to 1."""
        number = int(np.searchsorted(self.ends, height))
        return self.actions[min(number, len(self.actions) - 1)]


@frozen(eq=False)
class Regions:
    """Where each action is best.

    Attributes:
        columns: From the first to the last place.
        is_simplex: Whether columns are rays of a simplex, instead of upright.
    """

    columns: tuple[Column, ...]
    is_simplex: bool

    @property
    def runs(self) -> list[list[Column]]:
        """Neighbouring columns that cross the regions in one order."""
        runs = [[self.columns[0]]]
        for left, right in pairwise(self.columns):
            if left.actions == right.actions:
                runs[-1].append(right)
            else:
                runs.append([right])
        return runs

    @property
    def shares(self) -> dict[Action, float]:
        """The share of weightings for each action, the largest first."""
        shares: dict[Action, float] = {}
        power = 2.0 if self.is_simplex else 1.0
        for left, right in pairwise(self.columns):
            width = right.place - left.place
            for column in (left, right):
                start = 0.0
                for action, end in zip(column.actions, column.ends, strict=True):
                    area = 0.5 * width * (end**power - start**power)
                    shares[action] = shares.get(action, 0.0) + area
                    start = end
        return dict(sorted(shares.items(), key=lambda pair: -pair[1]))

    def coordinates(self, place: FloatColumn, height: FloatColumn) -> FloatArray:
        """Points of a plane of side 1, or of a triangle, ``(points, 2)``.

        Args:
            place, height: Of the columns, and along them, 0 to 1, ``(points,)``.
        """
        if not self.is_simplex:
            return np.column_stack([place, height])
        second, third = height * (1.0 - place), height * place
        # The first corner is on top, the second on the left.
        return np.column_stack([0.5 + 0.5 * (third - second), (1.0 - height)])


def regions_of(box: Box, *, simplex: bool) -> Regions:
    """Where each action is best in a box of two numbers, or a simplex of three.

    Args:
        box: With two numbers that vary, or with the three of the simplex.
        simplex: Whether the numbers are those of a simplex, at least 0 with mean 1.
    """
    search = _Search(box, simplex)
    columns = search.columns(np.linspace(0.0, 1.0, _COLUMNS))
    for _ in range(_HALVINGS):
        gaps = [
            (left, right)
            for left, right in pairwise(columns)
            if left.actions != right.actions
        ]
        if not gaps or len(gaps) > _MOST_GAPS:
            break
        middles = np.array([0.5 * (left.place + right.place) for left, right in gaps])
        columns = sorted(
            [*columns, *search.columns(middles)], key=lambda column: column.place
        )
        columns = _thinned(columns)
    return Regions(tuple(columns), simplex)


def _thinned(columns: Sequence[Column]) -> list[Column]:
    """Columns without those between two others of the same order that are close.

    Args:
        columns: By their place; the grid of the first ones is kept.
    """
    kept = [columns[0]]
    for before, column, after in zip(columns, columns[1:], columns[2:], strict=False):
        same = before.actions == column.actions == after.actions
        close = after.place - before.place < 0.5 / (_COLUMNS - 1)
        if not (same and close):
            kept.append(column)
    return [*kept, columns[-1]]


class _Search:
    """The search for borders along columns.

    Args:
        box, simplex: What is drawn.
    """

    def __init__(self, box: Box, simplex: bool) -> None:
        self.box, self.simplex = box, simplex
        self.free = np.flatnonzero(box.low < box.high)

    def _points(self, places: FloatColumn, heights: FloatColumn) -> FloatArray:
        """Weightings at points of columns, ``(points, numbers)``.

        Args:
            places, heights: Of the columns, and along them, 0 to 1, ``(points,)``.
        """
        if self.simplex:
            parts = [1.0 - heights, heights * (1.0 - places), heights * places]
            return 3.0 * np.column_stack(parts)
        points = np.tile(self.box.present, (places.size, 1))
        for axis, shares in zip(self.free, (places, heights), strict=True):
            low, high = self.box.low[axis], self.box.high[axis]
            points[:, axis] = low + shares * (high - low)
        return points

    def _at(self, places: FloatColumn, heights: FloatColumn) -> Ranking:
        """The value of every action at points of columns.

        Args:
            places, heights: Of the columns, and along them, 0 to 1, ``(points,)``.
        """
        return self.box.evaluate(self._points(places, heights)).ranking

    def columns(self, places: FloatColumn) -> list[Column]:
        """The actions along columns at some places, 0 to 1."""
        nodes = np.linspace(0.0, 1.0, _NODES)
        grid = np.repeat(places, _NODES)
        codes = self._at(grid, np.tile(nodes, places.size)).codes
        codes = codes.reshape(places.size, _NODES)
        row, node = np.nonzero(codes[:, 1:] != codes[:, :-1])
        low, high = nodes[node], nodes[node + 1]
        before, last = codes[row, node], codes[row, node + 1]
        changes: list[list[tuple[float, Action]]] = [[] for _ in places]
        for _ in range(len(ACTIONS)):
            if not row.size:
                break
            rows = row
            start, end, after = bracket_root(
                lambda searches, heights, rows=rows: self._at(  # type: ignore[misc]
                    places[rows[searches]], heights
                ),
                lambda ranking, base: ranking.codes != base,
                np.arange(row.size),
                before,
                low,
                high,
                np.full(row.size, _WIDTH),
            )
            middles = (0.5 * (start + end)).tolist()
            for column, border, code in zip(row.tolist(), middles, after, strict=True):
                changes[column].append((border, ACTIONS[code]))
            # A thin region may lie between two points that were looked up.
            more = after != last
            row, low, high = row[more], end[more], high[more]
            before, last = after[more], last[more]
        columns = []
        for number, place in enumerate(places.tolist()):
            ordered = sorted(changes[number], key=lambda change: change[0])
            actions = (ACTIONS[codes[number, 0]], *(action for _, action in ordered))
            ends = (*(border for border, _ in ordered), 1.0)
            columns.append(Column(place, actions, ends))
        return columns
