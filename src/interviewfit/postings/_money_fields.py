"""Pay from the fields of a posting that hold money: numbers, numbers in text, or words.

What belongs together often stands apart, such as an amount in one field and its
currency in another. Each is looked for where the caller says, and none is made up.
"""

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from interviewfit._reading.text import clean_line, truncate
from interviewfit.postings._fields import FieldReader
from interviewfit.postings._money_text import (
    CONTRADICTORY,
    find_currency,
    is_decimal,
    parse_interval,
    parse_pay,
)
from interviewfit.postings._posting import Interval, Pay


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
        interval_keys: Where the time may stand, such as "YEAR" or "2 WEEK"; the first
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
    text = reader.text(*interval_keys) if interval_keys else ""
    interval = parse_interval(text)
    if text and interval is None:
        reader.warn(f"{interval_keys[0]} is {text[:40]!r}, not a time that pay is for.")
    per, count = interval or (None, 1.0)
    return MoneyUnit(currency="".join(codes), per=per, count=count, loose=loose)


def read_range(
    reader: FieldReader,
    low_keys: tuple[str, ...],
    high_keys: tuple[str, ...],
    unit: MoneyUnit,
) -> tuple[Pay, ...]:
    """A range of pay from the fields of its two ends; nothing if neither is stated.

    Args:
        reader: The object that has the fields.
        low_keys, high_keys: Where each end may stand; ends the wrong way round are
            exchanged.
        unit: What the amounts are counted in.
    """
    low, high = (
        None if end is None else end * unit.scale / unit.count
        for end in (reader.amount(*low_keys), reader.amount(*high_keys))
    )
    if low is None and high is None:
        return ()
    if low is not None and high is not None:
        low, high = sorted((low, high))
    currency, per, loose = unit.currency, unit.per, unit.loose
    return (Pay(low=low, high=high, currency=currency, per=per, loose=loose),)


def read_pays(
    reader: FieldReader, keys: tuple[str, ...], unit: MoneyUnit
) -> Iterator[Pay]:
    """Yield every pay under the first key that has a value, be it a number or a text.

    What a text does not say comes from the fields beside it.

    Args:
        reader: The object that has the fields; keeps a warning where a text is not
            understood or contradicts them.
        keys: Where pay may stand.
        unit: What the amounts are counted in, as the fields have it.
    """
    key = next((key for key in keys if reader.values(key)), "")
    for value in reader.values(key):
        if isinstance(value, Mapping):
            continue
        if not isinstance(value, str) or is_decimal(value):
            yield from read_range(reader.inner({key: value}, key), (key,), (key,), unit)
            continue
        pay, complaint = parse_pay(truncate(clean_line(value)))
        if pay is None:
            reader.warn(complaint)
            continue
        codes = dict.fromkeys(filter(None, (pay.currency, unit.currency)))
        if len(codes) > 1:
            reader.warn(f"Two currencies are stated, {' and '.join(codes)}.")
            codes = {CONTRADICTORY: None}
        pay = evolve(pay, currency="".join(codes), loose=pay.loose or unit.loose)
        if pay.per is None and unit.per is not None:
            low, high = (
                None if end is None else end / unit.count for end in (pay.low, pay.high)
            )
            pay = evolve(pay, low=low, high=high, per=unit.per)
        yield pay
