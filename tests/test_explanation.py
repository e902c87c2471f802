"""
What a job seeker reads: the action and why, what is ahead, how to leave.

Most answers here are made up, so that each line is tested by itself.
"""

import re
from math import inf
from typing import Any

import attrs
import pytest

from interviewfit import (
    Action,
    Candidate,
    Choice,
    Opportunity,
    Phase,
    Sign,
    Stage,
    Term,
    Threshold,
    Verdict,
    Weights,
    assess,
    corporate,
    explain,
)
from interviewfit.priors import ASPECTS

TERMS = {
    Term.OFFER: 16.25,
    Term.PRACTICE: 0.75,
    Term.NETWORKING: 0.5,
    Term.TIME: -5.3,
}
AHEAD = (("hr screen", 1.0), ("panel", 0.456), ("executive", 0.004))
# Each open action at each phase beside its opposite.
OPPOSITES = {
    Action.TAKE: (Phase.BEFORE, Action.DECLINE),
    Action.CONTINUE: (Phase.BEFORE, Action.WITHDRAW_POLITELY),
    Action.FINISH_POLITELY: (Phase.MIDWAY, Action.LEAVE),
    Action.WITHDRAW_POLITELY: (Phase.BEFORE, Action.CONTINUE),
    Action.LEAVE: (Phase.MIDWAY, Action.FINISH_POLITELY),
    Action.DECLINE: (Phase.BEFORE, Action.TAKE),
    Action.POSTPONE: (Phase.BEFORE, Action.TAKE),
    Action.INVESTIGATE: (Phase.BEFORE, Action.TAKE),
    Action.ACCEPT_OFFER: (Phase.OFFERED, Action.DECLINE_OFFER),
    Action.DECLINE_OFFER: (Phase.OFFERED, Action.ACCEPT_OFFER),
    Action.MOVE_ON: (Phase.REJECTED, None),
}
GOING = {Action.TAKE, Action.CONTINUE, Action.FINISH_POLITELY}


def choice(action: Action, worth: float) -> Choice:
    """
    A choice with terms and a way ahead, if it goes on.
    """
    if action in GOING or action in {Action.POSTPONE, Action.INVESTIGATE}:
        return Choice(
            action=action,
            worth=worth,
            terms=TERMS,
            accept=0.036,
            hours=5.3,
            reach=AHEAD,
        )
    return Choice(action=action, worth=worth, terms={})


def verdict(action: Action, **more: Any) -> Verdict:
    """
    An answer that says to do something, 12.2 h better than its opposite.
    """
    phase, other = OPPOSITES[action]
    choices = [choice(action, 12.2 if action in GOING else 0.0)]
    if other:
        choices.append(choice(other, choices[0].worth - 12.2))
    given: dict[str, Any] = {
        "opportunity": "Acme",
        "phase": phase,
        "stage": "hr screen",
        "action": action,
        "choices": tuple(choices),
        "mean": -8.4,
        "sd": 23.3,
        "thresholds": (),
        "information": 0.0,
        "hard_stops": (),
        "unknown": (),
        "alone": action,
        "carried_by": (),
    }
    return Verdict(**{**given, **more})


def thresholds(*fits: float) -> tuple[Threshold, ...]:
    """
    Thresholds of stages called a, b …, before and midway in turn.
    """
    phases = (Phase.BEFORE, Phase.MIDWAY)
    return tuple(
        Threshold(stage="ab"[number // 2], phase=phases[number % 2], fit=fit)
        for number, fit in enumerate(fits)
    )


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
            (Action.INVESTIGATE, "look it up first. It is worth"),
            (Action.ACCEPT_OFFER, "accept the offer. It is worth"),
            (Action.DECLINE_OFFER, "decline the offer. Accepting would be 12.2 h"),
            (Action.MOVE_ON, "move on. This one is over"),
        ],
    )
    def test_it_names_the_action_and_why(self, action: Action, start: str) -> None:
        first = explain(verdict(action)).splitlines()[0]

        assert first.startswith(f"Acme: {start}")

    @pytest.mark.parametrize("action", Action)
    def test_a_dealbreaker_is_named_and_the_score_kept_apart(
        self, action: Action
    ) -> None:
        """
        It is no sum: nothing makes up for it.
        """
        first = explain(
            verdict(action, hard_stops=("gambling", "oil"), alone=action)
        ).splitlines()[0]

        assert "dealbreaker (gambling, oil), and nothing makes up for that" in first
        assert "The score aside from it: " in first

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
            (Action.POSTPONE, ("waiting for", "date")),
            (Action.INVESTIGATE, ("reviews", "pay ranges")),
            (Action.DECLINE_OFFER, ("thank them", "soon", "why")),
            (Action.MOVE_ON, ("thank them",)),
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
        assert "interest" not in text.replace("show no interest you do not have", "")

    def test_finishing_politely_is_no_acting(self) -> None:
        text = explain(verdict(Action.FINISH_POLITELY))

        assert "Show no interest you do not have." in text


class TestNumbers:
    def test_the_terms_stand_in_order_and_the_deciding_one_is_named(self) -> None:
        assert (
            "the offer it may lead to +16.2, practice +0.8, people met +0.5, "
            "your time -5.3. What decides: the offer it may lead to."
        ) in explain(verdict(Action.TAKE))

    def test_what_decides_may_be_what_the_other_choice_would_cost(self) -> None:
        """
        One goes only for the recruiter's sake; practice is not the reason.
        """
        job = Opportunity(
            name="Acme",
            stages=corporate()[1:],
            signals=[Sign.WRONG_KIND_OF_WORK],
            via_recruiter=True,
        )
        found = assess(Candidate(weights=Weights(declining=4)), job)

        assert "What decides: turning down the recruiter." in explain(found)

    def test_the_fit_in_whole_percent(self) -> None:
        assert "-8 % of pay" in explain(verdict(Action.TAKE))
        assert "give or take 23." in explain(verdict(Action.TAKE))
        assert " +0 % of pay" in explain(verdict(Action.TAKE, mean=-0.4))

    def test_the_way_ahead(self) -> None:
        assert (
            "hr screen 100 %, panel 46 %, executive under 1 %; ends in a job you would "
            "take 4 %; about 5.3 h of your time."
        ) in explain(verdict(Action.TAKE))

    def test_days_are_told_if_known(self) -> None:
        best = attrs.evolve(choice(Action.TAKE, 12.2), days=17.6)
        told = verdict(Action.TAKE, choices=(best, choice(Action.DECLINE, 0)))

        assert "5.3 h of your time and 18 days." in explain(told)

    def test_what_is_learned_is_told_if_it_is_worth_something(self) -> None:
        assert "is worth 3.2 h" in explain(verdict(Action.TAKE, information=3.21))
        assert "learn" not in explain(verdict(Action.TAKE, information=0.01))

    def test_what_is_unknown_is_listed(self) -> None:
        told = explain(verdict(Action.TAKE, unknown=("pay", "manager")))

        assert "Nobody has told you yet: pay, manager." in told


class TestThresholds:
    def test_in_words(self) -> None:
        told = explain(
            verdict(Action.TAKE, thresholds=thresholds(-26.3, -inf, -12.6, -inf))
        )

        assert "Go on while fit is above: -26 % (a), -13 % (b)." in told
        assert "Walking out pays" not in told

    def test_anything_and_nothing(self) -> None:
        told = explain(
            verdict(Action.TAKE, thresholds=thresholds(-inf, -inf, inf, -inf))
        )

        assert "anything (a), nothing will do (b)" in told
        assert "inf" not in told

    def test_where_walking_out_can_pay_it_says_below_what(self) -> None:
        told = explain(verdict(Action.TAKE, thresholds=thresholds(-9, -31)))

        assert "Walking out pays only below: -31 % (a)." in told

    def test_inside_one_is_told_to_finish(self) -> None:
        inside = (Threshold(stage="a", phase=Phase.MIDWAY, fit=-inf),)

        assert "Once inside, always finish." in explain(
            verdict(Action.FINISH_POLITELY, thresholds=inside)
        )

    def test_where_the_job_counts_for_nothing_no_fit_is_made_up(self) -> None:
        """
        Hours do not turn into percent of a pay that does not matter.
        """
        job = Opportunity(name="Acme", stages=corporate())

        told = explain(assess(Candidate(weights=Weights(offer=0)), job))

        assert not re.search(r"\d{7}", told)


class TestNotices:
    def test_that_side_gains_alone_carry_it(self) -> None:
        told = explain(verdict(Action.TAKE, alone=Action.DECLINE))

        assert "gains beside the job alone carry this" in told
        assert told.splitlines()[-1].endswith("worth nothing to you, decline.")

    def test_that_it_holds_without_them(self) -> None:
        assert "holds even if" in explain(verdict(Action.TAKE))
        assert "holds even if" not in explain(verdict(Action.DECLINE))

    @pytest.mark.parametrize(
        ("guess", "words"),
        [
            ("contact", "what a contact is worth"),
            ("practice_gain", "how much an interview teaches"),
            ("hidden_role", "how often another opening turns up"),
            ("referral", "what a referral earns"),
            ("bail_harm", "what walking out costs"),
            ("refusal", "what turning down a recruiter costs"),
        ],
    )
    def test_that_no_study_has_measured_what_carries_it(
        self, guess: str, words: str
    ) -> None:
        told = explain(verdict(Action.TAKE, carried_by=(guess,)))

        assert f"a guess no study has measured: {words}" in told

    @pytest.mark.parametrize(
        "more", [{"hard_stops": ("oil",)}, {"alone": Action.ACCEPT_OFFER}]
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
                information=9.0,
                unknown=ASPECTS,
                alone=Action.DECLINE,
                carried_by=("contact", "practice_gain", "hidden_role"),
                knows_someone=True,
            )
        )

        assert 1 <= len(told.splitlines()) <= 15

    def test_a_name_cannot_break_a_line(self) -> None:
        job = Opportunity(name="Ac\nme", stages=[Stage(kind="panel", name="a\r\nb")])

        assert len(explain(assess(Candidate(), job)).splitlines()) <= 15
