"""
Boards on disk, and clusters of real worker processes.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from distributed import Client, LocalCluster
from pyarrow import parquet

FILES, ROWS = 12, 60_000


def write_board(folder: Path, files: int = FILES, rows: int = ROWS) -> None:
    """
    Files of postings: pay, often not stated, and whether one may work from home.
    """
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
