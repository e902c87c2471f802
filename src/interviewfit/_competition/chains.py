"""One process as the numbers of a chain, and its variants.

A chain keeps the mean of the surplus and, for each step, what the solver needs. Its
variants answer "what if": with more skill, for somebody who never walks out, or for
somebody who goes on whatever comes. Skill s adds s to the log-odds of passing a round:
p becomes p / (p + (1 - p) exp(-s)).
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
    "committed_to",
    "exit_now",
    "shift_log_odds",
    "solve_chains",
    "solve_steps",
    "step_table",
    "with_skill",
    "without_walkout",
]


@frozen(eq=False, repr=False)
class ChainParameters(Generic[N]):
    """One process as numbers: its mean and its steps; any may be a column of rows.

    Attributes:
        mean: Mean of the surplus, hours.
        reward: Collected when a step is taken, hours, one number for each step.
        survive: Probability of passing each step.
        drift: Known change of the mean in each step, hours.
        reveal: Standard deviation of the news of each step, hours.
        exit: Value of leaving instead of each step, hours.
    """

    mean: N
    reward: tuple[N, ...]
    survive: tuple[N, ...]
    drift: tuple[N, ...]
    reveal: tuple[N, ...]
    exit: tuple[N, ...]

    @classmethod
    def of(cls, process: Process[N], surcharge: float = 0.0) -> "ChainParameters[N]":
        """The numbers of a process.

        Args:
            process: From where it stands.
            surcharge: What each hour of the candidate costs more, hours.
        """
        return cls.of_steps(process.percent * process.mean, process.steps, surcharge)

    @classmethod
    def of_steps(
        cls, mean: N, steps: Sequence[Step[N]], surcharge: float = 0.0
    ) -> "ChainParameters[N]":
        """The numbers of a mean and some steps.

        Args:
            mean: Mean of the surplus, hours.
            steps: The steps ahead.
            surcharge: What each hour of the candidate costs more, hours.
        """
        return cls(
            mean,
            tuple(step.reward - surcharge * step.hours for step in steps),
            tuple(step.survive for step in steps),
            tuple(step.drift for step in steps),
            tuple(step.reveal for step in steps),
            tuple(step.exit for step in steps),
        )

    @property
    def steps(self) -> tuple[tuple[N, ...], ...]:
        """The five numbers of all steps, in the order in which ``solve`` takes them."""
        return self.reward, self.survive, self.drift, self.reveal, self.exit


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

    def practice_gains(self, steps: Sequence[Step[float]]) -> list[float]:
        """What each step of a process teaches, log-odds, had no other been begun."""
        return [self.weight * step.teaches for step in steps]


def solve_chains(chains: Sequence[ChainParameters[float]]) -> Solution:
    """The solution of chains of equally many steps, one in each row."""
    return solve(*np.moveaxis(np.array([chain.steps for chain in chains]), 1, 0))


def solve_steps(
    steps: Sequence[Step[N]], rows: int = 1, *, exact_rows: bool = False
) -> Solution:
    """The solution of one chain of steps, in one row or more.

    Steps without columns are solved once, as the mean does not matter to a solution.

    Args:
        steps: The chain; numbers may be columns of shape ``(rows,)``.
        rows: How many rows the solution has.
        exact_rows: As ``solve``: whether a single row has every bit of a row in a
            batch.
    """
    chain = ChainParameters.of_steps(0.0, steps)
    if rows > 1 and not any(
        np.ndarray in map(type, numbers) for numbers in chain.steps
    ):
        return solve_steps(steps, exact_rows=True).broadcast_rows(rows)
    return solve(*step_table(chain, rows), exact_rows=exact_rows)


def step_table(chain: ChainParameters[N], rows: int) -> FloatArray:
    """The numbers of all steps as ``solve`` takes them, ``(5, rows, steps)``.

    Args:
        chain: Its numbers may be columns of shape ``(rows,)``.
        rows: How many rows there are.
    """
    table = np.empty((5, rows, len(chain.exit)))
    for block, numbers in zip(table, chain.steps, strict=True):
        for step, number in enumerate(numbers):
            block[:, step] = number
    return table


def with_skill(
    chain: ChainParameters[N],
    skill: float | Sequence[float],
    steps: Sequence[Step[N]],
) -> ChainParameters[N]:
    """The chain of somebody who passes every round with more log-odds.

    Args:
        chain: The process.
        skill: How much more, log-odds; one number for all steps or one for each.
        steps: Its steps, which say where a round ends.
    """
    skills = np.broadcast_to(skill, len(steps)).tolist()
    survive = tuple(
        shift_log_odds(probability, shift)
        if step.phase is Phase.MIDWAY
        else probability
        for probability, shift, step in zip(chain.survive, skills, steps, strict=True)
    )
    return evolve(chain, survive=survive)


def shift_log_odds(probability: N, shift: float) -> N:
    """A probability with more log-odds; 0 and 1 stay as they are.

    Args:
        probability: From 0 to 1.
        shift: How much more, log-odds, at least 0.

    >>> round(shift_log_odds(0.5, 1.0986), 4)
    0.75
    """
    if not isinstance(probability, np.ndarray) and not 0.0 < probability < 1.0:
        return probability
    return probability / (probability + (1.0 - probability) * exp(-shift))


def without_walkout(
    chain: ChainParameters[float], steps: Sequence[Step[float]]
) -> ChainParameters[float]:
    """The chain of somebody who never walks out in mid-interview.

    Args:
        chain: The process.
        steps: Its steps, which say where an interview is under way.
    """
    return _force_steps(chain, [step.phase is Phase.MIDWAY for step in steps])


def exit_now(chain: ChainParameters[float]) -> ChainParameters[float]:
    """The chain of somebody who leaves now, whatever might come."""
    never = chain.exit[0] - max(1.0, abs(chain.exit[0]))
    return evolve(
        chain, reward=(never, *chain.reward[1:]), survive=(0.0, *chain.survive[1:])
    )


def committed_to(chain: ChainParameters[float], stop: int) -> ChainParameters[float]:
    """The chain of somebody who takes its next steps, whatever comes.

    Args:
        chain: The process.
        stop: How many steps are taken.
    """
    return _force_steps(chain, [step < stop for step in range(len(chain.exit))])


def _force_steps(
    chain: ChainParameters[float], forced: Sequence[bool]
) -> ChainParameters[float]:
    """The chain with steps that nobody leaves, as leaving is worse than anything.

    Args:
        chain: The process.
        forced: Whether each step is taken, whatever comes.
    """
    worst = -fsum(map(abs, chain.reward)) - fsum(map(abs, chain.exit)) - 1.0
    exits = tuple(
        worst if taken else value
        for value, taken in zip(chain.exit, forced, strict=True)
    )
    return evolve(chain, exit=exits)
