"""Sums over points, and moments at them, are what they are one by one."""

import numpy as np
import pytest

from interviewfit._numeric.arrays import IndexArray
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._numeric.factor_series import FactorTable
from interviewfit._numeric.probit_factors import calibrated
from interviewfit._solver.convolutions import Grid, at_points, sums

GRID = Grid.of(2.0, 1.0, 48)
NONE = np.zeros((2, 1)), np.ones((2, 1))
JUMPS = np.array([[-0.6, 0.3], [0.0, 0.5]]), np.array([[0.2, 0.8], [0.7, 0.3]])
NUMBERS = ((0, 2), (1,), (0, 1, 2, 3))


def moments(slope: float, number: int) -> FactorMoments:
    """Moments of two chains with three passes each.

    Args:
        slope: Of their factors; a small one is carried by polynomials.
        number: Of the stop; at every second there are jumps to come.
    """
    rate = np.array([[0.4, 0.7, 0.3], [0.9, 0.2, 0.5]])
    start = np.zeros((2, 1)), np.ones((2, 1)), np.ones((2, 1))
    view = calibrated(np.full((2, 3), slope), rate, start, np.ones((2, 1)), 1)
    table = FactorTable.of(view, 0.45, 12.0) if slope < 1.0 else None
    variance, jumps = np.array([[0.3], [0.5]]), JUMPS if number % 2 else NONE
    widest = 0.6 if number % 2 else 0.0
    return FactorMoments.of(view, variance, jumps, 2.0, widest, table, (0, 3))


@pytest.mark.parametrize("slope", [0.5, 7.0, np.inf])
@pytest.mark.parametrize("alike", [None, np.array([1, 0, 1])])
def test_at_every_point(slope: float, alike: IndexArray | None) -> None:
    draw = np.random.default_rng(3)
    stops = [moments(slope, number) for number in range(3)]
    rows = 2 if alike is None else alike.size
    masses = [draw.uniform(-1.0, 2.0, (rows, GRID.count)) for _ in stops]
    weights = [draw.uniform(-1.0, 1.0, (2, 4)) for _ in stops]

    summed = sums(GRID, stops, masses, NUMBERS, alike)
    looked_up = at_points(GRID, stops, weights)

    points = np.broadcast_to(GRID.points, (2, GRID.count))
    for number, stop in enumerate(stops):
        each = stop.factors(points, NUMBERS[number])
        each = each if alike is None else each[alike]
        expected = (masses[number][:, :, None] * each).sum(axis=1)
        assert summed[number] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        combined = stop.combined(points, weights[number])
        assert looked_up[number] == pytest.approx(combined, rel=1e-9, abs=1e-9)
