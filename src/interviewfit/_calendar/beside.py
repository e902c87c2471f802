"""One process or two on the calendar, beside others that stay where they are.

The others are begun after the date, or cannot be begun before it. So the places of
those that move are solved jointly as ever, and what is left after the date is the
search with all of them (``Afterwards.beside``). That is a rule that can be followed; it
is the best of all if no other process can be begun before the date.
"""

from collections.abc import Callable, Sequence
from math import fsum

from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.joint import CalendarSolution
from interviewfit._calendar.places import GONE, OPEN, Place, Segment
from interviewfit._calendar.timed import TimedProcess
from interviewfit._numeric.arrays import FloatArray, FloatColumn

_POINTS = {1: 200, 2: 56}


def solve_beside(
    moving: tuple[int, ...],
    processes: Sequence[TimedProcess],
    segments: Sequence[Segment],
    afterwards: Afterwards,
    places: tuple[Place, ...],
) -> CalendarSolution:
    """One process or two on the calendar, all others put off until after the date.

    Args:
        moving: Their numbers.
        processes: All processes.
        segments: What is in hand, by its last day.
        afterwards: What is left of each.
        places: Where each stands now.
    """
    last = segments[-1].last
    exits = {
        number: (
            afterwards.exit(number, place),
            processes[number].stays(last - place.day),
        )
        for number, place in enumerate(places)
        if number not in moving
    }
    # What is gone brings nothing to leave; what is there still may be gone by then.
    outer = fsum(min(value, value * stays) for value, stays in exits.values())
    chosen = [processes[number] for number in moving]
    rest = rest_beside(moving, afterwards, places, last)
    reach = tuple(process.steps_by(last) for process in chosen)
    stays = tuple(stays for _, stays in exits.values())
    return CalendarSolution.of(
        chosen,
        segments,
        rest,
        outer=outer,
        grids=[
            afterwards.grid(process, steps, _POINTS[len(moving)])
            for process, steps in zip(chosen, reach, strict=True)
        ],
        rests=afterwards.rests.setdefault((moving, places, reach, stays), {}),
    )


def solve_jointly(
    processes: Sequence[TimedProcess],
    segments: Sequence[Segment],
    afterwards: Afterwards,
    day_cost: float = 0.0,
) -> CalendarSolution:
    """One process or two on the calendar, and others that begin after every date.

    Args:
        processes: All of them, one or two of which can begin before.
        segments: What is in hand, by its last day.
        afterwards: What is left of each.
        day_cost: What a day of search costs, hours.
    """
    numbers = range(len(processes))
    moving = tuple(number for number in numbers if not processes[number].is_later)
    if len(moving) == len(processes):
        return CalendarSolution.of(processes, segments, rest_of(afterwards), day_cost)
    places = tuple(Place(OPEN, 0, process.opens) for process in processes)
    outer = fsum(
        afterwards.exit(number, places[number])
        for number in numbers
        if number not in moving
    )
    chosen = [processes[number] for number in moving]
    rest = rest_beside(moving, afterwards, places, segments[-1].last)
    return CalendarSolution.of(chosen, segments, rest, day_cost, outer)


def rest_beside(
    moving: tuple[int, ...],
    afterwards: Afterwards,
    now: tuple[Place, ...],
    last: int,
) -> Callable[[tuple[Place, ...], tuple[FloatColumn, ...]], FloatArray]:
    """The value after the last date, for one process or two beside others.

    The others stand where they stand now.

    Args:
        moving: The numbers of the processes that move.
        afterwards: What is left of each.
        now: Where each stands now.
        last: The date.
    """

    def rest(stands: tuple[Place, ...], points: tuple[FloatColumn, ...]) -> FloatArray:
        """The value after the date.

        Args:
            stands: Where the processes stand that move.
            points: Of their grids, hours.
        """
        means = [
            grid[:1] if place.kind == GONE else grid
            for place, grid in zip(stands, points, strict=True)
        ]
        return afterwards.beside(moving, stands, means, now, last)

    return rest


def rest_of(
    afterwards: Afterwards,
) -> Callable[[tuple[Place, ...], tuple[FloatColumn, ...]], FloatArray]:
    """The value after the last date, for one process or two.

    A process that is over has a single point.

    Args:
        afterwards: What is left of each.
    """

    def rest(places: tuple[Place, ...], points: tuple[FloatColumn, ...]) -> FloatArray:
        """The value from some places.

        Args:
            places: Where the processes stand.
            points: Of their grids, hours.
        """
        means = [
            grid[:1] if place.kind == GONE else grid
            for place, grid in zip(places, points, strict=True)
        ]
        return afterwards.value(places, means)

    return rest
