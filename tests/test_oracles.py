"""The references agree with one another wherever two of them apply."""

import math
from dataclasses import replace

import mpmath
import numpy as np
import pytest

from bracket_oracle import convex_bracket
from grid_oracle import grid_programme
from oracles import (
    Chain,
    Programme,
    Solution,
    belief_tree,
    monte_carlo,
    nested_quadrature,
    one_step,
    random_chain,
    starting_means,
)

REGIMES = ("ordinary", "wild")


def chains(seed: int, steps: tuple[int, ...], regime: str) -> list[tuple[Chain, float]]:
    """A chain for each number of *steps*, and a mean to start from."""
    rng = np.random.default_rng(seed)
    found = [random_chain(rng, k, regime) for k in steps]
    return [(chain, float(rng.normal()) * (chain.scale or 1)) for chain in found]


def assert_same(
    chain: Chain, one: Solution | Programme, other: Solution | Programme, within: float
) -> None:
    """Values and thresholds differ by at most *within* of the scale or size."""
    unit = chain.scale or 1.0
    assert one.value == pytest.approx(other.value, rel=within, abs=within * unit)
    assert one.thresholds == pytest.approx(
        other.thresholds, rel=within, abs=within * unit
    )


class TestOneStep:
    def test_a_toss_up_costs_half_a_bell_height(self) -> None:
        """At m = 0 an offer is worth 1 / sqrt(2 pi): at probability 1/2, half of it."""
        cost = 0.5 / math.sqrt(2 * math.pi)
        chain = Chain((-cost,), (0.5,), (0.0,), (1.0,), (0.0,))

        value, threshold, accept = one_step(chain, 1e-9)

        assert threshold == pytest.approx(0, abs=1e-16)
        assert value == pytest.approx(0.25e-9, rel=1e-6)
        assert accept == pytest.approx(0.25, rel=1e-6)

    @pytest.mark.parametrize("cost", [1e-3, 1e-30, 1e-250])
    def test_a_small_cost_keeps_its_digits(self, cost: float) -> None:
        """The threshold is far to the left, where the rise is as small as the cost."""
        chain = Chain((-cost,), (0.7,), (0.1,), (1.3,), (0.0,))
        exact = pytest.approx(one_step(chain, 0.5)[1:2], rel=1e-14)

        assert nested_quadrature(chain, 0.5).thresholds == exact
        assert grid_programme(chain, 0.5).thresholds == exact
        assert convex_bracket(chain, 0.5)[0].thresholds == exact


class TestEdges:
    @pytest.mark.parametrize(
        ("chain", "thresholds"),
        [
            # Nobody passes the last step: going on is worth its reward.
            (Chain((-1, 0), (0.5, 0), (0, 0.5), (1, 1), (0, 0)), (math.inf, math.inf)),
            (Chain((-1, 9), (0.5, 0), (0, 0), (1, 1), (0, 0)), (-math.inf, -math.inf)),
            # Nothing is revealed: m - 1 > 0 twice over, and a tie on the left.
            (Chain((-1, -1), (1, 1), (0, 0), (0, 0), (0, 0)), (2, 1)),
            (Chain((0,), (1,), (-3,), (0,), (0,)), (3,)),
            (Chain((0, -1), (1, 0.5), (0, 0.5), (0, 0), (0, 0)), (1.5, 1.5)),
            # A step that costs nothing and may reveal something is always worth it.
            (Chain((0,), (0.5,), (-3,), (1,), (0,)), (-math.inf,)),
        ],
    )
    def test_thresholds_at_the_ends(
        self, chain: Chain, thresholds: tuple[float, ...]
    ) -> None:
        below, above = convex_bracket(chain, 0.7)

        assert nested_quadrature(chain, 0.7).thresholds == pytest.approx(thresholds)
        assert grid_programme(chain, 0.7).thresholds == pytest.approx(thresholds)
        assert below.thresholds == pytest.approx(thresholds)
        assert above.thresholds == pytest.approx(thresholds)


class TestNestedQuadrature:
    @pytest.mark.parametrize("regime", REGIMES)
    def test_one_step_is_the_closed_form(self, regime: str) -> None:
        for chain, m in chains(1, (1,) * 12, regime):
            value, threshold, _ = one_step(chain, m)
            exact = Solution(value, (threshold,))

            assert_same(chain, nested_quadrature(chain, m), exact, 1e-14)
            assert_same(chain, grid_programme(chain, m), exact, 1e-12)

    def test_two_steps_to_25_digits(self) -> None:
        """Against mpmath's own quadrature, with reveals that differ a thousandfold."""
        chain = Chain((-0.3, -1e-4), (0.6, 0.8), (0.5, -0.2), (2.0, 2e-3), (-0.1, 0.0))
        last = Chain(*(row[1:] for row in vars(chain).values()))
        found = nested_quadrature(chain, 0.4)
        kink = found.thresholds[1]

        def integrand(y: mpmath.mpf) -> mpmath.mpf:
            z = (y - 0.2) / mpmath.mpf(2e-3)
            go_on = mpmath.mpf(2e-3) * (mpmath.npdf(z) + z * mpmath.ncdf(z))
            return (0.8 * go_on - mpmath.mpf(1e-4)) * mpmath.npdf(y, 0.9, 2)

        with mpmath.workdps(25):
            cuts = [kink, *(0.2 + 2e-3 * n for n in range(1, 9)), 1, 3, 5, 10, 20, 30]
            whole = mpmath.quad(integrand, cuts)

        assert kink == pytest.approx(one_step(last, 0.0)[1], abs=1e-15)
        assert found.value == pytest.approx(float(-0.3 + 0.6 * whole), abs=1e-14)

    @pytest.mark.parametrize("regime", REGIMES)
    def test_agrees_with_the_grid(self, regime: str) -> None:
        for chain, m in chains(2, (2,) * 10 + (3,) * 6, regime):
            exact = nested_quadrature(chain, m)

            assert_same(chain, grid_programme(chain, m), exact, 1e-11)


class TestGridProgramme:
    @pytest.mark.parametrize("seed", range(4))
    def test_steps_that_nobody_leaves_merge(self, seed: int) -> None:
        """With only two exits, twelve steps of any reveals act as two."""
        rng = np.random.default_rng(seed)
        steps, stop = 12, int(rng.integers(1, 12))
        reveal = 10 ** rng.uniform(-6, 3, steps)
        survive, drift = rng.uniform(0.5, 1, steps), rng.normal(0, 50, steps)
        reward, leave = np.zeros(steps), np.full(steps, -1e6)
        reward[[0, stop]], leave[[0, stop]] = -1e-3 * rng.random(2), 0
        rows = (reward, survive, drift, reveal, leave)
        long = Chain(*(tuple(map(float, row)) for row in rows))
        r, p, d, s, e = ((row[:stop], row[stop:]) for row in rows)
        short = Chain(
            tuple(float(x.sum()) for x in r),
            tuple(float(x.prod()) for x in p),
            tuple(float(x.sum()) for x in d),
            tuple(math.hypot(*x) for x in s),
            tuple(float(x.max()) for x in e),
        )
        m = float(rng.normal() * long.scale)

        whole, merged = grid_programme(long, m), nested_quadrature(short, m)

        pair = whole.thresholds[0], whole.thresholds[stop]
        assert_same(long, whole._replace(thresholds=pair), merged, 1e-11)
        assert sum(map(math.isfinite, whole.thresholds)) == 2

    @pytest.mark.parametrize("regime", REGIMES)
    def test_lies_in_the_bracket(self, regime: str) -> None:
        for chain, m in chains(3, (4, 6, 8, 12, 24), regime):
            found = grid_programme(chain, m)
            below, above = convex_bracket(chain, m, nodes=40)
            slack = 1e-11 * max(chain.scale, abs(found.value))

            assert below.value - slack <= found.value <= above.value + slack
            for k, threshold in enumerate(found.thresholds):
                slack = 1e-11 * max(chain.scale, abs(threshold))
                slack = slack if math.isfinite(threshold) else 0.0
                assert above.thresholds[k] - slack <= threshold
                assert threshold <= below.thresholds[k] + slack

    def test_error_estimates_cover_the_difference(self) -> None:
        for chain, m in chains(4, (2, 2, 2, 3), "ordinary"):
            found, exact = grid_programme(chain, m), nested_quadrature(chain, m)

            assert abs(found.value - exact.value) <= found.error + 1e-15 * chain.scale
            assert max(found.threshold_errors) < 1e-10 * chain.scale
            assert found.error < 1e-11 * chain.scale

    def test_the_slope_is_how_a_threshold_follows_its_exit(self) -> None:
        ((chain, m),) = chains(5, (5,), "ordinary")
        found, step = grid_programme(chain, m), 1e-6 * chain.scale
        dearer = replace(chain, exit=(chain.exit[0] + step, *chain.exit[1:]))

        moved = grid_programme(dearer, m).thresholds[0] - found.thresholds[0]

        assert moved == pytest.approx(step / found.slopes[0], rel=1e-4)

    @pytest.mark.parametrize("regime", REGIMES)
    def test_far_away_it_is_a_line_or_an_exit(self, regime: str) -> None:
        for chain, _ in chains(6, (3, 7), regime):
            far = max(starting_means(chain, grid_programme(chain, 0.0).thresholds))
            most, least = grid_programme(chain, far), grid_programme(chain, -far)
            chance = math.prod(chain.survive)

            assert most.value == pytest.approx(chance * far, rel=1e-3)
            assert least.value == chain.floors_and_gaps()[0][0]


class TestBeliefTree:
    @pytest.mark.parametrize("regime", REGIMES)
    def test_climbs_towards_the_value(self, regime: str) -> None:
        """More branches never lower the value, and none exceed the true one."""
        for chain, m in chains(7, (2, 3, 3), regime):
            few, some, many = (belief_tree(chain, m, 4 * 4**n) for n in range(3))
            value, slack = grid_programme(chain, m).value, 1e-12 * chain.scale

            assert few <= some + slack
            assert some <= many + slack
            assert many <= value + slack
            assert many == pytest.approx(value, abs=0.01 * chain.scale)


class TestMonteCarlo:
    @pytest.mark.parametrize("regime", REGIMES)
    def test_play_earns_the_value(self, regime: str) -> None:
        """And what is earned is what was taken, left and offered."""
        for chain, m in chains(8, (3, 6, 12), regime):
            found = grid_programme(chain, m)
            rng = np.random.default_rng(9)
            mean, error = monte_carlo(chain, m, found.thresholds, 100_000, rng)
            parts = mean.take @ chain.reward + mean.leave @ chain.exit + mean.offer

            assert mean.value == pytest.approx(found.value, abs=4 * error.value + 1e-12)
            assert mean.value == pytest.approx(parts, rel=1e-9, abs=1e-9 * chain.scale)

    def test_acceptance_is_the_slope_of_the_value(self) -> None:
        chain = Chain((-0.1, -0.2), (0.8, 0.6), (0.1, 0.0), (1.0, 0.7), (0.0, -0.1))
        found, step = grid_programme(chain, 0.5), 1e-4
        rise = grid_programme(chain, 0.5 + step).value - found.value
        rng = np.random.default_rng(10)

        mean, error = monte_carlo(chain, 0.5, found.thresholds, 100_000, rng)

        assert mean.accept == pytest.approx(rise / step, abs=4 * error.accept)


def test_the_regimes_are_what_they_say() -> None:
    rng = np.random.default_rng(11)
    calm = [random_chain(rng, 8, "ordinary") for _ in range(50)]
    wild = [random_chain(rng, 8, "wild") for _ in range(200)]

    assert all(max(c.reveal) <= 5 * min(c.reveal) and max(c.reward) < 0 for c in calm)
    assert any(max(c.reveal) > 1e8 * min(filter(None, c.reveal)) for c in wild)
    for row, signs in (
        ("survive", {0, 1}),
        ("reveal", {0, 1}),
        ("drift", {-1, 0, 1}),
        ("reward", {-1, 0, 1}),
        ("exit", {-1, 0, 1}),
    ):
        assert {float(np.sign(x)) for c in wild for x in getattr(c, row)} == signs
    assert any(1 in c.survive for c in wild)
    with pytest.raises(ValueError, match="no such regime: 'calm'"):
        random_chain(rng, 2, "calm")
