"""Processes in which passes tell of the fit, as a solution that serves every mean.

Each row is a chain that is solved at many alternatives (``tabulated_chains``), or one
of constant rates where passes have nothing to tell.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._competition.mutual_panels import PanelRows
from interviewfit._competition.tabulated import Tabulated
from interviewfit._competition.tabulated_chains import (
    TabulatedChain,
    add_floors,
    cover_all,
)
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.effort import spend
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution

OneRow: TypeAlias = Solution | TabulatedChain
"""A process solved in a single row."""

_SINGLE = np.zeros(1, np.intp)
# Operations (``effort``) that a line of alternatives takes, and each of them.
_LINE_WORK, _POINT_WORK = 400, 3


@frozen(eq=False, repr=False)
class MutualTables(Tabulated):
    """Processes over their alternatives, one in each row, as a ``Solution``.

    The mean that its methods take is that of the surplus as believed now, less the
    alternative.

    Attributes:
        rows: Each process, solved.
        thresholds: The first of each row such that the index is the mean less it; the
            others of the exact chain alone, on the fit as it is believed then; hours,
            ``(rows, steps)``.
        alone: Thresholds of the exact chain alone, likewise.
    """

    rows: Sequence[OneRow]
    thresholds: FloatArray
    alone: FloatArray

    @classmethod
    def of(cls, rows: Sequence[OneRow]) -> "MutualTables":
        """Some processes of equally many steps."""
        return cls(
            rows,
            np.concatenate([it.thresholds for it in rows]),
            np.concatenate(
                [it.thresholds if isinstance(it, Solution) else it.alone for it in rows]
            ),
        )

    @property
    def tables(self) -> list[TabulatedChain]:
        """The rows that are tabulated."""
        return [it for it in self.rows if isinstance(it, TabulatedChain)]

    @property
    def error(self) -> Worth:
        """By how much all rows together are off at most, hours."""
        return sum(table.error for table in self.tables)

    @property
    def shortfall(self) -> Worth:
        """What one threshold a step may cost in a row, hours."""
        return max((table.shortfall for table in self.tables), default=0.0)

    @property
    def is_averaged(self) -> BoolArray:
        """Whether a row is counted on average that somebody goes on with, ``(rows,)``.

        So it is where no table is near enough to what was solved.
        """
        vague = [
            isinstance(it, Solution) and bool(it.thresholds[0, 0] < np.inf)
            for it in self.rows
        ]
        return np.array(vague, dtype=np.bool_)

    def take(self, rows: IndexArray) -> "MutualTables":
        """Some of the rows, in any order and number."""
        return MutualTables.of([self.rows[row] for row in rows.tolist()])

    def ranges(
        self, rows: IndexArray, low: FloatColumn, high: FloatColumn
    ) -> list[tuple[TabulatedChain, Worth, Worth]]:
        """The table of each line that has one, and between which alternatives.

        Rows of constant rates have none. What is asked for can be solved for all tables
        of a search at once (``tabulated_chains.cover_all``).

        Args:
            rows: Row of each line, in any order and number.
            low, high: Alternatives less the mean of the surplus as believed now, hours,
                ``(lines,)``.
        """
        lines = zip(rows.tolist(), low.tolist(), high.tolist(), strict=True)
        return [
            (table, table.anchor + least, table.anchor + most)
            for row, least, most in lines
            if isinstance(table := self.rows[row], TabulatedChain)
        ]

    def acceptance_probability(
        self, mean: FloatArray, rows: IndexArray | None = None
    ) -> FloatArray:
        """Probability to end in an accepted offer, in the shape of *mean*.

        Args:
            mean: Of the surplus, less the alternative, hours, ``(lines, points)``, or
                ``(lines,)``.
            rows: Row of each line, in any order and number; all rows by default.
        """

        def chances(panels: PanelRows, is_beyond: BoolArray) -> FloatArray:
            """Those of tables.

            Args:
                panels: Where the alternatives lie.
                is_beyond: Whether nobody accepts, ``(lines, points)``.
            """
            return np.where(is_beyond, 0.0, np.clip(panels.slopes, 0.0, 1.0))

        return self._by_line(mean, rows, chances, Solution.acceptance_probability)

    def continuation_value(
        self, mean: npt.ArrayLike, rows: IndexArray | None = None
    ) -> FloatArray:
        """What taking the first step is worth, hours, in the shape of *mean*.

        Args:
            mean: Of the surplus, less the alternative, hours, ``(lines, points)``, or
                ``(lines,)``.
            rows: Row of each line, in any order and number; all rows by default.
        """
        return self._by_line(
            np.asarray(mean, dtype=np.float64),
            rows,
            lambda panels, _: panels.values,
            Solution.continuation_value,
        )

    def _by_line(
        self,
        mean: FloatArray,
        rows: IndexArray | None,
        of_tables: Callable[[PanelRows, BoolArray], FloatArray],
        of_usual: Callable[[Solution, FloatArray, IndexArray], FloatArray],
    ) -> FloatArray:
        """A number at each mean, in their shape; of all tables at once.

        Args:
            mean: Hours, ``(lines,)`` or ``(lines, points)``.
            rows: Row of each line; all rows by default.
            of_tables: The numbers where alternatives lie so in panels, and where they
                lie beyond all that is accepted.
            of_usual: The numbers of a chain of constant rates, as a method.
        """
        numbers = range(len(self.rows)) if rows is None else rows.tolist()
        if not mean.size:
            return np.empty(mean.shape)
        spend(_LINE_WORK * len(numbers) + _POINT_WORK * mean.size)
        means = mean.reshape(len(numbers), -1)
        result = np.empty(means.shape)
        tables, lines = list[TabulatedChain](), list[int]()
        for line, row in enumerate(numbers):
            solution = self.rows[row]
            if isinstance(solution, Solution):
                result[line] = of_usual(solution, means[[line]], _SINGLE)[0]
            else:
                tables.append(solution)
                lines.append(line)
        if tables:
            anchors, reaches = np.array([(it.anchor, it.reach) for it in tables]).T
            alternatives = anchors[:, None] - means[lines]
            points = np.minimum(alternatives, reaches[:, None])
            ends = points.min(axis=1).tolist(), points.max(axis=1).tolist()
            cover_all([*zip(tables, *ends, strict=True)])
            panels = PanelRows.of([it.panels for it in tables], points)
            result[lines] = of_tables(panels, alternatives >= reaches[:, None])
        return result.reshape(mean.shape)

    def evaluate(self, mean: npt.ArrayLike) -> OutcomeMoments:
        """What going on leads to in each row, as is best against each alternative.

        Args:
            mean: Of the surplus in each, less its alternative, hours, ``(rows,)``; of a
                single row any number, ``(points,)``.
        """
        means = np.asarray(mean, dtype=np.float64).reshape(-1)
        if len(self.rows) == 1:
            return _outcomes(self.rows[0], means)
        parts = [
            _outcomes(solution, means[[row]]).row(0)
            for row, solution in enumerate(self.rows)
        ]
        return OutcomeMoments.stack(parts)

    def evaluate_mixture(
        self, mean: FloatArray, weights: FloatArray, rows: IndexArray | None = None
    ) -> OutcomeMoments:
        """What going on leads to on average over several alternatives.

        Alternatives that count for nothing fill mixtures up to equal lengths; they are
        left out, because they may lie where no panel is.

        Args:
            mean: Of the surplus, less each of them, hours, ``(lines, points)``.
            weights: With which each counts, likewise, of either sign.
            rows: Row of each line, in any order and number; all rows by default.
        """
        numbers = range(len(self.rows)) if rows is None else rows.tolist()
        parts = list[OutcomeMoments]()
        for line, row in enumerate(numbers):
            solution, means, shares = self.rows[row], mean[[line]], weights[[line]]
            if isinstance(solution, Solution):
                parts.append(solution.evaluate_mixture(means, shares, _SINGLE).row(0))
                continue
            alternatives = solution.anchor - means[0]
            parts.append(solution.outcomes(alternatives, shares[0]))
        return OutcomeMoments.stack(parts)

    @property
    def value_at_minus_infinity(self) -> FloatColumn:
        """W where no offer is good enough, hours, ``(rows,)``."""
        self._add_floors([it for it in self.tables if it.index == np.inf])
        return np.concatenate([it.value_at_minus_infinity for it in self.rows])

    @property
    def floor_value(self) -> FloatColumn:
        """C where no offer is good enough, hours, ``(rows,)``."""
        self._add_floors(self.tables)
        return np.concatenate([it.floor_value for it in self.rows])

    def _add_floors(self, tables: Sequence[TabulatedChain]) -> None:
        """Have the floors of some tables solved at once.

        Args:
            tables: Some of the rows.
        """
        add_floors([it for it in tables if it.floor is None])

    @property
    def first_exit(self) -> FloatColumn:
        """Value of leaving instead of the first step, hours, ``(rows,)``."""
        return np.concatenate([it.first_exit for it in self.rows])

    @property
    def upper_support(self) -> FloatColumn:
        """How far above its mean nobody accepts, hours, ``(rows,)``."""
        return np.concatenate([it.upper_support for it in self.rows])

    def breakpoints(
        self, rows: IndexArray, mean: FloatArray, width: FloatArray
    ) -> FloatArray:
        """Where panels meet, or an acceptance turns sharply, as alternatives, hours.

        Args:
            rows: The row of each line, in any order and number, ``(lines,)``.
            mean: Of the surplus in each, hours, likewise.
            width: Range of all that competes, likewise; with 0 jumps are asked for, of
                which tables have none.

        Returns:
            Shape ``(lines, breakpoints)``; NaN where there is none.
        """
        parts = list[FloatColumn]()
        for line, row in enumerate(rows.tolist()):
            solution = self.rows[row]
            if isinstance(solution, Solution):
                ends = mean[[line]], width[[line]]
                parts.append(solution.breakpoints(_SINGLE, *ends)[0])
            elif width[line] == 0.0:
                parts.append(np.empty(0))
            else:
                parts.append(solution.edges + solution.shift_of(float(mean[line])))
        most = max((part.size for part in parts), default=0)
        points = np.full((rows.size, most), np.nan)
        for line, part in enumerate(parts):
            points[line, : part.size] = part
        return points


def _outcomes(solution: OneRow, means: FloatColumn) -> OutcomeMoments:
    """What going on leads to from some means of a single row.

    Args:
        solution: Of the row.
        means: Hours, ``(points,)``.
    """
    if isinstance(solution, Solution):
        return solution.evaluate(means)
    return solution.outcomes(solution.anchor - means)
