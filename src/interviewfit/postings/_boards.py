"""Postings as the public boards of Greenhouse, Lever and Ashby give them.

Each answers with one job or a whole board. What they differ in: Greenhouse states pay
in cents and not what time it is for, unless the range's title does; Lever and Ashby do
not name the company, so say it in ``ReadingOptions.company``; Ashby lists equity and bonus
beside pay.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from interviewfit._reading.lenient_json import read_tree
from interviewfit._reading.text import short_repr
from interviewfit.errors import DecodeError
from interviewfit.postings._cells import FieldReader
from interviewfit.postings._composition import collect, compose, workplace_of
from interviewfit.postings._intervals import interval_after
from interviewfit.postings._pay import Pay
from interviewfit.postings._posting import (
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
    Workplace,
)
from interviewfit.postings._quotes import (
    MoneyUnit,
    currency_in,
    range_in,
    unit_in,
    words_in,
)

__all__ = ["Source", "read_ashby", "read_greenhouse", "read_lever"]

Source = str | bytes | Mapping[str, Any] | list[Any]
"""JSON text, or what it decodes to."""


def read_greenhouse(source: Source, basis: ReadingOptions | None = None) -> Postings:
    """Jobs of Greenhouse's Job Board API, one or a board.

    Pay is there if it was asked for with ``pay_transparency=true``.

    Raises:
        DecodeError: If it is not such an answer or holds no job.

    >>> job = {"title": "Analyst", "company_name": "Acme", "internal_job_id": None}
    >>> (found,) = read_greenhouse({"jobs": [job]})
    >>> found.opportunity.signals[0].value
    'other_openings'
    """
    return collect(
        "Greenhouse", _jobs(source, "Greenhouse"), _greenhouse, _given(basis)
    )


def read_lever(source: Source, basis: ReadingOptions | None = None) -> Postings:
    """Postings of Lever's public API, one or a list.

    Raises:
        DecodeError: If it is not such an answer or holds no posting.

    >>> pay = {"currency": "EUR", "interval": "per-year-salary", "min": 50000}
    >>> (found,) = read_lever({"text": "Analyst", "salaryRange": pay})
    >>> print(found.facts.pays[0])
    from 50,000 EUR per year
    """
    return collect("Lever", _jobs(source, "Lever"), _lever, _given(basis))


def read_ashby(source: Source, basis: ReadingOptions | None = None) -> Postings:
    """Jobs of Ashby's public job posting API, one or a board.

    Pay is there if it was asked for with ``includeCompensation=true``.

    Raises:
        DecodeError: If it is not such an answer or holds no job.

    >>> (found,) = read_ashby({"title": "Analyst", "isRemote": True})
    >>> found.facts.workplace.value
    'remote'
    """
    return collect("Ashby", _jobs(source, "Ashby"), _ashby, _given(basis))


def _given(basis: ReadingOptions | None) -> ReadingOptions:
    return ReadingOptions() if basis is None else basis


def _jobs(source: Source, kind: str) -> Iterator[tuple[str, object]]:
    """The jobs of an answer: a list, a list under a name, or one alone."""
    tree = read_tree(source, kind)
    path = "$"
    if isinstance(tree, Mapping):
        key = next((one for one in ("jobs", "data", "postings") if one in tree), "")
        if key:
            tree, path = tree[key], f"$.{key}"
        elif "error" in tree:
            fault = (
                f"The board answered with an error: {short_repr(tree['error'])}. @ $"
            )
            raise DecodeError(f"posting from {kind}", [fault])
    if isinstance(tree, list | tuple):
        yield from ((f"{path}[{place}]", one) for place, one in enumerate(tree))
    else:
        yield path, tree


def _greenhouse(entry: FieldReader, basis: ReadingOptions) -> Posting:
    prospect = "internal_job_id" in entry.tree and not entry.cells("internal_job_id")
    if prospect:
        entry.warn("It is a prospect post: no single job stands behind it.")
    return compose(
        entry,
        basis,
        PostingFields(
            source="Greenhouse",
            title=entry.text("title"),
            company=entry.text("company_name"),
            location=entry.text("location"),
            url=entry.text("absolute_url"),
            pays=tuple(_greenhouse_pays(entry)),
            posted=entry.day("first_published", "updated_at"),
            closes=entry.day("application_deadline"),
            details=entry.details("departments", "offices", "requisition_id"),
            description=entry.prose("content"),
        ),
        other_openings=prospect,
    )


def _greenhouse_pays(entry: FieldReader) -> Iterator[Pay]:
    for box in entry.entries("pay_input_ranges"):
        title = box.text("title")
        words = (title, box.text("blurb"))
        unit = MoneyUnit(
            currency=currency_in(box, "currency_type"),
            # There is no field for it; the words around the range may say.
            per=next(
                filter(None, (interval_after(one, len(one)) for one in words)), None
            ),
            scale=0.01,
            loose="ote" in title.lower().split(),
        )
        found = range_in(box, ("min_cents",), ("max_cents",), unit)
        if found is not None:
            yield found


def _lever(entry: FieldReader, basis: ReadingOptions) -> Posting:
    parts = entry.entry("categories")
    box = entry.entry("salaryRange")
    unit = MoneyUnit(currency=currency_in(box, "currency"))
    unit = unit_in(box, "interval", unit=unit)
    pay = range_in(box, ("min",), ("max",), unit)
    places = parts.text("allLocations", "location")
    return compose(
        entry,
        basis,
        PostingFields(
            source="Lever",
            title=entry.text("text", "title"),
            location=places,
            workplace=workplace_of(entry.text("workplaceType")),
            url=entry.text("hostedUrl", "applyUrl"),
            employment=parts.kinds("commitment"),
            pays=() if pay is None else (pay,),
            extras=entry.texts("salaryDescriptionPlain", "salaryDescription"),
            posted=entry.day("createdAt"),
            details={
                **parts.details("team", "department", "level"),
                **entry.details("country"),
            },
            description=entry.prose("descriptionPlain", "description"),
        ),
    )


def _ashby(entry: FieldReader, basis: ReadingOptions) -> Posting:
    pays, extras = _ashby_compensation(entry.entry("compensation"))
    stated = workplace_of(entry.text("workplaceType"))
    remote = entry.flag("isRemote")
    if stated is None and remote:
        stated = Workplace.REMOTE
    elif stated is not None and remote not in (None, stated is Workplace.REMOTE):
        # The word says more than the flag; a hybrid job is often flagged as remote.
        entry.warn(f"It is {stated.value} and has isRemote {str(remote).lower()}.")
    if entry.flag("isListed") is False:
        entry.warn("It is not listed on the board.")
    places = (entry.text("location"), *entry.texts("secondaryLocations"))
    return compose(
        entry,
        basis,
        PostingFields(
            source="Ashby",
            title=entry.text("title"),
            company=entry.text("organizationName", "companyName"),
            location="; ".join(one for one in places if one),
            workplace=stated,
            url=entry.text("jobUrl", "applyUrl"),
            employment=entry.kinds("employmentType"),
            pays=tuple(pays),
            extras=tuple(extras),
            posted=entry.day("publishedAt", "publishedDate"),
            details=entry.details("department", "team"),
            description=entry.prose("descriptionPlain", "descriptionHtml"),
        ),
    )


def _ashby_compensation(entry: FieldReader) -> tuple[list[Pay], list[str]]:
    """Salary as pay, all else as it is worded; tiers where there is no summary."""
    parts = entry.entries("summaryComponents")
    if not parts:
        tiers = entry.entries("compensationTiers")
        parts = [one for tier in tiers for one in tier.entries("components")]
    pays: list[Pay] = []
    extras: dict[str, None] = {}
    for part in parts:
        kind = part.text("compensationType")
        if kind.lower() != "salary":
            extras[part.text("summary", "label") or _worded(part, kind)] = None
            continue
        unit = MoneyUnit(currency=currency_in(part, "currencyCode"))
        unit = unit_in(part, "interval", unit=unit)
        found = range_in(part, ("minValue",), ("maxValue",), unit)
        pays += [] if found is None else [found]
    if not parts:
        keys = ("scrapeableCompensationSalarySummary", "compensationTierSummary")
        pays += words_in(entry, *keys, unit=MoneyUnit())
    return pays, [one for one in extras if one]


def _worded(part: FieldReader, kind: str) -> str:
    ends = " to ".join(part.text(one) for one in ("minValue", "maxValue"))
    return f"{kind} {ends.strip(' to')} {part.text('currencyCode')}".strip()
