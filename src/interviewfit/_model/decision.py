"""One decision, and a whole search: all that an answer is computed from.

An answer carries its decision, so that whatever is asked of it later (what would change
it, how sure it is, what may come of it) starts from the same numbers.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import evolve, field, frozen

from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import (
    MOST_ENTRIES,
    canonical,
    instance_check,
    short_repr,
    to_tuple,
)
from interviewfit._model.money import Money, Pay
from interviewfit._model.pay_conversion import (
    PAY_NOTE,
    PayObstacle,
    pay_reading,
    to_range,
)
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Attribute, refusal
from interviewfit._model.vocabulary import Phase, When
from interviewfit.errors import InvalidFieldError

# Names of opportunities that an error shows at most.
_MOST_SHOWN = 10


def pay_as_reading(
    candidate: Candidate, opportunity: Opportunity, assumptions: Assumptions
) -> Opportunity:
    """The opportunity with its pay in money as a reading of the aspect pay.

    Args:
        candidate: Whose salary it is compared with.
        opportunity: Returned as it is if it states no pay in money.
        assumptions: Hours of a year, and how far offers stray from what was stated.

    Raises:
        InvalidFieldError: If the two cannot be compared, because there is no salary, it
            is in another currency, or one would be many times the other.
    """
    # What is no opportunity is left for the check of the record to refuse.
    stated: Money | Pay | None = getattr(opportunity, "pay", None)
    if stated is None:
        return opportunity
    pay = to_range(stated)
    is_offer = opportunity.position.phase is Phase.OFFERED
    reading = pay_reading(pay, candidate.salary, assumptions, is_offer=is_offer)
    if isinstance(reading, PayObstacle):
        expected = "pay that can be compared with your salary"
        remedy = f"{reading.reason[0].upper()}{reading.reason[1:]}. {reading.remedy}"
        raise InvalidFieldError("Opportunity.pay", expected, str(pay), remedy)
    read = evolve(reading, note=f"{PAY_NOTE}{pay}", when=When.NOW)
    signals = (*opportunity.signals, read)
    return evolve(opportunity, pay=None, signals=signals)


def _beside(value: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    return to_tuple(value, "Decision.beside", "Opportunity(...)")


def _opportunities(value: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    return to_tuple(value, "Search.opportunities", "Opportunity(...)")


def _check_opportunities(
    owner: object, attribute: Attribute, value: tuple[Opportunity, ...]
) -> None:
    """Refuse a list that holds anything but opportunities.

    Args:
        owner, attribute, value: The record, its field and what came for it, as attrs
            passes them to every validator.

    Raises:
        InvalidFieldError: If an entry is no opportunity.
    """
    for job in value:
        if not isinstance(job, Opportunity):
            raise refusal(owner, attribute, "of opportunities", job)


@frozen(kw_only=True)
class Decision:
    """Who decides on what, from which numbers, and beside what else.

    Attributes:
        candidate: Who decides.
        opportunity: What is on offer, and where it stands.
        assumptions: Numbers for all that both leave open.
        beside: The other processes that run; the opportunity itself may be among them.

    Raises:
        InvalidFieldError: If a part is of another type, or pay is in money; ``assess``
            has made it a reading of the aspect pay.
    """

    candidate: Candidate = field(validator=instance_check(Candidate))
    opportunity: Opportunity = field(validator=instance_check(Opportunity))
    assumptions: Assumptions = field(
        factory=Assumptions, validator=instance_check(Assumptions)
    )
    beside: tuple[Opportunity, ...] = field(
        default=(), converter=_beside, validator=_check_opportunities
    )

    def __attrs_post_init__(self) -> None:
        """Refuse pay in money, because all that is asked later starts from percent."""
        for job in (self.opportunity, *self.beside):
            if job.pay is not None:
                expected = "of opportunities whose pay is a reading"
                remedy = "assess(...) makes it so: take assessment.decision."
                raise InvalidFieldError("Decision", expected, str(job.pay), remedy)

    __repr__ = short_repr


@frozen(kw_only=True)
class SettledDecision(Decision):
    """A decision whose dates are settled.

    How long an offer stands, and what is asked, is what its dates make of it, and
    nothing that anybody has said.
    """

    __repr__ = short_repr


def unmet_dealbreakers(
    candidate: Candidate, opportunities: Sequence[Opportunity]
) -> tuple[str, ...]:
    """Dealbreakers that no opportunity has as a tag, sorted; maybe misspelt.

    Args:
        candidate, opportunities: Of a search; words are compared whatever their case.
    """
    tags = {canonical(tag) for job in opportunities for tag in job.tags}
    unmet = [word for word in candidate.dealbreakers if canonical(word) not in tags]
    return tuple(sorted(unmet))


@frozen(kw_only=True)
class Search:
    """What the command line reads: who looks, and for what.

    Attributes:
        candidate: Who decides.
        opportunities: Their processes, each with a name of its own.
        assumptions: Numbers for all that is left open.

    Raises:
        InvalidFieldError: If there is no opportunity, two share a name, or pay in money
            cannot be compared with the candidate's salary.
    """

    candidate: Candidate = field(validator=instance_check(Candidate))
    opportunities: tuple[Opportunity, ...] = field(
        converter=_opportunities, validator=_check_opportunities
    )
    assumptions: Assumptions = field(
        factory=Assumptions, validator=instance_check(Assumptions)
    )

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        """Refuse a search without opportunities, two of one name, or pay of no use."""
        names = [job.name for job in self.opportunities]
        if not 1 <= len(names) <= MOST_ENTRIES:
            expected = f"between 1 and {MOST_ENTRIES:,} opportunities"
            raise InvalidFieldError("Search.opportunities", expected, len(names))
        for number, name in enumerate(names):
            if name in names[:number]:
                expected = "opportunities with different names"
                remedy = "Add the role or the team to one of them."
                raise InvalidFieldError("Search.opportunities", expected, name, remedy)
        faults = []
        for job in self.opportunities:
            try:
                pay_as_reading(self.candidate, job, self.assumptions)
            except InvalidFieldError as error:
                faults.append((f"{job.name}: {error.value}", error))
        if faults:
            texts = "; ".join(text for text, _ in faults)
            expected = faults[0][1].expected
            remedy = " ".join(dict.fromkeys(error.remedy for _, error in faults))
            raise InvalidFieldError("Opportunity.pay", expected, texts, remedy)

    def opportunity(self, name: str = "") -> Opportunity:
        """The opportunity of a name, or of a part of it; case and spaces do not count.

        What a name begins with counts before what else stands in one.

        Args:
            name: May be left out if there is only one.

        Raises:
            InvalidFieldError: If none is called so, or several are; the error shows
                those that may be meant.

        >>> from interviewfit import Candidate, Opportunity, Search, corporate
        >>> jobs = [Opportunity(name="Acme, analyst", stages=corporate())]
        >>> search = Search(candidate=Candidate(), opportunities=jobs)
        >>> search.opportunity("acme").name
        'Acme, analyst'
        """
        for job in self.opportunities:
            if job.name == name:
                return job
        wanted = canonical(name)
        jobs = {canonical(job.name): job for job in self.opportunities}
        if wanted in jobs:
            return jobs[wanted]
        from difflib import get_close_matches

        begin = [key for key in jobs if key.startswith(wanted)]
        alike = begin or [key for key in jobs if wanted in key]
        if len(alike) == 1:
            return jobs[alike[0]]
        close = alike or get_close_matches(wanted, jobs, _MOST_SHOWN) or list(jobs)
        names = ", ".join(repr(jobs[key].name) for key in close[:_MOST_SHOWN])
        expected, remedy = "the name of an opportunity of the search", "There is"
        if not wanted:
            expected = f"stated, because the search has {len(jobs)} opportunities"
        elif alike:
            expected = "the name of one opportunity"
            remedy = f"{len(alike)} are called so, write more of it:"
        raise InvalidFieldError("name", expected, name, f"{remedy} {names}.")

    @property
    def unmet_dealbreakers(self) -> tuple[str, ...]:
        """Dealbreakers that no opportunity has as a tag, sorted; maybe misspelt."""
        return unmet_dealbreakers(self.candidate, self.opportunities)


def has_dates(candidate: Candidate, opportunities: Sequence[Opportunity]) -> bool:
    """Whether anything that was said needs the present day.

    That is a day by which an offer or invitation must be answered, or an outside option
    that changes. When a stage is changes nothing alone.

    Args:
        candidate, opportunities: The search.
    """
    open_ = [job for job in opportunities if job.position.phase is not Phase.REJECTED]
    dated = any(job.answer_by is not None for job in open_)
    return dated or bool(candidate.fallback_from)


def check_days(opportunities: Sequence[Opportunity], today: date) -> None:
    """Refuse dates that have passed, or that contradict each other.

    The error names the opportunity and says what to write instead.

    Args:
        opportunities: The search; nothing is asked of what is over.
        today: The present day.

    Raises:
        InvalidFieldError: If one has passed, or the next stage is too late.
    """
    for job in opportunities:
        if job.position.phase is not Phase.REJECTED:
            _check_days_of(job, today)


def _check_days_of(job: Opportunity, today: date) -> None:
    """Refuse dates of one opportunity.

    Args:
        job, today: The opportunity, and the present day.

    Raises:
        InvalidFieldError: As ``check_days``.
    """
    remedies = {
        "next_on": (
            "If that stage is over, move `position` on; if you wait for news, leave it "
            "out."
        ),
        "answer_by": "If the offer still stands, say until when; if not, leave it out.",
    }
    for name, remedy in remedies.items():
        on: date | None = getattr(job, name)
        if on is not None and on < today:
            expected = f"{today} (today) or later for {job.name}"
            raise InvalidFieldError(f"Opportunity.{name}", expected, str(on), remedy)
    if job.next_on and job.answer_by and job.next_on > job.answer_by:
        expected = f"on or before answer_by ({job.answer_by}) for {job.name}"
        remedy = "The stage cannot be had after the last day to answer the invitation."
        where = "Opportunity.next_on"
        raise InvalidFieldError(where, expected, str(job.next_on), remedy)
