"""What a day of search costs, in the steps of a process."""

import pytest
from attrs import evolve

from interviewfit import (
    Assumptions,
    Candidate,
    Opportunity,
    Stage,
    Term,
    assess,
    corporate,
)
from interviewfit._competition.entries import compile_search

STAGES = [Stage(kind="hr_screen", days=2), Stage(kind="executive")]
JOB = Opportunity(name="Acme", stages=STAGES)


def rewards(day_cost: float) -> list[float]:
    (entry,) = compile_search(Candidate(day_cost=day_cost), [JOB], Assumptions())
    return [step.reward for step in entry.process.steps]


def test_the_days_to_an_answer_are_paid_after_the_interview() -> None:
    """Two days are stated for the first stage; a week is usual for the second."""
    paid = [free - dear for free, dear in zip(rewards(0.0), rewards(0.5), strict=True)]

    assert paid == pytest.approx([0.0, 1.0, 0.0, 3.5])


def test_they_are_part_of_the_time() -> None:
    free, dear = (assess(Candidate(day_cost=cost), JOB) for cost in (0.0, 0.2))

    assert dear.value < free.value
    assert dear.terms[Term.TIME] < free.terms[Term.TIME]


def test_a_day_that_costs_nothing_changes_no_bit() -> None:
    job = Opportunity(name="Acme", stages=corporate())

    assert assess(Candidate(day_cost=0), job) == assess(Candidate(), job)


def test_a_dearer_day_is_never_better() -> None:
    values = [
        assess(Candidate(day_cost=cost), JOB).value
        for cost in (0.0, 0.1, 0.5, 1.0, 4.0)
    ]

    assert values == sorted(values, reverse=True)


def test_a_longer_wait_costs_more() -> None:
    slow = evolve(JOB, stages=[evolve(STAGES[0], days=20), STAGES[1]])
    who = Candidate(day_cost=0.2)

    assert assess(who, slow).value < assess(who, JOB).value
