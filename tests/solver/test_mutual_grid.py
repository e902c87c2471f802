"""Chains on one grid: against panels, direct sums, and the transposes of both."""

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from attrs import evolve

from interviewfit._numeric import factor_moments, factor_series
from interviewfit._numeric.factor_series import FactorTable
from interviewfit._solver import convolutions
from interviewfit._solver.convolutions import (
    Grid,
    from_mean,
    kernels,
    lengths_of,
    spread,
)
from interviewfit._solver.mutual_blocks import Block
from interviewfit._solver.mutual_kinds import Ranges
from interviewfit._solver.mutual_solution import MutualSolution, solve_mutual
from mutual_chains import belief_of, solved, steps_of
from mutual_oracle import Floats, MutualCase, random_case, solve_on_grid


def on_panels(case: MutualCase) -> MutualSolution:
    """The same case, solved without any grid."""
    with patch.object(Ranges, "grid", None):
        return solved(case)


def long_case(seed: int, most: float = 0.5) -> MutualCase:
    """A process of up to eight stages, of no larger correlation."""
    rng = np.random.default_rng(seed)
    case = random_case(rng, int(rng.integers(1, 9)))
    return evolve(case, correlation=min(case.correlation, most))


def block_of(sd: float, shifts: list[float]) -> Block:
    """A block that shows news of a width, and jumps of equal chances."""
    nothing, chances = np.zeros((1, 1)), np.full((1, len(shifts)), 1.0 / len(shifts))
    moments: Any = None
    news = nothing + sd, np.array([shifts]), chances
    return Block(0, 1, moments, *news, nothing, nothing, nothing, nothing, (0, 1))


def density(points: Floats, mean: float, sd: float, shifts: list[float]) -> Floats:
    """The density of the mean after news and jumps of equal chances."""
    z = (points[:, None] - mean - np.array(shifts)) / sd
    return np.asarray(np.exp(-0.5 * z * z).mean(axis=1) / (sd * np.sqrt(2.0 * np.pi)))


class TestSums:
    @pytest.mark.parametrize("sd", [0.11, 0.4, 0.6])
    @pytest.mark.parametrize("shifts", [[0.0], [-0.8, 0.7], [0.1, -0.3, 0.5, -0.2]])
    def test_a_convolution_is_the_sum_over_all_points(
        self, sd: float, shifts: list[float]
    ) -> None:
        grid = Grid.of(4.0, 8.5 * 0.6 + 0.8, 576)
        values = np.random.default_rng(1).normal(size=(1, grid.count))
        block = block_of(sd, shifts)
        matrix = np.array(
            [grid.step * density(grid.points, it, sd, shifts) for it in grid.points]
        )

        kernel = kernels(grid, [block])[0]
        back = spread(grid, kernel, values, forwards=False)
        ahead = spread(grid, kernel, values, forwards=True)

        assert back[0] == pytest.approx(matrix @ values[0], abs=1e-12)
        assert ahead[0] == pytest.approx(values[0] @ matrix, abs=1e-12)

    def test_from_a_mean_it_is_the_density(self) -> None:
        grid = Grid.of(4.0, 3.0, 576)

        found = from_mean(grid, block_of(0.3, [0.5, -0.1]), np.array([[0.7]]))

        expected = grid.step * density(grid.points, 0.7, 0.3, [0.5, -0.1])
        assert found[0] == pytest.approx(expected, abs=1e-14)

    def test_news_that_is_too_narrow_has_no_grid(self) -> None:
        width = np.array([0.0, 1e-12, 0.001, 0.1, 0.5])
        reach, margin = np.full(5, 8.0), np.full(5, 4.0)

        with np.errstate(divide="ignore"):
            found = lengths_of(reach, margin, width)

        assert (found == 0.0).tolist() == [True, True, True, False, False]
        assert (found[3:] >= 20.0 * convolutions.POINTS / width[3:]).all()
        assert found[3] > found[4]


class TestAgainstPanels:
    @pytest.mark.parametrize("seed", range(12))
    def test_all_comes_out_as_on_panels(self, seed: int) -> None:
        """Panels find some thresholds where few come to 1e-2 alone."""
        case = long_case(seed)
        scale = float(np.sqrt(case.total))

        grid, panels = solved(case), on_panels(case)

        found, expected = grid.outcomes, panels.outcomes
        if not panels.single.all():
            return
        assert grid.values == pytest.approx(panels.values, abs=2e-8 * scale)
        assert grid.believed == pytest.approx(panels.believed, abs=1e-9 * scale)
        for name in ("take_probability", "leave_probability", "accept_probability"):
            chance = getattr(found, name)
            assert chance == pytest.approx(getattr(expected, name), abs=1e-4)

    @pytest.mark.parametrize("seed", range(12))
    def test_twice_as_many_points_give_the_same(self, seed: int) -> None:
        case = long_case(seed)
        scale = float(np.sqrt(case.total))

        grid = solved(case)
        with patch.object(convolutions, "POINTS", 2.0 * convolutions.POINTS):
            finer = solved(case)

        found, expected = grid.outcomes, finer.outcomes
        assert grid.values == pytest.approx(finer.values, abs=2e-10 * scale)
        assert found.offer_square / scale**2 == pytest.approx(
            expected.offer_square / scale**2, abs=4e-9
        )
        for name in ("take_probability", "leave_probability", "accept_probability"):
            chance = getattr(found, name)
            assert chance == pytest.approx(getattr(expected, name), abs=1e-8)

    @pytest.mark.parametrize("seed", range(8))
    def test_so_it_does_where_stages_show_nothing(self, seed: int) -> None:
        case = long_case(seed)
        silent = np.random.default_rng(seed).random(len(case.rate)) < 0.5
        shown = np.where(silent, 0.0, case.reveal).tolist()
        case = evolve(case, reveal=tuple(shown), residual=case.residual + 1e4)
        scale = float(np.sqrt(case.total))

        grid, panels = solved(case), on_panels(case)

        found, expected = grid.outcomes, panels.outcomes
        assert grid.values == pytest.approx(panels.values, abs=2e-8 * scale)
        for name in ("take_probability", "leave_probability", "accept_probability"):
            chance = getattr(found, name)
            assert chance == pytest.approx(getattr(expected, name), abs=1e-6)

    def test_so_it_does_where_one_goes_on_only_to_leave_later(self) -> None:
        """D has a kink then, and the chain is solved on panels."""
        case = MutualCase(
            (-1.0, -1.0, -1.0),
            (0.0, 20.0, 0.0),
            (0.9, 0.6, 0.5),
            (300.0, 0.0, 300.0),
            (None,) * 3,
            -200.0,
            2e5,
            0.3,
        )

        value, expected = solved(case).values, on_panels(case).values

        assert value == pytest.approx(expected, abs=1e-6)


def twelve_stages(correlation: float) -> MutualCase:
    """A long chain of stages that show less and less."""
    shown = tuple((400.0 * 0.85 ** np.arange(12)).tolist())
    nothing: tuple[None, ...] = (None,) * 12
    return MutualCase(
        (-4.0,) * 12, (0.0,) * 12, (0.5,) * 12, shown, nothing, -60.0, 9e4, correlation
    )


class TestRoundingErrors:
    def test_a_sign_that_is_one_far_out_makes_no_threshold(self) -> None:
        """Left of all that can be believed D is next to nothing."""
        case = MutualCase(
            (-10.37, -2.18, -3.46, -2.69),
            (0.0, 0.0, 0.0, -3.79),
            (0.6556, 0.5947, 0.5591, 0.4601),
            (245.33, 89.46, 136.65, 199.0),
            (None,) * 4,
            -368.47,
            12_926.9,
            0.4819,
        )
        scale = float(np.sqrt(case.total))

        found = solved(case)

        expected = solve_on_grid(case, 3001).value / scale
        assert found.values / scale == pytest.approx(expected, abs=1e-5)


class TestManyPasses:
    @pytest.mark.parametrize("correlation", [0.3, 0.5, 0.8])
    def test_late_thresholds_are_right_or_infinite(self, correlation: float) -> None:
        case = twelve_stages(correlation)
        scale = float(np.sqrt(case.total))

        found = solved(case)
        with (
            patch.object(convolutions, "POINTS", 2.0 * convolutions.POINTS),
            patch.object(factor_series, "_LEAST_ORDER", 60),
            patch.object(factor_series, "MOST_ORDER", 300),
            patch.object(factor_moments, "MOST_ORDER", 300),
        ):
            finer = solved(case)

        assert found.single.all()
        is_finite = np.isfinite(found.thresholds)
        assert is_finite[:, :8].all()
        assert found.thresholds[is_finite] == pytest.approx(
            finer.thresholds[is_finite], abs=5e-3 * scale
        )
        # Whoever passed so often believes in the job, whatever they found out.
        assert (found.thresholds[~is_finite] == -np.inf).all()
        assert not found.beyond.any()

    def test_a_product_of_many_factors_takes_more_polynomials(self) -> None:
        case = twelve_stages(0.5)
        scale = np.array([[np.sqrt(case.total)]])
        few, many = (
            belief_of(evolve(case, rate=(0.5,) * passes)).factors.rescaled(scale)
            for passes in (4, 12)
        )

        more = factor_series.order_of(many, 9.0) - factor_series.order_of(few, 9.0)

        assert more == 28


class TestSharing:
    def test_averages_over_jumps_are_the_same_for_few_rows(self) -> None:
        belief = belief_of(long_case(1))
        view = belief.factors.rescaled(np.array([[300.0]]))
        shift, probability = np.array([[-0.2, 0.3, 0.5]]), np.array([[0.5, 0.3, 0.2]])
        sets = [(shift, probability), (shift[:, :2], np.array([[0.6, 0.4]]))]

        found = factor_series.averages_of_few(view, sets, 3.0, 0.5)

        for averages, jumps in zip(found, sets, strict=True):
            expected = factor_series.averages_over(view, jumps, 3.0, 0.5)
            assert averages == pytest.approx(expected, abs=1e-13)

    @pytest.mark.parametrize("seed", range(6))
    def test_other_rewards_and_another_centre_need_no_new_moments(
        self, seed: int
    ) -> None:
        case = long_case(seed)
        steps, belief = steps_of(case), belief_of(case)
        like = solve_mutual(steps, belief)
        dearer = (steps[0] - 0.01, *steps[1:])
        better = evolve(belief, centre=belief.centre + 9.0, mean=belief.mean + 9.0)
        expected = solve_mutual(dearer, better)

        with patch.object(FactorTable, "of", side_effect=AssertionError):
            found = solve_mutual(dearer, better, like=like)

        assert found.values == pytest.approx(expected.values, abs=1e-9)
        # Another spread is another belief.
        wider = evolve(belief, variance=1.1 * belief.variance)
        with patch.object(FactorTable, "of", wraps=FactorTable.of) as worked_out:
            solve_mutual(steps, wider, like=like)
        assert worked_out.called
