"""Policies for the processes of a plan, such that anybody can keep to them.

The process of the highest index goes first, and an offer is accepted once it beats
every index. Nobody leaves an interview in its middle: where the index policy might ask
for it, where offers do not wait, or where too few processes can be under way, the
better of two policies that anybody can keep takes its place (``standing``). One goes by
index but never walks out; the other runs one process after another, each against the
value of those that follow.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.units import Worth
from interviewfit._portfolio.bounds import BudgetedSearch
from interviewfit._portfolio.planning import Plan
from interviewfit.simulation._outcomes import NO_PROCESS
from interviewfit.simulation._paths import BLOCK, UNBEATABLE, Endings, ProcessPaths

__all__ = ["Policy"]


@frozen(eq=False)
class Policy:
    """How to go on with the processes of a plan.

    Attributes:
        outside_option: The offer in hand, or 0, hours.
        thresholds: Of the steps of each process, hours.
        values_after: If they are run one after another: what those that follow are
            worth, hours, by the number of each process, in order. None: by index.
        worth: Expected value of the policy, hours; None where only simulation tells.
        note: What it is, where it is not simply by index.
    """

    outside_option: Worth
    thresholds: Sequence[Sequence[float]]
    values_after: Mapping[int, Worth] | None = None
    worth: Worth | None = None
    note: str = ""

    @classmethod
    def of(
        cls,
        running: Sequence[CompiledProcess[float]],
        outside_option: Worth,
        plan: Plan,
    ) -> "Policy":
        """The best policy that can be kept.

        Args:
            running: The processes that can be continued.
            outside_option: The offer in hand, or 0, hours.
            plan: Its budget, and whether offers wait.
        """
        search = BudgetedSearch.with_budget(running, outside_option, plan.budget)
        waits = plan.recall and plan.slots is None
        worth: Worth | None = search.value
        values_after, note = None, ""
        if search.may_walk_out or not waits:
            in_turn, values_after = search.solved.sequential_value(outside_option)
            worth = None if search.price else in_turn
            note = "Played one process after another, none waiting for the others."
            if waits and search.best_feasible.policy.value >= in_turn:
                search, values_after = search.best_feasible, None
                worth = search.value
                note = "Played by index, and every interview begun is finished."
        thresholds = [row.tolist() for row in search.solved.thresholds]
        return cls(outside_option, thresholds, values_after, worth, note)

    def settle(
        self, processes: Sequence[ProcessPaths]
    ) -> tuple[list[Endings], Endings]:
        """Where each process ends, and whose offer is accepted.

        Args:
            processes: Paths of each, in the order of *thresholds*.

        Returns:
            Endings of each process, and the number of the accepted one, ``(paths,)``;
            the offer in hand counts as one more process after them.
        """
        indices = [
            paths.running_index(thresholds)
            for paths, thresholds in zip(processes, self.thresholds, strict=True)
        ]
        in_hand = len(processes) if self.outside_option > 0.0 else NO_PROCESS
        accepted = np.full(BLOCK, in_hand)
        if self.values_after is not None:
            # Those that are never run take what pays for itself.
            endings = [index.settle(UNBEATABLE)[0] for index in indices]
            free = np.ones(BLOCK, dtype=np.bool_)
            for row, value_after in self.values_after.items():
                ending, accepts = indices[row].settle(value_after)
                endings[row] = np.where(free, ending, 1)
                accepted[free & accepts] = row
                free &= ~accepts
            return endings, accepted
        behind = np.full((len(indices) + 1, BLOCK), -np.inf)
        for row in range(len(indices) - 1, -1, -1):
            behind[row] = np.maximum(behind[row + 1], indices[row].cap)
        endings, ahead = [], np.full(BLOCK, self.outside_option)
        for row, index in enumerate(indices):
            ending, accepts = index.settle(ahead, behind[row + 1])
            accepted[accepts] = row
            endings.append(ending)
            ahead = np.maximum(ahead, index.cap)
        return endings, accepted
