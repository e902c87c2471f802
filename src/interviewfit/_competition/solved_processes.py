"""Several processes solved side by side, ready to be compared.

A process at mean m with threshold k ahead has the index m - k, the alternative at which
going on and leaving have the same value. Against an alternative y it is the same chain
from the mean m - y, so one solution serves every y (``index_value``) and every mean:
processes of the same steps share a chain.
"""

from collections.abc import Sequence
from math import fsum
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.index_value import IndexPolicyValue, RivalMixture
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution, solve

__all__ = ["Block", "SolvedProcesses"]

# Up to so many chains are solved together as fast as in several blocks.
_MOST_TOGETHER = 120
# At most so many are run one after another; leaving the others only lowers the value.
_MOST_SEQUENTIAL = 40


@frozen(eq=False, repr=False)
class SolvedProcesses:
    """Processes solved, those of equally many steps together.

    Attributes:
        chains: The processes, in the order in which they were stated.
        indices: Index of each, hours, ``(processes,)``.
        levels: Value of each however good the alternative, hours, likewise.
        thresholds: Thresholds of the steps of each, hours.
        groups: The processes of equally many steps, the solution of their distinct
            chains, and its row for each of these processes.
        means: Mean surplus of each, hours, ``(processes,)``.
        upper_supports: Alternatives from which each is never accepted, hours, likewise.
    """

    chains: tuple[ChainParameters[float], ...]
    indices: FloatArray
    levels: FloatArray
    thresholds: tuple[FloatArray, ...]
    groups: tuple[tuple[IndexArray, Solution, IndexArray], ...]
    means: FloatArray
    upper_supports: FloatArray

    @classmethod
    def of(
        cls,
        chains: Sequence[ChainParameters[float]],
        earlier: "SolvedProcesses | None" = None,
    ) -> "SolvedProcesses":
        """Solve every process.

        Args:
            chains: The processes, in any order.
            earlier: Processes solved before. If all processes of one length are the
                very same objects, their solution is taken from there.
        """
        solutions: dict[
            tuple[ChainParameters[float], ...], tuple[Solution, IndexArray]
        ] = {}
        if earlier is not None:
            for rows, solution, lines in earlier.groups:
                members = tuple(earlier.chains[row] for row in rows.tolist())
                solutions[members] = solution, lines
        means = np.array([chain.mean for chain in chains])
        indices, levels, upper_supports = np.empty((3, len(chains)))
        lengths = np.array([len(chain.reward) for chain in chains])
        groups = []
        thresholds: list[FloatArray] = [means] * len(chains)
        for length in np.unique(lengths):
            rows = np.flatnonzero(lengths == length)
            members = tuple(chains[row] for row in rows.tolist())
            solution, lines = solutions.get(members) or _solve_distinct(members)
            indices[rows] = means[rows] - solution.thresholds[lines, 0]
            levels[rows] = solution.value_at_minus_infinity[lines]
            upper_supports[rows] = means[rows] + solution.upper_support[lines]
            groups.append((rows, solution, lines))
            for row, line in zip(rows.tolist(), lines.tolist(), strict=True):
                thresholds[row] = solution.thresholds[line]
        return cls(
            tuple(chains),
            indices,
            levels,
            tuple(thresholds),
            tuple(groups),
            means,
            upper_supports,
        )

    @classmethod
    def of_blocks(
        cls, blocks: Sequence[Sequence[ChainParameters[float]]]
    ) -> list["Block"]:
        """Solve several lists of processes: where each stands, and its first row there.

        Few processes are solved all at once: a call costs more than its arithmetic.
        """
        chains = [chain for block in blocks for chain in block]
        if len(chains) > _MOST_TOGETHER:
            return [(cls.of(block), 0) for block in blocks]
        starts = np.cumsum([0, *map(len, blocks)]).tolist()
        together = cls.of(chains)
        return [(together, start) for start in starts[:-1]]

    def acceptance_probability(
        self, alternatives: FloatArray, rows: slice = slice(None)
    ) -> FloatArray:
        """Probability that a process ends in an accepted offer.

        The next step is taken, whatever the index.

        Args:
            alternatives: What an offer must beat, hours, ``(alternatives,)``.
            rows: The processes, all by default.

        Returns:
            Shape ``(processes, alternatives)``.
        """
        chosen = np.arange(len(self.chains))[rows]
        positions = np.full(len(self.chains), -1)
        positions[chosen] = np.arange(chosen.size)
        probabilities = np.empty((chosen.size, alternatives.size))
        for members, solution, lines in self.groups:
            chosen = np.flatnonzero(positions[members] >= 0)
            if chosen.size:
                means = self.means[members[chosen]][:, None] - alternatives
                probabilities[positions[members[chosen]]] = (
                    solution.acceptance_probability(means, lines[chosen])
                )
        return probabilities

    def index_policy(
        self, outside_option: Worth = 0.0, rows: slice = slice(None)
    ) -> IndexPolicyValue:
        """The value of advancing the process of the highest index.

        Args:
            outside_option: The sure alternative, hours.
            rows: The processes, all by default.
        """
        return IndexPolicyValue.of(
            outside_option,
            self.indices[rows],
            self.levels[rows],
            self.upper_supports[rows],
            self.breakpoints(outside_option, rows),
            lambda alternatives: self.acceptance_probability(alternatives, rows),
        )

    def standalone_values(
        self, outside_option: Worth = 0.0, rows: slice = slice(None)
    ) -> FloatArray:
        """What each process adds to the sure alternative by itself, hours.

        Args:
            outside_option: The sure alternative, hours.
            rows: The processes, all by default.

        Returns:
            Shape ``(processes,)``.
        """
        values = np.where(self.indices > outside_option, 0.0, self.levels)
        chosen = np.zeros(len(self.chains), dtype=np.bool_)
        chosen[rows] = True
        chosen &= self.indices > outside_option
        for members, solution, lines in self.groups:
            within = np.flatnonzero(chosen[members])
            if within.size:
                means = self.means[members[within]][:, None] - outside_option
                going_on = solution.continuation_value(means, lines[within])
                values[members[within]] = going_on[:, 0]
        return values[rows]

    def evaluate_mixtures(
        self, mixtures: Sequence[RivalMixture]
    ) -> list[OutcomeMoments]:
        """What each process leads to against its mixture of alternatives."""
        outcomes: dict[int, OutcomeMoments] = {}
        for members, solution, lines in self.groups:
            rows = members.tolist()
            width = max(1, *(mixtures[row].points.size for row in rows))
            points, weights = np.zeros((2, members.size, width))
            for position, row in enumerate(rows):
                count = mixtures[row].points.size
                points[position, :count] = mixtures[row].points
                weights[position, :count] = mixtures[row].weights
            means = self.means[members][:, None] - points
            moments = solution.evaluate_mixture(means, weights, lines)
            outcomes.update(
                (row, moments.row(position)) for position, row in enumerate(rows)
            )
        return [outcomes[row] for row in range(len(self.chains))]

    def concatenate(self, more: "SolvedProcesses") -> "SolvedProcesses":
        """These processes and then *more*; none is solved again."""
        count = len(self.chains)
        return SolvedProcesses(
            (*self.chains, *more.chains),
            np.concatenate((self.indices, more.indices)),
            np.concatenate((self.levels, more.levels)),
            (*self.thresholds, *more.thresholds),
            (
                *self.groups,
                *(
                    (members + count, solution, lines)
                    for members, solution, lines in more.groups
                ),
            ),
            np.concatenate((self.means, more.means)),
            np.concatenate((self.upper_supports, more.upper_supports)),
        )

    def sequential_value(
        self, outside_option: Worth = 0.0
    ) -> tuple[Worth, dict[int, Worth]]:
        """Run each to its end, the highest index first, against what comes after it.

        Anybody can keep to that, even if no process and no offer waits for another.
        Who accepts an offer leaves the later processes before they begin, at their
        exits e: v[i] = v[i+1] + W_i(m_i - y[i]), y[i] = v[i+1] - the sum of e after i.
        Of very many processes only those of the highest indices are run.

        Returns:
            The value, and y of each process that is run, by its row, in the order in
            which they are run; hours.
        """
        order = np.argsort(self.indices, kind="stable").tolist()
        idle, run = order[:-_MOST_SEQUENTIAL], order[-_MOST_SEQUENTIAL:]
        exits = fsum(self.levels[idle])
        value, alternatives = outside_option + exits, {}
        places = {
            row: (solution, lines[position : position + 1])
            for members, solution, lines in self.groups
            for position, row in enumerate(members.tolist())
        }
        for row in run:
            alternative = alternatives[row] = value - exits
            gain = float(self.levels[row])
            if self.indices[row] > alternative:
                solution, line = places[row]
                mean = np.array([[self.means[row] - alternative]])
                gain = float(solution.continuation_value(mean, line)[0, 0])
            value += gain
            exits += self.chains[row].exit[0]
        return value, dict(reversed(alternatives.items()))

    def breakpoints(self, outside_option: Worth, rows: slice) -> FloatArray:
        """Alternatives at which an acceptance turns too sharply to be found by halving.

        That is at each threshold ahead that is reached with next to no news.

        Args:
            outside_option: The sure alternative, hours.
            rows: The processes.
        """
        ends = np.minimum(self.indices, self.upper_supports)[rows]
        width = float(ends.max(initial=outside_option)) - outside_option
        chosen = np.zeros(len(self.chains), dtype=np.bool_)
        chosen[rows] = True
        points = [np.empty(0)]
        for members, solution, lines in self.groups:
            within = np.flatnonzero(chosen[members])
            means, widths = self.means[members[within]], np.full(within.size, width)
            points.append(solution.breakpoints(lines[within], means, widths).ravel())
        breaks = np.concatenate(points)
        return np.asarray(breaks[np.isfinite(breaks)])


Block: TypeAlias = tuple[SolvedProcesses, int]
"""Solved processes, and the row from which on those of the block stand."""


def _solve_distinct(
    chains: Sequence[ChainParameters[float]],
) -> tuple[Solution, IndexArray]:
    """The solution of the distinct chains of some processes of equally many steps.

    Returns:
        The solution, and its row for each process.
    """
    steps = [chain.steps for chain in chains]
    distinct = dict.fromkeys(steps)
    rows = {key: row for row, key in enumerate(distinct)}
    solution = solve(*np.moveaxis(np.array(list(distinct)), 1, 0))
    return solution, np.array([rows[key] for key in steps])
