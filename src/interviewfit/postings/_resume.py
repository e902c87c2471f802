"""A candidate from JSON Resume, as far as a resume tells.

A resume states a name, employers and skills. It does not state what a decision needs:
priorities, the alternative to a new job, dealbreakers. These keep their defaults and
are listed.
"""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from interviewfit._model.domain import Candidate
from interviewfit._reading.lenient_json import read_json
from interviewfit.errors import DecodeError
from interviewfit.postings._fields import FieldReader

_KIND = "JSON Resume"
_NOT_STATED = (
    "priorities", "fallback", "salary", "dealbreakers", "weights", "activity",
    "interviews_done", "interviews_ahead", "worth_ahead", "learned",
)  # fmt: skip
_SECTIONS = ("basics", "work", "education", "skills", "volunteer", "projects")


@frozen(kw_only=True)
class Resume:
    """What a resume says of a candidate.

    Attributes:
        candidate: With the name; all else at its default.
        unknown: Fields of the candidate that a resume cannot state.
        warnings: What could not be understood or needs a word, one sentence each.
        label: The profession, such as ``"Analyst"``.
        location: Where the candidate lives.
        current: Present employers.
        former: Past employers; the sign ``worked_there_before`` is for these.
        skills: Skills by name.
    """

    candidate: Candidate
    unknown: tuple[str, ...]
    warnings: tuple[str, ...]
    label: str
    location: str
    current: tuple[str, ...]
    former: tuple[str, ...]
    skills: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Resume of {self.candidate.name!r:.60}>"


def read_resume(source: str | bytes | Mapping[str, Any]) -> Resume:
    """What a JSON Resume states of a candidate.

    Raises:
        DecodeError: If it is no JSON Resume.

    >>> resume = read_resume({"basics": {"name": "Robin"}, "work": [{"name": "Acme"}]})
    >>> resume.candidate.name, resume.current
    ('Robin', ('Acme',))
    """
    tree = read_json(source, _KIND)
    if not isinstance(tree, Mapping) or not any(key in tree for key in _SECTIONS):
        fault = f"It has none of {', '.join(_SECTIONS)}. @ $"
        raise DecodeError(_KIND, [fault])
    reader = FieldReader(tree, "$")
    basics = reader.child("basics")
    current: dict[str, None] = {}
    former: dict[str, None] = {}
    for job in reader.children("work"):
        # Before version 1 of JSON Resume an employer's name was called company.
        name = job.text("name", "company", "organization")
        end = job.text("endDate").lower()
        employers = current if end in ("", "present", "now", "current") else former
        if name:
            employers[name] = None
    if not current:
        reader.warn(
            "It names no present job; Candidate.fallback is 0, as if you had one. "
            "State what you would have otherwise."
        )
    address = basics.child("location").joined("city", "region", "countryCode")
    return Resume(
        candidate=Candidate(name=basics.text("name")),
        unknown=_NOT_STATED,
        warnings=tuple(reader.warnings),
        label=basics.text("label", "headline"),
        location=address or basics.text("location"),
        current=tuple(current),
        former=tuple(name for name in former if name not in current),
        skills=reader.texts("skills"),
    )
