"""Rounds of a process and positions in it."""

from math import inf, nan
from typing import Any

import pytest

from interviewfit import InvalidFieldError, Phase, Position, Stage, StageKind
from interviewfit._model.stages import MOST_STAGES
from interviewfit.records import Seniority

# The fields of a stage that are numbers.
CHANCES = ("pass_rate", "surfaces", "reshape_chance")
NUMBERS = (*CHANCES, "hours", "preparation", "practice", "reshape_gain", "days")
NOTHING: Any = 0
SIXTY: Any = 60


class TestStage:
    def test_the_kind_is_enough(self) -> None:
        """What is not said stays None, so that a default is filled in later, once."""
        stage = Stage(kind="panel")

        assert stage.kind is StageKind.PANEL
        assert stage.hours is None
        assert stage.pass_rate is None
        assert stage.meets is None
        assert stage.reveals == {}
        assert stage.days == 0.0

    def test_the_title_is_the_name_or_else_the_kind(self) -> None:
        assert Stage(kind="hr_screen").title == "hr screen"
        assert Stage(kind="hr_screen", name=" call \n").title == "call"

    def test_seniority_may_be_a_word(self) -> None:
        assert Stage(kind="panel", meets="executive").meets is Seniority.EXECUTIVE

    @pytest.mark.parametrize("name", NUMBERS)
    def test_nothing_is_a_number(self, name: str) -> None:
        """A stage of 0 hours with no chance at all is odd but not wrong."""
        assert getattr(Stage(kind="panel", **{name: NOTHING}), name) == 0.0

    @pytest.mark.parametrize("value", [nan, inf, -inf, -1, "2", True, 2e6])
    @pytest.mark.parametrize("name", NUMBERS)
    def test_a_wrong_number_is_refused_by_name(self, name: str, value: Any) -> None:
        with pytest.raises(InvalidFieldError, match=rf"^Stage\.{name} must be") as info:
            Stage(kind="panel", **{name: value})

        assert info.value.where == f"Stage.{name}"

    @pytest.mark.parametrize("name", CHANCES)
    def test_a_percentage_is_told_to_be_a_fraction(self, name: str) -> None:
        with pytest.raises(InvalidFieldError, match=r"For 60 %, write 0\.6\."):
            Stage(kind="panel", **{name: SIXTY})

    def test_what_it_reveals_is_checked_by_aspect(self) -> None:
        with pytest.raises(
            InvalidFieldError, match=r"^Stage\.reveals\['pay'\] .* 0\.5"
        ):
            Stage(kind="panel", reveals={"pay": 50})

    def test_what_it_reveals_cannot_be_changed_from_outside(self) -> None:
        reveals = {"pay": 0.5}
        stage = Stage(kind="panel", reveals=reveals)

        reveals["pay"] = 60.0

        assert stage.reveals == {"pay": 0.5}

    def test_a_misspelled_kind_gets_a_suggestion(self) -> None:
        with pytest.raises(InvalidFieldError, match="Did you mean 'hr_screen'"):
            Stage(kind="hr_scren")

    def test_a_misspelled_person_gets_a_suggestion(self) -> None:
        with pytest.raises(InvalidFieldError, match="Did you mean 'manager'"):
            Stage(kind="panel", meets="manger")

    def test_the_name_is_text(self) -> None:
        wrong: Any = 3
        with pytest.raises(InvalidFieldError, match=r"^Stage\.name must be text"):
            Stage(kind="panel", name=wrong)


class TestPosition:
    def test_one_starts_before_the_first_stage(self) -> None:
        assert Position() == Position(phase=Phase.BEFORE, stage=0)

    def test_the_phase_may_be_a_word(self) -> None:
        assert Position(phase="midway").phase is Phase.MIDWAY

    @pytest.mark.parametrize("stage", [-1, 1.0, "0", True, None, MOST_STAGES])
    def test_a_stage_is_counted_from_0(self, stage: Any) -> None:
        with pytest.raises(InvalidFieldError, match=r"Position\.stage .* stage is 0"):
            Position(stage=stage)

    def test_a_misspelled_phase_gets_a_suggestion(self) -> None:
        with pytest.raises(InvalidFieldError, match="Did you mean 'offered'"):
            Position(phase="offer")
