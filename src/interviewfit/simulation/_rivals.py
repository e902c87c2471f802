"""What a process competes with, drawn anew on every run."""

from collections.abc import Sequence
from math import inf

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.scenarios import RivalScenarios
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.arrays import FloatColumn
from interviewfit.simulation._index_curves import (
    Thresholds,
    as_solved,
    thresholds_of,
)
from interviewfit.simulation._mutual_paths import more_work, path_source
from interviewfit.simulation._paths import BLOCK, UNBEATABLE


@frozen(eq=False)
class SimulatedRivals:
    """The rivals of a process, to be simulated.

    Attributes:
        chain: The process beside them, as it is solved.
        thresholds: Of the process beside them, hours, one for each of its steps.
        processes: The rivals that run, each with its thresholds, hours.
        floors: The offer in hand in each case, hours; the last is that the search ends.
        chances: Probability of each case but the last.
    """

    chain: ChainParameters[float]
    thresholds: Thresholds
    processes: Sequence[tuple[ChainParameters[float], Thresholds]]
    floors: FloatColumn
    chances: FloatColumn

    @classmethod
    def of(
        cls, beside: RivalScenarios, chain: ChainParameters[float]
    ) -> "SimulatedRivals":
        """The rivals of a process.

        Args:
            beside: The same, solved.
            chain: The process.
        """
        floors = [float(part.base[0]) for _, part in beside.parts]
        chances = np.array([float(chance[0]) for chance, _ in beside.parts])
        solved = SolvedProcesses.of([chain])
        lowest = min([0.0, *floors])
        # If its turn would never come, its first step is taken anyway.
        is_forced = bool(solved.indices[0] <= min(floors, default=UNBEATABLE))
        (thresholds,) = thresholds_of([solved.solution(0)], lowest, begun=is_forced)
        processes = beside.parts[0][1].processes if floors else ()
        others = SolvedProcesses.of(processes)
        solutions = [others.solution(row) for row in range(len(processes))]
        running = [
            (as_solved(rival, solution), limits)
            for rival, solution, limits in zip(
                processes, solutions, thresholds_of(solutions, lowest), strict=True
            )
        ]
        floors.append(UNBEATABLE)
        played = as_solved(chain, solved.solution(0))
        return cls(played, thresholds, running, np.array(floors), chances)

    @property
    def work(self) -> int:
        """What a run of the rivals takes, in steps."""
        chains = [chain for chain, _ in self.processes]
        return sum(len(chain.exit) for chain in chains) + more_work(chains)

    def best(self, rng: "np.random.Generator") -> tuple[FloatColumn, FloatColumn]:
        """What the process competes with in a block of runs, hours, both ``(runs,)``.

        Returns:
            The best of the rivals, -inf without any, and the offer in hand.
        """
        in_hand, best = np.full(BLOCK, self.floors[0]), np.full(BLOCK, -inf)
        if self.chances.size != 1 or self.chances[0] < 1.0:
            drawn = np.searchsorted(np.cumsum(self.chances), rng.random(BLOCK), "right")
            in_hand = self.floors[drawn]
        for rival, thresholds in self.processes:
            index = path_source(rival)(rng).running_index(thresholds)
            best = np.maximum(best, index.cap)
        return best, in_hand
