"""The records of reading: its options, what a posting says, and what comes of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from attrs import Attribute, converters, field, frozen
from attrs.validators import optional

from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import (
    instance_check,
    to_float,
    to_one_line,
    to_optional_float,
    to_tuple,
)
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage
from interviewfit._model.units import Between, check_text, member
from interviewfit.errors import InvalidFieldError

MIN_AMOUNT, MAX_AMOUNT = 1e-4, 1e15
"""What a field may state; a sum beyond is no pay in any currency."""

# Cents and fortnights move the ends a little beyond what a field may state.
_check_amount = Between(1e-9, 1e18)


class Interval(StrEnum):
    """The time that a pay is for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Workplace(StrEnum):
    """Where the work is done, in the employer's own words."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ON_SITE = "on_site"


def _interval(value: Interval | str) -> Interval:
    return member(Interval, value, "per")


def _currency(value: str) -> str:
    """A code in capitals and without spaces; what is no text is left as it is."""
    return value.strip().upper() if isinstance(value, str) else value


def _check_currency(owner: object, attribute: "Attribute[str]", value: object) -> None:
    """Refuse what is no three letters, or not the empty text where that is the default.

    Args:
        owner, attribute: The record and its field.
        value: What the field is to hold.
    """
    is_code = isinstance(value, str) and value.isascii() and value.isalpha()
    if value != attribute.default and not (is_code and len(str(value)) == 3):
        where = f"{type(owner).__name__}.{attribute.name}"
        remedy = "Write USD, EUR or GBP."
        raise InvalidFieldError(where, "three letters of ISO 4217", value, remedy)


@frozen(kw_only=True)
class Salary:
    """What the candidate earns now, before tax.

    Attributes:
        amount: Money, above 0.
        currency: Three letters of ISO 4217, such as ``"EUR"``.
        per: The time it is for.

    Raises:
        InvalidFieldError: If *amount* is not a number above 0 or *currency* no code.

    >>> Salary(amount=85_000, currency="eur").currency
    'EUR'
    """

    amount: float = field(converter=to_float, validator=_check_amount)
    currency: str = field(converter=_currency, validator=_check_currency)
    per: Interval = field(default=Interval.YEAR, converter=_interval)


@frozen(kw_only=True)
class Pay:
    """What a posting says of pay, in its own words: nothing added or converted.

    Attributes:
        low, high: The ends, above 0; None for one that is not stated.
        currency: Three letters of ISO 4217; empty if it does not say, ``"XXX"`` (no
            currency) if it says two.
        per: The time it is for; None if it does not say.
        loose: Whether it is not the employer's plain word on base pay but an estimate
            or what one might earn on target.

    Raises:
        InvalidFieldError: If neither end is stated, one is not above 0, or the lower is
            above the upper.

    >>> print(Pay(low=50_000, currency="EUR", per="year"))
    from 50,000 EUR per year
    """

    low: float | None = field(
        default=None, converter=to_optional_float, validator=optional(_check_amount)
    )
    high: float | None = field(
        default=None, converter=to_optional_float, validator=optional(_check_amount)
    )
    currency: str = field(default="", converter=_currency, validator=_check_currency)
    per: Interval | None = field(default=None, converter=converters.optional(_interval))
    loose: bool = False

    def __attrs_post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise InvalidFieldError("Pay.low", "stated if Pay.high is not", None)
        low, high = self.ends
        if low > high:
            raise InvalidFieldError("Pay.high", f"at least Pay.low, {low:,.10g}", high)

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends; if only one is stated, it stands for both."""
        low = self.high if self.low is None else self.low
        high = self.low if self.high is None else self.high
        # A check of the record ensures that one of them is stated.
        assert low is not None and high is not None  # noqa: S101, PT018  # for types
        return low, high

    @property
    def is_loose(self) -> bool:
        """Whether it is loose, or states one end only."""
        return self.loose or self.low is None or self.high is None

    def __str__(self) -> str:
        """The range as people write it."""
        text = " to ".join(f"{end:,.10g}" for end in dict.fromkeys(self.ends))
        if self.low is None or self.high is None:
            text = f"{'up to' if self.low is None else 'from'} {text}"
        text = f"{text} {self.currency}".rstrip()
        return text if self.per is None else f"{text} per {self.per.value}"


_check_salary, _check_assumptions = instance_check(Salary), instance_check(Assumptions)


def _option_interval(value: Interval | str | None) -> Interval | None:
    return None if value is None else member(Interval, value, "ReadingOptions.per")


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

    Raises:
        InvalidFieldError: If a field is of the wrong kind.

    >>> ReadingOptions(salary=Salary(amount=85_000, currency="EUR")).company
    ''
    """

    salary: Salary | None = field(default=None, validator=optional(_check_salary))
    stages: tuple[Stage, ...] | None = field(default=None, converter=_stages)
    company: str = field(default="", converter=to_one_line, validator=check_text)
    currency: str = field(default="", converter=_currency, validator=_check_currency)
    per: Interval | None = field(default=None, converter=_option_interval)
    assumptions: Assumptions = field(factory=Assumptions, validator=_check_assumptions)


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
class Postings:
    """All postings of one source, in its order; iterates over them.

    Attributes:
        postings: At least one.
        faults: A line for each entry that is no posting, ending in its path.
    """

    postings: tuple[Posting, ...]
    faults: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Postings: {len(self):,} read, {len(self.faults):,} faults>"

    def __iter__(self) -> Iterator[Posting]:
        return iter(self.postings)

    def __len__(self) -> int:
        return len(self.postings)
