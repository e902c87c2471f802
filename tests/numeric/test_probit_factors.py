"""Passes that answer to a fit come with their stated rates, whatever these are."""

from math import comb

import numpy as np
import pytest
from scipy import stats

from interviewfit._numeric import normal
from interviewfit._numeric.probit_factors import (
    belief_rule,
    calibrated,
    spacing_class,
    unit_rule,
)
from interviewfit._numeric.probit_intercepts import intercept_of


@pytest.mark.parametrize("passes", [2, 4, 8])
@pytest.mark.parametrize("correlation", [0.05, 0.3, 0.9])
def test_each_factor_has_the_mean_of_one(passes: int, correlation: float) -> None:
    """In one chain of a hundred a bar was 20 standard deviations too high once."""
    rate = np.random.default_rng(passes).uniform(0.05, 0.99, (1000, passes))
    slope = np.full(rate.shape, correlation / np.sqrt(1.0 - correlation**2))
    zero = np.zeros((len(rate), 1))
    found = calibrated(slope, rate, (zero, zero + 1.0, zero + 1.0), zero + 1.0, 0)

    z = np.broadcast_to(np.linspace(-8.5, 8.5, 301), (len(rate), 301))
    weights = np.exp(-0.5 * z[0] * z[0])
    means = found.factors(z) @ (weights / weights.sum())
    assert np.abs(means - 1.0).max() < 1e-3


def test_rates_of_nearly_one_and_of_next_to_nothing_are_kept() -> None:
    rate = np.array([[0.999, 1.0, 1e-6], [1e-9, 0.5, 0.999_999]])
    zero = np.zeros((2, 1))
    slope = np.full((2, 3), 0.3)
    found = calibrated(slope, rate, (zero, zero + 1.0, zero + 1.0), zero + 1.0, 0)

    z = np.broadcast_to(np.linspace(-12.0, 12.0, 2001), (2, 2001))
    weights = np.exp(-0.5 * z[0] * z[0])
    means = found.factors(z) @ (weights / weights.sum())
    assert np.abs(means - 1.0).max() < 1e-6


@pytest.mark.parametrize("correlation", [0.0, 0.2, -0.5, 0.95])
def test_a_single_row_comes_out_as_in_a_batch(correlation: float) -> None:
    """It is worked out in Python's own floats, and few points one by one."""
    rate = np.random.default_rng(7).uniform(0.001, 0.999, (20, 6))
    slope = np.full(rate.shape, correlation / np.sqrt(1.0 - correlation**2))
    shifts = np.array([[-0.6, -0.2, 0.4, 0.9]])
    chances = np.array([[0.2, 0.4, 0.3, 0.1]])
    for count in (1, 4):
        shift, chance = shifts[:, :count], chances[:, :count]
        chance = chance / chance.sum()
        shift = shift - (chance * shift).sum()
        one = np.ones((1, 1))
        many = [np.repeat(part, 20, axis=0) for part in (shift, chance, one)]
        found = calibrated(slope, rate, many, np.ones((20, 1)), 0)
        for row in range(20):
            lines = slice(row, row + 1)
            single = (shift, chance, one), one, 0
            alone = calibrated(slope[lines], rate[lines], *single)
            expected = found.intercept[lines]
            assert alone.intercept == pytest.approx(expected, rel=1e-11, abs=1e-11)


@pytest.mark.parametrize("rate", [1e-12, 1e-3, 0.5, 0.999, 1.0 - 1e-13, 1.0])
def test_who_passes_is_told_with_the_intercept(rate: float) -> None:
    """Its last step is followed by a series, which must end where the step does."""
    z = np.linspace(-8.0, 8.0, 60)[None]
    weights = np.exp(-0.5 * z * z)
    weights /= weights.sum()
    for rows in (1, 3):
        for slope in (0.0, 0.3, -1.0, 9.0):
            stacked = [
                np.repeat(part, rows, axis=0)
                for part in (np.array([[slope]]), np.array([[rate]]), z, weights)
            ]
            intercept, passed = intercept_of(*stacked)
            assert passed == pytest.approx(normal.cdf(intercept + slope * z), abs=1e-13)
            assert (passed * weights).sum(axis=1) == pytest.approx(rate, rel=1e-11)


def test_passes_worked_out_together_are_those_of_each() -> None:
    rng = np.random.default_rng(3)
    rate = rng.uniform(0.2, 0.9, (2, 7))
    zero = np.zeros((2, 1))
    found = calibrated(rate, rate, (zero, zero + 1.0, zero + 1.0), zero + 2.0, 2)
    for points in (3, 900, 5000):
        z = rng.standard_normal((2, points))
        factors = found.factors(z)
        for number in range(8):
            each = found.factor(z, number)
            assert factors[number] == pytest.approx(each, rel=1e-13)


@pytest.mark.parametrize("slope", [0.15, 0.8, 2.0])
@pytest.mark.parametrize("rows", [1, 3])
def test_each_pass_of_several_leaves_the_stated_share(slope: float, rows: int) -> None:
    """The product of all of them varies on less than each does, so it asks for more."""
    rate = np.tile([0.7, 0.3, 0.5, 0.9, 0.2, 1.0], (rows, 1))
    shift = np.tile([-0.5, 0.1, 0.4, 1.2], (rows, 1))
    probability = np.tile([0.3, 0.4, 0.2, 0.1], (rows, 1))
    sd, one = np.full((rows, 1), 0.8), np.ones((rows, 1))
    belief = shift - (probability * shift).sum(axis=1, keepdims=True), probability, sd
    found = calibrated(np.full(rate.shape, slope), rate, belief, one, 0)

    unit, weight = unit_rule(9.0)
    points = (belief[0][:, :, None] + sd[:, :, None] * unit).reshape(rows, -1)
    weights = (probability[:, :, None] * weight).reshape(rows, -1)

    shares = (found.factors(points) * weights).sum(axis=2)
    assert shares == pytest.approx(np.ones(shares.shape), abs=1e-11)


@pytest.mark.parametrize("apart", [0.0, 0.3, 5.0, 200.0])
def test_one_rule_serves_a_belief_with_jumps(apart: float) -> None:
    """Near ones share the points of one rule; far ones have a rule each."""
    shift = apart * np.array([[-0.6, -0.2, 0.4, 0.9]])
    probability, sd = np.array([[0.2, 0.4, 0.3, 0.1]]), np.array([[0.7]])
    points, weights = belief_rule(shift, probability, sd, unit_rule(1.0))

    for power in range(5):
        each = [1.0, 0.0, 0.7**2, 0.0, 3 * 0.7**4]
        terms = [
            comb(power, k) * shift ** (power - k) * each[k] for k in range(power + 1)
        ]
        expected = (probability * np.sum(terms, axis=0)).sum()
        found = (weights * points**power).sum()
        assert found == pytest.approx(expected, rel=1e-10, abs=1e-11)


def test_a_rule_of_what_is_known_for_sure_has_it_for_each_point() -> None:
    """It was no number, where another row of the same rule was not known."""
    shift, sd = np.array([[0.1, 0.2], [0.0, 0.0]]), np.array([[0.7], [0.0]])
    probability = np.full((2, 2), 0.5)
    points, weights = belief_rule(shift, probability, sd, unit_rule(1.0))

    assert (points[1] == 0.0).all()
    assert weights.sum(axis=1) == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize("slope", [0.0, 0.3, -2.0, 17.0, 60.0, 900.0])
@pytest.mark.parametrize("reach", [8.5, 12.0])
def test_points_of_a_rule_are_as_close_as_a_factor_asks(
    slope: float, reach: float
) -> None:
    """The precision of the integrand is 1 + b^2; of steeper slopes all are alike."""
    classes = float(spacing_class(np.array(slope)))
    points, weights = unit_rule(classes, reach)

    sd = (1.0 + min(abs(slope), 60.0) ** 2) ** -0.5
    step = np.diff(points)
    assert step == pytest.approx(step[0])
    assert 0.98 * 0.85 * sd <= step[0] <= 0.85 * sd * (1.0 + 1e-12)
    assert points == pytest.approx(-points[::-1])
    assert reach <= points[-1] < reach + step[0]
    assert weights == pytest.approx(stats.norm.pdf(points) * step[0], rel=1e-9)
