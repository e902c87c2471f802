"""The views of notebooks: sliders that are moved, and what then is shown."""

import sys
from collections.abc import Callable
from time import monotonic
from typing import Any

import marimo
import pytest

from interviewfit import Candidate, Opportunity, Search, assess, corporate, technical
from interviewfit.extra.explore import Explorer, _marimo, explore
from interviewfit.extra.explore._marimo import _View, marimo_view
from interviewfit.extra.explore._panels import details, details_beside

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


class Cell:
    """marimo as it is in a notebook, but that its thread runs when a test says so."""

    def __init__(self) -> None:
        self.begun: list[tuple[Callable[[], None], bool]] = []
        self.turns = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(marimo, name)

    def running_in_notebook(self) -> bool:
        """Threads are to be had."""
        return True

    def Thread(self, target: Callable[[], None], daemon: bool) -> "Cell":  # noqa: N802
        """A thread that does not run yet."""
        self.begun.append((target, daemon))
        return self

    def start(self) -> None:
        """Nothing; the test calls what the thread would."""

    def current_thread(self) -> "Cell":
        """The thread, which is asked whether to end."""
        return self

    @property
    def should_exit(self) -> bool:
        """Whether the cell has gone, which it has after two turns."""
        self.turns += 1
        return self.turns > 2


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize("dragged", [False, True])
def test_a_thread_shows_in_the_end_what_is_shown_without_it(
    beside: bool, dragged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(_marimo, "sleep", slept.append)
    monkeypatch.setattr(_marimo, "_PATIENCE", 0.001)
    interval = sys.getswitchinterval()
    bolt = Opportunity(name="Bolt", stages=technical())
    jobs = [JOB, bolt] if beside else [JOB]
    explorer = Explorer(Search(candidate=Candidate(), opportunities=jobs))
    cell, moved = Cell(), {"weights.time": 3.0}
    try:
        view = _View(cell, explorer)
        view._is_quick = False
        view._moved = monotonic() if dragged else -1e9
        before = dict(view._details)
        view._follow(moved)

        assert cell.begun == [(view._follow_details, True)]
        assert view._details == before
        assert sys.getswitchinterval() <= interval
        view._follow_details()
    finally:
        sys.setswitchinterval(interval)
    assert cell.turns == 3
    assert slept[0] == (_marimo._DRAG if dragged else 0.0)
    assert slept[1:] == ([_marimo._PAUSE] if beside else [])
    answer = explorer.answer(moved)
    shown = dict(details(explorer, moved, answer))
    if beside:
        shown |= details_beside(explorer, moved, answer)
    assert {key: view._details.get(key) for key in shown} == shown
    assert view._newest.empty()


def test_a_thread_stops_at_what_is_newer() -> None:
    view = _View(marimo, Explorer(JOB))
    before = dict(view._details)
    pieces = iter([("map", "a"), ("shares", "b"), ("rest", "c")])
    view._newest.put((Explorer(JOB), {}, Explorer(JOB).answer({}), None))

    view._add(pieces)

    assert view._details == before
    assert next(pieces) == ("map", "a")


def test_outside_of_a_notebook_marimo_makes_its_page_as_well() -> None:
    page = marimo_view(Explorer(JOB))

    assert "Acme: take it" in page.text
    assert page.text.count("<marimo-slider") >= len(Explorer(JOB).controls)
