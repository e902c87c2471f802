"""The time that pay is for, in the words of several languages and of the formats."""

import re
from collections.abc import Mapping

from interviewfit.postings._pay import Interval

__all__ = ["SAID", "interval_after", "interval_of"]

_UNITS: Mapping[Interval, str] = {
    Interval.HOUR: "hours?|hrs?|h|stunden?|std|heures?|horas?|ora|uur",
    Interval.DAY: "days?|tag(?:e|es)?|jours?|d[ií]as?|dag|diem",
    Interval.WEEK: "weeks?|wk|wochen?|semaines?|semanas?",
    Interval.MONTH: "months?|mth|mo|monate?|mois|mes(?:es)?|mese|maand|måned",
    Interval.YEAR: "years?|yrs?|annum|jahre?s?|an|ann[ée]es?|años?|anos?|anno|jaar|år",
}
_MANNERS: Mapping[Interval, str] = {
    Interval.HOUR: "hourly|st[uü]ndlich|horaire|hur|p\\. ?h\\.?|ph",
    Interval.DAY: "daily|t[aä]glich|per diem|journalier|pd",
    Interval.WEEK: "weekly|w[oö]chentlich|hebdomadaire|wee|pw",
    Interval.MONTH: "monthly|monatlich|mensuel(?:le)?|mensual|mon|p\\. ?m\\.?|pc?m",
    Interval.YEAR: "yearly|annual(?:ly)?|annuali[sz]ed|j[aä]hrlich|annuel(?:le)?|anual"
    "|ann|p\\. ?a\\.?|pa",
}
_LONE = {
    one: re.compile(rf"(?<![^\W_])(?:{_UNITS[one]}|{_MANNERS[one]})(?![^\W_])")
    for one in Interval
}
SAID = {
    one: re.compile(
        rf"(?:(?<![^\W_])(?:per|an?|each|every|pro|je|im|par|por|al)\s+|/\s?)"
        rf"(?:{_UNITS[one]})(?![^\W_])|(?<![^\W_])(?<!bi[- ])(?<!semi[- ])"
        rf"(?:{_MANNERS[one]})(?![^\W_])"
    )
    for one in Interval
}
"""How a text says each, such as "per hour", "/h" or "hourly"."""

_COUNTS = {"bi": 2.0, "semi": 0.5}
_COUNT = re.compile(r"(\d{1,3})(?:\.0)?(?=[ _-]?[a-z])|(bi|semi)(?=[ _-]?[a-z])")


def interval_of(text: str) -> tuple[Interval, float] | None:
    """The time that a field names, and how many of it; None if none, or several.

    >>> interval_of("2 WEEK")
    (<Interval.WEEK: 'week'>, 2.0)
    >>> interval_of("per-hour-wage")
    (<Interval.HOUR: 'hour'>, 1.0)
    >>> interval_of("NONE")
    """
    lower = text.lower()
    # "Semi-monthly" and "biweekly" hold the unit as a part.
    parted = re.sub(r"\b(bi|semi)[ _-]?(?=[a-z])", r"\1 ", lower)
    found = [one for one, pattern in _LONE.items() if pattern.search(parted)]
    if len(found) != 1:
        return None
    count = _COUNT.search(parted.replace("bi ", "bi-").replace("semi ", "semi-"))
    many = 1.0 if count is None else _COUNTS.get(count[0]) or float(count[0])
    return (found[0], many) if many > 0 else None


def interval_after(text: str, end: int) -> Interval | None:
    """The first interval a text names after some place, or else the only one it names.

    >>> interval_after("$20 per hour, 40 hours per week", 3).value
    'hour'
    """
    lower = text.lower()
    if len(lower) != len(text):
        end = 0
    after = {
        place.start(): one
        for one, pattern in SAID.items()
        if (place := pattern.search(lower, end))
    }
    if after:
        return after[min(after)]
    found = [one for one, pattern in SAID.items() if pattern.search(lower)]
    return found[0] if len(found) == 1 else None
