"""What in a posting deserves a word: a flag for the reader, never a veto.

A posting may be expired or old; its currency may not be that of its place; it may be
part-time, contract work or temporary; it may name pay in its text only. Currencies by
country stand in ``data/places.json`` (CLDR), words in ``data/posting-words.json``.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from interviewfit._model.package_data import package_text
from interviewfit._model.pay_conversion import WEEKS_PER_YEAR
from interviewfit._reading.text import clean_line
from interviewfit.postings._money_text import names_amount
from interviewfit.postings._posting import PostingFields
from interviewfit.postings._workplace import WORDS

_STALE_DAYS = 30
"""Beyond this age many postings of public boards are filled or were never meant."""

_LEAST_FULL_TIME = 30
"""Hours a week; fewer are part-time, as the OECD counts it."""

_DAYS_PER_WEEK = 5

_LONGEST_PROSE = 200_000

_PLACES: Mapping[str, Any] = json.loads(package_text("places.json"))
_COUNTRIES: Mapping[str, tuple[str, str]] = _PLACES["countries"]
_CODES_BY_NAME = {
    name: code for code, (_, names) in _COUNTRIES.items() for name in names.split("|")
}
_PARTS = {country: {*names.split()} for country, names in _PLACES["parts"].items()}
"""Parts of a country that are called as another country: Indiana, Georgia."""

_BETWEEN_PARTS = re.compile(r"\s*(?:[,;()|/]|\s[-–—]\s)\s*")
_CONTRACT, _TEMPORARY, _PART_TIME, _FULL_TIME = (
    re.compile(rf"(?<![^\W_])(?:{WORDS[name]})(?![^\W_])", re.IGNORECASE)
    for name in ("contract", "temporary", "part_time", "full_time")
)
# "Contract manager" is no contract work; "(contract)" and "- 6 month contract" are.
_TITLE_END = re.compile(
    r"[(\[\-–—|,]\s*[^()\[\]]{0,30}?(?<![^\W_])"
    rf"(?:{WORDS['contract']}|{WORDS['part_time']})(?![^\W_])[^()]{{0,20}}\W*\Z"
    r"|\A\W*(?:freelanc\w+|contractor)\b",
    re.IGNORECASE,
)
_PERMANENT = re.compile(WORDS["permanent"], re.IGNORECASE)
_WEEKLY_HOURS = re.compile(WORDS["weekly_hours"], re.IGNORECASE)
_DAILY_HOURS, _WEEKLY_DAYS, _FTE = (
    re.compile(WORDS[name], re.IGNORECASE)
    for name in ("daily_hours", "weekly_days", "fte")
)
# A number alone, or hours at the end of a text without the time they are for.
_BARE_HOURS = re.compile(
    r"\A\s*(\d{1,2}(?:[.,]\d)?)(?:\s*[-–]\s*(\d{1,2}))?\s*\Z"
    r"|(?<![\w.,])(\d{1,2}(?:[.,]\d)?)(?:\s*[-–]\s*(\d{1,2}))?"
    r"\s?(?:h|hrs?|hours|stunden|std|heures|horas|ore|uur|uren|timer)\W*\Z",
    re.IGNORECASE,
)
_WORKLOAD = re.compile(WORDS["workload"])
_TAG = re.compile(r"<[^<>]{0,2000}>")


def doubts(fields: PostingFields, today: date) -> Iterator[str]:
    """Yield a sentence for each flag of a posting, except that on its currency.

    Args:
        fields: What the posting says.
        today: The day on which it is read.
    """
    if fields.closes and fields.closes < today:
        yield f"It closed on {fields.closes}: it is expired."
    elif fields.posted and fields.closes is None:
        age = (today - fields.posted).days
        if age > _STALE_DAYS:
            yield f"It was posted on {fields.posted}, {age:,} days ago: perhaps stale."
    kinds = " ".join(fields.employment)
    if _PERMANENT.search(kinds):
        kinds = ""
    if _CONTRACT.search(kinds) or (
        _TITLE_END.search(fields.title) and _CONTRACT.search(fields.title)
    ):
        yield (
            "It is contract or freelance work: its rate has to pay for leave, illness, "
            "pension, taxes and time between contracts, and nothing is taken off for "
            "that."
        )
    elif _TEMPORARY.search(kinds):
        yield "It is temporary: the job ends, and nothing is taken off for that."
    if not fields.pays and not fields.extras:
        prose = fields.description[:_LONGEST_PROSE]
        # Markup may stand in entities, as Greenhouse writes it.
        amount = names_amount(_TAG.sub(" ", clean_line(clean_line(prose))))
        if amount:
            remedy = "Add a Reading if it is pay."
            yield f"Its text names {amount!r}, and no field does. {remedy}"


def part_of_year(fields: PostingFields, hours_per_year: float) -> float | None:
    """The share of a full year that a job takes; 1 if it is for full time as well.

    Stated hours a week count for all weeks of a year, which full time does not exceed.

    Args:
        fields: What the posting says; its kind of employment, its title and its hours
            are read.
        hours_per_year: Hours of a full year, above 0.

    Returns:
        A share above 0 and at most 1; None if it is part-time without stated hours.

    >>> job = PostingFields(source="x", title="Nurse (part-time, 20 hours a week)")
    >>> round(part_of_year(job, hours_per_year=1800.0), 2)
    0.58
    """
    kinds = " ".join(fields.employment)
    if _FULL_TIME.search(kinds):
        return 1.0
    stated = any(map(_PART_TIME.search, (kinds, fields.title)))
    # Kinds of employment come parted at commas, as in "4 h a day, 5 days a week".
    parts = [", ".join(fields.employment), *fields.employment]
    texts = [fields.details.get("workHours", ""), *parts, fields.title]
    weekly = WEEKS_PER_YEAR / hours_per_year
    for pattern, unit in (
        (_DAILY_HOURS, weekly),
        (_WEEKLY_HOURS, weekly),
        (_WEEKLY_DAYS, 1 / _DAYS_PER_WEEK),
        (_FTE, 1.0),
        (_WORKLOAD, 0.01),
        (_BARE_HOURS, weekly),
    ):
        # Other numbers say how long the job takes only where it is part-time.
        for text in texts if stated or pattern is _WEEKLY_HOURS else ():
            if match := pattern.search(text):
                ends = [float(g.replace(",", ".")) for g in match.groups() if g]
                number = sum(ends) / len(ends)
                if pattern is _DAILY_HOURS:
                    number = ends[0] * ends[1]
                elif not stated and number >= _LEAST_FULL_TIME:
                    return 1.0
                return min(1.0, unit * number) or None
    return None if stated else 1.0


def local_currencies(fields: PostingFields) -> tuple[str, ...]:
    """The currencies of a posting's place, or of where applicants may live.

    >>> local_currencies(PostingFields(source="JobSpy", location="Lahore, Pakistan"))
    ('PKR',)
    """
    sites = fields.location or "; ".join(fields.applicants)
    sites = sites or fields.details.get("country", "")
    currencies: dict[str, None] = {}
    for site in sites.split(";")[:50]:
        for country in _countries(site):
            currencies.update(dict.fromkeys(_COUNTRIES[country][0].split()))
    return tuple(currencies)


def _countries(site: str) -> Iterator[str]:
    """Yield the codes of all countries that the name of a place may stand for."""
    parts = [part.strip() for part in _BETWEEN_PARTS.split(site) if part.strip()]
    names = [part.casefold() for part in parts]
    if countries := [_CODES_BY_NAME[name] for name in names if name in _CODES_BY_NAME]:
        yield from countries
        yield from ("US" for name in names if name == "georgia")
        return
    for part in (*parts[::-1][:1], *parts[:1]):
        within = [country for country, codes in _PARTS.items() if part in codes]
        if part in _COUNTRIES and len(parts) > 1:
            yield part
            if len(parts) > 2 and parts[-2] in _PARTS.get(part, ()):
                return
        yield from within
        if within or part in _COUNTRIES:
            return
