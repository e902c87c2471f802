"""The same formulas of numbers and of columns: each entry is what its number gives."""

import math
from collections.abc import Callable
from math import inf
from typing import Any

import numpy as np
import pytest

from interviewfit._numeric.arrays import (
    FloatArray,
    Number,
    columns_of,
    exp,
    fsum,
    hypot,
    if_positive,
    is_zero,
    known_or,
    log,
    matrix_product,
    maximum,
    minimum,
    positive_or,
    products,
    root_sum_square,
    safe_divide,
    sqrt,
    sum_in_order,
)

ONE = np.array([-1.0, 0.0, 2.0, 9.0])
OTHER = np.array([3.0, 0.0, -2.0, 4.0])


def of_two(one: Number, other: Number) -> Number:
    return fsum([one, other, 0.5])


def spread_of_two(one: Number, other: Number) -> Number:
    return root_sum_square([one, other])


class TestOfTwo:
    @pytest.mark.parametrize(
        ("ask", "expected"),
        [
            (maximum, [3.0, 0.0, 2.0, 9.0]),
            (minimum, [-1.0, 0.0, -2.0, 4.0]),
            (hypot, [math.sqrt(10), 0.0, math.sqrt(8), math.sqrt(97)]),
            (safe_divide, [-1 / 3, 0.0, -1.0, 2.25]),
            (of_two, [2.5, 0.5, 0.5, 13.5]),
            (spread_of_two, [math.sqrt(10), 0.0, math.sqrt(8), math.sqrt(97)]),
        ],
    )
    def test_columns_and_numbers_give_the_same(
        self, ask: Callable[[Number, Number], Number], expected: list[float]
    ) -> None:
        """Also where only one of the two is a column."""
        found = ask(ONE, OTHER)
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
        ("ask", "plain"), [(sqrt, math.sqrt), (exp, math.exp), (log, math.log)]
    )
    def test_columns_and_numbers_give_the_same(
        self, ask: Callable[[Number], Number], plain: Callable[[float], float]
    ) -> None:
        column = np.array([0.25, 1.0, 7.0])

        found = ask(column)

        assert isinstance(found, np.ndarray)
        assert found.tolist() == pytest.approx([plain(one) for one in (0.25, 1.0, 7.0)])
        assert type(ask(0.25)) is float
        assert ask(7.0) == plain(7.0)


class TestPositiveOr:
    def test_what_is_not_above_0_is_replaced_in_every_row(self) -> None:
        column: Number = np.array([-1.0, 0.0, 2.0])
        five: Number = 5.0

        assert np.asarray(positive_or(column, five)).tolist() == [5.0, 5.0, 2.0]
        assert positive_or(3.0, 5.0) == 3.0
        assert positive_or(0.0, 5.0) == 5.0


class TestIfPositive:
    @pytest.mark.parametrize("columns", range(8))
    def test_every_row_takes_one_of_two(self, columns: int) -> None:
        """Whichever of the three are columns; without one it is a number."""
        for number, expected in ((-1.0, 7.0), (0.0, 7.0), (0.5, 4.0), (3.0, 4.0)):
            given: list[Number] = [number, 4.0, 7.0]
            for place in range(3):
                if columns >> place & 1:
                    given[place] = np.array([given[place]])
            found = if_positive(*given)
            assert np.asarray(found).tolist() == ([expected] if columns else expected)


class TestKnownOr:
    def test_rows_that_are_not_known_take_the_other(self) -> None:
        column: Number = np.array([1.0, math.nan, -3.0])
        others: Number = np.array([5.0, 6.0, 7.0])
        four: Number = 4.0

        assert np.asarray(known_or(column, others)).tolist() == [1.0, 6.0, -3.0]
        assert np.asarray(known_or(column, four)).tolist() == [1.0, 4.0, -3.0]
        assert known_or(2.0, 4.0) == 2.0
        assert known_or(four, others) == 4.0


class TestInOrder:
    @pytest.mark.parametrize("axis", [0, 1])
    def test_a_sum_adds_one_after_the_other(self, axis: int) -> None:
        values = np.random.default_rng(axis).normal(size=(11, 13, 3))

        found = sum_in_order(values, axis)

        expected = np.add.accumulate(values, axis=axis).take(-1, axis=axis)
        assert (found == expected).all()
        assert (sum_in_order(values[:, :, :1], axis) == found[:, :1]).all()

    def test_columns_are_those_of_the_table(self) -> None:
        """A single row has Python's own numbers."""
        table = np.arange(6.0).reshape(2, 3)

        assert [column.tolist() for column in columns_of(table)] == table.T.tolist()
        assert [type(number) for number in columns_of(table[:1])] == [float] * 3


class TestEdges:
    def test_a_sum_is_rounded_once_in_any_order(self) -> None:
        parts = [1e16, 1.0, -1e16, 0.1, 0.2]

        assert fsum(parts) == fsum(parts[::-1]) == 1.3
        assert fsum([]) == 0.0
        assert fsum(iter([0.1] * 10)) == 1.0

    def test_a_sum_of_columns_leaves_them_as_they_are(self) -> None:
        first: Number = np.array([1.0, 2.0])
        columns: list[Number] = [first, 1.0, first]

        found = fsum(columns)

        assert np.asarray(found).tolist() == [3.0, 5.0]
        assert np.asarray(first).tolist() == [1.0, 2.0]
        assert np.asarray(fsum(columns[1:])).tolist() == [2.0, 3.0]

    def test_nothing_divided_by_nothing_is_nothing(self) -> None:
        assert safe_divide(3.0, 0.0) == 0.0
        three: Number = 3.0
        none: Number = 0.0
        column = safe_divide(three, np.array([0.0, 2.0]))
        assert np.asarray(column).tolist() == [0.0, 1.5]
        # A column safe_divide by a number that is 0 is a column of nothing.
        nothing = safe_divide(np.array([3.0, -1.0]), none)
        assert np.asarray(nothing).tolist() == [0.0, 0.0]

    def test_squares_that_overflow_are_not_squared(self) -> None:
        assert hypot(3e200, 4e200) == pytest.approx(5e200)
        four: Number = 4e200
        far = hypot(np.array([3e200]), four)
        assert np.asarray(far).tolist() == pytest.approx([5e200])
        assert root_sum_square([]) == 0.0

    @pytest.mark.parametrize(
        ("number", "gone"),
        [(0.0, True), (-0.0, True), (0, True), (5e-324, False), (inf, False)],
    )
    def test_only_nothing_vanishes(self, number: float, *, gone: bool) -> None:
        assert is_zero(number) is gone

    def test_a_column_never_vanishes(self) -> None:
        """Else what is found for a row would hang on the others."""
        assert is_zero(np.zeros(3)) is False


class TestProducts:
    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ((3, 700, 40), (40, 30)),
            ((3, 12, 60), (60, 1300)),
            ((2, 1, 400), (2, 400, 90)),
            ((2, 90, 400), (2, 400, 1)),
            ((4, 1, 30, 50), (3, 50, 8)),
            ((1, 2, 3), (3, 1)),
        ],
    )
    def test_pieces_are_the_whole(
        self, left: tuple[int, ...], right: tuple[int, ...]
    ) -> None:
        generator = np.random.default_rng(1)
        first, second = generator.normal(size=left), generator.normal(size=right)
        found = products(first, second)
        written = np.empty(found.shape)

        assert products(first, second, out=written) is written
        assert np.allclose(found, first @ second, rtol=1e-12, atol=1e-12)
        assert (written == found).all()
        # No bit of a matrix depends on how many there are.
        single = products(
            first[:1], second[:1] if second.ndim == first.ndim else second
        )
        assert (single == found[:1]).all()

    @pytest.mark.parametrize(
        ("rows", "inner", "columns"),
        [(300, 50, 60), (87, 50, 60), (88, 50, 60), (175, 50, 60), (3, 9, 30_000)],
    )
    def test_pieces_of_a_single_one_are_the_whole(
        self, rows: int, inner: int, columns: int
    ) -> None:
        rng = np.random.default_rng(rows)
        first, second = (
            rng.normal(size=(rows, inner)),
            rng.normal(size=(inner, columns)),
        )

        found = matrix_product(first, second)

        assert found.shape == (rows, columns)
        expected = np.einsum("ri,ic->rc", first, second)
        assert np.abs(found - expected).max() < 1e-11

    def test_no_product_is_so_large_that_it_wakes_threads(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sizes: list[tuple[int, int, int]] = []
        whole = np.matmul

        def watched(left: FloatArray, right: FloatArray, **more: Any) -> Any:
            sizes.append((*left.shape[-2:], right.shape[-1]))
            return whole(left, right, **more)

        monkeypatch.setattr(np, "matmul", watched)
        for rows, inner, columns in [(1000, 50, 60), (1, 300, 900), (900, 300, 1)]:
            products(np.ones((2, rows, inner)), np.ones((inner, columns)))
        matrix_product(np.ones((1000, 50)), np.ones((50, 60)))

        for rows, inner, columns in sizes:
            most = 9_000 if min(rows, columns) == 1 else 2**18
            assert rows * inner * columns <= most
