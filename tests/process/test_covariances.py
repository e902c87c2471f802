"""Aspects that go together, against linear algebra done in one piece."""

from math import sqrt
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given, settings, strategies as st

import strategies as fit
from compiled import process_of
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    Stage,
    assess,
    corporate,
    dumps,
    loads,
    plan,
    questions,
    score,
    simulate,
)
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._model.numbers import Numbers
from interviewfit._model.priors import correlation_name
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._numeric.arrays import FloatArray
from interviewfit._process.covariances import PEOPLE, correlations_between
from interviewfit.sensitivity import list_inputs

ANYBODY = Candidate()
JOB = Opportunity(name="Acme", stages=corporate())
FEWER = settings(max_examples=settings().max_examples // 3)
FACTORS = st.tuples(st.floats(-0.35, 0.0), st.floats(0.0, 0.6))


def drawn(pay: float, people: float) -> Assumptions:
    """The two numbers that stand for a matrix."""
    return Assumptions(numbers={"correlation.pay": pay, "correlation.people": people})


def matrix_of(assumptions: Assumptions) -> FloatArray:
    """The correlations of the aspects that every job has."""
    found = correlations_between(Numbers(assumptions.numbers), ASPECTS)
    return np.eye(len(ASPECTS)) if found is None else found[:, :, 0]


def at(position: Position, **more: Any) -> Opportunity:
    return evolve(JOB, position=position, **more)


class TestTheTwoNumbers:
    @given(factors=FACTORS)
    def test_make_a_matrix_that_can_be(self, factors: tuple[float, float]) -> None:
        matrix = matrix_of(drawn(*factors))

        assert np.array_equal(matrix, matrix.T)
        assert np.linalg.eigvalsh(matrix)[0] > -1e-12

    def test_pay_goes_against_the_sum_of_the_rest(self) -> None:
        usual = drawn(-0.18, 0.2)
        sds = np.array([usual[f"spread.{aspect}"] for aspect in ASPECTS])
        covariances = sds[:, None] * matrix_of(usual) * sds
        with_rest = covariances[0, 1:].sum()

        correlation = with_rest / sds[0] / sqrt(covariances[1:, 1:].sum())

        assert correlation == pytest.approx(-0.18, rel=1e-12)

    def test_people_share_one_factor(self) -> None:
        matrix = matrix_of(drawn(0.0, 0.3))
        rows = [ASPECTS.index(aspect) for aspect in PEOPLE]

        assert np.all(matrix[np.ix_(rows, rows)] == 0.3 + 0.7 * np.eye(4))
        assert np.trace(matrix) == len(ASPECTS)
        assert matrix.sum() == pytest.approx(len(ASPECTS) + 12 * 0.3)

    def test_each_is_drawn_unless_a_matrix_is_stated(self) -> None:
        def names(assumptions: Assumptions) -> set[str]:
            decision = assess(ANYBODY, JOB, assumptions=assumptions).decision
            return {parameter.name for parameter in list_inputs(decision)}

        both = {"correlation.pay", "correlation.people"}
        stated = Assumptions(correlations={"manager": {"team": 0.5}})
        assert both <= names(Assumptions())
        assert not both & names(stated)

    def test_together_they_leave_the_sum_as_it_was_argued_for(self) -> None:
        """-.18 was measured for pay, and .13 for the people makes up for it."""
        both = process_of(ANYBODY, JOB, drawn(-0.18, 0.13))

        assert both.sd == pytest.approx(
            process_of(ANYBODY, JOB, Assumptions()).sd, rel=0.01
        )


class TestStages:
    @given(
        factors=FACTORS,
        kinds=st.lists(st.sampled_from(["panel", "executive"]), min_size=2, max_size=3),
        share=fit.CHANCES,
    )
    def test_show_what_bayes_rule_says(
        self, factors: tuple[float, float], kinds: list[str], share: float
    ) -> None:
        """All looks of a stage at once: (S^-1 + N^-1)^-1."""
        usual = drawn(*factors)
        assume(any(factors))
        stages = [
            Stage(kind=kind, reveals={"team": share * 0.9}, reshape_chance=0)
            for kind in kinds
        ]
        steps = process_of(ANYBODY, evolve(JOB, stages=stages), usual).steps
        sds = np.array([usual[f"spread.{aspect}"] for aspect in ASPECTS])
        before = sds[:, None] * matrix_of(usual) * sds

        for stage, *halves in zip(stages, steps[::2], steps[1::2], strict=True):
            shares = np.array(
                [
                    stage.reveals.get(aspect, usual.reveals(stage.kind, aspect))
                    for aspect in ASPECTS
                ]
            )
            precision = shares / (1.0 - shares) / np.diag(before)
            after = np.linalg.inv(np.linalg.inv(before) + np.diag(precision))
            shown = 36.0**2 * (before - after).sum()
            assert sum(half.reveal**2 for half in halves) == pytest.approx(
                shown, rel=1e-9
            )
            assert halves[0].reveal == pytest.approx(halves[1].reveal, rel=1e-12)
            before = after

    @pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.OFFERED])
    @pytest.mark.parametrize("aspect", ["pay", "manager", "team", "growth"])
    @pytest.mark.parametrize("pay", [-1e-6, -0.1])
    def test_to_show_all_is_as_to_show_nearly_all(
        self, aspect: str, phase: Phase, pay: float
    ) -> None:
        """Nothing is left of what is known, rounding included."""
        whole, nearly = (
            assess(
                ANYBODY,
                Opportunity(
                    name="Acme",
                    stages=[
                        Stage(kind="hr_screen"),
                        Stage(kind="take_home", reveals={aspect: share}),
                        Stage(kind="panel"),
                    ],
                    position=Position(phase=phase),
                ),
                assumptions=drawn(pay, 0.2),
            )
            for share in (1.0, 1.0 - 1e-9)
        )

        assert whole.action is nearly.action
        for choice in whole.choices:
            near = nearly.choice(choice.action).value
            assert choice.value == pytest.approx(near, abs=1e-3)

    def test_what_is_shown_of_one_tells_of_the_other(self) -> None:
        """Manager and team as one: a stage that shows all of one shows the other."""
        as_one = Assumptions(correlations={"manager": {"team": 1.0}})
        nothing = dict.fromkeys(ASPECTS, 0.0)
        stages = [
            Stage(kind="panel", reveals={**nothing, "team": 1.0}, reshape_chance=0)
        ]

        steps = process_of(ANYBODY, evolve(JOB, stages=stages), as_one).steps

        shown = sqrt(sum(step.reveal**2 for step in steps)) / 36.0
        assert shown == pytest.approx(8.0 + 6.0, rel=1e-12)

    def test_a_matrix_of_zeros_is_none(self) -> None:
        zeros = Assumptions(correlations={"manager": {"team": 0.0}})

        found, usual = (
            assess(ANYBODY, JOB, assumptions=it) for it in (zeros, Assumptions())
        )

        assert found.value == pytest.approx(usual.value, rel=1e-12)
        assert found.sd == pytest.approx(usual.sd, rel=1e-12)

    @FEWER
    @given(
        case=fit.cases(st.just(Phase.BEFORE)),
        factors=FACTORS,
        phase=fit.UNDERWAY,
        stage=st.integers(1, 2),
    )
    def test_a_later_round_reveals_what_was_promised(
        self, case: fit.Case, factors: tuple[float, float], phase: Phase, stage: int
    ) -> None:
        assume(stage < len(case.opportunity.stages))
        numbers = {**case.assumptions.numbers, **drawn(*factors).numbers}
        usual, who = Assumptions(numbers=numbers), evolve(case.candidate, learned=[])
        job = evolve(case.opportunity, signals=[], beliefs={}, position=Position())
        reached = evolve(job, position=Position(phase=phase, stage=stage))

        ahead = process_of(who, job, usual).steps[2 * stage + (phase is Phase.MIDWAY) :]
        steps = process_of(who, reached, usual).steps

        for before, later in zip(ahead, steps, strict=True):
            assert later.reveal == pytest.approx(before.reveal, rel=1e-8, abs=1e-6)

    @pytest.mark.parametrize("factors", [(0.0, 0.0), (-0.2, 0.3)])
    def test_what_was_looked_up_has_shown_its_share(
        self, factors: tuple[float, float]
    ) -> None:
        usual = drawn(*factors)
        before = process_of(ANYBODY, JOB, usual, research_first=True).steps[2:]

        after = process_of(ANYBODY, evolve(JOB, researched=0), usual).steps

        assert [step.reveal for step in after] == pytest.approx(
            [step.reveal for step in before], rel=1e-9
        )

    def test_zeros_in_columns_are_as_no_correlations(self) -> None:
        zeros = {"correlation.pay": np.zeros(2), "correlation.people": np.zeros(2)}
        for job in (
            evolve(JOB, researched=0),
            at(Position(phase="midway", stage=1), researched=1),
            at(Position(stage=2), beliefs={"pay": Belief(mean=3, sd=3)}),
        ):
            answer = assess(ANYBODY, job)

            rows = evaluate_rows(answer.decision, zeros)

            assert rows.value == pytest.approx([answer.value] * 2, rel=1e-9)

    def test_a_belief_as_of_now_stays_as_wide_as_it_was_told(self) -> None:
        usual, told = drawn(0.0, 0.5), {"team": Belief(mean=0, sd=2)}
        for position in (Position(stage=2), Position(phase="midway", stage=1)):
            job = at(
                position,
                beliefs={
                    **told,
                    **{
                        name: Belief(mean=0, sd=0) for name in ASPECTS if name != "team"
                    },
                },
            )

            assert process_of(ANYBODY, job, usual).sd == pytest.approx(4.0, rel=1e-9)


class TestEverywhere:
    def test_rows_are_as_single_decisions(self) -> None:
        people = np.array([0.0, 0.1, 0.3])
        columns: dict[str, Any] = {
            "process": "corporate",
            "stage": np.array([0, 1, 2]),
            "correlation.people": people,
            "correlation.pay": np.array([-0.3, 0.0, -0.1]),
            "culture": np.array([np.nan, 3.0, np.nan]),
        }
        found = score(ANYBODY, columns)

        for row in range(3):
            usual = drawn(columns["correlation.pay"][row], people[row])
            beliefs = {"culture": Belief(mean=3, sd=4)} if row == 1 else {}
            answer = assess(
                ANYBODY, at(Position(stage=row), beliefs=beliefs), assumptions=usual
            )
            assert found.value[row] == pytest.approx(answer.value, rel=1e-9)
            assert found.threshold[row] == pytest.approx(
                answer.thresholds[0].fit, rel=1e-9
            )

    def test_knowing_one_tells_of_the_other(self) -> None:
        """The stage shows nothing, so what is then believed decides. Knowing the
        manager, sd 8, moves that by 8 + .6 * 6 for each sd of surprise.
        """
        usual = Assumptions(correlations={"manager": {"team": 0.6}})
        nothing = dict.fromkeys(ASPECTS, 0.0)
        stage = Stage(kind="panel", reveals=nothing, surfaces=0, reshape_chance=0)
        known = dict.fromkeys(set(ASPECTS) - {"manager", "team"}, Belief(mean=1, sd=0))
        job = Opportunity(name="Acme", stages=[stage], beliefs=known)
        answer = assess(ANYBODY, job, assumptions=usual)
        first, second = process_of(ANYBODY, job, usual).steps

        found = {value.aspect: value.value for value in questions(answer)}

        z = np.linspace(-9.0, 9.0, 200_001)
        density = np.exp(-0.5 * z * z) / sqrt(2.0 * np.pi) * (z[1] - z[0])
        offer = 36.0 * np.maximum(0.0, answer.mean + (8.0 + 0.6 * 6.0) * z)
        worth = first.reward + second.reward + second.survive * offer
        expected = float(density @ np.maximum(0.0, worth)) - answer.value
        assert set(found) == {"manager", "team"}
        assert found["manager"] == pytest.approx(expected, rel=1e-6)

    def test_a_plan_and_a_simulation_take_them(self) -> None:
        usual = drawn(-0.18, 0.3)
        answer = assess(ANYBODY, JOB, assumptions=usual)
        outcomes = simulate(answer, 20_000, rng=1)

        assert answer.value > assess(ANYBODY, JOB, assumptions=drawn(-0.18, 0.0)).value
        assert abs(outcomes.value.mean - answer.value) < 4 * outcomes.value.error
        alone = Candidate(interviews_ahead=0)
        single = assess(alone, JOB, assumptions=usual).value
        assert plan(alone, [JOB], assumptions=usual).value == pytest.approx(single)

    def test_they_are_written_and_read(self) -> None:
        usual = Assumptions(
            correlations={"manager": {"team": 0.5}, "pay": {"role": -0.2}}
        )

        assert loads(dumps(usual), Assumptions) == usual
        assert hash(loads(dumps(usual), Assumptions)) == hash(usual)
        assert "correlations" not in dumps(Assumptions())

    def test_a_name_is_the_same_in_either_order(self) -> None:
        assert correlation_name("a", "b") == correlation_name("b", "a")


class TestRefusals:
    def test_a_matrix_that_cannot_be_comes_with_the_remedy(self) -> None:
        impossible = {
            "manager": {"team": 0.9, "culture": 0.9},
            "team": {"culture": -0.9},
        }

        with pytest.raises(InvalidFieldError, match="positive semidefinite") as error:
            Assumptions(correlations=impossible)

        factor = float(str(error.value).split("Multiply all of them by ")[1].split()[0])
        shrunk = {
            first: {second: factor * number for second, number in row.items()}
            for first, row in impossible.items()
        }
        assert 0.5 < factor < 1.0
        assert Assumptions(correlations=shrunk).correlations == shrunk

    @pytest.mark.parametrize(
        ("correlations", "words"),
        [
            ({"manager": {"team": 1.5}}, "between -1 and 1"),
            ({"manager": {"team": float("nan")}}, "between -1 and 1"),
            ({"manager": {"manager": 1.0}}, "two different aspects"),
            ({"manager": {"team": 0.5}, "team": {"manager": 0.4}}, "State it once"),
            ({"manager": {"taem": 0.5}}, "team"),
            ({"manger": {"team": 0.5}}, "manager"),
            ({"manager": 0.5}, "a mapping"),
            ([("manager", "team", 0.5)], "a mapping of mappings"),
        ],
    )
    def test_what_is_none_is_named(self, correlations: Any, words: str) -> None:
        with pytest.raises(InvalidFieldError, match=words):
            Assumptions(correlations=correlations)
