import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.effort import CALL, spend
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


@pytest.mark.parametrize("is_long", [False, True])
def test_each_of_several_is_as_near_as_it_says(*, is_long: bool) -> None:
    """A free choice of each, on nine points or on seventeen: not far off, and said."""
    means, sds = np.array([-2.0, 0.0, 0.5, 3.0]), np.array([1.0, 4.0, 2.0, 0.5])
    asked: list[int] = []

    def curves(which: IndexArray, z: FloatColumn) -> FloatArray:
        asked.append(z.size)
        spend(z.size)
        closed = np.full(z.size, -np.inf)
        return np.array([0.0 * z, means[which] + sds[which] * z, closed])

    near, error = bounded_maximum(curves, 4, largest_work=1.0, is_long=is_long)

    exact = normal.expected_positive_part(means, sds)
    assert asked == [4 * (9 if is_long else 17)]
    assert (np.abs(near - exact) <= error + 1e-6 * sds).all()
    assert (error <= 0.15 * sds).all()
    assert near == pytest.approx(exact, abs=0.06)


def test_curves_without_a_corner_are_exact_on_a_grid() -> None:
    """Cubics carry them, and straight lines between the points say how far off."""

    def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
        spend(z.size)
        return np.array([1.0 + z - 0.5 * z**2 + 0.1 * z**3])

    (near,), (error,) = bounded_maximum(curves, 1, largest_work=1.0)

    grid = np.array([0.0, 0.5, 1.25, 2.0, 2.75, 3.5, 4.5, 6.0, 8.6])
    grid = np.concatenate([-grid[:0:-1], grid])
    points = np.linspace(-8.6, 8.6, 20_001)
    lines = np.interp(points, grid, curves(np.zeros(17, np.intp), grid)[0])
    off = abs((lines * normal.pdf(points)).sum() * (points[1] - points[0]) - 0.5)
    assert near == pytest.approx(0.5, abs=1e-12)
    assert error == pytest.approx(off, rel=1e-3)


def test_half_of_the_points_say_whether_all_can_be_afforded() -> None:
    """Three times what half took; and to integrate twenty times what all took."""
    asked: list[int] = []

    def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
        asked.append(z.size)
        spend(1000 * z.size)
        return np.array([0.0 * z, 1.0 + z])

    few, whole = 9_000 + CALL, 17_000 + CALL
    both = [9, 17]
    for most, sizes in ((3 * few - 1, [9]), (3 * few, both), (20 * whole - 1, both)):
        asked.clear()
        near, error = bounded_maximum(curves, 1, largest_work=most, is_long=True)
        assert asked == sizes
        assert 0.0 < error < 0.1
        assert abs(near - normal.expected_positive_part(1.0, 1.0)) <= error + 1e-6
    asked.clear()
    near, error = bounded_maximum(curves, 1, largest_work=20 * whole, is_long=True)
    assert error == 0.0
    assert near == pytest.approx(normal.expected_positive_part(1.0, 1.0), abs=1e-11)
