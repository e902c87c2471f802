"""A decision's numbers looked over, each through its plausible range, for changes.

All numbers are moved side by side (``rows``), up and down from where each is. The
points lie close together near the present value; where the lead of the present action
dips between two of them, more are looked at there. What is found is closed in on
(``crossings``).
"""

from collections.abc import Mapping, Sequence
from math import fsum, inf

import numpy as np
from attrs import frozen

from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.evaluation import Evaluation, weigh_rows
from interviewfit._model.decision import Decision
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import BoolArray, FloatColumn, IndexArray
from interviewfit._numeric.root_finding import ActionCodes, bracket_root
from interviewfit._process.inputs import Parameter, put
from interviewfit.errors import InvalidFieldError

__all__ = ["Change", "OneWaySearch", "allowed", "beside_each_other", "stakes"]

_ACTIONS = tuple(Action)
_CODES = {action: code for code, action in enumerate(_ACTIONS)}
# Points on each side of the present value.
_POINTS = 24
# Beside each end, of the line, so that a dip next to one shows.
_BESIDE_END = 1e-5
# A dip is looked at more closely so often, at so many points.
_CLOSER, _BETWEEN = 3, 7
_WIDTH = 1e-10
# Worths closer than this share of the stakes are told apart by rounding alone.
_TIE = 1e-13


@frozen
class Change:
    """The nearest value on one side of an input at which the answer turns."""

    input: Parameter
    at: float
    action: Action


class OneWaySearch:
    """The lines of one group of inputs: up and down from where each is now."""

    def __init__(self, assessment: Assessment, inputs: Sequence[Parameter]) -> None:
        self._decision = assessment.decision
        self._inputs = inputs
        self._base = _CODES[assessment.action]
        self._forced = bool(assessment.hard_stops)
        self._tie = _TIE * stakes(assessment)
        ends = np.array([allowed(self._decision, one) for one in inputs])
        now = np.array([one.value for one in inputs])
        self._now = np.concatenate([now, now])
        self._end = np.concatenate([ends[:, 0], ends[:, 1]])

    def changes(self) -> list[Change]:
        """Every change found, at most two an input."""
        count = self._now.size
        if not count:
            return []
        shares = _shares()
        points = shares.size
        at = self._now[:, None] + shares * (self._end - self._now)[:, None]
        which = np.repeat(np.arange(count), points)
        seen = self._look(which, at.ravel())
        base = np.full(which.size, self._base, dtype=np.int8)
        gone = self._left(seen, base).reshape(count, points)
        gone[:, 0] = False
        leads = self._leads(seen).reshape(count, points)
        near, far = self._first(at, gone)
        self._dips(at, gone, leads, near, far)
        lines = np.flatnonzero(np.isfinite(far))
        if not lines.size:
            return []
        ends, beyond, codes = bracket_root(
            self._look,
            self._left,
            lines,
            np.full(lines.size, self._base, dtype=np.int8),
            near[lines],
            far[lines],
            _WIDTH * self._span(lines),
        )
        return [
            Change(self._inputs[line % len(self._inputs)], at, _ACTIONS[code])
            for line, at, code in zip(
                lines.tolist(),
                (0.5 * (ends + beyond)).tolist(),
                codes.tolist(),
                strict=True,
            )
        ]

    def _span(self, lines: IndexArray) -> FloatColumn:
        half = len(self._inputs)
        whole = self._end[half:] - self._end[:half]
        return np.asarray(whole[lines % half])

    def _look(self, which: IndexArray, at: FloatColumn) -> Evaluation:
        values: Mapping[Parameter, FloatColumn] = {
            one: np.where(which % len(self._inputs) == number, at, one.value)
            for number, one in enumerate(self._inputs)
        }
        return weigh_rows(self._decision, values)

    def _left(self, seen: Evaluation, base: ActionCodes) -> BoolArray:
        """Whether the action is another; not if the old one is as good but for rounding."""
        other: BoolArray = seen.codes != base
        if self._forced:
            return other
        own, best = seen.rows_of(base), seen.rows_of(seen.codes)
        columns = np.arange(base.size)
        with np.errstate(invalid="ignore"):
            ahead = seen.worths[best, columns] - seen.worths[own, columns]
        # At another value there may be more at stake.
        size = np.where(np.isfinite(seen.worths), np.abs(seen.worths), 0.0).max(axis=0)
        turned: BoolArray = other & (
            (own == best) | ~(ahead <= self._tie + _TIE * size)
        )
        return turned

    def _leads(self, seen: Evaluation) -> FloatColumn:
        """By how much the present action leads the best of the others."""
        own = int(seen.rows_of(np.array([self._base], dtype=np.int8))[0])
        others = np.delete(seen.worths, own, axis=0)
        with np.errstate(invalid="ignore"):
            return np.asarray(seen.worths[own] - others.max(axis=0, initial=-inf))

    def _first(
        self, at: FloatColumn, gone: BoolArray
    ) -> tuple[FloatColumn, FloatColumn]:
        """The points around the first change of each line; infinite if there is none."""
        first = np.where(gone.any(axis=1), gone.argmax(axis=1), 1)
        rows = np.arange(first.size)
        far = np.where(gone.any(axis=1), at[rows, first], inf)
        return at[rows, first - 1], far

    def _dips(
        self,
        at: FloatColumn,
        gone: BoolArray,
        leads: FloatColumn,
        near: FloatColumn,
        far: FloatColumn,
    ) -> None:
        """Look more closely where the lead has a low between changes.

        The first change found there is noted in *near* and *far*.
        """
        before = np.cumsum(gone, axis=1) == 0
        inner = leads[:, 1:-1]
        low = (inner <= leads[:, :-2]) & (inner <= leads[:, 2:])
        with np.errstate(invalid="ignore"):
            deep = np.maximum(leads[:, :-2], leads[:, 2:]) - inner > self._tie
        lines, places = np.nonzero(low & deep & before[:, 2:] & np.isfinite(inner))
        start, end = at[lines, places], at[lines, places + 2]
        shares = np.linspace(0.0, 1.0, _BETWEEN + 2)[1:-1]
        for _ in range(_CLOSER):
            if not lines.size:
                return
            within = start[:, None] + shares * (end - start)[:, None]
            seen = self._look(np.repeat(lines, _BETWEEN), within.ravel())
            base = np.full(within.size, self._base, dtype=np.int8)
            left = self._left(seen, base).reshape(within.shape)
            whole = np.concatenate([start[:, None], within, end[:, None]], axis=1)
            for row in np.flatnonzero(left.any(axis=1)):
                place, line = int(left[row].argmax()), lines[row]
                if abs(whole[row, place + 1] - self._now[line]) < abs(
                    far[line] - self._now[line]
                ):
                    near[line], far[line] = whole[row, place], whole[row, place + 1]
            lowest = self._leads(seen).reshape(within.shape).argmin(axis=1)
            rows = np.arange(lines.size)
            start, end = whole[rows, lowest], whole[rows, lowest + 2]
            still = ~left.any(axis=1)
            lines, start, end = lines[still], start[still], end[still]


def _shares() -> FloatColumn:
    """Where to look on a line, as shares of it."""
    shares = np.linspace(0.0, 1.0, _POINTS + 1) ** 2
    inner = shares[1:-1]
    return np.concatenate([[0.0, _BESIDE_END], inner, [1.0 - _BESIDE_END, 1.0]])


def allowed(decision: Decision, one: Parameter) -> tuple[float, float]:
    """The plausible range as far as its ends are allowed."""
    ends = []
    for end in (one.low, one.high):
        try:
            put(decision, {one: end})
        except InvalidFieldError:
            ends.append(one.value)
        else:
            ends.append(end)
    return ends[0], ends[1]


def stakes(assessment: Assessment) -> float:
    """Size of the numbers an answer is made of, hours: what rounding is relative to."""
    numbers = assessment.decision.assumptions
    percent = numbers.percent_hours * assessment.decision.candidate.weights.offer
    return percent * (abs(assessment.mean) + assessment.sd) + max(
        fsum(map(abs, one.terms.values())) for one in assessment.choices
    )


def beside_each_other(
    decision: Decision, inputs: Sequence[Parameter]
) -> tuple[tuple[Parameter, ...], ...]:
    """Inputs that can hold columns beside each other.

    A belief put in place of a wide default would hide what that default is made of.
    """
    stated = decision.opportunity.beliefs
    hides = ["beliefs" in one.path and one.path[2] not in stated for one in inputs]
    groups = (
        tuple(one for one, hidden in zip(inputs, hides, strict=True) if hidden is side)
        for side in (False, True)
    )
    return tuple(group for group in groups if group)
