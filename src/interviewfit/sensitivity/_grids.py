"""A decision on a grid of one number or two, at as many points as can be afforded."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._assessment.afterwards import leads_afterwards
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import ActionCodes
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.decision import Decision
from interviewfit._model.progress import Progress
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import ACTION_CODES, Action
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    IndexArray,
)
from interviewfit._numeric.effort import largest_work
from interviewfit._process.structure import structure_of
from interviewfit.sensitivity._point_grids import PointGrid, between_lines
from interviewfit.sensitivity._work import Allowance, likely_work

# Hours: two values that are interpolated are equal within it.
_SAME = 1e-9


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
        structure = structure_of(decision.candidate, decision.opportunity)
        self._is_forced = bool(structure.dealbreakers)

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

        It is that of the largest value. A dealbreaker decides before any value does, so
        that between points it is as at the nearest of these.

        Args:
            lines: On each axis; all points on them are evaluated.
            values: As they are interpolated.
        """
        if self._is_forced:
            nearest = []
            for axis, line in zip(self.axes, lines, strict=True):
                left, share = between_lines(axis, line)
                nearest.append(line[np.minimum(left + (share > 0.5), line.size - 1)])
            return self._codes[np.ix_(*nearest)]
        count = len(self._actions)
        worths = values[:count]
        # Of two that are equal the first wins.
        best = (worths >= worths.max(axis=0) - _SAME).argmax(axis=0)
        of_action = [ACTION_CODES[action] for action in self._actions]
        codes = np.array(of_action, dtype=np.int8)[best]
        if len(values) > count + 1:
            # Who stays in mid-interview goes on afterwards, or finishes it politely.
            staying = codes == ACTION_CODES[Action.CONTINUE]
            finish = ACTION_CODES[Action.FINISH_POLITELY]
            codes[staying & (values[count] <= 0.0)] = finish
        return np.where(self.evaluated, self._codes, codes).astype(np.int8)
