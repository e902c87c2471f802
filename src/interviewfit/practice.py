"""
What one interview teaches for the other processes, and who should go first for it.

An interview raises the log-odds of later rounds elsewhere by what it teaches; what it
does for those of its own process is part of their pass rates. To the others it is worth
what they are worth with the skill, less what they are worth without. Whether a process
should go before one of higher index is judged by going through its next interview,
whatever comes, and planning on by index with the skill it gave: the value of that is
exact, the index policy with frozen skill being one integral (``contest``).

What no plan can be worth more than is in ``relaxation``; two processes are solved
together instead (``joint``).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from interviewfit.contest import Contest
from interviewfit.lanes import Lane, better, through
from interviewfit.panels import FloatArray
from interviewfit.pipeline import Pipeline
from interviewfit.process import Step
from interviewfit.relaxation import Gifts
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
    free: Sequence[Lane],
    weight: float,
    unit: float,
    decay: float,
) -> Lessons:
    """
    Work out what practice is worth among several processes.

    Args:
        lanes, steps: Of each process.
        contest: Of all of them, without practice.
        free: The processes if interviews may be walked out of, for the bound.
        weight: How much practice counts.
        unit: What one full interview would teach now, log-odds.
        decay: By how much each interview teaches less than the one before.
    """
    lessons = [weight * _first_lesson(own)[1] for own in steps]
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
    count = len(lanes)
    # Those with the skill of each size, and those that give it, one interview on.
    blocks = [
        [
            *(better(lane, skill, own) for lane, own in zip(lanes, steps, strict=True)),
            *(
                through(lanes[row], _first_lesson(steps[row])[0])
                for row, own in tried
                if own == size
            ),
        ]
        for size, skill in enumerate(sizes)
    ]
    gifts = Gifts.of(free, steps, weight, unit, decay)
    *pipelines, gifted = Pipeline.of_each([*blocks, gifts.lanes])
    first: dict[int, Worth] = {}
    slope = np.zeros(count)
    for size, (pipeline, start) in enumerate(pipelines):
        beside = pipeline.contest(contest.base, slice(start, start + count))
        without = beside.value - beside.marginals()
        if not size:
            slope = without - (contest.value - contest.marginals())
        accepted = pipeline.acceptance(beside.nodes)
        # At the top nobody else is left; from there each is on its own.
        worth = pipeline.alone(beside.top)
        place = start + count
        for row, own in tried:
            if own == size:
                here = beside.surely(row, accepted[place])
                first[row] = float(without[row] + here + worth[place])
                place += 1
    best = int(ranked[0])
    if best not in first:
        first[best] = contest.value
    return Lessons(
        slope / sizes[0] * np.array(lessons), first, gifts.worth(*gifted, contest.base)
    )


def _first_lesson(steps: Sequence[Step]) -> tuple[int, float]:
    """
    How many steps the next interview that teaches takes, and what it teaches.
    """
    for count, one in enumerate(steps, start=1):
        if one.teaches > 0.0:
            return count, one.teaches
    return 0, 0.0
