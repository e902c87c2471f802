"""Bounds that spare a second solution: they say what a second solution would.

``Otherwise`` asks the solver only where bounds leave something open, and only when
somebody asks. Here each answer is worked out once more without any bound.
"""

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    Weights,
    assess,
    corporate,
)
from interviewfit._assessment import dropped_terms, otherwise as otherwise_module
from interviewfit._assessment.alternatives import without_terms
from interviewfit._assessment.evaluation import Evaluation, evaluate
from interviewfit._assessment.otherwise import Otherwise, solved_without_unspoken
from interviewfit._assessment.outcome import choices_of
from interviewfit._assessment.problems import compile_problem
from interviewfit._competition import mutual_steps
from interviewfit._model.decision import Decision
from interviewfit._model.vocabulary import JUDGED_TERMS, SIDE_TERMS, Action
from interviewfit._solver.mutual_chains import Belief as MutualBelief
from interviewfit._solver.mutual_solution import solve_mutual
from mutual_chains import belief_of, steps_of
from mutual_oracle import random_case

KINDS = ("hr_screen", "hiring_manager", "panel", "take_home", "executive")
DROPPED = [SIDE_TERMS, *((term,) for term in JUDGED_TERMS)]


def evaluated(
    kinds: Sequence[str],
    position: Position,
    fit: float,
    pay: float,
    weight: float,
) -> Evaluation[float]:
    """A decision on a job.

    Args:
        kinds: Of its stages.
        position: Where it stands.
        fit: How far the two views of the match agree.
        pay: What is believed of the pay, percent.
        weight: Of what walking out and contacts are worth.
    """
    job = Opportunity(
        name="Acme",
        stages=[Stage(kind=kind) for kind in kinds],
        position=position,
        mutual_fit=fit,
        beliefs={"pay": Belief(mean=pay, sd=4.0)},
        via_recruiter=True,
    )
    weights = Weights(bail=weight, networking=weight, practice=weight)
    candidate = Candidate(weights=weights)
    decision = Decision(
        candidate=candidate, opportunity=job, assumptions=Assumptions(), beside=()
    )
    return evaluate(compile_problem(decision))


decisions = st.lists(st.sampled_from(KINDS), min_size=1, max_size=3).flatmap(
    lambda kinds: st.builds(
        evaluated,
        st.just(kinds),
        st.builds(
            Position,
            phase=st.sampled_from(["before", "midway"]),
            stage=st.integers(0, len(kinds) - 1),
        ),
        st.sampled_from([0.1, 0.3, 0.8]),
        st.floats(-15.0, 25.0),
        st.sampled_from([0.3, 1.0, 3.0]),
    )
)


@given(evaluation=decisions)
def test_an_answer_by_bounds_is_the_one_solved_again(
    evaluation: Evaluation[float],
) -> None:
    otherwise = Otherwise.of(evaluation, choices_of(evaluation), brief=False)

    actions = otherwise.solved().without_terms

    rows = without_terms(evaluation.problem, DROPPED)
    assert evaluate(rows, len(DROPPED), values_only=True).ranking.best == actions


@given(evaluation=decisions)
def test_so_it_is_where_silence_counts_for_nothing(
    evaluation: Evaluation[float],
) -> None:
    otherwise = Otherwise.of(evaluation, choices_of(evaluation), brief=False)

    action = otherwise.solved().without_unspoken

    assert solved_without_unspoken(evaluation) is action


@pytest.mark.parametrize("stage", [0, 1, 2])
def test_an_interview_that_is_clearly_worth_it_is_solved_once(
    stage: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    position = Position(phase="midway", stage=stage)
    evaluation = evaluated(("hr_screen", "panel", "executive"), position, 0.2, 20, 1)
    choices = choices_of(evaluation)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("solved once more")

    monkeypatch.setattr(dropped_terms, "evaluate", refuse)
    monkeypatch.setattr(mutual_steps, "solve_mutual", refuse)

    otherwise = Otherwise.of(evaluation, choices, brief=False).solved()
    assert set(otherwise.without_terms) == {choices[0].action}


@pytest.mark.parametrize("seed", range(8))
def test_what_follows_is_worth_what_it_is_when_solved_by_itself(seed: int) -> None:
    rng = np.random.default_rng(seed)
    case = random_case(rng, 3)
    steps, belief = steps_of(case), belief_of(case)
    solution = solve_mutual(steps, belief)
    # Somewhat better than believed so far.
    mean = belief.mean + 0.3 * np.sqrt(belief.variance)
    later = MutualBelief(
        belief.centre,
        mean,
        np.maximum(0.0, belief.variance - case.reveal[0] ** 2),
        belief.factors,
        belief.decides[1:],
    )
    by_itself = solve_mutual(tuple(column[:, 1:] for column in steps), later)

    ahead = solution.second_stop(by_itself.believed.item())

    if ahead is None:
        assert not solution.single.all() or np.isneginf(solution.thresholds[0, 1])
    else:
        lead = by_itself.values.item() - case.exit[1]
        assert ahead.lead == pytest.approx(lead, abs=1e-8 * np.sqrt(case.total))
        assert ahead.reach[0] == pytest.approx(1.0)


def test_offers_and_first_interviews_are_asked_nothing_of_what_follows() -> None:
    before = evaluated(("panel", "executive"), Position(), 0.2, 5.0, 1.0)

    assert before.stops is None


def test_what_bounds_leave_open_is_solved_once_when_somebody_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    low = {"pay": Belief(mean=-27.0, sd=4.0)}
    job = Opportunity(name="Acme", stages=corporate(), beliefs=low, mutual_fit=0.3)
    calls: list[int] = []

    def solved_without(*given: Any) -> list[Action]:
        calls.append(1)
        return dropped_terms.solved_without(*given)

    monkeypatch.setattr(otherwise_module, "solved_without", solved_without)

    answers = [assess(Candidate(), job) for _ in range(4)]

    assert not calls
    first, second, third, fourth = answers
    assert first.action_without_side_values is Action.DECLINE
    assert (first.decisive_priors, first.action_without_unspoken) == ((), None)
    assert len(calls) == 1
    assert second == first
    assert copy.copy(third) == first
    assert fourth.to_dict() == first.to_dict()
    assert len(calls) == 4
    with pytest.raises(AttributeError, match="no attribute 'decisive'"):
        first.decisive  # type: ignore[attr-defined]  # noqa: B018
