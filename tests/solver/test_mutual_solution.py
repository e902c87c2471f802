"""Chains whose passes tell of the fit: against grids, plays, closed forms and laws.

``python tests/solver/test_mutual_solution.py`` runs what takes minutes: 100 chains
against the grid, and 60 processes in 2,000,000 plays each, of which 20 are steep.
"""

import sys
from collections.abc import Sequence
from math import inf, prod
from statistics import NormalDist

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.panels import repeat_first_row, stack_rows
from interviewfit._solver.mutual_chains import Belief
from interviewfit._solver.mutual_solution import MutualSolution, solve_mutual
from interviewfit._solver.solution import solve
from mutual_chains import belief_of, solved, steps_of, thresholds_of
from mutual_oracle import (
    MutualCase,
    Plays,
    play,
    random_case,
    solve_on_grid,
)
from recorded import run_as_command

NORMAL = NormalDist()


def cases(count: int, seed: int) -> list[MutualCase]:
    """Random cases of one to four stages."""
    rng = np.random.default_rng(seed)
    return [random_case(rng, int(rng.integers(1, 5))) for _ in range(count)]


def seeded(seed: int) -> MutualCase:
    """A random case."""
    return cases(1, seed)[0]


def errors_of_grid(case: MutualCase) -> float:
    """How far the value is from that on a grid, in units of the standard deviation.

    Where the sign changes more than once a lower value is what is said.
    """
    solution, grid = solved(case), solve_on_grid(case)
    value = solution.outcomes.continuation_value.item()
    error = (value - grid.value) / np.sqrt(case.total)
    is_single = grid.single or bool(solution.single.all())
    return abs(float(error if is_single else max(0.0, error)))


def test_one_row_stands_for_many() -> None:
    """They are what it is, and the first of them is taken out again."""
    solution = solve_mutual(steps_of(seeded(3)), belief_of(seeded(3)))

    spread = solution.broadcast_rows(3)

    assert spread.believed.tolist() == solution.believed.tolist() * 3
    assert spread.thresholds.tolist() == solution.thresholds.tolist() * 3
    assert spread.take(np.array([2])).values.tolist() == solution.values.tolist()
    assert spread.outcomes.offer_value.shape == (3,)


def steep_case(seed: int) -> MutualCase:
    """A random case in which passes tell most of what is unknown."""
    rng = np.random.default_rng(4000 + seed)
    case = random_case(rng, int(rng.integers(1, 5)))
    return evolve(case, correlation=float(rng.choice([0.9, 0.95, 0.98, 0.99, -0.9])))


def deviations(
    case: MutualCase, count: int, seed: int, thresholds: Sequence[float]
) -> list[float]:
    """By how many standard errors plays differ.

    Args:
        case: The case.
        count, seed: Of the plays.
        thresholds: That they go on above, as ``play`` takes them.
    """
    outcomes = solved(case).outcomes
    plays: Plays = play(case, thresholds, count, seed)
    if not plays.value_error > 0.0:
        return [0.0]
    accepted = outcomes.accept_probability.item()
    scores = [(outcomes.continuation_value.item() - plays.value) / plays.value_error]
    chances = [accepted, *outcomes.take_probability[0, 1:].tolist()]
    counted = [plays.accepted, *plays.reached[1:]]
    # Only those count who pass what is behind.
    kept = count * prod(case.behind)
    for chance, share in zip(chances, counted, strict=True):
        # Of a few plays in all a share is not known better than to one of them.
        error = np.sqrt(max(chance * (1.0 - chance), 0.0) / kept) + 1.0 / kept
        scores.append((chance - share) / float(error))
    if plays.accepted * count > 200.0:
        fit = outcomes.offer_value.item() / accepted
        scores.append((fit - plays.fit) / plays.fit_error)
    return scores


class TestAgainstOracles:
    @pytest.mark.parametrize("case", cases(6, 19), ids=str)
    def test_the_value_is_that_on_a_grid(self, case: MutualCase) -> None:
        assert errors_of_grid(case) < 1e-5

    def test_where_nobody_comes_no_threshold_is_read_from_rounding_errors(
        self,
    ) -> None:
        case = MutualCase(
            (-11.4, -5.1, -11.3),
            (-5.2, 0.0, 3.2),
            (0.617, 0.38, 0.756),
            (263.8, 378.8, 56.6),
            (None,) * 3,
            -58.3,
            17_000.0,
            0.4526,
            (0.433,),
        )

        assert solved(case).single.all()
        assert errors_of_grid(case) < 1e-5

    @pytest.mark.parametrize("seed", range(3))
    def test_plays_come_out_as_computed(self, seed: int) -> None:
        case = seeded(seed)

        scores = deviations(case, 200_000, seed, solve_on_grid(case).thresholds)

        assert max(map(abs, scores)) < 4.5

    @pytest.mark.parametrize("seed", [4, 9])
    def test_so_do_they_where_passes_tell_most_of_it(self, seed: int) -> None:
        """A grid of linear pieces has no exact thresholds for these."""
        case = steep_case(seed)

        scores = deviations(case, 100_000, seed, thresholds_of(case))

        assert max(map(abs, scores)) < 4.5


SEVERAL_RANGES = [
    MutualCase(
        (-3.21, -1.86, -2.92),
        (-23.4, 0.0, 5.61),
        (0.341, 0.304, 0.144),
        (95.0, 37.0, 121.0),
        (None, None, None),
        4.31,
        4220.0,
        -0.931,
    ),
    MutualCase(
        (-7.29, -2.76, -3.27, -4.08),
        (0.0, -41.5, 0.0, 5.74),
        (0.37, 0.492, 0.415, 0.309),
        (144.0, 70.9, 15.2, 53.9),
        (None, None, None, None),
        -34.6,
        5120.0,
        -0.81,
        (0.737, 0.697),
    ),
]
"""Leaving later costs much, and passes speak against the fit."""


class TestClosedForms:
    @pytest.mark.parametrize("side", [1.0, -1.0])
    @pytest.mark.parametrize("rate", [0.3, 0.8])
    def test_a_correlation_of_one_leaves_the_best_or_worst_share(
        self, rate: float, side: float
    ) -> None:
        mean, sd = -200.0, 800.0
        case = MutualCase((-4.0,), (0.0,), (rate,), (sd,), (None,), mean, 0.0, 0.5)
        belief = belief_of(case, slope=side * inf)

        value = solve_mutual(steps_of(case), belief).outcomes.continuation_value.item()

        bar = mean + side * sd * NORMAL.inv_cdf(1.0 - rate)
        low, high = (max(0.0, bar), inf) if side > 0.0 else (0.0, max(0.0, bar))
        a, b = (low - mean) / sd, (high - mean) / sd
        chance = NORMAL.cdf(b) - NORMAL.cdf(a)
        density = NORMAL.pdf(a) - (NORMAL.pdf(b) if b < inf else 0.0)
        assert value == pytest.approx(-4.0 + mean * chance + sd * density, abs=1e-6)

    def test_at_a_correlation_of_one_a_pass_alone_tells_of_the_best(self) -> None:
        mean, sd, rate = 100.0, 800.0, 0.3
        case = MutualCase((-4.0,), (0.0,), (rate,), (0.0,), (None,), mean, sd**2, 0.5)

        outcomes = solve_mutual(steps_of(case), belief_of(case, slope=inf)).outcomes

        above = sd * NORMAL.pdf(NORMAL.inv_cdf(rate))
        expected = -4.0 + rate * mean + above
        assert outcomes.continuation_value.item() == pytest.approx(expected, abs=1e-6)

    @pytest.mark.parametrize("seed", [2, 149, 376, 598])
    def test_where_several_ranges_are_worth_it_the_best_limit_counts(
        self, seed: int
    ) -> None:
        """What passes tell speaks against the fit, so whoever knows it is good goes."""
        rng = np.random.default_rng(9000 + seed)
        case = random_case(rng, 1 + seed % 6)
        scale = np.sqrt(case.total)
        case = evolve(
            case,
            correlation=float(rng.uniform(-0.9, -0.1)),
            rate=tuple(rng.uniform(0.02, 0.9, len(case.rate)).tolist()),
            mean=float(rng.uniform(-0.5, 1.5) * scale),
        )

        found = solved(case)

        assert not found.single.all()
        best = solve_on_grid(case, 3001).value
        assert found.values[0] == pytest.approx(best, abs=2e-5 * scale)

    @pytest.mark.parametrize("case", SEVERAL_RANGES)
    def test_what_the_best_limit_falls_short_is_bounded(self, case: MutualCase) -> None:
        """A grid that may go on in several ranges is better by almost all of it."""
        found, scale = solved(case), np.sqrt(case.total)

        missed = solve_on_grid(case, 3001).value - found.values[0]

        assert found.shortfall[0] > 1e-4 * scale
        assert 0.5 * found.shortfall[0] < missed <= found.shortfall[0] + 1e-7 * scale

    @pytest.mark.parametrize("seed", range(8))
    def test_without_correlation_it_is_the_gaussian_chain(self, seed: int) -> None:
        case = evolve(seeded(seed), correlation=0.0, behind=())
        chain = solve(*steps_of(case)).evaluate([case.mean])
        thresholds = solve(*steps_of(case)).thresholds
        scale = float(np.sqrt(case.total))

        solution = solved(case)

        outcomes, inside = solution.outcomes, ~solution.beyond
        assert outcomes.continuation_value == pytest.approx(
            chain.continuation_value, abs=1e-10 * scale
        )
        assert outcomes.take_probability == pytest.approx(
            chain.take_probability, abs=1e-9
        )
        near = inside & np.isfinite(solution.thresholds)
        assert solution.thresholds[near] == pytest.approx(
            thresholds[near], abs=1e-8 * scale
        )


class TestLaws:
    @given(st.integers(0, 10**6))
    def test_terms_add_up_to_the_value(self, seed: int) -> None:
        case = seeded(seed)

        outcomes = solved(case).outcomes

        total = outcomes.offer_value + outcomes.take_probability @ np.array(case.reward)
        total = total + outcomes.leave_probability @ np.array(case.exit)
        assert total == pytest.approx(outcomes.continuation_value, abs=1e-8)

    @given(st.integers(0, 10**6))
    def test_rates_stay_as_stated_for_whoever_never_leaves(self, seed: int) -> None:
        case = seeded(seed)
        stays = evolve(case, exit=(-1e6,) * len(case.rate))

        outcomes = solved(stays).outcomes

        reached = np.cumprod([1.0, *case.rate])[: len(case.rate)]
        # A pass that was told of before moves the chance of the next by itself.
        if not case.behind:
            assert outcomes.take_probability[0] == pytest.approx(reached, abs=1e-9)

    @given(st.integers(0, 10**6))
    def test_the_belief_is_a_martingale_over_passed_and_refused(
        self, seed: int
    ) -> None:
        case = evolve(seeded(seed), behind=())
        start = belief_of(case)
        rate = case.rate[0]
        pass_alone = MutualCase(
            (0.0,), (0.0,), (rate,), (0.0,), (None,), case.mean, case.variance, 0.0
        )
        after = evolve(pass_alone, behind=(rate,), rate=(1.0,))

        def believed(chosen: MutualCase) -> float:
            steep = start.factors.slope[0, 0].item()
            belief = belief_of(chosen, slope=steep)
            return solve_mutual(steps_of(chosen), belief).believed.item()

        if all(fact is None for fact in case.facts):
            refused = believed(evolve(after, behind=()))
            assert refused == pytest.approx(case.mean, abs=1e-7)

    @given(st.integers(0, 10**6), st.floats(-0.3, 0.75), st.floats(0.01, 0.2))
    def test_more_correlation_never_makes_a_worse_accepted_fit(
        self, seed: int, correlation: float, more: float
    ) -> None:
        """The same policy, to go on to the end: what is offered fits better."""
        plain = evolve(seeded(seed), behind=(), reveal=(0.0,) * len(seeded(seed).rate))
        case = evolve(
            plain, facts=(None,) * len(plain.rate), exit=(-1e6,) * len(plain.rate)
        )
        fits = []
        for value in (correlation, correlation + more):
            belief = belief_of(evolve(case, correlation=value))
            behind = Belief(
                belief.centre, belief.mean, belief.variance, belief.factors, (False,)
            )
            one = np.ones((1, 1))
            step = (0 * one, one, 0 * one, 0 * one, 0 * one)
            fits.append(solve_mutual(step, behind).believed.item())
        assert fits[1] >= fits[0] - 1e-9

    @given(st.integers(0, 10**6), st.floats(0.0, 0.75), st.floats(0.01, 0.2))
    def test_at_the_same_chance_the_job_fits_no_worse_with_more_correlation(
        self, seed: int, correlation: float, more: float
    ) -> None:
        """That is so if E[(S - y)+ H] grows for each y: the best mean at each chance.

        All is shown by the end, and going on costs nothing.
        """
        plain, steps = seeded(seed), len(seeded(seed).rate)
        case = evolve(
            plain,
            behind=(),
            facts=(None,) * steps,
            reward=(0.0,) * steps,
            exit=(0.0,) * steps,
            residual=0.0,
        )
        values = [
            solved(evolve(case, correlation=value)).outcomes.continuation_value.item()
            for value in (correlation, correlation + more)
        ]

        assert values[1] >= values[0] - 1e-7 * np.sqrt(case.total)

    def test_where_much_stays_unknown_more_correlation_may_be_worth_less(self) -> None:
        case = MutualCase((0.0,), (0.0,), (0.9,), (400.0,), (None,), -500.0, 2.5e5, 0.0)

        values = [
            solved(evolve(case, correlation=value)).outcomes.continuation_value.item()
            for value in (0.0, 0.5, 0.7, 0.9)
        ]

        assert values[0] < values[1]
        assert values[3] < values[2] - 0.05

    @given(st.integers(0, 10**6))
    def test_no_bit_of_a_row_depends_on_the_rows_beside_it(self, seed: int) -> None:
        chosen = [it for it in cases(12, seed) if len(it.rate) == 2 and not it.behind]
        if len(chosen) < 2:
            return
        beliefs = [belief_of(case) for case in chosen]
        single = [
            solve_mutual(steps_of(case), belief, exact_rows=True)
            for case, belief in zip(chosen, beliefs, strict=True)
        ]

        together = [
            solve_mutual(
                tuple(np.repeat(column, 3, axis=0) for column in steps_of(case)),
                repeat_first_row(belief, 3),
                exact_rows=True,
            )
            for case, belief in zip(chosen, beliefs, strict=True)
        ]

        for alone, rows in zip(single, together, strict=True):
            value = rows.outcomes.continuation_value
            assert (value == alone.outcomes.continuation_value).all()

    def test_rows_that_are_solved_together_come_out_as_each_by_itself(self) -> None:
        chosen = [
            evolve(case, behind=(), facts=(None,) * len(case.rate))
            for case in cases(60, 7)
            if len(case.rate) == 3
        ][:8]
        columns = zip(*map(steps_of, chosen), strict=True)
        steps = tuple(np.concatenate(column) for column in columns)
        belief = stack_rows([belief_of(case) for case in chosen])

        together = solve_mutual(steps, belief, values_only=True).values

        for case, value in zip(chosen, together.tolist(), strict=True):
            single = solved(case).outcomes.continuation_value.item()
            assert value == pytest.approx(single, abs=1e-7 * np.sqrt(case.total))

    def test_a_hint_acts_as_the_odds_of_the_next_pass(self) -> None:
        case = MutualCase((0.0,), (-1e6,), (0.4,), (0.0,), (None,), 1e6, 250_000.0, 0.3)
        odds = 1.5
        rate = 0.4 * odds / (0.4 * odds + 0.6)
        hinted = belief_of(case, hint=odds)
        steps: list[FloatArray] = list(steps_of(case))
        steps[1] = np.array([[rate]])

        solution: MutualSolution = solve_mutual(tuple(steps), hinted)

        assert solution.outcomes.accept_probability.item() == pytest.approx(rate)
        plain = solved(case)
        # Once the pass has come the sign has nothing more to tell.
        fit = solution.outcomes.offer_value / solution.outcomes.accept_probability
        usual = plain.outcomes.offer_value / plain.outcomes.accept_probability
        assert fit == pytest.approx(usual)
        assert solution.believed.item() > plain.believed.item()


def main() -> None:
    """The long runs, whose worst figures are written out."""
    worst = max(errors_of_grid(case) for case in cases(100, 1900))
    scores = [
        abs(score)
        for number, case in enumerate(cases(40, 1901))
        for score in deviations(case, 2_000_000, number, solve_on_grid(case).thresholds)
    ]
    steep = [
        abs(score)
        for number, case in enumerate(map(steep_case, range(20)))
        for score in deviations(case, 2_000_000, number, thresholds_of(case))
    ]
    beyond = sum(score > 2.0 for score in scores)
    lines = (
        f"100 chains against the grid: off by {worst:.1e} standard deviations at most",
        f"40 processes in 2,000,000 plays: {max(scores):.2f} standard errors at most",
        f"beyond two standard errors: {beyond} of {len(scores)}",
        f"20 steep ones: {max(steep):.2f} standard errors at most",
    )
    sys.stdout.write("\n".join(lines) + "\n")


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_what_tells_next_to_nothing_changes_next_to_nothing(seed: int) -> None:
    """Even where there are so many facts that the smallest count as normal news."""
    case = seeded(seed)
    steps = steps_of(case)
    small = 1e-5 * case.total**0.5
    fact = (np.full_like(steps[0], 0.5), np.full_like(steps[0], small))

    more = solve_mutual((*steps, *fact * 6), belief_of(case)).outcomes

    plain = solved(case).outcomes
    close = 1e-3 * case.total**0.5
    assert abs(more.continuation_value - plain.continuation_value).item() < close
    assert more.accept_probability == pytest.approx(plain.accept_probability, abs=1e-3)


if __name__ == "__main__":
    run_as_command(main.__doc__ or "", main)
