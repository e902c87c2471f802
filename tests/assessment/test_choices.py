"""Which actions are open at a position, what is called what, where decisions turn.

Where numbers appear, nothing is uncertain and nothing counts but the offer and
the hours, so that each is worked in one line. The rest stands in
``test_choices_worth``.
"""

from math import inf
from typing import Any

import attrs
import pytest

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Reading,
    Stage,
    Term,
    Weights,
    assess,
    corporate,
)
from interviewfit._model.vocabulary import ASPECTS

NEWS = Reading(aspect="pay", value=0, noise=10, unsettled=12)
ONLY_THE_JOB = Weights(networking=0, practice=0, hidden_role=0)
# 3 h and 4 h around it, passed by four in ten, nothing to be reshaped.
PANEL = Stage(kind="panel", reshape_chance=0)


def at(phase: str, stage: int = 0, **more: Any) -> Opportunity:
    """A corporate process at some position."""
    given = {"name": "Acme", "stages": corporate(), **more}
    return Opportunity(**given, position=Position(phase=phase, stage=stage))


def sure(pay: float, phase: str, stage: int, *stages: Stage) -> Opportunity:
    """A process for a job of which all is known: it pays *pay* percent better."""
    beliefs = {name: Belief(mean=0, sd=0) for name in ASPECTS}
    beliefs["pay"] = Belief(mean=pay, sd=0)
    return at(phase, stage, stages=stages, beliefs=beliefs)


def open_actions(job: Opportunity) -> set[str]:
    """The actions open at a position, by their words."""
    return {one.action.value for one in assess(Candidate(), job).choices}


class TestOpenActions:
    @pytest.mark.parametrize(
        ("job", "expected"),
        [
            (at("before"), {"take", "decline"}),
            (at("before", 1), {"continue", "withdraw_politely"}),
            (at("before", 2), {"continue", "withdraw_politely"}),
            # Unknown, -8 %: enough for the manager, not for the offer.
            (at("midway"), {"continue", "leave"}),
            (at("midway", 2), {"continue", "leave"}),
            (at("offered"), {"accept_offer", "decline_offer", "ask_first"}),
            (at("offered", questions_asked=True), {"accept_offer", "decline_offer"}),
            (at("rejected"), {"move_on"}),
        ],
    )
    def test_at_each_position(self, job: Opportunity, expected: set[str]) -> None:
        assert open_actions(job) == expected

    @pytest.mark.parametrize(
        ("position", "waits"),
        [
            (("before", 0), True),
            (("before", 2), True),
            (("midway", 1), False),
            (("offered", 0), True),
            (("rejected", 0), False),
        ],
    )
    def test_one_waits_only_for_news_and_not_in_mid_interview(
        self, position: tuple[str, int], *, waits: bool
    ) -> None:
        settled = open_actions(at(*position, signals=[attrs.evolve(NEWS, unsettled=0)]))
        more = {"postpone"} if waits else set()

        assert open_actions(at(*position, signals=[NEWS])) == settled | more

    @pytest.mark.parametrize(
        ("position", "open_"),
        [
            (("before", 0), True),
            (("before", 2), True),
            (("midway", 1), False),
            (("offered", 0), False),
            (("rejected", 0), False),
        ],
    )
    def test_one_looks_things_up_only_before_a_stage(
        self, position: tuple[str, int], *, open_: bool
    ) -> None:
        found = open_actions(at(*position, unresearched=True))

        assert found - open_actions(at(*position)) == (
            {"investigate"} if open_ else set()
        )

    def test_the_best_comes_first(self) -> None:
        job = at("before", unresearched=True, signals=[NEWS])

        found = assess(Candidate(), job)

        worths = [one.value for one in found.choices]
        assert len(worths) == 4
        assert worths == sorted(worths, reverse=True)
        assert found.action is found.choices[0].action

    def test_of_two_equal_ones_leaving_comes_first(self) -> None:
        """
        Going on must be worth something: with no weight on anything it is not. Turning
        an offer down must be worth something, too.
        """
        nothing = Weights(**dict.fromkeys((one.value for one in Term), 0.0))

        for job, action in (
            (at("before"), Action.DECLINE),
            (at("before", 1), Action.WITHDRAW_POLITELY),
            (at("midway"), Action.LEAVE),
            (at("offered"), Action.ACCEPT_OFFER),
        ):
            found = assess(Candidate(weights=nothing), job)
            assert found.action is action
            assert [one.value for one in found.choices] == [0.0, 0.0]


class TestMidway:
    """Staying is to continue if one would go on afterwards, else to finish politely."""

    @pytest.mark.parametrize(
        ("pay", "action"),
        # The panel costs 7 h and four times in ten brings 36 h for each percent:
        # it pays above 7 / 14.4 = .486 %.
        [(0.48, Action.FINISH_POLITELY), (0.49, Action.CONTINUE)],
    )
    def test_by_the_threshold_of_the_next_stage(
        self, pay: float, action: Action
    ) -> None:
        job = sure(pay, "midway", 0, PANEL, attrs.evolve(PANEL, name="second"))

        assert assess(Candidate(weights=ONLY_THE_JOB), job).action is action

    @pytest.mark.parametrize(
        ("pay", "action"), [(0.0, Action.FINISH_POLITELY), (0.01, Action.CONTINUE)]
    )
    def test_in_the_last_stage_by_the_offer(self, pay: float, action: Action) -> None:
        job = sure(pay, "midway", 1, PANEL, PANEL)

        assert assess(Candidate(weights=ONLY_THE_JOB), job).action is action

    def test_what_this_stage_will_change_counts(self) -> None:
        """Not enough as it is, but the job will surely be made .1 % better."""
        reshaped = Stage(kind="panel", reshape_chance=1, reshape_gain=0.1)

        found = assess(
            Candidate(weights=ONLY_THE_JOB),
            sure(0.4, "midway", 0, reshaped, attrs.evolve(PANEL, name="second")),
        )

        assert found.action is Action.CONTINUE


class TestEnds:
    def test_an_offer_is_worth_its_surplus(self) -> None:
        """10 % over the fallback of 4, at 36 h a percent: 216 h."""
        found = assess(Candidate(fallback=4), sure(10, "offered", 0, PANEL))

        assert found.action is Action.ACCEPT_OFFER
        assert found.value == pytest.approx(216, rel=1e-12)
        assert found.terms == {Term.OFFER: found.value}
        assert found.choices[0].accept_probability == 1.0
        assert found.choice(Action.DECLINE_OFFER).value == 0.0
        assert found.thresholds == ()
        assert found.stage == ""

    def test_a_bad_offer_is_declined(self) -> None:
        found = assess(Candidate(), sure(-10, "offered", 0, PANEL))

        assert found.action is Action.DECLINE_OFFER
        assert found.choice(Action.ACCEPT_OFFER).value == pytest.approx(-360)

    def test_a_rejection_is_over(self) -> None:
        found = assess(Candidate(), at("rejected"))

        assert found.action is Action.MOVE_ON
        assert (found.value, found.terms, found.information_value) == (0.0, {}, 0.0)
        assert found.action_without_side_values is Action.MOVE_ON
        assert found.decisive_priors == ()


class TestThresholds:
    def test_in_percent_of_pay(self) -> None:
        """7 h at .4 x 36 h a percent. Inside, 1.5 h are less than the harm: 3 h."""
        job = sure(3, "before", 0, PANEL)

        before, midway = assess(Candidate(weights=ONLY_THE_JOB), job).thresholds

        assert (before.stage, before.phase) == ("panel", Phase.BEFORE)
        assert before.fit == pytest.approx(7 / 14.4, rel=1e-9)
        assert (midway.phase, midway.fit) == (Phase.MIDWAY, -inf)

    def test_where_nobody_passes_nothing_will_do(self) -> None:
        shut = Stage(kind="panel", pass_rate=0)

        found = assess(Candidate(weights=ONLY_THE_JOB), sure(99, "before", 0, shut))

        assert found.action is Action.DECLINE
        assert found.thresholds[0].fit == inf

    def test_one_for_each_step_ahead(self) -> None:
        assert len(assess(Candidate(), at("before")).thresholds) == 6
        assert len(assess(Candidate(), at("midway", 1)).thresholds) == 3
