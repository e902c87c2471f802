"""Courses of action put in order, against sorting them."""

import numpy as np
import pytest

from interviewfit._assessment.ranking import Ranks, rank
from interviewfit._numeric.scratch import Desk


class TestRank:
    @pytest.mark.parametrize("count", [1, 2, 3, 5])
    def test_the_best_is_the_first_of_the_highest(self, count: int) -> None:
        """And the margin is to the next, be it as high; where no other is open it is 0."""
        rng = np.random.default_rng(count)
        worths = rng.integers(-3, 3, (count, 200)).astype(np.float64)
        worths[rng.random(worths.shape) < 0.2] = -np.inf
        worths[0] = np.where(np.isfinite(worths[0]), worths[0], -5.0)
        codes = list(range(2, 2 + count))
        found = Ranks.empty(200)

        rank(codes, list(worths), found, Desk())

        for row in range(200):
            own = worths[:, row].tolist()
            high, *rest = sorted(own, reverse=True)
            assert found.codes[row] == codes[own.index(high)]
            assert found.value[row] == high
            alone = not rest or rest[0] == -np.inf
            assert found.margin[row] == (0.0 if alone else high - rest[0])
