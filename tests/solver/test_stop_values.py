"""What a stop is worth before its news, beside closed forms.

With X normal of mean m and standard deviation s, and D(x) = exp(k x) on a to b,

    E[D(X); a < X < b] = exp(k m + k^2 s^2 / 2) (Phi((b - n) / s) - Phi((a - n) / s))

with n = m + k s^2; a jump adds to m.
"""

import numpy as np
import pytest
from scipy.special import ndtr

from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.panels import gauss_legendre
from interviewfit._solver.stop_values import StopValues

SLOPES = np.array([[0.3], [-0.8]])
SHIFT = np.array([[0.0, 0.7, -0.4], [0.2, 0.2, 0.2]])
SHARE = np.array([[0.5, 0.3, 0.2], [0.6, 0.4, 0.0]])
EDGES = np.array([[-1.0, 0.0, 0.25, 1.5], [-2.0, -1.0, 0.5, 3.0]])
MEANS = np.array([[-1.3, -1.0, -0.2, 0.0, 0.3, 1.5, 9.0], [-2.1, 0, 0.5, 1, 2, 3, 4]])


def stop(sds: list[float], *, is_narrow: bool) -> StopValues:
    """A stop at which D is exponential, on three panels.

    Args:
        sds: Of the news before it, a number for each of the two rows.
        is_narrow: Whether D is interpolated.
    """
    unit, weight = gauss_legendre(24)
    half = 0.5 * np.diff(EDGES)[:, :, None]
    nodes = (EDGES[:, :-1, None] + half * (1.0 + unit)).reshape(2, -1)
    values = StopValues(
        nodes,
        (half * weight).reshape(2, -1),
        EDGES,
        np.zeros_like(nodes),
        np.empty((2, 3, 0)),
        np.array(sds)[:, None],
        SHIFT,
        SHARE,
    )
    return values.with_worth(np.exp(SLOPES * nodes), is_narrow=is_narrow)


def exactly(sds: list[float]) -> FloatArray:
    """The closed form at ``MEANS``, ``(rows, means)``."""
    sd = np.array(sds)[:, None]
    total = np.zeros(MEANS.shape)
    for shift, share in zip(SHIFT.T[:, :, None], SHARE.T[:, :, None], strict=True):
        mean = MEANS + shift
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = mean + SLOPES * sd**2
            inside = ndtr((EDGES[:, -1:] - moved) / sd) - ndtr(
                (EDGES[:, :1] - moved) / sd
            )
        certain = (mean >= EDGES[:, :1]) & (mean <= EDGES[:, -1:])
        inside = np.where(sd == 0.0, certain, inside)
        total += share * np.exp(SLOPES * mean + 0.5 * (SLOPES * sd) ** 2) * inside
    return total


CASES = [
    pytest.param([0.4, 0.9], False, id="wide"),
    pytest.param([0.04, 0.01], True, id="narrow"),
    pytest.param([0.04, 1e-7], True, id="narrow and narrower"),
    pytest.param([0.0, 0.0], True, id="no news"),
]


@pytest.mark.parametrize(("sds", "is_narrow"), CASES)
def test_an_expectation_is_the_closed_form(sds: list[float], is_narrow: bool) -> None:
    found = stop(sds, is_narrow=is_narrow).expectation(MEANS)

    assert found == pytest.approx(exactly(sds), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("sds", "is_narrow"), CASES)
def test_mass_that_arrives_adds_up_to_the_expectation(
    sds: list[float], is_narrow: bool
) -> None:
    """What comes forwards and what is looked up backwards are the same sum."""
    before = stop(sds, is_narrow=is_narrow)
    mass = np.random.default_rng(1).uniform(0.0, 1.0, MEANS.shape)

    arrived = before.arriving_mass(MEANS, mass)

    total = (mass * before.expectation(MEANS)).sum(axis=1)
    assert (arrived * before.worth).sum(axis=1) == pytest.approx(total, rel=1e-12)
    # Of D = 1 it is what comes in between the ends.
    held = before.with_worth(np.ones_like(before.worth), is_narrow=is_narrow)
    held_mass = (mass * held.expectation(MEANS)).sum(axis=1)
    assert arrived.sum(axis=1) == pytest.approx(held_mass, rel=1e-12)


def test_rows_have_the_bits_that_they_have_alone() -> None:
    for case in CASES:
        sds, is_narrow = case.values
        both = stop(sds, is_narrow=is_narrow)  # type: ignore[arg-type]
        for row in range(2):
            rows = np.array([row, row])
            again = both.take(rows).expectation(MEANS[rows])

            assert again[0].tolist() == both.expectation(MEANS)[row].tolist()
