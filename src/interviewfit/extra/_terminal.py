"""Answers on a terminal in colour and boxes; needs ``interviewfit[terminal]``.

``NO_COLOR`` in the environment turns the colour off; the boxes stay.
"""

import os
from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING

from interviewfit._text.layout import (
    Block,
    Paragraph,
    Setter,
    Table,
    column_widths,
    is_numeric,
    wrap,
)
from interviewfit.errors import MissingPackageError

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"go": "green", "wait": "yellow", "leave": "red"}


def colour_setter(width: int) -> Setter:
    """What sets blocks in colour and boxes, as ``render`` does in plain text.

    Args:
        width: Columns of the screen.

    Raises:
        MissingPackageError: If rich is not installed.
    """
    try:
        from rich.console import Console
    except ImportError:
        raise MissingPackageError("rich", "terminal") from None

    def setter(blocks: Iterable[Block]) -> str:
        """Blocks in colour, as text with escape sequences."""
        console = Console(
            file=StringIO(),
            width=width,
            force_terminal=True,
            color_system="standard",
            no_color=bool(os.environ.get("NO_COLOR")),
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )
        with console.capture() as capture:
            for block in blocks:
                if isinstance(block, Table):
                    _print_table(console, block, width)
                else:
                    _print_paragraph(console, block)
        lines = capture.get().split("\n")
        return "\n".join(line.rstrip(" ") for line in lines)

    return setter


def _print_paragraph(console: "Console", block: Paragraph) -> None:
    """Print a paragraph, wrapped between words.

    Args:
        console, block: Where to print, and what.
    """
    from rich.padding import Padding
    from rich.text import Text

    lines = wrap(block.text, console.width - block.indent)
    text = Text("\n".join(lines), style="bold" if block.strong else "")
    console.print(Padding(text, (0, 0, 0, block.indent)))


def _print_table(console: "Console", table: Table, width: int) -> None:
    """Print a table: in a box if it has headings and room, else its rows only.

    Args:
        console, table: Where to print, and what.
        width: Columns of the screen.
    """
    from rich import box
    from rich.padding import Padding
    from rich.table import Table as RichTable
    from rich.text import Text

    has_heads, count = any(table.heads), len(table.heads)
    is_framed = has_heads and table.framed
    frame = 2 * count + count + 1 if is_framed else 2 * count
    gaps = 2 * (count - 1)
    widths = column_widths(table, width - table.indent - frame + gaps)
    drawn = RichTable(
        box=box.ROUNDED if is_framed else None,
        show_header=has_heads,
        header_style="bold",
        padding=(0, 1) if is_framed else (0, 2, 0, 0),
    )
    columns = list(zip(*table.rows, strict=True)) or [()] * count
    for head, cells, wide in zip(table.heads, columns, widths, strict=True):
        right = "right" if is_numeric(cells) else "left"
        drawn.add_column(Text(head), justify=right, width=wide, overflow="fold")
    kinds = table.kinds or ("",) * len(table.rows)
    for row, kind in zip(table.rows, kinds, strict=True):
        style = _STYLES.get(kind, "")
        # Names stay plain; what to do, numbers and bars do not.
        painted = {1} if has_heads else {1, 2} if count > 2 else {0}
        drawn.add_row(
            *(
                Text("\n".join(wrap(text, wide)), style if number in painted else "")
                for number, (text, wide) in enumerate(zip(row, widths, strict=True))
            )
        )
    console.print(Padding(drawn, (0, 0, 0, table.indent)))
    if table.left_out:
        more = f"... and {table.left_out:,} more. {table.more}".rstrip()
        console.print(Padding(Text(more), (0, 0, 0, table.indent)))
