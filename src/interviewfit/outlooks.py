"""
What every action is worth once some aspects of the job are known.

Knowing moves the surplus, and with it the worth of another role at the same firm, by
some *ratio* of what that is worth now (``foresight``). All else is as it was, so each
set of aspects has one chain for each course of action and each ratio. Ratios change a
chain by little and smoothly: it is solved for a few of them and interpolated between,
once some more have shown that this is exact to rounding. Where it is not, as with
chains that reveal nothing more, every point has a chain of its own; and so beside other
processes, where every point is a decision of its own.
"""

from collections.abc import Sequence
from math import pi
from typing import TypeAlias

import numpy as np
from attrs import define, evolve, field, frozen

from interviewfit.arithmetic import FloatColumn, total
from interviewfit.choices import weigh
from interviewfit.courses import Case, Course, open_courses
from interviewfit.crossings import Which
from interviewfit.evidence import Estimate
from interviewfit.fields import unchecked
from interviewfit.panels import FloatArray
from interviewfit.pipeline import solve_steps
from interviewfit.prices import price
from interviewfit.priors import COMPANY_ASPECTS
from interviewfit.process import Process, Step, compile_process
from interviewfit.rows import weigh_courses
from interviewfit.signals import Posterior
from interviewfit.solver import Solution
from interviewfit.units import PercentOfPay, Probability, Worth
from interviewfit.vocabulary import Term

__all__ = ["Asked", "Interpolated", "Line", "OneByOne", "Outlook", "SideBySide"]

Asked: TypeAlias = tuple[str, ...]
"""Aspects asked about together."""

# Ratios for which a chain is solved, and others that hold it to account.
_RATIOS, _CHECKS = 6, 5
_BLOCK = 4096
# The farthest that a normal number is followed.
_FARTHEST = 8.6


@frozen
class Line:
    """
    Aspects known, and what is fixed of them while the normal number Z runs.

    Attributes:
        asked: The aspects.
        weight: Of this line in the mean over all lines of these aspects.
        spread: Of the surplus over what they may be, percent of pay.
        share: Of that surplus which another role at the firm would share.
        rest: Added to it, percent of pay.
    """

    asked: Asked
    weight: Probability
    spread: PercentOfPay
    share: float
    rest: PercentOfPay

    def shared(self, at: FloatColumn) -> FloatColumn:
        """
        What another role at the firm would share, percent of pay.
        """
        return self.share * self.spread * at + self.rest


@frozen(eq=False)
class Outlook:
    """
    A decision as things stand.

    Attributes:
        case: Who decides on what.
        posterior: What is believed.
        process: The way ahead.
    """

    case: Case
    posterior: Posterior
    process: Process

    @property
    def shares(self) -> bool:
        """
        Whether another role at the same firm counts in what lies ahead.
        """
        return any(Term.HIDDEN_ROLE in one.gains for one in self.process.steps)

    def moves(self, asked: Asked) -> bool:
        """
        Whether the way ahead itself moves with what these aspects turn out to be.
        """
        return self.shares and not COMPANY_ASPECTS.isdisjoint(asked)

    def known(
        self, asked: Asked, shared: FloatColumn | PercentOfPay = 0.0
    ) -> Posterior:
        """
        Beliefs once these aspects are known, if another role *shared* so much of it.
        """
        beliefs = dict(self.posterior.beliefs)
        for name in asked:
            mean: FloatColumn | float = beliefs[name].mean
            if name == _first(asked):
                mean = mean + shared / self.case.candidate.priorities.get(name, 1.0)
            beliefs[name] = unchecked(beliefs[name], mean=mean, sd=0.0)
        return evolve(self.posterior, beliefs=beliefs)

    def compiled(
        self, posterior: Posterior, moved: FloatColumn | PercentOfPay = 0.0
    ) -> Process:
        """
        The way ahead under these beliefs, the surplus moved by so much.
        """
        case = self.case
        process = compile_process(
            case.candidate, case.opportunity, posterior, case.assumptions
        )
        return unchecked(process, mean=self.process.mean + moved)

    def another(self, posterior: Posterior) -> Worth:
        """
        What another role at the firm is worth, as ``prices`` has it.
        """
        case = self.case
        return price(
            case.candidate, case.opportunity, posterior, case.assumptions
        ).hidden_role


@define(eq=False)
class _Chains:
    """
    The courses open once some aspects are known, solved for a few ratios.

    Attributes:
        asked: The aspects.
        posterior: Beliefs once they are known.
        process: The way ahead.
        ratios: For which each course is solved.
        solutions: Of each course with steps.
        base: What another role at the firm is worth without an answer, hours.
    """

    asked: Asked
    posterior: Posterior
    process: Process
    ratios: FloatColumn
    solutions: list[Solution | None]
    base: Worth

    @classmethod
    def of(cls, whole: Outlook, asked: Asked, lines: Sequence[Line]) -> "_Chains":
        """
        Solved for all that the lines can come to.
        """
        posterior = whole.known(asked)
        process, base = whole.compiled(posterior), 0.0
        ratios = np.ones(1)
        if whole.moves(asked):
            base = whole.another(posterior)
            ends = np.array([-_FARTHEST, _FARTHEST])
            shared = np.concatenate([one.shared(ends) for one in lines])
            seen = whole.another(whole.known(asked, shared)) / base
            low, high = np.min(seen), np.max(seen)
            ratios = 0.5 * (low + high) + 0.5 * (high - low) * _points(_RATIOS)
        courses = open_courses(whole.case, posterior, process)
        solutions = [_solved(one, ratios) for one in courses]
        return cls(asked, posterior, process, ratios, solutions, base)

    def worths(self, whole: Outlook, line: Line, at: FloatColumn) -> FloatArray:
        """
        Of each course, at points of a line.
        """
        process = unchecked(self.process, mean=self.process.mean + line.spread * at)
        mean: FloatColumn = np.asarray(process.percent * process.mean)
        weights = np.ones((1, at.size))
        if self.ratios.size > 1:
            seen = whole.another(whole.known(self.asked, line.shared(at))) / self.base
            weights = _interpolation(self.ratios, np.asarray(seen))
        found = np.empty((len(self.solutions), at.size))
        courses = open_courses(whole.case, self.posterior, process)
        for own, one, solution in zip(found, courses, self.solutions, strict=True):
            if solution is None:
                own[:] = total(one.terms.values())
            else:
                going = solution.go(np.tile(mean, (self.ratios.size, 1)))
                # In order, so that no bit of a point depends on the others.
                own[:] = sum(weights * going)
        return found

    def sound(self, whole: Outlook, line: Line, slack: Worth) -> bool:
        """
        Whether interpolation is exact to so many hours where nothing was solved.
        """
        if self.ratios.size == 1:
            return True
        low, high = self.ratios.min(), self.ratios.max()
        checks = 0.5 * (low + high) + 0.5 * (high - low) * _points(_CHECKS)
        weights = _interpolation(self.ratios, checks)
        at = np.linspace(-_FARTHEST, _FARTHEST, 35)
        mean = self.process.percent * (self.process.mean + line.spread * at)
        courses = open_courses(whole.case, self.posterior, self.process)
        for one, solution in zip(courses, self.solutions, strict=True):
            exact = _solved(one, checks)
            if exact is None or solution is None:
                continue
            true = exact.go(np.tile(mean, (checks.size, 1)))
            going = solution.go(np.tile(mean, (self.ratios.size, 1)))
            if np.abs(weights.T @ going - true).max() > slack:
                return False
        return True


def _solved(course: Course, ratios: FloatColumn) -> Solution | None:
    """
    A course of action for each ratio; None if it has no steps.
    """
    if not course.steps:
        return None
    steps = [_scaled(one, ratios) for one in course.steps]
    return solve_steps(steps, ratios.size)


def _scaled(step: Step, ratios: FloatColumn) -> Step:
    gain = step.gains.get(Term.HIDDEN_ROLE)
    if gain is None or ratios.size == 1:
        return step
    return unchecked(step, gains={**step.gains, Term.HIDDEN_ROLE: gain * ratios})


def _points(count: int) -> FloatColumn:
    """
    Chebyshev's points of the first kind, between -1 and 1.
    """
    return np.asarray(np.cos((np.arange(count) + 0.5) * pi / count))


def _interpolation(nodes: FloatColumn, at: FloatColumn) -> FloatArray:
    """
    Weights of values at Chebyshev nodes to have that of points, ``(nodes, points)``.
    """
    angles = (np.arange(nodes.size) + 0.5) * pi / nodes.size
    own = np.sin(angles) * (-1.0) ** np.arange(nodes.size)
    apart = at - nodes[:, None]
    on = apart == 0.0
    parts = own[:, None] / np.where(on, 1.0, apart)
    weights = parts / parts.sum(axis=0)
    return np.asarray(np.where(on.any(axis=0), on, weights))


@define(eq=False)
class Interpolated:
    """
    Curves from chains solved once for each set of aspects.
    """

    whole: Outlook
    lines: Sequence[Line]
    _chains: dict[Asked, _Chains] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        for one in self.lines:
            if one.asked not in self._chains:
                own = [line for line in self.lines if line.asked == one.asked]
                self._chains[one.asked] = _Chains.of(self.whole, one.asked, own)

    def sound(self, slack: Worth) -> list[Asked]:
        """
        The sets of aspects for which it is exact to so many hours.
        """
        firsts = {one.asked: one for one in self.lines}
        return [
            asked
            for asked, chains in self._chains.items()
            if chains.sound(self.whole, firsts[asked], slack)
        ]

    def only(self, asked: Sequence[Asked]) -> "Interpolated":
        """
        The curves of these aspects alone.
        """
        fewer = Interpolated(self.whole, ())
        fewer.lines = [one for one in self.lines if one.asked in asked]
        fewer._chains = self._chains
        return fewer

    def __call__(self, which: Which, at: FloatColumn) -> FloatArray:
        """
        Worths of each action at a point of a line each.
        """
        parts: list[tuple[Which, FloatArray]] = []
        for number in np.unique(which).tolist():
            line, rows = self.lines[number], np.flatnonzero(which == number)
            chains = self._chains[line.asked]
            parts.append((rows, chains.worths(self.whole, line, at[rows])))
        found = np.empty((parts[0][1].shape[0], at.size))
        for rows, worths in parts:
            found[:, rows] = worths
        return found


@frozen(eq=False)
class SideBySide:
    """
    Curves whose every point has a chain of its own.
    """

    whole: Outlook
    lines: Sequence[Line]

    def __call__(self, which: Which, at: FloatColumn) -> FloatArray:
        """
        Worths of each action at a point of a line each.
        """
        parts = [
            self._worths(which[start : start + _BLOCK], at[start : start + _BLOCK])
            for start in range(0, at.size, _BLOCK)
        ]
        return np.concatenate(parts, axis=1)

    def _worths(self, which: Which, at: FloatColumn) -> FloatArray:
        whole, case = self.whole, self.whole.case
        spread = np.array([one.spread for one in self.lines])[which]
        share = np.array([one.share for one in self.lines])[which]
        shared = share * spread * at + np.array([one.rest for one in self.lines])[which]
        beliefs: dict[str, Estimate] = {}
        for name, one in whole.posterior.beliefs.items():
            known = np.array([name in line.asked for line in self.lines])[which]
            first = np.array([name == _first(line.asked) for line in self.lines])[which]
            priority = case.candidate.priorities.get(name, 1.0)
            beliefs[name] = unchecked(
                one,
                mean=one.mean + np.where(first, shared / priority, 0.0),
                sd=np.where(known, 0.0, one.sd),
            )
        posterior = evolve(whole.posterior, beliefs=beliefs)
        process = whole.compiled(posterior, spread * at)
        return weigh_courses(open_courses(case, posterior, process), process, at.size)[
            0
        ]


@frozen(eq=False)
class OneByOne:
    """
    Curves beside other processes.
    """

    whole: Outlook
    lines: Sequence[Line]

    def __call__(self, which: Which, at: FloatColumn) -> FloatArray:
        """
        Worths of each action at a point of a line each.
        """
        points = zip(which.tolist(), at.tolist(), strict=True)
        return np.array([self._worths(self.lines[one], z) for one, z in points]).T

    def _worths(self, line: Line, at: float) -> list[Worth]:
        shared = line.share * line.spread * at + line.rest
        posterior = self.whole.known(line.asked, shared)
        process = self.whole.compiled(posterior, line.spread * at)
        mean = process.percent * process.mean
        case = self.whole.case
        return [
            weigh(one, solve_steps(one.steps), mean, case.rivals)
            if one.steps
            else total(one.terms.values())
            for one in open_courses(case, posterior, process)
        ]


def _first(asked: Asked) -> str:
    """
    The aspect of the company that stands for all of them; none if there is none.
    """
    return next((one for one in asked if one in COMPANY_ASPECTS), "")
