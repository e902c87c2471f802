"""Pay written in words: "$120k - 150k a year", "45.000 € brutto", "£350 per day".

Only what is plain is read: one amount, or two joined into a range. Three amounts, two
that are not joined, a letter that might be a million: such a text is kept as it is, and
pay stays unknown. A number that is glued to letters of unknown meaning, or that counts
in lakhs, 万 or millions, leaves the whole text to a person, because what stands beside
it would be believed alone. A sign shared by several currencies, such as $, names none;
a code of ISO 4217 in the same text says which is meant.

The words stand in ``data/pay-words.json``: the codes of ISO 4217 that wages are paid in
(no funds, metals or codes for testing), signs of currencies, the times that pay is for,
and what else stands beside an amount, as regular expressions in several languages.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import evolve, frozen

from interviewfit._model.currencies import (
    CURRENCIES,
    CURRENCY_SIGNS,
    MONEY_WORDS,
)
from interviewfit._model.money import (
    Pay,
)
from interviewfit._model.units import LONGEST_TEXT
from interviewfit._reading.text import truncate
from interviewfit.postings._pay_times import (
    ADVERBS,
    INTERVAL_PHRASES,
    NOUNS,
    find_interval,
)
from interviewfit.postings._posting import MAX_AMOUNT

_WIDEST = 20
"""Ends further apart are no range of pay, such as those of "Grade 7 - £50,000"."""

_SHARED = {
    sign: frozenset(codes.split()) for sign, codes in MONEY_WORDS["shared"].items()
}


def find_currency(text: str) -> str | None:
    """The code that a field names; empty if several share the sign, None if none is."""
    bare = text.strip()
    return bare.upper() if bare.upper() in CURRENCIES else CURRENCY_SIGNS.get(bare)


# Letters of alphabets; beside an ideograph a word may begin without a space.
_LETTER = r"A-Za-zÀ-ʯͰ-ӿḀ-\u1eff"
_CODES = "|".join(sorted(CURRENCIES))
_LONGEST_FIRST = sorted(CURRENCY_SIGNS, key=len, reverse=True)
_MARKS = "|".join([*map(re.escape, _LONGEST_FIRST), _CODES])
_MARK_BEFORE = re.compile(rf"(?<![{_LETTER}])({_MARKS})(?:[\s.]*({_MARKS}))?[\s.]*\Z")
_MARK_AFTER = re.compile(
    rf"\s*\(?({_MARKS})(?![{_LETTER}])(?:[\s.(]{{0,3}}({_MARKS})(?![{_LETTER}]))?"
)
_PLAIN_CODES = "|".join(sorted(CURRENCIES - {*MONEY_WORDS["words"].split()}))
_CODE_ALONE = re.compile(rf"(?<![\w])({_PLAIN_CODES}|€|£|₹|₽|[Ee]uros?)(?!\w)")
_LETTER_SIGNS = "|".join(sign for sign in _LONGEST_FIRST if sign.isalpha())
_GLUED_CODE = re.compile(
    rf"(?<![^\W_])((?:{_CODES})(?=\d)|(?:{_LETTER_SIGNS})(?=\d[\d.,]{{2}}))"
    rf"|(?<=\d)([kK])(?=(?:{_CODES})(?![^\W_]))"
)
_GLUED_INTERVAL = re.compile(r"(?<=\d)(?=p(?:[adhmw]|cm)(?!\w))", re.IGNORECASE)
_LARGE_UNIT = re.compile(
    rf"\s*(?:(?:{MONEY_WORDS['large']})(?!\w|/[wfdx])|[万萬億亿만억百])", re.IGNORECASE
)
"""Counts larger than thousands; a person has to read these."""

# What makes a number none of money: "40h", "2 Jahre", "13th", "1er".
_OTHER_COUNT = re.compile(
    rf"(?:{'|'.join(NOUNS.values())}|st|nd|rd|th|er|ème)(?![^\W_])"
    r"|[年月日天时時]|小时|個月|个月|[ヶか]月",
    re.IGNORECASE,
)
_GLUED_BEHIND = re.compile(rf"(?<![\w.])[{_LETTER}_]+\d{{3}}[\d.,]*")

# "38.5 h/week" says how long the week is and not what pay is for.
_HOURS_OF_WEEK = re.compile(
    rf"\d[\d.,]{{0,4}}\s?-?(?:{NOUNS['hour']})\.?\s*"
    r"(?:(?:per|a|pro|par|por|in der)\s+|/\s?)?"
    rf"(?:{NOUNS['week']}|{ADVERBS['week']})(?![^\W_])",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"[x×*]\s?1\d(?:[.,]5)?(?![\w.,]\d|\w)|\b1[2-8](?:\s?[x×*]\s?\d| pagas| Gehälter)"
)
"""So many salaries a year, as in "3,000 x 14"."""

_OTHER_TIMES = re.compile(
    r"fortnight|bi-?weekly|semi-?monthly|(?:two|2|14)[ -]weeks?|14[ -]days"
    r"|(?:per|an?|each|every|je|par|por|al) (?:\w+ )?(?:quarter|shift|project|session|"
    r"assignment|article|word|quinzaine|trimestre|quincena|quartal)(?!\w)"
    r"|zweiwöchentlich|14-tägig|quincenal",
    re.IGNORECASE,
)
"""Times that pay may be for and that are none of ours."""

_PROSE_CODES = "USD|EUR|GBP|CHF|CAD|AUD|PLN|SEK"
_MONEY_IN_PROSE = re.compile(
    rf"(?:[$€£₹]|(?<!\w)(?:{_PROSE_CODES}) )\s?\d[\d.,' ]{{0,20}}\d\s?[kK]?(?!\w)"
    r"|(?<![\w.,])\d[\d.,' ]{0,20}\d\s?[kK]?\s?"
    rf"(?:[€£₹]|(?:{_PROSE_CODES}|zł)(?!\w))"
)

_DECIMAL = re.compile(r"[-+]?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[eE][-+]?[0-9]{1,3})?\Z")
_AMBIGUOUS = re.compile(r"[-+]?([0-9]{1,3})\.([0-9]{3})\Z")
_NUMBER = re.compile(
    rf"(?<![{_LETTER}\d_])(?<![\d.,'’])"
    r"(?P<digits>\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}"
    r"|\d{1,15}(?:[.,]\d{1,2})?)(?!\d)(?![.,]\d)"
    rf"(?P<thousand>\s?(?:{MONEY_WORDS['thousands']})(?![^\W_])\.?|[千천])?",
    re.IGNORECASE,
)
_JOIN = re.compile(rf"\s*(?:{MONEY_WORDS['joins']})\s*\Z", re.IGNORECASE)
_EXTRA = (
    r"bonus|super|commission|equity|benefits|vat|tips|stock|options|car|package|pension"
    r"|rsus?|ote|prov|allowance|perks|variable|holiday|gst|boni|prämie|13"
)
# "100k+" is open above; "120k + super" is a sum of two.
_OPEN_ABOVE = re.compile(
    rf"\+(?!\s*(?:{_EXTRA}))|\s+\+\s*\Z|\s*[~〜]\s*\Z", re.IGNORECASE
)


def _word(table: str) -> re.Pattern[str]:
    """A pattern of the words of a table, each as a word of its own."""
    return re.compile(
        rf"(?<![\w.])(?:{MONEY_WORDS[table]})(?![{_LETTER}\d])", re.IGNORECASE
    )


_FROM, _UP_TO, _NET, _LOOSE = map(_word, ("from", "up_to", "net", "loose"))


@frozen
class _Amount:
    """One number in a text.

    Attributes:
        value: The number; what a "k" stands for is multiplied in last.
        thousand: Whether a "k" follows it.
        marks: The signs and codes beside it.
        start, end: Positions in the text, before its sign or number and behind it.
    """

    value: float
    thousand: bool
    marks: tuple[str, ...]
    start: int
    end: int


def parse_pay(text: str) -> tuple[Pay | None, str]:
    """Pay as a text states it, or None and a sentence on why it was not read.

    >>> for text in ("$120k - 150k a year", "45.000 € brutto", "US$350 per day"):
    ...     print(parse_pay(text)[0])
    120,000 to 150,000 per year
    45,000 EUR
    350 USD per day
    >>> parse_pay("competitive")
    (None, "Pay is 'competitive', which names no amount.")
    """
    shown = truncate(text, 80)
    text = _HOURS_OF_WEEK.sub(" ", unicodedata.normalize("NFKC", text))
    text = _GLUED_INTERVAL.sub(" ", _GLUED_CODE.sub(r"\1\2 ", text))
    unread = next(_unread_numbers(text), "")
    amounts = _find_amounts(text)
    # What stands beside the amounts, position by position.
    around = text
    for amount in amounts:
        gap = " " * (amount.end - amount.start)
        around = around[: amount.start] + gap + around[amount.end :]
    currencies = _currencies(around, amounts)
    complaint = _complaint(text, around, amounts)
    if unread:
        complaint = f", which names no amount that can be read: {unread!r} is not known"
    elif not complaint and len(currencies) != 1:
        complaint = ", in two currencies"
    per = find_interval(text, amounts[-1].end) if amounts else None
    if not complaint and per is None and (other := _OTHER_TIMES.search(around)):
        complaint = f", which is for none of the times that are known: {other[0]!r}"
    if complaint:
        return None, f"Pay is {shown!r}{complaint}."
    values = [amount.value for amount in amounts]
    end = amounts[-1].end
    is_single = len(values) == 1
    no_low = is_single and _UP_TO.search(around)
    is_open = _OPEN_ABOVE.match(text, end) or _FROM.search(around)
    about = "~" in around[: amounts[0].start]
    no_high = is_single and not no_low and is_open
    pay = Pay(
        low=None if no_low else min(values),
        high=None if no_high else max(values),
        currency="".join(currencies),
        per=per,
        loose=about or _LOOSE.search(around) is not None,
    )
    return pay, ""


def names_amount(text: str) -> str:
    """The first amount with a sign of money in prose; empty if there is none.

    >>> names_amount("We are 40 people. The range is $120k to $150k.")
    '$120k'
    """
    match = _MONEY_IN_PROSE.search(text)
    return match[0].strip() if match else ""


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


def _complaint(text: str, around: str, amounts: Sequence[_Amount]) -> str:
    """Why no pay can be read from a text, to follow the text; empty if it can be read.

    Args:
        text: The text.
        around: The same with spaces in place of the amounts.
        amounts: The numbers in it that are money.
    """
    if not amounts:
        return ", which names no amount"
    if len(amounts) > 2 or not all(_is_range(text, *two) for two in pairwise(amounts)):
        return ", which names amounts that are no one range"
    if _NET.search(around):
        return ": after tax, so it cannot be compared with a salary"
    values = [amount.value for amount in amounts]
    if min(values) <= 0:
        return "; 0 was taken as not stated"
    if max(values) > _WIDEST * min(values):
        return ", which names amounts that are no one range"
    return ", which is beyond any pay" if max(values) > MAX_AMOUNT else ""


def _currencies(around: str, amounts: Sequence[_Amount]) -> set[str]:
    """The currencies of some amounts: one, "" where nobody says, or two that differ.

    A code or a sign of one currency counts before a sign that several share, also where
    it stands apart from the amounts, as in "Salary (USD): $120k".

    Args:
        around: The text with spaces in place of the amounts.
        amounts: The numbers that are money.
    """
    marks = {mark for amount in amounts for mark in amount.marks}
    stated = {CURRENCY_SIGNS.get(mark, mark) for mark in marks} - {""}
    if not stated:
        apart = {CURRENCY_SIGNS.get(mark, mark) for mark in _CODE_ALONE.findall(around)}
        stated = apart if len(apart) == 1 else set()
    for mark in marks & _SHARED.keys():
        if not stated <= _SHARED[mark]:
            return {mark, *stated}
    return stated or {""}


def _unread_numbers(text: str) -> Iterator[str]:
    """Yield what is glued to a number, or counts it, and is not understood."""
    for match in _NUMBER.finditer(text):
        following = text[match.end() : match.end() + 20]
        if following.lstrip().startswith("%") or match[0].lower() == "401k":
            continue
        if large := _LARGE_UNIT.match(following):
            yield large[0].strip()
        elif following[:1].isalpha() and not (
            _MARK_AFTER.match(following) or _OTHER_COUNT.match(following)
        ):
            yield following.split()[0]
    for match in _TIMES.finditer(text):
        yield match[0]
    for match in _GLUED_BEHIND.finditer(text):
        mark = re.match(rf"(?:{_MARKS})(?=\d)", match[0])
        if mark is None:
            yield match[0]


def _find_amounts(text: str) -> list[_Amount]:
    """The numbers that are money.

    Those that a sign or "k" marks and those joined to one, or all where none is marked.
    """
    amounts = []
    for match in _NUMBER.finditer(text):
        following = text[match.end() : match.end() + 40]
        # A percentage is no amount, and 401k is an American pension.
        if following.lstrip().startswith("%") or match[0].lower() == "401k":
            continue
        after = _MARK_AFTER.match(following)
        before = _MARK_BEFORE.search(text[: match.start()][-40:])
        if after is None and following[:1].isalpha():
            continue
        # The last sign is a decimal point if one or two digits follow it.
        number = re.sub(r"[.,](\d{1,2})\Z", r"#\1", match["digits"])
        marks = [
            *(before.groups() if before else ()),
            *(after.groups() if after else ()),
        ]
        offset = 0 if before is None else len(before[0])
        amount = _Amount(
            value=float(re.sub(r"[^\d#]", "", number).replace("#", ".")),
            thousand=match["thousand"] is not None,
            marks=tuple(filter(None, marks)),
            start=match.start() - offset,
            end=match.end() + (0 if after is None else after.end()),
        )
        amounts.append(amount)
    starts = {amount.start for amount in amounts if amount.thousand or amount.marks}
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
    gap = re.sub(r"(?<!\w)(?:brutto|gross|brut|bruto|lordi)(?!\w)", "", gap)
    return _JOIN.match(gap.strip(" ().")) is not None
