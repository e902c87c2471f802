"""A reference for a few finite processes side by side: every joint state is visited.

A process in state (k, m) is open: step k is next, and m is the mean of its surplus. At
k = len(steps) it is an offer of surplus m in hand. The moves are to advance an open
process by its next step, and to stop, which takes the best of y0 and the offers in hand
and collects the exit of every process still open. Only ``integral_value`` uses the
index theorem; the tests compare it with the others.
"""

import math
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from attrs import frozen

Place: TypeAlias = tuple[int, float]
"""The next step, and the mean of the surplus, hours."""

Joint: TypeAlias = tuple[float, tuple[Place | None, ...]]
"""The best in hand, and the place of every process; None where nothing is left."""

IndexFunction: TypeAlias = Callable[[int, int, float], float]
"""The index of the i-th process at step k with mean m."""


@frozen
class FiniteStep:
    """A step of a process whose news has finitely many outcomes.

    Attributes:
        reward: Collected when the step is taken, hours; costs are negative.
        survive: Probability of still being in afterwards, 0 to 1.
        news: Pairs of probability (they sum to 1) and change of the mean, hours.
        exit: Value of leaving instead, hours, of any sign; not paid to those who fail.
    """

    reward: float
    survive: float
    news: tuple[tuple[float, float], ...]
    exit: float = 0.0


@frozen
class FiniteProcess:
    """A chain of steps, and the mean of the surplus before the first, hours."""

    mean: float
    steps: tuple[FiniteStep, ...]


Instance: TypeAlias = tuple[FiniteProcess, ...]


def beginning(instance: Instance, y0: float) -> Joint:
    """The state at first. A process without steps is an offer in hand."""
    offers = [process.mean for process in instance if not process.steps]
    places = [(0, process.mean) if process.steps else None for process in instance]
    return max(y0, *offers) if offers else y0, tuple(places)


def stopping(instance: Instance, joint: Joint) -> float:
    """The value of stopping now."""
    best, places = joint
    pairs = zip(instance, places, strict=True)
    return best + sum(process.steps[at[0]].exit for process, at in pairs if at)


def advancing(
    instance: Instance, joint: Joint, i: int, then: Callable[[Joint], float]
) -> float:
    """The value of the next step of process i, if *then* gives the value after it."""
    best, places = joint
    place = places[i]
    assert place is not None
    k, m = place
    step = instance[i].steps[k]

    def with_place(new: Place | None) -> tuple[Place | None, ...]:
        return (*places[:i], new, *places[i + 1 :])

    last = k + 1 == len(instance[i].steps)
    total = step.reward
    if step.survive < 1:
        total += (1 - step.survive) * then((best, with_place(None)))
    if step.survive > 0:
        for chance, change in step.news:
            now = m + change
            if last:
                after = (max(best, now), with_place(None))
            else:
                after = (best, with_place((k + 1, now)))
            total += step.survive * chance * then(after)
    return total


def open_processes(joint: Joint) -> list[int]:
    """The processes that have a step left to take."""
    return [i for i, place in enumerate(joint[1]) if place]


def optimum(instance: Instance, y0: float) -> float:
    """The value of the best of all plans."""

    @cache
    def worth(joint: Joint) -> float:
        found = [advancing(instance, joint, i, worth) for i in open_processes(joint)]
        return max(stopping(instance, joint), *found) if found else joint[0]

    return worth(beginning(instance, y0))


def marginal_values(instance: Instance, y0: float) -> list[float]:
    """What each process adds to the value of the others."""
    whole = optimum(instance, y0)
    return [whole - optimum(without(instance, j), y0) for j in range(len(instance))]


def without(instance: Instance, j: int) -> Instance:
    """All processes but process j, whose exit is not paid either."""
    return instance[:j] + instance[j + 1 :]


def policy_value(instance: Instance, y0: float, index_function: IndexFunction) -> float:
    """The value of advancing the highest index until none exceeds the best offer.

    Of equal indices the first process is advanced.
    """

    @cache
    def worth(joint: Joint) -> float:
        best, places = joint
        found = [
            (index_function(i, *place), -i) for i, place in enumerate(places) if place
        ]
        highest, at = max(found, default=(-math.inf, 0))
        if highest <= best:
            return stopping(instance, joint)
        return advancing(instance, joint, -at, worth)

    return worth(beginning(instance, y0))


def single_value(
    process: FiniteProcess, y: float, k: int = 0, m: float | None = None
) -> float:
    """The value of a process in state (k, m), by default its start, beside *y*."""
    mean = process.mean if m is None else m
    if k == len(process.steps):
        return max(y, mean)
    return max(y + process.steps[k].exit, _going_on(process, y, k, mean))


def _going_on(process: FiniteProcess, y: float, k: int, m: float) -> float:
    step = process.steps[k]
    passed_on = sum(
        chance * single_value(process, y, k + 1, m + change)
        for chance, change in step.news
    )
    return step.reward + (1 - step.survive) * y + step.survive * passed_on


def level(process: FiniteProcess, k: int = 0) -> float:
    """Limit of ``single_value(process, y, k) - y`` as y grows, whatever the mean."""
    if k == len(process.steps):
        return 0.0
    return max(process.steps[k].exit, _level_going_on(process, k))


def _level_going_on(process: FiniteProcess, k: int) -> float:
    step = process.steps[k]
    return step.reward + step.survive * level(process, k + 1)


def index(process: FiniteProcess, k: int, m: float) -> float:
    """The smallest y at which leaving in state (k, m) is as good as going on.

    +inf if going on is better at every y, -inf if at none. Going on is worth y + level
    + sum of weight * max(0, strike - y), which crosses y + exit once.
    """
    exit_, height = process.steps[k].exit, _level_going_on(process, k)
    if height > exit_:
        return math.inf
    kinks = sorted(_kinks_going_on(process, k, m), reverse=True)
    slope = 0.0
    for (strike, weight), (lower, _) in pairwise([*kinks, (-math.inf, 0.0)]):
        if height >= exit_:
            return strike
        slope += weight
        if height + slope * (strike - lower) > exit_:
            return strike - (exit_ - height) / slope
        height += slope * (strike - lower)
    return -math.inf


def _kinks_going_on(
    process: FiniteProcess, k: int, m: float
) -> Iterator[tuple[float, float]]:
    """Pairs of strike and weight of the value of going on in state (k, m)."""
    step = process.steps[k]
    last = k + 1 == len(process.steps)
    for chance, change in step.news:
        weight = step.survive * chance
        if not weight:
            continue
        after = m + change
        if last:
            yield after, weight
            continue
        # To leave at the next step once y passes its index is to cut strikes there.
        cap = index(process, k + 1, after)
        if cap == -math.inf:
            continue
        for strike, share in _kinks_going_on(process, k + 1, after):
            yield min(cap, strike), weight * share


def capped(process: FiniteProcess) -> dict[float, float]:
    """The probability of each y up to which the process runs and is accepted.

    Along a path that is the least of the indices met and of the offer. Probabilities
    sum to less than 1 if the process can fail or is not worth beginning.
    """
    chances: dict[float, float] = {}

    def walk(k: int, m: float, cap: float, chance: float) -> None:
        if k == len(process.steps):
            cap = min(cap, m)
            chances[cap] = chances.get(cap, 0.0) + chance
            return
        cap = min(cap, index(process, k, m))
        step = process.steps[k]
        if cap == -math.inf or not step.survive:
            return
        for part, change in step.news:
            walk(k + 1, m + change, cap, chance * step.survive * part)

    walk(0, process.mean, math.inf, 1.0)
    return chances


def integral_value(instance: Instance, y0: float) -> float:
    """By the theorem: y0 + sum of levels + integral of 1 - prod(1 - S_i(y))."""
    spread = [capped(process) for process in instance]
    bends = sorted({y0}.union(*(set(chances) for chances in spread)))
    total = y0 + sum(level(process) for process in instance)
    for low, high in pairwise([y for y in bends if y >= y0]):
        none = math.prod(
            1 - sum(chance for y, chance in chances.items() if y > low)
            for chances in spread
        )
        total += (high - low) * (1 - none)
    return total


def true_indices(instance: Instance) -> IndexFunction:
    """The index of every process in every state, computed once."""

    @cache
    def found(i: int, k: int, m: float) -> float:
        return index(instance[i], k, m)

    return found


def random_instance(
    rng: np.random.Generator,
    *,
    processes: tuple[int, int] = (2, 4),
    stages: tuple[int, int] = (1, 3),
    halves: bool = False,
    whole: bool = False,
    plain: bool = False,
    most: int = 300,
) -> Instance:
    """A few processes, drawn until their joint states are few.

    Args:
        rng: Source of randomness.
        processes: Least and greatest number of processes.
        stages: Least and greatest number of stages of each.
        halves: Make two steps of each stage, of which only the second can be failed.
        whole: Draw small multiples of powers of 2 and sometimes twins, so that sums are
            exact and ties occur.
        plain: Steps cost and exits are worth 0, or below midway through a stage.
        most: Greatest number of joint states.
    """
    while True:
        n = int(rng.integers(processes[0], processes[1] + 1))
        counts = rng.integers(stages[0], stages[1] + 1, n)
        instance = tuple(
            _random_process(rng, int(count), halves, whole, plain) for count in counts
        )
        if whole and rng.random() < 0.3:
            instance = (*instance[:-1], instance[0])
        if math.prod(_places(process) for process in instance) <= most:
            return instance


def _places(process: FiniteProcess) -> int:
    total, paths = 1, 1
    for step in process.steps:
        total += paths
        paths *= len(step.news)
    return total


def _random_process(
    rng: np.random.Generator, stages: int, halves: bool, whole: bool, plain: bool
) -> FiniteProcess:
    steps = [
        _random_step(rng, whole=whole, plain=plain, half=half)
        for _ in range(stages)
        for half in ((1, 2) if halves else (0,))
    ]
    return FiniteProcess(_rounded(rng.normal(1, 2), whole), tuple(steps))


def _random_step(
    rng: np.random.Generator, *, whole: bool, plain: bool, half: int
) -> FiniteStep:
    """A step: half 0 is a whole stage, 1 its first part, and 2 its second part."""
    kind = rng.random()
    size = rng.gamma(2, 0.25)
    reward = size if kind < 0.12 and not plain else -size
    luck = rng.random()
    if half == 1 or luck < (0 if plain else 0.15):
        survive = 1.0
    elif luck > 0.95 and not plain:
        survive = 0.0
    else:
        survive = float(rng.integers(2, 8)) / 8 if whole else rng.uniform(0.3, 0.95)
    if plain:
        exit_ = -rng.gamma(1, 0.5) if half == 2 else 0.0
    else:
        exit_ = rng.normal(-0.2, 0.8) * (rng.random() < 0.4)
    news = _random_news(rng, 1 if half == 1 and rng.random() < 0.5 else 2, whole)
    return FiniteStep(_rounded(reward, whole), survive, news, _rounded(exit_, whole))


def _random_news(
    rng: np.random.Generator, least: int, whole: bool
) -> tuple[tuple[float, float], ...]:
    if least == 1:
        return ((1.0, 0.0),)
    if whole:
        sets = ((4, 4), (2, 6), (2, 4, 2), (1, 4, 3))
        chances = [part / 8 for part in sets[rng.integers(len(sets))]]
    else:
        parts = rng.uniform(0.2, 1, 2 + int(rng.random() < 0.3))
        chances = [float(part) for part in parts / parts.sum()]
    changes = rng.normal(0, 5, len(chances))
    return tuple(
        (chance, _rounded(change, whole))
        for chance, change in zip(chances, changes, strict=True)
    )


def _rounded(x: float, whole: bool) -> float:
    return round(2 * x) / 2 if whole else float(x)
