"""How to go on with the processes of a plan, so that anybody can keep to it.

The highest index goes first, and an offer is accepted once it beats every index. Nobody
leaves an interview lying in its middle: where the index rule might ask for it, where
offers do not wait or too few processes can be under way, the better of two rules
anybody can keep takes its place (``standing``). One is by index but never walks out;
the other runs one process after another, each against what comes after it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.units import Worth
from interviewfit._portfolio.planning import Plan
from interviewfit._portfolio.standing import BudgetedSearch
from interviewfit.simulation._paths import BEYOND, BLOCK, NOBODY, Ends, ProcessPaths

__all__ = ["Policy"]


@frozen(eq=False)
class Policy:
    """How to go on with the processes of a plan.

    Attributes:
        base: The offer in hand, or 0, hours.
        thresholds: Of each process, hours.
        turns: What comes after each, hours, by its row, if they are run one after
            another; None if they are run by index.
        worth: What this is worth, hours; None where only playing tells.
        note: What it is, where it is not simply by index.
    """

    base: Worth
    thresholds: Sequence[Sequence[float]]
    turns: Mapping[int, Worth] | None = None
    worth: Worth | None = None
    note: str = ""

    @classmethod
    def of(
        cls, running: Sequence[CompiledProcess], base: Worth, plan: Plan
    ) -> "Policy":
        """The best rule that can be kept, with an offer in hand."""
        standing = BudgetedSearch.within(running, base, plan.budget)
        waits = plan.recall and plan.slots is None
        if waits and not standing.walks_out:
            return cls._by_index(standing, base)
        worth, turns = standing.pipeline.in_turn(base)
        if waits:
            finished = standing.finished
            if finished.contest.value >= worth:
                note = "Played by index, and every interview begun is finished."
                return cls._by_index(finished, base, note)
        return cls(
            base,
            [one.tolist() for one in standing.pipeline.thresholds],
            turns,
            None if standing.price else worth,
            "Played one process after another, none waiting for the others.",
        )

    @classmethod
    def _by_index(
        cls, standing: BudgetedSearch, base: Worth, note: str = ""
    ) -> "Policy":
        thresholds = [one.tolist() for one in standing.pipeline.thresholds]
        return cls(base, thresholds, None, standing.value, note)

    def settle(self, paths: Sequence[ProcessPaths]) -> tuple[list[Ends], Ends]:
        """Where each process ends, and whose offer is accepted.

        The one in hand counts as that of one more process after them.
        """
        both = zip(paths, self.thresholds, strict=True)
        several = [path.among(thresholds) for path, thresholds in both]
        job = np.full(BLOCK, len(paths) if self.base > 0.0 else NOBODY)
        if self.turns is None:
            caps = [one.cap for one in several]
            behind = np.full((len(caps) + 1, BLOCK), -np.inf)
            for row in range(len(caps) - 1, -1, -1):
                behind[row] = np.maximum(behind[row + 1], caps[row])
            ends, ahead = [], np.full(BLOCK, self.base)
            for row, one in enumerate(several):
                own, accepted = one.end(ahead, behind[row + 1])
                job[accepted] = row
                ends.append(own)
                ahead = np.maximum(ahead, caps[row])
            return ends, job
        # Those that are never run take what pays for itself.
        ends = [one.end(BEYOND)[0] for one in several]
        free = np.ones(BLOCK, dtype=np.bool_)
        for row, after in self.turns.items():
            own, accepted = several[row].end(after)
            ends[row] = np.where(free, own, 1)
            job[free & accepted] = row
            free &= ~accepted
        return ends, job
