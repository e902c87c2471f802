"""A log of one's own: whether predictions came true, and where applications went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np

from interviewfit._model.fields import check_kind
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    Colour,
    axes_or_new,
    finish,
)
from interviewfit.history._backtest import Backtest
from interviewfit.history._log import History
from interviewfit.history._sankey import Flow, count_flows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_flows", "draw_reliability"]

_ENDS: Mapping[str, str] = {
    "Accepted": Colour.GREEN,
    "Declined": Colour.PURPLE,
    "Withdrew": Colour.PURPLE,
    "Rejected": Colour.VERMILION,
    "No answer": Colour.ORANGE,
    "Still open": Colour.GREY,
}
# Of words that a line may cross.
_LEGIBLE = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
# Of a flow diagram, in shares of its width and height.
_NODE, _GAP = 0.03, 0.09
_LONGEST_LABEL = 11
_HEAD = 1.08


def draw_reliability(found: Backtest, ax: Axes | None = None) -> Axes:
    """Chances foretold across, shares that came true up, with 95 % intervals.

    On the diagonal what was said is what came. Beside each dot stands how many
    predictions it is of.

    Args:
        found: What ``replay`` returned.
        ax: Where to draw; a new figure if None.

    Raises:
        InvalidFieldError: If no prediction has an outcome yet.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit.history import StageEvent, replay
    >>> days = [("applied", "2025-05-01"), ("screen", "2025-05-09")]
    >>> events = [StageEvent(process="a", kind=kind, on=day) for kind, day in days]
    >>> print(draw_reliability(replay(History(events=events))).get_title())
    Of 1 prediction, too few to tell
    """
    check_kind("draw_reliability(found)", found, Backtest)
    bins = found.reliability_bins()
    if not bins:
        raise InvalidFieldError(
            "draw_reliability(found)",
            "a replay with predictions whose outcome is known",
            len(found.forecasts),
            "Wait until some stages have ended.",
        )
    ax = axes_or_new(ax, 4.6)
    said = [one.mean_forecast for one in bins]
    came = [one.observed_share for one in bins]
    below = [one.observed_share - one.interval[0] for one in bins]
    above = [one.interval[1] - one.observed_share for one in bins]
    ends, label = [0.0, 1.0], "said is what came"
    ax.plot(ends, ends, color=Colour.GREY, linestyle="--", label=label)
    ax.errorbar(
        said,
        came,
        yerr=[below, above],
        fmt="o",
        color=Colour.BLUE,
        capsize=3.0,
        label="came true, and 95 % interval",
    )
    for one in bins:
        ax.annotate(
            f"{one.count}",
            (one.mean_forecast, one.observed_share),
            xytext=(5, 4),
            textcoords="offset points",
            fontsize="small",
            bbox=_LEGIBLE,
        )
    ax.set_xlim(0.0, 1.0)
    ax.set_ylim(-0.03, 1.08)
    return finish(ax, _judged(found), "chance foretold", "share that came true")


def _judged(found: Backtest) -> str:
    """Whether what was learned foretold more than the plain base rate."""
    count = sum(one.count for one in found.reliability_bins())
    several = f"{count:,} predictions" if count > 1 else "1 prediction"
    lead = found.brier_improvement()
    if lead is None:
        return f"Of {several}, too few to tell"
    gain, error = lead
    if abs(gain) < 2.0 * error:
        return f"{several}: too close to the base rate to tell them apart"
    better = "better" if gain > 0.0 else "worse"
    return (
        f"{several}: {better} than the base rate, by {abs(gain):.3f} (Brier score, "
        "lower is better)"
    )


def draw_flows(history: History, ax: Axes | None = None) -> Axes:
    """Where the applications of a search went: stages from left to right, ends at right.

    A band is as wide as it has processes; its colour is that of where it ends, and grey
    where it goes on.

    Args:
        history: The log.
        ax: Where to draw; a new figure if None.

    Raises:
        InvalidFieldError: If it is no history, or an empty one.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit.history import StageEvent
    >>> log = History(events=[StageEvent(process="a", kind="applied", on="2025-05-01")])
    >>> print(draw_flows(log).get_title())
    Of 1 process, none led to an offer
    """
    check_kind("draw_flows(history)", history, History)
    flows = count_flows(history)
    if not flows:
        raise InvalidFieldError(
            "draw_flows(history)", "a log with at least one stage reached", history
        )
    ax = axes_or_new(ax, 4.6)
    places = _places(flows)
    taken: dict[str, float] = defaultdict(float)
    given: dict[str, float] = defaultdict(float)
    # None cross needlessly: upper bands leave first, and those from above and from
    # near by, which come down last, arrive first.
    starts, stops = {}, {}
    for one in sorted(flows, key=lambda flow: -places[flow.target][1]):
        starts[one] = places[one.source][1] - taken[one.source]
        taken[one.source] += one.count
    for one in sorted(flows, key=lambda flow: places[flow.source][1::-1], reverse=True):
        stops[one] = places[one.target][1] - given[one.target]
        given[one.target] += one.count
    for one in flows:
        left, right = places[one.source][0] + _NODE, places[one.target][0]
        _band(ax, (left, starts[one]), (right, stops[one]), one)
    for name, (left, top, size) in places.items():
        colour = _ENDS.get(name, Colour.BLUE)
        ax.bar(left + 0.5 * _NODE, size, _NODE, top - size, color=colour)
        ax.annotate(
            "\n".join(wrap(f"{name} {size:,.0f}", _LONGEST_LABEL)),
            (left, top),
            xytext=(0, 3),
            textcoords="offset points",
            fontsize="small",
            parse_math=False,
        )
    # Room for the words of the highest.
    ax.set_ylim(top=_HEAD * max(top for _, top, _ in places.values()))
    ax.set_axis_off()
    return finish(ax, _led_to(history, flows))


def _places(flows: Sequence[Flow]) -> dict[str, tuple[float, float, float]]:
    """Of every node its left side, its top and its size.

    A node stands right of all that flow into it; the ends stand in the last column.
    """
    columns: dict[str, int] = {}
    size: dict[str, int] = defaultdict(int)
    for one in flows:
        columns[one.target] = max(
            columns.get(one.target, 0), columns.setdefault(one.source, 0) + 1
        )
    for name in columns:
        inward = sum(one.count for one in flows if one.target == name)
        outward = sum(one.count for one in flows if one.source == name)
        size[name] = max(inward, outward)
    last = max(columns.values())
    stacks: dict[int, list[str]] = defaultdict(list)
    for name, column in columns.items():
        stacks[last if name in _ENDS else column].append(name)
    whole = max(sum(size[name] for name in stack) for stack in stacks.values())
    found = {}
    for column, stack in stacks.items():
        top = float(whole)
        for name in stack:
            found[name] = (column / last * (1.0 - _NODE), top, float(size[name]))
            top -= size[name] + _GAP * whole
    return found


def _band(
    ax: Axes, start: tuple[float, float], stop: tuple[float, float], flow: Flow
) -> None:
    """A band of one flow, level at both ends."""
    along = np.linspace(0.0, 1.0, 41)
    rise = along * along * (3.0 - 2.0 * along)
    across = start[0] + (stop[0] - start[0]) * along
    upper = start[1] + (stop[1] - start[1]) * rise
    colour = _ENDS.get(flow.target, Colour.SKY)
    ax.fill_between(
        across,
        upper,
        upper - flow.count,
        color=colour,
        alpha=0.45,
        linewidth=0,
        label=f"{flow.source} to {flow.target}: {flow.count}",
    )


def _led_to(history: History, flows: Sequence[Flow]) -> str:
    """How many processes led to an offer."""
    count = len(history.events_by_process())
    offers = sum(one.count for one in flows if one.target == "Offer")
    several = f"{count:,} processes" if count != 1 else "1 process"
    if not offers:
        return f"Of {several}, none led to an offer"
    return f"Of {several}, {offers:,} led to an offer ({100 * offers / count:.0f} %)"
