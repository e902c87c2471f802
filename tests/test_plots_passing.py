"""The picture of what is believed before and after being passed on."""

from typing import Any

import numpy as np
import pytest

from interviewfit import (
    Assessment,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    assess,
    corporate,
)
from interviewfit.extra import plots
from interviewfit.records import Either

NAMES = "before they passed you on", "now", "passed on next", "refused next"


def answer(**more: Any) -> Assessment:
    """The answer for a job at a large firm."""
    more = {"mutual_fit": 0.3, **more}
    return assess(Candidate(), Opportunity(name="Acme", stages=corporate(), **more))


def means_of(found: Assessment) -> dict[str, float]:
    """The mean fit of each curve that is drawn."""
    means = {}
    for line in plots.draw_passing(found).get_lines():
        fits, density = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
        if fits.size > 2:
            means[str(line.get_label())] = float(fits @ density / density.sum())
    return means


class TestCurves:
    @pytest.mark.parametrize("correlation", [-0.2, 0.3, 0.6])
    @pytest.mark.parametrize("facts", [False, True])
    def test_their_means_are_those_of_the_answer(
        self, correlation: float, facts: bool
    ) -> None:
        fact = Either(aspect="role", chance=0.4, if_so=15, if_not=-5, told_by=1)
        found = answer(
            mutual_fit=correlation,
            position=Position(stage=1),
            signals=[fact] if facts else [],
        )
        news = found.employer_news

        means = means_of(found)

        assert tuple(means) == NAMES
        assert news is not None
        assert news.if_passed is not None
        assert news.if_refused is not None
        expected = (
            found.mean - news.so_far,
            found.mean,
            found.mean + news.if_passed,
            found.mean + news.if_refused,
        )
        # The ends of the curves are cut.
        assert list(means.values()) == pytest.approx(list(expected), abs=0.1)

    def test_passed_and_refused_together_are_what_is_believed_now(self) -> None:
        lines = {
            str(line.get_label()): np.asarray(line.get_ydata())
            for line in plots.draw_passing(answer()).get_lines()
        }

        together = 0.5 * lines["passed on next"] + 0.5 * lines["refused next"]
        assert together == pytest.approx(lines["now"], abs=1e-9)
        assert "before they passed you on" not in lines

    def test_with_an_offer_it_shows_what_the_passes_have_done(self) -> None:
        found = answer(position=Position(phase="offered"))

        assert tuple(means_of(found)) == NAMES[:2]
        title = plots.draw_passing(found).get_title().replace("\n", " ")
        assert title.startswith("Acme: that they passed you on has moved the fit from")


class TestFaults:
    def test_without_a_mutual_fit_there_is_nothing_to_draw(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"mutual_fit=0\.2"):
            plots.draw_passing(answer(mutual_fit=None))

    def test_after_a_refusal_neither(self) -> None:
        with pytest.raises(InvalidFieldError, match="a mutual fit"):
            plots.draw_passing(answer(position=Position(phase="rejected")))
