"""Files of rows scored into files, in memory that does not grow with them.

The work is cut into pieces: a file of a directory, or some row groups of one large
file. Each is written under a hidden name and put in place at once, so that what is
there is whole; a second run skips it, unless it was made from other numbers. Of one
large file the pieces are joined at the end.

Where the lines of a CSV file end only shows as it is read, so it is one piece, which
is read from its start and scored in parts; a second run passes over those there are.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from interviewfit.errors import DecodeError, InterviewFitError, InvalidFieldError
from interviewfit.extra._scoring import Scoring, arrow
from interviewfit.extra._storage import (
    MADE_FROM,
    batches,
    cut_batches,
    read_back,
    reason,
    replacing,
    rows_there,
    sweep,
    writer,
)

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "Piece",
    "Progress",
    "UnfinishedError",
    "cut",
    "finish",
    "finished",
    "run",
    "score_piece",
]

Progress: TypeAlias = Callable[[int], object]
"""Called with the number of rows done so far."""

_ROWS_OF_A_PIECE = 1 << 20
_KINDS = (".parquet", ".csv")


class UnfinishedError(InterviewFitError):
    """Some pieces failed; all others are done and need not be done again.

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
    """Some rows of one file, and the file they are scored into.

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
        """What a whole target of this piece says it was made from."""
        known = self.source.stat()
        parts = (scoring.fingerprint, known.st_size, known.st_mtime_ns, self.groups)
        return sha256(repr(parts).encode()).hexdigest().encode()


def cut(source: Path, target: Path) -> list[Piece]:
    """The pieces of a file or of a directory of parquet files.

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
    if source.suffix == ".csv":
        return [whole]
    parts, folder, kind = list(_runs(source)), _folder(target), _kept_as(target)
    if len(parts) == 1:
        return [whole]
    return [
        evolve(
            whole, target=folder / f"{number:05}{kind}", groups=groups, first_row=row
        )
        for number, (groups, row) in enumerate(parts)
    ]


def _runs(source: Path) -> Iterator[tuple[tuple[int, ...], int]]:
    """Row groups that follow each other, and the number of their first row."""
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


def run(
    pieces: Sequence[Piece], scoring: Scoring, progress: Progress | None = None
) -> int:
    """Score pieces one after another; how many rows they have.

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
    """Score one piece into its file, unless that is there; how many rows it has.

    Raises:
        UnfinishedError: If a row or the disk is to blame. Of a CSV file the parts that
            were done stay for the next run; else nothing is left behind.
    """
    failures = (OSError, arrow().ArrowException, InvalidFieldError)
    try:
        if piece.source.suffix == ".csv":
            return _in_parts(piece, scoring, progress)
        rows = batches(piece.source, piece.groups, scoring.candidate)
        return _once(piece, rows, scoring, progress)
    except DecodeError as error:
        faults = [f"{piece.source}: {fault}" for fault in error.faults]
        raise UnfinishedError(faults) from None
    except failures as error:
        raise UnfinishedError([f"{piece.source}: {reason(error)}"]) from None


def _in_parts(piece: Piece, scoring: Scoring, progress: Progress | None) -> int:
    """A CSV file, read from its start each time; what is scored already is passed over."""
    folder, kind, parts, done = _folder(piece.target), _kept_as(piece.target), [], 0
    rows = cut_batches(batches(piece.source, None, scoring.candidate), _ROWS_OF_A_PIECE)
    for number, some in groupby(rows, itemgetter(0)):
        target = folder / f"{number:05}{kind}"
        part = evolve(piece, target=target, groups=(number,), first_row=done)
        before = done

        def tick(rows: int, before: int = before) -> None:
            if progress is not None:
                progress(before + rows)

        done += _once(part, (batch for _, batch in some), scoring, tick)
        parts.append(part)
    _join(parts, piece, scoring)
    return done


def _once(
    piece: Piece,
    rows: "Iterator[pa.RecordBatch]",
    scoring: Scoring,
    progress: Progress | None,
) -> int:
    """Rows scored into the file of a piece, unless that is there."""
    made_from = piece.made_from(scoring)
    done = rows_there(piece.target, made_from)
    if done is None:
        scored = _scored(rows, scoring, piece.first_row)
        with replacing(piece.target) as hidden:
            suffix = piece.target.suffix
            return _store(scored, hidden, suffix, made_from, progress)
    return _told(done, progress)


def _told(rows: int, progress: Progress | None) -> int:
    if progress is not None:
        progress(rows)
    return rows


def _scored(
    rows: "Iterator[pa.RecordBatch]", scoring: Scoring, first_row: int
) -> "Iterator[pa.RecordBatch]":
    for batch in rows:
        yield scoring(batch, first_row)
        first_row += batch.num_rows


def _store(
    rows: "Iterator[pa.RecordBatch]",
    path: Path,
    suffix: str,
    made_from: bytes,
    progress: Progress | None = None,
) -> int:
    """Write batches, of which there is one at least; how many rows they have."""
    done, file = 0, None
    try:
        for batch in rows:
            known = {**(batch.schema.metadata or {}), MADE_FROM: made_from}
            marked = batch.replace_schema_metadata(known)
            file = file or writer(path, suffix, marked.schema)
            file.write_batch(marked)
            done = done + batch.num_rows
            _told(done, progress)
    finally:
        if file is not None:
            file.close()
    return done


def finished(source: Path, target: Path, scoring: Scoring) -> int | None:
    """How many rows a file has that an earlier run has finished; None if there is none."""
    if not source.is_file():
        return None
    return rows_there(target, Piece(source=source, target=target).made_from(scoring))


def finish(pieces: Sequence[Piece], target: Path, scoring: Scoring) -> None:
    """Join the pieces of one large file, once all are there.

    Raises:
        UnfinishedError: If the disk is to blame.
    """
    if pieces[0].groups is None:
        return
    try:
        _join(pieces, Piece(source=pieces[0].source, target=target), scoring)
    except (OSError, arrow().ArrowException) as error:
        raise UnfinishedError([f"{target}: {reason(error)}"]) from None


def _join(pieces: Sequence[Piece], whole: Piece, scoring: Scoring) -> None:
    rows = chain.from_iterable(read_back(piece.target) for piece in pieces)
    with replacing(whole.target) as hidden:
        _store(rows, hidden, whole.target.suffix, whole.made_from(scoring))
    shutil.rmtree(_folder(whole.target), ignore_errors=True)


def _folder(target: Path) -> Path:
    return target.with_name(f".{target.name}.parts")


def _kept_as(target: Path) -> str:
    """In which form pieces wait to be joined.

    Arrow's own keeps every type as it is, so that a CSV file says what it would say had
    it been written at once.
    """
    return ".parquet" if target.suffix == ".parquet" else ".arrow"
