"""
What one interview teaches for the other processes, and who should go first for it.

An interview raises the log-odds of later rounds by what it teaches. To the others that
is worth what they are worth with the skill, less what they are worth without. Whether a
process should go before one of higher index is judged by going through its next
interview, whatever comes, and planning on by index with the skill it gave: the value of
that is exact, the index policy with frozen skill being one integral (``contest``).

No plan can be worth more than having at every step all the skill one could have by
then, whoever went before.
"""

from collections.abc import Mapping, Sequence
from math import fsum, log

import numpy as np
from attrs import evolve, frozen

from interviewfit.contest import Contest
from interviewfit.panels import FloatArray
from interviewfit.pipeline import Lane, Pipeline, better, through
from interviewfit.process import Step
from interviewfit.units import Worth

__all__ = ["Lessons", "learn"]

# Those of highest index that are tried in front, and lessons of different size among
# them; the others are judged by their index alone.
_MOST_TRIED, _MOST_SIZES = 12, 4


@frozen(eq=False)
class Lessons:
    """
    Practice, as it couples several processes.

    Attributes:
        gains: What the next interview of each teaches the others, hours.
        first: Worth of each plan that puts one process in front, hours, by its row.
        most: What no plan can be worth more than, hours.
    """

    gains: FloatArray
    first: Mapping[int, Worth]
    most: Worth


def learn(
    lanes: Sequence[Lane],
    steps: Sequence[Sequence[Step]],
    contest: Contest,
    weight: float,
    unit: float,
    decay: float,
) -> Lessons:
    """
    Work out what practice is worth among several processes.

    Args:
        lanes, steps: Of each process.
        contest: Of all of them, without practice.
        weight: How much practice counts.
        unit: What one full interview would teach now, log-odds.
        decay: By how much each interview teaches less than the one before.
    """
    lessons = [weight * _first_lesson(own) for own in steps]
    # What is too small to tell from nothing teaches nothing.
    sizes = sorted({round(one, 12) for one in lessons} - {0.0}, reverse=True)
    if len(lanes) < 2 or not sizes:
        return Lessons(np.zeros(len(lanes)), {}, contest.value)
    sizes = sizes[:_MOST_SIZES]
    ranked = np.argsort(-contest.indices, kind="stable")[:_MOST_TRIED].tolist()
    tried = [
        (row, sizes.index(round(lessons[row], 12)))
        for row in ranked
        if round(lessons[row], 12) in sizes
    ]
    variants = [
        better(lane, skill, own)
        for skill in sizes
        for lane, own in zip(lanes, steps, strict=True)
    ]
    variants.extend(
        better(lane, skill, own)
        for lane, skill, own in zip(
            lanes, _most_skill(steps, weight, unit, decay), steps, strict=True
        )
    )
    count = len(lanes)
    pipeline = Pipeline.of(variants)
    contests = [
        pipeline.contest(contest.base, slice(k * count, (k + 1) * count))
        for k in range(len(sizes) + 1)
    ]
    without = [one.value - one.marginals() for one in contests[:-1]]
    before = contest.value - contest.marginals()
    slope = (without[0] - before) / sizes[0]
    front = Pipeline.of(
        [_in_front(lanes[row], sizes[size], steps[row]) for row, size in tried]
    )
    first: dict[int, Worth] = {}
    for size, beside in enumerate(contests[:-1]):
        accepted = front.acceptance(beside.nodes)
        # At the top nobody else is left; from there each is on its own.
        worth = front.alone(beside.top)
        for place, (row, own) in enumerate(tried):
            if own == size:
                here = beside.surely(row, accepted[place])
                first[row] = float(without[size][row] + here + worth[place])
    best = int(ranked[0])
    if best not in first:
        first[best] = contest.value
    return Lessons(slope * np.array(lessons), first, contests[-1].value)


def _first_lesson(steps: Sequence[Step]) -> float:
    return next((one.teaches for one in steps if one.teaches > 0.0), 0.0)


def _in_front(lane: Lane, skill: float, steps: Sequence[Step]) -> Lane:
    """
    The lane taken through its next interview, and better only after that.
    """
    taught = next(k for k, one in enumerate(steps) if one.teaches > 0.0) + 1
    improved = better(lane, skill, steps).survive
    mixed = (*lane.survive[:taught], *improved[taught:])
    return through(evolve(lane, survive=mixed), taught)


def _most_skill(
    steps: Sequence[Sequence[Step]], weight: float, unit: float, decay: float
) -> list[list[float]]:
    """
    More than one can have learned before each step, in whatever order.

    That is all the others can teach and what came before in the same process. Each
    interview teaches less the more have been before: sizes p in a row teach *unit*
    times the sum of p * decay**(sizes before), at most the integral of decay**c and one
    lesson.
    """
    taught = [[weight * one.teaches for one in own] for own in steps]
    whole = fsum(map(fsum, taught))
    most = whole
    if 0.0 < decay < 1.0:
        most = min(whole, max(map(max, taught)) - weight * unit / log(decay))
    return [
        [min(most, max(0.0, whole - fsum(own[number:]))) for number in range(len(own))]
        for own in taught
    ]
