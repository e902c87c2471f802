"""Waiting and looking things up, step by step; and where the job counts for nothing."""

from math import inf
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from scipy.stats import norm

from cases import process, step
from interviewfit import (
    Action,
    Assumptions,
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
from interviewfit._assessment.alternatives import (
    Alternative,
    alternatives,
    continues_after,
    finishes,
    forced_action,
)
from interviewfit._assessment.dropped_terms import solved_without
from interviewfit._assessment.evaluation import evaluate
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.decision import Decision
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.compilation import Step

NEWS = Reading(aspect="pay", value=0, noise=10, unsettled=12)
NOTHING_ELSE = {"networking": 0.0, "practice": 0.0, "hidden_role": 0.0}
ONLY_THE_JOB = Weights(**NOTHING_ELSE)
# 3 h and 4 h around it, passed by four in ten, nothing to be reshaped, two weeks.
PANEL = Stage(kind="panel", reshape_chance=0, days=14)


def sure(pay: float, **more: Any) -> Opportunity:
    """A job of which all is known but the news to come."""
    beliefs = {name: Belief(mean=0, sd=0) for name in ASPECTS}
    beliefs["pay"] = Belief(mean=pay, sd=0)
    given = {"name": "Acme", "stages": [PANEL], "beliefs": beliefs, **more}
    return Opportunity(**given)


def courses_of(
    job: Opportunity, who: Candidate | None = None
) -> tuple[Alternative[float], ...]:
    decision = Decision(
        candidate=who or Candidate(weights=ONLY_THE_JOB),
        opportunity=job,
        assumptions=Assumptions(),
    )
    return alternatives(compile_problem(decision))


class TestWaiting:
    def test_takes_a_message_and_then_what_comes(self) -> None:
        """.1 h to ask; then the panel, 7 h and 14 days, where news and luck permit."""
        found = assess(Candidate(weights=ONLY_THE_JOB), sure(1, signals=[NEWS]))
        waiting = found.choice(Action.POSTPONE)

        (first, (_, reached)) = waiting.reach
        assert first == ("waiting", 1.0)
        # One goes where 14.4 h times the fit is above 7 h: 36 h * .4 a percent.
        expected = 0.8 * norm.sf((7 / 14.4 - found.mean) / 12)
        assert reached == pytest.approx(expected, rel=1e-9)
        assert waiting.hours == pytest.approx(0.1 + 7 * reached, rel=1e-9)
        assert waiting.days == pytest.approx(14 * reached, rel=1e-9)

    @pytest.mark.parametrize("time", [0.0, 2.0])
    def test_costs_what_an_hour_does(self, time: float) -> None:
        offer = sure(0, signals=[NEWS], position=Position(phase="offered"))
        who = Candidate(weights=Weights(time=time, **NOTHING_ELSE))

        waiting = assess(who, offer).choice(Action.POSTPONE)

        excess = 12 * norm.pdf(0.0)
        assert waiting.terms.get(Term.TIME, 0.0) == pytest.approx(-0.1 * time)
        assert (Term.TIME in waiting.terms) is (time > 0)
        assert waiting.terms[Term.OFFER] == pytest.approx(0.8 * 36 * excess)
        assert waiting.sd_hours > 100

    @pytest.mark.parametrize(("waits", "own"), [(None, 0.8), (0.3, 0.3)])
    def test_an_invitation_that_lapses_is_one_turned_down(
        self, waits: float | None, own: float
    ) -> None:
        job = sure(1, signals=[NEWS], via_recruiter=True, stays_open=waits)

        leaving, going, waiting = courses_of(job)

        assert [one.action for one in (leaving, going, waiting)] == [
            Action.DECLINE,
            Action.TAKE,
            Action.POSTPONE,
        ]
        step, *ahead = waiting.steps
        assert tuple(ahead) == going.steps
        refusal = leaving.terms[Term.DECLINING]
        assert refusal < 0
        assert step.reward_terms[Term.DECLINING] == pytest.approx((1 - own) * refusal)
        assert step.survive == own
        assert (step.drift, step.days) == (0.0, 0.0)
        # To stop waiting is to turn them down.
        assert step.exit_terms == leaving.terms
        # No stage of theirs, like desk research.
        assert step.stage == -1
        assert step.phase is Phase.BEFORE
        assert step.reveal == pytest.approx(36 * 12)

    def test_that_costs_nothing_has_no_parts(self) -> None:
        who = Candidate(weights=Weights(time=0, **NOTHING_ELSE))

        assert courses_of(sure(1, signals=[NEWS]), who)[2].steps[0].reward_terms == {}

    def test_of_a_job_that_counts_for_nothing_there_is_no_news(self) -> None:
        job = sure(1, signals=[NEWS])
        who = Candidate(weights=Weights(offer=0))

        assert len(courses_of(job, who)) == 2
        assert len(courses_of(sure(1))) == 2

    def test_looking_up_comes_before_waiting(self) -> None:
        job = sure(1, signals=[NEWS], unresearched=True)

        found = courses_of(job)

        assert [one.action for one in found[2:]] == [
            Action.INVESTIGATE,
            Action.POSTPONE,
        ]
        assert [one.title for one in found[2].steps[:3]] == [
            "research",
            "research",
            "panel",
        ]


class TestMidway:
    """Staying costs 2 h and is passed by half; walking out costs 4 h of harm."""

    HERE = step(2.0, 0.5, {Term.BAIL: -4.0}, Phase.MIDWAY)
    AFTER = step(3.0, 1.0, {Term.REFERRAL: 2.0}, Phase.BEFORE)
    LAST = step(3.0, 1.0, {Term.BAIL: -9.0}, Phase.MIDWAY)

    @pytest.mark.parametrize(
        ("harm", "after", "stays"),
        [
            (1.5, (), False),
            (2.0, (), True),
            (2.5, (), True),
            # Leaving politely afterwards brings 2 h with half a chance.
            (0.5, (AFTER, LAST), False),
            (1.0, (AFTER, LAST), True),
            (1.5, (AFTER, LAST), True),
            (1.5, (AFTER,), True),
            (0.5, (AFTER,), False),
        ],
    )
    def test_one_finishes_if_that_is_not_worse_than_walking_out(
        self, harm: float, after: tuple[Step[float], ...], *, stays: bool
    ) -> None:
        here = evolve(self.HERE, exit_terms={Term.BAIL: -harm})

        assert bool(finishes(process(here, *after))) is stays
        assert forced_action(Phase.MIDWAY, process(here, *after)) is (
            Action.FINISH_POLITELY if stays else Action.LEAVE
        )

    @pytest.mark.parametrize(
        ("mean", "thresholds", "goes"),
        [
            (0.1, [-inf], True),
            (-0.1, [-inf], False),
            (0.0, [-inf], False),
            (-1.0, [-inf, -40.0], True),
            (-1.2, [-inf, -40.0], False),
            (-1.0, [-inf, -40.0, 99.0], True),
            (-1.2, [-inf, -40.0, 99.0], False),
        ],
    )
    def test_one_carries_on_above_the_next_threshold_or_for_the_offer(
        self, mean: float, thresholds: list[float], *, goes: bool
    ) -> None:
        """36 h a percent, all of it told."""
        ahead = process(self.HERE, *(self.AFTER, self.LAST)[: len(thresholds) - 1])
        told = evolve(ahead, mean=mean, spoken=mean)
        found = continues_after(told, np.array(thresholds))

        assert bool(found) is goes

    def test_what_this_stage_changes_is_counted(self) -> None:
        better = process(evolve(self.HERE, drift=5.0))

        for mean, goes in ((-4.9 / 36, True), (-5.1 / 36, False)):
            told = evolve(better, mean=mean, spoken=mean)
            assert bool(continues_after(told, np.array([-inf]))) is goes

    @pytest.mark.parametrize(
        ("told", "goes"), [(0.0, True), (2.0, True), (-0.1, False)]
    )
    def test_silence_alone_turns_no_offer_down(
        self, told: float, *, goes: bool
    ) -> None:
        ahead = evolve(process(self.HERE), mean=-7.0, spoken=told)

        assert bool(continues_after(ahead, np.array([-inf]))) is goes


class TestWithoutTerms:
    @pytest.mark.parametrize("count", [1, 2, 3, 5])
    def test_sets_of_terms_are_weighed_alike_however_many(self, count: int) -> None:
        """They are evaluated side by side, each as if it were alone."""
        job = sure(-3, stages=corporate(), knows_someone=True, via_recruiter=True)
        decision = Decision(
            candidate=Candidate(weights=Weights(networking=2, referral=0.1)),
            opportunity=job,
            assumptions=Assumptions(),
        )
        evaluation = evaluate(compile_problem(decision))
        sets: list[tuple[Term, ...]] = [
            (Term.DECLINING,),
            (Term.TIME,),
            (Term.REFERRAL,),
            (Term.NETWORKING,),
            (Term.NETWORKING, Term.HIDDEN_ROLE, Term.PRACTICE, Term.DECLINING),
        ]
        sets = sets[:count]

        found = solved_without(evaluation, sets)

        assert found == [solved_without(evaluation, [one])[0] for one in sets]
        assert found[0] is Action.DECLINE
        assert {*found[1:4]} <= {Action.TAKE}
        assert found[4:] in ([], [Action.DECLINE])


class TestWhereTheJobCountsForNothing:
    """No fit can matter then: one goes on always, or never."""

    @pytest.mark.parametrize(
        ("stage", "weights", "fits"),
        [
            # Its contacts are worth more than the time.
            ({"kind": "executive"}, {"networking": 9.0}, [-inf, -inf]),
            # A minute for nothing.
            ({"kind": "panel", "hours": 0.01, "preparation": 0}, {}, [inf, -inf]),
            # A minute for nothing, and walking out does no harm.
            ({"kind": "panel", "hours": 0.01}, {"bail": 0.0}, [inf, inf]),
            # Nothing for nothing.
            ({"kind": "panel", "hours": 0, "preparation": 0}, {"bail": 0}, [inf, inf]),
        ],
    )
    def test_only_the_sign_is_left(
        self, stage: dict[str, Any], weights: dict[str, float], fits: list[float]
    ) -> None:
        counts = Weights(**{**NOTHING_ELSE, "offer": 0.0, **weights})

        found = assess(Candidate(weights=counts), sure(5, stages=[Stage(**stage)]))

        assert [one.fit for one in found.thresholds] == fits


class TestAnOffer:
    def test_that_is_just_as_good_has_no_parts(self) -> None:
        """Neither has one that counts for nothing."""
        for who, pay in (
            (Candidate(), 0.0),
            (Candidate(weights=Weights(offer=0)), 9.0),
        ):
            offer = sure(pay, position=Position(phase="offered"))
            found = assess(who, offer).choice(Action.ACCEPT_OFFER)
            assert (found.value, found.terms, found.accept_probability) == (
                0.0,
                {},
                1.0,
            )


class TestSpread:
    def test_of_a_job_that_is_surely_got_by_luck_alone(self) -> None:
        """Four in ten pass: 36 h * 10, or nothing; the time is spent in any case."""
        found = assess(Candidate(weights=ONLY_THE_JOB), sure(10)).choices[0]

        assert found.sd_hours == pytest.approx(360 * np.sqrt(0.4 * 0.6), rel=1e-9)
        assert found.accept_probability == pytest.approx(0.4)
        assert found.value == pytest.approx(0.4 * 360 - 7)

    def test_of_what_is_sure_there_is_none(self) -> None:
        passed = evolve(PANEL, pass_rate=1)
        found = assess(Candidate(weights=ONLY_THE_JOB), sure(10, stages=[passed]))

        assert found.choices[0].value == pytest.approx(353)
        assert found.choices[0].sd_hours == pytest.approx(0, abs=1e-5)

    def test_of_two_stages_counts_what_is_spent_on_the_way(self) -> None:
        """7 h and out by .6, 14 h and out by .24, 14 h and the job by .16."""
        job = sure(10, stages=[PANEL, evolve(PANEL, name="second")])
        found = assess(Candidate(weights=ONLY_THE_JOB), job).choices[0]

        chances, worths = np.array([0.6, 0.24, 0.16]), np.array([-7.0, -14.0, 346.0])
        mean = chances @ worths
        assert found.value == pytest.approx(mean)
        assert found.sd_hours == pytest.approx(np.sqrt(chances @ (worths - mean) ** 2))
        assert dict(found.reach) == pytest.approx({"panel": 1.0, "second": 0.4})


@pytest.mark.parametrize("mean", [30.0, 60.0, 90.0])
def test_whoever_goes_in_any_case_does_not_look_it_up_first(mean: float) -> None:
    """It would be worth the same but for rounding, and the text says so."""
    job = Opportunity(
        name="Acme",
        stages=[Stage(kind="hr_screen")],
        unresearched=True,
        beliefs={aspect: Belief(mean=mean, sd=1) for aspect in ASPECTS},
    )

    found = assess(Candidate(), job)

    assert found.action is Action.TAKE
    assert found.choice(Action.INVESTIGATE).value == pytest.approx(found.value)
    assert "as much as looking it up first." in str(found)
