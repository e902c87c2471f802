"""What a row of a table proves."""

import re
from datetime import date
from functools import lru_cache

from attrs import define, field

from interviewfit._reading.dates import dates_in
from interviewfit.logs._cells import Entry
from interviewfit.logs._words import Meaning

_BETWEEN_STEPS = re.compile(r"[;\n|→]|-{1,9}>")
_BETWEEN_PARTS = re.compile(r",\s|\s>\s")


@define
class Row:
    """What a row proves.

    Attributes:
        process, company, role, link, source: As written, on one line; empty if missing.
        applied: The day of its own application; None if it has no such cell.
        entries: Its events, in their usual order.
    """

    process: str = ""
    company: str = ""
    role: str = ""
    link: str = ""
    source: str = ""
    applied: date | None = None
    entries: list[Entry] = field(factory=list)


@lru_cache(maxsize=10_000)
def last_date(text: str, day_first: bool | None) -> date | None:
    """The last date in a status, of which a file has few; None if it has none.

    Args:
        text, day_first: As ``dates_in``.
    """
    days = [day for day, _ in dates_in(text, day_first)]
    return days[-1] if days else None


def repeats(entry: Entry, end: Meaning) -> bool:
    """Whether an event has the status in a column of its own already.

    Args:
        entry: An event of the row.
        end: The event that the status states.
    """
    if entry.day is None:
        return entry.meaning == end
    return entry.meaning.kind == end.kind and not end.number


def without_echoes(entries: list[Entry]) -> list[Entry]:
    """Return entries without those without a day of which the row has a dated one."""
    dated = {(e.meaning.kind, e.meaning.number) for e in entries if e.day}
    kinds = {kind for kind, _ in dated}
    return [
        e
        for e in entries
        if e.day
        or e.prior
        or e.meaning.kind not in kinds
        or (e.meaning.number and (e.meaning.kind, e.meaning.number) not in dated)
    ]


def steps_in(timeline: str) -> list[str]:
    """Return the steps of a cell, between commas if nothing else divides them.

    Args:
        timeline: Such as "applied 2026-03-01, phone screen 2026-03-08".
    """
    steps = _BETWEEN_STEPS.split(timeline)
    if len(steps) == 1 and len(list(dates_in(timeline, day_first=True))) > 1:
        steps = _BETWEEN_PARTS.split(timeline)
    return [step.strip() for step in steps]
