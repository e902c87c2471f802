"""One process as the numbers of a chain, and its variants.

A chain keeps the mean of the surplus and, for each step, what the solver needs. Its
variants are for more skill, for leaving now, or for taking some steps whatever comes.
Skill s adds s to the log-odds of passing a round: p becomes p / (p + (1 - p) exp(-s)).
"""

from collections.abc import Collection, Sequence
from math import exp, fsum
from typing import Generic

import numpy as np
from attrs import evolve, frozen

from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, N, maximum
from interviewfit._process.compilation import Process, Step
from interviewfit._solver.solution import Solution, solve


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
        """The numbers of a process from where it stands.

        Args:
            process, surcharge: The process; each of its hours costs so much more.
        """
        return cls.of_steps(process.mean_hours, process.steps, surcharge)

    @classmethod
    def of_steps(
        cls, mean: N, steps: Sequence[Step[N]], surcharge: float = 0.0
    ) -> "ChainParameters[N]":
        """The numbers of a mean and some steps.

        Args:
            mean: Mean of the surplus, hours.
            steps: The steps ahead, the next one first.
            surcharge: What each hour of the candidate costs beyond its own price,
                hours; it is part of the rewards.
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

    def table(self, rows: int) -> FloatArray:
        """*steps* in so many rows, ``(rows, 5, steps)``."""
        table = np.empty((rows, 5, len(self.exit)))
        for kind, numbers in enumerate(self.steps):
            for step, number in enumerate(numbers):
                table[:, kind, step] = number
        return table

    def with_skill(
        self, steps: Sequence[Step[N]], skill: float
    ) -> "ChainParameters[N]":
        """The chain of somebody who passes every round with more log-odds.

        Args:
            steps: Of the process; they say where a round ends.
            skill: How much more, log-odds, at least 0; chances of 0 and 1 stay as they
                are.
        """
        survive = tuple(
            shift_log_odds(probability, skill)
            if step.phase is Phase.MIDWAY
            else probability
            for probability, step in zip(self.survive, steps, strict=True)
        )
        return evolve(self, survive=survive)

    def free_to_drop_out(self, steps: Sequence[Step[N]]) -> "ChainParameters[N]":
        """The chain of somebody whom leaving before a later stage costs nothing.

        Args:
            steps: Of the process; they say where a stage begins.
        """
        exits = tuple(
            maximum(0.0, value) if number and step.phase is Phase.BEFORE else value
            for number, (value, step) in enumerate(zip(self.exit, steps, strict=True))
        )
        return evolve(self, exit=exits)

    def exit_now(self: "ChainParameters[float]") -> "ChainParameters[float]":
        """The chain of somebody who leaves now, whatever might come."""
        rewards = self.exit[0] - max(1.0, abs(self.exit[0])), *self.reward[1:]
        return evolve(self, reward=rewards, survive=(0.0, *self.survive[1:]))

    def committed_to(
        self: "ChainParameters[float]", forced: Collection[int]
    ) -> "ChainParameters[float]":
        """The chain of somebody who takes the steps of some numbers, whatever comes.

        Leaving instead of any of them is made worse than all else that can happen.
        """
        worst = -fsum(map(abs, self.reward)) - fsum(map(abs, self.exit)) - 1.0
        exits = tuple(
            worst if step in forced else value for step, value in enumerate(self.exit)
        )
        return evolve(self, exit=exits)


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
    return solve(*np.moveaxis(chain.table(rows), 1, 0), exact_rows=exact_rows)


def shift_log_odds(probability: N, shift: float) -> N:
    """A probability with more log-odds; 0 and 1 stay as they are.

    Args:
        probability: From 0 to 1; may be a column.
        shift: How much more, log-odds, at least 0: odds are multiplied by its
            exponential.

    >>> round(shift_log_odds(0.5, 1.0986), 4)
    0.75
    """
    if not isinstance(probability, np.ndarray) and not 0.0 < probability < 1.0:
        return probability
    return probability / (probability + (1.0 - probability) * exp(-shift))
