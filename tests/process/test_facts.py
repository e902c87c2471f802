"""Either/or facts: against their worlds, and wherever a decision is looked at."""

import math
from typing import Any

import attrs
import numpy as np
import pytest

from compiled import process_of
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Stage,
    Term,
    Weights,
    assess,
    corporate,
    dumps,
    flips,
    loads,
    plan,
    questions,
    robustness,
    simulate,
    small_firm,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.parameters import list_inputs
from interviewfit.records import Decision, Either
from interviewfit.sensitivity import sweep
from jump_oracle import Step, by_quadrature, by_tree

USUAL = Assumptions()
SURE = {name: Belief(mean=0, sd=0) for name in ASPECTS}
PLAIN = [Stage(kind=s.kind, reshape_chance=0) for s in corporate()]


def remote(**changes: Any) -> Either:
    """Remote or not: 8 % better, or 40 % worse."""
    usual: dict[str, Any] = {
        "aspect": "commute",
        "chance": 0.6,
        "if_so": 8,
        "if_not": -40,
        "told_by": "hiring_manager",
        "note": "remote",
    }
    return Either(**{**usual, **changes})


def job(*facts: Either, **changes: Any) -> Opportunity:
    return Opportunity(
        **{"name": "Acme", "stages": corporate(), "signals": facts, **changes}
    )


def steps_of(who: Candidate, opportunity: Opportunity) -> list[Step]:
    return [
        Step(s.reward, s.survive, s.drift, s.reveal, s.exit, s.facts)
        for s in process_of(who, opportunity, USUAL).steps
    ]


class TestTwoWorlds:
    @pytest.mark.parametrize("told_by", ["hr_screen", "executive"])
    def test_it_is_what_quadrature_over_both_says(self, told_by: str) -> None:
        visa = Either(
            aspect="visa", chance=0.3, if_so=0, if_not=-60, told_by="hiring manager"
        )
        opportunity = job(remote(told_by=told_by), visa)
        process = process_of(Candidate(), opportunity, USUAL)
        mean = np.array([process.mean_hours])

        truth = by_quadrature(steps_of(Candidate(), opportunity), mean)

        found = assess(Candidate(), opportunity)
        value = found.choice(Action.TAKE).value
        assert value == pytest.approx(truth.continuation.item(), abs=1e-7)
        assert math.fsum(found.choice(Action.TAKE).terms.values()) == pytest.approx(
            value, abs=1e-9
        )
        for ours, theirs in zip(found.thresholds, truth.thresholds, strict=True):
            hours = ours.fit * process.hours_per_percent
            assert hours == theirs or abs(hours - theirs) < 1e-5

    def test_where_all_else_is_known_it_is_a_tree(self) -> None:
        """Reshaping, and three facts at two stages."""
        facts = (
            remote(told_by=0),
            remote(aspect="pay", chance=0.5, if_so=12, if_not=-9, told_by=1),
            remote(aspect="growth", chance=0.2, if_so=30, if_not=0, told_by=1),
        )
        opportunity = job(*facts, beliefs=SURE)
        process = process_of(Candidate(), opportunity, USUAL)

        truth = by_tree(steps_of(Candidate(), opportunity), process.mean_hours)

        value = assess(Candidate(), opportunity).choice(Action.TAKE).value
        assert value == pytest.approx(truth, abs=1e-9)

    def test_told_before_anything_it_is_the_mean_of_two_decisions(self) -> None:
        """A free desk stage in front that tells it, and shows and costs nothing."""
        desk = Stage(
            kind="research",
            name="desk",
            hours=0,
            preparation=0,
            pass_rate=1,
            practice=0,
            surfaces=0,
            reveals=dict.fromkeys(ASPECTS, 0.0),
        )
        who = Candidate(weights=Weights(hidden_role=0))

        def worth(chance: float, *stages: Stage) -> float:
            fact = remote(chance=chance, told_by=stages[0].title)
            return assess(who, job(fact, stages=[*stages, *corporate()[1:]])).value

        both = 0.6 * worth(1.0, corporate()[0]) + 0.4 * worth(0.0, corporate()[0])
        assert worth(0.6, desk, corporate()[0]) == pytest.approx(both, abs=1e-9)

    @pytest.mark.parametrize(("chance", "mean"), [(1.0, 8.0), (0.0, -40.0)])
    def test_a_certain_one_is_a_belief_to_the_last_bit(
        self, chance: float, mean: float
    ) -> None:
        belief = {"commute": Belief(mean=0, sd=3)}
        told = assess(Candidate(), job(remote(chance=chance), beliefs=belief))
        sure = {"commute": Belief(mean=mean, sd=3)}
        plain = assess(Candidate(), job(beliefs=sure))

        for name in ("choices", "mean", "sd", "thresholds", "action"):
            assert getattr(told, name) == getattr(plain, name)


class TestLaws:
    def test_likelier_good_news_is_worth_more(self) -> None:
        values = [
            assess(Candidate(), job(remote(chance=chance))).choice(Action.TAKE).value
            for chance in np.linspace(0.0, 1.0, 9)
        ]

        assert (np.diff(values) > 0.0).all()

    def test_of_no_priority_it_changes_nothing(self) -> None:
        who = Candidate(priorities={"commute": 0})
        found = assess(who, job(remote()))

        assert found.choices == assess(who, job()).choices
        assert found.open_facts == ()

    def test_until_told_its_expectation_counts(self) -> None:
        found, plain = assess(Candidate(), job(remote())), assess(Candidate(), job())

        assert found.mean == pytest.approx(plain.mean + 0.6 * 8 - 0.4 * 40)
        variance = plain.sd**2 + 48**2 * 0.6 * 0.4
        assert found.sd == pytest.approx(math.sqrt(variance))

    @pytest.mark.parametrize(
        "position",
        [
            Position(stage=2),
            Position(phase="midway", stage=2),
            Position(phase="offered"),
        ],
    )
    def test_behind_it_is_told_by_nobody(self, position: Position) -> None:
        """As a belief of the same mean, which shows nothing any more."""
        where = {"position": position, "questions_asked": True}
        found = assess(Candidate(), job(remote(), **where))
        mean = 0.6 * 8 - 0.4 * 40
        same = remote(chance=1, if_so=mean, if_not=0)
        plain = assess(Candidate(), job(same, **where))

        for ours, theirs in zip(found.choices, plain.choices, strict=True):
            assert ours.action is theirs.action
        if position.phase != "offered":
            facts = process_of(Candidate(), job(remote(), position=position), USUAL)
            assert len(facts.steps[-1].facts) == 1
        assert "has not told you" in str(found)

    def test_midway_through_its_stage_it_is_still_to_be_told(self) -> None:
        position = Position(phase="midway", stage=1)
        process = process_of(Candidate(), job(remote(), position=position), USUAL)

        chance, size = process.steps[0].facts[-1]
        assert chance == 0.6
        assert size == pytest.approx(48 * 36)

    def test_another_role_shares_what_is_of_the_company(self) -> None:
        """Its value is averaged over both worlds."""

        def hidden(fact: Either) -> float:
            process = process_of(Candidate(), job(fact), USUAL)
            return sum(
                step.reward_terms.get(Term.HIDDEN_ROLE, 0.0) for step in process.steps
            )

        both = 0.6 * hidden(remote(chance=1)) + 0.4 * hidden(remote(chance=0))
        assert hidden(remote()) == pytest.approx(both, rel=1e-12)
        pay = remote(aspect="pay")
        assert hidden(pay) == hidden(remote(aspect="pay", chance=0))

    def test_what_can_be_looked_up_is_told_by_investigating_alone(self) -> None:
        fact = remote(told_by="investigate")
        found = assess(Candidate(), job(fact, unresearched=True))

        assert found.action is Action.INVESTIGATE
        assert found.margin > 5.0
        assert "you can look it up" in str(found)


class TestEverywhere:
    def test_plan_and_its_index_are_exact_beside_others(self) -> None:
        """By playing the index policy; and alone each is worth what it is."""
        jobs = [job(remote()), job(remote(told_by=0), name="Bolt", stages=small_firm())]
        who = Candidate(weights=Weights(practice=0))
        found = plan(who, jobs)
        outcomes = simulate(found, 200_000, rng=1)

        assert outcomes.value.mean == pytest.approx(
            found.value, abs=4 * outcomes.value.error
        )
        chains = [ChainParameters.of(process_of(who, each, USUAL)) for each in jobs]
        (alone,) = SolvedProcesses.of(chains[:1]).index_policy().marginal_values()
        value = assess(who, jobs[0]).choice(Action.TAKE).value
        assert alone == pytest.approx(value, abs=1e-8)

    def test_beside_another_it_is_what_playing_it_brings(self) -> None:
        bolt = Opportunity(name="Bolt", stages=small_firm())
        who = Candidate(weights=Weights(practice=0))
        found = assess(who, job(remote()), beside=[bolt])
        outcomes = simulate(found, 200_000, rng=2)

        assert outcomes.expected == pytest.approx(found.value)
        assert outcomes.value.mean == pytest.approx(
            found.value, abs=4 * outcomes.value.error
        )

    def test_simulating_it_brings_its_value(self) -> None:
        found = assess(Candidate(), job(remote()))
        outcomes = simulate(found, 300_000, rng=3)

        gap = abs(outcomes.value.mean - found.value)
        assert gap < 4 * outcomes.value.error
        accepted = found.choices[0].accept_probability
        assert outcomes.accepted == pytest.approx(accepted, abs=0.001)

    def test_its_numbers_are_listed_and_bear_on_the_answer(self) -> None:
        decision = assess(Candidate(), job(remote())).decision
        names = [item.name for item in list_inputs(decision) if "signals" in item.name]

        assert names == [f"signals[0].{name}" for name in ("chance", "if_so", "if_not")]

    def test_varying_a_number_is_stating_another(self) -> None:
        found = assess(Candidate(), job(remote()))
        swept = sweep(found, "signals[0].if_so", [-40.0, 0.0, 8.0])
        stated = [
            assess(Candidate(), job(remote(if_so=value))).choice(Action.TAKE).value
            for value in (0.0, 8.0)
        ]

        values = swept.action_values[Action.TAKE]
        assert values[1:].tolist() == pytest.approx(stated, abs=1e-8)

    def test_the_chance_at_which_the_advice_turns_is_found(self) -> None:
        who = Candidate(fallback=18)
        found = assess(who, job(remote()))
        (flip,) = flips(found, names=["signals[0].chance"]).values

        actions = {
            assess(who, job(remote(chance=flip.threshold + side))).action
            for side in (-1e-6, 1e-6)
        }
        assert actions == {found.action, flip.action}

    def test_knowing_it_now_is_worth_the_mean_of_both_worlds(self) -> None:
        found = assess(Candidate(), job(remote()))
        both = [assess(Candidate(), job(remote(chance=c))).value for c in (1.0, 0.0)]

        (item,) = (one for one in questions(found) if one.fact)

        expected = 0.6 * both[0] + 0.4 * both[1] - found.value
        assert item.value == pytest.approx(expected, abs=1e-8)
        assert item.subject == "commute (remote)"
        assert [source.where for source in item.sources] == ["hiring manager"]
        assert item.sources[0].share == 1.0

    def test_robustness_draws_its_chance(self) -> None:
        assert (
            0.0 < robustness(assess(Candidate(fallback=14), job(remote()))).share <= 1.0
        )

    def test_it_is_read_and_written(self) -> None:
        decision = assess(Candidate(), job(remote(), remote(aspect="pay"))).decision
        text = dumps(decision)

        assert '"type": "either"' in text
        assert loads(text, Decision) == decision

    def test_it_is_said_in_words(self) -> None:
        text = str(assess(Candidate(), job(remote())))

        assert "60 %: remote; told by the hiring manager." in text


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"told_by": "the janitor"}, "'hr screen', 'hiring manager', 'executive'"),
            ({"told_by": ""}, "hiring_manager"),
            ({"chance": 1.5}, "Either.chance"),
            ({"chance": math.nan}, "Either.chance"),
            ({"if_so": -40}, "Belief"),
            ({"if_so": math.inf}, "Either.if_so"),
            ({"aspect": "commutte"}, "commute"),
        ],
    )
    def test_what_cannot_be_meant(self, changes: dict[str, Any], words: str) -> None:
        with pytest.raises(InvalidFieldError, match=words):
            job(remote(**changes))

    def test_more_than_five(self) -> None:
        with pytest.raises(InvalidFieldError, match="at most 5"):
            job(*[remote(if_so=number) for number in range(6)])

    def test_what_was_learned_of_a_company(self) -> None:
        with pytest.raises(InvalidFieldError, match="learned"):
            Candidate(learned=[remote()])

    @pytest.mark.parametrize("told_by", ["Hiring  manager", "hiring_manager", 1, "1"])
    def test_but_a_stage_has_many_names(self, told_by: Any) -> None:
        assert remote(told_by=told_by).stage_among(corporate()) == 1

    def test_a_name_goes_before_a_kind(self) -> None:
        stages = [*corporate(), attrs.evolve(corporate()[0], name="executive")]

        assert remote(told_by="executive").stage_among(stages) == 2
