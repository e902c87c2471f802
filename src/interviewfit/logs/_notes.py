"""Notes in Markdown as rows: a heading for each application, and below it dated lines.

A line counts if it begins with a date, as "- 2026-01-12 phone screen" does. Other text
is left out. Two such lines make a file such notes.
"""

import re
from collections.abc import Iterable, Iterator

from interviewfit._reading.dates import (
    NAMED_WITHOUT_YEAR,
    NUMBERS_WITHOUT_YEAR,
    dates_in,
    local_date,
    with_year,
)

NOTE_HEADINGS = ("company", "role", "date", "status")
_HEADING = re.compile(r"#{1,6} +(.{1,200})")
_SIGNS = re.compile(r"\s*(?:[-*+•] +)?(?:\[[ xX]\] +)?[*_\[(]{0,3}")
_BETWEEN = re.compile(r"[\s*_\]):;,|–—-]+")
_PARTS = re.compile(r" +[-–—|/@] +|: +")
_LONGEST_DATE, _LONGEST_LINE = 24, 400
_FEWEST = 2


def read_notes(lines: Iterable[str]) -> list[dict[int, object]]:
    """Return a row for each dated line of notes; none if a file is no such notes.

    Args:
        lines: The lines of the file.
    """
    rows = list(_rows(lines))
    return rows if len(rows) >= _FEWEST else []


def _rows(lines: Iterable[str]) -> Iterator[dict[int, object]]:
    company, role = "", ""
    for line in lines:
        if heading := _HEADING.fullmatch(line):
            company, *rest = _PARTS.split(heading[1].strip("*_# "), maxsplit=1)
            role = "".join(rest)
        elif company and len(line) <= _LONGEST_LINE:
            signs = _SIGNS.match(line)
            text = line[signs.end() if signs else 0 :]
            end = _date_end(text)
            event = _BETWEEN.sub("", text[end:], count=1) if end else ""
            if event:
                cells = (company, role, text[:end], event)
                yield {index: cell for index, cell in enumerate(cells) if cell}


def _date_end(text: str) -> int:
    """Where the date ends that a line begins with; 0 if it begins with none."""
    start = text[:_LONGEST_DATE]
    if local_date(start, day_first=True):
        return next(end for _, end in dates_in(start, day_first=True))
    for form in (NAMED_WITHOUT_YEAR, NUMBERS_WITHOUT_YEAR):
        bare = form.match(start)
        if bare and local_date(with_year(bare[0], 2000), day_first=True):
            return bare.end()
    return 0
