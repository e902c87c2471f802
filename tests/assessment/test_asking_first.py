"""An offer: asked about first, and not turned down for what nobody told.

The oracle of asking is E[max(0, m + s Z)] by quadrature of another package, and runs in
which every aspect is drawn.
"""

from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from scipy.stats import norm

from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Plan,
    Position,
    Reading,
    Search,
    Weights,
    assess,
    corporate,
    dumps,
    flips,
    loads,
    plan,
    questions,
    score,
    simulate,
    small_firm,
)
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.beliefs import Either
from interviewfit._model.vocabulary import ASPECTS

PERCENT = 36.0
ME = Candidate(weights=Weights(practice=0), interviews_ahead=0)
RIVAL = Opportunity(name="Rival", stages=small_firm())
FEWER = settings(max_examples=settings().max_examples // 3)
OPEN = {Action.ACCEPT_OFFER, Action.ASK_FIRST}


def offer(**more: Any) -> Opportunity:
    given: dict[str, Any] = {"name": "Acme", "stages": corporate(), **more}
    return Opportunity(**given, position=Position(phase="offered"))


def sure(**beliefs: Belief) -> dict[str, Belief]:
    """All aspects known to be as now, but for some."""
    return {name: Belief(mean=0, sd=0) for name in ASPECTS} | beliefs


def told(pay: float, **more: Any) -> Opportunity:
    """An offer of which the pay is known and nothing else."""
    return offer(beliefs={"pay": Belief(mean=pay, sd=0)}, **more)


def asking(**more: float) -> Assumptions:
    return Assumptions(numbers={f"call.{name}": one for name, one in more.items()})


class TestWorth:
    @pytest.mark.parametrize("mean", [-6.0, -0.5, 0.0, 3.0, 14.0])
    @pytest.mark.parametrize("share", [0.3, 1.0])
    def test_is_that_of_a_normal_answer(self, mean: float, share: float) -> None:
        """Less its hours; and the offer may be lost over it."""
        job = offer(beliefs=sure(benefits=Belief(mean=mean, sd=1)))
        numbers = {"call.reveals.benefits": share, "call.pass_rate": 0.9}
        who = Candidate(weights=Weights(time=1.5, courtesy=2), fallback=1.0)
        found = assess(who, job, assumptions=Assumptions(numbers=numbers))

        sd = found.sd * share**0.5
        surplus = norm.expect(lambda x: x, loc=mean - 1.0, scale=sd, lb=0.0)
        expected = 0.9 * PERCENT * surplus - 1.5
        assert found.choice(Action.ASK_FIRST).value == pytest.approx(expected, rel=1e-7)

    def test_is_the_average_over_drawn_answers(self) -> None:
        """Each aspect is drawn, and its answer with the error that its share leaves."""
        job = offer(
            beliefs={
                "pay": Belief(mean=4, sd=2),
                "role": Belief(mean=3, sd=3),
                "commute": Belief(mean=-2, sd=2),
            }
        )
        who = Candidate(priorities={"role": 1.5, "growth": 0})
        found = assess(who, job)
        problem = compile_problem(found.decision)
        rng = np.random.default_rng(3)
        believed = np.zeros(200_000)
        for aspect, belief in problem.posterior.beliefs.items():
            share = {"pay": 0.5, "commute": 0.4, "benefits": 0.4, "stability": 0.0}
            part, weight = share.get(aspect, 0.07), who.priorities.get(aspect, 1.0)
            truth = belief.mean + belief.sd * rng.standard_normal(believed.size)
            if part:
                noise = belief.sd * ((1 - part) / part) ** 0.5
                heard = truth + noise * rng.standard_normal(believed.size)
                truth = belief.mean + part * (heard - belief.mean)
            else:
                truth = np.full(believed.size, belief.mean)
            believed += weight * truth
        gains = np.where(rng.random(believed.size) < 0.99, believed.clip(0.0), 0.0)
        gains = PERCENT * gains - 1.0

        error = gains.std() / gains.size**0.5
        assert abs(gains.mean() - found.choice(Action.ASK_FIRST).value) < 4 * error

    def test_is_what_knowing_is_worth_if_all_is_told_for_nothing(self) -> None:
        job = offer(beliefs=sure(role=Belief(mean=2, sd=4)))
        numbers = {"hours": 0.0, "preparation": 0.0, "pass_rate": 1.0}
        free = Assumptions(
            numbers={
                **asking(**numbers).numbers,
                "call.reveals.other": 1.0,
            }
        )
        asked = assess(ME, job, assumptions=free)
        silent = assess(ME, evolve(job, questions_asked=True), assumptions=free)
        (value,) = questions(silent)

        assert asked.value == pytest.approx(silent.value + value.value, rel=1e-9)

    @pytest.mark.parametrize("beside", [(), (RIVAL,)])
    def test_is_what_comes_of_it(self, beside: tuple[Opportunity, ...]) -> None:
        answers: list[Assessment | Plan] = [
            assess(ME, told(5.0), beside=beside),
            plan(ME, [told(5.0), *beside]),
            plan(ME, [told(5.0, questions_asked=True), *beside]),
        ]
        for answer in answers:
            outcomes = simulate(answer, 40_000, rng=7)

            assert outcomes.expected is not None
            gap = abs(outcomes.value.mean - outcomes.expected)
            assert gap <= 4 * outcomes.value.error + 1e-9
            assert 0.0 < outcomes.accepted <= 1.0

    def test_beside_others_it_is_what_exceeds_them(self) -> None:
        """Once the questions are answered, so is the offer; nobody waits."""
        found = assess(ME, told(14.0), beside=[RIVAL])
        problem = compile_problem(found.decision)
        call = problem.process.call
        assert call is not None
        mean = problem.process.mean_hours - problem.forgone
        surplus = norm.expect(lambda x: x, loc=mean, scale=call.reveal, lb=0.0)

        assert problem.forgone > 1.0
        expected = call.reward + call.survive * surplus
        assert found.choice(Action.ASK_FIRST).value == pytest.approx(expected, rel=1e-7)

    def test_it_takes_hours_and_days(self) -> None:
        ask = assess(ME, told(5.0), assumptions=asking(days=4.0)).choice(
            Action.ASK_FIRST
        )

        assert (ask.hours, ask.days) == (1.0, 4.0)
        assert ask.reach == (("call", 1.0),)
        assert 0.2 < ask.accept_probability < 0.8

    @pytest.mark.parametrize(
        "job",
        [
            told(5.0, questions_asked=True),
            offer(beliefs=sure()),
            evolve(told(5.0), position=Position(phase="before")),
            evolve(told(5.0), position=Position(phase="rejected")),
        ],
    )
    def test_is_open_with_an_offer_of_which_something_is_open(
        self, job: Opportunity
    ) -> None:
        actions = {choice.action for choice in assess(ME, job).choices}

        assert Action.ASK_FIRST not in actions


class TestLawOfTheOffer:
    """As good as the fallback in all that was told: accepted or asked about."""

    @staticmethod
    def check(found: Assessment) -> None:
        problem = compile_problem(found.decision)
        process = problem.process
        spoken = process.hours_per_percent * process.spoken - problem.forgone
        if spoken >= 0.0 and not found.hard_stops:
            # News may be worth waiting for, or others that run.
            is_waited_for = process.unsettled or found.decision.beside
            waits = {Action.POSTPONE} if is_waited_for else set()
            assert found.action in OPEN | waits
        assert found.value >= max(0.0, process.mean_hours - problem.forgone) - 1e-6

    @FEWER
    @given(
        beliefs=st.dictionaries(
            st.sampled_from((*ASPECTS, "canteen")),
            st.builds(Belief, mean=st.floats(0, 30), sd=st.floats(0, 30)),
        ),
        readings=st.lists(
            st.builds(
                Reading,
                aspect=st.sampled_from((*ASPECTS, "canteen")),
                value=st.floats(0, 30),
                noise=st.floats(0.1, 30),
                unsettled=st.sampled_from([0.0, 0.0, 5.0]),
            ),
            max_size=3,
        ),
        signs=st.lists(st.sampled_from(["liked_everyone", "remote_allowed"])),
        priorities=st.dictionaries(st.sampled_from(ASPECTS), st.floats(0, 3)),
        fallback=st.floats(-20, 0),
        numbers=st.fixed_dictionaries(
            {"unknown_mean": st.floats(-5, 1), "call.hours": st.floats(0, 50)}
        ),
        asked=st.booleans(),
    )
    def test_holds_whatever_is_told(
        self,
        beliefs: dict[str, Belief],
        readings: list[Reading],
        signs: list[str],
        priorities: dict[str, float],
        fallback: float,
        numbers: dict[str, float],
        asked: bool,
    ) -> None:
        """Nothing that was said is bad, so no bad number of the model may refuse it."""
        job = offer(beliefs=beliefs, signals=[*readings, *signs], questions_asked=asked)
        who = evolve(ME, priorities=priorities, fallback=fallback)
        assumptions = Assumptions(numbers=numbers)
        found = assess(who, job, assumptions=assumptions)

        waits = any(reading.unsettled for reading in readings)
        assert found.action in OPEN | ({Action.POSTPONE} if waits else set())
        self.check(found)
        (held,) = plan(who, [job], assumptions=assumptions).offers
        assert held.action is not Action.DECLINE_OFFER
        table: dict[str, Any] = {"process": ["corporate"], "phase": ["offered"]}
        table |= {name: [belief.mean] for name, belief in beliefs.items()}
        table |= {"questions_asked": [asked]}
        rows = score(evolve(who, priorities={"canteen": 1, **priorities}), table)
        assert rows.action[0] in OPEN

    @pytest.mark.parametrize("pay", [-9.0, -0.5, 0.0, 0.5, 2.0, 6.0, 9.0])
    @pytest.mark.parametrize("fallback", [-3.0, 0.0, 2.0])
    def test_holds_beside_others(self, pay: float, fallback: float) -> None:
        other = evolve(told(3.0), name="Other")
        for asked in (False, True):
            job = told(pay, questions_asked=asked)
            for beside in ([RIVAL], [other], [RIVAL, other]):
                who = evolve(ME, fallback=fallback)
                self.check(assess(who, job, beside=beside))

    @pytest.mark.parametrize("pay", [0.0, 0.5, 6.0])
    @pytest.mark.parametrize("rival", [-5.0, 5.0, 40.0])
    @pytest.mark.parametrize("asked", [False, True])
    def test_is_not_declined_beside_a_better_prospect(
        self, pay: float, rival: float, asked: bool
    ) -> None:
        """It may come to nothing, so the offer is kept open or asked about."""
        job = told(pay, questions_asked=asked)
        other = Opportunity(
            name="Other",
            stages=corporate(),
            position=Position(stage=2),
            beliefs={"pay": Belief(mean=rival, sd=3)},
        )
        found = assess(ME, job, beside=[other])
        (held,) = plan(ME, [job, other]).offers

        assert found.action in OPEN | {Action.POSTPONE}
        assert held.action is found.action
        assert found.value >= 0.0
        poor = evolve(job, beliefs={**job.beliefs, "pay": Belief(mean=-40, sd=0)})
        assert assess(ME, poor, beside=[other]).action is Action.DECLINE_OFFER

    def test_what_was_told_still_refuses(self) -> None:
        assert assess(ME, told(-30.0)).action is Action.DECLINE_OFFER
        known = offer(beliefs=sure(pay=Belief(mean=-0.1, sd=0)))
        assert assess(ME, known).action is Action.DECLINE_OFFER

    def test_silence_takes_away_what_an_offer_adds_and_no_more(self) -> None:
        for pay, worth in (
            (9.0, 2.0),
            (7.0, 0.0),
            (3.0, 0.0),
            (0.0, 0.0),
            (-2.0, -2.0),
        ):
            found = assess(ME, told(pay, questions_asked=True))

            accept = found.choice(Action.ACCEPT_OFFER)
            assert accept.value == pytest.approx(PERCENT * worth, abs=1e-9)
            expected = Action.ACCEPT_OFFER if worth >= 0.0 else Action.DECLINE_OFFER
            assert found.action is expected

    def test_where_it_turns_is_where_what_was_told_turns(self) -> None:
        for pay in (2.0, -2.0):
            found = assess(ME, told(pay, questions_asked=True))
            turns = flips(found, names=["pay.mean"])

            (turn,) = turns.values
            assert turn.threshold == pytest.approx(0.0, abs=1e-3)


class TestPlan:
    @pytest.mark.parametrize("pay", [-12.0, -3.0, 1.0, 5.0, 12.0, 25.0])
    def test_prices_asking_as_assess_does(self, pay: float) -> None:
        found = plan(ME, [told(pay)])
        alone = assess(ME, told(pay))
        (held,) = found.offers

        assert held.action is alone.action
        assert held.ask_value == pytest.approx(alone.choice(Action.ASK_FIRST).value)
        assert found.value == pytest.approx(alone.value)

    def test_beside_others_too(self) -> None:
        for pay in (8.0, 16.0):
            found = plan(ME, [told(pay), RIVAL])
            alone = assess(ME, told(pay), beside=[RIVAL])
            (held,) = found.offers

            assert held.ask_value is not None
            gain = held.ask_value - held.decline_value
            gap = found.guarantee.gap + 1e-6
            assert abs(gain - alone.choice(Action.ASK_FIRST).value) <= gap
            assert held.action is alone.action

    def test_of_two_offers_the_better_told_is_asked_about_while_the_other_waits(
        self,
    ) -> None:
        known = evolve(offer(beliefs=sure(pay=Belief(mean=4, sd=0))), name="known")
        found = plan(ME, [told(5.0), known])

        actions = {held.name: held.action for held in found.offers}
        assert actions == {"Acme": Action.ASK_FIRST, "known": Action.POSTPONE}
        # Four percent are sure, so that asking first is worth more.
        assert found.value > 4 * PERCENT + 1.0
        outcomes = simulate(found, 40_000)
        assert outcomes.expected == pytest.approx(found.value)
        gap = abs(outcomes.value.mean - found.value)
        assert gap < 4 * outcomes.value.error

        found = plan(ME, [told(5.0, questions_asked=True), known])
        actions = {held.name: held.action for held in found.offers}
        assert actions == {"Acme": Action.ACCEPT_OFFER, "known": Action.DECLINE_OFFER}


class TestLawOfSilence:
    @FEWER
    @given(
        phase=st.sampled_from(["before", "midway", "offered"]),
        aspect=st.sampled_from(ASPECTS),
        mean=st.floats(-30, 30),
        sd=st.floats(0, 20),
        pay=st.floats(-10, 20),
        asked=st.booleans(),
    )
    def test_an_aspect_that_counts_for_nothing_changes_nothing(
        self,
        phase: str,
        aspect: str,
        mean: float,
        sd: float,
        pay: float,
        asked: bool,
    ) -> None:
        who = evolve(ME, priorities={aspect: 0, "canteen": 0})
        beliefs = {"pay": Belief(mean=pay, sd=3)} if aspect != "pay" else {}
        job = Opportunity(
            name="Acme",
            stages=small_firm(),
            beliefs=beliefs,
            position=Position(phase=phase),
            questions_asked=asked,
        )
        loud = evolve(
            job,
            beliefs={**beliefs, aspect: Belief(mean=mean, sd=sd)},
            signals=[Reading(aspect="canteen", value=mean, noise=1, unsettled=4)],
        )
        quiet, found = assess(who, job), assess(who, loud)
        search = Search(candidate=who, opportunities=[loud])
        (back,) = loads(dumps(search), Search).opportunities

        assert aspect not in found.unknown
        assert not {aspect, "canteen"} & {*found.unknown, *found.ask_about}
        assert found == quiet
        assert assess(who, back) == quiet
        first, second = plan(who, [job]), plan(who, [loud])
        assert (first.value, first.offers) == (second.value, second.offers)
        table = {"process": ["small_firm"], "phase": [phase], "pay": [pay]}
        rows = score(who, table | {aspect: [mean], "questions_asked": [asked]})
        if aspect != "pay":
            plain = score(who, table | {"questions_asked": [asked]})
            assert rows.values.tolist() == plain.values.tolist()
            assert rows.unknown.tolist() == plain.unknown.tolist()

    @pytest.mark.parametrize("phase", ["before", "midway", "offered"])
    def test_the_list_is_complete_wherever_one_stands(self, phase: str) -> None:
        job = evolve(
            told(5.0, signals=[Reading(aspect="role", value=1, noise=9)]),
            position=Position(phase=phase),
        )
        found = assess(Candidate(priorities={"growth": 0, "canteen": 2}), job)
        expected = {*ASPECTS, "canteen"} - {"pay", "role", "growth"}

        assert set(found.unknown) == expected
        if found.action is not Action.DECLINE:
            assert all(aspect in str(found) for aspect in expected)


class TestUnspoken:
    def test_is_said_where_it_turns_the_answer(self) -> None:
        who = evolve(ME, priorities={"team": 0, "culture": 0})
        lines = {
            pay: [line for line in str(found).splitlines() if "nobody has told" in line]
            for pay in (2.0, 12.0, 40.0)
            for found in [assess(who, told(pay))]
        }

        assert lines[2.0] == lines[40.0] == []
        (line,) = lines[12.0]
        assert "Six things nobody has told you of count -6 % of pay together" in line
        assert "(1 % less than what you have, each)" in line
        assert line.endswith("; without that you would accept the offer.")

    def test_is_no_reason_by_itself(self) -> None:
        who = evolve(ME, priorities={"team": 0, "culture": 0})
        found = assess(who, told(3.0, questions_asked=True))

        text = str(found)
        assert "by itself that is no reason to turn it down." in text
        assert "worth 108.0 h. With what nobody has told you, -108.0 h are" in text
        assert found.unspoken == -6.0
        assert found.unspoken_hours == -6.0 * PERCENT
        assert found.expected_hours == pytest.approx(-3.0 * PERCENT)
        assert found.value == 0.0

    @pytest.mark.parametrize(("pay", "priority"), [(10.0, 1.0), (-10.0, 1.0), (3.0, 0)])
    def test_elsewhere_the_value_is_the_expectation(
        self, pay: float, priority: float
    ) -> None:
        usual = ("role", "culture", "team", "manager", "growth", "commute")
        who = evolve(ME, priorities=dict.fromkeys(usual, priority))
        found = assess(who, told(pay, questions_asked=True))

        assert found.expected_hours is None or found.action is not Action.ACCEPT_OFFER
        assert "are expected" not in str(found)

    @FEWER
    @given(
        pay=st.floats(-40, 40),
        phase=st.sampled_from(["before", "midway", "offered"]),
        stops=st.booleans(),
    )
    def test_without_it_is_what_one_would_do_if_the_default_were_nothing(
        self, pay: float, phase: str, stops: bool
    ) -> None:
        """Where another role at the firm counts for nothing, which it moves as well."""
        job = evolve(told(pay, tags=["oil"] if stops else []))
        job = evolve(job, position=Position(phase=phase))
        who = evolve(
            ME, weights=Weights(practice=0, hidden_role=0), dealbreakers=["oil"]
        )
        zero = Assumptions(numbers={"unknown_mean": 0})
        expected = assess(who, job, assumptions=zero).choices[0].action
        found = assess(who, job)

        without = found.action_without_unspoken or found.choices[0].action
        assert without is expected

    def test_who_is_asked_about_what(self) -> None:
        found = assess(ME, told(5.0))

        assert found.action is Action.ASK_FIRST
        (how,) = [line for line in str(found).splitlines() if "How:" in line]
        assert "your future manager about the role" in how
        assert "HR about the" in how
        assert found.ask_about[0] in how


class TestFacts:
    """A fact that is so or not, and that no interview has told, can be asked about."""

    @staticmethod
    def job(chance: float = 0.4, **more: Any) -> Opportunity:
        fact = Either(
            aspect="commute", chance=chance, if_so=8, if_not=-30, told_by="executive"
        )
        beliefs = {name: Belief(mean=0, sd=0) for name in ASPECTS}
        return offer(beliefs=beliefs, signals=[fact], **more)

    @pytest.mark.parametrize("fallback", [-20.0, -2.0, 4.0])
    def test_are_told_for_sure(self, fallback: float) -> None:
        who = evolve(ME, fallback=fallback)
        found = assess(who, self.job())
        worlds = 0.4 * max(0.0, 8 - fallback) + 0.6 * max(0.0, -30 - fallback)

        expected = 0.99 * PERCENT * worlds - 1.0
        assert found.choice(Action.ASK_FIRST).value == pytest.approx(expected, rel=1e-9)
        assert found.ask_about == ("commute",)
        (held,) = plan(who, [self.job()]).offers
        assert held.ask_value == pytest.approx(expected, rel=1e-9)

    def test_decide_whether_asking_pays(self) -> None:
        assert assess(ME, self.job()).action is Action.ASK_FIRST
        asked = assess(ME, self.job(questions_asked=True))
        assert asked.action is Action.DECLINE_OFFER
        assert asked.choice(Action.ACCEPT_OFFER).value == pytest.approx(
            PERCENT * (0.4 * 8 - 0.6 * 30)
        )
        for chance, action in ((0.0, "decline_offer"), (1.0, "accept_offer")):
            assert assess(ME, self.job(chance)).action == action

    def test_come_out_in_runs(self) -> None:
        answers: list[Assessment | Plan] = [
            assess(ME, self.job()),
            plan(ME, [self.job(), RIVAL]),
        ]
        for answer in answers:
            outcomes = simulate(answer, 40_000, rng=5)

            assert outcomes.expected is not None
            gap = abs(outcomes.value.mean - outcomes.expected)
            assert gap <= 4 * outcomes.value.error + 1e-9
