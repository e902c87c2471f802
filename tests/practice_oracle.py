"""
An oracle for processes that teach: what one learns in an interview helps in the next.

The moves are those of ``portfolio_oracle``. Besides, a step of size p taken after c
interviews shifts every later chance to survive by gain * p * decay**c in log-odds, so
the skill gained so far and c are part of the joint state. A step's own chance is not
shifted by its own practice, and chances of 0 and 1 stay as they are.
"""

import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeAlias

import numpy as np
from attrs import evolve, frozen

from portfolio_oracle import (
    FiniteProcess,
    FiniteStep,
    Instance,
    Joint,
    advancing,
    beginning,
    index,
    open_processes,
    optimum,
    random_instance,
    stopping,
)

Sizes: TypeAlias = tuple[tuple[float, ...], ...]
"""How much of an interview each step of each process is as practice, at least 0."""


@frozen
class Practice:
    """
    How fast one learns.

    Attributes:
        gain: Shift in log-odds from a whole interview with none done before.
        decay: What every interview done before leaves of the gain, 0 to 1.
        done: Interviews done before these processes.
    """

    gain: float
    decay: float = 0.6
    done: float = 0.0

    def learnt(self, size: float, done: float) -> float:
        """
        The shift from a step of this *size* after *done* interviews.
        """
        return self.gain * size * math.pow(self.decay, done)


@frozen
class Skilled:
    """
    A joint state, and what was learnt on the way to it.

    Attributes:
        joint: Where the processes are.
        skill: Shift of the chances to survive so far, in log-odds.
        done: Interviews done so far, those before the beginning included.
    """

    joint: Joint
    skill: float
    done: float


class _School:
    """
    The moves of some processes that teach.
    """

    def __init__(self, instance: Instance, practised: Practice, sizes: Sizes) -> None:
        self.instance, self.practised, self.sizes = instance, practised, sizes
        self.at = cache(lambda skill: shifted(instance, skill))

        @cache
        def found(skill: float, i: int, k: int, m: float) -> float:
            return index(self.at(skill)[i], k, m)

        self.index = found

    def start(self, y0: float) -> Skilled:
        return Skilled(beginning(self.instance, y0), 0.0, self.practised.done)

    def size(self, here: Skilled, i: int) -> float:
        """
        How much the next step of the i-th process, open, is as practice.
        """
        place = here.joint[1][i]
        assert place is not None
        return self.sizes[i][place[0]]

    def advancing(
        self, here: Skilled, i: int, then: Callable[[Skilled], float]
    ) -> float:
        size = self.size(here, i)
        # Rounded, so that equal practice in another order is the same state.
        skill = round(here.skill + self.practised.learnt(size, here.done), 12)
        done = round(here.done + size, 12)
        return advancing(
            self.at(here.skill),
            here.joint,
            i,
            lambda joint: then(Skilled(joint, skill, done)),
        )

    def highest(self, here: Skilled) -> tuple[float, int]:
        """
        The highest index at the skill of the moment, and whose it is.
        """
        places = here.joint[1]
        found = [
            (self.index(here.skill, i, *place), -i)
            for i, place in enumerate(places)
            if place
        ]
        highest, at = max(found, default=(-math.inf, 0))
        return highest, -at


def shifted_step(step: FiniteStep, skill: float) -> FiniteStep:
    """
    The same step with its chance to survive moved by *skill* in log-odds.
    """
    if step.survive in {0, 1}:
        return step
    odds = step.survive / (1 - step.survive) * math.exp(skill)
    return evolve(step, survive=odds / (1 + odds))


def shifted(instance: Instance, skill: float) -> Instance:
    """
    The same processes with every chance to survive moved by *skill* in log-odds.
    """

    return tuple(
        evolve(
            process, steps=tuple(shifted_step(step, skill) for step in process.steps)
        )
        for process in instance
    )


def optimum_with_practice(
    instance: Instance, y0: float, practised: Practice, sizes: Sizes
) -> float:
    """
    What the best of all plans is worth, practice foreseen.
    """
    school = _School(instance, practised, sizes)

    @cache
    def worth(here: Skilled) -> float:
        moves = open_processes(here.joint)
        found = [school.advancing(here, i, worth) for i in moves]
        return max([stopping(instance, here.joint), *found])

    return worth(school.start(y0))


def index_policy_value(
    instance: Instance, y0: float, practised: Practice, sizes: Sizes
) -> float:
    """
    What it is worth to follow the indices of the moment, blind to practice to come.
    """
    school = _School(instance, practised, sizes)

    @cache
    def worth(here: Skilled) -> float:
        highest, i = school.highest(here)
        if highest <= here.joint[0]:
            return stopping(instance, here.joint)
        return school.advancing(here, i, worth)

    return worth(school.start(y0))


def lookahead_value(
    instance: Instance,
    y0: float,
    practised: Practice,
    sizes: Sizes,
    *,
    through: bool = False,
) -> float:
    """
    What it is worth to foresee the practice of the next step only.

    Each move is judged by the optimum that would follow if skill stood still from
    then on. A move no better than stopping is not made. With *through*, a step
    without practice is also judged together with the steps of the same process up to
    the next that has some: half a stage is seen with its other half.
    """
    school = _School(instance, practised, sizes)

    @cache
    def frozen_worth(joint: Joint, skill: float) -> float:
        now = school.at(skill)
        found = [
            advancing(now, joint, i, lambda after: frozen_worth(after, skill))
            for i in open_processes(joint)
        ]
        return max([stopping(instance, joint), *found])

    def promise(here: Skilled, i: int) -> float:
        size = school.size(here, i)

        def then(after: Skilled) -> float:
            still = frozen_worth(after.joint, after.skill)
            if not through or size or not after.joint[1][i]:
                return still
            return max(still, promise(after, i))

        return school.advancing(here, i, then)

    @cache
    def worth(here: Skilled) -> float:
        found = [(promise(here, i), -i) for i in open_processes(here.joint)]
        stop = stopping(instance, here.joint)
        promised, at = max(found, default=(-math.inf, 0))
        return stop if promised <= stop else school.advancing(here, -at, worth)

    return worth(school.start(y0))


def most_skill(practised: Practice, sizes: Iterable[float]) -> float:
    """
    The most that steps of these *sizes* can teach: those that teach most come first.
    """
    total, done = 0.0, practised.done
    for size in sorted(sizes, reverse=True):
        total += practised.learnt(size, done)
        done += size
    return total


def gifted_value(
    instance: Instance, y0: float, practised: Practice, sizes: Sizes
) -> float:
    """
    What the best of all plans is worth with all skill from the start.

    Never below the optimum if no step that can be failed is followed by a negative
    exit; otherwise to be passed on may be worse than to fail, see ``relieved``.
    """
    every = [size for row in sizes for size in row]
    return optimum(shifted(instance, most_skill(practised, every)), y0)


def timely_value(
    instance: Instance, y0: float, practised: Practice, sizes: Sizes
) -> float:
    """
    The same bound, closer: a step is not helped by itself or by what comes behind it.
    """

    def gifted(i: int) -> FiniteProcess:
        process = instance[i]
        others = [size for row in (*sizes[:i], *sizes[i + 1 :]) for size in row]
        steps = tuple(
            shifted_step(step, most_skill(practised, [*others, *sizes[i][:k]]))
            for k, step in enumerate(process.steps)
        )
        return evolve(process, steps=steps)

    return optimum(tuple(gifted(i) for i in range(len(instance))), y0)


def relieved(instance: Instance) -> Instance:
    """
    The same processes with no negative exit behind a step that can be failed.

    Their bounds hold for the first ones too, whatever the exits.
    """

    def eased(process: FiniteProcess) -> FiniteProcess:
        steps = list(process.steps)
        for k in range(1, len(steps)):
            if 0 < steps[k - 1].survive < 1:
                steps[k] = evolve(steps[k], exit=max(0.0, steps[k].exit))
        return evolve(process, steps=tuple(steps))

    return tuple(eased(process) for process in instance)


@frozen(kw_only=True)
class Regret:
    """
    What three plans lose against the optimum, hours.

    Attributes:
        gain: Of the optimum over stopping at once.
        index: Lost by the indices of the moment.
        lookahead: Lost by foreseeing one step.
        through: Lost by foreseeing up to the next step that teaches.
        gifted: Of the bound with all skill from the start, above the optimum.
        timely: Of the closer bound, likewise.
    """

    gain: float
    index: float
    lookahead: float
    through: float
    gifted: float
    timely: float


def random_lesson(
    rng: np.random.Generator, *, halves: bool = False
) -> tuple[Instance, Sizes]:
    """
    Costly steps without other worth, each a whole interview or a call of a third.
    """
    instance = random_instance(rng, processes=(2, 3), halves=halves, plain=True)
    sizes = tuple(
        tuple(
            0.0 if halves and k % 2 == 0 else float(rng.choice([0.3, 1.0]))
            for k in range(len(process.steps))
        )
        for process in instance
    )
    return instance, sizes


def regret(instance: Instance, y0: float, practised: Practice, sizes: Sizes) -> Regret:
    """
    What the plans lose on one instance.
    """
    best = optimum_with_practice(instance, y0, practised, sizes)
    return Regret(
        gain=best - stopping(instance, beginning(instance, y0)),
        index=best - index_policy_value(instance, y0, practised, sizes),
        lookahead=best - lookahead_value(instance, y0, practised, sizes),
        through=best - lookahead_value(instance, y0, practised, sizes, through=True),
        gifted=gifted_value(instance, y0, practised, sizes) - best,
        timely=timely_value(instance, y0, practised, sizes) - best,
    )
