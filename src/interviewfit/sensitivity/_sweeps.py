"""What an answer is as numbers move: all of one number or two, or every number a little.

A *sweep* weighs every open action at given values of one number, or on the grid of two.
A *tornado* moves every number by its own uncertainty, down and up, and sorts them by
what that does to the worth of the answer. Weights are numbers like any other.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluation import Evaluation, weigh_rows
from interviewfit._model.decision import Decision
from interviewfit._model.fields import listed
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._process.inputs import Parameter, put
from interviewfit._process.parameters import find_parameter, list_inputs
from interviewfit._text.assessment_text import HEADLINES, hours_of
from interviewfit._text.labels import label, quantity
from interviewfit.errors import InvalidFieldError
from interviewfit.progress import Progress
from interviewfit.sensitivity._one_way_search import allowed, beside_each_other

__all__ = ["Sweep", "TornadoBar", "sweep", "tornado"]

# More points than this are a slip of the pen.
_MOST = 10_000_000


@frozen(kw_only=True)
class TornadoBar:
    """What one number does to the worth of the answer. Made by ``tornado``.

    Attributes:
        name: Of the input (``inventory``).
        value: What it is now.
        low: The value it was moved down to.
        high: The value it was moved up to.
        worth_low: Worth of the best action at *low*, hours.
        worth_high: Likewise at *high*.
        action_low: The best action at *low*; forced by a dealbreaker if one is met.
        action_high: Likewise at *high*.
        unit: Of the three values.
        text: What it is a number of, in words.
    """

    name: str
    value: float
    low: float
    high: float
    worth_low: Worth
    worth_high: Worth
    action_low: Action
    action_high: Action
    unit: str
    text: str

    @property
    def swing(self) -> Worth:
        """By how much the two ends differ, hours."""
        return abs(self.worth_high - self.worth_low)

    def __str__(self) -> str:
        ends = (
            f"{quantity(at, self.unit)}: {hours_of(worth)}, {HEADLINES[action]}"
            for at, worth, action in (
                (self.low, self.worth_low, self.action_low),
                (self.high, self.worth_high, self.action_high),
            )
        )
        return f"{self.text}: {'; '.join(ends)}"


@frozen(kw_only=True, eq=False)
class Sweep:
    """Every open action at each value of one number, or each pair of two values.

    Attributes:
        names: Of the one input, or the two.
        values: The values of each; the arrays below have their lengths as shape.
        worths: Of each action, hours; -inf where it is not open. Staying in
            mid-interview is *continue*.
        actions: The value of the best action at each point, such as ``"take"``; forced
            by a dealbreaker if one is met.
        units: Of the values.
        texts: What each is a number of, in words.
    """

    names: tuple[str, ...]
    values: tuple[FloatColumn, ...]
    worths: Mapping[Action, FloatArray]
    actions: npt.NDArray[Any]
    units: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def value(self) -> FloatArray:
        """Worth of the best action at each point, hours."""
        return np.asarray(np.max(list(self.worths.values()), axis=0))


def sweep(
    assessment: Assessment,
    names: str | tuple[str, str],
    values: Iterable[float] | tuple[Iterable[float], Iterable[float]],
) -> Sweep:
    """The answer at other values of one number, or on the grid of two numbers.

    Args:
        assessment: The answer.
        names: Of one input or two (``inventory.list_inputs``).
        values: Its values; of two inputs a pair of several values each.

    Raises:
        InvalidFieldError: If it is no assessment, there is no such input, or a value
            is not one it can have; the input is named.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> one = sweep(found, "weights.time", [1.0, 3.0, 5.0])
    >>> one.value.round(1).tolist(), one.actions.tolist()
    ([12.3, 4.2, 0.0], ['take', 'take', 'decline'])
    >>> both = sweep(found, ("weights.time", "fallback"), ([1.0, 5.0], [0, 10, 20]))
    >>> both.actions.shape
    (2, 3)
    """
    check_assessment(assessment, "sweep(assessment)")
    decision = assessment.decision
    one = isinstance(names, str)
    several: tuple[str, ...] = (
        (names,)
        if isinstance(names, str)
        else listed(names, "sweep(names)", "'pay.mean'")
    )
    given: tuple[Any, ...] = (
        (values,) if one else listed(values, "sweep(values)", "1, 2")
    )
    if not 1 <= len(several) <= 2 or len(set(several)) < len(several):
        raise InvalidFieldError("sweep(names)", "one input, or two that differ", names)
    if len(given) != len(several):
        remedy = "Write (values of the first, values of the second)."
        expected = f"values of each of {len(several)} inputs"
        raise InvalidFieldError("sweep(values)", expected, values, remedy)
    inputs = [find_parameter(decision, name) for name in several]
    columns = tuple(
        _column(decision, one, own) for one, own in zip(inputs, given, strict=True)
    )
    shape = tuple(column.size for column in columns)
    if np.prod(shape, dtype=float) > _MOST:
        expected = f"at most {_MOST:,} points"
        raise InvalidFieldError("sweep(values)", expected, shape)
    grid = np.meshgrid(*columns, indexing="ij")
    seen = weigh_rows(
        decision, {one: own.ravel() for one, own in zip(inputs, grid, strict=True)}
    )
    return Sweep(
        names=several,
        values=columns,
        worths={
            action: worth.reshape(shape)
            for action, worth in zip(seen.actions, seen.worths, strict=True)
        },
        actions=np.array([one.value for one in Action])[seen.codes].reshape(shape),
        units=tuple(one.unit for one in inputs),
        texts=tuple(label(one, decision) for one in inputs),
    )


def _column(decision: Decision, one: Parameter, values: Iterable[float]) -> FloatColumn:
    """Values as a column, each one the input can have."""
    where = f"sweep({one.name})"
    try:
        column = np.atleast_1d(np.array(list(values), dtype=np.float64))
    except (TypeError, ValueError):
        remedy = "Write a list, such as [0.5, 1, 2]."
        raise InvalidFieldError(where, "several numbers", values, remedy) from None
    if column.ndim != 1 or not column.size:
        raise InvalidFieldError(where, "one number or more, in one row", values)
    # What is allowed is a range, so the ends tell; anything not finite is an end.
    worst = column[~np.isfinite(column)].tolist()
    for value in (*worst, float(column.min()), float(column.max())):
        try:
            put(decision, {one: value})
        except InvalidFieldError as error:
            raise InvalidFieldError(
                where, error.expected, value, error.remedy
            ) from None
    return column


def tornado(
    assessment: Assessment, *, reach: float = 1.0, progress: Progress | None = None
) -> tuple[TornadoBar, ...]:
    """What every number does to the worth of the answer, the largest swing first.

    Each is moved alone by *reach* times its own uncertainty, down and up, but not
    beyond what is plausible: so all are moved about as far as they may well be off.

    Args:
        assessment: The answer.
        reach: How far, in units of each number's uncertainty, above 0.
        progress: Called as work goes on.

    Raises:
        InvalidFieldError: If it is no assessment, or *reach* is not a finite number
            above 0.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(tornado(found)[0])
    the role: -13 %: 2.0 h, take it; +11 %: 34.7 h, take it
    """
    check_assessment(assessment, "tornado(assessment)")
    if not (isinstance(reach, float | int) and 0.0 < reach < np.inf):
        raise InvalidFieldError("tornado(reach)", "a finite number above 0", reach)
    decision = assessment.decision
    inputs = list_inputs(decision)
    bars: list[TornadoBar] = []
    for group in beside_each_other(decision, inputs):
        ends = _moved(decision, group, reach)
        which = np.arange(2 * len(group)) // 2
        seen = weigh_rows(
            decision,
            {
                one: np.where(which == place, ends.ravel(), one.value)
                for place, one in enumerate(group)
            },
        )
        bars.extend(_bars(decision, group, ends, seen))
        if progress is not None:
            progress(len(bars), len(inputs))
    return tuple(sorted(bars, key=lambda one: -one.swing))


def _moved(decision: Decision, inputs: Iterable[Parameter], reach: float) -> FloatArray:
    """The two ends of each, shape ``(inputs, 2)``."""
    ends = []
    for one in inputs:
        low, high = allowed(decision, one)
        step = reach * one.scale
        ends.append((max(low, one.value - step), min(high, one.value + step)))
    return np.array(ends)


def _bars(
    decision: Decision, inputs: Iterable[Parameter], ends: FloatArray, seen: Evaluation
) -> Iterable[TornadoBar]:
    worths, best = seen.value, seen.best
    for place, one in enumerate(inputs):
        first, second = 2 * place, 2 * place + 1
        yield TornadoBar(
            name=one.name,
            value=one.value,
            low=float(ends[place, 0]),
            high=float(ends[place, 1]),
            worth_low=float(worths[first]),
            worth_high=float(worths[second]),
            action_low=best[first],
            action_high=best[second],
            unit=one.unit,
            text=label(one, decision),
        )
