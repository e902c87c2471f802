"""Chains that are solved with the processes of a search, as they will be asked for.

A call of the solver costs more than its arithmetic, so all that can be foreseen is
solved in one.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve, frozen

from interviewfit._competition.budgeted_search import (
    BudgetedSearch,
    kept_to,
    may_be_left,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.practice import MOST_TRIED, Lessons, PracticeModel
from interviewfit._competition.solved_processes import SolvedProcesses


@frozen(eq=False)
class ForeseenChains:
    """What bounds at a price of the hour are most likely worked out from.

    Attributes:
        kept: The processes of somebody who walks out of no interview.
        lessons: The chains by which practice among these is judged; None without any.
    """

    kept: Sequence[ChainParameters[float]]
    lessons: Lessons | None

    @classmethod
    def of(
        cls,
        chains: Sequence[ChainParameters[float]],
        running: Sequence[CompiledProcess[float]],
        model: PracticeModel,
        *,
        begun: Sequence[bool] | None = None,
        bounded: bool = True,
    ) -> "ForeseenChains":
        """The chains of some processes; none of one, or of very many.

        Args:
            chains: The processes in numbers, at any price of the hour.
            running: The same as they are compiled, in the same order.
            model: What interviews teach, from which the lessons follow.
            begun: Which of them may be begun; all by default. None of the others is
                walked out of.
            bounded: Whether the upper bound is to be worked out as well.
        """
        if not 1 < len(chains) <= MOST_TRIED:
            return cls((), None)
        kept = [
            kept_to(chain, entry) if goes_on and may_be_left(chain, entry) else chain
            for chain, entry, goes_on in zip(
                chains, running, begun or [True] * len(chains), strict=True
            )
        ]
        steps = [entry.process.steps for entry in running]
        tried = range(len(chains))
        # What practice brings is that of constant rates.
        average = [chain.on_average for chain in kept]
        free = [chain.on_average for chain in chains]
        numbers = average, steps, free, model, tried
        return cls(kept, Lessons.of(*numbers, bounded=bounded))

    @property
    def all_chains(self) -> list[ChainParameters[float]]:
        """All of them."""
        return [*self.kept, *(self.lessons.all_chains if self.lessons else ())]

    def solved_in(self, solved: SolvedProcesses, start: int) -> "ForeseenChains":
        """The same with the solutions of the lessons, which nobody then looks up again.

        Args:
            solved: Processes, among them those of *all_chains*, one after another and
                in their order.
            start: The row of the first of these, which is the first that is kept.
        """
        if self.lessons is None:
            return self
        first = start + len(self.kept)
        rows = np.arange(first, start + len(self.all_chains))
        return evolve(self, lessons=evolve(self.lessons, solved=solved.take(rows)))

    def lessons_of(
        self,
        variant: BudgetedSearch,
        running: Sequence[CompiledProcess[float]],
        *,
        bounded: bool = True,
    ) -> Lessons | None:
        """The lessons, if they are those of a variant of a search; else None.

        Args:
            variant: Of the search, which may force some steps or leave a process now.
            running: Its processes as they were foreseen, with what each of them
                teaches.
            bounded: Whether they are to serve the upper bound as well.
        """
        keys = [chain.key for chain in variant.chains]
        alike = [chain.key for chain in self.kept] == keys
        if not (alike and variant.running is running) or self.lessons is None:
            return None
        return self.lessons if self.lessons.blocks[-1] or not bounded else None


NOTHING_FORESEEN = ForeseenChains((), None)
