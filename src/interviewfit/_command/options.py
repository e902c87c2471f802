"""Options that several commands share."""

import argparse
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple


class Idle(NamedTuple):
    """An option that has no effect beside another one, or without it.

    Attributes:
        option: As it is typed, such as ``"--column"``.
        other: The other one.
        is_needed: Whether it needs the other one, or is idle beside it.
        remedy: What to do, a sentence.
    """

    option: str
    other: str
    is_needed: bool
    remedy: str


def add_idle(parser: argparse.ArgumentParser, *idle: Idle) -> None:
    """Note options that have no effect, which ``parse`` refuses.

    Args:
        parser: Of the command.
        idle: The options.
    """
    parser.set_defaults(idle=(*(parser.get_default("idle") or ()), *idle))


def given(option: str, words: Sequence[str]) -> int:
    """How often an option was typed.

    What stands after ``--`` is a file or a name, and a value that is joined to its
    option by an equals sign is no option, whatever it begins with.

    Args:
        option, words: As it is typed, and all that was typed.

    >>> given("--to", ["my.json", "--to", "Ms Lee", "--to=Mr Ray", "--", "--to"])
    2
    """
    typed = [*words, "--"].index("--")
    return sum(
        word == option or word.startswith(f"{option}=") for word in words[:typed]
    )


def add_files(parser: argparse.ArgumentParser, answers: str) -> None:
    """Add the files of a command, and ``--json``.

    Args:
        parser: Of the command.
        answers: What it prints, in the plural.
    """
    about = "a file, or - for standard input"
    parser.add_argument("files", nargs="+", metavar="FILE", help=about)
    as_json = f"print the {answers} as a JSON list"
    parser.add_argument("--json", action="store_true", help=as_json)


def add_explain(
    parser: argparse.ArgumentParser, text: str = "print everything, however long it is"
) -> None:
    """Add ``--explain``, which prints more than the first screen.

    Args:
        parser: Of the command.
        text: What it prints.
    """
    parser.add_argument("--explain", action="store_true", help=text)
    remedy = "Leave it out: --json has everything."
    add_idle(parser, Idle("--explain", "--json", is_needed=False, remedy=remedy))


def add_today(parser: argparse.ArgumentParser) -> None:
    """Add ``--today``, the present day; a date needs it, and counts from it."""
    today = "the day to count dates from, such as 2026-11-30; today if left out"
    parser.add_argument("--today", type=day, metavar="DATE", help=today)


def day(text: str) -> date:
    """A date in ISO form, as an option gives it; "today" is the present day."""
    from interviewfit._model.dates import parse_iso_date
    from interviewfit._reading.dates import local_today

    if text == "today":
        return local_today()
    if parsed := parse_iso_date(text):
        return parsed
    message = f"must be a date such as 2025-06-24, got {text!r:.60}"
    raise argparse.ArgumentTypeError(message)


def whole(text: str) -> int:
    """A whole number, as an option gives it."""
    with suppress(ValueError):
        return int(text)
    message = f"must be a whole number such as 2, got {text!r:.60}"
    raise argparse.ArgumentTypeError(message)


def hours(text: str) -> float:
    """A number of hours, as an option gives it."""
    with suppress(ValueError):
        return float(text)
    message = f"must be a number such as 8, got {text!r:.60}"
    raise argparse.ArgumentTypeError(message)
