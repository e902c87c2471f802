"""Texts that cost a reader the most, each grown to any size.

``python tests/hostile.py`` reads each at a size of five million characters, or as many
as its reader takes, and prints the seconds of processor time. The tests count calls.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from interviewfit import read_log
from interviewfit._command.read import _read_any
from interviewfit.errors import DecodeError
from interviewfit.extra.pages import read_page
from interviewfit.postings import ReadingOptions, read_postings, read_resume
from recorded import run_as_command

CHARACTERS = 5_000_000
ONE_JOB = (
    '<script type="application/ld+json">{"@type":"JobPosting","title":"a"}</script>'
)
LINES = ("2025-{:02d}-{:02d},acme,Applied", "2025-{:02d}-{:02d},acme,Rejected")


def read_any(text: str) -> object:
    return _read_any(text.encode(), ReadingOptions())


def wide(first: str, n: int) -> str:
    """A sheet of very many headings and rows, and one cell in each row."""
    headings = ",".join([first, *(f"h{i}" for i in range(n // 500))])
    return headings + "\nx" * (n // 50)


def one_process(n: int) -> str:
    """A log of one process that is refused and applied for again and again."""
    lines = (LINES[i % 2].format(i % 12 + 1, i % 28 + 1) for i in range(n // 23))
    return "\n".join(("date,company,status", *lines))


def one_place(n: int) -> str:
    """A posting whose many places are one node of many texts."""
    place = {
        "@id": "#p",
        "@type": "Place",
        "address": [f"t{i}" for i in range(n // 20)],
    }
    job = {
        "@type": "JobPosting",
        "title": "x",
        "jobLocation": [{"@id": "#p"}] * (n // 20),
    }
    return json.dumps({"@graph": [job, place]})


def jobs_of_a_life(n: int) -> str:
    job = {"name": "c", "position": "p", "startDate": "2010-01", "endDate": "2011-01"}
    return json.dumps({"work": [job] * (n // 80)})


def steps(n: int) -> str:
    """A list of processes, each with its own list of steps."""
    step = {"status": "applied", "date": "2025-01-01"}
    many = [{"company": f"a{i}", "history": [step]} for i in range(n // 80)]
    return json.dumps({"applications": many})


def spaces_in_a_card(n: int) -> str:
    card = {"id": "1", "idList": "a", "name": f"x{' ' * n}y"}
    return json.dumps({"lists": [{"id": "a", "name": "Applied"}], "cards": [card]})


def described(text: str, n: int) -> str:
    job = {"@type": "JobPosting", "title": "x", "description": text * (n // len(text))}
    return json.dumps(job)


TEXTS: dict[str, tuple[Callable[[str], object], Callable[[int], str]]] = {
    "log, headings": (read_log, partial(wide, "company")),
    "postings, headings": (read_postings, partial(wide, "title")),
    "log, one process": (read_log, one_process),
    "log, steps": (read_log, steps),
    "log, spaces": (read_log, lambda n: f"company,status\n{' ' * n}x,applied"),
    "log, spaces in a card": (read_log, spaces_in_a_card),
    "log, spaces between steps": (
        read_log,
        lambda n: json.dumps([{"company": "x", "history": f"2025-01-01{' ' * n}a"}]),
    ),
    "log, dashes": (read_log, lambda n: f"company,status\nx,{'-' * n}"),
    "log, braces": (read_log, lambda n: '{"a":1}' + "\n" * n + "x"),
    "log, arrows": (read_log, lambda n: "a -> b\n" * (n // 7)),
    "log, cells": (read_log, lambda n: "| a | applied |\n" * (n // 16)),
    "postings, one place": (read_postings, one_place),
    "postings, rows": (read_postings, lambda n: "title\n" + "a cook\n" * (n // 14)),
    "postings, angles": (read_postings, partial(described, "<")),
    "postings, hours": (read_postings, partial(described, "20 hours a week ")),
    "postings, money": (read_postings, partial(described, "EUR 20 ")),
    "postings, digits": (read_postings, partial(described, "1")),
    "postings, a number of a character": (read_any, lambda n: f"&#{'9' * n};"),
    "resume, jobs": (read_resume, jobs_of_a_life),
    "page, attributes": (
        read_page,
        lambda n: "<p " + " ".join(f"a{i}=x" for i in range(n // 10)) + ">" + ONE_JOB,
    ),
    "page, quotes": (read_page, lambda n: "<a b='" * (n // 6)),
    "page, tags": (read_page, lambda n: "<span>" * (n // 6) + ONE_JOB),
    "page, scripts": (read_page, lambda n: ONE_JOB * (n // len(ONE_JOB))),
    "page, styles": (read_page, lambda n: "<style>" * (n // 7)),
}
"""For each its reader and the text of about a number of characters."""


def main() -> None:
    """Print how long each hostile text takes to read, and what comes of it."""
    print("| text | MB | s | then |\n|---|--:|--:|---|")
    for name, (read, text) in TEXTS.items():
        raw = text(CHARACTERS)
        outcome = "refused"
        start = time.process_time()
        with suppress(DecodeError):
            read(raw)
            outcome = "read"
        took = time.process_time() - start
        print(f"| {name} | {len(raw) / 1e6:.1f} | {took:.2f} | {outcome} |", flush=True)


if __name__ == "__main__":
    run_as_command(main.__doc__ or "", main)
