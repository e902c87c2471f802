"""Files that do not fit memory scored on this machine, or by many workers of Dask.

One task scores one piece (``files``). A worker that dies loses the work of its piece
only, and another worker starts that piece anew. Because a piece is put in place whole
or not at all, no row is lost and none is there twice.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from interviewfit._model.beliefs import Either
from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.progress import Progress
from interviewfit._model.stages import Stage
from interviewfit.errors import MissingPackageError
from interviewfit.extra._storage import count_rows
from interviewfit.extra.files import (
    Piece,
    Scoring,
    ScoringRun,
    UnfinishedError,
    score_piece,
    split_source,
)

__all__ = ["score_parquet"]


def score_parquet(
    client: Any,
    source: str | Path,
    target: str | Path,
    candidate: Candidate,
    *,
    constants: Mapping[str, Any] | None = None,
    processes: Mapping[str, Sequence[Stage]] | None = None,
    assumptions: Assumptions | None = None,
    terms: bool = False,
    escape_formulas: bool = False,
    progress: Progress | None = None,
    facts: Sequence[Either] = (),
) -> int:
    """Score the rows of files into files, as ``score`` does for rows in memory.

    What an earlier run has finished with the same numbers is not done again.

    Args:
        client: A ``distributed.Client`` of a cluster whose workers see the same files;
            None for this machine, one piece after another.
        source: A parquet file, or a directory of them and of such directories, of which
            names that begin with a dot or an underscore are skipped. Without a client
            also a CSV file.
        target: A file, or for a directory a directory, which is made if need be.
        candidate: The person who decides.
        constants, processes, assumptions, terms: As in ``score_frame``.
        escape_formulas: Whether, in a CSV file, texts that are carried over, and names
            of columns, get a quote before them where a spreadsheet would compute them,
            such as ``=1+1``.
        progress: Called as ``progress(done, total)`` with numbers of rows. To know the
            total, a CSV file is read once more beforehand.
        facts: As in ``score_frame``.

    Returns:
        The number of rows.

    Raises:
        UnfinishedError: After all else is done, with one line for each fault: the file
            and the row, or what the disk reported.
        InvalidFieldError: If there is nothing to read.
        MissingPackageError: If pyarrow, narwhals or distributed is not installed.
    """
    scoring = Scoring(
        candidate=candidate,
        constants=constants or {},
        processes=processes,
        assumptions=assumptions or Assumptions(),
        terms=terms,
        facts=tuple(facts),
        escape_formulas=escape_formulas and Path(target).suffix.lower() == ".csv",
    )
    source, target = Path(source), Path(target)
    pieces = split_source(source, target)
    run = ScoringRun(scoring, progress)
    whole = evolve(pieces[0], target=target, groups=None)
    finished = whole.finished_rows(scoring)
    if finished is not None:
        run.total = finished
        run.count(finished)
        return finished
    if progress is not None:
        run.total = sum(count_rows(piece.source, piece.groups) for piece in pieces)
    if client is None:
        run.score_pieces(pieces)
    else:
        _score_on_cluster(client, pieces, run)
    run.join_pieces(pieces, target)
    return run.done


def _score_on_cluster(client: Any, pieces: Sequence[Piece], run: ScoringRun) -> None:
    """Score pieces on the workers of a cluster, in any order.

    Args:
        client, pieces: A ``distributed.Client``, and what ``split_source`` returned.
        run: Says how rows are scored, and counts those of finished pieces.

    Raises:
        UnfinishedError: If some failed, after all others are done.
        MissingPackageError: If distributed is not installed.
    """
    try:
        from distributed import KilledWorker, as_completed  # an extra
    except ImportError:
        raise MissingPackageError("distributed", "dask") from None
    # Not pure, because a target that has gone since must be written again.
    tasks = client.map(score_piece, pieces, scoring=run.scoring, pure=False)
    keys = [task.key for task in tasks]
    sources = dict(zip(keys, [piece.source for piece in pieces], strict=True))
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
            run.count(task.result())
    if faults:
        raise UnfinishedError(sorted(faults), run.done)
