"""What information is worth: the value, minus that of the best plan made in advance."""

from typing import Any

import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Reading,
    Sign,
    Stage,
    Weights,
    assess,
    corporate,
)
from interviewfit._model.vocabulary import ASPECTS

NEWS = Reading(aspect="pay", value=0, noise=10, unsettled=12)
ONLY_THE_JOB = Weights(networking=0, practice=0, hidden_role=0)


def at(phase: str, **more: Any) -> Opportunity:
    """A corporate process at some position."""
    given = {"name": "Acme", "stages": corporate(), **more}
    return Opportunity(**given, position=Position(phase=phase))


class TestInformation:
    @pytest.mark.parametrize(
        ("pay", "blind"),
        [
            # 3 % over the job one has and .02 x 8 % more: .4 x 36 x 3.16, less 5 h.
            (10.0, 40.504),
            # Nothing to gain from it as it looks: decline.
            (-10.0, 0.0),
            (0.0, 0.0),
        ],
    )
    def test_by_hand(self, pay: float, blind: float) -> None:
        manager = Stage(kind="hiring_manager")
        job = at("before", stages=[manager], beliefs={"pay": Belief(mean=pay, sd=5)})

        found = assess(Candidate(weights=ONLY_THE_JOB), job)

        assert found.information_value == pytest.approx(found.value - blind, abs=1e-9)
        assert found.value > blind

    def test_where_nothing_is_revealed_it_is_nothing(self) -> None:
        beliefs = {name: Belief(mean=1, sd=0) for name in ASPECTS}
        stage = Stage(kind="panel", reshape_chance=0)

        found = assess(Candidate(), at("before", stages=[stage], beliefs=beliefs))

        assert found.information_value == pytest.approx(0.0, abs=1e-9)

    def test_a_plan_may_end_after_a_stage_that_pays_for_itself(self) -> None:
        """An executive met is worth more than the time, the panel after him is not: 4
        contacts of 2.5 h for 6.5 h, then thanks and no. All of it is known before.
        """
        beliefs = {name: Belief(mean=-5, sd=0) for name in ASPECTS}
        stages = [Stage(kind=kind, reshape_chance=0) for kind in ("executive", "panel")]
        weights = Weights(networking=5, practice=0, hidden_role=0)

        found = assess(
            Candidate(weights=weights), at("before", stages=stages, beliefs=beliefs)
        )

        assert found.value == pytest.approx(3.5, rel=1e-12)
        assert found.information_value == pytest.approx(0.0, abs=1e-9)

    def test_where_one_leaves_anyway_it_is_nothing(self) -> None:
        found = assess(Candidate(), at("before", signals=[Sign.WRONG_KIND_OF_WORK]))

        assert found.action is Action.DECLINE
        assert found.information_value == 0.0

    def test_an_offer_to_wait_with_is_worth_what_waiting_tells(self) -> None:
        job = at("offered", signals=[NEWS])

        found = assess(Candidate(), job)

        assert found.information_value == found.choice(Action.POSTPONE).value > 0.0


@pytest.mark.parametrize("pay", [-40.0, -6.0, 0.0, 6.0])
@pytest.mark.parametrize("phase", ["before", "midway"])
@pytest.mark.parametrize("networking", [1.0, 12.0])
def test_without_news_is_the_same_process_that_shows_nothing(
    pay: float, phase: str, networking: float
) -> None:
    """A plan that is fixed may end before any stage, which costs what leaving costs."""
    who = Candidate(weights=Weights(networking=networking, courtesy=5, declining=5))
    blind = dict.fromkeys(ASPECTS, 0.0)
    stages = (
        Stage(
            kind="hr_screen", pass_rate=0.5, hours=1, meets="manager", reshape_chance=0
        ),
        Stage(kind="panel", pass_rate=0.4, hours=4, reshape_chance=0),
        Stage(kind="executive", pass_rate=0.6, hours=2, reshape_chance=0),
    )
    beliefs = {"pay": Belief(mean=pay, sd=6)}
    seen = at(phase, stages=stages, beliefs=beliefs, via_recruiter=True)
    unseen = evolve(seen, stages=[evolve(stage, reveals=blind) for stage in stages])

    judged, shown_nothing = assess(who, seen), assess(who, unseen)

    without = judged.value - judged.information_value
    assert without == pytest.approx(shown_nothing.value, abs=1e-9)
