"""How to act up to a date: stages on their days, and what decides then."""

from datetime import date
from typing import ClassVar

from attrs import field, frozen

from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._results.tables import Tabular


@frozen(kw_only=True)
class DatedStage:
    """One stage to go to before a date, if all goes on until then.

    Attributes:
        on: The day.
        opportunity: Name of the opportunity.
        stage: Title of the stage.
        above: Go while you believe in a fit above this, percent of pay; -inf: in any
            case.
    """

    on: date
    opportunity: str
    stage: str
    above: PercentOfPay


@frozen(kw_only=True)
class LapseLimit:
    """How good one opportunity must come to look for an offer to be let go.

    Attributes:
        opportunity: Name of the opportunity.
        above: Let the offer lapse if you then believe in a fit above this, percent of
            pay, all others as now; inf: no fit is enough.
    """

    opportunity: str
    above: PercentOfPay


@frozen(kw_only=True)
class WeeklyLimit:
    """A limit that holds in one week, where the outside option changes on a date.

    Attributes:
        on: The first day of the week; the present day for the first.
        above: Go to the stage while you believe in a fit above this, or accept an offer
            from it on, percent of pay; -inf: in any case.
        opportunity: Name of the opportunity; empty for an offer of any.
        stage: Title of the stage; empty for an offer.
    """

    on: date
    above: PercentOfPay
    opportunity: str = ""
    stage: str = ""


@frozen(kw_only=True)
class DeadlineRule(Tabular):
    """What to do up to a date, and what decides on it.

    Attributes:
        on: The last day to answer.
        offers: Names of the offers that end then; none if another thing changes.
        stages: To go to before, in order.
        limits: Of each opportunity that runs.
        rest_value: What the search without the offer is worth as things stand, hours.
        value: Of this rule, hours.
        standard_error: Of *value*, hours; 0 if nothing was drawn.
        upper: What no rule exceeds, hours.
        method: How it was found: ``"today"``, ``"index"``, ``"joint"``, ``"single"``,
            ``"pair"`` or ``"draws"``.
    """

    _row_name: ClassVar[str] = "stages"

    on: date
    offers: tuple[str, ...]
    stages: tuple[DatedStage, ...]
    limits: tuple[LapseLimit, ...]
    rest_value: Worth
    value: Worth
    standard_error: Worth = 0.0
    upper: Worth = field(default=0.0)
    method: str = "joint"
