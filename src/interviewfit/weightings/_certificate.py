"""What was found out about all weightings within limits."""

from collections.abc import Mapping

import numpy as np
from attrs import field, frozen

from interviewfit._model.frozen_dict import freeze
from interviewfit._model.units import Factor, Worth, number_of
from interviewfit._model.vocabulary import Action
from interviewfit._results.tables import Tabular
from interviewfit._text.amounts import hours_of
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.html import show_lines


@frozen(kw_only=True, repr=False)
class Certificate(Tabular):
    """Whether the advice holds for every weighting within limits. Made by ``certify``.

    Attributes:
        action: The advice at the present weighting, as far as the limits allow it.
        holds: Whether it is the best action for every weighting; None if neither that
            was proved nor a weighting found that turns it.
        lead: The least lead over the next best action, hours; if it holds, none within
            the limits is smaller. Below 0 at the weighting that turns it.
        limits: Of each number, by name (``list_inputs``).
        turned_by: The weighting that turns the advice, by name; only the numbers that
            have to differ from the present ones. Empty if it holds.
        turned_to: The best action there; None if it holds.
        labels: What each number is, in words, by name.
        evaluations: Number of weightings that were evaluated.
    """

    action: Action
    holds: bool | None
    lead: Worth
    limits: Mapping[str, tuple[Factor, Factor]] = field(converter=freeze)
    turned_by: Mapping[str, Factor] = field(converter=freeze)
    turned_to: Action | None
    labels: Mapping[str, str] = field(converter=freeze)
    evaluations: int

    def __repr__(self) -> str:
        words = {True: "holds", False: "can turn", None: "not decided"}[self.holds]
        limits = number_of(len(self.limits), "limit")
        return f"<Certificate: {self.action.value} {words} in {limits}>"

    def __str__(self) -> str:
        advice = HEADLINES[self.action]
        limits = ", ".join(
            f"{self.labels[name]} {low:.3g} to {high:.3g} times"
            for name, (low, high) in self.limits.items()
        )
        if self.holds:
            words = f"{advice}, whatever you care about within these limits: {limits}."
            if np.isfinite(self.lead):
                words += f" It leads by {hours_of(self.lead)} or more."
            return words
        if self.holds is None:
            return (
                f"{advice} is not proved for all weightings within these limits: "
                f"{limits}. None of the {self.evaluations:,} that were tried turns it."
            )
        changes = ", ".join(
            f"{self.labels[name]} {number:.3g} times"
            for name, number in self.turned_by.items()
        )
        turned = HEADLINES[self.turned_to] if self.turned_to else ""
        return f"{advice} turns into {turned} if these count so much: {changes}."

    _repr_html_ = show_lines
