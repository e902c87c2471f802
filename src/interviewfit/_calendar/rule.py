"""How to act up to a date: which stages to take, and what decides at the date."""

from collections.abc import Iterator, Sequence
from math import fsum, inf

import numpy as np
from attrs import frozen

from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.joint import CalendarSolution
from interviewfit._calendar.places import (
    OPEN,
    WAITING,
    Place,
    Segment,
    State,
    with_place,
)
from interviewfit._calendar.sampling import lead_of_taking
from interviewfit._calendar.timed import TimedProcess
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, FloatColumn

# Share of the largest lead below which a lead is rounding.
_TIE_SHARE = 1e-13
_MOST_RULES = 40


@frozen
class CalendarStep:
    """One stage on the way to a date.

    Attributes:
        day: From today.
        process: Its name.
        title: Of the stage.
        above: Take it while the mean of the surplus is above this, hours; -inf: in any
            case.
    """

    day: int
    process: str
    title: str
    above: Worth


@frozen
class CalendarAnswer:
    """What decides at a date.

    Attributes:
        day: From today.
        rest: What the search without it is then worth as things stand, hours.
        above: Of each process by name, the mean from which what is in hand is let go,
            all others as now, hours; inf if no mean does that.
    """

    day: int
    rest: Worth
    above: tuple[tuple[str, Worth], ...]


def expected_path(
    solution: CalendarSolution,
) -> tuple[tuple[CalendarStep, ...], CalendarAnswer | None]:
    """The stages up to the first date if all goes on, and what decides at the date.

    Args:
        solution: Of one process or two.
    """
    day, places, steps = 0, solution.start, list[CalendarStep]()
    last = solution.segments[0].last
    for _ in range(_MOST_RULES):
        places = solution.passed(day, places)
        state = solution.state(day, 0, places)
        if day >= last:
            return tuple(steps), _answer(solution, state, day)
        best = max(state.options, key=lambda name: solution.now(state.options[name]))
        if best == "stop" and not steps:
            return (), _answer(solution, state, day)
        if isinstance(best, int):
            process, place = solution.processes[best], places[best]
            above = _limit(solution, state, best, best)
            title = process.titles[process.stage(place.step)] if process.titles else ""
            steps.append(CalendarStep(day, process.name, title, above))
            places = _after_stage(solution, day, places, best)
        else:
            day = state.next_day
    return tuple(steps), None


def _after_stage(
    solution: CalendarSolution, day: int, places: tuple[Place, ...], number: int
) -> tuple[Place, ...]:
    """The places once the next stage of a process is over.

    Its answer comes when it is most likely to, and the place is that of somebody who
    waits for it.

    Args:
        solution: The calendar.
        day, places: The day, and the places before the stage.
        number: Of the process.
    """
    process, step = solution.processes[number], places[number].step
    step += 1 if process.phases[step] is Phase.MIDWAY else 2
    length = process.lengths[process.stage(step - 1)]
    days = max(length, key=lambda item: item[0])[1]
    return with_place(places, number, Place(WAITING, step, day + days))


def _limit(
    solution: CalendarSolution, state: State, option: str | int, process: int
) -> Worth:
    """The mean of a process above which something is the best to do, hours.

    All others are as now. It is found on the grid, straight between two points.

    Args:
        solution, state: The calendar, and a day with places.
        option: What is to be the best.
        process: Whose mean moves; all others are as now.
    """
    others = [value for name, value in state.options.items() if name != option]
    best = np.maximum.reduce(np.broadcast_arrays(*others))
    lead = np.broadcast_to(state.options[option] - best, state.value.shape)
    index: list[int | slice] = list(solution.index(lead))
    index[process] = slice(None)
    start = solution.grids[process].start
    return crossing(solution.grids[process].points, lead[tuple(index)], start)


def crossing(points: FloatColumn, lead: FloatArray, start: int) -> Worth:
    """The mean nearest to the present one at which a lead comes to be above 0, hours.

    Args:
        points, lead: Means and leads there, hours, ``(points,)``; a single lead is the
            same everywhere.
        start: Index of the present mean.

    Returns:
        -inf or inf if the lead is above 0 at all lower means, or at no higher one.
    """
    if lead.size != points.size:
        return -inf if lead[0] > 0.0 else inf
    # What only rounding tells from a tie is one, but for what is done as things stand.
    ties = np.abs(lead) <= _TIE_SHARE * np.abs(lead).max()
    ties[start] = False
    lead = np.where(ties, 0.0, lead)
    low = lead <= 0.0
    if low[start]:
        above = np.flatnonzero(~low[start:])
        if not above.size:
            return inf
        row = start + int(above[0]) - 1
    else:
        below = np.flatnonzero(low[:start])
        if not below.size:
            return -inf
        row = int(below[-1])
    share = -lead[row] / (lead[row + 1] - lead[row])
    return float(points[row] + share * (points[row + 1] - points[row]))


def _answer(solution: CalendarSolution, state: State, day: int) -> CalendarAnswer:
    """What decides at a date.

    Args:
        solution, state, day: The calendar, and what can be done on the date.
    """
    limits_by_name = (
        tuple(
            (process.name, _limit(solution, state, "lapse", number))
            if state.value.shape[number] > 1
            else (process.name, inf)
            for number, process in enumerate(solution.processes)
        )
        if "lapse" in state.options
        else ()
    )
    rest = solution.now(state.options["lapse"]) if "lapse" in state.options else -inf
    return CalendarAnswer(day, rest, limits_by_name)


def steps_alone(
    solutions: Sequence[CalendarSolution], last: int
) -> Iterator[CalendarStep]:
    """Yield the stages of every process up to a date, if each goes on.

    They are in the order of the processes, and stop where a stage is not worth taking
    as things stand.

    Args:
        solutions: The calendar of each process alone.
        last: The date.
    """
    for solution in solutions:
        (process,) = solution.processes
        day, places = 0, solution.start
        for _ in range(_MOST_RULES):
            (place,) = places = solution.passed(day, places)
            if place.kind != OPEN or max(day, place.day) >= last:
                break
            day = max(day, place.day)
            lead = lead_of_taking(solution, place.step, day)
            if lead[solution.grids[0].start] <= 0.0:
                break
            title = process.titles[process.stage(place.step)] if process.titles else ""
            grid = solution.grids[0]
            above = crossing(grid.points, lead, grid.start)
            yield CalendarStep(day, process.name, title, above)
            places = _after_stage(solution, day, places, 0)
            day = places[0].day


def answer_alone(
    processes: Sequence[TimedProcess],
    segment: Segment,
    afterwards: Afterwards,
    places: tuple[Place, ...],
) -> CalendarAnswer:
    """What decides at a date, by each process alone, all others as now.

    The others may have moved until then; the rule compares them all, and these limits
    only say how much it would take of one.

    Args:
        processes, segment, afterwards, places: The search.
    """
    exits = [afterwards.exit(number, place) for number, place in enumerate(places)]
    above = []
    for number, process in enumerate(processes):
        grid = process.chain.mean + np.linspace(-4.0, 4.0, 401) * _reach(process)
        rest = afterwards.beside(
            (number,), [places[number]], [grid], places, segment.last
        )
        lead = rest - segment.value - fsum(exits)
        above.append((process.name, crossing(grid, lead, grid.size // 2)))
    return CalendarAnswer(segment.last, rest_now(afterwards, places), tuple(above))


def _reach(process: TimedProcess) -> Worth:
    """How far the mean of a process may come to move, hours."""
    news = float(np.hypot.reduce(np.array(process.chain.reveal)))
    sizes = [abs(size) for item in process.chain.facts for _, size in item]
    return max(1.0, news + fsum(sizes))


def rest_now(afterwards: Afterwards, places: tuple[Place, ...]) -> Worth:
    """What the search without anything in hand is worth now, hours.

    Args:
        afterwards, places: What is left of each process, and where it stands.
    """
    mean = np.array([afterwards.processes[0].chain.mean])
    return float(afterwards.beside((0,), places[:1], [mean], places)[0])
