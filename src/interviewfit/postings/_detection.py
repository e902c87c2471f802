"""Postings from a file of unknown format, which is told by its keys."""

from collections.abc import Callable, Mapping
from typing import Any

from interviewfit._reading.lenient_json import MAX_CHARACTERS, is_web_page, read_json
from interviewfit._reading.text import decode
from interviewfit.errors import DecodeError
from interviewfit.postings._boards import (
    LIST_KEYS,
    read_ashby,
    read_greenhouse,
    read_lever,
)
from interviewfit.postings._jobspy import read_jobspy
from interviewfit.postings._jsonld import find_job_postings, read_job_posting
from interviewfit.postings._posting import Postings, ReadingOptions

_KEYS: Mapping[Callable[..., Postings], str] = {
    read_jobspy: "job_url min_amount date_posted salary_source",
    read_greenhouse: "internal_job_id absolute_url pay_input_ranges first_published",
    read_ashby: "jobUrl isListed descriptionHtml secondaryLocations publishedAt",
    read_lever: "hostedUrl categories workplaceType salaryRange text",
}
"""Keys that tell a format. Lever stands last because Ashby has one of its keys too."""


def read_postings(text: str | bytes, options: ReadingOptions | None = None) -> Postings:
    """All postings of a text in any of the formats.

    Args:
        text: JSON-LD, the JSON of Greenhouse, Lever or Ashby, or rows of JobSpy.
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
        return read_jobspy(text, options)
    tree = read_json(text, "posting")
    if next(find_job_postings(tree), None) is not None:
        return read_job_posting(tree, options)
    first = _first_object(tree)
    for read, keys in _KEYS.items():
        if any(key in first for key in keys.split()):
            return read(tree, options)
    fault = (
        "It is no JobPosting, no row of JobSpy and no job of Greenhouse, Lever or "
        "Ashby. Name the format by its own function, such as read_lever. @ $"
    )
    raise DecodeError("posting", [fault])


def _first_object(tree: object) -> Mapping[str, Any]:
    """The first object that may be a posting, or an empty one."""
    if isinstance(tree, Mapping):
        inner = next((tree[key] for key in LIST_KEYS if key in tree), tree)
        tree = inner if isinstance(inner, list | tuple) else [inner]
    items = tree if isinstance(tree, list | tuple) else []
    return next((item for item in items if isinstance(item, Mapping)), {})
