"""
Rows that share a process are read off without making arrays: memory is flat.

NumPy tells ``tracemalloc`` of every array it makes, and so does Python of all else.
"""

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from interviewfit import Candidate, Coded, Scores, score
from interviewfit.batch.answers import Answers
from interviewfit.batch.crew import AT_ONCE
from interviewfit.desk import Desk, Trait

# Beyond the answers, for each thread.
MOST = 5_500_000
NAMES = np.array(["corporate", "small_firm", "technical"])
ME = Candidate(dealbreakers={"tobacco"})
Columns = dict[str, Any]


def board(rows: int) -> Columns:
    """
    Pay with gaps, which process by its code, signs, tags and where it stands.
    """
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
    """
    The most bytes held beyond what was there before.
    """
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
    """
    In the number of rows, and so of the parts they are read in.
    """
    peaks = []
    for rows in (4 * AT_ONCE, 16 * AT_ONCE):
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
    columns = board(6 * AT_ONCE)
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
    assert len(others) == 5
    assert first > 8 * AT_ONCE
    # The smallest there is would be of flags, a byte each.
    assert max(others) < AT_ONCE


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
