"""Somebody who follows the rule of a calendar, in many draws at once.

They look up what is best on each day in the places they are in, by the values that the
rule was found with; what comes of a stage is drawn from its normal news. After the date
the search is worth what the index says (``afterwards``), which other tests check.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.beside import rest_of, solve_beside
from interviewfit._calendar.joint import CalendarSolution
from interviewfit._calendar.places import (
    GONE,
    OFFERED,
    OPEN,
    WAITING,
    Place,
    Segment,
    with_place,
)
from interviewfit._calendar.timed import TimedProcess

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]


@frozen(eq=False)
class Player:
    """Who follows a rule.

    Attributes:
        solution: The processes that move up to the date.
        moving: Their numbers.
        processes: All processes.
        afterwards: What is left of each.
    """

    solution: CalendarSolution
    moving: tuple[int, ...]
    processes: tuple[TimedProcess, ...]
    afterwards: Afterwards

    @classmethod
    def of(
        cls, processes: Sequence[TimedProcess], segment: Segment, method: str
    ) -> "Player":
        ordered = sorted(processes, key=lambda process: process.name)
        reach = [process.steps_by(segment.last) for process in ordered]
        after = Afterwards.of(ordered, 0.0, reach)
        now = tuple(Place(OPEN, 0, process.opens) for process in ordered)
        numbers = range(len(ordered))
        if len(ordered) <= 2:
            solution = CalendarSolution.of(ordered, [segment], rest_of(after))
            return cls(solution, tuple(numbers), tuple(ordered), after)
        groups: list[tuple[int, ...]] = [(number,) for number in numbers]
        if method != "single":
            groups = [(i, j) for i in numbers for j in numbers if i < j]
        found = [
            (group, solve_beside(group, ordered, [segment], after, now))
            for group in groups
        ]
        group, solution = max(
            found,
            key=lambda pair: pair[1].now(pair[1].value(0, 0, pair[1].start)),
        )
        return cls(solution, group, tuple(ordered), after)

    def play(self, draws: int, rng: np.random.Generator) -> Floats:
        """What comes of it in every draw, hours; draws in the same places go together.

        Whoever waits may meet others who came the same way, so groups are joined.
        """
        solution = self.solution
        means = np.array([[process.chain.mean] for process in solution.processes])
        means = np.repeat(means, draws, axis=1)
        total = np.zeros(draws)
        groups = {(0, solution.start): np.arange(draws)}
        while groups:
            day, places = min(groups)
            rows = groups.pop((day, places))
            due = [
                number
                for number, place in enumerate(places)
                if place.kind == WAITING and place.day <= day
            ]
            if due:
                moves = self._answered(places, due[0], rows, rng)
            else:
                moves = self._acted(day, places, rows, means, total, rng)
            for when, after, some in moves:
                key = (day if when is None else when), after
                joined = groups.get(key, np.empty(0, dtype=np.intp))
                groups[key] = np.concatenate((joined, some))
        return total

    def _answered(
        self,
        places: tuple[Place, ...],
        number: int,
        rows: Rows,
        rng: np.random.Generator,
    ) -> Iterator[tuple[int | None, tuple[Place, ...], Rows]]:
        """Yield where each draw stands once an answer has come."""
        process, place = self.solution.processes[number], places[number]
        passed = rng.random(rows.size) < process.chain.survive[place.step - 1]
        on = Place(OPEN, place.step, place.day)
        if place.step == process.size:
            on = Place(OFFERED)
        for after, some in ((on, rows[passed]), (Place(GONE), rows[~passed])):
            if some.size:
                yield None, with_place(places, number, after), some

    def _acted(
        self,
        day: int,
        places: tuple[Place, ...],
        rows: Rows,
        means: Floats,
        total: Floats,
        rng: np.random.Generator,
    ) -> Iterator[tuple[int | None, tuple[Place, ...], Rows]]:
        """Yield where each draw stands once the best has been done."""
        solution = self.solution
        state = solution.state(day, 0, places)
        names = list(state.options)
        values = [self._look_up(state.options[name], means[:, rows]) for name in names]
        best = np.argmax(values, axis=0)
        for choice, name in enumerate(names):
            some = rows[best == choice]
            if not some.size:
                continue
            if name in ("stop", "lapse") or day > solution.segments[0].last:
                total[some] += values[choice][best == choice]
            elif name == "wait":
                yield from self._waited(day, state.next_day, places, some, rng)
            else:
                number = int(name)
                process, step = solution.processes[number], places[number].step
                chain = process.chain
                for half in (step, step + 1):
                    news = rng.standard_normal(some.size)
                    means[number, some] += chain.drift[half] + chain.reveal[half] * news
                    total[some] += chain.reward[half]
                chances, days = zip(*process.lengths[process.stage(step)], strict=True)
                drawn = rng.choice(days, some.size, p=np.array(chances) / sum(chances))
                for length in np.unique(drawn).tolist():
                    waits = Place(WAITING, step + 2, day + length)
                    yield None, with_place(places, number, waits), some[drawn == length]

    def _waited(
        self,
        day: int,
        next_day: int,
        places: tuple[Place, ...],
        rows: Rows,
        rng: np.random.Generator,
    ) -> Iterator[tuple[int | None, tuple[Place, ...], Rows]]:
        """Yield where each draw stands on the next day; what waited may be gone."""
        groups = [(places, rows)]
        for number, place in enumerate(places):
            stays = self.solution.processes[number].stays(next_day - day)
            if place.kind != OPEN or place.day > day or stays == 1.0:
                continue
            parts = []
            for after, some in groups:
                there = rng.random(some.size) < stays
                parts.append((after, some[there]))
                parts.append((with_place(after, number, Place(GONE)), some[~there]))
            groups = parts
        for after, some in groups:
            if some.size:
                yield next_day, after, some

    def _look_up(self, values: Floats, means: Floats) -> Floats:
        """A value at some means, straight between the points of the grid."""
        count = means.shape[1]
        index, shares = [], []
        for grid, size, mean in zip(
            self.solution.grids, values.shape, means, strict=True
        ):
            if size == 1:
                index.append(np.zeros((2, count), dtype=np.intp))
                shares.append(np.array([np.ones(count), np.zeros(count)]))
                continue
            points = grid.points
            row = np.clip(np.searchsorted(points, mean), 1, points.size - 1)
            share = (mean - points[row - 1]) / (points[row] - points[row - 1])
            index.append(np.array([row - 1, row]))
            shares.append(np.array([1.0 - share, share]))
        result = np.zeros(count)
        for corner in np.ndindex(*(2,) * len(index)):
            where = tuple(rows[side] for rows, side in zip(index, corner, strict=True))
            weight = np.ones(count)
            for share, side in zip(shares, corner, strict=True):
                weight = weight * share[side]
            result += weight * values[where]
        return result
