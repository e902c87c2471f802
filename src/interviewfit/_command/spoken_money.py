"""Amounts of money as people say them, brought into the form in which they are written.

"12 lakh" is 1200000, and "US dollars" are USD. What several currencies are called, such
as dollars, names none of them.
"""

import re
from functools import partial

from interviewfit._model.currencies import CURRENCIES, MONEY_WORDS

_NUMBER = r"\d+(?:[.,]\d+)?"
_JOIN = r"\s*(?:[-–—]|to|and)\s*"


def as_written(answer: str) -> str:
    """An amount with codes of currencies, and without words for large numbers.

    >>> as_written("12 to 15 lakh inr a year"), as_written("65000 US dollars")
    ('1200000 to 1500000 INR a year', '65000 USD')
    """
    text = answer
    for words, factor in MONEY_WORDS["multiples"].items():
        amounts = re.compile(
            rf"(?i)({_NUMBER})(?:({_JOIN})({_NUMBER}))?\s*(?:{words})(?![^\W_])"
        )
        text = amounts.sub(partial(_written_out, factor), text)
    for code, words in MONEY_WORDS["spoken"].items():
        text = _word(words).sub(code, text)
    return _word("|".join(sorted(CURRENCIES))).sub(lambda word: word[0].upper(), text)


def which_currency(answer: str) -> str:
    """Codes of the currencies that a shared name in an answer may mean; else empty.

    >>> which_currency("65000 dollars a year")
    'USD, CAD, AUD, NZD or SGD'
    """
    for words, codes in MONEY_WORDS["shared names"].items():
        if _word(words).search(answer):
            return str(codes)
    return ""


def _word(words: str) -> "re.Pattern[str]":
    """Matches some words that no letter touches, in small letters or capitals."""
    return re.compile(rf"(?i)(?<![^\W\d_])(?:{words})(?![^\W\d_])")


def _written_out(factor: float, match: "re.Match[str]") -> str:
    """One or two numbers, times a factor, in digits.

    Args:
        factor: Such as 100,000 for lakh.
        match: The first, what joins them, and the second, if there is one.
    """
    first, join, second = match.groups()
    low, high = (
        f"{float(number.replace(',', '.')) * factor:.0f}" if number else ""
        for number in (first, second)
    )
    return f"{low}{join or ''}{high}"
