"""What an answer owes its reader: what it rests on, and what stops everything."""

from math import isfinite
from typing import Any

import attrs
import pytest

from cases import GUESSES, SIDE_GAINS, at, some_case
from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Reading,
    Sign,
    Stage,
    Term,
    Weights,
    assess,
    corporate,
    explain,
)
from interviewfit._assessment.assessing import check_assessment
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._text.html import show_verdict

NEWS = Reading(aspect="pay", value=0, noise=10, unsettled=12)


def without(someone: Candidate, job: Opportunity, *terms: str) -> Assessment:
    """The same, asked again with no weight on some terms."""
    weights = attrs.evolve(someone.weights, **dict.fromkeys(terms, 0.0))
    return assess(attrs.evolve(someone, weights=weights), job)


class TestAlone:
    @pytest.mark.parametrize("seed", range(40))
    def test_it_is_what_one_would_do_without_side_gains(self, seed: int) -> None:
        someone, job = some_case(seed)

        again = without(someone, job, *SIDE_GAINS)

        assert (
            assess(someone, job).action_without_side_values is again.choices[0].action
        )

    def test_going_on_for_practice_alone_is_found_out(self) -> None:
        """A poor job for sure, and 200 h for the next processes to win by practice:
        one stays and goes on. Without it one still stays, for walking out does great
        harm, and then withdraws.
        """
        beliefs = {name: Belief(mean=-5, sd=0) for name in ASPECTS}
        weights = Weights(bail=20)
        someone = Candidate(interviews_done=0, worth_ahead=200, weights=weights)

        found = assess(someone, at("midway", beliefs=beliefs))

        assert found.action is Action.CONTINUE
        assert found.action_without_side_values is Action.FINISH_POLITELY
        assert "practice_gain" in found.decisive_priors

    def test_what_is_then_worth_nothing_is_declined(self) -> None:
        """
        An executive who takes no time is worth meeting for his contacts alone: without
        them going and leaving are alike, and then one leaves.
        """
        beliefs = {name: Belief(mean=-5, sd=0) for name in ASPECTS}
        visit = Stage(kind="executive", hours=0, preparation=0, reshape_chance=0)
        someone = Candidate(weights=Weights(practice=0, hidden_role=0))

        found = assess(someone, at("before", stages=[visit], beliefs=beliefs))

        assert found.action is Action.TAKE
        assert found.terms == {Term.NETWORKING: found.value}
        assert found.action_without_side_values is Action.DECLINE
        assert found.decisive_priors == ("contact",)

    def test_a_dealbreaker_does_not_come_into_it(self) -> None:
        strict = Candidate(dealbreakers="meat")

        found = assess(strict, at("before", tags="meat"))

        assert found.action is Action.DECLINE
        assert found.action_without_side_values is Action.TAKE


class TestCarriedBy:
    @pytest.mark.parametrize("seed", range(40))
    def test_it_names_the_guesses_without_which_the_action_would_change(
        self, seed: int
    ) -> None:
        someone, job = some_case(seed)
        found = assess(someone, job)
        best = found.choices[0].action

        expected = tuple(
            prior
            for term, prior in GUESSES.items()
            if without(someone, job, term).choices[0].action is not best
        )

        assert found.decisive_priors == expected

    def test_a_refusal_too_dear_carries_a_yes(self) -> None:
        """The manager costs more than they bring, and the recruiter minds even more."""
        job = at(
            "before",
            stages=corporate()[1:],
            signals=[Sign.WRONG_KIND_OF_WORK],
            via_recruiter=True,
        )
        someone = Candidate(weights=Weights(declining=4))

        found = assess(someone, job)

        assert found.action is Action.TAKE
        assert found.action_without_side_values is Action.TAKE
        assert found.decisive_priors == ("refusal",)

    def test_it_may_rest_on_what_a_lapsed_invitation_costs(self) -> None:
        """Waiting costs a recruiter's goodwill if the invitation lapses over it, and
        going at once does not: without that cost one would wait.
        """
        offer_alone = {"networking": 0.0, "practice": 0.0, "hidden_role": 0.0}
        who = Candidate(fallback=-15, weights=Weights(offer=0.5, **offer_alone))
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            via_recruiter=True,
            stays_open=0.8,
            signals=["merger_talks", "executive_departure"],
        )
        numbers = Assumptions(numbers={"refusal": 30.0})

        found = assess(who, job, assumptions=numbers)
        weights = attrs.evolve(who.weights, declining=0.0)
        free = attrs.evolve(who, weights=weights)

        assert assess(free, job, assumptions=numbers).action is Action.POSTPONE
        assert (found.action, found.decisive_priors) == (Action.TAKE, ("refusal",))

    def test_an_offer_rests_on_no_guess(self) -> None:
        found = assess(Candidate(fallback=-30), at("offered"))

        assert found.action is Action.ACCEPT_OFFER
        assert found.decisive_priors == ()


class TestHardStops:
    @pytest.mark.parametrize(
        ("job", "action"),
        [
            (at("before", tags={"oil", "meat"}), Action.DECLINE),
            (at("before", 1, tags={"oil", "meat"}), Action.WITHDRAW_POLITELY),
            (at("midway", 1, tags={"oil", "meat"}), Action.FINISH_POLITELY),
            (at("offered", tags={"oil", "meat"}), Action.DECLINE_OFFER),
            (at("rejected", tags={"oil", "meat"}), Action.MOVE_ON),
        ],
    )
    def test_they_force_the_action_and_leave_the_score(
        self, job: Opportunity, action: Action
    ) -> None:
        strict = Candidate(dealbreakers={"oil", "meat", "arms"})
        plain = assess(Candidate(), job)

        found = assess(strict, job)

        assert found.action is action
        assert found.hard_stops == ("meat", "oil")
        assert attrs.evolve(found, action=plain.action, hard_stops=()) == plain

    def test_walking_out_where_it_costs_less_than_staying(self) -> None:
        """Twenty hours to go, and no harm done."""
        job = at("midway", stages=[Stage(kind="panel", hours=40)], tags="meat")
        strict = Candidate(dealbreakers="meat", weights=Weights(bail=0))

        assert assess(strict, job).action is Action.LEAVE


class TestAssess:
    @pytest.mark.parametrize(
        ("name", "arguments"),
        [
            ("candidate", ("Robin", at("before"))),
            ("candidate", (at("before"), Candidate())),
            ("opportunity", (Candidate(), {"name": "Acme"})),
            ("opportunity", (Candidate(), None)),
        ],
    )
    def test_what_is_of_the_wrong_kind_is_named(
        self, name: str, arguments: tuple[Any, Any]
    ) -> None:
        with pytest.raises(InvalidFieldError, match=rf"^assess\({name}\) must be an? "):
            assess(*arguments)

    def test_assumptions_are_assumptions(self) -> None:
        wrong: Any = {"contact": 2}

        with pytest.raises(InvalidFieldError, match=r"^assess\(assumptions\) must be"):
            assess(Candidate(), at("before"), assumptions=wrong)

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("Robin", at("before")), "assess(candidate) must be a Candidate, got 'R"),
            ((Candidate(), 3), "assess(opportunity) must be an Opportunity, got 3"),
        ],
    )
    def test_it_is_said_what_it_must_be(
        self, arguments: tuple[Any, Any], words: str
    ) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            assess(*arguments)

        assert str(caught.value).startswith(words)

    def test_without_assumptions_the_priors_hold(self) -> None:
        job = at("before", signals=[NEWS], unresearched=True)

        assert assess(Candidate(), job) == assess(
            Candidate(), job, assumptions=Assumptions()
        )

    def test_alone_it_is_judged_beside_none(self) -> None:
        found = assess(Candidate(), at("before"))

        assert (found.rival_count, found.rivals_value) == (0, 0.0)

    def test_it_says_where_things_stand(self) -> None:
        found = assess(
            Candidate(fallback=2), at("midway", 1, knows_someone=True, signals=[NEWS])
        )

        assert (found.opportunity, found.stage) == ("Acme", "hiring manager")
        assert found.phase is Phase.MIDWAY
        assert found.knows_someone
        assert found.unknown == ASPECTS[1:]
        # Pay at 0; the others at -1.
        assert found.mean == pytest.approx(-7 - 2)

    def test_printed_it_explains_itself(self) -> None:
        found = assess(Candidate(), at("before"))

        assert str(found) == explain(found)
        assert found._repr_html_() == show_verdict(found)

    def test_it_is_what_others_ask_for_by_name(self) -> None:
        check_assessment(assess(Candidate(), at("before")), "flips(assessment)")
        with pytest.raises(
            InvalidFieldError,
            match=r"^flips\(assessment\) must be what assess\(\.\.\.\) returned, got 3",
        ):
            check_assessment(3, "flips(assessment)")

    def test_the_widest_of_beliefs_is_answered(self) -> None:
        """A thousand percent, twice widened, is beyond what a belief may say."""
        job = at("before", beliefs={"pay": Belief(mean=1000, sd=1000)})

        found = assess(Candidate(priorities={"pay": 20}), job)

        assert found.action is Action.TAKE
        assert isfinite(found.value)
        assert isfinite(found.choices[0].sd_hours)
