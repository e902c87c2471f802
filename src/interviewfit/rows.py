"""
One decision with columns in place of numbers: many decisions, a row each.

The formulas are those of one decision, and so is the solver: rows whose steps differ
are solved side by side. What is found for a row does not depend on the others beside
it, nor on how many there are: not a bit of it.

Beside other processes every number may bear on all of them; such rows are assessed one
after another.
"""

from collections.abc import Mapping
from typing import cast

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit.arithmetic import FloatColumn, total
from interviewfit.assessment import assess
from interviewfit.choices import weigh
from interviewfit.courses import (
    Case,
    Course,
    carries_on,
    finishes,
    forced,
    open_courses,
)
from interviewfit.decision import Decision
from interviewfit.fields import unchecked
from interviewfit.inputs import Input, put
from interviewfit.panels import FloatArray
from interviewfit.pipeline import solve_steps
from interviewfit.process import compile_process
from interviewfit.signals import update
from interviewfit.vocabulary import Action, Phase

__all__ = ["Weighed", "weigh_rows"]

_ACTIONS = tuple(Action)
_CODES = {action: code for code, action in enumerate(_ACTIONS)}
_PLAIN = {Action.FINISH_POLITELY: Action.CONTINUE}
# Rows worked out at once: their curves stay in cache.
_BLOCK = 4096


@frozen(eq=False)
class Weighed:
    """
    What each open action is worth in every row, and which is best.

    Attributes:
        actions: Those open; staying in mid-interview stands here as *continue*.
        worths: Of each in each row, hours, shape ``(actions, rows)``; -inf: not open.
        codes: The best action of each row, as its place in ``list(Action)``.
    """

    actions: tuple[Action, ...]
    worths: FloatArray
    codes: npt.NDArray[np.int8]

    @property
    def value(self) -> FloatColumn:
        """
        Worth of the best action of each row, hours.
        """
        return np.asarray(self.worths.max(axis=0))

    @property
    def best(self) -> list[Action]:
        """
        The best action of each row.
        """
        return [_ACTIONS[code] for code in self.codes]


def weigh_rows(decision: Decision, values: Mapping[Input, FloatColumn]) -> Weighed:
    """
    Every open action of many decisions, which differ in some numbers.

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
    if decision.beside:
        return _one_by_one(decision, values, rows)
    parts = []
    for start in range(0, rows, _BLOCK):
        part = slice(start, start + _BLOCK)
        some = {one: column[part] for one, column in values.items()}
        parts.append(weigh_block(put(decision, some), min(_BLOCK, rows - start)))
    return Weighed(
        parts[0].actions,
        np.concatenate([one.worths for one in parts], axis=1),
        np.concatenate([one.codes for one in parts]),
    )


def weigh_block(decision: Decision, rows: int) -> Weighed:
    """
    Every open action of a decision that holds columns of so many rows.

    It must stand beside no other processes.
    """
    who, job = decision.candidate, decision.opportunity
    posterior = update(who, job, decision.assumptions)
    process = compile_process(who, job, posterior, decision.assumptions)
    case = Case(who, job, decision.assumptions)
    courses = open_courses(case, posterior, process)
    # A chain alone would be solved another way, and differ in its last bits.
    at_least = max(2, rows)
    mean = cast(float, np.resize(process.percent * process.mean, at_least))
    worths = np.empty((len(courses), rows))
    goes_on = np.ones(rows, dtype=np.bool_)
    for given, worth in zip(courses, worths, strict=True):
        course = given
        if not course.steps:
            worth[:] = total(course.terms.values())
            continue
        news = np.broadcast_to(course.steps[0].reveal, rows)
        if course.action is Action.POSTPONE and (news <= 0.0).any():
            if (news <= 0.0).all():
                worth[:] = -np.inf
                continue
            # Not open in rows without news. A reveal of 0, or one that is small beside
            # the others, would take far longer to solve, too.
            usual = process.percent * process.sd
            wait = unchecked(course.steps[0], reveal=np.where(news > 0.0, news, usual))
            course = Course(course.action, (wait, *course.steps[1:]))
        solution = solve_steps(course.steps, at_least)
        worth[:] = np.asarray(weigh(course, solution, mean))[:rows]
        if course.action is Action.POSTPONE:
            worth[news <= 0.0] = -np.inf
        elif course.steps is process.steps:
            goes_on[:] = carries_on(process, solution.thresholds[:rows].T)
    codes = np.array([_CODES[one.action] for one in courses], dtype=np.int8)
    found = codes[worths.argmax(axis=0)]
    if job.position.phase is Phase.MIDWAY:
        finishing = (found == _CODES[Action.CONTINUE]) & ~goes_on
        found[finishing] = _CODES[Action.FINISH_POLITELY]
    if who.dealbreakers & job.tags:
        if job.position.phase is Phase.MIDWAY:
            finish, leave = _CODES[Action.FINISH_POLITELY], _CODES[Action.LEAVE]
            found[:] = np.where(finishes(process), finish, leave)
        else:
            found[:] = _CODES[forced(job.position.phase, process)]
    return Weighed(tuple(one.action for one in courses), worths, found)


def _one_by_one(
    decision: Decision, values: Mapping[Input, FloatColumn], rows: int
) -> Weighed:
    found = []
    for row in range(rows):
        one = put(
            decision, {name: float(column[row]) for name, column in values.items()}
        )
        found.append(
            assess(
                one.candidate,
                one.opportunity,
                assumptions=one.assumptions,
                beside=one.beside,
            )
        )
    worths = [
        {
            _PLAIN.get(choice.action, choice.action): choice.worth
            for choice in one.choices
        }
        for one in found
    ]
    actions = tuple(action for action in Action if any(action in one for one in worths))
    table = np.array(
        [[one.get(action, -np.inf) for one in worths] for action in actions]
    )
    codes = np.array([_CODES[one.action] for one in found], dtype=np.int8)
    return Weighed(actions, table.reshape(len(actions), rows), codes)
