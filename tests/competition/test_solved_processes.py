"""Chains solved side by side: against each alone, and against countable plans."""

import numpy as np
import pytest
from attrs import evolve

from cases import random_chain
from interviewfit._competition import solved_processes as module
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.solved_processes import SolvedProcesses

EXITS = ChainParameters(
    2.0, (-1.0, -0.5), (0.6, 0.5), (0.0, 0.0), (4.0, 6.0), (-1.5, -0.5)
)


def chains(count: int, seed: int = 3) -> list[ChainParameters[float]]:
    rng = np.random.default_rng(seed)
    return [random_chain(rng) for _ in range(count)]


def sharp(blur: float) -> list[ChainParameters[float]]:
    """Chains whose first news is all but nothing, and what follows is not."""
    return [
        evolve(chain, reveal=(blur, *chain.reveal[1:]))
        for chain in chains(12)
        if len(chain.reveal) > 1
    ]


def check_alike(found: SolvedProcesses, expected: SolvedProcesses) -> None:
    """Whatever is said of the processes agrees."""
    alternatives = np.array([-2.0, 1.0, 4.0])
    for name in ("means", "exits", "indices", "levels", "upper_supports"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-9)
    for row in range(found.means.size):
        assert found.thresholds(row) == pytest.approx(expected.thresholds(row))
    assert found.standalone_values(1.0) == pytest.approx(
        expected.standalone_values(1.0), rel=1e-9
    )
    assert found.acceptance_probability(alternatives) == pytest.approx(
        expected.acceptance_probability(alternatives), abs=1e-12
    )


class TestSolving:
    def test_one_that_is_solved_is_as_among_others(self) -> None:
        for chain in chains(6):
            expected = SolvedProcesses.of([chain])
            mean = float(expected.means[0])

            found = SolvedProcesses.of_solution(mean, expected.solution(0))

            check_alike(found, expected)

    def test_some_of_them_are_solved_as_alone(self) -> None:
        several = chains(20)
        rows = np.array([7, 2, 2, 19])

        found = SolvedProcesses.of(several).take(rows)

        check_alike(found, SolvedProcesses.of([several[row] for row in rows]))

    def test_what_is_solved_is_not_solved_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        several, more = chains(6), chains(4, seed=5)
        plain, added = SolvedProcesses.of(several), SolvedProcesses.of(more)
        monkeypatch.delattr(module, "solve_table")

        found = SolvedProcesses.stack([plain, added])

        monkeypatch.undo()
        check_alike(found, SolvedProcesses.of([*several, *more]))

    def test_some_make_way_for_others(self) -> None:
        several, others = chains(6), chains(2, seed=5)

        found = SolvedProcesses.of(several).replace({4: others[0], 1: others[1]})

        several[4], several[1] = others
        check_alike(found, SolvedProcesses.of(several))


class TestInTurn:
    @pytest.mark.parametrize("base", [0.0, 3.0])
    def test_each_is_run_against_what_comes_after_it(self, base: float) -> None:
        """From the last to the first, whoever accepts leaves those not begun yet."""
        several = [*chains(5), EXITS]
        several.sort(key=lambda chain: float(SolvedProcesses.of([chain]).indices[0]))
        value, left, found = base, 0.0, {}
        for row, chain in enumerate(several):
            found[row] = value - left
            value += float(
                SolvedProcesses.of([chain]).standalone_values(value - left)[0]
            )
            left += chain.exit[0]

        worth, turns = SolvedProcesses.of(several).sequential_value(base)

        assert worth == pytest.approx(value, rel=1e-12)
        assert list(turns) == [5, 4, 3, 2, 1, 0]
        assert turns == pytest.approx(found, rel=1e-12)

    def test_who_is_named_first_does_not_matter(self) -> None:
        several = [*chains(7), EXITS]
        usual, turns = SolvedProcesses.of(several).sequential_value(1.0)

        worth, reverse = SolvedProcesses.of(several[::-1]).sequential_value(1.0)

        assert worth == usual
        assert {7 - row: one for row, one in reverse.items()} == turns

    def test_it_is_worth_no_more_than_the_index_policy(self) -> None:
        several = SolvedProcesses.of(chains(8))

        assert several.sequential_value(0.0)[0] <= several.index_policy(0.0).value

    def test_of_very_many_the_worst_are_left_at_once(self) -> None:
        several = [*chains(44), EXITS, EXITS]
        whole = SolvedProcesses.of(several)
        ranked = np.argsort(whole.indices, kind="stable").tolist()
        idle, run = ranked[:6], ranked[6:]
        few = SolvedProcesses.of([several[row] for row in run])
        left = float(whole.levels[idle].sum())

        worth, turns = whole.sequential_value(2.0)
        expected, ahead = few.sequential_value(2.0)

        assert abs(left) > 0.1
        assert worth == pytest.approx(expected + left, rel=1e-12)
        assert list(turns) == [run[row] for row in ahead]


class TestSharpTurns:
    def test_next_to_no_news_is_as_none(self) -> None:
        usual = SolvedProcesses.of(sharp(0.0)).index_policy(0.5)

        for blur in (1e-13, 1e-9, 1e-6):
            found = SolvedProcesses.of(sharp(blur)).index_policy(0.5)
            assert found.value == pytest.approx(usual.value, abs=blur + 1e-11)
            assert found.marginal_values() == pytest.approx(
                usual.marginal_values(), abs=blur + 1e-11
            )

    @pytest.mark.parametrize("blur", [0.0, 1e-13, 1e-6, 1e-2])
    def test_a_turn_that_is_all_but_a_jump_takes_no_search(self, blur: float) -> None:
        """Its place is known. By halving it would take forty panels each to find."""
        found = SolvedProcesses.of(sharp(blur)).index_policy(0.5)

        assert found.nodes.size < 16 * 30
