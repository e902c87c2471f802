"""Rows read from files in batches, and files put in place whole or not at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from interviewfit._model.domain import Candidate
from interviewfit.columns._specs import FLAGS, CATEGORIES, column_spec
from interviewfit.extra._scoring import arrow

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "MADE_FROM",
    "ROWS_AT_ONCE",
    "batches",
    "cut_batches",
    "read_back",
    "reason",
    "replacing",
    "rows_there",
    "sweep",
    "writer",
]

ROWS_AT_ONCE = 1 << 17
MADE_FROM = b"interviewfit"
"""Under this name a parquet file says from which numbers it was made."""


def batches(
    source: Path, groups: tuple[int, ...] | None, candidate: Candidate
) -> "Iterator[pa.RecordBatch]":
    """Rows of a file; one batch at least, so that an empty file has its columns.

    Args:
        source: A parquet or CSV file.
        groups: Which row groups; None for all.
        candidate: Whose aspects may be columns.
    """
    if source.suffix == ".csv":
        yield from _of_csv(source, candidate)
        return
    yield from _of_parquet(source, groups)


def _of_parquet(
    source: Path, groups: tuple[int, ...] | None
) -> "Iterator[pa.RecordBatch]":
    from pyarrow import parquet  # an extra

    # Read as it is needed, not ahead: what is read ahead would have to fit memory.
    with parquet.ParquetFile(source, pre_buffer=False) as file:
        some_groups = range(file.num_row_groups) if groups is None else groups
        some = False
        for batch in file.iter_batches(ROWS_AT_ONCE, row_groups=list(some_groups)):
            some = True
            yield batch
        if not some:
            yield from file.schema_arrow.empty_table().to_batches() or [
                arrow().RecordBatch.from_pylist([], schema=file.schema_arrow)
            ]


def _of_csv(source: Path, candidate: Candidate) -> "Iterator[pa.RecordBatch]":
    """Columns of ours are read as what they must be, whatever the first rows look like."""
    pa = arrow()
    from pyarrow import csv  # an extra

    with source.open("rb") as file:
        header = file.readline().decode("utf-8-sig", errors="replace")
    types: dict[str, Any] = {}
    for name in (one.strip().strip('"') for one in header.split(",")):
        if name in FLAGS or name.startswith(("signs.", "tags.")):
            types[name] = pa.bool_()
        elif name == "stage" or column_spec(name, candidate) is not None:
            types[name] = pa.float64()
        elif name in CATEGORIES:
            types[name] = pa.string()
    options = csv.ConvertOptions(column_types=types, strings_can_be_null=True)
    with csv.open_csv(source, convert_options=options) as reader:
        some = False
        for batch in reader:
            some = some or batch.num_rows > 0
            if batch.num_rows:
                yield batch
        if not some:
            yield pa.RecordBatch.from_pylist([], schema=reader.schema)


def cut_batches(
    rows: "Iterable[pa.RecordBatch]", size: int
) -> "Iterator[tuple[int, pa.RecordBatch]]":
    """Batches that lie within so many rows each, with the number of those rows' run."""
    row = 0
    for batch in rows:
        start = 0
        while True:
            some = batch.slice(start, size - row % size)
            yield row // size, some
            row += some.num_rows
            start += some.num_rows
            if start == batch.num_rows:
                break


def writer(path: Path, suffix: str, schema: "pa.Schema") -> Any:
    """What batches of one schema are written with."""
    if suffix == ".csv":
        from pyarrow import csv  # an extra

        return csv.CSVWriter(path, schema)
    if suffix == ".arrow":
        from pyarrow import ipc  # an extra

        return ipc.new_file(path, schema)
    from pyarrow import parquet  # an extra

    # A dictionary of floats that hardly ever repeat would only take time.
    floating = arrow().types.is_floating
    others = [one.name for one in schema if not floating(one.type)]
    return parquet.ParquetWriter(path, schema, use_dictionary=others)


def rows_there(target: Path, made_from: bytes) -> int | None:
    """How many rows a target has that was made from the same; None if it is not there.

    A CSV file cannot say what it was made from.
    """
    from pyarrow import ipc, parquet  # an extra

    if target.suffix == ".csv" or not target.is_file():
        return None
    # What is no file of ours is written over, as any older answer is.
    with suppress(OSError, arrow().ArrowException):
        if target.suffix == ".parquet":
            known = parquet.read_metadata(target)
            metadata, rows = known.metadata, known.num_rows
        else:
            with ipc.open_file(target) as file:
                metadata, many = file.schema.metadata, file.num_record_batches
                rows = sum(file.get_batch(one).num_rows for one in range(many))
        if (metadata or {}).get(MADE_FROM) == made_from:
            return int(rows)
    return None


def read_back(path: Path) -> "Iterator[pa.RecordBatch]":
    """The rows of a piece, a batch at a time; one batch at least."""
    if path.suffix == ".arrow":
        from pyarrow import ipc  # an extra

        with ipc.open_file(path) as file:
            for number in range(file.num_record_batches):
                yield file.get_batch(number)
        return
    yield from _of_parquet(path, None)


def sweep(targets: Iterable[Path]) -> None:
    """Remove what a run that was killed has left under hidden names."""
    for target in targets:
        for stale in target.parent.glob(f".{target.name}.*.new"):
            with suppress(OSError):
                stale.unlink()


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A hidden name beside *target*, which takes its place once all is well.

    Readers of directories skip such names, so a crash leaves nothing that is read.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    hidden = target.with_name(f".{target.name}.{uuid4().hex}.new")
    try:
        yield hidden
        hidden.replace(target)
    except BaseException:
        with suppress(OSError):
            hidden.unlink()
        raise


def reason(error: Exception) -> str:
    """What the disk, or what reads it, said."""
    text = getattr(error, "strerror", None) or str(error)
    return text.splitlines()[0] if text else type(error).__name__
