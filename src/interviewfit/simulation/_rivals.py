"""What a process competes with, drawn anew on every run."""

from collections.abc import Sequence
from math import inf

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.scenarios import RivalScenarios
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.arrays import FloatColumn
from interviewfit.simulation._paths import BLOCK, UNBEATABLE, simulate_process


@frozen(eq=False)
class SimulatedRivals:
    """The rivals of a process, to be simulated.

    Attributes:
        thresholds: Of the process beside them, hours, one for each of its steps.
        processes: The rivals that run, each with its thresholds, hours.
        floors: The offer in hand in each case, hours; the last is that the search ends.
        chances: Probability of each case but the last.
    """

    thresholds: Sequence[float]
    processes: Sequence[tuple[ChainParameters[float], Sequence[float]]]
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
        thresholds = solved.thresholds(0).tolist()
        if solved.indices[0] <= min(floors, default=UNBEATABLE):
            # Its turn would never come, so its first step is taken anyway.
            thresholds[0] = -inf
        processes = beside.parts[0][1].processes if floors else ()
        others = SolvedProcesses.of(processes)
        running = [
            (rival, others.thresholds(row).tolist())
            for row, rival in enumerate(processes)
        ]
        return cls(thresholds, running, np.array([*floors, UNBEATABLE]), chances)

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
            index = simulate_process(rival, rng).running_index(thresholds)
            best = np.maximum(best, index.cap)
        return best, in_hand
