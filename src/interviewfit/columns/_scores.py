"""What scoring gives: columns, an entry for each row."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from interviewfit._model.vocabulary import Action, Term
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._text.assessment_text import HEADLINES, hours_of
from interviewfit._text.html import show_block, show_index, show_table

__all__ = ["Details", "Scores"]

_MOST_SHOWN = 10
_ACTIONS = np.array([one.value for one in Action])


@frozen(eq=False, kw_only=True)
class Details:
    """What the worth of the best action is made of, and what it leads to.

    Attributes:
        terms: Hours, by term; they add up to the value.
        sd: Standard deviation of the outcome, hours.
        accept: Chance that it ends in an offer that is accepted.
        hours: Expected hours of one's own time.
        thresholds: Go on at a step ahead if the surplus is above it, percent of pay,
            shape ``(steps, rows)``; NaN where a process has fewer steps.
    """

    terms: Mapping[Term, FloatColumn]
    sd: FloatColumn
    accept: FloatColumn
    hours: FloatColumn
    thresholds: FloatArray

    @classmethod
    def empty(cls, steps: int, rows: int) -> "Details":
        """Room for so many rows."""
        return cls(
            terms={term: np.zeros(rows) for term in Term},
            sd=np.empty(rows),
            accept=np.empty(rows),
            hours=np.empty(rows),
            thresholds=np.full((steps, rows), np.nan),
        )


@frozen(eq=False, kw_only=True, repr=False)
class Scores:
    """The answer for every row of a table. Made by ``score``.

    Attributes:
        actions: Those that may be open in some row.
        worths: Of each in each row, hours, shape ``(actions, rows)``; -inf: not open.
            Staying in mid-interview stands here as *continue*, also where the answer
            calls it *finish politely*.
        codes: What to do, as its place in ``list(Action)``.
        value: Worth of the best action, dealbreakers aside, hours.
        margin: By how much it beats the second, hours.
        mean: Of the surplus over the fallback, percent of pay.
        threshold: Go on now if the surplus is above it, percent of pay; -inf: always.
        index: By how much it is, percent of pay; what to sort by (``plan``).
        hard_stop: Whether a dealbreaker forces the action.
        unknown: Of how many aspects nothing is known.
        details: What the value is made of; None if not asked for.
    """

    actions: tuple[Action, ...]
    worths: FloatArray
    codes: npt.NDArray[np.int8]
    value: FloatColumn
    margin: FloatColumn
    mean: FloatColumn
    threshold: FloatColumn
    index: FloatColumn
    hard_stop: npt.NDArray[np.bool_]
    unknown: npt.NDArray[np.int16]
    details: Details | None = field(default=None)

    @classmethod
    def empty(cls, actions: tuple[Action, ...], rows: int) -> "Scores":
        """Room for so many rows."""
        return cls(
            actions=actions,
            worths=np.empty((len(actions), rows)),
            codes=np.empty(rows, dtype=np.int8),
            value=np.empty(rows),
            margin=np.empty(rows),
            mean=np.empty(rows),
            threshold=np.empty(rows),
            index=np.empty(rows),
            hard_stop=np.empty(rows, dtype=np.bool_),
            unknown=np.empty(rows, dtype=np.int16),
        )

    def put_values(
        self, rows: slice | IndexArray, actions: Sequence[Action], values: FloatArray
    ) -> None:
        """Write the value of every action in some rows.

        Args:
            rows: Which rows.
            actions: Those that are open in these rows.
            values: Of each, hours, shape ``(actions, rows)``.
        """
        for action, worth in zip(self.actions, self.worths, strict=True):
            worth[rows] = (
                values[actions.index(action)] if action in actions else -np.inf
            )

    def __len__(self) -> int:
        return self.codes.size

    def __repr__(self) -> str:
        many = np.bincount(self.codes, minlength=_ACTIONS.size)
        order = sorted(np.flatnonzero(many), key=lambda code: -many[code])
        said = ", ".join(f"{many[code]:,} {_ACTIONS[code]}" for code in order)
        stops = int(self.hard_stop.sum())
        ending = f"; {stops:,} hard stops" if stops else ""
        return f"<Scores of {len(self):,} rows: {said or 'nothing'}{ending}>"

    def _repr_html_(self) -> str:
        heads = ["row", "do", "worth", "margin", "index", "unknown"]
        first = range(min(_MOST_SHOWN, len(self)))
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
            for row in first
        ]
        more = len(self) - len(rows)
        note = f"and {more:,} rows more" if more else ""
        return show_block(repr(self).strip("<>"), show_table(heads, rows), note=note)

    @property
    def action(self) -> npt.NDArray[np.str_]:
        """What to do, in words."""
        return np.asarray(_ACTIONS[self.codes])

    def worth(self, action: Action | str) -> FloatColumn:
        """Of one action in each row, hours; -inf where it is not open."""
        one = Action(action)
        if one not in self.actions:
            return np.full(len(self), -np.inf)
        return np.asarray(self.worths[self.actions.index(one)])

    def columns(self, *, codes: bool = False) -> dict[str, npt.NDArray[Any]]:
        """Everything as flat columns by name, as data frames and files hold it.

        Args:
            codes: Whether actions stay codes, places in ``list(Action)``.
        """
        found: dict[str, npt.NDArray[Any]] = {
            "action": self.codes if codes else self.action
        }
        for name in ("value", "margin", "mean", "threshold", "index"):
            found[name] = getattr(self, name)
        found["hard_stop"], found["unknown"] = self.hard_stop, self.unknown
        found.update(
            (f"worth.{one}", worth)
            for one, worth in zip(self.actions, self.worths, strict=True)
        )
        if self.details is not None:
            found.update(
                (f"term.{one}", part) for one, part in self.details.terms.items()
            )
            for name in ("sd", "accept", "hours"):
                found[name] = getattr(self.details, name)
            found.update(
                (f"threshold[{number}]", one)
                for number, one in enumerate(self.details.thresholds)
            )
        return found
