"""What one will learn, and what learning is worth.

Before anything is seen, one expects to go on believing what one believes now; and
seeing more, or seeing it sooner, never hurts who is free to ignore it.
"""

import math
from dataclasses import replace
from itertools import accumulate

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given, settings, strategies as st

import strategies as fit
from compiled import posterior_of, process_of
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Reading,
    Stage,
    assess,
    corporate,
)
from interviewfit._model.numbers import Estimate
from interviewfit._model.parameters import PRIORS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.signals import shift_odds
from interviewfit._solver.solution import solve
from oracles import Chain

FEWER = settings(max_examples=settings().max_examples // 3)
NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(12)
BLANK_RESEARCH = {name: 0.0 for name in PRIORS if name.startswith("research.reveals")}


def posterior(belief: Belief, value: float, noise: float) -> Estimate[float]:
    job = Opportunity(
        name="Acme",
        stages=corporate(),
        beliefs={"pay": belief},
        signals=[Reading(aspect="pay", value=value, noise=noise)],
    )
    return posterior_of(Candidate(), job, Assumptions()).beliefs["pay"]


def value(chain: Chain, mean: float) -> float:
    return fit.solved(chain).evaluate([mean]).value.item()


def assert_no_worse(better: fit.Case, worse: fit.Case) -> None:
    high, low = better.assess(), worse.assess()

    assert high.value >= low.value - 1e-9 * max(better.stakes(high), worse.stakes(low))


# A belief as of now is evidence; from before it is what readings take the place of.
AS_OF_NOW = st.builds(Belief, mean=fit.PERCENTS, sd=fit.SPREADS)


class TestBeliefs:
    @given(belief=AS_OF_NOW, noise=st.floats(0.1, 60.0))
    def test_are_a_martingale(self, belief: Belief, noise: float) -> None:
        """Over what the reading may say, the mean of the new mean is the old mean; and
        what uncertainty is lost, the new mean has gained (the law of total variance).
        Of both what counts is widened, up to what is unknown of the pay anyway.
        """
        sd = min(2.0 * belief.sd, 10.0)
        readings = belief.mean + math.hypot(sd, 2.0 * noise) * NODES
        found = [posterior(belief, reading, noise) for reading in readings]
        means = np.array([one.mean for one in found])
        weights = NODE_WEIGHTS / NODE_WEIGHTS.sum()
        unit = abs(belief.mean) + math.hypot(sd, 2.0 * noise)
        mean = float(weights @ means)

        assert mean == pytest.approx(belief.mean, rel=0.0, abs=1e-12 * unit)
        assert weights @ (means - mean) ** 2 + found[0].sd ** 2 == pytest.approx(
            sd * sd, rel=1e-9, abs=1e-12 * unit * unit
        )

    @given(
        chance=fit.CHANCES,
        if_so=st.floats(0.001, 0.999),
        if_not=st.floats(0.001, 0.999),
    )
    def test_in_events_are_a_martingale(
        self, chance: float, if_so: float, if_not: float
    ) -> None:
        """Seeing a clue and not seeing it, each as often as it happens."""
        seen = chance * if_so + (1.0 - chance) * if_not
        after = seen * shift_odds(chance, if_so / if_not) + (1.0 - seen) * shift_odds(
            chance, (1.0 - if_so) / (1.0 - if_not)
        )

        assert after == pytest.approx(chance, rel=0.0, abs=1e-12)

    @given(belief=AS_OF_NOW, value=fit.PERCENTS, noise=st.floats(0.1, 60.0))
    def test_end_between_what_was_thought_and_what_was_read(
        self, belief: Belief, value: float, noise: float
    ) -> None:
        found = posterior(belief, value, noise)
        low, high = sorted((belief.mean, value))
        slack = 1e-12 * (abs(low) + abs(high))

        assert low - slack <= found.mean <= high + slack
        assert found.sd <= 2.0 * min(belief.sd, noise) * (1.0 + 1e-12)

    def test_meet_half_way_where_both_are_as_sure(self) -> None:
        """Both are widened to 10."""
        found = posterior(Belief(mean=0, sd=5), value=8.0, noise=5.0)

        assert found.mean == pytest.approx(4.0, rel=1e-15)
        assert found.sd == pytest.approx(math.sqrt(50.0), rel=1e-15)


class TestTheSolver:
    @given(
        chain=fit.chains(),
        mean=fit.MEANS,
        which=st.integers(0, 5),
        more=st.floats(0.0, 30.0),
    )
    def test_to_see_more_never_hurts(
        self, chain: Chain, mean: float, which: int, more: float
    ) -> None:
        reveal = list(chain.reveal)
        reveal[which % chain.steps] += more
        clear = replace(chain, reveal=tuple(reveal))

        assert value(clear, mean) >= value(chain, mean) - 1e-9 * fit.size(clear, mean)

    @given(
        chain=fit.chains(fewest=2),
        mean=fit.MEANS,
        which=st.integers(0, 4),
        share=fit.CHANCES,
    )
    def test_to_see_it_sooner_never_hurts(
        self, chain: Chain, mean: float, which: int, share: float
    ) -> None:
        """A share of one step's news comes at the step before it."""
        which %= chain.steps - 1
        reveal = list(chain.reveal)
        early, late = reveal[which : which + 2]
        reveal[which] = math.hypot(early, math.sqrt(share) * late)
        reveal[which + 1] = math.sqrt(1.0 - share) * late
        sooner = replace(chain, reveal=tuple(reveal))

        assert value(sooner, mean) >= value(chain, mean) - 1e-9 * fit.size(chain, mean)

    def test_a_free_look_at_an_even_job_is_worth_a_bell_height(self) -> None:
        """E[max(0, 10 Z)] = 10 / sqrt(2 pi)."""
        chain = Chain((0.0,), (1.0,), (0.0,), (10.0,), (0.0,))

        assert value(chain, 0.0) == pytest.approx(3.989422804014327, rel=1e-12)


class TestAnAssessment:
    @FEWER
    @given(
        case=fit.cases(fit.UNDERWAY),
        which=st.integers(0, 2),
        aspect=fit.ASPECT_NAMES,
        shares=st.tuples(fit.CHANCES, fit.CHANCES).map(sorted),
    )
    def test_a_stage_that_shows_more_never_hurts(
        self, case: fit.Case, which: int, aspect: str, shares: list[float]
    ) -> None:
        """Whether or not later stages then find less: all is known sooner.

        A stage that is over has shown it already, and leaves less to find.
        """
        position = case.opportunity.position
        behind = position.stage + (position.phase is Phase.MIDWAY)
        assume(which % len(case.opportunity.stages) >= behind)
        less, more = (shown(case, which, {aspect: share}) for share in shares)

        assert_no_worse(more, less)

    @FEWER
    @given(
        case=fit.cases(fit.UNDERWAY),
        aspect=fit.ASPECT_NAMES,
        cuts=st.lists(fit.CHANCES, min_size=4, max_size=4).map(sorted),
        which=st.integers(0, 2),
    )
    def test_nor_where_later_stages_find_as_much_as_before(
        self, case: fit.Case, aspect: str, cuts: list[float], which: int
    ) -> None:
        """The shares of all there is to know of an aspect, as the stages add up.

        A stage that is over has shown it already, and leaves less to find.
        """
        stages, position = case.opportunity.stages, case.opportunity.position
        which %= len(stages)
        assume(which >= position.stage + (position.phase is Phase.MIDWAY))
        found = [b - a for a, b in zip((0.0, *cuts), cuts, strict=False)]
        ahead = found[: len(stages)]
        spare = found[len(stages)]
        more = [*ahead[:which], ahead[which] + spare, *ahead[which + 1 :]]
        poor, rich = (in_shares(case, aspect, each) for each in (ahead, more))

        assert_no_worse(rich, poor)

    @FEWER
    @given(case=fit.cases(fit.UNDERWAY))
    def test_information_is_what_the_answer_loses_if_nothing_is_shown(
        self, case: fit.Case
    ) -> None:
        """The same steps, solved with every reveal at 0, where there is nothing to wait
        for or to look up. Never below 0.
        """
        case = evolve(
            case,
            candidate=evolve(case.candidate, learned=()),
            opportunity=evolve(case.opportunity, unresearched=False, signals=()),
        )
        found = case.assess()
        who, job, numbers = case.candidate, case.opportunity, case.assumptions
        process = process_of(who, job, numbers)
        steps = process.steps
        blind = solve(
            [one.reward for one in steps],
            [one.survive for one in steps],
            [one.drift for one in steps],
            [0.0 for _ in steps],
            [one.exit for one in steps],
        ).evaluate([process.mean_hours])

        assert found.information_value >= 0.0
        assert found.information_value == pytest.approx(
            found.value - blind.value.item(), rel=0.0, abs=1e-9 * case.stakes(found)
        )

    @FEWER
    @given(case=fit.cases(st.just(Phase.BEFORE)), dear=st.booleans())
    def test_to_look_up_what_tells_nothing_is_worth_nothing(
        self, case: fit.Case, dear: bool
    ) -> None:
        """Desk research does not avoid the cost of declining, where there is one."""
        numbers = {**case.assumptions.numbers, **BLANK_RESEARCH}
        case = evolve(case, assumptions=Assumptions(numbers=numbers))
        without, having = (
            evolve(
                case,
                opportunity=evolve(
                    case.opportunity,
                    unresearched=flag,
                    researched=None,
                    via_recruiter=dear,
                ),
            )
            for flag in (False, True)
        )

        assert_no_worse(without, having)

    def test_to_wait_for_news_on_an_even_offer_is_worth_the_better_half(self) -> None:
        """News of 10 percent of pay, 360 h: half a chance that it waits, times
        360 / sqrt(2 pi); less the tenth of an hour that asking takes.
        """
        job = Opportunity(
            name="Acme",
            stages=[Stage(kind="panel")],
            beliefs={name: Belief(mean=0, sd=0) for name in ASPECTS},
            signals=[Reading(aspect="pay", value=0, noise=1, unsettled=10)],
            stays_open=0.5,
            position=Position(phase=Phase.OFFERED),
        )
        found = assess(Candidate(), job)

        assert found.action is Action.POSTPONE
        expected = 180.0 / math.sqrt(2.0 * math.pi) - 0.1
        assert found.value == pytest.approx(expected, rel=1e-12)
        assert found.information_value == pytest.approx(found.value, rel=1e-12)


def shown(case: fit.Case, which: int, shares: dict[str, float]) -> fit.Case:
    stages = list(case.opportunity.stages)
    one = stages[which % len(stages)]
    stages[which % len(stages)] = evolve(one, reveals={**one.reveals, **shares})
    return evolve(case, opportunity=evolve(case.opportunity, stages=stages))


def in_shares(case: fit.Case, aspect: str, absolute: list[float]) -> fit.Case:
    """The case with stages that show these shares of all there is to know at first."""
    for which, (share, before) in enumerate(
        zip(absolute, accumulate(absolute, initial=0.0), strict=False)
    ):
        left = 1.0 - before
        case = shown(case, which, {aspect: min(1.0, share / left) if left > 0 else 0.0})
    return case
