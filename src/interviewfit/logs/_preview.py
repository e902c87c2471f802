"""What a file is taken for, shown before anything is believed."""

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import frozen

from interviewfit._model.units import number_of
from interviewfit._reading.lexicon import compact
from interviewfit._text.html import show_lines
from interviewfit.errors import visible
from interviewfit.history._log import History
from interviewfit.history._pass_rates import estimate_pass_rates
from interviewfit.logs._columns import Column
from interviewfit.logs._formats import Table
from interviewfit.logs._words import Statement, mark_of, read_status

_MAX_LISTED = 20


@frozen(kw_only=True)
class LogPreview:
    """What ``read_log`` takes every column for, before anything is believed.

    Attributes:
        log_format: The format of the file.
        heading_line: The line that was taken for the heading; empty for JSON.
        columns: For each column its heading, what it is taken for, how many cells it
            has and the first of them.
        statuses: What each status is taken for, the commonest first, with its count.
        warnings: As in ``ImportedLog``; the fault, if nothing can be read.
        rates: What the log would teach, in lines; empty if nothing can be read.
    """

    log_format: str
    heading_line: str
    columns: tuple[tuple[str, str, int, str], ...]
    statuses: tuple[tuple[str, str, int], ...]
    warnings: tuple[str, ...]
    rates: str

    def __repr__(self) -> str:
        return f"<LogPreview of {number_of(len(self.columns), 'column')}>"

    def __str__(self) -> str:
        return visible("\n".join(self._lines()), keep="\n")

    def _repr_html_(self) -> str:
        return show_lines(self)

    def _lines(self) -> Iterator[str]:
        yield f"Format: {self.log_format}."
        rows = [
            (heading[:30], use, f"{count:,}", example[:30])
            for heading, use, count, example in self.columns
        ]
        yield from _aligned([("column", "taken for", "cells", "such as"), *rows])
        if self.statuses:
            yield ""
            words = [
                (text[:40], use, f"{count:,}") for text, use, count in self.statuses
            ]
            yield from _aligned([("status", "taken for", "times"), *words])
        if self.warnings:
            yield ""
            yield from self.warnings
        if self.rates:
            yield ""
            yield self.rates


def preview_log(
    history: History,
    columns: list[Column],
    table: Table,
    words: Mapping[str, Statement],
    warnings: tuple[str, ...],
) -> LogPreview:
    """Return how a file is taken.

    Args:
        history: What was read.
        columns: What the columns are taken for.
        table: The file as a table.
        words: What the user says that statuses mean, by the statuses, compact.
        warnings: What was not used and why.
    """
    states = [column for column in columns if column.field in ("status", "outcome")]
    texts = Counter(
        (" ".join(cell.split()), column.field)
        for row in table.rows
        for column in states
        if isinstance(cell := row.get(column.index), str)
    )
    statuses = tuple(
        (text, _taken_for(text, name, words), count)
        for (text, name), count in texts.most_common(_MAX_LISTED)
    )
    faults = () if history.events else tuple(headings_found(table, columns))
    return LogPreview(
        log_format=table.log_format,
        heading_line=table.line,
        columns=tuple(
            (column.heading, column.use, column.filled, column.example)
            for column in columns
        ),
        statuses=statuses,
        warnings=(*warnings, *faults),
        rates=str(estimate_pass_rates(history)) if history.events else "",
    )


def _taken_for(text: str, name: str, words: Mapping[str, Statement]) -> str:
    """What a status is taken for, in words.

    Args:
        text: The status.
        name: What its column is taken for.
        words: What the user says that statuses mean, by the statuses, compact.
    """
    statement = words.get(compact(text)) or read_status(text)
    if statement is None or not compact(text):
        mark = mark_of(text) if name == "outcome" else None
        if mark is None:
            return "not known"
        return "replied" if mark else "no reply"
    shown = [
        meaning.word.replace("_", " ")
        + (f" {meaning.number}" if meaning.number else "")
        for meaning in statement.meanings
    ]
    return ", ".join(shown) or "before any application"


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def headings_found(table: Table, columns: list[Column]) -> Iterator[str]:
    """Yield what a file that cannot be read has, and what it lacks.

    Args:
        table: The file as a table.
        columns: What its columns are taken for.
    """
    listed = ", ".join(
        f"{column.heading[:40]!r} ({column.use})" for column in columns[:20]
    )
    yield f"Its headings: {listed}."
    if table.line:
        yield f"Taken for the heading: {table.line[:100]!r}."
    fields = {column.field for column in columns}
    missing = []
    if not fields & {"company", "process", "role"}:
        missing.append("a company")
    if not fields & {"status", "outcome", "stage", "steps", "applied_date"}:
        missing.append("a status")
    if not any(column.dated for column in columns):
        missing.append("a date")
    if missing:
        yield (
            f"Missing: {', '.join(missing)}. Say which column it is, such as "
            "columns={'status': 'Progress'}."
        )
