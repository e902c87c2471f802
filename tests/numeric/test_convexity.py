"""Slopes of convex functions whose slopes are known."""

import numpy as np
import pytest

from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.convexity import least_change, slopes_of

LOW, HIGH = np.array([-1.0, 0.0, 2.0, -4.0]), np.array([3.0, 1.0, 7.0, 4.0])
STEEP, SLANT = np.array([2.0, 5.0, 0.5, 3.0]), np.array([-1.0, 2.0, 0.25, -9.0])
KINK = np.array([1.0, 0.4, 2.0, 4.0])
FREE = np.array([3, 0, 2])


def bent(points: FloatArray) -> FloatColumn:
    """A kink in each number, and a slant."""
    return np.asarray((STEEP * np.abs(points - KINK) + SLANT * points).sum(axis=1))


def slopes_by_hand(point: FloatColumn) -> FloatArray:
    """To the left and to the right; at a limit both are that on the inner side."""
    left = np.where(point > KINK, STEEP, -STEEP) + SLANT
    right = np.where(point >= KINK, STEEP, -STEEP) + SLANT
    left = np.where(point == LOW, right, left)
    right = np.where(point == HIGH, left, right)
    return np.array([left, right])[:, FREE]


class TestSlopes:
    @pytest.mark.parametrize(
        "point", [[0.0, 0.5, 5.0, 1.0], [1.0, 0.4, 2.0, 4.0], [3.0, 0.4, 7.0, -4.0]]
    )
    def test_are_those_on_both_sides(self, point: list[float]) -> None:
        at = np.array(point)
        seen: list[FloatArray] = []

        def watched(points: FloatArray) -> FloatColumn:
            seen.append(points)
            return bent(points)

        found = slopes_of(watched, at, bent(at[None])[0], LOW, HIGH, FREE)

        assert found == pytest.approx(slopes_by_hand(at), rel=1e-9)
        (points,) = seen
        assert ((points >= LOW) & (points <= HIGH)).all()
        assert np.abs(points - at).max() < 1e-3

    def test_of_a_curve_lie_on_both_sides_of_its_own(self) -> None:
        at = np.array([0.7, 0.5, 3.0, -1.0])
        left, right = slopes_of(
            lambda points: (points**2).sum(axis=1), at, at @ at, LOW, HIGH, FREE
        )

        assert (left < 2.0 * at[FREE]).all()
        assert (right > 2.0 * at[FREE]).all()
        assert right - left == pytest.approx(2e-4 * (HIGH - LOW)[FREE], rel=1e-6)


class TestLeastChange:
    def test_is_that_of_a_slant_at_a_corner_of_the_box(self) -> None:
        at = np.array([0.0, 0.5, 5.0, 1.0])
        slope = np.array([-9.0, -1.0, 0.25])

        found = least_change(np.array([slope, slope]), at, LOW, HIGH, FREE)

        assert found == pytest.approx(-9.0 * 3.0 - 1.0 * 3.0 + 0.25 * -3.0)

    @pytest.mark.parametrize("seed", range(5))
    def test_is_no_less_than_what_a_function_falls(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        at = rng.uniform(LOW, HIGH)
        value = bent(at[None])[0]

        change = least_change(
            slopes_of(bent, at, value, LOW, HIGH, FREE), at, LOW, HIGH, FREE
        )

        others = np.tile(at, (500, 1))
        others[:, FREE] = rng.uniform(LOW, HIGH, (500, 4))[:, FREE]
        assert value + change <= bent(others).min() + 1e-9
        assert change <= 0.0

    def test_of_two_slopes_the_worse_one_counts(self) -> None:
        """Which of the tangents between them is that of all numbers is not known."""
        slopes = np.array([[-1.0, -2.0, -3.0], [1.0, 2.0, 3.0]])

        found = least_change(slopes, KINK, LOW, HIGH, FREE)

        assert found == -1.0 * 8.0 - 2.0 * 2.0 - 3.0 * 5.0
