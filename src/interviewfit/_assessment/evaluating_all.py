"""Decisions on the processes of a search, evaluated side by side.

A call of the solver costs more than its arithmetic, so that all their alternatives are
solved in one, and met with their rivals in one.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import Problem, alternatives
from interviewfit._assessment.evaluation import Evaluation, Visits, evaluate
from interviewfit._competition.any_solution import AnySolution
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.scenarios import RivalScenarios, outcomes_beside
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.vocabulary import Action


def evaluate_all(
    problems: Sequence[Problem[float]], known: SolvedProcesses
) -> list[Evaluation[float]]:
    """What ``evaluate`` says of each of some single decisions, in their order.

    Args:
        problems: The decisions, each beside its own rivals.
        known: Processes whose chains, and all that were solved with them, need not be
            solved again.
    """
    chains: list[ChainParameters[float]] = []
    places: list[tuple[int, int]] = []
    beside: list[tuple[int, RivalScenarios]] = []
    solutions: list[list[AnySolution | None]] = []
    visits: list[list[Visits | None]] = []
    for number, problem in enumerate(problems):
        options = alternatives(problem)
        solutions.append([None] * len(options))
        visits.append([None] * len(options))
        for place, option in enumerate(options):
            if not option.steps or option.closed_rows(1)[0]:
                continue
            # Once questions are answered, so is the offer; the rivals do not wait.
            waits = problem.rivals is not None and option.action is not Action.ASK_FIRST
            if option.mutual is not None and not waits:
                # Solved for its own belief.
                continue
            if problem.rivals is not None and waits:
                beside.append((len(chains), problem.rivals))
            mean = problem.process.mean_hours - problem.process.trial
            chain = ChainParameters.of_steps(mean, option.steps)
            chains.append(evolve(chain, mutual=option.mutual) if waits else chain)
            places.append((number, place))
    solved = SolvedProcesses.of(chains, known)
    for row, (number, place) in enumerate(places):
        solutions[number][place] = solved.solution(row)
    if beside:
        rows, rivals = zip(*beside, strict=True)
        outcomes = outcomes_beside(rivals, solved.take(np.array(rows)))
        for row, outcome in zip(rows, outcomes, strict=True):
            number, place = places[row]
            visits[number][place] = outcome
    return [
        evaluate(problem, solved=of_problem, visits=reached)
        for problem, of_problem, reached in zip(
            problems, solutions, visits, strict=True
        )
    ]
