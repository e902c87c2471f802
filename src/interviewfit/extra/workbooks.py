"""Excel workbooks (.xlsx) as text, for the readers of logs. Needs openpyxl.

Formulas are not computed: a cell holds the value that Excel saved with it. A cell that
is merged over several rows has its value in each of them, in its first column.
"""

import csv
import io
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile, ZipFile

from interviewfit.errors import DecodeError, MissingPackageError

__all__ = ["is_workbook", "workbook_text"]

_MAX_CELLS = 2_000_000
_MAX_BYTES = 200_000_000


def is_workbook(raw: bytes) -> bool:
    """Whether a file is an Excel workbook.

    >>> is_workbook(b"Company,Status")
    False
    """
    if not raw.startswith(b"PK\x03\x04"):
        return False
    try:
        return any(
            name.startswith("xl/") for name in ZipFile(io.BytesIO(raw)).namelist()
        )
    except BadZipFile:
        return False


def workbook_text(raw: bytes) -> str:
    """Return the sheet of a workbook that has most cells, as CSV.

    Args:
        raw: The content of an .xlsx file.

    Raises:
        DecodeError: If it is no workbook, is damaged, or has too many cells.
        MissingPackageError: If openpyxl is not installed.

    >>> workbook_text(b"Company,Status")
    Traceback (most recent call last):
      ...
    interviewfit.errors.DecodeError: ...not an Excel workbook...
    """
    try:
        import openpyxl  # only for those who have workbooks
    except ImportError:
        raise MissingPackageError("openpyxl", "xlsx") from None
    if not is_workbook(raw):
        raise DecodeError("log", ["It is not an Excel workbook."])
    if (
        sum(member.file_size for member in ZipFile(io.BytesIO(raw)).infolist())
        > _MAX_BYTES
    ):
        raise DecodeError("log", [f"It unpacks to more than {_MAX_BYTES:,} bytes."])
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    except Exception as error:  # noqa: BLE001  # whatever a damaged file makes it raise
        fault = (
            f"It is a damaged workbook: {type(error).__name__}. Save it as CSV UTF-8."
        )
        raise DecodeError("log", [fault]) from None
    sheets = [sheet for sheet in book.worksheets if sheet.max_row and sheet.max_column]
    if not sheets:
        raise DecodeError("log", ["It has no sheet with cells."])
    sheet = max(sheets, key=lambda sheet: sheet.max_row * min(sheet.max_column, 50))
    if sheet.max_row * sheet.max_column > _MAX_CELLS:
        raise DecodeError("log", [f"Its sheet has more than {_MAX_CELLS:,} cells."])
    spread: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        if area.max_row > area.min_row:
            spread.update(
                ((row, area.min_col), value)
                for row in range(area.min_row, area.max_row + 1)
            )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for cells in sheet.iter_rows():
        values = [
            _text(spread.get((cell.row, cell.column), cell.value)) for cell in cells
        ]
        writer.writerow(values)
    return out.getvalue()


def _text(value: object) -> str:
    """Return a cell as text, a date in the form of ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.isoformat(sep=" ")
            if value.hour or value.minute
            else str(value.date())
        )
    return str(value) if not isinstance(value, date) else value.isoformat()
