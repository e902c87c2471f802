"""The cells of a row by what their columns are taken for."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from interviewfit._reading.dates import is_day_first
from interviewfit._reading.lexicon import compact
from interviewfit.logs._cells import MAX_QUOTED, NO_OUTCOME, CellReader, cell_text
from interviewfit.logs._columns import DATES, STATES, Column, preference
from interviewfit.logs._formats import Cells, Table
from interviewfit.logs._words import (
    Meaning,
    Statement,
    is_missing,
    mark_of,
    read_status,
)

_BARE_DAY = re.compile(r"\s*\d{1,2}[-/.]\d{1,2}[-/.](?:\d\d)?\d\d\s*", re.ASCII)
_OUTCOMES = {"rejected", "withdrew", "silent", "closed", "declined", "discarded"}


class ColumnReader(CellReader):
    """Finds the cells of a row, by the columns of its table.

    Args:
        table: The table.
        columns: What its columns are taken for.
        words: What the user says that a status means, by the status, compact.
        day_first: How to read 4/5/2025 if the dates of the table do not tell.
        today: Events after this day are plans.
    """

    def __init__(
        self,
        table: Table,
        columns: Sequence[Column],
        words: Mapping[str, Statement],
        day_first: bool | None,
        today: date,
    ) -> None:
        super().__init__(words, day_first, today)
        self.table = table
        groups: dict[str, list[Column]] = {}
        for column in columns:
            groups.setdefault(column.field, []).append(column)
        for name, members in groups.items():
            if name != "stage":
                members.sort(
                    key=lambda column: (
                        column.index
                        if name in ("status", "date")
                        else preference(column)
                    )
                )
        self.groups = groups
        self.columns = columns
        self.pairs = self._pairs()
        beside = groups.keys() & {"status_date", "date", "stage", "last_contact"}
        self._dates_statuses = bool(beside)
        inferred = is_day_first(set(_strings(table, columns)))
        if inferred is None and day_first is None:
            # Days of a reminder or a deadline tell as well how a file writes days.
            inferred = is_day_first(_other_days(table))
        self.day_first = day_first if inferred is None else inferred
        self.distrusted = self._distrusted()
        if self._starts_with_date():
            groups["applied_date"] = groups.pop("date")

    def _pairs(self) -> dict[int, Column]:
        """Return the date column of each status column, if they stand in pairs."""
        states = self.groups.get("status", [])
        days = self.groups.get("date", [])
        twice = len({compact(column.heading) for column in states}) < len(states)
        if len(states) < 2 or len(states) != len(days) or not twice:
            return {}
        return {state.index: day for state, day in zip(states, days, strict=True)}

    def _distrusted(self) -> set[int]:
        """Return the columns of stages whose dates contradict most of the statuses."""
        stages = [
            column
            for column in self.groups.get("stage", ())
            if column.meaning and column.meaning.word not in ("applied", "replied")
        ]
        states = self.groups.get("status", ())
        against: Counter[int] = Counter()
        if not stages or not states:
            return set()
        for cells in self.table.rows:
            statement = self.statement(cell_text(cells.get(states[0].index)))
            if not statement or not statement.meanings or statement.running:
                continue
            word = statement.meanings[-1].word
            if word in _OUTCOMES:
                continue
            for column in stages:
                if column.index in cells and self.day(cells[column.index], column)[0]:
                    against[column.index] += 1 if word == "applied" else -1
        return {index for index, count in against.items() if count > 0}

    def _starts_with_date(self) -> bool:
        """Whether the one date of each row comes before what stages say.

        Then it is that of the application, and not that of the status.
        """
        days = self.groups.get("date", ())
        stages = self.groups.get("stage", ())
        if len(days) != 1 or {"applied_date", "status_date"} & self.groups.keys():
            return False
        before = 0
        for cells in self.table.rows:
            if (start := self._day_in(days[0], cells)) is not None:
                later = (self._day_in(column, cells) for column in stages)
                if dated := [day for day in later if day is not None]:
                    before += 1 if start < min(dated) else -1
        return before > 0

    def _day_in(self, column: Column, cells: Cells) -> date | None:
        """The day of a column in a row; None if there is none.

        Args:
            column, cells: The column and the row.
        """
        cell = cells.get(column.index)
        return None if cell is None else self.day(cell, column)[0]

    def first(self, name: str, cells: Cells) -> Column | None:
        """Return the preferred column of a field that has a cell in this row.

        Args:
            name: The field.
            cells: The row.
        """
        for column in self.groups.get(name, ()):
            if column.index in cells:
                return column
        return None

    def named(self, name: str, cells: Cells, used: set[int]) -> str:
        """Return the text of a field that names the process; empty if it is missing.

        Args:
            name: The field.
            cells: The row.
            used: Columns that were used; the one that is read is added.
        """
        for column in self.groups.get(name, ()):
            if column.index in cells:
                text = cell_text(cells[column.index])
                if text or not isinstance(cells[column.index], dict | list):
                    used.add(column.index)
                if text and not is_missing(text):
                    return text
        return ""

    def states(self, cells: Cells, used: set[int]) -> list[tuple[Column, Statement]]:
        """Return the statuses of a row that are known, and count the others.

        Args:
            cells: The row.
            used: Columns that were used; changed.
        """
        states: list[tuple[Column, Statement]] = []
        main = True
        for name in STATES:
            for column in self.groups.get(name, ()):
                text = cell_text(cells.get(column.index))
                if _is_picture(text):
                    self.findings.unknown[text[:MAX_QUOTED]] += 1
                    self.findings.statuses += 1
                    used.add(column.index)
                    continue
                if not text or is_missing(text):
                    if column.index in cells and not isinstance(
                        cells[column.index], dict | list
                    ):
                        used.add(column.index)
                    continue
                statement = self.statement(text)
                if statement is None and name == "outcome":
                    statement = self._marked(column, text)
                if statement is None:
                    if not main:
                        continue
                    self.findings.unknown[text[:MAX_QUOTED]] += 1
                    self.findings.statuses += 1
                    used.add(column.index)
                else:
                    used.add(column.index)
                    self.findings.statuses += 1
                    states.append((column, statement))
                main = bool(self.pairs)
            main = True
        ends = [
            statement
            for column, statement in states
            if column.field == "outcome" and statement.meanings
        ]
        if ends:
            # "closed" says less than the outcome beside it.
            states = [
                state
                for state in states
                if state[1] in ends or [m.word for m in state[1].meanings] != ["closed"]
            ]
        return states

    def _marked(self, column: Column, text: str) -> Statement | None:
        """Return what a mark below an outcome states; None if a cell is no mark.

        Args:
            column, text: The column and its cell.
        """
        mark = mark_of(text)
        if mark is False and not _is_reply(column.heading):
            self.leave_out(NO_OUTCOME, text)
        if mark is None:
            return None
        return Statement((Meaning("replied"),) if mark else ())

    def status_day(self, column: Column, cells: Cells) -> Column | None:
        """Return the column with the day of a status; None if the row has none.

        Args:
            column: The column of the status.
            cells: The row.
        """
        if not self._dates_statuses:
            return None
        if column.index in self.pairs:
            paired = self.pairs[column.index]
            return paired if paired.index in cells else None
        for name in ("status_date", "date"):
            group = self.groups.get(name, ())
            present = [column for column in group if column.index in cells]
            dated = (c for c in present if self.day(cells[c.index], c)[0])
            # "Y" below "Reply received" is no day that is badly written.
            texts = (c for c in present if mark_of(cell_text(cells[c.index])) is None)
            if chosen := next(dated, None) or next(texts, None):
                return chosen
        if told := self.replies(cells):
            dated = (reply for reply in told if self.day(cells[reply.index], reply)[0])
            return next(dated, None)
        return self.first("last_contact", cells)

    def replies(self, cells: Cells) -> list[Column]:
        """Return the columns of a reply that have a cell in this row."""
        return [
            column
            for column in self.groups.get("stage", ())
            if column.index in cells
            and column.meaning
            and column.meaning.word == "replied"
        ]


def _is_reply(heading: str) -> bool:
    """Whether a heading asks for an answer of the company, so that "no" means none."""
    statement = read_status(heading)
    return statement is not None and any(
        meaning.word == "replied" for meaning in statement.meanings
    )


def _is_picture(text: str) -> bool:
    """Whether a status is an emoji without a word, known only to its author."""
    return (
        len(text) < 10
        and not text.isascii()
        and not compact(text)
        and mark_of(text) is None
        and any(unicodedata.category(sign) == "So" for sign in text)
    )


def _other_days(table: Table) -> set[str]:
    """Return all cells of a table that are days and nothing else.

    Args:
        table: The table.
    """
    texts = {cell for row in table.rows for cell in row.values() if type(cell) is str}
    return {text for text in texts if _BARE_DAY.fullmatch(text)}


def _strings(table: Table, columns: Sequence[Column]) -> Iterator[str]:
    """Yield the cells of a table that may be dates.

    Args:
        table, columns: The table, and what its columns are taken for.
    """
    dated = {
        column.index
        for column in columns
        if column.field in DATES or column.field in ("stage", "steps")
    }
    for row in table.rows:
        for index in dated & row.keys():
            cell = row[index]
            if isinstance(cell, str):
                yield cell
            elif isinstance(cell, list):
                yield from (
                    v
                    for item in cell
                    if isinstance(item, dict)
                    for v in item.values()
                    if isinstance(v, str)
                )
