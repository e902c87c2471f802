"""Dates without a year, as a spreadsheet shows "5-Jan" where "1/5" was typed.

What came of an application was in the first year that puts it on no earlier day. The
application itself was in the latest year that puts it on no later day than today, or
than the dates of its row that have a year. Where no application has a date, every day
is in the latest year up to today; but one soon to come may be closer to the other
events of its process than that of last year.

"1/5" below a stage may be a score, so it is a date there only if other columns, which
hold nothing but dates, are written like that.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from attrs import evolve, frozen

from interviewfit._reading.dates import (
    NAMED_WITHOUT_YEAR,
    NUMBERS_WITHOUT_YEAR,
    is_day_first,
    local_date,
    with_year,
)
from interviewfit.logs._columns import DATES, Column
from interviewfit.logs._formats import Cells, Table

_NAMES = ("process", "company", "role")
_LONGEST = 60
_AHEAD, _SOON = timedelta(days=183), timedelta(days=92)
_YEARS = 8
"""Of any nine years that follow each other one has a 29 February."""


def with_years(
    table: Table, columns: Sequence[Column], day_first: bool | None, today: date
) -> tuple[Table, list[str]]:
    """Return a table with the years that its dates lack, and a date of each such row.

    Args:
        table, columns: The table, and what its columns are taken for.
        day_first: Whether 4/5 is in May, if the dates of the file do not tell.
        today: The present day.
    """
    dated = [
        column
        for column in columns
        if not column.serial and (column.field in DATES or column.field == "stage")
    ]
    # What came of an application follows it.
    dated.sort(key=lambda column: not _is_application(column))
    days = [column for column in dated if column.field in DATES]
    bare = {text for row in table.rows for _, text in _bare(row, days, numbers=True)}
    numbers = any(map(NUMBERS_WITHOUT_YEAR.fullmatch, bare))
    if not any(next(_bare(row, dated, numbers=numbers), ()) for row in table.rows):
        return table, []
    inferred = is_day_first(with_year(text, 2000) for text in bare)
    if inferred is None:
        strings = (row.get(column.index) for row in table.rows for column in dated)
        inferred = is_day_first(cell for cell in strings if isinstance(cell, str))
    completion = _Completion(
        day_first=day_first if inferred is None else inferred,
        today=today,
        numbers=numbers,
        dated=dated,
    )
    read = [completion.row_days(row) for row in table.rows]
    lacking = [row.first for row in read if row.bare]
    names = [column.index for column in columns if column.field in _NAMES]
    processes: defaultdict[tuple[object, ...], list[date]] = defaultdict(list)
    keys = [tuple(str(row.get(index)) for index in names) for row in table.rows]
    for key, row in zip(keys, read, strict=True):
        processes[key].extend(row.days)
    rows = [
        {**cells, **completion.completed(cells, row, processes[key])}
        for cells, row, key in zip(table.rows, read, keys, strict=True)
    ]
    return evolve(table, rows=rows), lacking


def _is_application(column: Column) -> bool:
    """Whether a column has the day of the application."""
    meaning = column.meaning
    stage = meaning is not None and meaning.word == "applied"
    return column.field == "applied_date" or stage


def _bare(
    row: Cells, dated: Sequence[Column], *, numbers: bool
) -> Iterator[tuple[Column, str]]:
    """Yield the dates without a year that cells of a row begin with, and their columns.

    Args:
        row, dated: The row, and its columns of dates.
        numbers: Whether "1/5" may be one.
    """
    for column in dated:
        cell = row.get(column.index)
        if not isinstance(cell, str) or len(cell) > _LONGEST:
            continue
        form = NAMED_WITHOUT_YEAR.match(text := cell.strip()) or (
            NUMBERS_WITHOUT_YEAR.match(text) if numbers else None
        )
        if (
            form
            and _day(form[0], 2000, day_first=True)
            and not local_date(text, day_first=True)
        ):
            yield column, form[0]


@lru_cache(maxsize=10_000)
def _day(text: str, year: int, day_first: bool | None) -> date | None:
    """The day that a date without a year means in one; None if there is none, or two.

    Args:
        text, year: The date, and the year.
        day_first: Whether 4/5 is in May; None if nobody knows.
    """
    return local_date(with_year(text, year), day_first)


@frozen
class _RowDays:
    """The days of a row.

    Attributes:
        bare: The dates without a year, by their column.
        years: The year of each.
        days: All days of the row.
        is_anchored: Whether it has the day of its application.
    """

    bare: dict[int, str]
    years: dict[int, int]
    days: list[date]
    is_anchored: bool

    @property
    def first(self) -> str:
        """The first of its dates without a year."""
        return next(iter(self.bare.values()))


@frozen(kw_only=True)
class _Completion:
    """Finds the years of dates.

    Attributes:
        day_first: Whether 4/5 is in May; None if nobody knows.
        today: The present day.
        numbers: Whether "1/5" may be a date.
        dated: The columns of dates, that of the application first.
    """

    day_first: bool | None
    today: date
    numbers: bool
    dated: Sequence[Column]

    def row_days(self, row: Cells) -> _RowDays:
        """The days of a row, each in the year that the row alone suggests."""
        bare = dict(_bare(row, self.dated, numbers=self.numbers))
        stated = {
            column: day
            for column in self.dated
            if column not in bare
            and (day := local_date(row.get(column.index), self.day_first))
        }
        latest = max(
            (day for day in stated.values() if day <= self.today), default=self.today
        )
        applied = next(
            (day for column, day in stated.items() if _is_application(column)), None
        )
        days, years = [*stated.values()], {}
        for column, text in bare.items():
            day = self._following(text, applied) or self._up_to(text, latest)
            years[column.index] = (day or latest).year
            if day is not None:
                days.append(day)
                if applied is None and _is_application(column):
                    applied = day
        texts = {column.index: text for column, text in bare.items()}
        return _RowDays(texts, years, days, applied is not None)

    def completed(
        self, cells: Cells, row: _RowDays, process: Sequence[date]
    ) -> dict[int, str]:
        """Return the cells of a row whose date lacks a year, with it, by their column.

        Args:
            cells, row: The row, and its days.
            process: The days of all rows of its process.
        """
        years = dict(row.years)
        for index, text in row.bare.items():
            if row.is_anchored or len(process) == len(row.days):
                break
            last = _day(text, years[index], self.day_first)
            coming = _day(text, years[index] + 1, self.day_first)
            others = [day for day in process if day != last]
            if last and coming and coming <= self.today + _SOON and others:
                near = min(abs(coming - day) for day in others)
                if near < min(abs(last - day) for day in others):
                    years[index] += 1
        return {
            index: with_year(text, years[index])
            + str(cells[index]).strip()[len(text) :]
            for index, text in row.bare.items()
        }

    def _following(self, text: str, applied: date | None) -> date | None:
        """The first day on or after an application, unless it is far ahead.

        Args:
            text: The date, without its year.
            applied: The day of the application; None if it is not known.
        """
        if applied is None:
            return None
        for year in range(applied.year, applied.year + _YEARS + 1):
            day = _day(text, year, self.day_first)
            if day is not None and day >= applied:
                return day if day <= self.today + _AHEAD else None
        return None

    def _up_to(self, text: str, latest: date) -> date | None:
        """The last day up to another one.

        Args:
            text: The date, without its year.
            latest: The other day.
        """
        for year in range(latest.year, latest.year - _YEARS - 1, -1):
            day = _day(text, year, self.day_first)
            if day is not None and day <= latest:
                return day
        return None
