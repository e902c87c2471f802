import numpy as np
import pytest
from scipy import stats

from interviewfit._numeric.statistics import QuantileSummary, wilson_interval


class TestSpread:
    def test_it_is_what_numpy_says(self) -> None:
        values = np.random.default_rng(1).normal(3.0, 2.0, 1_001)
        found = QuantileSummary.of(values)

        assert found.mean == pytest.approx(values.mean())
        assert found.error == pytest.approx(stats.sem(values))
        assert found.median == np.median(values)
        assert found.low < found.lower < found.median < found.upper < found.high

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
