"""What the pictures share: axes, colours, words that are shown as they stand.

Names come from users, so no text is read as mathematics, and long ones are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from textwrap import wrap
from typing import TYPE_CHECKING

from interviewfit._text.assessment_text import hours_of, percent_of
from interviewfit._text.labels import quantity
from interviewfit.errors import MissingPackageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "Colour",
    "amount",
    "axes_or_new",
    "brief",
    "finish",
    "hours",
    "name_rows",
    "percent",
    "surplus_label",
]


class Colour(StrEnum):
    """Colours that people with any kind of colour vision tell apart, and a grey.

    M. Okabe and K. Ito, "Color Universal Design", 2008.
    """

    BLACK = "#000000"
    ORANGE = "#E69F00"
    SKY = "#56B4E9"
    GREEN = "#009E73"
    YELLOW = "#F0E442"
    BLUE = "#0072B2"
    VERMILION = "#D55E00"
    PURPLE = "#CC79A7"
    GREY = "#6E6E6E"


_LONGEST_NAME = 40
# In letters: of a line of the title, and of a line beside a row.
_TITLE, _ROW = 52, 30
# From the axes down to the legend, in sizes of its letters: past ticks and label.
_BELOW = 4.6
# Letters that stand side by side in it: in one line, or in columns.
_LINE, _COLUMNS = 50, 64
_DOT = 40.0


def axes_or_new(ax: Axes | None, height: float = 3.6) -> Axes:
    """The axes given, or those of a new figure of its own.

    The figure belongs to whoever called: it is closed by ``pyplot.close``, or when a
    notebook has shown it.

    Raises:
        MissingPackageError: If matplotlib is not installed.
    """
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot as plt
    except ImportError:
        raise MissingPackageError("matplotlib", "plot") from None
    return plt.subplots(figsize=(7.0, height), layout="constrained")[1]


def finish(ax: Axes, title: str, across: str = "", down: str = "") -> Axes:
    """Axes with a title that says the finding, labels, and a legend that covers nothing."""
    ax.set_title(
        _lines(title),
        x=0.0,
        horizontalalignment="left",
        fontsize="medium",
        fontweight="bold",
        parse_math=False,
    )
    ax.set_xlabel(across, parse_math=False)
    ax.set_ylabel(down, parse_math=False)
    ax.spines[["top", "right"]].set_visible(False)
    if ax.get_legend_handles_labels()[0] and ax.axison:
        _explain(ax)
    return ax


def _lines(title: str) -> str:
    """A title in as few lines as it needs, all about as long."""
    # A number stays with its unit.
    kept = re.sub(r"(?<=\d) (?=%|h\b)", "\u00a0", title)
    few = len(wrap(kept, _TITLE))
    narrow = len(kept) // max(few, 1)
    width = next(
        one for one in range(max(narrow, 1), _TITLE + 1) if len(wrap(kept, one)) <= few
    )
    return "\n".join(wrap(kept, width)).replace("\u00a0", " ")


def _explain(ax: Axes) -> None:
    """A legend below the axes."""
    handles, words = ax.get_legend_handles_labels()
    legend = ax.legend(
        handles,
        words,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        borderaxespad=_BELOW,
        ncols=_columns(words),
        columnspacing=1.4,
        frameon=False,
        fontsize="small",
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
    from matplotlib.collections import PathCollection

    for one in legend.legend_handles:
        # A dot whose size says something is there for its colour and shape alone.
        if isinstance(one, PathCollection):
            one.set_sizes([_DOT])


def _columns(words: Sequence[str]) -> int:
    """How many words stand side by side."""
    if sum(map(len, words)) <= _LINE:
        return len(words)
    return max(_COLUMNS // max(map(len, words)), 1)


def brief(name: str) -> str:
    """A name short enough for a label."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def name_rows(ax: Axes, names: Iterable[str]) -> None:
    """A name for each row, the first on top, long ones in two lines; no ticks."""
    words = ["\n".join(wrap(one, _ROW)) for one in names]
    ax.set_yticks(range(len(words)), words, parse_math=False)
    ax.tick_params(axis="y", length=0)


def percent(fit: float) -> str:
    """A fit with its sign, as it is printed."""
    return percent_of(fit).replace("-", "−")


def hours(worth: float) -> str:
    """A worth with its sign, as it is printed."""
    return hours_of(worth).replace("-", "−")


def amount(value: float, unit: str) -> str:
    """A value of any unit with its sign, as it is printed."""
    return quantity(value, unit).replace("-", "−")


def surplus_label() -> str:
    """What is across wherever beliefs are."""
    return "believed fit, % of pay against what you have otherwise"
