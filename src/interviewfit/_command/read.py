"""The command ``read``: job postings of others as one search in JSON."""

import argparse
from typing import TYPE_CHECKING

from interviewfit._command.screen import say
from interviewfit.errors import DecodeError, InterviewFitError, InvalidFieldError

if TYPE_CHECKING:
    from interviewfit import postings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add = parser.add_argument
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


def run(options: argparse.Namespace) -> int:
    """Write the postings in some files on standard output, as one search in JSON.

    Warnings and faults go to standard error; a bad file does not stop the others, and
    makes the exit status 2 instead of 0.

    """
    from interviewfit import postings
    from interviewfit._command.files import (
        fault_lines,
        read_bytes,
        refuse_search,
        report_faults,
    )
    from interviewfit._command.hints import typed
    from interviewfit._command.screen import write_data
    from interviewfit._model.domain import Candidate
    from interviewfit.schema._json import dumps

    status = said = 0
    jobs: list[postings.Posting] = []
    try:
        reading = _reading_options(options)
        for name in options.files:
            try:
                raw = read_bytes(name)
                refuse_search(raw, "posting", name)
                batch = _read_any(raw, reading)
            except InterviewFitError as error:
                said += say(*fault_lines(name, error))
                status = 2
                continue
            if batch.faults:
                fault = DecodeError("posting", batch.faults)
                said += say(*fault_lines(name, fault))
                status = 2
            jobs.extend(batch)
            said += say(
                *(
                    f"{name}: {job.opportunity.name}: {warning}"
                    for job in batch
                    for warning in job.warnings
                )
            )
        if jobs:
            said += say(
                "The stages are assumed. Change them in the file to those that you "
                "expect; then type `interviewfit plan` and its name."
            )
            # With the salary in the search, its answers show money beside hours.
            candidate = Candidate(salary=reading.salary)
            text = dumps(postings.to_search(jobs, candidate))
            keep = f"{typed(options, *options.words)} > my.json"
            write_data(text, keep, said)
    except InvalidFieldError as error:
        where = error.where.replace("ReadingOptions.", "--")
        blamed = InvalidFieldError(where, error.expected, error.value, error.remedy)
        return report_faults("read", blamed)
    return status


def _reading_options(options: argparse.Namespace) -> "postings.ReadingOptions":
    """Return how to read the postings; raise InvalidFieldError if --pay is no pay."""
    from interviewfit import postings
    from interviewfit._model.money import Money

    salary = None
    if options.pay is not None:
        amount, unit = options.pay
        currency, _, per = unit.partition("/")
        try:
            number = float(amount.replace(",", ""))
        except ValueError:
            remedy = "Write it as in --pay 85000 EUR."
            raise InvalidFieldError("--pay", "a number", amount, remedy) from None
        try:
            salary = Money(amount=number, currency=currency, per=per or "year")
        except InvalidFieldError as error:
            part = error.where.replace("Money.", "--pay: its ")
            stated = amount if part.endswith("amount") else error.value
            raise InvalidFieldError(
                part, error.expected, stated, error.remedy
            ) from None
    company, currency, per = options.company, options.currency, options.per
    return postings.ReadingOptions(
        salary=salary, company=company, currency=currency, per=per
    )


def _read_any(raw: bytes, reading: "postings.ReadingOptions") -> "postings.Postings":
    """The postings in a file: a web page or data.

    Args:
        raw: The content of the file.
        reading: The candidate's pay, and what to assume where a posting is silent.

    Raises:
        DecodeError: If no posting can be read.
        MissingPackageError: If it is a web page and lxml is not installed.
    """
    from interviewfit import postings
    from interviewfit._reading.lenient_json import is_web_page
    from interviewfit._reading.text import decode_page

    if not raw.strip():
        raise DecodeError("posting", ["it is empty."])
    if not is_web_page(decode_page(raw)):
        return postings.read_postings(raw, reading)
    from interviewfit.extra.pages import read_page  # an extra

    return read_page(raw, reading)
