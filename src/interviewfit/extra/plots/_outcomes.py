"""How widely the simulated outcomes of a decision or a plan are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewfit._model.fields import check_kind
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._text.assessment_text import share_of
from interviewfit._text.labels import TERM_NAMES
from interviewfit.extra.plots._axes import (
    VALUE_LABEL,
    Colour,
    axes_or_new,
    hours_text,
    label_axes,
    label_rows,
    shorten,
)
from interviewfit.simulation._outcomes import Outcomes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_outcomes"]

# The axis is linear up to so many hours and logarithmic beyond, because most searches
# cost a few hours and a few bring thousands.
_LINEAR = 10.0
_MARGIN = 1.4
_TICKS = (5.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0, 10_000.0)


def draw_outcomes(outcomes: Outcomes, ax: Axes | None = None) -> Axes:
    """The spread of simulated outcomes: of the whole value, and of each of its terms.

    The thin line holds nine searches of ten, the thick one the middle half; the dot is
    the median, the diamond the mean. An offer that seldom comes has a mean well above
    its median.

    Args:
        outcomes: What ``simulate`` returned.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If it is not ``Outcomes``.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate, simulate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> ax = draw_outcomes(simulate(assess(Candidate(), job), 1000))
    >>> [label.get_text() for label in ax.get_yticklabels()][:2]
    ['value', 'the offer it may lead to']
    """
    check_kind("draw_outcomes(outcomes)", outcomes, Outcomes)
    rows: list[tuple[str, QuantileSummary]] = [("value", outcomes.worth)]
    rows += [(TERM_NAMES[term], spread) for term, spread in outcomes.terms.items()]
    ax = axes_or_new(ax, 2.2 + 0.36 * len(rows))
    for row, (_, spread) in enumerate(rows):
        colour = Colour.BLUE if not row else Colour.SKY
        ax.plot([spread.low, spread.high], [row, row], color=colour, linewidth=1.6)
        ax.plot([spread.lower, spread.upper], [row, row], color=colour, linewidth=7.0)
    medians = [spread.median for _, spread in rows]
    means = [spread.mean for _, spread in rows]
    ys = range(len(rows))
    ax.plot(medians, ys, "o", color=Colour.BLACK, markersize=5.0, label="median")
    ax.plot(means, ys, "D", color=Colour.ORANGE, markersize=6.0, label="mean")
    ax.axvline(0.0, color=Colour.GREY, linewidth=0.8)
    ax.set_xscale("symlog", linthresh=_LINEAR)
    low, high = (_MARGIN * end for end in ax.dataLim.intervalx)
    ax.set_xlim(min(low, -1.0), max(high, 1.0))
    ticks = sorted([*(-tick for tick in _TICKS), 0.0, *_TICKS])
    shown = [tick for tick in ticks if low <= tick <= high]
    ax.set_xticks(shown, [f"{tick:,.0f}".replace("-", "−") for tick in shown])
    ax.minorticks_off()
    label_rows(ax, [name for name, _ in rows])
    title = (
        f"{shorten(outcomes.title)}: {share_of(outcomes.accepted)} end in a job, half "
        f"are worth {hours_text(outcomes.worth.median)} or less, "
        f"{share_of(outcomes.well_spent)} were time well spent"
    )
    return label_axes(ax, title, VALUE_LABEL)
