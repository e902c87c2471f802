"""Posted pay, and what it says compared with the candidate's own.

With p the middle of what is posted, h half its width and y the present salary, all for
a year and in one currency, the reading of the aspect pay is

    value = 100 * (p / y - 1)                                       percent of pay
    noise = 100 / y * sqrt(h**2 / 3 + p**2 * (slack**2 + loose**2 + hours**2))

A range is read as uniform, whose standard deviation is h / sqrt(3). The slack is how
far offers stray from what was posted. Loose is added where the figure is only one end
of a range, an estimate, or what one might earn on target. Hours is the doubt about the
hours of a year where an hourly or daily rate is compared with one by the month or year:
the standard deviation of a uniform distribution over the range of its prior, and 0
where ``Assumptions`` state the number. No currency is converted into another.
"""

from collections.abc import Mapping
from math import fsum, inf, sqrt

from attrs import Attribute, field, frozen
from attrs.validators import optional

from interviewfit._model.beliefs import Reading
from interviewfit._model.fields import maybe_number, number
from interviewfit._model.priors import PRIORS, Assumptions
from interviewfit._model.units import Between, member
from interviewfit.errors import InvalidFieldError
from interviewfit.postings._money_units import Interval

__all__ = [
    "MAX_AMOUNT",
    "MIN_AMOUNT",
    "Pay",
    "Salary",
    "make_pay",
    "pay_reading",
    "to_currency",
]

_WEEKS_PER_YEAR = 365.2425 / 7
"""In a mean year of the Gregorian calendar."""

_PRIORS_OF: Mapping[Interval, frozenset[str]] = {
    Interval.HOUR: frozenset({"hours_per_year"}),
    Interval.DAY: frozenset({"hours_per_year", "hours_per_day"}),
}
"""The priors that a year of each depends on; the other times are of the calendar."""

_MIN_NOISE = 1e-3
"""Percent of pay; a reading needs some, even if every prior is set to 0."""

MIN_AMOUNT, MAX_AMOUNT = 1e-4, 1e15
"""What a field may state; a sum beyond is no pay in any currency."""

# Cents and fortnights move the ends a little beyond what a field may state.
_check_amount = Between(1e-9, 1e18)


def _interval(value: Interval | str) -> Interval:
    return member(Interval, value, "per")


def _maybe_interval(value: Interval | str | None) -> Interval | None:
    return None if value is None else _interval(value)


def to_currency(value: str) -> str:
    """A code in capitals and without spaces; what is no text is left as it is."""
    return value.strip().upper() if isinstance(value, str) else value


def _check_currency(owner: object, attribute: "Attribute[str]", value: object) -> None:
    """Refuse what is no three letters, or not the empty text where that is the default.

    Args:
        owner: The record.
        attribute: Its field.
        value: What it is to hold.

    Raises:
        InvalidFieldError: If *value* is refused.
    """
    is_code = isinstance(value, str) and value.isascii() and value.isalpha()
    if value != attribute.default and not (is_code and len(str(value)) == 3):
        where = f"{type(owner).__name__}.{attribute.name}"
        expected = "three letters of ISO 4217"
        raise InvalidFieldError(where, expected, value, "Write USD, EUR or GBP.")


@frozen(kw_only=True)
class Salary:
    """What the candidate earns now, before tax.

    Attributes:
        amount: Money, above 0.
        currency: Three letters of ISO 4217, such as ``"EUR"``.
        per: The time it is for.

    Raises:
        InvalidFieldError: If *amount* is not a number above 0 or *currency* no code.

    >>> Salary(amount=85_000, currency="eur").currency
    'EUR'
    """

    amount: float = field(converter=number, validator=_check_amount)
    currency: str = field(converter=to_currency, validator=_check_currency)
    per: Interval = field(default=Interval.YEAR, converter=_interval)


@frozen(kw_only=True)
class Pay:
    """What a posting says of pay, in its own words: nothing added or converted.

    Attributes:
        low: Lower end, above 0; None if only the upper end is stated.
        high: Upper end; None if only the lower one is stated.
        currency: Three letters of ISO 4217; empty if it does not say, ``"XXX"``
            (no currency) if it says two.
        per: The time it is for; None if it does not say.
        loose: Whether it is not the employer's plain word on base pay but an
            estimate or what one might earn on target.

    Raises:
        InvalidFieldError: If neither end is stated, one is not above 0, or the
            lower is above the upper.

    >>> print(Pay(low=50_000, currency="EUR", per="year"))
    from 50,000 EUR per year
    """

    low: float | None = field(
        default=None, converter=maybe_number, validator=optional(_check_amount)
    )
    high: float | None = field(
        default=None, converter=maybe_number, validator=optional(_check_amount)
    )
    currency: str = field(default="", converter=to_currency, validator=_check_currency)
    per: Interval | None = field(default=None, converter=_maybe_interval)
    loose: bool = False

    def __attrs_post_init__(self) -> None:
        """Check one end against the other.

        Raises:
            InvalidFieldError: If neither is stated, or the lower is above the upper.
        """
        if self.low is None and self.high is None:
            raise InvalidFieldError("Pay.low", "stated if Pay.high is not", None)
        low, high = self.ends
        if low > high:
            raise InvalidFieldError("Pay.high", f"at least Pay.low, {low:,.10g}", high)

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends; if only one is stated, it stands for both."""
        low = self.high if self.low is None else self.low
        high = self.low if self.high is None else self.high
        # A check of the record ensures that one of them is stated.
        assert low is not None and high is not None  # noqa: S101, PT018  # for types
        return low, high

    @property
    def is_loose(self) -> bool:
        """Whether it is loose, or states one end only."""
        return self.loose or self.low is None or self.high is None

    def __str__(self) -> str:
        """The range as one would write it."""
        text = " to ".join(f"{end:,.10g}" for end in dict.fromkeys(self.ends))
        if self.low is None or self.high is None:
            text = f"{'up to' if self.low is None else 'from'} {text}"
        text = f"{text} {self.currency}".rstrip()
        return text if self.per is None else f"{text} per {self.per.value}"


def make_pay(
    first: float | None,
    second: float | None,
    currency: str = "",
    per: Interval | None = None,
    loose: bool = False,
) -> Pay | None:
    """Pay from two ends in either order; None if neither is stated.

    Args:
        first: One end, above 0, or None.
        second: The other end, likewise.
        currency: Its code; empty if it is not stated.
        per: The time it is for; None if it is not stated.
        loose: Whether it is an estimate.

    >>> print(make_pay(60_000, 50_000, "EUR", Interval.YEAR))
    50,000 to 60,000 EUR per year
    """
    if first is None and second is None:
        return None
    if first is not None and second is not None and first > second:
        first, second = second, first
    return Pay(low=first, high=second, currency=currency, per=per, loose=loose)


def pay_reading(
    pay: Pay, salary: Salary | None, assumptions: Assumptions
) -> Reading | str:
    """What posted pay says about the aspect pay, or a sentence on what is missing.

    Args:
        pay: As posted.
        salary: What the candidate earns now; None if that is not stated.
        assumptions: Hours of a year, and the noise of what is posted.

    Returns:
        A reading in percent of pay, by the formula at the head of this module.

    >>> present = Salary(amount=50_000, currency="EUR")
    >>> posted = Pay(low=50_000, high=60_000, currency="EUR", per="year")
    >>> reading = pay_reading(posted, present, Assumptions())
    >>> print(f"{reading.value:.1f} {reading.noise:.2f}")
    10.0 6.65
    """
    if salary is None:
        return f"Pay of {pay} is not weighed: your present salary is missing."
    if not pay.currency:
        return f"Pay of {pay} is not weighed: its currency is not stated."
    if pay.currency != salary.currency:
        return (
            f"Pay of {pay} is not weighed: your salary is in {salary.currency}, "
            "and no rate of exchange is assumed."
        )
    if pay.per is None:
        return f"Pay of {pay} is not weighed: per hour, month or year is not stated."
    low, high = pay.ends
    times = _times_per_year(assumptions)
    year = salary.amount * times[salary.per]
    # The ratio for each time that the posted pay may be for.
    ratios = {per: (low + (high - low) / 2) * times[per] / year for per in Interval}
    ratio = ratios[pay.per]
    largest = assumptions["absurd_pay"]
    if not 1 / largest <= ratio <= largest:
        return _absurd_pay(pay, ratios, largest)
    relative_sds = [
        (high - low) / (high + low) / sqrt(3),
        assumptions["pay_slack"],
        assumptions["loose_pay"] if pay.is_loose else 0.0,
    ]
    doubtful = _PRIORS_OF.get(pay.per, set()) ^ _PRIORS_OF.get(salary.per, set())
    for name in sorted(doubtful - assumptions.numbers.keys()):
        # The standard deviation of a uniform prior over its value.
        prior = PRIORS[name]
        relative_sds.append((prior.high - prior.low) / sqrt(12) / prior.value)
    noise = 100 * ratio * sqrt(fsum(sd * sd for sd in relative_sds))
    return Reading(
        aspect="pay",
        value=100 * (ratio - 1),
        noise=max(noise, _MIN_NOISE),
        note=f"posted: {pay}",
    )


def _times_per_year(assumptions: Assumptions) -> dict[Interval, float]:
    """How many hours, days, weeks and months of pay a year has."""
    hours, hours_per_day = assumptions["hours_per_year"], assumptions["hours_per_day"]
    return {
        Interval.HOUR: hours,
        Interval.DAY: hours / hours_per_day if hours_per_day else inf,
        Interval.WEEK: _WEEKS_PER_YEAR,
        Interval.MONTH: 12.0,
        Interval.YEAR: 1.0,
    }


def _absurd_pay(pay: Pay, ratios: Mapping[Interval, float], largest: float) -> str:
    """The sentence that pay is too far from the salary, and what may be meant.

    Args:
        pay: As posted.
        ratios: Pay over salary, for each time that the pay may be for.
        largest: The largest ratio that is not absurd, above 1.
    """
    ratio = ratios[pay.per or Interval.YEAR]
    likely = [per.value for per in Interval if 1 / largest <= ratios[per] <= largest]
    hint = f" Is it per {' or '.join(likely)}?" if likely else ""
    times = f"{ratio:,.4g} times" if ratio > 1 else f"1/{1 / ratio:,.4g} of"
    return f"Pay of {pay} is not weighed: it would be {times} your salary.{hint}"
