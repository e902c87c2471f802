"""The policy that is played is the best of those that can be kept."""

import numpy as np
import pytest

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Plan,
    Stage,
    Weights,
    plan,
    simulate,
)
from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.entries import compile_search
from interviewfit.simulation._paths import Policy

KINDS = ("panel", "take_home", "executive", "hr_screen", "hiring_manager")
UNTAUGHT = Candidate(weights=Weights(practice=0))
SEEDS = range(24)


def jobs_of(seed: int) -> list[Opportunity]:
    """Two or three processes with interviews so long that one may walk out of them."""
    rng = np.random.default_rng(seed)
    return [
        Opportunity(
            name=f"job {number}",
            stages=[
                Stage(kind=str(rng.choice(KINDS)), hours=float(rng.uniform(1, 12)))
                for _ in range(rng.integers(1, 4))
            ],
            beliefs={
                "pay": Belief(
                    mean=float(rng.normal(4, 6)), sd=float(rng.uniform(2, 10))
                )
            },
        )
        for number in range(rng.integers(2, 4))
    ]


def searched(jobs: list[Opportunity]) -> BudgetedSearch:
    return BudgetedSearch.of(compile_search(UNTAUGHT, jobs, Assumptions()), 0.0, 0.0)


def kept(seed: int) -> tuple[float, float, Policy, Plan]:
    """What finishing every interview brings, what taking turns does, and the best."""
    jobs = jobs_of(seed)
    search, found = searched(jobs), plan(UNTAUGHT, jobs)
    in_turn, _ = search.solved.sequential_value(search.policy.outside_option)
    feasible = search.best_feasible.policy.value
    return feasible, in_turn, Policy.of(search, found), found


class TestPolicy:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_is_worth_the_better_of_what_can_be_kept(self, seed: int) -> None:
        search = searched(jobs_of(seed))
        feasible, in_turn, policy, _ = kept(seed)

        assert policy.value is not None
        if search.may_walk_out:
            assert policy.value == pytest.approx(max(feasible, in_turn), abs=1e-9)
            assert (policy.values_after is None) == (feasible >= in_turn)
        else:
            assert policy.value == pytest.approx(search.policy.value, abs=1e-9)

    def test_is_at_times_the_one_and_at_times_the_other(self) -> None:
        better = [kept(seed)[:2] for seed in SEEDS]

        assert any(feasible > in_turn + 1e-6 for feasible, in_turn in better)
        assert any(in_turn > feasible + 1e-6 for feasible, in_turn in better)

    def test_is_in_turn_where_nobody_waits(self) -> None:
        for options in ({"recall": False}, {"slots": 1}):
            jobs = jobs_of(3)
            search = searched(jobs)
            policy = Policy.of(search, plan(UNTAUGHT, jobs, **options))

            assert policy.values_after is not None
            assert policy.note.startswith("One process runs after another")

    def test_an_interview_is_walked_out_of_where_that_pays(self) -> None:
        """Thirty hours, the first of which may show that nothing is in it."""
        long = Stage(kind="panel", hours=30.0)
        jobs = [
            Opportunity(name=name, stages=[long], beliefs={"pay": Belief(mean=4, sd=9)})
            for name in ("Acme", "Bolt")
        ]
        found = plan(UNTAUGHT, jobs, slots=1)

        played = simulate(found, 20_000)

        ways = [words for one in played.processes for words, _ in one.endings]
        assert "walked out of panel" in ways
        assert played.expected is not None
        assert abs(played.value.mean - played.expected) < 4.0 * played.value.error
