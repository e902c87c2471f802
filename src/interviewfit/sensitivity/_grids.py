"""A decision on a grid of one number or two, at as many points as can be afforded.

Where all points would take too many operations (``effort``), those of a coarse grid are
evaluated, then those half way between its lines, on one axis after the other. Values
between evaluated points are interpolated, linearly on each axis. How far off they may
be is seen from every other line of each axis: interpolated from these, the values on
the lines between are off by so much, and half as far away it is not more.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._assessment.afterwards import leads_afterwards
from interviewfit._assessment.evaluation import ActionCodes, evaluate_rows
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.decision import Decision
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import ACTION_CODES, ACTIONS, Action
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    IndexArray,
)
from interviewfit.progress import Progress
from interviewfit.sensitivity._work import Allowance, largest_work, likely_work

# Into how many parts each axis is divided at first.
_FIRST_PARTS = 2


@frozen(eq=False)
class GridValues:
    """Every action at each point of a grid.

    Attributes:
        actions: Of the alternatives; staying in mid-interview is *continue*.
        values: Of each, hours, ``(alternatives, *points)``; -inf where it is not open.
        codes: The best action, ``(*points,)``.
        leads: In mid-interview, by how much going on afterwards is ahead, hours, alone;
            else None.
        evaluated: Which points were evaluated, ``(*points,)``; others are interpolated.
        error: About how far off interpolated values may be, hours; 0 without any.
    """

    actions: tuple[Action, ...]
    values: FloatArray
    codes: ActionCodes
    leads: FloatArray | None
    evaluated: BoolArray
    error: Worth


def evaluate_grid(
    decision: Decision,
    names: Sequence[str],
    columns: Sequence[FloatColumn],
    progress: Progress | None = None,
) -> GridValues:
    """Value every action at all points, or at as many as can be afforded.

    Args:
        decision: As it stands.
        names: Of the one number, or the two.
        columns: Its values, in any order; the points are all pairs.
        progress: Called with points done and points in all, first with 0.
    """
    grid = _Grid(decision, names, columns)
    sizes, total = grid.evaluated.shape, grid.evaluated.size
    if progress is not None:
        progress(0, total)
    parts = [_FIRST_PARTS] * len(sizes)
    if likely_work(decision, total) <= grid.allowance.left:
        parts = list(sizes)
    turn = 0
    grid.evaluate(grid.lines(parts))
    while not grid.evaluated.all():
        if progress is not None:
            progress(int(grid.evaluated.sum()), total)
        if grid.affords(grid.lines(sizes)):
            grid.evaluate(grid.lines(sizes))
            break
        turn = (turn + 1) % len(sizes)
        if parts[turn] >= sizes[turn] - 1:
            turn = (turn + 1) % len(sizes)
        finer = [*parts]
        finer[turn] *= 2
        if not grid.affords(grid.lines(finer)):
            break
        grid.evaluate(grid.lines(finer))
        parts = finer
    if progress is not None:
        progress(total, total)
    return grid.answer(parts)


class _Grid:
    """The points of a grid, of which some are evaluated.

    Args:
        decision, names, columns: As ``evaluate_grid``.

    Attributes:
        allowance: Operations that are left.
        evaluated: Which points were evaluated, of distinct values in rising order.
    """

    def __init__(
        self, decision: Decision, names: Sequence[str], columns: Sequence[FloatColumn]
    ) -> None:
        self._decision, self._names = decision, names
        distinct = [np.unique(column, return_inverse=True) for column in columns]
        self._axes = [values for values, _ in distinct]
        self._places = [place.reshape(-1) for _, place in distinct]
        shape = tuple(axis.size for axis in self._axes)
        self.allowance, self._known = Allowance(largest_work()), KnownRivals()
        self.evaluated = np.zeros(shape, dtype=np.bool_)
        self._actions: tuple[Action, ...] = ()
        # Of each alternative, and last how far going on afterwards is ahead.
        self._values = np.empty((0, *shape))
        self._codes = np.zeros(shape, dtype=np.int8)

    def lines(self, parts: Sequence[int]) -> list[IndexArray]:
        """The lines of a grid that divides each axis into so many parts.

        Args:
            parts: Of each axis.
        """
        return [
            np.unique(np.linspace(0, size - 1, min(part, size) + 1).round().astype(int))
            for part, size in zip(parts, self.evaluated.shape, strict=True)
        ]

    def _new(self, lines: Sequence[IndexArray]) -> IndexArray:
        """The points on some lines that are not evaluated, as flat positions.

        Args:
            lines: On each axis.
        """
        chosen = np.zeros_like(self.evaluated)
        chosen[np.ix_(*lines)] = True
        return np.flatnonzero(chosen & ~self.evaluated)

    def affords(self, lines: Sequence[IndexArray]) -> bool:
        """Whether all points on some lines can be evaluated.

        Args:
            lines: On each axis.
        """
        return self.allowance.affords(self._new(lines).size)

    def evaluate(self, lines: Sequence[IndexArray]) -> None:
        """Evaluate all points on some lines.

        Args:
            lines: On each axis.
        """
        new, shape = self._new(lines), self.evaluated.shape
        columns = {
            name: axis[place]
            for name, axis, place in zip(
                self._names, self._axes, np.unravel_index(new, shape), strict=True
            )
        }
        with self.allowance.rows(new.size):
            ranking = evaluate_rows(self._decision, columns, self._known)
            leads = leads_afterwards(self._decision, columns)
        layers = ranking.values
        if leads is not None:
            layers = np.vstack((layers, leads))
        if not self._values.size:
            self._actions = ranking.actions
            self._values = np.full((len(layers), *shape), -np.inf)
        self._values.reshape(len(layers), -1)[:, new] = layers
        self._codes.reshape(-1)[new] = ranking.codes
        self.evaluated.reshape(-1)[new] = True

    def _interpolated(self, lines: Sequence[IndexArray]) -> FloatArray:
        """Values at all points, by those on some lines.

        Args:
            lines: On each axis; all points on them are evaluated.
        """
        chosen = np.ix_(*lines)
        values = np.stack([layer[chosen] for layer in self._values])
        for number, (axis, line) in enumerate(zip(self._axes, lines, strict=True)):
            left, share = _between(axis, line)
            shape = [1] * values.ndim
            shape[number + 1] = axis.size
            share = share.reshape(shape)
            low = np.take(values, left, axis=number + 1)
            high = np.take(values, np.minimum(left + 1, line.size - 1), number + 1)
            # An action that is closed next to a point is taken as closed there.
            with np.errstate(invalid="ignore"):
                between = (1.0 - share) * low + share * high
            values = np.where(share == 0.0, low, np.where(share == 1.0, high, between))
        return np.asarray(values)

    def _error(self, parts: Sequence[int]) -> Worth:
        """About how far off interpolated values may be, hours.

        Args:
            parts: Into how many each axis is divided.
        """
        error = 0.0
        for number, (part, axis) in enumerate(zip(parts, self._axes, strict=True)):
            if part < axis.size - 1:
                coarser = [*parts]
                coarser[number] = part // 2
                with np.errstate(invalid="ignore"):
                    off = np.abs(self._interpolated(self.lines(coarser)) - self._values)
                off = off[:, self.evaluated]
                error += float(np.where(np.isfinite(off), off, 0.0).max(initial=0.0))
        return error

    def answer(self, parts: Sequence[int]) -> GridValues:
        """The values at all points, in the order that was asked for.

        Args:
            parts: Into how many each axis is divided.
        """
        values, codes, count = self._values, self._codes, len(self._actions)
        error = 0.0
        if not self.evaluated.all():
            lines, error = self.lines(parts), self._error(parts)
            between = self._interpolated(lines)
            values = np.where(self.evaluated, values, between)
            codes = self._codes_between(lines, between)
        places = np.ix_(*self._places)
        values = np.stack([layer[places] for layer in values])
        return GridValues(
            self._actions,
            values[:count],
            codes[places],
            values[count] if len(values) > count else None,
            self.evaluated[places],
            error,
        )

    def _codes_between(
        self, lines: Sequence[IndexArray], values: FloatArray
    ) -> ActionCodes:
        """The best action at all points, by those on some lines.

        It is that of the nearest of these, unless another is worth more. What decides
        before any value does, as a dealbreaker, decides between points as well.

        Args:
            lines: On each axis; all points on them are evaluated.
            values: As they are interpolated.
        """
        nearest = []
        for axis, line in zip(self._axes, lines, strict=True):
            left, share = _between(axis, line)
            nearest.append(line[np.minimum(left + (share > 0.5), line.size - 1)])
        near = np.ix_(*nearest)
        count = len(self._actions)
        then = self._values[:count].argmax(axis=0)[near]
        now = values[:count].argmax(axis=0)
        best = np.array([ACTION_CODES[action] for action in self._actions], np.int8)
        names = {action: number for number, action in enumerate(self._actions)}
        going = names.get(Action.CONTINUE, -1)
        staying = {Action.FINISH_POLITELY: going, **names}
        option = np.array([staying.get(action, -1) for action in ACTIONS])
        codes = self._codes[near]
        by_value = (option[codes] == then) & (now != then)
        codes = np.where(by_value, best[now], codes).astype(np.int8)
        return np.where(self.evaluated, self._codes, codes).astype(np.int8)


def _between(axis: FloatColumn, line: IndexArray) -> tuple[IndexArray, FloatColumn]:
    """Between which lines each value lies, and how far on from the left one, 0 to 1.

    Args:
        axis: The values, rising, ``(points,)``.
        line: Positions of the lines among them, the first and the last included.
    """
    left = np.searchsorted(line, np.arange(axis.size), side="right") - 1
    left = np.clip(left, 0, max(0, line.size - 2))
    right = np.minimum(left + 1, line.size - 1)
    width = axis[line[right]] - axis[line[left]]
    share = (axis - axis[line[left]]) / np.where(width > 0.0, width, 1.0)
    return left, share
