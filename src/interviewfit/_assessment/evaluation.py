"""The one evaluator: what every alternative is worth, in one row or in a million.

A row is one decision. ``evaluate(problem)`` evaluates a single decision and
``evaluate(problem, rows)`` many of them, whose numbers are columns of shape ``(rows,)``.
``evaluate_rows(decision, {"pay.mean": column})`` does both steps for a decision and some
columns by name, block by block. All of them give a ``Ranking``: the value of each
alternative in each row, the best action as a code (its place in ``list(Action)``), and how
far the second best is behind. Terms, standard deviations and probabilities are computed on
demand, from an ``Evaluation``, by ``outcome_of`` and ``outcome_columns``.

The formulas are those of one decision, and so is the solver: rows whose steps differ are
solved side by side. No bit of a row depends on the rows beside it or on how many there
are. A single decision takes the solver's quicker path for one chain, so it may differ from
the same decision as a row in its last digits.

Going on is worth C of the first step ahead, leaving is worth its exit (``solver``). The
probabilities to take and to leave each step weight what they bring; so the terms add up to
the value.
"""

from collections.abc import Mapping, Sequence
from typing import Generic

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._assessment.alternatives import (
    Alternative,
    Problem,
    alternatives,
    compile_rows,
    continues_after,
    finishes,
    forced_action,
)
from interviewfit._competition.chains import ChainParameters, solve_steps
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.decision import Decision
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import (
    FloatArray,
    FloatColumn,
    IndexArray,
    N,
    Number,
    fsum,
    is_zero,
    maximum,
    minimum,
    sqrt,
)
from interviewfit._process.compilation import Process, Step
from interviewfit._process.structure import Structure
from interviewfit._solver.solution import Solution

__all__ = [
    "ACTIONS",
    "ACTION_CODES",
    "ActionCodes",
    "Evaluation",
    "Outcome",
    "Ranking",
    "argmax_with_margin",
    "continuation_value",
    "evaluate",
    "evaluate_rows",
    "outcome_columns",
    "outcome_of",
    "rank_actions",
    "terms_from_visits",
    "to_percent",
]

ActionCodes = npt.NDArray[np.int8]
"""Actions, each as its place in ``list(Action)``."""

ACTIONS = tuple(Action)
ACTION_CODES = {action: code for code, action in enumerate(ACTIONS)}
"""Each action as its place in ``list(Action)``."""

# Staying in mid-interview goes by either name.
_STAYING = {Action.FINISH_POLITELY: Action.CONTINUE}
# Rows evaluated at once: their value functions stay in the cache.
_BLOCK, _BLOCK_BESIDE = 5000, 1000


@frozen(eq=False)
class Ranking:
    """The value of every alternative in every row, and the best action.

    Attributes:
        actions: Of the alternatives; staying in mid-interview stands here as *continue*.
        values: Of each alternative in each row, hours, ``(alternatives, rows)``; -inf
            where an alternative is not open.
        codes: The best action of each row, ``(rows,)``. A dealbreaker decides before any
            value does.
        margin: How far the second best is behind, hours, ``(rows,)``; 0 if there is none.
    """

    actions: tuple[Action, ...]
    values: FloatArray
    codes: ActionCodes
    margin: FloatColumn

    @classmethod
    def joined(cls, blocks: Sequence["Ranking"]) -> "Ranking":
        """Consecutive blocks of rows of the same decision as one."""
        return cls(
            blocks[0].actions,
            np.concatenate([block.values for block in blocks], axis=1),
            np.concatenate([block.codes for block in blocks]),
            np.concatenate([block.margin for block in blocks]),
        )

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
class Evaluation(Generic[N]):
    """Some rows evaluated, with all that was computed on the way.

    Attributes:
        ranking: The result.
        process: Of all rows; its numbers may be columns.
        alternatives: That are open.
        solutions: Of the steps of each alternative; None for one that is over at once.
        thresholds: Of the steps of the process, hours, ``(steps, rows)``.
        mean: Of the surplus, hours, ``(rows,)``.
        rivals: The other processes that run beside it.
    """

    ranking: Ranking
    process: Process[N]
    alternatives: tuple[Alternative[N], ...]
    solutions: tuple[Solution | None, ...]
    thresholds: FloatArray
    mean: FloatColumn
    rivals: RivalDistribution | None


@frozen(eq=False)
class Outcome(Generic[N]):
    """What an alternative leads to under the best policy from there.

    Attributes:
        value: Expected, hours; the sum of the terms.
        terms: What the value is made of, hours, by term; zeros are left out.
        sd: Standard deviation of the outcome, hours.
        accept_probability: That it ends in an offer that is accepted.
        hours: Expected hours of one's own time.
        days: Expected calendar days.
        reach: Probability to come to each stage ahead, with its title, in order.
    """

    value: N
    terms: Mapping[Term, N]
    sd: N
    accept_probability: N
    hours: N
    days: N
    reach: tuple[tuple[str, N], ...]


def evaluate_rows(decision: Decision, values: Mapping[str, FloatColumn]) -> Ranking:
    """Every alternative of many decisions, which differ in some numbers.

    Args:
        decision: What they have in common.
        values: Columns of equal length by name (``list_inputs``). Whoever brings them has
            checked them.

    Raises:
        ValueError: If there is no column or no row, or columns differ in length.
    """
    lengths = sorted({column.size for column in values.values()})
    if len(lengths) != 1 or not lengths[0]:
        message = f"columns of one equal length are needed, got lengths {lengths}"
        raise ValueError(message)
    rows, size = lengths[0], _BLOCK_BESIDE if decision.beside else _BLOCK
    blocks = []
    for start in range(0, rows, size):
        block: dict[str, Number] = {
            name: column[start : start + size] for name, column in values.items()
        }
        count = min(size, rows - start)
        problem = compile_rows(decision, block, count)
        blocks.append(evaluate(problem, count).ranking)
    return Ranking.joined(blocks)


def evaluate(problem: Problem[N], rows: int | None = None) -> Evaluation[N]:
    """Every alternative of a problem, ranked in every row.

    Args:
        problem: Of which any number may be a column.
        rows: How many rows the columns have; None for a single decision.
    """
    process = problem.process
    count, exact = rows or 1, rows is not None
    mean = np.resize(process.percent * process.mean, count)
    options = alternatives(problem)
    solutions: list[Solution | None] = []
    values, thresholds = np.empty((len(options), count)), np.empty((0, count))
    without_news = np.broadcast_to(process.percent * process.unsettled <= 0.0, count)
    for alternative, value in zip(options, values, strict=True):
        waits = alternative.action is Action.POSTPONE
        solution = None
        if not alternative.steps:
            value[:] = fsum(alternative.terms.values())
        elif not (waits and without_news.all()):
            solution = solve_steps(alternative.steps, count, exact_rows=exact)
            value[:] = continuation_value(alternative, solution, mean, problem.rivals)[
                :count
            ]
            if alternative.steps is process.steps:
                thresholds = solution.thresholds.T
        if waits:
            value[without_news] = -np.inf
        solutions.append(solution)
    actions = tuple(option.action for option in options)
    return Evaluation(
        rank_actions(problem.structure, process, actions, values, thresholds),
        process,
        options,
        tuple(solutions),
        thresholds,
        mean,
        problem.rivals,
    )


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
        actions: Of the alternatives, in the order in which the first of two equals wins.
        values: Of each alternative in each row, hours, ``(alternatives, rows)``.
        thresholds: Of the steps of the process, hours, ``(steps, rows)``, or
            ``(steps, 1)`` if they are the same in all rows.
    """
    numbers, _, margin = argmax_with_margin(values)
    named = np.array([ACTION_CODES[action] for action in actions], dtype=np.int8)
    codes = named[numbers]
    if structure.phase is Phase.MIDWAY:
        staying = codes == ACTION_CODES[Action.CONTINUE]
        staying &= ~continues_after(process, thresholds)
        codes[staying] = ACTION_CODES[Action.FINISH_POLITELY]
    if structure.dealbreakers:
        codes[:] = _forced_codes(structure.phase, process)
    return Ranking(actions, values, codes, margin)


def continuation_value(
    alternative: Alternative[N],
    solution: Solution,
    mean: FloatColumn,
    rivals: RivalDistribution | None,
) -> FloatColumn:
    """The value of taking the first step of an alternative, hours, in every row.

    Args:
        alternative: With steps.
        solution: Of its steps.
        mean: Of the surplus, hours, one for each row of the solution.
        rivals: The other processes that run beside it.
    """
    if rivals is None:
        return solution.continuation_value(mean)
    exits = np.broadcast_to(alternative.steps[0].exit, mean.size)
    return rivals.value_beside(solution, np.arange(mean.size), mean, exits)


def _forced_codes(phase: Phase, process: Process[N]) -> ActionCodes:
    """What a dealbreaker makes one do, ``(rows,)`` or of no dimension."""
    if phase is Phase.MIDWAY:
        finish, leave = ACTION_CODES[Action.FINISH_POLITELY], ACTION_CODES[Action.LEAVE]
        return np.where(finishes(process), finish, leave).astype(np.int8)
    return np.asarray(ACTION_CODES[forced_action(phase, process)], dtype=np.int8)


def argmax_with_margin(
    values: FloatArray,
) -> tuple[IndexArray, FloatColumn, FloatColumn]:
    """The position of the largest value of each row, that value, and its margin.

    Args:
        values: In any unit, ``(alternatives, rows)``; -inf where an alternative is not
            open. The first is open in every row.

    Returns:
        Position of the largest value, the first of equal ones; the value itself; by how
        much it exceeds the second largest, 0 where only one alternative is open. Each of
        shape ``(rows,)``.

    >>> index, best, margin = argmax_with_margin(np.array([[0.0, 2.0], [3.0, 2.0]]))
    >>> index.tolist(), best.tolist(), margin.tolist()
    ([1, 0], [3.0, 2.0], [3.0, 0.0])
    """
    index = np.zeros(values.shape[1], dtype=np.intp)
    best, second = values[0].copy(), np.full(values.shape[1], -np.inf)
    for position, value in enumerate(values[1:], 1):
        np.copyto(index, position, where=value > best)
        np.maximum(second, np.minimum(best, value), out=second)
        np.maximum(best, value, out=best)
    return index, best, np.where(second == -np.inf, 0.0, best - second)


def outcome_of(evaluation: Evaluation[float], number: int) -> Outcome[float]:
    """What an alternative of a single decision leads to.

    Beside rivals the offer counts beyond the next best, and the turn of the process may
    never come; it is then left before its next step.

    Args:
        evaluation: Of a single decision.
        number: Of the alternative.
    """
    alternative, solution = (
        evaluation.alternatives[number],
        evaluation.solutions[number],
    )
    if solution is None:
        return _over_at_once(alternative)
    mean, turn = float(evaluation.mean[0]), 1.0
    if evaluation.rivals is None:
        moments = solution.evaluate(evaluation.mean).row(0)
    else:
        chain = ChainParameters.of_steps(mean, alternative.steps)
        moments, turn = evaluation.rivals.outcome(chain, solution)
    leave = [max(0.0, chance) for chance in moments.leave_probability.tolist()]
    leave[0] += 1.0 - turn
    return _outcome(
        alternative.steps,
        moments.take_probability.tolist(),
        leave,
        float(moments.accept_probability),
        float(moments.offer_value),
        float(moments.offer_square),
    )


def outcome_columns(evaluation: Evaluation[Number], number: int) -> Outcome[Number]:
    """What an alternative leads to in every row; no other processes run beside it.

    Args:
        evaluation: Of rows.
        number: Of the alternative.
    """
    alternative, solution = (
        evaluation.alternatives[number],
        evaluation.solutions[number],
    )
    if solution is None:
        return _over_at_once(alternative)
    moments = solution.evaluate(evaluation.mean)
    return _outcome(
        alternative.steps,
        list(moments.take_probability.T),
        list(np.maximum(0.0, moments.leave_probability.T)),
        moments.accept_probability,
        moments.offer_value,
        moments.offer_square,
    )


def _over_at_once(alternative: Alternative[N]) -> Outcome[N]:
    """The outcome of an alternative without steps."""
    value = fsum(alternative.terms.values())
    return Outcome(value, alternative.terms, 0.0, alternative.accept, 0.0, 0.0, ())


def _outcome(
    steps: Sequence[Step[N]],
    take: Sequence[N],
    leave: Sequence[N],
    accept: N,
    offer: N,
    square: N,
) -> Outcome[N]:
    """What a chain of steps leads to, from the probabilities to take and leave each.

    Args:
        steps: In order.
        take: Probability to take each step.
        leave: Probability to leave before each step.
        accept: Probability that an offer is accepted.
        offer: Expected surplus of the accepted offer, hours.
        square: Expected square of it, hours squared.
    """
    terms = terms_from_visits(steps, take, leave, offer)
    value = fsum(terms.values())
    reach: list[tuple[str, N]] = []
    hours: list[N] = []
    days: list[N] = []
    for step, chance in zip(steps, take, strict=True):
        hours.append(chance * step.hours)
        days.append(chance * step.days)
        if step.phase is Phase.BEFORE:
            reach.append((step.title, minimum(1.0, maximum(0.0, chance))))
    return Outcome(
        value=value,
        terms={term: part for term, part in terms.items() if not is_zero(part)},
        sd=_outcome_sd(steps, take, leave, accept, offer, square, value),
        accept_probability=minimum(1.0, maximum(0.0, accept)),
        hours=fsum(hours),
        days=fsum(days),
        reach=tuple(reach),
    )


def terms_from_visits(
    steps: Sequence[Step[N]], take: Sequence[N], leave: Sequence[N], offer: N
) -> dict[Term, N]:
    """The terms of a value, hours, from the probabilities to take and leave each step.

    Args:
        steps: In order.
        take: Probability to take each step.
        leave: Probability to leave before each step.
        offer: Expected surplus of the accepted offer, hours.
    """
    parts: dict[Term, list[N]] = {Term.OFFER: [offer]}
    for step, taken, left in zip(steps, take, leave, strict=True):
        for term, value in step.gains.items():
            parts.setdefault(term, []).append(taken * value)
        for term, value in step.leaving.items():
            parts.setdefault(term, []).append(left * value)
    return {term: fsum(parts[term]) for term in Term if term in parts}


def _outcome_sd(
    steps: Sequence[Step[N]],
    take: Sequence[N],
    leave: Sequence[N],
    accept: N,
    offer: N,
    square: N,
    value: N,
) -> N:
    """The standard deviation of the outcome, hours.

    The outcome is: out at a step, left before a step, offer declined, or offer accepted.
    Side gains count as their expectation.

    Args:
        steps: In order.
        take: Probability to take each step.
        leave: Probability to leave before each step.
        accept: Probability that an offer is accepted.
        offer: Expected surplus of the accepted offer, hours.
        square: Expected square of it, hours squared.
        value: Expected value, hours.
    """
    collected: N = 0.0
    squares: list[N] = []
    for step, taken, left in zip(steps, take, leave, strict=True):
        squares.append(left * (collected + step.exit - value) ** 2)
        collected = collected + step.reward
        squares.append(taken * (1.0 - step.survive) * (collected - value) ** 2)
    excess = collected - value
    declined = maximum(0.0, take[-1] * steps[-1].survive - accept)
    squares.append(declined * excess**2)
    squares.append(accept * excess**2 + 2.0 * excess * offer + square)
    return sqrt(maximum(0.0, fsum(squares)))


def to_percent(hours: npt.ArrayLike, hours_per_percent: npt.ArrayLike) -> FloatArray:
    """Hours of surplus in percent of pay.

    Args:
        hours: Any shape.
        hours_per_percent: The value of one percent of pay, hours, of a shape that fits.
            Where it is 0 the offer has no weight, and only the sign of the hours is left.
    """
    surplus, unit = np.asarray(hours), np.asarray(hours_per_percent)
    weighs = unit > 0.0
    # With next to no weight the percent may be beyond all numbers.
    with np.errstate(over="ignore"):
        percent = surplus / np.where(weighs, unit, 1.0)
    return np.where(weighs, percent, np.where(surplus < 0.0, -np.inf, np.inf))
