"""Whether one will go on after the interview that one is in.

Going on and finishing politely are one course under two names, so their values do not
tell them apart. What does is the lead of going on over leaving once the interview is
over, as things stand: the value of the steps that follow, less that of leaving then.
Where passes tell of the fit, being passed on after the interview is news all the same.
"""

from collections.abc import Mapping

import numpy as np

from interviewfit._assessment.alternatives import Problem, lead_after_last
from interviewfit._assessment.problems import compile_rows
from interviewfit._competition.chains import solve_steps
from interviewfit._model.decision import Decision
from interviewfit._model.news_beside import without_rivals
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatColumn, N, Number

# Rows that are worked out at once, so that their value functions stay in cache.
_BLOCK = 1024


def lead_afterwards(problem: Problem[Number], rows: int) -> FloatColumn:
    """By how much one would go on after the interview one is in, hours, ``(rows,)``.

    It is infinite where one is in no interview.

    Args:
        problem, rows: The decision in many rows, and how many they are.
    """
    if problem.structure.phase is not Phase.MIDWAY:
        return np.full(rows, np.inf)
    step, *following = problem.process.steps
    if not following:
        return np.broadcast_to(lead_after_last(problem.process), rows).copy()
    mutual = problem.process.mutual
    if mutual is not None and problem.rivals is None:
        from interviewfit._competition.mutual_steps import solve_mutual_steps

        steps, passed = tuple(following), mutual.after_first_pass()
        exact = solve_mutual_steps(
            steps, passed, rows, exact_rows=True, values_only=True
        )
        return np.asarray(exact.values - following[0].exit)
    mean = np.broadcast_to(problem.process.mean_hours + step.drift, rows).copy()
    solution = solve_steps(tuple(following), rows, exact_rows=True)
    lead = solution.continuation_value(mean) - following[0].exit
    return np.asarray(lead)


def next_threshold(problem: Problem[N], rows: int) -> FloatColumn:
    """The threshold of the next step of a process alone, hours, ``(rows,)``.

    Args:
        problem, rows: The decision in many rows, and how many they are.
    """
    steps, mutual = problem.process.steps, problem.process.mutual
    if mutual is None:
        return solve_steps(steps, rows, exact_rows=True).thresholds[:, 0]
    # Imported where passes tell of the fit.
    from interviewfit._competition.mutual_steps import solve_mutual_steps

    solution = solve_mutual_steps(
        steps, mutual, rows, exact_rows=True, values_only=True
    )
    return solution.thresholds[:, 0]


def leads_afterwards(
    decision: Decision, values: Mapping[str, FloatColumn]
) -> FloatColumn | None:
    """The same for many decisions that differ in some numbers, judged alone.

    None where one is in no interview.

    Args:
        decision: What they have in common.
        values: Columns of equal length by name (``list_inputs``), checked already.
    """
    if decision.opportunity.position.phase is not Phase.MIDWAY:
        return None
    alone, leads = without_rivals(decision), []
    rows = min(column.size for column in values.values())
    for start in range(0, rows, _BLOCK):
        block = {
            name: column[start : start + _BLOCK] for name, column in values.items()
        }
        problem = compile_rows(alone, block)
        leads.append(lead_afterwards(problem, min(_BLOCK, rows - start)))
    return np.concatenate(leads)
