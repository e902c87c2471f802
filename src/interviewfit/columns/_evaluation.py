"""The answers of all rows, group by group.

A group whose rows share every step is solved once and read for each row
(``_solved_groups``). The rows of any other group are solved side by side, and so are
those whose value function is too sharp to tabulate.
"""

from threading import Lock

import numpy as np
from attrs import define, field

from interviewfit._assessment.alternatives import problem_of
from interviewfit._assessment.evaluation import (
    Evaluation,
    evaluate,
    outcome_columns,
    to_percent,
)
from interviewfit._model.decision import Decision
from interviewfit._model.numbers import Numbers
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, Number
from interviewfit._process.structure import numbers_of, structure_of
from interviewfit.columns._columns import Rows
from interviewfit.columns._groups import Groups, parameter_of, size_of
from interviewfit.columns._scores import Details, Scores
from interviewfit.columns._solved_groups import SolvedGroup

__all__ = ["SOLVED_ROWS", "GroupEvaluator"]

SOLVED_ROWS = 1 << 12
"""Rows that are solved side by side at once: their value functions stay in cache."""

# Groups that are kept solved; a few dozen kilobytes each.
_GROUPS_KEPT = 1 << 12


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
    _solved: dict[int, SolvedGroup | None] = field(factory=dict, init=False)
    _decisions: dict[int, Decision] = field(factory=dict, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def evaluate(self, block: slice) -> None:
        """Answer some consecutive rows.

        Raises:
            UnknownCategoryError: If a row has an unknown word, or a stage that its
                process has not.
        """
        shared = self.groups.shared and self.scores.details is None
        for group, rows in self.groups.rows_by_group(block):
            solved = self._solved_group(group) if shared else None
            if solved is not None:
                solved.evaluate(self.groups.table, rows, self.scores)
                continue
            for start in range(0, size_of(rows), SOLVED_ROWS):
                if isinstance(rows, slice):
                    stop = min(rows.start + start + SOLVED_ROWS, rows.stop)
                    self._solve(group, slice(rows.start + start, stop))
                else:
                    self._solve(group, rows[start : start + SOLVED_ROWS])

    def _solved_group(self, group: int) -> SolvedGroup | None:
        """A group solved once; None if its value function is too sharp to tabulate."""
        with self._lock:
            if group not in self._solved:
                if len(self._solved) >= _GROUPS_KEPT:
                    self._solved.clear()
                specs = self.groups.table.specs
                names = self.groups.known_numbers(group)
                inputs = [parameter_of(specs[name]) for name in names]
                decision = self.groups.decision(group)
                try:
                    self._solved[group] = SolvedGroup.of(decision, inputs)
                except ValueError:
                    self._solved[group] = None
            return self._solved[group]

    def _decision(self, group: int) -> Decision:
        with self._lock:
            if group not in self._decisions:
                if len(self._decisions) >= _GROUPS_KEPT:
                    self._decisions.clear()
                self._decisions[group] = self.groups.decision(group)
            return self._decisions[group]

    def _solve(self, group: int, rows: Rows) -> None:
        """Answer rows of a group, each solved for itself.

        Args:
            group: Its id.
            rows: Which of its rows.
        """
        groups, out, count = self.groups, self.scores, size_of(rows)
        decision = self._decision(group)
        candidate, job = decision.candidate, decision.opportunity
        structure = structure_of(candidate, job)
        if groups.shared:
            stated = numbers_of(candidate, job, decision.assumptions)
            columns = {
                name: groups.table.floats(name, rows)
                for name in groups.known_numbers(group)
            }
            numbers: Numbers[Number] = Numbers({**stated, **columns})
            problem = problem_of(structure, numbers)
            out.unknown[rows] = len(problem.posterior.unknown)
        else:
            numbers = groups.numbers(decision, rows)
            evidence = groups.evidence(numbers["sign_strength"], rows)
            problem = problem_of(structure, numbers, evidence)
            out.unknown[rows] = groups.unknown_aspects(decision, rows)
        evaluation = evaluate(problem, count)
        ranking, process = evaluation.ranking, evaluation.process
        mean = np.broadcast_to(process.mean, count)
        first: FloatArray | float = (
            0.0 if job.position.phase is Phase.OFFERED else np.inf
        )
        if evaluation.thresholds.size:
            first = evaluation.thresholds[0]
        threshold = np.broadcast_to(to_percent(first, process.percent), count)
        out.put_values(rows, ranking.actions, ranking.values)
        out.codes[rows] = ranking.codes
        out.value[rows], out.margin[rows] = ranking.value, ranking.margin
        out.mean[rows], out.threshold[rows] = mean, threshold
        out.index[rows] = mean - threshold
        out.hard_stop[rows] = bool(structure.dealbreakers)
        if out.details is not None:
            _put_details(out.details, evaluation, rows)


def _put_details(details: Details, evaluation: Evaluation[Number], rows: Rows) -> None:
    """Write the details of some rows.

    Args:
        details: Of all rows; changed.
        evaluation: Of the rows.
        rows: Which rows they are.
    """
    best = evaluation.ranking.values.argmax(axis=0)
    for number in range(len(evaluation.alternatives)):
        chosen = best == number
        if not chosen.any():
            continue
        outcome = outcome_columns(evaluation, number)
        _put(details.sd, outcome.sd, rows, chosen)
        _put(details.accept, outcome.accept_probability, rows, chosen)
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
