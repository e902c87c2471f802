"""Foreign files on the command line: postings to read, and options to read logs."""

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from interviewfit import postings
from interviewfit._model.domain import Candidate
from interviewfit._model.money import Money
from interviewfit._reading.lenient_json import is_web_page
from interviewfit._reading.text import decode_page
from interviewfit.errors import (
    DecodeError,
    InterviewFitError,
    InvalidFieldError,
    faults_of,
)
from interviewfit.extra.workbooks import is_workbook, workbook_text
from interviewfit.history._log import History
from interviewfit.logs._reader import ImportedLog, read_log
from interviewfit.schema._json import dumps


def add_command(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command ``read`` to a parser's commands."""
    help_line = "job postings as a JSON file to assess or plan"
    add = commands.add_parser("read", help=help_line).add_argument
    formats = "a saved page, JSON-LD, JobSpy's CSV, or the JSON of a public board"
    add("files", nargs="+", metavar="FILE", help=formats)
    pay = "what you earn now, such as 85000 EUR or 25 GBP/hour"
    add("--pay", nargs=2, metavar=("AMOUNT", "CURRENCY"), help=pay)
    per = "hour, day, week, month or year, for pay that names none"
    for option, metavar, default, text in (
        ("--company", "NAME", "", "the employer, if the file does not say"),
        ("--currency", "CODE", "", "the currency of pay that names none"),
        ("--per", "TIME", None, per),
    ):
        add(option, metavar=metavar, default=default, help=text)


def report_faults(name: str, error: InterviewFitError) -> int:
    """Write every fault on standard error, one a line, and return the exit status.

    Args:
        name, error: The file or option to blame, and the error with its faults.

    Returns:
        The exit status for bad input, 2.
    """
    sys.stderr.writelines(f"{name}: {fault}\n" for fault in faults_of(error))
    return 2


def import_postings(options: argparse.Namespace, read: Callable[[str], bytes]) -> int:
    """Write the postings in some files on standard output, as one search in JSON.

    Warnings and faults go to standard error; a bad file does not stop the others, and
    makes the exit status 2 instead of 0.

    Args:
        options: Parsed arguments of the command that ``add_command`` adds.
        read: Returns the content of a file by its name.
    """
    status = 0
    jobs: list[postings.Posting] = []
    try:
        reading = _reading_options(options)
        for name in options.files:
            try:
                batch = _read_any(read(name), reading)
            except InterviewFitError as error:
                status = report_faults(name, error)
                continue
            if batch.faults:
                status = report_faults(name, DecodeError("posting", batch.faults))
            jobs.extend(batch)
            sys.stderr.writelines(
                f"{name}: {job.opportunity.name}: {warning}\n"
                for job in batch
                for warning in job.warnings
            )
        if jobs:
            advice = "Change them to those that you expect."
            sys.stderr.write(f"The stages are assumed. {advice}\n")
            # With the salary in the search, its answers show money beside hours.
            candidate = Candidate(salary=reading.salary)
            sys.stdout.write(dumps(postings.to_search(jobs, candidate)))
    except InvalidFieldError as error:
        return report_faults("read", error)
    return status


def _reading_options(options: argparse.Namespace) -> postings.ReadingOptions:
    """Return how to read the postings; raise InvalidFieldError if --pay is no pay."""
    salary = None
    if options.pay is not None:
        amount, unit = options.pay
        currency, _, per = unit.partition("/")
        try:
            number = float(amount.replace(",", ""))
        except ValueError:
            remedy = "Write it as in --pay 85000 EUR."
            raise InvalidFieldError("--pay", "a number", amount, remedy) from None
        salary = Money(amount=number, currency=currency, per=per or "year")
    company, currency, per = options.company, options.currency, options.per
    return postings.ReadingOptions(
        salary=salary, company=company, currency=currency, per=per
    )


def _read_any(raw: bytes, reading: postings.ReadingOptions) -> postings.Postings:
    """The postings in a file: a web page (if lxml is installed) or data.

    Args:
        raw: The content of the file.
        reading: The candidate's pay, and what to assume where a posting is silent.

    Raises:
        DecodeError: If no posting can be read; it says what to install for pages.
    """
    if not raw.strip():
        raise DecodeError("posting", ["it is empty."])
    page = decode_page(raw)
    if not is_web_page(page):
        return postings.read_postings(raw, reading)
    with suppress(ImportError):
        from interviewfit.extra.pages import read_page  # noqa: PLC0415  # an extra: it needs lxml

        return read_page(raw, reading)
    return postings.read_postings(page, reading)


def read_history(name: str, raw: bytes, options: argparse.Namespace) -> History:
    """Return the events of a log; warnings about the file go to standard error.

    Args:
        name: The file, for the warnings.
        raw: Its content.
        options: The parsed options of ``add_log_options``.
    """
    log: ImportedLog = read_log(log_text(raw), **log_options(options))
    sys.stderr.writelines(f"{name}: {warning}\n" for warning in log.warnings)
    return log.history


def log_text(raw: bytes) -> str | bytes:
    """Return the content of a log for ``read_log``, a workbook as text of a table."""
    return workbook_text(raw) if is_workbook(raw) else raw


def log_options(options: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments of ``read_log`` that the options name."""
    return {
        "day_first": options.day_first,
        "columns": dict(map(_pair, options.column)),
        "words": dict(map(_pair, options.word)),
    }


def _pair(text: str) -> tuple[str, str]:
    """Return the sides of ``NAME=VALUE``; raise InvalidFieldError if it is none."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        remedy = "Such as --column status=Progress, or --word Vibing=interview."
        raise InvalidFieldError("--column or --word", "NAME=VALUE", text, remedy)
    return name.strip(), value.strip()


def add_log_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how to read a log."""
    add = parser.add_argument
    column = "which column is what, such as status=Progress or screen='Recruiter chat'"
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
