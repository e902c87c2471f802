"""Data frames of every kind say what the columns say."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from interviewfit import (
    Candidate,
    DecodeError,
    InvalidFieldError,
    Money,
    Scores,
    score,
)
from interviewfit.extra.frames import score_frame
from interviewfit.records import Either

ROWS: dict[str, list[Any]] = {
    "title": ["a", "b", "c", "d"],
    "process": ["corporate", "technical", "corporate", "small_firm"],
    "pay.mean": [5.0, None, -60.0, 0.0],
    "stays_open": [None, 0.5, 1.0, 0.0],
    "unresearched": [True, None, False, False],
    "signs.merger_talks": [True, False, None, True],
    "company": ["x", None, "y", ""],
    "name": ["A", "B", "C", "D"],
}
ME = Candidate(priorities={"commute": 2})


def plain() -> Scores:
    nan = np.nan
    return score(
        ME,
        {
            "process": np.array(ROWS["process"]),
            "pay.mean": np.array([5.0, nan, -60.0, 0.0]),
            "stays_open": np.array([nan, 0.5, 1.0, 0.0]),
            "unresearched": np.array([True, False, False, False]),
            "signs.merger_talks": np.array([True, False, False, True]),
        },
    )


def categorical() -> pd.DataFrame:
    return pd.DataFrame(ROWS).astype({"process": "category"})


def arrow_backed() -> pd.DataFrame:
    frame: pd.DataFrame = pa.table(ROWS).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


KINDS: dict[str, Callable[[], Any]] = {
    "pandas": lambda: pd.DataFrame(ROWS),
    "pandas, nullable": lambda: pd.DataFrame(ROWS).convert_dtypes(),
    "pandas, arrow": arrow_backed,
    "pandas, categories": categorical,
    "polars": lambda: pl.DataFrame(ROWS),
    "polars, categories": lambda: pl.DataFrame(ROWS).cast({"process": pl.Categorical}),
    "pyarrow": lambda: pa.table(ROWS),
    "pyarrow, chunks": lambda: pa.concat_tables(
        [pa.table(ROWS).slice(0, 1), pa.table(ROWS).slice(1)]
    ),
    "pyarrow, dictionary": lambda: pa.table(
        {**ROWS, "process": pa.array(ROWS["process"]).dictionary_encode()}
    ),
}


def entries(frame: Any) -> dict[str, list[Any]]:
    """By column, a null as None."""
    if isinstance(frame, pd.DataFrame):
        found = pa.Table.from_pandas(frame, preserve_index=False).to_pydict()
    elif isinstance(frame, pl.DataFrame):
        found = frame.to_dict(as_series=False)
    else:
        found = frame.to_pydict()
    return dict(found)


class TestScoreFrame:
    @pytest.mark.parametrize("kind", KINDS)
    def test_it_says_what_the_columns_say(self, kind: str) -> None:
        frame = KINDS[kind]()

        found = score_frame(ME, frame)

        assert type(found) is type(frame)
        columns = entries(found)
        assert columns.pop("title") == ROWS["title"]
        assert columns.pop("name") == ROWS["name"]
        for name, array in plain().to_columns().items():
            expected = [None if one == -np.inf else one for one in array.tolist()]
            assert columns.pop(name) == expected, name
        assert columns == {}

    @pytest.mark.parametrize("kind", KINDS)
    def test_the_frame_is_left_as_it_is(self, kind: str) -> None:
        frame = KINDS[kind]()
        before = entries(frame)

        score_frame(ME, frame)

        assert entries(frame) == before

    def test_the_index_is_kept(self) -> None:
        frame = pd.DataFrame(ROWS, index=["p", "q", "p", "r"])

        assert score_frame(ME, frame).index.tolist() == ["p", "q", "p", "r"]

    def test_what_is_the_same_in_all_rows_is_said_once(self) -> None:
        frame = pl.DataFrame({"pay": [5, None]})

        found = score_frame(ME, frame, constants={"process": "corporate"})

        assert found["action"].to_list() == ["take", "take"]
        assert found["unknown"].to_list() == [8, 9]
        with pytest.raises(InvalidFieldError, match="no column of the frame as well"):
            score_frame(ME, frame, constants={"process": "corporate", "pay": 3})

    def test_whole_and_decimal_numbers_are_numbers(self) -> None:
        table = pa.table(
            {
                "pay.mean": pa.array([1, None], pa.int8()),
                "relevance": pa.array([Decimal("0.25"), None]),
                "role": pa.nulls(2),
                "signs.bad_reviews": pa.nulls(2),
            }
        )

        found = score_frame(ME, table, constants={"process": "corporate"})

        columns = {"process": "corporate", "pay": [1.0, np.nan]}
        same = score(ME, {**columns, "relevance": [0.25, np.nan]})
        assert found["value"].to_pylist() == same.value.tolist()

    @pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table])
    def test_money_and_either_or_facts_are_read(self, kind: Any) -> None:
        me = Candidate(salary=Money(amount=65_000, currency="EUR"))
        fact = Either(
            aspect="commute", chance=0.6, if_so=8, if_not=-40, told_by="hr_screen"
        )
        columns = {
            "pay.amount": [72_000.0, 5_000.0, None],
            "pay.currency": ["EUR", "EUR", None],
            "pay.per": ["year", "month", None],
            "signals[0].chance": [0.2, 0.9, 0.5],
            "researched": [None, 0, None],
        }
        constants = {"process": "corporate"}

        scored = score_frame(me, kind(columns), constants=constants, facts=[fact])

        plain = {
            **constants,
            **columns,
            "pay.amount": [72_000, 5_000, np.nan],
            "pay.currency": ["EUR", "EUR", ""],
            "pay.per": ["year", "month", ""],
            "researched": [np.nan, 0, np.nan],
        }
        expected = score(me, plain, facts=[fact]).value
        assert list(entries(scored)["value"]) == expected.tolist()

    def test_no_rows_are_no_rows(self) -> None:
        empty = pl.DataFrame(ROWS).clear()

        assert score_frame(ME, empty).shape[0] == 0

    def test_a_lazy_frame_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"in memory.*collect"):
            score_frame(ME, pl.LazyFrame(ROWS))

    def test_what_is_no_frame_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match="a data frame"):
            score_frame(ME, [1, 2])

    @pytest.mark.parametrize(
        "frame",
        [
            pd.DataFrame,
            lambda rows: pd.DataFrame(rows).convert_dtypes(),
            pl.DataFrame,
            pa.table,
        ],
        ids=["pandas", "pandas, nullable", "polars", "pyarrow"],
    )
    def test_a_sign_may_have_a_strength_in_each_row(
        self, frame: Callable[[Any], Any]
    ) -> None:
        rows = {**ROWS, "signs.merger_talks": [1, 0, None, 2]}
        found = entries(score_frame(ME, frame(rows)))["mean"]
        flags = entries(score_frame(ME, frame(ROWS)))["mean"]

        assert found[:3] == pytest.approx(flags[:3])
        assert found[3] < flags[3] - 1.0

    def test_all_faults_are_told_at_once(self) -> None:
        frame = pl.DataFrame(
            {
                "pay.maen": [1.0, 2.0],
                "signs.bad_review": [True, False],
                "relevance": [0.5, 60.0],
                "via_recruiter": [1, 0],
                "salary": [1, 2],
            }
        )

        with pytest.raises(DecodeError) as caught:
            score_frame(ME, frame)

        said = str(caught.value)
        assert "Did you mean 'pay.mean'?" in said
        assert "Did you mean 'signs.bad_reviews'?" in said
        assert "column 'relevance', row 1" in said
        assert "For 60 %, write 0.6." in said
        assert "column 'via_recruiter' must be true or false" in said
        assert "column 'process'" in said
        assert "salary" not in said

    def test_a_name_of_ours_is_not_overwritten(self) -> None:
        frame = pl.DataFrame({"pay": [1.0], "value": ["mine"]})

        with pytest.raises(InvalidFieldError, match="Rename it"):
            score_frame(ME, frame, constants={"process": "corporate"})
