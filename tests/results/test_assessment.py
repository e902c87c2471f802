"""What an answer offers beside its fields."""

import attrs
import pytest

from interviewfit import Action, Phase, Term
from interviewfit._model.vocabulary import SIDE_TERMS
from interviewfit._results.assessment import GOING
from interviewfit.records import Choice, Threshold, Verdict

TAKE = Choice(action=Action.TAKE, value=6.0, terms={Term.OFFER: 10.0, Term.TIME: -4.0})
WAIT = Choice(action=Action.POSTPONE, value=4.5, terms={Term.OFFER: 4.5})
DECLINE = Choice(action=Action.DECLINE, value=0.0, terms={})


def verdict(*choices: Choice) -> Verdict:
    """An answer with these choices."""
    return Verdict(
        opportunity="Acme",
        phase=Phase.BEFORE,
        stage="panel",
        action=choices[0].action,
        choices=choices,
        mean=-1.0,
        sd=20.0,
        thresholds=(Threshold(stage="panel", phase=Phase.BEFORE, fit=-9.0),),
        information_value=0.0,
        hard_stops=(),
        unknown=(),
        action_without_side_values=choices[0].action,
        decisive_priors=(),
    )


class TestVerdict:
    def test_its_value_and_terms_are_those_of_the_best_choice(self) -> None:
        found = verdict(TAKE, WAIT, DECLINE)

        assert found.value == 6.0
        assert found.terms == {Term.OFFER: 10.0, Term.TIME: -4.0}

    def test_the_margin_is_to_the_second_best(self) -> None:
        found = verdict(TAKE, WAIT, DECLINE)

        assert found.runner_up == WAIT
        assert found.margin == 1.5

    def test_of_two_choices_the_other_is_the_second(self) -> None:
        found = verdict(TAKE, DECLINE)

        assert found.runner_up == DECLINE
        assert found.margin == 6.0

    def test_with_one_choice_there_is_no_second_and_no_margin(self) -> None:
        found = verdict(DECLINE)

        assert found.runner_up is None
        assert found.margin == 0.0

    def test_a_choice_is_found_by_its_action(self) -> None:
        assert verdict(TAKE, WAIT, DECLINE).choice(Action.DECLINE) is DECLINE

    def test_an_action_that_is_not_open_is_an_error(self) -> None:
        with pytest.raises(KeyError, match="accept_offer"):
            verdict(TAKE).choice(Action.ACCEPT_OFFER)

    @pytest.mark.parametrize("name", ["action", "mean"])
    def test_it_cannot_be_changed(self, name: str) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(verdict(TAKE), name, None)


class TestLists:
    def test_going_is_every_word_for_staying_in(self) -> None:
        assert {one.value for one in GOING} == {
            "take",
            "continue",
            "finish_politely",
            "accept_offer",
        }

    def test_side_gains_are_what_comes_without_the_job(self) -> None:
        """Neither the offer nor a cost is among them."""
        assert {one.value for one in SIDE_TERMS} == {
            "networking",
            "practice",
            "hidden_role",
            "referral",
        }
