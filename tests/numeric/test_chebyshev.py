"""Chebyshev polynomials against NumPy's, and functions that are interpolated."""

import numpy as np
import pytest

from interviewfit._numeric.arrays import FloatColumn
from interviewfit._numeric.chebyshev import (
    chebyshev_analysis,
    chebyshev_basis,
    chebyshev_nodes,
    interpolated,
    mirrored_analysis,
)


@pytest.mark.parametrize("order", [2, 3, 5, 8, 17, 64])
def test_polynomials_are_those_of_numpy(order: int) -> None:
    share = np.linspace(-1.0, 1.0, 12).reshape(3, 4)

    expected = np.moveaxis(np.polynomial.chebyshev.chebvander(share, order - 1), -1, 0)
    assert chebyshev_basis(share, order) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("order", [2, 3, 8, 17])
def test_values_at_the_zeros_tell_the_coefficients(order: int) -> None:
    """All at once, or by sums and differences of those at z and -z."""
    terms = np.random.default_rng(order).normal(size=order)
    nodes = chebyshev_nodes(order)
    values = np.polynomial.chebyshev.chebval(nodes, terms)

    assert np.cos(order * np.arccos(nodes)) == pytest.approx(0.0, abs=1e-12)
    assert chebyshev_analysis(order) @ values == pytest.approx(terms, abs=1e-12)
    even, odd = mirrored_analysis(order)
    half = even.shape[1]
    mirrored = values[::-1]
    assert even @ (values + mirrored)[:half] == pytest.approx(terms[0::2], abs=1e-12)
    assert odd @ (values - mirrored)[:half] == pytest.approx(terms[1::2], abs=1e-12)


class TestInterpolated:
    POINTS = np.random.default_rng(1).permutation(np.linspace(2.0, 11.0, 800))

    def values(self, width: float, count: list[int]) -> FloatColumn | None:
        """Of a function that varies on 1."""

        def function(points: FloatColumn) -> FloatColumn:
            count.append(points.size)
            return np.asarray(np.tanh(points - 5.0) + 0.1 * points)

        return interpolated(function, self.POINTS, width)

    def test_a_smooth_function_needs_few_values(self) -> None:
        count: list[int] = []
        found = self.values(1.0, count)

        assert found is not None
        expected = np.tanh(self.POINTS - 5.0) + 0.1 * self.POINTS
        assert found == pytest.approx(expected, abs=3e-10)
        # 24 and 14 for each width on either side of the middle, and some more to see.
        assert count == [24 + int(14 * 4.5) + 13]

    def test_one_that_is_rougher_than_was_said_is_not(self) -> None:
        assert self.values(20.0, []) is None

    def test_large_values_may_be_off_by_more(self) -> None:
        found = interpolated(lambda at: 1e6 * np.sin(at), self.POINTS, 1.0)

        assert found == pytest.approx(1e6 * np.sin(self.POINTS), abs=1e-4)
        rough = interpolated(lambda at: 1e6 * np.tanh(9 * at - 45), self.POINTS, 1.0)
        assert rough is None

    def test_where_it_would_take_as_many_values_nothing_is_worked_out(self) -> None:
        count: list[int] = []

        assert self.values(0.3, count) is None
        assert interpolated(np.sin, np.full(500, 2.0), 1.0) is None
        assert not count
        # 38 values and some stand for four times as many points, but for no fewer.
        fewest = 4 * (24 + 14)
        for points, is_enough in ((fewest, True), (fewest - 1, False)):
            found = interpolated(np.sin, np.linspace(-1.0, 1.0, points), 1.0)
            assert (found is not None) is is_enough
