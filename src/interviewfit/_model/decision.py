"""One decision, as it is put to the library: all that an answer was worked out from.

An answer carries its decision, so that whatever is asked of it later (what would change
it, how sure it is, what may come of it) starts from the same numbers.
"""

from collections.abc import Iterable

from attrs import Attribute, field, frozen

from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import listed, of_kind
from interviewfit._model.priors import Assumptions
from interviewfit.errors import InvalidFieldError

__all__ = ["Decision"]


def _beside(value: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    return listed(value, "Decision.beside", "Opportunity(...)")


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
    beside: tuple[Opportunity, ...] = field(default=(), converter=_beside)

    @beside.validator
    def _check_beside(
        self,
        _: "Attribute[tuple[Opportunity, ...]]",
        value: tuple[Opportunity, ...],
    ) -> None:
        for one in value:
            if not isinstance(one, Opportunity):
                raise InvalidFieldError("Decision.beside", "of opportunities", one)
