"""What the answers to the offers of a search do to the alternatives of a process.

Where an offer is accepted at once the search is over, and all that runs is left. Where
one may be accepted later (``scenarios``), it is left with that probability.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import Alternative, Problem
from interviewfit._model.units import Probability
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import FloatArray, N, fsum
from interviewfit._process.ends import leaving_value
from interviewfit._solver.forward_pass import OutcomeMoments

# Hours by which a tie is for an offer.
_TIE = 1e-7


def gain_of_finishing(problem: Problem[N], alternative: Alternative[N]) -> N:
    """By how much finishing an interview politely beats walking out of it, hours.

    0 for an alternative that does not stay in an interview under way.

    Args:
        problem, alternative: The decision, and one of its alternatives.
    """
    if problem.structure.phase is not Phase.MIDWAY or not alternative.steps:
        return 0.0
    finished: N = leaving_value(problem.process, midway=True)
    return finished - problem.process.steps[0].exit


def finished_if_over(
    problem: Problem[N],
    alternative: Alternative[N],
    moments: OutcomeMoments,
    turn: Probability,
) -> tuple[OutcomeMoments, Probability]:
    """What a process leads to, if one is finished politely once the search is over.

    Args:
        problem, alternative: A single decision, and one of its alternatives.
        moments, turn: What it leads to where the search goes on, and how likely.
    """
    ended = 0.0 if problem.rivals is None else float(problem.rivals.ended[0])
    gain: N = gain_of_finishing(problem, alternative)
    over = problem.rivals is not None and bool(problem.rivals.accepts[0])
    if not (ended or over) or not np.greater(gain, 0.0):
        return moments, turn
    step = problem.process.steps[0]
    if over:
        # Nothing but the interview under way is left to do.
        moments = OutcomeMoments.nothing(len(alternative.steps))
        turn, ended = 0.0, 1.0
    take, leave = moments.take_probability.copy(), moments.leave_probability.copy()
    take[0] += ended
    leave[1:2] += ended * step.survive
    value = moments.continuation_value + ended * (step.exit + gain)
    moments = evolve(
        moments,
        continuation_value=value,
        take_probability=take,
        leave_probability=leave,
    )
    return moments, turn + ended


def shifts_of(
    problem: Problem[N], options: Sequence[Alternative[N]], values: FloatArray
) -> FloatArray:
    """What the answers to the offers of a search add to each alternative, hours.

    Whoever goes on with a process does not accept an offer that ends the search, and an
    offer may be kept open for the sake of all others.

    Args:
        problem, options: The decision and its alternatives.
        values: What these are worth by their steps, hours, ``(alternatives, rows)``.
    """
    shifts, rivals = np.zeros(values.shape), problem.rivals
    actions = [option.action for option in options]
    if problem.waiting is not None:
        row = actions.index(Action.POSTPONE)
        shifts[row] = problem.waiting + fsum(problem.process.end_terms.values())
        shifts[row] -= values[row]
    going = [row for row, option in enumerate(options) if option.steps]
    if going and rivals is not None:
        # Without the process the offers would be answered in the best way for the rest.
        shifts[going] -= rivals.readjusted
    if going and rivals is not None and rivals.accepts.any():
        leaving = values[0]
        best = values[going].max(axis=0)
        if problem.structure.phase is Phase.MIDWAY:
            finished: N = leaving_value(problem.process, midway=True)
            settled = finished - values[going]
        else:
            # At a tie the offer is accepted.
            behind = leaving - np.maximum(rivals.lead, _TIE) - best
            settled = np.minimum(0.0, behind)
        shifts[going] = np.where(rivals.accepts, settled, shifts[going])
    return shifts
