"""Every term of the solver's outcome, against densities carried forwards.

The 2,000 chains of ``test_solver``, each from a dozen means, very large ones among
them. Under the solver's own thresholds every chance has to agree; under the true ones,
which the oracle finds for itself, every term within 1e-8 of the total reveal scale.
"""

import math
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import mpmath
import numpy as np
import pytest

from grid_oracle import grid_programme
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import solve
from oracles import (
    Chain,
    FloatArray,
    monte_carlo,
    one_step,
    random_chain,
    starting_means,
)
from terms_oracle import Best, Course, best, follow, gaps_of

BAR = 1e-8
CHANCE = 1e-9
# Of the scale: what is on a threshold, and what is too small a blur to tell.
STANDS = 1e-6
LOTS = [(regime, lot) for regime in ("ordinary", "wild") for lot in range(10)]
NAMES = ("reward", "survive", "drift", "reveal", "exit")


class Case(NamedTuple):
    """A chain, where it is started from, and what that leads to.

    *sure* are the means that do not stand on a threshold.
    """

    chain: Chain
    means: FloatArray
    sure: list[bool]
    found: OutcomeMoments
    truth: Best


def rows(chain: Chain) -> tuple[tuple[float, ...], ...]:
    return tuple(getattr(chain, name) for name in NAMES)


def settled(chain: Chain, thresholds: FloatArray) -> tuple[float, ...]:
    """The thresholds below which leaving is better, not just as good.

    Where it is as good the terms depend on who breaks the tie; the outcome goes on.
    """
    return tuple(
        -math.inf if gap == 0 and threshold < math.inf else float(threshold)
        for gap, threshold in zip(gaps_of(chain), thresholds, strict=True)
    )


def stands(chain: Chain, policy: tuple[float, ...], mean: float, blur: float) -> bool:
    """Whether *mean* comes within a millionth of the scale of a threshold.

    Only while less than *blur* of the scale has been revealed, and give or take eight
    times that: there the chances hang on the last digits of mean and threshold.
    """
    unit, width, nearest = chain.scale, 0.0, math.inf
    for drift, reveal, threshold in zip(
        chain.drift, chain.reveal, (*policy[1:], 0.0), strict=True
    ):
        mean, width = mean + drift, math.hypot(width, reveal)
        if width > blur * unit:
            break
        nearest = min(nearest, abs(mean - threshold) - 8 * width)
        if mean < threshold - 8 * width:
            break
    return nearest <= STANDS * unit


def starts(
    chain: Chain, policy: tuple[float, ...], rng: np.random.Generator
) -> list[float]:
    """Zero, five about thresholds, and six far away, up to 1e8 of the scale."""
    pool = starting_means(chain, policy)
    near, far = pool[:-6], pool[-6:]
    some = rng.choice(near, 5) + chain.scale * rng.normal(0, [0, 0, 0, 0.1, 0.1])
    means = (0.0, *map(float, some), *far)
    return [mean for mean in means if not stands(chain, policy, mean, 0.0)]


def case(chain: Chain, rng: np.random.Generator) -> Case:
    solution = solve(*rows(chain))
    policy = settled(chain, solution.thresholds[0])
    means = np.array(starts(chain, policy, rng))
    return Case(
        chain,
        means,
        [not stands(chain, policy, mean, STANDS) for mean in means],
        solution.evaluate(means),
        best(chain, policy, means),
    )


@lru_cache
def cases(regime: str, lot: int) -> tuple[Case, ...]:
    """A hundred chains: those of ``test_solver``."""
    rng = np.random.default_rng([lot, regime == "wild"])
    chains = [random_chain(rng, int(rng.integers(1, 13)), regime) for _ in range(100)]
    other = np.random.default_rng([lot, regime == "wild", 1])
    return tuple(case(chain, other) for chain in chains)


def size(chain: Chain, means: FloatArray) -> FloatArray:
    """The largest numbers that meet in a term: what rounding is relative to."""
    fixed = math.fsum(map(abs, (*chain.reward, *chain.exit, *chain.drift)))
    return fixed + np.abs(means)


def terms_off(
    chain: Chain, means: FloatArray, found: OutcomeMoments | Course, truth: Course
) -> FloatArray:
    """The largest deviation of any term, one a mean, in units of what is allowed."""
    allowed = BAR * chain.scale + 1e-14 * size(chain, means)
    off = [
        *(
            np.abs(found.take_probability - truth.take_probability)
            * np.abs(chain.reward)
        ).T,
        *(
            np.abs(found.leave_probability - truth.leave_probability)
            * np.abs(chain.exit)
        ).T,
        np.abs(found.offer_value - truth.offer_value),
    ]
    squares = BAR * chain.scale**2 + 1e-14 * size(chain, means) ** 2
    off.append(np.abs(found.offer_square - truth.offer_square) * (allowed / squares))
    return np.asarray(np.max(off, axis=0) / allowed)


def chances_off(
    found: OutcomeMoments | Course, truth: Course, rounding: FloatArray | float = 0.0
) -> float:
    """The largest deviation of any chance, in units of what is allowed."""
    pairs = (
        (found.take_probability, truth.take_probability),
        (found.leave_probability, truth.leave_probability),
        (found.accept_probability, truth.accept_probability),
    )
    allowed = CHANCE + rounding
    return max(float((np.abs(x - y).T / allowed).max(initial=0)) for x, y in pairs)


def rounding(chain: Chain, means: FloatArray) -> FloatArray:
    """
    By how much one rounding of where the mean may stand moves a chance, for each mean.

    That is through the smallest blur, and counted up to the bar: where the blur is a
    hundred-thousandth of an hour, the last digit of a place shows in the tenth of a
    chance.
    """
    blur = min((one for one in chain.reveal if one > 0.0), default=math.inf)
    places = np.abs(means) + math.fsum(map(abs, chain.drift))
    return np.minimum(CHANCE, 0.4 * np.spacing(places) / blur)


def worth(chain: Chain, course: Course) -> FloatArray:
    return np.asarray(
        course.take_probability @ np.array(chain.reward)
        + course.leave_probability @ np.array(chain.exit)
        + course.offer_value
    )


class TestTwoThousandChains:
    @pytest.mark.parametrize(("regime", "lot"), LOTS)
    def test_every_chance_under_the_solvers_thresholds(
        self, regime: str, lot: int
    ) -> None:
        for chain, means, _, found, truth in cases(regime, lot):
            off = chances_off(found, truth.given, rounding(chain, means))
            assert off <= 1, chain
            assert (terms_off(chain, means, found, truth.given) <= 1).all(), chain

    @pytest.mark.parametrize(("regime", "lot"), LOTS)
    def test_every_term_under_the_best_policy(self, regime: str, lot: int) -> None:
        for chain, means, sure, found, truth in cases(regime, lot):
            off = terms_off(chain, means, found, truth.true)
            assert (off[sure] <= 1).all(), (chain, means[sure][off[sure] > 1])

    @pytest.mark.parametrize(("regime", "lot"), LOTS)
    def test_going_on_at_a_threshold_is_worth_what_leaving_is(
        self, regime: str, lot: int
    ) -> None:
        """And the value is what the terms add up to."""
        for chain, means, _, found, truth in cases(regime, lot):
            assert np.abs(truth.misses).max() <= BAR * chain.scale, chain
            assert np.abs(truth.moves).max() <= BAR * chain.scale, chain
            go = worth(chain, truth.given)
            value = np.maximum(chain.exit[0], go)
            allowed = BAR * chain.scale + 1e-14 * size(chain, means)
            assert (np.abs(found.continuation_value - go) <= allowed).all(), chain
            assert (np.abs(found.value - value) <= allowed).all(), chain

    @pytest.mark.parametrize("regime", ["ordinary", "wild"])
    def test_in_batches(self, regime: str) -> None:
        """
        Rows side by side are solved in another way than a chain alone. A tenth of the
        chains, which takes as long as that many alone.
        """
        for steps in range(1, 13):
            some = [one for one in cases(regime, 0) if one.chain.steps == steps]
            columns = zip(*(rows(one.chain) for one in some), strict=True)
            most = max(len(one.means) for one in some)
            # Where fewer means are sure the first ones come again.
            means = np.array([np.resize(one.means, most) for one in some])

            together = solve(*map(np.array, columns)).evaluate(means)

            for row, (chain, own, sure, _, truth) in enumerate(some):
                part = (row, slice(len(own)))
                found = Course(
                    take_probability=together.take_probability[part],
                    leave_probability=together.leave_probability[part],
                    accept_probability=together.accept_probability[part],
                    offer_value=together.offer_value[part],
                    offer_square=together.offer_square[part],
                    density=truth.true.density,
                )
                off = terms_off(chain, own, found, truth.true)
                assert (off[sure] <= 1).all(), chain

    def test_few_starts_stand_on_a_threshold(self) -> None:
        every = [one for lot in LOTS for one in cases(*lot)]

        assert len(every) == 2000
        assert sum(len(one.means) for one in every) >= 23_900
        assert sum(one.sure.count(False) for one in every) <= 20


class TestPower:
    """What is off by a millionth is found out."""

    @pytest.mark.parametrize(("regime", "lot"), [("ordinary", 3), ("wild", 3)])
    def test_a_chance(self, regime: str, lot: int) -> None:
        for one in cases(regime, lot):
            off = one.truth.given
            for name in ("take_probability", "leave_probability", "accept_probability"):
                chance = getattr(off, name)
                if not chance.max() > 2e-3:
                    continue
                worse = chance.copy()
                worse.flat[chance.argmax()] *= 1 + 1e-6
                moved = off._replace(**{name: worse})
                assert chances_off(one.found, moved) > 1

    def test_a_threshold(self) -> None:
        """Each that somebody comes near."""
        tried = 0
        for chain, means, _, found, truth in cases("ordinary", 3)[:50]:
            policy = settled(chain, solve(*rows(chain)).thresholds[0])
            for k in range(1, chain.steps):
                if not (truth.given.density[:, k] * chain.scale > 0.02).any():
                    continue
                other = list(policy)
                other[k] += 1e-6 * max(abs(policy[k]), chain.scale)
                moved = follow(chain, other, [0] * len(means), means)
                assert chances_off(found, moved) > 1
                tried += 1
        assert tried > 40

    @pytest.mark.parametrize("name", ["survive", "drift", "reveal"])
    def test_a_number_of_a_step(self, name: str) -> None:
        """The first of them, by a hundred-thousandth, where it counts for many."""
        caught = []
        for chain, means, _, _, truth in cases("ordinary", 4):
            first, *rest = getattr(chain, name)
            other = replace(chain, **{name: (first * (1 - 1e-5), *rest)})
            if first and truth.given.accept_probability.max() > 0.01:
                moved = solve(*rows(other)).evaluate(means)
                caught.append(chances_off(moved, truth.given) > 1)
        assert len(caught) >= 30
        assert sum(caught) > 0.9 * len(caught)


class TestOneStep:
    @pytest.mark.parametrize("mean", [-40.0, -3.0, 0.0, 0.7, 5.0, 1e8])
    def test_closed_form(self, mean: float) -> None:
        chain = Chain((-0.3,), (0.6,), (0.2,), (1.7,), (0.0,))
        _, threshold, _ = one_step(chain, mean)

        given, true, _, moves = best(chain, [threshold + 1e-9], [mean])

        value, _, accept = one_step(replace(chain, exit=(-1e3,)), mean)
        assert moves[0] == pytest.approx(-1e-9, abs=1e-14)
        assert true.accept_probability[0] == pytest.approx(
            accept, rel=1e-12, abs=1e-300
        )
        assert worth(chain, given)[0] == pytest.approx(value, rel=1e-14)


class TestTwoSteps:
    @pytest.mark.parametrize(
        ("first", "second", "mean"),
        [
            (1.0, 1.3, 0.2),
            (1.0, 1e-6, -0.3),
            (1e-6, 1.0, -0.2),
            (1e-6, 1e3, -0.1),
            (1e3, 1e-6, 150.0),
            (2.0, 0.0, 0.1),
            (0.0, 2.0, 0.1),
        ],
    )
    def test_quadrature(self, first: float, second: float, mean: float) -> None:
        """Twenty digits, with the second step in closed form."""
        chain = Chain((-0.1, -0.2), (0.9, 0.7), (0.1, -0.2), (first, second), (0, 0))
        threshold = mean + 0.1 - 0.4 * first if first else mean - 1.0

        found = follow(chain, [-math.inf, threshold], [0], [mean])

        exact = integrated(chain, threshold, mean)
        scale = chain.scale
        assert found.take_probability[0].tolist() == pytest.approx(
            [1, exact[0]], abs=1e-12
        )
        assert found.leave_probability[0].tolist() == pytest.approx(
            [0, 0.9 - exact[0]], abs=1e-12
        )
        assert found.accept_probability[0] == pytest.approx(exact[1], abs=1e-12)
        assert found.offer_value[0] == pytest.approx(exact[2], abs=1e-12 * scale)
        assert found.offer_square[0] == pytest.approx(exact[3], abs=1e-12 * scale**2)


def integrated(chain: Chain, threshold: float, mean: float) -> list[float]:
    """Chances to take the second step and to accept, and moments of the offer."""
    with mpmath.workdps(20):
        d, e = map(mpmath.mpf, chain.drift)
        s, t = map(mpmath.mpf, chain.reveal)
        p, q = map(mpmath.mpf, chain.survive)

        @lru_cache(None)
        def after(y: mpmath.mpf) -> list[mpmath.mpf]:
            at = y + e
            if not t:
                return [mpmath.mpf(1), *(q * at**n * (at > 0) for n in range(3))]
            z = at / t
            up, bell = mpmath.ncdf(z), t * mpmath.npdf(z)
            squares = (at * at + t * t) * up + at * bell
            return [mpmath.mpf(1), q * up, q * (at * up + bell), q * squares]

        centre = mpmath.mpf(mean) + d
        if not s:
            return [float(p * x * (centre > threshold)) for x in after(centre)]
        low, high = max(mpmath.mpf(threshold), centre - 9 * s), centre + 9 * s
        spots = {centre + n * s for n in range(-9, 10, 3)}
        spots |= {-e + n * t for n in range(-9, 10, 3)}
        ends = [low, *sorted(y for y in spots if low < y < high), high]

        def part(n: int) -> float:
            def height(y: mpmath.mpf) -> mpmath.mpf:
                return after(y)[n] * mpmath.npdf(y, centre, s)

            return float(p * mpmath.quad(height, ends, method="gauss-legendre"))

        return [part(n) for n in range(4)]


class TestMoreSteps:
    @pytest.mark.parametrize("regime", ["ordinary", "wild"])
    def test_terms_add_up_to_what_another_oracle_finds(self, regime: str) -> None:
        for chain, means, _, _, truth in cases(regime, 0)[:8]:
            near = np.abs(means) < 1e3 * chain.scale
            go = worth(chain, truth.true)[near]
            for mean, mine in zip(means[near], go, strict=True):
                value = grid_programme(chain, float(mean)).value
                assert abs(max(chain.exit[0], mine) - value) <= 1e-9 * chain.scale

    def test_a_blur_of_nothing_and_one_of_almost_nothing(self) -> None:
        """A millionth of a surprise, and none at all, differ by about a millionth."""
        shape = ((-0.2,) * 4, (0.9,) * 4, (0.1, -0.2, 0.3, 0.0))
        policy, mean = [-math.inf, -0.5, 0.1, -0.4], [0.3]
        none, some = (
            follow(Chain(*shape, (1.0, tiny, 0.7, tiny), (0.0,) * 4), policy, [0], mean)
            for tiny in (0.0, 1e-6)
        )

        for one, other in zip(none[:5], some[:5], strict=True):
            assert one == pytest.approx(other, abs=1e-6)

    def test_plays(self) -> None:
        chain = random_chain(np.random.default_rng(11), 5, "ordinary")
        policy = [-math.inf, *(chain.scale * x for x in (-0.4, 0.1, -0.2, 0.0))]
        mean = 0.2 * chain.scale

        found = follow(chain, policy, [0], [mean])

        rng = np.random.default_rng(12)
        seen, error = monte_carlo(chain, mean, tuple(policy), 200_000, rng)
        assert (np.abs(found.take_probability[0] - seen.take) <= 4 * error.take).all()
        assert (
            np.abs(found.leave_probability[0] - seen.leave) <= 4 * error.leave
        ).all()
        assert abs(found.accept_probability[0] - seen.accept) <= 4 * error.accept
        assert abs(found.offer_value[0] - seen.offer) <= 4 * error.offer

    def test_the_true_thresholds_are_found_from_poor_ones(self) -> None:
        """Each time twice as many digits."""
        for chain, means, sure, _, truth in cases("ordinary", 5)[:10]:
            policy = settled(chain, solve(*rows(chain)).thresholds[0])
            near = [x + 1e-3 * chain.scale for x in policy]
            for _ in range(3):
                moves = best(chain, near, means).moves
                near = [x + move for x, move in zip(near, moves, strict=True)]
            again = best(chain, near, means)
            assert near == pytest.approx(policy, abs=1e-9 * chain.scale)
            off = terms_off(chain, means, again.true, truth.true)
            assert (off[sure] <= 1).all()


class TestTies:
    def test_a_step_that_changes_nothing_may_go_either_way(self) -> None:
        """
        It costs nothing, shows nothing and can be left for nothing: some terms depend
        on whether it is taken, and what they add up to does not.
        """
        chain = Chain((-0.1, -1, -0.1), (1, 0.5, 0.5), (0,) * 3, (1, 0, 1), (0, -1, 0))
        thresholds = solve(*rows(chain)).thresholds[0]
        either = [
            follow(chain, policy, [0], [0.3])
            for policy in (settled(chain, thresholds), tuple(thresholds))
        ]

        found = solve(*rows(chain)).evaluate([0.3])

        assert either[0].take_probability[0, 1] > either[1].take_probability[0, 1] + 0.1
        assert chances_off(found, either[0]) <= 1
        for course in either:
            assert worth(chain, course)[0] == pytest.approx(
                found.continuation_value[0], rel=1e-12
            )


class TestVeryFarOut:
    @pytest.mark.parametrize("mean", [1e12, 1e100, -1e12, -1e100])
    @pytest.mark.parametrize("seed", range(5))
    def test_terms(self, mean: float, seed: int) -> None:
        chain = random_chain(np.random.default_rng(seed), 6, "ordinary")
        solution = solve(*rows(chain))
        found = solution.evaluate([mean])

        given = follow(chain, settled(chain, solution.thresholds[0]), [0], [mean])

        assert chances_off(found, given) <= 1
        assert found.offer_value == pytest.approx(given.offer_value, rel=1e-13, abs=0)
        assert found.offer_square == pytest.approx(given.offer_square, rel=1e-13, abs=0)
