"""Beyond the answers memory is bounded, whatever the length of the table.

NumPy tells ``tracemalloc`` of every array it makes, and so does Python of all else.
"""

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from interviewfit import Candidate, DecodeError, Scores, score
from interviewfit.columns import Coded
from interviewfit.columns._threads import BLOCK_ROWS

# Beyond the answers, for each thread.
MOST = 12_000_000
NAMES = np.array(["corporate", "small_firm", "technical"])
ME = Candidate(dealbreakers={"tobacco"})
Columns = dict[str, Any]


def board(rows: int) -> Columns:
    """Pay with gaps, which process by its code, signs, tags and where it stands."""
    rng = np.random.default_rng(7)
    pay = rng.normal(0.0, 10.0, rows)
    pay[rng.random(rows) < 0.3] = np.nan
    return {
        "process": Coded(words=NAMES, codes=rng.integers(0, 3, rows).astype(np.int8)),
        "pay.mean": pay,
        "pay.sd": 3.0,
        "signs.remote_allowed": rng.random(rows) < 0.3,
    }


def names(columns: Columns) -> Any:
    return NAMES[columns["process"].codes]


# From far off to far off, so that rows lie on the cells of a chart and beyond them.
KINDS: dict[str, Callable[[Columns], Columns]] = {
    "as it is": lambda _: {},
    "one process": lambda _: {"process": "corporate"},
    "text": lambda board: {"process": names(board)},
    "strings": lambda board: {
        "process": names(board).astype(np.dtypes.StringDType()),
    },
    "objects": lambda board: {"process": names(board).astype(object)},
    "single precision": lambda board: {
        "pay.mean": board["pay.mean"].astype(np.float32),
    },
    "bytes swapped": lambda board: {
        "pay.mean": board["pay.mean"].astype(">f8"),
    },
    "far off": lambda board: {"pay.mean": np.clip(1e4 * board["pay.mean"], -1e3, 1e3)},
    "every phase": lambda board: {
        "phase": np.array(["before", "midway", "offered", "rejected"])[
            np.arange(board["pay.mean"].size) % 4
        ],
    },
    "stages and tags": lambda board: {
        "stage": np.arange(board["pay.mean"].size, dtype=np.int64) % 2,
        "tags.tobacco": board["signs.remote_allowed"][::-1],
    },
}


def peak(columns: Columns, room: Scores, threads: int) -> int:
    """The most bytes held beyond what was there before."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        score(ME, columns, threads=threads, out=room)
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("kind", "threads"),
    [*((kind, 1) for kind in KINDS), ("as it is", 2), ("text", 2), ("objects", 2)],
)
def test_beyond_its_answers_memory_is_flat_and_small(kind: str, threads: int) -> None:
    """In the number of rows, and so of the parts they are read in."""
    peaks = []
    for rows in (2 * BLOCK_ROWS, 5 * BLOCK_ROWS):
        columns = board(rows)
        columns |= KINDS[kind](columns)
        room = score(ME, columns)
        peaks.append(peak(columns, room, threads))

    assert max(peaks) < threads * MOST
    if threads == 1:
        # Less than a flag for each row of a part. (Of two threads it is chance how much
        # each needs at the same time.)
        assert peaks[1] - peaks[0] < BLOCK_ROWS


def same(one: Scores, other: Scores, rows: Any = slice(None)) -> None:
    for name, entries in one.to_columns(codes=True).items():
        np.testing.assert_array_equal(
            entries[rows], other.to_columns(codes=True)[name], err_msg=name
        )


class TestGroups:
    """However groups are kept and let go, a row is what it is."""

    @pytest.mark.parametrize("few", [1, 7, 20])
    def test_may_be_more_than_are_kept(self, few: int) -> None:
        """Groups are solved again then."""
        columns = board(60)
        columns |= KINDS["every phase"](columns)
        whole = score(ME, columns)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("interviewfit.columns._evaluation._GROUPS_KEPT", few)
            same(whole, score(ME, columns))

    def test_may_be_told_apart_by_more_than_16_bits(self) -> None:
        rng = np.random.default_rng(3)
        signs = ("bad_reviews", "remote_allowed", "merger_talks", "layoff_news")
        more = ("thin_job_description", "benefits_weaker", "other_openings")
        columns = board(12)
        columns |= {
            "phase": np.array(["before", "midway", "offered"])[np.arange(12) % 3],
            "stage": np.arange(12) % 2,
            **{f"signs.{one}": rng.random(12) < 0.5 for one in (*signs, *more)},
            **{
                name: rng.random(12) < 0.5
                for name in ("via_recruiter", "knows_someone", "unresearched")
            },
            "role.mean": np.where(rng.random(12) < 0.5, np.nan, 3.0),
        }
        whole = score(ME, columns)

        for row in range(12):
            alone = {
                name: column[[row]] if isinstance(column, np.ndarray) else column
                for name, column in columns.items()
            }
            alone["process"] = names(columns)[[row]]
            found = score(ME, alone)
            for name in ("value", "margin", "index", "threshold", "codes", "unknown"):
                assert getattr(found, name)[0] == getattr(whole, name)[row]


class TestWords:
    @pytest.mark.parametrize("kind", ["text", "strings", "objects"])
    def test_not_known_late_are_named_with_all_else_that_is_wrong(
        self, kind: str
    ) -> None:
        """Though they are looked at only as their rows are read."""
        columns = board(2 * BLOCK_ROWS)
        columns |= KINDS[kind](columns)
        columns["process"][BLOCK_ROWS + 5] = "corporat"
        room = score(ME, board(2 * BLOCK_ROWS))

        with pytest.raises(
            DecodeError, match=rf"'process', row {BLOCK_ROWS + 9} must be"
        ):
            score(ME, columns, out=room, first_row=4)
        columns["pay.sd"] = -1.0
        with pytest.raises(DecodeError) as caught:
            score(ME, columns, out=room)
        assert [one.split(" must")[0] for one in caught.value.faults] == [
            f"column 'process', row {BLOCK_ROWS + 5}",
            "column 'pay.sd'",
        ]

    def test_that_have_no_byte_to_a_letter_are_none_of_ours(self) -> None:
        columns = board(3)
        columns["process"] = np.array(
            ["technical", "t\u00e9chnical", "technical"], np.dtypes.StringDType()
        )

        with pytest.raises(DecodeError, match="'process', row 1 must be"):
            score(ME, columns)

    def test_a_stage_beyond_its_process_is_named_by_its_row(self) -> None:
        columns = board(BLOCK_ROWS + 3)
        columns |= {"stage": np.zeros(BLOCK_ROWS + 3, dtype=np.int8)}
        columns["stage"][BLOCK_ROWS + 1] = 90

        with pytest.raises(
            DecodeError, match=rf"'stage', row {BLOCK_ROWS + 1} must be"
        ):
            score(ME, columns)
