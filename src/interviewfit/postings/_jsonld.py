"""Postings as schema.org's JobPosting in JSON-LD: bare, in a list or in a graph.

A page carries them in its script tags; ``interviewfit.extra._pages`` takes them out.
Fields may be text, numbers, objects or lists of either, as they are on real pages.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from interviewfit._reading.lenient_json import is_web_page, read_tree
from interviewfit.errors import DecodeError
from interviewfit.postings._cells import FieldReader
from interviewfit.postings._composition import collect, compose, workplace_of
from interviewfit.postings._pay import Pay
from interviewfit.postings._posting import (
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
)
from interviewfit.postings._quotes import (
    MoneyUnit,
    currency_in,
    range_in,
    unit_in,
    words_in,
)
from interviewfit.postings._values import plain

__all__ = ["find_nodes", "read_job_posting"]

SOURCE = "schema.org JobPosting"
_PREFIXES = ("http://schema.org/", "https://schema.org/", "schema:")
_TELLING = ("hiringOrganization", "baseSalary", "jobLocation", "employmentType")
_DETAILS = (
    "skills",
    "qualifications",
    "experienceRequirements",
    "educationRequirements",
    "industry",
    "occupationalCategory",
    "workHours",
    "identifier",
)
_PLACE = ("addressLocality", "addressRegion", "addressCountry")


def read_job_posting(
    source: str | bytes | Mapping[str, Any] | list[Any],
    basis: ReadingOptions | None = None,
) -> Postings:
    """All JobPostings of a JSON-LD document.

    Args:
        source: JSON text, or what it decodes to.
        basis: What to read them against.

    Raises:
        DecodeError: If it is no such document or holds no JobPosting.

    >>> job = {"@type": "JobPosting", "title": "Analyst", "hiringOrganization": "Acme"}
    >>> (found,) = read_job_posting(job)
    >>> found.opportunity.name, found.unknown[0]
    ('Acme, Analyst', 'pay')
    """
    if isinstance(source, str) and is_web_page(source):
        fault = (
            "It is a web page, not JSON: pip install 'interviewfit[html]' and use "
            "interviewfit.extra._pages.read_page. @ $"
        )
        raise DecodeError(SOURCE, [fault])
    tree = read_tree(source, SOURCE)
    return collect(
        SOURCE, find_nodes(tree), _read, ReadingOptions() if basis is None else basis
    )


def find_nodes(tree: object) -> Iterator[tuple[str, object]]:
    """Every JobPosting in a document, in its order, references to other nodes resolved."""
    walked = list(_walk(tree))
    named = {
        node["@id"]: node
        for _, node in walked
        if isinstance(node.get("@id"), str) and len(node) > 1
    }
    jobs = [one for one in walked if _is_job(one[1])]
    if not jobs and isinstance(tree, Mapping) and "@type" not in tree:
        # Some people keep the object alone, without saying what it is.
        jobs = [("$", tree)] if any(one in tree for one in _TELLING) else []
    for path, node in jobs:
        yield (
            path,
            {
                _bare(key): _resolve(one, named)
                for key, one in node.items()
                if isinstance(key, str)
            },
        )


def _walk(tree: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """All objects, outermost first, each once."""
    seen: set[int] = set()
    waiting: list[tuple[str, object]] = [("$", tree)]
    while waiting:
        path, one = waiting.pop()
        if id(one) in seen:
            continue
        inner: list[tuple[str, object]] = []
        if isinstance(one, Mapping):
            yield path, one
            inner = [
                (f"{path}.{key}"[:200], value)
                for key, value in one.items()
                if isinstance(key, str)
            ]
        elif isinstance(one, list | tuple):
            inner = [(f"{path}[{place}]"[:200], each) for place, each in enumerate(one)]
        else:
            continue
        seen.add(id(one))
        waiting.extend(reversed(inner))


def _is_job(node: Mapping[str, Any]) -> bool:
    kinds = plain(node.get("@type"))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(one, str) and _bare(one) == "JobPosting" for one in kinds)


def _bare(name: str) -> str:
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name


def _resolve(value: object, named: Mapping[str, Any]) -> object:
    if isinstance(value, list):
        return [_resolve(one, named) for one in value]
    if isinstance(value, Mapping) and set(value) == {"@id"}:
        identity = value["@id"]
        return named.get(identity, value) if isinstance(identity, str) else value
    return value


def _read(entry: FieldReader, basis: ReadingOptions) -> Posting:
    openings = entry.count("totalJobOpenings")
    kinds = entry.texts("jobLocationType")
    return compose(
        entry,
        basis,
        PostingFields(
            source=SOURCE,
            title=entry.text("title", "name"),
            company=entry.text("hiringOrganization"),
            location="; ".join(_places(entry)),
            workplace=workplace_of(*kinds),
            applicants=entry.texts("applicantLocationRequirements"),
            url=entry.text("url", "mainEntityOfPage", "sameAs"),
            employment=entry.kinds("employmentType"),
            pays=tuple(_pays(entry)),
            extras=entry.texts("incentiveCompensation", "incentives"),
            benefits=entry.texts("jobBenefits", "benefits"),
            posted=entry.day("datePosted"),
            closes=entry.day("validThrough"),
            openings=openings,
            details=entry.details(*_DETAILS),
            description=entry.prose("description"),
        ),
    )


def _places(entry: FieldReader) -> Iterator[str]:
    for cell in entry.cells("jobLocation"):
        if not isinstance(cell, Mapping):
            yield from entry.inner({"jobLocation": cell}, "jobLocation").texts(
                "jobLocation"
            )
            continue
        place = entry.inner(cell, "jobLocation")
        address = place.entry("address")
        parts = [address.text(one) for one in _PLACE]
        text = ", ".join(one for one in parts if one)
        text = text or place.text("address", "name")
        if text:
            yield text


def _pays(entry: FieldReader) -> Iterator[Pay]:
    """Base pay; the site's own estimate only where the employer states none."""
    found = list(_money(entry, "baseSalary", loose=False))
    if found:
        yield from found
        return
    estimates = list(_money(entry, "estimatedSalary", loose=True))
    if estimates:
        entry.warn("Pay is an estimate of the site, not the employer's word.")
    yield from estimates


def _money(entry: FieldReader, key: str, loose: bool) -> Iterator[Pay]:
    unit = MoneyUnit(currency=currency_in(entry, "salaryCurrency"), loose=loose)
    yield from words_in(entry, key, unit=unit)
    for box in entry.entries(key):
        for inner in box.entries("value") or [box]:
            yield from _quantity(entry, box, inner, loose)


def _quantity(
    entry: FieldReader, box: FieldReader, inner: FieldReader, loose: bool
) -> Iterator[Pay]:
    """One amount, whose parts stand on a quantity, the money around it, or the posting."""
    tree = {
        "salaryCurrency": entry.tree.get("salaryCurrency"),
        **_told(box.tree, "value"),
        **_told(inner.tree, ""),
    }
    both = entry.inner(tree, "baseSalary")
    unit = MoneyUnit(
        currency=currency_in(both, "currency", "priceCurrency", "salaryCurrency"),
        loose=loose,
    )
    unit = unit_in(both, "unitText", "unitCode", unit=unit)
    found = range_in(
        both,
        ("minValue", "minPrice", "percentile10", "percentile25"),
        ("maxValue", "maxPrice", "percentile90", "percentile75"),
        unit,
    )
    if found is None:
        yield from words_in(both, "value", "price", "median", unit=unit)
    else:
        yield found


def _told(tree: Mapping[str, Any], but: str) -> dict[str, Any]:
    """What an object says, without one of its keys."""
    return {
        key: value
        for key, value in tree.items()
        if key != but and plain(value) is not None
    }
