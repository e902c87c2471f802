"""What a process adds to an offer in hand, and to other processes.

It adds what the search is worth more with it than without it, where the offer may be
answered in another way. An offer that waits for an event is worth what that makes of it
before anything else goes on.
"""

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Plan,
    Position,
    Weights,
    assess,
    plan,
    simulate,
    small_firm,
)
from interviewfit._competition.value_bounds import tolerance
from interviewfit.sensitivity import sweep
from random_files import random_file

CASES = [
    (mean, sign)
    for mean in (9.0, 12.0, 16.0)
    for sign in ("merger_talks", "layoff_news")
]


WHO = Candidate(weights=Weights(practice=0.0))


def offer(mean: float, *signs: str) -> Opportunity:
    return Opportunity(
        name="Held",
        stages=small_firm(),
        beliefs={"pay": Belief(mean=mean, sd=3.0)},
        signals=signs,
        position=Position(phase="offered"),
    )


def running(name: str, mean: float) -> Opportunity:
    beliefs = {"pay": Belief(mean=mean, sd=4.0)}
    return Opportunity(name=name, stages=small_firm(), beliefs=beliefs)


def check_what_each_adds(jobs: list[Opportunity]) -> Plan:
    """A plan, once every process was seen to add what is lost without it."""
    answer = plan(WHO, jobs)
    for row in answer.processes:
        rest = [job for job in jobs if job.name != row.name]
        added = answer.value - plan(WHO, rest).value
        assert row.marginal_value == pytest.approx(added, abs=1e-6)
        assert sum(row.terms.values()) == pytest.approx(row.marginal_value, abs=1e-9)
    return answer


@pytest.mark.parametrize("mean", [0.0, 4.0, 9.0, 14.0])
def test_beside_an_offer_that_is_asked_about(mean: float) -> None:
    check_what_each_adds([offer(mean), running("A", 8.0), running("B", 12.0)])


@pytest.mark.parametrize(("mean", "sign"), CASES)
class TestAnEvent:
    def test_what_is_added(self, mean: float, sign: str) -> None:
        check_what_each_adds([offer(mean, sign), running("A", 8.0)])

    def test_the_runs_take_that_long_and_end_so(self, mean: float, sign: str) -> None:
        answer = plan(WHO, [offer(mean, sign), running("A", 8.0)])

        outcomes = simulate(answer, 20_000, 3)

        share = answer.processes[0].accept_probability
        error = np.sqrt(share * (1.0 - share) / outcomes.runs)
        assert outcomes.processes[0].accepted == pytest.approx(share, abs=4.5 * error)
        assert answer.hours == pytest.approx(
            outcomes.hours.mean, abs=4.5 * outcomes.hours.error
        )

    def test_assess_and_rows_say_the_same(self, mean: float, sign: str) -> None:
        held, job = offer(mean, sign), running("A", 8.0)

        answer = assess(WHO, job, beside=[held])
        outcomes = simulate(answer, 20_000, 3)
        moved = sweep(answer, "pay.mean", [8.0, 12.0])

        row = plan(WHO, [held, job]).processes[0]
        assert answer.value == pytest.approx(row.marginal_value, abs=1e-9)
        assert outcomes.value.mean == pytest.approx(
            answer.value, abs=4.5 * outcomes.value.error
        )
        better = assess(WHO, running("A", 12.0), beside=[held])
        assert moved.value.tolist() == pytest.approx(
            [answer.value, better.value], abs=1e-6
        )


@pytest.mark.parametrize("seed", [1, 8, 19, 45, 55, 96, 101, 129])
def test_in_searches_drawn_at_random(seed: int) -> None:
    candidate, jobs = random_file(seed)
    candidate = evolve(candidate, weights=WHO.weights)
    answer = plan(candidate, jobs)
    for row in answer.ranked:
        rest = [job for job in jobs if job.name != row.name]
        if not rest:
            continue
        without = plan(candidate, rest)

        slack = answer.guarantee.gap + without.guarantee.gap + tolerance(answer.value)
        added = answer.value - without.value
        assert row.marginal_value == pytest.approx(added, abs=slack)
