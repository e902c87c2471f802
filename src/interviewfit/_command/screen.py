"""What stands on the screen: wrapped by words on a terminal, the same bytes in a pipe.

Colour and boxes come with the extra ``interviewfit[terminal]``; ``NO_COLOR`` turns the
colour off.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from interviewfit._command.shell_words import in_shell_words
from interviewfit._model.units import number_of
from interviewfit.errors import MissingPackageError, visible

if TYPE_CHECKING:
    from interviewfit._text.layout import Block, Setter

# Lines longer than this are hard to read, however wide the screen is.
_WIDEST = 100


def lines_of(answers: Iterable[object]) -> str:
    """Answers in plain text and the words of the shell, a blank line after each."""
    return "".join(f"{in_shell_words(str(answer))}\n\n" for answer in answers)


def show(blocks: "Sequence[Block]", above: int = 0) -> None:
    """Write blocks on standard output; on a terminal no more than fits its screen.

    Args:
        blocks: What to show.
        above: Lines that stand above it already.
    """
    from interviewfit._text.layout import render

    if not _is_terminal(sys.stdout):
        sys.stdout.write(render(blocks))
        return
    from interviewfit._text.fitting import fitted

    size = shutil.get_terminal_size()
    width = min(size.columns, _WIDEST)
    # A line stays for the prompt.
    sys.stdout.write(fitted(blocks, _setter(width), size.lines - 1 - above))


def write(text: str) -> None:
    """Write text on standard output, on a terminal wrapped between words."""
    sys.stdout.write(_wrapped(text, sys.stdout))


def rows_of(rows: Sequence[tuple[str, str]]) -> str:
    """Two columns of texts as lines; on a terminal each is wrapped in its column.

    Args:
        rows: A text for each column.
    """
    from interviewfit._text.layout import Table, table_lines

    if _is_terminal(sys.stdout):
        width = min(shutil.get_terminal_size().columns, _WIDEST)
        return "".join(
            f"{line}\n" for line in table_lines(Table(("", ""), tuple(rows)), width)
        )
    wide = max(len(name) for name, _ in rows)
    return "".join(f"{name:{wide}}  {text}\n" for name, text in rows)


def write_data(text: str, more: str, above: int = 0) -> None:
    """Write text that is meant for a file, as ``write_first`` does.

    Args:
        text: What to write.
        more: What to type to keep it in a file.
        above: Lines that stand above it already.
    """
    write_first(text, more, "keep it", above=above)


def write_first(
    text: str, more: str, wish: str = "see all", then: str = "", above: int = 0
) -> None:
    """Write text on standard output, on a terminal no more of it than fits its screen.

    Args:
        text: What to write.
        more: What to type to see the rest.
        wish: What that is for.
        then: What to do next, lines that stand below whatever is left out.
        above: Lines that stand above it already.
    """
    shown, below = (_wrapped(part, sys.stdout) for part in (text, then))
    if _is_terminal(sys.stdout):
        lines = shown.rstrip("\n").split("\n")
        height = shutil.get_terminal_size().lines - below.count("\n") - above
        if len(lines) >= height:
            rest = [f"... and 0 more lines. To {wish}, type:", f"  {more}"]
            added = _wrapped("\n".join(rest), sys.stdout).splitlines()
            room = max(1, height - 1 - len(added))
            while room > 1 and not lines[room - 1].strip():
                room -= 1
            hidden = number_of(len(lines) - room, "more line")
            rest[0] = rest[0].replace("0 more lines", hidden, 1)
            added = _wrapped("\n".join(rest), sys.stdout).splitlines()
            lines = [*lines[:room], *added]
        shown = "".join(f"{line}\n" for line in lines)
    sys.stdout.write(shown + below)


def say_unwritten(error: OSError) -> None:
    """Say why nothing can be written."""
    say(f"cannot write: {(error.strerror or str(error)).lower()}")


def say(*lines: str) -> int:
    """Write lines on standard error, if there is one, wrapped on a terminal.

    Returns:
        How many lines of the screen they take.
    """
    wrapped = ""
    if sys.stderr is not None:
        # A file may have any name.
        text = "".join(f"{visible(in_shell_words(line))}\n" for line in lines)
        try:
            wrapped = _wrapped(text, sys.stderr, hanging=2)
            sys.stderr.write(wrapped)
            sys.stderr.flush()
        except OSError:  # The status still tells, and nothing is tried again.
            sys.stderr = None
    return wrapped.count("\n")


def say_above(options: argparse.Namespace, *lines: str) -> None:
    """Say lines that stand above what a command shows, which has less room then.

    Args:
        options: Parsed; the number of these lines is kept there.
        lines: As ``say`` takes them.
    """
    options.lines_said = lines_said(options) + say(*lines)


def lines_said(options: argparse.Namespace) -> int:
    """How many lines stand above what a command shows."""
    return getattr(options, "lines_said", 0)


def _is_terminal(stream: Any) -> bool:
    """Whether a stream is a screen that somebody reads."""
    with suppress(ValueError):  # It is closed.
        return bool(stream.isatty())
    return False


def _wrapped(text: str, stream: Any, hanging: int = 0) -> str:
    """Text wrapped between words if a stream is a terminal, each line by itself.

    Args:
        text, stream: What to write, and where.
        hanging: Columns by which what follows a break stands further to the right; two
            where the line itself is indented.
    """
    from interviewfit._text.layout import columns_of, wrap

    if not _is_terminal(stream):
        return text
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    lines = []
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        further = indent + 2 if indent else hanging
        lines += wrap(line, width, further) if columns_of(line) > width else [line]
    return "".join(f"{line}\n" for line in lines)


def _setter(width: int) -> "Setter":
    """What sets blocks for a terminal: in colour where rich is installed.

    Args:
        width: Columns of the terminal.
    """
    from interviewfit._text.layout import render

    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    if os.environ.get("TERM") != "dumb":
        with suppress(MissingPackageError, UnicodeEncodeError, LookupError):
            "─".encode(encoding)
            from interviewfit.extra._terminal import colour_setter

            return colour_setter(width)
    return partial(render, width=width)
