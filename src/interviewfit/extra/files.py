"""Files of rows scored into files, in memory that does not grow with them.

The work is cut into pieces: a file of a directory, or some row groups of one large
file. Each piece is written under a hidden name and renamed when it is complete, so that
no reader sees half of it. A second run skips it if it is whole and was made from a file
of the same name and content, from the same numbers and by the same version. The pieces
of one large file are joined at the end.

The lines of a CSV file can only be found by reading it from the start. So it is one
piece, which is scored in parts; a second run reads it again and skips finished parts.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import file_digest, sha256
from itertools import chain, count, groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, evolve, frozen

from interviewfit._model.progress import Progress
from interviewfit._model.units import number_of
from interviewfit.errors import DecodeError, InterviewFitError, InvalidFieldError
from interviewfit.extra._csv_lines import located
from interviewfit.extra._sources import (
    format_of,
    parquet_files,
    refuse_overwriting,
)
from interviewfit.extra._storage import (
    FINGERPRINT_KEY,
    error_line,
    open_writer,
    read_batches,
    remove_stale,
    replace_atomically,
    split_batches,
)
from interviewfit.extra.frames import Scoring, arrow, library_version

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Scoring", "UnfinishedError"]

_PIECE_ROWS = 1 << 20
_SUFFIXES = (".parquet", ".csv")
_FAULTS_OF_FILES = (OSError, InvalidFieldError, ValueError, TypeError, KeyError)
"""What the disk and its readers, as well as Arrow, raise for a bad file."""


class UnfinishedError(InterviewFitError):
    """Some pieces failed; all others are done and will be skipped by the next run.

    Attributes:
        faults: One line for each fault, with the file and, where a row is to blame, its
            number, from 0; of a CSV file its line.
        rows: Number of rows that are done.
        lines: The faults, and what to do if some rows are done.
    """

    def __init__(self, faults: Sequence[str], rows: int = 0) -> None:
        super().__init__(tuple(faults), rows)
        self.faults: tuple[str, ...] = tuple(faults)
        self.rows: int = rows
        done = f"{number_of(rows, 'row')} {'is' if rows == 1 else 'are'} done"
        ending = f"{done}. Mend that and run it again for the rest."
        self.lines: tuple[str, ...] = (*self.faults, *([ending] if rows else []))

    def __str__(self) -> str:
        return "\n".join(self.lines)


@frozen(kw_only=True)
class Piece:
    """Rows of one file, and the file into which they are scored.

    Attributes:
        source: The file to read, parquet or CSV.
        target: The file to write.
        groups: Numbers of the row groups to read; None for all.
        first_row: Number of the first row in the source, from 0.
        digest: A hash of the content of the source; empty if nobody took it yet.
    """

    source: Path
    target: Path
    groups: tuple[int, ...] | None = None
    first_row: int = 0
    digest: str = ""

    def with_digest(self) -> "Piece":
        """The same piece with the digest of its source, which is read for it.

        Raises:
            UnfinishedError: If the file cannot be read.
        """
        try:
            with self.source.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UnfinishedError([error_line(self.source, error)]) from None
        return evolve(self, digest=digest)

    def fingerprint(self, scoring: Scoring) -> bytes:
        """A hash of all that decides what the target contains."""
        parts = (scoring.fingerprint, self.source.name, self.digest, self.groups)
        return sha256(repr(parts).encode()).hexdigest().encode()

    def finished_rows(self, scoring: Scoring) -> int | None:
        """The number of rows of the target if an earlier run has finished it.

        None if there is no such file, if it was made from other numbers, if it is
        damaged, or if it is no parquet file, which alone says what it was made from.
        """
        from pyarrow import parquet  # an extra

        # A file that is not ours is written over, as an older answer is.
        with (
            suppress(OSError, arrow().ArrowException),
            parquet.ParquetFile(
                self.target, pre_buffer=False, page_checksum_verification=True
            ) as file,
        ):
            metadata = file.schema_arrow.metadata or {}
            if metadata.get(FINGERPRINT_KEY) == self.fingerprint(scoring):
                return sum(int(batch.num_rows) for batch in file.iter_batches())
        return None


def split_source(source: Path, target: Path) -> list[Piece]:
    """One piece per file of a directory, or per million rows of a large parquet file.

    Hidden files that a killed run has left beside the targets are removed.

    Args:
        source: A parquet or CSV file, or a directory with parquet files.
        target: The file, or for a directory the directory, to write. The pieces of one
            file have targets in a hidden folder beside it.

    Raises:
        InvalidFieldError: If there is nothing to read, a name ends otherwise, or a
            target is its own source.
        UnfinishedError: If the file is no parquet file.
        MissingPackageError: If pyarrow is not installed.
    """
    refuse_overwriting([source], [target])
    if source.is_dir():
        arrow()
        pieces = [
            Piece(source=file, target=target / file.relative_to(source))
            for file in parquet_files(source, target)
        ]
        if not pieces:
            expected = "a directory with parquet files"
            raise InvalidFieldError("source", expected, str(source))
        refuse_overwriting(
            [piece.source for piece in pieces], [piece.target for piece in pieces]
        )
        remove_stale(piece.target for piece in pieces)
        return pieces
    for name, path in (("source", source), ("target", target)):
        if format_of(path) not in _SUFFIXES:
            raise InvalidFieldError(name, "a .parquet or .csv file", str(path))
    if not source.is_file():
        raise InvalidFieldError("source", "a file that exists", str(source))
    arrow()
    remove_stale([target])
    whole = Piece(source=source, target=target).with_digest()
    runs = [] if format_of(source) == ".csv" else list(_row_group_runs(source))
    if len(runs) < 2:  # there is nothing to split
        return [whole]
    targets = _piece_targets(target)
    return [
        evolve(whole, target=next(targets), groups=groups, first_row=row)
        for groups, row in runs
    ]


def _row_group_runs(source: Path) -> Iterator[tuple[tuple[int, ...], int]]:
    """Consecutive row groups with about a million rows in all, and their first row."""
    from pyarrow import parquet  # an extra

    try:
        metadata = parquet.read_metadata(source)
    except (OSError, arrow().ArrowException) as error:
        raise UnfinishedError([error_line(source, error)]) from None
    groups: list[int] = []
    first, row = 0, 0
    for number in range(metadata.num_row_groups):
        groups.append(number)
        row += metadata.row_group(number).num_rows
        if row - first >= _PIECE_ROWS:
            yield tuple(groups), first
            groups, first = [], row
    if groups or not row:
        yield tuple(groups), first


@define
class ScoringRun:
    """One run over pieces on this machine, which counts rows and reports progress.

    Attributes:
        scoring: How rows are scored.
        progress: Called as ``progress(done, total)`` after every batch; or None.
        total: Rows in all; not used without *progress*.
        done: Rows done so far, also those that an earlier run has finished.
    """

    scoring: Scoring
    progress: Progress | None = None
    total: int = 0
    done: int = 0

    def count(self, rows: int) -> None:
        """Count rows that are done, and report them."""
        self.done += rows
        if self.progress is not None:
            self.progress(self.done, self.total)

    def score_pieces(self, pieces: Iterable[Piece]) -> None:
        """Score pieces one after another; rows of pieces that failed are not counted.

        Raises:
            UnfinishedError: If some failed, after all others are done.
        """
        faults: list[str] = []
        for piece in pieces:
            before = self.done
            try:
                self.score_piece(piece)
            except UnfinishedError as error:
                faults.extend(error.faults)
                self.done = before
        if faults:
            raise UnfinishedError(faults, self.done)

    def score_piece(self, piece: Piece) -> None:
        """Score one piece into its file, unless an earlier run has finished it.

        Raises:
            UnfinishedError: If a row or the disk is to blame. Finished parts of a CSV
                file stay for the next run; otherwise nothing is left behind.
        """
        if not piece.digest:
            piece = piece.with_digest()
        is_csv = format_of(piece.source) == ".csv"
        score = self._score_in_parts if is_csv else self._score_batches
        try:
            score(
                piece, read_batches(piece.source, self.scoring.candidate, piece.groups)
            )
        except DecodeError as error:
            faults = [
                f"{piece.source}: {located(fault, piece.source)}"
                for fault in error.faults
            ]
            raise UnfinishedError(faults) from None
        except (*_FAULTS_OF_FILES, arrow().ArrowException) as error:
            raise UnfinishedError([error_line(piece.source, error)]) from None

    def _score_in_parts(
        self, piece: Piece, batches: "Iterator[pa.RecordBatch]"
    ) -> None:
        """Score a CSV file in parts of about a million rows, and join them.

        Args:
            piece: The whole file.
            batches: Its rows, in their order.
        """
        start, parts, targets = self.done, [], _piece_targets(piece.target)
        sections = groupby(split_batches(batches, _PIECE_ROWS), itemgetter(0))
        try:
            for (number, section), target in zip(sections, targets, strict=False):
                row = self.done - start
                part = evolve(piece, target=target, groups=(number,), first_row=row)
                self._score_batches(part, map(itemgetter(1), section))
                parts.append(part)
            self.join_pieces(parts, piece.target)
        finally:
            with suppress(OSError):  # It holds finished parts, or is gone.
                _piece_folder(piece.target).rmdir()

    def _score_batches(self, piece: Piece, batches: "Iterator[pa.RecordBatch]") -> None:
        """Score batches into the target of a piece, unless it is finished.

        Args:
            piece: Where they come from and go to.
            batches: Its rows, in their order; not read if the target is finished.
        """
        finished = piece.finished_rows(self.scoring)
        if finished is not None:
            self.count(finished)
            return

        def scored() -> "Iterator[pa.RecordBatch]":
            row = piece.first_row
            for batch in batches:
                yield self.scoring(batch, row)
                self.count(batch.num_rows)
                row += batch.num_rows

        _write(scored(), piece.target, piece.fingerprint(self.scoring))

    def join_pieces(self, pieces: Sequence[Piece], target: Path) -> None:
        """Join the finished pieces of one large file, in their order, and remove them.

        Args:
            pieces: As ``split_source`` returns them; whole files are left alone.
            target: The file to write.

        Raises:
            UnfinishedError: If the disk is to blame.
        """
        if pieces[0].groups is None:
            return
        whole = evolve(pieces[0], target=target, groups=None)
        files = (read_batches(piece.target, self.scoring.candidate) for piece in pieces)
        try:
            fingerprint = whole.fingerprint(self.scoring)
            _write(chain.from_iterable(files), target, fingerprint)
        except (OSError, arrow().ArrowException) as error:
            raise UnfinishedError([error_line(target, error)]) from None
        shutil.rmtree(_piece_folder(target), ignore_errors=True)


def score_piece(piece: Piece, scoring: Scoring) -> int:
    """The number of rows of one piece, once they are scored into its file.

    Args:
        piece: Rows to score, and the file to write.
        scoring: How rows are scored.

    Raises:
        UnfinishedError: If a row or the disk is to blame.
    """
    if scoring.made_by != library_version():
        fault = (
            f"{piece.source}: this worker has interviewfit {library_version()} and who "
            f"asked has {scoring.made_by}; install one version on all of them"
        )
        raise UnfinishedError([fault])
    run = ScoringRun(scoring)
    run.score_piece(piece)
    return run.done


def _write(
    batches: "Iterable[pa.RecordBatch]", target: Path, fingerprint: bytes
) -> None:
    """Write scored batches into a file, all of them or none.

    Args:
        batches: One batch or more, scored.
        target: The file to write.
        fingerprint: What the file says that it was made from.
    """
    file = None
    with replace_atomically(target) as hidden:
        try:
            for batch in batches:
                metadata = {
                    **(batch.schema.metadata or {}),
                    FINGERPRINT_KEY: fingerprint,
                }
                marked = batch.replace_schema_metadata(metadata)
                if file is None:
                    file = open_writer(hidden, format_of(target), marked.schema)
                file.write_batch(marked)
        finally:
            if file is not None:
                file.close()


def _piece_folder(target: Path) -> Path:
    """The hidden folder in which pieces wait to be joined."""
    return target.with_name(f".{target.name}.parts")


def _piece_targets(target: Path) -> Iterator[Path]:
    """Names for the pieces of a file, without end.

    They are parquet files even where the whole is a CSV file, because those keep every
    type and can say what they were made from.
    """
    folder = _piece_folder(target)
    return (folder / f"{number:05}.parquet" for number in count())
