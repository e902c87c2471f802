"""Values on a grid of one axis or two, at as many points as can be afforded.

Where all points would take too many operations (``effort``), those of a coarse grid are
evaluated, then those half way between its lines, on one axis after the other. Values
between evaluated points are interpolated, linearly on each axis. How far off they may
be is seen from every other line of each axis: interpolated from these, the values on
the lines between are off by so much, and half as far away it is not more.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from interviewfit._model.progress import Progress
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit.sensitivity._work import Allowance

# Into how many parts each axis is divided at first.
_FIRST_PARTS = 2


class PointGrid(ABC):
    """The points of a grid, of which some are evaluated.

    Args:
        columns: Values on each axis, in any order; the points are all pairs.
        allowance: Operations that may be taken.

    Attributes:
        allowance: Operations that are left.
        axes: Distinct values of each axis, rising.
        places: Of each value as it was stated, the position among these.
        evaluated: Which points were evaluated, of the distinct values.
        values: Layers of values at these points, ``(layers, *points)``; -inf elsewhere.
    """

    def __init__(self, columns: Sequence[FloatColumn], allowance: Allowance) -> None:
        distinct = [np.unique(column, return_inverse=True) for column in columns]
        self.axes = [values for values, _ in distinct]
        self.places = [place.reshape(-1) for _, place in distinct]
        shape = tuple(axis.size for axis in self.axes)
        self.allowance = allowance
        self.evaluated = np.zeros(shape, dtype=np.bool_)
        self.values: FloatArray = np.empty((0, *shape))

    @abstractmethod
    def layers_at(self, columns: Sequence[FloatColumn]) -> FloatArray:
        """What is looked for at some points, ``(layers, points)``.

        Args:
            columns: Their values on each axis.
        """

    def refine(self, likely: float, progress: Progress | None = None) -> list[int]:
        """Evaluate all points, or as many as can be afforded.

        Args:
            likely: Operations that all points take, roughly.
            progress: Called with points done and points in all, first with 0.

        Returns:
            Into how many parts each axis is divided by what was evaluated.
        """
        sizes, total = self.evaluated.shape, self.evaluated.size
        if progress is not None:
            progress(0, total)
        parts = [_FIRST_PARTS] * len(sizes)
        if likely <= self.allowance.left:
            parts = list(sizes)
        self.evaluate(self.lines(parts))
        parts = self.halve(parts, progress)
        if progress is not None:
            progress(total, total)
        return parts

    def halve(
        self, parts: Sequence[int], progress: Progress | None = None
    ) -> list[int]:
        """Evaluate points between those on some lines, as long as can be afforded.

        Args:
            parts: Into how many each axis is divided; all points there are evaluated.
            progress: As ``refine``.

        Returns:
            As ``refine``.
        """
        sizes, total = self.evaluated.shape, self.evaluated.size
        turn, parts = 0, [*parts]
        while not self.evaluated.all():
            if progress is not None:
                progress(int(self.evaluated.sum()), total)
            if self.affords(self.lines(sizes)):
                self.evaluate(self.lines(sizes))
                break
            turn = (turn + 1) % len(sizes)
            if parts[turn] >= sizes[turn] - 1:
                turn = (turn + 1) % len(sizes)
            finer = [*parts]
            finer[turn] *= 2
            if not self.affords(self.lines(finer)):
                break
            self.evaluate(self.lines(finer))
            parts = finer
        return parts

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
        if not new.size:
            return
        columns = [
            axis[place]
            for axis, place in zip(self.axes, np.unravel_index(new, shape), strict=True)
        ]
        with self.allowance.rows(new.size):
            layers = self.layers_at(columns)
        self.set_points(new, layers)

    def set_points(self, points: IndexArray, layers: FloatArray) -> None:
        """Keep what was evaluated at some points, by whoever evaluated it.

        From then on they count as evaluated, so that nothing is interpolated there, and
        values between are interpolated from them where they lie on a line.

        Args:
            points: Flat positions.
            layers: What is looked for there, ``(layers, points)``.
        """
        if not self.values.size:
            self.values = np.full((len(layers), *self.evaluated.shape), -np.inf)
        self.values.reshape(len(layers), -1)[:, points] = layers
        self.evaluated.reshape(-1)[points] = True

    def _interpolated(self, lines: Sequence[IndexArray]) -> FloatArray:
        """Values at all points, by those on some lines.

        Args:
            lines: On each axis; all points on them are evaluated.
        """
        chosen = np.ix_(*lines)
        values = np.stack([layer[chosen] for layer in self.values])
        for number, (axis, line) in enumerate(zip(self.axes, lines, strict=True)):
            left, share = between_lines(axis, line)
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

    def completed(self, parts: Sequence[int]) -> tuple[FloatArray, FloatColumn]:
        """The layers at all points, and about how far off those between may be.

        Args:
            parts: Into how many each axis is divided.

        Returns:
            Of shapes ``(layers, *points)`` and ``(layers,)``.
        """
        if self.evaluated.all():
            return self.values, np.zeros(len(self.values))
        between = self._interpolated(self.lines(parts))
        return np.where(self.evaluated, self.values, between), self._error(parts)

    def _error(self, parts: Sequence[int]) -> FloatColumn:
        """About how far off interpolated values of each layer may be, ``(layers,)``.

        Args:
            parts: Into how many each axis is divided.
        """
        between = self._interpolated(self.lines(parts))[:, self.evaluated]
        with np.errstate(invalid="ignore"):
            off = np.abs(between - self.values[:, self.evaluated])
        # Some points may be evaluated that are on no line.
        error: FloatColumn = np.where(np.isfinite(off), off, 0.0).max(axis=1, initial=0)
        for number, (part, axis) in enumerate(zip(parts, self.axes, strict=True)):
            if 1 < part < axis.size - 1:
                coarser = [*parts]
                coarser[number] = part // 2
                with np.errstate(invalid="ignore"):
                    off = np.abs(self._interpolated(self.lines(coarser)) - self.values)
                off = off[:, self.evaluated]
                error += np.where(np.isfinite(off), off, 0.0).max(axis=1, initial=0.0)
        return error


def between_lines(
    axis: FloatColumn, line: IndexArray
) -> tuple[IndexArray, FloatColumn]:
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
