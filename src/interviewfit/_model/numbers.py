"""The numbers of a decision as one flat mapping, by the names of the registry.

A number is a float, for a single decision, or a column, a float for each of many. One
that nobody stated is its prior's, and not here: ``numbers["stages[1].hours"]``
is the hours of the second stage if somebody stated them, else those of its kind.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Generic

from attrs import frozen

from interviewfit._model.parameters import PRIORS, quoted
from interviewfit._model.vocabulary import ASPECTS, Seniority, StageKind, Term
from interviewfit._numeric.arrays import N, N_co, is_zero


@frozen
class Estimate(Generic[N_co]):
    """A normal belief as the model uses it, widened already.

    Attributes:
        mean: Percent of pay.
        sd: Its standard deviation, percent of pay.
    """

    mean: N_co
    sd: N_co


@lru_cache(maxsize=10_000)
def _share_names(number: int, kind: StageKind, aspect: str) -> tuple[str, str]:
    """The names of the share that a stage shows of an aspect, and of its default.

    Args:
        number: Of the stage.
        kind: Of the stage.
        aspect: Any; those not listed for the kind share one default.
    """
    default = f"{kind}.reveals.{aspect}"
    return (
        f"stages[{number}].reveals.{quoted(aspect)}",
        default if default in PRIORS else f"{kind}.reveals.other",
    )


@lru_cache(maxsize=10_000)
def _stage_names(number: int, kind: StageKind, name: str) -> tuple[str, str]:
    """What a number of a stage is called, and its default; kept, as they recur.

    Args:
        number: Of the stage, from 0; -1 for desk research put first.
        kind: Of the stage, whose default counts where nobody stated the number.
        name: Of the number, such as ``"hours"``.
    """
    return f"stages[{number}].{name}", f"{kind}.{name}"


@lru_cache(maxsize=10_000)
def _priority_name(aspect: str) -> str:
    """What the priority of an aspect is called."""
    return f"priorities.{quoted(aspect)}"


_WEIGHT_NAMES = {term: f"weights.{term}" for term in Term}
_SPREAD_NAMES = {aspect: f"spread.{aspect}" for aspect in ASPECTS}


class Numbers(dict[str, N]):
    """The stated numbers of a decision, by name; the others are those of ``PRIORS``.

    >>> Numbers({"horizon_years": 3.0})["hours_per_year"]
    1800.0
    """

    def __missing__(self, name: str) -> N | float:
        # Who says nothing of reach means people they want to meet, in their own field.
        return self["relevance"] if name == "reach" else PRIORS[name].value

    def replaced(self, values: Mapping[str, N]) -> "Numbers[N]":
        """A copy with other numbers, or with numbers that were not stated before."""
        numbers = Numbers(self)
        numbers.update(values)
        return numbers

    @property
    def hours_per_percent(self) -> N:
        """The value of one percent of pay over the horizon, hours."""
        return self["hours_per_year"] / 100.0 * self["horizon_years"]

    @property
    def is_mutual(self) -> bool:
        """Whether being passed on may tell something of the fit."""
        return not (is_zero(self["mutual_fit"]) and is_zero(self["competition"]))

    def weight(self, term: Term) -> N:
        """How much a term counts, 1 where nobody says."""
        return self.get(_WEIGHT_NAMES[term], 1.0)

    def priority(self, aspect: str) -> N:
        """How much an aspect counts, 1 where nobody says."""
        return self.get(_priority_name(aspect), 1.0)

    def unknown(self, aspect: str) -> Estimate[N]:
        """The wide belief of an aspect of which nothing is known, percent of pay.

        >>> Numbers().unknown("role")
        Estimate(mean=-1.0, sd=12.0)
        >>> Numbers().unknown("canteen")
        Estimate(mean=0.0, sd=5.0)
        """
        spread = _SPREAD_NAMES.get(aspect)
        if spread is None:
            return Estimate(0.0, self["other_spread"])
        mean = self["unknown_mean"]
        # The company's culture and the team share what was argued for as one.
        half = aspect in ("culture", "team")
        return Estimate(0.5 * mean if half else mean, self[spread])

    def stage(self, number: int, kind: StageKind, name: str) -> N:
        """A number of a stage: the stated one, else the default of its kind.

        Args:
            number: Of the stage, from 0; -1 for desk research put first.
            kind: Of the stage.
            name: Of the number, such as ``"hours"``.
        """
        own, default = _stage_names(number, kind, name)
        stated = self.get(own)
        return self[default] if stated is None else stated

    def influence(self, number: int, meets: Seniority) -> N:
        """How much the person met in a stage counts in one's field, against a manager.

        Args:
            number: Of the stage, from 0; -1 for desk research put first.
            meets: Their seniority; its default counts where nobody stated a factor.
        """
        stated = self.get(f"stages[{number}].influence")
        return self[f"influence.{meets}"] if stated is None else stated

    def reveals(self, number: int, kind: StageKind, aspect: str) -> N:
        """The share of what is unknown of an aspect that a stage shows, 0 to 1.

        Args:
            number: Of the stage, from 0; -1 for desk research put first.
            kind: Of the stage; its default counts where nobody stated a share.
            aspect: Any; those not listed for the kind share one default.
        """
        name, default = _share_names(number, kind, aspect)
        stated = self.get(name)
        return self[default] if stated is None else stated
