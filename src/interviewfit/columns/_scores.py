"""The answers of scoring: columns, an entry for each row."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, fields, frozen

from interviewfit._model.frozen_dict import freeze
from interviewfit._model.units import number_of
from interviewfit._model.vocabulary import Action, Term
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn
from interviewfit._results.tables import Columns, Tabular
from interviewfit._text.amounts import hours_of
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.html import show_block, show_index, show_table
from interviewfit.errors import InvalidFieldError

_ROWS_SHOWN = 10
_ACTIONS = np.array([action.value for action in Action])


@frozen(eq=False, kw_only=True)
class Details:
    """What the value of the best action is made of, and what it leads to.

    Attributes:
        terms: Hours, by term; they add up to the value.
        sd_hours: Standard deviation of the outcome, hours.
        accept_probability: That it ends in an offer that is accepted.
        hours: Expected hours of the candidate's own time.
        thresholds: Go on at a step ahead if the surplus is above it, percent of pay,
            shape ``(steps, rows)``; NaN where a process has fewer steps.
    """

    terms: Mapping[Term, FloatColumn] = field(converter=freeze)
    sd_hours: FloatColumn
    accept_probability: FloatColumn
    hours: FloatColumn
    thresholds: FloatArray

    def __repr__(self) -> str:
        return f"<Details of {number_of(self.hours.size, 'row')}>"


def _rebuilt(values: Mapping[str, Any]) -> "Scores":
    """Scores from their fields, as ``pickle`` and ``copy`` make them."""
    return Scores(**values)


@frozen(eq=False, kw_only=True, repr=False)
class Scores(Tabular):
    """The answer for every row of a table. Made by ``score``.

    Arrays are read-only; only another call of ``score`` writes over them (*out*).

    Attributes:
        actions: Those that may be open in some row.
        values: Of each action in each row, hours, shape ``(actions, rows)``; -inf where
            it is not open. Staying in mid-interview is *continue* here.
        codes: What to do, as its position in ``list(Action)``.
        value: Of the best action, dealbreakers aside, hours.
        margin: By how much it exceeds the second best, hours.
        mean: Of the surplus over the fallback, percent of pay.
        threshold: Go on now if the surplus is above it, percent of pay; -inf: always.
        index: By how much it is above, percent of pay; what to sort by (``plan``).
        hard_stop: Whether a dealbreaker forces the action.
        unknown: Number of aspects of which nothing is known.
        details: What the value is made of; None if not asked for.
    """

    actions: tuple[Action, ...]
    values: FloatArray
    codes: npt.NDArray[np.int8]
    value: FloatColumn
    margin: FloatColumn
    mean: FloatColumn
    threshold: FloatColumn
    index: FloatColumn
    hard_stop: BoolArray
    unknown: npt.NDArray[np.int16]
    details: Details | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        set_writable(self, writable=False)

    def __reduce__(self) -> tuple[Any, ...]:
        # Made anew from its fields, so that its arrays are read-only after a copy too.
        values = {entry.name: getattr(self, entry.name) for entry in fields(Scores)}
        return _rebuilt, (values,)

    def __len__(self) -> int:
        return self.codes.size

    def __repr__(self) -> str:
        counts = np.bincount(self.codes, minlength=_ACTIONS.size)
        order = sorted(np.flatnonzero(counts), key=lambda code: -counts[code])
        summary = ", ".join(f"{counts[code]:,} {_ACTIONS[code]}" for code in order)
        stops = int(self.hard_stop.sum())
        ending = f"; {stops:,} for a dealbreaker" if stops else ""
        rows = number_of(len(self), "row")
        return f"<Scores of {rows}: {summary or 'nothing'}{ending}>"

    def _repr_html_(self) -> str:
        heads = ["row", "do", "value", "margin", "index", "unknown"]
        rows = [
            [
                f"{row:,}",
                HEADLINES[Action(_ACTIONS[self.codes[row]])]
                + (", for a dealbreaker" if self.hard_stop[row] else ""),
                hours_of(float(self.value[row])),
                hours_of(float(self.margin[row])),
                show_index(float(self.index[row])),
                f"{self.unknown[row]}",
            ]
            for row in range(min(_ROWS_SHOWN, len(self)))
        ]
        more = len(self) - len(rows)
        rest = f"and {number_of(more, 'row')} more (all in `to_columns()`)"
        note = rest if more else ""
        return show_block(repr(self).strip("<>"), show_table(heads, rows), note=note)

    @property
    def action(self) -> npt.NDArray[np.str_]:
        """What to do, in words."""
        return np.asarray(_ACTIONS[self.codes])

    def value_of(self, action: Action | str) -> FloatColumn:
        """The value of an action in each row, hours; -inf where it is not open."""
        named = Action(action)
        if named not in self.actions:
            return np.full(len(self), -np.inf)
        return np.asarray(self.values[self.actions.index(named)])

    def to_columns(self, table: str = "", *, codes: bool = False) -> Columns:
        """A row for each row that was scored, as data frames and files hold it.

        Args:
            table: ``"rows"``, the only one; it may be left out.
            codes: Whether actions stay codes, positions in ``list(Action)``.

        Returns:
            Read-only arrays by name, ``(rows,)``; hours, but *mean*, *threshold* and
            *index* in percent of pay.

        Raises:
            InvalidFieldError: If another table is asked for.
        """
        if table not in ("", "rows"):
            raise InvalidFieldError("to_columns(table)", "'rows'", table)
        flat: dict[str, npt.NDArray[Any]] = {}
        flat["action"] = self.codes if codes else self.action
        names = ("value", "margin", "mean", "threshold", "index")
        for name in (*names, "hard_stop", "unknown"):
            flat[name] = getattr(self, name)
        for action, column in zip(self.actions, self.values, strict=True):
            flat[f"value.{action}"] = column
        if self.details is not None:
            for term, column in self.details.terms.items():
                flat[f"term.{term}"] = column
            for name in ("sd_hours", "accept_probability", "hours"):
                flat[name] = getattr(self.details, name)
            for number, column in enumerate(self.details.thresholds):
                flat[f"threshold[{number}]"] = column
        views = {name: column.view() for name, column in flat.items()}
        for view in views.values():
            view.flags.writeable = False
        return views


def set_writable(scores: Scores, *, writable: bool) -> None:
    """Let the arrays be changed, as ``score`` does while it works, or let nobody.

    Args:
        scores: Whose arrays.
        writable: Whether they may be changed.
    """
    arrays = [getattr(scores, attribute.name) for attribute in fields(Scores)]
    if scores.details is not None:
        arrays += scores.details.terms.values()
        names = [attribute.name for attribute in fields(Details)]
        arrays += [getattr(scores.details, name) for name in names]
    for array in arrays:
        if isinstance(array, np.ndarray):
            array.setflags(write=writable)
