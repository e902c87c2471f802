"""What a process competes with, drawn anew on every run."""

from collections.abc import Sequence
from math import inf

import numpy as np
from attrs import evolve, frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.scenarios import RivalScenarios
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.arrays import FloatColumn
from interviewfit.simulation._index_curves import (
    IndexCurves,
    Thresholds,
    as_solved,
    thresholds_of,
)
from interviewfit.simulation._mutual_paths import path_source
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
        thresholds = thresholds_of(solved.solution(0))
        if solved.indices[0] <= min(floors, default=UNBEATABLE):
            # Its turn would never come, so its first step is taken anyway.
            if isinstance(thresholds, IndexCurves):
                thresholds = evolve(thresholds, first=inf)
            else:
                thresholds = [-inf, *thresholds[1:]]
        processes = beside.parts[0][1].processes if floors else ()
        others = SolvedProcesses.of(processes)
        running = [
            (
                as_solved(rival, others.solution(row)),
                thresholds_of(others.solution(row)),
            )
            for row, rival in enumerate(processes)
        ]
        floors.append(UNBEATABLE)
        own = as_solved(chain, solved.solution(0))
        return cls(own, thresholds, running, np.array(floors), chances)

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
