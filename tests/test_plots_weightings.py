"""Pictures of weightings show where each action is best; others leave nothing out."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Polygon, Rectangle
from matplotlib.path import Path

from interviewfit import (
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Stage,
    assess,
    corporate,
    plan,
    simulate,
    small_firm,
)
from interviewfit._model.vocabulary import ACTIONS
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.extra import plots
from interviewfit.sensitivity import sweep, tornado
from interviewfit.weightings import acceptability
from interviewfit.weightings._box import read_box
from interviewfit.weightings._regions import regions_of

ME = Candidate()
JOB = Opportunity(
    name="Acme",
    stages=corporate(),
    beliefs={"pay": Belief(mean=12, sd=3), "role": Belief(mean=-35, sd=5)},
)
FOUND = assess(ME, JOB)
DETOURS = assess(
    ME,
    Opportunity(
        name="Bolt",
        stages=corporate(),
        unresearched=True,
        signals=["merger_talks"],
        beliefs={"role": Belief(mean=-12, sd=6)},
    ),
)
PLANE: dict[str, Any] = {"priorities": {"pay": (0, 3), "role": (0, 2)}}
TIME: dict[str, Any] = {"priorities": {"role": (0, 3)}, "weights": {"time": (0, 4)}}
ASPECTS = ("pay", "role", "growth")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")


def polygons(ax: Axes) -> list[tuple[str, Path]]:
    """The hatched regions, by the words of their action."""
    words = {f"_{action}": HEADLINES[action] for action in ACTIONS}
    named = []
    for patch in ax.patches:
        name = str(patch.get_label())
        if isinstance(patch, Polygon) and patch.get_zorder() == 1.5:
            named.append((words.get(name, name), patch.get_path()))
    return named


def legend(ax: Axes) -> list[str]:
    shown = ax.get_legend()
    return [] if shown is None else [text.get_text() for text in shown.get_texts()]


def title(ax: Axes) -> str:
    return str(ax.get_title().replace("\n", " "))


class TestDrawWeightings:
    @pytest.mark.parametrize(
        ("found", "limits"),
        [(FOUND, PLANE), (DETOURS, TIME)],
        ids=["two actions", "detours"],
    )
    def test_every_point_of_a_plane_lies_in_the_region_of_its_action(
        self, found: Assessment, limits: dict[str, Any]
    ) -> None:
        shown = polygons(plots.draw_weightings(found, **limits))
        box = read_box(
            "test", found.decision, limits["priorities"], limits.get("weights", {})
        )
        points = np.random.default_rng(1).uniform(box.low, box.high, (150, 2))
        values = box.evaluate(points)
        clear = np.sort(values.ranking.values, axis=0)
        clear = clear[-1] - clear[-2] > 0.02

        for point, action, sure in zip(points, values.ranking.best, clear, strict=True):
            inside = {name for name, path in shown if path.contains_point(tuple(point))}
            if sure:
                assert inside == {HEADLINES[action]}

    def test_every_point_of_a_triangle_does(self) -> None:
        shown = polygons(plots.draw_weightings(FOUND, relative=ASPECTS))
        box = read_box("test", FOUND.decision, dict.fromkeys(ASPECTS, (0, 3)), {})
        points = np.random.default_rng(2).dirichlet(np.ones(3), 300)
        values = box.evaluate(3.0 * points).ranking
        corners = np.array([(0.5, 0.75**0.5), (0.0, 0.0), (1.0, 0.0)])

        for place, action, margin in zip(
            points @ corners, values.best, values.margin, strict=True
        ):
            inside = {name for name, path in shown if path.contains_point(tuple(place))}
            if margin > 0.02:
                assert inside == {HEADLINES[action]}

    @pytest.mark.parametrize(
        ("found", "how"),
        [(FOUND, PLANE), (FOUND, {"relative": ASPECTS})],
        ids=["plane", "triangle"],
    )
    def test_shares_are_those_of_acceptability(
        self, found: Assessment, how: dict[str, Any]
    ) -> None:
        sampled = acceptability(found, **how, error=0.002)
        limits = how.get("priorities") or dict.fromkeys(ASPECTS, (0.0, 3.0))
        box = read_box("test", found.decision, limits, how.get("weights", {}))
        shares = regions_of(box, simplex="relative" in how).shares

        assert sum(shares.values()) == pytest.approx(1.0)
        for entry in sampled.shares:
            error = 4.5 * entry.standard_error + 1e-3
            assert abs(shares.get(entry.action, 0.0) - entry.share) <= error

    def test_an_upright_border_is_as_exact_as_others(self) -> None:
        """Of the weight of a term that does not occur nothing depends."""
        limits = {"priorities": {"role": (0, 2)}, "weights": {"referral": (0, 2)}}
        box = read_box("test", FOUND.decision, limits["priorities"], limits["weights"])
        regions = regions_of(box, simplex=False)
        grid = np.column_stack([np.linspace(0, 2, 4_001), np.ones(4_001)])
        codes = box.evaluate(grid).ranking.codes
        border = grid[int(np.argmax(codes != codes[0])), 0] / 2.0

        places = [run[0].place for run in regions.runs[1:]]
        assert places == pytest.approx([border], abs=5e-4)

    def test_it_marks_the_weighting_of_the_candidate(self) -> None:
        ax = plots.draw_weightings(FOUND, **PLANE)
        (marked,) = (
            line for line in ax.get_lines() if line.get_label() == "your weighting"
        )

        assert np.asarray(marked.get_data()).tolist() == [[1.0], [1.0]]
        assert legend(ax) == ["take it", "decline", "your weighting"]

    @pytest.mark.parametrize(
        ("how", "message"),
        [
            ({"priorities": {"pay": (0, 1)}}, "limits of two numbers"),
            ({"priorities": {"pay": (0, 1), "role": (1, 1)}}, "limits of two numbers"),
            ({"relative": ["pay", "role"]}, "three different aspects"),
            ({"relative": ASPECTS, "priorities": {"pay": (0, 1)}}, "without limits"),
            ({}, "limits of a number"),
            ({"priorities": {"salary": (0, 1)}}, "Did you mean"),
        ],
    )
    def test_what_spans_no_plane_is_refused(
        self, how: dict[str, Any], message: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match=message):
            plots.draw_weightings(FOUND, **how)


class TestDrawAcceptability:
    def test_bars_are_shares(self) -> None:
        shares = acceptability(FOUND, relative=ASPECTS)
        ax = plots.draw_acceptability(shares)
        bars = [bar.get_width() for bar in ax.patches if isinstance(bar, Rectangle)]

        assert bars == pytest.approx([100 * entry.share for entry in shares.shares])
        assert [label.get_text() for label in ax.get_yticklabels()] == [
            "Decline",
            "Take it",
        ]
        assert legend(ax) == ["share of weightings, 95 % interval"]

    def test_words_below_a_bar_are_of_its_central_weighting(self) -> None:
        shares = acceptability(DETOURS, **TIME, draws=40)
        ax = plots.draw_acceptability(shares)
        texts = [text.get_text().replace("\n", " ") for text in ax.texts]

        for entry in shares.shares:
            time = f"an hour of yours at {entry.central['weights.time']:.2g}"
            (words,) = (text for text in texts if time in text)
            assert words.endswith("of draws there")
        assert title(ax).startswith("Decline at ")

    def test_one_action_at_all_weightings(self) -> None:
        shares = acceptability(FOUND, priorities={"role": (3, 4)})

        assert title(plots.draw_acceptability(shares)) == (
            "Decline at 100 % of weightings"
        )

    @pytest.mark.parametrize("wrong", [None, 3, FOUND])
    def test_what_it_cannot_draw_is_refused(self, wrong: Any) -> None:
        with pytest.raises(InvalidFieldError, match=r"draw_acceptability\("):
            plots.draw_acceptability(wrong)


class TestOthers:
    def test_regions_of_a_sweep_leave_nothing_between(self) -> None:
        """Where three actions meet, all that is painted is one of them."""
        times, roles = np.linspace(0.2, 6, 15), np.linspace(-40, 30, 15)
        answer = assess(
            ME,
            Opportunity(
                name="Bolt",
                stages=corporate(),
                unresearched=True,
                signals=["merger_talks"],
            ),
        )
        ax = plots.draw_sweep(
            sweep(answer, ("weights.time", "role.mean"), (times, roles))
        )
        ax.set_facecolor("#FF00FF")
        with BytesIO() as file:
            figure = ax.get_figure(root=True)
            assert figure is not None
            figure.savefig(file, format="png")
            file.seek(0)
            pixels = 255 * plt.imread(file)[..., :3]
        pink = np.array(to_rgb("#FF00FF")) * 255

        inside = np.all(np.abs(pixels - pink) < 8, axis=-1)
        assert inside.sum() == 0

    def test_processes_stand_at_their_index_when_an_offer_is_accepted(self) -> None:
        offer = Opportunity(
            name="Offer",
            stages=small_firm(),
            beliefs={"pay": Belief(mean=60, sd=2)},
            position=Position(phase="offered"),
            questions_asked=True,
        )
        other = Opportunity(
            name="Bolt", stages=corporate(), beliefs={"role": Belief(mean=-50, sd=3)}
        )
        accepted = plan(ME, [JOB, other, offer])
        running = plan(ME, [JOB, other])
        indices = {row.name: row.index for row in (*running.ranked, *running.to_leave)}
        ax = plots.draw_plan(accepted)

        assert accepted.offers[0].action == "accept_offer"
        (crosses,) = (
            dots for dots in ax.collections if isinstance(dots, PathCollection)
        )
        places = np.asarray(crosses.get_offsets())[:, 0].tolist()
        assert places == pytest.approx(
            [indices[row.name] for row in accepted.to_leave], abs=1e-6
        )

    def test_names_in_a_tornado_are_whole(self) -> None:
        name = "how the canteen cooks on the days without meat"
        job = Opportunity(
            name="Acme",
            stages=[Stage(kind="panel")],
            beliefs={name: Belief(mean=-9, sd=40)},
        )
        ax = plots.draw_tornado(tornado(assess(ME, job)))
        rows = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]

        assert any(name in row for row in rows)

    @pytest.mark.parametrize("style", ["default", "dark_background"])
    def test_lines_and_words_are_seen_in_any_style(self, style: str) -> None:
        with plt.style.context(style):
            shown = [
                plots.draw_map(FOUND),
                plots.draw_value(FOUND),
                plots.draw_plan(plan(ME, [JOB])),
                plots.draw_outcomes(simulate(FOUND, 100)),
                plots.draw_weightings(FOUND, relative=ASPECTS),
                plots.draw_acceptability(acceptability(FOUND, relative=ASPECTS)),
                plots.draw_sweep(sweep(FOUND, "weights.time", np.linspace(0, 8, 9))),
            ]
            for ax in shown:
                back = to_hex(ax.get_facecolor())
                drawn = [to_hex(line.get_color()) for line in ax.get_lines()]
                on_background = set(drawn) - {"#000000"} if back == "#000000" else drawn
                assert back not in on_background
                for text in ax.texts:
                    box = text.get_bbox_patch()
                    behind = to_hex(box.get_facecolor()) if box else back
                    assert to_hex(text.get_color()) != behind

    def test_legends_name_all_that_is_drawn(self) -> None:
        assert {"what you believe", "believed now"} < set(legend(plots.draw_map(FOUND)))
        assert {"gain", "cost", "value, their sum"} == set(
            legend(plots.draw_terms(FOUND))
        )
        outcomes = plots.draw_outcomes(simulate(FOUND, 100))
        assert legend(outcomes) == ["nine of ten", "middle half", "median", "mean"]
