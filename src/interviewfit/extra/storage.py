"""
Rows read from files in batches, and files put in place whole or not at all.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from interviewfit.columns import FLAGS, WORDS, place_of
from interviewfit.domain import Candidate
from interviewfit.extra.scoring import arrow

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "MADE_FROM",
    "ROWS_AT_ONCE",
    "batches",
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
    """
    Rows of a file; one batch at least, so that an empty file has its columns.

    Args:
        source: A parquet or CSV file.
        groups: Which row groups; None for all.
        candidate: Whose aspects may be columns.
    """
    if source.suffix == ".csv":
        yield from _of_csv(source, candidate)
        return
    from pyarrow import parquet  # an extra

    with parquet.ParquetFile(source) as file:
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
    """
    Columns of ours are read as what they must be, whatever the first rows look like.
    """
    pa = arrow()
    from pyarrow import csv  # an extra

    with source.open("rb") as file:
        header = file.readline().decode("utf-8-sig", errors="replace")
    types: dict[str, Any] = {}
    for name in (one.strip().strip('"') for one in header.split(",")):
        if name in FLAGS or name.startswith(("signs.", "tags.")):
            types[name] = pa.bool_()
        elif name == "stage" or place_of(name, candidate) is not None:
            types[name] = pa.float64()
        elif name in WORDS:
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


def writer(path: Path, suffix: str, schema: "pa.Schema") -> Any:
    """
    What batches of one schema are written with.
    """
    if suffix == ".csv":
        from pyarrow import csv  # an extra

        return csv.CSVWriter(path, schema)
    from pyarrow import parquet  # an extra

    # A dictionary of floats that hardly ever repeat would only take time.
    floating = arrow().types.is_floating
    others = [one.name for one in schema if not floating(one.type)]
    return parquet.ParquetWriter(path, schema, use_dictionary=others)


def rows_there(target: Path, made_from: bytes) -> int | None:
    """
    How many rows a target has that was made from the same; None if it is not there.
    """
    from pyarrow import parquet  # an extra

    if target.suffix != ".parquet" or not target.is_file():
        return None
    # What is no parquet file of ours is written over, as any older answer is.
    with suppress(OSError, arrow().ArrowException):
        known = parquet.read_metadata(target)
        if (known.metadata or {}).get(MADE_FROM) == made_from:
            return int(known.num_rows)
    return None


def sweep(targets: Iterable[Path]) -> None:
    """
    Remove what a run that was killed has left under hidden names.
    """
    for target in targets:
        for stale in target.parent.glob(f".{target.name}.*.new"):
            with suppress(OSError):
                stale.unlink()


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """
    A hidden name beside *target*, which takes its place once all is well.

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
    """
    What the disk, or what reads it, said.
    """
    text = getattr(error, "strerror", None) or str(error)
    return text.splitlines()[0] if text else type(error).__name__
