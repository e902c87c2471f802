"""Several processes compiled and solved side by side, ready to be compared.

A process at mean m with threshold k ahead has the index m - k, the alternative at which
going on and leaving are worth the same. Against an alternative y it is the same chain
from the mean m - y, so one solution serves every y (``contest``).
"""

from collections.abc import Sequence
from math import fsum
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters, solve_lanes
from interviewfit._competition.index_value import IndexPolicyValue, RivalMixture
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution

__all__ = ["Row", "SolvedProcesses"]

# So many lanes are solved as fast together as in several lists.
_FEW = 120
# One after another, so many are run; the others are left, which only lowers the bound.
_MOST_RUN = 40


@frozen(eq=False, repr=False)
class SolvedProcesses:
    """Lanes solved, those of equal length together.

    Attributes:
        lanes: As given.
        indices: Of each, hours.
        levels: Worth of each however good the alternative, hours.
        thresholds: Of each, at each of its steps, hours.
        groups: IndexArray of equal length, and their solution.
        means: Of each, hours.
        reaches: Alternatives from which the acceptance of each is 0.
    """

    lanes: tuple[ChainParameters, ...]
    indices: FloatArray
    levels: FloatArray
    thresholds: tuple[FloatArray, ...]
    groups: tuple[tuple[IndexArray, Solution], ...]
    means: FloatArray
    reaches: FloatArray

    @classmethod
    def of(
        cls,
        lanes: Sequence[ChainParameters],
        known: "SolvedProcesses | None" = None,
    ) -> "SolvedProcesses":
        """Solve every lane.

        Args:
            lanes: In any order.
            known: Solved already; where all of one length are the very same lanes, they
                are not solved again.
        """
        found: dict[tuple[ChainParameters, ...], Solution] = {}
        if known is not None:
            for rows, solution in known.groups:
                found[tuple(known.lanes[row] for row in rows.tolist())] = solution
        means = np.array([lane.mean for lane in lanes])
        indices, levels, reaches = np.empty((3, len(lanes)))
        lengths = np.array([len(lane.reward) for lane in lanes])
        groups = []
        thresholds: list[FloatArray] = [means] * len(lanes)
        for length in np.unique(lengths):
            rows = np.flatnonzero(lengths == length)
            group = tuple(lanes[row] for row in rows.tolist())
            solution = found.get(group) or solve_lanes(group)
            indices[rows] = means[rows] - solution.thresholds[:, 0]
            levels[rows] = solution.value_at_minus_infinity
            reaches[rows] = means[rows] + solution.upper_support
            groups.append((rows, solution))
            for row, own in zip(rows, solution.thresholds, strict=True):
                thresholds[row] = own
        return cls(
            tuple(lanes),
            indices,
            levels,
            tuple(thresholds),
            tuple(groups),
            means,
            reaches,
        )

    @classmethod
    def of_each(cls, blocks: Sequence[Sequence[ChainParameters]]) -> list["Row"]:
        """Several lists of lanes: the pipeline each is in, and its first row there.

        Few are solved all at once: a call costs more than its arithmetic.
        """
        lanes = [lane for block in blocks for lane in block]
        if len(lanes) > _FEW:
            return [(cls.of(block), 0) for block in blocks]
        starts = np.cumsum([0, *map(len, blocks)]).tolist()
        together = cls.of(lanes)
        return [(together, start) for start in starts[:-1]]

    def acceptance(
        self, alternatives: FloatArray, rows: slice = slice(None)
    ) -> FloatArray:
        """Chance of lanes, as a rule all, to end in an accepted offer.

        As if the next step were taken, whatever the index; shape
        ``(lanes, alternatives)``.
        """
        asked = np.arange(len(self.lanes))[rows]
        places = np.full(len(self.lanes), -1)
        places[asked] = np.arange(asked.size)
        chances = np.empty((asked.size, alternatives.size))
        for own, solution in self.groups:
            among = np.flatnonzero(places[own] >= 0)
            if among.size:
                means = self.means[own[among]][:, None] - alternatives
                chances[places[own[among]]] = solution.acceptance_probability(
                    means, among
                )
        return chances

    def contest(self, base: Worth = 0.0, rows: slice = slice(None)) -> IndexPolicyValue:
        """Lanes, as a rule all, against the sure alternative *base* and each other."""
        return IndexPolicyValue.of(
            base,
            self.indices[rows],
            self.levels[rows],
            self.reaches[rows],
            self.kinks(base, rows),
            lambda alternatives: self.acceptance(alternatives, rows),
        )

    def alone(self, base: Worth = 0.0) -> FloatArray:
        """What each adds to the sure alternative *base* by itself, hours."""
        worth = np.empty(len(self.lanes))
        for rows, solution in self.groups:
            go = solution.continuation_value(self.means[rows] - base)
            worth[rows] = np.where(self.indices[rows] > base, go, self.levels[rows])
        return worth

    def blend(self, mixtures: Sequence[RivalMixture]) -> list[OutcomeMoments]:
        """What each lane leads to against its mixture of alternatives."""
        found: dict[int, OutcomeMoments] = {}
        for rows, solution in self.groups:
            own = [mixtures[row] for row in rows]
            most = max(1, *(one.points.size for one in own))
            points, weights = np.zeros((2, rows.size, most))
            for place, one in enumerate(own):
                points[place, : one.points.size] = one.points
                weights[place, : one.points.size] = one.weights
            blended = solution.evaluate_mixture(
                self.means[rows][:, None] - points, weights
            )
            found.update(
                (row, blended.row(place)) for place, row in enumerate(rows.tolist())
            )
        return [found[row] for row in range(len(self.lanes))]

    def joined(self, other: "SolvedProcesses") -> "SolvedProcesses":
        """These lanes and others, without solving any again."""
        many = len(self.lanes)
        return SolvedProcesses(
            (*self.lanes, *other.lanes),
            np.concatenate((self.indices, other.indices)),
            np.concatenate((self.levels, other.levels)),
            (*self.thresholds, *other.thresholds),
            (*self.groups, *((rows + many, one) for rows, one in other.groups)),
            np.concatenate((self.means, other.means)),
            np.concatenate((self.reaches, other.reaches)),
        )

    def in_turn(self, base: Worth = 0.0) -> tuple[Worth, dict[int, Worth]]:
        """Run each to its end, the highest index first, against what comes after it.

        That is sure even if no process and no offer can wait for another. Whoever
        accepts leaves those after it before they are begun, at their exits e:
        v[i] = v[i+1] + W_i(m_i - y[i]), y[i] = v[i+1] - the sum of e after i. Of very
        many only the best are run.

        Returns:
            What that is worth, and y of each that is run, by its row, the first first;
            hours.
        """
        order = np.argsort(self.indices, kind="stable").tolist()
        idle, run = order[:-_MOST_RUN], order[-_MOST_RUN:]
        few = SolvedProcesses.of([self.lanes[row] for row in run]) if idle else self
        left = fsum(self.levels[idle])
        value, found = base + left, {}
        for place, row in enumerate(run):
            found[row] = value - left
            value += float(few.alone(found[row])[place if idle else row])
            left += self.lanes[row].exit[0]
        return value, dict(reversed(found.items()))

    def kinks(self, base: Worth, rows: slice) -> FloatArray:
        """Alternatives at which an acceptance turns too sharply to be found by halving.

        That is at each threshold ahead that is seen through next to no blur.
        """
        ends = np.minimum(self.indices, self.reaches)[rows]
        width = float(ends.max(initial=base)) - base
        asked = np.zeros(len(self.lanes), dtype=np.bool_)
        asked[rows] = True
        found = [np.empty(0)]
        for members, solution in self.groups:
            among = np.flatnonzero(asked[members])
            means = self.means[members[among]]
            found.append(
                solution.breakpoints(among, means, np.full(among.size, width)).ravel()
            )
        kinks = np.concatenate(found)
        return np.asarray(kinks[np.isfinite(kinks)])


Row: TypeAlias = tuple[SolvedProcesses, int]
"""A pipeline, and a row of it, from which on those lie that are meant."""
