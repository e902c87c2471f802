"""One posting as it came, asked for its facts.

An `FieldReader` looks under the keys a format uses, takes what stands there however it was
written, and remembers as warnings what it could not make sense of.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from interviewfit._model.units import LONGEST_TEXT
from interviewfit._reading.dates import timestamp_date
from interviewfit._reading.text import clean_line, short_repr, truncate
from interviewfit.postings._amounts import is_number, read_number
from interviewfit.postings._pay import LEAST_MONEY, MOST_MONEY
from interviewfit.postings._values import flag_of, flatten

__all__ = ["FieldReader"]

_NAMES = ("@value", "name", "legalName", "text", "title", "label", "location", "value")
"""Where an object keeps what it would be called if it were plain text."""


class FieldReader:
    """One posting as it came.

    Attributes:
        tree: Its cells.
        path: Where it stands in the document.
        warnings: What could not be made sense of, one sentence each.
    """

    def __init__(self, tree: Mapping[str, Any], path: str) -> None:
        self.tree = tree
        self.path = path
        self.warnings: dict[str, None] = {}

    def warn(self, sentence: str) -> None:
        """Remember a sentence, once."""
        self.warnings[sentence] = None

    def inner(self, tree: Mapping[str, Any], key: str) -> "FieldReader":
        """An object inside it; its warnings are ours."""
        found = FieldReader(tree, f"{self.path}.{key}")
        found.warnings = self.warnings
        return found

    def cells(self, *keys: str) -> list[Any]:
        """What stands under the first of the keys that is there, as a flat list."""
        for key in keys:
            found = list(flatten(self.tree.get(key)))
            if found:
                return found
        return []

    def entries(self, *keys: str) -> list["FieldReader"]:
        """The objects among those."""
        return [
            self.inner(one, keys[0])
            for one in self.cells(*keys)
            if isinstance(one, Mapping)
        ]

    def entry(self, *keys: str) -> "FieldReader":
        """The first object among those, or an empty one."""
        found = self.entries(*keys)
        return found[0] if found else self.inner({}, keys[0])

    def texts(self, *keys: str) -> tuple[str, ...]:
        """All texts under the first key that has any, none twice."""
        for key in keys:
            found = [self._text(key, one) for one in self.cells(key)]
            if any(found):
                return tuple(dict.fromkeys(one for one in found if one))
        return ()

    def kinds(self, *keys: str) -> tuple[str, ...]:
        """The same where one cell may hold several, with commas between them."""
        parts = [one.strip() for text in self.texts(*keys) for one in text.split(",")]
        return tuple(dict.fromkeys(one for one in parts if one))

    def text(self, *keys: str) -> str:
        """All of them in one; empty if there is none."""
        return self._short(keys[0], "; ".join(self.texts(*keys)))

    def _text(self, key: str, value: object) -> str:
        if isinstance(value, Mapping):
            inner = self.inner(value, key)
            found = next((inner.cells(one) for one in _NAMES if inner.cells(one)), [])
            value = next((one for one in found if not isinstance(one, Mapping)), None)
        match value:
            case str():
                return self._short(key, clean_line(value))
            case bool():
                self.warn(f"{key} is {value}, which says nothing.")
                return ""
            case int() | float() if abs(value) < MOST_MONEY:
                return f"{value:.15g}"
            case date():
                return value.isoformat()
            case _:
                return ""

    def _short(self, key: str, text: str) -> str:
        if len(text) > LONGEST_TEXT:
            self.warn(
                f"{key} has {len(text):,} characters and was cut to {LONGEST_TEXT:,}."
            )
        return truncate(text)

    def flag(self, *keys: str) -> bool | None:
        """Yes, no, or None if it does not say."""
        for one in self.cells(*keys):
            found = flag_of(one)
            if found is None:
                self.warn(f"{keys[0]} is {short_repr(one)}, neither true nor false.")
            return found
        return None

    def amount(self, *keys: str) -> float | None:
        """Money, above 0. Below 0, such as -1, is how some sources say "none"."""
        found = [one for one in self.cells(*keys) if not isinstance(one, Mapping)]
        if not found:
            return None
        value = found[0]
        if isinstance(value, str):
            value, why = read_number(clean_line(value))
            if value is None:
                self.warn(f"{keys[0]} is {why}.")
                return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.warn(f"{keys[0]} is {short_repr(value)}, not an amount.")
            return None
        if value == 0:
            self.warn(f"{keys[0]} is 0 and was taken as not stated.")
        elif value > 0 and not LEAST_MONEY <= value <= MOST_MONEY:
            self.warn(f"{keys[0]} is beyond any pay and was left out.")
        elif value > 0:
            return float(value)
        return None

    def day(self, *keys: str) -> date | None:
        """A date: ISO with or without a time, or milliseconds since 1970."""
        for one in self.cells(*keys):
            found = timestamp_date(one)
            if found is None:
                self.warn(f"{keys[0]} is {short_repr(one)}, not a date of ISO 8601.")
            return found
        return None

    def count(self, *keys: str) -> int | None:
        """A whole number above 0, such as how many are to be hired."""
        for one in self.cells(*keys):
            text = str(one).strip()[:20]
            number = float(text) if is_number(text) else 0.0
            if 1 <= number < MOST_MONEY and number == int(number):
                return int(number)
            self.warn(f"{keys[0]} is {short_repr(one)}, not a whole number above 0.")
            break
        return None

    def details(self, *keys: str) -> dict[str, str]:
        """The texts under some keys, by key, where there are any."""
        found = {key: self.text(key) for key in keys}
        return {key: text for key, text in found.items() if text}

    def prose(self, *keys: str) -> str:
        """A long text as it came, with its markup and lines; empty if there is none."""
        found = [one for one in self.cells(*keys) if isinstance(one, str)]
        return found[0].strip() if found else ""
