"""The same formulas of numbers and of columns: each entry is what its number gives."""

from collections.abc import Callable
from math import exp, inf, log, sqrt

import numpy as np
import pytest

from interviewfit._numeric.arrays import (
    divided,
    exponential,
    hypotenuse,
    larger,
    logarithm,
    root,
    smaller,
    spread,
    total,
    vanishes,
)

ONE = np.array([-1.0, 0.0, 2.0, 9.0])
OTHER = np.array([3.0, 0.0, -2.0, 4.0])


def of_two(one: float, other: float) -> float:
    return total([one, other, 0.5])


def spread_of_two(one: float, other: float) -> float:
    return spread([one, other])


class TestOfTwo:
    @pytest.mark.parametrize(
        ("ask", "expected"),
        [
            (larger, [3.0, 0.0, 2.0, 9.0]),
            (smaller, [-1.0, 0.0, -2.0, 4.0]),
            (hypotenuse, [sqrt(10), 0.0, sqrt(8), sqrt(97)]),
            (divided, [-1 / 3, 0.0, -1.0, 2.25]),
            (of_two, [2.5, 0.5, 0.5, 13.5]),
            (spread_of_two, [sqrt(10), 0.0, sqrt(8), sqrt(97)]),
        ],
    )
    def test_columns_and_numbers_give_the_same(
        self, ask: Callable[[float, float], float], expected: list[float]
    ) -> None:
        """Also where only one of the two is a column."""
        found = ask(ONE, OTHER)  # type: ignore[arg-type]  # a column for a number
        assert isinstance(found, np.ndarray)
        assert found.tolist() == pytest.approx(expected)
        for number, other, one in zip(
            ONE.tolist(), OTHER.tolist(), expected, strict=True
        ):
            alone = ask(number, other)
            assert type(alone) is float
            assert alone == pytest.approx(one)
            for mixed in (
                ask(number, np.array([other])),
                ask(np.array([number]), other),
            ):
                assert isinstance(mixed, np.ndarray)
                assert mixed.tolist() == pytest.approx([one])


class TestOfOne:
    @pytest.mark.parametrize(
        ("ask", "plain"), [(root, sqrt), (exponential, exp), (logarithm, log)]
    )
    def test_columns_and_numbers_give_the_same(
        self, ask: Callable[[float], float], plain: Callable[[float], float]
    ) -> None:
        column = np.array([0.25, 1.0, 7.0])

        found = ask(column)  # type: ignore[arg-type]  # a column for a number

        assert isinstance(found, np.ndarray)
        assert found.tolist() == pytest.approx([plain(one) for one in (0.25, 1.0, 7.0)])
        assert type(ask(0.25)) is float
        assert ask(7.0) == plain(7.0)


class TestEdges:
    def test_a_sum_is_rounded_once_in_any_order(self) -> None:
        parts = [1e16, 1.0, -1e16, 0.1, 0.2]

        assert total(parts) == total(parts[::-1]) == 1.3
        assert total([]) == 0.0
        assert total(iter([0.1] * 10)) == 1.0

    def test_a_sum_of_columns_leaves_them_as_they_are(self) -> None:
        first = np.array([1.0, 2.0])

        found = total([first, 1.0, first])  # type: ignore[list-item]  # a column for a number

        assert np.asarray(found).tolist() == [3.0, 5.0]
        assert first.tolist() == [1.0, 2.0]
        assert np.asarray(total([1.0, first])).tolist() == [2.0, 3.0]  # type: ignore[list-item]  # a column for a number

    def test_nothing_divided_by_nothing_is_nothing(self) -> None:
        assert divided(3.0, 0.0) == 0.0
        column = divided(3.0, np.array([0.0, 2.0]))  # type: ignore[arg-type]  # a column for a number
        assert np.asarray(column).tolist() == [0.0, 1.5]
        # A column divided by a number that is 0 is a column of nothing.
        nothing = divided(np.array([3.0, -1.0]), 0.0)  # type: ignore[arg-type]  # a column for a number
        assert np.asarray(nothing).tolist() == [0.0, 0.0]

    def test_squares_that_overflow_are_not_squared(self) -> None:
        assert hypotenuse(3e200, 4e200) == pytest.approx(5e200)
        far = hypotenuse(np.array([3e200]), 4e200)  # type: ignore[arg-type]  # a column for a number
        assert np.asarray(far).tolist() == pytest.approx([5e200])
        assert spread([]) == 0.0

    @pytest.mark.parametrize(
        ("number", "gone"),
        [(0.0, True), (-0.0, True), (0, True), (5e-324, False), (inf, False)],
    )
    def test_only_nothing_vanishes(self, number: float, *, gone: bool) -> None:
        assert vanishes(number) is gone

    def test_a_column_never_vanishes(self) -> None:
        """Else what is found for a row would hang on the others."""
        assert vanishes(np.zeros(3)) is False  # type: ignore[arg-type]  # a column for a number
