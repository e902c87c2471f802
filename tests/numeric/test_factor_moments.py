"""Moments of factors against sums over points that lie as close as one likes."""

import numpy as np
import pytest
from scipy import integrate, special, stats

from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._numeric.factor_series import (
    MOST_ORDER,
    FactorTable,
    are_carried,
    averages_of_few,
    averages_over,
    carries,
    order_of,
)
from interviewfit._numeric.probit_factors import (
    ProbitFactors,
    calibrated,
    spacing_class,
)

RATE = np.array([[0.4, 0.7, 0.3], [0.9, 0.2, 0.5]])
VARIANCE = np.array([[0.3], [0.5]])
HINT = np.array([[1.0], [4.0]])
JUMPS = (
    np.array([[-0.8, 0.1, 0.6], [0.0, 0.3, -0.5]]),
    np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]]),
)
NO_JUMPS = np.zeros((2, 1)), np.ones((2, 1))
REACH, WIDEST = 3.0, 0.8
# At most that of any belief.
SD = 0.45
# A slope that few polynomials carry, and one for which there are points.
FLAT, STEEP = 0.5, 7.0
KINDS = ["series", "points", "grid", "sharp", "downwards"]


def factors(kind: str) -> ProbitFactors:
    """Three passes, of which the second is hinted at in one row."""
    slope = {"series": FLAT, "sharp": np.inf, "downwards": -np.inf}.get(kind, STEEP)
    start = np.zeros((2, 1)), np.ones((2, 1)), np.ones((2, 1))
    return calibrated(np.full((2, 3), slope), RATE, start, HINT, 1)


def moments(
    kind: str, jumps: tuple[FloatArray, FloatArray], most: int = 3
) -> tuple[ProbitFactors, FactorMoments]:
    """The factors, and their moments in one of the ways in which they are found."""
    view = factors(kind)
    widest = WIDEST if jumps is JUMPS else 0.0
    table = None
    if kind in ("series", "grid"):
        table = FactorTable.of(view, SD, REACH + 9.0)
    of = FactorMoments.of
    return view, of(view, VARIANCE, jumps, REACH, widest, table, (0, most))


def by_sums(
    view: ProbitFactors, mean: FloatArray, jumps: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """F_0, F_1, ... and then A_0, A_1, ..., ``(rows, means, moments)``."""
    unit = (np.arange(-20_000, 20_000) + 0.5) * 4.5e-4
    weight = np.exp(-0.5 * unit * unit)
    weight /= weight.sum()
    total = np.zeros((*mean.shape, 2 * (view.passes + 1)))
    for shift, chance in zip(jumps[0].T, jumps[1].T, strict=True):
        for column in range(mean.shape[1]):
            middle = (mean[:, column] + shift)[:, None]
            z = middle + np.sqrt(VARIANCE) * unit
            each = view.factors(z)
            both = np.concatenate((each @ weight, (each * z) @ weight))
            total[:, column] += chance[:, None] * both.T
    return total


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("jumps", [NO_JUMPS, JUMPS], ids=["plain", "jumps"])
@pytest.mark.parametrize("count", [3, 40])
def test_moments_are_sums_over_many_points(
    kind: str, jumps: tuple[FloatArray, FloatArray], count: int
) -> None:
    view, found = moments(kind, jumps)
    mean = np.linspace(-REACH, REACH, count) + np.zeros((2, 1))
    some = np.linspace(0, count - 1, 3).astype(int)
    # Of a jump in a factor points see a fraction of their distance.
    exact = 2e-4 if view.is_sharp else 1e-9

    expected = by_sums(view, mean[:, some], jumps)
    assert found.at(mean)[:, some] == pytest.approx(expected, abs=exact)
    each = found.factors(mean, (2, 0, 3))[:, some]
    assert each == pytest.approx(expected[:, :, [2, 0, 3]], abs=exact)
    for number in range(4):
        one = found.factor(mean, number)[:, some]
        assert one == pytest.approx(expected[:, :, number], abs=exact)
    # A weight of each F, and without jumps of some A.
    weights = np.array(
        [[1.0, -2.0, 0.5, 3.0, 1.0, 4.0], [0.0, 1.0, 1.0, -1.0, 2.0, 1.0]]
    )
    if jumps is JUMPS:
        weights = weights[:, :4]
    summed = found.combined(mean, weights)[:, some]
    size = weights.shape[1]
    by_hand = (expected[:, :, :size] @ weights[:, :, None])[:, :, 0]
    assert summed == pytest.approx(by_hand, abs=10.0 * exact)


@pytest.mark.parametrize("kind", KINDS)
def test_jumps_may_be_averaged_over_in_the_end(kind: str) -> None:
    _, plain = moments(kind, NO_JUMPS)
    _, jumping = moments(kind, JUMPS)
    mean = np.linspace(-1.5, 1.5, 5) + np.zeros((2, 1))

    found = plain.averaged_at(mean, *JUMPS)

    assert found == pytest.approx(jumping.at(mean), abs=1e-9)


def test_polynomials_of_some_moments_are_those_of_all() -> None:
    view, whole = moments("series", NO_JUMPS)
    table = FactorTable.of(view, SD, REACH + 9.0)
    chosen = (0, 2, 5)
    mean = np.linspace(-REACH, REACH, 9) + np.zeros((2, 1))
    variances, others = np.array([VARIANCE, 0.7 * VARIANCE]), (1, 4)

    first, second = table.series(view, variances, REACH, [chosen, others])
    known = first, None, chosen
    some = FactorMoments.of(view, VARIANCE, NO_JUMPS, REACH, 0.0, table, (0, 3), known)

    expected = whole.at(mean)
    found = some.at(mean)
    assert found[:, :, chosen] == pytest.approx(expected[:, :, chosen], abs=1e-11)
    left_out = [number for number in range(8) if number not in chosen]
    assert np.isnan(found[:, :, left_out]).all()
    weights = np.array([[2.0, 0.0, -1.0, 0.0, 0.0, 3.0]] * 2)
    assert some.combined(mean, weights) == pytest.approx(
        whole.combined(mean, weights), abs=1e-11
    )
    assert some.combined(mean, weights[:, :3]) == pytest.approx(
        whole.combined(mean, weights[:, :3]), abs=1e-11
    )
    columns = some.columns((2, 0))
    assert columns == pytest.approx(whole.columns((2, 0)), abs=1e-11)
    # The second variance is that of another belief.
    narrow = FactorMoments.of(view, variances[1], NO_JUMPS, REACH, 0.0, table, (0, 3))
    assert second is not None
    assert second == pytest.approx(narrow.columns(others), abs=1e-11)
    steep = table.series(factors("grid"), variances, 9.0, [chosen, others])
    assert steep == [None, None]


@pytest.mark.parametrize("rows", [[0], [1, 0], [1, 1, 0]])
def test_some_rows_are_those_of_all(rows: list[int]) -> None:
    _, whole = moments("series", JUMPS)
    mean = np.linspace(-1.0, 1.0, 4) + np.zeros((2, 1))

    some = whole.take(np.array(rows))

    assert some.at(mean[rows]) == pytest.approx(whole.at(mean)[rows], abs=1e-12)


def test_polynomials_at_jumps_are_averaged() -> None:
    """Worked out for one set of jumps, or for a few sets at once."""
    view = factors("series")
    other = JUMPS[0][:, :2] * 0.5, np.array([[0.4, 0.6], [0.1, 0.9]])

    found = averages_of_few(view, [JUMPS, other], REACH, WIDEST)

    for jumps, average in zip((JUMPS, other), found, strict=True):
        expected = averages_over(view, jumps, REACH, WIDEST)
        assert average == pytest.approx(expected, abs=1e-13)
    order = order_of(view, REACH)
    mean = REACH * np.cos(np.pi * (np.arange(order) + 0.5) / order)
    share = (mean[:, None] + JUMPS[0][:, None]) / (REACH + WIDEST)
    degrees = np.arange(order_of(view, REACH + WIDEST))
    polynomials = np.cos(degrees * np.arccos(share)[..., None])
    by_hand = (polynomials * JUMPS[1][:, None, :, None]).sum(axis=2)
    assert found[0] == pytest.approx(by_hand, abs=1e-12)


def test_how_many_polynomials_it_takes_grows_with_slope_and_range() -> None:
    """Twenty, and eight for each unit of slope times range, and some for each pass."""
    for passes, more in ((1, 0.0), (3, 8.0), (12, 40.0)):
        for slope in (0.1, 0.3, 2.0):
            rate, one = np.full((1, passes), 0.5), np.ones((1, 1))
            begun = 0.0 * one, one, one
            view = calibrated(np.full((1, passes), slope), rate, begun, one, 0)
            of_class = float(np.sqrt(np.exp2(view.classes[0, 0]) - 1.0))
            assert slope <= of_class <= 1.1 * slope + 0.1
            least = 20.0 + more * min(1.0, 2.0 * of_class)
            for reach in (0.5, 4.0, 30.0):
                expected = np.ceil(least + 8.0 * of_class * reach)
                assert order_of(view, reach) == expected
                fits = bool(expected <= MOST_ORDER)
                assert carries(view, reach) is fits
                steepest, range_ = np.array([of_class]), np.array([reach])
                assert are_carried(steepest, range_, passes).tolist() == [fits]
    assert not carries(factors("sharp"), 0.1)


@pytest.mark.parametrize("count", [2, 40])
def test_beyond_the_range_of_means_polynomials_stay_at_its_end(count: int) -> None:
    _, found = moments("series", NO_JUMPS)
    ends = np.repeat([[-REACH, REACH]], 2, axis=0)
    beyond = np.hstack([1.2 * ends] * (count // 2))

    expected = np.hstack([found.at(ends)] * (count // 2))
    assert found.at(beyond) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("correlation", "passes"), [(0.1, 1), (0.6, 12), (0.9, 8)])
def test_points_are_so_close_as_the_product_of_all_passes_asks(
    correlation: float, passes: int
) -> None:
    slope = correlation / np.sqrt(1.0 - correlation**2)
    view = ProbitFactors(
        np.full((1, passes), slope),
        np.full((1, passes), 0.3 * slope),
        np.full((1, passes), 0.5),
        np.ones((1, 1)),
        0,
        spacing_class(np.array([[slope]])),
    )
    sd, mean = 0.8, -0.5

    table = FactorTable.of(view, sd, 12.0)

    score = (table.grid[0] - mean) / sd
    moments = stats.norm.pdf(score) / sd @ table.values[0]

    def product(z: float) -> float:
        return float((special.ndtr(slope * (0.3 + z)) / 0.5) ** passes)

    for number, power in ((passes, 0), (2 * passes + 1, 1)):
        expected, _ = integrate.quad(
            lambda z, power: z**power * product(z) * stats.norm.pdf(z, mean, sd),
            mean - 12 * sd,
            mean + 12 * sd,
            args=(power,),
            epsabs=1e-14,
            epsrel=1e-13,
            limit=200,
        )
        assert moments[number] == pytest.approx(expected, abs=3e-11 * 2.0**passes)
