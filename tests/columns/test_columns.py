"""A word is told from any other, however it is written down."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from interviewfit import Candidate, DecodeError, InvalidFieldError, score
from interviewfit._numeric.arrays import AnyArray
from interviewfit.columns import Coded
from interviewfit.columns._columns import factorize
from interviewfit.columns._threads import ordered_map

# Few letters, so that words are alike but for one of them; and some that are far off.
WORDS = st.text(st.sampled_from("abc\U0010ffff\u0161"), max_size=5)


def coded(words: list[str]) -> Coded:
    each = sorted(set(words))
    return Coded(words=each, codes=[each.index(one) for one in words])


def swapped(words: list[str]) -> AnyArray:
    """Bytes the other way round, and every other entry of an array only."""
    column = np.repeat(np.array(words), 2)
    return column.astype(column.dtype.newbyteorder())[::2]


KINDS: dict[str, Callable[[list[str]], AnyArray | Coded]] = {
    "fixed width": np.array,
    "swapped": swapped,
    "objects": lambda words: np.array([*words, None], dtype=object)[:-1],
    "own kind": lambda words: np.array(words, dtype=np.dtypes.StringDType()),
    "codes": coded,
}


def codes_of(
    column: AnyArray | Coded, known: list[str], default: int, threads: int = 1
) -> AnyArray:
    """The code of every entry, block by block."""
    read = factorize(column, known, default)
    return np.concatenate(list(ordered_map(read, column.shape[0], threads=threads)))


class TestFactorize:
    @pytest.mark.parametrize("kind", KINDS)
    @given(
        known=st.lists(WORDS, min_size=1, max_size=6, unique=True),
        words=st.lists(WORDS, min_size=1, max_size=9),
    )
    def test_each_is_where_it_stands_in_the_list(
        self, kind: str, known: list[str], words: list[str]
    ) -> None:
        # Text of a fixed width does not tell whether zeros end it.
        found = codes_of(KINDS[kind](words), known, -1)

        assert found.tolist() == [
            known.index(one) if one in known else -1 for one in words
        ]

    def test_words_that_differ_in_one_letter_only_are_told_apart(self) -> None:
        known = ["ax.y", "bx.y"]
        words = np.array(["ax.y", "bx.y", "ax.z", "bx.yy", "b", "cx.y"])

        assert codes_of(words, known, 7).tolist() == [0, 1, 7, 7, 7, 7]

    def test_very_many_words_are_told_apart_too(self) -> None:
        known = [f"firm {number}" for number in range(1500)]
        column = np.array([*known[::-1], "firm", "firm 1500"])

        found = codes_of(column, known, -1)

        assert found.tolist() == [*range(1499, -1, -1), -1, -1]

    def test_objects_that_are_no_words_are_none_of_them(self) -> None:
        column = np.array(["a", None, np.nan, ["a"], {}, 0, "b"], dtype=object)

        assert codes_of(column, ["a", "b"], -1).tolist() == [
            *(0, -1, -1, -1, -1, -1, 1)
        ]

    def test_blocks_are_put_together(self) -> None:
        rng = np.random.default_rng(5)
        known, codes = ["one", "two", "three"], rng.integers(0, 3, 300_001)

        found = codes_of(np.array(known)[codes], known, -1, threads=2)

        np.testing.assert_array_equal(found, codes)


class TestCoded:
    def test_it_says_what_text_says(self) -> None:
        names = ["technical", "corporate", "technical"]
        columns = {"pay": [3.0, 4.0, np.nan]}

        one, other = (
            score(Candidate(), {**columns, "process": process})
            for process in (names, coded(names))
        )

        assert one.value.tolist() == other.value.tolist()

    @pytest.mark.parametrize(
        ("codes", "said"),
        [
            ([0, 1], r"row 1 must be one of corporate, .*, got 'own'"),
            ([0, -1], r"row 1 must be one of .*, got ''\. It must be known"),
            ([2, 0], "row 0 must be a code below 2, or -1 .*, got 2"),
            (np.array([0, 2**64 - 1], np.uint64), "row 1 must be a code below 2"),
            ([0, -2], "row 1 must be a code below 2, or -1 .*, got -2"),
        ],
    )
    def test_a_code_of_no_process_is_named_by_its_row(
        self, codes: Any, said: str
    ) -> None:
        process = Coded(words=["corporate", "own"], codes=codes)

        with pytest.raises(DecodeError, match=said):
            score(Candidate(), {"process": process, "pay": [1.0, 2.0]})

    def test_of_companies_it_may_leave_some_open(self) -> None:
        firms = Coded(words=["Acme"], codes=np.array([0, -1], dtype=np.int8))

        found = score(Candidate(), {"process": "corporate", "company": firms})

        assert found.value[0] == found.value[1]

    @pytest.mark.parametrize("name", ["pay", "stage", "signs.bad_reviews"])
    def test_in_place_of_numbers_and_flags_it_is_refused(self, name: str) -> None:
        column = Coded(words=["a"], codes=[0])

        with pytest.raises(DecodeError, match=f"column '{name}' must be numbers or"):
            score(Candidate(), {"process": "corporate", name: column})

    @pytest.mark.parametrize(
        ("words", "codes", "where"),
        [
            ("ab", [0], "words"),
            (["a"], [0.0], "codes"),
            (["a"], [[0]], "codes"),
            (["a"], 0, "codes"),
            (["a"], [[0], [1, 2]], "codes"),
        ],
    )
    def test_what_are_no_codes_is_refused(
        self, words: Any, codes: Any, where: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match=rf"Coded\.{where} must be"):
            Coded(words=words, codes=codes)
