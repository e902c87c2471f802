"""Directories of parquet files scored by many workers, on Dask.

One task is one piece (``files``). A worker that dies loses its piece only, and another
starts that anew: a piece is put in place whole or not at all, so no row is lost and
none is there twice.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage
from interviewfit.errors import MissingPackageError
from interviewfit.extra._scoring import Scoring
from interviewfit.extra.files import (
    Piece,
    Progress,
    UnfinishedError,
    cut,
    finish,
    finished,
    run,
    score_piece,
)

__all__ = ["score_parquet"]


def score_parquet(
    client: Any,
    source: str | Path,
    target: str | Path,
    candidate: Candidate,
    *,
    also: Mapping[str, Any] | None = None,
    processes: Mapping[str, Sequence[Stage]] | None = None,
    assumptions: Assumptions | None = None,
    terms: bool = False,
    progress: Progress | None = None,
) -> int:
    """``score`` for more rows than fit memory; how many they are.

    What an earlier run has finished with the same numbers is not done again.

    Args:
        client: A ``distributed.Client`` of a cluster whose workers see the same files;
            None for this machine, one piece after another.
        source: A parquet file, or a directory of them; names that begin with a dot or
            an underscore are passed over. Without a client a CSV file will do too.
        target: A file, or a directory that is made if need be.
        candidate: Who decides.
        also: As in ``score_frame``; and so
        processes: as in ``score``,
        assumptions: likewise,
        terms: likewise.
        progress: Called with the number of rows done so far.

    Raises:
        UnfinishedError: After all else is done, with one line for each fault: the file
            and the row, or what the disk said.
        InvalidFieldError: If there is nothing to read.
        MissingPackageError: If pyarrow, narwhals or distributed is not installed.
    """
    scoring = Scoring(
        candidate=candidate,
        also=also or {},
        processes=processes,
        assumptions=assumptions or Assumptions(),
        terms=terms,
    )
    pieces = cut(Path(source), Path(target))
    before = finished(Path(source), Path(target), scoring)
    if before is not None:
        if progress is not None:
            progress(before)
        return before
    if client is None:
        rows = run(pieces, scoring, progress)
    else:
        rows = _run_on(client, pieces, scoring, progress)
    finish(pieces, Path(target), scoring)
    return rows


def _run_on(
    client: Any,
    pieces: Sequence[Piece],
    scoring: Scoring,
    progress: Progress | None,
) -> int:
    try:
        from distributed import KilledWorker, as_completed  # an extra
    except ImportError:
        raise MissingPackageError("distributed", "dask") from None
    # Not pure: a file that has gone since is to be written again.
    tasks = client.map(score_piece, pieces, scoring=scoring, pure=False)
    sources = {
        task.key: piece.source for task, piece in zip(tasks, pieces, strict=True)
    }
    done = 0
    faults: list[str] = []
    for task in as_completed(tasks):
        error = task.exception()
        if isinstance(error, UnfinishedError):
            faults.extend(error.faults)
        elif isinstance(error, KilledWorker):
            faults.append(f"{sources[task.key]}: its workers died, one after another")
        elif error is not None:
            raise error
        else:
            done += task.result()
            if progress is not None:
                progress(done)
    if faults:
        raise UnfinishedError(sorted(faults), done)
    return done
