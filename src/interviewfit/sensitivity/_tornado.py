"""Tornado diagrams: what each number does to the value of the best action, alone.

Where each value takes long, the numbers are moved in the order of what they change for
the process itself (``_influence``), as many as can be afforded.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar, overload

import numpy as np
from attrs import frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluation import Ranking
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.decision import Decision
from interviewfit._model.progress import Progress
from interviewfit._model.units import Worth, number_of
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.effort import largest_work
from interviewfit._process.parameters import Parameter, list_inputs
from interviewfit._results.tables import Tabular
from interviewfit._text.amounts import hours_of, left_out
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.html import show_lines
from interviewfit._text.labels import label, quantity
from interviewfit.errors import InvalidFieldError
from interviewfit.sensitivity._influence import by_influence
from interviewfit.sensitivity._sweeps import (
    allowed_range,
    evaluate_moved,
    independent_groups,
)
from interviewfit.sensitivity._work import (
    Allowance,
    first_numbers,
    left_out_line,
    likely_work,
)

_MOST_SHOWN = 20


@frozen(kw_only=True)
class TornadoBar:
    """What moving one number does to the value of the best action. See ``tornado``.

    Attributes:
        name: Of the number (``list_inputs``).
        value: What it is now.
        low, high: The values it was moved down and up to.
        value_at_low, value_at_high: Value of the best action at each of these, hours.
        action_low, action_high: The advice there; forced where a dealbreaker is met.
        unit: Of *value*, *low* and *high*.
        label: What the number stands for, in words.
    """

    name: str
    value: float
    low: float
    high: float
    value_at_low: Worth
    value_at_high: Worth
    action_low: Action
    action_high: Action
    unit: str
    label: str

    @property
    def swing(self) -> Worth:
        """By how much the two ends differ, hours."""
        return abs(self.value_at_high - self.value_at_low)

    def __str__(self) -> str:
        ends = (
            f"{hours_of(worth)} at {quantity(end, self.unit)} ({HEADLINES[action]})"
            for end, worth, action in (
                (self.low, self.value_at_low, self.action_low),
                (self.high, self.value_at_high, self.action_high),
            )
        )
        return f"{self.label}: {', '.join(ends)}"


@frozen(repr=False)
class Tornado(Tabular, Sequence[TornadoBar]):
    """A bar for every number, the largest swing first. Made by ``tornado``.

    Attributes:
        bars: All of them.
        left_out: Names of the numbers that were not moved, because each takes long:
            those that change the least for the process itself.
    """

    _row_name: ClassVar[str] = "bars"

    bars: tuple[TornadoBar, ...]
    left_out: tuple[str, ...] = ()

    @overload
    def __getitem__(self, index: int) -> TornadoBar: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[TornadoBar, ...]: ...
    def __getitem__(self, index: int | slice) -> TornadoBar | tuple[TornadoBar, ...]:
        return self.bars[index]

    def __len__(self) -> int:
        return len(self.bars)

    def __str__(self) -> str:
        lines = [str(bar) for bar in self.bars[:_MOST_SHOWN]]
        if len(self.bars) > _MOST_SHOWN:
            lines.append(f"...{left_out(len(self.bars) - _MOST_SHOWN, 'bars')}.")
        if self.left_out:
            lines.append(left_out_line(self.left_out))
        return "\n".join(lines)

    def __repr__(self) -> str:
        first = f", first {self.bars[0].name!r}" if self.bars else ""
        return f"<Tornado: {number_of(len(self.bars), 'number')}{first}>"

    _repr_html_ = show_lines


def tornado(
    assessment: Assessment, *, reach: float = 1.0, progress: Progress | None = None
) -> Tornado:
    """A tornado diagram: what every number does to the value of the best action.

    The work grows with the numbers, two values of each, times the stages of all
    processes. Where it would take more than some seconds some numbers are left out
    (*left_out* of the answer).

    Args:
        assessment: What ``assess`` returned.
        reach: How far each number moves within its range, in standard deviations.
        progress: Called with numbers done and numbers in all, first with 0.

    Raises:
        InvalidFieldError: If *assessment* is not an assessment, or *reach* is not a
            finite number above 0.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> result = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(tornado(result)[0])
    the role: 2.0 h at -13 % (take it), 34.7 h at +11 % (take it)
    """
    check_assessment(assessment, "tornado(assessment)")
    if not (isinstance(reach, float | int) and 0.0 < reach < np.inf):
        raise InvalidFieldError("tornado(reach)", "a finite number above 0", reach)
    decision = assessment.decision
    parameters = list_inputs(decision)
    bars: list[TornadoBar] = []
    left_out: list[str] = []
    known = KnownRivals.of(decision, assessment)
    allowance = Allowance(largest_work())
    # The largest last: of its numbers some may be left out.
    for group in sorted(independent_groups(decision, parameters), key=len):
        moved, ends, first = group, _ends_of(decision, group, reach), len(group)
        likely = likely_work(decision, 2 * len(group))
        if likely > allowance.left:
            order = by_influence(decision, group, *ends.T).tolist()
            moved, ends = [group[number] for number in order], ends[order]
            first = first_numbers(len(group), likely, allowance.left)
        done, stop = 0, first
        while done < stop:
            if progress is not None:
                progress(len(bars), len(parameters))
            part, points = moved[done:stop], ends[done:stop].ravel()
            with allowance.rows(points.size):
                numbers = np.arange(points.size) // 2
                ranking = evaluate_moved(decision, part, numbers, points, known)
            bars += _bars(decision, part, points, ranking)
            done = stop
            stop += allowance.most(len(moved) - done, 2)
        left_out += [parameter.name for parameter in moved[done:]]
    if progress is not None:
        progress(len(parameters), len(parameters))
    # Equal swings stay in the order of the numbers, whatever their last bits.
    ordered = sorted(bars, key=lambda bar: -round(bar.swing, 7))
    return Tornado(tuple(ordered), tuple(left_out))


def _ends_of(
    decision: Decision, parameters: Sequence[Parameter], reach: float
) -> FloatArray:
    """Where each number is moved down and up to, in its unit, ``(numbers, 2)``.

    No number leaves its plausible range, nor the values that the decision may have.

    Args:
        decision: Says what is allowed.
        parameters: The numbers.
        reach: How far each moves, in standard deviations.
    """
    ends = []
    for parameter in parameters:
        low, high = allowed_range(decision, parameter)
        value, step = parameter.value, reach * parameter.scale
        ends.append((max(low, value - step), min(high, value + step)))
    return np.array(ends)


def _bars(
    decision: Decision,
    parameters: Sequence[Parameter],
    ends: FloatColumn,
    ranking: Ranking,
) -> Iterator[TornadoBar]:
    """Yield the bar of each number.

    Args:
        decision, parameters: As it stands, and the numbers.
        ends: Both ends of each number, one number after another.
        ranking: Every action there.
    """
    points, worths, best = ends.tolist(), ranking.value.tolist(), ranking.best
    for row, parameter in zip(range(0, len(points), 2), parameters, strict=True):
        yield TornadoBar(
            name=parameter.name,
            value=parameter.value,
            low=points[row],
            high=points[row + 1],
            value_at_low=worths[row],
            value_at_high=worths[row + 1],
            action_low=best[row],
            action_high=best[row + 1],
            unit=parameter.unit,
            label=label(parameter, decision),
        )
