"""Passes that answer to a fit come with their stated rates, whatever these are."""

import numpy as np
import pytest

from interviewfit._numeric.probit_factors import calibrated


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
