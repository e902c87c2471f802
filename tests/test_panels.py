"""
Pairs of panels, up to the lengths they are allowed, against as many as it takes.
"""

import numpy as np
import pytest

from interviewfit import induction, panels, solver
from interviewfit.panels import FloatArray


def chains(steps: int) -> tuple[FloatArray, ...]:
    """
    Reveals from 1 to 250 hours in one chain, so that every pair is asked for.
    """
    rng, shape = np.random.default_rng(5), (200, steps)
    return (
        rng.uniform(-12.0, -0.5, shape),
        rng.uniform(0.3, 1.0, shape),
        rng.normal(0.0, 5.0, shape),
        np.exp(rng.uniform(0.0, 5.5, shape)),
        rng.uniform(-3.0, 1.0, shape),
    )


class TestPairs:
    @pytest.mark.parametrize("steps", [2, 3])
    def test_each_is_as_good_as_fine_panels_where_it_is_enough(
        self, steps: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        table = chains(steps)
        mean = np.random.default_rng(6).normal(0.0, 100.0, 200)
        pairs = panels.pairs()
        asked = {one.orders: 0 for one in pairs}
        lay = panels.Pair.lay

        def note(pair: panels.Pair, *where: FloatArray) -> object:
            found = lay(pair, *where)
            asked[pair.orders] += int(found[1].sum())
            return found

        monkeypatch.setattr(panels.Pair, "lay", note)
        quick = solver.solve(*table).go(mean)
        monkeypatch.setattr(solver, "pairs", lambda: ())
        monkeypatch.setattr(induction, "pairs", lambda: ())
        fine = solver.solve(*table).go(mean)

        size = np.abs(table[0]).sum(axis=1) + table[3].sum(axis=1)
        assert (np.abs(quick - fine) / size).max() < 1e-10
        assert all(asked.values())
