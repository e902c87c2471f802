"""What a letter refuses, word for word: somebody has read each sentence."""

from collections.abc import Callable

import attrs
import pytest

from interviewfit import (
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    assess,
    corporate,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.letters import letter

KNOWN = {aspect: Belief(mean=1, sd=0) for aspect in ASPECTS}
LONG = "x" * 1_001
SHOWN = f"'{'x' * 76}..."
LENGTH = f"must be a text of at most 1,000 characters, got {SHOWN}."
STANDS = "These suit a process that stands"


def at(phase: str, **more: object) -> Assessment:
    return assess(
        Candidate(),
        Opportunity(
            name="Acme",
            stages=corporate(),
            position=Position(phase=phase),
            **more,  # type: ignore[arg-type]
        ),
    )


def of_a_long_company() -> str:
    answer = at("before")
    job = answer.decision.opportunity
    stages = attrs.evolve(job, company="Bolt")
    object.__setattr__(stages, "company", LONG)
    decision = attrs.evolve(answer.decision, opportunity=stages)
    return letter(attrs.evolve(answer, decision=decision))


REFUSALS: list[tuple[Callable[[], str], str]] = [
    (
        lambda: letter(5),  # type: ignore[arg-type]
        "letter(found) must be a Verdict, got 5. Pass what assess(...) returns.",
    ),
    (
        lambda: letter(at("before"), "fax"),  # type: ignore[arg-type]
        "letter(channel) must be one of email, message, call, got 'fax'.",
    ),
    (
        lambda: letter(at("before"), purpose="hire"),
        (
            "letter(purpose) must be one of take, continue, decline, "
            "withdraw_politely, postpone, investigate, hurry, follow_up, got 'hire'. "
            f"{STANDS} before a stage, as this one does."
        ),
    ),
    (
        lambda: letter(at("midway"), purpose="accept"),
        (
            "letter(purpose) must be one of continue, finish_politely, leave, "
            f"got 'accept'. {STANDS} in the middle of a stage, as this one does."
        ),
    ),
    (
        lambda: letter(at("offered"), purpose="take"),
        (
            "letter(purpose) must be one of accept_offer, decline_offer, postpone, "
            "ask_first, ask_for_time, let_it_lapse, ask_time, got 'take'. "
            f"{STANDS} with an offer, as this one does."
        ),
    ),
    (
        lambda: letter(at("rejected"), purpose="accept"),
        (
            "letter(purpose) must be one of move_on, got 'accept'. "
            f"{STANDS} after a refusal, as this one does."
        ),
    ),
    (
        lambda: letter(at("before"), when="Friday", purpose="decline"),
        (
            "letter(when) must be left out of a letter to decline, got 'Friday'. "
            "Such a letter has no sentence for it."
        ),
    ),
    (
        lambda: letter(at("midway"), when="Friday", purpose="finish_politely"),
        (
            "letter(when) must be left out of a letter to finish politely, "
            "got 'Friday'. Such a letter has no sentence for it."
        ),
    ),
    (
        lambda: letter(at("offered", beliefs=KNOWN), purpose="ask_first"),
        (
            "letter(purpose) must be another one, because no aspect of the job is "
            "unknown, got 'ask_first'."
        ),
    ),
    (lambda: letter(at("before"), to=LONG), f"letter(to) {LENGTH}"),
    (
        lambda: letter(attrs.evolve(at("before"), opportunity=LONG)),
        f"Opportunity.name {LENGTH}",
    ),
    (of_a_long_company, f"Opportunity.company {LENGTH}"),
    (
        lambda: letter(attrs.evolve(at("before"), stage=LONG)),
        f"Stage.name {LENGTH}",
    ),
    (
        lambda: letter(
            attrs.evolve(at("offered"), unknown=(LONG,), ask_about=()),
            purpose="ask_first",
        ),
        f"Candidate.priorities {LENGTH}",
    ),
]


@pytest.mark.parametrize(("write", "said"), REFUSALS)
def test_it_says_what_is_wrong_and_what_to_write(
    write: Callable[[], str], said: str
) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        write()

    assert str(caught.value) == said
