"""The defaults a log is read with."""

import pytest

from interviewfit import Assumptions
from interviewfit._model.parameters import PARAMETERS, PRIORS


class TestLearning:
    def test_they_are_no_numbers_of_a_decision(self) -> None:
        names = {name for name in PRIORS if PARAMETERS[name].used_for == "log"}

        assert {"pass_strength", "application.pass_rate"} < names

    @pytest.mark.parametrize(
        ("stage", "shapes"),
        [
            ("hr_screen", (5.0, 5.0)),
            ("hiring_manager", (4.0, 6.0)),
            ("executive", (5.5, 4.5)),
        ],
    )
    def test_pass_rates_and_their_strength_are_the_suggested_beliefs(
        self, stage: str, shapes: tuple[float, float]
    ) -> None:
        usual = Assumptions()
        strength, rate = usual["pass_strength"], usual[f"{stage}.pass_rate"]

        assert (strength * rate, strength * (1 - rate)) == pytest.approx(shapes)
