"""The views of notebooks: sliders that are moved, and what then is shown."""

import sys
from typing import Any

import marimo
import pytest

from interviewfit import Candidate, Opportunity, Search, assess, corporate, technical
from interviewfit.extra.explore import Explorer, explore
from interviewfit.extra.explore._marimo import _View, marimo_view

JOB = Opportunity(name="Acme", stages=corporate())


def parts(box: Any) -> tuple[Any, Any, Any]:
    """The sliders by the words beside them, and the two places for answers."""
    *_, said, folds, more = box.children
    sliders = {
        slider.description: slider
        for group in folds.children
        for slider in group.children
    }
    return sliders, said, more


class TestWidgets:
    def test_the_answer_follows_a_slider(self) -> None:
        sliders, said, more = parts(explore(assess(Candidate(), JOB)))
        assert "Acme: take it" in said.value

        sliders["an hour of yours"].value = 3.0
        moved = Explorer(JOB).answer({"weights.time": 3.0})

        assert f"{moved.value:.1f} h" in said.value
        assert 'data-explore="rows"' in more.value

    def test_every_number_has_a_slider_in_its_group(self) -> None:
        box = explore(JOB)

        folds = box.children[1]

        count = sum(len(group.children) for group in folds.children)
        assert count == len(Explorer(JOB).controls)
        assert folds.titles[0] == "What you care about"

    def test_another_opportunity_is_chosen_from_a_menu(self) -> None:
        bolt = Opportunity(name="Bolt", stages=technical())
        box = explore(Search(candidate=Candidate(), opportunities=[JOB, bolt]))

        box.children[0].value = "Bolt"

        _, said, _ = parts(box)
        assert "Bolt: " in said.value

    def test_without_marimo_it_is_the_view(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "marimo", None)

        assert parts(explore(JOB))


class TestMarimo:
    """Without threads, as in a browser: all comes one after the other."""

    def test_everything_follows_a_slider(self) -> None:
        view = _View(marimo, Explorer(JOB))
        before = view.page().text

        view._follow({"weights.time": 3.0})

        moved = Explorer(JOB).answer({"weights.time": 3.0})
        assert f"{moved.value:.1f} h" in view.page().text
        assert view._details["map"] not in before
        assert view._details["shares"] not in before

    def test_another_opportunity_is_chosen(self) -> None:
        bolt = Opportunity(name="Bolt", stages=technical())
        jobs = [JOB, bolt]
        view = _View(
            marimo, Explorer(Search(candidate=Candidate(), opportunities=jobs))
        )

        view._choose("Bolt")

        assert "Bolt: " in view.page().text


def test_outside_of_a_notebook_marimo_makes_its_page_as_well() -> None:
    page = marimo_view(Explorer(JOB))

    assert "Acme: take it" in page.text
    assert page.text.count("<marimo-slider") >= len(Explorer(JOB).controls)
