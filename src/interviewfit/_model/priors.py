"""The assumptions of a calculation: default numbers, any of which may be replaced."""

from collections.abc import Mapping
from difflib import get_close_matches

from attrs import field, frozen

from interviewfit._model.fields import (
    short_repr,
    to_float_mapping,
)
from interviewfit._model.numbers import Estimate, Numbers
from interviewfit._model.parameters import PRIORS, bounds
from interviewfit._model.units import Attribute
from interviewfit._model.vocabulary import StageKind
from interviewfit.errors import InvalidFieldError


@frozen(kw_only=True)
class Assumptions:
    """The numbers in use where the candidate and the opportunity are silent.

    Attributes:
        numbers: Replaced entries of ``PRIORS``, by name; all others have their default.

    Raises:
        InvalidFieldError: If a name is not in ``PRIORS``, or a number is outside the
            bounds of its row in the registry (``parameters``).

    >>> Assumptions().hours_per_percent
    36.0
    >>> Assumptions(numbers={"horizon_years": 3}).hours_per_percent
    54.0
    """

    numbers: Mapping[str, float] = field(factory=dict, converter=to_float_mapping)

    __repr__ = short_repr

    @numbers.validator
    def _check(self, attribute: Attribute, value: Mapping[str, float]) -> None:
        """Refuse what is no mapping from names of priors to numbers in their bounds.

        Args:
            attribute, value: The field and what came for it, as attrs passes them to
                every validator.
        """
        where = "Assumptions.numbers"
        if not isinstance(value, Mapping):
            expected = "a mapping from names of priors to numbers"
            raise InvalidFieldError(where, expected, value)
        for name, number in value.items():
            if name not in PRIORS:
                similar = get_close_matches(str(name)[:60], PRIORS, n=1)
                hint = f"Did you mean {similar[0]!r}? " if similar else ""
                remedy = f"{hint}The page on the defaults lists them."
                raise InvalidFieldError(where, "names of PRIORS", name, remedy)
            bounds(name)(self, attribute.evolve(name=f"numbers[{name!r}]"), number)

    def __getitem__(self, name: str) -> float:
        """The number that is used, by the name of its prior.

        Raises:
            KeyError: If there is no such prior.

        >>> Assumptions()["practice_gain"]
        0.15
        """
        replaced = self.numbers.get(name)
        return PRIORS[name].value if replaced is None else replaced

    @property
    def hours_per_percent(self) -> float:
        """The value of one percent of pay over the horizon, hours."""
        return Numbers(self.numbers).hours_per_percent

    def unknown(self, aspect: str) -> Estimate[float]:
        """The wide belief of an aspect of which nothing is known, percent of pay.

        >>> Assumptions().unknown("role")
        Estimate(mean=-1.0, sd=12.0)
        """
        return Numbers(self.numbers).unknown(aspect)

    def reveals(self, kind: StageKind, aspect: str) -> float:
        """The share of what is unknown of an aspect that a kind of stage shows, 0 to 1.

        Args:
            kind: Of stage.
            aspect: Any; those not listed for the kind share one default.

        >>> Assumptions().reveals(StageKind.HR_SCREEN, "pay")
        0.5
        """
        return Numbers(self.numbers).reveals(-1, kind, aspect)
