"""CSV files scored with nothing installed but the library itself.

The same answers as ``files`` gives, read and written by Python's own csv module:
slower, in memory that does not grow with the rows, put in place whole or not at all.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from attrs import frozen

from interviewfit._model.domain import Candidate
from interviewfit._model.units import number_of
from interviewfit._numeric.arrays import AnyArray
from interviewfit.columns._columns import Coded
from interviewfit.columns._scoring import score
from interviewfit.columns._specs import CsvKind, csv_kind, is_carried
from interviewfit.errors import DecodeError, InvalidFieldError
from interviewfit.extra._csv_lines import with_line
from interviewfit.extra._sources import refuse_overwriting
from interviewfit.extra._storage import (
    FALSE,
    NULLS,
    TRUE,
    check_width,
    other_separator,
    replace_atomically,
)
from interviewfit.extra.frames import Scoring, escape_formula

_ROWS = 1 << 15
_KIND = "table"


def score_csv(source: Path, target: Path, scoring: Scoring) -> int:
    """Score the rows of a CSV file into another, and return their number.

    Args:
        source: A file in UTF-8 with a header.
        target: The file to write.
        scoring: How rows are scored.

    Raises:
        DecodeError: With the line of the first fault; nothing is written.
        InvalidFieldError: If the source is missing, or the target is the source.
    """
    if not source.is_file():
        raise InvalidFieldError("source", "a file that exists", str(source))
    refuse_overwriting([source], [target])
    done = 0
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = _rows(file)
        header = next(rows, (0, []))[1]
        _check_header(header)
        with (
            replace_atomically(target) as hidden,
            hidden.open("w", encoding="utf-8", newline="") as output,
        ):
            writer = csv.writer(_Lines(output), lineterminator="\r\n")
            while True:
                chunk = list(islice(rows, _ROWS))
                if not chunk and done:
                    break
                table = _scored(header, chunk, scoring)
                if not done:
                    writer.writerow(_heads(table, scoring))
                writer.writerows(zip(*table.values(), strict=True))
                done += len(chunk)
                if not chunk:
                    break
    return done


@frozen
class _Lines:
    """A file whose lines end as on Unix, and in which no cell ends a line.

    Attributes:
        file: To write to.
    """

    file: TextIO

    def write(self, line: str) -> int:
        """Write a line, and return the number of its characters."""
        return self.file.write(line.removesuffix("\r\n") + "\n")


def _heads(table: Mapping[str, Any], scoring: Scoring) -> list[str]:
    """The names of the columns as they are written.

    Args:
        table: The columns to write, by name.
        scoring: Says whether formulas are escaped.
    """
    return [escape_formula(name) if scoring.escape_formulas else name for name in table]


def _rows(file: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty, with the number of the line that it ends on.

    Raises:
        DecodeError: If it is no CSV, or no UTF-8.
    """
    reader = csv.reader(file, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fault = f"line {reader.line_num} is no CSV: {error}."
            raise DecodeError(_KIND, [fault]) from None
        except UnicodeDecodeError:
            # It is decoded in blocks, so that the line may be a later one.
            raise DecodeError(
                _KIND, ["it is not UTF-8. Save the file as UTF-8."]
            ) from None
        if row:
            yield reader.line_num, row


def _check_header(header: Sequence[str]) -> None:
    """Refuse a header that is missing or too long, or that names a column twice.

    Raises:
        DecodeError: If it does.
    """
    if not header:
        raise DecodeError(_KIND, ["it is empty. The first line must name the columns."])
    check_width(len(header))
    if separator := other_separator(header):
        raise DecodeError(_KIND, [separator])
    twice = next((name for name, count in Counter(header).items() if count > 1), None)
    if twice is not None:
        raise DecodeError(_KIND, [f"two columns are called {twice!r}."])


def _scored(
    header: Sequence[str],
    rows: Sequence[tuple[int, list[str]]],
    scoring: Scoring,
) -> dict[str, Sequence[Any]]:
    """The columns to write, by name: those carried over, then the answers.

    Args:
        header: The names of the columns.
        rows: Some rows, each with its line.
        scoring: How they are scored.

    Raises:
        DecodeError: If a row or a cell is at fault.
        InvalidFieldError: If a constant is a column as well.
    """
    for line, row in rows:
        if len(row) != len(header):
            count = number_of(len(row), "cell")
            raise DecodeError(_KIND, [f"line {line} has {count}, not {len(header)}."])
    candidate, lines = scoring.candidate, [line for line, _ in rows]
    cells = list(zip(*(row for _, row in rows), strict=True)) or [()] * len(header)
    # A column that is not looked at says how many rows there are.
    columns: dict[str, Any] = {"name": np.zeros(len(rows))}
    carried: dict[str, Sequence[Any]] = {}
    for name, texts in zip(header, cells, strict=True):
        if is_carried(name, candidate):
            carried[name] = texts
            if scoring.escape_formulas:
                carried[name] = [escape_formula(text) for text in texts]
        else:
            columns[name] = _column(name, texts, candidate, lines)
    for name, value in scoring.constants.items():
        if name in columns:
            expected = "no column of the table as well"
            raise InvalidFieldError(f"constants[{name!r}]", expected, value)
        columns[name] = value
    try:
        scores = score(
            candidate,
            columns,
            processes=scoring.processes,
            assumptions=scoring.assumptions,
            terms=scoring.terms,
            facts=scoring.facts,
        )
    except DecodeError as error:
        faults = [with_line(fault, lines.__getitem__) for fault in error.faults]
        raise DecodeError(error.kind, faults) from None
    answers = _answers(scores.to_columns())
    if clashes := sorted(answers.keys() & carried.keys()):
        names = ", ".join(map(repr, clashes))
        fault = f"columns have the names of answers: {names}. Rename them first."
        raise DecodeError(_KIND, [fault])
    return {**carried, **answers}


def _column(
    name: str,
    texts: Sequence[str],
    candidate: Candidate,
    lines: Sequence[int],
) -> AnyArray | Coded:
    """A column as ``score`` takes it.

    Args:
        name, texts: Its name, and its cells.
        candidate: Whose priorities say which columns are aspects.
        lines: The line of each cell.

    Raises:
        DecodeError: With the line and text of the first cell that cannot be read.
    """
    kind = csv_kind(name, candidate)
    if kind in (CsvKind.WORD, CsvKind.CARRIED):
        words = list(dict.fromkeys("" if text in NULLS else text for text in texts))
        codes = {word: code for code, word in enumerate(words)}
        of_null = codes.get("", 0)
        coded = [of_null if text in NULLS else codes[text] for text in texts]
        return Coded(words=words, codes=np.array(coded, dtype=np.int32))
    flags = {**dict.fromkeys(TRUE, 1.0), **dict.fromkeys(FALSE, 0.0)}
    unknown = np.nan if kind is CsvKind.NUMBER else 0.0
    meanings = dict.fromkeys(NULLS, unknown)
    if kind is not CsvKind.NUMBER:
        meanings |= flags
    numbers = np.empty(len(texts))
    for number, text in enumerate(texts):
        try:
            if text in meanings:
                numbers[number] = meanings[text]
            elif kind is CsvKind.FLAG or not _is_plain(text, kind):
                raise ValueError(text)
            else:
                numbers[number] = float(text)
        except ValueError:
            expected = "true or false" if kind is CsvKind.FLAG else "a number"
            where = f"column {name!r}, line {lines[number]:,}"
            fault = f"{where} must be {expected}, got {text!r:.60}."
            raise DecodeError(_KIND, [fault]) from None
    only_flags = kind is not CsvKind.NUMBER and bool(np.isin(numbers, (0.0, 1.0)).all())
    return numbers == 1.0 if only_flags else numbers


def _is_plain(text: str, kind: CsvKind) -> bool:
    """Whether Arrow would read a text too if Python reads it as a number.

    Args:
        text: Of a cell.
        kind: Of its column; only numbers may have spaces beside them.
    """
    is_trimmed = kind is CsvKind.NUMBER or text == text.strip()
    return is_trimmed and text.isascii() and "_" not in text


def _answers(columns: Mapping[str, Any]) -> dict[str, Sequence[Any]]:
    """The answers as cells: empty where an action is not open or a number is missing.

    Args:
        columns: As ``Scores.columns`` returns them.
    """
    answers: dict[str, Sequence[Any]] = {}
    for name, column in columns.items():
        entries = column.tolist()
        if column.dtype == np.bool_:
            entries = ["true" if entry else "false" for entry in entries]
        elif name.startswith(("value.", "threshold[")):
            is_open = ~np.isnan(column)
            if name.startswith("value."):
                is_open &= column > -np.inf
            entries = [
                entry if shown else ""
                for entry, shown in zip(entries, is_open.tolist(), strict=True)
            ]
        answers[name] = entries
    return answers
