"""Fields become a posting with its opportunity, and postings become a search.

Pay, remote work and a second opening become signals; everything else is kept and
changes no number. Nothing is imputed: an aspect that the posting does not mention stays
unknown, and the stages, which no posting names, are listed as assumed.

With p the middle of the posted pay, h half its width and y the present salary, all for
a year and in one currency, the reading of the aspect pay is

    value = 100 * (p / y - 1)                                       percent of pay
    noise = 100 / y * sqrt(h**2 / 3 + p**2 * (slack**2 + loose**2 + hours**2))

A range is read as uniform, whose standard deviation is h / sqrt(3). The slack is how
far offers stray from what was posted. Loose is added where the figure is only one end
of a range, an estimate, or what one might earn on target. Hours is the doubt about the
hours of a year where an hourly or daily rate is compared with one by the month or year:
the standard deviation of a uniform distribution over the range of its prior, and 0
where ``Assumptions`` state the number. No currency is converted into another.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import fsum, inf, sqrt
from typing import Any

from attrs import evolve

from interviewfit._model.beliefs import Reading
from interviewfit._model.decision import Search
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import MOST_ENTRIES
from interviewfit._model.parameters import PRIORS
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import LONGEST_TEXT
from interviewfit._model.vocabulary import ASPECTS, Sign
from interviewfit._process.compilation import corporate
from interviewfit._reading.text import short_repr, truncate
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.postings._fields import FieldReader
from interviewfit.postings._posting import (
    Interval,
    Pay,
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
    Salary,
    Workplace,
)

JsonSource = str | bytes | Mapping[str, Any] | list[Any]
"""JSON text, or what it decodes to."""

_WORKPLACES = {
    Workplace.HYBRID: re.compile(r"(?i)hybrid"),
    Workplace.REMOTE: re.compile(r"(?i)remote|telecommut|\bwfh\b|work.from.home"),
    Workplace.ON_SITE: re.compile(r"(?i)on.?site|in.?office|in.?person"),
}
_NOT_REMOTE = re.compile(r"(?i)\b(?:no|not|non)\b.{0,20}remote")
_REMOTE_LOCATION = re.compile(r"(?i)\s*remote\b|.*\(\s*remote\s*\)")
_WEEKS_PER_YEAR = 365.2425 / 7
"""In a mean year of the Gregorian calendar."""

_PRIORS_OF: Mapping[Interval, frozenset[str]] = {
    Interval.HOUR: frozenset({"hours_per_year"}),
    Interval.DAY: frozenset({"hours_per_year", "hours_per_day"}),
}
"""The priors that a year of each depends on; the other times are of the calendar."""

_MIN_NOISE = 1e-3
"""Percent of pay; a reading needs some, even if every prior is set to 0."""

_SUFFIX = 20
"""Characters kept free for the number that tells two names apart."""


def find_workplace(*texts: str) -> Workplace | None:
    """The workplace that the first text to name one names."""
    for text in texts:
        for workplace, pattern in _WORKPLACES.items():
            if pattern.search(text) and not _NOT_REMOTE.search(text):
                return workplace
    return None


def read_items(
    source: str,
    items: Iterable[tuple[str, object]],
    read: Callable[[FieldReader], PostingFields],
    options: ReadingOptions | None,
) -> Postings:
    """Every posting among the items of a source. An item that is none becomes a fault.

    Args:
        source: The name of the format, for the error.
        items: Each with its JSON path.
        read: Reads the fields of one item.
        options: What postings are compared with; None for the defaults.

    Raises:
        DecodeError: If there is no posting at all.
    """
    options = ReadingOptions() if options is None else options
    postings, faults = [], []
    for path, item in items:
        if not isinstance(item, Mapping):
            faults.append(f"A posting is an object, got {short_repr(item)}. @ {path}")
            continue
        try:
            reader = FieldReader(item, path)
            postings.append(_to_posting(reader, options, read(reader)))
        except DecodeError as error:
            faults.extend(error.faults)
        except InvalidFieldError as error:
            faults.append(f"{error} @ {path}")
    faults = faults[:MOST_ENTRIES]
    if not postings:
        faults = faults or ["It holds no posting. @ $"]
        raise DecodeError(f"posting from {source}", faults)
    return Postings(postings=tuple(postings), faults=tuple(faults))


def _to_posting(
    reader: FieldReader, options: ReadingOptions, fields: PostingFields
) -> Posting:
    """A posting with its opportunity, from its fields.

    Args:
        reader: Has read the fields; keeps the warnings.
        options: What the posting is compared with, and what it leaves unsaid.
        fields: What the posting says.

    Raises:
        DecodeError: If there is neither a title nor a company to name it by.
    """
    if not fields.company:
        fields = evolve(fields, company=options.company)
    name = ", ".join(filter(None, (fields.company, fields.title)))
    if not name:
        fault = f"It names neither a title nor a company. @ {reader.path}"
        raise DecodeError(f"posting from {fields.source}", [fault])
    if len(name) > LONGEST_TEXT:
        reader.warn(f"Its name has {len(name):,} characters and was cut.")
    for key in ("title", "company"):
        if not getattr(fields, key):
            reader.warn(f"It names no {key}.")
    if fields.workplace is None and _REMOTE_LOCATION.match(fields.location):
        fields = evolve(fields, workplace=Workplace.REMOTE)
    remote = fields.workplace is Workplace.REMOTE
    signals: list[Reading | Sign] = [*_pay_signals(reader, options, fields.pays)]
    silent_on = {"pay": not signals, "commute": not remote}
    if remote:
        signals.append(Sign.REMOTE_ALLOWED)
    if fields.prospect or (fields.openings or 0) > 1:
        signals.append(Sign.OTHER_OPENINGS)
    return Posting(
        opportunity=Opportunity(
            name=truncate(name),
            company=fields.company,
            stages=corporate() if options.stages is None else options.stages,
            signals=signals,
        ),
        unknown=tuple(aspect for aspect in ASPECTS if silent_on.get(aspect, True)),
        assumed=("stages",) if options.stages is None else (),
        warnings=tuple(reader.warnings),
        fields=fields,
    )


def _pay_signals(
    reader: FieldReader, options: ReadingOptions, pays: Sequence[Pay]
) -> Iterator[Reading]:
    """Yield the reading of the aspect pay, or nothing if the pays cannot be compared.

    Ranges for several sites or levels become one from the lowest to the highest,
    because the posting does not say which is meant.

    Args:
        reader: Keeps the warnings.
        options: The candidate's salary, whose currency goes first, and the currency and
            time of pay that names none.
        pays: As the posting states them.
    """
    salary, currency, per = options.salary, options.currency, options.per
    pays = [
        evolve(pay, currency=pay.currency or currency, per=pay.per or per)
        for pay in pays
    ]
    present = "" if salary is None else salary.currency
    pays = [pay for pay in pays if pay.currency == present] or pays
    if not pays:
        return
    if len({(pay.currency, pay.per) for pay in pays}) > 1:
        shown = "; ".join(map(str, pays[:5]))
        reader.warn(f"Pay is not used: it is stated in several ways ({shown}).")
        return
    pay = pays[0]
    if len(pays) > 1:
        reader.warn(f"{len(pays)} ranges of pay are read as one, lowest to highest.")
        ends = [end for pay in pays for end in pay.ends]
        loose = any(pay.is_loose for pay in pays)
        pay = evolve(pay, low=min(ends), high=max(ends), loose=loose)
    reading = pay_reading(pay, salary, options.assumptions)
    if isinstance(reading, Reading):
        yield reading
    else:
        reader.warn(reading)


def pay_reading(
    pay: Pay, salary: Salary | None, assumptions: Assumptions
) -> Reading | str:
    """What posted pay says about the aspect pay, or a sentence on what is missing.

    The reading is in percent of pay, by the formula at the head of this module.

    Args:
        pay: As posted.
        salary: What the candidate earns now; None if that is not stated.
        assumptions: Hours of a year, and the noise of what is posted.
    """
    unused = f"Pay of {pay} is not used:"
    if salary is None:
        return f"{unused} your present salary is missing."
    if not pay.currency:
        return f"{unused} its currency is not stated."
    if pay.currency != salary.currency:
        currency = f"your salary is in {salary.currency}"
        return f"{unused} {currency}, and no rate of exchange is assumed."
    if pay.per is None:
        return f"{unused} per hour, month or year is not stated."
    low, high = pay.ends
    hours, hours_per_day = assumptions["hours_per_year"], assumptions["hours_per_day"]
    times = {
        Interval.HOUR: hours,
        Interval.DAY: hours / hours_per_day if hours_per_day else inf,
        Interval.WEEK: _WEEKS_PER_YEAR,
        Interval.MONTH: 12.0,
        Interval.YEAR: 1.0,
    }
    year = salary.amount * times[salary.per]
    # The ratio for each time that the posted pay may be for.
    ratios = {per: (low + (high - low) / 2) * times[per] / year for per in Interval}
    ratio = ratios[pay.per]
    largest = assumptions["absurd_pay"]
    if not 1 / largest <= ratio <= largest:
        likely = [per.value for per in ratios if 1 / largest <= ratios[per] <= largest]
        hint = f" Is it per {' or '.join(likely)}?" if likely else ""
        fold = f"{ratio:,.4g} times" if ratio > 1 else f"1/{1 / ratio:,.4g} of"
        return f"{unused} it would be {fold} your salary.{hint}"
    relative_sds = [
        (high - low) / (high + low) / sqrt(3),
        assumptions["pay_slack"],
        assumptions["loose_pay"] if pay.is_loose else 0.0,
    ]
    doubtful = _PRIORS_OF.get(pay.per, set()) ^ _PRIORS_OF.get(salary.per, set())
    for name in sorted(doubtful - assumptions.numbers.keys()):
        # The standard deviation of a uniform prior over its value.
        prior = PRIORS[name]
        relative_sds.append((prior.high - prior.low) / sqrt(12) / prior.value)
    noise = 100 * ratio * sqrt(fsum(sd * sd for sd in relative_sds))
    value, noise = 100 * (ratio - 1), max(noise, _MIN_NOISE)
    return Reading(aspect="pay", value=value, noise=noise, note=f"posted: {pay}")


def to_search(
    postings: Iterable[Posting],
    candidate: Candidate | None = None,
    assumptions: Assumptions | None = None,
) -> Search:
    """One search of all postings.

    A name that several postings share gets the location added, and a number where the
    location does not tell them apart.

    Args:
        postings: At least one, from any formats.
        candidate: Who searches; by default somebody of whom nothing is known.
        assumptions: Numbers that replace the defaults of the model.

    Raises:
        InvalidFieldError: If there is no posting, or more than a search may hold.

    >>> jobs = '[{"text": "Analyst", "hostedUrl": "a"}, {"text": "Analyst"}]'
    >>> from interviewfit.postings import read_lever
    >>> [job.name for job in to_search(read_lever(jobs)).opportunities]
    ['Analyst', 'Analyst (2)']
    """
    postings = list(postings)
    if len(postings) > MOST_ENTRIES:
        expected = f"at most {MOST_ENTRIES:,} postings"
        raise InvalidFieldError("A search", expected, len(postings), "Read fewer.")
    names = [posting.opportunity.name for posting in postings]
    opportunities: dict[str, Opportunity] = {}
    for posting, name in zip(postings, names, strict=True):
        location = posting.fields.location if names.count(name) > 1 else ""
        full = f"{name}, {location}" if location else name
        stem = unique = truncate(full, LONGEST_TEXT - _SUFFIX)
        number = 1
        while unique in opportunities:
            number += 1
            unique = f"{stem} ({number})"
        opportunities[unique] = evolve(posting.opportunity, name=unique)
    return Search(
        candidate=Candidate() if candidate is None else candidate,
        opportunities=list(opportunities.values()),
        assumptions=Assumptions() if assumptions is None else assumptions,
    )
