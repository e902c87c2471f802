"""A plan: its processes along the line of their index, and where to stop."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from interviewfit._assessment.evaluation import to_percent
from interviewfit._model.fields import check_kind
from interviewfit._model.vocabulary import Action
from interviewfit._results.plan import PlanRecord, RankedProcess
from interviewfit.extra.plots._axes import (
    LABEL_BOX,
    Colour,
    axes_or_new,
    hours_text,
    label_axes,
    label_rows,
    percent_text,
    shorten,
    write_beside,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_SHOWN = 20
# Area of the smallest dot and of the largest, square points.
_SMALLEST, _LARGEST = 24.0, 320.0


def draw_plan(plan: PlanRecord, ax: Axes | None = None) -> Axes:
    """Processes in the order of a plan, each at its index, and where to stop.

    The area of a dot is what the process adds to all others. Processes that come first
    whatever the others are worth stand at the right edge as triangles; processes to
    leave are crosses. Of very many the first 20 are shown.

    Args:
        plan: What ``plan`` returned.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If it is not a plan.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit import Candidate, Opportunity, corporate, plan, small_firm
    >>> jobs = [
    ...     Opportunity(name="Acme", stages=corporate()),
    ...     Opportunity(name="Bolt", stages=small_firm()),
    ... ]
    >>> ax = draw_plan(plan(Candidate(), jobs))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['1. Bolt', '2. Acme']
    """
    check_kind("draw_plan(plan)", plan, PlanRecord)
    shown = plan.ranked[:_MOST_SHOWN]
    left = plan.to_leave[: _MOST_SHOWN - len(shown)]
    ax = axes_or_new(ax, 2.2 + 0.36 * (len(shown) + len(left)))
    surpluses = [offer.surplus_hours for offer in plan.offers]
    offers = to_percent(surpluses, plan.hours_per_percent).tolist()
    # Every index, every offer and 0 are shown, with room for the words beside them.
    marks = [
        plan.reservation_value,
        *offers,
        *(process.index for process in (*shown, *left)),
    ]
    finite = [0.0, *filter(isfinite, marks)]
    width = max(max(finite) - min(finite), 10.0)
    low, high = min(finite) - 0.1 * width, max(finite) + 0.75 * width
    _draw_processes(ax, shown, low + 0.97 * (high - low))
    if left:
        ax.scatter(
            # A process that is over has no index and stands at the edge.
            [max(process.index, low) for process in left],
            range(len(shown), len(shown) + len(left)),
            marker="x",
            color=Colour.GREY,
            label="not worth more of your time",
            zorder=3,
            clip_on=False,
        )
    if plan.ranked and isfinite(plan.reservation_value):
        ax.axvline(
            plan.reservation_value,
            color=Colour.GREEN,
            linewidth=2.0,
            linestyle="--",
            label=f"stop once an offer is worth {percent_text(plan.reservation_value)}",
        )
    for offer, fit in zip(plan.offers, offers, strict=True):
        if isfinite(fit):
            label = f"offer of {shorten(offer.name)}"
            ax.axvline(fit, color=Colour.VERMILION, lw=1.6, linestyle=":", label=label)
    names = [
        f"{number}. {shorten(process.name)}"
        for number, process in enumerate(shown, start=1)
    ]
    label_rows(ax, [*names, *(f"leave: {shorten(process.name)}" for process in left)])
    ax.set_xlim(low, high)
    return label_axes(ax, _title(plan), "index, % of pay")


def _draw_processes(ax: Axes, shown: Sequence[RankedProcess], edge: float) -> None:
    """Draw the processes to go on with, each in a row with its index and its value.

    Args:
        ax: Axes to draw on.
        shown: The processes, in their order.
        edge: Where those that have no finite index stand, percent of pay.
    """
    sizes = [abs(process.marginal_value) for process in shown]
    scale = (_LARGEST - _SMALLEST) / (max(sizes, default=0.0) or 1.0)
    for is_first, marker, label in (
        (False, "o", "go on with (area: what it adds)"),
        (True, ">", "do first, whatever the others are worth"),
    ):
        rows = [
            (row, process)
            for row, process in enumerate(shown)
            if isfinite(process.index) != is_first
        ]
        if not rows:
            continue
        ax.scatter(
            [edge if is_first else process.index for _, process in rows],
            [row for row, _ in rows],
            s=[_SMALLEST + scale * sizes[row] for row, _ in rows],
            marker=marker,
            color=Colour.BLUE,
            label=label,
            zorder=3,
        )
        for row, process in rows:
            index = "do first" if is_first else percent_text(process.index)
            text = f"{index}, adds {hours_text(process.marginal_value)}"
            point = (edge if is_first else process.index, row)
            write_beside(ax, text, point, -12 if is_first else 12, bbox=LABEL_BOX)


def _title(plan: PlanRecord) -> str:
    """What comes next, and when to stop."""
    for offer in plan.offers:
        if offer.action is Action.ACCEPT_OFFER:
            return (
                f"Accept the offer of {shorten(offer.name)}: no process is worth more"
            )
    if not plan.ranked:
        return "No process is worth more of your time"
    start = f"Next: {shorten(plan.ranked[0].name)}"
    value = f"the search is worth {hours_text(plan.value)}"
    if not isfinite(plan.reservation_value):
        return f"{start}; {value}"
    stop = (
        f"stop once an offer is worth at least {percent_text(plan.reservation_value)}"
    )
    return f"{start}; {stop}; {value}"
