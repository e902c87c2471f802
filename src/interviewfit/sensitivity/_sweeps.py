"""One-way and two-way sensitivity analysis: the advice as one number moves, or two.

A *sweep* values every open action at given values of one number, or on the grid of two.
A *tornado diagram* moves every number alone by its own standard deviation, down and up,
and sorts them by what that does to the value of the best action.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen
from attrs.converters import optional

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import Ranking
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._competition.entries import bears_on_rivals
from interviewfit._model.decision import Decision
from interviewfit._model.fields import to_tuple
from interviewfit._model.frozen_dict import freeze_columns
from interviewfit._model.progress import Progress
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    IndexArray,
    read_only,
    read_only_each,
)
from interviewfit._process.parameters import (
    Parameter,
    find_parameter,
    substitute,
)
from interviewfit._results.tables import Columns, Tabular, heading, unit_word
from interviewfit._text.labels import label
from interviewfit.errors import InvalidFieldError
from interviewfit.sensitivity._grids import evaluate_grid

# More points than this are a slip of the pen.
_MOST_POINTS = 10_000_000
_MOST_SHOWN = 20


@frozen(kw_only=True, eq=False, repr=False)
class Sweep(Tabular):
    """Every open action at each value of one number, or each pair of two values.

    Attributes:
        names: Of the one number, or the two.
        values: Of each; the arrays below have their lengths as shape.
        action_values: Of each action, hours; -inf where it is not open. Staying in
            mid-interview is *continue*.
        actions: The value of the best action at each point, such as ``"take"``; forced
            where a dealbreaker is met.
        units: Of the values.
        labels: What each number stands for, in words.
        afterwards: In mid-interview, by how much going on afterwards beats leaving
            then as things stand, hours, alone: above 0 one continues. Else None.
        evaluated: Which points were evaluated; the others are interpolated, because
            each takes long.
        error: About how far off interpolated values may be, hours; 0 without any.
    """

    names: tuple[str, ...]
    values: tuple[FloatColumn, ...] = field(converter=read_only_each)
    action_values: Mapping[Action, FloatArray] = field(converter=freeze_columns)
    actions: npt.NDArray[Any] = field(converter=read_only)
    units: tuple[str, ...]
    labels: tuple[str, ...]
    afterwards: FloatArray | None = field(default=None, converter=optional(read_only))
    evaluated: BoolArray | None = field(default=None, converter=optional(read_only))
    error: Worth = 0.0

    @property
    def value(self) -> FloatArray:
        """Value of the best action at each point, hours, in the shape of *actions*."""
        return np.asarray(np.max(list(self.action_values.values()), axis=0))

    def to_columns(self, table: str = "") -> Columns:
        """A row for each point: its values, those of the actions, and the best action.

        Args:
            table: ``"points"``, the only one; it may be left out.

        Returns:
            Arrays by heading, as ``pandas.DataFrame`` and ``polars.DataFrame`` take
            them, of ``points`` entries each.

        Raises:
            InvalidFieldError: If another table is asked for.
        """
        if table not in ("", "points"):
            raise InvalidFieldError("to_columns(table)", "'points'", table)
        axes = np.meshgrid(*self.values, indexing="ij")
        columns: Columns = {
            heading(name, unit_word(unit)): axis.ravel()
            for name, unit, axis in zip(self.names, self.units, axes, strict=True)
        }
        columns["action"] = self.actions.ravel().copy()
        columns["value_hours"] = self.value.ravel().copy()
        for action, worth in self.action_values.items():
            columns[f"value_hours.{action}"] = worth.ravel().copy()
        return columns

    def __repr__(self) -> str:
        points = " by ".join(str(column.size) for column in self.values)
        text = f"{' and '.join(self.names)}: {points} points"
        if self.evaluated is not None and not self.evaluated.all():
            text += f", {self.evaluated.sum():,} of them evaluated"
        return f"<Sweep of {text}>"


def sweep(
    assessment: Assessment,
    names: str | tuple[str, str],
    values: Iterable[float] | tuple[Iterable[float], Iterable[float]],
    *,
    progress: Progress | None = None,
) -> Sweep:
    """One-way or two-way sensitivity: the advice at other values of one number, or two.

    The work grows with the points, times the stages of all processes. Where it would
    take more than some seconds only some points are evaluated (*evaluated* of the
    answer), and those between are interpolated; *error* says how far off.

    Args:
        assessment: What ``assess`` returned.
        names: Of one number, or of two (``list_inputs``).
        values: Its values, in its unit; for two numbers a pair of such lists.
        progress: Called with points done and points in all, first with 0.

    Raises:
        InvalidFieldError: If *assessment* is not an assessment, it has no such number,
            or the number cannot have such a value.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> result = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> line = sweep(result, "weights.time", [1.0, 3.0, 5.0])
    >>> line.value.round(1).tolist(), line.actions.tolist()
    ([12.3, 4.2, 0.0], ['take', 'take', 'decline'])
    >>> grid = sweep(result, ("weights.time", "fallback"), ([1.0, 5.0], [0, 10, 20]))
    >>> grid.actions.shape
    (2, 3)
    """
    check_assessment(assessment, "sweep(assessment)")
    decision = assessment.decision
    name_list: tuple[str, ...]
    value_lists: tuple[Any, ...]
    if isinstance(names, str):
        name_list, value_lists = (names,), (values,)
    else:
        name_list = to_tuple(names, "sweep(names)", "'pay.mean'")
        value_lists = to_tuple(values, "sweep(values)", "1, 2")
    if not 1 <= len(name_list) <= 2 or len(set(name_list)) < len(name_list):
        expected = "the name of one number, or two different names"
        raise InvalidFieldError("sweep(names)", expected, names)
    if len(value_lists) != len(name_list):
        remedy = "Write (values of the first, values of the second)."
        expected = f"a list of values for each of {len(name_list)} numbers"
        raise InvalidFieldError("sweep(values)", expected, values, remedy)
    parameters = [find_parameter(decision, name) for name in name_list]
    columns = tuple(
        _checked_column(decision, parameter, entries)
        for parameter, entries in zip(parameters, value_lists, strict=True)
    )
    shape = tuple(column.size for column in columns)
    if np.prod(shape, dtype=float) > _MOST_POINTS:
        expected = f"at most {_MOST_POINTS:,} points"
        raise InvalidFieldError("sweep(values)", expected, shape)
    grid = evaluate_grid(decision, name_list, columns, progress)
    action_names = np.array([action.value for action in Action])
    return Sweep(
        names=name_list,
        values=columns,
        action_values={
            action: worth
            for action, worth in zip(grid.actions, grid.values, strict=True)
            if worth.max() > -np.inf
        },
        actions=action_names[grid.codes],
        units=tuple(parameter.unit for parameter in parameters),
        labels=tuple(label(parameter, decision) for parameter in parameters),
        afterwards=grid.leads,
        evaluated=grid.evaluated,
        error=grid.error,
    )


def _checked_column(
    decision: Decision, parameter: Parameter, values: Iterable[float]
) -> FloatColumn:
    """Values as a column, each of them a value that the number may have.

    Args:
        decision: Its own checks say what is allowed.
        parameter: The number.
        values: In its unit, at least one.

    Raises:
        InvalidFieldError: If there are none, or one is no number that is allowed.
    """
    where = f"sweep({parameter.name})"
    try:
        column = np.atleast_1d(np.array(list(values), dtype=np.float64))
    except (TypeError, ValueError):
        remedy = "Write a list, such as [0.5, 1, 2]."
        raise InvalidFieldError(where, "a list of numbers", values, remedy) from None
    if column.ndim != 1 or not column.size:
        raise InvalidFieldError(where, "a list of one number or more", values)
    # What is allowed is a range, so its ends suffice; anything not finite is an end.
    worst = column[~np.isfinite(column)].tolist()
    for value in (*worst, float(column.min()), float(column.max())):
        try:
            substitute(decision, {parameter: value})
        except InvalidFieldError as error:
            expected, remedy = error.expected, error.remedy
            raise InvalidFieldError(where, expected, value, remedy) from None
    return column


def evaluate_moved(
    decision: Decision,
    parameters: Sequence[Parameter],
    moved: IndexArray,
    points: FloatColumn,
    known: KnownRivals | None = None,
) -> Ranking:
    """Value every action with one number moved in each row, all others unchanged.

    Args:
        decision: As it stands.
        parameters: The numbers of one of the ``independent_groups``.
        moved: The position among them of the number that moves, ``(rows,)``.
        points: Its value, in its unit, ``(rows,)``.
        known: What other rows of the decision have shown; updated.
    """
    columns = {
        parameter.name: np.where(moved == position, points, parameter.value)
        for position, parameter in enumerate(parameters)
    }
    return evaluate_rows(decision, columns, known)


def allowed_range(decision: Decision, parameter: Parameter) -> tuple[float, float]:
    """The plausible range of a number, as far as the decision may have its ends.

    Args:
        decision: Its own checks say what is allowed.
        parameter: The number; an end that is not allowed becomes its present value.
    """
    ends = [parameter.value, parameter.value]
    for index, end in enumerate((parameter.low, parameter.high)):
        with suppress(InvalidFieldError):
            substitute(decision, {parameter: end})
            ends[index] = end
    return ends[0], ends[1]


def independent_groups(
    decision: Decision, parameters: Sequence[Parameter]
) -> list[list[Parameter]]:
    """Numbers in groups that can be columns side by side, ``(groups, numbers)``.

    A belief that nobody stated would hide the numbers of the default it comes from, and
    whoever moves it has spoken of its aspect and of no other. Numbers that bear on no
    other process of a search are together, because the others need not be solved again.

    Args:
        decision: Says which beliefs are stated, and what is beside it.
        parameters: The numbers to divide; each stands in one group.
    """
    stated = decision.opportunity.beliefs
    groups: dict[str, list[Parameter]] = {"": []}
    for parameter in parameters:
        path = parameter.path
        is_silent = "beliefs" in path and path[2] not in stated
        key = str(path[2]) if is_silent else ""
        if decision.beside and not key and bears_on_rivals(decision, [parameter.name]):
            key = "beside"
        groups.setdefault(key, []).append(parameter)
    return [group for group in groups.values() if group]
