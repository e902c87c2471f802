"""Posted pay, and what it says against the candidate's own.

With p the middle of what is posted, h half its width and y the present salary, all a
year and in one currency, the reading of the aspect pay is

    value = 100 * (p / y - 1)                                       percent of pay
    noise = 100 / y * sqrt(h**2 / 3 + p**2 * (slack**2 + loose**2 + hours**2))

A range is read as uniform, whose standard deviation is h / sqrt(3). The slack is how
far offers stray from what was posted. Loose is added where the figure is only one end
of a range, an estimate, or what one might earn on target. Hours is how little is known
of a year's hours where an hourly or daily rate is set against one by the month or year:
the standard deviation of a uniform distribution over the range of its prior, and 0
where ``Assumptions`` state the number. Nothing is converted between currencies.
"""

from collections.abc import Mapping
from enum import StrEnum
from math import fsum, sqrt

from attrs import Attribute, field, frozen
from attrs.validators import optional

from interviewfit._model.beliefs import Reading
from interviewfit._model.fields import maybe_number, number
from interviewfit._model.priors import PRIORS, Assumptions
from interviewfit._model.units import Between, member
from interviewfit.errors import InvalidFieldError

__all__ = ["LEAST_MONEY", "MOST_MONEY", "Interval", "Pay", "Salary", "span", "weigh"]


class Interval(StrEnum):
    """What time a pay is for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_WEEKS = 365.2425 / 7
"""Weeks in a mean year of the Gregorian calendar."""

_RESTS_ON: Mapping[Interval, frozenset[str]] = {
    Interval.HOUR: frozenset({"hours_per_year"}),
    Interval.DAY: frozenset({"hours_per_year", "hours_per_day"}),
    Interval.WEEK: frozenset(),
    Interval.MONTH: frozenset(),
    Interval.YEAR: frozenset(),
}
"""Which priors a year of each rests on; the others are facts of the calendar."""

_LEAST_NOISE = 1e-3
"""Percent of pay; a reading needs some, even if every prior is set to 0."""

LEAST_MONEY, MOST_MONEY = 1e-4, 1e15
"""What a cell may state; a sum beyond is no pay in any currency."""

# Cents and fortnights move the ends a little beyond what a cell may state.
_check_amount = Between(1e-9, 1e18)


def _interval(value: Interval | str) -> Interval:
    return member(Interval, value, "per")


def _maybe_interval(value: Interval | str | None) -> Interval | None:
    return None if value is None else _interval(value)


def _code(value: str) -> str:
    return value.strip().upper() if isinstance(value, str) else value


def _check_code(owner: object, attribute: "Attribute[str]", value: object) -> None:
    known = isinstance(value, str) and len(value) == 3 and value.isascii()
    if not (known and str(value).isalpha()):
        where = f"{type(owner).__name__}.{attribute.name}"
        expected = "three letters of ISO 4217"
        raise InvalidFieldError(where, expected, value, "Write USD, EUR or GBP.")


def _check_maybe_code(
    owner: object, attribute: "Attribute[str]", value: object
) -> None:
    if value != "":
        _check_code(owner, attribute, value)


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
    currency: str = field(converter=_code, validator=_check_code)
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
    currency: str = field(default="", converter=_code, validator=_check_maybe_code)
    per: Interval | None = field(default=None, converter=_maybe_interval)
    loose: bool = False

    @high.validator
    def _check_ends(self, _: "Attribute[float | None]", value: float | None) -> None:
        if self.low is None and value is None:
            raise InvalidFieldError("Pay.low", "stated if Pay.high is not", None)
        if self.low is not None and value is not None and self.low > value:
            expected = f"at least Pay.low, {self.low:,.10g}"
            raise InvalidFieldError("Pay.high", expected, value)

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends; the one stated stands for the other."""
        low = self.high if self.low is None else self.low
        high = self.low if self.high is None else self.high
        # The check sees to it that one of them is stated.
        assert low is not None and high is not None  # noqa: S101, PT018  # for types
        return low, high

    def __str__(self) -> str:
        """As one would write it."""
        parts = [f"{one:,.10g}" for one in dict.fromkeys(self.ends)]
        text = " to ".join(parts)
        if self.low is None or self.high is None:
            text = f"{'up to' if self.low is None else 'from'} {text}"
        text = f"{text} {self.currency}".rstrip()
        return text if self.per is None else f"{text} per {self.per.value}"


def span(
    first: float | None,
    second: float | None,
    currency: str = "",
    per: Interval | None = None,
    loose: bool = False,
) -> Pay | None:
    """Pay from two ends, the right way round; None if neither is stated.

    >>> print(span(60_000, 50_000, "EUR", Interval.YEAR))
    50,000 to 60,000 EUR per year
    """
    if first is None and second is None:
        return None
    if first is not None and second is not None and first > second:
        first, second = second, first
    return Pay(low=first, high=second, currency=currency, per=per, loose=loose)


def weigh(pay: Pay, salary: Salary | None, assumptions: Assumptions) -> Reading | str:
    """What posted pay says against the present salary, or a sentence on what is missing.

    >>> own = Salary(amount=50_000, currency="EUR")
    >>> job = Pay(low=50_000, high=60_000, currency="EUR", per="year")
    >>> seen = weigh(job, own, Assumptions())
    >>> print(f"{seen.value:.1f} {seen.noise:.2f}")
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
    own = salary.amount * _per_year(salary.per, assumptions)
    ratio = _middle(pay) * _per_year(pay.per, assumptions) / own
    most = assumptions["absurd_pay"]
    if not 1 / most <= ratio <= most:
        return _absurd(pay, pay.per, ratio, most, assumptions)
    low, high = pay.ends
    spread = (high - low) / (high + low) / sqrt(3)
    loose = pay.loose or pay.low is None or pay.high is None
    parts = [
        spread,
        assumptions["pay_slack"],
        assumptions["loose_pay"] if loose else 0.0,
        *(
            _unsure(name, assumptions)
            for name in sorted(_RESTS_ON[pay.per] ^ _RESTS_ON[salary.per])
        ),
    ]
    noise = 100 * ratio * sqrt(fsum(one * one for one in parts))
    return Reading(
        aspect="pay",
        value=100 * (ratio - 1),
        noise=max(noise, _LEAST_NOISE),
        note=f"posted: {pay}",
    )


def _middle(pay: Pay) -> float:
    low, high = pay.ends
    return low + (high - low) / 2


def _per_year(per: Interval, assumptions: Assumptions) -> float:
    hours = assumptions["hours_per_year"]
    match per:
        case Interval.HOUR:
            return hours
        case Interval.DAY:
            return hours / assumptions["hours_per_day"]
        case Interval.WEEK:
            return _WEEKS
        case Interval.MONTH:
            return 12.0
        case Interval.YEAR:
            return 1.0


def _unsure(name: str, assumptions: Assumptions) -> float:
    """How little is known of a prior, relative to it; 0 once it is stated."""
    if name in assumptions.numbers:
        return 0.0
    prior = PRIORS[name]
    return (prior.high - prior.low) / sqrt(12) / prior.value


def _absurd(
    pay: Pay, per: Interval, ratio: float, most: float, assumptions: Assumptions
) -> str:
    """Which other interval would make sense of it, as a hint; it is not chosen."""
    year = _per_year(per, assumptions)
    likely = [
        one.value
        for one in Interval
        if 1 / most <= ratio * _per_year(one, assumptions) / year <= most
    ]
    hint = f" Is it per {' or '.join(likely)}?" if likely else ""
    times = f"{ratio:,.4g} times" if ratio > 1 else f"1/{1 / ratio:,.4g} of"
    return f"Pay of {pay} is not weighed: it would be {times} your salary.{hint}"
