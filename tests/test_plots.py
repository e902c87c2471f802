"""Pictures show the numbers of the answer they are drawn from, rightly named."""

import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from math import inf, isfinite
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

import strategies as fit
from interviewfit import (
    Action,
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Plan,
    Position,
    Stage,
    Weights,
    assess,
    corporate,
    plan,
    small_firm,
    technical,
)
from interviewfit._model.vocabulary import TERM_NAMES
from interviewfit.errors import MissingPackageError
from interviewfit.extra import plots
from interviewfit.extra.plots import _axes as axes
from interviewfit.extra.plots._decision_map import map_title

ME = Candidate()
JOB = Opportunity(name="Acme", stages=corporate())
HOSTILE = r"$\frac{1}{0}$ <b>&amp;</b> % _{^" + "\\"
OFFER = Opportunity(
    name="Offer",
    stages=small_firm(),
    beliefs={"pay": Belief(mean=20, sd=2)},
    position=Position(phase="offered"),
)
INSIDE = Opportunity(
    name="Inside",
    stages=technical(),
    beliefs={"role": Belief(mean=-20, sd=8)},
    position=Position(phase="midway", stage=1),
)
OVER = Opportunity(name="Over", stages=corporate(), position=Position(phase="rejected"))
WAITING = Opportunity(
    name="Waiting", stages=corporate(), signals=["merger_talks"], unresearched=True
)
PALETTE = {one.value for one in axes.Colour}


def _map() -> Axes:
    return plots.draw_map(assess(ME, JOB))


def _value() -> Axes:
    return plots.draw_value(assess(ME, JOB))


def _terms() -> Axes:
    return plots.draw_terms(assess(ME, JOB))


def _plan() -> Axes:
    return plots.draw_plan(plan(ME, [JOB, INSIDE]))


PICTURES = [_map, _value, _terms, _plan]


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")


def painted(ax: Axes) -> float:
    """Share of the axes that is not white once it is painted."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    with BytesIO() as file:
        figure.savefig(file, format="png", dpi=figure.dpi)
        file.seek(0)
        pixels = plt.imread(file)[..., :3]
    box = ax.get_window_extent()
    rows = slice(int(pixels.shape[0] - box.y1), int(pixels.shape[0] - box.y0))
    inside = pixels[rows, int(box.x0) : int(box.x1)]
    return float((inside < 0.98).any(axis=2).mean())


def regions(ax: Axes) -> list[tuple[str, int, float, float]]:
    """Bars of a map: name, row, from where to where."""
    return [
        (
            str(bars.get_label()),
            round(bar.get_y() + 0.5 * bar.get_height()),
            bar.get_x(),
            bar.get_x() + bar.get_width(),
        )
        for bars in ax.containers
        for bar in bars.patches  # type: ignore[attr-defined]  # they are all bars
    ]


def lines(ax: Axes) -> dict[str, tuple[Any, Any]]:
    return {str(one.get_label()): one.get_data() for one in ax.get_lines()}


def rows(ax: Axes) -> list[str]:
    return [one.get_text().replace("\n", " ") for one in ax.get_yticklabels()]


class TestEveryPicture:
    @pytest.mark.parametrize("draw", PICTURES)
    def test_it_is_drawn_on_the_axes_given(self, draw: Callable[[], Axes]) -> None:
        assert painted(draw()) > 0.01

    def test_an_empty_one_would_be_found_out(self) -> None:
        ax = plt.subplots()[1]
        ax.set_axis_off()

        assert painted(ax) == 0.0

    @pytest.mark.parametrize("draw", PICTURES)
    def test_it_has_a_title_and_says_what_is_across(
        self, draw: Callable[[], Axes]
    ) -> None:
        ax = draw()

        assert ax.get_title()
        assert ax.get_xlabel()

    @pytest.mark.parametrize("draw", PICTURES)
    def test_its_colours_are_told_apart_by_everybody(
        self, draw: Callable[[], Axes]
    ) -> None:
        ax = draw()

        used = {to_hex(one.get_facecolor()).upper() for one in ax.patches}
        used |= {to_hex(str(one.get_color())).upper() for one in ax.get_lines()}
        assert used <= PALETTE

    def test_axes_of_ones_own_are_drawn_on(self) -> None:
        figure, given = plt.subplots()

        assert plots.draw_map(assess(ME, JOB), given) is given
        assert plots.draw_value(assess(ME, JOB), ax=given) is given
        assert plots.draw_terms(assess(ME, JOB), ax=given) is given
        assert plots.draw_plan(plan(ME, [JOB]), ax=given) is given
        assert plt.get_fignums() == [figure.number]

    def test_a_name_is_shown_as_it_stands_whatever_it_says(self) -> None:
        job = Opportunity(name=HOSTILE, stages=[Stage(kind="panel", name="$ _ $ ^")])
        other = Opportunity(name="$\\alpha$", stages=corporate())
        shown = [
            plots.draw_map(assess(ME, job)),
            plots.draw_value(assess(ME, job)),
            plots.draw_terms(assess(ME, job)),
            plots.draw_plan(plan(ME, [job, other])),
        ]

        for ax in shown:
            assert painted(ax) > 0.0
        assert all(HOSTILE in ax.get_title() for ax in shown[:3])
        assert rows(shown[0]) == ["before $ _ $ ^", "in $ _ $ ^"]
        assert {one[3:] for one in rows(shown[3])} == {HOSTILE, "$\\alpha$"}

    @pytest.mark.parametrize("draw", PICTURES)
    def test_without_matplotlib_it_says_what_is_missing(
        self, draw: Callable[[], Axes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "matplotlib", None)

        with pytest.raises(MissingPackageError, match=r"matplotlib: .*\[plot\]"):
            draw()

    def test_a_long_name_is_cut(self) -> None:
        job = Opportunity(name="x" * 900, stages=corporate())

        title = plots.draw_map(assess(ME, job)).get_title()
        assert title.startswith("x" * 39 + "…:")
        assert len(title) < 150

    @pytest.mark.parametrize(
        "draw", [plots.draw_map, plots.draw_value, plots.draw_terms, plots.draw_plan]
    )
    @pytest.mark.parametrize("wrong", ["Acme", None, JOB, 3])
    def test_what_it_cannot_draw_is_refused_by_name(
        self, draw: Callable[[Any], Axes], wrong: object
    ) -> None:
        with pytest.raises(InvalidFieldError, match=rf"{draw.__name__}\(\w+\) must be"):
            draw(wrong)


class TestDrawMap:
    @settings(max_examples=25)
    @given(case=fit.cases(fit.UNDERWAY))
    def test_its_regions_are_those_of_the_thresholds(self, case: fit.Case) -> None:
        """
        They fill every row, and what is said of the belief of now is what is advised.
        """
        found = case.assess()
        ax = plots.draw_map(found)
        low, high = ax.get_xlim()
        bars = regions(ax)

        for row, one in enumerate(found.thresholds):
            own = sorted((start, stop) for _, at, start, stop in bars if at == row)
            assert own[0][0] == low
            assert own[-1][1] == pytest.approx(high)
            for (_, stop), (start, _) in pairwise(own):
                assert stop == pytest.approx(start)
            if low < one.fit < high:
                assert any(stop == pytest.approx(one.fit) for _, stop in own)
        plt.close("all")

    @pytest.mark.parametrize("mean", [-60.0, -30.0, -10.0, 15.0])
    @pytest.mark.parametrize("phase", ["before", "midway"])
    def test_the_region_of_what_is_believed_is_what_to_do(
        self, phase: str, mean: float
    ) -> None:
        job = Opportunity(
            name="Acme",
            stages=technical(),
            beliefs={"role": Belief(mean=mean, sd=4)},
            position=Position(phase=phase, stage=1),
        )
        found = assess(Candidate(weights=Weights(bail=0.2)), job)
        names = {
            Action.CONTINUE: "go on",
            Action.WITHDRAW_POLITELY: "withdraw politely",
            Action.FINISH_POLITELY: "finish politely",
            Action.LEAVE: "leave",
        }

        (here,) = [
            name
            for name, row, start, stop in regions(plots.draw_map(found))
            if row == 0 and start <= found.mean < stop
        ]
        assert here == names[found.action]

    def test_its_title_says_the_threshold_and_the_belief(self) -> None:
        found = assess(ME, JOB)

        title = plots.draw_map(found).get_title().replace("\n", " ")
        assert title == (
            "Acme: take it. Go on while fit is above "
            f"−{-found.thresholds[0].fit:.0f} %; you believe −{-found.mean:.0f} %"
        )

    def test_what_is_believed_stands_on_it_with_its_spread(self) -> None:
        found = assess(ME, JOB)
        ax = plots.draw_map(found)

        assert list(lines(ax)["believed now"][0]) == [found.mean, found.mean]
        (bell,) = ax.collections
        points = bell.get_paths()[0].vertices
        across = np.asarray(points)[:, 0]
        assert across.min() == pytest.approx(found.mean - 3.0 * found.sd)
        assert across.max() == pytest.approx(found.mean + 3.0 * found.sd)

    def test_its_rows_are_the_steps_ahead(self) -> None:
        assert rows(plots.draw_map(assess(ME, INSIDE))) == [
            "in take home",
            "before panel",
            "in panel",
            "before hiring manager",
            "in hiring manager",
        ]

    def test_no_weight_on_the_offer_leaves_one_region_a_row(self) -> None:
        found = assess(Candidate(weights=Weights(offer=0)), JOB)

        ax = plots.draw_map(found)
        assert sorted(row for _, row, _, _ in regions(ax)) == list(range(6))
        title = ax.get_title().replace("\n", " ")
        assert title == "Acme: decline. Never worth going on; you believe −8 %"
        assert all(not isfinite(one.fit) for one in found.thresholds)

    def test_a_dealbreaker_is_named(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), tags=["oil"])

        title = plots.draw_map(assess(Candidate(dealbreakers=["oil"]), job)).get_title()
        assert "dealbreaker (oil)" in title.replace("\n", " ")

    @pytest.mark.parametrize("job", [OFFER, OVER], ids=lambda one: one.name)
    def test_without_steps_there_is_no_map(self, job: Opportunity) -> None:
        with pytest.raises(InvalidFieldError, match="with steps ahead"):
            plots.draw_map(assess(ME, job))


class TestDrawValue:
    @pytest.mark.parametrize("job", [JOB, INSIDE, OFFER, WAITING], ids=lambda j: j.name)
    @pytest.mark.parametrize("beside", [(), (JOB, INSIDE)], ids=["alone", "beside"])
    def test_at_what_is_believed_each_line_is_the_worth_of_its_action(
        self, job: Opportunity, beside: tuple[Opportunity, ...]
    ) -> None:
        found = assess(ME, job, beside=beside)
        ax = plots.draw_value(found)

        worths = []
        for line in ax.get_lines()[: len(found.choices)]:
            fits, heights = map(np.asarray, line.get_data())
            worths.append(heights[fits.tolist().index(found.mean)])
        assert sorted(worths) == pytest.approx(
            sorted(one.value for one in found.choices), abs=1e-9
        )

    def test_going_on_crosses_leaving_at_the_threshold(self) -> None:
        found = assess(ME, JOB)
        ax = plots.draw_value(found)
        drawn = lines(ax)
        turn = found.thresholds[0].fit

        assert list(drawn["threshold"][0]) == [turn, turn]
        for name in ("take it", "decline"):
            fits, heights = drawn[name]
            assert heights[fits.tolist().index(turn)] == pytest.approx(0.0, abs=1e-9)
        low, high = ax.get_ylim()
        assert low < 0.0 < found.value < high
        # Higher up nothing would be seen of the crossing.
        assert high < 20.0 * found.value
        left, right = ax.get_xlim()
        assert left < min(turn, found.mean - found.sd)
        assert right > found.mean + found.sd

    def test_what_is_believed_stands_on_its_best_line_with_its_spread(self) -> None:
        found = assess(ME, JOB)
        (dot,) = plots.draw_value(found).containers

        assert np.asarray(dot[0].get_xydata()).tolist() == [[found.mean, found.value]]
        (bar,) = dot[2]
        (ends,) = bar.get_segments()
        assert ends[:, 0] == pytest.approx(
            [found.mean - found.sd, found.mean + found.sd]
        )

    @pytest.mark.parametrize(
        ("who", "job", "words"),
        [
            (ME, OFFER, "Offer: accepting pays while fit is above"),
            (ME, INSIDE, "Inside: staying pays"),
            (
                Candidate(weights=Weights(offer=0)),
                JOB,
                "Acme: going on never pays. At −8 %: decline, worth 0.0 h",
            ),
            (
                Candidate(weights=Weights(time=0)),
                JOB,
                "Acme: going on pays whatever the fit",
            ),
        ],
    )
    def test_its_title_says_when_going_on_pays(
        self, who: Candidate, job: Opportunity, words: str
    ) -> None:
        title = plots.draw_value(assess(who, job)).get_title().replace("\n", " ")
        assert title.startswith(words)

    def test_a_process_that_is_over_has_no_value_to_draw(self) -> None:
        with pytest.raises(InvalidFieldError, match="with a choice"):
            plots.draw_value(assess(ME, OVER))


class TestDrawTerms:
    @settings(max_examples=20)
    @given(found=fit.assessments())
    def test_its_bars_are_the_terms_and_end_at_the_worth(
        self, found: Assessment
    ) -> None:
        choice = found.displayed_choice
        if not choice.terms:
            with pytest.raises(InvalidFieldError, match="worth something"):
                plots.draw_terms(found)
            return
        ax = plots.draw_terms(found)
        *bars, whole = ax.patches
        names = rows(ax)

        widths = [bar.get_width() for bar in bars]  # type: ignore[attr-defined]  # drawn as bars
        assert dict(zip(names[:-1], widths, strict=True)) == {
            TERM_NAMES[term]: worth for term, worth in choice.terms.items()
        }
        assert names[-1] == "value"
        assert whole.get_width() == choice.value  # type: ignore[attr-defined]  # drawn as bars
        end = bars[-1].get_x() + widths[-1]  # type: ignore[attr-defined]  # drawn as bars
        size = sum(map(abs, widths))
        assert end == pytest.approx(choice.value, abs=1e-9 * size)
        assert widths == sorted(widths, reverse=True)
        plt.close("all")

    def test_any_open_action_can_be_asked_for(self) -> None:
        found = assess(ME, WAITING)

        title = plots.draw_terms(found, action="postpone").get_title()
        assert title.startswith("Waiting: postponing is worth")
        with pytest.raises(InvalidFieldError, match=r"open: .*got <Action.LEAVE"):
            plots.draw_terms(found, action=Action.LEAVE)

    def test_each_bar_has_its_number_and_begins_where_the_last_one_ends(self) -> None:
        found = assess(ME, JOB)
        ax = plots.draw_terms(found)
        *bars, _ = ax.patches
        *joints, zero = [np.asarray(one.get_xdata()).tolist() for one in ax.get_lines()]
        sizes = sorted(found.terms.values(), reverse=True)
        ends = np.cumsum(sizes)

        starts = [bar.get_x() for bar in bars]  # type: ignore[attr-defined]  # drawn as bars
        assert starts == pytest.approx([0.0, *ends[:-1]])
        assert joints == [pytest.approx([end, end]) for end in ends]
        assert zero == [0.0, 0.0]
        assert [one.get_text() for one in ax.texts] == [
            *(f"{size:+,.1f}".replace("-", "−") for size in sizes),
            axes.hours_text(found.value),
        ]
        left, right = ax.get_xlim()
        assert left < 0.0
        # Room for the number beside the longest.
        assert right > 1.1 * max(ends)
        bottom, top = ax.get_ylim()
        assert bottom > len(bars)
        assert top < 0.0

    def test_losses_are_hatched_and_gains_are_not(self) -> None:
        *bars, _ = plots.draw_terms(assess(ME, JOB)).patches

        for bar in bars:
            assert bool(bar.get_hatch()) == (bar.get_width() < 0.0)  # type: ignore[attr-defined]  # drawn as bars

    def test_its_title_says_the_largest_term(self) -> None:
        found = assess(ME, JOB)

        title = plots.draw_terms(found).get_title().replace("\n", " ")
        assert title == (
            f"Acme: taking it is worth {found.value:.1f} h, most of it the offer it "
            "may lead to"
        )


class TestDrawPlan:
    def drawn(self, found: Plan) -> tuple[Axes, dict[str, list[tuple[float, float]]]]:
        """The picture, and the points of each kind on it."""
        ax = plots.draw_plan(found)
        points = {
            str(one.get_label()): [
                (float(x), float(y)) for x, y in np.asarray(one.get_offsets())
            ]
            for one in ax.collections
            if isinstance(one, PathCollection)
        }
        return ax, points

    def test_dots_are_indices_in_order_and_the_line_is_where_to_stop(self) -> None:
        jobs = [JOB, Opportunity(name="Bolt", stages=small_firm())]
        found = plan(ME, jobs)
        ax, points = self.drawn(found)

        assert points["go on with (area: what it adds)"] == [
            (one.index, row) for row, one in enumerate(found.ranked)
        ]
        (line,) = [one for one in lines(ax) if one.startswith("stop once")]
        assert list(lines(ax)[line][0]) == [found.reservation_value] * 2
        assert [one.get_text() for one in ax.texts] == [
            f"{axes.percent_text(p.index)}, adds {axes.hours_text(p.marginal_value)}"
            for p in found.ranked
        ]
        bottom, top = ax.get_ylim()
        assert bottom > len(found.ranked) - 1
        assert top < 0.0
        low, high = ax.get_xlim()
        assert low < min(0.0, *(one.index for one in found.ranked))
        # Room for the words beside the dots.
        assert high > 1.5 * max(one.index for one in found.ranked)
        assert rows(ax) == [f"1. {found.ranked[0].name}", "2. Acme"]
        assert found.ranked[0].name == "Bolt"

    def test_the_area_of_a_dot_grows_with_what_it_adds(self) -> None:
        found = plan(ME, [JOB, Opportunity(name="Bolt", stages=small_firm())])
        ax, _ = self.drawn(found)

        (dots,) = [one for one in ax.collections if isinstance(one, PathCollection)]
        areas = np.asarray(dots.get_sizes())
        worths = np.array([one.marginal_value for one in found.ranked])
        assert (np.argsort(areas) == np.argsort(worths)).all()
        assert areas[0] != areas[1]

    def test_what_goes_first_in_any_case_stands_apart(self) -> None:
        practice = Opportunity(name="Talk", stages=[Stage(kind="panel", preparation=0)])
        who = Candidate(weights=Weights(time=0.1))
        found = plan(who, [JOB, practice])
        ax, points = self.drawn(found)
        anyway = [one.name for one in found.ranked if one.index == inf]

        assert anyway
        assert len(points["do first, whatever the others are worth"]) == len(anyway)
        low, high = ax.get_xlim()
        assert all(
            low < x < high for x, _ in points["do first, whatever the others are worth"]
        )

    def test_what_to_leave_is_crossed_and_offers_are_lines(self) -> None:
        found = plan(ME, [JOB, OVER, OFFER])
        ax, points = self.drawn(found)

        assert len(points["not worth more of your time"]) == len(found.to_leave)
        (offer,) = found.offers
        assert list(lines(ax)["offer of Offer"][0]) == pytest.approx(
            [offer.surplus_hours / found.hours_per_percent] * 2
        )
        assert "leave: Over" in rows(ax)

    def test_two_offers_are_told_apart_by_colour_and_by_line(self) -> None:
        offers = [attrs.evolve(OFFER, name=name) for name in ("Offer", "Second")]
        ax, _ = self.drawn(plan(ME, [JOB, *offers]))

        drawn = [
            line
            for line in ax.get_lines()
            if str(line.get_label()).startswith("offer of ")
        ]
        assert len(drawn) == 2
        assert len({line.get_color() for line in drawn}) == 2
        assert len({str(line.get_linestyle()) for line in drawn}) == 2

    def test_in_the_legend_a_name_is_no_mathematics_and_dots_are_of_one_size(
        self,
    ) -> None:
        poor = {"pay": Belief(mean=-30, sd=2)}
        offer = attrs.evolve(OFFER, name=r"$\frac$", beliefs=poor)
        ax, points = self.drawn(plan(ME, [JOB, OVER, offer]))
        legend = ax.get_legend()
        assert legend is not None
        dots = [one for one in legend.legend_handles if isinstance(one, PathCollection)]

        assert painted(ax) > 0.0
        assert r"offer of $\frac$" in [one.get_text() for one in legend.get_texts()]
        assert len(dots) == len(points) == 2
        assert len({float(np.asarray(one.get_sizes())[0]) for one in dots}) == 1

    @pytest.mark.parametrize(
        ("jobs", "words"),
        [
            ([JOB], "Next: Acme; stop once an offer is worth at least"),
            ([OVER], "No process is worth more of your time"),
            ([OFFER], "Accept the offer of Offer"),
        ],
    )
    def test_its_title_says_what_comes_next(
        self, jobs: list[Opportunity], words: str
    ) -> None:
        title = plots.draw_plan(plan(ME, jobs)).get_title().replace("\n", " ")
        assert title.startswith(words)

    def test_of_very_many_the_first_are_shown(self) -> None:
        jobs = [
            Opportunity(name=f"{number}", stages=corporate()) for number in range(30)
        ]

        assert len(rows(plots.draw_plan(plan(ME, jobs)))) == 20

    def test_without_weight_on_the_offer_there_is_no_line_to_draw(self) -> None:
        ax = plots.draw_plan(plan(Candidate(weights=Weights(offer=0)), [JOB, OFFER]))

        assert painted(ax) > 0.0


@pytest.mark.parametrize("beyond", [0.0, 5.0])
def test_the_title_of_a_map_midway_says_from_where_on_it_is_left(
    beyond: float,
) -> None:
    """Between leaving and going on it is finished politely."""
    found = assess(ME, INSIDE)
    fit = found.thresholds[0].fit
    assert isfinite(fit)

    title = map_title(found, [(0, "go on", fit + beyond, 100.0)])

    rule = f"Go on while fit is above {axes.percent_text(fit + beyond)}"
    leaving = f", leave below {axes.percent_text(fit)}" if beyond else ", else leave"
    assert f". {rule}{leaving}; you believe" in title
