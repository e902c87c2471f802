"""How the advice moves with its numbers: tornado diagrams, and sweeps of one or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from interviewfit._model.fields import check_kind
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    VALUE_LABEL,
    Colour,
    axes_or_new,
    hours_text,
    ink,
    label_axes,
    label_rows,
    quantity_text,
    row_lines,
    write_beside,
)
from interviewfit.sensitivity._sweeps import Sweep
from interviewfit.sensitivity._tornado import TornadoBar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_BARS = 12
# Hours: a shorter bar could not be seen.
_LEAST_SWING = 0.05
# Width of a tornado's axes, and of a letter beside a bar, points.
_AXES_POINTS, _LETTER_POINTS = 320.0, 5.0
_MOST_CHANGES = 3
# Units as they read beside an axis.
_AXIS_UNITS = {"chance": "0 to 1", "share": "0 to 1", "factor": ""}
# Staying in mid-interview goes by either name.
_STAYING = {Action.FINISH_POLITELY: Action.CONTINUE}
# Hours: on either side of the line of change where the values are equal.
_HAIR = 1e-9
# Colour, line and hatching of every action, alike for actions that mean the same.
STYLES = {
    Action.TAKE: (Colour.SKY, "-", ""),
    Action.CONTINUE: (Colour.SKY, "-", ""),
    Action.ACCEPT_OFFER: (Colour.SKY, "-", ""),
    Action.FINISH_POLITELY: (Colour.YELLOW, "-.", ".."),
    Action.WITHDRAW_POLITELY: (Colour.ORANGE, "--", "//"),
    Action.DECLINE: (Colour.ORANGE, "--", "//"),
    Action.DECLINE_OFFER: (Colour.ORANGE, "--", "//"),
    Action.LEAVE: (Colour.VERMILION, "--", "xx"),
    Action.POSTPONE: (Colour.GREEN, ":", "oo"),
    Action.INVESTIGATE: (Colour.PURPLE, "-.", "\\\\"),
    Action.MOVE_ON: (Colour.GREY, "-", ""),
    Action.ASK_FIRST: (Colour.PURPLE, "-.", "\\\\"),
    Action.ASK_FOR_TIME: (Colour.GREEN, ":", "oo"),
    Action.HURRY: (Colour.BLUE, "-", "++"),
    Action.LET_IT_LAPSE: (Colour.VERMILION, "--", "xx"),
}

_Change: TypeAlias = tuple[float, Action]
"""The value of a number at which the best action changes, and the action beyond it."""


def draw_tornado(bars: Iterable[TornadoBar], ax: Axes | None = None) -> Axes:
    """A tornado diagram: what every number does to the value, the largest swing on top.

    A bar goes from the value with the number moved down to the value with it moved up,
    by its own uncertainty. Where the best action at an end is unusual, it is named.

    Args:
        bars: What ``tornado`` returned. Of the first 12 bars those that move the value
            are shown.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If there is no bar.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> from interviewfit.sensitivity import tornado
    >>> acme = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(draw_tornado(tornado(acme)).get_title())
    The role matters most: worth
    2.0 h at −13 %, 34.7 h at +11 %
    """
    ranked = list(bars) if isinstance(bars, Iterable) else []
    if not ranked or not all(isinstance(bar, TornadoBar) for bar in ranked):
        expected = "what tornado returned, at least one bar"
        raise InvalidFieldError("draw_tornado(bars)", expected, bars)
    shown = [bar for bar in ranked[:_MOST_BARS] if bar.swing > _LEAST_SWING]
    shown = shown or ranked[:1]
    labels = [bar.label for bar in shown]
    # Two numbers that read alike are told apart by their names.
    names = [
        f"{bar.label} ({bar.name})" if labels.count(bar.label) > 1 else bar.label
        for bar in shown
    ]
    # A name of three lines takes more than a row.
    lines = sum(max(1, len(row_lines(name)) - 1) for name in names)
    ax = axes_or_new(ax, 1.9 + 0.34 * lines)
    rows = range(len(shown))
    lows = [bar.value_at_low for bar in shown]
    highs = [bar.value_at_high for bar in shown]
    ax.hlines(rows, lows, highs, color=Colour.GREY, linewidth=7.0, alpha=0.5)
    ax.plot(lows, rows, "<", color=Colour.VERMILION, markersize=8.0, label="moved down")
    ax.plot(highs, rows, ">", color=Colour.BLUE, markersize=8.0, label="moved up")
    letters = _write_ends(ax, shown)
    # As much room on either side as its words take.
    left, right = (_LETTER_POINTS * (count + 4.0) for count in letters)
    least, most = min(*lows, *highs), max(*lows, *highs)
    free = max(_AXES_POINTS - left - right, 0.25 * _AXES_POINTS)
    hours_per_point = (most - least or 1.0) / free
    ax.set_xlim(least - left * hours_per_point, most + right * hours_per_point)
    label_rows(ax, names)
    first = shown[0]
    title = (
        f"{capitalise(' '.join(row_lines(first.label)))} matters most: worth "
        f"{hours_text(first.value_at_low)} at {quantity_text(first.low, first.unit)}, "
        f"{hours_text(first.value_at_high)} at {quantity_text(first.high, first.unit)}"
    )
    return label_axes(ax, title, VALUE_LABEL)


def _write_ends(ax: Axes, bars: Sequence[TornadoBar]) -> tuple[int, int]:
    """Write beside both ends of each bar the number, and an action that is unusual.

    Args:
        ax, bars: Axes to draw on, and bars in the rows 0, 1, 2 and so on. The letters
            of the longest text to the left and to the right of them are returned.
    """
    actions = [action for bar in bars for action in (bar.action_low, bar.action_high)]
    usual = max(dict.fromkeys(actions), key=actions.count)
    letters = [0, 0]
    for row, bar in enumerate(bars):
        low = bar.value_at_low, bar.low, bar.action_low
        high = bar.value_at_high, bar.high, bar.action_high
        ends = sorted([low, high], key=itemgetter(0))
        for side, (value, number, action) in enumerate(ends):
            times = "× " if bar.unit == "factor" else ""
            unusual = "" if action is usual else f": {HEADLINES[action]}"
            text = f"{times}{quantity_text(number, bar.unit)}{unusual}"
            letters[side] = max(letters[side], len(text))
            write_beside(ax, text, (value, row), 9 if side else -9)
    return letters[0], letters[1]


def capitalise(text: str) -> str:
    """A text with a capital first letter, all others as they are."""
    return text[:1].upper() + text[1:]


def draw_sweep(sweep: Sweep, ax: Axes | None = None) -> Axes:
    """A sweep of one number as lines, or of two numbers as regions.

    Of one number: the value of every action, and lines where the best one changes. Of
    two: the region in which each action is best, the first number across and the
    second up.

    Args:
        sweep: What ``sweep`` returned, with at least two values of each number.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If it is not a sweep, or a number has only one value.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> from interviewfit.sensitivity import sweep
    >>> acme = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> times = sweep(acme, "weights.time", np.linspace(0, 8, 81))
    >>> print(draw_sweep(times).get_title())
    Take it while the weight of an hour
    of yours is below 4.29, then decline
    """
    check_kind("draw_sweep(sweep)", sweep, Sweep)
    if min(column.size for column in sweep.values) < 2:
        expected = "a sweep with at least two values of each number"
        sizes = tuple(column.size for column in sweep.values)
        raise InvalidFieldError("draw_sweep(sweep)", expected, sizes)
    ax = axes_or_new(ax, 4.2)
    labels = []
    for label, name in zip(sweep.labels, sweep.units, strict=True):
        unit = _AXIS_UNITS.get(name, name)
        labels.append(f"{label}, {unit}" if unit else label)
    draw = _draw_lines if len(labels) == 1 else _draw_regions
    return label_axes(ax, draw(sweep, ax), *[*labels, VALUE_LABEL][:2])


def _draw_lines(sweep: Sweep, ax: Axes) -> str:
    """Draw the value of every action against one number, and return the title.

    Args:
        sweep, ax: A sweep of one number, and axes to draw on.
    """
    (values,) = sweep.values
    order = np.argsort(values, kind="stable")
    for action, worths in sweep.action_values.items():
        colour, line, _ = STYLES[action]
        is_open = np.isfinite(worths[order])
        if is_open.any():
            ax.plot(
                values[order][is_open],
                worths[order][is_open],
                # A pale line would not be seen on white.
                color=Colour.BLUE if colour == Colour.SKY else colour,
                linestyle=line,
                linewidth=2.0,
                label=HEADLINES[action],
            )
    changes = list(_changes(sweep, order))
    for value, _ in changes:
        ax.axvline(value, color=ink(ax), linewidth=1.0)
    (label,), (unit,) = sweep.labels, sweep.units
    start = capitalise(HEADLINES[Action(sweep.actions[order][0])])
    if not changes:
        low = quantity_text(float(values.min()), unit)
        high = quantity_text(float(values.max()), unit)
        return f"{start} whatever {label} is, from {low} to {high}"
    limits = [quantity_text(value, unit) for value, _ in changes]
    clauses = [f"{start} while {label} is below {limits[0]}"]
    for (_, action), limit in zip(changes, [*limits[1:], ""], strict=True):
        end = f" below {limit}" if limit else ""
        clauses.append(f"then {HEADLINES[action]}{end}")
    return ", ".join(clauses[: _MOST_CHANGES + 1])


def _changes(sweep: Sweep, order: IndexArray) -> Iterator[_Change]:
    """Where the best action changes, ascending, with the action beyond.

    Between two values of the number the values of actions are taken as straight lines.

    Args:
        sweep: A sweep of one number.
        order: Indices that sort its values, shape ``(values,)``.
    """
    (values,) = sweep.values
    for left, right in pairwise(order):
        before, after = Action(sweep.actions[left]), Action(sweep.actions[right])
        if before is after:
            continue
        start, stop = values[left], values[right]
        lead = _lead(sweep, before, [after])[[left, right]]
        crosses = np.isfinite(lead).all() and lead[0] > 0.0 > lead[1]
        share = lead[0] / (lead[0] - lead[1]) if crosses else 0.5
        yield float(start + share * (stop - start)), after


def _draw_regions(sweep: Sweep, ax: Axes) -> str:
    """Draw the region of two numbers in which each action is best; return the title.

    Args:
        sweep, ax: A sweep of two numbers, and axes to draw on.
    """
    grid = np.ix_(*(np.argsort(column, kind="stable") for column in sweep.values))
    x, y = (np.sort(column) for column in sweep.values)
    actions = sweep.actions[grid].T
    shares = {
        action: float((actions == action.value).mean())
        for action in map(Action, sorted(set(actions.ravel().tolist())))
    }
    drawn: list[Action] = []
    for layer, action in enumerate(shares, start=1):
        colour, _, hatch = STYLES[action]
        drawn.append(action)
        lead = np.ones(actions.shape)
        if layer > 1:
            lead = _lead(sweep, action, drawn[:-1])[grid].T
            # Of what is drawn by now the best action is known where it is best of all.
            is_best = actions == action.value
            is_known = np.isin(actions, [entry.value for entry in drawn])
            beaten = np.where(is_known, np.minimum(lead, -_HAIR), lead)
            lead = np.where(is_best, np.maximum(lead, _HAIR), beaten)
        # Each region is drawn over those before it, so that nothing is left between.
        paint: dict[str, Any] = {"colors": [colour], "hatches": [hatch]}
        region = ax.contourf(x, y, lead, levels=[0.0, np.inf], zorder=layer, **paint)
        # Hatches as in the legend, in dark styles as well.
        region.set(edgecolor=Colour.BLACK, linewidth=0.0)
        # Contours have no entry in a legend of their own.
        style: dict[str, Any] = {"facecolor": colour, "edgecolor": Colour.BLACK}
        style |= {"hatch": hatch, "linewidth": 0.0, "label": HEADLINES[action]}
        ax.fill_between([], [], **style)
        if lead.min() < 0.0 < lead.max():
            line: dict[str, Any] = {"colors": Colour.BLACK, "linewidths": 1.2}
            ax.contour(x, y, lead, levels=[0.0], zorder=layer, **line)
    most = max(shares, key=lambda action: shares[action])
    share = f"{100 * shares[most]:.0f} %"
    title = f"{capitalise(HEADLINES[most])} at {share} of these settings"
    if rivals := [HEADLINES[action] for action in shares if action is not most]:
        title = f"{title}, else {' or '.join(rivals)}"
    return title


def _lead(sweep: Sweep, action: Action, others: Sequence[Action]) -> FloatArray:
    """By how much an action is ahead of the best of some others, hours.

    It has the shape ``(first, second)``, is 0 where it cannot be compared, and its zero
    line is where the action begins to beat them.

    Args:
        sweep, action, others: A sweep of two numbers, the action, and those drawn
            before it.
    """
    # Staying in mid-interview is one value, whether one goes on afterwards or not.
    worths, rows = sweep.action_values, [_STAYING.get(name, name) for name in others]
    own = _STAYING.get(action, action)
    rivals = [worths[row] for row in rows if row in worths and row is not own]
    leads = []
    with np.errstate(invalid="ignore"):
        if own in worths and rivals:
            leads.append(worths[own] - np.max(rivals, axis=0))
        if own in rows and sweep.afterwards is not None:
            sign = 1.0 if action is Action.CONTINUE else -1.0
            leads.append(sign * sweep.afterwards)
    if not leads:
        return np.zeros(sweep.actions.shape)
    lead = np.min(leads, axis=0)
    return np.where(np.isfinite(lead), lead, 0.0)
