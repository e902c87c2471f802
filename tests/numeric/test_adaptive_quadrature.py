"""Integrals over pieces against hand counts."""

import numpy as np
import pytest

from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    derivative_matrix,
    integrate,
    interpolation_matrix,
    nodes_of,
    polynomial_pieces,
    rounding_bound,
    tail_coefficients,
)
from interviewfit._numeric.arrays import FloatArray, IndexArray

TIGHT = np.full(2, 1e-12)


class TestIntegrate:
    def test_of_a_polynomial_is_exact_at_once(self) -> None:
        """x squared from 0 to 3, and from 1 to 2."""
        seen: list[int] = []

        def square(
            _: IndexArray, __: FloatArray, ___: FloatArray, at: FloatArray
        ) -> FloatArray:
            seen.append(at.shape[0])
            return at * at

        found = integrate(square, np.array([0.0, 1.0]), np.array([3.0, 2.0]), TIGHT)

        assert found == pytest.approx([9.0, 7.0 / 3.0], rel=1e-14)
        assert seen == [2]

    def test_finds_a_jump_nobody_told_of(self) -> None:
        def step(
            which: IndexArray, _: FloatArray, __: FloatArray, at: FloatArray
        ) -> FloatArray:
            return np.asarray(
                np.where(at > np.array([0.3, 0.9])[which][:, None], 1.0, 0.0)
            )

        found = integrate(step, np.zeros(2), np.ones(2), TIGHT)

        assert found == pytest.approx([0.7, 0.1], abs=1e-11)

    def test_no_bit_of_a_piece_depends_on_the_others(self) -> None:
        def bend(
            _: IndexArray, __: FloatArray, ___: FloatArray, at: FloatArray
        ) -> FloatArray:
            return np.abs(np.sin(3.0 * at))

        start, end = np.array([0.0, 0.4, 1.0]), np.array([2.0, 1.9, 1.3])
        whole = integrate(bend, start, end, np.full(3, 1e-10))

        for one in range(3):
            part = slice(one, one + 1)
            alone = integrate(bend, start[part], end[part], np.full(1, 1e-10))
            assert alone[0] == whole[one]


class TestTails:
    def test_are_the_last_coefficients(self) -> None:
        at, half = nodes_of(np.array([-1.0]), np.array([1.0]))
        last = np.polynomial.legendre.Legendre.basis(NODES - 1)(at)

        assert half.tolist() == [1.0]
        assert tail_coefficients(0.25 * last) == pytest.approx([0.25])
        assert tail_coefficients(at**3) == pytest.approx([0.0], abs=1e-14)


class TestRoundings:
    @pytest.mark.parametrize("seed", range(20))
    @pytest.mark.parametrize("far", [1.0, 1e4, 3.6e7])
    def test_cover_what_points_far_out_lose(self, far: float, seed: int) -> None:
        """
        Of a curve with a slope of up to 1 a spacing of doubles is the least that shows.
        """
        start = np.array([far + np.random.default_rng(seed).random()])
        end = start + 0.01
        at, _ = nodes_of(start, end)
        values = np.sin(at - far)

        assert tail_coefficients(values) <= rounding_bound(values, start, end)
        assert rounding_bound(values, start, end) <= 20.0 * np.spacing(far + 2.0)

    def test_hide_no_corner(self) -> None:
        start, end = np.array([-1.0]), np.array([1.0])
        at, _ = nodes_of(start, end)
        corner = np.abs(at - 0.1)

        assert tail_coefficients(corner) > 1e9 * rounding_bound(corner, start, end)

    @pytest.mark.parametrize("slope", [3.0, -40.0])
    def test_go_with_the_slope_and_the_spacing_of_numbers(self, slope: float) -> None:
        """Eight times both, however long a piece is."""
        start, end = np.array([100.0, -3000.0, 0.0]), np.array([120.0, -2999.0, 1e-3])
        at, _ = nodes_of(start, end)

        found = rounding_bound(np.array([slope * at, 2.0 * slope * at]), start, end)

        spacing = np.spacing([120.0, 3000.0, 1e-3])
        expected = 8.0 * abs(slope) * spacing * np.array([[1.0], [2.0]])
        assert found == pytest.approx(expected, rel=1e-9)


class TestPolynomialPieces:
    STARTS, ENDS = np.array([0.0, -2.0, 5.0]), np.array([4.0, 1.5, 6.0])
    KINKS = np.array([1.3, -0.7, 9.0])

    def curve(self, owner: IndexArray, at: FloatArray) -> FloatArray:
        """A kink in each of the first two intervals, and none in the third."""
        return np.asarray(np.tanh(np.abs(at - self.KINKS[owner][:, None])) + 0.1 * at)

    def test_tile_each_interval_and_carry_the_function(self) -> None:
        owner = np.array([0, 1, 2])
        owners, starts, ends, values = polynomial_pieces(
            self.curve, owner, self.STARTS, self.ENDS
        )

        assert (np.diff(owners) >= 0).all()
        share = np.array([-1.0, -0.83, 0.0, 0.31, 1.0])
        points = 0.5 * (starts + ends)[:, None] + 0.5 * (ends - starts)[:, None] * share
        between = values @ interpolation_matrix(share).T
        assert between == pytest.approx(self.curve(owners, points), abs=1e-11)
        for one in owner:
            mine = owners == one
            assert starts[mine][0] == self.STARTS[one]
            assert ends[mine][-1] == self.ENDS[one]
            assert (starts[mine][1:] == ends[mine][:-1]).all()
            assert (ends[mine] > starts[mine]).all()
        # Only next to a kink a piece is short, and none is shorter than numbers are.
        kinks, lengths = self.KINKS[owners], ends - starts
        away = np.maximum(0.0, np.maximum(starts - kinks, kinks - ends))
        assert (lengths >= np.minimum(0.99 * away, 0.4)).all()
        assert lengths.min() > 1e-13
        assert np.bincount(owners).max() < 110

    def test_of_a_polynomial_there_is_one(self) -> None:
        owners, starts, ends, values = polynomial_pieces(
            lambda _, at: at**5 / 1e3, np.array([4]), np.array([-3.0]), np.array([1.0])
        )

        assert (owners.tolist(), starts.tolist(), ends.tolist()) == ([4], [-3.0], [1.0])
        assert values == pytest.approx(nodes_of(starts, ends)[0] ** 5 / 1e3)


def test_values_at_the_nodes_tell_those_between_and_slopes() -> None:
    terms = np.random.default_rng(4).normal(size=NODES)
    curve = np.polynomial.Legendre(terms)
    at = nodes_of(np.array([-1.0]), np.array([1.0]))[0][0]
    between = np.linspace(-1.0, 1.0, 7)

    assert interpolation_matrix(between) @ curve(at) == pytest.approx(curve(between))
    assert derivative_matrix() @ curve(at) == pytest.approx(curve.deriv()(at))
