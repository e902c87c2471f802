"""Pay written in words: "$120k - 150k a year", "45.000 € brutto", "£350 per day".

Only what is plain is read: one amount, or two joined into a range. Three amounts, two
that are not joined, a letter that might be a million: such a text is kept as it is, and
pay stays unknown. A sign shared by several currencies, such as $, names none.

The words stand in ``data/pay-words.json``: the codes of ISO 4217 that wages are paid in
(no funds, metals or codes for testing), signs of currencies, and the times that pay is
for in eight languages and in the abbreviations of the formats, as regular expressions.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import evolve, frozen

from interviewfit._model.money import (
    CURRENCIES,
    CURRENCY_SIGNS,
    MONEY_WORDS,
    Interval,
    Pay,
)
from interviewfit._model.units import LONGEST_TEXT
from interviewfit._reading.text import truncate
from interviewfit.postings._posting import MAX_AMOUNT


def find_currency(text: str) -> str | None:
    """The code that a field names; empty if several share the sign, None if none is."""
    bare = text.strip()
    return bare.upper() if bare.upper() in CURRENCIES else CURRENCY_SIGNS.get(bare)


_NOUNS: Mapping[str, str] = MONEY_WORDS["nouns"]
_ADVERBS: Mapping[str, str] = MONEY_WORDS["adverbs"]
_WORDS = {
    time: re.compile(rf"(?<![^\W_])(?:{_NOUNS[time]}|{_ADVERBS[time]})(?![^\W_])")
    for time in Interval
}
INTERVAL_PHRASES = {
    time: re.compile(
        rf"(?:(?<![^\W_])(?:per|an?|each|every|pro|je|im|par|por|al)\s+|/\s?)"
        rf"(?:{_NOUNS[time]})(?![^\W_])|(?<![^\W_])(?<!bi[- ])(?<!semi[- ])"
        rf"(?:{_ADVERBS[time]})(?![^\W_])"
    )
    for time in Interval
}
"""How a sentence says each, such as "per hour", "/h" or "hourly"."""

_PREFIXES = {"bi": 2.0, "semi": 0.5}
_COUNT = re.compile(r"(\d{1,3})(?:\.0)?(?=[ _-]?[a-z])|(bi|semi)(?=[ _-]?[a-z])")


def parse_interval(text: str) -> tuple[Interval, float] | None:
    """The time that a field names, and how many of it, such as of "2 WEEK"; or None."""
    # "Semi-monthly" and "biweekly" contain the unit.
    text = re.sub(r"\b(bi|semi)[ _-]?(?=[a-z])", r"\1 ", text.lower())
    intervals = [kind for kind, pattern in _WORDS.items() if pattern.search(text)]
    if len(intervals) != 1:
        return None
    match = _COUNT.search(text)
    count = 1.0 if match is None else _PREFIXES.get(match[0]) or float(match[0])
    return (intervals[0], count) if count > 0 else None


def find_interval(text: str, start: int) -> Interval | None:
    """The first time that a sentence names after a position, else the only one in it.

    Args:
        text: A sentence in any case.
        start: Where to begin to look, usually the end of an amount.

    >>> find_interval("$20 per hour, 40 hours per week", 3).value
    'hour'
    """
    lower = text.lower()
    if len(lower) != len(text):
        start = 0
    for begin in (start, 0):
        matches = {
            match.start(): interval
            for interval, pattern in INTERVAL_PHRASES.items()
            if (match := pattern.search(lower, begin))
        }
        if matches and (begin == start or len(matches) == 1):
            return matches[min(matches)]
    return None


_MARKS = "|".join(
    [*(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True)),
     *sorted(CURRENCIES)]
)  # fmt: skip
_MARK_BEFORE = re.compile(rf"(?<![^\W\d_])({_MARKS})\s*\Z")
_MARK_AFTER = re.compile(rf"\s*({_MARKS})(?![^\W\d_])")
_GLUED_CODE = re.compile(rf"(?<![^\W_])({'|'.join(sorted(CURRENCIES))})(?=\d)")
_GLUED_INTERVAL = re.compile(r"(?<=\d)(?=p(?:[adhmw]|cm)(?!\w))", re.IGNORECASE)
_LARGE_UNIT = re.compile(
    r"\s*(?:lpa|lakhs?|lacs?|crores?|mio|mln|million|[lm])(?!\w)", re.IGNORECASE
)
"""Counts larger than thousands; a person has to read these."""

_DECIMAL = re.compile(r"[-+]?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[eE][-+]?[0-9]{1,3})?\Z")
_AMBIGUOUS = re.compile(r"[-+]?([0-9]{1,3})\.([0-9]{3})\Z")
_NUMBER = re.compile(
    r"(?<![^\W_])(?<![\d.,'’])"
    r"(?P<digits>\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}"
    r"|\d{1,15}(?:[.,]\d{1,2})?)(?!\d)(?![.,]\d)"
    r"(?P<thousand>\s?[kK](?![^\W_])|\s?(?:tsd|Tsd|TSD)\b\.?)?"
)
_JOIN = re.compile(
    r"\s*(?:[-–—−~/]|to|bis|à|a|and|und|et|y|hasta|até|al)\s*\Z", re.IGNORECASE
)
_FROM = re.compile(
    r"(?<!\w)(?:from|ab|start\w*|min(?:imum)?|at least|desde|dès)\b|\+", re.IGNORECASE
)
_UP_TO = re.compile(
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
class _Amount:
    """One number in a text.

    Attributes:
        value: The number; what a "k" stands for is multiplied in last.
        thousand: Whether a "k" follows it.
        currency: Its currency; empty if the sign is shared, None if there is no sign.
        start, end: Positions in the text, before its sign or number and behind it.
    """

    value: float
    thousand: bool
    currency: str | None
    start: int
    end: int


def parse_pay(text: str) -> tuple[Pay | None, str]:
    """Pay as a text states it, or None and a sentence on why it was not read.

    >>> for text in ("$120k - 150k a year", "45.000 € brutto", "£350 per day"):
    ...     print(parse_pay(text)[0])
    120,000 to 150,000 per year
    45,000 EUR
    350 GBP per day
    >>> parse_pay("competitive")
    (None, "Pay is 'competitive', which names no amount.")
    """
    text = _GLUED_INTERVAL.sub(" ", _GLUED_CODE.sub(r"\1 ", text))
    amounts = _find_amounts(text)
    complaint = _complaint(text, amounts)
    if complaint:
        return None, f"Pay is {truncate(text, 80)!r}{complaint}."
    values = [amount.value for amount in amounts]
    is_single = len(values) == 1
    no_low = is_single and _UP_TO.search(text)
    no_high = is_single and not no_low and _FROM.search(text)
    pay = Pay(
        low=None if no_low else min(values),
        high=None if no_high else max(values),
        currency=max(amount.currency or "" for amount in amounts),
        per=find_interval(text, amounts[-1].end),
        loose=_LOOSE.search(text) is not None,
    )
    return pay, ""


def is_decimal(text: str) -> bool:
    """Whether a text is a number as machines write them: 72000.0, not 72,000."""
    return _DECIMAL.match(text.strip()) is not None


def parse_amount(text: str) -> tuple[float | None, str]:
    """The one amount in a text, or None and why there is none."""
    bare = text.strip()
    shown = repr(bare[:40])
    if match := _AMBIGUOUS.match(bare):
        return None, f"{shown}, which may be {match[1]} or {match[1]},{match[2]}"
    if is_decimal(bare):
        return float(bare), ""
    pay, _ = parse_pay(bare[:LONGEST_TEXT])
    if pay is None or pay.low != pay.high:
        return None, f"{shown}, not an amount"
    return pay.low, ""


def _complaint(text: str, amounts: Sequence[_Amount]) -> str:
    """Why no pay can be read from a text, to follow the text; empty if it can be read.

    Args:
        text: The text.
        amounts: The numbers in it that are money.
    """
    if not amounts:
        return ", which names no amount"
    if len(amounts) > 2 or not all(_is_range(text, *two) for two in pairwise(amounts)):
        return ", which names amounts that are no one range"
    if _NET.search(text):
        return ": after tax, so it cannot be compared with a salary"
    if len({amount.currency for amount in amounts if amount.currency}) > 1:
        return ", in two currencies"
    values = [amount.value for amount in amounts]
    if min(values) <= 0:
        return "; 0 was taken as not stated"
    return ", which is beyond any pay" if max(values) > MAX_AMOUNT else ""


def _find_amounts(text: str) -> list[_Amount]:
    """The numbers that are money.

    Those that a sign or "k" marks and those joined to one, or all where none is marked.
    """
    amounts = []
    for match in _NUMBER.finditer(text):
        following = text[match.end() :]
        # A percentage is no amount, and 401k is an American pension.
        if following.lstrip().startswith("%") or match[0].lower() == "401k":
            continue
        after = _MARK_AFTER.match(following)
        before = _MARK_BEFORE.search(text, 0, match.start())
        if after is None and (following[:1].isalpha() or _LARGE_UNIT.match(following)):
            continue
        mark = before or after
        # The last sign is a decimal point if one or two digits follow it.
        number = re.sub(r"[.,](\d{1,2})\Z", r"#\1", match["digits"])
        amount = _Amount(
            value=float(re.sub(r"[^\d#]", "", number).replace("#", ".")),
            thousand=match["thousand"] is not None,
            currency=None if mark is None else CURRENCY_SIGNS.get(mark[1], mark[1]),
            start=match.start() if before is None else before.start(),
            end=match.end() + (0 if after is None else after.end()),
        )
        amounts.append(amount)
    starts = {
        amount.start
        for amount in amounts
        if amount.thousand or amount.currency is not None
    }
    for first, second in pairwise(amounts):
        if starts & {first.start, second.start} and _is_range(text, first, second):
            starts |= {first.start, second.start}
    amounts = [amount for amount in amounts if amount.start in starts] or amounts
    # In "120 - 150k" the k is meant twice.
    least = 1000 if any(amount.thousand for amount in amounts) else 0
    return [
        evolve(amount, value=amount.value * 1000)
        if amount.thousand or amount.value < least
        else amount
        for amount in amounts
    ]


def _is_range(text: str, first: _Amount, second: _Amount) -> bool:
    """Whether two amounts are the ends of one range.

    Args:
        text: The text that both stand in.
        first, second: The amounts, in the order in which they stand.
    """
    gap = text[first.end : second.start].lower()
    for pattern in INTERVAL_PHRASES.values():
        gap = pattern.sub("", gap)
    return _JOIN.match(gap) is not None
