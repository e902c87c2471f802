"""Limits of what is read are limits: as much as that is read, and no more."""

import json
from collections.abc import Callable

import pytest

from interviewfit import DecodeError, read_log
from interviewfit.logs import _boards, _formats, _reader
from interviewfit.postings import (
    _boards as posting_boards,
    _conversion,
    _more_boards,
    read_jobspy,
    read_lever,
    read_postings,
)

JOB = {"company": "A", "status": "Applied"}


def wide(count: int) -> str:
    """A table of so many columns."""
    names = ["company", "status", *(f"c{number}" for number in range(count - 2))]
    return f"{','.join(names)}\nA,Applied{',x' * (count - 2)}\n"


def long(count: int) -> str:
    """A table of so many lines, the heading among them."""
    return "company,status\n" + "A,Applied\n" * (count - 1)


def beyond(count: int) -> str:
    """A table whose row goes on behind its heading, with so many cells."""
    return f"company,status\nA,Applied{',x' * (count - 2)}\n"


def keys(count: int) -> str:
    """An object of so many keys."""
    return json.dumps([{**JOB, **{f"k{n}": 1 for n in range(count - 2)}}])


@pytest.mark.parametrize(
    ("module", "name", "most", "text"),
    [
        (_formats, "MAX_COLUMNS", 7, wide),
        (_formats, "MAX_COLUMNS", 7, beyond),
        (_formats, "MAX_COLUMNS", 7, keys),
        (_formats, "MAX_ROWS", 6, long),
        (_formats, "MAX_ROWS", 6, lambda n: json.dumps([JOB] * n)),
        (_boards, "_MAX_PROCESSES", 9, lambda n: f"Applied [{n}] Rejected\n"),
        (_reader, "MAX_EVENTS", 5, lambda n: long(n + 1).replace("A,", "anonym,")),
        (_reader, "MAX_CHARACTERS", 80, lambda n: long(3).ljust(n)),
    ],
)
def test_a_log_of_as_much_as_the_limit_is_read(
    module: object,
    name: str,
    most: int,
    text: Callable[[int], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, name, most)

    assert read_log(text(most)).history.events
    with pytest.raises(DecodeError, match=r"at most|longer|too long|characters"):
        read_log(text(most + 1))


def test_as_many_postings_as_the_limit_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_conversion, "MAX_POSTINGS", 3)
    jobs = [{"text": f"Cook {number}", "hostedUrl": "a"} for number in range(4)]

    assert len(read_lever(jobs[:3])) == 3
    with pytest.raises(DecodeError, match="over 3 postings"):
        read_lever(jobs)


def test_as_many_positions_of_a_feed_as_the_limit_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_more_boards, "_MOST_POSITIONS", 2)
    position = "<position><name>Cook</name><office>Bonn</office></position>"

    def feed(count: int) -> str:
        return f"<workzag-jobs>{position * count}</workzag-jobs>"

    assert len(read_postings(feed(2))) == 2
    with pytest.raises(DecodeError, match="3 positions, at most 2"):
        read_postings(feed(3))


def test_as_many_characters_of_postings_as_the_limit_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(posting_boards, "MAX_CHARACTERS", 60)
    text = '[{"text": "Cook", "hostedUrl": "a"}]'

    assert len(read_postings(text.ljust(60))) == 1
    with pytest.raises(DecodeError, match="characters"):
        read_postings(text.ljust(61))
    assert len(read_jobspy("title\nCook\n")) == 1
