"""Facts become an opportunity.

Pay and remote work become signals, a second opening becomes one; everything else is
kept and changes no number. Nothing is imputed: an aspect the posting is silent on
stays unknown, and the stages, which no posting names, are listed as assumed.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from attrs import evolve

from interviewfit._model.beliefs import Reading
from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import MOST_ENTRIES
from interviewfit._model.priors import ASPECTS
from interviewfit._model.units import LONGEST_TEXT
from interviewfit._model.vocabulary import Sign
from interviewfit._process.compilation import corporate
from interviewfit._reading.text import short_repr, truncate
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.postings._cells import FieldReader
from interviewfit.postings._pay import Pay, span, weigh
from interviewfit.postings._posting import (
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
    Workplace,
)

__all__ = ["collect", "compose", "workplace_of"]

_PLACES = (
    (Workplace.HYBRID, re.compile(r"hybrid", re.IGNORECASE)),
    (
        Workplace.REMOTE,
        re.compile(r"remote|telecommut|\bwfh\b|work.from.home", re.IGNORECASE),
    ),
    (Workplace.ON_SITE, re.compile(r"on.?site|in.?office|in.?person", re.IGNORECASE)),
)
_NOT_REMOTE = re.compile(r"\b(?:no|not|non)\b.{0,20}remote", re.IGNORECASE)
_REMOTE_PLACE = re.compile(r"\s*remote\b|.*\(\s*remote\s*\)", re.IGNORECASE)


def workplace_of(*texts: str) -> Workplace | None:
    """The workplace that the first text to name one names.

    >>> workplace_of("", "Hybrid remote").value
    'hybrid'
    """
    for text in texts:
        if _NOT_REMOTE.search(text):
            continue
        for place, pattern in _PLACES:
            if pattern.search(text):
                return place
    return None


def collect(
    source: str,
    items: Iterable[tuple[str, object]],
    read: Callable[[FieldReader, ReadingOptions], Posting],
    basis: ReadingOptions,
) -> Postings:
    """Every item read, one that is no posting being no reason to lose the others.

    Raises:
        DecodeError: If there is no posting at all.
    """
    found, faults = [], []
    for path, item in items:
        if not isinstance(item, Mapping):
            faults.append(f"A posting is an object, got {short_repr(item)}. @ {path}")
            continue
        try:
            found.append(read(FieldReader(item, path), basis))
        except DecodeError as error:
            faults.extend(error.faults)
        except InvalidFieldError as error:
            faults.append(f"{error} @ {path}")
    if not found:
        kind = f"posting from {source}"
        raise DecodeError(kind, faults[:MOST_ENTRIES] or ["It holds no posting. @ $"])
    return Postings(found=tuple(found), faults=tuple(faults[:MOST_ENTRIES]))


def compose(
    entry: FieldReader,
    basis: ReadingOptions,
    facts: PostingFields,
    other_openings: bool = False,
) -> Posting:
    """A posting from its facts.

    Raises:
        DecodeError: If there is neither a title nor a company to name it by.
    """
    if not facts.company:
        facts = evolve(facts, company=basis.company)
    name = ", ".join(one for one in (facts.company, facts.title) if one)
    if not name:
        fault = f"It names neither a title nor a company. @ {entry.path}"
        raise DecodeError(f"posting from {facts.source}", [fault])
    if len(name) > LONGEST_TEXT:
        entry.warn(f"Its name has {len(name):,} characters and was cut.")
    for what in ("title", "company"):
        if not getattr(facts, what):
            entry.warn(f"It names no {what}.")
    if facts.workplace is None and _REMOTE_PLACE.match(facts.location):
        facts = evolve(facts, workplace=Workplace.REMOTE)
    reading = _weigh(entry, basis, facts.pays)
    remote = facts.workplace is Workplace.REMOTE
    several = facts.openings is not None and facts.openings > 1
    signals: list[Reading | Sign] = [] if reading is None else [reading]
    if remote:
        signals.append(Sign.REMOTE_ALLOWED)
    if several or other_openings:
        signals.append(Sign.OTHER_OPENINGS)
    known = {"pay": reading is not None, "commute": remote}
    return Posting(
        opportunity=Opportunity(
            name=truncate(name),
            company=facts.company,
            stages=corporate() if basis.stages is None else basis.stages,
            signals=signals,
        ),
        unknown=tuple(one for one in ASPECTS if not known.get(one, False)),
        assumed=("stages",) if basis.stages is None else (),
        warnings=tuple(entry.warnings),
        facts=facts,
    )


def _weigh(
    entry: FieldReader, basis: ReadingOptions, pays: tuple[Pay, ...]
) -> Reading | None:
    pay = _settle(entry, basis, pays)
    if pay is None:
        return None
    found = weigh(pay, basis.salary, basis.assumptions)
    if isinstance(found, Reading):
        return found
    entry.warn(found)
    return None


def _settle(
    entry: FieldReader, basis: ReadingOptions, pays: tuple[Pay, ...]
) -> Pay | None:
    """The one range to weigh.

    Ranges for several places or levels become one from the lowest to the highest,
    since which of them is meant is not known.
    """
    filled = [
        evolve(one, currency=one.currency or basis.currency, per=one.per or basis.per)
        for one in pays
    ]
    own = "" if basis.salary is None else basis.salary.currency
    fitting = [one for one in filled if one.currency == own] or filled
    if len({(one.currency, one.per) for one in fitting}) > 1:
        shown = "; ".join(map(str, fitting[:5]))
        entry.warn(f"Pay is not weighed: it is stated in several ways ({shown}).")
        return None
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    entry.warn(f"{len(fitting)} ranges of pay are read as one, lowest to highest.")
    ends = [end for one in fitting for end in one.ends]
    return span(
        min(ends),
        max(ends),
        fitting[0].currency,
        fitting[0].per,
        loose=any(one.loose or None in (one.low, one.high) for one in fitting),
    )
