"""The catalogue of named signs: what each means, says and bears on.

The rows of ``data/signs.csv``. A row of the kind *reading* says how a sign moves the
belief of an aspect; *clue*, by which factor it multiplies the odds of an event;
*familiar*, of which aspect less is unknown; *stop*, that nothing makes up for it;
*neutral*, that it changes nothing. All strengths are judgement.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from attrs import evolve, frozen

from interviewfit._model.vocabulary import Event, Scope, Sign


@frozen
class SignReading:
    """What a sign says of one aspect.

    Attributes:
        aspect: That it speaks of.
        value: What it would say of a job of which nothing else is known, % of pay.
        noise: Standard deviation of its error, % of pay.
        unsettled: Standard deviation of news still to come, % of pay.
    """

    aspect: str
    value: float
    noise: float
    unsettled: float


@frozen
class SignEntry:
    """One sign of the catalogue.

    Attributes:
        meaning: What somebody noticed.
        source: Who names it, or why it is as strong as it is.
        scope: What it speaks of: this opportunity, or its whole company.
        readings: What it says of aspects.
        clues: Factors of odds, by event.
        familiar: Aspects of which less is unknown.
        stops: Whether it forces leaving, as a dealbreaker does.
    """

    meaning: str
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
            numbers = (float(row[name]) for name in ("value", "noise", "unsettled"))
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
    path = Path(__file__).parents[1] / "data" / "signs.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            blank = SignEntry(row["meaning"], row["source"], Scope(row["scope"]))
            sign = Sign(row["sign"])
            entries[sign] = _with_row(entries.get(sign, blank), row)
    return entries


SIGNS: Mapping[Sign, SignEntry] = _read_signs()
"""Every sign of the catalogue, at plain strength."""
