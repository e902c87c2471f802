"""Searches judged together have every number that each has by itself."""

from typing import Any

import numpy as np
import pytest

from interviewfit import Assumptions, Candidate, Opportunity, corporate, technical
from interviewfit._competition import missing_chains, solved_processes
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import compile_search
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.lookahead import LookaheadProblem, look_ahead
from interviewfit._competition.policies_side_by_side import index_policies
from interviewfit._competition.practice import PracticeModel
from interviewfit._competition.search_limits import SearchLimits
from interviewfit._competition.solved_processes import SolvedProcesses

PRICES = (0.0, 0.4, 1.5, 3.0, 60.0)
JOBS = (
    Opportunity(name="Acme", stages=corporate()),
    Opportunity(name="Bolt", stages=technical(), signals=["merger_talks"]),
)
ENTRIES = compile_search(Candidate(), JOBS, Assumptions())


def chains_at(price: float) -> list[ChainParameters[float]]:
    return [ChainParameters.of(entry.process, price) for entry in ENTRIES]


@pytest.mark.parametrize("base", [0.0, 12.0])
def test_policies_are_what_they_are_alone(base: float) -> None:
    """At prices at which all are begun, some, or none."""
    searches = [SolvedProcesses.of(chains_at(price)) for price in PRICES]

    together = index_policies(searches, base)

    assert {len(policy.left) == 0 for policy in together} == {False, True}
    for found, search in zip(together, searches, strict=True):
        alone = search.index_policy(base)
        assert found.value == pytest.approx(alone.value, rel=1e-13)
        assert found.marginal_values() == pytest.approx(alone.marginal_values())
        for mine, other in zip(
            found.mixtures([0, 1]), alone.mixtures([0, 1]), strict=True
        ):
            assert mine.points == pytest.approx(other.points)
            assert mine.start_probability == pytest.approx(other.start_probability)


def test_very_many_are_worked_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    searches = [SolvedProcesses.of(chains_at(price)) for price in PRICES]
    whole = [policy.value for policy in index_policies(searches, 0.0)]

    module = "interviewfit._competition.policies_side_by_side"
    monkeypatch.setattr(f"{module}._MOST_TOGETHER", 4)

    parts = [policy.value for policy in index_policies(searches, 0.0)]
    assert parts == pytest.approx(whole, rel=1e-13)
    assert index_policies([], 0.0) == []


def test_practice_is_judged_as_alone() -> None:
    steps = [entry.process.steps for entry in ENTRIES]
    model = PracticeModel(1.0, 0.3, 0.8)
    problems = []
    for price in PRICES[:3]:
        chains = chains_at(price)
        policy = SolvedProcesses.of(chains).index_policy(0.0)
        problems.append(LookaheadProblem(chains, steps, policy, chains, model))

    together = look_ahead(problems)

    assert look_ahead([]) == []
    for found, problem in zip(together, problems, strict=True):
        (alone,) = look_ahead([problem])
        assert found.upper_bound == pytest.approx(alone.upper_bound, rel=1e-13)
        assert found.values_if_first == pytest.approx(alone.values_if_first)
        assert np.allclose(found.gains, alone.gains, rtol=1e-12, atol=1e-12)
        assert found.best > 0.0


def test_what_is_asked_for_at_a_price_is_solved_in_one_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The chains of the search, and all by which its practice is judged."""
    calls = list[int]()
    solve: Any = missing_chains.solve_missing

    def counted(keys: Any, *more: Any, **kind: bool) -> Any:
        solved = solve(keys, *more, **kind)
        calls.append(len(solved))
        return solved

    monkeypatch.setattr(solved_processes, "solve_missing", counted)
    limits = SearchLimits(budget=6.0)
    joint = JointSearch.of(Candidate(), ENTRIES[:1] * 2, Assumptions(), limits)
    constraints = joint.constraints
    for price in (1.25, 2.75):
        calls.clear()

        search = constraints._priced(0.0, price, bounded=True)
        bounds = constraints._at_price(search)

        assert bounds.practice.values_if_first
        assert [size for size in calls if size] == [calls[0]]


@pytest.mark.parametrize("price", PRICES)
@pytest.mark.parametrize("base", [0.0, 12.0, 1e6])
def test_what_is_not_begun_is_never_looked_at(
    base: float, price: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its chances count for nothing, whoever else runs."""
    solved, rows = SolvedProcesses.of(chains_at(price)), list[int]()
    look: Any = SolvedProcesses.acceptance_probability

    def counted(self: SolvedProcesses, *places: Any, **kind: bool) -> Any:
        rows.append(self.means.size)
        return look(self, *places, **kind)

    monkeypatch.setattr(SolvedProcesses, "acceptance_probability", counted)

    outcomes = solved.evaluate_mixtures(
        solved.index_policy(base).mixtures(range(len(ENTRIES)))
    )

    begun = solved.indices > base
    assert not rows or max(rows) == begun.sum()
    taken = [bool(outcome.take_probability[0] > 0.0) for outcome in outcomes]
    assert taken == begun.tolist()
