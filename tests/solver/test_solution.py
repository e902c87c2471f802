"""The solver against independent answers, in every regime.

The bar is 1e-8 of the total reveal scale, for every threshold, value and term.
"""

import math

import numpy as np
import pytest

from effort import as_many
from grid_oracle import grid_programme
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution, solve
from oracles import (
    Chain,
    belief_tree,
    monte_carlo,
    nested_quadrature,
    one_step,
    random_chain,
    starting_means,
)

BAR = 1e-8
PLAYS = 200_000
LOTS = [(regime, lot) for regime in ("ordinary", "wild") for lot in range(10)]


def solved(chain: Chain) -> Solution:
    return solve(chain.reward, chain.survive, chain.drift, chain.reveal, chain.exit)


def gap(one: float, other: float) -> float:
    """Distance, also between infinities."""
    return 0.0 if one == other else abs(one - other)


def total(chain: Chain, found: OutcomeMoments) -> float:
    parts = (
        *(found.take_probability[0] * chain.reward),
        *(found.leave_probability[0] * chain.exit),
        found.offer_value[0],
    )
    return math.fsum(parts)


def ordinary(steps: int, seed: int = 7) -> Chain:
    return random_chain(np.random.default_rng(seed), steps, "ordinary")


class TestTwoThousandChains:
    @pytest.mark.parametrize(("regime", "lot"), LOTS)
    def test_within_the_bar(self, regime: str, lot: int) -> None:
        """A hundred chains a lot, 1 to 12 steps, against adaptive panels.

        The first twenty of them in the ordinary run.
        """
        rng = np.random.default_rng([lot, regime == "wild"])
        for _ in range(as_many(20, 100)):
            chain = random_chain(rng, int(rng.integers(1, 13)), regime)
            solution = solved(chain)
            allowed = BAR * chain.scale
            thresholds = tuple(solution.thresholds[0])
            truth = grid_programme(chain, 0.0)
            for mine, theirs in zip(thresholds, truth.thresholds, strict=True):
                assert gap(mine, theirs) <= allowed, chain
            for mean in starting_means(chain, thresholds)[:3]:
                truth = grid_programme(chain, mean)
                found = solution.evaluate([mean])

                assert gap(found.value[0], truth.value) <= allowed, (chain, mean)
                size = math.fsum(map(abs, (*chain.reward, *chain.exit, mean)))
                off = abs(total(chain, found) - found.continuation_value[0])
                assert off <= allowed + 1e-14 * size, (chain, mean)


class TestOneStep:
    @pytest.mark.parametrize("cost", [1e-9, 1e-3, 0.1, 0.4, 3.0, 50.0])
    @pytest.mark.parametrize("survive", [0.01, 0.5, 1.0])
    def test_closed_form(self, cost: float, survive: float) -> None:
        chain = Chain((-cost,), (survive,), (0.2,), (1.0,), (0.0,))
        solution = solved(chain)

        for mean in (-3.0, 0.0, 0.7, 40.0):
            value, threshold, accept = one_step(chain, mean)
            found = solution.evaluate([mean])
            assert found.value[0] == pytest.approx(value, rel=1e-13, abs=1e-14)
            assert solution.thresholds[0, 0] == pytest.approx(threshold, abs=1e-11)
            if mean > threshold:
                assert found.accept_probability[0] == pytest.approx(accept, rel=1e-13)

    def test_by_hand(self) -> None:
        """At mean 0 a reveal of ten hours is worth 10 / sqrt(2 pi), less the cost."""
        found = solve([-3.0], [1.0], [0.0], [10.0], [0.0]).evaluate([0.0])

        assert found.value[0] == pytest.approx(10 / math.sqrt(2 * math.pi) - 3)
        assert found.accept_probability[0] == pytest.approx(0.5)


class TestSeveralSteps:
    @pytest.mark.parametrize("steps", [2, 3])
    @pytest.mark.parametrize("regime", ["ordinary", "wild"])
    def test_nested_quadrature(self, steps: int, regime: str) -> None:
        rng = np.random.default_rng([steps, regime == "wild"])
        for _ in range(4):
            chain = random_chain(rng, steps, regime)
            solution = solved(chain)
            mean = starting_means(chain, tuple(solution.thresholds[0]))[0]

            truth = nested_quadrature(chain, mean)

            allowed = BAR * chain.scale
            assert gap(solution.evaluate([mean]).value[0], truth.value) <= allowed
            for mine, theirs in zip(
                solution.thresholds[0], truth.thresholds, strict=True
            ):
                assert gap(mine, theirs) <= allowed

    def test_a_belief_tree_climbs_to_the_value(self) -> None:
        """Fewer branches know less, so the tree stays below and closes in."""
        chain = ordinary(3)
        mean = float(np.max(solved(chain).thresholds)) + 0.1 * chain.scale
        value = solved(chain).evaluate([mean]).value[0]

        errors = [value - belief_tree(chain, mean, n) for n in (4, 8, 16, 32)]

        assert all(error > -BAR * chain.scale for error in errors)
        assert errors[3] < errors[2] < errors[1] < errors[0]
        assert errors[3] < 0.05 * errors[0]

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_play_under_the_thresholds(self, seed: int) -> None:
        chain = ordinary(6, seed)
        solution = solved(chain)
        thresholds = tuple(float(one) for one in solution.thresholds[0])
        finite = [one for one in thresholds if math.isfinite(one)]
        mean = max(finite[:1] or [0.0]) + 0.3 * chain.scale
        found = solution.evaluate([mean])

        seen, error = monte_carlo(
            chain, mean, thresholds, PLAYS, np.random.default_rng(seed)
        )

        assert abs(found.value[0] - seen.value) <= 4 * error.value
        assert abs(found.offer_value[0] - seen.offer) <= 4 * error.offer
        for mine, theirs in (
            (found.accept_probability, seen.accept),
            (found.take_probability[0], seen.take),
            (found.leave_probability[0], seen.leave),
        ):
            # Of a rare event a few plays show none, so its own rate sets the error.
            spread = 4 * np.sqrt(np.maximum(mine, 1 / PLAYS) / PLAYS)
            assert (np.abs(mine - theirs) <= spread).all()


class TestDerivatives:
    """Envelope theorem: the best policy being flat, only direct effects count."""

    @pytest.mark.parametrize("seed", range(6))
    def test_chances_are_derivatives(self, seed: int) -> None:
        chain = ordinary(5, seed)
        mean = 0.5 * chain.scale
        found = solved(chain).evaluate([mean])
        h = 1e-4 * chain.scale

        def slope(name: str, step: int) -> float:
            values = []
            for sign in (1, -1):
                part = list(getattr(chain, name))
                part[step] += sign * h
                moved = Chain(**{**vars(chain), name: tuple(part)})
                values.append(
                    float(solved(moved).evaluate([mean]).continuation_value[0])
                )
            return (values[0] - values[1]) / (2 * h)

        for step in range(chain.steps):
            assert found.take_probability[0, step] == pytest.approx(
                slope("reward", step), abs=1e-6
            )
            if step:
                assert found.leave_probability[0, step] == pytest.approx(
                    slope("exit", step), abs=1e-6
                )

    @pytest.mark.parametrize("seed", range(6))
    def test_acceptance_is_the_slope_in_the_mean(self, seed: int) -> None:
        chain = ordinary(6, seed)
        solution = solved(chain)
        means = np.linspace(-2, 2, 41) * chain.scale
        h = 1e-4 * chain.scale

        slope = (
            solution.evaluate(means + h).continuation_value
            - solution.evaluate(means - h).continuation_value
        ) / (2 * h)

        assert np.abs(solution.evaluate(means).accept_probability - slope).max() < 1e-7

    @pytest.mark.parametrize("seed", range(4))
    def test_the_curve_is_convex_and_rises(self, seed: int) -> None:
        chain = ordinary(8, seed)
        means = np.linspace(-6, 6, 1000) * chain.scale

        values = solved(chain).evaluate(means).value

        noise = 1e-13 * chain.scale
        assert (np.diff(values) >= -noise).all()
        assert (np.diff(values, 2) >= -noise).all()


class TestEdges:
    def test_no_reveal_at_all_is_arithmetic(self) -> None:
        """Nothing is learned, so the value is the better of two fixed plans: 0, or
        -1 + .5 * (-2 + .5 * m).
        """
        solution = solve([-1.0, -2.0], [0.5, 0.5], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0])

        assert solution.thresholds.tolist() == [[8.0, 4.0]]
        assert solution.evaluate([8.0, 20.0, -5.0]).value.tolist() == [0.0, 3.0, 0.0]

    def test_a_reveal_of_nothing_in_between_changes_nothing(self) -> None:
        one = solve([-0.3, -0.2], [0.6, 0.7], [0, 0], [1.0, 0.8], [0, 0])
        two = solve([-0.3, 0, -0.2], [0.6, 1, 0.7], [0] * 3, [1.0, 0, 0.8], [0] * 3)
        means = np.linspace(-3, 3, 13)

        assert (
            np.abs(
                one.evaluate(means).continuation_value
                - two.evaluate(means).continuation_value
            ).max()
            < 1e-13
        )

    def test_a_step_that_pays_is_always_taken(self) -> None:
        assert solve([1.0], [0.5], [0], [1.0], [0]).thresholds[0, 0] == -math.inf

    def test_no_chance_and_a_cost_is_never_taken(self) -> None:
        solution = solve([-1.0, -1.0], [1, 0], [0, 0], [1, 1], [0, 0])
        found = solution.evaluate([1e6])

        assert solution.thresholds.tolist() == [[math.inf, math.inf]]
        assert found.value[0] == 0.0
        assert found.leave_probability[0].tolist() == [0.0, 1.0]

    def test_a_tie_without_anything_to_come_is_no_reason_to_go(self) -> None:
        """Going on is better than leaving only where the offer could be taken."""
        solution = solve([0.0], [1.0], [0.0], [0.0], [0.0])

        assert solution.thresholds[0, 0] == 0.0

    @pytest.mark.parametrize("mean", [1e9, 1e15, 1e100, -1e9, -1e100])
    def test_very_far_out(self, mean: float) -> None:
        """Far above, nobody leaves; far below, everybody does."""
        solution = solve([-1, -2], [0.5, 0.5], [0.1, 0.2], [3, 4], [0, -0.5])
        found = solution.evaluate([mean])

        if mean > 0:
            assert found.value[0] == pytest.approx(0.25 * mean, rel=1e-8)
            assert found.accept_probability[0] == pytest.approx(0.25)
        else:
            assert found.value[0] == 0.0

    def test_a_tiny_chance_does_not_overflow(self) -> None:
        found = solve([-1.0] * 3, [1e-200] * 3, [0.0] * 3, [1.0] * 3, [0.0] * 3)

        assert not np.isnan(found.thresholds).any()
        assert found.evaluate([3.0]).value[0] == 0.0

    @pytest.mark.parametrize("ratio", [1e-6, 1e-3, 1e3])
    def test_reveals_far_apart(self, ratio: float) -> None:
        """Two reveals without a decision between are one, however unlike they are."""
        both = math.hypot(1.0, ratio)
        one = solve([-0.1 * both], [0.5], [0], [both], [0])
        two = solve([-0.1 * both, 0.0], [1, 0.5], [0, 0], [1.0, ratio], [0, -9.0])

        assert two.thresholds[0, 0] == pytest.approx(one.thresholds[0, 0], rel=1e-12)


class TestBatch:
    def test_rows_together_are_the_rows_alone(self) -> None:
        rng = np.random.default_rng(5)
        chains = [random_chain(rng, 5, "wild") for _ in range(60)]
        columns = [
            [getattr(one, name) for one in chains]
            for name in ("reward", "survive", "drift", "reveal", "exit")
        ]
        together = solve(*columns)
        means = np.array([0.3 * one.scale for one in chains])
        found = together.evaluate(means)

        for row, chain in enumerate(chains):
            alone = solved(chain)
            for mine, theirs in zip(
                together.thresholds[row], alone.thresholds[0], strict=True
            ):
                assert gap(mine, theirs) <= 1e-9 * chain.scale
            assert gap(found.value[row], alone.evaluate([means[row]]).value[0]) <= (
                1e-9 * max(chain.scale, abs(found.value[row]))
            )

    def test_cutting_a_batch_changes_no_bit(self) -> None:
        rng = np.random.default_rng(6)
        chains = [random_chain(rng, 4, "ordinary") for _ in range(40)]
        columns = [
            np.array([getattr(one, name) for one in chains])
            for name in ("reward", "survive", "drift", "reveal", "exit")
        ]
        means = np.array([0.3 * one.scale for one in chains])
        whole = solve(*columns, exact_rows=True)

        for part in (slice(0, 7), slice(7, 40)):
            cut = solve(*(column[part] for column in columns), exact_rows=True)
            assert (cut.thresholds == whole.thresholds[part]).all()
            assert (
                cut.evaluate(means[part]).value == whole.evaluate(means).value[part]
            ).all()

    def test_a_row_that_arrives_late_moves_no_other(self) -> None:
        """The search for the first threshold of the second row takes a look less than
        that of the first, and stops where it stops without it.
        """
        steps = [
            [
                -1.25,
                0.08327999999999991,
                -4.5,
                2.8929697365289417,
                -5.5,
                7.410073816990952,
            ],
            [1.0, 0.6, 1.0, 0.5, 1.0, 0.6470588235294119],
            [0.0, 0.0, 0.0, 16.615384615384617, 0.0, 72.0],
            [0.0] * 6,
            [0.0, -1.0833600000000003, 0.0, -5.666441792467336, 0.0, -23.7998650754804],
        ]
        reveals = [
            [
                304.9499631,
                304.9499631,
                332.2172964,
                338.9358225,
                186.2809121,
                224.1708683,
            ],
            [
                294.8771405178774,
                294.8771405178774,
                286.8331487119297,
                294.58855198957343,
                163.93319529613277,
                205.97595131471053,
            ],
        ]
        both = [np.array([one, one]) for one in steps]
        both[3] = np.array(reveals)
        pair = solve(*both)
        twice = solve(*(one[[1, 1]] for one in both))

        assert pair.thresholds[1].tolist() == twice.thresholds[0].tolist()

    def test_acceptance_of_some_rows_is_theirs_among_all(self) -> None:
        """Also where the rows part on the way, as those of unlike reveals do."""
        reveal = np.array([[8.0, 2.0], [9.0, 0.3], [0.2, 30.0], [5.0, 5.0]])
        flat = np.ones_like(reveal)
        found = solve(-flat, 0.6 * flat, 0.0 * flat, reveal, 0.0 * flat)
        means = np.linspace(-20.0, 20.0, 28).reshape(4, 7)
        whole = found.acceptance_probability(means)

        assert np.unique(whole).size == 28
        for rows in ([0, 1, 2, 3], [2], [0, 3], [1, 2, 3]):
            some = np.array(rows)
            np.testing.assert_array_equal(
                found.acceptance_probability(means[some], some), whole[some]
            )


class TestChart:
    @pytest.mark.parametrize("seed", range(5))
    def test_reads_the_curve(self, seed: int) -> None:
        chain = ordinary(6, seed)
        solution = solved(chain)
        means = np.linspace(-20, 20, 20_001) * chain.scale

        read = solution.tabulate().evaluate(means)

        assert np.abs(read - solution.continuation_value(means)).max() < (
            1e-11 * chain.scale
        )

    def test_no_table_for_a_first_reveal_of_nothing(self) -> None:
        solution = solve([-1.0, -1.0], [1, 1], [0, 0], [0.0, 1.0], [0, 0])

        with pytest.raises(ValueError, match="use continuation_value"):
            solution.tabulate()

    def test_of_one_chain_only(self) -> None:
        with pytest.raises(ValueError, match="a single chain can be tabulated, not 2"):
            solve(*(np.ones((2, 1)) for _ in range(5))).tabulate()


class TestBadInput:
    @pytest.mark.parametrize(
        ("place", "value", "words"),
        [
            (0, math.nan, "reward must be finite"),
            (1, 1.5, "survive must lie between 0 and 1"),
            (1, -0.1, "survive must lie between 0 and 1"),
            (3, -1.0, "reveal must be at least 0"),
            (4, math.inf, "exit must be finite"),
        ],
    )
    def test_is_named(self, place: int, value: float, words: str) -> None:
        chain = [[-1.0], [0.5], [0.0], [1.0], [0.0]]
        chain[place] = [value]

        with pytest.raises(ValueError, match=words):
            solve(*chain)

    def test_shapes_must_agree(self) -> None:
        with pytest.raises(ValueError, match="survive has shape"):
            solve([1.0], [0.5, 0.5], [0.0], [1.0], [0.0])

    def test_a_chain_has_a_step(self) -> None:
        with pytest.raises(ValueError, match="at least one step"):
            solve([], [], [], [], [])

    def test_means_are_finite_and_fit(self) -> None:
        solution = solve(*(np.ones((2, 1)) for _ in range(5)))

        with pytest.raises(ValueError, match="finite number of hours"):
            solution.evaluate([1.0, math.nan])
        with pytest.raises(ValueError, match="do not fit 2 rows"):
            solution.evaluate([1.0])
