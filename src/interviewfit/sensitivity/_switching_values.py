"""Switching values: how far each number must move, alone, before the advice changes.

Every number is moved from its present value to either end of its plausible range, and
every open action is valued at 27 points on the way, closest near the present value, and
at more where the lead of the advised action dips. The first change on each side is then
bracketed to a ten thousand millionth of the range by the ITP method (``root_finding``).

Nobody is advised to leave for what nobody has said. So to say of an aspect what was
only assumed may change the advice by itself. Such a number has a threshold where the
advice returns to the present one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import fsum, inf
from typing import ClassVar

import numpy as np
from attrs import frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluation import ACTION_CODES, ACTIONS, Ranking
from interviewfit._model.fields import to_tuple
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.effort import counted
from interviewfit._numeric.root_finding import ActionCodes, bracket_root
from interviewfit._process.parameters import Parameter, find_parameter, list_inputs
from interviewfit._results.tables import Tabular
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.html import show_lines
from interviewfit._text.labels import clause
from interviewfit.progress import Progress
from interviewfit.sensitivity._sweeps import (
    allowed_range,
    evaluate_moved,
    independent_groups,
)
from interviewfit.sensitivity._work import LARGEST_WORK

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
# What the points of a group may take of the operations that are left.
_SHARE, _LAST_SHARE = 0.1, 0.7
# Values closer than this share of what is at stake differ by rounding alone.
_TIE = 1e-13


@frozen(kw_only=True)
class SwitchingValue:
    """The nearest value of one number, on one side, at which the advice changes.

    Attributes:
        name: Of the number (``list_inputs``).
        value: What it is now.
        threshold: Where the advice changes, to a ten thousand millionth of the range.
        above: Whether the threshold lies above the present value.
        action: The advice beyond the threshold. It is the present one if to say what
            was assumed of the number changes the advice by itself.
        distance: From value to threshold, in standard deviations of the number.
        unit: Of value and threshold.
        clause: The change in words that follow "if".
        one_sided: Whether the advice changes on this side alone.
    """

    name: str
    value: float
    threshold: float
    above: bool
    action: Action
    distance: float
    unit: str
    clause: str
    one_sided: bool

    @property
    def text(self) -> str:
        """The advice and the condition, as a sentence without its full stop."""
        condition = "only if" if self.one_sided else "if"
        return f"{HEADLINES[self.action]} {condition} {self.clause}"

    def __str__(self) -> str:
        return self.text


@frozen(kw_only=True, repr=False)
class SwitchingValues(Tabular):
    """What would change the advice, one number at a time. Made by ``flips``.

    Attributes:
        action: The advice now.
        values: Where it changes, the nearest first.
        insensitive: Names of the numbers that change nothing in their plausible range.
        hard_stops: Dealbreakers met. They force the action, and no number lifts them;
            *values* then only tells one way to leave from another.
        parts: Into how many parts each side was divided to look for a change. Below 24
            where each point takes long: thresholds are then right to a thousandth of
            the range, and a change and its return between two points are missed.
    """

    _row_name: ClassVar[str] = "values"

    action: Action
    values: tuple[SwitchingValue, ...]
    insensitive: tuple[str, ...]
    hard_stops: tuple[str, ...] = ()
    parts: int = _PARTS[-1]

    def __iter__(self) -> Iterator[SwitchingValue]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __str__(self) -> str:
        lines = [f"Now: {HEADLINES[self.action]}."]
        if self.hard_stops:
            met = ", ".join(self.hard_stops)
            lines.append(f"  Your dealbreaker ({met}) decides: no number changes that.")
        for item in self:
            text = item.text
            if item.action is self.action:
                text = f"once you know, that holds only if {item.clause}"
            lines.append(f"  {text[:1].upper()}{text[1:]}.")
        if self.insensitive:
            count, other = len(self.insensitive), "other " * bool(self.values)
            none = f"None of the {count} {other}numbers would"
            if count == 1:
                none = f"The {other}number would not" if other else "It would not"
            lines.append(f"  {none} change it within its plausible range.")
        if self.parts < _PARTS[-1]:
            text = f"Each side was looked at in {self.parts} places only, because each"
            if self.parts == 1:
                text = "Only the ends of each range were looked at, because each value"
            lines.append(f"  {text} takes long: a change between them may be missed.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        changes = f"{len(self.values)} changes, {len(self.insensitive)} insensitive"
        return f"<SwitchingValues of {self.action.value!r}: {changes}>"

    _repr_html_ = show_lines


def flips(
    assessment: Assessment,
    *,
    names: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> SwitchingValues:
    """Switching values: where each number changes the advice, all others unchanged.

    Args:
        assessment: What ``assess`` returned.
        names: Of the numbers to move; by default all (``list_inputs``).
        progress: Called with groups done and groups in all.

    Returns:
        The nearest on each side of the present value, within the plausible range.

    Raises:
        InvalidFieldError: If *assessment* is no assessment, or has no such number.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> result = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(flips(result, names=["weights.time", "fallback"]))
    Now: take it.
      Decline only if what you would have otherwise is above +17.6 %.
      Decline only if an hour of yours is worth more than 4.28 ordinary ones.
    """
    check_assessment(assessment, "flips(assessment)")
    decision = assessment.decision
    if names is None:
        parameters = list_inputs(decision)
    else:
        names = to_tuple(names, "flips(names)", "'weights.time'")
        parameters = tuple(find_parameter(decision, name) for name in names)
    changes: list[tuple[Parameter, float, Action]] = []
    groups, fewest = independent_groups(decision, parameters), _PARTS[-1]
    left = float(LARGEST_WORK)
    # The largest last: it takes what the others leave.
    for done, group in enumerate(sorted(groups, key=len), start=1):
        share = _LAST_SHARE if done == len(groups) else _SHARE
        search = OneWaySearch(assessment, group, share * left)
        with counted() as effort:
            changes += search.changes()
        fewest, left = min(fewest, search.parts), left - effort.operations
        if progress is not None:
            progress(done, len(groups))
    counts = Counter(parameter.name for parameter, *_ in changes)
    values = [
        SwitchingValue(
            name=parameter.name,
            value=parameter.value,
            threshold=threshold,
            above=threshold > parameter.value,
            action=action,
            distance=abs(threshold - parameter.value) / parameter.scale,
            unit=parameter.unit,
            clause=clause(parameter, threshold > parameter.value, threshold, decision),
            one_sided=counts[parameter.name] == 1,
        )
        for parameter, threshold, action in changes
    ]
    return SwitchingValues(
        action=assessment.action,
        values=tuple(sorted(values, key=lambda value: value.distance)),
        insensitive=tuple(item.name for item in parameters if item.name not in counts),
        hard_stops=assessment.hard_stops,
        parts=fewest,
    )


class OneWaySearch:
    """The decision at values of each number from its present one to either end.

    Each number has two *lines*: all that go down are numbered before all that go up.

    Args:
        assessment: The advice that may change.
        parameters: The numbers to move, each alone; one of ``independent_groups``.
        allowance: How many operations (``effort``) the points on the lines may take.

    Attributes:
        parts: Into how many parts the points divide each line.
    """

    def __init__(
        self,
        assessment: Assessment,
        parameters: Sequence[Parameter],
        allowance: float = inf,
    ) -> None:
        self.parts, self._allowance = _PARTS[-1], allowance
        self._decision = assessment.decision
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
        return evaluate_moved(self._decision, parameters, moved, points)

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
