import pytest
from hypothesis import given, settings

import strategies as fit
from interviewfit import (
    Belief,
    Candidate,
    Clue,
    InvalidFieldError,
    Opportunity,
    Reading,
    Stage,
    StageKind,
)
from interviewfit._model.parameters import PARAMETERS, PRIORS
from interviewfit._process.parameters import (
    Parameter,
    find_parameter,
    list_inputs,
)
from interviewfit._text.labels import (
    _signal_words,
    clause,
    prior_label,
    quantity,
    subject,
)
from interviewfit.records import Decision, Seniority

JOB = Opportunity(
    name="Acme",
    stages=[
        Stage(
            kind="panel",
            name="final round",
            hours=2,
            reveals={"pay": 0.5},
            reshape_gain=4,
        ),
        Stage(kind="hr_screen"),
    ],
    beliefs={"pay": Belief(mean=5, sd=4)},
    signals=[
        Reading(aspect="culture", value=-10, noise=15, note="a friend"),
        Clue(event="hidden_role", factor=2),
    ],
)
DECISION = Decision(candidate=Candidate(), opportunity=JOB)

FRIEND = "(a friend) is above"


def said(name: str, value: float, more: bool = True) -> str:
    return clause(find_parameter(DECISION, name), more, value, DECISION)


class TestClause:
    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("pay.mean", 7.25, "the pay is worth more than +7.25 % of pay"),
            ("pay.sd", 6.0, "your uncertainty about the pay is above +6 %"),
            ("priorities.pay", 2.0, "the pay counts more than 2 times"),
            ("weights.bail", 0.0, "harm from walking out counts more than 0 times"),
            ("stages[0].hours", 3.0, "the final round itself takes more than 3 h"),
            (
                "stages[0].reveals.pay",
                0.75,
                "what the final round shows of the pay is above 75 %",
            ),
            (
                "signals[0].value",
                -5.0,
                "what you saw of the culture (a friend) is above -5 %",
            ),
            (
                "signals[0].noise",
                20.0,
                f"how far off what you saw of the culture may be {FRIEND} +20 %",
            ),
            ("signals[1].factor", 3.0, "the clue on hidden role is above 3"),
            (
                "hr_screen.preparation",
                2.0,
                "preparing for the HR screen takes more than 2 h",
            ),
            ("hours_per_year", 2000.0, "a year's hours of work is above 2,000 h"),
            ("worth_ahead", 9.0, "each process ahead is worth more than 9 h"),
        ],
    )
    def test_reads_after_if(self, name: str, value: float, words: str) -> None:
        assert said(name, value) == words

    def test_says_less_below(self) -> None:
        assert said("pay.mean", -1.0, more=False).endswith("less than -1 % of pay")
        assert said("hr_screen.pass_rate", 0.25, more=False).endswith("below 25 %")


class TestSubject:
    def test_no_prior_is_without_words(self) -> None:
        for name, prior in PRIORS.items():
            if PARAMETERS[name].used_for != "decision":
                # No input of a decision: they read logs and postings.
                continue
            one = Parameter(
                name=name,
                value=prior.value,
                low=prior.low,
                high=prior.high,
                scale=1.0,
                unit=prior.unit,
                path=("assumptions", "numbers", name),
            )
            assert subject(one, DECISION)

    def test_nor_is_what_a_decision_states(self) -> None:
        for who in Seniority:
            job = Opportunity(
                name="A",
                stages=[Stage(kind=kind, meets=who, practice=1) for kind in StageKind],
                unresearched=True,
            )
            decision = Decision(candidate=Candidate(activity=0.5), opportunity=job)
            for one in list_inputs(decision):
                assert subject(one, decision)

    @settings(max_examples=50)
    @given(fit.cases())
    def test_every_input_of_any_decision_has_words(self, case: fit.Case) -> None:
        decision = Decision(
            candidate=case.candidate,
            opportunity=case.opportunity,
            assumptions=case.assumptions,
        )
        for one in list_inputs(decision):
            assert clause(one, True, one.high, decision)

    def test_of_what_is_no_input_is_refused(self) -> None:
        strange = Parameter(
            name="moon.phase",
            value=0.0,
            low=0.0,
            high=1.0,
            scale=1.0,
            unit="share",
            path=("assumptions", "numbers", "moon.phase"),
        )
        with pytest.raises(InvalidFieldError, match=r"moon\.phase"):
            subject(strange, DECISION)


class TestQuantity:
    def test_large_numbers_keep_their_digits(self) -> None:
        assert quantity(1800.0, "h") == "1,800 h"
        assert quantity(0.0, "% of pay") == "0 %"
        assert quantity(1.5, "factor") == "1.5"


@pytest.mark.parametrize("signal", [Clue(event="reshaped", factor=2), JOB.signals[0]])
def test_of_a_number_that_a_signal_has_not_there_are_no_words(
    signal: Clue | Reading,
) -> None:
    with pytest.raises(InvalidFieldError) as told:
        _signal_words(signal, "colour", "{aspect}")

    assert str(told.value) == "wording must be a number of this signal, got 'colour'."


def test_what_a_stage_shows_is_said_of_its_aspect() -> None:
    assert prior_label("hr_screen.reveals.pay") == "what the HR screen shows of the pay"
