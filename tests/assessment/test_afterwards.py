"""Whether one would go on after the interview one is in, where passes tell of it."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    assess,
    corporate,
)
from interviewfit._assessment import afterwards
from interviewfit._assessment.afterwards import lead_afterwards, leads_afterwards
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.decision import Decision


def midway(role: float, mutual_fit: float | None) -> Decision:
    """In the interview with the manager.

    Args:
        role: What is believed of it, percent of pay.
        mutual_fit: Correlation of the employer's view.
    """
    job = Opportunity(
        name="Acme",
        stages=corporate(),
        beliefs={"role": Belief(mean=role, sd=8)},
        position=Position(stage=1, phase="midway"),
        mutual_fit=mutual_fit,
    )
    return assess(Candidate(), job).decision


@given(st.floats(-40.0, 20.0), st.sampled_from([0.05, 0.1, 0.3, 0.6]))
def test_its_sign_is_that_of_the_advice(role: float, correlation: float) -> None:
    decision = midway(role, correlation)

    lead = lead_afterwards(compile_problem(decision), 1).item()

    answer = assess(decision.candidate, decision.opportunity)
    # Two ways to put an average over the interview: next to the limit they may part.
    if answer.action in {Action.CONTINUE, Action.FINISH_POLITELY} and abs(lead) > 0.05:
        assert (lead > 0.0) is (answer.action is Action.CONTINUE)


def test_a_pass_that_tells_next_to_nothing_changes_next_to_nothing() -> None:
    leads = [
        lead_afterwards(compile_problem(midway(-5.0, fit)), 1).item()
        for fit in (None, 1e-7)
    ]

    assert leads[1] == pytest.approx(leads[0], abs=1e-3)


def test_a_pass_to_come_is_good_news_of_the_fit() -> None:
    leads = [
        lead_afterwards(compile_problem(midway(-5.0, fit)), 1).item()
        for fit in (None, 0.1, 0.3)
    ]

    assert leads == sorted(leads)
    assert leads[2] > leads[0] + 1.0


def test_many_at_once_are_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """In blocks of which the last is not full."""
    decision = midway(2.0, 0.3)
    means = np.linspace(-30.0, 30.0, 7)
    alone = [
        leads_afterwards(decision, {"role.mean": means[row : row + 1]})
        for row in range(means.size)
    ]

    monkeypatch.setattr(afterwards, "_BLOCK", 3)
    leads = leads_afterwards(decision, {"role.mean": means})

    assert leads is not None
    assert leads.shape == means.shape
    assert leads == pytest.approx(
        np.concatenate([one for one in alone if one is not None])
    )
