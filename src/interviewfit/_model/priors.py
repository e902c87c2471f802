"""The assumptions of a calculation: default numbers, any of which may be replaced."""

from collections.abc import Mapping
from math import isfinite

import numpy as np
from attrs import field, frozen

from interviewfit._model.fields import (
    check_aspect,
    short_repr,
    to_float_mapping,
    to_one_line,
)
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.numbers import Estimate, Numbers
from interviewfit._model.parameters import PRIORS, bounds, quoted
from interviewfit._model.units import Attribute
from interviewfit._model.vocabulary import StageKind
from interviewfit.errors import InvalidFieldError

_CORRELATIONS = "Assumptions.correlations"
_ROUNDING = 1e-9


def to_correlations(
    value: Mapping[str, Mapping[str, float]],
) -> Mapping[str, Mapping[str, float]]:
    """Numbers by two aspects, copied; nobody can change the copy."""
    if not isinstance(value, Mapping):
        return value
    return freeze(
        {to_one_line(name): to_float_mapping(row) for name, row in value.items()}
    )


def correlation_name(first: str, second: str) -> str:
    """What a stated correlation is called among the numbers of a decision.

    Args:
        first, second: Two aspects, in either order.

    >>> correlation_name("team", "manager")
    'correlations.manager.team'
    """
    low, high = sorted((first, second))
    return f"correlations.{quoted(low)}.{quoted(high)}"


def correlation_numbers(
    correlations: Mapping[str, Mapping[str, float]],
) -> dict[str, float]:
    """Every stated correlation by its name, with a mark that some are stated."""
    numbers = {
        correlation_name(first, second): number
        for first, row in correlations.items()
        for second, number in row.items()
    }
    return {"correlations": 1.0, **numbers} if numbers else {}


def check_correlations(
    owner: object, attribute: Attribute, value: Mapping[str, Mapping[str, float]]
) -> None:
    """Refuse what is no matrix of correlations.

    Args:
        owner, attribute, value: The record, its field and what came for it, as attrs
            passes them to every validator.

    Raises:
        InvalidFieldError: If it is no mapping of mappings, a name is a known aspect
            misspelt, a number is not between -1 and 1, an aspect is named with itself,
            two are named with two numbers, or the matrix is not positive semidefinite.
    """
    example = 'Such as {"manager": {"team": 0.3}}.'
    if not isinstance(value, Mapping):
        raise InvalidFieldError(_CORRELATIONS, "a mapping of mappings", value, example)
    for first, row in value.items():
        where = f"{_CORRELATIONS}[{first!r}]"
        check_aspect(owner, attribute, first)
        if not isinstance(row, Mapping):
            raise InvalidFieldError(where, "a mapping", row, example)
        for second, number in row.items():
            check_aspect(owner, attribute, second)
            named = f"{where}[{second!r}]"
            if not (
                isinstance(number, float) and isfinite(number) and abs(number) <= 1
            ):
                remedy = "0 says that the two do not go together."
                raise InvalidFieldError(named, "between -1 and 1", number, remedy)
            if first == second:
                expected = "of two different aspects"
                raise InvalidFieldError(named, expected, first, "Leave it out.")
            if value.get(second, {}).get(first, number) != number:
                expected = f"the same as that of {second!r} with {first!r}"
                raise InvalidFieldError(named, expected, number, "State it once.")
    _check_definite(value)


def _check_definite(correlations: Mapping[str, Mapping[str, float]]) -> None:
    """Refuse correlations that no variables can have together.

    Raises:
        InvalidFieldError: If their matrix has an eigenvalue below 0.
    """
    numbers = correlation_numbers(correlations)
    if not numbers:
        return
    named = (name for first, row in correlations.items() for name in (first, *row))
    aspects = list(dict.fromkeys(named))
    matrix = np.array(
        [
            [float(a == b) or numbers.get(correlation_name(a, b), 0.0) for b in aspects]
            for a in aspects
        ]
    )
    least = float(np.linalg.eigvalsh(matrix)[0])
    if least < -_ROUNDING:
        # Shrunk by so much towards 0, the smallest eigenvalue is 0.
        factor = int(1000.0 / (1.0 - least)) / 1000.0
        remedy = (
            "They contradict each other: if one goes with two others, these go "
            f"together too. Multiply all of them by {factor:g} or less."
        )
        expected = f"a positive semidefinite matrix of {', '.join(aspects)}"
        found = f"a smallest eigenvalue of {least:.3g}"
        raise InvalidFieldError(_CORRELATIONS, expected, found, remedy)


@frozen(kw_only=True)
class Assumptions:
    """The numbers in use where the candidate and the opportunity are silent.

    Attributes:
        numbers: Replaced entries of ``PRIORS``, by name; all others have their default.
        correlations: Of what is unknown of two aspects, by the one and then the other,
            -1 to 1; those not named are 0. None named: ``correlation.pay`` and
            ``correlation.people`` say them.

    Raises:
        InvalidFieldError: If a name is not in ``PRIORS``, a number is outside the
            bounds of its row in the registry (``parameters``), or the correlations
            are none that several things can have at once.

    >>> Assumptions().hours_per_percent
    36.0
    >>> Assumptions(numbers={"horizon_years": 3}).hours_per_percent
    54.0
    >>> Assumptions(correlations={"manager": {"team": 0.5}}).correlations["manager"]
    {'team': 0.5}
    """

    numbers: Mapping[str, float] = field(factory=dict, converter=to_float_mapping)
    correlations: Mapping[str, Mapping[str, float]] = field(
        factory=dict, converter=to_correlations, validator=check_correlations
    )

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
                from difflib import get_close_matches

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


USUAL = Assumptions()
"""The default of every number."""
