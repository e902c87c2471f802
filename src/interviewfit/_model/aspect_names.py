"""Which aspect a name is meant to be: slips of the pen, and other words for it.

A name that nobody knows is an aspect of the user's own. So a known one misspelt, or
called by another word, would count as a second aspect while the known one stayed
unknown. Such names are refused with the right one.

Two names are as far apart as letters left out, added, replaced or swapped with their
neighbour (F. J. Damerau, "A technique for computer detection and correction of spelling
errors", 1964; each letter is edited once). Two such slips are taken for a slip, one for
a name of up to four letters, because two turn "pay" into most short words.
"""

from collections.abc import Mapping
from functools import lru_cache

from interviewfit._model.vocabulary import ASPECTS

_LONGEST = 40
"""Characters beyond which no name is a slip of a known one."""
_SHORT = 4
"""Letters of a name in which only one slip is taken for a slip."""
_MOST = 2
"""Slips in a longer one."""

_WORDS = {
    "pay": "salary, salaries, wage, wages, money, compensation, comp, remuneration, "
    "earnings, income, base pay, base salary, total compensation, paycheck, pay level",
    "role": "job, work, the work, the job, tasks, duties, responsibilities, "
    "job content, work itself, the work itself",
    "culture": "company culture, work culture, atmosphere, work environment",
    "team": "colleagues, coworkers, co workers, teammates, the team",
    "manager": "boss, supervisor, line manager, hiring manager",
    "growth": "career, career growth, career development, development, promotion, "
    "promotions, advancement, progression",
    "commute": "remote, remote work, home office, wfh, work from home, commuting, "
    "travel time, way to work, hybrid",
    "stability": "security, job security",
    "benefits": "perks, fringe benefits",
}
SYNONYMS: Mapping[str, str] = {
    word: aspect
    for aspect, words in _WORDS.items()
    for word in words.split(", ")
    if aspect in ASPECTS
}
"""Other words for the aspects that every job has."""


def edit_distance(name: str, other: str) -> int:
    """How many letters to add, drop, replace or swap to make one name of the other.

    Args:
        name, other: Any two texts.

    >>> edit_distance("commtue", "commute"), edit_distance("pya", "pay")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, letter in enumerate(name):
        last, before, row = before, row, [index + 1]
        for column, target in enumerate(other):
            changed = before[column] + (letter != target)
            row.append(min(changed, row[column] + 1, before[column + 1] + 1))
            swapped = index and column and name[index - 1 : index + 1]
            if swapped == target + other[column - 1]:
                row[-1] = min(row[-1], last[column - 1] + 1)
    return row[-1]


@lru_cache(maxsize=1_000)
def meant_name(name: str, names: tuple[str, ...] = ASPECTS) -> str:
    """The known name that another one is meant to be; empty if it is none of them.

    Args:
        name: As somebody wrote it; capitals, hyphens and underscores count for nothing.
        names: Those that are known, each as it is spelt.

    >>> [meant_name(name) for name in ("commtue", "Salary", "canteen", "pay")]
    ['commute', 'pay', '', 'pay']
    """
    plain = " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
    if len(plain) > _LONGEST:
        return ""
    if SYNONYMS.get(plain) in names:
        return SYNONYMS[plain]
    slips = {
        known: edit_distance(plain, known.casefold())
        for known in names
        if _least_distance(plain, known.casefold()) <= _MOST
    }
    nearest = min(slips, key=slips.__getitem__, default="")
    most = 1 if len(nearest) <= _SHORT else _MOST
    return nearest if nearest and slips[nearest] <= most else ""


def _least_distance(name: str, other: str) -> int:
    """A number that ``edit_distance`` never falls below, found in far less time.

    Every letter that only one of the names has must be added, dropped or replaced.

    Args:
        name, other: Any two texts.
    """
    return max(
        abs(len(name) - len(other)),
        sum(letter not in other for letter in name),
        sum(letter not in name for letter in other),
    )


def correct_aspects(name: str, aspects: tuple[str, ...] = ASPECTS) -> str:
    """The name of a number with the aspects in it as they are spelt.

    Args:
        name: Such as ``"salary.mean"`` or ``"priorities.commtue"``.
        aspects: Those that are known.

    >>> correct_aspects("salary.mean"), correct_aspects("weights.time")
    ('pay.mean', 'weights.time')
    """
    return ".".join(meant_name(step, aspects) or step for step in name.split("."))
