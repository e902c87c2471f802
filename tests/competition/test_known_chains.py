"""Chains that are solved once for many rows: the same bits, and none solved again."""

import numpy as np
import pytest

from cases import random_chain
from interviewfit._competition import known_chains as module
from interviewfit._competition.known_chains import KnownChains
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._solver.solution import solve

ALTERNATIVES = np.array([-3.0, 0.5, 6.0])


def tables(rows: int, seed: int) -> list[tuple[IndexArray, FloatArray]]:
    """Chains of which each stands in three rows, and then *rows* others, by steps."""
    rng = np.random.default_rng(seed)
    groups: dict[int, list[FloatArray]] = {}
    for number in range(12 + rows):
        table = random_chain(rng).table(1)[0]
        alike = groups.setdefault(table.shape[1], [])
        alike += [table] * (3 if number < 12 else 1)
    sizes = np.cumsum([0, *(len(alike) for alike in groups.values())]).tolist()
    return [
        (np.arange(start, start + len(alike)), np.array(alike))
        for start, alike in zip(sizes, groups.values(), strict=False)
    ]


def solved(rows: int, known: KnownChains | None) -> SolvedProcesses:
    groups = tables(rows, seed=4)
    means = np.linspace(-5.0, 5.0, sum(members.size for members, _ in groups))
    return SolvedProcesses.of_tables(means, groups, exact_rows=True, known=known)


class TestKnownChains:
    def test_they_have_the_bits_that_they_have_without(self) -> None:
        known = KnownChains()
        solved(3, known)
        known.end_rows()
        found, plain = solved(8, known), solved(8, None)

        assert (found.indices == plain.indices).all()
        assert (found.levels == plain.levels).all()
        assert found.continuation_values() == plain.continuation_values()
        chances = found.acceptance_probability(ALTERNATIVES)
        assert (chances == plain.acceptance_probability(ALTERNATIVES)).all()

    def test_those_that_recur_are_solved_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known, sizes = KnownChains(), list[int]()

        def watched(*columns: FloatArray, exact_rows: bool) -> object:
            sizes.append(len(columns[0]))
            return solve(*columns, exact_rows=exact_rows)

        monkeypatch.setattr(module, "solve", watched)
        solved(8, known)
        assert sum(sizes) == 20

        # Until the rows are done all are known, and then those that stood in three:
        # they are solved by themselves once more, so that no other is kept with them.
        solved(8, known)
        assert sum(sizes) == 20
        known.end_rows()
        assert sum(sizes) == 32
        solved(8, known)
        assert sum(sizes) == 40

    def test_of_very_many_steps_none_are_kept(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "_MOST_STEPS", 0)
        known = KnownChains()
        solved(8, known)
        known.end_rows()
        monkeypatch.delattr(module, "solve")

        with pytest.raises(NameError):
            solved(8, known)


class TestRivals:
    def test_those_alike_in_all_rows_are_met_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In any number of rows, at the same offer in hand only."""
        chains = [random_chain(np.random.default_rng(seed)) for seed in range(5)]
        known = KnownChains()
        one = RivalDistribution.of(chains, 1.0, 1, known)
        plain = RivalDistribution.of(chains, 1.0, 3)
        higher = RivalDistribution.of(chains, 2.0, 3, known)
        monkeypatch.delattr(SolvedProcesses, "of_tables")
        three = RivalDistribution.of(chains, 1.0, 3, known)

        assert one.value[0] != higher.value[0]
        for name in ("value", "leaving", "row", "base", "tops", "start", "chances"):
            assert (getattr(three, name) == getattr(plain, name)).all()
