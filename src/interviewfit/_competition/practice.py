"""What one interview teaches for the other processes of a search.

*Model.* An interview raises the log-odds of later rounds elsewhere, each by less than
the one before (``PracticeModel``). With V(s) the value of the rivals by index, each of
their rounds passed with s more log-odds, a small lesson is worth V'(0) times its size,
as ``assess`` prices it (``entries``); a plan shows a whole lesson, V(s) - V(0).

*Who goes first* is judged one interview ahead: for each process, go through its next
interview and plan on by index with the skill that it gave. The value of each of these
plans is exact (``index_value``), and anybody can keep to them.

*Upper bound.* Let d[j] be how far process j would be passed on, drawn beforehand and
apart from how far it really is. Let each process have from the start, known to all, the
skill that the others would have taught it by then. With skill fixed the index policy is
optimal; its mean over d is an upper bound, because it bounds itself one step on. If j
is passed on with probability p, after which A is to come, or is not, after which B is,
each with many lessons of j to the others or with few,

    p A(many) + (1 - p) B(few)  <=  p (p A(many) + (1 - p) A(few))
                                    + (1 - p) (p B(many) + (1 - p) B(few))

since skill is worth no more to the others beside one more rival, j: B(many) - B(few) is
no less than A(many) - A(few). Probabilities to be passed on are never below the real
ones. The skills of different processes rise and fall together with d, so on average a
product of probabilities to accept none is at least the product of their averages, and
one integral over mixtures bounds them all. Skills are rounded up.

To be passed on must be no worse than to fail. That fails where a recruiter remembers
who drops out later. For the bound nobody does, which only raises it.

Reference: D. B. Brown, J. E. Smith, P. Sun, "Information Relaxations and Duality in
Stochastic Dynamic Programs", Operations Research 58 (2010) 785-801, for the method.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, repeat
from math import ceil, fsum, inf, log
from operator import mul

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray
from interviewfit._process.compilation import Step

MOST_TRIED = 16
"""Those of highest index that are tried in front; others are judged by it alone."""

# With more processes than this, each is given all that can be taught.
_MOST_DRAWN = 24
# Sizes of skill while lessons are added up, and in the end.
_BINS, _POINTS = 96, 4


@frozen
class PracticeModel:
    """What interviews teach for the later rounds of other processes.

    Attributes:
        weight: How much practice counts.
        unit: What one full interview would teach now, log-odds.
        decay: What every interview done leaves of what the next one teaches.
    """

    weight: float
    unit: float
    decay: float

    def lessons(self, steps: Sequence[Sequence[Step[float]]]) -> list[list[float]]:
        """What each step of each process teaches, log-odds, were it the first begun."""
        weight = self.weight
        return [[weight * step.practice_log_odds for step in row] for row in steps]

    def most_skill(self, lessons: Sequence[Sequence[float]]) -> list[float]:
        """More than each process can learn from the others, in any order, log-odds.

        Each interview teaches less the more have been before: sizes p in a row teach
        *unit* times the sum of p * decay**(sizes before), at most the integral of
        decay**c and one lesson. *lessons* are those of every process.
        """
        taught = [fsum(process) for process in lessons]
        whole, limit = fsum(taught), inf
        if 0.0 < self.decay < 1.0:
            limit = max(map(max, lessons)) - self.weight * self.unit / log(self.decay)
        return [min(limit, max(0.0, whole - process)) for process in taught]


@frozen(eq=False)
class PracticeValue:
    """Practice, as it couples several processes.

    Attributes:
        gains: What the next interview of each teaches the others, hours.
        index_value: Value of the plan by index, hours.
        values_if_first: Value of each plan that puts one process in front, by its row,
            hours.
        upper_bound: No plan has a higher value, hours.
        solved: What was solved for it, for variants of the search; None if nothing.
    """

    gains: FloatArray
    index_value: Worth
    values_if_first: Mapping[int, Worth]
    upper_bound: Worth
    solved: SolvedProcesses | None = None

    @property
    def best(self) -> Worth:
        """Value of the best of these plans, hours."""
        return max(self.index_value, *self.values_if_first.values(), -inf)

    def moved(self, shift: Worth) -> "PracticeValue":
        """The same if every plan is worth more by so many hours.

        Args:
            shift: Hours.
        """
        return PracticeValue(
            self.gains,
            self.index_value + shift,
            {row: value + shift for row, value in self.values_if_first.items()},
            self.upper_bound + shift,
            self.solved,
        )


@frozen(eq=False)
class Lessons:
    """The chains by which practice among several processes is judged.

    Attributes:
        givers: Rows of the processes whose next interview teaches so much, for each
            size of a lesson, the largest first.
        shares: What the next interview of each process teaches, as a share of the
            largest lesson, ``(processes,)``.
        blocks: For each size, all processes with that skill, then its givers, one
            interview on; at last those of ``relaxed_chains``.
        probabilities: Of each skill of the last block, ``(skills, processes)``.
        solved: All chains, block by block, if they are solved; else None.
    """

    givers: Sequence[Sequence[int]]
    shares: FloatArray
    blocks: Sequence[Sequence[ChainParameters[float]]]
    probabilities: FloatArray
    solved: SolvedProcesses | None = None

    @classmethod
    def of(
        cls,
        chains: Sequence[ChainParameters[float]],
        steps: Sequence[Sequence[Step[float]]],
        unrestricted: Sequence[ChainParameters[float]],
        model: PracticeModel,
        tried: Sequence[int],
        *,
        bounded: bool = True,
    ) -> "Lessons | None":
        """The chains of some processes; None if nothing can be taught.

        Args:
            chains, steps, unrestricted, model: As ``LookaheadProblem`` has them.
            tried: Rows of the processes that may be put in front, the best first.
            bounded: Whether the last block is made; else it is empty.
        """
        # How many steps the next interview that teaches takes, and what it teaches.
        following = [
            next(((k, size) for k, size in enumerate(taught, 1) if size > 0.0), (0, 0))
            for taught in model.lessons(steps)
        ]
        # What is too small to tell from nothing teaches nothing.
        rounded = [round(size, 12) for _, size in following]
        if len(chains) < 2 or not any(rounded):
            return None
        # The largest lesson also says what skill is worth.
        taught = {rounded[row] for row in tried if rounded[row]}
        sizes = sorted({max(rounded), *taught}, reverse=True)
        givers = [[row for row in tried if rounded[row] == size] for size in sizes]
        blocks: list[Sequence[ChainParameters[float]]] = []
        for size, rows in zip(sizes, givers, strict=True):
            skilled = map(ChainParameters.with_skill, chains, steps, repeat(size))
            blocks.append(list(skilled))
            blocks.append(
                [chains[row].committed_to(range(following[row][0])) for row in rows]
            )
        relaxed, probabilities = list[ChainParameters[float]](), np.empty((0, 0))
        if bounded:
            free = map(ChainParameters.free_to_drop_out, unrestricted, steps)
            relaxed, probabilities = relaxed_chains([*free], steps, model)
        shares = np.array([size for _, size in following]) / sizes[0]
        return cls(givers, shares, [*blocks, relaxed], probabilities)

    @property
    def all_chains(self) -> list[ChainParameters[float]]:
        """All chains, block by block."""
        return [*chain.from_iterable(self.blocks)]


def relaxed_chains(
    chains: Sequence[ChainParameters[float]],
    steps: Sequence[Sequence[Step[float]]],
    model: PracticeModel,
) -> tuple[list[ChainParameters[float]], FloatArray]:
    """Processes with more skill than any plan could give them.

    Args:
        chains: The processes, if interviews may be walked out of.
        steps: Of each.
        model: What interviews teach.

    Returns:
        All processes with the lowest skill of each, then the next; and the probability
        of each, ``(skills, processes)``.
    """
    lessons = model.lessons(steps)
    limits = model.most_skill(lessons)
    skills, probabilities = np.array([limits]), np.ones((1, len(chains)))
    if len(chains) <= _MOST_DRAWN:
        best = map(ChainParameters.with_skill, chains, steps, limits)
        drawn = [*map(_practice_distribution, best, lessons)]
        skills, probabilities = mix_distributions(drawn, limits)
    relaxed = [
        process
        for row in skills.tolist()
        for process in map(ChainParameters.with_skill, chains, steps, row)
    ]
    return relaxed, probabilities


def relaxation_bound(
    solved: SolvedProcesses, probabilities: FloatArray, outside_option: Worth
) -> Worth:
    """The upper bound on the value of any plan, hours.

    Args:
        solved: The chains of ``relaxed_chains``, in their order.
        probabilities: Of each skill, ``(skills, processes)``.
        outside_option: The sure alternative, hours.
    """
    shape = probabilities.shape
    indices = np.where(probabilities > 0.0, solved.indices.reshape(shape), -inf)
    highest = indices.max(axis=0)
    # The skill of the highest index goes on; the others stop at their index.
    stops = np.where(indices < highest, indices, inf)

    def acceptance(alternatives: FloatArray) -> FloatArray:
        chances = solved.acceptance_probability(alternatives)
        running = alternatives < stops[:, :, None]
        weighted = np.where(running, chances.reshape(running.shape), 0.0)
        return np.asarray((weighted * probabilities[:, :, None]).sum(axis=0))

    width = float(solved.ends.max(initial=outside_option)) - outside_option
    return IndexPolicyValue.of(
        outside_option,
        highest,
        (probabilities * solved.levels.reshape(shape)).sum(axis=0),
        solved.upper_supports.reshape(shape).max(axis=0),
        np.append(solved.breakpoints(width), stops),
        acceptance,
    ).value


def _practice_distribution(
    process: ChainParameters[float], lessons: Sequence[float]
) -> dict[float, float]:
    """What a process teaches if it goes as far as it can: log-odds and probability.

    Args:
        process: As a chain, with the most skill it can have.
        lessons: What each of its steps teaches, log-odds.
    """
    taught = list(accumulate(lessons))
    reached = list(accumulate(process.survive, mul, initial=1.0))
    # It fails at a step, or comes to its end.
    reached[len(taught)] = 0.0
    distribution: dict[float, float] = {}
    for step, skill in enumerate(taught):
        ends = reached[step] - reached[step + 1]
        distribution[skill] = distribution.get(skill, 0.0) + ends
    return distribution


def mix_distributions(
    distributions: Sequence[dict[float, float]], limits: Sequence[float]
) -> tuple[FloatArray, FloatArray]:
    """Skills each process has from all the others, rounded up, and their probabilities.

    Args:
        distributions: What each process teaches, log-odds, and its probability.
        limits: The most skill of each process, log-odds.

    Returns:
        Both of shape ``(skills, processes)``.
    """
    width = max(limits) / (_BINS - 1)
    tables = np.zeros((len(distributions), _BINS))
    for table, distribution in zip(tables, distributions, strict=True):
        for skill, probability in distribution.items():
            bin_ = min(_BINS - 1, ceil(skill / width - 1e-9)) if width else 0
            table[bin_] += probability
    nothing = np.eye(1, _BINS)[0]
    before = [nothing, *accumulate(tables, _convolve)]
    behind = [nothing, *accumulate(tables[::-1], _convolve)][::-1]
    skills, probabilities = np.zeros((2, _POINTS, len(limits)))
    shares = np.arange(1, _POINTS + 1) / _POINTS
    for row, limit in enumerate(limits):
        rivals = _convolve(before[row], behind[row + 1])
        bins = np.flatnonzero(rivals)
        edges = np.ceil(bins[0] + shares * (bins[-1] - bins[0]) - 1e-9)
        points = np.searchsorted(edges, bins)
        probabilities[:, row] = np.bincount(points, rivals[bins], _POINTS)
        skills[:, row] = np.minimum(limit, edges * width)
    return skills, probabilities


def _convolve(first: FloatArray, second: FloatArray) -> FloatArray:
    """The distribution of a sum of independent skills, by bin.

    Args:
        first, second: Probability of each bin of the skills, ``(_BINS,)``, as of the
            sum, whose last bin has all that lies beyond it.
    """
    whole = np.convolve(first, second)
    distribution = whole[:_BINS]
    distribution[-1] += whole[_BINS:].sum()
    return distribution
