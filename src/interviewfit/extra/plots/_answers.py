"""Answers: a waterfall of terms, the spread of outcomes, a plan along its indices."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, cycle
from math import isfinite
from typing import TYPE_CHECKING

from interviewfit._assessment.evaluation import to_percent
from interviewfit._model.fields import check_kind
from interviewfit._model.vocabulary import TERM_NAMES, Action
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._results.assessment import Choice, Verdict
from interviewfit._results.plan import PlanRecord, RankedProcess
from interviewfit._text.amounts import share_of
from interviewfit._text.assessment_text import ACTION_NAMES
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    VALUE_LABEL,
    Colour,
    axes_or_new,
    hours_text,
    ink,
    label_axes,
    label_box,
    label_rows,
    percent_text,
    shorten,
    write_beside,
)
from interviewfit.simulation._outcomes import Outcomes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The axis is linear up to so many hours and logarithmic beyond, because most searches
# cost a few hours and a few bring thousands.
_LINEAR = 10.0
_MARGIN = 1.4
_TICKS = (5.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0, 10_000.0)
_MOST_SHOWN = 20
# Area of the smallest dot and of the largest, square points.
_SMALLEST, _LARGEST = 24.0, 320.0

_OFFER_STYLES = (
    (Colour.VERMILION, ":"),
    (Colour.PURPLE, "-."),
    (Colour.BLUE, (0, (6, 2))),
    (Colour.ORANGE, (0, (1, 4))),
)


def draw_terms(
    assessment: Verdict, ax: Axes | None = None, *, action: Action | str | None = None
) -> Axes:
    """A waterfall of the terms of an action, gains first, ending at its value.

    Args:
        assessment: What ``assess`` returned.
        ax: Axes to draw on; those of a new figure if None.
        action: The open action to show; if None the best one, or going on where leaving
            is best.

    Raises:
        InvalidFieldError: If the action is not open, or it has no terms.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> print(draw_terms(assess(Candidate(), job)).get_title())
    Acme: taking it is worth 12.3 h,
    most of it the offer it may lead to
    """
    check_kind("draw_terms(assessment)", assessment, Verdict)
    choice = assessment.displayed_choice
    if action is not None:
        choices = {choice.action: choice for choice in assessment.choices}
        if action not in choices:
            expected = f"an action that is open: {', '.join(choices)}"
            raise InvalidFieldError("draw_terms(action)", expected, action)
        choice = choices[Action(action)]
    if not choice.terms:
        where, remedy = "draw_terms(assessment)", "It costs and brings nothing."
        expected = "an assessment with a choice that is worth something"
        raise InvalidFieldError(where, expected, choice.action.value, remedy)
    ranked = sorted(choice.terms.items(), key=lambda pair: -pair[1])
    sizes = [size for _, size in ranked]
    stops = list(accumulate(sizes))
    starts = [0.0, *stops[:-1]]
    ax = axes_or_new(ax, 1.6 + 0.36 * len(ranked))
    colours = [Colour.SKY if size > 0.0 else Colour.ORANGE for size in sizes]
    bars = ax.barh(
        range(len(sizes)),
        sizes,
        left=starts,
        color=colours,
        edgecolor=ax.get_facecolor(),
    )
    for bar, size in zip(bars, sizes, strict=True):
        # Hatched, so that losses differ from gains without colour too.
        bar.set_hatch("" if size > 0.0 else "//")
    for number, name in ((0, "gain"), (len(sizes) - 1, "cost")):
        if (sizes[number] > 0.0) == (name == "gain"):
            bars.patches[number].set_label(name)
    ax.barh(len(sizes), choice.value, color=Colour.BLUE, label="value, their sum")
    for row, stop in enumerate(stops):
        ax.plot([stop, stop], [row - 0.4, row + 1.4], color=Colour.GREY, linewidth=0.8)
    texts = [f"{size:+,.1f}".replace("-", "−") for size in sizes]
    texts.append(hours_text(choice.value))
    rights = [*map(max, starts, stops), max(choice.value, 0.0)]
    for row, (right, text) in enumerate(zip(rights, texts, strict=True)):
        write_beside(ax, text, (right, row), 4)
    ax.axvline(0.0, color=Colour.GREY, linewidth=0.8)
    label_rows(ax, [*(TERM_NAMES[term] for term, _ in ranked), "value"])
    # Room for the number beside the longest bar.
    ends = [0.0, *stops]
    width = max(ends) - min(ends)
    ax.set_xlim(min(ends) - 0.04 * width, max(ends) + 0.16 * width)
    return label_axes(ax, _terms_title(assessment, choice), VALUE_LABEL)


def _terms_title(assessment: Verdict, choice: Choice) -> str:
    """The value of an action and its largest term, in words.

    Args:
        assessment, choice: What ``assess`` returned, and the action that is shown.
    """
    largest = max(choice.terms, key=lambda term: abs(choice.terms[term]))
    if len(choice.terms) == 1:
        share = ", all of it"
    elif choice.terms[largest] * choice.value > 0.0:
        share = ", most of it"
    else:
        share = "; the largest term is"
    return (
        f"{shorten(assessment.opportunity)}: {ACTION_NAMES[choice.action]} is worth "
        f"{hours_text(choice.value)}{share} {TERM_NAMES[largest]}"
    )


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

    >>> from interviewfit import Candidate, Opportunity, assess, corporate, simulate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> ax = draw_outcomes(simulate(assess(Candidate(), job), 1000))
    >>> [label.get_text() for label in ax.get_yticklabels()][:2]
    ['value', 'the offer it may lead to']
    """
    check_kind("draw_outcomes(outcomes)", outcomes, Outcomes)
    rows: list[tuple[str, QuantileSummary]] = [("value", outcomes.value)]
    rows += [(TERM_NAMES[term], spread) for term, spread in outcomes.terms.items()]
    ax = axes_or_new(ax, 2.2 + 0.36 * len(rows))
    for row, (_, spread) in enumerate(rows):
        colour = Colour.BLUE if not row else Colour.SKY
        wide, half = [spread.low, spread.high], [spread.lower, spread.upper]
        labels = ("_wide", "_half") if row else ("nine of ten", "middle half")
        ax.plot(wide, [row, row], color=colour, linewidth=1.6, label=labels[0])
        ax.plot(half, [row, row], color=colour, linewidth=7.0, label=labels[1])
    medians = [spread.median for _, spread in rows]
    means = [spread.mean for _, spread in rows]
    ys = range(len(rows))
    ax.plot(medians, ys, "o", color=ink(ax), markersize=5.0, label="median")
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
        f"are worth {hours_text(outcomes.value.median)} or less, "
        f"{share_of(outcomes.well_spent)} were time well spent"
    )
    return label_axes(ax, title, VALUE_LABEL)


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
    indices = [process.index for process in (*shown, *left)]
    marks = [plan.reservation_value, *offers, *indices]
    finite = [0.0, *filter(isfinite, marks)]
    width = max(max(finite) - min(finite), 10.0)
    low, high = min(finite) - 0.1 * width, max(finite) + 0.75 * width
    _draw_processes(ax, shown, low + 0.97 * (high - low))
    if left:
        ax.scatter(
            # Whatever has no finite index stands at an edge.
            [min(max(process.index, low), high) for process in left],
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
    # Several offers are told apart, by colour and in a grey print.
    styles = cycle(_OFFER_STYLES)
    for offer, fit, (colour, line) in zip(plan.offers, offers, styles, strict=False):
        if isfinite(fit):
            label = f"offer of {shorten(offer.name)}"
            ax.axvline(fit, color=colour, lw=1.6, linestyle=line, label=label)
    names = [f"{row}. {shorten(job.name)}" for row, job in enumerate(shown, start=1)]
    label_rows(ax, [*names, *(f"leave: {shorten(job.name)}" for job in left)])
    ax.set_xlim(low, high)
    return label_axes(ax, _plan_title(plan), "index, % of pay")


def _draw_processes(ax: Axes, shown: Sequence[RankedProcess], edge: float) -> None:
    """Draw the processes to go on with, each in a row with its index and its value.

    Args:
        ax, shown: Axes to draw on, and the processes in their order.
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
            write_beside(ax, text, point, -12 if is_first else 12, bbox=label_box(ax))


def _plan_title(plan: PlanRecord) -> str:
    """What comes next, and when to stop."""
    for offer in plan.offers:
        if offer.action is Action.ACCEPT_OFFER:
            name = shorten(offer.name)
            return f"Accept the offer of {name}: no process is worth more"
    if not plan.ranked:
        return "No process is worth more of your time"
    start = f"Next: {shorten(plan.ranked[0].name)}"
    value = f"the search is worth {hours_text(plan.value)}"
    if not isfinite(plan.reservation_value):
        return f"{start}; {value}"
    least = percent_text(plan.reservation_value)
    return f"{start}; stop once an offer is worth at least {least}; {value}"
