"""What a job seeker reads: the action and why, how to leave, the honest notices."""

import re
from math import inf
from typing import Any

import pytest

from answers import choice, thresholds, verdict
from interviewfit import (
    Action,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Stage,
    assess,
    explain,
)
from interviewfit._model.vocabulary import ASPECTS


class TestFirstLine:
    @pytest.mark.parametrize(
        ("action", "start"),
        [
            (Action.TAKE, "take it. It is worth 12.2 h of your time, 12.2 h more"),
            (Action.CONTINUE, "go on. It is worth 12.2 h of your time, 12.2 h more"),
            (Action.FINISH_POLITELY, "finish this one politely, then withdraw."),
            (Action.WITHDRAW_POLITELY, "withdraw politely. Going on would be 12.2 h"),
            (Action.LEAVE, "leave now. Staying to the end would be 12.2 h worse."),
            (Action.DECLINE, "decline. Taking it would be 12.2 h worse."),
            (Action.POSTPONE, "ask to postpone. It is worth"),
            (
                Action.INVESTIGATE,
                "look it up first. Half an hour of looking up is worth",
            ),
            (Action.ACCEPT_OFFER, "accept the offer. It is worth"),
            (Action.DECLINE_OFFER, "decline the offer. Accepting would be 12.2 h"),
            (Action.MOVE_ON, "move on. They turned you down, so this one is over"),
        ],
    )
    def test_it_names_the_action_and_why(self, action: Action, start: str) -> None:
        first = explain(verdict(action)).splitlines()[0]

        assert first.startswith(f"Acme: {start}")

    @pytest.mark.parametrize("action", Action)
    def test_a_dealbreaker_is_named_and_the_score_kept_apart(
        self, action: Action
    ) -> None:
        """It is no sum: nothing makes up for it."""
        first = explain(
            verdict(
                action,
                hard_stops=("gambling", "oil"),
                action_without_side_values=action,
            )
        ).splitlines()[0]

        assert "dealbreakers (gambling, oil), and nothing makes up for that" in first
        assert first.endswith("Without them, the advice would be the same.")

    def test_without_a_dealbreaker_another_advice_is_named(self) -> None:
        job = Opportunity(
            name="Acme", stages=[Stage(kind="panel")], signals=["visa_refused"]
        )

        found = str(assess(Candidate(), job))

        assert "Without it, the advice would be: take it (" in found
        assert "Unless it changes your mind" not in found

    def test_of_two_equal_ones_it_says_that_nothing_is_gained(self) -> None:
        even = (choice(Action.DECLINE, 0.0), choice(Action.TAKE, 0.0))

        found = explain(verdict(Action.DECLINE, choices=even)).splitlines()[0]

        assert found == "Acme: decline. Taking it would gain you nothing."


class TestHow:
    @pytest.mark.parametrize(
        ("action", "words"),
        [
            (Action.FINISH_POLITELY, ("answer honestly", "thank them", "not a fit")),
            (Action.WITHDRAW_POLITELY, ("soon", "thank them", "why")),
            (Action.LEAVE, ("thank them", "go")),
            (Action.DECLINE, ("thank them", "plainly")),
            (Action.POSTPONE, ("later date", "need not say why")),
            (Action.INVESTIGATE, ("reviews", "pay ranges")),
            (Action.DECLINE_OFFER, ("thank them", "soon", "why")),
            (Action.MOVE_ON, ("thank them",)),
            (Action.ASK_FOR_TIME, ("name the day", "still stands until its date")),
            (Action.HURRY, ("another firm", "only if it is true")),
            (Action.LET_IT_LAPSE, ("need not answer", "courteous")),
        ],
    )
    def test_it_says_how(self, action: Action, words: tuple[str, ...]) -> None:
        how = next(
            line for line in explain(verdict(action)).splitlines() if "How: " in line
        )

        assert all(word in how for word in words)

    @pytest.mark.parametrize("action", [Action.TAKE, Action.CONTINUE])
    def test_who_stays_in_needs_no_telling(self, action: Action) -> None:
        assert "How: " not in explain(verdict(action))

    @pytest.mark.parametrize(
        ("action", "named"),
        [
            (Action.FINISH_POLITELY, True),
            (Action.WITHDRAW_POLITELY, True),
            (Action.DECLINE, True),
            (Action.DECLINE_OFFER, True),
            (Action.TAKE, False),
            (Action.LEAVE, False),
            (Action.POSTPONE, False),
        ],
    )
    def test_a_referral_is_offered_on_leaving_politely(
        self, action: Action, *, named: bool
    ) -> None:
        offer = "Name the person you have in mind"

        assert (offer in explain(verdict(action, knows_someone=True))) is named
        assert offer not in explain(verdict(action))

    @pytest.mark.parametrize("action", Action)
    def test_no_feigned_interest_is_advised(self, action: Action) -> None:
        text = explain(verdict(action, knows_someone=True)).lower()

        assert not re.search(r"pretend|feign|fake|bluff|act as|seem |keen|lie\b", text)
        assert "interest" not in text.replace(
            "show no interest you do not have", ""
        ).replace("you owe courtesy, not enthusiasm", "")

    def test_finishing_politely_is_no_acting(self) -> None:
        text = explain(verdict(Action.FINISH_POLITELY))

        assert "Show no interest you do not have" in text


class TestNotices:
    def test_that_side_gains_alone_carry_it(self) -> None:
        told = explain(verdict(Action.TAKE, action_without_side_values=Action.DECLINE))

        assert "the job alone does not justify this" in told
        assert told.splitlines()[-1].endswith("for nothing to you, decline.")

    def test_that_it_holds_without_them(self) -> None:
        assert "holds even if" in explain(verdict(Action.TAKE))
        assert "holds even if" not in explain(verdict(Action.DECLINE))

    @pytest.mark.parametrize(
        ("guess", "words"),
        [
            ("contact", "what a contact with a manager is worth"),
            ("practice_gain", "what a full interview adds to the odds of the next"),
            ("hidden_role", "the chance that another opening there would suit"),
            ("referral", "what naming somebody better suited earns"),
            ("bail_harm", "the harm a manager can do if you walk out"),
            ("refusal", "what turning down the recruiter costs"),
        ],
    )
    def test_that_no_study_has_measured_what_carries_it(
        self, guess: str, words: str
    ) -> None:
        told = explain(verdict(Action.TAKE, decisive_priors=(guess,)))

        assert f"a guess, not on a measurement: {words}" in told

    @pytest.mark.parametrize(
        "more",
        [{"hard_stops": ("oil",)}, {"action_without_side_values": Action.ACCEPT_OFFER}],
    )
    def test_none_where_they_do_not_matter(self, more: dict[str, Any]) -> None:
        told = explain(verdict(Action.ACCEPT_OFFER, **more))

        assert "Careful" not in told
        assert "holds even" not in told


class TestLength:
    @pytest.mark.parametrize("action", Action)
    def test_at_most_fifteen_lines_with_everything_said(self, action: Action) -> None:
        told = explain(
            verdict(
                action,
                thresholds=thresholds(-9, -31, inf, -40),
                information_value=9.0,
                unknown=ASPECTS,
                action_without_side_values=Action.DECLINE,
                decisive_priors=("contact", "practice_gain", "hidden_role"),
                knows_someone=True,
            )
        )

        assert 1 <= len(told.splitlines()) <= 15

    def test_a_name_cannot_break_a_line(self) -> None:
        job = Opportunity(name="Ac\nme", stages=[Stage(kind="panel", name="a\r\nb")])

        assert len(explain(assess(Candidate(), job)).splitlines()) <= 15


@pytest.mark.parametrize("given", ["Acme", None, Candidate()])
def test_what_is_no_answer_is_not_explained(given: Any) -> None:
    told = r"^explain\(verdict\) must be a Verdict.* Pass what assess\(...\) returns\.$"
    with pytest.raises(InvalidFieldError, match=told):
        explain(given)
