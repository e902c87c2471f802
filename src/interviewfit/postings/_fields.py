"""One posting as it came, read field by field.

A ``FieldReader`` looks under the keys that a format uses and keeps as warnings what it
could not understand. The same fact comes as text, a number, a list, an object or JSON
inside text; a missing value comes as null, "", "n/a" or NaN. What belongs together may
stand apart, such as an amount in one field and its currency in another: each is looked
for where the caller says, and none is made up.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import islice
from math import inf
from numbers import Real
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen

from interviewfit._model.money import CONTRADICTORY, Interval, Pay
from interviewfit._model.units import LONGEST_TEXT
from interviewfit._reading.dates import local_date, timestamp_date
from interviewfit._reading.lenient_json import read_json
from interviewfit._reading.text import clean_line, short_repr, truncate, writable
from interviewfit.errors import DecodeError
from interviewfit.postings._money_text import (
    find_currency,
    is_decimal,
    parse_amount,
    parse_pay,
)
from interviewfit.postings._pay_times import parse_interval
from interviewfit.postings._posting import MAX_AMOUNT, MIN_AMOUNT

_TEXT_KEYS = (
    "@value", "name", "legalName", "text", "title", "label", "location", "value",
)  # fmt: skip
"""Where an object keeps what it would be called if it were plain text."""
_MISSING = frozenset(
    {
        *("", "-", "--", "<na>", "n/a", "na", "nan", "nat", "none", "null"),
        *("undefined", "unavailable", "not available", "not applicable"),
        *("not specified", "unspecified"),
    }
)
_FLAGS = {
    "true": True, "yes": True, "y": True, "1": True, "1.0": True,
    "false": False, "no": False, "n": False, "0": False, "0.0": False,
}  # fmt: skip
_MAX_INTEGER = 1e300
_MOST_VALUES = 100


def normalise(value: object, opened: bool = False) -> Any:
    """A value as JSON would have it; None for all that means "missing".

    Args:
        value: A cell of a frame, or a value of JSON.
        opened: Whether it comes out of JSON inside text. Such JSON is parsed once, so
            that text inside it stays text.

    >>> [normalise(cell) for cell in ("n/a", float("nan"), '["a", "b"]', 3)]
    [None, None, ['a', 'b'], 3]
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    normal: Any = None
    match value:
        case str() if value.strip().lower() not in _MISSING:
            normal, bare = value, value.strip()
            if not opened and (bare[0], bare[-1]) in (("{", "}"), ("[", "]")):
                with suppress(DecodeError):
                    normal = read_json(bare, "cell")
        case int() if abs(value) > _MAX_INTEGER:
            normal = inf if value > 0 else None
        case bool() | int() | Mapping() | list():
            return value
        case tuple() | set() | frozenset():
            return list(value)
        case date():
            normal = value
        case Real() | Decimal():
            with suppress(ValueError):  # a signalling not-a-number
                try:
                    normal = float(value)
                except OverflowError:
                    normal = inf
    # Not-a-number and not-a-time differ from themselves.
    return normal if normal == normal else None  # noqa: PLR0124  # NaN


def flatten(value: object, opened: bool = False) -> Iterator[Any]:
    """The normalised values in a value, lists inside lists opened up.

    Args:
        value: A cell, or a list of any depth.
        opened: Whether it comes out of JSON inside text, as in ``normalise``.
    """
    normal = normalise(value, opened)
    opened = opened or (isinstance(value, str) and normal is not value)
    if isinstance(normal, list):
        for item in normal:
            yield from flatten(item, opened)
    elif normal is not None:
        yield normal


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


@define
class FieldReader:
    """One posting as it came, or an object inside it.

    Its methods take the keys under which different versions of a format keep the same
    thing. Only the first key that has a value counts.

    Attributes:
        tree: Its values by key.
        path: Its JSON path in the document.
        warnings: What could not be understood, one sentence each. An object inside a
            posting shares the warnings of the posting.
    """

    tree: Mapping[str, Any]
    path: str
    warnings: dict[str, None] = field(factory=dict)

    def warn(self, sentence: str) -> None:
        """Keep a sentence among the warnings, once."""
        self.warnings[sentence] = None

    def inner(self, tree: Mapping[str, Any], key: str) -> "FieldReader":
        """A reader of an object inside this one, which shares its warnings.

        Args:
            tree: The object.
            key: Where it stands.
        """
        return FieldReader(tree, f"{self.path}.{key}", self.warnings)

    def values(self, *keys: str) -> list[Any]:
        """What stands under the first key that has a value, as a flat list.

        At most 100 values are read, because a document may name one list often.
        """
        for key in keys:
            # A table has a cell under each of its keys, and most of them are empty.
            cell = self.tree.get(key)
            if cell is None or (isinstance(cell, str) and not cell):
                continue
            if values := list(islice(flatten(cell), _MOST_VALUES + 1)):
                if len(values) > _MOST_VALUES:
                    self.warn(f"{key} has over {_MOST_VALUES} values; they were cut.")
                return values[:_MOST_VALUES]
        return []

    def children(self, key: str) -> list["FieldReader"]:
        """The objects among the values."""
        values = self.values(key)
        return [self.inner(item, key) for item in values if isinstance(item, Mapping)]

    def child(self, key: str) -> "FieldReader":
        """The first object among the values, or an empty one."""
        return next(iter(self.children(key)), self.inner({}, key))

    def texts(self, *keys: str) -> tuple[str, ...]:
        """All texts under the first key that has any, without repetitions."""
        for key in keys:
            texts = dict.fromkeys([self._text(key, v) for v in self.values(key)])
            if told := tuple(filter(None, texts)):
                return told
        return ()

    def listed_texts(self, *keys: str) -> tuple[str, ...]:
        """The texts, parted at commas."""
        words = (word.strip() for text in self.texts(*keys) for word in text.split(","))
        return tuple(filter(None, dict.fromkeys(words)))

    def text(self, *keys: str) -> str:
        """All texts joined by "; "; empty if there is none."""
        texts = self.texts(*keys)
        return self._cut(keys[0], "; ".join(texts)) if texts else ""

    def joined(self, *keys: str) -> str:
        """The text under each key that has one, joined by ", "."""
        return ", ".join(filter(None, map(self.text, keys)))

    def _text(self, key: str, value: object) -> str:
        """A value as text on one line; empty if it has no text.

        Args:
            key: Where it stands, for the warning.
            value: A normalised value; of an object the text that names it.
        """
        if isinstance(value, Mapping):
            names = self.inner(value, key).values(*_TEXT_KEYS)
            plain = (name for name in names if not isinstance(name, Mapping))
            value = next(plain, None)
        match value:
            case str():
                return self._cut(key, clean_line(value))
            case bool():
                self.warn(f"{key} is {value}, which says nothing.")
            case int() | float() if abs(value) < MAX_AMOUNT:
                return f"{value:.15g}"
            case date():
                return value.isoformat()
        return ""

    def _cut(self, key: str, text: str) -> str:
        """A text, cut with a warning if it is too long for a record.

        Args:
            key: Where it stands, for the warning.
            text: The text.
        """
        if len(text) > LONGEST_TEXT:
            size = f"{len(text):,} characters"
            self.warn(f"{key} has {size} and was cut to {LONGEST_TEXT:,}.")
        return truncate(text)

    def flag(self, *keys: str) -> bool | None:
        """Yes or no; None if it is not stated."""
        for value in self.values(*keys)[:1]:
            flag = _FLAGS.get(str(value)[:10].strip().lower())
            if flag is None:
                self.warn(f"{keys[0]} is {short_repr(value)}, neither true nor false.")
            return flag
        return None

    def amount(self, *keys: str) -> float | None:
        """Money, above 0; None if it is not stated.

        A number below 0, such as -1, is how some sources say "none".
        """
        values = (item for item in self.values(*keys) if not isinstance(item, Mapping))
        value = next(values, None)
        if value is None:
            return None
        if isinstance(value, str):
            value, complaint = parse_amount(clean_line(value))
            if value is None:
                self.warn(f"{keys[0]} is {complaint}.")
                return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.warn(f"{keys[0]} is {short_repr(value)}, not an amount.")
        elif value == 0:
            self.warn(f"{keys[0]} is 0 and was taken as not stated.")
        elif value > 0 and not MIN_AMOUNT <= value <= MAX_AMOUNT:
            self.warn(f"{keys[0]} is beyond any pay and was left out.")
        elif value > 0:
            return float(value)
        return None

    def day(self, *keys: str) -> date | None:
        """A date: ISO 8601, milliseconds since 1970, or words that leave no doubt."""
        for value in self.values(*keys)[:1]:
            day = timestamp_date(value)
            if day is None and isinstance(value, str) and not value[:4].isdecimal():
                day = local_date(value)
            if day is None:
                self.warn(f"{keys[0]} is {short_repr(value)}, not a date of ISO 8601.")
            return day
        return None

    def count(self, *keys: str) -> int | None:
        """A whole number above 0, such as how many people are to be hired."""
        for value in self.values(*keys)[:1]:
            text = str(value).strip()[:20]
            number = float(text) if is_decimal(text) else 0.0
            if 1 <= number < MAX_AMOUNT and number.is_integer():
                return int(number)
            self.warn(f"{keys[0]} is {short_repr(value)}, not a whole number above 0.")
        return None

    def details(self, *keys: str) -> dict[str, str]:
        """The text under each key that has one, by key."""
        texts = {key: self.text(key) for key in keys}
        return {key: text for key, text in texts.items() if text}

    def prose(self, *keys: str) -> str:
        """A long text as it came, with its markup and lines; empty if there is none."""
        texts = (value for value in self.values(*keys) if isinstance(value, str))
        return writable(next(texts, "").strip())

    def money_unit(
        self,
        currency_keys: tuple[str, ...],
        interval_keys: tuple[str, ...] = (),
        loose: bool = False,
    ) -> MoneyUnit:
        """The currency and the time that some fields name.

        Args:
            currency_keys: Where a currency may stand. All are read; if they contradict
                each other, the unit has no currency (``"XXX"``).
            interval_keys: Where the time may stand, such as "YEAR" or "2 WEEK"; the
                first that has a text counts.
            loose: Whether the amounts are estimates.
        """
        codes = []
        for key in currency_keys:
            text = self.text(key)
            code = find_currency(text)
            if text and code is None:
                self.warn(f"{key} is {text[:40]!r}, not a currency of ISO 4217.")
            codes.append(code)
        text = self.text(*interval_keys) if interval_keys else ""
        interval = parse_interval(text)
        if text and interval is None:
            key = interval_keys[0]
            self.warn(f"{key} is {text[:40]!r}, not a time that pay is for.")
        per, count = interval or (None, 1.0)
        currency = self._single_currency(codes)
        return MoneyUnit(currency=currency, per=per, count=count, loose=loose)

    def _single_currency(self, codes: Iterable[str | None]) -> str:
        """The currency that is stated; none (``"XXX"``) with a warning if two are."""
        stated = dict.fromkeys(filter(None, codes))
        if len(stated) > 1:
            self.warn(f"Two currencies are stated, {' and '.join(stated)}.")
            return CONTRADICTORY
        return "".join(stated)

    def pay_range(
        self,
        low_keys: tuple[str, ...],
        high_keys: tuple[str, ...],
        unit: MoneyUnit,
    ) -> tuple[Pay, ...]:
        """A range of pay from the fields of its two ends; nothing if neither is stated.

        Args:
            low_keys, high_keys: Where each end may stand; ends the wrong way round are
                exchanged.
            unit: What the amounts are counted in.
        """
        low, high = (
            None if end is None else end * unit.scale / unit.count
            for end in (self.amount(*low_keys), self.amount(*high_keys))
        )
        if low is None and high is None:
            return ()
        if low is not None and high is not None:
            low, high = sorted((low, high))
        currency, per, loose = unit.currency, unit.per, unit.loose
        return (Pay(low=low, high=high, currency=currency, per=per, loose=loose),)

    def pays(self, keys: tuple[str, ...], unit: MoneyUnit) -> Iterator[Pay]:
        """Yield every pay under the first key that has a value: a number or a text.

        Args:
            keys: Where pay may stand.
            unit: What the amounts are counted in, as the fields beside them have it; it
                counts where a text does not say, and a contradiction is a warning.
        """
        key = next((key for key in keys if self.values(key)), "")
        for value in self.values(key):
            if isinstance(value, Mapping):
                continue
            if not isinstance(value, str) or is_decimal(value):
                yield from self.inner({key: value}, key).pay_range((key,), (key,), unit)
                continue
            pay, complaint = parse_pay(truncate(clean_line(value)))
            if pay is None:
                self.warn(complaint)
                continue
            currency = self._single_currency((pay.currency, unit.currency))
            pay = evolve(pay, currency=currency, loose=pay.loose or unit.loose)
            if pay.per is None and unit.per is not None:
                ends = (pay.low, pay.high)
                low, high = (None if end is None else end / unit.count for end in ends)
                pay = evolve(pay, low=low, high=high, per=unit.per)
            yield pay
