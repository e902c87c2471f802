"""Statuses and headings, understood by the words inside them.

A status may say two things: "rejected after interview" is an interview that was reached
and a refusal. What stands behind "no" or "before" did not happen. A text in which no
word is known is reported and never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from attrs import Factory, evolve, field, frozen

from interviewfit._model.vocabulary import Milestone, StageKind
from interviewfit._reading.lexicon import (
    PhraseBook,
    compact,
    fold,
    load_words,
    tokenise,
)
from interviewfit.history._log import MAX_INTERVIEWS


@frozen
class Meaning:
    """One event that a status states.

    Attributes:
        word: The concept, a key of ``CONCEPTS``.
        number: Which interview it was, 1 for the first; 0 if the status does not say.
        stage: The kind of interview, if the status says so.
        kind: What happened, by the concept.
    """

    word: str
    number: int = 0
    stage: StageKind | None = None
    kind: Milestone = field(
        # What comes before an application is no event; its kind is never looked at.
        default=Factory(
            lambda meaning: CONCEPTS.get(meaning.word, CONCEPTS["applied"])[0],
            takes_self=True,
        ),
        init=False,
        eq=False,
        repr=False,
    )


@frozen
class Statement:
    """All that a status states.

    Attributes:
        meanings: Its events: the stage that was reached, then how it ended.
        early: Whether it is a state before any application, which is no event.
        running: Whether it says that something is under way, and not what.
    """

    meanings: tuple[Meaning, ...] = ()
    early: bool = False
    running: bool = False


CONCEPTS: Mapping[str, tuple[Milestone, StageKind | None]] = {
    "contacted": (Milestone.CONTACTED, None),
    "replied": (Milestone.CONTACTED, None),
    "applied": (Milestone.APPLIED, None),
    "screen": (Milestone.SCREEN, None),
    "task": (Milestone.TASK, None),
    "interview": (Milestone.INTERVIEW, None),
    "hiring_manager": (Milestone.INTERVIEW, StageKind.HIRING_MANAGER),
    "panel": (Milestone.INTERVIEW, StageKind.PANEL),
    "executive": (Milestone.INTERVIEW, StageKind.EXECUTIVE),
    "hidden_role": (Milestone.HIDDEN_ROLE, None),
    "offer": (Milestone.OFFER, None),
    "accepted": (Milestone.ACCEPTED, None),
    "offer_declined": (Milestone.DECLINED, None),
    "rescinded": (Milestone.CLOSED, None),
    "rejected": (Milestone.REJECTED, None),
    "withdrew": (Milestone.WITHDREW, None),
    "silent": (Milestone.SILENT, None),
    # It does not say who declined.
    "declined": (Milestone.CLOSED, None),
    "closed": (Milestone.CLOSED, None),
    # A job that was passed over, unless there was an application.
    "discarded": (Milestone.WITHDREW, None),
}
"""Milestone and kind of interview of each concept; outcomes by precedence."""

FIELDS = (
    *("process", "link", "company", "name", "role", "status", "origin", "outcome"),
    *("date", "applied_date", "status_date", "first_contact", "last_contact"),
    *("source", "hours", "minutes", "number", "steps"),
)
"""What a column may be taken for, besides a stage."""

_OUTCOMES = tuple(CONCEPTS)[tuple(CONCEPTS).index("accepted") :]
_RANKS = {word: rank for rank, word in enumerate(CONCEPTS)}
_MISSING = {
    *("", "null", "na", "none", "nan", "nil", "undefined", "tbd", "tba", "unknown"),
    *("ka", "nv", "notavailable", "notapplicable", "unbekannt", "inconnu", "nd", "sin"),
}
_FIRST_LETTERS = {word[:1] for word in _MISSING}
_DATE_IN_TEXT = re.compile(r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?")
_ASIDE = re.compile(r"[(\[\uff08\u3010][^)\]\uff09\u3011]*[)\]\uff09\u3011]")


def is_missing(text: str) -> bool:
    """Whether a cell says that nothing is known, as "N/A" or "-" do.

    >>> is_missing("n/a"), is_missing("—"), is_missing("C++")
    (True, True, False)
    """
    # Most cells are told by their first letter.
    first = text[:1].lower()
    if len(text) >= 20 or (first.isalnum() and first not in _FIRST_LETTERS):
        return False
    return compact(text) in _MISSING and "#" not in text


def _words_of(entry: str) -> Iterator[str]:
    for language in load_words().values():
        yield from (word.strip() for word in language[entry].split(";"))


@cache
def _statuses() -> PhraseBook:
    languages = load_words().values()
    return PhraseBook(
        pair for language in languages for pair in language["statuses"].items()
    )


@cache
def _headings() -> PhraseBook:
    languages = load_words().values()
    return PhraseBook(
        pair for language in languages for pair in language["headings"].items()
    )


@cache
def _token_set(entry: str) -> frozenset[str]:
    """Return all words of an entry of the data file, each single word folded."""
    return frozenset(token for word in _words_of(entry) for token in tokenise(word))


@cache
def _running() -> frozenset[str]:
    return frozenset(compact(phrase) for phrase in _words_of("running"))


@cache
def _marks() -> Mapping[str, bool]:
    """Return whether a mark, compact, says yes."""
    marks = {compact(word): False for word in _words_of("no")}
    return {**marks, **{compact(word): True for word in _words_of("yes")}}


@cache
def _ordinals() -> Mapping[str, int]:
    return {
        fold(word): number
        for language in load_words().values()
        for number, words in enumerate(language["ordinals"], 1)
        for word in words.split()
    }


@lru_cache(maxsize=20_000)
def mark_of(text: str) -> bool | None:
    """Return whether a cell below a stage says that it happened; None if it is no mark.

    >>> mark_of("✓"), mark_of("FALSE"), mark_of("120k")
    (True, False, None)
    """
    return _marks().get(compact(text)) if len(text) < 20 else None


@lru_cache(maxsize=20_000)
def read_status(text: str) -> Statement | None:
    """Return what a tracker's status states; None if no word of it is known.

    >>> [
    ...     meaning.word
    ...     for meaning in read_status("Rejected after 2nd interview").meanings
    ... ]
    ['interview', 'rejected']
    >>> [meaning.word for meaning in read_status("Rejected (no interview)").meanings]
    ['rejected']
    """
    text = _DATE_IN_TEXT.sub(" ", text)
    book = _statuses()
    bare = _ASIDE.sub(" ", text)
    for whole in (text, bare):
        if concept := book.whole(whole):
            statement = _statement([_meaning(concept, tokenise(whole), 0, 0)])
            return evolve(statement, running=compact(whole) in _running())
    words = tokenise(text)
    meanings, last = [], 0
    negations = _token_set("negations")
    for concept, start, end in book.find(words):
        before = words[max(last, start - 2) : start]
        last = end
        if negations & {*before} or words[end : end + 1] == ("前",):
            continue
        meanings.append(_meaning(concept, words, start, end))
    if not meanings and not last:
        inside = [concept for word in words for concept in book.inside(word)]
        meanings = [_meaning(concept, (), 0, 0) for concept in inside]
    if not meanings:
        return Statement(early=True) if last else None
    return _statement(meanings)


def _meaning(concept: str, words: tuple[str, ...], start: int, end: int) -> Meaning:
    """Return a concept as an event, with the number of the interview beside it.

    Args:
        concept: A key of ``CONCEPTS``, ``"early"``, or an interview with its number,
            such as ``"interview_2"``.
        words: All words of the status.
        start, end: Where the phrase of the concept stands in *words*; both 0 for the
            whole status.
    """
    word, _, digits = concept.rpartition("_")
    if digits.isdecimal():
        return Meaning(word, int(digits))
    number = 0
    kind, stage = CONCEPTS.get(concept, (None, None))
    if kind is Milestone.INTERVIEW:
        after = words[end : end + 1]
        if {*words[end + 1 : end + 2]} & _token_set("units"):
            # "Onsite, 4 people" is no fourth interview.
            after = ()
        beside = (*after, *reversed(words[max(0, start - 2) : start]))
        phrase = words[start:end] or words
        for candidate in (*beside, *phrase):
            number = number or _number_of(candidate)
    return Meaning(concept, number, stage)


def _number_of(word: str) -> int:
    """Return the number that a word names, 1 to ``MAX_INTERVIEWS``; 0 if none."""
    if word.isdecimal():
        number = int(word[:4])
        return number if number <= MAX_INTERVIEWS else 0
    return _ordinals().get(word, 0)


def _statement(meanings: list[Meaning]) -> Statement:
    """Return the furthest stage and the weightiest outcome among some meanings."""
    words = {meaning.word: meaning for meaning in meanings}
    words.pop("early", None)
    beside = words.keys() - {"accepted", "applied"}
    if beside and not beside & {"offer", *_OUTCOMES}:
        # An invitation was accepted, and no offer.
        words.pop("accepted", None)
    if "offer" in words and "declined" in words:
        words = {"offer_declined": Meaning("offer_declined")}
    if not words:
        return Statement(early=True)
    stages = sorted(words.keys() - {*_OUTCOMES}, key=_RANKS.__getitem__)
    ends = [word for word in _OUTCOMES if word in words]
    if "rescinded" in ends:
        stages = ["offer"]
        words["offer"] = Meaning("offer")
    if ends and stages[-1:] == ["applied"]:
        # An end proves the application.
        stages = []
    numbers = [meaning.number for meaning in meanings if meaning.number]
    kept = [words[word] for word in (*stages[-1:], *ends[:1])]
    if numbers and kept[0].kind is Milestone.INTERVIEW and not kept[0].number:
        kept[0] = Meaning(kept[0].word, numbers[0], kept[0].stage)
    return Statement(tuple(kept))


@frozen
class Heading:
    """What a column is taken for by its heading.

    Attributes:
        field: One of ``FIELDS``, ``"stage"``, ``"ignored"`` or empty if not known.
        meaning: The stage that a stage's column is named after.
        dated: Whether the heading says that its cells are dates.
    """

    field: str
    meaning: Meaning | None = None
    dated: bool = False


@lru_cache(maxsize=20_000)
def read_heading(text: str) -> Heading:
    """Return what a column is taken for by the words in its heading.

    >>> read_heading("Application Status").field, read_heading("Date of 1st response")
    ('status', Heading(field='stage', meaning=Meaning(word='replied', ...), dated=True))
    """
    book = _headings()
    bare = _ASIDE.sub(" ", text)
    for whole in (text, bare):
        if compact(whole) and (name := book.whole(whole)):
            return Heading(name, dated=name.endswith("date"))
    words = tokenise(bare) or tokenise(text)
    fields = list(book.find(words))
    date_words = {*words} & _token_set("date_words")
    status = _stage_in(words)
    if status is None and any(name == "ignored" for name, _, _ in fields):
        return Heading("ignored")
    if date_words - {"on"} and status and status.word in ("applied", "early"):
        return Heading("applied_date", dated=True)
    if status and status.word != "early":
        return Heading("stage", status, dated=bool(date_words))
    if date_words and {*words} & _token_set("update_words"):
        return Heading("status_date", dated=True)
    return _named_field([name for name, _, _ in fields], date_words)


def _named_field(named: list[str], date_words: set[str]) -> Heading:
    """Return the field that a heading names beside other words.

    Args:
        named: The fields whose words stand in it.
        date_words: Its words for a date; with "date" it is the date of something else.
    """
    for name in ("status", "outcome", "company", "role", "link", "source", "process"):
        if name in named:
            return Heading("ignored" if date_words & {"date"} else name)
    return Heading("", dated=bool(date_words))


def _stage_in(words: tuple[str, ...]) -> Meaning | None:
    """Return the stage that a heading is named after; None if other words stand by."""
    taken: set[int] = set()
    meanings = []
    for concept, start, end in _statuses().find(words):
        taken.update(range(start, end))
        meanings.append(_meaning(concept, words, start, end))
    spare = _token_set("filler") | _token_set("date_words")
    rest = [word for index, word in enumerate(words) if index not in taken]
    if not meanings:
        concept = _statuses().whole("".join(words))
        return _meaning(concept, words, 0, 0) if concept else None
    if any(not (w in spare or w.isdecimal() or w in _ordinals()) for w in rest):
        return None
    furthest = _statement(meanings).meanings
    return furthest[-1] if furthest else Meaning("early")
