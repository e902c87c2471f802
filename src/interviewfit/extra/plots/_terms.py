"""What the worth of a choice is made of, as a waterfall."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from interviewfit._model.fields import check_kind
from interviewfit._model.vocabulary import Action
from interviewfit._results.assessment import Choice, Verdict
from interviewfit._text.assessment_text import ACTION_NAMES
from interviewfit._text.labels import TERM_NAMES
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    Colour,
    axes_or_new,
    brief,
    finish,
    hours,
    name_rows,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_terms"]


def draw_terms(
    found: Verdict, ax: Axes | None = None, *, action: Action | str | None = None
) -> Axes:
    """The terms of a choice, gains first, one beginning where the last ends.

    Args:
        found: An assessment.
        ax: Where to draw; a new figure if None.
        action: Of which open action; None for the best, or for going on where leaving
            is best.

    Raises:
        InvalidFieldError: If the action is not open, or nothing is to be shown.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> print(draw_terms(assess(Candidate(), job)).get_title())
    Acme: taking it is worth 12.3 h,
    most of it the offer it may lead to
    """
    check_kind("draw_terms(found)", found, Verdict)
    choice = found.subject if action is None else _of(found, action)
    if not choice.terms:
        raise InvalidFieldError(
            "draw_terms(found)",
            "an assessment with a choice that is worth something",
            choice.action.value,
            "It costs and brings nothing.",
        )
    ranked = sorted(choice.terms.items(), key=lambda pair: -pair[1])
    words = [TERM_NAMES[term] for term, _ in ranked]
    sizes = [worth for _, worth in ranked]
    stops = list(accumulate(sizes))
    starts = [0.0, *stops[:-1]]
    ax = axes_or_new(ax, 1.6 + 0.36 * len(ranked))
    colours = [Colour.SKY if size > 0.0 else Colour.ORANGE for size in sizes]
    bars = ax.barh(
        range(len(sizes)), sizes, left=starts, color=colours, edgecolor="white"
    )
    for bar, size in zip(bars, sizes, strict=True):
        # Losses differ from gains without colour, too.
        bar.set_hatch("" if size > 0.0 else "//")
    ax.barh(len(sizes), choice.worth, color=Colour.BLUE)
    for row, (stop, size) in enumerate(zip(stops, sizes, strict=True)):
        ax.plot([stop, stop], [row - 0.4, row + 1.4], color=Colour.GREY, linewidth=0.8)
        _number(ax, row, max(stop, stop - size), f"{size:+,.1f}".replace("-", "−"))
    _number(ax, len(sizes), max(choice.worth, 0.0), hours(choice.worth))
    ax.axvline(0.0, color=Colour.GREY, linewidth=0.8)
    name_rows(ax, [*words, "worth"])
    ax.set_ylim(len(sizes) + 0.6, -0.6)
    ends = [0.0, *stops]
    # Room for the number beside the longest.
    room = max(ends) - min(ends)
    ax.set_xlim(min(ends) - 0.04 * room, max(ends) + 0.16 * room)
    return finish(ax, _title(found, choice), "hours of your time")


def _of(found: Verdict, action: Action | str) -> Choice:
    for one in found.choices:
        if one.action == action:
            return one
    open_ = ", ".join(one.action.value for one in found.choices)
    raise InvalidFieldError("draw_terms(action)", f"one that is open: {open_}", action)


def _number(ax: Axes, row: int, right: float, words: str) -> None:
    """A number beside the right end of a bar."""
    ax.annotate(
        words,
        (right, row),
        xytext=(4, 0),
        textcoords="offset points",
        verticalalignment="center",
        fontsize="small",
    )


def _title(found: Verdict, choice: Choice) -> str:
    """What it is worth, and which term is the largest."""
    words, worth = ACTION_NAMES[choice.action], hours(choice.worth)
    term = max(choice.terms, key=lambda one: abs(choice.terms[one]))
    name = brief(found.opportunity)
    if len(choice.terms) == 1:
        return f"{name}: {words} is worth {worth}, all of it {TERM_NAMES[term]}"
    if choice.terms[term] * choice.worth > 0.0:
        return f"{name}: {words} is worth {worth}, most of it {TERM_NAMES[term]}"
    return f"{name}: {words} is worth {worth}; the largest part is {TERM_NAMES[term]}"
