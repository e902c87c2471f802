"""One candidate and all the processes they run."""

from collections.abc import Iterable

from attrs import Attribute, field, frozen

from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import MOST_ENTRIES, listed, of_kind
from interviewfit._model.priors import Assumptions
from interviewfit.errors import InvalidFieldError

__all__ = ["Search"]


def _opportunities(value: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    return listed(value, "Search.opportunities", "Opportunity(...)")


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
    opportunities: tuple[Opportunity, ...] = field(converter=_opportunities)
    assumptions: Assumptions = field(
        factory=Assumptions, validator=of_kind(Assumptions)
    )

    @opportunities.validator
    def _check(
        self,
        _: "Attribute[tuple[Opportunity, ...]]",
        value: tuple[Opportunity, ...],
    ) -> None:
        if not 1 <= len(value) <= MOST_ENTRIES:
            expected = f"between 1 and {MOST_ENTRIES:,} opportunities"
            raise InvalidFieldError("Search.opportunities", expected, len(value))
        seen: set[str] = set()
        for one in value:
            if not isinstance(one, Opportunity):
                raise InvalidFieldError("Search.opportunities", "of opportunities", one)
            if one.name in seen:
                raise InvalidFieldError(
                    "Search.opportunities",
                    "opportunities with different names",
                    one.name,
                    "Add the role or the team to one of them.",
                )
            seen.add(one.name)
