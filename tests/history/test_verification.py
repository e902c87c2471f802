"""Scores of forecasts, by hand and against SciPy."""

from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import strategies as fit
from interviewfit.history._verification import bins_of, lead_of, score_of, wilson

FORETOLD = st.lists(st.tuples(fit.CHANCES, st.booleans()), min_size=2, max_size=30)


class TestScore:
    def test_by_hand(self) -> None:
        found = score_of([(0.9, True), (0.2, False), (0.5, True)])

        assert found is not None
        assert found.brier == pytest.approx((0.01 + 0.04 + 0.25) / 3)
        assert found.log_loss == pytest.approx(-(log(0.9) + log(0.8) + log(0.5)) / 3)

    def test_nothing_scores_nothing(self) -> None:
        assert score_of([]) is None
        assert lead_of([(0.5, True)], [0.5]) is None
        assert bins_of([]) == ()

    @pytest.mark.parametrize("said", [(0.0, True), (1.0, False)])
    def test_the_impossible_that_came_costs_without_bound(
        self, said: tuple[float, bool]
    ) -> None:
        found = score_of([said, (0.5, True)])

        assert found is not None
        assert found.log_loss == inf
        assert found.brier == pytest.approx(0.625)

    @given(said=FORETOLD)
    def test_the_lead_is_the_mean_difference_and_its_standard_error(
        self, said: list[tuple[float, bool]]
    ) -> None:
        rivals = [0.5] * len(said)
        chances, came = np.array(said, dtype=float).T
        gains = (0.5 - came) ** 2 - (chances - came) ** 2

        lead = lead_of(said, rivals)

        assert lead is not None
        assert lead[0] == pytest.approx(float(gains.mean()), abs=1e-12)
        assert lead[1] == pytest.approx(float(stats.sem(gains)), abs=1e-9)


class TestWilson:
    @given(count=st.integers(1, 200), share=st.floats(0, 1))
    def test_it_is_the_interval_of_scipy(self, count: int, share: float) -> None:
        passed = round(share * count)
        theirs = stats.binomtest(passed, count).proportion_ci(0.95, method="wilson")

        assert wilson(passed, count) == pytest.approx(tuple(theirs), abs=1e-12)

    @pytest.mark.parametrize("passed", [0, 10])
    def test_it_holds_the_share_it_is_around(self, passed: int) -> None:
        low, high = wilson(passed, 10)

        assert low <= passed / 10 <= high


class TestBins:
    @given(said=FORETOLD)
    def test_every_forecast_is_in_one_bin_of_its_chance(
        self, said: list[tuple[float, bool]]
    ) -> None:
        bins = bins_of(said)

        assert sum(one.count for one in bins) == len(said)
        assert sum(one.share * one.count for one in bins) == pytest.approx(
            sum(came for _, came in said)
        )
        for one in bins:
            inside = [
                chance
                for chance, _ in said
                if one.low <= chance < one.high or chance == one.high == 1.0
            ]
            assert len(inside) == one.count
            assert one.chance == pytest.approx(sum(inside) / one.count)
            assert one.interval[0] <= one.share <= one.interval[1]
