"""What every action is worth once some aspects of the job are known.

Knowing moves the surplus, and with it the worth of another role at the same firm
(``foresight``). Where only the surplus moves, one chain does for all answers; else
every answer on the company has its own. Other processes beside it do not change with
the answer: they are solved once for all of them (``others``).
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from attrs import define, evolve, field, frozen

from interviewfit._assessment.alternatives import Alternative, Problem, open_courses
from interviewfit._competition.chains import solve_steps
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.beliefs import Estimate
from interviewfit._model.fields import unchecked
from interviewfit._model.priors import COMPANY_ASPECTS
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._model.vocabulary import Term
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray, total
from interviewfit._numeric.expected_maximum import expected_maximum
from interviewfit._process.compilation import Process, compile_process
from interviewfit._process.signals import Posterior
from interviewfit._solver.solution import Solution

__all__ = [
    "Asked",
    "Beside",
    "ConditionalDecision",
    "Fixed",
    "Moving",
    "RevealedAspects",
    "TwoFold",
]

Asked: TypeAlias = tuple[str, ...]
"""Aspects asked about together."""

Solved: TypeAlias = tuple[Posterior, Process, list[Solution | None]]
"""What is believed, the way ahead, and the solution of each course with steps."""

# Chains at once, each seen from many points.
_BLOCK = 256


@frozen
class RevealedAspects:
    """Aspects that become known, and what they do to the surplus.

    Attributes:
        asked: The aspects.
        firm: Standard deviation of the surplus over those of the company, percent of
            pay; another role at the firm shares them.
        role: Likewise over those of the role.
    """

    asked: Asked
    firm: PercentOfPay
    role: PercentOfPay

    @property
    def spread(self) -> PercentOfPay:
        """Over all of them."""
        return float(np.hypot(self.firm, self.role))


@frozen(eq=False)
class ConditionalDecision:
    """A decision as things stand.

    Attributes:
        case: Who decides on what.
        posterior: What is believed.
        process: The way ahead.
        slack: Hours that are rounding.
    """

    case: Problem
    posterior: Posterior
    process: Process
    slack: Worth

    def moves(self, asked: Asked) -> bool:
        """Whether the way ahead itself moves with what these aspects turn out to be."""
        shared = any(Term.HIDDEN_ROLE in one.gains for one in self.process.steps)
        return shared and not COMPANY_ASPECTS.isdisjoint(asked)

    def first(self, asked: Asked) -> str:
        """The aspect of the company that stands for all of them; none if there is none.

        That which counts the most, so that what it stands for is not out of all bounds.
        """
        priorities = self.case.candidate.priorities
        shared = (one for one in asked if one in COMPANY_ASPECTS)
        return max(shared, key=lambda one: priorities.get(one, 1.0), default="")

    def known(
        self, asked: Asked, shared: PercentOfPay = 0.0, moved: PercentOfPay = 0.0
    ) -> tuple[Posterior, Process]:
        """Beliefs and the way ahead once these aspects are known.

        Args:
            asked: The aspects.
            shared: What they add to another role at the firm, percent of pay.
            moved: What they add to the surplus, percent of pay.
        """
        beliefs = dict(self.posterior.beliefs)
        for name in asked:
            beliefs[name] = unchecked(beliefs[name], sd=0.0)
        first = self.first(asked)
        if first:
            priority = self.case.candidate.priorities.get(first, 1.0)
            mean = beliefs[first].mean + shared / priority
            beliefs[first] = unchecked(beliefs[first], mean=mean)
        return self.compiled(beliefs, moved)

    def solved(
        self, asked: Asked, shared: PercentOfPay = 0.0, moved: PercentOfPay = 0.0
    ) -> Solved:
        """The same, and each open course solved, if it has steps."""
        posterior, process = self.known(asked, shared, moved)
        courses = open_courses(self.case, posterior, process)
        solutions = [solve_steps(one.steps) if one.steps else None for one in courses]
        return posterior, process, solutions

    def compiled(
        self, beliefs: dict[str, Estimate], moved: FloatColumn | PercentOfPay
    ) -> tuple[Posterior, Process]:
        """The way ahead under these beliefs, with the surplus moved by so much."""
        case = self.case
        posterior = evolve(self.posterior, beliefs=beliefs)
        process = compile_process(
            case.candidate, case.opportunity, posterior, case.assumptions
        )
        return posterior, unchecked(process, mean=self.process.mean + moved)


@define(eq=False)
class _Chains:
    """Courses solved, one chain for each row.

    Attributes:
        percent: What one percent of pay is worth, hours.
        mean: Of the surplus in each row, hours.
        courses: What is open.
        solutions: Of each course with steps.
        rivals: What runs beside it.
    """

    percent: Worth
    mean: FloatColumn
    courses: Sequence[Alternative]
    solutions: list[Solution | None]
    rivals: RivalDistribution | None

    @classmethod
    def of(
        cls, whole: ConditionalDecision, posterior: Posterior, process: Process
    ) -> "_Chains":
        """Of a process whose mean is a column."""
        courses = open_courses(whole.case, posterior, process)
        mean: FloatColumn = np.asarray(process.percent * process.mean)
        # A chain alone would be solved another way.
        rows = max(2, mean.size)
        return cls(
            process.percent,
            mean,
            courses,
            [solve_steps(one.steps, rows) if one.steps else None for one in courses],
            whole.case.rivals,
        )

    def worths(self, rows: IndexArray, moved: FloatColumn) -> FloatArray:
        """Of each course in some rows, with the surplus moved by so much, percent of pay."""
        mean = self.mean[rows] + self.percent * moved
        found = np.empty((len(self.courses), rows.size))
        for own, course, solution in zip(
            found, self.courses, self.solutions, strict=True
        ):
            if solution is None:
                worth = total(course.terms.values())
                own[:] = np.broadcast_to(worth, self.mean.shape)[rows]
            elif self.rivals is None:
                own[:] = _go(solution, rows, mean)
            else:
                leaving = course.steps[0].exit
                exits = np.broadcast_to(leaving, self.mean.shape)[rows]
                own[:] = self.rivals.value_beside(solution, rows, mean, exits)
        return found


def _go(solution: Solution, rows: IndexArray, mean: FloatColumn) -> FloatColumn:
    """Worth of going on in some rows, as often as one likes, from a mean each.

    Solutions take as many points in each row: the place of each point in its own.
    """
    counts = np.bincount(rows, minlength=solution.thresholds.shape[0])
    order = np.argsort(rows, kind="stable")
    starts = np.cumsum(counts) - counts
    places = np.empty(rows.size, dtype=np.intp)
    places[order] = np.arange(rows.size) - starts[rows[order]]
    table = np.zeros((counts.size, counts.max()))
    table[rows, places] = mean
    return solution.continuation_value(table)[rows, places]


@define(eq=False)
class Fixed:
    """Curves where only the surplus moves: the chain of each set is solved once."""

    whole: ConditionalDecision
    lines: Sequence[RevealedAspects]
    _solved: dict[Asked, Solved] = field(factory=dict, init=False)

    def __call__(self, which: IndexArray, at: FloatColumn) -> FloatArray:
        """Worths of each action at a point of a line each."""
        parts: list[tuple[IndexArray, FloatArray]] = []
        for number in np.unique(which).tolist():
            line, rows = self.lines[number], np.flatnonzero(which == number)
            spread = np.hypot(line.firm, line.role)
            parts.append((rows, self._worths(line, spread * at[rows])))
        found = np.empty((parts[0][1].shape[0], at.size))
        for rows, worths in parts:
            found[:, rows] = worths
        return found

    def _worths(self, line: RevealedAspects, moved: FloatColumn) -> FloatArray:
        case = self.whole.case
        if line.asked not in self._solved:
            self._solved[line.asked] = self.whole.solved(line.asked)
        posterior, process, solutions = self._solved[line.asked]
        process = unchecked(process, mean=process.mean + moved)
        courses = open_courses(case, posterior, process)
        mean: FloatColumn = np.asarray(process.percent * process.mean)
        return np.array(
            [
                np.broadcast_to(total(one.terms.values()), moved.shape)
                if solution is None
                else solution.continuation_value(mean)
                for one, solution in zip(courses, solutions, strict=True)
            ]
        )


@define(eq=False)
class Moving:
    """Curves over what is learned of the company: every point has a chain of its own."""

    whole: ConditionalDecision
    lines: Sequence[RevealedAspects]

    def __call__(self, which: IndexArray, at: FloatColumn) -> FloatArray:
        """Worths of each action at a point of a line each."""
        parts = []
        for start in range(0, at.size, 16 * _BLOCK):
            part = slice(start, start + 16 * _BLOCK)
            parts.append(self._curves(which[part], at[part]))
        return np.concatenate(parts, axis=1)

    def _curves(self, which: IndexArray, at: FloatColumn) -> FloatArray:
        rows = np.arange(at.size)
        return self.chains(which, at).worths(rows, np.zeros(rows.size))

    def chains(self, which: IndexArray, at: FloatColumn) -> _Chains:
        """A chain for each point."""
        firm = np.array([one.firm for one in self.lines])
        return self.solved(which, firm[which] * at, firm[which] * at)

    def solved(
        self, which: IndexArray, shared: FloatColumn, moved: FloatColumn
    ) -> _Chains:
        """The same, with what the answers add to another role, and to the surplus."""
        beliefs: dict[str, Estimate] = {}
        for name, one in self.whole.posterior.beliefs.items():
            known = np.array([name in line.asked for line in self.lines])
            first = np.array(
                [name == self.whole.first(one.asked) for one in self.lines]
            )
            priority = self.whole.case.candidate.priorities.get(name, 1.0)
            beliefs[name] = unchecked(
                one,
                mean=one.mean + np.where(first[which], shared, 0.0) / priority,
                sd=np.where(known[which], 0.0, one.sd),
            )
        return _Chains.of(self.whole, *self.whole.compiled(beliefs, moved))


@frozen(eq=False)
class TwoFold:
    """One curve over what is learned of the company, a mean over what is of the role.

    For each answer on the company there is a chain, from which the other mean is taken.
    """

    whole: ConditionalDecision
    lines: Sequence[RevealedAspects]

    def __call__(self, which: IndexArray, at: FloatColumn) -> FloatArray:
        """Worth of the best action, on average, at a point of a line each."""
        parts = [
            self._means(which[start : start + _BLOCK], at[start : start + _BLOCK])
            for start in range(0, at.size, _BLOCK)
        ]
        return np.concatenate(parts)[None, :]

    def _means(self, which: IndexArray, at: FloatColumn) -> FloatColumn:
        chains = Moving(self.whole, self.lines).chains(which, at)
        role = np.array([one.role for one in self.lines])[which]

        def curves(rows: IndexArray, other: FloatColumn) -> FloatArray:
            return chains.worths(rows, role[rows] * other)

        return expected_maximum(curves, at.size, self.whole.slack)


@define(eq=False)
class Beside(Moving):
    """Curves beside other processes.

    What is learned of the company and of the role run together: *firm* squared over the
    whole variance is the company's share of the surplus, as is to be expected of it.
    Where only the surplus moves, the chain of each set is solved once.
    """

    _fixed: _Chains | None = field(default=None, init=False)

    def chains(self, which: IndexArray, at: FloatColumn) -> _Chains:
        """A chain for each point."""
        firm = np.array([one.firm for one in self.lines])
        spread = np.array([one.spread for one in self.lines])
        return self.solved(
            which, (firm * firm / spread)[which] * at, spread[which] * at
        )

    def _curves(self, which: IndexArray, at: FloatColumn) -> FloatArray:
        moves = any(self.whole.moves(line.asked) for line in self.lines)
        if moves or not self.whole.process.steps:
            return super()._curves(which, at)
        if self._fixed is None:
            every = np.arange(len(self.lines))
            self._fixed = self.chains(every, np.zeros(every.size))
        spread = np.array([one.spread for one in self.lines])
        return self._fixed.worths(which, spread[which] * at)
