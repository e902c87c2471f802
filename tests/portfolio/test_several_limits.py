"""Where going on pays in several ranges of the fit, a plan says what that costs."""

from math import isfinite

import pytest

from interviewfit import Belief, Candidate, Opportunity, Stage, assess, plan
from interviewfit._assessment.evaluation import evaluate
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.decision import Decision
from interviewfit._model.priors import USUAL

KINDS = ("executive", "panel", "hr_screen", "panel")
RATES = (0.33, 0.28, 0.27, 0.39)


def job(name: str, fit: float) -> Opportunity:
    """A good job whose employer passes on whom it does not fit."""
    return Opportunity(
        name=name,
        stages=[Stage(kind=k, pass_rate=p) for k, p in zip(KINDS, RATES, strict=True)],
        mutual_fit=fit,
        beliefs={"role": Belief(mean=28.6, sd=4.0), "pay": Belief(mean=15.2, sd=0.2)},
    )


def test_the_gap_of_a_plan_counts_what_more_limits_would_add() -> None:
    against = job("Acme", -0.63)
    decision = Decision(
        candidate=Candidate(), opportunity=against, assumptions=USUAL, beside=()
    )
    shortfall = evaluate(compile_problem(decision)).shortfall
    assert shortfall == pytest.approx(0.041, abs=0.001)

    found = plan(Candidate(), [against]).guarantee

    assert isfinite(found.gap)
    assert found.gap >= shortfall
    assert any("more of them would add at most" in reason for reason in found.reasons)


def test_an_assessment_says_how_much_more_it_may_be_worth() -> None:
    told = " ".join(assess(Candidate(), job("Acme", -0.63)).notes)

    assert "at least what is said, and at most 0.041 h more." in told


def test_of_single_limits_nothing_is_said() -> None:
    towards = job("Acme", 0.3)

    assert not any(
        "limit a stage" in reason
        for reason in plan(Candidate(), [towards]).guarantee.reasons
    )
    assert not any(
        "limit a stage" in note for note in assess(Candidate(), towards).notes
    )
