"""The rivals of each process of a search, from one solution of the whole search.

Whoever asks about one process and whoever asks about all get the same numbers, to the
last bit and in whatever order the processes are stated: all of them are solved together
in the order of their names, and each has the others as its rivals.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import define, evolve, field

from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.mutual_rivals import mutual_rivals
from interviewfit._competition.practice_price import value_of_skill, with_more_skill
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.domain import Candidate
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatColumn


@define(eq=False)
class SharedRivals:
    """What each process of a search competes with.

    Attributes:
        running: The processes that run.
        teaches: Whether what one shows in practice is worth anything to the others.
        search_at: All that runs against the best offer in hand, hours.
    """

    running: Sequence[CompiledProcess[float]]
    teaches: bool
    search_at: Callable[[Worth], BudgetedSearch]
    _searches: dict[Worth, BudgetedSearch] = field(factory=dict)
    _rivals: dict[Worth, RivalDistribution] = field(factory=dict)
    _practice: dict[Worth, FloatColumn] = field(factory=dict)

    @classmethod
    def of(
        cls,
        candidate: Candidate,
        entries: Sequence[CompiledProcess[float]],
        solved: SolvedProcesses | None = None,
    ) -> "SharedRivals":
        """The rivals in a search without a budget.

        Args:
            candidate: Who decides.
            entries: All its processes, in the order of their names (``in_order``).
            solved: Processes whose chains are not solved again.
        """
        running = [entry for entry in entries if entry.is_running]
        chains = [entry.chain for entry in running]
        teaches = is_taught(candidate, entries)
        improved = with_more_skill(chains, running) if teaches else []
        solved = SolvedProcesses.of([*chains, *improved], solved)
        unpriced = solved.take(np.arange(len(chains)))
        return cls(
            running,
            teaches,
            lambda base: BudgetedSearch.of(running, base, 0.0, unpriced),
        )

    @cached_property
    def rows(self) -> Mapping[int, int]:
        """The row of each running process, by the identity of the process."""
        return {id(entry): number for number, entry in enumerate(self.running)}

    def at(
        self, entry: CompiledProcess[float], base: Worth
    ) -> tuple[RivalDistribution, Worth]:
        """All others with an offer in hand, and what skill is worth to them, hours.

        Args:
            entry: The process.
            base: The best offer in hand, hours.
        """
        rivals = self.beside_each(base)
        if base not in self._practice:
            self._practice[base] = self._value_of_skill(self._searches[base], base)
        number = self.rows.get(id(entry), -1)
        return rivals.take(number), float(self._practice[base][number])

    def beside_each(self, base: Worth) -> RivalDistribution:
        """All others with an offer in hand, in a row for each running process.

        One more row has all processes.

        Args:
            base: The best offer in hand, hours.
        """
        if base not in self._rivals:
            search = self._searches[base] = self.search_at(base)
            self._rivals[base] = mutual_rivals(search.solved, search.policy)
        return self._rivals[base]

    def beside(
        self, entry: CompiledProcess[float], base: Worth
    ) -> tuple[RivalDistribution, Worth]:
        """As ``at``, with the chains of all others, from which runs can be drawn.

        Args:
            entry, base: As ``at``.
        """
        rivals, practice = self.at(entry, base)
        number, chains = self.rows.get(id(entry), -1), self._searches[base].chains
        others = [chain for row, chain in enumerate(chains) if row != number]
        return evolve(rivals, processes=tuple(others)), practice

    def _value_of_skill(self, search: BudgetedSearch, base: Worth) -> FloatColumn:
        """What a unit of log-odds is worth to all but each process, hours.

        Args:
            search, base: Everything that runs, and the best offer in hand, hours.
        """
        if not self.teaches:
            return np.zeros(len(search.chains) + 1)
        chains = with_more_skill(search.chains, search.running)
        improved = SolvedProcesses.of(chains, search.solved)
        better = mutual_rivals(improved, improved.index_policy(base))
        value = self._rivals[base].value
        if any(chain.mutual is not None for chain in search.chains):
            # What skill brings is that of constant rates.
            average = [chain.on_average for chain in search.chains]
            usual = SolvedProcesses.of(average, search.solved)
            value = mutual_rivals(usual, usual.index_policy(base)).value
        return value_of_skill(value, better.value)


def is_taught(candidate: Candidate, entries: Sequence[CompiledProcess[float]]) -> bool:
    """Whether practice in one process of a search is worth anything to another.

    Args:
        candidate, entries: Who decides, and all processes; whoever is alone teaches
            nobody.
    """
    return candidate.weights.practice > 0.0 and len(entries) > 1


def in_order(
    entries: Sequence[CompiledProcess[float]],
) -> list[CompiledProcess[float]]:
    """The processes of a search by their names, so that no sum depends on the file."""
    return sorted(entries, key=lambda entry: entry.opportunity.name)
