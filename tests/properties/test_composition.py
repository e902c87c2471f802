"""A chain of steps is the sum of its parts, and can be cut where one likes."""

import math
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, strategies as st

import strategies as fit
from oracles import Chain

NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(24)


def with_link(chain: Chain, place: int, *link: float) -> Chain:
    """The chain with one more step, (reward, survive, drift, reveal, exit)."""
    links = list(zip(*astuple(chain), strict=True))
    links.insert(place, link)
    return Chain(*zip(*links, strict=True))


class TestTheSolver:
    @given(chain=fit.chains(), mean=fit.MEANS)
    def test_what_is_taken_left_and_offered_adds_up(
        self, chain: Chain, mean: float
    ) -> None:
        found = fit.solved(chain).evaluate([mean])
        parts = (
            found.take_probability[0] @ chain.reward
            + found.leave_probability[0] @ chain.exit
        )

        assert found.continuation_value.item() == pytest.approx(
            parts + found.offer_value.item(), rel=0.0, abs=1e-9 * fit.size(chain, mean)
        )

    @given(chain=fit.chains(), mean=fit.MEANS)
    def test_everybody_still_in_goes_on_or_leaves(
        self, chain: Chain, mean: float
    ) -> None:
        """And who is in at the end accepts or declines; so all chances are chances."""
        found = fit.solved(chain).evaluate([mean])
        take, leave, accept = (
            found.take_probability[0],
            found.leave_probability[0],
            found.accept_probability.item(),
        )
        alive = take * chain.survive

        assert (take[0], leave[0]) == (1.0, 0.0)
        assert take[1:] + leave[1:] == pytest.approx(alive[:-1], rel=0.0, abs=1e-9)
        assert min(*take, *leave, accept) >= -1e-9
        assert accept <= alive[-1] + 1e-9

    @given(chain=fit.chains(reveals=st.floats(1.0, 30.0)), mean=fit.MEANS)
    def test_acceptance_is_the_slope_of_going_on(
        self, chain: Chain, mean: float
    ) -> None:
        """A central difference is the mean of the slope between, which is smooth there:
        24 nodes take it exactly.
        """
        step = 0.5 * chain.reveal[0]
        solution = fit.solved(chain)
        ends = solution.evaluate([mean - step, mean + step]).continuation_value
        between = solution.evaluate(mean + step * NODES).accept_probability

        assert ends[1] - ends[0] == pytest.approx(
            step * float(NODE_WEIGHTS @ between),
            rel=0.0,
            abs=1e-9 * fit.size(chain, mean),
        )

    @given(chain=fit.chains(), mean=fit.MEANS)
    def test_the_threshold_is_where_going_on_begins_to_pay(
        self, chain: Chain, mean: float
    ) -> None:
        """At the threshold it is worth as much as leaving, on its right more, on its
        left less; without one it is worth more, or less, everywhere.
        """
        solution = fit.solved(chain)
        at = solution.thresholds[0, 0].item()
        going, slack = (
            solution.evaluate([mean]).continuation_value,
            1e-9 * fit.size(chain, mean),
        )

        if mean > at:
            assert going >= chain.exit[0] - slack
        else:
            assert going <= chain.exit[0] + slack
        if math.isfinite(at) and chain.reveal[0] > 0.0:
            assert solution.evaluate([at]).continuation_value.item() == pytest.approx(
                chain.exit[0], rel=0.0, abs=1e-9 * fit.size(chain, at)
            )

    @given(chain=fit.chains(), mean=fit.MEANS, place=st.integers(0, 6))
    def test_a_step_of_nothing_changes_nothing(
        self, chain: Chain, mean: float, place: int
    ) -> None:
        """Free, certain and silent, with the way out one has a step later anyway."""
        place %= chain.steps + 1
        way_out = chain.exit[place] if place < chain.steps else 0.0
        longer = with_link(chain, place, 0.0, 1.0, 0.0, 0.0, way_out)
        base, found = (fit.solved(one).evaluate([mean]) for one in (chain, longer))

        assert found.value == pytest.approx(
            base.value, rel=0.0, abs=1e-9 * fit.size(chain, mean)
        )

    @given(
        chain=fit.chains(),
        mean=fit.MEANS,
        place=st.integers(0, 5),
        share=fit.CHANCES,
    )
    def test_news_in_two_parts_is_the_news(
        self, chain: Chain, mean: float, place: int, share: float
    ) -> None:
        """Where nobody would leave between them, variances add."""
        place %= chain.steps
        reward, survive, drift, reveal, way_out = (
            part[place] for part in astuple(chain)
        )
        first, second = math.sqrt(share) * reveal, math.sqrt(1.0 - share) * reveal
        shorter = with_link(chain, place, reward, 1.0, drift, first, way_out)
        links = list(zip(*astuple(shorter), strict=True))
        links[place + 1] = (0.0, survive, 0.0, second, -1e3)
        split = Chain(*zip(*links, strict=True))
        base, found = (fit.solved(one).evaluate([mean]) for one in (chain, split))
        slack = 1e-9 * fit.size(chain, mean)

        assert found.value == pytest.approx(base.value, rel=0.0, abs=slack)
        assert found.offer_value == pytest.approx(base.offer_value, rel=0.0, abs=slack)

    def test_half_may_go_on_and_half_of_those_are_offered_8(self) -> None:
        """0.5 x (-1 + 0.5 x 8) - 1 = 0.5."""
        chain = Chain((-1.0, -1.0), (0.5, 0.5), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0))
        found = fit.solved(chain).evaluate([8.0])

        assert found.value.item() == pytest.approx(0.5, rel=1e-15)
        assert found.take_probability[0].tolist() == [1.0, 0.5]
        assert (found.accept_probability.item(), found.offer_value.item()) == (
            0.25,
            2.0,
        )
