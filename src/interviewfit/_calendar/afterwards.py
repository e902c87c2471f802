"""What is left of a search once an offer is gone: every process at any mean.

After the last date the processes go on in any order, the one of the highest index first
(``index_value``). With the alternative b,

    R = b + sum L_i + integral from b of (1 - product of (1 - S_i(m_i - u))) du

and L_i, S_i of the process from where it then stands. Let G_i(z) be its value above L_i
against an alternative that is lower by z, so that G_i' = S_i. On cells of the integral
S_i is replaced by its mean, a difference of two G_i: a single process comes out
exactly, and a jump of S_i inside a cell does no harm.

Reference: M. L. Weitzman, Econometrica 47 (1979) 641-654.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import field, frozen

from interviewfit._calendar.grids import MeanGrid
from interviewfit._calendar.places import GONE, OFFERED, OPEN, WAITING, Place
from interviewfit._calendar.timed import TimedProcess
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Probability
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, FloatColumn, matrix_product

_TABLE_POINTS = 1000
_CELLS = 300
_REACH = 8.5


@frozen(eq=False, repr=False)
class ValueTable:
    """G of a process from some place, between points on a line; S is its slope.

    Attributes:
        points: Where it is known, hours, ascending, ``(points,)``.
        values: G there, hours, likewise; it is 0 left of the first.
        slope: Of G right of the last.
        level: L: the value however good the alternative, hours.
    """

    points: FloatColumn
    values: FloatColumn
    slope: float
    level: float

    def at(self, lead: FloatArray) -> FloatArray:
        """G at means less the alternative, hours, in any shape."""
        values = np.asarray(np.interp(lead, self.points, self.values))
        if self.slope and lead.max(initial=-np.inf) > self.points[-1]:
            values += self.slope * np.maximum(lead - self.points[-1], 0.0)
        return values


_NOTHING = ValueTable(np.array([-1.0, 0.0]), np.zeros(2), 0.0, 0.0)
_IN_HAND = ValueTable(np.array([-1.0, 0.0]), np.zeros(2), 1.0, 0.0)


@frozen(eq=False, repr=False)
class Afterwards:
    """The value of the rest of a search from any places of its processes.

    Attributes:
        processes: The processes.
        base: The alternative that is left, hours.
        solved: What is left of the processes from their places; None without any.
        chains: The row there and the chain of each process, by its number and place
            (``Place.kind`` and ``Place.step``).
        paused: Whether an interview might have to be paused for the index to be
            followed, and walking out of it is left out for that reason.
        rests: R over the grids of one process or two by where they stand, which is the
            same whatever is in hand before: by the numbers of both, where every process
            stands now, how many steps of both are kept, and how likely each of the
            others still stands then.
    """

    processes: tuple[TimedProcess, ...]
    base: float
    solved: SolvedProcesses | None
    chains: Mapping[tuple[int, int, int], tuple[int, ChainParameters[float]]]
    paused: bool = False
    rests: dict[
        tuple[
            tuple[int, ...], tuple[Place, ...], tuple[int, ...], tuple[Probability, ...]
        ],
        dict[tuple[Place, ...], FloatArray],
    ] = field(factory=dict, init=False, repr=False)
    # Neither depends on the base.
    _tables: dict[tuple[int, int, int], ValueTable] = field(factory=dict)
    _grids: dict[tuple[str, int, int], MeanGrid] = field(factory=dict)
    _known: dict[
        tuple[tuple[int, ...], tuple[Place, ...], int], tuple[float, FloatColumn]
    ] = field(factory=dict, init=False, repr=False)
    _shares: dict[tuple[int, bytes], FloatArray] = field(
        factory=dict, init=False, repr=False
    )
    _falls: dict[tuple[int, int, int], FloatColumn] = field(
        factory=dict, init=False, repr=False
    )

    @classmethod
    def of(
        cls, processes: Sequence[TimedProcess], base: float, reach: Sequence[int]
    ) -> "Afterwards":
        """Solve what is left of each process from every place that it may come to.

        Chains of equally many steps are solved together.

        Args:
            processes: The processes.
            base: The alternative that is left, hours.
            reach: How many steps of each can be taken before the last date.
        """
        chains, keys, paused = [], [], False
        for number, (process, most) in enumerate(zip(processes, reach, strict=True)):
            forced: list[int] = []
            if len(processes) > 1:
                forced = [step for step in range(process.size) if _walks(process, step)]
                paused |= bool(forced)
            for step in range(min(most, process.size) + 1):
                if step < process.size:
                    chain = process.remaining(step)
                    later = {item - step for item in forced if item >= step}
                    chains.append(chain.committed_to(later) if later else chain)
                    keys.append((number, OPEN, step))
                if step and process.phases[step - 1] is Phase.MIDWAY:
                    chain = process.remaining(step, waiting=True)
                    later = {item - step + 1 for item in forced if item >= step}
                    chains.append(chain.committed_to(later) if later else chain)
                    keys.append((number, WAITING, step))
        solved = SolvedProcesses.of(chains) if chains else None
        rows = dict(zip(keys, enumerate(chains), strict=True))
        return cls(tuple(processes), base, solved, rows, paused)

    def table(self, process: int, place: Place) -> ValueTable:
        """G of a process from a place, worked out when it is first asked for.

        Args:
            process: Its number.
            place: Where it stands.
        """
        key = process, place.kind, place.step
        if place.kind in (OFFERED, GONE) or self.solved is None:
            return _IN_HAND if place.kind == OFFERED else _NOTHING
        if key not in self._tables:
            self._tables[key] = _table(self.solved, *self.chains[key])
        return self._tables[key]

    def grid(self, process: TimedProcess, steps: int, points: int) -> MeanGrid:
        """The grid of a process, worked out when it is first asked for.

        Args:
            process: One of the processes, maybe with its next stage on another day.
            steps, points: As ``MeanGrid.of`` takes them.
        """
        key = process.name, steps, points
        if key not in self._grids:
            self._grids[key] = MeanGrid.of(process, steps, points)
        return self._grids[key]

    def exit(self, process: int, place: Place) -> float:
        """The value of leaving a process in a place, hours.

        Args:
            process: Its number.
            place: Where it stands.
        """
        if place.kind not in (OPEN, WAITING):
            return 0.0
        waiting = place.kind == WAITING
        return self.processes[process].exit(place.step, waiting=waiting)

    def value(self, places: Sequence[Place], means: Sequence[FloatArray]) -> FloatArray:
        """R at every combination of means, of one process or two.

        Args:
            places: Where each process stands.
            means: Of each, hours, ``(points,)``.

        Returns:
            Hours, ``(points,)`` or ``(points, points)``.
        """
        tables = [self.table(number, place) for number, place in enumerate(places)]
        gains = [
            table.level + table.at(mean - self.base)
            for table, mean in zip(tables, means, strict=True)
        ]
        if len(places) == 1:
            return np.asarray(self.base + gains[0])
        top = min(
            float(mean[-1]) - table.points[0] if table.slope else self.base
            for table, mean in zip(tables, means, strict=True)
        )
        edges = np.linspace(self.base, max(top, self.base) + 1.0, _CELLS + 1)
        shares = [
            -np.diff(table.at(mean[:, None] - edges), axis=1)
            for table, mean in zip(tables, means, strict=True)
        ]
        overlap = matrix_product(shares[0], shares[1].T) / (edges[1] - edges[0])
        return np.asarray(self.base + gains[0][:, None] + gains[1] - overlap)

    def beside(
        self,
        moving: Sequence[int],
        places: Sequence[Place],
        means: Sequence[FloatArray],
        now: Sequence[Place],
        last: int = 0,
    ) -> FloatArray:
        """R over the means of one process or two, all others as they are now.

        Args:
            moving: Their numbers.
            places: Where each of them stands.
            means: Of each of them, hours, ``(points,)``.
            now: Where every process of the search stands now.
            last: The day up to which all others are put off; some may be gone by then.

        Returns:
            Hours, ``(points,)`` or ``(points, points)``.
        """
        edges = self.edges
        width = edges[1] - edges[0]
        level, chance = self._beside(tuple(moving), tuple(now), last)
        result = np.full((1,) * len(moving), level + width * (1.0 - chance).sum())
        shares = []
        for axis, (number, place, mean) in enumerate(
            zip(moving, places, means, strict=True)
        ):
            table = self.table(number, place)
            share = self._shares_of(table, mean, kept=len(moving) == 2)
            gain = table.level + share @ chance + table.at(mean - edges[-1])
            shape = [1] * len(moving)
            shape[axis] = gain.size
            result = result + gain.reshape(shape)
            shares.append(share)
        if len(moving) == 2:
            together = shares[0] * (chance / width)
            result = result - matrix_product(together, shares[1].T)
        return np.asarray(result)

    def _beside(
        self, moving: tuple[int, ...], now: tuple[Place, ...], last: int
    ) -> tuple[float, FloatColumn]:
        """The levels of all but those that move, hours, and that none beats a cell.

        They are the same wherever those are that move, so they are worked out once.

        Args:
            moving, now, last: As ``beside``.

        Returns:
            With the alternative, hours, and the probability, ``(cells,)``.
        """
        key = moving, now, last
        if key in self._known:
            return self._known[key]
        level, chance = self.base, np.ones(self.edges.size - 1)
        for number, (process, place) in enumerate(
            zip(self.processes, now, strict=True)
        ):
            if number not in moving:
                stays = process.stays(last - place.day) if place.kind == OPEN else 1.0
                level += stays * self.table(number, place).level
                chance *= 1.0 + stays * self._slopes(number, place)
        self._known[key] = level, chance
        return level, chance

    def _shares_of(
        self, table: ValueTable, mean: FloatColumn, *, kept: bool
    ) -> FloatArray:
        """The fall of G of a process over each cell, from means, ``(points, cells)``.

        Args:
            table, mean: Of the process, and its means, hours, ``(points,)``.
            kept: Whether it will be asked for again, beside other processes.
        """
        key = id(table), mean.tobytes()
        if key in self._shares:
            return self._shares[key]
        share: FloatArray = -np.diff(table.at(mean[:, None] - self.edges), axis=1)
        if kept:
            self._shares[key] = share
        return share

    def _slopes(self, number: int, place: Place) -> FloatColumn:
        """The fall of G of a process over each cell, ``(cells,)``, worked out once.

        Args:
            number, place: Of the process, and where it stands.
        """
        key = number, place.kind, place.step
        if key not in self._falls:
            edges, mean = self.edges, self.processes[number].chain.mean
            values = self.table(number, place).at(mean - edges)
            self._falls[key] = np.diff(values) / (edges[1] - edges[0])
        return self._falls[key]

    @cached_property
    def edges(self) -> FloatColumn:
        """Cells of alternatives that some process may come to beat, hours."""
        first = np.full(len(self.processes), -1.0)
        for (number, *_), (row, chain) in self.chains.items():
            if self.solved is not None:
                low, _ = _ends(self.solved, row, chain)
                first[number] = min(first[number], low)
        top = self.base
        for process, least in zip(self.processes, first.tolist(), strict=True):
            top = max(top, process.chain.mean + _reach(process.chain) - least)
        return np.linspace(self.base, top + 1.0, _CELLS + 1)


def _reach(chain: ChainParameters[float]) -> float:
    """How far the mean of a process can come to move, hours, but for the rarest news.

    Args:
        chain: Its numbers.
    """
    news = _REACH * float(np.hypot.reduce(np.array(chain.reveal)))
    jumps = sum(abs(size) for item in chain.facts for _, size in item)
    return news + jumps + sum(map(abs, chain.drift))


def _walks(process: TimedProcess, step: int) -> bool:
    """Whether walking out of a step midway can be better than to finish it.

    Finishing and leaving afterwards is worth the reward, and the exit of the next step
    with the chance to be passed on; the news does not matter to that.

    Args:
        process, step: The process, and the index of the step.
    """
    if process.phases[step] is not Phase.MIDWAY:
        return False
    chain = process.chain
    finished = chain.reward[step] + chain.survive[step] * process.exit(step + 1)
    return finished < chain.exit[step]


def _ends(
    solved: SolvedProcesses, row: int, chain: ChainParameters[float]
) -> tuple[float, float]:
    """Between which means less the alternative G of a solved chain bends, hours.

    It is 0 up to the threshold of the first step, and straight from where no later
    threshold matters any more.

    Args:
        solved, row: The chains, and which of them.
        chain: Its numbers, which say how far its mean can come to move.
    """
    thresholds = solved.thresholds(row)
    support = float(solved.upper_supports[row] - solved.means[row])
    spread = _reach(chain) + abs(support) + 1.0
    finite = thresholds[np.isfinite(thresholds)]
    high = float(np.abs(finite).max(initial=0.0)) + 2.0 * spread
    low = float(thresholds[0])
    return -support - spread if low == -np.inf else low, high


def _table(
    solved: SolvedProcesses, row: int, chain: ChainParameters[float]
) -> ValueTable:
    """G of a solved chain, between its ends.

    Args:
        solved, row, chain: As ``_ends`` takes them.
    """
    solution = solved.solutions[solved.group[row]]
    line, level = solved.line[row : row + 1], float(solved.levels[row])
    low, high = _ends(solved, row, chain)
    if low == np.inf:
        return ValueTable(_NOTHING.points, _NOTHING.values, 0.0, level)
    points = np.linspace(low, high, _TABLE_POINTS)
    values = solution.continuation_value(points[None], line)[0] - level
    slope = float(solution.acceptance_probability(points[None, -1:], line)[0, 0])
    return ValueTable(points, np.maximum(values, 0.0), slope, level)
