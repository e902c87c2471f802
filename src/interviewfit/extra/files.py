"""
Files of rows scored into files, in memory that does not grow with them.

The work is cut into pieces: a file of a directory, or some row groups of one large
file. Each is written under a hidden name and put in place at once, so that what is
there is whole; a second run skips it, unless it was made from other numbers. Of one
large file the pieces are joined at the end. A CSV file is one piece, and starts over.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from attrs import evolve, frozen

from interviewfit.errors import DecodeError, InterviewFitError, InvalidFieldError
from interviewfit.extra.scoring import Scoring, arrow
from interviewfit.extra.storage import (
    MADE_FROM,
    ROWS_AT_ONCE,
    batches,
    reason,
    replacing,
    rows_there,
    sweep,
    writer,
)

__all__ = [
    "Piece",
    "Progress",
    "UnfinishedError",
    "cut",
    "finish",
    "run",
    "score_piece",
]

Progress: TypeAlias = Callable[[int], object]
"""Called with the number of rows done so far."""

_ROWS_OF_A_PIECE = 1 << 20
_KINDS = (".parquet", ".csv")


class UnfinishedError(InterviewFitError):
    """
    Some pieces failed; all others are done and need not be done again.

    Attributes:
        faults: One line each, with the file and, where one is to blame, the row.
        rows: How many rows are done.
    """

    def __init__(self, faults: Sequence[str], rows: int = 0) -> None:
        super().__init__(tuple(faults), rows)
        self.faults: tuple[str, ...] = tuple(faults)
        self.rows = rows

    def __str__(self) -> str:
        ending = f"{self.rows:,} rows are done; run it again for the rest."
        return "\n".join((*self.faults, ending))


@frozen(kw_only=True)
class Piece:
    """
    Some rows of one file, and the file they are scored into.

    Attributes:
        source: Where the rows are.
        target: Where they go.
        groups: Which row groups; None for all.
        first_row: Number of the first in its file.
    """

    source: Path
    target: Path
    groups: tuple[int, ...] | None = None
    first_row: int = 0

    def made_from(self, scoring: Scoring) -> bytes:
        """
        What a whole target of this piece says it was made from.
        """
        known = self.source.stat()
        parts = (scoring.fingerprint, known.st_size, known.st_mtime_ns, self.groups)
        return sha256(repr(parts).encode()).hexdigest().encode()


def cut(source: Path, target: Path) -> list[Piece]:
    """
    The pieces of a file or of a directory of parquet files.

    What a run that was killed has left under hidden names is removed.

    Raises:
        InvalidFieldError: If there is nothing to read, or a name does not say what
            kind of file it is.
    """
    if source.is_dir():
        files = sorted(
            one
            for one in source.glob("*.parquet")
            if not one.name.startswith((".", "_"))
        )
        if not files:
            raise InvalidFieldError("source", "of parquet files", str(source))
        pieces = [Piece(source=one, target=target / one.name) for one in files]
        sweep(one.target for one in pieces)
        return pieces
    for name, path in (("source", source), ("target", target)):
        if path.suffix not in _KINDS:
            raise InvalidFieldError(name, "a .parquet or .csv file", str(path))
    if not source.is_file():
        raise InvalidFieldError("source", "a file that is there", str(source))
    whole = Piece(source=source, target=target)
    sweep([target])
    if source.suffix == ".csv" or target.suffix == ".csv":
        return [whole]
    parts, folder = list(_runs(source)), _folder(target)
    if len(parts) == 1:
        return [whole]
    return [
        evolve(
            whole, target=folder / f"{number:05}.parquet", groups=groups, first_row=row
        )
        for number, (groups, row) in enumerate(parts)
    ]


def _runs(source: Path) -> Iterator[tuple[tuple[int, ...], int]]:
    """
    Row groups that follow each other, and the number of their first row.
    """
    arrow()
    from pyarrow import parquet  # an extra

    try:
        known = parquet.read_metadata(source)
    except arrow().ArrowException as error:
        raise UnfinishedError([f"{source}: {reason(error)}"]) from None
    groups: list[int] = []
    first, row = 0, 0
    for number in range(known.num_row_groups):
        groups.append(number)
        row += known.row_group(number).num_rows
        if row - first >= _ROWS_OF_A_PIECE:
            yield tuple(groups), first
            groups, first = [], row
    if groups or not row:
        yield tuple(groups), first


def _folder(target: Path) -> Path:
    return target.with_name(f".{target.name}.parts")


def run(
    pieces: Sequence[Piece], scoring: Scoring, progress: Progress | None = None
) -> int:
    """
    Score pieces one after another; how many rows they have.

    Raises:
        UnfinishedError: After all others are done, if some failed.
    """
    done = 0
    faults: list[str] = []
    for piece in pieces:
        before = done

        def tick(rows: int, before: int = before) -> None:
            if progress is not None:
                progress(before + rows)

        try:
            done += score_piece(piece, scoring, tick)
        except UnfinishedError as error:
            faults.extend(error.faults)
    if faults:
        raise UnfinishedError(faults, done)
    return done


def score_piece(
    piece: Piece, scoring: Scoring, progress: Progress | None = None
) -> int:
    """
    Score one piece into its file, unless that is there; how many rows it has.

    Raises:
        UnfinishedError: If a row or the disk is to blame; nothing is left behind.
    """
    failures = (OSError, arrow().ArrowException, InvalidFieldError)
    try:
        made_from = piece.made_from(scoring)
        done = rows_there(piece.target, made_from)
        if done is None:
            with replacing(piece.target) as hidden:
                done = _write(piece, scoring, made_from, hidden, progress)
    except DecodeError as error:
        faults = [f"{piece.source}: {fault}" for fault in error.faults]
        raise UnfinishedError(faults) from None
    except failures as error:
        raise UnfinishedError([f"{piece.source}: {reason(error)}"]) from None
    if progress is not None:
        progress(done)
    return done


def finish(pieces: Sequence[Piece], target: Path) -> None:
    """
    Join the pieces of one large file, once all are there.

    Raises:
        UnfinishedError: If the disk is to blame.
    """
    if pieces[0].groups is None:
        return
    from pyarrow import parquet  # an extra

    try:
        with replacing(target) as hidden:
            schema = parquet.read_schema(pieces[0].target)
            with writer(hidden, target.suffix, schema) as whole:
                for piece in pieces:
                    with parquet.ParquetFile(piece.target) as file:
                        for batch in file.iter_batches(ROWS_AT_ONCE):
                            whole.write_batch(batch)
    except (OSError, arrow().ArrowException) as error:
        raise UnfinishedError([f"{target}: {reason(error)}"]) from None
    shutil.rmtree(_folder(target), ignore_errors=True)


def _write(
    piece: Piece,
    scoring: Scoring,
    made_from: bytes,
    hidden: Path,
    progress: Progress | None,
) -> int:
    row, file = 0, None
    try:
        for batch in batches(piece.source, piece.groups, scoring.candidate):
            scored = scoring(batch, piece.first_row + row)
            row += batch.num_rows
            known = {**(scored.schema.metadata or {}), MADE_FROM: made_from}
            scored = scored.replace_schema_metadata(known)
            file = file or writer(hidden, piece.target.suffix, scored.schema)
            file.write_batch(scored)
            if progress is not None:
                progress(row)
    finally:
        if file is not None:
            file.close()
    return row
