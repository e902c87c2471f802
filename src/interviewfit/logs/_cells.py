"""Single cells of a tracker: the days, statuses and stages that they state."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite

from attrs import define, evolve, field, frozen

from interviewfit._model.units import LARGEST, Hours
from interviewfit._model.vocabulary import Milestone, StageKind
from interviewfit._reading.dates import dates_in, excel_date, local_date
from interviewfit._reading.lexicon import compact
from interviewfit.history._log import MAX_INTERVIEWS
from interviewfit.logs._columns import DATES, Column
from interviewfit.logs._words import (
    Meaning,
    Statement,
    is_missing,
    mark_of,
    read_heading,
    read_status,
)

# A process may be named after two cells, company and role; both have to fit its name.
_MAX_CELL = 400
MAX_QUOTED = 60
_PIECES = re.compile(r"[;\n]|(?<=\d),(?=\s*\d{4}-)")
_KINDS = {Milestone.SCREEN: StageKind.HR_SCREEN, Milestone.TASK: StageKind.TAKE_HOME}
APPLIED = Meaning("applied")


@frozen
class Entry:
    """An event that a row states.

    Attributes:
        meaning: What happened.
        day: When; None if the row does not say.
        hours: The time it took the candidate, hours.
        source: Where the candidate heard of the job, if the event says so.
        prior: Whether it is the state before the row's own.
    """

    meaning: Meaning
    day: date | None = None
    hours: Hours | None = None
    source: str = ""
    prior: bool = False


@define
class Findings:
    """What was not read, and why.

    Attributes:
        unknown: Rows by a status that is not known.
        reasons: Rows by the reason why something of them is left out.
        quoted: Texts of dates that could not be read, by the reason.
        unused: Cells that were not used, by their heading.
        undated: Statuses that were counted without a day, by their heading.
        statuses: How many statuses there were.
        unordered: How many processes are out of order in the file.
    """

    unknown: Counter[str] = field(factory=Counter)
    reasons: Counter[str] = field(factory=Counter)
    quoted: dict[str, dict[str, None]] = field(factory=dict)
    unused: Counter[str] = field(factory=Counter)
    undated: Counter[str] = field(factory=Counter)
    statuses: int = 0
    unordered: int = 0


UNREADABLE = "no date that can be read; counted without a day"
AMBIGUOUS = (
    "a date that can be read two ways; counted without a day. Say which comes first "
    "(day_first=), or write 2025-05-14"
)


NO_OUTCOME = (
    "an outcome that may be a refusal, or none yet; no event. Say what it means "
    "(words=)"
)


class CellReader:
    """Reads single cells, and counts what it has to leave out.

    Args:
        words: What the user says that a status means, by the status, compact.
        day_first: How to read 4/5/2025; None if nobody knows.
        today: Events after this day are plans.
    """

    def __init__(
        self, words: Mapping[str, Statement], day_first: bool | None, today: date
    ) -> None:
        self.words = words
        self.day_first = day_first
        self.today = today
        self.findings = Findings()
        self._known_days: dict[tuple[object, bool, bool], tuple[date | None, str]] = {}

    def statement(self, text: str) -> Statement | None:
        if self.words:
            chosen = self.words.get(compact(text)) or self.words.get(text.casefold())
            if chosen:
                return chosen
        return read_status(text) if text else None

    def stage_entries(self, cell: object, column: Column) -> Iterator[Entry]:
        """Yield the events that a cell below a stage states: dates, a mark or words.

        Args:
            cell: The cell.
            column: The column, which names the stage.
        """
        meaning = column.meaning or APPLIED
        if isinstance(cell, list | tuple):
            for item in cell:
                yield from self._stage_item(item, column, meaning)
            return
        text = cell_text(cell)
        day, problem = self.day(cell, column)
        if problem in ("", "plan", AMBIGUOUS):
            yield from self._dated_pieces(text, column, meaning, (day, problem))
        elif mark_of(text):
            yield Entry(meaning)
        elif text and mark_of(text) is None and not is_missing(text):
            if next(dates_in(text, day_first=True), None):
                yield from self._dated_pieces(text, column, meaning, (None, ""))
            elif (
                len(text) < MAX_QUOTED
                and (statement := self.statement(text))
                and statement.meanings
            ):
                if not any(_says(m, meaning) for m in statement.meanings):
                    yield Entry(meaning)
                yield from (Entry(m) for m in statement.meanings)

    def _dated_pieces(
        self,
        text: str,
        column: Column,
        meaning: Meaning,
        first: tuple[date | None, str],
    ) -> Iterator[Entry]:
        """Yield an event for each date in a cell, as in "2026-03-08|1|phone; ...".

        Args:
            text: The cell.
            column: The column.
            meaning: The stage that it is named after.
            first: The day that the cell begins with, and why it was not read.
        """
        pieces = [piece for piece in _PIECES.split(text) if piece.strip()]
        if len(text) < 18 or len(pieces) < 2:
            inside = list(dates_in(text, self.day_first)) if len(text) > 15 else []
            if len(inside) < 2:
                day, problem = first
                if day is None and not problem and inside:
                    day = inside[0][0]
                    problem = "plan" if day > self.today else ""
                if problem:
                    self.leave_out(problem, text)
                if problem != "plan":
                    yield Entry(meaning, day)
                return
            pieces = []
            start = 0
            for _, end in inside:
                pieces.append(text[start:end])
                start = end
        for piece in pieces:
            days = list(dates_in(piece, self.day_first))
            if not days:
                self.findings.unused[column.heading] += 1
                continue
            day = days[0][0]
            if day > self.today:
                self.leave_out("plan", piece)
                continue
            yield Entry(
                _refined(
                    meaning, re.sub(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", " ", piece)
                ),
                day,
            )

    def _stage_item(
        self, item: object, column: Column, meaning: Meaning
    ) -> Iterator[Entry]:
        """Yield the event of an item of a list below a stage.

        Args:
            item: An object with a date, or the date itself.
            column: The column.
            meaning: The stage that it is named after.
        """
        if not isinstance(item, dict):
            yield from (
                self.stage_entries(item, evolve(column, dated=True))
                if isinstance(item, str | int | float)
                else ()
            )
            return
        day, texts = None, []
        for key, value in item.items():
            heading = read_heading(str(key))
            is_date = heading.dated or heading.field in DATES
            if is_date and day is None:
                day, problem = self.day(value, evolve(column, dated=True))
                if problem:
                    self.leave_out(problem, cell_text(value))
                if problem == "plan":
                    return
            elif (
                isinstance(value, str)
                and len(value) < MAX_QUOTED
                and read_status(value)
            ):
                texts.append(value)
            elif value not in (None, "", [], {}):
                self.findings.unused[f"{column.heading} {key}"] += 1
        refined = _refined(meaning, " ".join(texts))
        yield Entry(refined, day)
        statement = read_status(" ".join(texts)) if texts else None
        if (
            statement
            and statement.meanings
            and statement.meanings[-1].word in ("rejected", "withdrew", "silent")
        ):
            yield Entry(statement.meanings[-1])

    def says_nothing(self, cell: object, column: Column) -> bool:
        """Whether a cell is read without an event: a "no", a plan, nothing known.

        Args:
            cell, column: The cell and its column.
        """
        text = cell_text(cell)
        return bool(text) and (
            is_missing(text)
            or mark_of(text) is not None
            or self.day(cell, column)[1] == "plan"
        )

    def day(self, cell: object, column: Column) -> tuple[date | None, str]:
        """Return the day that a cell states, and why it states none.

        Args:
            cell: The cell.
            column: Its column; an epoch is a date only where the heading says so.
        """
        key = (
            (cell, column.serial, column.dated)
            if isinstance(cell, str | int | float)
            else None
        )
        if key is not None and key in self._known_days:
            return self._known_days[key]
        result = self._parse_day(cell, column)
        if key is not None:
            self._known_days[key] = result
        return result

    def _parse_day(self, cell: object, column: Column) -> tuple[date | None, str]:
        """Return the day of a cell, uncached.

        Args:
            cell: The cell.
            column: Its column.
        """
        numeric = isinstance(cell, int | float) or (
            isinstance(cell, str)
            and cell.strip().replace(".", "").isdecimal()
            and cell.count(".") < 2
        )
        if column.serial:
            day = excel_date(cell)
        elif numeric and not column.dated:
            return None, UNREADABLE
        else:
            text = _COMPACT.sub(r"\1-\2-\3", cell) if isinstance(cell, str) else cell
            day = local_date(text, self.day_first)
        if day is None:
            ambiguous = local_date(cell, day_first=True) is not None
            return None, AMBIGUOUS if ambiguous else UNREADABLE
        return (None, "plan") if day > self.today else (day, "")

    def leave_out(self, problem: str, text: str) -> None:
        """Count what is wrong with a date, and keep its text.

        Args:
            problem: What is wrong.
            text: The cell.
        """
        if problem == "plan":
            problem = f"later than {self.today}; left out as plans"
        elif text:
            self.findings.quoted.setdefault(problem, {})[text[:MAX_QUOTED]] = None
        self.findings.reasons[problem] += 1


def _says(cell: Meaning, heading: Meaning) -> bool:
    """Whether a cell says of which kind the stage above it is.

    "Phone screen" below "Round 1" is that round, and no other.

    Args:
        cell, heading: What they state.
    """
    unnamed = heading.kind is Milestone.INTERVIEW and heading.stage is None
    return cell.kind == heading.kind or (unnamed and cell.kind in _KINDS)


def _refined(meaning: Meaning, text: str) -> Meaning:
    """Return a stage with the number and the kind of interview that a text adds.

    Args:
        meaning: The stage.
        text: What stands beside its date.
    """
    number = next((int(word) for word in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)), 0)
    statement = read_status(text)
    stage = meaning.stage
    if statement and statement.meanings and meaning.kind is Milestone.INTERVIEW:
        added = statement.meanings[0]
        stage = added.stage or _KINDS.get(added.kind) or stage
        number = added.number or number
    if meaning.kind is not Milestone.INTERVIEW or not number <= MAX_INTERVIEWS:
        number = 0
    return evolve(meaning, stage=stage, number=meaning.number or number)


_COMPACT = re.compile(r"\A(20\d\d)([01]\d)([0-3]\d)\Z")


def cell_text(value: object) -> str:
    """Return a cell as text on one line, at most 400 characters; empty if no text."""
    if isinstance(value, str):
        if value.isascii() and len(value) <= _MAX_CELL and "\x7f" not in value:
            return " ".join(value.split())
    elif isinstance(value, bool):
        return "true" if value else "false"
    elif not isinstance(value, int | float) or (
        isinstance(value, int) and abs(value) > 10**18
    ):
        return ""
    text = " ".join(str(value).split())[:_MAX_CELL]
    # Half a surrogate pair cannot be written to a file.
    return text.encode("utf-8", "replace").decode("utf-8")


def parse_hours(value: object, scale: float) -> Hours | None:
    """Return a cell as hours; None if it is no number from 0 to the largest allowed.

    Args:
        value: The cell.
        scale: Hours per unit of the cell.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        hours = float(value) * scale
    except (OverflowError, ValueError):
        return None
    return hours if isfinite(hours) and 0.0 <= hours <= LARGEST else None
