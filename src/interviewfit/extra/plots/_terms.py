"""What a value is made of: a waterfall of its terms, and the spread of its outcomes."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from interviewfit._model.fields import check_kind
from interviewfit._model.vocabulary import TERM_NAMES, Action
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._results.assessment import Choice, Verdict
from interviewfit._text.assessment_text import ACTION_NAMES, share_of
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    VALUE_LABEL,
    Colour,
    axes_or_new,
    hours_text,
    label_axes,
    label_rows,
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
        MissingPackageError: If matplotlib is not installed.

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
        raise InvalidFieldError(
            "draw_terms(assessment)",
            "an assessment with a choice that is worth something",
            choice.action.value,
            "It costs and brings nothing.",
        )
    ranked = sorted(choice.terms.items(), key=lambda pair: -pair[1])
    sizes = [size for _, size in ranked]
    stops = list(accumulate(sizes))
    starts = [0.0, *stops[:-1]]
    ax = axes_or_new(ax, 1.6 + 0.36 * len(ranked))
    colours = [Colour.SKY if size > 0.0 else Colour.ORANGE for size in sizes]
    bars = ax.barh(
        range(len(sizes)), sizes, left=starts, color=colours, edgecolor="white"
    )
    for bar, size in zip(bars, sizes, strict=True):
        # Hatched, so that losses differ from gains without colour too.
        bar.set_hatch("" if size > 0.0 else "//")
    ax.barh(len(sizes), choice.worth, color=Colour.BLUE)
    for row, stop in enumerate(stops):
        ax.plot([stop, stop], [row - 0.4, row + 1.4], color=Colour.GREY, linewidth=0.8)
    texts = [f"{size:+,.1f}".replace("-", "−") for size in sizes]
    texts.append(hours_text(choice.worth))
    rights = [*map(max, starts, stops), max(choice.worth, 0.0)]
    for row, (right, text) in enumerate(zip(rights, texts, strict=True)):
        write_beside(ax, text, (right, row), 4)
    ax.axvline(0.0, color=Colour.GREY, linewidth=0.8)
    label_rows(ax, [*(TERM_NAMES[term] for term, _ in ranked), "value"])
    # Room for the number beside the longest bar.
    ends = [0.0, *stops]
    width = max(ends) - min(ends)
    ax.set_xlim(min(ends) - 0.04 * width, max(ends) + 0.16 * width)
    return label_axes(ax, _title(assessment, choice), VALUE_LABEL)


def _title(assessment: Verdict, choice: Choice) -> str:
    """The value of an action and its largest term, in words.

    Args:
        assessment: What ``assess`` returned.
        choice: The action that is shown.
    """
    largest = max(choice.terms, key=lambda term: abs(choice.terms[term]))
    if len(choice.terms) == 1:
        share = ", all of it"
    elif choice.terms[largest] * choice.worth > 0.0:
        share = ", most of it"
    else:
        share = "; the largest term is"
    return (
        f"{shorten(assessment.opportunity)}: {ACTION_NAMES[choice.action]} is worth "
        f"{hours_text(choice.worth)}{share} {TERM_NAMES[largest]}"
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
