"""The way in which each process of a search is gone on with.

A process can be gone on with at once, after it was looked up, or after news for which
one waits. In a search each takes the way that is best for it alone: its steps are those
of that alternative.
"""

from collections.abc import Sequence

from attrs import evolve

from interviewfit._assessment.alternatives import alternatives, problem_of
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import N

_DETOURS = (Action.INVESTIGATE, Action.POSTPONE)


def has_detour(entry: CompiledProcess[N]) -> bool:
    """Whether a process could be looked up, or waited for, before its next step."""
    if not entry.is_running or entry.structure.phase is not Phase.BEFORE:
        return False
    unsettled = entry.process.unsettled
    return entry.structure.unresearched or not (
        isinstance(unsettled, float) and unsettled == 0.0
    )


def ways_of(entries: Sequence[CompiledProcess[float]]) -> tuple[Action | None, ...]:
    """The detour that each process takes first; None if it takes none."""
    options: list[tuple[int, Action]] = []
    chains: list[ChainParameters[float]] = []
    best = [0.0] * len(entries)
    for number, entry in enumerate(entries):
        if not has_detour(entry):
            continue
        problem = problem_of(entry.structure, entry.numbers, entry.carried)
        best[number] = entry.process.steps[0].exit
        for alternative in alternatives(problem):
            if alternative.steps and not alternative.closed_rows(1)[0]:
                mean = problem.process.mean_hours
                chains.append(ChainParameters.of_steps(mean, alternative.steps))
                options.append((number, alternative.action))
    ways: list[Action | None] = [None] * len(entries)
    values = SolvedProcesses.of(chains).continuation_values() if chains else ()
    for (number, action), value in zip(options, values, strict=True):
        # Of equal ones the first: going on at once.
        if value > best[number]:
            best[number] = value
            ways[number] = action if action in _DETOURS else None
    return tuple(ways)


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
        problem = problem_of(entry.structure, entry.numbers, entry.carried)
        for alternative in alternatives(problem):
            if alternative.action is way:
                process = evolve(entry.process, steps=alternative.steps)
                result.append(evolve(entry, process=process, way=way))
                break
        else:
            result.append(entry)
    return tuple(result)
