"""The coming weeks: stages on their days, last days to answer, where it is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._results.plan import PlanRecord
from interviewfit._text.calendar_text import day_name
from interviewfit._text.plan_text import offer_words
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    Colour,
    axes_or_new,
    label_axes,
    label_rows,
    shorten,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_Event: TypeAlias = tuple[int, date, str, str]
"""Row, day, what it is, and its kind."""

_STYLES = {
    "stage, on a stated day": (Colour.BLUE, "o"),
    "stage, day assumed": (Colour.SKY, "o"),
    "answer by": (Colour.VERMILION, "D"),
    "decide": (Colour.YELLOW, "*"),
}
_MOST_TICKS = 8


def draw_calendar(plan: PlanRecord, ax: Axes | None = None) -> Axes:
    """The coming weeks of a plan: days across, an opportunity in each row.

    Stages that are on a stated day, and those whose day follows from the days that
    answers take; last days to answer; and the days on which something is decided.

    Args:
        plan: What ``plan(..., today=...)`` returned.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If the plan has no day, because nothing in it has a date.

    >>> from interviewfit import Candidate, Opportunity, Position, corporate, plan
    >>> offer = Opportunity(
    ...     name="Kestrel",
    ...     stages=corporate(),
    ...     position=Position(phase="offered"),
    ...     answer_by="2026-12-04",
    ... )
    >>> ax = draw_calendar(plan(Candidate(), [offer], today="2026-11-30"))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Kestrel']
    """
    check_kind("draw_calendar(plan)", plan, PlanRecord)
    if plan.today is None:
        expected = "a plan with a day"
        remedy = "Use plan(..., today=...) where something must be answered by a date."
        raise InvalidFieldError("draw_calendar(plan)", expected, plan, remedy)
    jobs = [
        job for job in plan.opportunities if job.position.phase is not Phase.REJECTED
    ]
    ax = axes_or_new(ax, 1.9 + 0.42 * len(jobs))
    events = list(_events(jobs, plan, plan.today))
    for kind, (colour, marker) in _STYLES.items():
        shown = [(on, row) for row, on, _, name in events if name == kind]
        if shown:
            ax.scatter(
                [(on - plan.today).days for on, _ in shown],
                [row for _, row in shown],
                s=55.0,
                color=colour,
                edgecolors=Colour.BLACK if kind == "decide" else colour,
                linewidths=0.6,
                marker=marker,
                label=kind,
                zorder=3,
            )
    last = max([1, *((on - plan.today).days for _, on, _, _ in events)])
    for row, on, words, kind in events:
        if kind != "decide":
            ax.annotate(
                shorten(words),
                ((on - plan.today).days, row),
                xytext=(0.0, 7.0),
                textcoords="offset points",
                horizontalalignment="center",
                fontsize="x-small",
                parse_math=False,
            )
    ax.axvline(0.0, color=Colour.GREY, linewidth=0.8)
    step = max(1, -(-last // _MOST_TICKS))
    ticks = list(range(0, last + step, step))
    names = [
        day_name(plan.today + timedelta(days=day)).partition(" ")[2] for day in ticks
    ]
    ax.set_xticks(ticks, names)
    ax.set_xlim(-0.5, last + 0.8)
    label_rows(ax, [job.name for job in jobs])
    return label_axes(ax, _title(plan), "day")


def _events(
    jobs: Sequence[Opportunity], plan: PlanRecord, today: date
) -> Iterator[_Event]:
    """Yield everything that has a day.

    Args:
        jobs: One in each row.
        plan, today: The plan, and its day.
    """
    usual = round(plan.search.assumptions["days_between"])
    stages = plan.rule.stages if plan.rule else ()
    deciding = {(stage.opportunity, stage.on) for stage in stages}
    for row, job in enumerate(jobs):
        if job.answer_by is not None:
            yield row, job.answer_by, day_name(job.answer_by), "answer by"
            yield row, job.answer_by, "", "decide"
        if job.position.phase not in (Phase.BEFORE, Phase.MIDWAY):
            continue
        on, kind = job.next_on, "stage, on a stated day"
        if on is None:
            inside = job.position.phase is Phase.MIDWAY
            on = today if inside else today + timedelta(days=usual)
            kind = "stage, day assumed"
        for stage in job.stages[job.position.stage :]:
            yield row, on, stage.title, kind
            if (job.name, on) in deciding:
                yield row, on, "", "decide"
            on += timedelta(days=round(stage.days or usual))
            kind = "stage, day assumed"


def _title(plan: PlanRecord) -> str:
    """What the plan does about the first offer, or when it decides next."""
    dated = [offer for offer in plan.offers if offer.answer_by is not None]
    if dated:
        first = min(dated, key=lambda offer: offer.answer_by or date.max)
        return f"{first.name}: {offer_words(first)}"
    hurried = [row.name for row in plan.ranked if row.action is Action.HURRY]
    if hurried:
        return f"{hurried[0]}: ask for an earlier date"
    return f"The coming weeks, from {day_name(plan.today)}" if plan.today else ""
