"""Where D crosses 0 on a grid: of one row as of many, and where it does."""

from collections.abc import Iterator
from typing import NoReturn

import numpy as np
import pytest

from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.convolutions import Grid
from interviewfit._solver.mutual_half_lines import (
    Arrival,
    half_line_of_one,
    half_lines_of,
)

GRID = Grid.of(6.0, 3.0, 64)
X = GRID.points


@pytest.fixture(autouse=True)
def _as_in_the_solver() -> Iterator[None]:
    """What is divided by 0 is not used."""
    with np.errstate(all="ignore"):
        yield


def nobody() -> NoReturn:
    """Stands for where the mean may be, which a single threshold does not ask."""
    raise AssertionError


def lines() -> FloatArray:
    """Lines that rise once, from anywhere, at any size of their ends; or never."""
    draw = np.random.default_rng(5)
    made = []
    for root in np.linspace(-7.0, 7.0, 57):
        low, high = 10.0 ** draw.uniform(-14.0, 2.0, 2)
        steep = 10.0 ** draw.uniform(-3.0, 2.0)
        rise = steep * (X - root)
        made.append(np.where(rise > 0.0, high * np.expm1(0.1 * rise), 0.0 * rise))
        made[-1] += np.where(rise > 0.0, 0.0, low * np.tanh(rise))
        # Nobody comes to one end, or to both: D is a rounding error there.
        made.append(np.tanh(rise) * np.exp(-(X**2) * draw.uniform(0.0, 3.0)))
        made.append(np.sign(rise) * 10.0 ** (-draw.uniform(0.0, 30.0) - X))
    # All lies at one end, and what is last is larger than what is before, or smaller.
    slopes = np.where(X > 0.2, 1e-9 * (1.0 + X), -1e-9 * (1.0 - X))
    for left, right, before in ((1.0, 2.0, 0.5), (2.0, 1.0, 3.0), (1.0, 1.5, 2.0)):
        made.append(slopes.copy())
        made[-1][0], made[-1][-1], made[-1][-2] = -left, right, before
    return np.array(made)


LINES = lines()


def test_one_row_is_as_it_is_among_others() -> None:
    together = half_lines_of(GRID, LINES, nobody, is_few=False)
    again = half_lines_of(GRID, LINES, nobody, is_few=True)

    for number, line in enumerate(LINES):
        alone = half_line_of_one(GRID, line[None], nobody)

        for whole, few, single in zip(together, again, alone, strict=True):
            assert single[0] == pytest.approx(whole[number], abs=1e-9, nan_ok=True)
            assert few[number] == pytest.approx(whole[number], abs=1e-9, nan_ok=True)


def test_a_threshold_lies_between_the_points_where_the_sign_changes() -> None:
    _, thresholds, limits, short = half_lines_of(GRID, LINES, nobody, is_few=False)
    size = np.abs(LINES)
    is_sure = (size > 1e-10 * size.max(axis=1, keepdims=True)).all(axis=1)

    assert is_sure.sum() > 20
    for line, threshold in zip(LINES[is_sure], thresholds[is_sure], strict=True):
        above = X[line > 0.0]
        below = X[line <= 0.0]
        assert above.size == 0 or threshold <= above[0]
        assert below.size == 0 or threshold >= below[-1]
    assert np.isnan(limits).sum() > 40
    assert not short.any()


def test_what_lies_too_far_out_is_on_the_side_where_little_is_lost() -> None:
    *_, limits, _ = half_lines_of(GRID, LINES[-3:], nobody, is_few=False)

    assert limits.tolist() == [-np.inf, np.inf, -np.inf]


def test_the_best_start_is_the_best_of_all() -> None:
    """Also among points where D has not just become positive."""
    draw = np.random.default_rng(8)
    worth = np.cumsum(draw.normal(0.0, 1.0, (40, X.size)), axis=1) + draw.normal(-2, 3)
    mean, sd, one = (
        draw.normal(0.0, 2.0, (40, 1)),
        np.full((40, 1), 1.5),
        np.ones((40, 1)),
    )
    arrival = Arrival(mean, sd, 9.0 * one, one, 0.0 * one, one, one)

    start = arrival.best_start(X, worth, worth > 0.0)

    likely = worth * np.exp(-0.5 * ((X - mean) / sd) ** 2)
    tails = np.cumsum(likely[:, ::-1], axis=1)[:, ::-1]
    best = np.where(tails.max(axis=1) > 0.0, tails.argmax(axis=1), X.size)
    assert start.tolist() == best.tolist()
    assert 0 < np.count_nonzero(start == X.size) < 40
