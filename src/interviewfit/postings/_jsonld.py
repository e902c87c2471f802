"""Postings as schema.org's JobPosting in JSON-LD: alone, in a list or in a graph.

A page carries them in its script tags; ``interviewfit.extra`` takes them out of a page.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from interviewfit._model.money import Pay
from interviewfit._model.units import LONGEST_TEXT
from interviewfit._reading.lenient_json import is_web_page, read_json
from interviewfit.errors import DecodeError
from interviewfit.postings._conversion import JsonSource, read_items
from interviewfit.postings._fields import FieldReader, flatten, normalise
from interviewfit.postings._posting import PostingFields, Postings, ReadingOptions
from interviewfit.postings._workplace import find_workplace

_KIND = "schema.org JobPosting"
_PREFIXES = ("http://schema.org/", "https://schema.org/", "schema:")
_TYPICAL_KEYS = ("hiringOrganization", "baseSalary", "jobLocation", "employmentType")
_DETAILS = (
    "skills", "qualifications", "experienceRequirements", "educationRequirements",
    "industry", "occupationalCategory", "workHours", "identifier",
)  # fmt: skip
_MAX_PATH = 200


def read_job_posting(
    source: JsonSource, options: ReadingOptions | None = None
) -> Postings:
    """All JobPostings of a JSON-LD document.

    The work grows with the length of the text.

    Args:
        source: JSON text, or what it decodes to.
        options: What postings are compared with, and what they leave unsaid.

    Raises:
        DecodeError: If it is no such document or holds no JobPosting.

    >>> job = {"@type": "JobPosting", "title": "Analyst", "hiringOrganization": "Acme"}
    >>> (posting,) = read_job_posting(job)
    >>> posting.opportunity.name, posting.unknown[0]
    ('Acme, Analyst', 'pay')
    """
    if isinstance(source, str) and is_web_page(source):
        fault = (
            "It is a web page, not JSON: pip install 'interviewfit[html]' and use "
            "interviewfit.extra.pages.read_page. @ $"
        )
        raise DecodeError(_KIND, [fault])
    nodes = find_job_postings(read_json(source, _KIND))
    return read_items(_KIND, nodes, _job_fields, options)


_BRANCHES = (dict, list, tuple, Mapping)
"""Kinds of what may hold more; Python's own come first, since they are told sooner."""


def find_job_postings(
    tree: object, *, untyped: bool = True
) -> Iterator[tuple[str, object]]:
    """Every JobPosting of a document with its path, its references resolved.

    Args:
        tree: The document.
        untyped: Whether an object alone may be one that does not say so.
    """
    nodes = list(_walk(tree))
    by_id = {
        node["@id"]: node
        for _, node in nodes
        if isinstance(node.get("@id"), str) and len(node) > 1
    }
    jobs = [
        (path, node)
        for path, node in nodes
        if "JobPosting" in map(_local_name, flatten(node.get("@type")))
    ]
    if untyped and not jobs and isinstance(tree, Mapping) and "@type" not in tree:
        # Some people keep the object alone, without its type.
        alone = "title" in tree and any(key in tree for key in _TYPICAL_KEYS)
        jobs = [("$", tree)] if alone else []
    for path, node in jobs:
        yield path, {_local_name(key): _resolve(node[key], by_id) for key in node}


def _walk(tree: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """All objects of a tree with their paths, the outermost first, none twice."""
    visited: set[int] = set()
    waiting = [("$", tree)] if isinstance(tree, _BRANCHES) else []
    while waiting:
        path, node = waiting.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        if isinstance(node, Mapping):
            yield path, node
            steps = [(f".{key}", node[key]) for key in node if isinstance(key, str)]
        else:
            steps = [(f"[{index}]", item) for index, item in enumerate(node)]
        waiting.extend(
            (f"{path}{step}"[:_MAX_PATH], child)
            for step, child in reversed(steps)
            if isinstance(child, _BRANCHES)
        )


def _local_name(name: object) -> str:
    """A name of schema.org without its prefix; empty if it is no text."""
    text = name if isinstance(name, str) else ""
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return text


def _resolve(value: object, by_id: Mapping[str, Any]) -> object:
    """A value, or the node that it refers to.

    Args:
        value: A value of JSON-LD; a reference is ``{"@id": "..."}``, also in a list.
        by_id: The nodes of the document.
    """
    if isinstance(value, list):
        return [_resolve(item, by_id) for item in value]
    if isinstance(value, Mapping) and set(value) == {"@id"}:
        identity = value["@id"]
        return by_id.get(identity, value) if isinstance(identity, str) else value
    return value


def _job_fields(reader: FieldReader) -> PostingFields:
    """What a JobPosting says."""
    return PostingFields(
        source=_KIND,
        title=reader.text("title", "name"),
        company=reader.text("hiringOrganization"),
        location="; ".join(_locations(reader)),
        workplace=find_workplace(*reader.texts("jobLocationType")),
        applicants=reader.texts("applicantLocationRequirements"),
        url=reader.text("url", "mainEntityOfPage", "sameAs"),
        employment=reader.listed_texts("employmentType"),
        pays=tuple(_pays(reader)),
        extras=reader.texts("incentiveCompensation", "incentives"),
        benefits=reader.texts("jobBenefits", "benefits"),
        posted=reader.day("datePosted"),
        closes=reader.day("validThrough"),
        openings=reader.count("totalJobOpenings"),
        details=reader.details(*_DETAILS),
        description=reader.prose("description"),
    )


def _locations(reader: FieldReader) -> list[str]:
    """Where a job is, as many places as a field of a posting can hold."""
    key, places = "jobLocation", dict[str, None]()
    for value in reader.values(key):
        if not isinstance(value, Mapping):
            texts = reader.inner({key: value}, key).texts(key)
        else:
            site = reader.inner(value, key)
            address = site.child("address").joined(
                "addressLocality", "addressRegion", "addressCountry"
            )
            texts = (address or site.text("address", "name"),)
        places.update(dict.fromkeys(filter(None, texts)))
        if sum(map(len, places)) > LONGEST_TEXT:
            break
    return list(places)


def _pays(reader: FieldReader) -> Iterator[Pay]:
    """Base pay; the site's own estimate only where the employer states none."""
    pays = list(_read_money(reader, "baseSalary", loose=False))
    if not pays:
        pays = list(_read_money(reader, "estimatedSalary", loose=True))
        if pays:
            reader.warn("Pay is an estimate of the site, not the employer's word.")
    yield from pays


def _read_money(reader: FieldReader, key: str, loose: bool) -> Iterator[Pay]:
    """Every pay under a key: text, numbers and MonetaryAmounts.

    Currency and time may stand on a quantity, on the money around it, or on the
    posting itself.

    Args:
        reader: Reads the posting.
        key: Where the pay stands.
        loose: Whether it is an estimate.
    """
    currency = {"salaryCurrency": reader.tree.get("salaryCurrency")}
    unit = reader.money_unit(("salaryCurrency",), loose=loose)
    yield from reader.pays((key,), unit)
    for money in reader.children(key):
        around = {name: value for name, value in money.tree.items() if name != "value"}
        for quantity in money.children("value") or [money]:
            stated = {
                name: value
                for tree in (around, quantity.tree)
                for name, value in tree.items()
                if normalise(value) is not None
            }
            merged = reader.inner(currency | stated, "baseSalary")
            currencies = ("currency", "priceCurrency", "salaryCurrency")
            unit = merged.money_unit(currencies, ("unitText", "unitCode"), loose)
            low_keys = ("minValue", "minPrice", "percentile10", "percentile25")
            high_keys = ("maxValue", "maxPrice", "percentile90", "percentile75")
            pays = merged.pay_range(low_keys, high_keys, unit)
            yield from pays or merged.pays(("value", "price", "median"), unit)
