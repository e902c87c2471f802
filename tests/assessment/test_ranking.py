"""The best action of each row, against sorting."""

import numpy as np
import pytest

from interviewfit._assessment.ranking import argmax_with_margin


class TestArgmaxWithMargin:
    @pytest.mark.parametrize("count", [1, 2, 3, 5])
    def test_the_best_is_the_first_of_the_highest(self, count: int) -> None:
        """And the margin is to the next, be it as high; where no other is open it is 0."""
        rng = np.random.default_rng(count)
        worths = rng.integers(-3, 3, (count, 200)).astype(np.float64)
        worths[rng.random(worths.shape) < 0.2] = -np.inf
        worths[0] = np.where(np.isfinite(worths[0]), worths[0], -5.0)

        index, value, margin = argmax_with_margin(worths)

        for row in range(200):
            values = worths[:, row].tolist()
            high, *rest = sorted(values, reverse=True)
            assert index[row] == values.index(high)
            assert value[row] == high
            alone = not rest or rest[0] == -np.inf
            assert margin[row] == (0.0 if alone else high - rest[0])
