"""What all processes but one are worth, beside the search in which it is not."""

import numpy as np
import pytest
from attrs import evolve

from cases import random_chain
from interviewfit._competition.mutual_rivals import mutual_rivals
from interviewfit._competition.solved_processes import SolvedProcesses


@pytest.mark.parametrize(
    ("count", "base"), [(1, 0.0), (4, -3.0), (45, 2.0), (45, -40.0)]
)
def test_rivals_are_the_search_without_the_process(count: int, base: float) -> None:
    """Also where processes are so many that some jump inside panels of the integral."""
    draw = np.random.default_rng(count)
    chains = [random_chain(draw) for _ in range(count)]
    # Nothing is left of the others where a job is sure.
    sure = evolve(chains[0], mean=300.0, survive=(1.0,) * len(chains[0].survive))
    chains[count // 2] = sure if base < -9.0 else chains[count // 2]
    solved = SolvedProcesses.of(chains)
    policy = solved.index_policy(base)

    rivals = mutual_rivals(solved, policy)

    assert policy.has_jumps == (count == 45)
    assert rivals.value.shape == (count + 1,)
    assert rivals.value[-1] == pytest.approx(policy.value, rel=1e-9, abs=1e-9)
    for row in {0, count - 1}:
        others = SolvedProcesses.of(chains[:row] + chains[row + 1 :])
        without = others.index_policy(base).value
        assert rivals.value[row] == pytest.approx(without, rel=1e-8, abs=1e-8)
        assert (rivals.base[row], rivals.tops[row]) == (base, policy.top)
    assert np.isfinite(rivals.chances).all()
    assert ((rivals.chances >= 0.0) & (rivals.chances <= 1.0)).all()
