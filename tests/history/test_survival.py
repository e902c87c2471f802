"""How long news takes, against SciPy's Kaplan-Meier and a simulated world."""

from datetime import date, timedelta
from itertools import count

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from interviewfit import Assumptions
from interviewfit._model.vocabulary import Answer
from interviewfit.history._pass_rates import pass_rate_of
from interviewfit.history._survival import CumulativeIncidence, estimate_incidence
from interviewfit.history._waits import Wait

START = date(2025, 3, 1)
ENDS = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(Answer)), min_size=1, max_size=40
)


def waits(*ends: tuple[int, Answer]) -> list[Wait]:
    """Screens of so many days that ended so."""
    return [
        Wait(str(name), "hr_screen", START, START + timedelta(days=days), answer)
        for name, (days, answer) in zip(count(), ends, strict=False)
    ]


def curves(
    incidence: CumulativeIncidence, days: range
) -> list[tuple[float, float, float]]:
    return [
        (incidence.passed_by(day), incidence.refused_by(day), incidence.no_news(day))
        for day in days
    ]


class TestCourse:
    def test_by_hand(self) -> None:
        """
        Five wait. Day 1: one of five passes, 1/5. Day 2: one withdraws. Day 3: of three
        left one passes and one is refused, 4/5 * 1/3 = 4/15 each. One stays open.
        """
        incidence = estimate_incidence(
            waits(
                (1, Answer.PASSED),
                (2, Answer.WITHDREW),
                (3, Answer.PASSED),
                (3, Answer.REFUSED),
                (9, Answer.OPEN),
            )
        )

        assert curves(incidence, range(5)) == [
            pytest.approx((0, 0, 1)),
            pytest.approx((3 / 15, 0, 12 / 15)),
            pytest.approx((3 / 15, 0, 12 / 15)),
            pytest.approx((7 / 15, 4 / 15, 4 / 15)),
            pytest.approx((7 / 15, 4 / 15, 4 / 15)),
        ]
        # Of those who pass 3 in 7 have heard by day 1, times 2/3 for what is to come.
        assert incidence.silence_if_passing(1) == pytest.approx(1 - 2 / 3 * 3 / 7)
        # Of the 8/15 who do not, half have been told by day 3, times 1/2.
        assert incidence.silence_if_failing(3) == pytest.approx(1 - 1 / 2 * 1 / 2)
        assert incidence.dead_probability(3, 0.5) == pytest.approx(
            0.75 / (0.75 + 1 / 3)
        )
        assert incidence.days_to_pass() == 3
        assert incidence.days_to_pass(0.4) == 1

    @given(ends=ENDS)
    def test_silence_is_the_kaplan_meier_of_scipy(
        self, ends: list[tuple[int, Answer]]
    ) -> None:
        news = {Answer.PASSED, Answer.REFUSED}
        theirs = stats.ecdf(
            stats.CensoredData(
                uncensored=[days for days, answer in ends if answer in news],
                right=[days for days, answer in ends if answer not in news],
            )
        ).sf
        mine = estimate_incidence(waits(*ends))

        for day in range(14):
            assert mine.no_news(day) == pytest.approx(
                float(theirs.evaluate(day)), abs=1e-12
            )

    @given(ends=ENDS)
    def test_each_cause_is_its_share_among_the_uncut(
        self, ends: list[tuple[int, Answer]]
    ) -> None:
        """
        Aalen-Johansen equals the share of each answer, every case weighted by one over
        the chance not to have been cut before it: SciPy's Kaplan-Meier of the cuts,
        which come after the news of their day.
        """
        news = {Answer.PASSED, Answer.REFUSED}
        cuts = stats.ecdf(
            stats.CensoredData(
                uncensored=[days + 0.5 for days, answer in ends if answer not in news],
                right=[days for days, answer in ends if answer in news],
            )
        ).sf
        mine = estimate_incidence(waits(*ends))

        for day in range(14):
            for answer, found in (
                (Answer.PASSED, mine.passed_by(day)),
                (Answer.REFUSED, mine.refused_by(day)),
            ):
                shares = [
                    1.0 / float(cuts.evaluate(days))
                    for days, own in ends
                    if own is answer and days <= day
                ]
                assert found == pytest.approx(sum(shares) / len(ends), abs=1e-9)

    @given(ends=ENDS, rate=st.floats(0.01, 0.99))
    def test_chances_are_chances_and_the_three_make_one(
        self, ends: list[tuple[int, Answer]], rate: float
    ) -> None:
        incidence = estimate_incidence(waits(*ends))

        for passed, refused, silent in curves(incidence, range(14)):
            assert passed + refused + silent == pytest.approx(1.0)
            assert min(passed, refused, silent) >= 0.0
        for day in range(14):
            assert 0.0 < incidence.dead_probability(day, rate) < 1.0
            assert 0.0 < incidence.silence_if_passing(day) <= 1.0
            assert 0.0 < incidence.silence_if_failing(day) <= 1.0

    def test_without_news_silence_says_nothing(self) -> None:
        for incidence in (
            estimate_incidence([]),
            estimate_incidence(waits((5, Answer.OPEN))),
        ):
            assert incidence.dead_probability(100, 0.3) == pytest.approx(0.7)
            assert incidence.days_to_pass() is None

    def test_where_no_pass_was_seen_silence_is_no_bad_sign(self) -> None:
        """Refusals come within days; how long a pass takes, nobody knows."""
        incidence = estimate_incidence(waits(*[(2, Answer.REFUSED)] * 9))

        assert incidence.dead_probability(30, 0.5) == pytest.approx(0.1 / 1.1)

    def test_no_silence_is_proof(self) -> None:
        incidence = estimate_incidence(
            waits(*[(2, Answer.PASSED)] * 9, (40, Answer.OPEN))
        )

        assert incidence.dead_probability(1_000, 0.5) == pytest.approx(1.0 / 1.1)


class TestAKnownWorld:
    """Four in ten are passed on, after 1, 2, 3 ... days with chance .2 each day; of the
    others six in ten are told, with chance .1 a day, and the rest never.
    """

    PASS, PASS_A_DAY, TOLD, TOLD_A_DAY = 0.4, 0.2, 0.6, 0.1

    def sample(self, size: int, seed: int) -> list[Wait]:
        rng = np.random.default_rng(seed)
        passes = rng.random(size) < self.PASS
        told = rng.random(size) < self.TOLD
        cut = rng.integers(5, 60, size)
        days = np.where(
            passes,
            rng.geometric(self.PASS_A_DAY, size),
            np.where(told, rng.geometric(self.TOLD_A_DAY, size), 10_000),
        )
        answers = np.where(passes, Answer.PASSED.value, Answer.REFUSED.value)
        return waits(
            *(
                (int(min(day, end)), Answer(answer) if day <= end else Answer.OPEN)
                for day, end, answer in zip(
                    days.tolist(), cut.tolist(), answers.tolist(), strict=True
                )
            )
        )

    def test_the_pass_rate_is_found_through_the_cuts(self) -> None:
        rate = pass_rate_of("hr_screen", self.sample(3_000, 7), Assumptions())

        assert abs(rate.mean - self.PASS) < 3 * rate.posterior.sd
        assert rate.posterior.sd < 0.012
        # Leaving out what has not ended would be far off.
        ended = rate.counts[Answer.PASSED] / rate.answered
        assert ended - self.PASS > 10 * rate.posterior.sd

    def test_the_interval_holds_the_truth_as_often_as_it_says(self) -> None:
        """
        Nine in ten of the intervals for 90 %, give or take what chance allows in 100,
        though the times are taken from the same waits.
        """
        weak = Assumptions(numbers={"pass_strength": 1.0})
        held = 0
        for seed in range(100):
            belief = pass_rate_of("hr_screen", self.sample(100, seed), weak).posterior
            held += 0.05 < belief.cdf(self.PASS) < 0.95

        assert 83 <= held <= 97

    @pytest.mark.parametrize("day", [0, 2, 5, 10, 18, 30])
    def test_silence_is_read_as_bayes_would(self, day: int) -> None:
        rate = pass_rate_of("hr_screen", self.sample(3_000, 8), Assumptions())
        waits_on = self.PASS * (1 - self.PASS_A_DAY) ** day
        out = (1 - self.PASS) * (1 - self.TOLD * (1 - (1 - self.TOLD_A_DAY) ** day))

        assert rate.dead_probability(day) == pytest.approx(
            out / (out + waits_on), abs=0.025
        )


def test_half_of_the_passes_have_come_on_the_day_of_the_middle_one() -> None:
    """Of two passes the first is half of them; of four the second."""
    two = estimate_incidence(waits((2, Answer.PASSED), (9, Answer.PASSED)))
    four = estimate_incidence(waits(*((day, Answer.PASSED) for day in (1, 3, 7, 20))))

    assert (two.days_to_pass(), two.days_to_pass(1.0)) == (2, 9)
    assert (four.days_to_pass(), four.days_to_pass(0.75)) == (3, 7)
