"""How much each number bears on a decision, without solving anything.

Where not all numbers can be moved, those go first that change the most for the process
itself. Each alternative is taken as if nobody left it before the end,

    value = sum of P(still in at step k) * reward[k] + P(offer) * E[max(0, m + s Z)]

with m the mean and s the standard deviation of all news, hours. To leave is a choice,
so this is at most the value; it only says where to look first. The others of a search
are left out.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import Alternative, alternatives
from interviewfit._assessment.problems import compile_rows
from interviewfit._model.decision import Decision
from interviewfit._numeric.arrays import FloatColumn, IndexArray, Number, fsum
from interviewfit._numeric.normal import expected_positive_part
from interviewfit._process.parameters import Parameter
from interviewfit.sensitivity._sweeps import allowed_range


def by_influence(
    decision: Decision,
    parameters: Sequence[Parameter],
    low: FloatColumn,
    high: FloatColumn,
) -> IndexArray:
    """The numbers in the order of what they change, the most influential first.

    The work grows with the numbers times the stages of the process itself.

    Args:
        decision: As it stands.
        parameters: The numbers of one of the ``independent_groups``.
        low, high: Where each is moved to, in its unit, ``(numbers,)``.

    Returns:
        Positions among *parameters*; equal ones in their order there.
    """
    return np.argsort(-_influence(decision, parameters, low, high), kind="stable")


def sorted_by_influence(
    decision: Decision, groups: Sequence[list[Parameter]]
) -> list[list[Parameter]]:
    """Groups of numbers in the order of what their numbers change, likewise.

    Args:
        decision: As it stands.
        groups: Some of the ``independent_groups``; equal ones keep their order.
    """
    most = []
    for group in groups:
        ends = [allowed_range(decision, parameter) for parameter in group]
        low, high = np.array(ends).reshape(-1, 2).T
        most.append(float(_influence(decision, group, low, high).max(initial=0.0)))
    order = np.argsort(-np.array(most), kind="stable").tolist()
    return [groups[number] for number in order]


def _influence(
    decision: Decision,
    parameters: Sequence[Parameter],
    low: FloatColumn,
    high: FloatColumn,
) -> FloatColumn:
    """By how much each number moves an alternative against the first, hours.

    Args:
        decision, parameters, low, high: As ``by_influence`` takes them.

    Returns:
        At most, of both ends and all alternatives, ``(numbers,)``.
    """
    count = len(parameters)
    columns = {}
    for position, parameter in enumerate(parameters):
        column = np.full(1 + 2 * count, parameter.value)
        column[[1 + position, 1 + count + position]] = low[position], high[position]
        columns[parameter.name] = column
    problem = compile_rows(evolve(decision, beside=()), columns)
    mean = np.empty(1 + 2 * count)
    mean[:] = problem.process.mean_hours
    first, *others = (
        _seen_through(alternative, mean) for alternative in alternatives(problem)
    )
    influence = np.zeros(count)
    for value in others:
        lead = value - first
        change = np.nan_to_num(np.abs(lead[1:] - lead[0]))
        influence = np.maximum(influence, change.reshape(2, count).max(axis=0))
    return influence


def _seen_through(alternative: Alternative[Number], mean: FloatColumn) -> FloatColumn:
    """What an alternative is worth if nobody leaves it before the end, hours.

    Args:
        alternative: That may be taken.
        mean: Of the surplus in each row, hours, ``(rows,)``; the result has its shape.
    """
    if not alternative.steps:
        return np.zeros_like(mean) + fsum(alternative.terms.values())
    value, survive, variance = np.zeros((3, mean.size))
    survive += 1.0
    mean = mean.copy()
    for step in alternative.steps:
        value += survive * step.reward
        survive = survive * step.survive
        mean += step.drift
        variance += np.square(step.reveal)
    return value + survive * expected_positive_part(mean, np.sqrt(variance))
