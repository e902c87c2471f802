"""The first change of the advice as each number moves, alone, to either end.

Values are tried at points between the two ends, as many as can be afforded, and the
change is then bracketed (``root_finding``). See ``_switching_values``.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import fsum, inf

import numpy as np

from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.evaluation import ACTION_CODES, ACTIONS, Ranking
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.effort import counted
from interviewfit._numeric.root_finding import ActionCodes, bracket_root
from interviewfit._process.parameters import Parameter
from interviewfit.sensitivity._sweeps import allowed_range, evaluate_moved

# Into how many parts points divide each side of the present value: as many as can be
# afforded. How close to each end another one lies, as a share of the way, so that a dip
# next to an end shows.
_PARTS = (1, 3, 6, 12, 24)
_BESIDE_END = 1e-5
# A dip is looked at more closely so often, at so many points.
_REFINEMENTS, _REFINED_POINTS = 3, 7
_WIDTH, _LIMITED_WIDTH = 1e-10, 1e-3
# Of more numbers only those that change the advice are columns in the end.
_FEW_NUMBERS = 8
# Fewer rows at once take more work each.
_FEW_ROWS = 1000
# Values closer than this share of what is at stake differ by rounding alone.
_TIE = 1e-13

MOST_PARTS = _PARTS[-1]
"""Into how many parts points divide each side of a value, if all can be afforded."""


class OneWaySearch:
    """The decision at values of each number from its present one to either end.

    Each number has two *lines*: all that go down are numbered before all that go up.

    Args:
        assessment: The advice that may change.
        parameters: The numbers to move, each alone; one of ``independent_groups``.
        allowance: How many operations (``effort``) the points on the lines may take.
        known: What other rows of the decision have shown; updated.

    Attributes:
        parts: Into how many parts the points divide each line.
    """

    def __init__(
        self,
        assessment: Assessment,
        parameters: Sequence[Parameter],
        allowance: float = inf,
        known: KnownRivals | None = None,
    ) -> None:
        self.parts, self._allowance = _PARTS[-1], allowance
        self._decision, self._known = assessment.decision, known or KnownRivals()
        self._parameters = parameters
        self._base = ACTION_CODES[assessment.action]
        self._is_forced = bool(assessment.hard_stops)
        self._tie = _TIE * value_scale(assessment)
        ends = np.array([allowed_range(self._decision, item) for item in parameters])
        values = np.array([item.value for item in parameters])
        self._start = np.concatenate([values, values])
        self._end = np.concatenate([ends[:, 0], ends[:, 1]])
        # The numbers that are columns; all others keep their present value.
        self._moved = np.arange(len(parameters))
        self._bases = np.full(self._start.size, self._base, dtype=np.int8)

    def changes(self) -> list[tuple[Parameter, float, Action]]:
        """The first change on each line: the number, where, and the action beyond."""
        count = self._start.size
        if not count:
            return []
        points, ranking = self._on_lines()
        lines = np.repeat(np.arange(count), points.shape[1])
        # What is said aloud may advise another thing than what is only assumed.
        said = self._has_changed(ranking).reshape(points.shape)[:, 0]
        codes = ranking.codes.reshape(points.shape)[:, 0]
        self._bases = np.where(said, codes, self._base).astype(np.int8)
        changed = self._has_changed(ranking, self._bases[lines]).reshape(points.shape)
        leads = self._leads(ranking, lines).reshape(points.shape)
        first = np.where(changed.any(axis=1), changed.argmax(axis=1), 1)
        before = points[np.arange(count), first - 1]
        after = np.where(changed.any(axis=1), points[np.arange(count), first], np.inf)
        if not self.limited:
            self._refine_dips(points, changed, leads, before, after)
        lines = np.flatnonzero(np.isfinite(after))
        if not lines.size:
            return []
        half = len(self._parameters)
        if half > _FEW_NUMBERS:
            self._moved = np.unique(lines % half)
        width = _LIMITED_WIDTH if self.limited else _WIDTH
        widths = width * (self._end[half:] - self._end[:half])
        before, after, codes = bracket_root(
            self._evaluate,
            self._has_changed,
            lines,
            self._bases[lines],
            before[lines],
            after[lines],
            widths[lines % half],
        )
        results = zip(lines.tolist(), before + after, codes.tolist(), strict=True)
        return [
            (self._parameters[line % half], 0.5 * float(ends), ACTIONS[code])
            for line, ends, code in results
        ]

    def _on_lines(self) -> tuple[FloatArray, Ranking]:
        """Values on each line, ``(lines, points)``, and every action there, in order.

        The two ends come first, and then points between those that are there, as long
        as they can be afforded by what the last ones took.
        """
        count, spent = self._start.size, 0
        lines = np.arange(count)
        # Of many numbers none is new, so that all begin at the same decision.
        starts = lines[:1] if len(self._parameters) > _FEW_NUMBERS else lines
        chosen = np.concatenate([starts, lines])
        points = np.concatenate([self._start[starts], self._end])
        shares, rows = [0.0, 1.0], [np.minimum(lines, starts.size - 1)]
        rows.append(starts.size + lines)
        rankings, done = [], 0
        for parts, following in (*pairwise(_PARTS), (_PARTS[-1], 0)):
            with counted() as effort:
                rankings.append(self._evaluate(chosen, points))
            self.parts, done = parts, done + chosen.size
            spent += effort.operations
            # Squares lie closest near the present value.
            inner = [(k / following) ** 2 for k in range(1, following)]
            if following == _PARTS[-1]:
                inner += [_BESIDE_END, 1.0 - _BESIDE_END]
            ahead = [share for share in inner if share not in shares]
            each = effort.operations / chosen.size
            if chosen.size < _FEW_ROWS:
                # More at once take about half as many each.
                each *= 0.5
            if not ahead or spent + each * count * len(ahead) > self._allowance:
                break
            chosen = np.tile(lines, len(ahead))
            way = np.array(ahead)[:, None] * (self._end - self._start)
            points = (self._start + way).ravel()
            shares += ahead
            rows += list(done + np.arange(points.size).reshape(len(ahead), count))
        order = np.argsort(shares)
        table = np.column_stack([rows[number] for number in order.tolist()])
        within = (
            self._start[:, None]
            + np.array(shares)[order] * (self._end - self._start)[:, None]
        )
        within[:, -1] = self._end
        return within, Ranking.joined(rankings).take(table.ravel())

    @property
    def limited(self) -> bool:
        """Whether there are fewer points than usual, because each takes long."""
        return self.parts < _PARTS[-1]

    def _evaluate(self, lines: IndexArray, points: FloatColumn) -> Ranking:
        """Value every action at one point of one line each.

        Args:
            lines: Numbers of lines, ``(rows,)``.
            points: Values of the number that the line moves, ``(rows,)``.
        """
        numbers = lines % len(self._parameters)
        parameters = [self._parameters[number] for number in self._moved.tolist()]
        moved = np.searchsorted(self._moved, numbers)
        return evaluate_moved(self._decision, parameters, moved, points, self._known)

    def _has_changed(
        self, ranking: Ranking, base: ActionCodes | None = None
    ) -> BoolArray:
        """Whether the best action is another one by more than rounding, ``(rows,)``.

        Args:
            ranking: Every action in each row.
            base: The action that was best before, in each row; by default the present.
        """
        base = np.full_like(ranking.codes, self._base) if base is None else base
        changed: BoolArray = ranking.codes != base
        if self._is_forced:
            return changed
        worths, columns = ranking.values, np.arange(base.size)
        before = ranking.alternatives_of(base)
        best = ranking.alternatives_of(ranking.codes)
        with np.errstate(invalid="ignore"):
            gain = worths[best, columns] - worths[before, columns]
        # At another value there may be more at stake.
        size = np.where(np.isfinite(worths), np.abs(worths), 0.0).max(axis=0)
        beyond_tie = ~(gain <= self._tie + _TIE * size)
        # An offer that is worth nothing more is accepted by rule.
        beyond_tie |= ranking.codes == ACTION_CODES[Action.ACCEPT_OFFER]
        # The same value under another name, such as finishing politely, is a change.
        return np.asarray(changed & ((before == best) | beyond_tie))

    def _leads(self, ranking: Ranking, lines: IndexArray) -> FloatColumn:
        """By how much the action at the present value leads the best other one, hours.

        Args:
            ranking: Every action in each row.
            lines: Numbers of lines, ``(rows,)``.
        """
        rows, columns = (
            ranking.alternatives_of(self._bases[lines]),
            np.arange(lines.size),
        )
        others = ranking.values.copy()
        others[rows, columns] = -inf
        with np.errstate(invalid="ignore"):
            leads = ranking.values[rows, columns] - others.max(axis=0)
        return np.asarray(leads)

    def _refine_dips(
        self,
        points: FloatArray,
        changed: BoolArray,
        leads: FloatArray,
        before: FloatColumn,
        after: FloatColumn,
    ) -> None:
        """Look more closely where the lead has a minimum before the first change.

        Args:
            points: Values on each line, ``(lines, points)``.
            changed: Whether the advice is another there, likewise.
            leads: Of the present action, hours, likewise.
            before, after: Points on both sides of the first change, ``(lines,)``,
                updated; *after* is infinite if there is none.
        """
        unchanged_yet = np.cumsum(changed, axis=1) == 0
        inner = leads[:, 1:-1]
        is_low = (inner <= leads[:, :-2]) & (inner <= leads[:, 2:])
        with np.errstate(invalid="ignore"):
            depth = np.maximum(leads[:, :-2], leads[:, 2:]) - inner
        is_low &= (depth > self._tie) & unchanged_yet[:, 2:] & np.isfinite(inner)
        lines, columns = np.nonzero(is_low)
        start, end = points[lines, columns], points[lines, columns + 2]
        shares = np.linspace(0.0, 1.0, _REFINED_POINTS + 2)[1:-1]
        for _ in range(_REFINEMENTS):
            if not lines.size:
                return
            within = start[:, None] + shares * (end - start)[:, None]
            rows = np.repeat(lines, _REFINED_POINTS)
            ranking = self._evaluate(rows, within.ravel())
            hit = self._has_changed(ranking, self._bases[rows]).reshape(within.shape)
            bounds = np.concatenate([start[:, None], within, end[:, None]], axis=1)
            for row in np.flatnonzero(hit.any(axis=1)):
                column, line = int(hit[row].argmax()), lines[row]
                origin = self._start[line]
                if abs(bounds[row, column + 1] - origin) < abs(after[line] - origin):
                    before[line], after[line] = bounds[row, column : column + 2]
            lowest = self._leads(ranking, rows).reshape(within.shape).argmin(axis=1)
            each_row = np.arange(lines.size)
            start, end = bounds[each_row, lowest], bounds[each_row, lowest + 2]
            open_ = ~hit.any(axis=1)
            lines, start, end = lines[open_], start[open_], end[open_]


def value_scale(assessment: Assessment) -> Worth:
    """Size of the numbers that an answer is made of, hours; rounding goes with it."""
    decision = assessment.decision
    percent = decision.assumptions.hours_per_percent * decision.candidate.weights.offer
    return percent * (abs(assessment.mean) + assessment.sd) + max(
        fsum(map(abs, choice.terms.values())) for choice in assessment.choices
    )
