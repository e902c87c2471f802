"""Decisions on the processes of a search, evaluated side by side.

A call of the solver costs more than its arithmetic, so that all their alternatives are
solved in one, and met with their rivals in one.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import Alternative, Problem, alternatives
from interviewfit._assessment.evaluation import Evaluation, Visits, evaluate, worth_of
from interviewfit._competition.any_solution import AnySolution
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.mutual_guarantee import are_averaged
from interviewfit._competition.scenarios import RivalScenarios, outcomes_beside
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action
from interviewfit._process.compilation import Step

# Another way to go on is worth less by at least this share, where both are averaged.
_BEHIND = 1e-9


def evaluate_all(
    problems: Sequence[Problem[float]],
    known: SolvedProcesses,
    chains_known: Sequence[ChainParameters[float] | None] = (),
    ways: Sequence[Action | None] = (),
) -> list[Evaluation[float]]:
    """What ``evaluate`` says of each of some single decisions, in their order.

    Of a search of very many steps in which passes tell of the fit, exact tables of all
    alternatives would take half a minute. So there alternatives are those of chains of
    constant rates, moved by what these are off for the process as the search has it;
    and no other way to go on is better than the one that it takes in the search.

    Args:
        problems: The decisions, each beside its own rivals.
        known: Processes whose chains, and all that were solved with them, need not be
            solved again.
        chains_known: The process of each decision as the search has it, which is among
            these; None where it does not run.
        ways: The detour that each takes there, if any.
    """
    averaged = are_averaged(chains_known)
    chains: list[ChainParameters[float]] = []
    numbered: list[tuple[int, int]] = []
    beside: list[tuple[int, RivalScenarios]] = []
    solutions: list[list[AnySolution | None]] = []
    visits: list[list[Visits | None]] = []
    listed = [alternatives(problem) for problem in problems]
    for number, (problem, options) in enumerate(zip(problems, listed, strict=True)):
        solutions.append([None] * len(options))
        visits.append([None] * len(options))
        if problem.rivals is not None and not problem.rivals.count:
            # All others are ruled out: it has every bit that it has alone.
            continue
        for column, option in enumerate(options):
            if not option.steps or option.closed_rows(1)[0]:
                continue
            waits = _waits(problem, option)
            if option.mutual is not None and not waits:
                # Solved for its own belief.
                continue
            if problem.rivals is not None and waits:
                beside.append((len(chains), problem.rivals))
            mean = problem.process.mean_hours - problem.process.trial
            chain = ChainParameters.of_steps(mean, option.steps)
            tells = waits and not averaged
            chains.append(evolve(chain, mutual=option.mutual) if tells else chain)
            numbered.append((number, column))
    solved = SolvedProcesses.of(chains, known)
    for row, (number, column) in enumerate(numbered):
        solutions[number][column] = solved.solution(row)
    rows = np.array([row for row, _ in beside], np.intp)
    outcomes = outcomes_beside([rivals for _, rivals in beside], solved.take(rows))
    for row, outcome in zip(rows.tolist(), outcomes, strict=True):
        number, column = numbered[row]
        visits[number][column] = outcome
    leads = _leads(problems, known, chains_known) if averaged else {}
    for number, lead in leads.items():
        steps = problems[number].process.steps
        _move(listed[number], steps, ways[number], visits[number], lead)
    parts = zip(problems, listed, solutions, visits, strict=True)
    return [
        evaluate(problem, options=options, solved=of_problem, visits=reached)
        for problem, options, of_problem, reached in parts
    ]


def _waits(problem: Problem[float], option: Alternative[float]) -> bool:
    """Whether the rivals wait meanwhile: not for what must be answered at once.

    Args:
        problem, option: The decision, and one of its alternatives.
    """
    # Once questions are answered, so is the offer.
    return problem.rivals is not None and option.action is not Action.ASK_FIRST


def _move(
    options: Sequence[Alternative[float]],
    steps: Sequence[Step[float]],
    way: Action | None,
    visits: "list[Visits | None]",
    lead: Worth,
) -> None:
    """Move what the alternatives of a decision lead to, from averages.

    Args:
        options: The alternatives of the decision.
        steps: Of the process, as it goes on without a detour.
        way: The detour that is taken in the search; None if there is none.
        visits: What each alternative leads to on average; changed.
        lead: What the process is worth beyond its average, hours.
    """
    values = dict[int, Worth]()
    for column, (option, visit) in enumerate(zip(options, visits, strict=True)):
        if visit is not None:
            values[column] = worth_of(visit, option.steps[0].exit)
    taken = [
        column
        for column in values
        if options[column].action is way
        or (way is None and options[column].steps is steps)
    ]
    most = min((values[column] for column in taken), default=np.inf)
    for column, value in values.items():
        shift, visit = lead, visits[column]
        if column not in taken:
            shift = min(lead, most + lead - value - _BEHIND * (1.0 + abs(most + lead)))
        if visit is not None:
            visits[column] = visit[0].moved(shift), visit[1]


def _leads(
    problems: Sequence[Problem[float]],
    known: SolvedProcesses,
    chains: Sequence[ChainParameters[float] | None],
) -> dict[int, Worth]:
    """What each process is worth beyond its average of passes, beside its rivals.

    Args:
        problems, known, chains: As ``evaluate_all`` takes them.

    Returns:
        Hours, by the number of the decision.
    """
    members = [
        (number, problem.rivals, chain)
        for number, (problem, chain) in enumerate(zip(problems, chains, strict=True))
        if chain is not None and chain.mutual is not None and problem.rivals is not None
    ]
    if not members:
        return {}
    numbers, rivals, exact = zip(*members, strict=True)
    whole = [*exact, *(chain.on_average for chain in exact)]
    visits = outcomes_beside([*rivals, *rivals], SolvedProcesses.of(whole, known))
    values = [
        worth_of(visit, chain.exit[0])
        for visit, chain in zip(visits, whole, strict=True)
    ]
    pairs = zip(values[: len(exact)], values[len(exact) :], strict=True)
    leads = [value - average for value, average in pairs]
    return dict(zip(numbers, leads, strict=True))
