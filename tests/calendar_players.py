"""Somebody who follows the rule of a calendar, in many draws at once.

They look up what is best on each day in the places they are in, by the values that the
rule was found with; what comes of a stage is drawn from its normal news. After the date
the search is worth what the index says (``afterwards``), which other tests check.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.joint import CalendarSolution, rest_of
from interviewfit._calendar.places import (
    GONE,
    OFFERED,
    OPEN,
    WAITING,
    Place,
    Segment,
    with_place,
)
from interviewfit._calendar.sampling import solve_beside
from interviewfit._calendar.timed import TimedProcess

Floats = npt.NDArray[np.float64]


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
            (group, solve_beside(group, ordered, segment, after, now))
            for group in groups
        ]
        group, solution = max(
            found,
            key=lambda pair: pair[1].now(pair[1].value(0, 0, pair[1].start)),
        )
        return cls(solution, group, tuple(ordered), after)

    def play(self, draws: int, rng: np.random.Generator) -> Floats:
        """What comes of it in every draw, hours."""
        return np.array([self._once(rng) for _ in range(draws)])

    def _once(self, rng: np.random.Generator) -> float:
        solution = self.solution
        day, places, total = 0, solution.start, 0.0
        means = [process.chain.mean for process in solution.processes]
        last = solution.segments[0].last
        while True:
            places = self._answers(day, places, rng)
            state = solution.state(day, 0, places)
            best = max(
                state.options,
                key=lambda name: self._look_up(state.options[name], means),
            )
            if best in ("stop", "lapse") or day > last:
                return total + self._look_up(state.options[best], means)
            if best == "wait":
                day = state.next_day
                continue
            number = int(best)
            gained, places = self._stage(day, places, number, means, rng)
            total += gained

    def _look_up(self, values: Floats, means: Sequence[float]) -> float:
        """A value at some means, straight between the points of the grid."""
        for grid, mean in zip(self.solution.grids, means, strict=True):
            if values.shape[0] == 1:
                values = values[0]
                continue
            points = grid.points
            row = int(np.clip(np.searchsorted(points, mean), 1, points.size - 1))
            share = (mean - points[row - 1]) / (points[row] - points[row - 1])
            values = values[row - 1] * (1.0 - share) + values[row] * share
        return float(values)

    def _answers(
        self, day: int, places: tuple[Place, ...], rng: np.random.Generator
    ) -> tuple[Place, ...]:
        """The places once every answer that is due has come."""
        for number, place in enumerate(places):
            if place.kind == WAITING and place.day <= day:
                process = self.solution.processes[number]
                if rng.random() >= process.chain.survive[place.step - 1]:
                    after = Place(GONE)
                elif place.step == process.size:
                    after = Place(OFFERED)
                else:
                    after = Place(OPEN, place.step, place.day)
                places = with_place(places, number, after)
        return places

    def _stage(
        self,
        day: int,
        places: tuple[Place, ...],
        number: int,
        means: list[float],
        rng: np.random.Generator,
    ) -> tuple[float, tuple[Place, ...]]:
        """What the next stage of a process costs, and the places after it."""
        process, step = self.solution.processes[number], places[number].step
        chain, total = process.chain, 0.0
        for half in (step, step + 1):
            total += chain.reward[half]
            means[number] += chain.drift[half]
            means[number] += chain.reveal[half] * rng.standard_normal()
        chances, days = zip(*process.lengths[process.stage(step)], strict=True)
        drawn = int(rng.choice(days, p=np.array(chances) / sum(chances)))
        return total, with_place(places, number, Place(WAITING, step + 2, day + drawn))
