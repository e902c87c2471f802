"""Money: an amount for some time of work, and pay as a range.

``pay_conversion`` compares pay with a salary, and turns hours of value into money.
"""

from enum import StrEnum

from attrs import field, frozen
from attrs.validators import optional

from interviewfit._model.fields import to_float, to_optional_float
from interviewfit._model.units import Attribute, Between, member, refusal
from interviewfit.errors import InvalidFieldError

CONTRADICTORY = "XXX"  # the code of ISO 4217 for no currency
"""ISO's code for no currency, used where a posting states two."""


# Cents and fortnights move the ends a little beyond what a posting may state.
LEAST_AMOUNT, LARGEST_AMOUNT = 1e-9, 1e18
"""The smallest and the largest amount of money."""

_check_amount = Between(LEAST_AMOUNT, LARGEST_AMOUNT)


class Interval(StrEnum):
    """The time that a pay is for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_INTERVAL_REMEDIES = {
    "fortnight": "Halve the amount, and write 'week'.",
    "biweekly": "Halve the amount, and write 'week'.",
    "two weeks": "Halve the amount, and write 'week'.",
    "quarter": "Divide the amount by 3, and write 'month'.",
    **dict.fromkeys(("annum", "annual", "pa", "p.a."), "Write 'year'."),
}


def read_interval(value: Interval | str, where: str) -> Interval:
    """The time that pay is for.

    Args:
        value, where: A member or its text, and the field, for an error.

    Raises:
        InvalidFieldError: If it is no time that is known; two weeks get their remedy.
    """
    if remedy := _INTERVAL_REMEDIES.get(str(value)[:50].casefold()):
        expected = f"one of {', '.join(Interval)}"
        raise InvalidFieldError(where, expected, value, remedy)
    return member(Interval, value, where)


def _money_interval(value: Interval | str) -> Interval:
    return read_interval(value, "Money.per")


def _pay_interval(value: Interval | str | None) -> Interval | None:
    return None if value is None else read_interval(value, "Pay.per")


def to_currency(value: str) -> str:
    """A code in capitals and without spaces; what is no text is left as it is."""
    return value.strip().upper() if isinstance(value, str) else value


def check_currency(owner: object, attribute: Attribute, value: object) -> None:
    """Refuse what is no currency, or not the empty text where that is the default.

    Args:
        owner, attribute, value: The record, its field and what came for it, as attrs
            passes them to every validator.

    Raises:
        InvalidFieldError: If it is no code of a currency that wages are paid in.
    """
    # Imported when it is needed: most searches state no currency.
    from interviewfit._model.currencies import CURRENCIES, CURRENCY_SIGNS

    may_be_unknown = attribute.default == ""
    if isinstance(value, str) and (
        value in CURRENCIES or (may_be_unknown and value in {"", CONTRADICTORY})
    ):
        return
    signs = {sign.upper(): code for sign, code in CURRENCY_SIGNS.items()}
    code = signs.get(str(value)[:50])
    remedy = f"Write {code}." if code else "Write a code such as USD, EUR or GBP."
    expected = "the three letters of a currency in ISO 4217"
    raise refusal(owner, attribute, expected, value, remedy)


@frozen(kw_only=True)
class Money:
    """An amount of money for some time of work, before tax.

    Attributes:
        amount: Above 0.
        currency: Three letters of ISO 4217, such as ``"EUR"``.
        per: The time it is for: hour, day, week, month or year.

    Raises:
        InvalidFieldError: If *amount* is not a number above 0, *currency* no code or
            *per* none of these times.

    >>> print(Money(amount=65_000, currency="eur", per="year"))
    65,000 EUR per year
    """

    amount: float = field(converter=to_float, validator=_check_amount)
    currency: str = field(converter=to_currency, validator=check_currency)
    per: Interval = field(default=Interval.YEAR, converter=_money_interval)

    def __str__(self) -> str:
        """The amount as people write it."""
        return f"{self.amount:,.10g} {self.currency} per {self.per.value}"


@frozen(kw_only=True)
class Pay:
    """Pay as a range, as it is stated: nothing added or converted.

    Attributes:
        low, high: The ends, above 0; None for one that is not stated.
        currency: Three letters of ISO 4217; empty if it does not say, ``"XXX"`` (no
            currency) if it says two.
        per: The time it is for; None if it does not say.
        loose: Whether it is not the employer's plain word on base pay but an estimate
            or what one might earn on target.

    Raises:
        InvalidFieldError: If neither end is stated, one is not above 0, or the lower is
            above the upper.

    >>> print(Pay(low=50_000, currency="EUR", per="year"))
    from 50,000 EUR per year
    """

    low: float | None = field(
        default=None, converter=to_optional_float, validator=optional(_check_amount)
    )
    high: float | None = field(
        default=None, converter=to_optional_float, validator=optional(_check_amount)
    )
    currency: str = field(default="", converter=to_currency, validator=check_currency)
    per: Interval | None = field(default=None, converter=_pay_interval)
    loose: bool = False

    def __attrs_post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise InvalidFieldError("Pay.low", "stated if Pay.high is not", None)
        low, high = self.ends
        if low > high:
            expected = f"at least Pay.low, {low:,.10g}"
            raise InvalidFieldError("Pay.high", expected, high, "Swap the two ends.")

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends; if only one is stated, it stands for both."""
        stated = [end for end in (self.low, self.high) if end is not None]
        # A check of the record ensures that there is one.
        return stated[0], stated[-1]

    @property
    def is_loose(self) -> bool:
        """Whether it is loose, or states one end only."""
        return self.loose or self.low is None or self.high is None

    def __str__(self) -> str:
        """The range as people write it."""
        text = " to ".join(f"{end:,.10g}" for end in dict.fromkeys(self.ends))
        if self.low is None or self.high is None:
            text = f"{'up to' if self.low is None else 'from'} {text}"
        text = f"{text} {self.currency}".rstrip()
        return text if self.per is None else f"{text} per {self.per.value}"
