"""The answers of all rows, group by group.

A group whose rows share every step of their process is solved once. Its rows differ
only in the mean of the surplus, which is an affine function of their columns, so that
the value of each action is a function of one variable: a number, the mean itself or a
piecewise polynomial. The rows of any other group are evaluated side by side, and so are
those whose value function is too sharp to tabulate.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from math import inf
from threading import Lock

import numpy as np
from attrs import define, evolve, field, frozen

from interviewfit._assessment.alternatives import alternatives, problem_of
from interviewfit._assessment.evaluation import (
    Evaluation,
    Ranking,
    evaluate,
    rank_actions,
    to_percent,
)
from interviewfit._assessment.outcome import outcome_columns
from interviewfit._competition.chains import solve_steps
from interviewfit._model.numbers import Numbers
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    Number,
    fsum,
)
from interviewfit._process.compilation import Process
from interviewfit._process.signals import Posterior
from interviewfit._process.structure import Structure
from interviewfit._solver.interpolation import PiecewisePolynomial
from interviewfit.columns._columns import Columns, Rows, row_count
from interviewfit.columns._groups import Groups
from interviewfit.columns._scores import Details, Scores
from interviewfit.columns._specs import ColumnSpec
from interviewfit.columns._threads import row_blocks

__all__ = ["SOLVED_ROWS", "GroupEvaluator", "SolvedGroup"]

SOLVED_ROWS = 1 << 12
"""Rows that are solved side by side at once: their value functions stay in cache."""

# Groups that are kept; a few dozen kilobytes each.
_GROUPS_KEPT = 1 << 12


@frozen(eq=False)
class SolvedGroup:
    """A group whose rows share every step, solved. Made by ``of``.

    Attributes:
        structure: Of its decisions.
        process: Of the decision in which every column is 0.
        actions: Those open, in the order in which the first of two equal ones is best.
        values: Of each action, hours: a number, a function of the mean of the surplus
            in hours, or None for that mean itself.
        slopes: What one unit of each column adds to the mean, percent of pay.
        thresholds: Of the steps ahead, hours, shape ``(steps, 1)``.
        unknown: Number of aspects of which nothing is known.
    """

    structure: Structure
    process: Process[Number]
    actions: tuple[Action, ...]
    values: tuple[Number | PiecewisePolynomial | None, ...]
    slopes: Mapping[str, Number]
    thresholds: FloatArray
    unknown: int

    @classmethod
    def of(
        cls,
        structure: Structure,
        numbers: Numbers[Number],
        columns: Sequence[ColumnSpec],
    ) -> "SolvedGroup":
        """Solve the decision that the rows of a group share.

        Args:
            structure: Of the group.
            numbers: That all its rows have in common.
            columns: Those that are known in its rows: means of aspects, the fallback.

        Raises:
            ValueError: If a first reveal is too small to tabulate a value function.
        """
        numbers = numbers.replaced({spec.name: 0.0 for spec in columns})
        problem = problem_of(structure, numbers)
        posterior, thresholds = problem.posterior, np.empty((0, 1))
        values: list[Number | PiecewisePolynomial | None] = []
        options = alternatives(problem)
        for option in options:
            if option.action is Action.ACCEPT_OFFER:
                values.append(None)
            elif option.steps:
                solution = solve_steps(option.steps)
                values.append(solution.tabulate())
                if option.steps is problem.process.steps:
                    thresholds = solution.thresholds.T
            else:
                values.append(fsum(option.terms.values()))
        return cls(
            structure=structure,
            process=problem.process,
            actions=tuple(option.action for option in options),
            values=tuple(values),
            slopes={spec.name: _slope(numbers, posterior, spec) for spec in columns},
            thresholds=thresholds,
            unknown=len(posterior.unknown),
        )

    def mean(self, table: Columns, rows: Rows) -> FloatColumn:
        """The mean of the surplus in some rows of the group.

        Args:
            table: The columns.
            rows: Which of its rows, all of this group.

        Returns:
            Percent of pay, shape ``(rows,)``.
        """
        mean = np.full(row_count(rows), self.process.mean)
        for name, slope in self.slopes.items():
            mean += slope * table.numbers[name][rows]
        return mean

    def write(self, table: Columns, rows: Rows, out: Scores) -> None:
        """Write the answers of some rows of the group.

        Args:
            table: The columns.
            rows: Which of its rows, all of this group.
            out: Answers for all rows of the table; changed in these rows.
        """
        mean = self.mean(table, rows)
        process, hours = evolve(self.process, mean=mean), self.process.percent * mean
        values = np.empty((len(self.actions), row_count(rows)))
        for row, value in zip(values, self.values, strict=True):
            if isinstance(value, PiecewisePolynomial):
                row[:] = value.evaluate(hours)
            else:
                row[:] = hours if value is None else value
        ranking = rank_actions(
            self.structure, process, self.actions, values, self.thresholds
        )
        _write(out, rows, ranking, self.structure, process, self.thresholds)
        out.unknown[rows] = self.unknown


def _write(
    out: Scores,
    rows: Rows,
    ranking: Ranking,
    structure: Structure,
    process: Process[Number],
    thresholds: FloatArray,
) -> None:
    """Write the answers of some rows, details and unknown aspects aside.

    Args:
        out: Answers for all rows of the table; changed in these rows.
        rows: Which rows.
        ranking: Of the actions in these rows.
        structure: Of their decisions.
        process: Of these rows; its numbers may be columns.
        thresholds: Of the steps ahead, hours, shape ``(steps, rows)`` or
            ``(steps, 1)``.
    """
    # With an offer on the table only its own value is left to ask.
    first: Number = 0.0 if structure.phase is Phase.OFFERED else inf
    if thresholds.size:
        first = thresholds[0]
    threshold = to_percent(first, process.percent)
    out.put_values(rows, ranking.actions, ranking.values)
    out.codes[rows], out.value[rows] = ranking.codes, ranking.value
    out.margin[rows], out.mean[rows] = ranking.margin, process.mean
    out.threshold[rows], out.index[rows] = threshold, process.mean - threshold
    out.hard_stop[rows] = bool(structure.dealbreakers)


def _slope(
    numbers: Numbers[Number], posterior: Posterior[Number], spec: ColumnSpec
) -> Number:
    """What one unit of a column adds to the mean of the surplus, percent of pay.

    A normal belief keeps the same share of its mean as of its variance, whatever
    signals say; the surplus is the weighted sum of the aspects less the fallback.

    Args:
        numbers: Of the group.
        posterior: Beliefs after all signals.
        spec: Of the column: the mean of an aspect, or the fallback.
    """
    if spec.path[1] != "beliefs":
        return -1.0
    aspect = str(spec.path[2])
    if aspect not in posterior.beliefs:
        return 0.0
    width = numbers.get(f"{spec.name.removesuffix('.mean')}.sd")
    before = numbers.unknown(aspect).sd
    if width is not None:
        before = width * numbers["overconfidence"]
    # A belief that is certain stays as it is.
    kept = (posterior.beliefs[aspect].sd / before) ** 2 if before else 1.0
    return numbers.priority(aspect) * kept


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
    _prepared: dict[int, tuple[Structure, Numbers[Number], SolvedGroup | None]] = field(
        factory=dict, init=False
    )
    _lock: Lock = field(factory=Lock, init=False)

    def evaluate(self, block: slice) -> None:
        """Answer some consecutive rows.

        Raises:
            UnknownCategoryError: If a row has an unknown word, or a stage that its
                process has not.
        """
        for group, rows in self.groups.rows_by_group(block):
            structure, numbers, solved = self._prepare(group)
            if solved is not None:
                solved.write(self.groups.table, rows, self.scores)
                continue
            for part in row_blocks(row_count(rows), SOLVED_ROWS):
                chosen: Rows
                if isinstance(rows, slice):
                    chosen = slice(rows.start + part.start, rows.start + part.stop)
                else:
                    chosen = rows[part]
                values = self.groups.with_columns(group, structure, numbers, chosen)
                self._evaluate_rows(structure, values, chosen)

    def _prepare(
        self, group: int
    ) -> tuple[Structure, Numbers[Number], SolvedGroup | None]:
        """What rows of a group have in common, and their solution if they share it."""
        with self._lock:
            if group not in self._prepared:
                if len(self._prepared) >= _GROUPS_KEPT:
                    self._prepared.clear()
                structure, numbers = self.groups.decision(group)
                solved = None
                if self.groups.shared and self.scores.details is None:
                    columns = self.groups.known_columns(group)
                    with suppress(ValueError):
                        solved = SolvedGroup.of(structure, numbers, columns)
                self._prepared[group] = structure, numbers, solved
            return self._prepared[group]

    def _evaluate_rows(
        self, structure: Structure, numbers: Numbers[Number], rows: Rows
    ) -> None:
        """Answer rows of a group that are evaluated side by side.

        Args:
            structure: Of the group.
            numbers: Of these rows.
            rows: Which of its rows.
        """
        groups, out = self.groups, self.scores
        further = tuple(groups.evidence(numbers, rows))
        problem = problem_of(structure, numbers, further)
        evaluation = evaluate(problem, row_count(rows))
        process, thresholds = evaluation.process, evaluation.thresholds
        _write(out, rows, evaluation.ranking, structure, process, thresholds)
        out.unknown[rows] = groups.unknown_aspects(structure, numbers, rows)
        if out.details is not None:
            _write_details(out.details, evaluation, rows)


def _write_details(
    details: Details, evaluation: Evaluation[Number], rows: Rows
) -> None:
    """Write what the value of the best action is made of in some rows.

    Args:
        details: Of all rows; changed.
        evaluation: Of these rows.
        rows: Which rows.
    """
    best = evaluation.ranking.values.argmax(axis=0)
    for number in range(len(evaluation.alternatives)):
        chosen = best == number
        if not chosen.any():
            continue
        outcome = outcome_columns(evaluation, number)
        _put(details.sd_hours, outcome.sd, rows, chosen)
        _put(details.accept_probability, outcome.accept_probability, rows, chosen)
        _put(details.hours, outcome.hours, rows, chosen)
        for term, column in details.terms.items():
            _put(column, outcome.terms.get(term, 0.0), rows, chosen)
    steps = to_percent(evaluation.thresholds, evaluation.process.percent)
    details.thresholds[: steps.shape[0], rows] = steps
    details.thresholds[steps.shape[0] :, rows] = np.nan


def _put(column: FloatColumn, values: Number, rows: Rows, mask: BoolArray) -> None:
    """Write values into some rows of a column, where a mask is true.

    Args:
        column: An entry for each row of the table; changed.
        values: One number, or one for each of these rows.
        rows: Which rows.
        mask: Where to write, shape ``(rows,)``.
    """
    column[rows] = np.where(mask, values, column[rows])
