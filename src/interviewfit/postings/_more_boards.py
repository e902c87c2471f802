"""Postings of the public boards that career pages are built on, told by their keys.

Workday, SmartRecruiters, Recruitee, Personio (JSON and the XML feed), Teamtailor and
Workable each answer with one job or a list. They are read by ``read_postings``, which
recognises them; none of them has a function of its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from attrs import frozen

from interviewfit._model.money import Pay
from interviewfit._reading.text import MAX_DEPTH
from interviewfit.errors import DecodeError
from interviewfit.postings._fields import FieldReader
from interviewfit.postings._posting import PostingFields, Workplace
from interviewfit.postings._workplace import find_workplace

_LONG_AGO = re.compile(r"\d\d\+ days", re.IGNORECASE)
_MOST_LEVELS, _MOST_POSITIONS, _CHUNK = 8, 50_000, 65_536


@frozen
class Board:
    """How the answers of a board are recognised and read.

    Attributes:
        name: The name of the board.
        lists: Keys under which an answer may keep its jobs.
        keys: Keys of a job; one of them tells the board.
        read: Reads the fields of one job.
    """

    name: str
    lists: tuple[str, ...]
    keys: frozenset[str]
    read: Callable[[FieldReader], PostingFields]


def find_board(tree: object) -> tuple[Board, list[tuple[str, object]]] | None:
    """The board that a document comes from and its jobs with their paths, or None.

    >>> board, jobs = find_board({"offers": [{"title": "Cook", "careers_url": "x"}]})
    >>> board.name, jobs[0][0]
    ('Recruitee', '$.offers[0]')
    """
    for board in BOARDS:
        for path, jobs in _job_lists(tree, board.lists):
            first = next((job for job in jobs if isinstance(job, Mapping)), {})
            if board.keys & first.keys():
                return board, [(f"{path}[{i}]", job) for i, job in enumerate(jobs)]
        if isinstance(tree, Mapping) and board.keys & tree.keys():
            return board, [("$", tree)]
    return None


def _job_lists(
    tree: object, keys: tuple[str, ...]
) -> Iterator[tuple[str, list[object]]]:
    """Yield the lists of a document that may hold jobs, with their paths.

    Args:
        tree: A list, or an object with lists under some of the keys. The name of the
            firm beside a list goes into its jobs, as Workable has it.
        keys: Where a board keeps its jobs.
    """
    if isinstance(tree, list):
        yield "$", tree
    elif isinstance(tree, Mapping):
        firm = tree.get("name") if isinstance(tree.get("name"), str) else None
        for key in keys:
            jobs = tree.get(key)
            if isinstance(jobs, Mapping):
                jobs = [jobs]
            if isinstance(jobs, list):
                added = {"board_name": firm} if firm else {}
                yield (
                    f"$.{key}",
                    [
                        {**added, **job} if isinstance(job, Mapping) else job
                        for job in jobs
                    ],
                )


def _place(reader: FieldReader, *keys: str) -> str:
    """A place from its parts; two letters of a country in capitals."""
    texts = (reader.text(key) for key in keys)
    parts = (text.upper() if len(text) == 2 else text for text in texts)
    return ", ".join(dict.fromkeys(filter(None, parts)))


def _flagged(reader: FieldReader, *keys: str) -> Workplace | None:
    """The workplace of the first flag that is set.

    Args:
        reader: Has the flags.
        keys: Of hybrid, remote and on-site work, in this order.
    """
    kinds = (Workplace.HYBRID, Workplace.REMOTE, Workplace.ON_SITE)
    for key, kind in zip(keys, kinds, strict=False):
        if reader.flag(key):
            return kind
    return None


def _paid(
    reader: FieldReader, low: str, high: str, currency: str, per: str = ""
) -> tuple[Pay, ...]:
    """A range of pay from four fields; nothing if neither end is stated.

    Args:
        reader: Has the fields.
        low, high, currency, per: Their keys; without *per* no time is stated.
    """
    unit = reader.money_unit((currency,), (per,) if per else ())
    return reader.pay_range((low,), (high,), unit)


def _prose(readers: list[FieldReader], *keys: str) -> str:
    """The long texts under some keys of some objects, one after the other.

    Args:
        readers: The objects.
        keys: Where they keep text.
    """
    texts = [reader.prose(key) for reader in readers for key in keys]
    return "\n".join(filter(None, texts))


def _workday(reader: FieldReader) -> PostingFields:
    """What a job of Workday says, alone or as a line of a list."""
    info = reader.child("jobPostingInfo")
    job = info if info.tree else reader
    posted = job.day("startDate")
    words = job.text("postedOn")
    if posted is None and _LONG_AGO.search(words):
        reader.warn(f"It says {words!r}: perhaps stale.")
    sites = (job.text("location", "locationsText"), *job.texts("additionalLocations"))
    return PostingFields(
        source="Workday",
        title=job.text("title"),
        company=reader.text("hiringOrganization"),
        location="; ".join(filter(None, sites)),
        workplace=find_workplace(job.text("remoteType")),
        url=job.text("externalUrl", "externalPath"),
        employment=job.listed_texts("timeType"),
        posted=posted,
        closes=job.day("endDate"),
        details=job.details("jobReqId", "bulletFields"),
        description=job.prose("jobDescription"),
    )


def _smart_recruiters(reader: FieldReader) -> PostingFields:
    """What a job of SmartRecruiters says."""
    place = reader.child("location")
    sections = reader.child("jobAd").child("sections")
    parts = [sections.child(key) for key in sections.tree]
    pay = reader.child("compensation")
    return PostingFields(
        source="SmartRecruiters",
        title=reader.text("name", "title"),
        company=reader.text("company"),
        location=place.text("fullLocation")
        or _place(place, "city", "region", "country"),
        workplace=_flagged(place, "hybrid", "remote"),
        url=reader.text("postingUrl", "applyUrl", "ref"),
        employment=reader.texts("typeOfEmployment"),
        pays=_paid(pay, "min", "max", "currency", "period"),
        posted=reader.day("releasedDate"),
        details=reader.details("department", "function", "industry", "experienceLevel"),
        description=_prose(parts, "text"),
    )


def _recruitee(reader: FieldReader) -> PostingFields:
    """What an offer of Recruitee says."""
    hours = "-".join(filter(None, map(reader.text, ("min_hours", "max_hours"))))
    detail = {"workHours": f"{hours} hours per week"} if hours else {}
    return PostingFields(
        source="Recruitee",
        title=reader.text("title"),
        company=reader.text("company_name"),
        location=reader.text("location") or _place(reader, "city", "country"),
        workplace=_flagged(reader, "hybrid", "remote", "on_site"),
        url=reader.text("careers_url", "careers_apply_url"),
        employment=reader.texts("employment_type_code"),
        pays=_paid(reader.child("salary"), "min", "max", "currency", "period"),
        posted=reader.day("published_at", "created_at"),
        closes=reader.day("close_at"),
        details=reader.details("department", "experience_code") | detail,
        description=_prose([reader], "description", "requirements"),
    )


def _personio(reader: FieldReader) -> PostingFields:
    """What a position of Personio says, from JSON or the XML feed."""
    offices = (reader.text("office"), *reader.texts("offices", "additionalOffices"))
    kinds = ("employmentType", "employment_type"), ("schedule",)
    parts = reader.child("jobDescriptions").children("jobDescription")
    return PostingFields(
        source="Personio",
        title=reader.text("name", "title"),
        company=reader.text("subcompany", "company"),
        location="; ".join(dict.fromkeys(filter(None, offices))),
        employment=tuple(text for keys in kinds for text in reader.texts(*keys)),
        posted=reader.day("createdAt", "created_at"),
        details=reader.details(
            "department", "seniority", "yearsOfExperience", "occupation", "keywords"
        ),
        description=_prose(parts, "value") or reader.prose("description"),
    )


_REMOTE_STATUS = {
    "fully": Workplace.REMOTE,
    "hybrid": Workplace.HYBRID,
    "temporary": Workplace.HYBRID,
    "none": Workplace.ON_SITE,
}


def _teamtailor(reader: FieldReader) -> PostingFields:
    """What a job of Teamtailor says, from its API or its feed."""
    inner = reader.child("attributes")
    job = inner if inner.tree else reader
    # "None" is a status here and not a missing value.
    status = str(job.tree.get("remote-status", "")).lower()
    return PostingFields(
        source="Teamtailor",
        title=job.text("title"),
        location=job.text("location", "locations"),
        workplace=_REMOTE_STATUS.get(status),
        url=reader.child("links").text("careersite-job-url") or reader.text("url"),
        employment=job.texts("employment-type"),
        pays=_paid(job, "min-salary", "max-salary", "currency", "salary-time-unit"),
        posted=job.day("start-date", "created-at", "date_published"),
        closes=job.day("end-date"),
        details=job.details("employment-level", "tags"),
        description=_prose([job], "pitch", "body", "content_html"),
    )


def _workable(reader: FieldReader) -> PostingFields:
    """What a job of Workable says, from its widget, its API or its page."""
    inner = reader.child("location")
    site = inner if inner.tree else reader
    stated = find_workplace(reader.text("workplace_type", "workplace"))
    stated = stated or find_workplace(site.text("workplace_type"))
    if stated is None and any(
        item.flag(key) for item in (reader, site) for key in ("telecommuting", "remote")
    ):
        stated = Workplace.REMOTE
    salary = reader.child("salary")
    return PostingFields(
        source="Workable",
        title=reader.text("title", "full_title"),
        company=reader.text("company", "company_name", "board_name"),
        location=site.text("location_str")
        or _place(site, "city", "region", "state", "country"),
        workplace=stated,
        url=reader.text("url", "shortlink", "application_url"),
        employment=reader.texts("employment_type", "type"),
        pays=_paid(salary, "salary_from", "salary_to", "salary_currency"),
        posted=reader.day("published_on", "published", "created_at"),
        details=reader.details(
            "department", "function", "industry", "experience", "education"
        ),
        description=_prose([reader], "description", "requirements", "benefits"),
    )


def _board(
    name: str, lists: str, keys: str, read: Callable[[FieldReader], PostingFields]
) -> Board:
    """A board.

    Args:
        name: Its name.
        lists, keys: As in ``Board``, parted by spaces.
        read: Reads the fields of one job.
    """
    return Board(name, tuple(lists.split()), frozenset(keys.split()), read)


BOARDS = (
    _board("Workday", "jobPostings", "jobPostingInfo externalPath jobReqId", _workday),
    _board(
        "SmartRecruiters",
        "content postings",
        "typeOfEmployment releasedDate jobAd refNumber experienceLevel",
        _smart_recruiters,
    ),
    _board(
        "Recruitee",
        "offers offer",
        "careers_url careers_apply_url employment_type_code",
        _recruitee,
    ),
    _board(
        "Personio",
        "positions position jobs data",
        "recruitingCategory jobDescriptions occupationCategory yearsOfExperience "
        "subcompany schedule office",
        _personio,
    ),
    _board("Teamtailor", "data items", "attributes content_html", _teamtailor),
    _board(
        "Workable",
        "jobs results",
        "shortcode telecommuting shortlink application_url full_title",
        _workable,
    ),
)
"""Boards in the order in which they are tried."""


def personio_tree(text: str) -> Mapping[str, Any] | None:
    """The positions of Personio's XML feed as a tree; None if a text is no such feed.

    A document that declares entities is refused, because they may grow without end.

    Raises:
        DecodeError: If it is such a feed, but no XML that can be read.
    """
    head = text.lstrip("\ufeff \t\r\n")[:2_000].lower()
    if "<workzag-jobs" not in head and "<position>" not in head:
        return None
    if "<!doctype" in head or "<!entity" in text.lower():
        fault = "It declares a type of document or entities, which are not read. @ $"
        raise DecodeError("posting from Personio", [fault])
    count = text.count("<position")
    if count > _MOST_POSITIONS:
        fault = f"It has {count:,} positions, at most {_MOST_POSITIONS:,} are read. @ $"
        raise DecodeError("posting from Personio", [fault])
    try:
        root = _root(text.strip())
    except (ParseError, ValueError) as error:
        fault = f"It is not XML: {error}. @ $"
        raise DecodeError("posting from Personio", [fault]) from None
    positions = [root] if root.tag == "position" else root.findall("position")
    return {"positions": [_element_tree(item, _MOST_LEVELS) for item in positions]}


def _root(text: str) -> Element:
    """The root element of an XML text.

    Raises:
        ParseError: If it is no XML.
        ValueError: If it is nested too deeply.
    """
    # The stubs of the standard library do not tell what its events are.
    parser: Any = XMLPullParser(("start", "end"))
    root: Any = None
    depth = 0
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK])
        for event, element in parser.read_events():
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > MAX_DEPTH:
                message = f"it is nested more than {MAX_DEPTH} levels deep"
                raise ValueError(message)
    parser.close()
    outermost: Element = root
    return outermost


def _element_tree(element: Element, levels: int) -> Any:
    """An element as text, or as an object of lists of what is below it.

    Args:
        element: Of XML.
        levels: How many levels below it are read.
    """
    if not levels or not len(element):
        return (element.text or "").strip()
    tree: dict[str, list[Any]] = {}
    for child in element:
        tree.setdefault(child.tag, []).append(_element_tree(child, levels - 1))
    return tree
