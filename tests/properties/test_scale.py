"""What happens when everything is measured in another unit.

Worth is linear in the weights for any fixed plan, and one takes the best plan: so it
is convex in the weights, and twice the weights are worth twice as much.
"""

import math
from dataclasses import replace

import numpy as np
import pytest
from attrs import asdict, evolve
from hypothesis import given, settings, strategies as st

import strategies as fit
from interviewfit import (
    Action,
    Assumptions,
    Candidate,
    Opportunity,
    Term,
    Weights,
    assess,
    corporate,
)
from oracles import Chain

FEWER = settings(max_examples=settings().max_examples // 3)


def weighed(case: fit.Case, weights: Weights) -> fit.Case:
    return evolve(case, candidate=evolve(case.candidate, weights=weights))


def blend(one: Weights, other: Weights, share: float) -> Weights:
    pairs = zip(asdict(one).items(), asdict(other).values(), strict=True)
    return Weights(**{name: (1 - share) * a + share * b for (name, a), b in pairs})


def multiplied(weights: Weights, factor: float) -> Weights:
    return Weights(**{name: factor * one for name, one in asdict(weights).items()})


def scaled(chain: Chain, factor: float) -> Chain:
    parts = ("reward", "drift", "reveal", "exit")
    return replace(
        chain,
        **{part: tuple(factor * x for x in getattr(chain, part)) for part in parts},
    )


class TestTheWeights:
    @FEWER
    @given(case=fit.cases(), one=fit.weights(), other=fit.weights(), share=fit.CHANCES)
    def test_worth_is_convex_in_them(
        self, case: fit.Case, one: Weights, other: Weights, share: float
    ) -> None:
        """To know which of two tastes one has before choosing can only help."""
        cases = [weighed(case, each) for each in (one, other, blend(one, other, share))]
        low, high, between = found = [each.assess() for each in cases]
        slack = 1e-9 * max(map(fit.Case.stakes, cases, found))

        assert between.value <= ((1.0 - share) * low.value + share * high.value + slack)

    @FEWER
    @given(case=fit.cases(), weights=fit.weights(), factor=st.floats(0.01, 6.0))
    def test_all_of_them_together_scale_every_worth(
        self, case: fit.Case, weights: Weights, factor: float
    ) -> None:
        case, times = weighed(case, weights), weighed(case, multiplied(weights, factor))
        base, found = case.assess(), times.assess()
        expected = pytest.approx(
            [factor * one.value for one in base.choices],
            rel=0.0,
            abs=1e-9 * times.stakes(found),
        )

        assert [one.value for one in found.choices] == expected
        assert found.information_value == pytest.approx(
            factor * base.information_value, rel=0.0, abs=1e-9 * times.stakes(found)
        )

    @FEWER
    @given(case=fit.cases(), weights=fit.weights(), factors=fit.weights())
    def test_terms_say_what_other_weights_would_at_least_be_worth(
        self, case: fit.Case, weights: Weights, factors: Weights
    ) -> None:
        """One may keep to the plan, and then every term grows as its weight does.

        So each term is its weight times the slope of the value (the envelope
        theorem), and what it shows cannot be moved into another term unnoticed.
        """
        case = weighed(case, weights)
        pairs = zip(asdict(weights).items(), asdict(factors).values(), strict=True)
        other = weighed(case, Weights(**{name: a * b for (name, a), b in pairs}))
        base, found = case.assess(), other.assess()
        kept = math.fsum(
            getattr(factors, term.value) * worth for term, worth in base.terms.items()
        )
        slack = 1e-9 * (3.0 * case.stakes(base) + other.stakes(found))

        assert found.value >= kept - slack

    @FEWER
    @given(case=fit.cases())
    def test_where_nothing_counts_nothing_is_worth_anything(
        self, case: fit.Case
    ) -> None:
        found = weighed(case, multiplied(case.candidate.weights, 0.0)).assess()

        assert {one.value for one in found.choices} == {0.0}
        assert not any(one.terms for one in found.choices)

    def test_an_hour_priced_at_nothing_makes_any_interview_worth_taking(self) -> None:
        """And at 20 ordinary hours the corporate process, about 4.6 h, is not."""
        job = Opportunity(name="Acme", stages=corporate())
        idle, busy = (
            assess(Candidate(weights=Weights(time=price)), job) for price in (0, 20)
        )

        assert (idle.action, busy.action) == (Action.TAKE, Action.DECLINE)
        assert Term.TIME not in idle.terms


class TestTheUnits:
    @given(chain=fit.chains(), mean=fit.MEANS, factor=st.floats(0.01, 100.0))
    def test_a_chain_in_other_hours_has_the_same_answer_in_those_hours(
        self, chain: Chain, mean: float, factor: float
    ) -> None:
        base, times = fit.solved(chain), fit.solved(scaled(chain, factor))
        one, other = base.evaluate([mean]), times.evaluate([factor * mean])
        slack = 1e-9 * fit.size(chain, mean)

        for part in ("value", "continuation_value", "offer_value"):
            np.testing.assert_allclose(
                getattr(other, part) / factor, getattr(one, part), rtol=0, atol=slack
            )

    @given(
        chain=fit.chains(reveals=st.floats(1.0, 30.0)), factor=st.floats(0.01, 100.0)
    )
    def test_thresholds_are_in_the_hours_of_the_chain(
        self, chain: Chain, factor: float
    ) -> None:
        base, times = fit.solved(chain), fit.solved(scaled(chain, factor))
        # Beyond 1e150 hours the solver says never; twice as many may be beyond.
        near = ~(np.isfinite(base.thresholds) & (np.abs(base.thresholds) > 1e147))

        np.testing.assert_allclose(
            times.thresholds[near] / factor,
            base.thresholds[near],
            rtol=1e-9,
            atol=1e-9 * fit.size(chain, 0.0),
        )
        assert (np.abs(times.thresholds[~near]) / factor > 1e146).all()

    def test_a_threshold_beyond_1e150_hours_is_never(self) -> None:
        """7 h for one chance in 1e148 of the offer pay from 7e148 h on; those of a day
        in minutes would be more than the solver can tell from never.
        """
        chain = Chain((-7.0,), (1e-148,), (0.0,), (1.0,), (0.0,))

        assert fit.solved(chain).thresholds == pytest.approx(np.array([[7e148]]))
        assert fit.solved(scaled(chain, 60.0)).thresholds == math.inf

    @FEWER
    @given(case=fit.cases(), times=st.floats(0.5, 8.0))
    def test_only_the_hours_in_a_percent_of_pay_matter(
        self, case: fit.Case, times: float
    ) -> None:
        """Two years of 1,800 h are worth what four of 900 h are."""
        cases = [
            evolve(
                case,
                assumptions=Assumptions(
                    numbers={
                        **case.assumptions.numbers,
                        "horizon_years": 2.0 * by,
                        "hours_per_year": 1800.0 / by,
                    }
                ),
            )
            for by in (1.0, times)
        ]
        base, other = (each.assess() for each in cases)

        assert other.value == pytest.approx(
            base.value, rel=0.0, abs=1e-9 * case.stakes(base)
        )

    def test_ten_times_all_hours_are_ten_times_the_worth(self) -> None:
        chain = Chain((-2.0,), (0.25,), (0.0,), (0.0,), (0.0,))

        assert fit.solved(scaled(chain, 10.0)).evaluate([400.0]).value == [80.0]
