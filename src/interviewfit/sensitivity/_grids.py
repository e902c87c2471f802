"""A decision on a grid of one number or two, at as many points as can be afforded."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._assessment.afterwards import leads_afterwards
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import ActionCodes
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
from interviewfit.sensitivity._point_grids import PointGrid, between_lines
from interviewfit.sensitivity._work import Allowance, largest_work, likely_work


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
    parts = grid.refine(likely_work(decision, grid.evaluated.size), progress)
    return grid.answer(parts)


class _Grid(PointGrid):
    """Every alternative of a decision at the points of a grid.

    Layers beyond the alternatives say how far going on afterwards is ahead, if that is
    asked, and last which action is best.

    Args:
        decision, names, columns: As ``evaluate_grid``.
    """

    def __init__(
        self, decision: Decision, names: Sequence[str], columns: Sequence[FloatColumn]
    ) -> None:
        super().__init__(columns, Allowance(largest_work()))
        self._decision, self._names = decision, names
        self._known = KnownRivals()
        self._actions: tuple[Action, ...] = ()

    def layers_at(self, columns: Sequence[FloatColumn]) -> FloatArray:
        """What every alternative is worth at some points, ``(layers, points)``.

        Args:
            columns: Their values on each axis.
        """
        rows = dict(zip(self._names, columns, strict=True))
        ranking = evaluate_rows(self._decision, rows, self._known)
        leads = leads_afterwards(self._decision, rows)
        self._actions = ranking.actions
        further = (ranking.codes,) if leads is None else (leads, ranking.codes)
        return np.vstack((ranking.values, *further))

    @property
    def _codes(self) -> ActionCodes:
        """The best action at each point that was evaluated."""
        return np.where(self.evaluated, self.values[-1], 0.0).astype(np.int8)

    def answer(self, parts: Sequence[int]) -> GridValues:
        """The values at all points, in the order that was asked for.

        Args:
            parts: Into how many each axis is divided.
        """
        values, error = self.completed(parts)
        codes, count = self._codes, len(self._actions)
        if not self.evaluated.all():
            codes = self._codes_between(self.lines(parts), values)
        places = np.ix_(*self.places)
        values = np.stack([layer[places] for layer in values[:-1]])
        return GridValues(
            self._actions,
            values[:count],
            codes[places],
            values[count] if len(values) > count else None,
            self.evaluated[places],
            float(error[:-1].max()),
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
        for axis, line in zip(self.axes, lines, strict=True):
            left, share = between_lines(axis, line)
            nearest.append(line[np.minimum(left + (share > 0.5), line.size - 1)])
        near = np.ix_(*nearest)
        count = len(self._actions)
        then = self.values[:count].argmax(axis=0)[near]
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
