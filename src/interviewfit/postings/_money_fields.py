"""Pay from the fields of a posting that hold money: numbers, numbers in text, or words.

What belongs together often stands apart, such as an amount in one field and its
currency in another. Each is looked for where the caller says, and none is made up.
"""

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from interviewfit._reading.text import clean_line, truncate
from interviewfit.postings._fields import FieldReader
from interviewfit.postings._money_text import is_decimal, parse_pay
from interviewfit.postings._money_units import (
    CONTRADICTORY,
    Interval,
    find_currency,
    parse_interval,
)
from interviewfit.postings._pay import Pay, make_pay

__all__ = ["MoneyUnit", "read_money_unit", "read_pays", "read_range"]


@frozen(kw_only=True)
class MoneyUnit:
    """What the amounts of a posting are counted in.

    Attributes:
        currency: Its code, or empty.
        per: The time they are for, if it is stated.
        count: How many of it, such as 2 weeks.
        scale: Money for each 1 of the number, such as 0.01 for cents.
        loose: Whether the amounts are estimates.
    """

    currency: str = ""
    per: Interval | None = None
    count: float = 1.0
    scale: float = 1.0
    loose: bool = False


def read_money_unit(
    reader: FieldReader,
    currency_keys: tuple[str, ...],
    interval_keys: tuple[str, ...] = (),
    loose: bool = False,
) -> MoneyUnit:
    """The currency and the time that some fields name.

    Args:
        reader: The object that has the fields.
        currency_keys: Where a currency may stand. All are read; if they contradict
            each other, the unit has no currency (``"XXX"``).
        interval_keys: Where the time may stand, such as "YEAR" or "2 WEEK". The first
            that has a text counts.
        loose: Whether the amounts are estimates.
    """
    codes: dict[str, None] = {}
    for key in currency_keys:
        text = reader.text(key)
        code = find_currency(text)
        if code:
            codes[code] = None
        elif text and code is None:
            reader.warn(f"{key} is {text[:40]!r}, not a currency of ISO 4217.")
    if len(codes) > 1:
        reader.warn(f"Two currencies are stated, {' and '.join(codes)}.")
        codes = {CONTRADICTORY: None}
    unit = MoneyUnit(currency="".join(codes), loose=loose)
    text = reader.text(*interval_keys) if interval_keys else ""
    interval = parse_interval(text)
    if interval is not None:
        return evolve(unit, per=interval[0], count=interval[1])
    if text:
        reader.warn(f"{interval_keys[0]} is {text[:40]!r}, not a time that pay is for.")
    return unit


def read_range(
    reader: FieldReader,
    low_keys: tuple[str, ...],
    high_keys: tuple[str, ...],
    unit: MoneyUnit,
) -> Pay | None:
    """A range of pay from the fields of its two ends; None if neither is stated.

    Args:
        reader: The object that has the fields.
        low_keys: Where the lower end may stand.
        high_keys: Where the upper end may stand.
        unit: What the amounts are counted in.
    """
    low, high = (
        None if end is None else end * unit.scale / unit.count
        for end in (reader.amount(*low_keys), reader.amount(*high_keys))
    )
    return make_pay(low, high, unit.currency, unit.per, unit.loose)


def read_pays(
    reader: FieldReader, keys: tuple[str, ...], unit: MoneyUnit
) -> Iterator[Pay]:
    """Every pay under the first key that has a value, be it a number or a text.

    Args:
        reader: The object that has the fields.
        keys: Where pay may stand.
        unit: What the amounts are counted in, where a text does not say.
    """
    key = next((key for key in keys if reader.values(key)), "")
    for value in reader.values(key):
        if isinstance(value, Mapping):
            continue
        if isinstance(value, str) and not is_decimal(value):
            pay, complaint = parse_pay(truncate(clean_line(value)))
            if complaint:
                reader.warn(complaint)
            if pay is not None:
                yield _fill_in(reader, pay, unit)
        else:
            pay = read_range(reader.only(key, value), (key,), (key,), unit)
            if pay is not None:
                yield pay


def _fill_in(reader: FieldReader, pay: Pay, unit: MoneyUnit) -> Pay:
    """Pay from a text; what the text does not say comes from the fields beside it.

    Args:
        reader: Keeps the warning if text and fields contradict each other.
        pay: As the text has it.
        unit: As the fields have it.
    """
    currency = pay.currency or unit.currency
    if pay.currency and unit.currency and pay.currency != unit.currency:
        reader.warn(f"Two currencies are stated, {pay.currency} and {unit.currency}.")
        currency = CONTRADICTORY
    pay = evolve(pay, currency=currency, loose=pay.loose or unit.loose)
    if pay.per is not None or unit.per is None:
        return pay
    return evolve(
        pay,
        low=None if pay.low is None else pay.low / unit.count,
        high=None if pay.high is None else pay.high / unit.count,
        per=unit.per,
    )
