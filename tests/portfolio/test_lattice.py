"""Steps on a lattice: bounds from both sides, and how near they are."""

import numpy as np
import pytest

from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.normal import unit_normal_loss
from interviewfit._portfolio.lattice import kernels, narrowed

BLURS = (0.0, 0.05, 0.5, 1.0, 3.0, 20.0)


def over(strikes: FloatArray, blur: float) -> FloatArray:
    """E[(X - k)+] of a centred normal X."""
    return np.asarray(blur * unit_normal_loss(strikes / blur))


def chords_over(blur: float, less: float) -> float:
    """
    By how much chords of spacing 1 at the lesser blur rise above the curve at *blur*.
    """
    worst = -np.inf
    inside = np.linspace(0.0, 1.0, 42)[1:-1]
    for offset in np.linspace(0.0, 1.0, 21):
        ends = np.arange(-int(9 * blur) - 2.0, int(9 * blur) + 2.0) + offset
        found = over(ends, less)
        chord = np.outer(1.0 - inside, found[:-1]) + np.outer(inside, found[1:])
        curve = over(ends[:-1] + inside[:, None], blur)
        worst = max(worst, float((chord - curve).max()))
    return worst


class TestNarrowed:
    @pytest.mark.parametrize("blur", [0.7, 0.8, 1.0, 1.5, 2.0, 4.0, 10.0])
    def test_hats_of_the_narrower_are_no_wider_than_the_true_one(
        self, blur: float
    ) -> None:
        less = narrowed(blur, 1.0)

        assert 0.0 < less < blur
        assert chords_over(blur, less) < 1e-14 * blur
        # With a little of the difference back they are.
        back = 0.01 + 0.4 / blur**2 if blur >= 1.0 else 0.3
        more = np.sqrt(less**2 + back * (blur**2 - less**2))
        assert chords_over(blur, float(more)) > 1e-6

    def test_is_nothing_where_the_cell_is_wide(self) -> None:
        assert narrowed(0.1, 1.0) == 0.0
        assert narrowed(0.0, 1.0) == 0.0

    def test_loses_a_quarter_of_the_square(self) -> None:
        lost = 100.0 - narrowed(10.0, 0.1) ** 2
        assert lost == pytest.approx(0.25 * 0.1**2, rel=1e-4)


class TestKernels:
    @pytest.mark.parametrize("blur", BLURS)
    @pytest.mark.parametrize("strike", [-3.3, 0.0, 0.5, 7.25])
    def test_bound_a_convex_worth(self, blur: float, strike: float) -> None:
        """Of an option on the mean itself, of which every convex worth is a sum."""
        before, behind = (4, 6), (60, 170)
        above, below = kernels(blur, 1.0, before, behind, 1e-9)
        worth = np.maximum(0.0, np.arange(-60.0, 171.0) - strike)[:, None]
        start = np.arange(-4.0, 7.0) - strike
        true = (
            blur * unit_normal_loss(-start / blur) if blur else np.maximum(0.0, start)
        )
        upper, lower = above.expect(worth)[:, 0], below.expect(worth)[:, 0]

        assert (upper >= true - 1e-12).all()
        assert (lower <= true + 1e-12).all()
        assert (upper - lower).max() < 0.5

    @pytest.mark.parametrize("blur", BLURS)
    def test_are_chances(self, blur: float) -> None:
        for one in kernels(blur, 1.0, (9, 2), (5, 30), 1.0):
            assert (one.masses >= 0.0).all()
            assert one.masses.sum(axis=1) == pytest.approx(np.ones(12), abs=1e-12)

    @pytest.mark.parametrize("behind", [(0, 0), (2, 3), (0, 4)])
    @pytest.mark.parametrize("blur", BLURS)
    def test_bound_what_lies_beyond_the_nodes(
        self, blur: float, behind: tuple[int, int]
    ) -> None:
        """A worth as steep as can be, on hardly any nodes."""
        above, below = kernels(blur, 1.0, (5, 5), behind, 1.0)
        nodes = np.arange(-float(behind[0]), behind[1] + 1.0)[:, None]
        mean = np.arange(-5.0, 6.0)

        assert (above.expect(nodes)[:, 0] >= mean - 1e-12).all()
        assert (below.expect(nodes)[:, 0] <= mean + 1e-12).all()

    def test_come_four_times_nearer_when_the_lattice_is_twice_as_fine(self) -> None:
        gaps = []
        for spacing in (1.0, 0.5, 0.25):
            side = int(40 / spacing)
            sides = (side, side)
            nodes = spacing * np.arange(-side, side + 1.0)[:, None]
            worth = np.maximum(0.0, nodes - 0.3)
            above, below = kernels(4.0, spacing, (0, 0), sides, 1.0)
            gaps.append(float((above.expect(worth) - below.expect(worth)).item()))
        assert gaps[0] / gaps[1] == pytest.approx(4.0, rel=0.1)
        assert gaps[1] / gaps[2] == pytest.approx(4.0, rel=0.1)
