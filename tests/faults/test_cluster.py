"""A cluster of threads in this process says what one process says, faults included."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from distributed import Client, KilledWorker, LocalCluster
from pyarrow import parquet

from interviewfit import Candidate
from interviewfit.errors import MissingPackageError
from interviewfit.extra import dask, files
from interviewfit.extra.dask import score_parquet
from interviewfit.extra.files import UnfinishedError

CONSTANTS = {"process": "corporate", "pay.sd": 3.0}


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files of which the second is wrong, and one that is no file of ours."""
    folder = tmp_path / "jobs"
    folder.mkdir()
    for number, name in enumerate("abcd"):
        pay = np.arange(float(number + 2))
        wrong = {"pay.mean": ["x"] * pay.size} if name in "bd" else {"pay.mean": pay}
        parquet.write_table(pa.table(wrong), folder / f"{name}.parquet")
    return folder


def scored(
    client: Client | None, source: Path, target: Path
) -> tuple[object, list[str], list[tuple[int, int]]]:
    """The rows or the faults, the files that are written, and the progress."""
    calls: list[tuple[int, int]] = []

    def progress(done: int, total: int, /) -> None:
        calls.append((done, total))

    told: object
    try:
        told = score_parquet(
            client, source, target, Candidate(), constants=CONSTANTS, progress=progress
        )
    except UnfinishedError as error:
        told = error.lines
    tables = sorted(path.name for path in target.parent.rglob("*.parquet"))
    return told, tables, calls


def test_it_says_what_one_process_says(
    client: Client, folder: Path, tmp_path: Path
) -> None:
    here, there = tmp_path / "here" / "out", tmp_path / "there" / "out"
    alone = scored(None, folder, here)
    together = scored(client, folder, there)

    assert alone[0] == together[0]
    assert len(alone[0]) == 3  # type: ignore[arg-type]  # two faults and what is done
    assert alone[1] == together[1] == ["a.parquet", "c.parquet"]
    assert alone[2][-1] == together[2][-1] == (6, 14)
    for name in alone[1]:
        assert parquet.read_table(here / name) == parquet.read_table(there / name)


def test_a_large_file_is_split_among_workers_and_joined(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_PIECE_ROWS", 100)
    source = tmp_path / "board.parquet"
    table = pa.table({"pay.mean": np.arange(400.0) / 10.0})
    parquet.write_table(table, source, row_group_size=50)
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"

    alone = score_parquet(None, source, here, Candidate(), constants=CONSTANTS)
    assert score_parquet(client, source, there, Candidate(), constants=CONSTANTS) == 400

    assert alone == 400
    assert parquet.read_table(here) == parquet.read_table(there)
    assert not there.with_name(".there.parquet.parts").exists()


class Broken:
    """A client whose tasks all end in one error."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error

    def map(
        self, call: Callable[..., int], pieces: list[object], **_: object
    ) -> list["Broken"]:
        """A task for each piece."""
        assert call is files.score_piece
        return [Broken(self.error) for _ in pieces]

    @property
    def key(self) -> int:
        """What tells tasks apart."""
        return id(self)

    def exception(self) -> BaseException | None:
        """How the task ended."""
        return self.error


def test_workers_that_die_are_named_and_other_errors_raised(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("distributed.as_completed", list)
    killed = KilledWorker("key", None, 3)

    with pytest.raises(UnfinishedError) as caught:
        score_parquet(
            Broken(killed), folder, tmp_path / "out", Candidate(), constants=CONSTANTS
        )
    assert caught.value.faults == tuple(
        f"{folder / name}.parquet: its workers died, one after another"
        for name in "abcd"
    )
    assert caught.value.rows == 0
    with pytest.raises(ZeroDivisionError):
        score_parquet(
            Broken(ZeroDivisionError()), folder, tmp_path / "out", Candidate()
        )


def test_without_distributed_it_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)

    with pytest.raises(MissingPackageError, match=r"distributed.*interviewfit\[dask\]"):
        score_parquet(object(), folder, tmp_path / "out", Candidate())
    assert dask.__all__ == ["score_parquet"]
