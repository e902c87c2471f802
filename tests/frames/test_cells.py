"""Each cell of a file is read or refused as it was, with packages and without.

``data/cells.txt`` holds, for columns of each kind and cells of many kinds, the answer
or the whole message, and the messages that files of another form meet.

``PYTHONPATH=tests python tests/frames/test_cells.py`` writes the file anew.
"""

import csv
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from interviewfit import Candidate, Money
from interviewfit.errors import InterviewFitError, faults_of
from interviewfit.extra._plain_csv import score_csv
from interviewfit.extra.dask import score_parquet
from interviewfit.extra.frames import Scoring, score_frame
from recorded import read_parts, write_anew, write_parts

KEPT = Path(__file__).parents[1] / "data" / "cells.txt"
ME = Candidate(
    salary=Money(amount=50_000, currency="EUR"), priorities={"growth, own": 2}
)
CONSTANTS: dict[str, Any] = {"process": "corporate"}
COLUMNS = (
    *("role.mean", "growth, own", "via_recruiter", "signs.bad_reviews", "stage"),
    *("process", "pay.amount", "id"),
)
CELLS = (
    *("", "NA", "abc", "5", " 5", "5 ", "1_0", "1e400", "true", "FALSE", "0", "1"),
    *("0.5", "-1", "4,5", "nan", "=1+1", "x" * 80, "corporate"),
)
FORMS: Mapping[str, bytes] = {
    "empty": b"",
    "a mark alone": b"\xef\xbb\xbf",
    "an empty line": b"\n",
    "a name twice": b"role,role\n1,2\n",
    "a name of an answer": b"value,role\n1,2\n",
    "an unknown name": b"signs.bad_revews,role\n1,2\n",
    "semicolons": b"id;role\nA;5\n",
    "too few cells": b"id,role\nA,5\nB\n",
    "too many cells": b"id,role\nA,5\nB,6,7\n",
    "an empty line between": b"id,role\nA,5\n\nB,6\n",
    "a quote inside": b'id,role\nA"b,5\n',
    "a quote without end": b'id,role\n"A,5\n',
    "a line end inside": b'id,role\n"A\nb",5\nB,odd\n',
    "no UTF-8": b"id,role\nA,5\n\xff,6\n",
    "no UTF-8 in a name": b"id\xff,role\nA,5\n",
    "no rows": b"id,role\n",
    "a null byte": b"id,role\nA\0,5\n",
    "Windows": b"\xef\xbb\xbfid,role\r\nA,5\r\nB,odd\r\n",
    "a constant": b"process,role\ncorporate,5\n",
}
TABLES: Mapping[str, Callable[[], pa.Table]] = {
    "lists": lambda: pa.table({"role": [[1.0]]}),
    "days": lambda: pa.table({"role": pa.array([1], pa.date32())}),
    "texts": lambda: pa.table({"role": ["a"], "via_recruiter": ["maybe"]}),
    "objects": lambda: pa.table({"role": [{"mean": 1.0}]}),
    "bytes": lambda: pa.table({"stage": pa.array([b"\xff"]), "role": [1.0]}),
    "bytes carried": lambda: pa.table({"id": pa.array([b"\xff"]), "role": [1.0]}),
    "lists carried": lambda: pa.table({"id": [["a"]], "role": [1.0]}),
    "a name twice": lambda: pa.table([[1.0], [2.0]], names=["role", "role"]),
    "a name of an answer": lambda: pa.table({"value": [1.0], "role": [1.0]}),
    "nothing": lambda: pa.table({"role": pa.array([], pa.float64())}),
    "no columns": lambda: pa.table({}),
}
FRAMES: Mapping[str, Callable[[], Any]] = {
    "a list": lambda: [1, 2],
    "None": lambda: None,
    "lazy": lambda: pl.LazyFrame({"role": [1.0]}),
    "numbers for names": lambda: pd.DataFrame({0: [1.0], "role": [1.0]}),
    "a name twice": lambda: pd.DataFrame([[1.0, 2.0]], columns=["role", "role"]),
    "a name of an answer": lambda: pl.DataFrame({"value": [1.0], "role": [1.0]}),
    "a constant": lambda: pl.DataFrame({"process": ["corporate"]}),
    "an odd type": lambda: pl.DataFrame({"role": [b"x"]}),
    "a category": lambda: pd.DataFrame({"stage": pd.Categorical(["a", None])}),
    "no rows": lambda: pd.DataFrame({"role": []}),
}


def packaged(
    source: Path, target: Path, constants: Mapping[str, Any] = CONSTANTS
) -> int:
    """As with pyarrow.

    Args:
        source, target, constants: As ``score_parquet`` takes them.
    """
    return score_parquet(None, source, target, ME, constants=constants)


def alone(source: Path, target: Path, constants: Mapping[str, Any] = CONSTANTS) -> int:
    """As without it.

    Args:
        source, target, constants: As ``score_parquet`` takes them.
    """
    return score_csv(source, target, Scoring(candidate=ME, constants=constants))


WAYS: Mapping[str, Callable[..., int]] = {"packaged": packaged, "alone": alone}


def told(call: Callable[[], int], source: Path, target: Path) -> str:
    """The rows that are written, or why none are.

    Args:
        call: Scores the source into the target.
        source, target: The files.
    """
    target.unlink(missing_ok=True)
    try:
        count = call()
    except InterviewFitError as error:
        assert not target.exists()
        message = " / ".join(faults_of(error)).replace(f"{source}: ", "")
        # Arrow names the row only where one of its threads knows it.
        return re.sub(r"Row #\d+: ", "", message)
    if target.suffix != ".csv":
        return f"{count} rows {parquet.read_table(target).column_names}"
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = [
        (*([row["id"]] if "id" in row else []), f"{float(row['value']):.5g}")
        for row in rows
    ]
    return f"{count} rows {shown}"


def of_cells(column: str) -> Iterator[str]:
    """What each cell of a column meets."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "jobs.csv", Path(folder) / "scored.csv"
        constants = {} if column == "process" else CONSTANTS
        for cell in CELLS:
            is_pay = column == "pay.amount"
            beside = "EUR" if is_pay else "3"
            head = [column, "pay.currency" if is_pay else "benefits"]
            with source.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([head, [cell, beside], [cell, beside]])
            answers = {
                way: told(partial(call, source, target, constants), source, target)
                for way, call in WAYS.items()
            }
            yield from _lines(f"{column} {cell!r:.20}", answers)


def _lines(head: str, answers: Mapping[str, str]) -> Iterator[str]:
    """A line for both ways if they say the same, else one for each.

    Args:
        head, answers: What was tried, and what was said, by the way.
    """
    if len({*answers.values()}) == 1:
        yield f"{head}: {answers['alone']}"
    else:
        yield from (f"{head}, {way}: {said}" for way, said in answers.items())


def of_forms() -> Iterator[str]:
    """What files of other forms meet."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "jobs.csv", Path(folder) / "scored.csv"
        for name, content in FORMS.items():
            source.write_bytes(content)
            answers = {
                way: told(partial(call, source, target), source, target)
                for way, call in WAYS.items()
            }
            yield from _lines(name, answers)


def of_tables() -> Iterator[str]:
    """What tables of other types meet, in a file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "jobs.parquet"
        for name, table in TABLES.items():
            parquet.write_table(table(), source)
            for suffix in (".parquet", ".csv"):
                target = Path(folder) / f"scored{suffix}"
                said = told(partial(packaged, source, target), source, target)
                yield f"{name} into {suffix}: {said}"


def of_frames() -> Iterator[str]:
    """What frames of other types meet."""
    for name, frame in FRAMES.items():
        try:
            columns = list(score_frame(ME, frame(), constants=CONSTANTS).columns)
        except InterviewFitError as error:
            yield f"{name}: " + " / ".join(faults_of(error))
        else:
            yield f"{name}: {columns}"


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    **{f"cells of {name}": partial(of_cells, name) for name in COLUMNS},
    "forms": of_forms,
    "tables": of_tables,
    "frames": of_frames,
}


RECORDED = read_parts(KEPT)


@pytest.mark.parametrize("part", PARTS)
def test_a_cell_meets_what_it_met(part: str) -> None:
    assert list(PARTS[part]()) == RECORDED[part]


def write() -> None:
    """Write the file anew."""
    write_parts(KEPT, ((title, lines()) for title, lines in PARTS.items()))


if __name__ == "__main__":
    write_anew(KEPT, write)
