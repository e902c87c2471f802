"""Blocks on a screen of a few lines, and what is left out first to make them fit."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import evolve

from interviewfit._text.layout import Block, Paragraph, Setter, Table

AnyBlock = TypeVar("AnyBlock", Paragraph, Table)


def _is_tall(block: Block, setter: Setter) -> bool:
    """Whether a block takes more than a line.

    Args:
        block, setter: The block, and what sets it.
    """
    return setter([block]).count("\n") > 1


def _in_a_line(block: Block, setter: Setter) -> Block:
    """A paragraph cut between words to a line that says where all of it stands.

    Args:
        block: A paragraph of several lines.
        setter: What sets it.
    """
    if not isinstance(block, Paragraph):
        return block
    words = block.text.split()
    counts = range(1, len(words))

    def cut(count: int) -> Paragraph:
        """The first words of it."""
        text = " ".join(words[:count]).rstrip(".,;:")
        return evolve(block, text=f"{text} ... (--explain)")

    # More words are never fewer lines.
    fits = bisect_left(counts, 2, key=lambda count: setter([cut(count)]).count("\n"))
    return cut(max(1, fits))


def fitted(blocks: Iterable[Block], setter: Setter, height: int) -> str:
    """Blocks set so that they fit a screen.

    Rows of minor tables go first. Of minor paragraphs the first remains, and says how
    many are left out; it is cut to a line. Then go frames, whole minor tables, all but
    the short form of paragraphs, and the long texts of first columns. Other rows go
    only where that is not enough. Where one row of each table is too many, optional
    paragraphs are left out, the first of them first.

    Args:
        blocks: What to show.
        setter: What sets them.
        height: Lines of the screen.
    """
    screens = list(_ever_smaller(list(blocks), setter))
    # None is taller than the one before, so the first that fits is found by halves.
    number = bisect_left(screens, -height, key=lambda shown: -setter(shown).count("\n"))
    return setter(screens[min(number, len(screens) - 1)])


def _ever_smaller(shown: list[Block], setter: Setter) -> Iterator[list[Block]]:
    """The blocks, then with ever less of them, as ``fitted`` leaves out.

    No screen is taller than the one before, so that the first that fits is found by
    halving.

    Args:
        shown: All blocks.
        setter: What sets them.
    """
    dropped, is_cut = 0, False
    while True:
        yield shown
        tables = _those(shown, Table)
        paragraphs = _those(shown, Paragraph)
        long = [number for number, table in tables.items() if len(table.rows) > 1]
        minor = [number for number, block in paragraphs.items() if block.minor]
        optional = [number for number, block in paragraphs.items() if block.optional]
        shown = list(shown)
        if (number := next((it for it in long if tables[it].minor), -1)) >= 0:
            shown[number] = tables[number].first(len(tables[number].rows) - 1)
        elif len(minor) > 1:
            before = paragraphs[minor[0]].text.removesuffix(_more(dropped))
            dropped += 1
            text = before + _more(dropped)
            shown[minor[0]] = evolve(paragraphs[minor[0]], text=text)
            del shown[minor[-1]]
        elif long and minor and not is_cut:
            # A row says what to do; what to check is named in a line.
            is_cut = True
            if _is_tall(shown[minor[0]], setter):
                shown[minor[0]] = _in_a_line(shown[minor[0]], setter)
        elif long and (smaller := _smaller(shown)):
            shown = smaller
        elif long:
            longest = max(long, key=lambda it: len(tables[it].rows))
            shown[longest] = tables[longest].first(len(tables[longest].rows) - 1)
        elif optional:
            del shown[optional[0]]
        else:
            return


def _those(blocks: Sequence[Block], kind: type[AnyBlock]) -> dict[int, AnyBlock]:
    """The blocks of a kind by their number.

    Args:
        blocks, kind: All blocks, and the kind.
    """
    return {
        number: block for number, block in enumerate(blocks) if isinstance(block, kind)
    }


def _smaller(blocks: Sequence[Block]) -> list[Block]:
    """Blocks without the next thing that goes before rows do; empty if all has gone.

    Frames go first, then minor tables, long paragraphs and long first columns.

    Args:
        blocks: What is shown.
    """
    tables, paragraphs = _those(blocks, Table), _those(blocks, Paragraph)
    less: dict[int, Block] = {
        number: evolve(table, framed=False)
        for number, table in tables.items()
        if table.framed
    }
    minor = {number for number, table in tables.items() if table.minor}
    if not less and minor:
        return [block for number, block in enumerate(blocks) if number not in minor]
    less = less or {
        number: evolve(block, text=block.short, short="")
        for number, block in paragraphs.items()
        if block.short
    }
    less = less or {
        number: table.in_brief() for number, table in tables.items() if table.brief
    }
    return [less.get(number, block) for number, block in enumerate(blocks) if less]


def _more(dropped: int) -> str:
    """The end of a paragraph after which some are left out."""
    return f" ... and {dropped:,} more (--explain)." if dropped else ""
