"""How much each term of a value counts for a candidate."""

from attrs import field, frozen

from interviewfit._model.fields import short_repr, to_float
from interviewfit._model.parameters import bounds
from interviewfit._model.units import Factor

_WEIGHT = bounds("weights.<term>")


@frozen(kw_only=True)
class Weights:
    """How much each term counts, 1 as priced, 0 not at all; never negative.

    Attributes:
        offer: The job itself.
        networking: People met.
        practice: Getting better at interviews.
        hidden_role: Another opening at the same firm.
        referral: Goodwill from naming somebody better suited when leaving.
        time: One's hours. 2.3: an hour is worth 2.3 ordinary ones.
        bail: Harm from walking out in mid-interview.
        declining: Cost of turning down a recruiter one depends on.
        courtesy: Hours that interviewers spend.

    Raises:
        InvalidFieldError: If a weight is negative or not finite.
    """

    offer: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    networking: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    practice: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    hidden_role: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    referral: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    time: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    bail: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    declining: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)
    courtesy: Factor = field(default=1.0, converter=to_float, validator=_WEIGHT)

    __repr__ = short_repr
