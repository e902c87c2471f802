"""What one interview teaches for the other processes of a search.

*Model.* An interview raises the log-odds of later rounds elsewhere by what it teaches,
and each interview teaches less than the one before (``PracticeModel``). What it does
for the rounds of its own process is part of their pass rates. With V(s) the value of
the rivals by index, each of their rounds passed with s more log-odds, a small lesson is
worth V'(0) times its size; ``assess`` beside rivals prices practice like that
(``context``), and a plan shows the value of a whole lesson, V(s) - V(0).

*Who goes first* is judged one interview ahead: for each process, go through its next
interview, whatever comes, and plan on by index with the skill s that it gave. With
skill fixed the index policy is one integral (``index_value``), so the value of each of
these plans is exact, and anybody can keep to them.

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

To be passed on must be no worse than to fail. That fails only where a step that can be
failed is followed by one that costs something to leave, as no stage is (``process``).

Reference: D. B. Brown, J. E. Smith, P. Sun, "Information Relaxations and Duality in
Stochastic Dynamic Programs", Operations Research 58 (2010) 785-801, for the method.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import ceil, fsum, inf, log
from operator import mul

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import (
    ChainParameters,
    PracticeModel,
    committed_to,
    with_skill,
)
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.solved_processes import Block, SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray
from interviewfit._process.compilation import Step

__all__ = ["InformationRelaxation", "PracticeValue", "one_step_lookahead"]

# Those of highest index that are tried in front; the others are judged by it alone.
_MOST_TRIED = 16
# With more processes than this, each is given all that can be taught.
_MOST_DRAWN = 24
# Sizes of skill while lessons are added up, and in the end.
_BINS, _POINTS = 96, 4


@frozen(eq=False)
class PracticeValue:
    """Practice, as it couples several processes.

    Attributes:
        gains: What the next interview of each teaches the others, hours.
        index_value: Value of the plan by index, hours.
        values_if_first: Value of each plan that puts one process in front, by its row,
            hours.
        upper_bound: No plan has a higher value, hours.
    """

    gains: FloatArray
    index_value: Worth
    values_if_first: Mapping[int, Worth]
    upper_bound: Worth

    @property
    def best(self) -> Worth:
        """Value of the best of these plans, hours."""
        return max(self.index_value, *self.values_if_first.values(), -inf)


def one_step_lookahead(
    chains: Sequence[ChainParameters[float]],
    steps: Sequence[Sequence[Step[float]]],
    policy: IndexPolicyValue,
    unrestricted: Sequence[ChainParameters[float]],
    model: PracticeModel,
) -> PracticeValue:
    """What practice is worth among several processes.

    Args:
        chains: The processes.
        steps: Their steps, in the same order.
        policy: The index policy of all of them, without practice.
        unrestricted: The processes if interviews may be walked out of, for the bound.
        model: What interviews teach.
    """
    following = [_first_lesson(model.practice_gains(process)) for process in steps]
    lessons = [size for _, size in following]
    # What is too small to tell from nothing teaches nothing.
    rounded = [round(size, 12) for size in lessons]
    if len(chains) < 2 or not any(rounded):
        return PracticeValue(np.zeros(len(chains)), policy.value, {}, policy.value)
    ranked = np.argsort(-policy.indices, kind="stable")[:_MOST_TRIED].tolist()
    tried = [row for row in ranked if rounded[row]]
    # The largest lesson also says what skill is worth.
    sizes = sorted({max(rounded), *(rounded[row] for row in tried)}, reverse=True)
    givers = [[row for row in tried if rounded[row] == size] for size in sizes]
    count, outside_option = len(chains), policy.outside_option
    # All with the skill of each size, then those that give it, one interview on.
    blocks = [
        [
            *(
                with_skill(*process)
                for process in zip(chains, skills, steps, strict=True)
            ),
            *(committed_to(chains[row], following[row][0]) for row in rows),
        ]
        for skills, rows in zip(([size] * count for size in sizes), givers, strict=True)
    ]
    relaxation = InformationRelaxation.of(unrestricted, steps, model)
    *solved, relaxed = SolvedProcesses.of_blocks([*blocks, relaxation.chains])
    values_if_first: dict[int, Worth] = {}
    gain = np.zeros(count)
    for number, ((processes, start), rows) in enumerate(
        zip(solved, givers, strict=True)
    ):
        skilled = processes.index_policy(outside_option, slice(start, start + count))
        rivals = skilled.value - skilled.marginal_values()
        if not number:
            gain = rivals - (policy.value - policy.marginal_values())
        forced = slice(start + count, start + count + len(rows))
        accepted = processes.acceptance_probability(skilled.nodes, forced)
        # At the top no rival is left; from there each is by itself.
        alone = processes.standalone_values(skilled.top, forced)
        for row, chances, value in zip(rows, accepted, alone.tolist(), strict=True):
            beside = skilled.value_when_forced(row, chances)
            values_if_first[row] = float(rivals[row] + beside + value)
    return PracticeValue(
        gain / sizes[0] * np.array(lessons),
        policy.value,
        values_if_first,
        relaxation.upper_bound(relaxed, outside_option),
    )


def _first_lesson(lessons: Sequence[float]) -> tuple[int, float]:
    """How many steps the next interview that teaches takes, and what it teaches."""
    for count, size in enumerate(lessons, start=1):
        if size > 0.0:
            return count, size
    return 0, 0.0


@frozen(eq=False)
class InformationRelaxation:
    """Processes with more skill than any plan could give them.

    Attributes:
        chains: All processes with the lowest skill of each, then with the next, and so
            on.
        probabilities: Probability of each skill, ``(skills, processes)``.
    """

    chains: Sequence[ChainParameters[float]]
    probabilities: FloatArray

    @classmethod
    def of(
        cls,
        chains: Sequence[ChainParameters[float]],
        steps: Sequence[Sequence[Step[float]]],
        model: PracticeModel,
    ) -> "InformationRelaxation":
        """What processes can learn from each other.

        Args:
            chains: The processes.
            steps: Their steps, in the same order.
            model: What interviews teach.
        """
        lessons = [model.practice_gains(process) for process in steps]
        limits = _most_skill(lessons, model)
        skills, probabilities = np.array([limits]), np.ones((1, len(chains)))
        if len(chains) <= _MOST_DRAWN:
            skilled = map(with_skill, chains, limits, steps)
            drawn = [*map(_practice_distribution, skilled, lessons)]
            skills, probabilities = mix_distributions(drawn, limits)
        return cls(
            [
                with_skill(*process)
                for row in skills.tolist()
                for process in zip(chains, row, steps, strict=True)
            ],
            probabilities,
        )

    def upper_bound(self, solved: Block, outside_option: Worth) -> Worth:
        """The bound, once the chains are solved, hours.

        Args:
            solved: Where the chains are solved.
            outside_option: The sure alternative, hours.
        """
        processes, start = solved
        rows = slice(start, start + len(self.chains))
        shape = self.probabilities.shape
        indices = processes.indices[rows].reshape(shape)
        indices = np.where(self.probabilities > 0.0, indices, -inf)
        highest = indices.max(axis=0)
        # The skill of the highest index goes on; the others stop at their index.
        stops = np.where(indices < highest, indices, inf)

        def acceptance(alternatives: FloatArray) -> FloatArray:
            chances = processes.acceptance_probability(alternatives, rows)
            chances = chances.reshape(*shape, -1)
            running = alternatives < stops[:, :, None]
            weighted = np.where(running, chances, 0.0) * self.probabilities[:, :, None]
            return np.asarray(weighted.sum(axis=0))

        breakpoints = processes.breakpoints(outside_option, rows)
        return IndexPolicyValue.of(
            outside_option,
            highest,
            (self.probabilities * processes.levels[rows].reshape(shape)).sum(axis=0),
            processes.upper_supports[rows].reshape(shape).max(axis=0),
            np.concatenate((breakpoints, stops[np.isfinite(stops)])),
            acceptance,
        ).value


def _most_skill(
    lessons: Sequence[Sequence[float]], model: PracticeModel
) -> list[float]:
    """More than each process can learn from the others, in whatever order, log-odds.

    Each interview teaches less the more have been before: sizes p in a row teach *unit*
    times the sum of p * decay**(sizes before), at most the integral of decay**c and one
    lesson.

    Args:
        lessons: What each step of each process teaches, log-odds.
        model: What interviews teach.
    """
    taught = [fsum(process) for process in lessons]
    whole, limit = fsum(taught), inf
    if 0.0 < model.decay < 1.0:
        longest = max(size for process in lessons for size in process)
        limit = longest - model.weight * model.unit / log(model.decay)
    return [min(limit, max(0.0, whole - process)) for process in taught]


def _practice_distribution(
    chain: ChainParameters[float], lessons: Sequence[float]
) -> dict[float, float]:
    """What a process teaches if it goes as far as it can: log-odds and probability.

    Args:
        chain: The process.
        lessons: What each of its steps teaches, log-odds.
    """
    taught = list(accumulate(lessons))
    reached = list(accumulate(chain.survive, mul, initial=1.0))
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
    nothing = np.zeros(_BINS)
    nothing[0] = 1.0
    before = [nothing, *accumulate(tables, _convolve)]
    behind = [nothing, *accumulate(tables[::-1], _convolve)][::-1]
    skills, probabilities = np.zeros((2, _POINTS, len(limits)))
    for row, limit in enumerate(limits):
        rivals = _convolve(before[row], behind[row + 1])
        bins = np.flatnonzero(rivals)
        edges = np.linspace(float(bins[0]), float(bins[-1]), _POINTS + 1)[1:]
        edges = np.ceil(edges - 1e-9)
        np.add.at(probabilities[:, row], np.searchsorted(edges, bins), rivals[bins])
        skills[:, row] = np.minimum(limit, edges * width)
    return skills, probabilities


def _convolve(first: FloatArray, second: FloatArray) -> FloatArray:
    """The distribution of a sum of independent skills, by bin.

    Args:
        first: Probability of each bin of the first skill, ``(_BINS,)``.
        second: Probability of each bin of the second skill, likewise.

    Returns:
        Shape ``(_BINS,)``; the last bin has all that lies beyond it.
    """
    whole = np.convolve(first, second)
    distribution = whole[:_BINS]
    distribution[-1] += whole[_BINS:].sum()
    return distribution
