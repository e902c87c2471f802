"""What a search is worth while something is in hand up to a date, and how to act.

The method follows from the number of processes that run:

* none, or the date is today: the better of taking what is in hand and letting it go;
* the date leaves time for all, one after the other: the search with it in hand for
  good, by the index;
* one or two: solved jointly over the calendar (``joint``), exact;
* more: the best of stopping, letting go, the best single process and the best two of
  them on the calendar, and all of them by a rule that is played out (``sampling``). The
  search with it in hand for good, and perfect knowledge of what comes until the date,
  bound it from above.

An order of the processes does not matter: they are sorted by name first.
"""

from collections.abc import Sequence
from itertools import combinations
from math import fsum, inf

from attrs import frozen

from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.beside import solve_beside, solve_jointly
from interviewfit._calendar.joint import MOST_STATES, CalendarSolution
from interviewfit._calendar.places import OPEN, Place, Segment, TooManyStatesError
from interviewfit._calendar.rule import (
    CalendarAnswer,
    CalendarStep,
    answer_alone,
    expected_path,
    rest_now,
    steps_alone,
)
from interviewfit._calendar.sampling import rule_value, upper_bound
from interviewfit._calendar.timed import TimedProcess, days_in_turn
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth

MOST_JOINT = 2
"""Processes that are solved jointly over all dates; of more the first date counts."""
SEED = 20_261_129
"""Of the draws, where none is given."""
# Standard errors that are added to an upper bound that was drawn.
_ERRORS = 3.0
# Of so many that lead, every two are tried together, as long as these have few places,
# and so many pairs in any case.
_MOST_PAIRED, _LEAST_PAIRS = 6, 3
# Digits of an hour that tell two values apart.
_DIGITS = 6


@frozen
class DeadlineValue:
    """The value of a search with something in hand up to a date.

    Attributes:
        value: Of a rule that anybody can follow, hours.
        stop: Of taking what is in hand now, hours.
        rest: Of letting it go now, hours.
        upper: What no rule exceeds, hours; inf where no bound is known.
        standard_error: Of *value*, hours; 0 if nothing is drawn.
        method: How it was found: ``"today"``, ``"index"``, ``"joint"``, ``"single"``,
            ``"pair"`` or ``"draws"``.
        steps: Stages to take before the date, in order, if each goes as expected.
        answer: What decides at the date; None if nothing does.
        paused: Whether walking out of an interview was left out.
        states: How many places on days were solved.
    """

    value: Worth
    stop: Worth
    rest: Worth
    upper: Worth
    standard_error: Worth
    method: str
    steps: tuple[CalendarStep, ...] = ()
    answer: CalendarAnswer | None = None
    paused: bool = False
    states: int = 0


def value_with_deadline(
    processes: Sequence[TimedProcess],
    segments: Sequence[Segment],
    base: Worth = 0.0,
    *,
    day_cost: Worth = 0.0,
    seed: int = SEED,
    steps: bool = True,
    afterwards: Afterwards | None = None,
) -> DeadlineValue:
    """The value of a search with something in hand up to one date or several.

    Args:
        processes: That run.
        segments: What is in hand, by its last day, ascending; at least one.
        base: The alternative after the last date, hours.
        day_cost: What every day of search costs, hours.
        seed: Of the draws, for three processes or more.
        steps: Whether to work out the rule as well, and the bound if it takes draws.
        afterwards: What is left of each process from wherever it may come to, by name,
            if it is known.
    """
    processes = sorted(processes, key=lambda process: process.name)
    moving = [process for process in processes if not process.is_later]
    if afterwards is None:
        reach = [process.steps_by(segments[-1].last) for process in processes]
        afterwards = Afterwards.of(processes, base, reach)
    exits = fsum(process.exit(0) for process in processes)
    stop = segments[0].value + exits
    if not processes:
        best = max(stop, base)
        return DeadlineValue(best, stop, base, best, 0.0, "today")
    solved = SolvedProcesses.of([process.chain for process in processes])
    best_in_hand = max(base, *(segment.value for segment in segments))
    forever = inf if day_cost else solved.index_policy(best_in_hand).value
    last = segments[0].last
    is_plain = len(segments) == 1 and not day_cost and not afterwards.paused
    is_plain &= len(moving) == len(processes)
    is_plain &= not any(process.gone_weekly for process in processes)
    if is_plain and last and days_in_turn(processes) < last:
        rest = solved.index_policy(base).value
        return DeadlineValue(forever, stop, rest, forever, 0.0, "index")
    if 0 < len(moving) <= MOST_JOINT:
        try:
            return _jointly(processes, segments, afterwards, day_cost, steps=steps)
        except TooManyStatesError:
            pass
    return _many(processes, segments, afterwards, forever, day_cost, seed, steps=steps)


def _many(
    processes: Sequence[TimedProcess],
    segments: Sequence[Segment],
    afterwards: Afterwards,
    forever: Worth,
    day_cost: Worth,
    seed: int,
    *,
    steps: bool,
) -> DeadlineValue:
    """The value for three processes or more, by the best of some rules.

    Each rule can be followed, so its value can be had. Only the rule in which all of
    them move is drawn; all others are solved like one process or two. A process that
    may stand in too many places by then is put off until then.

    Args:
        processes, segments, afterwards, day_cost, seed, steps: As
            ``value_with_deadline``.
        forever: The value with what is in hand for good, hours.
    """
    first = segments[0]
    places = tuple(Place(OPEN, 0, process.opens) for process in processes)
    rest = rest_now(afterwards, places)
    last = first.last
    exits = fsum(process.exit(0) for process in processes)
    stop = first.value + exits
    moving = [
        number for number, process in enumerate(processes) if not process.is_later
    ]
    if not any(process.steps_by(last) for process in processes):
        best = max(stop, rest)
        answer = answer_alone(processes, first, afterwards, places) if steps else None
        return DeadlineValue(
            best, stop, rest, best, 0.0, "today", (), answer, afterwards.paused
        )
    by_number = {
        number: alone
        for number in moving
        if _fits(
            alone := solve_beside((number,), processes, [first], afterwards, places)
        )
    }
    singles = {number: _value_of(alone) for number, alone in by_number.items()}
    # Where one that moves adds nothing, rounding must not tell which two are tried.
    leading = sorted(by_number, key=lambda number: -round(singles[number], _DIGITS))
    waiting = day_cost * last
    options = [(stop, "today", 0.0), (rest, "today", 0.0)]
    best_of = {"single": [by_number[number] for number in leading[:1]]}
    best_of["pair"] = _best_pair(leading, processes, first, afterwards, places)
    for name, solutions in best_of.items():
        options += [(_value_of(item) - waiting, name, 0.0) for item in solutions]
    if len(by_number) == len(moving):
        drawn, error = rule_value(processes, first, afterwards, by_number, seed)
        options.append((drawn - waiting, "draws", error))
    value, method, standard_error = max(options, key=lambda item: item[0])
    upper = inf
    if steps and not day_cost and len(segments) == 1:
        bound, doubt = upper_bound(processes, first, afterwards, seed + 1)
        # What is gone costs nothing to leave, which the index does not count.
        gained = fsum(min(0.0, item.exit(0)) for item in processes if item.gone_weekly)
        upper = max(value, min(forever - gained, bound + _ERRORS * doubt))
    rule: tuple[CalendarStep, ...] = ()
    answer = None
    if steps:
        answer = answer_alone(processes, first, afterwards, places)
        if method == "draws":
            alone_steps = steps_alone(list(by_number.values()), last)
            rule = tuple(sorted(alone_steps, key=lambda step: step.day))
        elif method in best_of:
            rule, answer = expected_path(best_of[method][0])
    return DeadlineValue(
        value,
        stop,
        rest,
        upper,
        standard_error,
        method,
        rule,
        answer,
        afterwards.paused,
    )


def _best_pair(
    leading: Sequence[int],
    processes: Sequence[TimedProcess],
    first: Segment,
    afterwards: Afterwards,
    places: tuple[Place, ...],
) -> list[CalendarSolution]:
    """The calendar of the best two processes that move; none if there are no two.

    Args:
        leading: Numbers of those that may move, the best one by itself first.
        processes, first, afterwards, places: As ``solve_beside`` takes them.
    """
    couples, states = list[CalendarSolution](), 0
    for tried, pair in enumerate(combinations(leading[:_MOST_PAIRED], 2)):
        if tried >= _LEAST_PAIRS and states > MOST_STATES:
            break
        couple = solve_beside(pair, processes, [first], afterwards, places)
        if _fits(couple):
            couples.append(couple)
        states += couple.states
    return sorted(couples, key=lambda couple: -round(_value_of(couple), _DIGITS))[:1]


def _jointly(
    processes: Sequence[TimedProcess],
    segments: Sequence[Segment],
    afterwards: Afterwards,
    day_cost: Worth,
    *,
    steps: bool,
) -> DeadlineValue:
    """The value for one process or two.

    Also where one of several dates is that of an outside option, and where every day
    has a cost: all of that is part of the recursion.

    Args:
        processes, segments, afterwards, day_cost, steps: As ``value_with_deadline``.

    Raises:
        TooManyStatesError: If there are too many places to solve.
    """
    solution = solve_jointly(processes, segments, afterwards, day_cost)
    start = solution.start
    value = solution.now(solution.value(0, 0, start))
    rest = solution.now(solution.rest(start))
    exits = fsum(process.exit(0) for process in processes)
    stop = segments[0].value + exits
    rule: tuple[CalendarStep, ...] = ()
    answer = None
    if steps:
        rule, answer = expected_path(solution)
    return DeadlineValue(
        value,
        stop,
        rest,
        value,
        0.0,
        "joint",
        rule,
        answer,
        afterwards.paused,
        solution.states,
    )


def _value_of(solution: CalendarSolution) -> Worth:
    """What the processes of a calendar are worth now, hours."""
    return solution.now(solution.value(0, 0, solution.start))


def _fits(solution: CalendarSolution) -> bool:
    """Whether a calendar has few enough places to be solved; it is solved then."""
    try:
        _value_of(solution)
    except TooManyStatesError:
        return False
    return True
