"""Postings from a saved web page: ``pip install 'interviewfit[html]'``.

The page is parsed by lxml, which runs no script and opens no connection. Only script
tags of the type ``application/ld+json`` are read, as data.
"""

from collections.abc import Iterator

from interviewfit._reading.lenient_json import MAX_CHARACTERS, read_json
from interviewfit.errors import DecodeError, MissingPackageError
from interviewfit.postings import Postings, ReadingOptions, read_job_posting

__all__ = ["read_page", "scripts_of"]

_KIND = "web page"


def read_page(text: str | bytes, options: ReadingOptions | None = None) -> Postings:
    """All JobPostings in a page.

    Args:
        text: The page, at most 20 million characters.
        options: What postings are compared with, and what they leave unsaid.

    Raises:
        DecodeError: If it is too long, or has no JobPosting that can be read.
        MissingPackageError: If lxml is not installed.

    >>> page = (
    ...     '<html><script type="application/ld+json">'
    ...     '{"@type": "JobPosting", "title": "Analyst"}</script></html>'
    ... )
    >>> [job.fields.title for job in read_page(page)]
    ['Analyst']
    """
    trees: list[object] = []
    faults: list[str] = []
    for number, script in enumerate(scripts_of(text)):
        try:
            trees.append(read_json(script, _KIND))
        except DecodeError as error:
            faults.extend(f"{fault} of script {number}" for fault in error.faults)
    try:
        postings = read_job_posting(trees, options)
    except DecodeError as error:
        raise DecodeError(_KIND, [*faults, *error.faults]) from None
    return Postings(postings=postings.postings, faults=(*faults, *postings.faults))


def scripts_of(text: str | bytes) -> Iterator[str]:
    """The text of each script tag that holds JSON-LD.

    Raises:
        DecodeError: If the page is too long.
        MissingPackageError: If lxml is not installed.

    >>> list(scripts_of('<script type="application/ld+json">{}</script><p>more'))
    ['{}']
    """
    try:
        from lxml import etree
        from lxml.html import HTMLParser, document_fromstring
    except ImportError:
        raise MissingPackageError("lxml", "html") from None

    if len(text) > MAX_CHARACTERS:
        fault = (
            f"It has {len(text):,} characters, at most {MAX_CHARACTERS:,} are read. @ $"
        )
        raise DecodeError(_KIND, [fault])
    # As bytes in UTF-8, because a page may claim any other encoding.
    raw = text.encode("utf-8", errors="replace") if isinstance(text, str) else text
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=False)
    try:
        page = document_fromstring(raw, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise DecodeError(_KIND, [f"It is not HTML: {error}. @ $"]) from None
    for script in page.iter("script"):
        kind = str(script.get("type", "")).partition(";")[0].strip().lower()
        if kind == "application/ld+json":
            yield str(script.text or "")
