"""What being passed on tells of the fit, from what is stated to the answer."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    Weights,
    assess,
    corporate,
    questions,
    robustness,
    score,
    simulate,
)
from interviewfit.sensitivity import sweep

ME = Candidate()


def job(correlation: float | None = None, **more: Any) -> Opportunity:
    """An opportunity of a large firm."""
    stages = more.pop("stages", corporate())
    return Opportunity(name="Acme", stages=stages, mutual_fit=correlation, **more)


class TestDecisions:
    def test_next_to_no_correlation_changes_nothing(self) -> None:
        plain, near = assess(ME, job()), assess(ME, job(1e-13))

        assert near.value == pytest.approx(plain.value, abs=1e-8)
        assert near.mean == pytest.approx(plain.mean, abs=1e-9)
        fits = [step.fit for step in plain.thresholds]
        assert [step.fit for step in near.thresholds] == pytest.approx(fits, abs=1e-6)

    def test_without_correlation_no_bit_changes(self) -> None:
        assert assess(ME, job(0.0)).value == assess(ME, job()).value

    @pytest.mark.parametrize("counts", [1e-12, 1e-150, 2.5e-313, 0.0])
    def test_an_offer_that_counts_for_next_to_nothing_tells_nothing(
        self, counts: float
    ) -> None:
        who = Candidate(weights=Weights(offer=counts))

        found, plain = assess(who, job(0.3)), assess(who, job(0.0))
        rows = score(who, {"process": ["corporate"] * 2, "mutual_fit": [0.3, 0.0]})

        assert found.action is plain.action
        assert found.value == pytest.approx(plain.value, abs=1e-8)
        assert rows.value == pytest.approx([found.value, plain.value], abs=1e-8)

    @given(st.sampled_from([-0.2, 0.1, 0.4, 0.9]))
    def test_terms_add_up_to_the_value(self, correlation: float) -> None:
        for choice in assess(ME, job(correlation, unresearched=True)).choices:
            assert sum(choice.terms.values()) == pytest.approx(choice.value, abs=1e-8)

    def test_a_threshold_ahead_is_the_threshold_when_its_turn_comes(self) -> None:
        stages = [Stage(kind="hr_screen"), Stage(kind="take_home"), Stage(kind="panel")]
        stages = [Stage(kind=stage.kind, reshape_chance=0) for stage in stages]
        first = assess(ME, job(0.3, stages=stages))

        later = assess(ME, job(0.3, stages=stages, position=Position(stage=2)))

        assert later.thresholds[0].fit == pytest.approx(first.thresholds[4].fit, 1e-6)

    def test_being_passed_on_is_good_news_where_both_like_the_same(self) -> None:
        means = [
            assess(ME, job(0.2, position=Position(stage=stage))).mean
            for stage in (0, 1, 2)
        ]

        assert means[0] < means[1] < means[2]
        # An aspect told as of now has counted it.
        told = {
            aspect: Belief(mean=-1.0, sd=100.0)
            for aspect in ("role", "culture", "team", "manager", "growth")
        }
        now = assess(ME, job(0.2, beliefs=told, position=Position(stage=2)))
        before = assess(ME, job(0.2, beliefs=told))
        assert now.mean == pytest.approx(before.mean, abs=1e-9)

    def test_competition_makes_better_pay_harder_to_get(self) -> None:
        numbers = Assumptions(numbers={"competition": 0.13})

        contested = assess(ME, job(), assumptions=numbers)

        assert contested.value < assess(ME, job()).value

    def test_a_sign_of_theirs_is_news_until_the_pass_has_come(self) -> None:
        signals = ["they_like_you"]
        plain, liked = assess(ME, job(0.3)), assess(ME, job(0.3, signals=signals))

        assert liked.mean > plain.mean
        assert assess(ME, job(0.0, signals=signals)).mean == assess(ME, job()).mean

    def test_the_value_of_information_is_never_negative(self) -> None:
        values = questions(assess(ME, job(0.3)))

        assert min(item.value for item in values) >= 0.0


class TestRows:
    def test_rows_are_decisions(self) -> None:
        correlations = [-0.2, 0.1, 0.3]
        table = {"process": ["corporate"] * 3, "mutual_fit": correlations}

        scores = score(ME, table)

        values = [assess(ME, job(correlation)).value for correlation in correlations]
        assert scores.value == pytest.approx(values, abs=1e-8)

    def test_no_bit_of_a_row_depends_on_the_rows_beside_it(self) -> None:
        table: dict[str, list[Any]] = {
            "process": ["corporate"] * 4,
            "mutual_fit": [0.1, 0.3, 0.1, -0.2],
            "pay.mean": [3.0, -40.0, 5.0, 0.0],
        }

        scores = score(ME, table)

        for row in range(4):
            alone = score(
                ME, {name: column[row : row + 1] for name, column in table.items()}
            )
            assert alone.value[0] == scores.value[row]


class TestPlays:
    @pytest.mark.parametrize(
        ("correlation", "stage", "signals"),
        [(0.3, 0, []), (-0.2, 1, []), (0.5, 2, ["they_like_you"])],
    )
    def test_plays_come_out_as_computed(
        self, correlation: float, stage: int, signals: list[str]
    ) -> None:
        position = Position(stage=stage)
        answer = assess(ME, job(correlation, position=position, signals=signals))

        outcomes = simulate(answer, 100_000)

        assert outcomes.expected == pytest.approx(answer.value)
        error = outcomes.value.error
        assert abs(outcomes.value.mean - answer.value) < 4 * error
        chance = answer.choices[0].accept_probability
        assert outcomes.accepted == pytest.approx(chance, abs=0.006)


class TestNaming:
    """At 0 the two numbers bear on nothing, but somebody may ask what they would do."""

    @pytest.mark.parametrize("stated", [None, 0.0])
    def test_robustness_draws_them_if_their_ranges_are_named(
        self, stated: float | None
    ) -> None:
        answer = assess(ME, job(stated))
        ranges = {"mutual_fit": (0.0, 0.6), "competition": (0.0, 0.1)}

        drawn = robustness(answer, 40, ranges=ranges)

        # More is at stake where both like the same, in the median draw as well.
        usual = robustness(answer, 40)
        assert drawn.margin.median > usual.margin.median

    @pytest.mark.parametrize("name", ["mutual_fit", "competition"])
    def test_a_sweep_is_the_answers_for_its_values(self, name: str) -> None:
        swept = sweep(assess(ME, job()), name, [0.0, 0.1])

        numbers = Assumptions(numbers={name: 0.1})
        there = assess(ME, job(), assumptions=numbers)
        assert swept.value[1] == pytest.approx(there.value, abs=1e-8)
        assert swept.value[0] == pytest.approx(assess(ME, job()).value, abs=1e-8)

    def test_beside_others_an_answer_says_what_it_counts(self) -> None:
        rival = Opportunity(name="Bolt", stages=corporate())

        told, plain = (str(assess(ME, job(fit), beside=[rival])) for fit in (0.2, None))

        assert "passed on tells is counted on average here" in told
        assert "counted on average" not in plain
