"""One decision, and a whole search: all that an answer is computed from.

An answer carries its decision, so that whatever is asked of it later (what would change
it, how sure it is, what may come of it) starts from the same numbers.
"""

from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen

from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import MOST_ENTRIES, listed, of_kind
from interviewfit._model.priors import Assumptions
from interviewfit.errors import InvalidFieldError

__all__ = ["Decision", "Search"]


def _beside(value: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    return listed(value, "Decision.beside", "Opportunity(...)")


def _opportunities(value: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    return listed(value, "Search.opportunities", "Opportunity(...)")


def _check_opportunities(
    owner: object, attribute: "Attribute[Any]", value: tuple[Opportunity, ...]
) -> None:
    """Refuse a list that holds anything but opportunities.

    Args:
        owner: The record that has it.
        attribute: The field.
        value: The list.

    Raises:
        InvalidFieldError: If something in it is no opportunity.
    """
    for job in value:
        if not isinstance(job, Opportunity):
            where = f"{type(owner).__name__}.{attribute.name}"
            raise InvalidFieldError(where, "of opportunities", job)


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

    candidate: Candidate = field(validator=of_kind(Candidate))
    opportunity: Opportunity = field(validator=of_kind(Opportunity))
    assumptions: Assumptions = field(
        factory=Assumptions, validator=of_kind(Assumptions)
    )
    beside: tuple[Opportunity, ...] = field(
        default=(), converter=_beside, validator=_check_opportunities
    )


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

    candidate: Candidate = field(validator=of_kind(Candidate))
    opportunities: tuple[Opportunity, ...] = field(
        converter=_opportunities, validator=_check_opportunities
    )
    assumptions: Assumptions = field(
        factory=Assumptions, validator=of_kind(Assumptions)
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a search without opportunities, or with two of one name."""
        names = [job.name for job in self.opportunities]
        if not 1 <= len(names) <= MOST_ENTRIES:
            expected = f"between 1 and {MOST_ENTRIES:,} opportunities"
            raise InvalidFieldError("Search.opportunities", expected, len(names))
        for number, name in enumerate(names):
            if name in names[:number]:
                raise InvalidFieldError(
                    "Search.opportunities",
                    "opportunities with different names",
                    name,
                    "Add the role or the team to one of them.",
                )
