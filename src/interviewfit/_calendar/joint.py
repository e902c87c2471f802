"""One process or two on the calendar, solved backwards over every place and mean.

On any day before a date T one may take the next stage of a process that can be had, or
wait for the next day on which something becomes known. What is in hand may be taken on
any day up to T: an offer of surplus y, and the exits of all that runs. At T it is taken
for the last time; what is left then is the search without it (``afterwards``), or with
what is in hand until the following date. With the places s of the processes, and the
means m of what is still open,

    V(t, s, m) = max(in hand + exits, next stage of i, V(t', s, m) - cost of the days)
    V(T, s, m) = max(in hand + exits, V without what lapses)

Answers come after their days: V is then the mean over passing and not. A stage is two
steps; one may walk out midway. Only places that can be reached are solved, so the cost
is their number times that of an expectation on a grid.

Reference: R. Bellman, "Dynamic Programming" (1957).
"""

from collections.abc import Callable, Mapping, Sequence
from math import fsum
from typing import TypeAlias

import numpy as np
from attrs import define, field

from interviewfit._calendar.grids import MeanGrid
from interviewfit._calendar.places import (
    GONE,
    OFFERED,
    OPEN,
    WAITING,
    Place,
    Segment,
    State,
    TooManyStatesError,
    along,
    outcomes_of,
    with_place,
)
from interviewfit._calendar.timed import TimedProcess
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, FloatColumn, matrix_product

Rest: TypeAlias = Callable[[tuple[Place, ...]], FloatArray]
"""The value of the search after the last date, from places, over the grids."""

MOST_STATES = 1_500
"""Places on days that are solved at most."""
POINTS: Mapping[int, int] = {1: 600, 2: 128}
"""Of the grid of a process, by the number of processes."""


@define(eq=False, repr=False)
class CalendarSolution:
    """The search over the calendar, solved.

    Attributes:
        processes: One or two.
        segments: What is in hand, by its last day, ascending.
        grids: Of the mean of each process.
        day_cost: What a day of search costs, hours.
        outer: Exits of processes that are not looked at here, hours.
    """

    processes: tuple[TimedProcess, ...]
    segments: tuple[Segment, ...]
    grids: tuple[MeanGrid, ...]
    day_cost: float
    outer: float
    _rest: Rest
    _states: dict[tuple[int, int, tuple[Place, ...]], State] = field(factory=dict)
    _rests: dict[tuple[Place, ...], FloatArray] = field(factory=dict)

    @classmethod
    def of(
        cls,
        processes: Sequence[TimedProcess],
        segments: Sequence[Segment],
        rest: Callable[[tuple[Place, ...], tuple[FloatColumn, ...]], FloatArray],
        day_cost: float = 0.0,
        outer: float = 0.0,
        points: Mapping[int, int] = POINTS,
        grids: Sequence[MeanGrid] = (),
        rests: dict[tuple[Place, ...], FloatArray] | None = None,
    ) -> "CalendarSolution":
        """Set up the search; places are solved when they are asked for.

        Args:
            processes: One or two.
            segments: What is in hand, by its last day, ascending.
            rest: The value after the last date, from places, at the points of grids.
            day_cost: What a day of search costs, hours.
            outer: Exits of processes that are not looked at here, hours.
            points: Of a grid, by the number of processes.
            grids: Of the mean of each process, if they are there.
            rests: What *rest* has told before, updated.
        """
        last, count = segments[-1].last, len(processes)
        grids = tuple(grids) or tuple(
            MeanGrid.of(process, process.steps_by(last), points[count])
            for process in processes
        )
        means = tuple(grid.points for grid in grids)
        return cls(
            tuple(processes),
            tuple(segments),
            grids,
            day_cost,
            outer,
            lambda places: rest(places, means),
            rests={} if rests is None else rests,
        )

    @property
    def start(self) -> tuple[Place, ...]:
        """Where the processes stand today."""
        return tuple(
            Place(OPEN, 0, process.opens) if process.size else Place(OFFERED)
            for process in self.processes
        )

    def now(self, values: FloatArray) -> float:
        """A value over the grids, at the means as they are now.

        Args:
            values: Hours.
        """
        return float(values[self.index(values)])

    def index(self, values: FloatArray) -> tuple[int, ...]:
        """Where the means stand now in an array over the grids."""
        return tuple(
            grid.start if size > 1 else 0
            for grid, size in zip(self.grids, values.shape, strict=True)
        )

    def rest(self, places: tuple[Place, ...]) -> FloatArray:
        """The value of the search after the last date, over the grids, hours."""
        known = tuple(Place(place.kind, place.step) for place in places)
        if known not in self._rests:
            self._rests[known] = self._rest(known)
        return self._rests[known]

    def state(self, day: int, segment: int, places: tuple[Place, ...]) -> State:
        """Everything that can be done on a day, and what it is worth, solved once.

        Args:
            day: From today.
            segment: Index of what is in hand.
            places: Where the processes stand.

        Raises:
            TooManyStatesError: If there are more places than ``MOST_STATES``.
        """
        key = day, segment, places
        if key not in self._states:
            if len(self._states) >= MOST_STATES:
                raise TooManyStatesError
            self._states[key] = self._solve(day, segment, places)
        return self._states[key]

    def value(self, day: int, segment: int, places: tuple[Place, ...]) -> FloatArray:
        """The best that can be done, over the grids, hours.

        Answers that have come by the day are taken into account first, the chance to be
        passed on against that of a refusal.

        Args:
            day, segment, places: As ``state``; a segment beyond the last one is the
                search after it.
        """
        if segment == len(self.segments):
            return self.rest(places)
        due = self._due(day, places)
        if due is not None:
            return self._answered(day, segment, places, due)
        return self.state(day, segment, places).value

    def _due(self, day: int, places: tuple[Place, ...]) -> int | None:
        """The first process whose answer has come by a day.

        Args:
            day, places: The day, and where the processes stand.
        """
        for number, place in enumerate(places):
            if place.kind == WAITING and place.day <= day:
                return number
        return None

    def _answered(
        self, day: int, segment: int, places: tuple[Place, ...], number: int
    ) -> FloatArray:
        """The value once the answer to a stage is in: passed on or not.

        Whoever is passed on after the last stage has an offer in hand.

        Args:
            day, segment, places: As ``state``.
            number: Of the process.
        """
        process, step = self.processes[number], places[number].step
        passes = process.chain.survive[step - 1]
        following = Place(OPEN, step, places[number].day)
        if step == process.size:
            following = Place(OFFERED)
        value = passes * self.value(day, segment, with_place(places, number, following))
        if passes < 1.0:
            out = self.value(day, segment, with_place(places, number, Place(GONE)))
            value = value + (1.0 - passes) * out
        return np.asarray(value)

    def _solve(self, day: int, segment: int, places: tuple[Place, ...]) -> State:
        """Work out a state.

        Args:
            day, segment, places: As ``state``.
        """
        last = self.segments[segment].last
        options: dict[str | int, FloatArray] = {}
        options["stop"] = self._in_hand(segment, places)
        options["lapse"] = self.value(day, segment + 1, places)
        next_day = last
        if day < last:
            for number, place in enumerate(places):
                if self._can_take(number, day, place) and place.day <= day:
                    options[number] = self._take(day, segment, places, number)
            ahead = [
                place.day
                for place in places
                if place.kind in (OPEN, WAITING) and day < place.day < last
            ]
            next_day = min([last, *ahead])
            options["wait"] = self._waited(day, next_day, segment, places)
            if segment + 1 < len(self.segments):
                # To let it go early brings nothing that waiting does not.
                del options["lapse"]
        value = next(iter(options.values()))
        for other in options.values():
            value = np.maximum(value, other)
        return State(value, options, next_day)

    def _waited(
        self, day: int, next_day: int, segment: int, places: tuple[Place, ...]
    ) -> FloatArray:
        """The value on the next day less the cost of the days, over what is gone then.

        Args:
            day, next_day: From which day to which one waits.
            segment, places: As ``state``.
        """
        value = np.full((), -self.day_cost * (next_day - day))
        waits = [place.kind == OPEN and place.day <= day for place in places]
        stays = [
            process.stays((next_day - day) * waiting)
            for process, waiting in zip(self.processes, waits, strict=True)
        ]
        for chance, after in outcomes_of(self._lapsed(next_day, places), stays):
            value = value + chance * self.value(next_day, segment, after)
        return value

    def _can_take(self, number: int, day: int, place: Place) -> bool:
        """Whether the next stage of a process can still be had on a day.

        Args:
            number, day, place: The process, the day, and where it stands.
        """
        closes = self.processes[number].closes
        stands = bool(place.step or closes is None or day <= closes)
        return place.kind == OPEN and stands

    def _lapsed(self, day: int, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """Where the processes stand on a day, once invitations have lapsed.

        Args:
            day, places: The day, and where they stood before it.
        """
        for number, place in enumerate(places):
            if place.kind == OPEN and not self._can_take(number, day, place):
                places = with_place(places, number, Place(GONE))
        return places

    def _in_hand(self, segment: int, places: tuple[Place, ...]) -> FloatArray:
        """What stopping is worth: the best in hand, and the exits.

        Args:
            segment, places: As ``state``.
        """
        exits = fsum(
            process.exit(place.step, waiting=place.kind == WAITING)
            for process, place in zip(self.processes, places, strict=True)
            if place.kind in (OPEN, WAITING)
        )
        best = np.full((1,) * len(places), self.segments[segment].value)
        for number, (grid, place) in enumerate(zip(self.grids, places, strict=True)):
            if place.kind == OFFERED:
                best = np.maximum(best, along(grid.points, number, len(places)))
        return best + (exits + self.outer)

    def _take(
        self, day: int, segment: int, places: tuple[Place, ...], number: int
    ) -> FloatArray:
        """What the next stage of a process is worth, hours.

        Args:
            day, segment, places: As ``state``.
            number: Of the process.
        """
        process, step = self.processes[number], places[number].step
        chain = process.chain
        if process.phases[step] is Phase.BEFORE:
            inside = self._midway(day, segment, places, number, step + 1)
            inside = self._expectation(number, step, inside)
            return np.asarray(chain.reward[step] + inside)
        return self._midway(day, segment, places, number, step)

    def _midway(
        self, day: int, segment: int, places: tuple[Place, ...], number: int, step: int
    ) -> FloatArray:
        """The value in the middle of a stage: stay, or walk out.

        Who stays waits for the answer, which may take one of several numbers of days.

        Args:
            day, segment, places: As ``state``.
            number: Of the process.
            step: Index of its step that is next.
        """
        process = self.processes[number]
        chain = process.chain
        stays = np.zeros(())
        for chance, days in process.lengths[process.stage(step)]:
            waits = with_place(places, number, Place(WAITING, step + 1, day + days))
            stays = stays + chance * self.value(day, segment, waits)
        stays = chain.reward[step] + self._expectation(number, step, stays)
        out = self.value(day, segment, with_place(places, number, Place(GONE)))
        return np.asarray(np.maximum(stays, chain.exit[step] + out))

    def _expectation(self, number: int, step: int, values: FloatArray) -> FloatArray:
        """The expectation over the news of a step, over the grids.

        What does not depend on the mean of the process stays as it is.

        Args:
            number, step: The process, and the index of its step.
            values: After it, hours.
        """
        kernel = self.grids[number].kernels[step]
        if values.shape[number] == 1:
            return values
        if values.ndim == 1:
            return np.asarray(kernel @ values)
        if number == 0:
            return matrix_product(kernel, values)
        return matrix_product(values, kernel.T)

    @property
    def states(self) -> int:
        """How many places on days have been solved."""
        return len(self._states)

    def passed(self, day: int, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """The places on a day if every answer that has come is that one goes on.

        An invitation that has lapsed by then is gone, and an answer after the last
        stage is an offer.

        Args:
            day, places: The day, and the places before it.
        """
        while (number := self._due(day, places)) is not None:
            step = places[number].step
            following = Place(OPEN, step, places[number].day)
            if step == self.processes[number].size:
                following = Place(OFFERED)
            places = with_place(places, number, following)
        return self._lapsed(day, places)
