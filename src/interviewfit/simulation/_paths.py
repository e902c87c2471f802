"""Simulated paths: each process played to its end by itself, many times.

A process with mean surplus m before a step with threshold k has the index m - k there.
What counts is its *running minimum*, the lowest index up to that step. Going on with
the highest index, and accepting an offer once it beats every index, takes a step
exactly if the running minimum there is above the *cap* of each other process: its offer
or its running minimum, whichever is less, if it ends in an offer at all. So every
process is simulated by itself (as R. Kleinberg, B. Waggoner and E. G. Weyl value them:
``index_value``). An offer is worth the surplus as believed when it is accepted.

A *policy* for the processes of a plan is such that anybody can keep to it: where the
index policy might leave an interview in its middle, where offers do not wait, or where
too few processes can be under way, the better of two others takes its place. The first
goes by index but never walks out; the second runs one process after another.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.units import Probability, Worth
from interviewfit._model.vocabulary import Phase, Term
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn
from interviewfit._portfolio.planning import Plan
from interviewfit._process.compilation import Step
from interviewfit._process.facts import uncertain
from interviewfit.simulation._index_curves import (
    IndexCurves,
    Thresholds,
    all_thresholds,
)

BLOCK = 4096
"""Paths simulated at once, with a generator of their own. What happens in a block
depends on neither the number of paths nor the blocks before it."""

NO_PROCESS = -1
"""Number of the accepted process where no offer is accepted."""

UNBEATABLE = 1e300
"""Better than any offer, hours; steps that pay for themselves are still taken."""

Endings: TypeAlias = npt.NDArray[np.intp]
"""How a process ended on each path: twice the steps taken, plus 1 if not rejected."""


@frozen(eq=False)
class ProcessPaths:
    """Paths of one process to its end, as if nobody ever left.

    Attributes:
        means: Mean surplus before each step, hours, ``(steps, paths)``.
        rejected_after: The step after which it is over; the number of steps where an
            offer comes. Shape ``(paths,)``.
        surplus: Mean surplus at its end, hours, ``(paths,)``.
    """

    means: FloatArray
    rejected_after: Endings
    surplus: FloatColumn

    def running_index(self, thresholds: Thresholds) -> "RunningIndex":
        """The lowest index of each path up to each step, with *thresholds* in hours."""
        if isinstance(thresholds, IndexCurves):
            indices = thresholds.indices_of(self.means)
        else:
            indices = self.means - np.array(thresholds)[:, None]
        minima = np.minimum.accumulate(indices, axis=0)
        lowest = indices.min(axis=0, initial=np.inf)
        offered = self.rejected_after == len(minima)
        cap = np.where(offered, np.minimum(lowest, self.surplus), -np.inf)
        return RunningIndex(self, minima, cap)


@frozen(eq=False)
class RunningIndex:
    """Running minimum of the index on each path of a process, and its cap.

    Attributes:
        paths: The paths themselves.
        minima: Lowest index up to each step, hours, ``(steps, paths)``.
        cap: The less of that and the offer, hours, ``(paths,)``; -inf without an offer.
    """

    paths: ProcessPaths
    minima: FloatArray
    cap: FloatColumn

    def settle(
        self,
        ahead: FloatColumn | float,
        behind: FloatColumn | float = -np.inf,
        in_hand: FloatColumn | float = -np.inf,
    ) -> tuple[Endings, BoolArray]:
        """Where each path ends, and whether its offer is accepted, both ``(paths,)``.

        Args:
            ahead: Best cap of the processes that go first at a tie, hours.
            behind: Best cap of the others, hours.
            in_hand: What is to be had without any step, hours: no step is worth it for
                less, but what is worth no less is accepted.
        """
        taken = (self.minima > ahead) & (self.minima >= behind)
        taken = (taken & (self.minima > in_hand)).sum(axis=0)
        rejected_after, surplus = self.paths.rejected_after, self.paths.surplus
        stays = taken <= rejected_after
        endings = 2 * np.where(stays, taken, rejected_after + 1) + stays
        offered = endings == 2 * len(self.minima) + 1
        accepted = offered & (surplus > ahead)
        accepted &= (surplus >= behind) & (surplus >= in_hand)
        return np.asarray(endings), accepted


def simulate_process(
    chain: ChainParameters[float], rng: "np.random.Generator"
) -> ProcessPaths:
    """Simulate a process to its end on a block of paths.

    Args:
        chain: Its mean and steps, hours; a step survives with its pass rate and then
            reveals normal news.
        rng: Used only where something is uncertain.
    """
    count = len(chain.reward)
    means, surplus = np.empty((count, BLOCK)), np.full(BLOCK, chain.mean)
    rejected_after = np.full(BLOCK, count)
    for step in range(count):
        means[step] = surplus
        surplus = surplus + chain.drift[step]
        if chain.reveal[step]:
            surplus += chain.reveal[step] * rng.standard_normal(BLOCK)
        for chance, size in chain.facts[step] if chain.facts else ():
            surplus += size * ((rng.random(BLOCK) < chance) - chance)
        if chain.survive[step] < 1.0:
            fails = rng.random(BLOCK) >= chain.survive[step]
            rejected_after[fails & (rejected_after == count)] = step
    return ProcessPaths(means, rejected_after, surplus)


@frozen(eq=False)
class Policy:
    """How to go on with the processes of a plan.

    Attributes:
        outside_option: The offer in hand, or 0, hours.
        thresholds: Of the steps of each process, hours.
        values_after: If they are run one after another: what those that follow are
            worth, hours, by the number of each process, in order. None: by index.
        value: Expected value of the policy, hours; None where only simulation tells.
        note: The policy in words, if it is not simply by index; else empty.
        longer, share: Another policy, and how likely a toss decides for it.
    """

    outside_option: Worth
    thresholds: Sequence[Thresholds]
    values_after: Mapping[int, Worth] | None = None
    value: Worth | None = None
    note: str = ""

    longer: "Policy | None" = None
    share: Probability = 0.0

    @classmethod
    def of(cls, search: BudgetedSearch, plan: Plan) -> "Policy":
        """The best policy that can be kept.

        Args:
            search: What runs, with the offer in hand, or nothing.
            plan: Whether its offers and processes wait.
        """
        longer, share = search.longer, search.share
        outside_option = search.policy.outside_option
        waits = plan.recall and plan.slots is None
        # Within a budget hours have their own price in the value.
        worth: Worth | None = search.policy.value + search.price * search.hours
        values_after, note = None, ""
        if search.runs_in_turn(waits=waits):
            in_turn, values_after = search.in_turn
            worth = None if search.price else in_turn
            note = "One process runs after another; none waits for the others."
        elif search.may_walk_out:
            search = search.best_feasible
            worth = search.policy.value + search.price * search.hours
            note = "The order is by index; every interview that begins is finished."
        other = None
        if longer is not None:
            other = cls.of(longer, plan)
            is_known = worth is not None and other.value is not None
            worth = (
                (1.0 - share) * (worth or 0.0) + share * (other.value or 0.0)
                if is_known
                else None
            )
        thresholds = all_thresholds(search)
        return cls(outside_option, thresholds, values_after, worth, note, other, share)

    def settle(
        self,
        processes: Sequence[ProcessPaths],
        in_hand: FloatColumn,
        rng: "np.random.Generator",
    ) -> tuple[list[Endings], Endings]:
        """Where each process ends, and the number of the accepted one, ``(paths,)``.

        The offer in hand counts as one more process after those given.

        Args:
            processes: On a block of runs.
            in_hand: The offer in hand, or 0, hours, ``(paths,)``.
            rng: Decides which of two plans is followed, where a toss does.
        """
        endings, accepted = self._settle(processes, in_hand)
        if self.longer is None:
            return endings, accepted
        tossed = rng.random(BLOCK) < self.share
        others, taken = self.longer.settle(processes, in_hand, rng)
        endings = [
            np.where(tossed, other, ending)
            for other, ending in zip(others, endings, strict=True)
        ]
        return endings, np.where(tossed, taken, accepted)

    def _settle(
        self, processes: Sequence[ProcessPaths], in_hand: FloatColumn
    ) -> tuple[list[Endings], Endings]:
        """As ``settle``, without a toss.

        Args:
            processes, in_hand: As ``settle``.
        """
        indices = [
            paths.running_index(thresholds)
            for paths, thresholds in zip(processes, self.thresholds, strict=True)
        ]
        accepted = np.where(in_hand > 0.0, len(processes), NO_PROCESS)
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
        endings, ahead = [], np.full(BLOCK, -np.inf)
        for row, index in enumerate(indices):
            ending, accepts = index.settle(ahead, behind[row + 1], in_hand)
            accepted[accepts] = row
            endings.append(ending)
            ahead = np.maximum(ahead, index.cap)
        return endings, accepted


def waiting_step(entry: CompiledProcess[float]) -> Step[float]:
    """The step of asking for an offer to wait, with the news that it brings."""
    process, asking = entry.process, entry.numbers["asking"]
    return Step(
        stage=-1,
        phase=Phase.BEFORE,
        title="waiting",
        reward_terms={Term.TIME: -asking * entry.numbers.weight(Term.TIME)},
        exit_terms={},
        survive=entry.numbers["stays_open"],
        drift=0.0,
        reveal=process.hours_per_percent * process.news.sd,
        hours=asking,
        days=0.0,
        facts=uncertain(
            (chance, process.hours_per_percent * size)
            for chance, size in process.news.events
        ),
    )
