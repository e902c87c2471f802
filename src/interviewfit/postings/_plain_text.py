"""A posting that was copied as plain text: its first line is the title.

Of the other lines those count that leave no doubt: one about pay in a currency, short
ones that name the workplace or the kind of employment, and the last day to apply. Text
has no agreed place for the employer, so state it in ``ReadingOptions.company``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from interviewfit._model.money import Pay
from interviewfit._reading.dates import dates_in
from interviewfit._reading.text import clean_line
from interviewfit.postings._conversion import read_items
from interviewfit.postings._fields import FieldReader
from interviewfit.postings._money_text import parse_pay
from interviewfit.postings._posting import PostingFields, Postings, ReadingOptions
from interviewfit.postings._workplace import WORDS, find_workplace

_MOST_LINES, _LONGEST_TITLE, _LONGEST_LINE, _SHORT = 2_000, 150, 500, 70
_FEWEST_LINES, _DATED_SHARE = 2, 0.34
_SEPARATORS = re.compile(r"[,;\t|]")
_PAY, _NO_PAY, _LAST_DAY, _POSTING = (
    re.compile(WORDS[name], re.IGNORECASE)
    for name in ("pay_line", "no_pay_line", "last_day_line", "posting_line")
)
_BESIDE_PAY = re.compile(
    r"\s\+|\s(?:plus|ote|zzgl)\b|\bbonus|\bequity|[(;]", re.IGNORECASE
)
_CURRENCY = re.compile(r"[$€£¥₹]|\b[A-Z]{3}\b")
_EMPLOYMENT = re.compile(
    "|".join(
        rf"(?:{WORDS[kind]})"
        for kind in ("full_time", "part_time", "permanent", "temporary")
    ),
    re.IGNORECASE,
)


def is_plain_posting(text: str) -> bool:
    """Whether a text reads like a posting, and not like a table or a list of events.

    Args:
        text: The text.
    """
    lines = _lines(text)
    if len(lines) < _FEWEST_LINES or len(lines[0]) > _LONGEST_TITLE:
        return False
    separators = {len(_SEPARATORS.findall(line)) for line in lines}
    dated = sum(any(dates_in(line, day_first=True)) for line in lines)
    is_table = len(separators) == 1 and separators != {0}
    if is_table or dated > _DATED_SHARE * len(lines):
        return False
    return any(map(_POSTING.search, lines))


def read_plain_posting(text: str, options: ReadingOptions | None) -> Postings:
    """The posting that a text is.

    Args:
        text: Such as was copied from a page or a mail.
        options: What it is compared with, and what it leaves unsaid.

    Raises:
        DecodeError: If it is no posting.
    """
    item = {"title": _lines(text)[0], "text": text}
    return read_items("text", [("$", item)], _fields, options)


def _lines(text: str) -> list[str]:
    """The lines of a text that say something, without signs of lists and headings."""
    lines = (clean_line(line).strip("#*•·–- ") for line in text.splitlines())
    return list(islice(filter(None, lines), _MOST_LINES))


def _fields(reader: FieldReader) -> PostingFields:
    """What a text says."""
    lines = [line for line in _lines(reader.prose("text")) if len(line) < _LONGEST_LINE]
    short = [line for line in lines if len(line) <= _SHORT]
    reader.warn("It is plain text, so its first line was taken as the title.")
    last_days = (
        day
        for line in lines
        if _LAST_DAY.search(line)
        for day, _ in islice(dates_in(line), 1)
    )
    kinds = (match[0] for line in short for match in _EMPLOYMENT.finditer(line))
    return PostingFields(
        source="text",
        title=reader.text("title"),
        workplace=find_workplace(*short),
        employment=tuple(dict.fromkeys(kinds)),
        pays=tuple(islice(_pays(lines), 1)),
        closes=next(last_days, None),
        description=reader.prose("text"),
    )


def _pays(lines: Sequence[str]) -> Iterator[Pay]:
    """Yield the pay of every line that is about pay and leaves no doubt.

    What stands behind "plus", such as a bonus, is no part of it.
    """
    for line in lines:
        if not (_CURRENCY.search(line) and _PAY.search(line)) or _NO_PAY.search(line):
            continue
        for part in _BESIDE_PAY.split(line):
            pay, _ = parse_pay(part)
            if pay is not None:
                yield pay
                break
