"""
Panels seen through no blur, against the polynomial they carry and a blur next to none.
"""

import numpy as np
import pytest
from attrs import evolve

from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.panels import Panels, gauss_legendre
from interviewfit._solver.gaussian_expectation import GaussianExpectation
from interviewfit._solver.jumps import Jumps
from interviewfit._solver.moved_points import of_moved_point, only_moves

CENTRE, HALF = np.array([[1.0, 3.0], [11.0, 14.0]]), np.array([[1.0, 1.0], [1.0, 2.0]])


def lens(blur: float) -> GaussianExpectation:
    """Two rows of two panels, too long for any small blur."""
    at, mass = gauss_legendre()
    nodes = (CENTRE[:, :, None] + HALF[:, :, None] * at).reshape(2, -1)
    weights = (HALF[:, :, None] * mass).reshape(2, -1)
    narrow = np.ones((2, 2), dtype=np.bool_)
    panels = Panels(CENTRE, HALF, narrow, nodes, weights)
    return GaussianExpectation.of(panels, np.full((2, 1), blur))


def cubic(x: FloatArray) -> FloatArray:
    return np.asarray(x**3 - 2.0 * x + 0.5)


def seen(blur: float, at: FloatArray) -> FloatArray:
    one = lens(blur)
    values = cubic(one.panels.nodes) * one.weights
    return np.asarray((one.kernel_matrix(at) * values[:, None, :]).sum(axis=2))


class TestBells:
    def test_through_no_blur_a_point_is_what_the_panel_carries_there(self) -> None:
        """
        Also where two panels meet; at the ends of all half of it, and nothing beyond.
        """
        at = np.array([[0.3, 2.0, 3.9, 0.0, -1.0], [10.5, 12.0, 15.0, 16.0, 17.0]])
        share = np.array([1.0, 1.0, 1.0, 0.5, 0.0])

        assert seen(0.0, at) == pytest.approx(share * cubic(at), rel=1e-11)

    def test_through_a_blur_next_to_none_it_is_the_same(self) -> None:
        at = np.array([[0.3, 1.7, 2.0, 3.9], [10.5, 11.9, 12.0, 15.0]])

        assert seen(0.0, at) == pytest.approx(seen(1e-14, at), rel=1e-11)


class TestMovedPoints:
    def test_are_what_the_operator_has_at_edges_and_beyond_them_as_well(self) -> None:
        """For two rows with shifts of their own, in floats as in arrays."""
        plain = lens(0.0)
        shift = np.array([[0.5, -1.5], [2.0, -1.0]])
        chance = np.array([[0.75, 0.25], [0.4, 0.6]])
        moved = evolve(plain, jumps=Jumps(shift, chance))
        curves = np.stack((cubic(plain.panels.nodes), -np.sin(plain.panels.nodes)), 1)
        values = curves * plain.weights[:, None]
        at = np.array([[0.3, 1.5, 3.5, -1.0, 9.0], [10.5, 10.0, 13.0, 14.9, -3.0]])

        for expectation in (plain, moved):
            assert only_moves(expectation).all()
            expected = expectation.apply(at, values, np.arange(2))
            for row in range(2):
                look = of_moved_point(expectation, values, row)
                found = np.array([look(point) for point in at[row].tolist()])
                close = pytest.approx(expected[row], rel=1e-13, abs=1e-12)
                assert found.T.copy() == close

    def test_are_none_where_news_comes_too(self) -> None:
        assert not only_moves(lens(1e-3)).any()
