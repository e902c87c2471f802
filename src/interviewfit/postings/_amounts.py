"""Pay written in words: "$120k - 150k a year", "45.000 € brutto", "£350 per day".

Only what is plain is read: one amount, or two joined into a range. Three amounts, two
that are not joined, a letter that might be a million: such a text is kept as it is,
and pay stays unknown. A sign shared by several currencies, such as $, names none.
"""

import re
from itertools import pairwise

from attrs import frozen

from interviewfit._model.units import LONGEST_TEXT
from interviewfit.postings._currencies import CURRENCIES, SIGNS
from interviewfit.postings._intervals import SAID, interval_after
from interviewfit.postings._pay import MOST_MONEY, Pay, span

__all__ = ["is_number", "read_amounts", "read_number"]

_MARKS = "|".join(
    [*(re.escape(one) for one in sorted(SIGNS, key=len, reverse=True)),
     *sorted(CURRENCIES)]
)  # fmt: skip
_BEFORE = re.compile(rf"(?<![^\W\d_])({_MARKS})\s*\Z")
_AFTER = re.compile(rf"\s*({_MARKS})(?![^\W\d_])")
_GLUED = re.compile(rf"(?<![^\W_])({'|'.join(sorted(CURRENCIES))})(?=\d)")
_SHORT = re.compile(r"(?<=\d)(?=p(?:[adhmw]|cm)(?!\w))", re.IGNORECASE)
_LARGE = re.compile(
    r"\s*(?:lpa|lakhs?|lacs?|crores?|mio|mln|million|[lm])(?!\w)", re.IGNORECASE
)
"""Larger counts than thousands, which are left to a person to read."""

_DECIMAL = re.compile(r"[-+]?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[eE][-+]?[0-9]{1,3})?\Z")
_EITHER = re.compile(r"[-+]?[0-9]{1,3}\.[0-9]{3}\Z")
_NUMBER = re.compile(
    r"(?<![^\W_])(?<![\d.,'’])"
    r"(?P<digits>\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}"
    r"|\d{1,15}(?:[.,]\d{1,2})?)(?!\d)(?![.,]\d)"
    r"(?P<thousand>\s?[kK](?![^\W_])|\s?(?:tsd|Tsd|TSD)\b\.?)?"
)
_JOIN = re.compile(
    r"\s*(?:[-–—−~/]|to|bis|à|a|and|und|et|y|hasta|até|al)\s*\Z", re.IGNORECASE
)
_LOW = re.compile(
    r"(?<!\w)(?:from|ab|start\w*|min(?:imum)?|at least|desde|dès)\b|\+", re.IGNORECASE
)
_HIGH = re.compile(
    r"(?<!\w)(?:up to|bis zu|max(?:imum)?|hasta|jusqu\w*)\b", re.IGNORECASE
)
_NET = re.compile(
    r"(?<!\w)(?:netto|net|neto|nette?|after tax|take.?home)\b", re.IGNORECASE
)
_LOOSE = re.compile(
    r"(?<!\w)(?:ote|on.target|estimat\w*|est|approx\w*|circa|ca|etwa|around|about"
    r"|pro.rata)\b|~",
    re.IGNORECASE,
)


@frozen
class _Token:
    """One number in a text."""

    value: float
    thousand: bool
    currency: str | None
    start: int
    end: int

    @property
    def marked(self) -> bool:
        """Whether it is money for certain."""
        return self.thousand or self.currency is not None


def read_amounts(text: str) -> tuple[Pay | None, str]:
    """Pay as a text states it, or None and a sentence on why it was not read.

    >>> for one in ("$120k - 150k a year", "45.000 € brutto", "£350 per day"):
    ...     print(read_amounts(one)[0])
    120,000 to 150,000 per year
    45,000 EUR
    350 GBP per day
    >>> read_amounts("competitive")
    (None, "Pay is 'competitive', which names no amount.")
    """
    text = _SHORT.sub(" ", _GLUED.sub(r"\1 ", text))
    tokens = _tokens(text)
    why = _trouble(text, tokens)
    if why:
        shown = repr(text if len(text) <= 80 else f"{text[:79]}…")
        return None, f"Pay is {shown}{why}."
    values = _values(tokens)
    low: float | None = values[0]
    high: float | None = values[-1]
    if len(values) == 1 and _HIGH.search(text):
        low = None
    elif len(values) == 1 and _LOW.search(text):
        high = None
    pay = span(
        low,
        high,
        currency=max(one.currency or "" for one in tokens),
        per=interval_after(text, tokens[-1].end),
        loose=_LOOSE.search(text) is not None,
    )
    return pay, ""


def is_number(text: str) -> bool:
    """Whether a text is a number as machines write them.

    >>> is_number("72000.0"), is_number("72,000")
    (True, False)
    """
    return _DECIMAL.match(text.strip()) is not None


def read_number(text: str) -> tuple[float | None, str]:
    """The one amount in a text, or None and why there is none.

    >>> read_number("72000.0"), read_number("$72,000"), read_number("72.000")
    ((72000.0, ''), (72000.0, ''), (None, "'72.000', which may be 72 or 72,000"))
    """
    bare = text.strip()
    shown = repr(bare[:40])
    if _EITHER.match(bare):
        whole, _, rest = bare.lstrip("+-").partition(".")
        return None, f"{shown}, which may be {whole} or {whole},{rest}"
    if is_number(bare):
        return float(bare), ""
    pay, _ = read_amounts(bare[:LONGEST_TEXT])
    if pay is None or pay.low != pay.high:
        return None, f"{shown}, not an amount"
    return pay.low, ""


def _trouble(text: str, tokens: list[_Token]) -> str:
    """Why no pay can be read from a text; nothing if it can."""
    currencies = {one.currency for one in tokens if one.currency}
    values = _values(tokens)
    troubles = (
        (not tokens, ", which names no amount"),
        (
            len(tokens) > 2 or (len(tokens) == 2 and not _joined(text, *tokens)),
            ", which names amounts that are no one range",
        ),
        (_NET.search(text), ": after tax, so it cannot be set against a salary"),
        (len(currencies) > 1, ", in two currencies"),
        (min(values, default=1) <= 0, "; 0 was taken as not stated"),
        (max(values, default=1) > MOST_MONEY, ", which is beyond any pay"),
    )
    return next((why for found, why in troubles if found), "")


def _tokens(text: str) -> list[_Token]:
    """The numbers that are money.

    Those marked so and what is joined to them, or all where none is marked.
    """
    found = []
    for one in _NUMBER.finditer(text):
        rest = text[one.end() :]
        # A percentage is no amount, and 401k is an American pension.
        if rest.lstrip().startswith("%") or one[0].lower() == "401k":
            continue
        after = _AFTER.match(rest)
        before = _BEFORE.search(text, 0, one.start())
        if after is None and (rest[:1].isalpha() or _LARGE.match(rest)):
            continue
        mark = before or after
        currency = None
        if mark is not None:
            currency = SIGNS.get(mark[1], mark[1])
        found.append(
            _Token(
                value=_value(one["digits"]),
                thousand=one["thousand"] is not None,
                currency=currency,
                start=one.start() if before is None else before.start(),
                end=one.end() + (0 if after is None else after.end()),
            )
        )
    if not any(one.marked for one in found):
        return found
    kept = {one.start for one in found if one.marked}
    for pair in pairwise(found):
        if any(one.start in kept for one in pair) and _joined(text, *pair):
            kept.update(one.start for one in pair)
    return [one for one in found if one.start in kept]


def _joined(text: str, first: _Token, second: _Token) -> bool:
    """Whether two amounts are the ends of one range."""
    gap = text[first.end : second.start]
    for pattern in SAID.values():
        gap = pattern.sub("", gap.lower())
    return _JOIN.match(gap) is not None


def _value(digits: str) -> float:
    """The number, whichever sign it uses for thousands."""
    head, mark, tail = digits, "", ""
    for sign in ".,":
        before, found, after = digits.rpartition(sign)
        if found and len(after) <= 2:
            head, mark, tail = before, found, after
    whole = re.sub(r"\D", "", head)
    return float(f"{whole}.{tail}" if mark else whole)


def _values(tokens: list[_Token]) -> list[float]:
    """The amounts; in "120 - 150k" the k is meant twice."""
    shared = any(one.thousand for one in tokens)
    return [
        one.value * 1000 if one.thousand or (shared and one.value < 1000) else one.value
        for one in tokens
    ]
