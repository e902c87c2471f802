"""What is read of a log, whole: every event, warning, unused cell and line shown.

``data/log-readings.txt`` holds it, for files that people have and for those of
``log_shapes.py``. Whether it is right, other tests say, and so must whoever changes it.

``python tests/logs/test_readings.py`` writes the file anew.
"""

import contextlib
import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

from interviewfit import DecodeError, InvalidFieldError, read_log
from interviewfit.extra.workbooks import is_workbook, workbook_text
from interviewfit.history import StageEvent
from log_shapes import ASKED, SHAPES
from recorded import write_anew
from trackers import FORMS

DATA = Path(__file__).parents[1] / "data"
KEPT = DATA / "log-readings.txt"
TODAY = date(2027, 1, 1)


def found(
    text: str | bytes, *, with_preview: bool = True, **asked: Any
) -> Iterator[str]:
    """What is read of a log, in lines: a process, a warning, a column in each.

    Args:
        text: The log.
        with_preview: Whether to add what its columns are taken for.
        asked: Other arguments of ``read_log``.
    """
    asked = {"today": TODAY, **asked}
    try:
        log = read_log(text, **asked)
    except InvalidFieldError as error:
        yield str(error)
        return
    except DecodeError as error:
        yield from str(error).splitlines()
    else:
        yield log.log_format
        events = groupby(
            log.history.events, lambda e: (e.process, e.company, e.role, e.source)
        )
        for names, entries in events:
            yield f"{' | '.join(names).rstrip('| ')}: {'; '.join(map(said, entries))}"
        yield from (f"! {warning}" for warning in log.warnings)
        if log.unused:
            yield json.dumps(dict(log.unused), ensure_ascii=False)
    if not with_preview:
        return
    try:
        # What a log teaches is told elsewhere, and takes most of the time.
        with patch("interviewfit.logs._preview.estimate_pass_rates", lambda _: ""):
            shown = read_log(text, preview=True, **asked)
    except DecodeError as error:
        yield from error.faults
        return
    yield f"{shown.log_format}: {shown.heading_line}"
    for column in shown.columns:
        yield "- " + " | ".join(map(str, column))
    yield "; ".join(f"{text} = {use} ({n})" for text, use, n in shown.statuses)


def said(event: StageEvent) -> str:
    """An event as the file keeps it."""
    stage = event.stage and event.stage.value
    hours = event.hours and f"{event.hours:g} h"
    parts = (event.on, event.kind.value, event.number, stage, hours)
    return " ".join(str(part) for part in parts if part)


def readings() -> Iterator[tuple[str, Iterator[str]]]:
    """Every log with what is read of it."""
    folder = DATA / "realworld"
    for case in json.loads((folder / "cases.json").read_text("utf-8")):
        raw = (folder / case["file"]).read_bytes()
        yield case["file"], found(workbook_text(raw) if is_workbook(raw) else raw)
    for case in json.loads((folder / "further.json").read_text("utf-8")):
        yield f"{case['kind']} {case['name']}", found(case["text"])
    for name, text in {**FORMS, **SHAPES}.items():
        yield name, found(text, with_preview=not name.startswith("item"))
    for number, raw in enumerate((b"company,status\nB\xfcro,Applied", b"", b" \n")):
        yield f"bytes {number}", found(raw)
    for name, text in FORMS.items():
        shown = str(read_log(text, today=TODAY, preview=True))
        yield f"{name} shown", iter(shown.splitlines())
    for name, asked in ASKED:
        yield f"{name} {asked}", found(SHAPES[name], **asked)


@cache
def kept() -> dict[str, str]:
    """What the file holds, by the name of the log."""
    parts = KEPT.read_text("utf-8").split("\n=== ")[1:]
    return dict(part.split("\n", 1) for part in parts)


def test_every_log_is_read_as_it_was() -> None:
    now = {name: "\n".join(lines) for name, lines in readings()}

    assert now.keys() == kept().keys()
    for name, text in now.items():
        before = kept()[name].removesuffix("\n")
        assert [name, *text.split("\n")] == [name, *before.split("\n")]


def twice(text: str) -> str:
    """A log with each row once more, of another firm; empty if it has no such form."""
    with contextlib.suppress(ValueError):
        tree = json.loads(text)
        if isinstance(tree, list) and all("company" in row for row in tree):
            more = ({**row, "company": f"{row['company']} & Co"} for row in tree)
            return json.dumps([*tree, *more])
        return ""
    head, *rows = csv.reader(io.StringIO(text))
    if head[:1] != ["company"] or not rows or not all(map(any, rows)):
        return ""
    out = io.StringIO()
    again = [[f"{name} & Co" if name else "", *row] for name, *row in rows]
    csv.writer(out, lineterminator="\n").writerows([head, *rows, *again])
    return out.getvalue()


def test_twice_as_much_is_read_of_a_log_that_is_twice_as_long() -> None:
    # One has a row of totals, and one a firm under two spellings.
    for name in SHAPES.keys() - {"stages", "one firm twice"}:
        if not (longer := twice(SHAPES[name])):
            continue
        with contextlib.suppress(DecodeError):
            once = read_log(SHAPES[name], today=TODAY)
            both = read_log(longer, today=TODAY)

            assert len(both.history.events) == 2 * len(once.history.events), name
            assert both.unused == {key: 2 * n for key, n in once.unused.items()}, name
            assert len(both.warnings) == len(once.warnings), name


def write() -> None:
    """Write the file anew."""
    parts = (f"\n=== {name}\n" + "\n".join(lines) + "\n" for name, lines in readings())
    KEPT.write_text("".join(parts), "utf-8")


if __name__ == "__main__":
    write_anew(KEPT, write)
