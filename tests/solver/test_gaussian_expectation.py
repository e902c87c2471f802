"""
Panels seen through no blur, against the polynomial they carry and a blur next to none.
"""

import numpy as np
import pytest

from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.panels import Panels, gauss_legendre
from interviewfit._solver.gaussian_expectation import GaussianExpectation

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
