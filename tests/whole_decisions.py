"""Three decisions that state every kind of thing, for ``test_whole_answers.py``."""

from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Clue,
    NamedSign,
    Opportunity,
    Position,
    Reading,
    Stage,
    Weights,
    assess,
    corporate,
    small_firm,
)
from interviewfit.records import Either


def decisions() -> dict[str, Assessment]:
    """Answers beside nothing, beside others, and about an offer."""
    stated = Opportunity(
        name="Acme, analyst",
        company="Acme",
        stages=[
            Stage(kind="hr_screen", pass_rate=0.6, days=3, days_sd=2),
            Stage(kind="panel", name="a talk: with all", hours=2, reshape_chance=0.2),
            Stage(kind="executive", preparation=1, meets="manager", influence=0.4),
        ],
        beliefs={"pay": Belief(mean=4, sd=6), "garden": Belief(mean=2, sd=3)},
        signals=[
            NamedSign(sign="bad_reviews", strength=0.5, note="a friend"),
            Reading(aspect="team", value=5, noise=4, unsettled=0.2, note="met them"),
            Either(
                aspect="commute", chance=0.4, if_so=6, if_not=-6, told_by="panel",
                note="two days at home",
            ),
            Clue(event="reshaped", factor=1.5),
        ],
        position=Position(stage=1),
        unresearched=True,
        tags=["meat"],
    )  # fmt: skip
    who = Candidate(
        priorities={"pay": 1.5, "team": 2.0, "garden": 0.5, "benefits": 0.0},
        fallback=2.0,
        weights=Weights(networking=1.0, courtesy=2.0, bail=0.5),
        interviews_done=1,
        dealbreakers=["arms"],
    )
    other = Opportunity(
        name="Bolt",
        stages=small_firm(),
        beliefs={"pay": Belief(mean=6, sd=3)},
        position=Position(phase="midway", stage=1),
    )
    offer = Opportunity(
        name="Core",
        stages=corporate(),
        position=Position(phase="offered"),
        beliefs={"pay": Belief(mean=9, sd=2)},
        signals=["merger_talks"],
        stays_open=0.7,
    )
    numbers = Assumptions(numbers={"hours_per_year": 1700, "asking": 0.5})
    return {
        "alone": assess(who, stated),
        "beside": assess(who, stated, beside=(other, offer)),
        "offer": assess(Candidate(), offer, beside=(other,), assumptions=numbers),
    }
