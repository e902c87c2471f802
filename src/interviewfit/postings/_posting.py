"""The records of a posting: what it is read against, what it says, what comes of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import Attribute, field, frozen

from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import listed, one_line
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage
from interviewfit._model.units import check_text, member
from interviewfit.errors import InvalidFieldError
from interviewfit.postings._pay import Interval, Pay, Salary

__all__ = [
    "Posting",
    "PostingFields",
    "Postings",
    "ReadingOptions",
    "Workplace",
]


class Workplace(StrEnum):
    """Where the work is done, in the employer's own words."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ON_SITE = "on_site"


def _maybe_interval(value: Interval | str | None) -> Interval | None:
    return None if value is None else member(Interval, value, "ReadingOptions.per")


def _stages(value: Iterable[Stage] | None) -> tuple[Stage, ...] | None:
    return (
        None if value is None else listed(value, "ReadingOptions.stages", "Stage(...)")
    )


def _currency(value: str) -> str:
    return value.strip().upper() if isinstance(value, str) else value


@frozen(kw_only=True)
class ReadingOptions:
    """What a posting is read against, and what you say where it is silent.

    Attributes:
        salary: What the candidate earns now; without it pay stays unknown.
        stages: The rounds to expect; no posting names them.
        company: Whose job it is, where the posting does not say.
        currency: What it means where it does not say, as "$" does not; three
            letters of ISO 4217, or empty to leave such pay unknown.
        per: The time its pay is for where it does not say, or None likewise.
        assumptions: Hours of a year, and the noise of what is posted.

    Raises:
        InvalidFieldError: If something is of the wrong kind.

    >>> ReadingOptions(salary=Salary(amount=85_000, currency="EUR")).company
    ''
    """

    salary: Salary | None = field(default=None)
    stages: tuple[Stage, ...] | None = field(default=None, converter=_stages)
    company: str = field(default="", converter=one_line, validator=check_text)
    currency: str = field(default="", converter=_currency)
    per: Interval | None = field(default=None, converter=_maybe_interval)
    assumptions: Assumptions = field(factory=Assumptions)

    @salary.validator
    def _check_salary(self, _: "Attribute[Any]", value: object) -> None:
        if value is not None and not isinstance(value, Salary):
            raise InvalidFieldError(
                "ReadingOptions.salary",
                "a Salary",
                value,
                "Write Salary(amount=, currency=).",
            )

    @stages.validator
    def _check_stages(
        self, _: "Attribute[Any]", value: tuple[Stage, ...] | None
    ) -> None:
        if value is not None:
            # The rules are those of an opportunity, and are told as such.
            Opportunity(name="any", stages=value)

    @currency.validator
    def _check_currency(self, _: "Attribute[str]", value: str) -> None:
        if value != "":
            try:
                Salary(amount=1, currency=value)
            except InvalidFieldError as error:
                raise InvalidFieldError(
                    "ReadingOptions.currency", error.expected, value, error.remedy
                ) from None

    @assumptions.validator
    def _check_assumptions(self, _: "Attribute[Any]", value: object) -> None:
        if not isinstance(value, Assumptions):
            raise InvalidFieldError("ReadingOptions.assumptions", "Assumptions", value)


@frozen(kw_only=True)
class PostingFields:
    """What a posting says, as it says it; what it does not say is empty or None.

    Attributes:
        source: The format it came in.
        title: What the job is called.
        company: Whose it is.
        location: Where it is, places joined by "; ".
        workplace: Remote, hybrid or on site.
        applicants: Where those who apply may live.
        url: Its page.
        employment: Kinds of employment, such as ``"FULL_TIME"``.
        pays: What it says of base pay, range by range.
        extras: Equity, bonus and commission; never added to pay.
        benefits: Other benefits.
        posted: The day it appeared.
        closes: The last day to apply.
        openings: How many are to be hired.
        details: Everything else of use, by the source's name for it.
        description: The text of the posting, with its markup.
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
    details: Mapping[str, str] = field(factory=dict)
    description: str = ""


@frozen(kw_only=True)
class Posting:
    """One posting, read.

    Attributes:
        opportunity: Ready for `assess`.
        unknown: Aspects it says nothing of that can be weighed, in the usual order.
        assumed: What was assumed: ``"stages"`` unless they were given.
        warnings: What could not be made sense of or weighed, one sentence each.
        facts: All it says, as it says it.
    """

    opportunity: Opportunity
    unknown: tuple[str, ...]
    assumed: tuple[str, ...]
    warnings: tuple[str, ...]
    facts: PostingFields


@frozen(kw_only=True)
class Postings:
    """All that one source holds, in its order. Iterates over what was found.

    Attributes:
        found: The postings, at least one.
        faults: A line for each entry that is no posting, ending in its path.
    """

    found: tuple[Posting, ...]
    faults: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Posting]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)
