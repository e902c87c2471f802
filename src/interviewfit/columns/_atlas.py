"""Sheets bound together: the rows of a part read off side by side, each from its own.

Rows of all patterns go through the same formulas at once. Where sheets differ in a
number it is looked up for each row, else it is one number for all; either way no bit of
a row depends on the rows beside it. Nothing is sorted, and no array is made: what a
formula needs is laid out on a desk.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeAlias, cast

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._assessment.ranking import CODES, Ranks, finish_politely, rank
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._numeric.scratch import Desk, Places, Trait, Which
from interviewfit._solver.interpolation import Charts, PiecewisePolynomial
from interviewfit.columns._scores import Scores
from interviewfit.columns._solved_groups import Sheet

__all__ = ["Atlas"]

# The courses a row may take, the first of two equal ones is best: what each may be
# called. A row has at most one of each.
_COURSES = (
    (
        Action.DECLINE,
        Action.WITHDRAW_POLITELY,
        Action.LEAVE,
        Action.DECLINE_OFFER,
        Action.MOVE_ON,
    ),
    (Action.ACCEPT_OFFER,),
    (Action.TAKE, Action.CONTINUE),
    (Action.INVESTIGATE,),
    (Action.POSTPONE,),
)
_Code: TypeAlias = int | npt.NDArray[np.int8]

_ACTIONS = tuple(Action)
_CLOSED = -1
# Stands in for a process too sharp for a chart.
_BLANK = Sheet(
    actions=(Action.MOVE_ON,),
    worths=(0.0,),
    slopes={},
    base=0.0,
    percent=0.0,
    threshold=0.0,
    after=-np.inf,
    forced=None,
    unknown=0,
)
# Keys up to which a table says where each is.
_MOST_LISTED = 1 << 16
# Else they are looked for so many at a time.
_FEW = 1 << 10


@frozen(eq=False)
class _Course:
    """One course of action, in every sheet.

    Attributes:
        called: What it may be called.
        code: What it is called in each sheet; below 0 where it is not open.
        worth: Hours; that of the offer comes on top for *accepts*.
        accepts: Whether it is to accept an offer.
    """

    called: tuple[Action, ...]
    code: Trait
    worth: Trait | Charts
    accepts: bool

    @classmethod
    def of(cls, called: tuple[Action, ...], sheets: Sequence[Sheet]) -> "_Course":
        codes: list[int] = []
        worths: list[float | PiecewisePolynomial] = []
        for sheet in sheets:
            own = [one for one in called if one in sheet.actions]
            codes.append(CODES[own[0]] if own else _CLOSED)
            worth = sheet.worths[sheet.actions.index(own[0])] if own else -np.inf
            worths.append(0.0 if worth is None else worth)
        numbers = [one for one in worths if isinstance(one, float)]
        return cls(
            called=called,
            code=Trait.of(codes, np.int8),
            worth=Trait.of(numbers)
            if len(numbers) == len(worths)
            else Charts.of(worths),
            accepts=Action.ACCEPT_OFFER in called,
        )

    def read(
        self, hours: FloatColumn, which: Which, out: FloatColumn, desk: Desk
    ) -> None:
        """What it is worth in each row, hours; *hours* is the mean of the surplus."""
        if isinstance(self.worth, Charts):
            self.worth.read(hours, which, out, desk)
            return
        self.worth.put(which, out)
        if self.accepts:
            out += hours


@frozen(eq=False)
class Atlas:
    """The sheets met so far, by the key of their pattern. Made by ``of``; never changed.

    Attributes:
        keys: Of each sheet, ascending.
        sheets: In that order; None where a process is too sharp for a chart.
        base: Mean of the surplus where every column is 0, percent of pay.
        slopes: What each column adds to it.
        known: Whether it does; else nothing is known there.
        percent: What one percent of pay is worth, hours.
        threshold: Go on now if the surplus is above it, percent of pay.
        after: One would go on after the next step if the mean is above it, hours.
        forced: Code of what a dealbreaker makes one do; below 0 if none is met.
        stopped: Whether one is met.
        unknown: Of how many aspects nothing is known.
        courses: Those open in any sheet.
    """

    keys: Places
    sheets: tuple[Sheet | None, ...]
    base: Trait
    slopes: tuple[Trait, ...]
    known: tuple[Trait, ...]
    percent: Trait
    threshold: Trait
    after: Trait
    forced: Trait
    stopped: Trait
    unknown: Trait
    courses: tuple[_Course, ...]
    _listed: Places | None

    @classmethod
    def of(
        cls, sheets: Mapping[int, Sheet | None], names: Sequence[str], most: int
    ) -> "Atlas":
        """Bind sheets.

        Args:
            sheets: By the key of their pattern.
            names: Of the columns that move the mean.
            most: No key is as large.
        """
        keys = np.array(sorted(sheets), dtype=np.intp)
        bound = tuple(sheets[key] for key in keys.tolist())
        some = [_BLANK if one is None else one for one in bound]
        listed = None
        if most <= _MOST_LISTED:
            listed = np.full(most, _CLOSED, dtype=np.intp)
            listed[keys] = np.arange(keys.size)
        met = {action for one in some for action in one.actions}
        courses = [_Course.of(each, some) for each in _COURSES if met & set(each)]
        forced = [_CLOSED if one.forced is None else CODES[one.forced] for one in some]
        return cls(
            keys=keys,
            sheets=bound,
            # No zero below 0, so that adding nothing and not adding are the same.
            base=Trait.of([one.base + 0.0 for one in some]),
            slopes=tuple(
                Trait.of([one.slopes.get(name, 0.0) for one in some]) for name in names
            ),
            known=tuple(
                Trait.of([name in one.slopes for one in some], np.bool_)
                for name in names
            ),
            percent=Trait.of([one.percent for one in some]),
            threshold=Trait.of([one.threshold for one in some]),
            after=Trait.of([one.after for one in some]),
            forced=Trait.of(forced, np.int8),
            stopped=Trait.of([code >= 0 for code in forced], np.bool_),
            unknown=Trait.of([one.unknown for one in some], np.int16),
            courses=tuple(courses),
            listed=listed,
        )

    @cached_property
    def blanks(self) -> tuple[int, ...]:
        """Which sheets there are none of, as their process is too sharp for a chart."""
        return tuple(place for place, one in enumerate(self.sheets) if one is None)

    def find(self, keys: Places, desk: Desk) -> Places:
        """The sheet of each row; below 0 where there is none yet."""
        found = desk.places("sheet", keys.size)
        if self._listed is not None:
            return np.take(self._listed, keys, out=found, mode="clip")
        for start in range(0, keys.size, _FEW):
            some, here = keys[start : start + _FEW], found[start : start + _FEW]
            here[:] = np.searchsorted(self.keys, some)
            same = np.take(self.keys, here, mode="clip") == some
            here[~same] = _CLOSED
        return found

    def means(
        self,
        columns: Sequence[FloatColumn],
        which: Which,
        out: FloatColumn,
        desk: Desk,
    ) -> None:
        """Mean of the surplus in each row, percent of pay."""
        part, missing = desk.floats("part", out.size), desk.flags("missing", out.size)
        self.base.put(which, out)
        for slope, known, column in zip(self.slopes, self.known, columns, strict=True):
            mixed = not (known.alike or isinstance(which, int))
            if not mixed and not known.at(which, "known", desk):
                continue
            np.multiply(column, slope.at(which, "number", desk), out=part)
            if mixed:
                np.isnan(part, out=missing)
                np.copyto(part, 0.0, where=missing)
            out += part

    def read(
        self,
        columns: Sequence[FloatColumn],
        which: Which,
        out: Scores,
        desk: Desk,
    ) -> None:
        """All answers but the details, for rows whose sheets are known.

        Args:
            columns: By row, NaN where not known; of the names it was bound for.
            which: Sheet of each row, or of all.
            out: Where to write.
            desk: To work at.
        """
        mean, hours = out.mean, desk.floats("hours", len(out))
        self.means(columns, which, mean, desk)
        np.multiply(mean, self.percent.at(which, "number", desk), out=hours)
        codes, worths = self._weigh(hours, which, out, desk)
        rank(codes, worths, Ranks(out.codes, out.value, out.margin), desk)
        after = self.after.at(which, "number", desk)
        if isinstance(after, np.ndarray) or after > -np.inf:
            stops = np.less_equal(hours, after, out=desk.flags("stops", hours.size))
            finish_politely(out.codes, stops, desk)
        self.stopped.put(which, out.hard_stop)
        forced = self.forced.at(which, "forced", desk)
        if isinstance(forced, np.ndarray) or forced >= 0:
            np.copyto(out.codes, forced, where=out.hard_stop)
        self.threshold.put(which, out.threshold)
        np.subtract(mean, out.threshold, out=out.index)
        self.unknown.put(which, out.unknown)

    def _weigh(
        self, hours: FloatColumn, which: Which, out: Scores, desk: Desk
    ) -> tuple[list[_Code], list[FloatColumn]]:
        """What each course is called and worth in each row; all actions written down."""
        codes: list[_Code] = []
        worths: list[FloatColumn] = []
        left = dict(zip(out.actions, out.worths, strict=True))
        for number, course in enumerate(self.courses):
            code = cast(_Code, course.code.at(which, f"code {number}", desk))
            if isinstance(code, np.ndarray):
                worth = desk.floats(f"worth {number}", hours.size)
                course.read(hours, which, worth, desk)
                for action in course.called:
                    if action in left:
                        row = left.pop(action)
                        named = desk.flags("named", hours.size)
                        np.equal(code, CODES[action], out=named)
                        row[:] = -np.inf
                        np.copyto(row, worth, where=named)
            elif code >= 0:
                worth = left.pop(_ACTIONS[code])
                course.read(hours, which, worth, desk)
            else:
                continue
            codes.append(code)
            worths.append(worth)
        for row in left.values():
            row[:] = -np.inf
        return codes, worths
