"""A candidate from JSON Resume, as far as a resume tells.

It tells a name, employers and skills. What a decision needs, it does not: priorities,
what else one has, what rules a job out. Those keep their defaults and are listed.
"""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from interviewfit._model.domain import Candidate
from interviewfit._reading.lenient_json import read_tree
from interviewfit.errors import DecodeError
from interviewfit.postings._cells import FieldReader

__all__ = ["Resume", "read_resume"]

_KIND = "JSON Resume"
_SILENT = (
    "priorities",
    "fallback",
    "dealbreakers",
    "weights",
    "activity",
    "interviews_done",
    "interviews_ahead",
    "worth_ahead",
    "learned",
)
_SECTIONS = ("basics", "work", "education", "skills", "volunteer", "projects")


@frozen(kw_only=True)
class Resume:
    """What a resume says of a candidate.

    Attributes:
        candidate: With what is known; the rest at its default.
        unknown: Fields of the candidate a resume cannot tell.
        warnings: What could not be made sense of or needs a word, one sentence each.
        label: What they are, such as ``"Analyst"``.
        location: Where they live.
        current: Firms they work at now.
        former: Firms they worked at; ``worked_there_before`` is the sign for these.
        skills: What they can do.
    """

    candidate: Candidate
    unknown: tuple[str, ...]
    warnings: tuple[str, ...]
    label: str
    location: str
    current: tuple[str, ...]
    former: tuple[str, ...]
    skills: tuple[str, ...]


def read_resume(source: str | bytes | Mapping[str, Any]) -> Resume:
    """A partial candidate from JSON Resume.

    Raises:
        DecodeError: If it is no JSON Resume.

    >>> found = read_resume({"basics": {"name": "Robin"}, "work": [{"name": "Acme"}]})
    >>> found.candidate.name, found.current
    ('Robin', ('Acme',))
    """
    tree = read_tree(source, _KIND)
    if not isinstance(tree, Mapping) or not any(one in tree for one in _SECTIONS):
        fault = f"It has none of {', '.join(_SECTIONS)}. @ $"
        raise DecodeError(_KIND, [fault])
    entry = FieldReader(tree, "$")
    basics = entry.entry("basics")
    current, former = _employers(entry)
    if not current:
        entry.warn(
            "It names no present job; Candidate.fallback is 0 as if there were one. "
            "Say what you would otherwise have."
        )
    place = basics.entry("location")
    parts = [place.text(one) for one in ("city", "region", "countryCode")]
    return Resume(
        candidate=Candidate(name=basics.text("name")),
        unknown=_SILENT,
        warnings=tuple(entry.warnings),
        label=basics.text("label", "headline"),
        location=", ".join(one for one in parts if one) or basics.text("location"),
        current=tuple(current),
        former=tuple(one for one in former if one not in current),
        skills=entry.texts("skills"),
    )


def _employers(entry: FieldReader) -> tuple[list[str], list[str]]:
    """Firms without an end date, and those with one."""
    found: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for job in entry.entries("work"):
        # The name of the firm was called company before version 1 of the schema.
        name = job.text("name", "company", "organization")
        if not name:
            continue
        ended = job.text("endDate")
        over = bool(ended) and ended.lower() not in ("present", "now", "current")
        found[over][name] = None
    return list(found[False]), list(found[True])
