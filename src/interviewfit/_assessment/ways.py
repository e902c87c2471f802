"""The way in which each process of a search is gone on with.

A process can be gone on with at once, after it was looked up, or after news for which
one waits. In a search each takes the way that is best for it alone: its steps are those
of that alternative.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import (
    Alternative,
    Problem,
    alternatives,
    detour,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.known_chains import KnownChains
from interviewfit._competition.practice_price import process_at
from interviewfit._competition.scenarios import RivalScenarios
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.numbers import Numbers
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    IndexArray,
    N,
    is_zero,
)
from interviewfit._numeric.panels import distinct_rows

_WAYS = (None, Action.INVESTIGATE, Action.POSTPONE)


def has_detour(entry: CompiledProcess[N]) -> bool:
    """Whether a process could be looked up, or waited for, before its next step."""
    if not entry.is_running or entry.structure.phase is not Phase.BEFORE:
        return False
    unsettled = entry.process.unsettled
    return entry.structure.unresearched or not (
        isinstance(unsettled, float) and unsettled == 0.0
    )


def problem_of_entry(
    entry: CompiledProcess[N],
    numbers: Numbers[N],
    rivals: RivalScenarios | None = None,
    forgone: N = 0.0,
) -> Problem[N]:
    """The decision on a process of a search; what is believed of it stays.

    Args:
        entry: The process, with what the others have shown of it.
        numbers: Its numbers, maybe with another price of practice.
        rivals: The other processes that run beside it; None if it is judged alone.
        forgone: What accepting an offer now gives up of the rivals, hours.
    """
    process = process_at(entry, numbers)
    return Problem(entry.structure, numbers, entry.posterior, process, rivals, forgone)


def ways_of(entries: Sequence[CompiledProcess[float]]) -> tuple[Action | None, ...]:
    """The detour that each process takes first; None if it takes none."""
    return ways_and_values(entries)[0]


def ways_and_values(
    entries: Sequence[CompiledProcess[float]],
) -> tuple[tuple[Action | None, ...], dict[int, Worth]]:
    """The detour that each process takes first, and what some are worth alone, hours.

    The values are of those that could take a detour, by their number; where a job may
    be left after a trial, there is none.

    Args:
        entries: The processes.
    """
    codes, best = _best_ways(entries, 1, None)
    values = {
        number: float(best[number, 0])
        for number, entry in enumerate(entries)
        if has_detour(entry) and is_zero(entry.process.trial)
    }
    return tuple(_WAYS[code] for code in codes[:, 0].tolist()), values


def rows_by_way(
    entries: Sequence[CompiledProcess[N]],
    rows: int,
    known: KnownChains | None = None,
) -> list[tuple[IndexArray, tuple[Action | None, ...]]]:
    """Rows in which the same detours are taken, and the detour of each process there.

    Without any detour all rows come together, and nothing is solved.

    Args:
        entries: The processes, in whose numbers the rows may differ.
        rows: How many rows there are.
        known: Chains that are not solved again.
    """
    if not any(map(has_detour, entries)):
        return [(np.arange(rows), (None,) * len(entries))]
    codes, _ = _best_ways(entries, rows, known)
    kept, pattern = distinct_rows(codes.T.astype(np.float64))
    return [
        (np.flatnonzero(pattern == place), tuple(_WAYS[code] for code in codes[:, row]))
        for place, row in enumerate(kept.tolist())
    ]


def _best_ways(
    entries: Sequence[CompiledProcess[N]], rows: int, known: KnownChains | None
) -> tuple[IndexArray, FloatArray]:
    """The number of the best way of each process alone, and its value, hours.

    Args:
        entries, rows, known: As ``rows_by_way``.

    Returns:
        Both ``(entries, rows)``; the value is 0 where there is no detour.
    """
    options: list[tuple[int, Action, BoolArray]] = []
    means, members = (
        [],
        defaultdict[tuple[int, ...], list[tuple[int, FloatArray]]](list),
    )
    best, telling = np.zeros((len(entries), rows)), dict[int, Alternative[N]]()
    for number, entry in enumerate(entries):
        if not has_detour(entry):
            continue
        problem = problem_of_entry(entry, entry.numbers)
        best[number] = entry.process.steps[0].exit
        for alternative in alternatives(problem):
            if not alternative.steps:
                continue
            mean = problem.process.mean_hours
            table = ChainParameters.of_steps(mean, alternative.steps).table(rows)
            members[table.shape[1:]].append((len(options), table))
            closed = alternative.closed_rows(rows)
            if alternative.mutual is not None and not closed.all():
                telling[len(options)] = alternative
            means.append(np.full(rows, mean))
            options.append((number, alternative.action, closed))
    codes = np.zeros((len(entries), rows), dtype=np.intp)
    if not options:
        return codes, best
    tables = [
        (
            np.concatenate([option * rows + np.arange(rows) for option, _ in alike]),
            np.concatenate([table for _, table in alike]),
        )
        for alike in members.values()
    ]
    solved = SolvedProcesses.of_tables(
        np.concatenate(means),
        tables,
        exact_rows=True,
        known=known,
        rows=np.ones(rows, np.intp),
    )
    values = np.array(solved.continuation_values()).reshape(len(options), rows)
    for number, alone in _exact_values(telling, rows).items():
        values[number] = alone
    for (number, action, closed), value in zip(options, values, strict=True):
        # Of equal ones the first: going on at once.
        is_better = ~closed & (value > best[number])
        best[number] = np.where(is_better, value, best[number])
        code = _WAYS.index(action) if action in _WAYS else 0
        codes[number] = np.where(is_better, code, codes[number])
    return codes, best


def _exact_values(
    telling: Mapping[int, Alternative[N]], rows: int
) -> dict[int, FloatColumn]:
    """What alternatives in which passes tell of the fit are worth alone, hours.

    All are solved together, because a call of the solver costs more than its
    arithmetic.

    Args:
        telling: The alternatives in which passes tell of it, by number.
        rows: How many rows there are.
    """
    if not telling:
        return {}
    # Imported where passes tell of the fit.
    from interviewfit._competition.mutual_steps import solve_side_by_side

    solutions = solve_side_by_side(
        [
            (ChainParameters.of_steps(0.0, alternative.steps), alternative.mutual)
            for alternative in telling.values()
            if alternative.mutual is not None
        ],
        values_only=True,
    )
    return {
        number: np.broadcast_to(solution.values, rows)
        for number, solution in zip(telling, solutions, strict=True)
    }


def on_their_ways(
    entries: Sequence[CompiledProcess[N]], ways: Sequence[Action | None]
) -> tuple[CompiledProcess[N], ...]:
    """The processes with the steps of the detours that they take first.

    Args:
        entries, ways: The processes, and the detour of each, or None.
    """
    result = []
    for entry, way in zip(entries, ways, strict=True):
        if way is None:
            result.append(entry)
            continue
        alternative = detour(problem_of_entry(entry, entry.numbers), way)
        if alternative is None:
            result.append(entry)
            continue
        steps, mutual = alternative.steps, alternative.mutual
        process = evolve(entry.process, steps=steps, mutual=mutual)
        result.append(evolve(entry, process=process, way=way))
    return tuple(result)
