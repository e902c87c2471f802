"""The flow diagram of a search, as text for SankeyMATIC.

Each line is one flow, ``Source [amount] Target``. Every process flows through the
stages it reached, in their usual order, to its present state, so flows never form a
circle, and what flows into a stage flows out of it.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from attrs import frozen

from interviewfit._model.vocabulary import Milestone
from interviewfit.history._log import History, StageEvent, check_history

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
    Milestone.CLOSED: "Closed",
    Milestone.REJECTED: "Rejected",
    Milestone.SILENT: "No answer",
}
_OPEN = "Still open"
_OFFERED = frozenset({Milestone.ACCEPTED, Milestone.DECLINED})
_RANKS = {kind: rank for rank, kind in enumerate(Milestone)}


@frozen
class Flow:
    """How many processes went from one stage to the next.

    Attributes:
        source: Name of the stage they left, such as ``"Applied"``.
        target: Name of the next stage, or of how they ended.
        count: How many processes did.
    """

    source: str
    target: str
    count: int


def count_flows(history: History) -> tuple[Flow, ...]:
    """Return the flows of a search, those from early stages first.

    Raises:
        InvalidFieldError: If *history* is no ``History``.

    >>> log = History(events=[StageEvent(process="a", kind="applied", on="2025-05-01")])
    >>> count_flows(log)
    (Flow(source='Applied', target='Still open', count=1),)
    """
    check_history(history, "count_flows(history)")
    counts = Counter(
        flow
        for events in history.events_by_process().values()
        for flow in pairwise(_nodes(events))
    )
    return tuple(
        Flow(source, target, count)
        for ((_, source), (_, target)), count in sorted(counts.items())
    )


def to_sankey(history: History) -> str:
    """Return the flows of a search as text, one per line; empty if there are none.

    Paste it into the input field of sankeymatic.com.

    The work grows with the events.

    Raises:
        InvalidFieldError: If *history* is no ``History``.

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
    check_history(history, "to_sankey(history)")
    return "".join(
        f"{flow.source} [{flow.count}] {flow.target}\n" for flow in count_flows(history)
    )


def _nodes(events: tuple[StageEvent, ...]) -> list[tuple[tuple[int, int], str]]:
    """Return the nodes that a process flows through, each as its rank and its name."""
    reached: set[tuple[tuple[int, int], str]] = set()
    interviews, end = 0, ((len(_RANKS), 0), _OPEN)
    for event in events:
        # Whoever accepts or declines a job was offered it.
        kind = Milestone.OFFER if event.kind in _OFFERED else event.kind
        if kind is Milestone.INTERVIEW:
            interviews = event.number or interviews + 1
            reached.add(((_RANKS[kind], interviews), f"Interview {interviews}"))
        elif kind in _STAGES and not (kind is Milestone.CONTACTED and reached):
            reached.add(((_RANKS[kind], 0), _STAGES[kind]))
        if event.kind in _ENDS:
            end = ((_RANKS[event.kind], 1), _ENDS[event.kind])
        elif event.kind in _STAGES:
            end = ((len(_RANKS), 0), _OPEN)
    return [*sorted(reached), end] if reached else []
