"""Paragraphs, tables and bars in columns of a screen; a word is never cut.

An answer is a list of blocks. ``render`` sets them in plain text; ``extra._terminal``
sets the same blocks in colour.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias
from unicodedata import combining, east_asian_width

from attrs import evolve, frozen

from interviewfit._model.units import rounded

TABLE_WIDTH = 79
"""Columns of a table where nobody says how wide the screen is."""

_GAP = 2
# The space between a number and its unit.
_UNIT = re.compile(r"(?<=\d) (?=(?:%|h|[A-Z]{3})(?!\w))")
_BAR_WIDTH = 24


@frozen
class Paragraph:
    """Text that runs on.

    Attributes:
        text: The text, on one line.
        indent: Columns to the left of it.
        strong: Whether it is what the reader looks for first.
        optional: Whether it is left out where the screen has no room.
        minor: Whether it is left out before rows of tables, but for the first.
        short: What stands there instead where rows of tables would not fit otherwise;
            empty if nothing does.
    """

    text: str
    indent: int = 0
    strong: bool = False
    optional: bool = False
    minor: bool = False
    short: str = ""


@frozen
class Table:
    """Rows of texts under headings.

    Attributes:
        heads: One text for each column; all empty for no headings.
        rows: As many texts in each.
        kinds: What each row is, such as ``"leave"``, for its colour.
        left_out: How many rows more there are.
        indent: Columns to the left of it.
        more: What to type to see the rows that are left out.
        minor: Whether its rows are left out before those of other tables.
        framed: Whether it has a frame where there are any.
        brief: What stands in the first column instead, a text for each row, where not
            all rows would fit otherwise; empty if nothing does.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...] = ()
    left_out: int = 0
    indent: int = 0
    more: str = ""
    minor: bool = False
    framed: bool = True
    brief: tuple[str, ...] = ()

    def first(self, count: int) -> "Table":
        """The table with its first rows only, which says how many are left out."""
        left_out = self.left_out + len(self.rows) - count
        return evolve(
            self,
            rows=self.rows[:count],
            kinds=self.kinds[:count],
            brief=self.brief[:count],
            left_out=left_out,
        )

    def in_brief(self) -> "Table":
        """The table with the brief texts in its first column, if there are any."""
        rows = [
            (text, *row[1:]) for text, row in zip(self.brief, self.rows, strict=True)
        ]
        return evolve(self, rows=tuple(rows), brief=())


Block: TypeAlias = Paragraph | Table
"""A piece of a screen."""


def columns_of(text: str) -> int:
    """How many columns of a screen a text takes.

    >>> columns_of("日本"), columns_of("e\u0301")
    (4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def wrap(text: str, width: int, indent: int = 0) -> list[str]:
    """Lines of a text broken between words; a word wider than a line is broken.

    A number stays with its unit.

    Args:
        text: One line; the spaces that it begins with are kept.
        width: Columns of a line.
        indent: Columns by which all lines but the first stand further to the right.

    >>> wrap("  a quiet word", 9, 4), wrap("it takes 4.2 h", 12)
    (['  a quiet', '    word'], ['it takes', '4.2 h'])
    """
    start = " " * (len(text) - len(text.lstrip()))
    lines, line = list[str](), start
    margin = " " * min(indent, width // 2)
    room = max(1, width - max(len(start), len(margin)))
    words = [part for word in _words(text, room) for part in _pieces(word, room)]
    for word in words:
        is_empty = not line.strip()
        needed = columns_of(line) + columns_of(word) + (not is_empty)
        if needed > width and not is_empty:
            lines.append(line)
            line, is_empty = margin, True
        line += word if is_empty else f" {word}"
    return [*lines, line]


def _words(text: str, room: int) -> Iterator[str]:
    """Yield the words of a text; a number and its unit are one, if that fits a line.

    Args:
        text, room: The text, and the columns of a line.
    """
    for word in _UNIT.sub("\0", text).split():
        together = word.replace("\0", " ")
        fits = "\0" not in word or columns_of(together) <= room
        yield from [together] if fits else word.split("\0")


def _pieces(word: str, room: int) -> Iterator[str]:
    """Yield a word whole, or what of it fits a line at a time.

    Args:
        word, room: The word, and the columns of a line.
    """
    piece = ""
    for sign in word if columns_of(word) > room else ():
        if piece and columns_of(piece + sign) > room:
            yield piece
            piece = ""
        piece += sign
    yield piece or word


def bar(value: float, largest: float) -> str:
    """A value as a bar of plus or minus signs.

    Args:
        value: The value.
        largest: The largest size that is drawn beside it, above 0.

    >>> bar(1.0, 4.0), bar(-0.001, 4.0)
    ('++++++', '-')
    """
    length = max(1, int(rounded(abs(value) / largest * _BAR_WIDTH)))
    return ("+" if value >= 0.0 else "-") * length


def table_lines(table: Table, width: int = TABLE_WIDTH) -> list[str]:
    """The lines of a table in plain text.

    Columns of numbers stand to the right. Where the screen is too narrow, the first
    columns are wrapped between words.

    Args:
        table: The table.
        width: Columns of the screen.

    >>> table_lines(Table(("what", "hours"), (("tea", "1.0"), ("cake", "12.0"))))
    ['what  hours', 'tea     1.0', 'cake   12.0']
    """
    rows = list(table.rows)
    numeric = [is_numeric(cells) for cells in zip(*rows, strict=True)]
    numeric = numeric or [False] * len(table.heads)
    widths = column_widths(table, width - table.indent)
    lines = []
    for row in ([table.heads] if any(table.heads) else []) + rows:
        cells = [wrap(text, wide) for text, wide in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            parts = [
                _padded(cell[number] if number < len(cell) else "", wide, right)
                for cell, wide, right in zip(cells, widths, numeric, strict=True)
            ]
            line = (" " * table.indent + (" " * _GAP).join(parts)).rstrip()
            lines.append(line)
    if table.left_out:
        more = f"... and {table.left_out:,} more. {table.more}".rstrip()
        lines.extend(wrap(" " * table.indent + more, width, table.indent))
    return lines


def is_numeric(cells: Sequence[str]) -> bool:
    """Whether a column holds numbers, so that it stands to the right."""
    return any(text.lstrip("+-")[:1].isdigit() for text in cells)


def column_widths(table: Table, width: int) -> list[int]:
    """How wide each column is, so that all of them fit.

    Columns take what their widest text needs. If that is too much, what is left beside
    the narrower ones is shared by the widest, which are wrapped.

    Args:
        table: The table.
        width: Columns for all of it.
    """
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.heads)
    natural = []
    for head, cells in zip(table.heads, columns, strict=True):
        word = max(map(columns_of, head.split()), default=1)
        natural.append(max([word, *map(columns_of, cells)]))
    room = width - _GAP * (len(natural) - 1)
    limit = max(natural, default=1)
    while limit > 1 and sum(min(wide, limit) for wide in natural) > room:
        limit -= 1
    widths = [min(wide, limit) for wide in natural]
    spare = room - sum(widths)
    for number, wide in enumerate(natural):
        extra = min(spare, wide - widths[number])
        widths[number] += extra
        spare -= extra
    return _with_room(table.heads, [max(1, wide) for wide in widths], spare)


def _with_room(heads: Sequence[str], widths: Sequence[int], room: int) -> list[int]:
    """Wider columns, so that headings take fewer lines.

    Args:
        heads, widths: The headings, and the columns that each has.
        room: Columns of the screen that are free.
    """
    wider = list(widths)
    while True:
        lines = [len(wrap(*pair)) for pair in zip(heads, wider, strict=True)]
        number = lines.index(max(lines))
        needed = next(
            (
                more
                for more in range(1, room + 1)
                if len(wrap(heads[number], wider[number] + more)) < lines[number]
            ),
            0,
        )
        if not needed:
            return wider
        wider[number] += needed
        room -= needed


def _padded(text: str, width: int, right: bool) -> str:
    """A text with spaces beside it.

    Args:
        text, width: The text, and the columns that it shall take.
        right: Whether it stands to the right.
    """
    space = " " * max(0, width - columns_of(text))
    return space + text if right else text + space


def render(blocks: Iterable[Block], width: int | None = None) -> str:
    """Blocks in plain text.

    Args:
        blocks: What to set, from top to bottom.
        width: Columns of the screen; None to leave paragraphs on one line each.
    """
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += table_lines(block, width or TABLE_WIDTH)
            continue
        text = " " * block.indent + block.text
        further = block.indent + _GAP if block.indent else 0
        lines += [text] if width is None else wrap(text, width, further)
    return "".join(f"{line}\n" for line in lines)


Setter: TypeAlias = Callable[[Iterable[Block]], str]
"""What sets blocks for a screen: ``render``, or the same in colour."""
