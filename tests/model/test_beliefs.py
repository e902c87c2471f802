"""Beliefs, readings and clues: what they take, and how they refuse."""

from math import inf, nan
from typing import Any

import attrs
import pytest

from interviewfit import Belief, Clue, InvalidFieldError, Reading, Stage
from interviewfit.records import Either, Event, Scope

# No text, whatever the checker is told.
WRONG: Any = 1
READING: dict[str, Any] = {"aspect": "culture", "value": -10, "noise": 20}


class TestBelief:
    def test_whole_numbers_and_floats_make_the_same(self) -> None:
        assert Belief(mean=5, sd=8) == Belief(mean=5.0, sd=8.0)
        assert type(Belief(mean=5, sd=8).mean) is float

    def test_certainty_is_a_belief(self) -> None:
        assert Belief(mean=0, sd=0).sd == 0.0

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("mean", nan),
            ("mean", inf),
            ("mean", 1001),
            ("mean", "5"),
            ("mean", None),
            ("sd", -1),
            ("sd", nan),
            ("sd", True),
        ],
    )
    def test_a_wrong_number_is_refused_by_name(self, field: str, value: Any) -> None:
        with pytest.raises(InvalidFieldError, match=rf"^Belief\.{field} must be"):
            Belief(**{"mean": 0, "sd": 1, field: value})

    @pytest.mark.parametrize("field", ["mean", "sd"])
    def test_it_cannot_be_changed(self, field: str) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(Belief(mean=0, sd=1), field, 2.0)


class TestReading:
    def test_any_aspect_is_allowed_and_kept(self) -> None:
        """People care for things no list foresees."""
        assert Reading(**{**READING, "aspect": "canteen"}).aspect == "canteen"

    def test_it_is_about_the_opportunity_unless_said_otherwise(self) -> None:
        assert Reading(**READING).scope is Scope.OPPORTUNITY
        assert Reading(**READING, scope="field").scope is Scope.FIELD

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("aspect", ""),
            ("aspect", "  "),
            ("aspect", 3),
            ("value", nan),
            ("value", -inf),
            ("noise", 0),
            ("noise", -1),
            ("noise", 1e-7),
            ("noise", inf),
            ("unsettled", -1),
            ("unsettled", nan),
            ("about", None),
            ("note", 5),
        ],
    )
    def test_a_wrong_field_is_refused_by_name(self, field: str, value: Any) -> None:
        with pytest.raises(InvalidFieldError, match=rf"^Reading\.{field} must be"):
            Reading(**{**READING, field: value})

    def test_an_unknown_scope_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"company.*'compny'.*'company'"):
            Reading(**READING, scope="compny")


class TestClue:
    def test_the_event_may_be_a_word(self) -> None:
        assert Clue(event="passed_on", factor=2).event is Event.PASSED_ON

    @pytest.mark.parametrize("factor", [0, -1, nan, inf, "2", None, 1e-7, 1e7])
    def test_the_factor_is_a_number_above_0(self, factor: Any) -> None:
        with pytest.raises(InvalidFieldError, match=r"^Clue\.factor must be"):
            Clue(event="passed_on", factor=factor)

    def test_an_unknown_event_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"'past_on'.*'passed_on'"):
            Clue(event="past_on", factor=2)

    @pytest.mark.parametrize("field", ["about", "note"])
    def test_text_is_text(self, field: str) -> None:
        with pytest.raises(InvalidFieldError, match=rf"^Clue\.{field} must be text"):
            Clue(event="passed_on", factor=2, **{field: WRONG})


@pytest.mark.parametrize("told_by", ["Final round", "final_round", "FINAL ROUND"])
@pytest.mark.parametrize("name", ["final_round", "Final Round"])
def test_the_stage_that_tells_a_fact_is_found_however_it_is_spelt(
    told_by: str, name: str
) -> None:
    fact = Either(aspect="commute", chance=0.5, if_so=8, if_not=0, told_by=told_by)
    stages = [Stage(kind="hr_screen"), Stage(kind="panel", name=name)]

    assert fact.stage_among(stages) == 1
    assert fact.stage_among(stages[:1]) is None
