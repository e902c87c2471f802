"""One decision beside the other processes of a search."""

from math import fsum
from typing import Any

import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    Stage,
    Term,
    Weights,
    assess,
    corporate,
    plan,
    small_firm,
    technical,
)
from interviewfit._model.vocabulary import ASPECTS

UNTAUGHT = Candidate(weights=Weights(practice=0.0))


def job(
    name: str, fit: float, stages: tuple[Stage, ...], phase: Phase = Phase.BEFORE
) -> Opportunity:
    """A job believed to fit so well, percent of pay."""
    return Opportunity(
        name=name,
        stages=stages,
        beliefs={"role": Belief(mean=fit, sd=6.0), "pay": Belief(mean=3.0, sd=4.0)},
        position=Position(phase=phase),
    )


JOBS = [
    job("Acme", 4.0, corporate()),
    job("Bolt", -2.0, small_firm()),
    job("Cask", 9.0, technical()),
    job("Dune", 1.0, corporate(), Phase.MIDWAY),
    job("Elm", -30.0, corporate()),
]


def judge(
    one: Opportunity, beside: list[Opportunity], who: Candidate = UNTAUGHT
) -> Assessment:
    return assess(who, one, beside=beside)


class TestBeside:
    @pytest.mark.parametrize("one", JOBS, ids=lambda one: one.name)
    def test_it_is_worth_what_the_plan_says(self, one: Opportunity) -> None:
        """The plan takes it in turn, or not at all; so does the decision."""
        planned = plan(UNTAUGHT, JOBS).process(one.name)

        found = judge(one, JOBS)

        assert found.value == pytest.approx(planned.marginal_value, rel=1e-9, abs=1e-9)
        assert found.action is planned.action
        assert found.rival_count == len(JOBS) - 1

    @pytest.mark.parametrize("one", JOBS, ids=lambda one: one.name)
    def test_with_practice_it_is_worth_what_it_teaches_besides(
        self, one: Opportunity
    ) -> None:
        """Of its first interview at least: later ones teach too, if they come."""
        planned = plan(Candidate(), JOBS).process(one.name)

        going = judge(one, JOBS, Candidate()).choices

        taught = max(choice.terms.get(Term.PRACTICE, 0.0) for choice in going)
        assert taught >= planned.practice_value * 0.999

    def test_it_does_not_compete_with_itself(self) -> None:
        others = [one for one in JOBS if one.name != "Acme"]

        assert judge(JOBS[0], JOBS) == judge(JOBS[0], others)

    def test_nothing_beside_it_changes_nothing(self) -> None:
        assert judge(JOBS[0], []) == assess(UNTAUGHT, JOBS[0])

    def test_a_splendid_offer_in_hand_turns_it_down(self) -> None:
        splendid = job("Fair", 90.0, small_firm(), Phase.OFFERED)

        alone, found = assess(UNTAUGHT, JOBS[0]), judge(JOBS[0], [splendid])

        assert alone.action is Action.TAKE
        assert found.action is Action.DECLINE

    @pytest.mark.parametrize("one", JOBS, ids=lambda one: one.name)
    def test_terms_add_up_and_information_never_hurts(self, one: Opportunity) -> None:
        found = judge(one, JOBS, Candidate())

        for choice in found.choices:
            total = fsum(choice.terms.values())
            assert choice.value == pytest.approx(total, rel=1e-9, abs=1e-9)
        assert found.information_value >= 0.0

    def test_an_offer_must_make_up_for_the_others(self) -> None:
        """
        It ends their search: accepting is worth its surplus less what they are worth.
        """
        offer = job("Gate", 1.0, small_firm(), Phase.OFFERED)
        sure = {name: Belief(mean=-1, sd=0) for name in ASPECTS}
        offer = evolve(offer, beliefs={**sure, **offer.beliefs})
        alone = assess(UNTAUGHT, offer).choice(Action.ACCEPT_OFFER).value

        found = judge(offer, JOBS)

        others = plan(UNTAUGHT, JOBS).value
        inside = assess(
            UNTAUGHT,
            JOBS[3],
            beside=[
                evolve(offer, name="Huge", beliefs={"pay": Belief(mean=900, sd=0)})
            ],
        )
        worth = found.choice(Action.ACCEPT_OFFER).value
        assert found.rivals_value == pytest.approx(others, rel=1e-9)
        assert worth == pytest.approx(alone + inside.value - others, rel=1e-9)

    def test_the_explanation_says_so(self) -> None:
        assert "Judged beside your 4 other opportunities" in str(judge(JOBS[0], JOBS))

    @pytest.mark.parametrize("beside", ["Acme", 3, [3]])
    def test_only_opportunities_can_be_beside_it(self, beside: Any) -> None:
        with pytest.raises(InvalidFieldError, match="beside"):
            assess(Candidate(), JOBS[0], beside=beside)

    def test_two_others_of_one_name_are_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match="different names"):
            judge(JOBS[0], [JOBS[1], JOBS[1]])


class TestOffersInAPlan:
    def test_accepting_leaves_all_else(self) -> None:
        offer = job("Hill", 60.0, small_firm(), Phase.OFFERED)

        found = plan(UNTAUGHT, [*JOBS, offer])

        assert found.offers[0].action is Action.ACCEPT_OFFER
        assert found.ranked == ()
        assert {one.action for one in found.to_leave} <= {
            Action.DECLINE,
            Action.WITHDRAW_POLITELY,
            Action.FINISH_POLITELY,
            Action.LEAVE,
        }
        finished = [
            one for one in found.to_leave if one.action is Action.FINISH_POLITELY
        ]
        assert found.hours == sum(one.hours for one in finished) > 0.0
        assert found.value == found.offers[0].accept_value

    def test_of_two_offers_one_is_kept(self) -> None:
        good = job("Inn", 30.0, small_firm(), Phase.OFFERED)
        better = job("Jet", 60.0, small_firm(), Phase.OFFERED)

        found = plan(UNTAUGHT, [good, *JOBS, better])

        assert [one.action for one in found.offers] == [
            Action.DECLINE_OFFER,
            Action.ACCEPT_OFFER,
        ]
        assert found.offers[0].decline_value == found.offers[1].accept_value


class TestOffersBesideEachOther:
    @pytest.mark.parametrize(("pay", "better"), [(5.0, 7.0), (7.0, 5.0)])
    def test_only_one_can_be_accepted(self, pay: float, better: float) -> None:
        """All is known, and 1 % is 36 h: an offer counts beyond the other one."""

        def offer(name: str, worth: float) -> Opportunity:
            beliefs = {one: Belief(mean=0, sd=0) for one in ASPECTS}
            beliefs["pay"] = Belief(mean=worth, sd=0)
            return Opportunity(
                name=name,
                stages=corporate(),
                beliefs=beliefs,
                position=Position(phase="offered"),
            )

        found = judge(offer("Acme", pay), [offer("Bolt", better)])

        over = 36.0 * (pay - better)
        assert found.choice(Action.ACCEPT_OFFER).value == pytest.approx(over)
        assert found.action is (
            Action.ACCEPT_OFFER if over > 0 else Action.DECLINE_OFFER
        )
