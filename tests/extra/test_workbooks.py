"""Excel workbooks as people keep them."""

import csv
import io
from datetime import date, datetime
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

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


CELL = (
    st.none()
    | st.integers(-(10**6), 10**6)
    | st.booleans()
    | st.sampled_from(["Acme", "a,b", 'say "so"', "two\nlines", " x ", "0012"])
    | st.dates(date(1990, 1, 1), date(2060, 1, 1))
    | st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(second=0, microsecond=0)
    )
)
SHEET = st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=6)


def shown(cell: object) -> str:
    """A cell as a person would type it."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
    return "" if cell is None else str(cell)


@settings(max_examples=settings().max_examples // 4)
@given(
    sheets=st.lists(SHEET, min_size=1, max_size=3),
    area=st.tuples(*[st.integers(1, 4)] * 4),
)
def test_every_cell_is_read_as_it_is_shown(
    sheets: list[list[list[object]]], area: tuple[int, int, int, int]
) -> None:
    """Of the largest sheet; of merged cells the first column is filled down."""
    corner = [[sheet[0][0] or "Acme", *sheet[0][1:]] for sheet in sheets]
    # Its corners are full, so that it is as large as it looks.
    filled = [
        [first, *sheet[1:-1], [*sheet[-1][:3], sheet[-1][3] or "end"]]
        for first, sheet in zip(corner, sheets, strict=True)
        if len(sheet) > 1
    ] or [[["Acme", "x", "y", "end"]]]
    largest = max(filled, key=len)
    (top, bottom), (left, right) = sorted(area[:2]), sorted(area[2:])
    bottom = min(bottom, len(largest))
    top = min(top, bottom)
    book = openpyxl.Workbook()
    for place, sheet in enumerate(filled):
        page = book.worksheets[0] if not place else book.create_sheet()
        for row in sheet:
            page.append(row)
        if sheet is largest:
            page.merge_cells(None, top, left, bottom, right)
    out = io.BytesIO()
    book.save(out)

    expected = [[shown(cell) for cell in row] for row in largest]
    for down in range(top - 1, bottom):
        for across in range(left - 1, right):
            value = expected[top - 1][left - 1]
            expected[down][across] = value if across == left - 1 else ""
    read = list(csv.reader(io.StringIO(workbook_text(out.getvalue()))))
    assert read == expected


def zipped(**files: str) -> bytes:
    """An archive."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def test_what_is_damaged_is_named() -> None:
    with pytest.raises(DecodeError) as caught:
        workbook_text(zipped(xl__workbook="no sheets"))

    assert caught.value.faults == (
        "It is a damaged workbook: KeyError. Save it as CSV UTF-8.",
    )
    with pytest.raises(DecodeError) as caught:
        workbook_text(zipped(notes="no workbook"))
    assert caught.value.faults == ("It is not an Excel workbook.",)


@pytest.mark.parametrize("spare", [0, -1])
def test_what_unpacks_to_too_much_is_refused(
    spare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = workbook(ROWS)
    size = sum(member.file_size for member in ZipFile(io.BytesIO(raw)).infolist())
    monkeypatch.setattr(workbooks, "_MAX_BYTES", size + spare)

    if not spare:
        assert workbook_text(raw)
        return
    with pytest.raises(DecodeError, match=f"unpacks to more than {size - 1:,} bytes"):
        workbook_text(raw)


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
