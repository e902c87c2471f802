"""A candidate's own log: whether predictions came true, and how applications ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from interviewfit._model.fields import check_kind
from interviewfit._model.units import number_of
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    Colour,
    axes_or_new,
    label_axes,
    label_box,
    write_beside,
)
from interviewfit.history._backtest import Backtest
from interviewfit.history._log import History
from interviewfit.history._sankey import Flow, count_flows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_END_COLOURS: Mapping[str, str] = {
    "Accepted": Colour.GREEN,
    "Declined": Colour.PURPLE,
    "Withdrew": Colour.PURPLE,
    "Rejected": Colour.VERMILION,
    "No answer": Colour.ORANGE,
    "Still open": Colour.GREY,
}
# Width of a node and gap between nodes, as shares of the flow diagram.
_NODE_WIDTH, _GAP = 0.03, 0.09
_LABEL_LETTERS = 11
_HEADROOM = 1.08


def draw_reliability(backtest: Backtest, ax: Axes | None = None) -> Axes:
    """A reliability diagram: predicted probabilities against observed shares.

    Each dot is a bin of predictions, with the 95 % interval of its observed share and
    the number of its predictions. A perfectly calibrated forecast is on the diagonal.

    Args:
        backtest: What ``replay`` returned.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If no prediction has an outcome yet.

    >>> from interviewfit.history import StageEvent, replay
    >>> days = [("applied", "2025-05-01"), ("rejected", "2025-05-09")]
    >>> events = [StageEvent(process="a", kind=kind, on=day) for kind, day in days]
    >>> print(draw_reliability(replay(History(events=events))).get_title())
    1 prediction: too few to judge
    """
    check_kind("draw_reliability(backtest)", backtest, Backtest)
    bins = backtest.reliability_bins()
    if not bins:
        where, count = "draw_reliability(backtest)", len(backtest.forecasts)
        expected = "a replay with predictions whose outcome is known"
        remedy = "Wait until some stages have ended."
        raise InvalidFieldError(where, expected, count, remedy)
    ax = axes_or_new(ax, 4.6)
    predicted = [group.mean_forecast for group in bins]
    observed = np.array([group.observed_share for group in bins])
    low, high = np.transpose([group.interval for group in bins])
    diagonal = [0.0, 1.0]
    ax.plot(diagonal, diagonal, "--", color=Colour.GREY, label="perfect calibration")
    ax.errorbar(
        predicted,
        observed,
        yerr=[observed - low, high - observed],
        fmt="o",
        color=Colour.BLUE,
        capsize=3.0,
        label="observed share, 95 % interval",
    )
    for group in bins:
        point = group.mean_forecast, group.observed_share
        write_beside(ax, f"{group.count}", point, 5, 4, bbox=label_box(ax))
    ax.set_xlim(0.0, 1.0)
    ax.set_ylim(-0.03, 1.08)
    verdict, improvement = "too few to judge", backtest.brier_improvement()
    if improvement is not None:
        gain, error = improvement
        verdict = "too close to the base rate to tell them apart"
        if gain and abs(gain) >= 2.0 * error:
            comparison = "better" if gain > 0.0 else "worse"
            size = f"{abs(gain):.3f} (Brier score, lower is better)"
            verdict = f"{comparison} than the base rate, by {size}"
    count = sum(group.count for group in bins)
    noun = "predictions" if count > 1 else "prediction"
    return label_axes(
        ax, f"{count:,} {noun}: {verdict}", "predicted probability", "observed share"
    )


@frozen
class _Node:
    """A stage or an end in a flow diagram, in shares of its width and in processes."""

    left: float
    top: float
    size: float


def draw_flows(history: History, ax: Axes | None = None) -> Axes:
    """A flow diagram of applications: stages from left to right, ends at the right.

    A band is as wide as it has processes. It has the colour of how they ended, or light
    blue where they go on.

    Args:
        history: The log.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If it is not a history, or an empty one.

    >>> from interviewfit.history import StageEvent
    >>> log = History(events=[StageEvent(process="a", kind="applied", on="2025-05-01")])
    >>> print(draw_flows(log).get_title())
    1 process: none led to an offer
    """
    check_kind("draw_flows(history)", history, History)
    flows = count_flows(history)
    if not flows:
        expected = "a log with at least one stage reached"
        raise InvalidFieldError("draw_flows(history)", expected, history)
    ax = axes_or_new(ax, 4.6)
    nodes = _place_nodes(flows)
    left_tops = _band_tops(flows, nodes, leaving=True)
    right_tops = _band_tops(flows, nodes, leaving=False)
    # A band is level at both ends.
    share = np.linspace(0.0, 1.0, 41)
    rise = share * share * (3.0 - 2.0 * share)
    for flow in flows:
        left, right = nodes[flow.source].left + _NODE_WIDTH, nodes[flow.target].left
        upper = left_tops[flow] + (right_tops[flow] - left_tops[flow]) * rise
        ax.fill_between(
            left + (right - left) * share,
            upper,
            upper - flow.count,
            color=_END_COLOURS.get(flow.target, Colour.SKY),
            alpha=0.45,
            linewidth=0,
            label=f"{flow.source} to {flow.target}: {flow.count}",
        )
    for name, node in nodes.items():
        ax.bar(
            node.left + 0.5 * _NODE_WIDTH,
            node.size,
            _NODE_WIDTH,
            node.top - node.size,
            color=_END_COLOURS.get(name, Colour.BLUE),
        )
        text = "\n".join(wrap(f"{name} {node.size:,.0f}", _LABEL_LETTERS))
        write_beside(ax, text, (node.left, node.top), 0, 3)
    ax.set_ylim(top=_HEADROOM * max(node.top for node in nodes.values()))
    ax.set_axis_off()
    count = len(history.events_by_process())
    offers = sum(flow.count for flow in flows if flow.target == "Offer")
    title = number_of(count, "process")
    result = "none led to an offer"
    if offers:
        result = f"{offers:,} led to an offer ({100 * offers / count:.0f} %)"
    return label_axes(ax, f"{title}: {result}")


def _place_nodes(flows: Sequence[Flow]) -> dict[str, _Node]:
    """The nodes of a flow diagram by name, so placed that all flows go to the right.

    A node stands right of all that flow into it; the ends stand in the last column.
    """
    columns: dict[str, int] = {}
    for flow in flows:
        column = columns.setdefault(flow.source, 0) + 1
        columns[flow.target] = max(columns.get(flow.target, 0), column)
    inward: dict[str, int] = defaultdict(int)
    outward: dict[str, int] = defaultdict(int)
    for flow in flows:
        inward[flow.target] += flow.count
        outward[flow.source] += flow.count
    sizes = {name: max(inward[name], outward[name]) for name in columns}
    last = max(columns.values())
    stacks: dict[int, list[str]] = defaultdict(list)
    for name, column in columns.items():
        stacks[last if name in _END_COLOURS else column].append(name)
    height = max(sum(sizes[name] for name in stack) for stack in stacks.values())
    nodes = {}
    for column, stack in stacks.items():
        top = float(height)
        for name in stack:
            left = column / last * (1.0 - _NODE_WIDTH)
            nodes[name] = _Node(left, top, float(sizes[name]))
            top -= sizes[name] + _GAP * height
    return nodes


def _band_tops(
    flows: Sequence[Flow], nodes: Mapping[str, _Node], *, leaving: bool
) -> dict[Flow, float]:
    """Where the upper edge of each band leaves or enters a node.

    So that no bands cross needlessly, upper bands leave first, and bands from above and
    from nearby, which come down last, arrive first.

    Args:
        flows, nodes: Of the diagram; nodes by name.
        leaving: Whether bands leave their source here, or enter their target.
    """

    def rank(flow: Flow) -> tuple[float, ...]:
        if leaving:
            return (nodes[flow.target].top,)
        return nodes[flow.source].top, nodes[flow.source].left

    filled: dict[str, float] = defaultdict(float)
    tops = {}
    for flow in sorted(flows, key=rank, reverse=True):
        name = flow.source if leaving else flow.target
        tops[flow] = nodes[name].top - filled[name]
        filled[name] += flow.count
    return tops
