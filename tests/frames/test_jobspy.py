from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from interviewfit.postings import ReadingOptions, Salary, read_jobspy

ROWS: list[dict[str, Any]] = [
    {
        "title": "Analyst",
        "company": "Acme",
        "interval": "yearly",
        "min_amount": 62_000.0,
        "max_amount": 70_000.0,
        "currency": "EUR",
        "is_remote": True,
    },
    {"title": "Clerk", "company": "Bolt", "min_amount": None, "is_remote": None},
]
ME = ReadingOptions(salary=Salary(amount=60_000, currency="EUR"))


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, pa.Table.from_pylist])
def test_a_frame_says_what_its_rows_say(frame: Any) -> None:
    found = read_jobspy(frame(ROWS), ME)

    assert [one.opportunity for one in found] == [
        one.opportunity for one in read_jobspy(ROWS, ME)
    ]
    assert [one.unknown for one in found] == [
        one.unknown for one in read_jobspy(ROWS, ME)
    ]
