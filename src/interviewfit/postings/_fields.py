"""One posting as it came, read field by field.

A ``FieldReader`` looks under the keys that a format uses, takes what it finds there
however it is written, and keeps as warnings what it could not understand.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from interviewfit._model.units import LONGEST_TEXT
from interviewfit._reading.dates import timestamp_date
from interviewfit._reading.text import clean_line, short_repr, truncate
from interviewfit.postings._coercion import flatten, to_flag
from interviewfit.postings._money_text import is_decimal, parse_amount
from interviewfit.postings._pay import MAX_AMOUNT, MIN_AMOUNT

__all__ = ["FieldReader"]

_TEXT_KEYS = (
    "@value", "name", "legalName", "text", "title", "label", "location", "value",
)  # fmt: skip
"""Where an object keeps what it would be called if it were plain text."""


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

    def __init__(
        self,
        tree: Mapping[str, Any],
        path: str,
        warnings: dict[str, None] | None = None,
    ) -> None:
        """Read from a tree.

        Args:
            tree: Values by key.
            path: JSON path of the tree in its document.
            warnings: Where to keep warnings; a new dictionary by default.
        """
        self.tree = tree
        self.path = path
        self.warnings = {} if warnings is None else warnings

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
        """Everything under the first key that has a value, as a flat list."""
        lists = (list(flatten(self.tree.get(key))) for key in keys)
        return next(filter(None, lists), [])

    def children(self, *keys: str) -> list["FieldReader"]:
        """The objects among the values."""
        return [
            self.inner(value, keys[0])
            for value in self.values(*keys)
            if isinstance(value, Mapping)
        ]

    def child(self, *keys: str) -> "FieldReader":
        """The first object among the values, or an empty one."""
        return next(iter(self.children(*keys)), self.inner({}, keys[0]))

    def texts(self, *keys: str) -> tuple[str, ...]:
        """All texts under the first key that has any, without repetitions."""
        for key in keys:
            texts = dict.fromkeys(self._text(key, value) for value in self.values(key))
            if any(texts):
                return tuple(filter(None, texts))
        return ()

    def listed_texts(self, *keys: str) -> tuple[str, ...]:
        """The texts, parted at commas."""
        words = (word.strip() for text in self.texts(*keys) for word in text.split(","))
        return tuple(filter(None, dict.fromkeys(words)))

    def text(self, *keys: str) -> str:
        """All texts joined by "; "; empty if there is none."""
        return self._cut(keys[0], "; ".join(self.texts(*keys)))

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
                return ""
            case int() | float() if abs(value) < MAX_AMOUNT:
                return f"{value:.15g}"
            case date():
                return value.isoformat()
            case _:
                return ""

    def _cut(self, key: str, text: str) -> str:
        """A text, cut with a warning if it is too long for a record.

        Args:
            key: Where it stands, for the warning.
            text: The text.
        """
        if len(text) > LONGEST_TEXT:
            self.warn(
                f"{key} has {len(text):,} characters and was cut to {LONGEST_TEXT:,}."
            )
        return truncate(text)

    def flag(self, *keys: str) -> bool | None:
        """Yes or no; None if it is not stated."""
        for value in self.values(*keys)[:1]:
            flag = to_flag(value)
            if flag is None:
                self.warn(f"{keys[0]} is {short_repr(value)}, neither true nor false.")
            return flag
        return None

    def amount(self, *keys: str) -> float | None:
        """Money, above 0; None if it is not stated.

        A number below 0, such as -1, is how some sources say "none".
        """
        values = [item for item in self.values(*keys) if not isinstance(item, Mapping)]
        if not values:
            return None
        value = values[0]
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
        """A date: ISO 8601 with or without a time, or milliseconds since 1970."""
        for value in self.values(*keys)[:1]:
            day = timestamp_date(value)
            if day is None:
                self.warn(f"{keys[0]} is {short_repr(value)}, not a date of ISO 8601.")
            return day
        return None

    def count(self, *keys: str) -> int | None:
        """A whole number above 0, such as how many people are to be hired."""
        for value in self.values(*keys)[:1]:
            text = str(value).strip()[:20]
            number = float(text) if is_decimal(text) else 0.0
            if 1 <= number < MAX_AMOUNT and number == int(number):
                return int(number)
            shown = short_repr(value)
            self.warn(f"{keys[0]} is {shown}, not a whole number above 0.")
        return None

    def details(self, *keys: str) -> dict[str, str]:
        """The text under each key that has one, by key."""
        texts = {key: self.text(key) for key in keys}
        return {key: text for key, text in texts.items() if text}

    def prose(self, *keys: str) -> str:
        """A long text as it came, with its markup and lines; empty if there is none."""
        texts = (value for value in self.values(*keys) if isinstance(value, str))
        return next(texts, "").strip()

    def only(self, key: str, value: object) -> "FieldReader":
        """A reader like this one of a single value.

        Args:
            key: Where it stands.
            value: The value.
        """
        return FieldReader({key: value}, self.path, self.warnings)
