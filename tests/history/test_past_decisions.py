"""What a log says was decided, and what it tells of priorities."""

from typing import Any

import pytest

from interviewfit import (
    Belief,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    corporate,
    small_firm,
)
from interviewfit.history import History, StageEvent, past_decisions
from interviewfit.weightings import learn_priorities

BELIEFS = {"role": Belief(mean=-25, sd=5)}
JOB = Opportunity(name="Acme", stages=corporate(), beliefs=BELIEFS, researched=0)


def log(*kinds: str, process: str = "Acme") -> History:
    """Events of a process, a day after each other."""
    return History(
        events=[
            StageEvent(process=process, kind=kind, on=f"2025-05-{day:02}")
            for day, kind in enumerate(kinds, start=1)
        ]
    )


@pytest.mark.parametrize(
    ("kinds", "position", "stayed"),
    [
        (("applied", "withdrew"), Position(stage=0), False),
        (("contacted", "withdrew"), Position(stage=0), False),
        (("applied", "screen", "withdrew"), Position(stage=0), False),
        (("screen", "interview", "withdrew"), Position(stage=1), False),
        (("screen", "interview", "interview", "withdrew"), Position(stage=2), False),
        (("screen", "rejected"), Position(stage=0), True),
        (("screen", "interview", "rejected"), Position(stage=1), True),
        (("screen", "interview"), Position(stage=0), True),
        (("screen", "interview", "closed"), Position(stage=0), True),
        (("screen", "interview", "silent"), Position(stage=0), True),
        (("screen", "offer"), Position(stage=2), True),
        (("screen", "offer", "accepted"), Position(phase="offered"), True),
        (("screen", "offer", "declined"), Position(phase="offered"), False),
        (("screen", "offer", "withdrew"), Position(phase="offered"), False),
    ],
)
def test_the_last_decision_counts(
    kinds: tuple[str, ...], position: Position, stayed: bool
) -> None:
    (decision,) = past_decisions(log(*kinds), [JOB])

    assert decision.opportunity.position == position
    assert decision.stayed is stayed
    assert decision.opportunity.beliefs == JOB.beliefs


@pytest.mark.parametrize("kinds", [("applied",), ("applied", "rejected"), ("screen",)])
def test_what_is_not_decided_yet_is_left_out(kinds: tuple[str, ...]) -> None:
    assert past_decisions(log(*kinds), [JOB]) == ()


def test_so_is_a_job_that_the_log_does_not_have() -> None:
    assert past_decisions(log("screen", "withdrew", process="Bolt"), [JOB]) == ()


def test_a_round_that_the_job_does_not_list_counts_by_its_place() -> None:
    job = Opportunity(name="Acme", stages=small_firm(), beliefs=BELIEFS)
    (decision,) = past_decisions(log("screen", "withdrew"), [job])

    assert decision.opportunity.position == Position(stage=0)


def test_what_was_looked_up_later_had_not_been_looked_up_then() -> None:
    job = Opportunity(
        name="Acme", stages=corporate(), position=Position(stage=2), researched=2
    )
    (decision,) = past_decisions(log("screen", "withdrew"), [job])

    assert decision.opportunity.position.phase is Phase.BEFORE
    assert decision.opportunity.researched is None


def test_leaving_tells_that_the_role_matters_and_staying_that_it_does_not() -> None:
    (left,) = learn_priorities(
        past_decisions(log("screen", "withdrew"), [JOB])
    ).priorities
    (stayed,) = learn_priorities(
        past_decisions(log("screen", "rejected"), [JOB])
    ).priorities

    assert stayed.mean < 1.0 < left.mean


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("log", [JOB]), r"past_decisions\(history\)"),
        ((log("screen"), ["Acme"]), "of opportunities"),
        ((log("screen"), 5), r"past_decisions\(opportunities\)"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: Any, message: str) -> None:
    with pytest.raises(InvalidFieldError, match=message):
        past_decisions(*arguments)
