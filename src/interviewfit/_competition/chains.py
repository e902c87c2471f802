"""One process as bare numbers, and as somebody else would have it.

A lane forgets who and what: it keeps the mean of the surplus and, for each step, what
the solver needs. Its variants answer "what if": with more skill, for somebody who never
walks out, or who goes on whatever comes.
"""

from collections.abc import Sequence
from math import exp, fsum
from typing import Generic

import numpy as np
from attrs import evolve, frozen

from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, N
from interviewfit._process.compilation import Process, Step
from interviewfit._solver.solution import Solution, solve

__all__ = [
    "ChainParameters",
    "PracticeModel",
    "better",
    "dropped",
    "never_left",
    "skilled",
    "solve_lanes",
    "solve_steps",
    "tabulate",
    "through",
]


@frozen(eq=False, repr=False)
class ChainParameters(Generic[N]):
    """One process as numbers: its mean and its steps.

    Attributes:
        mean: Of the surplus, hours.
        reward: One number a step, as in ``solve``; and so
        survive: likewise,
        drift: likewise,
        reveal: likewise,
        exit: likewise.
    """

    mean: N
    reward: tuple[N, ...]
    survive: tuple[N, ...]
    drift: tuple[N, ...]
    reveal: tuple[N, ...]
    exit: tuple[N, ...]

    @classmethod
    def of(cls, process: Process[N], surcharge: float = 0.0) -> "ChainParameters[N]":
        """A process, with every hour of one's own costing *surcharge* more."""
        return cls.of_steps(process.percent * process.mean, process.steps, surcharge)

    @classmethod
    def of_steps(
        cls, mean: N, steps: Sequence[Step[N]], surcharge: float = 0.0
    ) -> "ChainParameters[N]":
        """The same from its mean, hours, and its steps."""
        return cls(
            mean,
            tuple(one.reward - surcharge * one.hours for one in steps),
            tuple(one.survive for one in steps),
            tuple(one.drift for one in steps),
            tuple(one.reveal for one in steps),
            tuple(one.exit for one in steps),
        )


@frozen
class PracticeModel:
    """What interviews teach for the later rounds of other processes.

    Attributes:
        weight: How much practice counts.
        unit: What one full interview would teach now, log-odds.
        decay: What every interview done leaves of what the next one teaches.
    """

    weight: float
    unit: float
    decay: float

    def lessons(self, steps: Sequence[Step[float]]) -> list[float]:
        """What each step of a process teaches, log-odds, had no other been begun."""
        return [self.weight * one.teaches for one in steps]


def solve_lanes(lanes: Sequence[ChainParameters[float]]) -> Solution:
    """Lanes of equal length as the rows of one solution."""
    table = np.array(
        [(one.reward, one.survive, one.drift, one.reveal, one.exit) for one in lanes]
    )
    return solve(*np.moveaxis(table, 1, 0))


def solve_steps(
    steps: Sequence[Step[N]], rows: int = 1, *, exact_rows: bool = False
) -> Solution:
    """One chain of steps, or as many as there are *rows* in the columns that steps hold.

    Steps without columns are solved once, as the mean does not matter to a solution.

    Args:
        steps: The chain; numbers may be columns of shape ``(rows,)``.
        rows: How many rows the solution has.
        exact_rows: As ``solve``: whether a single row has every bit of a row in a batch.
    """
    chain = ChainParameters.of_steps(0.0, steps)
    parts = (chain.reward, chain.survive, chain.drift, chain.reveal, chain.exit)
    if rows > 1 and not any(np.ndarray in map(type, part) for part in parts):
        return solve_steps(steps, exact_rows=True).broadcast_rows(rows)
    return solve(*tabulate(chain, rows), exact_rows=exact_rows)


def tabulate(lane: ChainParameters[N], rows: int) -> FloatArray:
    """What ``solve`` takes, of a lane the numbers of which may be columns.

    Shape ``(5, rows, steps)``.
    """
    parts = (lane.reward, lane.survive, lane.drift, lane.reveal, lane.exit)
    table = np.empty((5, rows, len(lane.exit)))
    for row, part in zip(table, parts, strict=True):
        for k, one in enumerate(part):
            row[:, k] = np.resize(one, rows) if isinstance(one, np.ndarray) else one
    return table


def better(
    lane: ChainParameters[N], skill: float | Sequence[float], steps: Sequence[Step[N]]
) -> ChainParameters[N]:
    """The lane of somebody who passes every round with more log-odds, by *skill*.

    One number for all steps, or one for each.
    """
    skills = np.broadcast_to(skill, len(steps)).tolist()
    survive = tuple(
        skilled(chance, own) if step.phase is Phase.MIDWAY else chance
        for chance, own, step in zip(lane.survive, skills, steps, strict=True)
    )
    return evolve(lane, survive=survive)


def skilled(chance: N, skill: float) -> N:
    """A chance with *skill* more log-odds, which is at least 0; 0 and 1 stay as they are.

    >>> round(skilled(0.5, 1.0986), 4)
    0.75
    """
    if not isinstance(chance, np.ndarray) and not 0.0 < chance < 1.0:
        return chance
    return chance / (chance + (1.0 - chance) * exp(-skill))


def never_left(
    lane: ChainParameters[float], steps: Sequence[Step[float]]
) -> ChainParameters[float]:
    """The lane of somebody who never walks out in mid-interview."""
    return _forced(lane, [step.phase is Phase.MIDWAY for step in steps])


def dropped(lane: ChainParameters[float]) -> ChainParameters[float]:
    """The lane of somebody who leaves now, whatever might come."""
    never = lane.exit[0] - max(1.0, abs(lane.exit[0]))
    return evolve(
        lane, reward=(never, *lane.reward[1:]), survive=(0.0, *lane.survive[1:])
    )


def through(lane: ChainParameters[float], stop: int) -> ChainParameters[float]:
    """The lane of somebody who takes its next *stop* steps, whatever comes."""
    return _forced(lane, [number < stop for number in range(len(lane.exit))])


def _forced(
    lane: ChainParameters[float], which: Sequence[bool]
) -> ChainParameters[float]:
    """The lane with steps at which one cannot leave: leaving is worse than anything."""
    worst = -fsum(map(abs, lane.reward)) - fsum(map(abs, lane.exit)) - 1.0
    leaving = tuple(
        worst if forced else own for own, forced in zip(lane.exit, which, strict=True)
    )
    return evolve(lane, exit=leaving)
