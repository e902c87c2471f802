"""What a plan says beside its order: each number by another way of computing it."""

import math
from typing import Any

import pytest
from attrs import evolve

from cases import UNTAUGHT, jobs, offer
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Plan,
    Position,
    Search,
    Stage,
    Term,
    Weights,
    assess,
    corporate,
    plan,
)
from interviewfit._text.html import show_plan
from interviewfit._text.plan_text import plan_text

SPLENDID = offer(80.0, 0.0)
# Of processes in which nobody walks out, a plan is exact; so differences of values are.
SHORT = [evolve(one, stages=[Stage(kind="hr_screen", hours=0.0)]) for one in jobs(3)]


class TestLeft:
    def test_for_a_splendid_offer_each_is_left_as_one_would_leave_it_alone(
        self,
    ) -> None:
        """By the name, the worth and the terms of leaving it, from where it stands; an
        interview under way is best_feasible first.
        """
        before, inside, later = jobs(3)
        several = [
            evolve(before, via_recruiter=True),
            evolve(inside, position=Position(phase="midway")),
            evolve(later, position=Position(stage=1), knows_someone=True),
        ]
        who = Candidate(weights=Weights(declining=2, practice=0), dealbreakers=["arms"])
        over = evolve(later, name="over", position=Position(phase="rejected"))

        found = plan(who, [*several, over, SPLENDID])

        assert found.ranked == ()
        assert [one.name for one in found.to_leave] == [
            "job 0",
            "job 1",
            "job 2",
            "over",
        ]
        for one, job in zip(found.to_leave, several, strict=False):
            assert one.marginal_value == math.fsum(one.terms.values())
            # Whatever ends the search, its index and its value alone are its own.
            alone = assess(who, job)
            assert one.standalone_value == pytest.approx(alone.value, abs=1e-9)
            assert one.phase is job.position.phase
            assert one.index == plan(who, [job]).process(job.name).index > -math.inf
            assert one.dealbreakers == ()
            if one.action is Action.FINISH_POLITELY:
                continue
            choices = assess(who, job).choices
            ways = [
                each
                for each in choices
                if not each.reach and not each.accept_probability
            ]
            leaving = next(each for each in ways if each.value == one.marginal_value)
            assert one.terms == leaving.terms
        assert [one.action for one in found.to_leave] == [
            Action.DECLINE,
            Action.FINISH_POLITELY,
            Action.WITHDRAW_POLITELY,
            Action.MOVE_ON,
        ]
        stages = [one.title for one in (before.stages[0], inside.stages[0])]
        assert [one.stage for one in found.to_leave] == [
            *stages,
            later.stages[1].title,
            "",
        ]
        assert found.to_leave[0].terms.keys() == {Term.DECLINING}
        assert found.to_leave[3].terms == {}
        assert (found.to_leave[3].marginal_value, found.to_leave[3].phase) == (
            0.0,
            Phase.REJECTED,
        )
        assert (found.hour_value, found.invitation_value) == (0.0, 0.0)
        assert (found.hours, found.days) == (found.to_leave[1].hours, 0.0)
        assert found.to_leave[1].hours > 0.0
        assert found.practice_first == ()

    def test_nothing_is_done_for_practice_once_an_offer_is_accepted(self) -> None:
        """Without it a so-so opening would go first, for what it teaches."""
        dull = Opportunity(name="job", stages=corporate())
        beliefs = {"role": Belief(mean=10, sd=6), "pay": Belief(mean=8, sd=5)}
        dream = evolve(dull, name="dream", beliefs=beliefs)
        who = Candidate(interviews_done=0)

        found = plan(who, [dream, dull, offer(14.0, 0.0)])

        assert plan(who, [dream, dull]).practice_first == ("job",)
        assert found.practice_first == ()
        assert [one.name for one in found.to_leave] == ["dream", "job"]

    def test_what_meets_a_dealbreaker_says_which_and_how_to_leave(self) -> None:
        picky = evolve(UNTAUGHT, dealbreakers=["arms", "oil"])
        one, other = jobs(2)
        bad = evolve(one, tags=["arms", "oil"], position=Position(phase="midway"))

        found = plan(picky, [bad, other])

        (left,) = (each for each in found.to_leave if each.name == "job 0")
        assert left.dealbreakers == ("arms", "oil")
        assert left.action is assess(picky, bad).action
        assert left.stage == "hr screen"
        beside, alone = found.process("job 1"), plan(picky, [other]).ranked[0]
        assert beside == alone


class TestNumbers:
    @pytest.mark.parametrize("held", [None, offer(12.0, 1.0)])
    def test_an_invitation_adds_what_one_more_opening_would(
        self, held: Opportunity | None
    ) -> None:
        who = evolve(UNTAUGHT, weights=Weights(practice=0, bail=0))
        several = [*SHORT, *([held] if held else [])]
        opening = Opportunity(name="an opening", stages=corporate())
        free = Assumptions(numbers={"asking": 0.0})

        found = plan(who, several, assumptions=free)
        more = plan(who, [*several, opening], assumptions=free)

        best = more.value + more.guarantee.gap - found.value - found.guarantee.gap
        assert found.invitation_value == pytest.approx(best, rel=1e-6)
        assert found.invitation_value > 0.5

    def test_once_an_offer_is_accepted_no_invitation_counts(self) -> None:
        """Although one more would add to it, if it could wait."""
        best = plan(UNTAUGHT, [*SHORT, offer(14.0, 0.0)])
        waiting = plan(UNTAUGHT, [*SHORT, offer(14.0, 1.0)])

        assert best.offers[0].action is Action.ACCEPT_OFFER
        assert best.invitation_value == 0.0
        assert waiting.offers[0].action is Action.POSTPONE
        assert waiting.invitation_value > 0.0

    def test_within_a_budget_it_pays_for_its_hours_as_all_others_do(self) -> None:
        """As somebody plans whose hours are worth that much more."""
        short = plan(UNTAUGHT, SHORT, budget=1.0)
        dear = evolve(UNTAUGHT, weights=Weights(practice=0, time=1 + short.hour_value))

        found = plan(dear, SHORT)

        assert short.hour_value > 0.5
        assert short.invitation_value == pytest.approx(found.invitation_value, rel=1e-6)
        assert short.invitation_value < plan(UNTAUGHT, SHORT).invitation_value - 1.0

    def test_one_stops_at_the_next_index_or_the_offer_in_hand(self) -> None:
        found = plan(UNTAUGHT, SHORT)
        percent = Assumptions().hours_per_percent

        assert found.hours_per_percent == percent == 36.0
        assert found.reservation_value == max(one.index for one in found.ranked)
        half = plan(evolve(UNTAUGHT, weights=Weights(practice=0, offer=0.5)), SHORT)
        assert half.hours_per_percent == 18.0

    def test_alone_it_is_worth_what_a_decision_says(self) -> None:
        found = plan(UNTAUGHT, SHORT)

        for one, job in zip(SHORT, jobs(3), strict=True):
            assert one.name == job.name
            process = found.process(one.name)
            assert process.standalone_value == pytest.approx(
                assess(UNTAUGHT, one).value
            )

    def test_alone_is_without_the_offer_too(self) -> None:
        found = plan(UNTAUGHT, [*SHORT, offer(12.0, 1.0)])

        for job in SHORT:
            process = found.process(job.name)
            alone = assess(UNTAUGHT, job).value
            assert process.standalone_value == pytest.approx(alone, abs=1e-9)

    def test_it_carries_what_was_asked(self) -> None:
        numbers = Assumptions(numbers={"horizon_years": 1.0})
        several = jobs(3)

        found = plan(UNTAUGHT, several, assumptions=numbers, budget=3, recall=False)

        assert found.search == Search(
            candidate=UNTAUGHT, opportunities=several, assumptions=numbers
        )
        assert (found.budget, found.recall, found.slots) == (3, False, None)
        assert plan(UNTAUGHT, several).recall

    @pytest.mark.parametrize(
        ("slots", "kept"), [(None, None), (1, 1), (2, 2), (3, None), (4, None)]
    )
    def test_slots_are_kept_where_there_are_fewer_than_run(
        self, slots: int | None, kept: int | None
    ) -> None:
        over = evolve(jobs(4)[3], position=Position(phase="rejected"))

        assert plan(UNTAUGHT, [*SHORT, over], slots=slots).slots == kept

    def test_an_interview_done_halves_what_the_next_teaches(self) -> None:
        """
        Practice wears off as told, whether by what somebody has done or by a default.
        """
        numbers = Assumptions(numbers={"practice_decay": 0.5, "interviews_done": 1.0})
        plain = plan(Candidate(), SHORT, assumptions=numbers)

        done = plan(Candidate(interviews_done=1.0), SHORT, assumptions=numbers)
        more = plan(Candidate(interviews_done=2.0), SHORT, assumptions=numbers)

        assert plain.ranked == done.ranked
        assert more.process("job 0").practice_value == pytest.approx(
            done.process("job 0").practice_value / 2, rel=0.05
        )
        assert done.process("job 0").practice_value > 0.0

    def test_an_interview_done_is_half_of_what_practice_gives(self) -> None:
        """One interview done that leaves half is as none done and half to be had."""
        half = {"practice_decay": 0.5}
        once = plan(
            Candidate(interviews_done=1.0),
            jobs(3),
            assumptions=Assumptions(numbers={**half, "practice_gain": 0.6}),
        )
        never = plan(
            Candidate(interviews_done=0.0),
            jobs(3),
            assumptions=Assumptions(numbers={**half, "practice_gain": 0.3}),
        )

        assert once.guarantee.gap > 1e-3
        assert once.guarantee.gap == pytest.approx(never.guarantee.gap, rel=1e-9)
        assert once.value == pytest.approx(never.value, rel=1e-9)


class TestPrinted:
    def test_it_explains_itself(self) -> None:
        found = plan(UNTAUGHT, SHORT)

        assert str(found) == plan_text(found)
        assert found._repr_html_() == show_plan(found)
        assert isinstance(found, Plan)


class TestBadArguments:
    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"candidate": "me"}, "plan(candidate) must be a Candidate, got 'me'"),
            (
                {"opportunities": []},
                "plan(opportunities) must be a list of at least one Opportunity, got ",
            ),
            (
                {"opportunities": "Acme"},
                "plan(opportunities) must be a list of at least one Opportunity, got ",
            ),
            (
                {"opportunities": [3]},
                "plan(opportunities) must be of opportunities, got 3",
            ),
            (
                {"budget": -1},
                "plan(budget) must be a number of hours, 0 or more, got -1",
            ),
            (
                {"slots": 0},
                "plan(slots) must be a whole number, 1 or more, got 0",
            ),
        ],
    )
    def test_are_told_what_they_must_be(self, more: dict[str, Any], words: str) -> None:
        given: dict[str, Any] = {
            "candidate": Candidate(),
            "opportunities": jobs(1),
            **more,
        }

        with pytest.raises(InvalidFieldError) as caught:
            plan(given.pop("candidate"), given.pop("opportunities"), **given)

        assert str(caught.value).startswith(words)

    @pytest.mark.parametrize("wrong", ["Acme", iter(jobs(1)), 3])
    def test_what_is_no_list_is_shown(self, wrong: Any) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            plan(Candidate(), wrong)

        words = "plan(opportunities) must be a list of at least one Opportunity, got "
        assert str(caught.value).startswith(words + repr(wrong)[:20])

    def test_the_bounds_themselves_are_fine(self) -> None:
        assert plan(UNTAUGHT, SHORT, budget=0, slots=1).hours < 1e-6
