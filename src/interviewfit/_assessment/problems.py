"""A decision compiled into a problem, and the steps of its alternatives solved.

It is alone or beside others, in one row or many. What is needed for processes beside it
(``search_problems``) is imported when there are any.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from interviewfit._assessment.alternatives import Alternative, Problem, problem_of
from interviewfit._competition.chains import ChainParameters, solve_steps
from interviewfit._model.decision import Decision
from interviewfit._model.numbers import Numbers
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import N, Number
from interviewfit._process.structure import numbers_of, structure_of
from interviewfit._solver.solution import Solution

if TYPE_CHECKING:
    from interviewfit._assessment.search_problems import SolvedSearch
    from interviewfit._competition.any_solution import Solved


def compile_problem(
    decision: Decision, known: SolvedSearch | None = None
) -> Problem[float]:
    """A single decision, compiled.

    Args:
        decision: Alone or beside others.
        known: A similar one beside others, from which it takes what is the same.

    Raises:
        InvalidFieldError: If two processes beside it share a name.
    """
    if decision.beside:
        from interviewfit._assessment.search_problems import SolvedSearch

        return SolvedSearch.of(decision, known).problem
    numbers = numbers_of(decision.candidate, decision.opportunity, decision.assumptions)
    structure = structure_of(decision.candidate, decision.opportunity)
    return problem_of(structure, numbers)


def compile_rows(decision: Decision, values: Mapping[str, Number]) -> Problem[Number]:
    """Many decisions alone that differ in some numbers, compiled side by side.

    Args:
        decision: What they have in common.
        values: The numbers in which they differ, by name: columns of shape ``(rows,)``
            or floats that are the same in every row; checked already.
    """
    structure = structure_of(decision.candidate, decision.opportunity)
    stated = numbers_of(decision.candidate, decision.opportunity, decision.assumptions)
    numbers: Numbers[Number] = Numbers({**stated, **values})
    return problem_of(structure, numbers)


@frozen(eq=False)
class How:
    """How the steps of an alternative are solved.

    Attributes:
        exact_rows: Whether a single row has every bit of a row in a batch.
        values_only: Whether what they lead to is not asked for.
        like: A solution of other steps: what these have in common with it is not
            worked out again; None if there is none.
    """

    exact_rows: bool
    values_only: bool
    like: Solved | None


def solution_of(
    alternative: Alternative[N],
    problem: Problem[N],
    rows: int,
    how: How,
) -> Solved:
    """The steps of an alternative, solved; beside rivals, at every alternative.

    Args:
        alternative: With steps.
        problem: The decision, with the processes that run beside it.
        rows: As ``solve_steps`` takes them.
        how: As ``evaluate`` was asked.
    """
    exact_rows, rivals = how.exact_rows, problem.rivals
    is_alone = rivals is None or alternative.action is Action.ASK_FIRST
    if alternative.mutual is None or (problem.on_average and not is_alone):
        return solve_steps(alternative.steps, rows, exact_rows=exact_rows)
    if is_alone or (rivals is not None and rivals.is_over):
        from interviewfit._competition.mutual_steps import solve_mutual_steps
        from interviewfit._solver.mutual_solution import MutualSolution

        return solve_mutual_steps(
            alternative.steps,
            alternative.mutual,
            rows,
            exact_rows=exact_rows,
            values_only=how.values_only,
            like=how.like if isinstance(how.like, MutualSolution) else None,
        )
    # Imported where passes tell of the fit.
    from interviewfit._competition.row_solutions import tabulate_rows

    mean = problem.process.mean_hours - problem.process.trial
    chain = ChainParameters.of_steps(mean, alternative.steps)
    chain = evolve(chain, mutual=alternative.mutual)
    return tabulate_rows(chain, rows, exact_rows=exact_rows)


def of_constant_rates(solution: Solved) -> Solution:
    """The solution of a chain in which passes tell nothing of the fit.

    Args:
        solution: Of the steps of an alternative.

    Raises:
        ValueError: If they tell of it.
    """
    if isinstance(solution, Solution):
        return solution
    message = "passes tell of the fit in this chain"
    raise ValueError(message)
