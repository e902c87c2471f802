"""Pay in money becomes percent of pay, and hours of value become money.

The value of a decision is counted in hours, and an aspect in percent of pay. Pay in
money becomes a reading of the aspect pay, and a value in hours is shown as money too.

With p the middle of the stated pay, h half its width and y the present salary, all for
a year and in one currency, the reading of the aspect pay is

    value = 100 * (p / y - 1)                                       percent of pay
    noise = 100 / y * sqrt(h**2 / 3 + p**2 * (slack**2 + loose**2 + hours**2))

A range is read as uniform, whose standard deviation is h / sqrt(3). The slack is how
far offers stray from what was stated before; an offer on the table has none. Loose is
added where the figure is only one end of a range, an estimate, or what one might earn
on target. Hours is the doubt about the hours of a year where an hourly or daily rate is
compared with one by the month or year: the standard deviation of a uniform distribution
over the range of its prior, and 0 where ``Assumptions`` state the number. No currency
is converted into another.

One percent of pay over T years is y / 100 * T in money and H / 100 * T in hours, with H
the hours of work in a year. So an hour of value is worth y / H, the candidate's pay for
an hour of work, before tax and whatever T is. It is one ordinary hour: the weight of
time says how many of these an hour of the candidate's counts for, and is in the value.
"""

from collections.abc import Mapping
from math import fsum, inf, sqrt

from attrs import frozen

from interviewfit._model.beliefs import Reading
from interviewfit._model.money import (
    CONTRADICTORY,
    LARGEST_AMOUNT,
    LEAST_AMOUNT,
    Interval,
    Money,
    Pay,
)
from interviewfit._model.parameters import PARAMETERS, PRIORS
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Attribute, PercentOfPay, refusal

WEEKS_PER_YEAR = 365.2425 / 7
"""In a mean year of the Gregorian calendar."""
MIN_NOISE = 1e-3
"""Percent of pay; a reading needs some, even if every prior is set to 0."""
_LEAST_YEAR = 100.0
"""A year's work earns more in every currency that wages are paid in."""

PAY_NOTE = "in money: "
"""What the note of a reading begins with that was made of pay in money."""

LARGEST_NOISE = PARAMETERS["signals[<number>].noise"].high
"""Percent of pay; no reading says less."""

_PRIORS_OF: Mapping[Interval, frozenset[str]] = {
    Interval.HOUR: frozenset({"hours_per_year"}),
    Interval.DAY: frozenset({"hours_per_year", "hours_per_day"}),
}
"""The priors that a year of each depends on; the other times are of the calendar."""


@frozen
class PayObstacle:
    """Why pay in money cannot be compared with a salary.

    Attributes:
        reason: A clause, such as ``"your present salary is missing"``.
        remedy: What to do, a sentence or a question.
    """

    reason: str
    remedy: str


def to_range(pay: Money | Pay) -> Pay:
    """An amount of money as a range whose ends are the same; a range as it is."""
    if isinstance(pay, Pay):
        return pay
    amount = pay.amount
    return Pay(low=amount, high=amount, currency=pay.currency, per=pay.per)


def _times_per_year(assumptions: Assumptions) -> Mapping[Interval, float]:
    """How many hours, days, weeks, months and years of work a year has."""
    hours, hours_per_day = assumptions["hours_per_year"], assumptions["hours_per_day"]
    return {
        Interval.HOUR: hours,
        Interval.DAY: hours / hours_per_day if hours_per_day else inf,
        Interval.WEEK: WEEKS_PER_YEAR,
        Interval.MONTH: 12.0,
        Interval.YEAR: 1.0,
    }


def check_salary(owner: object, attribute: Attribute, value: object) -> None:
    """Pass an amount of money that a year of work can earn.

    Args:
        owner, attribute, value: The record, its field and what came for it, as attrs
            passes them to every validator.

    Raises:
        InvalidFieldError: If it is no amount of money, or one so small that it is
            written in thousands or for another time.
    """
    if not isinstance(value, Money):
        remedy = 'Write Money(amount=65_000, currency="EUR", per="year").'
        raise refusal(owner, attribute, "an amount of money", value, remedy)
    if value.amount * _times_per_year(Assumptions())[value.per] < _LEAST_YEAR:
        expected = f"at least {_LEAST_YEAR:g} {value.currency} for a year's work"
        remedy = "Write the whole amount, as 65000 for 65k, and the time it is for."
        raise refusal(owner, attribute, expected, str(value), remedy)


def check_pay(owner: object, attribute: Attribute, value: object) -> None:
    """Pass money that says its currency and the time it is for.

    Args:
        owner, attribute, value: The record, its field and what came for it, as attrs
            passes them to every validator.

    Raises:
        InvalidFieldError: If it is no money, or leaves its currency or time open.
    """
    if isinstance(value, Money):
        return
    remedy = 'Write Money(amount=65_000, currency="EUR", per="year") or Pay(low=...).'
    if not isinstance(value, Pay):
        raise refusal(owner, attribute, "money", value, remedy)
    if value.currency in {"", CONTRADICTORY} or value.per is None:
        expected, remedy = "money of a currency, for a time", "State both."
        raise refusal(owner, attribute, expected, str(value), remedy)


def hour_price(salary: Money | None, assumptions: Assumptions) -> Money | None:
    """What an hour of value is worth: the salary for an hour of work, before tax.

    Args:
        salary: What the candidate earns now; None if that is not stated.
        assumptions: Hours of a year and of a day.

    Returns:
        None without a salary, or if a year has no hours of work.

    >>> print(hour_price(Money(amount=63_000, currency="EUR"), Assumptions()))
    35 EUR per hour
    """
    hours = assumptions["hours_per_year"]
    if salary is None or not hours:
        return None
    amount = salary.amount * _times_per_year(assumptions)[salary.per] / hours
    usable = LEAST_AMOUNT <= amount <= LARGEST_AMOUNT
    return (
        Money(amount=amount, currency=salary.currency, per="hour") if usable else None
    )


def _ratios(
    pay: Pay, salary: Money, assumptions: Assumptions, share: float
) -> Mapping[Interval, float]:
    """The middle of a pay over a salary, for each time that the pay may be for.

    Args:
        pay, salary: As stated.
        assumptions: Hours of a year and of a day.
        share: Of a full year that the job takes; it scales pay by the hour and day.
    """
    low, high = pay.ends
    times = dict(_times_per_year(assumptions))
    year = salary.amount * times[salary.per]
    if not year:
        return dict.fromkeys(Interval, inf)
    times |= {per: times[per] * share for per in (Interval.HOUR, Interval.DAY)}
    return {per: (low + (high - low) / 2) * times[per] / year for per in Interval}


def largest_ratio(assumptions: Assumptions) -> float:
    """How many times the salary a pay may be, or the salary the pay."""
    largest_value = PARAMETERS["signals[<number>].value"].high
    return min(assumptions["absurd_pay"], 1 + largest_value / 100)


def ratio_of_unit(salary: Money, assumptions: Assumptions) -> Mapping[Interval, float]:
    """One unit of money over the salary, for each time that it may be for.

    Args:
        salary: In the same currency.
        assumptions: Hours of a year and of a day.
    """
    unit = Pay(low=1.0, high=1.0, currency=salary.currency)
    return _ratios(unit, salary, assumptions, 1.0)


def relative_doubt(
    per: Interval,
    salary: Money,
    assumptions: Assumptions,
    *,
    is_offer: bool,
    is_loose: bool,
) -> float:
    """The variance of a pay over its square, its width as a range aside.

    Args:
        per: The time that the pay is for.
        salary: With which it is compared.
        assumptions: How far off a figure may be.
        is_offer: Whether it is the pay of an offer on the table.
        is_loose: Whether the figure is only one end of a range, or an estimate.
    """
    relative_sds = [
        0.0 if is_offer else assumptions["pay_slack"],
        assumptions["loose_pay"] if is_loose else 0.0,
    ]
    doubtful = _PRIORS_OF.get(per, set()) ^ _PRIORS_OF.get(salary.per, set())
    for name in sorted(doubtful - assumptions.numbers.keys()):
        # The standard deviation of a uniform prior over its value.
        prior = PRIORS[name]
        relative_sds.append((prior.high - prior.low) / sqrt(12) / prior.value)
    return fsum(sd * sd for sd in relative_sds)


def pay_reading(
    pay: Pay,
    salary: Money | None,
    assumptions: Assumptions,
    *,
    is_offer: bool = False,
    share: float = 1.0,
) -> Reading | PayObstacle:
    """What pay in money says about the aspect pay, or why the two cannot be compared.

    The reading is in percent of pay, by the formula at the head of this module.

    Args:
        pay: As stated.
        salary: What the candidate earns now; None if that is not stated.
        assumptions: Hours of a year, and the noise of what is stated.
        is_offer: Whether it is the pay of an offer on the table, which strays no more.
        share: Of a full year that a part-time job takes, above 0 and at most 1.
    """
    if salary is None:
        remedy = "Add it to the candidate: salary=Money(...)."
        return PayObstacle("your present salary is missing", remedy)
    if not pay.currency:
        return PayObstacle("its currency is not stated", "State it.")
    if pay.currency != salary.currency:
        remedy = f"Convert it into {salary.currency} at the rate of today."
        reason = f"your salary is in {salary.currency}, and no rate of exchange is"
        return PayObstacle(f"{reason} assumed", remedy)
    if pay.per is None:
        return PayObstacle("per hour, month or year is not stated", "State it.")
    ratios = _ratios(pay, salary, assumptions, share)
    # A reading says no more than eleven times the salary, whatever is assumed.
    largest = largest_ratio(assumptions)
    ratio = ratios[pay.per]
    if not 1 / largest <= ratio <= largest:
        likely = [per.value for per in ratios if 1 / largest <= ratios[per] <= largest]
        fold = f"{ratio:,.4g} times" if ratio > 1 else f"1/{1 / ratio:,.4g} of"
        remedy = f"Is it per {' or '.join(likely)}?" if likely else "Check both."
        return PayObstacle(f"it would be {fold} your salary", remedy)
    low, high = pay.ends
    doubt = relative_doubt(
        pay.per, salary, assumptions, is_offer=is_offer, is_loose=pay.is_loose
    )
    width = (high - low) / (high + low) / sqrt(3)
    noise: PercentOfPay = 100 * ratio * sqrt(fsum([width * width, doubt]))
    noise = min(max(noise, MIN_NOISE), LARGEST_NOISE)
    source = "offered" if is_offer else "posted"
    return Reading(
        aspect="pay", value=100 * (ratio - 1), noise=noise, note=f"{source}: {pay}"
    )
