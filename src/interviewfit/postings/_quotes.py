"""Cells that hold money, as pay: numbers, numbers in text, or words.

What belongs together often stands apart, as an amount here and its currency there;
each part is looked for where the caller says, and none is made up.
"""

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from interviewfit._reading.text import clean_line, truncate
from interviewfit.postings._amounts import is_number, read_amounts
from interviewfit.postings._cells import FieldReader
from interviewfit.postings._currencies import CONTRADICTORY, currency_of
from interviewfit.postings._intervals import interval_of
from interviewfit.postings._pay import Interval, Pay, span

__all__ = ["MoneyUnit", "currency_in", "range_in", "unit_in", "words_in"]


@frozen(kw_only=True)
class MoneyUnit:
    """What amounts are counted in.

    Attributes:
        currency: Its code, or empty.
        per: The time they are for, if it is stated.
        count: How many of it, such as 2 weeks.
        scale: Money for each 1 of the number, such as .01 for cents.
        loose: Whether they are estimates.
    """

    currency: str = ""
    per: Interval | None = None
    count: float = 1.0
    scale: float = 1.0
    loose: bool = False


def currency_in(entry: FieldReader, *keys: str) -> str:
    """The one currency that some cells name, or that they contradict each other."""
    found: dict[str, str] = {}
    for key in keys:
        text = entry.text(key)
        if not text:
            continue
        code = currency_of(text)
        if code:
            found.setdefault(code, key)
        elif code is None:
            entry.warn(f"{key} is {text[:40]!r}, not a currency of ISO 4217.")
    if len(found) > 1:
        entry.warn(f"Two currencies are stated, {' and '.join(found)}.")
        return CONTRADICTORY
    return next(iter(found), "")


def unit_in(entry: FieldReader, *keys: str, unit: MoneyUnit) -> MoneyUnit:
    """A unit with the time that the first of some cells names."""
    text = entry.text(*keys)
    if not text:
        return unit
    found = interval_of(text)
    if found is None:
        entry.warn(f"{keys[0]} is {text[:40]!r}, not a time that pay is for.")
        return unit
    return evolve(unit, per=found[0], count=found[1])


def range_in(
    entry: FieldReader, low: tuple[str, ...], high: tuple[str, ...], unit: MoneyUnit
) -> Pay | None:
    """A range from its two ends; None if neither is stated."""
    first, second = (
        None if end is None else end * unit.scale / unit.count
        for end in (entry.amount(*low), entry.amount(*high))
    )
    return span(first, second, unit.currency, unit.per, unit.loose)


def words_in(entry: FieldReader, *keys: str, unit: MoneyUnit) -> Iterator[Pay]:
    """Every amount under the first key that is there: a number, or a text to be read."""
    key = next((one for one in keys if entry.cells(one)), "")
    for cell in entry.cells(key):
        if isinstance(cell, Mapping):
            continue
        single = FieldReader({key: cell}, entry.path)
        single.warnings = entry.warnings
        if isinstance(cell, str) and not is_number(cell):
            found, why = read_amounts(truncate(clean_line(cell)))
            if why:
                entry.warn(why)
            if found is not None:
                yield _fill(entry, found, unit)
        else:
            pay = range_in(single, (key,), (key,), unit)
            if pay is not None:
                yield pay


def _fill(entry: FieldReader, pay: Pay, unit: MoneyUnit) -> Pay:
    """What a text does not say is taken from the cells beside it."""
    if pay.currency and unit.currency and pay.currency != unit.currency:
        entry.warn(f"Two currencies are stated, {pay.currency} and {unit.currency}.")
        pay = evolve(pay, currency=CONTRADICTORY)
    elif not pay.currency:
        pay = evolve(pay, currency=unit.currency)
    if pay.per is not None or unit.per is None:
        return evolve(pay, loose=pay.loose or unit.loose)
    return evolve(
        pay,
        low=None if pay.low is None else pay.low / unit.count,
        high=None if pay.high is None else pay.high / unit.count,
        per=unit.per,
        loose=pay.loose or unit.loose,
    )
