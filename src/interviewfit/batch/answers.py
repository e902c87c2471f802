"""
The rows of each pattern answered, and their answers put where they belong.
"""

from collections.abc import Iterator
from threading import Lock

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from interviewfit.arithmetic import FloatColumn
from interviewfit.assessment.choices import play
from interviewfit.assessment.courses import Course
from interviewfit.assessment.rows import (
    Block,
    finish_politely,
    fit_of,
    rank,
    solve_block,
)
from interviewfit.batch.intake import Rows
from interviewfit.batch.patterns import Patterns, input_of
from interviewfit.batch.scores import Details, Scores
from interviewfit.batch.sheets import Sheet
from interviewfit.decision import Decision
from interviewfit.inputs import put
from interviewfit.signals import update
from interviewfit.solver.panels import FloatArray
from interviewfit.solver.solution import Solution
from interviewfit.verdict import Choice
from interviewfit.vocabulary import Action, Phase

__all__ = ["SOLVED", "Answers"]

SOLVED = 1 << 12
"""Rows solved side by side at once: their curves stay in cache."""

_CODES = {action: code for code, action in enumerate(Action)}
# Kept solved, of those met most recently; a few dozen kilobytes each.
_MOST_SHEETS = 1 << 12


@frozen(eq=False)
class _Kind:
    """
    One pattern met: its decision, the columns it reads, and its sheet if it has one.
    """

    decision: Decision
    names: tuple[str, ...]
    sheet: Sheet | None


@frozen(eq=False)
class Answers:
    """
    Answers for the rows of a table, put into *scores* as they are found.

    Threads may fill different parts at once.
    """

    patterns: Patterns
    scores: Scores
    _kinds: dict[int, _Kind] = field(factory=dict)
    _lock: Lock = field(factory=Lock)

    def fill(self, part: slice) -> None:
        """
        Answer some consecutive rows.
        """
        for key, rows in self._groups(part):
            kind = self._kind(key)
            if kind.sheet is not None:
                self._read(kind, kind.sheet, rows)
            elif isinstance(rows, slice):
                for start in range(rows.start, rows.stop, SOLVED):
                    self._solve(kind, slice(start, min(start + SOLVED, rows.stop)))
            else:
                for start in range(0, rows.size, SOLVED):
                    self._solve(kind, rows[start : start + SOLVED])

    def _groups(self, part: slice) -> Iterator[tuple[int, Rows]]:
        keys = self.patterns.keys(part)
        if keys is None:
            yield 0, part
            return
        order = np.argsort(keys, kind="stable")
        sorted_ = keys[order]
        starts = np.flatnonzero(sorted_[1:] != sorted_[:-1]) + 1
        if not starts.size:
            yield int(keys[0]), part
            return
        for some in np.split(order, starts):
            yield int(keys[some[0]]), some + part.start

    def _kind(self, key: int) -> _Kind:
        with self._lock:
            if key not in self._kinds:
                if len(self._kinds) >= _MOST_SHEETS:
                    self._kinds.clear()
                self._kinds[key] = self._met(key)
            return self._kinds[key]

    def _met(self, key: int) -> _Kind:
        decision, sheet = self.patterns.decision(key), None
        if not self.patterns.shared:
            return _Kind(decision, (), None)
        names = tuple(self.patterns.known(key))
        places = self.patterns.table.places
        try:
            sheet = Sheet.of(decision, [input_of(places[name]) for name in names])
        except ValueError:
            # Too sharp for a chart: every row is solved for itself.
            sheet = None
        return _Kind(decision, names, sheet)

    def _read(self, kind: _Kind, sheet: Sheet, rows: Rows) -> None:
        """
        Rows that share a process.
        """
        table, out = self.patterns.table, self.scores
        many = _size(rows)
        mean = sheet.means([table.floats(name, rows) for name in kind.names], many)
        worths = sheet.read(mean)
        codes, value, margin = rank(sheet.actions, worths)
        if sheet.midway:
            finish_politely(codes, sheet.percent * mean > sheet.after)
        if sheet.forced is not None:
            codes[:] = _CODES[sheet.forced]
        self._put_worths(rows, sheet.actions, worths)
        out.codes[rows], out.value[rows], out.margin[rows] = codes, value, margin
        out.mean[rows], out.threshold[rows] = mean, sheet.threshold
        out.index[rows] = np.subtract(mean, sheet.threshold, out=mean)
        out.hard_stop[rows] = sheet.forced is not None
        out.unknown[rows] = sheet.unknown

    def _solve(self, kind: _Kind, rows: Rows) -> None:
        """
        Rows that are solved each for itself.
        """
        patterns, out, many = self.patterns, self.scores, _size(rows)
        common = kind.decision
        if patterns.shared:
            table = patterns.table
            decision = put(
                common,
                {
                    input_of(table.places[name]): table.floats(name, rows)
                    for name in kind.names
                },
            )
            job = common.opportunity
            posterior = update(common.candidate, job, common.assumptions)
            out.unknown[rows] = len(posterior.unknown)
        else:
            decision = patterns.with_columns(common, rows)
            out.unknown[rows] = patterns.unknown(common, rows, many)
        block = solve_block(decision, many)
        weighed = block.weighed
        _, value, margin = rank(weighed.actions, weighed.worths)
        mean = np.broadcast_to(block.process.mean, many)
        phase = common.opportunity.position.phase
        here: FloatArray | float = 0.0 if phase is Phase.OFFERED else np.inf
        if block.thresholds.size:
            here = block.thresholds[0]
        threshold = np.broadcast_to(fit_of(here, block.process.percent), many)
        self._put_worths(rows, weighed.actions, weighed.worths)
        out.codes[rows] = weighed.codes
        out.value[rows], out.margin[rows] = value, margin
        out.mean[rows], out.threshold[rows] = mean, threshold
        out.index[rows] = mean - threshold
        job = common.opportunity
        out.hard_stop[rows] = bool(common.candidate.dealbreakers & job.tags)
        if out.details is not None:
            _put_details(out.details, block, rows)

    def _put_worths(
        self, rows: Rows, actions: tuple[Action, ...], worths: FloatArray
    ) -> None:
        for action, place in zip(self.scores.actions, self.scores.worths, strict=True):
            if action in actions:
                place[rows] = worths[actions.index(action)]
            else:
                place[rows] = -np.inf


def _size(rows: Rows) -> int:
    return rows.stop - rows.start if isinstance(rows, slice) else rows.size


def _put_details(details: Details, block: Block, rows: Rows) -> None:
    best = block.weighed.worths.argmax(axis=0)
    for number, (course, solution) in enumerate(block.solved):
        chosen = best == number
        if not chosen.any():
            continue
        choice = _played(course, solution, block)
        _put(details.sd, rows, choice.sd, chosen)
        _put(details.accept, rows, choice.accept, chosen)
        _put(details.hours, rows, choice.hours, chosen)
        for term, column in details.terms.items():
            _put(column, rows, choice.terms.get(term, 0.0), chosen)
    steps = fit_of(block.thresholds, block.process.percent)
    details.thresholds[: steps.shape[0], rows] = steps
    details.thresholds[steps.shape[0] :, rows] = np.nan


def _played(course: Course, solution: Solution | None, block: Block) -> Choice:
    if solution is not None:
        return play(course, solution, block.mean)
    worth = sum(course.terms.values())
    return Choice(
        action=course.action, worth=worth, terms=course.terms, accept=course.accept
    )


def _put(
    column: FloatColumn, rows: Rows, found: float, chosen: npt.NDArray[np.bool_]
) -> None:
    """
    What was found, in the chosen ones of some rows.
    """
    # A single row was worked out as two.
    whole = np.atleast_1d(found)[: chosen.size]
    column[rows] = np.where(chosen, whole, column[rows])
