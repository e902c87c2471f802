"""The file formats of trackers, each parsed into one table of cells.

Nothing is interpreted yet: a table has headings, and rows of the cells that are not
empty. ``_columns`` says what the headings mean and ``_rows`` what the cells state.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from attrs import frozen

from interviewfit._reading.dates import local_date
from interviewfit._reading.lenient_json import read_json
from interviewfit.errors import DecodeError
from interviewfit.logs._boards import find_flows, flow_rows, trello_rows
from interviewfit.logs._notes import NOTE_HEADINGS, read_notes
from interviewfit.logs._words import read_heading

Cells = Mapping[int, object]
"""The cells of a row that are not empty, by the index of their column."""


@frozen
class Table:
    """A file as a table.

    Attributes:
        log_format: Name of the file's format.
        headings: What stands above each column; two columns may have one heading.
        rows: The cells of each row.
        line: The line of the file that was taken for the heading; empty for JSON.
        undated: Whether the format keeps no days, only counts.
    """

    log_format: str
    headings: tuple[str, ...]
    rows: Sequence[Cells]
    line: str = ""
    undated: bool = False


MAX_COLUMNS, MAX_ROWS = 10_000, 200_000
_MAX_LEVELS, _MOST_HEADINGS = 3, 200
_LINES_ABOVE = 20
_LISTS = ("applications", "events", "stageevents", "jobs", "items", "rows", "data",
          "records", "results", "entries", "applicationlist")  # fmt: skip
_SIMPLIFY = {"Job Title", "Company Name", "Job URL", "Applied Date", "Status"}
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*")
_STATUS_LINE = re.compile(r"\d+\t([^\t]{6,25})\t[^\t]*\t")
_WRAPPERS = {
    *("select", "status", "date", "title", "rich_text", "text", "plain_text", "name"),
    *("start", "content", "$date", "$oid", "_seconds", "seconds", "iso"),
}
_DATE = re.compile(r"\d[-/.]\d+[-/.]\d")
_NEXT_LINE = re.compile(r"\}[ \t\r]*\n\s*\{")
_MAX_RULE, _MAX_TABLES = 10_000, 50
_CAREER_OPS = ("id", "date", "from", "to")


def parse_table(text: str) -> Table:
    """Return a file as a table, whatever its format.

    Raises:
        DecodeError: If *text* is neither JSON nor a table, or is of another kind.
    """
    if text.lstrip()[:1] in ("[", "{"):
        return _json_table(text)
    count = text.count("\n") + text.count("\r")
    if count > 2 * MAX_ROWS + 2:
        raise _too_long(count)
    lines = [line for line in text.splitlines() if line and not line.isspace()]
    if len(lines) > MAX_ROWS:
        raise _too_long(len(lines))
    head = lines[:_LINES_ABOVE]
    if any(
        (match := _STATUS_LINE.match(line)) and local_date(match[1], day_first=True)
        for line in head
    ):
        return _career_ops(lines)
    if flows := find_flows(lines):
        return Table("sankey", ("id", "to"), flow_rows(flows), undated=True)
    if (table := _markdown_table(text.splitlines())) is not None:
        return table
    if rows := read_notes(lines):
        return Table("notes", NOTE_HEADINGS, rows)
    return _separated_table(text)


def _json_table(text: str) -> Table:
    """Return the table of a JSON file: its objects, nested ones as columns.

    Raises:
        DecodeError: If it is not JSON, holds no objects, or is a résumé.
    """
    # An object a line, as programs write their logs.
    if text.lstrip()[:1] == "{" and _NEXT_LINE.search(text[:_MAX_RULE]):
        text = f"[{','.join(line for line in text.splitlines() if line.strip())}]"
    tree = read_json(text, "log")
    if isinstance(tree, dict):
        if {"basics", "sections"} <= tree.keys() or {
            "profile",
            "workExperiences",
        } <= tree.keys():
            app = "Reactive Resume" if "basics" in tree else "OpenResume"
            fault = f"It is a résumé of {app} and no log; read_resume reads résumés."
            raise DecodeError("log", [fault])
        if isinstance(tree.get("cards"), list) and isinstance(tree.get("lists"), list):
            return _objects_table("trello", trello_rows(tree))
        tree = _main_list(tree)
    objects = [row for row in tree if isinstance(row, dict)]
    if len(objects) > MAX_ROWS:
        raise _too_long(len(objects))
    if not objects:
        fault = "It has no objects; write one for each process or event."
        raise DecodeError("log", [fault])
    log_format = "json"
    if any("statusLog" in row for row in objects):
        log_format = "status log"
    elif any("toStage" in row for row in objects):
        log_format = "job-ops"
    return _objects_table(log_format, objects)


def _main_list(tree: Mapping[str, Any]) -> Iterable[Any]:
    """Return the objects of a file whose outermost value is an object."""
    members = {
        "".join(filter(str.isalnum, name)).lower(): value
        for name, value in tree.items()
    }
    for name in _LISTS:
        match members.get(name):
            case list() as rows:
                return rows
            case dict() as rows if all(isinstance(row, dict) for row in rows.values()):
                return rows.values()
    values = list(tree.values())
    if len(values) > 1 and all(isinstance(value, dict) for value in values):
        return [{"id": name, **row} for name, row in tree.items()]
    return [tree]


def _objects_table(log_format: str, objects: Iterable[Mapping[str, Any]]) -> Table:
    """Return objects as rows; an object inside one becomes columns of its own.

    Args:
        log_format: Name of the file's format.
        objects: The objects, with any values.

    Raises:
        DecodeError: If they have too many different keys.
    """
    indices: dict[str, int] = {}
    rows = []
    for item in objects:
        cells: dict[int, object] = {}
        for name, value in _flat_members(item, "", 0):
            index = indices.setdefault(name, len(indices))
            if len(indices) > MAX_COLUMNS:
                raise _too_wide(len(indices))
            cells[index] = value
        rows.append(cells)
    return Table(log_format, tuple(indices), rows)


def _flat_members(
    item: Mapping[str, Any], prefix: str, level: int
) -> Iterable[tuple[str, object]]:
    """Yield the members of an object by the path to them, empty ones left out.

    Args:
        item: The object.
        prefix: Names of the objects around it.
        level: How many objects are around it; below three it is cut.
    """
    for key, value in item.items():
        # What Notion and Airtable wrap around every value says nothing.
        inner = level and str(key).lower() in _WRAPPERS
        name = prefix if inner and prefix else f"{prefix} {key}".strip()
        if str(key).lower() in ("fields", "properties", "attributes"):
            name = prefix
        if isinstance(value, dict) and level < _MAX_LEVELS:
            yield from _flat_members(value, name, level + 1)
        elif (
            level
            and isinstance(value, list)
            and len(value) == 1
            and isinstance(value[0], dict)
        ):
            yield from _flat_members(value[0], name, level + 1)
        elif value not in (None, "", [], {}) and not (
            inner and str(key) in ("id", "color")
        ):
            yield name, value


def _career_ops(lines: Iterable[str]) -> Table:
    """Return career-ops' log: number, date, from, to, source, note.

    A later "correction" moves the last event with the same status to its own date, and
    a transition to "-" takes back the latest event of its number.
    """
    processes: dict[str, list[dict[int, object]]] = {}
    last: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        number, day, origin, status, source = [*cells, "", "", "", "", ""][:5]
        rows = processes.setdefault(number, [])
        if status == "-":
            if rows:
                taken = rows.pop()
                last.pop((number, str(taken.get(3, ""))), None)
            continue
        row = {0: f"#{number}", 1: day, 2: origin, 3: status}
        index = last.get((number, status))
        if source == "correction" and index is not None and index < len(rows):
            rows[index] = {**rows[index], 1: day}
        else:
            last[number, status] = len(rows)
            rows.append(
                {index: cell for index, cell in row.items() if cell not in ("", "-")}
            )
    return Table(
        "career-ops", _CAREER_OPS, [row for rows in processes.values() for row in rows]
    )


def _is_rule(line: str) -> bool:
    """Whether a line is the one between the heading and the rows of a table."""
    return len(line) <= _MAX_RULE and _RULE.fullmatch(line) is not None


def _markdown_table(lines: Sequence[str]) -> Table | None:
    """Return the table of a Markdown file whose headings are known best, if any."""
    tables: list[Table] = []
    above, index = "", 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if "|" not in above or not _is_rule(line):
            above = line if line.strip() else above
            continue
        rows = []
        while index < len(lines):
            line = lines[index]
            if "|" in line:
                rows.append(_pipe_cells(line))
            elif line.strip() or any(map(_is_rule, lines[index + 2 : index + 3])):
                # Another paragraph, or the heading of another table comes next.
                break
            index += 1
        tables.append(_table("table", _pipe_cells(above), rows, above))
        above = ""
        if len(tables) == _MAX_TABLES:
            break
    key = itemgetter(0, 1)
    ranked = [(_known(table.headings), len(table.rows), table) for table in tables]
    return max(ranked, key=key)[2] if ranked else None


def _pipe_cells(line: str) -> list[str]:
    cells = (
        line.replace("\\|", "\0").strip().removeprefix("|").removesuffix("|").split("|")
    )
    bare = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", cell) for cell in cells)
    return [cell.replace("\0", "|").strip().strip("*_`") for cell in bare]


def _separated_table(text: str) -> Table:
    """Return the rows of a table below the line that looks most like its heading.

    Raises:
        DecodeError: If it is not a table with a header and at least one row.
    """
    text = text.lstrip("\n\r ")
    separator = ""
    if match := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        separator = match[1]
        text = text[match.end() :]
    head = text[:20_000].splitlines()[:_LINES_ABOVE]
    if not separator:
        separator = max(",;\t|", key=lambda mark: _fitness(head, mark))
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise DecodeError("log", [f"It is not a table: {error}."]) from None
    # Without any line there is nothing below the first one either.
    first = max(
        range(min(_LINES_ABOVE, len(lines))),
        key=lambda i: (_known(lines[i]), -i),
        default=0,
    )
    if lines and _known(lines[first]) < 1:
        first = 0
    if len(lines) < first + 2:
        raise DecodeError("log", ["It has no rows below its header."])
    table = _table(
        "table", lines[first], lines[first + 1 :], separator.join(lines[first])
    )
    headings = {*table.headings}
    return Table("simplify", *_parts(table)) if headings >= _SIMPLIFY else table


def _fitness(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """Return how many headings a separator finds, and how often a line has it.

    Args:
        lines: The first lines of a file.
        mark: The separator.
    """
    cells = (line.split(mark)[:_MOST_HEADINGS] for line in lines if mark in line)
    known = max(
        (_known([cell.strip(' "') for cell in row]) for row in cells), default=0
    )
    return known, max((line.count(mark) for line in lines), default=0)


def _parts(table: Table) -> tuple[tuple[str, ...], Sequence[Cells], str]:
    return table.headings, table.rows, table.line


def _known(headings: Sequence[str]) -> int:
    """Return how many cells of a line are known as headings."""
    if len(headings) > MAX_COLUMNS:
        raise _too_wide(len(headings))
    fields = {
        heading
        for heading in headings
        if heading
        and len(heading) < 60
        and not _DATE.search(heading)
        and read_heading(heading).field not in ("", "ignored")
    }
    return len(fields)


def _table(
    log_format: str, headings: Sequence[str], lines: Iterable[Sequence[str]], line: str
) -> Table:
    """Return a table of text, without its empty cells.

    Args:
        log_format: Name of the file's format.
        headings: The line above the rows; cells beyond it are called "column 7".
        lines: The rows.
        line: The line of the headings as the file has it.

    Raises:
        DecodeError: If it has too many columns.
    """
    # Who pastes one sheet below another has the headings twice.
    again = list(headings) if len(headings) > 1 else None
    rows = [
        {index: cell for index, cell in enumerate(cells) if cell and not cell.isspace()}
        for cells in lines
        if cells != again
    ]
    width = max((max(row, default=-1) for row in rows), default=-1) + 1
    if width > MAX_COLUMNS:
        raise _too_wide(width)
    beyond = [f"column {number}" for number in range(len(headings) + 1, width + 1)]
    names = [heading.strip() or f"column {i}" for i, heading in enumerate(headings, 1)]
    return Table(
        log_format, (*names, *beyond), [row for row in rows if row], line[:200]
    )


def _too_long(count: int) -> DecodeError:
    return DecodeError(
        "log", [f"It has {count:,} lines, at most {MAX_ROWS:,} are read."]
    )


def _too_wide(width: int) -> DecodeError:
    return DecodeError(
        "log", [f"It has {width:,} columns, at most {MAX_COLUMNS:,} are read."]
    )
