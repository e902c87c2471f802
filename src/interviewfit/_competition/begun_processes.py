"""The processes of a search that are begun with an offer in hand.

The index policy never goes on with a process whose index is no higher than the best
offer in hand, so what such a process would lead to need not be worked out.

Reference: M. L. Weitzman, "Optimal search for the best alternative", Econometrica 47
(1979) 641-654.
"""

from typing import Protocol

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray


class Processes(Protocol):
    """Processes that are solved (``SolvedProcesses``)."""

    @property
    def indices(self) -> FloatColumn:
        """Index of each, hours, ``(processes,)``."""

    def take(self, rows: IndexArray) -> "Processes":
        """Some of them."""

    def acceptance_probability(
        self, alternatives: FloatArray, *, up_to_index: bool = False
    ) -> FloatArray:
        """Probability that each ends in an accepted offer, if it is gone on with.

        Args:
            alternatives: What an offer must beat, hours, ``(alternatives,)`` or
                ``(processes, alternatives)``.
            up_to_index: Whether any number will do beyond an index, if that is dear.
        """


@frozen(eq=False, repr=False)
class BegunProcesses:
    """Those of some processes that are begun.

    Attributes:
        running: They alone.
        rows: Which these are, ``(begun,)``.
        count: How many processes there are in all.
    """

    running: Processes
    rows: IndexArray
    count: int

    @classmethod
    def of(cls, solved: Processes, outside_option: float) -> "BegunProcesses":
        """Those of some processes whose index is above the best offer in hand.

        Args:
            solved: The processes, each with its index.
            outside_option: The offer, or whatever else is sure, hours; an index that is
                no higher is that of a process which is left as it stands.
        """
        rows = np.flatnonzero(solved.indices > outside_option)
        return cls(solved.take(rows), rows, solved.indices.size)

    def acceptance(self, alternatives: FloatArray) -> FloatArray:
        """Probability that each process ends in an accepted offer, up to its index.

        Args:
            alternatives: What an offer must beat, hours, ``(alternatives,)`` or
                ``(processes, alternatives)``, none worth less than the offer in hand.

        Returns:
            Shape ``(processes, alternatives)``; 0 for those that are not begun.
        """
        if self.rows.size == self.count:
            return self.running.acceptance_probability(alternatives, up_to_index=True)
        chances = np.zeros((self.count, alternatives.shape[-1]))
        if self.rows.size:
            asked_for = alternatives
            if alternatives.ndim > 1:
                asked_for = alternatives[self.rows]
            chances[self.rows] = self.running.acceptance_probability(
                asked_for, up_to_index=True
            )
        return chances
