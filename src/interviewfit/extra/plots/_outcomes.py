"""What may come of an answer, played out very many times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewfit._model.fields import check_kind
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._text.assessment_text import share_of
from interviewfit._text.labels import TERM_NAMES
from interviewfit.extra.plots._axes import (
    Colour,
    axes_or_new,
    brief,
    finish,
    hours,
    name_rows,
)
from interviewfit.simulation._outcomes import Outcomes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_outcomes"]

# Around 0 the axis is even; beyond so many hours it shrinks by powers of ten, for most
# careers cost a few hours and a few bring thousands.
_EVEN = 10.0
_ROOM = 1.4
_TICKS = (5.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0, 10_000.0)


def draw_outcomes(found: Outcomes, ax: Axes | None = None) -> Axes:
    """How widely an answer's outcomes spread: in all, and by what they are made of.

    The thin line holds nine careers of ten, the thick one the middle half; the dot is
    the middle, the diamond the mean. An offer that comes seldom has a mean far from
    its middle.

    Args:
        found: What ``simulate`` returned.
        ax: Where to draw; a new figure if None.

    Raises:
        InvalidFieldError: If it is no outcomes.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate, simulate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> ax = draw_outcomes(simulate(assess(Candidate(), job), 1000))
    >>> [one.get_text() for one in ax.get_yticklabels()][:2]
    ['in all', 'the offer it may lead to']
    """
    check_kind("draw_outcomes(found)", found, Outcomes)
    rows: list[tuple[str, QuantileSummary]] = [("in all", found.worth)]
    rows += [(TERM_NAMES[term], spread) for term, spread in found.terms.items()]
    ax = axes_or_new(ax, 2.2 + 0.36 * len(rows))
    for row, (_, spread) in enumerate(rows):
        colour = Colour.BLUE if not row else Colour.SKY
        ax.plot([spread.low, spread.high], [row, row], color=colour, linewidth=1.6)
        ax.plot([spread.lower, spread.upper], [row, row], color=colour, linewidth=7.0)
    places = range(len(rows))
    medians = [spread.median for _, spread in rows]
    means = [spread.mean for _, spread in rows]
    ax.plot(medians, places, "o", color=Colour.BLACK, markersize=5.0, label="middle")
    ax.plot(means, places, "D", color=Colour.ORANGE, markersize=6.0, label="mean")
    ax.axvline(0.0, color=Colour.GREY, linewidth=0.8)
    ax.set_xscale("symlog", linthresh=_EVEN)
    # Room on both sides, where the axis is even and where it shrinks.
    low, high = (_ROOM * one for one in ax.dataLim.intervalx)
    ax.set_xlim(min(low, -1.0), max(high, 1.0))
    ticks = sorted([*(-one for one in _TICKS), 0.0, *_TICKS])
    seen = [one for one in ticks if low <= one <= high]
    ax.set_xticks(seen, [f"{one:,.0f}".replace("-", "−") for one in seen])
    ax.minorticks_off()
    name_rows(ax, [name for name, _ in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    title = (
        f"{brief(found.title)}: {share_of(found.accepted)} end in a job, half are worth "
        f"{hours(found.worth.median)} or less, {share_of(found.well_spent)} were time "
        "well spent"
    )
    return finish(ax, title, "worth, hours of your time")
