"""The command ``score``: advice for every row of a table."""

import argparse
import sys
import warnings
from contextlib import suppress
from typing import Any

from interviewfit._command.screen import say
from interviewfit.errors import (
    InterviewFitError,
    InvalidFieldError,
    MissingPackageError,
    faults_of,
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add = parser.add_argument
    source = "parquet or CSV, or a directory of parquet files"
    add("source", metavar="FILE", help=source)
    candidate = (
        "who decides: a candidate, or a search as `assess` takes it; the column "
        "process may then name its opportunities"
    )
    add("--candidate", required=True, metavar="JSON", help=candidate)
    output = "parquet or CSV, or a directory; run again to finish what was interrupted"
    add("-o", "--output", required=True, metavar="FILE", help=output)
    constant = "a value for all rows, such as process=corporate or pay.sd=5"
    add("--set", action="append", default=[], metavar="NAME=VALUE", help=constant)
    terms = "add the terms of which every value is made"
    add("--terms", action="store_true", help=terms)


def run(options: argparse.Namespace) -> int:
    """Score a file or directory of rows, and return the exit status."""
    from interviewfit._command.files import read_text, report_faults
    from interviewfit._model.decision import Search
    from interviewfit._model.domain import Candidate
    from interviewfit.extra.dask import score_parquet
    from interviewfit.extra.progress import bar
    from interviewfit.schema._json import loads

    processes, assumptions = {}, None
    try:
        text = read_text(options.candidate)
        if '"opportunities"' in text:  # A search holds its candidate.
            search = loads(text, Search)
            candidate, assumptions = search.candidate, search.assumptions
            processes = {job.name: job.stages for job in search.opportunities}
        else:
            candidate = loads(text, Candidate)
    except InterviewFitError as error:
        return report_faults(options.candidate, error)
    progress = None
    if sys.stderr.isatty():
        with suppress(MissingPackageError):
            progress = bar(unit=" rows", unit_scale=True, leave=False)
    try:
        with warnings.catch_warnings(record=True) as caught:
            rows = score_parquet(
                None,
                options.source,
                options.output,
                candidate,
                constants=dict(map(_constant, options.set)),
                processes=processes,
                assumptions=assumptions,
                terms=options.terms,
                progress=progress,
            )
    except InterviewFitError as error:
        say(*faults_of(error))
        return 2
    say(*dict.fromkeys(f"{item.message}" for item in caught))
    say(f"{rows:,} rows scored into {options.output}")
    return 0


def _constant(text: str) -> tuple[str, Any]:
    """The name and the value in ``NAME=VALUE``: a truth value, a number or a word."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise InvalidFieldError("--set", "NAME=VALUE", text, "Such as pay.sd=5.")
    if value in {"true", "false"}:
        return name.strip(), value == "true"
    with suppress(ValueError):
        return name.strip(), float(value)
    return name.strip(), value
