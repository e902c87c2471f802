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
from attrs import define, field, frozen

from interviewfit._assessment.alternatives import (
    alternatives,
    forced_action,
    problem_of,
)
from interviewfit._assessment.evaluation import (
    ACTION_CODES,
    Evaluation,
    argmax_with_margin,
    evaluate,
    outcome_columns,
    to_percent,
)
from interviewfit._competition.chains import solve_steps
from interviewfit._model.numbers import Numbers
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import BoolArray, FloatColumn, Number, fsum
from interviewfit._process.signals import Posterior
from interviewfit._process.structure import Structure
from interviewfit._solver.interpolation import PiecewisePolynomial
from interviewfit.columns._columns import Columns, Rows, row_count
from interviewfit.columns._groups import Groups
from interviewfit.columns._scores import Details, Scores
from interviewfit.columns._specs import ColumnSpec

__all__ = ["SOLVED_ROWS", "GroupEvaluator", "SolvedGroup"]

SOLVED_ROWS = 1 << 12
"""Rows that are solved side by side at once: their value functions stay in cache."""

# Groups that are kept; a few dozen kilobytes each.
_GROUPS_KEPT = 1 << 12


@frozen(eq=False)
class SolvedGroup:
    """A group whose rows share every step, solved. Made by ``of``.

    Attributes:
        actions: Those open, in the order in which the first of two equal ones is best.
        values: Of each action, hours: a number, a function of the mean of the surplus
            in hours, or None for that mean itself.
        base: Mean of the surplus where every column is 0, percent of pay.
        slopes: What one unit of each column adds to that mean, percent of pay.
        percent: Value of one percent of pay, hours.
        threshold: Go on now if the surplus is above it, percent of pay.
        finish_below: In mid-interview, finish politely if the mean of the surplus is at
            most this, hours; -inf elsewhere.
        forced: The action that a dealbreaker forces; None if there is none.
        unknown: Number of aspects of which nothing is known.
    """

    actions: tuple[Action, ...]
    values: tuple[Worth | PiecewisePolynomial | None, ...]
    base: PercentOfPay
    slopes: Mapping[str, PercentOfPay]
    percent: Worth
    threshold: PercentOfPay
    finish_below: Worth
    forced: Action | None
    unknown: int

    @classmethod
    def of(
        cls,
        structure: Structure,
        numbers: Numbers[float],
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
        process, phase = problem.process, structure.phase
        options = alternatives(problem)
        values: list[Worth | PiecewisePolynomial | None] = []
        # With an offer on the table only its own worth is left to ask.
        first, second = 0.0 if phase is Phase.OFFERED else inf, 0.0
        for option in options:
            if option.action is Action.ACCEPT_OFFER:
                values.append(None)
            elif option.steps:
                solution = solve_steps(option.steps)
                values.append(solution.tabulate())
                if option.steps is process.steps:
                    first, second = (*solution.thresholds[0].tolist(), 0.0)[:2]
            else:
                values.append(fsum(option.terms.values()))
        midway, stopped = phase is Phase.MIDWAY, bool(structure.dealbreakers)
        return cls(
            actions=tuple(option.action for option in options),
            values=tuple(values),
            base=process.mean,
            slopes={
                spec.name: _slope(numbers, problem.posterior, spec) for spec in columns
            },
            percent=process.percent,
            threshold=float(to_percent(first, process.percent)),
            finish_below=second - process.steps[0].drift if midway else -inf,
            forced=forced_action(phase, process) if stopped else None,
            unknown=len(problem.posterior.unknown),
        )

    def mean(self, table: Columns, rows: Rows) -> FloatColumn:
        """The mean of the surplus in some rows of the group.

        Args:
            table: The columns.
            rows: Which of its rows, all of this group.

        Returns:
            Percent of pay, shape ``(rows,)``.
        """
        mean = np.full(row_count(rows), self.base)
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
        hours = mean * self.percent
        values = np.empty((len(self.actions), hours.size))
        for row, value in zip(values, self.values, strict=True):
            if isinstance(value, PiecewisePolynomial):
                row[:] = value.evaluate(hours)
            else:
                row[:] = hours if value is None else value
        index, best, margin = argmax_with_margin(values)
        codes = np.array([ACTION_CODES[action] for action in self.actions], np.int8)[
            index
        ]
        if self.finish_below > -inf:
            stops = (codes == ACTION_CODES[Action.CONTINUE]) & (
                hours <= self.finish_below
            )
            codes[stops] = ACTION_CODES[Action.FINISH_POLITELY]
        if self.forced is not None:
            codes[:] = ACTION_CODES[self.forced]
        out.put_values(rows, self.actions, values)
        out.codes[rows], out.value[rows], out.margin[rows] = codes, best, margin
        out.mean[rows], out.threshold[rows] = mean, self.threshold
        out.index[rows] = mean - self.threshold
        out.hard_stop[rows] = self.forced is not None
        out.unknown[rows] = self.unknown


def _slope(
    numbers: Numbers[float], posterior: Posterior[float], spec: ColumnSpec
) -> PercentOfPay:
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


@frozen(eq=False)
class _Group:
    """What all rows of a group have in common.

    Attributes:
        structure: Of their decisions.
        numbers: Those that are equal in all rows.
        solved: The group solved once; None if its rows are evaluated side by side.
    """

    structure: Structure
    numbers: Numbers[float]
    solved: SolvedGroup | None


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
    _kept: dict[int, _Group] = field(factory=dict, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def evaluate(self, block: slice) -> None:
        """Answer some consecutive rows.

        Raises:
            UnknownCategoryError: If a row has an unknown word, or a stage that its
                process has not.
        """
        for number, rows in self.groups.rows_by_group(block):
            group = self._group(number)
            if group.solved is not None:
                group.solved.write(self.groups.table, rows, self.scores)
                continue
            for start in range(0, row_count(rows), SOLVED_ROWS):
                if isinstance(rows, slice):
                    stop = min(rows.start + start + SOLVED_ROWS, rows.stop)
                    part: Rows = slice(rows.start + start, stop)
                else:
                    part = rows[start : start + SOLVED_ROWS]
                self._evaluate_rows(number, group, part)

    def _group(self, number: int) -> _Group:
        """What the rows of a group have in common, compiled or solved only once."""
        groups = self.groups
        with self._lock:
            if number not in self._kept:
                if len(self._kept) >= _GROUPS_KEPT:
                    self._kept.clear()
                structure, numbers = groups.decision(number)
                solved = None
                if groups.shared and self.scores.details is None:
                    columns = groups.known_columns(number)
                    with suppress(ValueError):
                        solved = SolvedGroup.of(structure, numbers, columns)
                self._kept[number] = _Group(structure, numbers, solved)
            return self._kept[number]

    def _evaluate_rows(self, number: int, group: _Group, rows: Rows) -> None:
        """Answer rows of a group that are evaluated side by side.

        Args:
            number: The id of the group.
            group: What its rows have in common.
            rows: Which of its rows.
        """
        groups, out, structure = self.groups, self.scores, group.structure
        numbers = groups.with_columns(number, structure, group.numbers, rows)
        further = tuple(groups.evidence(numbers, rows))
        problem = problem_of(structure, numbers, further)
        evaluation = evaluate(problem, row_count(rows))
        ranking, percent = evaluation.ranking, problem.process.percent
        first: Number = 0.0 if structure.phase is Phase.OFFERED else inf
        if evaluation.thresholds.size:
            first = evaluation.thresholds[0]
        out.put_values(rows, ranking.actions, ranking.values)
        out.codes[rows], out.margin[rows] = ranking.codes, ranking.margin
        out.value[rows] = ranking.value
        out.mean[rows] = problem.process.mean
        out.threshold[rows] = to_percent(first, percent)
        out.index[rows] = out.mean[rows] - out.threshold[rows]
        out.hard_stop[rows] = bool(structure.dealbreakers)
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
