"""The recipe for PySpark of docs/howto/score-a-million-rows.md, on a local session.

It needs Java: ``python -m pytest tests/spark``.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from interviewfit import Candidate, score
from interviewfit.extra.files import Scoring

ROWS = 5000


def dotted(batch: pa.RecordBatch) -> pa.RecordBatch:
    return batch.rename_columns([one.replace("__", ".") for one in batch.schema.names])


def plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """To Spark a dot in a name is a part of something."""
    return batch.rename_columns([one.replace(".", "__") for one in batch.schema.names])


def test_pyspark_maps_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    rng = np.random.default_rng(9)
    pay, flags = rng.normal(0.0, 10.0, ROWS), rng.random(ROWS) < 0.3
    seen = {"pay.mean": pay, "signs.bad_reviews": flags}
    table = pa.table({"id": np.arange(ROWS), **seen})
    source = tmp_path / "board.parquet"
    parquet.write_table(table, source)
    scoring = Scoring(candidate=Candidate(), constants={"process": "corporate"})

    def scored(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield plain(scoring(dotted(batch)))

    sample = plain(scoring(table.slice(0, 1).to_batches()[0]))
    session = SparkSession.builder.master("local[2]").getOrCreate()
    try:
        board = session.read.parquet(str(source))
        board = board.toDF(*(one.replace(".", "__") for one in board.columns))
        schema = from_arrow_schema(sample.schema)
        rows = board.repartition(4).mapInArrow(scored, schema).collect()
    finally:
        session.stop()

    whole = score(Candidate(), {"process": "corporate", **seen})
    assert sorted((row["id"], row["value"], row["action"]) for row in rows) == list(
        zip(range(ROWS), whole.value.tolist(), whole.action.tolist(), strict=True)
    )
