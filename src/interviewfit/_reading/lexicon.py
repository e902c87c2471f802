"""Words of ten languages in which people keep the log of a search.

``data/log-words.json`` holds, for each language, the words for every milestone, for the
headings of a table, for yes and no, and the twelve months. A language stands there
whole: with half of one, refusals would be read and interviews not, which biases rates.

Words are compared without capitals, accents and signs. A phrase is a sequence of words;
Chinese and Japanese, which write no spaces, are compared character by character.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_CJK = "\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W\d_{_CJK}]+|\d+|[#✓✔✅☑✗✘❌☐√×✕✖○◯\u3007👍🚫]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LETTERS = str.maketrans("łøđı", "lodi")
_LONGEST = 200
_LONG = 6
"""Letters that a word must have to be looked for inside compound words."""

_MOST_TOKENS = 40


def fold(text: str) -> str:
    """Return a text without capitals and accents.

    >>> fold("Refusée"), fold("Łódź")
    ('refusee', 'lodz')
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in parts if unicodedata.category(letter) != "Mn")
    return kept.translate(_LETTERS)


@lru_cache(maxsize=20_000)
def tokenise(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded; of a long text the first 40.

    >>> tokenise("applicationRejected (2nd)"), tokenise("一面通过")
    (('application', 'rejected', '2', 'nd'), ('一', '面', '通', '过'))
    """
    spaced = fold(_CAMEL.sub(" ", text[:_LONGEST]))
    return tuple(_TOKEN.findall(spaced)[:_MOST_TOKENS])


def compact(text: str) -> str:
    """Return the words of a text as one, for a comparison of whole texts."""
    return "".join(tokenise(text))


@cache
def load_words() -> Mapping[str, Any]:
    """Return the words of every language, by its English name."""
    text = files("interviewfit").joinpath("data/log-words.json").read_text("utf-8")
    words: Mapping[str, Any] = json.loads(text)
    return words


@cache
def _months() -> Mapping[str, int]:
    """Return the number of the month by its names and abbreviations."""
    return {
        fold(name): number
        for language in load_words().values()
        for number, names in enumerate(language["months"], 1)
        for name in names.split()
    }


def month_number(name: str) -> int:
    """Return the number of a month by its name in any of the languages; 0 if none.

    >>> month_number("août"), month_number("März"), month_number("Monday")
    (8, 3, 0)
    """
    return _months().get(fold(name), 0)


class PhraseBook:
    """Finds the concepts that a text names.

    Args:
        phrases: Pairs of a concept and its phrases, separated by semicolons. A phrase
            with "=" before it counts only as the whole text. The first concept of a
            phrase counts.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._whole: dict[str, str] = {}
        self._by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        taken: set[tuple[str, ...]] = set()
        for concept, text in phrases:
            for phrase in text.split(";"):
                words = tokenise(phrase)
                self._whole.setdefault("".join(words), concept)
                if words and words not in taken and not phrase.strip().startswith("="):
                    taken.add(words)
                    self._by_word.setdefault(words[0], []).append((words, concept))
        for candidates in self._by_word.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))
        self._long = {
            words[0]: concept
            for candidates in self._by_word.values()
            for words, concept in candidates
            if len(words) == 1 and len(words[0]) >= _LONG
        }

    def whole(self, text: str) -> str:
        """Return the concept of a whole text; empty if it is not known."""
        return self._whole.get(compact(text), "")

    def find(self, words: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """Yield the concepts of a sequence of words, the longest phrase at each word.

        Args:
            words: The words, as ``tokenise`` returns them.

        Returns:
            Concept, index of its first word, and index after its last word.
        """
        start = 0
        while start < len(words):
            length = 1
            for phrase, concept in self._by_word.get(words[start], ()):
                if words[start : start + len(phrase)] == phrase:
                    length = len(phrase)
                    yield concept, start, start + length
                    break
            start += length

    def inside(self, word: str) -> list[str]:
        """Return the concepts of the words that a compound word is made of."""
        if len(word) <= _LONG:
            return []
        return [concept for part, concept in self._long.items() if part in word]
