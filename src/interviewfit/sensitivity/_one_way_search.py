"""The first change of the advice as each number moves, alone, to either end.

Each number is moved to both ends, those first that change the most (``_influence``), as
many numbers as can be afforded. Then come points between the two ends, again as many as
can be afforded, and the change is bracketed (``root_finding``) with what is left. See
``_switching_values``.
"""

from collections.abc import Sequence
from math import fsum, inf

import numpy as np

from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.evaluation import Ranking
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import ACTION_CODES, ACTIONS, Action
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.root_finding import ActionCodes, bracket_root
from interviewfit._process.parameters import Parameter
from interviewfit.sensitivity._influence import by_influence
from interviewfit.sensitivity._sweeps import allowed_range, evaluate_moved
from interviewfit.sensitivity._work import (
    Allowance,
    first_numbers,
    likely_work,
    times_dearer,
)

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
# Operations without a bound.
_ANY = 1e18
# What the ends of the numbers and then the points may take of the operations.
_ENDS, _POINTS = 0.6, 0.7
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
        allowance: How many operations (``effort``) it may take, about.
        known: What other rows of the decision have shown; updated.

    Attributes:
        parts: Into how many parts the points divide each line.
        left_out: Numbers that were not moved, because that could not be afforded.
    """

    def __init__(
        self,
        assessment: Assessment,
        parameters: Sequence[Parameter],
        allowance: float = _ANY,
        known: KnownRivals | None = None,
    ) -> None:
        self.parts, self.left_out = _PARTS[-1], tuple[Parameter, ...]()
        self._allowance, self._total = Allowance(allowance), allowance
        self._decision, self._known = assessment.decision, known or KnownRivals()
        self._base = ACTION_CODES[assessment.action]
        self._is_forced = bool(assessment.hard_stops)
        self._tie = _TIE * value_scale(assessment)
        ranges = [allowed_range(self._decision, item) for item in parameters]
        self._ends = np.array(ranges).reshape(-1, 2).T
        self._choose(parameters, np.arange(len(parameters)))

    def _choose(self, parameters: Sequence[Parameter], numbers: IndexArray) -> None:
        """Move only some of the numbers, in an order of one's own.

        Args:
            parameters: The numbers as they are.
            numbers: Positions of those that are moved.
        """
        self._parameters = [parameters[number] for number in numbers.tolist()]
        values = np.array([item.value for item in self._parameters])
        self._ends = self._ends[:, numbers]
        self._start, self._end = np.tile(values, 2), self._ends.ravel()
        # The numbers that are columns; all others keep their present value.
        self._moved = np.arange(numbers.size)
        self._bases = np.full(self._start.size, self._base, dtype=np.int8)

    def changes(self) -> list[tuple[Parameter, float, float, Action]]:
        """The first change on each line: its number, two ends, what is best beyond."""
        if not self._parameters:
            return []
        points, ranking = self._on_lines()
        count = self._start.size
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
        half, known = len(self._parameters), None
        if half > _FEW_NUMBERS:
            self._moved = np.unique(lines % half)
        if self.limited:
            # The most influential first. Of the points none was put in between.
            lines = lines[np.argsort(lines % half, kind="stable")]
            rows = lines * points.shape[1] + first[lines]
            known = ranking.take(np.concatenate([rows - 1, rows]))
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
            affordable=self._allowance.most,
            latest=known,
        )
        return [
            (self._parameters[line % half], inner, outer, ACTIONS[code])
            for line, inner, outer, code in zip(
                lines.tolist(),
                before.tolist(),
                after.tolist(),
                codes.tolist(),
                strict=True,
            )
        ]

    def _on_lines(self) -> tuple[FloatArray, Ranking]:
        """Values on each line, ``(lines, points)``, and every action there, in order.

        The two ends come first, and then points between those that are there, as long
        as they can be afforded by what the last ones took.
        """
        rankings, rows = self._at_ends()
        shares, count = [0.0, 1.0], self._start.size
        lines, done = np.arange(count), sum(part.codes.size for part in rankings)
        self.parts = _PARTS[0]
        for parts in _PARTS[1:]:
            # Squares lie closest near the present value.
            inner = [(k / parts) ** 2 for k in range(1, parts)]
            if parts == _PARTS[-1]:
                inner += [_BESIDE_END, 1.0 - _BESIDE_END]
            ahead = [share for share in inner if share not in shares]
            reserve = (1.0 - _POINTS) * self._total
            if self.left_out or not self._allowance.affords(
                count * len(ahead), reserve
            ):
                break
            way = np.array(ahead)[:, None] * (self._end - self._start)
            points = (self._start + way).ravel()
            rankings.append(self._evaluate(np.tile(lines, len(ahead)), points))
            shares += ahead
            rows += list(done + np.arange(points.size).reshape(len(ahead), count))
            self.parts, done = parts, done + points.size
        order = np.argsort(shares)
        table = np.column_stack([rows[number] for number in order.tolist()])
        within = (
            self._start[:, None]
            + np.array(shares)[order] * (self._end - self._start)[:, None]
        )
        within[:, -1] = self._end
        return within, Ranking.joined(rankings).take(table.ravel())

    def _at_ends(self) -> tuple[list[Ranking], list[IndexArray]]:
        """Every action at the present value of each number and at its ends.

        Of many numbers only so many are moved as can be afforded.

        Returns:
            Rows, and which of them is the start and the end of each line.
        """
        count = len(self._parameters)
        likely = likely_work(self._decision, 1 + 2 * count)
        reserve, first = (1.0 - _ENDS) * self._total, count
        if likely > self._total - reserve and count > _FEW_NUMBERS:
            order = by_influence(self._decision, self._parameters, *self._ends)
            self._choose(self._parameters, order)
            likely *= times_dearer(self._decision)
            first = first_numbers(count, likely, self._total)
        # Of many numbers none is new, so that all begin at the same decision.
        every, rankings = self._moved, list[Ranking]()
        begun = every[:1] if count > _FEW_NUMBERS else every
        places, done, stop = np.empty(2 * count, np.intp), 0, first
        row = begun.size
        while done < count:
            numbers = every[done:stop]
            lines = np.concatenate([numbers, count + numbers])
            chosen = lines if done else np.concatenate([begun, lines])
            points = self._end[lines]
            if not done:
                points = np.concatenate([self._start[begun], points])
            self._moved = numbers
            rankings.append(self._evaluate(chosen, points))
            places[lines] = row + np.arange(lines.size)
            row, done = row + lines.size, stop
            stop += self._allowance.most(count - done, 2, reserve)
            if stop == done:
                break
        self.left_out = tuple(self._parameters[done:])
        kept = np.concatenate([every[:done], count + every[:done]])
        self._choose(self._parameters, every[:done])
        starts = np.minimum(np.arange(2 * done) % done, begun.size - 1)
        return rankings, [starts, places[kept]]

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
        with self._allowance.rows(lines.size):
            ranking = evaluate_moved(
                self._decision, parameters, moved, points, self._known
            )
        # Where other numbers move, other actions may be open.
        values = np.full((len(ACTIONS), lines.size), -inf)
        values[[ACTION_CODES[action] for action in ranking.actions]] = ranking.values
        return Ranking(ACTIONS, values, ranking.codes, ranking.margin)

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
            if not (lines.size and self._allowance.affords(lines.size * shares.size)):
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
