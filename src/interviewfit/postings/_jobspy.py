"""Rows as python-jobspy scrapes them, from a frame, a list or a saved CSV.

JobSpy writes the currency USD where it knows none, guesses the interval from the amount
where ``salary_source`` is "description", and calls a job remote because of its words.
The reader cannot tell the first from a posting that states USD; it warns of the others.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from itertools import islice
from typing import Any

from interviewfit._reading.lenient_json import MAX_CHARACTERS, check_depth, read_json
from interviewfit._reading.text import decode, short_repr
from interviewfit.errors import DecodeError
from interviewfit.postings._conversion import MAX_POSTINGS, read_items
from interviewfit.postings._fields import FieldReader
from interviewfit.postings._posting import (
    PostingFields,
    Postings,
    ReadingOptions,
    Workplace,
)
from interviewfit.postings._workplace import find_workplace

_KIND = "JobSpy"
_DETAILS = (
    "site", "job_level", "job_function", "company_industry", "company_num_employees",
    "company_revenue", "company_rating", "company_reviews_count", "experience_range",
    "skills",
)  # fmt: skip


def read_jobspy(
    source: str | Mapping[str, Any] | Iterable[Mapping[str, Any]] | Any,
    options: ReadingOptions | None = None,
) -> Postings:
    """Rows of python-jobspy.

    The work grows with the cells of the table.

    Args:
        source: One row, many, a frame of pandas, polars or pyarrow, or text: CSV with
            a header, or JSON.
        options: What postings are compared with, and what they leave unsaid.

    Raises:
        DecodeError: If the text is neither CSV nor JSON, or no row is a posting.

    >>> row = {"title": "Analyst", "company": "Acme", "min_amount": float("nan")}
    >>> (posting,) = read_jobspy([row])
    >>> posting.warnings, posting.unknown[0]
    ((), 'pay')
    """
    return read_items(_KIND, _rows(source), _jobspy_fields, options)


def _rows(source: object) -> Iterator[tuple[str, object]]:
    """The rows of a source, each with its path."""
    rows: Any = source
    if isinstance(source, str):
        is_json = source.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
        rows = (
            read_json(source, _KIND)
            if is_json
            else list(islice(_csv_rows(source), MAX_POSTINGS + 1))
        )
    if isinstance(rows, Mapping):
        rows = [rows]
    # A frame of polars, pandas or pyarrow. None of these packages is needed for it.
    if hasattr(rows, "to_dicts"):
        rows = rows.to_dicts()
    elif hasattr(rows, "columns") and hasattr(rows, "to_dict"):
        rows = rows.to_dict("records")
    elif hasattr(rows, "to_pylist"):
        rows = rows.to_pylist()
    if isinstance(rows, bytes) or not isinstance(rows, Iterable):
        fault = f"Rows are a list of mappings, got {short_repr(rows)}. @ $"
        raise DecodeError("posting", [fault])
    for index, row in enumerate(rows):
        check_depth(row, _KIND)
        yield f"$[{index}]", row


def _csv_rows(text: str) -> Iterator[dict[str, Any]]:
    """The rows of a CSV with a header, such as ``frame.to_csv`` writes."""
    lines = StringIO(decode(text, _KIND, MAX_CHARACTERS), newline="")
    reader = csv.reader(lines)
    try:
        headings = next(reader, [])
        if "title" not in headings:
            fault = (
                "It is neither JSON, nor a CSV with a column named title, nor a text "
                "that begins with a title and names pay, place or tasks. The log of a "
                "tracker is no posting: read_log reads it. @ $"
            )
            raise DecodeError(_KIND, [fault])
        # A short row of a wide table costs no more than the cells that it has.
        yield from (dict(zip(headings, row, strict=False)) for row in reader if row)
    except csv.Error as error:
        raise DecodeError(_KIND, [f"It is not CSV: {error}. @ $"]) from None


def _jobspy_fields(reader: FieldReader) -> PostingFields:
    """What a row of JobSpy says."""
    unit = reader.money_unit(("currency",), ("interval",))
    pays = reader.pay_range(("min_amount",), ("max_amount",), unit)
    if pays and reader.text("salary_source") == "description":
        reader.warn(
            "Pay was in the description; JobSpy guessed whether it is per hour or year."
        )
    workplace = find_workplace(reader.text("work_from_home_type"))
    if workplace is None and reader.flag("is_remote"):
        workplace = Workplace.REMOTE
        reader.warn(
            "JobSpy took it for remote because of its words; check the posting."
        )
    # Older releases have columns for it; a row that was never in a frame has an object.
    address = reader.child("location") if reader.children("location") else reader
    parts = address.joined("city", "state", "country")
    return PostingFields(
        source=_KIND,
        title=reader.text("title"),
        company=reader.text("company", "company_name"),
        location=reader.text("location") or parts,
        workplace=workplace,
        url=reader.text("job_url_direct", "job_url"),
        employment=reader.listed_texts("job_type"),
        pays=pays,
        posted=reader.day("date_posted"),
        openings=reader.count("vacancy_count"),
        details=reader.details(*_DETAILS),
        description=reader.prose("description"),
    )
