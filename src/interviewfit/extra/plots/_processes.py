"""One process: the threshold of each decision, and the value of every action."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np
from attrs import evolve

from interviewfit._assessment.alternatives import Alternative, Problem, alternatives
from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.evaluation import evaluate
from interviewfit._assessment.problems import compile_problem
from interviewfit._competition.chains import solve_steps
from interviewfit._model.fields import check_kind
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import FloatArray, Number, fsum
from interviewfit._process.compilation import Process
from interviewfit._process.ends import accept_gain
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    FIT_LABEL,
    VALUE_LABEL,
    Colour,
    axes_or_new,
    hours_text,
    ink,
    label_axes,
    label_rows,
    outline,
    percent_text,
    shorten,
)
from interviewfit.extra.plots._decision_map import (
    REGION_COLOURS,
    condition_text,
    decision_regions,
    map_title,
    row_names,
    shown_bars,
    shown_fits,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HATCHES = {
    "go on": "",
    "finish politely": "..",
    "withdraw politely": "//",
    "leave": "xx",
}
# In the order of the alternatives: leave, go on, and what may come before going on.
_LINE_STYLES = (
    (Colour.VERMILION, "--"),
    (Colour.BLUE, "-"),
    (Colour.PURPLE, "-."),
    (Colour.GREEN, ":"),
)
_VERBS = {Phase.MIDWAY: "staying", Phase.OFFERED: "accepting"}
_POINTS = 121


def draw_map(assessment: Assessment, ax: Axes | None = None) -> Axes:
    """The threshold of each decision of a process: fits across, decisions downwards.

    Right of the line of a decision it is worth going on. In the middle of an interview
    there may be a fit at which to finish politely, and one below which to leave. On top
    is the present belief with its spread.

    Args:
        assessment: What ``assess`` returned, with stages ahead.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If no stage is ahead: an offer, or a process that is over.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> ax = draw_map(assess(Candidate(), job))
    >>> [label.get_text() for label in ax.get_yticklabels()][:3]
    ['before hr screen', 'in hr screen', 'before hiring manager']
    """
    check_kind("draw_map(assessment)", assessment, Assessment)
    if not assessment.thresholds:
        where, expected = "draw_map(assessment)", "an assessment with steps ahead"
        remedy = "Call draw_value to see what an offer is worth."
        raise InvalidFieldError(where, expected, assessment.phase.value, remedy)
    names = row_names(assessment)
    ax = axes_or_new(ax, 1.9 + 0.36 * len(names))
    low, high = shown_fits(assessment, [step.fit for step in assessment.thresholds])
    regions = decision_regions(assessment)
    for name, hatch in _HATCHES.items():
        bars = shown_bars(regions, name, low, high)
        ax.barh(
            [row for row, _, _ in bars],
            [stop - start for _, start, stop in bars],
            left=[start for _, start, _ in bars],
            height=0.86,
            color=REGION_COLOURS[name],
            edgecolor=ax.get_facecolor(),
            hatch=hatch,
            linewidth=0.5,
            label=name if bars else f"_{name}",
        )
    # The belief is a bell above the rows, with a line down from its mean.
    base, height = -0.55, 1.2
    sds = np.linspace(-3.0, 3.0, 121)
    ax.fill_between(
        assessment.mean + assessment.sd * sds,
        base,
        base - height * np.exp(-0.5 * sds * sds),
        color=Colour.GREY,
        alpha=0.45,
        linewidth=0,
        label="what you believe",
    )
    ax.plot(
        [assessment.mean, assessment.mean],
        [base - height, len(names) - 0.5],
        color=ink(ax),
        linestyle="--",
        linewidth=1.4,
        path_effects=outline(ax),
        label="believed now",
    )
    label_rows(ax, names)
    ax.set_ylim(len(names) - 0.5, -1.85)
    ax.set_xlim(low, high)
    return label_axes(ax, map_title(assessment, regions), FIT_LABEL)


def draw_value(assessment: Assessment, ax: Axes | None = None) -> Axes:
    """The value of each open action against the believed fit.

    The threshold is where going on crosses leaving. Only the mean of the belief moves;
    all other gains and costs stay as they are.

    Args:
        assessment: What ``assess`` returned, with more than one open action.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If the process is over.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> print(draw_value(assess(Candidate(), job)).get_title())
    Acme: going on pays while fit is above
    −26 %. At −8 %: take it, worth 12.3 h
    """
    check_kind("draw_value(assessment)", assessment, Assessment)
    if assessment.runner_up is None:
        where, expected = "draw_value(assessment)", "an assessment with a choice"
        remedy = "There is nothing left to decide."
        raise InvalidFieldError(where, expected, assessment.phase.value, remedy)
    ax = axes_or_new(ax)
    problem = compile_problem(assessment.decision)
    courses = alternatives(problem)
    shifts = dict(zip(map(id, courses), evaluate(problem).shifts[:, 0], strict=True))
    if assessment.phase is Phase.OFFERED:
        # Turning it down first, as leaving is elsewhere.
        courses = (courses[1], courses[0], *courses[2:])
    threshold, percent = inf, problem.process.hours_per_percent
    if assessment.thresholds:
        threshold = assessment.thresholds[0].fit
    elif percent:
        threshold = problem.forgone / percent
    low, high = shown_fits(assessment, [threshold])
    is_shown = low < threshold < high
    # The lines have a point at the belief, and one at the threshold.
    exact = [assessment.mean, *([threshold] if is_shown else [])]
    fits = np.unique([*np.linspace(low, high, _POINTS), *exact])
    # The answers to the offers beside it hold at every fit.
    values = np.array(
        [_values(problem, course, fits) + shifts[id(course)] for course in courses]
    )
    styles = zip(courses, values, _LINE_STYLES, strict=False)
    for course, line, (colour, style) in styles:
        label = HEADLINES[course.action]
        ax.plot(fits, line, color=colour, ls=style, linewidth=2.0, label=label)
    if is_shown:
        ax.axvline(threshold, color=Colour.GREY, linewidth=1.0, label="threshold")
    ax.errorbar(
        assessment.mean,
        assessment.value,
        xerr=assessment.sd,
        fmt="o",
        color=ink(ax),
        capsize=3.0,
        label="believed now, ± 1 sd",
    )
    ax.axhline(0.0, color=Colour.GREY, linewidth=0.6)
    ax.set_xlim(low, high)
    # Higher up nothing is left to decide, and the crossing would be too small to see.
    top = float(np.interp(assessment.mean + assessment.sd, fits, values.max(axis=0)))
    bottom = min(0.0, float(values.min()))
    margin = 0.06 * max(top - bottom, 1.0)
    ax.set_ylim(bottom - margin, top + margin)
    verb = _VERBS.get(assessment.phase, "going on")
    pays = "never pays" if threshold == inf else f"pays {condition_text(threshold)}"
    best, now = assessment.choices[0], percent_text(assessment.mean)
    title = (
        f"{shorten(assessment.opportunity)}: {verb} {pays}. At {now}: "
        f"{HEADLINES[best.action]}, worth {hours_text(best.value)}"
    )
    return label_axes(ax, title, FIT_LABEL, VALUE_LABEL)


def _values(
    problem: Problem[float], alternative: Alternative[float], fits: FloatArray
) -> FloatArray:
    """The value of an alternative at every fit.

    Args:
        problem, alternative: The compiled decision, and one of its alternatives.
        fits: Means of the belief, percent of pay, shape ``(fits,)``, as of the values,
            which are in hours.
    """
    means = problem.process.hours_per_percent * fits
    if alternative.steps:
        answers = alternative.action is Action.ASK_FIRST
        if problem.rivals is None or answers:
            means = means - (problem.forgone if answers else 0.0)
            return solve_steps(alternative.steps).continuation_value(means)
        exits = np.full(means.size, alternative.steps[0].exit)
        rows = np.zeros(means.size, dtype=np.intp)
        solution = solve_steps(alternative.steps, 2)
        return problem.rivals.value_beside(solution, rows, means, exits)
    if alternative.accept:
        process: Process[Number] = problem.process
        spoken = fits + (process.spoken - process.mean)
        columns = evolve(process, mean=fits, spoken=spoken)
        return np.asarray(accept_gain(columns, problem.forgone))
    return np.full(fits.shape, fsum(alternative.terms.values()))
