"""Many processes up to a date, played out.

Every process takes its stages as soon as they can be had, as long as its mean is above
the limit that is the best one if all others stay as they are. At the date what is in
hand is compared with what the rest is then worth (``afterwards``). Drawn many times,
that is what this rule is worth, which anybody can follow, with a standard error.

No rule is worth more than the mean over the draws of the best that could be done by
somebody who knows what every process would show up to the date. With j the number of
stages taken of process i, a its rewards, e its exit, L and S as in ``afterwards``,

    y + sum max_j (a + e)        and        F + sum max_j (a + L + integral (S - S*) Q*)

bound the two branches: S* is the least S of all j, F the integral of 1 - product of
(1 - S*), and Q* that product without i. The second is a union bound, because the chance
that anything is accepted is concave in each direction in which no S falls.

Reference: D. B. Brown, J. E. Smith, P. Sun, "Information Relaxations and Duality in
Stochastic Dynamic Programs", Operations Research 58 (2010) 785-801.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from zlib import crc32

import numpy as np
from attrs import frozen

from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.joint import CalendarSolution
from interviewfit._calendar.places import GONE, OFFERED, OPEN, WAITING, Place, Segment
from interviewfit._calendar.timed import TimedProcess
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import BoolArray, FloatColumn, IndexArray

DRAWS = 1_500
"""Pairs of draws, each with its mirror image, that a value is estimated from."""
_BOUND_DRAWS = 400
_CELLS = 80


@frozen(eq=False, repr=False)
class Draw:
    """Where one process stands at the date, in every draw.

    Attributes:
        places: The places that occur.
        place: Which of them each draw is in, ``(draws,)``.
        mean: Of the surplus, hours, likewise.
        collected: What its stages have brought and cost, hours, likewise.
    """

    places: tuple[Place, ...]
    place: IndexArray
    mean: FloatColumn
    collected: FloatColumn


def draw_process(
    process: TimedProcess,
    last: int,
    solution: CalendarSolution | None,
    normals: Iterator[FloatColumn],
    uniforms: Iterator[FloatColumn],
) -> Iterator[tuple[Draw, bool]]:
    """Play out one process up to a date, stage by stage.

    Args:
        process: From where it stands.
        last: The date.
        solution: The calendar of it alone, which says when to take a stage; None to
            take every one.
        normals, uniforms: Random columns, ``(draws,)`` each.

    Yields:
        Where it stands before the first stage, after each, and whether that is all.
    """
    chain, first = process.chain, next(uniforms)
    draws = first.size
    mean, collected = np.full(draws, chain.mean), np.zeros(draws)
    place = np.zeros(draws, dtype=np.intp)
    day = np.full(draws, process.opens)
    kinds = [Place(OPEN, 0) if process.size else Place(OFFERED)]
    moving = np.arange(draws) if process.size else np.empty(0, dtype=np.intp)
    step = 0
    while True:
        moving = moving[day[moving] < last]
        if process.closes is not None and not step and process.opens > process.closes:
            moving = moving[:0]
        if step >= process.size:
            moving = moving[:0]
        if solution is not None and moving.size:
            moving = moving[_takes(solution, step, mean[moving], day[moving])]
        if not moving.size:
            if process.gone_weekly and solution is not None:
                kinds.append(Place(GONE))
                place[_gone(process, kinds, place, last - day, next(uniforms))] = (
                    len(kinds) - 1
                )
            yield Draw(tuple(kinds), place.copy(), mean.copy(), collected.copy()), True
            return
        yield Draw(tuple(kinds), place.copy(), mean.copy(), collected.copy()), False
        while True:
            collected[moving] += chain.reward[step]
            mean[moving] += chain.drift[step]
            mean[moving] += chain.reveal[step] * next(normals)[moving]
            for chance, size in chain.facts[step] if chain.facts else ():
                holds = next(uniforms)[moving] < chance
                mean[moving] += size * (holds - chance)
            step += 1
            if process.phases[step - 1] is Phase.MIDWAY:
                break
        chances, days = zip(*process.lengths[process.stage(step - 1)], strict=True)
        drawn = np.searchsorted(np.cumsum(chances), next(uniforms)[moving])
        day[moving] += np.array(days)[np.minimum(drawn, len(days) - 1)]
        passed = next(uniforms)[moving] < chain.survive[step - 1]
        kinds += [
            Place(WAITING, step),
            Place(GONE),
            Place(OPEN, step) if step < process.size else Place(OFFERED),
        ]
        late = day[moving] > last
        place[moving[late]] = len(kinds) - 3
        place[moving[~late & ~passed]] = len(kinds) - 2
        moving = moving[~late & passed]
        place[moving] = len(kinds) - 1


def _gone(
    process: TimedProcess,
    kinds: Sequence[Place],
    place: IndexArray,
    days: IndexArray,
    uniforms: FloatColumn,
) -> BoolArray:
    """Whether the next stage was put off and is gone by the date, in each draw.

    Args:
        process: The process.
        kinds, place: The places that occur, and which of them each draw is in.
        days: For how many days it is put off, ``(draws,)``.
        uniforms: A random column, likewise.
    """
    is_open = np.array([item.kind == OPEN for item in kinds])[place]
    stays = (1.0 - process.gone_weekly) ** (np.maximum(days, 0) / 7.0)
    return np.asarray(is_open & (uniforms >= stays))


def _takes(
    solution: CalendarSolution, step: int, mean: FloatColumn, day: IndexArray
) -> IndexArray:
    """Positions of the draws in which the next stage is taken.

    Args:
        solution: The calendar of the process alone.
        step: Index of its next step.
        mean: Of the surplus, hours, ``(draws,)``.
        day: On which the stage can be had, likewise.
    """
    taken = np.zeros(mean.size, dtype=np.bool_)
    for today in np.unique(day).tolist():
        rows = np.flatnonzero(day == today)
        lead = lead_of_taking(solution, step, today)
        taken[rows] = np.interp(mean[rows], solution.grids[0].points, lead) > 0.0
    return np.flatnonzero(taken)


def lead_of_taking(
    solution: CalendarSolution, step: int, day: int, segment: int = 0
) -> FloatColumn:
    """By how much taking the next stage beats all else, over the grid, hours.

    It is above 0 where the rule takes it.

    Args:
        solution: The calendar of a process alone.
        step: Index of its next step.
        day: On which the stage can be had.
        segment: Index of what is in hand then.
    """
    options = solution.state(day, segment, (Place(OPEN, step, day),)).options
    others = [value for name, value in options.items() if name != 0]
    lead = options[0] - np.maximum.reduce(np.broadcast_arrays(*others))
    return np.asarray(np.broadcast_to(lead, solution.grids[0].points.shape))


def rule_value(
    processes: Sequence[TimedProcess],
    segment: Segment,
    afterwards: Afterwards,
    solutions: Mapping[int, CalendarSolution],
    seed: int,
    draws: int = DRAWS,
) -> tuple[float, float]:
    """What the rule is worth, and the standard error of that, hours.

    The same seed gives the same value, whatever else is drawn.

    Args:
        processes, segment, afterwards: The search.
        solutions: The calendar of each process alone that moves, by its number.
        seed: Of the random numbers.
        draws: Pairs of draws.
    """
    ends = []
    for number, (process, (normals, uniforms)) in enumerate(
        zip(processes, _randoms(seed, processes, draws), strict=True)
    ):
        alone = solutions.get(number)
        *_, (end, _) = draw_process(process, segment.last, alone, normals, uniforms)
        ends.append(end)
    in_hand, rest = at_the_date(ends, segment.value, afterwards)
    values = np.maximum(in_hand, rest)
    for end in ends:
        values = values + end.collected
    pairs = 0.5 * (values[:draws] + values[draws:])
    return float(pairs.mean()), float(pairs.std(ddof=1)) / sqrt(draws)


def at_the_date(
    ends: Sequence[Draw], in_hand: float, afterwards: Afterwards
) -> tuple[FloatColumn, FloatColumn]:
    """What stopping and going on are worth at the date in every draw, hours.

    The rule does the better of the two.

    Args:
        ends: Where each process stands.
        in_hand: The surplus of what is in hand, hours.
        afterwards: What is left of each process.
    """
    edges = _edges(afterwards)
    width = np.diff(edges)
    draws = ends[0].mean.size
    best, exits = np.full(draws, in_hand), np.zeros(draws)
    level, chance = np.full(draws, afterwards.base), np.ones((draws, _CELLS))
    for number, end in enumerate(ends):
        for kind, place in enumerate(end.places):
            rows = np.flatnonzero(end.place == kind)
            if not rows.size:
                continue
            table = afterwards.table(number, place)
            means = end.mean[rows, None]
            if (means == means[0]).all():
                # Whoever has not begun stands where they stood.
                means = means[:1]
            gains = table.at(means - edges)
            chance[rows] *= 1.0 + np.diff(gains, axis=1) / width
            level[rows] += table.level
            exits[rows] += afterwards.exit(number, place)
            if place.kind == OFFERED:
                best[rows] = np.maximum(best[rows], end.mean[rows])
    return best + exits, level + (1.0 - chance) @ width


def upper_bound(
    processes: Sequence[TimedProcess],
    segment: Segment,
    afterwards: Afterwards,
    seed: int,
) -> tuple[float, float]:
    """What nobody can exceed, and the standard error of that, hours.

    Args:
        processes, segment, afterwards: The search.
        seed: Of the random numbers.
    """
    edges = _edges(afterwards)
    width, draws = np.diff(edges), 2 * _BOUND_DRAWS
    in_hand = np.full(draws, segment.value)
    parts = []
    for number, (process, (normals, uniforms)) in enumerate(
        zip(processes, _randoms(seed, processes, _BOUND_DRAWS), strict=True)
    ):
        points = [
            draw
            for draw, _ in draw_process(process, segment.last, None, normals, uniforms)
        ]
        stops, levels, shares = [], [], []
        for draw in points:
            stop, level = draw.collected.copy(), draw.collected.copy()
            share = np.empty((draws, _CELLS))
            for kind, place in enumerate(draw.places):
                rows = np.flatnonzero(draw.place == kind)
                if rows.size:
                    table = afterwards.table(number, place)
                    gains = table.at(draw.mean[rows, None] - edges)
                    share[rows] = -np.diff(gains, axis=1) / width
                    # What is gone costs nothing to leave.
                    floor = 0.0 if process.gone_weekly else -np.inf
                    level[rows] += max(table.level, floor)
                    stop[rows] += max(afterwards.exit(number, place), floor)
                    if place.kind == OFFERED:
                        over = np.maximum(0.0, draw.mean[rows] - segment.value)
                        stop[rows] += over
            stops.append(stop)
            levels.append(level)
            shares.append(share)
        in_hand += np.maximum.reduce(stops)
        parts.append((levels, shares, np.minimum.reduce(shares)))
    least = np.stack([lowest for _, _, lowest in parts])
    least = np.log1p(-np.minimum(least, 1.0 - 1e-12))
    whole = least.sum(axis=0)
    rest = afterwards.base + (1.0 - np.exp(whole)) @ width
    for (levels, shares, lowest), alone in zip(parts, least, strict=True):
        others = width * np.exp(whole - alone)
        options = [
            level + ((share - lowest) * others).sum(axis=1)
            for level, share in zip(levels, shares, strict=True)
        ]
        rest += np.maximum.reduce(options)
    values = np.maximum(in_hand, rest)
    pairs = 0.5 * (values[:_BOUND_DRAWS] + values[_BOUND_DRAWS:])
    return float(pairs.mean()), float(pairs.std(ddof=1)) / sqrt(_BOUND_DRAWS)


def _edges(afterwards: Afterwards) -> FloatColumn:
    """Fewer cells than ``Afterwards.edges``, wider where hardly any process comes."""
    low, high = float(afterwards.edges[0]), float(afterwards.edges[-1])
    shares = np.linspace(0.0, 1.0, _CELLS + 1)
    return np.asarray(low + (high - low) * shares * shares)


def _randoms(
    seed: int, processes: Sequence[TimedProcess], draws: int
) -> Iterator[tuple[Iterator[FloatColumn], Iterator[FloatColumn]]]:
    """Yield the normal and the uniform columns of every process.

    The second half of each column mirrors the first. Those of a process do not depend
    on the others, nor on how often it draws from them.

    Args:
        seed: Of all of them.
        processes: The processes; their names are part of the seed.
        draws: Pairs of draws.
    """
    for process in processes:
        child = np.random.SeedSequence((seed, crc32(process.name.encode())))
        first, second = (np.random.default_rng(item) for item in child.spawn(2))

        def normals(rng: np.random.Generator = first) -> Iterator[FloatColumn]:
            while True:
                column = rng.standard_normal(draws)
                yield np.concatenate((column, -column))

        def uniforms(rng: np.random.Generator = second) -> Iterator[FloatColumn]:
            while True:
                column = rng.random(draws)
                yield np.concatenate((column, 1.0 - column))

        yield normals(), uniforms()
