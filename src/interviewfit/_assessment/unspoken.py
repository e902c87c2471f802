"""What one would do if what nobody has told counted for nothing in the job.

Only the mean of the surplus moves. A chain whose passes tell of the fit is solved for
one belief, so it is solved for both means at once.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import Problem, alternatives
from interviewfit._assessment.evaluation import Evaluation, evaluate
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import FloatColumn

if TYPE_CHECKING:
    from interviewfit._solver.mutual_solution import MutualSolution
    from interviewfit._solver.solution import Solution

Solutions: TypeAlias = "Sequence[Solution | MutualSolution | None]"
"""Of the alternatives of a decision, in order."""


# A probability of accepting an offer is right to this.
_SLOPE_ERROR = 1e-6


def solve_both(problem: Problem[float]) -> tuple[Solutions, Solutions]:
    """The alternatives solved, as things stand and without what nobody has told.

    That is for decisions in which passes tell of the fit, which are solved for one
    belief; both are empty for all others.

    Args:
        problem: A single decision.
    """
    process = problem.process
    if process.mutual is None or problem.rivals is not None:
        return (), ()
    shift = process.hours_per_percent * (process.spoken - process.mean)
    now, unspoken = _solve_shifted(problem, np.array([0.0, shift]))
    return now, unspoken


def _solve_shifted(
    problem: Problem[float], shifts: FloatColumn
) -> "list[list[Solution | MutualSolution | None]]":
    """The alternatives of a decision in which passes tell of the fit, solved.

    Args:
        problem: A single decision, without rivals.
        shifts: By how much more the job is worth in each solution, hours.

    Returns:
        For each shift, what ``evaluate`` takes as *solved*.
    """
    from interviewfit._competition.mutual_steps import solve_mutual_steps

    solutions = [
        None
        if option.mutual is None
        else solve_mutual_steps(option.steps, option.mutual.moved(shifts), shifts.size)
        for option in alternatives(problem)
    ]
    return [
        [solution and solution.take(np.array([row])) for solution in solutions]
        for row in range(shifts.size)
    ]


def action_without_unspoken(
    problem: Problem[float],
    evaluation: Evaluation[float],
    best: Action,
    unspoken: Solutions,
) -> Action:
    """What one would do if what nobody has told counted for nothing in the job.

    Only the mean moves, so every solution still holds. No value moves by more than the
    mean does, so a larger margin stands.

    Args:
        problem, evaluation, best: A single decision, its values, and its best action.
        unspoken: Its solutions without what nobody has told, if they are others.
    """
    process, ranking = problem.process, evaluation.ranking
    shift = process.hours_per_percent * (process.spoken - process.mean)
    if (
        not shift
        or ranking.margin[0] > abs(shift)
        or _stands(problem, evaluation, shift)
    ):
        return best
    mutual = process.mutual
    if mutual is not None:
        # The employer's view is relative to what is believed.
        hours = process.hours_per_percent * (process.spoken - process.mean)
        mutual = mutual.moved(hours)
    rows = evolve(
        problem,
        structure=evolve(problem.structure, dealbreakers=()),
        process=evolve(process, mean=process.spoken, mutual=mutual),
    )
    solved = unspoken or evaluation.solutions
    return evaluate(rows, 1, solved=solved).ranking.best[0]


def _stands(
    problem: Problem[float], evaluation: Evaluation[float], shift: Worth
) -> bool:
    """Whether the best action surely stays the best before an interview.

    A value is convex in the mean: its slope is the probability of an accepted offer.

    Args:
        problem, evaluation: A single decision and its values.
        shift: By how much the mean moves, hours.
    """
    if problem.structure.phase is not Phase.BEFORE or problem.rivals is not None:
        return False
    values, moments = evaluation.ranking.values[:, 0].tolist(), evaluation.moments
    number, rise = values.index(max(values)), max(0.0, shift)
    best = moments[number]
    slope = best[0].accept_probability.item() if best else 0.0
    least = values[number] + slope * shift - _SLOPE_ERROR * abs(shift)
    return all(
        least > value + (0.0 if outcome is None else rise)
        for other, (value, outcome) in enumerate(zip(values, moments, strict=True))
        if other != number
    )
