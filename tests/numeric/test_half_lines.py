"""Sums over equidistant points from one point on: against closed forms."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, strategies as st

from interviewfit._numeric.half_lines import (
    STENCIL,
    half_line_weights,
    root_in_cell,
    roots_in_cells,
    weights_from,
)

NORMAL = NormalDist()
STEP = 1.0 / 3.25
POINTS = STEP * (np.arange(120) + 0.5) - 60.0 * STEP
NOWHERE = np.array([np.nan])


def exact(root: float, mean: float, bend: float) -> float:
    """The mean of sinh(bend (x - root)) right of the root, x normal of variance 1."""

    def tilted(rate: float) -> float:
        size = np.exp(rate * (mean - root) + 0.5 * rate * rate)
        return float(size * NORMAL.cdf(mean + rate - root))

    return 0.5 * (tilted(bend) - tilted(-bend))


class TestHalfLines:
    @given(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0), st.floats(0.05, 0.6))
    def test_an_expectation_from_a_root_on_is_that_of_the_closed_form(
        self, root: float, mean: float, bend: float
    ) -> None:
        values = np.sinh(bend * (POINTS - root))[None]
        cells = np.array([np.searchsorted(POINTS, root) - 1])

        share = roots_in_cells(values, cells, is_few=True)
        weights = half_line_weights(POINTS.size, cells, share, whole=NOWHERE)

        assert POINTS[cells] + STEP * share == pytest.approx([root], abs=1e-12)
        density = np.exp(-0.5 * (POINTS - mean) ** 2) / np.sqrt(2.0 * np.pi)
        found = STEP * float((weights[0] * values[0] * density).sum())
        assert found == pytest.approx(exact(root, mean, bend), abs=2e-11)

    @given(st.floats(0.0, 1.0))
    def test_weights_are_those_of_polynomials(self, share: float) -> None:
        """A later start takes off the area in between."""
        cell = np.array([19])
        numbers = np.arange(40.0)
        start = 19 + share
        less = half_line_weights(40, cell, np.array([share]), whole=NOWHERE)[0]
        base = half_line_weights(40, cell, np.array([0.0]), whole=NOWHERE)[0]
        for power in (0, 1, 3, 6):
            part = ((numbers - start) / 10.0) ** power

            area = -float(((less - base) * part).sum())

            low = ((start - share - start) / 10.0) ** (power + 1)
            assert area == pytest.approx(-low * 10.0 / (power + 1), abs=1e-12)

    @pytest.mark.parametrize("cell", [0, 3, 60, 112, 118])
    def test_a_few_rows_have_the_roots_of_many(self, cell: int) -> None:
        root = POINTS[cell] + 0.3 * STEP
        values = np.repeat(np.sinh(0.2 * (POINTS - root))[None], 3, axis=0)
        cells = np.full(3, cell)

        few = roots_in_cells(values, cells, is_few=True)
        many = roots_in_cells(values, cells, is_few=False)

        places = POINTS[cell] + STEP * few
        assert places == pytest.approx(np.full(3, root), abs=1e-9)
        assert few == pytest.approx(many, abs=1e-12)

    def test_without_a_root_all_points_count_or_none(self) -> None:
        zeros = np.zeros(2)

        weights = half_line_weights(
            20, np.zeros(2, dtype=np.intp), zeros, whole=np.array([1.0, 0.0])
        )

        assert (weights[0] == 1.0).all()
        assert not weights[1].any()


@pytest.mark.parametrize("is_few", [True, False])
def test_a_root_is_found_in_every_cell(is_few: bool) -> None:
    """And so is the integral from there on, near an end from fewer points."""
    places = np.arange(3.0 * STENCIL)
    cells = np.arange(places.size - 1)
    values = np.sinh(0.1 * (places - cells[:, None] - 0.3))

    found = roots_in_cells(values, cells, is_few=is_few)

    assert found == pytest.approx(np.full(cells.size, 0.3), abs=1e-9)
    none = np.full(cells.size, np.nan)
    weights = half_line_weights(places.size, cells, found, whole=none)
    # All but the part that is cut off at the right end of the grid.
    rises = weights @ (places - places[-1] - 0.5) ** 3
    begins = (cells + 0.3 - places[-1] - 0.5) ** 4
    assert np.ptp(rises + begins / 4.0) < 1e-6 * begins.max()


@pytest.mark.parametrize("bend", [0.02, 0.4, 1.1])
@pytest.mark.parametrize("share", [0.0, 0.03, 0.5, 0.98])
def test_the_root_of_one_function_is_that_of_many(bend: float, share: float) -> None:
    """And so are the weights from there on, which no other function bears on."""
    count = 3 * STENCIL
    places = np.arange(float(count))
    for cell in (0, 2, STENCIL, count - 4, count - 2):
        values = np.expm1(bend * (places - cell - share))
        whole = roots_in_cells(values[None], np.array([cell]), is_few=False)

        found = root_in_cell(values, cell)

        assert found == pytest.approx(whole[0], abs=1e-12)
        line = half_line_weights(
            count, np.array([cell]), np.array([found]), whole=np.array([np.nan])
        )
        alone = weights_from(count, cell, found)
        assert alone == pytest.approx(line[0], rel=1e-10, abs=1e-11)
