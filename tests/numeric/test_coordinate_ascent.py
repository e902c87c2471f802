"""The largest value of a smooth function of a few numbers."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.coordinate_ascent import climb, maximise


class TestMaximise:
    @given(
        st.lists(st.floats(-3.0, 8.0), min_size=1, max_size=4),
        st.floats(0.1, 5.0),
    )
    def test_a_bowl_ends_at_its_top_or_at_its_bounds(
        self, tops: list[float], width: float
    ) -> None:
        centre = np.array(tops)

        def bowl(points: FloatArray) -> FloatColumn:
            return np.asarray(-((points - centre) ** 2).sum(axis=1) / width)

        point, value = maximise(bowl, centre.size, 6.0)

        best = np.clip(centre, 0.0, 6.0)
        assert point == pytest.approx(best, abs=1e-4)
        assert value == pytest.approx(bowl(best[None])[0], abs=1e-7)

    def test_a_second_top_of_a_number_is_not_missed(self) -> None:
        def ridges(points: FloatArray) -> FloatColumn:
            low = np.exp(-((points[:, 0] - 1.0) ** 2))
            high = 1.5 * np.exp(-((points[:, 0] - 7.0) ** 2))
            return np.asarray(low + high - 0.2 * (points[:, 1] - 1.0) ** 2)

        point, value = maximise(ridges, 2, 9.0)

        assert point == pytest.approx([7.0, 1.0], abs=1e-3)
        assert value == pytest.approx(1.5, abs=1e-7)
        # From the lower one alone the higher one is out of reach.
        assert climb(ridges, np.array([1.0, 1.0]), 9.0)[1] == pytest.approx(1.0)

    def test_numbers_that_go_together_are_found_together(self) -> None:
        def valley(points: FloatArray) -> FloatColumn:
            first, second = points.T
            return np.asarray(first * second - 0.5 * (first**2 + second**2) * 1.1)

        point, value = maximise(valley, 2, 5.0)

        assert point == pytest.approx([0.0, 0.0], abs=1e-2)
        assert value == pytest.approx(0.0, abs=1e-6)

    @pytest.mark.parametrize("scale", [1.0, 1e6])
    def test_a_scan_that_finds_next_to_nothing_ends_it(self, scale: float) -> None:
        """Rounding of large values is no gain."""
        calls: list[int] = []

        def rough(points: FloatArray) -> FloatColumn:
            calls.append(len(points))
            noise = 1e-10 * np.sin(1e9 * points).sum(axis=1)
            return np.asarray(
                scale * (noise - ((points - 2.0) ** 2).sum(axis=1)) + scale
            )

        _, value = maximise(rough, 2, 9.0)

        assert value == pytest.approx(scale, rel=1e-6)
        assert len(calls) < 30


class TestClimb:
    @pytest.mark.parametrize("top", [0.0, 5e-4, 0.002, 0.0039, 0.005, 1.3])
    def test_a_top_next_to_0_is_found_as_well(self, top: float) -> None:
        """Where both differences lie ahead: in three steps, because it is a bowl."""
        calls: list[int] = []

        def bowl(points: FloatArray) -> FloatColumn:
            calls.append(len(points))
            return np.asarray(-3.0 * ((points - top) ** 2).sum(axis=1))

        point, value = climb(bowl, np.array([0.003, 0.4]), 6.0)

        assert point == pytest.approx([top, top], abs=1e-8)
        assert value == pytest.approx(0.0, abs=1e-12)
        assert len(calls) <= 5
        assert set(calls) == {6}

    def test_steps_double_while_they_are_too_short(self) -> None:
        """From a half on, and at most two at a time, up a slope without a top."""
        seen: list[float] = []

        def slope(points: FloatArray) -> FloatColumn:
            seen.append(float(points[0, 0]))
            return np.asarray(points[:, 0])

        point, value = climb(slope, np.array([0.1]), 9.0)

        assert seen == pytest.approx([0.1, 0.6, 1.6, 3.6, 5.6, 7.6, 9.0])
        assert (point.tolist(), value) == ([9.0], 9.0)

    @pytest.mark.parametrize("start", [0.3, 1.2, 1.9, 2.2, 4.3])
    @pytest.mark.parametrize("steep", [2.0, 7.0])
    def test_it_comes_back_from_a_step_that_was_too_long(
        self, start: float, steep: float
    ) -> None:
        """Beside a sharp top the curve tells of none, so that a step leads past it."""

        def roof(points: FloatArray) -> FloatColumn:
            away = steep * (points - 2.0)
            return np.asarray(-np.logaddexp(away, -away).sum(axis=1))

        point, value = climb(roof, np.array([start, 0.7 * start]), 6.0)

        assert point == pytest.approx([2.0, 2.0], abs=2e-3)
        assert value == pytest.approx(-2.0 * np.log(2.0), abs=1e-3)
