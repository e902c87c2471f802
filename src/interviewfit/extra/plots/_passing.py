"""What is believed of the fit before and after being passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.fields import check_kind
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._process.compilation import Process
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    Colour,
    axes_or_new,
    ink,
    label_axes,
    percent_text,
    shorten,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from interviewfit._process.mutual_fit import MutualFit

_POINTS, _SHOWN_SDS = 401, 4.0
_FIT_LABEL = "fit, % of pay above what you have otherwise"


def draw_passing(assessment: Assessment, ax: Axes | None = None) -> Axes:
    """What is believed of the fit now, and once they have passed you on or refused you.

    Where stages are behind, what was believed before these passes is a dotted line. All
    areas are the same, so that a curve that lies further right says that the job fits
    better.

    Args:
        assessment: What ``assess`` returned, with a mutual fit stated.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If passes tell nothing of the fit, nobody has passed you on
            yet and nobody will, or nothing is unknown.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate(), mutual_fit=0.3)
    >>> print(draw_passing(assess(Candidate(), job)).get_title())
    Acme: being passed on next moves the fit
    from −8 % to −4 %, being refused to −12 %
    """
    where = "draw_passing(assessment)"
    check_kind(where, assessment, Assessment)
    process = compile_problem(assessment.decision).process
    mutual, news = process.mutual, assessment.employer_news
    if mutual is None or news is None:
        expected = "an assessment with a mutual fit"
        remedy = "State Opportunity(mutual_fit=0.2), for example."
        raise InvalidFieldError(where, expected, assessment.opportunity, remedy)
    curves = _densities(process, mutual, assessment)
    if not curves or not process.sd:
        expected = "an assessment of a job about which a pass can tell something"
        raise InvalidFieldError(where, expected, assessment.opportunity)
    ax = axes_or_new(ax, 3.6)
    fits = _fits(assessment)
    styles = {
        "before they passed you on": (ink(ax), ":"),
        "now": (Colour.BLUE, "-"),
        "passed on next": (Colour.GREEN, "--"),
        "refused next": (Colour.VERMILION, "-."),
    }
    for name, density in curves.items():
        colour, line = styles[name]
        ax.plot(fits, density, line, color=colour, label=name)
    ax.fill_between(fits, curves["now"], color=Colour.BLUE, alpha=0.15)
    ax.axvline(0.0, color=ink(ax), linewidth=0.8)
    ax.set_yticks([])
    ax.set_ylim(bottom=0.0)
    name, now = shorten(assessment.opportunity), percent_text(assessment.mean)
    title = (
        f"{name}: that they passed you on has moved the fit from "
        f"{percent_text(assessment.mean - news.so_far)} to {now}"
    )
    if news.if_passed is not None and news.if_refused is not None:
        passed, refused = news.if_passed, news.if_refused
        title = (
            f"{name}: being passed on next moves the fit from {now} to "
            f"{percent_text(assessment.mean + passed)}, being refused to "
            f"{percent_text(assessment.mean + refused)}"
        )
    return label_axes(ax, title, _FIT_LABEL, "how likely")


def _fits(assessment: Assessment) -> FloatColumn:
    """The fits that are shown, percent of pay, ``(points,)``."""
    reach = _SHOWN_SDS * assessment.sd
    return np.linspace(assessment.mean - reach, assessment.mean + reach, _POINTS)


def _densities(
    process: Process[float], mutual: MutualFit, assessment: Assessment
) -> dict[str, FloatColumn]:
    """How likely each fit is, at each time; areas are 1 but for the ends.

    Args:
        process: With what passes tell.
        mutual: How they go with the fit.
        assessment: Of the same decision.
    """
    behind = mutual.factors.passes - sum(mutual.decides)
    percent = process.hours_per_percent
    hours = percent * _fits(assessment)
    spread = np.sqrt(mutual.variance[0])
    if not spread or not mutual.factors.passes:
        return {}
    base = np.zeros_like(hours)
    for shift, probability in _jumps(process):
        score = (hours - mutual.mean[0] - shift) / spread
        base += probability * np.exp(-0.5 * score * score)
    factors = mutual.factors.factors((hours - mutual.centre[0])[None])[:, 0]
    curves: dict[str, FloatColumn] = {}
    if behind:
        curves["before they passed you on"] = _of_area(base, percent, hours)
    curves["now"] = _of_area(base * factors[behind], percent, hours)
    deciding = [
        step
        for step, decides in zip(process.steps, mutual.decides, strict=False)
        if decides and step.phase is Phase.MIDWAY
    ]
    if deciding:
        rate = deciding[0].survive
        passed = _of_area(base * factors[behind + 1], percent, hours)
        curves["passed on next"] = passed
        if rate < 1.0:
            refused = (curves["now"] - rate * passed) / (1.0 - rate)
            curves["refused next"] = np.maximum(0.0, refused)
    return curves


def _jumps(process: Process[float]) -> list[tuple[float, float]]:
    """What the facts still to be told may add, hours, and how likely each sum is."""
    sums = [(0.0, 1.0)]
    steps = (*process.steps, *([process.call] if process.call else []))
    for step in steps:
        for chance, size in step.facts:
            sums = [
                (shift + size * (holds - chance), weight * part)
                for shift, weight in sums
                for holds, part in ((0.0, 1.0 - chance), (1.0, chance))
            ]
    return sums


def _of_area(density: FloatColumn, percent: float, hours: FloatArray) -> FloatColumn:
    """A density with an area of 1 over percent of pay.

    Args:
        density: At the points.
        percent: Hours per percent of pay.
        hours: The points, evenly apart.
    """
    width = (hours[1] - hours[0]) / percent
    return np.asarray(density / (density.sum() * width))
