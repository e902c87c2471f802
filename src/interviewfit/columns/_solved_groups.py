"""The solved decision of one group of rows, evaluated for the mean of each row.

Rows of a group share every step of their process. They differ only in the mean of the
surplus, which is an affine function of their columns, so that the value of each action
is a function of one variable: a number, the mean itself or a piecewise polynomial.
"""

from collections.abc import Mapping, Sequence
from math import inf

import numpy as np
from attrs import frozen

from interviewfit._assessment.alternatives import (
    Problem,
    alternatives,
    compile_problem,
    forced_action,
)
from interviewfit._assessment.evaluation import (
    ACTION_CODES,
    argmax_with_margin,
    to_percent,
)
from interviewfit._competition.chains import solve_steps
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import quoted
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import FloatColumn, fsum
from interviewfit._process.parameters import Parameter, substitute
from interviewfit._solver.interpolation import PiecewisePolynomial
from interviewfit.columns._columns import Columns, Rows
from interviewfit.columns._groups import size_of
from interviewfit.columns._scores import Scores

__all__ = ["SolvedGroup"]


@frozen(eq=False)
class SolvedGroup:
    """What the rows of a group need to be evaluated. Made by ``of``.

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
    def of(cls, decision: Decision, inputs: Sequence[Parameter]) -> "SolvedGroup":
        """Solve the decision that the rows of a group share.

        Args:
            decision: Of the group, with a mean of 0 where the rows bring their own.
            inputs: What the columns set: means of aspects, the fallback.

        Raises:
            ValueError: If a first reveal is too small to tabulate a value function.
        """
        others = [one for one in inputs if one.path[1] != "beliefs"]
        problem = compile_problem(substitute(decision, dict.fromkeys(others, 0.0)))
        structure, process = problem.structure, problem.process
        options = alternatives(problem)
        values: list[Worth | PiecewisePolynomial | None] = []
        # Of an offer on the table only the worth itself is left to ask.
        first, second = 0.0 if structure.phase is Phase.OFFERED else inf, 0.0
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
        midway = structure.phase is Phase.MIDWAY
        stopped = structure.dealbreakers
        return cls(
            actions=tuple(option.action for option in options),
            values=tuple(values),
            base=process.mean,
            slopes=_slopes(problem, inputs),
            percent=process.percent,
            threshold=float(to_percent(first, process.percent)),
            finish_below=second - process.steps[0].drift if midway else -inf,
            forced=forced_action(structure.phase, process) if stopped else None,
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
        mean = np.full(size_of(rows), self.base)
        for name, slope in self.slopes.items():
            mean += slope * table.numbers[name][rows]
        return mean

    def evaluate(self, table: Columns, rows: Rows, out: Scores) -> None:
        """Write the answers of some rows of the group.

        Args:
            table: The columns.
            rows: Which of its rows, all of this group.
            out: Answers for all rows of the table; changed in these rows, details aside.
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
        codes = np.array([ACTION_CODES[action] for action in self.actions], np.int8)
        chosen = codes[index]
        if self.finish_below > -inf:
            stops = (chosen == ACTION_CODES[Action.CONTINUE]) & (
                hours <= self.finish_below
            )
            chosen[stops] = ACTION_CODES[Action.FINISH_POLITELY]
        if self.forced is not None:
            chosen[:] = ACTION_CODES[self.forced]
        out.put_values(rows, self.actions, values)
        out.codes[rows], out.value[rows], out.margin[rows] = chosen, best, margin
        out.mean[rows], out.threshold[rows] = mean, self.threshold
        out.index[rows] = mean - self.threshold
        out.hard_stop[rows] = self.forced is not None
        out.unknown[rows] = self.unknown


def _slopes(
    problem: Problem[float], inputs: Sequence[Parameter]
) -> dict[str, PercentOfPay]:
    """What one unit of each column adds to the mean of the surplus.

    A normal belief keeps the same share of its mean as of its variance, whatever
    signals say; the surplus is the sum of the aspects less the fallback.

    Args:
        problem: Of the group.
        inputs: What the columns set.

    Returns:
        Slopes in percent of pay, by name of the column.
    """
    numbers, beliefs = problem.numbers, problem.posterior.beliefs
    slopes: dict[str, PercentOfPay] = {}
    for parameter in inputs:
        if parameter.path[1] != "beliefs":
            slopes[parameter.name] = -1.0
            continue
        aspect = str(parameter.path[2])
        kept = 1.0
        if aspect in beliefs:
            stated = numbers[f"{quoted(aspect)}.sd"]
            before = stated * numbers["overconfidence"]
            # A belief that is certain stays as it is.
            kept = (beliefs[aspect].sd / before) ** 2 if before else 1.0
        slopes[parameter.name] = numbers.priority(aspect) * kept
    return slopes
