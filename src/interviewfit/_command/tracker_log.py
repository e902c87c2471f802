"""How the command line reads a tracker's log."""

import argparse
from typing import TYPE_CHECKING, Any

from interviewfit._command.screen import say_above
from interviewfit.errors import DecodeError, InvalidFieldError

if TYPE_CHECKING:
    from interviewfit.history._log import History

LOG_HELP = "a tracker's log, or - for standard input"
"""What is said of a file that must be a log."""


def add_log_options(parser: argparse.ArgumentParser) -> tuple[str, ...]:
    """Add the options that say how to read a log, and return them."""
    add = parser.add_argument
    column = "which column is what, such as status=Progress"
    add("--column", action="append", default=[], metavar="FIELD=HEADING", help=column)
    word = "what a status means, such as Vibing=interview"
    add("--word", action="append", default=[], metavar="STATUS=MEANING", help=word)
    order = parser.add_mutually_exclusive_group()
    for flag, first, example in (
        ("--day-first", True, "4/5/2025 is in May"),
        ("--month-first", False, "4/5/2025 is in April"),
    ):
        order.add_argument(
            flag, dest="day_first", action="store_const", const=first, help=example
        )
    return "--column", "--word", "--day-first", "--month-first"


def log_options(options: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments of ``read_log`` that the options name."""
    return {
        "day_first": options.day_first,
        "columns": dict(map(_pair, options.column)),
        "words": dict(map(_pair, options.word)),
    }


def read_history(name: str, raw: bytes, options: argparse.Namespace) -> "History":
    """Return the events of a log; warnings about the file go to standard error.

    Args:
        name: The file, for the warnings.
        raw: Its content.
        options: The parsed options of ``add_log_options``.
    """
    from interviewfit.logs._reader import ImportedLog, read_log

    log: ImportedLog = read_log(log_text(raw, name), **log_options(options))
    say_above(options, *(f"{name}: {warning}" for warning in log.warnings))
    return log.history


def log_text(raw: bytes, name: str) -> str | bytes:
    """Return the content of a log for ``read_log``, a workbook as text of a table.

    Args:
        raw, name: The content of the file, and its name.

    Raises:
        DecodeError: If it is the file of a search, or a posting, which other commands
            read.
    """
    from interviewfit._command.files import refuse_search
    from interviewfit.extra.workbooks import is_workbook, workbook_text

    refuse_search(raw, "log", name)
    _refuse_posting(raw, name)
    return workbook_text(raw) if is_workbook(raw) else raw


def _refuse_posting(raw: bytes, name: str) -> None:
    """Refuse a web page, or the data of a job posting.

    Either has rows of a kind, which would be counted as applications that nobody has
    made.

    Args:
        raw, name: The content of the file, and its name.

    Raises:
        DecodeError: If it is one; it says which command reads it.
    """
    from interviewfit._reading.lenient_json import is_web_page
    from interviewfit._reading.text import decode_page

    begin = raw.lstrip()[:1]
    if begin in (b"{", b"[") and b'"JobPosting"' in raw:
        kind = "a job posting"
    elif begin in (b"<", b"M", b"F") and is_web_page(decode_page(raw)):
        kind = "a web page"
    else:
        return
    from interviewfit._text.names import quoted

    remedy = f"To read a job posting, type `interviewfit read {quoted(name)}`."
    raise DecodeError("log", [f"it is {kind}, and no log. {remedy}"])


def _pair(text: str) -> tuple[str, str]:
    """Return the sides of ``NAME=VALUE``; raise InvalidFieldError if it is none."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        remedy = "Such as --column status=Progress, or --word Vibing=interview."
        raise InvalidFieldError("--column or --word", "NAME=VALUE", text, remedy)
    return name.strip(), value.strip()
