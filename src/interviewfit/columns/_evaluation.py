"""The answers of all rows, group by group.

A group whose rows share every step of their process is solved once. Its rows differ
only in the mean of the surplus, which is an affine function of their columns, so that
the value of each action is a function of one variable: a number, the mean itself or a
piecewise polynomial. The rows of any other group are evaluated side by side, and so are
those whose value function is too sharp to tabulate.
"""

from collections.abc import Sequence
from contextlib import suppress
from math import inf
from threading import Lock
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import define, evolve, field

from interviewfit._assessment.alternatives import problem_of
from interviewfit._assessment.evaluation import (
    Evaluation,
    evaluate,
    rank_actions,
    to_percent,
)
from interviewfit._assessment.outcome import outcome_columns
from interviewfit._assessment.problems import of_constant_rates
from interviewfit._model.numbers import Numbers
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import IndexArray, Number
from interviewfit._process.ends import accept_gain
from interviewfit._process.structure import Structure
from interviewfit.columns._columns import Columns, Rows
from interviewfit.columns._groups import Groups
from interviewfit.columns._scores import Details, Scores
from interviewfit.columns._specs import ColumnSpec
from interviewfit.columns._threads import row_blocks

# glibc hands freed arrays back to the system, and clears their pages anew, until it has
# freed a mapped one as large as this, at most 32 MB: mallopt(3), M_MMAP_THRESHOLD. Rows
# take a third more time then. Nothing is written into it, so it takes no memory.
np.empty(31 << 20, dtype=np.int8)

SOLVED_ROWS = 1 << 12
"""Rows that are solved side by side at once: enough of them that calls cost little."""

# Groups that are kept; a few dozen kilobytes each.
_GROUPS_KEPT = 1 << 12


class SolvedGroup:
    """A group whose rows share every step, solved once.

    The *base* is the decision in which every column is 0; *tables* are the value of
    each alternative over the mean of the surplus, hours; *slopes* what one unit of each
    column adds to that mean, percent of pay.

    Args:
        structure: Of the group.
        numbers: That all its rows have in common.
        columns: Those that are known in its rows: means of aspects, the fallback.

    Raises:
        ValueError: If a first reveal is too small to tabulate a value function.
    """

    def __init__(
        self,
        structure: Structure,
        numbers: Numbers[Number],
        columns: Sequence[ColumnSpec],
    ) -> None:
        names = [spec.name for spec in columns]
        numbers = numbers.replaced(dict.fromkeys(names, 0.0))
        problem = problem_of(structure, numbers)
        # Row by row each column is 1 while the others are 0.
        units = numbers.replaced(dict(zip(names, np.eye(len(names)), strict=True)))
        slopes = problem_of(structure, units).process.mean - problem.process.mean
        self.slopes = dict(zip(names, np.broadcast_to(slopes, len(names)), strict=True))
        self.structure = structure
        self.unknown = len(problem.posterior.unknown)
        self.base = evaluate(problem)
        self.tables = [
            None if solution is None else of_constant_rates(solution).tabulate()
            for solution in self.base.solutions
        ]

    def evaluate(self, table: Columns, rows: Rows) -> Evaluation[Number]:
        """The base, with the mean and the ranking of some rows of the group.

        The mean of the surplus is that of the base plus slope * column.

        Args:
            table, rows: The columns, in percent of pay, and which rows of the group.
        """
        base = self.base
        count = rows.stop - rows.start if isinstance(rows, slice) else rows.size
        mean = np.full(count, base.process.mean)
        for name, slope in self.slopes.items():
            mean += slope * table.numbers[name][rows]
        spoken = base.process.spoken + (mean - base.process.mean)
        process = evolve(base.process, mean=mean, spoken=spoken)
        hours = process.hours_per_percent * mean
        actions = base.ranking.actions
        values = np.repeat(base.ranking.values, count, axis=1)
        for column, action, function in zip(values, actions, self.tables, strict=True):
            if function is not None:
                column[:] = function.evaluate(hours)
            elif action is Action.ACCEPT_OFFER:
                column[:] = accept_gain(process, 0.0)
        ranking = rank_actions(
            self.structure, process, actions, values, base.thresholds
        )
        return evolve(base, ranking=ranking, process=process, mean=hours)


_Prepared: TypeAlias = tuple[
    Structure, Numbers[Number], list[ColumnSpec], SolvedGroup | None
]
"""What the rows of a group have in common, and their solution if they share it."""


@define(eq=False)
class GroupEvaluator:
    """Writes the answers of the rows of a table into scores.

    Threads may evaluate different blocks at once.

    Attributes:
        groups: Of the rows of the table.
        scores: Answers for all rows; changed.
    """

    groups: Groups
    scores: Scores
    _prepared: dict[int, _Prepared] = field(factory=dict, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def evaluate(self, block: slice) -> None:
        """Answer some consecutive rows."""
        for group, rows in self.groups.rows_by_group(block):
            with self._lock:
                structure, numbers, columns, solved = self._prepare(group)
            if solved is not None:
                evaluation = solved.evaluate(self.groups.table, rows)
                self._write(structure, evaluation, solved.unknown, rows)
                continue
            indices = np.r_[rows] if isinstance(rows, slice) else rows
            for piece in row_blocks(indices.size, SOLVED_ROWS):
                self._evaluate_rows(structure, numbers, columns, indices[piece])

    def _prepare(self, group: int) -> _Prepared:
        """The decision of a group, from memory if it was met before."""
        if group not in self._prepared:
            if len(self._prepared) >= _GROUPS_KEPT:
                self._prepared.clear()
            decision, solved = self.groups.decision(group), None
            if self.groups.shared and self.scores.details is None:
                with suppress(ValueError):
                    solved = SolvedGroup(*decision)
            self._prepared[group] = *decision, solved
        return self._prepared[group]

    def _evaluate_rows(
        self,
        structure: Structure,
        numbers: Numbers[Number],
        columns: Sequence[ColumnSpec],
        rows: IndexArray,
    ) -> None:
        """Answer rows of a group that are evaluated side by side.

        Args:
            structure: Of the group.
            numbers: That all its rows have in common.
            columns: In which they differ.
            rows: Which rows of the table, all of this group, side by side.
        """
        groups, details = self.groups, self.scores.details
        numbers = groups.with_columns(structure, numbers, columns, rows)
        further = tuple(groups.evidence(structure, numbers, rows))
        problem = problem_of(structure, numbers, further)
        evaluation = evaluate(problem, rows.size, values_only=details is None)
        unknown = groups.unknown_aspects(structure, numbers, further, rows)
        self._write(structure, evaluation, unknown, rows)
        if details is not None:
            _write_details(details, evaluation, rows)

    def _write(
        self,
        structure: Structure,
        evaluation: Evaluation[Number],
        unknown: npt.ArrayLike,
        rows: Rows,
    ) -> None:
        """Write the answers of some rows of a group, details aside.

        Args:
            structure: Of the group.
            evaluation: Of these rows.
            unknown: Number of aspects of which nothing is known, by row or for all.
            rows: Which rows of the table.
        """
        out, ranking, process = self.scores, evaluation.ranking, evaluation.process
        actions = ranking.actions
        # With an offer on the table only its own value is left to ask.
        first: Number = 0.0 if structure.phase is Phase.OFFERED else inf
        if evaluation.thresholds.size:
            first = evaluation.thresholds[0]
        threshold = to_percent(first, process.hours_per_percent)
        for action, column in zip(out.actions, out.values, strict=True):
            is_open = action in actions
            column[rows] = ranking.values[actions.index(action)] if is_open else -inf
        out.codes[rows], out.value[rows] = ranking.codes, ranking.value
        out.margin[rows], out.mean[rows] = ranking.margin, process.mean
        out.threshold[rows], out.index[rows] = threshold, process.mean - threshold
        out.hard_stop[rows] = bool(structure.dealbreakers)
        out.unknown[rows] = unknown


def _write_details(
    details: Details, evaluation: Evaluation[Number], rows: IndexArray
) -> None:
    """Write what the value of the best action is made of in some rows.

    Args:
        details: Of all rows of the table; changed in these rows.
        evaluation: Of these rows, with a solution for each alternative.
        rows: Which rows of the table.
    """
    best = evaluation.ranking.values.argmax(axis=0)
    for number in np.unique(best):
        chosen = best == number
        outcome = outcome_columns(evaluation, number)
        for column, values in (
            (details.sd_hours, outcome.sd_hours),
            (details.accept_probability, outcome.accept_probability),
            (details.hours, outcome.hours),
            *((details.terms[term], outcome.terms.get(term, 0.0)) for term in Term),
        ):
            column[rows[chosen]] = np.broadcast_to(values, rows.size)[chosen]
    steps = to_percent(evaluation.thresholds, evaluation.process.hours_per_percent)
    details.thresholds[: steps.shape[0], rows] = steps
    details.thresholds[steps.shape[0] :, rows] = np.nan
