"""The rivals of a process, by how the offers beside it are answered.

An offer in hand is what a process competes with while it waits; if it lapses or is
turned down there is none, and if it is accepted the search is over. So what a process
is worth beside offers is an average over what they come to (``offers``).
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from attrs import frozen

from interviewfit._competition.any_solution import AnySolution
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Probability, Worth
from interviewfit._numeric.arrays import BoolArray, FloatColumn, IndexArray
from interviewfit._solver.forward_pass import OutcomeMoments

# Values that differ by no more than this share are equal.
_ROUNDING = 1e-9
# Processes that are met with their rivals at once.
_TOGETHER = 24


@frozen(eq=False, repr=False)
class RivalScenarios:
    """The other processes of a search, in many rows or in a single decision.

    Attributes:
        parts: The rivals with each set of offers in hand, and its probability,
            ``(rows,)``.
        ended: Probability that an offer is accepted before the process goes on,
            ``(rows,)``.
        value: What the search is worth without the process, hours, likewise.
        leaving: What leaving all rivals is worth, hours, likewise.
        accepts: Whether an offer is best accepted at once, likewise. *parts* and
            *ended* then say what follows if it is not.
        lead: By how much that is better than anything else, hours, likewise; else 0.
        count: How many other processes run or are offers.
        readjusted: What answering the offers anew would add without the process, hours,
            likewise. Going on with it gives that up.
    """

    parts: Sequence[tuple[FloatColumn, RivalDistribution]]
    ended: FloatColumn
    value: FloatColumn
    leaving: FloatColumn
    accepts: BoolArray
    lead: FloatColumn
    count: int
    readjusted: FloatColumn

    @classmethod
    def of(cls, rivals: RivalDistribution, count: int) -> "RivalScenarios":
        """Rivals without an offer that could be answered before.

        Args:
            rivals: The processes that run.
            count: How many others there are.
        """
        nothing = np.zeros(rivals.value.size)
        return cls(
            ((nothing + 1.0, rivals),),
            nothing,
            rivals.value,
            rivals.leaving,
            nothing > 0.0,
            nothing,
            count,
            nothing,
        )

    @property
    def is_over(self) -> bool:
        """Whether an offer ends the search in any case before a process goes on."""
        return not self.parts

    def outcome(
        self, mean: Worth, solution: AnySolution
    ) -> tuple[OutcomeMoments, Probability]:
        """As ``RivalDistribution.outcome``, on average.

        Args:
            mean: Of the surplus of the process, hours.
            solution: Of its steps, in one row.
        """
        return outcomes_beside([self], SolvedProcesses.of_solution(mean, solution))[0]

    def parts_begun(self, index: Worth) -> list[tuple[Probability, RivalDistribution]]:
        """The rivals beside which a process is begun, and how likely they are.

        For a single decision. Where its turn would never come, it is begun in any case.

        Args:
            index: Of the process, hours.
        """
        parts = [(float(chance[0]), part) for chance, part in self.parts]
        begun = [pair for pair in parts if index > float(pair[1].base[0])]
        return begun if any(chance > 0.0 for chance, _ in begun) else parts

    def value_of_job(self, surplus: Worth) -> Worth:
        """What a sure job adds to the rivals, hours, for a single decision.

        Args:
            surplus: Of the job against the fallback, hours.
        """
        return float(
            sum(chance[0] * part.value_of_job(surplus) for chance, part in self.parts)
        )

    def value_beside(
        self,
        solution: AnySolution,
        rows: IndexArray,
        mean: FloatColumn,
        exits: FloatColumn,
    ) -> FloatColumn:
        """As ``RivalDistribution.value_beside``, on average, hours.

        Args:
            solution: Of the steps of a process, with exact rows.
            rows: The row of each point, ``(points,)``, as are the values.
            mean, exits: Mean surplus at each point, and the value of leaving instead,
                hours, likewise.
        """
        if len(self.parts) == 1 and (self.parts[0][0] == 1.0).all():
            return self.parts[0][1].value_beside(solution, rows, mean, exits)
        row = np.zeros_like(rows) if self.ended.size == 1 else rows
        index = mean - solution.thresholds[rows, 0]
        begun = [
            (part.base[part.row[row]] < index) & (chance[row] > 0.0)
            for chance, part in self.parts
        ]
        forced = ~np.any(begun, axis=0)
        values = self.ended[row] * exits
        for (chance, part), turns in zip(self.parts, begun, strict=True):
            whole = part.value_beside(solution, rows, mean, exits)
            taken = forced | turns
            values = values + chance[row] * np.where(taken, whole, exits)
        return values


def gain_of_readjusting(without: FloatColumn, fixed: FloatColumn) -> FloatColumn:
    """What answering the offers anew adds where a process is not gone on with, hours.

    Args:
        without: What the rest is worth with its own best answers, hours, ``(rows,)``.
        fixed: The same with the answers that are best beside the process.

    Returns:
        0 where the two differ by no more than rounding.
    """
    gain = without - fixed
    return np.where(gain > _ROUNDING * (1.0 + np.abs(fixed)), gain, 0.0)


def outcomes_beside(
    rivals: Sequence[RivalScenarios], solved: SolvedProcesses
) -> list[tuple[OutcomeMoments, Probability]]:
    """What some processes lead to, each beside its own rivals, on average.

    Args:
        rivals: Of each process, for a single decision.
        solved: The processes, in the same order.

    Returns:
        As ``RivalDistribution.outcomes``; nothing where an offer ends the search first.
    """
    indices = solved.indices.tolist()
    begun = [
        scenarios.parts_begun(index)
        for scenarios, index in zip(rivals, indices, strict=True)
    ]
    beside = [part for parts in begun for _, part in parts]
    rows = np.repeat(np.arange(len(rivals)), [len(parts) for parts in begun])
    # A few at a time, because each has panels of its own.
    outcomes = chain.from_iterable(
        RivalDistribution.stack(beside[start : start + _TOGETHER]).outcomes(
            solved.take(rows[start : start + _TOGETHER])
        )
        for start in range(0, len(beside), _TOGETHER)
    )
    return [
        _mean_moments(
            [(chance, *next(outcomes)) for chance, _ in parts],
            solved.thresholds(row).size,
        )
        for row, parts in enumerate(begun)
    ]


def _mean_moments(
    parts: Sequence[tuple[Probability, OutcomeMoments, Probability]], steps: int
) -> tuple[OutcomeMoments, Probability]:
    """The average of some outcomes, and of the chances to be begun.

    Args:
        parts: How likely each outcome is, what it is, and its chance to be begun.
        steps: How many the process has.
    """
    if len(parts) == 1 and parts[0][0] == 1.0:
        return parts[0][1:]
    totals = [np.zeros(())] * 5 + [np.zeros(steps)] * 2
    for chance, moments, _ in parts:
        totals = [
            total + chance * array
            for total, array in zip(totals, moments.arrays, strict=True)
        ]
    turn = sum(chance * start for chance, _, start in parts)
    return OutcomeMoments(*map(np.asarray, totals)), float(turn)
