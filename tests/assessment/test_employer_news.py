"""What being passed on and being refused tell of the fit, in an answer."""

import pytest
from attrs import evolve

from interviewfit import (
    Assessment,
    Assumptions,
    Candidate,
    Opportunity,
    Position,
    Stage,
    assess,
    corporate,
    dumps,
    loads,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._text.employer_text import refusal_words
from interviewfit._text.layout import render
from interviewfit._text.why_text import why_screen
from interviewfit.records import EmployerNews

RATES = (0.5, 0.4, 0.55)


def answer(
    correlation: float | None = 0.2, phase: str = "before", stage: int = 0
) -> Assessment:
    """The answer for a job at a large firm."""
    job = Opportunity(
        name="Acme",
        stages=corporate(),
        mutual_fit=correlation,
        position=Position(phase=phase, stage=stage),
    )
    return assess(Candidate(), job)


def news(phase: str = "before", stage: int = 0) -> EmployerNews:
    """What the employer's decisions tell there."""
    told = answer(phase=phase, stage=stage).employer_news
    assert told is not None
    return told


class TestNumbers:
    @pytest.mark.parametrize("stage", range(3))
    def test_passed_and_refused_together_move_nothing(self, stage: int) -> None:
        told, rate = news(stage=stage), RATES[stage]

        assert told.if_passed is not None
        assert told.if_refused is not None
        mean = rate * told.if_passed + (1.0 - rate) * told.if_refused
        assert mean == pytest.approx(0.0, abs=1e-9)
        assert told.if_passed > 0.0

    @pytest.mark.parametrize("stage", range(3))
    def test_the_passes_so_far_are_what_they_add_to_the_fit(self, stage: int) -> None:
        usual = answer(None, stage=stage).mean

        added = answer(stage=stage).mean - usual
        assert news(stage=stage).so_far == pytest.approx(added, abs=1e-9)

    def test_a_refusal_at_an_unknown_stage_is_the_average_over_the_stages(
        self,
    ) -> None:
        nothing = dict.fromkeys(ASPECTS, 0.0)
        stages = [
            Stage(kind="panel", pass_rate=rate, reveals=nothing, reshape_chance=0.0)
            for rate in RATES
        ]
        job = Opportunity(name="Acme", stages=stages, mutual_fit=0.2)

        def news(phase: str = "before", stage: int = 0) -> EmployerNews:
            position = Position(phase=phase, stage=stage)
            told = assess(Candidate(), evolve(job, position=position)).employer_news
            assert told is not None
            return told

        chance, total = 1.0, 0.0
        for stage, rate in enumerate(RATES):
            told = news(stage=stage)
            assert told.if_refused is not None
            total += chance * (1.0 - rate) * (told.so_far + told.if_refused)
            chance *= rate

        somewhere = news("rejected")
        assert somewhere.refused_share == pytest.approx(1.0 - chance)
        assert somewhere.so_far == pytest.approx(total / (1.0 - chance), abs=1e-6)

    def test_a_refusal_at_a_stage_is_what_it_would_have_been(self) -> None:
        refused = news("rejected", 1)

        assert refused.so_far == pytest.approx(news(stage=1).if_refused)
        assert refused.similar == pytest.approx(0.2 * refused.so_far)

    def test_one_refusal_is_one_stage_of_those_that_a_default_counts_for(self) -> None:
        numbers = Assumptions(numbers={"pass_strength": 4.0})
        job = answer(None, "rejected").decision.opportunity

        told = assess(Candidate(), job, assumptions=numbers).employer_news

        assert told is not None
        assert told.rates_fall == pytest.approx(1.0 - (0.4 * 4.0 / 5.0) / 0.4)

    def test_nothing_is_told_where_no_mutual_fit_is_stated(self) -> None:
        assert answer(None, stage=1).employer_news is None

    def test_it_is_kept_in_json(self) -> None:
        kept = loads(dumps(answer(stage=1)), Assessment)

        assert kept.employer_news == news(stage=1)


class TestWords:
    def test_a_pass_is_in_the_answer_and_in_why(self) -> None:
        told = answer(stage=1)

        words = "That they passed you on has raised it by 2.5 % of pay."
        assert words in str(told)
        in_why = words.replace("raised it", "raised this fit")
        assert in_why in render(why_screen(told, "letter"), 400)

    def test_a_sign_of_theirs_is_called_so(self) -> None:
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            mutual_fit=0.2,
            signals=["they_like_you"],
        )

        assert "That they seem to like you has raised it by" in str(
            assess(Candidate(), job)
        )

    def test_a_refusal_means_something_for_similar_openings_and_no_others(
        self,
    ) -> None:
        text = str(answer(phase="rejected", stage=1))

        assert "its chance was 60 %, so it says little about you" in text
        assert "2.0 % of pay less than you believed" in text
        assert "a similar opening 0.4 % less" in text
        assert "pass such a stage elsewhere 9 % smaller than it was" in text
        assert "It says nothing about other kinds of jobs." in text

    def test_without_a_mutual_fit_it_says_nothing_of_the_match(self) -> None:
        text = str(answer(None, "rejected"))

        assert "to say nothing about how well the job would have suited you" in text
        assert "of pay less" not in text


def test_a_refusal_by_those_who_passed_one_on_may_leave_the_fit_higher() -> None:
    found = answer(phase="rejected", stage=1)
    assert found.employer_news is not None
    higher = evolve(found.employer_news, so_far=0.4, similar=0.2)

    told = refusal_words(evolve(found, employer_news=higher))

    assert "0.4 % of pay more than you believed" in told
    assert "a similar opening 0.2 % more" in told
