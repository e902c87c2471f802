"""The normal distribution against mpmath's fifty digits and against SciPy."""

from math import inf, nan, sqrt

import mpmath
import numpy as np
import pytest
from scipy.special import log_ndtr, ndtr

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray

WHERE = np.concatenate(
    [
        np.linspace(-20, 8, 601),
        np.random.default_rng(1).uniform(-20, 8, 400),
        np.geomspace(1e-300, 8, 60),
        -np.geomspace(1e-300, 20, 60),
        # The fit of the polynomial is worst between its nodes, next to its ends.
        np.linspace(-1e-3, 1e-3, 40),
    ]
)
FAR = np.concatenate([np.linspace(-37, -20, 300), -np.geomspace(20, 37, 101)])


def exactly(points: FloatArray, what: str) -> FloatArray:
    """The density, the chance below or the excess, from fifty digits."""
    found = []
    with mpmath.workdps(50):
        for x in map(mpmath.mpf, points.tolist()):
            density, below = mpmath.npdf(x), mpmath.ncdf(x)
            whole = {"pdf": density, "cdf": below, "excess": density + x * below}
            found.append(float(whole[what]))
    return np.array(found)


def relative(found: FloatArray, expected: FloatArray) -> float:
    """The largest relative error."""
    return float(np.max(np.abs(found / expected - 1.0)))


class TestCdf:
    def test_two_units_in_the_fifteenth_place_where_it_matters(self) -> None:
        assert relative(normal.cdf(WHERE), exactly(WHERE, "cdf")) <= 2e-15

    def test_twenty_units_in_the_last_place_far_out(self) -> None:
        expected = exactly(FAR, "cdf")

        assert np.max(np.abs(normal.cdf(FAR) - expected) / np.spacing(expected)) <= 20.0

    def test_as_scipy_has_it(self) -> None:
        points = np.linspace(-20, 8, 50_001)

        assert relative(normal.cdf(points), ndtr(points)) <= 1e-13

    def test_it_never_falls(self) -> None:
        """Newton's method and the laws of the value rely on it."""
        points = np.sort(np.random.default_rng(2).uniform(-38, 9, 1_000_000))

        assert np.all(np.diff(normal.cdf(points)) >= 0.0)

    def test_it_stays_a_chance(self) -> None:
        found = normal.cdf(np.array([-1e308, -50, -38.7, 8.5, 40, 1e308]))

        assert np.all((found >= 0.0) & (found <= 1.0))
        assert np.all(found[3:] == 1.0)
        assert found[0] == 0.0

    def test_both_sides_make_one(self) -> None:
        points = np.linspace(0, 8, 1_001)

        assert np.all(normal.cdf(points) + normal.cdf(-points) == 1.0)


class TestPdf:
    def test_as_mpmath_has_it(self) -> None:
        assert relative(normal.pdf(WHERE), exactly(WHERE, "pdf")) <= 2e-15

    def test_it_is_symmetric(self) -> None:
        assert np.array_equal(normal.pdf(WHERE), normal.pdf(-WHERE))

    def test_far_out_it_is_nothing(self) -> None:
        """The split of the square would overflow out there."""
        found = normal.pdf(np.array([-inf, -1e308, 1e160, inf]))

        assert np.all(found < 1e-300)


class TestBoth:
    @pytest.mark.parametrize("of", [normal.pdf_cdf, normal.small_pdf_cdf])
    def test_exact_at_the_ends_and_at_both_zeros(self, of: object) -> None:
        assert callable(of)

        density, below = of(np.array([-inf, -0.0, 0.0, inf]))

        assert below.tolist() == [0.0, 0.5, 0.5, 1.0]
        assert density[1] == density[2] == pytest.approx(1 / sqrt(2 * np.pi), rel=1e-15)
        assert np.all(density[[0, 3]] < 1e-300)

    @pytest.mark.parametrize("of", [normal.pdf_cdf, normal.small_pdf_cdf])
    def test_nan_stays_nan_and_spoils_nothing_else(self, of: object) -> None:
        assert callable(of)

        density, below = of(np.array([1.0, nan, -1.0]))

        assert np.isnan(density).tolist() == [False, True, False]
        assert np.isnan(below).tolist() == [False, True, False]

    @pytest.mark.parametrize("of", [normal.pdf_cdf, normal.small_pdf_cdf])
    @pytest.mark.parametrize("shape", [(), (1,), (0,), (3, 0), (2, 3), (2, 1, 3)])
    def test_the_shape_is_kept(self, of: object, shape: tuple[int, ...]) -> None:
        assert callable(of)

        density, below = of(np.zeros(shape))

        assert density.shape == below.shape == shape

    def test_every_other_element_is_as_good_as_all(self) -> None:
        """Rows are read through views; nothing may depend on how they lie in memory."""
        table = np.random.default_rng(3).normal(0, 5, (300, 70))

        for view in (table.T, table[::2, ::-3], np.asfortranarray(table)):
            found, plain = normal.cdf(view), normal.cdf(np.ascontiguousarray(view))
            assert np.array_equal(found, plain)

    @pytest.mark.parametrize("count", [1, 4095, 4096, 4097, 10_000])
    def test_no_answer_depends_on_its_neighbours(self, count: int) -> None:
        """Blocks are for speed; a batch must give what one row gives."""
        points = np.random.default_rng(4).normal(0, 6, count)
        ends = [0, count // 2, count - 1]

        found = normal.cdf(points)

        assert [found[k] for k in ends] == [normal.cdf(points[k]).item() for k in ends]

    def test_what_is_given_is_not_changed(self) -> None:
        points = np.linspace(-3, 3, 7)
        kept = points.copy()

        normal.pdf_cdf(points)
        normal.small_pdf_cdf(points)

        assert np.array_equal(points, kept)


class TestFew:
    def test_it_agrees_with_both_within_the_rounding_of_the_square(self) -> None:
        """It does not mend the square: half a unit in the last place of x**2 / 2
        becomes a relative error of x**2 / 2 * 2.2e-16, and twice that bounds it.
        """
        within = 2e-15 + 2.3e-16 * WHERE * WHERE

        for one, other in zip(
            normal.small_pdf_cdf(WHERE), normal.pdf_cdf(WHERE), strict=True
        ):
            assert np.all(np.abs(one / other - 1.0) <= within)


class TestExcess:
    def test_as_mpmath_has_it(self) -> None:
        """Right of -5 two digits are lost at most."""
        points = np.linspace(-5, 8, 301)

        assert (
            relative(normal.unit_normal_loss(-points), exactly(points, "excess"))
            <= 1e-13
        )

    def test_three_digits_are_lost_at_minus_thirty(self) -> None:
        points = np.linspace(-30, -5, 301)

        assert (
            relative(normal.unit_normal_loss(-points), exactly(points, "excess"))
            <= 1e-12
        )

    def test_it_lies_above_what_is_sure(self) -> None:
        """A choice is worth at least what one would take without looking, but for the
        last digit, and never less than nothing.
        """
        points = np.linspace(-37, 40, 10_001)

        found = normal.unit_normal_loss(-points)

        assert np.all(found >= 0.0)
        assert np.all(found >= points * (1 - 2.3e-16))
        assert np.all(np.diff(found) >= 0.0)

    def test_by_hand(self) -> None:
        """Half the normal curve has mean 1 / sqrt(2 pi); far right only x is left."""
        assert normal.unit_normal_loss(0.0) == pytest.approx(
            1 / sqrt(2 * np.pi), rel=1e-15
        )
        assert normal.unit_normal_loss(-40.0) == 40.0
        assert normal.unit_normal_loss(-inf) == inf

    def test_with_nothing_to_hope_for_it_is_nothing(self) -> None:
        assert normal.unit_normal_loss(inf) == 0.0

    def test_its_logarithm_far_out(self) -> None:
        """By parts, excess = the integral of the cdf: a slope of cdf / excess."""
        points = np.array([-25.0, -12.0, -3.0, 1.0])
        step = 1e-4

        slope = (
            (
                normal.unit_normal_loss(-points - step)
                - normal.unit_normal_loss(step - points)
            )
            / 2
            / step
        )

        assert slope == pytest.approx(np.exp(log_ndtr(points)), rel=1e-4)
