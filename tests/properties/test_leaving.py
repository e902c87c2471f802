"""How one leaves: politely where that costs less, and at once where one has said so."""

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import strategies as fit
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Sign,
    Stage,
    Weights,
    assess,
    corporate,
)
from interviewfit.records import Seniority

FEWER = settings(max_examples=settings().max_examples // 3)
STAYING = (Action.CONTINUE, Action.FINISH_POLITELY)
OUT = {
    Phase.BEFORE: (Action.DECLINE, Action.WITHDRAW_POLITELY),
    Phase.MIDWAY: (Action.LEAVE, Action.FINISH_POLITELY),
    Phase.OFFERED: (Action.DECLINE_OFFER,),
    Phase.REJECTED: (Action.MOVE_ON,),
}


def in_the_room(person: Seniority, hours: float, fit_: Belief) -> Opportunity:
    """Midway through the last interview, with half its hours to go."""
    return Opportunity(
        name="Acme",
        stages=[Stage(kind="panel", meets=person, hours=hours, pass_rate=0.5)],
        beliefs={"role": fit_},
        position=Position(phase=Phase.MIDWAY),
    )


class TestMidway:
    @given(
        person=st.sampled_from(Seniority),
        hours=fit.HOURS,
        role=fit.beliefs(means=st.floats(-80.0, 20.0)),
        harm=st.floats(0.0, 150.0),
        weights=fit.weights(),
    )
    def test_nobody_walks_out_if_that_harms_more_than_staying_costs(
        self,
        person: Seniority,
        hours: float,
        role: Belief,
        harm: float,
        weights: Weights,
    ) -> None:
        """Whatever one thinks of the job: all else that staying brings is a gain."""
        numbers = Assumptions(numbers={"bail_harm": harm})
        influence = numbers[f"influence.{person.value}"]
        loses = weights.bail * numbers["bail_chance"] * harm * influence
        costs = weights.time * 0.5 * hours
        found = assess(
            Candidate(weights=weights),
            in_the_room(person, hours, role),
            assumptions=numbers,
        )

        assert loses <= costs or found.action in STAYING

    @FEWER
    @given(case=fit.cases(st.just(Phase.MIDWAY)))
    def test_nobody_walks_out_on_people_for_nothing(self, case: fit.Case) -> None:
        """Time that costs nothing is no reason to leave."""
        weights = evolve(case.candidate.weights, time=0.0, courtesy=0.0, bail=1.0)
        who = evolve(case.candidate, weights=weights, dealbreakers=())
        found = evolve(case, candidate=who).assess()

        assert found.action in STAYING or found.value <= 0.0

    @pytest.mark.parametrize(
        ("hours", "action"), [(11.9, Action.FINISH_POLITELY), (12.1, Action.LEAVE)]
    )
    def test_six_hours_is_what_walking_out_on_a_manager_costs(
        self, hours: float, action: Action
    ) -> None:
        """A chance of 0.1 of 60 h, against half the hours of the interview."""
        plain = Candidate(weights=Weights(networking=0, practice=0, hidden_role=0))
        hopeless = Belief(mean=-1000, sd=0)

        found = assess(plain, in_the_room(Seniority.MANAGER, hours, hopeless))

        assert found.action is action


class TestADealbreaker:
    @FEWER
    @given(case=fit.cases(), tag=st.sampled_from(("whaling", "gambling")))
    def test_always_wins_and_never_moves_a_number(
        self, case: fit.Case, tag: str
    ) -> None:
        """It stands outside the sum: only the action and the reason for it change."""
        who = evolve(case.candidate, dealbreakers=())
        free = evolve(case, candidate=who)
        bound = evolve(
            case,
            candidate=evolve(who, dealbreakers={tag, "another"}),
            opportunity=evolve(case.opportunity, tags=case.opportunity.tags | {tag}),
        )
        found, without = bound.assess(), free.assess()

        # A sign may be a stop as well.
        assert set(found.hard_stops) == {tag, *without.hard_stops}
        assert found.action in OUT[case.opportunity.position.phase]
        assert (
            evolve(found, action=without.action, hard_stops=without.hard_stops)
            == without
        )
        assert without.hard_stops or without.action is found.choices[0].action

    @FEWER
    @given(case=fit.cases())
    def test_that_is_not_met_changes_nothing(self, case: fit.Case) -> None:
        who = evolve(case.candidate, dealbreakers=())
        strict = evolve(who, dealbreakers={"whaling"})

        assert (
            evolve(case, candidate=strict).assess()
            == evolve(case, candidate=who).assess()
        )

    def test_outweighs_any_offer(self) -> None:
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs={"pay": Belief(mean=900, sd=0)},
            tags={"whaling"},
            position=Position(phase=Phase.OFFERED),
        )
        found = assess(Candidate(dealbreakers={"whaling"}), job)

        assert found.action is Action.DECLINE_OFFER
        assert found.value > 30_000.0


class TestTurningARecruiterDown:
    @pytest.mark.parametrize("sign", [None, Sign.MERGER_TALKS])
    def test_is_not_made_cheaper_by_a_detour(self, sign: Sign | None) -> None:
        """In a hopeless case, looking it up or asking to postpone only puts it off."""
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs={"role": Belief(mean=-1000, sd=0)},
            signals=[sign] if sign else [],
            via_recruiter=True,
            unresearched=True,
        )
        found = assess(
            Candidate(), job, assumptions=Assumptions(numbers={"refusal": 1.0})
        )

        assert found.value == pytest.approx(-1.0, rel=1e-9)
