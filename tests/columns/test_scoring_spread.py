"""Columns of spreads and jobs that change: scores agree with single answers."""

from math import nan

import pytest

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    assess,
    corporate,
    score,
)
from interviewfit._model.vocabulary import ASPECTS

SURE = {aspect: Belief(mean=0, sd=0) for aspect in ASPECTS}
RESHAPED = Stage(kind="executive", reshape_chance=1, reshape_gain=10, hours=1)
EARLIER = Stage(kind="hiring_manager", reshape_chance=1, reshape_gain=10, hours=1)


@pytest.mark.parametrize("aspect", ["pay", "role", "culture"])
def test_a_column_of_spreads_may_hold_none(aspect: str) -> None:
    spreads = [0.0, 5.0, 0.0, 40.0]
    columns = {
        "process": "corporate",
        f"{aspect}.mean": [5.0, 5.0, -3.0, -3.0],
        f"{aspect}.sd": spreads,
    }

    scores = score(Candidate(), columns)

    for row, sd in enumerate(spreads):
        belief = Belief(mean=columns[f"{aspect}.mean"][row], sd=sd)  # type: ignore[arg-type]
        job = Opportunity(name="job", stages=corporate(), beliefs={aspect: belief})
        assert scores.value[row] == pytest.approx(
            assess(Candidate(), job).value, abs=1e-9
        )
    unknown = score(Candidate(), {**columns, f"{aspect}.sd": [nan] * 4})
    assert unknown.value[0] != pytest.approx(scores.value[0], abs=0.1)


@pytest.mark.parametrize(
    ("stages", "pay", "action"),
    [
        ((RESHAPED,), -15.0, Action.FINISH_POLITELY),
        ((RESHAPED,), -9.0, Action.CONTINUE),
        ((EARLIER, RESHAPED), -29.0, Action.FINISH_POLITELY),
        ((EARLIER, RESHAPED), -15.0, Action.CONTINUE),
    ],
)
def test_a_job_that_will_be_changed_is_judged_as_it_will_be(
    stages: tuple[Stage, ...], pay: float, action: Action
) -> None:
    """Each stage is sure to make the job 10 % of pay better."""
    beliefs = {**SURE, "pay": Belief(mean=pay, sd=0)}
    midway = Position(phase="midway")
    job = Opportunity(name="job", stages=stages, beliefs=beliefs, position=midway)
    columns: dict[str, object] = {"process": "own", "phase": "midway"}
    for aspect, belief in beliefs.items():
        columns |= {f"{aspect}.mean": [belief.mean], f"{aspect}.sd": belief.sd}

    judged = assess(Candidate(), job)
    scores = score(Candidate(), columns, processes={"own": stages})

    assert judged.action is action
    assert scores.action.tolist() == [action.value]
    assert scores.value[0] == pytest.approx(judged.value, abs=1e-9)
