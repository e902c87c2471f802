"""What one interview teaches for the other processes, and who should go first for it.

An interview raises the log-odds of later rounds elsewhere by what it teaches; what it
does for those of its own process is part of their pass rates. To the others it is worth
what they are worth with the skill, less what they are worth without. Whether a process
should go before one of higher index is judged by going through its next interview,
whatever comes, and planning on by index with the skill it gave: the value of that is
exact, the index policy with frozen skill being one integral (``contest``).

What no plan can be worth more than is in ``relaxation``.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import (
    ChainParameters,
    PracticeModel,
    better,
    through,
)
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray
from interviewfit._portfolio.relaxation import InformationRelaxation
from interviewfit._process.compilation import Step

__all__ = ["PracticeValue", "learn"]

# Those of highest index that are tried in front; the others are judged by it alone.
_MOST_TRIED = 16


@frozen(eq=False)
class PracticeValue:
    """Practice, as it couples several processes.

    Attributes:
        gains: What the next interview of each teaches the others, hours.
        usual: Worth of the plan that puts nobody in front, hours.
        first: Of each plan that puts one process in front, hours, by its row.
        most: What no plan can be worth more than, hours.
    """

    gains: FloatArray
    usual: Worth
    first: Mapping[int, Worth]
    most: Worth

    @property
    def best(self) -> Worth:
        """Of the best of these plans, hours."""
        return max(self.usual, *self.first.values()) if self.first else self.usual


def learn(
    lanes: Sequence[ChainParameters[float]],
    steps: Sequence[Sequence[Step[float]]],
    contest: IndexPolicyValue,
    free: Sequence[ChainParameters[float]],
    teaching: PracticeModel,
) -> PracticeValue:
    """Work out what practice is worth among several processes.

    Args:
        lanes, steps: Of each process.
        contest: Of all of them, without practice.
        free: The processes if interviews may be walked out of, for the bound.
        teaching: What interviews teach.
    """
    following = [_first_lesson(teaching.lessons(own)) for own in steps]
    lessons = [one for _, one in following]
    # What is too small to tell from nothing teaches nothing.
    rounded = [round(one, 12) for one in lessons]
    if len(lanes) < 2 or not any(rounded):
        return PracticeValue(np.zeros(len(lanes)), contest.value, {}, contest.value)
    ranked = np.argsort(-contest.indices, kind="stable")[:_MOST_TRIED].tolist()
    # The largest also says what skill is worth.
    some = {max(rounded), *(rounded[row] for row in ranked)}
    sizes = sorted(filter(None, some), reverse=True)
    tried = [(row, sizes.index(rounded[row])) for row in ranked if rounded[row]]
    count = len(lanes)
    # Those with the skill of each size, and those that give it, one interview on.
    blocks = [
        [
            *(better(lane, skill, own) for lane, own in zip(lanes, steps, strict=True)),
            *(
                through(lanes[row], following[row][0])
                for row, own in tried
                if own == size
            ),
        ]
        for size, skill in enumerate(sizes)
    ]
    gifts = InformationRelaxation.of(free, steps, teaching)
    *pipelines, gifted = SolvedProcesses.of_blocks([*blocks, gifts.lanes])
    first: dict[int, Worth] = {}
    slope = np.zeros(count)
    for size, (pipeline, start) in enumerate(pipelines):
        beside = pipeline.index_policy(
            contest.outside_option, slice(start, start + count)
        )
        without = beside.value - beside.marginal_values()
        if not size:
            slope = without - (contest.value - contest.marginal_values())
        accepted = pipeline.acceptance_probability(beside.nodes)
        # At the top nobody else is left; from there each is on its own.
        worth = pipeline.standalone_values(beside.top)
        place = start + count
        for row, own in tried:
            if own == size:
                here = beside.value_when_forced(row, accepted[place])
                first[row] = float(without[row] + here + worth[place])
                place += 1
    return PracticeValue(
        slope / sizes[0] * np.array(lessons),
        contest.value,
        first,
        gifts.worth(*gifted, contest.outside_option),
    )


def _first_lesson(lessons: Sequence[float]) -> tuple[int, float]:
    """How many steps the next interview that teaches takes, and what it teaches."""
    for count, one in enumerate(lessons, start=1):
        if one > 0.0:
            return count, one
    return 0, 0.0
