"""Numbers that somebody stated, in words that are understood at the first reading."""

import pytest

from interviewfit import Candidate, Opportunity, Position, Stage
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import Path
from interviewfit._text.statements import statement

STAGES = (Stage(kind="hiring_manager", influence=10),)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("candidate", "interviews_done"), "you have 1 interview behind you"),
        (("candidate", "interviews_ahead"), "you have 6 other processes ahead of you"),
        (("opportunity", "reach"), "their word carries in your field (90 %)"),
        (
            ("opportunity", "stages", 0, "influence"),
            "the person you meet (hiring manager) counts in your field 10 times as",
        ),
    ],
)
def test_a_number_is_said_plainly(path: Path, words: str) -> None:
    decision = Decision(
        candidate=Candidate(interviews_done=1, interviews_ahead=6),
        opportunity=Opportunity(name="Acme", stages=STAGES, reach=0.9),
    )

    assert statement(decision, path).startswith(words)


def test_a_word_that_does_not_carry_is_said_so() -> None:
    job = Opportunity(
        name="Acme", stages=STAGES, reach=0, position=Position(phase="midway")
    )
    decision = Decision(candidate=Candidate(), opportunity=job)

    words = statement(decision, ("opportunity", "reach"))
    assert words == "their word does not carry in your field"
