"""Two panels, up to the lengths they may have, against as many as it takes."""

import numpy as np
import pytest

from interviewfit._numeric import panels
from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.panels import REACH_LEFT, smallest
from interviewfit._solver import solution
from interviewfit._solver.gaussian_expectation import GaussianExpectation


def chains(steps: int) -> tuple[FloatArray, ...]:
    """Reveals from 1 to 250 hours in one chain, so that every pair is asked for."""
    rng, shape = np.random.default_rng(5), (200, steps)
    return (
        rng.uniform(-12.0, -0.5, shape),
        rng.uniform(0.3, 1.0, shape),
        rng.normal(0.0, 5.0, shape),
        np.exp(rng.uniform(0.0, 5.5, shape)),
        rng.uniform(-3.0, 1.0, shape),
    )


def wild(steps: int) -> tuple[FloatArray, ...]:
    """The same, with reveals down to a thousandth of an hour and some of 0."""
    reward, survive, drift, reveal, leaving = chains(steps)
    rng = np.random.default_rng(9)
    reveal = np.where(rng.random(reveal.shape) < 0.3, 1e-3 * reveal, reveal)
    reveal = np.where(rng.random(reveal.shape) < 0.1, 0.0, reveal)
    return reward, survive, drift, reveal, leaving


class TestPairs:
    @pytest.mark.parametrize("steps", [2, 3, 5])
    def test_each_is_as_good_as_fine_panels_where_it_is_enough(
        self, steps: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        table = chains(steps)
        mean = np.random.default_rng(6).normal(0.0, 100.0, 200)
        pairs = panels.two_panel_layouts()
        asked = {one.orders: 0 for one in pairs}
        lay = panels.TwoPanelLayout.place_nodes

        def note(pair: panels.TwoPanelLayout, *where: FloatArray) -> panels.Panels:
            found = lay(pair, *where)
            asked[pair.orders] += found.nodes.shape[0]
            return found

        monkeypatch.setattr(panels.TwoPanelLayout, "place_nodes", note)
        quick = solution.solve(*table)
        monkeypatch.setattr(panels, "two_panel_layouts", lambda: ())
        fine = solution.solve(*table)

        size = np.abs(table[0]).sum(axis=1) + table[3].sum(axis=1)
        assert (
            np.abs(quick.continuation_value(mean) - fine.continuation_value(mean))
            / size
        ).max() < 1e-10
        finite = np.isfinite(fine.thresholds)
        assert (np.isfinite(quick.thresholds) == finite).all()
        off = np.where(finite, quick.thresholds, 0.0) - np.where(
            finite, fine.thresholds, 0.0
        )
        assert (np.abs(off) / size[:, None]).max() < 1e-10
        assert all(asked.values())


def bells(
    at: FloatArray, centres: FloatArray, widths: FloatArray, blur: FloatArray
) -> FloatArray:
    """A sum of Gaussian bells of height 1, seen through a blur: bells again, wider."""
    wide = np.hypot(widths, blur)[:, None, :]
    z = (at[:, :, None] - centres[:, None, :]) / wide
    return np.asarray((widths[:, None, :] / wide * np.exp(-0.5 * z * z)).sum(axis=2))


class TestIntegrals:
    @pytest.mark.parametrize("count", [1, 3])
    @pytest.mark.parametrize("sharpest", [1e-9, 1e-3, 1.0, 30.0])
    def test_of_bells_are_bells(
        self, count: int, sharpest: float, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However wide each is, and through whatever blur it is seen."""
        monkeypatch.setattr(panels, "two_panel_layouts", lambda: ())
        rng, rows = np.random.default_rng(count), 200
        widths = np.exp(rng.uniform(-3.0, 3.0, (rows, count)))
        centres = rng.normal(0.0, 8.0, (rows, count))
        blur = sharpest * np.exp(rng.uniform(-2.0, 2.0, (rows, 1)))
        left = (centres - REACH_LEFT * widths).min(axis=1, keepdims=True)
        right = (centres + REACH_LEFT * widths).max(axis=1, keepdims=True)
        strike = left + rng.random((rows, 1)) * (right - left)
        at = left + (right - left) * rng.random((rows, 9))
        still = np.zeros((rows, 1))

        seen = np.zeros(rows, dtype=int)
        kinks = centres, centres, widths
        for own, laid in panels.layout_rows(left, strike, right, kinks, blur):
            seen[own] += 1
            nodes = bells(laid.nodes, centres[own], widths[own], still[own])
            lens = GaussianExpectation.of(laid, blur[own])
            values = (lens.weights * nodes)[:, None, :]
            found = lens.apply(at[own], values, slice(None))
            truth = bells(at[own], centres[own], widths[own], blur[own])
            assert np.abs(found[:, 0] - truth).max() < 3e-11
        assert (seen == 1).all()


class TestFarOut:
    def test_panels_shorter_than_the_spacing_of_numbers_still_move_on(self) -> None:
        """At so many hours there is nothing between one and the next but one."""
        left, strike, right = (np.array([[1e16 + more]]) for more in (0.0, 20.0, 64.0))
        sharp = np.array([[1e-2]])

        kinks = strike, strike, sharp
        ((rows, laid),) = panels.layout_rows(left, strike, right, kinks, sharp)

        assert rows.tolist() == [0]
        assert (laid.half > 0.0).all()
        assert 2.0 * laid.half.sum() == 64.0


class TestRows:
    def test_no_bit_depends_on_the_others(self) -> None:
        """
        Some part and meet again, some take more panels than two, some mend their bells.
        """
        table = wild(6)
        mean = np.random.default_rng(7).normal(0.0, 100.0, table[0][:, 0].shape)
        order = np.random.default_rng(8).permutation(mean.size)
        whole = solution.solve(*table, exact_rows=True)
        values, going = whole.evaluate(mean), whole.continuation_value(mean)

        for some in (order, order[:7], order[7:9], *order[9:60].reshape(-1, 3)):
            part = solution.solve(*(one[some] for one in table), exact_rows=True)
            found = part.evaluate(mean[some])

            assert (part.thresholds == whole.thresholds[some]).all()
            assert (part.continuation_value(mean[some]) == going[some]).all()
            for name in (
                "value",
                "accept_probability",
                "offer_value",
                "offer_square",
                "take_probability",
                "leave_probability",
            ):
                own, theirs = getattr(found, name), getattr(values, name)
                assert (own == theirs[some]).all()

    def test_they_say_what_each_says_alone(self) -> None:
        table = wild(5)
        mean = np.random.default_rng(7).normal(0.0, 100.0, table[0][:, 0].shape)
        whole = solution.solve(*table)
        values = whole.evaluate(mean)
        size = np.abs(table[0]).sum(axis=1) + table[3].sum(axis=1)

        for row in range(0, mean.size, 4):
            alone = solution.solve(*(one[row] for one in table))
            found = alone.evaluate(mean[row : row + 1])

            off = 1e-10 * size[row]
            near = np.isclose(alone.thresholds[0], whole.thresholds[row], 0.0, off)
            assert near.all()
            assert abs(found.value[0] - values.value[row]) <= 1e-14 * size[row]
            assert (
                np.abs(found.take_probability[0] - values.take_probability[row]).max()
                <= 1e-13
            )


@pytest.mark.parametrize("rows", [1, 2, 7, 40, 300])
@pytest.mark.parametrize("columns", [1, 2, 5, 30, 200])
def test_the_smallest_number_is_that_of_each_row(rows: int, columns: int) -> None:
    table = np.random.default_rng(3).normal(size=(rows, columns))

    assert smallest(table).tolist() == table.min(axis=1, keepdims=True).tolist()


class TestLayouts:
    def test_the_first_that_is_enough_is_taken(self) -> None:
        """Long enough in units of the smallest scale on which the integrand varies."""
        rng, rows = np.random.default_rng(3), 300
        left = rng.uniform(-30.0, -1.0, (rows, 1))
        strike, right = np.zeros((rows, 1)), rng.uniform(0.5, 30.0, (rows, 1))
        places = rng.uniform(-1.0, 1.0, (rows, 2))
        widths, sd = rng.uniform(0.8, 9.0, (rows, 2)), rng.uniform(0.8, 9.0, (rows, 1))

        taken = np.zeros(rows, dtype=int)
        kinks = places, places, widths
        for own, laid in panels.layout_rows(left, strike, right, kinks, sd):
            taken[own] = laid.nodes.shape[1]

        scale = (widths.min(axis=1) ** -2.0 + sd[:, 0] ** -2.0) ** -0.5
        for row in range(rows):
            halves = 0.5 * np.array([-left[row, 0], right[row, 0]]) / scale[row]
            fitting = [
                sum(layout.orders)
                for layout in panels.two_panel_layouts()
                if (halves <= layout.longest).all()
            ]
            assert taken[row] == fitting[0] if fitting else taken[row] % 24 == 0
        assert len(set(taken.tolist())) > 6
