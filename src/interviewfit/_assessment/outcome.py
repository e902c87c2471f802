"""What an alternative leads to: its terms, its spread, and how likely each stage is.

Going on is worth C of the first step ahead, leaving its exit (``solver``). Terms are
weighted by the probabilities to take and leave each step, so they add up to the value.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Generic

import numpy as np
from attrs import evolve, frozen

from interviewfit._assessment.alternatives import (
    Alternative,
    first_of_best,
    name_of_continuing,
)
from interviewfit._assessment.evaluation import Evaluation
from interviewfit._model.units import Probability
from interviewfit._model.vocabulary import ACTIONS, Action, Phase, Term
from interviewfit._numeric.arrays import (
    N,
    N_co,
    Number,
    fsum,
    is_zero,
    maximum,
    minimum,
    sqrt,
)
from interviewfit._process.compilation import Step
from interviewfit._results.assessment import Choice
from interviewfit._solver.forward_pass import OutcomeMoments

# An enumeration is slower to go through.
_TERMS = tuple(Term)


@frozen(eq=False)
class Outcome(Generic[N_co]):
    """What an alternative leads to under the best policy from there.

    Attributes:
        value: Expected, hours; the sum of the terms.
        terms: What the value is made of, hours, by term; zeros are left out.
        sd_hours: Standard deviation of the outcome, hours.
        accept_probability: That it ends in an offer that is accepted.
        hours: Expected hours of one's own time.
        days: Expected calendar days.
        reach: Probability to come to each stage ahead, with its title, in order.
    """

    value: N_co
    terms: Mapping[Term, N_co]
    sd_hours: N_co
    accept_probability: N_co
    hours: N_co
    days: N_co
    reach: tuple[tuple[str, N_co], ...]


def outcome_of(evaluation: Evaluation[float], number: int) -> Outcome[float]:
    """What an alternative of a single decision leads to.

    Beside rivals the offer counts beyond the next best, and the turn of the process may
    never come; it is then left before its next step.

    Args:
        evaluation, number: Of a single decision, and of the alternative.
    """
    alternative, visits = evaluation.alternatives[number], evaluation.moments[number]
    if visits is None:
        return _over_at_once(alternative)
    outcome = outcome_beside(alternative.steps, *visits)
    shift = float(evaluation.shifts[number, 0])
    if not shift:
        return outcome
    terms = dict(outcome.terms)
    terms[Term.OFFER] = terms.get(Term.OFFER, 0.0) + shift
    return evolve(outcome, terms=terms, value=fsum(terms.values()))


def choices_of(evaluation: Evaluation[float]) -> tuple[Choice, ...]:
    """Every alternative of a single decision with what it leads to, the best first."""
    problem, choices = evaluation.problem, []
    is_midway = problem.structure.phase is Phase.MIDWAY
    for number, alternative in enumerate(evaluation.alternatives):
        outcome, action = outcome_of(evaluation, number), alternative.action
        if action is Action.CONTINUE:
            thresholds = evaluation.thresholds[:, 0]
            action = name_of_continuing(evaluation.process, thresholds)
            rivals = problem.rivals
            if rivals is not None and rivals.accepts[0] and is_midway:
                action = Action.FINISH_POLITELY
        choices.append(
            Choice(
                action=action,
                value=outcome.value,
                terms=outcome.terms,
                sd_hours=outcome.sd_hours,
                accept_probability=outcome.accept_probability,
                hours=outcome.hours,
                days=outcome.days,
                reach=outcome.reach,
            )
        )
    # Sorting is stable, so ties keep this order. An answer that is settled comes first.
    values, percent = evaluation.ranking.values, evaluation.process.hours_per_percent
    first = choices[int(first_of_best(values[:, :1], percent)[0])]
    choices.sort(key=lambda choice: (choice is not first, -choice.value))
    if problem.answer is not None and not problem.structure.dealbreakers:
        settled = ACTIONS[problem.answer[0]]
        choices.sort(key=lambda choice: choice.action is not settled)
    return tuple(choices)


def outcome_beside(
    steps: Sequence[Step[float]], moments: OutcomeMoments, turn: Probability
) -> Outcome[float]:
    """What a process leads to beside the others of a search, or by itself.

    Args:
        steps, moments: The steps ahead, in order, and what they lead to.
        turn: Probability that the first of them is begun, 1 for a process by itself;
            otherwise the process is left before it.
    """
    leave = [max(0.0, chance) for chance in moments.leave_probability.tolist()]
    leave[0] += 1.0 - turn
    return _outcome(
        steps,
        moments.take_probability.tolist(),
        leave,
        float(moments.accept_probability),
        float(moments.offer_value),
        float(moments.offer_square),
    )


def left_at_once(terms: Mapping[Term, float]) -> Outcome[float]:
    """What leaving a process leads to, from what that is made of, hours."""
    return Outcome(fsum(terms.values()), terms, 0.0, 0.0, 0.0, 0.0, ())


def finished_at_once(steps: Sequence[Step[float]]) -> Outcome[float]:
    """What finishing an interview under way, and leaving after it, leads to.

    Args:
        steps: The second half of the interview, and the steps after it.
    """
    take = [1.0, *(0.0 for _ in steps[1:])]
    leave = [0.0 for _ in steps]
    leave[1:2] = [steps[0].survive for _ in steps[1:2]]
    return _outcome(steps, take, leave, 0.0, 0.0, 0.0)


def mean_outcome(
    outcomes: Sequence[tuple[Probability, Outcome[float]]],
) -> Outcome[float]:
    """What a process leads to on average, but for its standard deviation.

    Args:
        outcomes: What it leads to, and how likely that is.
    """
    names = dict.fromkeys(term for _, outcome in outcomes for term in outcome.terms)
    terms = {
        term: fsum([chance * item.terms.get(term, 0.0) for chance, item in outcomes])
        for term in names
    }
    return Outcome(
        fsum(terms.values()),
        terms,
        0.0,
        fsum([chance * item.accept_probability for chance, item in outcomes]),
        fsum([chance * item.hours for chance, item in outcomes]),
        fsum([chance * item.days for chance, item in outcomes]),
        (),
    )


def outcome_columns(evaluation: Evaluation[Number], number: int) -> Outcome[Number]:
    """What an alternative leads to in every row; no other processes run beside it.

    Args:
        evaluation: Of rows.
        number: Of the alternative.
    """
    alternative = evaluation.alternatives[number]
    solution = evaluation.solutions[number]
    if solution is None:
        return _over_at_once(alternative)
    moments = solution.evaluate(evaluation.mean)
    return _outcome(
        alternative.steps,
        list(moments.take_probability.T),
        list(np.maximum(0.0, moments.leave_probability.T)),
        moments.accept_probability,
        moments.offer_value,
        moments.offer_square,
    )


def _over_at_once(alternative: Alternative[N]) -> Outcome[N]:
    """The outcome of an alternative without steps."""
    value = fsum(alternative.terms.values())
    return Outcome(value, alternative.terms, 0.0, alternative.accept, 0.0, 0.0, ())


def _outcome(
    steps: Sequence[Step[N]],
    take: Sequence[N],
    leave: Sequence[N],
    accept: N,
    offer: N,
    square: N,
) -> Outcome[N]:
    """What a chain of steps leads to, from the probabilities to take and leave each.

    It ends in one of four ways: out at a step, left before a step, offer declined, or
    offer accepted. In the standard deviation, side gains count as their expectation.

    Args:
        steps: In order.
        take, leave: Probabilities to take each step, and to leave before it.
        accept: Probability that an offer is accepted.
        offer: Expected surplus of the accepted offer, hours.
        square: Expected square of it, hours squared.
    """
    terms = terms_from_visits(steps, take, leave, offer)
    value = fsum(terms.values())
    reach: list[tuple[str, N]] = []
    hours: list[N] = []
    days: list[N] = []
    squares: list[N] = []
    collected: N = 0.0
    for step, taken, left in zip(steps, take, leave, strict=True):
        hours.append(taken * step.hours)
        days.append(taken * step.days)
        if step.phase is Phase.BEFORE:
            reach.append((step.title, minimum(1.0, maximum(0.0, taken))))
        squares.append(left * (collected + step.exit - value) ** 2)
        collected = collected + step.reward
        squares.append(taken * (1.0 - step.survive) * (collected - value) ** 2)
    excess = collected - value
    declined = maximum(0.0, take[-1] * steps[-1].survive - accept)
    squares.append(declined * excess**2)
    squares.append(accept * excess**2 + 2.0 * excess * offer + square)
    return Outcome(
        value=value,
        terms={term: worth for term, worth in terms.items() if not is_zero(worth)},
        sd_hours=sqrt(maximum(0.0, fsum(squares))),
        accept_probability=minimum(1.0, maximum(0.0, accept)),
        hours=fsum(hours),
        days=fsum(days),
        reach=tuple(reach),
    )


def terms_from_visits(
    steps: Sequence[Step[N]], take: Sequence[N], leave: Sequence[N], offer: N
) -> dict[Term, N]:
    """The terms of a value, hours, from the probabilities to take and leave each step.

    Each step adds what it brings times the probability of it, so the terms sum to the
    value.

    Args:
        steps: In order.
        take, leave: Probabilities to take each step, and to leave before it.
        offer: Expected surplus of the accepted offer, hours.
    """
    parts: defaultdict[Term, list[N]] = defaultdict(list)
    parts[Term.OFFER].append(offer)
    for step, taken, left in zip(steps, take, leave, strict=True):
        for term, value in step.reward_terms.items():
            parts[term].append(taken * value)
        for term, value in step.exit_terms.items():
            parts[term].append(left * value)
    return {term: fsum(parts[term]) for term in _TERMS if term in parts}
