"""Fields become a posting with its opportunity, and postings become a search.

Pay, remote work and a second opening become signals; everything else is kept and
changes no number. Nothing is imputed: an aspect that the posting does not mention stays
unknown, and the stages, which no posting names, are listed as assumed. Posted pay is
compared with the salary as all pay in money is (``_model.money``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from interviewfit._model.beliefs import Reading
from interviewfit._model.decision import Search
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import MOST_ENTRIES, check_kind, to_tuple
from interviewfit._model.money import CONTRADICTORY, Interval, Pay
from interviewfit._model.pay_conversion import PayObstacle, pay_reading
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage, corporate
from interviewfit._model.units import LONGEST_TEXT, number_of
from interviewfit._model.vocabulary import ASPECTS, Sign
from interviewfit._reading.collection import paused_collection
from interviewfit._reading.dates import local_today
from interviewfit._reading.text import short_repr, truncate
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.postings._doubts import doubts, local_currencies, part_of_year
from interviewfit.postings._fields import FieldReader
from interviewfit.postings._posting import (
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
    Workplace,
)
from interviewfit.postings._workplace import settle_workplace

JsonSource = str | bytes | Mapping[str, Any] | list[Any]
"""JSON text, or what it decodes to."""

MAX_POSTINGS = 10_000
"""A longer list is refused: each posting takes a tenth of a millisecond."""

_SUFFIX = 20
"""Characters kept free for the number that tells two names apart."""


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
        DecodeError: If there is no posting at all, or more than 10,000.
        InvalidFieldError: If *options* are of another kind.
    """
    options = ReadingOptions() if options is None else options
    if not isinstance(options, ReadingOptions):
        remedy = "Write ReadingOptions(...)."
        raise InvalidFieldError("options", "of ReadingOptions", options, remedy)
    stages = corporate() if options.stages is None else options.stages
    postings, faults = [], []
    with paused_collection():
        for count, (path, item) in enumerate(items, 1):
            if count > MAX_POSTINGS:
                fault = f"It has over {MAX_POSTINGS:,} postings. Read it in parts. @ $"
                raise DecodeError(f"posting from {source}", [fault])
            if not isinstance(item, Mapping):
                faults.append(
                    f"A posting is an object, got {short_repr(item)}. @ {path}"
                )
                continue
            try:
                reader = FieldReader(item, path)
                postings.append(_to_posting(reader, options, stages, read(reader)))
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
    reader: FieldReader,
    options: ReadingOptions,
    stages: Sequence[Stage],
    fields: PostingFields,
) -> Posting:
    """A posting with its opportunity, from its fields.

    Args:
        reader: Has read the fields; keeps the warnings.
        options: What the posting is compared with, and what it leaves unsaid.
        stages: The steps of its process.
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
    workplace, warning = settle_workplace(fields)
    fields = evolve(fields, workplace=workplace)
    remote = workplace is Workplace.REMOTE
    for sentence in (warning, *doubts(fields, options.today or local_today())):
        if sentence:
            reader.warn(sentence)
    signals: list[Reading | Sign] = [*_pay_signals(reader, options, fields)]
    silent_on = {"pay": not signals, "commute": not remote}
    if remote:
        signals.append(Sign.REMOTE_ALLOWED)
    if fields.prospect or (fields.openings or 0) > 1:
        signals.append(Sign.OTHER_OPENINGS)
    return Posting(
        opportunity=Opportunity(
            name=truncate(name),
            company=fields.company,
            stages=stages,
            signals=signals,
        ),
        unknown=tuple(aspect for aspect in ASPECTS if silent_on.get(aspect, True)),
        assumed=("stages",) if options.stages is None else (),
        warnings=tuple(reader.warnings),
        fields=fields,
    )


def _pay_signals(
    reader: FieldReader, options: ReadingOptions, fields: PostingFields
) -> Iterator[Reading]:
    """Yield the reading of the aspect pay, or nothing if the pays cannot be compared.

    Ranges for several sites or levels become one from the lowest to the highest,
    because the posting does not say which is meant.

    Args:
        reader: Keeps the warnings.
        options: The candidate's salary, whose currency goes first, and the currency and
            time of pay that names none.
        fields: What the posting states.
    """
    salary, pays = options.salary, list(_comparable_pays(reader, options, fields))
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
    full_year = options.assumptions["hours_per_year"]
    share = _share_of_year(reader, pay, fields, full_year)
    if share is None:
        return
    reading = pay_reading(pay, salary, options.assumptions, share=share)
    if isinstance(reading, PayObstacle):
        hint = f" {reading.remedy}" if reading.remedy.endswith("?") else ""
        reader.warn(f"Pay of {pay} is not used: {reading.reason}.{hint}")
    else:
        yield reading
    if share < 1:
        hours = number_of(f"{share * full_year:,.0f}", "hour")
        reader.warn(f"It is part-time: a year has {hours} of it.")


def _share_of_year(
    reader: FieldReader, pay: Pay, fields: PostingFields, full_year: float
) -> float | None:
    """The share of a year that pay by the hour or day is for; None if nobody knows.

    Pay by the week, month or year of a part-time job is taken as it stands.

    Args:
        reader: Keeps the warnings.
        pay: As posted.
        fields: What the posting says of hours.
        full_year: Hours of a full year.
    """
    share = part_of_year(fields, full_year) if full_year else 1.0
    if pay.per not in (Interval.HOUR, Interval.DAY):
        if share != 1 and pay.per:
            time = pay.per.value
            reader.warn(f"It is part-time: pay by the {time} is taken as it stands.")
        return 1.0
    if share is None:
        why = "it is part-time, and its hours a week are not stated"
        reader.warn(f"Pay of {pay} is not used: {why}.")
    return share


def _comparable_pays(
    reader: FieldReader, options: ReadingOptions, fields: PostingFields
) -> Iterator[Pay]:
    """Yield the pays of a posting with what the options add, each as far as believed.

    A currency that is not that of the place is doubted: such pay counts as an estimate,
    or not at all in the rows of JobSpy.

    Args:
        reader: Keeps the warnings.
        options: The currency and time of pay that names none.
        fields: What the posting states.
    """
    local = local_currencies(fields)
    for pay in fields.pays:
        loose = pay.loose
        if local and pay.currency not in ("", CONTRADICTORY, *local):
            there = " or ".join(local[:3])
            doubt = f"Pay is in {pay.currency}, but pay at its place is in {there}"
            if fields.source == "JobSpy":
                why = "JobSpy writes USD where it knows none"
                reader.warn(f"{doubt}. It is not used, because {why}.")
                continue
            reader.warn(f"{doubt}. It counts as an estimate.")
            loose = True
        currency, per = pay.currency or options.currency, pay.per or options.per
        yield evolve(pay, currency=currency, per=per, loose=loose)


def to_search(
    postings: Iterable[Posting],
    candidate: Candidate | None = None,
    assumptions: Assumptions | None = None,
) -> Search:
    """One search of all postings.

    A name that several postings share gets the location added, and a number where the
    location does not tell them apart.

    The work grows with the postings.

    Args:
        postings: At least one, from any formats.
        candidate: Who searches; by default somebody of whom nothing is known.
        assumptions: Numbers that replace the defaults of the model.

    Raises:
        InvalidFieldError: If there is no posting, more than a search may hold, or
            something else among them.

    >>> jobs = '[{"text": "Analyst", "hostedUrl": "a"}, {"text": "Analyst"}]'
    >>> from interviewfit.postings import read_lever
    >>> [job.name for job in to_search(read_lever(jobs)).opportunities]
    ['Analyst', 'Analyst (2)']
    """
    postings = to_tuple(postings, "to_search(postings)", "read_postings(...)")
    for posting in postings:
        check_kind("to_search(postings)", posting, Posting)
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
