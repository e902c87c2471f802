"""A reference for processes that give practice: each helps in the others.

The moves are those of ``portfolio_oracle``. Besides, a step of size p taken after c
interviews shifts every later probability to survive in the other processes by gain * p
* decay**c in log-odds. So what each process has gained from the others so far, and c,
belong to the joint state. What a process does for its own later steps is already in
their probabilities. Probabilities of 0 and 1 stay as they are.
"""

import math
from collections.abc import Callable, Iterable
from functools import cache
from itertools import product
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
from walkout_oracle import leaving, midway, walked_out

Sizes: TypeAlias = tuple[tuple[float, ...], ...]
"""How much of an interview each step of each process is as practice, at least 0."""

Skills: TypeAlias = tuple[float, ...]
"""What each process has gained from the others, in log-odds."""


@frozen
class Practice:
    """How fast a candidate learns.

    Attributes:
        gain: Shift in log-odds from a whole interview with none done before.
        decay: What every earlier interview leaves of the gain, 0 to 1.
        done: Interviews done before these processes.
    """

    gain: float
    decay: float = 0.6
    done: float = 0.0

    def learnt(self, size: float, done: float) -> float:
        """The shift from a step of this *size* after *done* interviews."""
        return self.gain * size * math.pow(self.decay, done)


@frozen
class Skilled:
    """A joint state, and what was learnt on the way to it.

    Attributes:
        joint: The states of the processes.
        skills: Shift of the probabilities to survive in each process so far, log-odds.
        done: Interviews done so far, including those before the beginning.
    """

    joint: Joint
    skills: Skills
    done: float


class _School:
    """The moves of some processes that give practice."""

    def __init__(self, instance: Instance, practised: Practice, sizes: Sizes) -> None:
        self.instance, self.practised, self.sizes = instance, practised, sizes
        self.at = cache(lambda skills: shifted(instance, skills))

        @cache
        def found(skill: float, i: int, k: int, m: float) -> float:
            return index(shifted_process(instance[i], skill), k, m)

        self.index = found

    def start(self, y0: float) -> Skilled:
        nothing = (0.0,) * len(self.instance)
        return Skilled(beginning(self.instance, y0), nothing, self.practised.done)

    def size(self, here: Skilled, i: int) -> float:
        """How much practice the next step of process i gives."""
        place = here.joint[1][i]
        assert place is not None
        return self.sizes[i][place[0]]

    def advancing(
        self, here: Skilled, i: int, then: Callable[[Skilled], float]
    ) -> float:
        size = self.size(here, i)
        # Rounded, so that equal practice in another order is the same state.
        lesson = self.practised.learnt(size, here.done)
        skills = tuple(
            skill if j == i else round(skill + lesson, 12)
            for j, skill in enumerate(here.skills)
        )
        done = round(here.done + size, 12)
        return advancing(
            self.at(here.skills),
            here.joint,
            i,
            lambda joint: then(Skilled(joint, skills, done)),
        )

    def highest(self, here: Skilled) -> tuple[float, int]:
        """The highest index at the present skill, and its process."""
        places = here.joint[1]
        found = [
            (self.index(here.skills[i], i, *place), -i)
            for i, place in enumerate(places)
            if place
        ]
        highest, at = max(found, default=(-math.inf, 0))
        return highest, -at


def shifted_step(step: FiniteStep, skill: float) -> FiniteStep:
    """The same step with its probability to survive shifted by *skill* in log-odds."""
    if step.survive in {0, 1}:
        return step
    odds = step.survive / (1 - step.survive) * math.exp(skill)
    return evolve(step, survive=odds / (1 + odds))


def shifted_process(process: FiniteProcess, skill: float) -> FiniteProcess:
    """The same process, every probability to survive shifted by *skill* in log-odds."""
    steps = tuple(shifted_step(step, skill) for step in process.steps)
    return evolve(process, steps=steps)


def shifted(instance: Instance, skills: Skills) -> Instance:
    """The same processes, each shifted by the skill it has gained."""
    pairs = zip(instance, skills, strict=True)
    return tuple(shifted_process(process, skill) for process, skill in pairs)


def optimum_with_practice(
    instance: Instance,
    y0: float,
    practised: Practice,
    sizes: Sizes,
    *,
    at_once: bool = False,
) -> float:
    """The value of the best of all plans, with practice foreseen.

    With *at_once*, a process about to take an odd step is finished or left before
    anything else, as in ``walkout_oracle``.
    """
    school = _School(instance, practised, sizes)

    @cache
    def worth(here: Skilled) -> float:
        held = midway(here.joint) if at_once else None
        if held is not None:
            out = evolve(here, joint=walked_out(here.joint, held))
            left = leaving(instance, here.joint, held) + worth(out)
            return max(left, school.advancing(here, held, worth))
        moves = open_processes(here.joint)
        found = [school.advancing(here, i, worth) for i in moves]
        return max([stopping(instance, here.joint), *found])

    return worth(school.start(y0))


def index_policy_value(
    instance: Instance, y0: float, practised: Practice, sizes: Sizes
) -> float:
    """The value of following the present indices, which ignore practice to come."""
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
    """The value of a policy that foresees the practice of the next step only.

    Each move is judged by the optimum that would follow if skill stood still from then
    on. A move no better than stopping is not made. With *through*, a step without
    practice is also judged together with the following steps of the same process, up to
    the next that has some: half a stage is judged with its other half.
    """
    school = _School(instance, practised, sizes)

    @cache
    def frozen_worth(joint: Joint, skills: Skills) -> float:
        now = school.at(skills)
        found = [
            advancing(now, joint, i, lambda after: frozen_worth(after, skills))
            for i in open_processes(joint)
        ]
        return max([stopping(instance, joint), *found])

    def promise(here: Skilled, i: int) -> float:
        size = school.size(here, i)

        def then(after: Skilled) -> float:
            still = frozen_worth(after.joint, after.skills)
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
    """The most that steps of these *sizes* can teach: the largest come first."""
    total, done = 0.0, practised.done
    for size in sorted(sizes, reverse=True):
        total += practised.learnt(size, done)
        done += size
    return total


def gifted_value(
    instance: Instance, y0: float, practised: Practice, sizes: Sizes
) -> float:
    """The value of the best plan if all practice is given from the start.

    Never below the optimum if no step that can be failed is followed by a negative
    exit; otherwise passing may be worse than failing, see ``relieved``.
    """
    skills = tuple(
        most_skill(
            practised, [size for row in (*sizes[:i], *sizes[i + 1 :]) for size in row]
        )
        for i in range(len(instance))
    )
    return optimum(shifted(instance, skills), y0)


def relaxed_value(
    instance: Instance, y0: float, practised: Practice, sizes: Sizes
) -> float:
    """The same bound, closer: each process teaches only as far as it would be passed.

    How far that is is drawn beforehand, independently of how far it is in fact passed.
    """
    count = len(instance)
    most = [
        most_skill(practised, [p for row in (*sizes[:i], *sizes[i + 1 :]) for p in row])
        for i in range(count)
    ]
    laws = [_teaching(instance[i], practised, sizes[i], most[i]) for i in range(count)]
    worth = 0.0
    for drawn in product(*laws):
        taught = [learned for _, learned in drawn]
        skills = tuple(
            min(limit, math.fsum(taught[:i]) + math.fsum(taught[i + 1 :]))
            for i, limit in enumerate(most)
        )
        chance = math.prod(chance for chance, _ in drawn)
        if chance > 0:
            worth += chance * optimum(shifted(instance, skills), y0)
    return worth


def _teaching(
    process: FiniteProcess, practised: Practice, sizes: tuple[float, ...], skill: float
) -> list[tuple[float, float]]:
    """Pairs of probability and practice: how far such a process is passed."""
    alive, learned, done = 1.0, 0.0, practised.done
    law = []
    for k, step in enumerate(process.steps):
        learned += practised.learnt(sizes[k], done)
        done += sizes[k]
        last = k + 1 == len(process.steps)
        survive = 0.0 if last else shifted_step(step, skill).survive
        law.append((alive * (1 - survive), learned))
        alive *= survive
    return law


def relieved(instance: Instance) -> Instance:
    """The same processes without negative exits behind steps that can be failed.

    Their bounds hold for the original processes too, whatever the exits.
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
    """What three plans lose against the optimum, hours.

    Attributes:
        gain: Gain of the optimum over stopping at once.
        index: Loss of the present indices.
        lookahead: Loss of foreseeing a single step.
        through: Loss of foreseeing up to the next step that gives practice.
        relaxed: Excess of the closer bound over the optimum.
    """

    gain: float
    index: float
    lookahead: float
    through: float
    relaxed: float


def random_lesson(
    rng: np.random.Generator, *, halves: bool = False
) -> tuple[Instance, Sizes]:
    """A process of costly steps: whole interviews, or calls of a third."""
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
    """What the plans lose on an instance."""
    best = optimum_with_practice(instance, y0, practised, sizes)
    return Regret(
        gain=best - stopping(instance, beginning(instance, y0)),
        index=best - index_policy_value(instance, y0, practised, sizes),
        lookahead=best - lookahead_value(instance, y0, practised, sizes),
        through=best - lookahead_value(instance, y0, practised, sizes, through=True),
        relaxed=relaxed_value(instance, y0, practised, sizes) - best,
    )
