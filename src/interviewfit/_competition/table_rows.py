"""Tables of a process in which passes tell of the fit, in many rows.

Rows that differ in a number need a table each (``mutual_tables``): some hundred of them
a second are made.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._competition.mutual_tables import MutualTable
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution

OneRow: TypeAlias = Solution | MutualTable
"""A process solved in a single row."""


@frozen(eq=False, repr=False)
class TableRows:
    """Solutions of a single row each, as one; see ``MutualTable``.

    Attributes:
        rows: One for each.
        thresholds, alone: As those of ``MutualTable``, hours, ``(rows, steps)``.
    """

    rows: Sequence[OneRow]
    thresholds: FloatArray
    alone: FloatArray

    @classmethod
    def of(cls, rows: Sequence[OneRow]) -> "TableRows":
        """Some solutions of equally many steps."""
        alone = [
            it.alone if isinstance(it, MutualTable) else it.thresholds for it in rows
        ]
        thresholds = np.concatenate([it.thresholds for it in rows])
        return cls(rows, thresholds, np.concatenate(alone))

    @property
    def error(self) -> Worth:
        """By how much a table differs from what was solved at most, hours."""
        return max(
            (it.error for it in self.rows if isinstance(it, MutualTable)), default=0.0
        )

    @property
    def single(self) -> npt.NDArray[np.bool_]:
        """Whether each step was seen to have one threshold, ``(rows,)``."""
        return np.array(
            [
                not isinstance(it, MutualTable) or bool(it.single.all())
                for it in self.rows
            ],
            dtype=np.bool_,
        )

    def take(self, rows: IndexArray) -> "TableRows":
        """Some of the rows, in any order and number."""
        return TableRows.of([self.rows[row] for row in rows.tolist()])

    def _by_row(
        self, mean: FloatArray, rows: IndexArray | None, name: str
    ) -> FloatArray:
        """A method of each solution at its means, in their shape.

        Args:
            mean: Hours, ``(lines,)`` or ``(lines, points)``.
            rows: Row of each line; all rows by default.
            name: Of the method.
        """
        result, single = np.empty(mean.shape), np.zeros(1, np.intp)
        numbers = range(len(self.rows)) if rows is None else rows.tolist()
        for line, row in enumerate(numbers):
            points = np.reshape(mean[line], (1, -1))
            method: Callable[..., FloatArray] = getattr(self.rows[row], name)
            result[line] = method(points, single).reshape(np.shape(mean[line]))
        return result

    def acceptance_probability(
        self, mean: FloatArray, rows: IndexArray | None = None
    ) -> FloatArray:
        """Probability to end in an accepted offer, in the shape of *mean*.

        Args:
            mean: Of the surplus, less the alternative, hours, ``(lines, points)``.
            rows: Row of each line, in any order and number; all rows by default.
        """
        return self._by_row(mean, rows, "acceptance_probability")

    def continuation_value(
        self, mean: npt.ArrayLike, rows: IndexArray | None = None
    ) -> FloatArray:
        """What taking the first step is worth, hours, in the shape of *mean*.

        Args:
            mean: Of the surplus, less the alternative, hours, ``(lines, points)``, or
                ``(lines,)``.
            rows: Row of each line, in any order and number; all rows by default.
        """
        return self._by_row(np.asarray(mean), rows, "continuation_value")

    def evaluate(self, mean: npt.ArrayLike) -> OutcomeMoments:
        """What going on leads to in each row.

        Args:
            mean: Of the surplus in each, less its alternative, hours, ``(rows,)``.
        """
        means = np.asarray(mean, dtype=np.float64)
        parts = [it.evaluate(means[[row]]).row(0) for row, it in enumerate(self.rows)]
        return OutcomeMoments.stack(parts)

    def evaluate_mixture(
        self, mean: FloatArray, weights: FloatArray, rows: IndexArray | None = None
    ) -> OutcomeMoments:
        """What going on leads to on average over several alternatives.

        Args:
            mean: Of the surplus, less each of them, hours, ``(lines, points)``.
            weights: With which each counts, likewise, of either sign.
            rows: Row of each line, in any order and number; all rows by default.
        """
        numbers = range(len(self.rows)) if rows is None else rows.tolist()
        single = np.zeros(1, np.intp)
        parts = [
            self.rows[row].evaluate_mixture(mean[[line]], weights[[line]], single)
            for line, row in enumerate(numbers)
        ]
        return OutcomeMoments.stack([part.row(0) for part in parts])

    def _column(self, name: str) -> FloatColumn:
        """An attribute of each solution, ``(rows,)``.

        Args:
            name: Of the attribute.
        """
        return np.concatenate([getattr(it, name) for it in self.rows])

    @property
    def value_at_minus_infinity(self) -> FloatColumn:
        """W where no offer is good enough, hours, ``(rows,)``."""
        return self._column("value_at_minus_infinity")

    @property
    def floor_value(self) -> FloatColumn:
        """C where no offer is good enough, hours, ``(rows,)``."""
        return self._column("floor_value")

    @property
    def first_exit(self) -> FloatColumn:
        """Value of leaving instead of the first step, hours, ``(rows,)``."""
        return self._column("first_exit")

    @property
    def upper_support(self) -> FloatColumn:
        """How far above its mean nobody accepts, hours, ``(rows,)``."""
        return self._column("upper_support")

    def breakpoints(
        self, rows: IndexArray, mean: FloatArray, width: FloatArray
    ) -> FloatArray:
        """Alternatives at which the acceptance turns sharply, or NaN, hours.

        Args:
            rows: The row of each line, in any order and number, ``(lines,)``.
            mean: Of the surplus in each, hours, likewise.
            width: Range of all that competes, likewise; with 0 only jumps count.
        """
        single = np.zeros(1, np.intp)
        parts = [
            self.rows[row].breakpoints(single, mean[[line]], width[[line]])[0]
            for line, row in enumerate(rows.tolist())
        ]
        points = np.full((rows.size, max(part.size for part in parts)), np.nan)
        for line, part in enumerate(parts):
            points[line, : part.size] = part
        return points
