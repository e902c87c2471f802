"""The front door: a file of unknown kind becomes postings, and postings a search."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve

from interviewfit._model.domain import Candidate
from interviewfit._model.fields import MOST_ENTRIES
from interviewfit._model.priors import Assumptions
from interviewfit._model.search import Search
from interviewfit._model.units import LONGEST_TEXT
from interviewfit._reading.lenient_json import MAX_CHARACTERS, is_web_page, read_tree
from interviewfit._reading.text import decode, truncate
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.postings._boards import read_ashby, read_greenhouse, read_lever
from interviewfit.postings._jobspy import read_jobspy
from interviewfit.postings._jsonld import find_nodes, read_job_posting
from interviewfit.postings._posting import Posting, Postings, ReadingOptions

__all__ = ["gather", "read_postings"]

_TELLTALES = (
    (read_jobspy, ("job_url", "min_amount", "date_posted", "salary_source")),
    (
        read_greenhouse,
        ("internal_job_id", "absolute_url", "pay_input_ranges", "first_published"),
    ),
    (
        read_ashby,
        ("jobUrl", "isListed", "descriptionHtml", "secondaryLocations", "publishedAt"),
    ),
    (read_lever, ("hostedUrl", "categories", "workplaceType", "salaryRange", "text")),
)
"""Which keys tell a format; Lever's last, for Ashby shares one of them."""


def read_postings(text: str | bytes, basis: ReadingOptions | None = None) -> Postings:
    """Postings from a text in any of the formats, told by what it holds.

    Raises:
        DecodeError: If it is of none of the formats, or holds no posting.

    >>> (found,) = read_postings('[{"text": "Analyst", "hostedUrl": "https://a.b/c"}]')
    >>> found.facts.source
    'Lever'
    """
    text = decode(text, "posting", MAX_CHARACTERS)
    if is_web_page(text):
        return read_job_posting(text, basis)
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "[", "<", "/"):
        return read_jobspy(text, basis)
    tree = read_tree(text, "posting")
    if next(find_nodes(tree), None) is not None:
        return read_job_posting(tree, basis)
    first = _first(tree)
    for read, keys in _TELLTALES:
        if any(one in first for one in keys):
            return read(tree, basis)
    fault = (
        "It is no JobPosting, no row of JobSpy and no job of Greenhouse, Lever or "
        "Ashby. Name the format by its own function, such as read_lever. @ $"
    )
    raise DecodeError("posting", [fault])


def gather(
    postings: Iterable[Posting],
    candidate: Candidate | None = None,
    assumptions: Assumptions | None = None,
) -> Search:
    """One search of all postings.

    Names that several share get the location added, and a number where that does not
    tell them apart.

    Raises:
        InvalidFieldError: If there is no posting, or more than a search may hold.

    >>> jobs = '[{"text": "Analyst", "hostedUrl": "a"}, {"text": "Analyst"}]'
    >>> [one.name for one in gather(read_postings(jobs)).opportunities]
    ['Analyst', 'Analyst (2)']
    """
    several = list(postings)
    if len(several) > MOST_ENTRIES:
        expected = f"at most {MOST_ENTRIES:,} postings"
        raise InvalidFieldError("A search", expected, len(several), "Read fewer.")
    names = [one.opportunity.name for one in several]
    taken: set[str] = set()
    opportunities = []
    for one, name in zip(several, names, strict=True):
        shared = names.count(name) > 1 and one.facts.location
        wanted = f"{name}, {one.facts.location}" if shared else name
        own, number = truncate(wanted, LONGEST_TEXT - 20), 1
        while own in taken:
            number += 1
            own = f"{truncate(wanted, LONGEST_TEXT - 20)} ({number})"
        taken.add(own)
        opportunities.append(evolve(one.opportunity, name=own))
    return Search(
        candidate=Candidate() if candidate is None else candidate,
        opportunities=opportunities,
        assumptions=Assumptions() if assumptions is None else assumptions,
    )


def _first(tree: object) -> Mapping[str, Any]:
    """The first object that may be a posting, or an empty one."""
    if isinstance(tree, Mapping):
        inner = next(
            (tree[one] for one in ("jobs", "data", "postings") if one in tree), tree
        )
        tree = inner if isinstance(inner, list | tuple) else [inner]
    several = tree if isinstance(tree, list | tuple) else []
    return next((one for one in several if isinstance(one, Mapping)), {})
