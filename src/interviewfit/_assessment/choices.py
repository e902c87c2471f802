"""What each open course of action is worth, and what it is made of.

Going on is worth C of the first step ahead, leaving is worth its exit (``solver``).
The chances to take and to leave each step weight what they bring; so the terms add up
to the worth. Where steps hold columns, every answer is a column too.
"""

from collections.abc import Collection, Sequence
from math import inf
from typing import cast

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import (
    Alternative,
    Problem,
    open_courses,
    staying,
)
from interviewfit._competition.chains import ChainParameters, solve_lanes, solve_steps
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.units import PercentOfPay, Probability, Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import (
    FloatArray,
    larger,
    root,
    smaller,
    total,
    vanishes,
)
from interviewfit._process.compilation import Process, Step
from interviewfit._process.signals import Posterior
from interviewfit._results.assessment import Choice, Threshold
from interviewfit._solver.solution import Solution

__all__ = ["choose_without", "made_of", "open_choices", "play", "weigh"]

# So many chains are solved one by one.
_FEW = 2


def open_choices(
    case: Problem, posterior: Posterior, process: Process
) -> tuple[tuple[Choice, ...], tuple[Threshold, ...]]:
    """Every open action, the best first, and the thresholds ahead."""
    mean = process.percent * process.mean
    choices: list[Choice] = []
    thresholds: tuple[Threshold, ...] = ()
    for course in open_courses(case, posterior, process):
        if not course.steps:
            choices.append(_at_once(course))
            continue
        solution = solve_steps(course.steps)
        choice = play(course, solution, mean, case.rivals)
        if course.steps is process.steps:
            action = staying(process, solution.thresholds[0])
            choice = evolve(choice, action=action)
            thresholds = _in_percent(course.steps, solution.thresholds[0], process)
        choices.append(choice)
    # Sorting is stable, so ties keep this order.
    return tuple(sorted(choices, key=lambda one: -one.worth)), thresholds


def choose_without(
    case: Problem,
    posterior: Posterior,
    process: Process,
    dropped: Sequence[Collection[Term]],
) -> list[Action]:
    """What one would do if some terms counted for nothing, for each such set of terms.

    A term is linear in its weight, so dropping it only changes the rewards and exits.
    There must be steps ahead.
    """
    mean = process.percent * process.mean
    courses = open_courses(case, posterior, process)
    going = [courses[1].without(terms) for terms in dropped]
    found = []
    for terms, weighed in zip(dropped, _weigh_each(case, going, mean), strict=True):
        thresholds, worth = weighed
        options = [
            (courses[0].action, total(courses[0].without(terms).terms.values())),
            (staying(process, thresholds), worth),
        ]
        options.extend(
            (one.action, _weigh_each(case, [one.without(terms)], mean)[0][1])
            for one in courses[2:]
        )
        found.append(max(options, key=lambda option: option[1])[0])
    return found


def _weigh_each(
    case: Problem, courses: Sequence[Alternative], mean: Worth
) -> list[tuple[FloatArray, Worth]]:
    """Thresholds of each chain, and what going on with it is worth.

    Several at once are solved side by side, which is quicker from three on.
    """
    if case.rivals is None and len(courses) > _FEW:
        together = solve_lanes(
            [ChainParameters.of_steps(mean, one.steps) for one in courses]
        )
        going = together.continuation_value(np.full(len(courses), mean))
        return list(zip(together.thresholds, going.tolist(), strict=True))
    solutions = [solve_steps(one.steps) for one in courses]
    return [
        (solution.thresholds[0], weigh(course, solution, mean, case.rivals))
        for course, solution in zip(courses, solutions, strict=True)
    ]


def weigh(
    course: Alternative,
    solution: Solution,
    mean: Worth,
    rivals: RivalDistribution | None = None,
) -> Worth:
    """What taking the first step of a course is worth, hours, in every row.

    Args:
        course: With steps ahead.
        solution: Of its steps.
        mean: Of the surplus, hours.
        rivals: What else runs, for a single row.
    """
    if rivals is not None:
        lane = ChainParameters.of_steps(mean, course.steps)
        found, begun = rivals.outcome(lane, solution)
        return float(found.continuation_value) + (1.0 - begun) * course.steps[0].exit
    going = solution.continuation_value(_in_rows(mean, solution))
    return _as_given(going, mean, solution)


def play(
    course: Alternative,
    solution: Solution,
    mean: Worth,
    rivals: RivalDistribution | None = None,
) -> Choice:
    """The choice to take the first step of a course, and do the best from there.

    Arguments are those of ``weigh``. Beside rivals the offer counts beyond the next
    best, and the turn of the process may never come; it is then left before its next
    step.
    """
    steps, begun = course.steps, 1.0
    if rivals is not None:
        found, begun = rivals.outcome(ChainParameters.of_steps(mean, steps), solution)
        take, leave = found.take_probability.tolist(), found.leave_probability.tolist()
        offer, accept = float(found.offer_value), float(found.accept_probability)
        square = float(found.offer_square)
    else:
        seen = solution.evaluate(_in_rows(mean, solution))
        offer, accept, square = (
            _as_given(one, mean, solution)
            for one in (seen.offer_value, seen.accept_probability, seen.offer_square)
        )
        take, leave = (
            [_as_given(one[..., k], mean, solution) for k in range(len(steps))]
            for one in (seen.take_probability, seen.leave_probability)
        )
    leave = [larger(0.0, chance) for chance in leave]
    leave[0] = leave[0] + (1.0 - begun)
    terms = made_of(steps, take, leave, offer)
    worth = total(terms.values())
    return Choice(
        action=course.action,
        worth=worth,
        terms={term: one for term, one in terms.items() if not vanishes(one)},
        sd=_sd(steps, take, leave, (accept, offer, square), worth),
        accept=smaller(1.0, larger(0.0, accept)),
        hours=total(
            chance * one.hours for chance, one in zip(take, steps, strict=True)
        ),
        days=total(chance * one.days for chance, one in zip(take, steps, strict=True)),
        reach=tuple(
            (one.title, smaller(1.0, larger(0.0, chance)))
            for chance, one in zip(take, steps, strict=True)
            if one.phase is Phase.BEFORE
        ),
    )


def _in_rows(mean: Worth, solution: Solution) -> FloatArray:
    """The mean as a solution takes it: of one chain at any points, else of each row."""
    rows = solution.thresholds.shape[0]
    if isinstance(mean, np.ndarray):
        return mean
    return np.full(rows, mean)


def _as_given(found: FloatArray, mean: Worth, solution: Solution) -> float:
    """What a solution found: a number for a number, or a column."""
    if isinstance(mean, np.ndarray) or solution.thresholds.shape[0] > 1:
        return cast(float, found)
    return float(found[0])


def _at_once(course: Alternative) -> Choice:
    return Choice(
        action=course.action,
        worth=total(course.terms.values()),
        terms=course.terms,
        accept=course.accept,
    )


def _sd(
    steps: Sequence[Step],
    take: Sequence[Probability],
    leave: Sequence[Probability],
    moments: tuple[Probability, Worth, float],
    worth: Worth,
) -> Worth:
    """Standard deviation of the outcome.

    That is: out at a step, left before one, offer declined, or offer accepted, of
    which come its chance, its worth and its square.
    """
    accept, offer, square = moments
    collected, parts = 0.0, []
    for step, taken, left in zip(steps, take, leave, strict=True):
        parts.append(left * (collected + step.exit - worth) ** 2)
        collected = collected + step.reward
        parts.append(taken * (1.0 - step.survive) * (collected - worth) ** 2)
    over = collected - worth
    finished = larger(0.0, take[-1] * steps[-1].survive - accept)
    parts.append(finished * over**2)
    parts.append(accept * over**2 + 2.0 * over * offer + square)
    return root(larger(0.0, total(parts)))


def made_of(
    steps: Sequence[Step],
    take: Sequence[Probability],
    leave: Sequence[Probability],
    offer: Worth,
) -> dict[Term, Worth]:
    """Terms from the chances to take and to leave each step, and the offer's worth."""
    parts: dict[Term, list[Worth]] = {Term.OFFER: [offer]}
    for step, taken, left in zip(steps, take, leave, strict=True):
        for chance, made in ((taken, step.gains), (left, step.leaving)):
            for term, worth in made.items():
                parts.setdefault(term, []).append(chance * worth)
    return {term: total(parts[term]) for term in Term if term in parts}


def _in_percent(
    steps: Sequence[Step], thresholds: FloatArray, process: Process
) -> tuple[Threshold, ...]:
    def fit(hours: float) -> PercentOfPay:
        if process.percent:
            return hours / process.percent
        # With no weight on the offer no fit can matter: only the sign is left.
        return -inf if hours < 0.0 else inf

    return tuple(
        Threshold(stage=step.title, phase=step.phase, fit=fit(hours))
        for step, hours in zip(steps, thresholds.tolist(), strict=True)
    )
