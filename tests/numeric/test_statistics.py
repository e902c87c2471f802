import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtri

from interviewfit._numeric.statistics import (
    QuantileSummary,
    normal_quantile,
    student_quantile,
    weighted_quantiles,
    wilson_interval,
)


class TestSpread:
    def test_it_is_what_numpy_says(self) -> None:
        values = np.random.default_rng(1).normal(3.0, 2.0, 1_001)
        found = QuantileSummary.of(values)

        assert found.mean == pytest.approx(values.mean())
        assert found.error == pytest.approx(stats.sem(values))
        assert found.median == np.median(values)
        assert found.sd == pytest.approx(np.std(values, ddof=1))
        ends = [found.low, found.lower, found.upper, found.high]
        assert ends == np.quantile(values, [0.05, 0.25, 0.75, 0.95]).tolist()

    @pytest.mark.parametrize("count", [1, 7])
    def test_equal_numbers_are_not_spread_at_all(self, count: int) -> None:
        found = QuantileSummary.of(np.full(count, 0.1))

        assert {found.mean, found.low, found.median, found.high} == {0.1}
        assert found.sd == found.error == 0.0


class TestIntervalOf:
    @pytest.mark.parametrize(
        ("hits", "count"), [(0, 1), (0, 50), (3, 7), (899, 1000), (50, 50)]
    )
    def test_it_is_wilsons(self, hits: int, count: int) -> None:
        peer = stats.binomtest(hits, count).proportion_ci(method="wilson")

        low, high = wilson_interval(hits / count, count)
        assert low == pytest.approx(peer.low, abs=1e-12)
        assert high == pytest.approx(peer.high, abs=1e-12)
        assert low <= hits / count <= high

    @pytest.mark.parametrize("count", [1, 3, 7, 10, 49, 1000, 99_999])
    def test_certainty_is_an_end_without_rounding(self, count: int) -> None:
        assert wilson_interval(0.0, count)[0] == 0.0
        assert wilson_interval(1.0, count)[1] == 1.0


class TestWeightedQuantiles:
    SHARES = (0.0, 0.03, 0.25, 0.5, 0.61, 0.9, 1.0)

    def test_of_equal_weights_are_those_of_hazen(self) -> None:
        values = np.random.default_rng(2).normal(size=17)
        found = weighted_quantiles(values, np.full(17, 1.0 / 17.0), self.SHARES)

        expected = np.quantile(values, self.SHARES, method="hazen")
        assert found == pytest.approx(expected, abs=1e-12)

    def test_each_value_stands_in_the_middle_of_its_weight(self) -> None:
        values, weights = np.array([5.0, -1.0, 2.0]), np.array([0.2, 0.5, 0.3])

        found = weighted_quantiles(values, weights, (0.25, 0.65, 0.9, 0.45, 0.775))
        assert found == pytest.approx([-1.0, 2.0, 5.0, 0.5, 3.5])


def test_quantiles_of_student_are_those_of_scipy() -> None:
    chance = np.concatenate([10.0 ** np.arange(-12.0, 0.0), np.linspace(0.2, 0.99, 10)])
    chance = np.array([chance, 1.0 - chance])

    expected = stats.t(4).ppf(chance)
    assert student_quantile(chance) == pytest.approx(expected, rel=1e-6, abs=1e-7)


def test_normal_quantiles_are_those_of_scipy() -> None:
    low = np.concatenate([10.0 ** np.arange(-300.0, 0.0, 7.0), np.linspace(0.01, 0.5)])
    high = 1.0 - low[low > 1e-3].reshape(2, -1)

    assert normal_quantile(low) == pytest.approx(ndtri(low), rel=1e-14)
    assert normal_quantile(high) == pytest.approx(ndtri(high), rel=1e-14)
    assert normal_quantile(low)[-1] == normal_quantile(high)[-1, -1] == 0.0
