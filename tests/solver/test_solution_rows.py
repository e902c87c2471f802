"""Solutions of many rows and points: every way of asking agrees with the others."""

from math import inf, nan

import numpy as np
import numpy.typing as npt
import pytest

from calls import calls
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution, solve
from oracles import Chain, random_chain

FloatArray = npt.NDArray[np.float64]
# One free step, one wall, binding steps, and reveals of nothing.
ODD = (
    Chain((-1.0, -2.0), (0.5, 0.5), (0.1, 0.2), (3.0, 4.0), (0.0, -0.5)),
    Chain((-1.0, -2.0), (0.5, 0.0), (0.1, 0.2), (3.0, 4.0), (0.0, -0.5)),
    Chain((2.0, -2.0), (0.5, 0.5), (0.1, -0.2), (3.0, 4.0), (0.0, -0.5)),
    Chain((-1.0, -2.0), (0.5, 0.5), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
    Chain((-1.0, -2.0), (0.5, 0.9), (0.0, 0.0), (0.0, 5.0), (1.0, 0.0)),
)


def columns(chains: tuple[Chain, ...]) -> tuple[FloatArray, ...]:
    return tuple(
        np.array([getattr(one, name) for one in chains])
        for name in ("reward", "survive", "drift", "reveal", "exit")
    )


def every_kind() -> tuple[Solution, tuple[Chain, ...]]:
    """Odd chains among ordinary ones, so that rows of a kind are not adjacent."""
    rng = np.random.default_rng(4)
    plain = [random_chain(rng, 2, "ordinary") for _ in ODD]
    mixed = tuple(one for pair in zip(plain, ODD, strict=True) for one in pair)
    return solve(*columns(mixed)), mixed


def means_of(chains: tuple[Chain, ...], points: int) -> FloatArray:
    scale = np.array([[one.scale or 10.0] for one in chains])
    return scale * np.linspace(-2.5, 3.0, points)


def parts(found: OutcomeMoments) -> dict[str, FloatArray]:
    names = (
        "accept_probability",
        "offer_value",
        "offer_square",
        "take_probability",
        "leave_probability",
    )
    return {name: getattr(found, name) for name in names}


class TestSpread:
    @pytest.mark.parametrize("kind", ["ordinary", "odd"])
    def test_rows_alike_are_what_they_are_solved_side_by_side(self, kind: str) -> None:
        """To the last bit, in all that a solution tells."""
        rng = np.random.default_rng(8)
        some = [random_chain(rng, 1 + n % 5, "ordinary") for n in range(20)]
        for one in ODD if kind == "odd" else some:
            mean = (one.scale or 10.0) * np.linspace(-2.5, 3.0, 23)
            each = solve(*columns((one,) * mean.size), exact_rows=True)

            pair = solve(*columns((one, one)), exact_rows=True)
            spread = pair.broadcast_rows(mean.size)

            np.testing.assert_array_equal(spread.thresholds, each.thresholds)
            np.testing.assert_array_equal(
                spread.value_at_minus_infinity, each.value_at_minus_infinity
            )
            np.testing.assert_array_equal(
                spread.continuation_value(mean), each.continuation_value(mean)
            )
            points = mean[:, None] + np.array([0.0, 1.0])
            for found, expected in (
                (spread.evaluate(mean), each.evaluate(mean)),
                (spread.evaluate(points), each.evaluate(points)),
            ):
                for name, part in parts(expected).items():
                    np.testing.assert_array_equal(parts(found)[name], part)


class TestBlend:
    def test_is_the_sum_of_outcomes_each_times_its_weight(self) -> None:
        solution, chains = every_kind()
        means = means_of(chains, 9)
        weights = np.random.default_rng(3).normal(size=means.shape)
        each = solution.evaluate(means)

        found = solution.evaluate_mixture(means, weights)

        assert found.continuation_value == pytest.approx(
            (weights * each.continuation_value).sum(axis=1), abs=1e-9
        )
        assert (found.value == found.continuation_value).all()
        for name, one in parts(each).items():
            pages = weights.reshape(*weights.shape, *[1] * (one.ndim - 2))
            whole = (pages * one).sum(axis=1)
            assert parts(found)[name] == pytest.approx(whole, abs=1e-9), name

    def test_of_one_point_it_is_that_outcome(self) -> None:
        solution, chains = every_kind()
        means = means_of(chains, 3)[:, 2:]
        alone = solution.evaluate(means[:, 0])

        found = solution.evaluate_mixture(means, np.ones(means.shape))

        assert found.continuation_value == pytest.approx(
            alone.continuation_value, rel=1e-12, abs=1e-12
        )
        for name, one in parts(alone).items():
            assert parts(found)[name] == pytest.approx(one, rel=1e-12, abs=1e-12), name


class TestOneThingOnly:
    def test_go_and_steep_are_those_of_evaluate(self) -> None:
        solution, chains = every_kind()
        means = means_of(chains, 7)
        whole = solution.evaluate(means)

        assert (solution.continuation_value(means) == whole.continuation_value).all()
        assert (
            solution.continuation_value(means[:, 1]).tolist()
            == whole.continuation_value[:, 1].tolist()
        )
        assert solution.acceptance_probability(means) == pytest.approx(
            whole.accept_probability, abs=1e-10
        )

    def test_the_level_is_the_value_far_below(self) -> None:
        solution, chains = every_kind()

        far = solution.evaluate(np.full(len(chains), -1e6)).value

        assert solution.value_at_minus_infinity == pytest.approx(far, abs=1e-12)
        assert solution.value_at_minus_infinity[5] == pytest.approx(2 - 0.25)

    @pytest.mark.parametrize("mean", [1e150, -1e150])
    def test_nothing_is_said_of_what_overflows_on_the_way(self, mean: float) -> None:
        """A reveal of nothing divides by next to nothing; the answer is plain."""
        solution = solve(*columns((ODD[3],)))
        points = np.array([[mean]])
        going, here = (0.25 * mean, 0.25) if mean > 0 else (-1.0, 0.0)

        assert solution.continuation_value([mean]).tolist() == pytest.approx([going])
        assert solution.evaluate([mean]).continuation_value.tolist() == pytest.approx(
            [going]
        )
        assert solution.acceptance_probability(points).tolist() == [[here]]
        assert solution.evaluate_mixture(
            points, points * 0 + 1
        ).accept_probability.tolist() == [here]


class TestOneRow:
    def test_is_one_row_of_all_that_was_found(self) -> None:
        solution, chains = every_kind()
        whole = solution.evaluate(means_of(chains, 1)[:, 0])

        for number in range(len(chains)):
            row = whole.row(number)
            assert row.value == whole.value[number]
            assert row.continuation_value == whole.continuation_value[number]
            for name, one in parts(whole).items():
                assert parts(row)[name].tolist() == one[number].tolist()


class TestMeans:
    def test_whole_numbers_of_any_length_are_numbers(self) -> None:
        solution = solve([-1.0], [0.5], [0.0], [3.0], [0.0])

        assert solution.continuation_value([10**30]).tolist() == [0.5e30]
        assert solution.continuation_value([10**30] * 100).tolist() == [0.5e30] * 100
        assert (
            solution.continuation_value([4]).tolist()
            == solution.continuation_value([4.0]).tolist()
        )

    def test_the_farthest_mean_is_still_one(self) -> None:
        solution = solve([-1.0], [0.5], [0.0], [3.0], [0.0])

        assert solution.continuation_value([1e150, -1e150]).tolist() == [0.5e150, -1.0]
        with pytest.raises(
            ValueError,
            match=r"^every mean must be a finite number of hours, up to 1e150$",
        ):
            solution.continuation_value([np.nextafter(1e150, inf)])

    @pytest.mark.parametrize(
        ("shape", "fits"),
        [((3,), False), ((2,), True), ((2, 3), True), ((3, 2), False), ((), False)],
    )
    def test_one_for_each_row_or_several(
        self, shape: tuple[int, ...], *, fits: bool
    ) -> None:
        solution = solve(*(np.ones((2, 1)) for _ in range(5)))
        means = np.zeros(shape)

        if fits:
            assert solution.continuation_value(means).shape == shape
            return
        with pytest.raises(ValueError, match=r"^means of shape .* do not fit 2 rows$"):
            solution.continuation_value(means)


class TestChart:
    @pytest.mark.parametrize("drift", [-1_000.0, 1_000.0])
    def test_reads_a_curve_that_bends_far_from_nothing(self, drift: float) -> None:
        solution = solve([-4.0, -1], [0.5, 0.8], [drift, 0.0], [10.0, 7.0], [0.0, 0.0])
        means = -drift + np.linspace(-200.0, 200.0, 401)

        read = solution.tabulate().evaluate(means)

        assert np.abs(read - solution.continuation_value(means)).max() < 1e-9

    def test_is_below_the_cells_its_floor_and_above_them_its_line(self) -> None:
        """Nobody leaves far above: half of half the mean; far below one leaves for
        nothing as soon as the first step, which costs 4 h, is over.
        """
        solution = solve([-4.0, -1.0], [0.5, 0.5], [2, 3], [10.0, 7.0], [1.5, 0.0])

        far = solution.tabulate().evaluate(np.array([-1e9, 1e9]))

        assert far.tolist() == pytest.approx([-4.0, 0.25 * (1e9 + 5) - 4.5], rel=1e-12)

    def test_the_most_cells_may_be_reached(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        solution = solve([-4.0], [1.0], [0.0], [10.0], [0.0])
        cells = solution.tabulate().table.shape[1]

        monkeypatch.setattr("interviewfit._solver.interpolation._MOST_CELLS", cells)
        assert solution.tabulate().table.shape == (8, cells)
        monkeypatch.setattr("interviewfit._solver.interpolation._MOST_CELLS", cells - 1)
        with pytest.raises(ValueError, match="too small to tabulate"):
            solution.tabulate()

    def test_says_what_is_wrong(self) -> None:
        with pytest.raises(
            ValueError, match=r"^only a single chain can be tabulated, not 2$"
        ):
            solve(*(np.ones((2, 1)) for _ in range(5))).tabulate()
        with pytest.raises(
            ValueError,
            match=r"^the first reveal, 1e-06, is too small to tabulate from "
            r"0.899464 to 6.50001; use continuation_value$",
        ):
            solve([-1.0, -1.0], [1, 1], [0, 0], [1e-6, 1.0], [0, 0]).tabulate()


class TestShapes:
    def test_what_is_wrong_is_named(self) -> None:
        with pytest.raises(ValueError, match=r"^a chain needs at least one step, got "):
            solve(*(np.ones((1, 2, 3)) for _ in range(5)))
        with pytest.raises(
            ValueError, match=r"^exit has shape \(1, 1\), reward has \(1, 2\)$"
        ):
            solve([1.0, 1], [1, 1], [0, 0], [1, 1], [0])

    @pytest.mark.parametrize(
        ("place", "value", "words"),
        [
            (1, -0.1, "survive must lie between 0 and 1 in every step"),
            (1, 1.1, "survive must lie between 0 and 1 in every step"),
            (3, -0.1, "reveal must be at least 0 in every step"),
        ],
    )
    def test_what_is_out_of_range_is_named(
        self, place: int, value: float, words: str
    ) -> None:
        chain = [[-1.0, -1.0], [0.5, 0.5], [0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
        chain[place][1] = value

        with pytest.raises(ValueError, match=f"^{words}$"):
            solve(*chain)

    @pytest.mark.parametrize(
        ("place", "name"),
        [*enumerate(("reward", "survive", "drift", "reveal", "exit"))],
    )
    @pytest.mark.parametrize("value", [nan, inf, -inf])
    def test_what_is_not_finite_is_named(
        self, place: int, name: str, value: float
    ) -> None:
        """Also where another infinity would cancel it."""
        chain = [[-1.0, -1.0], [0.5, 0.5], [0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
        chain[place][1] = value
        chain[4][1] = value if place == 4 else 0.0
        words = f"^{name} must be finite in every step$"

        with pytest.raises(ValueError, match=words):
            solve(*chain)
        chain[4][1] = -value
        with pytest.raises(ValueError, match=words):
            solve(*chain)

    def test_numbers_whose_sum_is_none_are_numbers(self) -> None:
        found = solve([1e308], [1.0], [1e308], [1.0], [0.0])

        assert found.thresholds.tolist() == [[-inf]]

    def test_the_bounds_of_a_chance_and_of_a_reveal_belong_to_them(self) -> None:
        found = solve(
            [[-1.0], [-1.0]], [[0.0], [1.0]], [[0.0]] * 2, [[0.0]] * 2, [[0]] * 2
        )

        assert found.thresholds.tolist() == [[inf], [1.0]]

    def test_no_rows_have_no_answers(self) -> None:
        empty = np.empty((0, 3))

        found = solve(*[empty] * 5)

        assert found.thresholds.shape == (0, 3)
        assert found.evaluate(empty[:, 0]).take_probability.shape == (0, 3)


class TestSolve:
    def test_rows_of_a_kind_are_solved_together(self) -> None:
        rng = np.random.default_rng(9)
        plain = Chain((-1.0, -2.0), (0.5, 0.5), (0.1, 0.2), (3.0, 4.0), (0.0, -0.5))
        steps = columns((plain,) * 300)
        steps = (steps[0] + rng.normal(size=steps[0].shape), *steps[1:])

        few = calls(lambda: solve(*(one[:3] for one in steps)))
        many = calls(lambda: solve(*steps))

        assert many < 3 * few

    def test_cutting_a_wild_batch_changes_no_bit(self) -> None:
        """Of rows too unlike for two panels as well, which are solved one by one."""
        rng = np.random.default_rng(12)
        chains = tuple(random_chain(rng, 6, "wild") for _ in range(40))
        means = means_of(chains, 3)
        whole = solve(*columns(chains), exact_rows=True)

        for part in (slice(0, 2), slice(2, 7), slice(7, 40)):
            cut = solve(*(one[part] for one in columns(chains)), exact_rows=True)
            assert (cut.thresholds == whole.thresholds[part]).all()
            assert (
                cut.continuation_value(means[part])
                == whole.continuation_value(means)[part]
            ).all()

    @pytest.mark.parametrize("regime", ["ordinary", "wild"])
    def test_an_exact_row_has_every_bit_of_a_row_in_a_batch(self, regime: str) -> None:
        rng = np.random.default_rng(21)
        for steps in range(1, 13):
            chains = tuple(random_chain(rng, steps, regime) for _ in range(15))
            means = means_of(chains, 70)
            batch = solve(*columns(chains), exact_rows=True)
            for row, chain in enumerate(chains):
                alone = solve(*columns((chain,)), exact_rows=True)
                mean = means[row : row + 1]
                outcome, expected = alone.evaluate(mean), batch.evaluate(means)

                assert (alone.thresholds[0] == batch.thresholds[row]).all()
                for name, found in parts(outcome).items():
                    assert (found[0] == parts(expected)[name][row]).all(), name
                assert (
                    alone.continuation_value(mean) == outcome.continuation_value
                ).all()
                assert (
                    alone.broadcast_rows(2).continuation_value(means[[row, row]])
                    == expected.continuation_value[row]
                ).all()

    def test_whole_numbers_are_numbers(self) -> None:
        """Half of the three hours ahead is no whole number."""
        whole = solve([-3, 3], [1, 1], [0, 0], [4, 5], [0, 0])
        halves = solve([-3, 3], [0.5, 1], [0, 0], [4, 5], [0, 0])

        assert (
            whole.thresholds.tolist()
            == (
                solve([-3.0, 3.0], [1.0, 1.0], [0.0, 0.0], [4.0, 5.0], [0.0, 0.0])
            ).thresholds.tolist()
        )
        assert halves.value_at_minus_infinity.tolist() == [0.0]
        assert halves.continuation_value([-1e6]).tolist() == [-1.5]
