"""One decision, and a whole search: all that an answer is computed from.

An answer carries its decision, so that whatever is asked of it later (what would change
it, how sure it is, what may come of it) starts from the same numbers.
"""

from collections.abc import Iterable

from attrs import field, frozen

from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import (
    MOST_ENTRIES,
    instance_check,
    short_repr,
    to_tuple,
)
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Attribute, refusal
from interviewfit.errors import InvalidFieldError


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
        InvalidFieldError: If a part is of another type.
    """

    candidate: Candidate = field(validator=instance_check(Candidate))
    opportunity: Opportunity = field(validator=instance_check(Opportunity))
    assumptions: Assumptions = field(
        factory=Assumptions, validator=instance_check(Assumptions)
    )
    beside: tuple[Opportunity, ...] = field(
        default=(), converter=_beside, validator=_check_opportunities
    )

    __repr__ = short_repr


@frozen(kw_only=True)
class Search:
    """What the command line reads: who looks, and for what.

    Attributes:
        candidate: Who decides.
        opportunities: Their processes, each with a name of its own.
        assumptions: Numbers for all that is left open.

    Raises:
        InvalidFieldError: If there is no opportunity, or two share a name.
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
        """Refuse a search without opportunities, or with two of one name."""
        names = [job.name for job in self.opportunities]
        if not 1 <= len(names) <= MOST_ENTRIES:
            expected = f"between 1 and {MOST_ENTRIES:,} opportunities"
            raise InvalidFieldError("Search.opportunities", expected, len(names))
        for number, name in enumerate(names):
            if name in names[:number]:
                expected = "opportunities with different names"
                remedy = "Add the role or the team to one of them."
                raise InvalidFieldError("Search.opportunities", expected, name, remedy)
