"""The records of reading: its options, what a posting says, and what comes of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from attrs import field, frozen
from attrs.validators import optional

from interviewfit._model.dates import to_date
from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import (
    instance_check,
    to_one_line,
    to_tuple,
)
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.money import Interval, Money, Pay, check_currency, to_currency
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage
from interviewfit._model.units import check_text, member, number_of
from interviewfit._results.tables import Tabular

MIN_AMOUNT, MAX_AMOUNT = 1e-4, 1e15
"""What a field may state; a sum beyond is no pay in any currency."""


class Workplace(StrEnum):
    """Where the work is done, in the employer's own words."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ON_SITE = "on_site"


_check_salary, _check_assumptions = instance_check(Money), instance_check(Assumptions)


def _option_interval(value: Interval | str | None) -> Interval | None:
    return None if value is None else member(Interval, value, "ReadingOptions.per")


def _today(value: date | str | None) -> date | None:
    return None if value is None else to_date(value, "ReadingOptions.today")


def _stages(value: Iterable[Stage] | None) -> tuple[Stage, ...] | None:
    """Stages by the rules of an opportunity, with its errors."""
    if value is None:
        return None
    stages = to_tuple(value, "ReadingOptions.stages", "Stage(...)")
    return Opportunity(name="any", stages=stages).stages


@frozen(kw_only=True)
class ReadingOptions:
    """What postings are compared with, and what you say where they are silent.

    Attributes:
        salary: What the candidate earns now; without it pay stays unknown.
        stages: The rounds to expect, because no posting names them.
        company: The employer, where the posting names none.
        currency: The currency of pay that names none, as "$" does not; three letters
            of ISO 4217, or empty to leave such pay unknown.
        per: The time that pay is for where the posting does not say, or None likewise.
        assumptions: Hours of a year, and the noise of what is posted.
        today: The day on which postings are read, which says how old they are; by
            default the present day.

    Raises:
        InvalidFieldError: If a field is of the wrong kind.

    >>> ReadingOptions(salary=Money(amount=85_000, currency="EUR")).company
    ''
    """

    salary: Money | None = field(default=None, validator=optional(_check_salary))
    stages: tuple[Stage, ...] | None = field(default=None, converter=_stages)
    company: str = field(default="", converter=to_one_line, validator=check_text)
    currency: str = field(default="", converter=to_currency, validator=check_currency)
    per: Interval | None = field(default=None, converter=_option_interval)
    assumptions: Assumptions = field(factory=Assumptions, validator=_check_assumptions)
    today: date | None = field(default=None, converter=_today)


@frozen(kw_only=True)
class PostingFields:
    """What a posting says, as it says it; a field it does not state is empty or None.

    Attributes:
        source: The format it came in, such as ``"Lever"``.
        title: The title of the job.
        company: The employer.
        location: Where the job is, several sites joined by "; ".
        workplace: Remote, hybrid or on site.
        applicants: Where applicants may live.
        url: The page of the posting.
        employment: Kinds of employment, such as ``"FULL_TIME"``.
        pays: Base pay, range by range.
        extras: Equity, bonus and commission; never added to pay.
        benefits: Other benefits.
        posted: The day it appeared.
        closes: The last day to apply.
        openings: How many people are to be hired.
        details: Everything else of use, by the source's name for it.
        description: The text of the posting, with its markup.
        prospect: Whether it only collects applicants, with no single job behind it.
    """

    source: str
    title: str = ""
    company: str = ""
    location: str = ""
    workplace: Workplace | None = None
    applicants: tuple[str, ...] = ()
    url: str = ""
    employment: tuple[str, ...] = ()
    pays: tuple[Pay, ...] = ()
    extras: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    posted: date | None = None
    closes: date | None = None
    openings: int | None = None
    details: Mapping[str, str] = field(factory=dict, converter=freeze)
    description: str = ""
    prospect: bool = False

    def __repr__(self) -> str:
        return f"<PostingFields of {self.title!r:.60}, from {self.source}>"


@frozen(kw_only=True)
class Posting:
    """One posting, read.

    Attributes:
        opportunity: Ready for `assess`.
        unknown: Aspects of which it says nothing usable, in the usual order.
        assumed: What was assumed: ``"stages"``, unless the options state them.
        warnings: What could not be understood or used, one sentence each.
        fields: All that it says, as it says it.
    """

    opportunity: Opportunity
    unknown: tuple[str, ...]
    assumed: tuple[str, ...]
    warnings: tuple[str, ...]
    fields: PostingFields

    def __repr__(self) -> str:
        return f"<Posting of {self.opportunity.name!r:.60}>"


@frozen(kw_only=True)
class Postings(Tabular):
    """All postings of one source, in its order; iterates over them.

    Attributes:
        postings: At least one.
        faults: A line for each entry that is no posting, ending in its path.
    """

    _row_name: ClassVar[str] = "postings"

    postings: tuple[Posting, ...]
    faults: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Postings: {len(self):,} read, {number_of(len(self.faults), 'fault')}>"

    def __iter__(self) -> Iterator[Posting]:
        return iter(self.postings)

    def __len__(self) -> int:
        return len(self.postings)
