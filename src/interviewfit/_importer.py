"""The command ``read``: files of postings become a search, printed as JSON."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from interviewfit._reading.lenient_json import is_web_page
from interviewfit.errors import (
    DecodeError,
    InterviewFitError,
    InvalidFieldError,
    faults_of,
)
from interviewfit.postings import (
    Posting,
    Postings,
    ReadingOptions,
    Salary,
    gather,
    read_postings,
)
from interviewfit.schema._json import dumps

__all__ = ["add_command", "complain", "import_postings"]


def add_command(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to others.

    >>> parser = argparse.ArgumentParser()
    >>> add_command(parser.add_subparsers())
    >>> parser.parse_args(["read", "a.json", "--pay", "25", "GBP/hour"]).pay
    ['25', 'GBP/hour']
    """
    reading = commands.add_parser(
        "read", help="job postings as a JSON file to assess or plan"
    )
    reading.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a page, JSON-LD, JobSpy's CSV, or JSON of Greenhouse, Lever or Ashby",
    )
    reading.add_argument(
        "--pay",
        nargs=2,
        metavar=("AMOUNT", "CURRENCY"),
        help="what you earn now, such as 85000 EUR or 25 GBP/hour",
    )
    reading.add_argument(
        "--company", default="", metavar="NAME", help="whose jobs, if they do not say"
    )
    reading.add_argument(
        "--currency", default="", metavar="CODE", help="of pay that names none"
    )
    reading.add_argument(
        "--per", metavar="TIME", help="hour, day, week, month or year, likewise"
    )


def complain(name: str, error: InterviewFitError) -> int:
    """Every fault on standard error, and the exit status that goes with it.

    >>> complain("my.json", DecodeError("Search", ["It is empty."]))
    2
    """
    sys.stderr.writelines(f"{name}: {fault}\n" for fault in faults_of(error))
    return 2


def import_postings(options: argparse.Namespace, read: Callable[[str], str]) -> int:
    """Postings as a search on standard output, all that is to be said of them beside it.

    Args:
        options: What `add_command` lets one say.
        read: The text of a file, by its name.

    Returns:
        The exit status: 0, or 2 on bad input.

    >>> parser = argparse.ArgumentParser()
    >>> add_command(parser.add_subparsers())
    >>> options = parser.parse_args(["read", "a.json", "--per", "year"])
    >>> import_postings(options, lambda name: '{"text": "Clerk", "hostedUrl": "a"}')
    {
      "schema": "interviewfit/1",
      ...
    0
    """
    status = 0
    found: list[Posting] = []
    try:
        basis = _basis(options)
    except InvalidFieldError as error:
        return complain("read", error)
    for name in options.files:
        try:
            several = _postings(read(name), basis)
        except InterviewFitError as error:
            status = complain(name, error)
            continue
        if several.faults:
            status = complain(name, DecodeError("posting", several.faults))
        for one in several:
            found.append(one)
            sys.stderr.writelines(
                f"{name}: {one.opportunity.name}: {warning}\n"
                for warning in one.warnings
            )
    if found:
        sys.stderr.write("The stages are assumed; change them to what you know.\n")
        try:
            sys.stdout.write(dumps(gather(found)))
        except InvalidFieldError as error:
            return complain("read", error)
    return status


def _basis(options: argparse.Namespace) -> ReadingOptions:
    salary = None
    if options.pay is not None:
        amount, unit = options.pay
        currency, _, per = unit.partition("/")
        try:
            number = float(amount.replace(",", ""))
        except ValueError:
            remedy = "Write it as in --pay 85000 EUR."
            raise InvalidFieldError("--pay", "a number", amount, remedy) from None
        salary = Salary(amount=number, currency=currency, per=per or "year")
    return ReadingOptions(
        salary=salary,
        company=options.company,
        currency=options.currency,
        per=options.per,
    )


def _postings(text: str, basis: ReadingOptions) -> Postings:
    if is_web_page(text):
        try:
            from interviewfit.extra._pages import read_page  # noqa: PLC0415  # needs lxml

            return read_page(text, basis)
        except ImportError:
            # The front door says what is to be installed.
            pass
    return read_postings(text, basis)
