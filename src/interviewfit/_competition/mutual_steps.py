"""Chains in which passes tell of the fit, solved from their steps."""

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from interviewfit._competition.chains import ChainParameters, solve_steps
from interviewfit._competition.kept_solutions import solutions_in_use
from interviewfit._numeric.arrays import FloatArray, N
from interviewfit._numeric.panels import (
    numbers_of_record,
    repeat_first_row,
    stack_rows,
)
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
    values_only: bool = False,
    like: MutualSolution | None = None,
    complete: bool = True,
) -> MutualSolution:
    """The solution of a chain in which passes tell of the fit, in one row or more.

    A threshold further from what is believed than is looked is that of the chain of
    constant rates.

    Args:
        steps: The chain of constant rates; numbers may be columns of shape ``(rows,)``.
        mutual: How passes go with the fit.
        rows: How many rows the solution has.
        exact_rows, values_only, like: As ``solve_mutual``.
        complete: Whether thresholds are asked for that are so far away.
    """
    chain = ChainParameters.of_steps(0.0, steps)
    if rows > 1 and _rows_of(chain, mutual) == 1:
        single = solve_mutual_steps(steps, mutual, exact_rows=True)
        return single.broadcast_rows(rows)
    table, belief = _in_rows(chain, mutual, rows)
    solution = solve_mutual(
        tuple(table),
        belief,
        exact_rows=exact_rows,
        values_only=values_only,
        like=like,
    )
    if not complete or not solution.beyond.any():
        return solution
    usual = solve_steps(steps, rows, exact_rows=True)
    thresholds = np.where(solution.beyond, usual.thresholds, solution.thresholds)
    return evolve(solution, thresholds=thresholds)


def solve_side_by_side(
    parts: Sequence[tuple[ChainParameters[N], MutualFit]],
    *,
    values_only: bool = False,
) -> list[MutualSolution]:
    """The solutions of some chains, all of a kind at once; none depends on another.

    Thresholds further from what is believed than is looked stay infinite.

    Args:
        parts: Chains, and how passes go with the fit. Each has as many rows as the
            columns among its numbers; one if there are none.
        values_only: As ``solve_mutual``.
    """
    kept, solutions = solutions_in_use(), dict[int, MutualSolution]()
    kinds: dict[tuple[object, ...], dict[int, tuple[FloatArray, Belief]]] = {}
    keys: dict[int, tuple[object, ...]] = {}
    for number, (chain, mutual) in enumerate(parts):
        in_rows = _in_rows(chain, mutual, _rows_of(chain, mutual))
        table: FloatArray = in_rows[0]
        belief: Belief = in_rows[1]
        view = belief.factors
        kind = (table.shape[::2], belief.decides, view.passes, view.hinted)
        if kept is not None:
            numbers = table.tobytes(), *numbers_of_record(belief)
            keys[number] = values_only, kind, numbers
            found: MutualSolution | None = kept.find(keys[number])
            if found is not None:
                solutions[number] = found
                continue
        kinds.setdefault(kind, {})[number] = table, belief
    for members in kinds.values():
        tables, beliefs = zip(*members.values(), strict=True)
        solution = solve_mutual(
            tuple(np.concatenate(tables, axis=1)),
            stack_rows(beliefs),
            exact_rows=True,
            values_only=values_only,
        )
        stop = 0
        for number, table in zip(members, tables, strict=True):
            start, stop = stop, stop + table.shape[1]
            solutions[number] = solution.take(np.arange(start, stop))
            if kept is not None:
                kept.keep(keys[number], solutions[number], table[0].size)
    return [solutions[number] for number in range(len(parts))]


def _rows_of(chain: ChainParameters[N], mutual: MutualFit) -> int:
    """How many rows a chain has whose numbers may be columns.

    Args:
        chain, mutual: As ``_in_rows`` takes them.
    """
    sizes: list[int] = [
        np.size(number)
        for numbers in chain.steps
        for number in numbers
        if isinstance(number, np.ndarray)
    ]
    return max([mutual.mean.size, *sizes])


def _in_rows(
    chain: ChainParameters[N], mutual: MutualFit, rows: int
) -> tuple[FloatArray, Belief]:
    """The numbers of a chain, ``(numbers, rows, steps)``, and what is believed.

    Args:
        chain: Of constant rates.
        mutual: How passes go with the fit.
        rows: How many rows there are.
    """
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
    return table, Belief(centre, mean, variance, factors, mutual.decides)
