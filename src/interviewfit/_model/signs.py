"""The catalogue of named signs: what each means, says and bears on.

The rows of ``data/signs.csv``. A row of the kind *reading* says how a sign moves the
belief of an aspect; *clue*, by which factor it multiplies the odds of an event;
*familiar*, of which aspect less is unknown; *stop*, that nothing makes up for it;
*neutral*, that it changes nothing. All strengths are judgement.
"""

import csv
import re
from collections.abc import Mapping

from attrs import evolve, frozen

from interviewfit._model.package_data import package_text
from interviewfit._model.vocabulary import Event, Scope, Sign

_COMMON = {"the", "and", "are", "you", "they", "that", "their", "there", "with", "for"}


@frozen(repr=False)
class SignReading:
    """What a sign says of one aspect.

    Attributes:
        aspect: That it speaks of.
        value: What it would say of a job of which nothing else is known, % of pay.
        noise: Standard deviation of its error, % of pay.
        chance: That what it speaks of happens, where that is still to come; 0 where
            nothing is.
    """

    aspect: str
    value: float
    noise: float
    chance: float = 0.0


@frozen(repr=False)
class SignEntry:
    """One sign of the catalogue.

    Attributes:
        meaning: What somebody noticed.
        also: Other words that people use for it; they suggest the right name.
        source: Who names it, or why it is as strong as it is.
        scope: What it speaks of: this opportunity, or its whole company.
        readings: What it says of aspects.
        clues: Factors of odds, by event.
        familiar: Aspects of which less is unknown.
        stops: Whether it forces leaving, as a dealbreaker does.
    """

    meaning: str
    also: str
    source: str
    scope: Scope
    readings: tuple[SignReading, ...] = ()
    clues: tuple[tuple[Event, float], ...] = ()
    familiar: tuple[str, ...] = ()
    stops: bool = False


def _with_row(entry: SignEntry, row: Mapping[str, str]) -> SignEntry:
    """An entry with what one more row says.

    Args:
        entry: Of the sign, as the rows before have it.
        row: The texts of its cells, by heading.

    Raises:
        ValueError: If its kind is unknown.
    """
    match row["kind"]:
        case "reading":
            numbers = (float(row[name] or 0) for name in ("value", "noise", "chance"))
            reading = SignReading(row["subject"], *numbers)
            return evolve(entry, readings=(*entry.readings, reading))
        case "clue":
            clue = Event(row["subject"]), float(row["factor"])
            return evolve(entry, clues=(*entry.clues, clue))
        case "familiar":
            return evolve(entry, familiar=(*entry.familiar, row["subject"]))
        case "stop" | "neutral" as kind:
            return evolve(entry, stops=kind == "stop")
    message = f"unknown kind of sign: {row['kind']!r}"
    raise ValueError(message)


def _read_signs() -> dict[Sign, SignEntry]:
    entries: dict[Sign, SignEntry] = {}
    for row in csv.DictReader(package_text("signs.csv").splitlines()):
        scope = Scope(row["scope"])
        blank = SignEntry(row["meaning"], row["also"], row["source"], scope)
        sign = Sign(row["sign"])
        entries[sign] = _with_row(entries.get(sign, blank), row)
    return entries


SIGNS: Mapping[Sign, SignEntry] = _read_signs()
"""Every sign of the catalogue, at plain strength."""


def similar_sign(text: str) -> str:
    """The name of the sign that a word is likely to be meant for; empty if unclear.

    >>> similar_sign("bad_revews"), similar_sign("hiring freeze"), similar_sign("rain")
    ('bad_reviews', 'layoff_news', '')
    """
    from difflib import get_close_matches

    names = [sign.value for sign in SIGNS]
    misspelt = get_close_matches(text[:50].casefold(), names, n=1, cutoff=0.75)
    if misspelt:
        return misspelt[0]
    words = _stems(text)
    shared = {
        sign.value: len(words & _stems(f"{sign.value} {entry.meaning} {entry.also}"))
        for sign, entry in SIGNS.items()
    }
    nearest = max(shared, key=shared.__getitem__)
    return nearest if shared[nearest] else ""


def matching_signs(text: str) -> tuple[Sign, ...]:
    """The signs that words of somebody's own may mean, each of which has all of them.

    One sign only where the words are its name, or what it means, but for a slip.

    >>> [sign.value for sign in matching_signs("bad_revews")]
    ['bad_reviews']
    >>> [sign.value for sign in matching_signs("remote")]
    ['long_commute_remote_unknown', 'remote_allowed']
    >>> matching_signs("good culture")
    ()
    """
    from difflib import get_close_matches

    plain = _plain(text[:200])
    names = {_plain(sign.value): sign for sign in SIGNS}
    names |= {_plain(entry.meaning): sign for sign, entry in SIGNS.items()}
    if close := get_close_matches(plain, names, n=1, cutoff=0.9):
        return (names[close[0]],)
    words = _stems(plain)
    return tuple(
        sign
        for sign, entry in SIGNS.items()
        if words and words <= _stems(f"{sign.value} {entry.meaning} {entry.also}")
    )


def _plain(text: str) -> str:
    """The words of a text in small letters, without hyphens and underscores."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _stems(text: str) -> set[str]:
    """The first five letters of the words of a text that are no short ones."""
    return {word[:5] for word in re.findall(r"[a-z]{3,}", text.casefold())} - _COMMON
