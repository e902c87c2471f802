"""How limits move with the weeks where the outside option changes on a date.

As things stand, each stage is worth taking while the mean is above a limit, and an
offer worth accepting from a limit on. Both fall as the day comes nearer from which the
outside option is worth less. They follow from the calendar solved once (``joint``): on
the first day t of a week, with what runs as it stands today,

    take a stage while   stage(t, m) > max(in hand + exits, V(t', m))
    accept an offer from V(t) - exits on

A price of each day does not move them: it is the same on every day.

Reference: as ``joint``.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.beside import rest_of, solve_beside
from interviewfit._calendar.dated_search import DatedSearch
from interviewfit._calendar.joint import CalendarSolution
from interviewfit._calendar.places import OPEN, Place, Segment, TooManyStatesError
from interviewfit._calendar.rule import crossing
from interviewfit._calendar.sampling import lead_of_taking
from interviewfit._calendar.timed import TimedProcess
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._results.calendar import WeeklyLimit

_MOST_WEEKS = 12
_POINTS = {1: 200, 2: 56}


def weekly_limits(search: DatedSearch) -> tuple[WeeklyLimit, ...]:
    """The limits of each week up to the last change of the outside option.

    Args:
        search: With its dates.

    Returns:
        Those of offers first, then those of each stage ahead; none if the outside
        option does not change, or there are too many places to solve.
    """
    segments, base = search.path_segments()
    processes = [item for item in search.agenda.processes if not item.is_later]
    if not segments or not processes:
        return ()
    weeks = _weeks(search, segments[-1].last)
    try:
        accepting = _accepting(search, segments, base, weeks)
        going = [
            item
            for process in processes
            for item in _going(search, process, segments, base, weeks)
        ]
    except TooManyStatesError:
        return ()
    return (*accepting, *going)


def _weeks(search: DatedSearch, last: int) -> list[int]:
    """The first days of some weeks, as days from today; today is that of the first.

    Args:
        search: Says what day today is.
        last: The last day before the last change; the week after it counts as well.

    Weeks begin on Mondays; of very many some are taken, evenly.
    """
    days = [0, *range(7 - search.agenda.today.weekday(), last + 8, 7)]
    if len(days) <= _MOST_WEEKS:
        return days
    chosen = np.linspace(0, len(days) - 1, _MOST_WEEKS).round().astype(int)
    return [days[number] for number in chosen.tolist()]


def _accepting(
    search: DatedSearch, segments: Sequence[Segment], base: Worth, weeks: Sequence[int]
) -> list[WeeklyLimit]:
    """From which fit on an offer is accepted, week by week.

    Args:
        search, segments, base: The search, and its outside option.
        weeks: First days.
    """
    processes = sorted(search.agenda.processes, key=lambda process: process.name)
    afterwards = Afterwards.of(processes, base, [item.size for item in processes])
    numbers = [n for n, process in enumerate(processes) if not process.is_later]
    numbers.sort(key=lambda number: -processes[number].chain.mean)
    moving = tuple(sorted(numbers[:2]))
    now = tuple(Place(OPEN, 0, process.opens) for process in processes)
    solution = solve_beside(moving, processes, segments, afterwards, now)
    percent = max(search.hours_per_percent.values(), default=0.0)
    limits = []
    for day in weeks:
        segment = next(
            (n for n, item in enumerate(segments) if item.last > day), len(segments)
        )
        places = tuple(
            Place(OPEN, 0, max(day, processes[number].opens)) for number in moving
        )
        value = solution.now(solution.value(day, segment, places)) - search.exits
        if percent > 0.0:
            on = search.agenda.date(day)
            limits.append(WeeklyLimit(on=on, above=value / percent))
    return limits


def _going(
    search: DatedSearch,
    process: TimedProcess,
    segments: Sequence[Segment],
    base: Worth,
    weeks: Sequence[int],
) -> Iterator[WeeklyLimit]:
    """Yield above which fit each stage of a process is taken, week by week.

    Args:
        search, process: The search, and a process by itself.
        segments, base: The outside option.
        weeks: First days.
    """
    percent = search.hours_per_percent[process.name]
    if percent <= 0.0 or not process.size:
        return
    for step, phase in enumerate(process.phases):
        if phase is not Phase.BEFORE:
            continue
        ahead = process.ahead(step)
        rest = rest_of(Afterwards.of([ahead], base, [ahead.size]))
        solution = CalendarSolution.of([ahead], segments, rest, points=_POINTS)
        grid = solution.grids[0]
        for day in weeks:
            segment = next((n for n, s in enumerate(segments) if s.last > day), None)
            if segment is None:
                solved = SolvedProcesses.of([ahead.chain])
                above = base + float(solved.thresholds(0)[0])
            else:
                lead = lead_of_taking(solution, 0, day, segment)
                above = crossing(grid.points, lead, grid.start)
            yield WeeklyLimit(
                on=search.agenda.date(day),
                opportunity=process.name,
                stage=ahead.titles[0] if ahead.titles else "",
                above=above / percent,
            )
