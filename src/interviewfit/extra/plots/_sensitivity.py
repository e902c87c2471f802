"""How an answer moves with its numbers: tornado, and sweeps of one or two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from interviewfit._model.fields import check_kind
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import FloatArray
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    Colour,
    amount,
    axes_or_new,
    brief,
    finish,
    hours,
    name_rows,
)
from interviewfit.sensitivity._sweeps import Sweep, TornadoBar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_sweep", "draw_tornado"]

_MOST_BARS = 12
# Hours: a bar of less could not be seen.
_LEAST = 0.05
# Of a tornado's axes, in points: about how wide they are, and a letter beside a bar.
_WIDE, _LETTER = 320.0, 5.0
_MOST_TURNS = 3
# As they stand beside an axis that counts from 0 to 1, or in no unit.
_SHARES = {"chance": "0 to 1", "share": "0 to 1", "factor": ""}
# On either side of a flip line where the worths themselves do not tell.
_HAIR = 1e-9
# Colour, line and hatching of every action: what stays in, what leaves, and between.
_STYLES = {
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
}


_Turn: TypeAlias = tuple[float, Action, Action]


def draw_tornado(found: Iterable[TornadoBar], ax: Axes | None = None) -> Axes:
    """What every number does to the worth of an answer, the largest swing on top.

    Each bar goes from the worth with the number moved down to that with it moved up, by
    its own uncertainty. Where the best action is another one at an end, it is named.

    Args:
        found: What ``tornado`` returned; of the first 12 those that move it
            are shown.
        ax: Where to draw; a new figure if None.

    Raises:
        InvalidFieldError: If there is no bar.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> from interviewfit.sensitivity import tornado
    >>> found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(draw_tornado(tornado(found)).get_title())
    The role matters most: worth
    2.0 h at −13 %, 34.7 h at +11 %
    """
    bars = list(found) if isinstance(found, Iterable) else []
    if not bars or not all(isinstance(one, TornadoBar) for one in bars):
        raise InvalidFieldError(
            "draw_tornado(found)", "what tornado returned, at least one bar", found
        )
    shown = [one for one in bars[:_MOST_BARS] if one.swing > _LEAST] or bars[:1]
    ax = axes_or_new(ax, 1.9 + 0.34 * len(shown))
    rows = range(len(shown))
    lows = [one.worth_low for one in shown]
    highs = [one.worth_high for one in shown]
    ax.hlines(rows, lows, highs, color=Colour.GREY, linewidth=7.0, alpha=0.5)
    ax.plot(lows, rows, "<", color=Colour.VERMILION, markersize=8.0, label="moved down")
    ax.plot(highs, rows, ">", color=Colour.BLUE, markersize=8.0, label="moved up")
    usual = _usual(shown)
    sides = {"right": 0, "left": 0}
    for row, one in enumerate(shown):
        ends = sorted(
            [
                (one.worth_low, _end(one.low, one.unit), one.action_low),
                (one.worth_high, _end(one.high, one.unit), one.action_high),
            ],
            key=lambda end: end[0],
        )
        for (worth, words, action), side in zip(ends, ("right", "left"), strict=True):
            turned = words if action is usual else f"{words}: {HEADLINES[action]}"
            sides[side] = max(sides[side], len(turned))
            ax.annotate(
                turned,
                (worth, row),
                xytext=(-9 if side == "right" else 9, 0),
                textcoords="offset points",
                horizontalalignment=side,
                verticalalignment="center",
                fontsize="small",
            )
    # As much room on either side as its words take.
    left, right = (_LETTER * (letters + 4.0) for letters in sides.values())
    least, most = min(*lows, *highs), max(*lows, *highs)
    point = (most - least or 1.0) / max(_WIDE - left - right, 0.25 * _WIDE)
    ax.set_xlim(least - left * point, most + right * point)
    name_rows(ax, _labels(shown))
    ax.set_ylim(len(shown) - 0.4, -0.6)
    first = shown[0]
    title = (
        f"{_capital(brief(first.label))} matters most: worth {hours(first.worth_low)} "
        f"at {amount(first.low, first.unit)}, {hours(first.worth_high)} at "
        f"{amount(first.high, first.unit)}"
    )
    return finish(ax, title, "worth, hours of your time")


def _end(value: float, unit: str) -> str:
    """A value where it stands alone."""
    shown = amount(value, unit)
    return f"× {shown}" if unit == "factor" else shown


def _labels(bars: Sequence[TornadoBar]) -> list[str]:
    """What each is a number of; where two read alike, with its name."""
    texts = [one.label for one in bars]
    return [
        brief(f"{one.label} ({one.name})" if texts.count(one.label) > 1 else one.label)
        for one in bars
    ]


def _usual(bars: list[TornadoBar]) -> Action:
    """The action at most ends: one number alone seldom turns it."""
    ends = [end for one in bars for end in (one.action_low, one.action_high)]
    return max(dict.fromkeys(ends), key=ends.count)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def draw_sweep(found: Sweep, ax: Axes | None = None) -> Axes:
    """The answer as one number moves, or two, with the line where it flips.

    Of one number: what each open action is worth. Of two: which action is best where,
    the first number across and the second up.

    Args:
        found: What ``sweep`` returned, with at least two values of each number.
        ax: Where to draw; a new figure if None.

    Raises:
        InvalidFieldError: If it is no sweep, or a number has only one value.
        MissingPackageError: If matplotlib is not installed.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> from interviewfit.sensitivity import sweep
    >>> found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> one = sweep(found, "weights.time", np.linspace(0, 8, 81))
    >>> print(draw_sweep(one).get_title())
    Take it while the weight of an hour
    of yours is below 4.29, then decline
    """
    check_kind("draw_sweep(found)", found, Sweep)
    if min(column.size for column in found.values) < 2:
        raise InvalidFieldError(
            "draw_sweep(found)",
            "a sweep with at least two values of each number",
            tuple(column.size for column in found.values),
        )
    return (_one if len(found.names) == 1 else _two)(found, axes_or_new(ax, 4.2))


def _one(found: Sweep, ax: Axes) -> Axes:
    (values,) = found.values
    order = np.argsort(values, kind="stable")
    for action, worth in found.worths.items():
        colour, line, _ = _STYLES[action]
        seen = np.isfinite(worth[order])
        if seen.any():
            ax.plot(
                values[order][seen],
                worth[order][seen],
                # A pale line would not be seen on white.
                color=Colour.BLUE if colour == Colour.SKY else colour,
                linestyle=line,
                linewidth=2.0,
                label=HEADLINES[action],
            )
    turns = list(_turns(found, order))
    for at, _, _ in turns:
        ax.axvline(at, color=Colour.BLACK, linewidth=1.0)
    title = _in_words(found, HEADLINES[Action(found.actions[order][0])], turns)
    return finish(ax, title, _axis(found, 0), "worth, hours of your time")


def _axis(found: Sweep, number: int) -> str:
    """What an axis is of, with its unit."""
    unit = _SHARES.get(found.units[number], found.units[number])
    return f"{found.labels[number]}, {unit}" if unit else found.labels[number]


def _in_words(found: Sweep, first: str, turns: Sequence[_Turn]) -> str:
    """What is best from left to right."""
    (text,), (unit,), (values,) = found.labels, found.units, found.values
    if not turns:
        low, high = (amount(float(one), unit) for one in (values.min(), values.max()))
        return f"{_capital(first)} whatever {text} is, from {low} to {high}"
    parts = [f"{_capital(first)} while {text} is below {amount(turns[0][0], unit)}"]
    for here, following in zip(turns, [*turns[1:], None], strict=True):
        end = f" below {amount(following[0], unit)}" if following else ""
        parts.append(f"then {HEADLINES[here[2]]}{end}")
    return ", ".join(parts[: _MOST_TURNS + 1])


def _turns(found: Sweep, order: npt.NDArray[np.intp]) -> Iterator[_Turn]:
    """Where the best action changes: at what value, from which, to which.

    Between two values the worths are taken as straight.
    """
    (values,) = found.values
    for left, right in pairwise(order):
        before, after = Action(found.actions[left]), Action(found.actions[right])
        if before is after:
            continue
        start, stop = values[left], values[right]
        lead = [
            found.worths[before][at] - found.worths[after][at]
            if before in found.worths and after in found.worths
            else 0.0
            for at in (left, right)
        ]
        crosses = np.isfinite(lead).all() and lead[0] > 0.0 > lead[1]
        share = lead[0] / (lead[0] - lead[1]) if crosses else 0.5
        yield float(start + share * (stop - start)), before, after


def _two(found: Sweep, ax: Axes) -> Axes:
    across, up = (np.argsort(column, kind="stable") for column in found.values)
    x, y = found.values[0][across], found.values[1][up]
    actions = found.actions[np.ix_(across, up)].T
    shares = {}
    for action in map(Action, sorted(set(found.actions.ravel().tolist()))):
        colour, _, hatch = _STYLES[action]
        lead = _lead(found, action, across, up)
        lead = np.where(
            actions == action.value, np.maximum(lead, _HAIR), np.minimum(lead, -_HAIR)
        )
        ax.contourf(x, y, lead, levels=[0.0, np.inf], colors=[colour], hatches=[hatch])
        shares[action] = float((actions == action.value).mean())
        ax.fill_between(
            [],
            [],
            facecolor=colour,
            edgecolor=Colour.BLACK,
            hatch=hatch,
            linewidth=0.0,
            label=HEADLINES[action],
        )
        if 0.0 < shares[action] < 1.0:
            ax.contour(x, y, lead, levels=[0.0], colors=Colour.BLACK, linewidths=1.2)
    most = max(shares, key=lambda action: shares[action])
    rest = [HEADLINES[one] for one in shares if one is not most]
    title = (
        f"{_capital(HEADLINES[most])} at {100 * shares[most]:.0f} % of these settings"
        + (f", else {' or '.join(rest)}" if rest else "")
    )
    return finish(ax, title, _axis(found, 0), _axis(found, 1))


def _lead(
    found: Sweep,
    action: Action,
    across: npt.NDArray[np.intp],
    up: npt.NDArray[np.intp],
) -> FloatArray:
    """By how much an action is ahead of all others, hours; 0 where worths do not tell.

    The value 0 of it is the flip line, found between the points.
    """
    grid = np.ix_(across, up)
    others = [worth[grid] for one, worth in found.worths.items() if one is not action]
    if action not in found.worths or not others:
        return np.zeros((up.size, across.size))
    lead = found.worths[action][grid] - np.max(others, axis=0)
    return np.where(np.isfinite(lead), lead, 0.0).T
