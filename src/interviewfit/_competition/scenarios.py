"""The rivals of a process, by how the offers beside it are answered.

An offer in hand is what a process competes with while it waits; if it lapses or is
turned down there is none, and if it is accepted the search is over. So what a process
is worth beside offers is an average over what they come to (``offers``).
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.units import Probability, Worth
from interviewfit._numeric.arrays import BoolArray, FloatColumn, IndexArray
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution

_ARRAYS = (
    "value",
    "continuation_value",
    "accept_probability",
    "offer_value",
    "offer_square",
    "take_probability",
    "leave_probability",
)


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
    """

    parts: Sequence[tuple[FloatColumn, RivalDistribution]]
    ended: FloatColumn
    value: FloatColumn
    leaving: FloatColumn
    accepts: BoolArray
    lead: FloatColumn
    count: int

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
        )

    def outcome(
        self, mean: Worth, solution: Solution
    ) -> tuple[OutcomeMoments, Probability]:
        """As ``RivalDistribution.outcome``, on average.

        Args:
            mean: Of the surplus of the process, hours.
            solution: Of its steps, in one row.
        """
        if len(self.parts) == 1 and self.parts[0][0][0] == 1.0:
            return self.parts[0][1].outcome(mean, solution)
        index = mean - float(solution.thresholds[0, 0])
        forced = not any(
            chance[0] > 0.0 and index > part.base[0] for chance, part in self.parts
        )
        steps = solution.thresholds.shape[1]
        totals = [np.zeros(())] * 5 + [np.zeros(steps)] * 2
        turn = 0.0
        for chance, part in self.parts:
            if not (forced or index > part.base[0]):
                continue
            moments, start = part.outcome(mean, solution)
            turn += chance[0] * start
            totals = [
                total + chance[0] * getattr(moments, name)
                for total, name in zip(totals, _ARRAYS, strict=True)
            ]
        return OutcomeMoments(*map(np.asarray, totals)), float(turn)

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
        solution: Solution,
        rows: IndexArray,
        mean: FloatColumn,
        exits: FloatColumn,
    ) -> FloatColumn:
        """As ``RivalDistribution.value_beside``, on average, hours.

        Args:
            solution: Of the steps of a process, in two rows at least.
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
