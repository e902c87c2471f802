"""What every column of a table is taken for.

A column is taken for a field or for a stage by the words in its heading, or because the
user says so. A column of statuses that no heading announces is known by its cells.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from attrs import evolve, frozen

from interviewfit._reading.dates import dates_in, excel_date
from interviewfit._reading.lexicon import compact, load_words
from interviewfit.errors import InvalidFieldError
from interviewfit.logs._formats import Table
from interviewfit.logs._words import (
    FIELDS,
    Meaning,
    is_missing,
    mark_of,
    read_heading,
    read_status,
)

STATES = ("status", "outcome")
DATES = ("date", "applied_date", "status_date", "first_contact", "last_contact")
_SAMPLE = 200
_MOSTLY = 0.6


@frozen
class Column:
    """A column of a table and what it is taken for.

    Attributes:
        index: Which column it is.
        heading: What stands above it.
        field: One of ``FIELDS``, ``"stage"``, ``"ignored"`` or empty if not known.
        meaning: The stage that its heading names.
        dated: Whether its heading says that it holds dates.
        serial: Whether all its cells are days as Excel counts them.
        filled: How many of its cells are not empty.
        example: Its first such cell.
        guessed: Whether it is known by its cells and not by its heading.
    """

    index: int
    heading: str
    field: str
    meaning: Meaning | None = None
    dated: bool = False
    serial: bool = False
    filled: int = 0
    example: str = ""
    guessed: bool = False

    @property
    def use(self) -> str:
        """What it is taken for, in words."""
        if self.field == "stage" and self.meaning:
            number = f" {self.meaning.number}" if self.meaning.number else ""
            return f"stage: {self.meaning.word.replace('_', ' ')}{number}"
        if self.field in ("", "ignored"):
            return "not used"
        return self.field.replace("_", " ") + (", by its cells" if self.guessed else "")


def assign_columns(table: Table, chosen: Mapping[str, str]) -> list[Column]:
    """Return what every column of a table is taken for, in the order of the columns.

    Args:
        table: The table.
        chosen: Headings by what they are to be taken for: a field or a stage.

    Raises:
        InvalidFieldError: If *chosen* names no heading of the table, or no field.
    """
    columns = [_by_heading(index, name) for index, name in enumerate(table.headings)]
    for field, heading in chosen.items():
        index = _index_of(heading, table.headings)
        columns[index] = _as_chosen(columns[index], field)
    fields = {column.field for column in columns}
    if "company" not in fields:
        columns = [
            evolve(column, field="company") if column.field == "name" else column
            for column in columns
        ]
    columns = [
        evolve(column, field="ignored") if column.field == "name" else column
        for column in columns
    ]
    if any(compact(column.heading) == "target" for column in columns):
        columns = [
            evolve(column, field="origin")
            if compact(column.heading) == "source"
            else column
            for column in columns
        ]
    columns = _count_cells(table, columns)
    return _by_cells(table, _without_strangers(table, columns, set(chosen)))


def _by_heading(index: int, name: str) -> Column:
    """Return a column as its heading says it is taken.

    Args:
        index, name: Which column it is, counted from 0, and its heading.
    """
    heading = read_heading(name)
    return Column(index, name, heading.field, heading.meaning, heading.dated)


def _index_of(heading: str, headings: Sequence[str]) -> int:
    """Return which column a heading names.

    Args:
        heading: What the user wrote; capitals and signs do not count.
        headings: The headings of the table, in order.

    Raises:
        InvalidFieldError: If it names none; the headings are listed.
    """
    for index, name in enumerate(headings):
        if name == heading or compact(name) == compact(heading) != "":
            return index
    listed = ", ".join(headings[:20])
    raise InvalidFieldError("read_log(columns)", f"a heading among {listed}", heading)


def _as_chosen(column: Column, field: str) -> Column:
    """Return a column as the user wants it taken.

    Args:
        column: The column.
        field: A name of ``FIELDS``, of a concept or a status such as "phone screen".

    Raises:
        InvalidFieldError: If *field* is none of them.
    """
    if field in FIELDS:
        return evolve(column, field=field, dated=field in DATES)
    statement = read_status(field)
    if statement is None or not statement.meanings:
        expected = f"one of {', '.join(FIELDS)}, or a stage such as screen"
        raise InvalidFieldError("read_log(columns)", expected, field)
    return evolve(column, field="stage", meaning=statement.meanings[-1], dated=True)


def _count_cells(table: Table, columns: list[Column]) -> list[Column]:
    """Return the columns with the number of their cells, Excel's days recognised.

    Args:
        table: The table, whose rows are gone through once.
        columns: Its columns as their headings say they are taken.
    """
    filled = [0] * len(columns)
    serial = [column.field in DATES or column.field == "stage" for column in columns]
    example: list[object] = [""] * len(columns)
    for row in table.rows:
        for index, cell in row.items():
            if not filled[index]:
                example[index] = cell
            filled[index] += 1
            if serial[index] and excel_date(cell) is None:
                serial[index] = is_missing(str(cell)[:30])
    return [
        evolve(
            column,
            filled=filled[column.index],
            serial=serial[column.index] and filled[column.index] > 0,
            example=" ".join(str(example[column.index])[:60].split()),
        )
        for column in columns
    ]


def _without_strangers(
    table: Table, columns: list[Column], chosen: set[str]
) -> list[Column]:
    """Return the columns, none taken for a status whose cells say nothing of the kind.

    "Where" may be where it stands, or where it was found. If another column has the
    statuses, one in which not a single cell is a status has something else.

    Args:
        table: The table.
        columns: Its columns as their headings say they are taken.
        chosen: The fields that the user assigned.
    """
    states = [column for column in columns if column.field == "status"]
    headings = {compact(column.heading) for column in states}
    if "status" in chosen or len(headings) < 2:
        return columns
    known = {column.index: _share(table, column, _is_status) for column in states}
    if max(known.values()) < _MOSTLY:
        return columns
    return [
        evolve(column, field="") if known.get(column.index) == 0.0 else column
        for column in columns
    ]


def _by_cells(table: Table, columns: list[Column]) -> list[Column]:
    """Return the columns, a status or date found by its cells if none is named.

    Args:
        table: The table.
        columns: Its columns as their headings say they are taken; changed.
    """
    fields = {column.field for column in columns}
    states = any(
        column.field in STATES
        or (
            column.field == "stage"
            and column.meaning
            and column.meaning.word != "replied"
        )
        for column in columns
    )
    if not states and "steps" not in fields:
        for column in columns:
            if column.field == "" and _share(table, column, _is_status) >= _MOSTLY:
                columns[column.index] = evolve(column, field="status", guessed=True)
                states = True
                break
    if not fields & {"date", "applied_date", "status_date", "first_contact"}:
        for column in columns:
            if column.field == "" and _share(table, column, _is_date) >= _MOSTLY:
                columns[column.index] = evolve(
                    column, field="date", dated=True, guessed=not column.dated
                )
                break
    marks = [column for column in columns if column.field == "outcome"]
    only_marks = marks and all(
        _share(table, column, lambda text: mark_of(text) is not None) >= 1.0
        for column in marks
    )
    if only_marks and not any(column.field == "status" for column in columns):
        # "Response: yes" has no day of its own, so that the day is the application's.
        states = False
    if not states and fields.isdisjoint({"applied_date", "steps"}):
        columns = [
            evolve(column, field="applied_date") if column.field == "date" else column
            for column in columns
        ]
    return columns


def _share(table: Table, column: Column, test: object) -> float:
    """Return the share of a column's cells, of the first 200, that pass a test.

    Args:
        table: The table.
        column: One of its columns.
        test: A function that takes a cell as text and returns whether it passes; cells
            that are no text never do.
    """
    cells = list(
        islice(
            (row[column.index] for row in table.rows if column.index in row), _SAMPLE
        )
    )
    texts = [cell for cell in cells if isinstance(cell, str)]
    passed = sum(bool(test(text)) for text in texts) if callable(test) else 0
    return passed / len(cells) if cells else 0.0


def _is_status(text: str) -> bool:
    return len(text) < 40 and read_status(text) is not None


def _is_date(text: str) -> bool:
    return len(text) < 40 and next(dates_in(text, day_first=True), None) is not None


@cache
def _ranks() -> Mapping[str, int]:
    """Return the order in which headings of one field are preferred."""
    phrases: Iterator[str] = (
        phrase
        for language in load_words().values()
        for text in language["headings"].values()
        for phrase in text.split(";")
    )
    return {
        compact(phrase): rank for rank, phrase in reversed(list(enumerate(phrases)))
    }


def preference(column: Column) -> tuple[bool, int, int]:
    """Return by what columns of one field are sorted, the preferred first."""
    weak = any(word in compact(column.heading) for word in ("updat", "modif", "edited"))
    return weak, _ranks().get(compact(column.heading), len(_ranks())), column.index
