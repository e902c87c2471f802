"""What goes wrong on the way loses no row, doubles none and leaves nothing half done.

Real processes, real signals. ``python -m pytest tests/faults`` runs them.
"""

import hashlib
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dask
import numpy as np
import pyarrow as pa
import pytest
from distributed import Client, LocalCluster
from pyarrow import csv, parquet

import interviewfit.extra.dask
from interviewfit import Candidate
from interviewfit.extra.dask import score_parquet
from interviewfit.extra.files import UnfinishedError

FILES, ROWS = 12, 20_000
ME = Candidate(priorities={"commute": 2})
# With terms every row is solved for itself, so that there is time to be killed in.
SLOWLY: dict[str, Any] = {
    "constants": {"process": "corporate", "pay.sd": 3.0},
    "terms": True,
}
QUICKLY: dict[str, Any] = {"constants": {"process": "corporate", "pay.sd": 3.0}}


def write_board(folder: Path, files: int = FILES, rows: int = ROWS) -> None:
    """Files of postings: pay, often not stated, and whether one may work from home."""
    folder.mkdir()
    rng = np.random.default_rng(6)
    for number in range(files):
        pay = rng.normal(0.0, 10.0, rows)
        table = pa.table(
            {
                "id": np.arange(number * rows, (number + 1) * rows),
                "pay.mean": pa.array(pay, mask=rng.random(rows) < 0.3),
                "signs.remote_allowed": rng.random(rows) < 0.3,
            }
        )
        parquet.write_table(table, folder / f"{number:02}.parquet", row_group_size=9000)


@pytest.fixture(scope="session")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("boards") / "board"
    write_board(folder)
    return folder


@pytest.fixture
def client() -> Iterator[Client]:
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def checksums(folder: Path) -> dict[str, str]:
    """Of every file there is, hidden ones too."""
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(folder.iterdir())
    }


def rows_in(folder: Path) -> int:
    return sum(parquet.read_metadata(one).num_rows for one in folder.glob("*.parquet"))


def ids_in(folder: Path) -> list[int]:
    tables = [parquet.read_table(one, columns=["id"]) for one in folder.iterdir()]
    return sorted(pa.concat_tables(tables)["id"].to_pylist())


@pytest.fixture(scope="module")
def undisturbed(board: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same work on this machine, with nothing going wrong."""
    target = tmp_path_factory.mktemp("undisturbed") / "scored"
    assert score_parquet(None, board, target, ME, **SLOWLY) == FILES * ROWS
    return target


@contextmanager
def file_size_limit(most: int) -> Iterator[None]:
    """A disk on which no file can grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestWorkers:
    def test_killed_three_times_they_lose_nothing(
        self, board: Path, undisturbed: Path, client: Client, tmp_path: Path
    ) -> None:
        target = tmp_path / "scored"
        killed: list[int] = []
        seen: list[int] = []

        def kill(rows: int, total: int) -> None:
            seen.append(rows)
            assert total == FILES * ROWS
            if len(killed) < 3:
                # One killed before may be asked while it is gone, and does not answer.
                victims = client.run(os.getpid, on_error="ignore")
                victim = next(one for one in victims.values() if one not in killed)
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)

        rows = score_parquet(client, board, target, ME, progress=kill, **SLOWLY)

        assert len(set(killed)) == 3
        assert rows == seen[-1] == FILES * ROWS
        assert checksums(target) == checksums(undisturbed)
        assert ids_in(target) == list(range(FILES * ROWS))

    def test_a_poison_row_is_named_and_harms_no_other_file(
        self, board: Path, client: Client, tmp_path: Path
    ) -> None:
        source, target = tmp_path / "board", tmp_path / "scored"
        source.mkdir()
        for one in board.iterdir():
            (source / one.name).symlink_to(one)
        bad = source / "07.parquet"
        pay = np.zeros(ROWS)
        pay[11_234] = np.inf
        bad.unlink()
        parquet.write_table(
            pa.table({"pay.mean": pay, "signs.remote_allowed": np.zeros(ROWS, bool)}),
            bad,
        )

        with pytest.raises(UnfinishedError) as caught:
            score_parquet(client, source, target, ME, **QUICKLY)

        (fault,) = caught.value.faults
        assert fault.startswith(f"{bad}: column 'pay.mean', row 11234 must be a number")
        assert "got inf" in fault
        assert caught.value.rows == (FILES - 1) * ROWS == rows_in(target)
        names = {one.name for one in board.iterdir()}
        assert {one.name for one in target.iterdir()} == names - {"07.parquet"}


class TestDriver:
    def test_killed_it_is_finished_by_the_next_run(
        self, board: Path, undisturbed: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "scored"
        script = f"""
from distributed import Client, LocalCluster
from interviewfit import Candidate
from interviewfit.extra.dask import score_parquet
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as own:
        score_parquet(
            Client(own), {str(board)!r}, {str(target)!r},
            Candidate(priorities={{"commute": 2}}), **{SLOWLY!r},
        )
"""
        path = tmp_path / "driver.py"
        path.write_text(script)
        # A session of its own, so that its workers are ended with it and not by us.
        driver = subprocess.Popen([sys.executable, str(path)], start_new_session=True)
        end = time.monotonic() + 120.0
        while not (target.exists() and len(list(target.glob("*.parquet"))) >= 3):
            assert driver.poll() is None
            assert time.monotonic() < end
            time.sleep(0.02)
        os.killpg(driver.pid, signal.SIGKILL)
        driver.wait()
        early = {one: one.stat().st_mtime_ns for one in target.glob("*.parquet")}
        assert 3 <= len(early) < FILES

        rows = score_parquet(None, board, target, ME, **SLOWLY)

        assert rows == FILES * ROWS
        assert checksums(target) == checksums(undisturbed)
        assert all(one.stat().st_mtime_ns == then for one, then in early.items())


class TestOneFile:
    @pytest.mark.parametrize("into", [".csv", ".parquet"])
    def test_of_csv_is_finished_by_the_next_run_after_a_kill(
        self, into: str, board: Path, tmp_path: Path
    ) -> None:
        """Killed twice, at different parts, the second time while going on."""
        source = tmp_path / "board.csv"
        tables = [parquet.read_table(one) for one in sorted(board.iterdir())[:4]]
        csv.write_csv(pa.concat_tables(tables), source)
        undisturbed, target = tmp_path / f"whole{into}", tmp_path / f"scored{into}"
        script = f"""
import sys
from pathlib import Path
from interviewfit import Candidate
from interviewfit.extra import files
from interviewfit.extra.dask import score_parquet
files._PIECE_ROWS = 6_000
score_parquet(
    None, {str(source)!r}, sys.argv[1], Candidate(priorities={{"commute": 2}}),
    **{SLOWLY!r},
)
"""
        command = [sys.executable, "-c", script]
        subprocess.run([*command, str(undisturbed)], check=True)
        parts = tmp_path / f".scored{into}.parts"
        early: dict[Path, int] = {}
        for many in (2, 6):
            driver = subprocess.Popen([*command, str(target)])
            end = time.monotonic() + 120.0
            while len(list(parts.glob("[0-9]*"))) < many:
                assert driver.poll() is None
                assert time.monotonic() < end
                time.sleep(0.005)
            driver.kill()
            driver.wait()
            kept = {one: one.stat().st_mtime_ns for one in parts.glob("[0-9]*")}
            assert early.items() <= kept.items()
            early = kept
        assert not target.exists()
        assert 6 <= len(early) < 14

        subprocess.run([*command, str(target)], check=True)

        assert target.read_bytes() == undisturbed.read_bytes()
        read = csv.read_csv if into == ".csv" else parquet.read_table
        assert read(target)["id"].to_pylist() == list(range(4 * ROWS))
        assert not parts.exists()


class TestDisk:
    def test_a_full_one_is_named_and_leaves_nothing_half_done(
        self, board: Path, undisturbed: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "scored"

        with (
            file_size_limit(200_000),
            pytest.raises(UnfinishedError, match=r"00\.parquet: .*[Ff]ile too large"),
        ):
            score_parquet(None, board, target, ME, **SLOWLY)

        assert list(target.iterdir()) == []
        assert score_parquet(None, board, target, ME, **SLOWLY) == FILES * ROWS
        assert checksums(target) == checksums(undisturbed)

    def test_where_nothing_can_be_written_it_says_so(
        self, board: Path, tmp_path: Path
    ) -> None:
        blocked = tmp_path / "blocked"
        blocked.write_text("a file where a directory should be")

        with pytest.raises(UnfinishedError) as caught:
            score_parquet(None, board, blocked / "scored", ME, **QUICKLY)

        assert len(caught.value.faults) == FILES
        assert "Not a directory" in caught.value.faults[0]
        assert caught.value.rows == 0

    def test_one_file_that_cannot_be_put_in_place_harms_no_other(
        self, board: Path, client: Client, tmp_path: Path
    ) -> None:
        target = tmp_path / "scored"
        (target / "03.parquet" / "in the way").mkdir(parents=True)

        with pytest.raises(UnfinishedError, match=r"03\.parquet: Is a directory"):
            score_parquet(client, board, target, ME, **QUICKLY)

        done = [one for one in target.iterdir() if one.is_file()]
        assert len(done) == FILES - 1
        assert not any(one.name.startswith(".") for one in done)


class TestModule:
    def test_it_does_not_hide_the_package_of_its_name(self) -> None:
        assert dask.__name__ == "dask"
        assert interviewfit.extra.dask.__name__ == "interviewfit.extra.dask"
        assert interviewfit.extra.dask is not dask
        assert sys.modules["dask"] is dask
