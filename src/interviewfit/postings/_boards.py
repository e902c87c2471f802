"""Postings of the public boards of Greenhouse, Lever and Ashby, or of unknown format.

Keys tell a format that is unknown. Each board answers with one job or with a list.
Greenhouse gives pay in cents, and the time that it is for only in the title of the
range; Lever and Ashby do not name the company, so state it in
``ReadingOptions.company``; Ashby lists equity and bonus beside pay.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from attrs import evolve

from interviewfit._model.money import Pay
from interviewfit._reading.lenient_json import MAX_CHARACTERS, is_web_page, read_json
from interviewfit._reading.text import clean_line, decode, short_repr, unescape
from interviewfit.errors import DecodeError
from interviewfit.postings._conversion import JsonSource, read_items
from interviewfit.postings._fields import FieldReader, MoneyUnit
from interviewfit.postings._jobspy import read_jobspy
from interviewfit.postings._jsonld import find_job_postings, read_job_posting
from interviewfit.postings._more_boards import BOARDS, find_board, personio_tree
from interviewfit.postings._pay_times import find_interval
from interviewfit.postings._plain_text import is_plain_posting, read_plain_posting
from interviewfit.postings._posting import (
    PostingFields,
    Postings,
    ReadingOptions,
    Workplace,
)
from interviewfit.postings._workplace import find_workplace

_LIST_KEYS = ("jobs", "data", "postings")
"""Where a board keeps its list of jobs."""

_LONGEST_CONTENT, _MOST_RANGES = 200_000, 50
_RESUME_KEYS = ("basics", "workExperiences", "work")
_PAY_RANGE = re.compile(
    r"<div[^<>]{0,200}class=[\"']pay-range[\"'][^<>]{0,200}>(.{1,1000}?)</div>",
    re.DOTALL,
)
_TITLE = re.compile(
    r"<div[^<>]{0,200}class=[\"']title[\"'][^<>]{0,200}>([^<>]{1,200})</div>\s*\Z"
)


def read_greenhouse(
    source: JsonSource, options: ReadingOptions | None = None
) -> Postings:
    """Jobs of Greenhouse's Job Board API, one or a whole board.

    The work grows with the length of the text.

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

    The work grows with the length of the text.

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

    The work grows with the length of the text.

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
        key = next((key for key in _LIST_KEYS if key in tree), "")
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
        posted=reader.day("first_published"),
        closes=reader.day("application_deadline"),
        details=reader.details("departments", "offices", "requisition_id"),
        description=reader.prose("content"),
        prospect=prospect,
    )


def _greenhouse_pays(reader: FieldReader) -> Iterator[Pay]:
    for item in reader.children("pay_input_ranges"):
        texts = item.text("title"), item.text("blurb")
        # No field states the time; the words around the range may.
        intervals = (find_interval(text, len(text)) for text in texts)
        per = next(filter(None, intervals), None)
        unit = item.money_unit(
            ("currency_type",), loose="ote" in texts[0].lower().split()
        )
        unit = evolve(unit, per=per, scale=0.01)
        yield from item.pay_range(("min_cents",), ("max_cents",), unit)
    if not reader.values("pay_input_ranges"):
        yield from _pays_in_content(reader)


def _pays_in_content(reader: FieldReader) -> Iterator[Pay]:
    """Yield the ranges of the block for pay that Greenhouse puts into a description."""
    content = reader.prose("content")[:_LONGEST_CONTENT]
    if "pay-range" not in content:
        return
    if "<" not in content:
        content = unescape(content)
    for match in islice(_PAY_RANGE.finditer(content), _MOST_RANGES):
        words = clean_line(unescape(re.sub(r"<[^<>]*>", " ", match[1])))
        title = _TITLE.search(content, 0, match.start())
        unit = MoneyUnit()
        if title:
            unit = evolve(unit, per=find_interval(clean_line(title[1]), 0))
        yield from reader.inner({"content": words}, "content").pays(("content",), unit)


def _lever_fields(reader: FieldReader) -> PostingFields:
    """What a posting of Lever says."""
    categories = reader.child("categories")
    salary = reader.child("salaryRange")
    unit = salary.money_unit(("currency",), ("interval",))
    return PostingFields(
        source="Lever",
        title=reader.text("text", "title"),
        location=categories.text("allLocations", "location"),
        workplace=find_workplace(reader.text("workplaceType")),
        url=reader.text("hostedUrl", "applyUrl"),
        employment=categories.listed_texts("commitment"),
        pays=salary.pay_range(("min",), ("max",), unit),
        extras=reader.texts("salaryDescriptionPlain", "salaryDescription"),
        posted=reader.day("createdAt"),
        details=categories.details("team", "department", "level")
        | reader.details("country"),
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
        words = workplace.value.replace("_", " ")
        reader.warn(f"It is {words} and has isRemote {str(remote).lower()}.")
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
            unit = component.money_unit(("currencyCode",), ("interval",))
            pays += component.pay_range(("minValue",), ("maxValue",), unit)
            continue
        words = component.text("summary", "label")
        if not words:
            ends = " to ".join(component.text(key) for key in ("minValue", "maxValue"))
            words = f"{kind} {ends.strip(' to')} {component.text('currencyCode')}"
        extras[words.strip()] = None
    if not components:
        keys = ("scrapeableCompensationSalarySummary", "compensationTierSummary")
        pays += reader.pays(keys, MoneyUnit())
    return pays, [extra for extra in extras if extra]


_KEYS: Mapping[Callable[..., Postings], str] = {
    read_jobspy: "job_url min_amount date_posted salary_source",
    read_greenhouse: "internal_job_id absolute_url pay_input_ranges first_published",
    read_ashby: "jobUrl isListed descriptionHtml secondaryLocations publishedAt",
    read_lever: "hostedUrl categories workplaceType salaryRange text",
}
"""Keys that tell a format. Lever stands last because Ashby has one of its keys too."""


def read_postings(text: str | bytes, options: ReadingOptions | None = None) -> Postings:
    """All postings of a text in any of the formats.

    The work grows with the length of the text.

    Args:
        text: JSON-LD, rows of JobSpy, the JSON of Greenhouse, Lever, Ashby, Workday,
            SmartRecruiters, Recruitee, Personio, Teamtailor or Workable, or a posting
            as plain text, whose first line is the title.
        options: What postings are compared with, and what they leave unsaid.

    Raises:
        DecodeError: If it is of none of the formats, or holds no posting.

    >>> (job,) = read_postings('[{"text": "Analyst", "hostedUrl": "https://a.b/c"}]')
    >>> job.fields.source
    'Lever'
    """
    text = decode(text, "posting", MAX_CHARACTERS)
    if is_web_page(text):
        return read_job_posting(text, options)
    if text.lstrip()[:1] not in ("{", "[", "<", "/"):
        read_text = read_plain_posting if is_plain_posting(text) else read_jobspy
        return read_text(text, options)
    tree = personio_tree(text) or read_json(text, "posting")
    if next(find_job_postings(tree, untyped=False), None) is not None:
        return read_job_posting(tree, options)
    if match := find_board(tree):
        board, jobs = match
        return read_items(board.name, jobs, board.read, options)
    first = _first_object(tree)
    for read, keys in _KEYS.items():
        if any(key in first for key in keys.split()):
            return read(tree, options)
    # Boards have keys of schema.org too, such as employmentType.
    if next(find_job_postings(tree), None) is not None:
        return read_job_posting(tree, options)
    names = ", ".join(board.name for board in BOARDS)
    fault = (
        "It is no JobPosting, no row of JobSpy and no job of Greenhouse, Lever, Ashby, "
        f"{names}. Name the format by its own function, such as read_lever. @ $"
    )
    if isinstance(tree, Mapping) and any(key in tree for key in _RESUME_KEYS):
        fault = "It is a resume: read it with interviewfit.postings.read_resume. @ $"
    raise DecodeError("posting", [fault])


def _first_object(tree: object) -> Mapping[str, Any]:
    """The first object that may be a posting, or an empty one."""
    if isinstance(tree, Mapping):
        inner = next((tree[key] for key in _LIST_KEYS if key in tree), tree)
        tree = inner if isinstance(inner, list | tuple) else [inner]
    items = tree if isinstance(tree, list | tuple) else []
    return next((item for item in items if isinstance(item, Mapping)), {})
