"""A candidate from JSON Resume, Reactive Resume or OpenResume, as far as they tell.

A resume states a name, employers and skills. It does not state what a decision needs:
priorities, the alternative to a new job, dealbreakers. These keep their defaults and
are listed.

A job is present if its end is missing, in the future, or a word such as "Ongoing" in
one of several languages. It is a former one only if it ended on a date that has passed.
What can be read as neither is said, because a former employer changes an answer.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from interviewfit._model.dates import to_date
from interviewfit._model.domain import Candidate
from interviewfit._reading.dates import local_today
from interviewfit._reading.lenient_json import read_json
from interviewfit._reading.lexicon import month_number
from interviewfit.errors import DecodeError
from interviewfit.postings._fields import FieldReader
from interviewfit.postings._workplace import WORDS

_KIND = "JSON Resume"
_NOT_STATED = (
    "priorities", "fallback", "salary", "dealbreakers", "weights", "activity",
    "interviews_done", "interviews_ahead", "worth_ahead", "fields", "contacts",
    "learned", "day_cost", "fallback_from", "arrivals", "search_weeks",
)  # fmt: skip
_SECTIONS = ("basics", "work", "education", "skills", "volunteer", "projects")
_PRESENT = re.compile(
    rf"\W*(?!not?\b)(?:\w{{1,5}}\W+){{0,2}}(?:{WORDS['present']})\W*", re.IGNORECASE
)
_OPEN_PERIOD = re.compile(
    r"\A\W*(?:since|seit|depuis|desde|dal|sinds|od|c)\s[^-–—]*\Z|\d\s*[-–—~]\s*\Z",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})[-/.](?=(?:19|20)\d\d)|([^\W\d_]{3,12})")
_BETWEEN_DATES = re.compile(
    r"\s+[-–—~〜]+\s+|[–—〜\uff5e]|\s+(?:to|until|till|bis|à|au|a|hasta|até|do|tot|至)\s+"
    r"|(?<=\d{4})\s*-\s*(?=\D|\d{4})"
)


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


def read_resume(
    source: str | bytes | Mapping[str, Any], today: date | str | None = None
) -> Resume:
    """What a resume in JSON states of a candidate.

    The work grows with the length of the text.

    Args:
        source: A JSON Resume, or what Reactive Resume or OpenResume export; as text or
            decoded.
        today: The day from which an end is in the future; by default the present day.

    Raises:
        DecodeError: If it is none of them.
        InvalidFieldError: If *today* is no date.

    >>> resume = read_resume({"basics": {"name": "Robin"}, "work": [{"name": "Acme"}]})
    >>> resume.candidate.name, resume.current
    ('Robin', ('Acme',))
    """
    day = local_today() if today is None else to_date(today, "read_resume(today)")
    tree = read_json(source, _KIND)
    keys = (*_SECTIONS, "workExperiences", "sections")
    if not isinstance(tree, Mapping) or not any(key in tree for key in keys):
        fault = (
            f"It has none of {', '.join(_SECTIONS)}, and is no export of Reactive "
            "Resume or OpenResume. @ $"
        )
        raise DecodeError(_KIND, [fault])
    reader = FieldReader(tree, "$")
    basics = reader.child("basics" if "basics" in tree else "profile")
    current: dict[str, None] = {}
    former: dict[str, None] = {}
    for job in _jobs(reader):
        # Before version 1 of JSON Resume an employer's name was called company.
        name = job.text("name", "company", "organization")
        ended = _has_ended(job, day)
        if name and ended is None:
            job.warn(
                f"The end of the job at {name[:60]} is {_end(job)[:40]!r}, no date; it "
                "counts neither as a present job nor as a former one."
            )
        elif name:
            (former if ended else current)[name] = None
    if not current:
        reader.warn(
            "It names no present job; Candidate.fallback is 0, as if you had one. "
            "State what you would have otherwise."
        )
    address = basics.child("location").joined("city", "region", "countryCode")
    section = reader.child("sections").child("skills")
    section = section if section.tree else reader.child("skills")
    listed = section.children("featuredSkills") + section.children("items")
    names = [skill.text("skill", "name") for skill in listed]
    return Resume(
        candidate=Candidate(name=basics.text("name")),
        unknown=_NOT_STATED,
        warnings=tuple(reader.warnings),
        label=basics.text("label", "headline"),
        location=address or basics.text("location"),
        current=tuple(current),
        former=tuple(name for name in former if name not in current),
        skills=tuple(filter(None, names)) or reader.texts("skills"),
    )


def _jobs(reader: FieldReader) -> Iterator[FieldReader]:
    """Yield the jobs of a resume in any of the three formats."""
    sections = reader.child("sections")
    for part in (sections.child("experience"), sections.child("work")):
        yield from part.children("items")
    # Old exports of Reactive Resume have {"work": {"items": [...]}}.
    for job in (*reader.children("work"), *reader.children("workExperiences")):
        yield from job.children("items") if "items" in job.tree else [job]


def _end(job: FieldReader) -> str:
    """The end of a job as it is written; empty if none is stated."""
    if end := job.text("endDate", "end") or job.child("date").text("end", "endDate"):
        return end
    period = job.text("date", "period")
    # "Since 2019" and "2019 -" have no end.
    if _OPEN_PERIOD.search(period):
        return "present"
    return _BETWEEN_DATES.split(period, maxsplit=1)[-1].strip()


def _has_ended(job: FieldReader, today: date) -> bool | None:
    """Whether a job has ended by a day; None if its end is no date.

    Args:
        job: Has the end of the job, or its period.
        today: The day.
    """
    end = _end(job)
    if _PRESENT.fullmatch(end) or job.flag("isCurrent", "isCurrentRole", "current"):
        return False
    if not end:
        # Without the field a job is present, by the rules of JSON Resume.
        unstated = "endDate" not in job.tree and not job.children("date")
        return None if unstated and {"date", "period"} & job.tree.keys() else False
    years = [int(year) for year in _YEAR.findall(end)]
    if not years:
        return None
    if match := _DAY.search(end):
        parts = [int(part) for part in match.groups() if part]
        return parts <= [today.year, today.month, today.day][: len(parts)]
    months = (
        int(number) if number else month_number(word.casefold())
        for number, word in _MONTH.findall(end)
    )
    month = next(filter(None, months), 1)
    return (max(years), month) <= (today.year, today.month)
