"""One decision with columns in place of numbers: many decisions, a row each.

The formulas are those of one decision, and so is the solver: rows whose steps differ
are solved side by side. What is found for a row does not depend on the others beside
it, nor on how many there are: not a bit of it.

Beside other processes every number may bear on all of them: they are solved in as many
rows, or once for all where no column bears on them (``others``).
"""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._assessment.alternatives import (
    Alternative,
    carries_on,
    compile_case,
    finishes,
    forced,
    open_courses,
)
from interviewfit._assessment.choices import weigh
from interviewfit._assessment.ranking import ACTION_CODES, argmax_with_margin
from interviewfit._competition.chains import solve_steps
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.decision import Decision
from interviewfit._model.fields import unchecked
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import FloatArray, FloatColumn, total
from interviewfit._process.compilation import Process
from interviewfit._process.inputs import Parameter, put
from interviewfit._solver.solution import Solution

__all__ = [
    "Block",
    "Evaluation",
    "fit_of",
    "solve_block",
    "solve_courses",
    "weigh_block",
    "weigh_rows",
]

_ACTIONS = tuple(Action)
_PLAIN = {Action.FINISH_POLITELY: Action.CONTINUE}
# Rows worked out at once: their curves stay in cache.
_BLOCK, _BESIDE = 5000, 1000


@frozen(eq=False)
class Evaluation:
    """What each open action is worth in every row, and which is best.

    Attributes:
        actions: Those open; staying in mid-interview stands here as *continue*.
        worths: Of each in each row, hours, shape ``(actions, rows)``; -inf: not open.
        codes: The best action of each row, as its place in ``list(Action)``.
    """

    actions: tuple[Action, ...]
    worths: FloatArray
    codes: npt.NDArray[np.int8]

    @classmethod
    def joined(cls, parts: Sequence["Evaluation"]) -> "Evaluation":
        """Blocks of the same decision as one."""
        return cls(
            parts[0].actions,
            np.concatenate([one.worths for one in parts], axis=1),
            np.concatenate([one.codes for one in parts]),
        )

    def rows_of(self, codes: npt.NDArray[np.int8]) -> npt.NDArray[np.intp]:
        """Which row of *worths* is that of each action; -1 if it is not open."""
        own = {one: place for place, one in enumerate(self.actions)}
        table = [own.get(_PLAIN.get(one, one), -1) for one in _ACTIONS]
        return np.array(table, dtype=np.intp)[codes]

    @property
    def value(self) -> FloatColumn:
        """Worth of the best action of each row, hours."""
        return np.asarray(self.worths.max(axis=0))

    @property
    def best(self) -> list[Action]:
        """The best action of each row."""
        return [_ACTIONS[code] for code in self.codes]


@frozen(eq=False)
class Block:
    """Some rows weighed, and all that was worked out on the way.

    Attributes:
        weighed: What each action is worth.
        value: Of the best action before any dealbreaker, hours, shape ``(rows,)``.
        margin: By how much it exceeds the second best, hours, shape ``(rows,)``.
        process: Of all rows; its numbers may be columns.
        mean: Of the surplus, hours; of two rows at least.
        thresholds: Of each step ahead, hours, shape ``(steps, rows)``.
        solved: Each open course, and the solution of its steps if it has any.
    """

    weighed: Evaluation
    value: FloatColumn
    margin: FloatColumn
    process: Process
    mean: float
    thresholds: FloatArray
    solved: tuple[tuple[Alternative, Solution | None], ...]


def weigh_rows(
    decision: Decision, values: Mapping[Parameter, FloatColumn]
) -> Evaluation:
    """Every open action of many decisions, which differ in some numbers.

    Args:
        decision: What they have in common.
        values: By input (``inputs``), a column each, of equal length. Who brings them
            has checked them.

    Raises:
        ValueError: If there is no column or no row, or columns differ in length.
    """
    lengths = sorted({column.size for column in values.values()})
    if len(lengths) != 1 or not lengths[0]:
        message = f"columns of one equal length are needed, got lengths {lengths}"
        raise ValueError(message)
    rows = lengths[0]
    parts, block = [], _BESIDE if decision.beside else _BLOCK
    for start in range(0, rows, block):
        part = slice(start, start + block)
        some = {one: column[part] for one, column in values.items()}
        parts.append(weigh_block(put(decision, some), min(block, rows - start)))
    return Evaluation.joined(parts)


def weigh_block(decision: Decision, rows: int) -> Evaluation:
    """Every open action of a decision that holds columns of so many rows."""
    return solve_block(decision, rows).weighed


def solve_block(decision: Decision, rows: int) -> Block:
    """The same with all that was worked out on the way."""
    case, posterior, process = compile_case(decision, rows)
    who, job = decision.candidate, decision.opportunity
    courses = open_courses(case, posterior, process)
    worths, thresholds, solved = solve_courses(courses, process, rows, case.rivals)
    index, value, margin = argmax_with_margin(worths)
    found = np.array([ACTION_CODES[one.action] for one in courses], np.int8)[index]
    if job.position.phase is Phase.MIDWAY:
        # Whoever stays but would not go on afterwards finishes politely.
        stops = np.logical_not(carries_on(process, thresholds))
        found[(found == ACTION_CODES[Action.CONTINUE]) & stops] = ACTION_CODES[
            Action.FINISH_POLITELY
        ]
    if who.dealbreakers & job.tags:
        if job.position.phase is Phase.MIDWAY:
            finish, leave = (
                ACTION_CODES[Action.FINISH_POLITELY],
                ACTION_CODES[Action.LEAVE],
            )
            found[:] = np.where(finishes(process), finish, leave)
        else:
            found[:] = ACTION_CODES[forced(job.position.phase, process)]
    weighed = Evaluation(tuple(one.action for one in courses), worths, found)
    means = _means(process, rows)
    return Block(weighed, value, margin, process, means, thresholds, solved)


def solve_courses(
    courses: Sequence[Alternative],
    process: Process,
    rows: int,
    rivals: RivalDistribution | None = None,
) -> tuple[FloatArray, FloatArray, tuple[tuple[Alternative, Solution | None], ...]]:
    """What each course of action is worth in every row, hours, ``(courses, rows)``.

    And the thresholds of the steps ahead, ``(steps, rows)``, and each course with the
    solution of its steps, if it has any.
    """
    mean = _means(process, rows)
    worths, thresholds = np.empty((len(courses), rows)), np.empty((0, rows))
    solved: list[tuple[Alternative, Solution | None]] = []
    for given, worth in zip(courses, worths, strict=True):
        course = given
        if not course.steps:
            worth[:] = total(course.terms.values())
            solved.append((course, None))
            continue
        news = np.broadcast_to(course.steps[0].reveal, rows)
        if course.action is Action.POSTPONE and (news <= 0.0).any():
            # Not open in rows without news. A reveal of 0, or one that is small beside
            # the others, would take far longer to solve, too.
            if (news <= 0.0).all():
                worth[:] = -np.inf
                solved.append((course, None))
                continue
            usual = process.percent * process.sd
            wait = unchecked(course.steps[0], reveal=np.where(news > 0.0, news, usual))
            course = Alternative(course.action, (wait, *course.steps[1:]))
        solution = solve_steps(course.steps, max(2, rows))
        solved.append((course, solution))
        worth[:] = _going(course, solution, mean, rivals)[:rows]
        if course.action is Action.POSTPONE:
            worth[news <= 0.0] = -np.inf
        elif course.steps is process.steps:
            thresholds = solution.thresholds[:rows].T
    return worths, thresholds, tuple(solved)


def _going(
    course: Alternative,
    solution: Solution,
    mean: float,
    rivals: RivalDistribution | None,
) -> FloatColumn:
    """What taking the first step of a course is worth in every row, hours."""
    if rivals is None:
        return np.asarray(weigh(course, solution, mean))
    points = np.asarray(mean)
    exits = np.broadcast_to(course.steps[0].exit, points.size)
    return rivals.value_beside(solution, np.arange(points.size), points, exits)


def _means(process: Process, rows: int) -> float:
    """Of each row, hours; of two at least.

    A chain alone would be solved another way, and differ in its last bits.
    """
    return cast(float, np.resize(process.percent * process.mean, max(2, rows)))


def fit_of(hours: npt.ArrayLike, percent: npt.ArrayLike) -> FloatArray:
    """Hours of surplus in percent of pay; with no weight on the offer only the sign."""
    hours, percent = np.asarray(hours), np.asarray(percent)
    weighs = percent > 0.0
    # Next to no weight may put a fit beyond all numbers.
    with np.errstate(over="ignore"):
        fit = hours / np.where(weighs, percent, 1.0)
    return np.where(weighs, fit, np.where(hours < 0.0, -np.inf, np.inf))
