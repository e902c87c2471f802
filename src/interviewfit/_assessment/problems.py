"""A decision compiled into a problem, alone or beside others, in one row or many.

What is needed for processes beside it (``search_problems``) is imported when there are
any.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from interviewfit._assessment.alternatives import Problem, problem_of
from interviewfit._model.decision import Decision
from interviewfit._model.numbers import Numbers
from interviewfit._numeric.arrays import Number
from interviewfit._process.structure import numbers_of, structure_of

if TYPE_CHECKING:
    from interviewfit._assessment.search_problems import SolvedSearch


def compile_problem(
    decision: Decision, known: "SolvedSearch | None" = None
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
