"""Where curves turn, with curves whose crossings are known."""

from collections.abc import Callable

import numpy as np
import pytest

from interviewfit import Candidate, Opportunity, Weights, assess, corporate
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.effort import CALL, spend
from interviewfit._process.structure import numbers_of, structure_of
from interviewfit.sensitivity import candour
from interviewfit.sensitivity._odds_curve import OddsCurves, OddsGrid
from interviewfit.sensitivity._work import Allowance

EACH = 1000
"""Operations of a point, besides those of a call."""

VALUE = 3.0
FITS = np.linspace(0.0, 0.5, 6)
# Of the first everything is worth more than now, and of the last nothing is.
ROOTS = np.array([-9.0, -5.9, -0.7, 0.25, 5.3, 8.0])
SHAPES: dict[str, Callable[[FloatColumn], FloatColumn]] = {
    "straight": lambda away: 2.0 * away,
    "curved": lambda away: np.sinh(1.3 * away) * np.exp(-0.3 * away),
    "bent": lambda away: np.where(away < 0.0, away, 30.0 * away),
    "flat": lambda away: away**3,
    "a step": lambda away: np.where(away < 0.0, -1.0, 1.0),
}


def curves(shape: str, rows: list[int]) -> OddsCurves:
    """Curves of a shape whose numbers of points are noted."""

    class Known(OddsCurves):
        def layers_at(
            self, fits: FloatColumn, log_odds: FloatColumn, *, values_only: bool = False
        ) -> FloatArray:
            rows.append(fits.size)
            spend(EACH * fits.size - CALL)
            away = log_odds - np.interp(fits, FITS, ROOTS)
            layer = VALUE + SHAPES[shape](away)
            return np.stack([layer] * (1 if values_only else 3))

    decision = assess(
        Candidate(), Opportunity(name="Acme", stages=corporate())
    ).decision
    job = decision.candidate, decision.opportunity
    numbers = numbers_of(*job, decision.assumptions)
    return Known(decision, structure_of(*job), numbers)


def crossings(
    shape: str, points: list[float], points_affordable: float = np.inf
) -> tuple[FloatColumn, FloatColumn, list[int]]:
    """Crossings, how far off they may be, and rows after those of the grid."""
    rows: list[int] = []
    known = curves(shape, rows)
    grid = OddsGrid(known, (FITS, np.array(points)), Allowance(np.inf))
    grid.refine(0.0)
    grid.allowance.left = EACH * points_affordable
    rows.clear()
    return *known.crossings(grid, VALUE), rows


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("points", [[0.0], [-0.5, 0.1, 0.6], [-8.0, 8.0], [-6.0, 6.0]])
def test_they_are_found_in_a_few_rounds(shape: str, points: list[float]) -> None:
    found, error, rows = crossings(shape, points)

    assert found[[0, -1]].tolist() == [-np.inf, np.inf]
    assert error[[0, -1]].tolist() == [0.0, 0.0]
    inner = slice(1, -1)
    if shape == "flat":
        # Values that differ by rounding are the same.
        assert np.abs(found - ROOTS)[inner].max() < 1.5e-3
    else:
        assert (np.abs(found - ROOTS)[inner] <= error[inner] + 1e-9).all()
        # Three points in each of nine rounds halve a step eighteen times.
        assert error[inner].max() <= (1e-4 if shape in ("bent", "a step") else 1e-8)
    # Three points of each curve that is still open, after the marks that were not
    # there.
    marks = len({-6.0, -3.0, 0.0, 3.0, 6.0} - set(points))
    assert rows[0] <= 6 * marks
    assert all(size % 3 == 0 and size <= 12 for size in rows[1:])
    assert len(rows) <= 10
    if shape == "straight":
        assert sum(rows) <= 6 * marks + 2 * 12


def test_a_crossing_at_a_point_is_exact() -> None:
    found, error, rows = crossings("curved", [-5.9, -0.7, 0.25, 5.3])

    assert found.tolist() == [-np.inf, -5.9, -0.7, 0.25, 5.3, np.inf]
    assert not error.any()
    # Only those of which no point is on both sides have more.
    assert sum(rows) <= 2 * 5 + 2 * 5


@pytest.mark.parametrize("affordable", [0, 5, 10, 14, 22, 30, 45, 60, 90])
def test_where_each_takes_long_some_are_not_worked_out(affordable: int) -> None:
    """Those that are lie evenly among all, and are as near as they say."""
    found, error, rows = crossings("bent", [0.0], affordable)

    assert sum(rows) <= affordable
    known = ~np.isnan(found)
    assert (np.isnan(error) == ~known).all()
    count = min(6, max(n for n in (0, 1, 2, 5, 6, 10) if 4 * n <= affordable))
    expected = np.unique(np.linspace(0, 5, count).round().astype(int))
    assert np.flatnonzero(known).tolist() == expected.tolist()
    for place in np.flatnonzero(known):
        if np.isinf(found[place]):
            assert abs(ROOTS[place]) > 6.0
        else:
            assert abs(found[place] - ROOTS[place]) <= error[place] + 1e-9


def test_points_of_the_grid_that_are_not_worked_out_count_for_nothing() -> None:
    """Of a grid that is too long some lines are known; others have no crossing."""
    rows: list[int] = []
    known = curves("straight", rows)
    points = np.linspace(-2.0, 2.0, 9)
    grid = OddsGrid(known, (FITS, points), Allowance(np.inf))
    grid.evaluate([np.array([0, 2, 5]), np.array([0, 4, 8])])

    found, error = known.crossings(grid, VALUE)

    assert np.flatnonzero(~np.isnan(found)).tolist() == [0, 2, 5]
    assert found[[0, 5]].tolist() == [-np.inf, np.inf]
    assert found[2] == pytest.approx(ROOTS[2], abs=1e-9)
    assert error[2] <= 1e-9


def test_where_an_offer_counts_for_nothing_passes_tell_nothing() -> None:
    """Then the hours and what they bring besides are all there is."""
    who = Candidate(weights=Weights(offer=0.0))
    job = Opportunity(name="Acme", stages=corporate())
    found = assess(who, job)
    curve = candour(found, [0.0, 0.3], [1.0, 2.0])

    going = found.displayed_choice
    assert curve.values[:, 0] == pytest.approx(going.value)
    chance = going.accept_probability
    assert curve.accept_probabilities[:, 0] == pytest.approx(chance)
    assert curve.values[0].tolist() == curve.values[1].tolist()
