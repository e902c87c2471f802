"""Integrals over pieces against hand counts."""

import numpy as np
import pytest

from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    integrate,
    nodes_of,
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
