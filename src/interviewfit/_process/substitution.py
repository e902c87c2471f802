"""A number of a decision, and the same decision with other numbers, checked."""

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar, cast

import attrs
from attrs import frozen

from interviewfit._model.beliefs import Belief
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import Path
from interviewfit._model.units import LARGEST

__all__ = ["Parameter", "default_belief", "substitute"]

T = TypeVar("T")

_Tree: TypeAlias = dict[str | int, Any]
"""Values by the steps of their paths."""


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
        path: Where it stands in the decision: record, field, then keys and indices.
    """

    name: str
    value: float
    low: float
    high: float
    scale: float
    unit: str
    path: Path


def default_belief(decision: Decision, aspect: str) -> Belief:
    """The wide default of an aspect nobody has stated, as somebody would state it.

    Args:
        decision: Whose assumptions count.
        aspect: Any.

    Returns:
        Percent of pay. The sd is narrower than the default, because a stated one is
        widened again when it is used.
    """
    usual = decision.assumptions.unknown(aspect)
    sd = usual.sd / decision.assumptions["overconfidence"]
    return Belief(mean=usual.mean, sd=min(sd, LARGEST))


def substitute(decision: Decision, values: Mapping[Parameter, float]) -> Decision:
    """The decision with other numbers, which are checked as they are anywhere else.

    Args:
        decision: As it stands.
        values: New numbers; their order does not matter.

    Raises:
        InvalidFieldError: If a number is out of its range.
    """
    # The belief of an unstated aspect starts from assumptions, so these come first.
    for first in (True, False):
        tree: _Tree = {}
        for parameter, value in values.items():
            if (parameter.path[0] == "assumptions") is first:
                branch = tree
                for head in parameter.path[:-1]:
                    branch = branch.setdefault(head, {})
                branch[parameter.path[-1]] = value
        if tree:
            decision = _replaced(decision, tree, decision)
    return decision


def _replaced(record: T, tree: _Tree, decision: Decision) -> T:
    """A record, list or mapping with other values at the ends of some paths.

    Args:
        record: To be copied.
        tree: The values, by the steps of their paths.
        decision: Whose default beliefs stand in for beliefs that are not stated.
    """
    if isinstance(record, tuple):
        items: list[Any] = list(record)
        for head, branch in tree.items():
            items[int(head)] = _replaced(items[int(head)], branch, decision)
        return type(record)(items)
    if isinstance(record, Mapping):
        entries: dict[Any, Any] = dict(record)
        for head, branch in tree.items():
            if isinstance(branch, dict):
                stated = entries.get(head) or default_belief(decision, str(head))
                entries[head] = _replaced(stated, branch, decision)
            else:
                entries[head] = branch
        return cast(T, entries)
    changes = {
        str(head): _replaced(getattr(record, str(head)), branch, decision)
        if isinstance(branch, dict)
        else branch
        for head, branch in tree.items()
    }
    return cast(T, attrs.evolve(cast(Any, record), **changes))
