"""Chains in which passes tell of the fit, solved from their steps."""

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from interviewfit._competition.chains import ChainParameters, solve_steps
from interviewfit._numeric.arrays import N
from interviewfit._numeric.panels import repeat_first_row
from interviewfit._process.compilation import Step
from interviewfit._process.mutual_fit import MutualFit
from interviewfit._solver.mutual_chains import Belief
from interviewfit._solver.mutual_solution import MutualSolution, solve_mutual


def solve_mutual_steps(
    steps: Sequence[Step[N]],
    mutual: MutualFit,
    rows: int = 1,
    *,
    exact_rows: bool = False,
) -> MutualSolution:
    """The solution of a chain in which passes tell of the fit, in one row or more.

    A threshold further from what is believed than is looked is that of the chain of
    constant rates.

    Args:
        steps: The chain of constant rates; numbers may be columns of shape ``(rows,)``.
        mutual: How passes go with the fit.
        rows: How many rows the solution has.
        exact_rows: As ``solve_mutual``.
    """
    chain = ChainParameters.of_steps(0.0, steps)
    is_shared = mutual.mean.size == 1 and not any(
        np.ndarray in map(type, numbers) for numbers in chain.steps
    )
    if rows > 1 and is_shared:
        single = solve_mutual_steps(steps, mutual, exact_rows=True)
        return single.broadcast_rows(rows)
    table = np.moveaxis(chain.table(rows), 1, 0)
    for number, column in enumerate((mutual.drift, mutual.reveal)):
        for step, value in enumerate(column):
            table[2 + number, :, step] = value
    centre, mean, variance = (
        np.broadcast_to(column, (rows,))
        for column in (mutual.centre, mutual.mean, mutual.variance)
    )
    factors = mutual.factors
    if len(factors.hint) != rows:
        factors = repeat_first_row(factors, rows)
    belief = Belief(centre, mean, variance, factors, mutual.decides)
    solution = solve_mutual(tuple(table), belief, exact_rows=exact_rows)
    if not solution.beyond.any():
        return solution
    usual = solve_steps(steps, rows, exact_rows=True)
    thresholds = np.where(solution.beyond, usual.thresholds, solution.thresholds)
    return evolve(solution, thresholds=thresholds)
