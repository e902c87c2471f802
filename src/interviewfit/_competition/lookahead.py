"""What practice is worth among several processes, one interview ahead (``practice``).

Searches of equally many processes, such as one at several prices of the hour, are
judged together: their chains are solved in the same calls, and so are their policies.

Reference: D. P. Bertsekas, "Dynamic Programming and Optimal Control", volume 1 (2017),
section 6.4, for looking one step ahead of a policy (rollout).
"""

from collections.abc import Sequence
from math import inf

import numpy as np
from attrs import evolve, frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.policies_side_by_side import index_policies
from interviewfit._competition.practice import (
    MOST_TRIED,
    Lessons,
    PracticeModel,
    PracticeValue,
    relaxation_bound,
)
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._process.compilation import Step


@frozen(eq=False)
class LookaheadProblem:
    """Processes among which practice is judged.

    Attributes:
        chains, steps: The processes, and the steps of each.
        policy: The index policy of all of them, without practice.
        unrestricted: The processes if interviews may be walked out of, for the bound.
        model: What interviews teach.
        lessons: The chains by which this is judged, if they are made.
        bounded: Whether the upper bound is worked out; else it is infinite.
    """

    chains: Sequence[ChainParameters[float]]
    steps: Sequence[Sequence[Step[float]]]
    policy: IndexPolicyValue
    unrestricted: Sequence[ChainParameters[float]]
    model: PracticeModel
    lessons: Lessons | None = None
    bounded: bool = True

    @property
    def tells(self) -> bool:
        """Whether passes tell of the fit."""
        every = *self.chains, *self.unrestricted
        return any(chain.mutual is not None for chain in every)

    @property
    def ranked(self) -> list[int]:
        """Rows that may be put in front, the highest index first."""
        order = np.argsort(-self.policy.indices, kind="stable")
        return [int(row) for row in order[:MOST_TRIED]]

    def with_lessons(self) -> "LookaheadProblem":
        """The same with its lessons, if anything can be taught."""
        if self.lessons is not None:
            return self
        numbers = self.chains, self.steps, self.unrestricted, self.model, self.ranked
        return evolve(self, lessons=Lessons.of(*numbers, bounded=self.bounded))

    def on_average(
        self, before: SolvedProcesses | None
    ) -> "tuple[LookaheadProblem, SolvedProcesses]":
        """The same with constant rates, of which what skill brings is counted.

        Args:
            before: Processes whose chains need not be solved again.
        """
        average = [chain.on_average for chain in self.chains]
        solved = SolvedProcesses.of(average, before)
        usual = solved.index_policy(self.policy.outside_option)
        free = [chain.on_average for chain in self.unrestricted]
        return evolve(self, chains=average, policy=usual, unrestricted=free), solved


def look_ahead(
    problems: Sequence[LookaheadProblem], before: SolvedProcesses | None = None
) -> list[PracticeValue]:
    """What practice is worth in each of some searches with the same offer in hand.

    Where passes tell of the fit, what skill brings is that of constant rates.

    Args:
        problems: Of equally many processes each.
        before: Processes whose chains need not be solved again.
    """
    usual = list[LookaheadProblem]()
    for problem in problems:
        average = problem
        if problem.tells:
            average, before = problem.on_average(before)
        usual.append(average.with_lessons())
    solved = _solved_lessons([problem.lessons for problem in usual], before)
    skilled = [search for blocks in solved for search in blocks[:-1:2]]
    base = problems[0].policy.outside_option if problems else 0.0
    policies, values = index_policies(skilled, base), list[PracticeValue]()
    for problem, average, blocks in zip(problems, usual, solved, strict=True):
        count = len(blocks[:-1:2])
        value = _value_of(average, blocks, policies[:count])
        del policies[:count]
        gap = problem.policy.value - average.policy.value
        values.append(value if average is problem or not gap else value.moved(gap))
    return values


def _solved_lessons(
    lessons: Sequence[Lessons | None], before: SolvedProcesses | None
) -> list[list[SolvedProcesses]]:
    """The blocks of some lessons, solved; nothing where nothing can be taught.

    They are solved together, because a call costs more than its arithmetic.

    Args:
        lessons: Of each search.
        before: Processes whose chains need not be solved again.
    """
    missing = [it for it in lessons if it is not None and it.solved is None]
    every = [chain for it in missing for chain in it.all_chains]
    together = SolvedProcesses.of(every, before)
    start, solved = 0, list[list[SolvedProcesses]]()
    for of_search in lessons:
        blocks = list[SolvedProcesses]()
        if of_search is not None:
            whole, row = of_search.solved or together, 0
            if of_search.solved is None:
                row, start = start, start + len(of_search.all_chains)
            for block in of_search.blocks:
                blocks.append(whole.take(np.arange(row, row + len(block))))
                row += len(block)
        solved.append(blocks)
    return solved


def _value_of(
    problem: LookaheadProblem,
    blocks: Sequence[SolvedProcesses],
    policies: Sequence[IndexPolicyValue],
) -> PracticeValue:
    """What practice is worth in one of the searches.

    Args:
        problem: The search, of constant rates.
        blocks: Of its lessons, solved.
        policies: Index policies of all with the skill of each size of a lesson.
    """
    policy, lessons = problem.policy, problem.lessons
    if lessons is None:
        gains = np.zeros(len(problem.chains))
        return PracticeValue(gains, policy.value, {}, policy.value)
    values: dict[int, Worth] = {}
    gain = np.zeros(len(problem.chains))
    for number, (rows, skilled) in enumerate(
        zip(lessons.givers, policies, strict=True)
    ):
        forced = blocks[2 * number + 1]
        rivals = skilled.value - skilled.marginal_values()
        if not number:
            gain = rivals - (policy.value - policy.marginal_values())
        accepted = forced.acceptance_probability(skilled.nodes.ravel())
        # At the top no rival is left; from there each is by itself.
        alone = forced.standalone_values(skilled.top)
        for row, chances, value in zip(rows, accepted, alone.tolist(), strict=True):
            beside = skilled.value_when_forced(row, chances)
            values[row] = float(rivals[row] + beside + value)
    bound = inf
    if problem.bounded:
        base = policy.outside_option
        bound = relaxation_bound(blocks[-1], lessons.probabilities, base)
    first = {row: values[row] for row in problem.ranked if row in values}
    gain *= lessons.shares
    return PracticeValue(gain, policy.value, first, bound, blocks[-1])
