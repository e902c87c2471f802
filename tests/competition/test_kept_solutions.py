"""Solutions kept from one calculation to the next: the same bits, and none twice."""

import threading
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from cases import random_chain
from interviewfit import Belief, Candidate, Opportunity, corporate, plan, small_firm
from interviewfit._competition import kept_solutions as module, mutual_steps
from interviewfit._competition.kept_solutions import KeptSolutions, solve_table
from interviewfit._numeric.arrays import FloatArray
from interviewfit._portfolio.planning import Plan
from interviewfit._solver.mutual_chains import Belief as MutualBelief
from interviewfit._solver.mutual_solution import MutualSolution, solve_mutual
from interviewfit._solver.solution import Solution, solve


def tables(count: int) -> list[FloatArray]:
    """Tables of one chain each, of equally many steps."""
    rng = np.random.default_rng(3)
    drawn: list[FloatArray] = []
    while len(drawn) < count:
        table = random_chain(rng).table(1)
        if not drawn or table.shape == drawn[0].shape:
            drawn.append(table)
    return drawn


def planned(mean: float, mutual_fit: float | None = None) -> Plan:
    """A plan of three processes, of which one is believed to have some mean pay."""
    if mutual_fit is not None:
        one, two = (
            Opportunity(name=name, stages=corporate()[:2], mutual_fit=mutual_fit)
            for name in ("Acme", "Bolt")
        )
        job = evolve(one, beliefs={"pay": Belief(mean=mean, sd=5)})
        return plan(Candidate(), [job, two])
    beliefs = {"pay": Belief(mean=mean, sd=5)}
    jobs = [
        Opportunity(name="Acme", stages=corporate(), beliefs=beliefs),
        Opportunity(name="Bolt", stages=small_firm()),
        Opportunity(name="Crane", stages=corporate(), via_recruiter=True),
    ]
    return plan(Candidate(), jobs)


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many chains each call of the solver is asked for."""
    sizes = list[int]()

    def watched(*columns: FloatArray, exact_rows: bool, singly: bool) -> Solution:
        sizes.append(len(columns[0]))
        return solve(*columns, exact_rows=exact_rows, singly=singly)

    monkeypatch.setattr(module, "solve", watched)
    return sizes


class TestKeptSolutions:
    def test_a_plan_has_the_bits_that_it_has_without_whatever_came_before(self) -> None:
        solutions = KeptSolutions()
        with solutions.in_use():
            after_others = [planned(mean) for mean in (3.0, -8.0, 12.0, 3.0)]

        plain = [planned(mean) for mean in (3.0, -8.0, 12.0, 3.0)]
        assert after_others == plain
        assert [repr(item) for item in after_others] == [repr(item) for item in plain]

    def test_so_has_one_whose_passes_tell_of_the_fit(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of an opportunity whose numbers did not change no row is solved again."""
        rows = list[int]()

        def watched(
            steps: tuple[FloatArray, ...], belief: MutualBelief, **how: Any
        ) -> MutualSolution:
            rows.append(len(steps[0]))
            return solve_mutual(steps, belief, **how)

        monkeypatch.setattr(mutual_steps, "solve_mutual", watched)
        means, counts = (3.0, -8.0, 3.0), list[int]()
        with KeptSolutions().in_use():
            after_others = []
            for mean in means:
                rows.clear()
                after_others.append(planned(mean, mutual_fit=0.4))
                counts.append(sum(rows))

        plain = [planned(mean, mutual_fit=0.4) for mean in means[:2]]
        assert after_others == [*plain, plain[0]]
        assert 0 < counts[1] < 0.8 * counts[0]
        assert counts[2] == 0

    def test_chains_of_another_mean_are_not_solved_again(
        self, solved: list[int]
    ) -> None:
        """But for those of which an hour of practice has another price."""
        with KeptSolutions().in_use():
            planned(3.0)
            first = sum(solved)
            planned(4.0)

        assert first > 20
        assert sum(solved) - first <= 4

    def test_without_it_nothing_is_kept(self, solved: list[int]) -> None:
        (table,) = tables(1)
        with KeptSolutions().in_use():
            solve_table(table)
        assert solve_table(table) is not solve_table(table)
        assert sum(solved) == 3

    def test_another_way_to_solve_is_another_solution(self, solved: list[int]) -> None:
        (table,) = tables(1)
        with KeptSolutions().in_use():
            ways = [
                solve_table(table, exact_rows=exact_rows, singly=singly)
                for exact_rows in (False, True)
                for singly in (False, True)
            ]

        assert len({id(solution) for solution in ways}) == 4
        assert sum(solved) == 4

    def test_those_used_last_are_kept_and_memory_is_bounded(
        self, monkeypatch: pytest.MonkeyPatch, solved: list[int]
    ) -> None:
        first, second, third = tables(3)
        monkeypatch.setattr(module, "_MOST_STEPS", 2 * first.shape[2])
        with KeptSolutions().in_use():
            for table in (first, second, first, third):
                solve_table(table)
            assert sum(solved) == 3
            solve_table(first)
            assert sum(solved) == 3
            solve_table(second)
            assert sum(solved) == 4

        monkeypatch.setattr(module, "_MOST_STEPS", 0)
        with KeptSolutions().in_use():
            solve_table(first)
            solve_table(first)
        assert sum(solved) == 6

    def test_another_thread_does_not_use_it(self, solved: list[int]) -> None:
        (table,) = tables(1)
        with KeptSolutions().in_use():
            solve_table(table)
            thread = threading.Thread(target=solve_table, args=(table,))
            thread.start()
            thread.join()

        assert sum(solved) == 2
