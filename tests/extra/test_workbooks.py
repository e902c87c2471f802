"""Excel workbooks as people keep them."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from interviewfit import DecodeError, read_log
from interviewfit.extra import workbooks
from interviewfit.extra.workbooks import is_workbook, workbook_text

ROWS: list[list[object]] = [
    ["Company", "Role", "Status", "Date"],
    ["Acme", "Dev", "Applied", datetime(2026, 5, 1)],  # noqa: DTZ001  # as Excel has it
    [None, None, "Rejected", date(2026, 5, 9)],
    ["Beta", "Ops", "Applied", 46144],
]


def workbook(rows: list[list[object]], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("empty")
    for row in rows:
        book.worksheets[0].append(row)
    if merge:
        book.worksheets[0].merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_fullest_sheet_is_read_with_its_dates() -> None:
    text = workbook_text(workbook(ROWS))

    assert text.splitlines()[:2] == [
        "Company,Role,Status,Date",
        "Acme,Dev,Applied,2026-05-01",
    ]


def test_a_merged_cell_stands_in_all_its_rows() -> None:
    log = read_log(workbook_text(workbook(ROWS, "A2:A3")), today=date(2027, 1, 1))

    assert [(event.company, str(event.on)) for event in log.history.events][:2] == [
        ("Acme", "2026-05-01"),
        ("Acme", "2026-05-09"),
    ]
    assert len(log.history.events_by_process()) == 2


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"Company,Status", "not an Excel workbook"),
        (b"PK\x03\x04 xl/", "not an Excel workbook"),
        (workbook(ROWS)[:-200], "not an Excel workbook"),
        (workbook([]), "no rows below its header|is empty"),
    ],
)
def test_what_is_no_workbook_is_refused(raw: bytes, fault: str) -> None:
    with pytest.raises(DecodeError, match=fault):
        read_log(workbook_text(raw))


def test_a_workbook_is_known_by_what_is_in_it() -> None:
    assert is_workbook(workbook(ROWS))
    assert not is_workbook(b"PK\x03\x04")


def test_of_two_sheets_that_with_more_cells_is_read() -> None:
    """Not the one with more rows: a list of names is longer than a log is wide."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(ROWS)))
    names = book.create_sheet("names", 0)
    for number in range(len(ROWS) + 2):
        names.append([f"name {number}"])
    out = io.BytesIO()
    book.save(out)

    assert workbook_text(out.getvalue()).startswith("Company,Role,Status,Date")


@pytest.mark.parametrize(("most", "is_read"), [(12, True), (11, False)])
def test_a_sheet_of_too_many_cells_is_refused(
    most: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows times columns, full or not."""
    monkeypatch.setattr(workbooks, "_MAX_CELLS", most)
    raw = workbook([["Company", "Role", "Status", "Date"], ["Acme"], ["Bolt"]])

    if is_read:
        assert workbook_text(raw).count("\n") == 3
    else:
        with pytest.raises(DecodeError, match="sheet has more than 11 cells"):
            workbook_text(raw)
