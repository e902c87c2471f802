"""A number of a decision, by name, and the same decision with others in its place.

One name for each number, the same wherever numbers are varied: what would flip an
answer, sweeps, robustness, columns of a table. A number may be replaced by a column, a
float for each row; the decision then stands for one decision a row (``rows``).
"""

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar, cast

import attrs
import numpy as np
from attrs import frozen

from interviewfit._model.beliefs import Belief
from interviewfit._model.decision import Decision
from interviewfit._model.fields import unchecked
from interviewfit._numeric.arrays import FloatColumn

__all__ = ["Parameter", "put", "stated"]

T = TypeVar("T")

_Tree: TypeAlias = dict[str | int, Any]
"""Values by the steps of their paths."""

_BLANK = Belief(mean=0.0, sd=0.0)


@frozen(kw_only=True)
class Parameter:
    """One number of a decision.

    Attributes:
        name: Such as ``"pay.mean"``, ``"weights.time"`` or ``"hr_screen.pass_rate"``.
        value: What it is now.
        low: Lower end of what is plausible.
        high: Its upper end.
        scale: How uncertain it is: its standard deviation, above 0.
        unit: Of all four.
        path: Where it stands in the decision: part, field, and so on.
    """

    name: str
    value: float
    low: float
    high: float
    scale: float
    unit: str
    path: tuple[str | int, ...]


def put(
    decision: Decision, values: Mapping[Parameter, float | FloatColumn]
) -> Decision:
    """The decision with other numbers, or with columns in place of numbers.

    Numbers are checked as they are anywhere else. Columns are not: who brings them has
    checked them, and a record that holds one is for formulas only. Their order does
    not matter.

    Raises:
        InvalidFieldError: If a number is out of its range.
    """
    # What an unstated belief starts from is an assumption, so these come first; numbers
    # come before columns, which the checks do not know.
    for first in (True, False):
        for columns in (False, True):
            tree: _Tree = {}
            for one, value in values.items():
                here = (one.path[0] == "assumptions") is first
                if here and isinstance(value, np.ndarray) is columns:
                    _hang(tree, one.path, value)
            if tree:
                decision = _put(decision, tree, decision)
    return decision


def _hang(tree: _Tree, path: tuple[str | int, ...], value: float | FloatColumn) -> None:
    """Put a value where its path leads, so that each record is made anew only once."""
    for head in path[:-1]:
        tree = tree.setdefault(head, {})
    tree[path[-1]] = value


def _put(record: T, tree: _Tree, whole: Decision) -> T:
    if isinstance(record, tuple):
        items: list[Any] = list(record)
        for head, part in tree.items():
            items[int(head)] = _put(items[int(head)], part, whole)
        return type(record)(items)
    if isinstance(record, Mapping):
        made: dict[Any, Any] = dict(record)
        for head, part in tree.items():
            if isinstance(part, dict):
                before = made.get(head)
                before = stated(whole, str(head)) if before is None else before
                made[head] = _put(before, part, whole)
            else:
                made[head] = part
        return cast(T, made)
    changes = {
        str(head): _put(getattr(record, str(head)), part, whole)
        if isinstance(part, dict)
        else part
        for head, part in tree.items()
    }
    if _of_columns(tree):
        return unchecked(record, **changes)
    return cast(T, attrs.evolve(cast(Any, record), **changes))


def _of_columns(tree: _Tree) -> bool:
    """Whether columns hang there; then nothing else does."""
    part = next(iter(tree.values()))
    return _of_columns(part) if isinstance(part, dict) else isinstance(part, np.ndarray)


def stated(decision: Decision, aspect: str) -> Belief:
    """The wide default of an aspect nobody has stated, as one would state it."""
    usual = decision.assumptions.unknown(aspect)
    sd = usual.sd / decision.assumptions["overconfidence"]
    return unchecked(_BLANK, mean=usual.mean, sd=sd)
