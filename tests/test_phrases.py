from interviewfit import (
    Belief,
    Candidate,
    Clue,
    Decision,
    Opportunity,
    Reading,
    Seniority,
    Stage,
    StageKind,
)
from interviewfit.inventory import list_inputs
from interviewfit.phrases import phrase
from interviewfit.priors import PRIORS

JOB = Opportunity(
    name="Acme",
    stages=[
        Stage(
            kind=kind,
            name=f"round {number}",
            hours=1,
            preparation=1,
            pass_rate=0.5,
            surfaces=0.5,
            reshape_chance=0.5,
            reshape_gain=5,
            practice=1,
            reveals={"pay": 0.5},
            meets=Seniority.PEER,
        )
        for number, kind in enumerate(StageKind)
    ],
    beliefs={"the u.s. office": Belief(mean=1, sd=2)},
    signals=[
        Reading(aspect="pay", value=1, noise=1),
        Clue(event="passed_on", factor=2),
    ],
)


class TestPhrase:
    def test_every_number_has_words_of_its_own(self) -> None:
        decision = Decision(candidate=Candidate(), opportunity=JOB)
        names = [one.name for one in list_inputs(decision)]
        names += [name for name in PRIORS if name not in names]

        words = [phrase(name, decision) for name in names]

        assert len(set(words)) == len(words)
        assert all(one.startswith(("how ", "what ")) for one in words)
        assert not any(sign in one for one in words for sign in "[]_{}")

    def test_a_stage_goes_by_its_title(self) -> None:
        decision = Decision(candidate=Candidate(), opportunity=JOB)

        assert phrase("stages[0].hours", decision) == "how long the round 0 takes"
        assert phrase("stages[0].hours") == "how long the stage 1 takes"

    def test_an_aspect_may_hold_a_dot(self) -> None:
        assert phrase("the u.s. office.mean") == "how good the u.s. office is"
        assert phrase("the u.s. office.sd") == "how unsure the u.s. office is"
