"""The rows of a table, each read into what it proves.

A row names a process and states events: its application, a stage under whose heading a
date or a mark stands, and its status. A date beside a status belongs to it. An event
without a day is kept without one. What is not used is counted by its heading.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from attrs import evolve

from interviewfit._model.vocabulary import Milestone
from interviewfit._reading.dates import dates_in
from interviewfit._reading.lexicon import compact
from interviewfit.history._log import MAX_INTERVIEWS
from interviewfit.logs._cells import APPLIED, Entry, cell_text, parse_hours
from interviewfit.logs._columns import DATES, Column
from interviewfit.logs._formats import Cells, Table
from interviewfit.logs._lookup import ColumnReader
from interviewfit.logs._row import Row, last_date, repeats, steps_in, without_echoes
from interviewfit.logs._words import (
    Statement,
    is_missing,
    mark_of,
    read_heading,
)

_LONGEST_STEP = 60
# Where a step of a list keeps what happened, if no key says that it is a status.
_STEP_KEYS = (
    *("type", "event", "kind", "action", "activity", "what", "name", "title", "label"),
    *("round", "description", "value", "text"),
)


class RowReader(ColumnReader):
    """Reads the rows of one table; arguments as ``ColumnReader``."""

    @cached_property
    def _step_readers(self) -> "dict[tuple[str, tuple[str, ...]], RowReader]":
        """Readers of the steps that stand in one cell, by heading and words."""
        return {}

    def read(self, cells: Cells) -> Row:
        """Return what a row proves."""
        used: set[int] = set()
        row = Row(
            process=self.named("process", cells, used),
            company=self.named("company", cells, used),
            role=""
            if self.table.log_format == "job-ops"
            else self.named("role", cells, used),
            link=self.named("link", cells, used),
            source=self.named("source", cells, used),
        )
        if self.table.log_format == "job-ops" and self._is_note(cells):
            return row
        steps = self.first("steps", cells)
        timeline = cells[steps.index] if steps else None
        if isinstance(timeline, str) and any(dates_in(timeline, day_first=True)):
            timeline = steps_in(timeline)
        if steps and isinstance(timeline, list | tuple):
            used.add(steps.index)
            row.entries = list(self._steps(timeline, steps.heading))
            self._mark_repeated(cells, row, used)
        else:
            self.read_events(cells, row, used)
        row.entries = without_echoes(row.entries)
        for index in cells.keys() - used:
            self.findings.unused[self.columns[index].heading] += 1
        return row

    def _mark_repeated(self, cells: Cells, row: Row, used: set[int]) -> None:
        """Mark as used what a row repeats of its steps: their statuses and days.

        Args:
            cells: The row.
            row: What its steps prove.
            used: Columns that were used; changed.
        """
        kinds = {entry.meaning.kind for entry in row.entries}
        days = {entry.day for entry in row.entries}
        for column in self.groups.get("status", ()):
            statement = self.statement(cell_text(cells.get(column.index)))
            if statement and {m.kind for m in statement.meanings} <= kinds:
                used.add(column.index)
        for name in DATES:
            for column in self.groups.get(name, ()):
                if (
                    column.index in cells
                    and self.day(cells[column.index], column)[0] in days
                ):
                    used.add(column.index)

    def _is_note(self, cells: Cells) -> bool:
        """Whether a step of job-ops leads back to its own stage, which is a note."""
        to, origin = self.first("status", cells), self.first("origin", cells)
        return bool(to and origin and cells[to.index] == cells[origin.index])

    def read_events(self, cells: Cells, row: Row, used: set[int]) -> None:
        """Add to a row the events that its cells state.

        Args:
            cells: The cells.
            row: The row; changed.
            used: Columns that were used; changed.
        """
        states = self.states(cells, used)
        applied = self._application(cells, row, used)
        if origin := self.first("origin", cells):
            used.add(origin.index)
            before = self.statement(cell_text(cells[origin.index]))
            meanings = before.meanings if before else ()
            row.entries.extend(Entry(meaning, prior=True) for meaning in meanings)
        told = [statement for _, statement in states if not statement.running]
        words = {meaning.word for statement in told for meaning in statement.meanings}
        self._add_stages(cells, row, used, only_applied=words == {"applied"})
        last = max((entry.day for entry in row.entries if entry.day), default=None)
        for column, statement in states:
            self._add_status(column, statement, cells, row, last, used)
        # A day of a reply that no status took is a message from the company.
        for column in self.replies(cells):
            if column.index not in used:
                stage = list(self.stage_entries(cells[column.index], column))
                used.update([column.index] if stage else [])
                row.entries.extend(stage)
        if not states and not row.entries and not applied:
            self.findings.reasons["no status; left out"] += 1
        self._details(cells, row, used)

    def _add_stages(
        self, cells: Cells, row: Row, used: set[int], *, only_applied: bool
    ) -> None:
        """Add the events that stand under the headings of stages.

        Args:
            cells: The cells.
            row: What the row proves; changed.
            used: Columns that were used; changed.
            only_applied: Whether the status says that the process went no further than
                the application, which outranks a date under a stage.
        """
        for column in self.groups.get("stage", ()):
            word = column.meaning.word if column.meaning else ""
            if column.index not in cells or word == "replied":
                continue
            stage = list(self.stage_entries(cells[column.index], column))
            against = only_applied and word != "applied"
            if stage and (against or column.index in self.distrusted):
                name = f"a date of {column.heading!r} that contradicts the status"
                self.findings.reasons[f"{name}; not used"] += 1
                used.add(column.index)
                continue
            if stage or self.says_nothing(cells[column.index], column):
                used.add(column.index)
            row.entries.extend(stage)

    def _application(self, cells: Cells, row: Row, used: set[int]) -> bool:
        """Add a row's own application, and return whether it has one.

        Args:
            cells: The row.
            row: What the row proves; changed.
            used: Columns that were used; changed.
        """
        column = self.first("applied_date", cells)
        if (
            column is None
            and not self.first("date", cells)
            and not self.first("status_date", cells)
        ):
            column = self.first("first_contact", cells)
        if column is None:
            return False
        used.add(column.index)
        cell = cells[column.index]
        text = cell_text(cell)
        mark = mark_of(text)
        if is_missing(text) or mark is False:
            return False
        if mark:
            beside = None if self.groups.get("status") else self.first("date", cells)
            day = None
            if beside is not None:
                used.add(beside.index)
                day = row.applied = self.day(cells[beside.index], beside)[0]
            row.entries.append(Entry(APPLIED, day))
            return True
        day, problem = self.day(cell, column)
        if problem == "plan":
            self.leave_out(problem, text)
            return True
        if problem:
            statement = None if column.dated else self.statement(text)
            if statement and statement.meanings:
                row.entries.extend(Entry(meaning) for meaning in statement.meanings)
                return True
            self.leave_out(problem, text)
        row.applied = day
        row.entries.append(Entry(APPLIED, day))
        self._count_more_dates(text, column)
        return True

    def _count_more_dates(self, text: str, column: Column) -> None:
        """Count a second date in a cell, which is not used.

        Args:
            text, column: The cell and its column.
        """
        more = (
            sum(1 for _ in dates_in(text, day_first=True)) - 1 if len(text) > 15 else 0
        )
        if more > 0:
            self.findings.reasons[f"a second date in {column.heading!r}; not used"] += 1

    def _add_status(
        self,
        column: Column,
        statement: Statement,
        cells: Cells,
        row: Row,
        last: date | None,
        used: set[int],
    ) -> None:
        """Add the events of a status, the last of them with the day beside it.

        Args:
            column: The column of the status.
            statement: What it states.
            cells: The row.
            row: What the row proves; changed.
            last: The latest day under a stage or of the application.
            used: Columns that were used; changed.
        """
        beside = self.status_day(column, cells)
        text = cell_text(cells[(beside or column).index])
        day, problem = self._day_beside(column, beside, cells)
        own = [entry for entry in row.entries if not entry.prior]
        if not statement.meanings and statement.early and not row.entries:
            self.findings.reasons["a state before any application; no event"] += 1
            used.update([beside.index] if beside else [])
        repeated = [m.word for m in statement.meanings] == ["applied"] and any(
            entry.meaning.word == "applied" for entry in own
        )
        if not statement.meanings or repeated:
            if beside and day in {entry.day for entry in own}:
                used.add(beside.index)
            return
        *reached, end = statement.meanings
        if problem == "plan":
            used.add((beside or column).index)
            self.leave_out(problem, text)
            return
        kinds = {entry.meaning.kind for entry in own}
        row.entries.extend(Entry(m) for m in reached if m.kind not in kinds)
        if any(repeats(entry, end) for entry in own):
            return
        if day and last and day < last:
            day = None
        elif beside is not None:
            used.add(beside.index)
            if problem:
                self.leave_out(problem, text)
            self._count_more_dates(text, beside)
        if day is None and not self.table.undated:
            self.findings.undated[column.heading] += 1
        row.entries.append(Entry(end, day))

    def _day_beside(
        self, column: Column, beside: Column | None, cells: Cells
    ) -> tuple[date | None, str]:
        """Return the day of a status, and why it has none.

        Args:
            column: The column of the status, whose cell may hold the day as well.
            beside: The column with its day; None if there is none.
            cells: The row.
        """
        if beside is not None:
            return self.day(cells[beside.index], beside)
        last = last_date(cell_text(cells[column.index]), self.day_first)
        return (last, "") if last and last <= self.today else (None, "")

    def _steps(self, steps: Iterable[object], heading: str) -> Iterator[Entry]:
        """Yield the events of a list of steps.

        Args:
            steps: Objects with a status and a date.
            heading: The name of the list.
        """
        for step in steps:
            if not isinstance(step, dict):
                text = step if isinstance(step, str) else ""
                short = 0 < len(text) <= _LONGEST_STEP
                if short and (statement := self.statement(text)):
                    days = [day for day, _ in dates_in(text, self.day_first)]
                    yield from (
                        Entry(m, days[0] if days else None) for m in statement.meanings
                    )
                elif step not in (None, "", [], {}):
                    self.findings.unused[heading] += 1
                continue
            reader = self._step_reader(heading, tuple(map(str, step)))
            cells = {
                index: value
                for index, value in enumerate(step.values())
                if value not in (None, "", [], {})
            }
            row = Row()
            used: set[int] = set()
            source = reader.named("source", cells, used)
            reader.read_events(cells, row, used)
            for index in cells.keys() - used:
                self.findings.unused[reader.columns[index].heading] += 1
            yield from (evolve(entry, source=source) for entry in row.entries)

    def _step_reader(self, heading: str, keys: tuple[str, ...]) -> "RowReader":
        """Return a reader of steps that have some keys, the same for the same keys.

        Args:
            heading: The name of the list.
            keys: The keys of a step.
        """
        if (heading, keys) not in self._step_readers:
            columns = []
            for index, key in enumerate(keys):
                kind = read_heading(key)
                is_date = kind.dated or kind.field in DATES
                name = "date" if is_date else kind.field
                columns.append(Column(index, f"{heading} {key}", name, dated=True))
            fields = {column.field for column in columns}
            if fields.isdisjoint({"status", "outcome", "stage", "origin"}):
                columns = _with_status(columns, keys)
            reader = RowReader(
                Table("json", (), ()), columns, self.words, self.day_first, self.today
            )
            reader.findings, reader.day_first = self.findings, self.day_first
            self._step_readers[heading, keys] = reader
        return self._step_readers[heading, keys]

    def _details(self, cells: Cells, row: Row, used: set[int]) -> None:
        """Add hours and the number of the interview to the last event of a row.

        Args:
            cells: The row.
            row: What the row proves; changed.
            used: Columns that were used; changed.
        """
        for name, scale in (("hours", 1.0), ("minutes", 1.0 / 60.0)):
            if (column := self.first(name, cells)) and row.entries:
                used.add(column.index)
                hours = parse_hours(cells[column.index], scale)
                if hours is None:
                    reason = "hours that are no number of at least 0; left out"
                    self.findings.reasons[reason] += 1
                else:
                    words = [entry.meaning.word for entry in row.entries]
                    index = next((i for i, w in enumerate(words) if w != "applied"), 0)
                    if row.entries[index].hours is None:
                        row.entries[index] = evolve(row.entries[index], hours=hours)
        if (column := self.first("number", cells)) and row.entries:
            used.add(column.index)
            text = str(cells[column.index])[:10]
            number = int(text) if text.isdecimal() and len(text) < 3 else 0
            entry = row.entries[-1]
            if (
                number <= MAX_INTERVIEWS
                and entry.meaning.kind is Milestone.INTERVIEW
                and not entry.meaning.number
            ):
                row.entries[-1] = evolve(
                    entry, meaning=evolve(entry.meaning, number=number)
                )


def _with_status(columns: list[Column], keys: tuple[str, ...]) -> list[Column]:
    """Return the columns of a step whose status is under a key such as "type".

    Args:
        columns: None of which is a status by its key.
        keys: The keys of the step.
    """
    plain = [compact(key) for key in keys]
    chosen = next((plain.index(key) for key in _STEP_KEYS if key in plain), None)
    return [
        evolve(column, field="status") if column.index == chosen else column
        for column in columns
    ]
