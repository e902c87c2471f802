"""What a person has said or done that tells how much they care about each aspect."""

from collections.abc import Mapping
from functools import cached_property
from typing import TypeAlias

from attrs import field, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import (
    Entries,
    check_aspect,
    check_flag,
    instance_check,
    short_repr,
    to_float,
    to_float_mapping,
    to_one_line,
)
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.parameters import bounds
from interviewfit._model.units import Attribute, PercentOfPay, refusal
from interviewfit._model.vocabulary import Phase

_PERCENT = bounds("<aspect>.mean")
_JOB = Entries(_PERCENT)


@frozen(kw_only=True)
class JobChoice:
    """One job chosen over another: the answer to "A or B?".

    Attributes:
        chosen: What the chosen job has, by aspect: percent of pay that most people
            would give up for it, against the present job. An aspect that is not named
            is as in the present job.
        rejected: The same of the other job.

    Raises:
        InvalidFieldError: If a number is out of its range, an aspect is a known one
            misspelt, or both jobs are the same.

    >>> JobChoice(chosen={"commute": 13}, rejected={"pay": 8}).differences
    {'commute': 13.0, 'pay': -8.0}
    """

    chosen: Mapping[str, PercentOfPay] = field(
        converter=to_float_mapping, validator=_JOB
    )
    rejected: Mapping[str, PercentOfPay] = field(
        converter=to_float_mapping, validator=_JOB
    )

    __repr__ = short_repr

    @rejected.validator
    def _check_difference(
        self, attribute: Attribute, value: Mapping[str, PercentOfPay]
    ) -> None:
        """Refuse two jobs that are the same.

        Args:
            attribute, value: The field and what came for it, as attrs passes them.

        Raises:
            InvalidFieldError: If they differ in no aspect.
        """
        if not self.differences:
            expected = "another job than the chosen one"
            remedy = "Say in which aspect they differ, such as {'pay': 8}."
            raise refusal(self, attribute, expected, dict(value), remedy)

    @cached_property
    def differences(self) -> Mapping[str, PercentOfPay]:
        """By how much the chosen job is better in each aspect in which they differ."""
        aspects = dict.fromkeys((*self.chosen, *self.rejected))
        pairs = {
            name: self.chosen.get(name, 0.0) - self.rejected.get(name, 0.0)
            for name in aspects
        }
        return freeze({name: number for name, number in pairs.items() if number})

    @classmethod
    def between(cls, chosen: Assessment, rejected: Assessment) -> "JobChoice":
        """The choice between two jobs that were assessed, by what is believed of each.

        Args:
            chosen, rejected: What ``assess`` returned of each.

        Raises:
            InvalidFieldError: If one is no assessment, or nothing tells them apart.
        """
        described = []
        for name, answer in (("chosen", chosen), ("rejected", rejected)):
            check_assessment(answer, f"JobChoice.between({name})")
            beliefs = compile_problem(answer.decision).posterior.beliefs
            described.append({aspect: now.mean for aspect, now in beliefs.items()})
        return cls(chosen=described[0], rejected=described[1])


@frozen(kw_only=True)
class TradeOff:
    """How much pay somebody would give up for a change in another aspect.

    Attributes:
        aspect: What changes; not pay.
        change: By how much it gets better, percent of pay that most people would give
            up for it, below 0 if it gets worse. A way to work of 15 minutes instead of
            45 is 13.
        pay: What the person would give up, percent of pay; below 0 if they would want
            more for a change to the worse.

    Raises:
        InvalidFieldError: If a number is out of its range, *change* is 0, or *aspect*
            is pay or a known one misspelt.

    >>> TradeOff(aspect="commute", change=13, pay=20)
    TradeOff(aspect='commute', change=13.0, pay=20.0)
    """

    aspect: str = field(converter=to_one_line, validator=check_aspect)
    change: PercentOfPay = field(converter=to_float, validator=_PERCENT)
    pay: PercentOfPay = field(converter=to_float, validator=_PERCENT)

    __repr__ = short_repr

    @aspect.validator
    def _check_aspect(self, attribute: Attribute, value: str) -> None:
        """Refuse pay, which is what the others are measured by.

        Args:
            attribute, value: The field and what came for it, as attrs passes them.

        Raises:
            InvalidFieldError: If it is pay.
        """
        if value == "pay":
            remedy = "Name what the pay would be given up for."
            raise refusal(self, attribute, "an aspect other than pay", value, remedy)

    @change.validator
    def _check_change(self, attribute: Attribute, value: PercentOfPay) -> None:
        """Refuse a change of nothing.

        Args:
            attribute, value: The field and what came for it, as attrs passes them.

        Raises:
            InvalidFieldError: If it is 0.
        """
        if not value:
            remedy = "Say by how much the aspect would get better."
            raise refusal(self, attribute, "a change other than 0", value, remedy)


@frozen(kw_only=True)
class PastDecision:
    """What somebody once did about an opportunity: stayed in, or left.

    Attributes:
        opportunity: As it looked then, at the position at which it was decided.
        stayed: Whether they went on with it, or accepted the offer.

    Raises:
        InvalidFieldError: If *opportunity* is none, or the process was over.
    """

    opportunity: Opportunity = field(validator=instance_check(Opportunity))
    stayed: bool = field(validator=check_flag)

    __repr__ = short_repr

    @opportunity.validator
    def _check_position(self, attribute: Attribute, value: Opportunity) -> None:
        """Refuse an opportunity about which nothing was left to decide.

        Args:
            attribute, value: The field and what came for it, as attrs passes them.

        Raises:
            InvalidFieldError: If it had rejected the candidate.
        """
        if value.position.phase is Phase.REJECTED:
            expected = "at a position at which one could stay or leave"
            remedy = "Leave out processes that the firm ended."
            raise refusal(self, attribute, expected, value.position, remedy)


Choice: TypeAlias = JobChoice | TradeOff | PastDecision
"""Whatever tells something of priorities."""
