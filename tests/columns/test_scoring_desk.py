"""Rows that share a process are read off without making arrays: memory is flat.

NumPy tells ``tracemalloc`` of every array it makes, and so does Python of all else.
"""

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from interviewfit import Candidate, DecodeError, Scores, score
from interviewfit._numeric.scratch import Desk, Trait
from interviewfit.columns import Coded
from interviewfit.columns._evaluation import Answers
from interviewfit.columns._threads import AT_ONCE

# Beyond the answers, for each thread.
MOST = 5_500_000
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
    "far off": lambda board: {"pay.mean": 1e4 * board["pay.mean"]},
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


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_beyond_its_answers_memory_is_flat_and_small(kind: str, threads: int) -> None:
    """In the number of rows, and so of the parts they are read in."""
    peaks = []
    for rows in (2 * AT_ONCE, 8 * AT_ONCE):
        columns = board(rows)
        columns |= KINDS[kind](columns)
        room = score(ME, columns)
        peaks.append(peak(columns, room, threads))

    assert max(peaks) < threads * MOST
    if threads == 1:
        # Less than a flag for each row of a part. (Of two threads it is chance how much
        # each needs at the same time.)
        assert peaks[1] - peaks[0] < AT_ONCE


@pytest.mark.parametrize("kind", KINDS)
def test_after_the_first_part_no_array_of_its_length_is_made(kind: str) -> None:
    columns = board(4 * AT_ONCE)
    columns |= KINDS[kind](columns)
    room, fill, made = score(ME, columns), Answers.fill, []

    def watched(answers: Answers, part: slice, desk: Desk) -> None:
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        fill(answers, part, desk)
        made.append(tracemalloc.get_traced_memory()[1] - before)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Answers, "fill", watched)
        peak(columns, room, threads=1)

    first, *others = made
    assert len(others) == 3
    assert first > 8 * AT_ONCE
    # The smallest there is would be of flags, a byte each.
    assert max(others) < AT_ONCE


def same(one: Scores, other: Scores, rows: Any = slice(None)) -> None:
    for name, entries in one.columns(codes=True).items():
        np.testing.assert_array_equal(
            entries[rows], other.columns(codes=True)[name], err_msg=name
        )


class TestPatterns:
    """However patterns are kept, found and let go, a row is what it is."""

    @pytest.mark.parametrize(
        ("where", "few"),
        [
            ("atlas._MOST_LISTED", 1),
            ("answers._MOST_SHEETS", 1),
            ("answers._MOST_SHEETS", 7),
            ("answers._MOST_SHEETS", 20),
        ],
    )
    def test_may_be_more_than_are_held(self, where: str, few: int) -> None:
        """So rows are taken in fewer at a time, or patterns are solved again."""
        columns = board(60)
        columns |= KINDS["every phase"](columns)
        whole = score(ME, columns)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(f"interviewfit.columns.{where}", few)
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
        columns = board(2 * AT_ONCE)
        columns |= KINDS[kind](columns)
        columns["process"][AT_ONCE + 5] = "corporat"
        room = score(ME, board(2 * AT_ONCE))

        with pytest.raises(DecodeError, match=rf"'process', row {AT_ONCE + 9} must be"):
            score(ME, columns, out=room, first_row=4)
        columns["pay.sd"] = -1.0
        with pytest.raises(DecodeError) as caught:
            score(ME, columns, out=room)
        assert [one.split(" must")[0] for one in caught.value.faults] == [
            f"column 'process', row {AT_ONCE + 5}",
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
        columns = board(AT_ONCE + 3)
        columns |= {"stage": np.zeros(AT_ONCE + 3, dtype=np.int8)}
        columns["stage"][AT_ONCE + 1] = 90

        with pytest.raises(DecodeError, match=rf"'stage', row {AT_ONCE + 1} must be"):
            score(ME, columns)


class TestDesk:
    def test_what_is_asked_for_twice_is_made_once(self) -> None:
        desk = Desk()
        one = desk.floats("cost", 5)

        assert desk.floats("cost", 5).base is one.base
        assert desk.floats("cost", 3).base is one.base
        assert desk.floats("gain", 5).base is not one.base

    def test_more_room_is_made_when_it_is_needed(self) -> None:
        desk = Desk()
        desk.floats("cost", 3)

        assert desk.floats("cost", 5).size == 5
        assert desk.places("cost", 5).dtype == np.intp
        assert desk.codes("cost", 2).dtype == np.int16


class TestTrait:
    @pytest.mark.parametrize(
        ("values", "which", "expected"),
        [
            ([1.0, 2.0], 1, 2.0),
            ([3.0, 3.0], np.array([1, 0, 1]), 3.0),
            ([1.0, 2.0], np.array([1, 0, 1]), [2.0, 1.0, 2.0]),
            ([-np.inf, -np.inf], np.array([0, 1, 0]), -np.inf),
        ],
    )
    def test_is_one_number_where_all_are_alike(
        self, values: list[float], which: Any, expected: Any
    ) -> None:
        trait, desk = Trait.of(values), Desk()

        found = trait.at(which, "number", desk)

        assert np.ndim(found) == np.ndim(expected)
        assert np.array_equal(found, expected)
        out = trait.put(which, np.empty(3))
        assert out.tolist() == np.broadcast_to(expected, 3).tolist()
