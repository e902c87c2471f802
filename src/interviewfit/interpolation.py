"""
Chains for many worths of another role at the firm, from a few solved ones.

Once some aspects are known the way ahead is as before, but that another role at the
same firm is worth some *ratio* of what it was (``outlooks``). That changes a chain by
little, and smoothly: each course of action is solved for a few ratios and interpolated
between them in Chebyshev's points. Some more ratios, solved as well, show whether that
is exact; it is not for chains that reveal nothing more, whose curves have corners.

Reference: J.-P. Berrut and L. N. Trefethen, "Barycentric Lagrange Interpolation", SIAM
Review 46 (2004) 501-517.
"""

from collections.abc import Sequence
from math import pi

import numpy as np
from attrs import define, field

from interviewfit.arithmetic import FloatColumn, total
from interviewfit.courses import Course, open_courses
from interviewfit.crossings import Which
from interviewfit.fields import unchecked
from interviewfit.lanes import solve_steps
from interviewfit.outlooks import Asked, Line, Outlook
from interviewfit.panels import FloatArray
from interviewfit.process import Process, Step
from interviewfit.signals import Posterior
from interviewfit.solver import Solution
from interviewfit.units import Worth
from interviewfit.vocabulary import Term

__all__ = ["Interpolated"]

# Ratios for which a chain is solved, and others that hold it to account.
_RATIOS, _CHECKS = 6, 5
# The farthest that a normal number is followed.
_FARTHEST = 8.6


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
    _chains: dict[Asked, _Chains] = field(factory=dict)

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
        lines = [one for one in self.lines if one.asked in asked]
        return Interpolated(self.whole, lines, self._chains)

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
