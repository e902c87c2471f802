"""Two of several processes solved together, and all the others left.

That is a plan too, and where two stand out that teach each other the best one known.
It also sees to it that one more process never makes a plan worth less: whatever two are
worth together stays within reach.

Two processes are worth no more together than with all that each could teach the other
known from the start; skill fixed, that is a contest of two (``contest``), and no more
than both alone. So few pairs are ever solved: the others cannot beat what is known.
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import fsum, inf

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters, PracticeModel
from interviewfit._competition.solved_processes import Row
from interviewfit._model.units import Worth
from interviewfit._portfolio.joint import Duo, Joint, Progress
from interviewfit._portfolio.learner import Learner
from interviewfit._process.compilation import Step

__all__ = ["Pairs"]

# Those that stand out the most that are paired, and pairs that are solved, at most.
_MOST_PAIRED, _MOST_TRIED = 32, 24


@frozen(eq=False)
class Pairs:
    """Several processes, of which two at a time are solved together.

    Attributes:
        lanes: Of each process.
        steps: Likewise.
        base: The sure alternative, hours.
        teaching: What interviews teach.
        tolerance: How far the bounds of a pair may be apart, hours, for a worth.
    """

    lanes: Sequence[ChainParameters]
    steps: Sequence[Sequence[Step]]
    base: Worth
    teaching: PracticeModel
    tolerance: Callable[[Worth], Worth]

    def solve(
        self,
        rows: tuple[int, int],
        known: Worth = -inf,
        progress: Progress | None = None,
    ) -> Joint | None:
        """Two of them together, with the exits of all others; its turns are by row.

        Args:
            rows: Which two.
            known: What can be had anyway, hours; a pair that cannot beat it is not
                solved to the end.
            progress: Told of the work.

        Returns:
            None if both are in the middle of an interview, as nobody can be.
        """
        one, two = (
            Learner.of(self.lanes[row], self.steps[row], self.base, self.teaching)
            for row in rows
        )
        if one.held[0] and two.held[0]:
            return None
        others = self._others(*rows)
        found = Duo((one, two), self.teaching.decay).solve(
            self.tolerance, progress, known=known - others
        )
        return Joint(
            lower=found.lower + others,
            upper=found.upper + others,
            turns={
                rows[place]: (low + others, high + others)
                for place, (low, high) in found.turns.items()
            },
        )

    def strongest(
        self,
        skilled: Row,
        known: Worth,
        apart: Callable[[int, int], bool],
        progress: Progress | None = None,
    ) -> Joint | None:
        """The pair worth the most, if it is worth more than what is known.

        Args:
            skilled: The processes once more, with at least the skill that each can
                have from another: where they are solved, and the first row there.
            known: What can be had anyway, hours.
            apart: Whether two of them have nothing else to do with each other.
            progress: Told how many pairs are done.
        """
        best, pairs = None, self._promising(skilled, known, apart)
        for number, (bound, one, two) in enumerate(pairs, start=1):
            if bound > known and self._bound(skilled, one, two) > known:
                found = self.solve((one, two), known)
                if found is not None and found.lower > known:
                    best, known = found, found.lower
            if progress is not None:
                progress(number, len(pairs))
        return best

    def _promising(
        self, skilled: Row, known: Worth, apart: Callable[[int, int], bool]
    ) -> list[tuple[Worth, int, int]]:
        """Pairs that might be worth it, with a bound for each, hours, the highest first."""
        pipeline, start = skilled
        exits = np.array([lane.exit[0] for lane in self.lanes])
        alone = pipeline.alone(self.base)[start : start + exits.size]
        gains = alone - exits
        ranked = np.argsort(-gains, kind="stable")[:_MOST_PAIRED].tolist()
        left = self.base + fsum(exits)
        bounds = [
            (left + float(gains[one] + gains[two]), min(one, two), max(one, two))
            for one, two in combinations(ranked, 2)
        ]
        found = [pair for pair in bounds if pair[0] > known and apart(*pair[1:])]
        return sorted(found, key=lambda pair: -pair[0])[:_MOST_TRIED]

    def _bound(self, skilled: Row, one: int, two: int) -> Worth:
        """What two cannot be worth more than, with the exits of all others, hours."""
        pipeline, start = skilled
        rows = slice(start + one, start + two + 1, two - one)
        return pipeline.contest(self.base, rows).value + self._others(one, two)

    def _others(self, one: int, two: int) -> Worth:
        """What it is worth to leave all but two, hours."""
        return fsum(
            lane.exit[0] for row, lane in enumerate(self.lanes) if row not in (one, two)
        )
