"""Better inputs never make for a worse answer.

An option only adds to what one may do, so it never hurts either. Slack is rounding
alone: 1e-9 of the numbers that add up.
"""

import math
from dataclasses import replace
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import strategies as fit
from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Sign,
    Stage,
    assess,
)
from interviewfit._model.vocabulary import ASPECTS
from oracles import Chain

FEWER = settings(max_examples=settings().max_examples // 3)
BENEFITS = ("offer", "networking", "practice", "hidden_role", "referral")
COSTS = ("time", "bail", "declining", "courtesy")


def assert_no_worse(better: fit.Case, worse: fit.Case) -> None:
    high, low = better.assess(), worse.assess()
    slack = 1e-9 * max(better.stakes(high), worse.stakes(low))

    assert high.value >= low.value - slack


def changed(case: fit.Case, **changes: Any) -> fit.Case:
    return evolve(case, opportunity=evolve(case.opportunity, **changes))


def restaged(case: fit.Case, which: int, **changes: Any) -> fit.Case:
    stages = list(case.opportunity.stages)
    which %= len(stages)
    stages[which] = evolve(stages[which], **changes)
    return changed(case, stages=stages)


def reweighted(case: fit.Case, term: str, weight: float) -> fit.Case:
    weights = evolve(case.candidate.weights, **{term: weight})
    return evolve(case, candidate=evolve(case.candidate, weights=weights))


def renumbered(case: fit.Case, **numbers: float) -> fit.Case:
    moved = {**case.assumptions.numbers, **numbers}
    return evolve(case, assumptions=evolve(case.assumptions, numbers=moved))


class TestTheSolver:
    @given(chain=fit.chains(), mean=fit.MEANS)
    def test_nobody_does_worse_than_leaving(self, chain: Chain, mean: float) -> None:
        """The value is the better of leaving and going on."""
        found = fit.solved(chain).evaluate([mean])

        assert found.value.item() == max(chain.exit[0], found.continuation_value.item())

    @given(chain=fit.chains(), mean=fit.MEANS, rise=st.floats(0.0, 60.0))
    def test_a_better_mean_is_worth_no_less_and_no_more_than_its_chance(
        self, chain: Chain, mean: float, rise: float
    ) -> None:
        """What is gained on the mean arrives only if one survives every step."""
        low, high = fit.solved(chain).evaluate([mean, mean + rise]).value
        slack = 1e-9 * fit.size(chain, abs(mean) + rise)

        assert -slack <= high - low <= rise * math.prod(chain.survive) + slack

    @given(
        chain=fit.chains(),
        mean=fit.MEANS,
        width=st.floats(0.0, 60.0),
        share=fit.CHANCES,
    )
    def test_the_value_is_convex_in_the_mean(
        self, chain: Chain, mean: float, width: float, share: float
    ) -> None:
        """To know which of two means it is can only help."""
        between = mean + share * width
        low, middle, high = (
            fit.solved(chain).evaluate([mean, between, mean + width]).value
        )
        slack = 1e-9 * fit.size(chain, abs(mean) + width)

        assert middle <= (1.0 - share) * low + share * high + slack

    @given(
        chain=fit.chains(),
        mean=fit.MEANS,
        part=st.sampled_from(("reward", "drift", "exit")),
        which=st.integers(0, 5),
        extra=st.floats(0.0, 20.0),
    )
    def test_a_better_step_or_a_better_way_out_never_hurts(
        self, chain: Chain, mean: float, part: str, which: int, extra: float
    ) -> None:
        """A way out of a later step is an option, and one need not take it."""
        numbers = list(getattr(chain, part))
        numbers[which % chain.steps] += extra
        better = replace(chain, **{part: tuple(numbers)})
        high, low = (
            fit.solved(one).evaluate([mean]).value.item() for one in (better, chain)
        )

        assert high >= low - 1e-9 * fit.size(better, mean)

    @given(
        chain=fit.chains(exits=st.floats(0.0, 5.0)),
        mean=fit.MEANS,
        which=st.integers(0, 5),
        share=fit.CHANCES,
    )
    def test_better_odds_never_hurt_where_leaving_costs_nothing(
        self, chain: Chain, mean: float, which: int, share: float
    ) -> None:
        """To be still in is worth at least the way out."""
        odds = list(chain.survive)
        odds[which % chain.steps] += share * (1.0 - odds[which % chain.steps])
        better = replace(chain, survive=tuple(odds))
        high, low = (
            fit.solved(one).evaluate([mean]).value.item() for one in (better, chain)
        )

        assert high >= low - 1e-9 * fit.size(chain, mean)

    def test_a_quarter_of_40_for_2_is_worth_8(self) -> None:
        chain = Chain((-2.0,), (0.25,), (0.0,), (0.0,), (0.0,))
        found = fit.solved(chain)

        assert found.evaluate([40.0]).value.item() == pytest.approx(8.0, rel=1e-15)
        assert found.thresholds.item() == pytest.approx(8.0, rel=1e-15)


class TestAnAssessment:
    @FEWER
    @given(case=fit.cases(), pay=fit.beliefs(), extra=st.floats(0.0, 50.0))
    def test_better_pay_never_hurts(
        self, case: fit.Case, pay: Belief, extra: float
    ) -> None:
        base, more = (
            changed(case, beliefs={**case.opportunity.beliefs, "pay": belief})
            for belief in (pay, evolve(pay, mean=pay.mean + extra))
        )

        assert_no_worse(more, base)

    @FEWER
    @given(
        case=fit.cases(fit.UNDERWAY),
        which=st.integers(0, 2),
        odds=st.tuples(fit.CHANCES, fit.CHANCES).map(sorted),
    )
    def test_better_odds_of_being_passed_on_never_hurt(
        self, case: fit.Case, which: int, odds: list[float]
    ) -> None:
        """One may still withdraw afterwards, which costs nothing."""
        low, high = (restaged(case, which, pass_rate=chance) for chance in odds)

        assert_no_worse(high, low)

    @FEWER
    @given(
        case=fit.cases(),
        term=st.sampled_from(BENEFITS),
        weights=st.tuples(fit.FACTORS, fit.FACTORS).map(sorted),
    )
    def test_to_care_more_for_a_benefit_never_hurts(
        self, case: fit.Case, term: str, weights: list[float]
    ) -> None:
        low, high = (reweighted(case, term, weight) for weight in weights)

        assert_no_worse(high, low)

    @FEWER
    @given(
        case=fit.cases(),
        term=st.sampled_from(COSTS),
        weights=st.tuples(fit.FACTORS, fit.FACTORS).map(sorted),
    )
    def test_to_care_more_for_a_cost_never_helps(
        self, case: fit.Case, term: str, weights: list[float]
    ) -> None:
        case = renumbered(case, courtesy=0.5)
        low, high = (reweighted(case, term, weight) for weight in weights)

        assert_no_worse(low, high)

    @FEWER
    @given(
        case=fit.cases(fit.UNDERWAY),
        which=st.integers(0, 2),
        what=st.sampled_from(("hours", "preparation")),
        hours=st.tuples(fit.HOURS, fit.HOURS).map(sorted),
    )
    def test_longer_stages_never_help(
        self, case: fit.Case, which: int, what: str, hours: list[float]
    ) -> None:
        short, long = (restaged(case, which, **{what: one}) for one in hours)

        assert_no_worse(short, long)

    @FEWER
    @given(
        case=fit.cases(fit.UNDERWAY),
        name=st.sampled_from(("bail_harm", "refusal")),
        harms=st.tuples(st.floats(0.0, 150.0), st.floats(0.0, 150.0)).map(sorted),
    )
    def test_more_harm_from_leaving_never_helps(
        self, case: fit.Case, name: str, harms: list[float]
    ) -> None:
        mild, harsh = (renumbered(case, **{name: harm}) for harm in harms)

        assert_no_worse(mild, harsh)

    @FEWER
    @given(case=fit.cases(), extra=st.floats(0.0, 40.0))
    def test_a_better_fallback_makes_any_opportunity_worth_less(
        self, case: fit.Case, extra: float
    ) -> None:
        """The value is what the opportunity adds to it."""
        spoilt = evolve(case.candidate, fallback=case.candidate.fallback + extra)

        assert_no_worse(case, evolve(case, candidate=spoilt))

    @FEWER
    @given(case=fit.cases(), option=st.sampled_from(("unresearched", "knows_someone")))
    def test_one_more_option_never_hurts(self, case: fit.Case, option: str) -> None:
        """To look it up first, or to name somebody better suited on leaving."""
        case = changed(case, researched=None)
        without, having = (changed(case, **{option: flag}) for flag in (False, True))

        assert_no_worse(having, without)

    @FEWER
    @given(
        case=fit.cases(st.just(Phase.BEFORE)),
        odds=st.tuples(fit.CHANCES, fit.CHANCES).map(sorted),
    )
    def test_an_invitation_that_waits_never_hurts(
        self, case: fit.Case, odds: list[float]
    ) -> None:
        """To let it lapse is no cheaper than to decline it, so waiting only adds."""
        news = (*case.opportunity.signals, Sign.MERGER_TALKS)
        low, high = (changed(case, signals=news, stays_open=chance) for chance in odds)

        assert_no_worse(high, low)

    def test_an_offer_3_percent_better_than_now_is_worth_108_hours(self) -> None:
        """One percent of pay is 36 hours."""
        job = Opportunity(
            name="Acme",
            stages=[Stage(kind="panel")],
            beliefs={name: Belief(mean=0, sd=5) for name in ASPECTS}
            | {"pay": Belief(mean=3, sd=5)},
            position=Position(phase=Phase.OFFERED),
            questions_asked=True,
        )
        found = assess(Candidate(), job)

        assert found.action is Action.ACCEPT_OFFER
        assert found.value == pytest.approx(108.0, rel=1e-15)
