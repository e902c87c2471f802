"""One process: where each of its decisions turns, and what going on is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, isfinite
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._assessment.alternatives import (
    Alternative,
    alternatives,
    compile_problem,
)
from interviewfit._assessment.assessing import Assessment
from interviewfit._competition.chains import solve_steps
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.fields import check_kind
from interviewfit._model.units import PercentOfPay
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, fsum
from interviewfit._process.compilation import Process
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    Colour,
    axes_or_new,
    brief,
    finish,
    hours,
    name_rows,
    percent,
    surplus_label,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_map", "draw_value"]

_REGIONS = {
    "go on": (Colour.SKY, ""),
    "finish politely": (Colour.YELLOW, ".."),
    "withdraw politely": (Colour.ORANGE, "//"),
    "leave": (Colour.VERMILION, "xx"),
}
# In the order of the courses: leave, go on, and what may come before going on.
_LINES = (
    (Colour.VERMILION, "--"),
    (Colour.BLUE, "-"),
    (Colour.PURPLE, "-."),
    (Colour.GREEN, ":"),
)
_VERBS = {Phase.MIDWAY: "staying", Phase.OFFERED: "accepting"}
_POINTS = 121
# A map shows at least so many standard deviations of what is believed.
_REACH = 2.5
# And no more than so many percent of pay, however far a threshold lies.
_WIDEST = 150.0


_Region: TypeAlias = tuple[int, str, PercentOfPay, PercentOfPay]


@frozen(eq=False)
class _Ground:
    """What a picture of an assessment is drawn from."""

    process: Process[float]
    courses: tuple[Alternative[float], ...]
    rivals: RivalDistribution | None

    @classmethod
    def of(cls, found: Assessment, where: str) -> _Ground:
        check_kind(where, found, Assessment)
        problem = compile_problem(found.decision)
        return cls(problem.process, alternatives(problem), problem.rivals)


def draw_map(found: Assessment, ax: Axes | None = None) -> Axes:
    """Where each decision of a process turns: what is believed across, its steps down.

    Right of the line of a step one goes on. In mid-interview one may finish politely
    instead, or leave. On top is what is believed now, with its spread.

    Args:
        found: With steps ahead.
        ax: Where to draw; a new figure if None.

    Raises:
        InvalidFieldError: If there is no step ahead: an offer, or a process that is
            over.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> ax = draw_map(assess(Candidate(), job))
    >>> [one.get_text() for one in ax.get_yticklabels()][:3]
    ['before hr screen', 'in hr screen', 'before hiring manager']
    """
    ground = _Ground.of(found, "draw_map(found)")
    steps = ground.process.steps
    if not steps:
        raise InvalidFieldError(
            "draw_map(found)",
            "an assessment with steps ahead",
            found.phase.value,
            "draw_value shows what an offer is worth.",
        )
    ax = axes_or_new(ax, 1.9 + 0.36 * len(steps))
    low, high = _reach(found, [one.fit for one in found.thresholds])
    regions = list(_regions(found, ground.process))
    for name, (colour, hatch) in _REGIONS.items():
        bars = [
            (row, max(start, low), min(stop, high))
            for row, region, start, stop in regions
            if region == name and max(start, low) < min(stop, high)
        ]
        ax.barh(
            [row for row, _, _ in bars],
            [stop - start for _, start, stop in bars],
            left=[start for _, start, _ in bars],
            height=0.86,
            color=colour,
            edgecolor="white",
            hatch=hatch,
            linewidth=0.5,
            label=name if bars else f"_{name}",
        )
    _belief(ax, found, len(steps))
    words = [
        f"{'before' if one.phase is Phase.BEFORE else 'in'} {brief(one.title)}"
        for one in steps
    ]
    name_rows(ax, words)
    ax.set_ylim(len(steps) - 0.5, -1.85)
    ax.set_xlim(low, high)
    return finish(ax, _map_title(found, regions), surplus_label())


def _regions(found: Assessment, process: Process[float]) -> Iterator[_Region]:
    """Row by row what to do, and from which fit to which."""
    turns = [one.fit for one in found.thresholds]
    # After the last step comes the offer, which must be worth something.
    last = 0.0 if process.percent else inf
    for row, (step, turn, after) in enumerate(
        zip(process.steps, turns, [*turns[1:], last], strict=True)
    ):
        if step.phase is Phase.BEFORE:
            yield row, "withdraw politely", -inf, turn
            yield row, "go on", turn, inf
            continue
        drift = step.drift / process.percent if process.percent else 0.0
        goes = max(turn, after - drift)
        yield row, "leave", -inf, turn
        yield row, "finish politely", turn, goes
        yield row, "go on", goes, inf


def _reach(
    found: Assessment, turns: list[PercentOfPay]
) -> tuple[PercentOfPay, PercentOfPay]:
    """From where to where a picture goes: what is believed, 0, and the thresholds."""
    spread = max(_REACH * found.sd, 5.0)
    seen = [one for one in turns if abs(one - found.mean) <= _WIDEST]
    low = min(found.mean - spread, -5.0, *(one - 8.0 for one in seen))
    high = max(found.mean + spread, 5.0, *(one + 8.0 for one in seen))
    return low, high


def _belief(ax: Axes, found: Assessment, steps: int) -> None:
    """A bell above the steps, and a line down from its middle."""
    base, tall = -0.55, 1.2
    across = np.linspace(-3.0, 3.0, 121)
    ax.fill_between(
        found.mean + found.sd * across,
        base,
        base - tall * np.exp(-0.5 * across * across),
        color=Colour.GREY,
        alpha=0.45,
        linewidth=0,
    )
    ax.plot(
        [found.mean, found.mean],
        [base - tall, steps - 0.5],
        color=Colour.BLACK,
        linestyle="--",
        linewidth=1.4,
        label="believed now",
    )


def _map_title(found: Assessment, regions: Sequence[_Region]) -> str:
    """What to do, and where that turns at the first step."""
    here = found.thresholds[0]
    start = f"{brief(found.opportunity)}: {HEADLINES[found.action]}"
    if found.hard_stops:
        met = brief(", ".join(found.hard_stops))
        return f"{start}. It meets a dealbreaker ({met}); the map is aside from it"
    turn, out = here.fit, ""
    if here.phase is Phase.MIDWAY:
        turn = next(first for _, name, first, _ in regions if name == "go on")
        if isfinite(here.fit):
            out = f", leave below {percent(here.fit)}"
            out = ", else leave" if turn == here.fit else out
    return f"{start}. Go on {_above(turn)}{out}; you believe {percent(found.mean)}"


def _above(fit: PercentOfPay) -> str:
    """A threshold in words."""
    if isfinite(fit):
        return f"while fit is above {percent(fit)}"
    return "whatever the fit" if fit < 0.0 else "for no fit at all"


def draw_value(found: Assessment, ax: Axes | None = None) -> Axes:
    """What each open action is worth, by what is believed of the fit.

    Where going on crosses leaving is the threshold. Side gains and costs stay as they
    are; only the middle of the belief moves.

    Args:
        found: With more than one action open.
        ax: Where to draw; a new figure if None.

    Raises:
        InvalidFieldError: If the process is over.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> print(draw_value(assess(Candidate(), job)).get_title())
    Acme: going on pays while fit is above
    −26 %. At −8 %: take it, worth 12.3 h
    """
    ground = _Ground.of(found, "draw_value(found)")
    if found.runner_up is None:
        raise InvalidFieldError(
            "draw_value(found)",
            "an assessment with a choice",
            found.phase.value,
            "There is nothing left to decide.",
        )
    ax = axes_or_new(ax)
    turn = _turn(found, ground)
    low, high = _reach(found, [turn])
    # The lines go through where one stands, and part where the threshold is.
    marked = [found.mean, *([turn] if low < turn < high else [])]
    fits = np.unique([*np.linspace(low, high, _POINTS), *marked])
    worths = np.array([_worths(ground, course, fits) for course in ground.courses])
    for course, line, (colour, style) in zip(
        ground.courses, worths, _LINES, strict=False
    ):
        ax.plot(
            fits,
            line,
            color=colour,
            linestyle=style,
            linewidth=2.0,
            label=HEADLINES[course.action],
        )
    if low < turn < high:
        ax.axvline(turn, color=Colour.GREY, linewidth=1.0, label="threshold")
    ax.errorbar(
        found.mean,
        found.value,
        xerr=found.sd,
        fmt="o",
        color=Colour.BLACK,
        capsize=3.0,
        label="now, and its spread",
    )
    ax.axhline(0.0, color=Colour.GREY, linewidth=0.6)
    ax.set_xlim(low, high)
    # Higher up there is nothing to decide, and the crossing would be too small to see.
    top = np.interp(found.mean + found.sd, fits, worths.max(axis=0))
    bottom = min(0.0, float(worths.min()))
    room = 0.06 * max(float(top) - bottom, 1.0)
    ax.set_ylim(bottom - room, float(top) + room)
    best = found.choices[0]
    verb = _VERBS.get(found.phase, "going on")
    title = (
        f"{brief(found.opportunity)}: {verb} pays {_above(turn)}. At "
        f"{percent(found.mean)}: {HEADLINES[best.action]}, worth {hours(best.worth)}"
    )
    return finish(ax, title, surplus_label(), "worth, hours of your time")


def _turn(found: Assessment, ground: _Ground) -> PercentOfPay:
    """Where going on, or accepting, begins to pay."""
    if found.thresholds:
        return found.thresholds[0].fit
    percent_hours = ground.process.percent
    if not percent_hours:
        return inf
    return found.mean - fsum(ground.courses[1].terms.values()) / percent_hours


def _worths(
    ground: _Ground, course: Alternative[float], fits: FloatArray
) -> FloatArray:
    """What a course is worth at every fit, hours."""
    means = ground.process.percent * fits
    if course.steps:
        if ground.rivals is None:
            return solve_steps(course.steps).continuation_value(means)
        exits = np.full(means.size, course.steps[0].exit)
        rows = np.zeros(means.size, dtype=np.intp)
        solution = solve_steps(course.steps, 2)
        return ground.rivals.value_beside(solution, rows, means, exits)
    worth = np.full(fits.shape, fsum(course.terms.values()))
    if course.accept:
        # An offer is worth its surplus, beyond what the terms say of it now.
        worth += means - ground.process.percent * ground.process.mean
    return worth
