"""What to type next, as it works where it was typed."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias, TypeVar

from interviewfit._command.screen import lines_of, lines_said, write, write_first
from interviewfit._command.table import PROGRAM
from interviewfit._text.first_screen import Hints
from interviewfit._text.names import quoted
from interviewfit.errors import visible

AnyRecord = TypeVar("AnyRecord")
Step: TypeAlias = tuple[str, ...]
"""What to do next, and what to type for it, a line each."""


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
    # With other options it would be another answer.
    kept = [word for word in options.words[1:] if word not in options.files]
    return Hints(
        why=typed(options, "why", file, "NAME"),
        letter=typed(options, "letter", file, "NAME"),
        more=typed(options, options.command, file, *kept, "--explain"),
    )


def records_printer(
    options: argparse.Namespace,
    next_step: Callable[[argparse.Namespace, Sequence[AnyRecord]], Step],
) -> Callable[[Sequence[AnyRecord]], None]:
    """What prints answers in their own words: the first screen of them, or all.

    Args:
        options: Parsed, with ``explain``.
        next_step: Returns what to do next, by the options and the answers.
    """

    def print_all(records: Sequence[AnyRecord]) -> None:
        """Print the answers, and what to do next."""
        step, *lines = next_step(options, records)
        then = "".join((f"{step}\n", *(f"  {line}\n" for line in lines)))
        if options.explain:
            write(lines_of(records) + then)
        else:
            text = "\n\n".join(lines_of([record]).rstrip() for record in records)
            more = typed(options, *options.words, "--explain")
            write_first(f"{text}\n", more, then=then, above=lines_said(options))

    return print_all


def review_step(options: argparse.Namespace, aim: str) -> Step:
    """What to type to use a log for a search, which is made first if there is none.

    Args:
        options: Parsed, with the files that were read and how to read them.
        aim: What that is for.
    """
    file = "my.json"
    reading = [
        word
        for word in options.words[1:]
        if word not in {*options.files, "--explain", "--preview", "--json"}
    ]
    review = typed(options, "review", file, "--log", options.answered[0], *reading)
    if Path(file).is_file():
        return f"{aim}, type:", review
    return f"{aim}, say what you are in, and review it:", typed(options, "new"), review
