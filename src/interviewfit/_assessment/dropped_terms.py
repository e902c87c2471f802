"""What one would do if some terms counted for nothing, found by bounds where these do.

A decision is evaluated again only where it could matter, when that is asked for: every
choice loses at most the terms dropped (value is convex in the weights), and gains at
most ``_could_gain``. In mid-interview staying goes by two names, and what parts them is
the lead of going on afterwards (``stops_ahead``), which is bounded likewise. Where that
decides nothing and passes tell of the fit, staying and going on afterwards are looked
at up to the next stop (``mutual_stops``), which is closer.
"""

from collections.abc import Collection, Sequence
from functools import partial
from itertools import accumulate
from math import inf
from operator import mul
from typing import TYPE_CHECKING

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import (
    Problem,
    name_of_continuing,
    without_terms,
)
from interviewfit._assessment.evaluation import Evaluation, Ranking, evaluate
from interviewfit._competition.chains import ChainParameters
from interviewfit._model.units import Probability, Worth
from interviewfit._model.vocabulary import SIDE_TERMS, Action, Phase, Term
from interviewfit._numeric.arrays import Number, fsum
from interviewfit._process.compilation import Process, Step
from interviewfit._results.assessment import GOING, Choice

if TYPE_CHECKING:
    from interviewfit._solver.mutual_stops import Changes

# Sets of dropped terms up to which each is quicker by itself than all side by side.
_FEW_ROWS = 2


def actions_without(
    evaluation: Evaluation[float],
    choices: Sequence[Choice],
    dropped: Sequence[Collection[Term]],
) -> list[Action | None]:
    """What one would surely do if some terms counted for nothing, for each such set.

    Args:
        evaluation, choices: Of a single decision, and its choices, the best first.
        dropped: The sets of terms.

    Returns:
        None where bounds leave it open (``solved_without``).
    """
    process, best = evaluation.process, choices[0]
    actions: list[Action | None] = [best.action] * len(dropped)
    occurring: set[Term] = set()
    for step in process.steps:
        occurring.update(step.reward_terms, step.exit_terms)
    changes: Sequence[Changes | None] = [None] * len(dropped)
    if evaluation.stops is not None:
        changes = _changes_of(process.steps, dropped)
    for number, terms in enumerate(dropped):
        if not occurring.isdisjoint(terms):
            actions[number] = _by_bounds(evaluation, choices, terms, changes[number])
    return actions


def solved_without(
    evaluation: Evaluation[float], dropped: Sequence[Collection[Term]]
) -> list[Action]:
    """What one would do if some terms counted for nothing, solved for each such set.

    Args:
        evaluation: Of a single decision.
        dropped: The sets of terms.
    """
    problem, actions = evaluation.problem, list[Action]()
    # A call of the solver costs more than its arithmetic where passes tell of the fit.
    are_many = len(dropped) > _FEW_ROWS or problem.process.mutual is not None
    size = len(dropped) if are_many else 1
    for start in range(0, len(dropped), max(1, size)):
        batch = dropped[start : start + size]
        rows = without_terms(problem, batch)
        actions += _ranking_of(rows, len(batch), evaluation).best
    return actions


def _by_bounds(
    evaluation: Evaluation[float],
    choices: Sequence[Choice],
    terms: Collection[Term],
    changes: "Changes | None",
) -> Action | None:
    """What one would do if some terms counted for nothing; None where bounds overlap.

    Args:
        evaluation, choices: Of a single decision, and its choices, the best first.
        terms: Which are dropped.
        changes: What steps then bring, where it is known what follows an interview.
    """
    process, stops, best = evaluation.process, evaluation.stops, choices[0]
    loses = fsum([max(0.0, best.terms.get(term, 0.0)) for term in terms])
    least, most = [best.value - loses], [inf]
    for choice in choices[1:]:
        highest = _most_of(choice, terms, process)
        # What ends a process at once gains exactly so much.
        least.append(highest if _is_over(choice) else -inf)
        most.append(highest)
    if not least[0] > max(most[1:], default=-inf):
        most[0] = _most_of(best, terms, process)
        if _is_over(best):
            least[0] = most[0]
    action = _surely_best(evaluation, choices, (least, most), changes, is_closer=False)
    if action is not None or stops is None or stops.now is None or changes is None:
        return action
    is_left_open = best.action not in GOING or not least[0] > max(most[1:])
    bounds = stops.now.changes_of_value(changes) if is_left_open else None
    for number, choice in enumerate(choices):
        if bounds is not None and choice.action in GOING:
            least[number] = max(least[number], choice.value + bounds[0])
            most[number] = min(most[number], choice.value + bounds[1])
    return _surely_best(evaluation, choices, (least, most), changes, is_closer=True)


def _surely_best(
    evaluation: Evaluation[float],
    choices: Sequence[Choice],
    bounds: tuple[Sequence[Worth], Sequence[Worth]],
    changes: "Changes | None",
    *,
    is_closer: bool,
) -> Action | None:
    """The choice that beats all others whatever lies between bounds; None without one.

    Args:
        evaluation, choices, changes: As ``_by_bounds`` takes them.
        bounds: The least and the most that each choice may be worth, hours.
        is_closer: Whether what follows an interview is looked at up to the next stop.
    """
    least, most = bounds
    top = max(range(len(least)), key=least.__getitem__)
    rivals = [value for number, value in enumerate(most) if number != top]
    if rivals and not least[top] > max(rivals):
        return None
    phase, best = evaluation.problem.structure.phase, choices[top]
    if phase is Phase.MIDWAY and best.action in GOING:
        return _name_of_staying(evaluation, changes, is_closer=is_closer)
    if top and (phase is Phase.OFFERED or not _is_over(best)):
        return None
    return best.action


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


def _name_of_staying(
    evaluation: Evaluation[float], changes: "Changes | None", *, is_closer: bool
) -> Action | None:
    """What staying in an interview is called without some terms; None if that is open.

    Args:
        evaluation: Of a single decision.
        changes: What steps then bring, where it is known what follows.
        is_closer: Whether what follows is looked at up to the next stop.
    """
    following = evaluation.process.steps[1:]
    if not following:
        # Nothing of it counts after the last interview.
        return name_of_continuing(evaluation.process, evaluation.thresholds[:, 0])
    stops = evaluation.stops
    ahead = None if stops is None else stops.afterwards
    if ahead is None or changes is None:
        return None
    bounds = _changes_of_lead(changes, ahead.reach)
    if is_closer:
        moved = ahead.changes_of_value(changes)
        if moved is None:
            return None
        bounds = moved[0] - changes.exit[1], moved[1] - changes.exit[1]
    if ahead.lead > 0.0 < ahead.lead + bounds[0]:
        return Action.CONTINUE
    if ahead.lead < 0.0 > ahead.lead + bounds[1]:
        return Action.FINISH_POLITELY
    return None


def _changes_of(
    steps: Sequence[Step[float]], dropped: Sequence[Collection[Term]]
) -> "list[Changes]":
    """By how much more steps bring if some terms count for nothing, for each such set.

    Args:
        steps: Ahead, in order.
        dropped: The sets of terms.
    """
    # Imported where passes tell of the fit.
    from interviewfit._solver.mutual_stops import Changes

    terms = tuple({term: None for names in dropped for term in names})
    numbers = {term: number for number, term in enumerate(terms)}
    table = np.zeros((len(terms), 3, len(steps)))
    for number, step in enumerate(steps):
        for kind, values in enumerate((step.reward_terms, step.exit_terms)):
            for term, value in values.items():
                if term in numbers:
                    table[numbers[term], kind, number] = -value
    for number in np.flatnonzero(table[:, 1].any(axis=1)).tolist():
        table[number, 2] = _excesses(terms[number], steps, tells=True)
    chosen = np.array([[term in names for term in terms] for names in dropped])
    sums = np.tensordot(chosen.astype(np.float64), table, 1)
    return [Changes(*change) for change in sums]


def _changes_of_lead(
    changes: "Changes", reach: Sequence[Probability]
) -> tuple[Worth, Worth]:
    """How the lead of going on over leaving could change, hours.

    Whoever goes on as before loses at most the gains dropped, wherever the process
    ends; whoever may change course gains at most the costs, and what leaving could.

    Args:
        changes: Of the steps ahead.
        reach: Probability to come to each step after the first if one never leaves.
    """
    chances = np.array(reach[: changes.reward.size - 1])
    reward, leaving = changes.reward[1:], changes.exit[2:]
    least = chances @ np.minimum(0.0, reward) + chances[1:] @ np.minimum(0.0, leaving)
    most = chances @ np.maximum(0.0, reward) + chances[1:] @ changes.excess[2:]
    return float(least - changes.exit[1]), float(most - changes.exit[1])
