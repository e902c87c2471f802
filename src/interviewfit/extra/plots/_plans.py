"""Several processes at once: whose turn it is, and when to stop."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from interviewfit._model.fields import check_kind
from interviewfit._model.units import PercentOfPay
from interviewfit._model.vocabulary import Action
from interviewfit._portfolio.standing import in_percent
from interviewfit._results.plan import PlanRecord, RankedProcess
from interviewfit.extra.plots._axes import (
    Colour,
    axes_or_new,
    brief,
    finish,
    hours,
    name_rows,
    percent,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_plan"]

_MOST_SHOWN = 20
# Area of a dot, square points: the smallest, and of the largest worth.
_SMALLEST, _LARGEST = 24.0, 320.0


def draw_plan(found: PlanRecord, ax: Axes | None = None) -> Axes:
    """Processes in the order of a plan by their index, and the line at which to stop.

    The area of a dot is what the process adds to all the others; those that go first in
    any case stand at the right edge as triangles, those to leave are crosses. Of very
    many the first 20 are shown.

    Args:
        found: A plan.
        ax: Where to draw; a new figure if None.

    Raises:
        InvalidFieldError: If it is no plan.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit import Candidate, Opportunity, corporate, plan, small_firm
    >>> jobs = [
    ...     Opportunity(name="Acme", stages=corporate()),
    ...     Opportunity(name="Bolt", stages=small_firm()),
    ... ]
    >>> ax = draw_plan(plan(Candidate(), jobs))
    >>> [one.get_text() for one in ax.get_yticklabels()]
    ['1. Bolt', '2. Acme']
    """
    check_kind("draw_plan(found)", found, PlanRecord)
    shown = found.prospects[:_MOST_SHOWN]
    left = found.left[: _MOST_SHOWN - len(shown)]
    ax = axes_or_new(ax, 2.2 + 0.36 * (len(shown) + len(left)))
    low, high = _reach(found, [*shown, *left])
    _dots(ax, shown, (low, high))
    _crosses(ax, left, len(shown), low)
    _lines(ax, found)
    words = [f"{place}. {brief(one.name)}" for place, one in enumerate(shown, start=1)]
    words += [f"leave: {brief(one.name)}" for one in left]
    name_rows(ax, words)
    ax.set_ylim(max(len(words), 1) - 0.4, -0.6)
    ax.set_xlim(low, high)
    return finish(ax, _title(found), "index, % of pay")


def _reach(found: PlanRecord, rows: Sequence[RankedProcess]) -> tuple[float, float]:
    """From where to where: every index, every offer, 0, and room for the words."""
    marks = [found.stop_at, *(one.index for one in rows), *_offers(found)]
    seen = [0.0, *filter(isfinite, marks)]
    width = max(max(seen) - min(seen), 10.0)
    return min(seen) - 0.1 * width, max(seen) + 0.75 * width


def _offers(found: PlanRecord) -> list[PercentOfPay]:
    """What each offer on the table is worth, percent of pay."""
    return [in_percent(one.surplus, found.percent) for one in found.offers]


def _dots(ax: Axes, shown: Sequence[RankedProcess], reach: tuple[float, float]) -> None:
    """Processes to go on with."""
    low, high = reach
    largest = max((abs(one.worth) for one in shown), default=1.0) or 1.0
    first = low + 0.97 * (high - low)
    for anyway, marker, label in (
        (False, "o", "go on with (area: what it adds)"),
        (True, ">", "goes first in any case"),
    ):
        rows = [
            (row, one) for row, one in enumerate(shown) if isfinite(one.index) != anyway
        ]
        if not rows:
            continue
        ax.scatter(
            [first if anyway else one.index for _, one in rows],
            [row for row, _ in rows],
            s=[
                _SMALLEST + (_LARGEST - _SMALLEST) * abs(one.worth) / largest
                for _, one in rows
            ],
            marker=marker,
            color=Colour.BLUE,
            label=label,
            zorder=3,
        )
    for row, one in enumerate(shown):
        anyway = not isfinite(one.index)
        place = "first in any case" if anyway else percent(one.index)
        ax.annotate(
            f"{place}, adds {hours(one.worth)}",
            (first if anyway else one.index, row),
            xytext=(-12 if anyway else 12, 0),
            textcoords="offset points",
            horizontalalignment="right" if anyway else "left",
            verticalalignment="center",
            fontsize="small",
            # Legible where it crosses a line.
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )


def _crosses(ax: Axes, left: Sequence[RankedProcess], start: int, low: float) -> None:
    """Processes to leave; those that are over have no index and stand at the edge."""
    if left:
        ax.scatter(
            [max(one.index, low) for one in left],
            range(start, start + len(left)),
            marker="x",
            color=Colour.GREY,
            label="not worth more of your time",
            zorder=3,
            clip_on=False,
        )


def _lines(ax: Axes, found: PlanRecord) -> None:
    """Where to stop, and the offers on the table."""
    if found.prospects and isfinite(found.stop_at):
        ax.axvline(
            found.stop_at,
            color=Colour.GREEN,
            linewidth=2.0,
            linestyle="--",
            label=f"stop and accept from {percent(found.stop_at)} on",
        )
    for one, fit in zip(found.offers, _offers(found), strict=True):
        if isfinite(fit):
            ax.axvline(
                fit,
                color=Colour.VERMILION,
                linewidth=1.6,
                linestyle=":",
                label=f"offer of {brief(one.name)}",
            )


def _title(found: PlanRecord) -> str:
    """Whose turn it is, and when to stop."""
    taken = [one for one in found.offers if one.action is Action.ACCEPT_OFFER]
    if taken:
        return f"Accept the offer of {brief(taken[0].name)}: no process is worth more"
    if not found.prospects:
        return "No process is worth more of your time"
    start = f"Next: {brief(found.prospects[0].name)}"
    worth = f"the search is worth {hours(found.value)}"
    if not isfinite(found.stop_at):
        return f"{start}; {worth}"
    stop = f"stop once an offer is worth at least {percent(found.stop_at)}"
    return f"{start}; {stop}; {worth}"
