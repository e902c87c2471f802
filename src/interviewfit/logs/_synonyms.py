"""Synonyms: the words that trackers use for statuses and for columns.

They stand in ``data/log-words.json`` and are compared by letters and digits alone, so
``applicationRejected`` and "Application rejected" are the same. Others are unknown.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from interviewfit._model.vocabulary import Milestone, StageKind
from interviewfit.history._log import MAX_INTERVIEWS


@frozen
class Meaning:
    """The meaning of a tracker's status.

    Attributes:
        kind: What happened.
        number: Which interview it was, 1 for the first; 0 if the status does not say.
        stage: The kind of interview, if the status says so.
    """

    kind: Milestone
    number: int = 0
    stage: StageKind | None = None


_WORDS: Any = json.loads(
    (Path(__file__).parents[1] / "data" / "log-words.json").read_text("utf-8")
)
_MEANINGS = {
    word: Meaning(
        Milestone(status["kind"]),
        stage=StageKind(status["stage"]) if "stage" in status else None,
    )
    for status in _WORDS["statuses"]
    for word in status["words"]
}

PRE_APPLICATION: frozenset[str] = frozenset(_WORDS["before_application"])
"""Statuses before an application; they are no events."""

COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    name: tuple(words) for name, words in _WORDS["columns"].items()
}
"""The names that trackers give to each field; of two in a row the first counts."""

_NUMBERED = re.compile(r"(?:technical|tech)?(?:interview|round)(?:round)?(\d{1,2})")
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip
_ORDINAL = re.compile(rf"({'|'.join(_ORDINALS)})(?:interview|round)+")


def normalise(word: str) -> str:
    """Return the letters and digits of a word, in lower case.

    >>> normalise("Take-home task")
    'takehometask'
    """
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def find_meaning(status: str) -> Meaning | None:
    """Return the meaning of a tracker's status; None if it is not known.

    >>> find_meaning("Phone Screen").kind.value, find_meaning("interview2").number
    ('screen', 2)
    """
    word = normalise(status[:100])
    if word in _MEANINGS:
        return _MEANINGS[word]
    number = 0
    if match := _NUMBERED.fullmatch(word):
        # Digits of other scripts are digits too.
        number = int(match[1])
    elif match := _ORDINAL.fullmatch(word):
        number = _ORDINALS[match[1]]
    if 1 <= number <= MAX_INTERVIEWS:
        return Meaning(Milestone.INTERVIEW, number)
    return None
