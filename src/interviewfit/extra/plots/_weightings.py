"""Weightings: the region in which each action is best, and the share of each.

Reference: R. Lahdelma and P. Salminen, "SMAA-2", Operations Research 49 (2001) 444-454,
for shares and central weightings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._model.fields import check_kind, to_tuple
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import FloatArray
from interviewfit._text.amounts import share_of
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.errors import InvalidFieldError
from interviewfit.extra.plots._axes import (
    Colour,
    axes_or_new,
    ink,
    label_axes,
    label_rows,
    outline,
    write_beside,
)
from interviewfit.extra.plots._sensitivity import STYLES, capitalise
from interviewfit.weightings import Acceptability
from interviewfit.weightings._box import Box, Limits, read_box
from interviewfit.weightings._regions import Column, Regions, regions_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Numbers named beside a bar, letters of a line there, and how far a mean must be off.
_MOST_NAMED, _LETTERS, _FAR = 3, 76, 0.05
# How far a bar stands above the middle of its row, with words below it.
_RAISED = 0.15
# Half the width of a 95 % interval, in standard errors.
_Z = 1.959963984540054


def draw_weightings(
    assessment: Assessment,
    ax: Axes | None = None,
    *,
    priorities: Limits | None = None,
    weights: Limits | None = None,
    relative: Sequence[str] = (),
) -> Axes:
    """The region of weightings in which each action is best, with its share.

    Two numbers span a plane, the first across and the second up. Three aspects named in
    *relative* span a triangle: at a corner one of them counts for three, the others for
    nothing, and in the middle all count for 1. Borders are roots, not interpolated.

    Args:
        assessment: What ``assess`` returned.
        ax: Axes to draw on; those of a new figure if None.
        priorities, weights: Lower and upper limit of two numbers together.
        relative: Three aspects instead.

    Raises:
        InvalidFieldError: If it is no assessment, limits are not those of two numbers
            or an aspect does not occur.

    >>> from interviewfit import Belief, Candidate, Opportunity, assess, corporate
    >>> beliefs = {"pay": Belief(mean=12, sd=3), "role": Belief(mean=-35, sd=5)}
    >>> job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
    >>> limits = {"pay": (0, 3), "role": (0, 2)}
    >>> print(draw_weightings(assess(Candidate(), job), priorities=limits).get_title())
    Take it at 54 % of weightings, decline at 46 %
    """
    where = "draw_weightings"
    check_assessment(assessment, f"{where}(assessment)")
    aspects = to_tuple(relative, f"{where}(relative)", "'pay', 'role', 'growth'")
    if aspects and (priorities or weights):
        expected, remedy = "without limits beside it", "Give one of both."
        raise InvalidFieldError(f"{where}(relative)", expected, aspects, remedy)
    if aspects and len(set(aspects)) != len(_CORNERS):
        expected = "three different aspects"
        raise InvalidFieldError(f"{where}(relative)", expected, aspects)
    if aspects:
        priorities = dict.fromkeys(aspects, (0.0, float(len(aspects))))
    box = read_box(where, assessment.decision, priorities or {}, weights or {})
    varied = [
        name
        for name, low, high in zip(box.names, box.low, box.high, strict=True)
        if low < high
    ]
    if not aspects and len(varied) != len(_AXES):
        expected = "limits of two numbers, the lower below the upper"
        remedy = "Call acceptability, which takes any number of them."
        raise InvalidFieldError(f"{where}(priorities)", expected, varied, remedy)
    ax = axes_or_new(ax, 4.6 if aspects else 4.2)
    regions = regions_of(box, simplex=bool(aspects))
    canvas = _Canvas(ax, box, regions)
    canvas.draw()
    names = [box.labels[name] for name in varied]
    title = ", ".join(
        f"{HEADLINES[action]} at {share_of(share)}{'' if number else ' of weightings'}"
        for number, (action, share) in enumerate(regions.shares.items())
    )
    if aspects:
        canvas.name_corners(names)
        ax.set_aspect("equal")
        ax.spines[["left", "bottom"]].set_visible(False)
        ax.set_xticks([])
        ax.set_yticks([])
        return label_axes(ax, capitalise(title))
    labels = [f"how much {name} counts, times" for name in names]
    return label_axes(ax, capitalise(title), *labels)


# The axes of a plane, and the corners of a triangle: top, left, right.
_AXES = (0, 1)
_CORNERS = ((0.5, 1.0), (0.0, 0.0), (1.0, 0.0))
# Height of a triangle whose sides are 1.
_HEIGHT = float(np.sqrt(0.75))


class _Canvas:
    """Axes on which regions are drawn.

    Args:
        ax, box, regions: Where, of what numbers, and the regions.
    """

    def __init__(self, ax: Axes, box: Box, regions: Regions) -> None:
        self.ax, self.regions = ax, regions
        varied = np.flatnonzero(box.low < box.high)
        self.low, self.size = np.zeros(2), np.array([1.0, _HEIGHT])
        if not regions.is_simplex:
            self.low = box.low[varied]
            self.size = box.high[varied] - self.low
        self.present = box.decision.candidate, box.present[varied], varied

    def _at(self, columns: Sequence[Column], heights: Sequence[float]) -> FloatArray:
        """Points in units of the axes, ``(points, 2)``.

        Args:
            columns, heights: And how far along each, 0 to 1.
        """
        places = np.array([column.place for column in columns])
        points = self.regions.coordinates(places, np.array(heights))
        return np.asarray(self.low + points * self.size)

    def draw(self) -> None:
        """Draw the regions, the borders between them, and the present weighting."""
        shown: set[Action] = set()
        for run in self.regions.runs:
            for number, action in enumerate(run[0].actions):
                colour, _, hatch = STYLES[action]
                ends = [column.ends[number] for column in run]
                starts = [column.ends[number - 1] if number else 0.0 for column in run]
                points = np.vstack([self._at(run, starts), self._at(run, ends)[::-1]])
                # Its edge has its colour, so that no gap shows beside the next column.
                self.ax.fill(*points.T, facecolor=colour, edgecolor=colour, lw=1.0)
                name = f"_{action}" if action in shown else HEADLINES[action]
                style: dict[str, Any] = {"hatch": hatch, "linewidth": 0.0}
                style |= {"facecolor": colour, "edgecolor": Colour.BLACK, "zorder": 1.5}
                self.ax.fill(*points.T, label=name, **style)
                shown.add(action)
                if number:
                    self._border(self._at(run, starts))
        runs = self.regions.runs
        for left, right in pairwise(runs):
            self._border_between(left[-1], right[0])
        if self.regions.is_simplex:
            corners = np.array([*_CORNERS, _CORNERS[0]]) * self.size
            self.ax.plot(*corners.T, color=ink(self.ax), linewidth=1.2, zorder=2.0)
        else:
            self.ax.set_xlim(self.low[0], self.low[0] + self.size[0])
            self.ax.set_ylim(self.low[1], self.low[1] + self.size[1])
        self._mark_present()

    def _border(self, points: FloatArray) -> None:
        """Draw a border through points, ``(points, 2)``."""
        self.ax.plot(*points.T, color=Colour.BLACK, linewidth=1.2)

    def _border_between(self, left: Column, right: Column) -> None:
        """Draw a border along a column where the regions on its sides differ.

        Args:
            left, right: Next to each other.
        """
        heights = sorted({0.0, *left.ends, *right.ends})
        for start, end in pairwise(heights):
            middle = 0.5 * (start + end)
            if left.action_at(middle) is not right.action_at(middle):
                self._border(self._at([left, right], [start, end]))

    def _mark_present(self) -> None:
        """Mark the weighting of the candidate, if the picture has it."""
        _, numbers, _ = self.present
        point = numbers
        if self.regions.is_simplex:
            if abs(float(numbers.sum()) - len(_CORNERS)) > 1e-9:
                return
            shares = numbers / len(_CORNERS)
            point = np.array(_CORNERS).T @ shares * self.size
        self.ax.plot(
            *point,
            "o",
            color=ink(self.ax),
            path_effects=outline(self.ax),
            clip_on=False,
            linestyle="none",
            label="your weighting",
        )

    def name_corners(self, names: Sequence[str]) -> None:
        """Name the corners of a triangle, top, left and right, after what counts there.

        Args:
            names: Of the three aspects.
        """
        for name, (x, y), (side, up) in zip(
            names, _CORNERS, (("center", 4), ("right", -4), ("left", -4)), strict=True
        ):
            self.ax.annotate(
                "\n".join(wrap(f"only {name}", 18)),
                (x, y * _HEIGHT),
                xytext=(0, up),
                textcoords="offset points",
                horizontalalignment=side,
                verticalalignment="bottom" if up > 0 else "top",
                fontsize="small",
                parse_math=False,
            )


def draw_acceptability(acceptability: Acceptability, ax: Axes | None = None) -> Axes:
    """The share of weightings for each action, and what somebody who acts so cares for.

    A bar is a share, with its 95 % interval. Below it stand the numbers of its central
    weighting that are furthest from the mean of all weightings.

    Args:
        acceptability: What ``acceptability`` returned.
        ax: Axes to draw on; those of a new figure if None.

    Raises:
        InvalidFieldError: If it is something else.

    >>> from interviewfit import Belief, Candidate, Opportunity, assess, corporate
    >>> from interviewfit.weightings import acceptability
    >>> beliefs = {"pay": Belief(mean=12, sd=3), "role": Belief(mean=-35, sd=5)}
    >>> job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
    >>> shares = acceptability(
    ...     assess(Candidate(), job), priorities={"pay": (0, 3), "role": (0, 2)}
    ... )
    >>> print(draw_acceptability(shares).get_title())
    Take it at 54 % of weightings: on average
    with the pay at 1.9 and the role at 0.67
    """
    check_kind("draw_acceptability(acceptability)", acceptability, Acceptability)
    shares = acceptability.shares
    ax = axes_or_new(ax, 1.8 + 0.72 * len(shares))
    average = {
        name: sum(entry.share * entry.central[name] for entry in shares)
        for name in acceptability.labels
    }
    for row, entry in enumerate(shares):
        colour, _, hatch = STYLES[entry.action]
        share, error = 100.0 * entry.share, 100.0 * _Z * entry.standard_error
        style: dict[str, Any] = {"color": colour, "hatch": hatch, "label": "_share"}
        bar = row - _RAISED
        ax.barh(bar, share, height=0.4, edgecolor=ax.get_facecolor(), **style)
        ax.errorbar(
            share,
            bar,
            xerr=error,
            color=ink(ax),
            capsize=3.0,
            label="_error" if row else "share of weightings, 95 % interval",
        )
        write_beside(ax, share_of(entry.share), (share + error, bar), 6)
        words = _central(entry.central, average, acceptability.labels)
        if entry.confidence is not None:
            words += f"; best in {share_of(entry.confidence)} of draws there"
        text = "\n".join(wrap(words, _LETTERS))
        ax.annotate(
            text,
            (0.0, bar + 0.2),
            xytext=(4, -4),
            textcoords="offset points",
            verticalalignment="top",
            fontsize="small",
            parse_math=False,
        )
    label_rows(ax, [capitalise(HEADLINES[entry.action]) for entry in shares])
    ax.set_ylim(len(shares) - 0.4, -0.6)
    # Room for the number beside a bar of 100 %.
    ax.set_xlim(0.0, 112.0)
    ax.set_xticks(range(0, 101, 20))
    first = shares[0]
    most = share_of(first.share)
    title = f"{capitalise(HEADLINES[first.action])} at {most} of weightings"
    if len(shares) > 1:
        words = _central(first.central, average, acceptability.labels)
        title += f": {words}"
    return label_axes(ax, title, "share of weightings, %")


def _central(
    central: Mapping[str, float],
    average: Mapping[str, float],
    labels: Mapping[str, str],
) -> str:
    """The numbers of a central weighting that are furthest from the average, in words.

    Args:
        central, average, labels: By name: of one action, of all, and what each is.
    """
    off = {name: abs(number - average[name]) for name, number in central.items()}
    far = sorted(off, key=lambda name: -off[name])[:_MOST_NAMED]
    far = [name for name in far if off[name] > _FAR * max(average[name], _FAR)]
    if not far:
        return "on average as all weightings"
    named = [f"{labels[name]} at {central[name]:.2g}" for name in far]
    start, last = ", ".join(named[:-1]), named[-1]
    return f"on average with {f'{start} and {last}' if start else last}"
