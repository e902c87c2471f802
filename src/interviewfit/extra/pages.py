"""Postings from a saved web page: ``pip install 'interviewfit[html]'``.

The page is parsed by lxml, which runs no script and opens no connection. JobPostings
are read from script tags of the type ``application/ld+json``, as data; where these have
none, from microdata and RDFa. A page is read in the encoding that it declares, also out
of the single file (.mhtml) that a browser saves.
"""

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from itertools import islice
from typing import Any

from interviewfit._reading.lenient_json import (
    MAX_CHARACTERS,
    is_page_archive,
    read_json,
)
from interviewfit._reading.text import decode_page
from interviewfit.errors import DecodeError, MissingPackageError
from interviewfit.postings import Postings, ReadingOptions, read_job_posting

__all__ = ["read_page", "scripts_of"]

_KIND = "web page"
_BUILT_BY_SCRIPT = re.compile(
    r"__NEXT_DATA__|__NUXT__|__INITIAL_STATE__|__APOLLO_STATE__|ng-version"
    r"|id=[\"']?(?:root|app|__next)\b"
)
_LINKS = {"url", "sameAs", "image", "logo", "mainEntityOfPage"}
_MARKUPS = (("itemscope", "itemtype", "itemprop"), ("typeof", "typeof", "property"))
"""Attributes of microdata and of RDFa for an item, its type and its properties."""

# A board shows some hundred jobs on a page, and a job has some fifty properties.
_MOST_LEVELS, _MOST_ITEMS, _MOST_ELEMENTS, _MOST_PAGES = 12, 1_000, 20_000, 20
_MOST_PARTS = 10_000
_MOST_ATTRIBUTES, _MOST_SCRIPTS = 1_000, 2_000
_TAG_START = re.compile(r"<(?:!--|(script|style)\b|[a-z][^\s/>]*+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:[^\s/>=]++|=)(?:\s*+=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>]*+))?+"
)


def read_page(text: str | bytes, options: ReadingOptions | None = None) -> Postings:
    """All JobPostings in a page.

    The work grows with the length of the page.

    Args:
        text: The page, at most 20 million characters; bytes are read in the encoding
            that the page declares, and may be a single file (.mhtml) with the page.
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
    >>> page = '<p itemscope itemtype="//schema.org/JobPosting">'
    >>> page += '<b itemprop="title">Cook</b>'
    >>> [job.fields.title for job in read_page(page)]
    ['Cook']
    """
    if not isinstance(text, str | bytes | bytearray):
        fault = f"It must be text, got {type(text).__name__}. @ $"
        raise DecodeError(_KIND, [fault])
    trees: list[object] = []
    faults: list[str] = []
    pages = [_parse(document) for document in _documents(text)]
    scripts = (script for page in pages for script in _scripts(page))
    for number, script in enumerate(scripts):
        if number >= _MOST_SCRIPTS:
            fault = f"It has over {_MOST_SCRIPTS:,} scripts of JSON-LD. @ $"
            raise DecodeError(_KIND, [fault])
        if not script.strip():
            continue
        try:
            trees.append(read_json(script, _KIND))
        except DecodeError as error:
            faults.extend(f"{fault} of script {number}" for fault in error.faults)
    for read in (
        lambda: trees,
        lambda: [job for page in pages for job in _items(page)],
    ):
        try:
            postings = read_job_posting(read(), options)
        except DecodeError as error:
            if error.faults != ("It holds no posting. @ $",):
                raise DecodeError(_KIND, [*faults, *error.faults]) from None
            continue
        return Postings(postings=postings.postings, faults=(*faults, *postings.faults))
    why = "It holds no posting: no JobPosting in JSON-LD, microdata or RDFa."
    if _BUILT_BY_SCRIPT.search(text if isinstance(text, str) else decode_page(text)):
        why += (
            " A script builds it, so save it again from the browser that shows it, or "
            "copy what it says."
        )
    raise DecodeError(_KIND, [*faults, f"{why} @ $"])


def scripts_of(text: str | bytes) -> Iterator[str]:
    """The text of each script tag that holds JSON-LD.

    The work grows with the length of the page.

    Raises:
        DecodeError: If the page is too long.
        MissingPackageError: If lxml is not installed.

    >>> list(scripts_of('<script type="application/ld+json">{}</script><p>more'))
    ['{}']
    """
    for document in _documents(text):
        yield from _scripts(_parse(document))


def _documents(text: str | bytes) -> Iterator[str]:
    """Yield the pages in a file: the file itself, or those in an archive of a page.

    Raises:
        DecodeError: If it is too long.
    """
    if len(text) > MAX_CHARACTERS:
        fault = (
            f"It has {len(text):,} characters, at most {MAX_CHARACTERS:,} are read. @ $"
        )
        raise DecodeError(_KIND, [fault])
    head = text[:4_000]
    if not is_page_archive(head if isinstance(head, str) else head.decode("latin-1")):
        yield text if isinstance(text, str) else decode_page(text)
        return
    raw = text.encode(errors="replace") if isinstance(text, str) else text
    # Whatever follows many parts is frames and advertisements.
    boundaries = raw.count(b"\n--")
    if boundaries > _MOST_PARTS:
        fault = f"It has {boundaries:,} parts, at most {_MOST_PARTS:,} are read. @ $"
        raise DecodeError(_KIND, [fault])
    parts = message_from_bytes(raw).walk()
    pages = (part for part in parts if part.get_content_type() == "text/html")
    for part in islice(pages, _MOST_PAGES):
        body = part.get_payload(decode=True)
        charset = part.get_content_charset() or ""
        yield decode_page(body if isinstance(body, bytes) else b"", charset)


def _parse(document: str) -> Any:
    """The root element of a page.

    Raises:
        DecodeError: If it is empty, no text of a page, or has a tag of over 1,000
            attributes.
        MissingPackageError: If lxml is not installed.
    """
    try:
        from lxml import etree
        from lxml.html import HTMLParser, document_fromstring
    except ImportError:
        raise MissingPackageError("lxml", "html") from None

    _check_attributes(document)
    # As bytes in UTF-8, because a page may claim any other encoding.
    raw = document.encode("utf-8", errors="replace")
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=False)
    try:
        return document_fromstring(raw, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise DecodeError(_KIND, [f"It is not HTML: {error}. @ $"]) from None


def _check_attributes(document: str) -> None:
    """Refuse a page with a tag of very many attributes.

    libxml2 compares each attribute of a tag with all others.

    Raises:
        DecodeError: If a tag has more than 1,000 attributes.
    """
    end = 0
    while start := _TAG_START.search(document, end):
        if start[0] == "<!--":
            end = document.find("-->", start.end())
        else:
            count, end = 0, start.end()
            while attribute := _ATTRIBUTE.match(document, end):
                count, end = count + 1, attribute.end()
            if count > _MOST_ATTRIBUTES:
                limit = f"at most {_MOST_ATTRIBUTES:,} are read. @ $"
                raise DecodeError(_KIND, [f"A tag has {count:,} attributes, {limit}"])
            if start[1]:
                end = document.find(f"</{start[1]}", end)
        if end < 0:
            return


def _scripts(page: Any) -> Iterator[str]:
    """Yield the text of each script tag of a parsed page that holds JSON-LD."""
    for script in page.iter("script"):
        kind = str(script.get("type", "")).partition(";")[0].strip().lower()
        if kind == "application/ld+json":
            yield str(script.text or "")


def _items(page: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the JobPostings that a parsed page marks up, as JSON-LD would have them."""
    for markup in _MARKUPS:
        _, kind, _ = markup
        marked = page.xpath(f"//*[@{kind}]")
        jobs = (item for item in marked if "JobPosting" in item.get(kind))
        for element in islice(jobs, _MOST_ITEMS):
            yield _item(element, markup, _MOST_LEVELS)


def _item(element: Any, markup: tuple[str, str, str], levels: int) -> dict[str, Any]:
    """An element and its properties, as an object of JSON-LD.

    Args:
        element: Marked as an item.
        markup: The attributes for an item, its type and its properties.
        levels: How many levels of items inside it are read.
    """
    scope, kind, prop = markup
    types = [name.rpartition("/")[2] for name in str(element.get(kind) or "").split()]
    tree: dict[str, Any] = {"@type": types}
    # Properties may stand elsewhere on the page, under the names of these elements.
    references = str(element.get("itemref") or "").split()[:_MOST_PAGES]
    root = element.getroottree()
    waiting = [e for name in references for e in root.xpath("//*[@id=$i]", i=name)]
    waiting += list(element)[::-1]
    for _ in range(_MOST_ELEMENTS):
        if not waiting:
            break
        child = waiting.pop()
        names = str(child.get(prop) or "").split()
        inner = child.get(scope) is not None
        if names and (not inner or levels):
            value = _item(child, markup, levels - 1) if inner else _value(child, names)
            for key in names:
                bare = key.rpartition("/")[2].removeprefix("schema:")
                tree.setdefault(bare, []).append(value)
        if not inner:
            waiting.extend(list(child)[::-1])
    return tree


def _value(element: Any, names: list[str]) -> str:
    """The value of a property: of an attribute made for it, or the text inside.

    Args:
        element: Marked with the property.
        names: The names of the property.
    """
    keys = ["content", "datetime"]
    keys += ["href", "src"] if _LINKS & {*names} or element.tag == "link" else []
    keys += ["value"] if element.tag in ("data", "meter") else []
    stated = (element.get(key) for key in keys)
    text = next(filter(None, stated), None)
    return str(text or " ".join(element.text_content().split()))
