"""
A number of a decision, by name, and the same decision with others in its place.

One name for each number, the same wherever numbers are varied: what would flip an
answer, sweeps, robustness, columns of a table. A number may be replaced by a column, a
float for each row; the decision then stands for one decision a row (``rows``).
"""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import attrs
from attrs import frozen

from interviewfit.arithmetic import FloatColumn
from interviewfit.decision import Decision
from interviewfit.evidence import Belief
from interviewfit.fields import unchecked

__all__ = ["Input", "put", "stated"]

T = TypeVar("T")

_BLANK = Belief(mean=0.0, sd=0.0)


@frozen(kw_only=True)
class Input:
    """
    One number of a decision.

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


def put(decision: Decision, values: Mapping[Input, float | FloatColumn]) -> Decision:
    """
    The decision with other numbers, or with columns in place of numbers.

    Numbers are checked as they are anywhere else. Columns are not: who brings them has
    checked them, and a record that holds one is for formulas only. Their order does
    not matter.

    Raises:
        InvalidFieldError: If a number is out of its range.
    """
    # What an unstated belief starts from is an assumption, so these come first.
    for one, value in sorted(
        values.items(), key=lambda pair: pair[0].path[0] != "assumptions"
    ):
        decision = _put(decision, one.path, value, decision)
    return decision


def _put(record: T, path: tuple[str | int, ...], value: Any, whole: Decision) -> T:
    head, rest = path[0], path[1:]
    if isinstance(record, tuple):
        items: list[Any] = list(record)
        items[int(head)] = _put(items[int(head)], rest, value, whole)
        return type(record)(items)
    if isinstance(record, Mapping):
        before = record.get(head)
        if rest and before is None:
            before = stated(whole, str(head))
        made = _put(before, rest, value, whole) if rest else value
        return {**record, head: made}  # type: ignore[return-value]  # a mapping again
    name = str(head)
    made = _put(getattr(record, name), rest, value, whole) if rest else value
    if isinstance(value, float | int):
        changed: Any = attrs.evolve(cast(Any, record), **{name: made})
        return cast(T, changed)
    return unchecked(record, **{name: made})


def stated(decision: Decision, aspect: str) -> Belief:
    """
    The wide default of an aspect nobody has stated, as one would state it.
    """
    usual = decision.assumptions.unknown(aspect)
    sd = usual.sd / decision.assumptions["overconfidence"]
    return unchecked(_BLANK, mean=usual.mean, sd=sd)
