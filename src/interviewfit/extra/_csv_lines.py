"""Faults of CSV files by the line of the file, as whoever mends them counts."""

import csv
import re
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path

# Python's form of a text tells where the name of the column ends, whatever it holds.
_ROW = re.compile(
    r"""(column (?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")), row (\d+)(?= must be )"""
)


def with_line(fault: str, line_of: Callable[[int], int]) -> str:
    """A fault of a CSV file by the line of the file, where it names a row.

    Whoever looks for it counts lines, of which the header is the first.

    Args:
        fault: What is wrong, as ``score`` says it.
        line_of: The line of a row, from 1, by its number, from 0.

    >>> with_line("column 'pay.mean', row 3 must be a number.", lambda row: row + 2)
    "column 'pay.mean', line 5 must be a number."
    """
    if not (match := _ROW.match(fault)):
        return fault
    return f"{match[1]}, line {line_of(int(match[2])):,}{fault[match.end() :]}"


def csv_line(source: Path, row: int) -> int:
    """The line of a CSV file on which a row ends; a cell may go over several.

    Args:
        source: The file, which is read again up to there.
        row: Its number, from 0; the header and empty lines are none.
    """
    with source.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        with suppress(csv.Error):
            next(islice(filter(None, reader), row + 1, None), None)
        return reader.line_num


def line_of_cell(source: Path, column: int, text: str) -> str:
    """The first line with a cell, as it follows the name of the column; or nothing.

    Args:
        source: A CSV file, which is read again up to there.
        column, text: The number of the column, and what the cell holds.
    """
    with (
        source.open(encoding="utf-8-sig", errors="replace", newline="") as file,
        suppress(csv.Error),
    ):
        reader = csv.reader(file)
        next(filter(None, reader), None)
        for row in reader:
            if row[column : column + 1] == [text]:
                return f", line {reader.line_num:,}"
    return ""


def located(fault: str, source: Path) -> str:
    """A fault by the line of a CSV file, and by the row of any other, from 0.

    Args:
        fault, source: What is wrong, and the file.
    """
    if source.suffix.lower() != ".csv":
        return fault
    return with_line(fault, lambda row: csv_line(source, row))
