"""Hours, percent, chances and money as an answer shows them."""

from collections.abc import Sequence
from math import floor, isfinite, log10

from interviewfit._model.money import Money
from interviewfit._model.units import Worth, rounded

_MOST_NOTES = 3
# What is left of a sure chance after rounding errors.
_SURE = 1.0 - 1e-9


def hours_of(worth: Worth) -> str:
    """Hours with one digit."""
    return f"{rounded(worth, 1):,.1f} h"


def signed(worth: Worth) -> str:
    """A number of hours with its sign and one digit, without a unit.

    >>> signed(1234.56), signed(-0.04)
    ('+1,234.6', '+0.0')
    """
    return f"{rounded(worth, 1):+,.1f}"


def percent_of(fit: float) -> str:
    """Whole percent with a sign."""
    return f"{rounded(fit):+,.0f} %"


def share_of(chance: float) -> str:
    """A chance in percent; 0 and 100 % stand for what is certain.

    >>> share_of(0.0), share_of(0.004), share_of(0.125), share_of(0.996)
    ('0 %', 'under 1 %', '12 %', 'over 99 %')
    """
    if 0.0 < chance < 0.01:
        return "under 1 %"
    return "over 99 %" if 0.995 <= chance < _SURE else f"{rounded(100 * chance):.0f} %"


def value_of(worth: Worth, price: Money | None) -> str:
    """A value in hours, with money beside it where a salary is known.

    Args:
        worth: Hours.
        price: What an hour of value is worth; None without a salary.

    >>> value_of(12.04, Money(amount=35, currency="EUR", per="hour"))
    '12.0 h (about 420 EUR)'
    >>> value_of(12.04, None)
    '12.0 h'
    """
    hours, money = hours_of(worth), money_of(worth, price)
    return f"{hours} (about {money})" if money else hours


def money_of(worth: Worth, price: Money | None) -> str:
    """A value in money, two digits; empty without a salary or a value to speak of.

    Args:
        worth: Hours of value, against staying where one is.
        price: What an hour of value is worth; None without a salary.

    >>> money_of(-1.1, Money(amount=36.11, currency="EUR", per="hour"))
    '-40 EUR'
    """
    if price is None or not isfinite(worth) or not rounded(worth, 1):
        return ""
    return f"{_two_digits(worth * price.amount)} {price.currency}"


def money_line(price: Money) -> str:
    """What an hour is worth in money, and why, in a sentence.

    >>> money_line(Money(amount=36.11, currency="EUR", per="hour"))
    'In money: an hour counts about 36 EUR, your salary for an hour of work before tax.'
    """
    amount = f"{_two_digits(price.amount)} {price.currency}"
    return (
        f"In money: an hour counts about {amount}, your salary for an hour of work "
        "before tax."
    )


def shortened(notes: Sequence[str]) -> list[str]:
    """The first notes on an answer, and how many more there are.

    >>> shortened(["a.", "b.", "c.", "d."])
    ['a.', 'b.', 'c. 1 more in `notes`.']
    """
    shown, more = list(notes[:_MOST_NOTES]), len(notes) - _MOST_NOTES
    return [*shown[:-1], f"{shown[-1]} {more} more in `notes`."] if more > 0 else shown


def years_of(years: float) -> str:
    """A number of years, in words up to three.

    >>> years_of(2.0), years_of(2.5)
    ('two years', '2.5 years')
    """
    shown = f"{years:.3g}"
    return {"1": "one year", "2": "two years", "3": "three years"}.get(
        shown, f"{shown} years"
    )


def _two_digits(amount: float) -> str:
    """A number other than 0 with its first two digits, written out."""
    digits = 1 - floor(log10(abs(amount)))
    return f"{rounded(amount, digits):,.{max(0, digits)}f}"


def left_out(count: int, where: str) -> str:
    """How many more there are, and where all of them stand; nothing for none.

    Args:
        count: How many are not named.
        where: The attribute of the answer that has all.

    >>> left_out(3, "unknown"), left_out(0, "unknown")
    (' and 3 more (all in `unknown`)', '')
    """
    return f" and {count:,} more (all in `{where}`)" if count > 0 else ""


def joined(parts: Sequence[str]) -> str:
    """Words or clauses with commas, and *and* before the last.

    >>> joined(["pay"]), joined(["pay", "role", "team"])
    ('pay', 'pay, role and team')
    """
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last
