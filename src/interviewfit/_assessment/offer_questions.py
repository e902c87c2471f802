"""What questions about an offer would tell before it is answered."""

from math import hypot

from interviewfit._assessment.alternatives import Problem
from interviewfit._model.units import PercentOfPay
from interviewfit._process.facts import facts_of
from interviewfit._process.structure import CALL


def aspects_to_ask(problem: Problem[float]) -> tuple[str, ...]:
    """The aspects of which a call before the answer shows something, the most first."""
    if problem.process.call is None:
        return ()
    numbers, shown = problem.numbers, dict[str, float]()
    for aspect, belief in problem.posterior.beliefs.items():
        share = numbers.reveals(CALL.number, CALL.kind, aspect)
        shown[aspect] = share * (numbers.priority(aspect) * belief.sd) ** 2
    for fact in facts_of(problem.structure, numbers):
        shown[fact.aspect] = shown.get(fact.aspect, 0.0) + fact.sd**2
    aspects = [aspect for aspect, variance in shown.items() if variance > 0.0]
    return tuple(sorted(aspects, key=lambda aspect: -shown[aspect]))


def sd_of_answers(problem: Problem[float]) -> PercentOfPay:
    """By how much the answers would move the fit: a standard deviation; 0 without any.

    Args:
        problem: On an offer.
    """
    call, percent = problem.process.call, problem.process.hours_per_percent
    if call is None or not percent:
        return 0.0
    facts = [
        size * (chance * (1.0 - chance)) ** 0.5 for chance, size in call.facts or ()
    ]
    return hypot(call.reveal, *facts) / percent
