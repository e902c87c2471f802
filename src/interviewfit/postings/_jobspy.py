"""Rows as python-jobspy scrapes them, from a frame, a list or a saved CSV.

JobSpy names a currency of USD where it does not know, guesses the interval from the
amount's size where ``salary_source`` is "description", and takes a job for remote by
its words; the first cannot be told, the others are warned of.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from interviewfit._reading.lenient_json import MAX_CHARACTERS, check_depth, read_tree
from interviewfit._reading.text import short_repr
from interviewfit.errors import DecodeError
from interviewfit.postings._cells import FieldReader
from interviewfit.postings._composition import collect, compose, workplace_of
from interviewfit.postings._posting import (
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
    Workplace,
)
from interviewfit.postings._quotes import MoneyUnit, currency_in, range_in, unit_in

__all__ = ["read_jobspy", "rows_of"]

_KIND = "JobSpy"
_DETAILS = (
    "site",
    "job_level",
    "job_function",
    "company_industry",
    "company_num_employees",
    "company_revenue",
    "company_rating",
    "company_reviews_count",
    "experience_range",
    "skills",
)


def read_jobspy(
    source: str | Mapping[str, Any] | Iterable[Mapping[str, Any]] | Any,
    basis: ReadingOptions | None = None,
) -> Postings:
    """Rows of python-jobspy.

    Args:
        source: One row, many, a frame of pandas, polars or pyarrow, or text: CSV with
            a heading, or JSON.
        basis: What to read them against.

    Raises:
        DecodeError: If the text is neither CSV nor JSON, or no row is a posting.

    >>> row = {"title": "Analyst", "company": "Acme", "min_amount": float("nan")}
    >>> (found,) = read_jobspy([row])
    >>> found.warnings, found.unknown[0]
    ((), 'pay')
    """
    return collect(
        _KIND, _rows(source), _read, ReadingOptions() if basis is None else basis
    )


def _rows(source: object) -> Iterator[tuple[str, object]]:
    tree = source
    if isinstance(source, str):
        data = source.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
        tree = read_tree(source, _KIND) if data else list(rows_of(source))
    if isinstance(tree, Mapping):
        tree = [tree]
    tree = _rows_of_frame(tree)
    if isinstance(tree, bytes) or not isinstance(tree, Iterable):
        fault = f"Rows are a list of mappings, got {short_repr(tree)}. @ $"
        raise DecodeError(_KIND, [fault])
    for place, row in enumerate(tree):
        check_depth(row, _KIND)
        yield f"$[{place}]", row


def _rows_of_frame(source: Any) -> Any:
    """The rows of a frame of polars or pandas, neither of which is needed here."""
    if hasattr(source, "to_dicts"):
        return source.to_dicts()
    if hasattr(source, "columns") and hasattr(source, "to_dict"):
        return source.to_dict("records")
    if hasattr(source, "to_pylist"):
        return source.to_pylist()
    return source


def rows_of(text: str) -> Iterator[dict[str, Any]]:
    r"""The rows of a CSV with a heading, such as ``frame.to_csv`` writes.

    Raises:
        DecodeError: If it is too long or has no such form.

    >>> list(rows_of("title,company\nAnalyst,Acme\n"))
    [{'title': 'Analyst', 'company': 'Acme'}]
    """
    if len(text) > MAX_CHARACTERS:
        fault = (
            f"It has {len(text):,} characters, at most {MAX_CHARACTERS:,} are read. @ $"
        )
        raise DecodeError(_KIND, [fault])
    lines = StringIO(text.removeprefix("\ufeff"), newline="")
    reader = csv.DictReader(lines, restkey="more", restval="")
    try:
        if "title" not in (reader.fieldnames or ()):
            fault = "It is neither JSON nor a CSV with a column named title. @ $"
            raise DecodeError(_KIND, [fault])
        yield from reader
    except csv.Error as error:
        raise DecodeError(_KIND, [f"It is not CSV: {error}. @ $"]) from None


def _read(entry: FieldReader, basis: ReadingOptions) -> Posting:
    unit = unit_in(
        entry, "interval", unit=MoneyUnit(currency=currency_in(entry, "currency"))
    )
    pay = range_in(entry, ("min_amount",), ("max_amount",), unit)
    if pay is not None and entry.text("salary_source") == "description":
        entry.warn(
            "Pay was found in the description; JobSpy guessed what time it is for."
        )
    stated = workplace_of(entry.text("work_from_home_type"))
    if stated is None and entry.flag("is_remote"):
        stated = Workplace.REMOTE
        entry.warn("JobSpy takes it for remote by its words; the posting may differ.")
    # Older releases have columns for it, a row not yet in a frame an object.
    place = entry.entry("location") if entry.entries("location") else entry
    parts = [place.text(one) for one in ("city", "state", "country")]
    return compose(
        entry,
        basis,
        PostingFields(
            source=_KIND,
            title=entry.text("title"),
            company=entry.text("company", "company_name"),
            location=entry.text("location") or ", ".join(filter(None, parts)),
            workplace=stated,
            url=entry.text("job_url_direct", "job_url"),
            employment=entry.kinds("job_type"),
            pays=() if pay is None else (pay,),
            posted=entry.day("date_posted"),
            openings=entry.count("vacancy_count"),
            details=entry.details(*_DETAILS),
            description=entry.prose("description"),
        ),
    )
