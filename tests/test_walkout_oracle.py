"""What it takes for the index theorem to hold where nobody can wait midway."""

import numpy as np
import pytest

from portfolio_oracle import (
    FiniteProcess,
    FiniteStep,
    beginning,
    index,
    integral_value,
    optimum,
    random_instance,
    stopping,
)
from walkout_oracle import lookahead_at_once, may_wait, optimum_at_once

SURE = ((1.0, 0.0),)


def with_rest(midway: float) -> FiniteProcess:
    """An offer of 14, 6, 4 or -4; which half it is shows before *midway* is spent."""
    first = FiniteStep(-0.125, 1, ((0.5, 4.0), (0.5, -4.0)))
    rest = FiniteStep(-midway, 0.5, ((0.5, 5.0), (0.5, -5.0)), exit=-0.5)
    return FiniteProcess(5, (first, rest))


def test_finishing_at_once_is_free_where_it_is_better_anyway() -> None:
    """With nothing left to pay midway, walking out is never thought of."""
    process = with_rest(0)
    assert not may_wait(process, 0)
    assert optimum_at_once((process, process), 0) == optimum((process, process), 0)


def test_to_wait_midway_can_be_worth_something() -> None:
    """After bad news midway one would rather try the other first, and then come back.

    The indices are 7 at first, 4 after bad news, and 6 for the other.
    """
    process = with_rest(1)
    other = FiniteProcess(8, (FiniteStep(-1, 0.5, SURE),))

    assert index(process, 0, 5) == 7
    assert index(process, 1, 1) == 4
    assert index(other, 0, 8) == 6
    assert may_wait(process, 0)
    assert optimum_at_once((process, other), 0) < optimum((process, other), 0) - 0.01


@pytest.mark.parametrize("plain", [False, True])
def test_exact_unless_the_indices_may_wait_midway(plain: bool) -> None:
    """Where they may, the theorem's value is a bound from above, and a close one."""
    rng = np.random.default_rng(3)
    waits, lower, gap = 0, 0, 0.0
    for t in range(200):
        instance = random_instance(rng, halves=True, plain=plain, whole=t % 5 == 0)
        y0 = float(rng.choice([0.0, 0.0, 1.0, 2.5]))
        bound, best = integral_value(instance, y0), optimum_at_once(instance, y0)
        feasible = lookahead_at_once(instance, y0)

        assert best <= bound + 1e-9
        assert feasible <= best + 1e-9
        if any(may_wait(process, y0) for process in instance):
            waits += 1
            lower += best < bound - 1e-6
            stop = stopping(instance, beginning(instance, y0))
            gap = max(gap, (bound - best) / max(bound - stop, 0.1))
        else:
            assert best == pytest.approx(bound, abs=1e-9)
            assert feasible == pytest.approx(bound, abs=1e-9)
    assert waits > 20
    assert lower > 1
    assert gap < 0.1
