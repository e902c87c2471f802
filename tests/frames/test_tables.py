"""Answers in the constructors of pandas and polars, without an argument."""

import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from tabulated import NAMES, answers


def is_nothing(cell: Any) -> bool:
    """Whether a cell says that there is nothing."""
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame])
class TestFrames:
    def test_every_cell_comes_back(self, name: str, kind: Any) -> None:
        columns = answers()[name].to_columns()

        frame = kind(columns)

        assert list(frame.columns) == list(columns)
        for head, column in columns.items():
            cells = np.asarray(column).tolist() if len(column) else []
            for old, new in zip(cells, list(frame[head]), strict=True):
                assert old == new or (is_nothing(old) and is_nothing(new)), head

    def test_so_does_the_row_of_the_answer_itself(self, name: str, kind: Any) -> None:
        if name in {"sweep", "scores"}:
            return
        columns = answers()[name].to_columns("summary")

        frame = kind(columns)

        assert len(frame) == (1 if columns else 0)


@pytest.mark.parametrize("table", ["thresholds", "reasons", "terms", "choices"])
def test_every_table_of_an_answer_is_taken(table: str) -> None:
    columns = answers()["assessment"].to_columns(table)

    assert pd.DataFrame(columns).shape == pl.DataFrame(columns).shape


def test_numbers_are_columns_of_numbers() -> None:
    columns = answers()["plan"].to_columns()

    frame = pd.DataFrame(columns)

    assert (
        frame["value_hours" if "value_hours" in frame else "hours"].dtype == "float64"
    )
    assert pl.DataFrame(columns)["marginal_value_hours"].dtype == pl.Float64
