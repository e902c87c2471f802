"""``python -m interviewfit score``: a file or a directory of rows, from a shell."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from interviewfit._model.domain import Candidate
from interviewfit._model.search import Search
from interviewfit.errors import (
    InterviewFitError,
    InvalidFieldError,
    MissingPackageError,
    faults_of,
)
from interviewfit.extra.dask import score_parquet
from interviewfit.extra.progress import bar
from interviewfit.progress import Progress
from interviewfit.schema._json import loads

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "source", metavar="FILE", help="parquet or CSV, or a directory of parquet files"
    )
    parser.add_argument(
        "--candidate",
        required=True,
        metavar="JSON",
        help="who decides: a candidate, or a search as `assess` takes it; the stages "
        "of its opportunities may then be named as processes",
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="parquet or CSV, or a directory; run again to finish what was interrupted",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what is the same in all rows, such as process=corporate or pay.sd=5",
    )
    parser.add_argument(
        "--terms", action="store_true", help="say what every value is made of"
    )


def run(options: argparse.Namespace, read: Callable[[str], str]) -> int:
    """Score the file; the exit status, 2 if something was at fault.

    Args:
        options: As ``add_arguments`` gives them.
        read: The text of a file, by its name.
    """
    try:
        text = read(options.candidate)
        # Whoever has a search need not cut its candidate out.
        searches = '"opportunities"' in text
        known = loads(text, Search) if searches else loads(text, Candidate)
    except InterviewFitError as error:
        faults = faults_of(error)
        sys.stderr.writelines(f"{options.candidate}: {one}\n" for one in faults)
        return 2
    try:
        rows = _score(options, known)
    except InterviewFitError as error:
        sys.stderr.writelines(f"{one}\n" for one in faults_of(error))
        return 2
    sys.stderr.write(f"{rows:,} rows scored into {options.output}\n")
    return 0


def _score(options: argparse.Namespace, known: Candidate | Search) -> int:
    processes, assumptions = None, None
    candidate = known if isinstance(known, Candidate) else known.candidate
    if isinstance(known, Search):
        processes = {one.name: one.stages for one in known.opportunities}
        assumptions = known.assumptions
    return score_parquet(
        None,
        options.source,
        options.output,
        candidate,
        constants=dict(_setting(one) for one in options.set),
        processes=processes,
        assumptions=assumptions,
        terms=options.terms,
        progress=_bar(),
    )


def _bar() -> Progress | None:
    """The library's own bar where a person watches, if tqdm is installed."""
    if not sys.stderr.isatty():
        return None
    try:
        return bar(unit=" rows", unit_scale=True, leave=False)
    except MissingPackageError:
        return None


def _setting(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        remedy = "Such as --set process=corporate."
        raise InvalidFieldError("--set", "NAME=VALUE", text, remedy)
    words = {"true": True, "false": False}
    if value in words:
        return name.strip(), words[value]
    try:
        return name.strip(), float(value)
    except ValueError:
        return name.strip(), value
