"""Currencies and the time that pay is for, as formats and people write them.

Currencies are the codes of ISO 4217 that wages are paid in: no funds, metals or codes
for testing. Times are named in English, German, French, Spanish, Portuguese, Italian,
Dutch and Scandinavian, and in the abbreviations of the formats.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

__all__ = [
    "CONTRADICTORY",
    "CURRENCIES",
    "INTERVAL_PHRASES",
    "SIGNS",
    "Interval",
    "find_currency",
    "find_interval",
    "parse_interval",
]


class Interval(StrEnum):
    """The time that a pay is for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_CODES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP
TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""

CURRENCIES = frozenset(_CODES.split())
"""Codes in use."""

CONTRADICTORY = "XXX"
"""ISO's code for no currency, used where a posting states two."""

SIGNS: Mapping[str, str] = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "€": "EUR", "£": "GBP",
    "₹": "INR", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "₪": "ILS", "₩": "KRW",
    "₺": "TRY", "₦": "NGN", "₱": "PHP", "₴": "UAH", "₫": "VND", "Euro": "EUR",
    "$": "", "¥": "", "kr": "", "Rs": "",
}  # fmt: skip
"""What people write for a currency; empty where several currencies share the sign."""


def find_currency(text: str) -> str | None:
    """The code that a field names; empty if several share the sign, None if it is none.

    >>> [find_currency(text) for text in ("eur", "€", "$", "gold")]
    ['EUR', 'EUR', '', None]
    """
    bare = text.strip()
    return bare.upper() if bare.upper() in CURRENCIES else SIGNS.get(bare)


_NOUNS: Mapping[Interval, str] = {
    Interval.HOUR: "hours?|hrs?|h|stunden?|std|heures?|horas?|ora|uur",
    Interval.DAY: "days?|tag(?:e|es)?|jours?|d[ií]as?|dag|diem",
    Interval.WEEK: "weeks?|wk|wochen?|semaines?|semanas?",
    Interval.MONTH: "months?|mth|mo|monate?|mois|mes(?:es)?|mese|maand|måned",
    Interval.YEAR: "years?|yrs?|annum|jahre?s?|an|ann[ée]es?|años?|anos?|anno|jaar|år",
}
_ADVERBS: Mapping[Interval, str] = {
    Interval.HOUR: "hourly|st[uü]ndlich|horaire|hur|p\\. ?h\\.?|ph",
    Interval.DAY: "daily|t[aä]glich|per diem|journalier|pd",
    Interval.WEEK: "weekly|w[oö]chentlich|hebdomadaire|wee|pw",
    Interval.MONTH: "monthly|monatlich|mensuel(?:le)?|mensual|mon|p\\. ?m\\.?|pc?m",
    Interval.YEAR: "yearly|annual(?:ly)?|annuali[sz]ed|j[aä]hrlich|annuel(?:le)?|anual"
    "|ann|p\\. ?a\\.?|pa",
}
_WORDS = {
    interval: re.compile(rf"(?<![^\W_])(?:{nouns}|{_ADVERBS[interval]})(?![^\W_])")
    for interval, nouns in _NOUNS.items()
}
INTERVAL_PHRASES = {
    interval: re.compile(
        rf"(?:(?<![^\W_])(?:per|an?|each|every|pro|je|im|par|por|al)\s+|/\s?)"
        rf"(?:{nouns})(?![^\W_])|(?<![^\W_])(?<!bi[- ])(?<!semi[- ])"
        rf"(?:{_ADVERBS[interval]})(?![^\W_])"
    )
    for interval, nouns in _NOUNS.items()
}
"""How a sentence says each, such as "per hour", "/h" or "hourly"."""

_PREFIXES = {"bi": 2.0, "semi": 0.5}
_COUNT = re.compile(r"(\d{1,3})(?:\.0)?(?=[ _-]?[a-z])|(bi|semi)(?=[ _-]?[a-z])")


def parse_interval(text: str) -> tuple[Interval, float] | None:
    """The time that a field names, and how many of it; None if not exactly one.

    >>> parse_interval("2 WEEK")
    (<Interval.WEEK: 'week'>, 2.0)
    >>> parse_interval("per-hour-wage")
    (<Interval.HOUR: 'hour'>, 1.0)
    >>> parse_interval("NONE")
    """
    # "Semi-monthly" and "biweekly" contain the unit.
    text = re.sub(r"\b(bi|semi)[ _-]?(?=[a-z])", r"\1 ", text.lower())
    intervals = [kind for kind, pattern in _WORDS.items() if pattern.search(text)]
    if len(intervals) != 1:
        return None
    match = _COUNT.search(text.replace("bi ", "bi-").replace("semi ", "semi-"))
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
    matches = {
        match.start(): interval
        for interval, pattern in INTERVAL_PHRASES.items()
        if (match := pattern.search(lower, start))
    }
    if matches:
        return matches[min(matches)]
    intervals = [
        interval
        for interval, pattern in INTERVAL_PHRASES.items()
        if pattern.search(lower)
    ]
    return intervals[0] if len(intervals) == 1 else None
