"""The command ``score``: advice for every row of a table."""

import argparse
import re
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewfit._command.screen import say
from interviewfit.errors import (
    DecodeError,
    InterviewFitError,
    InvalidFieldError,
    MissingPackageError,
)

if TYPE_CHECKING:
    from interviewfit._model.domain import Candidate


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add = parser.add_argument
    source = "parquet or CSV, or a directory of parquet files"
    add("source", metavar="FILE", help=source)
    columns = "list all columns that a table may have"
    add("--columns", action=_Columns, nargs=0, help=columns)
    candidate = (
        "who decides: a candidate, or a search, whose opportunities the column "
        "process may name"
    )
    add("--candidate", required=True, metavar="JSON", help=candidate)
    output = "parquet or CSV, or a directory; run again to finish what was interrupted"
    add("-o", "--output", required=True, metavar="FILE", help=output)
    constant = "a value for all rows, such as pay.sd=5"
    add("--set", action="append", default=[], metavar="NAME=VALUE", help=constant)
    fact = "an either/or fact of every row; may be repeated"
    add("--fact", action="append", default=[], metavar="JSON", help=fact)
    terms = "add the terms of which every value is made"
    add("--terms", action="store_true", help=terms)
    formulas = "put a quote before texts that a spreadsheet would compute, such as =1+1"
    add("--escape-formulas", action="store_true", help=formulas)


def run(options: argparse.Namespace) -> int:
    """Score a file or directory of rows, and return the exit status."""
    from interviewfit._command.files import load, read_text, report_faults
    from interviewfit._model.beliefs import Either
    from interviewfit._model.decision import Search
    from interviewfit._model.domain import Candidate
    from interviewfit._model.priors import Assumptions

    processes, assumptions = {}, None
    try:
        text = read_text(options.candidate)
        if '"opportunities"' in text:  # A search holds its candidate.
            search = load(text, Search)
            candidate, assumptions = search.candidate, search.assumptions
            processes = {job.name: job.stages for job in search.opportunities}
        else:
            candidate = load(text, Candidate)
    except InterviewFitError as error:
        return report_faults(options.candidate, error)
    facts = []
    for name in options.fact:
        try:
            facts.append(load(read_text(name), Either))
        except InterviewFitError as error:
            return report_faults(name, error)
    try:
        with warnings.catch_warnings(record=True) as caught:
            rows = _score(
                options,
                candidate,
                constants=dict(map(_constant, options.set)),
                processes=processes,
                assumptions=assumptions or Assumptions(),
                terms=options.terms,
                escape_formulas=options.escape_formulas,
                facts=tuple(facts),
            )
    except DecodeError as error:
        return report_faults(options.source, error)
    say(*dict.fromkeys(f"{item.message}" for item in caught))
    from interviewfit._model.units import number_of

    say(f"{number_of(rows, 'row')} scored into {options.output}")
    return 0


def _score(options: argparse.Namespace, candidate: "Candidate", **settings: Any) -> int:
    """Score the rows of files, and return their number.

    Args:
        options: Parsed.
        candidate, settings: As ``score_parquet`` takes them.

    Raises:
        InterviewFitError: If something is at fault, or a package is missing and the
            files are not CSV, for which the library alone is enough.
    """
    from interviewfit.extra._plain_csv import score_csv
    from interviewfit.extra._sources import refuse_overwriting
    from interviewfit.extra.dask import score_parquet
    from interviewfit.extra.frames import Scoring
    from interviewfit.extra.progress import bar

    progress = None
    if sys.stderr is not None and sys.stderr.isatty():
        with suppress(MissingPackageError):
            progress = bar(unit=" rows", unit_scale=True, leave=False)
    source, target = Path(options.source), Path(options.output)
    refuse_overwriting(map(Path, (options.candidate, *options.fact)), [target])
    try:
        return score_parquet(
            None, source, target, candidate, progress=progress, **settings
        )
    except MissingPackageError:
        if {source.suffix.lower(), target.suffix.lower()} != {".csv"}:
            raise
        return score_csv(source, target, Scoring(candidate=candidate, **settings))


class _Columns(argparse.Action):
    """Prints the columns that a table may have, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print them, and exit with status 0."""
        from interviewfit import columns
        from interviewfit._command.screen import rows_of, write_first

        # Without the marks of Markdown, and records are what stands in a file.
        text = re.sub(r"(?m)^\| | \|$|[`*]", "", columns.column_table())
        text = re.sub(r"\bas in [A-Z]\w+", "as in the file of a search", text)
        rows = [row.split(" | ") for row in text.splitlines() if "|---" not in row]
        text = rows_of([(row[0], "; ".join(row[1:])) for row in rows])
        write_first(text, f"{parser.prog} --columns | more")
        parser.exit()


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
