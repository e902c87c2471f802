"""Several processes solved side by side, ready to be compared.

A process at mean m with threshold k ahead has the index m - k, where going on and
leaving are worth the same. Against an alternative y it is the same chain from m - y, so
one solution serves every y (``index_value``) and every mean.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import fsum, inf

import numpy as np
from attrs import field, frozen

from interviewfit._competition.any_solution import AnySolution, is_tabulated
from interviewfit._competition.begun_processes import BegunProcesses
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.kept_solutions import solve_table
from interviewfit._competition.known_chains import KnownChains
from interviewfit._competition.missing_chains import solve_missing
from interviewfit._competition.rival_mixture import RivalMixture
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.panels import distinct_rows, take_rows
from interviewfit._solver.forward_pass import OutcomeMoments

# At most so many are run one after another; leaving the others only lowers the value.
_MOST_SEQUENTIAL = 40
# Mixtures are filled up to a multiple of so many points, besides some for the ends and
# jumps: most have a power of 2 of them, and then their end.
_WIDTH, _ENDS = 128, 8


@frozen(eq=False, repr=False)
class SolvedProcesses:
    """Processes solved, those of equally many steps together.

    Attributes:
        solutions: Of the distinct chains of equally many steps each.
        group: Which of the solutions is that of each process, ``(processes,)``, as are
            all others.
        line: Its row there.
        means: Mean surplus, hours.
        exits: Value of leaving now, hours.
        indices: Index, hours.
        levels: Value however good the alternative, hours.
        upper_supports: Alternatives from which it is never accepted, hours.
        known: Every chain that was solved with these, by its numbers
            (``ChainParameters.key``): its solution, and its row there.
    """

    solutions: tuple[AnySolution, ...]
    group: IndexArray
    line: IndexArray
    means: FloatColumn
    exits: FloatColumn
    indices: FloatColumn
    levels: FloatColumn
    upper_supports: FloatColumn
    known: Mapping[object, tuple[AnySolution, int]] = field(factory=dict)

    @classmethod
    def of(
        cls,
        chains: Sequence[ChainParameters[float]],
        solved: "SolvedProcesses | None" = None,
        *,
        exact_rows: bool = False,
    ) -> "SolvedProcesses":
        """Solve every process, in the order of the chains; equal steps once.

        Those of equally many steps are solved together, because a call of the solver
        costs more than its arithmetic.

        Args:
            chains: The processes.
            solved: Processes whose chains, and all that were solved with them, are not
                solved again.
            exact_rows: As ``solve``.
        """
        known = {} if solved is None else dict(solved.known)
        keys = [chain.key for chain in chains]
        known |= solve_missing(keys, chains, known, exact_rows=exact_rows)
        places = [known[key] for key in keys]
        solutions = list({id(solution): solution for solution, _ in places}.values())
        numbers = {id(solution): n for n, solution in enumerate(solutions)}
        group = np.array([numbers[id(solution)] for solution, _ in places], np.intp)
        line = np.array([line for _, line in places], np.intp)
        means = np.array([chain.mean for chain in chains])
        return cls._of_solutions(means, solutions, group, line, known)

    @classmethod
    def of_tables(
        cls,
        means: FloatColumn,
        tables: Sequence[tuple[IndexArray, FloatArray]],
        *,
        exact_rows: bool = False,
        known: KnownChains | None = None,
        rows: IndexArray | None = None,
    ) -> "SolvedProcesses":
        """Solve processes whose numbers are in tables.

        Args:
            means: Mean surplus of each process, hours, ``(processes,)``.
            tables: Processes of equally many steps, and their numbers in the order of
                ``ChainParameters.steps``, ``(members, numbers, steps)``.
            exact_rows: As ``solve``.
            known: Chains that are not solved again; with exact rows only.
            rows: How many rows each row of a process stands for, ``(rows,)``; the
                processes stand one after another.
        """
        solutions: list[AnySolution] = []
        group, line = np.empty((2, means.size), dtype=np.intp)
        for members, table in tables:
            kept, lines = distinct_rows(table.reshape(members.size, -1))
            if known is None:
                group[members], line[members] = len(solutions), lines
                solutions.append(solve_table(table[kept], exact_rows=exact_rows))
                continue
            stands = np.ones(means.size, np.intp) if rows is None else rows
            pairs = np.unique(lines * stands.size + members % stands.size)
            counts = np.bincount(pairs // stands.size, stands[pairs % stands.size])
            places = known.solve(table[kept], counts > 2)
            found = {id(solution): solution for solution, _ in places}
            order = {key: len(solutions) + place for place, key in enumerate(found)}
            group[members] = np.array([order[id(own)] for own, _ in places])[lines]
            line[members] = np.array([place for _, place in places])[lines]
            solutions += found.values()
        return cls._of_solutions(means, solutions, group, line, {})

    @classmethod
    def _of_solutions(
        cls,
        means: FloatColumn,
        solutions: Sequence[AnySolution],
        group: IndexArray,
        line: IndexArray,
        known: Mapping[object, tuple[AnySolution, int]],
    ) -> "SolvedProcesses":
        """Processes from the solutions of their chains, with their indices.

        Args:
            means: Mean surplus of each process, hours, ``(processes,)``.
            solutions: Of all chains.
            group, line: Which solution each process has, and its row there, likewise.
            known: As the attribute; whoever solves more begins with these.
        """
        exits, thresholds, levels, reaches = np.empty((4, means.size))
        for number, solution in enumerate(solutions):
            members = np.flatnonzero(group == number)
            lines = line[members]
            exits[members] = solution.first_exit[lines]
            thresholds[members] = solution.thresholds[lines, 0]
            levels[members] = solution.value_at_minus_infinity[lines]
            reaches[members] = solution.upper_support[lines]
        numbers = means, exits, means - thresholds, levels, means + reaches
        return cls(tuple(solutions), group, line, *numbers, known)

    @classmethod
    def of_solution(cls, mean: Worth, solution: AnySolution) -> "SolvedProcesses":
        """A single process that is solved already, as one to be met with rivals.

        Args:
            mean: Of its surplus over the fallback, hours.
            solution: Of its steps ahead, in one row; it serves every mean.
        """
        only, means = np.zeros(1, np.intp), np.array([mean])
        return cls(
            (solution,),
            only,
            only,
            means,
            solution.first_exit,
            means - solution.thresholds[:, 0],
            solution.value_at_minus_infinity,
            means + solution.upper_support,
        )

    def take(self, rows: IndexArray) -> "SolvedProcesses":
        """Some of the processes, in any order and number."""
        return take_rows(self, rows, self.means.size)

    @classmethod
    def stack(cls, blocks: "Sequence[SolvedProcesses]") -> "SolvedProcesses":
        """The processes of several, one after another; none is solved again.

        Args:
            blocks: At least one.
        """
        solutions = {id(it): it for block in blocks for it in block.solutions}
        numbers = {key: number for number, key in enumerate(solutions)}
        groups, before = list[IndexArray](), blocks[0].known
        for block in blocks:
            places = [numbers[id(solution)] for solution in block.solutions]
            groups.append(np.array(places, np.intp)[block.group])
            before = before if block.known is before else {**before, **block.known}
        return SolvedProcesses(
            tuple(solutions.values()),
            np.concatenate(groups),
            np.concatenate([block.line for block in blocks]),
            np.concatenate([block.means for block in blocks]),
            np.concatenate([block.exits for block in blocks]),
            np.concatenate([block.indices for block in blocks]),
            np.concatenate([block.levels for block in blocks]),
            np.concatenate([block.upper_supports for block in blocks]),
            before,
        )

    def replace(
        self, chains: Mapping[int, ChainParameters[float]]
    ) -> "SolvedProcesses":
        """The same with other chains in some rows; only these are solved."""
        order = np.arange(self.means.size)
        order[list(chains)] = self.means.size + np.arange(len(chains))
        solved = SolvedProcesses.of(list(chains.values()), self)
        return SolvedProcesses.stack([self, solved]).take(order)

    def thresholds(self, process: int) -> FloatColumn:
        """Thresholds of the steps of one process, hours, ``(steps,)``."""
        solution = self.solutions[self.group[process]]
        return np.asarray(solution.thresholds[self.line[process]])

    def solution(self, process: int) -> AnySolution:
        """The solution of one process, in a single row."""
        line = self.line[[process]]
        solution: AnySolution = self.solutions[self.group[process]]
        return solution.take(line)

    @property
    def ends(self) -> FloatColumn:
        """Alternatives from which no process is gone on with and accepted, hours."""
        return np.minimum(self.indices, self.upper_supports)

    @cached_property
    def by_solution(self) -> Sequence[tuple[IndexArray, AnySolution, IndexArray]]:
        """The processes of each solution, and their rows in it."""
        places = [
            (np.flatnonzero(self.group == number), solution)
            for number, solution in enumerate(self.solutions)
        ]
        return [
            (members, solution, self.line[members])
            for members, solution in places
            if members.size
        ]

    def acceptance_probability(
        self, alternatives: FloatArray, *, up_to_index: bool = False
    ) -> FloatArray:
        """Probability that each process ends in an accepted offer.

        The next step is taken, whatever the index.

        Args:
            alternatives: What an offer must beat, hours, ``(alternatives,)`` or
                ``(processes, alternatives)``.
            up_to_index: Whether any number will do beyond an index, if that is dear.

        Returns:
            Shape ``(processes, alternatives)``.
        """
        if up_to_index and any(map(is_tabulated, self.solutions)):
            indices = np.where(np.isfinite(self.indices), self.indices, inf)
            alternatives = np.minimum(alternatives, indices[:, None])
        means = self.means[:, None] - alternatives
        probabilities = np.empty(means.shape)
        for members, solution, lines in self.by_solution:
            chances = solution.acceptance_probability(means[members], lines)
            probabilities[members] = chances
        return probabilities

    def acceptance_at(
        self, processes: IndexArray, alternatives: FloatArray
    ) -> FloatArray:
        """Probability that some processes end in an accepted offer.

        Args:
            processes: In any order and number, ``(lines,)``.
            alternatives: What an offer must beat, hours, ``(lines, alternatives)``; the
                result has the same shape.
        """
        means = self.means[processes][:, None] - alternatives
        probabilities = np.empty(means.shape)
        # All points of a process in one go, however many processes there are: so it is
        # quicker, and no bit depends on the others.
        for process in np.unique(processes).tolist():
            lines = np.flatnonzero(processes == process)
            solution: AnySolution = self.solutions[self.group[process]]
            flat, row = means[lines].reshape(1, -1), self.line[[process]]
            chances = solution.acceptance_probability(flat, row)
            probabilities[lines] = chances.reshape(lines.size, -1)
        return probabilities

    def breakpoints(self, width: float | FloatColumn) -> FloatArray:
        """Alternatives at which an acceptance turns too sharply to be found by halving.

        That is at each threshold ahead that is reached with next to no news, measured
        by *width*, the range of all that competes (with each process), hours. Against
        a width of 0 these are the jumps.

        Returns:
            Hours, ``(processes, points)``; NaN where there is none.
        """
        widths = np.broadcast_to(width, self.means.shape)
        found = [
            (members, solution.breakpoints(lines, self.means[members], widths[members]))
            for members, solution, lines in self.by_solution
        ]
        most = max((points.shape[1] for _, points in found), default=0)
        breaks = np.full((self.means.size, most), np.nan)
        for members, points in found:
            breaks[members, : points.shape[1]] = points
        return breaks

    def index_policy(self, outside_option: Worth = 0.0) -> IndexPolicyValue:
        """Going on with the highest index, with *outside_option* hours for sure."""
        width = float(self.ends.max(initial=outside_option)) - outside_option
        return IndexPolicyValue.of(
            outside_option,
            self.indices,
            self.levels,
            self.upper_supports,
            self.breakpoints(width),
            BegunProcesses.of(self, outside_option).acceptance,
            self.breakpoints(0.0),
        )

    def standalone_values(self, outside_option: Worth = 0.0) -> FloatColumn:
        """What each process adds to *outside_option* by itself, hours."""
        values = self.levels.copy()
        begun = np.flatnonzero(self.indices > outside_option)
        running = self.take(begun)
        for members, solution, lines in running.by_solution:
            means = running.means[members][:, None] - outside_option
            values[begun[members]] = solution.continuation_value(means, lines)[:, 0]
        return values

    def continuation_values(self, outside_option: Worth = 0.0) -> list[float]:
        """What each process adds to that by itself if its next step is taken, hours."""
        values = np.empty(self.means.size)
        for members, solution, lines in self.by_solution:
            means = self.means[members][:, None] - outside_option
            values[members] = solution.continuation_value(means, lines)[:, 0]
        return values.tolist()

    def evaluate_mixtures(
        self, mixtures: Sequence[RivalMixture]
    ) -> list[OutcomeMoments]:
        """What each process leads to against its mixture of alternatives.

        Mixtures are filled up to one of a few sizes, so that many are evaluated
        together and yet no bit depends on how many points the others have.
        """
        outcomes: dict[int, OutcomeMoments] = {}
        sizes = np.array([mixture.points.size for mixture in mixtures], np.intp)
        widths = _WIDTH * np.maximum(1, -((_ENDS - sizes) // _WIDTH)) + _ENDS
        widths *= sizes > 0
        for members, solution, lines in self.by_solution:
            # Without an alternative that it may beat a process is not begun.
            nothing = OutcomeMoments.nothing(solution.thresholds.shape[1])
            outcomes |= dict.fromkeys(members.tolist(), nothing)
            for width in sorted({*widths[members].tolist()} - {0}):
                alike = np.flatnonzero(widths[members] == width)
                rows = members[alike].tolist()
                points, weights = np.zeros((2, alike.size, width))
                for position, row in enumerate(rows):
                    points[position, : sizes[row]] = mixtures[row].points
                    weights[position, : sizes[row]] = mixtures[row].weights
                means = self.means[rows][:, None] - points
                moments = solution.evaluate_mixture(means, weights, lines[alike])
                outcomes |= {row: moments.row(line) for line, row in enumerate(rows)}
        return [outcomes[row] for row in range(self.means.size)]

    def sequential_value(
        self, outside_option: Worth = 0.0
    ) -> tuple[Worth, dict[int, Worth]]:
        """Run each to its end, the highest index first, against what comes after it.

        Anybody can keep to that, even if nothing waits. Who accepts leaves the later
        processes, at their exits e: v[i] = v[i+1] + W_i(m_i - y[i]),
        y[i] = v[i+1] - the sum of e after i. Of very many only the highest are run.

        Returns:
            The value, and y of each process run, by its row, in order; hours.
        """
        # Those that go on in any case come by value, the best last; equal ones in turn.
        values = self.standalone_values(outside_option)
        order = np.lexsort((-np.arange(values.size), -values, self.indices))
        exits = fsum(self.levels[order[:-_MOST_SEQUENTIAL]])
        value, alternatives = outside_option + exits, {}
        for row in order[-_MOST_SEQUENTIAL:].tolist():
            alternative = alternatives[row] = value - exits
            alone = self.take(np.array([row])).standalone_values(alternative)
            value += alone.item()
            exits += self.exits[row].item()
        return value, dict(reversed(alternatives.items()))
