"""Rows read from files in batches, and files that are put in place whole or not at all.

Reading never holds more than a few batches of a file, so that memory does not grow with
its rows. A file is written under a hidden name and renamed at the end, so that a crash
leaves either the whole file or none.
"""

import csv as standard_csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from interviewfit._model.domain import Candidate
from interviewfit.columns._specs import CsvKind, csv_kind
from interviewfit.errors import DecodeError
from interviewfit.extra._csv_lines import line_of_cell
from interviewfit.extra.frames import arrow

if TYPE_CHECKING:
    import pyarrow as pa

MAX_COLUMNS = 3_000
"""Columns of a file that are read; what is beside each grows with their number."""
_BATCH_ROWS = 1 << 17
BLOCK_BYTES = 1 << 20
"""How much of a CSV file is read at a time."""
NULLS = frozenset(
    {
        *("", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan"),
        *("1.#IND", "1.#QNAN", "N/A", "NA", "NULL", "NaN", "n/a", "nan", "null"),
    }
)
"""Cells of a CSV file that say that nothing is known, as Arrow has them."""
TRUE, FALSE = (
    frozenset({"1", "true", "TRUE", "True"}),
    frozenset({"0", "false", "FALSE", "False"}),
)
"""Cells of a CSV file that are flags, as Arrow has them."""
_WRONG_CELL = re.compile(
    r"column #(\d+): .*conversion error to (double|bool): .*'(.*)'"
)
_EXPECTED = {
    "double": (
        "a number",
        "Write it with a point and without a unit; leave it empty if it is not known.",
    ),
    "bool": ("true or false", "Leave it empty if it is not known."),
}
"""What a column must hold that Arrow calls so, and what to write instead."""
FINGERPRINT_KEY = b"interviewfit"
"""Metadata key under which a parquet file says what it was made from."""


def read_batches(
    source: Path, candidate: Candidate, groups: tuple[int, ...] | None = None
) -> "Iterator[pa.RecordBatch]":
    """Batches of the rows of a file in order, one at least, which has the columns.

    Args:
        source: A file in parquet or CSV (UTF-8, with a header).
        candidate: Whose priorities say which columns of a CSV file are aspects.
        groups: Numbers of the row groups to read, for parquet; None for all.

    Raises:
        DecodeError: If it has more columns than are read.
    """
    from pyarrow import csv, parquet  # an extra

    if source.suffix.lower() == ".csv":
        header = csv_header(source)
        check_width(len(header))
        if separator := other_separator(header):
            raise ValueError(separator)
        kinds = {name: csv_kind(name, candidate) for name in header}
        types = {name: _arrow_type(kind) for name, kind in kinds.items()}
        options = csv.ConvertOptions(column_types=types, strings_can_be_null=False)
        blocks = csv.ReadOptions(block_size=BLOCK_BYTES)
        with csv.open_csv(source, blocks, convert_options=options) as reader:
            batches = (_with_nulls(batch, kinds) for batch in reader)
            empty = arrow().RecordBatch.from_pylist([], schema=reader.schema)
            yield from _at_least_one(batches, _with_nulls(empty, kinds).schema)
    else:
        # Without read-ahead, because what is read ahead would have to fit memory.
        with parquet.ParquetFile(source, pre_buffer=False) as file:
            check_width(len(file.schema_arrow.names))
            numbers = range(file.num_row_groups) if groups is None else groups
            batches = file.iter_batches(_BATCH_ROWS, row_groups=list(numbers))
            yield from _at_least_one(batches, file.schema_arrow)


def check_width(count: int) -> None:
    """Refuse a file of more columns than are read, before any of them is.

    Raises:
        DecodeError: If *count* is too large.
    """
    if count > MAX_COLUMNS:
        fault = f"it has {count:,} columns, at most {MAX_COLUMNS:,} are read."
        raise DecodeError("table", [fault])


def _arrow_type(kind: CsvKind) -> Any:
    """The type by which Arrow reads a column of a CSV file."""
    pa = arrow()
    if kind is CsvKind.NUMBER:
        return pa.float64()
    # A sign may be a flag or a strength, which only its cells tell.
    return pa.bool_() if kind is CsvKind.FLAG else pa.string()


def _with_nulls(batch: "pa.RecordBatch", kinds: Mapping[str, CsvKind]) -> Any:
    """A batch in which words that say that nothing is known are null.

    Args:
        batch: As Arrow has read it from a CSV file.
        kinds: What its columns are, by name; those carried over stay as they came.
    """
    columns = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        kind = kinds.get(name, CsvKind.CARRIED)
        if kind is CsvKind.STRENGTH:
            columns.append(_strengths(column))
        else:
            columns.append(_words(column) if kind is CsvKind.WORD else column)
    return arrow().RecordBatch.from_arrays(columns, names=batch.schema.names)


def _words(column: Any) -> Any:
    """A column of texts in which those of ``NULLS`` are null."""
    from pyarrow import compute  # an extra

    pa = arrow()
    is_null = compute.is_in(column, value_set=pa.array(sorted(NULLS)))
    return compute.if_else(is_null, pa.scalar(None, pa.string()), column)


def _strengths(column: Any) -> Any:
    """A column of texts as flags, as numbers, or as it is where it is neither.

    It is of flags where every cell is one. Each batch tells for itself, so that a
    strength far down a file is no surprise.
    """
    from pyarrow import compute  # an extra

    pa, words = arrow(), _words(column)
    true = compute.is_in(words, value_set=pa.array(sorted(TRUE)))
    false = compute.is_in(words, value_set=pa.array(sorted(FALSE)))
    if compute.all(compute.or_(compute.or_(true, false), words.is_null())).as_py():
        return compute.if_else(words.is_null(), pa.scalar(None, pa.bool_()), true)
    numbers = compute.if_else(true, "1", compute.if_else(false, "0", words))
    with suppress(arrow().ArrowInvalid):
        return compute.cast(numbers, pa.float64())
    return column


def csv_header(source: Path) -> list[str]:
    """The column names of a CSV file; none if the header cannot be read."""
    # Arrow skips empty lines, and says what is wrong with a bad header.
    with (
        source.open(encoding="utf-8-sig", errors="replace", newline="") as file,
        suppress(standard_csv.Error),
    ):
        return next(filter(None, standard_csv.reader(file)), [])
    return []


def _at_least_one(
    batches: "Iterable[pa.RecordBatch]", schema: "pa.Schema"
) -> "Iterator[pa.RecordBatch]":
    """The batches that have rows, or a single batch without rows if none has.

    Args:
        batches: Record batches, all of one schema.
        schema: That schema, for the batch without rows.
    """
    is_empty = True
    for batch in batches:
        if batch.num_rows:
            is_empty = False
            yield batch
    if is_empty:
        yield arrow().RecordBatch.from_pylist([], schema=schema)


def count_rows(source: Path, groups: tuple[int, ...] | None) -> int:
    """The number of rows of a file, which for CSV takes a pass over its first column.

    Rows count up to the first fault, which is reported when they are scored.

    Args:
        source: A ``.parquet`` or ``.csv`` file.
        groups: Numbers of the row groups to count, for parquet; None for all.
    """
    rows = 0
    with suppress(OSError, arrow().ArrowException):
        from pyarrow import csv, parquet  # an extra

        if source.suffix.lower() == ".parquet":
            metadata = parquet.read_metadata(source)
            numbers = range(metadata.num_row_groups) if groups is None else groups
            return sum(metadata.row_group(number).num_rows for number in numbers)
        first = csv_header(source)[:1]
        options = csv.ConvertOptions(
            include_columns=first, column_types=dict.fromkeys(first, arrow().binary())
        )
        with csv.open_csv(source, convert_options=options) as reader:
            for batch in reader:
                rows += batch.num_rows
    return rows


def split_batches(
    batches: "Iterable[pa.RecordBatch]", size: int
) -> "Iterator[tuple[int, pa.RecordBatch]]":
    """Batches cut so that each lies in one part, with the number of its part, from 0.

    Args:
        batches: Record batches that follow one another.
        size: Rows of a part, 1 or more.
    """
    row = 0
    for batch in batches:
        start = 0
        while True:
            section = batch.slice(start, size - row % size)
            yield row // size, section
            row += section.num_rows
            start += section.num_rows
            if start == batch.num_rows:
                break


def open_writer(path: Path, suffix: str, schema: "pa.Schema") -> Any:
    """A writer of record batches, with the methods ``write_batch`` and ``close``.

    Args:
        path: The file to write.
        suffix: Its format: ``".csv"`` or ``".parquet"``. The hidden name of a file does
            not end in it.
        schema: The schema of all batches.
    """
    from pyarrow import csv, parquet  # an extra

    if suffix == ".csv":
        nested = [field for field in schema if arrow().types.is_nested(field.type)]
        if nested:
            name, kind = nested[0].name, nested[0].type
            remedy = "Write a .parquet file, or leave the column out"
            raise ValueError(f"CSV has no form for column {name!r}, {kind}. {remedy}")
        return csv.CSVWriter(path, schema)
    # A dictionary of floats, which hardly ever repeat, would only take time.
    is_floating = arrow().types.is_floating
    with_dictionary = [field.name for field in schema if not is_floating(field.type)]
    # A later run can tell by the checksums whether the disk has kept every page.
    return parquet.ParquetWriter(
        path, schema, use_dictionary=with_dictionary, write_page_checksum=True
    )


def remove_stale(targets: Iterable[Path]) -> None:
    """Remove the hidden files that a killed run has left beside its targets."""
    for target in targets:
        for stale in target.parent.glob(f".{escape(target.name)}.*.new"):
            with suppress(OSError):
                stale.unlink()


@contextmanager
def replace_atomically(target: Path) -> Iterator[Path]:
    """A hidden path beside *target*, renamed to it if the block ends without an error.

    Readers of directories skip hidden names, so they never see half a file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    hidden = target.with_name(f".{target.name}.{uuid4().hex}.new")
    try:
        yield hidden
        _put_in_place(hidden, target)
    except BaseException:
        with suppress(OSError):
            hidden.unlink()
        raise


def _put_in_place(hidden: Path, target: Path) -> None:
    """Rename a hidden file that is whole to what it shall be called.

    Args:
        hidden, target: The file, and its name.

    Raises:
        FileNotFoundError: If it is gone: another run that wrote the same target has
            swept up what it took for the remains of a killed one.
    """
    try:
        hidden.replace(target)
    except FileNotFoundError as error:
        reason = "another run writes the same; run it again if that has failed"
        raise FileNotFoundError(error.errno, reason, str(target)) from error


def error_line(path: Path, error: Exception) -> str:
    """A file, and the first line of what the disk or its reader reported.

    Args:
        path: The file.
        error: What was raised. What Arrow says of a CSV file names its columns here.
    """
    return f"{path}: {_reason(path, error)}"


def _reason(path: Path, error: Exception) -> str:
    """What is wrong with a file, in a sentence or more.

    Args:
        path, error: As ``error_line`` has them.
    """
    text = getattr(error, "strerror", None) or str(error)
    shown = text.splitlines()[0] if text else type(error).__name__
    is_csv = path.suffix.lower() == ".csv" and isinstance(error, arrow().ArrowException)
    header = csv_header(path) if is_csv else []
    if (match := _WRONG_CELL.search(shown)) and int(match[1]) < len(header):
        expected, remedy = _EXPECTED[match[2]]
        name, line = header[int(match[1])], line_of_cell(path, int(match[1]), match[3])
        where = f"column {name!r}{line}"
        return f"{where} must be {expected}, got {match[3]!r:.60}. {remedy}"
    if (is_csv and "UTF8" in shown) or isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8. Save the file as UTF-8."
    if "Empty CSV file" in shown:
        return "it is empty. The first line must name the columns."
    return shown


def other_separator(header: Sequence[str]) -> str:
    """What to do with a CSV file that has no commas between its columns; or nothing.

    >>> other_separator(["name;pay.mean"]).partition(".")[0]
    "its columns are separated by ';' and not by commas"
    """
    signs = [sign for sign in ";\t|" if len(header) == 1 and sign in header[0]]
    if not signs:
        return ""
    return (
        f"its columns are separated by {signs[0]!r} and not by commas. Save it with "
        "commas between the columns and points in the numbers."
    )
