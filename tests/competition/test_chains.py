"""One process as numbers, and as somebody else would have it, by hand."""

from math import inf, log

import numpy as np
import pytest
from attrs import evolve

from cases import process, step
from interviewfit import Phase, Term
from interviewfit._competition.chains import (
    ChainParameters,
    shift_log_odds,
    solve_steps,
)
from interviewfit._process.compilation import Process
from interviewfit._solver.solution import solve

STEPS = (
    step(2.0, 1.0, {Term.REFERRAL: 1.0}, Phase.BEFORE),
    step(4.0, 0.5, {Term.BAIL: -3.0}, Phase.MIDWAY),
    step(1.0, 1.0, {}, Phase.BEFORE),
    step(1.5, 0.25, {Term.BAIL: -1.0}, Phase.MIDWAY),
)
# Every step reveals something, so every threshold is a number.
BLURRED = tuple(
    evolve(one, reveal=10.0 + k, drift=0.5 * k, practice_log_odds=0.2 * k)
    for k, one in enumerate(STEPS)
)
ACME: Process[float] = evolve(process(*BLURRED), mean=0.5)
CHAIN = ChainParameters.of(ACME)


def thresholds(chain: ChainParameters[float]) -> list[float]:
    found: list[float] = solve(*chain.steps).thresholds[0].tolist()
    return found


class TestChain:
    def test_is_the_numbers_of_a_process(self) -> None:
        assert CHAIN.mean == 18.0
        assert CHAIN.reward == (-2.0, -4.0, -1.0, -1.5)
        assert CHAIN.survive == (1.0, 0.5, 1.0, 0.25)
        assert CHAIN.drift == (0.0, 0.5, 1.0, 1.5)
        assert CHAIN.reveal == (10.0, 11.0, 12.0, 13.0)
        assert CHAIN.exit == (1.0, -3.0, 0.0, -1.0)

    def test_nobody_may_remember_who_drops_out(self) -> None:
        """Of a stage to come; who declines or walks out is remembered."""
        minded = evolve(CHAIN, exit=(-2.0, -3.0, -1.0, -4.0))

        assert minded.free_to_drop_out(STEPS).exit == (-2.0, -3.0, 0.0, -4.0)
        assert CHAIN.free_to_drop_out(STEPS).exit == CHAIN.exit

    def test_an_hour_may_cost_more(self) -> None:
        dear = ChainParameters.of(ACME, 0.5)

        assert dear.reward == (-3.0, -6.0, -1.5, -2.25)
        assert evolve(dear, reward=CHAIN.reward).exit == CHAIN.exit
        assert ChainParameters.of_steps(18.0, BLURRED, 0.5).reward == dear.reward
        assert ChainParameters.of_steps(7.0, BLURRED).mean == 7.0
        assert ChainParameters.of_steps(7.0, BLURRED).reward == CHAIN.reward


class TestSolved:
    def test_steps_and_lanes_are_the_same_chain(self) -> None:
        alone = solve_steps(BLURRED)

        assert alone.thresholds.tolist() == [thresholds(CHAIN)]
        # Where the mean stands does not matter.
        assert thresholds(evolve(CHAIN, mean=-500.0)) == thresholds(CHAIN)

    def test_columns_are_rows(self) -> None:
        times = np.array([1.0, 2.0, 3.0])
        first = evolve(BLURRED[0], reward_terms={Term.TIME: -times})  # type: ignore[dict-item]  # a column for a number

        found = solve_steps((first, *BLURRED[1:]), 3)

        assert found.thresholds.shape == (3, 4)
        for row, time in enumerate(times.tolist()):
            own = evolve(CHAIN, reward=(-time, *CHAIN.reward[1:]))
            assert found.thresholds[row].tolist() == pytest.approx(thresholds(own))

    def test_one_column_of_one_is_for_all_rows(self) -> None:
        one = np.array([2.0])
        first = evolve(BLURRED[0], reward_terms={Term.TIME: -one})  # type: ignore[dict-item]  # a column for a number

        found = solve_steps((first, *BLURRED[1:]), 2)

        assert found.thresholds[1].tolist() == pytest.approx(thresholds(CHAIN))


class TestSkill:
    @pytest.mark.parametrize(
        ("chance", "skill", "expected"),
        [
            (0.5, log(3), 0.75),
            (0.25, log(3), 0.5),
            (0.25, 0.0, 0.25),
            (0.0, 9.0, 0.0),
            (1.0, 9.0, 1.0),
            (1.0, 800.0, 1.0),
            # A rounding error above 1 is left as it is.
            (1.5, 9.0, 1.5),
            (1e-300, log(2), 2e-300),
            (0.5, 800.0, 1.0),
        ],
    )
    def test_adds_to_the_log_odds(
        self, chance: float, skill: float, expected: float
    ) -> None:
        assert shift_log_odds(chance, skill) == pytest.approx(expected, rel=1e-12)

    def test_passes_rounds_and_nothing_else(self) -> None:
        """To begin a round is nobody's favour, so there is nothing to be better at."""
        unsure = tuple(evolve(one, survive=0.5) for one in BLURRED)
        chain = ChainParameters.of_steps(18.0, unsure)

        found = chain.with_skill(unsure, log(3))

        assert found.survive == pytest.approx((0.5, 0.75, 0.5, 0.75))
        assert (found.mean, found.reward, found.drift, found.reveal, found.exit) == (
            *(chain.mean, chain.reward, chain.drift, chain.reveal, chain.exit),
        )


class TestForced:
    def test_who_never_walks_out_stays_whatever_the_mean(self) -> None:
        plain, found = thresholds(CHAIN), CHAIN.committed_to([1, 3])

        assert thresholds(found)[1::2] == [-inf, -inf]
        assert found.exit[::2] == CHAIN.exit[::2]
        assert max(found.exit[1::2]) < -8.5 - 5.0
        assert all(np.isfinite(plain))

    @pytest.mark.parametrize("stop", [0, 1, 3, 4])
    def test_who_goes_through_leaves_only_after(self, stop: int) -> None:
        found = thresholds(CHAIN.committed_to(range(stop)))

        assert found[:stop] == [-inf] * stop
        assert found[stop:] == thresholds(CHAIN)[stop:]

    @pytest.mark.parametrize("exit_", [5.0, 0.0, -7.0, 1e17])
    def test_who_drops_it_leaves_for_what_leaving_is_worth(self, exit_: float) -> None:
        chain = evolve(CHAIN, exit=(exit_, 100.0, *CHAIN.exit[2:]))

        found = chain.exit_now()

        assert thresholds(found)[0] == inf
        assert solve(*found.steps).evaluate([1e4]).value.tolist() == [exit_]
        assert found.exit == chain.exit
        assert found.reward[1:] == chain.reward[1:]
        assert found.survive[1:] == chain.survive[1:]
