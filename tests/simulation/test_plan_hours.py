"""The hours of a plan are those that its processes take when it is followed."""

from typing import Any

import pytest
from attrs import evolve

from interviewfit import Action, Candidate, Opportunity, plan, simulate
from random_files import random_file

# Dealbreakers, offers that are asked about, walking out of tasks, interviews under way;
# others were drawn at random.
SEEDS = (8, 19, 22, 45, 59, 118, 141, 223, 259)


def untaught(seed: int) -> tuple[Candidate, list[Opportunity]]:
    """A random search in which practice counts for nothing, as in the runs."""
    candidate, jobs = random_file(seed)
    weights = evolve(candidate.weights, practice=0.0)
    return evolve(candidate, weights=weights), jobs


@pytest.mark.parametrize("more", [{}, {"slots": 1}, {"recall": False}, {"budget": 6.0}])
@pytest.mark.parametrize("seed", SEEDS)
def test_they_are_those_of_the_runs(seed: int, more: dict[str, Any]) -> None:
    answer = plan(*untaught(seed), **more)

    outcomes = simulate(answer, 10_000, seed)

    assert answer.hours == pytest.approx(
        outcomes.hours.mean, abs=4.5 * outcomes.hours.error + 1e-9
    )


def test_an_interview_for_a_job_that_is_ruled_out_leads_to_none() -> None:
    answer = plan(*untaught(259))

    (row,) = answer.processes
    assert row.dealbreakers
    assert row.action is Action.FINISH_POLITELY
    assert row.accept_probability == 0.0
    assert row.hours == answer.hours == 0.25
