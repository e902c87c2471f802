"""What to type next, as it works where it was typed."""

import argparse
from collections.abc import Callable, Sequence

from interviewfit._command.screen import lines_of, write, write_first
from interviewfit._command.table import PROGRAM
from interviewfit._text.first_screen import Hints, quoted
from interviewfit.errors import visible


def typed(options: argparse.Namespace, *words: str) -> str:
    """A line to type, such as ``interviewfit why my.json NAME``.

    Args:
        options: Parsed; they say how the program was started.
        words: What follows the program: a command, a file, a name.
    """
    program = getattr(options, "program", PROGRAM)
    shown = (word if word == "NAME" else quoted(word) for word in words)
    return visible(" ".join((program, *shown)))


def hints_of(options: argparse.Namespace, file: str) -> Hints:
    """What to type next about a file.

    Args:
        options: Parsed; they say which command was typed.
        file: The file.
    """
    return Hints(
        why=typed(options, "why", file, "NAME"),
        letter=typed(options, "letter", file, "NAME"),
        more=typed(options, options.command, file, "--explain"),
    )


def records_printer(
    options: argparse.Namespace,
) -> Callable[[Sequence[object]], None]:
    """What prints answers in their own words: the first screen of them, or all.

    Args:
        options: Parsed, with ``explain``.
    """

    def print_all(records: Sequence[object]) -> None:
        """Print the answers."""
        text = lines_of(records)
        if options.explain:
            write(text)
        else:
            write_first(text, typed(options, *options.words, "--explain"))

    return print_all
