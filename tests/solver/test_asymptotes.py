"""Asymptotes of one chain in floats, and those of many in columns."""

import numpy as np

from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.chains import _asymptotes, _asymptotes_of_one


def chain(rng: np.random.Generator) -> tuple[FloatArray, ...]:
    """Numbers of the steps of a chain, some of them 0, 1 or very small."""
    steps = int(rng.integers(1, 13))
    reward = rng.normal(0.0, 5.0, (1, steps)) * 10.0 ** rng.integers(-3, 4)
    survive = rng.choice([0.0, 1.0, *rng.random(8)], (1, steps))
    if rng.random() < 0.1:
        survive = survive * 1e-200
    drift = rng.normal(0.0, 1.0, (1, steps)) * rng.integers(0, 2, (1, steps))
    leaving = rng.normal(0.0, 3.0, (1, steps)) * rng.integers(0, 2, (1, steps))
    return reward, survive, drift, leaving


def test_they_are_the_same_to_the_last_bit() -> None:
    rng = np.random.default_rng(7)
    with np.errstate(all="ignore"):
        for _ in range(2_000):
            numbers = chain(rng)
            one, many = _asymptotes_of_one(*numbers), _asymptotes(*numbers)

            for first, second in zip(one, many, strict=True):
                assert first.shape == second.shape
                np.testing.assert_array_equal(first, second)
