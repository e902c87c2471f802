"""Passes that next to nobody makes are counted as exactly as others."""

from math import erfc, sqrt
from unittest.mock import patch

import mpmath
import numpy as np
import pytest
from attrs import evolve
from scipy.special import expit, log_ndtr, logit

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    assess,
    simulate,
)
from interviewfit._numeric import factor_tilts
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._numeric.factor_tilts import (
    tilt_of,
    tilted_chance,
    tilted_factors,
    tilted_shares,
)
from interviewfit._numeric.probit_factors import (
    ProbitFactors,
    calibrated,
    spacing_class,
)
from interviewfit._solver.mutual_solution import solve_mutual
from mutual_chains import belief_of, solved, steps_of
from mutual_oracle import MutualCase, random_case


def rare_case(rate: float, count: int, correlation: float) -> MutualCase:
    """A process of which stages that few pass are behind, and one is ahead."""
    sd = 500.0
    return MutualCase(
        reward=(-4.0,),
        exit=(0.0,),
        rate=(0.5,),
        reveal=(0.5 * sd,),
        facts=(None,),
        mean=-200.0,
        residual=0.75 * sd * sd,
        correlation=correlation,
        behind=(rate,) * count,
    )


_BELOW = np.vectorize(lambda x: 0.5 * erfc(-x * sqrt(0.5)), otypes=[float])


def bars_of(case: MutualCase) -> list[float]:
    """Intercepts that pass whoever is still in with the stated rates, by bisection."""
    points = np.sqrt(case.total) * np.linspace(-14.0, 14.0, 401)
    weights, bars = np.exp(-0.5 * points**2 / case.total), []
    for rate in (*case.behind, *case.rate):
        weights = weights / weights.sum()
        low, high = -60.0, 60.0
        for _ in range(50):
            middle = 0.5 * (low + high)
            share = weights @ _BELOW(middle + case.slope * points)
            low, high = (middle, high) if share < rate else (low, middle)
        bars.append(low)
        weights = weights * _BELOW(low + case.slope * points)
    return bars


def by_sums(case: MutualCase, mean: float, variance: float) -> tuple[float, float]:
    """Mean believed, and the value of going on, by sums over fits and beliefs."""
    bars, slope, (news,) = bars_of(case), case.slope, case.reveal
    sd, side = np.sqrt(case.total), np.sign(slope)
    z = side * np.linspace(-6.0 * sd, 20.0 * sd, 1201)
    factor = np.ones_like(z)
    for bar in bars[: len(case.behind)]:
        factor = factor * _BELOW(bar + slope * z)
    passed = factor * _BELOW(bars[-1] + slope * z)
    shift = mean - case.mean
    now = np.exp(-0.5 * (z - shift) ** 2 / variance) * factor / np.sqrt(variance)
    places = shift + side * news * np.linspace(-9.0, 16.0, 401)
    left = variance - news * news
    density = np.exp(-0.5 * (z - places[:, None]) ** 2 / left) / np.sqrt(left)
    worth = np.maximum(0.0, density @ (passed * (case.mean + z)))
    weight = np.exp(-0.5 * ((places - shift) / news) ** 2) / np.sqrt(2.0 * np.pi)
    value = (worth @ weight) * abs(places[1] - places[0]) / news / now.sum()
    return float(case.mean + (now @ z) / now.sum()), float(case.reward[0] + value)


@pytest.mark.parametrize("correlation", [0.3, 0.7, 0.95, -0.6])
@pytest.mark.parametrize(("rate", "count"), [(1e-6, 2), (1e-3, 4), (1e-2, 6)])
@pytest.mark.parametrize("lower", [0.0, 1.5])
def test_the_value_after_rare_passes_is_that_of_sums(
    rate: float, count: int, correlation: float, lower: float
) -> None:
    """It was many times too much where passes and what was seen disagree.

    With *lower* the candidate has found out that the job is worse than was believed.
    """
    case = rare_case(rate, count, correlation)
    sd = np.sqrt(case.total)
    mean, variance = case.mean - lower * sd, case.variance * (0.4 if lower else 1.0)
    belief = evolve(
        belief_of(case), mean=np.array([mean]), variance=np.array([variance])
    )

    found = solve_mutual(steps_of(case), belief)

    believed, value = by_sums(case, mean, variance)
    assert found.believed[0] == pytest.approx(believed, abs=1e-6 * sd)
    assert found.values[0] == pytest.approx(value, abs=1e-5 * sd)


@pytest.mark.parametrize("seed", range(12))
def test_a_tilt_changes_nothing_where_none_is_needed(seed: int) -> None:
    case = random_case(np.random.default_rng(seed), 1 + seed % 4)
    if not case.behind:
        case = evolve(case, behind=(0.4, 0.7))
    scale, plain = np.sqrt(case.total), solved(case)

    with patch.object(factor_tilts, "_EXACT", 0.0):
        tilted = solved(case)

    assert tilted.values == pytest.approx(plain.values, abs=2e-6 * scale)
    assert tilted.believed == pytest.approx(plain.believed, abs=1e-8 * scale)
    chances = plain.outcomes.accept_probability, tilted.outcomes.accept_probability
    assert chances[1] == pytest.approx(chances[0], abs=1e-8)


@pytest.mark.parametrize("slope", [0.4, -1.0, np.inf])
def test_tilted_moments_are_those_of_another_mean(slope: float) -> None:
    """E[H exp(-t z)] under a mean m is a multiple of E[H] under m - t v."""
    rate, one = np.array([[0.01, 0.3, 0.5]]), np.ones((1, 1))
    slopes = np.full((1, 3), slope)
    view = calibrated(slopes, rate, (0.0 * one, one, one), one, 2)
    tilt, variance, none = 1.7 * one, 0.6 * one, (0.0 * one, one)
    tilted = tilted_factors(view, 2, tilt, 0.0 * one)
    means = np.linspace(-2.0, 3.0, 7)[None]

    found = FactorMoments(tilted, variance, *none, None, None, 1.0).at(means)

    plain = FactorMoments(view, variance, *none, None, None, 1.0)
    moved = plain.at(means - tilt * variance)
    moved *= np.exp(0.5 * tilt * tilt * variance - tilt * means)[:, :, None]
    assert found[:, :, 2:4] == pytest.approx(moved[:, :, 2:4], rel=1e-9, abs=1e-9)
    assert found[:, :, 6:] == pytest.approx(moved[:, :, 6:], rel=1e-9, abs=1e-9)


def factors_of(
    slope: FloatColumn, intercept: FloatColumn, hint: FloatColumn
) -> ProbitFactors:
    """Factors of which the first hinted pass comes after all others."""
    rows, passes = slope.shape
    classes = np.full((rows, 1), 0.125)
    rate = np.full((rows, passes), 0.1)
    return ProbitFactors(slope, intercept, rate, hint, passes, classes)


def densest(slope: FloatColumn, intercept: FloatColumn, mean: float) -> float:
    """Where a belief of variance 1 is densest, by bisection of its slope."""

    def rises(z: float) -> bool:
        score = intercept + slope * z
        pull = np.exp(-0.5 * score * score - log_ndtr(score)) / np.sqrt(2.0 * np.pi)
        return bool((slope * pull).sum() > z - mean)

    low, high = -3000.0, 3000.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if rises(middle) else (low, middle)
    return low


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("steep", [0.3, 1.0, 3.0, 50.0])
def test_a_tilt_is_the_way_to_where_the_belief_is_densest(
    steep: float, seed: int
) -> None:
    """In each row by itself, and 0 where the factor at the mean is known well."""
    rng, shape = np.random.default_rng(seed), (6, 1 + seed)
    side = rng.choice([-1.0, 1.0], (6, 1))
    slope, mean = side * steep * rng.uniform(0.5, 1.0, shape), rng.normal(0, 9, (6, 1))
    intercept = rng.normal(-5.0, 12.0, shape)
    hint = rng.choice([0.1, 1.0, 1e4], (6, 1))
    further = np.full((6, 1), -400.0 * steep)
    behind = slope.shape[1]
    factors = factors_of(
        np.hstack((slope, -3.0 * side)), np.hstack((intercept, further)), hint
    )

    found = tilt_of(factors, behind, mean)

    passed = _BELOW(intercept + slope * mean).prod(axis=1, keepdims=True)
    rare = passed < 2.0**-51 * 1e8 * np.maximum(1.0, hint)
    way = np.array(
        [
            [densest(slope[row], intercept[row], mean[row, 0]) - mean[row, 0]]
            for row in range(6)
        ]
    )
    expected = np.where(rare, np.clip(way, -45.0, 45.0), 0.0)
    assert found == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_a_sharp_belief_is_densest_at_the_bar_that_is_furthest(side: float) -> None:
    """Or at its mean, if that is beyond all bars; further out than 45 nobody is."""
    slope = np.full((4, 3), side * np.inf)
    intercept = side * np.array(
        [[4.0, 9.0, 300.0], [9.0, 4.0, 300.0], [-9, -4, 300], [60, 70, 300]]
    )
    factors = factors_of(slope, intercept, np.ones((4, 1)))

    found = tilt_of(factors, 2, side * np.array([[0.5], [2.0], [3.0], [1.0]]))

    assert (side * found).tolist() == [[8.5], [7.0], [0.0], [45.0]]
    assert not tilt_of(factors, 2, side * np.full((4, 1), 80.0)).any()


@pytest.mark.parametrize("slope", [-0.7, 0.4, np.inf, -np.inf])
def test_tilted_factors_pass_whom_they_passed_before(slope: float) -> None:
    """With z counted from another point; rows without a tilt stay as they are."""
    slopes, intercept = np.full((3, 2), slope), np.array([[0.5, 2.0]] * 3)
    factors = factors_of(slopes * [[1.0, 0.5]], intercept, np.ones((3, 1)))
    tilt, shift = np.array([[0.0], [2.0], [-1.0]]), np.array([[3.0], [1.5], [-0.5]])
    z = np.linspace(-4.0, 4.0, 9) + np.zeros((3, 1))

    tilted = tilted_factors(factors, 2, tilt, shift)

    origin = np.where(tilt == 0.0, 0.0, shift)
    for number in range(2):
        before = factors.passing(z + origin, number)
        assert tilted.passing(z, number) == pytest.approx(before, abs=1e-15)
    assert tilted.tilt is tilt
    finer = 0.125
    if np.isfinite(slope):
        # Three passes together vary on less than each by the root of three.
        finer = float(spacing_class(np.array(abs(slope) * sqrt(3.0))))
    assert tilted.classes.tolist() == [[0.125], [finer], [finer]]


def test_a_tilted_chance_is_that_by_the_odds() -> None:
    """The logarithm of the odds grows by the tilt times the size."""
    chance = np.array([0.0, 1e-280, 1e-9, 0.2, 0.5, 0.97, 1.0])[:, None]
    size = np.array([-40.0, -17.0, -1.3, 0.0, 0.02, 2.5, 18.0, 40.0])[:, None, None]
    tilt = np.array([-45.0, -1.0, 0.0, 3.0, 45.0])

    found = tilted_chance(chance, size, tilt)

    expected = expit(logit(chance) + tilt * size)
    assert found == pytest.approx(expected, rel=1e-11, abs=1e-300)
    still = np.broadcast_to(tilt * size == 0.0, found.shape)
    assert (found == chance)[still].all()


def test_tilted_shares_are_those_by_the_odds_in_each_row() -> None:
    probability = np.array([[0.1, 0.6, 0.3], [0.5, 0.25, 0.25], [0.2, 0.2, 0.6]])
    shift = np.array([[-3.0, 0.0, 2.0], [1.0, 2.0, 4.0], [-1.0, 0.0, 1.0]])
    tilt = np.array([[30.0], [-2.0], [0.0]])

    found = tilted_shares(probability, shift, tilt)

    odds = [
        [share * mpmath.exp(t * s) for share, s in zip(shares, shifts, strict=True)]
        for shares, shifts, (t,) in zip(probability, shift, tilt.tolist(), strict=True)
    ]
    expected = [[float(one / sum(row)) for one in row] for row in odds]
    assert found == pytest.approx(np.array(expected), rel=1e-13)
    assert found[2].tolist() == probability[2].tolist()
    assert tilted_shares(probability, 1000.0 * shift, tilt)[0].tolist() == [0, 0, 1]


def test_a_tilted_chance_stays_one() -> None:
    chance, size = np.array([0.0, 0.1, 0.5, 1.0, 0.2]), np.array([1.0, 2, -40, 3, 0])
    tilted = tilted_chance(chance, size, np.array(20.0))

    assert ((tilted >= 0.0) & (tilted <= 1.0)).all()
    assert tilted[[0, 3, 4]].tolist() == [0.0, 1.0, 0.2]
    assert tilted[1] > 1.0 - 1e-12
    assert tilted[2] < 1e-12


def test_ordinary_passes_are_not_tilted() -> None:
    rate, one = np.array([[0.3, 0.5]]), np.ones((1, 1))
    view = calibrated(np.full((1, 2), 0.2), rate, (0.0 * one, one, one), one, 2)
    assert not tilt_of(view, 2, 0.0 * one).any()
    assert not tilt_of(view, 0, -9.0 * one).any()


@pytest.mark.parametrize(
    ("rate", "count", "mutual_fit"), [(0.0, 2, 0.7), (0.01, 6, 0.99), (1e-3, 4, 0.95)]
)
def test_plays_after_rare_passes_come_out_as_computed(
    rate: float, count: int, mutual_fit: float
) -> None:
    """Whoever passed them is further out than the normal belief is drawn usually."""
    rare = Stage(kind="panel", pass_rate=rate)
    job = Opportunity(
        name="Acme",
        stages=[*[rare] * count, Stage(kind="executive", pass_rate=0.5)],
        beliefs={"role": Belief(mean=2, sd=9)},
        position=Position(stage=count),
        mutual_fit=mutual_fit,
    )

    answer = assess(Candidate(), job)
    played = simulate(answer, 20_000, 3)

    assert played.expected is not None
    assert abs(played.value.mean - played.expected) <= 4.0 * played.value.error
