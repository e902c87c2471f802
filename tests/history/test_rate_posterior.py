"""The posterior of a pass rate, against integration by brute force."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import integrate, stats

from interviewfit._model.vocabulary import Answer
from interviewfit._numeric.arrays import FloatArray
from interviewfit.history._rate_posterior import (
    _LOG_PRIOR,
    _LOG_SENT_PRIOR,
    _MEANS,
    _SENT,
    rate_posterior,
)
from interviewfit.history._waits import Wait

DAY = date(2026, 3, 1)


def wait(answer: Answer, least: int, most: int | None) -> Wait:
    """A wait of so many days, of unknown length if the bounds differ."""
    exact = least == most
    return Wait(
        "a",
        "application",
        DAY if exact else None,
        DAY + timedelta(days=least) if exact else None,
        answer,
        None,
        least,
        most,
    )


def likelihood(rate: float, waits: list[Wait]) -> float:
    """Of a pass rate: the sum over the nodes of all that is not known."""
    mean_pass, mean_fail = _MEANS[:, None, None], _MEANS[None, :, None]
    sent = _SENT[None, None, :]
    logs = _LOG_PRIOR[:, None, None] + _LOG_PRIOR[None, :, None] + _LOG_SENT_PRIOR
    product = np.exp(logs)
    for one in waits:
        last = np.inf if one.most_days is None else one.most_days + 1
        first = one.least_days
        if one.answer is Answer.PASSED:
            factor = rate * (kept(first, mean_pass) - kept(last, mean_pass))
        elif one.answer is Answer.REFUSED:
            told = kept(first, mean_fail) - kept(last, mean_fail)
            factor = (1 - rate) * sent * told
        else:
            day = first + (one.answer not in (Answer.WITHDREW, Answer.CLOSED))
            if one.answer is Answer.SILENT and one.days is None:
                day = max(first, 45) + 1
            silent = 1 - sent * (1 - kept(day, mean_fail))
            factor = rate * kept(day, mean_pass) + (1 - rate) * silent
        product = product * factor
    return float(product.sum())


def kept(day: float, mean: FloatArray) -> FloatArray:
    """The share of exponential times that are longer."""
    shares: FloatArray = stats.expon.sf(day, scale=mean)
    return shares


WAITS = st.builds(
    lambda answer, least, length: wait(
        answer, least, None if length is None else least + length
    ),
    st.sampled_from(Answer),
    st.integers(0, 90),
    st.none() | st.just(0) | st.integers(0, 120),
)


class TestBruteForce:
    @settings(max_examples=8, deadline=None)
    @given(
        waits=st.lists(WAITS, min_size=1, max_size=6),
        prior=st.sampled_from([(1.3, 8.7), (5.0, 5.0), (4.0, 6.0)]),
    )
    def test_mean_and_spread_are_those_of_the_integral(
        self, waits: list[Wait], prior: tuple[float, float]
    ) -> None:
        def density(rate: float) -> float:
            return float(stats.beta.pdf(rate, *prior)) * likelihood(rate, waits)

        moments = [
            integrate.quad(
                lambda p, k=k: density(p) * p**k, 0, 1, limit=40, epsrel=1e-6
            )[0]
            for k in range(3)
        ]
        mean = moments[1] / moments[0]
        sd = np.sqrt(moments[2] / moments[0] - mean**2)

        posterior = rate_posterior(*prior, waits)

        assert posterior.mean == pytest.approx(mean, rel=2e-4)
        assert posterior.sd == pytest.approx(sd, rel=2e-3)
        for share in (0.05, 0.5, 0.95):
            limit = posterior.quantile(share)
            below = (
                integrate.quad(density, 0, limit, limit=40, epsrel=1e-6)[0] / moments[0]
            )
            assert below == pytest.approx(share, abs=0.006)

    def test_news_alone_is_the_beta_itself(self) -> None:
        """Whether dated, within bounds, or without a day."""
        news = [
            *[wait(Answer.PASSED, 3, 3)] * 4,
            *[wait(Answer.PASSED, 0, None)] * 2,
            *[wait(Answer.REFUSED, 2, 40)] * 3,
        ]

        posterior = rate_posterior(5.0, 5.0, news)

        assert posterior.quantile(0.05) == pytest.approx(
            stats.beta.ppf(0.05, 11, 8), abs=1e-9
        )

    def test_large_logs_keep_their_precision(self) -> None:
        waits = [
            *[wait(Answer.PASSED, day % 30, day % 30) for day in range(3_000)],
            *[wait(Answer.REFUSED, day % 40, day % 40) for day in range(6_000)],
            *[wait(Answer.OPEN, day % 200, day % 200) for day in range(1_000)],
        ]

        posterior = rate_posterior(5.0, 5.0, waits)

        assert 0.003 < posterior.sd < 0.01
        assert 0.29 < posterior.mean < 0.37


class TestMeaning:
    def test_a_fresh_silence_says_little_and_an_old_one_much(self) -> None:
        news = [wait(Answer.PASSED, 7, 7)] * 6 + [wait(Answer.REFUSED, 9, 9)] * 6
        means = [
            rate_posterior(5.0, 5.0, [*news, wait(Answer.OPEN, day, day)]).mean
            for day in (0, 10, 100)
        ]

        assert means == sorted(means, reverse=True)
        assert means[0] == pytest.approx(11 / 22, abs=0.003)
        assert means[2] == pytest.approx(11 / 23, abs=0.004)

    def test_an_end_by_neither_side_is_no_refusal(self) -> None:
        news = [wait(Answer.PASSED, 7, 7)] * 6 + [wait(Answer.REFUSED, 9, 9)] * 6

        assert rate_posterior(
            5.0, 5.0, [*news, wait(Answer.CLOSED, 0, 0)]
        ) == rate_posterior(5.0, 5.0, news)

    @pytest.mark.parametrize("mean", [10.0, 80.0])
    def test_the_interval_holds_the_truth_where_waits_are_long(
        self, mean: float
    ) -> None:
        """Of 100 searches of four months, 85 to 97 % within the 90 % interval."""
        rng = np.random.default_rng(7)
        hits = 0
        for _ in range(100):
            rate = rng.beta(4, 6)
            waits = []
            for _ in range(50):
                passed = rng.random() < rate
                told = passed or rng.random() < 0.6
                horizon = int(rng.integers(0, 120))
                days = int(rng.exponential(mean)) if told else 10**6
                answer = Answer.PASSED if passed else Answer.REFUSED
                if days > horizon:
                    answer, days = Answer.OPEN, horizon
                waits.append(wait(answer, days, days))
            posterior = rate_posterior(4.0, 6.0, waits)
            hits += 0.05 <= posterior.cdf(rate) <= 0.95

        assert 0.85 <= hits / 100 <= 0.97
