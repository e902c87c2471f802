"""One process as the numbers of a chain, and its variants.

A chain keeps the mean of the surplus and, for each step, what the solver needs. Its
variants are for more skill, for leaving now, or for taking some steps whatever comes.
Skill s adds s to the log-odds of passing a round: p becomes p / (p + (1 - p) exp(-s)).
"""

from collections.abc import Collection, Sequence
from math import exp, fsum
from typing import TYPE_CHECKING, Generic

import numpy as np
from attrs import define, evolve, field

from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, N, maximum
from interviewfit._process.compilation import Process, Step
from interviewfit._solver.solution import Solution, solve

if TYPE_CHECKING:
    from interviewfit._process.mutual_fit import MutualFit


@define(eq=False, repr=False)
class ChainParameters(Generic[N]):
    """One process as numbers: its mean and its steps; any may be a column of rows.

    Attributes:
        mean: Mean of the surplus, hours.
        reward: Collected when a step is taken, hours, one number for each step.
        survive: Probability of passing each step.
        drift: Known change of the mean in each step, hours.
        reveal: Standard deviation of the news of each step, hours.
        exit: Value of leaving instead of each step, hours.
        facts: That become known in each step, as in ``Step``; empty if there are none.
        mutual: What passes tell of the fit, of which all else is an average; or none.
    """

    mean: N
    reward: tuple[N, ...]
    survive: tuple[N, ...]
    drift: tuple[N, ...]
    reveal: tuple[N, ...]
    exit: tuple[N, ...]
    facts: tuple[tuple[tuple[N, N], ...], ...] = ()
    mutual: "MutualFit | None" = field(default=None, kw_only=True)

    @classmethod
    def of(cls, process: Process[N], surcharge: float = 0.0) -> "ChainParameters[N]":
        """The numbers of a process from where it stands.

        Args:
            process, surcharge: The process; each of its hours costs so much more.
        """
        chain = cls.of_steps(process.mean_hours, process.steps, surcharge)
        return chain if process.mutual is None else evolve(chain, mutual=process.mutual)

    @property
    def on_average(self) -> "ChainParameters[N]":
        """The chain of constant rates."""
        return self if self.mutual is None else evolve(self, mutual=None)

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
        rewards = [step.reward for step in steps]
        if surcharge:
            rewards = [
                reward - surcharge * step.hours
                for reward, step in zip(rewards, steps, strict=True)
            ]
        facts = tuple([step.facts for step in steps])
        return cls(
            mean,
            tuple(rewards),
            tuple([step.survive for step in steps]),
            tuple([step.drift for step in steps]),
            tuple([step.reveal for step in steps]),
            tuple([step.exit for step in steps]),
            facts if any(facts) else (),
        )

    @classmethod
    def from_table(cls, mean: N, table: FloatArray) -> "ChainParameters[float]":
        """A chain from the numbers of a row of ``table``.

        Args:
            mean: Of the surplus, hours.
            table: Shape ``(numbers, steps)``.
        """
        rows = [tuple(row) for row in table.tolist()]
        pairs = [
            tuple(zip(chances, sizes, strict=True))
            for chances, sizes in zip(rows[5::2], rows[6::2], strict=True)
        ]
        reward, survive, drift, reveal, exit_ = rows[:5]
        facts = tuple(zip(*pairs, strict=True))
        return ChainParameters(mean, reward, survive, drift, reveal, exit_, facts)

    def row(self, number: int) -> "ChainParameters[float]":
        """The chain of a single row.

        Args:
            number: Of the row; floats are the same in all.
        """

        def in_row(value: N) -> float:
            """A number in the row."""
            return float(value[number] if isinstance(value, np.ndarray) else value)

        def step(values: Sequence[N]) -> tuple[float, ...]:
            """Numbers of all steps in the row."""
            return tuple(map(in_row, values))

        facts = tuple(
            tuple((in_row(chance), in_row(size)) for chance, size in pairs)
            for pairs in self.facts
        )
        mutual = self.mutual
        if mutual is not None:
            # Imported where passes tell of the fit.
            from interviewfit._process.mutual_rows import row_of

            mutual = row_of(mutual, number)
        return ChainParameters(
            in_row(self.mean),
            step(self.reward),
            step(self.survive),
            step(self.drift),
            step(self.reveal),
            step(self.exit),
            facts,
            mutual=mutual,
        )

    @property
    def key(self) -> tuple[object, ...]:
        """All its numbers but the mean, which does not matter to a solution."""
        return (
            *(self.reward, self.survive, self.drift, self.reveal, self.exit),
            self.facts,
            self.mutual,
        )

    @property
    def most_facts(self) -> int:
        """How many facts become known in the same step at most."""
        return max(map(len, self.facts), default=0)

    @property
    def steps(self) -> tuple[tuple[N, ...], ...]:
        """The numbers of all steps, in the order in which ``solve`` takes them."""
        return self.numbers(self.most_facts)

    def numbers(self, facts: int) -> tuple[tuple[N, ...], ...]:
        """*steps* with room for so many facts in each step, at least ``most_facts``."""
        by_step = self.facts or ((),) * len(self.exit)
        columns = [self.reward, self.survive, self.drift, self.reveal, self.exit]
        for number in range(facts):
            for side in (0, 1):
                column: list[N] = [
                    pairs[number][side] if number < len(pairs) else 0.0
                    for pairs in by_step
                ]
                columns.append(tuple(column))
        return tuple(columns)

    def table(self, rows: int) -> FloatArray:
        """*steps* in so many rows, ``(rows, numbers, steps)``."""
        steps = self.steps
        if not any(np.ndarray in map(type, numbers) for numbers in steps):
            only = np.array(steps, dtype=np.float64)[None]
            return only if rows == 1 else np.repeat(only, rows, axis=0)
        table = np.empty((len(steps), rows, len(self.exit)))
        for kind, numbers in enumerate(steps):
            for step, number in enumerate(numbers):
                table[kind, :, step] = number
        return table.transpose(1, 0, 2)

    def with_skill(
        self, steps: Sequence[Step[N]], skill: float
    ) -> "ChainParameters[N]":
        """The chain of constant rates of who passes every round with more log-odds.

        Args:
            steps: Of the process; they say where a round ends.
            skill: How much more, log-odds, at least 0; chances of 0 and 1 stay as they
                are.
        """
        midway, factor = Phase.MIDWAY, exp(-skill)
        survive = [
            _shifted(probability, factor) if step.phase is midway else probability
            for probability, step in zip(self.survive, steps, strict=True)
        ]
        return ChainParameters(
            self.mean,
            self.reward,
            tuple(survive),
            self.drift,
            self.reveal,
            self.exit,
            self.facts,
        )

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
    return solve(*chain.table(rows).transpose(1, 0, 2), exact_rows=exact_rows)


def shift_log_odds(probability: N, shift: float) -> N:
    """A probability with more log-odds; 0 and 1 stay as they are.

    Args:
        probability: From 0 to 1; may be a column.
        shift: How much more, log-odds, at least 0: odds are multiplied by its
            exponential.

    >>> round(shift_log_odds(0.5, 1.0986), 4)
    0.75
    """
    return _shifted(probability, exp(-shift))


def _shifted(probability: N, factor: float) -> N:
    """A probability whose odds are divided by a factor; 0 and 1 stay as they are.

    Args:
        probability: From 0 to 1; may be a column.
        factor: Above 0, at most 1.
    """
    if not isinstance(probability, np.ndarray) and not 0.0 < probability < 1.0:
        return probability
    return probability / (probability + (1.0 - probability) * factor)
