"""The one evaluator: what every alternative is worth, in one row or in a million.

A row is one decision. ``evaluate(problem)`` evaluates a single one, ``evaluate(problem,
rows)`` many, whose numbers are columns of shape ``(rows,)``, and ``evaluating_rows`` a
decision and some columns by name, block by block. All give a ``Ranking``; terms,
standard deviations and probabilities come on demand, from an ``Evaluation``.

No bit of a row depends on the rows beside it or on how many there are. A single
decision takes the solver's quicker path for one chain, so it may differ from the same
decision as a row in its last digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._assessment.alternatives import (
    Alternative,
    Problem,
    alternatives,
    continues_after,
    finishes,
    first_of_best,
    forced_action,
)
from interviewfit._assessment.answers_beside import (
    finished_if_over,
    gain_of_finishing,
    shifts_of,
)
from interviewfit._assessment.problems import How, solution_of
from interviewfit._model.units import Probability, Worth
from interviewfit._model.vocabulary import ACTION_CODES, ACTIONS, Action, Phase
from interviewfit._numeric.arrays import (
    FloatArray,
    FloatColumn,
    IndexArray,
    N,
    N_co,
    fsum,
)
from interviewfit._process.compilation import Process
from interviewfit._process.structure import Structure
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution

if TYPE_CHECKING:
    from interviewfit._assessment.stops_ahead import StopsAhead
    from interviewfit._competition.any_solution import AnySolution, Solved

Visits: TypeAlias = "tuple[OutcomeMoments, Probability]"
"""What a chain leads to, and the probability that its turn comes beside rivals."""

ActionCodes = npt.NDArray[np.int8]
"""Actions, each as its place in ``list(Action)``."""

# Staying in mid-interview goes by either name.
_STAYING = {Action.FINISH_POLITELY: Action.CONTINUE}


@frozen(eq=False)
class Ranking:
    """The value of every alternative in every row, and the best action.

    Attributes:
        actions: Of the alternatives; staying in mid-interview is *continue* here.
        values: Of each alternative in each row, hours, ``(alternatives, rows)``; -inf
            where an alternative is not open.
        codes: The best action of each row, ``(rows,)``; a dealbreaker decides first.
        margin: How far the second best is behind, hours, ``(rows,)``; 0 without one.
    """

    actions: tuple[Action, ...]
    values: FloatArray
    codes: ActionCodes
    margin: FloatColumn

    @classmethod
    def joined(cls, blocks: Sequence[Ranking]) -> Ranking:
        """Consecutive blocks of rows of the same decision as one."""
        return cls(
            blocks[0].actions,
            np.concatenate([block.values for block in blocks], axis=1),
            np.concatenate([block.codes for block in blocks]),
            np.concatenate([block.margin for block in blocks]),
        )

    def take(self, rows: IndexArray) -> Ranking:
        """Some of the rows, in an order of one's own."""
        own = self.values[:, rows], self.codes[rows], self.margin[rows]
        return Ranking(self.actions, *own)

    def alternatives_of(self, codes: ActionCodes) -> IndexArray:
        """The number of the alternative that each action is; -1 if it is not open."""
        numbers = {action: number for number, action in enumerate(self.actions)}
        table = [numbers.get(_STAYING.get(action, action), -1) for action in ACTIONS]
        return np.array(table, dtype=np.intp)[codes]

    @property
    def value(self) -> FloatColumn:
        """The value of the best alternative of each row, hours."""
        return np.asarray(self.values.max(axis=0))

    @property
    def best(self) -> list[Action]:
        """The best action of each row."""
        return [ACTIONS[code] for code in self.codes]


@frozen(eq=False)
class Evaluation(Generic[N_co]):
    """Some rows evaluated, with all that was computed on the way.

    Attributes:
        ranking: The result.
        process: Of all rows; its numbers may be columns.
        alternatives: That are open.
        solutions: Of the steps of each alternative; None for one that is over at once.
        moments: Of each alternative with steps of a single decision: what it leads to,
            and the probability that its turn comes beside rivals.
        thresholds: Of the steps of the process, hours, ``(steps, rows)``.
        mean: Of the surplus, hours, ``(rows,)``.
        shifts: What each alternative is worth beyond what its steps come to, hours: the
            answers to the offers beside it.
        problem: That was evaluated.
    """

    ranking: Ranking
    process: Process[N_co]
    alternatives: tuple[Alternative[N_co], ...]
    solutions: tuple[Solved | None, ...]
    moments: tuple[Visits | None, ...]
    thresholds: FloatArray
    mean: FloatColumn
    shifts: FloatArray
    problem: Problem[N_co]

    @cached_property
    def stops(self) -> StopsAhead | None:
        """What is known of the stops ahead of an interview that one is in.

        None where passes tell nothing of the fit, or in no interview, or beside rivals.
        """
        is_midway = self.problem.structure.phase is Phase.MIDWAY
        if not is_midway or self.process.mutual is None or self.problem.rivals:
            return None
        # Imported where passes tell of the fit.
        from interviewfit._assessment.stops_ahead import StopsAhead

        return StopsAhead.of(self.solutions[1], self.process)

    @property
    def is_averaged(self) -> bool:
        """Whether passes of the process are counted on average beside others."""
        return any(
            solution is not None
            and alternative.mutual is not None
            # What all is known of, or nobody goes on with, has nothing to be told.
            and bool((alternative.mutual.variance > 0.0).all())
            and _is_averaged(solution)
            for alternative, solution in zip(
                self.alternatives, self.solutions, strict=True
            )
        )

    @property
    def shortfall(self) -> Worth:
        """What it may cost that each step is left by one threshold, hours."""
        several = [it for it in self.solutions if not isinstance(it, Solution | None)]
        return max((float(np.max(it.shortfall)) for it in several), default=0.0)


def evaluate(
    problem: Problem[N],
    rows: int | None = None,
    *,
    exact_rows: bool = True,
    options: Sequence[Alternative[N]] = (),
    solved: Sequence[Solved | None] = (),
    visits: Sequence[Visits | None] = (),
    values_only: bool = False,
    like: Sequence[Solved | None] = (),
) -> Evaluation[N]:
    """Every alternative of a problem, ranked in every row.

    Args:
        problem: Of which any number may be a column.
        rows: Number of rows; None for one decision, with what its alternatives lead to.
        exact_rows: Whether a single row has every bit of a row in a batch (``solve``).
        options: Its alternatives, if they were listed.
        solved: Of each alternative, if it was solved before; for the same steps.
        visits: What each leads to beside rivals, if that was worked out.
        values_only: Whether what its alternatives lead to is not asked for.
        like: Of each alternative a solution of other steps: what these have in common
            with it is not worked out again.
    """
    process = problem.process
    count, exact = rows or 1, rows is not None and exact_rows
    mean = np.full(count, process.mean_hours - process.trial, dtype=np.float64)
    options = tuple(options) or alternatives(problem)
    solutions: list[Solved | None] = []
    moments: list[Visits | None] = []
    values, thresholds = np.empty((len(options), count)), np.empty((0, count))
    for number, (alternative, value) in enumerate(zip(options, values, strict=True)):
        solution, reached, closed = None, None, None
        if alternative.news is not None:
            closed = alternative.closed_rows(count)
        if not alternative.steps:
            value[:] = fsum(alternative.terms.values())
        elif closed is None or not closed.all():
            solution = solved[number] if solved else None
            if solution is None:
                how = How(exact, values_only, like[number] if like else None)
                solution = solution_of(alternative, problem, count, how)
            found = visits[number] if visits else None
            reached = _visited(problem, alternative, solution, value, rows, found)
            if alternative.steps is process.steps:
                # Of a table, as if it were alone.
                if isinstance(solution, Solution):
                    thresholds = solution.thresholds.T
                else:
                    thresholds = solution.alone.T
        if closed is not None:
            value[closed] = -np.inf
        solutions.append(solution)
        moments.append(reached)
    shifts = shifts_of(problem, options, values)
    values += shifts
    actions = tuple(option.action for option in options)
    ranking = rank_actions(problem.structure, process, actions, values, thresholds)
    _settle(problem, ranking)
    reached_by = tuple(solutions), tuple(moments)
    numbers = thresholds, mean, shifts
    return Evaluation(ranking, process, options, *reached_by, *numbers, problem)


def _settle(problem: Problem[N], ranking: Ranking) -> None:
    """Put what is settled elsewhere in the place of the best actions.

    In mid-interview, whoever accepts an offer afterwards finishes for politeness only.

    Args:
        problem: That may have an answer of its own, or rivals that settle it.
        ranking: Whose codes change.
    """
    rivals, codes = problem.rivals, ranking.codes
    if rivals is not None and problem.structure.phase is Phase.MIDWAY:
        over = rivals.accepts & (codes == ACTION_CODES[Action.CONTINUE])
        codes[over] = ACTION_CODES[Action.FINISH_POLITELY]
    if problem.answer is not None:
        codes[:] = problem.answer


def _visited(
    problem: Problem[N],
    alternative: Alternative[N],
    solution: Solved,
    value: FloatColumn,
    rows: int | None,
    visits: Visits | None,
) -> Visits | None:
    """What an alternative with steps leads to in a single decision; else None.

    Args:
        problem, alternative, solution: The decision, one of its alternatives, solved.
        value: Becomes what it is worth in every row, hours, ``(rows,)``.
        rows: Number of rows; None for a single decision.
        visits: What it leads to beside rivals, if that is known.
    """
    rivals, mean = problem.rivals, np.empty(value.size)
    mean[:] = problem.process.mean_hours - problem.process.trial
    if alternative.action is Action.ASK_FIRST:
        # Once the questions are answered, so is the offer; the rivals do not wait.
        rivals, mean = None, mean - problem.forgone
    elif rivals and not rivals.count:
        rivals = None  # All are ruled out: it is worth what it is alone.
    leaving = alternative.steps[0].exit
    if rows is not None:
        if rivals is None:
            value[:] = solution.continuation_value(mean)
            return None
        exits = np.broadcast_to(leaving, value.size)
        value[:] = rivals.ended * exits
        if not rivals.is_over:
            value[:] = rivals.value_beside(
                _for_every_mean(solution), np.arange(value.size), mean, exits
            )
        value[:] += rivals.ended * gain_of_finishing(problem, alternative)
        return None
    if rivals is None:
        visits = solution.evaluate(mean).row(0), 1.0
    else:
        if visits is None and rivals.is_over:
            visits = OutcomeMoments.nothing(len(alternative.steps)), 0.0
        elif visits is None:
            visits = rivals.outcome(float(mean[0]), _for_every_mean(solution))
        visits = finished_if_over(problem, alternative, *visits)
    value[:] = worth_of(visits, float(leaving))
    return visits


def worth_of(visits: Visits, leaving: Worth) -> Worth:
    """What an alternative is worth that is left where its turn never comes, hours.

    Args:
        visits: What it leads to.
        leaving: What leaving before its first step is worth, hours.
    """
    moments, turn = visits
    return float(moments.continuation_value) + (1.0 - turn) * leaving


def _for_every_mean(solution: Solved) -> AnySolution:
    """A solution that serves every mean of the surplus.

    Args:
        solution: Of the steps of an alternative with others beside it.
    """
    # Imported where others run beside it.
    from interviewfit._competition.any_solution import for_every_mean

    return for_every_mean(solution)


def _is_averaged(solution: Solved) -> bool:
    """Whether a chain in which passes tell of the fit is counted on average.

    Args:
        solution: Of the chain; one that nobody goes on with is of constant rates.
    """
    if isinstance(solution, Solution):
        return float(solution.thresholds[0, 0]) < np.inf
    # Imported where passes tell of the fit.
    from interviewfit._competition.any_solution import is_tabulated

    return is_tabulated(solution) and bool(solution.is_averaged.any())


def rank_actions(
    structure: Structure,
    process: Process[N],
    actions: tuple[Action, ...],
    values: FloatArray,
    thresholds: FloatArray,
) -> Ranking:
    """The best action of every row, from the values of the alternatives.

    Args:
        structure: Of the decision; a dealbreaker decides before any value does.
        process: Of all rows; its numbers may be columns.
        actions: Of the alternatives, in order; of two equal ones the first wins.
        values: Of each alternative in each row, hours, ``(alternatives, rows)``; -inf
            where it is not open. The first is open in every row.
        thresholds: Of the steps ahead, hours, ``(steps, rows)`` or ``(steps, 1)``.
    """
    best, second = values[0], np.full(values.shape[1], -np.inf)
    for value in values[1:]:
        second = np.maximum(second, np.minimum(best, value))
        best = np.maximum(best, value)
    margin = np.where(second == -np.inf, 0.0, best - second)
    code_of = np.array([ACTION_CODES[action] for action in actions], dtype=np.int8)
    codes = code_of[first_of_best(values, process.hours_per_percent)]
    finish = ACTION_CODES[Action.FINISH_POLITELY]
    midway = structure.phase is Phase.MIDWAY
    if midway:
        staying = codes == ACTION_CODES[Action.CONTINUE]
        codes[staying & ~continues_after(process, thresholds)] = finish
    if structure.dealbreakers and midway:
        codes[:] = np.where(finishes(process), finish, ACTION_CODES[Action.LEAVE])
    elif structure.dealbreakers:
        codes[:] = ACTION_CODES[forced_action(structure.phase, process)]
    return Ranking(actions, values, codes, margin)


def to_percent(hours: npt.ArrayLike, hours_per_percent: npt.ArrayLike) -> FloatArray:
    """Hours of surplus in percent of pay.

    Args:
        hours: Any shape.
        hours_per_percent: The value of one percent of pay, hours, of a shape that fits.
            Where it is 0 the offer has no weight, and only the sign of hours is left.
    """
    surplus, unit = np.asarray(hours), np.asarray(hours_per_percent)
    weighs = unit > 0.0
    # With next to no weight the percent may be beyond all numbers.
    with np.errstate(over="ignore"):
        if weighs.all():
            return np.asarray(surplus / unit)
        percent = surplus / np.where(weighs, unit, 1.0)
    return np.where(weighs, percent, np.where(surplus < 0.0, -np.inf, np.inf))
