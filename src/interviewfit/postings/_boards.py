"""Postings as the public boards of Greenhouse, Lever and Ashby give them.

Each board answers with one job or with a list. They differ in what they state:
Greenhouse gives pay in cents, and the time that it is for only in the title of the
range; Lever and Ashby do not name the company, so state it in
``ReadingOptions.company``; Ashby lists equity and bonus beside pay.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from interviewfit._reading.lenient_json import read_json
from interviewfit._reading.text import short_repr
from interviewfit.errors import DecodeError
from interviewfit.postings._conversion import find_workplace, read_items
from interviewfit.postings._fields import (
    FieldReader,
    MoneyUnit,
    read_money_unit,
    read_pays,
    read_range,
)
from interviewfit.postings._money_text import find_interval
from interviewfit.postings._posting import (
    Pay,
    PostingFields,
    Postings,
    ReadingOptions,
    Workplace,
)

JsonSource = str | bytes | Mapping[str, Any] | list[Any]
"""JSON text, or what it decodes to."""

LIST_KEYS = ("jobs", "data", "postings")
"""Where a board keeps its list of jobs."""


def read_greenhouse(
    source: JsonSource, options: ReadingOptions | None = None
) -> Postings:
    """Jobs of Greenhouse's Job Board API, one or a whole board.

    Args:
        source: The answer of the API, as text or decoded; ask with
            ``pay_transparency=true`` for pay.
        options: What postings are compared with, and what they leave unsaid.

    Raises:
        DecodeError: If it is no such answer or holds no job.

    >>> job = {"title": "Analyst", "company_name": "Acme", "internal_job_id": None}
    >>> (posting,) = read_greenhouse({"jobs": [job]})
    >>> posting.opportunity.signals[0].value
    'other_openings'
    """
    jobs = _jobs(source, "Greenhouse")
    return read_items("Greenhouse", jobs, _greenhouse_fields, options)


def read_lever(source: JsonSource, options: ReadingOptions | None = None) -> Postings:
    """Postings of Lever's public API, one or a list.

    Args:
        source: The answer of the API, as text or decoded.
        options: What postings are compared with, and what they leave unsaid.

    Raises:
        DecodeError: If it is no such answer or holds no posting.

    >>> pay = {"currency": "EUR", "interval": "per-year-salary", "min": 50000}
    >>> (posting,) = read_lever({"text": "Analyst", "salaryRange": pay})
    >>> print(posting.fields.pays[0])
    from 50,000 EUR per year
    """
    return read_items("Lever", _jobs(source, "Lever"), _lever_fields, options)


def read_ashby(source: JsonSource, options: ReadingOptions | None = None) -> Postings:
    """Jobs of Ashby's public job posting API, one or a whole board.

    Args:
        source: The answer of the API, as text or decoded; ask with
            ``includeCompensation=true`` for pay.
        options: What postings are compared with, and what they leave unsaid.

    Raises:
        DecodeError: If it is no such answer or holds no job.

    >>> (posting,) = read_ashby({"title": "Analyst", "isRemote": True})
    >>> posting.fields.workplace.value
    'remote'
    """
    return read_items("Ashby", _jobs(source, "Ashby"), _ashby_fields, options)


def _jobs(source: JsonSource, board: str) -> Iterator[tuple[str, object]]:
    """Yield the jobs of an answer with their paths: a list, one under a key, or a job.

    Args:
        source: The answer, as text or decoded.
        board: The name of the board, for the error.

    Raises:
        DecodeError: If it is no JSON, or the answer is an error.
    """
    tree, path = read_json(source, board), "$"
    if isinstance(tree, Mapping):
        key = next((key for key in LIST_KEYS if key in tree), "")
        if key:
            tree, path = tree[key], f"$.{key}"
        elif "error" in tree:
            error = short_repr(tree["error"])
            fault = f"The board answered with an error: {error}. @ $"
            raise DecodeError(f"posting from {board}", [fault])
    if isinstance(tree, list | tuple):
        yield from ((f"{path}[{index}]", job) for index, job in enumerate(tree))
    else:
        yield path, tree


def _greenhouse_fields(reader: FieldReader) -> PostingFields:
    """What a job of Greenhouse says."""
    prospect = "internal_job_id" in reader.tree and not reader.values("internal_job_id")
    if prospect:
        reader.warn("It is a prospect post: no single job stands behind it.")
    return PostingFields(
        source="Greenhouse",
        title=reader.text("title"),
        company=reader.text("company_name"),
        location=reader.text("location"),
        url=reader.text("absolute_url"),
        pays=tuple(_greenhouse_pays(reader)),
        posted=reader.day("first_published", "updated_at"),
        closes=reader.day("application_deadline"),
        details=reader.details("departments", "offices", "requisition_id"),
        description=reader.prose("content"),
        prospect=prospect,
    )


def _greenhouse_pays(reader: FieldReader) -> Iterator[Pay]:
    for item in reader.children("pay_input_ranges"):
        title = item.text("title")
        # No field states the time; the words around the range may.
        intervals = (
            find_interval(text, len(text)) for text in (title, item.text("blurb"))
        )
        unit = evolve(
            read_money_unit(item, ("currency_type",)),
            per=next(filter(None, intervals), None),
            scale=0.01,
            loose="ote" in title.lower().split(),
        )
        yield from read_range(item, ("min_cents",), ("max_cents",), unit)


def _lever_fields(reader: FieldReader) -> PostingFields:
    """What a posting of Lever says."""
    categories = reader.child("categories")
    salary = reader.child("salaryRange")
    unit = read_money_unit(salary, ("currency",), ("interval",))
    return PostingFields(
        source="Lever",
        title=reader.text("text", "title"),
        location=categories.text("allLocations", "location"),
        workplace=find_workplace(reader.text("workplaceType")),
        url=reader.text("hostedUrl", "applyUrl"),
        employment=categories.listed_texts("commitment"),
        pays=read_range(salary, ("min",), ("max",), unit),
        extras=reader.texts("salaryDescriptionPlain", "salaryDescription"),
        posted=reader.day("createdAt"),
        details={
            **categories.details("team", "department", "level"),
            **reader.details("country"),
        },
        description=reader.prose("descriptionPlain", "description"),
    )


def _ashby_fields(reader: FieldReader) -> PostingFields:
    """What a job of Ashby says."""
    pays, extras = _ashby_compensation(reader.child("compensation"))
    workplace = find_workplace(reader.text("workplaceType"))
    remote = reader.flag("isRemote")
    if workplace is None and remote:
        workplace = Workplace.REMOTE
    elif workplace and remote not in (None, workplace is Workplace.REMOTE):
        # The word says more than the flag; a hybrid job is often flagged as remote.
        reader.warn(f"It is {workplace.value} and has isRemote {str(remote).lower()}.")
    if reader.flag("isListed") is False:
        reader.warn("It is not listed on the board.")
    sites = (reader.text("location"), *reader.texts("secondaryLocations"))
    return PostingFields(
        source="Ashby",
        title=reader.text("title"),
        company=reader.text("organizationName", "companyName"),
        location="; ".join(filter(None, sites)),
        workplace=workplace,
        url=reader.text("jobUrl", "applyUrl"),
        employment=reader.listed_texts("employmentType"),
        pays=tuple(pays),
        extras=tuple(extras),
        posted=reader.day("publishedAt", "publishedDate"),
        details=reader.details("department", "team"),
        description=reader.prose("descriptionPlain", "descriptionHtml"),
    )


def _ashby_compensation(reader: FieldReader) -> tuple[list[Pay], list[str]]:
    """Salary as pay, and all else as it is worded; tiers where there is no summary."""
    components = reader.children("summaryComponents") or [
        component
        for tier in reader.children("compensationTiers")
        for component in tier.children("components")
    ]
    pays: list[Pay] = []
    extras: dict[str, None] = {}
    for component in components:
        kind = component.text("compensationType")
        if kind.lower() == "salary":
            unit = read_money_unit(component, ("currencyCode",), ("interval",))
            pays += read_range(component, ("minValue",), ("maxValue",), unit)
            continue
        words = component.text("summary", "label")
        if not words:
            ends = " to ".join(component.text(key) for key in ("minValue", "maxValue"))
            words = f"{kind} {ends.strip(' to')} {component.text('currencyCode')}"
        extras[words.strip()] = None
    if not components:
        keys = ("scrapeableCompensationSalarySummary", "compensationTierSummary")
        pays += read_pays(reader, keys, MoneyUnit())
    return pays, [extra for extra in extras if extra]
