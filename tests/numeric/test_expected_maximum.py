import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.expected_maximum import (
    Curves,
    bounded_maximum,
    expected_maximum,
)


def mean(curves: Curves) -> float:
    return expected_maximum(curves, 1).item()


class TestMeanBest:
    @pytest.mark.parametrize("sd", [1e-6, 0.1, 3.0, 400.0])
    @pytest.mark.parametrize("centre", [-5.0, -0.3, 0.0, 2.0])
    def test_of_a_free_choice_is_the_closed_form(
        self, centre: float, sd: float
    ) -> None:
        def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
            return np.array([0.0 * z, sd * (centre + z)])

        expected = sd * (norm.pdf(centre) + centre * norm.cdf(centre))
        assert mean(curves) == pytest.approx(expected, rel=1e-10, abs=1e-14 * sd)

    def test_of_a_square_knows_both_its_roots(self) -> None:
        """theta^2 - 1.2 against 0, the first trap: a curve no straight line fits."""

        def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
            return np.array([0.0 * z, z * z - 1.2])

        root = math.sqrt(1.2)
        expected = 2.0 * (root * norm.pdf(root) - 0.2 * norm.sf(root))
        assert mean(curves) == pytest.approx(expected, abs=1e-13)
        assert round(expected, 5) == 0.42502

    def test_of_a_product_is_a_mean_of_means(self) -> None:
        """theta1 * theta2 - 0.2 against 0, both known, the second trap."""

        def best(z: float) -> float:
            return abs(z) * float(normal.unit_normal_loss(0.2 / abs(z))) if z else 0.0

        def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
            return np.array([[best(one) for one in z.tolist()]])

        half, _ = quad(lambda z: best(z) * norm.pdf(z), 0.0, 9.0, epsabs=1e-13)
        assert mean(curves) == pytest.approx(2.0 * half, abs=1e-10)

    def test_a_corner_within_a_curve_is_found_as_well(self) -> None:
        def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
            return np.array([np.maximum(0.0, z - 1.3)])

        assert mean(curves) == pytest.approx(
            normal.expected_positive_part(-1.3, 1.0), abs=1e-11
        )

    def test_an_action_that_is_not_open_counts_for_nothing(self) -> None:
        def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
            return np.array([0.0 * z + 2.0, np.full(z.shape, -np.inf)])

        assert mean(curves) == pytest.approx(2.0, abs=1e-13)

    def test_no_bit_of_a_line_depends_on_the_others(self) -> None:
        centres = np.array([-1.0, 0.0, 0.4, 2.0])

        def curves(which: IndexArray, z: FloatColumn) -> FloatArray:
            return np.array([0.0 * z, centres[which] + z])

        def one(which: IndexArray, z: FloatColumn) -> FloatArray:
            return np.array([0.0 * z, centres[which + 2] + z])

        together = expected_maximum(curves, 4)
        assert expected_maximum(one, 1)[0] == together[2]


@given(
    st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=4)
)
def test_by_a_bounded_number_of_operations_it_is_as_near_as_it_says(
    lines: list[tuple[float, float]],
) -> None:
    """Straight curves, of which the maximum has corners at any place."""

    def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
        return np.array([start + slope * z for start, slope in lines])

    near, error = bounded_maximum(curves, 1, largest_work=-1.0)
    exact, none = bounded_maximum(curves, 1)

    assert none.tolist() == [0.0]
    size = 1.0 + max(abs(start) + abs(slope) for start, slope in lines)
    assert abs(near - exact).item() <= error.item() + 0.02 * size
