"""Hostile files of ten million characters end in one clear error, and soon.

Work grows with the size of a text and not with its square: calls are counted.
"""

import json
from collections.abc import Callable
from contextlib import suppress

import pytest

from calls import calls
from hostile import TEXTS
from interviewfit import read_log
from interviewfit._command.read import _read_any
from interviewfit.errors import DecodeError
from interviewfit.postings import ReadingOptions

SIZE = 10_000_000
MOST_CALLS = 4_000_000
COLUMNS = "title," + ",".join(map(str, range(1_000_000)))
MHTML = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
FILES = {
    "one line": "a" * SIZE,
    "a million columns": f"{COLUMNS}\n{',' * 1_000_000}\n",
    "nested lists": "[" * SIZE,
    "nested objects": '{"a":' * (SIZE // 5),
    "null characters": "\0" * SIZE,
    "formulas": "=cmd|' /c calc'!A1,=1+1\n" * 20_000,
    "many items": '<html><p itemscope itemtype="JobPosting">' * 100_000,
    "many parts": MHTML + "--b\nContent-Type: text/html\n\n<p>\n" * 200_000,
    "entities": "<workzag-jobs><!ENTITY a 'b'>" + "&a;" * (SIZE // 3),
    "levels of XML": "<workzag-jobs>" + "<a>" * (SIZE // 3),
}
LOGS = ("one line", "a million columns", "nested lists", "null characters", "formulas")


def read_any(raw: bytes) -> object:
    return _read_any(raw, ReadingOptions())


@pytest.mark.parametrize(
    ("name", "read"),
    [*((name, read_any) for name in FILES), *((name, read_log) for name in LOGS)],
)
def test_it_ends_in_one_clear_error(name: str, read: Callable[[bytes], object]) -> None:
    raw = FILES[name].encode()

    def refused() -> None:
        with pytest.raises(DecodeError) as caught:
            read(raw)
        faults.extend(caught.value.faults)

    faults: list[str] = []
    assert calls(refused) <= MOST_CALLS
    assert all(len(fault) < 400 for fault in faults)


def test_what_only_looks_hostile_is_read() -> None:
    """Long texts in a posting are cut with a warning, and soon as well."""
    job = {"@type": "JobPosting", "title": "- " * 1_000_000, "hiringOrganization": "A"}
    job |= {"description": "<" * 2_000_000, "baseSalary": "1,000 " * 300_000}
    job |= {"jobLocation": "a; " * 300_000, "workHours": "1 " * 300_000}
    (posting,) = _read_any(json.dumps(job).encode(), ReadingOptions())

    assert any("was cut to" in warning for warning in posting.warnings)


@pytest.mark.parametrize("name", TEXTS)
def test_the_work_grows_with_the_size_and_not_with_its_square(name: str) -> None:
    read, text = TEXTS[name]

    def work(size: int) -> int:
        raw = text(size)

        def reading() -> None:
            with suppress(DecodeError):
                read(raw)

        return calls(reading)

    work(100)  # fills caches
    first, second = work(5_000), work(20_000)
    assert second <= 5 * first + 2_500
