"""Beta mixtures against SciPy's Beta distribution and brute-force integrals."""

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import integrate, stats

from interviewfit._numeric.beta_mixture import BetaMixture, beta_posterior

SHAPES = st.floats(0.1, 50.0)
COUNTS = st.integers(0, 30)
LEFT = st.floats(0.02, 1.0)
UNDECIDED = st.lists(st.tuples(LEFT, LEFT), max_size=6)


class TestDecided:
    @given(alpha=SHAPES, beta=SHAPES, right=COUNTS, wrong=COUNTS, at=st.floats(0, 1))
    def test_it_is_the_beta_of_the_textbook(
        self, alpha: float, beta: float, right: int, wrong: int, at: float
    ) -> None:
        mine = beta_posterior(alpha, beta, right, wrong, [])
        theirs = stats.beta(alpha + right, beta + wrong)

        assert mine.mean == pytest.approx(theirs.mean(), rel=1e-12)
        assert mine.sd == pytest.approx(theirs.std(), rel=1e-9)
        assert mine.cdf(at) == pytest.approx(theirs.cdf(at), abs=1e-10)

    @pytest.mark.parametrize("share", [0.025, 0.05, 0.5, 0.95])
    @pytest.mark.parametrize(
        "shapes", [(1.0, 1.0), (5.0, 5.0), (0.8, 3.0), (40.5, 2.0), (700.0, 900.0)]
    )
    def test_quantiles(self, shapes: tuple[float, float], share: float) -> None:
        found = beta_posterior(*shapes, 0, 0, []).quantile(share)

        assert found == pytest.approx(stats.beta(*shapes).ppf(share), abs=1e-10)

    def test_thousands_of_cases(self) -> None:
        """Far out in the tails the fraction still converges."""
        mine, theirs = (
            beta_posterior(5, 5, 20_000, 30_000, []),
            stats.beta(20_005, 30_005),
        )

        for at in (0.3, 0.395, 0.4, 0.405, 0.5):
            assert mine.cdf(at) == pytest.approx(theirs.cdf(at), abs=1e-10)

    def test_outside_of_0_to_1_there_is_nothing(self) -> None:
        belief = beta_posterior(2, 3, 0, 0, [])

        assert (belief.cdf(0.0), belief.cdf(1.0)) == (0.0, 1.0)

    def test_a_default_of_exactly_0_or_1_can_be_moved(self) -> None:
        assert 0.0 < beta_posterior(0.0, 10.0, 1, 0, []).mean < 0.2
        assert 0.8 < beta_posterior(10.0, 0.0, 0, 1, []).mean < 1.0


class TestUndecided:
    @given(
        alpha=st.floats(1.0, 10.0),
        beta=st.floats(1.0, 10.0),
        right=COUNTS,
        wrong=COUNTS,
        undecided=UNDECIDED,
    )
    def test_mean_and_sd_are_those_of_the_integral(
        self,
        alpha: float,
        beta: float,
        right: int,
        wrong: int,
        undecided: list[tuple[float, float]],
    ) -> None:
        """Prior times likelihood, integrated over the chance with no Beta in sight."""

        def logarithm(p: float) -> float:
            found = (alpha + right - 1) * log(p) + (beta + wrong - 1) * log(1 - p)
            return found + sum(log(p * x + (1 - p) * y) for x, y in undecided)

        def density(p: float, power: int) -> float:
            return p**power * exp(logarithm(p) - peak)

        peak = max(map(logarithm, np.linspace(0.001, 0.999, 999).tolist()))
        moments = [
            integrate.quad(density, 0, 1, (k,), limit=200, epsabs=1e-13)[0]
            for k in range(3)
        ]
        mean = moments[1] / moments[0]
        found = beta_posterior(alpha, beta, right, wrong, undecided)

        assert found.mean == pytest.approx(mean, rel=1e-6)
        spread = sqrt(moments[2] / moments[0] - mean**2)
        assert found.sd == pytest.approx(spread, rel=1e-4)

    def test_one_case_by_hand(self) -> None:
        """Uniform belief, a case twice as likely to be undecided if wrong: density in
        proportion to p + 2 (1 - p) = 2 - p, of mean (1 - 1/3) / (3/2) = 4/9.
        """
        assert beta_posterior(1, 1, 0, 0, [(0.5, 1.0)]).mean == pytest.approx(
            4 / 9, rel=1e-14
        )

    @given(right=COUNTS, wrong=COUNTS, left=LEFT)
    def test_a_case_as_likely_undecided_either_way_says_nothing(
        self, right: int, wrong: int, left: float
    ) -> None:
        plain = beta_posterior(4, 6, right, wrong, [])
        found = beta_posterior(4, 6, right, wrong, [(left, left)] * 3)

        assert found.mean == pytest.approx(plain.mean, rel=1e-12)
        assert found.sd == pytest.approx(plain.sd, rel=1e-9)

    @given(right=COUNTS, wrong=COUNTS)
    def test_one_surely_wrong_by_now_is_a_wrong_one(
        self, right: int, wrong: int
    ) -> None:
        found = beta_posterior(4, 6, right, wrong, [(1e-12, 1.0)])

        assert found.mean == pytest.approx(
            beta_posterior(4, 6, right, wrong + 1, []).mean, rel=1e-9
        )

    def test_thousands_of_undecided_cases_keep_their_weights(self) -> None:
        """A product of a thousand small numbers underflows; its logarithm does not."""
        found = beta_posterior(5, 5, 1_000, 0, [(0.04, 0.5)] * 1_000)

        assert isinstance(found, BetaMixture)
        assert sum(found.weights) == pytest.approx(1.0)
        assert 0.0 < found.mean < 1.0
        assert found.sd < 0.05
