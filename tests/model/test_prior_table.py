"""The defaults a log is read with."""

import pytest

from interviewfit import Assumptions
from interviewfit._model.prior_table import LEARNING
from interviewfit._model.priors import PRIORS


class TestLearning:
    def test_all_of_them_are_priors(self) -> None:
        assert {name: PRIORS[name] for name in LEARNING} == LEARNING

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
