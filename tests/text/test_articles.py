"""A stage may be called "a talk" or "my day there": no sentence says "the a talk"."""

import re

import pytest

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    assess,
    plan,
    questions,
)
from interviewfit._command.edit import _stands as where_it_stands
from interviewfit._text import explain
from interviewfit._text.layout import render
from interviewfit._text.why_text import why_screen
from interviewfit.letters import letter
from interviewfit.records import Either

TITLES = ("a talk", "My day there")
TWICE = re.compile(r"\b[Tt]he (?:an?|the|my|your|our|their|his|her)\b", re.IGNORECASE)


def job(title: str, phase: str, fit: float) -> Opportunity:
    """An opportunity with stages of such names, what they tell, and their people."""
    stages = [
        Stage(kind="panel", name=title, hours=3, meets="executive", influence=2),
        Stage(kind="hiring_manager", name=f"{title} 2"),
    ]
    offered = phase == "offered"
    fact = Either(
        aspect="commute", chance=0.4, if_so=5, if_not=-20, told_by=f"{title} 2"
    )
    return Opportunity(
        name="Acme",
        stages=stages,
        position=Position(phase=phase, stage=0 if offered else 1),
        signals=[fact],
        beliefs={"role": Belief(mean=fit, sd=4)},
    )


@pytest.mark.parametrize("phase", ["before", "midway", "offered"])
@pytest.mark.parametrize("title", TITLES)
def test_no_sentence_has_two_articles(title: str, phase: str) -> None:
    said = []
    for fit in (-30.0, 8.0):
        opportunity = job(title, phase, fit)
        answer = assess(Candidate(), opportunity)
        said += [explain(answer), render(why_screen(answer, "letter")), str(answer)]
        said += [str(answer.reasons), letter(answer), where_it_stands(opportunity)]
        said += [str(plan(Candidate(), [opportunity])), str(questions(answer))]

    assert any(title.rsplit(maxsplit=1)[-1] in text for text in said)
    for text in said:
        assert not TWICE.search(text), text


def test_two_articles_would_be_noticed() -> None:
    assert TWICE.search("Do the a talk, whatever you come to think.")
