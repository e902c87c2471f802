"""What all pictures share: axes, colours, titles, legends and numbers in words.

Names come from users, so no text is read as mathematics, and long names are cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from interviewfit._text.amounts import hours_of, percent_of
from interviewfit._text.labels import quantity
from interviewfit.errors import MissingPackageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# What an axis of fits and one of values are called.
FIT_LABEL = "believed fit, % of pay above what you have otherwise"
VALUE_LABEL = "value, hours of your time"

_LONGEST_NAME = 40
# Letters in a line of the title, and in a line of the name of a row.
_TITLE_LETTERS, _ROW_LETTERS = 52, 30
# Lines of the name of a row.
_ROW_LINES = 4
# From the axes down to the legend, past ticks and label, in sizes of its letters.
_LEGEND_PAD = 4.6
# Letters of a legend that fit in one line, and in a line of several columns.
_LINE_LETTERS, _COLUMN_LETTERS = 50, 64
_LEGEND_DOT = 40.0


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


def axes_or_new(ax: Axes | None, height: float = 3.6) -> Axes:
    """The axes as they are, or those of a new figure.

    A new figure belongs to the caller: it is closed by ``pyplot.close``, or once a
    notebook has shown it.

    Args:
        ax: Axes to draw on, or None.
        height: Height of a new figure, inches; it is 7 inches wide.

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


def ink(ax: Axes) -> str:
    """The colour of lines and dots: that of the labels, so dark styles work as well."""
    from matplotlib.colors import to_hex

    return to_hex(ax.xaxis.label.get_color()).upper()


def outline(ax: Axes) -> list[Any]:
    """A line in the colour of the background around one that crosses coloured areas."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=3.0, foreground=ax.get_facecolor(), alpha=0.6)]


def label_box(ax: Axes) -> dict[str, Any]:
    """What stands behind words that a line may cross."""
    return {"facecolor": ax.get_facecolor(), "edgecolor": "none", "pad": 0.8}


def label_axes(ax: Axes, title: str, x_label: str = "", y_label: str = "") -> Axes:
    """The axes with a title, labels, and a legend below that covers nothing.

    Args:
        ax: Axes on which all else is drawn.
        title: The finding, in words; wrapped into lines of about the same length.
        x_label: What is across, with its unit.
        y_label: What is up, with its unit.
    """
    ax.set_title(
        _wrap_title(title),
        x=0.0,
        horizontalalignment="left",
        fontsize="medium",
        fontweight="bold",
        parse_math=False,
    )
    ax.set_xlabel(x_label, parse_math=False)
    ax.set_ylabel(y_label, parse_math=False)
    ax.spines[["top", "right"]].set_visible(False)
    if ax.get_legend_handles_labels()[0] and ax.axison:
        _add_legend(ax)
    return ax


def _wrap_title(title: str) -> str:
    """A title in as few lines as it needs, all of about the same length."""
    # A no-break space keeps a number with its unit.
    kept = re.sub(r"(?<=\d) (?=%|h\b)", "\u00a0", title)
    lines = len(wrap(kept, _TITLE_LETTERS))
    widths = range(max(len(kept) // max(lines, 1), 1), _TITLE_LETTERS + 1)
    narrowest = next(width for width in widths if len(wrap(kept, width)) <= lines)
    return "\n".join(wrap(kept, narrowest)).replace("\u00a0", " ")


def _add_legend(ax: Axes) -> None:
    """Add a legend below the axes."""
    from matplotlib.collections import PathCollection

    handles, labels = ax.get_legend_handles_labels()
    columns = len(labels)
    if sum(map(len, labels)) > _LINE_LETTERS:
        columns = max(_COLUMN_LETTERS // max(map(len, labels)), 1)
    legend = ax.legend(
        handles,
        labels,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        borderaxespad=_LEGEND_PAD,
        ncols=columns,
        columnspacing=1.4,
        frameon=False,
        fontsize="small",
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
    for handle in legend.legend_handles:
        # In the legend a dot shows its colour and shape, not its size.
        if isinstance(handle, PathCollection):
            handle.set_sizes([_LEGEND_DOT])


def shorten(name: str) -> str:
    """A name cut to 40 letters."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def row_lines(name: str) -> list[str]:
    """The name of a row in lines, four at most; only what is longer is cut."""
    return wrap(name, _ROW_LETTERS, max_lines=_ROW_LINES, placeholder=" …")


def label_rows(ax: Axes, names: Sequence[str]) -> None:
    """Name the rows of the axes, the first on top, and fit the axes to them.

    Args:
        ax: Axes whose rows stand at 0, 1, 2 and so on.
        names: A name per row; a long name is wrapped.
    """
    labels = ["\n".join(row_lines(name)) for name in names]
    ax.set_yticks(range(len(labels)), labels, parse_math=False)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(max(len(labels), 1) - 0.4, -0.6)


def write_beside(
    ax: Axes,
    text: str,
    point: tuple[float, float],
    right: float,
    up: float = 0.0,
    **style: Any,
) -> None:
    """Write a small text beside a point, at its height or above it.

    Args:
        ax: Axes to draw on.
        text: The text, which is not read as mathematics.
        point: Where the point is, in units of the axes.
        right, up: From the point to the text, points; with *right* below 0 the text is
            on the left.
        style: Passed on to ``annotate``.
    """
    ax.annotate(
        text,
        point,
        xytext=(right, up),
        textcoords="offset points",
        horizontalalignment="left" if right >= 0.0 else "right",
        verticalalignment="baseline" if up else "center",
        fontsize="small",
        parse_math=False,
        **style,
    )


def percent_text(fit: float) -> str:
    """A fit in percent of pay with its sign, as it is printed."""
    return percent_of(fit).replace("-", "−")


def hours_text(value: float) -> str:
    """A value in hours with its sign, as it is printed."""
    return hours_of(value).replace("-", "−")


def quantity_text(value: float, unit: str) -> str:
    """A number with its sign and unit, as it is printed.

    Args:
        value: The number.
        unit: Its unit, such as ``"% of pay"``, ``"h"`` or ``"chance"``.
    """
    return quantity(value, unit).replace("-", "−")
