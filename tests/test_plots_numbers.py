"""
Pictures of how an answer moves, of outcomes and of logs show the numbers they are of.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from interviewfit import (
    Action,
    Assessment,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Stage,
    assess,
    corporate,
    flips,
    read_log,
    simulate,
    technical,
)
from interviewfit._model.vocabulary import TERM_NAMES
from interviewfit._text.amounts import share_of
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.labels import quantity
from interviewfit.extra import plots
from interviewfit.extra.plots import _axes as axes
from interviewfit.extra.plots._sensitivity import STYLES
from interviewfit.history import History, StageEvent, replay
from interviewfit.history._sankey import count_flows
from interviewfit.sensitivity import sweep, tornado

LOG = read_log(
    (Path(__file__).parent / "data" / "job-search-2025.csv").read_text(encoding="utf-8")
).history
PALETTE = {one.value for one in axes.Colour}


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def found() -> Assessment:
    return assess(Candidate(), Opportunity(name="Acme", stages=corporate()))


def faces(one: Any) -> Any:
    """What a collection is filled with, none if it is only lines."""
    return np.asarray(one.get_facecolor())


def words(ax: Axes) -> list[str]:
    """All that is written on the axes, but for labels and title."""
    return [one.get_text() for one in ax.texts]


def rows(ax: Axes) -> list[str]:
    return [one.get_text().replace("\n", " ") for one in ax.get_yticklabels()]


def title(ax: Axes) -> str:
    return ax.get_title().replace("\n", " ")


class TestDrawTornado:
    def test_its_ends_are_the_worths_of_the_largest_swings(
        self, found: Assessment
    ) -> None:
        bars = tornado(found)
        ax = plots.draw_tornado(bars)
        low, high = ax.get_lines()

        assert low.get_label() == "moved down"
        assert np.asarray(low.get_xdata()).tolist() == [
            one.value_at_low for one in bars[:12]
        ]
        assert high.get_label() == "moved up"
        assert np.asarray(high.get_xdata()).tolist() == [
            one.value_at_high for one in bars[:12]
        ]
        assert rows(ax) == [axes.shorten(one.label) for one in bars[:12]]
        (between,) = ax.collections
        ends = [sorted(np.asarray(one.vertices)[:, 0]) for one in between.get_paths()]
        assert ends == [
            sorted((one.value_at_low, one.value_at_high)) for one in bars[:12]
        ]
        bottom, top = ax.get_ylim()
        assert bottom > len(ends) - 1
        assert top < 0.0

    def test_its_title_says_what_matters_most(self, found: Assessment) -> None:
        first = tornado(found)[0]

        assert title(plots.draw_tornado([first])) == (
            f"The role matters most: worth {first.value_at_low:.1f} h at "
            f"{quantity(first.low, '% of pay')}, {first.value_at_high:.1f} h at "
            f"{quantity(first.high, '% of pay')}"
        ).replace("-", "−")

    def test_where_the_action_is_another_one_it_is_named(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), signals=["no_chemistry"])
        bars = tornado(assess(Candidate(), job), reach=2.0)
        turned = [one for one in bars[:12] if one.action_low is not one.action_high]
        assert turned
        ends = [one for bar in bars[:12] for one in (bar.action_low, bar.action_high)]
        usual = max(set(ends), key=ends.count)
        (other,) = set(ends) - {usual}

        named = [one for one in words(plots.draw_tornado(bars)) if one[-2:] != " %"]
        assert sum(HEADLINES[other] in one for one in named) == ends.count(other)
        assert not any(HEADLINES[usual] in one for one in named)

    def test_numbers_that_move_nothing_are_left_out(self, found: Assessment) -> None:
        bars = tornado(found)
        still = [one for one in bars if not one.swing]
        assert still

        assert rows(plots.draw_tornado([*bars[:3], *still[:3]])) == [
            one.label for one in bars[:3]
        ]
        assert rows(plots.draw_tornado(still)) == [still[0].label]

    def test_a_hyphen_in_a_name_stays_one(self) -> None:
        stage = Stage(kind="panel", name="take-home", hours=2)
        job = Opportunity(name="Acme", stages=[stage])
        bars = tornado(assess(Candidate(), job))
        own = [one for one in bars if one.name == "stages[0].hours"]

        assert "take-home" in title(plots.draw_tornado(own))

    @pytest.mark.parametrize("wrong", [[], None, "bars", [3]])
    def test_without_a_bar_there_is_nothing_to_draw(self, wrong: object) -> None:
        with pytest.raises(InvalidFieldError, match="at least one bar"):
            plots.draw_tornado(wrong)  # type: ignore[arg-type]  # that is the point


class TestDrawSweep:
    def test_of_one_number_each_line_is_an_action(self, found: Assessment) -> None:
        values = np.linspace(0.0, 8.0, 33)
        one = sweep(found, "weights.time", values)
        drawn = {
            str(line.get_label()): np.asarray(line.get_xydata())
            for line in plots.draw_sweep(one).get_lines()
        }

        for action in (Action.TAKE, Action.DECLINE):
            line = drawn[HEADLINES[action]]
            assert line[:, 0].tolist() == values.tolist()
            assert line[:, 1].tolist() == one.action_values[action].tolist()

    def test_it_flips_where_flips_says(self, found: Assessment) -> None:
        """A fine sweep and the search for the exact value are independent."""
        (flip,) = flips(found, names=["weights.time"])
        ax = plots.draw_sweep(
            sweep(found, "weights.time", np.linspace(0.0, 8.0, 801)[::-1])
        )

        (line,) = [one for one in ax.get_lines() if str(one.get_label())[0] == "_"]
        assert np.asarray(line.get_xdata())[0] == pytest.approx(
            flip.threshold, abs=1e-4
        )
        assert title(ax) == (
            "Take it while the weight of an hour of yours is below "
            f"{flip.threshold:.3g}, then decline"
        )
        assert ax.get_xlabel() == "the weight of an hour of yours"

    def test_without_a_flip_it_says_so(self, found: Assessment) -> None:
        ax = plots.draw_sweep(sweep(found, "weights.bail", [0.0, 1.0, 3.0]))

        assert title(ax) == (
            "Take it whatever the weight of harm from walking out is, from 0 to 3"
        )

    def test_where_worths_do_not_tell_what_follows_the_interview_does(self) -> None:
        """Going on and finishing politely are one course under two names."""
        job = Opportunity(
            name="Acme", stages=corporate(), position=Position(phase="midway")
        )
        answer = assess(Candidate(), job)
        fine = sweep(answer, "role.mean", np.linspace(-18.0, -12.0, 3_001))
        last = int((fine.actions == "finish_politely").sum())
        exact = float(fine.values[0][last])

        coarse = sweep(answer, "role.mean", np.linspace(-60.0, 20.0, 41))
        ax = plots.draw_sweep(coarse)

        (line,) = [one for one in ax.get_lines() if str(one.get_label())[0] == "_"]
        assert np.asarray(line.get_xdata())[0] == pytest.approx(exact, abs=0.2)
        assert coarse.afterwards is not None
        names = np.where(coarse.afterwards > 0.0, "continue", "finish_politely")
        assert names.tolist() == coarse.actions.tolist()

    def test_of_two_numbers_the_line_is_where_going_on_meets_leaving(
        self, found: Assessment
    ) -> None:
        times, means = np.linspace(0.0, 8.0, 81), np.linspace(-40.0, 20.0, 61)
        both = sweep(found, ("weights.time", "role.mean"), (times, means))
        ax = plots.draw_sweep(both)

        (flip,) = flips(found, names=["weights.time"])
        shares = [(both.actions == name).mean() for name in ("take", "decline")]
        assert sum(shares) == 1.0
        most = ("Take it", "Decline")[int(np.argmax(shares))]
        assert title(ax).startswith(f"{most} at {100 * max(shares):.0f} %")
        assert ax.get_xlabel() == "the weight of an hour of yours"
        assert ax.get_ylabel() == "the role, % of pay"
        # At what is believed now the flip line passes where the exact search says.
        now = found.decision.assumptions["unknown_mean"]
        at = [
            float(np.interp(now, path[:, 1], path[:, 0]))
            for one in ax.collections
            for path in map(np.asarray, (p.vertices for p in one.get_paths()))
            if not faces(one).size and len(path) and np.ptp(path[:, 1])
        ]
        assert any(abs(one - flip.threshold) < 0.02 for one in at)

    def test_of_two_numbers_each_point_has_the_colour_of_its_action(self) -> None:
        job = Opportunity(
            name="Acme",
            stages=technical(),
            signals=["merger_talks"],
            position=Position(phase="midway", stage=1),
        )
        both = sweep(
            assess(Candidate(), job),
            ("weights.bail", "role.mean"),
            (np.linspace(0.0, 3.0, 13), np.linspace(-60.0, 30.0, 19)),
        )
        ax = plots.draw_sweep(both)
        filled = {
            to_hex(faces(one)[0]).upper() for one in ax.collections if faces(one).size
        }

        assert filled <= PALETTE
        legend = ax.get_legend()
        assert legend is not None
        colours = {
            text.get_text(): to_hex(handle.get_facecolor()).upper()  # type: ignore[union-attr]  # drawn as patches
            for text, handle in zip(
                legend.get_texts(), legend.legend_handles, strict=True
            )
        }
        assert colours.keys() == {
            HEADLINES[Action(name)] for name in set(both.actions.ravel().tolist())
        }
        areas = [
            (to_hex(faces(one)[0]).upper(), one.get_paths())
            for one in ax.collections
            if faces(one).size
        ]
        # At the very rim a point is neither in nor out.
        for row, x in list(enumerate(both.values[0]))[1:-1]:
            for column, y in list(enumerate(both.values[1]))[1:-1]:
                # A region is drawn over those before it.
                inside = [
                    colour
                    for colour, paths in areas
                    if any(path.contains_point((x, y)) for path in paths)
                ]
                words = HEADLINES[Action(both.actions[row, column])]
                assert inside[-1] == colours[words]

    def test_every_action_has_a_style(self) -> None:
        assert {*STYLES} == {*Action}

    @pytest.mark.parametrize("style", ["default", "dark_background"])
    def test_hatches_are_those_of_the_legend(
        self, style: str, found: Assessment
    ) -> None:
        with plt.style.context(style):
            both = sweep(
                found,
                ("weights.time", "fallback"),
                (np.linspace(0, 8, 20), np.linspace(-20, 20, 20)),
            )
            ax = plots.draw_sweep(both)
            hatched = [item for item in ax.collections if item.get_hatch()]

        assert hatched
        for item in hatched:
            edges = {tuple(colour) for colour in np.asarray(item.get_edgecolor())}
            assert edges == {(0.0, 0.0, 0.0, 1.0)}

    def test_one_value_is_not_enough(self, found: Assessment) -> None:
        with pytest.raises(InvalidFieldError, match="at least two values"):
            plots.draw_sweep(sweep(found, "weights.time", [1.0]))
        with pytest.raises(InvalidFieldError, match="must be a Sweep"):
            plots.draw_sweep(found)  # type: ignore[arg-type]  # that is the point


class TestDrawOutcomes:
    def test_each_row_is_the_spread_of_a_term(self, found: Assessment) -> None:
        played = simulate(found, 2_000)
        ax = plots.draw_outcomes(played)
        spreads = [played.value, *played.terms.values()]
        lines = [np.asarray(one.get_xdata()).tolist() for one in ax.get_lines()]

        assert lines[: 2 * len(spreads)] == [
            ends
            for one in spreads
            for ends in ([one.low, one.high], [one.lower, one.upper])
        ]
        assert lines[2 * len(spreads)] == [one.median for one in spreads]
        assert lines[2 * len(spreads) + 1] == [one.mean for one in spreads]
        assert rows(ax) == ["value", *(TERM_NAMES[term] for term in played.terms)]

    def test_its_axis_holds_all_of_it_and_shrinks_far_out(
        self, found: Assessment
    ) -> None:
        played = simulate(found, 2_000)
        ax = plots.draw_outcomes(played)
        low, high = ax.get_xlim()
        ticks = [float(one) for one in ax.get_xticks()]

        spreads = [played.value, *played.terms.values()]
        for one in spreads:
            assert low < min(one.low, one.mean)
            assert max(one.high, one.mean) < high
        assert ax.get_xscale() == "symlog"
        assert {-5.0, 0.0, 5.0} <= set(ticks)
        assert ticks == sorted(set(ticks))
        assert [one.get_text() for one in ax.get_xticklabels()] == [
            f"{one:,.0f}".replace("-", "−") for one in ticks
        ]
        assert not len(ax.xaxis.get_minorticklocs())
        assert np.asarray(ax.get_lines()[-1].get_xdata()).tolist() == [0.0, 0.0]
        bottom, top = ax.get_ylim()
        assert bottom > len(spreads) - 1
        assert top < 0.0

    def test_its_title_says_how_it_mostly_ends(self, found: Assessment) -> None:
        played = simulate(found, 2_000)

        assert title(plots.draw_outcomes(played)) == (
            f"{played.title}: {share_of(played.accepted)} end in a job, half are worth "
            f"{axes.hours_text(played.value.median)} or less, "
            f"{share_of(played.well_spent)} were time well spent"
        )

    def test_nothing_else_is_drawn(self, found: Assessment) -> None:
        with pytest.raises(InvalidFieldError, match="must be Outcomes"):
            plots.draw_outcomes(found)  # type: ignore[arg-type]  # that is the point


class TestDrawReliability:
    def test_its_dots_are_the_bins_with_their_intervals(self) -> None:
        played = replay(LOG)
        ax = plots.draw_reliability(played)
        (dots,) = ax.containers
        (bars,) = dots[2]

        assert np.asarray(dots[0].get_xydata()).tolist() == [
            [one.mean_forecast, one.observed_share] for one in played.reliability_bins()
        ]
        ends = [segment[:, 1].tolist() for segment in bars.get_segments()]
        assert ends == [
            pytest.approx(list(one.interval)) for one in played.reliability_bins()
        ]
        assert words(ax) == [str(one.count) for one in played.reliability_bins()]
        (line,) = [
            one for one in ax.get_lines() if one.get_label() == "perfect calibration"
        ]
        assert np.asarray(line.get_xydata()).tolist() == [[0.0, 0.0], [1.0, 1.0]]
        assert ax.get_xlim() == (0.0, 1.0)
        low, high = ax.get_ylim()
        assert low < 0.0
        assert high > 1.0

    @pytest.mark.parametrize("draw", [plots.draw_reliability, plots.draw_flows])
    @pytest.mark.parametrize("wrong", [None, "log", 3])
    def test_of_nothing_else_there_is_a_picture(self, draw: Any, wrong: object) -> None:
        with pytest.raises(InvalidFieldError, match=rf"^{draw.__name__}.* must be a "):
            draw(wrong)

    def test_its_title_says_what_the_numbers_allow(self) -> None:
        assert title(plots.draw_reliability(replay(LOG))) == (
            "164 predictions: too close to the base rate to tell them apart"
        )

    @pytest.mark.parametrize("gain", [0.25, -0.25])
    def test_its_title_says_by_how_much_it_is_better_or_worse(
        self, gain: float
    ) -> None:
        played = replay(LOG)

        with patch.object(type(played), "brier_improvement", lambda _: (gain, 0.125)):
            shown = title(plots.draw_reliability(played))

        assert shown == (
            f"164 predictions: {'better' if gain > 0.0 else 'worse'} than the base "
            "rate, by 0.250 (Brier score, lower is better)"
        )

    def test_without_an_outcome_there_is_nothing_to_draw(self) -> None:
        with pytest.raises(InvalidFieldError, match="whose outcome is known"):
            plots.draw_reliability(replay(History()))


class TestDrawFlows:
    def test_every_flow_is_a_band_as_wide_as_it_is(self) -> None:
        ax = plots.draw_flows(LOG)
        drawn = {str(one.get_label()): one for one in ax.collections}

        assert drawn.keys() == {
            f"{one.source} to {one.target}: {one.count}" for one in count_flows(LOG)
        }
        for one in count_flows(LOG):
            band = drawn[f"{one.source} to {one.target}: {one.count}"]
            points = np.asarray(band.get_paths()[0].vertices)
            for edge in (points[:, 0].min(), points[:, 0].max()):
                ends = points[points[:, 0] == edge][:, 1]
                assert np.ptp(ends) == pytest.approx(one.count)

    def test_every_place_is_a_bar_with_its_name_and_number(self) -> None:
        ax = plots.draw_flows(LOG)
        flows = count_flows(LOG)
        names = {one.source for one in flows} | {one.target for one in flows}

        said = {one.replace("\n", " ") for one in words(ax)}
        assert {one.rpartition(" ")[0] for one in said} == names
        applied = sum(one.count for one in flows if one.source == "Applied")
        assert f"Applied {applied}" in said
        assert len(ax.patches) == len(names)

    def test_bands_leave_and_reach_their_bars(self) -> None:
        """What flows into a stage and out of it fills its bar and no more."""
        ax = plots.draw_flows(LOG)
        tops = {}
        for text, bar in zip(ax.texts, ax.patches, strict=True):
            name = text.get_text().replace("\n", " ").rpartition(" ")[0]
            box = bar.get_bbox()  # type: ignore[attr-defined]  # they are all bars
            tops[name] = (box.y0, box.y1)
        for one in count_flows(LOG):
            label = f"{one.source} to {one.target}: {one.count}"
            (band,) = [own for own in ax.collections if own.get_label() == label]
            points = np.asarray(band.get_paths()[0].vertices)
            for name, edge in (
                (one.source, points[:, 0].min()),
                (one.target, points[:, 0].max()),
            ):
                ends = points[points[:, 0] == edge][:, 1]
                low, high = tops[name]
                assert low - 1e-9 <= ends.min()
                assert ends.max() <= high + 1e-9

    def test_its_title_says_how_many_led_to_an_offer(self) -> None:
        events = [
            StageEvent(process="a", kind="applied", on="2025-05-01"),
            StageEvent(process="a", kind="offer", on="2025-06-01"),
            StageEvent(process="b", kind="applied", on="2025-05-01"),
        ]

        ax = plots.draw_flows(History(events=events))
        assert title(ax) == "2 processes: 1 led to an offer (50 %)"

    def test_an_empty_log_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match="at least one stage"):
            plots.draw_flows(History())
