"""Facts that become known in a step: a mixture of jumps, against slow oracles."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.chains import Chains
from interviewfit._solver.jumps import MOST_MERGED
from interviewfit._solver.solution import Solution, solve
from jump_oracle import Step, by_quadrature, by_tree, columns
from oracles import psi

BAR = 1e-9


def random_steps(
    rng: np.random.Generator, count: int, *, size: float, sharp: bool = False
) -> list[Step]:
    """Steps of which each tells up to two facts, in no more than six in all."""
    steps, left = [], 6
    for _ in range(count):
        facts = [
            (float(rng.uniform(0.02, 0.98)), float(rng.uniform(-size, size)))
            for _ in range(min(left, int(rng.integers(0, 3))))
        ]
        left -= len(facts)
        steps.append(
            Step(
                reward=float(rng.uniform(-3.0, 0.3)),
                survive=float(rng.uniform(0.3, 1.0)),
                drift=float(rng.normal()),
                reveal=0.0 if sharp else float(rng.uniform(1.0, 4.0)),
                exit=float(rng.choice([0.0, 0.0, -0.5, -2.0])),
                facts=tuple(facts),
            )
        )
    return steps


@pytest.mark.parametrize("seed", range(6))
def test_as_many_facts_are_merged_as_fit_and_no_more(seed: int) -> None:
    """Each fact more doubles the jumps that are worked out."""
    draw = np.random.default_rng(seed)
    told = draw.integers(0, MOST_MERGED + 1, 12)
    chance = np.where(np.arange(MOST_MERGED) < told[:, None], 0.4, 0.0)[None]
    zero, stay = np.zeros((1, 12)), np.full((1, 12), -9.0)
    facts = [item for fact in chance.T for item in (fact.T, zero + 2.0)]
    chains = Chains.of(zero, zero + 0.9, zero, zero + 1.0, stay, *facts)

    bounds = chains.bounds()

    groups = [told[first:stop].tolist() for first, stop in pairwise(bounds)]
    assert (bounds[0], bounds[-1]) == (0, 12)
    assert all(sum(group) <= MOST_MERGED for group in groups)
    for group, following in pairwise(groups):
        assert sum(group) + following[0] > MOST_MERGED


def going_on(steps: Sequence[Step], means: FloatArray) -> FloatArray:
    return solve(*columns(steps)).continuation_value(means)


def summed(steps: Sequence[Step], solution: Solution, means: FloatArray) -> FloatArray:
    """What the terms of going on add up to."""
    outcome = solution.evaluate(means)
    rewards = outcome.take_probability * [step.reward for step in steps]
    exits = outcome.leave_probability * [step.exit for step in steps]
    return np.asarray((rewards + exits).sum(axis=1) + outcome.offer_value)


class TestOracles:
    @pytest.mark.parametrize(("seed", "size"), [(1, 8.0), (2, 12.0), (3, 40.0)])
    def test_every_chain_is_what_quadrature_says(self, seed: int, size: float) -> None:
        """Also where shifts are too far apart to share a kernel."""
        rng = np.random.default_rng(seed)
        steps, means = random_steps(rng, 3, size=size), np.linspace(-12.0, 20.0, 7)

        solution, truth = solve(*columns(steps)), by_quadrature(steps, means)

        values = solution.continuation_value(means)
        assert np.abs(values - truth.continuation).max() < BAR
        for ours, theirs in zip(solution.thresholds[0], truth.thresholds, strict=True):
            assert ours == theirs or abs(ours - theirs) < 1e-7
        assert np.abs(summed(steps, solution, means) - values).max() < BAR

    @pytest.mark.parametrize("count", range(1, 7))
    def test_without_other_news_it_is_what_the_tree_says(self, count: int) -> None:
        rng = np.random.default_rng(count)
        for _ in range(8):
            steps = random_steps(rng, count, size=20.0, sharp=True)
            means = rng.normal(0.0, 15.0, 4)

            truth = [by_tree(steps, mean) for mean in means]

            assert np.abs(going_on(steps, means) - truth).max() < BAR
            solution = solve(*columns(steps))
            assert np.abs(summed(steps, solution, means) - truth).max() < BAR

    def test_sharp_news_after_normal_news_is_a_sum_of_calls(self) -> None:
        last = Step(-0.1, 0.8, 0.0, 0.0, 0.0, ((0.3, 9.0), (0.6, -4.0)))
        first = Step(-0.2, 0.9, 0.0, 2.5, -50.0)
        worlds = sorted((-shift, chance) for chance, shift in last.worlds)
        means, total = np.linspace(-12.0, 15.0, 9), 0.0
        # C of the last step is piecewise linear; it meets the exit on its first piece.
        slopes = last.survive * np.cumsum([chance for _, chance in worlds])
        kinks = [kink for kink, _ in worlds]
        knee = kinks[0] + 0.1 / slopes[0]
        assert knee < kinks[1]
        for kink, rise in zip([knee, *kinks[1:]], np.diff([0, *slopes]), strict=True):
            total = total + rise * 2.5 * psi((means - kink) / 2.5)

        values = going_on([first, last], means)

        assert np.abs(values - (-0.2 + 0.9 * total)).max() < BAR

    def test_news_of_the_first_step_is_averaged_over_the_worlds(self) -> None:
        """Whatever the scales: next to no news, far jumps, long odds."""
        rng = np.random.default_rng(5)
        means = np.linspace(-60.0, 60.0, 41)
        for _ in range(40):
            steps = random_steps(rng, int(rng.integers(1, 6)), size=30.0)
            scales = 10.0 ** rng.uniform(-6.0, 2.0, len(steps))
            steps = [
                Step(s.reward, s.survive, s.drift, scale, s.exit, s.facts)
                for s, scale in zip(steps, scales.tolist(), strict=True)
            ]
            head = steps[0]
            plain = Step(head.reward, head.survive, head.drift, head.reveal, head.exit)
            parts = [
                chance * going_on([plain, *steps[1:]], means + shift)
                for chance, shift in head.worlds
            ]

            assert np.abs(going_on(steps, means) - sum(parts)).max() < BAR

    def test_seven_facts_in_one_step_are_all_told(self) -> None:
        facts = tuple((0.5, 1.0 + number / 8) for number in range(7))
        step = Step(-1.0, 0.9, 0.0, 2.0, 0.0, facts)
        means = np.linspace(-8.0, 8.0, 5)
        worlds = [q * 2.0 * psi((means + a) / 2.0) for q, a in step.worlds]
        truth = -1.0 + 0.9 * np.sum(worlds, axis=0)

        assert np.abs(going_on([step], means) - truth).max() < BAR


class TestShape:
    def test_going_on_is_convex_and_increasing_in_the_mean(self) -> None:
        rng, means = np.random.default_rng(6), np.linspace(-60.0, 60.0, 201)
        for _ in range(20):
            values = going_on(random_steps(rng, 4, size=30.0), means)

            assert np.diff(values).min() > -1e-11
            assert np.diff(values, 2).min() > -1e-11

    def test_more_uncertain_facts_are_never_worth_less(self) -> None:
        """A mean-preserving spread, by Jensen."""
        means = np.linspace(-20.0, 20.0, 21)
        values = [
            going_on([Step(-1.0, 0.8, 0.0, 3.0, 0.0, ((0.4, size),))] * 2, means)
            for size in (0.0, 2.0, 8.0, 25.0)
        ]

        assert (np.diff(values, axis=0) >= -1e-12).all()


class TestRows:
    def test_no_bit_depends_on_the_others(self) -> None:
        rng = np.random.default_rng(7)
        chains = [random_steps(rng, 3, size=15.0) for _ in range(12)]
        tables = [columns(chain) for chain in chains]
        most = max(map(len, tables))
        padded = [table + [[0.0] * 3] * (most - len(table)) for table in tables]
        table = np.moveaxis(np.array(padded), 1, 0)
        means = rng.normal(0.0, 10.0, 12)

        whole = solve(*table, exact_rows=True)
        value = whole.evaluate(means)

        for rows in (np.arange(5), np.array([11, 2]), np.array([7])):
            part = solve(*table[:, rows], exact_rows=True)
            outcome = part.evaluate(means[rows])
            assert (part.thresholds == whole.thresholds[rows]).all()
            assert (outcome.value == value.value[rows]).all()
            assert (outcome.offer_square == value.offer_square[rows]).all()
        for row, chain in enumerate(chains):
            alone = solve(*columns(chain)).evaluate(means[row : row + 1])
            assert alone.value[0] == pytest.approx(value.value[row], abs=1e-11)

    @pytest.mark.parametrize("fact", [(0.0, 5.0), (1.0, -7.0), (0.3, 0.0)])
    def test_a_certain_fact_is_no_news_to_the_last_bit(
        self, fact: tuple[float, float]
    ) -> None:
        rng = np.random.default_rng(8)
        chain = random_steps(rng, 3, size=0.0)
        plain = [Step(s.reward, s.survive, s.drift, s.reveal, s.exit) for s in chain]
        told = [replace(step, facts=(fact,)) for step in plain]
        means = rng.normal(0.0, 10.0, 5)

        ours, theirs = solve(*columns(told)), solve(*columns(plain))

        assert (ours.thresholds == theirs.thresholds).all()
        assert (
            ours.continuation_value(means) == theirs.continuation_value(means)
        ).all()


class TestUses:
    def test_a_table_over_the_mean_is_the_function(self) -> None:
        steps = random_steps(np.random.default_rng(9), 3, size=20.0)
        solution, means = solve(*columns(steps)), np.linspace(-70.0, 70.0, 57)

        table = solution.tabulate()

        gap = table.evaluate(means) - solution.continuation_value(means)
        assert np.abs(gap).max() < BAR

    def test_of_no_means_nothing_is_asked(self) -> None:
        steps = random_steps(np.random.default_rng(9), 3, size=20.0)
        solution = solve(*columns(steps), exact_rows=True)

        assert solution.continuation_value(np.empty((1, 0))).shape == (1, 0)

    def test_an_offer_lies_within_the_support(self) -> None:
        steps = [Step(0.0, 1.0, 1.0, 0.0, -99.0, ((0.25, 8.0), (0.5, -4.0)))]
        solution = solve(*columns(steps))

        assert solution.upper_support.tolist() == [1.0 + 6.0 + 2.0]

    def test_sharp_jumps_are_told_as_breakpoints(self) -> None:
        steps = [Step(-1.0, 0.5, 0.0, 0.0, 0.0, ((0.25, 8.0),))]
        solution = solve(*columns(steps))

        points = solution.breakpoints(np.zeros(1, np.intp), np.full(1, 3.0), np.ones(1))

        assert {1.0, 9.0} <= set(points.ravel().tolist())

    def test_a_tie_is_broken_by_the_highest_jump(self) -> None:
        """Going on costs nothing, and only pays if the fact holds."""
        solution = solve(*columns([Step(0.0, 1.0, 0.0, 0.0, 0.0, ((0.25, 8.0),))]))

        assert solution.thresholds.tolist() == [[-6.0]]

    @pytest.mark.parametrize("chance", [-0.1, 1.5, math.nan])
    def test_a_chance_beyond_0_and_1_is_refused(self, chance: float) -> None:
        with pytest.raises(ValueError, match="fact"):
            solve([0.0], [1.0], [0.0], [1.0], [0.0], [chance], [1.0])
