"""A search as the flow diagram people share: text for SankeyMATIC.

One line a flow, ``Source [amount] Target``. Every process flows through the stages it
reached, in their natural order, to how it stands now, so what flows into a stage flows
out of it and nothing flows in a circle, however the log was kept.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from attrs import frozen

from interviewfit._model.vocabulary import Milestone
from interviewfit.history._log import History, StageEvent, check_history

__all__ = ["Flow", "flows_of", "to_sankey"]

_STAGES: Mapping[Milestone, str] = {
    Milestone.CONTACTED: "They wrote first",
    Milestone.APPLIED: "Applied",
    Milestone.SCREEN: "Screen",
    Milestone.TASK: "Task",
    Milestone.INTERVIEW: "Interview",
    Milestone.OFFER: "Offer",
}
_ENDS: Mapping[Milestone, str] = {
    Milestone.ACCEPTED: "Accepted",
    Milestone.DECLINED: "Declined",
    Milestone.WITHDREW: "Withdrew",
    Milestone.REJECTED: "Rejected",
    Milestone.SILENT: "No answer",
}
_OPEN = "Still open"
_OFFERED = frozenset({Milestone.OFFER, Milestone.ACCEPTED, Milestone.DECLINED})


@frozen
class Flow:
    """How many processes went from one place to the next.

    Attributes:
        source: Where from, such as ``"Applied"``.
        target: Where to.
        count: How many processes.
    """

    source: str
    target: str
    count: int


def flows_of(history: History) -> tuple[Flow, ...]:
    """The flows of a search, those of early stages first.

    Raises:
        InvalidFieldError: If it is no history.

    >>> log = History(events=[StageEvent(process="a", kind="applied", on="2025-05-01")])
    >>> flows_of(log)
    (Flow(source='Applied', target='Still open', count=1),)
    """
    return _flows(history, "flows_of(history)")


def to_sankey(history: History) -> str:
    """The flows of a search, one a line; empty if there are none.

    Paste it into the input field of sankeymatic.com.

    Raises:
        InvalidFieldError: If it is no history.

    >>> log = History(
    ...     events=[
    ...         StageEvent(process="a", kind="applied", on="2025-05-01"),
    ...         StageEvent(process="a", kind="screen", on="2025-05-09"),
    ...         StageEvent(process="b", kind="applied", on="2025-05-02"),
    ...     ]
    ... )
    >>> print(to_sankey(log), end="")
    Applied [1] Screen
    Applied [1] Still open
    Screen [1] Still open
    """
    return "".join(
        f"{one.source} [{one.count}] {one.target}\n"
        for one in _flows(history, "to_sankey(history)")
    )


def _flows(history: History, where: str) -> tuple[Flow, ...]:
    check_history(history, where)
    counted = Counter(
        flow for trail in history.trails().values() for flow in pairwise(_path(trail))
    )
    return tuple(
        Flow(source, target, count)
        for ((_, source), (_, target)), count in sorted(counted.items())
    )


def _path(trail: tuple[StageEvent, ...]) -> list[tuple[tuple[int, int], str]]:
    """The nodes a process flows through, each with its rank."""
    reached: set[tuple[tuple[int, int], str]] = set()
    interviews = 0
    for event in trail:
        kind = event.kind
        if kind is Milestone.INTERVIEW:
            interviews = event.number or interviews + 1
            reached.add((_rank(kind, interviews), f"Interview {interviews}"))
        elif kind in _STAGES and not (kind is Milestone.CONTACTED and reached):
            reached.add((_rank(kind), _STAGES[kind]))
        if kind in _OFFERED:
            reached.add((_rank(Milestone.OFFER), _STAGES[Milestone.OFFER]))
    if not reached:
        return []
    last = next(
        one.kind for one in reversed(trail) if one.kind in _STAGES or one.kind in _ENDS
    )
    ends = _rank(last, 1), _ENDS.get(last, _OPEN)
    return [*sorted(reached), ends if last in _ENDS else (_rank(None), _OPEN)]


def _rank(kind: Milestone | None, number: int = 0) -> tuple[int, int]:
    kinds = list(Milestone)
    return (len(kinds) if kind is None else kinds.index(kind)), number
