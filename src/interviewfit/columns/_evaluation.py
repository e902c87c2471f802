"""The rows of each pattern answered, and their answers put where they belong."""

from collections.abc import Iterator, Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt
from attrs import define, field

from interviewfit._assessment.alternatives import Alternative
from interviewfit._assessment.choices import play
from interviewfit._assessment.evaluation import Block, fit_of, solve_block
from interviewfit._model.decision import Decision
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.scratch import Desk, Which
from interviewfit._process.inputs import put
from interviewfit._process.signals import update
from interviewfit._results.assessment import Choice
from interviewfit._solver.solution import Solution
from interviewfit.columns._atlas import Atlas
from interviewfit.columns._groups import Keys, Patterns, input_of
from interviewfit.columns._scores import Details, Scores
from interviewfit.columns._solved_groups import Sheet
from interviewfit.columns._table import Rows

__all__ = ["SOLVED", "Answers"]

SOLVED = 1 << 12
"""Rows solved side by side at once: their curves stay in cache."""

# Kept solved; a few dozen kilobytes each.
_MOST_SHEETS = 1 << 12


@define(eq=False)
class Answers:
    """Answers for the rows of a table, put into *scores* as they are found.

    Threads may fill different parts at once, each at a desk of its own.
    """

    patterns: Patterns
    scores: Scores
    _atlas: Atlas | None = field(default=None, init=False)
    _decisions: dict[int, Decision] = field(factory=dict, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def fill(self, part: slice, desk: Desk) -> None:
        """Answer some consecutive rows.

        Raises:
            UnfitError: If words of theirs are not known, or do not fit their process.
        """
        keys = self.patterns.keys(part, desk)
        if not self.patterns.shared or self.scores.details is not None:
            for key, rows in _groups(keys, part):
                self._solve(key, rows)
            return
        found = self._find(keys, desk)
        if found is None:
            middle = (part.start + part.stop) // 2
            self.fill(slice(part.start, middle), desk)
            self.fill(slice(middle, part.stop), desk)
            return
        atlas, which = found
        met = (which,) if isinstance(which, int) else range(len(atlas.sheets))
        if len(atlas.blanks) < len(met) or met[0] not in atlas.blanks:
            table = self.patterns.table
            columns = [table.column(name, part, desk) for name in table.numbers]
            atlas.read(columns, which, self.scores.part(part), desk)
        for place in atlas.blanks:
            # Too sharp for a chart: every row is solved for itself.
            rows = np.flatnonzero(np.broadcast_to(which == place, _size(part)))
            if rows.size:
                self._solve(int(atlas.keys[place]), rows + part.start)

    def _find(self, keys: Keys | None, desk: Desk) -> tuple[Atlas, Which] | None:
        """An atlas that has the patterns of some rows, and the sheet of each or of all.

        None if they are more than can be held at once.
        """
        atlas, some = self._atlas, np.zeros(1, dtype=np.intp)
        if keys is not None:
            # Of one pattern a single row tells as much as all.
            alike = keys.min() == keys.max()
            some = desk.places("key", 1 if alike else keys.size)
            np.copyto(some, keys[: some.size])
        which = None if atlas is None else atlas.find(some, desk)
        if atlas is None or which is None or which.min() < 0:
            needed = np.unique(some)
            if needed.size > _MOST_SHEETS:
                return None
            atlas = self._bind(needed.tolist())
            which = atlas.find(some, desk)
        return atlas, int(which[0]) if which.size == 1 else which

    def _bind(self, needed: Sequence[int]) -> Atlas:
        """An atlas with these patterns, and all that were met before if it holds so many."""
        with self._lock:
            patterns, met = self.patterns, dict[int, Sheet | None]()
            if self._atlas is not None:
                held = self._atlas.keys.tolist()
                met = dict(zip(held, self._atlas.sheets, strict=True))
            if len(met.keys() | set(needed)) > _MOST_SHEETS:
                met = {key: met[key] for key in needed if key in met}
            for key in needed:
                if key not in met:
                    met[key] = self._sheet(key)
            self._atlas = Atlas.of(met, tuple(patterns.table.numbers), patterns.most)
            return self._atlas

    def _sheet(self, key: int) -> Sheet | None:
        places = self.patterns.table.places
        inputs = [input_of(places[name]) for name in self.patterns.known(key)]
        try:
            return Sheet.of(self.patterns.decision(key), inputs)
        except ValueError:
            return None

    def _decision(self, key: int) -> Decision:
        with self._lock:
            if key not in self._decisions:
                if len(self._decisions) >= _MOST_SHEETS:
                    self._decisions.clear()
                self._decisions[key] = self.patterns.decision(key)
            return self._decisions[key]

    def _solve(self, key: int, rows: Rows) -> None:
        """Rows of a pattern, each solved for itself."""
        for start in range(0, _size(rows), SOLVED):
            stop = min(start + SOLVED, _size(rows))
            if isinstance(rows, slice):
                some: Rows = slice(rows.start + start, rows.start + stop)
            else:
                some = rows[start:stop]
            self._solve_block(key, some)

    def _solve_block(self, key: int, rows: Rows) -> None:
        patterns, out, many = self.patterns, self.scores, _size(rows)
        common = self._decision(key)
        if patterns.shared:
            table = patterns.table
            own = {
                input_of(table.places[name]): table.floats(name, rows)
                for name in patterns.known(key)
            }
            decision, job = put(common, own), common.opportunity
            posterior = update(common.candidate, job, common.assumptions)
            out.unknown[rows] = len(posterior.unknown)
        else:
            decision = patterns.with_columns(common, rows)
            out.unknown[rows] = patterns.unknown(common, rows, many)
        block = solve_block(decision, many)
        weighed, ranks = block.weighed, block.ranks
        mean = np.broadcast_to(block.process.mean, many)
        phase = common.opportunity.position.phase
        here: FloatArray | float = 0.0 if phase is Phase.OFFERED else np.inf
        if block.thresholds.size:
            here = block.thresholds[0]
        threshold = np.broadcast_to(fit_of(here, block.process.percent), many)
        self._put_worths(rows, weighed.actions, weighed.worths)
        out.codes[rows] = weighed.codes
        out.value[rows], out.margin[rows] = ranks.value, ranks.margin
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


def _groups(keys: Keys | None, part: slice) -> Iterator[tuple[int, Rows]]:
    """The rows of each pattern in some rows."""
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


def _played(course: Alternative, solution: Solution | None, block: Block) -> Choice:
    if solution is not None:
        return play(course, solution, block.mean)
    worth = sum(course.terms.values())
    return Choice(
        action=course.action, worth=worth, terms=course.terms, accept=course.accept
    )


def _put(
    column: FloatColumn, rows: Rows, found: float, chosen: npt.NDArray[np.bool_]
) -> None:
    """What was found, in the chosen ones of some rows."""
    # A single row was worked out as two.
    whole = np.atleast_1d(found)[: chosen.size]
    column[rows] = np.where(chosen, whole, column[rows])
