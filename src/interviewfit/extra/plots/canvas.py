"""
What the pictures share: axes, colours, words that are shown as they stand.

Names come from users, so no text is read as mathematics, and long ones are cut.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from interviewfit.errors import InvalidFieldError
from interviewfit.explanation import hours_of, percent_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "BLACK",
    "BLUE",
    "GREEN",
    "GREY",
    "ORANGE",
    "PURPLE",
    "SKY",
    "VERMILION",
    "YELLOW",
    "axes_or_new",
    "brief",
    "check_kind",
    "finish",
    "hours",
    "percent",
    "surplus_label",
    "with_legend",
]

# M. Okabe and K. Ito, "Color Universal Design", 2008.
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
_LONGEST_LINE = 52


def axes_or_new(ax: Axes | None, height: float = 3.6) -> Axes:
    """
    The axes given, or those of a new figure of its own.

    The figure belongs to whoever called: it is closed by ``pyplot.close``, or when a
    notebook has shown it.
    """
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    return plt.subplots(figsize=(7.0, height), layout="constrained")[1]


def finish(ax: Axes, title: str, across: str = "", down: str = "") -> Axes:
    """
    Axes with a title that says the finding, labels, and no more lines than needed.
    """
    # A number stays with its unit.
    kept = title.replace(" %", "\u00a0%")
    lines = wrap(kept, _LONGEST_LINE)
    ax.set_title(
        "\n".join(lines).replace("\u00a0", " "),
        x=0.0,
        horizontalalignment="left",
        fontsize="medium",
        fontweight="bold",
        parse_math=False,
    )
    ax.set_xlabel(across, parse_math=False)
    ax.set_ylabel(down, parse_math=False)
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def brief(name: str) -> str:
    """
    A name short enough for a label.
    """
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def with_legend(ax: Axes, columns: int = 3) -> Axes:
    """
    A legend below the axes, so that it covers nothing.
    """
    handles, words = ax.get_legend_handles_labels()
    legend = ax.legend(
        handles,
        words,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.22),
        ncols=columns,
        frameon=False,
        fontsize="small",
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
    return ax


def percent(fit: float) -> str:
    """
    A fit with its sign, as it is printed.
    """
    return percent_of(fit).replace("-", "−")


def hours(worth: float) -> str:
    """
    A worth with its sign, as it is printed.
    """
    return hours_of(worth).replace("-", "−")


def surplus_label() -> str:
    """
    What is across wherever beliefs are.
    """
    return "believed fit, % of pay against what you have otherwise"


def check_kind(where: str, value: object, kind: type) -> None:
    """
    Refuse what the function cannot draw.

    Raises:
        InvalidFieldError: If *value* is of another type.
    """
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIO" else "a"
        raise InvalidFieldError(where, f"{article} {kind.__name__}", value)
