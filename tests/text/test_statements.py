"""Numbers that somebody stated, in words that are understood at the first reading."""

import pytest

from interviewfit import (
    Candidate,
    Clue,
    Opportunity,
    Position,
    Stage,
    assess,
    corporate,
)
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


@pytest.mark.parametrize(
    ("done", "ahead", "words"),
    [
        (2, 1, ("2 interviews", "1 other process")),
        (1, 2, ("1 int", "2 other processes")),
    ],
)
def test_one_is_one_and_several_are_several(
    done: int, ahead: int, words: tuple[str, str]
) -> None:
    me = Candidate(interviews_done=done, interviews_ahead=ahead)
    decision = Decision(
        candidate=me, opportunity=Opportunity(name="Acme", stages=STAGES)
    )

    behind = statement(decision, ("candidate", "interviews_done"))
    before = statement(decision, ("candidate", "interviews_ahead"))

    assert behind.startswith(f"you have {words[0]}")
    assert before.startswith(f"you have {words[1]} ahead of you")


@pytest.mark.parametrize(("weeks", "words"), [(1, "1 week"), (3, "3 weeks")])
def test_weeks_that_may_bring_an_opening_are_counted(weeks: int, words: str) -> None:
    me = Candidate(arrivals=0.2, search_weeks=weeks)
    job, other = (Opportunity(name=name, stages=corporate()) for name in "AB")

    reasons = assess(me, job, beside=[other]).reasons

    beside = next(item.what for item in reasons.items if item.name == "beside")
    assert f"1 other process and {words} that may bring a new opening" in beside


def test_a_clue_and_a_dealbreaker_are_said_in_words() -> None:
    clue = Clue(event="passed_on", factor=2.5, note="the manager asked for you")
    job = Opportunity(name="Acme", stages=STAGES, signals=[clue], tags=["oil"])
    decision = Decision(candidate=Candidate(dealbreakers=["oil"]), opportunity=job)

    heard = statement(decision, ("opportunity", "signals", 0))
    stop = statement(decision, ("candidate", "dealbreakers", "oil"))

    assert heard.startswith("a clue (the manager asked for you) makes it 2.5 times as")
    assert stop == "it meets your dealbreaker (oil)"
