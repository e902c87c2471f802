"""Which chains are solved together: those whose ranges and widths are alike.

So that no bit of a row depends on the rows beside it, all that decides how it is worked
out is rounded to one of a few sizes, and rows of the same sizes are solved together.
What a single row has in common with others is kept.
"""

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray, columns_of
from interviewfit._numeric.factor_moments import NARROW as WIDE, FactorMoments
from interviewfit._numeric.factor_series import are_carried
from interviewfit._numeric.probit_factors import REACH
from interviewfit._solver.convolutions import POINTS, Grid, Kernel, lengths_of
from interviewfit._solver.mutual_blocks import quantised
from interviewfit._solver.mutual_chains import MutualChains
from interviewfit._solver.mutual_grid import GridRows
from interviewfit._solver.mutual_induction import SolvedRows
from interviewfit._solver.stop_values import NARROW

_INTEGRATED = 6.5
# Chains of more steps take no more points than this for narrow news where values alone
# are asked for: those of some hundred hours are off by a thousandth of an hour at most.
_LONG, _LONG_POINTS = 16, 4320
# Rows that are put together have the distance of points, and the square of what the
# factors vary on, within so many parts of an octave.
_ALIKE = 2.0


@frozen(repr=False)
class Ranges:
    """What rows that are solved together have in common, units of the scale.

    Attributes:
        reach: Half the range of means.
        jump: No jump is larger.
        margin: No news goes further.
        length: Points of the grid for all stops, zeros included; 0 without one.
    """

    reach: float
    jump: float
    margin: float
    length: float

    @property
    def grid(self) -> Grid | None:
        """The grid for all stops, if there is one."""
        if not self.length:
            return None
        return Grid.of(self.reach, self.margin, int(self.length))


@frozen(eq=False, repr=False)
class Kept:
    """How a single row was solved.

    Attributes:
        state: Blocks, stops and thresholds.
        steps: As ``solve_mutual`` takes them.
        ranges: What rows that are solved together have in common.
        chain: The row.
    """

    state: SolvedRows | GridRows
    steps: tuple[FloatArray, ...]
    ranges: Ranges
    chain: MutualChains

    @property
    def mean(self) -> FloatArray:
        """Of the normal part of the belief, units of the scale, ``(1, 1)``."""
        return self.chain.mean

    @property
    def moments(self) -> list[FactorMoments]:
        """Before each block, and at the offer."""
        state = self.state
        offer = state.ahead.offer if isinstance(state, GridRows) else state.offer
        return [*(block.moments for block in state.blocks), offer.moments]

    @property
    def kernels(self) -> tuple[Kernel, ...]:
        """Of the news of its blocks on a grid; none where there is no grid."""
        return self.state.kernels if isinstance(self.state, GridRows) else ()

    @property
    def numbers_of_steps(self) -> tuple[FloatColumn, FloatColumn, FloatColumn]:
        """Reward, survive and exit of each step, ``(steps,)``."""
        reward, survive, _, _, leaving, *_ = (column[0] for column in self.steps)
        return reward, survive, leaving

    def has_kinds_of(self, chains: MutualChains) -> bool:
        """Whether all rows of some chains have its ranges and moments.

        Args:
            chains: The rows.
        """
        is_there = bool((self.mean == chains.mean).all())
        return is_there and self._has_numbers_of(chains)

    def serves(self, chains: MutualChains, ranges: Ranges) -> bool:
        """Whether its moments are those of some chains of some ranges.

        Args:
            chains: The rows.
            ranges: What they have in common; its own ranges if ``has_kinds_of`` said
                that these are theirs.
        """
        if ranges is self.ranges:
            return True
        return ranges == self.ranges and self._has_numbers_of(chains)

    def _has_numbers_of(self, chains: MutualChains) -> bool:
        """Whether all that decides moments is the same.

        Args:
            chains: The rows.
        """
        known, numbers = self.chain.numbers_of_moments, chains.numbers_of_moments
        is_alike = known.shape[1] == numbers.shape[1]
        return is_alike and bool((known == numbers).all())


def _kinds(chains: MutualChains, *, is_coarse: bool) -> FloatArray:
    """What rows must have in common to be solved together, ``(rows, columns)``.

    Args:
        chains: The rows.
        is_coarse: As ``solve_mutual``.
    """
    reveal = chains.steps[:, 2]
    decisions = chains.decisions
    is_sharp = np.isinf(chains.factors.slope[:, :1].sum(axis=1, keepdims=True))
    classes = np.where(is_sharp, -1.0, chains.factors.classes)
    left = np.empty(reveal.shape)
    left[:, 0] = chains.variance[:, 0]
    shown = np.cumsum(reveal**2, axis=1)
    rest = np.maximum(0.0, chains.variance - shown)
    left[:, 1:] = rest[:, :-1]
    widest = np.abs(chains.size).sum(axis=(1, 2))[:, None]
    # As far as the mean may come, and as thresholds are looked for.
    far = np.sqrt(np.minimum(chains.variance, shown[:, -1:]))
    reach = np.maximum(_INTEGRATED * np.sqrt(chains.variance), REACH * far)
    reach = np.abs(chains.mean) + reach + widest
    begins = decisions.copy()
    begins[:, 0] = True
    sds, told = np.empty(reveal.shape), np.empty(reveal.shape, dtype=np.bool_)
    squares, keeps = columns_of(reveal**2), columns_of(~decisions)
    facts = columns_of((chains.size != 0.0).any(axis=2))
    square, tells = 0.0, False
    for step in range(reveal.shape[1] - 1, -1, -1):
        square, tells = squares[step] + square, facts[step] | tells
        sds[:, step], told[:, step] = square, tells
        square, tells = square * keeps[step], tells & keeps[step]
    np.sqrt(sds, out=sds)
    news = np.where(sds == 0.0, -1.0, sds < NARROW)
    # Without news a block asks nothing of the grid, unless facts are told in it.
    widths = np.where(begins & (told | (sds > 0.0)), sds, np.nan)
    sizes = quantised(np.sqrt(np.hstack((left, rest[:, -1:]))))
    # Before other steps nothing is worked out.
    sizes[:, 1:-1] = np.where(decisions[:, 1:], sizes[:, 1:-1], 0.0)
    is_wide = sizes >= WIDE
    least = np.where(is_wide, sizes, np.inf).min(axis=1, keepdims=True)
    jump = np.where(widest > 0.0, _rounded_up(np.maximum(widest, 1e-6), 2.0), 0.0)
    reach = _rounded_up(np.maximum(reach, 1e-6), 8.0)
    shown_later = widths, rest[:, -1:]
    margin, length = _lengths(chains, *shown_later, reach, jump, is_coarse=is_coarse)
    news = np.where(length > 0.0, -1.0 * (begins & np.isnan(widths)), news)
    return np.hstack(
        (
            decisions,
            (chains.size != 0.0).reshape(len(reveal), -1),
            classes,
            is_wide,
            least,
            reach,
            jump,
            margin,
            length,
            news,
        )
    )


def _lengths(
    chains: MutualChains,
    widths: FloatArray,
    rest: FloatArray,
    reach: FloatArray,
    jump: FloatArray,
    *,
    is_coarse: bool,
) -> tuple[FloatArray, FloatArray]:
    """How far news may go, and the points of a grid for all stops, ``(rows, 1)``.

    There are 0 points where some news is too narrow for a grid, or factors are too
    steep to be carried by polynomials. In long chains, whose panels would be many,
    news that is narrower than a grid shows is brought over it all the same where that
    is allowed.

    Args:
        chains: The rows.
        widths: Of the news from each step to the next decision; NaN where a step is no
            decision or nothing is told, ``(rows, steps)``.
        rest: Variance that is never shown, ``(rows, 1)``.
        reach, jump: Half the range of means, and the widest jump, likewise.
        is_coarse: As ``solve_mutual``.
    """
    smoothed = np.sqrt(rest + chains.factors.scale**2)
    narrowest = np.fmin.reduce(widths, axis=1, keepdims=True)
    widest = np.fmax.reduce(widths, axis=1, keepdims=True, initial=1e-6)
    margin = _rounded_up(REACH * widest + jump, 2.0)
    if is_coarse and widths.shape[1] > _LONG:
        narrowest = np.where(
            narrowest > 0.0,
            np.maximum(narrowest, POINTS / _LONG_POINTS * (2.0 * reach + margin)),
            narrowest,
        )
    width = np.fmin(narrowest, smoothed)
    length = lengths_of(reach, margin, np.maximum(width, 1e-12))
    slopes = np.exp2(chains.factors.classes) - 1.0
    is_carried = are_carried(np.sqrt(slopes), reach + jump, chains.factors.passes)
    is_carried |= np.isinf(chains.factors.slope[:, :1]).any(axis=1, keepdims=True)
    return margin, np.where(is_carried & (width > 0.0), length, 0.0)


def groups_of(
    chains: MutualChains,
    model: Kept | None = None,
    *,
    together: bool,
    is_coarse: bool = False,
) -> Iterator[tuple[IndexArray, Ranges]]:
    """Rows that are solved together, and their ranges.

    Args:
        chains: The rows.
        model: A row that was solved, if there is one.
        together: Whether ranges, variances and slopes need not be alike.
        is_coarse: As ``solve_mutual``.
    """
    if model is not None and model.has_kinds_of(chains):
        yield np.arange(len(chains.scale)), model.ranges
        return
    kinds = _kinds(chains, is_coarse=is_coarse)
    steps = chains.steps.shape[2]
    columns = slice(-4 - steps, -steps)
    if together and len(kinds) > 1:
        _put_together(kinds, chains)
    if (kinds == kinds[0]).all():
        yield np.arange(len(kinds)), Ranges(*kinds[0, columns].tolist())
        return
    distinct, codes = np.unique(kinds, axis=0, return_inverse=True)
    for code, kind in enumerate(distinct):
        members = np.flatnonzero(codes.ravel() == code)
        yield members, Ranges(*kind[columns].tolist())


def _put_together(kinds: FloatArray, chains: MutualChains) -> None:
    """Give rows that differ in sizes alone the sizes that serve them all.

    Those are put together whose points are about as close, so that no row takes many
    more than it needs.

    Args:
        kinds: What rows must have in common, ``(rows, columns)``; changed.
        chains: The rows.
    """
    steps, passes = chains.steps.shape[2], chains.factors.passes
    slopes, sizes = -2 * steps - 7, slice(-5 - steps, -steps)
    _, reach, _, margin, length = kinds[:, sizes].T
    close = np.zeros_like(length)
    np.divide(2.0 * reach + margin, length, out=close, where=length > 0.0)
    key = kinds.copy()
    key[:, sizes] = 0.0
    is_wide = close > 0.0
    key[is_wide, slopes] = np.ceil(_ALIKE * key[is_wide, slopes])
    key[is_wide, sizes.stop - 1] = np.ceil(_ALIKE * np.log2(close[is_wide]))
    # A grid is told from none, whatever its points are.
    key[is_wide, sizes.stop - 2] = 1.0
    key[~is_wide, slopes] = np.minimum(key[~is_wide, slopes], 0.0)
    _, codes = np.unique(key, axis=0, return_inverse=True)
    for code in range(codes.max() + 1):
        members = codes.ravel() == code
        steepest, most = kinds[members, slopes].max(), kinds[members, sizes].max(axis=0)
        if close[members][0] > 0.0:
            width = np.array([POINTS * close[members].min()])
            most[4:] = lengths_of(most[1:2], most[3:4], width)
            slope = np.sqrt(np.exp2(np.maximum(steepest, 0.0)) - 1.0)
            carried = are_carried(slope, most[1] + most[2], passes)
            if not carried or not most[4]:
                continue
        kinds[members, sizes], kinds[members, slopes] = most, steepest


def _rounded_up(size: FloatArray, steps: float) -> FloatArray:
    """A size above 0 rounded up to one of a few.

    Args:
        size: Any shape.
        steps: From one to its double.
    """
    return np.exp2(np.ceil(steps * np.log2(size)) / steps)
