"""Going on with a process at other correlations and other odds to pass.

The value is worked out on a grid of correlations and log-odds, and where it is that of
today on the curve of a correlation: V grows with the odds, because nobody has to take a
job. Points on each side of the crossing bracket it; inverse interpolation through the
nearest says where it is, and the next points are put there and close to it on both
sides; or, where that says little, evenly across the bracket. Each round is solved for
all curves at once.

Reference: J. F. Traub, "Iterative Methods for the Solution of Equations" (1964), for
inverse interpolation.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._assessment.alternatives import alternatives
from interviewfit._assessment.problems import compile_rows
from interviewfit._competition.chains import solve_steps
from interviewfit._competition.mutual_steps import solve_mutual_steps
from interviewfit._model.decision import Decision
from interviewfit._model.numbers import Numbers
from interviewfit._model.progress import Progress
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    IndexArray,
    Number,
)
from interviewfit._process.signals import shift_odds
from interviewfit._process.structure import Structure
from interviewfit.sensitivity._point_grids import PointGrid
from interviewfit.sensitivity._work import Allowance

_GOING = frozenset({Action.TAKE, Action.CONTINUE})
# The crossing is looked for at these log-odds, and between them.
_MARKS = np.array([-6.0, -3.0, 0.0, 3.0, 6.0])
# Points on each curve in a round, and rounds at most.
_POINTS, _ROUNDS = 3, 9
# Values that differ by less, in hours or as a share of them, are the same.
_SAME = 1e-10
# A crossing this close is where it is, in log-odds; no interpolation is trusted more.
_CLOSE, _LEAST_STEP = 1e-9, 2e-10
# Into how many parts axes of a long chain are divided at first; 0 is today's odds.
_FIRST_GRIDS = [1, 0], [2, 0], [1, 2], [2, 2]
# Through so many points it is interpolated, and by so much the error is overestimated.
_NEAREST, _DOUBT = 4, 4.0


@frozen
class OddsCurves:
    """A process at other correlations and other odds to pass.

    Attributes:
        decision, structure, numbers: On it alone.
        singly: Whether points are solved one by one. Points of a long chain take half
            the time so, because those that are solved together need the panels of all.
    """

    decision: Decision
    structure: Structure
    numbers: Numbers[float]
    singly: bool = False

    def layers_at(
        self, fits: FloatColumn, log_odds: FloatColumn, *, values_only: bool = False
    ) -> FloatArray:
        """Value of going on, chance of a job and what it brings, hours, ``(3, rows)``.

        Args:
            fits: Correlations, ``(rows,)``.
            log_odds: Added to those of every stage ahead, likewise.
            values_only: Whether the value alone is asked for, ``(1, rows)``.
        """
        if self.singly and fits.size > 1:
            cuts = np.arange(1, fits.size)
            points = zip(np.split(fits, cuts), np.split(log_odds, cuts), strict=True)
            layers = [self.layers_at(*it, values_only=values_only) for it in points]
            return np.hstack(layers)
        columns: dict[str, Number] = {"mutual_fit": fits}
        factor, rows = np.exp(log_odds), fits.size
        for stage in self.structure.ahead:
            rate = self.numbers.stage(stage.number, stage.kind, "pass_rate")
            shifted = shift_odds(np.full_like(factor, rate), factor)
            columns[f"stages[{stage.number}].pass_rate"] = shifted
        problem = compile_rows(self.decision, columns)
        going = next(it for it in alternatives(problem) if it.action in _GOING)
        process, mean = problem.process, np.empty(rows)
        mean[:] = process.mean_hours - process.trial
        if going.mutual is None:
            solution = solve_steps(going.steps, rows, exact_rows=not self.singly)
            if values_only:
                return solution.continuation_value(mean)[None]
            moments = solution.evaluate(mean)
        else:
            solved = solve_mutual_steps(
                going.steps,
                going.mutual,
                rows,
                exact_rows=not self.singly,
                values_only=values_only,
                complete=False,
            )
            if values_only:
                return solved.values[None]
            moments = solved.outcomes
        chances = np.clip(moments.accept_probability, 0.0, 1.0)
        return np.stack((moments.continuation_value, chances, moments.offer_value))

    def crossings(
        self, grid: "OddsGrid", value: Worth
    ) -> tuple[FloatColumn, FloatColumn]:
        """The log-odds down to which each correlation is worth as much as now.

        Args:
            grid: Values at some points, and the operations that may be taken.
            value: Of going on now, hours.

        Returns:
            Log-odds, -inf where it always is and inf where it never is, and how far off
            they may be, of each distinct correlation, ``(correlations,)``; nan where
            they are not worked out.
        """
        (fits, points), allowance = grid.axes, grid.allowance
        result, error = np.full(fits.size, np.nan), np.full(fits.size, np.nan)
        counts = grid.evaluated.sum(axis=1)
        chosen = np.flatnonzero(counts == counts.max())
        within = grid.evaluated[chosen].all(axis=0) & (np.abs(points) <= _MARKS[-1])
        points, marks = points[within], np.setdiff1d(_MARKS, points[within])
        same = _SAME * max(1.0, abs(value))
        axis = np.tile(points, (chosen.size, 1))
        known = grid.values[0][np.ix_(chosen, np.flatnonzero(within))]
        curves = _Curves(axis, known - value, same)
        if points.size > 1:
            # Between two points of the grid it is known about where each crosses.
            inner, numbers = curves.inner, chosen[curves.inner]
            result[numbers], error[numbers] = (it[inner] for it in curves.crossings())
        most = allowance.most(chosen.size, rows=max(1, marks.size))
        followed = _spread(chosen.size, most)
        chosen, axis, known = chosen[followed], axis[followed], known[followed]
        if not chosen.size:
            return result, error
        fits, curves = fits[chosen], _Curves(axis, known - value, same)
        outside = np.flatnonzero(~curves.inner)
        if marks.size and outside.size:
            axis = np.tile(marks, (outside.size, 1))
            new = self._values(fits[outside], axis, allowance)
            curves = curves.with_points(outside, axis, new - value)
        for _ in range(_ROUNDS):
            moving = np.flatnonzero(curves.open)
            if not moving.size or not allowance.affords(_POINTS * moving.size):
                break
            axis = curves.next_points(moving)
            new = self._values(fits[moving], axis, allowance)
            curves = curves.with_points(moving, axis, new - value)
        result[chosen], error[chosen] = curves.crossings()
        return result, error

    def _values(
        self, fits: FloatColumn, points: FloatArray, allowance: Allowance
    ) -> FloatArray:
        """The value at some log-odds of each correlation, hours, in their shape.

        Args:
            fits: Correlations, ``(correlations,)``.
            points: Log-odds, ``(correlations, points)``.
            allowance: Of which it is taken.
        """
        if not points.size:
            return np.empty(points.shape)
        rows = np.repeat(fits, points.shape[1])
        with allowance.rows(rows.size):
            values = self.layers_at(rows, points.ravel(), values_only=True)
        return values.reshape(points.shape)


class OddsGrid(PointGrid):
    """Value, chance and what a job brings on a grid of correlations and log-odds.

    Args:
        curves: The process.
        columns: Correlations, and log-odds.
        allowance: Operations that may be taken.
    """

    def __init__(
        self,
        curves: OddsCurves,
        columns: Sequence[FloatColumn],
        allowance: Allowance,
    ) -> None:
        super().__init__(columns, allowance)
        self._curves = curves
        # The odds of today, or those that are nearest to them.
        self._today = int(np.abs(self.axes[1]).argmin())

    def put(self, fit: float, layers: FloatArray) -> None:
        """What is known at the odds of today, if that is a point of the grid.

        The decision as it stands is solved in any case, so that it need not be solved
        again; elsewhere nothing is kept.

        Args:
            fit: The correlation.
            layers: What is looked for there, ``(3, 1)``.
        """
        places = np.flatnonzero(self.axes[0] == fit)
        if places.size and self.axes[1][self._today] == 0.0:
            self.set_points(
                np.array([places[0] * self.axes[1].size + self._today]), layers
            )

    def refine(self, likely: float, progress: Progress | None = None) -> list[int]:
        """As ``PointGrid.refine``; of long chains the odds of today come first.

        Where no other odds can be afforded, the second axis has 0 parts.

        Args:
            likely, progress: As there.
        """
        if not self._curves.singly:
            return super().refine(likely, progress)
        total = self.evaluated.size
        if progress is not None:
            progress(0, total)
        parts = _FIRST_GRIDS[0]
        for finer in _FIRST_GRIDS:
            if finer is not parts and not self.affords(self.lines(finer)):
                break
            parts = finer
            self.evaluate(self.lines(parts))
            if progress is not None:
                progress(int(self.evaluated.sum()), total)
        else:
            parts = self.halve(parts, progress)
        if progress is not None:
            progress(total, total)
        return parts

    def lines(self, parts: Sequence[int]) -> list[IndexArray]:
        """As ``PointGrid.lines``; of long chains the odds of today are among them.

        Args:
            parts: Of each axis.
        """
        lines = super().lines(parts)
        if self._curves.singly and parts[1] != 1:
            inner = lines[1] if parts[1] != 2 else lines[1][[0, -1]]
            inner = inner if parts[1] else inner[:0]
            lines[1] = np.unique(np.append(inner, self._today))
        return lines

    def completed(self, parts: Sequence[int]) -> tuple[FloatArray, FloatColumn]:
        """As ``PointGrid.completed``; nan at odds that were left out.

        Args:
            parts: As there.
        """
        layers, errors = super().completed(parts)
        if not parts[1]:
            left_out = ~self.evaluated
            left_out[:, self._today] = False
            layers = np.where(left_out, np.nan, layers)
        return layers, errors

    def layers_at(self, columns: Sequence[FloatColumn]) -> FloatArray:
        """What is looked for at some points, ``(3, points)``.

        Args:
            columns: Their correlations and log-odds.
        """
        return self._curves.layers_at(*columns)


@frozen(eq=False)
class _Curves:
    """What some rising curves are known to be beyond 0, and where they cross it.

    Attributes:
        points: Rising in each row, ``(curves, points)``.
        excess: The curves there, likewise.
        same: By how much what counts as 0 may differ from it.
    """

    points: FloatArray
    excess: FloatArray
    same: float

    def with_points(
        self, moving: IndexArray, points: FloatArray, excess: FloatArray
    ) -> "_Curves":
        """The same with more points; the other curves have their last one again.

        Args:
            moving: The curves that have more, ``(moving,)``.
            points, excess: Of these, in any order, ``(moving, points)``.
        """
        old, new = (self.points, self.excess), (points, excess)
        axes = []
        for known, more in zip(old, new, strict=True):
            # A curve of which nothing is known has its points from now on.
            last = known[:, -1:] if known.shape[1] else np.zeros((len(known), 1))
            wider = np.repeat(last, more.shape[1], axis=1)
            wider[moving] = more
            axes.append(np.hstack((known, wider)))
        order = np.argsort(axes[0], axis=1, kind="stable")
        rising, values = (np.take_along_axis(axis, order, axis=1) for axis in axes)
        return _Curves(rising, values, self.same)

    @property
    def _below(self) -> IndexArray:
        """The last point at which each curve is below 0; -1 if there is none."""
        is_below = self.excess < -self.same
        last = is_below.shape[1] - 1 - is_below[:, ::-1].argmax(axis=1)
        return np.where(is_below.any(axis=1), last, -1)

    @property
    def inner(self) -> BoolArray:
        """Whether each curve crosses 0 between two points."""
        if self.points.shape[1] < 2:
            return np.zeros(len(self.points), dtype=np.bool_)
        below = self._below
        return np.asarray((below >= 0) & (below < self.points.shape[1] - 1))

    def _brackets(self) -> tuple[FloatColumn, FloatColumn, BoolArray]:
        """The points on both sides of each crossing, and whether it is at the right."""
        rows = np.arange(len(self.points))
        low = np.clip(self._below, 0, self.points.shape[1] - 2)
        is_exact = self.excess[rows, low + 1] <= self.same
        return self.points[rows, low], self.points[rows, low + 1], is_exact

    @property
    def open(self) -> BoolArray:
        """Whether it is still to be closed in on the crossing of each curve."""
        low, high, is_exact = self._brackets()
        return np.asarray(self.inner & ~is_exact & (high - low > _CLOSE))

    def _guess(self) -> tuple[FloatColumn, FloatColumn]:
        """Where each curve crosses 0 by inverse interpolation, and how far off.

        Neville's scheme through the nearest points; the error is what the last of them
        changes. Half way across the bracket where that leads out of it.
        """
        low, high, _ = self._brackets()
        count = min(_NEAREST, self.points.shape[1])
        first = self._below - (count // 2 - 1)
        first = np.clip(first, 0, self.points.shape[1] - count)
        columns = first[:, None] + np.arange(count)
        x = np.take_along_axis(self.excess, columns, axis=1)
        table = np.take_along_axis(self.points, columns, axis=1)
        before = table
        with np.errstate(all="ignore"):
            for order in range(1, count):
                before, left, right = table, x[:, :-order], x[:, order:]
                table = (right * table[:, :-1] - left * table[:, 1:]) / (right - left)
            guess = table[:, 0]
            error = np.abs(guess[:, None] - before).max(axis=1)
        inside = (guess > low) & (guess < high)
        middle = 0.5 * (low + high)
        return np.where(inside, guess, middle), np.where(inside, error, high - low)

    def next_points(self, moving: IndexArray) -> FloatArray:
        """Points around each crossing, or evenly across its bracket.

        Args:
            moving: The curves, ``(moving,)``.

        Returns:
            Log-odds, ``(moving, points)``.
        """
        low, high = (ends[moving, None] for ends in self._brackets()[:2])
        guess, error = (it[moving, None] for it in self._guess())
        width = high - low
        step = np.maximum(_DOUBT * error, _LEAST_STEP)
        near = guess + step * np.array([-1.0, 0.0, 1.0])
        even = low + width * np.arange(1, _POINTS + 1) / (_POINTS + 1)
        return np.clip(np.where(step < width / 8.0, near, even), low, high)

    def crossings(self) -> tuple[FloatColumn, FloatColumn]:
        """Where each curve crosses 0, -inf or inf if it does not, and how far off."""
        low, high, is_exact = self._brackets()
        ends = np.where(self._below < 0, -np.inf, np.inf)
        inside = np.where(is_exact, high, self._guess()[0])
        width = np.where(is_exact, 0.0, high - low)
        return np.where(self.inner, inside, ends), np.where(self.inner, width, 0.0)


def _spread(count: int, most: int) -> IndexArray:
    """So many of some positions, spread evenly, the first and the last among them.

    Args:
        count: How many positions there are.
        most: How many are chosen.
    """
    return np.unique(np.linspace(0, count - 1, min(most, count)).round().astype(int))
