"""What one would do if some terms counted for nothing, found by bounds where these do.

A decision is evaluated again only where it could matter: the best choice loses at most
the terms dropped (value is convex in the weights), the others gain at most
``_could_gain``. In mid-interview staying goes by two names, and what parts them is the
lead of going on afterwards (``afterwards``), which is bounded likewise.
"""

from collections.abc import Collection, Sequence
from functools import partial
from itertools import accumulate
from operator import mul

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import Problem, without_terms
from interviewfit._assessment.evaluation import Evaluation, Ranking, evaluate
from interviewfit._competition.chains import ChainParameters
from interviewfit._model.units import Probability, Worth
from interviewfit._model.vocabulary import SIDE_TERMS, Action, Phase, Term
from interviewfit._numeric.arrays import Number, fsum
from interviewfit._process.compilation import Process, Step
from interviewfit._results.assessment import GOING, Choice

# Sets of dropped terms up to which each is quicker by itself than all side by side.
_FEW_ROWS = 2


def actions_without(
    evaluation: Evaluation[float],
    choices: Sequence[Choice],
    dropped: Sequence[Collection[Term]],
) -> list[Action]:
    """What one would do if some terms counted for nothing, for each such set of terms.

    Args:
        evaluation, choices: Of a single decision, and its choices, the best first.
        dropped: The sets of terms.
    """
    problem, process, best = evaluation.problem, evaluation.process, choices[0]
    actions = [best.action] * len(dropped)
    named = _names_that_stand(evaluation, best.action, dropped)
    is_offered = problem.structure.phase is Phase.OFFERED
    occurring: set[Term] = set()
    for step in process.steps:
        occurring.update(step.reward_terms, step.exit_terms)
    doubtful = []
    for number, terms in enumerate(dropped):
        if occurring.isdisjoint(terms):
            continue
        loses = fsum([max(0.0, best.terms.get(term, 0.0)) for term in terms])
        others = [_most_of(choice, terms, process) for choice in choices[1:]]
        if named[number] and best.value - loses > max(others):
            continue
        most = [_most_of(best, terms, process), *others]
        top = most.index(max(most))
        if not is_offered and _is_over(choices[top]):
            # It gains exactly so much, and no other as much.
            actions[number] = choices[top].action
        else:
            doubtful.append(number)
    # A call of the solver costs more than its arithmetic where passes tell of the fit.
    are_many = len(doubtful) > _FEW_ROWS or process.mutual is not None
    size = len(doubtful) if are_many else 1
    for start in range(0, len(doubtful), max(1, size)):
        batch = doubtful[start : start + size]
        rows = without_terms(problem, [dropped[number] for number in batch])
        ranking = _ranking_of(rows, len(batch), evaluation)
        for number, action in zip(batch, ranking.best, strict=True):
            actions[number] = action
    return actions


def _ranking_of(
    rows: Problem[Number], count: int, evaluation: Evaluation[float]
) -> Ranking:
    """The alternatives of a decision without some terms, in each row.

    Beside very many steps passes are counted on average, and each alternative is moved
    by what that is off for the decision with all terms, as in ``evaluating_rows``.

    Args:
        rows: The decision, without some terms in each row.
        count: How many rows there are.
        evaluation: Of the decision with all terms.
    """
    problem, rivals = evaluation.problem, evaluation.problem.rivals
    rank = partial(evaluate, exact_rows=False, values_only=True)
    if rivals is None or problem.process.mutual is None:
        return rank(rows, count, like=evaluation.solutions).ranking
    # Imported where passes tell of the fit beside others.
    from interviewfit._assessment.evaluating_rows import moved
    from interviewfit._competition.mutual_guarantee import are_averaged

    running = [ChainParameters.of(problem.process)]
    for _, part in rivals.parts[:1]:
        running += part.processes
    if not are_averaged(running):
        return rank(rows, count, like=evaluation.solutions).ranking
    averaged = rank(evolve(problem, on_average=True), 1).ranking
    whole = evaluation.ranking.values[:, 0]
    is_open = np.isfinite(whole) & np.isfinite(averaged.values[:, 0])
    lead = np.where(is_open, whole - averaged.values[:, 0], 0.0)
    return moved(rank(evolve(rows, on_average=True), count).ranking, lead)


def _is_over(choice: Choice) -> bool:
    """Whether a choice ends a process at once, so that what it is worth is certain."""
    return not choice.reach and choice.action not in GOING


def _most_of(choice: Choice, terms: Collection[Term], process: Process[float]) -> Worth:
    """The most a choice could be worth if some terms counted for nothing, hours.

    Args:
        choice, terms: One choice of the decision, and the terms.
        process: The steps ahead.
    """
    return choice.value + fsum([_could_gain(term, choice, process) for term in terms])


def _could_gain(term: Term, choice: Choice, process: Process[float]) -> Worth:
    """The most a choice could gain if a term counted for nothing, hours.

    What ends the process at once changes by just the term. Else a gain dropped gains
    nothing, and a cost of leaving can be worth, at each step ahead, no more than it is,
    nor than leaving then beats going on at its very worst, times the largest
    probability to come so far. Whoever postpones also saves what it costs if the
    invitation lapses.

    Args:
        term, choice: Which is dropped, and one choice of the decision.
        process: The steps ahead.
    """
    if _is_over(choice):
        return -choice.terms.get(term, 0.0)
    if term in SIDE_TERMS:
        return 0.0
    if not any(term in step.exit_terms for step in process.steps):
        # Leaving costs nothing of the kind.
        is_saved = choice.action is Action.POSTPONE
        return -choice.terms.get(term, 0.0) if is_saved else 0.0
    chances = accumulate((step.survive for step in process.steps), mul, initial=1.0)
    tells = process.mutual is not None
    excesses = _excesses(term, process.steps, tells=tells)
    pairs = zip(chances, excesses, strict=False)
    gains = [chance * excess for chance, excess in pairs]
    if choice.action in GOING:
        # Whoever takes the first step does not leave before it.
        gains = gains[1:]
    if choice.action is Action.POSTPONE:
        gains.append(-choice.terms.get(term, 0.0))
    return fsum(gains)


def _excesses(term: Term, steps: Sequence[Step[float]], *, tells: bool) -> list[Worth]:
    """The most that leaving before each step could gain without a cost of it, hours.

    Args:
        term: Which is dropped.
        steps: Ahead, in order.
        tells: Whether passes tell of the fit: then some pass for sure.
    """
    excesses, floor = [], 0.0
    for step in reversed(steps):
        worst = min(floor, 0.0) if tells else step.survive * floor
        going = step.reward + worst
        cost = -step.exit_terms.get(term, 0.0)
        excesses.append(max(0.0, min(cost, step.exit + cost - going)))
        floor = max(step.exit, going)
    return excesses[::-1]


def _names_that_stand(
    evaluation: Evaluation[float],
    action: Action,
    dropped: Sequence[Collection[Term]],
) -> list[bool]:
    """Whether staying in an interview surely keeps its name, for each set of terms.

    Args:
        evaluation, action: Of a single decision, and its best action.
        dropped: The sets of terms.
    """
    is_midway = evaluation.problem.structure.phase is Phase.MIDWAY
    following = evaluation.process.steps[1:]
    if not is_midway or not following or action is Action.LEAVE:
        return [True] * len(dropped)
    # Imported where an interview is under way.
    from interviewfit._assessment.afterwards import known_afterwards

    ahead = known_afterwards(evaluation)
    if ahead is None:
        return [False] * len(dropped)
    goes_on = action is Action.CONTINUE
    stand = []
    for terms in dropped:
        least, most = _change_of_lead(following, terms, ahead.reach)
        lead = ahead.lead + (least if goes_on else most)
        stand.append(ahead.lead > 0.0 < lead if goes_on else ahead.lead < 0.0 > lead)
    return stand


def _change_of_lead(
    steps: Sequence[Step[float]],
    terms: Collection[Term],
    reach: Sequence[Probability],
) -> tuple[Worth, Worth]:
    """How the lead of going on over leaving could change without some terms, hours.

    Whoever goes on as before loses at most the gains dropped, wherever the process
    ends; whoever may change course gains at most the costs, and what leaving could.

    Args:
        steps: After the present interview.
        terms: Which are dropped.
        reach: Probability to come to each step if one never leaves.
    """
    least = most = 0.0
    for term in terms:
        excesses = _excesses(term, steps, tells=True)
        for number, (step, chance) in enumerate(zip(steps, reach, strict=False)):
            reward = step.reward_terms.get(term, 0.0)
            least -= chance * max(0.0, reward)
            most += chance * max(0.0, -reward)
            leaving = step.exit_terms.get(term, 0.0)
            if number:
                least -= chance * max(0.0, leaving)
                most += chance * excesses[number]
            else:
                least, most = least + leaving, most + leaving
    return least, most
