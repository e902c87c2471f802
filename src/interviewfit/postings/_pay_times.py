"""The times that pay is for, as fields and sentences name them in several languages.

The words stand in ``data/pay-words.json``, as regular expressions.
"""

import re
from collections.abc import Mapping

from interviewfit._model.currencies import MONEY_WORDS
from interviewfit._model.money import Interval

NOUNS: Mapping[str, str] = MONEY_WORDS["nouns"]
ADVERBS: Mapping[str, str] = MONEY_WORDS["adverbs"]
_IDEOGRAPHS: Mapping[str, str] = MONEY_WORDS["ideographs"]
_WORDS = {
    time: re.compile(
        rf"(?<![^\W_])(?:{NOUNS[time]}|{ADVERBS[time]})(?![^\W_])|{_IDEOGRAPHS[time]}"
    )
    for time in Interval
}
INTERVAL_PHRASES = {
    time: re.compile(
        r"(?:(?<![^\W_])(?:(?:per|an?|each|every|pro|je|im|par|por|al|ao|na|za|op|в)\s+"
        rf"|(?:all|l)['’])|/\s?)"
        rf"(?:{NOUNS[time]})(?![^\W_])|(?<![^\W_])(?<!bi[- ])(?<!semi[- ])"
        rf"(?:{ADVERBS[time]})(?![^\W_])|{_IDEOGRAPHS[time]}"
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
